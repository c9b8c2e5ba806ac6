//! What hangs on what? The dependencies between the parts of the event chain, each with its delay, what it does and where
//! that is known from. Every one can be changed.

use std::collections::BTreeMap;

use super::edge::{Delay, EdgeEdit, EdgeId, Effect};
use super::part::{Limit, Part};
use super::range::{Basis, Range};
use super::scenario::Season;

/// One dependency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dependency {
    pub from: Part,
    pub to: Part,
    pub effect: Effect,
    /// Hours until it is felt.
    pub delay: Delay,
    /// The same in a locality, where another.
    pub delay_in_locality: Option<Range>,
    /// Hours after what failed is back until this is.
    pub recovery_h: f64,
    /// Felt only then.
    pub season: Option<Season>,
    /// Somebody with cash box and hand pump turns a stop into a limit.
    pub by_hand: bool,
    pub basis: Basis,
    pub source: [&'static str; 2],
    pub is_changed: bool,
}

impl Dependency {
    #[must_use]
    pub const fn id(&self) -> EdgeId {
        (self.from, self.to)
    }
}

const STOPS: Effect = Effect::Stops;
const AT_ONCE: Range = Range(0.0, 0.0);

const fn edge(from: Part, to: Part, effect: Effect, delay: Range, source: [&'static str; 2]) -> Dependency {
    Dependency {
        from,
        to,
        effect,
        delay: Some(delay),
        delay_in_locality: None,
        recovery_h: 0.0,
        season: None,
        by_hand: false,
        basis: Basis::Assumed,
        source,
        is_changed: false,
    }
}

const fn official(mut of: Dependency) -> Dependency {
    of.basis = Basis::Official;
    of
}

const fn by_hand(mut of: Dependency) -> Dependency {
    of.by_hand = true;
    of
}

const AT_ITS_END: [&str; 2] = ["utan ström ingen drift", "no power, no work"];
const NO_TILLS: [&str; 2] = ["ingen kassa, ingen försäljning", "no till, no sale"];
const PUMP: [&str; 2] =
    ["pump, uttagsautomat och kortterminal: 0 h", "pump, cash machine and card terminal: 0 h"];
const OF_DATA: [&str; 2] = ["kort och uttag kräver data", "cards and withdrawals need data"];
const TOLD: [&str; 2] = ["antagande", "assumed"];

/// The table, in the order of the parts.
const TABLE: &[Dependency] = &[
    official(edge(Part::Grid, Part::Electricity, STOPS, AT_ONCE, AT_ITS_END)),
    Dependency {
        delay_in_locality: Some(Range(1.0, 2.0)),
        ..official(edge(
            Part::Grid,
            Part::Mobile,
            STOPS,
            Range(4.0, 8.0),
            [
                "PTS: basstationer minst 1 h i tätort, minst 4 h utanför; mer än det är antaget",
                "PTS: base stations at least 1 h in localities, at least 4 h outside; more than that is assumed",
            ],
        ))
    },
    edge(Part::MobileNet, Part::Mobile, STOPS, AT_ONCE, TOLD),
    edge(
        Part::Grid,
        Part::Fixed,
        STOPS,
        Range(0.0, 4.0),
        ["batterier i nätets noder är inte kända", "batteries in the network’s nodes are not known"],
    ),
    edge(Part::FixedNet, Part::Fixed, STOPS, AT_ONCE, TOLD),
    edge(
        Part::Electricity,
        Part::Fixed,
        STOPS,
        AT_ONCE,
        ["bredband utan egen ström: 0 h", "broadband without own power: 0 h"],
    ),
    Dependency {
        delay: None,
        ..edge(
            Part::Grid,
            Part::Staff,
            STOPS,
            AT_ONCE,
            [
                "personalen antas räcka om inget annat anges för platsen",
                "staff are taken to suffice unless said for the place",
            ],
        )
    },
    edge(
        Part::Mobile,
        Part::Telecom,
        STOPS,
        AT_ONCE,
        ["mobil eller fast, det ena räcker", "mobile or fixed, one is enough"],
    ),
    edge(
        Part::Fixed,
        Part::Telecom,
        STOPS,
        AT_ONCE,
        ["mobil eller fast, det ena räcker", "mobile or fixed, one is enough"],
    ),
    Dependency {
        recovery_h: 24.0,
        ..official(edge(
            Part::Electricity,
            Part::Cold,
            STOPS,
            Range(4.0, 24.0),
            [
                "kylt håller ungefär 4 h, diskar med lock 24 h; sedan nya varor inom ett dygn (antaget)",
                "chilled goods keep about 4 h, cabinets with lids 24 h; then new goods within a day (assumed)",
            ],
        ))
    },
    edge(
        Part::Electricity,
        Part::Tills,
        STOPS,
        Range(0.0, 1.0),
        ["batteri en kort stund, sedan stängt", "on battery for a short while, then closed"],
    ),
    official(edge(Part::Electricity, Part::Pumps, STOPS, AT_ONCE, PUMP)),
    edge(
        Part::Grid,
        Part::Water,
        STOPS,
        Range(4.0, 24.0),
        ["självfall några timmar; hur många är antaget", "gravity for some hours; how many is assumed"],
    ),
    edge(Part::WaterMains, Part::Water, STOPS, AT_ONCE, TOLD),
    Dependency {
        season: Some(Season::Winter),
        ..edge(
            Part::Electricity,
            Part::Heat,
            STOPS,
            Range(4.0, 12.0),
            ["ett hus kyls ut; hur fort är antaget", "a house cools; how fast is assumed"],
        )
    },
    edge(
        Part::Deliveries,
        Part::Goods,
        STOPS,
        Range(72.0, 168.0),
        ["hyllorna räcker några dygn", "the shelves last for some days"],
    ),
    edge(
        Part::Deliveries,
        Part::Stock,
        STOPS,
        Range(48.0, 120.0),
        ["cisternen räcker några dygn", "the cistern lasts for some days"],
    ),
    official(edge(Part::Electricity, Part::Cards, STOPS, AT_ONCE, PUMP)),
    edge(Part::Telecom, Part::Cards, STOPS, AT_ONCE, OF_DATA),
    by_hand(edge(Part::Tills, Part::Grocery, STOPS, AT_ONCE, NO_TILLS)),
    edge(Part::Staff, Part::Grocery, STOPS, AT_ONCE, TOLD),
    edge(Part::Goods, Part::Grocery, STOPS, AT_ONCE, TOLD),
    edge(Part::Cards, Part::Grocery, Effect::Limits(Limit::CashOnly), AT_ONCE, OF_DATA),
    edge(Part::Cold, Part::Grocery, Effect::Limits(Limit::NoCold), AT_ONCE, TOLD),
    by_hand(edge(Part::Pumps, Part::Fuel, STOPS, AT_ONCE, PUMP)),
    edge(Part::Stock, Part::Fuel, STOPS, AT_ONCE, TOLD),
    by_hand(edge(
        Part::Cards,
        Part::Fuel,
        STOPS,
        AT_ONCE,
        ["de flesta pumpar tar bara kort", "most pumps take cards only"],
    )),
    by_hand(edge(Part::Tills, Part::Pharmacy, STOPS, AT_ONCE, NO_TILLS)),
    edge(Part::Staff, Part::Pharmacy, STOPS, AT_ONCE, TOLD),
    edge(Part::Goods, Part::Pharmacy, STOPS, AT_ONCE, TOLD),
    edge(
        Part::Telecom,
        Part::Pharmacy,
        Effect::Limits(Limit::NoPrescriptions),
        AT_ONCE,
        ["recepten ligger i ett nationellt register", "prescriptions are in a national register"],
    ),
    by_hand(edge(Part::Tills, Part::Parcel, STOPS, AT_ONCE, NO_TILLS)),
    edge(Part::Staff, Part::Parcel, STOPS, AT_ONCE, TOLD),
    edge(Part::Telecom, Part::Parcel, Effect::Limits(Limit::ByHand), AT_ONCE, TOLD),
    edge(Part::Cards, Part::Payment, STOPS, AT_ONCE, OF_DATA),
    edge(
        Part::Telecom,
        Part::Rescue,
        Effect::Limits(Limit::NoContact),
        AT_ONCE,
        [
            "stationen har egen kraft; larm når den på annat sätt",
            "the station has own power; alarms reach it otherwise",
        ],
    ),
    edge(
        Part::Electricity,
        Part::Sot,
        STOPS,
        AT_ONCE,
        ["så länge reservkraften går", "as long as the set runs"],
    ),
    edge(Part::Staff, Part::Sot, STOPS, AT_ONCE, TOLD),
    edge(
        Part::Electricity,
        Part::Information,
        STOPS,
        AT_ONCE,
        ["så länge reservkraften går", "as long as the set runs"],
    ),
    edge(Part::Staff, Part::Information, STOPS, AT_ONCE, TOLD),
    edge(Part::Telecom, Part::Information, Effect::Limits(Limit::NoContact), AT_ONCE, TOLD),
    edge(Part::Heat, Part::WarmRoom, STOPS, AT_ONCE, TOLD),
    edge(Part::Staff, Part::WarmRoom, STOPS, AT_ONCE, TOLD),
    edge(Part::Water, Part::WarmRoom, Effect::Limits(Limit::NoWater), AT_ONCE, TOLD),
];

/// Every dependency as it counts, in the order in which parts are found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    pub edges: Vec<Dependency>,
}

