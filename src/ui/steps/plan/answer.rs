//! What came out, how sure is it, and what is it known from? The answer in words, a search while it runs.

use crate::ui::theme::Bold as _;
use egui::{RichText, Ui};

use crate::app::command::Command;
use crate::app::exports::Export;
use crate::app::siting::scenario::{PlanChange, keep as kept};
use crate::app::siting::{Figures, PlanView, Posed, Solved};
use crate::app::telling::planning;
use crate::app::work::planner::{Ask, Details, Job, Pick};
use crate::lang::{Lang, Said};
use crate::location::Proof;
use crate::model::Scenario;
use crate::model::travel::{Method, TravelModel};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::sources;
use crate::ui::state::PlanState;
use crate::ui::theme;
use crate::ui::widgets::{answer, figure, heading, icon_button, muted, primary_button};
use crate::units::Cost;

/// So many who are left out are named.
const NAMED: usize = 8;

/// The answer, or the invitation to ask; the button, or the search that runs.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let planner = cx.planner;
    if let Some(failure) = &planner.failure {
        let text = planning::cannot_be_asked(failure, lang);
        ui.add(egui::Label::new(RichText::new(text).color(theme::error_colour(cx.theme))).wrap());
    }
    match &planner.answer {
        _ if !planner.is_solving() && scenario_headline(ui, cx) => {}
        None if !planner.is_solving() => answer(
            ui,
            lang.pick(
                "Var ska SOT-punkterna stå? Välj mål och antal, och låt programmet hitta och bevisa den bästa planen.",
                "Where should SOT points stand? Choose a goal and a number, and let the program find and prove the best plan.",
            ),
        ),
        Some(answered) if !planner.is_solving() => {
            headline(ui, cx, &answered.solved);
            if !planner.is_current() {
                let text = lang.pick(
                    "Frågan eller underlaget har ändrats sedan dess: räkna om.",
                    "The question or its inputs have changed since: compute anew.",
                );
                ui.add(egui::Label::new(RichText::new(text).color(theme::warning_colour(cx.theme))).wrap());
            }
        }
        _ => {}
    }
    run(ui, cx, actions);
    if let Some(answered) = planner.answer.as_ref().filter(|_| !planner.is_solving()) {
        shown_other(ui, cx);
        if shown_scenario(cx).is_none() {
            figures(ui, cx, &answered.solved);
        }
    }
}

/// The saved scenario on the map.
fn shown_scenario<'a>(cx: &Cx<'a>) -> Option<&'a Scenario> {
    match cx.planner.shown.as_ref()?.pick {
        Pick::Scenario(id) => cx.session.project().plans.scenario(id),
        _ => None,
    }
}

/// What a saved scenario on the map came to when it was saved; is there one?
fn scenario_headline(ui: &mut Ui, cx: &Cx<'_>) -> bool {
    let Some(scenario) = shown_scenario(cx) else { return false };
    answer(ui, &planning::scenario(scenario, cx.lang));
    true
}

