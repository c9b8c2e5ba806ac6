//! In which order should one build, if one builds one a year? Always the place that gains most next.

use egui::Ui;

use crate::app::siting::Posed;
use crate::app::work::planner::{Ask, Job, Pick};
use crate::location::Step;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::table::{ROW, clickable, names, right};
use crate::ui::widgets::{icon_button, muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let Some(answered) = &cx.planner.answer else { return super::common::not_asked(ui, cx) };
    ask(ui, cx, actions);
    if let Some(steps) = &answered.order {
        table(ui, cx, &answered.solved.posed, steps, actions);
    }
}

/// The button that orders, and what the order is.
fn ask(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
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
}

/// One row a year: the place, the value then, what it improved.
fn table(ui: &mut Ui, cx: &Cx<'_>, posed: &Posed, steps: &[Step], actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let shown = cx.planner.shown.as_ref().map(|shown| &shown.pick);
    let columns = [
        (lang.pick("Nr", "No"), 36.0),
        (lang.pick("Plats", "Place"), 220.0),
        (lang.pick("Värde därefter", "Value then"), 190.0),
        (lang.pick("Förbättring", "Improvement"), 190.0),
    ];
    clickable(ui, columns.map(|(_, width)| width))
        .header(ROW, |mut header| names(&mut header, columns.map(|(name, _)| name)))
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
