//! Does a municipality stand as its data have it, with its county beside it? Small worlds whose figures one can count, the
//! example against its own exports, and the county table beside what was printed.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use sotplan::app::command::Command;
use sotplan::app::export::{Form, Stamp, TableStyle};
use sotplan::app::exports::Export;
use sotplan::app::following::day_of;
use sotplan::app::municipality::{
    Asked, CountyTable, Flag, Line, LineKind, Sheet, Stores, as_text, county_table, printed, sheet,
};
use sotplan::app::session::Session;
use sotplan::app::tables::{self, AreaLine};
use sotplan::app::{Results, demo};
use sotplan::lang::{Lang, Said};
use sotplan::model::{Parameters, ServiceKind};
use sotplan::progress::Unwatched;
use sotplan::units::{Metres, People};

use crate::edges::bench::{Bench, point, rectangle, sweref};

fn example() -> &'static Results {
    static RESULTS: OnceLock<Results> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let project = demo::project(&Unwatched).expect("the example");
        Results::compute(&project, None, &Unwatched).expect("its figures")
    })
}

fn sheet_of(name: &str, results: &Results, table: &CountyTable) -> Sheet {
    let asked = Asked { results, project: &results.project, today: day_of("2026-01-01") };
    sheet(name, asked, table).expect("a municipality")
}

/// Two municipalities of three square kilometres side by side, with land in a column and a store at either end: people
/// in the middle have farther than 1.5 km, on both sides of the border.
fn two() -> Bench {
    let bench = Bench::new();
    let area = |code: &str, name: &str, land: f64| json!({"kommunkod": code, "kommunnamn": name, "landareal_km2": land});
    bench.put(
        "kommuner.geojson",
        &sweref(&[
            rectangle(500_000.0, 7_000_000.0, 503_000.0, 7_001_000.0, area("2321", "Åre", 2.5)),
            rectangle(503_000.0, 7_000_000.0, 506_000.0, 7_001_000.0, area("2303", "Ragunda", 3.0)),
        ]),
    );
    let cell = |nth: u32, people: u32| {
        point(500_500.0 + f64::from(nth) * 1_000.0, 7_000_500.0, json!({"beftotalt": people}))
    };
    let people = [100, 50, 20, 10, 5, 15];
    let cells: Vec<Value> = (0..).zip(people).map(|(nth, people)| cell(nth, people)).collect();
    bench.put("pop.geojson", &sweref(&cells));
    bench.put(
        "store.geojson",
        &sweref(&[
            point(500_500.0, 7_000_500.0, json!({"name": "Västra", "fullsortiment": "ja"})),
            point(505_500.0, 7_000_500.0, json!({"name": "Östra"})),
        ]),
    );
    bench
}

/// The same files, opened as the window opens them.
fn opened(bench: &Bench) -> Session {
    bench.write("livsmedel.geojson", bench.read("store.geojson"));
    let mut session = Session::new(Arc::new(|| {}), Stamp::default(), None);
    let files = ["kommuner.geojson", "pop.geojson", "livsmedel.geojson"].map(|name| bench.path(name));
    session.open_files(files.into());
    session.settle();
    session
}

const TWO: &str = "--areas kommuner.geojson --detour 1 --threshold 1500m";

/// The rows of the county table by the name of the area, each by column.
fn county_file(bench: &Bench) -> Vec<BTreeMap<String, String>> {
    let text = bench.read("out/county.csv");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = table.headers().expect("heads").iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| heads.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    table.records().map(|record| row(record.expect("a row"))).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "every column of a row")]
