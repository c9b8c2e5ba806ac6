//! What became of every feature of a file? Used, or refused with a reason; and what is worth a remark.
//! Counts in = used + refused, always.

mod message;
mod refusal;
mod remark;

use std::collections::BTreeMap;

pub use self::message::Message;
pub use self::refusal::Refusal;
pub use self::remark::RemarkKind;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::Joined;
use crate::say;
use crate::units::People;

/// A refused feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// Number in the file, from 1.
    pub number: u32,
    pub reason: Refusal,
    /// Where it is, when that much is known.
    pub place: Option<LonLat>,
}

/// A remark on a feature, or on the whole file.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Number in the file, from 1; `None` for the file itself.
    pub number: Option<u32>,
    pub kind: RemarkKind,
    pub place: Option<LonLat>,
}

/// What became of a file's features.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerReport {
    pub features_in: usize,
    pub features_used: usize,
    pub refused: Vec<Refused>,
    pub remarks: Vec<Remark>,
    /// How population cells came to their areas; `None` where no areas are loaded, or no people live in the layer.
    pub area_ways: Option<AreaWays>,
    /// What came of the tables joined to it.
    pub joined: Vec<Joined>,
}

/// How population cells came to their areas: cells and people by each way.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AreaWays {
    /// The cell names the area.
    pub named: (usize, People),
    /// The cell names none and lies in it.
    pub inside: (usize, People),
    /// It is the nearest, within the limit.
    pub nearest: (usize, People),
    /// The cell names an area that is not loaded: no municipality.
    pub names_other: (usize, People),
    /// Nothing said and nothing near: no municipality.
    pub nowhere: (usize, People),
}

impl AreaWays {
    /// The ways with their stable names, in the order they are tried.
    #[must_use]
    pub const fn all(&self) -> [(&'static str, (usize, People)); 5] {
        [
            ("named", self.named),
            ("inside", self.inside),
            ("nearest", self.nearest),
            ("names_other", self.names_other),
            ("nowhere", self.nowhere),
        ]
    }
}

impl Said for AreaWays {
    fn said(&self, lang: Lang) -> String {
        let words = [
            lang.pick("enligt rutan", "stated by the cell"),
            lang.pick("efter läge", "by position"),
            lang.pick("till närmaste område", "to the nearest area"),
            lang.pick("anger en kommun som inte är inläst", "name a municipality that is not loaded"),
            lang.pick("utan kommun", "without a municipality"),
        ];
        let parts: Vec<String> = self
            .all()
            .into_iter()
            .zip(words)
            .filter(|((_, (cells, _)), _)| *cells > 0)
            .map(|((_, (_, people)), word)| format!("{} {word}", lang.people(people)))
            .collect();
        let parts = parts.join(", ");
        say!(
            lang,
            "invånare efter hur kommunen bestämdes: {parts}",
            "people by how their municipality was found: {parts}"
        )
    }
}

impl LayerReport {
    /// Refusals by reason.
    #[must_use]
    pub fn refused_by_reason(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for refused in &self.refused {
            *counts.entry(refused.reason.code()).or_insert(0) += 1;
        }
        counts
    }

    /// Remarks by code, with their heading.
    #[must_use]
    pub fn remarks_by_code(&self) -> BTreeMap<&'static str, Vec<&Remark>> {
        let mut groups: BTreeMap<&'static str, Vec<&Remark>> = BTreeMap::new();
        for remark in &self.remarks {
            groups.entry(remark.kind.code()).or_default().push(remark);
        }
        groups
    }

    /// Does everything add up?
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.features_in == self.features_used + self.refused.len()
    }
}
