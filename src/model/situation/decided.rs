//! Which features did the user leave out? Dropped ones count nowhere; merged ones give what they know to the place that
//! they are the same as.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::parts::{Service, ServiceOrigin, number_of};
use crate::model::{Amendment, Layer, LayerId, LayerReport, LeftOut, Project, Refusal, Refused, SiteId};

/// Why a feature counts nowhere, where the user dropped it.
pub(super) fn dropped(amendment: &Amendment) -> Option<Refusal> {
    match &amendment.left_out {
        Some((LeftOut::Dropped, evidence)) => Some(Refusal::Dropped { why: evidence.what.clone() }),
        _ => None,
    }
}

/// Refuses what is bound of the dropped features of a layer.
pub(super) fn drop<T>(bound: &mut [Result<T, Refusal>], layer: &Layer, project: &Project) {
    for (feature_ix, why) in dropped_features(layer, project) {
        bound[feature_ix] = Err(why);
    }
}

/// The dropped features of a layer, by their position.
fn dropped_features(layer: &Layer, project: &Project) -> Vec<(usize, Refusal)> {
    let of_layer: FxHashMap<&str, Refusal> = project
        .amendments
        .iter()
        .filter_map(|(site, amendment)| match site {
            SiteId::Feature { layer: id, key } if *id == layer.id => {
                Some((key.as_str(), dropped(amendment)?))
            }
            _ => None,
        })
        .collect();
    if of_layer.is_empty() {
        return Vec::new();
    }
    let features = layer.table.features.iter().enumerate();
    features
        .filter_map(|(ix, feature)| Some((ix, of_layer.get(Layer::feature_key(feature).as_str())?.clone())))
        .collect()
}

/// Takes merged services out, and gives the kinds and facts that only they have to the one that stays.
/// A merger with a place that is not there, or with itself by a circle, is not in force.
pub(super) fn merge(
    services: &mut Vec<Service>,
    project: &Project,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) {
    let same_as = |site: &SiteId| project.amendments.get(site).and_then(Amendment::same_as);
    if !services.iter().any(|service| same_as(&service.site).is_some()) {
        return;
    }
    let at: FxHashMap<&SiteId, usize> =
        services.iter().enumerate().map(|(ix, service)| (&service.site, ix)).collect();
    // The last of a chain of mergers that is there.
    let stays = |ix: usize| {
        let mut now = ix;
        for _ in 0..services.len() {
            let Some(next) = same_as(&services[now].site).and_then(|site| at.get(site)) else {
                return Some(now);
            };
            now = *next;
        }
        None
    };
    let into: Vec<Option<usize>> =
        (0..services.len()).map(|ix| stays(ix).filter(|stays| *stays != ix)).collect();
    for (ix, into) in into.iter().enumerate() {
        let Some(into) = *into else { continue };
        let merged = services[ix].clone();
        let one = &mut services[into];
        one.kinds = one.kinds.union(merged.kinds);
        for (id, fact) in merged.facts {
            one.facts.entry(id).or_insert(fact);
        }
        one.turnout_min = one.turnout_min.or(merged.turnout_min);
        let (of_number, of_layer) = match one.origin {
            ServiceOrigin::Feature { layer, feature_ix } => (
                number_of(project, layer, feature_ix).unwrap_or(0),
                project.layer(layer).map(|layer| layer.name.clone()).unwrap_or_default(),
            ),
            ServiceOrigin::Added(_) => (0, one.name.clone()),
        };
        if let ServiceOrigin::Feature { layer, feature_ix } = merged.origin
            && let Some(report) = reports.get_mut(&layer)
        {
            report.features_used -= 1;
            let number = number_of(project, layer, feature_ix).unwrap_or(0);
            let reason = Refusal::Merged { of_number, of_layer };
            report.refused.push(Refused { number, reason, place: Some(merged.place) });
            report.remarks.retain(|remark| remark.number != Some(number));
        }
    }
    let mut keep = into.iter().map(Option::is_none);
    services.retain(|_| keep.next().unwrap_or(true));
}
