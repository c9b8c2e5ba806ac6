//! What is every part of the map drawn with, in one frame?

use egui::Painter;

use super::camera::Camera;
use crate::scene::classes::CellClasses;
use crate::scene::plan::PlanDrawn;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::theme::MapColours;

/// What the cells and a plan look like; made beside the window.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    pub cells: Option<&'a CellClasses>,
    /// In the step that is about it, where it is of the results drawn.
    pub plan: Option<&'a PlanDrawn>,
}

/// The state, the camera and the colours of a frame.
pub struct Pen<'a> {
    pub painter: &'a Painter,
    pub cx: &'a Cx<'a>,
    pub view: &'a View,
    pub camera: &'a Camera,
    pub colours: MapColours,
    pub has_tiles: bool,
    pub drawn: Drawn<'a>,
}
