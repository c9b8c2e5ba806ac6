//! What do the layers mean, once roles and edits are applied? Demand, services, SOT places, areas.
//! Nothing is lost: each feature of each layer is used, or refused with a reason in its report.
//! Does not know how far anything is (see `travel`), nor files.

mod areas;
mod decided;
mod demand;
mod followed;
mod parts;
mod services;
mod towns;
mod twice;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{
    ContextUse, KindMap, KindSet, LayerId, LayerReport, Project, Remark, RemarkKind, Role, ServiceKind,
    SiteId, TravelProfile,
};
use crate::geometry::{LonLat, PlanePoint};
use crate::progress::{Cancelled, Progress};
use crate::units::{Metres, Seconds};

use areas::{OwnArea, Stated};

use parts::number_of;

pub use areas::{AreaIndex, polygons_of};
pub use parts::{
    Area, AreaIx, Demand, DemandOrigin, FileStatus, Service, ServiceIx, ServiceOrigin, SotPlace,
};
pub use towns::Town;
pub use twice::CountedTwice;

/// What the project's layers mean, whoever is closed.
#[derive(Debug, Default)]
pub struct Bound {
    pub demand: Demand,
    pub services: Vec<Service>,
    pub sot_places: Vec<SotPlace>,
    pub areas: Vec<Area>,
    /// Areas that cells name and that are not loaded.
    pub other_names: Vec<String>,
    /// People who are, or would be, counted twice.
    pub counted_twice: Vec<CountedTwice>,
    /// Every named place that states its people.
    named_places: Vec<Town>,
    pub reports: BTreeMap<LayerId, LayerReport>,
    /// Kinds for which a layer is loaded, be it without a usable feature.
    pub kinds_loaded: KindSet,
}

impl Bound {
    #[must_use]
    pub fn service(&self, ix: ServiceIx) -> Option<&Service> {
        self.services.get(ix.at())
    }

    /// What a service is called; empty where there is none.
    #[must_use]
    pub fn service_name(&self, ix: ServiceIx) -> &str {
        self.service(ix).map_or("", |service| service.name.as_str())
    }

    /// The area of a point, or the nearest one within `snap`; `areas` is an index of its own areas.
    #[must_use]
    pub fn area_at(&self, point: PlanePoint, areas: &AreaIndex<'_>, snap: Metres) -> Option<&str> {
        let (area, by) = areas.find(point)?;
        by.is_within(snap).then(|| self.area_name(Some(area)))?
    }

    #[must_use]
    pub fn area_name(&self, ix: Option<AreaIx>) -> Option<&str> {
        ix.and_then(|ix| self.areas.get(ix.at())).map(|area| area.name.as_str())
    }

