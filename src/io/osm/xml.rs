//! What does an `.osm` file hold? XML read as a stream, packed by gzip or bzip2 or not.
//! Entities are never expanded and no element may be large, so that memory follows what the file holds of roads.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::assemble::{Places, Raw};
use super::collect::{Collected, MAX_TAGS, Node, point_of_e7};
use super::problem::Problem;
use super::tag_list::Tags;
use super::turns::{Member, MemberKind};
use crate::io::content::Packing;
use crate::model::roads::RoadPoint;
use crate::progress::Progress;

/// One tag of the text: OpenStreetMap's values have 255 characters.
const MAX_EVENT: usize = 1 << 20;
/// `osm`, `node`, `tag`: deeper is nothing that matters.
const MAX_DEPTH: usize = 32;
/// Elements between two looks at "stop?".
const CHECK_EVERY: u64 = 4096;

/// Reads a file; `length` is its size in bytes, packed.
pub(super) fn read(
    file: File,
    packing: Packing,
    length: u64,
    progress: &dyn Progress,
) -> Result<Raw, Problem> {
    let taken = Rc::new(Cell::new(0));
    let file = Counted { inner: file, taken: Rc::clone(&taken), limit: u64::MAX };
    let text: Box<dyn Read> = match packing {
        Packing::None => Box::new(file),
        packed => Box::new(Counted {
            inner: packed.unpack(file),
            taken: Rc::default(),
            limit: Packing::limit(length),
        }),
    };
    let watch = |elements: u64| -> Result<(), Problem> {
        if elements.is_multiple_of(CHECK_EVERY) {
            progress.check()?;
            progress.report(taken.get() * 9, length.max(1) * 10);
        }
        Ok(())
    };
    let collected = collect(BufReader::with_capacity(1 << 16, text), watch)?;
    let mut places = Places::wanted_by(&collected.refs);
    let found = places.among(collected.nodes.iter().copied());
    places.put(found);
    Ok(Raw { collected, places })
}

/// Counts what is read, and stops a file that unpacks without end.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    limit: u64,
}

/// Passes through the libraries between as the reason of an I/O error.
#[derive(Debug, thiserror::Error)]
#[error("too much data")]
struct TooMuch;

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(into)?;
        self.taken.set(self.taken.get() + n as u64);
        if self.taken.get() > self.limit { Err(std::io::Error::other(TooMuch)) } else { Ok(n) }
    }
}

/// Stops an element that does not end.
struct Bounded<R> {
    inner: R,
    used: usize,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(into)?;
        self.used += n;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.used > MAX_EVENT { Err(std::io::Error::other(TooMuch)) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        self.used += n;
        self.inner.consume(n);
    }
}

/// The node, way or relation being read.
#[derive(Default)]
struct Object {
    id: Option<i64>,
    point: Option<RoadPoint>,
    tags: Vec<(String, String)>,
    refs: Vec<i64>,
    members: Vec<(MemberKind, i64, String)>,
    /// Nodes that stand in the way itself, as a server writes them when asked for geometry.
    placed: Vec<(i64, RoadPoint)>,
    /// Deleted in an editor, or hidden: it is there no more.
    is_gone: bool,
}

/// Characters of a server's remark that are kept.
const REMARK_MAX: usize = 300;

/// What the server that made the file writes into it, while it is being read.
#[derive(Default)]
struct ServerRemark(Option<String>);

impl ServerRemark {
    fn begin(&mut self) {
        self.0 = Some(String::new());
    }

    fn push(&mut self, text: impl FnOnce() -> String) {
        if let Some(said) = self.0.as_mut().filter(|known| known.len() < REMARK_MAX * 4) {
            said.push_str(&text());
        }
    }

    /// The whole of it, if anything was said.
    fn end(&mut self) -> Option<String> {
        let said = self.0.take()?.trim().chars().take(REMARK_MAX).collect::<String>();
        Some(said).filter(|text| !text.is_empty())
    }
}

