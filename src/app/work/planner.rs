//! What is asked about where SOT points should stand, and what was answered? Searches run as jobs; what they
//! know is seen while they run. Does not know how a plan is drawn (see `scene::plan`).

mod jobs;

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::siting::decide::{ChosenPlace, CurvePoint, Instead};
use crate::app::siting::live::{Live, Now};
use crate::app::siting::plan_export::ExportedPlan;
use crate::app::siting::saved_export::SavedPlans;
use crate::app::siting::scenario::{self, Difference};
use crate::app::siting::{Amount, PlanView, Posed, Preview, Question, Solved, Unsolvable, preview};
use crate::geometry::LonLat;
use crate::location::{Alternatives, Answer, Objective, Plan, Step};
use crate::model::{PlanBook, Project, SiteId};
use crate::units::Cost;

/// The gain of points of a curve is looked for this long each, seconds.
const SECONDS_A_POINT: f64 = 10.0;

/// Next best plans asked for.
pub const ALTERNATIVES: usize = 10;

/// Which plan stands on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// The best plan of the question.
    Best,
    /// The next best, by position; the best is 0.
    Alternative(usize),
    /// A point of a curve: objective and number of places.
    Point(Objective, usize),
    /// The first so many of the order to build in.
    Steps(usize),
    /// The plan with one place instead of another.
    Instead,
    Scenario(u32),
    /// From one scenario to another.
    Difference(u32, u32),
}

/// What runs beside the window and can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    Solve,
    Alternatives,
    Instead,
    Curve,
    Order,
}

/// What can be asked of the planner.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    Solve,
    /// Stops one job and no other; what it has so far is kept.
    Stop(Job),
    Show(Pick),
    /// The next best plans, at most this much worse (relative).
    Alternatives(f64),
    Instead {
        wanted: SiteId,
        given_up: SiteId,
    },
    Curve,
    Order,
}

/// A question answered, and what was found out beside the best plan: all of it numbers places as `solved` does.
pub struct Answered {
    pub solved: Arc<Solved>,
    /// As it was asked.
    pub question: Question,
    pub results: Arc<Results>,
    pub alternatives: Option<Alternatives>,
    pub instead: Option<Instead>,
    pub curves: Arc<Curves>,
    pub order: Option<Vec<Step>>,
}

impl Answered {
    fn new(solved: Arc<Solved>, question: Question, results: Arc<Results>) -> Self {
        let curves = Arc::default();
        Self { solved, question, results, alternatives: None, instead: None, curves, order: None }
    }
}

/// A place of the plan shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownSite {
    pub site: SiteId,
    pub name: String,
    /// `None` where the place is not in the data any more.
    pub place: Option<LonLat>,
    /// Serves as a SOT point today.
    pub exists: bool,
}

/// What is known of a plan of a question.
pub struct Details {
    pub posed: Arc<Posed>,
    /// The question that the plan answers; a point of a curve asks for its own number of places.
    pub question: Question,
    /// Where it is the best plan of its question: the answer that says how sure that is.
    pub answer: Option<Answer>,
    pub view: PlanView,
    pub places: Vec<ChosenPlace>,
    /// What it was computed from.
    pub results: Arc<Results>,
}

/// What is written of the plan on the map.
pub enum Exported {
    Plan(Box<ExportedPlan>),
    /// Of saved plans only their places are known.
    Saved(SavedPlans),
}

/// The plan on the map.
pub struct Shown {
    pub pick: Pick,
    pub results: Arc<Results>,
    /// Of a plan of the question; of a scenario only its places are known.
    pub details: Option<Arc<Details>>,
    pub sites: Vec<ShownSite>,
    /// Which of the sites serves a cell, by position.
    pub served: Vec<(u32, u32)>,
    pub difference: Difference,
}

/// The best plans of an objective by number of places.
pub struct Series {
    pub posed: Arc<Posed>,
    /// What people are counted within, the same in all.
    pub within: Cost,
    pub points: Vec<CurvePoint>,
}

