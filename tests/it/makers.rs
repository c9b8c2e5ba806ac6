//! What if a maker of ways fails, takes its time, or does not know some times? Every figure is right or has its reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sotplan::app::{Results, demo};
use sotplan::lang::{Lang, Said};
use sotplan::model::travel::{
    CostRows, Method, Nearest, NoCost, Pairs, Reach, TravelError, TravelModel, Trip,
};
use sotplan::model::{Message, Parameters, Project, ServiceKind};
use sotplan::progress::{Progress, Unwatched};
use sotplan::travel::StraightLine;
use sotplan::units::{Cost, Measure, People, Seconds};

fn line() -> StraightLine {
    StraightLine { detour_factor: 1.3, speed_kmh: Some(70.0), measure: Measure::Time }
}

fn project() -> Project {
    let project = demo::project(&Unwatched).expect("the demo");
    let parameters = Parameters { measure: Measure::Time, ..project.parameters.clone() };
    Project { parameters, ..project }
}

/// Answers so many questions and no more.
struct Failing {
    answers: AtomicUsize,
}

impl Failing {
    fn ask(&self) -> Result<(), TravelError> {
        let left = self.answers.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| TravelError::NoAnswer(Message::new("servern svarar inte", "no answer")))
    }
}

impl TravelModel for Failing {
    fn method(&self) -> Method {
        line().method()
    }

    fn measure(&self) -> Measure {
        Measure::Time
    }

    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        self.ask()?;
        line().nearest(pairs, k, progress)
    }

    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        self.ask()?;
        line().rows(pairs, cutoff, progress)
    }
}

/// Whatever question is the first without an answer: there is no result rather than one with holes told as zeros.
#[test]
fn a_maker_that_fails_gives_no_figure_and_says_why() {
    let project = project();
    let compute = |answers: usize| {
        let made = Failing { answers: AtomicUsize::new(answers) };
        Results::compute_by(&project, Some(Arc::new(made)), None, &Unwatched)
    };
    let mut answers = 0;
    let whole = loop {
        match compute(answers) {
            Ok(results) => break results,
            Err(error) => {
                assert!(matches!(error, TravelError::NoAnswer(_)), "{error:?}");
                assert!(error.said(Lang::Sv).contains("servern svarar inte"));
            }
        }
        answers += 1;
        assert!(answers < 200, "some number of answers is enough");
    };
    assert!(answers > 10, "{answers} questions are asked");
    let plain = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    for (made, own) in whole.kinds.iter().zip(&plain.kinds) {
        assert_eq!(made.summary, own.summary);
    }
    // Asked for one more point, it fails there too: no figures of no people.
    assert!(whole.figures_at(whole.candidates[0].point).is_err());
}

/// Waits for a stop as long as nobody stops it.
struct Slow;

impl TravelModel for Slow {
    fn method(&self) -> Method {
        line().method()
    }

    fn measure(&self) -> Measure {
        Measure::Time
    }

    fn nearest(&self, _: Pairs<'_>, _: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        loop {
            progress.check()?;
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn rows(&self, _: Pairs<'_>, _: Option<Cost>, _: &dyn Progress) -> Result<CostRows, TravelError> {
        Ok(CostRows::default())
    }
}

#[test]
fn a_maker_that_takes_its_time_is_stopped() {
    struct StopsSoon(std::time::Instant);
    impl Progress for StopsSoon {
        fn report(&self, _: u64, _: u64) {}
        fn is_cancelled(&self) -> bool {
            self.0.elapsed() > Duration::from_millis(50)
        }
    }
    let stop = StopsSoon(std::time::Instant::now());
    let stopped = Results::compute_by(&project(), Some(Arc::new(Slow)), None, &stop);
    assert!(matches!(stopped, Err(TravelError::Cancelled(_))));
}

/// Knows no time to every third site, and none at all from every fifth place.
struct Gappy;

fn is_unknown(demand: usize, site: usize) -> bool {
    site.is_multiple_of(3) || demand.is_multiple_of(5)
}

impl TravelModel for Gappy {
    fn method(&self) -> Method {
        line().method()
    }

