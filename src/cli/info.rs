//! What do files hold? Told as the window would open them: parts, systems, roles, columns, and what is not used.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::arguments::Info;
use super::common::print;
use super::notes;
use crate::app::load::{ReadFile, WantedFile, read_files};
use crate::io::{IoError, Loaded, project_file};
use crate::lang::{Lang, Said};
use crate::model::roads::RoadReport;
use crate::model::{Column, Layer, LayerId, LayerReport, Project, RoadLayer, Situation, SourceFile};
use crate::progress::Unwatched;
use crate::say;

/// Tells of each file; files that cannot be read are an error when all are told.
pub fn run(said: &Info, lang: Lang) -> Result<(), String> {
    let wanted: Vec<WantedFile> = said.files.iter().cloned().map(WantedFile::Any).collect();
    let (mut parts, mut errors) = (Vec::new(), Vec::new());
    for answer in read_files(&wanted, &[], &Unwatched) {
        match answer {
            Ok(ReadFile::NeedsCrs(asked)) => errors.push(asked.error),
            Ok(ReadFile::Project(path, _)) if let Err(error) = project_file::open(&path) => {
                errors.push(error);
            }
            Ok(read) => parts.extend(told(read)),
            Err(error) => errors.push(error),
        }
    }
    if said.json {
        let parts: Vec<Value> = parts.iter().map(json_of).collect();
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

/// What is told of.
enum Told {
    Layer(LayerTold),
    Roads(Box<RoadLayer>),
    Project(PathBuf, Vec<String>),
    Unread { file: String, tables: Vec<String> },
}

/// A layer, and what is used of it in its role, as an analysis would: a row without people is read, but not used.
struct LayerTold {
    title: String,
    layer: Arc<Layer>,
    report: LayerReport,
}

impl LayerTold {
    fn new(loaded: Loaded) -> Self {
        let title = title(&loaded.source, loaded.name.as_deref());
        let layer = Arc::new(loaded.into_layer(LayerId(1)));
        let project = Project { layers: vec![Arc::clone(&layer)], ..Project::default() };
        let bound = Situation::bind(&project, &Unwatched).ok();
        let report = bound.and_then(|bound| bound.reports.get(&layer.id).cloned());
        Self { title, report: report.unwrap_or_else(|| layer.table.report.clone()), layer }
    }
}

fn told(part: ReadFile) -> Vec<Told> {
    let layer = |loaded| Told::Layer(LayerTold::new(loaded));
    match part {
        ReadFile::Layer(loaded) => vec![layer(*loaded)],
        ReadFile::Roads(roads, services) => {
            std::iter::once(Told::Roads(roads)).chain(services.into_iter().map(layer)).collect()
        }
        ReadFile::RoadsAgain(roads) => vec![Told::Roads(roads)],
        ReadFile::NeedsCrs(_) => Vec::new(),
        ReadFile::Project(path, unread) => vec![Told::Project(path, unread)],
        ReadFile::Unread { file, tables } => vec![Told::Unread { file, tables }],
    }
}

fn lines_of(part: &Told, lang: Lang) -> Vec<String> {
    match part {
        Told::Layer(layer) => of_layer(layer, lang),
        Told::Roads(roads) => of_roads(roads, lang),
        Told::Project(path, _) => {
            let path = path.display();
            vec![say!(lang, "{path}: ett sparat projekt", "{path}: a saved project")]
        }
        Told::Unread { file, tables } => {
            let tables = tables.join(", ");
            vec![say!(lang, "{file}: läses inte: {tables}", "{file}: not read: {tables}")]
        }
    }
}

/// The system and the encoding, and whether they were told by the content.
fn system(source: &SourceFile, lang: Lang) -> String {
    let name = source.crs.name();
    let name = if source.crs_assumed { say!(lang, "{name}, antaget", "{name}, assumed") } else { name };
    match source.encoding {
        Some(found) if found.is_guess => {
            let encoding = found.encoding.name();
            say!(lang, "{name}; {encoding}, antaget", "{name}; {encoding}, assumed")
        }
        Some(found) => format!("{name}; {}", found.encoding.name()),
        None => name,
    }
}

fn of_layer(LayerTold { title, layer, report }: &LayerTold, lang: Lang) -> Vec<String> {
    let (role, system) = (layer.role.said(lang), system(&layer.source, lang));
    let (used, all) = (lang.whole(report.features_used as u64), lang.whole(report.features_in as u64));
    let mut lines = vec![
        title.clone(),
        say!(
            lang,
            "  {role}; {used} av {all} objekt; {system}",
            "  {role}; {used} of {all} features; {system}"
        ),
    ];
    lines.extend(notes::of_report(report, lang).into_iter().map(|line| format!("  {line}")));
    lines.extend(layer.table.columns.iter().map(|column| of_column(column, lang)));
    lines
}

fn of_column(column: &Column, lang: Lang) -> String {
    let samples = column.samples.join(" · ").replace(['\r', '\n'], " ");
    let (name, filled) = (&column.name, lang.whole(column.filled as u64));
    let is_numbers = column.filled > 0 && column.numbers == column.filled;
    let kind = if is_numbers { lang.pick("tal", "numbers") } else { lang.pick("text", "text") };
    say!(
        lang,
        "  – {name}: {kind}, ifyllda {filled}: {samples}",
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

fn title(source: &SourceFile, name: Option<&str>) -> String {
    let file = source.name();
    match name {
        Some(name) => format!("{file}: {name}"),
        None => file,
    }
}

fn json_of(part: &Told) -> Value {
    match part {
        Told::Layer(layer) => json_of_layer(layer),
        Told::Roads(roads) => json_of_roads(roads),
        Told::Project(path, unread) => json!({
            "holds": "project", "file": path.to_string_lossy(), "not_read": unread,
        }),
        Told::Unread { file, tables } => json!({ "holds": "unread", "file": file, "not_read": tables }),
    }
}

fn json_of_layer(LayerTold { layer, report, .. }: &LayerTold) -> Value {
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
        "encoding": layer.source.encoding.map(|found| found.encoding.name()),
        "encoding_assumed": layer.source.encoding.is_some_and(|found| found.is_guess),
        "role": layer.role.id(),
        "told": layer.role.said(Lang::En),
        "features_in": report.features_in,
        "features_used": report.features_used,
        "features_refused": report.refused_by_reason(),
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
        "not_roads": report.ways_other,
        "columns": report.columns.iter().map(|(what, column)| json!({ "name": column, "means": what }))
            .collect::<Vec<_>>(),
    })
}