/// The curves, filled in while they are computed.
#[derive(Default)]
pub struct Curves {
    series: Mutex<Vec<Series>>,
}

impl Curves {
    /// Reads what is there.
    pub fn read<T>(&self, read: impl FnOnce(&[Series]) -> T) -> T {
        read(&self.series.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, write: impl FnOnce(&mut Vec<Series>)) {
        write(&mut self.series.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

type Work<T> = Slot<Result<T, Unsolvable>>;

/// What is planned.
#[derive(Default)]
pub struct Planner {
    of: Option<(Arc<Results>, Arc<PlanBook>)>,
    pub question: Question,
    pub preview: Option<Result<Preview, Unsolvable>>,
    /// Names what the results shown were computed from.
    pub inputs: String,
    solving: Work<Solved>,
    asked: Option<(Question, Arc<Results>, Arc<Live>)>,
    pub answer: Option<Answered>,
    /// Why the last question could not be answered.
    pub failure: Option<Unsolvable>,
    showing: Work<Shown>,
    pub shown: Option<Arc<Shown>>,
    finding: Work<Alternatives>,
    trying: Work<Instead>,
    drawing_curve: Work<()>,
    ordering: Work<Vec<Step>>,
}

impl Planner {
    /// Follows the project and the results, and takes in what jobs have found.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        project: &Project,
    ) -> Vec<Panicked> {
        let Some(results) = results else {
            if self.of.is_some() {
                *self = Self::default();
            }
            return Vec::new();
        };
        let book = &project.plans;
        let known = self.of.as_ref();
        let is_same_results = known.is_some_and(|(known, _)| Arc::ptr_eq(known, results));
        if !is_same_results || !known.is_some_and(|(_, known)| Arc::ptr_eq(known, book)) {
            self.question = scenario::question_of(book, results);
            self.preview = Some(preview(&self.question, results));
            self.failure = None;
            if !is_same_results {
                self.inputs = scenario::inputs(&results.project);
            }
            self.of = Some((Arc::clone(results), Arc::clone(book)));
            self.drop_what_is_gone(book);
            // A plan on its way is looked at when it arrives.
            if !is_same_results && !self.showing.is_running() {
                self.show_again(wake);
            }
        }
        // The answer first: what is still looked for about an older one is let go with it.
        let failed = [self.take_answer(wake), self.take_shown(wake), self.take_instead(wake)];
        failed.into_iter().chain(self.take_beside()).flatten().collect()
    }

    /// Takes in what was found out about the answer, beside its best plan.
    fn take_beside(&mut self) -> [Option<Panicked>; 3] {
        let Self { answer, failure, finding, drawing_curve, ordering, .. } = self;
        let (mut found, mut order) = (None, None);
        let failed = [
            take(finding, &mut found, failure),
            take(drawing_curve, &mut None, failure),
            take(ordering, &mut order, failure),
        ];
        if let Some(answer) = answer {
            answer.alternatives = found.or(answer.alternatives.take());
            answer.order = order.or(answer.order.take());
        }
        failed
    }

    /// A scenario that was removed is no longer shown.
    fn drop_what_is_gone(&mut self, book: &PlanBook) {
        let is_gone = self.shown.as_ref().is_some_and(|shown| match shown.pick {
            Pick::Scenario(id) => book.scenario(id).is_none(),
            Pick::Difference(a, b) => book.scenario(a).is_none() || book.scenario(b).is_none(),
            _ => false,
        });
        if is_gone {
            self.shown = None;
        }
    }

    fn take_answer(&mut self, wake: &Wake) -> Option<Panicked> {
        match self.solving.poll()? {
            Ok(Ok(solved)) => {
                let (question, results, _) = self.asked.take()?;
                let has_plan = solved.plan.is_some();
                self.let_go();
                self.answer = Some(Answered::new(Arc::new(solved), question, results));
                if has_plan {
                    self.show(wake, Pick::Best);
                }
            }
            Ok(Err(failure)) => {
                self.asked = None;
                self.failure = (!matches!(failure, Unsolvable::Cancelled(_))).then_some(failure);
            }
            Err(panic) => {
                self.asked = None;
                return Some(panic);
            }
        }
        None
    }

    /// Nothing of an older answer is read as if it were of the new one.
    fn let_go(&mut self) {
        self.finding.cancel();
        self.trying.cancel();
        self.drawing_curve.cancel();
        self.ordering.cancel();
        self.showing.cancel();
        self.shown = None;
    }

    fn take_shown(&mut self, wake: &Wake) -> Option<Panicked> {
        let mut shown = None;
        let failed = take(&mut self.showing, &mut shown, &mut self.failure);
        if let Some(shown) = shown {
            // What was computed from older results does not fit the map: its places are measured anew, once.
            let is_of_now = self.of.as_ref().is_some_and(|(now, _)| Arc::ptr_eq(now, &shown.results));
            self.shown = Some(Arc::new(shown));
            if !is_of_now {
                self.show_again(wake);
            }
        }
        failed
    }

    fn take_instead(&mut self, wake: &Wake) -> Option<Panicked> {
        let mut found = None;
        let failed = take(&mut self.trying, &mut found, &mut self.failure);
        if let Some((found, answer)) = found.zip(self.answer.as_mut()) {
            let has_plan = found.answer.plan().is_some();
            answer.instead = Some(found);
            if has_plan {
                self.show(wake, Pick::Instead);
            }
        }
        failed
    }

    /// Does what is asked.
    pub fn ask(&mut self, wake: &Wake, ask: Ask) {
        match ask {
            Ask::Solve => self.solve(wake),
            Ask::Stop(Job::Solve) => self.solving.stop(),
            Ask::Stop(Job::Alternatives) => self.finding.stop(),
            Ask::Stop(Job::Instead) => self.trying.stop(),
            Ask::Stop(Job::Curve) => self.drawing_curve.stop(),
            Ask::Stop(Job::Order) => self.ordering.stop(),
            Ask::Show(pick) => self.show(wake, pick),
            Ask::Alternatives(loss) => self.find_alternatives(wake, loss),
            Ask::Instead { wanted, given_up } => self.try_instead(wake, &wanted, &given_up),
            Ask::Curve => self.draw_curve(wake),
            Ask::Order => self.find_order(wake),
        }
    }

    /// What the search knows now, while it runs.
    #[must_use]
    pub fn now(&self) -> Option<Now> {
        let (_, _, live) = self.asked.as_ref().filter(|_| self.solving.is_running())?;
        Some(live.now())
    }

    /// How far the measuring of ways has come, before the search begins.
    #[must_use]
    pub fn progress(&self) -> Option<f32> {
        self.solving.progress()
    }

    #[must_use]
    pub const fn is_solving(&self) -> bool {
        self.solving.is_running()
    }

    #[must_use]
    pub const fn is_finding(&self) -> bool {
        self.finding.is_running()
    }

    #[must_use]
    pub const fn is_trying(&self) -> bool {
        self.trying.is_running()
    }

    #[must_use]
    pub const fn is_drawing_curve(&self) -> bool {
        self.drawing_curve.is_running()
    }

    #[must_use]
    pub const fn is_ordering(&self) -> bool {
        self.ordering.is_running()
    }

    /// Is anything under way?
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.is_solving()
            || self.showing.is_running()
            || self.is_finding()
            || self.is_trying()
            || self.is_drawing_curve()
            || self.is_ordering()
    }

    /// Was the answer computed from these results and this question?
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| {
            let is_of = |(results, _): &(Arc<Results>, _)| Arc::ptr_eq(results, &answer.results);
            answer.question == self.question && self.of.as_ref().is_some_and(is_of)
        })
    }

