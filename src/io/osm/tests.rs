//! Do small files give the roads they draw, in every format? And do broken and hostile ones give an error, no more?

use std::io::{Cursor, Write as _};
use std::path::Path;

use super::problem::Problem;
use super::{assemble, pbf};
use crate::io::{IoError, RoadFile, RoadOptions, load_roads};
use crate::model::roads::{Access, Barrier, Direction, RoadClass, RoadPoint, Roads, TurnRestriction};
use crate::model::{Role, ServiceKind, SourceFile};
use crate::progress::{Cancelled, Progress, Unwatched};

/// ```text
///  1 --10-- 2 --10-- 3      10 primary, 11 service with a bollard at 4, 12 a building with a shop,
///           |               13 no road yet; no left turn from 10 into 11 at 2
///           11
///           |
///           4 --11-- 5
/// ```
const FIXTURE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
  <node id="1" lat="63.1000000" lon="14.1000000"/>
  <node id="2" lat="63.1000000" lon="14.2000000"/>
  <node id="3" lat="63.1000000" lon="14.3000000"/>
  <node id="4" lat="63.0500000" lon="14.2000000"><tag k="barrier" v="bollard"/></node>
  <node id="5" lat="63.0500000" lon="14.2500000"/>
  <node id="6" lat="63.0600000" lon="14.2600000"><tag k="amenity" v="fuel"/><tag k="name" v="Macken &amp; &quot;Co&quot;"/></node>
  <node id="7" lat="63.0000000" lon="14.0000000"/>
  <node id="8" lat="63.0000000" lon="14.0000020"/>
  <node id="9" lat="63.0000020" lon="14.0000010"/>
  <node id="20" lat="63.1000000" lon="14.4000000"><tag k="place" v="village"/><tag k="name" v="Byn"/></node>
  <way id="11"><nd ref="2"/><nd ref="4"/><nd ref="4"/><nd ref="5"/><tag k="highway" v="service"/></way>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="primary"/><tag k="oneway" v="yes"/><tag k="maxspeed" v="SE:rural"/>
    <tag k="name" v="Vägen"/><tag k="ref" v="321"/></way>
  <way id="12"><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="7"/><tag k="building" v="yes"/><tag k="shop" v="general"/></way>
  <way id="13"><nd ref="1"/><nd ref="5"/><tag k="highway" v="proposed"/></way>
  <relation id="30"><member type="way" ref="10" role="from"/><member type="node" ref="2" role="via"/>
    <member type="way" ref="11" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
</osm>
"#;

fn load(name: &str, bytes: &[u8]) -> Result<RoadFile, IoError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(bytes).expect("room on the disk");
    load_roads(&path, &RoadOptions::default(), &Unwatched)
}

