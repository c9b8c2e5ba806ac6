//! How do our distances differ from a table of Pipos' own, place by place, and why do the largest?

mod comparison;

use self::comparison::is_same;

use std::path::Path;

use rustc_hash::FxHashMap;

pub use self::comparison::{Beyond, Compared, Comparison, Figures, Why};
use crate::app::Results;
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection};
use crate::io::IoError;
use crate::io::reference_file::{Reference, ReferenceRow, read_reference};
use crate::lang::Lang;
use crate::model::travel::{Nearest, Pairs, TravelError, TravelModel, Traveller};
use crate::model::{Demand, Layer, Message, ServiceKind};
use crate::progress::Progress;
use crate::units::{Measure, Metres, People};

/// Differences that are explained, the largest first.
const EXPLAINED: usize = 200;

/// Services looked at to find the one that the other program may have taken.
const SERVICES: usize = 6;

/// A row with the id of a cell lies within this of its middle, metres: half the diagonal of a square of a kilometre.
const SAME_CELL_M: f64 = 708.0;

/// Reads a table and compares it with the results.
///
/// # Errors
/// [`IoError`] when the file is of no use, or when cancelled.
pub fn compare_file(
    path: &Path,
    column: Option<&str>,
    kind: ServiceKind,
    results: &Results,
    progress: &dyn Progress,
) -> Result<Comparison, IoError> {
    let reference = read_reference(path, column, progress)?;
    compare(reference, kind, results, progress)
}

/// The cells by the ids that their files give them: in a column of ids, and as features.
#[derive(Default)]
struct CellIds {
    named: FxHashMap<String, usize>,
    features: FxHashMap<String, usize>,
}

impl CellIds {
    fn of(results: &Results) -> Self {
        const COLUMNS: [&str; 6] = ["rutid_scb", "rutid", "ruta_id", "ruta", "cell_id", "id"];
        let demand = &results.situation.demand;
        let mut ids = Self::default();
        for (cell, origin) in demand.origins.iter().enumerate() {
            let Some(layer) = results.project.layer(origin.layer) else { continue };
            let Some(feature) = layer.table.features.get(origin.feature_ix as usize) else { continue };
            if let Some(id) = layer.table.row(feature).text_of(&COLUMNS) {
                ids.named.entry(id).or_insert(cell);
            }
            ids.features.entry(Layer::feature_key(feature)).or_insert(cell);
        }
        ids
    }

    /// The cells of rows. A number of a feature is no more than a place in a file: it is believed only where every row
    /// names one and none says where it lies. An id whose cell lies elsewhere than its row says is another's.
    fn cells_of(&self, rows: &[ReferenceRow], demand: &Demand) -> Vec<Option<usize>> {
        let known = |ids: &FxHashMap<String, usize>, row: &ReferenceRow| {
            let id = row.id.as_ref()?.trim();
            // Spreadsheets write a long whole number as 1.0.
            ids.get(id).or_else(|| ids.get(id.strip_suffix(".0")?)).copied()
        };
        let are_features = rows.iter().all(|row| row.point.is_none() && known(&self.features, row).is_some());
        rows.iter()
            .map(|row| {
                let cell = known(&self.named, row)
                    .or_else(|| known(&self.features, row).filter(|_| are_features))?;
                let is_there = |point: PlanePoint| point.distance(demand.points[cell]).value() <= SAME_CELL_M;
                row.point.is_none_or(is_there).then_some(cell)
            })
            .collect()
    }
}

/// A place of the table, put on the map.
struct Placed {
    label: String,
    point: PlanePoint,
    place: LonLat,
    people: Option<People>,
    theirs: Metres,
}

/// The rows that lie somewhere; the others are refused.
fn place(rows: Vec<ReferenceRow>, results: &Results, refused: &mut Vec<(u32, Message)>) -> Vec<Placed> {
    let demand = &results.situation.demand;
    let cells = CellIds::of(results).cells_of(&rows, demand);
    let degrees = Reprojection::new(Crs::Wgs84);
    let mut placed = Vec::with_capacity(rows.len());
    for (row, cell) in rows.into_iter().zip(cells) {
        let at = match (cell, row.point) {
            (Some(cell), _) => Some((demand.points[cell], demand.places[cell])),
            (None, Some(point)) => Some(point).zip(degrees.lon_lat_from_plane(point)),
            (None, None) => None,
        };
        let label = row.id.clone().unwrap_or_else(|| format!("#{}", row.number));
        let Some((point, place)) = at else {
            let message = Message::new(
                format!("{label}: ingen inläst ruta har det id:t, och raden har inga koordinater"),
                format!("{label}: no loaded cell has that id, and the row has no coordinates"),
            );
            refused.push((row.number, message));
            continue;
        };
        let (people, theirs) = (cell.map(|cell| demand.people[cell]), Metres::new(row.metres));
        placed.push(Placed { label, point, place, people, theirs });
    }
    placed
}

