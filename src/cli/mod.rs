//! The work without a window. Reads arguments, calls the same functions of `app` as the window does,
//! prints the result and nothing else to standard output.

mod analyse;
mod arguments;
mod existing;
mod info;
mod map;
mod notes;
mod plan_arguments;
mod roads;
mod site;
mod solve;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use crate::geometry::Crs;
use crate::io::{LoadOptions, said_by};
use crate::lang::Lang;
use crate::say;

pub use arguments::{Arguments, Work};

/// What `main` shall do.
pub enum Task {
    /// Done already, with this exit code.
    Done(ExitCode),
    /// Open the window with these files; the demo when there are none.
    Window { files: Vec<std::path::PathBuf>, lang: Option<Lang> },
}

/// How files are read; `crs` is for those that name no system of their own.
fn layer_options(crs: Option<u16>, lang: Lang) -> Result<LoadOptions, String> {
    let known = |code| {
        Crs::try_from(code).map_err(|_| {
            say!(
                lang,
                "--crs {code}: systemet läses inte. Ange 4326, 3006, 3007–3018 eller 3857",
                "--crs {code}: the system is not read. Give 4326, 3006, 3007–3018 or 3857"
            )
        })
    };
    Ok(LoadOptions { crs_if_unsaid: crs.map(known).transpose()?, ..LoadOptions::default() })
}

/// Reads the command line and does what needs no window.
#[must_use]
pub fn run() -> Task {
    let arguments = Arguments::parse();
    let lang = arguments.lang.map(Lang::from);
    match arguments.work {
        None => Task::Window { files: arguments.files, lang },
        Some(work) => {
            let lang = lang.unwrap_or_else(language_of_environment);
            // One plain message instead of a trace; readers name their file themselves.
            std::panic::set_hook(Box::new(|_| {}));
            let done = catch_unwind(AssertUnwindSafe(|| match &work {
                Work::Analyse(said) => analyse::run(said, lang),
                Work::Travel(said) => roads::travel(said, lang),
                Work::Route(said) => roads::route(said, lang),
                Work::Site(said) => site::run(said, lang),
                Work::Solve(said) => solve::run(said, lang),
                Work::Info(said) => info::run(said, lang),
                Work::Map(said) => map::run(said, lang),
            }))
            .unwrap_or_else(|panic| {
                let said = said_by(panic.as_ref());
                let files = files_of(&work);
                Err(say!(
                    lang,
                    "oväntat fel i programmet ({said}). Filer: {files}. Ingen fil har lämnats halvskriven. Skicka gärna filerna till utvecklarna",
                    "an unexpected fault in the program ({said}). Files: {files}. No file was left half-written. Please send the files to the developers"
                ))
            });
            Task::Done(match done {
                Ok(()) => ExitCode::SUCCESS,
                Err(message) => {
                    eprintln!("sotplan: {message}");
                    ExitCode::FAILURE
                }
            })
        }
    }
}

/// The names of the files that work was asked to read.
fn files_of(work: &Work) -> String {
    let files: Vec<&std::path::PathBuf> = match work {
        Work::Analyse(said) => analyse::inputs(&said.inputs).collect(),
        Work::Site(said) => analyse::inputs(&said.inputs).chain(&said.existing).collect(),
        Work::Travel(said) => said.roads.iter().chain([&said.from, &said.to]).collect(),
        Work::Route(said) => said.roads.iter().collect(),
        Work::Info(said) => said.inputs().collect(),
        Work::Map(said) => analyse::inputs(&said.inputs).collect(),
        Work::Solve(said) => [&said.costs, &said.demand].into_iter().chain(&said.sites_file).collect(),
    };
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Writes a result to standard output.
fn print(text: &[u8]) -> Result<(), String> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough; the files are written.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| error.to_string()),
    }
}

/// The language that the terminal speaks.
fn language_of_environment() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    Lang::from_locale(&locale)
}
