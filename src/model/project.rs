//! What does the user own? Layers, parameters, edits with evidence, trial points, the selection.
//! Immutable as a whole: a command makes the next one, heavy parts are shared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::outage::OutageBook;
use super::process::{Follow, LogEntry, StatusSet};
use super::road_layer::{RoadClosure, RoadLayer};
use super::site::{SiteId, TrialId};
use super::{
    Amendment, Compared, Evidence, Fact, Held, Kept, KindSet, Layer, LayerId, Parameters, PlanBook,
    RankingModel, SourcePlace, Tie, recognise,
};
use crate::geometry::LonLat;

/// A service that no file has, added by hand.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct AddedService {
    pub id: u32,
    pub name: String,
    pub kinds: KindSet,
    pub place: LonLat,
    pub facts: BTreeMap<String, Fact>,
    pub evidence: Evidence,
}

/// A place on trial: what if a store with a SOT point stood here?
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TrialPoint {
    pub id: TrialId,
    pub name: String,
    pub place: LonLat,
}

/// A view of the map that somebody wants to come back to.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    pub name: String,
    pub centre: LonLat,
    /// As the window counts it: one more shows half as much.
    pub zoom: f64,
}

/// Everything that decides a number. Cloning is cheap: layers are shared.
#[derive(Debug, Clone, Default)]
pub struct Project {
    pub name: String,
    /// Bottom first, as drawn.
    pub layers: Vec<Arc<Layer>>,
    /// Roads to travel on, joined where they meet.
    pub roads: Vec<Arc<RoadLayer>>,
    pub closures: Arc<Vec<RoadClosure>>,
    /// Services thought away: what if they closed? They stay on the map and serve nobody.
    pub closed_services: Arc<BTreeSet<SiteId>>,
    pub parameters: Parameters,
    pub amendments: Arc<BTreeMap<SiteId, Amendment>>,
    pub added: Arc<Vec<AddedService>>,
    pub trials: Arc<Vec<TrialPoint>>,
    /// Sites chosen for export.
    pub selected: Arc<BTreeSet<SiteId>>,
    /// Views of the map to come back to, in the order they were made.
    pub bookmarks: Arc<Vec<Bookmark>>,
    /// How places are compared.
    pub ranking: Arc<RankingModel>,
    /// Which places lie side by side.
    pub compared: Arc<Compared>,
    /// Where SOT points could stand: the question asked, and the answers saved.
    pub plans: Arc<PlanBook>,
    /// What could fail, what is assumed of it, and the machines of places.
    pub outages: Arc<OutageBook>,
    /// The way of each place to a SOT point, as it is written down.
    pub follows: Arc<BTreeMap<SiteId, Follow>>,
    /// Who changed what, the oldest first; never undone.
    pub log: Arc<Vec<Arc<LogEntry>>>,
    /// What the edits were made for, as far as a project file told it and the features are not loaded.
    pub ties: Arc<BTreeMap<SiteId, Tie>>,
    /// Edits whose place was not surely found again, kept out of every figure.
    pub held: Arc<Vec<Held>>,
    /// What its file holds that this version does not understand.
    pub kept: Arc<Kept>,
}

impl Project {
    /// Is there nothing to compute from?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty() && self.roads.is_empty()
    }

    #[must_use]
    pub fn layer(&self, id: LayerId) -> Option<&Arc<Layer>> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    #[must_use]
    pub fn next_layer_id(&self) -> LayerId {
        LayerId(self.layers.iter().map(|layer| layer.id.0 + 1).max().unwrap_or(1))
    }

    #[must_use]
    pub fn next_road_id(&self) -> u32 {
        self.roads.iter().map(|layer| layer.id + 1).max().unwrap_or(1)
    }

    #[must_use]
    pub fn next_closure_id(&self) -> u32 {
        self.closures.iter().map(|closure| closure.id + 1).max().unwrap_or(1)
    }

    #[must_use]
    pub fn next_added_id(&self) -> u32 {
        let noted = self.follows.keys().filter_map(|site| match site {
            SiteId::Added(id) => Some(*id),
            _ => None,
        });
        let all = self.added.iter().map(|service| service.id).chain(noted);
        all.max().map_or(1, |last| last.saturating_add(1))
    }

    #[must_use]
    pub fn next_trial_id(&self) -> TrialId {
        // What is noted of a site that is not there passes to no other.
        let noted = self.follows.keys().filter_map(|site| match site {
            SiteId::Trial(id) => Some(id.0),
            _ => None,
        });
        let all = self.trials.iter().map(|trial| trial.id.0).chain(noted);
        TrialId(all.max().map_or(1, |last| last.saturating_add(1)))
    }

    /// Have hands set the same statuses? Nothing else that is written down of a place decides a figure.
    #[must_use]
    pub fn has_same_statuses(&self, other: &Self) -> bool {
        fn set(project: &Project) -> impl Iterator<Item = (&SiteId, &StatusSet)> {
            project.follows.iter().filter_map(|(site, follow)| Some((site, follow.status.as_ref()?)))
        }
        Arc::ptr_eq(&self.follows, &other.follows) || set(self).eq(set(other))
    }

    /// What is written down of a site, if anything is.
    #[must_use]
    pub fn follow(&self, site: &SiteId) -> Option<&Follow> {
        self.follows.get(site)
    }

    /// What a site is called, as far as the project itself tells it.
    #[must_use]
    pub fn site_name(&self, site: &SiteId) -> Option<String> {
        match site {
            SiteId::Added(id) => {
                self.added.iter().find(|added| added.id == *id).map(|added| added.name.clone())
            }
            SiteId::Trial(id) => {
                self.trials.iter().find(|trial| trial.id == *id).map(|trial| trial.name.clone())
            }
            SiteId::Held(id) => {
                let held = self.held.iter().find(|held| held.id == *id)?;
                held.identity.as_ref()?.name.clone()
            }
            SiteId::Feature { layer, key } => {
                if let Some((name, _)) = self.amendments.get(site).and_then(|said| said.name.as_ref()) {
                    return Some(name.clone());
                }
                let table = &self.layer(*layer)?.table;
                let feature = table.features.iter().find(|feature| Layer::feature_key(feature) == *key)?;
                recognise::name_of(table.row(feature))
            }
        }
    }

    /// The files that it reads: layers, roads, and tables joined to layers.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let layers = self.layers.iter().map(|layer| &layer.source);
        let all = layers.chain(self.roads.iter().map(|layer| &layer.source));
        let joined = self.layers.iter().flat_map(|layer| &layer.source.reading.joins);
        let joined = joined.map(|join| join.file.clone());
        all.filter_map(|source| match &source.place {
            SourcePlace::File(path) => Some(path.clone()),
            SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
        })
        .chain(joined)
        .collect()
    }

    /// Is any of it a demonstration?
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.layers.iter().any(|layer| layer.table.is_demo)
    }
}
