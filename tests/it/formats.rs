//! The same data are the same whatever file they come in: seven formats give the same figures to the last digit, other
//! coordinate systems the same to a metre, and no name of a file is in the way.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use sotplan::app::export::{Chosen, Stamp};
use sotplan::app::results::Phases;
use sotplan::app::{Results, load, outputs};
use sotplan::geometry::Crs;
use sotplan::io::{LoadOptions, Loaded, WriteOptions, load_file, write_layer};
use sotplan::model::{KindRule, Project, Role, ServiceKind};
use sotplan::progress::Unwatched;

/// Numbers that look like chance and are always the same.
fn numbers() -> impl FnMut(u32) -> u32 {
    let mut state = 12_345_u32;
    move |below| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    }
}

fn collection(features: &[Value]) -> String {
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}});
    json!({"type": "FeatureCollection", "crs": crs, "features": features}).to_string()
}

/// Squares of a kilometre with people.
fn cells() -> String {
    let mut number = numbers();
    let cell = |at: u32| {
        let (e, n) = (480_000 + at % 20 * 1_000, 7_000_000 + at / 20 * 1_000);
        let ring = json!([[e, n], [e + 1_000, n], [e + 1_000, n + 1_000], [e, n + 1_000], [e, n]]);
        json!({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"ruta": format!("{e}{n}"), "bef": number(90) + 1, "kommun": "Östersund"}})
    };
    collection(&(0..300).map(cell).collect::<Vec<_>>())
}

fn stores() -> String {
    let mut number = numbers();
    let mut store = |at: u32| {
        let (e, n) = (480_000 + number(20_000), 7_000_000 + number(15_000));
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [e, n]},
            "properties": {"id": format!("b{at}"), "name": format!("Lanthandel nr {at} i Åsö"), "artiklar": 800 + number(900)}})
    };
    collection(&(0..12).map(&mut store).collect::<Vec<_>>())
}

