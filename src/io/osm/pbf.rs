//! What does an `.osm.pbf` file hold? Blobs read and unpacked on all cores.
//! The format inside a blob is the `osmpbf` crate's; this file knows where blobs stand and how much it believes them.
//!
//! A large file is read twice, so that memory follows its roads and not its nodes: first ways, relations and what
//! is tagged, then the places of the nodes that the ways named. A small one keeps its nodes and is read once.

use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use osmpbf::{Blob, BlobReader, BlobType, PrimitiveBlock, RelMemberType};
use rayon::prelude::*;

use super::assemble::{Found, Places, Raw};
use super::collect::{Collected, MAX_TAGS, Node, point_of_e7};
use super::problem::Problem;
use super::tag_list::Tags;
use super::turns::{Member, MemberKind};
use crate::model::roads::RoadPoint;
use crate::progress::Progress;

/// The format's own limits.
const MAX_HEADER: u32 = 64 * 1024;
const MAX_BLOB: u64 = 32 * 1024 * 1024;
/// Up to this size a file keeps its nodes and is read once.
pub(super) const ONE_PASS: u64 = 16 * 1024 * 1024;
/// Nodes and references that one byte of a file can hold. Real files have one in five bytes; a file made to
/// fill the memory has hundreds in each.
const MAX_PER_BYTE: u64 = 8;
/// A small file may pack better than that.
const ALWAYS_ALLOWED: u64 = 1_000_000;

/// A blob in the file: its own header included.
#[derive(Debug, Clone, Copy)]
struct Frame {
    number: usize,
    offset: u64,
    length: usize,
}

/// A file whose blobs have been found.
pub(super) struct PbfFile<'a, R> {
    reader: Mutex<R>,
    length: u64,
    frames: Vec<Frame>,
    passes: u64,
    progress: &'a dyn Progress,
    done: Mutex<u64>,
    /// Nodes and references seen so far.
    seen: AtomicU64,
}

/// Reads a file; above `one_pass` bytes in two passes.
pub(super) fn read<R: Read + Seek + Send>(
    reader: R,
    one_pass: u64,
    progress: &dyn Progress,
) -> Result<Raw, Problem> {
    let file = PbfFile::open(reader, one_pass, progress)?;
    let keeps_nodes = file.passes == 1;
    let parts: Vec<Collected> =
        file.frames.par_iter().map(|frame| file.collect(*frame, keeps_nodes)).collect::<Result<_, _>>()?;
    let mut collected = Collected::new(keeps_nodes);
    let mut with_nodes = Vec::new();
    let mut kept = Vec::new();
    for (frame, mut part) in file.frames.iter().zip(parts) {
        if part.report.nodes_in > 0 {
            with_nodes.push(*frame);
        }
        kept.push(std::mem::take(&mut part.nodes));
        collected.append(part);
    }
    let mut places = Places::wanted_by(&collected.refs);
    let found: Vec<Vec<Found>> = if keeps_nodes {
        kept.par_iter().map(|nodes| places.among(nodes.iter().copied())).collect()
    } else {
        let found = with_nodes.par_iter().map(|frame| file.places(*frame, &places));
        found.collect::<Result<_, _>>()?
    };
    for found in found {
        places.put(found);
    }
    Ok(Raw { collected, places })
}

impl<'a, R: Read + Seek + Send> PbfFile<'a, R> {
    /// Finds the blobs and asks the first what is needed to read them.
    fn open(mut reader: R, one_pass: u64, progress: &'a dyn Progress) -> Result<Self, Problem> {
        let length = reader.seek(SeekFrom::End(0))?;
        let mut frames = frames(&mut reader, length)?;
        let header = frames.remove(0);
        let file = Self {
            reader: Mutex::new(reader),
            length,
            frames,
            passes: if length <= one_pass { 1 } else { 2 },
            progress,
            done: Mutex::new(0),
            seen: AtomicU64::new(0),
        };
        let header = file.unpacked(header, |blob| match blob.get_type() {
            BlobType::OsmHeader => blob.to_headerblock().map(Some),
            _ => Ok(None),
        })?;
        let header = header.ok_or(Problem::NotPbf)?;
        let known = ["OsmSchema-V0.6", "DenseNodes"];
        match header.required_features().iter().find(|name| !known.contains(&name.as_str())) {
            Some(feature) => Err(Problem::NeedsFeature { feature: feature.chars().take(60).collect() }),
            None => Ok(file),
        }
    }

