//! How far has the work on each place come? Answers, steps, what is next, what stands in the way, who drives it and what it
//! costs, as far as somebody wrote it down; what nobody wrote is not known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ask::Ask;
use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::subject::{Subject, What, not_of_a_plan};
use super::unit::Unit;
use crate::lang::{Lang, Said};
use crate::model::process::{Answer, ConcernKind, Follow, Frequency, Question, concerns, next};
use crate::model::{Message, SiteId, SotStatus};
use crate::say;

/// The rows of the work on each place.
pub(super) fn rows(subjects: &[Subject<'_>], follows: &BTreeMap<SiteId, Follow>) -> Vec<Row> {
    let noted: Vec<Option<Noted<'_>>> = subjects.iter().map(|subject| Noted::of(subject, follows)).collect();
    let row = |id: &str, name: [&str; 2], unit: Unit, better: Better, cell: &dyn Fn(&Noted<'_>) -> Cell| {
        let name = Message::new(name[0], name[1]);
        let cell = |noted: &Option<Noted<'_>>| noted.as_ref().map_or_else(not_of_a_plan, cell);
        Row::new(id, Group::Process, name, unit, better).with(noted.iter().map(cell).collect())
    };
    vec![
        row(
            "process.answers",
            ["Inledande frågor med svaret ja, av 3", "Entry questions answered yes, of 3"],
            Unit::Count,
            Better::More,
            &answers,
        ),
        row("process.steps", ["Klara steg, av 7", "Steps done, of 7"], Unit::Count, Better::More, &steps),
        row("process.next", ["Nästa åtgärd", "What comes next"], Unit::Words, Better::Neither, &what_next),
        row("process.blocked", ["Hinder", "What stands in the way"], Unit::Count, Better::Less, &blocked),
        row(
            "process.owner",
            ["Ansvarig för platsen", "Owner of the place"],
            Unit::Words,
            Better::Neither,
            &owner,
        ),
        row("process.costs", ["Noterade kostnader", "Costs noted"], Unit::Words, Better::Neither, &costs),
    ]
}

/// What is written down of a place, under its own id or its SOT place's; nothing is of a plan.
struct Noted<'a> {
    follow: Option<&'a Follow>,
    status: Option<SotStatus>,
}

impl<'a> Noted<'a> {
    fn of(subject: &Subject<'_>, follows: &'a BTreeMap<SiteId, Follow>) -> Option<Self> {
        let sot = subject.sot();
        let own = match &subject.what {
            What::Candidate { candidate, .. } => candidate.site.clone(),
            What::Trial(trial) => SiteId::Trial(trial.of.id),
            What::Plan(_) => return None,
        };
        let follow = sot.and_then(|sot| follows.get(&sot.site)).or_else(|| follows.get(&own));
        Some(Self { follow, status: sot.map(|sot| sot.status) })
    }
}

/// Nobody wrote anything down of the place.
fn not_noted() -> Cell {
    let why = Message::new("inget är antecknat i Följ upp", "nothing is noted under Follow up");
    Cell::unknown("not_noted", Ask::Municipality, why)
}

fn answers(noted: &Noted<'_>) -> Cell {
    let Some(follow) = noted.follow.filter(|follow| !follow.questions.is_empty()) else { return not_noted() };
    let said = |lang: Lang| {
        let all = Question::ALL.map(|question| {
            let (question, answer) = (question.said(lang), follow.answer(question).said(lang));
            format!("{question} {answer}")
        });
        all.join("; ")
    };
    let yes = Question::ALL.into_iter().filter(|question| follow.answer(*question) == Answer::Yes).count();
    counted(yes, Message::new(said(Lang::Sv), said(Lang::En)))
}

fn steps(noted: &Noted<'_>) -> Cell {
    let Some(follow) = noted.follow.filter(|follow| !follow.steps.is_empty()) else { return not_noted() };
    let said = |lang: Lang| {
        let all =
            follow.steps.iter().map(|(step, note)| format!("{}: {}", step.said(lang), note.state.said(lang)));
        all.collect::<Vec<_>>().join("; ")
    };
    let done = follow.steps.values().filter(|note| note.state.is_over()).count();
    counted(done, Message::new(said(Lang::Sv), said(Lang::En)))
}

fn what_next(noted: &Noted<'_>) -> Cell {
    let Some(follow) = noted.follow else { return not_noted() };
    let next = next(follow, noted.status);
    let said = Message::new(next.said(Lang::Sv), next.said(Lang::En));
    Cell::new(Value::Words { id: said.said(Lang::En), said, rank: None }, nothing())
}

fn blocked(noted: &Noted<'_>) -> Cell {
    let Some(follow) = noted.follow else { return not_noted() };
    // What stands in the way does so on any day.
    let found = concerns(follow, Date::MIN);
    let found: Vec<_> = found.iter().filter(|concern| concern.kind() == ConcernKind::Blocked).collect();
    let said = |lang: Lang| found.iter().map(|concern| concern.said(lang)).collect::<Vec<_>>().join("; ");
    counted(found.len(), Message::new(said(Lang::Sv), said(Lang::En)))
}

fn owner(noted: &Noted<'_>) -> Cell {
    let owner = noted.follow.map(|follow| follow.owner.as_str()).filter(|owner| !owner.is_empty());
    let Some(owner) = owner else { return not_noted() };
    Cell::new(Value::Words { id: owner.to_owned(), said: Message::new(owner, owner), rank: None }, nothing())
}

fn costs(noted: &Noted<'_>) -> Cell {
    let Some(follow) = noted.follow.filter(|follow| !follow.costs.is_empty()) else { return not_noted() };
    let sum = |frequency: Frequency| -> u64 {
        follow
            .costs
            .values()
            .filter(|cost| cost.frequency == frequency)
            .fold(0, |sum, cost| sum.saturating_add(cost.kronor))
    };
    let said = |lang: Lang| {
        let parts = Frequency::ALL.into_iter().filter(|frequency| sum(*frequency) > 0).map(|frequency| {
            let (kronor, often) = (lang.whole(sum(frequency)), frequency.said(lang));
            say!(lang, "{kronor} kr {often}", "SEK {kronor} {often}")
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { lang.pick("0 kr", "SEK 0").to_owned() } else { parts.join(", ") }
    };
    let listed = |lang: Lang| {
        let all = follow.costs.values().map(|cost| format!("{}: {} kr", cost.what, lang.whole(cost.kronor)));
        all.collect::<Vec<_>>().join("; ")
    };
    let said = Message::new(said(Lang::Sv), said(Lang::En));
    let why = Message::new(listed(Lang::Sv), listed(Lang::En));
    Cell::new(Value::Words { id: said.said(Lang::En), said, rank: None }, why)
}

#[expect(clippy::cast_precision_loss, reason = "a count of a few")]
fn counted(count: usize, why: Message) -> Cell {
    Cell::new(Value::Number(count as f64), why)
}
