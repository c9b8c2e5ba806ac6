//! A village of ten cells whose every hour is worked out on paper, from the dependency table and the domain's numbers.
//!
//! Everything stands on one line, metres east of 500 000; ways are straight, the threshold is 10 km, nothing is winding.
//! Väster ends at 540 000 where Öster begins.
//!
//! | cell | at | people | store within | fuel within | payment within | information within | warm room within |
//! |---|---|---|---|---|---|---|---|
//! | T, four of them | 510 500 … 513 500 | 800 each | Stadsköp | Stadsmack | Stadsbank | – | – |
//! | W5 | 525 000 | 100 | Byköp | – | Bybank | Byköp | – |
//! | W6 | 531 000 | 60 | Byköp | – | Bybank | Byköp | – |
//! | E7 | 548 000 | 200 | Skogshandeln | Älgmack | – | Älgmyra | Älgmyra, Skogshandeln |
//! | E8 | 552 000 | 90 | Skogshandeln | Älgmack | – | Älgmyra | Älgmyra, Skogshandeln |
//! | E9 | 560 000 | 40 | Skogshandeln | – | – | – | Skogshandeln |
//! | E10 | 579 000 | 10 | – | – | – | – | – |
//!
//! The four T cells touch and sum to 3 200, more than 3 000: a locality. Nothing else is one.
//!
//! Väster is dark from 0 to 30. Öster is dark from 2 to 62; after 20 h 60 % of its 340 people have power again, after 40 h 90 %.
//! Most people first: E7's 200 fit into 204, E8's 90 make 290 and fit into 306, E9 and E10 wait: back at 22, 42, 62, 62.
//! A place has back what its nearest cell has.
//!
//! What is known of places, and from it when their power P is gone (a to before b):
//! - Stadsköp, Stadsmack, Stadsbank in the locality, dark 0–30, nothing said: P gone 0–30 for sure; at best a tank of 72 h, never.
//! - Byköp, dark 0–30, in no locality: 120 l at 10 l/h are 12 h: P gone 12–30. Bybank stands 20 m off, in its house.
//! - Skogshandeln, nearest to E8, dark 2–42, has none: P gone 2–42; it sells by hand.
//! - Älgmyra, a SOT point nearest to E7, dark 2–22: 80 l at 8 l/h are 10 h, at 18 come 16 l, 2 h more: P gone 12–18 and 20–22.
//!   It feeds Älgmack 150 m off, which has no manual routine.
//!
//! Of the table: mobile is gone 4–8 h after the grid, 1–2 h in a locality; fixed broadband 0–4 h after the grid or at once with P;
//! telecom T only where both are; tills 0–1 h after P; cards with P or T; cold 4–24 h after P until 24 h after P is back;
//! heat 4–12 h after P; water 4–24 h after the grid. For sure is the first of two numbers, at best the last.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use sotplan::app::Results;
use sotplan::app::load;
use sotplan::app::outage::{Crisis, OutageTables, resolved};
use sotplan::io::outage_file::read_scenario;
use sotplan::io::{LoadOptions, load_file};
use sotplan::model::outage::{HOURS, Need, OutageAssumptions};
use sotplan::model::{AreaFields, KindRule, Parameters, Project, Role, ServiceKind};
use sotplan::outage::Counts;
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

use crate::edges::bench::{Bench, number, point, rectangle, sweref};

const N: f64 = 7_000_500.0;

/// At, people, group of countryside: E10 is 65.5 km from the locality, 56 minutes at 70 km/h; E9 40 minutes.
const CELLS: [(f64, f64, &str); 10] = [
    (510_500.0, 800.0, "locality"),
    (511_500.0, 800.0, "locality"),
    (512_500.0, 800.0, "locality"),
    (513_500.0, 800.0, "locality"),
    (525_000.0, 100.0, "rural"),
    (531_000.0, 60.0, "rural"),
    (548_000.0, 200.0, "rural"),
    (552_000.0, 90.0, "rural"),
    (560_000.0, 40.0, "rural"),
    (579_000.0, 10.0, "rural-remote"),
];

