//! Which coordinate reference system is chosen? Sweden's and its neighbours' in a list, every other by its code or name.

use egui::{ComboBox, PopupCloseBehavior, Response, TextEdit, Ui};

use crate::geometry::{Crs, stated};
use crate::lang::Lang;
use crate::ui::widgets::muted;

/// What stands first in the list, for a choice that may be left open.
pub struct Open<'a> {
    pub text: &'a str,
    pub is_on: bool,
}

/// A choice that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    Open,
    System(Crs),
}

/// A list of systems with a field for any other; answers what was chosen in this frame.
pub fn systems(
    ui: &mut Ui,
    lang: Lang,
    id: impl egui::AsIdSalt,
    shown: String,
    chosen: Option<Crs>,
    open: Option<&Open<'_>>,
) -> (Option<Picked>, Response) {
    let combo = ComboBox::from_id_salt(id)
        .selected_text(shown)
        .width(230.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let shown = combo.show_ui(ui, |ui| {
        let mut picked = other(ui, lang).map(Picked::System);
        if let Some(open) = open
            && ui.selectable_label(open.is_on, open.text).clicked()
        {
            picked = Some(Picked::Open);
        }
        for crs in Crs::all() {
            if ui.selectable_label(chosen == Some(crs), crs.name()).clicked() {
                picked = Some(Picked::System(crs));
            }
        }
        if picked.is_some() {
            ui.close();
        }
        picked
    });
    (shown.inner.flatten(), shown.response)
}

/// The field for a system that is not in the list, taken with Enter; what it means stands below it.
fn other(ui: &mut Ui, lang: Lang) -> Option<Crs> {
    let id = ui.scope_id().with("system-typed");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let name = lang.pick("Annat: EPSG-kod eller namn", "Other: EPSG code or name");
    let field = ui.add(TextEdit::singleline(&mut text).desired_width(210.0).hint_text(name));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let meant = stated(&text).ok();
    if !text.trim().is_empty() {
        let none = lang.pick("Känns inte igen eller kan inte beräknas.", "Not understood, or not computed.");
        muted(ui, meant.map_or_else(|| none.to_owned(), Crs::name));
    }
    let is_taken = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let taken = meant.filter(|_| is_taken);
    if taken.is_some() {
        text.clear();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    taken
}
