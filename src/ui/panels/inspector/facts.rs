//! What is known of a place by register or by hand? Each fact with its evidence, and the pen to change it.

use egui::Ui;

use crate::lang::Said;
use crate::model::{AttributeDef, AttributeType, Factor, STORE_ATTRIBUTES};
use crate::say;
use crate::siting::{Candidate, Host, Rule, fact_of, recorded_at};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{DialogsState, Draft, EvidenceDraft};
use crate::ui::widgets::{figure, heading, muted, sign_button};

/// Attributes that rules and factors read; each can be filled in or corrected with evidence.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, forms: &mut DialogsState, candidate: &Candidate) {
    let lang = cx.lang;
    let is_of_factor =
        |def: &&AttributeDef| Factor::ALL.iter().any(|factor| factor.attribute() == Some(def.id));
    // Rules are about a store: without one there is nothing to fill in.
    if matches!(candidate.host, Host::Store(_)) {
        heading(ui, lang.pick("Uppgifter om butiken", "Facts about the store"));
        for def in STORE_ATTRIBUTES.iter().filter(|def| !is_of_factor(def)) {
            fact(ui, cx, forms, candidate, def);
        }
    }
    heading(ui, lang.pick("Platsens faktorer", "Factors of the place"));
    muted(
        ui,
        lang.pick(
            "Används när platser jämförs. Det som inte är ifyllt är en fråga, inte en nolla.",
            "Used when places are compared. What is not filled in is a question, not a zero.",
        ),
    );
    for def in STORE_ATTRIBUTES.iter().filter(is_of_factor) {
        fact(ui, cx, forms, candidate, def);
    }
}

fn fact(
    ui: &mut Ui,
    cx: &Cx<'_>,
    forms: &mut DialogsState,
    candidate: &Candidate,
    def: &'static AttributeDef,
) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let fact = fact_of(candidate, &results.situation, def.id);
    ui.horizontal(|ui| {
        let label = def.label(lang);
        if sign_button(ui, true, icons::EDIT, &say!(lang, "Ändra {label}", "Edit {label}")).clicked() {
            forms.fact = Some(Draft {
                site: recorded_at(candidate, &results.situation).clone(),
                attribute: def.id,
                value: fact.map(|fact| fact.value.to_text()).unwrap_or_default(),
                evidence: EvidenceDraft::of(cx.today),
                note: fact.map(|fact| fact.note.clone()).unwrap_or_default(),
            });
        }
        let value =
            fact.map_or_else(|| lang.pick("okänt", "unknown").into(), |fact| def.say(&fact.value, lang));
        let response = figure(ui, label, &value);
        if let Some(fact) = fact {
            response.on_hover_text(fact.evidence.said(lang));
        }
    });
    if let Some(fact) = fact.filter(|fact| !fact.note.is_empty()) {
        muted(ui, format!("”{}”", fact.note));
    }
}

/// Is a rule decided by an attribute? For the form's hint.
#[must_use]
pub fn rules_reading(attribute: &str) -> Vec<Rule> {
    Rule::ALL.into_iter().filter(|rule| rule.reads().contains(&attribute)).collect()
}

/// Does the attribute take one of few values?
#[must_use]
pub const fn choices(values: AttributeType) -> Option<&'static [(&'static str, &'static str, &'static str)]> {
    match values {
        AttributeType::Choice(choices) => Some(choices),
        AttributeType::YesNo => Some(&[("yes", "ja", "yes"), ("no", "nej", "no")]),
        AttributeType::Number(_) | AttributeType::Text => None,
    }
}
