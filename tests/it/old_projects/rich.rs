//! A project with something of everything that a project file of this version holds.
//! The layers lie in the folder `underlag` beside the project file. Villages, people and stores are made up.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sotplan::app::command::{Change, Command};
use sotplan::app::{Results, load};
use sotplan::geometry::LonLat;
use sotplan::io::{LoadOptions, load_file};
use sotplan::model::{
    AddedService, Evidence, EvidenceKind, Fact, FactValue, KindSet, LayerId, Parameters, Project,
    ServiceKind, SiteId, TrialId, TrialPoint,
};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

/// The folder of the layers, beside the project file.
pub const LAYERS: &str = "underlag";

fn evidence(kind: EvidenceKind, who: &str, when: &str, what: &str) -> Evidence {
    Evidence { kind, who: who.into(), when: when.into(), what: what.into() }
}

pub fn site(layer: u32, key: &str) -> SiteId {
    SiteId::Feature { layer: LayerId(layer), key: key.into() }
}

// In the order of the files.
pub const STORES: u32 = 3;
pub const FUEL: u32 = 4;
const SOT: u32 = 5;

const FILES: &[&str] = &[
    "kommuner.geojson",
    "befolkning-2023.geojson",
    "livsmedel.geojson",
    "drivmedel.geojson",
    "sot-platser.geojson",
    "ovrig-service.geojson",
    "orter.geojson",
    "samlingslokaler.gpkg",
];

/// The project as its user left it; its layers lie in `folder`.
pub fn project(folder: &Path) -> Project {
    let mut project = Project { name: "Ånsta och Älvdalen".into(), ..Project::default() };
    for file in FILES {
        let options = options_of(file, folder);
        let loaded = load_file(&folder.join(LAYERS).join(file), &options, &Unwatched).expect(file);
        project = load::with_layers(&project, vec![loaded]);
    }
    let roads = load::read_roads(
        &folder.join(LAYERS).join("vagar.osm"),
        &sotplan::io::RoadOptions::default(),
        &Unwatched,
    );
    project = load::with_roads(&project, vec![roads.expect("roads").0]);
    let mut commands = vec![Command::SetParameters(parameters().into())];
    commands.extend(corrections());
    commands.extend(additions());
    commands.extend(closures());
    commands.extend(ranking());
    commands.extend(cleaning());
    commands.push(Command::Compare(compared()));
    commands.extend(process());
    project = commands.iter().fold(project, |project, command| command.apply(&project));
    project = with_hall(&project);
    project = with_waiting(&project);
    project = super::outages::outages().iter().fold(project, |project, command| command.apply(&project));
    project.log = Arc::new(log());
    project.name = "Ånsta och Älvdalen".into();
    with_plans(project)
}

/// Tables that are joined: a group of people, and what a place costs.
fn options_of(file: &str, folder: &Path) -> LoadOptions {
    use sotplan::model::{Gives, Join, Pair, Reading};
    let join = |table: &str, own: &str, other: &str, columns: &[&str]| Join {
        file: folder.join(LAYERS).join(table),
        part: None,
        by: vec![Pair::of_columns(own, other)],
        gives: Gives::Columns(columns.iter().map(|&column| column.to_owned()).collect()),
        absent_is_zero: own == "rutid",
        spread_by: None,
    };
    let joins = match file {
        "befolkning-2023.geojson" => vec![join("aldre.csv", "rutid", "ruta", &["ald80_w"])],
        "livsmedel.geojson" => vec![join("kostnader.csv", "namn", "butik", &["kostnad_tkr"])],
        _ => Vec::new(),
    };
    let reading = Reading { joins, ..Reading::default() };
    LoadOptions { crs: crs_of(file), reading, ..LoadOptions::default() }
}

/// The file of fuel stations says nothing of its system.
fn crs_of(file: &str) -> Option<sotplan::geometry::Crs> {
    (file == "drivmedel.geojson").then_some(sotplan::geometry::Crs::Sweref99Tm)
}

