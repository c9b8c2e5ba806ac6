//! Which columns of a table say where its rows stand? Told by their names and by their values: a name that the values
//! contradict is none.

use super::Cells;
use super::kinds::number;
use super::spots::{Placed, corner_of, pair_in, starts_as_shape};
use crate::model::Message;
use crate::model::recognise::{folded, is_cell_column};

/// What the names of columns of coordinates are made of.
const EAST: [&str; 15] = [
    "x",
    "e",
    "east",
    "easting",
    "öst",
    "ost",
    "xkoord",
    "ekoord",
    "xkoordinat",
    "ekoordinat",
    "östkoordinat",
    "ostkoordinat",
    "xcoord",
    "xcoordinate",
    "östlig",
];
const NORTH: [&str; 15] = [
    "y",
    "n",
    "north",
    "northing",
    "norr",
    "nord",
    "ykoord",
    "nkoord",
    "ykoordinat",
    "nkoordinat",
    "nordkoordinat",
    "norrkoordinat",
    "ycoord",
    "ycoordinate",
    "nordlig",
];
const LON: [&str; 5] = ["lon", "longitude", "long", "lng", "longitud"];
const LAT: [&str; 3] = ["lat", "latitude", "latitud"];
/// Words that may stand beside them and say nothing of the axis.
const BESIDE: [&str; 33] = [
    "koord",
    "koordinat",
    "coord",
    "coordinate",
    "sweref",
    "sweref99",
    "sweref99tm",
    "tm",
    "99",
    "3006",
    "rt90",
    "rt",
    "90",
    "wgs84",
    "wgs",
    "84",
    "4326",
    "epsg",
    "point",
    "punkt",
    "pos",
    "position",
    "läge",
    "centroid",
    "centrum",
    "mitt",
    "mittpunkt",
    "m",
    "meter",
    "utm",
    "plan",
    "dd",
    "decimal",
];
const SHAPES: [&str; 10] = [
    "wkt",
    "geom",
    "geometry",
    "the_geom",
    "wkt_geom",
    "geometri",
    "shape",
    "geom_wkt",
    "geometry_wkt",
    "geo",
];
const PAIRS: [&str; 16] = [
    "latlon",
    "lat_lon",
    "latlong",
    "lat_long",
    "lon_lat",
    "lonlat",
    "koordinat",
    "koordinater",
    "coordinate",
    "coordinates",
    "position",
    "gps",
    "location",
    "läge",
    "lat_lng",
    "latitud_longitud",
];

/// Two columns of coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) struct PlaceColumns {
    pub east: usize,
    pub north: usize,
    /// They are called longitude and latitude.
    pub is_degrees: bool,
}

impl PlaceColumns {
    /// The columns that say where a row stands, by their names alone: metres before degrees, if both are there.
    pub fn among(names: &[String]) -> Option<Self> {
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        match axes_by_names(&plain, &Sample { rows: Vec::new() })? {
            Placed::Axes { east, north, is_degrees } => Some(Self { east, north, is_degrees }),
            _ => None,
        }
    }
}

/// Rows looked at to tell what columns hold.
pub(super) const SAMPLE: usize = 200;

/// What is found, and what is to be said of it.
pub(super) struct Found {
    pub placed: Placed,
    pub messages: Vec<Message>,
}

/// Rows all over a table.
pub(super) struct Sample<'a> {
    pub rows: Vec<(&'a Cells, usize)>,
}

impl<'a> Sample<'a> {
    pub fn values(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.rows.iter().map(move |(cells, row)| cells.get(*row, column)).filter(|text| !text.is_empty())
    }

    /// Are most of the values there are of this form, and are there any?
    fn is_mostly(&self, column: usize, is_so: impl Fn(&str) -> bool) -> bool {
        let (all, so) =
            self.values(column).fold((0, 0), |(all, so), text| (all + 1, so + usize::from(is_so(text))));
        all > 0 && so * 2 > all
    }

    /// Pairs of numbers of two columns.
    pub fn pairs(&self, first: usize, second: usize) -> Vec<(f64, f64)> {
        let pair = |(cells, row): &(&Cells, usize)| {
            Some((number(cells.get(*row, first))?, number(cells.get(*row, second))?))
        };
        self.rows.iter().filter_map(pair).collect()
    }
}

