//! Is the way to a SOT point followed as it is written down: a hand's status counts everywhere, every change is undone and
//! logged, nothing is lost by saving?

use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use sotplan::app::command::Command;
use sotplan::app::export::{Stamp, TableStyle, write_follow_up, write_process};
use sotplan::app::following::{Board, FollowChange, Item, StepChange, day_of};
use sotplan::app::history::History;
use sotplan::app::session::Session;
use sotplan::app::siting::{ExclusionReason, Preview, Question as PlanQuestion, preview};
use sotplan::app::{Results, demo};
use sotplan::io::project_file;
use sotplan::lang::{Lang, Said};
use sotplan::location::Role;
use sotplan::model::process::{
    Agreement, Answer, Check, CheckNote, CheckState, Cost, DatedNote, DocumentLink, Frequency, Function,
    Logged, Next, Outcome, OutcomeNote, OutcomeState, Person, ProcessStep, Question, QuestionNote, StatusSet,
    StepState, When,
};
use sotplan::model::{Evidence, EvidenceKind, Project, ServiceKind, SiteId, SotStatus, TrialId, TrialPoint};
use sotplan::progress::Unwatched;

fn example() -> &'static Results {
    static RESULTS: OnceLock<Results> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let project = demo::project(&Unwatched).expect("the example");
        Results::compute(&project, None, &Unwatched).expect("its figures")
    })
}

pub fn sot(name: &str) -> SiteId {
    let places = &example().situation.sot_places;
    places.iter().find(|sot| sot.name == name).expect("a SOT place").site.clone()
}

/// A store that is no SOT place.
pub fn store() -> SiteId {
    let candidates = &example().candidates;
    candidates.iter().find(|candidate| candidate.sot.is_none()).expect("a store").site.clone()
}

fn evidence() -> Evidence {
    let kind = EvidenceKind::Stated;
    Evidence { kind, who: "Eva".into(), when: "2024-04-02".into(), what: "möte".into() }
}

fn set(status: SotStatus, date: &str, in_favour_of: Option<SiteId>) -> FollowChange {
    let date = When::parse(date).expect("a date");
    FollowChange::Status(Some(StatusSet { status, date, in_favour_of, evidence: evidence() }))
}

/// The example after these changes, computed.
fn after(changes: &[(SiteId, FollowChange)]) -> Results {
    let start = demo_project();
    let project = changes
        .iter()
        .fold(start, |project, (site, change)| Command::Follow(site.clone(), change.clone()).apply(&project));
    Results::compute(&project, Some(example()), &Unwatched).expect("figures")
}

fn demo_project() -> Project {
    // As it was given to the results, without what is built in.
    example().project.clone()
}

fn roles(results: &Results) -> Preview {
    preview(&PlanQuestion::default(), results).expect("roles")
}

fn role(results: &Results, site: &SiteId) -> Role {
    let preview = roles(results);
    preview.places[preview.position(site).expect("the place")].role
}

#[test]
fn a_status_set_by_hand_counts_in_the_place_of_the_files_and_that_stays_visible() {
    let hallen = sot("Hallen");
    let serving = |results: &Results| results.situation.of_kind(ServiceKind::Sot).len();
    assert_eq!((role(example(), &hallen), serving(example())), (Role::Candidate, 3));
    for (status, wanted, count) in [
        (SotStatus::InOperation, Role::Required, 4),
        (SotStatus::Closed, Role::Forbidden, 3),
        (SotStatus::Establishing, Role::Candidate, 3),
    ] {
        let results = after(&[(hallen.clone(), set(status, "2024-Q2", None))]);
        assert_eq!((role(&results, &hallen), serving(&results)), (wanted, count), "{status:?}");
        let place = results.situation.sot_places.iter().find(|sot| sot.site == hallen).expect("Hallen");
        assert_eq!((place.status, place.status_date.as_str()), (status, "2024-Q2"));
        assert_eq!(place.status_set.as_ref(), Some(&evidence()));
        let file = place.in_file.as_ref().expect("what the file says");
        assert_eq!((file.status, file.date.as_str()), (SotStatus::Procurement, "2023-05-25"));
    }
    // Taken back, the file's counts again, and nothing is left of it.
    let back = after(&[
        (hallen.clone(), set(SotStatus::InOperation, "2024-Q2", None)),
        (hallen.clone(), FollowChange::Status(None)),
    ]);
    assert_eq!((role(&back, &hallen), back.project.follows.len()), (Role::Candidate, 0));
    assert!(example().is_current(&back.project));
}