fn the_county_table_of_two_municipalities_can_be_counted() {
    let bench = two();
    bench.analyse(TWO);
    let rows = county_file(&bench);
    let names: Vec<&str> = rows.iter().map(|row| row["area"].as_str()).collect();
    assert_eq!(
        names,
        [
            "Ragunda",
            "Åre",
            "Jämtlands län",
            "Norrbottens län",
            "Västerbottens län",
            "Västernorrlands län",
            "Sweden"
        ]
    );
    let is = |row: usize, values: &[(&str, &str)]| {
        for (column, value) in values {
            assert_eq!(rows[row][*column], *value, "{}: {column}", names[row]);
        }
    };
    is(
        1,
        &[
            ("level", "municipality"),
            ("code", "2321"),
            ("people", "170"),
            ("people_date", "unknown date"),
            ("people_printed", "11727"),
            ("people_difference", "-11557"),
            ("land_km2", "2.50"),
            ("land_km2_printed", "7195"),
            ("land_km2_difference", "-7192.50"),
            // 3 km² of the plane, whose scale on its middle meridian is 0.9996.
            ("polygon_with_water_km2", "3.0"),
            // 170 people on 2.5 km² of land, not on 3 km² with water.
            ("people_per_km2", "68.000"),
            ("people_per_km2_by_land", "data"),
            ("people_per_km2_printed", "1.6"),
            ("people_per_km2_difference", "66.4"),
            ("grocery_stores", "1"),
            ("full_range_stores", "1"),
            ("full_range_unknown", "0"),
            ("full_range_stores_printed", "15"),
            ("full_range_stores_difference", "-14"),
            ("printed_date", "2023-02-22"),
            ("flags", "people_differ; land_differs; density_differs; stores_differ"),
        ],
    );
    is(
        0,
        &[
            ("people", "30"),
            ("people_per_km2", "10.000"),
            ("grocery_stores", "1"),
            ("full_range_stores", "0"),
            ("full_range_unknown", "1"),
            // Of a store nobody has said what it has: no difference is made of that.
            ("full_range_stores_difference", ""),
            ("flags", "people_differ; land_differs; density_differs; stores_not_comparable"),
        ],
    );
    // Two of eight are no county: their sum is told and not compared.
    is(
        2,
        &[
            ("level", "county"),
            ("municipalities_in_data", "2"),
            ("municipalities", "8"),
            ("people", "200"),
            ("people_printed", "132670"),
            ("people_difference", ""),
            ("land_km2", ""),
            ("people_per_km2", ""),
            ("grocery_stores", "2"),
            ("full_range_stores_difference", ""),
            ("flags", "printed_sum; part_in_data"),
        ],
    );
    is(3, &[("people", ""), ("people_printed", "249177"), ("flags", "not_in_data")]);
    is(6, &[("level", "nation"), ("people", ""), ("flags", "printed_density; not_in_data")]);
    assert!(rows[6]["flags_text_sv"].contains("25,8 invånare per km², 25,4 är tryckt"), "{:?}", rows[6]);
}

/// Boundaries alone give no land area; of a group of people nothing is said of everybody.
#[test]
fn what_the_data_do_not_say_is_not_made_up() {
    let bench = two();
    let area = |code: &str, name: &str| json!({"kommunkod": code, "kommunnamn": name, "areal": 3.0});
    bench.put(
        "kommuner.geojson",
        &sweref(&[
            rectangle(500_000.0, 7_000_000.0, 503_000.0, 7_001_000.0, area("2321", "Åre")),
            rectangle(503_000.0, 7_000_000.0, 506_000.0, 7_001_000.0, area("2303", "Ragunda")),
        ]),
    );
    let old = |e: f64, people: u32| point(e, 7_000_500.0, json!({"65+": people}));
    bench.put("pop.geojson", &sweref(&[old(500_500.0, 40), old(504_500.0, 9)]));
    bench.analyse(&format!("{TWO} --population-field 65+"));
    let rows = county_file(&bench);
    let are = &rows[1];
    assert_eq!((are["area"].as_str(), are["people"].as_str()), ("Åre", ""));
    assert_eq!((are["land_km2"].as_str(), are["polygon_with_water_km2"].as_str()), ("", "3.0"));
    assert_eq!(are["people_per_km2"], "");
    assert!(are["flags"].starts_with("group_counted"), "{}", are["flags"]);
    assert!(are["flags_text"].contains("The data count people aged 65 and over, not everybody"));
    // Where everybody stands beside the group, everybody is the population.
    let both = |e: f64, old: u32, all: u32| point(e, 7_000_500.0, json!({"65+": old, "beftotalt": all}));
    bench.put("pop.geojson", &sweref(&[both(500_500.0, 40, 170), both(504_500.0, 9, 30)]));
    bench.analyse(&format!("{TWO} --population-field 65+"));
    let are = &county_file(&bench)[1];
    // Land as printed: 170 / 7 195.
    assert_eq!((are["people"].as_str(), are["people_per_km2"].as_str()), ("170", "0.024"));
    assert_eq!(are["people_per_km2_by_land"], "printed");
    assert_eq!(bench.table("out/areas.csv")[0][2], "40", "the analysis is of the group");
}