/// The words of a column's name, without case and signs.
fn plain(name: &str) -> String {
    let words = folded(name);
    let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// Does a name say one of these axes, and nothing else but what may stand beside?
fn is_axis(plain: &str, axis: &[&str]) -> bool {
    let mut words = plain.split('_').filter(|word| !BESIDE.contains(word));
    // "wgs 84 lon" and "x koordinat" alike.
    words.next().is_some_and(|word| axis.contains(&word)) && words.next().is_none()
}

/// The columns that say where the rows of a table stand; `side_m` tells the side of the squares that a column names.
pub(super) fn find(names: &[String], sample: &Sample<'_>, side_m: impl Fn(usize) -> f64) -> Found {
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut messages = Vec::new();
    let placed = shape(&plain, sample)
        .or_else(|| square_or_axes(names, &plain, sample, &side_m, &mut messages))
        .or_else(|| pair(&plain, sample))
        .or_else(|| axes_by_values(names, sample, &mut messages))
        .unwrap_or(Placed::Nowhere);
    Found { placed, messages }
}

fn shape(plain: &[String], sample: &Sample<'_>) -> Option<Placed> {
    let is_shape = |column: &usize| sample.is_mostly(*column, starts_as_shape);
    let named = (0..plain.len()).filter(|column| SHAPES.contains(&plain[*column].as_str())).find(is_shape);
    named.or_else(|| (0..plain.len()).find(is_shape)).map(|column| Placed::Shape { column })
}

fn square_or_axes(
    names: &[String],
    plain: &[String],
    sample: &Sample<'_>,
    side_m: &dyn Fn(usize) -> f64,
    messages: &mut Vec<Message>,
) -> Option<Placed> {
    let axes = axes_by_names(plain, sample);
    let Some(column) = square(plain, sample) else { return axes };
    let side_m = side_m(column);
    let squares = Placed::Square { column, side_m };
    let Some(Placed::Axes { east, north, .. }) = axes else {
        messages.push(told_by_squares(&names[column], side_m));
        return Some(squares);
    };
    // Where the coordinates are those of the square, the square is where the row stands; else they are a place in it.
    let of_row = |(cells, row): &(&Cells, usize)| {
        let corner = corner_of(cells.get(*row, column))?;
        let (x, y) = (number(cells.get(*row, east))?, number(cells.get(*row, north))?);
        let is_at =
            |x: f64, y: f64, off: f64| (x - corner.e - off).abs() < 1.0 && (y - corner.n - off).abs() < 1.0;
        Some([0.0, side_m / 2.0].into_iter().any(|off| is_at(x, y, off) || is_at(y, x, off)))
    };
    let of_squares: Vec<bool> = sample.rows.iter().filter_map(of_row).collect();
    if !of_squares.is_empty() && of_squares.iter().all(|is_of_square| *is_of_square) {
        messages.push(told_by_squares(&names[column], side_m));
        return Some(squares);
    }
    axes
}

fn told_by_squares(column: &str, side_m: f64) -> Message {
    Message::new(
        format!(
            "raderna är rutor om {side_m} m: {column} är nedre vänstra hörnet i SWEREF 99 TM, så som SCB numrerar rutor"
        ),
        format!(
            "the rows are squares of {side_m} m: {column} is the lower left corner in SWEREF 99 TM, as Statistics Sweden numbers squares"
        ),
    )
}

fn axes_by_names(plain: &[String], sample: &Sample<'_>) -> Option<Placed> {
    let is_number = |column: &usize| sample.is_mostly(*column, |text| number(text).is_some());
    // The shorter name first: `x` before `x_mittpunkt`.
    let named = |axis: &[&str]| {
        let mut all: Vec<usize> = (0..plain.len()).filter(|column| is_axis(&plain[*column], axis)).collect();
        all.sort_by_key(|column| plain[*column].len());
        all.iter().copied().find(is_number).or_else(|| all.first().copied())
    };
    let holds = |pair: &(usize, usize)| !sample.pairs(pair.0, pair.1).is_empty();
    let plane = named(&EAST).zip(named(&NORTH));
    let degrees = named(&LON).zip(named(&LAT));
    let axes = |is_degrees: bool| move |(east, north)| Placed::Axes { east, north, is_degrees };
    // Metres before degrees, if both are there and hold numbers.
    let held = plane.filter(holds).map(axes(false)).or_else(|| degrees.filter(holds).map(axes(true)));
    held.or_else(|| plane.map(axes(false))).or_else(|| degrees.map(axes(true)))
}

fn square(plain: &[String], sample: &Sample<'_>) -> Option<usize> {
    let is_square = |column: &usize| sample.is_mostly(*column, |text| corner_of(text).is_some());
    let named = (0..plain.len()).filter(|column| is_cell_column(&plain[*column])).find(is_square);
    // Thirteen digits that are a corner in Sweden are hardly anything else.
    let all = |column: &usize| sample.values(*column).all(|text| corner_of(text).is_some());
    named.or_else(|| (0..plain.len()).filter(is_square).find(all))
}

fn pair(plain: &[String], sample: &Sample<'_>) -> Option<Placed> {
    let holds = |column: &usize| sample.is_mostly(*column, |text| pair_in(text).is_some());
    let named = |column: &usize| {
        let name = plain[*column].as_str();
        PAIRS.contains(&name) || name.split('_').any(|word| PAIRS.contains(&word))
    };
    let column = (0..plain.len()).filter(named).find(holds)?;
    let pairs: Vec<(f64, f64)> = sample.values(column).filter_map(pair_in).collect();
    // Latitude first, as people write it, unless the numbers of Sweden tell otherwise.
    let is_lon_first = |(a, b): &&(f64, f64)| (4.0..33.0).contains(a) && (54.0..72.0).contains(b);
    let is_east_first = |(a, b): &&(f64, f64)| a.abs() > 1000.0 && a < b;
    let east_first = pairs.iter().filter(|pair| is_lon_first(pair) || is_east_first(pair)).count();
    Some(Placed::Pair { column, is_north_first: east_first * 2 <= pairs.len() })
}

/// The only two columns whose values are a northing and an easting of Sweden, or a latitude and a longitude.
fn axes_by_values(names: &[String], sample: &Sample<'_>, messages: &mut Vec<Message>) -> Option<Placed> {
    let only = |is_so: &dyn Fn(&str) -> bool| {
        let mut all = (0..names.len())
            .filter(|column| sample.values(*column).next().is_some() && sample.values(*column).all(is_so));
        all.next().filter(|_| all.next().is_none())
    };
    let within = |low: f64, high: f64| {
        move |text: &str| number(text).is_some_and(|number| (low..=high).contains(&number))
    };
    let has_decimals = |text: &str| {
        text.rsplit(['.', ',']).next().is_some_and(|part| part.len() >= 3 && part.len() < text.len())
    };
    let degrees = |low: f64, high: f64| move |text: &str| has_decimals(text) && within(low, high)(text);
    let plane = only(&within(260_000.0, 920_000.0)).zip(only(&within(6_100_000.0, 7_700_000.0)));
    let found = plane.map(|found| (found, false));
    let found = found
        .or_else(|| only(&degrees(10.5, 24.5)).zip(only(&degrees(55.0, 69.5))).map(|found| (found, true)));
    let ((east, north), is_degrees) = found?;
    let (e, n) = (&names[east], &names[north]);
    messages.push(Message::new(
        format!("koordinaterna står i kolumnerna {e} (öst) och {n} (norr), av talen att döma"),
        format!("the coordinates stand in the columns {e} (east) and {n} (north), judging by the numbers"),
    ));
    Some(Placed::Axes { east, north, is_degrees })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_told_whatever_is_written_beside_them() {
        for name in
            ["X", "x-koordinat", "Sweref99 TM E", "E (SWEREF 99 TM)", "x_rt90", "Östkoordinat", "sweref99_x"]
        {
            assert!(is_axis(&plain(name), &EAST), "{name}");
        }
        for name in ["Latitud (WGS84)", "lat_wgs84", "LATITUDE"] {
            assert!(is_axis(&plain(name), &LAT), "{name}");
        }
        for name in ["antal_x", "exempel", "koordinat", "e_post", "x_y"] {
            assert!(!is_axis(&plain(name), &EAST), "{name}");
        }
    }
}
