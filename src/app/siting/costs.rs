//! What does every trip cost in whole units, and how many people ask for it? Filled chunk by chunk, so that a
//! whole country fits into memory.

use rayon::prelude::*;

use super::question::Question;
use super::unsolvable::Unsolvable;
use super::whole::{Scale, decimals};
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::lang::{Lang, Said};
use crate::location::{CostTable, Counted, DECAY_UNIT, NO_COST, Watch};
use crate::model::recognise::WrittenNumber;
use crate::model::travel::{Pairs, TravelModel};
use crate::model::{Role, RuralGroup, recognise};
use crate::say;
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
                // A way whose time nobody knows serves nobody.
                let Ok(cost) = reach.trip.cost(measure) else { continue };
                let Some(cost) = whole(cost, unit) else { return Ok(None) };
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
    let cutoff = threshold.map(|threshold| whole(threshold.widened(), unit).unwrap_or(NO_COST - 1));
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
pub(super) fn number(text: &str) -> Option<WrittenNumber> {
    recognise::written_number(text).filter(|number| number.value.is_finite() && number.value >= 0.0)
}

/// Texts of a column that may be thousands or decimals: how many, and the first with how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ambiguous {
    pub column: String,
    pub count: usize,
    pub value: String,
    pub read_as: f64,
}

impl Ambiguous {
    /// Those among the texts read.
    pub(super) fn among<'a>(
        column: &str,
        texts: impl Iterator<Item = (&'a str, WrittenNumber)>,
    ) -> Option<Self> {
        let mut texts = texts.filter(|(_, number)| number.is_ambiguous);
        let (value, number) = texts.next()?;
        let (column, value) = (column.to_owned(), value.to_owned());
        Some(Self { column, count: 1 + texts.count(), value, read_as: number.value })
    }
}

impl Said for Ambiguous {
    fn said(&self, lang: Lang) -> String {
        let Self { column, count, value, read_as } = self;
        let read_as = lang.number(*read_as, 3);
        say!(
            lang,
            "{column}: ”{value}” kan vara tusental eller decimaler och lästes som {read_as} ({count} sådana värden)",
            "{column}: “{value}” may be thousands or decimals and was read as {read_as} ({count} such values)"
        )
    }
}

/// What the demand asks for.
pub(super) struct Weights {
    pub each: Vec<f64>,
    /// Cells that have no value for the group.
    pub without: usize,
    pub ambiguous: Option<Ambiguous>,
}

/// The weight of every cell.
pub(super) fn weights(question: &Question, results: &Results) -> Result<Weights, Unsolvable> {
    let demand = &results.situation.demand;
    let Some(column) = &question.group else {
        let each = demand.people.iter().map(|people| people.value()).collect();
        return Ok(Weights { each, without: 0, ambiguous: None });
    };
    let known = group_columns(results);
    if let Some(groups) = rural_groups(results, column) {
        let Some(rural) = &results.rural else { return Err(Unsolvable::NoLocality) };
        let in_group = |cell: usize| rural.groups[cell].is_some_and(|group| groups.contains(&group));
        let each = demand
            .people
            .iter()
            .enumerate()
            .map(|(cell, people)| if in_group(cell) { people.value() } else { 0.0 });
        let without = rural.groups.iter().filter(|group| group.is_none()).count();
        return Ok(Weights { each: each.collect(), without, ambiguous: None });
    }
    let Some(column) = recognise::column_called(column, known.iter().map(String::as_str)) else {
        return Err(Unsolvable::NoColumn { column: column.clone(), known });
    };
    let column = &column.to_owned();
    let values = column_values(results, column)?;
    let without = values.iter().filter(|value| value.is_none()).count();
    let texts = values.iter().flatten().map(|(text, number)| (text.as_str(), *number));
    let ambiguous = Ambiguous::among(column, texts);
    let each = values.into_iter().map(|value| value.map_or(0.0, |(_, number)| number.value)).collect();
    Ok(Weights { each, without, ambiguous })
}

/// A number that the population layers state of each cell, as it is written; `None` where they state none.
///
/// # Errors
/// [`Unsolvable::BadValue`] for what is no number, or below zero.
pub(in crate::app) fn column_values(
    results: &Results,
    column: &str,
) -> Result<Vec<Option<(String, WrittenNumber)>>, Unsolvable> {
    results
        .situation
        .demand
        .origins
        .par_iter()
        .map(|origin| {
            let value = results.project.layer(origin.layer).and_then(|layer| {
                let feature = layer.table.features.get(origin.feature_ix as usize)?;
                Some((layer.table.row(feature).get(column)?, crate::model::Layer::feature_key(feature)))
            });
            match value {
                None => Ok(None),
                Some((value, place)) => {
                    let is_text = value.is_text();
                    let value = value.text();
                    let read = number(&value).map(|number| WrittenNumber {
                        // A number of JSON is what it is.
                        is_ambiguous: number.is_ambiguous && is_text,
                        ..number
                    });
                    match read {
                        _ if value.is_empty() => Ok(None),
                        Some(number) => Ok(Some((value, number))),
                        None => Err(Unsolvable::BadValue { place, column: column.to_owned(), value }),
                    }
                }
            }
        })
        .collect()
}

/// The groups of countryside that a text names; a column of that name goes first.
#[must_use]
pub fn rural_groups(results: &Results, text: &str) -> Option<Vec<RuralGroup>> {
    let is_column = group_columns(results).iter().any(|column| column == text);
    RuralGroup::several(text).filter(|_| !is_column)
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

/// The scale by which weights, and the room that sites have for them, become whole and their sums stay exact.
pub(super) fn weight_scale(
    weights: &[f64],
    capacities: impl Iterator<Item = f64>,
    question: &Question,
    greatest: u32,
) -> Scale {
    let each = match question.objective.counted() {
        Counted::WeightedCost => greatest.max(1),
        Counted::GreatestCost | Counted::Sites | Counted::Weight
            if question.counted_decay() != super::DecaySaid::None =>
        {
            DECAY_UNIT
        }
        Counted::GreatestCost | Counted::Sites | Counted::Weight => 1,
    };
    // Room is counted in the same units as people.
    let capacities = capacities.filter(|_| question.objective.has_capacities());
    let wanted = weights.iter().copied().chain(capacities).map(decimals).max().unwrap_or(0);
    // Half of what a problem may hold, for rounding up.
    let limit = 2f64.powi(61) / f64::from(each);
    Scale::fitting_to(6, wanted, weights.iter().sum(), limit)
}
