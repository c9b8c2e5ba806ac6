//! What did the user decide about findings? Every decision with its evidence, and how many places and units there are
//! since.

use rustc_hash::FxHashMap;

use super::finding::Place;
use crate::lang::{Lang, Said};
use crate::model::{
    Evidence, Feature, FindingKind, Identity, Layer, LayerId, LeftOut, Project, ServiceKind, SiteId,
    Situation, recognise,
};
use crate::units::People;

/// What was decided of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Merged(SiteId),
    Dropped,
    Moved,
    /// The file is right.
    Kept(FindingKind, Option<SiteId>),
}

impl Decision {
    /// The stable name in files.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Merged(_) => "merged",
            Self::Dropped => "dropped",
            Self::Moved => "moved",
            Self::Kept(..) => "kept",
        }
    }
}

impl Said for Decision {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Merged(_) => lang.pick("sammanslagen", "merged"),
            Self::Dropped => lang.pick("borttagen", "dropped"),
            Self::Moved => lang.pick("flyttad", "moved"),
            Self::Kept(..) => lang.pick("behållen", "kept"),
        }
        .into()
    }
}

/// A decision, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    pub about: Place,
    pub decision: Decision,
    pub evidence: Evidence,
}

/// Everything that was decided of the features that are loaded, in the order of their sites.
#[must_use]
pub fn decided(project: &Project) -> Vec<Decided> {
    let mut all = Vec::new();
    let mut places = Places::default();
    for (site, amendment) in project.amendments.iter() {
        let mut said: Vec<(Decision, &Evidence)> = Vec::new();
        match &amendment.left_out {
            Some((LeftOut::Dropped, evidence)) => said.push((Decision::Dropped, evidence)),
            Some((LeftOut::SameAs(other), evidence)) => {
                said.push((Decision::Merged(other.clone()), evidence));
            }
            None => {}
        }
        said.extend(amendment.place.iter().map(|(_, evidence)| (Decision::Moved, evidence)));
        said.extend(
            amendment
                .settled
                .iter()
                .map(|settled| (Decision::Kept(settled.finding, settled.other.clone()), &settled.evidence)),
        );
        if said.is_empty() {
            continue;
        }
        let Some(about) = places.of(project, site) else { continue };
        all.extend(said.into_iter().map(|(decision, evidence)| Decided {
            about: about.clone(),
            decision,
            evidence: evidence.clone(),
        }));
    }
    all
}

/// Where features stand in their layers, by their keys.
#[derive(Default)]
struct Places(FxHashMap<LayerId, FxHashMap<String, usize>>);

impl Places {
    /// A feature as its file has it.
    fn of(&mut self, project: &Project, site: &SiteId) -> Option<Place> {
        let SiteId::Feature { layer: id, key } = site else { return None };
        let layer = project.layer(*id)?;
        let at = self.0.entry(*id).or_insert_with(|| {
            let features = layer.table.features.iter().enumerate();
            features.map(|(ix, feature)| (Layer::feature_key(feature), ix)).collect()
        });
        Some(place_of(layer, layer.table.features.get(*at.get(key)?)?, site))
    }
}

fn place_of(layer: &Layer, feature: &Feature, site: &SiteId) -> Place {
    let identity = Identity::of(layer, feature);
    Place {
        site: site.clone(),
        name: recognise::name_of(layer.table.row(feature)).unwrap_or_else(|| format!("#{}", feature.number)),
        kinds: identity.kinds,
        layer: Some(layer.id),
        layer_name: layer.name.clone(),
        number: Some(feature.number),
        place: feature.place,
        people: People::ZERO,
    }
}

/// Services in all, and places: services of several kinds at one point are one place. By kind, its services.
#[must_use]
pub fn counts(situation: &Situation) -> (usize, usize, Vec<(ServiceKind, usize)>) {
    let mut points: Vec<(u64, u64)> = situation
        .services
        .iter()
        .map(|service| (service.point.e.to_bits(), service.point.n.to_bits()))
        .collect();
    points.sort_unstable();
    points.dedup();
    let kinds = ServiceKind::measured()
        .filter(|kind| situation.kinds_loaded.contains(*kind))
        .map(|kind| (kind, situation.of_kind(kind).len()));
    (situation.services.len(), points.len(), kinds.collect())
}