/// Sets a table beside our own distances. A place with an id of a loaded cell is that cell, else it lies where the
/// table says.
///
/// # Errors
/// [`IoError::Cancelled`], or [`IoError::Table`] where the kind cannot be compared.
pub fn compare(
    reference: Reference,
    kind: ServiceKind,
    results: &Results,
    progress: &dyn Progress,
) -> Result<Comparison, IoError> {
    let Reference { file, rows, column, is_km, is_unit_guessed, ambiguous, rows_in: _, mut refused } =
        reference;
    let first_id = rows.iter().find_map(|row| row.id.clone());
    let Some(result) = results.kind(kind).filter(|_| Traveller::of(kind) == Traveller::Visitor) else {
        return Err(IoError::Table { file, message: not_comparable(kind) });
    };
    let twice = twice(&rows);
    let placed = place(rows, results, &mut refused);
    if placed.is_empty() {
        return Err(IoError::Table { file, message: nothing_matches(first_id, results) });
    }
    let points: Vec<PlanePoint> = placed.iter().map(|row| row.point).collect();
    let services = &result.coverage.services;
    let sites = results.situation.points_of(kind);
    let nearest = results.travel.nearest(Pairs::visitors(&points, &sites), SERVICES, progress);
    let no_answer = |error| match error {
        TravelError::Cancelled(cancelled) => IoError::Cancelled(cancelled),
        TravelError::NoAnswer(message) => IoError::Table { file: file.clone(), message },
    };
    let nearest = nearest.map_err(no_answer)?;
    let name = |site: usize| {
        let service = services.get(site).and_then(|ix| results.situation.service(*ix));
        service.map_or_else(String::new, |service| service.name.clone())
    };
    let mut compared: Vec<(usize, Compared)> = placed
        .into_iter()
        .enumerate()
        .map(|(at, Placed { label, place, people, theirs, .. })| {
            let ours = nearest.at(at, 0);
            let (service, ours) = (ours.map(|(site, _)| name(site)), ours.map(|(_, trip)| trip.length));
            let why = ours.is_none().then(|| Why::NoWay(nearest.reason(at)));
            (at, Compared { label, place, people, theirs, ours, service, why })
        })
        .collect();
    let size = |row: &Compared| row.more().map_or(f64::INFINITY, f64::abs);
    compared.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    let apart: Vec<usize> = (0..compared.len())
        .filter(|row| {
            let row = &compared[*row].1;
            row.ours.is_some_and(|ours| !is_same(row.theirs.value(), ours.value()))
        })
        .take(EXPLAINED)
        .collect();
    let at: Vec<usize> = apart.iter().map(|row| compared[*row].0).collect();
    let reasons = Reasons::new(results, at.iter().map(|at| points[*at]).collect(), &sites, progress);
    let reasons = reasons.map_err(no_answer)?;
    for (number, row) in apart.iter().enumerate() {
        let (at, row) = (at[number], &mut compared[*row].1);
        let trips: Vec<(usize, f64)> = (0..SERVICES)
            .filter_map(|rank| nearest.at(at, rank))
            .map(|(site, trip)| (site, trip.length.value()))
            .collect();
        row.why = reasons.of(number, &trips, row.theirs.value(), &name);
    }
    let rows: Vec<Compared> = compared.into_iter().map(|(_, row)| row).collect();
    let limit = (results.measure() == Measure::Distance).then(|| results.limit().metres());
    let figures = Figures::of(&rows, limit);
    Ok(Comparison { file, kind, column, is_km, is_unit_guessed, rows, refused, ambiguous, twice, figures })
}

