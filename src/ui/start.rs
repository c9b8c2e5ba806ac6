//! How does the window open, also where that is hard? Size and place as they were left; and one sentence that says what
//! is missing where there is no display, no graphics, or a size of the screen that cannot be.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::app::{App, settings_of};
use crate::app::export::Stamp;
use crate::app::settings::Settings;
use crate::io::said_by;
use crate::io::settings_file::Folders;
use crate::lang::{Lang, Said};

/// Set for a second try, so that there is no third.
const TRIED: &str = "SOTPLAN_SECOND_TRY";
/// By which the window library takes the scale of the screen, where the system tells one that cannot be.
const SCALE: &str = "WINIT_X11_SCALE_FACTOR";

/// Why there is no window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoWindow {
    /// There is nothing to show a window on.
    Display,
    /// Nothing draws: no driver, not even one of software.
    Graphics,
    /// Something else, as a library said it.
    Other(String),
}

impl Said for NoWindow {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Display => lang
                .pick(
                    "det finns ingen skärm att visa fönstret på. Starta programmet i en grafisk session (även fjärrskrivbord fungerar). Över ssh: anslut med ssh -X, eller sätt DISPLAY eller WAYLAND_DISPLAY. Utan fönster: sotplan analyse --help",
                    "there is no display to show the window on. Start the program in a graphical session (remote desktop works too). Over ssh: connect with ssh -X, or set DISPLAY or WAYLAND_DISPLAY. Without a window: sotplan analyse --help",
                )
                .into(),
            Self::Graphics => lang
                .pick(
                    "det finns ingen grafikdrivrutin som kan rita fönstret; Vulkan och OpenGL är prövade. Installera en drivrutin, på Debian och Ubuntu: apt install mesa-vulkan-drivers libegl1 libgl1-mesa-dri (ritar i programvara där grafikkort saknas). Är WGPU_BACKEND satt: ta bort det. Utan fönster: sotplan analyse --help",
                    "there is no graphics driver that can draw the window; Vulkan and OpenGL were tried. Install a driver, on Debian and Ubuntu: apt install mesa-vulkan-drivers libegl1 libgl1-mesa-dri (they draw in software where there is no graphics card). If WGPU_BACKEND is set, unset it. Without a window: sotplan analyse --help",
                )
                .into(),
            Self::Other(what) => match lang {
                Lang::Sv => format!("fönstret gick inte att öppna: {what}. Utan fönster: sotplan analyse --help"),
                Lang::En => format!("the window could not be opened: {what}. Without a window: sotplan analyse --help"),
            },
        }
    }
}

/// Why there is no window, by what the library says and what the system has.
fn of_error(error: eframe::Error) -> NoWindow {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let has_display =
        names.into_iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    match error {
        eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_)
            if cfg!(target_os = "linux") && !has_display =>
        {
            NoWindow::Display
        }
        // A display that is named and does not answer.
        eframe::Error::WinitEventLoop(error) => NoWindow::Other(without_places(&error.to_string())),
        eframe::Error::Wgpu(_) => NoWindow::Graphics,
        other => NoWindow::Other(without_places(&other.to_string())),
    }
}

/// A message without the places in source files that libraries put into theirs.
fn without_places(text: &str) -> String {
    let is_place = |word: &&str| word.contains(".rs:") || word.contains(".cargo/");
    text.split_whitespace().filter(|word| !is_place(word)).collect::<Vec<_>>().join(" ")
}

