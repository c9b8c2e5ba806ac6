//! What does a table of text hold? CSV as people and spreadsheets write it: comma, semicolon or tab between, UTF-8 or
//! Latin-1, decimal point or comma. As a layer it needs two columns that say where each row stands.

use super::IoError;
use super::features::{CRS_SAMPLE, Intake, Placing, Unsaid, sample_of, unsaid_crs};
use super::input::{Input, LoadOptions, ReadLayer};
use crate::geometry::Crs;
use crate::model::recognise::{folded, written_number};
use crate::model::{Entry, LayerReport, Message, Refusal, Remark, RemarkKind};
use crate::progress::Progress;

/// Names of columns, folded, best first.
const EAST: [&str; 11] =
    ["x", "x_koord", "xkoord", "easting", "east", "e", "öst", "ost", "sweref_x", "x_sweref", "sweref99_x"];
const NORTH: [&str; 11] = [
    "y",
    "y_koord",
    "ykoord",
    "northing",
    "north",
    "n",
    "norr",
    "nord",
    "sweref_y",
    "y_sweref",
    "sweref99_y",
];
const LON: [&str; 6] = ["lon", "longitude", "long", "lng", "longitud", "wgs84_lon"];
const LAT: [&str; 4] = ["lat", "latitude", "latitud", "wgs84_lat"];

/// A table of text.
pub(in crate::io) struct Rows {
    pub names: Vec<String>,
    /// Each with the line it begins on, filled up to the number of names.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Two columns of coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) struct PlaceColumns {
    pub east: usize,
    pub north: usize,
    /// They are called longitude and latitude.
    pub is_degrees: bool,
}

impl PlaceColumns {
    /// The columns that say where a row stands, by their names: metres before degrees, if both are there.
    pub fn among(names: &[String]) -> Option<Self> {
        let named =
            |known: &[&str]| known.iter().find_map(|name| names.iter().position(|own| folded(own) == **name));
        let plane = named(&EAST).zip(named(&NORTH));
        let degrees = || named(&LON).zip(named(&LAT));
        let found = plane.map(|found| (found, false)).or_else(|| degrees().map(|found| (found, true)));
        found.map(|((east, north), is_degrees)| Self { east, north, is_degrees })
    }
}

/// What parts the names of the first line, of those outside quotes.
fn delimiter(header: &str) -> u8 {
    let mut is_quoted = false;
    let outside: String = header
        .chars()
        .filter(|sign| {
            is_quoted ^= *sign == '"';
            !is_quoted
        })
        .collect();
    let count = |sign: &u8| outside.matches(char::from(*sign)).count();
    // Of equal ones the semicolon: in Swedish the comma is in numbers.
    [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b';')
}

/// Reads a table of text.
///
/// # Errors
/// [`IoError`] when it is empty or cannot be read as a table.
pub(in crate::io) fn rows(input: &Input<'_>, progress: &dyn Progress) -> Result<Rows, IoError> {
    let file = input.file();
    let bytes = input.bytes(progress)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // What is not UTF-8 is taken for Latin-1, in which every byte is a letter.
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned);
    // A first line that is empty or says the separator to a spreadsheet is none of the table.
    let skipped: usize = text
        .lines()
        .take_while(|line| line.trim().is_empty() || line.trim().to_ascii_lowercase().starts_with("sep="))
        .count();
    let text: String = text.split_inclusive('\n').skip(skipped).collect();
    if text.trim().is_empty() {
        let message = Message::new("filen är tom", "the file is empty");
        return Err(IoError::Table { file: file.into(), message });
    }
    let delimiter = delimiter(text.lines().next().unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let fault = |error: csv::Error| IoError::Table {
        file: file.into(),
        message: Message::new(
            format!("kan inte läsas som tabell ({error}). Spara den som CSV"),
            format!("cannot be read as a table ({error}). Save it as CSV"),
        ),
    };
    let mut names: Vec<String> = Vec::new();
    for name in reader.headers().map_err(fault)? {
        // Two columns of one name are two: the first keeps it.
        let same = names.iter().filter(|known| known.as_str() == name).count();
        names.push(if same == 0 { name.to_owned() } else { format!("{name} ({})", same + 1) });
    }
    let mut rows = Vec::new();
    for (row, record) in (2u32..).zip(reader.records()) {
        if row.is_multiple_of(4096) {
            progress.check()?;
        }
        let record = record.map_err(fault)?;
        let line = record.position().and_then(|position| u32::try_from(position.line()).ok());
        let number = line.unwrap_or(row) + u32::try_from(skipped).unwrap_or(0);
        // A line of separators alone is what a spreadsheet leaves of an empty row.
        if record.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let mut values: Vec<String> = record.iter().map(str::to_owned).collect();
        values.resize(names.len(), String::new());
        rows.push((number, values));
    }
    Ok(Rows { names, rows })
}