/// The ids that stand more than once, and the first of them.
fn twice(rows: &[ReferenceRow]) -> Option<(usize, String)> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut first = None;
    for id in rows.iter().filter_map(|row| row.id.as_deref()) {
        let count = counts.entry(id).or_default();
        *count += 1;
        if *count == 2 && first.is_none() {
            first = Some(id.to_owned());
        }
    }
    Some((counts.values().filter(|count| **count > 1).count(), first?))
}

/// That no row is of a loaded cell, with an id of each side.
fn nothing_matches(theirs: Option<String>, results: &Results) -> Message {
    let theirs = theirs.unwrap_or_default();
    let ids = CellIds::of(results);
    let ours = ids.named.keys().min().or_else(|| ids.features.keys().min()).cloned().unwrap_or_default();
    Message::new(
        format!(
            "ingen rad hör till en inläst ruta: filens id är som ”{theirs}”, rutornas som ”{ours}”. Lägg till koordinater i kolumnerna x och y"
        ),
        format!(
            "no row is of a loaded cell: the file's ids are like “{theirs}”, those of the cells like “{ours}”. Add coordinates in the columns x and y"
        ),
    )
}

/// Why a kind cannot be compared.
fn not_comparable(kind: ServiceKind) -> Message {
    let (sv, en) = (kind.unit(Lang::Sv), kind.unit(Lang::En));
    if Traveller::of(kind) == Traveller::Visitor {
        Message::new(
            format!("inget lager med {sv} är inläst att jämföra med"),
            format!("no layer of the kind {en} is loaded to compare with"),
        )
    } else {
        Message::new(
            "räddningstjänst kan inte jämföras: där åker bilen till människorna. Välj en annan typ av service",
            "rescue cannot be compared: there the vehicle travels to people. Choose another kind of service",
        )
    }
}

/// What other ways to count give for the places that differ.
struct Reasons<'a> {
    results: &'a Results,
    points: Vec<PlanePoint>,
    sites: &'a [PlanePoint],
    /// The length of the shortest trip, where ours is the fastest.
    shortest: Option<Nearest>,
}

impl<'a> Reasons<'a> {
    fn new(
        results: &'a Results,
        points: Vec<PlanePoint>,
        sites: &'a [PlanePoint],
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let by_time = results.travel.road().filter(|_| results.measure() == Measure::Time);
        let shortest = match by_time {
            None => None,
            Some(road) => {
                let shortest = road.with_networks(road.network().clone(), None, Measure::Distance, 0);
                Some(shortest.nearest(Pairs::visitors(&points, sites), 1, progress)?)
            }
        };
        Ok(Self { results, points, sites, shortest })
    }

    /// Metres that are walked from a place to its road.
    fn walk(&self, point: PlanePoint) -> Option<f64> {
        let road = self.results.travel.road()?;
        let snap = road.snap(point, Traveller::Visitor).ok()?;
        Some(f64::from(snap.access_cm) / 100.0)
    }

    /// The reason that fits best; our trips are those to the nearest services, the nearest first.
    fn of(
        &self,
        row: usize,
        trips: &[(usize, f64)],
        theirs: f64,
        name: &dyn Fn(usize) -> String,
    ) -> Option<Why> {
        let (site, ours) = *trips.first()?;
        let point = self.points[row];
        let walk_here = self.walk(point);
        let counts_walk = self.results.project.parameters.profile.counts_access;
        let walk_to = |site: usize| match walk_here {
            Some(walk) if counts_walk => walk + self.walk(self.sites[site]).unwrap_or(0.0),
            _ => 0.0,
        };
        let is_theirs =
            |length: f64, site: usize| is_same(theirs, length) || is_same(theirs, length - walk_to(site));
        if walk_to(site) > 0.0 && is_same(theirs, ours - walk_to(site)) {
            return Some(Why::Walk);
        }
        if let Some((site, trip)) = self.shortest.as_ref().and_then(|shortest| shortest.at(row, 0))
            && is_theirs(trip.length.value(), site)
        {
            return Some(Why::Fastest);
        }
        if let Some((site, _)) = trips[1..].iter().find(|(site, length)| is_theirs(*length, *site)) {
            return Some(Why::OtherService(name(*site)));
        }
        let may_explain = |walk: &f64| *walk >= (ours - theirs).abs() * 0.25 && *walk > 50.0;
        Some(match walk_here.filter(may_explain) {
            Some(walk) => Why::OtherSnap(Metres::new(walk)),
            None => Why::OtherRoad,
        })
    }
}
