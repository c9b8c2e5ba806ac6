//! Does any input make the work grow out of measure? Worlds that nobody draws and files hold all the same: all at one
//! place, on one line, in one cell, an area of one giant ring, ten thousand tiny ones, roads that all meet at one point,
//! nothing of any length. Each is computed and written at one size and at twice that; what is counted are comparisons of
//! places and allocations, not the clock.

use std::path::Path;

use serde_json::{Value, json};

use super::deciding::{Verdict, decide_all};
use super::export::{Chosen, Stamp};
use super::results::Phases;
use super::{Results, load, outputs};
use crate::geometry::comparisons;
use crate::io::{LoadOptions, Loaded, RoadOptions, load_bytes};
use crate::model::{AreaFields, Difference, Evidence, KindRule, Project, Role, ServiceKind, SourcePlace};
use crate::progress::Unwatched;

/// Where every world lies, in degrees.
const HERE: [f64; 2] = [15.0, 63.0];

/// The smaller of the two sizes; what does not grow is small beside it.
const SIZE: usize = 1_000;
/// What does not grow in a world.
const FEW: usize = 40;
/// Twice as much of a world may cost this many times the work.
const MOST: f64 = 2.5;

/// What is in a world: where cells, stores, fuel and SOT places are, areas as rings, and roads as lines.
#[derive(Default)]
struct World {
    cells: Vec<[f64; 2]>,
    stores: Vec<[f64; 2]>,
    names: Option<&'static str>,
    sots: Vec<[f64; 2]>,
    areas: Vec<Vec<[f64; 2]>>,
    roads: Vec<Vec<[f64; 2]>>,
}

