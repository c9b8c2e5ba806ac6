//! Are tables of text read as people write them, and is what is wrong in them said?

use std::fmt::Write as _;

use super::*;
use crate::geometry::Crs;
use crate::io::{Loaded, load_bytes};
use crate::lang::{Lang, Said};
use crate::model::{ColumnType, Entry, Role, SourcePlace};
use crate::progress::Unwatched;

pub(super) fn load(name: &str, text: &[u8]) -> Result<Loaded, IoError> {
    load_bytes(SourcePlace::File(name.into()), text, &LoadOptions::default(), &Unwatched)
}

fn read_text(text: &str) -> Loaded {
    load("a.csv", text.as_bytes()).expect("a table")
}

fn says(loaded: &Loaded, words: &str) -> bool {
    loaded.table.report.remarks.iter().any(|remark| remark.kind.said(Lang::En).contains(words))
}

fn places(loaded: &Loaded) -> Vec<(f64, f64)> {
    loaded.table.features.iter().map(|at| (at.point.e.round(), at.point.n.round())).collect()
}

fn texts(loaded: &Loaded, column: &str) -> Vec<String> {
    let row = |at: &crate::model::Feature| loaded.table.row(at).get(column).map(Entry::text);
    loaded.table.features.iter().map(|at| row(at).unwrap_or_default()).collect()
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
        assert_eq!(table.row(two).get("kommun"), Some(Entry::Text("2326")), "a column is of one type");
        assert_eq!(table.row(one).get("antal"), Some(Entry::Real(12.5)));
        assert_eq!(table.row(two).get("antal"), None);
        assert_eq!(table.row(one).get("namn"), Some(Entry::Text("Affär å")));
    }
}

#[test]
fn degrees_are_told_by_name_or_numbers_and_each_bad_row_says_why() {
    let text = "lat,lon\n63.2,14.6\n,14.6\nåtta,14.6\n14.6,63.2\n63.2,14.6\n";
    let loaded = load("a.csv", text.as_bytes()).expect("one row");
    let codes: Vec<_> = loaded.table.report.refused.iter().map(|r| (r.number, r.reason.code())).collect();
    assert_eq!(codes, [(2, "no_value"), (3, "not_a_number"), (4, "swapped_axes")]);
    assert!((loaded.table.features[0].place.lon - 14.6).abs() < 1e-12);
    let loaded = load("a.csv", b"x\ty\n14.6\t63.2\n").expect("one row");
    assert_eq!(loaded.source.crs, Crs::Wgs84);
}

#[test]
fn an_x_that_points_north_is_said() {
    for text in ["x,y\n7012000,482000\n", "öst;norr\n7012000;482000\n", "lon|lat\n63.2|14.6\n"] {
        let loaded = read_text(text);
        assert!(says(&loaded, "is the northing"), "{text}");
        assert!((loaded.table.features[0].point.e - 482_000.0).abs() < 5e3);
    }
}

