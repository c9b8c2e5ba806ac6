//! What stands in the bar above? The project, its menu, undo, search, theme and language.

use egui::{Align, Button, Layout, RichText, Ui};

use crate::app::session::Export;
use crate::app::settings::Theme;
use crate::lang::Said;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{icon_button, icon_button_if, muted, sign_button};

/// The bar above.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.label(RichText::new("Sotplan").strong().size(17.0).color(ui.visuals().hyperlink_color));
        ui.menu_button(lang.pick("Arkiv", "File"), |ui| file_menu(ui, cx, actions));
        ui.separator();
        let name = cx.session.name(lang);
        let dot = if cx.session.has_unsaved_edits() { " •" } else { "" };
        let label = ui.label(format!("{name}{dot}"));
        if !dot.is_empty() {
            label.on_hover_text(lang.pick("Det finns osparade ändringar", "There are unsaved edits"));
        }
        for action in [Simple::Undo, Simple::Redo] {
            let of = match action {
                Simple::Undo => cx.session.history().undo_command(),
                _ => cx.session.history().redo_command(),
            };
            let name = action.said(lang);
            let hint = of.map_or_else(String::new, |command| format!("{name}: {}", command.said(lang)));
            let response = sign_button(ui, cx.can(action), action.icon(), &name);
            let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
            if response.clicked() {
                actions.push(Action::Do(action));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(6.0);
            if sign_button(ui, true, icons::SETTINGS, &Simple::Settings.said(lang)).clicked() {
                actions.push(Action::Do(Simple::Settings));
            }
            let sign = if cx.theme == Theme::Light { icons::DARK } else { icons::LIGHT };
            if sign_button(ui, true, sign, &Simple::ToggleTheme.said(lang)).clicked() {
                actions.push(Action::Do(Simple::ToggleTheme));
            }
            let other = lang.pick("English", "Svenska");
            if ui.button(other).on_hover_text(Simple::ToggleLanguage.said(lang)).clicked() {
                actions.push(Action::Do(Simple::ToggleLanguage));
            }
            if icon_button(ui, icons::SEARCH, &format!("{}  Ctrl+K", lang.pick("Sök", "Search"))).clicked() {
                view.dialogs.search = Some(String::new());
            }
        });
    });
}

fn file_menu(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let mut entry = |ui: &mut Ui, action: Simple| {
        let text = format!("{}  {}", action.icon(), action.said(lang));
        let mut button = Button::new(text);
        if let Some(shortcut) = action.shortcut() {
            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
        }
        let enabled = cx.can(action);
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, action.said(lang)));
        if response.clicked() {
            actions.push(Action::Do(action));
            ui.close();
        }
    };
    for action in [
        Simple::Open,
        Simple::OpenRoads,
        Simple::ComparePipos,
        Simple::OpenDemo,
        Simple::NewProject,
        Simple::Save,
        Simple::SaveAs,
    ] {
        entry(ui, action);
    }
    ui.separator();
    entry(ui, Simple::SaveMap);
    let has_results = cx.session.results.is_some();
    for export in Export::ALL {
        let text = export.said(lang);
        if icon_button_if(ui, has_results, icons::EXPORT, &text).clicked() {
            actions.push(Action::File(FileAction::AskExport(export)));
            ui.close();
        }
    }
    if !cx.settings.recent.is_empty() {
        ui.separator();
        muted(ui, lang.pick("Senast använda", "Recent"));
        for path in &cx.settings.recent {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                let paths = vec![path.clone()];
                let is_roads = cx.settings.roads.contains(path);
                actions.push(if is_roads {
                    Action::File(FileAction::OpenRoads(paths))
                } else {
                    Action::File(FileAction::Open(paths))
                });
                ui.close();
            }
        }
    }
    ui.separator();
    let mut quit = |ui: &mut Ui| {
        if icon_button(ui, icons::CLOSE, &Simple::Quit.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Quit));
        }
    };
    quit(ui);
}
