//! Does a place work, from when to when, and why not? One place and the event chain: which of its parts are gone at which
//! minute, and what that does to what people need of it.

use super::own_power::OwnPower;
use super::spans::{Minute, Spans, minute};
use crate::lang::{Lang, Said};
use crate::model::outage::{Chain, Effect, Known, Limit, LimitSet, Need, Part, Range, Season};

/// Of what is not known for sure: the worst that it can be, or the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    Worst,
    Best,
}

impl Case {
    pub const BOTH: [Self; 2] = [Self::Worst, Self::Best];

    #[must_use]
    pub const fn is_best(self) -> bool {
        matches!(self, Self::Best)
    }

    /// Does a place have what it has by this knowledge?
    #[must_use]
    pub const fn has(self, known: Known) -> bool {
        match known {
            Known::Yes => true,
            Known::No => false,
            Known::Unknown => self.is_best(),
        }
    }
}

/// What is known of a place before the chain is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceState {
    /// When each part that can fail of itself is gone there.
    pub gone: [Spans; Part::COUNT],
    pub own_power: Option<OwnPower>,
    pub has_own_power: Known,
    /// Sets that give it power too: it has power while any of them runs.
    pub beside: Vec<(Known, OwnPower)>,
    /// In a locality base stations have shorter batteries.
    pub is_in_locality: Known,
    /// Cash box, hand pump, paper: it goes on without power.
    pub by_hand: Known,
    /// Somebody takes cash at the pump when cards do not work.
    pub takes_cash: bool,
    /// A radio or the like, which needs no net.
    pub has_own_channel: bool,
    /// Hours that the staff hold out.
    pub staff_h: Option<f64>,
    /// Hours that the goods last without deliveries.
    pub goods_h: Option<f64>,
}

impl Default for PlaceState {
    fn default() -> Self {
        Self {
            gone: std::array::from_fn(|_| Spans::NEVER),
            own_power: None,
            has_own_power: Known::No,
            beside: Vec::new(),
            is_in_locality: Known::Unknown,
            by_hand: Known::No,
            takes_cash: false,
            has_own_channel: false,
            staff_h: None,
            goods_h: None,
        }
    }
}

/// When each part is gone at a place, and what each dependency does there.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceParts {
    pub gone: [Spans; Part::COUNT],
    /// By dependency: when it is felt.
    felt: Vec<Spans>,
    by_hand: bool,
    takes_cash: bool,
    has_own_channel: bool,
}

/// Asks the chain: when is each part gone at the place?
///
/// # Complexity
/// O(dependencies × spans).
#[must_use]
pub fn evaluate(place: &PlaceState, chain: &Chain, season: Season, case: Case) -> PlaceParts {
    let mut out = PlaceParts {
        gone: place.gone.clone(),
        felt: vec![Spans::NEVER; chain.edges.len()],
        by_hand: case.has(place.by_hand),
        takes_cash: place.takes_cash,
        has_own_channel: place.has_own_channel,
    };
    for part in Part::ALL.into_iter().filter(|part| part.column() > 0) {
        let mut all: Option<Spans> = None;
        for (at, edge) in chain.into_part(part) {
            let delay = match (edge.to, edge.delay) {
                (Part::Staff, delay) => place.staff_h.or_else(|| pick(delay, case)),
                (Part::Goods, delay) => place.goods_h.or_else(|| pick(delay, case)),
                (_, delay) => {
                    let in_locality = edge.delay_in_locality.map(Some);
                    match (in_locality, place.is_in_locality) {
                        (Some(there), Known::Yes) => pick(there, case),
                        // Nobody knows which of the two: the worse of them, or the better.
                        (Some(there), Known::Unknown) => {
                            let both = [pick(there, case), pick(delay, case)];
                            // Never is later than any hour.
                            let is_best_never = case.is_best() && both.contains(&None);
                            let hours = both.into_iter().flatten();
                            let hours =
                                if case.is_best() { hours.reduce(f64::max) } else { hours.reduce(f64::min) };
                            hours.filter(|_| !is_best_never)
                        }
                        _ => pick(delay, case),
                    }
                }
            };
            let is_felt = edge.effect != Effect::Nothing && edge.season.is_none_or(|only| only == season);
            let felt = match delay.filter(|_| is_felt) {
                Some(delay) => out.gone[edge.from as usize].felt(minute(delay), minute(edge.recovery_h)),
                None => Spans::NEVER,
            };
            if edge.effect == Effect::Stops {
                all = Some(match all {
                    None => felt.clone(),
                    Some(all) if part.takes_any() => all.and(&felt),
                    Some(all) => all.or(&felt),
                });
            }
            out.felt[at] = felt;
        }
        let mut gone = all.unwrap_or_default();
        if part == Part::Electricity {
            let own = place.own_power.iter().map(|own| (place.has_own_power, own));
            let sets = own.chain(place.beside.iter().map(|(has, set)| (*has, set)));
            let grid_gone = &out.gone[Part::Grid as usize];
            let runs = |(_, set): (Known, &OwnPower)| set.runs(&gone, grid_gone, case.is_best());
            let power = sets.filter(|(has, _)| case.has(*has)).map(runs);
            let power = power.fold(Spans::NEVER, |all, one| all.or(&one));
            gone = gone.without(&power);
        }
        out.gone[part as usize] = gone;
    }
    out
}

