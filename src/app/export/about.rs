//! What stands beside the rows of a layer? What they rest on, as JSON.

/// What layers rest on, as JSON: the member `sotplan`, and members beside it.
pub(in crate::app) struct About {
    pub sotplan: Vec<u8>,
    pub more: Vec<(&'static str, Vec<u8>)>,
}

impl About {
    pub(in crate::app) const fn new(sotplan: Vec<u8>) -> Self {
        Self { sotplan, more: Vec::new() }
    }

    /// The members of a collection.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let more = self.more.iter().map(|(name, value)| (*name, value.as_slice()));
        std::iter::once(("sotplan", self.sotplan.as_slice())).chain(more)
    }
}
