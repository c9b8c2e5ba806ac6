//! The outages of the project: one in which everything is said, one of the whole area, numbers and dependencies otherwise than they
//! are from the start, and the machines of a store.

use sotplan::app::command::Command;
use sotplan::app::outage::OutageChange::{Assume, Keep, Loads};
use sotplan::geometry::LonLat;
use sotplan::model::outage::{
    EdgeEdit, Effect, Fault, Limit, LoadList, OutageArea, OutageAssumptions, OutageScenario, Part, Range,
    Refuel, Restored, RoadsClosed, Season, Unsaid, Where,
};
use sotplan::model::{Load, LoadHours, PowerAssumptions, SiteId, TrialId};
use sotplan::units::Metres;

use super::rich::{FUEL, STORES, site};

pub fn outages() -> Vec<Command> {
    let [storm, summer] = scenarios();
    vec![
        Command::Outage(Keep(Box::new(storm))),
        Command::Outage(Keep(Box::new(summer))),
        Command::Outage(Assume(Box::new(assumptions()))),
        Command::Outage(Loads(site(STORES, "a2"), Some(Box::new(machines())))),
    ]
}

fn scenarios() -> [OutageScenario; 2] {
    let at = LonLat::new;
    let area = |name: &str, place, start_h, hours, faults: &[Fault]| OutageArea {
        name: name.into(),
        place,
        start_h,
        hours,
        faults: faults.iter().copied().collect(),
        restored: Vec::new(),
    };
    let drawn = vec![vec![at(14.40, 63.20), at(14.75, 63.20), at(14.75, 63.40), at(14.40, 63.40)]];
    let step = |(after_h, share)| Restored { after_h, share };
    let everywhere = area("Nätet", Where::Everything, 0.0, 36.5, &[Fault::Power, Fault::Deliveries]);
    let storm = OutageScenario {
        id: 2,
        name: "Storm över Älven".into(),
        areas: vec![
            OutageArea { restored: [(6.0, 0.2), (24.0, 0.65)].map(step).to_vec(), ..everywhere },
            area("Ritat", Where::Outlines(vec![drawn]), 1.25, 71.0, &[Fault::Mobile, Fault::Fixed]),
            area(
                "Kommun",
                Where::Municipalities(vec!["2398".into(), "Östra Älvdal".into()]),
                0.0,
                50.0,
                &[Fault::Power, Fault::Water],
            ),
        ],
        season: Season::Winter,
        roads: Some(RoadsClosed { start_h: 2.0, hours: 12.0 }),
        added: [site(STORES, "a1"), SiteId::Trial(TrialId(4))].into(),
        removed: [site(FUEL, "d2")].into(),
        refuels: vec![Refuel { site: site(STORES, "a1"), hour: 20.0, litres: 150.5 }],
        weight: 2.5,
    };
    let summer = OutageScenario {
        name: "Ett dygn om sommaren".into(),
        areas: vec![area("Överallt", Where::Everything, 0.0, 24.0, &[Fault::Power])],
        season: Season::Summer,
        ..OutageScenario::empty(5)
    };
    [storm, summer]
}

fn assumptions() -> OutageAssumptions {
    let edit =
        |effect, delay, delay_in_locality| EdgeEdit { effect, delay, delay_in_locality, recovery_h: 0.5 };
    OutageAssumptions {
        edits: [
            ((Part::Grid, Part::Mobile), edit(Effect::Stops, Some(Range(3.0, 9.5)), Some(Range(0.5, 2.0)))),
            ((Part::Cold, Part::Grocery), edit(Effect::Nothing, None, None)),
            (
                (Part::Cards, Part::Fuel),
                edit(Effect::Limits(Limit::CashOnly), Some(Range::exactly(1.0)), None),
            ),
        ]
        .into(),
        own_power_unsaid: Unsaid::No,
        own_power_h: Range(20.0, 60.5),
        litres_per_hour: Range(4.5, 12.0),
        feeds_pumps_within: Metres::new(250.0),
        same_house_within: Metres::new(45.0),
        stock_litres: Range(1_000.0, 9_000.0),
        cars_per_person: 0.6,
        km_a_day: 15.0,
        litres_per_km: 0.075,
        home_care_litres: 31.0,
        snow_litres: 62.5,
        neighbours_litres: 90.0,
        goods_kg: 1.25,
    }
}

fn machines() -> LoadList {
    let load = |name: &str, kw, count, start_factor, is_cold, hours| Load {
        name: name.into(),
        kw,
        count,
        start_factor,
        is_cold,
        hours,
    };
    LoadList {
        loads: vec![
            load("Kyldisk", 1.75, 4, 3.5, true, LoadHours::Always),
            load("Ljus", 4.5, 1, 1.0, false, LoadHours::Between(8, 20)),
        ],
        assumed: PowerAssumptions {
            simultaneity: 0.75,
            power_factor: 0.85,
            margin: 0.2,
            least_load: 0.35,
            container_kva: 90.0,
            heater_kw: 12.0,
            tank_litres: Some(480.0),
            litre_price: Some(21.5),
        },
    }
}
