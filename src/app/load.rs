//! How do files become layers of a project? Reads several at once; each error names its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::geometry::{Crs, Reprojection};
use crate::io::{self, Input, IoError, LoadOptions, Loaded, Part, RoadFile, RoadOptions, load_file};
use crate::model::roads::Roads;
use crate::model::{AreaFields, FeatureTable, Layer, Project, RoadLayer, Role, SourcePlace, recognise};
use crate::progress::Progress;

/// A file to read, and what is said of it.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub path: PathBuf,
    pub options: LoadOptions,
}

/// Reads files, both cores at work; the answers are in the order asked.
pub fn read_all(wanted: &[Wanted], progress: &dyn Progress) -> Vec<Result<Loaded, IoError>> {
    let mut read: Vec<_> =
        wanted.par_iter().map(|file| load_file(&file.path, &file.options, progress)).collect();
    suggest_zones(&mut read, &[], |file| Some((&file.role, &file.table)));
    read
}

/// A file that the window opens.
#[derive(Debug, Clone)]
pub enum WantedFile {
    /// Whatever its content is.
    Any(PathBuf),
    Layer(Wanted),
    Roads(PathBuf, RoadOptions),
    /// In place of the roads of this id.
    RoadsAgain(u32, PathBuf, RoadOptions),
}

/// A file that the window has read: a layer, or roads and the service layers found beside them.
#[derive(Debug)]
pub enum ReadFile {
    Layer(Box<Loaded>),
    Roads(Box<RoadLayer>, Vec<Loaded>),
    RoadsAgain(Box<RoadLayer>),
    /// Nobody knows its coordinate system: it is asked for.
    NeedsCrs(Box<NeedsCrs>),
    /// A saved project, and other tables that lie in the same database.
    Project(PathBuf, Vec<String>),
    /// Tables of a database that are not read.
    Unread {
        file: String,
        tables: Vec<String>,
    },
}

type Answer = Result<ReadFile, IoError>;

/// A file whose coordinate system has to be chosen.
#[derive(Debug)]
pub struct NeedsCrs {
    pub file: Wanted,
    /// Why, in words.
    pub error: IoError,
}

impl NeedsCrs {
    /// The systems with which it falls into the areas known.
    #[must_use]
    pub fn fits(&self) -> &[Crs] {
        match &self.error {
            IoError::UnnamedCrs { fits, .. } => fits,
            _ => &[],
        }
    }
}

/// Reads layers and roads, to go beside those of `known`; the answers are in the order asked, several of a file that
/// holds several things.
pub fn read_files(
    wanted: &[WantedFile],
    known: &[Arc<Layer>],
    progress: &dyn Progress,
) -> Vec<Result<ReadFile, IoError>> {
    let wanted = opened_folders(wanted);
    let tried: Vec<Tried> = wanted.par_iter().flat_map_iter(|file| read_file(file, progress)).collect();
    let (mut read, asks): (Vec<Answer>, Vec<Option<Wanted>>) =
        tried.into_iter().map(|tried| (tried.answer, tried.asks)).unzip();
    suggest_zones(&mut read, known, |file| match file {
        ReadFile::Layer(file) => Some((&file.role, &file.table)),
        _ => None,
    });
    // A layer of which nobody knows the coordinate system is asked for.
    let asked = |(answer, file): (Answer, Option<Wanted>)| match (answer, file) {
        (Err(error @ (IoError::UnnamedCrs { .. } | IoError::UnsupportedCrs { .. })), Some(file)) => {
            Ok(ReadFile::NeedsCrs(Box::new(NeedsCrs { file, error })))
        }
        (answer, _) => answer,
    };
    read.into_iter().zip(asks).map(asked).collect()
}

/// The files wanted, those of a folder in its place; a folder without any stays, and says that it is one.
fn opened_folders(wanted: &[WantedFile]) -> Vec<WantedFile> {
    let files = |file: &WantedFile| match file {
        WantedFile::Any(path) => match io::files_in(path).filter(|files| !files.is_empty()) {
            Some(files) => files.into_iter().map(WantedFile::Any).collect(),
            None => vec![file.clone()],
        },
        _ => vec![file.clone()],
    };
    wanted.iter().flat_map(files).collect()
}

/// An answer, and what would be asked for again with a coordinate system.
struct Tried {
    answer: Answer,
    asks: Option<Wanted>,
}

impl From<Answer> for Tried {
    fn from(answer: Answer) -> Self {
        Self { answer, asks: None }
    }
}

