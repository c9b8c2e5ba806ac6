//! How do places stand in an export? Candidates with what they meet and why, trial points with what they would give.

use super::heads::of_kinds;
use super::layer::{Place, ResultLayer, Row, origin_of};
use super::members::{area_members, opt_km, service_id};
use super::origin::minutes;
use crate::app::Results;
use crate::app::telling::missing::missing_text;
use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::io::{IoError, JsonWriter};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelError;
use crate::model::{Evidence, KindMap, Layer, LayerId, Message, ServiceKind, SiteId, TrialPoint};
use crate::siting::{Candidate, Host, Outcome, SiteFigures, Verdict};
use crate::units::{Cost, Measure, People};
use std::collections::BTreeSet;

/// Candidates, and trial points with what they would give.
pub(in crate::app) struct Sites<'a> {
    name: &'static str,
    results: &'a Results,
    candidates: Vec<&'a Candidate>,
    trials: Vec<(&'a TrialPoint, PlanePoint, Result<SiteFigures, Message>)>,
}

/// What every place says of itself.
const OF_PLACES: [&str; 16] = [
    "id",
    "name",
    "type",
    "municipality",
    "municipality_code",
    "sot_name",
    "status",
    "status_date",
    "in_favour_of",
    "host_store",
    "verdict",
    "rules",
    "missing",
    "not_met",
    "unknown",
    "missing_text",
];

/// What it says of the nearest unit of each kind.
const OF_KINDS: [&str; 5] = [
    "nearest_{kind}_km",
    "nearest_{kind}_min",
    "nearest_{kind}_straight_km",
    "nearest_{kind}_name",
    "nearest_{kind}_id",
];

/// What it says last.
const OF_PEOPLE: [&str; 5] = [
    "people_nearest",
    "sot_gap_people",
    "people_left_without_if_closed",
    "extra_person_km_if_closed",
    "extra_person_min_if_closed",
];

/// What trial points alone say.
const OF_TRIALS: [&str; 4] =
    ["people_without_store_today", "grocery_gap_people", "saved_person_km", "saved_person_min"];

impl<'a> Sites<'a> {
    /// Every candidate.
    pub(in crate::app) fn all(results: &'a Results) -> Self {
        let candidates = results.candidates.iter().collect();
        Self { name: "candidates", results, candidates, trials: Vec::new() }
    }

    /// The chosen sites: candidates and trial points.
    ///
    /// # Errors
    /// [`IoError::File`] for a trial point outside the map or without a way.
    pub(in crate::app) fn selected(
        results: &'a Results,
        selected: &BTreeSet<SiteId>,
        trials: &'a [TrialPoint],
    ) -> Result<Self, IoError> {
        let candidates = results.candidates.iter().filter(|c| selected.contains(&c.site)).collect();
        let chosen = trials.iter().filter(|trial| selected.contains(&SiteId::Trial(trial.id)));
        Self::with("selected_sites", results, candidates, chosen)
    }

    /// These sites in this order, trial points last.
    ///
    /// # Errors
    /// As [`Self::selected`].
    pub(in crate::app) fn listed(
        name: &'static str,
        results: &'a Results,
        sites: &[SiteId],
        trials: &'a [TrialPoint],
    ) -> Result<Self, IoError> {
        let candidate = |site: &SiteId| results.candidates.iter().find(|known| known.site == *site);
        let trial = |site: &SiteId| trials.iter().find(|trial| SiteId::Trial(trial.id) == *site);
        let candidates = sites.iter().filter_map(candidate).collect();
        Self::with(name, results, candidates, sites.iter().filter_map(trial))
    }

