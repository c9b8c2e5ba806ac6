//! How do our distances differ from a table of Pipos' own, place by place, and why do the largest?

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::Results;
use super::export::{CsvStyle, write_pipos};
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection};
use crate::io::reference_file::{Reference, read_reference};
use crate::io::{IoError, refuse_overwriting};
use crate::lang::{Lang, Said};
use crate::model::travel::{NoCost, Pairs, TravelModel, Traveller};
use crate::model::{Layer, ServiceKind, recognise};
use crate::progress::Progress;
use crate::say;
use crate::units::{Measure, Metres, People};

/// Differences that are explained, the largest first.
const EXPLAINED: usize = 200;

/// Services looked at to find the one that the other program may have taken.
const SERVICES: usize = 6;

/// Distances are the same within this part, or this many metres.
const SAME_PART: f64 = 0.01;
const SAME_M: f64 = 25.0;

/// Why a distance differs, as far as can be told from here.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// It is that to another service.
    OtherService(String),
    /// It is ours without the walk between place and road.
    Walk,
    /// Ours is that of the fastest trip; the shortest is theirs.
    Fastest,
    /// Ours is longer or shorter by much of the way to the road: another road was taken for the nearest.
    OtherSnap(Metres),
    /// Nothing else fits: another road, or other data.
    OtherRoad,
    /// We have no value.
    NoWay(NoCost),
}

impl Said for Why {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::OtherService(name) => say!(lang, "annan butik: {name}", "another store: {name}"),
            Self::Walk => {
                lang.pick("gången till vägen räknas här", "the walk to the road is counted here").into()
            }
            Self::Fastest => lang
                .pick("snabbaste vägen här, kortaste där", "the fastest route here, the shortest there")
                .into(),
            Self::OtherSnap(length) => {
                let length = lang.distance(*length);
                say!(
                    lang,
                    "kanske annan närmaste väg: den ligger {length} bort",
                    "perhaps another nearest road: it lies {length} away"
                )
            }
            Self::OtherRoad => lang.pick("annan väg eller andra data", "another road or other data").into(),
            Self::NoWay(reason) => reason.said(lang),
        }
    }
}

/// A place of the table beside ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its id, else its row in the file.
    pub label: String,
    pub place: LonLat,
    /// Who lives in the cell of that id.
    pub people: Option<People>,
    pub theirs: Metres,
    pub ours: Option<Metres>,
    /// The service that is ours.
    pub service: Option<String>,
    /// Of the largest differences.
    pub why: Option<Why>,
}

impl Compared {
    /// How much longer ours is, metres.
    #[must_use]
    pub fn more(&self) -> Option<f64> {
        Some(self.ours?.value() - self.theirs.value())
    }
}

/// The whole comparison, the largest differences first; places without a value of ours before them.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub file: String,
    pub kind: ServiceKind,
    pub column: String,
    pub is_km: bool,
    pub is_unit_guessed: bool,
    pub rows: Vec<Compared>,
    /// Rows of the file that could not be compared: (row, why).
    pub refused: Vec<(u32, crate::model::Message)>,
    pub rows_in: usize,
}

/// What the differences come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    pub count: usize,
    pub without_value: usize,
    pub mean_theirs: Metres,
    pub mean_ours: Metres,
    /// Of the size of the difference, as a part of theirs.
    pub median: f64,
    pub p99: f64,
    /// Places that differ by more than a hundredth and 25 m.
    pub apart: usize,
}

