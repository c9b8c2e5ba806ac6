//! Does the planner keep together what belongs together? Its jobs run as in the window, without one.

use std::sync::Arc;

use sotplan::app::jobs::Wake;
use sotplan::app::siting::Amount;
use sotplan::app::work::planner::{Answered, Ask, Exported, Job, Pick, Planner};
use sotplan::app::{Results, demo};
use sotplan::location::Objective;
use sotplan::model::Project;
use sotplan::progress::Unwatched;
use sotplan::units::Measure;

/// The demonstration with a planner over it.
struct Desk {
    planner: Planner,
    project: Project,
    results: Arc<Results>,
    wake: Wake,
}

impl Desk {
    fn new() -> Self {
        let project = demo::project(&Unwatched).expect("the demo");
        let results = Arc::new(Results::compute(&project, None, &Unwatched).expect("nobody cancels"));
        let mut desk = Self { planner: Planner::default(), project, results, wake: Arc::new(|| {}) };
        desk.step();
        desk
    }

    fn ask(&mut self, ask: Ask) {
        self.planner.ask(&self.wake, ask);
    }

    /// What a frame of the window does.
    fn step(&mut self) {
        let failed = self.planner.follow(&self.wake, Some(&self.results), &self.project);
        assert!(failed.is_empty(), "a job failed");
    }

    fn settle(&mut self) {
        for _ in 0..12_000 {
            self.step();
            if !self.planner.is_busy() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("the planner does not come to rest");
    }

    fn answered(&self) -> &Answered {
        self.planner.answer.as_ref().expect("an answer")
    }
}

#[test]
fn what_was_found_beside_a_plan_goes_with_its_answer_and_stays_when_a_search_fails() {
    let mut desk = Desk::new();
    desk.ask(Ask::Solve);
    desk.settle();
    desk.ask(Ask::Alternatives(0.02));
    desk.ask(Ask::Order);
    desk.settle();
    let beside = |desk: &Desk| {
        let answered = desk.answered();
        (answered.alternatives.is_some(), answered.order.is_some())
    };
    assert_eq!(beside(&desk), (true, true));
    // Without a column of capacities the question cannot be asked: the old answer stays, and all of it.
    let objective = desk.planner.question.objective;
    desk.planner.question.objective = Objective::Capacitated;
    desk.ask(Ask::Solve);
    assert_eq!(beside(&desk), (true, true), "nothing goes while one searches");
    desk.settle();
    assert!(desk.planner.failure.is_some());
    assert_eq!(beside(&desk), (true, true));
    // Asked of the old answer while the new one is looked for: it does not land under the new one.
    desk.planner.question.objective = objective;
    desk.ask(Ask::Solve);
    desk.ask(Ask::Alternatives(0.02));
    desk.ask(Ask::Order);
    desk.settle();
    assert_eq!(beside(&desk), (false, false));
}

#[test]
fn every_curve_counts_people_within_the_threshold_asked_for() {
    let mut desk = Desk::new();
    let asked = Measure::Distance.from_units(30.0);
    desk.planner.question.threshold = Some(asked);
    desk.planner.question.objective = Objective::Mclp;
    desk.ask(Ask::Solve);
    desk.settle();
    desk.ask(Ask::Curve);
    // A point of the worst way, which is posed without any threshold.
    let mut found = None;
    for _ in 0..12_000 {
        desk.step();
        found = desk.answered().curves.read(|series| {
            let of = series.iter().find(|of| of.posed.problem.objective == Objective::PCenter)?;
            of.points.first().map(|point| (point.count, point.figures.clone()))
        });
        if found.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    desk.ask(Ask::Stop(Job::Curve));
    let (count, figures) = found.expect("a point");
    let figures = figures.expect("a plan");
    assert_eq!(figures.threshold, asked, "not the project's 10 km");
    desk.answered().curves.read(|series| {
        let points = series.iter().flat_map(|of| &of.points);
        assert!(points.filter_map(|point| point.figures.as_ref()).all(|figures| figures.threshold == asked));
    });
    desk.ask(Ask::Show(Pick::Point(Objective::PCenter, count)));
    desk.settle();
    let shown = desk.planner.shown.clone().unwrap();
    assert_eq!(shown.details.as_ref().unwrap().view.figures, figures, "the point and its plan say the same");
}

#[test]
fn stopping_one_job_stops_no_other() {
    let mut desk = Desk::new();
    desk.ask(Ask::Solve);
    desk.settle();
    desk.ask(Ask::Alternatives(0.02));
    desk.ask(Ask::Order);
    desk.ask(Ask::Curve);
    desk.ask(Ask::Stop(Job::Curve));
    desk.settle();
    let answered = desk.answered();
    assert_eq!(answered.order.as_ref().map(Vec::len), Some(9));
    assert!(answered.alternatives.as_ref().is_some_and(|found| found.plans.len() > 1));
    let points = answered.curves.read(|series| series.iter().map(|of| of.points.len()).sum::<usize>());
    assert!(points < 20, "{points}");
}

#[test]
fn a_step_that_reaches_not_everybody_yet_is_no_plan_of_value_zero() {
    let mut desk = Desk::new();
    let question = &mut desk.planner.question;
    question.objective = Objective::Lscp;
    question.amount = Amount::AsNeeded;
    question.threshold = Some(Measure::Distance.from_units(40.0));
    desk.ask(Ask::Solve);
    desk.settle();
    desk.ask(Ask::Order);
    desk.settle();
    let values: Vec<_> =
        desk.answered().order.as_ref().unwrap().iter().map(|step| step.value.is_some()).collect();
    assert!(!values[0] && values[values.len() - 1], "{values:?}");
    desk.ask(Ask::Show(Pick::Steps(1)));
    desk.settle();
    let shown = desk.planner.shown.clone().unwrap();
    assert_eq!((&shown.pick, shown.sites.len()), (&Pick::Steps(1), 1), "its place is on the map");
    assert!(shown.details.is_none() && desk.planner.exported().is_none());
    // The last step reaches everybody and has a value.
    desk.ask(Ask::Show(Pick::Steps(values.len())));
    desk.settle();
    let Some(Exported::Plan(exported)) = desk.planner.exported() else { panic!("no plan") };
    assert!((exported.view.value - f64::from(u32::try_from(values.len()).unwrap())).abs() < 1e-9);
}
