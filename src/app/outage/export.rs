//! How does a crisis leave the program? Hours, clocks, fuel and assumptions as tables, an hour as a layer, the scenario to be
//! read again, and all of it as JSON.

use std::path::{Path, PathBuf};

use super::assumed::assumed;
use super::compute::Crisis;
use super::file::written;
use super::fuel::{FuelFirst, FuelPlan, FuelUse, StationFuel, StoreDemand};
use super::json::write_hour;
use super::told::{Told, known_id};
use crate::app::export::{Form, Stamp};
use crate::app::tables::{TableStyle, Value, write_table};
use crate::io::{IoError, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::outage::{HOURS, Known, Range};
use crate::outage::{Change, Counts, Level, OwnPower, Timeline};
use crate::units::People;

/// The files that are written.
#[must_use]
pub fn files(hours: &[usize]) -> Vec<String> {
    let fixed =
        ["hours.csv", "municipalities.csv", "clocks.csv", "fuel.csv", "assumptions.csv", "scenario.json"];
    let layers = hours.iter().map(|hour| format!("hour-{hour}.geojson"));
    fixed.into_iter().map(str::to_owned).chain(layers).collect()
}

/// Writes every file into a folder, with layers of these hours.
///
/// # Errors
/// [`IoError`] when a file cannot be written.
pub fn write_all(
    folder: &Path,
    told: &Told<'_>,
    hours: &[usize],
    style: TableStyle,
    stamp: &Stamp,
) -> Result<(), IoError> {
    let (crisis, path) = (told.crisis, |name: &str| -> PathBuf { folder.join(name) });
    write_hours(&path("hours.csv"), crisis, style)?;
    write_municipalities(&path("municipalities.csv"), crisis, hours, style)?;
    write_clocks(&path("clocks.csv"), crisis, style)?;
    write_fuel(&path("fuel.csv"), crisis, told.fuel, style)?;
    write_assumptions(&path("assumptions.csv"), crisis, style)?;
    write_scenario(&path("scenario.json"), crisis)?;
    for hour in hours {
        write_hour(&path(&format!("hour-{hour}.geojson")), crisis, *hour, stamp, Form::default())?;
    }
    Ok(())
}

/// The scenario with all assumptions, to be read again.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_scenario(path: &Path, crisis: &Crisis) -> Result<(), IoError> {
    let scenario = written(&crisis.scenario, &crisis.assumed);
    let text = serde_json::to_vec_pretty(&scenario).unwrap_or_default();
    write_atomically(path, &[&text, b"\n"])
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn number(value: f64, decimals: usize) -> Value {
    Value::Number { value, in_files: decimals, on_screen: decimals }
}

const COUNTED: [&str; 8] = [
    "people_total",
    "people_supplied",
    "people_supplied_limited",
    "people_beyond",
    "people_without_value",
    "people_supplied_upper",
    "people_beyond_at_best",
    "people_without_value_at_best",
];

fn counted([worst, best]: [&Counts; 2]) -> [Value; 8] {
    [
        worst.total,
        worst.supplied,
        worst.limited,
        worst.beyond,
        worst.without,
        best.supplied,
        best.beyond,
        best.without,
    ]
    .map(|people| Value::people(Some(People::new(people))))
}

/// Every hour, kind and group: for sure, and at best (`_upper`, `_at_best`).
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_hours(path: &Path, crisis: &Crisis, style: TableStyle) -> Result<(), IoError> {
    let header = [heads(&["hour", "kind", "group"]), heads(&COUNTED)].concat();
    let rows = (0..HOURS).flat_map(|hour| {
        crisis.needs.iter().flat_map(move |need| {
            crisis.groups.iter().map(move |(name, slot)| {
                let [worst, best] = &need.hours.hours[hour];
                let key = [Value::count(hour), Value::text(need.need.id()), Value::text(name.id())];
                key.into_iter().chain(counted([&worst[*slot], &best[*slot]])).collect()
            })
        })
    });
    write_table(path, style, &header, rows)
}

/// The same by municipality, for some hours; those outside any stand last, without a name.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_municipalities(
    path: &Path,
    crisis: &Crisis,
    hours: &[usize],
    style: TableStyle,
) -> Result<(), IoError> {
    let header = [heads(&["hour", "kind", "municipality_code", "municipality"]), heads(&COUNTED)].concat();
    let areas = &crisis.results().situation.areas;
    let rows = hours.iter().flat_map(|hour| {
        crisis.needs.iter().flat_map(move |need| {
            let [worst, best] = &need.hours.areas[*hour];
            let with_people = (0..worst.len()).filter(|area| worst[*area].total > 0.0);
            with_people.map(move |area| {
                let of = areas.get(area);
                let (code, name) = of.map_or(("", ""), |area| (area.code.as_str(), area.name.as_str()));
                let key =
                    [Value::count(*hour), Value::text(need.need.id()), Value::text(code), Value::text(name)];
                key.into_iter().chain(counted([&worst[area], &best[area]])).collect()
            })
        })
    });
    write_table(path, style, &header, rows)
}