    /// The blob of a frame, unpacked.
    fn unpacked<T>(
        &self,
        frame: Frame,
        unpack: impl FnOnce(&Blob) -> osmpbf::Result<T>,
    ) -> Result<T, Problem> {
        let mut bytes = vec![0; frame.length];
        {
            let mut reader = self.reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            reader.seek(SeekFrom::Start(frame.offset))?;
            reader.read_exact(&mut bytes)?;
        }
        let bad = |said: String| Problem::BadBlob { number: frame.number, byte: frame.offset, said };
        let blob = BlobReader::new(bytes.as_slice()).next();
        let blob = blob.ok_or_else(|| bad("empty".into()))?.map_err(|e| bad(e.to_string()))?;
        unpack(&blob).map_err(|e| match packed_by(&bytes) {
            Some(method) => Problem::PackedBy { method },
            None => bad(e.to_string()),
        })
    }

    /// Looks at the elements of a blob. The library trusts sums and member types; what breaks them is bad data.
    fn visit<T>(
        &self,
        frame: Frame,
        look: impl FnOnce(&PrimitiveBlock) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        self.progress.check()?;
        let block = self.unpacked(frame, |blob| match blob.get_type() {
            BlobType::OsmData => blob.to_primitiveblock().map(Some),
            // The format lets other kinds stand there, to be passed over.
            _ => Ok(None),
        })?;
        let looked = match &block {
            Some(block) => catch_unwind(AssertUnwindSafe(|| look(block).map(Some))).unwrap_or_else(|_| {
                let said = "numbers out of range".into();
                Err(Problem::BadBlob { number: frame.number, byte: frame.offset, said })
            }),
            None => Ok(None),
        };
        // Reported under the lock, so that the bar never goes back.
        let mut done = self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *done += frame.length as u64;
        // The last tenth is for putting roads together.
        self.progress.report(*done * 9, self.length * self.passes * 10);
        looked
    }

    fn collect(&self, frame: Frame, keeps_nodes: bool) -> Result<Collected, Problem> {
        let collected = self.visit(frame, |block| {
            let mut collected = Collected::new(keeps_nodes);
            let mut tags = Vec::new();
            for group in block.groups() {
                for node in group.dense_nodes() {
                    tags.clear();
                    tags.extend(node.tags().take(MAX_TAGS));
                    collected.node(node.id(), point(node.nano_lon(), node.nano_lat()), Tags(&tags));
                }
                for node in group.nodes() {
                    tags.clear();
                    tags.extend(node.tags().take(MAX_TAGS));
                    collected.node(node.id(), point(node.nano_lon(), node.nano_lat()), Tags(&tags));
                }
                for way in group.ways() {
                    tags.clear();
                    tags.extend(way.tags().take(MAX_TAGS));
                    collected.way(way.id(), Tags(&tags), way.refs());
                }
                for relation in group.relations() {
                    tags.clear();
                    tags.extend(relation.tags().take(MAX_TAGS));
                    let is_wanted = super::turns::is_restriction(Tags(&tags))
                        || !super::services::meaning(Tags(&tags)).0.is_empty();
                    // The members of boundaries and bus lines are many and tell nothing here.
                    let members: Vec<Member<'_>> =
                        if is_wanted { relation.members().map(|m| member(&m)).collect() } else { Vec::new() };
                    collected.relation(relation.id(), Tags(&tags), &members);
                }
            }
            self.count(&collected)?;
            Ok(collected)
        })?;
        Ok(collected.unwrap_or_default())
    }