/// Reads a table of text as a layer of points.
///
/// # Errors
/// [`IoError`] when it has no columns of coordinates, is in an unknown system, or when no row can be used.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let Rows { names, rows } = rows(input, progress)?;
    let Some(mut place) = PlaceColumns::among(&names) else {
        let columns = names.join(", ");
        let message = Message::new(
            format!(
                "hittar inga kolumner med koordinater. Döp koordinatkolumnerna till x och y, eller lon och lat. Kolumner i filen: {columns}"
            ),
            format!(
                "no coordinate columns found. Name them x and y, or lon and lat. Columns in the file: {columns}"
            ),
        );
        return Err(IoError::Table { file: file.into(), message });
    };
    let mut report = LayerReport { features_in: rows.len(), ..LayerReport::default() };
    let seen = sampled(&rows, place);
    let mut remark = |kind| report.remarks.push(Remark { number: None, kind, place: None });
    if !place.is_degrees && is_northing_first(&seen) {
        remark(RemarkKind::FileForm { message: exchanged(&names[place.east], &names[place.north]) });
        (place.east, place.north) = (place.north, place.east);
    }
    let (crs, crs_assumed) = match options.crs {
        Some(crs) => (crs, false),
        None if place.is_degrees => (Crs::Wgs84, false),
        None => match unsaid_crs(file, seen, options.crs_if_unsaid)? {
            Unsaid::Said(crs) => (crs, false),
            Unsaid::LooksLikeDegrees => (Crs::Wgs84, false),
            Unsaid::LooksLikeSweref => {
                remark(RemarkKind::AssumedSweref99Tm);
                (Crs::Sweref99Tm, true)
            }
        },
    };
    let placing = Placing::new(crs);
    let mut intake = Intake::default();
    take_rows(&names, &rows, place, &placing, &mut intake);
    Ok(ReadLayer::new(intake.finish(file, report)?, crs, crs_assumed))
}

/// Pairs of coordinates of rows all over the table.
fn sampled(rows: &[(u32, Vec<String>)], place: PlaceColumns) -> Vec<(f64, f64)> {
    let step = (rows.len() / CRS_SAMPLE).max(1);
    let pair = |row: &[String], place: PlaceColumns| {
        Some((written_number(&row[place.east])?.value, written_number(&row[place.north])?.value))
    };
    rows.iter().step_by(step).filter_map(|(_, row)| pair(row, place)).collect()
}

/// In Swedish geodesy x points north: columns that are called so are exchanged, and that is said.
fn is_northing_first(seen: &[(f64, f64)]) -> bool {
    // In SWEREF 99 TM and its zones alike: northings of Sweden, eastings below a thousand kilometres.
    let is_exchanged = |(x, y): &&(f64, f64)| (6.0e6..7.9e6).contains(x) && (0.0..1.0e6).contains(y);
    seen.iter().filter(is_exchanged).count() * 2 > seen.len()
}

fn exchanged(east: &str, north: &str) -> Message {
    Message::new(
        format!("{east} är nordkoordinaten och {north} östkoordinaten, av talen att döma, och används så"),
        format!(
            "{east} is the northing and {north} the easting, judging by the numbers, and they are used that way"
        ),
    )
}

