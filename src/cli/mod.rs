//! The work without a window. Reads arguments, calls the same functions of `app` as the window does,
//! prints the result and nothing else to standard output.

mod analyse;
mod arguments;
mod check;
mod common;
mod compare;
mod contradictions;
mod convert;
mod existing;
mod export;
mod info;
mod inputs;
mod joins;
mod language;
mod layout;
mod map;
mod merge;
mod notes;
mod outage;
mod pack;
mod paper_arguments;
mod plan_arguments;
mod power;
mod refused;
mod report;
mod roads;
mod site;
mod solve;
mod swedish;
mod swedish_commands;
mod values;
mod written;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::io::said_by;
use crate::lang::Lang;
use crate::say;

pub use arguments::{Arguments, Work};

/// What `main` shall do.
pub enum Task {
    /// Done already, with this exit code.
    Done(ExitCode),
    /// Open the window with these files; the demo when there are none.
    Window { files: Vec<PathBuf>, lang: Option<Lang> },
}

/// Reads the command line and does what needs no window.
#[must_use]
pub fn run() -> Task {
    let words = language::Words::new(std::env::args_os().collect());
    let lang = words.lang();
    let matches = layout::command(lang).try_get_matches_from(words.all);
    let read = matches.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match read {
        Ok(read) => read,
        Err(error) => return Task::Done(refused::print(error, lang)),
    };
    let refused = contradictions::refuse(&arguments, &matches, &words.said, lang);
    let Some(work) = arguments.work else {
        return match refused {
            Ok(()) => Task::Window { files: arguments.files, lang: arguments.lang.map(Lang::from) },
            Err(message) => Task::Done(done(Err(message))),
        };
    };
    let files = contradictions::files(&matches);
    let refused = refused.and_then(|()| contradictions::refuse_overwriting(&files, &outputs(&work), lang));
    let result = refused.and_then(|()| perform(&work, &files, lang));
    match (work, result) {
        (Work::Open(said), Ok(())) => {
            Task::Window { files: vec![said.project], lang: arguments.lang.map(Lang::from) }
        }
        (_, result) => Task::Done(done(result)),
    }
}

/// Does the work. A panic becomes one plain message instead of a trace; readers name their file themselves.
fn perform(work: &Work, files: &[(String, PathBuf)], lang: Lang) -> Result<(), String> {
    std::panic::set_hook(Box::new(|_| {}));
    let done = catch_unwind(AssertUnwindSafe(|| match work {
        Work::Analyse(said) => analyse::run(said, lang),
        Work::Compare(said) => compare::run(said, lang),
        Work::Export(said) => export::run(said, lang),
        Work::Travel(said) => roads::travel(said, lang),
        Work::Route(said) => roads::route(said, lang),
        Work::Site(said) => site::run(said, lang),
        Work::Solve(said) => solve::run(said, lang),
        Work::Info(said) => info::run(said, lang),
        Work::Power(said) => power::run(said, lang),
        Work::Outage(said) => outage::run(said, lang),
        Work::Convert(said) => convert::run(said, lang),
        Work::New(said) => pack::new(said, lang),
        Work::Pack(said) => pack::pack(said, lang),
        Work::Merge(said) => merge::run(said, lang),
        Work::Open(said) => pack::is_project(said, lang),
        Work::Map(said) => map::run(said, lang),
        Work::Report(said) => report::run(said, lang),
        Work::Check(said) => check::run(said, lang),
    }));
    done.unwrap_or_else(|panic| {
        let said = said_by(panic.as_ref());
        let files: Vec<String> = files.iter().map(|(_, file)| file.display().to_string()).collect();
        let files = files.join(", ");
        Err(say!(
            lang,
            "oväntat fel i programmet ({said}). Filer: {files}. Ingen fil har lämnats halvskriven. Skicka gärna filerna till utvecklarna",
            "an unexpected fault in the program ({said}). Files: {files}. No file was left half-written. Please send the files to the developers"
        ))
    })
}

fn done(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            common::warn(&message);
            ExitCode::FAILURE
        }
    }
}

/// The files that work writes, and the folder it writes them to.
fn outputs(work: &Work) -> Vec<PathBuf> {
    match work {
        Work::Analyse(said) => analyse::outputs(said),
        Work::Compare(said) => compare::outputs(said),
        Work::Outage(said) => outage::outputs(said),
        Work::Export(said) => export::outputs(said),
        Work::Site(said) => site::outputs(said),
        Work::Travel(said) => vec![said.out.clone()],
        Work::Route(said) => said.out.iter().cloned().collect(),
        Work::Map(said) => vec![said.out.clone()],
        Work::Report(said) => vec![said.out.clone()],
        Work::New(said) => pack::outputs(said),
        Work::Pack(said) => vec![said.out.clone()],
        Work::Merge(said) => said.out.iter().cloned().collect(),
        Work::Check(said) => check::outputs(said),
        // Converting has no option for what it writes, and says itself what it does not write over.
        Work::Solve(_) | Work::Info(_) | Work::Convert(_) | Work::Open(_) | Work::Power(_) => Vec::new(),
    }
}
