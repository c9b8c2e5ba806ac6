//! What does a shapefile hold? Shapes, and the table beside them, in the system that the file beside names. One bad
//! record never costs the rest.
//! Read without the `shapefile` and `dbase` crates: they take room for what a record claims, stop at the first bad one,
//! leave out deleted rows without a word and refuse headers that real programs write. The tests write with them.

mod shapes;
mod table;
#[cfg(test)]
mod tests;
mod text;

use rayon::prelude::*;

use self::shapes::Records;
use self::table::Table;
use self::text::Decoder;
use super::IoError;
use super::features::rows::{Columns, RowIn};
use super::features::stated::{system, system_of};
use super::features::{CRS_SAMPLE, Intake, Placing, remark_file};
use super::input::{Input, LoadOptions, ReadLayer};
use super::sides::SHAPES_BEGIN;
use crate::model::{LayerReport, Message, Refusal};
use crate::progress::Progress;

/// Records handled between two looks at "stop?".
const CHUNK: usize = 2048;

/// Reads a shapefile as a layer.
///
/// # Errors
/// [`IoError`] when it is none, when its system or encoding is not known, when nothing can be used, or when cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let shp = input.bytes(progress)?;
    if !shp.starts_with(SHAPES_BEGIN) || shp.len() < 100 {
        let message = Message::new(
            "innehållet är ingen shapefil, eller är avbrutet. Hämta eller exportera den på nytt",
            "the content is no shapefile, or is cut off. Fetch or export it again",
        );
        return Err(IoError::File { file: file.into(), message });
    }
    let (dbf, shx) = (input.side("dbf")?, input.side("shx")?);
    let shx = shx.as_ref().map(|shx| shx.bytes(progress)).transpose()?;
    let dbf = dbf.as_ref().map(|dbf| dbf.bytes(progress)).transpose()?;
    let mut report = LayerReport::default();
    let Records { at: records, notes } = Records::new(shp, shx);
    remark_file(&mut report, notes);
    report.features_in = records.len();
    let table = if let Some(dbf) = dbf {
        table_of(input, dbf, &mut report, progress)?
    } else {
        remark_file(&mut report, [without_table()]);
        None
    };
    if let Some(table) = &table {
        remark_file(&mut report, table::counted(table, records.len()));
    }
    let content = |record: &Option<std::ops::Range<usize>>| record.clone().map(|range| &shp[range]);
    let step = (records.len() / CRS_SAMPLE).max(1);
    let first = records.iter().step_by(step).filter_map(|record| shapes::first_position(content(record)?));
    let prj = input.side("prj")?;
    let prj = prj.as_ref().map(|prj| prj.bytes(progress)).transpose()?.map(String::from_utf8_lossy);
    let stated = prj.as_deref().and_then(system_of);
    let (crs, crs_assumed) = system(file, options, stated, first.collect(), &mut report)?;
    let placing = Placing::new(crs);
    let read = |(chunk, records): (usize, &[Option<std::ops::Range<usize>>])| {
        progress.check()?;
        let mut part = Reading::new(table.as_ref(), &placing);
        for (row, record) in (chunk * CHUNK..).zip(records) {
            part.take(row, content(record));
        }
        Ok((part.intake, part.unclear))
    };
    let parts: Result<Vec<_>, IoError> = records.par_chunks(CHUNK).enumerate().map(read).collect();
    let (mut all, mut unclear) = (Intake::default(), 0);
    for (part, of_part) in parts? {
        all.append(part);
        unclear += of_part;
    }
    if let Some(table) = table.filter(|_| unclear > 0) {
        remark_file(&mut report, [unclear_texts(unclear, table.decoder)]);
    }
    progress.report(1, 1);
    Ok(ReadLayer::new(all.finish(file, report)?, crs, crs_assumed))
}

fn without_table() -> Message {
    Message::new(
        "tabellen (.dbf) saknas bredvid formerna: bara geometrin läses in. Lägg alla filer med samma namn i samma mapp",
        "the table (.dbf) is missing beside the shapes: only the geometry is read. Put all files of the same name into one folder",
    )
}

