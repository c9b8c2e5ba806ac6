//! What lies side by side now, and what do the surroundings of each place look like? Found by a job whenever the result,
//! the choice or the weights are others; the last one stays until then. Does not know colours.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Mercator, mercator, metres_around};
use crate::analysis::cell_shape;
use crate::app::comparing::{Asked, Comparison, Place, PlaceKind, compare};
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::{Results, export};
use crate::geometry::{Crs, Reprojection};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelError;
use crate::model::{Message, Project, ServiceKind};

/// At least so much is seen around a place, metres to each side.
const LEAST_M: f64 = 6_000.0;

/// Beyond this a picture says nothing of a village any more, metres to each side.
const MOST_M: f64 = 60_000.0;

/// A picture shows a little more than it has to; more around the places of a plan, whose marks have a size.
const MARGIN: f64 = 1.08;
const AROUND: f64 = 1.2;

/// A populated cell near a place.
#[derive(Debug, Clone, PartialEq)]
pub struct NearCell {
    /// In the order of [`super::CellLevel::corners`].
    pub corners: [Mercator; 4],
    /// Has the place within the threshold.
    pub is_within: bool,
}

/// What is seen around a place, or the places of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    pub centre: Mercator,
    /// Half of what the picture shows, in the Mercator square: the same for all places, so that they can be compared; of
    /// its own for each plan.
    pub half: f64,
    /// The same in metres.
    pub half_m: f64,
    /// Where the place lies, or those of the plan.
    pub sites: Vec<Mercator>,
    pub cells: Vec<NearCell>,
    pub units: Vec<(Mercator, ServiceKind)>,
}

/// A comparison and what can be drawn of it.
pub struct Made {
    pub comparison: Comparison,
    /// One a place.
    pub surroundings: Vec<Surroundings>,
}

/// What it was made from; compared by address.
struct Of {
    results: Arc<Results>,
    asked: Asked,
}

type Ranked = Arc<export::Comparison>;

/// The comparison shown.
#[derive(Default)]
pub struct Beside {
    of: Option<Of>,
    made: Option<Arc<Made>>,
    /// The newest ranking, and the weights it is of.
    ranked: Option<(Arc<Results>, Asked, Ranked)>,
    failed: Option<TravelError>,
    making: Slot<Result<(Made, Ranked), TravelError>>,
}

impl Beside {
    /// Compares anew where something changed; tells of work that failed.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        project: &Project,
    ) -> Option<Panicked> {
        let Some(results) = results.filter(|_| !project.compared.is_empty()) else {
            *self = Self::default();
            return None;
        };
        let asked = Asked::of(project);
        let is_same =
            self.of.as_ref().is_some_and(|of| Arc::ptr_eq(&of.results, results) && of.asked.is_same(&asked));
        if !is_same {
            self.start(wake, results, asked);
        }
        match self.making.poll()? {
            Ok(Ok((made, ranked))) => {
                self.ranked = self.of.as_ref().map(|of| (Arc::clone(&of.results), of.asked.clone(), ranked));
                (self.made, self.failed) = (Some(Arc::new(made)), None);
                None
            }
            Ok(Err(TravelError::Cancelled(_))) => None,
            Ok(Err(failed)) => {
                (self.made, self.failed) = (None, Some(failed));
                None
            }
            Err(panic) => Some(panic),
        }
    }

    fn start(&mut self, wake: &Wake, results: &Arc<Results>, asked: Asked) {
        let known =
            self.ranked.as_ref().filter(|(of, with, _)| Arc::ptr_eq(of, results) && with.ranks_alike(&asked));
        let known = known.map(|(_, _, ranked)| Arc::clone(ranked));
        self.of = Some(Of { results: Arc::clone(results), asked: asked.clone() });
        let results = Arc::clone(results);
        self.making.start(wake, move |progress| {
            let rank = || Arc::new(export::Comparison::new(&results, &asked.model, &asked.selected));
            let ranked = known.unwrap_or_else(rank);
            let comparison = compare(&results, &asked, &ranked, progress)?;
            Ok((Made::new(comparison, &results), ranked))
        });
    }

    /// The newest comparison that is known, be it of a moment ago.
    #[must_use]
    pub const fn made(&self) -> Option<&Arc<Made>> {
        self.made.as_ref()
    }

    /// Why there is none.
    #[must_use]
    pub fn failed(&self) -> Option<Message> {
        self.failed.as_ref().map(|error| Message::new(error.said(Lang::Sv), error.said(Lang::En)))
    }

    /// Is one being made?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.making.is_running()
    }
}

/// Lengths of the Mercator square a metre of the Earth, so far north.
fn per_metre(lat: f64) -> f64 {
    1.0 / metres_around(lat)
}

