//! How is a question made ready? Places with roles, people with weights, ways in whole numbers.

use super::costs::{self, Ambiguous, Costs};
use super::fields::{money_scale, read_fields};
use super::places::{self, Place};
use super::posed::Posed;
use super::question::{Amount, DecaySaid, Question};
use super::unsolvable::Unsolvable;
use super::whole::Scale;
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::location::{Decay, Limit, Problem, Site, Watch};

/// Makes a question ready: sites with roles and reasons, weights, costs.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked of these results.
pub fn pose(question: &Question, results: &Results, watch: &dyn Watch) -> Result<Posed, Unsolvable> {
    let measure = results.measure();
    if question.measure != measure {
        return Err(Unsolvable::OtherMeasure { asked: question.measure, counted: measure });
    }
    check_numbers(question)?;
    let (places, mut ambiguous) = with_roles(question, results)?;
    let costs::Weights { each: weights, without: cells_without_group, ambiguous: of_group } =
        costs::weights(question, results)?;
    ambiguous.extend(of_group);
    let (exclusions, unknown_favoured) = places::exclusions(question, results, &places)?;
    let needs_threshold = question.objective.needs_cutoff() || question.counted_decay() == DecaySaid::Linear;
    let threshold = question.threshold.or_else(|| needs_threshold.then(|| results.limit()));
    let points: Vec<PlanePoint> = places.iter().map(|place| place.point).collect();
    let Costs { table, unit, greatest, cutoff } = costs::table(results, &points, threshold, watch)?;
    let capacities = places.iter().filter_map(|place| place.capacity);
    let weight_scale = costs::weight_scale(&weights, capacities, question, greatest);
    let money_scale = money_scale(question, &places);
    let demand: Vec<u64> = weights.iter().map(|weight| weight_scale.whole(*weight)).collect();
    if demand.iter().all(|weight| *weight == 0) {
        return Err(Unsolvable::NobodyToServe);
    }
    let sites = places.iter().map(|place| Site {
        role: place.role,
        cost: place.cost.map_or(0, |cost| money_scale.whole_cost(cost)),
        capacity: place.capacity.map(|capacity| weight_scale.whole_at_most(capacity)),
    });
    let problem = Problem {
        demand,
        sites: sites.collect(),
        costs: table,
        objective: question.objective,
        limit: limit(question.amount, money_scale),
        cutoff,
        exclusive: exclusions.iter().map(|exclusion| exclusion.sites).collect(),
        require_all: question.require_all,
        decay: decay(question.counted_decay(), unit),
    };
    problem.check().map_err(Unsolvable::Problem)?;
    let question = Question { threshold, ..question.clone() };
    Ok(Posed {
        question,
        places,
        exclusions,
        unknown_favoured,
        problem,
        measure,
        cost_unit: unit,
        weights,
        weight_scale,
        money_scale,
        cells_without_group,
        ambiguous,
    })
}

fn limit(amount: Amount, money: Scale) -> Limit {
    match amount {
        Amount::Sites(count) => Limit::Sites(count),
        Amount::Budget(budget) => Limit::Budget(money.whole_at_most(budget)),
        Amount::AsNeeded => Limit::None,
    }
}

/// The decay in units of the cost table.
fn decay(said: DecaySaid, unit: f64) -> Decay {
    match said {
        DecaySaid::None => Decay::None,
        DecaySaid::Linear => Decay::Linear,
        DecaySaid::Exponential { half } => {
            Decay::Exponential { half: costs::whole(half, unit).unwrap_or(u32::MAX) }
        }
    }
}

/// Every place with its role, its reason, and what is stated of it.
pub(super) fn with_roles(
    question: &Question,
    results: &Results,
) -> Result<(Vec<Place>, Vec<Ambiguous>), Unsolvable> {
    let mut places: Vec<Place> =
        results.candidates.iter().map(|candidate| places::place(candidate, results)).collect();
    if places.is_empty() {
        return Err(Unsolvable::NoPlaces);
    }
    let ambiguous = read_fields(question, results, &mut places)?;
    places::decide_by_hand(question, &mut places)?;
    places::forbid_without_cost(question, &mut places)?;
    Ok((places, ambiguous))
}

fn check_numbers(question: &Question) -> Result<(), Unsolvable> {
    let bad = |what, value| Err(Unsolvable::BadNumber { what, value });
    match question.amount {
        Amount::Budget(budget) if !budget.is_finite() || budget < 0.0 => return bad("budget", budget),
        Amount::Budget(_) if !question.has_prices() => return Err(Unsolvable::NoCostField),
        _ => {}
    }
    let mut prices = question.prices.iter().map(|said| said.price).chain(question.flat_price);
    if let Some(price) = prices.find(|price| !price.is_finite() || *price < 0.0) {
        return bad("price", price);
    }
    if question.objective.has_capacities() && question.capacity_field.is_none() {
        return Err(Unsolvable::NoCapacityField);
    }
    if let Some(threshold) = question.threshold.filter(|threshold| threshold.value() < 0.0) {
        return bad("threshold", threshold.value());
    }
    if let DecaySaid::Exponential { half } = question.decay
        && half.value() <= 0.0
    {
        return bad("decay", half.value());
    }
    let effort = question.effort;
    if !(0.0..=1.0).contains(&effort.gap) {
        return bad("gap", effort.gap);
    }
    match effort.seconds {
        Some(seconds) if seconds.is_nan() || seconds < 0.0 => bad("time", seconds),
        _ => Ok(()),
    }
}
