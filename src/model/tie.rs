//! What was an edit made for, and is it still there? A feature's identity is kept with every edit; when a file has
//! changed, each is found again by its id, then by name, kind and place. What is not surely the same feature holds
//! nothing: it waits, out of every figure, until the user decides. A row number is no identity.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::process::Follow;
use super::{Amendment, Held, HeldWhy, Identity, Layer, LayerId, Project, Role, Side, SiteId, Tie};
use crate::geometry::ground_distance;
use crate::units::Metres;

/// A feature that held edits could be for.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub site: SiteId,
    pub identity: Identity,
    pub layer_name: String,
    /// From where the place was, if that is known.
    pub apart: Option<Metres>,
    pub has_same_id: bool,
    pub has_same_name: bool,
}

/// The identities of a layer's features, with their keys.
fn identities(layer: &Layer) -> Vec<(Identity, String)> {
    let features = layer.table.features.iter();
    features.map(|feature| (Identity::of(layer, feature), Layer::feature_key(feature))).collect()
}

/// The key of the feature that surely is the one, or why there is none.
fn find_again(tie: &Tie, all: &[(Identity, String)]) -> Result<String, HeldWhy> {
    let wanted = &tie.identity;
    let by_id = all.iter().find(|(identity, _)| wanted.id.is_some() && identity.id == wanted.id);
    let alike: Vec<&(Identity, String)> =
        all.iter().filter(|(identity, _)| identity.is_like(wanted)).collect();
    match (by_id, alike.as_slice()) {
        (Some((identity, key)), _) if identity.is_like(wanted) => Ok(key.clone()),
        // Its id and its name are at two features of the same place now.
        (Some((identity, _)), [_, ..]) if identity.stands_with(wanted) => Err(HeldWhy::OtherThing),
        (_, [_, ..]) if wanted.alike > 1 => Err(HeldWhy::Twice),
        // Under another id, and without a name nothing says that it is the same.
        (_, [(other, _)]) if wanted.id.is_some() && other.id.is_some() && wanted.name.is_none() => {
            Err(HeldWhy::OtherThing)
        }
        (_, [(_, key)]) => Ok(key.clone()),
        (_, [_, _, ..]) => Err(HeldWhy::Twice),
        (Some((identity, key)), []) if identity.stands_with(wanted) => {
            // Renamed, if nothing else stands or stood there that could have taken the id.
            let now = all.iter().filter(|(other, _)| other.stands_with(wanted)).count();
            if now == 1 && wanted.at_place == 1 { Ok(key.clone()) } else { Err(HeldWhy::OtherThing) }
        }
        (Some((identity, _)), []) if identity.has_name_of(wanted) && identity.is_at(wanted) => {
            Err(HeldWhy::OtherKind)
        }
        (Some((identity, _)), []) if identity.has_name_of(wanted) => Err(HeldWhy::Elsewhere),
        (Some(_), []) => Err(HeldWhy::OtherThing),
        (None, []) => {
            let is_named = wanted.name.is_some() && all.iter().any(|(other, _)| other.has_name_of(wanted));
            Err(if is_named { HeldWhy::Elsewhere } else { HeldWhy::Gone })
        }
    }
}

/// Suggestions are at most so many.
const SUGGESTIONS: usize = 5;

/// A nearby place is suggested up to here.
const NEAR: Metres = Metres::HALF_KM;

impl Project {
    /// Every site of a layer's features that an edit, a choice or a plan names.
    #[must_use]
    pub fn sites_named(&self) -> BTreeSet<SiteId> {
        let mut sites: BTreeSet<SiteId> = self.amendments.keys().cloned().collect();
        sites.extend(self.closed_services.iter().cloned());
        sites.extend(self.selected.iter().cloned());
        sites.extend(self.compared.places.iter().cloned());
        sites.extend(self.sites_in_plans());
        sites.extend(self.outages.sites().cloned());
        sites.extend(self.amendments.values().flat_map(Amendment::sites).cloned());
        sites.extend(self.follows.keys().cloned());
        sites.extend(self.follows.values().filter_map(Follow::site_named).cloned());
        sites.retain(|site| matches!(site, SiteId::Feature { .. }));
        sites
    }

