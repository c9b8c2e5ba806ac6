//! What does the window remember beside the project? Step, selection, camera, what is being typed.
//! None of it decides a number; none of it is undone.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::Id;
use walkers::MapMemory;

use crate::app::history::Gesture;
use crate::app::session::Export;
use crate::geometry::LonLat;
use crate::model::{DemandOrigin, EvidenceKind, Factor, LayerId, Project, ServiceKind, SiteId, TrialId};
use crate::scene::classes::Colouring;
use crate::scene::ways::{CriticalOrder, PiposTable, Wanted};
use crate::siting::Verdict;

/// A step of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    Data,
    #[default]
    Reach,
    Places,
    Compare,
    Plan,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Data, Self::Reach, Self::Places, Self::Compare, Self::Plan];

    /// Do stores stand on the map as candidates, with their verdict?
    #[must_use]
    pub const fn shows_candidates(self) -> bool {
        matches!(self, Self::Places | Self::Compare)
    }
}

/// What the tables of the step of planning show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanTab {
    #[default]
    Chosen,
    Roles,
    Others,
    Curve,
    Order,
    Scenarios,
}

impl PlanTab {
    pub const ALL: [Self; 6] =
        [Self::Chosen, Self::Roles, Self::Others, Self::Curve, Self::Order, Self::Scenarios];
}

/// What the cells show in the step of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanCells {
    #[default]
    After,
    Before,
    Change,
    /// The population, whatever is chosen in the other steps.
    People,
}

/// Which curve is plotted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanPlot {
    /// The value of the objective by number of places.
    #[default]
    Value,
    /// People within the threshold by number of places.
    People,
    /// The worst way by number of places.
    Worst,
    /// People within the threshold against the worst way.
    Pareto,
}

impl PlanPlot {
    pub const ALL: [Self; 4] = [Self::Value, Self::People, Self::Worst, Self::Pareto];
}

/// What is being typed about plans.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDraft {
    /// The name under which an answer is saved.
    pub name: String,
    /// The scenario being renamed.
    pub rename: Option<(u32, String)>,
    /// A pair of places that shall exclude each other.
    pub pair: [Option<SiteId>; 2],
    /// The place wanted instead of the one given up.
    pub wanted: Option<SiteId>,
    pub given_up: Option<SiteId>,
    /// How much worse the next best may be, per cent.
    pub loss: f64,
    /// Two scenarios that are compared.
    pub compared: [Option<u32>; 2],
    pub filter: String,
}

impl Default for PlanDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            rename: None,
            pair: [None, None],
            wanted: None,
            given_up: None,
            loss: 2.0,
            compared: [None; 2],
            filter: String::new(),
        }
    }
}

/// What the step of comparing shows: the flags first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CompareTab {
    #[default]
    Flags,
    Ranking,
    Pairwise,
}

impl CompareTab {
    pub const ALL: [Self; 3] = [Self::Flags, Self::Ranking, Self::Pairwise];
}

/// A column of the table of flags that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlagColumn {
    Name,
    Area,
    Verdict,
    #[default]
    Flags,
    Questions,
    Factor(Factor),
}

/// What is chosen, the same in map, table and inspector.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    Cell(DemandOrigin),
    Site(SiteId),
    Area(LayerId, usize),
    /// A gap, named by its first cell.
    Gap(ServiceKind, DemandOrigin),
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

/// What the drawer below the map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawer {
    #[default]
    Places,
    Areas,
    Gaps,
    Curve,
    Critical,
    /// Our distances beside Pipos' own.
    Pipos,
}

impl Drawer {
    pub const ALL: [Self; 6] =
        [Self::Places, Self::Areas, Self::Gaps, Self::Curve, Self::Critical, Self::Pipos];
}

/// A column of the table of places that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaceColumn {
    Name,
    Area,
    Verdict,
    Gap,
    Near,
    Far,
    Nearest,
    /// People left without any store if it closes.
    Left,
    #[default]
    Extra,
    Fuel,
    Sot,
    Rescue,
}

/// What a path field is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathUse {
    Open,
    OpenRoads,
    /// A table of Pipos' own distances.
    ComparePipos,
    SaveProject,
    Export(Export),
    SaveMap,
    /// The new place of a layer's file.
    Relink(LayerId),
    /// The same of a road file.
    RelinkRoads(u32),
}

