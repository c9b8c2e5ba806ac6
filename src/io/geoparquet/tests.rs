//! Are files read as they were written, and damaged ones refused?

use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;

use super::claims::{are_sound_pages, is_sound_description};
use crate::geometry::Crs;
use crate::io::chance::Random;
use crate::io::{IoError, LoadOptions, Loaded, load_bytes};
use crate::lang::{Lang, Said as _};
use crate::model::{Entry, SourcePlace};
use crate::progress::Unwatched;

const COLUMNS: &str = "message a {
    optional binary geometry; optional binary namn (utf8); required int64 antal; optional double andel;
    optional boolean open; optional int32 dag (date); optional int64 kl (timestamp_millis);
    optional int32 pris (decimal(9, 2)); optional binary foto;
    optional group lista (list) { repeated group list { optional int32 element; } } }";

const PLACE: &str = r#""columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], "crs": "#;

fn load(bytes: &[u8]) -> Result<Loaded, IoError> {
    crate::io::guarded("a.parquet", || {
        load_bytes(SourcePlace::File("a.parquet".into()), bytes, &LoadOptions::default(), &Unwatched)
    })
}

fn refused(bytes: &[u8]) -> String {
    load(bytes).expect_err("refused").to_string()
}

fn remarks(loaded: &Loaded) -> String {
    let said = loaded.table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En));
    said.collect::<Vec<_>>().join("\n")
}

/// What is said of the geometry, in this system.
fn geo(crs: &str) -> String {
    format!(r#"{{"version": "1.1.0", "primary_column": "geometry", {PLACE}{crs}}}}}}}"#)
}

fn point(e: f64, n: f64) -> ByteArray {
    let mut out = vec![1, 1, 0, 0, 0];
    out.extend([e, n].map(f64::to_le_bytes).concat());
    out.into()
}

/// A file, its groups of rows written by `write`.
fn file(
    columns: &str,
    geo: Option<String>,
    packing: Compression,
    version: WriterVersion,
    write: impl FnMut(&mut SerializedFileWriter<&mut Vec<u8>>),
) -> Vec<u8> {
    let schema = parse_message_type(columns).expect("a schema");
    let properties = WriterProperties::builder().set_compression(packing).set_writer_version(version);
    file_of(schema, geo.map(|geo| ("geo", geo)), properties, write)
}

fn file_of(
    schema: Type,
    said: Option<(&str, String)>,
    properties: WriterPropertiesBuilder,
    mut write: impl FnMut(&mut SerializedFileWriter<&mut Vec<u8>>),
) -> Vec<u8> {
    let pairs = said.map(|(key, text)| vec![KeyValue::new(key.to_owned(), text)]);
    let properties = properties.set_statistics_enabled(EnabledStatistics::None).set_key_value_metadata(pairs);
    let mut out = Vec::new();
    let properties = Arc::new(properties.build());
    let mut writer = SerializedFileWriter::new(&mut out, Arc::new(schema), properties).expect("a file");
    write(&mut writer);
    writer.close().expect("written");
    out
}

macro_rules! column {
    ($group:expr, $kind:ty, $values:expr, $levels:expr) => {
        column!($group, $kind, $values, $levels, None)
    };
    ($group:expr, $kind:ty, $values:expr, $levels:expr, $repeated:expr) => {{
        let mut column = $group.next_column().expect("a column").expect("one more");
        column.typed::<$kind>().write_batch($values, $levels, $repeated).expect("values");
        column.close().expect("closed");
    }};
}

/// Three rows: all said; nothing said; a geometry that is none.
fn three(group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>) {
    let text = |text: &str| ByteArray::from(text);
    column!(group, ByteArrayType, &[point(500_000.0, 7e6), vec![7].into()], Some(&[1, 0, 1]));
    column!(group, ByteArrayType, &[text("Åre"), text("Åre")], Some(&[1, 0, 1]));
    column!(group, Int64Type, &[7, 8, 9], None);
    column!(group, DoubleType, &[0.5, f64::NAN], Some(&[1, 0, 1]));
    column!(group, BoolType, &[true], Some(&[1, 0, 0]));
    column!(group, Int32Type, &[-1], Some(&[1, 0, 0]));
    column!(group, Int64Type, &[-1], Some(&[1, 0, 0]));
    column!(group, Int32Type, &[-1250], Some(&[1, 0, 0]));
    column!(group, ByteArrayType, &[text("x")], Some(&[1, 0, 0]));
    column!(group, Int32Type, &[1, 2], Some(&[3, 3, 0, 0]), Some(&[0, 1, 0, 0]));
}

fn written(geo: Option<String>, packing: Compression, version: WriterVersion, groups: usize) -> Vec<u8> {
    file(COLUMNS, geo, packing, version, |writer| {
        for _ in 0..groups {
            let mut group = writer.next_row_group().expect("a group");
            three(&mut group);
            group.close().expect("closed");
        }
    })
}

fn packings() -> [Compression; 3] {
    [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(GzipLevel::default())]
}

/// Points alone.
fn points(geo: Option<String>, at: &[(f64, f64)]) -> Vec<u8> {
    let columns = "message a { required binary geometry; }";
    file(columns, geo, Compression::SNAPPY, WriterVersion::PARQUET_1_0, |writer| {
        let mut group = writer.next_row_group().expect("a group");
        let values: Vec<_> = at.iter().map(|(e, n)| point(*e, *n)).collect();
        column!(group, ByteArrayType, &values, None);
        group.close().expect("closed");
    })
}

#[test]
fn features_and_what_they_say_are_read() {
    for packing in packings() {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let loaded = load(&written(Some(geo("\"EPSG:3006\"")), packing, version, 2)).expect("two points");
            assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, false));
            let report = &loaded.table.report;
            let reasons: Vec<_> = report.refused.iter().map(|it| (it.number, it.reason.code())).collect();
            let wanted = [(2, "no_geometry"), (3, "bad_geometry"), (5, "no_geometry"), (6, "bad_geometry")];
            assert_eq!((report.features_in, reasons), (6, wanted.to_vec()));
            assert_eq!(loaded.table.features.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 4]);
            assert!(remarks(&loaded).contains("not read: foto, lista"), "{}", remarks(&loaded));
            for feature in &loaded.table.features {
                assert!((feature.point.e - 500_000.0).abs() < 1e-9 && (feature.point.n - 7e6).abs() < 1e-9);
                let said = |column| loaded.table.row(feature).get(column);
                assert_eq!(said("namn"), Some(Entry::Text("Åre")));
                assert_eq!((said("antal"), said("andel")), (Some(Entry::Integer(7)), Some(Entry::Real(0.5))));
                assert_eq!((said("open"), said("pris")), (Some(Entry::Flag(true)), Some(Entry::Real(-12.5))));
                assert_eq!(said("dag"), Some(Entry::Text("1969-12-31")));
                assert_eq!(said("kl"), Some(Entry::Text("1969-12-31T23:59:59.999Z")));
            }
        }
    }
}

