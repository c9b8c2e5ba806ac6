//! What is written down of a place while it becomes a SOT point? Status, answers, steps, people, agreements, costs.
//! Everything is optional and nothing is made up: what is not there is not known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::when::When;
use super::words::{
    Answer, Check, CheckState, Frequency, Function, Outcome, OutcomeState, ProcessStep, Question, StepState,
};
use crate::model::{Evidence, SiteId, SotStatus};

/// A status that a hand set; it counts in the place of the file's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusSet {
    pub status: SotStatus,
    pub date: When,
    /// The place that goes before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_favour_of: Option<SiteId>,
    pub evidence: Evidence,
}

/// The answer to an entry question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionNote {
    pub answer: Answer,
    pub evidence: Evidence,
}

/// How it stands with a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckNote {
    pub state: CheckState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What is written down of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepNote {
    pub state: StepState,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<When>,
    /// Something always happens: so many weeks later it is not late yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_weeks: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<When>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What stands in its way, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub blocked_by: String,
    /// The step that has to be over first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<ProcessStep>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checks: BTreeMap<Check, CheckNote>,
}

impl Default for StepNote {
    fn default() -> Self {
        Self {
            state: StepState::Unknown,
            owner: String::new(),
            planned: None,
            margin_weeks: None,
            done: None,
            note: String::new(),
            blocked_by: String::new(),
            waits_for: None,
            checks: BTreeMap::new(),
        }
    }
}

/// Somebody by what they are for the place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub function: Function,
    pub name: String,
    /// A telephone number, an address …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
}

/// Something worth remembering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DatedNote {
    pub date: When,
    pub who: String,
    pub text: String,
}

/// A document elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentLink {
    pub title: String,
    pub link: String,
}

/// An agreement; the property owner is not always the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    pub with: String,
    pub about: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
}

/// A cost in whole kronor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    pub what: String,
    pub kronor: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    pub frequency: Frequency,
}

/// Is an outcome promised, or shown?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutcomeNote {
    pub state: OutcomeState,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Items in the order they were written down, each under a number of its own.
pub type Numbered<T> = BTreeMap<u32, T>;

/// The number of the next item.
#[must_use]
pub fn next_number<T>(items: &Numbered<T>) -> u32 {
    items.keys().next_back().map_or(1, |last| last.saturating_add(1))
}

/// The work on one place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Follow {
    pub status: Option<StatusSet>,
    /// Who drives the work on the place.
    pub owner: String,
    pub questions: BTreeMap<Question, QuestionNote>,
    pub steps: BTreeMap<ProcessStep, StepNote>,
    pub people: Numbered<Person>,
    pub notes: Numbered<DatedNote>,
    pub documents: Numbered<DocumentLink>,
    pub agreements: Numbered<Agreement>,
    pub costs: Numbered<Cost>,
    pub outcomes: BTreeMap<Outcome, OutcomeNote>,
}

impl Follow {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How far a step has come.
    #[must_use]
    pub fn state(&self, step: ProcessStep) -> StepState {
        self.steps.get(&step).map_or(StepState::Unknown, |noted| noted.state)
    }

    /// How it stands with a check; open while nothing is noted.
    #[must_use]
    pub fn check(&self, check: Check) -> CheckState {
        let noted = self.steps.get(&check.step()).and_then(|step| step.checks.get(&check));
        noted.map_or(CheckState::Open, |noted| noted.state)
    }

    /// What was answered.
    #[must_use]
    pub fn answer(&self, question: Question) -> Answer {
        self.questions.get(&question).map_or(Answer::Unknown, |noted| noted.answer)
    }

    /// The other site that it names.
    #[must_use]
    pub fn site_named(&self) -> Option<&SiteId> {
        self.status.as_ref()?.in_favour_of.as_ref()
    }

    /// The same with other names for sites.
    #[must_use]
    pub fn renamed(mut self, named: impl Fn(&SiteId) -> SiteId) -> Self {
        if let Some(site) = self.status.as_mut().and_then(|status| status.in_favour_of.as_mut()) {
            *site = named(site);
        }
        self
    }

    /// Takes in what is said elsewhere of the same place, as far as nothing is said here; what contradicts is given
    /// back. Items of lists stand beside each other.
    pub fn take_in(&mut self, other: Self) -> Option<Self> {
        fn listed<T: PartialEq>(mine: &mut Numbered<T>, theirs: Numbered<T>) {
            for (number, item) in theirs {
                if !mine.values().any(|known| *known == item) {
                    let is_taken = mine.contains_key(&number);
                    mine.insert(if is_taken { next_number(mine) } else { number }, item);
                }
            }
        }
        fn keyed<K: Ord, T: PartialEq>(mine: &mut BTreeMap<K, T>, theirs: BTreeMap<K, T>) -> BTreeMap<K, T> {
            let mut left = BTreeMap::new();
            for (key, item) in theirs {
                match mine.get(&key) {
                    None => {
                        mine.insert(key, item);
                    }
                    Some(known) if *known == item => {}
                    Some(_) => {
                        left.insert(key, item);
                    }
                }
            }
            left
        }
        let mut left = Self::default();
        match (&self.status, other.status) {
            (None, status) => self.status = status,
            (Some(mine), Some(theirs)) if *mine != theirs => left.status = Some(theirs),
            _ => {}
        }
        if self.owner.is_empty() {
            self.owner = other.owner;
        } else if self.owner != other.owner {
            left.owner = other.owner;
        }
        left.questions = keyed(&mut self.questions, other.questions);
        left.steps = keyed(&mut self.steps, other.steps);
        left.outcomes = keyed(&mut self.outcomes, other.outcomes);
        listed(&mut self.people, other.people);
        listed(&mut self.notes, other.notes);
        listed(&mut self.documents, other.documents);
        listed(&mut self.agreements, other.agreements);
        listed(&mut self.costs, other.costs);
        (!left.is_empty()).then_some(left)
    }
}
