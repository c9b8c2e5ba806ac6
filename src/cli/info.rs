//! What do files hold? Told as the window would open them, a file at a time: format, tables, systems, roles, columns,
//! and what is not used.

mod project;
mod told;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::told::{FileTold, TableTold};
use super::arguments::Info;
use super::common::{print, print_json};
use super::notes;
use crate::app::notice::Notice;
use crate::io::project_file::KnownTable;
use crate::io::{files_in, stem};
use crate::lang::{Lang, Said};
use crate::model::roads::RoadReport;
use crate::model::{Column, ColumnType, RoadLayer, SourceFile, column_use};
use crate::say;

/// Tells of each file; files that cannot be read are an error when all are told.
pub fn run(said: &Info, lang: Lang) -> Result<(), String> {
    let mut told: Vec<FileTold> = Vec::new();
    for path in &said.files {
        // A folder is the files in it.
        match files_in(path).filter(|files| !files.is_empty()) {
            Some(files) => told.extend(files.iter().map(|path| told::file(path))),
            None => told.push(told::file(path)),
        }
    }
    if said.json {
        let all: Vec<Value> = told.iter().map(|file| json_of(file, lang)).collect();
        print_json(Value::Array(all).to_string().as_bytes())?;
    } else {
        let lines: Vec<String> = told.iter().flat_map(|file| lines_of(file, lang)).collect();
        if !lines.is_empty() {
            print(&lines.join("\n"))?;
        }
    }
    let errors: Vec<String> =
        told.iter().flat_map(|file| &file.errors).map(|error| error.said(lang)).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\nsotplan: ")) }
}

impl Info {
    pub fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter()
    }
}

fn lines_of(file: &FileTold, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &file.tables {
        match table {
            TableTold::Layer(_) => lines.extend(of_layer(file, table, lang)),
            TableTold::Roads(roads) => lines.extend(of_roads(roads, lang)),
            TableTold::Project(told) => {
                lines.extend(project::lines(&file.path, told, lang));
                lines.extend(told.results.iter().map(|table| of_result(table, lang)));
            }
        }
    }
    if !file.unread.is_empty() {
        let (name, tables) = (&file.name, file.unread.join(", "));
        lines.push(say!(
            lang,
            "{name}: läses inte: {tables} ({})",
            "{name}: not read: {tables} ({})",
            Notice::unread_kinds(lang)
        ));
    }
    lines
}

/// The system and the encoding, and whether they were told by the content.
fn system(source: &SourceFile, is_placed: bool, lang: Lang) -> String {
    let name = source.crs.name();
    let name = match (is_placed, source.crs_assumed) {
        (false, _) => lang.pick("inga koordinater", "no coordinates").to_owned(),
        (true, true) => say!(lang, "{name}, antaget", "{name}, assumed"),
        (true, false) => name,
    };
    match source.encoding {
        Some(found) if found.is_guess => {
            let encoding = found.encoding.name();
            say!(lang, "{name}; {encoding}, antaget", "{name}; {encoding}, assumed")
        }
        Some(found) => format!("{name}; {}", found.encoding.name()),
        None => name,
    }
}

fn of_layer(file: &FileTold, table: &TableTold, lang: Lang) -> Vec<String> {
    let TableTold::Layer(told) = table else { return Vec::new() };
    let (layer, report) = (&told.layer, &told.report);
    let title = match &layer.source.part {
        Some(part) => format!("{}: {part}", file.name),
        None => file.name.clone(),
    };
    let (role, system) = (layer.role.said(lang), system(&layer.source, told.bounds.is_some(), lang));
    let (used, all) = (lang.whole(report.features_used as u64), lang.whole(report.features_in as u64));
    let format = file.format.unwrap_or_default();
    let mut lines = vec![
        title,
        say!(
            lang,
            "  {role}; {used} av {all} objekt; {format}; {system}",
            "  {role}; {used} of {all} features; {format}; {system}"
        ),
    ];
    if let Some([west, south, east, north]) = told.bounds {
        lines.push(say!(
            lang,
            "  longitud {west:.4} till {east:.4}, latitud {south:.4} till {north:.4}",
            "  longitude {west:.4} to {east:.4}, latitude {south:.4} to {north:.4}"
        ));
    }
    lines.extend(notes::of_report(report, lang).into_iter().map(|line| format!("  {line}")));
    let columns = layer.table.columns.iter();
    lines.extend(columns.map(|column| of_column(column, column_use(layer, column), lang)));
    lines
}

/// A table of results of a project.
fn of_result(known: &KnownTable, lang: Lang) -> String {
    let (table, rows) = (&known.table, lang.whole(known.rows));
    let state = if known.is_current {
        String::new()
    } else {
        say!(lang, "; inaktuell: spara projektet i Sotplan", "; out of date: save the project in Sotplan")
    };
    say!(lang, "  resultat: {table}, rader {rows}{state}", "  results: {table}, rows {rows}{state}")
}

