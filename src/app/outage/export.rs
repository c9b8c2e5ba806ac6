//! How does a crisis leave the program? Hours, clocks, fuel and assumptions as tables, an hour as a layer, the scenario to be
//! read again, and all of it as JSON.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use super::assumed::{Assumed, assumed, not_known};
use super::compute::{Crisis, GroupName, Home, NeedCrisis, Together};
use super::file::written;
use super::fuel::FuelPlan;
use super::hour_layer::HourCells;
use super::optimise::Best;
use super::sensitivity::Sensitivity;
use crate::app::export::{About, Form, Stamp, write_layer};
use crate::app::tables::{CsvStyle, Value, write_table};
use crate::io::{IoError, write_atomically};
use crate::lang::{Lang, Said};
use crate::location::Proof;
use crate::model::outage::{HOURS, Known, Need, Range};
use crate::model::travel::TravelModel as _;
use crate::outage::{Case, Change, Counts, Level, OwnPower, Timeline};
use crate::units::{People, Seconds};

/// A crisis and what else was asked of it.
pub struct Told<'a> {
    pub crisis: &'a Crisis,
    /// The same without what the scenario adds, removes and fuels, where it does.
    pub before: Option<&'a Crisis>,
    pub fuel: &'a FuelPlan,
    pub sensitivity: &'a [Sensitivity],
    pub best: Option<&'a Best>,
}

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
    style: CsvStyle,
    stamp: &Stamp,
) -> Result<(), IoError> {
    let (crisis, path) = (told.crisis, |name: &str| -> PathBuf { folder.join(name) });
    write_hours(&path("hours.csv"), crisis, style)?;
    write_municipalities(&path("municipalities.csv"), crisis, hours, style)?;
    write_clocks(&path("clocks.csv"), crisis, style)?;
    write_fuel(&path("fuel.csv"), crisis, told.fuel, style)?;
    write_assumptions(&path("assumptions.csv"), crisis, style)?;
    let scenario = written(&crisis.scenario, &crisis.assumed);
    let text = serde_json::to_vec_pretty(&scenario).unwrap_or_default();
    write_atomically(&path("scenario.json"), &[&text, b"\n"])?;
    for hour in hours {
        write_hour(&path(&format!("hour-{hour}.geojson")), crisis, *hour, stamp, Form::default())?;
    }
    Ok(())
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
    "people_beyond_upper",
    "people_without_value_upper",
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

/// Every hour, kind and group: for sure, and at best (`_upper`).
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_hours(path: &Path, crisis: &Crisis, style: CsvStyle) -> Result<(), IoError> {
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
    style: CsvStyle,
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

/// Does a place have own power, in words for files?
#[must_use]
pub const fn known_id(known: Known) -> &'static str {
    match known {
        Known::Yes => "yes",
        Known::No => "no",
        Known::Unknown => "unknown",
    }
}

/// Every place and need: from when to when it works how, and why; for sure (`worst`) and at best.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_clocks(path: &Path, crisis: &Crisis, style: CsvStyle) -> Result<(), IoError> {
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
pub fn write_fuel(path: &Path, crisis: &Crisis, plan: &FuelPlan, style: CsvStyle) -> Result<(), IoError> {
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
    ]);
    let nothing = || Value::Nothing;
    let both = |range: Range, decimals: usize| [number(range.0, decimals), number(range.1, decimals)];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (order, (which, litres)) in plan.uses.iter().enumerate() {
        let mut row = vec![
            Value::text("use"),
            Value::count(order + 1),
            Value::count(plan.hour),
            Value::text(which.id()),
            nothing(),
            nothing(),
            nothing(),
            nothing(),
        ];
        row.extend(both(*litres, 1));
        row.extend((0..8).map(|_| nothing()));
        rows.push(row);
    }
    for (order, station) in plan.stations.iter().enumerate() {
        let place = &crisis.places[station.place];
        let mut row = vec![
            Value::text("station"),
            Value::count(order + 1),
            Value::count(plan.hour),
            Value::text("fuel"),
            Value::text(place.name.clone()),
            Value::text(place.site.text()),
            Value::text(known_id(station.pumps)),
            number(station.people, 0),
        ];
        row.extend(both(Range::exactly(station.litres_a_day), 1));
        row.extend(both(station.stock, 0));
        row.extend(station.days.map_or_else(|| [nothing(), nothing()], |days| both(days, 2)));
        row.extend((0..4).map(|_| nothing()));
        rows.push(row);
    }
    for (order, first) in plan.first.iter().enumerate() {
        let mut row = vec![
            Value::text("refuel"),
            Value::count(order + 1),
            number(first.empty_at_h, 2),
            Value::text("set"),
            Value::text(first.name.clone()),
            Value::text(first.site.text()),
            nothing(),
            nothing(),
            nothing(),
            nothing(),
        ];
        row.extend(both(first.litres, 0));
        row.extend([nothing(), nothing(), number(first.people_hours, 0)]);
        let station = first.from.map(|(station, trip)| (&crisis.places[station], trip));
        row.push(station.map_or_else(nothing, |(station, _)| Value::text(station.name.clone())));
        row.push(station.map_or_else(nothing, |(_, trip)| number(trip.length.km(), 3)));
        row.push(
            station.and_then(|(_, trip)| trip.time).map_or_else(nothing, |time| number(time.minutes(), 2)),
        );
        rows.push(row);
    }
    write_table(path, style, &header, rows)
}

