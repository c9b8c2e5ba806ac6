//! Which cells and places does a scenario hit, and when have they back what failed? Areas as they are named or drawn, and the
//! order in which people get it back.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::geometry::{Crs, LonLat, NearestPoint, PlanePoint, PolygonIndex, Reprojection};
use crate::lang::{Lang, Said};
use crate::model::outage::{OutageArea, OutageScenario, Part, Where};
use crate::model::recognise::area_key;
use crate::model::{AreaIx, Situation};
use crate::outage::{Minute, Spans, minute};
use crate::say;

/// Why a scenario cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A municipality that the data do not have, and what they have.
    #[error("{}", self.said(Lang::En))]
    NoSuchArea { name: String, known: Vec<String> },
    /// A number that nobody could compute with, in both languages.
    #[error("{}", .0[1])]
    Fault([String; 2]),
}

impl Said for Unfit {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoSuchArea { name, known } => {
                let known = known.join(", ");
                say!(
                    lang,
                    "det finns ingen kommun ”{name}” i data. Där finns: {known}",
                    "there is no municipality “{name}” in the data. There are: {known}"
                )
            }
            Self::Fault([sv, en]) => lang.pick(sv, en).into(),
        }
    }
}

/// One area of a scenario over the data.
struct HitArea<'a> {
    of: &'a OutageArea,
    by: By,
    /// By cell: when it is back; `None` outside.
    cells: Vec<Option<Minute>>,
    /// The cells inside, where they come back in steps.
    nearest: Option<NearestPoint>,
    end: Minute,
}

enum By {
    Everything,
    /// Positions of areas, and names that cells have of areas that are not loaded.
    Areas {
        loaded: FxHashSet<AreaIx>,
        others: FxHashSet<u32>,
    },
    Outlines(PolygonIndex<'static>),
}

impl By {
    fn holds(&self, point: PlanePoint, area: Option<AreaIx>, other: Option<u32>) -> bool {
        match self {
            Self::Everything => true,
            Self::Areas { loaded, others } => {
                area.is_some_and(|area| loaded.contains(&area))
                    || other.is_some_and(|other| others.contains(&other))
            }
            Self::Outlines(outlines) => outlines.is_held(point),
        }
    }
}

/// What a scenario hits.
pub struct Hits<'a> {
    areas: Vec<HitArea<'a>>,
}

impl<'a> Hits<'a> {
    /// # Errors
    /// [`Unfit`] where an area is not in the data.
    ///
    /// # Complexity
    /// O(cells · log of the corners of what is drawn).
    pub fn of(scenario: &'a OutageScenario, situation: &Situation) -> Result<Self, Unfit> {
        let areas = scenario.areas.iter().map(|area| HitArea::of(area, situation));
        Ok(Self { areas: areas.collect::<Result<_, _>>()? })
    }

    /// When each part that fails of itself is gone at a cell.
    #[must_use]
    pub fn cell(&self, cell: usize) -> [Spans; Part::COUNT] {
        self.gone(|area| area.cells[cell])
    }

    /// Does an area hit anybody, or any of these places?
    #[must_use]
    pub fn hits_any(
        &self,
        area: usize,
        mut places: impl Iterator<Item = (PlanePoint, Option<AreaIx>)>,
    ) -> bool {
        let Some(area) = self.areas.get(area) else { return false };
        area.cells.iter().any(Option::is_some) || places.any(|(point, at)| area.by.holds(point, at, None))
    }

    /// Where a cell stands in every area; cells that stand alike are hit alike.
    #[must_use]
    pub fn key(&self, cell: usize) -> Vec<Option<Minute>> {
        self.areas.iter().map(|area| area.cells[cell]).collect()
    }

    /// The same at a place: it has back what its nearest cell has. Where no area is known of it, `other` tells what its cell
    /// names.
    #[must_use]
    pub fn place(
        &self,
        point: PlanePoint,
        at: Option<AreaIx>,
        other: impl FnOnce() -> Option<u32>,
    ) -> [Spans; Part::COUNT] {
        let other = if at.is_none() { other() } else { None };
        self.gone(|area| {
            area.by.holds(point, at, other).then(|| {
                let nearest = area.nearest.as_ref().and_then(|cells| cells.to(point));
                nearest.and_then(|(cell, _)| area.cells[cell as usize]).unwrap_or(area.end)
            })
        })
    }

