//! Which roads does the user close, why, and does each closure hit a road?

use crate::ui::theme::Bold as _;
use egui::{CollapsingHeader, RichText, Ui};

use crate::app::command::Command;
use crate::app::telling::waiting;
use crate::lang::{Lang, Said};
use crate::model::{ClosureEffect, ClosureShape, MadeOn, RoadClosure};
use crate::network::POINT_REACH_M;
use crate::ui::action::{Action, Simple};
use crate::ui::closures::cut_count;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, MapMode, View};
use crate::ui::theme;
use crate::ui::widgets::{icon_button_if, muted, number_field, sign_button, warning};
use crate::{say, say_many};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let closures = &cx.session.project().closures;
    let has_roads = !cx.session.project().roads.is_empty();
    let holds = |closure: &&RoadClosure| closure.is_active && cut_count(cx, closure) != Some(0);
    let active = closures.iter().filter(holds).count();
    let title = if closures.is_empty() {
        lang.pick("Vägavstängningar", "Road closures").to_owned()
    } else {
        let (active, all) = (lang.count(active), lang.count(closures.len()));
        say!(lang, "Vägavstängningar ({active} av {all} gäller)", "Road closures ({active} of {all} hold)")
    };
    let open = std::mem::take(&mut view.closures.opens).then_some(true);
    CollapsingHeader::new(RichText::new(title).bold()).id_salt("closures").open(open)
    .show(ui, |ui| {
        if !has_roads {
            muted(ui, lang.pick("Läs in vägar för att kunna stänga dem.", "Load roads to be able to close them."));
        }
        ui.horizontal_wrapped(|ui| {
            for action in [Simple::CloseRoad, Simple::DrawClosure] {
                if icon_button_if(ui, has_roads, action.icon(), &action.said(lang)).clicked() {
                    actions.push(Action::Do(action));
                }
            }
        });
        match &view.mode {
            MapMode::CloseRoad => {
                ui.label(lang.pick("Klicka på vägen på kartan.", "Click on the road on the map."));
            }
            MapMode::DrawClosure => {
                ui.label(lang.pick(
                    "Klicka ut hörnen på kartan. Enter, dubbelklick eller klick på första hörnet avslutar, Esc avbryter.",
                    "Click the corners on the map. Enter, a double-click or a click on the first corner ends, Esc cancels.",
                ));
            }
            _ => {}
        }
        for closure in closures.iter() {
            closure_ui(ui, cx, view, closure, actions);
        }
    });
}

/// A closure that was made on other roads than it hits now waits for a decision.
fn held_ui(ui: &mut Ui, cx: &Cx<'_>, closure: &RoadClosure, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let told = cx.results().and_then(|results| waiting::closure(results, closure, lang));
    let Some(text) = told else { return };
    warning(ui, cx.theme, text);
    let name = &closure.name;
    let button = ui.button(lang.pick("Den gäller här", "It applies here"));
    let label = say!(lang, "{name} gäller här", "{name} applies here");
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label.clone()));
    if button.clicked() {
        let closure = RoadClosure { made_on: MadeOn::Unsaid, ..closure.clone() };
        actions.push(Action::Edit(Command::EditClosure(closure)));
    }
}

