//! Which shapes does a `.shp` hold? Where each record lies, and what its numbers draw; by the description of Esri (1998).
//! What a record claims is compared with its length before it is believed.

use std::ops::Range;

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, Point};

use crate::io::features::area_of_rings;
use crate::model::{Message, Refusal, RemarkKind};

/// Bytes before the first record.
const HEADER: usize = 100;

/// Where the records of a file lie, in the order of the rows beside them.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// Each by its content; `None` where it lies outside the file.
    pub at: Vec<Option<Range<usize>>>,
    /// What is worth a remark about the file.
    pub notes: Vec<Message>,
}

fn big(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..at + 4)?.try_into().ok().map(i32::from_be_bytes)?;
    usize::try_from(number).ok()
}

fn little(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..at + 4)?.try_into().ok().map(i32::from_le_bytes)?;
    usize::try_from(number).ok()
}

/// The content of the record that begins at a place.
fn content(shp: &[u8], begins: usize) -> Option<Range<usize>> {
    let words = big(shp, begins.checked_add(4)?)?;
    let from = begins + 8;
    let to = from.checked_add(words.checked_mul(2)?)?;
    (to <= shp.len()).then_some(from..to)
}

impl Records {
    /// By the index where there is one that fits the shapes, else one after another.
    pub fn new(shp: &[u8], shx: Option<&[u8]>) -> Self {
        if let Some(at) = shx.and_then(|shx| indexed(shp, shx)) {
            return Self { at, notes: Vec::new() };
        }
        let mut out = Self::default();
        if shx.is_some() {
            out.notes.push(Message::new(
                "filens index (.shx) hör inte till formerna och används inte",
                "the index (.shx) does not belong to the shapes and is not used",
            ));
        }
        // What the file says of its own length; beyond it there may be rests.
        let claimed = big(shp, 24).and_then(|words| words.checked_mul(2)).filter(|length| *length >= HEADER);
        let end = claimed.unwrap_or(shp.len()).min(shp.len());
        let mut begins = HEADER;
        while begins < end {
            let record = content(shp, begins);
            let next = record.as_ref().map(|record| record.end);
            out.at.push(record);
            let Some(next) = next else { break };
            begins = next;
        }
        let is_cut = claimed.is_some_and(|claimed| claimed > shp.len());
        if is_cut || out.at.last().is_some_and(Option::is_none) {
            out.notes.push(Message::new(
                "filen bryts av före sitt slut, så objekt kan saknas. Hämta eller exportera den på nytt",
                "the file breaks off before its end, so features may be missing. Fetch or export it again",
            ));
        }
        out
    }
}

/// The records that an index names; `None` where one of them is none of the shapes'. An index knows which records hold:
/// a file that was edited keeps old ones between them.
fn indexed(shp: &[u8], shx: &[u8]) -> Option<Vec<Option<Range<usize>>>> {
    let entries = shx.get(HEADER..)?;
    if !entries.len().is_multiple_of(8) {
        return None;
    }
    let mut at = Vec::with_capacity(entries.len() / 8);
    // Records lie beside each other: no two are the same.
    let mut left = shp.len();
    for entry in entries.as_chunks::<8>().0 {
        let begins = big(entry, 0)?.checked_mul(2)?;
        if begins < HEADER {
            return None;
        }
        let length = big(entry, 4)?.checked_mul(2)?;
        let is_there = begins.checked_add(8)?.checked_add(length)? <= shp.len();
        // A record of a file that is cut off is missing; any other that is not as the index says makes it another's.
        let record = is_there.then(|| content(shp, begins).filter(|record| record.len() == length));
        left = left.checked_sub(if is_there { length + 8 } else { 0 })?;
        at.push(match record {
            None => None,
            Some(record) => Some(record?),
        });
    }
    Some(at)
}

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

pub(super) fn too_short() -> Refusal {
    bad(
        "filen tar slut inne i objektet, eller objektet är kortare än det uppger",
        "the file ends inside this feature, or the feature is shorter than it claims",
    )
}

/// The kind of a shape by its number, whatever else (heights, measures) its positions have.
enum Kind {
    Nothing,
    Point,
    Points,
    Lines,
    Area,
}