impl Comparison {
    #[must_use]
    pub fn figures(&self) -> Figures {
        let pairs: Vec<(f64, f64)> =
            self.rows.iter().filter_map(|row| Some((row.theirs.value(), row.ours?.value()))).collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let count = pairs.len().max(1) as f64;
        let mut parts: Vec<f64> =
            pairs.iter().map(|(theirs, ours)| (ours - theirs).abs() / theirs.max(1.0)).collect();
        parts.sort_by(f64::total_cmp);
        let at = |share: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a place in a list"
            )]
            let place = ((parts.len() as f64 * share).ceil() as usize).saturating_sub(1);
            parts.get(place).copied().unwrap_or(0.0)
        };
        Figures {
            count: pairs.len(),
            without_value: self.rows.len() - pairs.len(),
            mean_theirs: Metres::new(pairs.iter().map(|pair| pair.0).sum::<f64>() / count),
            mean_ours: Metres::new(pairs.iter().map(|pair| pair.1).sum::<f64>() / count),
            median: at(0.5),
            p99: at(0.99),
            apart: pairs.iter().filter(|(theirs, ours)| !is_same(*theirs, *ours)).count(),
        }
    }

    /// The figures in words.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let figures = self.figures();
        let (file, count, without) =
            (&self.file, lang.count(figures.count), lang.count(figures.without_value));
        let (theirs, ours) = (lang.km(figures.mean_theirs), lang.km(figures.mean_ours));
        let (median, p99) = (lang.number(figures.median * 100.0, 2), lang.number(figures.p99 * 100.0, 2));
        let apart = lang.count(figures.apart);
        let unit = if self.is_km { "km" } else { "m" };
        let column = &self.column;
        let guessed = if self.is_unit_guessed {
            say!(lang, " ({column} antas vara i {unit})", " ({column} is taken to be in {unit})")
        } else {
            String::new()
        };
        let refused = if self.refused.is_empty() {
            String::new()
        } else {
            let refused = lang.count(self.refused.len());
            say!(lang, " {refused} rader kunde inte jämföras.", " {refused} rows could not be compared.")
        };
        say!(
            lang,
            "{file}{guessed}: {count} platser jämförda, {without} utan värde här. Medel {theirs} där, {ours} här. Skillnad: median {median} %, p99 {p99} %; {apart} skiljer mer än 1 % och 25 m.{refused}",
            "{file}{guessed}: {count} places compared, {without} without a value here. Mean {theirs} there, {ours} here. Difference: median {median} %, p99 {p99} %; {apart} differ by more than 1 % and 25 m.{refused}"
        )
    }
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_M.max(a.max(b) * SAME_PART)
}

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

/// The cells by the ids that their files give them.
fn cells_by_id(results: &Results) -> FxHashMap<String, usize> {
    const COLUMNS: [&str; 6] = ["rutid_scb", "rutid", "ruta_id", "ruta", "cell_id", "id"];
    let demand = &results.situation.demand;
    let mut cells = FxHashMap::default();
    for (cell, origin) in demand.origins.iter().enumerate() {
        let Some(layer) = results.project.layer(origin.layer) else { continue };
        let Some(feature) = layer.table.features.get(origin.feature_ix as usize) else { continue };
        let properties = layer.table.properties(feature);
        let named = recognise::text_of(&properties, &COLUMNS);
        for id in named.into_iter().chain([Layer::feature_key(feature)]) {
            cells.entry(id).or_insert(cell);
        }
    }
    cells
}

