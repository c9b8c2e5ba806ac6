//! Which program is this, of which version, and whose are the things in it?

use egui::Ui;

use crate::io::ground;
use crate::lang::Said;
use crate::say;
use crate::ui::action::Simple;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::theme::Bold as _;
use crate::ui::widgets::muted;

/// The sheet, while it is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View) {
    if !view.dialogs.shows_about {
        return;
    }
    let lang = cx.lang;
    let mut is_open = true;
    egui::Window::new(Simple::About.said(lang))
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, -40.0])
        .show(ui.ctx(), |ui| {
            ui.set_width(420.0);
            let version = env!("CARGO_PKG_VERSION");
            ui.label(egui::RichText::new(say!(lang, "Sotplan, version {version}", "Sotplan, version {version}")).bold());
            ui.label(lang.pick(
                "Hittar, jämför och följer upp platser för SOT-punkter (Service och trygghet). Allt räknas på den här datorn; inga data lämnar den.",
                "Finds, compares and follows up places for SOT points (Service och trygghet). Everything is computed on this computer; no data leave it.",
            ));
            muted(ui, ground::sources(lang));
            muted(ui, lang.pick(
                "Teckensnitt: Inter (SIL Open Font License 1.1). Symboler: Material Symbols (Apache License 2.0).",
                "Typeface: Inter (SIL Open Font License 1.1). Signs: Material Symbols (Apache License 2.0).",
            ));
            muted(ui, lang.pick(
                "Bakgrundskartan från nätet är från OpenStreetMap och hämtas bara om du har slagit på den.",
                "The background map from the network is OpenStreetMap's and is fetched only if you have turned it on.",
            ));
        });
    view.dialogs.shows_about = is_open;
}
