//! No edit ever acts on a feature it was not made for: not after a file was sorted anew, nor when features were
//! renamed, moved, dropped or doubled between saving and opening. What is not surely found waits, and is not lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use sotplan::app::command::{Change, Command};
use sotplan::app::load;
use sotplan::io::{LoadOptions, load_file, project_file};
use sotplan::model::{
    Evidence, EvidenceKind, Fact, FactValue, HeldWhy, KindRule, Layer, Project, Role, ServiceKind, SiteId,
};
use sotplan::progress::Unwatched;

use super::bench::{degrees, point};

/// A store; `own` is who it really is, which no matching reads.
#[derive(Debug, Clone, PartialEq)]
struct Store {
    own: usize,
    id: Option<u32>,
    name: u8,
    place: (u8, u8),
}

/// What its owner does to a file.
#[derive(Debug, Clone)]
enum Deed {
    Reverse,
    Swap(usize, usize),
    Rename(usize, u8),
    Move(usize, (u8, u8)),
    Drop(usize),
    Double(usize),
    /// Ids given anew, in the order of the rows.
    Renumber,
    ForgetIds,
}

/// Few names and places, so that likeness abounds.
fn stores() -> impl Strategy<Value = Vec<Store>> {
    let store = (0u8..4, (0u8..4, 0u8..3));
    (proptest::collection::vec(store, 1..9), any::<bool>()).prop_map(|(stores, has_ids)| {
        let numbered = stores.into_iter().enumerate();
        numbered
            .map(|(own, (name, place))| {
                let id = u32::try_from(own).expect("a few") + 100;
                Store { own, id: has_ids.then_some(id), name, place }
            })
            .collect()
    })
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let at = 0usize..9;
    proptest::collection::vec(
        prop_oneof![
            Just(Deed::Reverse),
            (at.clone(), at.clone()).prop_map(|(a, b)| Deed::Swap(a, b)),
            (at.clone(), 0u8..6).prop_map(|(a, name)| Deed::Rename(a, name)),
            (at.clone(), (0u8..4, 0u8..3)).prop_map(|(a, place)| Deed::Move(a, place)),
            at.clone().prop_map(Deed::Drop),
            at.prop_map(Deed::Double),
            Just(Deed::Renumber),
            Just(Deed::ForgetIds),
        ],
        0..6,
    )
}

fn done(stores: &[Store], deeds: &[Deed]) -> Vec<Store> {
    let mut stores = stores.to_vec();
    for deed in deeds {
        let count = stores.len();
        match deed {
            Deed::Reverse => stores.reverse(),
            Deed::Swap(a, b) if *a < count && *b < count => stores.swap(*a, *b),
            Deed::Rename(at, name) if *at < count => stores[*at].name = *name,
            Deed::Move(at, place) if *at < count => stores[*at].place = *place,
            Deed::Drop(at) if *at < count && count > 1 => {
                stores.remove(*at);
            }
            Deed::Double(at) if *at < count => {
                stores.push(stores[*at].clone());
            }
            Deed::Renumber => {
                for (at, store) in stores.iter_mut().enumerate() {
                    store.id = store.id.map(|_| 100 + u32::try_from(at).expect("a few"));
                }
            }
            Deed::ForgetIds => stores.iter_mut().for_each(|store| store.id = None),
            _ => {}
        }
    }
    stores
}

fn text(stores: &[Store]) -> String {
    let features: Vec<Value> = stores
        .iter()
        .map(|store| {
            let (x, y) = store.place;
            let mut properties = json!({"who": store.own});
            // The last of the names is none.
            if store.name > 0 {
                properties["name"] = json!(format!("ICA {}", store.name));
            }
            let mut one =
                point(14.123_45 + f64::from(x) / 50.0, 63.123_45 + f64::from(y) / 100.0, properties);
            if let Some(id) = store.id {
                one["id"] = json!(id);
            }
            one
        })
        .collect();
    degrees(&features).to_string()
}

fn grocery() -> Role {
    Role::Services(KindRule::All(ServiceKind::Grocery.into()))
}

fn loaded(path: &Path) -> Project {
    let options = LoadOptions { role: Some(grocery()), ..LoadOptions::default() };
    let file = load_file(path, &options, &Unwatched).expect("stores");
    load::with_layers(&Project::default(), vec![file])
}

