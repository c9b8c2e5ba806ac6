//! What would the other project say of my layers, under my numbers? Each edit goes to the feature it was made for; what is
//! not surely found waits, as when a file has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::command::Command;
use crate::geometry::{LonLat, ground_distance};
use crate::model::{AddedService, Held, Layer, LayerId, Project, RoadClosure, SiteId, TrialId, TrialPoint};
use crate::units::Metres;

/// Two things of one number are the same when they bear one name, or stand at most so far from each other.
const SAME_THING_M: f64 = 100.0;

/// The other project on my layers; and the layers of it that I have not, as far as something is said of their places.
pub fn on_my_layers(mine: &Project, theirs: &Project) -> (Project, Vec<String>) {
    let pairs = pairs(mine, theirs);
    let mut without = Vec::new();
    let mut next = theirs.clone();
    for layer in theirs.layers.iter().filter(|layer| !pairs.contains_key(&layer.id)) {
        let is_of_it = |site: &SiteId| matches!(site, SiteId::Feature { layer: id, .. } if *id == layer.id);
        if next.sites_named().iter().any(is_of_it) {
            without.push(layer.name.clone());
        }
        next = Command::RemoveLayer(layer.id).apply(&next);
    }
    let on_mine = |site: &SiteId| match site {
        SiteId::Feature { layer, key } => {
            let layer = pairs.get(layer).copied().unwrap_or(*layer);
            SiteId::Feature { layer, key: key.clone() }
        }
        other => other.clone(),
    };
    let ties = next.ties_now().into_iter().map(|(site, tie)| (on_mine(&site), tie)).collect();
    let names: BTreeMap<SiteId, SiteId> =
        next.sites_named().into_iter().map(|site| (site.clone(), on_mine(&site))).collect();
    next = next.renamed(&names);
    next.layers.clone_from(&mine.layers);
    for (from, to) in &pairs {
        let sha256 = theirs.layer(*from).map_or("", |layer| layer.source.sha256.as_str());
        if let Some(layer) = mine.layer(*to) {
            next = next.tied_again(layer, &ties, sha256);
        }
    }
    (next, without)
}

/// Which of my layers is which of theirs: of the same bytes, else from the same place, else of the same name and use.
fn pairs(mine: &Project, theirs: &Project) -> BTreeMap<LayerId, LayerId> {
    let is_same: [fn(&Layer, &Layer) -> bool; 4] = [
        |a, b| a.id == b.id && a.source.sha256 == b.source.sha256 && a.source.part == b.source.part,
        |a, b| a.source.sha256 == b.source.sha256 && a.source.part == b.source.part,
        |a, b| a.source.place == b.source.place && a.source.part == b.source.part,
        |a, b| a.name == b.name && a.role.id() == b.role.id(),
    ];
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for is_same in is_same {
        for layer in &theirs.layers {
            let is_free = |other: &&Arc<Layer>| !taken.contains(&other.id) && is_same(other, layer);
            if !pairs.contains_key(&layer.id)
                && let Some(found) = mine.layers.iter().find(is_free)
            {
                taken.insert(found.id);
                pairs.insert(layer.id, found.id);
            }
        }
    }
    pairs
}

/// The other project with numbers that mean the same thing in both, or nothing in mine.
pub fn with_my_numbers(mine: &Project, theirs: Project) -> Project {
    let added = numbers(&mine.added, &theirs.added);
    let trials = numbers(&mine.trials, &theirs.trials);
    let closures = numbers(&mine.closures, &theirs.closures);
    let held = numbers(&mine.held, &theirs.held);
    let mut names: BTreeMap<SiteId, SiteId> = BTreeMap::new();
    let mut rename = |from: SiteId, to: SiteId| {
        if from != to {
            names.insert(from, to);
        }
    };
    for (from, to) in &added {
        rename(SiteId::Added(*from), SiteId::Added(*to));
    }
    for (from, to) in &trials {
        rename(SiteId::Trial(TrialId(*from)), SiteId::Trial(TrialId(*to)));
    }
    for (from, to) in &held {
        rename(SiteId::Held(*from), SiteId::Held(*to));
    }
    let mut next = theirs.renamed(&names);
    next.added = Arc::new(renumbered(&next.added, &added));
    next.trials = Arc::new(renumbered(&next.trials, &trials));
    next.closures = Arc::new(renumbered(&next.closures, &closures));
    next.held = Arc::new(renumbered(&next.held, &held));
    next
}

