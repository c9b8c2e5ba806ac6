//! Which scenario is looked at, and in which colours is it told how places work? Map, panel and tables use the same.

use egui::Color32;

use super::context::Cx;
use super::state::View;
use super::theme;
use crate::model::outage::OutageScenario;
use crate::outage::Level;
use crate::scene::colours;

/// The scenario that is looked at.
#[must_use]
pub fn shown<'a>(cx: &Cx<'a>, view: &View) -> Option<&'a OutageScenario> {
    cx.session.project().outages.shown(view.crisis.chosen)
}

/// The colour of a place by how it works.
#[must_use]
pub fn colour(level: Level) -> Color32 {
    theme::colour(colours::level(level))
}