/// The project file opened, as the window opens it.
fn opened(path: &Path) -> Project {
    let saved = project_file::open(path).expect("a project");
    let layers: Vec<Arc<Layer>> = saved
        .sources()
        .iter()
        .map(|source| {
            let sotplan::model::SourcePlace::File(file) = &source.place else { panic!("a file") };
            let read = load_file(file, &source.options, &Unwatched).expect("stores");
            Arc::new(source.layer(read))
        })
        .collect();
    saved.into_project(layers, Vec::new())
}

/// Who a site really is.
fn own(project: &Project, site: &SiteId) -> Option<usize> {
    let SiteId::Feature { layer, key } = site else { return None };
    let layer = project.layer(*layer)?;
    let feature = layer.table.features.iter().find(|feature| Layer::feature_key(feature) == *key)?;
    let who = crate::board::properties(&layer.table, feature).get("who").and_then(Value::as_u64)?;
    usize::try_from(who).ok()
}

/// How many features look like this one, or 1 where an id of its own tells it from them.
fn alike(project: &Project, site: &SiteId) -> usize {
    let SiteId::Feature { layer, key } = site else { return 0 };
    let layer = project.layer(*layer).expect("a layer");
    let looks = |feature: &sotplan::model::Feature| {
        let name = crate::board::properties(&layer.table, feature).get("name").cloned();
        (name, feature.place.lon.to_bits(), feature.place.lat.to_bits())
    };
    let all = &layer.table.features;
    let this = all.iter().find(|feature| Layer::feature_key(feature) == *key).expect("a feature");
    if this.id.is_some() { 1 } else { all.iter().filter(|other| looks(other) == looks(this)).count() }
}

fn fact(own: usize) -> Fact {
    let evidence = Evidence { kind: EvidenceKind::Stated, who: "Anna".into(), ..Evidence::none() };
    Fact { value: FactValue::Text(own.to_string()), evidence, note: String::new() }
}

/// The project with something said of each store: a fact, a choice, a closure, a role in a plan.
fn edited(mut project: Project) -> Project {
    let layer = Arc::clone(&project.layers[0]);
    let mut by_hand = Vec::new();
    for (at, feature) in layer.table.features.iter().enumerate() {
        let site = SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) };
        let own = own(&project, &site).expect("a store");
        let change = Change::Fact("operator".into(), Some(fact(own)));
        project = Command::Amend(site.clone(), change).apply(&project);
        if at % 2 == 0 {
            project = Command::Select { site: site.clone(), is_selected: true }.apply(&project);
        } else {
            project = Command::CloseService { site: site.clone(), is_closed: true }.apply(&project);
        }
        by_hand.push(json!({"site": site, "role": "required", "why": own.to_string()}));
    }
    let mut plans = (*project.plans).clone();
    plans.question = json!({"objective": "mclp", "by_hand": by_hand});
    project.plans = Arc::new(plans);
    project
}

/// Is a site the store, or one that has become it: its name at its place, and nothing that tells them apart?
fn is_it(project: &Project, site: &SiteId, store: &Store) -> bool {
    let SiteId::Feature { layer, key } = site else { return false };
    let Some(layer) = project.layer(*layer) else { return false };
    let Some(feature) = layer.table.features.iter().find(|one| Layer::feature_key(one) == *key) else {
        return false;
    };
    let shown: Value = serde_json::from_str(&text(std::slice::from_ref(store))).expect("a collection");
    let shown = &shown["features"][0];
    let name = crate::board::properties(&layer.table, feature).get("name").cloned().unwrap_or_default();
    let (lon, lat) = (&shown["geometry"]["coordinates"][0], &shown["geometry"]["coordinates"][1]);
    let looks_so = name == shown["properties"]["name"]
        && Some(feature.place.lon) == lon.as_f64()
        && Some(feature.place.lat) == lat.as_f64();
    looks_so || own(project, site) == Some(store.own)
}

