//! Files written by another library, and by bytes where no library writes what there is.

use std::path::{Path, PathBuf};

use ::shapefile::dbase::{Date, FieldName, FieldValue, Record, TableWriterBuilder};
use ::shapefile::record::polygon::GenericPolygon;
use ::shapefile::{
    Multipoint, NO_DATA, Point, PointZ, PolygonRing, Polyline, PolylineZ, ShapeWriter, Writer,
};
use geo::Area as _;

use crate::geometry::Crs;
use crate::io::chance::Random;
use crate::io::{IoError, LoadOptions, Loaded, load_file};
use crate::lang::{Lang, Said as _};
use crate::model::Entry;
use crate::progress::Unwatched;

const TM: &str = r#"PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]"#;

fn load(path: &Path) -> Result<Loaded, IoError> {
    load_file(path, &LoadOptions::default(), &Unwatched)
}

fn name(text: &str) -> FieldName {
    FieldName::try_from(text).expect("short")
}

fn row(text: Option<&str>, number: Option<f64>) -> Record {
    let mut record = Record::default();
    record.insert("namn".into(), FieldValue::Character(text.map(str::to_owned)));
    record.insert("antal".into(), FieldValue::Numeric(number));
    record.insert("dag".into(), FieldValue::Date(text.map(|_| Date::new(17, 5, 2024).expect("a date"))));
    record.insert("öppen".into(), FieldValue::Logical(number.map(|number| number > 1.0)));
    record
}

/// Writes a shapefile with a table in UTF-8.
fn write<S: ::shapefile::record::EsriShape>(folder: &Path, file: &str, rows: &[(S, Record)]) -> PathBuf {
    let path = folder.join(file);
    let table = TableWriterBuilder::new()
        .add_character_field(name("namn"), 20)
        .add_numeric_field(name("antal"), 10, 1)
        .add_date_field(name("dag"))
        .add_logical_field(name("öppen"));
    let mut writer = Writer::from_path(&path, table).expect("a file");
    for (shape, record) in rows {
        writer.write_shape_and_record(shape, record).expect("written");
    }
    drop(writer);
    std::fs::write(path.with_extension("cpg"), "UTF-8").expect("written");
    std::fs::write(path.with_extension("prj"), TM).expect("written");
    path
}

fn remarks(loaded: &Loaded) -> String {
    let said = loaded.table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En));
    said.collect::<Vec<_>>().join("\n")
}

fn codes(loaded: &Loaded) -> Vec<(u32, &'static str)> {
    loaded.table.report.refused.iter().map(|refused| (refused.number, refused.reason.code())).collect()
}

#[test]
fn points_and_what_they_say_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [
        (Point::new(500_000.0, 7_000_000.0), row(Some("Åre å"), Some(2.5))),
        (Point::new(500_001.0, 7_000_000.0), row(None, None)),
    ];
    let path = write(folder.path(), "Affärer åäö.SHP", &rows);
    let loaded = load(&path).expect("two points");
    assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, false));
    let [one, two] = loaded.table.features.as_slice() else { panic!("two features") };
    assert!((one.point.e - 500_000.0).abs() < 1e-9 && (two.point.e - 500_001.0).abs() < 1e-9);
    let said = |column| loaded.table.row(one).get(column);
    assert_eq!(said("namn"), Some(Entry::Text("Åre å")));
    assert_eq!(said("antal"), Some(Entry::Real(2.5)));
    assert_eq!(said("dag"), Some(Entry::Text("2024-05-17")));
    assert_eq!(said("öppen"), Some(Entry::Flag(true)));
    assert_eq!(loaded.table.row(two).entries().count(), 0, "empty values say nothing");
    assert_eq!(remarks(&loaded), "");
    // Who opens any of the files means all of them, whatever their case.
    for ending in ["dbf", "shx", "prj", "cpg"] {
        let upper = path.with_extension(ending.to_uppercase());
        std::fs::rename(path.with_extension(ending), &upper).expect("renamed");
        let again = load(&upper).expect("the same");
        assert_eq!((again.source.name(), again.table.features.len()), ("Affärer åäö.SHP".into(), 2));
    }
}

