//! What is a report about, what is it made of, and why may there be none?

use super::document::Letter;
use crate::app::outage::OutageError;
use crate::lang::{Lang, Said};
use crate::model::outage::{OutageAssumptions, OutageScenario};
use crate::model::travel::TravelError;
use crate::model::{AreaIx, Project, ServiceKind, Side};
use crate::progress::Progress;
use crate::say;
use crate::scene::Scene;

/// What a report is about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// One place or plan, or several side by side.
    Sides(Vec<Side>),
    Outage(Box<(OutageScenario, OutageAssumptions)>),
    Area(AreaIx),
}

/// A report that is asked for.
#[derive(Debug, Clone)]
pub struct ReportAsked {
    pub subject: Subject,
    pub letter: Letter,
    pub lang: Lang,
    /// The kind of service of maps of municipalities.
    pub kind: ServiceKind,
    /// How it is made again: a line for a terminal.
    pub command: String,
}

/// What a report is made of: what is shown, and what the project says now.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    pub scene: &'a Scene,
    pub project: &'a Project,
    pub progress: &'a dyn Progress,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    #[error(transparent)]
    Travel(#[from] TravelError),
    #[error(transparent)]
    Outage(#[from] OutageError),
    #[error("what the report is about is not in the data any more")]
    Gone,
}

impl Said for NoReport {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Travel(error) => error.said(lang),
            Self::Outage(error) => error.said(lang),
            Self::Gone => say!(
                lang,
                "det som rapporten handlar om finns inte längre i data",
                "what the report is about is not in the data any more"
            ),
        }
    }
}
