//! How does a layer come into another format? Read as everywhere, written whole, and the rows are counted.

use super::arguments::Convert;
use super::common::{layer_options, print};
use super::notes;
use crate::io::{
    LoadOptions, WriteOptions, Written, load_file, refuse_overwriting, table_named, write_layer,
};
use crate::lang::{Lang, Said};
use crate::model::{LayerReport, Reading};
use crate::progress::Unwatched;
use crate::{say, say_many};

/// Reads and writes.
pub fn run(said: &Convert, lang: Lang) -> Result<(), String> {
    let refused = refuse_overwriting(
        std::iter::once(said.input.as_path()).chain(said.joins.files()),
        [said.out.as_path()],
    );
    refused.map_err(|error| error.said(lang))?;
    said.joins.refuse_idle(|_| true, lang)?;
    let reading = Reading { joins: said.joins.of(None), ..Reading::default() };
    let options = LoadOptions { part: said.table.clone(), reading, ..layer_options(said.crs, said.encoding) };
    if let (Some(table), Some((_, named))) = (&said.table, table_named(&said.input)) {
        return Err(say!(
            lang,
            "tabellen anges två gånger, {named} i filnamnet och --table {table}. Ta bort det ena",
            "the table is given twice, {named} in the file's name and --table {table}. Leave out one of them"
        ));
    }
    let loaded = load_file(&said.input, &options, &Unwatched).map_err(|error| error.said(lang))?;
    let options = WriteOptions { crs: said.to_crs, swedish: said.swedish_csv };
    let written = write_layer(&said.out, &loaded, &options).map_err(|error| error.said(lang))?;
    let lines = lines(said, &loaded.table.report, &written, lang);
    print(&lines.join("\n"))
}

/// Rows in, rows written, rows refused by reason; then what was guessed, and what the new file says otherwise.
fn lines(said: &Convert, report: &LayerReport, written: &Written, lang: Lang) -> Vec<String> {
    let rows = report.features_in;
    let (name, all, out) = (said.out.display(), lang.whole(rows as u64), lang.whole(written.rows as u64));
    let system = written.crs.name();
    let mut lines = vec![say!(
        lang,
        "{name}: {out} av {all} rader skrivna; {system}",
        "{name}: {out} of {all} rows written; {system}"
    )];
    if written.without_place > 0 {
        let count = written.without_place;
        lines.push(say_many!(
            lang,
            count,
            "  varav {count} rad utan plats" | "  varav {count} rader utan plats",
            "  of which {count} row without a place" | "  of which {count} rows without a place"
        ));
    }
    for (reason, count) in &written.refused {
        let first = report.refused.iter().find(|refused| refused.reason.code() == *reason);
        lines.push(match first {
            Some(first) => {
                let (number, field, why) = (first.number, first.reason.field(), first.reason.said(lang));
                say!(
                    lang,
                    "  avvisade: {count}, först objekt {number}, {field}: {why}",
                    "  {count} refused, first feature {number}, {field}: {why}"
                )
            }
            None => say!(
                lang,
                "  avvisade: {count}, har inga koordinater i {system}",
                "  {count} refused, without coordinates in {system}"
            ),
        });
    }
    lines.extend(notes::of_remarks(report, lang).into_iter().map(|line| format!("  {line}")));
    lines.extend(written.notes.iter().map(|note| format!("  {}", note.said(lang))));
    lines
}