/// Writes the layers and the scenario.
fn lay_out(bench: &Bench) {
    let place = |east: f64, properties: Value| point(east, N, properties);
    let cells = CELLS.map(|(east, people, _)| place(east, json!({"beftotalt": people})));
    bench.put("pop.geojson", &sweref(&cells));
    let area = |west: f64, code: &str, name: &str| {
        rectangle(west, N - 20e3, west + 40e3, N + 20e3, json!({"kommunkod": code, "kommunnamn": name}))
    };
    bench.put("areas.geojson", &sweref(&[area(500e3, "9901", "Väster"), area(540e3, "9902", "Öster")]));
    let stores = [
        place(512_000.0, json!({"namn": "Stadsköp"})),
        place(
            530_000.0,
            json!({"namn": "Byköp", "reserve_power": "in_place", "tank_litres": 120, "litres_per_hour": 10,
                "information_point": "yes"}),
        ),
        place(
            553_000.0,
            json!({"namn": "Skogshandeln", "reserve_power": "none", "manual_routine": "yes", "warm_room": "yes"}),
        ),
    ];
    bench.put("store.geojson", &sweref(&stores));
    let stations = [
        place(511_000.0, json!({"namn": "Stadsmack"})),
        place(546_150.0, json!({"namn": "Älgmack", "manual_routine": "no"})),
    ];
    bench.put("fuel.geojson", &sweref(&stations));
    let banks = [place(514_000.0, json!({"namn": "Stadsbank"})), place(530_020.0, json!({"namn": "Bybank"}))];
    bench.put("payment.geojson", &sweref(&banks));
    let sot = json!({"namn": "Älgmyra", "status": "in_operation", "tank_litres": 80, "litres_per_hour": 8});
    bench.put("sot.geojson", &sweref(&[place(546_000.0, sot)]));
    bench.put(
        "storm.json",
        &json!({
            "name": "Storm",
            "areas": [
                {"municipalities": ["Väster"], "hours": 30, "faults": ["power"]},
                {"municipalities": ["9902"], "start_h": 2, "hours": 60, "faults": ["power"],
                    "restored": [{"after_h": 20, "share": 0.6}, {"after_h": 40, "share": 0.9}]},
            ],
            "refuels": [{"place": "Älgmyra", "hour": 18, "litres": 16}],
        }),
    );
}

/// How people have a need, from an hour to before another.
type Runs = &'static [(usize, &'static str)];

/// Of a need: for cells by number, for sure and at best. Each run begins at its hour; the last one ends with the week.
/// `full`, `lim`: within the threshold, without and with limits; `far`: a working place beyond; `none`: none works anywhere.
type Table = &'static [(&'static [usize], Runs, Runs)];

const T: &[usize] = &[0, 1, 2, 3];
const W: &[usize] = &[4, 5];

/// Stadsköp for sure: tills and food gone 0–30, cold gone 4–54. At best: power all the time, T gone 4–30 (mobile 2–30, fixed
/// 4–30): cash only. Byköp for sure: fixed 0–30, mobile 4–30, so T and cards 4–30; tills 12–30; cold 16–54. At best: T 8–30,
/// tills 13–30, cold never, since 18 h are not more than 24. Skogshandeln, by hand: never stops; for sure tills and cards from 2,
/// cold 6–66; at best cards from 2, tills from 3, cold 26–66: limited 2–66 both times. It works always, so nobody is without.
const FOOD: Table = &[
    (T, &[(0, "far"), (30, "lim"), (54, "full")], &[(0, "full"), (4, "lim"), (30, "full")]),
    (
        W,
        &[(0, "full"), (4, "lim"), (12, "far"), (30, "lim"), (54, "full")],
        &[(0, "full"), (8, "lim"), (13, "far"), (30, "full")],
    ),
    (&[6, 7, 8], &[(0, "full"), (2, "lim"), (66, "full")], &[(0, "full"), (2, "lim"), (66, "full")]),
    (&[9], &[(0, "far")], &[(0, "far")]),
];

