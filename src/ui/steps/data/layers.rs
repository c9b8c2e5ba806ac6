//! What is a layer used as, and how does it look? A card for each, which opens.

use egui::{Color32, Ui};

use super::card::{framed, head, troubles};
use super::report;
use crate::app::command::Command;
use crate::app::import;
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::{Feature, KindRule, Layer, LayerReport, Role, ServiceKind};
use crate::say;
use crate::scene::{box_around, colours, mercator};
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::role::role_choice;
use crate::ui::state::{Goal, PathField, PathUse, TableId, View};
use crate::ui::systems::{Picked, systems};
use crate::ui::theme;
use crate::ui::widgets::{icon_button, muted, sign_button};
use geo::BoundingRect;

/// A layer: what it is used as, how much of it, and all about it where it is open.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, layer: &Layer, actions: &mut Vec<Action>) {
    let is_open = view.data.open_layer == Some(layer.id);
    framed(ui, |ui| {
        let clicked = head(ui, cx, &layer.name, layer.is_visible, is_open, mark(cx, layer));
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
    if let Some(role) = role_choice(ui, lang, layer) {
        actions.push(Action::Edit(Command::SetRole(layer.id, role)));
    }
    crs_choice(ui, cx, layer, actions);
    ui.horizontal(|ui| {
        let label = ui.label(lang.pick("Genomskinlighet", "Transparency"));
        // What the name says grows to the right.
        let mut transparency = 1.0 - layer.opacity;
        let slider =
            ui.add(egui::Slider::new(&mut transparency, 0.0..=0.9).show_value(false)).labelled_by(label.id);
        if slider.changed() {
            let opacity = 1.0 - transparency;
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
        if icon_button(ui, icons::OVERVIEW, lang.pick("Zooma till lagret", "Zoom to layer")).clicked() {
            actions.extend(zoom_to(layer));
        }
        if icon_button(ui, icons::LAYERS, lang.pick("Attributtabell", "Attribute table")).clicked() {
            view.tables.features.layer = Some(layer.id);
            view.open_table(TableId::Features);
        }
        if let Some(file) = import::file_of(layer)
            && icon_button(ui, icons::CHECK, lang.pick("Hur filen läses…", "How the file is read…")).clicked()
        {
            actions.push(Action::File(FileAction::LookAt(file.to_owned(), Some(layer.id))));
        }
        if icon_button(ui, icons::OPEN, lang.pick("Ny leverans…", "New delivery…")).clicked() {
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
    let of_layer = layer.source.crs;
    let text = format!("{}{assumed}", of_layer.name());
    let (picked, response) = systems(ui, cx.lang, ("crs", layer.id.0), text, Some(of_layer), None);
    response.labelled_by(label.id);
    if let Some(Picked::System(crs)) = picked
        && crs != of_layer
    {
        actions.push(Action::File(FileAction::ReadAgain(layer.id, crs)));
    }
}

/// Shows everything of a layer.
fn zoom_to(layer: &Layer) -> Option<Action> {
    let corners = |feature: &Feature| match feature.shape.as_ref().and_then(|shape| shape.bounding_rect()) {
        Some(rect) => [rect.min(), rect.max()].map(|c| mercator(LonLat::new(c.x, c.y))),
        None => [mercator(feature.place); 2],
    };
    let bounds = box_around(layer.table.features.iter().flat_map(corners));
    let place = layer.table.features.first()?.place;
    Some(Action::Go(Goal { bounds, ..Goal::at(place, None) }))
}

/// The sign and colour by which the layer stands on the map.
fn mark(cx: &Cx<'_>, layer: &Layer) -> Option<(icons::Icon, Color32)> {
    match &layer.role {
        Role::Services(rule) => {
            let kind = match rule {
                KindRule::All(kinds) => kinds.iter().next()?,
                KindRule::EachItsOwn => return Some((icons::PLACES, theme::map_colours(cx.theme).label)),
            };
            Some((icons::of_kind(kind), theme::kind_mark(kind, cx.theme)))
        }
        Role::SotPlaces => {
            Some((icons::of_kind(ServiceKind::Sot), theme::kind_mark(ServiceKind::Sot, cx.theme)))
        }
        Role::Population { .. } => Some((icons::CELLS, theme::colour(colours::distance(cx.theme)[1]))),
        Role::Areas(_) => Some((icons::AREA, theme::map_colours(cx.theme).area_line)),
        Role::Context(_) => Some((icons::LAYERS, theme::map_colours(cx.theme).faint_label)),
    }
}
