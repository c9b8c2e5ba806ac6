//! Which JSON is no GeoJSON, but holds places all the same? Esri's, Overpass's, `TopoJSON` and the projects of uMap, told by
//! the members of the file.

mod esri;
mod overpass;
#[cfg(test)]
mod tests;
mod topology;
mod umap;

use serde_json::Value;

pub(in crate::io) use self::{esri::read as esri, overpass::read as overpass};
pub(in crate::io) use self::{topology::layer as topology, topology::parts as topology_parts};
pub(in crate::io) use self::{umap::layer as umap, umap::parts as umap_parts};
use super::IoError;
use super::input::{Input, ReadLayer};
use crate::geometry::Crs;
use crate::model::{Entry, Message};
use crate::progress::Progress;

/// A relative of GeoJSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Relative {
    Esri,
    Overpass,
    Topology,
    Umap,
}

/// Members of what Esri's servers and programs write.
const OF_ESRI: [&[u8]; 7] = [
    b"geometryType",
    b"spatialReference",
    b"fieldAliases",
    b"displayFieldName",
    b"objectIdFieldName",
    b"globalIdFieldName",
    b"uniqueIdField",
];

impl Relative {
    /// By the first bytes: the names of the members that stand there, and what `type` says.
    pub fn of(start: &[u8]) -> Option<Self> {
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        if !start.starts_with(b"{") {
            return None;
        }
        let members = members(start);
        let has = |name: &[u8]| members.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        match has(b"type") {
            Some(value) if value.starts_with(b"\"Topology\"") => return Some(Self::Topology),
            Some(value) if value.starts_with(b"\"umap\"") => return Some(Self::Umap),
            Some(_) => return None,
            None => {}
        }
        if has(b"osm3s").is_some() || has(b"elements").is_some() {
            return Some(Self::Overpass);
        }
        if has(b"arcs").is_some() || has(b"objects").is_some() {
            return Some(Self::Topology);
        }
        let is_esri = OF_ESRI.iter().any(|name| has(name).is_some())
            || has(b"features").is_some_and(|value| memchr::memmem::find(value, b"\"attributes\"").is_some());
        is_esri.then_some(Self::Esri)
    }
}

/// The members of the object that a text begins with, each with what stands behind its colon.
fn members(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let (mut out, mut depth, mut at) = (Vec::new(), 0usize, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let from = at + 1;
                at = from;
                while !matches!(text.get(at), None | Some(b'"')) {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                let rest = text.get(at + 1..).unwrap_or_default().trim_ascii_start();
                if let (1, Some(name), Some(rest)) = (depth, text.get(from..at), rest.strip_prefix(b":")) {
                    out.push((name, rest.trim_ascii_start()));
                }
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// The text of a file.
fn text<'a>(input: &'a Input<'_>, progress: &dyn Progress) -> Result<&'a str, IoError> {
    let bytes = input.bytes(progress)?;
    let text = std::str::from_utf8(bytes);
    let text =
        text.map_err(|error| IoError::NotUtf8 { file: input.file().into(), byte: error.valid_up_to() })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// What is wrong with a text as a whole.
fn not_read(input: &Input<'_>, error: &serde_json::Error) -> IoError {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let message = Message::new(said, said);
    let (file, line, column) = (input.file().to_owned(), error.line(), error.column());
    IoError::Syntax { file, line, column, message }
}

/// What a member says; nothing where it says nothing.
fn entries(object: &serde_json::Map<String, Value>) -> impl Iterator<Item = (&str, Entry<'_>)> {
    object.iter().filter_map(|(name, value)| Some((name.as_str(), Entry::of(value)?)))
}

/// The system that an older `crs` member or a bare text names.
fn named_system(member: Option<&Value>) -> Option<Result<Crs, String>> {
    let member = member.filter(|member| !member.is_null())?;
    let name = member.pointer("/properties/name").unwrap_or(member);
    Some(match name.as_str() {
        Some(name) => super::features::stated::system_of(name)?,
        None => Err(member.to_string().chars().take(120).collect()),
    })
}

/// A layer of several in a file.
fn named(read: ReadLayer, input: &Input<'_>, name: &str) -> ReadLayer {
    let file = input.file();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let shown = if stem == name { name.to_owned() } else { format!("{stem} – {name}") };
    let told_by = format!("{}.geojson", name.replace(['/', '\\'], " "));
    ReadLayer { part: Some((name.to_owned(), shown)), told_by: Some(told_by), ..read }
}

/// Which of several layers is meant.
fn chosen(input: &Input<'_>, names: &[String], part: Option<&String>) -> Result<usize, IoError> {
    let refused = |sv: String, en: String| {
        Err(IoError::File { file: input.file().into(), message: Message::new(sv, en) })
    };
    let (all, file) = (names.join(", "), input.file());
    match (part, names) {
        (Some(part), _) => match names.iter().position(|name| name == part) {
            Some(at) => Ok(at),
            None => refused(
                format!("tabellen {part} finns inte i filen. Den har: {all}"),
                format!("the file has no table {part}. It has: {all}"),
            ),
        },
        (None, [_]) => Ok(0),
        (None, []) => refused(
            "filen har inga lager. Välj en annan fil".into(),
            "the file holds no layers. Choose another file".into(),
        ),
        (None, _) => refused(
            format!("filen har flera lager ({all}). Skriv vilket: {file}:NAMN"),
            format!("the file holds several layers ({all}). Say which: {file}:NAME"),
        ),
    }
}
