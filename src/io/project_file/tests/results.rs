//! Do the tables of results lie in a project file as other programs want them, whole, and apart from what is not ours?

use super::*;
use crate::io::sha256_hex;
use crate::io::write::PlaneTable;
use crate::model::{Entry, TableBuilder};

const MOMENT: &str = "2026-01-02T03:04:05.000Z";

/// Three services, one of which stands nowhere.
fn services() -> PlaneTable {
    let mut builder = TableBuilder::default();
    let (name, people) = (builder.column("name"), builder.column("people"));
    for (row, (said, count)) in (0u32..).zip([("Åsbutiken", 7), ("Öbo", 8), ("Ingenstans", 9)]) {
        builder.put(name, row, Entry::Text(said));
        builder.put(people, row, Entry::Integer(count));
    }
    let point = |e: f64, n: f64| Some(geo::Point::new(e, n).into());
    PlaneTable {
        kind: "POINT",
        columns: builder.finish(),
        shapes: vec![point(480_500.0, 7_010_500.0), point(490_500.0, 7_000_500.0), None],
    }
}

/// A square.
fn demand() -> PlaneTable {
    let mut builder = TableBuilder::default();
    let people = builder.column("people");
    builder.put(people, 0, Entry::Real(12.5));
    let square = geo::Rect::new((480_000.0, 7_010_000.0), (481_000.0, 7_011_000.0));
    PlaneTable { kind: "POINT", columns: builder.finish(), shapes: vec![Some(square.to_polygon().into())] }
}

fn style(name: &str, used: StyleUse) -> TableStyle {
    TableStyle { name: name.into(), used, qml: format!("<qgis>{name}</qgis>") }
}

fn digest(frame: &str) -> TableDigest {
    TableDigest { frame: frame.into(), parts: vec!["p".into()] }
}

fn table<'a>(name: &'static str, frame: &str, make: fn() -> PlaneTable) -> ResultTable<'a> {
    ResultTable {
        name,
        description: format!("Allt om {name}"),
        digest: digest(frame),
        content: Content::Features(make().shapes.len(), Box::new(move |_| make())),
        styles: vec![style("Vanlig", StyleUse::Usual), style("Inaktuell", StyleUse::OutOfDate)],
    }
}

fn tables<'a>(frame: &str) -> ResultTables<'a> {
    let texts = Content::Texts(vec![["method".into(), "line".into()]]);
    let assumptions = ResultTable {
        name: "assumptions",
        description: String::new(),
        digest: digest("a"),
        content: texts,
        styles: Vec::new(),
    };
    let tables = vec![table("demand", frame, demand), table("services", "s", services), assumptions];
    ResultTables { tables, moment: MOMENT.into() }
}

fn save_with(path: &Path, project: &Project, results: &ResultTables<'_>) -> Result<(), IoError> {
    save_as(path, project, &Beside { results: Some(results), ..Beside::default() }, &Unwatched).map(drop)
}

/// A saved project with its tables.
fn saved_with() -> (TempDir, std::path::PathBuf, Project) {
    let (folder, path, project) = saved();
    save_with(&path, &project, &tables("d")).expect("a save");
    (folder, path, project)
}

