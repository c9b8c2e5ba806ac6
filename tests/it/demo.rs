//! Is the demonstration that is compiled in what its description says? Facts exact, everything else marked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use sotplan::app::{Results, demo, export};
use sotplan::geometry::PlanePoint;
use sotplan::lang::{Lang, Said};
use sotplan::model::{Role, ServiceKind, SotStatus};
use sotplan::progress::Unwatched;
use sotplan::siting::{Candidate, Host, Outcome, Verdict};

use crate::board::compute;

/// The kinds of service that the demo has layers of.
const KINDS: [ServiceKind; 7] = [
    ServiceKind::Grocery,
    ServiceKind::Fuel,
    ServiceKind::Pharmacy,
    ServiceKind::Parcel,
    ServiceKind::Payment,
    ServiceKind::Rescue,
    ServiceKind::Sot,
];

/// People by municipality, 22 February 2023.
const PEOPLE: [(&str, f64); 8] = [
    ("Berg", 7_061.0),
    ("Bräcke", 6_298.0),
    ("Härjedalen", 10_090.0),
    ("Krokom", 14_966.0),
    ("Ragunda", 5_284.0),
    ("Strömsund", 11_605.0),
    ("Åre", 11_727.0),
    ("Östersund", 63_779.0),
];

/// The nine SOT places: name, municipality, status on 25 May 2023.
const SOT_PLACES: [(&str, &str, SotStatus); 9] = [
    ("Stora Blåsjön", "Strömsund", SotStatus::Paused),
    ("Valsjöbyn", "Krokom", SotStatus::Establishing),
    ("Rötviken", "Krokom", SotStatus::Establishing),
    ("Kall", "Åre", SotStatus::InPlace),
    ("Borgvattnet", "Ragunda", SotStatus::InPlace),
    ("Lillhärdal", "Härjedalen", SotStatus::InPlace),
    ("Ottsjö", "Åre", SotStatus::Paused),
    ("Hallen", "Åre", SotStatus::Procurement),
    ("Storlien", "Åre", SotStatus::NotStarted),
];

fn results() -> Results {
    compute(&demo::project(&Unwatched).expect("the demo"))
}

fn area<'a>(results: &'a Results, candidate: &Candidate) -> &'a str {
    results.situation.area_name(candidate.area).unwrap_or("none")
}

#[test]
fn people_and_stores_are_the_facts() {
    let results = results();
    let name = |area| results.situation.area_name(area).unwrap_or("no municipality").to_owned();
    let people: BTreeMap<String, f64> =
        results.areas.iter().map(|row| (name(row.area), row.people.value())).collect();
    assert_eq!(people, PEOPLE.map(|(name, people)| (name.to_owned(), people)).into());
    assert_eq!(results.situation.demand.total().value(), 130_810.0);
    for kind in &results.kinds {
        assert_eq!(kind.summary.people_total.value(), 130_810.0);
        let (within, beyond) = (kind.summary.people_within, kind.summary.people_beyond);
        assert_eq!((within + beyond).value(), 130_810.0, "{:?}", kind.coverage.kind);
        assert!(kind.summary.people_without_value.is_empty());
    }
    let measured: Vec<ServiceKind> = results.kinds.iter().map(|kind| kind.coverage.kind).collect();
    assert_eq!(measured, KINDS, "each has a layer");
    // By the polygon in which each store stands, and by what the store says of itself.
    let mut stands = BTreeMap::new();
    let mut says = BTreeMap::new();
    let grocery = results.project.layers.iter().find(|layer| layer.source.name() == "grocery.geojson");
    let grocery = grocery.expect("a grocery layer");
    for feature in &grocery.table.features {
        let properties = crate::board::properties(&grocery.table, feature);
        assert_eq!(properties["full_range"], "yes");
        *says.entry(properties["kommun"].as_str().expect("a name").to_owned()).or_insert(0) += 1;
    }
    for ix in results.situation.of_kind(ServiceKind::Grocery) {
        *stands.entry(name(results.situation.services[ix.at()].area)).or_insert(0) += 1;
    }
    assert_eq!(stands, says);
    assert_eq!(stands.values().sum::<usize>(), 94);
    assert_eq!((stands["Härjedalen"], stands["Ragunda"], stands["Åre"]), (14, 5, 15));
}