/// Something that bears a number.
trait InList: Clone + PartialEq {
    fn number(&self) -> u32;
    fn set_number(&mut self, number: u32);
    /// May two of one number be the same thing, told otherwise?
    fn is_same_thing(&self, other: &Self) -> bool;
}

fn is_near(a: LonLat, b: LonLat) -> bool {
    ground_distance(a, b).is_within(Metres::new(SAME_THING_M))
}

impl InList for AddedService {
    fn number(&self) -> u32 {
        self.id
    }
    fn set_number(&mut self, number: u32) {
        self.id = number;
    }
    fn is_same_thing(&self, other: &Self) -> bool {
        self.name == other.name || is_near(self.place, other.place)
    }
}

impl InList for TrialPoint {
    fn number(&self) -> u32 {
        self.id.0
    }
    fn set_number(&mut self, number: u32) {
        self.id = TrialId(number);
    }
    fn is_same_thing(&self, other: &Self) -> bool {
        self.name == other.name || is_near(self.place, other.place)
    }
}

impl InList for RoadClosure {
    fn number(&self) -> u32 {
        self.id
    }
    fn set_number(&mut self, number: u32) {
        self.id = number;
    }
    fn is_same_thing(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

impl InList for Held {
    fn number(&self) -> u32 {
        self.id
    }
    fn set_number(&mut self, number: u32) {
        self.id = number;
    }
    /// What waits is either the same or another.
    fn is_same_thing(&self, _: &Self) -> bool {
        false
    }
}

/// Is one of mine one of theirs?
type Rule<'a, T> = &'a dyn Fn(&T, &T) -> bool;

/// Which number each of theirs bears beside mine: that of the same thing, its own where it is free, else a new one.
fn numbers<T: InList>(mine: &[T], theirs: &[T]) -> BTreeMap<u32, u32> {
    let is_equal = |a: &T, b: &T| {
        let mut a = a.clone();
        a.set_number(b.number());
        a == *b
    };
    let highest = mine.iter().chain(theirs).map(InList::number).max().unwrap_or(0);
    let mut next = highest.saturating_add(1);
    let (mut out, mut taken) = (BTreeMap::new(), BTreeSet::new());
    let rules: [Rule<'_, T>; 3] =
        [&|a, b| a.number() == b.number() && is_equal(a, b), &|a, b| is_equal(a, b), &|a, b| {
            a.number() == b.number() && a.is_same_thing(b)
        }];
    for rule in rules {
        for item in theirs {
            let found = mine.iter().find(|own| !taken.contains(&own.number()) && rule(own, item));
            if let Some(own) = found.filter(|_| !out.contains_key(&item.number())) {
                taken.insert(own.number());
                out.insert(item.number(), own.number());
            }
        }
    }
    for number in theirs.iter().map(InList::number) {
        out.entry(number).or_insert_with(|| {
            let is_free = !mine.iter().any(|own| own.number() == number);
            let fresh = next;
            next = if is_free { next } else { next.saturating_add(1) };
            if is_free { number } else { fresh }
        });
    }
    out
}

fn renumbered<T: InList>(items: &[T], numbers: &BTreeMap<u32, u32>) -> Vec<T> {
    let anew = |item: &T| {
        let mut item = item.clone();
        item.set_number(numbers.get(&item.number()).copied().unwrap_or(item.number()));
        item
    };
    items.iter().map(anew).collect()
}
