//! What does the window remember of its forms and questions? Which are open, and what is typed in them.

use std::path::PathBuf;

use super::evidence::EvidenceDraft;
use super::follow::StatusDraft;
use super::import::JoinWhat;
use super::paper::{MapForm, ReportForm};
use super::review::Deciding;
use super::sizing::SizingForm;
use crate::app::exports::Export;
use crate::geometry::LonLat;
use crate::model::{LayerId, ServiceKind, SiteId};
use crate::report::{MapFormat, ReportFormat};

/// The forms over the map.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a window or a tick of its own")]
pub struct DialogsState {
    pub path_field: Option<PathField>,
    /// The file of the path field that exists, asked about before it is replaced.
    pub asks_to_replace: Option<PathBuf>,
    /// Tables are written for Swedish Excel.
    pub swedish_csv: bool,
    pub fact: Option<Draft>,
    pub new_service: Option<NewService>,
    pub status: Option<StatusDraft>,
    /// The reserve power of a place.
    pub sizing: Option<SizingForm>,
    pub map_form: MapForm,
    pub report_form: ReportForm,
    /// A decision about findings.
    pub deciding: Option<Deciding>,
    /// What is searched for.
    pub search: Option<String>,
    pub shows_settings: bool,
    /// The start page lies over the map.
    pub shows_start: bool,
    pub shows_about: bool,
    /// What the project is made of.
    pub shows_information: bool,
    /// The list of what was done.
    pub shows_history: bool,
    /// The step of the tour that is shown.
    pub tour: Option<usize>,
    /// What would lose edits that are not saved: asked about first.
    pub leaving: Option<Leaving>,
    /// What is done when the project is saved.
    pub leaves_after_save: Option<Leaving>,
    /// When the messages that go by themselves were first seen; others stay until read.
    pub info_seen: Option<f64>,
}

impl Default for DialogsState {
    fn default() -> Self {
        Self {
            path_field: None,
            asks_to_replace: None,
            swedish_csv: true,
            fact: None,
            new_service: None,
            status: None,
            sizing: None,
            map_form: MapForm::default(),
            report_form: ReportForm::default(),
            deciding: None,
            search: None,
            shows_settings: false,
            shows_start: false,
            shows_about: false,
            shows_information: false,
            shows_history: false,
            tour: None,
            leaving: None,
            leaves_after_save: None,
            info_seen: None,
        }
    }
}

impl DialogsState {
    /// Does any form lie over the map, but the start page?
    #[must_use]
    pub fn is_any_open(&self) -> bool {
        let is_form = |field: &PathField| field.purpose != PathUse::Open;
        self.path_field.as_ref().is_some_and(is_form)
            || self.fact.is_some()
            || self.new_service.is_some()
            || self.status.is_some()
            || self.sizing.is_some()
            || self.map_form.is_open
            || self.report_form.is_open
            || self.deciding.is_some()
            || self.search.is_some()
            || self.tour.is_some()
            || self.shows_settings
            || self.shows_about
            || self.shows_information
            || self.leaving.is_some()
    }
}

/// What takes the place of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    Close,
    New,
    Example,
    /// A project that was read and waits.
    Open(PathBuf),
}

/// What a path field is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathUse {
    Open,
    OpenRoads,
    /// A file that is looked at before it is loaded.
    Import,
    /// A file that the table at this position takes columns or places from.
    Join(usize, JoinWhat),
    /// A table of Pipos' own distances.
    ComparePipos,
    /// Another copy of the project, to take work from.
    Merge,
    /// The machines of the place whose reserve power is sized.
    Loads,
    /// The picture of an organisation.
    Logo,
    SaveProject,
    /// A copy of the project with all its files in it.
    Pack,
    Export(Export),
    SaveMap(MapFormat),
    SaveReport(ReportFormat),
    /// The new place of a layer's file.
    Relink(LayerId),
    /// The same of a road file.
    RelinkRoads(u32),
}

impl PathUse {
    /// Is a file written there?
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(
            self,
            Self::SaveProject | Self::Pack | Self::Export(_) | Self::SaveMap(_) | Self::SaveReport(_)
        )
    }
}

/// A path being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct PathField {
    pub purpose: PathUse,
    pub text: String,
}

/// A fact being typed, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub site: SiteId,
    pub attribute: &'static str,
    pub value: String,
    pub evidence: EvidenceDraft,
    pub note: String,
}

/// A service being added by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct NewService {
    pub kind: ServiceKind,
    pub place: LonLat,
    pub name: String,
    pub evidence: EvidenceDraft,
    /// Set when an existing thing is moved instead of a new one added.
    pub moving: Option<SiteId>,
}
