//! How will this file be read? Its tables, what each is used as, what of it is refused, and what is other than before:
//! looked at and changed before anything is loaded.

mod choices;
mod joins;
mod preview;

use egui::{Align, Align2, Layout, ScrollArea, Ui, Window, vec2};

use crate::app::import::Import;
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{choice, muted, primary_button, text_button};

/// The height of the sheet's last line, with its buttons.
const FOOT: f32 = 56.0;

/// The sheet, while a file is looked at.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(import) = cx.session.importing.shown() else { return };
    let screen = ui.ctx().content_rect().size();
    let size = vec2((screen.x - 64.0).min(1020.0), (screen.y - 104.0).min(640.0));
    let file = import.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let title = if import.replaces.is_some() {
        say!(lang, "Ny leverans: {file}", "New delivery: {file}")
    } else {
        say!(lang, "Läs in {file}", "Load {file}")
    };
    Window::new(title)
        .id(egui::Id::unique("import"))
        .collapsible(false)
        .resizable(false)
        .fixed_size(size)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ui.ctx(), |ui| {
            ui.set_max_size(size);
            let at = view.import.at.min(import.drafts.len().saturating_sub(1));
            tables(ui, cx, view, import, at, actions);
            let height = (ui.max_rect().bottom() - ui.cursor().top() - FOOT).max(100.0);
            ui.horizontal_top(|ui| {
                let left = (size.x * 0.36).clamp(250.0, 350.0);
                column(ui, vec2(left, height), |ui| {
                    ScrollArea::vertical().id_salt("import-choices").auto_shrink(false).show(ui, |ui| {
                        if let Some(draft) = import.drafts.get(at) {
                            choices::show(ui, cx, view, import, at, draft, actions);
                        }
                    });
                });
                ui.separator();
                let right = ui.available_width() - 2.0;
                column(ui, vec2(right, height), |ui| {
                    if let Some(draft) = import.drafts.get(at) {
                        preview::show(ui, cx, view, import, draft);
                    }
                });
            });
            ui.separator();
            foot(ui, cx, import, actions);
        });
}

/// A part of the sheet of a size of its own, whatever it holds.
fn column(ui: &mut Ui, size: egui::Vec2, show: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ui.set_max_width(size.x);
        show(ui);
    });
}

/// The tables of the file, ticked where they are wanted; and what is said of the file as a whole.
fn tables(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, import: &Import, at: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if import.drafts.len() > 1 {
        ui.horizontal_wrapped(|ui| {
            for (n, draft) in import.drafts.iter().enumerate() {
                let name = draft.part.clone().unwrap_or_default();
                let mut is_wanted = draft.is_wanted;
                let tick = ui.add_enabled(draft.read.is_ok(), egui::Checkbox::without_text(&mut is_wanted));
                let label = say!(lang, "Läs in tabellen {name}", "Load the table {name}");
                tick.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, draft.read.is_ok(), is_wanted, &label)
                });
                if tick.changed() {
                    actions.push(Action::File(FileAction::WantDraft(n, is_wanted)));
                }
                let label = say!(lang, "Visa tabellen {name}", "Show the table {name}");
                if choice(ui, n == at, &name, &label).clicked() {
                    view.import.at = n;
                }
            }
        });
    }
    if !import.unread.is_empty() {
        let names = import.unread.join(", ");
        muted(ui, say!(lang, "Läses inte: {names}", "Not read: {names}"));
    }
    if import.has_roads {
        let text = "Filen innehåller också vägar, som läses in för sig.";
        muted(ui, lang.pick(text, "The file also holds roads, which are loaded by themselves."));
    }
}

/// Take it or leave it.
fn foot(ui: &mut Ui, cx: &Cx<'_>, import: &Import, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let count = import.taken().count();
    let is_ready = count > 0 && !cx.session.importing.is_redrafting();
    let text = if import.replaces.is_some() {
        lang.pick("Byt till den nya filen", "Replace by the new file").to_owned()
    } else {
        let n = lang.count(count);
        match count {
            0 | 1 => lang.pick("Läs in", "Load").to_owned(),
            _ => say!(lang, "Läs in {n} lager", "Load {n} layers"),
        }
    };
    ui.horizontal(|ui| {
        if primary_button(ui, is_ready, icons::DONE, &text).clicked() {
            actions.push(Action::File(FileAction::TakeImport));
        }
        if text_button(ui, lang.pick("Läs inte in", "Do not load")).clicked() {
            actions.push(Action::File(FileAction::DropImport));
        }
        if cx.session.importing.is_redrafting() {
            ui.spinner();
            muted(ui, lang.pick("läser filen…", "reading the file…"));
        }
    });
}
