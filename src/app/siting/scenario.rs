//! How are a question and its answer kept with a project, do they still hold, and how do two plans differ?
//! Does not know how a project is saved.

use std::collections::BTreeSet;

use super::answer::PlanView;
use super::posed::Posed;
use super::question::Question;
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::io::sha256_hex;
use crate::lang::{Lang, Said};
use crate::location::{Answer, Proof};
use crate::model::travel::{Pairs, TravelError, TravelModel};
use crate::model::{LayerId, PlanBook, PlanFigures, PlanProof, PlanSite, Project, Scenario, SiteId, Unknown};
use crate::progress::Progress;
use crate::units::Cost;

/// A change of a project's plans.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanChange {
    /// Another question.
    Ask(Box<Question>),
    /// An answer under a name.
    Keep(Box<Scenario>),
    Rename(u32, String),
    Drop(u32),
}

impl PlanChange {
    /// The plans after the change.
    #[must_use]
    pub fn apply(&self, book: &PlanBook) -> PlanBook {
        let mut next = book.clone();
        match self {
            Self::Ask(question) => {
                // A question of a newer version is put aside, never written over.
                if is_unreadable(&next.question) {
                    next.unread.push(std::mem::take(&mut next.question));
                }
                let fresh = write_question(question);
                next.question = with_unknown(&next.question, fresh);
            }
            Self::Keep(scenario) => next.scenarios.push(Scenario::clone(scenario)),
            Self::Rename(id, name) => {
                if let Some(scenario) = next.scenarios.iter_mut().find(|scenario| scenario.id == *id) {
                    scenario.name.clone_from(name);
                }
            }
            Self::Drop(id) => next.scenarios.retain(|scenario| scenario.id != *id),
        }
        next
    }
}

impl Said for PlanChange {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Ask(_) => lang.pick("ändra planens fråga", "change the plan's question"),
            Self::Keep(_) => lang.pick("spara scenario", "save scenario"),
            Self::Rename(..) => lang.pick("byt namn på scenario", "rename scenario"),
            Self::Drop(_) => lang.pick("ta bort scenario", "remove scenario"),
        }
        .into()
    }
}

/// How sure it is, in the words of every answer.
impl Said for PlanProof {
    fn said(&self, lang: Lang) -> String {
        match *self {
            Self::Proven => Proof::Proven.said(lang),
            Self::Within(gap) => Proof::Within(gap).said(lang),
            Self::NotProven(Some(gap)) => Proof::NotProven(gap).said(lang),
            Self::NotProven(None) => lang.pick("inte bevisat", "not proven").into(),
        }
    }
}

fn write_question(question: &Question) -> serde_json::Value {
    // A number that JSON lacks cannot come from the window; if it did, nothing asked is better than a lie.
    serde_json::to_value(question).unwrap_or_default()
}

/// A question as it was kept; `None` where nothing was asked, or by a newer version of the program.
#[must_use]
pub fn read_question(value: &serde_json::Value) -> Option<Question> {
    if value.is_null() {
        return None;
    }
    serde_json::from_value(value.clone()).ok()
}

/// Was a question asked that this version cannot read?
#[must_use]
pub fn is_unreadable(value: &serde_json::Value) -> bool {
    !value.is_null() && read_question(value).is_none()
}

/// A question with those members of the one before that this version does not know.
fn with_unknown(before: &serde_json::Value, mut fresh: serde_json::Value) -> serde_json::Value {
    let understood = read_question(before).map(|question| write_question(&question));
    if let Some(unknown) = understood.and_then(|understood| Unknown::between(before, &understood)) {
        unknown.put_back(&mut fresh);
    }
    fresh
}

/// The question of a project as it can be asked of these results: what counts in another unit is let go.
#[must_use]
pub fn question_of(book: &PlanBook, results: &Results) -> Question {
    let measure = results.measure();
    let mut question =
        read_question(&book.question).unwrap_or_else(|| Question { measure, ..Question::default() });
    if question.measure != measure {
        question.measure = measure;
        question.threshold = None;
        if let super::DecaySaid::Exponential { .. } = question.decay {
            question.decay = super::DecaySaid::None;
        }
    }
    question
}

/// Names everything that a plan's figures are computed from.
#[must_use]
pub fn inputs(project: &Project) -> String {
    let layers: Vec<_> = project
        .layers
        .iter()
        // What is built in is no input: a plan is not out of date because the program is newer.
        .filter(|layer| layer.id != LayerId::BUILT_IN)
        .map(|layer| (layer.id, &layer.source.sha256, layer.source.crs, &layer.role))
        .collect();
    let roads: Vec<_> = project.roads.iter().map(|layer| (&layer.source.sha256, &layer.columns)).collect();
    let amendments: Vec<_> = project.amendments.iter().collect();
    let all = (
        layers,
        roads,
        project.closures.as_ref(),
        project.closed_services.as_ref(),
        &project.parameters,
        amendments,
        project.added.as_ref(),
    );
    sha256_hex(&serde_json::to_vec(&all).unwrap_or_default())
}