fn closure_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, closure: &RoadClosure, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let name = &closure.name;
    let edit = |closure: RoadClosure| Command::EditClosure(closure);
    let mut frame = egui::Frame::group(ui.style());
    if view.closures.chosen == Some(closure.id) {
        frame = frame.stroke(egui::Stroke::new(1.5, theme::SELECTION));
    }
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(("closure", closure.id), |ui| {
            ui.horizontal(|ui| {
                let mut is_active = closure.is_active;
                let tick = ui.checkbox(&mut is_active, "");
                let label = say!(lang, "Gäller: {name}", "Holds: {name}");
                tick.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_active, label.clone())
                });
                if tick.on_hover_text(lang.pick("Aktiv?", "Does it hold now?")).changed() {
                    actions.push(Action::Edit(edit(RoadClosure { is_active, ..closure.clone() })));
                }
                let mut text = closure.name.clone();
                let width = ui.available_width() - 62.0;
                let field = ui.add(egui::TextEdit::singleline(&mut text).desired_width(width));
                let label = say!(lang, "Namn på {name}", "Name of {name}");
                field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
                if field.changed() {
                    let closure = RoadClosure { name: text, ..closure.clone() };
                    actions.push(Action::EditBy(field.id, edit(closure)));
                }
                let go = say!(lang, "Gå till {name}", "Go to {name}");
                if sign_button(ui, true, icons::MOVE, &go).clicked() {
                    actions.push(Action::Go(Goal::at(closure.shape.place(), Some(12.0))));
                }
                let remove = say!(lang, "Ta bort {name}", "Remove {name}");
                if sign_button(ui, true, icons::DELETE, &remove).clicked() {
                    actions.push(Action::Edit(Command::RemoveClosure(closure.id)));
                }
            });
            let mut reason = closure.reason.clone();
            let hint = lang.pick("Skäl, t.ex. översvämning", "Reason, e.g. flooding");
            let text = egui::TextEdit::singleline(&mut reason).hint_text(hint).desired_width(f32::INFINITY);
            let field = ui.add(text);
            if field.changed() {
                actions.push(Action::EditBy(field.id, edit(RoadClosure { reason, ..closure.clone() })));
            }
            effect_ui(ui, lang, closure, actions);
            held_ui(ui, cx, closure, actions);
            hits(ui, cx, closure);
        });
    });
    if view.closures.scrolls && view.closures.chosen == Some(closure.id) {
        view.closures.scrolls = false;
        shown.response.scroll_to_me(None);
    }
}

fn effect_ui(ui: &mut Ui, lang: Lang, closure: &RoadClosure, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let is_closed = closure.effect == ClosureEffect::Closed;
        let set = |effect| Command::EditClosure(RoadClosure { effect, ..closure.clone() });
        if ui.selectable_label(is_closed, lang.pick("Avstängd", "Closed")).clicked() && !is_closed {
            actions.push(Action::Edit(set(ClosureEffect::Closed)));
        }
        let slower = ui.selectable_label(!is_closed, lang.pick("Långsammare", "Slower"));
        if slower.clicked() && is_closed {
            actions.push(Action::Edit(set(ClosureEffect::Slower(2.0))));
        }
        if let ClosureEffect::Slower(factor) = closure.effect {
            let mut fresh = factor;
            let field = number_field(&mut fresh, lang, 1).range(1.1..=20.0).speed(0.1).prefix("× ");
            let drag = ui.add(field).on_hover_text(closure.effect.said(lang));
            if drag.changed() {
                actions.push(Action::EditBy(drag.id, set(ClosureEffect::Slower(fresh))));
            }
        }
    });
}

/// Does it hit anything?
fn hits(ui: &mut Ui, cx: &Cx<'_>, closure: &RoadClosure) {
    let lang = cx.lang;
    if !closure.is_active {
        muted(ui, lang.pick("gäller inte nu", "does not hold now"));
        return;
    }
    match cut_count(cx, closure) {
        None if super::travel::follows_roads(cx) => {
            muted(ui, lang.pick("räknar…", "computing…"));
        }
        None => {
            muted(
                ui,
                lang.pick("utan verkan: fågelvägen mäts", "without effect: straight lines are measured"),
            );
        }
        Some(0) => {
            let reach = lang.number(POINT_REACH_M, 0);
            let text = if matches!(closure.shape, ClosureShape::Area(_)) {
                lang.pick("träffar ingen väg", "hits no road").to_owned()
            } else {
                say!(lang, "träffar ingen väg inom {reach} m", "hits no road within {reach} m")
            };
            ui.label(RichText::new(text).small().color(theme::warning_colour(cx.theme)));
        }
        Some(count) => {
            let n = lang.count(count);
            let text = say_many!(
                lang,
                count,
                "skär vägnätet på {n} ställe" | "skär vägnätet på {n} ställen",
                "cuts the network in {n} place" | "cuts the network in {n} places"
            );
            muted(ui, text);
        }
    }
}
