//! Is every change undone and done again, whatever it is? Random commands of every kind there is; a new kind has to be named
//! here before it compiles.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use sotplan::app::command::{Change, Command};
use sotplan::app::demo;
use sotplan::app::export::Stamp;
use sotplan::app::outage::OutageChange;
use sotplan::app::ranking::RankingChange;
use sotplan::app::session::Session;

use sotplan::app::siting::scenario::PlanChange;
use sotplan::geometry::LonLat;
use sotplan::model::outage::{
    EdgeEdit, Effect, Fault, Limit, LoadList, OutageArea, OutageAssumptions, OutageScenario, Part, Range,
    Refuel, Restored, RoadsClosed, Season, Where,
};
use sotplan::model::roads::Roads;
use sotplan::model::{
    AddedService, Amendment, Bookmark, ClosureEffect, ClosureShape, Compared, ContextUse, Fact, FactValue,
    Factor, FindingKind, Held, HeldWhy, LayerId, LeftOut, LineColumns, Load, LoadHours, MadeOn, PlanFigures,
    PlanProof, PlanSite, PowerAssumptions, Project, RoadClosure, RoadLayer, Role, Scenario, ServiceKind,
    Settled, SiteId, TrialId, TrialPoint,
};
use sotplan::progress::Unwatched;

use crate::following::{changes, said, sot, store, texts};

/// The example, read once.
pub fn start() -> Project {
    static PROJECT: std::sync::OnceLock<Project> = std::sync::OnceLock::new();
    PROJECT.get_or_init(|| demo::project(&Unwatched).expect("the example")).clone()
}

/// Everything of a project that can change, in words; tables of features by their address.
pub fn state(project: &Project) -> String {
    // A new part has to be named here before it compiles.
    let Project {
        name,
        layers,
        roads,
        closures,
        closed_services,
        parameters,
        amendments,
        added,
        trials,
        selected,
        bookmarks,
        ranking,
        compared,
        plans,
        outages,
        follows,
        // Never undone.
        log: _,
        ties,
        held,
        kept,
    } = project;
    let mut out = format!(
        "{name:?} {closures:?} {closed_services:?} {parameters:?} {amendments:?} {added:?} {trials:?} {selected:?} \
         {bookmarks:?} {ranking:?} {compared:?} {plans:?} {outages:?} {follows:?} {ties:?} {held:?} {kept:?}"
    );
    for layer in layers {
        let (id, name, role) = (layer.id, &layer.name, &layer.role);
        let (is_visible, opacity, table) = (layer.is_visible, layer.opacity, Arc::as_ptr(&layer.table));
        let _ = write!(out, " {id:?} {name:?} {role:?} {is_visible} {opacity} {table:?}");
    }
    for layer in roads {
        let (id, name, is_visible) = (layer.id, &layer.name, layer.is_visible);
        let _ = write!(out, " {id} {name:?} {is_visible}");
    }
    out
}