#[test]
fn every_feature_is_used_and_marked() {
    let results = results();
    assert!(results.project.is_demo());
    assert_eq!(results.project.layers.len(), 11);
    for layer in &results.project.layers {
        let report = results.report(layer).expect("a report");
        assert!(report.refused.is_empty(), "{}: {:?}", layer.name, report.refused);
        assert!(report.features_in > 0 && report.adds_up(), "{}", layer.name);
        assert_eq!(report.features_in, layer.table.features.len());
        assert!(layer.table.is_demo, "{}", layer.name);
        let mut ids = BTreeSet::new();
        for feature in &layer.table.features {
            let properties = crate::board::properties(&layer.table, feature);
            assert_eq!(properties["source"], "demo", "{} {}", layer.name, feature.number);
            assert!(ids.insert(feature.id.clone().expect("an id")), "ids are unique");
        }
        let loose = report.remarks.iter().find(|remark| {
            ["file_form", "loose_form", "ring_closed", "duplicate_id", "no_area", "area_not_loaded"]
                .contains(&remark.kind.code())
        });
        assert_eq!(loose, None, "{}", layer.name);
    }
}

#[test]
fn the_nine_places_have_their_status_and_store() {
    let results = results();
    let places = &results.situation.sot_places;
    let found: Vec<(&str, &str, SotStatus)> = places
        .iter()
        .map(|sot| (sot.name.as_str(), results.situation.area_name(sot.area).unwrap_or("none"), sot.status))
        .collect();
    assert_eq!(found, SOT_PLACES);
    assert!(places.iter().all(|sot| sot.status_date == "2023-05-25"));
    let hostless: Vec<&str> =
        places.iter().filter(|sot| sot.host.is_none()).map(|sot| sot.name.as_str()).collect();
    assert_eq!(hostless, ["Stora Blåsjön", "Ottsjö", "Storlien"]);
    let serving = results.kind(ServiceKind::Sot).expect("SOT points").coverage.services.len();
    assert_eq!(serving, 3, "Kall, Borgvattnet and Lillhärdal serve");
    assert_eq!(places[6].in_favour_of.as_deref(), Some("Hallen"));
    // Each place is one candidate, with or without its store.
    for (at, sot) in places.iter().enumerate() {
        let candidates: Vec<&Candidate> = results.candidates.iter().filter(|c| c.sot == Some(at)).collect();
        assert_eq!(candidates.len(), 1, "{}", sot.name);
        match sot.host {
            Some((store, apart)) => {
                assert_eq!(candidates[0].host, Host::Store(store));
                assert!(apart <= results.project.parameters.host_within);
            }
            None => assert_eq!(candidates[0].host, Host::NotInData),
        }
    }
    assert_eq!(results.candidates.len(), 94 + 3);
}

#[test]
fn kall_meets_the_minimum_level_and_stora_blasjon_has_no_store_in_the_data() {
    let results = results();
    let of = |name: &str| {
        let at = results.situation.sot_places.iter().position(|sot| sot.name == name).expect("a SOT place");
        results.candidates.iter().find(|candidate| candidate.sot == Some(at)).expect("a candidate")
    };
    let kall = of("Kall");
    assert_eq!((kall.name.as_str(), kall.verdict), ("ICA Nära Kall", Verdict::Meets));
    assert_eq!(area(&results, kall), "Åre");
    assert!(kall.rules.iter().all(|rule| rule.outcome == Outcome::Met));
    assert_eq!(kall.missing().count(), 0);
    let blasjon = of("Stora Blåsjön");
    assert_eq!(blasjon.host, Host::NotInData);
    assert_eq!(sotplan::app::telling::missing::missing_text(blasjon, Lang::En), "host store not in the data");
    assert_eq!(
        sotplan::app::telling::missing::missing_text(blasjon, Lang::Sv),
        "värdbutiken finns inte i data"
    );
    assert_ne!(blasjon.verdict, Verdict::NotPossible, "a register that lacks the store is no no");
    let layer =
        results.project.layers.iter().find(|layer| layer.role == Role::SotPlaces).expect("SOT places");
    let remarks = &results.report(layer).expect("a report").remarks;
    let numbers: Vec<Option<u32>> =
        remarks.iter().filter(|r| r.kind.code() == "host_not_in_data").map(|r| r.number).collect();
    assert_eq!(numbers, [Some(1), Some(7), Some(9)]);
}

