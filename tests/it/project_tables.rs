//! Do the tables in a project file say what the results say, whoever saves it, and are they drawn as the map draws them?

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command as Program;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use rusqlite::Connection;
use rusqlite::types::Value;
use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::project_tables::result_tables;
use sotplan::app::session::{Opened, Session, open_project};
use sotplan::app::{Results, demo};
use sotplan::geometry::LonLat;
use sotplan::io::OpenBy;
use sotplan::io::project_file::{self, Beside};
use sotplan::io::{LoadOptions, load_file};
use sotplan::model::{
    ClosureEffect, ClosureShape, MadeOn, PlanBook, PlanFigures, PlanProof, PlanSite, Project, RoadClosure,
    Role, Scenario, ServiceKind, SiteId, TrialId, TrialPoint,
};
use sotplan::progress::Unwatched;
use sotplan::scene::classes::{CellClasses, Colouring};
use sotplan::scene::{Scene, qgis};
use sotplan::units::Metres;

const MOMENT: &str = "2026-01-02T08:00:00.000Z";
/// The same, as the clock of the window says it.
const CLOCK: &str = "2026-01-02T09:00:00+01:00";

fn compute(project: &Project) -> Results {
    Results::compute(project, None, &Unwatched).expect("nobody cancels")
}

/// Saves a project with its tables, as the command line does.
fn save(path: &Path, project: &Project, results: &Results) {
    let tables = result_tables(results, project, qgis::styles, MOMENT).expect("nobody cancels");
    let by = OpenBy::here("", CLOCK.to_owned());
    let beside = Beside { results: Some(&tables), by: Some(&by), ..Beside::default() };
    project_file::save_as(path, project, &beside, &Unwatched).expect("a save");
}

/// The demo with something of everything that has a table.
fn everything() -> Project {
    let mut project = demo::project(&Unwatched).expect("the demo");
    let hallen = compute(&project)
        .candidates
        .iter()
        .find(|one| one.name.contains("Hallen"))
        .map(|one| one.site.clone());
    let hallen = hallen.expect("Hallen");
    let place = LonLat::new(14.5, 63.2);
    let closure = |id, shape| RoadClosure {
        id,
        name: format!("Avstängning {id} å"),
        reason: "ras".into(),
        shape,
        effect: ClosureEffect::Slower(2.5),
        is_active: id > 1,
        made_on: MadeOn::Unsaid,
    };
    let corners = vec![place, LonLat::new(14.6, 63.2), LonLat::new(14.6, 63.3)];
    project.closures = Arc::new(vec![
        closure(1, ClosureShape::Point(place)),
        closure(2, ClosureShape::Line(corners.clone())),
        closure(3, ClosureShape::Area(corners)),
    ]);
    project.trials = Arc::new(vec![TrialPoint { id: TrialId(1), name: "Läge Ö".into(), place }]);
    project.selected = Arc::new([hallen.clone(), SiteId::Trial(TrialId(1))].into());
    let gone = SiteId::Added(99);
    project.plans = Arc::new(PlanBook { scenarios: vec![plan(&[hallen, gone])], ..PlanBook::default() });
    project
}

