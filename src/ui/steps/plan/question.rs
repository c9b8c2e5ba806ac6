//! What is asked? The goal in words, how much may be chosen, and what is locked.

use crate::ui::panels::common::whole;
use egui::Ui;
use egui::text::{LayoutJob, TextFormat};

use super::common::{ask, ask_by, to_f64};
use crate::app::Results;
use crate::app::siting::{Amount, Question, group_columns, number_columns};
use crate::app::telling::planning;
use crate::app::telling::words::short;
use crate::lang::{Lang, Said};
use crate::location::{Objective, Role};
use crate::model::RuralGroup;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{PlanTab, View};
use crate::ui::widgets::{NumberRow, heading, muted};

/// What stands in the fields before anybody wrote a number: to be changed, no estimate.
const FLAT_PRICE: f64 = 1e6;
const BUDGET: f64 = 5e6;

/// The question, and each of its parts to be changed.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let question = &cx.planner.question;
    heading(ui, lang.pick("Målet", "The goal"));
    objectives(ui, lang, question, actions);
    heading(ui, lang.pick("Hur många platser?", "How much may be chosen?"));
    amount(ui, cx, question, results, actions);
    threshold(ui, cx, question, results, actions);
    let columns = group_columns(results);
    let groups = if results.rural.is_some() { rural_choices() } else { Vec::new() };
    let known: Vec<(String, String)> = groups
        .iter()
        .map(|groups| (RuralGroup::named(groups), planning::of_groups(groups, lang)))
        .filter(|(id, _)| !columns.contains(id))
        .chain(columns.iter().map(|column| (column.clone(), column.clone())))
        .collect();
    let whom = lang.pick("För vilka", "For whom");
    choice_of(ui, whom, lang.pick("alla", "everyone"), question.group.as_deref(), &known, |group| {
        actions.push(ask(Question { group, ..question.clone() }));
    });
    if question.objective.has_capacities() {
        column_choice(
            ui,
            lang.pick("Kolumn med kapacitet", "Column with capacity"),
            lang.pick("välj kolumn", "choose a column"),
            question.capacity_field.as_deref(),
            &number_columns(results),
            |capacity_field| actions.push(ask(Question { capacity_field, ..question.clone() })),
        );
    }
    locked(ui, cx, view, actions);
    super::more::show(ui, cx, &mut view.plan, question, actions);
    muted(ui, planning::question(results, question, lang));
}

fn objectives(ui: &mut Ui, lang: Lang, question: &Question, actions: &mut Vec<Action>) {
    for objective in Objective::ALL {
        let is_on = question.objective == objective;
        let (said, id) = (objective.said(lang), objective.id());
        let mut text = LayoutJob::default();
        let format = |colour, size| TextFormat {
            font_id: egui::FontId::proportional(size),
            color: colour,
            valign: egui::Align::Center,
            ..TextFormat::default()
        };
        text.append(&said, 0.0, format(ui.visuals().text_color(), 14.0));
        text.append(&format!("  {id}"), 0.0, format(ui.visuals().weak_text_color(), 12.0));
        text.wrap.max_width = ui.available_width() - 40.0;
        let response = ui.radio(is_on, text);
        let label = format!("{said} ({id})");
        response
            .widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_on, label.clone()));
        if response.on_hover_text(objective.explained(lang)).clicked() && !is_on {
            actions.push(ask(for_objective(question, objective)));
        }
    }
}

/// The question with another goal; an amount that the goal does not know becomes one it does.
fn for_objective(question: &Question, objective: Objective) -> Question {
    let amount = match (question.amount, objective) {
        (_, objective) if objective.counts_sites() => Amount::AsNeeded,
        (Amount::AsNeeded, _) => Amount::Sites(9),
        (amount, _) => amount,
    };
    Question { objective, amount, ..question.clone() }
}

fn amount(ui: &mut Ui, cx: &Cx<'_>, question: &Question, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if question.objective.counts_sites() {
        muted(ui, lang.pick("Så många som behövs.", "As many as are needed."));
        return;
    }
    let is_budget = matches!(question.amount, Amount::Budget(_));
    ui.horizontal(|ui| {
        if ui.radio(!is_budget, lang.pick("Antal platser", "Number of places")).clicked() && is_budget {
            actions.push(ask(Question { amount: Amount::Sites(9), ..question.clone() }));
        }
        if ui.radio(is_budget, lang.pick("Budget", "Budget")).clicked() && !is_budget {
            let cost_field = question.cost_field.clone().or_else(|| cost_column(results));
            let flat_price = question.flat_price.or_else(|| cost_field.is_none().then_some(FLAT_PRICE));
            let amount = Amount::Budget(BUDGET);
            actions.push(ask(Question { amount, cost_field, flat_price, ..question.clone() }));
        }
    });
    match question.amount {
        Amount::Sites(count) => number_of_sites(ui, cx, question, results, count, actions),
        Amount::Budget(budget) => budget_ui(ui, cx, question, results, budget, actions),
        Amount::AsNeeded => {}
    }
}