    /// What each site named is tied to: the feature as it is loaded, else as it was known when it was last loaded.
    #[must_use]
    pub fn ties_now(&self) -> BTreeMap<SiteId, Tie> {
        let mut ties = BTreeMap::new();
        let mut known: BTreeMap<LayerId, Vec<(Identity, String)>> = BTreeMap::new();
        let mut at_key: BTreeMap<LayerId, BTreeMap<String, usize>> = BTreeMap::new();
        for site in self.sites_named() {
            let SiteId::Feature { layer: id, key } = &site else { continue };
            let found = self.layer(*id).and_then(|layer| {
                let all = known.entry(*id).or_insert_with(|| identities(layer));
                let at_key = at_key.entry(*id).or_insert_with(|| {
                    all.iter().enumerate().map(|(at, (_, key))| (key.clone(), at)).collect()
                });
                let (identity, _) = all.get(*at_key.get(key)?)?;
                let there = all.iter().map(|(other, _)| other).filter(|other| other.stands_with(identity));
                let (mut alike, mut at_place) = (0, 0);
                for other in there {
                    at_place += 1;
                    alike += u32::from(other.has_name_of(identity));
                }
                let identity = Identity { alike, at_place, ..identity.clone() };
                Some(Tie { identity, sha256: layer.source.sha256.clone() })
            });
            if let Some(tie) = found.or_else(|| self.ties.get(&site).cloned()) {
                ties.insert(site, tie);
            }
        }
        ties
    }

    /// The project after the features of a layer have become others: each edit goes to the feature it was made for,
    /// and what is not surely found is held back. `ties` says what the edits were made for, `sha256` in which file
    /// those without a tie were.
    #[must_use]
    pub fn tied_again(mut self, layer: &Layer, ties: &BTreeMap<SiteId, Tie>, sha256: &str) -> Self {
        // An empty stand-in for a file that cannot be read changes nothing: the edits wait for the file.
        if layer.table.features.is_empty() {
            return self;
        }
        let of_layer = |site: &SiteId| matches!(site, SiteId::Feature { layer: id, .. } if *id == layer.id);
        let sites: Vec<SiteId> = self.sites_named().into_iter().filter(of_layer).collect();
        let is_same =
            |site: &SiteId| ties.get(site).map_or(sha256, |tie| tie.sha256.as_str()) == layer.source.sha256;
        let keys: BTreeSet<String> = layer.table.features.iter().map(Layer::feature_key).collect();
        // The same file may be read with another id, or without some of its rows.
        let is_there = |site: &SiteId| matches!(site, SiteId::Feature { key, .. } if keys.contains(key));
        let stays = |site: &SiteId| is_same(site) && (is_there(site) || !ties.contains_key(site));
        // An id of the same file may have gone to another row, a number not.
        let is_number = |site: &SiteId| matches!(site, SiteId::Feature { key, .. } if key.starts_with('#'));
        if sites.iter().all(|site| stays(site) && (is_number(site) || !ties.contains_key(site))) {
            return self;
        }
        let all = identities(layer);
        let by_number: BTreeMap<u32, &(Identity, String)> =
            all.iter().map(|known| (known.0.number, known)).collect();
        let mut taken: BTreeMap<String, Vec<SiteId>> = BTreeMap::new();
        let mut lost: Vec<(SiteId, HeldWhy)> = Vec::new();
        for site in sites {
            let SiteId::Feature { key, .. } = &site else { continue };
            // In the same file a row is what its number says, wherever another system puts it.
            let again = |tie: &Tie| {
                let row = by_number.get(&tie.identity.number).filter(|_| is_same(&site));
                row.map(|(_, key)| key.clone())
            };
            let found = match ties.get(&site) {
                None if is_same(&site) => continue,
                Some(_) if is_same(&site) && is_there(&site) && is_number(&site) => continue,
                Some(tie) => again(tie).map_or_else(|| find_again(tie, &all), Ok),
                None if key.starts_with('#') => Err(HeldWhy::OnlyNumber),
                None => {
                    let is_there = layer.table.features.iter().any(|f| f.id.as_deref() == Some(key.as_str()));
                    if is_there { Ok(key.clone()) } else { Err(HeldWhy::Gone) }
                }
            };
            match found {
                Ok(found) => taken.entry(found).or_default().push(site),
                Err(why) => lost.push((site, why)),
            }
        }
        let mut moves: BTreeMap<SiteId, SiteId> = BTreeMap::new();
        for (found, sites) in taken {
            match sites.as_slice() {
                [site] => {
                    let site = site.clone();
                    let to = SiteId::Feature { layer: layer.id, key: found };
                    if site != to {
                        moves.insert(site, to);
                    }
                }
                // What was said of several stands at one now: of which it holds nobody can tell.
                _ => lost.extend(sites.into_iter().map(|site| (site, HeldWhy::Twice))),
            }
        }
        for (site, why) in lost {
            let identity = ties.get(&site).map(|tie| tie.identity.clone());
            self = self.held_back(&site, &layer.name, identity, why);
        }
        self.renamed(&moves)
    }