#[test]
fn the_system_is_what_the_file_says_and_never_guessed_over() {
    let (metres, degrees) = ([(500_000.0, 7e6)], [(15.0, 63.0)]);
    let system = |bytes: &[u8]| load(bytes).map(|it| (it.source.crs, it.source.crs_assumed));
    let projjson =
        r#"{"type": "ProjectedCRS", "name": "SWEREF99 TM", "id": {"authority": "EPSG", "code": 3006}}"#;
    assert_eq!(system(&points(Some(geo(projjson)), &metres)).expect("stated"), (Crs::Sweref99Tm, false));
    // Where it is not said, the standard says degrees of WGS 84; null is that nobody knows.
    let unsaid = geo("1").replace(r#", "crs": 1"#, "");
    assert_eq!(system(&points(Some(unsaid.clone()), &degrees)).expect("as agreed"), (Crs::Wgs84, false));
    assert!(system(&points(Some(unsaid), &metres)).is_err());
    assert_eq!(system(&points(Some(geo("null")), &metres)).expect("told"), (Crs::Sweref99Tm, true));
    assert!(refused(&points(Some(geo("{\"name\": \"eget\"}")), &metres)).contains("eget"));
    let arrow = geo("null").replace("WKB", "point");
    assert!(refused(&points(Some(arrow), &metres)).contains("“point”"));
    for bad in ["{", "[]", r#"{"primary_column": "geometry", "columns": {}}"#] {
        assert!(refused(&points(Some(bad.to_owned()), &metres)).contains("geo"), "{bad}");
    }
    let elsewhere = geo("null").replace("\"geometry\"", "\"geom\"");
    assert!(refused(&points(Some(elsewhere), &metres)).contains("geom"));
}

#[test]
fn a_geometry_is_told_by_its_type_and_a_table_by_its_columns() {
    let typed = |crs: Option<&str>, at: (f64, f64)| {
        let kind = LogicalType::geometry(crs.map(str::to_owned));
        let column = Type::primitive_type_builder("geom", PhysicalType::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(kind))
            .build();
        let columns = vec![Arc::new(column.expect("a column"))];
        let schema = Type::group_type_builder("a").with_fields(columns).build().expect("a schema");
        let said = Some(("nät", "EPSG:3006".to_owned()));
        let file = file_of(schema, said, WriterProperties::builder(), |writer| {
            let mut group = writer.next_row_group().expect("a group");
            column!(group, ByteArrayType, &[point(at.0, at.1)], None);
            group.close().expect("closed");
        });
        load(&file).map(|loaded| (loaded.source.crs, loaded.source.crs_assumed))
    };
    let (metres, degrees) = ((500_000.0, 7e6), (15.0, 63.0));
    for crs in ["EPSG:3006", "srid:3006", "projjson:nät"] {
        assert_eq!(typed(Some(crs), metres).expect("stated"), (Crs::Sweref99Tm, false), "{crs}");
    }
    assert_eq!(typed(None, degrees).expect("as agreed"), (Crs::Wgs84, false));
    assert_eq!(typed(Some("srid:0"), metres).expect("told"), (Crs::Sweref99Tm, true));
    assert!(typed(Some("projjson:none"), metres).expect_err("unknown").to_string().contains("projjson:none"));
    let columns = "message a { required double x; required double y; required binary kod (utf8); }";
    let table = file(columns, None, Compression::SNAPPY, WriterVersion::PARQUET_1_0, |writer| {
        for e in [500_000.0, 500_001.0] {
            let mut group = writer.next_row_group().expect("a group");
            column!(group, DoubleType, &[e], None);
            column!(group, DoubleType, &[7e6], None);
            column!(group, ByteArrayType, &[ByteArray::from("0114")], None);
            group.close().expect("closed");
        }
    });
    let loaded = load(&table).expect("two rows");
    assert_eq!(loaded.table.features.len(), 2);
    let second = &loaded.table.features[1];
    assert!((second.point.e - 500_001.0).abs() < 1e-9 && second.number == 2);
    assert_eq!(loaded.table.row(second).get("kod"), Some(Entry::Text("0114")));
}

#[test]
fn hostile_files_are_refused_or_read_in_part() {
    for packing in packings() {
        let good = written(Some(geo("\"EPSG:3006\"")), packing, WriterVersion::PARQUET_1_0, 1);
        for length in 0..good.len() {
            let read = load(&good[..length]);
            assert!(
                matches!(read, Err(ref error) if !matches!(error, IoError::Panicked { .. })),
                "{length}: {read:?}"
            );
        }
        let mut random = Random::new(5);
        let mut panics = 0;
        for _ in 0..1500 {
            let mut bad = good.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(bad.len());
                bad[at] ^= 1 << random.below(8);
            }
            panics += usize::from(matches!(load(&bad), Err(IoError::Panicked { .. })));
        }
        // The library panics on some of what is damaged, which the guard keeps from the user.
        assert!(panics <= 3, "{panics}");
    }
    assert!(refused(b"PAR1....PARE").contains("encrypted"));
}