/// So many places.
fn number_of_sites(
    ui: &mut Ui,
    cx: &Cx<'_>,
    question: &Question,
    results: &Results,
    count: usize,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let most = results.candidates.len().max(1);
    let locked = cx.planner.preview.as_ref().and_then(|preview| preview.as_ref().ok());
    let locked = locked.map_or(0, |preview| preview.count(Role::Required));
    let row = NumberRow {
        name: &say!(lang, "Platser, varav låsta: {locked}", "Places, of which locked: {locked}"),
        hint: lang.pick(
            "Så många platser har planen, de som redan är med inräknade",
            "So many places has the plan, those locked in included",
        ),
        unit: "",
        decimals: 0,
        range: 1.0..=to_f64(most),
        speed: 0.1,
    };
    if let Some((id, value)) = row.show(ui, lang, to_f64(count)) {
        actions.push(ask_by(id, Question { amount: Amount::Sites(whole(value)), ..question.clone() }));
    }
}

/// As many places as the money is enough for.
fn budget_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    question: &Question,
    results: &Results,
    budget: f64,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let row = NumberRow {
        name: lang.pick("Budget", "Budget"),
        hint: lang.pick(
            "I samma enhet som priserna; platser som finns kostar inget",
            "In the unit of the prices; existing places cost nothing",
        ),
        unit: "",
        decimals: 0,
        range: 0.0..=1e12,
        speed: 10_000.0,
    };
    if let Some((id, value)) = row.show(ui, lang, budget) {
        actions.push(ask_by(id, Question { amount: Amount::Budget(value), ..question.clone() }));
    }
    column_choice(
        ui,
        lang.pick("Kolumn med kostnad", "Column with cost"),
        lang.pick("välj kolumn", "choose a column"),
        question.cost_field.as_deref(),
        &number_columns(results),
        |cost_field| actions.push(ask(Question { cost_field, ..question.clone() })),
    );
    flat_price(ui, lang, question, actions);
    muted(
        ui,
        lang.pick(
            "Pris för en viss plats skrivs i tabellen Roller och går före kolumnen.",
            "The price of a single place is written in the table Roles and goes before the column.",
        ),
    );
}

/// One price for every new place of which nobody says another.
fn flat_price(ui: &mut Ui, lang: Lang, question: &Question, actions: &mut Vec<Action>) {
    let mut is_on = question.flat_price.is_some();
    let text = lang.pick("Fast pris för platser utan pris", "Flat price for places without one");
    if ui.checkbox(&mut is_on, text).changed() {
        let flat_price = is_on.then_some(FLAT_PRICE);
        actions.push(ask(Question { flat_price, ..question.clone() }));
    }
    let Some(price) = question.flat_price else { return };
    let row = NumberRow {
        name: lang.pick("Fast pris", "Flat price"),
        hint: lang.pick("Vad varje ny plats kostar", "What every new place costs"),
        unit: "",
        decimals: 0,
        range: 0.0..=1e12,
        speed: 10_000.0,
    };
    if let Some((id, price)) = row.show(ui, lang, price) {
        actions.push(ask_by(id, Question { flat_price: Some(price), ..question.clone() }));
    }
}

/// A column that sounds like a cost.
fn cost_column(results: &Results) -> Option<String> {
    let columns = number_columns(results);
    let sounds = |name: &&String| {
        let name = name.to_lowercase();
        ["kostnad", "cost", "kr"].iter().any(|word| name.contains(word))
    };
    columns.iter().find(sounds).cloned()
}