    /// The plan on the map, to be written to a file; both where a difference is shown.
    #[must_use]
    pub fn exported(&self) -> Option<Exported> {
        let shown = self.shown.as_ref()?;
        let ids = match shown.pick {
            Pick::Scenario(id) => vec![id],
            Pick::Difference(a, b) => vec![a, b],
            _ => Vec::new(),
        };
        if !ids.is_empty() {
            let (results, book) = self.of.as_ref()?;
            let plans = ids.into_iter().map(|id| book.scenario(id).cloned()).collect::<Option<_>>()?;
            return Some(Exported::Saved(SavedPlans { plans, results: Arc::clone(results) }));
        }
        let details = shown.details.as_ref()?;
        Some(Exported::Plan(Box::new(ExportedPlan {
            posed: Arc::clone(&details.posed),
            question: details.question.clone(),
            answer: details.answer.clone(),
            view: details.view.clone(),
            results: Arc::clone(&details.results),
        })))
    }

    /// The places of so many steps of the order to build in, also where they reach not everybody yet.
    fn places_of_steps(&self, pick: &Pick) -> Option<Vec<(SiteId, String)>> {
        let (Pick::Steps(count), Some(answer)) = (pick, &self.answer) else { return None };
        let steps = answer.order.as_ref()?.get(..*count)?;
        let place = |step: &Step| answer.solved.posed.places.get(step.site as usize);
        Some(steps.iter().filter_map(place).map(|place| (place.site.clone(), place.name.clone())).collect())
    }

