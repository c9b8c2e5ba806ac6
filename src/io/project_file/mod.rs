//! How is a project kept in a file? As JSON documents in a `GeoPackage`, saved whole or not at all.
//! Layers stay in their own files: the project names them, the caller reads them.
//! Does not know what the documents hold (see `documents`), nor SQL (see `container`).

mod comparison_forms;
mod container;
mod documents;
mod edit_forms;
mod forms;
mod layer_styles;
mod lock;
mod meta;
mod origin;
mod outage_forms;
mod packed;
mod paths;
mod process_forms;
mod result_tables;
#[cfg(test)]
mod tests;
mod trouble;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

pub use self::container::RescuedOf;
pub use self::container::{result_tables_of, saved_by};
pub use self::documents::KNOWN;
pub use self::layer_styles::{StyleUse, TableStyle};
pub use self::lock::{Locked, ProjectLock};
pub use self::origin::{Origin, origin};
use self::packed::ToPack;
pub use self::packed::{PackedFile, list as packed_files, unpack};
pub use self::result_tables::{Content, KnownTable, Make, PART_ROWS, ResultTable, ResultTables, TableDigest};
pub use self::version::FileVersion;
use super::{Input, IoError, LoadOptions, Loaded, OpenBy, guarded};
use crate::geometry::Crs;
use crate::model::outage::OutageBook;
use crate::model::process::{Follow, LogEntry};
use crate::model::roads::Roads;
use crate::model::{
    AddedService, Amendment, Bookmark, Compared, FileEncoding, Held, Kept, Layer, LayerId, LineColumns,
    MadeOn, Message, Parameters, PlanBook, Project, RankingModel, Remark, RemarkKind, RoadClosure, RoadLayer,
    SiteId, SourceFile, SourcePlace, Tie, TrialPoint,
};
use crate::progress::{Progress, Unwatched};

/// A project as its file holds it: everything but the features of its layers.
#[derive(Debug, Clone)]
pub struct SavedProject {
    name: String,
    bookmarks: Vec<Bookmark>,
    sources: Vec<SavedSource>,
    parameters: Parameters,
    amendments: BTreeMap<SiteId, Amendment>,
    added: Vec<AddedService>,
    trials: Vec<TrialPoint>,
    selected: BTreeSet<SiteId>,
    roads: Vec<SavedRoads>,
    closures: Vec<RoadClosure>,
    closed_services: BTreeSet<SiteId>,
    ranking: RankingModel,
    compared: Compared,
    plans: PlanBook,
    outages: OutageBook,
    follows: BTreeMap<SiteId, Follow>,
    log: Vec<Arc<LogEntry>>,
    ties: BTreeMap<SiteId, Tie>,
    held: Vec<Held>,
    kept: Kept,
    version: Option<FileVersion>,
}

/// A file of roads as a project file names it.
#[derive(Debug, Clone)]
pub struct SavedRoads {
    pub id: u32,
    pub name: String,
    /// Where it lies now, seen from the folder of the project file.
    pub place: SourcePlace,
    /// SHA-256 of the bytes when the project was saved, lower-case hex.
    pub sha256: String,
    pub bytes: u64,
    pub crs: Crs,
    pub date: Option<String>,
    pub columns: LineColumns,
    pub is_visible: bool,
}

impl SavedRoads {
    /// The road layer of this source. Roads that could not be read are none, so that saving does not lose the file.
    #[must_use]
    pub fn layer(&self, read: Option<(SourceFile, Roads)>) -> RoadLayer {
        let (source, roads) = read.unwrap_or_else(|| {
            let source = SourceFile {
                place: self.place.clone(),
                sha256: self.sha256.clone(),
                bytes: self.bytes,
                crs: self.crs,
                crs_assumed: false,
                encoding: None,
                date: self.date.clone(),
                part: None,
                reading: crate::model::Reading::default(),
            };
            (source, Roads::default())
        });
        RoadLayer {
            id: self.id,
            name: self.name.clone(),
            source,
            columns: self.columns.clone(),
            roads: Arc::new(roads),
            is_visible: self.is_visible,
        }
    }
}