    /// These candidates and trial points; a trial point without figures says why.
    ///
    /// # Errors
    /// [`IoError::Cancelled`].
    pub(in crate::app) fn told(
        name: &'static str,
        results: &'a Results,
        candidates: Vec<&'a Candidate>,
        trials: impl Iterator<Item = &'a TrialPoint>,
    ) -> Result<Self, IoError> {
        let plane = Reprojection::new(Crs::Wgs84);
        let figures = |trial: &'a TrialPoint| {
            let Some(point) = plane.plane(trial.place) else {
                let outside = Message::new(
                    "punkten ligger utanför kartan. Flytta den",
                    "the point lies outside the map. Move it",
                );
                // Nowhere.
                return Ok((trial, PlanePoint::new(f64::NAN, f64::NAN), Err(outside)));
            };
            let figures = match results.figures_at(point) {
                Ok(figures) => Ok(figures),
                Err(TravelError::Cancelled(cancelled)) => return Err(IoError::Cancelled(cancelled)),
                Err(TravelError::NoAnswer(message)) => Err(message),
            };
            Ok((trial, point, figures))
        };
        let trials = trials.map(figures).collect::<Result<Vec<_>, IoError>>()?;
        Ok(Self { name, results, candidates, trials })
    }

    /// The same, every trial point with its figures.
    fn with(
        name: &'static str,
        results: &'a Results,
        candidates: Vec<&'a Candidate>,
        chosen: impl Iterator<Item = &'a TrialPoint>,
    ) -> Result<Self, IoError> {
        let sites = Self::told(name, results, candidates, chosen)?;
        let failed =
            sites.trials.iter().find_map(|(trial, _, figures)| Some((trial, figures.as_ref().err()?)));
        match failed {
            Some((trial, why)) => Err(IoError::File { file: trial.name.clone(), message: why.clone() }),
            None => Ok(sites),
        }
    }

    fn within(&self) -> [String; 2] {
        let measure = self.results.measure();
        self.results.project.parameters.radii(measure).map(|radius| within_name(radius, measure))
    }
}

/// What the number of people within a radius is called.
fn within_name(radius: Cost, measure: Measure) -> String {
    format!("people_within_{}_{}", measure.in_units(radius), measure.unit())
}

impl ResultLayer for Sites<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn count(&self) -> usize {
        self.candidates.len() + self.trials.len()
    }

    fn columns(&self) -> Vec<String> {
        let has_times = self.results.kinds.iter().any(|kind| kind.coverage.times.is_some());
        let of_trials = OF_TRIALS.into_iter().filter(|name| has_times || !name.ends_with("_min"));
        let of_trials = of_trials.filter(|_| !self.trials.is_empty()).map(String::from);
        let all = self.reserved().into_iter().filter(|name| !OF_TRIALS.contains(&name.as_str()));
        let all = all.filter(|name| has_times || !(name.ends_with("_min") || name.contains("_min_if_")));
        all.chain(of_trials).collect()
    }

    fn reserved(&self) -> Vec<String> {
        let measured: Vec<ServiceKind> = ServiceKind::measured().collect();
        let first = OF_PLACES.into_iter().chain(["missing_text_sv"]).map(String::from);
        let last = OF_PEOPLE.into_iter().chain(OF_TRIALS).map(String::from);
        first.chain(of_kinds(&OF_KINDS, &measured)).chain(self.within()).chain(last).collect()
    }

    fn row(&self, at: usize) -> Row<'_> {
        if let Some(candidate) = self.candidates.get(at) {
            return Row {
                id: Some(candidate.site.text().into()),
                place: Place::Point(candidate.place, candidate.point),
                origin: origin_of(self.results, candidate),
            };
        }
        let (trial, point, _) = &self.trials[at - self.candidates.len()];
        let id = SiteId::Trial(trial.id).text();
        Row { id: Some(id.into()), place: Place::Point(trial.place, *point), origin: None }
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        if let Some(candidate) = self.candidates.get(at) {
            return candidate_members(json, self.results, candidate);
        }
        let (trial, _, figures) = &self.trials[at - self.candidates.len()];
        trial_members(json, self.results, trial, figures);
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.results.project.layer(id).map(AsRef::as_ref)
    }
}

fn candidate_members(json: &mut JsonWriter, results: &Results, candidate: &Candidate) {
    json.member("id", &candidate.site.text());
    json.member("name", &candidate.name);
    json.member("type", "candidate");
    area_members(json, results, candidate.area);
    let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    json.member("sot_name", &sot.map(|sot| sot.name.as_str()));
    json.member("status", &sot.map(|sot| sot.status.id()));
    json.member("status_date", &sot.map(|sot| sot.status_date.as_str()));
    json.member("in_favour_of", &sot.and_then(|sot| sot.in_favour_of.as_deref()));
    json.member(
        "host_store",
        match candidate.host {
            Host::Store(_) => "in_data",
            Host::NotInData => "not_in_data",
        },
    );
    verdict_members(json, candidate);
    nearest_members(json, results, &candidate.nearest);
    people_members(json, results, candidate.people_within);
    json.key("people_nearest");
    json.value(&candidate.people_nearest.map(People::value));
    json.key("sot_gap_people");
    json.value(&candidate.gap_people.map(People::value));
    json.key("people_left_without_if_closed");
    json.value(&candidate.people_left_without.map(People::value));
    json.key("extra_person_km_if_closed");
    json.value(&candidate.extra_person_km.map(|km| (km * 10.0).round() / 10.0));
    if let Some(minutes) = candidate.extra_person_min {
        json.number_member("extra_person_min_if_closed", minutes.round());
    }
}

