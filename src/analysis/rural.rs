//! Who lives in a locality, near one, or far from any? Localities from a layer or from the cells, and groups by the
//! minutes to them. Reads travel costs, never graphs or files.

use std::borrow::Cow;

use super::Coverage;
use super::gaps::connect;
use crate::geometry::{PlanePoint, PolygonIndex};
use crate::model::travel::{NoCost, Pairs, TravelError, TravelModel};
use crate::model::{Demand, RuralGroup, RuralTerms, Situation, Town};
use crate::progress::Progress;
use crate::units::{Cost, Measure, People};

/// A locality that is large enough to count.
#[derive(Debug, Clone, PartialEq)]
pub struct Locality {
    /// What its layer calls it.
    pub name: Option<String>,
    pub people: f64,
    /// The cells that are it; none where it is a point of a layer.
    pub cells: Vec<u32>,
    /// Where one has arrived.
    pub points: Vec<PlanePoint>,
}

/// Every cell's group.
#[derive(Debug, Clone, PartialEq)]
pub struct Rural {
    /// `None` where nobody can tell: the cell has no road near it.
    pub groups: Vec<Option<RuralGroup>>,
    /// Minutes to the nearest locality; `None` where there is no way, or none without a ferry.
    pub minutes: Vec<Option<f64>>,
    pub localities: Vec<Locality>,
    /// Are the localities those of a layer?
    pub is_from_layer: bool,
}

/// The localities of a situation, most people first: those of layers of place names that state their people; without
/// any, touching cells.
#[must_use]
pub fn localities(situation: &Situation, terms: &RuralTerms) -> (Vec<Locality>, bool) {
    let is_from_layer = situation.towns.iter().any(|town| town.people.is_some());
    let mut found = if is_from_layer {
        let is_large = |town: &&Town| town.people.is_some_and(|people| people > terms.locality_people);
        let large: Vec<&Town> = situation.towns.iter().filter(is_large).collect();
        let cells = inside(&situation.demand, &large);
        large
            .into_iter()
            .zip(cells)
            .map(|(town, cells)| {
                let points = match cells.as_slice() {
                    [] => vec![town.point],
                    cells => cells.iter().map(|cell| situation.demand.points[*cell as usize]).collect(),
                };
                let (name, people) = (Some(town.name.clone()), town.people.unwrap_or(0.0));
                Locality { name, people, cells, points }
            })
            .collect()
    } else {
        of_cells(&situation.demand, terms)
    };
    found.sort_by(|a: &Locality, b| b.people.total_cmp(&a.people).then_with(|| a.cells.cmp(&b.cells)));
    (found, is_from_layer)
}

/// The cells inside the outline of each town, in rising order.
fn inside(demand: &Demand, towns: &[&Town]) -> Vec<Vec<u32>> {
    let outlines = (0u32..).zip(towns).flat_map(|(at, town)| {
        town.outline.iter().flatten().map(move |polygon| (at, Cow::Borrowed(polygon)))
    });
    let outlines = PolygonIndex::new(outlines);
    let mut cells = vec![Vec::new(); towns.len()];
    for (cell, point) in (0u32..).zip(&demand.points) {
        for town in outlines.holding(*point) {
            let cells: &mut Vec<u32> = &mut cells[town as usize];
            // Parts of one outline may lie over each other.
            if cells.last() != Some(&cell) {
                cells.push(cell);
            }
        }
    }
    cells
}

fn of_cells(demand: &Demand, terms: &RuralTerms) -> Vec<Locality> {
    let dense: Vec<u32> = (0u32..)
        .zip(&demand.everyone)
        .filter(|(_, people)| people.value() >= terms.cell_people)
        .map(|(cell, _)| cell)
        .collect();
    connect(demand, &dense)
        .into_iter()
        .map(|cells| {
            let people: People = cells.iter().map(|cell| demand.everyone[*cell as usize]).sum();
            let points = cells.iter().map(|cell| demand.points[*cell as usize]).collect();
            Locality { name: None, people: people.value(), cells, points }
        })
        .filter(|locality| locality.people > terms.locality_people)
        .collect()
}

/// How many of a group, and how they reach a service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupFigures {
    /// `None`: those of whom nobody can tell.
    pub group: Option<RuralGroup>,
    pub people: People,
    pub within: People,
    pub beyond: People,
    pub without_value: People,
}

impl Rural {
    /// The figures of a kind by group, the most remote first; groups without people are left out.
    #[must_use]
    pub fn figures(&self, coverage: &Coverage, demand: &Demand, threshold: Cost) -> Vec<GroupFigures> {
        let groups = RuralGroup::ALL.into_iter().map(Some).chain([None]);
        let mut all: Vec<GroupFigures> = groups
            .map(|group| {
                let none = People::ZERO;
                GroupFigures { group, people: none, within: none, beyond: none, without_value: none }
            })
            .collect();
        for (cell, people) in demand.people.iter().enumerate() {
            let figures = &mut all[place_of(self.groups[cell])];
            figures.people += *people;
            let part = match coverage.nearest.cost(cell, 0) {
                None => &mut figures.without_value,
                Some((_, cost)) if cost.is_within(threshold) => &mut figures.within,
                Some(_) => &mut figures.beyond,
            };
            *part += *people;
        }
        all.retain(|figures| figures.people > People::ZERO);
        all
    }

    /// The groups by the minutes of a travel model, which must not count ferries: an island without a fixed link is
    /// remote. `None` where there is no locality, or the model knows no times.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    ///
    /// # Complexity
    /// One search from all localities at once.
    pub fn compute(
        situation: &Situation,
        terms: &RuralTerms,
        by_car: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Option<Self>, TravelError> {
        let (localities, is_from_layer) = localities(situation, terms);
        if localities.is_empty() || by_car.measure() != Measure::Time {
            return Ok(None);
        }
        let demand = &situation.demand;
        let sites: Vec<PlanePoint> =
            localities.iter().flat_map(|locality| locality.points.iter().copied()).collect();
        let nearest = by_car.nearest(Pairs::visitors(&demand.points, &sites), 1, progress)?;
        let mut is_inside = vec![false; demand.len()];
        for cell in localities.iter().flat_map(|locality| &locality.cells) {
            is_inside[*cell as usize] = true;
        }
        let minutes: Vec<Option<f64>> = (0..demand.len())
            .map(|cell| {
                nearest.at(cell, 0).and_then(|(_, trip)| trip.time).map(super::super::units::Seconds::minutes)
            })
            .collect();
        let group = |cell: usize| match (minutes[cell], nearest.reason(cell)) {
            _ if is_inside[cell] => Some(RuralGroup::Locality),
            (Some(minutes), _) => Some(terms.group(minutes)),
            (None, NoCost::NotConnected) => Some(RuralGroup::RuralRemote),
            (None, _) => None,
        };
        let groups = (0..demand.len()).map(group).collect();
        Ok(Some(Self { groups, minutes, localities, is_from_layer }))
    }

    /// People of some cells by group; those without one stand last.
    #[must_use]
    pub fn people(&self, demand: &Demand, cells: impl Iterator<Item = usize>) -> [People; 4] {
        let mut sums = [People::ZERO; 4];
        for cell in cells {
            sums[place_of(self.groups[cell])] += demand.people[cell];
        }
        sums
    }
}

/// Where a group stands among all of them; those without one stand last.
fn place_of(group: Option<RuralGroup>) -> usize {
    let among = |group| RuralGroup::ALL.iter().position(|known| *known == group);
    group.and_then(among).unwrap_or(RuralGroup::ALL.len())
}