/// A layer as a project file names it.
#[derive(Debug, Clone)]
pub struct SavedSource {
    pub id: LayerId,
    pub name: String,
    /// Where it lies now, seen from the folder of the project file.
    pub place: SourcePlace,
    /// How to read it again, so that the same bytes give the same features.
    pub options: LoadOptions,
    /// SHA-256 of the bytes when the project was saved, lower-case hex.
    pub sha256: String,
    /// The same of each file that was joined.
    pub joined: Vec<String>,
    pub bytes: u64,
    pub crs_assumed: bool,
    pub is_encoding_guessed: bool,
    pub date: Option<String>,
    pub is_visible: bool,
    /// 0…1.
    pub opacity: f32,
}

impl SavedSource {
    /// Is one of its files another than when the project was saved: its own, or one that is joined to it?
    #[must_use]
    pub fn is_other(&self, loaded: &Loaded) -> bool {
        let joined = loaded.table.report.joined.iter().map(|joined| joined.sha256.as_str());
        loaded.source.sha256 != self.sha256
            || !self.joined.is_empty() && !joined.eq(self.joined.iter().map(String::as_str))
    }

    /// The layer of this source, from its file read with [`Self::options`].
    #[must_use]
    pub fn layer(&self, loaded: Loaded) -> Layer {
        let mut loaded = loaded;
        // Reading with a given system assumes nothing; that it was once assumed must not be forgotten.
        if self.crs_assumed && !loaded.source.crs_assumed {
            loaded.source.crs_assumed = true;
            let kind = RemarkKind::AssumedSweref99Tm;
            loaded.table.report.remarks.insert(0, Remark { number: None, kind, place: None });
        }
        if let Some(found) =
            loaded.source.encoding.as_mut().filter(|found| found.is_said && self.is_encoding_guessed)
        {
            *found = FileEncoding::guessed(found.encoding);
            let kind = RemarkKind::EncodingGuessed { encoding: found.encoding };
            loaded.table.report.remarks.insert(0, Remark { number: None, kind, place: None });
        }
        let mut layer = loaded.into_layer(self.id);
        layer.name.clone_from(&self.name);
        layer.is_visible = self.is_visible;
        layer.opacity = self.opacity;
        layer
    }
}

impl SavedProject {
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names what the file held when it was read.
    #[must_use]
    pub const fn version(&self) -> Option<&FileVersion> {
        self.version.as_ref()
    }

    /// How many edits waited for a decision when it was saved.
    #[must_use]
    pub fn held_count(&self) -> usize {
        self.held.len()
    }

    /// What this version of the program does not understand and keeps, by name.
    #[must_use]
    pub fn kept_names(&self) -> Vec<String> {
        self.kept.names()
    }

    /// The plans as saved.
    #[must_use]
    pub fn plans(&self) -> &PlanBook {
        &self.plans
    }

    /// The layers to read, bottom first.
    #[must_use]
    pub fn sources(&self) -> &[SavedSource] {
        &self.sources
    }

    /// The files of roads to read.
    #[must_use]
    pub fn roads(&self) -> &[SavedRoads] {
        &self.roads
    }

