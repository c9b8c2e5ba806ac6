//! What stands in the bar above? The project, its menu, undo, search, theme and language.

use crate::ui::theme::Bold as _;
use egui::{Align, Button, Layout, RichText, Ui};

use super::start;
use crate::app::exports::Export;
use crate::app::settings::Theme;
use crate::lang::Said;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{icon_button, icon_button_if, sign_button, sign_button_with};

/// The bar above.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.label(RichText::new("Sotplan").bold().size(17.0).color(ui.visuals().hyperlink_color));
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
            let hint = of.map_or_else(|| name.clone(), |command| format!("{name}: {}", command.said(lang)));
            if sign_button_with(ui, cx.can(action), action.icon(), &name, &hint).clicked() {
                actions.push(Action::Do(action));
            }
        }
        if sign_button(ui, true, icons::HISTORY, &Simple::History.said(lang)).clicked() {
            actions.push(Action::Do(Simple::History));
        }
        ui.separator();
        area_choice(ui, cx, view, actions);
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
        Simple::Pack,
        Simple::Merge,
        Simple::Information,
    ] {
        entry(ui, action);
    }
    ui.separator();
    entry(ui, Simple::Report);
    entry(ui, Simple::SaveMap);
    export_menu(ui, cx, actions);
    if !cx.settings.recent.is_empty() {
        ui.menu_button(format!("{}  {}", icons::HISTORY, lang.pick("Senast använda", "Recent")), |ui| {
            start::recent(ui, cx, usize::MAX, actions);
        });
    }
    ui.separator();
    for action in [Simple::Start, Simple::Tour, Simple::About] {
        let text = action.said(lang);
        if icon_button(ui, action.icon(), &text).clicked() {
            actions.push(Action::Do(action));
            ui.close();
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

/// What can be written.
fn export_menu(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let has_results = cx.session.results.is_some();
    ui.menu_button(format!("{}  {}", icons::EXPORT, lang.pick("Exportera", "Export")), |ui| {
        for export in Export::ALL {
            let text = export.said(lang);
            if icon_button_if(ui, has_results, icons::EXPORT, &text).clicked() {
                actions.push(Action::File(FileAction::AskExport(export)));
                ui.close();
            }
        }
    });
}

/// My municipality: everything is filtered to it, and the whole stays beside it.
fn area_choice(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results().filter(|results| results.areas.len() > 1) else { return };
    let all = lang.pick("Alla kommuner", "All municipalities");
    let shown = view.area.as_deref().unwrap_or(all);
    let title = lang.pick("Min kommun", "My municipality");
    let response =
        egui::ComboBox::from_id_salt("my-area").selected_text(shown).width(150.0).show_ui(ui, |ui| {
            if ui.selectable_label(view.area.is_none(), all).clicked() {
                actions.push(Action::Area(None));
            }
            let mut names: Vec<&str> =
                results.areas.iter().filter_map(|row| results.situation.area_name(row.area)).collect();
            names.sort_unstable();
            for name in names {
                if ui.selectable_label(view.area.as_deref() == Some(name), name).clicked() {
                    actions.push(Action::Area(Some(name.to_owned())));
                }
            }
        });
    let label = format!("{title}: {shown}");
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label.clone()));
    response.response.on_hover_text(lang.pick(
        "Välj en kommun: tabeller, svar och karta visar bara den, med hela området bredvid",
        "Choose one: tables, answer and map show it alone, with the whole area beside it",
    ));
}