/// Stadsmack for sure: pumps gone 0–30. At best: cards gone with T 4–30, and with them the pumps. Älgmack for sure: mobile 6–22,
/// fixed 2–22, so T and cards 6–22; at best mobile 10–22, fixed 6–22 (12–18 and 20–22 at once), so 10–22. Its pumps are gone
/// 12–18 and 20–22, within that. Both are gone 6–22 for sure, 10–22 at best.
const FUEL: Table = &[
    (
        T,
        &[(0, "far"), (6, "none"), (22, "far"), (30, "full")],
        &[(0, "full"), (4, "far"), (10, "none"), (22, "far"), (30, "full")],
    ),
    (&[4, 5, 8, 9], &[(0, "far"), (6, "none"), (22, "far")], &[(0, "far"), (10, "none"), (22, "far")]),
    (&[6, 7], &[(0, "full"), (6, "none"), (22, "full")], &[(0, "full"), (10, "none"), (22, "full")]),
];

/// Stadsbank for sure: P gone 0–30; at best T 4–30. Bybank: cards gone with Byköp's P 12–30 and T, 4–30 for sure, 8–30 at best.
const PAYMENT: Table = &[
    (T, &[(0, "far"), (4, "none"), (30, "full")], &[(0, "full"), (4, "far"), (8, "none"), (30, "full")]),
    (W, &[(0, "full"), (4, "none"), (30, "full")], &[(0, "full"), (8, "none"), (30, "full")]),
    (&[6, 7, 8, 9], &[(0, "far"), (4, "none"), (30, "far")], &[(0, "far"), (8, "none"), (30, "far")]),
];

const BOTH_DARK: Runs = &[(0, "far"), (12, "none"), (18, "far"), (20, "none"), (22, "far")];
const SOT_DARK: Runs = &[(0, "full"), (12, "none"), (18, "full"), (20, "none"), (22, "full")];

/// Älgmyra informs while it has power, by a channel of its own. Byköp has none: no contact while T is gone, 4–30 for sure, 8–30 at
/// best; no information 12–30. Both are dark 12–18 and 20–22.
const INFORMATION: Table = &[
    (T, BOTH_DARK, BOTH_DARK),
    (
        W,
        &[(0, "full"), (4, "lim"), (12, "none"), (18, "far"), (20, "none"), (22, "far"), (30, "full")],
        &[(0, "full"), (8, "lim"), (12, "none"), (18, "far"), (20, "none"), (22, "far"), (30, "full")],
    ),
    (&[6, 7], SOT_DARK, SOT_DARK),
    (&[8, 9], BOTH_DARK, BOTH_DARK),
];

/// Älgmyra for sure: 12–18 without power are more than 4 h: cold 16–18; 20–22 are not. Water gone 6–22. At best: 6 h are not more
/// than 12, the grid is not gone for more than 24 h: never. Skogshandeln: cold 6–42 for sure, 14–42 at best; water for sure 6–42,
/// at best 26–42, within that. For sure nothing is warm 16–18.
const WARM_ROOM: Table = &[
    (&[0, 1, 2, 3, 4, 5, 9], &[(0, "far"), (16, "none"), (18, "far")], &[(0, "far")]),
    (&[6, 7], &[(0, "full"), (6, "lim"), (16, "none"), (18, "lim"), (22, "full")], &[(0, "full")]),
    (
        &[8],
        &[(0, "full"), (6, "far"), (16, "none"), (18, "far"), (42, "full")],
        &[(0, "full"), (14, "far"), (42, "full")],
    ),
];

/// As long as the set runs.
const SOT: Table = &[(&[0, 1, 2, 3, 4, 5, 8, 9], BOTH_DARK, BOTH_DARK), (&[6, 7], SOT_DARK, SOT_DARK)];

