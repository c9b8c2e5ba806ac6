//! How is it told what a project is made of? As JSON for scripts, and as a table to paste.

use serde_json::{Value, json as object};

use super::files::FileState;
use super::made_of::{Information, Rows, Source};
use crate::lang::{Lang, Said as _};
use crate::model::SourcePlace;

/// As JSON; `states` in the order of the sources, empty where nobody looked.
#[must_use]
pub fn json(information: &Information, states: &[FileState], lang: Lang) -> Value {
    let sources = information.sources.iter().enumerate();
    let sources: Vec<Value> =
        sources.map(|(at, source)| of_source(source, states.get(at).copied())).collect();
    let changed: Vec<Value> = information
        .changed
        .iter()
        .map(|changed| {
            let [value, standard] = &changed.written;
            object!({ "id": changed.id, "name": changed.name.said(lang), "value": value, "standard": standard })
        })
        .collect();
    let work: serde_json::Map<String, Value> =
        information.work.iter().map(|work| (work.id.to_owned(), work.count.into())).collect();
    object!({ "sources": sources, "assumptions_changed": changed, "work": work })
}

fn of_source(source: &Source, state: Option<FileState>) -> Value {
    let path = match &source.file.place {
        SourcePlace::File(path) => Some(path.display().to_string()),
        SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
    };
    let joined: Vec<Value> = source
        .joined
        .iter()
        .map(|(path, sha256)| object!({ "path": path.display().to_string(), "sha256": sha256 }))
        .collect();
    object!({
        "name": source.name,
        "role": source.id,
        "file": source.file.name(),
        "path": path,
        "table": source.file.part,
        "date": source.file.date,
        "crs": format!("EPSG:{}", source.file.crs.epsg()),
        "crs_assumed": source.file.crs_assumed,
        "bytes": source.file.bytes,
        "sha256": source.file.sha256,
        "joined": joined,
        "state": state.map(FileState::id),
        "rows": source.rows.as_ref().map(|rows| rows.all),
        "rows_used": source.rows.as_ref().map(|rows| rows.used),
        "rows_refused": source.rows.as_ref().map(|rows| &rows.refused),
    })
}

/// The sources as a table with tabs between, for a spreadsheet.
#[must_use]
pub fn table(information: &Information, states: &[FileState], lang: Lang) -> String {
    let head = match lang {
        Lang::Sv => {
            ["Lager", "Används som", "Fil", "Datum", "Rader", "Använda", "Avvisade", "Tillstånd", "SHA-256"]
        }
        Lang::En => ["Layer", "Used as", "File", "Date", "Rows", "Used", "Refused", "State", "SHA-256"],
    };
    let mut lines = vec![head.join("\t")];
    for (at, source) in information.sources.iter().enumerate() {
        let of = |count: fn(&Rows) -> u64| {
            source.rows.as_ref().map(count).map_or_else(String::new, |count| count.to_string())
        };
        let state = states.get(at).map(|state| state.said(lang)).unwrap_or_default();
        let cells = [
            source.name.clone(),
            source.used_as.said(lang),
            source.file.name(),
            source.file.date.clone().unwrap_or_default(),
            of(|rows| rows.all),
            of(|rows| rows.used),
            of(|rows| rows.all.saturating_sub(rows.used)),
            state,
            source.file.sha256.clone(),
        ];
        lines.push(cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t"));
    }
    lines.join("\n")
}