/// Sets a table beside our own distances. A place with an id of a loaded cell is that cell, else it lies where the
/// table says.
///
/// # Errors
/// [`IoError::Cancelled`], or [`IoError::Table`] where the kind is not in the data.
pub fn compare(
    reference: Reference,
    kind: ServiceKind,
    results: &Results,
    progress: &dyn Progress,
) -> Result<Comparison, IoError> {
    let Reference { file, rows, column, is_km, is_unit_guessed, rows_in, mut refused } = reference;
    let Some(result) = results.kind(kind) else {
        let (sv, en) = (kind.unit(Lang::Sv), kind.unit(Lang::En));
        let message = crate::model::Message::new(
            format!("inget lager med {sv} är inläst att jämföra med"),
            format!("no layer of the kind {en} is loaded to compare with"),
        );
        return Err(IoError::Table { file, message });
    };
    let demand = &results.situation.demand;
    let cells = cells_by_id(results);
    let degrees = Reprojection::new(Crs::Wgs84).ok();
    let mut found: Vec<(String, PlanePoint, LonLat, Option<People>, Metres)> = Vec::with_capacity(rows.len());
    for row in rows {
        let cell = row.id.as_ref().and_then(|id| cells.get(id.trim())).copied();
        let at = match (cell, row.point) {
            (Some(cell), _) => Some((demand.points[cell], demand.places[cell])),
            (None, Some(point)) => {
                degrees.as_ref().and_then(|degrees| Some((point, degrees.lon_lat_from_plane(point)?)))
            }
            (None, None) => None,
        };
        let label = row.id.clone().unwrap_or_else(|| format!("#{}", row.number));
        match at {
            Some((point, place)) => {
                let people = cell.map(|cell| demand.people[cell]);
                found.push((label, point, place, people, Metres::new(row.metres)));
            }
            None => refused.push((
                row.number,
                crate::model::Message::new(
                    format!("{label}: ingen inläst ruta har det id:t, och raden har inga koordinater"),
                    format!("{label}: no loaded cell has that id, and the row has no coordinates"),
                ),
            )),
        }
    }
    let points: Vec<PlanePoint> = found.iter().map(|row| row.1).collect();
    let services = &result.coverage.services;
    let sites = results.situation.points_of(kind);
    let pairs = Pairs::visitors(&points, &sites);
    let nearest = results.travel.nearest(pairs, SERVICES, progress)?;
    let name = |site: usize| {
        let service = services.get(site).and_then(|ix| results.situation.service(*ix));
        service.map_or_else(String::new, |service| service.name.clone())
    };
    let mut compared: Vec<(usize, Compared)> = found
        .into_iter()
        .enumerate()
        .map(|(at, (label, _, place, people, theirs))| {
            let ours = nearest.at(at, 0);
            let row = Compared {
                label,
                place,
                people,
                theirs,
                ours: ours.map(|(_, trip)| trip.length),
                service: ours.map(|(site, _)| name(site)),
                why: None,
            };
            (at, row)
        })
        .collect();
    let size = |row: &Compared| row.more().map_or(f64::INFINITY, f64::abs);
    compared.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    for (at, row) in compared.iter_mut().take(EXPLAINED) {
        let theirs = row.theirs.value();
        row.why = match row.ours {
            None => Some(Why::NoWay(nearest.reason(*at))),
            Some(ours) if is_same(theirs, ours.value()) => None,
            Some(ours) => {
                let others = (1..SERVICES).filter_map(|rank| nearest.at(*at, rank));
                let other = others
                    .filter(|(_, trip)| is_same(theirs, trip.length.value()))
                    .map(|(site, _)| site)
                    .next();
                let site = nearest.at(*at, 0).and_then(|(site, _)| sites.get(site)).copied();
                Some(why(results, points[*at], site, [ours.value(), theirs], other.map(name)))
            }
        };
    }
    let rows = compared.into_iter().map(|(_, row)| row).collect();
    Ok(Comparison { file, kind, column, is_km, is_unit_guessed, rows, refused, rows_in })
}

/// The reason that fits best.
fn why(
    results: &Results,
    point: PlanePoint,
    site: Option<PlanePoint>,
    [ours, theirs]: [f64; 2],
    other: Option<String>,
) -> Why {
    let road = results.travel.road();
    let access_of = |point: PlanePoint| {
        let snap = road.and_then(|road| road.snap(point, Traveller::Visitor).ok());
        snap.map(|snap| f64::from(snap.access_cm) / 100.0)
    };
    let access = access_of(point);
    if let Some(access) = access {
        let both = access + site.and_then(access_of).unwrap_or(0.0);
        if results.project.parameters.profile.counts_access && is_same(theirs, ours - both) {
            return Why::Walk;
        }
    }
    if let Some(name) = other {
        return Why::OtherService(name);
    }
    if results.measure() == Measure::Time && theirs < ours {
        return Why::Fastest;
    }
    match access.filter(|access| *access >= (ours - theirs).abs() * 0.25 && *access > 50.0) {
        Some(access) => Why::OtherSnap(Metres::new(access)),
        None => Why::OtherRoad,
    }
}

/// Writes a comparison as a table for a spreadsheet.
///
/// # Errors
/// [`IoError`] when the file cannot be written.
pub fn write(
    path: &Path,
    comparison: &Comparison,
    style: CsvStyle,
    inputs: &[PathBuf],
) -> Result<(), IoError> {
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), [path])?;
    write_pipos(path, comparison, style)
}
