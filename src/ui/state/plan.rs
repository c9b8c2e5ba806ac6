//! What does the window remember of planning? The table and curve shown, what the cells show, what is being typed.

use crate::model::SiteId;
use crate::scene::plan::PlanShows;

/// What is looked at in the step of planning.
#[derive(Debug, Clone)]
pub struct PlanState {
    pub tab: PlanTab,
    pub cells: PlanCells,
    /// Lines on the map say who goes where.
    pub shows_lines: bool,
    pub plot: PlanPlot,
    pub draft: PlanDraft,
}

impl Default for PlanState {
    fn default() -> Self {
        Self {
            tab: PlanTab::default(),
            cells: PlanCells::default(),
            shows_lines: true,
            plot: PlanPlot::default(),
            draft: PlanDraft::default(),
        }
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

impl PlanCells {
    #[must_use]
    pub const fn shows(self) -> PlanShows {
        match self {
            Self::After => PlanShows::After,
            Self::Before => PlanShows::Before,
            Self::Change => PlanShows::Change,
            Self::People => PlanShows::People,
        }
    }
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
