//! Does a project come back from its file as it was saved, and is a broken file refused?

mod forms;
mod outages;
mod packing;
mod process;
mod refused;
mod results;
mod saving;

use std::fs;

use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

use super::*;
use crate::geometry::{Crs, LonLat};
use crate::io::load_bytes;
use crate::model::{
    ClosureEffect, ClosureShape, Compared, Evidence, EvidenceKind, Exclusion, Fact, FactValue, Factor,
    FactorSetting, FindingKind, Judgement, KindRule, KindSet, LeftOut, MadeOn, MissingRule, PlanBook,
    PlanFigures, PlanProof, PlanSite, Role, Scenario, Scope, ServiceKind, Settled, TextEncoding, TrialId,
    ValueFunction,
};
use crate::progress::Unwatched;
use crate::units::Metres;

const LAYER: &[u8] = br#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","properties":{"name":"Butik"},"geometry":{"type":"Point","coordinates":[14.63839,63.17569]}}]}"#;

fn layer(id: u32, place: SourcePlace) -> Arc<Layer> {
    let role = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
    let loaded = load_bytes(place, LAYER, &options, &Unwatched).expect("a good layer");
    Arc::new(loaded.into_layer(LayerId(id)))
}

fn evidence(who: &str) -> Evidence {
    let (when, what) = ("2025-11-12".into(), "besök".into());
    Evidence { kind: EvidenceKind::Observed, who: who.into(), when, what }
}

fn fact(value: FactValue) -> Fact {
    Fact { value, evidence: evidence("Åsa \"Ö\" \\ \u{1f33e}"), note: "”två” \\ rum".into() }
}

fn feature(key: &str) -> SiteId {
    SiteId::Feature { layer: LayerId(7), key: key.into() }
}

/// Something of everything.
fn project(folder: &Path) -> Project {
    let mut hidden = layer(9, SourcePlace::File(folder.join("underlag").join("åre 2024.geojson")));
    let changed = Arc::make_mut(&mut hidden);
    changed.name = "Butiker i Åre".into();
    changed.is_visible = false;
    changed.opacity = 0.7;
    changed.source.crs = Crs::Sweref99Zone(3014);
    changed.source.crs_assumed = true;
    let kinds: KindSet = [ServiceKind::Grocery, ServiceKind::Fuel].into_iter().collect();
    let place = LonLat::new(14.638_394_612_345_678, 63.175_693_600_000_01);
    let facts: BTreeMap<String, Fact> = [
        ("staffing".into(), fact(FactValue::Choice("unstaffed".into()))),
        ("articles".into(), fact(FactValue::Number(1234.1))),
        ("seasonal".into(), fact(FactValue::YesNo(false))),
        ("operator".into(), fact(FactValue::Text("Föreningen\n”Byn”".into()))),
    ]
    .into();
    let amendments = amendments(place, kinds, &facts);
    let name = "Ombud".to_owned();
    let added = AddedService { id: 3, name, kinds, place, facts, evidence: evidence("Kommunen") };
    Project {
        name: "Jämtlands fjäll".into(),
        layers: vec![layer(7, SourcePlace::Demo("x.geojson".into())), hidden],
        roads: Vec::new(),
        closures: Arc::new(vec![closure(place)]),
        closed_services: Arc::new([feature("a")].into()),
        parameters: Parameters {
            detour_factor: 1.1 + 0.2,
            speed_kmh: None,
            threshold: Metres::new(12_345.678_901_234_567),
            ..Parameters::default()
        },
        amendments: Arc::new(amendments),
        added: Arc::new(vec![added]),
        trials: Arc::new(vec![TrialPoint { id: TrialId(2), name: "Läge B".into(), place }]),
        bookmarks: Arc::new(vec![crate::model::Bookmark {
            name: "Hallen".into(),
            centre: LonLat::new(14.1, 63.2),
            zoom: 10.5,
        }]),
        selected: Arc::new([feature("a"), SiteId::Added(3), SiteId::Trial(TrialId(2))].into()),
        ranking: Arc::new(ranking()),
        compared: Arc::new(Compared {
            places: vec![feature("a"), SiteId::Trial(TrialId(2))],
            plans: vec![3],
            reference: Some(SiteId::Trial(TrialId(2)).into()),
        }),
        plans: Arc::new(plans()),
        outages: Arc::new(outages::book()),
        follows: Arc::new(process::follows()),
        log: Arc::new(process::log()),
        ties: Arc::default(),
        held: Arc::default(),
        kept: Arc::default(),
    }
}

