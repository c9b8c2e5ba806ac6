//! Which tables stand below the map in the steps that look at what is?

mod areas;
mod gaps;
mod places;

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Drawer, View};
use crate::ui::table::{Tab, Tabs, wide};

/// The tables of the steps that look at what is.
const TABS: Tabs<Drawer> = Tabs {
    all: &[
        Tab { id: Drawer::Places, names: ["Platser", "Places"], draw: places::show },
        Tab {
            id: Drawer::Areas,
            names: ["Kommuner", "Municipalities"],
            draw: |ui, cx, view, results, actions| wide(ui, |ui| areas::show(ui, cx, view, results, actions)),
        },
        Tab {
            id: Drawer::Gaps,
            names: ["Luckor", "Gaps"],
            draw: |ui, cx, view, results, actions| wide(ui, |ui| gaps::show(ui, cx, view, results, actions)),
        },
        Tab {
            id: Drawer::Curve,
            names: ["Täckningskurva", "Coverage curve"],
            draw: |ui, cx, view, results, _| super::curve::show(ui, cx, view.kind, results),
        },
        Tab {
            id: Drawer::Critical,
            names: ["Viktigaste vägarna", "Critical roads"],
            draw: |ui, cx, view, _, actions| wide(ui, |ui| super::critical::show(ui, cx, view, actions)),
        },
        Tab {
            id: Drawer::Pipos,
            names: ["Jämfört med Pipos", "Compared with Pipos"],
            draw: |ui, cx, view, _, actions| {
                wide(ui, |ui| super::pipos::show(ui, cx, view.reach.pipos.as_ref(), actions));
            },
        },
    ],
    shown: |view| &mut view.drawer.tab,
    keeps_room: false,
};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
