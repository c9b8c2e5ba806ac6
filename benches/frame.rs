//! How much processor time does one frame of the window need, without a graphics card?
//! Builds and tessellates frames while files are opened, while panning and zooming, while a trial point is dragged, and
//! while a project is saved and packed.
//! `cargo bench --bench frame -- POPULATION GROCERY [FUEL …] [--roads FILE]`; without files, the demo.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and stops at its first surprise"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Context, Event, Modifiers, Pos2, RawInput, Rect, pos2, vec2};
use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::model::{AddedService, Evidence, ServiceKind, TrialId, TrialPoint};
use sotplan::ui::App;

const SIZE: [f32; 2] = [1920.0, 1080.0];

fn main() {
    let files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    let opened = Instant::now();
    let ctx = Context::default();
    let mut app = App::new(&ctx, None, Stamp::default());
    app.settings.online_map = Some(false);
    app.settings.shows_start = false;
    app.open_at_start(files);
    let mut bench = Bench { ctx, app, time: 0.0 };
    let started = Instant::now();
    let (mut first, mut opening) = (None, Vec::new());
    while started.elapsed() < Duration::from_mins(10) {
        opening.push(bench.frame(Vec::new()));
        if first.is_none() && bench.app.has_map() {
            first = Some(opened.elapsed());
        }
        if !bench.app.session.is_busy() && bench.app.session.results.is_some() && bench.app.is_drawn() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let results = bench.app.session.results.clone().expect("the files give a result");
    bench.app.session.notices.clear();
    let [map, all] = [first.unwrap_or_default(), opened.elapsed()].map(|time| time.as_secs_f64());
    println!("first map {map:.2} s, all read, computed and drawn {all:.2} s");
    println!(
        "{} cells, {} services, window {SIZE:?}",
        results.situation.demand.len(),
        results.situation.services.len()
    );
    print("while opening", opening);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let middle = bench.app.view.map.rect.center();
    let mut times = Vec::new();
    for step in 0..240u16 {
        let swing = f32::from(step % 40) - 20.0;
        let at = middle + vec2(swing * 4.0, swing * 2.0);
        let mut events = vec![Event::PointerMoved(at)];
        if let 0..40 = step % 80 {
            events.extend(button(at, step % 40 == 0, step % 40 == 39));
        } else {
            let zooms_in = (step / 80).is_multiple_of(2);
            events.push(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Line,
                delta: vec2(0.0, if zooms_in { 0.2 } else { -0.2 }),
                modifiers: Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
            });
        }
        times.push(bench.frame(events));
    }
    print("pan and zoom", times);
    if results.travel.is_by_road() {
        roads(&mut bench);
    }
    drag(&mut bench);
    save(&mut bench);
}

fn button(at: Pos2, down: bool, up: bool) -> Option<Event> {
    (down || up).then_some(Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed: down,
        modifiers: Modifiers::NONE,
    })
}

/// Pans over roads at every zoom, around the densest part that the files have.
fn roads(bench: &mut Bench) {
    let results = bench.app.session.results.clone().expect("a result");
    let travel = results.travel.road().expect("roads");
    let graph = &travel.network().graph;
    println!("{} stretches, {} vertices", graph.stretches.len(), graph.vertices.len());
    let demand = &results.situation.demand;
    let most = (0..demand.len()).max_by(|a, b| demand.people[*a].cmp(&demand.people[*b])).expect("people");
    let place = demand.places[most];
    for zoom in 4..=16u8 {
        bench.app.view.map.memory.center_at(walkers::lon_lat(place.lon, place.lat));
        bench.app.view.map.memory.set_zoom(f64::from(zoom)).expect("a zoom of the map");
        let middle = bench.app.view.map.rect.center();
        let mut times = Vec::new();
        bench.frame(vec![Event::PointerMoved(middle)]);
        for step in 0..40u16 {
            let at = middle + vec2(f32::from(step) * 3.0, f32::from(step));
            let mut events = vec![Event::PointerMoved(at)];
            events.extend(button(at, step == 0, step == 39));
            times.push(bench.frame(events));
        }
        print(&format!("roads, zoom {zoom}"), times);
    }
    bench.app.view.selection = None;
}

/// Drags a trial point over the middle of the map.
fn drag(bench: &mut Bench) {
    bench.app.view.map.wants_overview = true;
    bench.frame(Vec::new());
    let middle = bench.app.view.map.rect.center();
    bench.frame(vec![Event::PointerMoved(middle)]);
    let place = bench.app.view.map.pointer.expect("the pointer is on the map");
    let trial = TrialPoint { id: TrialId(1), name: "Trial".into(), place };
    bench.app.session.edit(Command::AddTrial(trial), None);
    for _ in 0..5 {
        bench.frame(vec![Event::PointerMoved(middle)]);
    }
    bench.frame(button(middle, true, false).into_iter().collect());
    let mut times = Vec::new();
    let mut followed = 0;
    for step in 1..120u16 {
        let at = middle + vec2(f32::from(step), f32::from(step % 7));
        times.push(bench.frame(vec![Event::PointerMoved(at)]));
        followed += usize::from(bench.app.trial.figures().is_some());
    }
    println!("figures followed in {followed} of 119 frames");
    print("dragging a trial point", times);
}

/// Saves, adds a store and saves again, packs; frames are drawn all the while.
fn save(bench: &mut Bench) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("project.gpkg");
    let place = bench.app.session.results.as_ref().expect("a result").situation.demand.places[0];
    let store = AddedService {
        id: 1,
        name: "A store".into(),
        kinds: ServiceKind::Grocery.into(),
        place,
        facts: std::collections::BTreeMap::new(),
        evidence: Evidence::none(),
    };
    bench.app.session.save(path.clone());
    bench.while_busy("the first save");
    bench.app.session.edit(Command::AddService(store), None);
    bench.app.session.save(path);
    bench.while_busy("a store added, computed and saved");
    bench.app.session.pack(folder.path().join("packed.gpkg"));
    bench.while_busy("packed");
    for notice in &bench.app.session.notices {
        println!("{}", sotplan::lang::Said::said(notice, sotplan::lang::Lang::En));
    }
}

struct Bench {
    ctx: Context,
    app: App,
    time: f64,
}

impl Bench {
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time += 1.0 / 60.0;
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(SIZE[0], SIZE[1]));
        let input =
            RawInput { screen_rect: Some(screen), time: Some(self.time), events, ..RawInput::default() };
        let started = Instant::now();
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| app.frame(ui));
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let elapsed = started.elapsed().as_secs_f64() * 1e3;
        std::hint::black_box(meshes.len());
        elapsed
    }

    /// Draws until nothing is under way any more.
    fn while_busy(&mut self, what: &str) {
        let started = Instant::now();
        let mut times = vec![self.frame(Vec::new())];
        while self.app.session.is_busy() {
            std::thread::sleep(Duration::from_millis(5));
            times.push(self.frame(Vec::new()));
        }
        println!("{what}: {:.2} s", started.elapsed().as_secs_f64());
        print("  frames meanwhile", times);
    }
}

fn print(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{name}: median {:.2} ms, p95 {:.2} ms, max {:.2} ms", at(50), at(95), at(100));
}
