//! What is told of one file: its format, its tables as an analysis would use them, what is not read, what went wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo::BoundingRect as _;

use crate::app::import::report_of;
use crate::app::information::{FileState, Information};
use crate::app::load::{ReadFile, WantedFile, read_files};
use crate::app::notice::Notice;
use crate::app::session::{Opened, open_project};
use crate::io::project_file::KnownTable;
use crate::io::{Input, IoError, Loaded, format_name, project_file, stem, table_named};
use crate::lang::{Lang, Said};
use crate::model::{
    Feature, FeatureTable, FileEncoding, Layer, LayerId, LayerReport, RemarkKind, RoadLayer, Situation,
    SourceFile, TextEncoding,
};
use crate::progress::Unwatched;

/// What is told of a file.
pub struct FileTold {
    /// As it was given.
    pub path: PathBuf,
    /// Without folders.
    pub name: String,
    pub format: Option<&'static str>,
    /// Of its texts; `None` where the format says it itself.
    pub encoding: Option<FileEncoding>,
    pub sha256: Option<String>,
    pub tables: Vec<TableTold>,
    pub unread: Vec<String>,
    pub errors: Vec<IoError>,
}

pub enum TableTold {
    Layer(Box<LayerTold>),
    Roads(Box<RoadLayer>),
    Project(Box<ProjectTold>),
}

/// A saved project: who saved it, what it is made of, how it stands with its files.
pub struct ProjectTold {
    pub name: String,
    pub origin: project_file::Origin,
    pub information: Information,
    pub states: Vec<FileState>,
    pub notices: Vec<Notice>,
    /// The tables of results that lie in it.
    pub results: Vec<KnownTable>,
}

/// A layer, and what is used of it in its role, as an analysis would: a row without people is read, but not used.
pub struct LayerTold {
    pub layer: Arc<Layer>,
    pub report: LayerReport,
    /// `point`, `line`, `polygon`, `mixed` or `none`.
    pub geometry: &'static str,
    /// West, south, east, north, degrees.
    pub bounds: Option<[f64; 4]>,
}

/// Looks into a file.
pub fn file(path: &Path) -> FileTold {
    let plain = table_named(path).map_or_else(|| path.to_owned(), |(file, _)| file);
    let mut told = FileTold {
        path: path.to_owned(),
        name: plain.file_name().unwrap_or(plain.as_os_str()).to_string_lossy().into_owned(),
        format: Input::open(&plain).and_then(|input| format_name(&input)).ok(),
        encoding: None,
        sha256: None,
        tables: Vec::new(),
        unread: Vec::new(),
        errors: Vec::new(),
    };
    for answer in read_files(&[WantedFile::Any(path.to_owned())], &[], &Unwatched) {
        match answer {
            Ok(read) => told.take(read),
            Err(error) => told.errors.push(error),
        }
    }
    told
}

impl FileTold {
    fn take(&mut self, read: ReadFile) {
        match read {
            ReadFile::NeedsCrs(asked) => self.errors.push(asked.error),
            ReadFile::Layer(loaded) => self.take_layer(*loaded),
            ReadFile::Roads(roads, services) => {
                self.take_roads(roads);
                for layer in services {
                    self.take_layer(layer);
                }
            }
            ReadFile::RoadsAgain(roads) => self.take_roads(roads),
            ReadFile::Project(path, unread) => {
                match project(&path) {
                    Ok(told) => self.tables.push(TableTold::Project(Box::new(told))),
                    Err(error) => self.errors.push(error),
                }
                self.unread.extend(unread);
            }
            ReadFile::Unread { tables, .. } => self.unread.extend(tables),
        }
    }

    fn take_source(&mut self, source: &SourceFile) {
        self.sha256 = Some(source.sha256.clone());
        self.encoding = encoding_of(source, self.format);
    }

    fn take_layer(&mut self, loaded: Loaded) {
        self.take_source(&loaded.source);
        let layer = Arc::new(loaded.into_layer(LayerId(1)));
        let report = report_of(&layer, &Unwatched);
        let (geometry, bounds) = (geometry_of(&layer.table), bounds_of(&layer.table));
        self.tables.push(TableTold::Layer(Box::new(LayerTold { layer, report, geometry, bounds })));
    }