/// Takes each row in as a feature.
fn take_rows(
    names: &[String],
    rows: &[(u32, Vec<String>)],
    place: PlaceColumns,
    placing: &Placing,
    intake: &mut Intake,
) {
    let columns: Vec<usize> = names.iter().map(|name| intake.columns.column(name)).collect();
    let id = names.iter().position(|name| folded(name) == "id");
    for (number, (_, row)) in (1u32..).zip(rows) {
        let said: Vec<(usize, Entry<'_>)> =
            columns.iter().zip(row).filter_map(|(column, text)| Some((*column, entry(text)?))).collect();
        for (column, entry) in &said {
            let is_number = |text: &str| written_number(text).is_some();
            let is_number = entry.number().is_some() || matches!(entry, Entry::Text(text) if is_number(text));
            intake.columns.count(*column, sample_of(*entry), is_number);
        }
        let mut remarks = Vec::new();
        let placed = point(row, names, place).and_then(|point| placing.place(point.into(), &mut remarks));
        let id = id.map(|id| row[id].trim()).filter(|id| !id.is_empty()).map(Into::into);
        intake.take(number, id, placed, remarks, said);
    }
}

/// Where a row stands, in the file's numbers.
fn point(row: &[String], names: &[String], place: PlaceColumns) -> Result<geo::Point, Refusal> {
    let number = |at: usize| {
        let text = row[at].trim();
        if text.is_empty() {
            return Err(Refusal::NoCoordinate { field: names[at].clone() });
        }
        let read = written_number(text).map(|number| number.value);
        read.ok_or_else(|| Refusal::NotANumber { field: names[at].clone(), value: text.into() })
    };
    Ok(geo::Point::new(number(place.east)?, number(place.north)?))
}

/// A value as it is written: a number where nothing is lost by taking it for one, as zeros before a code would be.
fn entry(text: &str) -> Option<Entry<'_>> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>()
        && whole.to_string() == text
    {
        return Some(Entry::Integer(whole));
    }
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    let starts_well = !text.trim_start_matches('-').starts_with('0') || text.contains("0.");
    match text.parse::<f64>() {
        Ok(real) if is_plain && starts_well && text.contains('.') && real.is_finite() => {
            Some(Entry::Real(real))
        }
        _ => Some(Entry::Text(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{Loaded, load_bytes};
    use crate::lang::{Lang, Said};
    use crate::model::SourcePlace;
    use crate::progress::Unwatched;

    fn load(name: &str, text: &[u8]) -> Result<Loaded, IoError> {
        load_bytes(SourcePlace::File(name.into()), text, &LoadOptions::default(), &Unwatched)
    }

    #[test]
    fn rows_stand_where_they_say() {
        let text =
            "id;namn;kommun;x;y;antal\n1;Affär å;0114;482 000;7 012 000;12,5\n2;B;2326;482001,5;7012000,5;\n";
        for bytes in [text.as_bytes().to_vec(), text.chars().map(|c| c as u8).collect()] {
            let loaded = load("butiker.csv", &bytes).expect("two rows");
            let table = &loaded.table;
            assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, true));
            let [one, two] = table.features.as_slice() else { panic!("two rows") };
            assert!((one.point.e - 482_000.0).abs() < 1e-6 && (two.point.n - 7_012_000.5).abs() < 1e-6);
            assert_eq!((one.id.as_deref(), two.id.as_deref()), (Some("1"), Some("2")));
            assert_eq!(table.row(one).get("kommun"), Some(Entry::Text("0114")), "zeros are kept");
            assert_eq!(table.row(two).get("kommun"), Some(Entry::Integer(2326)));
            assert_eq!(table.row(one).get("antal"), Some(Entry::Text("12,5")));
            assert_eq!(table.row(two).get("antal"), None);
            assert_eq!(table.row(one).get("namn"), Some(Entry::Text("Affär å")));
        }
    }

    #[test]
    fn degrees_are_told_by_name_or_numbers_and_each_bad_row_says_why() {
        let text = "lat,lon\n63.2,14.6\n,14.6\nåtta,14.6\n14.6,63.2\n";
        let loaded = load("a.csv", text.as_bytes()).expect("one row");
        let codes: Vec<_> = loaded.table.report.refused.iter().map(|r| (r.number, r.reason.code())).collect();
        assert_eq!(codes, [(2, "no_value"), (3, "not_a_number"), (4, "swapped_axes")]);
        assert!((loaded.table.features[0].place.lon - 14.6).abs() < 1e-12);
        let loaded = load("a.csv", b"x\ty\n14.6\t63.2\n").expect("one row");
        assert_eq!(loaded.source.crs, Crs::Wgs84);
    }

    #[test]
    fn an_x_that_points_north_is_said() {
        let loaded = load("a.csv", b"x,y\n7012000,482000\n").expect("one row");
        assert!((loaded.table.features[0].point.e - 482_000.0).abs() < 1e-6);
        let said =
            loaded.table.report.remarks.iter().any(|r| r.kind.said(Lang::En).contains("x is the northing"));
        assert!(said);
    }

    #[test]
    fn what_says_no_place_is_refused_with_its_columns() {
        let said = load("a.csv", b"namn,antal\nA,1\n").expect_err("no place").to_string();
        assert!(said.contains("a.csv") && said.contains("namn, antal"), "{said}");
        assert!(matches!(load("a.csv", b"x,y\n150000,6500000\n"), Err(IoError::UnnamedCrs { .. })));
        assert!(load("a.csv", b"").is_err());
    }
}
