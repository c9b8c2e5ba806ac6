//! What does the window remember beside the project? Step, selection, camera, what is being typed.
//! None of it decides a number; none of it is undone. What one step alone looks at has a file of its own.

mod closures;
mod compare;
mod crisis;
mod data;
mod dialogs;
mod evidence;
mod follow;
mod import;
mod map;
mod paper;
mod places;
mod plan;
mod reach;
mod review;
mod selection;
mod sheet;
mod sizing;
mod step;
mod tables;

use std::sync::Arc;

use egui::Id;

pub use self::closures::ClosuresState;
pub use self::compare::{CompareState, CompareTab, FlagColumn};
pub use self::crisis::{CrisisState, CrisisTab};
pub use self::data::DataState;
pub use self::dialogs::{DialogsState, Draft, Leaving, NewService, PathField, PathUse};
pub use self::evidence::EvidenceDraft;
pub use self::follow::{FollowState, FollowTab, StatusDraft};
pub use self::import::{ImportState, ImportTab, JoinWhat};
pub use self::map::{Corner, Drag, Fitted, Goal, MapMode, MapState, Member, Members};
pub use self::paper::{MapForm, MapView, ReportAbout, ReportForm};
pub use self::places::PlacesState;
pub use self::plan::{PlanCells, PlanDraft, PlanPlot, PlanState, PlanTab};
pub use self::reach::{CriticalState, ReachState};
pub use self::review::{Deciding, DecidingOf};
pub use self::selection::Selection;
pub use self::sheet::{Height, SheetState, TableId};
pub use self::sizing::SizingForm;
pub use self::step::{Shown, StepId};
pub use self::tables::{AreasShown, FeaturesState, Sort, TablesState};
use crate::app::history::Gesture;
use crate::app::work::municipal;
use crate::geometry::LonLat;
use crate::model::{KindSet, Layer, Project, ServiceKind, SiteId, TrialId};
use crate::scene::classes::Colouring;
use crate::scene::ways::Wanted;

/// The window's memory: what all steps share, then what each of them looks at.
pub struct View {
    pub step: StepId,
    pub selection: Option<Selection>,
    /// What the pointer was on in the last frame: in map, table or chart, and marked in all of them.
    pub hover: Option<Selection>,
    pub mode: MapMode,
    /// The kind of service that is looked at.
    pub kind: ServiceKind,
    pub colouring: Colouring,
    /// The widget whose edits are one step, its gesture, and when it was last used.
    pub gesture: Option<(Id, Gesture, f64)>,
    pub map: MapState,
    pub sheet: SheetState,
    pub tables: TablesState,
    /// The municipality that everything is filtered to, by its name.
    pub area: Option<String>,
    /// What the pointer is on in this frame, for the next one.
    pub pointed: Option<Selection>,
    /// The panel of the step is folded to the rail.
    pub is_folded: bool,
    /// How wide the panel of the step and the inspector stood last.
    pub widths: [f32; 2],
    pub dialogs: DialogsState,
    pub data: DataState,
    pub import: ImportState,
    pub reach: ReachState,
    pub closures: ClosuresState,
    pub places: PlacesState,
    pub compare: CompareState,
    pub plan: PlanState,
    pub crisis: CrisisState,
    pub follow: FollowState,
}

impl Default for View {
    fn default() -> Self {
        Self {
            step: StepId::default(),
            selection: None,
            hover: None,
            mode: MapMode::default(),
            kind: ServiceKind::Grocery,
            colouring: Colouring::default(),
            gesture: None,
            map: MapState::default(),
            sheet: SheetState::default(),
            tables: TablesState::default(),
            area: None,
            pointed: None,
            is_folded: false,
            widths: [0.0; 2],
            dialogs: DialogsState::default(),
            data: DataState::default(),
            import: ImportState::default(),
            reach: ReachState::default(),
            closures: ClosuresState::default(),
            places: PlacesState::default(),
            compare: CompareState::default(),
            plan: PlanState::default(),
            crisis: CrisisState::default(),
            follow: FollowState::default(),
        }
    }
}

