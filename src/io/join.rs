//! How do the tables that a layer takes more from come to it? Each is read as any file, whatever its format, and joined
//! before the layer's own columns and rows are looked at.

use std::sync::OnceLock;

use geo::{BoundingRect as _, Contains as _, Point, Rect};

use super::input::LoadOptions;
use super::{IoError, ground};
use crate::geometry::LonLat;
use crate::lang::{Lang, Said as _};
use crate::model::joining::{JoinFault, Meeting, Municipalities, joined};
use crate::model::{
    Condition, FeatureTable, Gives, Join, Joined, Message, Reading, Remark, RemarkKind, Role, SourceFile,
    recognise,
};
use crate::progress::Progress;
use crate::say_many;

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
    progress: &dyn Progress,
    read: &dyn Fn(&Join) -> Result<Other, IoError>,
) -> Result<(), IoError> {
    let joins = &options.reading.joins;
    let (places, columns): (Vec<_>, Vec<_>) =
        joins.iter().enumerate().partition(|(_, join)| join.gives == Gives::Places);
    let run = |table: &mut FeatureTable, (nth, join): (usize, &Join)| {
        let people = people_of(table, told_by, options);
        let other = read(join)?;
        let found = one(table, (nth, join), people, &other, progress)?;
        told(table, &found, &other.table.report.remarks);
        table.report.joined.push(found);
        Ok::<(), IoError>(())
    };
    for join in places {
        if !table.placeless.rows.is_empty() {
            run(table, join)?;
        }
    }
    // What is not wanted shares no numbers.
    let is_own = |condition: &&Condition| table.column(&condition.column).is_some();
    let conditions: Vec<Condition> = options.reading.conditions.iter().filter(is_own).cloned().collect();
    if !columns.is_empty() {
        Reading { conditions, ..Reading::default() }.apply(table);
    }
    for join in columns {
        run(table, join)?;
    }
    Ok(())
}

/// The column that counts the people of a layer of people, among its own.
fn people_of(table: &FeatureTable, told_by: &str, options: &LoadOptions) -> Option<String> {
    match options.role.clone().unwrap_or_else(|| recognise::role_of(told_by, table)) {
        Role::Population { field } if table.column(&field).is_some() => Some(field),
        // The role is only sought, or its column is what the join brings.
        Role::Population { .. } => recognise::population_field(&table.columns),
        _ => None,
    }
}

fn one(
    table: &mut FeatureTable,
    (nth, join): (usize, &Join),
    people: Option<String>,
    other: &Other,
    progress: &dyn Progress,
) -> Result<Joined, IoError> {
    let name = other.source.name();
    let called = other.name.as_ref().map_or_else(|| name.clone(), |part| format!("{name}, {part}"));
    let meeting = Meeting {
        nth,
        join,
        progress,
        table: called.clone(),
        sha256: other.source.sha256.clone(),
        date: other.source.date.clone(),
        towns: Municipalities { of_code: &name_of_code, at: &municipality_at },
        people,
    };
    joined(table, &other.table, &meeting).map_err(|fault| {
        let message = match fault {
            JoinFault::Cancelled(cancelled) => return IoError::Cancelled(cancelled),
            JoinFault::Unfit(message) => message,
        };
        // The error names the file already.
        let part = other.name.as_ref().map(|part| format!("{part} ")).unwrap_or_default();
        let message = Message::new(
            format!("{part}kan inte kopplas: {}", message.said(Lang::Sv)),
            format!("{part}cannot be joined: {}", message.said(Lang::En)),
        );
        IoError::File { file: name, message }
    })
}

/// Says in the layer's report what came of it, how the other table was read, and each row that is not joined.
fn told(table: &mut FeatureTable, joined: &Joined, of_other: &[Remark]) {
    let of_table = |message| Remark { number: None, kind: RemarkKind::Joined { message }, place: None };
    let name = || joined.table.clone();
    let mut remarks = vec![of_table(joined.message())];
    let is_of_reading = |remark: &&Remark| {
        use RemarkKind::{EncodingDamaged, EncodingGuessed, TableForm};
        matches!(remark.kind, TableForm { .. } | EncodingGuessed { .. } | EncodingDamaged { .. })
    };
    let named = |said: String| format!("{}: {said}", joined.table);
    remarks.extend(of_other.iter().filter(is_of_reading).map(|remark| {
        of_table(Message::new(named(remark.kind.said(Lang::Sv)), named(remark.kind.said(Lang::En))))
    }));
    // Of places it is no news that several rows stand at one.
    if joined.repeated > 0 && joined.gives != Gives::Places {
        let (table, rows) = (&joined.table, joined.repeated);
        let said = |lang| {
            say_many!(
                lang,
                rows,
                "{table}: {rows} rad säger samma sak som en annan och räknas inte en gång till"
                    | "{table}: {rows} rader säger samma sak som en annan och räknas inte en gång till",
                "{table}: {rows} row says the same as another and is not counted again"
                    | "{table}: {rows} rows say the same as another and are not counted again",
            )
        };
        remarks.push(of_table(Message::new(said(Lang::Sv), said(Lang::En))));
    }
    remarks.extend(joined.without.iter().map(|unmet| Remark {
        number: Some(unmet.number),
        kind: RemarkKind::NotJoined { table: name(), key: unmet.key.clone(), why: unmet.why },
        place: unmet.place,
    }));
    // Of a layer that only lends its places, what was not asked for is no news.
    let left = if joined.gives == Gives::Places { &[] } else { joined.left.as_slice() };
    remarks.extend(left.iter().map(|unmet| {
        let (row, key, why) = (unmet.number, unmet.key.clone(), unmet.why);
        Remark { number: None, kind: RemarkKind::RowLeft { table: name(), row, key, why }, place: None }
    }));
    if joined.refused > 0 {
        let (table, rows) = (&joined.table, joined.refused);
        let said = |lang| {
            say_many!(
                lang,
                rows,
                "{table}: {rows} rad kan inte läsas och kopplas inte. Öppna tabellen för sig för att se vilken"
                    | "{table}: {rows} rader kan inte läsas och kopplas inte. Öppna tabellen för sig för att se vilka",
                "{table}: {rows} row cannot be read and is not joined. Open the table by itself to see which"
                    | "{table}: {rows} rows cannot be read and are not joined. Open the table by itself to see which",
            )
        };
        remarks.push(of_table(Message::new(said(Lang::Sv), said(Lang::En))));
    }
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
