//! Starts Sotplan: the command line's work, or the window.

use std::process::ExitCode;

use sotplan::cli::{Task, run};
#[cfg(feature = "gui")]
use sotplan::lang::Said;

fn main() -> ExitCode {
    // Libraries speak only when asked to: a map without network would write a line for each tile.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
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
        Err((reason, lang)) => {
            eprintln!("sotplan: {}", reason.said(lang));
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_files: Vec<std::path::PathBuf>, lang: Option<sotplan::lang::Lang>) -> ExitCode {
    let lang = lang.unwrap_or(sotplan::lang::Lang::Sv);
    let text = lang.pick(
        "byggt utan fönster; se sotplan analyse --help",
        "built without a window; see sotplan analyse --help",
    );
    eprintln!("sotplan: {text}");
    ExitCode::FAILURE
}
