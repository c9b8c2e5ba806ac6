//! How long does a file take to load, beside the start of the program? `benches/peers/loading.py` sets it beside others.
//!
//! `cargo bench --bench loading -- FILE` loads it once and prints JSON: `rows`, `seconds`, and memory in kB when it
//! began and at its peak (0 where the system does not tell).

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints, and ends where it cannot go on"
)]

use std::time::Instant;

use sotplan::io::{LoadOptions, load_file};
use sotplan::progress::Unwatched;

/// A figure that Linux tells of this process, kB.
fn told(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.trim_matches([':', '\t', ' ', 'k', 'B']).parse().ok()).unwrap_or(0)
}

fn main() {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).expect("a file to load");
    let before = told("VmRSS");
    let started = Instant::now();
    let loaded = load_file(file.as_ref(), &LoadOptions::default(), &Unwatched).expect("a sound file");
    let seconds = started.elapsed().as_secs_f64();
    let rows = loaded.table.features.len();
    println!(
        r#"{{"rows": {rows}, "seconds": {seconds}, "began_kb": {before}, "peak_kb": {}}}"#,
        told("VmHWM")
    );
}