fn ask<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> T {
    let connection = Connection::open(path).expect("a database");
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn is_current(path: &Path) -> Vec<bool> {
    result_tables_of(path).expect("a project").iter().map(|table| table.is_current).collect()
}

#[test]
fn tables_lie_there_as_geopackage_has_them() {
    let (_folder, path, _) = saved_with();
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM services"), 3);
    assert_eq!(ask::<String>(&path, "SELECT name FROM services WHERE people = 7"), "Åsbutiken");
    let shown = "SELECT geometry_type_name || srs_id FROM gpkg_geometry_columns WHERE table_name = ";
    assert_eq!(ask::<String>(&path, &format!("{shown}'services'")), "POINT3006");
    assert_eq!(ask::<String>(&path, &format!("{shown}'demand'")), "POLYGON3006");
    let contents = "SELECT data_type || ' ' || min_x || ' ' || max_y || ' ' || last_change \
        FROM gpkg_contents WHERE table_name = 'services'";
    assert_eq!(ask::<String>(&path, contents), format!("features 480500.0 7010500.0 {MOMENT}"));
    // What stands nowhere is in the table, not in the index.
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM rtree_services_geom"), 2);
    let first = "SELECT maxx || ' ' || miny FROM rtree_services_geom ORDER BY maxx LIMIT 1";
    assert_eq!(ask::<String>(&path, first), "480500.0 7010500.0");
    assert_eq!(ask::<String>(&path, "SELECT rtreecheck('rtree_services_geom')"), "ok");
    let triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'services'";
    assert_eq!(ask::<i64>(&path, triggers), 6);
    let system = "SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = 3006";
    assert!(ask::<String>(&path, system).starts_with("PROJCS[\"SWEREF99 TM\""));
    assert_eq!(ask::<String>(&path, "SELECT value FROM assumptions WHERE name = 'method'"), "line");
    assert_eq!(ask::<String>(&path, "PRAGMA integrity_check"), "ok");
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let known = result_tables_of(&path).expect("a project");
    let told: Vec<_> = known.iter().map(|one| (one.table.as_str(), one.rows, one.is_current)).collect();
    assert_eq!(told, [("assumptions", 1, true), ("demand", 1, true), ("services", 3, true)]);
}

#[test]
fn saving_the_same_again_changes_no_byte() {
    let (_folder, path, project) = saved_with();
    let before = fs::read(&path).expect("a file");
    let later = ResultTables { moment: "2030-01-01T00:00:00.000Z".into(), ..tables("d") };
    save_with(&path, &project, &later).expect("a save");
    assert_eq!(fs::read(&path).expect("a file"), before);
    // Nor does it where nothing was computed yet, as long as the project is the same.
    save(&path, &project).expect("a save");
    assert_eq!(fs::read(&path).expect("a file"), before);
    assert_eq!(is_current(&path), [true; 3]);
}

#[test]
fn only_what_is_another_is_written() {
    let (_folder, path, project) = saved_with();
    let changed = |name: &str| {
        ask::<String>(&path, &format!("SELECT last_change FROM gpkg_contents WHERE table_name = '{name}'"))
    };
    let later = "2030-01-01T00:00:00.000Z";
    save_with(&path, &project, &ResultTables { moment: later.into(), ..tables("e") }).expect("a save");
    assert_eq!((changed("demand").as_str(), changed("services").as_str()), (later, MOMENT));
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM rtree_demand_geom"), 1);
    // What is no more is gone without a trace.
    let mut fewer = tables("e");
    fewer.tables.retain(|table| table.name != "demand");
    save_with(&path, &project, &fewer).expect("a save");
    let traces = "SELECT (SELECT count(*) FROM sqlite_schema WHERE name LIKE '%demand%') \
        + (SELECT count(*) FROM gpkg_contents WHERE table_name = 'demand') \
        + (SELECT count(*) FROM gpkg_geometry_columns WHERE table_name = 'demand') \
        + (SELECT count(*) FROM gpkg_extensions WHERE table_name = 'demand') \
        + (SELECT count(*) FROM sotplan_tables WHERE table_name = 'demand') \
        + (SELECT count(*) FROM layer_styles WHERE f_table_name = 'demand')";
    assert_eq!(ask::<i64>(&path, traces), 0);
    assert_eq!(is_current(&path), [true; 2]);
}

/// Two parts and a row: the people of a cell, and who serves it.
fn many(
    people: impl Fn(usize) -> i64 + 'static,
    name: &'static str,
    keys_from: Option<i64>,
) -> ResultTables<'static> {
    let count = 2 * PART_ROWS + 1;
    let parts = (0..3).map(|part| {
        let rows = part * PART_ROWS..((part + 1) * PART_ROWS).min(count);
        sha256_hex(format!("{:?}{name}", rows.map(&people).collect::<Vec<_>>()).as_bytes())
    });
    let digest = TableDigest { frame: "f".into(), parts: parts.collect() };
    let make = move |rows: &[usize]| {
        let mut builder = TableBuilder::default();
        let columns = [builder.column("people"), builder.column("name")];
        for (row, number) in (0u32..).zip(rows) {
            builder.put(columns[0], row, Entry::Integer(people(*number)));
            builder.put(columns[1], row, Entry::Text(name));
            if let Some(first) = keys_from {
                let key = builder.column("fid");
                builder.put(key, row, Entry::Integer(first + i64::try_from(*number).expect("few")));
            }
        }
        let here = Some(geo::Point::new(500_000.0, 7e6).into());
        PlaneTable { kind: "POINT", columns: builder.finish(), shapes: vec![here; rows.len()] }
    };
    let content = Content::Features(count, Box::new(make));
    let demand =
        ResultTable { name: "demand", description: String::new(), digest, content, styles: Vec::new() };
    ResultTables { tables: vec![demand], moment: MOMENT.into() }
}

/// What goes with the table when it is written anew.
const MARK: &str = "CREATE TRIGGER mark AFTER DELETE ON demand BEGIN SELECT 1; END";
const MARKED: &str = "SELECT count(*) FROM sqlite_schema WHERE name = 'mark'";