fn places() -> impl Strategy<Value = LonLat> {
    (12.0..16.0f64, 62.0..64.5f64).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn sites() -> impl Strategy<Value = SiteId> {
    prop_oneof![
        Just(()).prop_map(|()| sot("Hallen")),
        Just(()).prop_map(|()| sot("Kall")),
        Just(()).prop_map(|()| store()),
        (1..5u32).prop_map(SiteId::Added),
        (1..5u32).prop_map(|id| SiteId::Trial(TrialId(id))),
    ]
}

fn features() -> impl Strategy<Value = SiteId> {
    sites().prop_filter("a feature of a file", |site| matches!(site, SiteId::Feature { .. }))
}

fn facts() -> impl Strategy<Value = (String, Fact)> {
    let hours =
        (1..100u32).prop_map(|hours| ("hours_per_week".to_owned(), FactValue::Number(f64::from(hours))));
    let seasonal = any::<bool>().prop_map(|yes| ("seasonal".to_owned(), FactValue::YesNo(yes)));
    (prop_oneof![hours, seasonal], said(), texts())
        .prop_map(|((id, value), evidence, note)| (id, Fact { value, evidence, note }))
}

fn amendments() -> impl Strategy<Value = (SiteId, Change)> {
    let kinds = prop_oneof![Just(ServiceKind::Fuel), Just(ServiceKind::Grocery), Just(ServiceKind::Parcel)];
    let left_out = prop_oneof![Just(LeftOut::Dropped), Just(()).prop_map(|()| LeftOut::SameAs(store())),];
    let settled = (prop_oneof![Just(FindingKind::InWater), Just(FindingKind::FarFromRoad)], said())
        .prop_map(|(finding, evidence)| Settled { finding, other: None, evidence });
    let change = prop_oneof![
        (places(), said()).prop_map(|(place, evidence)| Change::Place(place, evidence)),
        (texts(), said()).prop_map(|(name, evidence)| Change::Name(name, evidence)),
        (kinds, said()).prop_map(|(kind, evidence)| Change::Kinds(kind.into(), evidence)),
        facts().prop_map(|(id, fact)| Change::Fact(id, Some(fact))),
        facts().prop_map(|(id, _)| Change::Fact(id, None)),
        (left_out, said()).prop_map(|(how, evidence)| Change::LeaveOut(how, evidence)),
        Just(Change::CountAgain),
        settled.prop_map(Change::Settle),
        Just(Change::Unsettle(FindingKind::InWater, None)),
        Just(Change::Reset),
    ];
    (features(), change)
}

fn added() -> impl Strategy<Value = AddedService> {
    (1..5u32, texts(), places(), prop::collection::vec(facts(), 0..2), said()).prop_map(
        |(id, name, place, facts, evidence)| AddedService {
            id,
            name,
            kinds: ServiceKind::Fuel.into(),
            place,
            facts: facts.into_iter().collect(),
            evidence,
        },
    )
}

fn closures() -> impl Strategy<Value = RoadClosure> {
    let effect = prop_oneof![Just(ClosureEffect::Closed), (1.0..9.0f64).prop_map(ClosureEffect::Slower)];
    (1..5u32, texts(), places(), effect, any::<bool>()).prop_map(|(id, name, place, effect, is_active)| {
        RoadClosure {
            id,
            name,
            reason: "prov".into(),
            shape: ClosureShape::Point(place),
            effect,
            is_active,
            made_on: MadeOn::Unsaid,
        }
    })
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    (1..9u32, texts(), sites(), 0.0..100.0f64).prop_map(|(id, name, site, value)| Scenario {
        id,
        name,
        date: "2026-11-29".into(),
        question: serde_json::Value::Null,
        objective: "mclp".into(),
        sites: vec![PlanSite { site, name: "plats".into() }],
        value,
        bound: None,
        proof: PlanProof::Proven,
        seconds: 1.0,
        seed: 1,
        method: "fågelväg".into(),
        figures: PlanFigures {
            unit: "km".into(),
            threshold: 10.0,
            people: 100.0,
            people_within: 50.0,
            people_without_way: 0.0,
            mean: None,
            worst: None,
            money: None,
        },
        inputs: "exemplet".into(),
    })
}

/// What fails where, and what is done about it.
fn outages() -> impl Strategy<Value = OutageScenario> {
    let place = prop_oneof![
        Just(Where::Everything),
        Just(()).prop_map(|()| Where::Municipalities(vec!["Åre".into(), "2309".into()])),
        prop::collection::vec(places(), 3..5).prop_map(|ring| Where::Outlines(vec![vec![ring]])),
    ];
    let area = (texts(), place, 0.0..48.0f64, 1.0..168.0f64, any::<bool>()).prop_map(
        |(name, place, start_h, hours, in_steps)| {
            let step = |(after_h, share)| Restored { after_h, share };
            let restored = if in_steps { [(6.0, 0.25), (24.0, 0.75)].map(step).to_vec() } else { Vec::new() };
            let faults = [Fault::Power, Fault::Deliveries].into();
            OutageArea { name, place, start_h, hours, faults, restored }
        },
    );
    let refuel = (sites(), 0.0..168.0f64).prop_map(|(site, hour)| Refuel { site, hour, litres: hour * 2.0 });
    let done = (
        prop::collection::btree_set(sites(), 0..3),
        prop::collection::btree_set(sites(), 0..3),
        prop::collection::vec(refuel, 0..2),
    );
    (1..6u32, texts(), prop::collection::vec(area, 0..3), done, any::<bool>()).prop_map(
        |(id, name, areas, (added, removed, refuels), summer)| {
            let season = if summer { Season::Summer } else { Season::Winter };
            let roads = summer.then_some(RoadsClosed { start_h: 2.0, hours: 30.0 });
            OutageScenario { id, name, areas, season, roads, added, removed, refuels, weight: 2.0 }
        },
    )
}

/// Numbers and dependencies otherwise than they are from the start.
fn outage_assumptions() -> impl Strategy<Value = OutageAssumptions> {
    let effect =
        prop_oneof![Just(Effect::Stops), Just(Effect::Nothing), Just(Effect::Limits(Limit::ByHand)),];
    (0.0..60.0f64, 0.0..40.0f64, effect, any::<bool>()).prop_map(|(least, more, effect, never)| {
        let range = Range(least, least + more);
        let edit =
            EdgeEdit { effect, delay: (!never).then_some(range), delay_in_locality: None, recovery_h: least };
        let assumed = OutageAssumptions::default().with("own_power_h", range);
        OutageAssumptions { edits: [((Part::Electricity, Part::Tills), edit)].into(), ..assumed }
    })
}

fn load_lists() -> impl Strategy<Value = LoadList> {
    let load = (texts(), 0.1..40.0f64, 1..5u32, any::<bool>()).prop_map(|(name, kw, count, is_cold)| Load {
        name,
        kw,
        count,
        start_factor: 3.0,
        is_cold,
        hours: if is_cold { LoadHours::Always } else { LoadHours::DAY },
    });
    prop::collection::vec(load, 0..3).prop_map(|loads| {
        let assumed = PowerAssumptions { tank_litres: Some(500.0), ..PowerAssumptions::default() };
        LoadList { loads, assumed }
    })
}

/// What somebody says of outages.
fn outage_changes() -> impl Strategy<Value = OutageChange> {
    prop_oneof![
        3 => outages().prop_map(|scenario| OutageChange::Keep(Box::new(scenario))),
        1 => outage_assumptions().prop_map(|assumed| OutageChange::Assume(Box::new(assumed))),
        1 => (sites(), load_lists()).prop_map(|(site, list)| OutageChange::Loads(site, Some(Box::new(list)))),
    ]
}

fn held() -> impl Strategy<Value = Held> {
    (1..5u32, features(), facts()).prop_map(|(id, was, (fact_id, fact))| Held {
        id,
        was,
        layer_name: "Ett annat lager".into(),
        identity: None,
        why: HeldWhy::LayerRemoved,
        amendment: Some(Amendment { facts: [(fact_id, fact)].into(), ..Amendment::default() }),
        follow: None,
        is_closed: false,
        is_selected: true,
    })
}

/// What somebody writes, draws or decides; not what is loaded, nor what waits.
pub fn written() -> impl Strategy<Value = Command> {
    let bookmarks = prop::collection::vec((texts(), places()), 0..3).prop_map(|all| {
        let mark = |(name, centre): (String, LonLat)| Bookmark { name, centre, zoom: 9.0 };
        Command::SetBookmarks(all.into_iter().map(mark).collect())
    });
    let ranking = prop_oneof![
        (0.0..5.0f64).prop_map(|weight| RankingChange::Weight(Factor::Fuel, weight)),
        Just(RankingChange::EqualWeights),
        Just(RankingChange::Reset),
        (0..9u64).prop_map(RankingChange::Seed),
    ];
    let assumed = (1.0..3.0f64).prop_map(|factor| Command::SetAssumption("detour_factor", factor.into()));
    let parameters = (1.0..3.0f64).prop_map(|factor| {
        let parameters = sotplan::model::Parameters { detour_factor: factor, ..start().parameters };
        Command::SetParameters(Box::new(parameters))
    });
    prop_oneof![
        6 => amendments().prop_map(|(site, change)| Command::Amend(site, change)),
        8 => changes().prop_map(|(site, change)| Command::Follow(site, change)),
        2 => added().prop_map(Command::AddService),
        2 => (1..5u32, places()).prop_map(|(id, place)| Command::AddTrial(TrialPoint {
            id: TrialId(id),
            name: format!("Test {id}"),
            place
        })),
        1 => (1..5u32, places()).prop_map(|(id, place)| Command::MoveTrial(TrialId(id), place)),
        1 => (1..5u32, texts()).prop_map(|(id, name)| Command::RenameTrial(TrialId(id), name)),
        2 => closures().prop_map(Command::AddClosure),
        1 => closures().prop_map(Command::EditClosure),
        1 => (sites(), any::<bool>()).prop_map(|(site, is_selected)| Command::Select { site, is_selected }),
        1 => (sites(), any::<bool>()).prop_map(|(site, is_closed)| Command::CloseService { site, is_closed }),
        1 => bookmarks,
        1 => ranking.prop_map(Command::Rank),
        2 => scenarios().prop_map(|plan| Command::Plan(PlanChange::Keep(Box::new(plan)))),
        3 => outage_changes().prop_map(Command::Outage),
        1 => assumed,
        1 => parameters,
    ]
}

fn layer_commands() -> impl Strategy<Value = Command> {
    let layers = start().layers;
    let count = layers.len();
    let ids = (0..count).prop_map(move |at| layers[at].id);
    let layers = start().layers;
    let again = (0..count).prop_map(move |at| Command::ReplaceLayer(Arc::clone(&layers[at])));
    let layers = start().layers;
    let one_more = (0..count, 20..30u32).prop_map(move |(at, id)| {
        let mut layer = (*layers[at]).clone();
        layer.id = LayerId(id);
        Command::AddLayers(vec![Arc::new(layer)])
    });
    let ids = ids.boxed();
    prop_oneof![
        one_more,
        again,
        ids.clone().prop_map(Command::RemoveLayer),
        ids.clone().prop_map(|id| Command::SetRole(id, Role::Context(ContextUse::Other))),
        (ids.clone(), any::<bool>()).prop_map(|(layer, up)| Command::ShiftLayer { layer, up }),
        (ids.clone(), any::<bool>()).prop_map(|(layer, is_visible)| Command::ShowLayer { layer, is_visible }),
        (ids, 0.0..1.0f32).prop_map(|(layer, opacity)| Command::SetOpacity { layer, opacity }),
    ]
}

fn road_layer(id: u32) -> Arc<RoadLayer> {
    let source = start().layers[0].source.clone();
    Arc::new(RoadLayer {
        id,
        name: format!("Vägar {id}"),
        source,
        columns: LineColumns::default(),
        roads: Arc::new(Roads::default()),
        is_visible: true,
    })
}

fn road_commands() -> impl Strategy<Value = Command> {
    let ids = 1..4u32;
    let closed = || prop::collection::vec(closures(), 0..2);
    prop_oneof![
        (ids.clone(), closed())
            .prop_map(|(id, closures)| Command::AddRoads { layers: vec![road_layer(id)], closures }),
        (ids.clone(), closed())
            .prop_map(|(id, closures)| Command::ReplaceRoads { fresh: road_layer(id), closures }),
        (ids.clone(), closed()).prop_map(|(id, closures)| Command::RemoveRoads { id, closures }),
        (ids, any::<bool>()).prop_map(|(id, is_visible)| Command::ShowRoads { id, is_visible }),
    ]
}

/// Every kind of command there is.
pub fn all() -> impl Strategy<Value = Command> {
    let taken = prop_oneof![
        (1..5u32).prop_map(Command::RemoveService),
        (1..5u32).prop_map(|id| Command::RemoveTrial(TrialId(id))),
        (1..5u32).prop_map(Command::RemoveClosure),
        Just(Command::ClearSelection),
        Just(Command::OpenAllServices),
        (1..5u32).prop_map(Command::DropHeld),
        (1..5u32, features()).prop_map(|(held, site)| Command::PlaceHeld { held, site }),
        held().prop_map(|held| Command::Hold(Box::new(held))),
        (1..9u32).prop_map(|id| Command::Plan(PlanChange::Drop(id))),
        (1..9u32, texts()).prop_map(|(id, name)| Command::Plan(PlanChange::Rename(id, name))),
        Just(Command::Plan(PlanChange::Ask(Box::default()))),
        (1..6u32).prop_map(|id| Command::Outage(OutageChange::Drop(id))),
        sites().prop_map(|site| Command::Outage(OutageChange::Loads(site, None))),
        prop::collection::vec(amendments(), 1..4).prop_map(Command::AmendAll),
        prop::collection::vec(sites(), 0..4)
            .prop_map(|all| Command::Compare(all.into_iter().fold(Compared::default(), Compared::with))),
        prop::collection::vec(written(), 1..4).prop_map(|commands| Command::Merge {
            name: "kopia".into(),
            commands,
            log: Vec::new()
        }),
    ];
    prop_oneof![4 => written(), 3 => taken, 1 => layer_commands(), 1 => road_commands()]
}

/// What a command is called here, so that none is forgotten.
const fn kind(command: &Command) -> &'static str {
    match command {
        Command::AddLayers(_) => "AddLayers",
        Command::RemoveLayer(_) => "RemoveLayer",
        Command::ReplaceLayer(_) => "ReplaceLayer",
        Command::SetRole(..) => "SetRole",
        Command::ShiftLayer { .. } => "ShiftLayer",
        Command::ShowLayer { .. } => "ShowLayer",
        Command::SetOpacity { .. } => "SetOpacity",
        Command::SetParameters(_) => "SetParameters",
        Command::AddRoads { .. } => "AddRoads",
        Command::RemoveRoads { .. } => "RemoveRoads",
        Command::ReplaceRoads { .. } => "ReplaceRoads",
        Command::ShowRoads { .. } => "ShowRoads",
        Command::AddClosure(_) => "AddClosure",
        Command::EditClosure(_) => "EditClosure",
        Command::RemoveClosure(_) => "RemoveClosure",
        Command::AddService(_) => "AddService",
        Command::RemoveService(_) => "RemoveService",
        Command::Amend(..) => "Amend",
        Command::AmendAll(_) => "AmendAll",
        Command::AddTrial(_) => "AddTrial",
        Command::MoveTrial(..) => "MoveTrial",
        Command::RenameTrial(..) => "RenameTrial",
        Command::RemoveTrial(_) => "RemoveTrial",
        Command::Select { .. } => "Select",
        Command::ClearSelection => "ClearSelection",
        Command::SetBookmarks(_) => "SetBookmarks",
        Command::CloseService { .. } => "CloseService",
        Command::OpenAllServices => "OpenAllServices",
        Command::PlaceHeld { .. } => "PlaceHeld",
        Command::DropHeld(_) => "DropHeld",
        Command::Hold(_) => "Hold",
        Command::SetAssumption(..) => "SetAssumption",
        Command::Merge { .. } => "Merge",
        Command::Compare(_) => "Compare",
        Command::Rank(_) => "Rank",
        Command::Plan(_) => "Plan",
        Command::Follow(..) => "Follow",
        Command::Outage(OutageChange::Keep(_)) => "Outage: Keep",
        Command::Outage(OutageChange::Drop(_)) => "Outage: Drop",
        Command::Outage(OutageChange::Assume(_)) => "Outage: Assume",
        Command::Outage(OutageChange::Loads(_, Some(_))) => "Outage: Loads",
        Command::Outage(OutageChange::Loads(_, None)) => "Outage: no Loads",
    }
}

