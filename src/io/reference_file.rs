//! Which distances does another program give for which places? A table of Pipos' results: CSV or GeoJSON.
//! Does not know what our own distances are.

use std::path::Path;

use super::content::file_name;
use super::delimited::{self, Rows};
use super::formats::Format;
use super::input::{Input, LoadOptions};
use super::table::PlaceColumns;
use super::{IoError, geojson, guarded};
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection};
use crate::lang::{Lang, Said};
use crate::model::recognise::{self, folded};
use crate::model::{Entry, Message};
use crate::progress::Progress;

/// Names of columns, folded, best first.
const ID: [&str; 10] =
    ["rutid_scb", "rutid", "ruta_id", "rut_id", "ruta", "cell", "cell_id", "square", "square_id", "id"];

/// Parts of the names of columns that hold a distance.
const DISTANCE: [&str; 5] = ["avst", "dist_", "distans", "distance", "pipos"];

/// Distances beyond this are no trip in Sweden, metres.
const LONGEST_M: f64 = 3_000_000.0;

/// One place of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceRow {
    /// Its line or feature in the file.
    pub number: u32,
    pub id: Option<String>,
    /// Where it says that it is.
    pub point: Option<PlanePoint>,
    pub metres: f64,
}

/// A table of distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    pub file: String,
    pub rows: Vec<ReferenceRow>,
    /// The column of the distance, and whether it counts in kilometres.
    pub column: String,
    pub is_km: bool,
    /// The unit stands nowhere and was told from the numbers.
    pub is_unit_guessed: bool,
    /// Numbers that may be thousands or decimals, as 1,234: (how many, the first).
    pub ambiguous: Option<(usize, String)>,
    /// Rows in, and those that are of no use: (row, why).
    pub rows_in: usize,
    pub refused: Vec<(u32, Message)>,
}

/// Reads a table of distances; `column` says which one holds them.
///
/// # Errors
/// [`IoError`] when the file is of no use.
pub fn read_reference(
    path: &Path,
    column: Option<&str>,
    progress: &dyn Progress,
) -> Result<Reference, IoError> {
    guarded(&file_name(path), || read(path, column, progress))
}

/// A row as text, by its columns.
struct RawRow {
    number: u32,
    values: Vec<String>,
    place: Option<LonLat>,
    id: Option<String>,
}

fn read(path: &Path, column: Option<&str>, progress: &dyn Progress) -> Result<Reference, IoError> {
    let input = Input::open(path)?;
    let start = input.head();
    let (names, rows, refused) = match Format::of(&input) {
        Ok(format) if format.name == "GeoJSON" && format.tells(start) => of_geojson(&input, progress)?,
        // Whatever it is called: text is a table.
        Ok(format) if !start.contains(&0) && !format.tells(start) => {
            let Rows { names, rows } = delimited::rows(&input, progress)?;
            let row = |(number, values)| RawRow { number, values, place: None, id: None };
            (names, rows.into_iter().map(row).collect(), Vec::new())
        }
        _ => {
            let message = Message::new(
                "är ingen tabell med avstånd. Spara Pipos-tabellen som CSV, t.ex. från Excel",
                "is no table of distances. Save the Pipos table as CSV, for example from Excel",
            );
            return Err(IoError::Table { file: file_name(path), message });
        }
    };
    let mut read = table(&file_name(path), &names, rows, column)?;
    read.rows_in += refused.len();
    read.refused.extend(refused);
    Ok(read)
}

/// Columns, rows, and the features that are none.
type Features = (Vec<String>, Vec<RawRow>, Vec<(u32, Message)>);

fn of_geojson(input: &Input<'_>, progress: &dyn Progress) -> Result<Features, IoError> {
    let loaded = geojson::read(input, &LoadOptions::default(), progress)?;
    let names: Vec<String> = loaded.table.columns.iter().map(|column| column.name.clone()).collect();
    let rows = loaded.table.features.iter().map(|feature| {
        let row = loaded.table.row(feature);
        let text = |name: &String| row.get(name).map(Entry::text).unwrap_or_default();
        RawRow {
            number: feature.number,
            values: names.iter().map(text).collect(),
            place: Some(feature.place),
            id: feature.id.as_ref().map(ToString::to_string),
        }
    });
    let rows = rows.collect();
    let refused = loaded.table.report.refused.iter().map(|refused| {
        let said = |lang| format!("{}: {}", refused.reason.field(), refused.reason.said(lang));
        (refused.number, Message::new(said(Lang::Sv), said(Lang::En)))
    });
    Ok((names, rows, refused.collect()))
}

/// Where the columns stand.
struct Columns {
    distance: usize,
    id: Option<usize>,
    /// East and north, in metres or degrees, or exchanged.
    places: Option<PlaceColumns>,
    from_degrees: Reprojection,
}

impl Columns {
    fn of(file: &str, names: &[String], distance: Option<&str>) -> Result<Self, IoError> {
        let named =
            |known: &[&str]| known.iter().find_map(|name| names.iter().position(|own| folded(own) == **name));
        Ok(Self {
            distance: distance_column(file, names, distance)?,
            id: named(&ID),
            places: PlaceColumns::among(names),
            from_degrees: Reprojection::new(Crs::Wgs84),
        })
    }

