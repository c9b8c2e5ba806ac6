//! `sotplan new`, `sotplan pack` and `sotplan open`: a project file of what the arguments name, one that has all its files
//! in it, and one for the window.

use std::path::PathBuf;

use super::arguments::{New, Open, Pack};
use super::{analyse, common};
use crate::app::Results;
use crate::app::notice::Notice;
use crate::app::project_tables::result_tables;
use crate::io::project_file::{Beside, ResultTables};
use crate::io::{is_there, project_file, refuse_overwriting, stem};
use crate::lang::{Lang, Said};
use crate::model::Project;
use crate::progress::Unwatched;
use crate::scene::qgis;
use crate::{say, say_many};

/// The file that is written.
pub fn outputs(said: &New) -> Vec<PathBuf> {
    vec![said.file.clone()]
}

/// Writes a new project.
pub fn new(said: &New, lang: Lang) -> Result<(), String> {
    if is_there(&said.file) {
        let file = said.file.display();
        return Err(say!(
            lang,
            "{file} finns redan. Ange ett annat namn, eller öppna filen med sotplan {file}",
            "{file} exists already. Choose another name, or open the file with sotplan {file}"
        ));
    }
    let mut project = analyse::as_given(&said.inputs, lang)?;
    if project.is_empty() {
        return Err(lang
            .pick(
                "inga lager är angivna. Lägg till t.ex. --population FIL och --grocery FIL, eller --demo för exemplet",
                "no layers are given. Add for example --population FILE and --grocery FILE, or --demo for the example",
            )
            .into());
    }
    project.name = said.name.clone().unwrap_or_else(|| stem(&said.file.to_string_lossy()).to_owned());
    let results = results(&project, lang)?;
    let tables = tables(&results, &project, lang)?;
    let by = common::here();
    let beside = Beside { results: Some(&tables), by: Some(&by), ..Beside::default() };
    project_file::save_as(&said.file, &project, &beside, &Unwatched).map_err(|error| error.said(lang))?;
    let (file, layers) = (said.file.display(), project.layers.len() + project.roads.len());
    let text = say_many!(
        lang,
        layers,
        "{file}: nytt projekt med {layers} lager" | "{file}: nytt projekt med {layers} lager",
        "{file}: a new project with {layers} layer" | "{file}: a new project with {layers} layers",
    );
    common::print(&text)
}

/// Packs a project with all its files.
pub fn pack(said: &Pack, lang: Lang) -> Result<(), String> {
    refuse_overwriting([said.project.as_path()], [said.out.as_path()]).map_err(|error| error.said(lang))?;
    let project = common::whole_project(&said.project, lang)?;
    let results = results(&project, lang)?;
    let tables = tables(&results, &project, lang)?;
    let by = common::here();
    let beside = Beside { results: Some(&tables), by: Some(&by), ..Beside::packed_in(Some(&said.project)) };
    let files =
        project_file::pack(&said.out, &project, &beside, &Unwatched).map_err(|error| error.said(lang))?;
    common::print(&Notice::packed(said.out.clone(), &files).said(lang))
}

/// Is it a project? What the window would tell as well, but a terminal is where it was asked for.
pub fn is_project(said: &Open, lang: Lang) -> Result<(), String> {
    project_file::open(&said.project).map(drop).map_err(|error| error.said(lang))
}

fn results(project: &Project, lang: Lang) -> Result<Results, String> {
    Results::compute(project, None, &Unwatched).map_err(|error| error.said(lang))
}

/// The results as tables of the file, drawn as the map of the window.
fn tables<'a>(results: &'a Results, project: &'a Project, lang: Lang) -> Result<ResultTables<'a>, String> {
    let now = jiff::Timestamp::now().to_string();
    result_tables(results, project, qgis::styles, &now).map_err(|error| error.said(lang))
}
