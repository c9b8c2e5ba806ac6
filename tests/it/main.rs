//! The integration tests of Sotplan: whole files in, whole results out, and the rules of the house.
//! Data that is not part of the project is used where it lies beside it; a test without it says so loudly.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, says what it skipped, and compares figures that must be exact"
)]

mod beside;
mod beside_plans;
mod board;
mod circles;
mod cleaning;
mod command_line;
mod commands;
mod compare;
mod conformance;
mod crashes;
mod demo;
mod edges;
mod faults;
mod following;
mod formats;
mod handing_on;
mod invariants;
mod jamtland;
mod joins;
mod kept;
mod large;
mod location;
mod makers;
mod merging;
mod municipality;
mod networks;
mod nvdb;
mod old_projects;
mod outage;
mod papers;
mod pipos;
mod planner;
mod power;
mod project_tables;
mod properties;
mod regressions;
mod roads_cli;
mod roads_session;
mod rural;
mod siting_cli;
mod states;
mod two_windows;
mod water;