#[test]
fn every_kind_of_shape_is_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |x: f64, y: f64| Point::new(500_000.0 + x, 7_000_000.0 + y);
    let line =
        Polyline::with_parts(vec![vec![at(0.0, 0.0), at(10.0, 0.0)], vec![at(0.0, 5.0), at(10.0, 5.0)]]);
    let loaded = load(&write(folder.path(), "linjer.shp", &[(line, row(Some("l"), None))])).expect("lines");
    assert!(
        matches!(loaded.table.features[0].shape.as_deref(), Some(geo::Geometry::MultiLineString(lines)) if lines.0.len() == 2)
    );
    let high = |x: f64, y: f64| PointZ::new(500_000.0 + x, 7_000_000.0 + y, 300.0, NO_DATA);
    let line = PolylineZ::new(vec![high(0.0, 0.0), high(10.0, 0.0)]);
    let loaded = load(&write(folder.path(), "höjd.shp", &[(line, row(Some("z"), None))])).expect("a line");
    assert!((loaded.table.features[0].point.e - 500_005.0).abs() < 1e-6);
    let points = Multipoint::new(vec![at(0.0, 0.0), at(2.0, 0.0)]);
    let loaded = load(&write(folder.path(), "flera.shp", &[(points, row(Some("p"), None))])).expect("points");
    assert!(remarks(&loaded).contains("2 parts"));
    let ring =
        |from: f64, to: f64| vec![at(from, from), at(from, to), at(to, to), at(to, from), at(from, from)];
    let area = GenericPolygon::with_rings(vec![
        PolygonRing::Inner(ring(2.0, 8.0)),
        PolygonRing::Outer(ring(0.0, 10.0)),
        PolygonRing::Outer(ring(20.0, 30.0)),
    ]);
    let loaded = load(&write(folder.path(), "ytor.shp", &[(area, row(Some("y"), None))])).expect("an area");
    let Some(geo::Geometry::MultiPolygon(areas)) = loaded.table.features[0].shape.as_deref() else {
        panic!("two areas")
    };
    assert_eq!(areas.iter().map(|area| area.interiors().len()).sum::<usize>(), 1);
    assert!(areas.iter().all(|area| area.signed_area() > 0.0), "borders run counterclockwise");
    assert!(!remarks(&loaded).contains("wrong way"));
}

#[test]
fn what_is_deleted_too_few_or_unsaid_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<_> = (0..4u32)
        .map(|at| (Point::new(500_000.0 + f64::from(at), 7_000_000.0), row(Some("å"), Some(f64::from(at)))))
        .collect();
    let path = write(folder.path(), "a.shp", &rows);
    let dbf = std::fs::read(path.with_extension("dbf")).expect("a table");
    let (begins, size) = (usize::from(u16::from_le_bytes([dbf[8], dbf[9]])), usize::from(dbf[10]));
    let first = load(&path).expect("four").source.sha256;
    // A row that is marked as deleted is refused, and the file is another one.
    let mut changed = dbf.clone();
    changed[begins + size] = b'*';
    std::fs::write(path.with_extension("dbf"), &changed).expect("written");
    let loaded = load(&path).expect("three");
    assert_eq!((codes(&loaded), loaded.table.features.len()), (vec![(2, "deleted")], 3));
    assert_ne!(loaded.source.sha256, first);
    // Fewer rows than shapes.
    std::fs::write(path.with_extension("dbf"), &dbf[..begins + 3 * size]).expect("written");
    let loaded = load(&path).expect("four");
    assert_eq!(loaded.table.features.len(), 4);
    assert!(
        remarks(&loaded).contains("claims 4 rows but has 3")
            && remarks(&loaded).contains("4 shapes but only 3 rows")
    );
    // No table, no index, no system.
    for ending in ["dbf", "shx", "prj"] {
        std::fs::remove_file(path.with_extension(ending)).expect("removed");
    }
    let loaded = load(&path).expect("four");
    assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, true));
    assert!(remarks(&loaded).contains("only the geometry") && loaded.table.columns.is_empty());
    // A system that is not understood is no guess.
    std::fs::write(path.with_extension("prj"), "LOCAL_CS[\"Kommunens nät\"]").expect("written");
    let said = load(&path).expect_err("unknown").to_string();
    assert!(said.contains("Kommunens nät"), "{said}");
}

#[test]
fn encodings_are_read_as_stated_or_guessed_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [(Point::new(500_000.0, 7_000_000.0), row(Some("XXX"), None))];
    let path = write(folder.path(), "a.shp", &rows);
    let dbf = std::fs::read(path.with_extension("dbf")).expect("a table");
    let at = dbf.windows(3).position(|three| three == b"XXX").expect("the text");
    let put = |text: &[u8], language: u8, cpg: Option<&str>| {
        let mut dbf = dbf.clone();
        dbf[at..at + 3].fill(b' ');
        dbf[at..at + text.len()].copy_from_slice(text);
        dbf[29] = language;
        // The name of the column is cut to letters of ASCII, so that the text alone tells.
        for field in 0..4 {
            dbf[32 + field * 32..32 + field * 32 + 11].fill(0);
            dbf[32 + field * 32] = b'a' + u8::try_from(field).expect("few");
        }
        std::fs::write(path.with_extension("dbf"), dbf).expect("written");
        let _ = std::fs::remove_file(path.with_extension("cpg"));
        if let Some(cpg) = cpg {
            std::fs::write(path.with_extension("cpg"), cpg).expect("written");
        }
        let loaded = load(&path)?;
        let said = loaded.table.row(&loaded.table.features[0]).text_of(&["a"]).unwrap_or_default();
        Ok::<_, IoError>((said, remarks(&loaded)))
    };
    let (text, said) = put(b"\xe5\xe4", 0, None).expect("read");
    assert_eq!(text, "åä");
    assert!(said.contains("neither a .cpg") && said.contains("Windows-1252"), "{said}");
    let (text, said) = put("å".as_bytes(), 0, None).expect("read");
    assert!(text == "å" && said.contains("UTF-8"), "{said}");
    let (text, said) = put(b"\xe5", 0x57, None).expect("read");
    assert!(text == "å" && said.contains("as the table"), "{said}");
    assert_eq!(put(b"\x86", 0x02, None).expect("read").0, "å");
    assert_eq!(put(b"\xe5", 0, Some("ISO-8859-1")).expect("read"), ("å".into(), String::new()));
    assert_eq!(put(b"abc", 0, None).expect("read"), ("abc".into(), String::new()));
    assert!(put(b"\xe5", 0, Some("UTF-8")).expect("read").1.contains("1 texts"));
    assert!(put(b"\xe5", 0, Some("Klingon")).expect_err("unknown").to_string().contains("Klingon"));
}

