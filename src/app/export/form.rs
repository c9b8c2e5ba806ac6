//! In which form do layers of results leave the program? GeoJSON, GeoPackage or Excel, in a system of coordinates, under the
//! stable names or Swedish heads; with the columns of their source and the assumptions they rest on.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use super::about::About;
use super::columns::RowColumns;
use super::geometry::{OUTLINE_BEND_M, degrees, geometry_member, ready};
use super::heads::Heads;
use super::layer::{Place, ResultLayer};
use super::members::{point_geometry, write_collection};
use super::source::SourceColumns;
use crate::app::tables::TableStyle;
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection};
use crate::io::{self, IoError, JsonWriter, Loaded, Target, TextTable, write_together};
use crate::model::{
    ContextUse, Feature, FeatureTable, LayerReport, Message, Reading, Role, SourceFile, SourcePlace,
    TableBuilder,
};

/// A format for layers of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    GeoJson,
    GeoPackage,
    Excel,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::GeoJson, Self::GeoPackage, Self::Excel];

    /// The ending of its files' names, without the point.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::Excel => "xlsx",
        }
    }

    /// What it is called, in both languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoPackage => "GeoPackage",
            Self::Excel => "Excel",
        }
    }

    /// The format that a path's ending tells; GeoJSON where it tells none.
    ///
    /// # Errors
    /// [`IoError::File`] for the ending of a format that results are not written in.
    pub fn of(path: &Path) -> Result<Self, IoError> {
        match Target::of(path) {
            Ok(Target::GeoPackage) => Ok(Self::GeoPackage),
            Ok(Target::Excel) => Ok(Self::Excel),
            Ok(Target::GeoJson) => Ok(Self::GeoJson),
            Err(_) if path.extension().is_none() => Ok(Self::GeoJson),
            Err(error) => Err(error),
            Ok(Target::GeoJsonLines | Target::Csv | Target::Tsv | Target::FlatGeobuf) => {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let message = Message::new(
                    "resultat med platser skrivs som .geojson, .gpkg eller .xlsx. Välj en av dem",
                    "results with places are written as .geojson, .gpkg or .xlsx. Choose one of them",
                );
                Err(IoError::File { file, message })
            }
        }
    }
}

/// The system of the coordinates and the names of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Form {
    pub crs: Crs,
    pub heads: Heads,
}

/// What of an answer is written, and how.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// Of the tables.
    pub style: TableStyle,
    /// Of the layers.
    pub form: Form,
    /// Of the layers; GeoJSON where none is said.
    pub formats: Vec<Format>,
}

impl Chosen {
    /// The formats of the layers, each once.
    #[must_use]
    pub fn formats(&self) -> Vec<Format> {
        if self.formats.is_empty() {
            return vec![Format::default()];
        }
        Format::ALL.into_iter().filter(|format| self.formats.contains(format)).collect()
    }

    /// The files of layers of these names, in the formats that are chosen.
    #[must_use]
    pub fn layer_files(&self, names: &[&str]) -> Vec<String> {
        let of_format = |format: Format| match format {
            Format::GeoJson => names.iter().map(|name| format!("{name}.geojson")).collect(),
            Format::GeoPackage | Format::Excel => vec![format!("{TOGETHER}.{}", format.ending())],
        };
        self.formats().into_iter().flat_map(of_format).collect()
    }
}

/// The name of a file that holds all layers.
const TOGETHER: &str = "results";