fn parameters() -> Parameters {
    Parameters {
        detour_factor: 1.27,
        speed_kmh: Some(64.5),
        threshold: Metres::new(7_350.0),
        time_threshold: sotplan::units::Seconds::new(570.0),
        people_times: [500.0, 1_111.0].map(sotplan::units::Seconds::new),
        profile: profile(),
        fuel_near: Metres::new(120.0),
        fuel_far: Metres::new(1_350.0),
        articles_min: 1_050.5,
        hours_min: 38.0,
        hours_min_small: 20.5,
        small_turnover_msek: 1.75,
        host_within: Metres::new(450.0),
        duplicate_within: Metres::new(90.0),
        people_radii: [5_000.5, 14_000.0].map(Metres::new),
        town_people: 5_000.0,
        counts_once: true,
        rural: sotplan::model::RuralTerms { locality_people: 200.0, ..Default::default() },
        same_name_within: Metres::new(150.0),
        far_from_road: Metres::new(800.0),
        people_expected: Some(sotplan::units::People::new(900.0)),
        ..Parameters::default()
    }
}

fn profile() -> sotplan::model::TravelProfile {
    sotplan::model::TravelProfile {
        limit_share: 0.9,
        gravel_kmh: 51.0,
        turnout_min: [1.5, 6.0, 8.25],
        ferry_wait_min: 7.5,
        car_weight_t: 2.4,
        private_kmh: 45.0,
        counts_access: false,
        ..Default::default()
    }
}

fn fact(site: &SiteId, id: &str, value: FactValue, evidence: Evidence) -> Command {
    let note = if id == "turnover_msek" { "revideras i vår" } else { "" }.into();
    Command::Amend(site.clone(), Change::Fact(id.into(), Some(Fact { value, evidence, note })))
}

/// What hands say of stores, with evidence of every kind and values of every type.
fn corrections() -> Vec<Command> {
    use EvidenceKind::{Calculated, None, Observed, Register, Stated};
    let (livs, bod, konsum, mack) =
        (site(STORES, "a2"), site(STORES, "#7"), site(STORES, "#8"), site(FUEL, "d2"));
    let seen = || evidence(Observed, "Märta Öst", "2023-09-14", "besök");
    vec![
        Command::Amend(livs.clone(), Change::Name("Sjöbergs Lanthandel".into(), seen())),
        Command::Amend(livs.clone(), Change::Place(LonLat::new(14.599_25, 63.268_5), seen())),
        fact(
            &livs,
            "hours_per_week",
            FactValue::Number(41.25),
            evidence(Register, "Öppetregistret", "2023-08-01", ""),
        ),
        fact(&livs, "information_point", FactValue::YesNo(true), seen()),
        fact(
            &livs,
            "comms_channel",
            FactValue::Text("Rakel, 2 st".into()),
            evidence(Stated, "Nils Åhs", "2023-10", "telefon"),
        ),
        fact(
            &livs,
            "turnover_msek",
            FactValue::Number(1.125),
            evidence(Calculated, "", "2023", "medel av tre år"),
        ),
        fact(&site(STORES, "a4"), "staffing", FactValue::Choice("hybrid".into()), evidence(None, "", "", "")),
        fact(&bod, "reserve_power", FactValue::Choice("ordered".into()), seen()),
        fact(&bod, "articles", FactValue::Number(1_049.0), evidence(Stated, "Öns Handelsbod", "", "e-post")),
        fact(
            &konsum,
            "agreement",
            FactValue::Text("”muntligt” – å".into()),
            evidence(Stated, "Eva Ek", "2023-05-02", ""),
        ),
        Command::Amend(
            mack,
            Change::Kinds(KindSet::from(ServiceKind::Fuel).with(ServiceKind::Parcel), seen()),
        ),
    ]
}

fn additions() -> Vec<Command> {
    let seen = evidence(EvidenceKind::Observed, "Eva Ek", "2023-06-30", "besök");
    let power = Fact::new(FactValue::Choice("in_place".into()), seen.clone());
    let trial = |id, name: &str, lon, lat| {
        Command::AddTrial(TrialPoint { id: TrialId(id), name: name.into(), place: LonLat::new(lon, lat) })
    };
    let select = |site| Command::Select { site, is_selected: true };
    vec![
        Command::AddService(AddedService {
            id: 1,
            name: "Bybutiken i Åsen".into(),
            kinds: KindSet::from(ServiceKind::Grocery).with(ServiceKind::Parcel),
            place: LonLat::new(14.665_432_1, 63.305_4),
            facts: [("reserve_power".to_owned(), power)].into(),
            evidence: seen,
        }),
        trial(1, "Högåsen", 14.42, 63.37),
        trial(4, "Östra vägskälet", 14.801_25, 63.297_5),
        select(site(STORES, "a1")),
        select(site(STORES, "#7")),
        select(site(SOT, "s2")),
        select(SiteId::Added(1)),
    ]
}