fn error_of(name: &str, bytes: &[u8]) -> String {
    load(name, bytes).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn the_fixture_is_read() {
    let file = load("fixture_2024.osm", FIXTURE.as_bytes()).expect("a good file");
    assert_eq!((file.source.date.as_deref(), file.source.bytes), (Some("2024"), FIXTURE.len() as u64));
    let roads = file.roads;
    let point = |lon_e7, lat_e7| RoadPoint { lon_e7, lat_e7 };
    assert_eq!(roads.points.len(), 5);
    assert_eq!(roads.points[0], point(141_000_000, 631_000_000));
    assert_eq!(roads.points[4], point(142_500_000, 630_500_000));
    let ways: Vec<_> = roads.ways.iter().map(|way| (way.id, way.class)).collect();
    assert_eq!(ways, [(10, RoadClass::Primary), (11, RoadClass::Service)]);
    assert_eq!((roads.refs_of(0), roads.refs_of(1)), (&[0, 1, 2][..], &[1, 3, 4][..]), "4 once in a row");
    let way = &roads.ways[0];
    assert_eq!((way.direction, way.limit_forward, way.motor), (Direction::Forward, 700, Access::Unsaid));
    assert_eq!((roads.name_of(0), roads.name_of(1)), (Some("Vägen (321)"), None));
    let barrier =
        Barrier { point: 3, stops_cars: true, stops_foot: false, stops_rescue: true, is_private: false };
    assert_eq!(roads.barriers, [barrier]);
    assert_eq!(roads.turns, [TurnRestriction { from_way: 0, to_way: 1, via: 1, is_only: false }]);
    let report = &roads.report;
    assert_eq!((report.nodes_in, report.ways_in, report.relations_in), (10, 4, 1));
    assert_eq!((report.ways_used, report.ways_other), (2, 1));
    assert_eq!(report.ways_refused.get("under_construction"), Some(&1));
    assert_eq!(report.examples, ["under_construction: way 13 highway=proposed"]);
}

#[test]
fn services_become_layers_with_their_kind() {
    let file = load("by.osm", FIXTURE.as_bytes()).expect("a good file");
    let names: Vec<_> = file.services.iter().map(|layer| layer.name.as_deref().unwrap_or_default()).collect();
    assert_eq!(names, ["by", "by", "by"], "what each is, is said in the language of whoever adds it");
    let grocery = Role::Services(crate::model::KindRule::All(ServiceKind::Grocery.into()));
    assert_eq!(file.services[0].role, grocery);
    let part = SourceFile { part: Some("grocery".into()), ..file.source.clone() };
    assert_eq!(file.services[0].source, part, "the source is the file itself");
    let shop = &file.services[0].table.features[0];
    assert_eq!(shop.id.as_deref(), Some("way/12"));
    assert!((shop.place.lon - 14.000_001).abs() < 1e-9, "the mean of its corners: {:?}", shop.place);
    let fuel = &file.services[1].table;
    assert_eq!(fuel.features[0].id.as_deref(), Some("node/6"));
    assert_eq!(fuel.row(&fuel.features[0]).text_of(&["name"]).as_deref(), Some("Macken & \"Co\""));
    let again = crate::io::LoadOptions {
        part: Some("grocery".into()),
        role: Some(grocery.clone()),
        ..Default::default()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("by.osm");
    std::fs::write(&path, FIXTURE).expect("room on the disk");
    let layer = crate::io::load_file(&path, &again, &Unwatched).expect("the layer of a saved project");
    assert_eq!((layer.role, layer.table.features.len()), (grocery, 1));
}

#[test]
fn every_packing_gives_the_same_roads() {
    let plain = load("a.osm", FIXTURE.as_bytes()).expect("plain").roads;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(FIXTURE.as_bytes()).expect("memory");
    let gz = gz.finish().expect("memory");
    assert_eq!(load("a.osm.gz", &gz).expect("gzip").roads, plain);
    let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bz2.write_all(FIXTURE.as_bytes()).expect("memory");
    let bz2 = bz2.finish().expect("memory");
    assert_eq!(load("a.OSM.BZ2", &bz2).expect("bzip2").roads, plain);
    for packed in [false, true] {
        assert_eq!(load("a.osm.pbf", &encoder::fixture(packed)).expect("PBF").roads, plain);
    }
    for (name, bytes) in [("a.osm.gz", gz), ("a.osm.bz2", bz2)] {
        for length in 0..bytes.len() {
            assert!(load(name, &bytes[..length]).is_err(), "{name}: {length} bytes");
        }
    }
}

fn read_pbf(bytes: &[u8], one_pass: u64) -> Result<Roads, Problem> {
    let raw = pbf::read(Cursor::new(bytes), one_pass, &Unwatched)?;
    Ok(assemble::assemble(raw.collected, &raw.places, &Unwatched)?.0)
}

#[test]
fn neither_passes_nor_threads_change_the_roads() {
    let bytes = encoder::fixture(true);
    let once = read_pbf(&bytes, u64::MAX).expect("one pass");
    assert_eq!(read_pbf(&bytes, 0).expect("two passes"), once);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(pool.install(|| read_pbf(&bytes, 0)).expect("one thread"), once);
}

#[test]
fn a_broken_pbf_is_an_error_and_never_a_panic() {
    for packed in [false, true] {
        let bytes = encoder::fixture(packed);
        let ends = encoder::blob_ends(&bytes);
        for length in 0..bytes.len() {
            let read = read_pbf(&bytes[..length], u64::MAX);
            assert_eq!(read.is_ok(), ends.contains(&length), "{length} of {} bytes", bytes.len());
        }
        for at in 0..bytes.len() {
            for flip in [0xff, 0x80, 0x01] {
                let mut broken = bytes.clone();
                broken[at] ^= flip;
                // Some flips only change a letter or a number. What counts is that reading comes to an end.
                let _ = read_pbf(&broken, 0);
            }
        }
    }
}

#[test]
fn what_is_no_pbf_says_so() {
    assert!(error_of("a.pbf", b"").contains("empty"));
    for bytes in [&b"\0\0\0\x0d"[..], b"\0", b"a page of errors", &[0xff; 100]] {
        let error = error_of("a.osm.pbf", bytes);
        assert!(error.contains("not an OSM PBF"), "{bytes:?}: {error}");
    }
    let bytes = encoder::fixture(true);
    let error = error_of("a.osm.pbf", &bytes[..bytes.len() - 5]);
    assert!(error.contains(&format!("breaks off at byte {}", bytes.len() - 5)), "{error}");
    let future = encoder::header(&["OsmSchema-V0.6", "HistoricalInformation"]);
    assert!(error_of("a.osm.pbf", &future).contains("HistoricalInformation"));
    let empty = encoder::header(&["OsmSchema-V0.6"]);
    assert!(error_of("a.osm.pbf", &empty).contains("none of 0 lines is a road"));
}

#[test]
fn a_pbf_made_to_fill_the_memory_is_refused() {
    let mut claims = encoder::header(&["OsmSchema-V0.6"]);
    claims.extend(encoder::blob_header("OSMData", 2 << 30));
    let error = error_of("a.osm.pbf", &claims);
    assert!(error.contains("2147483648 bytes, at most"), "{error}");
    let mut bomb = encoder::header(&["OsmSchema-V0.6", "DenseNodes"]);
    bomb.extend(encoder::many_nodes(3_000_000));
    assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
    assert!(error_of("a.osm.pbf", &bomb).contains("unreasonably much"));
}

#[test]
fn hostile_xml_is_refused() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><osm>&b;</osm>"#;
    assert!(error_of("a.osm", laughs.as_bytes()).contains("DOCTYPE"));
    let entity = r#"<osm><way id="1"><tag k="name" v="&b;"/></way></osm>"#;
    assert!(error_of("a.osm", entity.as_bytes()).contains("not valid XML at byte"));
    let long = format!(r#"<osm><way id="1"><tag k="name" v="{}"/></way></osm>"#, "a".repeat(5 << 20));
    assert!(error_of("a.osm", long.as_bytes()).contains("unreasonably much"));
    let deep = format!("<osm>{}", "<a>".repeat(100_000));
    assert!(error_of("a.osm", deep.as_bytes()).contains("nested too deep"));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(b"<osm>").expect("memory");
    let comments = "<!-- nothing -->".repeat(1 << 16);
    for _ in 0..40 {
        gz.write_all(comments.as_bytes()).expect("memory");
    }
    let bomb = gz.finish().expect("memory");
    assert!(bomb.len() < 500_000, "{} bytes", bomb.len());
    let error = error_of("a.osm.gz", &bomb);
    assert!(error.contains("unreasonably much") || error.contains("breaks off"), "{error}");
}

#[test]
fn broken_xml_is_an_error_and_never_a_panic() {
    for length in 0..FIXTURE.trim_end().len() {
        let text = &FIXTURE.as_bytes()[..length];
        assert!(load("a.osm", text).is_err(), "{length} bytes");
    }
    for (text, part) in [
        ("<svg/>", "begins with <svg>"),
        ("<gml/>", "begins with <gml>"),
        ("hello", "not an OSM XML file"),
        ("<osm><way id='1'></node></osm>", "not valid XML at byte"),
        ("<osm><way id=1/></osm>", "not valid XML at byte"),
        ("<osm/>", "none of 0 lines is a road"),
        (
            "<osm><node id='x' lat='north' lon=''/><way id='y'/></osm>",
            "the only feature of the file is no road (bad_id",
        ),
    ] {
        let error = error_of("a.osm", text.as_bytes());
        assert!(error.contains(part), "{text}: {error}");
    }
}

/// Roads of a text without services: `nodes` at 14.0, 14.1 … and what stands after them.
fn roads_of(nodes: i64, rest: &str) -> Roads {
    let node = |id: i64| format!("<node id='{id}' lat='63' lon='14.{id}'/>");
    let nodes: Vec<String> = (1..=nodes).map(node).collect();
    let text = format!("<osm>{}", nodes.concat());
    load("a.osm", (text + rest + "</osm>").as_bytes()).expect("a road").roads
}

fn way(id: i64, nodes: &[i64]) -> String {
    let refs: Vec<String> = nodes.iter().map(|node| format!("<nd ref='{node}'/>")).collect();
    format!("<way id='{id}'>{}<tag k='highway' v='residential'/></way>", refs.concat())
}

#[test]
fn ways_are_cut_where_nodes_are_missing() {
    let text = [way(1, &[1, 2, 99, 3, 4, 5, 98, 1]), way(2, &[97, 96]), way(3, &[1, 1]), way(3, &[1, 2])];
    let roads = roads_of(5, &text.concat());
    let runs: Vec<_> =
        (0..roads.ways.len()).map(|ix| (roads.ways[ix].id, roads.refs_of(ix).to_vec())).collect();
    assert_eq!(runs, [(1, vec![0, 1]), (1, vec![2, 3, 4])]);
    let report = roads.report;
    assert_eq!((report.ways_used, report.remarks["missing_nodes"]), (1, 1));
    let refused: Vec<_> = report.ways_refused.iter().map(|(why, n)| (why.as_str(), *n)).collect();
    assert_eq!(refused, [("duplicate_id", 1), ("missing_nodes", 1), ("too_short", 1)]);
    let all: u64 = report.ways_refused.values().sum();
    assert_eq!(report.ways_in, report.ways_used + report.ways_other + all);
}

#[test]
fn nodes_off_the_earth_are_missing() {
    let text =
        "<node id='7' lat='91' lon='14'/><node id='8' lat='63' lon='181'/><node id='9' lat='NaN' lon='14'/>";
    let roads = roads_of(2, &(text.to_owned() + &way(1, &[7, 1, 2, 8, 9])));
    assert_eq!((roads.points.len(), roads.report.remarks["missing_nodes"]), (2, 1));
}

#[test]
fn a_turn_of_ways_that_are_not_there_is_left() {
    let relation = "<relation id='1'><member type='way' ref='1' role='from'/><member type='node' ref='2' role='via'/>\
        <member type='way' ref='9' role='to'/><tag k='type' v='restriction'/><tag k='restriction' v='no_u_turn'/></relation>";
    let roads = roads_of(3, &(way(1, &[1, 2, 3]) + relation));
    assert_eq!((roads.turns.len(), roads.report.turns_left["incomplete"]), (0, 1));
}

#[test]
fn reading_can_be_cancelled() {
    struct Stopped;
    impl Progress for Stopped {
        fn report(&self, _: u64, _: u64) {}
        fn is_cancelled(&self) -> bool {
            true
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.osm.pbf");
    std::fs::write(&path, encoder::fixture(true)).expect("room on the disk");
    let read = load_roads(&path, &RoadOptions::default(), &Stopped);
    assert!(matches!(read, Err(IoError::Cancelled(Cancelled))));
}

/// Ways used, then grocery, fuel, rescue.
type Counts = (u64, [usize; 3]);

#[test]
fn real_extracts_come_out() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/osm"));
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; no real extract was tried", folder.display());
        return;
    }
    let check = |name: &str, (ways, services): Counts| {
        let file = load_roads(&folder.join(name), &RoadOptions::default(), &Unwatched).expect("a good file");
        let report = &file.roads.report;
        let refused: u64 = report.ways_refused.values().sum();
        assert_eq!(report.ways_in, report.ways_used + report.ways_other + refused, "{name}");
        assert_eq!(report.ways_used, ways, "{name}");
        let kinds = [ServiceKind::Grocery, ServiceKind::Fuel, ServiceKind::Rescue];
        let counts = kinds.map(|kind| {
            let role = Role::Services(crate::model::KindRule::All(kind.into()));
            file.services
                .iter()
                .find(|layer| layer.role == role)
                .map_or(0, |layer| layer.table.features.len())
        });
        assert_eq!(counts, services, "{name}");
        if let Some(grocery) = file.services.first() {
            let features = &grocery.table.features;
            let shop = |feature| grocery.table.row(feature).text_of(&["shop"]);
            let supermarkets = features.iter().filter(|f| shop(f).as_deref() == Some("supermarket")).count();
            let known = [("andorra", 40), ("liechtenstein", 14)];
            if let Some((_, n)) = known.iter().find(|(start, _)| name.starts_with(start)) {
                assert_eq!(supermarkets, *n, "{name}");
            }
        }
    };
    check("andorra.osm.pbf", (4973, [46, 44, 5]));
    check("liechtenstein.osm.pbf", (6969, [20, 12, 7]));
    check("kotka-small.osm.pbf", (331, [1, 2, 0]));
    check("beatty-nevada.osm", (170, [0, 0, 0]));
}

/// Writes the fixture as PBF, with just enough of the format.
mod encoder;
