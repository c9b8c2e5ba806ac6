//! What does an answer mean for people? A plan as places, who goes where, who is left out, before and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::posed::Posed;
use super::unsolvable::Unsolvable;
use super::value::Units;
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::location::{self, Answer, Counted, Infeasible, Objective, Outcome, Plan, Proof, Role, Watch};
use crate::model::travel::{NoCost, Pairs, TravelModel};
use crate::progress::{Progress, Unwatched};
use crate::units::Cost;

/// People of a cell who are served at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Served {
    pub demand: u32,
    pub site: u32,
    pub people: f64,
    pub cost: Cost,
}

/// What a set of places means for everyone, whatever was asked: each goes to the nearest of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub sites: usize,
    pub people: f64,
    /// Within the threshold below.
    pub people_within: f64,
    pub threshold: Cost,
    /// With no way to any of the places.
    pub people_without_way: f64,
    /// Of those with a way.
    pub mean: Option<Cost>,
    pub worst: Option<Cost>,
    /// The cell that has it worst.
    pub worst_cell: Option<u32>,
}

/// A plan in places and people.
#[derive(Debug, Clone)]
pub struct PlanView {
    pub plan: Plan,
    /// In the units of users (see [`Posed::value`]).
    pub value: f64,
    /// Who is served where by the rules of the question.
    pub served: Vec<Served>,
    /// People served at each place, in the order of `plan.sites`.
    pub people_at: Vec<f64>,
    /// The nearest chosen place of every cell, also beyond the threshold, and what it costs to get there.
    pub nearest: Vec<Option<(u32, Cost)>>,
    pub figures: Figures,
    /// What the places cost together, where costs are stated.
    pub money: Option<f64>,
}

/// Why a cell counts in no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// Only these forbidden places reach it.
    OnlyForbidden(Vec<u32>),
    /// No place lies within the threshold.
    BeyondThreshold,
    NoWay(NoCost),
}

/// A cell that counts in no plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutCell {
    pub demand: u32,
    pub people: f64,
    pub why: LeftOutWhy,
}

/// A question and its answer.
#[derive(Debug, Clone)]
pub struct Solved {
    pub posed: Arc<Posed>,
    pub answer: Answer,
    pub plan: Option<PlanView>,
    /// What no plan can beat, in the units of users.
    pub bound: Option<f64>,
    pub left_out: Vec<LeftOutCell>,
    /// With the places alone that exist today.
    pub before: Figures,
    /// The locality that decides where the places stand, and what share of the people it has.
    pub heaviest_locality: Option<(Option<String>, f64)>,
}

impl Solved {
    pub(super) fn new(posed: Arc<Posed>, answer: Answer, results: &Results) -> Result<Self, Unsolvable> {
        // A cancelled search keeps its best plan, so showing it is not to be cancelled by the same watch.
        let plan = answer.plan().map(|plan| posed.view(plan, results, &Unwatched)).transpose()?;
        let bound = answer.bound().map(|bound| posed.value(bound));
        let left_out = left_out(&posed, &answer.left_out, results)?;
        let before = before(&posed, results)?;
        let heaviest_locality = heaviest_locality(&posed, plan.as_ref(), results);
        Ok(Self { posed, answer, plan, bound, left_out, before, heaviest_locality })
    }

    #[must_use]
    pub fn proof(&self) -> Proof {
        self.answer.proof()
    }

    /// Why there is no plan; empty where there is one or nothing is known.
    #[must_use]
    pub fn infeasible(&self) -> &[Infeasible] {
        match &self.answer.outcome {
            Outcome::Infeasible(why) => why,
            _ => &[],
        }
    }

    #[must_use]
    pub fn people_left_out(&self) -> f64 {
        self.left_out.iter().map(|cell| cell.people).sum()
    }
}

