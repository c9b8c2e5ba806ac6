//! Which layers of results are written into files of their own? Cells, places, chosen sites, gaps, critical roads; in the
//! format that the ending of the file's name tells.

use std::collections::BTreeSet;
use std::path::Path;

use super::about::About;
use super::candidates::Sites;
use super::demand::Cells;
use super::form::{Form, write_layer};
use super::layer::ResultLayer as _;
use super::origin::{Stamp, assumptions};
use super::shapes::{Critical, Gaps};
use crate::app::Results;
use crate::app::ways::CriticalRoad;
use crate::io::IoError;
use crate::model::{ServiceKind, SiteId, TrialPoint};

/// Every cell with its nearest and second nearest service of each kind.
///
/// # Errors
/// [`IoError`] when a row has no coordinates in the system, for what the format cannot hold, or when it cannot be written.
pub fn write_demand(path: &Path, results: &Results, stamp: &Stamp, form: Form) -> Result<(), IoError> {
    write_layer(path, &Cells::new(results), &About::new(assumptions(results, stamp)), form).map(drop)
}

/// Every candidate.
///
/// # Errors
/// As [`write_demand`].
pub fn write_candidates(path: &Path, results: &Results, stamp: &Stamp, form: Form) -> Result<(), IoError> {
    write_layer(path, &Sites::all(results), &About::new(assumptions(results, stamp)), form).map(drop)
}

/// The chosen sites, candidates and trial points; how many.
///
/// # Errors
/// As [`write_demand`], and for a trial point outside the map or without a way.
pub fn write_selected(
    path: &Path,
    results: &Results,
    selected: &BTreeSet<SiteId>,
    trials: &[TrialPoint],
    stamp: &Stamp,
    form: Form,
) -> Result<usize, IoError> {
    let sites = Sites::selected(results, selected, trials)?;
    write_layer(path, &sites, &About::new(assumptions(results, stamp)), form)?;
    Ok(sites.count())
}

/// The gaps of every kind.
///
/// # Errors
/// As [`write_demand`].
pub fn write_gaps(path: &Path, results: &Results, stamp: &Stamp, form: Form) -> Result<(), IoError> {
    write_layer(path, &Gaps::new(results), &About::new(assumptions(results, stamp)), form).map(drop)
}

/// The most important roads of a kind, worst first.
///
/// # Errors
/// As [`write_demand`].
pub fn write_critical(
    path: &Path,
    results: &Results,
    kind: ServiceKind,
    roads: &[CriticalRoad],
    stamp: &Stamp,
    form: Form,
) -> Result<(), IoError> {
    write_layer(path, &Critical { kind, roads }, &About::new(assumptions(results, stamp)), form).map(drop)
}
