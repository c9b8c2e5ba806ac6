//! Which services stand in the project file? All of them, with whom each serves and what its closing would mean; those that
//! are closed in thought say so.

use super::rows::TableRows;
use crate::analysis::Closure;
use crate::app::Results;
use crate::app::export::area_members;
use crate::io::JsonWriter;
use crate::model::{Layer, LayerId, ServiceKind, ServiceOrigin};
use crate::units::People;

/// Every service.
pub(super) struct Services<'a> {
    results: &'a Results,
    /// By service: what its closing would mean, of each of its kinds.
    closures: Vec<Vec<(ServiceKind, &'a Closure)>>,
}

/// What a service says of itself.
const OF_SERVICES: [&str; 9] = [
    "id",
    "name",
    "kind",
    "kinds",
    "form",
    "municipality",
    "municipality_code",
    "closed_on_trial",
    "moved_by_hand",
];

/// What it says of each kind that it offers and that is measured.
const OF_KINDS: [&str; 5] = [
    "{kind}_people_nearest",
    "{kind}_people_pushed_beyond_if_closed",
    "{kind}_people_left_without_if_closed",
    "{kind}_extra_person_km_if_closed",
    "{kind}_extra_person_min_if_closed",
];

impl<'a> Services<'a> {
    pub fn new(results: &'a Results) -> Self {
        let mut closures = vec![Vec::new(); results.situation.services.len()];
        for kind in &results.kinds {
            for closure in &kind.closures {
                if let Some(of) = closures.get_mut(closure.service.at()) {
                    of.push((kind.coverage.kind, closure));
                }
            }
        }
        Self { results, closures }
    }

    fn of_kinds(kinds: impl Iterator<Item = ServiceKind>) -> impl Iterator<Item = String> {
        kinds.flat_map(|kind| OF_KINDS.map(|name| name.replace("{kind}", kind.id())))
    }
}

impl TableRows for Services<'_> {
    fn count(&self) -> usize {
        self.results.situation.services.len()
    }

    fn columns(&self) -> Vec<String> {
        let kinds = &self.results.kinds;
        let has_times = kinds.iter().any(|kind| kind.coverage.times.is_some());
        let of_kinds = Self::of_kinds(kinds.iter().map(|kind| kind.coverage.kind));
        let of_kinds = of_kinds.filter(|name| has_times || !name.contains("_min_if_"));
        OF_SERVICES.into_iter().map(String::from).chain(of_kinds).collect()
    }

    fn reserved(&self) -> Vec<String> {
        OF_SERVICES.into_iter().map(String::from).chain(Self::of_kinds(ServiceKind::measured())).collect()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let service = &self.results.situation.services[at];
        json.member("id", &service.site.text());
        json.member("name", &service.name);
        json.member("kind", &service.kinds.iter().next().map(ServiceKind::id));
        json.member("kinds", &service.kinds.iter().map(ServiceKind::id).collect::<Vec<_>>());
        json.member("form", &service.form);
        area_members(json, self.results, service.area);
        json.member("closed_on_trial", &self.results.project.closed_services.contains(&service.site));
        json.member("moved_by_hand", &service.moved_from.is_some());
        for (kind, closure) in &self.closures[at] {
            let mut figure = |name: &str, value: f64| {
                json.number_member(&format!("{}_{name}", kind.id()), value);
            };
            let people = |people: People| people.value();
            figure("people_nearest", people(closure.people));
            figure("people_pushed_beyond_if_closed", people(closure.people_pushed_beyond));
            figure("people_left_without_if_closed", people(closure.people_left_without));
            figure("extra_person_km_if_closed", (closure.extra_person_km * 10.0).round() / 10.0);
            if let Some(minutes) = closure.extra_person_min {
                figure("extra_person_min_if_closed", minutes.round());
            }
        }
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let point = self.results.situation.services[at].point;
        Some(geo::Point::new(point.e, point.n).into())
    }

    fn origin(&self, at: usize) -> Option<(LayerId, u32)> {
        match self.results.situation.services[at].origin {
            ServiceOrigin::Feature { layer, feature_ix } => Some((layer, u32::try_from(feature_ix).ok()?)),
            ServiceOrigin::Added(_) => None,
        }
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.results.project.layer(id).map(AsRef::as_ref)
    }
}
