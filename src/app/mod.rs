//! What is the program doing? Composes reading, measuring and siting; `cli` and `ui` call the same functions.
//! Does not know egui, walkers or rfd.

mod built_in;
pub mod command;
pub mod comparing;
pub mod deciding;
pub mod demo;
pub mod export;
pub mod exports;
pub mod findings;
pub mod following;
pub mod history;
pub mod import;
pub mod importing;
pub mod information;
pub mod jobs;
pub mod load;
pub mod matrix;
pub mod merging;
pub mod municipality;
pub mod networks;
pub mod notice;
pub mod outage;
pub mod outputs;
pub mod people_columns;
pub mod pipos;
pub mod project_tables;
pub mod ranking;
pub mod results;
pub mod roads;
pub mod session;
pub mod settings;
pub mod siting;
pub mod sizing;
pub mod states;
pub mod streets;
pub mod tables;
pub mod telling;
pub mod travel;
pub mod ways;
pub mod work;

pub use results::Results;

#[cfg(test)]
mod degenerate_tests;
