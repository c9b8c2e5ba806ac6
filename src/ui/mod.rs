//! The window: shows the state, returns actions. The thread that draws never waits and never reads a file.

pub mod action;
mod app;
mod closures;
mod context;
mod escape;
mod files;
mod frame;
mod icons;
mod list;
mod map;
mod panels;
mod perform;
mod simple;
pub mod state;
mod steps;
mod table;
mod theme;
mod tiles;
mod widgets;
mod window;

use std::path::PathBuf;

pub use self::app::App;
use crate::app::export::Stamp;
use crate::io::settings_file::Folders;
use crate::lang::Lang;

/// Opens the window with these files, or the demo.
///
/// # Errors
/// When the system has no window or no graphics.
pub fn run(files: Vec<PathBuf>, lang: Option<Lang>) -> anyhow::Result<()> {
    // Libraries speak only when asked to: a map without network would write a line for each tile.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
    // The map library wants one; a second call would be refused, which is just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Wgpu,
        viewport: egui::ViewportBuilder::default()
            .with_title("Sotplan")
            .with_app_id("sotplan")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([960.0, 600.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Sotplan",
        options,
        Box::new(move |cc| {
            let mut app = App::new(&cc.egui_ctx, Folders::of_user(), Stamp::today());
            if let Some(lang) = lang {
                app.settings.lang = lang;
            }
            app.has_dialogs = true;
            app.open_at_start(files);
            Ok(Box::new(app))
        }),
    )
    .map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))
}
