//! Which tables are written as files of their own? Areas, candidates, cells, a comparison with Pipos; in English.

use std::path::{Path, PathBuf};

use super::origin::Stamp;
use crate::app::Results;
use crate::app::following::day_of;
use crate::app::municipality::county_table;
use crate::app::pipos::Comparison;
use crate::app::tables::{self, AreaLine, TableStyle};
use crate::io::{IoError, refuse_overwriting};
use crate::lang::Lang;
use crate::model::{Project, ServiceKind};

/// The table of areas, with what it rests on; its rows sum to the people in.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_areas(path: &Path, results: &Results, style: TableStyle, stamp: &Stamp) -> Result<(), IoError> {
    let mut table = tables::areas(results, ServiceKind::Grocery, Lang::En);
    table.columns.extend(tables::assumed(results, &stamp.date));
    table.write(path, style, results.areas.iter().map(AreaLine::of))
}

/// The county table: municipalities, their county and the country, as the data have them and as they were printed.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_county(path: &Path, results: &Results, style: TableStyle) -> Result<(), IoError> {
    let made = county_table(results);
    tables::county(&made, Lang::En).write(path, style, &made.lines)
}

/// The table of what has to be looked at and what was decided.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_findings(path: &Path, results: &Results, style: TableStyle) -> Result<(), IoError> {
    tables::findings(Lang::En).write(path, style, tables::finding_lines(results))
}

/// The places that are followed, a row each.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_follow_up(
    path: &Path,
    results: &Results,
    project: &Project,
    style: TableStyle,
    stamp: &Stamp,
) -> Result<(), IoError> {
    let lines = tables::follow_lines(results, project, day_of(&stamp.date));
    tables::follow_up(Lang::En).write(path, style, lines)
}

/// Their seven steps, a row each.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_process(
    path: &Path,
    results: &Results,
    project: &Project,
    style: TableStyle,
    stamp: &Stamp,
) -> Result<(), IoError> {
    let lines = tables::follow_lines(results, project, day_of(&stamp.date));
    tables::process(Lang::En).write(path, style, tables::step_lines(lines))
}

/// The table of candidates.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_candidate_table(path: &Path, results: &Results, style: TableStyle) -> Result<(), IoError> {
    tables::candidates(results, Lang::En).write(path, style, &results.candidates)
}

/// The table of cells, one row a cell.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_cell_table(path: &Path, results: &Results, style: TableStyle) -> Result<(), IoError> {
    tables::cells(results).write(path, style, 0..results.situation.demand.len())
}

/// The table of a comparison with another program's distances.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_pipos(
    path: &Path,
    comparison: &Comparison,
    style: TableStyle,
    inputs: &[PathBuf],
) -> Result<(), IoError> {
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), [path])?;
    tables::pipos(Lang::En).write(path, style, &comparison.rows)
}