/// Degrees to the east and north of where the worlds lie.
fn at(east: f64, north: f64) -> [f64; 2] {
    [HERE[0] + east, HERE[1] + north]
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn spread(count: usize, place: impl Fn(f64) -> [f64; 2]) -> Vec<[f64; 2]> {
    (0..count).map(|nth| place(nth as f64 / count as f64)).collect()
}

/// Places strewn over some degrees, always the same.
fn strewn(count: usize, wide: f64) -> Vec<[f64; 2]> {
    spread(count, |share| at((share * 7919.0).fract() * wide, share * wide / 2.0))
}

/// A jagged ring.
fn star(corners: usize) -> Vec<[f64; 2]> {
    let mut ring = spread(corners, |share| {
        let away = 0.3 + 0.1 * (share * 7919.0).fract();
        at(
            0.2 + away * (share * std::f64::consts::TAU).cos(),
            0.1 + away / 2.0 * (share * std::f64::consts::TAU).sin(),
        )
    });
    ring.extend(ring.first().copied());
    ring
}

fn square([lon, lat]: [f64; 2], side: f64) -> Vec<[f64; 2]> {
    vec![[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
}

fn file(name: &str, role: Role, features: &[Value]) -> Option<Loaded> {
    if features.is_empty() {
        return None;
    }
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let place = SourcePlace::File(name.into());
    let options = LoadOptions { role: Some(role.clone()), ..LoadOptions::default() };
    let mut loaded = load_bytes(place, text.as_bytes(), &options, &Unwatched).expect("a file");
    loaded.role = role;
    Some(loaded)
}

fn feature(kind: &str, coordinates: &Value, properties: &Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": { "type": kind, "coordinates": coordinates } })
}

impl World {
    fn project(&self, folder: &Path) -> Project {
        let points = |places: &[[f64; 2]], properties: &dyn Fn(usize) -> Value| -> Vec<Value> {
            let places = places.iter().enumerate();
            places.map(|(nth, place)| feature("Point", &json!(place), &properties(nth))).collect()
        };
        let name = |nth: usize| self.names.map_or_else(|| format!("Butik {nth}"), str::to_owned);
        let stores = points(&self.stores, &|nth| json!({ "name": name(nth) }));
        let cells = points(&self.cells, &|nth| json!({ "pop": 1 + nth % 9 }));
        let sots = points(&self.sots, &|nth| json!({ "name": format!("SOT {nth}"), "status": "i drift" }));
        let areas: Vec<Value> = (0..)
            .zip(&self.areas)
            .map(|(nth, ring)| {
                feature("Polygon", &json!([ring]), &json!({ "kod": format!("a{nth}"), "namn": "Byn" }))
            })
            .collect();
        let fields = AreaFields { code: Some("kod".into()), name: Some("namn".into()) };
        let services = |kind: ServiceKind| Role::Services(KindRule::All(kind.into()));
        let files = [
            file("areas.geojson", Role::Areas(fields), &areas),
            file("cells.geojson", Role::Population { field: "pop".into() }, &cells),
            file("stores.geojson", services(ServiceKind::Grocery), &stores),
            file("fuel.geojson", services(ServiceKind::Fuel), &stores),
            file("sots.geojson", Role::SotPlaces, &sots),
        ];
        let project = load::with_layers(&Project::default(), files.into_iter().flatten().collect());
        if self.roads.is_empty() {
            return project;
        }
        let lines = self.roads.iter();
        let lines: Vec<Value> = lines
            .map(|line| feature("LineString", &json!(line), &json!({ "highway": "tertiary" })))
            .collect();
        let path = folder.join("roads.geojson");
        let text = json!({ "type": "FeatureCollection", "features": lines }).to_string();
        std::fs::write(&path, text).expect("written");
        let (roads, _) = load::read_roads(&path, &RoadOptions::default(), &Unwatched).expect("roads");
        load::with_roads(&project, vec![roads])
    }
}

/// All that is found of a project, written; then all that may be one merged, and compared with a delivery of the same.
fn all_of(project: &Project, folder: &Path) {
    let results = Results::compute(project, None, &Unwatched).expect("nobody cancels");
    outputs::write_all(folder, &results, &Chosen::default(), &Stamp::default(), Phases::default())
        .expect("written");
    if let Some(command) = decide_all(&results.findings.found, Verdict::Merge, &Evidence::default()) {
        Results::compute(&command.apply(project), Some(&results), &Unwatched).expect("nobody cancels");
    }
    for layer in &project.layers {
        assert!(Difference::between(&layer.table, &layer.table).is_nothing());
    }
}

/// Comparisons, allocations and bytes of all that is done with a world.
fn work(world: &World) -> [u64; 3] {
    let folder = tempfile::tempdir().expect("a folder");
    let project = world.project(folder.path());
    let mut compared = 0;
    let allocated = allocation_counter::measure(|| {
        compared = comparisons(|| all_of(&project, folder.path()));
    });
    [compared, allocated.count_total, allocated.bytes_total]
}

#[expect(clippy::cast_precision_loss, reason = "a ratio")]
fn grows_no_faster(name: &str, world: impl Fn(usize) -> World + Sync) {
    // All on this thread, whose work is counted.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let (pool, world) = (pool.expect("a pool"), &world);
    pool.install(|| {
        // What is made once for all is made before.
        work(&world(10));
        let (one, two) = (work(&world(SIZE)), work(&world(2 * SIZE)));
        for (what, (one, two)) in
            ["comparisons", "allocations", "bytes"].into_iter().zip(one.into_iter().zip(two))
        {
            let times = two as f64 / one.max(1) as f64;
            assert!(times <= MOST, "{name}: {what} at twice the size: {one} → {two}, × {times:.2}");
        }
    });
}

#[test]
fn services_at_one_place() {
    grows_no_faster("another name each", |size| World {
        cells: strewn(FEW, 0.4),
        stores: vec![HERE; size],
        sots: vec![HERE; size],
        ..World::default()
    });
}

#[test]
fn services_of_one_name_at_one_place() {
    grows_no_faster("one name", |size| World {
        cells: strewn(FEW, 0.4),
        stores: vec![HERE; size],
        names: Some("ICA"),
        ..World::default()
    });
}

#[test]
fn services_in_one_cell() {
    grows_no_faster("in one cell", |size| World {
        cells: strewn(FEW, 0.4),
        stores: strewn(size, 4e-4),
        sots: strewn(size, 4e-4),
        ..World::default()
    });
}

#[test]
fn services_on_one_line() {
    grows_no_faster("on one line", |size| World {
        cells: strewn(FEW, 0.4),
        stores: spread(size, |share| at(share * 0.4, 0.0)),
        sots: spread(size, |share| at(share * 0.4, 0.0)),
        ..World::default()
    });
}

#[test]
fn people_at_one_place() {
    grows_no_faster("people at one place", |size| World {
        cells: vec![HERE; size],
        stores: strewn(FEW, 0.4),
        areas: vec![square(at(-0.1, -0.1), 1.0)],
        ..World::default()
    });
}

#[test]
fn people_in_one_cell() {
    grows_no_faster("people in one cell", |size| World {
        cells: strewn(size, 1e-2),
        stores: vec![at(1.5, 1.0); FEW],
        areas: vec![square(at(-0.1, -0.1), 1.0)],
        ..World::default()
    });
}

#[test]
fn an_area_of_one_giant_ring() {
    grows_no_faster("a giant ring", |size| World {
        cells: strewn(FEW * 10, 0.4),
        stores: strewn(FEW, 0.4),
        areas: vec![star(size)],
        ..World::default()
    });
}

#[test]
fn people_in_an_area_of_one_giant_ring() {
    grows_no_faster("people in a giant ring", |size| World {
        cells: strewn(size, 0.4),
        stores: strewn(FEW, 0.4),
        areas: vec![star(size)],
        ..World::default()
    });
}

#[test]
fn tiny_areas() {
    grows_no_faster("tiny areas", |size| World {
        cells: strewn(size, 0.4),
        stores: strewn(FEW, 0.4),
        areas: strewn(size, 0.4).into_iter().map(|corner| square(corner, 1e-4)).collect(),
        ..World::default()
    });
}

#[test]
fn roads_that_all_meet_at_one_point() {
    grows_no_faster("a star of roads", |size| World {
        cells: strewn(FEW, 0.2),
        stores: strewn(FEW, 0.2),
        roads: star(size).into_iter().map(|end| vec![at(0.2, 0.1), end]).collect(),
        ..World::default()
    });
}

#[test]
fn nothing_of_any_length() {
    grows_no_faster("nothing of any length", |size| World {
        cells: vec![HERE; size],
        stores: vec![HERE; size],
        sots: vec![HERE; size],
        areas: vec![square(HERE, 1e-9); 3],
        roads: vec![vec![HERE, at(0.01, 0.0)]],
        ..World::default()
    });
}