    fn measure(&self) -> Measure {
        Measure::Time
    }

    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        // All sites, so that those whose time is known can move up.
        let all = line().nearest(pairs, pairs.sites.len().max(1), progress)?;
        let (mut sites, mut metres, mut seconds) = (Vec::new(), Vec::new(), Vec::new());
        for demand in 0..pairs.demand.len() {
            let found: Vec<(usize, Trip)> =
                (0..pairs.sites.len()).filter_map(|rank| all.at(demand, rank)).collect();
            let known = found.iter().filter(|(site, _)| !is_unknown(demand, *site));
            // Those that are not known stand first, as a careless maker would put them.
            let unknown = found.iter().filter(|(site, _)| is_unknown(demand, *site)).take(1);
            let mut row: Vec<&(usize, Trip)> = unknown.chain(known).collect();
            row.truncate(k + 1);
            for rank in 0..=k {
                let slot = row.get(rank);
                sites.push(
                    slot.map_or(sotplan::model::travel::NO_SITE, |(site, _)| {
                        u32::try_from(*site).expect("few")
                    }),
                );
                metres.push(slot.map_or(f64::INFINITY, |(_, trip)| trip.length.value()));
                seconds.push(slot.map_or(0.0, |(site, trip)| {
                    if is_unknown(demand, *site) { f64::NAN } else { trip.time.expect("a speed").value() }
                }));
            }
        }
        Ok(Nearest::new(k + 1, Measure::Time, sites, metres, seconds, Vec::new()))
    }

    fn rows(
        &self,
        pairs: Pairs<'_>,
        _: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        let all = line().rows(pairs, None, progress)?;
        let row = |site: usize| {
            let reach = |reach: &Reach| {
                let demand = reach.demand as usize;
                let time = reach.trip.time.filter(|_| !is_unknown(demand, site));
                Reach { trip: Trip { time, ..reach.trip }, ..*reach }
            };
            all.row(site).iter().map(reach).collect()
        };
        Ok(CostRows::from_rows((0..pairs.sites.len()).map(row).collect()))
    }
}

/// A time that nobody knows is no length: such a way ranks nowhere, is within nothing, and the cell says why.
#[test]
fn a_time_that_is_not_known_is_never_a_length() {
    let project = project();
    let results =
        Results::compute_by(&project, Some(Arc::new(Gappy)), None, &Unwatched).expect("nobody cancels");
    let situation = &results.situation;
    let grocery = results.kind(ServiceKind::Grocery).expect("stores");
    let sites = situation.points_of(ServiceKind::Grocery);
    let limit = results.limit();
    let (mut within, mut without) = (People::ZERO, People::ZERO);
    for (cell, point) in situation.demand.points.iter().enumerate() {
        let time = |site: usize| line().trip(*point, sites[site]).time.expect("a speed");
        let known = (0..sites.len()).filter(|site| !is_unknown(cell, *site));
        let best: Option<Seconds> = known.map(time).min();
        let people = situation.demand.people[cell];
        match (best, grocery.coverage.at(cell, 0)) {
            (Some(best), Ok((_, trip))) => {
                assert!((trip.time.expect("known").value() - best.value()).abs() < 1e-9, "cell {cell}");
                if Cost::from(best).is_within(limit) {
                    within += people;
                }
            }
            (None, Err(reason)) => {
                assert_eq!(reason, NoCost::NoTime);
                without += people;
            }
            other => panic!("cell {cell}: {other:?}"),
        }
    }
    assert_eq!(grocery.summary.people_within, within);
    assert_eq!(grocery.summary.people_without_value.get(&NoCost::NoTime).copied(), Some(without));
    // Candidates count whom they reach in a known time.
    let candidate = &results.candidates[1];
    let reached = situation.demand.points.iter().enumerate().filter(|(cell, point)| {
        let time = line().trip(**point, candidate.point).time.expect("a speed");
        !is_unknown(*cell, 1) && Cost::from(time).is_within(limit)
    });
    let people: People = reached.map(|(cell, _)| situation.demand.people[cell]).sum();
    assert_eq!(candidate.people_in_limit, people);
}

/// What is not a number at the border is told, not counted as zero.
#[test]
fn what_is_no_number_is_refused_at_the_border() {
    let table = Nearest::new(
        2,
        Measure::Time,
        vec![0, 1, 0, 1],
        vec![10.0, f64::NAN, 10.0, 20.0],
        vec![f64::NAN, 5.0, 7.0, 9.0],
        Vec::new(),
    );
    assert_eq!(table.at(0, 0), None);
    assert_eq!(table.reason(0), NoCost::NoTime);
    assert_eq!(table.cost(1, 0).map(|(site, cost)| (site, cost.value())), Some((0, 7.0)));
    let trip = Trip { length: sotplan::units::Metres::new(5.0), time: None };
    assert_eq!(trip.cost(Measure::Time), Err(NoCost::NoTime));
}
