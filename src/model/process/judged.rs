//! What of a place is late, blocked or out of order, and what comes next? Pure: the day is an argument. A broken order is
//! said, never forbidden.

use jiff::civil::Date;

use super::follow::{Follow, StepNote};
use super::when::{When, days_between};
use super::words::{Answer, Check, CheckState, ProcessStep, Question, StepState};
use crate::lang::{Lang, Said};
use crate::model::SotStatus;
use crate::{say, say_many};

/// How a planned date stands to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Planned, and the date is not over.
    Ahead,
    /// The date is over, its margin is not; days until it is.
    InMargin(i32),
    /// The margin is over too, by so many days.
    Late(i32),
}

/// When a step should be done, seen from `today`; `None` without a date, or when it is over.
#[must_use]
pub fn timing(noted: &StepNote, today: Date) -> Option<Timing> {
    let planned = noted.planned.filter(|_| !noted.state.is_over())?;
    let end = planned.last_day_with(noted.margin_weeks.unwrap_or(0));
    Some(if today > end {
        Timing::Late(days_between(end, today))
    } else if today > planned.last_day() {
        Timing::InMargin(days_between(today, end))
    } else {
        Timing::Ahead
    })
}

/// Something somebody has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// A step is later than planned, margin counted.
    Late { step: ProcessStep, planned: When, days: i32 },
    /// The quarter that the status named is over.
    StatusOver { status: SotStatus, date: When },
    /// An agreement has run out.
    AgreementOver { with: String, until: When },
    /// Something stands in a step's way.
    Blocked { step: ProcessStep, by: String },
    /// Another step has to be over first.
    Waits { step: ProcessStep, on: ProcessStep },
    /// A step is done while nothing is begun of one before it.
    Skipped { done: ProcessStep, before: ProcessStep },
    /// The building permit was granted before the ground was checked.
    PermitFirst { unchecked: Check },
    /// A step is done while one of its checks is open.
    Unchecked { step: ProcessStep, check: Check },
    /// Work goes on although somebody has said no.
    SaidNo { question: Question, step: ProcessStep },
}

/// The kinds of concern, for lists and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConcernKind {
    Late,
    Blocked,
    OutOfOrder,
}

impl ConcernKind {
    pub const ALL: [Self; 3] = [Self::Late, Self::Blocked, Self::OutOfOrder];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Blocked => "blocked",
            Self::OutOfOrder => "out_of_order",
        }
    }
}

impl Said for ConcernKind {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Late => lang.pick("försenat", "late"),
            Self::Blocked => lang.pick("hindras", "blocked"),
            Self::OutOfOrder => lang.pick("i fel ordning", "out of order"),
        }
        .into()
    }
}

impl Concern {
    #[must_use]
    pub const fn kind(&self) -> ConcernKind {
        match self {
            Self::Late { .. } | Self::StatusOver { .. } | Self::AgreementOver { .. } => ConcernKind::Late,
            Self::Blocked { .. } | Self::Waits { .. } => ConcernKind::Blocked,
            Self::Skipped { .. }
            | Self::PermitFirst { .. }
            | Self::Unchecked { .. }
            | Self::SaidNo { .. } => ConcernKind::OutOfOrder,
        }
    }

    /// The step it is about, where it is about one.
    #[must_use]
    pub const fn step(&self) -> Option<ProcessStep> {
        match self {
            Self::Late { step, .. }
            | Self::Blocked { step, .. }
            | Self::Waits { step, .. }
            | Self::Unchecked { step, .. }
            | Self::SaidNo { step, .. }
            | Self::Skipped { done: step, .. } => Some(*step),
            Self::PermitFirst { .. } => Some(ProcessStep::Construction),
            Self::StatusOver { .. } | Self::AgreementOver { .. } => None,
        }
    }
}

fn blocked(follow: &Follow, step: ProcessStep, noted: &StepNote) -> Vec<Concern> {
    if noted.state.is_over() {
        return Vec::new();
    }
    let by = noted.blocked_by.trim();
    let words = (!by.is_empty()).then(|| Concern::Blocked { step, by: by.to_owned() });
    let on = noted.waits_for.filter(|on| *on != step && !follow.state(*on).is_over());
    words.into_iter().chain(on.map(|on| Concern::Waits { step, on })).collect()
}

