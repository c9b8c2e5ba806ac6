//! What is a layer? The features of one file as they stand there, and the role they play.
//! Does not know how files are read (see `io`), nor what edits do to features (see `situation`).

use std::path::PathBuf;
use std::sync::Arc;

use super::{Feature, FeatureTable, FileEncoding, KindSet, Reading};
use crate::geometry::Crs;
use crate::lang::{Lang, Said};

/// Identifies a layer in its project; survives a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct LayerId(pub u32);

/// Where a layer's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourcePlace {
    File(PathBuf),
    /// Example data compiled into the program, by this name.
    Demo(String),
    /// The map compiled into the program, by this name.
    BuiltIn(&'static str),
}

/// The file behind a layer, and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFile {
    pub place: SourcePlace,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    pub bytes: u64,
    pub crs: Crs,
    /// The file named no system; this one was taken.
    pub crs_assumed: bool,
    /// How its letters are written, where it is text.
    pub encoding: Option<FileEncoding>,
    /// The data's date as far as the file or its name tells, `YYYY-MM-DD` or a year.
    pub date: Option<String>,
    /// Which of several layers of the file this is, by a stable name; `None` where the file is one layer.
    pub part: Option<String>,
    /// What the user says of its columns and rows.
    pub reading: Reading,
}

impl SourceFile {
    /// The file's name without folders.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.place {
            SourcePlace::File(path) => {
                path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into())
            }
            SourcePlace::Demo(name) => name.clone(),
            SourcePlace::BuiltIn(name) => (*name).to_owned(),
        }
    }
}

/// How the kind of a layer's services is known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindRule {
    /// All are of these kinds.
    All(KindSet),
    /// Each feature tells its own (column `service`, Pipos `Servicetyp`, OSM tags …).
    EachItsOwn,
}

/// Which columns name an area.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct AreaFields {
    pub code: Option<String>,
    pub name: Option<String>,
}

/// What a context layer is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextUse {
    /// Names of towns and villages.
    Places,
    Water,
    Other,
}

/// What a layer is used as.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Population { field: String },
    Services(KindRule),
    SotPlaces,
    Areas(AreaFields),
    Context(ContextUse),
}

impl Role {
    /// The stable name in reports.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Population { .. } => "population",
            Self::Services(_) => "services",
            Self::SotPlaces => "sot",
            Self::Areas(_) => "areas",
            Self::Context(_) => "context",
        }
    }
}

impl Said for Role {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Population { .. } => lang.pick("Befolkning", "Population").into(),
            Self::Services(KindRule::All(kinds)) => kinds.said(lang),
            Self::Services(KindRule::EachItsOwn) => {
                lang.pick("Service, typ per objekt", "Services, kind by feature").into()
            }
            Self::SotPlaces => lang.pick("SOT-platser", "SOT places").into(),
            Self::Areas(_) => lang.pick("Områden (kommuner)", "Areas (municipalities)").into(),
            Self::Context(ContextUse::Places) => lang.pick("Orter", "Place names").into(),
            Self::Context(ContextUse::Water) => lang.pick("Vatten", "Water").into(),
            Self::Context(ContextUse::Other) => lang.pick("Bakgrund", "Context").into(),
        }
    }
}

/// One layer of a project.
#[derive(Debug, Clone)]
pub struct Layer {
    pub id: LayerId,
    pub name: String,
    pub source: SourceFile,
    pub role: Role,
    pub table: Arc<FeatureTable>,
    pub is_visible: bool,
    /// 0…1.
    pub opacity: f32,
}

impl LayerId {
    /// The layer of areas that are built in: no project file names it.
    pub const BUILT_IN: Self = Self(u32::MAX);

    /// The stable name in exports.
    #[must_use]
    pub fn text(self) -> String {
        if self == Self::BUILT_IN { "built-in".to_owned() } else { format!("layer-{}", self.0) }
    }
}

impl Layer {
    /// What it is called in a language: as it is named, but for what is built in.
    #[must_use]
    pub fn called(&self, lang: Lang) -> &str {
        match self.id {
            LayerId::BUILT_IN => {
                lang.pick("Kommuner (inbyggda gränser)", "Municipalities (built-in boundaries)")
            }
            _ => &self.name,
        }
    }

    /// The key by which an edit names a feature: its id where unique, else `#` and its number.
    #[must_use]
    pub fn feature_key(feature: &Feature) -> String {
        feature.id.as_ref().map_or_else(|| format!("#{}", feature.number), ToString::to_string)
    }
}
