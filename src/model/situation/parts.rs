//! Of what does a situation consist? People, services, SOT places, areas.

use std::collections::BTreeMap;

use crate::geometry::{LonLat, PlanePoint};
use crate::model::{
    Evidence, Fact, KindSet, Layer, LayerId, LayerReport, Project, Refusal, Refused, SiteId, SotStatus,
    recognise,
};
use crate::units::{Metres, People};

/// Position of an area in [`super::Bound::areas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaIx(pub u32);

/// Position of a service in [`super::Bound::services`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceIx(pub u32);

impl AreaIx {
    #[must_use]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl ServiceIx {
    #[must_use]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// A municipality, or another area that people are summed by.
#[derive(Debug, Clone)]
pub struct Area {
    pub code: String,
    pub name: String,
    /// Municipality or county, where the columns tell.
    pub level: Option<recognise::AreaLevel>,
    pub layer: LayerId,
    /// The first of its features.
    pub feature_ix: usize,
    /// All of its features.
    pub features: Vec<usize>,
    /// In the plane.
    pub shape: geo::MultiPolygon,
}

/// Where a demand point comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemandOrigin {
    pub layer: LayerId,
    pub feature_ix: u32,
}

/// People at places, one entry a cell, as parallel columns.
#[derive(Debug, Clone, Default)]
pub struct Demand {
    pub points: Vec<PlanePoint>,
    pub places: Vec<LonLat>,
    pub people: Vec<People>,
    /// All who live there, where `people` counts a group of them: what a locality is, is a matter of everyone.
    pub everyone: Vec<People>,
    pub origins: Vec<DemandOrigin>,
    pub areas: Vec<Option<AreaIx>>,
    /// The area that a cell names and that is not loaded, as a position in [`super::Bound::other_names`].
    pub other_areas: Vec<Option<u32>>,
    /// Side of the grid cell in metres; 0 for a point that is no cell.
    pub sides_m: Vec<f32>,
}

impl Demand {
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    #[must_use]
    pub fn total(&self) -> People {
        self.people.iter().copied().sum()
    }

    /// Keeps the entries that are marked.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        fn kept<T>(column: &mut Vec<T>, keep: &[bool]) {
            let mut marks = keep.iter();
            column.retain(|_| marks.next().copied().unwrap_or(true));
        }
        let Self { points, places, people, everyone, origins, areas, other_areas, sides_m } = self;
        kept(points, keep);
        kept(places, keep);
        kept(people, keep);
        kept(everyone, keep);
        kept(origins, keep);
        kept(areas, keep);
        kept(other_areas, keep);
        kept(sides_m, keep);
    }
}

/// Where a service comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceOrigin {
    Feature {
        layer: LayerId,
        feature_ix: usize,
    },
    /// Position in [`Project::added`].
    Added(usize),
}

/// A service, with all that edits say of it.
#[derive(Debug, Clone)]
pub struct Service {
    pub site: SiteId,
    pub origin: ServiceOrigin,
    pub name: String,
    pub kinds: KindSet,
    /// The sub-kind, as written: agent, locker, `volunteer` …
    pub form: Option<String>,
    pub place: LonLat,
    pub point: PlanePoint,
    /// Minutes from alarm to departure, if a register states them.
    pub turnout_min: Option<f64>,
    /// By attribute id.
    pub facts: BTreeMap<&'static str, Fact>,
    pub area: Option<AreaIx>,
    /// Where the file put it, if a hand moved it.
    pub moved_from: Option<(LonLat, Evidence)>,
}

/// What a file says of a SOT place, whatever a hand has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStatus {
    pub status: SotStatus,
    pub date: String,
    pub in_favour_of: Option<String>,
}

/// A SOT place and its status.
#[derive(Debug, Clone)]
pub struct SotPlace {
    pub site: SiteId,
    pub origin: ServiceOrigin,
    pub name: String,
    /// The status that counts: a hand's, else the file's.
    pub status: SotStatus,
    pub status_date: String,
    /// The place that goes before it, by its name.
    pub in_favour_of: Option<String>,
    /// The same place, where a hand has named it surely.
    pub favoured: Option<SiteId>,
    /// How a hand knows the status; `None` while the file's counts.
    pub status_set: Option<Evidence>,
    pub in_file: Option<FileStatus>,
    pub note: Option<String>,
    pub place: LonLat,
    pub point: PlanePoint,
    /// What is known of the place itself, by attribute id; what is known of its store stands there.
    pub facts: BTreeMap<&'static str, Fact>,
    pub area: Option<AreaIx>,
    /// The grocery store that hosts it, and the straight line to it.
    pub host: Option<(ServiceIx, Metres)>,
}

impl SotPlace {
    /// The feature it comes from; `None` for a service that a hand added.
    #[must_use]
    pub const fn feature(&self) -> Option<(LayerId, usize)> {
        match self.origin {
            ServiceOrigin::Feature { layer, feature_ix } => Some((layer, feature_ix)),
            ServiceOrigin::Added(_) => None,
        }
    }

    /// Does it stand on the map? Not while its layer is hidden.
    #[must_use]
    pub fn is_visible_in(&self, project: &Project) -> bool {
        self.feature().is_none_or(|(layer, _)| project.layer(layer).is_some_and(|layer| layer.is_visible))
    }
}

/// The file's number of a feature.
pub(super) fn number_of(project: &Project, layer: LayerId, feature_ix: usize) -> Option<u32> {
    project.layer(layer)?.table.features.get(feature_ix).map(|feature| feature.number)
}

/// Refuses a feature because of its role.
pub(super) fn refuse(report: &mut LayerReport, layer: &Layer, feature_ix: usize, reason: Refusal) {
    if let Some(feature) = layer.table.features.get(feature_ix) {
        report.refused.push(Refused { number: feature.number, reason, place: Some(feature.place) });
    }
}
