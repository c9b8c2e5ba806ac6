//! Do the figures of a real county come out, and agree with a search over all pairs?
//! The data is real and lies beside the project, never in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sotplan::app::export::{Chosen, Stamp};
use sotplan::app::load::{self, Wanted};
use sotplan::app::results::Phases;
use sotplan::app::{Results, outputs};
use sotplan::io::LoadOptions;
use sotplan::model::{KindRule, Project, Role, ServiceKind};
use sotplan::progress::Unwatched;

use crate::board::compute;

const PEOPLE: f64 = 132_637.0;

/// People of 31 December 2024 by municipality, summed from the cells by their own names.
const MUNICIPALITIES: [(&str, f64); 8] = [
    ("Östersund", 64_499.0),
    ("Krokom", 15_759.0),
    ("Åre", 12_811.0),
    ("Strömsund", 11_064.0),
    ("Härjedalen", 10_145.0),
    ("Berg", 7_201.0),
    ("Bräcke", 6_050.0),
    ("Ragunda", 5_108.0),
];

fn folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/jamtland"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    eprintln!("SKIPPED: {} is not there; no real county was tried", folder.display());
    None
}

fn project(folder: &Path) -> Project {
    let names = [
        "kommuner.geojson",
        "befolkning_1km_2024_rutor.geojson",
        "livsmedelsbutiker.geojson",
        "drivmedel.geojson",
        "apotek_och_ombud_pipos.geojson",
    ];
    let wanted = names.map(|name| Wanted { path: folder.join(name), options: LoadOptions::default() });
    let loaded = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    load::with_layers(&Project::default(), loaded.collect())
}

#[test]
fn the_county_comes_out() {
    let Some(folder) = folder() else { return };
    let project = project(&folder);
    let roles: Vec<&Role> = project.layers.iter().map(|layer| &layer.role).collect();
    let kind = |kind: ServiceKind| Role::Services(KindRule::All(kind.into()));
    assert!(matches!(roles[0], Role::Areas(fields) if fields.name.is_some()), "{roles:?}");
    assert_eq!(*roles[1], Role::Population { field: "beftotalt".into() });
    let services = [ServiceKind::Grocery, ServiceKind::Fuel, ServiceKind::Pharmacy].map(kind);
    assert_eq!(roles[2..].iter().map(|role| (*role).clone()).collect::<Vec<_>>(), services);
    let results = compute(&project);
    assert_eq!(results.kinds.len(), 3);
    for result in &results.kinds {
        let summary = &result.summary;
        let without: f64 = summary.people_without_value.values().map(|people| people.value()).sum();
        assert_eq!(summary.people_total.value(), PEOPLE, "{:?}", result.coverage.kind);
        assert_eq!(summary.people_within.value() + summary.people_beyond.value() + without, PEOPLE);
        assert_eq!(without, 0.0);
        assert!(summary.people_within.value() > 0.0 && summary.people_beyond.value() > 0.0);
    }
    let grocery = &results.kind(ServiceKind::Grocery).expect("groceries").summary;
    let mean = grocery.lengths.mean.expect("a mean").metres().km();
    assert!((mean - 4.49).abs() < 0.0045, "{mean} km, 4.49 within 0.1 %");
    assert_eq!(by_area(&results), MUNICIPALITIES.map(|(name, people)| (name.to_owned(), people)).into());
    for layer in &project.layers {
        let report = results.report(layer).expect("a report");
        assert!(report.adds_up() && report.refused.is_empty(), "{}: {:?}", layer.name, report.refused);
    }
    assert_eq!(results.situation.demand.len(), 3_404);
    assert_eq!(results.situation.of_kind(ServiceKind::Grocery).len(), 74);
    assert_eq!(results.situation.of_kind(ServiceKind::Fuel).len(), 71);
    assert_eq!(results.situation.of_kind(ServiceKind::Pharmacy).len(), 57);
    areas_file_sums(&results);
}

fn by_area(results: &Results) -> BTreeMap<String, f64> {
    let name = |row: &sotplan::analysis::AreaRow| {
        results.situation.area_name(row.area).map_or_else(|| "no municipality".to_owned(), str::to_owned)
    };
    results.areas.iter().map(|row| (name(row), row.people.value())).collect()
}

/// The same sums in the table as written.
fn areas_file_sums(results: &Results) {
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = Stamp::default();
    outputs::write_all(folder.path(), results, &Chosen::default(), &stamp, Phases::new()).expect("written");
    let mut table = csv::Reader::from_path(folder.path().join("areas.csv")).expect("a table");
    let header = table.headers().expect("a header").clone();
    let column =
        |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
    let (name, people) = (column("area"), column("people"));
    let beyond = column("grocery_people_beyond");
    let mut sums = BTreeMap::new();
    let mut sum_beyond = 0.0;
    for row in table.records() {
        let row = row.expect("a row");
        sums.insert(row[name].to_owned(), row[people].parse::<f64>().expect("a number"));
        sum_beyond += row[beyond].parse::<f64>().expect("a number");
    }
    assert_eq!(sums, MUNICIPALITIES.map(|(name, people)| (name.to_owned(), people)).into());
    assert_eq!(
        sum_beyond,
        results.kind(ServiceKind::Grocery).expect("groceries").summary.people_beyond.value()
    );
}

