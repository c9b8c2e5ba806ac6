//! How does a file become a layer or roads of a project? The one door: whatever the format, it is told here, read by its
//! reader, and given its source and its role.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::content::{file_name, stem};
use super::formats::Format;
use super::input::{Input, LoadOptions, Part, ReadLayer, table_named};
use super::{IoError, guarded, join};
use crate::model::joining::columns_of_both;
use crate::model::{FeatureTable, Join, Layer, LayerId, Message, Role, SourceFile, SourcePlace, recognise};
use crate::progress::Progress;

/// A file, read.
#[derive(Debug)]
pub struct Loaded {
    pub source: SourceFile,
    /// The layer's name where a file holds several layers; else the file's is taken.
    pub name: Option<String>,
    pub role: Role,
    pub table: FeatureTable,
}

impl Loaded {
    /// The layer of a project.
    #[must_use]
    pub fn into_layer(self, id: LayerId) -> Layer {
        let name = self.name.unwrap_or_else(|| stem(&self.source.name()).to_owned());
        Layer {
            id,
            name,
            source: self.source,
            role: self.role,
            table: Arc::new(self.table),
            is_visible: true,
            opacity: 1.0,
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_file(path: &Path, options: &LoadOptions, progress: &dyn Progress) -> Result<Loaded, IoError> {
    guarded(&file_name(path), || {
        if let Some((file, part)) = table_named(path) {
            let options = LoadOptions { part: Some(part), ..options.clone() };
            return load(&Input::open(&file)?, &options, progress);
        }
        load(&Input::open(path)?, options, progress)
    })
}

/// Reads a file's bytes.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_bytes(
    place: SourcePlace,
    bytes: &[u8],
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    load(&Input::of_bytes(place, bytes), options, progress)
}

/// A layer of a file that is open.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load(input: &Input<'_>, options: &LoadOptions, progress: &dyn Progress) -> Result<Loaded, IoError> {
    let (started, format) = (Instant::now(), Format::of(input)?);
    if format.in_memory {
        input.bytes(progress)?;
    }
    // The digest of a large file takes about as long as reading it: side by side.
    let (sha256, read) =
        rayon::join(|| input.sha256(progress).map(drop), || (format.layer)(input, options, progress));
    let read = read?;
    sha256?;
    let loaded = loaded(input, read, options, progress)?;
    let (rows, seconds) = (loaded.table.report.features_in, started.elapsed().as_secs_f64());
    log::debug!("{}: {rows} rows read in {seconds:.4} s", input.file());
    Ok(loaded)
}

/// A layer with its source and its role.
pub(in crate::io) fn loaded(
    input: &Input<'_>,
    read: ReadLayer,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    let ReadLayer { mut table, crs, crs_assumed, part, told_by, role: own, encoding } = read;
    // A part that the file has not is never passed over in silence.
    let of_file = stem(input.file());
    if let Some(wanted) = options.part.as_ref().filter(|wanted| part.is_none() && *wanted != of_file) {
        let message = Message::new(
            format!(
                "tabellen {wanted} finns inte: filen har bara en tabell. Skriv filens namn utan :{wanted}"
            ),
            format!(
                "there is no table {wanted}: the file has only one. Write the file's name without :{wanted}"
            ),
        );
        return Err(IoError::File { file: input.file().to_owned(), message });
    }
    let told_by = told_by.as_deref().unwrap_or(input.file());
    join::apply(&mut table, told_by, options, progress, &|join| other(join, options, progress))?;
    options.reading.apply(&mut table);
    let role = options.role.clone().or(own).unwrap_or_else(|| recognise::role_of(told_by, &table));
    let mut source = input.source(crs, crs_assumed, progress)?;
    source.date = super::input::date_in_name(told_by).or(source.date);
    let (part, name) = part.unzip();
    source.part = part;
    source.encoding = encoding;
    source.reading = options.reading.clone();
    Ok(Loaded { source, name, role, table })
}

/// The columns of a table that a layer takes more from, whether its rows stand somewhere or not.
///
/// # Errors
/// [`IoError`] when it cannot be read, or when cancelled.
pub fn columns_of_join(
    join: &Join,
    by: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Vec<String>, IoError> {
    guarded(&file_name(&join.file), || Ok(columns_of_both(&other(join, by, progress)?.table)))
}

/// A table that a layer takes more from.
fn other(join: &Join, by: &LoadOptions, progress: &dyn Progress) -> Result<join::Other, IoError> {
    let (crs_if_unsaid, encoding) = (by.crs_if_unsaid, by.encoding);
    let options = LoadOptions { part: join.part.clone(), crs_if_unsaid, encoding, ..LoadOptions::default() };
    let Loaded { source, name, table, .. } = load(&Input::open(&join.file)?, &options, progress)?;
    Ok(join::Other { source, name, table })
}

/// The name of a file's format.
///
/// # Errors
/// [`IoError::UnsupportedFormat`] for one that is not read.
pub fn format_name(input: &Input<'_>) -> Result<&'static str, IoError> {
    Format::of(input).map(|format| format.name)
}

/// What a file holds.
///
/// # Errors
/// [`IoError`] when it cannot be opened, is of a format that is not read, or when cancelled.
pub fn parts(input: &Input<'_>, progress: &dyn Progress) -> Result<Vec<Part>, IoError> {
    guarded(input.file(), || (Format::of(input)?.inspect)(input, progress))
}
