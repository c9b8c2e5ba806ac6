//! Are the best places for SOT points the best? In tiny worlds every choice is tried, each computed anew.

use proptest::prelude::*;
use sotplan::app::outage::{BestAsked, Crisis, Over, best};
use sotplan::location::Proof;
use sotplan::model::outage::OutageScenario;
use sotplan::model::{SiteId, SotStatus, TrialId};
use sotplan::outage::Case;
use sotplan::progress::Unwatched;
use sotplan::siting::{Candidate, Host, Verdict};

use super::world::{World, assumptions, computed, config, scenarios, worlds};

/// Who could have a SOT point: candidates that have none and are not paused or closed, and test sites.
fn options(world: &World, crisis: &Crisis) -> Vec<SiteId> {
    let results = crisis.results();
    let is_open =
        |status: SotStatus| !status.is_serving() && !matches!(status, SotStatus::Paused | SotStatus::Closed);
    let is_possible = |candidate: &&Candidate| {
        candidate.verdict != Verdict::NotPossible || candidate.host == Host::NotInData
    };
    let candidates = results.candidates.iter().filter(is_possible).filter(|candidate| {
        candidate.sot.is_none_or(|sot| is_open(results.situation.sot_places[sot].status))
    });
    let trials = (1u32..).zip(&world.trials).map(|(id, _)| SiteId::Trial(TrialId(id)));
    candidates.map(|candidate| candidate.site.clone()).chain(trials).collect()
}

/// People-hours of the needs that are asked for while the outage lasts: of hours in which anything fails at home, and of all
/// hours of who has the need every day in the scenario as it is.
fn people_hours(crisis: &Crisis, usual: &Crisis, asked: &BestAsked) -> f64 {
    let limit = crisis.results().limit();
    let people = &crisis.results().situation.demand.people;
    let mut sum = 0.0;
    for need in asked.needs.iter().filter(|need| crisis.need(**need).is_some()) {
        let everyday = usual.nearest_ever(*need);
        for hour in 0..crisis.scenario.last_hour() {
            for (cell, nearest) in crisis.nearest_at(*need, hour, Case::Worst).into_iter().enumerate() {
                let has = nearest.is_some_and(|(_, cost)| cost.is_within(limit));
                let had = everyday[cell].is_some_and(|(_, cost)| cost.is_within(limit));
                let counts = had || usual.hit[cell].contains(hour);
                sum += if has && counts { people[cell].value() } else { 0.0 };
            }
        }
    }
    sum
}

/// Every choice of so many of the options.
fn choices(options: &[SiteId], count: usize) -> Vec<Vec<SiteId>> {
    let bits = 0..1u32 << options.len();
    let chosen = bits.filter(|bits| bits.count_ones() as usize == count.min(options.len()));
    let of = |bits: u32| options.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0);
    chosen.map(|bits| of(bits).map(|(_, site)| site.clone()).collect()).collect()
}

fn with(scenario: &OutageScenario, added: &[SiteId]) -> OutageScenario {
    let mut scenario = scenario.clone();
    scenario.added.extend(added.iter().cloned());
    scenario
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn no_choice_is_better_than_the_best(
        world in worlds(10, 4),
        scenarios in prop::collection::vec(scenarios(), 1..=3),
        assumed in assumptions(),
        (count, is_worst) in (1..=3usize, any::<bool>()),
    ) {
        let tables = world.tables();
        let crises: Vec<Crisis> =
            scenarios.iter().map(|scenario| computed(&tables, scenario, &assumed)).collect();
        let over = if is_worst { Over::Worst } else { Over::Expected };
        let asked = BestAsked { count, over, seconds: None, ..BestAsked::default() };
        let all: Vec<&Crisis> = crises.iter().collect();
        let found = best(&all, &asked, &Unwatched).expect("nobody cancels").expect("an answer");
        let options = options(&world, &crises[0]);
        prop_assert_eq!(found.options, options.len());
        prop_assert!(found.chosen.len() <= count);
        let before: Vec<f64> = crises.iter().map(|crisis| people_hours(crisis, crisis, &asked)).collect();
        let of = |added: &[SiteId]| -> Vec<f64> {
            let with = scenarios.iter().map(|scenario| with(scenario, added)).zip(&crises);
            let of = |(scenario, usual): (OutageScenario, &Crisis)| {
                people_hours(&computed(&tables, &scenario, &assumed), usual, &asked)
            };
            with.map(of).collect()
        };
        // What is told of the chosen is what comes of them.
        let chosen: Vec<SiteId> = found.chosen.iter().map(|one| one.site.clone()).collect();
        for ((told, before), after) in found.scenarios.iter().zip(&before).zip(of(&chosen)) {
            prop_assert_eq!(told.before, *before);
            prop_assert_eq!(told.after, after, "{:?}", chosen);
        }
        let worth = |added: &[SiteId]| -> f64 {
            let after = of(added);
            if is_worst && scenarios.len() > 1 {
                let lost = found.scenarios.iter().zip(after).map(|(told, after)| told.everyone - after);
                -lost.fold(f64::NEG_INFINITY, f64::max)
            } else {
                after.iter().zip(&before).map(|(after, before)| after - before).sum()
            }
        };
        let most = choices(&options, count).iter().map(|added| worth(added)).fold(f64::NEG_INFINITY, f64::max);
        let value = if is_worst && scenarios.len() > 1 { -found.value } else { found.value };
        prop_assert!((value - most).abs() < 0.5, "{value} is not {most}: {chosen:?} of {options:?}");
        // A proof is no less than the truth, and where one is given nothing is left to prove.
        match found.proof {
            Proof::Proven => prop_assert!((found.bound - found.value).abs() <= 1.5, "{found:?}"),
            proof => prop_assert!(is_worst && scenarios.len() > 1, "{proof:?}"),
        }
    }

    /// A handful of places is no riddle: the best for the worst scenario is proven too.
    #[test]
    fn the_best_of_few_is_proven(
        world in worlds(10, 4),
        scenarios in prop::collection::vec(scenarios(), 2..=3),
        assumed in assumptions(),
        count in 1..=3usize,
    ) {
        let tables = world.tables();
        let crises: Vec<Crisis> =
            scenarios.iter().map(|scenario| computed(&tables, scenario, &assumed)).collect();
        let all: Vec<&Crisis> = crises.iter().collect();
        for over in [Over::Expected, Over::Worst] {
            let asked = BestAsked { count, over, seconds: None, ..BestAsked::default() };
            let found = best(&all, &asked, &Unwatched).expect("nobody cancels").expect("an answer");
            prop_assert_eq!(found.proof, Proof::Proven, "{:?}", over);
        }
    }
}
