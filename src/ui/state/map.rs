//! What does the window remember of the map? Camera, pointer, what is dragged, the picture asked for.

use std::path::PathBuf;

use walkers::MapMemory;

use crate::geometry::LonLat;
use crate::model::{ServiceKind, SiteId, TrialId};

/// The map, whatever step is open.
pub struct MapState {
    pub memory: MapMemory,
    /// Where the map was drawn, in points.
    pub rect: egui::Rect,
    pub goal: Option<Goal>,
    pub wants_overview: bool,
    /// What the map was last fitted to; `None` once the user has done something on it.
    pub fitted: Option<Fitted>,
    /// Where the legend stood in the last frame, seen from the map's lower left corner.
    pub legend: Option<egui::Rect>,
    /// Where the pointer is on the map.
    pub pointer: Option<LonLat>,
    /// What the context menu is about.
    pub menu_at: Option<LonLat>,
    pub drag: Option<Drag>,
    /// The map shall be saved here after the next frame.
    pub image: Option<PathBuf>,
    /// This frame becomes a picture: without buttons and messages.
    pub is_pictured: bool,
}

impl Default for MapState {
    fn default() -> Self {
        Self {
            memory: MapMemory::default(),
            rect: egui::Rect::NOTHING,
            goal: None,
            wants_overview: true,
            fitted: None,
            legend: None,
            pointer: None,
            menu_at: None,
            drag: None,
            image: None,
            is_pictured: false,
        }
    }
}

/// What the map was fitted to, and where its camera stood then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted {
    pub rect: egui::Rect,
    pub bounds: ([f64; 2], [f64; 2]),
    /// The room that the legend took, seen from the map's lower left corner.
    pub legend: Option<egui::Rect>,
    /// Longitude, latitude and zoom.
    pub camera: [f64; 3],
}

/// What a click on the map does.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum MapMode {
    #[default]
    Browse,
    PlaceTrial,
    AddService(ServiceKind),
    Move(SiteId),
    /// The next click closes the road there.
    CloseRoad,
    /// Clicks are the corners of an area that is closed.
    DrawClosure,
}

/// A trial point being dragged.
#[derive(Debug, Clone)]
pub struct Drag {
    pub trial: TrialId,
    pub place: LonLat,
}

/// Where the map shall go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    pub place: LonLat,
    /// Zoom in at least to this.
    pub zoom: Option<f64>,
}
