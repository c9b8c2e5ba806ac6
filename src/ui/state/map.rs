//! What does the window remember of the map? Camera, pointer, what is dragged, the picture asked for.

use std::path::PathBuf;

use walkers::MapMemory;

use super::selection::Selection;
use crate::geometry::LonLat;
use crate::model::{ServiceKind, SiteId, TrialId};
use crate::scene::Mercator;
use crate::scene::classes::Scale;

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
    /// The points of what is being measured.
    pub measured: Vec<LonLat>,
    /// A place that was asked for by its coordinates, and how it was written.
    pub pin: Option<(LonLat, String)>,
    /// The members of a cluster that is open, and where it stands.
    pub members: Option<Members>,
    /// The class of cells that alone is lit, of the scale it is a class of.
    pub lit: Option<(Scale, u8)>,
    /// The same while a bar of it is pointed at, in this frame and in the last.
    pub pointed_class: [Option<u8>; 2],
    pub legend_corner: Corner,
    pub legend_is_small: bool,
    /// How far the legend is dragged from its corner.
    pub legend_drag: Option<egui::Vec2>,
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
            measured: Vec::new(),
            pin: None,
            members: None,
            lit: None,
            pointed_class: [None; 2],
            legend_corner: Corner::default(),
            legend_is_small: false,
            legend_drag: None,
            menu_at: None,
            drag: None,
            image: None,
            is_pictured: false,
        }
    }
}

impl MapState {
    /// Lets go of everything that was about another project, and shows all of the new one.
    pub fn forget_project(&mut self) {
        self.measured.clear();
        self.members = None;
        self.pin = None;
        self.lit = None;
        self.wants_overview = true;
    }
}

/// A corner of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Corner {
    #[default]
    LowerLeft,
    LowerRight,
    UpperLeft,
    UpperRight,
}

/// What stands behind one sign.
#[derive(Debug, Clone)]
pub struct Members {
    pub at: LonLat,
    pub all: Vec<Member>,
}

/// One thing behind a sign.
#[derive(Debug, Clone)]
pub struct Member {
    pub selection: Selection,
    pub title: String,
    pub icon: &'static str,
    pub place: LonLat,
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
    /// Clicks are the points between which is measured.
    Measure,
    /// The next click closes the road there.
    CloseRoad,
    /// Clicks are the corners of an area that is closed.
    DrawClosure,
    /// Clicks are the corners of an area of an outage scenario: which, and its place among the areas.
    DrawOutage(u32, usize),
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
    /// The corners of what shall be seen as a whole.
    pub bounds: Option<(Mercator, Mercator)>,
}

impl Goal {
    /// A place, zoomed in at least so far.
    #[must_use]
    pub const fn at(place: LonLat, zoom: Option<f64>) -> Self {
        Self { place, zoom, bounds: None }
    }
}
