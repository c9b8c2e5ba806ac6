//! Which features did the user leave out? Dropped ones count nowhere; merged ones give what they know to the place that
//! they are the same as.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

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
    let next: Vec<Option<usize>> = services
        .iter()
        .map(|service| same_as(&service.site).and_then(|site| at.get(site).copied()))
        .collect();
    let into: Vec<Option<usize>> =
        ends(&next).into_iter().enumerate().map(|(ix, end)| end.filter(|end| *end != ix)).collect();
    let mut merged_away: BTreeMap<LayerId, FxHashSet<u32>> = BTreeMap::new();
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
            merged_away.entry(layer).or_default().insert(number);
        }
    }
    for (layer, numbers) in merged_away {
        if let Some(report) = reports.get_mut(&layer) {
            report.remarks.retain(|remark| remark.number.is_none_or(|number| !numbers.contains(&number)));
        }
    }
    let mut keep = into.iter().map(Option::is_none);
    services.retain(|_| keep.next().unwrap_or(true));
}

/// The last of each chain; `None` where it goes in a circle. Every link is followed once.
fn ends(next: &[Option<usize>]) -> Vec<Option<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum End {
        Unknown,
        Under,
        Known(Option<usize>),
    }
    let mut ends = vec![End::Unknown; next.len()];
    for first in 0..next.len() {
        let mut chain = Vec::new();
        let mut now = first;
        let end = loop {
            match ends[now] {
                End::Known(end) => break end,
                End::Under => break None,
                End::Unknown => {}
            }
            ends[now] = End::Under;
            chain.push(now);
            match next[now] {
                Some(further) => now = further,
                None => break Some(now),
            }
        };
        for link in chain {
            ends[link] = End::Known(end);
        }
    }
    ends.into_iter().map(|end| if let End::Known(end) = end { end } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_end_where_nothing_follows_and_circles_nowhere() {
        // 0 → 1 → 2; 3 ↔ 4, and 5 leads into their circle; 6 → 6.
        let next = [Some(1), Some(2), None, Some(4), Some(3), Some(3), Some(6)];
        assert_eq!(ends(&next), [Some(2), Some(2), Some(2), None, None, None, None]);
        let long: Vec<Option<usize>> = (1..100_000).map(Some).chain([None]).collect();
        assert!(ends(&long).iter().all(|end| *end == Some(99_999)));
    }
}
