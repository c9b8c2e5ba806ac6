//! What is remembered of the forms for paper? Which map pages are wanted, and what stands in the head of a report. It stays
//! while the window is open.

use crate::model::outage::Preset;
use crate::model::{AreaIx, SiteId};
use crate::report::{MapFormat, ReportFormat};
use crate::scene::paper::PaperSize;

/// Which pages of maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapView {
    /// What one sees now.
    #[default]
    Shown,
    Everything,
    /// One municipality.
    Area,
    EachArea,
    /// A page for each place that lies side by side.
    Compared,
}

/// Map pages being chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct MapForm {
    pub is_open: bool,
    pub view: MapView,
    /// The municipality of a page of its own.
    pub area: Option<AreaIx>,
    pub paper: PaperSize,
    pub is_lying: Option<bool>,
    pub format: MapFormat,
    /// A picture of the screen in the place of a page.
    pub is_screen: bool,
    pub dpi: u32,
    pub title: String,
}

impl Default for MapForm {
    fn default() -> Self {
        Self {
            is_open: false,
            view: MapView::default(),
            area: None,
            paper: PaperSize::default(),
            is_lying: None,
            format: MapFormat::default(),
            is_screen: false,
            dpi: 200,
            title: String::new(),
        }
    }
}

impl MapForm {
    /// What is written.
    #[must_use]
    pub const fn written(&self) -> MapFormat {
        if self.is_screen { MapFormat::Png } else { self.format }
    }
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportAbout {
    Place(SiteId),
    Compared,
    Plan(u32),
    /// A scenario of the project.
    Outage(u32),
    Preset(Preset),
    Area(AreaIx),
}

/// A report being described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportForm {
    pub is_open: bool,
    pub about: Option<ReportAbout>,
    pub format: ReportFormat,
    pub organisation: String,
    pub reference: String,
    pub author: String,
    pub date: String,
    pub proposal: String,
    /// The path of a picture.
    pub logo: String,
}
