//! Which plans stand in the project file? Those that are saved, a row for each of their places, with what the plan came to
//! when it was saved and whether its figures are of the project as it is. A place that is gone has a row without a place.

use super::rows::TableRows;
use crate::app::Results;
use crate::app::siting::scenario;
use crate::geometry::PlanePoint;
use crate::io::JsonWriter;
use crate::model::{PlanProof, PlanSite, Project, Scenario, SiteId};

/// The places of all saved plans.
pub(super) struct Plans<'a> {
    results: &'a Results,
    sites: Vec<(&'a Scenario, &'a PlanSite)>,
    /// Names what figures of now are computed from.
    inputs: String,
}

const COLUMNS: [&str; 23] = [
    "plan",
    "plan_name",
    "plan_date",
    "objective",
    "id",
    "name",
    "municipality",
    "in_data",
    "figures_current",
    "value",
    "bound",
    "proof",
    "gap",
    "unit",
    "threshold",
    "people",
    "people_within",
    "people_without_way",
    "mean",
    "worst",
    "money",
    "method",
    "seed",
];

impl<'a> Plans<'a> {
    pub fn new(results: &'a Results, project: &'a Project) -> Self {
        let sites = |plan: &'a Scenario| plan.sites.iter().map(move |site| (plan, site));
        Self {
            results,
            sites: project.plans.scenarios.iter().flat_map(sites).collect(),
            inputs: scenario::inputs(&results.project),
        }
    }

    /// Where a place lies, and in which area.
    fn place(&self, site: &SiteId) -> Option<(PlanePoint, Option<&'a str>)> {
        let situation = &self.results.situation;
        if let Some(candidate) = self.results.candidates.iter().find(|candidate| candidate.site == *site) {
            return Some((candidate.point, situation.area_name(candidate.area)));
        }
        let sot = situation.sot_places.iter().find(|sot| sot.site == *site)?;
        Some((sot.point, situation.area_name(sot.area)))
    }
}

impl TableRows for Plans<'_> {
    fn count(&self) -> usize {
        self.sites.len()
    }

    fn columns(&self) -> Vec<String> {
        COLUMNS.map(String::from).into()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let (plan, site) = self.sites[at];
        let place = self.place(&site.site);
        json.member("plan", &plan.id);
        json.member("plan_name", &plan.name);
        json.member("plan_date", &plan.date);
        json.member("objective", &plan.objective);
        json.member("id", &site.site.text());
        json.member("name", &site.name);
        json.member("municipality", &place.and_then(|(_, area)| area));
        json.member("in_data", &place.is_some());
        json.member("figures_current", &(plan.inputs == self.inputs));
        json.number_member("value", plan.value);
        json.member("bound", &plan.bound);
        let (proof, gap) = match plan.proof {
            PlanProof::Proven => ("proven", None),
            PlanProof::Within(gap) => ("within", Some(gap)),
            PlanProof::NotProven(gap) => ("not_proven", gap),
        };
        json.member("proof", proof);
        json.member("gap", &gap);
        let figures = &plan.figures;
        json.member("unit", &figures.unit);
        json.number_member("threshold", figures.threshold);
        json.number_member("people", figures.people);
        json.number_member("people_within", figures.people_within);
        json.number_member("people_without_way", figures.people_without_way);
        json.member("mean", &figures.mean);
        json.member("worst", &figures.worst);
        json.member("money", &figures.money);
        json.member("method", &plan.method);
        // As text, so that no digit of a large number is lost.
        json.member("seed", &plan.seed.to_string());
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let (point, _) = self.place(&self.sites[at].1.site)?;
        Some(geo::Point::new(point.e, point.n).into())
    }
}
