//! How far are the seven steps? Each a line with its state; opened, everything that is written down of it.

use egui::{CollapsingHeader, Ui};

use super::fields;
use super::pen::Pen;
use crate::app::following::{FollowChange, StepChange, day_of};
use crate::lang::Said;
use crate::model::process::{
    Check, CheckNote, CheckState, Follow, ProcessStep, StepNote, StepState, Timing, timing,
};
use crate::ui::context::Cx;
use crate::ui::widgets::{heading, muted};
use crate::{say, say_many};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Processens steg", "Steps of the process"));
    let nothing = StepNote::default();
    for (number, step) in (1..).zip(ProcessStep::ALL) {
        let of = noted.steps.get(&step).unwrap_or(&nothing);
        let name = step.said(lang);
        let owner = if of.owner.is_empty() { String::new() } else { format!(", {}", of.owner) };
        let title = format!("{number}. {name}: {}{owner}", of.state.said(lang));
        CollapsingHeader::new(title).id_salt(("step", step.id())).show(ui, |ui| {
            one(ui, cx, step, of, pen);
        });
    }
}

/// When it should be done, seen from today.
fn told(ui: &mut Ui, cx: &Cx<'_>, of: &StepNote) {
    let lang = cx.lang;
    let text = match timing(of, day_of(cx.today)) {
        Some(Timing::InMargin(days)) => say_many!(
            lang,
            days,
            "Datumet har passerat: {days} dag kvar av marginalen"
                | "Datumet har passerat: {days} dagar kvar av marginalen",
            "The date has passed: {days} day of the margin is left"
                | "The date has passed: {days} days of the margin are left"
        ),
        Some(Timing::Late(days)) => say_many!(
            lang,
            days,
            "{days} dag försenat, marginalen inräknad" | "{days} dagar försenat, marginalen inräknad",
            "{days} day late, margin counted" | "{days} days late, margin counted"
        ),
        Some(Timing::Ahead) | None => return,
    };
    muted(ui, text);
}

fn one(ui: &mut Ui, cx: &Cx<'_>, step: ProcessStep, of: &StepNote, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let name = step.said(lang);
    let label = |what: &str| format!("{name}: {what}");
    if let Some(state) = fields::one_of(ui, lang, &name, &StepState::ALL, Some(of.state)) {
        pen.write(FollowChange::Step(step, StepChange::State(state)));
    }
    for check in Check::of(step) {
        tick(ui, cx, step, of, check, pen);
    }
    let owner = lang.pick("Ansvarig", "Owner");
    if let Some((id, text)) = fields::text(ui, owner, &label(owner), &of.owner) {
        pen.write_by(id, FollowChange::Step(step, StepChange::Owner(text)));
    }
    let planned = lang.pick("Planerat klart", "Planned to be done");
    if let Some((id, when)) = fields::date(ui, cx, planned, &label(planned), of.planned) {
        pen.write_by(id, FollowChange::Step(step, StepChange::Planned(when)));
    }
    let margin = lang.pick("Marginal, veckor", "Margin, weeks");
    if let Some((id, weeks)) = fields::whole(ui, margin, &label(margin), of.margin_weeks) {
        pen.write_by(id, FollowChange::Step(step, StepChange::Margin(weeks)));
    }
    told(ui, cx, of);
    let done = lang.pick("Klart den", "Done on");
    if let Some((id, when)) = fields::date(ui, cx, done, &label(done), of.done) {
        pen.write_by(id, FollowChange::Step(step, StepChange::Done(when)));
    }
    let by = lang.pick("Hindras av", "Blocked by");
    if let Some((id, text)) = fields::text(ui, by, &label(by), &of.blocked_by) {
        pen.write_by(id, FollowChange::Step(step, StepChange::BlockedBy(text)));
    }
    waits_for(ui, cx, step, of, pen);
    let note = lang.pick("Anteckning", "Note");
    if let Some((id, text)) = fields::lines(ui, note, &label(note), &of.note) {
        pen.write_by(id, FollowChange::Step(step, StepChange::Note(text)));
    }
}

/// A check: ticked, or not needed; when it was done.
fn tick(ui: &mut Ui, cx: &Cx<'_>, step: ProcessStep, of: &StepNote, check: Check, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let known = of.checks.get(&check);
    let state = known.map_or(CheckState::Open, |known| known.state);
    let words = check.said(lang);
    ui.label(&words);
    let write = |state: CheckState, date| {
        let note = known.map(|known| known.note.clone()).unwrap_or_default();
        FollowChange::Step(step, StepChange::Check(check, CheckNote { state, date, note }))
    };
    if let Some(state) = fields::one_of(ui, lang, &words, &CheckState::ALL, Some(state)) {
        pen.write(write(state, known.and_then(|known| known.date)));
    }
    if state == CheckState::Done {
        let name = lang.pick("Datum", "Date");
        let date = known.and_then(|known| known.date);
        if let Some((id, date)) = fields::date(ui, cx, name, &format!("{words}: {name}"), date) {
            pen.write_by(id, write(state, date));
        }
    }
}

/// Another step that has to be over first.
fn waits_for(ui: &mut Ui, cx: &Cx<'_>, step: ProcessStep, of: &StepNote, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let name = lang.pick("Väntar på steget", "Waits for the step");
    ui.label(egui::RichText::new(name).small());
    let none = lang.pick("inget", "none").to_owned();
    let shown = of.waits_for.map_or(none.clone(), |other| other.said(lang));
    let label = say!(lang, "{}: väntar på steget", "{}: waits for the step", step.said(lang));
    let response =
        egui::ComboBox::from_id_salt(("waits", step.id())).selected_text(shown).show_ui(ui, |ui| {
            let others = ProcessStep::ALL.into_iter().filter(|other| *other != step);
            for other in std::iter::once(None).chain(others.map(Some)) {
                let words = other.map_or(none.clone(), |other| other.said(lang));
                if ui.selectable_label(of.waits_for == other, words).clicked() && of.waits_for != other {
                    pen.write(FollowChange::Step(step, StepChange::WaitsFor(other)));
                }
            }
        });
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label.clone()));
}
