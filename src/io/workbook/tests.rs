//! Are workbooks read as people write them, and do hostile ones do no harm?

use std::io::{Cursor, Write as _};

use calamine::DataRef;
use zip::write::SimpleFileOptions;

use super::*;
use crate::io::{Loaded, load_bytes, parts};
use crate::lang::{Lang, Said};
use crate::model::{ColumnType, Entry, SourcePlace};
use crate::progress::Unwatched;

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A workbook of these sheets: their names with attributes, and their rows in XML.
fn book(sheets: &[(&str, &str)], strings: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut listed, mut related) = (String::new(), String::new());
    let mut files = vec![("[Content_Types].xml".to_owned(), "<Types/>".to_owned())];
    for (nth, (attributes, rows)) in sheets.iter().enumerate() {
        use std::fmt::Write as _;
        let id = nth + 1;
        let _ = write!(listed, r#"<sheet {attributes} sheetId="{id}" r:id="r{id}"/>"#);
        let _ = write!(
            related,
            r#"<Relationship Id="r{id}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{id}.xml"/>"#
        );
        let text = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        files.push((format!("xl/worksheets/sheet{id}.xml"), text));
    }
    let book =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>"#);
    files.push(("xl/workbook.xml".into(), book));
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    files.push(("_rels/.rels".into(), root));
    files.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{related}</Relationships>")));
    // The second style is a date.
    let styles = r#"<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#;
    files.push(("xl/styles.xml".into(), format!(r#"<styleSheet xmlns="{MAIN}">{styles}</styleSheet>"#)));
    files.push(("xl/sharedStrings.xml".into(), format!(r#"<sst xmlns="{MAIN}" {strings}</sst>"#)));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    packed(&files)
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn number(at: &str, value: &str) -> String {
    format!(r#"<c r="{at}"><v>{value}</v></c>"#)
}

fn row(nth: u32, cells: &[String]) -> String {
    format!(r#"<row r="{nth}">{}</row>"#, cells.concat())
}

/// A title, names, two rows, an empty one, another.
fn stores() -> String {
    [
        row(1, &[text("A1", "Uttag 2025")]),
        row(
            3,
            &["Namn", "X", "Y", "Antal", "Öppnad", "Kod"]
                .iter()
                .zip('A'..)
                .map(|(name, at)| text(&format!("{at}3"), name))
                .collect::<Vec<_>>(),
        ),
        row(
            4,
            &[
                r#"<c r="A4" t="s"><v>0</v></c>"#.to_owned(),
                text("B4", "482000"),
                number("C4", "7012000"),
                text("D4", "12"),
                r#"<c r="E4" s="1"><v>45973</v></c>"#.to_owned(),
                text("F4", "0114"),
            ],
        ),
        row(
            5,
            &[
                text("A5", "B"),
                text("B5", "482000,5"),
                number("C5", "7012001"),
                r#"<c r="D5" t="e"><v>#N/A</v></c>"#.to_owned(),
                r#"<c r="F5" s="1"/>"#.to_owned(),
            ],
        ),
        row(6, &[r#"<c r="A6" s="1"/>"#.to_owned()]),
        row(7, &[text("A7", "C"), text("B7", "482000"), number("C7", "7012002"), number("D7", "7")]),
    ]
    .concat()
}

const STRINGS: &str = r#"uniqueCount="1"><si><t>Affär Å</t></si>"#;

fn load(bytes: &[u8], part: Option<&str>) -> Result<Loaded, IoError> {
    let options = LoadOptions { part: part.map(Into::into), ..LoadOptions::default() };
    load_bytes(SourcePlace::File("bok.xlsx".into()), bytes, &options, &Unwatched)
}

#[test]
fn a_sheet_is_a_table() {
    let loaded = load(&book(&[(r#"name="Blad1""#, &stores())], STRINGS), None).expect("a table");
    let table = &loaded.table;
    assert_eq!(table.features.len(), 3);
    let said = |nth: usize, column: &str| table.row(&table.features[nth]).get(column);
    assert_eq!(said(0, "Namn"), Some(Entry::Text("Affär Å")));
    assert_eq!(said(0, "Öppnad"), Some(Entry::Text("2025-11-12")));
    assert_eq!(
        (said(0, "Antal"), said(1, "Antal"), said(2, "Antal")),
        (Some(Entry::Integer(12)), None, Some(Entry::Integer(7)))
    );
    assert_eq!(said(0, "Kod"), Some(Entry::Text("0114")));
    assert_eq!(table.column("Öppnad").map(crate::model::Column::kind), Some(ColumnType::Date));
    assert!((table.features[1].point.e - 482_000.5).abs() < 1e-6);
    let remarks: Vec<String> = table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En)).collect();
    assert!(remarks.iter().any(|said| said.contains("Antal: 1 cell holds an error")), "{remarks:?}");
    assert!(remarks.iter().any(|said| said.contains("Uttag 2025")), "{remarks:?}");
    assert_eq!(loaded.source.part, None);
}

#[test]
fn sheets_are_tables_by_name() {
    let (stores, note) = (stores(), row(1, &[text("A1", "Läs mig")]));
    let sheets = [
        (r#"name="Om""#, note.as_str()),
        (r#"name="Butiker""#, &stores),
        (r#"name="Fler""#, &stores),
        (r#"name="Dold" state="hidden""#, &stores),
        (r#"name="Tom""#, ""),
    ];
    let bytes = book(&sheets, STRINGS);
    let input = Input::of_bytes(SourcePlace::File("bok.xlsx".into()), &bytes);
    let layer = |name: &str| Part::Layer(Some(name.into()));
    let unread = |name: &str| Part::Unread(name.into());
    assert_eq!(
        parts(&input, &Unwatched).expect("parts"),
        [layer("Butiker"), layer("Fler"), unread("Om"), unread("Dold")]
    );
    let loaded = load(&bytes, Some("Fler")).expect("a sheet");
    assert_eq!((loaded.source.part.as_deref(), loaded.name.as_deref()), (Some("Fler"), Some("bok – Fler")));
    for part in [None, Some("Saknas")] {
        let said = load(&bytes, part).expect_err("which?").to_string();
        assert!(said.contains("Butiker, Fler"), "{said}");
    }
}

/// Rows, and the cells behind them that are merged.
fn merged(rows: &str, regions: &[&str]) -> String {
    let regions: Vec<String> = regions.iter().map(|at| format!(r#"<mergeCell ref="{at}"/>"#)).collect();
    let regions = regions.concat();
    format!("{rows}</sheetData><mergeCells>{regions}</mergeCells><sheetData>")
}

fn said_of(loaded: &Loaded) -> Vec<String> {
    loaded.table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En)).collect()
}

#[test]
fn what_is_merged_holds_for_all_rows_but_no_number_is_counted_twice() {
    let rows = [
        row(
            1,
            &[
                text("A1", "Kommun"),
                text("B1", "Namn"),
                text("C1", "Antal"),
                text("D1", "x"),
                text("E1", "y"),
            ],
        ),
        row(
            2,
            &[
                text("A2", "Åre"),
                text("B2", "A"),
                number("C2", "7"),
                number("D2", "465000"),
                number("E2", "7005000"),
            ],
        ),
        row(3, &[text("B3", "B"), number("D3", "420000"), number("E3", "7040000")]),
        row(
            4,
            &[
                text("A4", "Berg"),
                text("B4", "C"),
                number("C4", "2"),
                number("D4", "450000"),
                number("E4", "7020000"),
            ],
        ),
    ]
    .concat();
    let sheet = merged(&rows, &["A2:A3", "C2:C3", "F1:G9", "A4:B4"]);
    let loaded = load(&book(&[(r#"name="A""#, &sheet)], STRINGS), None).expect("a table");
    let said = |column: &str| {
        let of = |at: &crate::model::Feature| loaded.table.row(at).get(column).map(Entry::text);
        loaded.table.features.iter().map(|at| of(at).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(said("Kommun"), ["Åre", "Åre", "Berg"]);
    assert_eq!(said("Antal"), ["7", "", "2"]);
    assert_eq!(said("Namn"), ["A", "B", "C"]);
    let merged: Vec<String> = said_of(&loaded).into_iter().filter(|said| said.contains("merged")).collect();
    assert!(merged.len() == 2 && merged[0].contains("(1)") && merged[1].contains("(1)"), "{merged:?}");
}

#[test]
fn columns_without_anything_in_them_are_none() {
    let rows = [
        row(2, &[text("C2", "Service i länet")]),
        row(4, &[text("C4", "Namn"), text("E4", "x"), text("F4", "y")]),
        row(5, &[text("C5", "A"), number("E5", "465000"), number("F5", "7005000"), text("G5", " ")]),
        row(6, &[text("C6", "B"), number("E6", "420000"), number("F6", "7040000")]),
    ]
    .concat();
    let loaded = load(&book(&[(r#"name="A""#, &rows)], STRINGS), None).expect("a table");
    let names: Vec<&str> = loaded.table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names, loaded.table.features.len()), (vec!["Namn", "x", "y"], 2));
    assert!(said_of(&loaded).iter().any(|said| said.contains("Service i länet")));
}

#[test]
fn numbers_and_times_are_written_as_tables_have_them() {
    let written = |value: &DataRef<'_>| {
        let mut out = String::new();
        sheet::write_value(&mut out, value);
        out
    };
    for (number, text) in [
        (12.0, "12"),
        (0.1, "0.1"),
        (-0.0, "-0"),
        (4_420_006_194_000.0, "4420006194000"),
        (1e300, "1.0e300"),
        (-2.5e-9, "-2.5e-9"),
        (f64::NAN, "#NUM!"),
        (f64::INFINITY, "#NUM!"),
    ] {
        assert_eq!(written(&DataRef::Float(number)), text);
    }
    let time = |days: f64| {
        let time = calamine::ExcelDateTime::new(days, calamine::ExcelDateTimeType::DateTime, false);
        written(&DataRef::DateTime(time))
    };
    for (days, text) in [
        (45_943.0, "2025-10-13"),
        (45_943.5, "2025-10-13T12:00"),
        (45_943.25 + 1.0 / 86_400.0, "2025-10-13T06:00:01"),
        (0.25, "06:00"),
        (0.0, "00:00"),
        (-1.0, "-1"),
        (3e6, "3000000"),
        (2_958_465.0, "9999-12-31"),
    ] {
        assert_eq!(time(days), text);
    }
}

#[test]
fn hostile_workbooks_are_refused() {
    let refused = |bytes: &[u8], words: &str| {
        let said = load(bytes, None).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains(words), "{said}");
    };
    let rows = stores();
    let claims = |claim: &str| book(&[(r#"name="A""#, &rows)], &format!("{claim}><si><t>Å</t></si>"));
    for claim in ["uniqueCount=\"99999999999999\"", "uniqueCount = '99999999999'"] {
        refused(&claims(claim), "unreasonably");
    }
    let spaces = " ".repeat(40 << 20);
    refused(&book(&[(r#"name="A""#, &spaces)], STRINGS), "unreasonably");
    // Names in all columns there can be, and a cell far to the right in each of many rows.
    let letter = |at: u32| char::from(b'A' + u8::try_from(at % 26).expect("a letter"));
    let column = |at: u32| match at {
        0..26 => letter(at).to_string(),
        26..702 => format!("{}{}", letter(at / 26 - 1), letter(at)),
        _ => format!("{}{}{}", letter((at - 26) / 676 - 1), letter((at - 26) / 26), letter(at)),
    };
    assert_eq!((column(701), column(702), column(16_383)), ("ZZ".into(), "AAA".into(), "XFD".into()));
    let names: Vec<String> = (0..16_384).map(|at| number(&format!("{}1", column(at)), "1")).collect();
    let far: String = (2..=2_000).map(|nth| row(nth, &[number(&format!("XFD{nth}"), "1")])).collect();
    refused(&book(&[(r#"name="A""#, &(row(1, &names) + &far))], STRINGS), "unreasonably");
    // One long text in each of many cells.
    let strings = format!(r#"uniqueCount="1"><si><t>{}</t></si>"#, "a".repeat(1 << 20));
    let many: String =
        (1..=200).map(|nth| row(nth, &[format!(r#"<c r="A{nth}" t="s"><v>0</v></c>"#)])).collect();
    refused(&book(&[(r#"name="A""#, &many)], &strings), "unreasonably");
    // The same million rows merged over and over, and one long text in all of them.
    let far =
        [row(1, &[text("A1", "a"), text("B1", "b")]), row(1_048_576, &[number("B1048576", "1")])].concat();
    let over = merged(&far, &["A1:A1048576"; 50]);
    refused(&book(&[(r#"name="A""#, &over)], STRINGS), "unreasonably");
    let long = far.replace("<t>a</t>", &format!("<t>{}</t>", "a".repeat(10_000)));
    refused(&book(&[(r#"name="A""#, &merged(&long, &["A1:A1048576"]))], STRINGS), "unreasonably");
    let back = [row(2, &[text("B2", "a"), text("A2", "b")]), row(1, &[text("A1", "c")])].concat();
    refused(&book(&[(r#"name="A""#, &back)], STRINGS), "out of order");
    refused(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0], "password");
    refused(&packed(&[("[Content_Types].xml", ""), ("xl/sharedStrings.xml", "\u{feff}")]), "");
}

/// Found by fuzzing: the library counts their rows below zero.
#[test]
fn ranges_that_run_backwards_are_none() {
    let rows = merged(&stores(), &["D3:A1", "XFD1048576:A1"]);
    let (plain, backwards) =
        (book(&[(r#"name="A""#, &stores())], STRINGS), book(&[(r#"name="A""#, &rows)], STRINGS));
    let read = |bytes: &[u8]| load(bytes, None).expect("a table").table.features.len();
    assert_eq!(read(&plain), read(&backwards));
}

#[test]
fn no_damage_makes_it_panic() {
    let bytes = book(&[(r#"name="A""#, &stores())], STRINGS);
    for length in 0..bytes.len() {
        assert!(load(&bytes[..length], None).is_err());
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = load(&damaged, None);
    }
}