const NEEDS: [(&str, Table); 6] = [
    ("grocery", FOOD),
    ("fuel", FUEL),
    ("payment", PAYMENT),
    ("information", INFORMATION),
    ("warm_room", WARM_ROOM),
    ("sot", SOT),
];

fn way(runs: Runs, hour: usize) -> &'static str {
    runs.iter().take_while(|(from, _)| *from <= hour).last().expect("it begins at 0").1
}

/// What the paper says of some cells in an hour; `case` is 0 for sure, 1 at best.
fn on_paper(table: Table, hour: usize, case: usize, is_in: impl Fn(usize) -> bool) -> Counts {
    let mut out = Counts::default();
    let mut seen = 0;
    for (cells, worst, best) in table {
        let way = way([worst, best][case], hour);
        seen += cells.len();
        for cell in cells.iter().filter(|cell| is_in(**cell)) {
            let people = CELLS[*cell].1;
            out.total += people;
            match way {
                "full" => out.supplied += people,
                "lim" => {
                    out.supplied += people;
                    out.limited += people;
                }
                "far" => out.beyond += people,
                "none" => out.without += people,
                other => panic!("{other}"),
            }
        }
    }
    assert_eq!(seen, CELLS.len(), "every cell once");
    out
}

fn project(folder: &Path) -> Project {
    let of = |kind: ServiceKind| Role::Services(KindRule::All(kind.into()));
    let areas = AreaFields { code: Some("kommunkod".into()), name: Some("kommunnamn".into()) };
    let files = [
        ("areas.geojson", Role::Areas(areas)),
        ("pop.geojson", Role::Population { field: "beftotalt".into() }),
        ("store.geojson", of(ServiceKind::Grocery)),
        ("fuel.geojson", of(ServiceKind::Fuel)),
        ("payment.geojson", of(ServiceKind::Payment)),
        ("sot.geojson", Role::SotPlaces),
    ];
    let loaded = files.map(|(name, role)| {
        let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
        load_file(&folder.join(name), &options, &Unwatched).expect(name)
    });
    let parameters =
        Parameters { detour_factor: 1.0, threshold: Metres::new(10_000.0), ..Parameters::default() };
    load::with_layers(&Project { parameters, ..Project::default() }, loaded.into())
}

fn crisis(bench: &Bench) -> Crisis {
    let results = Results::compute(&project(&bench.path("")), None, &Unwatched).expect("nobody cancels");
    let tables = Arc::new(OutageTables::new(&Arc::new(results)));
    let said = read_scenario(&bench.path("storm.json"), &OutageAssumptions::default()).expect("a scenario");
    let (scenario, assumed) = resolved(said, &tables.results, &Unwatched).expect("it fits");
    Crisis::compute(&tables, &scenario, &assumed, &Unwatched).expect("computed")
}

