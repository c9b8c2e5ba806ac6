//! How is each municipality served? One row an area, and one for people in no area; rows sum to the people in.

use rayon::prelude::*;

use super::{Coverage, Distribution};
use crate::model::{AreaIx, ServiceKind, Situation};
use crate::units::{Metres, People};

/// One area's figures for one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaKind {
    pub kind: ServiceKind,
    pub people_beyond: People,
    pub people_without_value: People,
    pub mean: Option<Metres>,
    pub p50: Option<Metres>,
    pub p90: Option<Metres>,
    pub max: Option<Metres>,
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
pub fn area_table(situation: &Situation, coverages: &[Coverage], threshold: Metres) -> Vec<AreaRow> {
    let demand = &situation.demand;
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); situation.areas.len() + 1];
    for (cell, area) in demand.areas.iter().enumerate() {
        cells[area.map_or(situation.areas.len(), AreaIx::at)].push(cell);
    }
    let row = |(at, cells): (usize, Vec<usize>)| {
        let people: People = cells.iter().map(|cell| demand.people[*cell]).sum();
        let kinds = coverages.iter().map(|coverage| {
            let lengths = cells
                .iter()
                .filter_map(|cell| Some((coverage.nearest.at(*cell, 0)?.1, demand.people[*cell])));
            let spread = Distribution::new(lengths);
            let unreached = cells.iter().filter(|cell| coverage.nearest.at(**cell, 0).is_none());
            AreaKind {
                kind: coverage.kind,
                people_beyond: spread.people() - spread.people_within(threshold),
                people_without_value: unreached.map(|cell| demand.people[*cell]).sum(),
                mean: spread.mean(),
                p50: spread.percentile(0.5),
                p90: spread.percentile(0.9),
                max: spread.max(),
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