#[test]
fn only_rows_that_are_others_are_written() {
    let (_folder, path, project) = saved();
    save_with(&path, &project, &many(|_| 1, "å", None)).expect("a save");
    execute(&path, MARK);
    let seventh = PART_ROWS + 7;
    save_with(&path, &project, &many(move |row| if row == seventh { 5 } else { 1 }, "å", None))
        .expect("a save");
    let other = "SELECT group_concat(fid || ':' || people) FROM demand WHERE people <> 1";
    assert_eq!(ask::<String>(&path, other), format!("{}:5", seventh + 1));
    assert_eq!(ask::<i64>(&path, "SELECT sum(people) FROM demand"), 4101);
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM rtree_demand_geom"), 4097);
    assert_eq!(ask::<i64>(&path, MARKED), 1, "it is the same table");
    let triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'demand'";
    assert_eq!(ask::<i64>(&path, triggers), 7);
    assert_eq!(ask::<String>(&path, "PRAGMA integrity_check"), "ok");
    // What does not fit into the columns writes the table anew.
    let mut texts = many(move |row| if row == seventh { 6 } else { 1 }, "å", None);
    let Content::Features(_, make) = &mut texts.tables[0].content else { panic!("features") };
    *make = Box::new(|rows| {
        let mut builder = TableBuilder::default();
        let columns = [builder.column("people"), builder.column("name")];
        for (row, _) in (0u32..).zip(rows) {
            builder.put(columns[0], row, Entry::Text("många"));
            builder.put(columns[1], row, Entry::Text("å"));
        }
        let shape = geo::Point::new(500_000.0, 7e6);
        PlaneTable { kind: "POINT", columns: builder.finish(), shapes: vec![Some(shape.into()); rows.len()] }
    });
    save_with(&path, &project, &texts).expect("a save");
    let kind = "SELECT type FROM pragma_table_info('demand') WHERE name = 'people'";
    assert_eq!((ask::<String>(&path, kind), ask::<i64>(&path, MARKED)), ("TEXT".to_owned(), 0));
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM demand"), 4097);
}

#[test]
fn rows_of_a_source_with_keys_of_its_own_are_written_by_them() {
    let (_folder, path, project) = saved();
    let seventh = PART_ROWS + 7;
    save_with(&path, &project, &many(|_| 1, "å", Some(10_000))).expect("a save");
    execute(&path, MARK);
    let other = many(move |row| if row == seventh { 5 } else { 1 }, "å", Some(10_000));
    save_with(&path, &project, &other).expect("a save");
    let found = "SELECT group_concat(fid || ':' || people) FROM demand WHERE people <> 1";
    assert_eq!(ask::<String>(&path, found), format!("{}:5", seventh + 10_000));
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM demand"), 4097);
    assert_eq!(ask::<i64>(&path, MARKED), 1, "it is the same table");
}

#[test]
fn tables_of_others_stay_and_keep_their_names() {
    let (_folder, path, project) = saved();
    execute(
        &path,
        "CREATE TABLE Demand (fid INTEGER PRIMARY KEY, x TEXT);
         INSERT INTO Demand VALUES (1, 'någons');
         CREATE TABLE mitt (y TEXT);
         INSERT INTO mitt VALUES ('eget');
         INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES
             ('Demand', 'attributes', 'Demand'), ('mitt', 'attributes', 'services');",
    );
    for digest in ["d", "e"] {
        save_with(&path, &project, &tables(digest)).expect("a save");
        assert_eq!(ask::<String>(&path, "SELECT x FROM Demand"), "någons");
        assert_eq!(ask::<String>(&path, "SELECT y FROM mitt"), "eget");
        let names: Vec<String> =
            result_tables_of(&path).expect("a project").into_iter().map(|table| table.table).collect();
        assert_eq!(names, ["assumptions", "sotplan_demand", "sotplan_services"]);
        assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM sotplan_services"), 3);
    }
}

#[test]
fn what_others_do_to_our_tables_is_never_shown_as_ours() {
    let (_folder, path, project) = saved_with();
    // A figure changed as GDAL changes it, which tells when.
    let triggers = "DROP TRIGGER rtree_demand_geom_update3; DROP TRIGGER rtree_demand_geom_update4;";
    execute(
        &path,
        &format!(
            "{triggers} UPDATE demand SET people = 1e9;
             UPDATE gpkg_contents SET last_change = '2027-01-01T00:00:00.000Z' WHERE table_name = 'demand';"
        ),
    );
    assert_eq!(is_current(&path), [true, false, true], "a figure that was changed is not current");
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!(ask::<String>(&path, "SELECT people || '' FROM demand"), "12.5");
    assert_eq!(is_current(&path), [true; 3]);
    // A column of somebody's own makes the table theirs.
    execute(&path, "ALTER TABLE services ADD COLUMN mitt TEXT DEFAULT 'eget'");
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!(ask::<String>(&path, "SELECT mitt FROM services LIMIT 1"), "eget");
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM sotplan_services"), 3);
    // So does a table of another make that only bears the name.
    execute(&path, "DROP TABLE demand; CREATE TABLE demand (z TEXT); INSERT INTO demand VALUES ('ny')");
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!(ask::<String>(&path, "SELECT z FROM demand"), "ny");
}

