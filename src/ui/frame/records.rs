//! What does somebody know that no register says? A fact or a service, with the evidence for it.

use egui::Ui;

use super::form_window;
use crate::app::command::{Change, Command};
use crate::lang::{Lang, Said};
use crate::model::{
    AddedService, AttributeDef, EvidenceKind, Fact, Factor, SiteId, attribute, is_evidence_date,
};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::inspector::facts::{choices, rules_reading};
use crate::ui::state::{EvidenceDraft, Selection, View};
use crate::ui::theme;
use crate::ui::widgets::muted;

/// A fact and its evidence.
pub fn fact(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(draft) = &mut view.dialogs.fact else { return };
    let Some(def) = attribute(draft.attribute) else { return };
    let mut is_done = false;
    form_window(def.label(lang)).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        for rule in rules_reading(def.id) {
            muted(ui, format!("{} {} – ”{}”", rule.id(), rule.said(lang), rule.source_words()));
        }
        for factor in Factor::ALL.into_iter().filter(|factor| factor.attribute() == Some(def.id)) {
            muted(ui, factor.meaning(lang));
        }
        value_field(ui, lang, def, &mut draft.value);
        evidence_fields(ui, cx, &mut draft.evidence);
        let label = ui.label(lang.pick("Anteckning", "Note"));
        let note = egui::TextEdit::multiline(&mut draft.note).desired_rows(2).desired_width(f32::INFINITY);
        ui.add(note).labelled_by(label.id);
        let value = def.parse(&draft.value);
        if value.is_none() && !draft.value.trim().is_empty() {
            let text = lang.pick("Värdet går inte att tolka.", "The value cannot be read.");
            ui.colored_label(theme::error_colour(cx.theme), text);
        }
        ui.horizontal(|ui| {
            let ok = ui.add_enabled(
                value.is_some() && is_evidence_date(&draft.evidence.when),
                egui::Button::new(lang.pick("Spara uppgiften", "Save the fact")),
            );
            if ok.clicked()
                && let Some(value) = value
            {
                let evidence = draft.evidence.evidence();
                let change = Change::Fact(
                    def.id.to_owned(),
                    Some(Fact { value, evidence, note: draft.note.trim().into() }),
                );
                actions.push(Action::Edit(Command::Amend(draft.site.clone(), change)));
                is_done = true;
            }
            if ui.button(lang.pick("Ta bort uppgiften", "Remove the fact")).clicked() {
                let change = Change::Fact(def.id.to_owned(), None);
                actions.push(Action::Edit(Command::Amend(draft.site.clone(), change)));
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done {
        view.dialogs.fact = None;
    }
}

/// One of the values that the attribute can have, or a text.
fn value_field(ui: &mut Ui, lang: Lang, def: &AttributeDef, value: &mut String) {
    if let Some(choices) = choices(def.values) {
        ui.horizontal_wrapped(|ui| {
            for (id, sv, en) in choices {
                if ui.selectable_label(value == id, lang.pick(sv, en)).clicked() {
                    (*id).clone_into(value);
                }
            }
        });
    } else {
        let label = ui.label(lang.pick("Värde", "Value"));
        ui.add(egui::TextEdit::singleline(value).desired_width(f32::INFINITY)).labelled_by(label.id);
    }
}

/// A service that a hand adds or moves.
pub fn new_service(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(form) = &mut view.dialogs.new_service else { return };
    let title = if form.moving.is_some() {
        lang.pick("Flytta hit", "Move here").to_owned()
    } else {
        let unit = form.kind.unit(lang);
        say!(lang, "Lägg till {unit}", "Add {unit}")
    };
    let mut is_done = false;
    form_window(&title).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        let place = format!("{:.5}, {:.5}", form.place.lon, form.place.lat);
        muted(ui, say!(lang, "Läge: {place}", "Position: {place}"));
        if form.moving.is_none() {
            let label = ui.label(lang.pick("Namn", "Name"));
            let text = egui::TextEdit::singleline(&mut form.name).desired_width(f32::INFINITY);
            let field = ui.add(text).labelled_by(label.id);
            if form.name.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
        }
        evidence_fields(ui, cx, &mut form.evidence);
        ui.horizontal(|ui| {
            let is_ready = form.moving.is_some() || !form.name.trim().is_empty();
            let is_ready = is_ready && is_evidence_date(&form.evidence.when);
            let ok = ui.add_enabled(is_ready, egui::Button::new(lang.pick("Spara", "Save")));
            if ok.clicked() {
                let evidence = form.evidence.evidence();
                if let Some(site) = &form.moving {
                    actions.push(Action::Edit(Command::Amend(
                        site.clone(),
                        Change::Place(form.place, evidence),
                    )));
                } else {
                    let id = cx.session.project().next_added_id();
                    actions.push(Action::Edit(Command::AddService(AddedService {
                        id,
                        name: form.name.trim().to_owned(),
                        kinds: form.kind.into(),
                        place: form.place,
                        facts: std::collections::BTreeMap::new(),
                        evidence,
                    })));
                    actions.push(Action::Select(Some(Selection::Site(SiteId::Added(id)))));
                }
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done {
        view.dialogs.new_service = None;
    }
}

/// Who says it, when, and on what ground.
pub(super) fn evidence_fields(ui: &mut Ui, cx: &Cx<'_>, draft: &mut EvidenceDraft) {
    let EvidenceDraft { kind, who, when, what } = draft;
    let lang = cx.lang;
    ui.separator();
    ui.label(lang.pick("Hur vet vi det?", "How do we know?"));
    ui.horizontal_wrapped(|ui| {
        for choice in EvidenceKind::BY_HAND {
            if ui.selectable_label(*kind == choice, choice.said(lang)).clicked() {
                *kind = choice;
            }
        }
    });
    // Often somebody else than the user says so: nobody is filled in, oneself is one click away.
    let label = ui.label(lang.pick("Vem säger det?", "Who says so?"));
    ui.horizontal(|ui| {
        let own = cx.settings.user.trim();
        let me = if own.is_empty() { String::new() } else { say!(lang, "Jag ({own})", "I do ({own})") };
        let width = if me.is_empty() { f32::INFINITY } else { ui.available_width() - 130.0 };
        ui.add(egui::TextEdit::singleline(who).desired_width(width)).labelled_by(label.id);
        if !me.is_empty() && ui.add(egui::Button::new(me).truncate()).clicked() {
            own.clone_into(who);
        }
    });
    let label = ui.label(lang.pick("När? (ÅÅÅÅ-MM-DD)", "When? (YYYY-MM-DD)"));
    ui.add(egui::TextEdit::singleline(when).desired_width(f32::INFINITY)).labelled_by(label.id);
    if !is_evidence_date(when) {
        let text = lang.pick(
            "Skriv ett datum: ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ. Annat skrivs i fältet nedanför.",
            "Write a date: YYYY-MM-DD, YYYY-MM or YYYY. Anything else goes into the field below.",
        );
        ui.add(egui::Label::new(egui::RichText::new(text).color(theme::error_colour(cx.theme))).wrap());
    }
    let label = ui.label(lang.pick("Vad bygger det på?", "What does it rest on?"));
    ui.add(egui::TextEdit::singleline(what).desired_width(f32::INFINITY)).labelled_by(label.id);
}
