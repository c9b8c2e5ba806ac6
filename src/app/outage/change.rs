//! What can be done to the outages of a project?

use crate::lang::{Lang, Said};
use crate::model::SiteId;
use crate::model::outage::{LoadList, OutageAssumptions, OutageBook, OutageScenario};

/// A change of a project's outages.
#[derive(Debug, Clone, PartialEq)]
pub enum OutageChange {
    /// The scenario as it shall be, by its id.
    Keep(Box<OutageScenario>),
    Drop(u32),
    Assume(Box<OutageAssumptions>),
    /// The machines of a place, or none any more.
    Loads(SiteId, Option<Box<LoadList>>),
}

impl OutageChange {
    /// The outages after the change.
    #[must_use]
    pub fn apply(&self, book: &OutageBook) -> OutageBook {
        let mut next = book.clone();
        match self {
            Self::Keep(scenario) => match next.scenarios.iter_mut().find(|known| known.id == scenario.id) {
                Some(known) => known.clone_from(scenario),
                None => next.scenarios.push(OutageScenario::clone(scenario)),
            },
            Self::Drop(id) => next.scenarios.retain(|scenario| scenario.id != *id),
            Self::Assume(assumptions) => next.assumptions = OutageAssumptions::clone(assumptions),
            Self::Loads(site, Some(list)) => {
                next.loads.insert(site.clone(), LoadList::clone(list));
            }
            Self::Loads(site, None) => {
                next.loads.remove(site);
            }
        }
        next
    }
}

impl Said for OutageChange {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Keep(_) => lang.pick("ändra avbrottsscenario", "change outage scenario"),
            Self::Drop(_) => lang.pick("ta bort avbrottsscenario", "remove outage scenario"),
            Self::Assume(_) => lang.pick("ändra antagande om avbrott", "change an outage assumption"),
            Self::Loads(..) => lang.pick("ändra platsens maskiner", "change the machines of a place"),
        }
        .into()
    }
}