/// How many have it near, before and after, and how sure the plan is.
fn headline(ui: &mut Ui, cx: &Cx<'_>, solved: &Solved) {
    let lang = cx.lang;
    let posed = &solved.posed;
    let Some(plan) = &solved.plan else {
        answer(ui, lang.pick("Det finns ingen sådan plan.", "There is no such plan."));
        if solved.infeasible().is_empty() {
            muted(ui, solved.proof().said(lang));
        }
        if let Some(results) = cx.results() {
            for why in solved.infeasible() {
                let why = posed.said_infeasible(why, results, lang);
                ui.add(egui::Label::new(format!("• {why}")).wrap());
            }
        }
        return;
    };
    let figures = shown_view(cx).map_or(&plan.figures, |view| &view.figures);
    answer(ui, &planning::headline(solved, figures, lang));
    if is_other_shown(cx) {
        if let Some(text) = planning::the_answer_itself(solved, lang) {
            muted(ui, text);
        }
        return;
    }
    if let Some(hint) = solved.locality_hint(lang) {
        let colour = theme::warning_colour(cx.theme);
        ui.add(egui::Label::new(RichText::new(hint).color(colour)).wrap());
    }
    let proof = solved.proof();
    let (icon, colour) = match proof {
        Proof::Proven | Proof::Infeasible => {
            (icons::DONE, theme::outcome_colour(crate::siting::Outcome::Met, cx.theme))
        }
        Proof::Within(_) => (icons::DONE, ui.visuals().text_color()),
        Proof::NotProven(_) | Proof::Nothing => (icons::FLAG, theme::warning_colour(cx.theme)),
    };
    let said = proof.said(lang);
    let value = posed.said_value(plan.value, lang);
    let text = format!("{icon} {value}: {said}");
    let response = ui.add(egui::Label::new(RichText::new(text).bold().color(colour)).wrap());
    let words = format!("{value}: {said}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.clone()));
}

/// The button, or what the search knows so far.
fn run(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let planner = cx.planner;
    if !planner.is_solving() {
        let text = lang.pick("Hitta bästa planen", "Find the best plan");
        if primary_button(ui, cx.session.is_current(), icons::PLAN, text).clicked() {
            actions.push(Action::Plan(Ask::Solve));
        }
        return;
    }
    // The clock goes on without news.
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    egui::Frame::group(ui.style()).show(ui, |ui| {
        let now = planner.now().unwrap_or_default();
        ui.horizontal(|ui| {
            ui.spinner();
            let seconds = lang.number(now.seconds, 1);
            ui.label(say!(lang, "Söker… {seconds} s", "Searching… {seconds} s"));
            if icon_button(ui, icons::CLOSE, lang.pick("Avbryt, behåll det bästa", "Stop, keep the best"))
                .clicked()
            {
                actions.push(Action::Plan(Ask::Stop(Job::Solve)));
            }
        });
        let Some(posed) = &now.posed else {
            let done = planner.progress().unwrap_or(0.0);
            ui.add(egui::ProgressBar::new(done).text(lang.pick("Mäter vägar", "Measuring ways")));
            return;
        };
        let last = now.moments.last();
        let value = |value: Option<u64>| {
            value.map_or_else(|| "–".into(), |value| posed.said_value(posed.value(value), lang))
        };
        figure(ui, lang.pick("Bäst hittills", "Best so far"), &value(last.and_then(|last| last.value)));
        figure(
            ui,
            lang.pick("Ingen plan är bättre än", "No plan is better than"),
            &value(last.map(|last| last.bound)),
        );
        let gap = now.gap().map_or_else(|| "–".into(), |gap| format!("{} %", lang.number(gap * 100.0, 2)));
        figure(
            ui,
            lang.pick("Avvikelse (högst så långt från det bästa)", "Gap (at most this far from the best)"),
            &gap,
        );
        growth(ui, cx, posed, &now.moments);
    });
}

/// How value and bound have met.
fn growth(ui: &mut Ui, cx: &Cx<'_>, posed: &Posed, moments: &[crate::app::siting::live::Moment]) {
    let of = |of: &dyn Fn(&crate::app::siting::live::Moment) -> Option<u64>| -> Vec<[f64; 2]> {
        moments.iter().filter_map(|moment| Some([moment.seconds, posed.value(of(moment)?)])).collect()
    };
    let lang = cx.lang;
    let plot = egui_plot::Plot::new("growth")
        .height(70.0)
        .show_axes([false, false])
        .show_grid(false)
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .show_x(false)
        .show_y(false);
    plot.show(ui, |plot| {
        let best = of(&|moment| moment.value);
        let bound = of(&|moment| Some(moment.bound));
        plot.line(egui_plot::Line::new(lang.pick("bäst", "best"), best).color(theme::PLAN_NEW).width(2.0));
        plot.line(
            egui_plot::Line::new(lang.pick("ingen plan bättre", "no plan better"), bound)
                .color(theme::SELECTION)
                .width(1.2),
        );
    });
}

/// Says that another plan than the best stands on the map.
fn shown_other(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(shown) = &cx.planner.shown else { return };
    let Some(name) = pick_name(cx, &shown.pick) else { return };
    ui.horizontal_wrapped(|ui| {
        let text = say!(lang, "På kartan: {name}", "On the map: {name}");
        ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
    });
}

/// Is another plan on the map than the answer?
fn is_other_shown(cx: &Cx<'_>) -> bool {
    cx.planner.shown.as_ref().is_some_and(|shown| pick_name(cx, &shown.pick).is_some())
}

/// The plan on the map, where it is another than the answer and its figures are of the same question's places.
fn shown_view<'a>(cx: &Cx<'a>) -> Option<&'a PlanView> {
    let shown = cx.planner.shown.as_ref().filter(|_| is_other_shown(cx))?;
    shown.details.as_ref().map(|details| &details.view)
}

/// What is on the map, where it is not the best plan.
pub fn pick_name(cx: &Cx<'_>, pick: &Pick) -> Option<String> {
    planning::pick(&cx.session.project().plans, pick, cx.lang)
}

/// Before and after, and who is left out.
fn figures(ui: &mut Ui, cx: &Cx<'_>, solved: &Solved) {
    let lang = cx.lang;
    let Some(plan) = &solved.plan else { return };
    let posed = &solved.posed;
    let said = |cost: Option<Cost>| {
        cost.map_or_else(|| "–".into(), |cost| lang.number(posed.measure.in_units(cost), 1))
    };
    let unit = posed.measure.unit();
    let plan = shown_view(cx).unwrap_or(plan);
    let pair = |of: &dyn Fn(&Figures) -> String| {
        format!("{} {} {}", of(&solved.before), icons::RIGHT, of(&plan.figures))
    };
    figure(
        ui,
        &say!(lang, "Medelavstånd, {unit} (i dag, planen)", "Mean distance, {unit} (today, plan)"),
        &pair(&|figures| said(figures.mean)),
    );
    figure(
        ui,
        &say!(lang, "Längsta avstånd, {unit}", "Longest distance, {unit}"),
        &pair(&|figures| said(figures.worst)),
    );
    if let Some(money) = plan.money {
        figure(ui, lang.pick("Kostar", "Costs"), &lang.number(money, 0));
    }
    left_out(ui, cx, solved, lang);
}