fn read_file(file: &WantedFile, progress: &dyn Progress) -> Vec<Tried> {
    match file {
        WantedFile::Any(path) => read_any(path, progress),
        WantedFile::Layer(file) => vec![read_layer(file, progress)],
        WantedFile::Roads(path, options) => {
            let read = read_roads(path, options, progress);
            vec![read.map(|(roads, found)| ReadFile::Roads(Box::new(roads), found)).into()]
        }
        WantedFile::RoadsAgain(id, path, options) => {
            let read = read_roads(path, options, progress);
            vec![read.map(|(roads, _)| ReadFile::RoadsAgain(Box::new(RoadLayer { id: *id, ..roads }))).into()]
        }
    }
}

fn read_layer(file: &Wanted, progress: &dyn Progress) -> Tried {
    let read = load_file(&file.path, &file.options, progress);
    Tried { answer: read.map(|layer| ReadFile::Layer(Box::new(layer))), asks: Some(file.clone()) }
}

/// A file by its content: a project, or roads and layers, several of a file that holds several.
fn read_any(path: &Path, progress: &dyn Progress) -> Vec<Tried> {
    if let Some((path, part)) = io::table_named(path) {
        let options = LoadOptions { part: Some(part), ..LoadOptions::default() };
        return vec![read_layer(&Wanted { path, options }, progress)];
    }
    let input = match Input::open(path) {
        Ok(input) => input,
        Err(error) => return vec![Err(error).into()],
    };
    let parts = match io::parts(&input, progress) {
        Ok(parts) => parts,
        Err(error) => return vec![Err(error).into()],
    };
    let unread = parts.iter().filter_map(|part| match part {
        Part::Unread(name) => Some(name.clone()),
        _ => None,
    });
    let unread: Vec<String> = unread.collect();
    if parts.contains(&Part::Project) {
        return vec![Ok(ReadFile::Project(path.to_owned(), unread)).into()];
    }
    // Roads use all cores themselves, layers a core each.
    let mut answers = Vec::new();
    if parts.contains(&Part::Roads) {
        let read = road_layer(&input, &RoadOptions::default(), progress);
        answers.push(read.map(|(roads, found)| ReadFile::Roads(Box::new(roads), found)).into());
    }
    let layers = parts.par_iter().filter_map(|part| match part {
        Part::Layer(name) => Some(LoadOptions { part: name.clone(), ..LoadOptions::default() }),
        _ => None,
    });
    let layers = layers.map(|options| {
        let read = io::load(&input, &options, progress);
        let asks = Some(Wanted { path: path.to_owned(), options });
        Tried { answer: read.map(|layer| ReadFile::Layer(Box::new(layer))), asks }
    });
    answers.extend(layers.collect::<Vec<_>>());
    if !unread.is_empty() {
        let file = input.file().to_owned();
        answers.push(Ok(ReadFile::Unread { file, tables: unread }).into());
    }
    answers
}

/// The project with more layers on top.
#[must_use]
pub fn with_layers(project: &Project, loaded: Vec<Loaded>) -> Project {
    let mut project = project.clone();
    for file in loaded {
        let id = project.next_layer_id();
        let layer = Arc::new(file.into_layer(id));
        let at = insert_at(&project, &layer);
        project.layers.insert(at, layer);
    }
    project
}

/// Areas lie lowest, then water, cells, places, services, SOT places.
pub(super) fn insert_at(project: &Project, layer: &Layer) -> usize {
    let rank = rank(&layer.role);
    project.layers.iter().position(|other| self::rank(&other.role) > rank).unwrap_or(project.layers.len())
}

const fn rank(role: &Role) -> u8 {
    use crate::model::ContextUse;
    match role {
        Role::Areas(_) => 0,
        Role::Context(ContextUse::Water | ContextUse::Other) => 1,
        Role::Population { .. } => 2,
        Role::Context(ContextUse::Places) => 3,
        Role::Services(_) => 4,
        Role::SotPlaces => 5,
    }
}

/// A file of roads as a layer of roads, and the service layers found beside them.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn read_roads(
    path: &Path,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<(RoadLayer, Vec<Loaded>), IoError> {
    Ok(of_file(io::load_roads(path, options, progress)?, options))
}

fn road_layer(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<(RoadLayer, Vec<Loaded>), IoError> {
    Ok(of_file(io::roads_of(input, options, progress)?, options))
}

fn of_file(file: RoadFile, options: &RoadOptions) -> (RoadLayer, Vec<Loaded>) {
    let RoadFile { source, roads, services } = file;
    let layer = RoadLayer {
        id: 0,
        name: source.name(),
        source,
        columns: options.columns.clone(),
        roads: Arc::new(roads),
        is_visible: true,
    };
    (layer, services)
}

/// Roads of several files as one network.
#[must_use]
pub fn joined<'a>(files: impl ExactSizeIterator<Item = &'a Arc<Roads>>) -> Arc<Roads> {
    let is_one = files.len() == 1;
    let mut all = Roads::default();
    for roads in files {
        if is_one {
            return Arc::clone(roads);
        }
        all.append(roads.as_ref().clone());
    }
    Arc::new(all)
}