/// Each candidate's figures by a search over everything.
#[test]
fn candidates_have_the_figures_of_a_slow_search() {
    let results = results();
    let (situation, demand) = (&results.situation, &results.situation.demand);
    let length = |a: PlanePoint, b: PlanePoint| a.distance(b).value() * 1.3;
    let serving: Vec<PlanePoint> = situation
        .sot_places
        .iter()
        .filter(|sot| sot.status == SotStatus::InPlace)
        .map(|sot| sot.point)
        .collect();
    assert_eq!(serving.len(), 3);
    let in_gap = |cell: PlanePoint| serving.iter().all(|sot| length(*sot, cell) > 10_000.0);
    let cells: Vec<(PlanePoint, f64, bool)> = demand
        .points
        .iter()
        .zip(&demand.people)
        .map(|(point, people)| (*point, people.value(), in_gap(*point)))
        .collect();
    for candidate in &results.candidates {
        let sum = |wanted: &dyn Fn(f64, bool) -> bool| -> f64 {
            let near = cells.iter().filter(|(point, _, gap)| wanted(length(candidate.point, *point), *gap));
            near.map(|(_, people, _)| people).sum()
        };
        let name = &candidate.name;
        assert_eq!(candidate.people_within[0].value(), sum(&|length, _| length <= 10_000.0), "{name}");
        assert_eq!(candidate.people_within[1].value(), sum(&|length, _| length <= 20_000.0), "{name}");
        assert_eq!(
            candidate.gap_people.unwrap().value(),
            sum(&|length, gap| length <= 10_000.0 && gap),
            "{name}"
        );
        for kind in KINDS {
            // The store itself is no neighbour of its own kind.
            let others = situation.of_kind(kind).iter().filter(|ix| candidate.host != Host::Store(**ix));
            let nearest = others
                .map(|ix| candidate.point.distance(situation.services[ix.at()].point).value())
                .min_by(f64::total_cmp)
                .expect("the demo has every kind");
            let unit = candidate.nearest(kind).expect("a unit");
            assert_eq!(unit.straight.value(), nearest, "{name}: {kind:?}");
            assert!((unit.trip.length.value() - nearest * 1.3).abs() < 1e-9);
            assert!(situation.services[unit.service.at()].kinds.contains(kind));
        }
    }
    assert!(
        results.candidates.iter().any(|candidate| candidate.gap_people < Some(candidate.people_within[0]))
    );
}

