//! Which place is meant by a chosen site, and what is known of it? Candidates as the results have them, trial points with
//! the figures that the window shows of them.

use super::sheet::{Place, PlaceKind};
use crate::app::Results;
use crate::geometry::{LonLat, PlanePoint, plane_from_place};
use crate::model::travel::{TravelError, Trip};
use crate::model::{AreaIndex, KindMap, ServiceKind, SiteId, SotPlace, TrialPoint};
use crate::progress::Progress;
use crate::siting::{Candidate, Host, NearestUnit, SiteFigures, nearest_towns};
use crate::units::Metres;

/// What is compared.
pub(super) enum What<'a> {
    Candidate { at: usize, candidate: &'a Candidate },
    Trial(Box<Trial<'a>>),
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
        let found = AreaIndex::new(&situation.areas).find(point);
        let area = found.filter(|(_, by)| by.is_within(project.parameters.area_snap)).map(|(area, _)| area);
        let what = What::Trial(Box::new(Trial {
            of: trial,
            point,
            figures,
            town: towns.first().copied().flatten(),
            fuel_straight: apart.min(),
            municipality: situation.area_name(area).map(str::to_owned),
        }));
        Ok(Some(Self { results, what }))
    }

    pub fn point(&self) -> PlanePoint {
        match &self.what {
            What::Candidate { candidate, .. } => candidate.point,
            What::Trial(trial) => trial.point,
        }
    }

    pub fn as_candidate(&self) -> Option<(usize, &'a Candidate)> {
        match &self.what {
            What::Candidate { at, candidate } => Some((*at, candidate)),
            What::Trial(_) => None,
        }
    }

    pub fn sot(&self) -> Option<&'a SotPlace> {
        let (_, candidate) = self.as_candidate()?;
        self.results.situation.sot_places.get(candidate.sot?)
    }

    pub fn nearest(&self) -> &KindMap<Option<NearestUnit>> {
        match &self.what {
            What::Candidate { candidate, .. } => &candidate.nearest,
            What::Trial(trial) => &trial.figures.nearest,
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
                    site: candidate.site.clone(),
                    label: sot_name.clone().unwrap_or_else(|| candidate.name.clone()),
                    name: candidate.name.clone(),
                    sot_name,
                    municipality: self.results.situation.area_name(candidate.area).map(str::to_owned),
                    kind,
                    place: candidate.place,
                }
            }
            What::Trial(trial) => Place {
                site: SiteId::Trial(trial.of.id),
                label: trial.of.name.clone(),
                name: trial.of.name.clone(),
                sot_name: None,
                municipality: trial.municipality.clone(),
                kind: PlaceKind::Trial,
                place: LonLat::new(trial.of.place.lon, trial.of.place.lat),
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