impl Chain {
    /// The table, with what a user has changed.
    #[must_use]
    pub fn with(edits: &BTreeMap<EdgeId, EdgeEdit>) -> Self {
        let counted = |row: &Dependency| {
            let Some(edit) = edits.get(&row.id()) else { return *row };
            Dependency {
                effect: edit.effect,
                delay: edit.delay,
                delay_in_locality: row.delay_in_locality.and(edit.delay_in_locality.or(edit.delay)),
                recovery_h: edit.recovery_h,
                is_changed: true,
                ..*row
            }
        };
        let mut edges: Vec<Dependency> = TABLE.iter().map(counted).collect();
        edges.sort_by_key(|edge| edge.to);
        Self { edges }
    }

    /// What a dependency does where nobody has changed it.
    #[must_use]
    pub fn usual_effect(id: EdgeId) -> Option<Effect> {
        TABLE.iter().find(|row| row.id() == id).map(|row| row.effect)
    }

    /// What a part hangs on.
    pub fn into_part(&self, part: Part) -> impl Iterator<Item = (usize, &Dependency)> {
        self.edges.iter().enumerate().filter(move |(_, edge)| edge.to == part)
    }

    /// What hangs on a part.
    pub fn out_of(&self, part: Part) -> impl Iterator<Item = &Dependency> {
        self.edges.iter().filter(move |edge| edge.from == part)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_a_part_hangs_on_stands_before_it_and_is_named_once() {
        let mut seen = BTreeSet::new();
        for edge in TABLE {
            assert!(edge.from < edge.to, "{:?}", edge.id());
            assert!(seen.insert(edge.id()), "{:?} twice", edge.id());
            assert!(edge.delay.is_none_or(|delay| delay.0 <= delay.1));
        }
        for part in Part::ALL.into_iter().filter(|part| part.column() > 0) {
            assert!(TABLE.iter().any(|edge| edge.to == part), "{part:?} hangs on nothing");
        }
        for part in Part::ALL.into_iter().filter(|part| part.need().is_none()) {
            assert!(TABLE.iter().any(|edge| edge.from == part), "nothing hangs on {part:?}");
        }
    }
}
