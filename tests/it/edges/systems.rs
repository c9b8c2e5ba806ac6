//! Is a file of any system, by any name, where it belongs? Three villages as PROJ places them in each.

use serde_json::{Value, json};

use super::bench::{Bench, degrees, features, number, point, rectangle};

type Places = [(f64, f64); 3];

const MERCATOR: Places =
    [(1_472_756.86, 9_217_681.27), (1_568_157.67, 9_145_510.98), (1_567_823.71, 8_822_718.79)];
const ZONE: Places = [(136_541.14, 7_041_359.02), (179_557.27, 7_009_028.91), (180_754.63, 6_859_906.69)];
const RT90: Places =
    [(1_371_667.70, 7_043_285.90), (1_413_499.35, 7_009_424.66), (1_409_371.51, 6_860_341.23)];
const UTM_32: Places = [(710_656.40, 7_045_476.14), (755_846.78, 7_016_235.87), (767_434.22, 6_867_495.75)];
const UTM_33: Places = [(411_813.24, 7_039_733.02), (454_046.68, 7_006_416.99), (451_781.56, 6_857_364.43)];
const LAEA: Places =
    [(4_482_786.75, 4_489_438.62), (4_527_685.48, 4_459_459.91), (4_536_768.43, 4_311_224.70)];
const FINLAND: Places =
    [(-182_121.22, 7_112_351.15), (-146_666.08, 7_071_514.45), (-176_691.48, 6_924_686.79)];
const DEGREES: Places = [(13.23, 63.475), (14.087, 63.184), (14.084, 61.846)];

fn villages(crs: Option<&str>, places: Places) -> Bench {
    let bench = Bench::new();
    let cells = places.iter().zip([120, 400, 300]);
    let cells: Vec<Value> =
        cells.map(|((x, y), people)| point(*x, *y, json!({"beftotalt": people}))).collect();
    let mut pop = degrees(&cells);
    if let Some(name) = crs {
        pop["crs"] = json!({"type": "name", "properties": {"name": name}});
    }
    bench.put("pop.geojson", &pop);
    bench.put("areas.geojson", &degrees(&[rectangle(12.0, 61.5, 17.0, 65.0, json!({"kommun": "J"}))]));
    bench.put("store.geojson", &degrees(&[point(14.0871, 63.1841, json!({"name": "Lanthandel"}))]));
    bench
}

/// Analyses, and answers what was printed when all stand where they shall.
fn in_place(bench: &Bench, more: &str) -> String {
    let run = bench.run(&format!(
        "analyse --population pop.geojson --grocery store.geojson --areas areas.geojson --out out{more}"
    ));
    assert!(run.is_success, "{}", run.err);
    let demand = bench.json("out/demand.geojson");
    for (cell, km) in features(&demand).iter().zip([69.926, 0.016, 193.805]) {
        // RT 90 and ED50 are transformed to a decimetre and some metres; the rest is within a metre of rounding.
        assert!((number(&cell["properties"]["grocery_km"]) - km).abs() < 0.0011, "{cell}");
        assert_eq!(cell["properties"]["municipality"], "J");
    }
    run.out
}

#[test]
fn systems_are_understood_as_files_name_them() {
    for (name, places) in [
        ("EPSG:102100", MERCATOR),
        ("EPSG:900913", MERCATOR),
        ("ESRI:102113", MERCATOR),
        ("urn:ogc:def:crs:EPSG::3857", MERCATOR),
        ("urn:ogc:def:crs:EPSG::3008", ZONE),
        ("SWEREF99_13_30", ZONE),
        ("EPSG:3021", RT90),
        ("RT90 2.5 gon V", RT90),
        ("http://www.opengis.net/def/crs/EPSG/0/25832", UTM_32),
        ("WGS 84 / UTM zone 33N", UTM_33),
        ("EPSG:3067", FINLAND),
        ("urn:ogc:def:crs:EPSG::4326", DEGREES),
        ("EPSG:4619", DEGREES),
    ] {
        let said = in_place(&villages(Some(name), places), "");
        assert_eq!(said.contains("about 0.1 m"), name.contains("3021") || name.contains("RT90"), "{said}");
        assert!(!said.contains("read both ways") && !said.contains("north (latitude) first"), "{said}");
    }
}

#[test]
fn a_file_that_names_no_system_is_read_in_the_one_that_is_said() {
    for (said, places) in [
        ("3021", RT90),
        ("urn:ogc:def:crs:EPSG::25832", UTM_32),
        ("SWEREF99_13_30", ZONE),
        ("102100", MERCATOR),
    ] {
        in_place(&villages(None, places), &format!(" --crs {said}"));
    }
    let run =
        villages(None, RT90).run("analyse --population pop.geojson --grocery store.geojson --crs 99999");
    assert!(!run.is_success && run.err.contains("EPSG:99999") && run.err.contains("3011"), "{}", run.err);
}

#[test]
fn north_first_is_read_where_only_that_makes_sense_and_said() {
    let turned = |places: Places| places.map(|(x, y)| (y, x));
    for (name, places) in
        [("urn:ogc:def:crs:EPSG::4326", DEGREES), ("urn:ogc:def:crs:EPSG::3008", ZONE), ("EPSG:3021", RT90)]
    {
        let said = in_place(&villages(Some(name), turned(places)), "");
        assert!(said.contains("north (latitude) first"), "{said}");
    }
    // Europe's plane has Sweden on both sides of its diagonal.
    let said = in_place(&villages(Some("EPSG:3035"), LAEA), "");
    assert!(said.contains("read both ways"), "{said}");
    // CRS84 is longitude first, and so is a file that names nothing.
    for name in [Some("urn:ogc:def:crs:OGC:1.3:CRS84"), None] {
        let bench = villages(name, turned(DEGREES));
        let run = bench.run("analyse --population pop.geojson --grocery store.geojson --out out");
        assert!(!run.is_success && run.err.contains("seem swapped"), "{}", run.err);
    }
}
