//! What every panel reads to draw itself. Nothing in it can be changed by a panel.

use std::sync::Arc;

use super::simple::Simple;
use super::state::{Shown, View};
use crate::analysis::AreaRow;
use crate::app::Results;
use crate::app::session::Session;
use crate::app::settings::{Settings, Theme};
use crate::app::work::crisis::CrisisWork;
use crate::app::work::listing::Listing;
use crate::app::work::municipal::Municipal;
use crate::app::work::planner::Planner;
use crate::app::work::ranked::Ranked;
use crate::app::work::trial::TrialFigures;
use crate::geometry::LonLat;
use crate::lang::Lang;
use crate::model::{Area, AreaIx, DemandOrigin, Layer, Service, ServiceIx, SiteId, SotPlace};
use crate::scene::Scene;
use crate::scene::beside::Beside;
use crate::scene::crisis::HourDrawn;
use crate::scene::ways::Ways;
use crate::siting::Candidate;

/// The state of the program, for one frame.
pub struct Cx<'a> {
    pub session: &'a Session,
    pub settings: &'a Settings,
    pub scene: Option<&'a Scene>,
    pub ways: &'a Ways,
    pub ranked: &'a Ranked,
    pub planner: &'a Planner,
    pub crisis: &'a CrisisWork,
    /// The hour of a crisis that is drawn, in the step that is about it.
    pub hour: Option<&'a HourDrawn>,
    pub trial: &'a TrialFigures,
    /// What lies side by side.
    pub beside: &'a Beside,
    /// The sheet of the municipality that is looked at, and the county table.
    pub municipal: &'a Municipal,
    /// The features of the layer whose table is open.
    pub listing: &'a Listing,
    /// Pages or a report are being written.
    pub is_writing: bool,
    /// The map that is built in is ready to be drawn.
    pub has_ground: bool,
    pub lang: Lang,
    pub theme: Theme,
    /// `YYYY-MM-DD`, for new evidence.
    pub today: &'a str,
    /// What the step is about.
    pub shown: &'static [Shown],
}

impl<'a> Cx<'a> {
    /// Is the step about this?
    #[must_use]
    pub fn shows(&self, what: Shown) -> bool {
        self.shown.contains(&what)
    }

    #[must_use]
    pub fn results(&self) -> Option<&'a Results> {
        self.session.results.as_deref()
    }

    /// Does the picture say what the project says, and is nothing being written of it? Only then can it leave.
    #[must_use]
    pub fn is_drawn_now(&self) -> bool {
        let is_of =
            |scene: &Scene| self.results().is_some_and(|own| std::ptr::eq(own, &raw const *scene.results));
        self.session.is_current() && self.scene.is_some_and(is_of) && !self.is_writing
    }

    /// Can the action do anything now?
    #[must_use]
    pub fn can(&self, action: Simple) -> bool {
        match action {
            Simple::Undo => self.session.history().undo_command().is_some(),
            Simple::Redo => self.session.history().redo_command().is_some(),
            Simple::ExportSelected
            | Simple::Overview
            | Simple::SaveMap
            | Simple::Report
            | Simple::ComparePipos => self.session.results.is_some(),
            Simple::Save | Simple::SaveAs => !self.session.project().is_empty(),
            Simple::CloseRoad | Simple::DrawClosure => !self.session.project().roads.is_empty(),
            _ => true,
        }
    }

    /// Is what lies in this area looked at, while one municipality is chosen?
    #[must_use]
    pub fn is_in_area(&self, view: &View, area: Option<AreaIx>) -> bool {
        let Some(wanted) = &view.area else { return true };
        self.results().and_then(|results| results.situation.area_name(area)) == Some(wanted.as_str())
    }

    /// The municipality that everything is filtered to.
    #[must_use]
    pub fn area_chosen(&self, view: &View) -> Option<&'a AreaRow> {
        let (wanted, results) = view.area.as_ref().zip(self.results())?;
        let is_it = |row: &&AreaRow| results.situation.area_name(row.area) == Some(wanted.as_str());
        results.areas.iter().find(|row| row.area.is_some() && is_it(row))
    }

    /// The layer whose features are listed: the one chosen, else the topmost.
    #[must_use]
    pub fn features_layer(&self, view: &View) -> Option<Arc<Layer>> {
        view.features_layer(self.session.project()).cloned()
    }

    /// A place inside an area.
    #[must_use]
    pub fn place_of_area(&self, area: &Area) -> Option<LonLat> {
        let layer = self.results()?.project.layer(area.layer)?;
        Some(layer.table.features.get(area.feature_ix)?.place)
    }

    /// The position of a cell in the demand.
    #[must_use]
    pub fn cell(&self, origin: DemandOrigin) -> Option<usize> {
        let origins = &self.results()?.situation.demand.origins;
        origins.iter().position(|known| *known == origin)
    }

    #[must_use]
    pub fn service(&self, site: &SiteId) -> Option<(ServiceIx, &'a Service)> {
        let services = &self.results()?.situation.services;
        let at = services.iter().position(|service| service.site == *site)?;
        Some((ServiceIx(u32::try_from(at).ok()?), &services[at]))
    }

    #[must_use]
    pub fn sot(&self, site: &SiteId) -> Option<&'a SotPlace> {
        self.results()?.situation.sot_places.iter().find(|sot| sot.site == *site)
    }

    /// The candidate that is the site, or that hosts it.
    #[must_use]
    pub fn candidate(&self, site: &SiteId) -> Option<&'a Candidate> {
        let results = self.results()?;
        results.candidates.iter().find(|candidate| candidate.site == *site).or_else(|| {
            let at = results.situation.sot_places.iter().position(|sot| sot.site == *site)?;
            results.candidates.iter().find(|candidate| candidate.sot == Some(at))
        })
    }

    /// Where a site lies.
    #[must_use]
    pub fn place_of(&self, site: &SiteId) -> Option<LonLat> {
        if let SiteId::Trial(id) = site {
            return self
                .session
                .project()
                .trials
                .iter()
                .find(|trial| trial.id == *id)
                .map(|trial| trial.place);
        }
        self.sot(site).map(|sot| sot.place).or_else(|| self.service(site).map(|(_, service)| service.place))
    }
}