fn plan(sites: &[SiteId]) -> Scenario {
    let sites = sites.iter().map(|site| PlanSite { site: site.clone(), name: site.text() });
    Scenario {
        id: 1,
        name: "Två".into(),
        date: "2026-01-01".into(),
        question: serde_json::Value::Null,
        objective: "mclp".into(),
        sites: sites.collect(),
        value: 1.5,
        bound: None,
        proof: PlanProof::Proven,
        seconds: 1.0,
        seed: u64::MAX,
        method: "line".into(),
        figures: PlanFigures {
            unit: "km".into(),
            threshold: 10.0,
            people: 100.0,
            people_within: 50.0,
            people_without_way: 0.0,
            mean: Some(3.0),
            worst: None,
            money: None,
        },
        inputs: "older".into(),
    }
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn tables_say_what_the_results_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("allt.gpkg");
    let project = everything();
    let results = compute(&project);
    save(&path, &project, &results);
    let file = Connection::open(&path).expect("a database");
    let gaps: usize = results.kinds.iter().map(|kind| kind.gaps.len()).sum();
    let expected = [
        ("demand", results.situation.demand.len()),
        ("areas", results.areas.len()),
        ("gaps", gaps),
        ("services", results.situation.services.len()),
        ("candidates", results.candidates.len()),
        ("sot_places", results.situation.sot_places.len()),
        ("selected_sites", 2),
        ("trial_points", 1),
        ("plans", 2),
        ("closures_points", 1),
        ("closures_lines", 1),
        ("closures_areas", 1),
    ];
    let known = project_file::result_tables_of(&path).expect("tables");
    let known: BTreeSet<&str> = known.iter().map(|table| table.name.as_str()).collect();
    let all = expected.iter().map(|(name, _)| *name).chain(["assumptions"]);
    assert_eq!(known, all.collect());
    let documents = include_str!("../../docs/formats.md");
    assert!(known.iter().all(|name| documents.contains(&format!("`{name}`"))), "all are documented");
    for (name, count) in expected {
        assert!(count > 0, "{name}");
        assert_eq!(
            number(&file, &format!("SELECT count(*) FROM {name}")),
            i64::try_from(count).expect("few"),
            "{name}"
        );
        let system = format!("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = '{name}'");
        assert_eq!(number(&file, &system), 3006);
        let placed = format!("SELECT count(geom) - (SELECT count(*) FROM rtree_{name}_geom) FROM {name}");
        assert_eq!(number(&file, &placed), 0, "{name}: every shape is in the index");
    }
    // Whose place is gone, and who lives in no area, stand nowhere but are there.
    assert_eq!(number(&file, "SELECT count(*) FROM plans WHERE geom IS NULL AND NOT in_data"), 1);
    let people =
        |table: &str| number(&file, &format!("SELECT CAST(round(sum(people)) AS INTEGER) FROM {table}"));
    let total = results.situation.demand.total().value().round();
    assert_eq!((people("demand") as f64, people("areas") as f64), (total, total));
    let far = "SELECT CAST(round(sum(people)) AS INTEGER) FROM demand WHERE grocery_km > ?1";
    let limit = results.project.parameters.threshold.km();
    let beyond: i64 = file.query_row(far, [limit], |row| row.get(0)).expect("a sum");
    let grocery = results.kind(ServiceKind::Grocery).expect("groceries");
    assert_eq!(beyond as f64, grocery.summary.people_beyond.value().round());
    let area = "SELECT count(*) FROM areas WHERE grocery_people_beyond > people";
    assert_eq!(number(&file, area), 0);
}

#[test]
fn squares_come_back_as_the_people_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.gpkg");
    let project = demo::project(&Unwatched).expect("the demo");
    let results = compute(&project);
    save(&path, &project, &results);
    let options = LoadOptions { part: Some("demand".into()), ..LoadOptions::default() };
    let layer = load_file(&path, &options, &Unwatched).expect("a layer");
    assert!(matches!(layer.role, Role::Population { .. }), "{:?}", layer.role);
    let again = Project {
        layers: vec![Arc::new(layer.into_layer(sotplan::model::LayerId(1)))],
        ..Project::default()
    };
    let total = |results: &Results| results.situation.demand.total();
    assert_eq!(total(&compute(&again)), total(&results));
    // The middle of a square; the example's places are rounded degrees.
    let here = &compute(&again).situation.demand.points;
    let apart = here.iter().zip(&results.situation.demand.points).map(|(a, b)| a.distance(*b).value());
    assert!(apart.fold(0.0, f64::max) < 2.0);
    // The documents are the truth: opened as a project it has its own layers, and tells of no others.
    let Opened { project: opened, notices, .. } = open_project(&path, &Unwatched).expect("a project");
    assert_eq!((opened.layers.len(), notices.len()), (project.layers.len(), 0));
}

#[test]
fn a_table_in_which_nothing_has_a_place_still_says_what_its_shapes_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.gpkg");
    let mut project = demo::project(&Unwatched).expect("the demo");
    let gone = plan(&[SiteId::Added(99)]);
    project.plans = Arc::new(PlanBook { scenarios: vec![gone], ..PlanBook::default() });
    save(&path, &project, &compute(&project));
    let file = Connection::open(&path).expect("a database");
    let kind = "SELECT geometry_type_name || ' ' || (SELECT count(*) FROM plans WHERE geom IS NULL)
        FROM gpkg_geometry_columns WHERE table_name = 'plans'";
    let kind: String = file.query_row(kind, [], |row| row.get(0)).expect("a type");
    assert_eq!(kind, "POINT 1");
}

/// Every row of every table, without the moments at which they were written.
fn dump(path: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let file = Connection::open(path).expect("a database");
    let mut tables = file
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .expect("the schema");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("tables").collect::<Result<_, _>>().expect("names");
    let rows = |table: &String| {
        let but = if table == "sotplan_meta" { "WHERE key <> 'saved_at'" } else { "" };
        let mut all = file.prepare(&format!("SELECT * FROM \"{table}\" {but}")).expect("a table");
        let columns = all.column_names().enumerate();
        let columns = columns.filter(|(_, name)| !matches!(*name, "last_change" | "update_time"));
        let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
        let rows = all.query_map([], |row| columns.iter().map(|at| row.get(*at)).collect());
        rows.expect("rows").collect::<Result<Vec<Vec<Value>>, _>>().expect("values")
    };
    tables.iter().map(|table| (table.clone(), rows(table))).collect()
}