    /// A number that nothing bears: a saved plan and a link keep that of a place given up.
    fn next_held_id(&self) -> u32 {
        let links = self.follows.values().filter_map(Follow::site_named).cloned();
        let outages = self.outages.sites().cloned();
        let named =
            self.sites_in_plans().into_iter().chain(links).chain(outages).filter_map(|site| match site {
                SiteId::Held(id) => Some(id),
                _ => None,
            });
        self.held.iter().map(|held| held.id).chain(named).max().map_or(1, |id| id + 1)
    }

    /// Every site that the question asked, the scenarios and their questions name.
    #[must_use]
    pub fn sites_in_plans(&self) -> BTreeSet<SiteId> {
        let mut sites = BTreeSet::new();
        collect_sites(&self.plans.question, &mut sites);
        for scenario in &self.plans.scenarios {
            sites.extend(scenario.sites.iter().map(|place| place.site.clone()));
            collect_sites(&scenario.question, &mut sites);
        }
        sites
    }

    /// Takes everything that a site's edits do out of the project and keeps it.
    #[must_use]
    pub fn held_back(
        mut self,
        site: &SiteId,
        layer_name: &str,
        identity: Option<Identity>,
        why: HeldWhy,
    ) -> Self {
        let id = self.next_held_id();
        let amendment = Arc::make_mut(&mut self.amendments).remove(site);
        let follow = Arc::make_mut(&mut self.follows).remove(site);
        let is_closed = Arc::make_mut(&mut self.closed_services).remove(site);
        let is_selected = Arc::make_mut(&mut self.selected).remove(site);
        self = self.renamed(&BTreeMap::from([(site.clone(), SiteId::Held(id))]));
        let held = Held {
            id,
            was: site.clone(),
            layer_name: layer_name.to_owned(),
            identity,
            why,
            amendment,
            follow,
            is_closed,
            is_selected,
        };
        Arc::make_mut(&mut self.held).push(held);
        self
    }

    /// Gives what was held to a site. What hands have said of that site already stays, and so does, held, what
    /// contradicts it.
    #[must_use]
    pub fn held_placed(mut self, id: u32, site: &SiteId) -> Self {
        let Some(at) = self.held.iter().position(|held| held.id == id) else { return self };
        let held = self.held[at].clone();
        let left = held.amendment.and_then(|amendment| {
            let own = Arc::make_mut(&mut self.amendments).entry(site.clone()).or_default();
            own.take_in(amendment)
        });
        let follow_left = held.follow.and_then(|follow| {
            let own = Arc::make_mut(&mut self.follows).entry(site.clone()).or_default();
            own.take_in(follow)
        });
        if held.is_closed {
            Arc::make_mut(&mut self.closed_services).insert(site.clone());
        }
        if held.is_selected {
            Arc::make_mut(&mut self.selected).insert(site.clone());
        }
        self = self.renamed(&BTreeMap::from([(SiteId::Held(id), site.clone())]));
        let list = Arc::make_mut(&mut self.held);
        if left.is_none() && follow_left.is_none() {
            list.remove(at);
        } else {
            (list[at].amendment, list[at].follow) = (left, follow_left);
            (list[at].is_closed, list[at].is_selected) = (false, false);
        }
        self
    }

    /// Gives up what was held.
    #[must_use]
    pub fn held_dropped(mut self, id: u32) -> Self {
        Arc::make_mut(&mut self.held).retain(|held| held.id != id);
        let held = Side::Place(SiteId::Held(id));
        if self.compared.has(&held) {
            self.compared = Arc::new(Arc::unwrap_or_clone(self.compared).without(&held));
        }
        self.undecided_of(&SiteId::Held(id))
    }

    /// What a question decided of a site is decided of nothing. A saved plan keeps the name of its place.
    #[must_use]
    pub fn undecided_of(mut self, site: &SiteId) -> Self {
        if self.outages.sites().any(|known| known == site) {
            self.outages = Arc::new(Arc::unwrap_or_clone(self.outages).without(site));
        }
        if let Ok(site) = serde_json::to_value(site) {
            let mut plans = (*self.plans).clone();
            remove_in(&mut plans.question, &site);
            if plans != *self.plans {
                self.plans = Arc::new(plans);
            }
        }
        self
    }