/// A plan under a name. `answer` is there where it is the best plan of the question.
#[must_use]
pub fn keep(
    (id, name, date): (u32, &str, &str),
    posed: &Posed,
    question: &Question,
    answer: Option<&Answer>,
    shown: &PlanView,
    results: &Results,
) -> Scenario {
    let proof = match answer.map(Answer::proof) {
        Some(Proof::Proven) => PlanProof::Proven,
        Some(Proof::Within(gap)) => PlanProof::Within(gap),
        Some(Proof::NotProven(gap)) => PlanProof::NotProven(Some(gap)),
        _ => PlanProof::NotProven(None),
    };
    let bound = answer.and_then(Answer::bound).map(|bound| posed.value(bound));
    let sites = shown.plan.sites.iter().filter_map(|site| posed.places.get(*site as usize));
    let in_units = |cost: Option<Cost>| cost.map(|cost| posed.measure.in_units(cost));
    let figures = &shown.figures;
    Scenario {
        id,
        name: name.to_owned(),
        date: date.to_owned(),
        question: write_question(question),
        objective: posed.problem.objective.id().to_owned(),
        sites: sites.map(|place| PlanSite { site: place.site.clone(), name: place.name.clone() }).collect(),
        value: shown.value,
        bound,
        proof,
        seconds: answer.map_or(0.0, |answer| answer.seconds),
        seed: question.effort.seed,
        method: results.travel.method().id().to_owned(),
        figures: PlanFigures {
            unit: posed.measure.unit().to_owned(),
            threshold: posed.measure.in_units(figures.threshold),
            people: figures.people,
            people_within: figures.people_within,
            people_without_way: figures.people_without_way,
            mean: in_units(figures.mean),
            worst: in_units(figures.worst),
            money: shown.money,
        },
        inputs: inputs(&results.project),
    }
}

/// Where a site lies: a store's place, or the SOT place's where no store hosts it.
fn point_of(site: &SiteId, results: &Results) -> Option<PlanePoint> {
    let sot = |at: Option<usize>| at.and_then(|at| results.situation.sot_places.get(at));
    let candidate = results.candidates.iter().find(|candidate| {
        candidate.site == *site || sot(candidate.sot).is_some_and(|sot| sot.site == *site)
    })?;
    Some(candidate.point)
}

/// The nearest of these sites for every cell, by position, and what it costs to get there.
/// Sites that are not there any more are nobody's nearest.
///
/// # Errors
/// [`TravelError`] when it is no longer wanted, or a way could not be had.
pub fn nearest_of(
    sites: &[SiteId],
    results: &Results,
    progress: &dyn Progress,
) -> Result<Vec<Option<(u32, Cost)>>, TravelError> {
    let known = (0u32..).zip(sites).filter_map(|(at, site)| Some((at, point_of(site, results)?)));
    let (at, points): (Vec<u32>, Vec<PlanePoint>) = known.unzip();
    let demand = &results.situation.demand.points;
    if points.is_empty() {
        return Ok(vec![None; demand.len()]);
    }
    let table = results.travel.nearest(Pairs::visitors(demand, &points), 1, progress)?;
    let nearest = |cell| table.cost(cell, 0).and_then(|(site, cost)| Some((*at.get(site)?, cost)));
    Ok((0..demand.len()).map(nearest).collect())
}

/// How the way of a cell differs between two plans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// By so much shorter in the second, metres or seconds.
    Gained(f64),
    Lost(f64),
    Same,
    /// A way only in the second.
    FirstWay,
    /// A way only in the first.
    NoWay,
    /// No way in either.
    Nothing,
}

impl Change {
    /// From one cost to another; a metre or a second is no change.
    #[must_use]
    pub fn between(a: Option<Cost>, b: Option<Cost>) -> Self {
        match (a, b) {
            (None, None) => Self::Nothing,
            (None, Some(_)) => Self::FirstWay,
            (Some(_), None) => Self::NoWay,
            (Some(a), Some(b)) => {
                let shorter = a.value() - b.value();
                if shorter > 1.0 {
                    Self::Gained(shorter)
                } else if shorter < -1.0 {
                    Self::Lost(-shorter)
                } else {
                    Self::Same
                }
            }
        }
    }
}

/// What changes from one plan to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// By cell.
    pub before: Vec<Option<Cost>>,
    pub after: Vec<Option<Cost>>,
    pub people_gain: f64,
    pub people_lose: f64,
    pub people_same: f64,
    /// Over those who have a way in both.
    pub mean_before: Option<Cost>,
    pub mean_after: Option<Cost>,
}

