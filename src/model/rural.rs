//! Which group of countryside does somebody live in? The classes of Tillväxtanalys, by car to a locality.
//! Does not know how far anybody has: see `analysis::rural`.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};

/// A group of people by how far from a larger locality they live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuralGroup {
    /// *Tätort*: in a larger locality, or some minutes from it.
    Locality,
    /// *Tätortsnära landsbygd*.
    Rural,
    /// *Glesbygd*: farther away, or on an island without a fixed link.
    RuralRemote,
}

impl RuralGroup {
    /// The most remote first, as plans ask for them.
    pub const ALL: [Self; 3] = [Self::RuralRemote, Self::Rural, Self::Locality];

    /// The stable name in arguments and exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Locality => "locality",
            Self::Rural => "rural",
            Self::RuralRemote => "rural-remote",
        }
    }

    /// The groups that a text names, `rural-remote,rural`, in English or Swedish; `None` where it names anything else.
    #[must_use]
    pub fn several(text: &str) -> Option<Vec<Self>> {
        let named = |part: &str| {
            let part = part.trim().to_lowercase().replace(['_', ' '], "-");
            let is_meant =
                |group: &Self| group.id() == part || group.said(Lang::Sv).replace(' ', "-") == part;
            Self::ALL.into_iter().find(is_meant)
        };
        let mut groups: Vec<Self> = text.split([',', '+']).map(named).collect::<Option<_>>()?;
        groups.sort_unstable();
        groups.dedup();
        Some(groups)
    }

    /// The text that names some groups.
    #[must_use]
    pub fn named(groups: &[Self]) -> String {
        let ids = Self::ALL.iter().filter(|group| groups.contains(group)).map(|group| group.id());
        ids.collect::<Vec<_>>().join(",")
    }
}

impl Said for RuralGroup {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Locality => lang.pick("tätort", "locality"),
            Self::Rural => lang.pick("tätortsnära landsbygd", "rural, near a locality"),
            Self::RuralRemote => lang.pick("glesbygd", "remote rural"),
        }
        .into()
    }
}

/// What makes a locality, and how far from it the groups begin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuralTerms {
    /// A locality counts with more people than this.
    pub locality_people: f64,
    /// Without a layer of localities: touching cells with at least so many people each are one.
    pub cell_people: f64,
    /// Nearer than this, minutes by car, is the locality itself.
    pub near_min: f64,
    /// Farther than this is remote.
    pub remote_min: f64,
}

impl Default for RuralTerms {
    fn default() -> Self {
        Self { locality_people: 3_000.0, cell_people: 100.0, near_min: 5.0, remote_min: 45.0 }
    }
}

impl RuralTerms {
    /// The group of somebody who has so many minutes to a locality.
    #[must_use]
    pub fn group(&self, minutes: f64) -> RuralGroup {
        // Equal is within, as everywhere; a tenth of a millisecond is nothing.
        let slack = 1e-6;
        if minutes > self.remote_min + slack {
            RuralGroup::RuralRemote
        } else if minutes >= self.near_min - slack {
            RuralGroup::Rural
        } else {
            RuralGroup::Locality
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_one_or_several() {
        use RuralGroup::{Locality, Rural, RuralRemote};
        assert_eq!(RuralGroup::several("rural"), Some(vec![Rural]));
        assert_eq!(RuralGroup::several("Rural-Remote, rural"), Some(vec![Rural, RuralRemote]));
        assert_eq!(
            RuralGroup::several("rural+rural-remote+locality"),
            Some(vec![Locality, Rural, RuralRemote])
        );
        assert_eq!(RuralGroup::several("80+"), None);
        assert_eq!(RuralGroup::several(""), None);
        assert_eq!(RuralGroup::named(&[Rural, RuralRemote]), "rural-remote,rural");
    }

    #[test]
    fn minutes_at_a_border_are_within() {
        let terms = RuralTerms::default();
        let group = |minutes| terms.group(minutes);
        assert_eq!((group(0.0), group(4.99)), (RuralGroup::Locality, RuralGroup::Locality));
        assert_eq!((group(5.0), group(45.0)), (RuralGroup::Rural, RuralGroup::Rural));
        assert_eq!(group(45.01), RuralGroup::RuralRemote);
    }
}
