//! What does every trip cost in whole units, and how many people ask for it? Filled chunk by chunk, so that a
//! whole country fits into memory.

use rayon::prelude::*;
use serde_json::Value;

use super::{Question, Scale, Unsolvable, decimals};
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::location::{CostTable, DECAY_UNIT, NO_COST, Objective, Watch};
use crate::model::travel::{Pairs, TravelModel};
use crate::model::{Role, recognise};
use crate::units::Cost;

/// Sites asked for at a time: an entry of the travel model's rows is much larger than one of the table.
const CHUNK: usize = 32;

/// Metres or seconds of a unit of the table, the finest that holds the greatest cost: millimetres and
/// milliseconds wherever trips are shorter than 4 000 km or 1 000 hours.
const UNITS: [f64; 5] = [0.001, 0.01, 0.1, 1.0, 10.0];

/// A table of costs and what its numbers stand for.
pub(super) struct Costs {
    pub table: CostTable,
    pub unit: f64,
    pub greatest: u32,
    /// The threshold in units; the table holds nothing above the threshold.
    pub cutoff: Option<u32>,
}

/// A cost in whole units; `None` when it is too large for them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
pub(super) fn whole(cost: Cost, unit: f64) -> Option<u32> {
    // Dividing by a thousandth would be off by a bit now and then; its inverse is whole.
    let units = if unit < 1.0 { cost.value() * (1.0 / unit).round() } else { cost.value() / unit }.round();
    (0.0..f64::from(NO_COST)).contains(&units).then_some(units as u32)
}

/// The costs between all cells and these places; with a threshold only those within it.
pub(super) fn table(
    results: &Results,
    points: &[PlanePoint],
    threshold: Option<Cost>,
    watch: &dyn Watch,
) -> Result<Costs, Unsolvable> {
    for unit in UNITS {
        if let Some(costs) = table_in(unit, results, points, threshold, watch)? {
            return Ok(costs);
        }
    }
    Err(Unsolvable::Problem(crate::location::ProblemError::TooLarge))
}

fn table_in(
    unit: f64,
    results: &Results,
    points: &[PlanePoint],
    threshold: Option<Cost>,
    watch: &dyn Watch,
) -> Result<Option<Costs>, Unsolvable> {
    let measure = results.measure();
    let demand = &results.situation.demand.points;
    let count = demand.len();
    let mut dense = if threshold.is_none() { vec![NO_COST; count * points.len()] } else { Vec::new() };
    let mut sparse: Vec<Vec<(u32, u32)>> = Vec::new();
    let mut greatest = 0;
    let chunks = points.len().div_ceil(CHUNK) as u64;
    for (at, chunk) in points.chunks(CHUNK).enumerate() {
        watch.check()?;
        watch.report(at as u64, chunks);
        let rows = results.travel.rows(Pairs::visitors(demand, chunk), threshold, &Quiet(watch))?;
        for site in 0..chunk.len() {
            let mut row = Vec::new();
            for reach in rows.row(site) {
                let Some(cost) = whole(reach.trip.cost(measure), unit) else { return Ok(None) };
                greatest = greatest.max(cost);
                if threshold.is_none() {
                    dense[(at * CHUNK + site) * count + reach.demand as usize] = cost;
                } else {
                    row.push((reach.demand, cost));
                }
            }
            if threshold.is_some() {
                sparse.push(row);
            }
        }
    }
    // Rounding keeps the order, so what is within the threshold is within this.
    let cutoff = threshold.map(|threshold| whole(threshold, unit).unwrap_or(NO_COST - 1));
    let table = if threshold.is_none() {
        CostTable::dense(count, points.len(), dense)
    } else {
        CostTable::from_rows(count, &sparse)
    };
    Ok(Some(Costs { table, unit, greatest, cutoff }))
}

/// Passes on "stop?" and keeps the inner progress of a part from standing for the whole.
struct Quiet<'a>(&'a dyn Watch);

impl crate::progress::Progress for Quiet<'_> {
    fn report(&self, _done: u64, _total: u64) {}
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// A number of zero or more, as people write it.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number: f64 = plain.replace(',', ".").parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

/// The weight of every cell, and how many cells have no value for the group.
pub(super) fn weights(question: &Question, results: &Results) -> Result<(Vec<f64>, usize), Unsolvable> {
    let demand = &results.situation.demand;
    let Some(column) = &question.group else {
        return Ok((demand.people.iter().map(|people| people.value()).collect(), 0));
    };
    let known = group_columns(results);
    if !known.contains(column) {
        return Err(Unsolvable::NoColumn { column: column.clone(), known });
    }
    let values: Result<Vec<Option<f64>>, Unsolvable> = demand
        .origins
        .par_iter()
        .map(|origin| {
            let value = results.project.layer(origin.layer).and_then(|layer| {
                let feature = layer.table.features.get(origin.feature_ix as usize)?;
                let text = layer.table.text.get(feature.properties.clone())?;
                let [value, _] = recognise::pick(text, [column.as_str(), ""]);
                Some((value?, crate::model::Layer::feature_key(feature)))
            });
            match value {
                None | Some((Value::Null, _)) => Ok(None),
                Some((value, place)) => {
                    let value = recognise::plain_text(&value);
                    match number(&value) {
                        _ if value.is_empty() => Ok(None),
                        Some(number) => Ok(Some(number)),
                        None => Err(Unsolvable::BadValue { place, column: column.clone(), value }),
                    }
                }
            }
        })
        .collect();
    let values = values?;
    let without = values.iter().filter(|value| value.is_none()).count();
    Ok((values.into_iter().map(Option::unwrap_or_default).collect(), without))
}

/// The columns of the population layers that could count a group of people.
#[must_use]
pub fn group_columns(results: &Results) -> Vec<String> {
    let mut names = Vec::new();
    for layer in &results.project.layers {
        if matches!(layer.role, Role::Population { .. }) {
            for column in layer.table.columns.iter().filter(|column| column.numbers > 0) {
                if !names.contains(&column.name) {
                    names.push(column.name.clone());
                }
            }
        }
    }
    names
}

/// The scale by which weights become whole and their sums stay exact.
pub(super) fn weight_scale(weights: &[f64], question: &Question, greatest: u32) -> Scale {
    let each = match question.objective {
        Objective::PMedian => greatest.max(1),
        _ if question.counted_decay() != super::DecaySaid::None => DECAY_UNIT,
        _ => 1,
    };
    let wanted = weights.iter().map(|weight| decimals(*weight)).max().unwrap_or(0);
    // Half of what a problem may hold, for rounding up.
    let limit = 2f64.powi(61) / f64::from(each);
    Scale::fitting_to(6, wanted, weights.iter().sum(), limit)
}
