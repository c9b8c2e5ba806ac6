//! Is every file of the `GeoJSON` conformance collection read, or refused by a message that names its fault?
//! The collection (mapbox/geojsonhint) lies outside the project and mostly outside Europe: each file is judged
//! as it is, and once more with its positions moved to Jämtland, so that its form decides.

use std::collections::BTreeSet;
use std::path::Path;

use sotplan::io::{IoError, LoadOptions, Loaded, load_bytes};
use sotplan::lang::{Lang, Said};
use sotplan::model::{LayerReport, SourcePlace};
use sotplan::progress::Unwatched;

use Expected::{File, Nothing, Read};
use Place::{Here, Outside};

/// What a text shall come to.
#[derive(Debug, Clone, Copy)]
enum Expected {
    /// So many features used; these refused (number, phrase); these remarks, by code.
    Read(usize, &'static [(u32, &'static str)], &'static [&'static str]),
    /// No feature can be used; the message holds these phrases.
    Nothing(&'static str, &'static [&'static str]),
    /// The file as a whole is refused; the message holds these phrases.
    File(&'static [&'static str]),
}

/// Where the collection's own positions lie.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// Nothing depends on where they lie.
    Here,
    /// Outside the area of use: without the move, every feature is refused for that.
    Outside,
}

const READ: Expected = Read(1, &[], &[]);

/// Every file, what its form comes to, and whether its positions lie in the area of use.
const FILES: [(&str, Place, Expected); 62] = [
    ("good/good-feature-with-id.geojson", Outside, READ),
    ("good/good-feature-with-string-id.geojson", Outside, READ),
    ("good/good-feature.geojson", Outside, READ),
    ("good/good-featurecollection-bbox.geojson", Outside, Read(2, &[], &[])),
    ("good/good-featurecollection-bbox3d.geojson", Outside, Read(2, &[], &[])),
    ("good/good-featurecollection-extensions.geojson", Outside, Read(3, &[], &[])),
    ("good/good-featurecollection.geojson", Outside, Read(3, &[], &[])),
    ("good/good-geometrycollection.geojson", Outside, Read(1, &[], &["several_parts"])),
    ("good/good-linestring.geojson", Outside, READ),
    ("good/good-multilinestring.geojson", Outside, Read(1, &[], &["several_parts"])),
    ("good/good-multipoint.geojson", Outside, READ),
    ("good/good-point-3d.geojson", Outside, READ),
    ("good/good-point.geojson", Outside, READ),
    ("good/good-polygon.geojson", Outside, READ),
    ("good/issue82.geojson", Outside, Read(1, &[], &["several_parts"])),
    ("good/multipolygon.geojson", Outside, Read(1, &[], &["several_parts"])),
    ("good/nullgeometry.geojson", Here, Nothing("no_geometry", &["Feature 1", "has no geometry"])),
    ("good/nullproperties.geojson", Outside, READ),
    (
        "bad/bad-duplicate-properties.geojson",
        Here,
        File(&["“features” is empty", "“type” occurs more than once"]),
    ),
    ("bad/bad-featurelist.geojson", Here, Nothing("bad_geometry", &["Polygon", "nested too"])),
    ("bad/bad-json.geojson", Here, File(&["line 3, column 5", "expected a comma"])),
    ("bad/bad-object-type.geojson", Here, File(&["“type” is “{}”"])),
    ("bad/bad-polygon-interiorring-rhr.geojson", Outside, Read(1, &[], &["file_form"])),
    ("bad/bad-polygonloop.geojson", Here, Nothing("bad_geometry", &["Polygon", "nested too"])),
    (
        "bad/bad-properties-as-array.geojson",
        Here,
        Nothing("bad_properties", &["“properties” must be an object", "[]"]),
    ),
    ("bad/badcoord.geojson", Here, Nothing("bad_geometry", &["string \"f\""])),
    ("bad/badcoordtype.geojson", Here, Nothing("bad_geometry", &["MultiPolygon", "nested too"])),
    ("bad/badfeature.geojson", Here, Nothing("not_a_feature", &["Feature 1", "null"])),
    ("bad/badfeatureid.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/bbox-4or6elements.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/bbox-contains-string.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/bbox-string.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/different-first-last.geojson", Outside, Read(1, &[], &["ring_closed"])),
    (
        "bad/different-first-size.geojson",
        Outside,
        Read(1, &[], &["file_form", "loose_form", "several_parts"]),
    ),
    ("bad/excessive_precision_truncated.geojson", Outside, READ),
    (
        "bad/expected_object.geojson",
        Here,
        Nothing("bad_properties", &["“properties” must be an object", "123"]),
    ),
    ("bad/false.geojson", Here, Nothing("bad_geometry", &["`false`", "the geometry must be an object"])),
    ("bad/feature_changed_semantics.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/featurecollection-obj.geojson", Here, File(&["“features” must be an array"])),
    ("bad/featurecollection-type-case.geojson", Here, File(&["“featurecollection”", "upper and lower case"])),
    ("bad/featurecollection.geojson", Here, File(&["no “features”"])),
    ("bad/featurecollection_changed_semantics.geojson", Outside, Read(3, &[], &["file_form"])),
    ("bad/geometry_changed_semantics.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/geometrycollection_nested.geojson", Outside, Read(1, &[], &["loose_form", "several_parts"])),
    ("bad/geometrycollection_single.geojson", Outside, Read(1, &[], &["loose_form"])),
    (
        "bad/multiple_problems.geojson",
        Here,
        Read(1, &[(1, "string \"39.36827914916011\""), (3, "“Foo”"), (4, "“Foo”")], &["loose_form"]),
    ),
    ("bad/multipoint-multidimension.geojson", Here, Nothing("bad_geometry", &["MultiPoint", "nested too"])),
    ("bad/multipoint-nondimension.geojson", Here, Nothing("bad_geometry", &["MultiPoint", "nested too"])),
    ("bad/nofeaturetype.geojson", Here, Nothing("not_a_feature", &["type “Featre”"])),
    ("bad/notype.geojson", Here, File(&["no “type”"])),
    (
        "bad/point-labeled-as-a-multipolygon.geojson",
        Here,
        Nothing("bad_geometry", &["MultiPolygon", "nested too"]),
    ),
    ("bad/point-string.geojson", Here, Nothing("bad_geometry", &["string \"foo\""])),
    ("bad/point-toofew.geojson", Here, Nothing("bad_geometry", &["two or more", "1"])),
    ("bad/point-toomany.geojson", Outside, Read(1, &[], &["loose_form"])),
    ("bad/point.geojson", Here, Nothing("bad_geometry", &["a Point has no “coordinates”"])),
    ("bad/polygon_winding_order.geojson", Outside, Read(1, &[], &["file_form"])),
    ("bad/rootstring.geojson", Here, File(&["begins with “null”"])),
    ("bad/short-line.geojson", Here, Nothing("bad_geometry", &["a line has one position"])),
    ("bad/short-linearring.geojson", Here, Nothing("bad_geometry", &["ring 1 has 3 positions", "four"])),
    ("bad/short-multilinestring.geojson", Here, Nothing("bad_geometry", &["a line has one position"])),
    ("bad/stringcoord.geojson", Here, Read(1, &[(1, "string \"39.36827914916011\"")], &[])),
    ("bad/unknowntype.geojson", Here, File(&["“FooBar”"])),
];

