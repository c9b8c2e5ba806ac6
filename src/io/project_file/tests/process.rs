//! Does the way of places to a SOT point come back from a file, and does an older program refuse what it would misread?

use super::*;
use crate::model::SotStatus;
use crate::model::process::{
    Agreement, Answer, Check, CheckNote, CheckState, Cost, DatedNote, DocumentLink, Follow, Frequency,
    Function, LogEntry, Logged, Outcome, OutcomeNote, OutcomeState, Person, ProcessStep, Question,
    QuestionNote, StatusSet, StepNote, StepState, When,
};

fn when(text: &str) -> When {
    When::parse(text).expect("a date")
}

/// Something of everything.
pub(super) fn follows() -> BTreeMap<SiteId, Follow> {
    let cables =
        CheckNote { state: CheckState::Done, date: Some(when("2024-05-02")), note: "Ledningskollen".into() };
    let step = StepNote {
        state: StepState::UnderWay,
        owner: "Åsa".into(),
        planned: Some(when("2024-Q2")),
        margin_weeks: Some(6),
        done: Some(when("2024-06")),
        note: "tjäle".into(),
        blocked_by: "bygglovet".into(),
        waits_for: Some(ProcessStep::Construction),
        checks: [(Check::Cables, cables)].into(),
    };
    let (date, in_favour_of) = (when("2024-05-31"), Some(SiteId::Added(3)));
    let follow = Follow {
        status: Some(StatusSet { status: SotStatus::Paused, date, in_favour_of, evidence: evidence("Eva") }),
        owner: "Kommunen".into(),
        questions: [(Question::Village, QuestionNote { answer: Answer::Yes, evidence: evidence("Byn") })]
            .into(),
        steps: [(ProcessStep::Digging, step)].into(),
        people: [(2, Person { function: Function::Deputy, name: "Nils".into(), contact: "070".into() })]
            .into(),
        notes: [(1, DatedNote { date: when("2024"), who: "Eva".into(), text: "möte\ni byn".into() })].into(),
        documents: [(1, DocumentLink { title: "Avtal".into(), link: "https://example.org".into() })].into(),
        agreements: [(
            1,
            Agreement { with: "Fastighets AB".into(), about: "mark".into(), until: Some(when("2030")) },
        )]
        .into(),
        costs: [(
            1,
            Cost { what: "aggregat".into(), kronor: 250_000, year: Some(2024), frequency: Frequency::Once },
        )]
        .into(),
        outcomes: [(Outcome::Warmth, OutcomeNote { state: OutcomeState::Shown, text: "stormen".into() })]
            .into(),
    };
    let owned = Follow { owner: "Byalaget".into(), ..Follow::default() };
    [(feature("a"), follow), (SiteId::Added(3), owned)].into()
}

pub(super) fn log() -> Vec<Arc<LogEntry>> {
    let entry = |at: &str, logged, place: &str| {
        let what = ["ändra antagande".to_owned(), "change assumption".to_owned()];
        Arc::new(LogEntry { at: at.into(), who: "Eva".into(), logged, what, place: place.into() })
    };
    vec![entry("2024-05-31", Logged::Done, ""), entry("2024-06-01T10:00:00+02:00", Logged::Undone, "Butik")]
}

#[test]
fn an_older_program_refuses_only_what_it_would_misread() {
    let (_folder, path, mut project) = saved();
    let version = |path: &Path, wanted: &str| {
        rows(path).into_iter().find(|(name, ..)| name == wanted).map(|(_, version, _)| version)
    };
    // Whoever does not know the status that a hand has set would count the file's.
    assert_eq!((version(&path, "edits"), version(&path, "process")), (Some(3), Some(1)));
    for follow in Arc::make_mut(&mut project.follows).values_mut() {
        follow.status = None;
    }
    save(&path, &project).expect("a save");
    assert_eq!((version(&path, "edits"), version(&path, "process")), (Some(2), Some(1)));
    let back = open(&path).expect("a project").into_project(project.layers.clone(), Vec::new());
    assert_eq!((&back.follows, &back.log), (&project.follows, &project.log));
}

#[test]
fn what_is_written_down_goes_with_its_place_and_waits_where_that_is_not_found() {
    let (_folder, path, project) = saved();
    let with = |text: &str| {
        let role = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
        let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
        let place = SourcePlace::Demo("x.geojson".into());
        let loaded = load_bytes(place, text.as_bytes(), &options, &Unwatched).expect("a layer");
        let layers = vec![Arc::new(loaded.into_layer(LayerId(7)))];
        open(&path).expect("a project").into_project(layers, Vec::new())
    };
    let text = String::from_utf8_lossy(LAYER).into_owned();
    // The same shop under another id.
    let renamed = with(&text.replace("\"a\"", "\"b\""));
    assert_eq!(renamed.follows.get(&feature("b")), project.follows.get(&feature("a")));
    // Gone: kept, and in no figure. Brought back by a decision: as it was.
    let gone = with(&text.replace("Butik", "Macken").replace("14.63839", "15.1").replace("\"a\"", "\"z\""));
    assert!(!gone.follows.keys().any(|site| matches!(site, SiteId::Feature { .. })));
    let held = gone.held.iter().find(|held| held.was == feature("a")).expect("it waits");
    assert_eq!(held.follow.as_ref(), project.follows.get(&feature("a")));
    let placed = gone.clone().held_placed(held.id, &feature("z"));
    assert_eq!(placed.follows.get(&feature("z")), project.follows.get(&feature("a")));
    // Saved while it waits, it waits still.
    save(&path, &gone).expect("a save");
    let again = open(&path).expect("a project").into_project(gone.layers.clone(), Vec::new());
    assert_eq!(again.held, gone.held);
}

#[test]
fn a_place_followed_twice_and_a_date_that_is_none_are_refused() {
    for (from, to, message) in [
        (r#"{"site":{"added":3}"#, r#"{"site":{"feature":{"layer":7,"key":"a"}}"#, "twice"),
        ("2024-Q2", "i vår", "YYYY-Qn"),
    ] {
        let (_folder, path, _) = saved();
        let sql = format!(
            "UPDATE sotplan_documents SET json = replace(json, '{from}', '{to}') WHERE name = 'process'"
        );
        execute(&path, &sql);
        let error = open(&path).expect_err("a refusal").to_string();
        assert!(error.contains(message) && error.contains("process"), "{error}");
    }
}