/// Another county than the one that was printed has its figures, and no printed values.
#[test]
fn gotland_has_no_printed_values() {
    let bench = Bench::new();
    let cell = |e: f64, n: f64, people: u32| point(e, n, json!({"beftotalt": people}));
    bench.put(
        "pop.geojson",
        &sweref(&[
            cell(700_500.0, 6_390_500.0, 7),
            cell(701_500.0, 6_390_500.0, 4),
            cell(850_500.0, 6_390_500.0, 2),
        ]),
    );
    bench.put("store.geojson", &sweref(&[point(700_500.0, 6_390_500.0, json!({}))]));
    let area = json!({"kommun_kod": "980", "kommun": "Gotland"});
    bench
        .put("kommuner.geojson", &sweref(&[rectangle(690_000.0, 6_380_000.0, 720_000.0, 6_400_000.0, area)]));
    // 600 km² of the plane, whose scale 205 km from its middle meridian is 1.00012.
    for (areas, polygon) in [("--areas kommuner.geojson", "599.9"), ("", "")] {
        bench.analyse(areas);
        let rows = county_file(&bench);
        let said: Vec<[&str; 4]> = rows
            .iter()
            .map(|row| {
                ["code", "area", "people", "polygon_with_water_km2"].map(|column| row[column].as_str())
            })
            .collect();
        // Boundaries that are built in reach out to sea: they have no area to tell.
        assert_eq!(
            said,
            [
                ["0980", "Gotland", "11", polygon],
                ["09", "Gotlands län", "11", polygon],
                ["", "no municipality", "2", ""]
            ],
            "{areas}"
        );
        for row in &rows {
            assert_eq!((row["people_printed"].as_str(), row["flags"].as_str()), ("", ""));
            assert_eq!(row["printed_source"], "");
        }
    }
}

/// What the sheet says of an id: the municipality's, the county's, its part of it.
fn said(sheet: &Sheet, id: &str) -> (Option<f64>, Option<f64>, Option<f64>) {
    let figure = sheet.figure(id).unwrap_or_else(|| panic!("no figure {id}"));
    (figure.own, figure.beside, figure.share())
}

