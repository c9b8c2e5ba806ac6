//! Which scenario is looked at, and in which colours is it told how places work? Map, panel and tables use the same.

use egui::Color32;

use super::context::Cx;
use super::state::View;
use crate::model::outage::OutageScenario;
use crate::outage::Level;

/// The scenario that is looked at.
#[must_use]
pub fn shown<'a>(cx: &Cx<'a>, view: &View) -> Option<&'a OutageScenario> {
    cx.session.project().outages.shown(view.crisis.chosen)
}

/// The colour of a place by how it works.
#[must_use]
pub const fn colour(level: Level) -> Color32 {
    match level {
        Level::Works => Color32::from_rgb(0x1b, 0x7f, 0x4d),
        Level::Limited => Color32::from_rgb(0x8f, 0x5f, 0x00),
        Level::Stopped => Color32::from_rgb(0x6b, 0x6f, 0x73),
    }
}
