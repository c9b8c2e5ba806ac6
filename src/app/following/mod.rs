//! How is the work on many places followed? What can be written down, the places as cards with what comes next, the log of
//! changes.

mod board;
mod change;
mod logging;

pub use self::board::{Board, Card, Column, day_of};
pub use self::change::{FollowChange, Item, StepChange};
pub use self::logging::{Clock, Log};

use crate::lang::{Lang, Said};
use crate::model::process::Follow;
use crate::say;

/// What is written down of a place, in a line.
#[must_use]
pub fn summary(follow: &Follow, lang: Lang) -> String {
    let status = follow.status.as_ref().map(|set| {
        let (status, date) = (set.status.said(lang), set.date.said(lang));
        say!(lang, "status: {status} ({date})", "status: {status} ({date})")
    });
    let count =
        |n: usize, sv: &str, en: &str| (n > 0).then(|| format!("{} {}", lang.count(n), lang.pick(sv, en)));
    let lists = [
        count(follow.questions.len(), "frågor", "questions"),
        count(follow.steps.len(), "steg", "steps"),
        count(follow.people.len(), "personer", "people"),
        count(follow.notes.len(), "anteckningar", "notes"),
        count(follow.documents.len(), "dokument", "documents"),
        count(follow.agreements.len(), "avtal", "agreements"),
        count(follow.costs.len(), "kostnader", "costs"),
        count(follow.outcomes.len(), "nyttor", "outcomes"),
    ];
    let owner = (!follow.owner.is_empty()).then(|| follow.owner.clone());
    let parts: Vec<String> = status.into_iter().chain(owner).chain(lists.into_iter().flatten()).collect();
    let parts = parts.join(", ");
    say!(lang, "uppföljning: {parts}", "follow-up: {parts}")
}
