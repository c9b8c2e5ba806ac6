//! Cases that users of other programs have met: what a file states is never guessed over, its warnings are read,
//! and what was left out is said.

use serde_json::{Value, json};

use super::bench::{Bench, degrees, features, number, point, rectangle};

/// Three villages of Jämtland in SWEREF 99 13 30, and where they are.
const ZONE: [(f64, f64); 3] =
    [(136_541.14, 7_041_359.02), (179_557.27, 7_009_028.91), (180_754.63, 6_859_906.69)];
const KM: [f64; 3] = [69.926, 0.016, 193.805];

fn villages(crs: Option<Value>) -> Bench {
    let bench = Bench::new();
    let cells: Vec<Value> = ZONE
        .iter()
        .zip([120, 400, 300])
        .map(|((x, y), people)| point(*x, *y, json!({"beftotalt": people})))
        .collect();
    let mut pop = degrees(&cells);
    if let Some(crs) = crs {
        pop["crs"] = crs;
    }
    bench.put("pop.geojson", &pop);
    bench.put("areas.geojson", &degrees(&[rectangle(12.0, 61.5, 17.0, 65.0, json!({"kommun": "J"}))]));
    bench.put("store.geojson", &degrees(&[point(14.0871, 63.1841, json!({"name": "Lanthandel"}))]));
    bench
}

fn named(name: &str) -> Value {
    json!({"type": "name", "properties": {"name": name}})
}

fn are_in_place(bench: &Bench) {
    let demand = bench.json("out/demand.geojson");
    for (cell, km) in features(&demand).iter().zip(KM) {
        assert_eq!(number(&cell["properties"]["grocery_km"]), km);
        assert_eq!(cell["properties"]["municipality"], "J");
    }
}

#[test]
fn a_system_in_words_is_understood_or_refused() {
    for words in ["SWEREF99 13 30", "SWEREF 99 13 30", "sweref99 1330", "EPSG:3008"] {
        let bench = villages(Some(named(words)));
        bench.analyse("--areas areas.geojson");
        are_in_place(&bench);
    }
    for words in ["RT38 2.5 gon V", "SWEREF99 12 30", "EPSG:3027", "ESRI:102032", "Kommunens nät"] {
        let bench = villages(Some(named(words)));
        let run = bench.run("analyse --population pop.geojson --grocery store.geojson --out out");
        assert!(!run.is_success && run.err.contains(words) && run.err.contains("--crs"), "{}", run.err);
        let said = "analyse --population pop.geojson --grocery store.geojson --areas areas.geojson --out out --crs 3008";
        // Said for the file that needs it; those in degrees stay where they are.
        let run = bench.run(said);
        assert!(run.is_success, "{}", run.err);
        are_in_place(&bench);
    }
    let code = villages(Some(json!({"type": "EPSG", "properties": {"code": 3008}})));
    code.analyse("--areas areas.geojson");
    are_in_place(&code);
    let link = villages(Some(json!({"type": "link", "properties": {"href": "http://x/3008.proj4"}})));
    assert!(!link.run("analyse --population pop.geojson --grocery store.geojson --out out").is_success);
}

#[test]
fn numbers_of_a_local_zone_are_not_taken_for_another_system() {
    let bench = villages(None);
    let run =
        bench.run("analyse --population pop.geojson --grocery store.geojson --areas areas.geojson --out out");
    assert!(!run.is_success, "{}", run.out);
    assert!(
        run.err.contains("names no coordinate reference system") && run.err.contains("--crs"),
        "{}",
        run.err
    );
    assert!(run.err.contains("SWEREF 99 13 30 (EPSG:3008)") && !run.err.contains("3011"), "{}", run.err);
}

#[test]
fn a_system_named_in_a_geometry_is_read() {
    let with = |crs: &str| {
        let cells: Vec<Value> = ZONE
            .iter()
            .zip([120, 400, 300])
            .map(|((x, y), people)| {
                let mut cell = point(*x, *y, json!({"beftotalt": people}));
                cell["geometry"]["crs"] = named(crs);
                cell
            })
            .collect();
        let bench = villages(None);
        bench.put("pop.geojson", &degrees(&cells));
        (bench, cells)
    };
    let (bench, mut cells) = with("EPSG:3008");
    bench.analyse("--areas areas.geojson");
    are_in_place(&bench);
    // One of another system stands elsewhere than its numbers seem to say.
    cells[1]["geometry"]["crs"] = named("EPSG:3011");
    bench.put("pop.geojson", &degrees(&cells));
    let run = bench.analyse("--areas areas.geojson");
    assert!(run.out.contains("first feature 2, crs: names the coordinate reference system"), "{}", run.out);
    let (bench, _) = with("EPSG:3027");
    let run = bench.run("analyse --population pop.geojson --grocery store.geojson --out out");
    assert!(!run.is_success && run.err.contains("EPSG:3027"), "{}", run.err);
}

