//! Which columns say where a row stands in a table that has no geometry? Those of the source where they say it already,
//! else two more, and the shape as WKT where it is more than a point.

use geozero::ToWkt as _;

use super::outgoing::{OutRow, Outgoing, source_name};
use crate::geometry::Crs;
use crate::io::table::{PlaceColumns, states_system};
use crate::model::recognise::written_number;
use crate::model::{Entry, Message};

/// The columns that are added.
pub struct PlaceFields {
    /// East and north; none where the source's own columns say the same.
    pub pair: Option<[String; 2]>,
    /// The shape.
    pub wkt: Option<String>,
    /// The code of the system, where it is not the one that degrees are taken for.
    pub epsg: Option<String>,
}

impl PlaceFields {
    /// The columns needed; those of the source that would be taken for them get another name, which is said.
    pub fn new(outgoing: &mut Outgoing<'_>) -> Self {
        for at in 0..outgoing.fields.len() {
            if states_system(&outgoing.fields[at].name) {
                let old = outgoing.fields[at].name.clone();
                let new = outgoing.free_name(&source_name(&old));
                outgoing.notes.push(Message::new(
                    format!("källans kolumn ”{old}” heter ”{new}” i filen: den säger vilket koordinatsystem källan har"),
                    format!("the source's column “{old}” is called “{new}” in the file: it says the system of the source"),
                ));
                outgoing.fields[at].name = new;
            }
        }
        let needs_epsg = outgoing.crs != Crs::Wgs84 && outgoing.rows.iter().any(|row| row.point.is_some());
        let epsg = needs_epsg.then(|| outgoing.free_name("epsg"));
        let Self { pair, wkt, .. } = Self::of_places(outgoing);
        Self { pair, wkt, epsg }
    }

    fn of_places(outgoing: &mut Outgoing<'_>) -> Self {
        let is_more = |row: &OutRow<'_>| !matches!(row.shape, None | Some(geo::Geometry::Point(_)));
        let has_shapes = outgoing.rows.iter().any(is_more);
        let wkt = has_shapes.then(|| outgoing.free_name("wkt"));
        if !has_shapes && says_places(outgoing) {
            return Self { pair: None, wkt, epsg: None };
        }
        while let Some(found) = PlaceColumns::among(&names(outgoing)) {
            for at in [found.east, found.north] {
                let old = outgoing.fields[at].name.clone();
                let new = outgoing.free_name(&source_name(&old));
                outgoing.notes.push(Message::new(
                    format!("källans koordinatkolumn ”{old}” heter ”{new}” i filen: där står den representativa punkten, eller ett annat koordinatsystem"),
                    format!("the source's coordinate column “{old}” is called “{new}” in the file, where another point or system stands"),
                ));
                outgoing.fields[at].name = new;
            }
        }
        let wanted = if outgoing.crs.is_degrees() { ["lon", "lat"] } else { ["easting", "northing"] };
        Self { pair: Some(wanted.map(|name| outgoing.free_name(name))), wkt, epsg: None }
    }
}

fn names(outgoing: &Outgoing<'_>) -> Vec<String> {
    outgoing.fields.iter().map(|field| field.name.clone()).collect()
}

/// Do two columns of the source hold the coordinates that would be written?
fn says_places(outgoing: &Outgoing<'_>) -> bool {
    let Some(found) = PlaceColumns::among(&names(outgoing)) else { return false };
    if found.is_degrees != outgoing.crs.is_degrees() {
        return false;
    }
    let number = |row: &OutRow<'_>, at: usize| match outgoing.value(row, at)? {
        Entry::Text(text) => written_number(text).map(|number| number.value),
        entry => entry.number(),
    };
    let same = |a: f64, b: f64| (a - b).abs() <= b.abs() * 1e-12;
    outgoing.rows.iter().all(|row| match row.point {
        None => true,
        Some((x, y)) => {
            number(row, found.east).is_some_and(|own| same(own, x))
                && number(row, found.north).is_some_and(|own| same(own, y))
        }
    })
}

/// The shape of a row as WKT.
pub fn wkt(row: &OutRow<'_>) -> Option<String> {
    row.shape.as_ref()?.to_wkt().ok()
}
