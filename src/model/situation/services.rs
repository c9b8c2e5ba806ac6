//! Which services are there? Shops and stations of the layers, as corrected and added by hand; SOT places.

use std::collections::BTreeMap;

use super::parts::{FileStatus, Service, ServiceIx, ServiceOrigin, SotPlace, number_of, refuse};
use super::{decided, followed};
use crate::geometry::{Crs, EarlierPoints, NearestPoint, Reprojection};
use crate::model::{
    Amendment, Evidence, Fact, FactValue, Feature, KindRule, KindSet, Layer, LayerId, LayerReport, Project,
    Refusal, Remark, RemarkKind, Row, STORE_ATTRIBUTES, ServiceKind, SiteId, SotStatus, attribute, recognise,
};

/// Makes the services of a layer.
pub(super) fn bind(
    layer: &Layer,
    rule: &KindRule,
    project: &Project,
    services: &mut Vec<Service>,
    report: &mut LayerReport,
    loaded: &mut KindSet,
) {
    let to_plane = Reprojection::new(Crs::Wgs84);
    if let KindRule::All(kinds) = rule {
        *loaded = loaded.union(*kinds);
    }
    for (feature_ix, feature) in layer.table.features.iter().enumerate() {
        let row = layer.table.row(feature);
        let site = SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) };
        let amendment = project.amendments.get(&site);
        if let Some(why) = amendment.and_then(decided::dropped) {
            refuse(report, layer, feature_ix, why);
            continue;
        }
        let kinds = match (amendment.and_then(|amendment| amendment.kinds.as_ref()), rule) {
            (Some((kinds, _)), _) | (None, KindRule::All(kinds)) => *kinds,
            (None, KindRule::EachItsOwn) => recognise::kinds_of_feature(row),
        };
        if kinds.is_empty() {
            refuse(report, layer, feature_ix, Refusal::NoKind);
            continue;
        }
        *loaded = loaded.union(kinds);
        report.features_used += 1;
        let name = recognise::name_of(row).unwrap_or_else(|| format!("{} #{}", layer.name, feature.number));
        let turnout = recognise::turnout_of(row);
        if let Some(value) = turnout.as_ref().err().filter(|_| kinds.contains(ServiceKind::Rescue)) {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::UnknownAttributeValue { field: "turnout_min".into(), value: value.clone() },
                place: Some(feature.place),
            });
        }
        let turnout_min = turnout.unwrap_or_default();
        let mut service = Service {
            site,
            origin: ServiceOrigin::Feature { layer: layer.id, feature_ix },
            name,
            kinds,
            form: recognise::form_of(row),
            turnout_min,
            place: feature.place,
            point: feature.point,
            facts: facts(layer, feature, row, report),
            area: None,
            moved_from: None,
        };
        if let Some(amendment) = amendment {
            amend(&mut service, amendment, &to_plane);
        }
        services.push(service);
    }
}

/// What a register says of the attributes that rules and factors read.
fn facts(
    layer: &Layer,
    feature: &Feature,
    row: Row<'_>,
    report: &mut LayerReport,
) -> BTreeMap<&'static str, Fact> {
    let mut facts = BTreeMap::new();
    let meant = || row.meant().filter_map(|(name, value)| Some((attribute(name)?, name, value)));
    let own = row.entries().filter_map(|(name, value)| Some((attribute(name)?, name, value)));
    // What the user says that a column means stands in place of what its name would say.
    let own = own.filter(|(def, ..)| !meant().any(|(other, ..)| other.id == def.id));
    for (def, name, value) in own.chain(meant()) {
        let text = value.text();
        if text.is_empty() {
            continue;
        }
        // 1,234 as text may be a thousand or one: it decides no rule.
        let is_ambiguous = value.is_text() && recognise::may_be_thousands(&text);
        let read = def.parse(&text);
        let is_number = matches!(read, Some(FactValue::Number(_)));
        if let Some(value) = read.filter(|_| !(is_ambiguous && is_number)) {
            let date = layer.source.date.as_deref().unwrap_or_default();
            facts.insert(def.id, Fact::new(value, Evidence::register(&layer.source.name(), date)));
        } else {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::UnknownAttributeValue { field: name.to_owned(), value: text },
                place: Some(feature.place),
            });
        }
    }
    facts
}

fn amend(service: &mut Service, amendment: &Amendment, to_plane: &Reprojection) {
    if let Some((name, _)) = &amendment.name {
        service.name.clone_from(name);
    }
    if let Some((place, evidence)) = &amendment.place
        && let Some(point) = to_plane.plane(*place)
    {
        service.moved_from = Some((service.place, evidence.clone()));
        service.place = *place;
        service.point = point;
    }
    service.facts.extend(known_facts(&amendment.facts));
}

/// Facts under their static ids; an id of a later version is not read by any rule.
fn known_facts(facts: &BTreeMap<String, Fact>) -> impl Iterator<Item = (&'static str, Fact)> {
    STORE_ATTRIBUTES.iter().filter_map(|def| facts.get(def.id).map(|fact| (def.id, fact.clone())))
}

