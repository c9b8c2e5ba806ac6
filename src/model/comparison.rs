//! Which places and plans lie side by side, and which of them are the others compared with? Decided by the user, saved
//! with the project. Does not know what is compared (see `app::comparing`).

use super::SiteId;

/// What can lie beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    Place(SiteId),
    /// A saved plan, by its number.
    Plan(u32),
}

impl Side {
    /// As files name it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Place(site) => site.text(),
            Self::Plan(id) => format!("plan:{id}"),
        }
    }
}

impl From<SiteId> for Side {
    fn from(site: SiteId) -> Self {
        Self::Place(site)
    }
}

/// What lies side by side: places in the order they were chosen, then plans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    pub places: Vec<SiteId>,
    pub plans: Vec<u32>,
    /// What differences are told to.
    pub reference: Option<Side>,
}

impl Compared {
    /// With fewer there is nothing to compare.
    pub const FEWEST: usize = 2;
    /// With more nobody finds their way on one sheet.
    pub const MOST: usize = 6;

    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len() + self.plans.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn is_full(&self) -> bool {
        self.len() >= Self::MOST
    }

    #[must_use]
    pub fn has(&self, side: &Side) -> bool {
        match side {
            Side::Place(site) => self.places.contains(site),
            Side::Plan(id) => self.plans.contains(id),
        }
    }

    /// In the order of the sheet.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        let places = self.places.iter().cloned().map(Side::Place);
        places.chain(self.plans.iter().copied().map(Side::Plan))
    }

    /// With one more; the same where it is there already, or there is no room.
    #[must_use]
    pub fn with(mut self, side: impl Into<Side>) -> Self {
        let side = side.into();
        if !self.is_full() && !self.has(&side) {
            match side {
                Side::Place(site) => self.places.push(site),
                Side::Plan(id) => self.plans.push(id),
            }
        }
        self
    }

    /// Without one; what was compared with it is compared with nothing.
    #[must_use]
    pub fn without(mut self, side: &Side) -> Self {
        match side {
            Side::Place(site) => self.places.retain(|known| known != site),
            Side::Plan(id) => self.plans.retain(|known| known != id),
        }
        self.reference = self.reference.filter(|known| known != side);
        self
    }

    /// With other names for places.
    #[must_use]
    pub fn renamed(self, named: impl Fn(&SiteId) -> SiteId) -> Self {
        let reference = self.reference.map(|side| match side {
            Side::Place(site) => Side::Place(named(&site)),
            plan @ Side::Plan(_) => plan,
        });
        let renamed = Self { places: Vec::new(), plans: self.plans, reference };
        self.places.iter().fold(renamed, |all, site| all.with(named(site)))
    }
}
