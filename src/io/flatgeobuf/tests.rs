//! Files written by the library, and cut or broken.

use flatgeobuf::{
    ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType,
    geozero::{ColumnValue, PropertyProcessor as _},
};
use geo::{Geometry, Point, polygon};

use crate::geometry::Crs;
use crate::io::chance::Random;
use crate::io::{IoError, LoadOptions, Loaded, load_bytes};
use crate::lang::{Lang, Said as _};
use crate::model::{Entry, SourcePlace};
use crate::progress::Unwatched;

fn load(bytes: &[u8]) -> Result<Loaded, IoError> {
    crate::io::guarded("a.fgb", || {
        load_bytes(SourcePlace::File("a.fgb".into()), bytes, &LoadOptions::default(), &Unwatched)
    })
}

fn remarks(loaded: &Loaded) -> String {
    let said = loaded.table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En));
    said.collect::<Vec<_>>().join("\n")
}

/// Shapes in a system, each with a name, a number and a flag; nothing of these where the number is odd.
fn written(kind: GeometryType, code: i32, write_index: bool, shapes: &[Geometry]) -> Vec<u8> {
    let crs = FgbCrs { code, ..FgbCrs::default() };
    let options = FgbWriterOptions {
        crs,
        write_index,
        detect_type: false,
        promote_to_multi: false,
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options("a", kind, options).expect("a file");
    writer.add_column("namn", ColumnType::String, |_, _| {});
    writer.add_column("antal", ColumnType::Long, |_, _| {});
    writer.add_column("andel", ColumnType::Double, |_, _| {});
    writer.add_column("öppen", ColumnType::Bool, |_, _| {});
    for (at, shape) in (0i64..).zip(shapes) {
        let written = writer.add_feature_geom(shape.clone(), |feature| {
            feature.property(0, "namn", &ColumnValue::String("Åre")).expect("written");
            if at % 2 == 0 {
                feature.property(1, "antal", &ColumnValue::Long(at)).expect("written");
                feature.property(2, "andel", &ColumnValue::Double(0.5)).expect("written");
                feature.property(3, "öppen", &ColumnValue::Bool(true)).expect("written");
            }
        });
        written.expect("written");
    }
    let mut out = Vec::new();
    writer.write(&mut out).expect("written");
    out
}

fn points(count: u32) -> Vec<Geometry> {
    (0..count).map(|at| Point::new(500_000.0 + f64::from(at), 7_000_000.0).into()).collect()
}

#[test]
fn features_and_what_they_say_are_read() {
    for (write_index, code) in [(false, 3006), (true, 3006), (true, 0)] {
        let loaded =
            load(&written(GeometryType::Point, code, write_index, &points(3))).expect("three points");
        assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, code == 0));
        let mut found: Vec<_> = loaded.table.features.iter().collect();
        found.sort_by(|a, b| a.point.e.total_cmp(&b.point.e));
        assert!((found[2].point.e - 500_002.0).abs() < 1e-9);
        let said = |at: usize, column| loaded.table.row(found[at]).get(column);
        assert_eq!((said(1, "namn"), said(1, "antal")), (Some(Entry::Text("Åre")), None));
        assert_eq!((said(2, "antal"), said(2, "andel")), (Some(Entry::Integer(2)), Some(Entry::Real(0.5))));
        assert_eq!(said(2, "öppen"), Some(Entry::Flag(true)));
    }
    let unknown = load(&written(GeometryType::Point, 9999, false, &points(1)));
    assert!(unknown.expect_err("unknown").to_string().contains("9999"));
}

#[test]
fn every_kind_of_shape_is_drawn() {
    let hole = polygon![
        exterior: [(x: 500_000., y: 7e6), (x: 500_009., y: 7e6), (x: 500_009., y: 7_000_009.), (x: 500_000., y: 7_000_009.)],
        interiors: [[(x: 500_001., y: 7_000_001.), (x: 500_001., y: 7_000_002.), (x: 500_002., y: 7_000_002.), (x: 500_002., y: 7_000_001.)]]
    ];
    let line = geo::LineString::from(vec![(500_000.0, 7e6), (500_001.0, 7e6)]);
    let shapes: Vec<Geometry> = vec![
        hole.clone().into(),
        line.clone().into(),
        geo::MultiPolygon::new(vec![hole.clone(), hole]).into(),
        geo::MultiLineString::new(vec![line.clone(), line.clone()]).into(),
        geo::MultiPoint::from(line.0).into(),
    ];
    let loaded = load(&written(GeometryType::Unknown, 3006, false, &shapes)).expect("five shapes");
    assert_eq!(loaded.table.features.len(), 5, "{:?}", loaded.table.report.refused);
    let shape = |at: usize| loaded.table.features[at].shape.as_deref();
    assert!(matches!(shape(0), Some(Geometry::Polygon(polygon)) if polygon.interiors().len() == 1));
    assert!(matches!(shape(1), Some(Geometry::LineString(_))));
    assert!(matches!(shape(2), Some(Geometry::MultiPolygon(parts)) if parts.0.len() == 2));
    assert!(matches!(shape(3), Some(Geometry::MultiLineString(parts)) if parts.0.len() == 2));
}

#[test]
fn hostile_files_are_refused_or_read_in_part() {
    let square = polygon![(x: 500_000., y: 7e6), (x: 500_009., y: 7e6), (x: 500_009., y: 7_000_009.)];
    let shapes: Vec<Geometry> = vec![square.clone().into(), geo::MultiPolygon::new(vec![square]).into()];
    for write_index in [false, true] {
        let good = written(GeometryType::Unknown, 3006, write_index, &shapes);
        for length in 0..good.len() {
            let read = load(&good[..length]);
            assert!(!matches!(read, Err(IoError::Panicked { .. })), "{length}: {read:?}");
            if let Ok(read) = read {
                assert!(remarks(&read).contains("breaks off"), "{length}");
            }
        }
        let mut random = Random::new(5);
        for _ in 0..2000 {
            let mut bad = good.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(bad.len());
                bad[at] ^= 1 << random.below(8);
            }
            let read = load(&bad);
            assert!(!matches!(read, Err(IoError::Panicked { .. })), "{read:?}");
        }
    }
    let mut newer = written(GeometryType::Point, 3006, false, &points(1));
    newer[3] = 9;
    assert!(load(&newer).expect_err("newer").to_string().contains("version 9"));
}

#[test]
fn a_shape_that_draws_more_than_it_has_bytes_for_is_told() {
    let line: geo::LineString = vec![(500_000.0, 7_000_000.0), (500_010.0, 7_000_000.0)].into();
    let bytes = written(GeometryType::LineString, 3006, false, &[line.into()]);
    let header = u32::from_le_bytes(bytes[8..12].try_into().expect("four bytes"));
    let record = &bytes[12 + usize::try_from(header).expect("small")..];
    let feature = flatgeobuf::size_prefixed_root_as_feature(record).expect("a feature");
    let fits = |mut bytes: usize| super::shape::fits(&feature.geometry().expect("a line"), &mut bytes, 0);
    assert_eq!((fits(record.len()), fits(36), fits(35)), (Some(()), Some(()), None));
}
