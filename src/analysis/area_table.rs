//! How is each municipality served? One row an area, and one for people in no area; rows sum to the people in.

use rayon::prelude::*;

use super::{Coverage, Distribution, Spread};
use crate::model::{AreaIx, ServiceKind, Situation};
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

/// One area, or `None` for the people in no area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow {
    pub area: Option<AreaIx>,
    pub people: People,
    pub cells: usize,
    pub kinds: Vec<AreaKind>,
}

/// The table, in the order of the areas; people in no area last, and only if there are any.
#[must_use]
pub fn area_table(situation: &Situation, coverages: &[Coverage], threshold: Cost) -> Vec<AreaRow> {
    let demand = &situation.demand;
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); situation.areas.len() + 1];
    for (cell, area) in demand.areas.iter().enumerate() {
        cells[area.map_or(situation.areas.len(), AreaIx::at)].push(cell);
    }
    let row = |(at, cells): (usize, Vec<usize>)| {
        let people: People = cells.iter().map(|cell| demand.people[*cell]).sum();
        let kinds = coverages.iter().map(|coverage| {
            let trips = || {
                cells.iter().filter_map(|cell| Some((coverage.nearest.at(*cell, 0)?.1, demand.people[*cell])))
            };
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
        let area = (at < situation.areas.len()).then(|| AreaIx(u32::try_from(at).unwrap_or(u32::MAX)));
        AreaRow { area, people, cells: cells.len(), kinds: kinds.collect() }
    };
    let mut rows: Vec<AreaRow> = cells.into_par_iter().enumerate().map(row).collect();
    if rows.last().is_some_and(|row| row.cells == 0) {
        rows.pop();
    }
    rows
}