/// The grid's own ids tell where each cell lies, without any projection of ours.
#[test]
fn cells_stand_where_their_id_says() {
    let Some(folder) = folder() else { return };
    let project = project(&folder);
    let layer = &project.layers[1];
    for feature in &layer.table.features {
        let properties = crate::board::properties(&layer.table, feature);
        let id = properties["rutid_scb"].as_str().expect("an id");
        let (e, n): (f64, f64) = (id[..6].parse().expect("east"), id[6..].parse().expect("north"));
        let off = (feature.point.e - e - 500.0).hypot(feature.point.n - n - 500.0);
        assert!(off < 0.2, "cell {id} is {off} m off");
    }
}

#[test]
fn nearest_and_second_nearest_equal_a_search_over_all_pairs() {
    let Some(folder) = folder() else { return };
    let results = compute(&project(&folder));
    let demand = &results.situation.demand;
    for result in &results.kinds {
        let coverage = &result.coverage;
        let mut people_km = 0.0;
        let mut beyond = 0.0;
        for (cell, point) in demand.points.iter().enumerate() {
            let services = results.situation.services.iter().enumerate();
            let mut all: Vec<(f64, usize)> = services
                .filter(|(_, service)| service.kinds.contains(coverage.kind))
                .map(|(at, service)| {
                    let (de, dn) = (service.point.e - point.e, service.point.n - point.n);
                    ((de * de + dn * dn).sqrt() * 1.3, at)
                })
                .collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (rank, (length, at)) in all.iter().take(2).enumerate() {
                let (service, found) = coverage.at(cell, rank).expect("a value");
                assert_eq!(found.length.value(), *length, "cell {cell}, rank {rank}");
                assert_eq!(service.at(), *at, "cell {cell}, rank {rank}");
            }
            people_km += all[0].0 / 1000.0 * demand.people[cell].value();
            beyond += if all[0].0 > 10_000.0 { demand.people[cell].value() } else { 0.0 };
        }
        let summary = &result.summary;
        assert!((summary.lengths.mean.expect("a mean").metres().km() - people_km / PEOPLE).abs() < 1e-9);
        assert_eq!(summary.people_beyond.value(), beyond);
    }
}

/// All of Sweden's cells, each with the municipality it names, beside the areas of this county alone: nobody of a
/// neighbour's is counted in it, however near the border, and nobody is lost.
#[test]
fn the_whole_countrys_cells_keep_to_the_municipality_they_name() {
    let Some(folder) = folder() else { return };
    let grid = folder.join("../sweden/befolkning_1km_2024_epsg3006.gpkg");
    if !grid.is_file() {
        eprintln!("SKIPPED: {} is not there; the whole country was not tried", grid.display());
        return;
    }
    let database = rusqlite::Connection::open_with_flags(&grid, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("a GeoPackage");
    let mut rows = database
        .prepare("SELECT rutid_scb, beftotalt, kommun, lan FROM befolkning_1km_2024")
        .expect("its columns");
    let features: Vec<String> = rows
        .query_map([], |row| {
            let (id, people): (String, f64) = (row.get(0)?, row.get(1)?);
            let (municipality, county): (String, String) = (row.get(2)?, row.get(3)?);
            // The id is the south-west corner: six digits east, seven north.
            let [east, north] = [&id[..6], &id[6..]].map(|text| text.parse::<u32>().expect("metres") + 500);
            let properties =
                serde_json::json!({"beftotalt": people, "kommun": municipality, "lan": county});
            Ok(format!(
                r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Point","coordinates":[{east},{north}]}}}}"#
            ))
        })
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("every row");
    let own = tempfile::tempdir().expect("a folder");
    let cells = own.path().join("population.geojson");
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}}"#;
    let text = format!(r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#, features.join(",\n"));
    std::fs::write(&cells, text).expect("written");
    let wanted = [folder.join("kommuner.geojson"), cells, folder.join("livsmedelsbutiker.geojson")]
        .map(|path| Wanted { path, options: LoadOptions::default() });
    let read = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    let results = compute(&load::with_layers(&Project::default(), read.collect()));

    let table = by_area(&results);
    for (name, people) in MUNICIPALITIES {
        assert_eq!(table[name], people, "{name}");
    }
    assert_eq!(table.values().sum::<f64>(), 10_560_818.0);
    assert_eq!(table["no municipality"], 10_560_818.0 - PEOPLE);
}