fn session() -> Session {
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-01-02".into() }, None);
    session.style_tables_by(qgis::styles);
    session.log_by(Arc::new(|| CLOCK.into()));
    session.open_demo();
    session.settle();
    session
}

#[test]
fn window_and_command_line_write_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let [by_window, by_function, by_program] =
        ["a", "b", "c"].map(|name| folder.path().join(name).join("p.gpkg"));
    for path in [&by_window, &by_function, &by_program] {
        std::fs::create_dir(path.parent().expect("a folder")).expect("made");
    }
    let mut session = session();
    session.save(by_window.clone());
    session.settle();
    let project = demo::project(&Unwatched).expect("the demo");
    save(&by_function, &project, &compute(&project));
    let bytes = |path: &Path| std::fs::read(path).expect("a file");
    assert!(bytes(&by_window) == bytes(&by_function), "not a byte is another");
    let done = Program::new(env!("CARGO_BIN_EXE_sotplan"))
        .args(["new", "p.gpkg", "--demo", "--name", demo::NAME])
        .current_dir(by_program.parent().expect("a folder"))
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (window, program) = (dump(&by_window), dump(&by_program));
    for ((name, one), (_, other)) in window.iter().zip(&program) {
        assert!(one == other, "{name}: {} rows and {}", one.len(), other.len());
    }
    assert_eq!(window.len(), program.len());
    // Packed it is the same project.
    let packed = folder.path().join("packat.gpkg");
    session.pack(packed.clone());
    session.settle();
    let tables = |path: &Path| project_file::result_tables_of(path).expect("tables");
    assert_eq!(tables(&packed), tables(&by_window));
}

#[test]
fn tables_follow_a_save_that_did_not_wait_for_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.gpkg");
    let mut session = session();
    session.save(path.clone());
    session.settle();
    let far = "SELECT count(*) FROM gaps";
    let before = number(&Connection::open(&path).expect("a database"), far);
    let parameters = sotplan::model::Parameters {
        threshold: Metres::new(2_000.0),
        ..session.project().parameters.clone()
    };
    session.edit(Command::SetParameters(Box::new(parameters)), None);
    let told = session.notices.len();
    // Nothing is computed of it yet.
    session.save(path.clone());
    session.settle();
    let known = project_file::result_tables_of(&path).expect("tables");
    assert!(known.iter().all(|table| table.is_current), "{known:?}");
    assert_ne!(number(&Connection::open(&path).expect("a database"), far), before);
    assert_eq!(session.notices.len(), told + 1, "it is told once");
    assert!(!session.has_unsaved_edits());
}

/// What a style is made of: the columns its filters ask for, the symbols its rules name and those it has.
#[derive(Default)]
struct Style {
    columns: BTreeSet<String>,
    named: BTreeSet<String>,
    symbols: BTreeSet<String>,
    shapes: String,
}

