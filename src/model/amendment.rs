//! What was corrected of a feature by hand?

use std::collections::BTreeMap;

use super::{Evidence, Fact, FindingKind, KindSet, SiteId};
use crate::geometry::LonLat;

/// How a feature is left out of every figure.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// It is not there, or not what the file says.
    Dropped,
    /// It is the same place as another, which it gives what it knows. In force only while that one is there.
    SameAs(SiteId),
}

/// A finding that was looked at: the file is right.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Settled {
    pub finding: FindingKind,
    /// The other place, where two are concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<SiteId>,
    pub evidence: Evidence,
}

/// What was corrected of a feature, each with its evidence. The file itself is never changed.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Amendment {
    pub place: Option<(LonLat, Evidence)>,
    pub name: Option<(String, Evidence)>,
    pub kinds: Option<(KindSet, Evidence)>,
    /// By attribute id.
    pub facts: BTreeMap<String, Fact>,
    pub left_out: Option<(LeftOut, Evidence)>,
    pub settled: Vec<Settled>,
}

impl Amendment {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Was a finding looked at, and is the file right?
    #[must_use]
    pub fn settles(&self, finding: FindingKind, other: Option<&SiteId>) -> Option<&Settled> {
        self.settled.iter().find(|settled| settled.finding == finding && settled.other.as_ref() == other)
    }

    /// The place that it is the same as, if it was merged.
    #[must_use]
    pub const fn same_as(&self) -> Option<&SiteId> {
        match &self.left_out {
            Some((LeftOut::SameAs(site), _)) => Some(site),
            _ => None,
        }
    }

    /// Every other site that it names.
    pub fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.same_as().into_iter().chain(self.settled.iter().filter_map(|settled| settled.other.as_ref()))
    }

    /// The same with other names for sites.
    #[must_use]
    pub fn renamed(mut self, named: impl Fn(&SiteId) -> SiteId) -> Self {
        if let Some((LeftOut::SameAs(site), _)) = &mut self.left_out {
            *site = named(site);
        }
        for other in self.settled.iter_mut().filter_map(|settled| settled.other.as_mut()) {
            *other = named(other);
        }
        self
    }

    /// Takes in what is said elsewhere of the same thing; what contradicts is given back.
    pub fn take_in(&mut self, other: Self) -> Option<Self> {
        fn one<T: PartialEq>(mine: &mut Option<T>, theirs: Option<T>) -> Option<T> {
            if mine.is_none() {
                *mine = theirs;
                return None;
            }
            theirs.filter(|theirs| mine.as_ref() != Some(theirs))
        }
        let mut left = Self {
            place: one(&mut self.place, other.place),
            name: one(&mut self.name, other.name),
            kinds: one(&mut self.kinds, other.kinds),
            left_out: one(&mut self.left_out, other.left_out),
            facts: BTreeMap::new(),
            settled: Vec::new(),
        };
        for settled in other.settled {
            if self.settles(settled.finding, settled.other.as_ref()).is_none() {
                self.settled.push(settled);
            }
        }
        for (id, fact) in other.facts {
            match self.facts.get(&id) {
                None => {
                    self.facts.insert(id, fact);
                }
                Some(mine) if *mine == fact => {}
                Some(_) => {
                    left.facts.insert(id, fact);
                }
            }
        }
        (!left.is_empty()).then_some(left)
    }
}