fn closure(place: LonLat) -> RoadClosure {
    RoadClosure {
        id: 4,
        name: "Bron".into(),
        reason: "ras".into(),
        shape: ClosureShape::Area(vec![place, LonLat::new(14.1, 63.2), LonLat::new(14.2, 63.1)]),
        effect: ClosureEffect::Slower(2.5),
        is_active: true,
        made_on: MadeOn::Unsaid,
    }
}

/// One of everything, one that takes kinds away, one of an added service.
fn amendments(place: LonLat, kinds: KindSet, facts: &BTreeMap<String, Fact>) -> BTreeMap<SiteId, Amendment> {
    [
        (
            feature("a"),
            Amendment {
                place: Some((place, evidence("Eva"))),
                name: Some(("Handlar'n".into(), evidence("Eva"))),
                kinds: Some((kinds, Evidence::register("Pipos", "2025"))),
                facts: facts.clone(),
                ..Amendment::default()
            },
        ),
        (
            feature("#12"),
            Amendment { kinds: Some((KindSet::EMPTY, Evidence::none())), ..Amendment::default() },
        ),
        (
            feature("double"),
            Amendment {
                left_out: Some((LeftOut::SameAs(feature("a")), evidence("Eva"))),
                ..Amendment::default()
            },
        ),
        (
            feature("gone"),
            Amendment {
                left_out: Some((LeftOut::Dropped, Evidence::none())),
                settled: vec![Settled {
                    finding: FindingKind::SameName,
                    other: Some(feature("a")),
                    evidence: evidence("Eva"),
                }],
                ..Amendment::default()
            },
        ),
        (SiteId::Added(3), Amendment { facts: facts.clone(), ..Amendment::default() }),
    ]
    .into()
}

/// A question being asked and an answer saved.
fn plans() -> PlanBook {
    let question = serde_json::json!({ "objective": "mclp", "amount": { "budget": 0.1 } });
    let figures = PlanFigures {
        unit: "km".into(),
        threshold: 20.0,
        people: 100.5,
        people_within: 1.0 / 3.0,
        people_without_way: 0.0,
        mean: Some(0.1 + 0.2),
        worst: None,
        money: Some(1e6),
    };
    let scenario = Scenario {
        id: 3,
        name: "Två i fjällen".into(),
        date: "2026-01-01".into(),
        question: question.clone(),
        objective: "mclp".into(),
        sites: vec![PlanSite { site: feature("a"), name: "Handlar'n".into() }],
        value: 1.0 / 3.0,
        bound: Some(0.5),
        proof: PlanProof::NotProven(Some(0.25)),
        seconds: 1.5,
        seed: u64::MAX,
        method: "väg".into(),
        figures,
        inputs: "ab".into(),
    };
    PlanBook { question, scenarios: vec![scenario], unread: Vec::new() }
}

/// A comparison in which nothing is as it is from the start.
fn ranking() -> RankingModel {
    let mut model = RankingModel::default();
    for (at, factor) in (1_u8..).zip(Factor::ALL) {
        let at = f64::from(at);
        let function = match factor.index() % 3 {
            0 => ValueFunction::Linear { worst: Some(at / 3.0), best: None },
            1 => ValueFunction::Step { at: 1.1 * at },
            _ => ValueFunction::Ideal { at, below: 0.1, above: 1.0 / at },
        };
        let missing = MissingRule::ALL[factor.index() % 3];
        *model.setting_mut(factor) = FactorSetting { weight: at / 7.0, function, missing, limit: Some(at) };
    }
    model.judged = [Factor::Fuel, Factor::Town].into();
    model.judgements = [((Factor::Fuel, Factor::Town), Judgement::from_steps(-4))].into();
    model.scope = Scope::Chosen;
    model.released = [Exclusion::Paused].into();
    model.seed = u64::MAX - 1;
    model
}

