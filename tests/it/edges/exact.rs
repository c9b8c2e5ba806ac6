//! A distance that is exactly the limit is within it, in every direction and system; of what is equally far the one
//! that stands first comes first.

use proptest::prelude::*;
use serde_json::json;
use sotplan::app::{Results, load};
use sotplan::geometry::{Crs, PlanePoint, Reprojection};
use sotplan::io::{LoadOptions, load_bytes};
use sotplan::model::{KindRule, Parameters, Project, Role, ServiceKind, SourcePlace};
use sotplan::progress::Unwatched;
use sotplan::units::{Measure, Metres, Seconds};

/// A world of pairs: cells, and for each a store exactly so far away in some direction.
#[derive(Debug, Clone)]
struct World {
    crs: Crs,
    km: f64,
    detour: f64,
    pairs: Vec<(f64, f64, f64)>,
}

fn worlds() -> impl Strategy<Value = World> {
    let crs = (0..Crs::all().len()).prop_map(|at| Crs::all()[at]);
    let km =
        prop_oneof![(1u32..40).prop_map(f64::from), (1u32..400).prop_map(|tenth| f64::from(tenth) / 10.0)];
    let pair = (300_000.0f64..850_000.0, 6_200_000.0f64..7_600_000.0, 0.0f64..360.0);
    let detour = prop_oneof![Just(1.0), Just(1.3)];
    (crs, km, detour, proptest::collection::vec(pair, 1..12)).prop_map(|(crs, km, detour, pairs)| World {
        crs,
        km,
        detour,
        pairs,
    })
}

/// The coordinates that a file of the system has for a point of the plane, as another program would write them:
/// metres to the millimetre, degrees to ten decimals.
fn written(crs: Crs, point: PlanePoint) -> [f64; 2] {
    let to_degrees = Reprojection::new(Crs::Wgs84);
    let place = to_degrees.lon_lat_from_plane(point).expect("in Sweden");
    let round = |v: f64, by: f64| (v * by).round() / by;
    match crs {
        Crs::Sweref99Tm => [round(point.e, 1e3), round(point.n, 1e3)],
        _ if crs.is_wgs84_degrees() => [round(place.lon, 1e10), round(place.lat, 1e10)],
        // From what the program says, step by step to the numbers that it reads as the place.
        _ => {
            let own = Reprojection::new(crs);
            let mut at = crs.from_wgs84(place).map(|(x, y)| [x, y]).expect("in Sweden");
            for _ in 0..60 {
                let there = own.plane_from_source(at[0], at[1]).expect("in Sweden");
                let (de, dn) = (point.e - there.e, point.n - there.n);
                if de.hypot(dn) < 1e-7 {
                    break;
                }
                // The systems are turned against each other: the step in one is measured by two probes.
                let probe = |x: f64, y: f64| own.plane_from_source(x, y).expect("in Sweden");
                let (px, py) = (probe(at[0] + 1.0, at[1]), probe(at[0], at[1] + 1.0));
                let (a, b, c, d) = (px.e - there.e, py.e - there.e, px.n - there.n, py.n - there.n);
                let det = a * d - b * c;
                at = [at[0] + (de * d - b * dn) / det, at[1] + (a * dn - c * de) / det];
            }
            [round(at[0], 1e6), round(at[1], 1e6)]
        }
    }
}

fn file(crs: Crs, points: &[PlanePoint]) -> Vec<u8> {
    let features: Vec<_> = points
        .iter()
        .map(|point| {
            json!({"type": "Feature", "properties": {"people": 1},
                "geometry": {"type": "Point", "coordinates": written(crs, *point)}})
        })
        .collect();
    let name = json!({"type": "name", "properties": {"name": format!("EPSG:{}", crs.epsg())}});
    json!({"type": "FeatureCollection", "crs": name, "features": features}).to_string().into_bytes()
}

fn project(crs: Crs, cells: &[PlanePoint], stores: &[PlanePoint]) -> Project {
    let layer = |name: &str, points: &[PlanePoint], role: Role| {
        let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
        load_bytes(SourcePlace::Demo(name.into()), &file(crs, points), &options, &Unwatched).expect("a layer")
    };
    let grocery = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    load::with_layers(
        &Project::default(),
        vec![
            layer("pop.geojson", cells, Role::Population { field: "people".into() }),
            layer("store.geojson", stores, grocery),
        ],
    )
}

fn people_within(project: &Project, parameters: Parameters) -> (f64, f64, f64) {
    let project = Project { parameters, ..project.clone() };
    let results = Results::compute(&project, None, &Unwatched).expect("not cancelled");
    let summary = &results.kind(ServiceKind::Grocery).expect("stores").summary;
    let of_stores = results.candidates.iter().map(|candidate| candidate.people_in_limit.value()).sum();
    (summary.people_within.value(), summary.people_beyond.value(), of_stores)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn equal_is_within_in_every_direction_and_system(world in worlds()) {
        let metres = world.km * 1000.0;
        // Each pair in a world of its own, so that no other store is nearer.
        for (e, n, degrees) in &world.pairs {
            // The cell at whole millimetres: only the store's own rounding stands between the two.
            let whole = |v: f64| (v * 1000.0).round() / 1000.0;
            let (e, n) = (whole(*e), whole(*n));
            let cell = PlanePoint::new(e, n);
            let (sin, cos) = degrees.to_radians().sin_cos();
            let straight = metres / world.detour;
            let store = PlanePoint::new(e + straight * sin, n + straight * cos);
            let project = project(world.crs, &[cell], &[store]);
            let at = |threshold: f64, measure| Parameters {
                detour_factor: world.detour,
                threshold: Metres::new(threshold),
                time_threshold: Seconds::new(threshold / (70.0 / 3.6)),
                speed_kmh: Some(70.0),
                measure,
                ..Parameters::default()
            };
            for measure in [Measure::Distance, Measure::Time] {
                prop_assert_eq!(people_within(&project, at(metres, measure)), (1.0, 0.0, 1.0), "{:?} {} {:?}", world.crs, degrees, measure);
                // A decimetre less is less.
                prop_assert_eq!(people_within(&project, at(metres - 0.1, measure)), (0.0, 1.0, 0.0), "{:?}", world.crs);
            }
        }
    }

    #[test]
    fn of_what_is_equally_far_the_first_is_nearest(world in worlds(), is_turned in any::<bool>()) {
        for (e, n, degrees) in &world.pairs {
            let (sin, cos) = degrees.to_radians().sin_cos();
            let reach = world.km * 1000.0;
            // Whole millimetres, so that what is written is as far on both sides as what is meant.
            let whole = |v: f64| (v * 1000.0).round() / 1000.0;
            let (e, n, de, dn) = (whole(*e), whole(*n), whole(reach * sin), whole(reach * cos));
            let ends = [1.0, -1.0].map(|side| PlanePoint::new(e + side * de, n + side * dn));
            let stores = if is_turned { [ends[1], ends[0]] } else { ends };
            let project = project(world.crs, &[PlanePoint::new(e, n)], &stores);
            let results = Results::compute(&project, None, &Unwatched).expect("not cancelled");
            let nearest = &results.kind(ServiceKind::Grocery).expect("stores").coverage.nearest;
            let (first, second) = (nearest.at(0, 0).expect("a store"), nearest.at(0, 1).expect("another"));
            prop_assert_eq!((first.0, second.0), (0, 1));
            prop_assert!(first.1.length <= second.1.length, "lengths never fall with the rank");
        }
    }
}