fn of_column(column: &Column, taken_for: Option<String>, lang: Lang) -> String {
    let samples = column.samples.join(" · ").replace(['\r', '\n'], " ");
    let (name, filled) = (&column.name, lang.whole(column.filled as u64));
    let kind = match column.kind() {
        // What is only in refused rows has no type, but numbers.
        ColumnType::Empty if column.filled > 0 && column.numbers == column.filled => {
            lang.pick("tal", "numbers")
        }
        ColumnType::Integer | ColumnType::Real => lang.pick("tal", "numbers"),
        ColumnType::Boolean => lang.pick("ja/nej", "yes/no"),
        ColumnType::Date => lang.pick("datum", "date"),
        ColumnType::Mixed => lang.pick("blandat", "mixed"),
        ColumnType::Empty | ColumnType::Text => lang.pick("text", "text"),
    };
    let taken_for = taken_for.map(|what| say!(lang, " → {what}", " → {what}")).unwrap_or_default();
    say!(
        lang,
        "  – {name}: {kind}, ifyllda {filled}: {samples}{taken_for}",
        "  – {name}: {kind}, {filled} filled: {samples}{taken_for}"
    )
}

fn of_roads(layer: &RoadLayer, lang: Lang) -> Vec<String> {
    let report = &layer.roads.report;
    let (used, all) = (lang.whole(report.ways_used), lang.whole(report.ways_in));
    let system = system(&layer.source, true, lang);
    let mut lines = vec![
        layer.source.name(),
        say!(
            lang,
            "  Vägar; {used} av {all} objekt; {system}",
            "  Roads; {used} of {all} features; {system}"
        ),
    ];
    let refused = report.ways_refused.iter();
    let said = refused.map(|(why, count)| (RoadReport::said_reason(lang, why), count));
    lines.extend(
        said.map(|(why, count)| say!(lang, "  avvisade: {count}, {why}", "  refused: {count}, {why}")),
    );
    if report.ways_other > 0 {
        let other = lang.whole(report.ways_other);
        lines.push(say!(lang, "  inte vägar: {other}", "  not roads: {other}"));
    }
    lines.extend(report.columns.iter().map(|(what, column)| format!("  – {column}: {what}")));
    lines
}

fn json_of(file: &FileTold, lang: Lang) -> Value {
    let errors: Vec<String> = file.errors.iter().map(|error| error.said(lang)).collect();
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let mut out = json!({
        "file": name(&file.path),
        "format": file.format,
        "encoding": file.encoding.map(|found| found.encoding.name()),
        "encoding_assumed": file.encoding.is_some_and(|found| found.is_guess),
        "sha256": file.sha256,
        "holds": if file.is_project() { "project" } else { "data" },
        "tables": file.tables.iter().filter_map(|table| json_of_table(file, table, lang)).collect::<Vec<_>>(),
        "not_read": file.unread,
    });
    for table in &file.tables {
        if let (TableTold::Project(told), Some(members)) = (table, out.as_object_mut()) {
            members.insert("project".into(), project::json(told, lang));
            let table = |known: &KnownTable| json!({ "name": known.name, "table": known.table, "rows": known.rows, "current": known.is_current });
            members.insert("result_tables".into(), told.results.iter().map(table).collect());
        }
    }
    if !errors.is_empty()
        && let Some(members) = out.as_object_mut()
    {
        members.insert("error".into(), errors.join("\n").into());
    }
    out
}

fn json_of_table(file: &FileTold, table: &TableTold, lang: Lang) -> Option<Value> {
    match table {
        TableTold::Layer(told) => Some(json_of_layer(file, told, lang)),
        TableTold::Roads(roads) => Some(json_of_roads(file, roads, lang)),
        TableTold::Project(_) => None,
    }
}

fn json_of_layer(file: &FileTold, told: &told::LayerTold, lang: Lang) -> Value {
    let (layer, report) = (&told.layer, &told.report);
    let column = |column: &Column| {
        json!({ "name": column.name, "type": column.kind().id(), "filled": column.filled,
            "numbers": column.numbers, "samples": column.samples, "role": column_use(layer, column),
            "remarks": told.remarks_on(&column.name, lang) })
    };
    json!({
        "name": told.name(file),
        "role": layer.role.id(),
        "told": layer.role.said(lang),
        "rows": report.features_in,
        "rows_used": report.features_used,
        "rows_refused": report.refused_by_reason(),
        "geometry": told.geometry,
        // Where nothing stands, nothing is in a system.
        "crs": told.bounds.map(|_| format!("EPSG:{}", layer.source.crs.epsg())),
        "crs_assumed": told.bounds.is_some() && layer.source.crs_assumed,
        "bounds": told.bounds,
        "date": layer.source.date,
        "columns": layer.table.columns.iter().map(column).collect::<Vec<_>>(),
        "remarks": notes::of_remarks(report, lang),
    })
}

fn json_of_roads(file: &FileTold, layer: &RoadLayer, lang: Lang) -> Value {
    let report = &layer.roads.report;
    let columns = report.columns.iter().map(|(what, column)| json!({ "name": column, "role": what }));
    json!({
        "name": stem(&file.name),
        "role": "roads",
        "told": lang.pick("Vägar", "Roads"),
        "rows": report.ways_in,
        "rows_used": report.ways_used,
        "rows_refused": report.ways_refused,
        "rows_other": report.ways_other,
        "geometry": "line",
        "crs": format!("EPSG:{}", layer.source.crs.epsg()),
        "crs_assumed": layer.source.crs_assumed,
        "bounds": told::bounds_of_roads(layer),
        "date": layer.source.date,
        "columns": columns.collect::<Vec<_>>(),
        "remarks": report.warnings(lang),
    })
}
