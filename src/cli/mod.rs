//! The work without a window. Reads arguments, calls the same functions of `app` as the window does,
//! prints the result and nothing else to standard output.

mod analyse;
mod arguments;
mod existing;
mod notes;
mod plan_arguments;
mod roads;
mod site;
mod solve;

use std::process::ExitCode;

use clap::Parser;

use crate::lang::Lang;

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
            let done = match &work {
                Work::Analyse(said) => analyse::run(said, lang),
                Work::Travel(said) => roads::travel(said, lang),
                Work::Route(said) => roads::route(said, lang),
                Work::Site(said) => site::run(said, lang),
                Work::Solve(said) => solve::run(said, lang),
            };
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