fn pick(delay: Option<Range>, case: Case) -> Option<f64> {
    delay.map(|range| if case.is_best() { range.1 } else { range.0 })
}

/// How well a place works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Works,
    Limited,
    Stopped,
}

impl Level {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Limited => "limited",
            Self::Stopped => "stopped",
        }
    }
}

impl Said for Level {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Works => lang.pick("fungerar", "works"),
            Self::Limited => lang.pick("fungerar med begränsningar", "works with limits"),
            Self::Stopped => lang.pick("står still", "stopped"),
        }
        .into()
    }
}

/// From a minute on a place works so, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub at: Minute,
    pub level: Level,
    pub limits: LimitSet,
    /// The dependency that stops or limits it, as a position in the chain.
    pub cause: Option<u16>,
}

/// A need at a place over the crisis, from minute 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    pub changes: Vec<Change>,
    pub stopped: Spans,
    pub limited: Spans,
}

impl Timeline {
    /// What holds at a minute.
    #[must_use]
    pub fn at(&self, at: Minute) -> Option<&Change> {
        let after = self.changes.partition_point(|change| change.at <= at);
        after.checked_sub(1).and_then(|last| self.changes.get(last))
    }
}

/// What the parts of a place make of a need.
#[must_use]
pub fn timeline(parts: &PlaceParts, chain: &Chain, need: Need) -> Timeline {
    let part = Part::of(need);
    // Each dependency that is felt here, and what it does.
    let effects: Vec<(usize, Effect, &Spans)> = chain
        .into_part(part)
        .filter(|(at, _)| !parts.felt[*at].is_never())
        .filter(|(_, edge)| !(edge.effect == Effect::Limits(Limit::NoContact) && parts.has_own_channel))
        .map(|(at, edge)| {
            let is_manned = parts.by_hand || (parts.takes_cash && edge.from == Part::Cards);
            let is_saved = edge.effect == Effect::Stops && edge.by_hand && is_manned;
            let effect = if is_saved { Effect::Limits(Limit::ByHand) } else { edge.effect };
            (at, effect, &parts.felt[at])
        })
        .collect();
    let mut edges: Vec<Minute> = effects.iter().flat_map(|(_, _, felt)| felt.edges()).collect();
    edges.push(0);
    edges.sort_unstable();
    edges.dedup();
    let mut out = Timeline::default();
    for at in edges.into_iter().filter(|at| *at < Minute::MAX) {
        let felt = effects.iter().filter(|(_, _, felt)| felt.contains(at));
        let mut change = Change { at, level: Level::Works, limits: LimitSet::default(), cause: None };
        for (edge, effect, _) in felt {
            let (level, limits) = match effect {
                Effect::Stops => (Level::Stopped, change.limits),
                Effect::Limits(limit) => (Level::Limited, change.limits.with(*limit)),
                Effect::Nothing => continue,
            };
            if level > change.level {
                change.level = level;
                change.cause = u16::try_from(*edge).ok();
            }
            change.limits = limits;
        }
        if change.level == Level::Stopped {
            change.limits = LimitSet::default();
        }
        let is_news = out.changes.last().is_none_or(|last| {
            (last.level, last.limits, last.cause) != (change.level, change.limits, change.cause)
        });
        if is_news {
            out.changes.push(change);
        }
    }
    for (at, change) in out.changes.iter().enumerate() {
        let to = out.changes.get(at + 1).map_or(Minute::MAX, |next| next.at);
        let span = Spans::between(change.at, to);
        match change.level {
            Level::Works => {}
            Level::Limited => out.limited = out.limited.or(&span),
            Level::Stopped => out.stopped = out.stopped.or(&span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::ServiceKind;

    fn dark(from: Minute, to: Minute) -> PlaceState {
        let mut place = PlaceState { is_in_locality: Known::No, ..PlaceState::default() };
        place.gone[Part::Grid as usize] = Spans::between(from, to);
        place
    }

    fn levels(place: &PlaceState, need: Need, case: Case) -> Vec<(Minute, Level)> {
        let chain = Chain::with(&BTreeMap::new());
        let parts = evaluate(place, &chain, Season::Winter, case);
        let changes = timeline(&parts, &chain, need).changes;
        let mut levels: Vec<_> = changes.iter().map(|change| (change.at, change.level)).collect();
        // Another cause of the same is no change here.
        levels.dedup_by_key(|(_, level)| *level);
        levels
    }

    const FOOD: Need = Need::Kind(ServiceKind::Grocery);

    #[test]
    fn a_store_without_own_power_closes_and_opens_without_cold() {
        let place = dark(60, 60 * 25);
        // Tills on battery for an hour at best, cards gone at once; goods lost after four hours, new ones a day later.
        let worst = levels(&place, FOOD, Case::Worst);
        assert_eq!(
            worst,
            [(0, Level::Works), (60, Level::Stopped), (60 * 25, Level::Limited), (60 * 49, Level::Works)]
        );
        let best = levels(&place, FOOD, Case::Best);
        assert_eq!(
            best,
            [(0, Level::Works), (60, Level::Limited), (120, Level::Stopped), (60 * 25, Level::Works)]
        );
    }

    #[test]
    fn own_power_keeps_a_place_until_the_tank_is_empty() {
        let mut place = dark(0, 60 * 100);
        place.own_power = Some(OwnPower::of_hours(Range::exactly(30.0), Range::exactly(10.0)));
        place.has_own_power = Known::Yes;
        place.has_own_channel = true;
        let fuel = Need::Kind(ServiceKind::Fuel);
        // At four hours the base stations are empty: cards stop, and with them the pumps.
        let stopped = [(0, Level::Works), (240, Level::Stopped), (6000, Level::Works)];
        assert_eq!(levels(&place, fuel, Case::Worst), stopped);
        // Somebody takes cash: until the tank is empty, at thirty hours.
        place.takes_cash = true;
        let worst = levels(&place, fuel, Case::Worst);
        assert_eq!(
            worst,
            [(0, Level::Works), (240, Level::Limited), (1800, Level::Stopped), (6000, Level::Works)]
        );
        place.by_hand = Known::Yes;
        let worst = levels(&place, fuel, Case::Worst);
        // By hand it goes on when the tank is empty too.
        assert_eq!(worst, [(0, Level::Works), (240, Level::Limited), (6000, Level::Works)]);
        place.by_hand = Known::No;
        assert_eq!(
            levels(&place, Need::Kind(ServiceKind::Sot), Case::Worst),
            [(0, Level::Works), (1800, Level::Stopped), (6000, Level::Works)]
        );
        place.has_own_power = Known::Unknown;
        assert_eq!(levels(&place, Need::Kind(ServiceKind::Sot), Case::Worst)[0], (0, Level::Stopped));
        assert_eq!(levels(&place, Need::Kind(ServiceKind::Sot), Case::Best)[0], (0, Level::Works));
    }

    #[test]
    fn limits_are_named() {
        let mut place = dark(0, 60 * 100);
        place.own_power = Some(OwnPower::of_hours(Range::exactly(200.0), Range::exactly(10.0)));
        place.has_own_power = Known::Yes;
        let chain = Chain::with(&BTreeMap::new());
        let parts = evaluate(&place, &chain, Season::Winter, Case::Worst);
        let food = timeline(&parts, &chain, FOOD);
        let limits: Vec<Limit> =
            food.at(300).map(|change| change.limits.iter().collect()).unwrap_or_default();
        assert_eq!(limits, [Limit::CashOnly]);
    }
}
