//! Which days are winter, and what is different then?

use egui::Ui;

use super::profile::{WINTER, row};
use crate::app::command::Command;
use crate::lang::Lang;
use crate::model::{MonthDay, Winter};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::common::set;
use crate::ui::widgets::muted;

/// Is it winter, how slow is it, and from when to when?
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let Winter { mut is_on, from, to, .. } = parameters.profile.winter;
    let (begins, ends) = (day_text(lang, from), day_text(lang, to));
    let text = say!(lang, "Vinter ({begins} – {ends})", "Winter ({begins} – {ends})");
    let hint = lang.pick(
        "Vinter- och isvägar är öppna, och farten är lägre",
        "Winter and ice roads are open, and speeds are lower",
    );
    if ui.checkbox(&mut is_on, text).on_hover_text(hint).changed() {
        let mut parameters = parameters.clone();
        parameters.profile.winter.is_on = is_on;
        actions.push(set(parameters));
    }
    if !is_on {
        return;
    }
    for field in &WINTER {
        row(ui, cx, field, actions);
    }
    let ends = [
        (lang.pick("Vintervägar öppnar", "Winter roads open"), from, true),
        (lang.pick("Vintervägar stänger", "Winter roads close"), to, false),
    ];
    for (name, day, is_first) in ends {
        if let Some((id, day)) = day_row(ui, lang, name, day) {
            let mut parameters = parameters.clone();
            let winter = &mut parameters.profile.winter;
            *(if is_first { &mut winter.from } else { &mut winter.to }) = day;
            actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
        }
    }
    winter_day(ui, cx, actions);
}

/// Winter roads are open on a day of the window; without a day it is taken to be winter.
fn winter_day(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let winter = &parameters.profile.winter;
    let mut has_day = winter.day.is_some();
    let hint = lang.pick(
        "Utan en viss dag räknas det som att vintervägarna är öppna",
        "Without a given day winter roads are taken to be open",
    );
    let text = lang.pick("Räkna för en viss dag", "Compute for a given day");
    if ui.checkbox(&mut has_day, text).on_hover_text(hint).changed() {
        let mut parameters = parameters.clone();
        parameters.profile.winter.day = has_day.then_some(winter.from);
        actions.push(set(parameters));
    }
    let Some(day) = winter.day else { return };
    if let Some((id, day)) = day_row(ui, lang, lang.pick("Dag", "Day"), day) {
        let mut parameters = parameters.clone();
        parameters.profile.winter.day = Some(day);
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
    if !winter.applies() {
        muted(
            ui,
            lang.pick(
                "Den dagen är det inte vinter: inget ändras.",
                "It is not winter on that day: nothing changes.",
            ),
        );
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "Jan"),
    ("feb", "Feb"),
    ("mars", "Mar"),
    ("april", "Apr"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("aug", "Aug"),
    ("sep", "Sep"),
    ("okt", "Oct"),
    ("nov", "Nov"),
    ("dec", "Dec"),
];

fn month_text(lang: Lang, month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).map_or("–", |(sv, en)| lang.pick(sv, en))
}

fn day_text(lang: Lang, day: MonthDay) -> String {
    format!("{} {}", day.day, month_text(lang, day.month))
}

/// A day of the year: its number and its month.
fn day_row(ui: &mut Ui, lang: Lang, name: &str, mut day: MonthDay) -> Option<(egui::Id, MonthDay)> {
    const LENGTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut changed = None;
    ui.horizontal(|ui| {
        let label = ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let month = egui::DragValue::new(&mut day.month)
                .range(1..=12)
                .speed(0.1)
                .custom_formatter(move |value, _| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "clamped to the months"
                    )]
                    let month = value.clamp(1.0, 12.0) as u8;
                    month_text(lang, month).to_owned()
                })
                .custom_parser(month_of);
            let month = ui.add(month).labelled_by(label.id);
            let last = LENGTHS.get(usize::from(day.month).wrapping_sub(1)).copied().unwrap_or(31);
            day.day = day.day.clamp(1, last);
            let date = ui.add(egui::DragValue::new(&mut day.day).range(1..=last).speed(0.1));
            let date = date.labelled_by(label.id);
            if month.changed() || date.changed() {
                changed = Some((label.id, day));
            }
        });
    });
    changed
}

/// A month by its number or the beginning of its name, in either language.
fn month_of(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number);
    }
    let fits = |name: &str| !text.is_empty() && name.to_lowercase().get(..3) == text.get(..3);
    let at = MONTHS.iter().position(|(sv, en)| fits(sv) || fits(en))?;
    Some(f64::from(u8::try_from(at + 1).unwrap_or(1)))
}
