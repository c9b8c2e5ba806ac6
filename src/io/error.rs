//! What can go wrong with a file as a whole? What is wrong with one feature is a [`crate::model::Refusal`].

use std::path::{Path, PathBuf};

use super::open_by::OpenBy;
use super::sides::SIDES;
use crate::geometry::Crs;
use crate::lang::{Lang, Said};
use crate::model::roads::RoadReport;
use crate::model::travel::TravelError;
use crate::model::{LayerReport, Message};
use crate::progress::Cancelled;
use crate::{say, say_many};

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum IoError {
    #[error("{}", self.said(Lang::En))]
    Open { path: PathBuf, source: std::io::Error },
    #[error("{}", self.said(Lang::En))]
    Write { path: PathBuf, source: std::io::Error },
    /// A library ended on what the file holds.
    #[error("{}", self.said(Lang::En))]
    Panicked { file: String, said: String },
    /// What would be written over is an input.
    #[error("{}", self.said(Lang::En))]
    IsInput { path: PathBuf },
    #[error("{}", self.said(Lang::En))]
    Empty { file: String },
    #[error("{}", self.said(Lang::En))]
    NotUtf8 { file: String, byte: usize },
    #[error("{}", self.said(Lang::En))]
    Syntax { file: String, line: usize, column: usize, message: Message },
    #[error("{}", self.said(Lang::En))]
    NotGeoJson { file: String, found: Message },
    #[error("{}", self.said(Lang::En))]
    UnsupportedFormat { file: String, extension: String },
    #[error("{}", self.said(Lang::En))]
    UnsupportedCrs { file: String, found: String },
    /// Numbers that are no degrees and fit no system that may be guessed. `fits`: those in which they fall into the
    /// areas that are loaded.
    #[error("{}", self.said(Lang::En))]
    UnnamedCrs { file: String, sample: Vec<(f64, f64)>, fits: Vec<Crs> },
    /// Nothing of the file can be used; the report says why.
    #[error("{}", self.said(Lang::En))]
    NoUsableFeature { file: String, report: Box<LayerReport> },
    /// A file that cannot be read; the message says what to do.
    #[error("{}", self.said(Lang::En))]
    File { file: String, message: Message },
    /// Nothing of the file is a road; the report says why.
    #[error("{}", self.said(Lang::En))]
    NoRoads { file: String, report: Box<RoadReport> },
    #[error("{}", self.said(Lang::En))]
    RoadsElsewhere { file: String },
    #[error("{}", self.said(Lang::En))]
    Profile { path: PathBuf, message: Message },
    /// A table of numbers that is not right; the message names the line and says what to do.
    #[error("{}", self.said(Lang::En))]
    Table { file: String, message: Message },
    #[error("{}", self.said(Lang::En))]
    MissingColumn { file: String, wanted: String, columns: Vec<String> },
    #[error("{}", self.said(Lang::En))]
    SeveralColumns { file: String, columns: Vec<String> },
    #[error("{}", self.said(Lang::En))]
    Project { path: PathBuf, message: Message },
    /// A project that was not saved; the message says why and what to do.
    #[error("{}", self.said(Lang::En))]
    ProjectNotSaved { path: PathBuf, message: Message },
    /// Somebody else has saved the project since it was opened here; nothing was written.
    #[error("{}", self.said(Lang::En))]
    ProjectChanged { path: PathBuf, by: OpenBy },
    /// Another program has the project open; nothing was written.
    #[error("{}", self.said(Lang::En))]
    ProjectOpen { path: PathBuf, by: OpenBy },
    #[error("{}", self.said(Lang::En))]
    NewerProject { path: PathBuf, version: i64, known: i64 },
    #[error("{0}")]
    Cancelled(#[from] Cancelled),
}

impl IoError {
    /// A file that is not written, because the ways it tells of could not be had.
    #[must_use]
    pub fn without_ways(path: &Path, error: TravelError) -> Self {
        match error {
            TravelError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            TravelError::NoAnswer(message) => Self::File { file: path.display().to_string(), message },
        }
    }
}

/// What the system says of a file, in the language of the user; its own words where it says something rare.
fn said_by_system(error: &std::io::Error, lang: Lang) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => lang.pick("mappen finns inte", "there is no such folder"),
        ErrorKind::PermissionDenied => lang.pick("behörighet saknas", "permission denied"),
        ErrorKind::AlreadyExists => lang.pick("den finns redan", "it exists already"),
        ErrorKind::IsADirectory => lang.pick("det är en mapp", "it is a folder"),
        ErrorKind::NotADirectory => {
            lang.pick("en del av sökvägen är ingen mapp", "a part of the path is no folder")
        }
        ErrorKind::StorageFull => lang.pick("disken är full", "the disk is full"),
        ErrorKind::QuotaExceeded => lang.pick("lagringsutrymmet är slut", "the quota is used up"),
        ErrorKind::ReadOnlyFilesystem => lang.pick("disken går bara att läsa", "the disk is read-only"),
        ErrorKind::FileTooLarge => lang.pick("filen är för stor", "the file is too large"),
        ErrorKind::InvalidFilename => {
            lang.pick("filnamnet går inte att använda", "the file name cannot be used")
        }
        ErrorKind::ResourceBusy => lang.pick("ett annat program använder den", "another program uses it"),
        ErrorKind::TimedOut => lang.pick("det tog för lång tid", "it took too long"),
        ErrorKind::UnexpectedEof => lang.pick("filen tar slut för tidigt", "the file ends too early"),
        _ if is_of_the_disk(error) => lang.pick(
            "disken svarade med ett fel, den kan vara full eller frånkopplad",
            "the disk answered with an error, it may be full or disconnected",
        ),
        _ => return error.to_string(),
    }
    .to_owned()
}

