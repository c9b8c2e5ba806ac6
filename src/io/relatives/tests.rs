//! Small texts of each relative.

use geo::Geometry;

use super::Relative;
use crate::geometry::Crs;
use crate::io::{Input, IoError, LoadOptions, Loaded, Part, guarded, load_bytes};
use crate::lang::{Lang, Said as _};
use crate::model::{Entry, Feature, SourcePlace};
use crate::progress::Unwatched;

fn load(text: &str, part: Option<&str>) -> Result<Loaded, IoError> {
    let options = LoadOptions { part: part.map(str::to_owned), ..LoadOptions::default() };
    let place = SourcePlace::File("a.json".into());
    guarded("a.json", || load_bytes(place, text.as_bytes(), &options, &Unwatched))
}

fn parts(text: &str) -> Vec<Part> {
    let input = Input::of_bytes(SourcePlace::File("a.json".into()), text.as_bytes());
    crate::io::parts(&input, &Unwatched).expect("parts")
}

fn remarks(loaded: &Loaded) -> String {
    let said = loaded.table.report.remarks.iter().map(|remark| remark.kind.said(Lang::En));
    said.collect::<Vec<_>>().join("\n")
}

fn codes(loaded: &Loaded) -> Vec<(u32, &'static str)> {
    loaded.table.report.refused.iter().map(|refused| (refused.number, refused.reason.code())).collect()
}

fn area(feature: &Feature) -> f64 {
    let Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) = feature.shape.as_deref() else { return 0.0 };
    feature.shape.as_deref().map_or(0.0, geo::Area::signed_area)
}

const ESRI: &str = r#"{"displayFieldName": "", "geometryType": "esriGeometryPolygon", "objectIdFieldName": "OBJECTID",
  "spatialReference": {"wkid": 102100, "latestWkid": 3006}, "exceededTransferLimit": true,
  "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}, {"name": "dag", "type": "esriFieldTypeDate"}],
  "features": [
    {"attributes": {"OBJECTID": 7, "namn": "Åre", "dag": 1715904000000, "andel": 0.5, "tom": null}, "geometry": {"rings": [
      [[500000, 7000000], [500000, 7000010], [500010, 7000010], [500010, 7000000], [500000, 7000000]],
      [[500002, 7000002], [500004, 7000002], [500004, 7000004], [500002, 7000004], [500002, 7000002]]]}},
    {"attributes": {"OBJECTID": 8, "dag": 1715904001000}, "geometry": {"x": 500000, "y": 7000000}},
    {"attributes": {"OBJECTID": 9}, "geometry": {"x": "NaN", "y": "NaN"}},
    {"attributes": {"OBJECTID": 10}},
    {"attributes": {"OBJECTID": 11}, "geometry": {"curveRings": [[]]}},
    {"attributes": {"OBJECTID": 12}, "geometry": {"x": 1, "y": 2, "spatialReference": {"wkid": 4326}}},
    {"attributes": {"OBJECTID": 13}, "geometry": {"paths": [[[500000, 7000000, 3], [500010, 7000000, 3]]]}},
    {"attributes": {"OBJECTID": 14}, "geometry": {"points": [[500000, 7000000], [500010]]}}]}"#;