#[test]
fn a_pause_in_favour_of_a_place_is_a_link_that_plans_obey() {
    let (storlien, kall, ottsjo) = (sot("Storlien"), sot("Kall"), sot("Ottsjö"));
    let results = after(&[(storlien.clone(), set(SotStatus::Paused, "2024-05", Some(kall.clone())))]);
    let preview = roles(&results);
    let at = |site: &SiteId| u32::try_from(preview.position(site).expect("a place")).expect("small");
    let pair = [at(&storlien), at(&kall)];
    let found = preview.exclusions.iter().find(|pair_of| pair_of.sites == pair).expect("never both");
    let (status, date) = (SotStatus::Paused, "2024-05".to_owned());
    assert_eq!(found.reason, ExclusionReason::InFavourOf { status, date });
    let place = results.situation.sot_places.iter().find(|sot| sot.site == storlien).expect("Storlien");
    assert_eq!(place.in_favour_of.as_deref(), Some("Kall"));
    // A new status of Ottsjö says nothing of Hallen any more: what the file said went with its status.
    assert_eq!(roles(example()).exclusions.len(), 1);
    let resumed = after(&[(ottsjo.clone(), set(SotStatus::Procurement, "2024", None))]);
    assert_eq!((role(&resumed, &ottsjo), roles(&resumed).exclusions.len()), (Role::Candidate, 0));
}

#[test]
fn a_store_with_a_status_is_a_sot_place() {
    let store = store();
    let results = after(&[(store.clone(), set(SotStatus::InPlace, "2025-01-31", None))]);
    assert_eq!(results.situation.sot_places.len(), example().situation.sot_places.len() + 1);
    assert_eq!(results.candidates.len(), example().candidates.len());
    let candidate = results.candidates.iter().find(|candidate| candidate.site == store).expect("the store");
    let sot = &results.situation.sot_places[candidate.sot.expect("a SOT place")];
    assert_eq!((&sot.site, sot.status, role(&results, &store)), (&store, SotStatus::InPlace, Role::Required));
    assert_eq!(results.situation.of_kind(ServiceKind::Sot).len(), 4);
    // Reports of the layers say the same as before.
    for layer in &results.project.layers {
        let (before, now) = (example().report(layer), results.report(layer));
        assert_eq!(
            before.map(|of| (of.features_used, &of.refused)),
            now.map(|of| (of.features_used, &of.refused))
        );
    }
}

#[test]
fn the_nine_places_of_the_example_stand_on_the_board_with_their_date() {
    let board = Board::new(example(), &example().project, day_of("2026-01-01"));
    let names: Vec<&str> = board.cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names.len(), 9);
    assert!(
        board.cards.iter().all(|card| card.date == "2023-05-25" && !card.is_set && card.concerns.is_empty())
    );
    let columns: Vec<(Option<&str>, usize)> = board
        .columns(|_| true)
        .iter()
        .map(|column| (column.status.map(SotStatus::id), column.cards.len()))
        .collect();
    let wanted =
        [("not_started", 1), ("paused", 2), ("procurement", 1), ("establishing", 2), ("in_place", 3)];
    assert_eq!(columns, wanted.map(|(status, count)| (Some(status), count)));
    let card = |name: &str| board.cards.iter().find(|card| card.name == name).expect("a card");
    assert_eq!(card("Ottsjö").in_favour_of.as_deref(), Some("Hallen"));
    assert_eq!(card("Hallen").next, Next::Ask(Question::Municipality));
    assert_eq!(card("Ottsjö").next, Next::Decide);
    assert_eq!(card("Kall").next, Next::Begin(ProcessStep::Evaluation));
    // A status that is set stands on the board at once, before anything is computed.
    let project = Command::Follow(sot("Hallen"), set(SotStatus::Establishing, "2024-Q2", None))
        .apply(&example().project);
    let board = Board::new(example(), &project, day_of("2026-01-01"));
    let hallen = board.cards.iter().find(|card| card.name == "Hallen").expect("Hallen");
    assert_eq!((hallen.status, hallen.date.as_str()), (Some(SotStatus::Establishing), "2024-Q2"));
    assert_eq!(hallen.concerns.len(), 1, "that quarter is over");
}