    fn number(row: &RawRow, at: usize) -> Option<f64> {
        recognise::written_number(row.values.get(at)?).map(|read| read.value)
    }

    fn row(&self, name: &str, row: &RawRow, is_km: bool) -> Result<ReferenceRow, Message> {
        let metres = Self::number(row, self.distance).map(|value| if is_km { value * 1000.0 } else { value });
        let Some(metres) = metres.filter(|metres| (0.0..=LONGEST_M).contains(metres)) else {
            let said = row.values.get(self.distance).map(|text| text.trim()).unwrap_or_default();
            return Err(Message::new(
                format!("{name} = {said}: inget avstånd"),
                format!("{name} = {said}: no distance"),
            ));
        };
        let id = self
            .id
            .and_then(|at| row.values.get(at).cloned())
            .filter(|id| !id.trim().is_empty())
            .or_else(|| row.id.clone());
        let point = self
            .places
            .and_then(|at| {
                let pair = Self::number(row, at.east).zip(Self::number(row, at.north))?;
                plane(pair.0, pair.1, &self.from_degrees)
            })
            .or_else(|| row.place.and_then(|place| self.from_degrees.plane(place)))
            .or_else(|| id.as_deref().and_then(of_activity_square));
        if id.is_none() && point.is_none() {
            return Err(Message::new("varken id eller koordinater", "neither an id nor coordinates"));
        }
        Ok(ReferenceRow { number: row.number, id, point, metres })
    }
}

/// The column that is said, else the only one that is called a distance.
fn distance_column(file: &str, names: &[String], said: Option<&str>) -> Result<usize, IoError> {
    let missing = |wanted: &str| IoError::MissingColumn {
        file: file.into(),
        wanted: wanted.into(),
        columns: names.to_vec(),
    };
    if let Some(said) = said {
        let found = recognise::column_called(said, names.iter().map(String::as_str));
        return found
            .and_then(|found| names.iter().position(|name| name == found))
            .ok_or_else(|| missing(said));
    }
    let holds = |name: &String| {
        let name = folded(name);
        DISTANCE.iter().any(|part| name.contains(part))
            || matches!(name.as_str(), "dist" | "m" | "km" | "meter" | "metres")
    };
    let found: Vec<usize> = (0..names.len()).filter(|at| holds(&names[*at])).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(missing("avstånd/distance")),
        several => {
            let columns = several.iter().map(|at| names[*at].clone()).collect();
            Err(IoError::SeveralColumns { file: file.into(), columns })
        }
    }
}

fn table(file: &str, names: &[String], raw: Vec<RawRow>, column: Option<&str>) -> Result<Reference, IoError> {
    let columns = Columns::of(file, names, column)?;
    let name = &names[columns.distance];
    let values = raw.iter().filter_map(|row| Columns::number(row, columns.distance));
    let (is_km, is_unit_guessed) = unit(name, values);
    let ambiguous = ambiguous(&raw, columns.distance);
    refuse_wrong_unit(file, name, is_km && !is_unit_guessed, &raw, columns.distance)?;
    let mut out = Reference {
        ambiguous,
        file: file.into(),
        rows: Vec::with_capacity(raw.len()),
        column: name.clone(),
        is_km,
        is_unit_guessed,
        rows_in: raw.len(),
        refused: Vec::new(),
    };
    for row in raw {
        match columns.row(name, &row, is_km) {
            Ok(row) => out.rows.push(row),
            Err(why) => out.refused.push((row.number, why)),
        }
    }
    if out.rows.is_empty() {
        let message = match out.refused.first() {
            Some((row, why)) => Message::new(
                format!("ingen rad går att använda. Rad {row}: {}", why.said(Lang::Sv)),
                format!("no row can be used. Row {row}: {}", why.said(Lang::En)),
            ),
            None => Message::new("filen har inga rader", "the file has no rows"),
        };
        return Err(IoError::Table { file: file.into(), message });
    }
    Ok(out)
}

/// Numbers of a column that may be thousands or decimals; not where another number of it tells.
fn ambiguous(raw: &[RawRow], column: usize) -> Option<(usize, String)> {
    let texts = || raw.iter().filter_map(|row| row.values.get(column)).map(|text| text.trim());
    let is_clear = |text: &str| {
        let fraction = text.split_once([',', '.']).map(|(_, rest)| rest.len());
        fraction.is_some_and(|digits| digits != 3)
    };
    let unclear: Vec<&str> = texts().filter(|text| recognise::may_be_thousands(text)).collect();
    let first = (*unclear.first()?).to_owned();
    (!texts().any(is_clear)).then_some((unclear.len(), first))
}

