//! Which status of a place counts? The one that a hand has set, else the file's. A store that a hand has given a status is
//! a SOT place like one of a file.

use rustc_hash::{FxHashMap, FxHashSet};

use super::parts::{FileStatus, Service, ServiceIx, SotPlace};
use crate::model::process::StatusSet;
use crate::model::{Evidence, KindSet, Project, ServiceKind, SiteId, SotStatus};
use crate::units::Metres;

/// The status that counts.
pub(super) struct Counted {
    pub status: SotStatus,
    pub date: String,
    pub in_favour_of: Option<String>,
    pub favoured: Option<SiteId>,
    pub set: Option<Evidence>,
}

impl From<&StatusSet> for Counted {
    fn from(of: &StatusSet) -> Self {
        Self {
            status: of.status,
            date: of.date.text(),
            in_favour_of: None,
            favoured: of.in_favour_of.clone(),
            set: Some(of.evidence.clone()),
        }
    }
}

impl From<&FileStatus> for Counted {
    fn from(of: &FileStatus) -> Self {
        let FileStatus { status, date, in_favour_of } = of.clone();
        Self { status, date, in_favour_of, favoured: None, set: None }
    }
}

/// The status of a site that counts, if there is any.
pub(super) fn counted(site: &SiteId, project: &Project, in_file: Option<&FileStatus>) -> Option<Counted> {
    let set = project.follows.get(site).and_then(|follow| follow.status.as_ref());
    set.map(Counted::from).or_else(|| in_file.map(Counted::from))
}

/// Makes SOT places of the services that a hand gave a status; these are then told to be loaded.
pub(super) fn follow_services(
    services: &[Service],
    sot_places: &mut Vec<SotPlace>,
    loaded: &mut KindSet,
    project: &Project,
) {
    if project.follows.values().all(|follow| follow.status.is_none()) {
        return;
    }
    let known: FxHashSet<&SiteId> = sot_places.iter().map(|sot| &sot.site).collect();
    let mut fresh = Vec::new();
    for (ix, service) in (0u32..).zip(services) {
        if known.contains(&service.site) {
            continue;
        }
        let Some(counted) = counted(&service.site, project, None) else { continue };
        fresh.push(SotPlace {
            site: service.site.clone(),
            origin: service.origin,
            name: service.name.clone(),
            status: counted.status,
            status_date: counted.date,
            in_favour_of: counted.in_favour_of,
            favoured: counted.favoured,
            status_set: counted.set,
            in_file: None,
            note: None,
            place: service.place,
            point: service.point,
            facts: service.facts.clone(),
            area: service.area,
            host: service.kinds.contains(ServiceKind::Grocery).then_some((ServiceIx(ix), Metres::ZERO)),
        });
    }
    if !fresh.is_empty() {
        *loaded = loaded.with(ServiceKind::Sot);
    }
    sot_places.extend(fresh);
    name_favoured(services, sot_places);
}

/// Gives each place that a hand named in favour of another the name of that one.
fn name_favoured(services: &[Service], sot_places: &mut [SotPlace]) {
    let names: FxHashMap<&SiteId, &String> = services
        .iter()
        .map(|service| (&service.site, &service.name))
        .chain(sot_places.iter().map(|sot| (&sot.site, &sot.name)))
        .collect();
    let named: Vec<Option<String>> = sot_places
        .iter()
        .map(|sot| {
            let site = sot.favoured.as_ref()?;
            Some(names.get(site).map_or_else(|| site.text(), |name| (*name).clone()))
        })
        .collect();
    for (sot, name) in sot_places.iter_mut().zip(named) {
        sot.in_favour_of = name.or_else(|| sot.in_favour_of.take());
    }
}
