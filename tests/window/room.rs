//! How much of the window is map, and what lies over it? How many clicks do the three jobs take that everybody has?

use egui::{Rect, Shape, pos2};
use egui_kittest::kittest::Queryable;
use sotplan::scene::classes::{SMALLEST_POINTS, level_at};
use sotplan::ui::state::StepId;

use crate::bench::{Window, write};

const STEPS: [&str; 7] = ["data", "reach", "places", "compare", "plan", "follow", "crisis"];

/// Every shape drawn in the last frame, groups opened.
fn shapes(window: &Window) -> Vec<Shape> {
    fn flatten(shape: &Shape, out: &mut Vec<Shape>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(shape, out)),
            other => out.push(other.clone()),
        }
    }
    let mut out = Vec::new();
    for clipped in &window.harness.output().shapes {
        flatten(&clipped.shape, &mut out);
    }
    out
}

/// Surfaces over the map: legend, buttons, scale, sources, messages.
fn covers(window: &Window) -> Vec<Rect> {
    let map = window.app().view.map.rect;
    let is_over = |rect: &Rect| map.intersects(*rect) && rect.area() < map.area() * 0.9;
    let rects = shapes(window).into_iter().filter_map(|shape| match shape {
        Shape::Rect(of) if of.fill.a() > 0xb0 => Some(of.rect),
        _ => None,
    });
    rects.filter(is_over).map(|rect| rect.intersect(map)).collect()
}

/// The part of the window that is map and covered by nothing.
fn free_share(window: &Window, size: [f32; 2]) -> f32 {
    const STEP: usize = 4;
    let map = window.app().view.map.rect;
    let covers = covers(window);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points of a screen")]
    let (columns, rows) = (map.width() as usize / STEP, map.height() as usize / STEP);
    #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
    let at = |x: usize, y: usize| map.min + egui::vec2((x * STEP) as f32, (y * STEP) as f32);
    let points = (0..columns).flat_map(|x| (0..rows).map(move |y| (x, y)));
    let free = points.filter(|(x, y)| !covers.iter().any(|cover| cover.contains(at(*x, *y)))).count();
    #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
    let area = (free * STEP * STEP) as f32;
    area / (size[0] * size[1])
}

#[test]
fn most_of_the_window_is_map_that_nothing_covers() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().session.notices.clear();
    for (size, least) in [([1280.0, 800.0], 0.55), ([1920.0, 1080.0], 0.68)] {
        window.harness.set_size(size.into());
        for step in STEPS {
            window.harness.state_mut().view.step = StepId(step);
            window.harness.run_steps(4);
            window.settle();
            let share = free_share(&window, size);
            assert!(share >= least, "{step} at {size:?}: {share}");
        }
    }
}