/// What stops or limits a place, in words.
#[must_use]
pub fn cause_said(crisis: &Crisis, cause: Option<u16>, lang: Lang) -> String {
    let edge = cause.and_then(|at| crisis.chain.edges.get(usize::from(at)));
    edge.map_or_else(String::new, |edge| edge.from.said(lang))
}

/// Every place and need: from when to when it works how, and why; for sure (`worst`) and at best.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_clocks(path: &Path, crisis: &Crisis, style: TableStyle) -> Result<(), IoError> {
    let header = heads(&[
        "site",
        "name",
        "municipality",
        "kind",
        "case",
        "from_hour",
        "to_hour",
        "state",
        "limits",
        "cause",
        "own_power",
        "own_power_by",
        "tank_hours_least",
        "tank_hours_most",
        "lon",
        "lat",
    ]);
    let situation = &crisis.results().situation;
    let mut rows = Vec::new();
    for (at, place) in crisis.places.iter().enumerate() {
        let tank = place.state.own_power.as_ref().filter(|_| place.state.has_own_power != Known::No);
        let tank = tank.map(OwnPower::tank_h);
        let hours = |pick: fn(Range) -> f64| tank.map_or(Value::Nothing, |range| number(pick(range), 2));
        for need in &place.needs {
            let Some(lines) = crisis.timelines(at, *need) else { continue };
            for (case, line) in ["worst", "best"].into_iter().zip(lines) {
                for (which, change) in line.changes.iter().enumerate() {
                    let to = line.changes.get(which + 1).map(|next| f64::from(next.at) / 60.0);
                    rows.push(vec![
                        Value::text(place.site.text()),
                        Value::text(place.name.clone()),
                        Value::text(situation.area_name(place.area).unwrap_or_default()),
                        Value::text(need.id()),
                        Value::text(case),
                        number(f64::from(change.at) / 60.0, 2),
                        to.map_or(Value::Nothing, |to| number(to, 2)),
                        Value::text(change.level.id()),
                        Value::text(change.limits.ids()),
                        Value::text(
                            change.cause.map_or("", |at| crisis.chain.edges[usize::from(at)].from.id()),
                        ),
                        Value::text(known_id(place.state.has_own_power)),
                        Value::text(place.power_by.said(Lang::En)),
                        hours(|range| range.0),
                        hours(|range| range.1),
                        number(place.place.lon, 6),
                        number(place.place.lat, 6),
                    ]);
                }
            }
        }
    }
    write_table(path, style, &header, rows)
}

/// Litres a day by use, stations with their days, and what is fuelled first.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_fuel(path: &Path, crisis: &Crisis, plan: &FuelPlan, style: TableStyle) -> Result<(), IoError> {
    let header = heads(&[
        "part",
        "order",
        "hour",
        "what",
        "name",
        "site",
        "pumps",
        "people",
        "litres_a_day_least",
        "litres_a_day_most",
        "litres_least",
        "litres_most",
        "days_least",
        "days_most",
        "people_hours",
        "from_station",
        "from_km",
        "from_min",
        "people_every_day",
        "goods_kg_a_day",
    ]);
    let uses = plan.uses.iter().enumerate().map(|(order, one)| use_row(order, plan.hour, *one));
    let stations = plan.stations.iter().enumerate();
    let stations = stations.map(|(order, station)| station_row(order, plan.hour, station, crisis));
    let first = plan.first.iter().enumerate().map(|(order, first)| first_row(order, first, crisis));
    let stores = plan.stores.iter().enumerate();
    let stores = stores.map(|(order, store)| store_row(order, plan.hour, store, crisis));
    let rows: Vec<Vec<Value>> = uses.chain(stations).chain(stores).chain(first).collect();
    write_table(path, style, &header, rows)
}