    /// Binds every layer of a project to its role and applies the edits.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn bind(project: &Project, progress: &dyn Progress) -> Result<Self, Cancelled> {
        let mut out = Self::default();
        let mut areas = Vec::new();
        for layer in &project.layers {
            let mut report = layer.table.report.clone();
            if let Role::Areas(fields) = &layer.role {
                areas::bind(layer, fields, &mut areas, &mut report);
            }
            out.reports.insert(layer.id, report);
        }
        let index = AreaIndex::new(&areas);
        let mut bound = demand::Bound::default();
        for layer in &project.layers {
            progress.check()?;
            let Some(report) = out.reports.get_mut(&layer.id) else { continue };
            match &layer.role {
                Role::Population { field } => {
                    demand::bind(layer, field, &index, project, &mut bound, report);
                }
                Role::Services(rule) => {
                    services::bind(layer, rule, project, &mut out.services, report, &mut out.kinds_loaded);
                }
                Role::SotPlaces => {
                    services::bind_sot(layer, project, &mut out.sot_places, report);
                    out.kinds_loaded = out.kinds_loaded.with(ServiceKind::Sot);
                }
                Role::Context(used_as) => {
                    report.features_used = layer.table.features.len();
                    if *used_as == ContextUse::Places {
                        towns::bind(layer, &mut out.named_places);
                    }
                }
                Role::Areas(_) => {}
            }
        }
        (out.demand, out.other_names) = (bound.demand, bound.other_names);
        out.counted_twice = twice::find(&mut out.demand, project, &mut out.reports);
        services::bind_added(project, &mut out.services, &mut out.kinds_loaded);
        decided::merge(&mut out.services, project, &mut out.reports);
        out.place_in_areas(project, &index);
        let Self { services, sot_places, kinds_loaded, .. } = &mut out;
        followed::follow_services(services, sot_places, kinds_loaded, project);
        progress.check()?;
        out.serve_as_sot();
        services::remark_duplicates(&out.services, project, &mut out.reports);
        services::match_hosts(&mut out.sot_places, &out.services, project, &mut out.reports);
        demand::compare_printed_totals(project, &areas, &out.demand, &mut out.reports);
        out.areas = areas;
        for report in out.reports.values_mut() {
            report.refused.sort_by_key(|refused| refused.number);
            report.remarks.sort_by_key(|remark| (remark.kind.code(), remark.number));
        }
        Ok(out)
    }

    /// Gives every service and SOT place its area, and remarks those outside.
    fn place_in_areas(&mut self, project: &Project, index: &AreaIndex) {
        if index.areas().is_empty() {
            return;
        }
        let found: Vec<_> = self.services.par_iter().map(|service| index.find(service.point)).collect();
        let sots: Vec<_> = self.sot_places.iter().map(|sot| index.find(sot.point)).collect();
        // What a register says of a place's municipality goes before any border.
        let own: BTreeMap<LayerId, OwnArea> = project
            .layers
            .iter()
            .filter(|layer| matches!(layer.role, Role::Services(_) | Role::SotPlaces))
            .map(|layer| (layer.id, OwnArea::choose(layer, index)))
            .collect();
        let stated = |layer: LayerId, feature_ix: usize| {
            let feature = project.layer(layer).and_then(|layer| layer.table.features.get(feature_ix));
            own.get(&layer).zip(feature).map_or(Stated::Nothing, |(own, feature)| own.stated(feature.row))
        };
        let area_of = |stated: &Stated, area: AreaIx, by: Metres, snap: Metres| match stated {
            Stated::Loaded(area) => Some(*area),
            Stated::Other(_) => None,
            Stated::Nothing | Stated::Among(_) => by.is_within(snap).then_some(area),
        };
        let limits = &project.parameters;
        let remark = |by: Metres| {
            if by.is_within(limits.border_near) {
                RemarkKind::NearSimplifiedBorder { by }
            } else {
                RemarkKind::OutsideAreas { by }
            }
        };
        let mut add = |layer: LayerId, feature_ix: usize, place: LonLat, stated: Stated, by: Metres| {
            let kind = match stated {
                Stated::Other(name) => RemarkKind::OtherArea { name },
                _ if by > Metres::ZERO => remark(by),
                _ => return,
            };
            if let Some(report) = self.reports.get_mut(&layer) {
                let number = number_of(project, layer, feature_ix);
                report.remarks.push(Remark { number, kind, place: Some(place) });
            }
        };
        for (service, found) in self.services.iter_mut().zip(found) {
            let Some((area, by)) = found else { continue };
            let stated = match service.origin {
                // Moved by hand, it is where it stands now.
                ServiceOrigin::Feature { layer, feature_ix } if service.moved_from.is_none() => {
                    stated(layer, feature_ix)
                }
                _ => Stated::Nothing,
            };
            let stated = index.settled(stated, service.point);
            service.area = area_of(&stated, area, by, limits.area_snap);
            if let ServiceOrigin::Feature { layer, feature_ix } = service.origin {
                add(layer, feature_ix, service.place, stated, by);
            }
        }
        for (sot, found) in self.sot_places.iter_mut().zip(sots) {
            let Some((area, by)) = found else { continue };
            let Some((layer, feature_ix)) = sot.feature() else { continue };
            let stated = index.settled(stated(layer, feature_ix), sot.point);
            sot.area = area_of(&stated, area, by, limits.area_snap);
            add(layer, feature_ix, sot.place, stated, by);
        }
    }

    /// A SOT place that serves is a service like any other.
    fn serve_as_sot(&mut self) {
        for sot in self.sot_places.iter().filter(|sot| sot.status.is_serving()) {
            self.services.push(Service {
                site: sot.site.clone(),
                origin: sot.origin,
                name: sot.name.clone(),
                kinds: ServiceKind::Sot.into(),
                form: None,
                turnout_min: None,
                place: sot.place,
                point: sot.point,
                facts: BTreeMap::new(),
                area: sot.area,
                moved_from: None,
            });
        }
    }
}