fn threshold(ui: &mut Ui, cx: &Cx<'_>, question: &Question, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let measure = results.measure();
    let project = short(lang, results.limit(), measure);
    if !question.objective.needs_cutoff() && question.threshold.is_none() {
        let text = lang.pick("Ingen får ha längre än en gräns", "Nobody may have farther than a threshold");
        if ui.checkbox(&mut false, text).changed() {
            actions.push(ask(Question { threshold: Some(results.limit()), ..question.clone() }));
        }
        return;
    }
    let value = measure.in_units(question.threshold.unwrap_or_else(|| results.limit()));
    let row = NumberRow {
        name: lang.pick("Gräns", "Threshold"),
        hint: lang.pick("Inom gränsen är högst så långt", "Within means at most this far"),
        unit: measure.unit(),
        decimals: 1,
        range: 0.1..=1_000.0,
        speed: 0.5,
    };
    if let Some((id, value)) = row.show(ui, lang, value) {
        actions.push(ask_by(id, Question { threshold: Some(measure.from_units(value)), ..question.clone() }));
    }
    if question.threshold.is_some() {
        let text = if question.objective.needs_cutoff() {
            say!(lang, "Använd projektets gräns, {project}", "Use the project's threshold, {project}")
        } else {
            lang.pick("Ingen gräns", "No threshold").to_owned()
        };
        if ui.button(text).clicked() {
            actions.push(ask(Question { threshold: None, ..question.clone() }));
        }
    }
}

/// A column, or none.
pub(super) fn column_choice(
    ui: &mut Ui,
    name: &str,
    none: &str,
    chosen: Option<&str>,
    columns: &[String],
    choose: impl FnMut(Option<String>),
) {
    let known: Vec<(String, String)> =
        columns.iter().map(|column| (column.clone(), column.clone())).collect();
    choice_of(ui, name, none, chosen, &known, choose);
}

/// The groups of countryside that a plan may be asked for.
fn rural_choices() -> Vec<Vec<RuralGroup>> {
    use RuralGroup::{Locality, Rural, RuralRemote};
    vec![vec![RuralRemote, Rural], vec![RuralRemote], vec![Rural], vec![Locality]]
}

/// A choice of one of several things, each with its id and its words, or of none.
fn choice_of(
    ui: &mut Ui,
    name: &str,
    none: &str,
    chosen: Option<&str>,
    known: &[(String, String)],
    mut choose: impl FnMut(Option<String>),
) {
    let words = |id: &str| {
        known.iter().find(|(known, _)| known == id).map_or(id.to_owned(), |(_, said)| said.clone())
    };
    // A long name has its choice on the next line, inside the panel.
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(name);
        egui::ComboBox::from_id_salt(("plan-column", name))
            .selected_text(chosen.map_or_else(|| none.to_owned(), words))
            .width(150.0)
            .show_ui(ui, |ui| {
                if ui.selectable_label(chosen.is_none(), none).clicked() && chosen.is_some() {
                    choose(None);
                }
                for (id, said) in known {
                    let is_on = chosen == Some(id.as_str());
                    if ui.selectable_label(is_on, said).clicked() && !is_on {
                        choose(Some(id.clone()));
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
}

/// How many places have which role, and the way to the table of roles.
fn locked(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Vad är låst?", "What is locked?"));
    match &cx.planner.preview {
        Some(Ok(preview)) => {
            let [required, forbidden, free] = [Role::Required, Role::Forbidden, Role::Candidate]
                .map(|role| lang.count(preview.count(role)));
            muted(
                ui,
                say!(
                    lang,
                    "{required} med i varje plan · {forbidden} kan inte väljas · {free} kan väljas",
                    "{required} in every plan · {forbidden} may not be chosen · {free} may be chosen"
                ),
            );
        }
        Some(Err(why)) => {
            let text = egui::RichText::new(why.said(lang)).color(crate::ui::theme::error_colour(cx.theme));
            ui.add(egui::Label::new(text).wrap());
            if !cx.planner.question.by_hand.is_empty() || !cx.planner.question.exclusive.is_empty() {
                let text = lang.pick("Ta bort allt bestämt för hand", "Take back all decided by hand");
                if ui.button(text).clicked() {
                    let mut question = cx.planner.question.clone();
                    question.by_hand.clear();
                    question.exclusive.clear();
                    actions.push(ask(question));
                }
            }
        }
        None => {}
    }
    if ui.button(lang.pick("Ändra roller i tabellen", "Change roles in the table")).clicked() {
        view.plan.tab = PlanTab::Roles;
        view.sheet.set_open(view.step, true);
    }
    let mut require_all = cx.planner.question.require_all;
    let text = lang.pick("Kräv att alla nås", "Everyone must be reached, or no plan");
    if ui.checkbox(&mut require_all, text).changed() {
        actions.push(ask(Question { require_all, ..cx.planner.question.clone() }));
    }
}