/// A column that says kilometres and holds metres is no table of distances: nearly all of it would be left out.
fn refuse_wrong_unit(
    file: &str,
    name: &str,
    says_km: bool,
    raw: &[RawRow],
    column: usize,
) -> Result<(), IoError> {
    let numbers: Vec<f64> = raw.iter().filter_map(|row| Columns::number(row, column)).collect();
    let too_long = numbers.iter().filter(|km| **km * 1000.0 > LONGEST_M).count();
    if !says_km || too_long * 10 < numbers.len().max(1) {
        return Ok(());
    }
    let largest = numbers.iter().copied().fold(0.0, f64::max);
    let message = Message::new(
        format!(
            "kolumnen {name} säger km men når {largest}. Är det meter, döp om den så att den slutar på _m"
        ),
        format!("the column {name} says km but reaches {largest}. If it is metres, rename it to end with _m"),
    );
    Err(IoError::Table { file: file.into(), message })
}

/// Kilometres or metres, by the column's name, else by the numbers: nobody has a thousand kilometres to a store.
fn unit(name: &str, values: impl Iterator<Item = f64>) -> (bool, bool) {
    let name = folded(name);
    let says = |unit: &str| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == unit);
    if says("km") || name.contains("kilomet") {
        return (true, false);
    }
    if says("m") || says("meter") || says("metres") || says("meters") {
        return (false, false);
    }
    (values.fold(0.0, f64::max) < 1_000.0, true)
}

/// East and north in SWEREF 99 TM, also where they are exchanged, or degrees.
fn plane(x: f64, y: f64, from_degrees: &Reprojection) -> Option<PlanePoint> {
    let is_east = |value: f64| (200_000.0..1_000_000.0).contains(&value);
    let is_north = |value: f64| (6_000_000.0..7_800_000.0).contains(&value);
    if is_east(x) && is_north(y) {
        return Some(PlanePoint::new(x, y));
    }
    if is_north(x) && is_east(y) {
        return Some(PlanePoint::new(y, x));
    }
    let is_degrees = (5.0..30.0).contains(&x) && (50.0..75.0).contains(&y);
    is_degrees.then(|| from_degrees.plane(LonLat::new(x, y))).flatten()
}

/// The centre of an activity square of Pipos: 250 m, x ÷ 250 in the lower and y ÷ 250 in the upper 16 bits of its id.
fn of_activity_square(id: &str) -> Option<PlanePoint> {
    const SIDE_M: f64 = 250.0;
    let id: u32 = id.trim().parse().ok()?;
    let (east, north) = (f64::from(id & 0xffff) * SIDE_M, f64::from(id >> 16) * SIDE_M);
    let in_sweden = (200_000.0..1_000_000.0).contains(&east) && (6_000_000.0..7_800_000.0).contains(&north);
    in_sweden.then(|| PlanePoint::new(east + SIDE_M / 2.0, north + SIDE_M / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    fn read_text(name: &str, text: &str, column: Option<&str>) -> Result<Reference, IoError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("room on the disk");
        read_reference(&path, column, &Unwatched)
    }

    #[test]
    fn rows_have_an_id_or_a_place_and_a_distance() {
        let read =
            read_text("p.csv", "ruta;x;y;avstånd_km\nA;700000;6400000;1,5\nB;6400250;700250;\n;;;2\n", None)
                .expect("rows");
        assert_eq!((read.is_km, read.is_unit_guessed, read.rows_in), (true, false, 3));
        assert_eq!(read.rows.len(), 1);
        assert_eq!((read.rows[0].id.as_deref(), read.rows[0].metres), (Some("A"), 1500.0));
        assert_eq!(read.rows[0].point, Some(PlanePoint::new(700_000.0, 6_400_000.0)));
        let why: Vec<_> = read.refused.iter().map(|(row, why)| (*row, why.said(Lang::En))).collect();
        assert_eq!(why[0], (3, "avstånd_km = : no distance".into()));
        assert_eq!(why[1], (4, "neither an id nor coordinates".into()));
    }

    #[test]
    fn the_unit_is_that_of_the_name_or_told_by_the_numbers() {
        let unit_of = |name: &str, value: &str| {
            let read = read_text("p.csv", &format!("id,{name}\nA,{value}\n"), None).expect("a row");
            (read.rows[0].metres, read.is_unit_guessed)
        };
        assert_eq!(unit_of("distance_m", "900"), (900.0, false));
        assert_eq!(unit_of("Avstånd", "12000"), (12_000.0, true));
        assert_eq!(unit_of("Avstånd", "12"), (12_000.0, true));
    }

    #[test]
    fn an_activity_square_lies_where_its_id_says() {
        let (x, y) = (700_000u32 / 250, 6_400_000u32 / 250);
        let id = (y << 16) | x;
        assert_eq!(of_activity_square(&id.to_string()), Some(PlanePoint::new(700_125.0, 6_400_125.0)));
        assert_eq!(of_activity_square("17"), None);
    }

    #[test]
    fn what_is_unclear_is_asked() {
        let two = "id,dist_a,dist_b\nA,1,2\n";
        let said = read_text("p.csv", two, None).expect_err("unclear").to_string();
        assert!(said.contains("dist_a, dist_b") && said.contains("--pipos-field"), "{said}");
        let read = read_text("p.csv", two, Some("DIST_B")).expect("said");
        assert!((read.rows[0].metres - 2_000.0).abs() < 1e-9);
        assert!(read_text("p.csv", "id,a\nA,1\n", None).is_err());
    }
}