#[test]
fn every_file_is_read_or_refused_by_name() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/geojson-conformance"));
    if !root.is_dir() {
        eprintln!("SKIPPED: {} is not there; only the texts in this file were tried", root.display());
        return;
    }
    let listed: BTreeSet<String> = FILES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let mut found = BTreeSet::new();
    for folder in ["good", "bad"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            found.insert(format!("{folder}/{}", name.to_string_lossy()));
        }
    }
    assert_eq!(found, listed, "every file stands in the table, and every row has its file");
    for (name, place, form) in FILES {
        let text = std::fs::read_to_string(root.join(name)).expect("UTF-8");
        judge(name, &text, as_it_is(&text, place, form));
        judge(&format!("{name}, moved"), &moved_to_sweden(&text), form);
    }
}

/// What a file comes to where its positions lie.
fn as_it_is(text: &str, place: Place, form: Expected) -> Expected {
    if place == Here {
        return form;
    }
    assert!(text.contains("coordinates"), "a file without positions lies nowhere");
    Nothing(
        "outside_area_of_use",
        &["Feature 1", "geometry.coordinates", "lie outside longitude", "latitude"],
    )
}

/// A feature that nothing is wrong with.
const GOOD: &str = r#"{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[14.63839,63.17569]}}"#;

fn pair(bad: &str) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{GOOD},{bad}]}}"#)
}