/// Makes the services added by hand.
pub(super) fn bind_added(project: &Project, services: &mut Vec<Service>, loaded: &mut KindSet) {
    let to_plane = Reprojection::new(Crs::Wgs84);
    for (at, added) in project.added.iter().enumerate() {
        let Some(point) = to_plane.plane(added.place) else { continue };
        *loaded = loaded.union(added.kinds);
        services.push(Service {
            site: SiteId::Added(added.id),
            origin: ServiceOrigin::Added(at),
            name: added.name.clone(),
            kinds: added.kinds,
            form: None,
            turnout_min: None,
            place: added.place,
            point,
            facts: known_facts(&added.facts).collect(),
            area: None,
            moved_from: None,
        });
    }
}

/// Makes the SOT places of a layer.
pub(super) fn bind_sot(
    layer: &Layer,
    project: &Project,
    places: &mut Vec<SotPlace>,
    report: &mut LayerReport,
) {
    let to_plane = Reprojection::new(Crs::Wgs84);
    for (feature_ix, feature) in layer.table.features.iter().enumerate() {
        let row = layer.table.row(feature);
        let text = |wanted: &[&str]| row.text_of(wanted);
        let written = text(&["status", "sot_status"]).unwrap_or_default();
        let in_file = SotStatus::parse(&written).map(|status| FileStatus {
            status,
            date: text(&["status_date", "statusdatum", "datum"]).unwrap_or_default(),
            in_favour_of: text(&["in_favour_of", "till_forman_for"]),
        });
        let site = SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) };
        let Some(counted) = followed::counted(&site, project, in_file.as_ref()) else {
            refuse(report, layer, feature_ix, Refusal::NoStatus { value: written });
            continue;
        };
        let amendment = project.amendments.get(&site);
        if let Some(why) = amendment.and_then(decided::dropped) {
            refuse(report, layer, feature_ix, why);
            continue;
        }
        report.features_used += 1;
        let mut facts = facts(layer, feature, row, report);
        facts.extend(amendment.into_iter().flat_map(|amendment| known_facts(&amendment.facts)));
        let moved = amendment.and_then(|amendment| amendment.place.as_ref());
        let place = moved.map_or(feature.place, |(place, _)| *place);
        places.push(SotPlace {
            site,
            origin: ServiceOrigin::Feature { layer: layer.id, feature_ix },
            name: recognise::name_of(row).unwrap_or_else(|| format!("#{}", feature.number)),
            status: counted.status,
            status_date: counted.date,
            in_favour_of: counted.in_favour_of,
            favoured: counted.favoured,
            status_set: counted.set,
            in_file,
            note: joined(text(&["quarter", "kvartal"]), text(&["note", "notering", "anteckning"])),
            place,
            point: moved.and_then(|_| to_plane.plane(place)).unwrap_or(feature.point),
            facts,
            area: None,
            host: None,
        });
    }
}

/// Lists services of the same kind within a few metres of an earlier one.
pub(super) fn remark_duplicates(
    services: &[Service],
    project: &Project,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) {
    let limit2 = project.parameters.duplicate_within.value().powi(2);
    let mut known = EarlierPoints::default();
    for (ix, service) in (0u32..).zip(services) {
        let nearest = known.nearest(service.point).map(|(_, other)| &services[other as usize]);
        known.add(ix, service.point);
        let ServiceOrigin::Feature { layer, feature_ix } = service.origin else { continue };
        let Some(other) = nearest.filter(|other| other.point.distance2(service.point) <= limit2) else {
            continue;
        };
        if !other.kinds.meets(service.kinds) {
            continue;
        }
        let ServiceOrigin::Feature { layer: other_layer, feature_ix: other_feature } = other.origin else {
            continue;
        };
        let Some(report) = reports.get_mut(&layer) else { continue };
        report.remarks.push(Remark {
            number: number_of(project, layer, feature_ix),
            kind: RemarkKind::Duplicate {
                of_number: number_of(project, other_layer, other_feature).unwrap_or(0),
                of_layer: project.layer(other_layer).map(|layer| layer.name.clone()).unwrap_or_default(),
                apart: service.point.distance(other.point),
            },
            place: Some(service.place),
        });
    }
}

/// Matches SOT places with the store that hosts them.
pub(super) fn match_hosts(
    places: &mut [SotPlace],
    services: &[Service],
    project: &Project,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) {
    let stores = (0u32..).zip(services).filter(|(_, service)| service.kinds.contains(ServiceKind::Grocery));
    let stores = NearestPoint::new(stores.map(|(ix, service)| (ix, service.point)));
    for sot in places {
        let host = stores.to(sot.point).filter(|(_, apart)| apart.is_within(project.parameters.host_within));
        sot.host = host.map(|(ix, apart)| (ServiceIx(ix), apart));
        if sot.host.is_none()
            && let Some((layer, feature_ix)) = sot.feature()
            && let Some(report) = reports.get_mut(&layer)
        {
            let number = number_of(project, layer, feature_ix);
            report.remarks.push(Remark { number, kind: RemarkKind::HostNotInData, place: Some(sot.place) });
        }
    }
}

/// What a file says of the quarter stands before its note.
fn joined(quarter: Option<String>, note: Option<String>) -> Option<String> {
    match (quarter, note) {
        (Some(quarter), Some(note)) => Some(format!("{quarter}; {note}")),
        (one, other) => one.or(other),
    }
}
