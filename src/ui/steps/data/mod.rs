//! Step Data: which layers are there, what is each used as, and what became of every feature?

mod card;
pub mod held;
mod layers;
mod report;
mod review;
mod road_report;
mod roads;
mod unplaced;

use crate::ui::panels::tables;
use crate::ui::state::StepId;
use crate::ui::steps::row::Step;
use egui::Ui;

use crate::lang::{Lang, Said};
use crate::say_many;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{PathField, PathUse, View};
use crate::ui::widgets::{answer, heading, icon_button, muted, primary_button};

/// Its row.
pub const STEP: Step = Step {
    id: StepId::DATA,
    names: ["Data", "Data"],
    icon: icons::DATA,
    key: egui::Key::Num1,
    shown: &[],
    panel: show,
    tables: tables::show,
};

fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let project = cx.session.project();
    if project.layers.is_empty() {
        answer(ui, lang.pick("Här finns inga data ännu.", "There are no data here yet."));
        muted(
            ui,
            lang.pick(
                "Dra hit filer (GeoJSON, GeoPackage, CSV) med befolkning, butiker, drivmedel och kommuner, eller öppna dem.",
                "Drop files (GeoJSON, GeoPackage, CSV) with population, stores, fuel and municipalities here, or open them.",
            ),
        );
    } else {
        let count = project.layers.len();
        let layers = lang.count(count);
        let refused: usize = cx
            .results()
            .map_or(0, |results| results.situation.reports.values().map(|r| r.refused.len()).sum());
        let refused = lang.count(refused);
        answer(
            ui,
            &say_many!(
                lang,
                count,
                "{layers} lager är inläst, avvisade objekt: {refused}."
                    | "{layers} lager är inlästa, avvisade objekt: {refused}.",
                "{layers} layer is loaded, features refused: {refused}."
                    | "{layers} layers are loaded, features refused: {refused}."
            ),
        );
    }
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, true, icons::OPEN, &Simple::Open.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Open));
        }
        if icon_button(ui, icons::CHECK, &Simple::Import.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Import));
        }
        if project.layers.is_empty() && icon_button(ui, icons::LAYERS, &Simple::OpenDemo.said(lang)).clicked()
        {
            actions.push(Action::Do(Simple::OpenDemo));
        }
    });
    path_entry(ui, cx, view, actions);
    for asked in &cx.session.unplaced {
        unplaced::show(ui, cx, &mut view.data, asked, actions);
    }
    held::show(ui, cx, actions);
    roads::show(ui, cx, view, actions);
    if project.layers.is_empty() {
        return;
    }
    heading(ui, lang.pick("Lager, översta först", "Layers, topmost first"));
    let layers: Vec<_> = project.layers.iter().rev().cloned().collect();
    for layer in layers {
        layers::show(ui, cx, view, &layer, actions);
    }
    review::show(ui, cx, view);
    ui.add_space(6.0);
    incomplete(ui, lang);
}

/// What no register says of itself.
fn incomplete(ui: &mut Ui, lang: Lang) {
    muted(
        ui,
        lang.pick(
            "Register är ofullständiga. Kontrollera mot kommunens egen kunskap; lägg till det som saknas.",
            "Registers are incomplete. Check against the municipality's own knowledge; add what is missing.",
        ),
    );
}

/// A path typed by hand: always there, since a missing dialog looks like a cancel.
fn path_entry(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let mut text = match &view.dialogs.path_field {
        Some(PathField { purpose: PathUse::Open, text }) => text.clone(),
        _ => String::new(),
    };
    let label = muted(
        ui,
        lang.pick("… eller skriv sökvägen till en fil eller mapp", "… or write the path of a file or folder"),
    );
    ui.horizontal(|ui| {
        let width = ui.available_width() - 70.0;
        let field = ui.add(egui::TextEdit::singleline(&mut text).desired_width(width)).labelled_by(label.id);
        if field.changed() {
            view.dialogs.path_field = Some(PathField { purpose: PathUse::Open, text: text.clone() });
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let clicked = ui.button(lang.pick("Läs in", "Load")).clicked();
        if (entered || clicked) && !text.trim().is_empty() {
            // The path stays: what could not be read is corrected, not typed again.
            view.dialogs.path_field = Some(PathField { purpose: PathUse::Open, text: text.clone() });
            actions.push(Action::File(FileAction::Open(vec![text.trim().into()])));
            field.request_focus();
        }
    });
}
