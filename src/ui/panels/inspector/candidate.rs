//! Could the chosen place host a SOT point? Its verdict, its rules, its facts, the people around it.

use crate::app::telling::glossary::Term;
use crate::ui::theme::Bold as _;
use egui::{RichText, Ui};

use super::common::{nearest, people_within};
use super::{facts, ranked, reserve};
use crate::app::command::Command;
use crate::app::telling::missing::missing_report;
use crate::lang::Said;
use crate::model::EvidenceKind;
use crate::siting::Candidate;
use crate::ui::action::Action;
use crate::ui::beside::compare_ui;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::DialogsState;
use crate::ui::theme;
use crate::ui::widgets::{heading, heading_with, icon_button, muted, term_figure};

/// Verdict, comparison, rules, facts, people.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    forms: &mut DialogsState,
    candidate: &Candidate,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    ui.separator();
    let verdict = candidate.verdict;
    ui.horizontal_wrapped(|ui| {
        let colour = theme::verdict_mark(verdict, cx.theme);
        ui.label(RichText::new(icons::of_verdict(verdict)).size(20.0).color(colour));
        ui.label(RichText::new(verdict.said(lang)).bold().size(15.0));
    });
    let mut is_chosen = cx.session.project().selected.contains(&candidate.site);
    if ui.checkbox(&mut is_chosen, lang.pick("Vald för export", "Chosen for export")).changed() {
        actions.push(Action::Edit(Command::Select { site: candidate.site.clone(), is_selected: is_chosen }));
    }
    compare_ui(ui, cx, &candidate.site, actions);
    reserve::show(ui, cx, forms, candidate);
    egui::CollapsingHeader::new(lang.pick("Vad saknas?", "What is missing?")).id_salt("missing").show(
        ui,
        |ui| {
            let report = missing_report(candidate, lang);
            ui.label(&report);
            if icon_button(ui, icons::COPY, lang.pick("Kopiera vad som saknas", "Copy what is missing"))
                .clicked()
            {
                actions.push(Action::Copy(report));
            }
        },
    );
    ranked::show(ui, cx, candidate);
    rules(ui, cx, candidate);
    facts::show(ui, cx, forms, candidate);
    heading(ui, lang.pick("Invånare", "People"));
    people_within(ui, cx, candidate.people_within);
    if let Some(people) = candidate.people_nearest {
        term_figure(
            ui,
            lang,
            Term::NearestFor,
            lang.pick("Butiken är närmast för", "Have the store as nearest"),
            &lang.people(people),
        );
    }
    term_figure(
        ui,
        lang,
        Term::GapPeople,
        lang.pick(
            "Får SOT-punkt inom gränsen med en punkt här",
            "Would get a SOT point within the threshold here",
        ),
        &candidate
            .gap_people
            .map_or_else(|| lang.pick("inget SOT-lager", "no SOT layer").into(), |p| lang.people(p)),
    );
    nearest(ui, cx, &candidate.nearest);
}

/// The rules of the minimum level: outcome, reason, evidence.
fn rules(ui: &mut Ui, cx: &Cx<'_>, candidate: &Candidate) {
    let lang = cx.lang;
    heading_with(
        ui,
        lang.pick("Lägstanivån, nio regler", "Minimum level, nine rules"),
        &Term::MinimumLevel.said(lang),
    );
    for rule in &candidate.rules {
        ui.horizontal_top(|ui| {
            let colour = theme::outcome_colour(rule.outcome, cx.theme);
            ui.label(RichText::new(icons::of_outcome(rule.outcome)).size(16.0).color(colour));
            ui.vertical(|ui| {
                let remark = if rule.has_remark { lang.pick(", anmärkning", ", remark") } else { "" };
                let text = format!(
                    "{} {}: {}{remark}",
                    rule.rule.id(),
                    rule.rule.said(lang),
                    rule.outcome.said(lang)
                );
                ui.label(text).on_hover_text(rule.rule.source_words());
                muted(ui, rule.why.said(lang));
                if rule.evidence.kind != EvidenceKind::None {
                    muted(ui, format!("({})", rule.evidence.said(lang)));
                }
            });
        });
    }
}
