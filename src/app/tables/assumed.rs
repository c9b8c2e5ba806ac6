//! What do the figures of a table rest on? Threshold, method, assumptions and sources as columns that say the same in every
//! row, so that the file is a plain table and no row loses them.

use super::column::Column;
use super::value::Value;
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::SiteId;
use crate::model::travel::{Method, TravelModel};
use crate::units::Measure;

/// The columns; of the threshold that which holds, of the assumptions those that the method has.
pub fn assumed<'a, R>(results: &Results, date: &str) -> Vec<Column<'a, R>> {
    let parameters = &results.project.parameters;
    let (method, measure) = (results.travel.method(), results.measure());
    let threshold = match measure {
        Measure::Distance => ("threshold_km", Value::km(Some(parameters.threshold))),
        Measure::Time => ("threshold_min", Value::minutes(Some(parameters.time_threshold))),
    };
    let mut said = vec![
        threshold,
        ("measure", Value::text(measure.id())),
        ("method", Value::text(method.id())),
        ("method_note", Value::text(method.said(Lang::En))),
    ];
    match method {
        Method::StraightLine { detour_factor, speed_kmh } => {
            said.push(("detour_factor", shortest(detour_factor)));
            said.push(("speed_kmh", speed_kmh.map_or(Value::Nothing, shortest)));
        }
        Method::Road { mode, set, .. } => {
            said.push(("mode", Value::text(mode.id())));
            said.push(("speeds", Value::text(set.map_or("changed", |set| set.id()))));
        }
    }
    said.extend([
        ("closed", Value::text(closed(results))),
        ("sources", Value::text(sources(results))),
        ("program", Value::text(concat!("Sotplan ", env!("CARGO_PKG_VERSION")))),
        ("written", Value::text(date)),
    ]);
    said.into_iter().map(|(name, value)| Column::new(name, move |_: &R| value.clone())).collect()
}

/// A number with the decimals that it has.
fn shortest(value: f64) -> Value {
    let decimals = (0..6).find(|decimals| {
        let scale = 10_f64.powi(*decimals);
        ((value * scale).round() / scale - value).abs() < 1e-9
    });
    Value::number(value, decimals.and_then(|decimals| usize::try_from(decimals).ok()).unwrap_or(6))
}

/// Closures of roads that hold, and services thought away.
fn closed(results: &Results) -> String {
    let project = &results.project;
    let roads = project.closures.iter().filter(|closure| closure.is_active);
    let roads = roads.filter(|closure| !results.travel.is_waiting(closure)).map(|closure| {
        if closure.name.is_empty() { format!("closure {}", closure.id) } else { closure.name.clone() }
    });
    roads.chain(project.closed_services.iter().map(SiteId::text)).collect::<Vec<_>>().join("; ")
}

/// Every file with what it is used as and its date.
fn sources(results: &Results) -> String {
    let dated = |role: &str, source: &crate::model::SourceFile| {
        let name = source.name();
        let part = source.part.as_ref().map(|part| format!(":{part}")).unwrap_or_default();
        let date = source.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
        format!("{role}: {name}{part}{date}")
    };
    let layers = results.project.layers.iter().map(|layer| dated(layer.role.id(), &layer.source));
    let roads = results.project.roads.iter().map(|layer| dated("roads", &layer.source));
    layers.chain(roads).collect::<Vec<_>>().join("; ")
}