/// The difference of two sets of places for everyone.
///
/// # Errors
/// [`TravelError`] when it is no longer wanted, or a way could not be had.
pub fn difference(
    a: &[SiteId],
    b: &[SiteId],
    results: &Results,
    progress: &dyn Progress,
) -> Result<Difference, TravelError> {
    let costs = |nearest: Vec<Option<(u32, Cost)>>| nearest.into_iter().map(|one| one.map(|(_, cost)| cost));
    let mut out = Difference {
        before: costs(nearest_of(a, results, progress)?).collect(),
        after: costs(nearest_of(b, results, progress)?).collect(),
        ..Difference::default()
    };
    let (mut sums, mut both) = ([0.0, 0.0], 0.0);
    for ((before, after), people) in out.before.iter().zip(&out.after).zip(&results.situation.demand.people) {
        let people = people.value();
        match Change::between(*before, *after) {
            Change::Gained(_) | Change::FirstWay => out.people_gain += people,
            Change::Lost(_) | Change::NoWay => out.people_lose += people,
            Change::Same | Change::Nothing => out.people_same += people,
        }
        if let (Some(before), Some(after)) = (before, after) {
            sums[0] += people * before.value();
            sums[1] += people * after.value();
            both += people;
        }
    }
    if both > 0.0 {
        out.mean_before = Some(Cost::new(sums[0] / both));
        out.mean_after = Some(Cost::new(sums[1] / both));
    }
    Ok(out)
}

/// The names of the places that only one of two scenarios has.
#[must_use]
pub fn only_in(one: &Scenario, other: &Scenario) -> Vec<String> {
    let has: BTreeSet<&SiteId> = other.sites.iter().map(|site| &site.site).collect();
    one.sites.iter().filter(|site| !has.contains(&site.site)).map(|site| site.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(id: u32, names: &[&str]) -> Scenario {
        let sites = names.iter().map(|name| PlanSite {
            site: SiteId::Feature { layer: crate::model::LayerId(1), key: (*name).into() },
            name: (*name).to_owned(),
        });
        Scenario {
            id,
            name: format!("Scenario {id}"),
            date: "2026-01-01".into(),
            question: write_question(&Question::default()),
            objective: "p-median".into(),
            sites: sites.collect(),
            value: 1.0,
            bound: None,
            proof: PlanProof::Proven,
            seconds: 0.0,
            seed: 1,
            method: "straight_line_x_detour".into(),
            figures: PlanFigures {
                unit: "km".into(),
                threshold: 10.0,
                people: 1.0,
                people_within: 1.0,
                people_without_way: 0.0,
                mean: None,
                worst: None,
                money: None,
            },
            inputs: String::new(),
        }
    }

    #[test]
    fn scenarios_are_kept_renamed_and_dropped() {
        let book = PlanChange::Keep(Box::new(scenario(1, &["a"]))).apply(&PlanBook::default());
        assert_eq!((book.scenarios.len(), book.next_id()), (1, 2));
        let book = PlanChange::Rename(1, "Fjällen".into()).apply(&book);
        assert_eq!(book.scenario(1).map(|scenario| scenario.name.as_str()), Some("Fjällen"));
        assert!(PlanChange::Drop(1).apply(&book).scenarios.is_empty());
    }

    #[test]
    fn a_question_is_kept_as_it_was_asked() {
        let question = Question { require_all: true, ..Question::default() };
        let book = PlanChange::Ask(Box::new(question.clone())).apply(&PlanBook::default());
        assert_eq!(read_question(&book.question), Some(question));
        assert_eq!(read_question(&serde_json::json!({"objective": "of tomorrow"})), None);
    }

    #[test]
    fn what_only_one_scenario_has_is_named() {
        let (a, b) = (scenario(1, &["x", "y"]), scenario(2, &["y", "z"]));
        assert_eq!((only_in(&a, &b), only_in(&b, &a)), (vec!["x".to_owned()], vec!["z".to_owned()]));
    }

    #[test]
    fn a_change_has_a_direction() {
        let cost = |value| Some(Cost::new(value));
        assert_eq!(Change::between(cost(5_000.0), cost(3_000.0)), Change::Gained(2_000.0));
        assert_eq!(Change::between(cost(5_000.0), cost(5_000.5)), Change::Same);
        assert_eq!(Change::between(None, cost(1.0)), Change::FirstWay);
        assert_eq!(Change::between(cost(1.0), None), Change::NoWay);
    }

    #[test]
    fn other_inputs_have_another_name() {
        let project = Project::default();
        let mut other = Project::default();
        other.parameters.detour_factor += 0.1;
        assert_eq!(inputs(&project), inputs(&Project::default()));
        assert_ne!(inputs(&project), inputs(&other));
        let named = Project { name: "other".into(), ..Project::default() };
        assert_eq!(inputs(&project), inputs(&named), "a name decides no figure");
    }
}
