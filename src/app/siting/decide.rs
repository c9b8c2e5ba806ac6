//! What decides in a meeting? What each chosen place means, what it costs to choose another instead,
//! what a further place gains. Does not know how plans are found.

use std::sync::Arc;

use super::answer::{Figures, PlanView};
use super::posed::Posed;
use super::unsolvable::Unsolvable;
use crate::app::Results;
use crate::location::{self, Answer, Counted, Effort, Limit, Plan, Problem, Watch};
use crate::units::Cost;

/// How much worse a plan is without one of its places, the others staying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// In the units of users; never below zero.
    pub value: f64,
    /// People whom no other place of the plan reaches.
    pub people: f64,
}

/// A chosen place.
#[derive(Debug, Clone, PartialEq)]
pub struct ChosenPlace {
    pub site: u32,
    pub people: f64,
    /// Of those served there.
    pub mean: Option<Cost>,
    pub worst: Option<Cost>,
    pub loss: Loss,
}

/// What a cost is worth to a unit of weight where nearness counts, in parts of [`Problem::weight_unit`].
fn worth(problem: &Problem, cost: u32) -> u64 {
    if problem.counted_decay() == location::Decay::None {
        return 1;
    }
    u64::from(problem.weight_unit() - problem.counted_decay().loss(cost, problem.cutoff))
}

/// The nearest places of a plan for every demand point: up to `count`, by cost and position in the plan.
struct NearPlaces {
    count: usize,
    slots: Vec<Option<(u32, u32)>>,
}

impl NearPlaces {
    fn new(problem: &Problem, plan: &Plan, count: usize) -> Self {
        let mut slots = vec![None; problem.demand.len() * count];
        for (at, site) in (0u32..).zip(&plan.sites) {
            let row = problem.costs.row(*site as usize).filter(|(_, cost)| problem.serves_at(*cost));
            for (demand, cost) in row {
                let mut next = Some((cost, at));
                for slot in &mut slots[demand as usize * count..][..count] {
                    if next.is_some() && (slot.is_none() || next < *slot) {
                        std::mem::swap(slot, &mut next);
                    }
                }
            }
        }
        Self { count, slots }
    }

    /// By demand point.
    fn iter(&self) -> impl Iterator<Item = &[Option<(u32, u32)>]> {
        self.slots.chunks_exact(self.count)
    }
}

/// What is lost without each place of a plan, in units of the problem: value, and weight that no other place reaches.
fn losses(problem: &Problem, plan: &Plan) -> Vec<(u64, u64)> {
    let needed = usize::from(problem.objective.sites_needed());
    if problem.objective.has_capacities() {
        return losses_of_capacity(problem, plan);
    }
    // One more than needed: who stands in for the place that is missing.
    let near = NearPlaces::new(problem, plan, needed + 1);
    if needed > 1 { losses_of_backup(problem, plan, &near) } else { losses_of_nearest(problem, plan, &near) }
}

fn losses_of_capacity(problem: &Problem, plan: &Plan) -> Vec<(u64, u64)> {
    let served = |plan: &Plan| location::assignment(problem, plan).iter().map(|one| one.weight).sum::<u64>();
    let all = served(plan);
    let loss = |site: &u32| {
        let others = plan.sites.iter().copied().filter(|other| other != site).collect();
        let less = all.saturating_sub(served(&Plan { sites: others, value: 0 }));
        (less, less)
    };
    plan.sites.iter().map(loss).collect()
}

/// Where several are needed, each of them is missed if nobody stands in; who has one of them left is still reached.
fn losses_of_backup(problem: &Problem, plan: &Plan, near: &NearPlaces) -> Vec<(u64, u64)> {
    let mut lost = vec![(0u64, 0u64); plan.sites.len()];
    for (near, weight) in near.iter().zip(&problem.demand) {
        if let [Some((_, only)), None, ..] = near {
            lost[*only as usize].1 += weight;
        }
        let Some((stand_in, needed)) = near.split_last() else { continue };
        if stand_in.is_some() || needed.iter().any(Option::is_none) {
            continue;
        }
        for (_, at) in needed.iter().flatten() {
            lost[*at as usize].0 += weight;
        }
    }
    lost
}