/// The verdict, each rule with how it is known, and what is missing.
fn verdict_members(json: &mut JsonWriter, candidate: &Candidate) {
    json.member("verdict", candidate.verdict.id());
    json.key("rules");
    json.begin_object();
    for rule in &candidate.rules {
        json.key(rule.rule.id());
        json.begin_object();
        json.member("outcome", rule.outcome.id());
        json.member("remark", &rule.has_remark);
        json.member("why", &rule.why.said(Lang::En));
        json.member("why_sv", &rule.why.said(Lang::Sv));
        evidence_member(json, &rule.evidence);
        json.end_object();
    }
    json.end_object();
    json.key("missing");
    json.begin_array();
    for rule in candidate.missing() {
        json.value(rule.rule.id());
    }
    json.end_array();
    for (name, outcome) in [("not_met", Outcome::NotMet), ("unknown", Outcome::Unknown)] {
        let rules = candidate.missing().filter(|rule| rule.outcome == outcome);
        json.member(name, &rules.map(|rule| rule.rule.id()).collect::<Vec<_>>());
    }
    json.member("missing_text", &missing_text(candidate, Lang::En));
    json.member("missing_text_sv", &missing_text(candidate, Lang::Sv));
}

fn evidence_member(json: &mut JsonWriter, evidence: &Evidence) {
    json.key("evidence");
    json.begin_object();
    json.member("kind", evidence.kind.id());
    json.member("who", &evidence.who);
    json.member("when", &evidence.when);
    json.member("what", &evidence.what);
    json.end_object();
}

fn nearest_members(
    json: &mut JsonWriter,
    results: &Results,
    nearest: &KindMap<Option<crate::siting::NearestUnit>>,
) {
    for kind in ServiceKind::measured() {
        let unit = nearest[kind].as_ref();
        let id = kind.id();
        opt_km(json, &format!("nearest_{id}_km"), unit.map(|unit| unit.trip.length));
        if let Some(time) = unit.and_then(|unit| unit.trip.time) {
            json.number_member(&format!("nearest_{id}_min"), minutes(time));
        }
        opt_km(json, &format!("nearest_{id}_straight_km"), unit.map(|unit| unit.straight));
        json.member(
            &format!("nearest_{id}_name"),
            &unit.map(|unit| results.situation.service_name(unit.service)),
        );
        json.member(&format!("nearest_{id}_id"), &unit.map(|unit| service_id(results, unit.service)));
    }
}

fn people_members(json: &mut JsonWriter, results: &Results, people: [People; 2]) {
    let measure = results.measure();
    for (people, radius) in people.iter().zip(results.project.parameters.radii(measure)) {
        json.number_member(&within_name(radius, measure), people.value());
    }
}

fn trial_members(
    json: &mut JsonWriter,
    results: &Results,
    trial: &TrialPoint,
    figures: &Result<SiteFigures, Message>,
) {
    json.member("id", &SiteId::Trial(trial.id).text());
    json.member("name", &trial.name);
    json.member("type", "trial_point");
    json.member("host_store", "none");
    json.member("verdict", Verdict::NotPossible.id());
    let figures = match figures {
        Ok(figures) => figures,
        Err(why) => {
            json.member("missing_text", &why.said(Lang::En));
            json.member("missing_text_sv", &why.said(Lang::Sv));
            return;
        }
    };
    nearest_members(json, results, &figures.nearest);
    people_members(json, results, figures.people_within);
    json.number_member("people_nearest", figures.people_nearest.value());
    json.number_member("people_without_store_today", figures.people_without_today.value());
    json.number_member("grocery_gap_people", figures.grocery_gap_people.value());
    json.key("sot_gap_people");
    json.value(&results.kind(ServiceKind::Sot).map(|_| figures.sot_gap_people.value()));
    json.number_member("saved_person_km", (figures.saved_person_km * 10.0).round() / 10.0);
    if let Some(minutes) = figures.saved_person_min {
        json.number_member("saved_person_min", minutes.round());
    }
}