#[test]
fn the_system_is_what_the_table_says() {
    assert_eq!(read_text("x;y;epsg\n482000;7012000;3006\n").source.crs, Crs::Sweref99Tm);
    assert!(!read_text("x;y;epsg\n482000;7012000;3006\n").source.crs_assumed);
    assert!(!read_text("X SWEREF99 TM;Y SWEREF99 TM\n482000;7012000\n").source.crs_assumed);
    let refused = |text: &[u8]| load("a.csv", text).expect_err("a question");
    assert!(matches!(refused(b"x,y\n150000,6500000\n"), IoError::UnnamedCrs { .. }));
    for text in [
        b"x;y;epsg\n1;2;99999\n".as_slice(),
        b"x;y;crs\n1;2;3006\n1;2;3021\n",
        b"n,wkt\n1,SRID=9;POINT(1 2)\n",
    ] {
        assert!(matches!(refused(text), IoError::UnsupportedCrs { .. }), "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn a_row_stands_where_a_shape_a_square_or_one_cell_says() {
    let shape = read_text(
        "namn;wkt\nA;POINT (482000 7012000)\nB;POLYGON((482000 7012000,483000 7012000,483000 7013000,482000 7012000))\nC;POINT(\nD;\n",
    );
    assert_eq!(shape.table.features.len(), 2);
    assert!(shape.table.features[1].shape.is_some());
    let codes: Vec<_> = shape.table.report.refused.iter().map(|r| (r.number, r.reason.code())).collect();
    assert_eq!(codes, [(3, "bad_geometry"), (4, "no_value")]);
    assert!(shape.table.columns.iter().all(|column| column.name != "wkt"), "kept once");
    assert_eq!(places(&read_text("n,geom\n1,SRID=3006;POINT(482000 7012000)\n")), [(482_000.0, 7_012_000.0)]);
    for text in ["rutid;bef\n4820007012000;5\n4830007012000;7\n", "a;b\n4820007012000;5\n4830007012000;7\n"] {
        let squares = read_text(text);
        assert_eq!(places(&squares), [(482_500.0, 7_012_500.0), (483_500.0, 7_012_500.0)]);
        assert!(says(&squares, "squares of 1000 m") && !squares.source.crs_assumed);
    }
    // Services that name their square stand where their own coordinates say.
    let own = read_text("rutid;x;y\n4820007012000;482123;7012345\n4830007012000;483500;7012500\n");
    assert_eq!(places(&own)[0], (482_123.0, 7_012_345.0));
    // Corners beside the ids of their squares are squares.
    let corners = read_text("rutid;x;y\n4820007012000;482000;7012000\n4830007012000;483000;7012000\n");
    assert_eq!(places(&corners)[0], (482_500.0, 7_012_500.0));
    for text in [
        "namn;koordinater\nA;63.17, 14.63\n",
        "namn;koordinater\nA;14.63 63.17\n",
        "n;lat/long\nA;63,17 14,63\n",
    ] {
        let pair = read_text(text);
        assert!((pair.table.features[0].place.lat - 63.17).abs() < 1e-9, "{text}");
    }
    let told = read_text("namn;a;b\nA;482000;7012000\nB;483000;7013000\n");
    assert!(says(&told, "judging by the numbers") && places(&told).len() == 2);
}

#[test]
fn a_table_without_places_is_kept_for_joining() {
    let loaded = read_text("kommun;antal\nÅre;12\nBerg;7\n");
    assert!(loaded.table.features.is_empty());
    assert_eq!(loaded.table.placeless.rows.len(), 2);
    let column =
        loaded.table.placeless.columns.iter().find(|column| column.name == "antal").expect("a column");
    assert_eq!(column.entry(1), Some(Entry::Integer(7)));
    let report = &loaded.table.report;
    assert_eq!((report.features_in, report.refused_by_reason().get("no_geometry")), (2, Some(&2)));
    assert!(says(&loaded, "for joining"));
    assert!(matches!(loaded.role, Role::Context(_)));
    // Whoever asks for places is told that there are none.
    let options = LoadOptions { role: Some(Role::SotPlaces), ..LoadOptions::default() };
    let place = SourcePlace::File("a.csv".into());
    let refused = load_bytes(place, b"kommun;antal\nBerg;7\n", &options, &Unwatched).expect_err("no places");
    assert!(refused.to_string().contains("kommun, antal"));
    assert_eq!(loaded.table.column("antal").map(|column| (column.filled, column.numbers)), Some((2, 2)));
}

#[test]
fn separators_quotes_titles_and_missing_names_are_found() {
    let rows = |text: &str| read_text(text).table.features.len();
    for sign in [";", ",", "\t", "|"] {
        let text = "namn;x;y\n\"A; B, C\t|\";482000;7012000\nÅ;482001;7012001\n".replace(';', sign);
        let loaded = read_text(&text);
        assert_eq!(texts(&loaded, "namn")[1], "Å", "{sign}");
        assert_eq!(loaded.table.features.len(), 2);
    }
    assert_eq!(rows("sep=;\nx;y\n482000,5;7012000,5\n"), 1);
    assert_eq!(rows("x,y,tags\n482000,7012000,a;b\n482000,7012001,c;d\n"), 2);
    assert_eq!(rows("x;y\r\n482000;7012000\r\n;\r\n\r\n482000;7012001\r\n"), 2);
    let two_lines = read_text("namn;x;y\n\"A\nB\";482000;7012000\n\"C \"\"D\"\"\";482000;7012001\n");
    assert_eq!(texts(&two_lines, "namn"), ["A\nB", "C \"D\""]);
    let titled =
        read_text("Uttag 2024\n\nKälla: kommunen; enheten\nnamn;x;y\nA;482000;7012000\nB;482000;7012001\n");
    assert!(says(&titled, "2 rows above") && says(&titled, "Uttag 2024"));
    assert_eq!(texts(&titled, "namn"), ["A", "B"]);
    let nameless = read_text("A;482000;7012000\nB;482000;7012001\n");
    assert!(says(&nameless, "no column names"));
    assert_eq!(texts(&nameless, "kolumn 1"), ["A", "B"]);
    let years = read_text("rutid;2023;2024\n4820007012000;5;6\n4830007012000;7;8\n");
    assert_eq!(texts(&years, "2024"), ["6", "8"]);
    let doubled = read_text("x;y;a;a;\n482000;7012000;1;2;3\n482000;7012000;1;2;3\n");
    assert_eq!((texts(&doubled, "a (2)")[0].as_str(), texts(&doubled, "kolumn 5")[0].as_str()), ("2", "3"));
}

#[test]
fn what_is_wrong_in_a_row_is_said_and_costs_no_other() {
    let loaded = read_text("x,y,namn\n482000,7012000,A\n482000,7012001,B,C\n482000,7012002,D\n");
    let refused = &loaded.table.report.refused;
    assert_eq!((refused.len(), refused[0].number, refused[0].reason.code()), (1, 2, "row_too_long"));
    assert!(refused[0].reason.said(Lang::En).contains("line 3"));
    let mut text = String::from("x;y;namn\n");
    for at in 0..2000 {
        let quote = if at == 7 { "\"" } else { "" };
        let _ = writeln!(text, "482000;7012000;{quote}A{at}");
    }
    let loaded = read_text(&text);
    assert_eq!(loaded.table.features.len(), 2000, "the rest is not one value");
    assert!(says(&loaded, "line 9 is never closed"));
}

#[test]
fn faults_of_spreadsheets_are_missing_values() {
    let loaded = read_text("x;y;antal\n482000;7012000;#SAKNAS!\n482000;7012001;5\n482000;7012002;NA\n");
    assert_eq!(loaded.table.column("antal").map(crate::model::Column::kind), Some(ColumnType::Integer));
    assert_eq!(texts(&loaded, "antal"), ["", "5", ""]);
    assert!(says(&loaded, "antal: 1 cell holds an error") && says(&loaded, "antal: 1 cell says"));
}

/// In parts that are read side by side the rows are those of the whole.
#[test]
fn a_long_table_is_read_in_parts() {
    for quote in ["", "\""] {
        let mut text = String::from("namn;x;y;n\n");
        for at in 0..40_000 {
            let line = if quote.is_empty() || at % 100 > 0 { "" } else { "\n" };
            let _ = writeln!(text, "{quote}A{line}{at}{quote};482000;7012000,25;{at}");
        }
        let loaded = read_text(&text);
        assert_eq!(loaded.table.features.len(), 40_000);
        for (at, feature) in (0_u32..).zip(&loaded.table.features) {
            assert_eq!(feature.number, at + 1);
            assert_eq!(loaded.table.row(feature).get("n"), Some(Entry::Integer(at.into())));
        }
        let rows = rows_of(&text);
        let last = rows.rows.last().expect("a row");
        assert_eq!(last.0 as usize, text.lines().count());
    }
}

fn rows_of(text: &str) -> Rows {
    rows(&Input::of_bytes(SourcePlace::File("a.csv".into()), text.as_bytes()), &Unwatched).expect("a table")
}

#[test]
fn no_damage_makes_it_panic() {
    let text = "Titel\nid;namn;x;y;wkt;rutid\n1;\"Å\nb\";482000,5;7012000;POINT(1 2);4820007012000\n2;B;#N/A;1 2;POLYGON((;\n";
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [text.as_bytes(), &utf16] {
        for length in 0..=bytes.len() {
            let _ = load("a.csv", &bytes[..length]);
        }
    }
    for hostile in [
        "\"",
        ";",
        ";;;;\n;;",
        "\n\n",
        "sep=",
        "sep=;",
        "\"\"\"",
        ",\"\n",
        "a\r\rb\r",
        "\u{feff}",
        "x;y\n\0;\0",
    ] {
        let _ = load("a.csv", hostile.as_bytes());
    }
    assert!(load("a.csv", b"").is_err());
    let wide = "a;".repeat(200_000);
    let _ = load("a.csv", wide.as_bytes());
}

#[test]
fn a_quote_that_nobody_closes_takes_in_no_rows_of_a_short_table_either() {
    let mut text = String::from("namn;x;y\n");
    for row in 0..300 {
        let quote = if row == 10 { "\"" } else { "" };
        let _ = writeln!(text, "{quote}Butik {row};{};7000000", 500_000 + row);
    }
    let loaded = read_text(&text);
    assert_eq!((loaded.table.report.features_in, loaded.table.features.len()), (300, 300));
    let codes = loaded.table.report.remarks_by_code();
    assert!(codes["table_form"].iter().any(|remark| remark.kind.said(Lang::En).contains("never closed")));
}

#[test]
fn a_row_that_is_wider_than_the_table_names_nothing() {
    let loaded = read_text("namn;ort;x;y\nIca;Åre;400000;7030000\nCoop;Järpen;410000;7020000;stängd\n");
    assert_eq!(loaded.table.columns[0].name, "namn");
    assert_eq!(loaded.table.report.refused.len(), 1, "it is refused as too long");
}
