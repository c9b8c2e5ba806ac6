//! Which place or plan is meant by a choice, and what is known of it? Candidates as the results have them, trial points
//! with the figures that the window shows of them, plans as their places together.

use std::collections::BTreeSet;

use super::sheet::{Cell, Place, PlaceKind};
use crate::app::Results;
use crate::app::siting::scenario::nearest_of;
use crate::geometry::{LonLat, PlanePoint, plane_from_place};
use crate::model::travel::{TravelError, Trip};
use crate::model::{AreaIndex, KindMap, Message, Scenario, ServiceKind, Side, SiteId, SotPlace, TrialPoint};
use crate::progress::Progress;
use crate::siting::{Candidate, Host, NearestUnit, SiteFigures, nearest_towns};
use crate::units::{Cost, Metres, People};

/// What is compared.
pub(super) enum What<'a> {
    Candidate { at: usize, candidate: &'a Candidate },
    Trial(Box<Trial<'a>>),
    Plan(Box<Plan<'a>>),
}

/// A saved plan: the places of it that there are.
pub(super) struct Plan<'a> {
    pub of: &'a Scenario,
    /// Each once, though the plan may name a store and the SOT place that it hosts now.
    pub candidates: Vec<&'a Candidate>,
    /// The names of those that there are, and of those that there are not any more.
    pub there: Vec<&'a str>,
    pub gone: Vec<&'a str>,
    /// Over everybody who has a way to one of them.
    pub mean: Option<Cost>,
    pub worst: Option<Cost>,
    /// The populated cells without a way to any of them.
    pub cut_off: Vec<usize>,
}

impl<'a> Plan<'a> {
    fn new(of: &'a Scenario, results: &'a Results, progress: &dyn Progress) -> Result<Self, TravelError> {
        let (candidates, there, gone) = (Vec::new(), Vec::new(), Vec::new());
        let mut plan = Self { of, candidates, there, gone, mean: None, worst: None, cut_off: Vec::new() };
        let mut known = BTreeSet::new();
        for site in &of.sites {
            match candidate_of(&site.site, results) {
                Some((at, candidate)) if known.insert(at) => {
                    plan.candidates.push(candidate);
                    plan.there.push(&site.name);
                }
                Some(_) => {}
                None => plan.gone.push(&site.name),
            }
        }
        let sites: Vec<SiteId> = plan.candidates.iter().map(|candidate| candidate.site.clone()).collect();
        let people = &results.situation.demand.people;
        let (mut sum, mut reached) = (0.0, 0.0);
        for (cell, nearest) in nearest_of(&sites, results, progress)?.into_iter().enumerate() {
            let people = people[cell];
            match nearest {
                _ if people <= People::ZERO => {}
                None => plan.cut_off.push(cell),
                Some((_, cost)) => {
                    sum += people.value() * cost.value();
                    reached += people.value();
                    plan.worst = Some(plan.worst.map_or(cost, |worst| worst.max(cost)));
                }
            }
        }
        plan.mean = (reached > 0.0).then(|| Cost::new(sum / reached));
        Ok(plan)
    }
}

/// A row is about one place.
pub(super) fn not_of_a_plan() -> Cell {
    let why = Message::new("en plan har flera platser", "a plan has several places");
    Cell::does_not_apply("plan", why)
}

/// A trial point and what is known of it.
pub(super) struct Trial<'a> {
    pub of: &'a TrialPoint,
    pub point: PlanePoint,
    pub figures: SiteFigures,
    pub town: Option<(usize, Trip)>,
    /// To the nearest fuel in a straight line, as rule M5 measures it.
    pub fuel_straight: Option<Metres>,
    pub municipality: Option<String>,
}

/// A place that is compared, and where its figures are.
pub(super) struct Subject<'a> {
    pub results: &'a Results,
    pub what: What<'a>,
}

impl<'a> Subject<'a> {
    /// The candidate of its own id or its SOT place's.
    pub fn candidate(site: &SiteId, results: &'a Results) -> Option<Self> {
        let (at, candidate) = candidate_of(site, results)?;
        Some(Self { results, what: What::Candidate { at, candidate } })
    }

    /// A trial point; `None` outside the map.
    ///
    /// # Errors
    /// [`TravelError`] when it is no longer wanted, or a way could not be had.
    pub fn trial(
        trial: &'a TrialPoint,
        results: &'a Results,
        progress: &dyn Progress,
    ) -> Result<Option<Self>, TravelError> {
        let Some(point) = plane_from_place(trial.place) else { return Ok(None) };
        let (situation, project) = (&results.situation, &results.project);
        let figures = results.figures_at(point)?;
        let towns = nearest_towns(project, situation, &results.travel, &[point], progress)?;
        let apart = situation.points_of(ServiceKind::Fuel).into_iter().map(|fuel| point.distance(fuel));
        let areas = AreaIndex::new(&situation.areas);
        let area = situation.area_at(point, &areas, project.parameters.area_snap);
        let what = What::Trial(Box::new(Trial {
            of: trial,
            point,
            figures,
            town: towns.first().copied().flatten(),
            fuel_straight: apart.min(),
            municipality: area.map(str::to_owned),
        }));
        Ok(Some(Self { results, what }))
    }

