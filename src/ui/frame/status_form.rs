//! Which status does a place have from now on? Its date and its source are asked.

use egui::Ui;

use super::form_window;
use super::records::evidence_fields;
use crate::app::command::Command;
use crate::app::following::FollowChange;
use crate::lang::Said;
use crate::model::process::StatusSet;
use crate::model::{SiteId, SotStatus, is_evidence_date};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{StatusDraft, View};
use crate::ui::theme;
use crate::ui::widgets::{muted, primary_button};

pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(draft) = &mut view.dialogs.status else { return };
    let mut is_done = false;
    let title = say!(lang, "Status för {}", "Status of {}", draft.name);
    form_window(&title).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.horizontal_wrapped(|ui| {
            for status in SotStatus::ALL {
                if ui.selectable_label(draft.status == status, status.said(lang)).clicked() {
                    draft.status = status;
                }
            }
        });
        muted(ui, what_it_does(cx, draft.status));
        date(ui, cx, draft);
        favoured(ui, cx, draft);
        evidence_fields(ui, cx, &mut draft.evidence);
        ui.horizontal(|ui| {
            let is_ready = draft.when().is_some() && is_evidence_date(&draft.evidence.when);
            if primary_button(ui, is_ready, icons::DONE, lang.pick("Sätt status", "Set status")).clicked()
                && let Some(set) = set(draft)
            {
                let change = FollowChange::Status(Some(set));
                actions.push(Action::Edit(Command::Follow(draft.site.clone(), change)));
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done {
        view.dialogs.status = None;
    }
}

fn set(draft: &StatusDraft) -> Option<StatusSet> {
    let (date, evidence) = (draft.when()?, draft.evidence.evidence());
    Some(StatusSet { status: draft.status, date, in_favour_of: draft.in_favour_of.clone(), evidence })
}

/// What a status means for plans: it decides figures.
fn what_it_does(cx: &Cx<'_>, status: SotStatus) -> String {
    let lang = cx.lang;
    if status.is_serving() {
        lang.pick(
            "Platsen räknas som SOT-punkt i drift och är med i varje plan.",
            "The place counts as a SOT point that serves and is in every plan.",
        )
    } else if matches!(status, SotStatus::Paused | SotStatus::Closed) {
        lang.pick(
            "Platsen är inte med i någon plan, om den inte släpps för hand.",
            "The place is in no plan, unless it is released by hand.",
        )
    } else {
        lang.pick("Platsen kan vara med i en plan.", "The place can be in a plan.")
    }
    .into()
}

fn date(ui: &mut Ui, cx: &Cx<'_>, draft: &mut StatusDraft) {
    let lang = cx.lang;
    let label = ui.label(lang.pick("Statusens datum", "Date of the status"));
    ui.horizontal(|ui| {
        let hint = lang.pick("2024-Q2, 2024-05-31 …", "2024-Q2, 2024-05-31 …");
        let width = ui.available_width() - 110.0;
        let edit = egui::TextEdit::singleline(&mut draft.date).hint_text(hint).desired_width(width);
        ui.add(edit).labelled_by(label.id);
        if ui.button(lang.pick("I dag", "Today")).clicked() {
            cx.today.clone_into(&mut draft.date);
        }
    });
    if draft.when().is_none() && !draft.date.trim().is_empty() {
        let text = lang.pick(
            "Skriv år, kvartal (2024-Q2), månad eller dag.",
            "Write a year, a quarter (2024-Q2), a month or a day.",
        );
        ui.colored_label(theme::error_colour(cx.theme), text);
    }
}

/// The place that goes before this one.
fn favoured(ui: &mut Ui, cx: &Cx<'_>, draft: &mut StatusDraft) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let label = ui.label(lang.pick("Till förmån för", "In favour of"));
    let name = |site: &SiteId| {
        let sot = results.situation.sot_places.iter().find(|sot| sot.site == *site);
        sot.map(|sot| sot.name.clone())
            .or_else(|| cx.session.project().site_name(site))
            .unwrap_or_else(|| site.text())
    };
    let none = lang.pick("ingen annan plats", "no other place").to_owned();
    let shown = draft.in_favour_of.as_ref().map_or(none.clone(), name);
    let others = results.situation.sot_places.iter().filter(|sot| sot.site != draft.site);
    egui::ComboBox::from_id_salt("favoured")
        .selected_text(shown)
        .width(240.0)
        .show_ui(ui, |ui| {
            if ui.selectable_label(draft.in_favour_of.is_none(), none).clicked() {
                draft.in_favour_of = None;
            }
            for sot in others {
                let is_it = draft.in_favour_of.as_ref() == Some(&sot.site);
                if ui.selectable_label(is_it, &sot.name).clicked() {
                    draft.in_favour_of = Some(sot.site.clone());
                }
            }
        })
        .response
        .labelled_by(label.id);
}