/// Everything that it rests on.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_assumptions(path: &Path, crisis: &Crisis, style: CsvStyle) -> Result<(), IoError> {
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

/// The cells in an hour.
///
/// # Errors
/// [`IoError`] when the file cannot be written.
pub fn write_hour(
    path: &Path,
    crisis: &Crisis,
    hour: usize,
    stamp: &Stamp,
    form: Form,
) -> Result<(), IoError> {
    let about = json!({
        "scenario": written(&crisis.scenario, &crisis.assumed),
        "hour": hour,
        "date": stamp.date,
        "method": crisis.results().travel.method().said(Lang::En),
        "threshold": threshold(crisis),
        "unit": crisis.results().measure().unit(),
        "assumptions": assumptions_json(crisis),
        "not_known": not_known(Lang::En),
    });
    let about = About::new(about.to_string().into_bytes());
    write_layer(path, &HourCells::new(crisis, hour), &about, form).map(|_| ())
}

fn threshold(crisis: &Crisis) -> f64 {
    let results = crisis.results();
    results.measure().in_units(results.limit())
}

fn assumptions_json(crisis: &Crisis) -> Vec<Json> {
    let one = |one: Assumed| {
        json!({"id": one.id, "what": one.what, "value": one.value, "unit": one.unit,
            "basis": one.basis.said(Lang::En), "source": one.source, "changed": one.is_changed})
    };
    assumed(crisis, Lang::En).into_iter().map(one).collect()
}

fn counts_json([worst, best]: [&Counts; 2]) -> Json {
    json!({
        "people_total": worst.total,
        "people_supplied": worst.supplied,
        "people_supplied_limited": worst.limited,
        "people_beyond": worst.beyond,
        "people_without_value": worst.without,
        "people_supplied_lower": worst.supplied,
        "people_supplied_upper": best.supplied,
        "people_beyond_lower": worst.beyond.min(best.beyond),
        "people_beyond_upper": worst.beyond.max(best.beyond),
        "people_without_value_lower": worst.without.min(best.without),
        "people_without_value_upper": worst.without.max(best.without),
    })
}

/// The groups of one need, from two lists of counts.
fn groups_json(crisis: &Crisis, worst: &[Counts], best: &[Counts]) -> Json {
    let group = |(name, slot): &(GroupName, usize)| (name.id(), counts_json([&worst[*slot], &best[*slot]]));
    Json::Object(crisis.groups.iter().map(group).collect())
}

/// How many places of a need work at an hour: for sure, and at best.
#[must_use]
pub fn working(crisis: &Crisis, need: Need, hour: usize) -> [usize; 2] {
    let found = crisis.need(need);
    [Case::Worst, Case::Best].map(|case| {
        let works = |one: &&Together| one.served.works[case as usize].contains(hour);
        found.into_iter().flat_map(|need| &need.together).filter(works).map(|one| one.places.len()).sum()
    })
}

