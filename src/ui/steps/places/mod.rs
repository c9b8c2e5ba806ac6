//! Step Places (Platser): which stores could host a SOT point, and what if one stood elsewhere?

use crate::app::telling::glossary::Term;
use crate::ui::panels::common::nothing_yet;
use crate::ui::panels::tables;
use crate::ui::state::{Shown, StepId};
use crate::ui::steps::row::Step;
use egui::Ui;

use crate::app::Results;
use crate::app::command::Command;
use crate::app::exports::Export;
use crate::app::telling::reaching;
use crate::lang::Said;
use crate::model::{ServiceKind, SiteId, SotPlace};
use crate::say;
use crate::siting::{Candidate, Verdict};
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, MapMode, Selection, View};
use crate::ui::theme;
use crate::ui::widgets::{answer, heading, heading_with, icon_button, muted, primary_button, text_button};

/// Its row.
pub const STEP: Step = Step {
    id: StepId("places"),
    names: ["Platser", "Places"],
    icon: icons::PLACES,
    key: egui::Key::Num3,
    shown: &[Shown::Candidates],
    panel: show,
    tables: tables::show,
};

fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return nothing_yet(ui, cx, actions) };
    let mine = |candidate: &&Candidate| cx.is_in_area(view, candidate.area);
    let of_mine: Vec<Verdict> =
        results.candidates.iter().filter(mine).map(|candidate| candidate.verdict).collect();
    let count = |verdict| of_mine.iter().filter(|known| **known == verdict).count();
    answer(ui, &reaching::minimum_level(results, lang));
    if let Some(area) = &view.area {
        let (n, of) = (lang.count(of_mine.len()), lang.count(results.candidates.len()));
        muted(
            ui,
            say!(lang, "Nedan bara {area}: {n} av {of} platser.", "Below {area} alone: {n} of {of} places."),
        );
    }
    sots(ui, cx, view, results, actions);
    chosen(ui, cx, actions);
    heading_with(ui, lang.pick("Bedömning", "Verdict"), &Term::Verdict.said(lang));
    for verdict in Verdict::ALL {
        let mut is_shown = !view.places.hidden_verdicts.contains(&verdict);
        let name = format!("{} ({})", verdict.said(lang), lang.count(count(verdict)));
        let changed = ui
            .horizontal(|ui| {
                let mark = egui::RichText::new(icons::of_verdict(verdict)).size(16.0);
                ui.label(mark.color(theme::verdict_mark(verdict, cx.theme)));
                ui.checkbox(&mut is_shown, name).changed()
            })
            .inner;
        if changed {
            if is_shown {
                view.places.hidden_verdicts.remove(&verdict);
            } else {
                view.places.hidden_verdicts.insert(verdict);
            }
        }
    }
    let label = ui.label(lang.pick("Filtrera på namn eller kommun", "Filter by name or municipality"));
    ui.add(egui::TextEdit::singleline(&mut view.places.filter).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    heading(ui, lang.pick("Rutorna visar", "The cells show"));
    crate::ui::panels::common::colouring_choice(ui, cx, &mut view.colouring);
    trials(ui, cx, view, actions);
    by_hand(ui, cx, view, actions);
}

/// The SOT places with their status: ticked, they are laid on the map with their names.
fn sots(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    const LISTED: usize = 12;
    let lang = cx.lang;
    let mine = |sot: &&SotPlace| {
        let host = cx.candidate(&sot.site);
        view.area.is_none() || host.is_some_and(|host| cx.is_in_area(view, host.area))
    };
    let listed: Vec<&SotPlace> = results.situation.sot_places.iter().filter(mine).collect();
    if listed.is_empty() {
        return;
    }
    heading(ui, lang.pick("SOT-platser", "SOT places"));
    for sot in listed.iter().take(LISTED) {
        ui.horizontal(|ui| {
            // What is chosen is the store that hosts it, as in the table.
            let site = cx.candidate(&sot.site).map_or(&sot.site, |candidate| &candidate.site);
            let mut is_chosen = cx.session.project().selected.contains(site);
            let tick = ui.checkbox(&mut is_chosen, "");
            let label = say!(lang, "Visa {} på kartan", "Show {} on the map", sot.name);
            tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_chosen, &label));
            if tick.on_hover_text(&label).changed() {
                let site = site.clone();
                actions.push(Action::Edit(Command::Select { site, is_selected: is_chosen }));
            }
            let selection = Selection::Site(sot.site.clone());
            let name = text_button(ui, &sot.name);
            if name.hovered() {
                view.pointed = Some(selection.clone());
            }
            if name.clicked() {
                actions.push(Action::SelectAndGo(selection, Goal::at(sot.place, None)));
            }
            muted(ui, sot.status.said(lang));
        });
    }
    if listed.len() > LISTED {
        let more = lang.count(listed.len() - LISTED);
        muted(ui, say!(lang, "… och {more} till i tabellen", "… and {more} more in the table"));
    }
}

fn trials(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    heading_with(ui, lang.pick("Testplatser", "Test sites"), &Term::TestSite.said(lang));
    muted(
        ui,
        lang.pick(
            "Prova var som helst: placera en testplats och dra den; siffrorna följer med.",
            "Try anywhere: place a test site and drag it; its figures follow.",
        ),
    );
    if view.mode == MapMode::PlaceTrial {
        ui.label(lang.pick(
            "Klicka på kartan där testplatsen ska ligga.",
            "Click on the map where the test site should be.",
        ));
    }
    if icon_button(ui, icons::TRIAL, &Simple::PlaceTrial.said(lang)).clicked() {
        actions.push(Action::Do(Simple::PlaceTrial));
    }
    for trial in cx.session.project().trials.iter() {
        let selection = Selection::Site(SiteId::Trial(trial.id));
        if ui.selectable_label(view.selection.as_ref() == Some(&selection), &trial.name).clicked() {
            actions.push(Action::SelectAndGo(selection, Goal::at(trial.place, Some(9.0))));
        }
    }
}

fn by_hand(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Saknas något i registren?", "Is something missing in the registers?"));
    if let MapMode::AddService(kind) = view.mode {
        let unit = kind.unit(lang);
        ui.label(say!(lang, "Klicka på kartan där {unit} ligger.", "Click on the map where the {unit} is."));
    }
    ui.horizontal_wrapped(|ui| {
        for kind in ServiceKind::added_by_hand() {
            let unit = kind.unit(lang);
            let text = say!(lang, "Lägg till {unit}", "Add {unit}");
            if icon_button(ui, icons::of_kind(kind), &text).clicked() {
                actions.push(Action::Mode(MapMode::AddService(kind)));
            }
        }
    });
}

fn chosen(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let count = cx.session.project().selected.len();
    let n = lang.count(count);
    heading(ui, &say!(lang, "Valda platser: {n}", "Chosen sites: {n}"));
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, count > 0, icons::EXPORT, &Simple::ExportSelected.said(lang)).clicked() {
            actions.push(Action::File(FileAction::AskExport(Export::Selected)));
        }
        if count > 0 && ui.button(lang.pick("Avmarkera alla", "Clear choice")).clicked() {
            actions.push(Action::Edit(Command::ClearSelection));
        }
    });
    muted(
        ui,
        lang.pick("Markera platser i tabellen under kartan.", "Tick sites in the table below the map."),
    );
}