/// Writes the layers of an answer into a folder, in the formats that are chosen; what the files say otherwise, and why.
///
/// # Errors
/// As [`write_layer`].
pub(in crate::app) fn write_to_folder(
    folder: &Path,
    layers: &[&dyn ResultLayer],
    about: &About,
    chosen: &Chosen,
) -> Result<Vec<Message>, IoError> {
    let mut notes: Vec<Message> = Vec::new();
    for format in chosen.formats() {
        if format == Format::GeoJson {
            for layer in layers {
                write_layer(&folder.join(format!("{}.geojson", layer.name())), *layer, about, chosen.form)?;
            }
        } else {
            let path = folder.join(format!("{TOGETHER}.{}", format.ending()));
            let found = write_layers(&path, layers, about, chosen.form)?;
            notes.extend(found.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
        }
    }
    Ok(notes)
}

/// Writes a layer into a file of its own, in the format that its ending tells; what the file says otherwise, and why.
///
/// # Errors
/// [`IoError`] when a row has no coordinates in the system, for what the format cannot hold, or when it cannot be written.
pub(in crate::app) fn write_layer(
    path: &Path,
    layer: &dyn ResultLayer,
    about: &About,
    form: Form,
) -> Result<Vec<Message>, IoError> {
    match Format::of(path)? {
        Format::GeoJson if form == Form::default() => write_plain(path, layer, about)?,
        Format::GeoJson => {
            let table = table(layer, form, form.crs == Crs::Wgs84);
            io::write_collection(path, &table, form.crs, &about.members().collect::<Vec<_>>())?;
        }
        Format::GeoPackage | Format::Excel => return write_layers(path, &[layer], about, form),
    }
    Ok(Vec::new())
}

/// Writes layers into one GeoPackage or workbook, a table each, and what they rest on as a table beside them.
///
/// # Errors
/// As [`write_layer`].
fn write_layers(
    path: &Path,
    layers: &[&dyn ResultLayer],
    about: &About,
    form: Form,
) -> Result<Vec<Message>, IoError> {
    let tables: Vec<Loaded> = layers.iter().map(|layer| table(*layer, form, false)).collect();
    write_together(path, &tables, &[assumptions_table(about, form.heads)], form.crs)
}

/// GeoJSON as RFC 7946 has it, under the stable names, row by row.
fn write_plain(path: &Path, layer: &dyn ResultLayer, about: &About) -> Result<(), IoError> {
    /// Rows written together.
    const CHUNK: usize = 2048;
    let source = SourceColumns::new(layer, &layer.reserved());
    let reprojection = Reprojection::new(Crs::Wgs84);
    let rows: Vec<usize> = (0..layer.count()).collect();
    let feature = |json: &mut JsonWriter, at: usize| {
        let row = layer.row(at);
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        if let Some(id) = &row.id {
            json.member("id", id);
        }
        match row.place {
            Place::Of(feature) => match &feature.shape {
                Some(shape) => geometry_member(json, shape),
                None => point_geometry(json, feature.place),
            },
            Place::Point(place, _) => point_geometry(json, place),
            Place::Shape(shape) => geometry_member(json, &shape),
            Place::Outline(outline) => {
                geometry_member(json, &degrees(outline, &reprojection, OUTLINE_BEND_M).into());
            }
        }
        json.key("properties");
        json.begin_object();
        layer.members(at, json);
        source.members(row.origin, json);
        json.end_object();
        json.end_object();
    };
    let pieces: Vec<Vec<u8>> = rows
        .par_chunks(CHUNK)
        .map(|rows| {
            let mut json = JsonWriter::default();
            for at in rows {
                feature(&mut json, *at);
            }
            json.into_bytes()
        })
        .collect();
    write_collection(path, layer.name(), about, &pieces)
}

/// The layer as a table that the writers of files take: the same values, as the row's members say them.
fn table(layer: &dyn ResultLayer, form: Form, is_rounded: bool) -> Loaded {
    const CHUNK: usize = 2048;
    let heads = |names: Vec<String>| names.iter().map(|name| form.heads.of(name)).collect::<Vec<_>>();
    let (own, reserved) = (heads(layer.columns()), heads(layer.reserved()));
    let source = SourceColumns::new(layer, &reserved);
    let rows: Vec<usize> = (0..layer.count()).collect();
    let placing = Placing::new(form.crs, is_rounded);
    let parts: Vec<(Vec<Feature>, TableBuilder)> = rows
        .par_chunks(CHUNK)
        .map(|rows| {
            let mut columns = RowColumns::new(&own, &source, form.heads);
            let features = (0u32..).zip(rows).map(|(row, at)| {
                let out = layer.row(*at);
                columns.put(row, out.origin, |json| layer.members(*at, json));
                let (place, point, shape) = placing.of(out.place);
                let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
                Feature {
                    number,
                    id: out.id.map(|id| id.as_ref().into()),
                    place,
                    point,
                    shape: shape.map(Box::new),
                    row: number - 1,
                }
            });
            (features.collect(), columns.finish())
        })
        .collect();
    let (mut features, mut columns) = (Vec::new(), TableBuilder::default());
    for (part, builder) in parts {
        columns.merge(builder, u32::try_from(features.len()).unwrap_or(u32::MAX));
        features.extend(part);
    }
    let crs = source.crs().unwrap_or(if form.crs == Crs::Sweref99Tm { form.crs } else { Crs::Wgs84 });
    loaded(layer.name(), FeatureTable::new(features, columns.finish(), LayerReport::default(), false), crs)
}

/// A table that was made here and comes from no file.
fn loaded(name: &str, table: FeatureTable, crs: Crs) -> Loaded {
    let source = SourceFile {
        place: SourcePlace::File(PathBuf::from(name)),
        sha256: String::new(),
        bytes: 0,
        crs,
        crs_assumed: false,
        encoding: None,
        date: None,
        part: Some(name.to_owned()),
        reading: Reading::default(),
    };
    Loaded { source, name: None, role: Role::Context(ContextUse::Other), table }
}

/// How places become those of a table's features, in degrees.
struct Placing {
    reprojection: Reprojection,
    bend_m: f64,
    /// As GeoJSON in WGS 84 has them: to six decimals.
    is_rounded: bool,
}

impl Placing {
    fn new(crs: Crs, is_rounded: bool) -> Self {
        // Outlines are straight in the plane already.
        let bend_m = if crs == Crs::Sweref99Tm { f64::INFINITY } else { OUTLINE_BEND_M };
        Self { reprojection: Reprojection::new(Crs::Wgs84), bend_m, is_rounded }
    }

    fn of(&self, place: Place<'_>) -> (LonLat, PlanePoint, Option<geo::Geometry>) {
        let (place, point, shape) = match place {
            Place::Of(feature) => (feature.place, feature.point, feature.shape.as_deref().cloned()),
            Place::Point(place, point) => (place, point, None),
            Place::Shape(shape) => self.standing(shape),
            Place::Outline(outline) => {
                self.standing(degrees(outline, &self.reprojection, self.bend_m).into())
            }
        };
        if !self.is_rounded {
            return (place, point, shape);
        }
        let round = |value: f64| (value * 1e6).round() / 1e6 + 0.0;
        (LonLat::new(round(place.lon), round(place.lat)), point, shape.map(|shape| ready(&shape)))
    }

    /// A shape with a point on it.
    fn standing(&self, shape: geo::Geometry) -> (LonLat, PlanePoint, Option<geo::Geometry>) {
        use geo::InteriorPoint as _;
        let place = shape.interior_point().map_or_else(LonLat::default, |at| LonLat::new(at.x(), at.y()));
        (place, self.reprojection.plane(place).unwrap_or_default(), Some(shape))
    }
}

/// What layers rest on, a row each.
pub(in crate::app) fn assumptions_table(about: &About, heads: Heads) -> TextTable {
    let mut rows = Vec::new();
    let own = serde_json::from_slice(&about.sotplan).unwrap_or_default();
    flattened("", &own, &mut rows);
    for (name, value) in &about.more {
        flattened(name, &serde_json::from_slice(value).unwrap_or_default(), &mut rows);
    }
    let head = match heads {
        Heads::En => ["name", "value"],
        Heads::Sv => ["Uppgift", "Värde"],
    };
    TextTable { name: "assumptions".into(), head: head.map(String::from), rows }
}

/// Members in members by their names with a point between, entries of lists by their number.
fn flattened(path: &str, value: &Value, rows: &mut Vec<[String; 2]>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| flattened(&below(name), value, rows));
        }
        Value::Array(all) if all.iter().any(|one| one.is_object() || one.is_array()) => {
            (1..).zip(all).for_each(|(at, value)| flattened(&below(&at.to_string()), value, rows));
        }
        Value::Null => rows.push([path.to_owned(), String::new()]),
        Value::String(text) => rows.push([path.to_owned(), text.clone()]),
        other => rows.push([path.to_owned(), other.to_string()]),
    }
}
