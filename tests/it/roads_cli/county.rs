//! A real county's people on a made-up network of its size: everybody is accounted for.

use super::*;

const PEOPLE: f64 = 132_637.0;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/jamtland"));
    let is_there = folder.join("vagnat_syntetiskt.osm.pbf").is_file();
    if !is_there {
        eprintln!("SKIPPED: {} is not there; no real county was tried by road", folder.display());
    }
    is_there.then(|| folder.to_owned())
}

#[test]
fn everybody_in_the_county_has_a_value_or_a_reason() {
    let Some(folder) = folder() else { return };
    let country = Country::new();
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (cells, grocery) = (path("befolkning_1km_2024_rutor.geojson"), path("livsmedelsbutiker.geojson"));
    let (fuel, areas) = (path("drivmedel.geojson"), path("kommuner.geojson"));
    let roads = path("vagnat_syntetiskt.osm.pbf");
    let all =
        ["analyse", "--json", "--out", "out", "--population", &cells, "--grocery", &grocery, "--fuel", &fuel];
    let all: Vec<&str> =
        all.into_iter().chain(["--areas", &areas, "--roads", &roads, "--cost", "time"]).collect();
    let found: Value = serde_json::from_slice(&country.good(&all)).expect("JSON");
    let cells = country.cells();
    for kind in ["grocery", "fuel"] {
        let (within, beyond, without) = people(&found, kind, PEOPLE);
        assert!(within > beyond && beyond > 0.0, "{kind}: {within} {beyond} {without:?}");
        let (mut by_cell, mut sums) = (BTreeMap::new(), [0.0; 2]);
        for cell in &cells {
            let of = |name: &str| cell.get(format!("{kind}_{name}"));
            let people = number(&cell["people"]);
            match (of("min"), of("km"), of("reason")) {
                (Some(minutes), Some(km), None) => {
                    assert!(number(minutes) >= 0.0 && number(km) >= 0.0);
                    // Nobody drives faster than the fastest class or walks slower than off the road.
                    let kmh = number(km) / number(minutes).max(0.01) * 60.0;
                    assert!((number(km) < 0.1) || (4.5..120.0).contains(&kmh), "{kmh} km/h: {cell}");
                    sums[usize::from(number(minutes) > 20.0)] += people;
                }
                (None, None, Some(reason)) => {
                    *by_cell.entry(reason.as_str().expect("text").to_owned()).or_insert(0.0) += people;
                }
                _ => panic!("neither a value nor a reason: {cell}"),
            }
        }
        assert_eq!(sums.iter().sum::<f64>() + by_cell.values().sum::<f64>(), PEOPLE);
        assert_eq!(by_cell, without, "{kind}");
        // Minutes are written to a hundredth, so a cell at the limit may fall on either side.
        assert!((sums[0] - within).abs() < 200.0, "{kind}: {sums:?} {within}");
    }
    let table = csv::Reader::from_path(country.path("out/areas.csv")).expect("a table").into_records();
    let people: f64 = table.map(|row| row.expect("a row")[2].parse::<f64>().expect("people")).sum();
    assert_eq!(people, PEOPLE);
}

/// A k larger than all ends, on a network where its labels would fill any memory.
#[test]
fn a_large_k_is_the_whole_table_in_order() {
    let Some(folder) = folder() else { return };
    let country = Country::new();
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (roads, to) = (path("vagnat_syntetiskt.osm.pbf"), path("befolkning_1km_2024_centroids.geojson"));
    let places = [[14.636, 63.177], [13.51, 62.42], [15.55, 63.85]];
    let from: Vec<String> =
        places.iter().zip(1..).map(|(place, id)| point(*place, &format!(r#""id":{id},"#), "")).collect();
    country.write("from.geojson", collection(&from));
    let table = |more: &[&str]| {
        let all = ["travel", "--roads", &roads, "--from", "from.geojson", "--to", &to, "--out", "t.csv"];
        country.good(&all.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
        rows(&country.path("t.csv"))
    };
    let mut all = table(&[]);
    all.retain(|row| row.reason.is_empty());
    assert!(all.len() > 5_000, "{}", all.len());
    // Stable: of the same cost the first in the file.
    let order = |row: &Row| (row.from.clone(), row.trip().s, row.trip().m);
    all.sort_by(|a, b| order(a).partial_cmp(&order(b)).expect("numbers"));
    assert!(table(&["--k", "65535"]) == all, "in another order or of another cost");
    let few = table(&["--k", "3"]);
    let wanted: Vec<Row> = all.chunk_by(|a, b| a.from == b.from).flat_map(|own| own[..3].to_vec()).collect();
    assert_eq!(few, wanted);
}
