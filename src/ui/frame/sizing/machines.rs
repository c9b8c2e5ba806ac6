//! Which machines need power at the place? A row each, every field changed where it stands; a usual list or a file to begin
//! with.

use egui::{ComboBox, Grid, Id, Response, TextEdit, Ui, WidgetInfo, vec2};

use super::place::{Edited, Place};
use crate::lang::{Lang, Said as _, capital};
use crate::model::{Load, LoadHours};
use crate::power::templates::Template;
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::SizingForm;
use crate::ui::theme;
use crate::ui::widgets::{heading, icon_button, muted, number_field, sign_button};

/// What the numbers of a row take of its width, points.
const NUMBERS: f32 = 524.0;

pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    form: &SizingForm,
    place: &Place<'_>,
    actions: &mut Vec<Action>,
) -> Option<Edited> {
    let lang = cx.lang;
    heading(ui, lang.pick("Maskiner som måste gå", "Machines that have to run"));
    let mut edited = begin(ui, lang, place, actions);
    if let Some(refused) = &form.refused {
        let text = egui::RichText::new(refused.said(lang)).color(theme::error_colour(cx.theme));
        ui.add(egui::Label::new(text).wrap());
    }
    if !place.list.loads.is_empty() {
        edited = edited.or(rows(ui, lang, place));
    }
    if icon_button(ui, icons::ADD, lang.pick("Lägg till maskin", "Add machine")).clicked() {
        let mut list = place.list.clone();
        let (name, hours) = (String::new(), LoadHours::Always);
        list.loads.push(Load { name, kw: 0.0, count: 1, start_factor: 1.0, is_cold: false, hours });
        edited = Some(Edited::at_once(list));
    }
    edited
}

/// A list to begin with, or one of a file.
fn begin(ui: &mut Ui, lang: Lang, place: &Place<'_>, actions: &mut Vec<Action>) -> Option<Edited> {
    let mut edited = None;
    ui.horizontal_wrapped(|ui| {
        ui.menu_button(lang.pick("Börja med en lista", "Begin with a list"), |ui| {
            for template in Template::ALL {
                if ui.button(capital(&template.said(lang))).clicked() {
                    let mut list = place.list.clone();
                    list.loads = template.loads_in(lang);
                    edited = Some(Edited::at_once(list));
                    ui.close();
                }
            }
        });
        if icon_button(ui, icons::OPEN, lang.pick("Läs in en lista…", "Read a list…")).clicked() {
            actions.push(Action::File(FileAction::AskLoads));
        }
    });
    muted(
        ui,
        lang.pick(
            "En lista ersätter den som står här, och går att ångra. Siffrorna i färdiga listor är antaganden: märkskylten och elektrikern vet bättre.",
            "A list replaces the one that stands here, and can be undone. The numbers of ready lists are assumptions: the rating plate and the electrician know better.",
        ),
    );
    edited
}

fn rows(ui: &mut Ui, lang: Lang, place: &Place<'_>) -> Option<Edited> {
    let mut list = place.list.clone();
    let mut changed: Option<Id> = None;
    let mut removed = None;
    let name_width = (ui.available_width() - NUMBERS).max(120.0);
    Grid::new("sizing-machines").num_columns(7).spacing([8.0, 4.0]).show(ui, |ui| {
        head(ui, lang);
        for (at, load) in list.loads.iter_mut().enumerate() {
            // Known by its place in the list: two machines may have one name.
            let by = row(ui, lang, at + 1, load, name_width);
            changed = changed.or(by);
            let text = say!(lang, "Ta bort maskin {}", "Remove machine {}", at + 1);
            if sign_button(ui, true, icons::DELETE, &text).clicked() {
                removed = Some(at);
            }
            ui.end_row();
        }
    });
    if let Some(at) = removed {
        let mut list = place.list.clone();
        list.loads.remove(at);
        return Some(Edited::at_once(list));
    }
    changed.map(|id| Edited { by: Some(id), list })
}

fn head(ui: &mut Ui, lang: Lang) {
    let mut name = |text: &str, hint: &str| {
        let weak = ui.visuals().weak_text_color();
        ui.label(egui::RichText::new(text).small().color(weak)).on_hover_text(hint);
    };
    name(lang.pick("Maskin", "Machine"), "");
    name("kW", lang.pick("Märkeffekt för en", "Rated power of one"));
    name(lang.pick("Antal", "Number"), "");
    name(
        lang.pick("Start ×", "Start ×"),
        lang.pick(
            "Hur många gånger sin effekt den tar när den startar: 1 med mjukstart, 3–6 för motorer utan",
            "How many times its power it takes to start: 1 with a soft starter, 3–6 for motors without",
        ),
    );
    name(lang.pick("Kyla", "Cold"), lang.pick("Håller den varor kalla?", "Does it keep goods cold?"));
    name(lang.pick("När den går", "When it runs"), "");
    ui.end_row();
}