#[test]
fn figures_of_before_never_look_fresh() {
    let (_folder, path, mut project) = saved_with();
    let description = "SELECT description FROM gpkg_contents WHERE table_name = 'demand'";
    let shown = "SELECT styleName FROM layer_styles WHERE f_table_name = 'demand' AND useAsDefault";
    assert_eq!(ask::<String>(&path, description), "Allt om demand");
    assert_eq!(ask::<String>(&path, shown), "Vanlig");
    project.parameters.detour_factor = 1.5;
    for _ in 0..2 {
        save(&path, &project).expect("a save");
        let told = ask::<String>(&path, description);
        assert!(told.starts_with("INAKTUELL") && told.ends_with("— Allt om demand"), "{told}");
        assert_eq!(told.matches("INAKTUELL").count(), 1);
        assert_eq!(ask::<String>(&path, shown), "Inaktuell");
        assert_eq!(is_current(&path), [false; 3]);
    }
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM demand"), 1, "they are kept");
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!(ask::<String>(&path, description), "Allt om demand");
    assert_eq!(ask::<String>(&path, shown), "Vanlig");
    assert_eq!(is_current(&path), [true; 3]);
    // A program that knows nothing of the tables saves another project: they tell it themselves.
    execute(
        &path,
        "UPDATE sotplan_documents SET json = replace(json, '1.5', '1.6') WHERE name = 'parameters'",
    );
    assert_eq!(is_current(&path), [false; 3]);
}

#[test]
fn a_save_with_tables_that_fails_halfway_changes_nothing() {
    let (_folder, path, mut project) = saved_with();
    execute(
        &path,
        "CREATE TRIGGER fails BEFORE INSERT ON sotplan_tables WHEN NEW.name = 'services'
         BEGIN SELECT RAISE(ABORT, 'the disk is tired'); END",
    );
    let before = fs::read(&path).expect("a file");
    project.name = "Nytt namn".into();
    let mut other = tables("e");
    other.tables[1].digest = digest("t");
    let error = save_with(&path, &project, &other).expect_err("a failure");
    assert!(error.to_string().contains("tired"), "{error}");
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn a_file_of_before_there_were_tables_gets_them() {
    let (_folder, path, project) = saved();
    assert_eq!(result_tables_of(&path).expect("a project"), []);
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM sqlite_schema WHERE name = 'sotplan_tables'"), 0);
    let documents = rows(&path);
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!((rows(&path), result_tables_of(&path).expect("a project").len()), (documents, 3));
    let extension = "SELECT extension_name FROM gpkg_extensions WHERE table_name = 'sotplan_tables'";
    assert_eq!(ask::<String>(&path, extension), "sotplan_project");
}

#[test]
fn styles_of_others_stay_and_what_they_chose_is_drawn() {
    let (_folder, path, project) = saved_with();
    let listed = "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'";
    assert_eq!(ask::<String>(&path, listed), "attributes");
    execute(
        &path,
        "INSERT INTO layer_styles (f_table_name, f_geometry_column, styleName, styleQML, useAsDefault, owner)
         VALUES ('demand', 'geom', 'Min', '<qgis/>', 1, 'eva')",
    );
    let mut other = tables("e");
    other.tables[0].styles[0].qml = "<qgis>ny</qgis>".into();
    save_with(&path, &project, &other).expect("a save");
    let shown =
        "SELECT group_concat(styleName) FROM layer_styles WHERE f_table_name = 'demand' AND useAsDefault";
    assert_eq!(ask::<String>(&path, shown), "Min");
    let qml = "SELECT styleQML FROM layer_styles WHERE f_table_name = 'demand' AND styleName = 'Vanlig'";
    assert_eq!(ask::<String>(&path, qml), "<qgis>ny</qgis>");
    // A table of that name that is not QGIS' is left alone.
    execute(&path, "DROP TABLE layer_styles; CREATE TABLE layer_styles (w TEXT)");
    save_with(&path, &project, &tables("d")).expect("a save");
    assert_eq!(ask::<i64>(&path, "SELECT count(*) FROM layer_styles"), 0);
}