/// The locality in which more than half of those live whom a covering plan serves: it decides where the places stand.
/// Only where everyone counts. Its name or that of its municipality, if it has one, and the share.
fn heaviest_locality(
    posed: &Posed,
    plan: Option<&PlanView>,
    results: &Results,
) -> Option<(Option<String>, f64)> {
    let rural = results.rural.as_ref()?;
    let plan = plan?;
    if posed.question.group.is_some() || !covers(posed.problem.objective) {
        return None;
    }
    let largest = rural.localities.first()?;
    let demand = &results.situation.demand;
    let within = posed.within(results);
    let mut is_largest = vec![false; demand.len()];
    largest.cells.iter().for_each(|cell| is_largest[*cell as usize] = true);
    let (mut all, mut inside) = (0.0, 0.0);
    for one in plan.served.iter().filter(|one| one.cost.is_within(within)) {
        let cell = one.demand as usize;
        all += one.people;
        inside += if is_largest.get(cell) == Some(&true) { one.people } else { 0.0 };
    }
    let share = if all > 0.0 { inside / all } else { 0.0 };
    // Named after the area in which most of it lies.
    let in_area = || {
        let mut people: BTreeMap<&str, f64> = BTreeMap::new();
        for cell in largest.cells.iter().map(|cell| *cell as usize) {
            if let Some(area) = results.situation.area_name(demand.areas[cell]) {
                *people.entry(area).or_default() += demand.people[cell].value();
            }
        }
        people.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(area, _)| area.to_owned())
    };
    (share > 0.5).then(|| (largest.name.clone().or_else(in_area), share))
}

/// Does it count whom one place reaches?
const fn covers(objective: Objective) -> bool {
    matches!(objective.counted(), Counted::Weight)
        && objective.sites_needed() == 1
        && !objective.has_capacities()
}

/// Metres or seconds of so many units.
fn in_seam_units(units: f64, unit: f64) -> f64 {
    // A thousandth is not exact in binary; its inverse is.
    if unit < 1.0 { units / (1.0 / unit).round() } else { units * unit }
}

pub(super) fn view(
    posed: &Posed,
    plan: &Plan,
    within: Cost,
    results: &Results,
    progress: &dyn Progress,
) -> Result<PlanView, Unsolvable> {
    let served: Vec<Served> = location::assignment(&posed.problem, plan)
        .into_iter()
        .map(|one| Served {
            demand: one.demand,
            site: one.site,
            people: posed.weight_scale.value(one.weight),
            cost: Cost::new(in_seam_units(f64::from(one.cost), posed.cost_unit)),
        })
        .collect();
    let mut people_at = vec![0.0; plan.sites.len()];
    let mut last = None;
    let needs_several = posed.problem.objective.sites_needed() > 1;
    for one in &served {
        // With a backup each cell stands twice, at its nearest first; people are counted there.
        let is_backup = needs_several && last == Some(one.demand);
        last = Some(one.demand);
        if let Ok(at) = plan.sites.binary_search(&one.site)
            && !is_backup
        {
            people_at[at] += one.people;
        }
    }
    let (nearest, figures) = figures(posed, &plan.sites, within, results, progress)?;
    let money = plan
        .sites
        .iter()
        .map(|site| posed.places.get(*site as usize).and_then(|place| place.cost))
        .fold(None, |sum: Option<f64>, cost| cost.map(|cost| sum.unwrap_or(0.0) + cost).or(sum));
    Ok(PlanView {
        value: posed.value(plan.value),
        plan: plan.clone(),
        served,
        people_at,
        nearest,
        figures,
        money,
    })
}

type NearestOfCells = Vec<Option<(u32, Cost)>>;

/// The nearest of these places for every cell, and what that comes to. Costs are not rounded.
fn figures(
    posed: &Posed,
    sites: &[u32],
    threshold: Cost,
    results: &Results,
    progress: &dyn Progress,
) -> Result<(NearestOfCells, Figures), Unsolvable> {
    let points: Vec<PlanePoint> =
        sites.iter().filter_map(|site| posed.places.get(*site as usize)).map(|place| place.point).collect();
    let demand = &results.situation.demand.points;
    let table = results.travel.nearest(Pairs::visitors(demand, &points), 1, progress)?;
    let mut out = Figures {
        sites: sites.len(),
        people: 0.0,
        people_within: 0.0,
        threshold,
        people_without_way: 0.0,
        mean: None,
        worst: None,
        worst_cell: None,
    };
    let (mut sum, mut reached) = (0.0, 0.0);
    let mut nearest = Vec::with_capacity(demand.len());
    for (cell, people) in posed.weights.iter().copied().enumerate() {
        out.people += people;
        let found = if points.is_empty() { None } else { table.cost(cell, 0) };
        let Some((at, cost)) = found else {
            out.people_without_way += people;
            nearest.push(None);
            continue;
        };
        nearest.push(sites.get(at).map(|site| (*site, cost)));
        if people <= 0.0 {
            continue;
        }
        reached += people;
        sum += people * cost.value();
        if cost.is_within(threshold) {
            out.people_within += people;
        }
        if out.worst.is_none_or(|worst| cost > worst) {
            (out.worst, out.worst_cell) = (Some(cost), u32::try_from(cell).ok());
        }
    }
    out.mean = (reached > 0.0).then(|| Cost::new(sum / reached));
    Ok((nearest, out))
}