/// What is written is what was computed, to the metre.
#[test]
fn exports_carry_the_figures() {
    let results = results();
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = export::Stamp::default();
    let read = |name: &str| -> Vec<serde_json::Value> {
        let bytes = std::fs::read(folder.path().join(name)).expect("written");
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        value["features"].as_array().expect("features").iter().map(|f| f["properties"].clone()).collect()
    };
    let same = |written: &serde_json::Value, length: f64| {
        let km = written.as_f64().unwrap_or_else(|| panic!("{written} is no length"));
        assert!((km - length / 1000.0).abs() <= 0.000_501, "{km} km, {length} m");
    };
    export::write_candidates(&folder.path().join("c"), &results, &stamp, export::Form::default())
        .expect("written");
    for (written, candidate) in read("c").iter().zip(&results.candidates) {
        for kind in KINDS {
            let unit = candidate.nearest(kind).expect("a unit");
            same(&written[format!("nearest_{}_km", kind.id())], unit.trip.length.value());
            same(&written[format!("nearest_{}_straight_km", kind.id())], unit.straight.value());
            let name = &results.situation.services[unit.service.at()].name;
            assert_eq!(&written[format!("nearest_{}_name", kind.id())], name.as_str());
        }
        assert_eq!(written["people_within_10_km"].as_f64(), Some(candidate.people_within[0].value()));
        assert_eq!(written["people_within_20_km"].as_f64(), Some(candidate.people_within[1].value()));
        assert_eq!(written["sot_gap_people"].as_f64(), Some(candidate.gap_people.unwrap().value()));
        assert_eq!(written["verdict"], candidate.verdict.id());
        assert_eq!(written["municipality"], area(&results, candidate));
    }
    export::write_gaps(&folder.path().join("g"), &results, &stamp, export::Form::default()).expect("written");
    let gaps = results.kinds.iter().flat_map(|kind| kind.gaps.iter().map(|(gap, _)| gap));
    for (written, gap) in read("g").iter().zip(gaps) {
        assert_eq!(written["kind"], gap.kind.id());
        assert_eq!(written["people"].as_f64(), Some(gap.people.value()));
        same(&written["mean_km"], gap.mean.expect("a mean").value());
        same(&written["max_km"], gap.max.expect("a maximum").value());
    }
    export::write_demand(&folder.path().join("d"), &results, &stamp, export::Form::default())
        .expect("written");
    for (cell, written) in read("d").iter().enumerate() {
        for kind in &results.kinds {
            let id = kind.coverage.kind.id();
            let (service, trip) = kind.coverage.at(cell, 0).expect("a value");
            same(&written[format!("{id}_km")], trip.length.value());
            assert_eq!(
                &written[format!("{id}_name")],
                results.situation.services[service.at()].name.as_str()
            );
            same(
                &written[format!("{id}_2_km")],
                kind.coverage.at(cell, 1).expect("a value").1.length.value(),
            );
        }
    }
}

#[test]
fn every_verdict_occurs_where_the_tables_expect_it() {
    let results = results();
    let verdicts: BTreeSet<&str> =
        results.candidates.iter().map(|candidate| candidate.verdict.id()).collect();
    assert_eq!(verdicts, Verdict::ALL.iter().map(|verdict| verdict.id()).collect());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/jamtland/facts/stores.csv");
    let mut table = csv::Reader::from_path(path).expect("the table of stores");
    let header = table.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let (village, nr, expected) = (column("village"), column("nr"), column("expected"));
    let layer = results.project.layers.iter().find(|layer| layer.source.name() == "grocery.geojson");
    let layer = layer.expect("a grocery layer");
    let mut rows = 0;
    for row in table.records() {
        let row = row.expect("a row");
        let nr: usize = row[nr].parse().expect("a number");
        let of_village = results.candidates.iter().filter(|candidate| match candidate.host {
            Host::Store(ix) => {
                let sotplan::model::ServiceOrigin::Feature { layer: id, feature_ix } =
                    results.situation.services[ix.at()].origin
                else {
                    return false;
                };
                let feature = &layer.table.features[feature_ix];
                id == layer.id && crate::board::properties(&layer.table, feature)["village"] == row[village]
            }
            Host::NotInData => false,
        });
        let candidate = of_village.skip(nr - 1).take(1).next().expect("the store is a candidate");
        assert_eq!(candidate.verdict.said(Lang::En).to_lowercase(), row[expected], "{} {nr}", &row[village]);
        rows += 1;
    }
    assert_eq!(rows, 33);
}

/// The generator is an example of its own, built by a plain `cargo test`.
#[test]
fn the_files_are_what_the_generator_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let me = std::env::current_exe().expect("a path");
    let target = me.parent().and_then(Path::parent).expect("deps lies in the profile's folder");
    let example = target.join("examples").join(format!("make-demo{}", std::env::consts::EXE_SUFFIX));
    let age = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    let source = age(&root.join("data/generator/main.rs")).expect("the generator");
    if age(&example).is_none_or(|built| built < source) {
        eprintln!("SKIPPED: {} is missing or old; a plain `cargo test` builds it", example.display());
        return;
    }
    let done = Command::new(&example).arg("--check").current_dir(root).output().expect("the example runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