    /// The project with the layers that the caller has read (see [`SavedSource::layer`]), bottom first.
    /// Edits of a layer that is not among them are kept. Where a file has changed since, each edit goes to the
    /// feature it was made for; what is not surely found is held back (see [`Held`]).
    #[must_use]
    pub fn into_project(self, layers: Vec<Arc<Layer>>, roads: Vec<Arc<RoadLayer>>) -> Project {
        let saved: BTreeMap<LayerId, String> =
            self.sources.iter().map(|source| (source.id, source.sha256.clone())).collect();
        let closures = closures_to_prove(self.closures, &self.roads, &roads);
        let project = Project {
            name: self.name,
            bookmarks: Arc::new(self.bookmarks),
            layers,
            roads,
            closures: Arc::new(closures),
            closed_services: Arc::new(self.closed_services),
            parameters: self.parameters,
            amendments: Arc::new(self.amendments),
            added: Arc::new(self.added),
            trials: Arc::new(self.trials),
            selected: Arc::new(self.selected),
            ranking: Arc::new(self.ranking),
            compared: Arc::new(self.compared),
            plans: Arc::new(self.plans),
            outages: Arc::new(self.outages),
            follows: Arc::new(self.follows),
            log: Arc::new(self.log),
            ties: Arc::new(self.ties.clone()),
            held: Arc::new(self.held),
            kept: Arc::new(self.kept),
        };
        let layers = project.layers.clone();
        layers.iter().fold(project, |project, layer| {
            let sha256 = saved.get(&layer.id).map_or("", String::as_str);
            project.tied_again(layer, &self.ties, sha256)
        })
    }
}

/// Closures of roads that have become others have to hit what they were made on; those of roads that are the same
/// need no proof.
fn closures_to_prove(
    closures: Vec<RoadClosure>,
    saved: &[SavedRoads],
    read: &[Arc<RoadLayer>],
) -> Vec<RoadClosure> {
    let is_same = |file: &SavedRoads| {
        // A file that cannot be read is an empty stand-in: nothing is known of it.
        let is_it = |layer: &Arc<RoadLayer>| layer.id == file.id && !layer.roads.is_empty();
        read.iter().any(|layer| is_it(layer) && layer.source.sha256 == file.sha256)
    };
    // Without roads there is nothing to prove it on yet.
    if saved.is_empty() {
        return closures;
    }
    let all_same = saved.iter().all(is_same);
    let proven = |closure: RoadClosure| match closure.made_on {
        _ if all_same => RoadClosure { made_on: MadeOn::Unsaid, ..closure },
        MadeOn::Unsaid => RoadClosure { made_on: MadeOn::Unknown, ..closure },
        MadeOn::Roads(_) | MadeOn::Unknown => closure,
    };
    closures.into_iter().map(proven).collect()
}

/// Saves a project, whole or not at all.
///
/// Documents that this version does not know are kept where the file already has them.
///
/// # Errors
/// [`IoError::ProjectNotSaved`] when something else than a Sotplan project stands under the name, which is
/// then left as it was; [`IoError::NewerProject`] when a newer version saved it; [`IoError::Write`].
pub fn save(path: &Path, project: &Project) -> Result<(), IoError> {
    write(path, project, &Beside::default(), BTreeSet::new(), &Unwatched).map(drop)
}

/// What a project file holds beside the project.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The file that it came from: what lies packed in that comes along.
    pub packed_in: Option<&'a Path>,
    /// The results of just this project, as tables; where there are none, those that the file has are kept and marked as
    /// out of date.
    pub results: Option<&'a ResultTables<'a>>,
    /// What the file held when it was opened or saved last: of another nothing is written over. `None` writes over any.
    pub expected: Option<&'a FileVersion>,
    /// Who saves, and when.
    pub by: Option<&'a OpenBy>,
    /// The project file that this is rescued work on.
    pub rescued_of: Option<RescuedOf<'a>>,
}

impl<'a> Beside<'a> {
    /// Only what lies packed in another file.
    #[must_use]
    pub const fn packed_in(path: Option<&'a Path>) -> Self {
        Self { packed_in: path, results: None, expected: None, by: None, rescued_of: None }
    }
}