fn before(posed: &Posed, results: &Results) -> Result<Figures, Unsolvable> {
    let existing: Vec<u32> =
        (0u32..).zip(&posed.places).filter(|(_, place)| place.exists()).map(|(at, _)| at).collect();
    Ok(figures(posed, &existing, posed.within(results), results, &Unwatched)?.1)
}

/// Why each cell is left out, and how many people it holds.
fn left_out(
    posed: &Posed,
    cells: &[location::LeftOut],
    results: &Results,
) -> Result<Vec<LeftOutCell>, Unsolvable> {
    if cells.is_empty() {
        return Ok(Vec::new());
    }
    let problem = &posed.problem;
    let of_role = |forbidden: bool| {
        (0u32..)
            .zip(&posed.places)
            .filter(move |(_, place)| (place.role == Role::Forbidden) == forbidden)
            .map(|(at, _)| at)
    };
    let points: Vec<PlanePoint> = of_role(false).map(|at| posed.places[at as usize].point).collect();
    let demand = &results.situation.demand.points;
    let picked: Vec<PlanePoint> =
        cells.iter().filter_map(|cell| demand.get(cell.demand as usize).copied()).collect();
    let table = results.travel.nearest(Pairs::visitors(&picked, &points), 1, &Unwatched)?;
    let why = |at: usize, cell: &location::LeftOut| {
        if cell.by_forbidden {
            let reaches = |site: &u32| {
                let cost = problem.costs.get(*site as usize, cell.demand as usize);
                cost.is_some_and(|cost| problem.serves_at(cost))
            };
            return LeftOutWhy::OnlyForbidden(of_role(true).filter(reaches).collect());
        }
        match table.cost(at, 0) {
            Some(_) => LeftOutWhy::BeyondThreshold,
            None => LeftOutWhy::NoWay(table.reason(at)),
        }
    };
    Ok(cells
        .iter()
        .enumerate()
        .map(|(at, cell)| LeftOutCell {
            demand: cell.demand,
            people: posed.weights.get(cell.demand as usize).copied().unwrap_or_default(),
            why: why(at, cell),
        })
        .collect())
}

impl Posed {
    /// The value of a plan, or a bound, as users read it: person-km or person-minutes, people, km or minutes,
    /// number of sites.
    #[must_use]
    pub fn value(&self, value: u64) -> f64 {
        self.units().value(value)
    }

    /// By how much another plan could be better in spite of a proof, because costs are whole and weights may have
    /// more decimals than are counted; in the units of users.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.units().tolerance()
    }

    fn units(&self) -> Units<'_> {
        let (problem, measure) = (&self.problem, self.measure);
        let cost_rounding = measure.in_units(Cost::new(self.cost_unit));
        let rows = move || (0..problem.sites.len()).flat_map(move |site| problem.costs.row(site));
        Units {
            problem,
            weights: &self.weights,
            weight_scale: self.weight_scale,
            cost: Box::new(move |units| measure.in_units(Cost::new(in_seam_units(units, self.cost_unit)))),
            cost_rounding,
            greatest: Box::new(move || {
                f64::from(rows().map(|entry| entry.1).max().unwrap_or(0)) * cost_rounding
            }),
        }
    }

    /// A plan in places and people.
    ///
    /// # Errors
    /// [`Unsolvable::Cancelled`] when it is no longer wanted.
    pub fn view(&self, plan: &Plan, results: &Results, watch: &dyn Watch) -> Result<PlanView, Unsolvable> {
        self.view_within(plan, self.within(results), results, watch)
    }

    /// The same, with people counted within another threshold than the question's.
    ///
    /// # Errors
    /// [`Unsolvable::Cancelled`] when it is no longer wanted.
    pub fn view_within(
        &self,
        plan: &Plan,
        within: Cost,
        results: &Results,
        watch: &dyn Watch,
    ) -> Result<PlanView, Unsolvable> {
        view(self, plan, within, results, watch)
    }
}
