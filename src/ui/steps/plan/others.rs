//! What if one chose otherwise? The next best plans, and what one place costs instead of another.

use crate::ui::widgets::strong;
use egui::Ui;

use super::more::place_choice;
use crate::app::siting::Place;
use crate::app::telling::planning;
use crate::app::work::planner::{ALTERNATIVES, Answered, Ask, Job, Pick};
use crate::location::{Alternatives, Plan, Role};
use crate::model::SiteId;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::PlanState;
use crate::ui::table::{ROW, clickable, names, right};
use crate::ui::widgets::{icon_button, icon_button_if, muted, number_field, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, actions: &mut Vec<Action>) {
    let Some(answered) = &cx.planner.answer else { return super::common::not_asked(ui, cx) };
    let Some(best) = answered.solved.answer.plan() else { return super::common::not_asked(ui, cx) };
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        exchange(ui, cx, state, answered, best, actions);
        ui.separator();
        next_best(ui, cx, state, answered, best, actions);
    });
}

/// One place instead of another.
fn exchange(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut PlanState,
    answered: &Answered,
    best: &Plan,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let posed = &answered.solved.posed;
    // The places of the question that was answered: those of now may be others.
    let chosen = best.sites.iter().filter_map(|at| posed.places.get(*at as usize));
    let chosen: Vec<&SiteId> = chosen.map(|place| &place.site).collect();
    let is_in = |place: &Place| chosen.contains(&&place.site);
    let is_free = |place: &Place| place.role == Role::Candidate;
    ui.horizontal_wrapped(|ui| {
        strong(ui, lang.pick("Vad kostar det att välja", "What does it cost to choose"));
        let is_other = |place: &Place| is_free(place) && !is_in(place);
        let name = lang.pick("platsen", "the place");
        place_choice(ui, &posed.places, name, &mut state.draft.wanted, is_other);
        let is_chosen = |place: &Place| is_free(place) && is_in(place);
        let name = lang.pick("i stället för", "instead of");
        place_choice(ui, &posed.places, name, &mut state.draft.given_up, is_chosen);
        let fitting = |site: &Option<SiteId>, fits: &dyn Fn(&Place) -> bool| {
            let place = posed.places.iter().find(|place| site.as_ref().is_some_and(|site| place.is(site)))?;
            fits(place).then(|| place.site.clone())
        };
        let pair = fitting(&state.draft.wanted, &is_other).zip(fitting(&state.draft.given_up, &is_chosen));
        let is_ready = pair.is_some() && !cx.planner.is_trying();
        if icon_button_if(ui, is_ready, icons::DIFFERS, lang.pick("Räkna ut", "Work out")).clicked()
            && let Some((wanted, given_up)) = pair
        {
            actions.push(Action::Plan(Ask::Instead { wanted, given_up }));
        }
        if cx.planner.is_trying() {
            ui.spinner();
            stop(ui, cx, Job::Instead, actions);
        }
    });
    if let Some(found) = &answered.instead {
        ui.horizontal_wrapped(|ui| {
            ui.label(planning::exchange(found, posed, best, lang));
            if found.answer.plan().is_some()
                && ui.button(lang.pick("Visa bytet på kartan", "Show the exchange on the map")).clicked()
            {
                actions.push(Action::Plan(Ask::Show(Pick::Instead)));
            }
        });
    }
}

fn stop(ui: &mut Ui, cx: &Cx<'_>, job: Job, actions: &mut Vec<Action>) {
    if icon_button(ui, icons::CLOSE, cx.lang.pick("Avbryt", "Cancel")).clicked() {
        actions.push(Action::Plan(Ask::Stop(job)));
    }
}

fn next_best(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut PlanState,
    answered: &Answered,
    best: &Plan,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    ui.horizontal_wrapped(|ui| {
        strong(ui, say!(lang, "De {ALTERNATIVES} bästa planerna", "The {ALTERNATIVES} best plans"));
        let label = ui.label(lang.pick("högst så mycket sämre", "at most so much worse"));
        ui.add(number_field(&mut state.draft.loss, lang, 1).range(0.0..=100.0).speed(0.1).suffix(" %"))
            .labelled_by(label.id);
        if cx.planner.is_finding() {
            ui.spinner();
            stop(ui, cx, Job::Alternatives, actions);
        } else if icon_button(ui, icons::SEARCH, lang.pick("Sök de näst bästa", "Find the next best"))
            .clicked()
        {
            actions.push(Action::Plan(Ask::Alternatives(state.draft.loss / 100.0)));
        }
        if let Some(found) = &answered.alternatives {
            let text = if found.is_complete {
                lang.pick("bevisat: ingen annan plan kommer emellan", "proven: no other plan comes between")
            } else {
                lang.pick("inte bevisat: fler kan finnas emellan", "not proven: others may lie between")
            };
            muted(ui, text);
        }
    });
    if let Some(found) = &answered.alternatives {
        table(ui, cx, answered, best, found, actions);
    }
}

fn table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    answered: &Answered,
    best: &Plan,
    found: &Alternatives,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let posed = &answered.solved.posed;
    let shown = cx.planner.shown.as_ref().map(|shown| shown.pick.clone());
    let columns = [
        (lang.pick("Nr", "No"), 36.0),
        (lang.pick("Värde", "Value"), 170.0),
        (lang.pick("Sämre än den bästa", "Worse than the best"), 170.0),
        (lang.pick("In", "In"), 190.0),
        (lang.pick("Ut", "Out"), 190.0),
    ];
    clickable(ui, columns.map(|(_, width)| width))
        .id_salt("next-best")
        .vscroll(false)
        .header(ROW, |mut header| names(&mut header, columns.map(|(name, _)| name)))
        .body(|body| {
            body.rows(ROW, found.plans.len(), |mut row| {
                let at = row.index();
                let plan = &found.plans[at];
                let is_on = match &shown {
                    Some(Pick::Alternative(known)) => *known == at,
                    Some(Pick::Best) => plan.sites == best.sites,
                    _ => false,
                };
                row.set_selected(is_on);
                let (value, first) = (posed.value(plan.value), posed.value(best.value));
                let mut is_entered = false;
                row.col(|ui| {
                    let rank = at + 1;
                    let text = say!(lang, "Näst bästa plan {rank}", "Next best plan {rank}");
                    is_entered = row_name(ui, &lang.count(rank), &text).clicked();
                });
                row.col(|ui| right(ui, posed.said_value(value, lang)));
                row.col(|ui| right(ui, posed.said_value((value - first).abs(), lang)));
                for (one, other) in [(plan, best), (best, plan)] {
                    row.col(|ui| {
                        let names: Vec<&str> = one
                            .sites
                            .iter()
                            .filter(|site| !other.sites.contains(site))
                            .map(|site| posed.place_name(*site))
                            .collect();
                        let text = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
                        ui.add(egui::Label::new(&text).truncate()).on_hover_text(text);
                    });
                }
                if row.response().clicked() || is_entered {
                    actions.push(Action::Plan(Ask::Show(Pick::Alternative(at))));
                }
            });
        });
}