    /// A saved plan; `None` where none of its places is there any more.
    ///
    /// # Errors
    /// As [`Self::trial`].
    pub fn plan(
        of: &'a Scenario,
        results: &'a Results,
        progress: &dyn Progress,
    ) -> Result<Option<Self>, TravelError> {
        let plan = Plan::new(of, results, progress)?;
        let is_there = !plan.candidates.is_empty();
        Ok(is_there.then(|| Self { results, what: What::Plan(Box::new(plan)) }))
    }

    /// Where it lies; a plan has several.
    pub fn points(&self) -> Vec<PlanePoint> {
        match &self.what {
            What::Candidate { candidate, .. } => vec![candidate.point],
            What::Trial(trial) => vec![trial.point],
            What::Plan(plan) => plan.candidates.iter().map(|candidate| candidate.point).collect(),
        }
    }

    pub fn as_candidate(&self) -> Option<(usize, &'a Candidate)> {
        match &self.what {
            What::Candidate { at, candidate } => Some((*at, candidate)),
            What::Trial(_) | What::Plan(_) => None,
        }
    }

    pub fn as_plan(&self) -> Option<&Plan<'a>> {
        match &self.what {
            What::Plan(plan) => Some(plan),
            What::Candidate { .. } | What::Trial(_) => None,
        }
    }

    pub fn sot(&self) -> Option<&'a SotPlace> {
        let (_, candidate) = self.as_candidate()?;
        self.results.situation.sot_places.get(candidate.sot?)
    }

    /// The nearest of each kind; a plan has none of its own.
    pub fn nearest(&self) -> Option<&KindMap<Option<NearestUnit>>> {
        match &self.what {
            What::Candidate { candidate, .. } => Some(&candidate.nearest),
            What::Trial(trial) => Some(&trial.figures.nearest),
            What::Plan(_) => None,
        }
    }

    pub fn place(&self) -> Place {
        match &self.what {
            What::Candidate { candidate, .. } => {
                let sot_name = self.sot().map(|sot| sot.name.clone());
                let kind = match (candidate.host, candidate.sot) {
                    (Host::Store(_), None) => PlaceKind::Store,
                    (Host::Store(_), Some(_)) => PlaceKind::SotWithStore,
                    (Host::NotInData, _) => PlaceKind::SotWithoutStore,
                };
                Place {
                    side: candidate.site.clone().into(),
                    label: sot_name.clone().unwrap_or_else(|| candidate.name.clone()),
                    name: candidate.name.clone(),
                    sot_name,
                    municipality: self.results.situation.area_name(candidate.area).map(str::to_owned),
                    kind,
                    sites: vec![candidate.site.clone()],
                    places: vec![candidate.place],
                }
            }
            What::Trial(trial) => Place {
                side: SiteId::Trial(trial.of.id).into(),
                label: trial.of.name.clone(),
                name: trial.of.name.clone(),
                sot_name: None,
                municipality: trial.municipality.clone(),
                kind: PlaceKind::Trial,
                sites: vec![SiteId::Trial(trial.of.id)],
                places: vec![LonLat::new(trial.of.place.lon, trial.of.place.lat)],
            },
            What::Plan(plan) => Place {
                side: Side::Plan(plan.of.id),
                label: plan.of.name.clone(),
                name: plan.of.name.clone(),
                sot_name: None,
                municipality: None,
                kind: PlaceKind::Plan,
                sites: plan.candidates.iter().map(|candidate| candidate.site.clone()).collect(),
                places: plan.candidates.iter().map(|candidate| candidate.place).collect(),
            },
        }
    }
}

/// The candidate that a site names, by its own id or its SOT place's.
pub(super) fn candidate_of<'a>(site: &SiteId, results: &'a Results) -> Option<(usize, &'a Candidate)> {
    let sot = |candidate: &Candidate| candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    results
        .candidates
        .iter()
        .enumerate()
        .find(|(_, candidate)| candidate.site == *site || sot(candidate).is_some_and(|sot| sot.site == *site))
}

/// The site by which a place is compared: that of the candidate it belongs to, or the trial point itself; `None` for
/// what is neither.
#[must_use]
pub fn compared_as(site: &SiteId, results: &Results) -> Option<SiteId> {
    match site {
        SiteId::Trial(_) => Some(site.clone()),
        _ => candidate_of(site, results).map(|(_, candidate)| candidate.site.clone()),
    }
}