/// Where one is enough, its people go to the second nearest.
fn losses_of_nearest(problem: &Problem, plan: &Plan, near: &NearPlaces) -> Vec<(u64, u64)> {
    let counted = problem.objective.counted();
    let mut lost = vec![(0u64, 0u64); plan.sites.len()];
    // The worst way of those who go to each place, now and without it.
    let mut worst = vec![(0u32, 0u32); plan.sites.len()];
    for (near, weight) in near.iter().zip(&problem.demand) {
        let (Some((cost, site)), weight) = (near[0], *weight) else { continue };
        if weight == 0 {
            continue;
        }
        let (lost, worst) = (&mut lost[site as usize], &mut worst[site as usize]);
        worst.0 = worst.0.max(cost);
        let second = near[1].map(|(second, _)| second);
        worst.1 = worst.1.max(second.unwrap_or(0));
        if second.is_none() {
            lost.1 += weight;
        }
        lost.0 += match counted {
            Counted::WeightedCost => weight * u64::from(second.map_or(0, |second| second - cost)),
            Counted::Weight => {
                let left = second.map_or(0, |second| worth(problem, second));
                weight * (worth(problem, cost) - left)
            }
            // Another number, and the worst way below.
            Counted::Sites | Counted::GreatestCost => 0,
        };
    }
    if counted == Counted::GreatestCost {
        let now = worst.iter().map(|(now, _)| *now).max().unwrap_or(0);
        for (at, lost) in lost.iter_mut().enumerate() {
            let others = worst.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, worst)| worst.0);
            let without = others.max().unwrap_or(0).max(worst[at].1);
            lost.0 = u64::from(without.saturating_sub(now));
        }
    }
    lost
}

/// The chosen places of a plan, with what each means.
#[must_use]
pub fn chosen_places(posed: &Posed, view: &PlanView) -> Vec<ChosenPlace> {
    let lost = losses(&posed.problem, &view.plan);
    let count = view.plan.sites.len();
    let (mut sums, mut people, mut worst) = (vec![0.0; count], vec![0.0; count], vec![None::<Cost>; count]);
    for one in view.served.iter().filter(|one| one.people > 0.0) {
        let Ok(at) = view.plan.sites.binary_search(&one.site) else { continue };
        sums[at] += one.cost.value() * one.people;
        people[at] += one.people;
        if worst[at].is_none_or(|worst| one.cost > worst) {
            worst[at] = Some(one.cost);
        }
    }
    let rows = view.plan.sites.iter().enumerate().map(|(at, site)| ChosenPlace {
        site: *site,
        people: view.people_at.get(at).copied().unwrap_or_default(),
        mean: (people[at] > 0.0).then(|| Cost::new(sums[at] / people[at])),
        worst: worst[at],
        loss: Loss { value: posed.value(lost[at].0), people: posed.weight_scale.value(lost[at].1) },
    });
    rows.collect()
}

/// The best plan with one place chosen and another given up.
#[derive(Debug, Clone)]
pub struct Instead {
    pub wanted: u32,
    pub given_up: u32,
    pub answer: Answer,
}

impl Instead {
    /// How much worse than `best` in the units of users; below zero where the first answer was not the best.
    #[must_use]
    pub fn loss(&self, posed: &Posed, best: &Plan) -> Option<f64> {
        let (other, best) = (posed.value(self.answer.plan()?.value), posed.value(best.value));
        Some(if posed.problem.objective.is_maximised() { best - other } else { other - best })
    }
}

