//! Which services may be one place? Of one kind within metres, or of one kind and name nearby. Each is told with the
//! earlier place that it is likest, so that merging them all leaves one of each.

use rustc_hash::FxHashMap;

use super::finder::Finder;
use super::finding::{Finding, Told};
use crate::geometry::EarlierPoints;
use crate::model::{FindingKind, Service, ServiceKind, recognise};
use crate::units::Metres;

pub(super) fn find(finder: &Finder<'_>) -> Vec<Finding> {
    let services = &finder.situation.services;
    let names: Vec<String> = services.iter().map(|service| plain_name(&service.name)).collect();
    let (mut told, distinct) = at_one_point(services, &names);
    told.extend(nearby(finder, &names, &distinct));
    let at = |ix: u32| &services[ix as usize];
    told.into_iter()
        .map(|(ix, other, kind)| Finding {
            kind,
            about: Some(finder.place(at(ix))),
            other: Some(finder.place(at(other))),
            by: Some(at(ix).point.distance(at(other).point)),
            told: Told::Place,
            settled: None,
        })
        .collect()
}

/// A service, the earlier one that it may be, and what it is told as.
type Pair = (u32, u32, FindingKind);

/// Services at the very point of an earlier one, and those that are the first of a kind at theirs. The first stands for
/// all, so that thousands at one place are not compared in pairs.
fn at_one_point(services: &[Service], names: &[String]) -> (Vec<Pair>, Vec<u32>) {
    let mut first_at: FxHashMap<(u64, u64, ServiceKind), u32> = FxHashMap::default();
    let mut first_named: FxHashMap<(u64, u64, ServiceKind, &str), u32> = FxHashMap::default();
    let (mut told, mut distinct) = (Vec::new(), Vec::new());
    for (ix, service) in (0u32..).zip(services).filter(|(_, service)| asked(service).next().is_some()) {
        let (e, n, name) =
            (service.point.e.to_bits(), service.point.n.to_bits(), names[ix as usize].as_str());
        let alike = asked(service).find_map(|kind| first_named.get(&(e, n, kind, name)).copied());
        let earlier = asked(service).find_map(|kind| first_at.get(&(e, n, kind)).copied());
        for kind in asked(service) {
            first_at.entry((e, n, kind)).or_insert(ix);
            first_named.entry((e, n, kind, name)).or_insert(ix);
        }
        match (alike.filter(|_| !name.is_empty()), earlier) {
            (Some(other), _) => told.push((ix, other, FindingKind::SameName)),
            (None, Some(other)) => told.push((ix, other, FindingKind::SamePlace)),
            (None, None) => distinct.push(ix),
        }
    }
    (told, distinct)
}

/// Services near an earlier one at another point: of their name the nearest, else of any name.
fn nearby(finder: &Finder<'_>, names: &[String], distinct: &[u32]) -> Vec<Pair> {
    let parameters = &finder.project.parameters;
    let reach = parameters.duplicate_within.max(parameters.same_name_within);
    let mut of_kind: FxHashMap<ServiceKind, EarlierPoints> = FxHashMap::default();
    let mut named: FxHashMap<(ServiceKind, &str), EarlierPoints> = FxHashMap::default();
    let mut told = Vec::new();
    for ix in distinct {
        let service = &finder.situation.services[*ix as usize];
        let (point, name) = (service.point, names[*ix as usize].as_str());
        let near = |known: Option<&EarlierPoints>, limit: Metres| {
            known.and_then(|known| known.nearest(point)).filter(|(apart, _)| apart.is_within(limit))
        };
        let is_named = !name.is_empty();
        let alike =
            asked(service).filter(|_| is_named).filter_map(|kind| near(named.get(&(kind, name)), reach));
        let alike = alike.min().map(|(_, other)| (*ix, other, FindingKind::SameName));
        told.extend(alike.or_else(|| {
            let any = asked(service).filter_map(|kind| near(of_kind.get(&kind), parameters.duplicate_within));
            any.min().map(|(_, other)| (*ix, other, FindingKind::SamePlace))
        }));
        for kind in asked(service) {
            of_kind.entry(kind).or_default().add(*ix, point);
            if is_named {
                named.entry((kind, name)).or_default().add(*ix, point);
            }
        }
    }
    told
}

/// The kinds of a service that may stand twice: SOT places stand at their stores, and what is of no kind of its own may
/// be anything.
fn asked(service: &Service) -> impl Iterator<Item = ServiceKind> {
    service.kinds.iter().filter(|kind| !matches!(kind, ServiceKind::Sot | ServiceKind::Other))
}

/// A name without what people write in many ways: case, hyphens, points, spaces.
fn plain_name(name: &str) -> String {
    recognise::folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
