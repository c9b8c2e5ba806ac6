//! Which places lie side by side, and which of them are the others compared with? Decided by the user, saved with the
//! project. Does not know what is compared (see `app::comparing`).

use super::SiteId;

/// The places that lie side by side, in the order they were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    pub places: Vec<SiteId>,
    /// The place that differences are told to.
    pub reference: Option<SiteId>,
}

impl Compared {
    /// With fewer there is nothing to compare.
    pub const FEWEST: usize = 2;
    /// With more nobody finds their way on one sheet.
    pub const MOST: usize = 6;

    #[must_use]
    pub fn is_full(&self) -> bool {
        self.places.len() >= Self::MOST
    }

    /// With one place more; the same where it is there already, or there is no room.
    #[must_use]
    pub fn with(mut self, site: SiteId) -> Self {
        if !self.is_full() && !self.places.contains(&site) {
            self.places.push(site);
        }
        self
    }

    /// Without a place; what was compared with it is compared with nothing.
    #[must_use]
    pub fn without(mut self, site: &SiteId) -> Self {
        self.places.retain(|known| known != site);
        self.reference = self.reference.filter(|known| known != site);
        self
    }

    /// With other names for places.
    #[must_use]
    pub fn renamed(self, named: impl Fn(&SiteId) -> SiteId) -> Self {
        let renamed = Self { places: Vec::new(), reference: self.reference.as_ref().map(&named) };
        self.places.iter().fold(renamed, |all, site| all.with(named(site)))
    }
}