#[test]
fn a_test_site_is_followed_like_any_place_until_it_is_removed() {
    let project = demo_project();
    let place = example().situation.sot_places.iter().find(|sot| sot.name == "Hallen").expect("Hallen").place;
    let (id, site) = (TrialId(9), SiteId::Trial(TrialId(9)));
    let trial = TrialPoint { id, name: "Vid bygdegården".into(), place };
    let commands = [
        Command::AddTrial(trial),
        Command::Follow(site.clone(), FollowChange::Owner("Krokoms kommun".into())),
        Command::Follow(site.clone(), set(SotStatus::InOperation, "2026-01", None)),
    ];
    let project = commands.iter().fold(project, |project, command| command.apply(&project));
    let results = Results::compute(&project, Some(example()), &Unwatched).expect("figures");
    let board = Board::new(&results, &project, day_of("2026-11-30"));
    let card = board.cards.iter().find(|card| card.site == site).expect("a card");
    let seen = (card.name.as_str(), card.municipality.as_deref(), card.owner.as_str(), card.status);
    assert_eq!(seen, ("Vid bygdegården", Some("Åre"), "Krokoms kommun", Some(SotStatus::InOperation)));
    assert_eq!(card.place, Some(place));
    // No store stands there: it serves nobody.
    let serving = |results: &Results| results.situation.of_kind(ServiceKind::Sot).len();
    assert_eq!(serving(&results), serving(example()));
    // Its number may come to another.
    let removed = Command::RemoveTrial(id).apply(&project);
    assert!(removed.follows.is_empty());
}

fn session() -> Session {
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-01-01".into() }, None);
    session.open_demo();
    session.settle();
    session
}

#[test]
fn every_change_of_a_number_or_a_text_is_logged_with_who_when_and_what() {
    let mut session = session();
    let hallen = sot("Hallen");
    let owner = |owner: &str| Command::Follow(hallen.clone(), FollowChange::Owner(owner.into()));
    session.edit(owner("N"), Some(9));
    session.log_as("Eva Ek");
    session.log_by(Arc::new(|| "2026-01-02T08:00:00+01:00".into()));
    // A run of typing is one entry, as it is one step.
    session.edit(owner("Ni"), Some(10));
    session.edit(owner("Nils"), Some(10));
    session.undo();
    session.redo();
    let layer = session.project().layers[0].id;
    session.edit(Command::ShowLayer { layer, is_visible: false }, None);
    let log: Vec<_> = session.project().log.iter().map(|entry| entry.as_ref().clone()).collect();
    let told: Vec<(&str, &str, Logged, String)> = log
        .iter()
        .map(|entry| (entry.at.as_str(), entry.who.as_str(), entry.logged, entry.said(Lang::En)))
        .collect();
    let later = "2026-01-02T08:00:00+01:00";
    assert_eq!(
        told,
        [
            ("2026-01-01", "", Logged::Done, "Hallen: owner of the place: N".to_owned()),
            (later, "Eva Ek", Logged::Done, "Hallen: owner of the place: Nils".into()),
            (later, "Eva Ek", Logged::Undone, "Hallen: undid: owner of the place: Nils".into()),
            (later, "Eva Ek", Logged::Redone, "Hallen: did again: owner of the place: Nils".into()),
        ]
    );
    assert_eq!(log[1].said(Lang::Sv), "Hallen: ansvarig för platsen: Nils");
    // It is part of the project, and goes on where that is opened again.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("projekt.gpkg");
    session.save(path.clone());
    session.settle();
    let mut again = self::session();
    again.open_project(path, false);
    again.settle();
    again.edit(owner("Åsa"), None);
    assert_eq!(again.project().log.len(), 5);
    assert_eq!(again.project().log[..4], session.project().log[..]);
}

