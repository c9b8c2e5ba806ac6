//! Which tables stand below the map in the steps that look at what is?

mod areas;
mod county;
mod features;
mod findings;
mod gaps;
mod places;
mod services;

use egui::Ui;

use crate::app::Results;
use crate::model::ServiceKind;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Shown, TableId, View};
use crate::ui::table::{Tab, Tabs, wide};

/// The tables of the steps that look at what is.
const TABS: Tabs<TableId> = Tabs {
    all: &[
        Tab { id: TableId::Places, names: ["Platser", "Places"], draw: of_kind },
        Tab { id: TableId::Areas, names: ["Kommuner", "Municipalities"], draw: areas::show },
        Tab {
            id: TableId::Gaps,
            names: ["Luckor", "Gaps"],
            draw: |ui, cx, view, results, actions| wide(ui, |ui| gaps::show(ui, cx, view, results, actions)),
        },
        Tab {
            id: TableId::Curve,
            names: ["Täckningskurva", "Coverage curve"],
            draw: |ui, cx, view, results, _| super::curve::show(ui, cx, view.kind, results),
        },
        Tab {
            id: TableId::Critical,
            names: ["Viktigaste vägarna", "Critical roads"],
            draw: |ui, cx, view, _, actions| wide(ui, |ui| super::critical::show(ui, cx, view, actions)),
        },
        Tab {
            id: TableId::Pipos,
            names: ["Jämfört med Pipos", "Compared with Pipos"],
            draw: |ui, cx, view, _, actions| {
                wide(ui, |ui| super::pipos::show(ui, cx, view.reach.pipos.as_ref(), actions));
            },
        },
        Tab { id: TableId::Features, names: ["Attribut", "Attributes"], draw: features::show },
        Tab {
            id: TableId::Findings,
            names: ["Granska", "Review"],
            draw: |ui, cx, view, results, actions| {
                wide(ui, |ui| findings::show(ui, cx, view, results, actions));
            },
        },
    ],
    shown: |view| &mut view.sheet.tab,
};

/// The places that could host a SOT point; in the step of reach, of another kind than stores, its services.
fn of_kind(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let is_about_places =
        cx.shows(Shown::Candidates) || matches!(view.kind, ServiceKind::Grocery | ServiceKind::Sot);
    if is_about_places {
        places::show(ui, cx, view, results, actions);
    } else {
        wide(ui, |ui| services::show(ui, cx, view, results, actions));
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