/// Records that claim too much, kinds that are not read, and files that are cut anywhere or broken at random.
#[test]
fn hostile_files_are_refused_or_read_in_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |x: f64, y: f64| Point::new(500_000.0 + x, 7_000_000.0 + y);
    let ring = |to: f64| vec![at(0.0, 0.0), at(0.0, to), at(to, to), at(to, 0.0), at(0.0, 0.0)];
    let area = |to: f64| GenericPolygon::with_rings(vec![PolygonRing::Outer(ring(to))]);
    let rows = [(area(1.0), row(Some("å"), Some(1.0))), (area(2.0), row(Some("ä"), Some(2.0)))];
    let path = write(folder.path(), "a.shp", &rows);
    let shp = std::fs::read(&path).expect("shapes");
    let put = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut changed = shp.clone();
        change(&mut changed);
        std::fs::write(&path, changed).expect("written");
        load(&path)
    };
    for claim in [36, 40] {
        let loaded = put(&|shp| shp[108 + claim..108 + claim + 4].copy_from_slice(&i32::MAX.to_le_bytes()));
        assert_eq!(codes(&loaded.expect("the other")), [(1, "bad_geometry")], "{claim}");
    }
    let patch = put(&|shp| shp[108] = 31).expect("the other");
    assert!(patch.table.report.refused[0].reason.said(Lang::En).contains("multipatch"));
    let null = put(&|shp| shp[108] = 0).expect("the other");
    assert_eq!(codes(&null), [(1, "no_geometry")]);
    for length in 0..shp.len() {
        let read = put(&|shp| shp.truncate(length));
        assert!(read.is_err() || read.is_ok_and(|read| !read.table.report.refused.is_empty()), "{length}");
    }
    let mut random = Random::new(7);
    let others = ["dbf", "shx", "cpg", "prj"]
        .map(|ending| (ending, std::fs::read(path.with_extension(ending)).expect("a file")));
    for _ in 0..400 {
        let (ending, good) = &others[random.below(4)];
        let mut side = good.clone();
        let at = random.below(side.len());
        side[at] ^= 1 << random.below(8);
        side.truncate(side.len() - random.below(2) * random.below(side.len()));
        std::fs::write(path.with_extension(ending), side).expect("written");
        let at = random.below(shp.len());
        let read = put(&|shp| shp[at] ^= 1 << (at % 8));
        assert!(!matches!(read, Err(IoError::Panicked { .. })), "{read:?}");
        std::fs::write(path.with_extension(ending), good).expect("written");
    }
}

#[test]
fn an_index_tells_which_records_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.shp");
    let mut writer = ShapeWriter::from_path(&path).expect("a file");
    for at in 0..3u32 {
        writer.write_shape(&Point::new(500_000.0 + f64::from(at), 7_000_000.0)).expect("written");
    }
    drop(writer);
    // The second record is an old one that the index leaves out.
    let shx = std::fs::read(path.with_extension("shx")).expect("an index");
    let without = [&shx[..108], &shx[116..]].concat();
    std::fs::write(path.with_extension("shx"), without).expect("written");
    let east =
        |loaded: &Loaded| loaded.table.features.iter().map(|f| f.point.e - 500_000.0).collect::<Vec<_>>();
    assert_eq!(east(&load(&path).expect("two")), [0.0, 2.0]);
    // An index of other shapes is not used.
    let mut other = shx.clone();
    other[103] += 2;
    std::fs::write(path.with_extension("shx"), other).expect("written");
    let loaded = load(&path).expect("three");
    assert_eq!(east(&loaded), [0.0, 1.0, 2.0]);
    assert!(remarks(&loaded).contains("does not belong"));
    // One record named without end is none of an index.
    let again = [shx[..100].to_vec(), shx[100..108].repeat(100_000)].concat();
    std::fs::write(path.with_extension("shx"), again).expect("written");
    let loaded = load(&path).expect("three");
    assert_eq!(east(&loaded), [0.0, 1.0, 2.0]);
    assert!(remarks(&loaded).contains("does not belong"));
}
