//! Of which layers is a row made, and how do they say what they are and of when?

use super::subject::Subject;
use crate::app::Results;
use crate::lang::Lang;
use crate::model::{Evidence, KindRule, LayerId, Role, ServiceKind};
use crate::say;

/// The layers whose role fits.
fn layers(results: &Results, fits: impl Fn(&Role) -> bool) -> Vec<LayerId> {
    results.project.layers.iter().filter(|layer| fits(&layer.role)).map(|layer| layer.id).collect()
}

pub(in crate::app) fn of_population(results: &Results) -> Vec<LayerId> {
    layers(results, |role| matches!(role, Role::Population { .. }))
}

pub(in crate::app) fn of_sot(results: &Results) -> Vec<LayerId> {
    layers(results, |role| matches!(role, Role::SotPlaces))
}

/// The layers that hold services of a kind.
pub(super) fn of_kind(subjects: &[Subject<'_>], kind: ServiceKind) -> Vec<LayerId> {
    subjects.first().map_or_else(Vec::new, |subject| of_services(subject.results, kind))
}

/// The layers that hold services of a kind, of a result.
pub(in crate::app) fn of_services(results: &Results, kind: ServiceKind) -> Vec<LayerId> {
    if kind == ServiceKind::Sot {
        return of_sot(results);
    }
    layers(results, |role| match role {
        Role::Services(KindRule::All(kinds)) => kinds.contains(kind),
        Role::Services(KindRule::EachItsOwn) => true,
        _ => false,
    })
}

/// What stands in a layer is known by its file, of the day that it is of.
pub(super) fn register(results: &Results, layer: LayerId) -> Option<Evidence> {
    let source = &results.project.layer(layer)?.source;
    Some(Evidence::register(&source.name(), source.date.as_deref().unwrap_or_default()))
}

/// A layer with its file and date, as a reader looks for it.
#[must_use]
pub fn said(results: &Results, layer: LayerId, lang: Lang) -> String {
    let Some(layer) = results.project.layer(layer) else { return String::new() };
    let (name, file) = (&layer.name, layer.source.name());
    match &layer.source.date {
        Some(date) => format!("{name} ({file}, {date})"),
        None => say!(lang, "{name} ({file}, okänt datum)", "{name} ({file}, unknown date)"),
    }
}