fn left_out(ui: &mut Ui, cx: &Cx<'_>, solved: &Solved, lang: Lang) {
    if solved.left_out.is_empty() {
        return;
    }
    // A long sentence wraps; the head of a list would widen the panel.
    ui.add(egui::Label::new(planning::left_out(solved, lang)).wrap());
    let title = lang.pick("Vilka?", "Who?");
    egui::CollapsingHeader::new(title).id_salt("left-out").show(ui, |ui| {
        let Some(results) = cx.results() else { return };
        let mut most: Vec<_> = solved.left_out.iter().collect();
        most.sort_by(|a, b| b.people.total_cmp(&a.people));
        for cell in most.iter().take(NAMED) {
            muted(ui, solved.posed.said_left_out(cell, results, lang));
        }
        if most.len() > NAMED {
            let left = most.len() - NAMED;
            muted(ui, say!(lang, "och {left} till", "and {left} more"));
        }
    });
}

/// Saving the plan shown as a scenario, and writing it to a file.
pub fn keep(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Spara planen som visas", "Save the plan shown"));
    let Some(shown) = &cx.planner.shown else { return };
    let Some(details) = &shown.details else {
        let text = if let Pick::Steps(_) = shown.pick {
            lang.pick(
                "Alla nås inte än: det är ett steg på vägen, inte en plan att spara.",
                "Not everybody is reached yet: it is a step on the way, not a plan to keep.",
            )
        } else {
            lang.pick("Det som visas är redan sparat.", "What is shown is saved already.")
        };
        muted(ui, text);
        if cx.planner.exported().is_some() {
            export(ui, lang, actions);
        }
        return;
    };
    let book = &cx.session.project().plans;
    let number = book.next_id();
    let proposed = say!(lang, "Plan {number}", "Plan {number}");
    ui.horizontal_wrapped(|ui| {
        let label = lang.pick("Namn på scenariot", "Name of the scenario");
        let field = ui
            .add(egui::TextEdit::singleline(&mut state.draft.name).hint_text(&proposed).desired_width(110.0));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
        if icon_button(ui, icons::SAVE, lang.pick("Spara scenario", "Save scenario")).clicked() {
            let name = state.draft.name.trim();
            let name = if name.is_empty() { proposed.as_str() } else { name };
            let Details { posed, question, answer, view: plan, results, .. } = details.as_ref();
            let scenario = kept((number, name, cx.today), posed, question, answer.as_ref(), plan, results);
            actions.push(Action::Edit(Command::Plan(PlanChange::Keep(Box::new(scenario)))));
            state.draft.name.clear();
            state.tab = crate::ui::state::PlanTab::Scenarios;
        }
    });
    export(ui, lang, actions);
}

fn export(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
    if icon_button(ui, icons::EXPORT, &Export::Plan.said(lang)).clicked() {
        actions.push(Action::File(FileAction::AskExport(Export::Plan)));
    }
}

/// Time, seed, bound, method, dates.
pub fn how(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let title = lang.pick("Hur räknades det?", "How was it computed?");
    egui::CollapsingHeader::new(title).id_salt("plan-how").show(ui, |ui| {
        if let Some(answered) = &cx.planner.answer {
            let (solved, answer) = (&answered.solved, &answered.solved.answer);
            figure(ui, lang.pick("Mål", "Objective"), answer.objective.id());
            if let Some(bound) = solved.bound {
                let said = solved.posed.said_value(bound, lang);
                figure(ui, lang.pick("Ingen plan är bättre än", "No plan is better than"), &said);
            }
            figure(ui, lang.pick("Söktid", "Time of search"), &format!("{} s", lang.number(answer.seconds, 2)));
            figure(ui, lang.pick("Slumpfrö", "Seed"), &lang.whole(answer.seed));
            let tolerance = solved.posed.said_value(solved.posed.tolerance(), lang);
            muted(
                ui,
                say!(
                    lang,
                    "Beviset gäller hela tal; avrundningen kan göra högst {tolerance}.",
                    "The proof holds for whole numbers; rounding can make at most {tolerance}."
                ),
            );
            let method = answered.results.travel.method();
            let estimate = matches!(method, Method::StraightLine { .. });
            let said = method.said(lang);
            muted(ui, say!(lang, "Vägar: {said}.", "Ways: {said}."));
            if estimate {
                muted(
                    ui,
                    lang.pick(
                        "Utan vägnät är avstånden uppskattningar: planen är bäst för dem, inte nödvändigtvis för vägarna.",
                        "Without roads the distances are estimates: the plan is best for these, not necessarily for the roads.",
                    ),
                );
            }
        }
        sources(ui, cx);
    });
}