fn unclear_texts(values: usize, decoder: Decoder) -> Message {
    let name = decoder.name();
    Message::new(
        format!(
            "{values} texter har tecken som inte finns i {name} och visas som �. Rätta kodningen i .cpg-filen"
        ),
        format!(
            "{values} texts have characters that are not in {name} and are shown as �. Correct the encoding in the .cpg file"
        ),
    )
}

/// The table beside the shapes; what tells its encoding is said.
fn table_of<'a>(
    input: &Input<'_>,
    dbf: &'a [u8],
    report: &mut LayerReport,
    progress: &dyn Progress,
) -> Result<Option<Table<'a>>, IoError> {
    let unknown = |sv: String, en: String| {
        Err(IoError::File { file: input.file().into(), message: Message::new(sv, en) })
    };
    let cpg = input.side("cpg")?;
    let cpg = cpg.as_ref().map(|cpg| cpg.bytes(progress)).transpose()?.map(String::from_utf8_lossy);
    let texts = table::texts(dbf);
    let decoder = match cpg.as_deref().and_then(Decoder::of_cpg) {
        Some(Ok(decoder)) => decoder,
        Some(Err(said)) => {
            return unknown(
                format!(
                    "teckenkodningen ”{said}” i .cpg-filen känns inte igen. Skriv t.ex. UTF-8 eller 1252 i den"
                ),
                format!(
                    "the encoding “{said}” in the .cpg file is not known. Write for example UTF-8 or 1252 into it"
                ),
            );
        }
        None => match Decoder::of_language(table::language(dbf)) {
            Some(Ok(decoder)) => {
                if !texts.is_ascii() {
                    let looks_like_utf8 = std::str::from_utf8(texts).is_ok();
                    remark_file(report, [text::of_header(decoder, looks_like_utf8)]);
                }
                decoder
            }
            Some(Err(said)) => {
                return unknown(
                    format!(
                        "tabellen (.dbf) anger en teckenkodning som inte känns igen ({said}). Lägg en fil med samma namn och ändelsen .cpg bredvid, med t.ex. UTF-8 eller 1252 i"
                    ),
                    format!(
                        "the table (.dbf) names an encoding that is not known ({said}). Put a file of the same name with the ending .cpg beside it that says for example UTF-8 or 1252"
                    ),
                );
            }
            None => {
                let decoder = Decoder::guessed(texts);
                if !texts.is_ascii() {
                    remark_file(report, [text::guessed(decoder)]);
                }
                decoder
            }
        },
    };
    let table = Table::new(dbf, decoder);
    if table.is_none() {
        let message = Message::new(
            "tabellen (.dbf) kan inte läsas: bara geometrin läses in. Exportera lagret på nytt",
            "the table (.dbf) cannot be read: only the geometry is read. Export the layer again",
        );
        remark_file(report, [message]);
    }
    Ok(table)
}

/// Rows taken in by one thread.
struct Reading<'t, 'a> {
    table: Option<&'t Table<'a>>,
    placing: &'t Placing,
    columns: Columns,
    intake: Intake,
    unclear: usize,
}

impl<'t, 'a> Reading<'t, 'a> {
    fn new(table: Option<&'t Table<'a>>, placing: &'t Placing) -> Self {
        let mut intake = Intake::default();
        let names = table.map(|table| table.names.as_slice()).unwrap_or_default();
        let columns = Columns::new(names, &mut intake);
        Self { table, placing, columns, intake, unclear: 0 }
    }

    fn take(&mut self, row: usize, record: Option<&[u8]>) {
        let mut remarks = Vec::new();
        let is_deleted = self.table.is_some_and(|table| table.is_deleted(row));
        let shape = match record {
            _ if is_deleted => Err(Refusal::Deleted),
            Some(record) => shapes::shape(record, &mut remarks),
            None => Err(shapes::too_short()),
        };
        let values = self.table.map(|table| table.values(row, &mut self.unclear)).unwrap_or_default();
        let said = values.iter().map(|(column, value)| (*column, value.entry())).collect();
        let number = u32::try_from(row + 1).unwrap_or(u32::MAX);
        let row = RowIn { number, id: None, shape, remarks, said };
        self.columns.take(row, self.placing, &mut self.intake);
    }
}