/// Everything that is said stands where it was said, or waits.
fn holds(project: &Project, stores: &[Store], [said, chosen, closed]: [usize; 3]) {
    let store_of = |text: &str| &stores[text.parse::<usize>().expect("a number")];
    for (site, amendment) in project.amendments.iter() {
        let FactValue::Text(text) = &amendment.facts["operator"].value else { panic!("a text") };
        assert!(is_it(project, site, store_of(text)), "{site:?} is not {text}");
    }
    for one in project.plans.question["by_hand"].as_array().expect("roles") {
        let site: SiteId = serde_json::from_value(one["site"].clone()).expect("a site");
        match &site {
            SiteId::Held(id) => assert!(project.held.iter().any(|held| held.id == *id), "{site:?}"),
            _ => assert!(is_it(project, &site, store_of(one["why"].as_str().expect("a text"))), "{site:?}"),
        }
    }
    // Marks carry no name of their own: they stand on the sites that the facts stand on.
    let known = |site: &SiteId| project.amendments.contains_key(site);
    assert!(project.selected.iter().all(known) && project.closed_services.iter().all(known));
    assert_eq!(project.amendments.len() + project.held.len(), said, "nothing is lost");
    let held =
        |is_so: fn(&sotplan::model::Held) -> bool| project.held.iter().filter(|held| is_so(held)).count();
    assert_eq!(project.selected.len() + held(|held| held.is_selected), chosen);
    assert_eq!(project.closed_services.len() + held(|held| held.is_closed), closed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_edit_acts_on_another_feature(stores in stores(), deeds in deeds(), is_again in any::<bool>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, saved) = (folder.path().join("stores.geojson"), folder.path().join("p.gpkg"));
        std::fs::write(&file, text(&stores)).expect("written");
        let project = edited(loaded(&file));
        let counts = [project.amendments.len(), project.selected.len(), project.closed_services.len()];
        project_file::save(&saved, &project).expect("saved");
        std::fs::write(&file, text(&done(&stores, &deeds))).expect("written");
        let reopened = if is_again {
            // The same in the running program: the layer is read again.
            let options = LoadOptions { role: Some(grocery()), ..LoadOptions::default() };
            let fresh = load_file(&file, &options, &Unwatched).expect("stores").into_layer(project.layers[0].id);
            Command::ReplaceLayer(Arc::new(fresh)).apply(&project)
        } else {
            opened(&saved)
        };
        holds(&reopened, &stores, counts);
        // In a file that has changed nothing acts on one of several that look the same.
        if text(&stores) != text(&done(&stores, &deeds)) {
            for site in reopened.amendments.keys() {
                prop_assert_eq!(alike(&reopened, site), 1, "{:?}", site);
            }
        }
        // Saved and opened once more nothing changes.
        project_file::save(&saved, &reopened).expect("saved");
        let again = opened(&saved);
        prop_assert_eq!(&*again.amendments, &*reopened.amendments);
        prop_assert_eq!(&*again.held, &*reopened.held);
        prop_assert_eq!(&again.plans.question, &reopened.plans.question);
    }

    #[test]
    fn a_file_that_is_only_sorted_anew_loses_nothing(stores in stores(), swaps in proptest::collection::vec((0usize..9, 0usize..9), 0..9)) {
        // Names and places of their own: everybody is told apart.
        let stores: Vec<Store> = stores.into_iter().enumerate()
            .map(|(at, store)| {
                let at = u8::try_from(at).expect("few");
                Store { name: at + 1, place: (at % 4, at / 4), ..store }
            })
            .collect();
        let folder = tempfile::tempdir().expect("a folder");
        let (file, saved) = (folder.path().join("stores.geojson"), folder.path().join("p.gpkg"));
        std::fs::write(&file, text(&stores)).expect("written");
        let project = edited(loaded(&file));
        project_file::save(&saved, &project).expect("saved");
        let mut deeds: Vec<Deed> = swaps.into_iter().map(|(a, b)| Deed::Swap(a, b)).collect();
        deeds.push(Deed::Renumber);
        std::fs::write(&file, text(&done(&stores, &deeds))).expect("written");
        let reopened = opened(&saved);
        prop_assert_eq!(reopened.held.len(), 0);
        holds(&reopened, &stores, [stores.len(), project.selected.len(), project.closed_services.len()]);
    }
}