#[test]
fn a_feature_set_of_esri_is_read() {
    let loaded = load(ESRI, None).expect("three features");
    assert_eq!((loaded.source.crs, loaded.source.crs_assumed), (Crs::Sweref99Tm, false));
    let [one, two, three] = loaded.table.features.as_slice() else { panic!("{:?}", codes(&loaded)) };
    assert_eq!((one.id.as_deref(), three.id.as_deref()), (Some("7"), Some("13")));
    let said = |feature, column| loaded.table.row(feature).get(column).map(Entry::text);
    assert_eq!(said(one, "namn").as_deref(), Some("Åre"));
    assert_eq!(said(one, "dag").as_deref(), Some("2024-05-17"));
    assert_eq!(said(two, "dag").as_deref(), Some("2024-05-17T00:00:01Z"));
    assert!(
        area(one) > 0.0
            && matches!(one.shape.as_deref(), Some(Geometry::Polygon(p)) if p.interiors().len() == 1)
    );
    let wanted = [
        (3, "empty_geometry"),
        (4, "no_geometry"),
        (5, "bad_geometry"),
        (6, "other_crs"),
        (8, "bad_geometry"),
    ];
    assert_eq!(codes(&loaded), wanted);
    assert!(remarks(&loaded).contains("server"));
    let unknown = ESRI.replace("102100", "999999").replace("3006", "999999");
    assert!(matches!(load(&unknown, None), Err(IoError::UnsupportedCrs { .. })));
    let mercator = ESRI.replace(", \"latestWkid\": 3006", "");
    assert!(
        matches!(load(&mercator, None), Ok(read) if read.source.crs == Crs::WebMercator)
            || load(&mercator, None).is_err()
    );
}

const OVERPASS: &str = r#"{"version": 0.6, "generator": "Overpass API", "osm3s": {"copyright": "ODbL"}, "elements": [
  {"type": "node", "id": 1, "lat": 63.0, "lon": 15.0, "tags": {"shop": "convenience", "name": "Å"}},
  {"type": "node", "id": 2, "lat": 63.0, "lon": 15.1},
  {"type": "node", "id": 3, "lat": 63.1, "lon": 15.1},
  {"type": "node", "id": 4, "lat": 63.5, "lon": 15.1},
  {"type": "way", "id": 5, "nodes": [1, 2, 3, 1], "tags": {"building": "yes"}},
  {"type": "way", "id": 6, "geometry": [{"lat": 63.0, "lon": 15.0}, {"lat": 63.0, "lon": 15.2}], "tags": {"highway": "track"}},
  {"type": "way", "id": 7, "geometry": [{"lat": 63.0, "lon": 15.0}, null], "tags": {"highway": "track"}},
  {"type": "way", "id": 8, "center": {"lat": 63.0, "lon": 15.0}, "tags": {"shop": "yes"}},
  {"type": "way", "id": 9, "tags": {"shop": "yes"}},
  {"type": "relation", "id": 10, "tags": {"type": "boundary"}, "members": [
    {"type": "way", "ref": 11, "role": "outer", "geometry": [{"lat": 63, "lon": 15}, {"lat": 63, "lon": 16}, {"lat": 64, "lon": 16}]},
    {"type": "way", "ref": 12, "role": "outer", "geometry": [{"lat": 63, "lon": 15}, {"lat": 64, "lon": 15}, {"lat": 64, "lon": 16}]}]},
  {"type": "relation", "id": 13, "tags": {"type": "multipolygon"}, "members": [
    {"type": "way", "ref": 11, "role": "outer", "geometry": [{"lat": 63, "lon": 15}, {"lat": 63, "lon": 16}]}]}],
  "remark": "runtime error: Query timed out"}"#;

#[test]
fn an_answer_of_overpass_is_read() {
    let loaded = load(OVERPASS, None).expect("features");
    let ids: Vec<_> = loaded.table.features.iter().filter_map(|feature| feature.id.as_deref()).collect();
    assert_eq!(ids, ["node/1", "way/5", "way/6", "way/8", "relation/10"]);
    assert_eq!(codes(&loaded), [(4, "bad_geometry"), (6, "bad_geometry"), (8, "bad_geometry")]);
    assert_eq!(loaded.table.report.features_in, 8);
    let features = &loaded.table.features;
    assert_eq!(loaded.table.row(&features[0]).get("name"), Some(Entry::Text("Å")));
    assert!((area(&features[1]) - 0.005).abs() < 1e-9 && (area(&features[4]) - 1.0).abs() < 1e-2);
    assert!(remarks(&loaded).contains("Query timed out") && remarks(&loaded).contains("1 elements"));
}