/// The middle of the places, and how far the farthest lies from it.
fn frame(sites: &[Mercator]) -> (Mercator, f64) {
    let span = |axis: usize| {
        let all = sites.iter().map(|at| at[axis]);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| (least.min(at), most.max(at)))
    };
    let [(left, right), (top, bottom)] = [span(0), span(1)];
    if sites.is_empty() {
        return ([0.5; 2], 0.0);
    }
    ([f64::midpoint(left, right), f64::midpoint(top, bottom)], (right - left).max(bottom - top) / 2.0)
}

impl Made {
    fn new(comparison: Comparison, results: &Results) -> Self {
        let demand = &results.situation.demand;
        let far = |place: &Place, centre: Mercator, cells: &[usize]| {
            let apart = cells.iter().map(|cell| {
                let there = mercator(demand.places[*cell]);
                (there[0] - centre[0]).abs().max((there[1] - centre[1]).abs())
            });
            let far = apart.fold(0.0, f64::max);
            let scale = per_metre(place.places.first().map_or(0.0, |place| place.lat));
            // A plan is seen whole.
            let most = if place.kind == PlaceKind::Plan { f64::INFINITY } else { MOST_M };
            far.clamp(LEAST_M * scale, most * scale) * MARGIN
        };
        let all = comparison.places.iter().zip(&comparison.catchments);
        let framed: Vec<(Vec<Mercator>, Mercator, f64)> = all
            .map(|(place, cells)| {
                let sites: Vec<Mercator> = place.places.iter().map(|place| mercator(*place)).collect();
                let (centre, apart) = frame(&sites);
                (sites, centre, far(place, centre, cells).max(apart * AROUND))
            })
            .collect();
        let is_plan = |at: usize| comparison.places[at].kind == PlaceKind::Plan;
        let of_places =
            (0..framed.len()).filter(|at| !is_plan(*at)).map(|at| framed[at].2).fold(0.0, f64::max);
        let surroundings = framed.into_iter().enumerate().map(|(at, (sites, centre, own))| {
            let half = if is_plan(at) { own } else { of_places };
            let lat = comparison.places[at].places.first().map_or(0.0, |place| place.lat);
            let (half_m, within) = (half / per_metre(lat), comparison.catchments[at].as_slice());
            Surroundings::new((sites, centre, half, half_m), within, results)
        });
        Self { surroundings: surroundings.collect(), comparison }
    }
}

/// Cells of a picture that shows far more of them than it has points: squares of a fortieth of its half side, within where
/// any of theirs is.
fn coarse(cells: impl Iterator<Item = (Mercator, bool)>, half: f64) -> Vec<NearCell> {
    let side = half / 40.0;
    let mut squares: BTreeMap<(i64, i64), bool> = BTreeMap::new();
    for (at, is_within) in cells {
        #[expect(clippy::cast_possible_truncation, reason = "the square has a few thousand sides")]
        let key = ((at[0] / side).floor() as i64, (at[1] / side).floor() as i64);
        *squares.entry(key).or_default() |= is_within;
    }
    let square = |((column, row), is_within): ((i64, i64), bool)| {
        #[expect(clippy::cast_precision_loss, reason = "the square has a few thousand sides")]
        let [left, top] = [column as f64 * side, row as f64 * side];
        let corners = [[left, top], [left + side, top], [left + side, top + side], [left, top + side]];
        NearCell { corners, is_within }
    };
    squares.into_iter().map(square).collect()
}

impl Surroundings {
    fn new(
        (sites, centre, half, half_m): (Vec<Mercator>, Mercator, f64, f64),
        within: &[usize],
        results: &Results,
    ) -> Self {
        let reprojection = Reprojection::new(Crs::Wgs84);
        let demand = &results.situation.demand;
        // Pictures are wider than high; what is just outside is cut off when drawn.
        let is_near = |at: Mercator| (0..2).all(|axis| (at[axis] - centre[axis]).abs() <= half * 2.5);
        let mut is_within = vec![false; demand.len()];
        for cell in within {
            is_within[*cell] = true;
        }
        let near = (0..demand.len()).filter(|cell| is_near(mercator(demand.places[*cell])));
        let cells: Vec<NearCell> = if half_m > MOST_M {
            coarse(near.map(|cell| (mercator(demand.places[cell]), is_within[cell])), half)
        } else {
            let corner = |point| reprojection.lon_lat_from_plane(point).map_or(centre, mercator);
            near.map(|cell| NearCell {
                corners: cell_shape(demand, cell).map(corner),
                is_within: is_within[cell],
            })
            .collect()
        };
        let units = results.situation.services.iter().flat_map(|service| {
            let at = mercator(service.place);
            service.kinds.iter().filter(move |kind| *kind != ServiceKind::Other).map(move |kind| (at, kind))
        });
        let units: Vec<(Mercator, ServiceKind)> = units.filter(|(at, _)| is_near(*at)).collect();
        // Of a whole county nobody tells the units apart: the places of the plan are what is looked for.
        let units = if half_m > MOST_M { Vec::new() } else { units };
        Self { centre, half, half_m, sites, cells, units }
    }
}