#[test]
fn what_a_page_claims_is_not_believed() {
    // A page of this kind that claims so many bytes and values, and holds four.
    let page = |kind: u8, unpacked: u32, values: u32| {
        let number = |mut bits: u32| {
            let mut out = Vec::new();
            while bits >= 0x80 {
                out.push(u8::try_from(bits & 0x7f).expect("small") | 0x80);
                bits >>= 7;
            }
            out.push(u8::try_from(bits).expect("small"));
            out
        };
        let of = if kind == 0 { 0x2c } else { 0x4c };
        let head =
            [&[0x15, kind * 2, 0x15][..], &number(unpacked * 2), &[0x15, 8, of, 0x15], &number(values * 2)];
        [&head.concat()[..], &[0, 0], &[0; 4]].concat()
    };
    let sound =
        |kind, unpacked, values, packing| are_sound_pages(&page(kind, unpacked, values), packing, 100);
    let (plain, snappy) = (Compression::UNCOMPRESSED, Compression::SNAPPY);
    assert!(sound(0, 4, 100, plain) && sound(0, 90, 100, snappy) && sound(2, 4, 4, plain));
    assert!(!sound(0, 4, 101, plain), "more values than rows");
    assert!(!sound(0, 5, 1, plain), "more bytes than there are");
    assert!(!sound(0, 1 << 30, 1, snappy), "more than can be packed");
    assert!(!sound(2, 4, 5, plain), "more entries than bytes");
    assert!(!sound(0, 4, 1, Compression::GZIP(GzipLevel::default())), "none that is packed by gzip");
    // Groups in groups, one for each, would use up the stack.
    let nested = |groups: usize| {
        let element = [0x55, 2, 0].repeat(groups);
        [
            &[
                0x29,
                0xfc,
                u8::try_from(groups & 0x7f | 0x80).expect("small"),
                u8::try_from(groups >> 7).expect("small"),
            ][..],
            &element,
            &[0],
        ]
        .concat()
    };
    assert!(is_sound_description(&nested(128)) && !is_sound_description(&nested(129)));
    assert!(!is_sound_description(&nested(100)[..200]), "it breaks off");
}

/// One long text that stands in every row takes little room in the file.
#[test]
fn a_value_that_is_shared_by_millions_is_not_copied_for_each() {
    let columns = "message a { required binary geometry; required binary text (utf8); }";
    let file = file(
        columns,
        Some(geo("\"EPSG:3006\"")),
        Compression::SNAPPY,
        WriterVersion::PARQUET_1_0,
        |writer| {
            let mut group = writer.next_row_group().expect("a group");
            column!(group, ByteArrayType, &vec![point(500_000.0, 7e6); 20_000], None);
            column!(group, ByteArrayType, &vec![ByteArray::from(vec![b'a'; 100_000]); 20_000], None);
            group.close().expect("closed");
        },
    );
    assert!(file.len() < 1 << 20, "{}", file.len());
    assert!(refused(&file).contains("more than a real file"));
}
