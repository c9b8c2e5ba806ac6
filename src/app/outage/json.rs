//! How is a crisis written as JSON? Everything that was counted, hour by hour, with what it rests on.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::assumed::{Assumed, assumed, not_known};
use super::compute::{Crisis, GroupName, NeedCrisis, Together};
use super::file::written;
use super::fuel::FuelPlan;
use super::homes::Home;
use super::hour_layer::HourCells;
use super::idle::idle;
use super::optimise::Best;
use super::told::{Told, known_id};
use crate::app::export::{About, Form, Stamp, write_layer};
use crate::io::IoError;
use crate::lang::{Lang, Said};
use crate::location::Proof;
use crate::model::outage::{HOURS, Need, Range};
use crate::model::travel::TravelModel as _;
use crate::outage::{Case, Counts};
use crate::units::Seconds;

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
        "changes_nothing": idle(crisis).iter().map(|one| one.said(Lang::En)).collect::<Vec<_>>(),
    });
    if let Some(best) = told.best {
        out["best"] = best_json(best);
    }
    out.to_string().into_bytes()
}

fn people_hours_json(crisis: &Crisis, before: Option<&Crisis>) -> Json {
    let of = |need: &NeedCrisis| {
        let hours = |crisis: &Crisis, case: Case| crisis.people_hours(need.need, case);
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
    let stores = plan.stores.iter().map(|store| {
        let place = &crisis.places[store.place];
        json!({"name": place.name, "site": place.site.text(), "people": store.people,
            "people_every_day": store.everyday, "goods_kg_a_day": store.kg_a_day})
    });
    json!({"hour": plan.hour, "litres_a_day": uses, "stations": stations.collect::<Vec<_>>(),
        "stores": stores.collect::<Vec<_>>(),
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
        "left_out": best.left_out.iter().map(|(name, why)| json!({"name": name, "why": why.id()}))
            .collect::<Vec<_>>()})
}