#[test]
fn tables_say_each_place_and_each_of_its_steps() {
    let hallen = sot("Hallen");
    let step = ProcessStep::Construction;
    let changes = [
        set(SotStatus::Establishing, "2024-Q2", None),
        FollowChange::Step(step, StepChange::State(StepState::UnderWay)),
        FollowChange::Step(step, StepChange::Owner("Åsa".into())),
        FollowChange::Step(step, StepChange::Planned(When::parse("2024-05"))),
        FollowChange::Step(step, StepChange::Margin(Some(2))),
        FollowChange::Step(step, StepChange::BlockedBy("bygglovet, överklagat".into())),
    ];
    let changes: Vec<_> = changes.into_iter().map(|change| (hallen.clone(), change)).collect();
    let results = after(&changes);
    let folder = tempfile::tempdir().expect("a folder");
    let (places, steps) = (folder.path().join("follow_up.csv"), folder.path().join("process.csv"));
    let stamp = Stamp { date: "2024-06-20".into() };
    write_follow_up(&places, &results, &results.project, TableStyle::Plain, &stamp).expect("written");
    write_process(&steps, &results, &results.project, TableStyle::Plain, &stamp).expect("written");
    let read = |path: &Path| -> Vec<std::collections::BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(path).expect("a table");
        reader.deserialize().collect::<Result<_, _>>().expect("rows")
    };
    let (places, steps) = (read(&places), read(&steps));
    assert_eq!((places.len(), steps.len()), (9, 63));
    let place = places.iter().find(|row| row["name"] == "Hallen").expect("Hallen");
    let of = |names: &[&str]| names.iter().map(|name| place[*name].clone()).collect::<Vec<_>>();
    assert_eq!(
        of(&["status", "status_date", "status_set_by_hand", "file_status", "file_status_date"]),
        ["establishing", "2024-Q2", "yes", "procurement", "2023-05-25"]
    );
    assert!(place["status_source"].contains("Eva") && place["blocked"].contains("överklagat"));
    let built =
        steps.iter().find(|row| row["name"] == "Hallen" && row["step"] == "construction").expect("a row");
    // The month ends on 31 May, two weeks later is 14 June, six days before.
    assert_eq!((built["late_after"].as_str(), built["days_late"].as_str()), ("2024-06-14", "6"));
    assert_eq!((built["state"].as_str(), built["step_owner"].as_str()), ("under_way", "Åsa"));
    let untold = steps.iter().filter(|row| row["state"] == "unknown").count();
    assert_eq!(untold, 62, "what is not noted is said to be unknown");
}

pub fn texts() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("Åsa \"Ö\"\n🌾".to_owned()), "[a-zåäö ]{1,12}"]
}

fn whens() -> impl Strategy<Value = When> {
    prop_oneof![
        (1900..2200i16).prop_map(When::Year),
        (1900..2200i16, 1..=4i8).prop_map(|(year, quarter)| When::Quarter(year, quarter)),
        (1900..2200i16, 1..=12i8).prop_map(|(year, month)| When::Month(year, month)),
        (1900..2200i16, 1..=12i8, 1..=28i8)
            .prop_map(
                |(year, month, day)| When::parse(&format!("{year}-{month:02}-{day:02}")).expect("a day")
            ),
    ]
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(|at| all[at])
}

pub fn said() -> impl Strategy<Value = Evidence> {
    (texts(), texts()).prop_map(|(who, what)| Evidence { who, what, ..evidence() })
}

fn statuses() -> impl Strategy<Value = FollowChange> {
    let favoured = prop_oneof![Just(None), Just(Some("Kall")), Just(Some("Hallen"))];
    let status =
        (any_of(&SotStatus::ALL), whens(), favoured, said()).prop_map(|(status, date, other, evidence)| {
            Some(StatusSet { status, date, in_favour_of: other.map(sot), evidence })
        });
    prop_oneof![Just(None), status].prop_map(FollowChange::Status)
}

