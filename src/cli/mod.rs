//! The work without a window. Reads arguments, calls the same functions of `app` as the window does,
//! prints the result and nothing else to standard output.

mod analyse;
mod arguments;
mod common;
mod existing;
mod info;
mod inputs;
mod map;
mod notes;
mod plan_arguments;
mod roads;
mod site;
mod solve;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use crate::io::said_by;
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

/// The language that the terminal speaks.
fn language_of_environment() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    Lang::from_locale(&locale)
}