impl View {
    /// The kind as which a service is looked at: the one in question, else its first.
    #[must_use]
    pub fn kind_shown(&self, kinds: KindSet) -> Option<ServiceKind> {
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
            reach: site.filter(|_| self.reach.shows_reach).map(|site| (site, self.kind)),
            pipos: self.reach.pipos.as_ref().map(|table| (table, self.kind)),
            shows_pipos: self.shows_table(TableId::Pipos),
            measured: &self.map.measured,
        }
    }

    /// Where the trial point stands that is dragged or chosen.
    #[must_use]
    pub fn trial_place(&self, project: &Project) -> Option<LonLat> {
        if let Some(drag) = &self.map.drag {
            return Some(drag.place);
        }
        let Some(Selection::Site(SiteId::Trial(id))) = &self.selection else { return None };
        project.trials.iter().find(|trial| trial.id == *id).map(|trial| trial.place)
    }

    /// Where a trial point is dragged to now.
    #[must_use]
    pub fn dragged_to(&self, trial: TrialId) -> Option<LonLat> {
        self.map.drag.as_ref().filter(|drag| drag.trial == trial).map(|drag| drag.place)
    }

    /// Is this table seen?
    #[must_use]
    pub fn shows_table(&self, table: TableId) -> bool {
        self.sheet.tab == table && self.sheet.is_open(self.step)
    }

    /// What of municipalities and county is seen: the sheet of the one that is chosen, the county table.
    #[must_use]
    pub fn wanted_of_municipality<'a>(&'a self, today: &'a str) -> municipal::Wanted<'a> {
        let shows = |what| self.shows_table(TableId::Areas) && self.tables.areas == what;
        let is_followed = self.step == StepId::FOLLOW
            && self.follow.tab == FollowTab::Municipality
            && self.sheet.is_open(self.step);
        let is_sheet = shows(AreasShown::Sheet) || is_followed;
        let municipality = self.area.as_deref().filter(|_| is_sheet);
        municipal::Wanted { municipality, county: shows(AreasShown::County), today }
    }

    /// Lets go of everything that was about another project.
    pub fn forget_project(&mut self) {
        self.selection = None;
        self.hover = None;
        self.pointed = None;
        self.area = None;
        self.mode = MapMode::Browse;
        self.tables.features = FeaturesState::default();
        self.places.filter.clear();
        self.reach.pipos = None;
        self.crisis = CrisisState { need: self.crisis.need, ..CrisisState::default() };
        self.dialogs.fact = None;
        self.dialogs.new_service = None;
        self.dialogs.status = None;
        self.dialogs.sizing = None;
        self.map.forget_project();
    }

    /// The layer whose features are listed: the one chosen, else the topmost.
    #[must_use]
    pub fn features_layer<'a>(&self, project: &'a Project) -> Option<&'a Arc<Layer>> {
        let chosen = self.tables.features.layer.and_then(|id| project.layer(id));
        chosen.or_else(|| project.layers.last())
    }

    /// Opens a table in the step that is open.
    pub fn open_table(&mut self, table: TableId) {
        self.sheet.tab = table;
        self.sheet.set_open(self.step, true);
    }

    /// Is it the site that is chosen?
    #[must_use]
    pub fn selects(&self, site: &SiteId) -> bool {
        matches!(&self.selection, Some(Selection::Site(known)) if known == site)
    }

    /// What the cells are coloured by where no plan colours them; `is_planned` where a plan is looked at.
    #[must_use]
    pub fn colouring_shown(&self, is_planned: bool) -> Colouring {
        let is_people = is_planned && self.plan.cells == PlanCells::People;
        if is_people { Colouring::People } else { self.colouring }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_population_under_a_plan_is_shown_whatever_is_chosen_elsewhere_and_leaves_that_alone() {
        for colouring in [Colouring::Distance, Colouring::People, Colouring::Off] {
            let mut view = View { colouring, ..View::default() };
            view.plan.cells = PlanCells::People;
            assert_eq!((view.colouring_shown(true), view.colouring), (Colouring::People, colouring));
            assert_eq!(view.colouring_shown(false), colouring);
        }
    }
}
