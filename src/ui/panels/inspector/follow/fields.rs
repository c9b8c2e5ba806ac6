//! How is something written down in the inspector? Fields that change the project as one types, one step a run of typing.

use egui::{Id, Ui};

use crate::lang::{Lang, Said};
use crate::model::process::When;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::theme;
use crate::ui::widgets::sign_button;
use crate::ui::{icons, widgets::choice};

/// A field was typed in: which, and what it says now.
pub type Typed<T> = Option<(Id, T)>;

/// A line of text under its name.
pub fn text(ui: &mut Ui, name: &str, label: &str, value: &str) -> Typed<String> {
    field(ui, name, label, value, 1)
}

/// Several lines of text under their name.
pub fn lines(ui: &mut Ui, name: &str, label: &str, value: &str) -> Typed<String> {
    field(ui, name, label, value, 2)
}

/// `label` is what it is found by, where the name alone is not enough.
fn field(ui: &mut Ui, name: &str, label: &str, value: &str, rows: usize) -> Typed<String> {
    let mut text = value.to_owned();
    ui.label(egui::RichText::new(name).small());
    // A line that appears above while one types must not take the field from under one's fingers.
    let id = ui.make_persistent_id(("field", label));
    let edit = if rows == 1 {
        egui::TextEdit::singleline(&mut text)
    } else {
        egui::TextEdit::multiline(&mut text).desired_rows(rows)
    };
    let response = ui.add(edit.id(id).desired_width(f32::INFINITY));
    response.widget_info(|| named(value, &text, label));
    response.changed().then_some((response.id, text))
}

/// A field that is found by its name and that of what it is about.
fn named(before: &str, now: &str, label: &str) -> egui::WidgetInfo {
    let info = egui::WidgetInfo::text_edit(true, before, now, "");
    egui::WidgetInfo { label: Some(label.to_owned()), ..info }
}

/// A date as exact as it is known. What is typed stays in the field until it is a date; then it counts.
pub fn date(ui: &mut Ui, cx: &Cx<'_>, name: &str, label: &str, value: Option<When>) -> Typed<Option<When>> {
    let lang = cx.lang;
    ui.label(egui::RichText::new(name).small());
    let id = ui.make_persistent_id(("date", label));
    let written = value.map(When::text).unwrap_or_default();
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = typed.unwrap_or_else(|| written.clone());
    let hint = lang.pick("ÅÅÅÅ, ÅÅÅÅ-Q2, ÅÅÅÅ-MM-DD", "YYYY, YYYY-Q2, YYYY-MM-DD");
    let edit = egui::TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(edit.id(id.with("field")));
    response.widget_info(|| named(&written, &text, label));
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    let when = When::parse(&text);
    let is_read = when.is_some() || text.trim().is_empty();
    if !is_read {
        let words = lang.pick(
            "Inget datum ännu: skriv år, kvartal (2024-Q2), månad eller dag.",
            "No date yet: write a year, a quarter (2024-Q2), a month or a day.",
        );
        let words = egui::RichText::new(words).small().color(theme::error_colour(cx.theme));
        ui.add(egui::Label::new(words).wrap());
    } else if !response.has_focus() {
        // What is not a date stays seen; what is one is shown as it is kept.
        ui.data_mut(|data| data.remove_temp::<String>(id));
    }
    (response.changed() && is_read && when != value).then_some((response.id, when))
}

/// A whole number; nothing while the field is empty.
pub fn whole<T>(ui: &mut Ui, name: &str, label: &str, value: Option<T>) -> Typed<Option<T>>
where
    T: std::str::FromStr + ToString + Copy,
{
    let written = value.map(|value| value.to_string()).unwrap_or_default();
    let (id, text) = text(ui, name, label, &written)?;
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.is_empty() {
        return Some((id, None));
    }
    plain.parse().ok().map(|number| (id, Some(number)))
}

/// One of several, each found by the name of what is chosen and its own.
pub fn one_of<T: Copy + PartialEq + Said>(
    ui: &mut Ui,
    lang: Lang,
    what: &str,
    all: &[T],
    now: Option<T>,
) -> Option<T> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for one in all {
            let name = one.said(lang);
            let label = format!("{what}: {name}");
            if choice(ui, now == Some(*one), &name, &label).clicked() && now != Some(*one) {
                chosen = Some(*one);
            }
        }
    });
    chosen
}

/// The button that takes an item away.
pub fn remove(ui: &mut Ui, lang: Lang, what: &str) -> bool {
    sign_button(ui, true, icons::DELETE, &say!(lang, "Ta bort {what}", "Remove {what}")).clicked()
}
