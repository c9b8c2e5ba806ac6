//! What can be written down of the way to a SOT point? Closed changes, each named in both languages.

use crate::lang::{Lang, Said};
use crate::model::process::{
    Agreement, Check, CheckNote, Cost, DatedNote, DocumentLink, Follow, Numbered, Outcome, OutcomeNote,
    Person, ProcessStep, Question, QuestionNote, StatusSet, StepNote, StepState, When,
};
use crate::say;

/// An item of a list, by its number.
#[derive(Debug, Clone, PartialEq)]
pub enum Item<T> {
    /// Adds it, or puts it in the place of the one that has the number.
    Set(u32, T),
    Remove(u32),
}

impl<T: Clone> Item<T> {
    fn apply(&self, items: &mut Numbered<T>) {
        match self {
            Self::Set(number, item) => {
                items.insert(*number, item.clone());
            }
            Self::Remove(number) => {
                items.remove(number);
            }
        }
    }
}

/// A change of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum StepChange {
    State(StepState),
    Owner(String),
    Planned(Option<When>),
    Margin(Option<u16>),
    Done(Option<When>),
    Note(String),
    BlockedBy(String),
    WaitsFor(Option<ProcessStep>),
    Check(Check, CheckNote),
}

/// A change of what is written down of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowChange {
    /// `None`: the file's counts again.
    Status(Option<StatusSet>),
    Owner(String),
    Question(Question, QuestionNote),
    Step(ProcessStep, StepChange),
    Person(Item<Person>),
    Note(Item<DatedNote>),
    Document(Item<DocumentLink>),
    Agreement(Item<Agreement>),
    Cost(Item<Cost>),
    Outcome(Outcome, OutcomeNote),
}

impl StepChange {
    fn apply(&self, step: &mut StepNote) {
        match self {
            Self::State(state) => step.state = *state,
            Self::Owner(owner) => step.owner.clone_from(owner),
            Self::Planned(planned) => step.planned = *planned,
            Self::Margin(weeks) => step.margin_weeks = *weeks,
            Self::Done(done) => step.done = *done,
            Self::Note(note) => step.note.clone_from(note),
            Self::BlockedBy(by) => step.blocked_by.clone_from(by),
            Self::WaitsFor(other) => step.waits_for = *other,
            Self::Check(check, noted) => {
                step.checks.insert(*check, noted.clone());
            }
        }
    }
}

impl FollowChange {
    /// What is written down after the change.
    pub fn apply(&self, follow: &mut Follow) {
        match self {
            Self::Status(status) => follow.status.clone_from(status),
            Self::Owner(owner) => follow.owner.clone_from(owner),
            Self::Question(question, noted) => {
                follow.questions.insert(*question, noted.clone());
            }
            Self::Step(step, change) => {
                change.apply(follow.steps.entry(*step).or_default());
                // What says nothing is not kept.
                follow.steps.retain(|_, noted| *noted != StepNote::default());
            }
            Self::Person(item) => item.apply(&mut follow.people),
            Self::Note(item) => item.apply(&mut follow.notes),
            Self::Document(item) => item.apply(&mut follow.documents),
            Self::Agreement(item) => item.apply(&mut follow.agreements),
            Self::Cost(item) => item.apply(&mut follow.costs),
            Self::Outcome(outcome, noted) => {
                follow.outcomes.insert(*outcome, noted.clone());
            }
        }
    }
}

fn said_when(when: Option<When>, lang: Lang) -> String {
    when.map_or_else(|| lang.pick("inget datum", "no date").into(), |when| when.said(lang))
}

impl Said for StepChange {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::State(state) => state.said(lang),
            Self::Owner(owner) => say!(lang, "ansvarig: {owner}", "owner: {owner}"),
            Self::Planned(when) => {
                let when = said_when(*when, lang);
                say!(lang, "planerat till: {when}", "planned for: {when}")
            }
            Self::Margin(weeks) => {
                let weeks = weeks.unwrap_or(0);
                say!(lang, "marginal: {weeks} veckor", "margin: {weeks} weeks")
            }
            Self::Done(when) => {
                let when = said_when(*when, lang);
                say!(lang, "klart den: {when}", "done on: {when}")
            }
            Self::Note(_) => lang.pick("anteckning", "note").into(),
            Self::BlockedBy(by) if by.is_empty() => {
                lang.pick("hindras inte längre", "no longer blocked").into()
            }
            Self::BlockedBy(by) => say!(lang, "hindras av: {by}", "blocked by: {by}"),
            Self::WaitsFor(None) => lang.pick("väntar inte på något steg", "waits for no step").into(),
            Self::WaitsFor(Some(step)) => {
                let step = step.said(lang);
                say!(lang, "väntar på: {step}", "waits for: {step}")
            }
            Self::Check(check, noted) => format!("{}: {}", check.said(lang), noted.state.said(lang)),
        }
    }
}

/// An item that was noted or removed, by what it is called in both languages.
fn of_item<T>(item: &Item<T>, lang: Lang, names: [&str; 2], text: impl Fn(&T) -> String) -> String {
    let name = lang.pick(names[0], names[1]);
    match item {
        Item::Set(_, item) => {
            let text = text(item);
            if text.is_empty() {
                say!(lang, "skriv upp {name}", "note {name}")
            } else {
                say!(lang, "skriv upp {name}: {text}", "note {name}: {text}")
            }
        }
        Item::Remove(_) => say!(lang, "ta bort {name}", "remove {name}"),
    }
}

impl Said for FollowChange {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Status(Some(set)) => {
                let (status, date) = (set.status.said(lang), set.date.said(lang));
                say!(lang, "sätt status: {status}, {date}", "set status: {status}, {date}")
            }
            Self::Status(None) => lang.pick("ta tillbaka satt status", "take back the status").into(),
            Self::Owner(owner) => say!(lang, "ansvarig för platsen: {owner}", "owner of the place: {owner}"),
            Self::Question(question, noted) => format!("{} {}", question.said(lang), noted.answer.said(lang)),
            Self::Step(step, change) => format!("{}: {}", step.said(lang), change.said(lang)),
            Self::Person(item) => of_item(item, lang, ["person", "person"], |person| person.name.clone()),
            Self::Note(item) => of_item(item, lang, ["anteckning", "note"], |_| String::new()),
            Self::Document(item) => of_item(item, lang, ["dokument", "document"], |link| link.title.clone()),
            Self::Agreement(item) => {
                of_item(item, lang, ["avtal", "agreement"], |agreement| agreement.with.clone())
            }
            Self::Cost(item) => of_item(item, lang, ["kostnad", "cost"], |cost| cost.what.clone()),
            Self::Outcome(outcome, noted) => {
                format!("{}: {}", outcome.said(lang), noted.state.said(lang))
            }
        }
    }
}