#[test]
fn a_server_that_cut_its_answer_is_heard() {
    let store = degrees(&[point(14.0871, 63.1841, json!({"name": "A"}))]);
    for (member, value) in [
        ("exceededTransferLimit", json!(true)),
        ("properties", json!({"exceededTransferLimit": true})),
        ("numberMatched", json!(7)),
        ("totalFeatures", json!(7)),
        ("links", json!([{"rel": "next", "href": "x"}])),
    ] {
        let bench = Bench::new();
        let cells = [point(14.1012, 63.1937, json!({"beftotalt": 10}))];
        let mut pop = degrees(&cells);
        pop[member] = value;
        bench.put("pop.geojson", &pop);
        bench.put("store.geojson", &store);
        let run = bench.analyse("");
        assert!(run.out.contains("cut the answer short: features are missing"), "{member}: {}", run.out);
        assert_eq!(super::bench::remarks(&bench, "pop"), ["cut_by_server"], "{member}");
    }
    let bench = Bench::new();
    let mut pop = degrees(&[point(14.1012, 63.1937, json!({"beftotalt": 10}))]);
    pop["numberMatched"] = json!(1);
    pop["exceededTransferLimit"] = json!(false);
    pop["remark"] = json!("runtime error: Query timed out");
    bench.put("pop.geojson", &pop);
    bench.put("store.geojson", &store);
    let run = bench.analyse("");
    assert!(run.out.contains("“runtime error: Query timed out”"), "{}", run.out);
    assert_eq!(super::bench::remarks(&bench, "pop"), ["server_says"]);
}

#[test]
fn a_query_that_ran_out_of_time_is_told_in_every_command() {
    let bench = Bench::new();
    bench.write(
        "roads.osm",
        "<osm version='0.6'><node id='1' lat='63.0' lon='14.0'/><node id='2' lat='63.0' lon='14.02'/>\
         <way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='secondary'/></way>\
         <remark> runtime error: Query timed out in &quot;query&quot; at line 4 after 26 seconds. </remark></osm>",
    );
    bench.put("a.geojson", &degrees(&[point(14.0, 63.0, json!({"beftotalt": 3, "name": "A"}))]));
    for command in [
        "travel --roads roads.osm --from a.geojson --to a.geojson --out t.csv",
        "route --roads roads.osm --from 14.0,63.0 --to 14.02,63.0 --out r.geojson",
        "analyse --population a.geojson --grocery a.geojson --roads roads.osm --out out",
        "site --population a.geojson --grocery a.geojson --roads roads.osm --objective p-median --sites 1 --out plan",
        "site --population a.geojson --grocery a.geojson --roads roads.osm --objective p-median --sites 1 --json --out plan",
    ] {
        let run = bench.run(command);
        assert!(run.is_success && run.said().contains("Query timed out"), "{command}: {}", run.said());
    }
}

