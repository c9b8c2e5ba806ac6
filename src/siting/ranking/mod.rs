//! In which order do the weights put the places, and what is each score made of? The second view, after the flags:
//! every score is the sum of its parts, a second method stands beside it, and what would turn it is said.
//! Does not know how readings came about (see `factors`), nor files.

pub mod ahp;
mod grid;
mod stability;
mod swap;
mod topsis;
mod worth;

use std::collections::BTreeSet;

pub use self::grid::{Grid, ranks};
pub use self::stability::{DRAWS, Shares, shares};
pub use self::swap::Swap;
pub use self::topsis::{Column, closeness};
pub use self::worth::Worth;

use super::candidates::Candidate;
use super::factors::{Missing, Reading, Readings};
use super::minimum_level::Verdict;
use crate::model::{Exclusion, Factor, MissingRule, RankingModel, Scope, SiteId, Situation};

/// What one factor gives to a place's score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    pub factor: Factor,
    pub reading: Reading,
    /// 0 to 1; `None` where a missing reading is left out.
    pub worth: Option<f64>,
    /// The share of the weight, after what is left out has been shared among the others.
    pub weight: f64,
    /// Weight × worth.
    pub contribution: f64,
}

/// A place in the ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Position among the candidates.
    pub candidate: usize,
    /// Row of the grid and of [`Shares`].
    pub row: usize,
    /// 0 to 1, the sum of the parts; `None` when nothing that weighs is known.
    pub score: Option<f64>,
    /// 1 is best; equal scores have equal ranks.
    pub rank: usize,
    pub closeness: Option<f64>,
    /// By TOPSIS.
    pub other_rank: usize,
    /// The share of all weight for which a reading is known.
    pub known: f64,
    pub parts: Vec<Part>,
}

/// Places in order, and what they were ordered by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// Best first; without a score last.
    pub places: Vec<Ranked>,
    /// In the scope, but not ranked, and why.
    pub left_out: Vec<(usize, Exclusion)>,
    /// The factors that count, with their shares and their value functions.
    pub factors: Vec<(Factor, f64, Worth)>,
    pub grid: Grid,
    pub swap: Option<Swap>,
}

/// The places that are compared, a row each.
struct Rows<'a> {
    compared: &'a [usize],
    readings: &'a [Readings],
    /// By row and factor.
    worth: &'a [Vec<Option<f64>>],
    grid: &'a Grid,
    weights: &'a [f64],
}

impl Rows<'_> {
    /// A place with its parts, before it has a rank.
    fn place(&self, row: usize, factors: &[(Factor, f64, Worth)], closeness: Option<f64>) -> Ranked {
        let at = self.compared[row];
        let own = self.grid.weights_of(row, self.weights);
        let part = |(column, (factor, _, _)): (usize, &(Factor, f64, Worth))| Part {
            factor: *factor,
            reading: self.readings[at][factor.index()],
            worth: self.worth[row][column],
            weight: own[column],
            contribution: self.worth[row][column].unwrap_or(0.0) * own[column],
        };
        let parts: Vec<Part> = factors.iter().enumerate().map(part).collect();
        let is_scored = self.grid.score(row, self.weights).is_some();
        Ranked {
            candidate: at,
            row,
            score: is_scored.then(|| parts.iter().map(|part| part.contribution).sum()),
            rank: 0,
            closeness,
            other_rank: 0,
            known: parts
                .iter()
                .zip(self.weights)
                .filter(|(part, _)| part.reading.map_or_else(Missing::is_beyond_measure, |_| true))
                .map(|(_, w)| w)
                .sum(),
            parts,
        }
    }
}