fn step_changes() -> impl Strategy<Value = FollowChange> {
    let check = (any_of(&Check::ALL), any_of(&CheckState::ALL), prop::option::of(whens()), texts());
    let check = check.prop_map(|(check, state, date, note)| {
        FollowChange::Step(check.step(), StepChange::Check(check, CheckNote { state, date, note }))
    });
    let change = prop_oneof![
        any_of(&StepState::ALL).prop_map(StepChange::State),
        texts().prop_map(StepChange::Owner),
        prop::option::of(whens()).prop_map(StepChange::Planned),
        prop::option::of(0..200u16).prop_map(StepChange::Margin),
        prop::option::of(whens()).prop_map(StepChange::Done),
        texts().prop_map(StepChange::Note),
        texts().prop_map(StepChange::BlockedBy),
        prop::option::of(any_of(&ProcessStep::ALL)).prop_map(StepChange::WaitsFor),
    ];
    let change =
        (any_of(&ProcessStep::ALL), change).prop_map(|(step, change)| FollowChange::Step(step, change));
    prop_oneof![check, change]
}

fn item<T: Clone + std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Item<T>> {
    prop_oneof![
        3 => (1..5u32, of).prop_map(|(number, item)| Item::Set(number, item)),
        1 => (1..5u32).prop_map(Item::Remove),
    ]
}

fn list_changes() -> impl Strategy<Value = FollowChange> {
    let person = (any_of(&Function::ALL), texts(), texts()).prop_map(|(function, name, contact)| Person {
        function,
        name,
        contact,
    });
    let note = (whens(), texts(), texts()).prop_map(|(date, who, text)| DatedNote { date, who, text });
    let document = (texts(), texts()).prop_map(|(title, link)| DocumentLink { title, link });
    let agreement = (texts(), texts(), prop::option::of(whens()))
        .prop_map(|(with, about, until)| Agreement { with, about, until });
    let cost = (texts(), any::<u64>(), prop::option::of(any::<i16>()), any_of(&Frequency::ALL))
        .prop_map(|(what, kronor, year, frequency)| Cost { what, kronor, year, frequency });
    prop_oneof![
        item(person).prop_map(FollowChange::Person),
        item(note).prop_map(FollowChange::Note),
        item(document).prop_map(FollowChange::Document),
        item(agreement).prop_map(FollowChange::Agreement),
        item(cost).prop_map(FollowChange::Cost),
    ]
}

pub fn changes() -> impl Strategy<Value = (SiteId, FollowChange)> {
    let site =
        prop_oneof![any_of(&["Hallen", "Kall", "Ottsjö"]).prop_map(sot), Just(()).prop_map(|()| store()),];
    let question =
        (any_of(&Question::ALL), any_of(&Answer::ALL), said()).prop_map(|(question, answer, evidence)| {
            FollowChange::Question(question, QuestionNote { answer, evidence })
        });
    let outcome = (any_of(&Outcome::ALL), any_of(&OutcomeState::ALL), texts())
        .prop_map(|(outcome, state, text)| FollowChange::Outcome(outcome, OutcomeNote { state, text }));
    let change = prop_oneof![
        statuses(),
        texts().prop_map(FollowChange::Owner),
        question,
        step_changes(),
        list_changes(),
        outcome
    ];
    (site, change)
}

fn config() -> Config {
    let rng_seed = RngSeed::Fixed(20_230_525);
    let rng_algorithm = RngAlgorithm::ChaCha;
    Config { cases: 24, rng_algorithm, rng_seed, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_written_down_is_undone_done_again_and_saved(
        changes in prop::collection::vec(changes(), 1..40),
    ) {
        let start = demo_project();
        let mut history = History::default();
        let mut states = vec![start.clone()];
        for (site, change) in changes {
            let command = Command::Follow(site, change);
            for lang in [Lang::Sv, Lang::En] {
                prop_assert!(!command.said(lang).is_empty());
            }
            let next = history.edit(states.last().expect("a state"), command, None);
            states.push(next);
        }
        let last = states.last().expect("a state").clone();
        let mut now = last.clone();
        for before in states.iter().rev().skip(1) {
            now = history.undo(&now).expect("a step");
            prop_assert_eq!(&now.follows, &before.follows);
        }
        prop_assert!(history.undo(&now).is_none() && now.follows.is_empty());
        for after in &states[1..] {
            now = history.redo(&now).expect("a step");
            prop_assert_eq!(&now.follows, &after.follows);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("projekt.gpkg");
        project_file::save(&path, &last).expect("a save");
        let back = project_file::open(&path).expect("a project").into_project(last.layers.clone(), Vec::new());
        prop_assert_eq!(&back.follows, &last.follows);
        prop_assert!(back.held.is_empty());
    }
}