/// Is the ground known to be checked before the permit, or not needed?
fn permit_first(follow: &Follow) -> Vec<Concern> {
    if follow.check(Check::BuildingPermit) != CheckState::Done {
        return Vec::new();
    }
    let date = |check: Check| follow.steps.get(&check.step())?.checks.get(&check)?.date;
    let permit = date(Check::BuildingPermit);
    let is_late = |check: Check| match follow.check(check) {
        CheckState::Open => true,
        CheckState::NotNeeded => false,
        // Only where both dates say so.
        CheckState::Done => {
            permit.zip(date(check)).is_some_and(|(permit, checked)| permit.last_day() < checked.first_day())
        }
    };
    let ground = [Check::Cables, Check::WaterAndSewer].into_iter().filter(|check| is_late(*check));
    ground.map(|unchecked| Concern::PermitFirst { unchecked }).collect()
}

fn skipped(follow: &Follow, step: ProcessStep) -> Vec<Concern> {
    if follow.state(step) != StepState::Done {
        return Vec::new();
    }
    let is_begun =
        |before: &ProcessStep| !matches!(follow.state(*before), StepState::Unknown | StepState::NotStarted);
    let before = ProcessStep::ALL.into_iter().take_while(|other| *other != step);
    before.filter(|before| !is_begun(before)).map(|before| Concern::Skipped { done: step, before }).collect()
}

/// Everything to look at, late things first.
#[must_use]
pub fn concerns(follow: &Follow, today: Date) -> Vec<Concern> {
    let mut found = Vec::new();
    if let Some(set) = &follow.status
        && set.status == SotStatus::Establishing
        && matches!(set.date, When::Quarter(..))
        && today > set.date.last_day()
    {
        found.push(Concern::StatusOver { status: set.status, date: set.date });
    }
    for (step, noted) in &follow.steps {
        if let (Some(Timing::Late(days)), Some(planned)) = (timing(noted, today), noted.planned) {
            found.push(Concern::Late { step: *step, planned, days });
        }
        found.extend(blocked(follow, *step, noted));
        found.extend(skipped(follow, *step));
        if noted.state == StepState::Done {
            let open = Check::of(*step).filter(|check| follow.check(*check) == CheckState::Open);
            found.extend(open.map(|check| Concern::Unchecked { step: *step, check }));
        }
    }
    found.extend(permit_first(follow));
    let goes_on = |step: &ProcessStep| {
        *step != ProcessStep::Support && matches!(follow.state(*step), StepState::UnderWay | StepState::Done)
    };
    if let Some(step) = ProcessStep::ALL.into_iter().find(goes_on) {
        let no = Question::ALL.into_iter().filter(|question| follow.answer(*question) == Answer::No);
        found.extend(no.map(|question| Concern::SaidNo { question, step }));
    }
    for agreement in follow.agreements.values() {
        if let Some(until) = agreement.until.filter(|until| today > until.last_day()) {
            found.push(Concern::AgreementOver { with: agreement.with.clone(), until });
        }
    }
    found.sort_by_key(Concern::kind);
    found
}

/// What somebody does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Clear what stands in a step's way.
    Unblock {
        step: ProcessStep,
        by: String,
    },
    /// An entry question has no answer.
    Ask(Question),
    /// Somebody has said no, or the work is paused: go on or not?
    Decide,
    Begin(ProcessStep),
    /// A check of the step that is next.
    Check(Check),
    Finish(ProcessStep),
    /// The place serves, or is closed, and nothing is left to do.
    Nothing,
}

/// What comes next at a place of this status. The ground is checked before the building permit, whatever the order of
/// the steps.
#[must_use]
pub fn next(follow: &Follow, status: Option<SotStatus>) -> Next {
    if status == Some(SotStatus::Closed) {
        return Next::Nothing;
    }
    let obstacles = follow.steps.iter().flat_map(|(step, noted)| blocked(follow, *step, noted));
    let obstacle = obstacles.into_iter().find_map(|concern| match concern {
        Concern::Blocked { step, by } => Some(Next::Unblock { step, by }),
        _ => None,
    });
    if let Some(obstacle) = obstacle {
        return obstacle;
    }
    if status == Some(SotStatus::Paused) {
        return Next::Decide;
    }
    let is_serving = status.is_some_and(SotStatus::is_serving);
    if !is_serving {
        if Question::ALL.into_iter().any(|question| follow.answer(question) == Answer::No) {
            return Next::Decide;
        }
        let unanswered = |question: &Question| follow.answer(*question) == Answer::Unknown;
        if let Some(question) = Question::ALL.into_iter().find(unanswered) {
            return Next::Ask(question);
        }
    }
    let is_left = |step: &ProcessStep| {
        // Of a place that serves, only what is known to be left.
        let is_unknown = is_serving && follow.state(*step) == StepState::Unknown;
        !follow.state(*step).is_over() && (!is_unknown || *step == ProcessStep::Evaluation)
    };
    let Some(step) = ProcessStep::ALL.into_iter().find(is_left) else { return Next::Nothing };
    if follow.state(step) != StepState::UnderWay {
        return Next::Begin(step);
    }
    let is_open = |check: &Check| follow.check(*check) == CheckState::Open;
    let ground = [Check::Cables, Check::WaterAndSewer].into_iter();
    let ground = ground.filter(|_| step == ProcessStep::Construction && is_open(&Check::BuildingPermit));
    ground.chain(Check::of(step)).find(is_open).map_or(Next::Finish(step), Next::Check)
}