/// Orders the candidates by a model.
///
/// # Complexity
/// Places × factors, and sorting.
#[must_use]
pub fn rank(
    candidates: &[Candidate],
    readings: &[Readings],
    situation: &Situation,
    selected: &BTreeSet<SiteId>,
    model: &RankingModel,
) -> Ranking {
    let (compared, left_out) = compared(candidates, situation, selected, model);
    let shares = model.shares();
    let factors: Vec<(Factor, f64, Worth)> = shares
        .iter()
        .map(|(factor, share)| {
            let known = compared.iter().filter_map(|at| readings[*at][factor.index()].ok());
            (*factor, *share, Worth::of(*factor, model.setting(*factor).function, known))
        })
        .collect();
    let weights: Vec<f64> = factors.iter().map(|(_, share, _)| *share).collect();
    let worth = |at: usize, (factor, _, worth): &(Factor, f64, Worth)| match readings[at][factor.index()] {
        Ok(reading) => Some(worth.at(reading)),
        Err(missing) if missing.is_beyond_measure() => Some(worth.beyond_measure()),
        Err(_) => worth::of_missing(model.setting(*factor).missing),
    };
    let rows: Vec<Vec<Option<f64>>> =
        compared.iter().map(|at| factors.iter().map(|factor| worth(*at, factor)).collect()).collect();
    let grid = Grid::new(factors.len(), &rows);
    let columns: Vec<Column> = factors
        .iter()
        .enumerate()
        .map(|(at, of)| column(at, of, &compared, readings, &rows, model))
        .collect();
    let closeness = closeness(&columns, compared.len());
    let by_rows = Rows { compared: &compared, readings, worth: &rows, grid: &grid, weights: &weights };
    let mut places: Vec<Ranked> =
        (0..compared.len()).map(|row| by_rows.place(row, &factors, closeness[row])).collect();
    let by_score = ranks(&places.iter().map(|place| place.score).collect::<Vec<_>>());
    let by_closeness = ranks(&closeness);
    for place in &mut places {
        place.rank = by_score[place.row];
        place.other_rank = by_closeness[place.row];
    }
    places.sort_by_key(|place| (place.rank, place.candidate));
    let swap = match places.as_slice() {
        [first, second, ..] => Some(swap::smallest(&grid, &weights, first.row, second.row)),
        _ => Some(Swap::TooFew),
    };
    Ranking { places, left_out, factors, grid, swap }
}

/// The places that are ranked, and those of the scope that are not.
fn compared(
    candidates: &[Candidate],
    situation: &Situation,
    selected: &BTreeSet<SiteId>,
    model: &RankingModel,
) -> (Vec<usize>, Vec<(usize, Exclusion)>) {
    let is_in_scope = |candidate: &Candidate| match model.scope {
        Scope::All => true,
        Scope::SotPlaces => candidate.sot.is_some(),
        Scope::Chosen => selected.contains(&candidate.site),
    };
    let (mut compared, mut left_out) = (Vec::new(), Vec::new());
    for (at, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| is_in_scope(candidate)) {
        let sot = candidate.sot.and_then(|sot| situation.sot_places.get(sot));
        let by_status = sot.and_then(|sot| Exclusion::of_status(sot.status));
        let by_verdict = (candidate.verdict == Verdict::NotPossible).then_some(Exclusion::NotPossible);
        let held = [by_status, by_verdict].into_iter().flatten().find(|why| !model.released.contains(why));
        match held {
            Some(why) => left_out.push((at, why)),
            None => compared.push(at),
        }
    }
    (compared, left_out)
}

/// A factor for TOPSIS: the readings themselves, or the worths where the best lies in between.
fn column(
    at: usize,
    (factor, weight, worth): &(Factor, f64, Worth),
    compared: &[usize],
    readings: &[Readings],
    rows: &[Vec<Option<f64>>],
    model: &RankingModel,
) -> Column {
    let Some(more_is_better) = worth.more_is_better() else {
        let values = rows.iter().map(|row| row[at]).collect();
        return Column { weight: *weight, more_is_better: true, values };
    };
    let read: Vec<Option<f64>> =
        compared.iter().map(|candidate| readings[*candidate][factor.index()].ok()).collect();
    let known = || read.iter().flatten().copied();
    let (min, max) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    // More than any number: as far on as the farthest.
    let beyond = (min <= max).then_some(max);
    let missing = match model.setting(*factor).missing {
        _ if min > max => None,
        MissingRule::LeaveOut => None,
        MissingRule::Worst => Some(if more_is_better { min } else { max }),
        MissingRule::Neutral => Some(f64::midpoint(min, max)),
    };
    let value = |(candidate, value): (&usize, &Option<f64>)| match readings[*candidate][factor.index()] {
        Err(missing) if missing.is_beyond_measure() => beyond,
        _ => value.or(missing),
    };
    Column { weight: *weight, more_is_better, values: compared.iter().zip(&read).map(value).collect() }
}
