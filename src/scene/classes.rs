//! In which class is each square of people, by distance, by people or by group? Where cells are too small to see, blocks
//! of them have their people-weighted mean. Does not know how they are drawn.

use std::sync::Arc;

use super::colours::{self, Rgb};
use super::{CellLevel, Scene};
use crate::app::Results;
use crate::app::settings::Theme;
use crate::app::siting::scenario::{Change, Difference};
use crate::model::{AreaIx, RuralGroup, ServiceKind};
use crate::units::{Cost, People};

/// How cells are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colouring {
    #[default]
    Distance,
    People,
    /// The groups of countryside.
    Groups,
    Off,
}

/// Which colours the classes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Distance,
    People,
    Groups,
    Change,
}

impl Scale {
    const fn of(colouring: Colouring) -> Self {
        match colouring {
            Colouring::Distance => Self::Distance,
            Colouring::Groups => Self::Groups,
            Colouring::People | Colouring::Off => Self::People,
        }
    }

    /// The colours of the classes, and of no value.
    #[must_use]
    pub fn palette(self, theme: Theme) -> [Rgb; 6] {
        let mut palette = [colours::no_value(theme); 6];
        match self {
            Self::Distance => palette[..5].copy_from_slice(&colours::distance(theme)),
            Self::People => palette[..5].copy_from_slice(&colours::people(theme)),
            Self::Change => palette[..5].copy_from_slice(&colours::change(theme)),
            Self::Groups => palette[..3].copy_from_slice(&colours::groups(theme)),
        }
        palette
    }
}

/// Class of a square without a value.
const NO_CLASS: u8 = 5;

/// Squares smaller than this on the screen are drawn as blocks.
pub const SMALLEST_POINTS: f64 = 2.6;

/// The classes of all squares for one result, kind and colouring.
#[derive(Clone)]
pub struct CellClasses {
    results: Arc<Results>,
    pub kind: ServiceKind,
    pub colouring: Colouring,
    pub scale: Scale,
    /// By level, by square.
    pub classes: Vec<Vec<u8>>,
    /// People and cells of each class, and without a value.
    pub counts: [(People, usize); 6],
}

impl CellClasses {
    #[must_use]
    pub fn new(scene: &Scene, kind: ServiceKind, colouring: Colouring) -> Self {
        let results = &scene.results;
        let classes = scene.levels.iter().map(|level| {
            (0..level.corners.len()).map(|at| class_of(results, kind, colouring, level, at)).collect()
        });
        Self::with_classes(results, kind, colouring, Scale::of(colouring), classes.collect())
    }

    /// Squares by what it costs to get to the places of a plan.
    #[must_use]
    pub fn of_costs(scene: &Scene, costs: &[Option<Cost>]) -> Self {
        let limit = scene.results.limit();
        let class = |level: &CellLevel, at| match mean(&scene.results, level, at, |cell| {
            costs.get(cell).copied().flatten().map(Cost::value)
        }) {
            Some(cost) => cost_class(Cost::new(cost), limit),
            None => NO_CLASS,
        };
        Self::of_classes(scene, Scale::Distance, class)
    }

    /// Squares by how much shorter or longer the way becomes.
    #[must_use]
    pub fn of_changes(scene: &Scene, difference: &Difference) -> Self {
        let much = scene.results.limit().value() * 0.5;
        let shorter = |cell: usize| {
            let at = |costs: &[Option<Cost>]| costs.get(cell).copied().flatten();
            match Change::between(at(&difference.before), at(&difference.after)) {
                Change::Gained(by) => Some(by),
                Change::Lost(by) => Some(-by),
                Change::Same => Some(0.0),
                Change::FirstWay => Some(much * 4.0),
                Change::NoWay => Some(-much * 4.0),
                Change::Nothing => None,
            }
        };
        let class = |level: &CellLevel, at| match mean(&scene.results, level, at, shorter) {
            Some(by) if by > much => 0,
            Some(by) if by > 1.0 => 1,
            Some(by) if by < -much => 4,
            Some(by) if by < -1.0 => 3,
            Some(_) => 2,
            None => NO_CLASS,
        };
        Self::of_classes(scene, Scale::Change, class)
    }

    fn of_classes(scene: &Scene, scale: Scale, class: impl Fn(&CellLevel, usize) -> u8) -> Self {
        let classes = scene.levels.iter().map(|level| {
            let squares = 0..level.corners.len();
            squares.map(|at| class(level, at)).collect()
        });
        let kind = ServiceKind::Sot;
        Self::with_classes(&scene.results, kind, Colouring::Distance, scale, classes.collect())
    }

    fn with_classes(
        results: &Arc<Results>,
        kind: ServiceKind,
        colouring: Colouring,
        scale: Scale,
        classes: Vec<Vec<u8>>,
    ) -> Self {
        let counts = counts(results, &classes, |_| true);
        Self { results: Arc::clone(results), kind, colouring, scale, classes, counts }
    }

