//! What does the window remember of a crisis? Which scenario, hour and need are looked at, what plays, what is being asked.

use crate::app::outage::BestAsked;
use crate::app::work::crisis::HourOf;
use crate::model::ServiceKind;
use crate::model::outage::{HOURS, Need, Part};
use crate::outage::Case;

/// What is looked at in the step of the crisis.
#[derive(Debug, Clone)]
pub struct CrisisState {
    pub tab: CrisisTab,
    /// The scenario shown; the first of the project where none is chosen.
    pub chosen: Option<u32>,
    pub hour: usize,
    pub need: Need,
    pub case: Case,
    /// When the hour last moved by itself, seconds of the window; `None` while nothing plays.
    pub played_at: Option<f64>,
    pub shows_gaps: bool,
    /// The part of the chain that is chosen.
    pub part: Option<Part>,
    pub asked: BestAsked,
    /// Scenarios that the best places are looked for over; the one shown where none is ticked.
    pub over: Vec<u32>,
}

impl Default for CrisisState {
    fn default() -> Self {
        Self {
            tab: CrisisTab::default(),
            chosen: None,
            hour: 0,
            need: Need::Kind(ServiceKind::Grocery),
            case: Case::Worst,
            played_at: None,
            shows_gaps: true,
            part: None,
            asked: BestAsked::default(),
            over: Vec::new(),
        }
    }
}

impl CrisisState {
    #[must_use]
    pub const fn at(&self) -> HourOf {
        HourOf { need: self.need, hour: self.hour, case: self.case }
    }

    /// Moves the hour on where it plays; seconds until it moves next.
    pub fn play(&mut self, now: f64) -> Option<f64> {
        const SECONDS_AN_HOUR: f64 = 0.35;
        let last = self.played_at?;
        if now - last >= SECONDS_AN_HOUR {
            self.hour += 1;
            self.played_at = Some(now);
        }
        if self.hour >= HOURS - 1 {
            self.hour = HOURS - 1;
            self.played_at = None;
            return None;
        }
        Some(SECONDS_AN_HOUR)
    }
}

/// What the tables of the step show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CrisisTab {
    #[default]
    Curve,
    Clocks,
    Chain,
    Municipalities,
    Gaps,
    Fuel,
    Best,
    Scenarios,
    Assumptions,
}