fn kind(number: usize) -> Result<Kind, Refusal> {
    match number {
        0 => Ok(Kind::Nothing),
        1 | 11 | 21 => Ok(Kind::Point),
        3 | 13 | 23 => Ok(Kind::Lines),
        5 | 15 | 25 => Ok(Kind::Area),
        8 | 18 | 28 => Ok(Kind::Points),
        31 => Err(bad(
            "är en multipatch (3D-yta), som inte läses. Exportera lagret som polygoner",
            "is a multipatch (3D surface), which is not read. Export the layer as polygons",
        )),
        other => Err(bad(
            format!("formen har typen {other}, som inte finns"),
            format!("the shape is of type {other}, which does not exist"),
        )),
    }
}

/// The shape of a record.
pub(super) fn shape(record: &[u8], remarks: &mut Vec<RemarkKind>) -> Result<Geometry, Refusal> {
    let number = little(record, 0).ok_or_else(too_short)?;
    match kind(number)? {
        Kind::Nothing => Err(Refusal::NoGeometry),
        Kind::Point => {
            let points = positions(record, 4, 1)?;
            Ok(Point(points[0]).into())
        }
        Kind::Points => {
            let count = little(record, 36).ok_or_else(too_short)?;
            let points = positions(record, 40, count)?;
            Ok(MultiPoint::new(points.into_iter().map(Point).collect()).into())
        }
        Kind::Lines => {
            let mut lines = parts(record)?;
            Ok(match lines.len() {
                1 => lines.remove(0).into(),
                _ => MultiLineString::new(lines).into(),
            })
        }
        Kind::Area => {
            let mut rings = parts(record)?;
            for ring in &mut rings {
                check_ring(ring, remarks)?;
            }
            if rings.is_empty() {
                return Err(Refusal::EmptyGeometry);
            }
            area_of_rings(rings).ok_or_else(|| {
                bad(
                    "ytan har orimligt många ringar i varandra",
                    "the area has unreasonably many rings within each other",
                )
            })
        }
    }
}

/// Closes a ring that is open; one of too few positions is none.
fn check_ring(ring: &mut LineString, remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    if ring.0.iter().any(|position| !position.x.is_finite() || !position.y.is_finite()) {
        return Err(Refusal::NotFinite { field: "geometry".into(), value: "NaN".into() });
    }
    if !ring.is_closed() && ring.0.len() > 2 {
        ring.close();
        if !remarks.contains(&RemarkKind::RingClosed) {
            remarks.push(RemarkKind::RingClosed);
        }
    }
    let n = ring.0.len();
    if n < 4 {
        return Err(bad(
            format!("en ring har {n} positioner, fyra behövs"),
            format!("a ring has {n} positions, four are needed"),
        ));
    }
    Ok(())
}

/// So many positions from a place.
fn positions(record: &[u8], from: usize, count: usize) -> Result<Vec<Coord>, Refusal> {
    let to = count.checked_mul(16).and_then(|length| length.checked_add(from)).ok_or_else(too_short)?;
    let bytes = record.get(from..to).ok_or_else(too_short)?;
    let pairs = bytes.as_chunks::<8>().0.as_chunks::<2>().0.iter();
    Ok(pairs.map(|[x, y]| Coord { x: f64::from_le_bytes(*x), y: f64::from_le_bytes(*y) }).collect())
}

/// The lines or rings of a record.
fn parts(record: &[u8]) -> Result<Vec<LineString>, Refusal> {
    let (count, points) = little(record, 36).zip(little(record, 40)).ok_or_else(too_short)?;
    let table = count.checked_mul(4).and_then(|length| length.checked_add(44)).ok_or_else(too_short)?;
    let all = positions(record, table, points)?;
    let starts: Option<Vec<usize>> = (0..count).map(|part| little(record, 44 + part * 4)).collect();
    let mut starts = starts.ok_or_else(too_short)?;
    starts.push(points);
    let mut out = Vec::with_capacity(count);
    for ends in starts.windows(2) {
        let line = all.get(ends[0]..ends[1]).ok_or_else(|| {
            bad("formens delar ligger utanför den", "the parts of the shape lie outside of it")
        })?;
        out.push(LineString::new(line.to_vec()));
    }
    Ok(out)
}

/// The first position of a record, for telling degrees from metres.
pub(super) fn first_position(record: &[u8]) -> Option<(f64, f64)> {
    let at = match kind(little(record, 0)?).ok()? {
        Kind::Nothing => return None,
        Kind::Point => 4,
        Kind::Points => 40,
        Kind::Lines | Kind::Area => little(record, 36)?.checked_mul(4)?.checked_add(44)?,
    };
    let position = positions(record, at, 1).ok()?;
    position.first().map(|position| (position.x, position.y))
}