/// Did a database fail because the system would not read or write?
fn is_of_the_disk(error: &std::io::Error) -> bool {
    let sql = error.get_ref().and_then(|inner| inner.downcast_ref::<rusqlite::Error>());
    sql.and_then(rusqlite::Error::sqlite_error_code) == Some(rusqlite::ErrorCode::SystemIoFailure)
}

/// Do the numbers lie where RT 90 puts Sweden, in either order? Its eastings are 1 500 km at the middle of a zone.
fn looks_like_rt90((x, y): (f64, f64)) -> bool {
    let is_it = |e: f64, n: f64| (1.2e6..1.9e6).contains(&e) && (6.1e6..7.7e6).contains(&n);
    is_it(x, y) || is_it(y, x)
}

impl Said for IoError {
    #[expect(clippy::too_many_lines, reason = "one line an error, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Open { path, source } => {
                let path = path.display();
                match source.kind() {
                    std::io::ErrorKind::NotFound => say!(
                        lang,
                        "{path}: filen finns inte. Kontrollera sökvägen",
                        "{path}: there is no such file. Check the path"
                    ),
                    std::io::ErrorKind::IsADirectory => {
                        say!(
                            lang,
                            "{path}: är en mapp, inte en fil. Välj en fil i mappen",
                            "{path}: is a folder, not a file. Choose a file in the folder"
                        )
                    }
                    _ => {
                        let why = said_by_system(source, lang);
                        say!(
                            lang,
                            "{path}: kan inte öppnas ({why}). Kontrollera att filen får läsas",
                            "{path}: cannot be opened ({why}). Check that the file may be read"
                        )
                    }
                }
            }
            Self::Write { path, source } => {
                let (path, why) = (path.display(), said_by_system(source, lang));
                say!(
                    lang,
                    "{path}: kan inte skrivas ({why}). Välj en annan plats",
                    "{path}: cannot be written ({why}). Choose another place"
                )
            }
            Self::Panicked { file, said } => say!(
                lang,
                "{file}: filen innehåller något som programmet inte klarar ({said}). Inget av den används. Exportera den på nytt, och skicka den gärna till utvecklarna",
                "{file}: the file holds something that the program cannot handle ({said}). Nothing of it is used. Export it again, and please send it to the developers"
            ),
            Self::IsInput { path } => {
                let path = path.display();
                say!(
                    lang,
                    "{path}: är en indatafil och skrivs inte över. Inget har skrivits. Välj en annan plats",
                    "{path}: is an input file and will not be overwritten. Nothing was written. Choose another place"
                )
            }
            Self::Empty { file } => say!(
                lang,
                "{file}: filen är tom. Exportera lagret på nytt eller välj en annan fil",
                "{file}: the file is empty. Export the layer again or choose another file"
            ),
            Self::NotUtf8 { file, byte } => say!(
                lang,
                "{file}: är inte UTF-8 (byte {byte}). Spara filen som GeoJSON i UTF-8",
                "{file}: is not UTF-8 (byte {byte}). Save the file as GeoJSON in UTF-8"
            ),
            Self::Syntax { file, line, column, message } => say!(
                lang,
                "{file}, rad {line}, tecken {column}: inte giltig JSON: {}. Rätta filen eller exportera den på nytt",
                "{file}, line {line}, column {column}: not valid JSON: {}. Correct the file or export it again",
                message.said(lang)
            ),
            Self::NotGeoJson { file, found } => say!(
                lang,
                "{file}: inte användbar GeoJSON: {}. Exportera lagret som GeoJSON, t.ex. från QGIS",
                "{file}: not usable GeoJSON: {}. Export the layer as GeoJSON, for example from QGIS",
                found.said(lang)
            ),
            Self::UnsupportedFormat { file, extension } if extension == "gpkg" => say!(
                lang,
                "{file}: innehållet är ingen GeoPackage. Exportera lagret på nytt, t.ex. från QGIS",
                "{file}: the content is not a GeoPackage. Export the layer again, for example from QGIS"
            ),
            Self::UnsupportedFormat { file, extension } if SIDES.contains(&extension.as_str()) => say!(
                lang,
                "{file}: är en del av en shapefil, men filen med formerna (.shp) ligger inte bredvid. Lägg alla filer med samma namn i samma mapp och öppna .shp-filen",
                "{file}: is a part of a shapefile, but the file of its shapes (.shp) does not lie beside it. Put all files of the same name into one folder and open the .shp"
            ),
            Self::UnsupportedFormat { file, extension } if extension.contains("xls") => say!(
                lang,
                "{file}: formatet ”{extension}” läses inte. Spara tabellen som CSV, eller exportera lagret som GeoJSON",
                "{file}: the format “{extension}” is not read. Save the table as CSV, or export the layer as GeoJSON"
            ),
            Self::UnsupportedFormat { file, extension } if extension.contains("parquet") => say!(
                lang,
                "{file}: den här versionen av programmet är byggd utan läsning av Parquet. Exportera lagret som GeoPackage, t.ex. från QGIS, eller bygg programmet med --features parquet",
                "{file}: this program was built without reading of Parquet. Export the layer as GeoPackage, for example from QGIS, or build the program with --features parquet"
            ),
            Self::UnsupportedFormat { file, extension } => say!(
                lang,
                "{file}: formatet ”{extension}” läses inte. Läses gör bland andra GeoJSON, GeoPackage, Shapefile, FlatGeobuf, CSV, Excel (.xlsx), GPX, KML och OpenStreetMap. Exportera lagret som GeoPackage, t.ex. från QGIS",
                "{file}: the format “{extension}” is not read. Among those that are: GeoJSON, GeoPackage, Shapefile, FlatGeobuf, CSV, Excel (.xlsx), GPX, KML and OpenStreetMap. Export the layer as GeoPackage, for example from QGIS"
            ),
            Self::UnsupportedCrs { file, found } => say!(
                lang,
                "{file}: koordinatsystemet {found} känns inte igen eller stöds inte. Exportera i SWEREF 99 TM (EPSG:3006) eller WGS 84 (EPSG:4326). Vet du att det är ett system som läses (docs/formats.md), skrivet på annat sätt, välj det under Data, eller ange --crs på kommandoraden",
                "{file}: the coordinate reference system {found} is not understood or not supported. Export in SWEREF 99 TM (EPSG:3006) or WGS 84 (EPSG:4326). If you know it to be a system that is read (docs/formats.md), written differently, choose it under Data, or give --crs on the command line"
            ),
            Self::UnnamedCrs { file, sample, fits } => {
                let (x, y) = sample.first().copied().unwrap_or_default();
                let (x, y) = (lang.number(x, 0), lang.number(y, 0));
                let fits: Vec<String> = fits.iter().map(|crs| crs.name()).collect();
                let fits = fits.join(", ");
                let hint = if fits.is_empty() && sample.first().is_some_and(|at| looks_like_rt90(*at)) {
                    lang.pick(
                        "De ser ut som RT 90: 2,5 gon V (EPSG:3021) gällde i hela landet, lokala kartor kan ha en annan zon (3019–3024)",
                        "They look like RT 90: 2.5 gon V (EPSG:3021) was used in all of the country, local maps may have another zone (3019–3024)",
                    )
                    .to_owned()
                } else if fits.is_empty() {
                    lang.pick(
                        "Kommuner använder ofta en lokal zon, SWEREF 99 12 00 till 23 15 (EPSG:3007–3018)",
                        "Municipalities often use a local zone, SWEREF 99 12 00 to 23 15 (EPSG:3007–3018)",
                    )
                    .to_owned()
                } else {
                    say!(
                        lang,
                        "De hamnar i de inlästa områdena om systemet är {fits}",
                        "They fall inside the loaded areas if the system is {fits}"
                    )
                };
                say!(
                    lang,
                    "{file}: filen anger inget koordinatsystem, och talen (först {x}; {y}) är varken grader eller SWEREF 99 TM i Sverige. {hint}. Välj systemet under Data, eller ange --crs på kommandoraden",
                    "{file}: the file names no coordinate reference system, and its numbers (first {x}, {y}) are neither degrees nor SWEREF 99 TM in Sweden. {hint}. Choose the system under Data, or give --crs on the command line"
                )
            }
            Self::NoUsableFeature { file, report } if report.features_in == 0 => say!(
                lang,
                "{file}: filen har inga objekt. Exportera lagret på nytt eller välj en annan fil",
                "{file}: the file has no features. Export the layer again or choose another file"
            ),
            Self::NoUsableFeature { file, report } => {
                let n = report.features_in;
                let first = report.refused.first().map_or_else(String::new, |refused| {
                    let (number, field) = (refused.number, refused.reason.field());
                    let why = refused.reason.said(lang);
                    say!(lang, " Objekt {number}, {field}: {why}", " Feature {number}, {field}: {why}")
                });
                say_many!(
                    lang,
                    n,
                    "{file}: filens enda objekt går inte att använda.{first}"
                        | "{file}: inget av {n} objekt går att använda.{first}",
                    "{file}: the only feature of the file cannot be used.{first}"
                        | "{file}: none of {n} features can be used.{first}"
                )
            }
            Self::File { file, message } | Self::Table { file, message } => {
                format!("{file}: {}", message.said(lang))
            }
            Self::NoRoads { file, report } => {
                let n = report.ways_in;
                let first = report.examples.first().map_or_else(String::new, |first| {
                    format!(" ({})", RoadReport::said_example(first, lang))
                });
                say_many!(
                    lang,
                    n,
                    "{file}: filens enda objekt är ingen väg{first}. Välj en fil med vägar"
                        | "{file}: ingen av {n} linjer är en väg{first}. Välj en fil med vägar",
                    "{file}: the only feature of the file is no road{first}. Choose a file with roads"
                        | "{file}: none of {n} lines is a road{first}. Choose a file with roads"
                )
            }
            Self::RoadsElsewhere { file } => say!(
                lang,
                "{file}: ingen befolkad ruta har en väg i närheten. Välj en vägfil som täcker rutorna, eller höj --max-access",
                "{file}: no populated cell has a road nearby. Choose a road file that covers the cells, or raise --max-access"
            ),
            Self::Profile { path, message } => {
                let (path, message) = (path.display(), message.said(lang));
                say!(
                    lang,
                    "{path}: går inte att läsa som hastigheter ({message}). Utgå från \"profile\" i en export",
                    "{path}: cannot be read as speeds ({message}). Start from \"profile\" of an export"
                )
            }
            Self::MissingColumn { file, wanted, columns } => {
                let columns = columns.join(", ");
                say!(
                    lang,
                    "{file}: kolumnen ”{wanted}” finns inte. Välj en av filens kolumner: {columns}",
                    "{file}: there is no column “{wanted}”. Choose one of the file's columns: {columns}"
                )
            }
            Self::SeveralColumns { file, columns } => {
                let columns = columns.join(", ");
                say!(
                    lang,
                    "{file}: flera kolumner kan vara avståndet: {columns}. Välj en av dem (i terminalen --pipos-field)",
                    "{file}: several columns may be the distance: {columns}. Choose one of them (in the terminal --pipos-field)"
                )
            }
            Self::Project { path, message } => {
                let (path, message) = (path.display(), message.said(lang));
                say!(
                    lang,
                    "{path}: projektfilen kan inte läsas: {message}",
                    "{path}: the project file cannot be read: {message}"
                )
            }
            Self::ProjectNotSaved { path, message } => {
                let (path, message) = (path.display(), message.said(lang));
                say!(
                    lang,
                    "{path}: projektet har inte sparats: {message}",
                    "{path}: the project was not saved: {message}"
                )
            }
            Self::ProjectChanged { path, by } => {
                let (path, by) = (path.display(), by.said(lang));
                say!(
                    lang,
                    "{path}: filen har ändrats sedan du öppnade den{by}. Inget har skrivits över",
                    "{path}: the file has changed since you opened it{by}. Nothing was written over"
                )
            }
            Self::ProjectOpen { path, by } => {
                let (path, by) = (path.display(), by.said(lang));
                say!(
                    lang,
                    "{path}: projektet är öppet i ett annat fönster{by}. Inget har skrivits",
                    "{path}: the project is open in another window{by}. Nothing was written"
                )
            }
            Self::NewerProject { path, version, known } => {
                let path = path.display();
                say!(
                    lang,
                    "{path}: projektet är sparat av en nyare version ({version}, denna kan {known}). Uppdatera Sotplan",
                    "{path}: the project was saved by a newer version ({version}, this one knows {known}). Update Sotplan"
                )
            }
            Self::Cancelled(_) => lang.pick("avbruten", "cancelled").into(),
        }
    }
}
