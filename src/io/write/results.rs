//! How are tables that the program made itself written? Several in one file, with what they rest on beside them. That a row
//! has no coordinates in the system is an error: no row of a result is left out.

use std::path::Path;

use super::outgoing::Outgoing;
use super::target::{Target, refused};
use super::texts::TextTable;
use super::{geojson, gpkg, xlsx};
use crate::geometry::Crs;
use crate::io::open::Loaded;
use crate::io::{IoError, write_atomically};
use crate::model::Message;

/// Writes one table as GeoJSON with its features' ids; `more` are members of the collection, their values as JSON.
///
/// # Errors
/// [`IoError`] when a row has no coordinates in the system, or the file cannot be written.
pub fn write_collection(
    path: &Path,
    loaded: &Loaded,
    crs: Crs,
    more: &[(&str, &[u8])],
) -> Result<(), IoError> {
    let mut outgoing = whole(path, loaded, crs)?;
    outgoing.with_ids();
    write_atomically(path, &[&geojson::collection(&outgoing, more)])
}

/// Writes tables into one GeoPackage or workbook, and tables of texts beside them; what the file says otherwise than the
/// tables, and why.
///
/// # Errors
/// [`IoError`] for a format that holds one table only, for what the format cannot hold, when a row has no coordinates in
/// the system, or when the file cannot be written.
pub fn write_together(
    path: &Path,
    tables: &[Loaded],
    texts: &[TextTable],
    crs: Crs,
) -> Result<Vec<Message>, IoError> {
    let mut outgoing = tables.iter().map(|table| whole(path, table, crs)).collect::<Result<Vec<_>, _>>()?;
    match Target::of(path)? {
        Target::GeoPackage => gpkg::write(path, &mut outgoing, texts)?,
        Target::Excel => {
            let bytes = xlsx::workbook(&mut outgoing, texts).map_err(|message| refused(path, message))?;
            write_atomically(path, &[&bytes])?;
        }
        _ => {
            let message = Message::new(
                "flera tabeller ryms bara i .gpkg och .xlsx. Välj en av dem",
                "several tables fit into .gpkg and .xlsx only. Choose one of them",
            );
            return Err(refused(path, message));
        }
    }
    Ok(outgoing.into_iter().flat_map(|table| table.notes).collect())
}

/// A table with all of its rows.
fn whole<'a>(path: &Path, loaded: &'a Loaded, crs: Crs) -> Result<Outgoing<'a>, IoError> {
    let outgoing = Outgoing::new(loaded, crs);
    let (lost, name, system) = (outgoing.lost(), &outgoing.name, crs.name());
    if lost == 0 {
        return Ok(outgoing);
    }
    let message = Message::new(
        format!(
            "{name}: {lost} rader har inga koordinater i {system}. Välj ett system som täcker hela området"
        ),
        format!(
            "{name}: {lost} rows have no coordinates in {system}. Choose a system that covers the whole area"
        ),
    );
    Err(refused(path, message))
}