fn read(path: &Path, role: Role) -> Loaded {
    let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
    load_file(path, &options, &Unwatched).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn people() -> Role {
    Role::Population { field: "bef".into() }
}

fn groceries() -> Role {
    Role::Services(KindRule::All(ServiceKind::Grocery.into()))
}

/// What an analysis says of every cell, in the order of where they lie.
fn figures(cells: &Path, stores: &Path) -> Vec<Value> {
    let project =
        load::with_layers(&Project::default(), vec![read(cells, people()), read(stores, groceries())]);
    let results = Results::compute(&project, None, &Unwatched).expect("results");
    let folder = tempfile::tempdir().expect("a folder");
    outputs::write_all(folder.path(), &results, &Chosen::default(), &Stamp::today(), Phases::default())
        .expect("written");
    let text = std::fs::read_to_string(folder.path().join("demand.geojson")).expect("a file");
    let mut all: Value = serde_json::from_str(&text).expect("JSON");
    let mut features: Vec<Value> = all["features"].as_array_mut().expect("features").drain(..).collect();
    for feature in &mut features {
        // The number of a row is the file's own: an index may order the features otherwise. So is that of a database,
        // and the place in columns of its own where a format has no other for it. A text file has no types.
        let properties = feature["properties"].as_object_mut().expect("an object");
        for own in ["cell", "fid", "wkt", "easting", "northing", "epsg"] {
            properties.remove(own);
        }
        let square = properties["ruta"].to_string().replace('"', "");
        properties.insert("ruta".into(), square.into());
    }
    features.sort_by_key(|feature| feature["properties"]["ruta"].to_string());
    features
}

/// The squares and the stores as a shapefile, which nothing of ours writes.
fn shapefiles(folder: &Path, cells: &Loaded, stores: &Loaded) -> (PathBuf, PathBuf) {
    use shapefile::{Point, Polygon, PolygonRing, Writer};
    let name = |text: &str| FieldName::try_from(text).expect("a name");
    let finished = |path: &Path| {
        std::fs::write(path.with_extension("cpg"), "UTF-8").expect("written");
        std::fs::write(path.with_extension("prj"), "PROJCS[\"SWEREF99_TM\",GEOGCS[\"GCS_SWEREF99\",DATUM[\"D_SWEREF99\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",15.0],PARAMETER[\"Scale_Factor\",0.9996],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]").expect("written");
    };
    let text = |loaded: &Loaded, at: usize, column: &str| {
        let row = loaded.table.row(&loaded.table.features[at]);
        FieldValue::Character(row.get(column).map(sotplan::model::Entry::text))
    };
    let number = |loaded: &Loaded, at: usize, column: &str| {
        let row = loaded.table.row(&loaded.table.features[at]);
        FieldValue::Numeric(row.get(column).and_then(sotplan::model::Entry::number))
    };
    let (of_cells, of_stores) = (folder.join("rutor.shp"), folder.join("butiker.shp"));
    let table = TableWriterBuilder::new()
        .add_character_field(name("ruta"), 20)
        .add_numeric_field(name("bef"), 10, 0)
        .add_character_field(name("kommun"), 20);
    let mut writer = Writer::from_path(&of_cells, table).expect("a file");
    for (at, feature) in cells.table.features.iter().enumerate() {
        let (e, n) = (feature.point.e.round() - 500.0, feature.point.n.round() - 500.0);
        let corners = [(e, n), (e, n + 1_000.0), (e + 1_000.0, n + 1_000.0), (e + 1_000.0, n), (e, n)];
        let ring = PolygonRing::Outer(corners.iter().map(|(x, y)| Point::new(*x, *y)).collect());
        let mut record = Record::default();
        record.insert("ruta".into(), text(cells, at, "ruta"));
        record.insert("bef".into(), number(cells, at, "bef"));
        record.insert("kommun".into(), text(cells, at, "kommun"));
        writer.write_shape_and_record(&Polygon::new(ring), &record).expect("written");
    }
    drop(writer);
    finished(&of_cells);
    let table = TableWriterBuilder::new()
        .add_character_field(name("id"), 10)
        .add_character_field(name("name"), 40)
        .add_numeric_field(name("artiklar"), 10, 0);
    let mut writer = Writer::from_path(&of_stores, table).expect("a file");
    for (at, feature) in stores.table.features.iter().enumerate() {
        let mut record = Record::default();
        record.insert("id".into(), text(stores, at, "id"));
        record.insert("name".into(), text(stores, at, "name"));
        record.insert("artiklar".into(), number(stores, at, "artiklar"));
        let point = Point::new(feature.point.e.round(), feature.point.n.round());
        writer.write_shape_and_record(&point, &record).expect("written");
    }
    drop(writer);
    finished(&of_stores);
    (of_cells, of_stores)
}

/// The data in the file they begin in.
fn begun(folder: &Path) -> (PathBuf, PathBuf) {
    let (of_cells, of_stores) = (folder.join("rutor.geojson"), folder.join("butiker.geojson"));
    std::fs::write(&of_cells, cells()).expect("written");
    std::fs::write(&of_stores, stores()).expect("written");
    (of_cells, of_stores)
}

#[test]
fn seven_formats_give_the_same_figures_to_the_last_digit() {
    let folder = tempfile::tempdir().expect("a folder");
    let (of_cells, of_stores) = begun(folder.path());
    let wanted = figures(&of_cells, &of_stores);
    assert_eq!(wanted.len(), 300);
    assert!(wanted.iter().all(|cell| cell["properties"]["grocery_km"].is_number()));
    let (cells, stores) = (read(&of_cells, people()), read(&of_stores, groceries()));
    let options = WriteOptions { crs: Some(Crs::Sweref99Tm), ..WriteOptions::default() };
    let mut files: Vec<(PathBuf, PathBuf)> = ["2.geojson", "gpkg", "csv", "tsv", "xlsx", "fgb"]
        .into_iter()
        .map(|ending| {
            let named = |name: &str| folder.path().join(format!("{name}.{ending}"));
            let (of_cells, of_stores) = (named("rutor_ut"), named("butiker_ut"));
            write_layer(&of_cells, &cells, &options).expect("written");
            write_layer(&of_stores, &stores, &options).expect("written");
            (of_cells, of_stores)
        })
        .collect();
    files.push(shapefiles(folder.path(), &cells, &stores));
    for (of_cells, of_stores) in files {
        let found = figures(&of_cells, &of_stores);
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{}", of_cells.display());
        }
        assert_eq!(found.len(), wanted.len());
    }
}