/// Every hour, need, group and municipality, by the library.
#[test]
fn every_hour_is_as_on_paper() {
    let bench = Bench::new();
    lay_out(&bench);
    let crisis = crisis(&bench);
    let mut faults = Vec::new();
    let groups: Vec<String> = crisis.groups.iter().map(|(name, _)| name.id()).collect();
    assert_eq!(groups, ["everyone", "rural-remote", "rural", "locality"]);
    assert_eq!(crisis.needs.len(), NEEDS.len());
    for (id, table) in NEEDS {
        let need = Need::from_id(id).expect("a need");
        let found = &crisis.need(need).expect("told").hours;
        for hour in 0..HOURS {
            for (case, name) in ["for sure", "at best"].into_iter().enumerate() {
                for (group, slot) in &crisis.groups {
                    let group = group.id();
                    let is_in = |cell: usize| group == "everyone" || CELLS[cell].2 == group;
                    let (wanted, is) = (on_paper(table, hour, case, is_in), found.hours[hour][case][*slot]);
                    if wanted != is {
                        faults.push(format!("{id} {hour} h {name} {group}: {wanted:?}, not {is:?}"));
                    }
                }
                for area in 0..2 {
                    let is_in = |cell: usize| (CELLS[cell].0 > 540e3) == (area == 1);
                    let (wanted, is) = (on_paper(table, hour, case, is_in), found.areas[hour][case][area]);
                    if wanted != is {
                        faults.push(format!("{id} {hour} h {name} area {area}: {wanted:?}, not {is:?}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

/// Homes have no power of their own: 3 360 people of Väster 0–30, E7 2–22, E8 2–42, E9 and E10 2–62. Mobile goes 1–2 h later in the
/// locality, 4–8 h elsewhere; water and heat 4 h for sure, 24 and 12 h at best.
#[test]
fn homes_are_as_on_paper() {
    let bench = Bench::new();
    lay_out(&bench);
    let crisis = crisis(&bench);
    // People, in a locality, dark from, to.
    let homes = [
        (3_200.0, true, 0, 30),
        (160.0, false, 0, 30),
        (200.0, false, 2, 22),
        (90.0, false, 2, 42),
        (50.0, false, 2, 62),
    ];
    for hour in 0..HOURS {
        for case in 0..2 {
            let after = |delay: fn(bool) -> [usize; 2]| -> f64 {
                let of = |(people, town, from, to): &(f64, bool, usize, usize)| {
                    let delay = delay(*town)[case];
                    if to - from > delay && (from + delay..*to).contains(&hour) { *people } else { 0.0 }
                };
                homes.iter().map(of).sum()
            };
            let home = &crisis.homes[hour][case];
            let what = format!("{hour} h, case {case}");
            assert_eq!(home.without_power, after(|_| [0, 0]), "power {what}");
            let mobile = after(|town| if town { [1, 2] } else { [4, 8] });
            assert_eq!(home.without_mobile, mobile, "mobile {what}");
            assert_eq!(home.without_water, after(|_| [4, 24]), "water {what}");
            assert_eq!(home.cold, after(|_| [4, 12]), "heat {what}");
        }
    }
}

/// The same by the command line.
#[test]
fn the_command_tells_every_hour_as_on_paper() {
    let bench = Bench::new();
    lay_out(&bench);
    let layers = "--population pop.geojson --areas areas.geojson --grocery store.geojson --fuel fuel.geojson --payment payment.geojson \
                  --sot sot.geojson";
    let run = bench
        .run(&format!("outage {layers} --threshold 10km --detour 1 --scenario storm.json --out out --json"));
    assert!(run.is_success, "{}", run.err);
    let told: Value = serde_json::from_str(&run.out).expect("JSON alone");
    let hours = told["hours"].as_array().expect("hours");
    assert_eq!(hours.len(), HOURS);
    for (hour, at) in hours.iter().enumerate() {
        assert_eq!(at["hour"], json!(hour));
        for (id, table) in NEEDS {
            let groups = at["kinds"][id]["groups"].as_object().expect("groups");
            for (group, is) in groups {
                let is_in = |cell: usize| group == "everyone" || CELLS[cell].2 == group;
                let [worst, best] = [0, 1].map(|case| on_paper(table, hour, case, is_in));
                let wanted = [
                    ("people_total", worst.total),
                    ("people_supplied", worst.supplied),
                    ("people_supplied_limited", worst.limited),
                    ("people_beyond", worst.beyond),
                    ("people_without_value", worst.without),
                    ("people_supplied_lower", worst.supplied),
                    ("people_supplied_upper", best.supplied),
                    ("people_beyond_lower", worst.beyond.min(best.beyond)),
                    ("people_beyond_upper", worst.beyond.max(best.beyond)),
                    ("people_without_value_lower", worst.without.min(best.without)),
                    ("people_without_value_upper", worst.without.max(best.without)),
                ];
                for (name, people) in wanted {
                    assert_eq!(number(&is[name]), people, "{id} {hour} h {group} {name}");
                }
            }
        }
    }
}