fn both(range: Range, decimals: usize) -> [Value; 2] {
    [number(range.0, decimals), number(range.1, decimals)]
}

fn nothing(count: usize) -> impl Iterator<Item = Value> {
    (0..count).map(|_| Value::Nothing)
}

fn use_row(order: usize, hour: usize, (which, litres): (FuelUse, Range)) -> Vec<Value> {
    let mut row =
        vec![Value::text("use"), Value::count(order + 1), Value::count(hour), Value::text(which.id())];
    row.extend(nothing(4));
    row.extend(both(litres, 1));
    row.extend(nothing(10));
    row
}

fn station_row(order: usize, hour: usize, station: &StationFuel, crisis: &Crisis) -> Vec<Value> {
    let place = &crisis.places[station.place];
    let mut row = vec![
        Value::text("station"),
        Value::count(order + 1),
        Value::count(hour),
        Value::text("fuel"),
        Value::text(place.name.clone()),
        Value::text(place.site.text()),
        Value::text(known_id(station.pumps)),
        number(station.people, 0),
    ];
    row.extend(both(Range::exactly(station.litres_a_day), 1));
    row.extend(both(station.stock, 0));
    match station.days {
        Some(days) => row.extend(both(days, 2)),
        None => row.extend(nothing(2)),
    }
    row.extend(nothing(6));
    row
}

fn store_row(order: usize, hour: usize, store: &StoreDemand, crisis: &Crisis) -> Vec<Value> {
    let place = &crisis.places[store.place];
    let mut row = vec![
        Value::text("store"),
        Value::count(order + 1),
        Value::count(hour),
        Value::text("goods"),
        Value::text(place.name.clone()),
        Value::text(place.site.text()),
        Value::text("yes"),
        number(store.people, 0),
    ];
    row.extend(nothing(10));
    row.extend([number(store.everyday, 0), number(store.kg_a_day, 0)]);
    row
}

fn first_row(order: usize, first: &FuelFirst, crisis: &Crisis) -> Vec<Value> {
    let mut row = vec![
        Value::text("refuel"),
        Value::count(order + 1),
        number(first.empty_at_h, 2),
        Value::text("set"),
        Value::text(first.name.clone()),
        Value::text(first.site.text()),
    ];
    row.extend(nothing(4));
    row.extend(both(first.litres, 0));
    row.extend(nothing(2));
    row.push(number(first.people_hours, 0));
    match first.from {
        Some((station, trip)) => row.extend([
            Value::text(crisis.places[station].name.clone()),
            number(trip.length.km(), 3),
            trip.time.map_or(Value::Nothing, |time| number(time.minutes(), 2)),
        ]),
        None => row.extend(nothing(3)),
    }
    row.extend(nothing(2));
    row
}

/// Everything that it rests on.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_assumptions(path: &Path, crisis: &Crisis, style: TableStyle) -> Result<(), IoError> {
    let header = heads(&["id", "what", "value", "unit", "basis", "source", "changed"]);
    let rows = assumed(crisis, Lang::En).into_iter().map(|one| {
        vec![
            Value::text(one.id),
            Value::text(one.what),
            Value::text(one.value),
            Value::text(one.unit),
            Value::text(one.basis.said(Lang::En)),
            Value::text(one.source),
            Value::text(if one.is_changed { "yes" } else { "no" }),
        ]
    });
    write_table(path, style, &header, rows)
}

/// From when on a place stands still or works with limits, in words; nothing where it works all the time.
#[must_use]
pub fn line_said(crisis: &Crisis, line: &Timeline, lang: Lang) -> String {
    let one = |change: &Change| {
        let hour = lang.number(f64::from(change.at) / 60.0, usize::from(!change.at.is_multiple_of(60)));
        let state = change.level.said(lang);
        let mut why: Vec<String> = Vec::new();
        if change.level != Level::Works {
            why.push(cause_said(crisis, change.cause, lang).to_lowercase());
        }
        if !change.limits.is_empty() {
            why.push(change.limits.said(lang));
        }
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
        format!("{hour} h: {state}{why}")
    };
    line.changes.iter().map(one).collect::<Vec<_>>().join(", ")
}