fn geometry(geometry: &str) -> String {
    pair(&format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#))
}

/// The same faults in texts of our own, for a machine without the collection.
fn judge_all(cases: &[(String, Expected)]) {
    for (text, expected) in cases {
        judge(&format!("own text {text}"), text, *expected);
    }
}

#[test]
fn features_and_files_of_our_own_that_are_none() {
    judge_all(&[
        (pair("null"), Read(1, &[(2, "null")], &[])),
        (pair(r#"{"type":"Featre","geometry":null,"properties":null}"#), Read(1, &[(2, "“Featre”")], &[])),
        (
            pair(r#"{"type":"Feature","properties":[1],"geometry":null}"#),
            Read(1, &[(2, "must be an object or null, but is [1]")], &[]),
        ),
        (pair(r#"{"type":"Feature","properties":{}}"#), Read(1, &[(2, "has no geometry")], &[])),
        (format!(r#"{{"type":"FeatureCollection","features":[{GOOD},"#), Read(1, &[], &["file_form"])),
        (r#"{"type":"FeatureCollection","features":[]}"#.into(), File(&["“features” is empty"])),
        (r#"{"type":"FeatureCollection","features":{"a":1}}"#.into(), File(&["“features” must be an array"])),
        (r#"{"type":"point","coordinates":[14,63]}"#.into(), File(&["“point”", "upper and lower case"])),
    ]);
}

#[test]
fn points_of_our_own_that_lie_nowhere() {
    judge_all(&[
        (geometry("null"), Read(1, &[(2, "has no geometry")], &[])),
        (geometry(r#"{"type":"Point"}"#), Read(1, &[(2, "coordinates")], &[])),
        (geometry(r#"{"type":"Point","coordinates":[]}"#), Read(1, &[(2, "")], &[])),
        (geometry(r#"{"type":"Point","coordinates":[14.6]}"#), Read(1, &[(2, "two or more")], &[])),
        (geometry(r#"{"type":"Point","coordinates":["14.6",63]}"#), Read(1, &[(2, "string \"14.6\"")], &[])),
        (
            geometry(r#"{"type":"Point","coordinates":[NaN,63]}"#),
            Read(1, &[(2, "NaN is not a finite number")], &[]),
        ),
        (
            geometry(r#"{"type":"Point","coordinates":[14.6,1e99]}"#),
            Read(1, &[(2, "geometry.coordinates.y = 1e99")], &[]),
        ),
        (
            geometry(r#"{"type":"Point","coordinates":[63.1757,14.6384]}"#),
            Read(1, &[(2, "[63.1757, 14.6384] seem swapped")], &[]),
        ),
        (
            geometry(r#"{"type":"Point","coordinates":[139.7,35.7]}"#),
            Read(1, &[(2, "[139.7, 35.7] lie outside longitude -25…45")], &[]),
        ),
        (
            geometry(r#"{"type":"Point","coordinates":[14.63839,63.17569,1,2]}"#),
            Read(2, &[], &["loose_form"]),
        ),
    ]);
}

#[test]
fn lines_and_areas_of_our_own_that_are_none() {
    let ring = "[14.1234,63.1234],[14.2234,63.1234],[14.2234,63.2234],[14.1234,63.2234]";
    judge_all(&[
        (
            geometry(r#"{"type":"LineString","coordinates":[[14.6,63.1]]}"#),
            Read(1, &[(2, "a line has one position")], &[]),
        ),
        (
            geometry(r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.2,63.1],[14.1,63.1]]]}"#),
            Read(1, &[(2, "ring 1 has 3 positions")], &[]),
        ),
        (
            geometry(&format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#)),
            Read(2, &[], &["ring_closed"]),
        ),
        (
            geometry(r#"{"type":"MultiPolygon","coordinates":[14.6,63.1]}"#),
            Read(1, &[(2, "MultiPolygon")], &[]),
        ),
        (
            geometry(r#"{"type":"GeometryCollection","geometries":[]}"#),
            Read(1, &[(2, "without geometries")], &[]),
        ),
        (geometry(r#"{"type":"Circle","coordinates":[14.6,63.1]}"#), Read(1, &[(2, "Circle")], &[])),
    ]);
}

fn judge(name: &str, text: &str, expected: Expected) {
    let place = SourcePlace::File("judged.geojson".into());
    let read = load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched);
    for lang in [Lang::Sv, Lang::En] {
        if let Err(error) = &read {
            let said = error.said(lang);
            assert!(said.starts_with("judged.geojson"), "{name}: the message names the file: {said}");
        }
    }
    match (read, expected) {
        (Ok(loaded), Read(used, refused, remarks)) => judge_read(name, &loaded, used, refused, remarks),
        (Err(error), Nothing(code, phrases)) => {
            says_all(name, &error.to_string(), phrases);
            let IoError::NoUsableFeature { report, .. } = error else { panic!("{name}: {error}") };
            assert!(!report.refused.is_empty(), "{name}: something was refused");
            assert_eq!(report.features_in, report.refused.len(), "{name}: every feature is refused");
            for refused in &report.refused {
                assert_eq!(refused.reason.code(), code, "{name}");
            }
        }
        (Err(error), File(phrases)) => {
            assert!(!matches!(error, IoError::NoUsableFeature { .. }), "{name}: {error}");
            says_all(name, &error.to_string(), phrases);
        }
        (Ok(loaded), expected) => {
            panic!("{name}: read {} features, not {expected:?}", loaded.table.features.len())
        }
        (Err(error), expected) => panic!("{name}: {error}, not {expected:?}"),
    }
}

fn judge_read(name: &str, loaded: &Loaded, used: usize, refused: &[(u32, &str)], remarks: &[&str]) {
    let report: &LayerReport = &loaded.table.report;
    assert_eq!(loaded.table.features.len(), used, "{name}: features used");
    assert_eq!(report.features_in, used + refused.len(), "{name}: used + refused = in");
    let numbers = |of: &mut dyn Iterator<Item = u32>| of.collect::<Vec<_>>();
    assert_eq!(
        numbers(&mut report.refused.iter().map(|refused| refused.number)),
        numbers(&mut refused.iter().map(|(number, _)| *number)),
        "{name}: which are refused"
    );
    for (found, (_, phrase)) in report.refused.iter().zip(refused) {
        says_all(name, &found.reason.said(Lang::En), &[phrase]);
    }
    for (at, remark) in report.remarks.iter().enumerate() {
        assert!(!report.remarks[..at].contains(remark), "{name}: remarked twice: {remark:?}");
    }
    let codes: BTreeSet<&str> = report.remarks.iter().map(|remark| remark.kind.code()).collect();
    assert_eq!(codes, remarks.iter().copied().collect(), "{name}: remarks");
}

fn says_all(name: &str, said: &str, phrases: &[&str]) {
    for phrase in phrases {
        assert!(said.contains(phrase), "{name}: “{said}” does not say “{phrase}”");
    }
}

/// The same text with its positions moved to Jämtland, a twentieth as far apart.
fn moved_to_sweden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut origin = [None, None];
    while let Some(at) = rest.find("\"coordinates\"") {
        let (before, after) = rest.split_at(at + "\"coordinates\"".len());
        out.push_str(before);
        let used = move_array(after, &mut origin, &mut out);
        rest = &after[used..];
    }
    out.push_str(rest);
    out
}

/// Moves the numbers of the array that begins here; answers how much of the text it read.
fn move_array(text: &str, origin: &mut [Option<f64>; 2], out: &mut String) -> usize {
    const HOME: [f64; 2] = [14.123_456, 63.123_456];
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut places: Vec<usize> = Vec::new();
    while at < bytes.len() {
        let from = at;
        match bytes[at] {
            b'[' => places.push(0),
            b']' => {
                places.pop();
            }
            b',' if !places.is_empty() => *places.last_mut().expect("not empty") += 1,
            b'"' => at += text[at + 1..].find('"').expect("a closed string") + 1,
            b'-' | b'0'..=b'9' if !places.is_empty() => {
                let is_number = |b: &u8| b"+-.eE".contains(b) || b.is_ascii_digit();
                at += bytes[at..].iter().take_while(|b| is_number(b)).count();
                let value: f64 = text[from..at].parse().expect("a number");
                match *places.last().expect("not empty") {
                    axis @ (0 | 1) => {
                        let zero = *origin[axis].get_or_insert(value);
                        out.push_str(&(HOME[axis] + (value - zero) / 20.0).to_string());
                    }
                    _ => out.push_str(&text[from..at]),
                }
                continue;
            }
            b'n' | b'}' if places.is_empty() => return at,
            _ => {}
        }
        at += 1;
        out.push_str(&text[from..at]);
        if places.is_empty() && bytes[from] == b']' {
            return at;
        }
    }
    at
}
