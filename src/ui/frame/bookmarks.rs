//! Which views does one come back to? The menu of bookmarks on the map.

use egui::{RichText, Ui};

use crate::app::command::Command;
use crate::lang::Said;
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{icon_button, muted, sign_button};

/// The sign that opens the menu, and the menu.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let title = lang.pick("Bokmärken", "Bookmarks");
    let button = egui::Button::new(RichText::new(icons::BOOKMARK).size(18.0)).frame(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(200.0);
        if icon_button(ui, icons::ADD, &Simple::AddBookmark.said(lang)).clicked() {
            actions.push(Action::Do(Simple::AddBookmark));
        }
        let bookmarks = &cx.session.project().bookmarks;
        if bookmarks.is_empty() {
            muted(ui, lang.pick("Inga bokmärken ännu.", "No bookmarks yet."));
        }
        for (at, bookmark) in bookmarks.iter().enumerate() {
            ui.horizontal(|ui| {
                let show = say!(lang, "Visa {}", "Show {}", bookmark.name);
                if sign_button(ui, true, icons::MOVE, &show).clicked() {
                    actions.push(Action::ShowBookmark(at));
                    ui.close();
                }
                let mut name = bookmark.name.clone();
                let field = ui.add(egui::TextEdit::singleline(&mut name).desired_width(140.0));
                let label = lang.pick("Bokmärkets namn", "Name of the bookmark");
                field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
                if field.changed() {
                    let mut fresh = bookmarks.as_ref().clone();
                    fresh[at].name = name;
                    actions.push(Action::EditBy(field.id, Command::SetBookmarks(fresh)));
                }
                let remove = say!(lang, "Ta bort {}", "Remove {}", bookmark.name);
                if sign_button(ui, true, icons::DELETE, &remove).clicked() {
                    actions.push(Action::RemoveBookmark(at));
                }
            });
        }
    });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, title));
    response.on_hover_text(title);
}
