//! Is what is late, blocked, out of order and next said as it stands in the notes?

use jiff::civil::Date;

use super::*;
use crate::lang::{Lang, Said as _};
use crate::model::{Evidence, SotStatus};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn when(text: &str) -> When {
    When::parse(text).expect("a date")
}

fn follow(steps: &[(ProcessStep, StepState)]) -> Follow {
    let noted = steps.iter().map(|(step, state)| (*step, StepNote { state: *state, ..StepNote::default() }));
    Follow { steps: noted.collect(), ..Follow::default() }
}

fn ticked(mut follow: Follow, checks: &[(Check, CheckState, Option<&str>)]) -> Follow {
    for (check, state, date) in checks {
        let noted = CheckNote { state: *state, date: date.map(when), note: String::new() };
        follow.steps.entry(check.step()).or_default().checks.insert(*check, noted);
    }
    follow
}

fn asked(mut follow: Follow, answer: Answer) -> Follow {
    for question in Question::ALL {
        follow.questions.insert(question, QuestionNote { answer, evidence: Evidence::none() });
    }
    follow
}

#[test]
fn a_step_is_late_only_after_its_margin() {
    let planned = StepNote {
        state: StepState::UnderWay,
        planned: Some(when("2024-Q2")),
        margin_weeks: Some(4),
        ..StepNote::default()
    };
    // The quarter ends on 30 June, four weeks later is 28 July.
    assert_eq!(timing(&planned, day("2024-06-30")), Some(Timing::Ahead));
    assert_eq!(timing(&planned, day("2024-07-01")), Some(Timing::InMargin(27)));
    assert_eq!(timing(&planned, day("2024-07-28")), Some(Timing::InMargin(0)));
    assert_eq!(timing(&planned, day("2024-07-29")), Some(Timing::Late(1)));
    for state in [StepState::Done, StepState::NotNeeded] {
        assert_eq!(timing(&StepNote { state, ..planned.clone() }, day("2030-01-01")), None);
    }
    assert_eq!(timing(&StepNote { planned: None, ..planned.clone() }, day("2030-01-01")), None);
    let mut late = Follow::default();
    late.steps.insert(ProcessStep::Procurement, planned);
    let found = concerns(&late, day("2024-08-01"));
    let (step, planned) = (ProcessStep::Procurement, when("2024-Q2"));
    assert_eq!(found, [Concern::Late { step, planned, days: 4 }]);
    assert!(found[0].said(Lang::Sv).contains("4 dagar försenat"));
}

#[test]
fn a_status_that_names_a_quarter_is_late_when_that_is_over_and_a_dated_one_is_not() {
    let set = |date: &str, status| Follow {
        status: Some(StatusSet { status, date: when(date), in_favour_of: None, evidence: Evidence::none() }),
        ..Follow::default()
    };
    let of = |follow: &Follow| concerns(follow, day("2024-07-01")).len();
    assert_eq!(of(&set("2024-Q2", SotStatus::Establishing)), 1);
    assert_eq!(of(&set("2024-Q3", SotStatus::Establishing)), 0);
    assert_eq!(of(&set("2023-05-25", SotStatus::Establishing)), 0);
    assert_eq!(of(&set("2024-Q2", SotStatus::InPlace)), 0);
}

#[test]
fn what_blocks_counts_until_the_step_or_what_it_waits_for_is_over() {
    let mut place = follow(&[(ProcessStep::Construction, StepState::UnderWay)]);
    let step = ProcessStep::Construction;
    let noted = place.steps.entry(step).or_default();
    noted.blocked_by = " bygglovet överklagat ".into();
    noted.waits_for = Some(ProcessStep::Requirements);
    let of_kind = |place: &Follow| -> Vec<Concern> {
        let all = concerns(place, day("2024-01-01"));
        all.into_iter().filter(|concern| concern.kind() == ConcernKind::Blocked).collect()
    };
    let on = ProcessStep::Requirements;
    let by = "bygglovet överklagat".to_owned();
    assert_eq!(of_kind(&place), [Concern::Blocked { step, by: by.clone() }, Concern::Waits { step, on }]);
    assert_eq!(next(&place, None), Next::Unblock { step, by: by.clone() });
    place.steps.insert(on, StepNote { state: StepState::NotNeeded, ..StepNote::default() });
    assert_eq!(of_kind(&place), [Concern::Blocked { step, by }]);
    place.steps.entry(step).or_default().state = StepState::Done;
    assert_eq!(of_kind(&place), []);
}

#[test]
fn a_later_step_done_before_an_earlier_began_is_said() {
    let place = follow(&[
        (ProcessStep::Support, StepState::Done),
        (ProcessStep::Procurement, StepState::NotStarted),
        (ProcessStep::Requirements, StepState::UnderWay),
        (ProcessStep::Construction, StepState::NotNeeded),
        (ProcessStep::Agreements, StepState::Done),
    ]);
    let place = ticked(
        place,
        &[
            (Check::PropertyOwner, CheckState::Done, None),
            (Check::StoreAgreement, CheckState::Done, None),
            (Check::Association, CheckState::NotNeeded, None),
        ],
    );
    let done = ProcessStep::Agreements;
    assert_eq!(
        concerns(&place, day("2024-01-01")),
        [
            Concern::Skipped { done, before: ProcessStep::Procurement },
            Concern::Skipped { done, before: ProcessStep::Digging },
        ]
    );
    assert_eq!(concerns(&Follow::default(), day("2024-01-01")), []);
}