/// What does it cost to choose `wanted` instead of `given_up`?
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked.
pub fn instead(posed: &Posed, wanted: u32, given_up: u32, watch: &dyn Watch) -> Result<Instead, Unsolvable> {
    let effort = posed.question.effort.into();
    let answer = location::solve_instead(&posed.problem, wanted, Some(given_up), &effort, watch)
        .map_err(Unsolvable::Problem)?;
    Ok(Instead { wanted, given_up, answer })
}

/// The best plan of a number of places, and what it means for everyone.
#[derive(Debug, Clone)]
pub struct CurvePoint {
    pub count: usize,
    pub answer: Answer,
    pub figures: Option<Figures>,
}

/// A point of the curve of a question made ready; people are counted within `within`.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked.
pub fn curve_point(
    posed: &Arc<Posed>,
    count: usize,
    seconds: f64,
    within: Cost,
    results: &Results,
    watch: &dyn Watch,
) -> Result<CurvePoint, Unsolvable> {
    let said: Effort = posed.question.effort.into();
    let effort = Effort { seconds: Some(said.seconds.unwrap_or(seconds).min(seconds)), ..said };
    let problem = Problem { limit: Limit::Sites(count), ..posed.problem.clone() };
    let answer = location::solve(&problem, &effort, watch).map_err(Unsolvable::Problem)?;
    let figures =
        answer.plan().map(|plan| posed.view_within(plan, within, results, &crate::progress::Unwatched));
    let figures = figures.transpose()?.map(|view| view.figures);
    Ok(CurvePoint { count, answer, figures })
}

/// Which points no other point beats in all of: fewer places, more people within, a shorter worst way.
#[must_use]
pub fn pareto(points: &[(usize, f64, f64)]) -> Vec<bool> {
    let beats = |a: &(usize, f64, f64), b: &(usize, f64, f64)| {
        a.0 <= b.0 && a.1 >= b.1 && a.2 <= b.2 && (a.0 < b.0 || a.1 > b.1 || a.2 < b.2)
    };
    points.iter().map(|point| !points.iter().any(|other| beats(other, point))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Objective;

    fn problem(objective: Objective) -> Problem {
        let rows = [[1, 4, 9], [5, 2, 8], [7, 6, 3]];
        let rows: Vec<Vec<(u32, u32)>> =
            rows.iter().map(|row| (0u32..).zip(row.iter().copied()).collect()).collect();
        Problem {
            demand: vec![10, 20, 30],
            sites: vec![location::Site::default(); 3],
            costs: location::CostTable::from_rows(3, &rows),
            objective,
            limit: Limit::Sites(3),
            cutoff: Some(6),
            exclusive: Vec::new(),
            require_all: false,
            decay: location::Decay::None,
        }
    }

    /// The loss by taking each place away and counting again.
    #[test]
    fn a_place_is_missed_by_as_much_as_counting_again_says() {
        let plan = Plan { sites: vec![0, 1, 2], value: 0 };
        let of = |objective| losses(&problem(objective), &plan);
        // Within 6: the first has places 0 and 1, the second all three, the third only place 2.
        assert_eq!(of(Objective::PMedian), [(10 * 4, 0), (20 * 2, 0), (0, 30)]);
        assert_eq!(of(Objective::Mclp), [(0, 0), (0, 0), (30, 30)]);
        assert_eq!(of(Objective::Backup), [(10, 0), (10, 0), (0, 30)]);
        assert_eq!(of(Objective::PCenter), [(2, 0), (1, 0), (0, 30)]);
        assert_eq!(of(Objective::Capacitated), [(0, 0), (0, 0), (30, 30)]);
    }

    #[test]
    fn a_point_that_another_beats_is_not_on_the_front() {
        let points = [(1, 10.0, 50.0), (2, 20.0, 40.0), (2, 15.0, 45.0), (3, 20.0, 40.0), (3, 25.0, 60.0)];
        assert_eq!(pareto(&points), [true, true, false, false, true]);
    }
}