/// Saves a project under any name, with what belongs into its file beside it; gives what the file holds now.
///
/// # Errors
/// Those of [`save`]; [`IoError::ProjectChanged`] when the file is not what is expected; when the other file cannot be read, or when cancelled.
pub fn save_as(
    path: &Path,
    project: &Project,
    beside: &Beside<'_>,
    progress: &dyn Progress,
) -> Result<FileVersion, IoError> {
    write(path, project, beside, BTreeSet::new(), progress)
}

/// Saves a project with all its source files, so that it can be opened where none of them is; gives what lies in it.
///
/// # Errors
/// Those of [`save_as`]; [`IoError::File`] when a file has changed since it was read, or cannot be found anywhere.
pub fn pack(
    path: &Path,
    project: &Project,
    beside: &Beside<'_>,
    progress: &dyn Progress,
) -> Result<Vec<PackedFile>, IoError> {
    let known = beside.packed_in.map(packed::list).transpose()?.unwrap_or_default();
    let mut to_pack = BTreeSet::new();
    for ToPack { digest, path } in sources(project) {
        if known.iter().any(|file| file.digest == digest) {
            continue;
        }
        let found = Input::open(&path)?;
        if found.sha256(progress)? != digest {
            let message = Message::new(
                "har ändrats sedan den lästes in. Läs om lagret och packa igen",
                "has changed since it was read. Read the layer again and pack anew",
            );
            return Err(IoError::File { file: path.display().to_string(), message });
        }
        to_pack.insert(ToPack { digest, path });
    }
    write(path, project, beside, to_pack, progress)?;
    packed_files(path)
}

fn write(
    path: &Path,
    project: &Project,
    beside: &Beside<'_>,
    to_pack: BTreeSet<ToPack>,
    progress: &dyn Progress,
) -> Result<FileVersion, IoError> {
    let documents = documents::from_project(path, project)?;
    let sources: Vec<ToPack> = sources(project).collect();
    let contents = container::Contents {
        documents: &documents,
        named: is_whole(project).then(|| sources.iter().map(|source| source.digest.as_str()).collect()),
        // A file that is gone keeps nobody from saving elsewhere.
        packed_in: beside.packed_in.filter(|other| *other != path && other.exists()),
        to_pack,
        results: beside.results,
        expected: beside.expected,
        by: beside.by,
        rescued_of: beside.rescued_of,
        progress,
    };
    container::write(path, &contents)
}

/// Are the digests of all its files known? Not those of tables whose layer could not be read, or that were not needed.
fn is_whole(project: &Project) -> bool {
    let is_told = |layer: &Arc<Layer>| layer.table.report.joined.len() == layer.source.reading.joins.len();
    project.layers.iter().all(is_told)
}

/// Every file that a project names, by its digest.
fn sources(project: &Project) -> impl Iterator<Item = ToPack> {
    let own = project.layers.iter().filter(|layer| layer.id != LayerId::BUILT_IN).map(|layer| &layer.source);
    let roads = project.roads.iter().map(|layer| &layer.source);
    let joined = project.layers.iter().flat_map(|layer| {
        let joins = &layer.source.reading.joins;
        let told = layer.table.report.joined.iter();
        told.filter_map(|joined| {
            Some(ToPack { digest: joined.sha256.clone(), path: joins.get(joined.nth)?.file.clone() })
        })
    });
    let file = |source: &SourceFile| match &source.place {
        SourcePlace::File(path) => Some(ToPack { digest: source.sha256.clone(), path: path.clone() }),
        SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
    };
    own.chain(roads).filter_map(file).chain(joined)
}

/// Reads a project without changing its file.
///
/// # Errors
/// [`IoError::Open`], [`IoError::Empty`], [`IoError::NewerProject`], or [`IoError::Project`] when the
/// file is something else or is damaged.
pub fn open(path: &Path) -> Result<SavedProject, IoError> {
    guarded(&path.display().to_string(), || {
        let documents = container::read(path)?;
        let saved = documents::to_project(path, &documents)?;
        Ok(SavedProject { version: Some(FileVersion::of(&documents)), ..saved })
    })
}