/// So many kinds are named above.
const KINDS: usize = 42;

pub fn config(cases: u32) -> Config {
    let rng_seed = RngSeed::Fixed(20_261_129);
    let rng_algorithm = RngAlgorithm::ChaCha;
    Config { cases, rng_algorithm, rng_seed, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn whatever_is_done_is_undone_and_done_again(commands in prop::collection::vec(all(), 200)) {
        let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, None);
        let project = start();
        session.edit(Command::AddLayers(project.layers.clone()), None);
        let first = state(session.project());
        let mut states = vec![first];
        // The first step of all is forgotten: so many are kept.
        for command in commands {
            session.edit(command, None);
            states.push(state(session.project()));
        }
        for before in states.iter().rev().skip(1) {
            session.undo();
            prop_assert_eq!(&state(session.project()), before);
        }
        for after in &states[1..] {
            session.redo();
            prop_assert_eq!(&state(session.project()), after);
        }
    }
}

#[test]
fn every_kind_of_command_is_tried() {
    let mut runner = proptest::test_runner::TestRunner::new(config(1));
    let mut seen = BTreeSet::new();
    for _ in 0..3000 {
        let command = all().new_tree(&mut runner).expect("a command").current();
        seen.insert(kind(&command));
    }
    assert_eq!(seen.len(), KINDS, "{seen:?}");
}