#[test]
fn other_systems_give_the_same_figures_to_a_metre() {
    let folder = tempfile::tempdir().expect("a folder");
    let (of_cells, of_stores) = begun(folder.path());
    let wanted = figures(&of_cells, &of_stores);
    let (cells, stores) = (read(&of_cells, people()), read(&of_stores, groceries()));
    for code in [4326_u16, 3857, 3011, 3021, 25833, 32632, 4258, 3035] {
        let crs = Crs::try_from(code).expect("a system");
        let options = WriteOptions { crs: Some(crs), ..WriteOptions::default() };
        let named = |name: &str| folder.path().join(format!("{name}_{code}.gpkg"));
        let (of_cells, of_stores) = (named("rutor"), named("butiker"));
        write_layer(&of_cells, &cells, &options).expect("written");
        write_layer(&of_stores, &stores, &options).expect("written");
        let found = figures(&of_cells, &of_stores);
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(&wanted) {
            let (found, wanted) = (&found["properties"], &wanted["properties"]);
            assert_eq!((&found["ruta"], &found["people"]), (&wanted["ruta"], &wanted["people"]));
            let km = |properties: &Value| properties["grocery_km"].as_f64().expect("a length");
            // Written to the metre, so that two on either side of a half differ by one.
            assert!((km(found) - km(wanted)).abs() <= 0.001_001, "EPSG:{code}: {found} {wanted}");
        }
    }
}

#[test]
fn no_name_of_a_file_is_in_the_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let (of_cells, _) = begun(folder.path());
    let cells = read(&of_cells, people());
    let long = "kommunens_rutor_".repeat(13);
    let names = [
        "Rutor i Åre, Älvdalen & Östersund 100 %",
        "Rutor A\u{30a}re o\u{308}ster",
        "a:b #1 'c' [d]",
        &long[..195],
    ];
    for name in names {
        for ending in ["geojson", "gpkg", "csv", "xlsx", "fgb"] {
            let path = folder.path().join(format!("{name}.{ending}"));
            write_layer(&path, &cells, &WriteOptions::default())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let back = read(&path, people());
            assert_eq!(back.table.features.len(), 300, "{}", path.display());
            // Of a database the table is named too.
            let shown = back.into_layer(sotplan::model::LayerId(1)).name;
            assert!(shown == name || shown.starts_with(&format!("{name} – ")), "{shown}");
        }
    }
}

#[test]
fn texts_that_begin_as_formulas_come_back() {
    const TEXTS: [&str; 7] = ["=1+1", "@A1", "+46 70-123", "-SUM(A1)", "'=quoted", "-5", "'plain'"];
    let folder = tempfile::tempdir().expect("a folder");
    let point = |(at, text): (usize, &&str)| {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [480_000 + at * 1_000, 7_000_000]},
            "properties": {"=head": "x", "name": text}})
    };
    let source = folder.path().join("källa.geojson");
    std::fs::write(&source, collection(&TEXTS.iter().enumerate().map(point).collect::<Vec<_>>()))
        .expect("written");
    let role = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    let loaded = read(&source, role.clone());
    for (ending, swedish) in [("csv", false), ("csv", true), ("tsv", false)] {
        let path = folder.path().join(format!("ut.{ending}"));
        write_layer(&path, &loaded, &WriteOptions { swedish, ..WriteOptions::default() }).expect("written");
        let text = std::fs::read_to_string(&path).expect("a text");
        for cell in text.trim_start_matches('\u{feff}').lines().flat_map(|line| line.split([',', ';', '\t']))
        {
            let cell = cell.trim_matches('"');
            let is_number = cell.replace(',', ".").parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
        let back = read(&path, role.clone());
        let rows = back.table.features.iter().map(|feature| back.table.row(feature));
        let names: Vec<String> = rows.filter_map(|row| row.text_of(&["name"])).collect();
        assert_eq!(names, TEXTS, "{ending}");
        assert!(back.table.column("=head").is_some());
    }
}
