//! How is a layer written as a table of text? UTF-8; a comma between and decimal points, or as a Swedish Excel opens it.

use super::outgoing::{Outgoing, as_text};
use super::places::{PlaceFields, wkt};
use crate::io::formula::shielded;
use crate::model::{Entry, Message};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The table.
///
/// # Errors
/// What the writer says, in words.
pub fn table(outgoing: &mut Outgoing<'_>, delimiter: u8, is_swedish: bool) -> Result<Vec<u8>, Message> {
    outgoing.ids_as_column();
    let places = PlaceFields::new(outgoing);
    let start = if is_swedish { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(start);
    let failed = |error: csv::Error| Message::new(error.to_string(), error.to_string());
    let own = outgoing.fields.iter().map(|field| field.name.as_str());
    let added = places.pair.iter().flatten().chain(&places.epsg).chain(&places.wkt).map(String::as_str);
    table.write_record(own.chain(added).map(|name| shielded(name).into_owned())).map_err(failed)?;
    let number = |number: String| if is_swedish { number.replace('.', ",") } else { number };
    for row in &outgoing.rows {
        let own = (0..outgoing.fields.len()).map(|at| match outgoing.value(row, at) {
            None => String::new(),
            Some(entry @ Entry::Real(_)) => number(as_text(entry).into_owned()),
            Some(entry @ Entry::Text(_)) => shielded(&as_text(entry)).into_owned(),
            Some(entry) => as_text(entry).into_owned(),
        });
        let pair =
            places.pair.iter().flatten().enumerate().map(|(axis, _)| {
                row.point.map_or_else(String::new, |(x, y)| number([x, y][axis].to_string()))
            });
        let epsg = places
            .epsg
            .iter()
            .map(|_| row.point.map_or_else(String::new, |_| outgoing.crs.epsg().to_string()));
        let shape = places.wkt.iter().map(|_| wkt(row).unwrap_or_default());
        table.write_record(own.chain(pair).chain(epsg).chain(shape)).map_err(failed)?;
    }
    table.into_inner().map_err(|error| Message::new(error.to_string(), error.to_string()))
}
