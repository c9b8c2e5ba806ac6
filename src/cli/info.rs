//! What do files hold? Told as the window would open them: parts, systems, roles, columns, and what is not used.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::arguments::Info;
use super::common::print;
use super::notes;
use crate::app::load::{ReadFile, WantedFile, read_files};
use crate::io::{IoError, Loaded};
use crate::lang::{Lang, Said};
use crate::model::{Column, RoadLayer, SourceFile};
use crate::progress::Unwatched;
use crate::say;

/// Tells of each file; files that cannot be read are an error when all are told.
pub fn run(said: &Info, lang: Lang) -> Result<(), String> {
    let wanted: Vec<WantedFile> = said.files.iter().cloned().map(WantedFile::Any).collect();
    let (mut parts, mut errors) = (Vec::new(), Vec::new());
    for answer in read_files(&wanted, &[], &Unwatched) {
        match answer {
            Ok(ReadFile::NeedsCrs(asked)) => errors.push(asked.error),
            Ok(read) => parts.push(read),
            Err(error) => errors.push(error),
        }
    }
    if said.json {
        let parts: Vec<Value> = parts.iter().flat_map(json_of).collect();
        print(json!({ "parts": parts }).to_string().as_bytes())?;
    } else {
        let parts: Vec<String> = parts.iter().flat_map(|part| lines_of(part, lang)).collect();
        if !parts.is_empty() {
            print(parts.join("\n").as_bytes())?;
        }
    }
    let errors: Vec<String> = errors.iter().map(|error: &IoError| error.said(lang)).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\nsotplan: ")) }
}

impl Info {
    pub fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter()
    }
}

fn lines_of(part: &ReadFile, lang: Lang) -> Vec<String> {
    match part {
        ReadFile::Layer(layer) => of_layer(layer, lang),
        ReadFile::Roads(roads, services) => {
            let services = services.iter().flat_map(|layer| of_layer(layer, lang));
            of_roads(roads, lang).into_iter().chain(services).collect()
        }
        ReadFile::RoadsAgain(roads) => of_roads(roads, lang),
        ReadFile::NeedsCrs(asked) => vec![asked.error.said(lang)],
        ReadFile::Project(path, _) => {
            let path = path.display();
            vec![say!(lang, "{path}: ett sparat projekt", "{path}: a saved project")]
        }
        ReadFile::Unread { file, tables } => {
            let tables = tables.join(", ");
            vec![say!(lang, "{file}: läses inte: {tables}", "{file}: not read: {tables}")]
        }
    }
}

/// The system, and whether it was told by the numbers.
fn system(source: &SourceFile, lang: Lang) -> String {
    let name = source.crs.name();
    if source.crs_assumed { say!(lang, "{name}, antaget", "{name}, assumed") } else { name }
}

fn of_layer(layer: &Loaded, lang: Lang) -> Vec<String> {
    let (table, name) = (&layer.table, title(&layer.source, layer.name.as_deref()));
    let (role, system) = (layer.role.said(lang), system(&layer.source, lang));
    let (used, all) = (lang.whole(table.features.len() as u64), lang.whole(table.report.features_in as u64));
    let mut lines = vec![
        name,
        say!(
            lang,
            "  {role}; {used} av {all} objekt; {system}",
            "  {role}; {used} of {all} features; {system}"
        ),
    ];
    lines.extend(notes::of_report(&table.report, lang).into_iter().map(|line| format!("  {line}")));
    lines.extend(table.columns.iter().map(|column| of_column(column, lang)));
    lines
}

fn of_column(column: &Column, lang: Lang) -> String {
    let (name, filled, samples) =
        (&column.name, lang.whole(column.filled as u64), column.samples.join(" · "));
    let is_numbers = column.filled > 0 && column.numbers == column.filled;
    let kind = if is_numbers { lang.pick("tal", "numbers") } else { lang.pick("text", "text") };
    say!(
        lang,
        "  – {name}: {kind}, {filled} ifyllda: {samples}",
        "  – {name}: {kind}, {filled} filled: {samples}"
    )
}

fn of_roads(layer: &RoadLayer, lang: Lang) -> Vec<String> {
    let report = &layer.roads.report;
    let (used, all) = (lang.whole(report.ways_used), lang.whole(report.ways_in));
    let system = system(&layer.source, lang);
    let mut lines = vec![
        title(&layer.source, None),
        say!(
            lang,
            "  Vägar; {used} av {all} objekt; {system}",
            "  Roads; {used} of {all} features; {system}"
        ),
    ];
    let refused = report.ways_refused.iter();
    lines.extend(
        refused.map(|(why, count)| say!(lang, "  {count} avvisade: {why}", "  {count} refused: {why}")),
    );
    lines.extend(report.columns.iter().map(|(what, column)| format!("  – {column}: {what}")));
    lines
}

fn title(source: &SourceFile, name: Option<&str>) -> String {
    let file = source.name();
    match name {
        Some(name) => format!("{file}: {name}"),
        None => file,
    }
}

fn json_of(part: &ReadFile) -> Vec<Value> {
    match part {
        ReadFile::Layer(layer) => vec![json_of_layer(layer)],
        ReadFile::Roads(roads, services) => {
            let services = services.iter().map(json_of_layer);
            std::iter::once(json_of_roads(roads)).chain(services).collect()
        }
        ReadFile::RoadsAgain(roads) => vec![json_of_roads(roads)],
        ReadFile::NeedsCrs(_) => Vec::new(),
        ReadFile::Project(path, unread) => vec![json!({
            "holds": "project", "file": path.to_string_lossy(), "not_read": unread,
        })],
        ReadFile::Unread { file, tables } => {
            vec![json!({ "holds": "unread", "file": file, "not_read": tables })]
        }
    }
}

fn json_of_layer(layer: &Loaded) -> Value {
    let table = &layer.table;
    let column = |column: &Column| {
        json!({ "name": column.name, "filled": column.filled, "numbers": column.numbers,
            "samples": column.samples })
    };
    json!({
        "holds": "layer",
        "file": layer.source.name(),
        "part": layer.source.part,
        "sha256": layer.source.sha256,
        "crs": format!("EPSG:{}", layer.source.crs.epsg()),
        "crs_assumed": layer.source.crs_assumed,
        "role": layer.role.id(),
        "told": layer.role.said(Lang::En),
        "features_in": table.report.features_in,
        "features_used": table.features.len(),
        "features_refused": table.report.refused_by_reason(),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
    })
}

fn json_of_roads(layer: &RoadLayer) -> Value {
    let report = &layer.roads.report;
    json!({
        "holds": "roads",
        "file": layer.source.name(),
        "sha256": layer.source.sha256,
        "crs": format!("EPSG:{}", layer.source.crs.epsg()),
        "crs_assumed": layer.source.crs_assumed,
        "features_in": report.ways_in,
        "features_used": report.ways_used,
        "features_refused": report.ways_refused,
        "columns": report.columns.iter().map(|(what, column)| json!({ "name": column, "means": what }))
            .collect::<Vec<_>>(),
    })
}
