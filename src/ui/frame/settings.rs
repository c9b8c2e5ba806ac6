//! How does the window look on this machine, and whose is it? The form of settings.

use egui::Ui;

use crate::app::settings::Settings;
use crate::lang::Said;
use crate::ui::action::{Action, Setting, Simple};
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::widgets::muted;

/// Settings of this machine.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !view.dialogs.shows_settings {
        return;
    }
    let mut is_open = true;
    egui::Window::new(Simple::Settings.said(lang))
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ui.ctx(), |ui| {
            ui.set_width(360.0);
            let mut online = cx.settings.online_map == Some(true);
            let text = lang.pick("Bakgrundskarta från OpenStreetMap (nätet)", "Background map from OpenStreetMap (network)");
            if ui.checkbox(&mut online, text).changed() {
                actions.push(Action::Set(Setting::OnlineMap(online)));
            }
            muted(ui, lang.pick("Då hämtas kartbilder för det område du ser. Dina data lämnar aldrig datorn.", "Map tiles for the area you look at are then fetched. Your data never leave the computer."));
            ui.separator();
            ui.horizontal_wrapped(|ui| {
                for action in [Simple::ToggleTheme, Simple::ToggleLanguage] {
                    if crate::ui::widgets::icon_button(ui, action.icon(), &action.said(lang)).clicked() {
                        actions.push(Action::Do(action));
                    }
                }
            });
            let mut shows = cx.settings.shows_start;
            if ui.checkbox(&mut shows, lang.pick("Visa startsidan vid start", "Show the start page at the start")).changed() {
                actions.push(Action::Set(Setting::Start(shows)));
            }
            ui.separator();
            ui.label(lang.pick("Storlek på text och knappar", "Size of text and controls"));
            ui.horizontal(|ui| {
                for scale in Settings::SCALES {
                    let is_on = (cx.settings.scale - scale).abs() < 0.01;
                    let text = format!("{} %", lang.number(f64::from(scale) * 100.0, 0));
                    if ui.selectable_label(is_on, text).clicked() {
                        actions.push(Action::Set(Setting::Scale(scale)));
                    }
                }
            });
            ui.separator();
            let label = ui.label(lang.pick("Ditt namn (visas vid uppgifter du fyller i)", "Your name (shown beside facts you enter)"));
            let mut user = cx.settings.user.clone();
            if ui.text_edit_singleline(&mut user).labelled_by(label.id).changed() {
                actions.push(Action::Set(Setting::User(user)));
            }
        });
    view.dialogs.shows_settings = is_open;
}