const TOPOLOGY: &str = r#"{"type": "Topology", "transform": {"scale": [0.5, 0.5], "translate": [14, 62]},
  "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
  "objects": {"ytor": {"type": "GeometryCollection", "geometries": [
    {"type": "Polygon", "arcs": [[0, -2]], "id": "a", "properties": {"namn": "Å"}},
    {"type": "LineString", "arcs": [1]},
    {"type": "Polygon", "arcs": [[7]]},
    {"type": null}]},
    "punkter": {"type": "Point", "coordinates": [1, 2], "properties": {"namn": "p"}}}}"#;

#[test]
fn each_object_of_a_topology_is_a_layer() {
    assert_eq!(parts(TOPOLOGY), ["punkter", "ytor"].map(|name| Part::Layer(Some(name.into()))));
    let loaded = load(TOPOLOGY, Some("ytor")).expect("two shapes");
    assert_eq!(codes(&loaded), [(3, "bad_geometry"), (4, "no_geometry")]);
    let one = &loaded.table.features[0];
    assert_eq!((one.id.as_deref(), loaded.table.row(one).get("namn")), (Some("a"), Some(Entry::Text("Å"))));
    assert!((area(one) - 1.0).abs() < 1e-9, "{}", area(one));
    let point = &load(TOPOLOGY, Some("punkter")).expect("a point").table.features[0];
    assert!((point.place.lon - 14.5).abs() < 1e-9 && (point.place.lat - 63.0).abs() < 1e-9);
    assert!(load(TOPOLOGY, None).expect_err("which?").to_string().contains("ytor"));
}

const UMAP: &str = r#"{"type": "umap", "uri": "x", "properties": {"name": "k"}, "geometry": {"type": "Point", "coordinates": [15, 63]},
  "layers": [
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Å"}, "geometry": {"type": "Point", "coordinates": [15, 63]}}], "_umap_options": {"name": "Butiker"}},
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": null}, {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [15, 63]}}], "_umap_options": {"name": "Butiker"}},
    {"type": "FeatureCollection", "features": [], "_umap_options": {"name": "Hämtas", "remoteData": {"url": "x"}}}]}"#;

#[test]
fn each_layer_of_a_umap_is_a_layer() {
    let layer = |name: &str| Part::Layer(Some(name.into()));
    assert_eq!(parts(UMAP), [layer("Butiker"), layer("Butiker (2)"), Part::Unread("Hämtas".into())]);
    let one = load(UMAP, Some("Butiker")).expect("a point");
    assert_eq!((one.table.features.len(), one.name.as_deref()), (1, Some("a – Butiker")));
    assert_eq!(codes(&load(UMAP, Some("Butiker (2)")).expect("a point")), [(1, "no_geometry")]);
    assert!(load(UMAP, None).is_err());
}

#[test]
fn collections_one_after_another_are_one_layer() {
    let one = |lon: u32| {
        format!(
            r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{}}, "geometry": {{"type": "Point", "coordinates": [{lon}, 63]}}}}]}}"#
        )
    };
    for between in ["", "\n", "\n\x1e"] {
        let text = [one(14), one(15), one(16)].join(between);
        let loaded = load(&text, None).expect("three points");
        let lons: Vec<_> = loaded.table.features.iter().map(|feature| feature.place.lon.round()).collect();
        assert_eq!(lons, [14.0, 15.0, 16.0]);
        assert!(remarks(&loaded).contains("3 collections"));
    }
    let other = one(500_000).replace("63", "7000000").replacen(
        '{',
        r#"{"crs": {"type": "name", "properties": {"name": "EPSG:3006"}}, "#,
        1,
    );
    assert!(
        load(&(one(14) + &other), None)
            .expect_err("two systems")
            .to_string()
            .contains("different coordinate reference")
    );
    assert!(load(&(one(14) + "x"), None).is_err());
    let cut = one(14) + &one(15);
    for length in 1..cut.len() {
        let read = load(&cut[..length], None);
        assert!(!matches!(read, Err(IoError::Panicked { .. })), "{length}");
        if length > one(14).len() {
            assert!(read.is_err() || read.is_ok_and(|read| !remarks(&read).is_empty()), "{length}");
        }
    }
}

