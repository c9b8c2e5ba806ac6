//! How is a municipality met that is written as a code, as a name, or not at all?

use crate::geometry::LonLat;
use crate::model::recognise::{self, area_key};

/// What is known of municipalities whatever is loaded.
#[derive(Clone, Copy)]
pub struct Municipalities<'a> {
    /// The name of one, by its code of four digits.
    pub of_code: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The name of the one that a place lies in.
    pub at: &'a (dyn Fn(LonLat) -> Option<String> + Sync),
}

impl Municipalities<'_> {
    /// What a municipality is met by, whether its code or its name is written.
    pub(super) fn key(&self, text: &str) -> String {
        let code = recognise::area_code(text, Some(recognise::AreaLevel::Municipality));
        area_key(&(self.of_code)(&code).unwrap_or_else(|| text.to_owned()))
    }
}
