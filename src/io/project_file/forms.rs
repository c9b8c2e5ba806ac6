//! In which forms is a project saved? A type for each document, and its way to the model and back.
//! Those of parameters, closures and ties are the model's own, pinned byte for byte; the others may differ from it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::edit_forms::{AddedForm, AmendmentForm};
use super::process_forms::{EntryForm, FollowForm};
use super::{SavedRoads, SavedSource, paths};
use crate::geometry::{Crs, LonLat};
use crate::io::LoadOptions;
use crate::model::{
    Bookmark, FileEncoding, Held, HeldWhy, Identity, Join, Layer, LayerId, LineColumns, Parameters, PlanBook,
    Reading, RoadClosure, RoadLayer, Role, Scenario, SiteId, SourcePlace, Tie, TrialId, TrialPoint,
};

/// A saved form and the name it is saved under.
pub(super) trait Form: Serialize + DeserializeOwned + PartialEq {
    const NAME: &'static str;
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct ProjectForm {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookmarks: Vec<BookmarkForm>,
}

/// A view of the map.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct BookmarkForm {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    pub zoom: f64,
}

impl From<&Bookmark> for BookmarkForm {
    fn from(of: &Bookmark) -> Self {
        Self { name: of.name.clone(), lon: of.centre.lon, lat: of.centre.lat, zoom: of.zoom }
    }
}

impl From<BookmarkForm> for Bookmark {
    fn from(of: BookmarkForm) -> Self {
        Self { name: of.name, centre: LonLat::new(of.lon, of.lat), zoom: of.zoom }
    }
}

impl Form for ProjectForm {
    const NAME: &'static str = "project";
}

impl Form for Parameters {
    const NAME: &'static str = "parameters";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Sources {
    /// Bottom first.
    pub layers: Vec<SourceForm>,
}

