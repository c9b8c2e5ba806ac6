//! How do saved plans leave the window, one alone or two whose difference is shown? As points with the people who have each
//! as the nearest of its plan: everyone, on the data of now, whomever the plan was chosen for. Names are stable and documented in `docs/formats.md`.

use std::path::Path;
use std::sync::Arc;

use super::places::Place;
use super::question::Question;
use super::scenario::{inputs, nearest_of, read_question};
use super::{Unsolvable, preview};
use crate::app::Results;
use crate::app::export::{
    About, Form, Place as Where, ResultLayer, Row, Stamp, assumptions, origin_of, write_layer,
};
use crate::io::{IoError, JsonWriter};
use crate::lang::{Lang, Said};
use crate::model::{Layer, LayerId, Message, Scenario, SiteId};
use crate::progress::Progress;

/// One saved plan, or two that are compared: A and B.
pub struct SavedPlans {
    pub plans: Vec<Scenario>,
    pub results: Arc<Results>,
}

/// A place of one of them or of both.
struct PlanPlace {
    place: Place,
    /// By plan: people who have it as the nearest; `None` where the plan does not have it.
    nearest: Vec<Option<f64>>,
}

struct Sites<'a> {
    of: &'a SavedPlans,
    places: Vec<PlanPlace>,
    /// By plan: people with a way to none of its places.
    without_way: Vec<f64>,
}

/// What a place of one saved plan says of itself.
const OF_ONE: [&str; 8] = ["id", "name", "store", "area", "status", "status_date", "plans", "people_nearest"];

/// What a place of one of two says.
const OF_TWO: [&str; 9] =
    ["id", "name", "store", "area", "status", "status_date", "plans", "people_nearest_a", "people_nearest_b"];

impl ResultLayer for Sites<'_> {
    fn name(&self) -> &'static str {
        "plan"
    }

    fn count(&self) -> usize {
        self.places.len()
    }

    fn columns(&self) -> Vec<String> {
        if self.of.plans.len() == 1 {
            OF_ONE.map(String::from).into()
        } else {
            OF_TWO.map(String::from).into()
        }
    }

    fn row(&self, at: usize) -> Row<'_> {
        let place = &self.places[at].place;
        let origin = self.of.results.candidates.iter().find(|candidate| candidate.site == place.site);
        Row {
            id: Some(place.site.text().into()),
            place: Where::Point(place.place, place.point),
            origin: origin.and_then(|candidate| origin_of(&self.of.results, candidate)),
        }
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let PlanPlace { place, nearest } = &self.places[at];
        json.member("id", &place.site.text());
        json.member("name", &place.name);
        json.member("store", &place.store_name);
        json.member("area", &self.of.results.situation.area_name(place.area));
        json.member("status", &place.status.as_ref().map(|(status, _)| status.id()));
        json.member("status_date", &place.status.as_ref().map(|(_, date)| date.as_str()));
        let has = self.of.plans.iter().zip(nearest).filter(|(_, people)| people.is_some());
        let names: Vec<&str> = has.map(|(plan, _)| plan.name.as_str()).collect();
        json.member("plans", &names.join("; "));
        let names = if nearest.len() == 1 {
            &["people_nearest"][..]
        } else {
            &["people_nearest_a", "people_nearest_b"]
        };
        for (name, people) in names.iter().zip(nearest) {
            match people {
                Some(people) => json.number_member(name, *people),
                None => json.member(name, &()),
            }
        }
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.of.results.project.layer(id).map(AsRef::as_ref)
    }
}

/// Writes the places of saved plans; how many there are.
///
/// # Errors
/// [`IoError`] when ways could not be had, when a place has no coordinates in the system, for what the format cannot hold,
/// when the file cannot be written, or when cancelled.
pub fn write_saved(
    path: &Path,
    of: &SavedPlans,
    stamp: &Stamp,
    form: Form,
    progress: &dyn Progress,
) -> Result<usize, IoError> {
    let question = Question { measure: of.results.measure(), ..Question::default() };
    let all = preview(&question, &of.results).map_err(|error| match error {
        Unsolvable::Cancelled(cancelled) => IoError::Cancelled(cancelled),
        other => IoError::File {
            file: path.display().to_string(),
            message: Message::new(other.said(Lang::Sv), other.said(Lang::En)),
        },
    })?;
    let mut places: Vec<PlanPlace> = Vec::new();
    let mut without_way = vec![0.0; of.plans.len()];
    for (nth, plan) in of.plans.iter().enumerate() {
        let ids: Vec<SiteId> = plan.sites.iter().map(|site| site.site.clone()).collect();
        let nearest =
            nearest_of(&ids, &of.results, progress).map_err(|error| IoError::without_ways(path, error))?;
        let mut served = vec![0.0; ids.len()];
        for (near, people) in nearest.into_iter().zip(&of.results.situation.demand.people) {
            match near {
                Some((at, _)) => served[at as usize] += people.value(),
                None => without_way[nth] += people.value(),
            }
        }
        for (id, served) in ids.iter().zip(served) {
            let Some(place) = all.places.iter().find(|place| place.is(id)) else { continue };
            let known = places.iter().position(|known| known.place.site == place.site);
            let at = known.unwrap_or_else(|| {
                places.push(PlanPlace { place: place.clone(), nearest: vec![None; of.plans.len()] });
                places.len() - 1
            });
            *places[at].nearest[nth].get_or_insert(0.0) += served;
        }
    }
    let sites = Sites { of, places, without_way };
    write_layer(path, &sites, &about(&sites, stamp), form)?;
    Ok(sites.places.len())
}

/// What was saved of each plan, and whether that still holds.
fn about(sites: &Sites<'_>, stamp: &Stamp) -> About {
    let SavedPlans { plans, results } = sites.of;
    let now = inputs(&results.project);
    let is_there = |id: &SiteId| sites.places.iter().any(|known| known.place.is(id));
    let mut json = JsonWriter::default();
    json.begin_array();
    for (plan, without_way) in plans.iter().zip(&sites.without_way) {
        json.begin_object();
        json.member("name", &plan.name);
        json.member("saved", &plan.date);
        json.member("objective", &plan.objective);
        json.member("value_when_saved", &plan.value);
        json.member("status_when_saved", &plan.proof.said(Lang::En));
        json.member("figures_when_saved", &plan.figures);
        let group = read_question(&plan.question).and_then(|question| question.group);
        json.member("chosen_for", &group);
        json.number_member("people_without_way", *without_way);
        json.member("is_current", &(plan.inputs == now));
        let gone = plan.sites.iter().filter(|site| !is_there(&site.site)).map(|site| site.name.as_str());
        json.member("gone", &gone.collect::<Vec<_>>());
        json.end_object();
    }
    json.end_array();
    let mut about = About::new(assumptions(results, stamp));
    about.more.push(("plans", json.into_bytes()));
    about
}
