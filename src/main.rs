//! Starts Sotplan: the command line's work, or the window.

use std::process::ExitCode;

use sotplan::cli::{Task, run};

fn main() -> ExitCode {
    let code = match run() {
        Task::Done(code) => code,
        Task::Window { files, lang } => window(files, lang),
    };
    sotplan::io::beside::finish();
    code
}

#[cfg(feature = "gui")]
fn window(files: Vec<std::path::PathBuf>, lang: Option<sotplan::lang::Lang>) -> ExitCode {
    match sotplan::ui::run(files, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sotplan: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_files: Vec<std::path::PathBuf>, _lang: Option<sotplan::lang::Lang>) -> ExitCode {
    eprintln!("sotplan: built without a window; see sotplan analyse --help");
    ExitCode::FAILURE
}