fn closures() -> Vec<Command> {
    use sotplan::model::{ClosureEffect, ClosureShape, RoadClosure};
    let closure = |id, name: &str, shape, effect, is_active| {
        Command::AddClosure(RoadClosure {
            id,
            name: name.into(),
            reason: "vårflod".into(),
            shape,
            effect,
            is_active,
            made_on: sotplan::model::MadeOn::Unsaid,
        })
    };
    let at = LonLat::new;
    vec![
        closure(1, "Bron vid Ötån", ClosureShape::Point(at(14.6713, 63.3146)), ClosureEffect::Closed, true),
        closure(
            2,
            "Grusning",
            ClosureShape::Line(vec![at(14.4700, 63.2620), at(14.5125, 63.2790)]),
            ClosureEffect::Slower(2.5),
            true,
        ),
        closure(
            4,
            "Övningsområde",
            ClosureShape::Area(vec![at(14.74, 63.25), at(14.80, 63.25), at(14.80, 63.29), at(14.74, 63.29)]),
            ClosureEffect::Closed,
            false,
        ),
        Command::CloseService { site: site(FUEL, "d4"), is_closed: true },
        Command::CloseService { site: site(STORES, "a6"), is_closed: true },
    ]
}

/// Weights, judgements and limits, and the factors that hands record.
fn ranking() -> Vec<Command> {
    use sotplan::app::ranking::RankingChange as Rank;
    use sotplan::model::{Exclusion, Factor, Judgement, MissingRule, ValueFunction};
    let seen = || evidence(EvidenceKind::Observed, "Eva Ek", "2023-06-30", "platsbesök");
    let (first, second) = (site(STORES, "a1"), site(STORES, "a2"));
    let ideal = ValueFunction::Ideal { at: 6_000.0, below: 5_500.0, above: 20_000.0 };
    let linear = ValueFunction::Linear { worst: Some(0.0), best: Some(333.25) };
    let mut all = vec![
        fact(&first, "hard_standing", FactValue::YesNo(true), seen()),
        fact(&first, "containers", FactValue::Number(2.0), seen()),
        fact(&second, "civil_society", FactValue::Number(3.0), seen()),
        fact(&second, "power_need_kva", FactValue::Number(12.5), seen()),
    ];
    all.extend(
        [
            Rank::Weight(Factor::PeopleWithin, 22.5),
            Rank::Weight(Factor::Sot, 0.0),
            Rank::Function(Factor::PeopleWithin, linear),
            Rank::Function(Factor::Town, ideal),
            Rank::Function(Factor::Containers, ValueFunction::Step { at: 2.0 }),
            Rank::Missing(Factor::Containers, MissingRule::Worst),
            Rank::Missing(Factor::CivilSociety, MissingRule::Neutral),
            Rank::Limit(Factor::PowerNeed, Some(15.0)),
            Rank::Judge(Factor::PeopleWithin, Factor::Fuel, Some(Judgement::from_steps(3))),
            Rank::Judge(Factor::GapPeople, Factor::Town, Some(Judgement::from_steps(-2))),
            Rank::Judged(Factor::Sot, true),
            Rank::Release(Exclusion::Paused, true),
            Rank::Seed(42),
        ]
        .map(Command::Rank),
    );
    all
}

