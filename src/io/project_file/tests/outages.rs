//! Outages in which something of everything is said.

use super::*;
use crate::model::outage::{
    EdgeEdit, Effect, Fault, Limit, LoadList, OutageArea, OutageAssumptions, OutageBook, OutageScenario,
    Part, Range, Refuel, Restored, RoadsClosed, Season, Unsaid, Where,
};
use crate::model::{Load, LoadHours, PowerAssumptions};

fn area(name: &str, place: Where, hours: f64, faults: &[Fault]) -> OutageArea {
    OutageArea {
        name: name.into(),
        place,
        start_h: 0.5,
        hours,
        faults: faults.iter().copied().collect(),
        restored: Vec::new(),
    }
}

fn scenarios() -> Vec<OutageScenario> {
    let drawn = [(14.638_394_612_345_678, 63.175_693_600_000_01), (14.1, 63.2), (14.2, 63.1)];
    let ring = drawn.map(|(lon, lat)| LonLat::new(lon, lat)).to_vec();
    let everywhere = OutageArea {
        restored: vec![Restored { after_h: 6.0, share: 0.1 + 0.2 }, Restored { after_h: 24.0, share: 0.7 }],
        ..area("Nätet", Where::Everything, 36.5, &Fault::ALL)
    };
    let storm = OutageScenario {
        id: 3,
        name: "Storm \"Å\"".into(),
        areas: vec![
            everywhere,
            area("Kommun", Where::Municipalities(vec!["Åre".into(), "2309".into()]), 48.0, &[Fault::Power]),
            area("Ritat", Where::Outlines(vec![vec![ring]]), 168.0, &[Fault::Mobile]),
        ],
        season: Season::Summer,
        roads: Some(RoadsClosed { start_h: 1.0, hours: 12.5 }),
        added: [SiteId::Trial(TrialId(2))].into(),
        removed: [feature("a")].into(),
        refuels: vec![Refuel { site: feature("a"), hour: 20.0, litres: 150.5 }],
        weight: 2.5,
    };
    // Nothing is said but what has to be.
    vec![storm, OutageScenario { name: "Tyst".into(), ..OutageScenario::empty(4) }]
}

fn assumptions() -> OutageAssumptions {
    let edit =
        |effect, delay, delay_in_locality| EdgeEdit { effect, delay, delay_in_locality, recovery_h: 0.5 };
    let never = edit(Effect::Nothing, None, None);
    OutageAssumptions {
        edits: [
            ((Part::Grid, Part::Mobile), edit(Effect::Stops, Some(Range(3.0, 9.5)), Some(Range(0.5, 2.0)))),
            ((Part::Cold, Part::Grocery), never),
            ((Part::Cards, Part::Fuel), edit(Effect::Limits(Limit::CashOnly), Some(Range(1.0, 1.0)), None)),
        ]
        .into(),
        own_power_unsaid: Unsaid::No,
        own_power_h: Range(20.0, 60.5),
        stock_litres: Range(1.0 / 3.0, 9_000.0),
        feeds_pumps_within: Metres::new(250.0),
        ..OutageAssumptions::default()
    }
}

pub fn book() -> OutageBook {
    let cooler = Load {
        name: "Kyldisk".into(),
        kw: 1.1 + 2.2,
        count: 4,
        start_factor: 3.5,
        is_cold: true,
        hours: LoadHours::Between(7, 19),
    };
    let assumed = PowerAssumptions { tank_litres: Some(480.0), ..PowerAssumptions::default() };
    let list = LoadList { loads: vec![cooler], assumed };
    OutageBook { scenarios: scenarios(), assumptions: assumptions(), loads: [(feature("a"), list)].into() }
}
