//! What is a layer used as, and how does it look? A card for each, which opens.

use egui::Ui;

use super::card::{framed, head, troubles};
use super::report;
use super::role::role_choice;
use crate::app::command::Command;
use crate::lang::Said;
use crate::model::{Layer, LayerReport};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{PathField, PathUse, View};
use crate::ui::widgets::{icon_button, muted, sign_button};

/// A layer: what it is used as, how much of it, and all about it where it is open.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, layer: &Layer, actions: &mut Vec<Action>) {
    let is_open = view.data.open_layer == Some(layer.id);
    framed(ui, |ui| {
        let clicked = head(ui, cx, &layer.name, layer.is_visible, is_open);
        if clicked.eye {
            let is_visible = !layer.is_visible;
            actions.push(Action::Edit(Command::ShowLayer { layer: layer.id, is_visible }));
        }
        if clicked.title {
            view.data.open_layer = if is_open { None } else { Some(layer.id) };
        }
        let report = cx.results().and_then(|results| results.report(layer));
        ui.horizontal_wrapped(|ui| used(ui, cx, layer, report));
        if is_open {
            ui.separator();
            details(ui, cx, view, layer, report, actions);
        }
    });
}

/// What the layer is used as, and how many of its features.
fn used(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, report: Option<&LayerReport>) {
    let lang = cx.lang;
    muted(ui, layer.role.said(lang));
    let Some(report) = report else { return };
    let (used, read) = (lang.count(report.features_used), lang.count(report.features_in));
    muted(ui, say!(lang, "· {used} av {read} används", "· {used} of {read} used"));
    troubles(ui, cx, report.refused.len() as u64, report.remarks.len() as u64);
}

fn details(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    layer: &Layer,
    report: Option<&LayerReport>,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    role_choice(ui, cx, layer, actions);
    crs_choice(ui, cx, layer, actions);
    ui.horizontal(|ui| {
        let label = ui.label(lang.pick("Genomskinlighet", "Opacity"));
        let mut opacity = layer.opacity;
        let slider =
            ui.add(egui::Slider::new(&mut opacity, 0.1..=1.0).show_value(false)).labelled_by(label.id);
        if slider.changed() {
            actions.push(Action::EditBy(slider.id, Command::SetOpacity { layer: layer.id, opacity }));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if sign_button(ui, true, icons::UP, lang.pick("Flytta upp", "Move up")).clicked() {
            actions.push(Action::Edit(Command::ShiftLayer { layer: layer.id, up: true }));
        }
        if sign_button(ui, true, icons::DOWN, lang.pick("Flytta ner", "Move down")).clicked() {
            actions.push(Action::Edit(Command::ShiftLayer { layer: layer.id, up: false }));
        }
        if icon_button(ui, icons::DELETE, lang.pick("Ta bort lagret", "Remove layer")).clicked() {
            actions.push(Action::Edit(Command::RemoveLayer(layer.id)));
        }
        if icon_button(ui, icons::OPEN, lang.pick("Annan fil…", "Other file…")).clicked() {
            view.dialogs.path_field =
                Some(PathField { purpose: PathUse::Relink(layer.id), text: String::new() });
        }
    });
    let source = &layer.source;
    muted(ui, say!(lang, "Fil: {}", "File: {}", source.name()));
    if let Some(date) = &source.date {
        muted(ui, say!(lang, "Datum enligt filnamnet: {date}", "Date by the file name: {date}"));
    }
    let short = source.sha256.get(..16).unwrap_or_default();
    muted(ui, format!("{} · SHA-256 {short}…", source.crs.name()));
    if let Some(report) = report {
        report::show(ui, cx, report, actions);
    }
}

fn crs_choice(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, actions: &mut Vec<Action>) {
    let label = ui.label(cx.lang.pick("Koordinatsystem", "Coordinate system"));
    let assumed = if layer.source.crs_assumed { cx.lang.pick(" (antaget)", " (assumed)") } else { "" };
    egui::ComboBox::from_id_salt(("crs", layer.id.0))
        .selected_text(format!("{}{assumed}", layer.source.crs.name()))
        .width(220.0)
        .show_ui(ui, |ui| {
            for crs in crate::geometry::Crs::all() {
                if ui.selectable_label(crs == layer.source.crs, crs.name()).clicked()
                    && crs != layer.source.crs
                {
                    actions.push(Action::File(FileAction::ReadAgain(layer.id, crs)));
                }
            }
        })
        .response
        .labelled_by(label.id);
}