impl PathUse {
    /// Is a file written there?
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::SaveProject | Self::Export(_) | Self::SaveMap)
    }
}

/// A path being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct PathField {
    pub purpose: PathUse,
    pub text: String,
}

/// A fact being typed, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub site: SiteId,
    pub attribute: &'static str,
    pub value: String,
    pub kind: EvidenceKind,
    pub who: String,
    pub when: String,
    pub what: String,
    pub note: String,
}

/// A service being added by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct NewService {
    pub kind: ServiceKind,
    pub place: LonLat,
    pub name: String,
    pub evidence_kind: EvidenceKind,
    pub who: String,
    pub when: String,
    pub what: String,
    /// Set when an existing thing is moved instead of a new one added.
    pub moving: Option<SiteId>,
}

/// Where the map shall go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    pub place: LonLat,
    /// Zoom in at least to this.
    pub zoom: Option<f64>,
}

/// The window's memory.
#[expect(clippy::struct_excessive_bools, reason = "each is a window or a tick of its own")]
pub struct View {
    pub step: Step,
    pub kind: ServiceKind,
    pub colouring: Colouring,
    pub show_gaps: bool,
    pub show_roads: bool,
    /// The reach along roads of what is chosen is asked for.
    pub shows_reach: bool,
    /// The stretch chosen among the most important roads, their order, and whether small roads are left out.
    pub critical: Option<u32>,
    pub critical_order: CriticalOrder,
    pub critical_is_large: bool,
    /// The table that is compared.
    pub pipos: Option<PiposTable>,
    pub selection: Option<Selection>,
    pub hover: Option<Selection>,
    pub mode: MapMode,
    pub drag: Option<Drag>,
    pub map: MapMemory,
    pub goal: Option<Goal>,
    pub wants_overview: bool,
    /// Where the pointer is on the map.
    pub pointer: Option<LonLat>,
    /// What the context menu is about.
    pub menu_at: Option<LonLat>,
    pub drawer: Drawer,
    pub drawer_is_open: bool,
    pub sort: (PlaceColumn, bool),
    pub compare: CompareTab,
    /// The column of the table of flags, and whether the largest stand first.
    pub flag_sort: (FlagColumn, bool),
    /// The factor whose value function is open.
    pub open_factor: Option<Factor>,
    pub plan_tab: PlanTab,
    pub plan_cells: PlanCells,
    pub plan_lines: bool,
    pub plan_plot: PlanPlot,
    pub plan: PlanDraft,
    pub filter: String,
    pub hidden_verdicts: BTreeSet<Verdict>,
    pub open_layer: Option<LayerId>,
    /// The road file whose report is open.
    pub open_roads: Option<u32>,
    /// The closure that is marked, and the corners of one being drawn.
    pub closure: Option<u32>,
    pub ring: Vec<LonLat>,
    pub opens_closures: bool,
    pub scrolls_to_closure: bool,
    pub path_field: Option<PathField>,
    /// The file of the path field that exists, asked about before it is replaced.
    pub asks_to_replace: Option<std::path::PathBuf>,
    /// The system chosen for a file that waits for one.
    pub crs_of: std::collections::BTreeMap<std::path::PathBuf, crate::geometry::Crs>,
    pub draft: Option<Draft>,
    pub new_service: Option<NewService>,
    pub search: Option<String>,
    pub shows_settings: bool,
    pub shows_welcome: bool,
    pub asks_to_close: bool,
    pub closes_after_save: bool,
    pub swedish_csv: bool,
    /// The widget whose edits are one step, its gesture, and when it was last used.
    pub gesture: Option<(Id, Gesture, f64)>,
    /// The map shall be saved here after the next frame.
    pub map_image: Option<PathBuf>,
    /// Where the map was drawn, in points.
    pub map_rect: egui::Rect,
    /// Scroll the table to the selection.
    pub scroll_to_selection: bool,
    /// When each message that may go by itself was first seen; others stay until read.
    pub info_seen: Option<f64>,
    /// This frame becomes a picture: without buttons and messages.
    pub is_pictured: bool,
}

