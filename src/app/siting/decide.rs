//! What decides in a meeting? What each chosen place means, what it costs to choose another instead,
//! what a further place gains. Does not know how plans are found.

use std::sync::Arc;

use super::{Figures, PlanView, Posed, Unsolvable, at_most};
use crate::app::Results;
use crate::location::{self, Answer, Effort, Limit, Objective, Plan, Problem, Watch};
use crate::units::Cost;

/// How much worse a plan is without one of its places, the others staying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// In the units of users; never below zero.
    pub value: f64,
    /// People who are no longer served.
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

/// What a plan comes to under the objective, and the weight it serves. Sums here are below 2^63 as in the problem.
fn worth(problem: &Problem, plan: &Plan) -> (u64, u64) {
    let served = location::assignment(problem, plan);
    let weight: u64 = match problem.objective {
        Objective::Backup => served.chunk_by(|a, b| a.demand == b.demand).map(|pair| pair[0].weight).sum(),
        _ => served.iter().map(|one| one.weight).sum(),
    };
    let value = match problem.objective {
        Objective::PMedian => served.iter().map(|one| one.weight * u64::from(one.cost)).sum(),
        Objective::PCenter => served.iter().map(|one| u64::from(one.cost)).max().unwrap_or(0),
        Objective::Mclp if problem.decay != location::Decay::None => served
            .iter()
            .map(|one| {
                let lost = problem.decay.loss(one.cost, problem.cutoff);
                one.weight * u64::from(location::DECAY_UNIT - lost)
            })
            .sum(),
        Objective::Lscp => plan.sites.len() as u64,
        Objective::Mclp | Objective::Backup | Objective::Capacitated => weight,
    };
    (value, weight)
}

/// The chosen places of a plan, with what each means.
#[must_use]
pub fn chosen_places(posed: &Posed, view: &PlanView) -> Vec<ChosenPlace> {
    let problem = &posed.problem;
    let (value, weight) = worth(problem, &view.plan);
    let rows = view.plan.sites.iter().zip(&view.people_at).map(|(site, people)| {
        let at = view.served.iter().filter(|one| one.site == *site && one.people > 0.0);
        let (mut sum, mut count, mut worst) = (0.0, 0.0, None::<Cost>);
        for one in at {
            sum += one.cost.value() * one.people;
            count += one.people;
            worst = Some(worst.map_or(one.cost, |worst| if one.cost > worst { one.cost } else { worst }));
        }
        let others =
            Plan { sites: view.plan.sites.iter().copied().filter(|s| s != site).collect(), value: 0 };
        let (without, left) = worth(problem, &others);
        let lost = if problem.objective.is_maximised() {
            value.saturating_sub(without)
        } else if problem.objective == Objective::Lscp {
            0
        } else {
            without.saturating_sub(value)
        };
        ChosenPlace {
            site: *site,
            people: *people,
            mean: (count > 0.0).then(|| Cost::new(sum / count)),
            worst,
            loss: Loss {
                value: posed.value(lost),
                people: posed.weight_scale.value(weight.saturating_sub(left)),
            },
        }
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
    let problem = location::instead(&posed.problem, wanted, Some(given_up));
    let answer =
        location::solve(&problem, &posed.question.effort.into(), watch).map_err(Unsolvable::Problem)?;
    Ok(Instead { wanted, given_up, answer: at_most(answer, posed.most_sites) })
}

/// The best plan of a number of places, and what it means for everyone.
#[derive(Debug, Clone)]
pub struct CurvePoint {
    pub count: usize,
    pub answer: Answer,
    pub figures: Option<Figures>,
}

/// A point of the curve of a question made ready.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked.
pub fn curve_point(
    posed: &Arc<Posed>,
    count: usize,
    seconds: f64,
    results: &Results,
    watch: &dyn Watch,
) -> Result<CurvePoint, Unsolvable> {
    let said: Effort = posed.question.effort.into();
    let effort = Effort { seconds: Some(said.seconds.unwrap_or(seconds).min(seconds)), ..said };
    let problem = Problem { limit: Limit::Sites(count), ..posed.problem.clone() };
    let answer = location::solve(&problem, &effort, watch).map_err(Unsolvable::Problem)?;
    let figures = answer.plan().map(|plan| posed.view(plan, results, &crate::progress::Unwatched));
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

    #[test]
    fn a_point_that_another_beats_is_not_on_the_front() {
        let points = [(1, 10.0, 50.0), (2, 20.0, 40.0), (2, 15.0, 45.0), (3, 20.0, 40.0), (3, 25.0, 60.0)];
        assert_eq!(pareto(&points), [true, true, false, false, true]);
    }
}