    fn take_roads(&mut self, roads: Box<RoadLayer>) {
        self.take_source(&roads.source);
        self.tables.push(TableTold::Roads(roads));
    }

    /// Is it a saved project?
    pub fn is_project(&self) -> bool {
        self.tables.iter().any(|table| matches!(table, TableTold::Project(_)))
    }
}

fn project(path: &Path) -> Result<ProjectTold, IoError> {
    let origin = project_file::origin(path)?;
    let Opened { project, notices, states, .. } = open_project(path, &Unwatched)?;
    let bound = Situation::bind(&project, &Unwatched).ok();
    let report = |layer: &Arc<Layer>| bound.as_ref().and_then(|bound| bound.reports.get(&layer.id));
    let information = Information::of(&project, report);
    let results = project_file::result_tables_of(path)?;
    Ok(ProjectTold { name: project.name, origin, information, states, notices, results })
}

/// The encoding of a file of text, and whether it was told by its bytes alone.
fn encoding_of(source: &SourceFile, format: Option<&str>) -> Option<FileEncoding> {
    // The only one in which it is read.
    let of_xml = || FileEncoding::stated(TextEncoding::Utf8);
    source.encoding.or_else(|| (format == Some("OpenStreetMap XML")).then(of_xml))
}

impl LayerTold {
    /// The table's name: its own in the file, else the file's.
    pub fn name(&self, file: &FileTold) -> String {
        self.layer.source.part.clone().unwrap_or_else(|| stem(&file.name).to_owned())
    }

    /// What is remarked of a column's values, each kind of remark once, with how often.
    pub fn remarks_on(&self, column: &str, lang: Lang) -> Vec<String> {
        let mut found: Vec<(&'static str, String, usize)> = Vec::new();
        for remark in &self.report.remarks {
            let (RemarkKind::AmbiguousNumber { field, .. } | RemarkKind::UnknownAttributeValue { field, .. }) =
                &remark.kind
            else {
                continue;
            };
            if field != column {
                continue;
            }
            match found.iter_mut().find(|(code, ..)| *code == remark.kind.code()) {
                Some((.., count)) => *count += 1,
                None => found.push((remark.kind.code(), remark.kind.said(lang), 1)),
            }
        }
        found.into_iter().map(|(_, text, count)| format!("{text} ({count})")).collect()
    }
}

/// What the features of a table are.
fn geometry_of(table: &FeatureTable) -> &'static str {
    let kind = |feature: &Feature| match feature.shape.as_deref() {
        None | Some(geo::Geometry::Point(_) | geo::Geometry::MultiPoint(_)) => "point",
        Some(geo::Geometry::Line(_) | geo::Geometry::LineString(_) | geo::Geometry::MultiLineString(_)) => {
            "line"
        }
        Some(geo::Geometry::GeometryCollection(_)) => "mixed",
        Some(_) => "polygon",
    };
    let mut kinds = table.features.iter().map(kind);
    let Some(first) = kinds.next() else { return "none" };
    if kinds.all(|other| other == first) { first } else { "mixed" }
}

fn bounds_of(table: &FeatureTable) -> Option<[f64; 4]> {
    let mut out: Option<[f64; 4]> = None;
    let mut take = |x: f64, y: f64| {
        let [west, south, east, north] = out.unwrap_or([x, y, x, y]);
        out = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
    };
    for feature in &table.features {
        match feature.shape.as_ref().and_then(|shape| shape.bounding_rect()) {
            Some(rect) => {
                take(rect.min().x, rect.min().y);
                take(rect.max().x, rect.max().y);
            }
            None => take(feature.place.lon, feature.place.lat),
        }
    }
    out
}

/// The bounds of roads, degrees.
pub fn bounds_of_roads(layer: &RoadLayer) -> Option<[f64; 4]> {
    let mut points =
        layer.roads.points.iter().map(|at| (f64::from(at.lon_e7) / 1e7, f64::from(at.lat_e7) / 1e7));
    let (x, y) = points.next()?;
    Some(points.fold([x, y, x, y], |[west, south, east, north], (x, y)| {
        [west.min(x), south.min(y), east.max(x), north.max(y)]
    }))
}
