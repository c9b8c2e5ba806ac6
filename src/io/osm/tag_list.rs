//! The tags of an object, as every reader of their meaning asks for them.

/// The tags of one object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tags<'a>(pub &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// The value of a key; an empty one says nothing.
    pub fn find(self, key: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(name, _)| *name == key)?;
        let value = value.trim();
        (!value.is_empty()).then_some(value)
    }

    pub fn is(self, key: &str, wanted: &str) -> bool {
        self.find(key) == Some(wanted)
    }
}

/// A stable name and the tag that is the cause, for counts and examples.
pub(super) type Cause = (&'static str, String);
