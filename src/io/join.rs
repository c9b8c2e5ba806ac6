//! How do the tables that a layer takes more from come to it? Each is read as any file, whatever its format, and joined
//! before the layer's own columns and rows are looked at.

use std::sync::OnceLock;

use geo::{BoundingRect as _, Contains as _, Point, Rect};

use super::input::LoadOptions;
use super::{IoError, ground};
use crate::geometry::LonLat;
use crate::lang::{Lang, Said as _};
use crate::model::joining::{Meeting, Municipalities, joined};
use crate::model::{
    FeatureTable, Gives, Join, Joined, Message, Remark, RemarkKind, Role, SourceFile, recognise,
};

/// Another table as it is read.
pub(super) struct Other {
    pub source: SourceFile,
    /// Its name, where its file holds several.
    pub name: Option<String>,
    pub table: FeatureTable,
}

/// Joins the tables that the user says to the one that is read; `read` reads another one.
///
/// # Errors
/// [`IoError`] when one of them cannot be read or does not fit, or when cancelled.
pub(super) fn apply(
    table: &mut FeatureTable,
    told_by: &str,
    options: &LoadOptions,
    read: &dyn Fn(&Join) -> Result<Other, IoError>,
) -> Result<(), IoError> {
    for join in &options.reading.joins {
        if join.gives == Gives::Places && table.placeless.rows.is_empty() {
            continue;
        }
        let people = match options.role.clone().unwrap_or_else(|| recognise::role_of(told_by, table)) {
            // A role that is only sought says no column.
            Role::Population { field } if field.is_empty() => recognise::population_field(&table.columns),
            Role::Population { field } => Some(field),
            _ => None,
        };
        let found = one(table, join, people, &read(join)?)?;
        told(table, &found);
        table.report.joined.push(found);
    }
    Ok(())
}

fn one(
    table: &mut FeatureTable,
    join: &Join,
    people: Option<String>,
    other: &Other,
) -> Result<Joined, IoError> {
    let name = other.source.name();
    let called = other.name.as_ref().map_or_else(|| name.clone(), |part| format!("{name}, {part}"));
    let meeting = Meeting {
        join,
        table: called.clone(),
        sha256: other.source.sha256.clone(),
        date: other.source.date.clone(),
        towns: Municipalities { of_code: &name_of_code, at: &municipality_at },
        people,
    };
    joined(table, &other.table, &meeting).map_err(|message| {
        let message = Message::new(
            format!("{called} kan inte kopplas: {}", message.said(Lang::Sv)),
            format!("{called} cannot be joined: {}", message.said(Lang::En)),
        );
        IoError::File { file: name, message }
    })
}

/// Says in the layer's report what came of it, and each row that is not joined.
fn told(table: &mut FeatureTable, joined: &Joined) {
    let mut remarks =
        vec![Remark { number: None, kind: RemarkKind::Joined { message: joined.message() }, place: None }];
    let name = || joined.table.clone();
    remarks.extend(joined.without.iter().map(|unmet| Remark {
        number: Some(unmet.number),
        kind: RemarkKind::NotJoined { table: name(), key: unmet.key.clone(), why: unmet.why },
        place: unmet.place,
    }));
    remarks.extend(joined.left.iter().map(|unmet| {
        let (row, key, why) = (unmet.number, unmet.key.clone(), unmet.why);
        Remark { number: None, kind: RemarkKind::RowLeft { table: name(), row, key, why }, place: None }
    }));
    table.report.remarks.append(&mut remarks);
}

fn name_of_code(code: &str) -> Option<String> {
    let known = &ground::ground().municipalities;
    known.iter().find(|municipality| municipality.code == code).map(|municipality| municipality.name.clone())
}

/// The municipality that a place lies in, by the boundaries that are built in.
fn municipality_at(place: LonLat) -> Option<String> {
    static BOUNDS: OnceLock<Vec<Option<Rect>>> = OnceLock::new();
    let known = &ground::ground().municipalities;
    let bounds = BOUNDS.get_or_init(|| known.iter().map(|one| one.area.bounding_rect()).collect());
    let here = Point::new(place.lon, place.lat);
    let is_here = |(one, bounds): &(&ground::Region, &Option<Rect>)| {
        bounds.is_some_and(|bounds| bounds.contains(&here)) && one.area.contains(&here)
    };
    known.iter().zip(bounds).find(is_here).map(|(one, _)| one.name.clone())
}