/// Names a field by its machine and what it says.
fn named(response: &Response, info: &WidgetInfo, lang: Lang, number: usize, what: &str) {
    let label = Some(say!(lang, "Maskin {number}: {what}", "Machine {number}: {what}"));
    response.widget_info(|| WidgetInfo { label: label.clone(), ..info.clone() });
}

/// The fields of a machine; which was changed.
fn row(ui: &mut Ui, lang: Lang, number: usize, load: &mut Load, name_width: f32) -> Option<Id> {
    let mut changed = None;
    let before = load.name.clone();
    let id = ui.make_persistent_id(("machine-name", number));
    let field = ui.add_sized([name_width, 24.0], TextEdit::singleline(&mut load.name).id(id));
    named(
        &field,
        &WidgetInfo::text_edit(true, before, &load.name, ""),
        lang,
        number,
        lang.pick("namn", "name"),
    );
    let mut note = |response: &Response, is_changed: bool| {
        if is_changed {
            changed = Some(response.id);
        }
    };
    note(&field, field.changed());
    let mut amount = |ui: &mut Ui, value: &mut f64, decimals, range, speed, what: &str| {
        let before = value.to_bits();
        let drag = number_field(value, lang, decimals).range(range).clamp_existing_to_range(false);
        // No more decimals than it has: 6 and 0,75 kW.
        let drag = drag.custom_formatter(move |value, _| lang.number(value, decimals.min(needed(value))));
        let drag = drag.speed(speed);
        let response = ui.add_sized([64.0, 24.0], drag);
        named(&response, &WidgetInfo::drag_value(true, *value), lang, number, what);
        note(&response, response.changed() && before != value.to_bits());
    };
    amount(ui, &mut load.kw, 2, 0.0..=Load::MOST_KW, 0.1, lang.pick("märkeffekt, kW", "rated power, kW"));
    let mut count = f64::from(load.count);
    let most = f64::from(Load::MOST_COUNT);
    amount(ui, &mut count, 0, 0.0..=most, 0.05, lang.pick("antal", "number of them"));
    load.count = whole(count, Load::MOST_COUNT);
    let what = lang.pick("startfaktor", "start factor");
    amount(ui, &mut load.start_factor, 1, 1.0..=Load::MOST_START, 0.05, what);
    let tick = ui.add(egui::Checkbox::without_text(&mut load.is_cold));
    let info = WidgetInfo::selected(egui::Role::CheckBox, true, load.is_cold, "");
    named(&tick, &info, lang, number, lang.pick("håller kallt", "keeps cold"));
    note(&tick, tick.changed());
    changed.or(hours(ui, lang, number, &mut load.hours))
}

/// How many decimals a number has, two at most.
fn needed(value: f64) -> usize {
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    if is_whole(value) {
        0
    } else if is_whole(value * 10.0) {
        1
    } else {
        2
    }
}

/// A whole number as a field of numbers gives it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and within its bounds")]
fn whole(value: f64, most: u32) -> u32 {
    if value.is_finite() { value.round().clamp(0.0, f64::from(most)) as u32 } else { 0 }
}

/// When it runs: always, by day, by night, or from an hour to another.
fn hours(ui: &mut Ui, lang: Lang, number: usize, hours: &mut LoadHours) -> Option<Id> {
    let mut changed = None;
    let before = *hours;
    let words = |hours: LoadHours| match hours {
        LoadHours::Always => lang.pick("dygnet runt", "all hours"),
        LoadHours::DAY => lang.pick("dag", "day"),
        LoadHours::NIGHT => lang.pick("natt", "night"),
        LoadHours::Between(..) => lang.pick("vissa timmar", "some hours"),
    };
    ui.horizontal(|ui| {
        let shown = words(before);
        let salt = ("machine-hours", number);
        let combo = ComboBox::from_id_salt(salt).selected_text(shown).width(112.0).show_ui(ui, |ui| {
            // Some hours are those of the day until they are changed.
            let others = LoadHours::Between(8, 17);
            for choice in [LoadHours::Always, LoadHours::DAY, LoadHours::NIGHT, others] {
                let is_it = words(choice) == shown;
                if ui.selectable_label(is_it, words(choice)).clicked() && !is_it {
                    *hours = choice;
                }
            }
        });
        let info = WidgetInfo::labeled(egui::Role::ComboBox, true, "");
        named(&combo.response, &info, lang, number, &say!(lang, "går {shown}", "runs {shown}"));
        if *hours != before {
            changed = Some(combo.response.id);
        }
        if let LoadHours::Between(from, to) = hours {
            for (hour, what) in [(from, lang.pick("från", "from")), (to, lang.pick("till", "to"))] {
                let mut value = f64::from(*hour);
                let drag = number_field(&mut value, lang, 0).range(0.0..=24.0).clamp_existing_to_range(false);
                let response = ui.add_sized(vec2(34.0, 24.0), drag.speed(0.05));
                named(&response, &WidgetInfo::drag_value(true, value), lang, number, what);
                if response.changed() {
                    *hour = u8::try_from(whole(value, 24)).unwrap_or(24);
                    changed = Some(response.id);
                }
            }
        }
    });
    changed
}