/// Opens the window with these files, or the example.
///
/// # Errors
/// [`NoWindow`] where the system has no display or no graphics.
pub fn run(files: Vec<PathBuf>, lang: Option<Lang>) -> Result<(), (NoWindow, Lang)> {
    // The map library wants one; a second call would be refused, which is just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folders = Folders::of_user();
    let settings = settings_of(folders.as_ref());
    let said_in = lang.unwrap_or(settings.lang);
    // A library that finds no scale of the screen ends with a trace of its own.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let hook = std::sync::Arc::new(std::sync::Mutex::new(Some(usual)));
    let is_open = std::sync::Arc::clone(&hook);
    // Held until the window stands.
    let is_held = std::sync::Arc::clone(&hook);
    let opened = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(
            "Sotplan",
            options(&settings),
            Box::new(move |cc| {
                // It stands: from here on a fault is told as anywhere else.
                if let Some(usual) = is_open.lock().ok().and_then(|mut hook| hook.take()) {
                    std::panic::set_hook(usual);
                }
                let mut app = App::new(&cc.egui_ctx, folders, Stamp::today());
                if let Some(lang) = lang {
                    app.settings.lang = lang;
                }
                app.has_dialogs = true;
                let now = || jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
                app.session.log_by(std::sync::Arc::new(now));
                app.open_at_start(files);
                Ok(Box::new(app))
            }),
        )
    }));
    let usual = is_held.lock().ok().and_then(|mut hook| hook.take());
    let stood = usual.is_none();
    if let Some(usual) = usual {
        std::panic::set_hook(usual);
    }
    match opened {
        Ok(done) => done.map_err(|error| (of_error(error), said_in)),
        Err(_) if tries_again(stood, std::env::var_os(TRIED).is_some()) => again(said_in),
        Err(panic) => Err((NoWindow::Other(without_places(&said_by(panic.as_ref()))), said_in)),
    }
}

/// Is a fault at the start worth a second try with a screen of the usual scale? Some systems of X11 tell 0 dots an inch.
/// What happens to a window that stood is another matter.
const fn tries_again(stood: bool, has_tried: bool) -> bool {
    cfg!(target_os = "linux") && !stood && !has_tried
}

/// Starts once more with a screen of the usual scale: a program can open its windows only once.
fn again(lang: Lang) -> Result<(), (NoWindow, Lang)> {
    let failed = |error: std::io::Error| (NoWindow::Other(error.to_string()), lang);
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1)).env(TRIED, "1").env(SCALE, "1");
    let status = command.status().map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    // The second try has said why, once.
    std::process::exit(status.code().unwrap_or(1))
}

/// The window as it was left.
fn options(settings: &Settings) -> eframe::NativeOptions {
    let size = settings.window.unwrap_or([1280.0, 800.0]);
    eframe::NativeOptions {
        renderer: eframe::Renderer::Wgpu,
        viewport: egui::ViewportBuilder::default()
            .with_title("Sotplan")
            .with_app_id("sotplan")
            .with_icon(icon())
            .with_inner_size(size)
            .with_maximized(settings.is_maximised)
            .with_min_inner_size([960.0, 600.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    }
}

/// The sign of the program, for window and task bar; an empty one where the picture cannot be read.
fn icon() -> egui::IconData {
    const PNG: &[u8] = include_bytes!("../../assets/icon/sotplan.png");
    let Ok(picture) = image::load_from_memory_with_format(PNG, image::ImageFormat::Png) else {
        return egui::IconData::default();
    };
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    egui::IconData { rgba: picture.into_raw(), width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_a_picture() {
        let icon = icon();
        assert_eq!((icon.width, icon.height), (256, 256));
        assert!(icon.rgba.chunks_exact(4).any(|pixel| pixel[3] == 255));
    }

    #[test]
    fn only_a_window_that_never_stood_is_tried_again_and_once() {
        assert_eq!(tries_again(false, false), cfg!(target_os = "linux"));
        assert!(!tries_again(true, false) && !tries_again(false, true) && !tries_again(true, true));
    }

    #[test]
    fn no_message_names_a_place_in_source_code_and_each_says_what_to_do() {
        let text = "os error at /somewhere/.cargo/registry/winit/mod.rs:765: nothing there";
        assert_eq!(without_places(text), "os error at nothing there");
        for reason in [NoWindow::Display, NoWindow::Graphics, NoWindow::Other("why".into())] {
            let [sv, en] = [Lang::Sv, Lang::En].map(|lang| reason.said(lang));
            assert_ne!(sv, en);
            assert!(sv.contains("sotplan analyse --help") && en.contains("sotplan analyse --help"));
        }
    }
}