impl Said for Concern {
    #[expect(clippy::too_many_lines, reason = "a sentence each, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Late { step, planned, days } => {
                let (step, planned) = (step.said(lang), planned.said(lang));
                say_many!(
                    lang,
                    *days,
                    "{step} skulle vara klart {planned}: {days} dag försenat, marginalen inräknad"
                        | "{step} skulle vara klart {planned}: {days} dagar försenat, marginalen inräknad",
                    "{step} was planned for {planned}: {days} day late, margin counted"
                        | "{step} was planned for {planned}: {days} days late, margin counted"
                )
            }
            Self::StatusOver { status, date } => {
                let (status, date) = (status.said(lang), date.said(lang));
                say!(
                    lang,
                    "Statusen är {status}, {date}: tiden har gått ut. Är det klart?",
                    "The status is {status}, {date}: that time is over. Is it done?"
                )
            }
            Self::AgreementOver { with, until } => {
                let until = until.said(lang);
                say!(
                    lang,
                    "Avtalet med {with} gällde till {until}",
                    "The agreement with {with} ran until {until}"
                )
            }
            Self::Blocked { step, by } => {
                let step = step.said(lang);
                say!(lang, "{step} hindras: {by}", "{step} is blocked: {by}")
            }
            Self::Waits { step, on } => {
                let (step, on) = (step.said(lang), on.said(lang));
                say!(lang, "{step} väntar på: {on}", "{step} waits for: {on}")
            }
            Self::Skipped { done, before } => {
                let (done, before) = (done.said(lang), before.said(lang));
                say!(
                    lang,
                    "{done} är klart, men {before} är inte påbörjat",
                    "{done} is done, but {before} has not begun"
                )
            }
            Self::PermitFirst { unchecked } => {
                let unchecked = unchecked.said(lang);
                say!(
                    lang,
                    "Bygglovet är beviljat innan detta var klart: {unchecked}",
                    "The building permit was granted before this was done: {unchecked}"
                )
            }
            Self::Unchecked { step, check } => {
                let (step, check) = (step.said(lang), check.said(lang));
                say!(
                    lang,
                    "{step} är klart, men detta återstår: {check}",
                    "{step} is done, but this is open: {check}"
                )
            }
            Self::SaidNo { question, step } => {
                let (question, step) = (question.said(lang), step.said(lang));
                say!(lang, "{question} Nej – ändå har {step} börjat", "{question} No – yet {step} has begun")
            }
        }
    }
}

impl Said for Next {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Unblock { step, by } => {
                let step = step.said(lang).to_lowercase();
                say!(lang, "Lös hindret för {step}: {by}", "Clear what blocks {step}: {by}")
            }
            Self::Ask(question) => {
                let question = question.said(lang);
                say!(lang, "Ta reda på: {question}", "Find out: {question}")
            }
            Self::Decide => lang.pick("Bestäm om arbetet ska fortsätta", "Decide whether to go on").into(),
            Self::Begin(step) => {
                let step = step.said(lang).to_lowercase();
                say!(lang, "Börja med {step}", "Begin with {step}")
            }
            Self::Check(check) => {
                let check = check.said(lang);
                say!(lang, "Kvar att göra: {check}", "Left to do: {check}")
            }
            Self::Finish(step) => {
                let step = step.said(lang).to_lowercase();
                say!(lang, "Gör klart {step}", "Finish {step}")
            }
            Self::Nothing => lang.pick("Inget kvar att göra", "Nothing left to do").into(),
        }
    }
}