impl View {
    /// The kind as which a service is looked at: the one in question, else its first.
    #[must_use]
    pub fn kind_shown(&self, kinds: crate::model::KindSet) -> Option<ServiceKind> {
        if kinds.contains(self.kind) { Some(self.kind) } else { kinds.iter().next() }
    }

    /// What is asked of the roads: routes of the chosen cell, reach of the chosen site, a table to compare with.
    #[must_use]
    pub fn wanted_of_roads(&self) -> Wanted<'_> {
        let (routes, site) = match &self.selection {
            Some(Selection::Cell(origin)) => (Some((*origin, self.kind)), None),
            Some(Selection::Site(site)) => (None, Some(site)),
            _ => (None, None),
        };
        Wanted {
            routes,
            reach: site.filter(|_| self.shows_reach).map(|site| (site, self.kind)),
            pipos: self.pipos.as_ref().map(|table| (table, self.kind)),
            shows_pipos: self.drawer == Drawer::Pipos && self.drawer_is_open,
        }
    }

    /// Where the trial point stands that is dragged or chosen.
    #[must_use]
    pub fn trial_place(&self, project: &Project) -> Option<LonLat> {
        if let Some(drag) = &self.drag {
            return Some(drag.place);
        }
        let Some(Selection::Site(SiteId::Trial(id))) = &self.selection else { return None };
        project.trials.iter().find(|trial| trial.id == *id).map(|trial| trial.place)
    }

    /// Is it the site that is chosen?
    #[must_use]
    pub fn selects(&self, site: &SiteId) -> bool {
        matches!(&self.selection, Some(Selection::Site(known)) if known == site)
    }

    /// What the cells are coloured by where no plan colours them; `is_planned` where one is shown.
    #[must_use]
    pub fn colouring_shown(&self, is_planned: bool) -> Colouring {
        let is_people = is_planned && self.step == Step::Plan && self.plan_cells == PlanCells::People;
        if is_people { Colouring::People } else { self.colouring }
    }
}

impl Default for View {
    fn default() -> Self {
        Self {
            step: Step::default(),
            kind: ServiceKind::Grocery,
            colouring: Colouring::default(),
            show_gaps: true,
            show_roads: true,
            shows_reach: false,
            critical: None,
            critical_order: CriticalOrder::default(),
            critical_is_large: true,
            pipos: None,
            selection: None,
            hover: None,
            mode: MapMode::default(),
            drag: None,
            map: MapMemory::default(),
            goal: None,
            wants_overview: true,
            pointer: None,
            menu_at: None,
            drawer: Drawer::default(),
            drawer_is_open: true,
            sort: (PlaceColumn::Extra, true),
            compare: CompareTab::default(),
            flag_sort: (FlagColumn::default(), true),
            open_factor: None,
            plan_tab: PlanTab::default(),
            plan_cells: PlanCells::default(),
            plan_lines: true,
            plan_plot: PlanPlot::default(),
            plan: PlanDraft::default(),
            filter: String::new(),
            hidden_verdicts: BTreeSet::new(),
            open_layer: None,
            open_roads: None,
            closure: None,
            ring: Vec::new(),
            opens_closures: false,
            scrolls_to_closure: false,
            path_field: None,
            asks_to_replace: None,
            crs_of: std::collections::BTreeMap::new(),
            draft: None,
            new_service: None,
            search: None,
            shows_settings: false,
            shows_welcome: false,
            asks_to_close: false,
            closes_after_save: false,
            swedish_csv: true,
            gesture: None,
            map_image: None,
            map_rect: egui::Rect::NOTHING,
            scroll_to_selection: false,
            info_seen: None,
            is_pictured: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_population_under_a_plan_is_shown_whatever_is_chosen_elsewhere_and_leaves_that_alone() {
        for colouring in [Colouring::Distance, Colouring::People, Colouring::Off] {
            let mut view = View { colouring, plan_cells: PlanCells::People, ..View::default() };
            assert_eq!(view.colouring_shown(true), colouring);
            view.step = Step::Plan;
            assert_eq!((view.colouring_shown(true), view.colouring), (Colouring::People, colouring));
            assert_eq!(view.colouring_shown(false), colouring);
        }
    }
}