#[test]
fn the_sheet_of_two_municipalities_can_be_counted() {
    let bench = two();
    let mut session = opened(&bench);
    let parameters =
        Parameters { threshold: Metres::new(1_500.0), detour_factor: 1.0, ..Parameters::default() };
    session.edit(Command::SetParameters(Box::new(parameters)), None);
    session.settle();
    let results = session.results.clone().expect("results");
    let table = county_table(&results);
    let (are, ragunda) = (sheet_of("Åre", &results, &table), sheet_of("Ragunda", &results, &table));
    assert_eq!(are.beside.said(Lang::Sv), "Jämtlands län");
    assert_eq!(are.beside_note.said(Lang::En), "2 of 8 municipalities in the data");
    let some = |own: f64, beside: f64, share: f64| (Some(own), Some(beside), Some(share));
    assert_eq!(said(&are, "people"), some(170.0, 200.0, 0.85));
    assert_eq!(said(&are, "cells"), some(3.0, 6.0, 0.5));
    assert_eq!(said(&are, "grocery_services"), some(1.0, 2.0, 0.5));
    assert_eq!(said(&are, "full_range_stores"), some(1.0, 1.0, 1.0));
    assert_eq!(said(&ragunda, "full_range_unknown"), some(1.0, 1.0, 1.0));
    // 0, 1 and 2 km for 100, 50 and 20 people; the county has 115 at 0 and 55 at 1 km besides.
    assert_eq!(said(&are, "grocery_people_within"), some(150.0, 170.0, 150.0 / 170.0));
    assert_eq!(said(&are, "grocery_people_beyond"), some(20.0, 30.0, 20.0 / 30.0));
    assert_eq!(said(&are, "grocery_share_within"), (Some(0.8824), Some(0.85), None));
    assert_eq!(said(&are, "grocery_mean_km"), (Some(0.529), Some(0.575), None));
    assert_eq!(said(&are, "grocery_p50_km"), (Some(0.0), Some(0.0), None));
    assert_eq!(said(&are, "grocery_p90_km"), (Some(2.0), Some(2.0), None));
    // 15 of 30 at the store, 5 at 1 km, 10 at 2 km: the ninth tenth has 2 km.
    assert_eq!(said(&ragunda, "grocery_p90_km"), (Some(2.0), Some(2.0), None));
    // One gap of 20 and 10 people, across the border: it is there for both, and once in the county.
    assert_eq!(
        (said(&are, "grocery_gaps").0, said(&ragunda, "grocery_gaps")),
        (Some(1.0), (Some(1.0), Some(1.0), None))
    );
    let gap = |sheet: &Sheet| sheet.gaps.iter().map(|gap| (gap.people_here, gap.people)).collect::<Vec<_>>();
    assert_eq!(gap(&are), [(People::new(20.0), People::new(30.0))]);
    assert_eq!(gap(&ragunda), [(People::new(10.0), People::new(30.0))]);
    assert_eq!((are.best.len(), are.cards.len()), (1, 0), "its own store alone");
    assert!(are.remarks[0].said(Lang::Sv).starts_with("Folkmängd: 170 i data"), "{:?}", are.remarks);
    assert!(
        sheet("Kramfors", Asked { results: &results, project: &results.project, today: day_of("") }, &table)
            .is_none()
    );
    // A spreadsheet takes it: three tabs and a source in every row of figures, bare numbers with the comma of Swedish.
    let text = as_text(&are, &results, Lang::Sv);
    let row = text.lines().find(|line| line.starts_with("Andel inom 1,5 km")).expect("a row");
    assert!(row.starts_with("Andel inom 1,5 km\t0,8824\t0,8500\t\tKälla: "), "{row}");
}