/// The question asked, and two answers under a name.
fn with_plans(mut project: Project) -> Project {
    use sotplan::app::siting::{Amount, ByHand, Question, scenario, scenario::PlanChange, solve};
    use sotplan::location::{Objective, Role};
    let results = Results::compute(&project, None, &Unwatched).expect("figures");
    project.closures = Arc::new(results.travel.made_on(&project.closures));
    let nearest = Question {
        measure: project.parameters.measure,
        amount: Amount::Sites(3),
        by_hand: vec![ByHand {
            site: site(STORES, "a4"),
            role: Role::Forbidden,
            why: "kommunen sade nej".into(),
        }],
        ..Question::default()
    };
    let within = Question {
        objective: Objective::Mclp,
        amount: Amount::Budget(2_150.0),
        cost_field: Some("kostnad_tkr".into()),
        flat_price: Some(650.5),
        group: Some("ald80_w".into()),
        exclusive: vec![[site(STORES, "a3"), site(STORES, "a5")]],
        by_hand: Vec::new(),
        ..nearest.clone()
    };
    for (id, name, question) in [(1, "Närmast för alla", &nearest), (3, "Äldre inom räckhåll", &within)]
    {
        let solved = solve(question, &results, &Unwatched).unwrap_or_else(|_| panic!("{name}: no answer"));
        let plan = solved.plan.as_ref().expect("a plan");
        let answer = Some(&solved.answer);
        let kept = scenario::keep((id, name, "2023-11-20"), &solved.posed, question, answer, plan, &results);
        // How long it took is of that day.
        let kept = sotplan::model::Scenario { seconds: 0.25, ..kept };
        project = Command::Plan(PlanChange::Keep(Box::new(kept))).apply(&project);
    }
    Command::Plan(PlanChange::Ask(Box::new(within))).apply(&project)
}

/// The second row of a table in a database has another name; it is chosen, too.
fn with_hall(project: &Project) -> Project {
    let layer = project.layers.iter().find(|layer| layer.name == "samlingslokaler").expect("halls");
    let key = sotplan::model::Layer::feature_key(&layer.table.features[1]);
    let site = SiteId::Feature { layer: layer.id, key };
    let seen = evidence(EvidenceKind::Observed, "Nils Åhs", "2023-07-07", "skylt");
    let name = Change::Name("Älvbyns nya bygdegård".into(), seen);
    let project = Command::Amend(site.clone(), name).apply(project);
    Command::Select { site, is_selected: true }.apply(&project)
}

/// A new delivery of the fuel stations lacks one of which something was said: that waits.
fn with_waiting(project: &Project) -> Project {
    let old = project.layer(LayerId(FUEL)).expect("fuel").clone();
    let gone = site(FUEL, "d9");
    let seen = evidence(EvidenceKind::Stated, "Nils Åhs", "2023-04", "samtal");
    let identity = sotplan::model::Identity {
        id: Some("d9".into()),
        name: Some("Gamla Macken".into()),
        kinds: ServiceKind::Fuel.into(),
        place: LonLat::new(14.61, 63.27),
        number: 6,
        alike: 1,
        at_place: 1,
    };
    let tie = sotplan::model::Tie { identity, sha256: "0".repeat(64) };
    let name = Change::Name("Gamla Macken vid Ån".into(), seen);
    let project = Command::Amend(gone.clone(), name).apply(project);
    project.tied_again(&old, &BTreeMap::from([(gone, tie)]), "")
}

/// What is left out, what was looked at, and views of the map.
fn cleaning() -> Vec<Command> {
    use sotplan::model::{Bookmark, FindingKind, LeftOut, Settled};
    let said = || evidence(EvidenceKind::Stated, "Eva Ek", "2023-10-01", "ringt");
    let same = LeftOut::SameAs(site(STORES, "a3"));
    let settled = Settled { finding: FindingKind::Unstaffed, other: None, evidence: said() };
    let view = |name: &str, lon, zoom| Bookmark { name: name.into(), centre: LonLat::new(lon, 63.3), zoom };
    vec![
        Command::Amend(site(STORES, "#8"), Change::LeaveOut(same, said())),
        Command::Amend(site(FUEL, "d5"), Change::LeaveOut(LeftOut::Dropped, said())),
        Command::Amend(site(STORES, "a4"), Change::Settle(settled)),
        Command::SetBookmarks(vec![view("Ånsta", 14.45, 11.5), view("Hela älvdalen", 14.7, 9.25)]),
    ]
}

/// Three villages and a plan, told beside the second.
fn compared() -> sotplan::model::Compared {
    use sotplan::model::{Compared, Side};
    let second = site(STORES, "a2");
    Compared {
        places: vec![site(STORES, "a1"), second.clone(), SiteId::Trial(TrialId(4))],
        plans: vec![3],
        reference: Some(Side::Place(second)),
    }
}

