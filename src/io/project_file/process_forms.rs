//! In which form is the way of places to a SOT point saved, and the log of changes? The leaves are the model's own, pinned
//! byte for byte; the lists are given their site here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::SiteId;
use crate::model::process::{
    Agreement, Cost, DatedNote, DocumentLink, Follow, LogEntry, Logged, Numbered, Outcome, OutcomeNote,
    Person, ProcessStep, Question, QuestionNote, StatusSet, StepNote,
};

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct FollowForm {
    pub site: SiteId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusSet>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<Question, QuestionNote>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<ProcessStep, StepNote>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: Numbered<Person>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: Numbered<DatedNote>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: Numbered<DocumentLink>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub agreements: Numbered<Agreement>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub costs: Numbered<Cost>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<Outcome, OutcomeNote>,
}

impl From<(&SiteId, &Follow)> for FollowForm {
    fn from((site, follow): (&SiteId, &Follow)) -> Self {
        let Follow { status, owner, questions, steps, people, notes, documents, agreements, costs, outcomes } =
            follow.clone();
        let site = site.clone();
        Self { site, status, owner, questions, steps, people, notes, documents, agreements, costs, outcomes }
    }
}

impl FollowForm {
    pub fn into_model(self) -> (SiteId, Follow) {
        let Self {
            site,
            status,
            owner,
            questions,
            steps,
            people,
            notes,
            documents,
            agreements,
            costs,
            outcomes,
        } = self;
        let follow =
            Follow { status, owner, questions, steps, people, notes, documents, agreements, costs, outcomes };
        (site, follow)
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct EntryForm {
    pub at: String,
    pub who: String,
    #[serde(default, skip_serializing_if = "is_done")]
    pub logged: Logged,
    pub what_sv: String,
    pub what_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_done(logged: &Logged) -> bool {
    *logged == Logged::Done
}

impl From<&LogEntry> for EntryForm {
    fn from(entry: &LogEntry) -> Self {
        let LogEntry { at, who, logged, what: [what_sv, what_en], place } = entry.clone();
        Self { at, who, logged, what_sv, what_en, place }
    }
}

impl EntryForm {
    pub fn into_model(self) -> Arc<LogEntry> {
        let Self { at, who, logged, what_sv, what_en, place } = self;
        Arc::new(LogEntry { at, who, logged, what: [what_sv, what_en], place })
    }
}