/// Everything as JSON.
#[must_use]
pub fn as_json(told: &Told<'_>, stamp: &Stamp) -> Vec<u8> {
    let crisis = told.crisis;
    let hour = |hour: usize| {
        let kinds: Map<String, Json> = crisis
            .needs
            .iter()
            .map(|need| {
                let [worst, best] = &need.hours.hours[hour];
                let [least, most] = working(crisis, need.need, hour);
                let value = json!({
                    "groups": groups_json(crisis, worst, best),
                    "places_working": least,
                    "places_working_upper": most,
                });
                (need.need.id().to_owned(), value)
            })
            .collect();
        let home = |home: &Home| {
            json!({"without_power": home.without_power, "without_mobile": home.without_mobile,
                "without_water": home.without_water, "cold": home.cold})
        };
        let [worst, best] = &crisis.homes[hour];
        json!({"hour": hour, "kinds": kinds, "homes": home(worst), "homes_at_best": home(best)})
    };
    let everyday: Map<String, Json> = crisis
        .needs
        .iter()
        .map(|need| {
            let all = &need.hours.everyday;
            (need.need.id().to_owned(), json!({ "groups": groups_json(crisis, all, all) }))
        })
        .collect();
    let sensitivity = told
        .sensitivity
        .iter()
        .map(|one| json!({"what": one.what.said(Lang::En), "people_hours": one.people_hours}));
    let mut out = json!({
        "scenario": written(&crisis.scenario, &crisis.assumed),
        "date": stamp.date,
        "method": crisis.results().travel.method().said(Lang::En),
        "threshold": threshold(crisis),
        "unit": crisis.results().measure().unit(),
        "groups": crisis.groups.iter().map(|(name, _)| name.id()).collect::<Vec<_>>(),
        "columns_not_counted": crisis.tables.refused_columns,
        "everyday": everyday,
        "hours": (0..HOURS).map(hour).collect::<Vec<_>>(),
        "people_hours": people_hours_json(crisis, told.before),
        "fuel": fuel_json(crisis, told.fuel),
        "sensitivity": sensitivity.collect::<Vec<_>>(),
        "assumptions": assumptions_json(crisis),
        "not_known": not_known(Lang::En),
    });
    if let Some(best) = told.best {
        out["best"] = best_json(best);
    }
    out.to_string().into_bytes()
}

fn people_hours_json(crisis: &Crisis, before: Option<&Crisis>) -> Json {
    let of = |need: &NeedCrisis| {
        let hours = |crisis: &Crisis, case: Case| {
            crisis
                .need(need.need)
                .map_or(0.0, |need| need.hours.people_hours(case, crisis.scenario.last_hour()))
        };
        let mut out = json!({
            "supplied": hours(crisis, Case::Worst),
            "supplied_upper": hours(crisis, Case::Best),
        });
        if let Some(before) = before {
            out["supplied_without_changes"] = json!(hours(before, Case::Worst));
            out["gained"] = json!(hours(crisis, Case::Worst) - hours(before, Case::Worst));
        }
        (need.need.id().to_owned(), out)
    };
    Json::Object(crisis.needs.iter().map(of).collect())
}

fn fuel_json(crisis: &Crisis, plan: &FuelPlan) -> Json {
    let both = |range: Range| json!([range.0, range.1]);
    let uses: Map<String, Json> =
        plan.uses.iter().map(|(which, litres)| (which.id().to_owned(), both(*litres))).collect();
    let stations = plan.stations.iter().map(|station| {
        let place = &crisis.places[station.place];
        json!({"name": place.name, "site": place.site.text(), "pumps": known_id(station.pumps),
            "people": station.people, "litres_a_day": station.litres_a_day, "stock_litres": both(station.stock),
            "days": station.days.map(both)})
    });
    let first = plan.first.iter().map(|first| {
        let from = first.from.map(|(station, trip)| {
            json!({"station": crisis.places[station].name, "km": trip.length.km(),
                "min": trip.time.map(Seconds::minutes)})
        });
        json!({"name": first.name, "site": first.site.text(), "empty_at_h": first.empty_at_h,
            "litres": both(first.litres), "people_hours": first.people_hours, "from": from})
    });
    json!({"hour": plan.hour, "litres_a_day": uses, "stations": stations.collect::<Vec<_>>(),
        "refuel_first": first.collect::<Vec<_>>()})
}

/// Which places keep most people supplied, as JSON.
#[must_use]
pub fn best_json(best: &Best) -> Json {
    let chosen = best
        .chosen
        .iter()
        .map(|one| json!({"site": one.site.text(), "name": one.name, "municipality": one.municipality}));
    let scenarios = best.scenarios.iter().map(|one| {
        json!({"name": one.name, "people_hours_before": one.before, "people_hours_after": one.after,
            "people_hours_if_all_had": one.everyone})
    });
    let gap = match best.proof {
        Proof::Proven => 0.0,
        Proof::Within(gap) | Proof::NotProven(gap) => gap,
        _ => 1.0,
    };
    json!({"chosen": chosen.collect::<Vec<_>>(), "scenarios": scenarios.collect::<Vec<_>>(), "value": best.value,
        "bound": best.bound, "gap": gap, "proof": best.proof.said(Lang::En), "seconds": best.seconds,
        "options": best.options,
        "left_out": best.left_out.iter().map(|(name, status)| json!({"name": name, "status": status.id()}))
            .collect::<Vec<_>>()})
}

/// From when on a place stands still or works with limits, in words; nothing where it works all the time.
#[must_use]
pub fn line_said(crisis: &Crisis, line: &Timeline, lang: Lang) -> String {
    let one = |change: &Change| {
        let hour = lang.number(f64::from(change.at) / 60.0, usize::from(change.at % 60 != 0));
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
