//! What is told of a saved project: who saved it, its files and how it stands with them, what is not standard, and what was
//! written down.

use std::path::Path;

use serde_json::{Value, json as object};

use super::told::ProjectTold;
use crate::app::information::{self, FileState, Source};
use crate::lang::{Lang, Said as _};
use crate::say;

/// In words.
pub fn lines(path: &Path, told: &ProjectTold, lang: Lang) -> Vec<String> {
    let (path, name, program) = (path.display(), &told.name, &told.origin.program);
    let mut lines = vec![say!(
        lang,
        "{path}: projektet ”{name}”, sparat av Sotplan {program}",
        "{path}: the project “{name}”, saved by Sotplan {program}"
    )];
    let sources = told.information.sources.iter().zip(&told.states);
    lines.extend(sources.map(|(source, state)| of_source(source, *state, lang)));
    for changed in &told.information.changed {
        let name = changed.name.said(lang);
        let [value, standard] = [0, 1].map(|at| changed.values[at].said(lang));
        lines.push(say!(
            lang,
            "  {name}: {value} (standard {standard})",
            "  {name}: {value} (standard {standard})"
        ));
    }
    let work: Vec<String> = told.information.work.iter().map(|work| work.said(lang)).collect();
    if !work.is_empty() {
        lines.push(format!("  {}", work.join("; ")));
    }
    lines.extend(told.notices.iter().map(|notice| format!("  {}", notice.said(lang))));
    lines
}

fn of_source(source: &Source, state: FileState, lang: Lang) -> String {
    let (name, used_as, file) = (&source.name, source.used_as.said(lang), source.file.name());
    let state = state.said(lang);
    let date = source.file.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let Some(rows) = &source.rows else {
        return format!("  {name}: {used_as}; {file}{date}; {state}");
    };
    let (used, all) = (lang.whole(rows.used), lang.whole(rows.all));
    say!(
        lang,
        "  {name}: {used_as}; {file}{date}; {used} av {all} objekt; {state}",
        "  {name}: {used_as}; {file}{date}; {used} of {all} features; {state}"
    )
}

/// As JSON.
pub fn json(told: &ProjectTold, lang: Lang) -> Value {
    let mut out = information::json(&told.information, &told.states, lang);
    if let Some(members) = out.as_object_mut() {
        members.insert("name".into(), told.name.clone().into());
        members.insert("program_version".into(), told.origin.program.clone().into());
        members.insert("format_version".into(), told.origin.format.into());
        members.insert("documents".into(), object!(told.origin.documents));
    }
    out
}