/// Reads the elements of a text.
fn collect(
    text: impl BufRead,
    mut watch: impl FnMut(u64) -> Result<(), Problem>,
) -> Result<Collected, Problem> {
    let mut reader = quick_xml::Reader::from_reader(Bounded { inner: text, used: 0 });
    let mut out = Collected::new(true);
    let mut buffer = Vec::new();
    let mut object = Object::default();
    let (mut depth, mut elements) = (0, 0);
    let mut remark = ServerRemark::default();
    loop {
        buffer.clear();
        reader.get_mut().used = 0;
        let event = reader.read_event_into(&mut buffer);
        let byte = reader.buffer_position();
        let bad = |error: quick_xml::Error| of_library(error, byte);
        match event.map_err(bad)? {
            Event::Start(start) => {
                if depth >= MAX_DEPTH {
                    return Err(Problem::BadXml { byte, said: "nested too deep".into() });
                }
                element(&start, depth, byte, &mut object)?;
                if depth == 1 && start.name().as_ref() == b"remark" {
                    remark.begin();
                }
                depth += 1;
            }
            Event::Empty(start) => {
                element(&start, depth, byte, &mut object)?;
                if depth == 1 {
                    finish(start.name().as_ref(), &mut object, &mut out);
                }
            }
            Event::End(end) => {
                depth -= 1;
                if depth == 1 {
                    finish(end.name().as_ref(), &mut object, &mut out);
                    out.report.server_says.extend(remark.end());
                }
                continue;
            }
            Event::Text(text) => {
                remark.push(|| String::from_utf8_lossy(&text).into_owned());
                continue;
            }
            Event::CData(text) => {
                remark.push(|| String::from_utf8_lossy(&text).into_owned());
                continue;
            }
            Event::GeneralRef(name) => {
                remark.push(|| meant_by(&name));
                continue;
            }
            Event::DocType(_) => return Err(Problem::Doctype { byte }),
            Event::Eof if depth > 0 => return Err(Problem::CutOff { byte }),
            Event::Eof if elements == 0 => return Err(Problem::NotOsmXml { found: String::new() }),
            Event::Eof => return Ok(out),
            _ => continue,
        }
        elements += 1;
        watch(elements)?;
    }
}

/// The text that a reference stands for; nothing where nobody knows it.
fn meant_by(reference: &BytesRef<'_>) -> String {
    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
    let named = || resolve_predefined_entity(&String::from_utf8_lossy(reference)).map(str::to_owned);
    character.or_else(named).unwrap_or_default()
}

/// Takes in the start of an element.
fn element(start: &BytesStart<'_>, depth: usize, byte: u64, object: &mut Object) -> Result<(), Problem> {
    let name = start.name();
    match (depth, name.as_ref()) {
        (0, b"osm") | (3.., _) => Ok(()),
        (0, other) => {
            let found: String = String::from_utf8_lossy(other).chars().take(30).collect();
            Err(Problem::NotOsmXml { found })
        }
        (1, b"node" | b"way" | b"relation") => {
            *object = Object::default();
            let (mut lon, mut lat) = (None, None);
            attributes(start, byte, |key, value| match key {
                b"id" => object.id = value.trim().parse().ok(),
                b"lon" => lon = e7(value),
                b"lat" => lat = e7(value),
                b"action" => object.is_gone |= value == "delete",
                b"visible" => object.is_gone |= value == "false",
                _ => {}
            })?;
            object.point = lon.zip(lat).and_then(|(lon, lat)| point_of_e7(lon, lat));
            Ok(())
        }
        (2, b"tag") => {
            let (mut tag_key, mut tag_value) = (None, None);
            attributes(start, byte, |key, value| match key {
                b"k" => tag_key = Some(value.to_owned()),
                b"v" => tag_value = Some(value.to_owned()),
                _ => {}
            })?;
            if object.tags.len() < MAX_TAGS {
                object.tags.extend(tag_key.zip(tag_value));
            }
            Ok(())
        }
        (2, b"nd") => node_of_way(start, byte, object),
        (2, b"member") => member(start, byte, object),
        _ => Ok(()),
    }
}