/// Cells at these places, ten people each.
fn cells(places: &[(f64, f64)]) -> String {
    let feature = |(lon, lat): &(f64, f64)| {
        format!(
            r#"{{"type":"Feature","properties":{{"beftotalt":10}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    let features: Vec<String> = places.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Where the populated cells lie on the screen.
fn populated(window: &Window) -> Rect {
    let scene = sotplan::scene::Scene::new(window.app().session.results.as_ref().unwrap(), None);
    let corners = scene.levels[0].corners.iter().flatten();
    let places = corners.map(|corner| sotplan::scene::lon_lat_of(*corner));
    let points: Vec<_> = places.map(|place| window.on_map(place.lon, place.lat)).collect();
    Rect::from_points(&points)
}

#[test]
fn whatever_its_shape_what_is_loaded_fills_the_free_map_and_nothing_floats_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let countries = [
        ("tall", vec![(12.9, 55.5), (24.1, 65.8), (20.3, 68.9), (11.2, 59.0), (15.0, 62.0)]),
        ("island", vec![(18.15, 57.0), (19.3, 57.95), (18.3, 57.64), (18.6, 57.3)]),
        ("wide", vec![(12.0, 63.0), (18.5, 63.2), (15.0, 63.4), (14.0, 62.9)]),
        ("village", vec![(14.50, 63.20), (14.53, 63.21), (14.52, 63.205)]),
    ];
    for (name, places) in countries {
        let people = write(&folder.path().join(format!("befolkning_{name}.geojson")), &cells(&places));
        let store = cells(&places[..1]).replace("\"beftotalt\":10", "\"name\":\"Affären\"");
        let store = write(&folder.path().join(format!("livsmedel_{name}.geojson")), &store);
        let mut window = Window::open(vec![people, store]);
        for size in [[1280.0, 800.0], [1920.0, 1080.0]] {
            window.harness.set_size(size.into());
            window.harness.run_steps(6);
            window.settle();
            window.harness.state_mut().session.notices.clear();
            window.harness.run_steps(6);
            let (map, shown) = (window.app().view.map.rect, populated(&window));
            assert!(map.contains_rect(shown), "{name}: {shown:?} in {map:?}");
            let legend = covers(&window).into_iter().filter(|rect| rect.area() > 10_000.0).fold(
                None,
                |all: Option<Rect>, one| {
                    Some(all.map_or(one, |all| if all.area() > one.area() { all } else { one }))
                },
            );
            let legend = legend.unwrap();
            assert!(
                !legend.intersects(shown),
                "{name}: the legend lies over the cells: {legend:?} {shown:?}"
            );
            let sides = [
                Rect::from_min_max(pos2(legend.right(), map.top()), map.max),
                Rect::from_min_max(map.min, pos2(map.right(), legend.top())),
                Rect::from_min_max(map.min, pos2(legend.left(), map.bottom())),
                map,
            ];
            let fills = |side: &Rect| (shown.width() / side.width()).max(shown.height() / side.height());
            let best = sides
                .iter()
                .filter(|side| side.contains_rect(shown.shrink(1.0)))
                .map(fills)
                .fold(0.0, f32::max);
            assert!(best >= 0.8, "{name} at {size:?}: {best} of {map:?}, {shown:?} beside {legend:?}");
        }
    }
}

#[test]
fn signs_hide_at_most_a_seventh_of_the_cells() {
    const STEP: f32 = 2.0;
    let mut window = Window::open(Vec::new());
    window.harness.set_size([1280.0, 800.0].into());
    window.settle();
    let results = window.app().session.results.clone().unwrap();
    let scene = sotplan::scene::Scene::new(&results, None);
    for zoom in [5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.5] {
        let _ = window.harness.state_mut().view.map.memory.set_zoom(zoom);
        window.harness.run_steps(4);
        let map = window.app().view.map.rect;
        let (west, east) = (window.on_map(14.0, 63.0), window.on_map(14.1, 63.0));
        // A tenth of a degree of longitude at 63° is 5 053 m (Wikipedia, Longitude: 111.32 km × cos).
        let points_per_metre = f64::from(east.x - west.x) / 5_053.0;
        let level = &scene.levels[level_at(&scene, points_per_metre, SMALLEST_POINTS).unwrap()];
        let squares: Vec<Rect> = level
            .corners
            .iter()
            .map(|corners| {
                let points = corners.map(|corner| {
                    let place = sotplan::scene::lon_lat_of(corner);
                    window.on_map(place.lon, place.lat)
                });
                Rect::from_points(&points).intersect(map)
            })
            .filter(Rect::is_positive)
            .collect();
        let circles: Vec<(egui::Pos2, f32)> = shapes(&window)
            .into_iter()
            .filter_map(|shape| match shape {
                Shape::Circle(of) if of.fill.a() == 255 && map.contains(of.center) => {
                    Some((of.center, of.radius))
                }
                _ => None,
            })
            .collect();
        let (mut all, mut hidden) = (0usize, 0usize);
        for square in &squares {
            let (mut x, mut y) = (square.left() + STEP / 2.0, square.top() + STEP / 2.0);
            while y < square.bottom() {
                while x < square.right() {
                    all += 1;
                    let at = pos2(x, y);
                    hidden +=
                        usize::from(circles.iter().any(|(middle, radius)| middle.distance(at) < *radius));
                    x += STEP;
                }
                x = square.left() + STEP / 2.0;
                y += STEP;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
        let share = hidden as f64 / all.max(1) as f64;
        assert!(share <= 0.15, "at zoom {zoom}: {share} of {all} points, {} circles", circles.len());
    }
}

/// A window that counts what is clicked.
struct Counted {
    window: Window,
    clicks: usize,
}

impl Counted {
    fn new() -> Self {
        Self { window: Window::open(Vec::new()), clicks: 0 }
    }

    fn click(&mut self, label: &str) {
        self.window.click(label);
        self.clicks += 1;
    }

    /// The first row of the table in which something stands.
    fn click_row(&mut self, text: &str) {
        let map = self.window.app().view.map.rect;
        let below = |node: &egui_kittest::Node<'_>| node.rect().top() > map.bottom();
        let node = self.window.harness.get_all_by_label(text).find(below);
        node.unwrap().click();
        self.window.harness.run_steps(3);
        self.window.settle();
        self.clicks += 1;
    }

    fn says(&self, text: &str) -> bool {
        self.window.harness.query_by_label_contains(text).is_some()
    }

    /// Is a name drawn on the map?
    fn is_on_map(&self, name: &str) -> bool {
        let map = self.window.app().view.map.rect;
        shapes(&self.window).into_iter().any(|shape| {
            matches!(&shape, Shape::Text(text) if text.galley.text() == name && map.contains(text.pos))
        })
    }
}

#[test]
fn how_many_in_krokom_have_farther_than_10_km_takes_two_clicks() {
    let mut job = Counted::new();
    job.click("Table: Municipalities");
    job.click_row("Krokom");
    let results = job.window.app().session.results.clone().unwrap();
    let row =
        results.areas.iter().find(|row| results.situation.area_name(row.area) == Some("Krokom")).unwrap();
    let beyond = sotplan::lang::Lang::En.people(row.kinds[0].people_beyond);
    assert!(job.says(&format!("Beyond the threshold: {beyond}")), "{beyond}");
    assert!(job.clicks <= 4, "{}", job.clicks);
    assert_eq!(job.clicks, 2);
}

#[test]
fn three_places_are_laid_on_the_map_with_their_names_in_four_clicks() {
    let mut job = Counted::new();
    job.click("Places");
    for name in ["Hallen", "Kall", "Lillhärdal"] {
        job.click(&format!("Show {name} on the map"));
    }
    for name in ["Hallen", "Kall", "Lillhärdal"] {
        assert!(job.is_on_map(name), "{name}");
    }
    assert_eq!(job.window.app().session.project().selected.len(), 3);
    assert_eq!(job.clicks, 4);
}

#[test]
fn the_worst_gap_of_my_municipality_takes_four_clicks() {
    let mut job = Counted::new();
    job.click("My municipality: All municipalities");
    job.click("Krokom");
    job.click("Table: Gaps");
    job.click_row("Krokom");
    let results = job.window.app().session.results.clone().unwrap();
    let kind = results.kind(job.window.app().view.kind).unwrap();
    let (worst, _) =
        kind.gaps.iter().find(|(gap, _)| results.situation.area_name(gap.area) == Some("Krokom")).unwrap();
    let people = sotplan::lang::Lang::En.people(worst.people);
    assert!(job.says(&format!("live in the gap: {people} people")), "{people}");
    assert!(job.says("Nearest grocery store"));
    assert!(job.says("nearest for"));
    // The whole stands beside it in the answer.
    assert!(job.says("Krokom: ") && job.says("to the nearest grocery store. In the whole area"));
    assert!(job.clicks <= 5, "{}", job.clicks);
    assert_eq!(job.clicks, 4);
}

#[test]
fn enter_turns_the_cards_of_the_tour_to_the_end() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().view.dialogs.tour = Some(0);
    window.harness.run_steps(3);
    for next in [Some(1), Some(2), Some(3), Some(4), None] {
        window.harness.key_press(egui::Key::Enter);
        window.harness.run_steps(3);
        assert_eq!(window.app().view.dialogs.tour, next);
    }
}