/// The way of two places to a SOT point, as far as it is written down.
fn process() -> Vec<Command> {
    use sotplan::app::following::{FollowChange as Note, Item, StepChange};
    use sotplan::model::SotStatus;
    use sotplan::model::process::{
        Agreement, Answer, Check, CheckNote, CheckState, Cost, DatedNote, DocumentLink, Frequency, Function,
        Outcome, OutcomeNote, OutcomeState, Person, ProcessStep as Step, Question, QuestionNote, StatusSet,
        StepState, When,
    };
    let when = |text: &str| When::parse(text).expect("a date");
    let said = || evidence(EvidenceKind::Stated, "Eva Ek", "2023-11-02", "möte");
    let answer = |question, answer| Note::Question(question, QuestionNote { answer, evidence: said() });
    let status = |status, date: &str, in_favour_of| {
        Note::Status(Some(StatusSet { status, date: when(date), in_favour_of, evidence: said() }))
    };
    let check =
        CheckNote { state: CheckState::Done, date: Some(when("2024-Q1")), note: "diarieförd".into() };
    let person =
        |function, name: &str, contact: &str| Person { function, name: name.into(), contact: contact.into() };
    let note = DatedNote {
        date: when("2023-11-02"),
        who: "Eva Ek".into(),
        text: "Byn vill, kommunen tvekar.".into(),
    };
    let link =
        DocumentLink { title: "Protokoll § 12".into(), link: "https://example.org/protokoll-12".into() };
    let agreement = Agreement {
        with: "Älvbyns Handel".into(),
        about: "plats för container".into(),
        until: Some(when("2027")),
    };
    let cost = |what: &str, kronor, year, frequency| Cost { what: what.into(), kronor, year, frequency };
    let shown = OutcomeNote { state: OutcomeState::Shown, text: "öppet i 31 timmar utan el".into() };
    let of_second = [
        status(SotStatus::InOperation, "2024-05-31", None),
        Note::Owner("Märta Öst".into()),
        answer(Question::Municipality, Answer::Yes),
        answer(Question::Village, Answer::No),
        Note::Step(Step::Procurement, StepChange::State(StepState::Done)),
        Note::Step(Step::Procurement, StepChange::Done(Some(when("2023-12")))),
        Note::Step(Step::Construction, StepChange::State(StepState::UnderWay)),
        Note::Step(Step::Construction, StepChange::Planned(Some(when("2024-Q2")))),
        Note::Step(Step::Construction, StepChange::Margin(Some(3))),
        Note::Step(Step::Construction, StepChange::BlockedBy("tjäle".into())),
        Note::Step(Step::Construction, StepChange::Check(Check::BuildingPermit, check)),
        Note::Step(Step::Digging, StepChange::WaitsFor(Some(Step::Construction))),
        Note::Step(Step::Digging, StepChange::Note("efter älgjakten".into())),
        Note::Person(Item::Set(1, person(Function::Operator, "Åsa Lind", "070-000 00 00"))),
        Note::Person(Item::Set(3, person(Function::Deputy, "Örjan Ek", ""))),
        Note::Note(Item::Set(1, note)),
        Note::Document(Item::Set(1, link)),
        Note::Agreement(Item::Set(1, agreement)),
        Note::Cost(Item::Set(1, cost("Container", 185_000, Some(2024), Frequency::Once))),
        Note::Cost(Item::Set(2, cost("Diesel", 4_200, None, Frequency::Yearly))),
        Note::Outcome(Outcome::Warmth, shown),
    ];
    let third = [status(SotStatus::Paused, "2024", Some(site(SOT, "s2")))];
    let of = |key: &'static str| move |note| Command::Follow(site(SOT, key), note);
    of_second.into_iter().map(of("s2")).chain(third.into_iter().map(of("s4"))).collect()
}

/// Who changed what.
fn log() -> Vec<Arc<sotplan::model::process::LogEntry>> {
    use sotplan::model::process::{LogEntry, Logged};
    let entry = |at: &str, who: &str, logged, sv: &str, en: &str, place: &str| {
        let what = [sv.to_owned(), en.to_owned()];
        Arc::new(LogEntry { at: at.into(), who: who.into(), logged, what, place: place.into() })
    };
    vec![
        entry("2023-11-02T10:15:00", "Eva Ek", Logged::Done, "ändra antagande", "change assumption", ""),
        entry("2023-11-02T10:20:30", "Eva Ek", Logged::Done, "flytta", "move", "Sjöbergs Livs"),
        entry("2023-11-03T08:00:00", "Nils Åhs", Logged::Undone, "flytta", "move", "Sjöbergs Livs"),
        entry("2023-11-03", "", Logged::Redone, "flytta", "move", "Sjöbergs Livs"),
    ]
}