#[test]
fn what_waits_can_be_placed_given_up_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, saved) = (folder.path().join("stores.geojson"), folder.path().join("p.gpkg"));
    let store = |own, name, place| Store { own, id: None, name, place };
    let first = [store(0, 1, (0, 0)), store(1, 2, (1, 0))];
    std::fs::write(&file, text(&first)).expect("written");
    project_file::save(&saved, &edited(loaded(&file))).expect("saved");
    // The first has moved, the second is gone.
    std::fs::write(&file, text(&[store(9, 3, (2, 2)), store(0, 1, (3, 0))])).expect("written");
    let project = opened(&saved);
    let why: Vec<HeldWhy> = project.held.iter().map(|held| held.why).collect();
    assert_eq!((why, project.amendments.len()), (vec![HeldWhy::Elsewhere, HeldWhy::Gone], 0));
    let suggestions = project.suggestions(&project.held[0]);
    assert!(suggestions[0].has_same_name && own(&project, &suggestions[0].site) == Some(0));
    let place = Command::PlaceHeld { held: project.held[0].id, site: suggestions[0].site.clone() };
    let placed = place.apply(&project);
    assert_eq!((placed.amendments.len(), placed.held.len(), placed.selected.len()), (1, 1, 1));
    holds(&placed, &first, [2, 1, 1]);
    let dropped = Command::DropHeld(placed.held[0].id).apply(&placed);
    assert!(dropped.held.is_empty() && dropped.amendments.len() == 1);

    // What is said of the place already stays, and what contradicts it waits on.
    let other = Command::Amend(suggestions[0].site.clone(), Change::Fact("operator".into(), Some(fact(77))))
        .apply(&project);
    let both =
        Command::PlaceHeld { held: project.held[0].id, site: suggestions[0].site.clone() }.apply(&other);
    assert_eq!(both.held.len(), 2, "the contradiction is kept");
    assert_eq!(both.amendments[&suggestions[0].site].facts["operator"], fact(77));

    // A layer that is taken out keeps what was said, for the day it comes back.
    let removed = Command::RemoveLayer(dropped.layers[0].id).apply(&dropped);
    assert_eq!((removed.amendments.len(), removed.held.len()), (0, 1));
    assert_eq!(removed.held[0].why, HeldWhy::LayerRemoved);
    let options = LoadOptions { role: Some(grocery()), ..LoadOptions::default() };
    let back = load_file(&file, &options, &Unwatched).expect("stores").into_layer(removed.next_layer_id());
    let back = Command::AddLayers(vec![Arc::new(back)]).apply(&removed);
    let suggestions = back.suggestions(&back.held[0]);
    assert_eq!(suggestions[0].apart.map(sotplan::units::Metres::value), Some(0.0));
    let placed = Command::PlaceHeld { held: back.held[0].id, site: suggestions[0].site.clone() }.apply(&back);
    holds(&placed, &first, [1, 1, 0]);
}

/// A project of before ties were kept: row numbers hold only while the file is the same.
#[test]
fn numbers_of_an_older_project_hold_only_in_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, saved) = (folder.path().join("stores.geojson"), folder.path().join("p.gpkg"));
    let store = |own, name, place| Store { own, id: None, name, place };
    let all = [store(0, 1, (0, 0)), store(1, 2, (1, 0)), store(2, 3, (2, 0))];
    std::fs::write(&file, text(&all)).expect("written");
    project_file::save(&saved, &edited(loaded(&file))).expect("saved");
    let without_ties = |path: &Path| {
        let connection = rusqlite::Connection::open(path).expect("a database");
        connection.execute("DELETE FROM sotplan_documents WHERE name = 'ties'", []).expect("deleted");
    };
    without_ties(&saved);
    assert_eq!(opened(&saved).held.len(), 0, "the same file");
    let mut turned = all;
    turned.reverse();
    std::fs::write(&file, text(&turned)).expect("written");
    let project = opened(&saved);
    assert!(
        project.amendments.is_empty() && project.selected.is_empty() && project.closed_services.is_empty()
    );
    let why: BTreeMap<u32, HeldWhy> = project.held.iter().map(|held| (held.id, held.why)).collect();
    assert!(why.len() == 3 && why.values().all(|why| *why == HeldWhy::OnlyNumber));
}
