//! How do places stand in an export? Candidates with what they meet and why, trial points with what they would give.

use super::members::{area_members, features, opt_km, point_geometry, service_id, write_collection};
use super::origin::{Stamp, assumptions, minutes};
use crate::app::Results;
use crate::app::telling::missing::missing_text;
use crate::geometry::{Crs, Reprojection};
use crate::io::{IoError, JsonWriter};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelError;
use crate::model::{Evidence, KindMap, Message, ServiceKind, SiteId};
use crate::siting::{Candidate, Host, Outcome, SiteFigures, Verdict};
use crate::units::People;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Every candidate.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_candidates(path: &Path, results: &Results, stamp: &Stamp) -> Result<(), IoError> {
    let pieces: Vec<Vec<u8>> = results
        .candidates
        .par_chunks(256)
        .map(|part| features(part, |json, c| candidate_feature(json, results, c)))
        .collect();
    write_collection(path, "candidates", &assumptions(results, stamp), &pieces)
}

/// The chosen sites: candidates and trial points.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_selected(
    path: &Path,
    results: &Results,
    selected: &BTreeSet<SiteId>,
    trials: &[crate::model::TrialPoint],
    stamp: &Stamp,
) -> Result<usize, IoError> {
    let chosen: Vec<&Candidate> = results.candidates.iter().filter(|c| selected.contains(&c.site)).collect();
    let chosen_trials: Vec<_> =
        trials.iter().filter(|trial| selected.contains(&SiteId::Trial(trial.id))).collect();
    let mut pieces = vec![features(&chosen, |json, candidate| candidate_feature(json, results, candidate))];
    let plane = Reprojection::new(Crs::Wgs84);
    let figures = |trial: &&crate::model::TrialPoint| {
        let failed = |message: Message| IoError::File { file: trial.name.clone(), message };
        let point = plane.plane(trial.place).ok_or_else(|| {
            failed(Message::new(
                "punkten ligger utanför kartan. Flytta den",
                "the point lies outside the map. Move it",
            ))
        })?;
        results.figures_at(point).map_err(|error| match error {
            TravelError::Cancelled(cancelled) => IoError::Cancelled(cancelled),
            TravelError::NoAnswer(message) => failed(message),
        })
    };
    let figures = chosen_trials.iter().map(figures).collect::<Result<Vec<_>, IoError>>()?;
    let with_figures: Vec<_> = chosen_trials.iter().zip(&figures).collect();
    pieces
        .push(features(&with_figures, |json, (trial, figures)| trial_feature(json, results, trial, figures)));
    write_collection(path, "selected_sites", &assumptions(results, stamp), &pieces)?;
    Ok(chosen.len() + chosen_trials.len())
}

fn candidate_feature(json: &mut JsonWriter, results: &Results, candidate: &Candidate) {
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", &candidate.site.text());
    point_geometry(json, candidate.place);
    json.key("properties");
    json.begin_object();
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
    json.end_object();
    json.end_object();
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
        let (radius, unit) = (measure.in_units(radius), measure.unit());
        json.number_member(&format!("people_within_{radius}_{unit}"), people.value());
    }
}

fn trial_feature(
    json: &mut JsonWriter,
    results: &Results,
    trial: &crate::model::TrialPoint,
    figures: &SiteFigures,
) {
    let id = SiteId::Trial(trial.id).text();
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", &id);
    point_geometry(json, trial.place);
    json.key("properties");
    json.begin_object();
    json.member("id", &id);
    json.member("name", &trial.name);
    json.member("type", "trial_point");
    json.member("host_store", "none");
    json.member("verdict", Verdict::NotPossible.id());
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
    json.end_object();
    json.end_object();
}