    /// The project with other names for sites, wherever they stand; all at once, since one may go where another leaves.
    #[must_use]
    pub fn renamed(mut self, names: &BTreeMap<SiteId, SiteId>) -> Self {
        if names.is_empty() {
            return self;
        }
        let named = |site: &SiteId| names.get(site).unwrap_or(site).clone();
        let is_named = |(site, said): (&SiteId, &Amendment)| {
            names.contains_key(site) || said.sites().any(|other| names.contains_key(other))
        };
        if self.amendments.iter().any(is_named) {
            let anew = |(site, said): (&SiteId, &Amendment)| (named(site), said.clone().renamed(named));
            let amendments = self.amendments.iter().map(anew).collect();
            self.amendments = Arc::new(amendments);
        }
        let is_named = |(site, follow): (&SiteId, &Follow)| {
            names.contains_key(site) || follow.site_named().is_some_and(|other| names.contains_key(other))
        };
        if self.follows.iter().any(is_named) {
            let anew = |(site, follow): (&SiteId, &Follow)| (named(site), follow.clone().renamed(named));
            let follows = self.follows.iter().map(anew).collect();
            self.follows = Arc::new(follows);
        }
        for set in [&mut self.closed_services, &mut self.selected] {
            if set.iter().any(|site| names.contains_key(site)) {
                *set = Arc::new(set.iter().map(named).collect());
            }
        }
        if self.compared.places.iter().any(|site| names.contains_key(site)) {
            self.compared = Arc::new(Arc::unwrap_or_clone(self.compared).renamed(named));
        }
        if self.outages.sites().any(|site| names.contains_key(site)) {
            self.outages = Arc::new(Arc::unwrap_or_clone(self.outages).renamed(named));
        }
        let mut plans = (*self.plans).clone();
        rename_in(&mut plans.question, names);
        for scenario in &mut plans.scenarios {
            rename_in(&mut scenario.question, names);
            for place in &mut scenario.sites {
                place.site = named(&place.site);
            }
        }
        if plans != *self.plans {
            self.plans = Arc::new(plans);
        }
        self
    }

    /// What held edits could be for, the likeliest first.
    #[must_use]
    pub fn suggestions(&self, held: &Held) -> Vec<Suggestion> {
        let Some(wanted) = &held.identity else { return Vec::new() };
        let mut found: Vec<Suggestion> = Vec::new();
        for layer in
            self.layers.iter().filter(|layer| matches!(layer.role, Role::Services(_) | Role::SotPlaces))
        {
            for feature in &layer.table.features {
                let identity = Identity::of(layer, feature);
                let apart = ground_distance(wanted.place, identity.place);
                let has_same_id = wanted.id.is_some() && wanted.id == identity.id;
                let has_same_name = wanted.name.is_some() && wanted.has_name_of(&identity);
                let is_near = identity.kinds.meets(wanted.kinds) && apart.is_within(NEAR);
                if has_same_id || has_same_name || is_near {
                    found.push(Suggestion {
                        site: SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) },
                        identity,
                        layer_name: layer.name.clone(),
                        apart: Some(apart),
                        has_same_id,
                        has_same_name,
                    });
                }
            }
        }
        found.sort_by_key(|one| {
            let likeness = u8::from(one.has_same_name) * 2 + u8::from(one.has_same_id);
            (std::cmp::Reverse(likeness), one.apart, one.site.clone())
        });
        found.truncate(SUGGESTIONS);
        found
    }
}

/// The sites that a plan's question names, wherever they stand in it.
fn collect_sites(value: &Value, into: &mut BTreeSet<SiteId>) {
    if let Some(site) = site_of(value) {
        into.insert(site);
        return;
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| collect_sites(member, into)),
        Value::Array(items) => items.iter().for_each(|item| collect_sites(item, into)),
        _ => {}
    }
}

/// Takes out of every list the items that name a site.
fn remove_in(value: &mut Value, site: &Value) {
    fn names(value: &Value, site: &Value) -> bool {
        match value {
            _ if value == site => true,
            Value::Object(members) => members.values().any(|member| names(member, site)),
            Value::Array(items) => items.iter().any(|item| names(item, site)),
            _ => false,
        }
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| remove_in(member, site)),
        Value::Array(items) => items.retain(|item| !names(item, site)),
        _ => {}
    }
}

fn rename_in(value: &mut Value, names: &BTreeMap<SiteId, SiteId>) {
    if let Some(to) = site_of(value).and_then(|site| names.get(&site)) {
        if let Ok(to) = serde_json::to_value(to) {
            *value = to;
        }
        return;
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| rename_in(member, names)),
        Value::Array(items) => items.iter_mut().for_each(|item| rename_in(item, names)),
        _ => {}
    }
}

/// The site that a value is.
fn site_of(value: &Value) -> Option<SiteId> {
    let is_form = value.as_object().is_some_and(|members| members.len() == 1);
    is_form.then(|| serde_json::from_value(value.clone()).ok()).flatten()
}