fn style_of(qml: &str) -> Style {
    assert!(qml.starts_with("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"));
    let (mut style, mut reader, mut inside) = (Style::default(), Reader::from_str(qml), Vec::new());
    loop {
        let (element, is_empty) = match reader.read_event().expect("well-formed XML") {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::Text(text) if inside.last().is_some_and(|name| name == "layerGeometryType") => {
                style.shapes = String::from_utf8(text.to_vec()).expect("UTF-8");
                continue;
            }
            Event::End(_) => {
                inside.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = String::from_utf8(element.name().as_ref().to_vec()).expect("UTF-8");
        let value = |wanted: &str| {
            let found = element.try_get_attribute(wanted).expect("an attribute");
            found.map(|one| {
                let raw = String::from_utf8(one.value.to_vec()).expect("UTF-8");
                quick_xml::escape::unescape(&raw).expect("known entities").into_owned()
            })
        };
        match name.as_str() {
            "rule" => {
                style.named.extend(value("symbol"));
                let filter = value("filter").expect("a filter");
                style.columns.extend(filter.split('"').skip(1).step_by(2).map(str::to_owned));
                assert!(!value("label").expect("a label").is_empty());
            }
            "symbol" => style.symbols.extend(value("name")),
            _ => {}
        }
        if !is_empty {
            inside.push(name);
        }
    }
    assert!(inside.is_empty());
    style
}

#[test]
fn styles_are_xml_that_asks_for_columns_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("allt.gpkg");
    let project = everything();
    let results = compute(&project);
    save(&path, &project, &results);
    let file = Connection::open(&path).expect("a database");
    let known = project_file::result_tables_of(&path).expect("tables");
    for table in known.iter().map(|table| table.name.as_str()).filter(|name| *name != "assumptions") {
        let mut styles = file
            .prepare("SELECT styleName, styleQML, useAsDefault FROM layer_styles WHERE f_table_name = ?1")
            .expect("the table");
        let styles = styles.query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let styles: Vec<(String, String, bool)> =
            styles.expect("rows").collect::<Result<_, _>>().expect("rows");
        assert_eq!(styles.iter().filter(|(.., is_default)| *is_default).count(), 1, "{table}");
        let columns = file.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns: BTreeSet<String> = columns.column_names().map(str::to_owned).collect();
        let geometry =
            format!("SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = '{table}'");
        let geometry: String = file.query_row(&geometry, [], |row| row.get(0)).expect("a type");
        for (name, qml, _) in &styles {
            assert!(name.chars().count() <= 30, "{name}");
            let style = style_of(qml);
            assert!(style.columns.is_subset(&columns), "{table}, {name}: {:?}", style.columns);
            assert!(!style.named.is_empty() && style.named == style.symbols, "{table}, {name}");
            let shapes = match geometry.as_str() {
                "POINT" => "0",
                "LINESTRING" => "1",
                "POLYGON" | "MULTIPOLYGON" => "2",
                other => panic!("{table}: {other}"),
            };
            assert_eq!(style.shapes, shapes, "{table}, {name}");
        }
    }
}

/// The filters of a style's rules, in their order.
fn filters(qml: &str) -> Vec<String> {
    let rules = qml.split("<rule ").skip(1);
    let filter = |rule: &str| {
        let (_, after) = rule.split_once("filter=\"").expect("a filter");
        let raw = after.split('"').next().expect("its end");
        quick_xml::escape::unescape(raw).expect("known entities").into_owned()
    };
    rules.map(filter).collect()
}

#[test]
fn qgis_puts_squares_into_the_classes_of_the_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.gpkg");
    let project = demo::project(&Unwatched).expect("the demo");
    let results = Arc::new(compute(&project));
    save(&path, &project, &results);
    let file = Connection::open(&path).expect("a database");
    let scene = Scene::new(&results, None);
    let classes = CellClasses::new(&scene, ServiceKind::Grocery, Colouring::Distance);
    let qml = "SELECT styleQML FROM layer_styles WHERE f_table_name = 'demand' AND useAsDefault";
    let qml: String = file.query_row(qml, [], |row| row.get(0)).expect("a style");
    let filters = filters(&qml);
    assert_eq!(filters.len(), classes.counts.len());
    assert!(classes.counts.iter().filter(|(_, cells)| *cells > 0).count() > 2, "several classes have cells");
    for (filter, (people, cells)) in filters.iter().zip(&classes.counts) {
        let sums = format!("SELECT count(*), total(people) FROM demand WHERE {filter}");
        let (count, sum): (i64, f64) =
            file.query_row(&sums, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("sums");
        assert_eq!(
            (count, sum.round()),
            (i64::try_from(*cells).expect("few"), people.value().round()),
            "{filter}"
        );
    }
}

#[test]
fn info_lists_the_tables_and_opening_tells_of_others_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.gpkg");
    let mut session = session();
    session.save(path.clone());
    session.settle();
    let run = |arguments: &[&str]| {
        let done = Program::new(env!("CARGO_BIN_EXE_sotplan"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let text = run(&["info", "p.gpkg", "--lang", "sv"]);
    assert!(text.contains("resultat: candidates, rader ") && !text.contains("läses inte"), "{text}");
    let told: serde_json::Value = serde_json::from_str(&run(&["info", "p.gpkg", "--json"])).expect("JSON");
    let tables = told[0]["result_tables"].as_array().expect("tables");
    assert!(tables.iter().all(|table| table["current"] == true), "{told}");
    assert!(tables.iter().any(|table| table["name"] == "demand"));
    // A layer of the user's own in the same file is told as not read.
    let file = Connection::open(&path).expect("a database");
    file.execute_batch(
        "CREATE TABLE mitt (fid INTEGER PRIMARY KEY, geom BLOB);
         INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('mitt', 'features', 'mitt', 3006);
         INSERT INTO gpkg_geometry_columns VALUES ('mitt', 'geom', 'POINT', 3006, 0, 0);",
    )
    .expect("good SQL");
    let told: serde_json::Value = serde_json::from_str(&run(&["info", "p.gpkg", "--json"])).expect("JSON");
    assert_eq!(told[0]["not_read"], serde_json::json!(["mitt"]));
}