    /// A plan that can be shown, as its question numbers its places.
    fn plan_of(&self, pick: &Pick) -> Option<(Planned, Arc<Results>)> {
        let answer = self.answer.as_ref()?;
        let posed = Arc::clone(&answer.solved.posed);
        let results = Arc::clone(&answer.results);
        let mut of = None;
        let plan = match pick {
            Pick::Best => {
                of = Some(answer.solved.answer.clone());
                answer.solved.answer.plan()?.clone()
            }
            Pick::Alternative(at) => answer.alternatives.as_ref()?.plans.get(*at)?.clone(),
            Pick::Instead => answer.instead.as_ref()?.answer.plan()?.clone(),
            Pick::Steps(count) => {
                let steps = answer.order.as_ref()?.get(..*count)?;
                let mut sites: Vec<u32> = steps.iter().map(|step| step.site).collect();
                sites.sort_unstable();
                // While somebody is not reached there is no value, and none is made up.
                let value = steps.last()?.value?;
                Plan { sites, value }
            }
            Pick::Point(objective, count) => {
                let found = answer.curves.read(|series| {
                    let of = series.iter().find(|series| series.posed.problem.objective == *objective)?;
                    let point = of.points.iter().find(|point| point.count == *count)?;
                    Some((Arc::clone(&of.posed), of.within, point.answer.clone()))
                });
                let (posed, within, answer) = found?;
                let plan = answer.plan()?.clone();
                let question = Question { amount: Amount::Sites(*count), ..posed.question.clone() };
                return Some((Planned { posed, question, plan, answer: Some(answer), within }, results));
            }
            Pick::Scenario(_) | Pick::Difference(..) => return None,
        };
        let (question, within) = (posed.question.clone(), posed.within(&results));
        Some((Planned { posed, question, plan, answer: of, within }, results))
    }
}

/// A plan and the question it answers.
struct Planned {
    posed: Arc<Posed>,
    question: Question,
    plan: Plan,
    answer: Option<Answer>,
    /// What people are counted within.
    within: Cost,
}

/// Takes in what a job has found.
fn take<T: Send + 'static>(
    slot: &mut Work<T>,
    into: &mut Option<T>,
    failure: &mut Option<Unsolvable>,
) -> Option<Panicked> {
    match slot.poll()? {
        Ok(Ok(found)) => *into = Some(found),
        Ok(Err(Unsolvable::Cancelled(_))) => {}
        Ok(Err(error)) => *failure = Some(error),
        Err(panic) => return Some(panic),
    }
    None
}
