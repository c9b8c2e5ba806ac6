//! What do the commands have in common? How files are read, and how a result is printed.

use std::path::Path;

use crate::app::notice::Notice;
use crate::app::session::{Opened, open_project};
use crate::geometry::Crs;
use crate::io::{LoadOptions, OpenBy};
use crate::lang::{Lang, Said as _};
use crate::model::{Project, TextEncoding};
use crate::progress::Unwatched;

/// How files are read; what is said here is for those that do not say it themselves.
pub fn layer_options(crs: Option<Crs>, encoding: Option<TextEncoding>) -> LoadOptions {
    LoadOptions { crs_if_unsaid: crs, encoding, ..LoadOptions::default() }
}

/// A saved project with every file that it names: without one of them the figures would be others, and nothing would say
/// so. What else is told of it goes to standard error.
pub fn whole_project(path: &Path, lang: Lang) -> Result<Project, String> {
    let Opened { project, notices, .. } = open_project(path, &Unwatched).map_err(|error| error.said(lang))?;
    if let Some(missing) = notices.iter().find(|notice| matches!(notice, Notice::SourceMissing { .. })) {
        return Err(missing.said(lang));
    }
    for notice in &notices {
        eprintln!("sotplan: {}", notice.said(lang));
    }
    Ok(project)
}

/// Who works here, now.
pub fn here() -> OpenBy {
    OpenBy::here("", jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Writes a result to standard output.
pub fn print(text: &[u8]) -> Result<(), String> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough; the files are written.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| error.to_string()),
    }
}
