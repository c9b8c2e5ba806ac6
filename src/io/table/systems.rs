//! In which system are the coordinates of a table? What its columns say of it, what the user says, else what the
//! numbers look like. A statement that is not understood is never guessed over.

use super::places::Sample;
use super::spots::{Placed, pair_in, shape_of, unmarked};
use crate::geometry::Crs;
use crate::io::IoError;
use crate::io::features::{Unsaid, unsaid_crs};
use crate::io::input::LoadOptions;
use crate::model::recognise::folded;
use crate::model::{Message, RemarkKind};

/// Names of columns in which registers say the system.
const STATING: [&str; 9] = [
    "epsg",
    "srid",
    "crs",
    "koordinatsystem",
    "koordsys",
    "koord_system",
    "referenssystem",
    "epsg_kod",
    "epsg_code",
];

/// The system, whether it is a guess, and what is to be said.
pub(super) struct System {
    pub crs: Crs,
    pub is_assumed: bool,
    pub remark: Option<RemarkKind>,
}

impl System {
    const fn of(crs: Crs) -> Self {
        Self { crs, is_assumed: false, remark: None }
    }
}

/// The system of a table.
///
/// # Errors
/// [`IoError`] where it is named and not understood, or where the numbers tell nothing.
pub(super) fn of(
    file: &str,
    names: &[String],
    placed: &Placed,
    sample: &Sample<'_>,
    options: &LoadOptions,
) -> Result<System, IoError> {
    // The ids of squares are of one system by definition.
    if matches!(placed, Placed::Square { .. }) {
        return Ok(System::of(Crs::Sweref99Tm));
    }
    if let Some(crs) = options.crs {
        return Ok(System::of(crs));
    }
    if let Some(stated) = stated(names, placed, sample) {
        let known = crate::geometry::stated(&stated).ok().or(options.crs_if_unsaid);
        return known.map(System::of).ok_or(IoError::UnsupportedCrs { file: file.into(), found: stated });
    }
    if let Some(system) = by_names_of_axes(names, placed) {
        return Ok(system);
    }
    if matches!(placed, Placed::Axes { is_degrees: true, .. }) {
        return Ok(System::of(Crs::Wgs84));
    }
    Ok(match unsaid_crs(file, first_positions(placed, sample), options.crs_if_unsaid)? {
        Unsaid::Said(crs) => System::of(crs),
        Unsaid::LooksLikeDegrees => System::of(Crs::Wgs84),
        Unsaid::LooksLikeSweref => {
            System { crs: Crs::Sweref99Tm, is_assumed: true, remark: Some(RemarkKind::AssumedSweref99Tm) }
        }
    })
}

/// Does a column say the system, by its name?
pub(in crate::io) fn states_system(name: &str) -> bool {
    STATING.contains(&folded(name).replace(' ', "_").as_str())
}

/// The system that the table names: in a column of its own, or with its shapes.
fn stated(names: &[String], placed: &Placed, sample: &Sample<'_>) -> Option<String> {
    let coded = |text: &str| match text.trim_end_matches(".0").parse::<u32>() {
        Ok(code) => format!("EPSG:{code}"),
        Err(_) => text.to_owned(),
    };
    if let Placed::Shape { column } = placed
        && let Some(code) =
            sample.values(*column).find_map(|text| unmarked(text).0).filter(|code| *code != "0")
    {
        return Some(coded(code));
    }
    let column = names.iter().position(|name| states_system(name));
    if let Some(column) = column {
        let mut values = sample.values(column);
        if let Some(first) = values.next() {
            // Several systems in one table are none that is understood.
            let other = values.find(|value| *value != first);
            return Some(other.map_or_else(|| coded(first), |other| format!("{first}, {other}")));
        }
    }
    None
}

/// The system that the names of the columns of coordinates say.
fn by_names_of_axes(names: &[String], placed: &Placed) -> Option<System> {
    let Placed::Axes { east, north, .. } = *placed else { return None };
    let both = format!("{} {}", folded(&names[east]), folded(&names[north]));
    let letters: String = both.chars().filter(char::is_ascii_alphanumeric).collect();
    let says = |word: &str| letters.contains(word);
    if says("sweref99tm") || says("3006") {
        Some(System::of(Crs::Sweref99Tm))
    } else if says("rt90") {
        let crs = crate::geometry::stated("EPSG:3021").ok()?;
        let message = Message::new(
            "kolumnerna säger RT 90 men inte vilken zon: läst som 2,5 gon V, den som gällde i hela landet. Välj ett annat system om det är fel",
            "the columns say RT 90 but not which zone: read as 2.5 gon V, which was used in all of the country. Choose another system if this is wrong",
        );
        Some(System { crs, is_assumed: true, remark: Some(RemarkKind::TableForm { message }) })
    } else {
        (says("wgs84") || says("4326")).then(|| System::of(Crs::Wgs84))
    }
}

/// The first positions of rows all over the table.
fn first_positions(placed: &Placed, sample: &Sample<'_>) -> Vec<(f64, f64)> {
    use geo::CoordsIter as _;
    match *placed {
        Placed::Axes { east, north, .. } => sample.pairs(east, north),
        Placed::Pair { column, is_north_first } => {
            let pair = |(a, b)| if is_north_first { (b, a) } else { (a, b) };
            sample.values(column).filter_map(pair_in).map(pair).collect()
        }
        Placed::Shape { column } => {
            let first = |text| shape_of(text).ok()?.coords_iter().next().map(|at| (at.x, at.y));
            sample.values(column).filter_map(first).collect()
        }
        Placed::Square { .. } | Placed::Nowhere => Vec::new(),
    }
}
