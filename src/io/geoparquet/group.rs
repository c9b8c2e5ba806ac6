//! What stands in the rows of a part of a Parquet file? Each column lies by itself; some rows at a time are put together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::{Buf as _, Bytes, buf};
use parquet::basic::Compression;
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescPtr;

use super::claims::are_sound_pages;
use super::fault::{Fault, damaged, too_much};
use super::values::{Kind, Said, next};
use crate::model::Message;

/// A column that is read.
#[derive(Clone)]
pub(super) struct Column {
    /// Which of the file's columns it is.
    pub at: usize,
    pub name: String,
    pub kind: Kind,
}

/// Rows that are put together at a time.
pub(super) const ROWS: usize = 1024;

/// A part of a file, its columns not read yet.
pub(super) struct Group<'a> {
    file: &'a [u8],
    meta: &'a RowGroupMetaData,
    pub rows: usize,
    /// Rows of the parts before it.
    pub before: usize,
}

impl<'a> Group<'a> {
    pub const fn new(file: &'a [u8], meta: &'a RowGroupMetaData, rows: usize, before: usize) -> Self {
        Self { file, meta, rows, before }
    }

    /// Reads columns from their first row on.
    pub fn columns(&self, columns: &[Column]) -> std::result::Result<Reading, Fault> {
        let columns =
            columns.iter().map(|column| self.opened(column)).collect::<std::result::Result<_, _>>()?;
        Ok(Reading { columns, left: self.rows })
    }

    fn opened(&self, column: &Column) -> std::result::Result<Opened, Fault> {
        let cut = || Fault(damaged(&format!("{}: offset", column.name)));
        let meta = self.meta.columns().get(column.at).ok_or_else(cut)?;
        let packing = meta.compression();
        if !matches!(packing, Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_)) {
            return Err(Fault(packed_otherwise(&column.name, packing)));
        }
        let start = meta.dictionary_page_offset().unwrap_or_else(|| meta.data_page_offset());
        let start = usize::try_from(start).map_err(|_| cut())?;
        let length = usize::try_from(meta.compressed_size()).map_err(|_| cut())?;
        let end = start.checked_add(length).ok_or_else(cut)?;
        let bytes = self.file.get(start..end).ok_or_else(cut)?;
        if !are_sound_pages(bytes, packing, self.rows as u64) {
            return Err(Fault(damaged(&format!("{}: page", column.name))));
        }
        let chunk = Chunk { start: start as u64, bytes: Bytes::copy_from_slice(bytes) };
        let pages = SerializedPageReader::new(Arc::new(chunk), meta, self.rows, None)?;
        let described: ColumnDescPtr = meta.column_descr_ptr();
        let most_level = described.max_def_level();
        Ok(Opened { reader: get_column_reader(described, Box::new(pages)), kind: column.kind, most_level })
    }
}

fn packed_otherwise(column: &str, packing: Compression) -> Message {
    let how = packing.to_string();
    let how = how.split('(').next().unwrap_or_default();
    Message::new(
        format!(
            "kolumnen {column} är packad med {how}, som inte läses. Skriv filen med Snappy eller gzip (compression=\"snappy\" i geopandas), eller exportera som GeoPackage"
        ),
        format!(
            "the column {column} is packed by {how}, which is not read. Write the file with Snappy or gzip (compression=\"snappy\" in geopandas), or export it as GeoPackage"
        ),
    )
}

struct Opened {
    reader: ColumnReader,
    kind: Kind,
    most_level: i16,
}

/// Columns that are being read.
pub(super) struct Reading {
    columns: Vec<Opened>,
    left: usize,
}

impl Reading {
    /// The next rows, column by column; nothing when there are no more.
    pub fn next(&mut self, budget: &Budget) -> std::result::Result<Option<Batch>, Fault> {
        let rows = self.left.min(ROWS);
        if rows == 0 {
            return Ok(None);
        }
        self.left -= rows;
        let read = |column: &mut Opened| next(&mut column.reader, column.kind, column.most_level, rows);
        let columns = self.columns.iter_mut().map(read).collect::<Result<Vec<_>>>()?;
        budget.spend(columns.iter().flatten().map(Said::size).fold(0, u64::saturating_add))?;
        Ok(Some(Batch { rows, columns }))
    }
}

/// Some rows, column by column.
pub(super) struct Batch {
    pub rows: usize,
    pub columns: Vec<Vec<Said>>,
}

/// How many bytes of values a file may still hold: a value that is written once can stand in millions of rows.
pub(super) struct Budget(AtomicU64);

impl Budget {
    pub const fn new(bytes: u64) -> Self {
        Self(AtomicU64::new(bytes))
    }

    fn spend(&self, bytes: u64) -> std::result::Result<(), Fault> {
        let less = |left: u64| left.checked_sub(bytes);
        match self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(_) => Ok(()),
            Err(_) => Err(Fault(too_much())),
        }
    }
}

/// The bytes of a column, found by their places in the file.
struct Chunk {
    start: u64,
    bytes: Bytes,
}

impl Chunk {
    fn from(&self, start: u64) -> Option<Bytes> {
        let from = usize::try_from(start.checked_sub(self.start)?).ok()?;
        (from <= self.bytes.len()).then(|| self.bytes.slice(from..))
    }
}

fn outside() -> ParquetError {
    ParquetError::EOF("a page outside its column".into())
}

impl Length for Chunk {
    fn len(&self) -> u64 {
        self.start.saturating_add(self.bytes.len() as u64)
    }
}

impl ChunkReader for Chunk {
    type T = buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.from(start).ok_or_else(outside)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.from(start).filter(|bytes| length <= bytes.len()).ok_or_else(outside)?;
        Ok(bytes.slice(..length))
    }
}
