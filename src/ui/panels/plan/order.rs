//! In which order should one build, if one builds one a year? Always the place that gains most next.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::work::planner::{Ask, Job, Pick};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::table::{ROW, right};
use crate::ui::widgets::{icon_button, muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(answered) = &cx.planner.answer else { return super::common::not_asked(ui, cx) };
    ui.horizontal_wrapped(|ui| {
        if cx.planner.is_ordering() {
            ui.spinner();
            let text = lang.pick("Avbryt, behåll det som finns", "Stop, keep what is there");
            if icon_button(ui, icons::CLOSE, text).clicked() {
                actions.push(Action::Plan(Ask::Stop(Job::Order)));
            }
        } else if icon_button(ui, icons::PLAN, lang.pick("Ordna: en om året", "Order: one a year")).clicked() {
            actions.push(Action::Plan(Ask::Order));
        }
        muted(
            ui,
            lang.pick(
                "De som finns först, sedan alltid den som ger mest. Det är det bästa nästa steget, inte den bästa planen för varje antal.",
                "Those that exist first, then always the one that gains most. It is the best next step, not the best plan of each number.",
            ),
        );
    });
    let Some(steps) = &answered.order else { return };
    let posed = &answered.solved.posed;
    let shown = cx.planner.shown.as_ref().map(|shown| &shown.pick);
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center));
    for width in [36.0, 220.0, 190.0, 190.0] {
        table = table.column(Column::initial(width).resizable(true).clip(true));
    }
    table
        .header(ROW, |mut header| {
            for name in [
                lang.pick("Nr", "No"),
                lang.pick("Plats", "Place"),
                lang.pick("Värde därefter", "Value then"),
                lang.pick("Förbättring", "Improvement"),
            ] {
                header.col(|ui| {
                    ui.label(RichText::new(name).small().strong());
                });
            }
        })
        .body(|body| {
            body.rows(ROW, steps.len(), |mut row| {
                let at = row.index();
                let step = steps[at];
                row.set_selected(shown == Some(&Pick::Steps(at + 1)));
                let value = |at: usize| steps.get(at).and_then(|step| step.value).map(|v| posed.value(v));
                let mut is_entered = false;
                row.col(|ui| right(ui, lang.count(at + 1)));
                row.col(|ui| {
                    let place = posed.places.get(step.site as usize);
                    let exists = place.is_some_and(crate::app::siting::Place::exists);
                    let name = posed.place_name(step.site);
                    let text = if exists {
                        say!(lang, "{name} (finns)", "{name} (exists)")
                    } else {
                        name.to_owned()
                    };
                    is_entered = row_name(ui, &text, &text).clicked();
                });
                row.col(|ui| {
                    let said = value(at).map(|value| posed.said_value(value, lang));
                    right(
                        ui,
                        said.unwrap_or_else(|| lang.pick("alla nås inte än", "not all reached yet").into()),
                    );
                });
                row.col(|ui| {
                    let before = at.checked_sub(1).and_then(value);
                    let gain = before.zip(value(at)).map(|(a, b)| posed.said_value((a - b).abs(), lang));
                    right(ui, gain.unwrap_or_else(|| "–".into()));
                });
                if row.response().clicked() || is_entered {
                    actions.push(Action::Plan(Ask::Show(Pick::Steps(at + 1))));
                }
            });
        });
}