    /// The wanted nodes of a blob.
    fn places(&self, frame: Frame, places: &Places) -> Result<Vec<Found>, Problem> {
        let found = self.visit(frame, |block| {
            let mut found = Vec::new();
            for group in block.groups() {
                let dense = group.dense_nodes().map(|node| (node.id(), node.nano_lon(), node.nano_lat()));
                let plain = group.nodes().map(|node| (node.id(), node.nano_lon(), node.nano_lat()));
                let nodes = dense
                    .chain(plain)
                    .filter_map(|(id, lon, lat)| Some(Node { id, point: point(lon, lat)? }));
                found.extend(places.among(nodes));
            }
            Ok(found)
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Refuses a file that unpacks into more than a real one can hold.
    fn count(&self, collected: &Collected) -> Result<(), Problem> {
        let kept = (collected.nodes.len() + collected.refs.len() + collected.spots.len()) as u64;
        let seen = self.seen.fetch_add(kept, Ordering::Relaxed) + kept;
        if seen > ALWAYS_ALLOWED + MAX_PER_BYTE * self.length { Err(Problem::TooMuch) } else { Ok(()) }
    }
}

fn member<'a>(member: &osmpbf::RelMember<'a>) -> Member<'a> {
    let kind = match member.member_type {
        RelMemberType::Node => MemberKind::Node,
        RelMemberType::Way => MemberKind::Way,
        RelMemberType::Relation => MemberKind::Relation,
    };
    Member { kind, id: member.member_id, role: member.role().unwrap_or_default() }
}

fn point(nano_lon: i64, nano_lat: i64) -> Option<RoadPoint> {
    let e7 = |nano: i64| nano.checked_add(50).map(|nano| nano.div_euclid(100));
    point_of_e7(e7(nano_lon)?, e7(nano_lat)?)
}

/// Where the blobs stand. Nothing is allocated on a size that the file claims and does not have.
fn frames<R: Read + Seek>(reader: &mut R, length: u64) -> Result<Vec<Frame>, Problem> {
    let mut frames = Vec::new();
    let mut offset = 0;
    reader.seek(SeekFrom::Start(0))?;
    while offset < length {
        let number = frames.len() + 1;
        let not_pbf = |problem: Problem| if number == 1 { Problem::NotPbf } else { problem };
        let cut_off = Problem::CutOff { byte: length };
        if length - offset < 4 {
            return Err(not_pbf(cut_off));
        }
        reader.seek(SeekFrom::Start(offset))?;
        let mut size = [0; 4];
        reader.read_exact(&mut size)?;
        let size = u32::from_be_bytes(size);
        let bad = |said: &str| not_pbf(Problem::BadBlob { number, byte: offset, said: said.into() });
        if size == 0 || size >= MAX_HEADER {
            return Err(bad(&format!("header of {size} bytes")));
        }
        if length - offset - 4 < u64::from(size) {
            return Err(not_pbf(cut_off));
        }
        let mut header = vec![0; size as usize];
        reader.read_exact(&mut header)?;
        let Some(data) = data_size(&header) else { return Err(bad("header without a size")) };
        if data > MAX_BLOB {
            return Err(bad(&format!("{data} bytes, at most {MAX_BLOB} are allowed")));
        }
        let whole = 4 + u64::from(size) + data;
        if length - offset < whole {
            // A good first header makes it a PBF that breaks off, not another format.
            let is_header = number > 1 || header.windows(9).any(|part| part == b"OSMHeader");
            return Err(if is_header { cut_off } else { Problem::NotPbf });
        }
        let length_here = usize::try_from(whole).map_err(|_| bad("too large"))?;
        frames.push(Frame { number, offset, length: length_here });
        offset += whole;
    }
    if frames.is_empty() { Err(Problem::NotPbf) } else { Ok(frames) }
}

/// `datasize`, field 3 of a `BlobHeader`: the one number needed to find the next blob.
fn data_size(header: &[u8]) -> Option<u64> {
    let mut rest = header;
    let mut size = None;
    while !rest.is_empty() {
        let key = varint(&mut rest)?;
        match (key >> 3, key & 7) {
            (3, 0) => size = Some(varint(&mut rest)?),
            (_, 0) => {
                varint(&mut rest)?;
            }
            (_, 2) => {
                let length = usize::try_from(varint(&mut rest)?).ok()?;
                rest = rest.get(length..)?;
            }
            _ => return None,
        }
    }
    size
}

/// The packing of a framed blob where it is one that the library does not unpack: fields 4 to 7 of a `Blob`.
fn packed_by(frame: &[u8]) -> Option<&'static str> {
    let (size, rest) = frame.split_first_chunk::<4>()?;
    let mut rest = rest.get(usize::try_from(u32::from_be_bytes(*size)).ok()?..)?;
    while !rest.is_empty() {
        let key = varint(&mut rest)?;
        match (key >> 3, key & 7) {
            (4, 2) => return Some("LZMA"),
            (5, 2) => return Some("bzip2"),
            (6, 2) => return Some("LZ4"),
            (7, 2) => return Some("Zstandard"),
            (_, 0) => {
                varint(&mut rest)?;
            }
            (_, 2) => {
                let length = usize::try_from(varint(&mut rest)?).ok()?;
                rest = rest.get(length..)?;
            }
            _ => return None,
        }
    }
    None
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
