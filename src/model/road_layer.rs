//! Which roads has the user loaded, and which has the user closed?
//! Does not know graphs: how a drawn shape finds its roads is the network's matter.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::SourceFile;
use super::roads::Roads;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};

/// Which table of a database holds the roads, and which columns of a line file say what a road is; `None` = recognised
/// by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineColumns {
    pub table: Option<String>,
    pub class: Option<String>,
    pub speed: Option<String>,
    pub direction: Option<String>,
    pub length: Option<String>,
    pub name: Option<String>,
}

/// A file of roads.
#[derive(Debug, Clone)]
pub struct RoadLayer {
    pub id: u32,
    pub name: String,
    pub source: SourceFile,
    /// The columns that say what a line is, in files that are not `OpenStreetMap`'s.
    pub columns: LineColumns,
    pub roads: Arc<Roads>,
    pub is_visible: bool,
}

/// What a closure is drawn as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureShape {
    /// The nearest road is cut here.
    Point(LonLat),
    /// The roads that run along the line.
    Line(Vec<LonLat>),
    /// Everything inside the ring.
    Area(Vec<LonLat>),
}

impl ClosureShape {
    /// A place to show it at.
    #[must_use]
    pub fn place(&self) -> LonLat {
        match self {
            Self::Point(place) => *place,
            Self::Line(places) | Self::Area(places) => {
                places.get(places.len() / 2).copied().unwrap_or_default()
            }
        }
    }
}

/// What a closure does to travel.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureEffect {
    #[default]
    Closed,
    /// Travel takes this many times as long.
    Slower(f64),
}

/// How many times as long travel may take on a slowed road.
pub const SLOWER_RANGE: std::ops::RangeInclusive<f64> = 1.0..=100.0;

impl Said for ClosureEffect {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Closed => lang.pick("avstängd", "closed").into(),
            Self::Slower(factor) => {
                let factor = lang.number(*factor, 1);
                crate::say!(lang, "{factor} gånger så lång tid", "{factor} times as slow")
            }
        }
    }
}

/// A road, or all roads of an area, closed or slowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoadClosure {
    pub id: u32,
    pub name: String,
    pub reason: String,
    pub shape: ClosureShape,
    #[serde(default)]
    pub effect: ClosureEffect,
    /// Does it hold now? A closure can be kept and put aside.
    pub is_active: bool,
    #[serde(default, skip_serializing_if = "MadeOn::is_unsaid")]
    pub made_on: MadeOn,
}

/// Which roads was a closure made on? When the roads are read anew it has to hit the same ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeOn {
    /// On the roads that are loaded.
    #[default]
    Unsaid,
    /// The names of the roads it hit, or their classes where they have none, in order.
    Roads(Vec<String>),
    /// On roads that are not loaded any more, and nobody kept which.
    Unknown,
}

impl MadeOn {
    const fn is_unsaid(&self) -> bool {
        matches!(self, Self::Unsaid)
    }

    /// Does a closure that hits these roads hit those it was made on?
    #[must_use]
    pub fn is_met_by(&self, hits: &[String]) -> bool {
        match self {
            Self::Unsaid => true,
            Self::Roads(roads) => roads == hits,
            Self::Unknown => false,
        }
    }
}
