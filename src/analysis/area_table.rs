//! How is each municipality served? One row an area, and one for people in no area; rows sum to the people in.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Coverage, Distribution, Rural, Spread};
use crate::lang::Lang;
use crate::model::{AreaIx, Demand, LayerId, ServiceKind, Situation};
use crate::say;
use crate::units::{Cost, Measure, People};

/// One area's figures for one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaKind {
    pub kind: ServiceKind,
    pub people_beyond: People,
    pub people_without_value: People,
    /// Of what is counted.
    pub spread: Spread,
    /// Of the lengths and times of the same trips.
    pub lengths: Spread,
    pub times: Option<Spread>,
}

/// One area; without one, the people whose cells name an area that is not loaded, or none and lie in none.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow {
    pub area: Option<AreaIx>,
    /// The areas named that are not loaded, most people first.
    pub named: Vec<String>,
    pub people: People,
    pub cells: usize,
    /// People by group of countryside, the most remote first and those without one last; where it is known.
    pub groups: Option<[People; 4]>,
    pub kinds: Vec<AreaKind>,
}

impl AreaRow {
    /// What the row is called.
    #[must_use]
    pub fn title(&self, situation: &Situation, lang: Lang) -> String {
        /// Names that are written out; a country has hundreds.
        const NAMES: usize = 3;
        if let Some(area) = self.area.and_then(|ix| situation.areas.get(ix.at())) {
            return area.name.clone();
        }
        let none = lang.pick("ingen kommun", "no municipality");
        if self.named.is_empty() {
            return none.into();
        }
        let names = self.named.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
        match self.named.len().saturating_sub(NAMES) {
            0 => say!(lang, "{none} (anger {names})", "{none} (names {names})"),
            more => {
                say!(lang, "{none} (anger {names} och {more} till)", "{none} (names {names} and {more} more)")
            }
        }
    }
}

/// The table, in the order of the areas; people in no area last, and only if there are any.
#[must_use]
pub fn area_table(
    situation: &Situation,
    coverages: &[Coverage],
    rural: Option<&Rural>,
    threshold: Cost,
) -> Vec<AreaRow> {
    let demand = &situation.demand;
    let (nowhere, elsewhere) = (situation.areas.len(), situation.areas.len() + 1);
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); situation.areas.len() + 2];
    let mut named: BTreeMap<u32, People> = BTreeMap::new();
    for (cell, area) in demand.areas.iter().enumerate() {
        let other = demand.other_areas.get(cell).copied().flatten();
        if let Some(other) = other {
            *named.entry(other).or_default() += demand.people[cell];
        }
        let row = match (area, other) {
            (Some(area), _) => area.at(),
            (None, Some(_)) => elsewhere,
            (None, None) => nowhere,
        };
        cells[row].push(cell);
    }
    let mut named: Vec<(u32, People)> = named.into_iter().collect();
    named.sort_by_key(|(other, people)| (std::cmp::Reverse(*people), *other));
    let named: Vec<String> = named
        .into_iter()
        .filter_map(|(other, _)| situation.other_names.get(other as usize).cloned())
        .collect();
    let row = |(at, cells): (usize, Vec<usize>)| {
        let area = (at < situation.areas.len()).then(|| AreaIx(u32::try_from(at).unwrap_or(u32::MAX)));
        let named = if at == elsewhere { named.clone() } else { Vec::new() };
        AreaRow { area, named, ..summed(&cells, demand, coverages.iter(), rural, threshold) }
    };
    // Of the areas that are built in, those that nobody lives in are not what the user asked about.
    let is_asked = |at: usize| situation.areas.get(at).is_some_and(|area| area.layer != LayerId::BUILT_IN);
    let rows = cells.into_par_iter().enumerate().filter(|(at, cells)| is_asked(*at) || !cells.is_empty());
    rows.map(row).collect()
}

/// The figures of some cells together, whatever area they are in.
///
/// # Complexity
/// O(n log n) for each kind.
#[must_use]
pub fn summed<'a>(
    cells: &[usize],
    demand: &Demand,
    coverages: impl Iterator<Item = &'a Coverage>,
    rural: Option<&Rural>,
    threshold: Cost,
) -> AreaRow {
    let people: People = cells.iter().map(|cell| demand.people[*cell]).sum();
    let groups = rural.map(|rural| rural.people(demand, cells.iter().copied()));
    let kinds = coverages.map(|coverage| {
        let trips =
            || cells.iter().filter_map(|cell| Some((coverage.nearest.at(*cell, 0)?.1, demand.people[*cell])));
        let lengths = Distribution::new(trips().map(|(trip, people)| (trip.length.into(), people)));
        let times = coverage.times.is_some().then(|| {
            Distribution::new(trips().filter_map(|(trip, people)| Some((trip.time?.into(), people))))
        });
        let counted = match (coverage.measure(), &times) {
            (Measure::Time, Some(times)) => times,
            _ => &lengths,
        };
        let unreached = cells.iter().filter(|cell| coverage.nearest.at(**cell, 0).is_none());
        AreaKind {
            kind: coverage.kind,
            people_beyond: counted.people() - counted.people_within(threshold),
            people_without_value: unreached.map(|cell| demand.people[*cell]).sum(),
            spread: counted.spread(),
            lengths: lengths.spread(),
            times: times.as_ref().map(Distribution::spread),
        }
    });
    AreaRow { area: None, named: Vec::new(), people, cells: cells.len(), groups, kinds: kinds.collect() }
}
