//! Which roads are loaded, what became of every way, and does the network hang together?

use egui::{RichText, Ui};

use super::card::{framed, head, troubles};
use super::road_report;
use crate::app::command::Command;
use crate::app::notice::found_text;
use crate::app::streets;
use crate::lang::Said;
use crate::model::RoadLayer;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{PathField, PathUse, View};
use crate::ui::theme;
use crate::ui::widgets::{figure, heading, icon_button, muted, warning};
use crate::{say, say_many};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let roads = &cx.session.project().roads;
    found(ui, cx, actions);
    heading(ui, lang.pick("Vägar", "Roads"));
    if roads.is_empty() {
        muted(
            ui,
            lang.pick(
                "Med vägar mäts avstånd längs väg i stället för fågelvägen. OpenStreetMap-utdrag (.osm.pbf) eller linjer ur NVDB duger.",
                "With roads, distances follow the roads instead of a straight line. An OpenStreetMap extract (.osm.pbf) or lines of a road database will do.",
            ),
        );
    }
    if icon_button(ui, icons::REACH, &Simple::OpenRoads.said(lang)).clicked() {
        actions.push(Action::Do(Simple::OpenRoads));
    }
    for layer in roads {
        layer_ui(ui, cx, view, layer, actions);
    }
    network(ui, cx);
}

/// Services found in road files: offered, never added by themselves.
fn found(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let found = &cx.session.found;
    if found.is_empty() {
        return;
    }
    heading(ui, lang.pick("Hittat i vägfilen", "Found in the road file"));
    muted(
        ui,
        lang.pick(
            "OpenStreetMap-filen har också service. Lägg till det som inte redan är inläst.",
            "The OpenStreetMap file holds services too. Add what is not loaded already.",
        ),
    );
    for (at, file) in found.iter().enumerate() {
        let text = found_text(lang, &file.role, file.table.features.len());
        if icon_button(ui, icons::ADD, &say!(lang, "Lägg till {text}", "Add {text}")).clicked() {
            actions.push(Action::File(FileAction::AddFound(vec![at])));
        }
    }
    ui.horizontal_wrapped(|ui| {
        if found.len() > 1 && ui.button(lang.pick("Lägg till alla", "Add all")).clicked() {
            actions.push(Action::File(FileAction::AddFound((0..found.len()).collect())));
        }
        if ui.button(lang.pick("Behövs inte", "Not needed")).clicked() {
            actions.push(Action::File(FileAction::DropFound));
        }
    });
}

/// A road file: how much of it is used, and all about it where it is open.
fn layer_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, layer: &RoadLayer, actions: &mut Vec<Action>) {
    let is_open = view.data.open_roads == Some(layer.id);
    for text in layer.roads.report.warnings(cx.lang) {
        let name = &layer.name;
        warning(ui, cx.theme, format!("{name}: {text}"));
    }
    framed(ui, |ui| {
        let clicked = head(
            ui,
            cx,
            &layer.name,
            layer.is_visible,
            is_open,
            Some((icons::REACH, ui.visuals().weak_text_color())),
        );
        if clicked.eye {
            let is_visible = !layer.is_visible;
            actions.push(Action::Edit(Command::ShowRoads { id: layer.id, is_visible }));
        }
        if clicked.title {
            view.data.open_roads = if is_open { None } else { Some(layer.id) };
        }
        ui.horizontal_wrapped(|ui| used(ui, cx, layer));
        if is_open {
            ui.separator();
            details(ui, cx, view, layer, actions);
        }
    });
}

/// How many ways are used, refused, remarked on.
fn used(ui: &mut Ui, cx: &Cx<'_>, layer: &RoadLayer) {
    let (lang, report) = (cx.lang, &layer.roads.report);
    if layer.roads.is_empty() {
        let text = lang.pick("filen kunde inte läsas", "the file could not be read");
        ui.label(RichText::new(text).small().color(theme::error_colour(cx.theme)));
        return;
    }
    let used = lang.whole(report.ways_used);
    muted(
        ui,
        say_many!(
            lang,
            report.ways_used,
            "{used} väg används" | "{used} vägar används",
            "{used} road used" | "{used} roads used"
        ),
    );
    troubles(ui, cx, report.ways_refused.values().sum(), report.remarks.values().sum());
}

fn details(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, layer: &RoadLayer, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::DELETE, lang.pick("Ta bort vägarna", "Remove roads")).clicked() {
            let closures = cx.session.closures_made_on();
            actions.push(Action::Edit(Command::RemoveRoads { id: layer.id, closures }));
        }
        if icon_button(ui, icons::OPEN, lang.pick("Annan fil…", "Other file…")).clicked() {
            let purpose = PathUse::RelinkRoads(layer.id);
            view.dialogs.path_field = Some(PathField { purpose, text: String::new() });
        }
    });
    let source = &layer.source;
    muted(ui, say!(lang, "Fil: {}", "File: {}", source.name()));
    if let Some(date) = &source.date {
        muted(ui, say!(lang, "Datum enligt filnamnet: {date}", "Date by the file name: {date}"));
    }
    let short = source.sha256.get(..16).unwrap_or_default();
    muted(ui, format!("{} · SHA-256 {short}…", source.crs.name()));
    road_report::show(ui, lang, &layer.roads.report);
}

/// Does everything hang together? A large piece, and how many small ones beside it.
fn network(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(told) = cx.results().and_then(|results| streets::network_told(results, lang)) else { return };
    heading(ui, lang.pick("Vägnätet", "The network"));
    muted(ui, told.pieces);
    figure(ui, lang.pick("Korsningar", "Junctions"), &lang.count(told.junctions));
    figure(ui, lang.pick("Vägsträckor", "Stretches of road"), &lang.count(told.stretches));
    figure(
        ui,
        lang.pick("Svängförbud som följs", "Turn restrictions obeyed"),
        &lang.count(told.turns_obeyed),
    );
}