    /// The same, with the people and cells of an area alone.
    #[must_use]
    pub fn counted_in(&self, area: AreaIx) -> Self {
        let areas = &self.results.situation.demand.areas;
        let is_own = |cell: usize| areas.get(cell).copied().flatten() == Some(area);
        Self { counts: counts(&self.results, &self.classes, is_own), ..self.clone() }
    }

    /// Are these the classes of this picture?
    #[must_use]
    pub fn fit(&self, scene: &Scene, kind: ServiceKind, colouring: Colouring) -> bool {
        Arc::ptr_eq(&self.results, &scene.results) && self.kind == kind && self.colouring == colouring
    }
}

/// People and cells by class, of those cells that count.
fn counts(results: &Results, classes: &[Vec<u8>], is_own: impl Fn(usize) -> bool) -> [(People, usize); 6] {
    let mut counts = [(People::ZERO, 0); 6];
    let demand = &results.situation.demand;
    let cells = classes.first().into_iter().flatten().zip(&demand.people).enumerate();
    for (_, (class, people)) in cells.filter(|(cell, _)| is_own(*cell)) {
        let count = &mut counts[usize::from(*class)];
        count.0 += *people;
        count.1 += 1;
    }
    counts
}

fn class_of(results: &Results, kind: ServiceKind, colouring: Colouring, level: &CellLevel, at: usize) -> u8 {
    let demand = &results.situation.demand;
    let members = level.members(at);
    match colouring {
        Colouring::People | Colouring::Off => {
            let people: f64 = members.iter().map(|cell| demand.people[*cell as usize].value()).sum();
            let side_km = if level.side_m > 0.0 {
                level.side_m / 1000.0
            } else {
                members.first().map_or(1.0, |cell| f64::from(demand.sides_m[*cell as usize]) / 1000.0)
            };
            let density = people / if side_km > 0.0 { side_km * side_km } else { 1.0 };
            let class = colours::PEOPLE_BOUNDS.iter().rposition(|bound| density >= *bound).unwrap_or(0);
            u8::try_from(class).unwrap_or(0)
        }
        // The group of most of its people.
        Colouring::Groups => {
            let Some(rural) = &results.rural else { return NO_CLASS };
            let people = rural.people(demand, members.iter().map(|cell| *cell as usize));
            let most = (0..people.len()).max_by_key(|at| (people[*at], std::cmp::Reverse(*at))).unwrap_or(0);
            let is_known = |at: &u8| usize::from(*at) < RuralGroup::ALL.len();
            u8::try_from(most).ok().filter(is_known).unwrap_or(NO_CLASS)
        }
        Colouring::Distance => {
            let Some(result) = results.kind(kind) else { return NO_CLASS };
            let nearest = &result.coverage.nearest;
            let cost = mean(results, level, at, |cell| nearest.cost(cell, 0).map(|(_, cost)| cost.value()));
            cost.map_or(NO_CLASS, |cost| cost_class(Cost::new(cost), results.limit()))
        }
    }
}

/// The mean over the people of a square, of those who have a value.
fn mean(
    results: &Results,
    level: &CellLevel,
    at: usize,
    value: impl Fn(usize) -> Option<f64>,
) -> Option<f64> {
    let (mut weight, mut sum) = (0.0, 0.0);
    for cell in level.members(at).iter().map(|cell| *cell as usize) {
        if let Some(value) = value(cell) {
            // Empty cells still have a colour of their own.
            let people = results.situation.demand.people[cell].value().max(1e-6);
            weight += people;
            sum += value * people;
        }
    }
    (weight > 0.0).then_some(sum / weight)
}

/// The class of a cost: the first three are within the threshold.
#[must_use]
pub fn cost_class(cost: Cost, limit: Cost) -> u8 {
    let bounds = colours::DISTANCE_BOUNDS.iter();
    let class = bounds.take_while(|part| !cost.is_within(Cost::new(limit.value() * **part))).count();
    u8::try_from(class).unwrap_or(4)
}

/// The finest level whose squares are at least so large on the screen; the coarsest where none is.
#[must_use]
pub fn level_at(scene: &Scene, points_per_metre: f64, least_points: f64) -> Option<usize> {
    let side = |level: &CellLevel| {
        if level.side_m > 0.0 {
            return level.side_m;
        }
        let first = scene.results.situation.demand.sides_m.first().copied().unwrap_or(0.0);
        if first > 0.0 { f64::from(first) } else { 1000.0 }
    };
    let fits = |level: &CellLevel| side(level) * points_per_metre >= least_points;
    if scene.levels.is_empty() {
        return None;
    }
    Some(scene.levels.iter().position(fits).unwrap_or(scene.levels.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_itself_is_within() {
        let limit = Cost::new(10_000.0);
        let class = |cost| cost_class(Cost::new(cost), limit);
        assert_eq!([class(0.0), class(5_000.0), class(5_000.1), class(8_001.0)], [0, 0, 1, 2]);
        assert_eq!([class(10_000.0), class(10_000.1), class(20_000.0), class(20_001.0)], [2, 3, 3, 4]);
    }
}