impl Form for Sources {
    const NAME: &'static str = "sources";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct SourceForm {
    pub id: LayerId,
    pub name: String,
    pub place: PlaceForm,
    pub sha256: String,
    pub bytes: u64,
    pub crs: Crs,
    pub crs_assumed: bool,
    pub date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Where the file does not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<FileEncoding>,
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub reading: Reading,
    /// SHA-256 of each file that was joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<String>,
    pub role: Role,
    pub is_visible: bool,
    pub opacity: f32,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PlaceForm {
    /// See [`paths`].
    File(String),
    Demo(String),
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Edits {
    /// In the order of their sites.
    pub amendments: Vec<AmendmentForm>,
    pub added: Vec<AddedForm>,
}

impl Form for Edits {
    const NAME: &'static str = "edits";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Trials {
    pub trials: Vec<TrialForm>,
}

impl Form for Trials {
    const NAME: &'static str = "trials";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct TrialForm {
    pub id: TrialId,
    pub name: String,
    pub place: LonLat,
}

impl From<&TrialPoint> for TrialForm {
    fn from(trial: &TrialPoint) -> Self {
        let TrialPoint { id, name, place } = trial.clone();
        Self { id, name, place }
    }
}

impl TrialForm {
    pub fn into_model(self) -> TrialPoint {
        let Self { id, name, place } = self;
        TrialPoint { id, name, place }
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Selection {
    pub sites: BTreeSet<SiteId>,
}

impl Form for Selection {
    const NAME: &'static str = "selection";
}

/// Files of roads; a project of an older version has none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct RoadForms {
    pub files: Vec<RoadForm>,
}

impl Form for RoadForms {
    const NAME: &'static str = "roads";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct RoadForm {
    pub id: u32,
    pub name: String,
    pub place: PlaceForm,
    pub sha256: String,
    pub bytes: u64,
    pub crs: Crs,
    pub date: Option<String>,
    #[serde(default)]
    pub columns: LineColumns,
    pub is_visible: bool,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ClosureForms {
    pub closures: Vec<RoadClosure>,
    #[serde(default)]
    pub services: BTreeSet<SiteId>,
}

impl Form for ClosureForms {
    const NAME: &'static str = "closures";
}

/// Plans; a project of an older version has none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct PlanForms {
    #[serde(default)]
    pub question: serde_json::Value,
    /// Each is read by itself: one of a newer version costs no other.
    pub scenarios: Vec<serde_json::Value>,
    /// What could not be read, as it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<serde_json::Value>,
}

impl PlanForms {
    pub fn of(book: &PlanBook) -> Result<Self, serde_json::Error> {
        let PlanBook { question, scenarios, unread } = book.clone();
        let scenarios = scenarios.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        Ok(Self { question, scenarios, unread })
    }

    pub fn into_model(self) -> PlanBook {
        let mut book = PlanBook { question: self.question, ..PlanBook::default() };
        for value in self.scenarios.into_iter().chain(self.unread) {
            match serde_json::from_value::<Scenario>(value.clone()) {
                Ok(scenario) => book.scenarios.push(scenario),
                Err(_) => book.unread.push(value),
            }
        }
        book
    }
}

impl Form for PlanForms {
    const NAME: &'static str = "plans";
}

/// What edits were made for, and those that wait for a decision; a project of an older version tells neither.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TieForms {
    pub ties: Vec<TieForm>,
    pub held: Vec<HeldForm>,
}

impl Form for TieForms {
    const NAME: &'static str = "ties";
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct TieForm {
    pub site: SiteId,
    #[serde(flatten)]
    pub tie: Tie,
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct HeldForm {
    pub id: u32,
    pub was: SiteId,
    pub layer_name: String,
    pub identity: Option<Identity>,
    pub why: HeldWhy,
    pub amendment: Option<AmendmentForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow: Option<FollowForm>,
    pub is_closed: bool,
    pub is_selected: bool,
}

impl From<&Held> for HeldForm {
    fn from(held: &Held) -> Self {
        let Held { id, was, layer_name, identity, why, amendment, follow, is_closed, is_selected } =
            held.clone();
        let amendment = amendment.as_ref().map(|amendment| AmendmentForm::from((&was, amendment)));
        let follow = follow.as_ref().map(|follow| FollowForm::from((&was, follow)));
        Self { id, was, layer_name, identity, why, amendment, follow, is_closed, is_selected }
    }
}

impl HeldForm {
    pub fn into_model(self) -> Held {
        let Self { id, was, layer_name, identity, why, amendment, follow, is_closed, is_selected } = self;
        let amendment = amendment.map(|form| form.into_model().1);
        let follow = follow.map(|form| form.into_model().1);
        Held { id, was, layer_name, identity, why, amendment, follow, is_closed, is_selected }
    }
}

/// What is written down of places; a project of an older version has nothing.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ProcessForms {
    /// In the order of their sites.
    pub places: Vec<FollowForm>,
}

impl Form for ProcessForms {
    const NAME: &'static str = "process";
}

/// The log of changes, the oldest first; a project of an older version has none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct LogForm {
    pub entries: Vec<EntryForm>,
}

impl Form for LogForm {
    const NAME: &'static str = "log";
}

fn opacity(value: f32) -> f32 {
    if value.is_finite() { value.clamp(0.0, 1.0) } else { 1.0 }
}

impl PlaceForm {
    fn of(project_file: &Path, place: &SourcePlace) -> Self {
        match place {
            SourcePlace::File(source) => Self::File(paths::saved_from_path(project_file, source)),
            SourcePlace::Demo(name) => Self::Demo(name.clone()),
            // No project holds it.
            SourcePlace::BuiltIn(name) => Self::Demo((*name).to_owned()),
        }
    }

    fn into_place(self, project_file: &Path) -> SourcePlace {
        match self {
            Self::File(saved) => SourcePlace::File(paths::path_from_saved(project_file, &saved)),
            Self::Demo(name) => SourcePlace::Demo(name),
        }
    }
}

impl RoadForm {
    pub fn of(project_file: &Path, layer: &RoadLayer) -> Self {
        Self {
            id: layer.id,
            name: layer.name.clone(),
            place: PlaceForm::of(project_file, &layer.source.place),
            sha256: layer.source.sha256.clone(),
            bytes: layer.source.bytes,
            crs: layer.source.crs,
            date: layer.source.date.clone(),
            columns: layer.columns.clone(),
            is_visible: layer.is_visible,
        }
    }

    pub fn into_saved(self, project_file: &Path) -> SavedRoads {
        SavedRoads {
            id: self.id,
            name: self.name,
            place: self.place.into_place(project_file),
            sha256: self.sha256,
            bytes: self.bytes,
            crs: self.crs,
            date: self.date,
            columns: self.columns,
            is_visible: self.is_visible,
        }
    }
}

impl SourceForm {
    pub fn of(project_file: &Path, layer: &Layer) -> Self {
        Self {
            id: layer.id,
            name: layer.name.clone(),
            place: PlaceForm::of(project_file, &layer.source.place),
            sha256: layer.source.sha256.clone(),
            bytes: layer.source.bytes,
            crs: layer.source.crs,
            crs_assumed: layer.source.crs_assumed,
            date: layer.source.date.clone(),
            part: layer.source.part.clone(),
            encoding: layer.source.encoding.filter(|found| found.is_guess || found.is_said),
            reading: with_paths(&layer.source.reading, |path| {
                paths::saved_from_path(project_file, path).into()
            }),
            joined: layer.table.report.joined.iter().map(|joined| joined.sha256.clone()).collect(),
            role: layer.role.clone(),
            is_visible: layer.is_visible,
            // What only the drawing needs never hinders a save.
            opacity: opacity(layer.opacity),
        }
    }

    pub fn into_saved(self, project_file: &Path) -> SavedSource {
        SavedSource {
            id: self.id,
            name: self.name,
            place: self.place.into_place(project_file),
            // What was used is used again, whether the file, the user or a guess said it.
            options: LoadOptions {
                crs: Some(self.crs),
                crs_if_unsaid: None,
                role: Some(self.role),
                part: self.part,
                encoding: self.encoding.map(|found| found.encoding),
                reading: with_paths(&self.reading, |path| {
                    paths::path_from_saved(project_file, &path.to_string_lossy())
                }),
            },
            sha256: self.sha256,
            joined: self.joined,
            bytes: self.bytes,
            crs_assumed: self.crs_assumed,
            is_encoding_guessed: self.encoding.is_some_and(|found| found.is_guess),
            date: self.date,
            is_visible: self.is_visible,
            opacity: opacity(self.opacity),
        }
    }
}

/// A reading whose joined files are named otherwise.
fn with_paths(reading: &Reading, named: impl Fn(&Path) -> PathBuf) -> Reading {
    let joins = reading.joins.iter().map(|join| Join { file: named(&join.file), ..join.clone() }).collect();
    Reading { joins, ..reading.clone() }
}