/// What the layers mean while some services are closed: who serves, over what is bound once.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    bound: Arc<Bound>,
    /// Services of each kind that serve, in order.
    by_kind: KindMap<Vec<ServiceIx>>,
    /// Every named place that states its people, then the hospitals.
    pub towns: Vec<Town>,
}

impl std::ops::Deref for Situation {
    type Target = Bound;

    fn deref(&self) -> &Bound {
        &self.bound
    }
}

impl Situation {
    /// Binds a project, with the services closed that it closes.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn bind(project: &Project, progress: &dyn Progress) -> Result<Self, Cancelled> {
        Ok(Self::serving(Arc::new(Bound::bind(project, progress)?), &project.closed_services))
    }

    /// The services that serve while these are closed.
    ///
    /// # Complexity
    /// O(services): nothing is bound anew.
    #[must_use]
    pub fn serving(bound: Arc<Bound>, closed: &BTreeSet<SiteId>) -> Self {
        let mut by_kind: KindMap<Vec<ServiceIx>> = KindMap::default();
        for (ix, service) in (0u32..).zip(&bound.services) {
            if closed.is_empty() || !closed.contains(&service.site) {
                for kind in service.kinds.iter() {
                    by_kind[kind].push(ServiceIx(ix));
                }
            }
        }
        let mut out = Self { towns: bound.named_places.clone(), bound, by_kind };
        let others = out.of_kind(ServiceKind::Other).iter().filter_map(|ix| out.service(*ix));
        let hospitals = towns::hospitals(others);
        out.towns.extend(hospitals);
        out
    }

    /// What is bound, whoever serves.
    #[must_use]
    pub const fn bound(&self) -> &Arc<Bound> {
        &self.bound
    }

    /// The services of a kind. For [`ServiceKind::Sot`]: the SOT places that serve today.
    #[must_use]
    pub fn of_kind(&self, kind: ServiceKind) -> &[ServiceIx] {
        &self.by_kind[kind]
    }

    /// The time before the vehicles of a kind move: turnout of rescue stations, none for others.
    /// A station that states no minutes gets those of its form; one without a form counts as part-time.
    #[must_use]
    pub fn head_starts(&self, kind: ServiceKind, profile: &TravelProfile) -> Vec<Seconds> {
        if kind != ServiceKind::Rescue {
            return Vec::new();
        }
        let turnout = |ix: &ServiceIx| {
            let service = &self.services[ix.at()];
            let minutes = service.turnout_min.unwrap_or_else(|| {
                let form = service.form.as_deref().unwrap_or_default().to_lowercase();
                let [full, part, volunteer] = profile.turnout_min;
                if ["full", "heltid", "career"].iter().any(|word| form.contains(word)) {
                    full
                } else if ["volunteer", "värn", "varn", "frivillig"].iter().any(|word| form.contains(word)) {
                    volunteer
                } else {
                    part
                }
            });
            Seconds::from_minutes(minutes)
        };
        self.of_kind(kind).iter().map(turnout).collect()
    }

    /// Where the services of a kind are, in the order of [`Self::of_kind`].
    #[must_use]
    pub fn points_of(&self, kind: ServiceKind) -> Vec<PlanePoint> {
        self.of_kind(kind).iter().map(|ix| self.services[ix.at()].point).collect()
    }
}
