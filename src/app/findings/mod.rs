//! What of the data has to be looked at by somebody? Places that may be one, that lie where no place is, that nobody
//! staffs; sums that disagree. Each is a question with what is known; the user decides, and the decision is kept.

mod alone;
mod decided;
mod finder;
mod finding;
mod ground;
mod twice;

use std::collections::BTreeMap;

pub use self::decided::{Decided, Decision, counts, decided};
use self::finder::Finder;
pub use self::finding::{Finding, Place, Told};
use self::ground::Ground;
use super::travel::Travel;
use crate::model::{Evidence, FindingKind, Project, SiteId, Situation};

/// What has to be looked at in a project's data, and what was decided.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order of their kinds.
    pub found: Vec<Finding>,
    pub decided: Vec<Decided>,
}

impl Findings {
    /// The findings that still have to be decided.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.found.iter().filter(|finding| finding.is_open())
    }

    /// The findings that a site is part of.
    pub fn about<'a>(&'a self, site: &'a SiteId) -> impl Iterator<Item = &'a Finding> {
        let is_it = move |place: &Option<Place>| place.as_ref().is_some_and(|place| place.site == *site);
        self.found.iter().filter(move |finding| is_it(&finding.about) || is_it(&finding.other))
    }

    /// How a site is left out of every figure, where it is.
    #[must_use]
    pub fn left_out(&self, site: &SiteId) -> Option<&Decided> {
        let is_out = |decided: &&Decided| matches!(decided.decision, Decision::Merged(_) | Decision::Dropped);
        self.decided.iter().filter(|decided| decided.about.site == *site).find(is_out)
    }
}

/// Everything that has to be looked at, and was.
#[must_use]
pub fn find(project: &Project, situation: &Situation, travel: &Travel) -> Findings {
    let ground = Ground::built_in();
    let finder = Finder { project, situation, travel, ground: &ground };
    let mut found = twice::find(&finder);
    found.extend(finder.misplaced_services());
    found.extend(finder.cells_abroad());
    found.extend(finder.unstaffed());
    found.extend(finder.total());
    for finding in &mut found {
        finding.settled = settled(project, finding);
    }
    found.sort_by_key(|finding| {
        (finding.kind, finding.about.as_ref().map(|place| (place.layer, place.number)))
    });
    Findings { found, decided: decided(project) }
}

fn settled(project: &Project, finding: &Finding) -> Option<Evidence> {
    let amendment = project.amendments.get(&finding.about.as_ref()?.site)?;
    let other = finding.other.as_ref().map(|place| &place.site);
    amendment.settles(finding.kind, other).map(|settled| settled.evidence.clone())
}

/// How many findings of each kind have to be decided, and how many were.
#[must_use]
pub fn by_kind(found: &[Finding]) -> BTreeMap<FindingKind, (usize, usize)> {
    let mut counts: BTreeMap<FindingKind, (usize, usize)> = BTreeMap::new();
    for finding in found {
        let (open, settled) = counts.entry(finding.kind).or_default();
        *(if finding.is_open() { open } else { settled }) += 1;
    }
    counts
}