#[test]
fn codes_keep_their_zeros_and_areas_their_only_name() {
    let bench = Bench::new();
    let cell = |lon: f64, people: u32, code: Value| {
        point(lon, 59.70123, json!({"beftotalt": people, "kommunkod": code}))
    };
    bench.put("store.geojson", &degrees(&[point(18.30123, 59.70123, json!({"name": "A"}))]));
    let areas = |codes: [Value; 2]| {
        let [a, b] = codes;
        degrees(&[
            rectangle(18.0, 59.6, 18.3, 59.8, json!({"KOMMUNKOD": a, "KOMMUNNAMN": "Vallentuna"})),
            rectangle(18.3, 59.6, 18.6, 59.8, json!({"KOMMUNKOD": b, "KOMMUNNAMN": "Norrtälje"})),
        ])
    };
    let row =
        |code: &str, name: &str, people: &str| vec![code.to_owned(), name.to_owned(), people.to_owned()];
    for (areas, cells) in [
        (areas([json!(115), json!(188)]), [json!("0115"), json!("0115"), json!("0188")]),
        (areas([json!("0115"), json!("0188")]), [json!(115), json!(115.0), json!("188")]),
        (areas([json!(115.0), json!("188")]), [json!("115.0"), json!("0115"), json!(188)]),
    ] {
        let [a, b, c] = cells;
        bench.put(
            "pop.geojson",
            &degrees(&[cell(18.20123, 10, a), cell(18.30523, 7, b), cell(18.40123, 5, c)]),
        );
        bench.put("areas.geojson", &areas);
        bench.analyse("--areas areas.geojson");
        let rows: Vec<Vec<String>> =
            bench.table("out/areas.csv").iter().map(|row| row[..3].to_vec()).collect();
        assert_eq!(rows, [row("0115", "Vallentuna", "17"), row("0188", "Norrtälje", "5")]);
    }
    let quarter = |west: f64, properties| rectangle(west, 59.6, west + 0.3, 59.8, properties);
    bench.put(
        "areas.geojson",
        &degrees(&[
            quarter(18.0, json!({"STADSDEL": "Mariehem"})),
            quarter(18.3, json!({"STADSDEL": "Ersboda"})),
        ]),
    );
    bench.analyse("--areas areas.geojson");
    let rows: Vec<Vec<String>> = bench.table("out/areas.csv").iter().map(|row| row[..3].to_vec()).collect();
    assert_eq!(rows, [row("", "Mariehem", "10"), row("", "Ersboda", "12")]);
    bench.put(
        "areas.geojson",
        &degrees(&[quarter(18.0, json!({"A": "x", "B": "y"})), quarter(18.3, json!({"A": "z", "B": "y"}))]),
    );
    let run = bench.analyse("--areas areas.geojson");
    assert!(
        run.out.contains("no column is recognised as name or code") && run.out.contains("--area-name-field")
    );
    bench.analyse("--areas areas.geojson --area-name-field a");
    assert_eq!(bench.table("out/areas.csv")[1][1], "z");
}

#[test]
fn places_without_ids_are_nobody_else() {
    let bench = Bench::new();
    bench.write(
        "roads.osm",
        "<osm version='0.6'><node id='1' lat='63.0' lon='14.0'/><node id='2' lat='63.0' lon='14.1'/>\
         <way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='secondary'/></way></osm>",
    );
    let ids = [json!(3), json!(5), Value::Null, json!(2), json!(1), Value::Null];
    let from: Vec<Value> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| point(14.0 + at as f64 / 100.0, 63.0, json!({"id": id})))
        .collect();
    bench.put("from.geojson", &degrees(&from));
    bench.put("to.geojson", &degrees(&[point(14.0, 63.0, json!({}))]));
    assert!(bench.run("travel --roads roads.osm --from from.geojson --to to.geojson --out t.csv").is_success);
    let told: Vec<String> = bench.table("t.csv").into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(told, ["3", "5", "#3", "2", "1", "#6"]);
}

#[test]
fn an_input_is_never_written_over() {
    let bench = Bench::new();
    bench.put("demand.geojson", &degrees(&[point(14.1012, 63.1937, json!({"beftotalt": 10}))]));
    bench.put("store.geojson", &degrees(&[point(14.0871, 63.1841, json!({"name": "A"}))]));
    bench.put("chosen.geojson", &degrees(&[point(14.0871, 63.1841, json!({"name": "A"}))]));
    bench.write(
        "roads.osm",
        "<osm version='0.6'><node id='1' lat='63.0' lon='14.0'/><node id='2' lat='63.0' lon='14.1'/>\
         <way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='secondary'/></way></osm>",
    );
    for (command, input) in [
        ("analyse --population demand.geojson --grocery store.geojson --out .", "demand.geojson"),
        (
            "site --population demand.geojson --grocery chosen.geojson --objective p-median --sites 1 --out .",
            "chosen.geojson",
        ),
        (
            "travel --roads roads.osm --from store.geojson --to store.geojson --out ./store.geojson",
            "store.geojson",
        ),
        ("route --roads roads.osm --from 14.0,63.0 --to 14.1,63.0 --out roads.osm", "roads.osm"),
    ] {
        let before = bench.read(input);
        let run = bench.run(command);
        assert!(
            !run.is_success && run.err.contains(input) && run.err.contains("Nothing was written"),
            "{}",
            run.said()
        );
        assert_eq!(bench.read(input), before, "{command}");
        assert!(!bench.path("summary.json").exists(), "nothing else is written either");
    }
}