#[test]
fn relatives_are_told_by_their_members() {
    let told = |text: &str| Relative::of(text.as_bytes());
    assert_eq!(told(ESRI), Some(Relative::Esri));
    assert_eq!(told(r#"{"features":[{"attributes":{"a":1}}]}"#), Some(Relative::Esri));
    assert_eq!(told(OVERPASS), Some(Relative::Overpass));
    assert_eq!(told(TOPOLOGY), Some(Relative::Topology));
    assert_eq!(told(UMAP), Some(Relative::Umap));
    assert_eq!(
        told(
            r#"{"type":"FeatureCollection","properties":{"type":"umap"},"spatialReference":{},"features":[]}"#
        ),
        None
    );
    assert_eq!((told("{"), told(""), told(r#"{"a\"#), told(r#"{"type"#)), (None, None, None, None));
}

#[test]
fn texts_that_are_cut_or_nested_deep_are_refused() {
    for text in [ESRI, OVERPASS, TOPOLOGY, UMAP] {
        for length in (0..text.len()).filter(|length| text.is_char_boundary(*length)) {
            for part in [None, Some("ytor"), Some("Butiker")] {
                let read = load(&text[..length], part);
                assert!(
                    matches!(&read, Err(error) if !matches!(error, IoError::Panicked { .. })),
                    "{length} {read:?}"
                );
            }
        }
    }
    let deep = |open: &str| format!("{}{}", &TOPOLOGY[..20], open.repeat(100_000));
    assert!(load(&deep("[").replace("\"transform", "\"arcs"), None).is_err());
    let nested = format!(
        r#"{{"type":"Topology","arcs":[],"objects":{{"a":{}{}}}}}"#,
        r#"{"type":"GeometryCollection","geometries":["#.repeat(40),
        "]}".repeat(40)
    );
    assert!(load(&nested, None).is_err());
    // Few arcs, named so often that no memory would hold the shape.
    let arc: Vec<String> = (0..10_000).map(|at| format!("[{at},{at}]")).collect();
    let names = vec!["0"; 100_000].join(",");
    let bomb = format!(
        r#"{{"type":"Topology","arcs":[[{}]],"objects":{{"a":{{"type":"LineString","arcs":[{names}]}}}}}}"#,
        arc.join(",")
    );
    assert!(load(&bomb, None).expect_err("a bomb").to_string().contains("unreasonably"));
}

/// A few bytes that are drawn again and again are given up, and the rest is read.
#[test]
fn what_is_drawn_without_end_is_refused() {
    let arc: Vec<String> = (0..1000).map(|at| format!("[{}, 63]", 14.0 + f64::from(at) * 1e-4)).collect();
    let lines = r#"{"type": "LineString", "arcs": [0]},"#.repeat(100);
    let text = format!(
        r#"{{"type": "Topology", "arcs": [[{}]], "objects": {{"a": {{"type": "GeometryCollection", "geometries": [{}]}}}}}}"#,
        arc.join(","),
        lines.trim_end_matches(',')
    );
    let loaded = load(&text, None).expect("some lines");
    assert_eq!((loaded.table.features.len(), codes(&loaded).len()), (16, 84));
    assert_eq!(codes(&loaded)[0], (17, "bad_geometry"));
    let nodes = r#"{"type": "node", "id": 1, "lat": 63, "lon": 14}, {"type": "node", "id": 2, "lat": 63, "lon": 15},
      {"type": "node", "id": 3, "lat": 64, "lon": 15}, {"type": "way", "id": 1, "nodes": [1, 2, 3, 1]}"#;
    let relations =
        r#", {"type": "relation", "tags": {"type": "boundary"}, "members": [{"type": "way", "ref": 1}]}"#;
    let text = format!(r#"{{"osm3s": {{}}, "elements": [{nodes}{}]}}"#, relations.repeat(100));
    let loaded = load(&text, None).expect("some areas");
    assert_eq!((loaded.table.features.len(), codes(&loaded).len()), (64, 36));
}
