//! Can it be true what a Parquet file claims of its parts? The library takes room for as much as a page says that it
//! holds, and follows groups in groups without an end: both are looked at before it is asked.
//! Thrift's compact protocol is read no further than that: <https://github.com/apache/parquet-format>.

use std::io::{Read as _, copy, sink};

use parquet::basic::Compression;

/// Structures in structures that are followed; the format itself has six.
const DEEPEST: usize = 16;

/// Groups of columns in the schema. No table has so many, and the library calls itself once for each that lies in
/// another.
const MOST_GROUPS: usize = 128;

/// Bytes that a page may unpack to; usual ones hold one million.
const MOST_IN_PAGE: u64 = 1 << 29;

/// Where the kind, sizes and counts of a page stand in its header.
const UNPACKED: &[i16] = &[2];
const PACKED: &[i16] = &[3];
const VALUES: [&[i16]; 2] = [&[5, 1], &[8, 1]];
const IN_DICTIONARY: &[i16] = &[7, 1];
const LEVELS: [&[i16]; 2] = [&[8, 5], &[8, 6]];
const IS_PACKED: &[i16] = &[8, 7];

/// Where the number of columns within a group stands in the description of the file.
const CHILDREN: &[i16] = &[2, 5];

/// Does the description of the file hold as many things as it says, and no more groups than are followed?
pub(super) fn is_sound_description(bytes: &[u8]) -> bool {
    let mut groups = 0;
    let mut walk = Walk { bytes, at: 0, path: Vec::new() };
    let all = walk.structure(&mut |path, number| groups += usize::from(path == CHILDREN && number != 0));
    all.is_some() && groups <= MOST_GROUPS
}

/// Are the pages of a column whole, and what they claim of themselves possible? No more than `rows` values may be in one.
pub(super) fn are_sound_pages(mut bytes: &[u8], packing: Compression, rows: u64) -> bool {
    while !bytes.is_empty() {
        let Some(rest) = behind_page(bytes, packing, rows) else { return false };
        bytes = rest;
    }
    true
}

/// What stands behind the first page; `None` where it is not sound.
fn behind_page(bytes: &[u8], packing: Compression, rows: u64) -> Option<&[u8]> {
    let mut walk = Walk { bytes, at: 0, path: Vec::new() };
    let (mut unpacked, mut packed, mut values, mut entries) = (0, 0, 0, 0);
    let (mut levels, mut is_packed) = (0i64, true);
    walk.structure(&mut |path, number| match path {
        UNPACKED => unpacked = number,
        PACKED => packed = number,
        IN_DICTIONARY => entries = number,
        IS_PACKED => is_packed = number != 0,
        path if VALUES.contains(&path) => values = number,
        path if LEVELS.contains(&path) => levels = levels.saturating_add(number),
        _ => {}
    })?;
    let (body, rest) = bytes.get(walk.at..)?.split_at_checked(usize::try_from(packed).ok()?)?;
    let (unpacked, levels) = (u64::try_from(unpacked).ok()?, u64::try_from(levels).ok()?);
    let most = match packing {
        // Its shortest piece is three bytes for sixty-four.
        Compression::SNAPPY => (body.len() as u64).saturating_mul(24).saturating_add(64),
        _ => MOST_IN_PAGE,
    };
    let is_small = unpacked <= most.min(MOST_IN_PAGE);
    // Each entry has a length or a value of its own.
    let is_counted = u64::try_from(values).ok()? <= rows && u64::try_from(entries).ok()? <= unpacked;
    let is_true = match packing {
        Compression::GZIP(_) if is_packed => unpacks_to(body, levels, unpacked)?,
        Compression::UNCOMPRESSED => unpacked == body.len() as u64,
        _ => true,
    };
    (is_small && is_counted && is_true).then_some(rest)
}

/// Does what is packed by gzip, behind the levels that are not, unpack to what it claims?
fn unpacks_to(body: &[u8], levels: u64, claimed: u64) -> Option<bool> {
    let packed = body.get(usize::try_from(levels).ok()?..)?;
    let wanted = claimed.checked_sub(levels)?;
    if wanted == 0 {
        return Some(true);
    }
    let mut unpacked = flate2::read::MultiGzDecoder::new(packed).take(wanted + 1);
    Some(copy(&mut unpacked, &mut sink()).ok()? == wanted)
}

/// Walks what is written in Thrift's compact protocol.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The numbers of the fields on the way to where it is.
    path: Vec<i16>,
}

impl Walk<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut out = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            out |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(out);
            }
        }
        None
    }

    /// A number whose sign stands last.
    fn number(&mut self) -> Option<i64> {
        let bits = self.varint()?;
        Some((bits >> 1).cast_signed() ^ -(bits & 1).cast_signed())
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.at = self.at.checked_add(bytes).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    /// Tells every number in a structure, by the fields on the way to it.
    fn structure(&mut self, told: &mut dyn FnMut(&[i16], i64)) -> Option<()> {
        let mut field = 0i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            field = match head >> 4 {
                0 => i16::try_from(self.number()?).ok()?,
                step => field.checked_add(i16::from(step))?,
            };
            self.path.push(field);
            match head & 0x0f {
                1 => told(&self.path, 1),
                2 => told(&self.path, 0),
                kind => self.value(kind, told)?,
            }
            self.path.pop();
        }
    }

    fn value(&mut self, kind: u8, told: &mut dyn FnMut(&[i16], i64)) -> Option<()> {
        match kind {
            // A truth among others takes a byte.
            1..=3 => self.skip(1)?,
            4..=6 => {
                let number = self.number()?;
                told(&self.path, number);
            }
            7 => self.skip(8)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.skip(length)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                for _ in 0..count {
                    self.value(head & 0x0f, told)?;
                }
            }
            // The format has no maps.
            12 if self.path.len() < DEEPEST => self.structure(told)?,
            _ => return None,
        }
        Some(())
    }
}