#[test]
fn the_ground_is_checked_before_the_building_permit() {
    let today = day("2024-06-01");
    let permit = |date| (Check::BuildingPermit, CheckState::Done, date);
    let first =
        |checks: &[(Check, CheckState, Option<&str>)]| concerns(&ticked(Follow::default(), checks), today);
    let (cables, water) = (
        Concern::PermitFirst { unchecked: Check::Cables },
        Concern::PermitFirst { unchecked: Check::WaterAndSewer },
    );
    assert_eq!(first(&[permit(None)]), [cables.clone(), water.clone()]);
    let dug = (Check::Cables, CheckState::Done, Some("2024-03-01"));
    assert_eq!(
        first(&[permit(Some("2024-02-29")), dug, (Check::WaterAndSewer, CheckState::NotNeeded, None)]),
        [cables]
    );
    // In the same month nobody can tell; on the same day or after it the order holds.
    for fine in ["2024-03", "2024-03-01", "2024-05"] {
        assert_eq!(first(&[permit(Some(fine)), dug]), std::slice::from_ref(&water), "{fine}");
    }
    assert_eq!(first(&[(Check::BuildingPermit, CheckState::Open, None)]), []);
}

#[test]
fn a_step_that_is_done_has_no_open_checks_and_a_no_is_remembered() {
    let place =
        follow(&[(ProcessStep::Support, StepState::Done), (ProcessStep::Procurement, StepState::UnderWay)]);
    let mut place = asked(place, Answer::Yes);
    let (question, step) = (Question::Village, ProcessStep::Procurement);
    place.questions.insert(question, QuestionNote { answer: Answer::No, evidence: Evidence::none() });
    assert_eq!(concerns(&place, day("2024-01-01")), [Concern::SaidNo { question, step }]);
    assert_eq!(next(&place, None), Next::Decide);
    let done = follow(&[(ProcessStep::Construction, StepState::Done)]);
    let open = concerns(&done, day("2024-01-01"));
    let step = ProcessStep::Construction;
    for check in Check::of(step) {
        assert!(open.contains(&Concern::Unchecked { step, check }));
    }
}

#[test]
fn what_comes_next_follows_the_questions_the_steps_and_their_checks() {
    assert_eq!(next(&Follow::default(), None), Next::Ask(Question::Municipality));
    let place = asked(Follow::default(), Answer::Yes);
    assert_eq!(next(&place, Some(SotStatus::Idea)), Next::Begin(ProcessStep::Support));
    assert_eq!(next(&place, Some(SotStatus::Paused)), Next::Decide);
    assert_eq!(next(&place, Some(SotStatus::Closed)), Next::Nothing);
    // A place that serves has gone the way, noted or not; its evaluation is left.
    assert_eq!(next(&Follow::default(), Some(SotStatus::InPlace)), Next::Begin(ProcessStep::Evaluation));
    let over = [ProcessStep::Support, ProcessStep::Procurement, ProcessStep::Requirements];
    let mut steps: Vec<_> = over.into_iter().map(|step| (step, StepState::Done)).collect();
    steps.push((ProcessStep::Construction, StepState::UnderWay));
    let place = asked(follow(&steps), Answer::Yes);
    // Before the permit the ground, though digging comes later.
    assert_eq!(next(&place, None), Next::Check(Check::Cables));
    let ground =
        [(Check::Cables, CheckState::Done, None), (Check::WaterAndSewer, CheckState::NotNeeded, None)];
    let place = ticked(place, &ground);
    assert_eq!(next(&place, None), Next::Check(Check::BuildingPermit));
    let all: Vec<_> =
        Check::of(ProcessStep::Construction).map(|check| (check, CheckState::Done, None)).collect();
    assert_eq!(next(&ticked(place, &all), None), Next::Finish(ProcessStep::Construction));
    let all: Vec<_> = ProcessStep::ALL.into_iter().map(|step| (step, StepState::Done)).collect();
    assert_eq!(next(&asked(follow(&all), Answer::Yes), None), Next::Nothing);
}

#[test]
fn what_is_said_twice_of_a_place_is_joined_and_what_contradicts_is_given_back() {
    let person =
        |name: &str| Person { function: Function::Operator, name: name.into(), contact: String::new() };
    let mut mine = Follow { owner: "Eva".into(), people: [(1, person("Åsa"))].into(), ..Follow::default() };
    let theirs = Follow {
        owner: "Nils".into(),
        people: [(1, person("Nils")), (2, person("Åsa"))].into(),
        ..asked(Follow::default(), Answer::Yes)
    };
    let left = mine.take_in(theirs).expect("another owner");
    assert_eq!(left, Follow { owner: "Nils".into(), ..Follow::default() });
    assert_eq!(mine.people.values().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Åsa", "Nils"]);
    assert_eq!((mine.owner.as_str(), mine.answer(Question::Store)), ("Eva", Answer::Yes));
    assert_eq!(mine.clone().take_in(mine), None);
}
