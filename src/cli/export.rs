//! `sotplan export`: what the window's Export writes of a project, one or all of it, each under the name it proposes.

use std::path::{Path, PathBuf};

use super::analyse;
use super::arguments::Export as ExportWork;
use crate::app::Results;
use crate::app::export::{Chosen, Stamp};
use crate::app::exports::{Export, Of};
use crate::app::outputs::make_folder;
use crate::io::{refuse_overwriting, stem};
use crate::lang::{Lang, Said as _};
use crate::progress::Unwatched;
use crate::{say, say_many};

/// The files that may be written, and their folder.
pub fn outputs(said: &ExportWork) -> Vec<PathBuf> {
    let chosen = said.written.chosen();
    let files = asked(said).flat_map(|what| names(what, &chosen));
    files.map(|name| said.out.join(name)).chain([said.out.clone()]).collect()
}

/// Writes; the error is the message for the user.
pub fn run(said: &ExportWork, lang: Lang) -> Result<(), String> {
    refuse_unknown(said, lang)?;
    let project = analyse::project(&said.given, lang)?;
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    analyse::refuse_empty_layers(&results, lang)?;
    analyse::refuse_idle_roads(&results, lang)?;
    let (chosen, stamp) = (said.written.chosen(), Stamp::today());
    let of = Of { project: &project, results: &results, stamp: &stamp };
    let (mut lines, mut todo) = (Vec::new(), Vec::new());
    for what in asked(said) {
        match of.lacks(what) {
            None => todo.push(what),
            Some(missing) if !said.what.is_empty() => {
                let name = stem(what.file_name());
                return Err(format!("--what {name}: {}", missing.said(lang)));
            }
            Some(missing) => lines.push(format!("{}: {}", what.file_name(), missing.said(lang))),
        }
    }
    let files =
        todo.iter().flat_map(|what| names(*what, &chosen).into_iter().map(|name| said.out.join(name)));
    let (inputs, files) = (project.files(), files.collect::<Vec<PathBuf>>());
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), files.iter().map(PathBuf::as_path))
        .map_err(|error| error.said(lang))?;
    make_folder(&said.out).map_err(|error| error.said(lang))?;
    for what in &todo {
        for name in names(*what, &chosen) {
            of.write(*what, &said.out.join(name), chosen.style, chosen.form, &Unwatched)
                .map_err(|error| error.said(lang))?;
        }
    }
    lines.push(written(files.len(), &said.out, lang));
    super::common::print(&lines.join("\n"))
}

/// What is to be written.
fn asked(said: &ExportWork) -> impl Iterator<Item = Export> + '_ {
    let is_asked =
        |what: &Export| said.what.is_empty() || said.what.iter().any(|name| is_called(*what, name));
    Export::of_project().filter(is_asked)
}

fn is_called(what: Export, name: &str) -> bool {
    stem(what.file_name()) == name.trim()
}

/// The names of the files of one export: of a layer one in each format.
fn names(what: Export, chosen: &Chosen) -> Vec<String> {
    if what.is_table() {
        return vec![chosen.style.file_name(what.file_name())];
    }
    let stem = stem(what.file_name());
    chosen.formats().into_iter().map(|format| format!("{stem}.{}", format.ending())).collect()
}

fn refuse_unknown(said: &ExportWork, lang: Lang) -> Result<(), String> {
    let is_unknown = |name: &&String| !Export::of_project().any(|what| is_called(what, name));
    let Some(name) = said.what.iter().find(is_unknown) else { return Ok(()) };
    let mut known: Vec<&str> = Export::of_project().map(|what| stem(what.file_name())).collect();
    known.dedup();
    let known = known.join(", ");
    Err(say!(
        lang,
        "--what {name}: något sådant skrivs inte. Välj bland {known}",
        "--what {name}: nothing of that name is written. Choose from {known}"
    ))
}

fn written(count: usize, folder: &Path, lang: Lang) -> String {
    let folder = folder.display();
    say_many!(
        lang,
        count,
        "{count} fil skriven till {folder}" | "{count} filer skrivna till {folder}",
        "{count} file written to {folder}" | "{count} files written to {folder}",
    )
}
