//! A window without a display, driven by its labels, in a folder of its own.

use std::path::{Path, PathBuf};

use egui::{Modifiers, PointerButton, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sotplan::app::export::Stamp;
use sotplan::io::settings_file::Folders;
use sotplan::lang::{Lang, Said};
use sotplan::ui::App;

pub struct Window {
    pub harness: Harness<'static, App>,
    pub folder: tempfile::TempDir,
}

impl Window {
    /// A window in a folder of its own, with these files or the demo.
    pub fn open(files: Vec<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders {
            settings: folder.path().join("settings"),
            cache: folder.path().join("cache"),
            rescue: folder.path().join("rescue"),
        };
        std::fs::create_dir_all(&folders.settings).unwrap();
        std::fs::write(
            folders.settings.join("settings.json"),
            r#"{"lang":"en","online_map":false,"shows_start":false}"#,
        )
        .unwrap();
        let harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |cc| {
            let mut app = App::new(&cc.egui_ctx, Some(folders), Stamp { date: "2026-01-01".into() });
            app.open_at_start(files);
            app
        });
        let mut window = Self { harness, folder };
        window.settle();
        window
    }

    /// Runs frames until the work is done and drawn.
    pub fn settle(&mut self) {
        for _ in 0..12_000 {
            self.harness.step();
            let app = self.harness.state();
            if !app.session.is_busy() && app.is_drawn() {
                self.harness.run_steps(3);
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("the window never came to rest");
    }

    /// Clicks what has this label, wherever it must be scrolled to.
    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.harness.run_steps(3);
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
        self.settle();
    }

    /// Opens a table by its name, from the menu where there is no room for all names.
    pub fn table(&mut self, name: &str) {
        if self.harness.query_by_label("Choose a table").is_some() {
            self.click("Choose a table");
        }
        self.click(&format!("Table: {name}"));
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn messages(&self) -> Vec<String> {
        self.app().session.notices.iter().map(|notice| notice.said(Lang::En)).collect()
    }

    /// Clicks the middle of the map.
    pub fn map_middle(&self) -> egui::Pos2 {
        self.app().view.map.rect.center()
    }

    pub fn press(&mut self, at: egui::Pos2, pressed: bool) {
        self.harness.event(egui::Event::PointerMoved(at));
        self.harness.event(egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        self.harness.step();
    }

    pub fn click_map(&mut self, at: egui::Pos2) {
        self.harness.event(egui::Event::PointerMoved(at));
        self.harness.step();
        self.press(at, true);
        self.press(at, false);
        self.settle();
    }

    /// Where on the screen a place is.
    pub fn on_map(&self, lon: f64, lat: f64) -> egui::Pos2 {
        let view = &self.app().view;
        let lon_lat = sotplan::geometry::LonLat::new(lon, lat);
        let [x, y] = sotplan::scene::mercator(lon_lat);
        let centre = view.map.memory.detached().unwrap();
        let [x0, y0] = sotplan::scene::mercator(sotplan::geometry::LonLat::new(centre.x(), centre.y()));
        let scale = 256.0 * view.map.memory.zoom().exp2();
        #[expect(clippy::cast_possible_truncation, reason = "screen points")]
        let offset = vec2(((x - x0) * scale) as f32, ((y - y0) * scale) as f32);
        view.map.rect.center() + offset
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub fn write(path: &Path, text: &str) -> PathBuf {
    std::fs::write(path, text).unwrap();
    path.to_owned()
}

pub const TWO_STORES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Norra"},"geometry":{"type":"Point","coordinates":[14.51234,63.21234]}},
{"type":"Feature","properties":{"name":"Södra"},"geometry":{"type":"Point","coordinates":[14.61234,63.11234]}}]}"#;