    fn gone(&self, until: impl Fn(&HitArea<'_>) -> Option<Minute>) -> [Spans; Part::COUNT] {
        let mut out: [Spans; Part::COUNT] = std::array::from_fn(|_| Spans::NEVER);
        for area in &self.areas {
            let Some(until) = until(area) else { continue };
            let span = Spans::between(minute(area.of.start_h), until);
            for fault in &area.of.faults {
                let part = fault.part() as usize;
                out[part] = out[part].or(&span);
            }
        }
        out
    }
}

impl<'a> HitArea<'a> {
    fn of(area: &'a OutageArea, situation: &Situation) -> Result<Self, Unfit> {
        let by = by(area, situation)?;
        let demand = &situation.demand;
        let end = minute(area.start_h + area.hours);
        let mut cells: Vec<Option<Minute>> = (0..demand.len())
            .into_par_iter()
            .map(|cell| {
                by.holds(demand.points[cell], demand.areas[cell], demand.other_areas[cell]).then_some(end)
            })
            .collect();
        let mut nearest = None;
        if !area.restored.is_empty() {
            let mut inside: Vec<usize> = (0..demand.len()).filter(|cell| cells[*cell].is_some()).collect();
            nearest = Some(NearestPoint::new(
                inside.iter().map(|cell| (u32::try_from(*cell).unwrap_or(u32::MAX), demand.points[*cell])),
            ));
            // Where most people live the line is mended first.
            inside.sort_by(|a, b| demand.everyone[*b].cmp(&demand.everyone[*a]).then(a.cmp(b)));
            let all: f64 = inside.iter().map(|cell| demand.everyone[*cell].value()).sum();
            let mut sum = 0.0;
            for cell in inside {
                sum += demand.everyone[cell].value();
                let step = area.restored.iter().find(|step| sum <= step.share * all * (1.0 + 1e-12));
                if let Some(step) = step {
                    cells[cell] = Some(minute(area.start_h + step.after_h).min(end));
                }
            }
        }
        Ok(Self { of: area, by, cells, nearest, end })
    }
}

fn by(area: &OutageArea, situation: &Situation) -> Result<By, Unfit> {
    match &area.place {
        Where::Everything => Ok(By::Everything),
        Where::Municipalities(names) => {
            let (mut loaded, mut others) = (FxHashSet::default(), FxHashSet::default());
            for name in names {
                let key = area_key(name);
                let named: Vec<AreaIx> = (0u32..)
                    .zip(&situation.areas)
                    .filter(|(_, known)| area_key(&known.name) == key || known.code == name.trim())
                    .map(|(ix, _)| AreaIx(ix))
                    .collect();
                let other = (0u32..).zip(&situation.other_names).filter(|(_, known)| area_key(known) == key);
                let other: Vec<u32> = other.map(|(ix, _)| ix).collect();
                let is_unknown = named.is_empty() && other.is_empty();
                loaded.extend(named);
                others.extend(other);
                if is_unknown {
                    let known = situation.areas.iter().map(|area| area.name.clone());
                    let known = known.chain(situation.other_names.iter().cloned()).take(30).collect();
                    return Err(Unfit::NoSuchArea { name: name.clone(), known });
                }
            }
            Ok(By::Areas { loaded, others })
        }
        Where::Outlines(outlines) => {
            let to_plane = Reprojection::new(Crs::Wgs84);
            let ring = |ring: &Vec<LonLat>| {
                ring.iter().map(|place| (place.lon, place.lat)).collect::<geo::LineString>()
            };
            let polygons = outlines.iter().filter_map(|rings| {
                let (outer, inner) = rings.split_first()?;
                let polygon = geo::Polygon::new(ring(outer), inner.iter().map(ring).collect());
                Some((0, Cow::Owned(to_plane.plane_polygon(&polygon)?)))
            });
            Ok(By::Outlines(PolygonIndex::new(polygons)))
        }
    }
}