fn node_of_way(start: &BytesStart<'_>, byte: u64, object: &mut Object) -> Result<(), Problem> {
    let (mut node, mut lon, mut lat) = (None, None, None);
    attributes(start, byte, |key, value| match key {
        b"ref" => node = value.trim().parse::<i64>().ok(),
        b"lon" => lon = e7(value),
        b"lat" => lat = e7(value),
        _ => {}
    })?;
    object.refs.extend(node);
    let point = lon.zip(lat).and_then(|(lon, lat)| point_of_e7(lon, lat));
    object.placed.extend(node.zip(point));
    Ok(())
}

fn member(start: &BytesStart<'_>, byte: u64, object: &mut Object) -> Result<(), Problem> {
    let (mut kind, mut id, mut role) = (None, None, String::new());
    attributes(start, byte, |key, value| match (key, value) {
        (b"type", "node") => kind = Some(MemberKind::Node),
        (b"type", "way") => kind = Some(MemberKind::Way),
        (b"type", "relation") => kind = Some(MemberKind::Relation),
        (b"ref", value) => id = value.trim().parse().ok(),
        (b"role", value) => value.clone_into(&mut role),
        _ => {}
    })?;
    object.members.extend(kind.zip(id).map(|(kind, id)| (kind, id, role)));
    Ok(())
}

/// Hands a whole object over.
fn finish(name: &[u8], object: &mut Object, out: &mut Collected) {
    if !matches!(name, b"node" | b"way" | b"relation") {
        return;
    }
    let object = std::mem::take(object);
    if object.is_gone {
        out.report.deleted += 1;
        return;
    }
    let tags: Vec<(&str, &str)> = object.tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let tags = Tags(&tags);
    match (name, object.id) {
        (b"node", Some(id)) => out.node(id, object.point, tags),
        (b"way", Some(id)) => {
            out.nodes.extend(object.placed.into_iter().map(|(id, point)| Node { id, point }));
            out.way(id, tags, object.refs.into_iter());
        }
        (b"relation", Some(id)) => {
            let members = object.members.iter().map(|(kind, id, role)| Member { kind: *kind, id: *id, role });
            let members: Vec<Member<'_>> = members.collect();
            out.relation(id, tags, &members);
        }
        (b"node", None) => out.report.nodes_in += 1,
        (b"way", None) => {
            out.report.ways_in += 1;
            out.refuse("bad_id", 0, "");
        }
        _ => out.report.relations_in += 1,
    }
}

/// Every attribute with its text; only the five entities of XML itself are known.
fn attributes(start: &BytesStart<'_>, byte: u64, mut each: impl FnMut(&[u8], &str)) -> Result<(), Problem> {
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| Problem::BadXml { byte, said: e.to_string() })?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| of_library(e, byte))?;
        each(attribute.key.as_ref(), &value);
    }
    Ok(())
}

/// A coordinate in units of 1e-7 degree.
fn e7(text: &str) -> Option<i64> {
    let degrees: f64 = text.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let e7 = (degrees.abs() <= 360.0).then(|| (degrees * 1e7).round() as i64);
    e7
}

fn of_library(error: quick_xml::Error, byte: u64) -> Problem {
    use quick_xml::Error;
    use quick_xml::errors::SyntaxError;
    match error {
        Error::Io(io) if io.get_ref().and_then(|e| e.downcast_ref::<TooMuch>()).is_some() => Problem::TooMuch,
        Error::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Problem::CutOff { byte },
        Error::Io(io) => Problem::BadXml { byte, said: io.to_string() },
        Error::Syntax(
            SyntaxError::UnclosedTag
            | SyntaxError::UnclosedComment
            | SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue
            | SyntaxError::UnclosedXmlDecl
            | SyntaxError::UnclosedPI,
        ) => Problem::CutOff { byte },
        error => Problem::BadXml { byte, said: error.to_string() },
    }
}