/// The project with more roads.
#[must_use]
pub fn with_roads(project: &Project, layers: Vec<RoadLayer>) -> Project {
    let mut project = project.clone();
    for layer in layers {
        let id = project.next_road_id();
        project.roads.push(Arc::new(RoadLayer { id, ..layer }));
    }
    project
}

/// The column of a file that a user means; case does not matter.
///
/// # Errors
/// [`IoError::MissingColumn`] with the columns that there are.
pub fn column(file: &Loaded, said: &str) -> Result<String, IoError> {
    let columns = || file.table.columns.iter().map(|column| column.name.as_str());
    recognise::column_called(said, columns()).map(str::to_owned).ok_or_else(|| IoError::MissingColumn {
        file: file.source.name(),
        wanted: said.to_owned(),
        columns: columns().map(str::to_owned).collect(),
    })
}

/// Tells of files without a named system with which zones they would fall into the areas read beside them or known.
pub(super) fn suggest_zones<T>(
    read: &mut [Result<T, IoError>],
    known: &[Arc<Layer>],
    table_of: fn(&T) -> Option<(&Role, &FeatureTable)>,
) {
    let fresh = read.iter().flatten().filter_map(table_of);
    let known = known.iter().map(|layer| (&layer.role, layer.table.as_ref()));
    let shapes: Vec<&geo::Geometry> = fresh
        .chain(known)
        .filter(|(role, _)| matches!(role, Role::Areas(_)))
        .flat_map(|(_, table)| table.features.iter().filter_map(|feature| feature.shape.as_deref()))
        .collect();
    let of = |result: &Result<T, IoError>| match result {
        Err(IoError::UnnamedCrs { sample, .. }) => zones_that_fit(sample, &shapes),
        _ => Vec::new(),
    };
    let zones: Vec<Vec<Crs>> = read.iter().map(of).collect();
    for (result, zones) in read.iter_mut().zip(zones) {
        if let Err(IoError::UnnamedCrs { fits, .. }) = result {
            *fits = zones;
        }
    }
}

/// The systems in which coordinates that name none would fall into areas: at least nine in ten of those looked at.
fn zones_that_fit(sample: &[(f64, f64)], shapes: &[&geo::Geometry]) -> Vec<Crs> {
    use geo::Contains;
    let holds = |crs: Crs| {
        let reprojection = Reprojection::new(crs);
        let inside = |(x, y): &(f64, f64)| {
            let here = reprojection.lon_lat(*x, *y).map(|place| geo::Point::new(place.lon, place.lat));
            here.is_some_and(|here| shapes.iter().any(|shape| shape.contains(&here)))
        };
        sample.iter().filter(|position| inside(position)).count() * 10 >= sample.len() * 9
    };
    if shapes.is_empty() {
        return Vec::new();
    }
    Crs::all().into_iter().filter(|crs| !crs.is_degrees() && holds(*crs)).collect()
}

/// The population role for a file: the column said, or the one recognised.
#[must_use]
pub fn population_role(loaded: &Loaded, field: Option<&str>) -> Option<Role> {
    let field = match field {
        Some(field) => field.to_owned(),
        None => recognise::population_field(&loaded.table.columns)?,
    };
    Some(Role::Population { field })
}

/// The area role for a file: columns said, else recognised.
#[must_use]
pub fn area_role(loaded: &Loaded, code: Option<&str>, name: Option<&str>) -> Role {
    let found = recognise::area_fields_of(&loaded.table);
    Role::Areas(AreaFields {
        code: code.map(str::to_owned).or(found.code),
        name: name.map(str::to_owned).or(found.name),
    })
}

/// What lies at a place that a layer names: a file, or one that the program brings along.
///
/// # Errors
/// [`IoError`] when it is of no use, or when cancelled.
pub fn read_place(
    place: &SourcePlace,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    match place {
        SourcePlace::File(path) => load_file(path, options, progress),
        SourcePlace::Demo(name) => {
            let bytes = super::demo::bytes(name).unwrap_or_default();
            crate::io::load_bytes(place.clone(), bytes, options, progress)
        }
        // Nobody asks to read it: it is no layer of a project.
        SourcePlace::BuiltIn(_) => crate::io::load_bytes(place.clone(), &[], options, progress),
    }
}

/// A layer read again with other options, under its id.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn read_again(layer: &Layer, options: &LoadOptions, progress: &dyn Progress) -> Result<Layer, IoError> {
    let fresh = read_place(&layer.source.place, options, progress)?.into_layer(layer.id);
    Ok(Layer { name: layer.name.clone(), is_visible: layer.is_visible, opacity: layer.opacity, ..fresh })
}