#[test]
fn the_example_stands_as_it_was_printed_but_where_the_print_contradicts_itself() {
    let table = county_table(example());
    let flagged: Vec<(String, Vec<&str>)> = table
        .lines
        .iter()
        .filter(|line| !line.flags.is_empty())
        .map(|line| (line.name.said(Lang::Sv), line.flags.iter().map(Flag::id).collect()))
        .collect();
    let expected = [
        // The data are the printed municipalities, which sum to 130 810.
        ("Jämtlands län", vec!["printed_sum", "people_differ"]),
        ("Norrbottens län", vec!["not_in_data"]),
        ("Västerbottens län", vec!["not_in_data"]),
        ("Västernorrlands län", vec!["not_in_data"]),
        ("Riket", vec!["printed_density", "not_in_data"]),
    ];
    assert_eq!(flagged, expected.map(|(name, flags)| (name.to_owned(), flags)));
    let line = |code: &str| table.lines.iter().find(|line| line.code == code).expect("a line");
    for row in printed::municipalities_of("23") {
        let line = line(row.code);
        assert_eq!((line.people, line.people_difference()), (Some(People::new(row.people)), Some(0.0)));
        assert_eq!(line.density_difference(), Some(0.0), "{}", row.name);
        assert!(line.stores.and_then(Stores::known).is_some());
    }
    let county = line("23");
    assert_eq!((county.people, county.parts), (Some(People::new(130_810.0)), Some((8, 8))));
    assert_eq!((county.people_difference(), county.stores_difference()), (Some(-1_860.0), Some(0.0)));
    let said = county.remarks(Lang::Sv);
    assert!(said.contains(
        "kommunerna summerar till 130\u{a0}810 invånare, länet står som 132\u{a0}670, 1\u{a0}860 ifrån"
    ));
    assert!(county.land_km2.is_none() && county.polygon_km2.is_some(), "boundaries have no land area");
    let polygons: f64 = table
        .lines
        .iter()
        .filter(|line: &&Line| line.kind == LineKind::Municipality)
        .filter_map(|line| line.polygon_km2)
        .sum();
    assert!((polygons - county.polygon_km2.expect("a sum")).abs() < 1e-6);
}

/// Every figure that areas.csv has is the same on the sheet, for the municipality and for all of the county.
#[test]
fn figures_are_those_of_the_exports() {
    let results = example();
    let table = county_table(results);
    let columns = tables::areas(results, ServiceKind::Grocery, Lang::En).columns;
    let mut compared = 0;
    for row in results.areas.iter().filter(|row| row.area.is_some()) {
        let name = results.situation.area_name(row.area).expect("a name");
        let sheet = sheet_of(name, results, &table);
        for column in columns.iter().filter(|column| column.is_in_files) {
            let Some(figure) = sheet.figure(&column.id) else { continue };
            // In the example the county is everybody.
            for (line, found) in [(AreaLine::of(row), figure.own), (AreaLine::all(results), figure.beside)] {
                let said = match column.value(&line) {
                    tables::Value::Number { value, .. } | tables::Value::Share(value) => value,
                    tables::Value::People(people) => people.value(),
                    other => panic!("{}: {other:?}", column.id),
                };
                assert!((said - found.expect("a figure")).abs() < 1e-3, "{name}, {}", column.id);
            }
            compared += 1;
        }
        // Gaps hold everybody who is beyond or without a value.
        let in_gaps: f64 = sheet
            .gaps
            .iter()
            .filter(|gap| gap.kind == ServiceKind::Grocery)
            .map(|gap| gap.people_here.value())
            .sum();
        assert_eq!(Some(in_gaps), said(&sheet, "grocery_people_beyond").0, "{name}");
    }
    // People, cells, three groups; six figures of seven kinds; eight municipalities.
    assert_eq!(compared, 8 * (5 + 6 * 7));
    let are = sheet_of("Åre", results, &table);
    assert_eq!(said(&are, "sot_places"), (Some(4.0), Some(9.0), Some(4.0 / 9.0)));
    assert_eq!(said(&are, "sot_paused"), (Some(1.0), Some(2.0), Some(0.5)));
    assert_eq!(said(&are, "followed"), (Some(4.0), Some(9.0), Some(4.0 / 9.0)));
    let names: Vec<&str> = are.cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["Hallen", "Kall", "Ottsjö", "Storlien"]);
    assert!(are.best.is_sorted_by_key(|best| best.rank) && !are.best.is_empty());
}

#[test]
fn window_and_command_line_write_the_same_county_table() {
    let bench = two();
    bench.analyse(TWO);
    let mut session = opened(&bench);
    session.export(Export::CountyTable, bench.path("window.csv"), TableStyle::Plain, Form::default());
    session.settle();
    assert_eq!(bench.read("window.csv"), bench.read("out/county.csv"));
    assert!(bench.read("window.csv").lines().count() > 7);
}
