//! How is a saved project opened? With the files it names; what is missing or changed is told, and nothing is lost.

use super::packed::Packed;
use crate::app::information::FileState;
use crate::app::notice::Notice;
use crate::app::siting::scenario;
use crate::io::project_file::FileVersion;
use crate::io::{IoError, LoadOptions, Loaded, RoadOptions, project_file};
use crate::lang::{Lang, Said};
use crate::model::{FeatureTable, FileEncoding, Held, Layer, Project, RoadLayer, SourceFile};
use crate::progress::Progress;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A project read from its file, its layers too.
pub struct Opened {
    pub project: Project,
    pub path: Option<PathBuf>,
    pub notices: Vec<Notice>,
    /// How it stood with each file, layers first, then roads.
    pub states: Vec<FileState>,
    /// What its file held.
    pub version: Option<FileVersion>,
}

impl Opened {
    /// A project that comes from no file.
    #[must_use]
    pub const fn of(project: Project) -> Self {
        Self { project, path: None, notices: Vec::new(), states: Vec::new(), version: None }
    }
}

/// Reads a project and the files it names, and what is told of them.
///
/// # Errors
/// [`IoError`] when the project cannot be read, or when cancelled.
pub fn open_project(path: &Path, progress: &dyn Progress) -> Result<Opened, IoError> {
    let saved = project_file::open(path)?;
    let packed = Packed::of(path)?;
    let mut notices = Vec::new();
    let parts = saved.kept_names();
    let plans = saved.plans();
    let plans = plans.unread.len() + usize::from(scenario::is_unreadable(&plans.question));
    if plans > 0 || !parts.is_empty() {
        notices.push(Notice::Kept { parts, plans });
    }
    let mut states = Vec::new();
    let mut layers = Vec::new();
    for source in saved.sources() {
        progress.check()?;
        let mut read = packed.read(source, &source.options, progress);
        let is_other = |loaded: &Loaded| source.is_other(loaded);
        if source.is_encoding_guessed && read.as_ref().is_ok_and(is_other) {
            // What was guessed of other bytes is guessed again.
            let options = LoadOptions { encoding: None, ..source.options.clone() };
            read = packed.read(source, &options, progress);
        }
        layers.push(Arc::new(match read {
            Ok(loaded) => {
                let state = if is_other(&loaded) {
                    notices.push(Notice::SourceChanged { layer: source.name.clone() });
                    FileState::Changed
                } else {
                    packed.state_of(&source.sha256, &source.place)
                };
                states.push(state);
                source.layer(loaded)
            }
            Err(error @ IoError::Cancelled(_)) => return Err(error),
            Err(error) => {
                notices.push(Notice::SourceMissing { layer: source.name.clone(), error });
                states.push(FileState::Missing);
                empty_layer(source)
            }
        }));
    }
    let roads = read_roads(&saved, &packed, &mut notices, &mut states, progress)?;
    let version = saved.version().cloned();
    let waited = saved.held_count();
    let project = saved.into_project(layers, roads);
    notices.extend(held_notice(&project, waited));
    Ok(Opened { project, path: Some(path.to_owned()), notices, states, version })
}

/// Reads the files of roads; what is missing or changed is told.
fn read_roads(
    saved: &project_file::SavedProject,
    packed: &Packed<'_>,
    notices: &mut Vec<Notice>,
    states: &mut Vec<FileState>,
    progress: &dyn Progress,
) -> Result<Vec<Arc<RoadLayer>>, IoError> {
    let mut roads = Vec::new();
    for file in saved.roads() {
        progress.check()?;
        let crate::model::SourcePlace::File(path) = &file.place else { continue };
        let options = RoadOptions { crs: Some(file.crs), columns: file.columns.clone() };
        let found = packed.path_of(&file.sha256, path, progress)?;
        let read = match crate::io::load_roads(found.as_deref().unwrap_or(path), &options, progress) {
            Ok(mut read) => {
                read.source.place = file.place.clone();
                states.push(if read.source.sha256 == file.sha256 {
                    packed.state_of(&file.sha256, &file.place)
                } else {
                    notices.push(Notice::SourceChanged { layer: file.name.clone() });
                    FileState::Changed
                });
                Some((read.source, read.roads))
            }
            Err(error @ IoError::Cancelled(_)) => return Err(error),
            Err(error) => {
                notices.push(Notice::SourceMissing { layer: file.name.clone(), error });
                states.push(FileState::Missing);
                None
            }
        };
        roads.push(Arc::new(file.layer(read)));
    }
    Ok(roads)
}

/// What came to wait for a decision, beyond the first `known`.
pub(super) fn held_notice(project: &Project, known: usize) -> Option<Notice> {
    let said = |held: &Held, lang| format!("{}: {}", held.name(lang), held.why.said(lang));
    let fresh = project.held.iter().skip(known);
    let places: Vec<_> = fresh.map(|held| (said(held, Lang::Sv), said(held, Lang::En))).collect();
    (!places.is_empty()).then_some(Notice::Held { places })
}

/// Stands for a file that cannot be read, so that saving the project does not lose it.
fn empty_layer(source: &project_file::SavedSource) -> Layer {
    Layer {
        id: source.id,
        name: source.name.clone(),
        source: SourceFile {
            place: source.place.clone(),
            sha256: source.sha256.clone(),
            bytes: source.bytes,
            crs: source.options.crs.unwrap_or_default(),
            crs_assumed: source.crs_assumed,
            encoding: source.options.encoding.map(|encoding| FileEncoding {
                is_guess: source.is_encoding_guessed,
                ..FileEncoding::said(encoding)
            }),
            date: source.date.clone(),
            part: source.options.part.clone(),
            reading: source.options.reading.clone(),
        },
        role: source
            .options
            .role
            .clone()
            .unwrap_or(crate::model::Role::Context(crate::model::ContextUse::Other)),
        table: Arc::new(FeatureTable::default()),
        is_visible: source.is_visible,
        opacity: source.opacity,
    }
}
