//! What was corrected of a feature by hand?

use std::collections::BTreeMap;

use super::{Evidence, Fact, KindSet};
use crate::geometry::LonLat;

/// What was corrected of a feature, each with its evidence. The file itself is never changed.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Amendment {
    pub place: Option<(LonLat, Evidence)>,
    pub name: Option<(String, Evidence)>,
    pub kinds: Option<(KindSet, Evidence)>,
    /// By attribute id.
    pub facts: BTreeMap<String, Fact>,
}

impl Amendment {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
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
            facts: BTreeMap::new(),
        };
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