fn saved() -> (TempDir, std::path::PathBuf, Project) {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("fjäll.gpkg");
    let project = project(folder.path());
    save(&path, &project).expect("a save");
    (folder, path, project)
}

fn rows(path: &Path) -> Vec<(String, i64, String)> {
    let connection = Connection::open(path).expect("a database");
    let mut statement = connection
        .prepare("SELECT name, version, json FROM sotplan_documents ORDER BY name")
        .expect("the table");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

fn execute(path: &Path, sql: &str) {
    Connection::open(path).and_then(|connection| connection.execute_batch(sql)).expect("good SQL");
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// Neither opened nor overwritten, and the message has this in it.
fn refused(path: &Path, message: &str) {
    let before = fs::read(path).expect("a file");
    let folder = path.parent().expect("a folder");
    let names = names_in(folder);
    for error in [open(path).map(drop), save(path, &project(folder))].map(|r| r.expect_err("a refusal")) {
        assert!(error.to_string().contains(message), "{error}");
    }
    assert_eq!(fs::read(path).expect("a file"), before, "the file was touched");
    assert_eq!(names_in(folder), names);
}

/// An encoding that the file does not state stands in the project; what it states is told again.
#[test]
fn an_encoding_is_remembered_and_a_guess_stays_one() {
    let text = String::from_utf8_lossy(LAYER).replace("Butik", "Mörsil");
    let latin1: Vec<u8> = text.chars().map(|sign| sign as u8).collect();
    let load = |bytes: &[u8], encoding| {
        let options = LoadOptions { encoding, ..LoadOptions::default() };
        load_bytes(SourcePlace::Demo("x.geojson".into()), bytes, &options, &Unwatched).expect("a layer")
    };
    let folder = tempdir().expect("a folder");
    let cases = [
        (latin1.as_slice(), None, Some(TextEncoding::Latin1), true),
        (latin1.as_slice(), Some(TextEncoding::Cp850), Some(TextEncoding::Cp850), false),
        (text.as_bytes(), None, None, false),
    ];
    for (bytes, said, kept, is_guess) in cases {
        let layer = Arc::new(load(bytes, said).into_layer(LayerId(1)));
        let project = Project { layers: vec![Arc::clone(&layer)], ..Project::default() };
        let path = folder.path().join(format!("{kept:?}.gpkg"));
        save(&path, &project).expect("a save");
        let read = open(&path).expect("a project");
        let source = &read.sources()[0];
        assert_eq!((source.options.encoding, source.is_encoding_guessed), (kept, is_guess));
        let again = source.layer(load(bytes, source.options.encoding));
        assert_eq!(again.source.encoding, layer.source.encoding);
        assert_eq!(again.table.report.remarks.len(), layer.table.report.remarks.len());
    }
}

#[test]
fn everything_comes_back() {
    let (folder, path, project) = saved();
    assert_eq!(names_in(folder.path()), ["fjäll.gpkg"], "nothing else is left in the folder");
    let read = open(&path).expect("a project");

    assert_eq!(read.name(), project.name);
    for (source, layer) in read.sources().iter().zip(&project.layers) {
        assert_eq!(source.id, layer.id);
        assert_eq!(source.name, layer.name);
        assert_eq!(source.place, layer.source.place);
        assert_eq!(source.options.crs, Some(layer.source.crs));
        assert_eq!(source.options.role.as_ref(), Some(&layer.role));
        assert_eq!(source.sha256, layer.source.sha256);
        assert_eq!(source.bytes, layer.source.bytes);
        assert_eq!(source.crs_assumed, layer.source.crs_assumed);
        assert_eq!(source.date, layer.source.date);
        assert_eq!(source.is_visible, layer.is_visible);
        assert!((source.opacity - layer.opacity).abs() < f32::EPSILON);
    }
    let back = read.into_project(project.layers.clone(), Vec::new());
    assert_eq!(back.layers.len(), 2);
    assert_eq!(back.name, project.name);
    assert_eq!(back.parameters, project.parameters);
    assert_eq!(back.amendments, project.amendments);
    assert_eq!(back.added, project.added);
    assert_eq!(back.trials, project.trials);
    assert_eq!(back.selected, project.selected);
    assert_eq!(back.bookmarks, project.bookmarks);
    assert_eq!(back.closures, project.closures);
    assert_eq!(back.closed_services, project.closed_services);
    assert_eq!(back.ranking, project.ranking);
    assert_eq!(back.compared, project.compared);
    assert_eq!(back.plans, project.plans);
}

#[test]
fn a_project_of_an_older_version_is_compared_by_the_defaults() {
    let (_folder, path, project) = saved();
    execute(&path, "DELETE FROM sotplan_documents WHERE name = 'ranking'");
    let back = open(&path).expect("a project").into_project(project.layers, Vec::new());
    assert_eq!(*back.ranking, RankingModel::default());
    execute(&path, "DELETE FROM sotplan_documents WHERE name = 'comparison'");
    let back = open(&path).expect("a project of an older version").into_project(Vec::new(), Vec::new());
    assert_eq!(*back.compared, Compared::default());
    execute(&path, "DELETE FROM sotplan_documents WHERE name = 'plans'");
    let back = open(&path).expect("a project of an older version").into_project(Vec::new(), Vec::new());
    assert_eq!(*back.plans, PlanBook::default());
}

#[test]
fn a_layer_read_again_is_the_layer_saved() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("p.gpkg");
    let mut before = layer(4, SourcePlace::Demo("x.geojson".into()));
    let changed = Arc::make_mut(&mut before);
    changed.name = "Mina butiker".into();
    changed.is_visible = false;
    changed.opacity = 0.25;
    changed.source.crs_assumed = true;
    save(&path, &Project { layers: vec![before.clone()], ..Project::default() }).expect("a save");

    let source = open(&path).expect("a project").sources()[0].clone();
    let loaded = load_bytes(source.place.clone(), LAYER, &source.options, &Unwatched).expect("a layer");
    let after = source.layer(loaded);
    assert_eq!((after.id, &after.name, after.is_visible), (before.id, &before.name, false));
    assert_eq!(after.source, before.source);
    assert_eq!(after.role, before.role);
    assert!((after.opacity - 0.25).abs() < f32::EPSILON);
    assert_eq!(after.table.report.remarks[0].kind, RemarkKind::AssumedSweref99Tm);
}

#[test]
fn the_folder_can_be_moved() {
    let (folder, path, _) = saved();
    let documents = rows(&path);
    let sources = documents.iter().find(|(name, ..)| name == "sources").expect("sources");
    assert!(sources.2.contains(r#""file":"underlag/åre 2024.geojson""#), "{}", sources.2);
    let moved = tempdir().expect("a folder");
    let there = moved.path().join("flyttad.gpkg");
    fs::rename(&path, &there).expect("a move");
    let place = open(&there).expect("a project").sources()[1].place.clone();
    assert_eq!(place, SourcePlace::File(moved.path().join("underlag").join("åre 2024.geojson")));
    assert!(!path.exists() && folder.path().exists());
}

#[test]
fn a_file_elsewhere_keeps_its_place() {
    let (here, there) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let far = there.path().join("x.geojson");
    let path = here.path().join("p.gpkg");
    let layers = vec![layer(1, SourcePlace::File(far.clone()))];
    save(&path, &Project { layers, ..Project::default() }).expect("a save");
    assert_eq!(open(&path).expect("a project").sources()[0].place, SourcePlace::File(far));
}

#[test]
fn saving_again_changes_no_byte() {
    let (folder, path, project) = saved();
    let (bytes, documents) = (fs::read(&path).expect("a file"), rows(&path));
    save(&path, &project).expect("a save");
    assert_eq!(fs::read(&path).expect("a file"), bytes);
    let back = open(&path).expect("a project").into_project(project.layers, Vec::new());
    let other = folder.path().join("annan.gpkg");
    save(&other, &back).expect("a save");
    assert_eq!(rows(&other), documents);
}

#[test]
fn what_is_unknown_is_kept() {
    let (_folder, path, mut project) = saved();
    execute(
        &path,
        "INSERT INTO sotplan_documents VALUES ('journeys', 99, '{\"x\":1}');
         INSERT INTO sotplan_meta VALUES ('note', 'keep me');
         CREATE TABLE mine (x); INSERT INTO mine VALUES (1);
         UPDATE sotplan_documents SET json = json_set(json, '$.later', 1);",
    );
    assert_eq!(open(&path).expect("a project").name(), project.name);
    project.name = "Nytt namn".into();
    save(&path, &project).expect("a save");
    assert_eq!(open(&path).expect("a project").name(), "Nytt namn");
    assert!(rows(&path).iter().any(|(name, version, _)| name == "journeys" && *version == 99));
    let connection = Connection::open(&path).expect("a database");
    let kept = "SELECT (SELECT count(*) FROM mine) + (SELECT count(*) FROM sotplan_meta WHERE key = 'note')";
    assert_eq!(connection.query_row(kept, [], |row| row.get::<_, i64>(0)), Ok(2));
}

#[test]
fn a_number_that_json_cannot_hold_is_not_saved() {
    let (_folder, path, mut project) = saved();
    let before = fs::read(&path).expect("a file");
    project.parameters.speed_kmh = Some(f64::NAN);
    let error = save(&path, &project).expect_err("a refusal");
    assert!(error.to_string().contains("“parameters”: a number is infinite or invalid"), "{error}");
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn it_is_a_geopackage() {
    let (_folder, path, _) = saved();
    let connection = Connection::open(path).expect("a database");
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect(sql);
    assert_eq!(number("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number("PRAGMA user_version"), 10_300);
    assert_eq!(number("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 3006)"), 4);
    assert_eq!(number("SELECT count(*) FROM gpkg_contents"), 0);
    assert_eq!(number("SELECT count(*) FROM gpkg_geometry_columns"), 0);
    assert_eq!(number("SELECT count(*) FROM gpkg_extensions WHERE table_name LIKE 'sotplan_%'"), 2);
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let integrity = connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(integrity, Ok("ok".into()));
}

/// A project whose documents tell whether they belong together.
fn numbered(n: u32) -> Project {
    let place = LonLat::new(14.0, 63.0);
    let trials = (1..=n).map(|id| TrialPoint { id: TrialId(id), name: "x".repeat(2_000), place }).collect();
    Project { name: n.to_string(), trials: Arc::new(trials), ..Project::default() }
}

fn number() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("JSON has finite numbers only", |number| number.is_finite())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_values_come_back(
        (lon, lat, number) in (-180.0..180.0, -90.0..90.0, number()),
        (name, key) in (any::<String>(), any::<String>()),
        kinds in proptest::sample::subsequence(ServiceKind::ALL.to_vec(), 0..=ServiceKind::COUNT),
        id in 0..u32::MAX,
    ) {
        let evidence = Evidence { who: name.clone(), what: key.clone(), ..Evidence::none() };
        let value = FactValue::Number(number);
        let amendment = Amendment {
            place: Some((LonLat::new(lon, lat), evidence.clone())),
            name: Some((name.clone(), evidence.clone())),
            kinds: Some((kinds.into_iter().collect(), evidence.clone())),
            facts: [(key.clone(), Fact { value, evidence: evidence.clone(), note: key.clone() })].into(),
            left_out: Some((LeftOut::SameAs(feature(&name)), evidence.clone())),
            settled: vec![Settled { finding: FindingKind::InWater, other: None, evidence }],
        };
        let project = Project {
            name,
            amendments: Arc::new([(feature(&key), amendment)].into()),
            selected: Arc::new([SiteId::Added(id), feature(&key)].into()),
            ..Project::default()
        };
        let path = Path::new("p.gpkg");
        let documents = documents::from_project(path, &project).expect("documents");
        let back = documents::to_project(path, &documents).expect("a project").into_project(Vec::new(), Vec::new());
        prop_assert_eq!(&back.amendments, &project.amendments);
        prop_assert_eq!(&back.selected, &project.selected);
        prop_assert_eq!(&back.name, &project.name);
        prop_assert_eq!(documents::from_project(path, &back).expect("documents"), documents);
    }

    #[test]
    fn no_damage_makes_it_panic(damage in proptest::collection::vec((0..60_000_usize, any::<u8>()), 1..20)) {
        let (_folder, path, _) = saved();
        let mut bytes = fs::read(&path).expect("a file");
        for (at, byte) in damage {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        fs::write(&path, bytes).expect("a file");
        let _ = open(&path);
        let _ = save(&path, &numbered(2));
    }
}
