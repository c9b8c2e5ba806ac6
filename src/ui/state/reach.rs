//! What does the window remember of reach and roads? What of them the map shows, and what is asked of the roads.

use crate::scene::ways::{CriticalOrder, PiposTable};

/// What is looked at in the step of reach, and of the roads in every step.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a tick of its own")]
pub struct ReachState {
    pub shows_gaps: bool,
    pub shows_roads: bool,
    /// The reach along roads of what is chosen is asked for.
    pub shows_reach: bool,
    /// The line of the threshold in the histogram is being dragged.
    pub holds_threshold: bool,
    pub critical: CriticalState,
    /// The table of Pipos that is compared.
    pub pipos: Option<PiposTable>,
}

impl Default for ReachState {
    fn default() -> Self {
        Self {
            shows_gaps: true,
            shows_roads: true,
            shows_reach: false,
            holds_threshold: false,
            critical: CriticalState::default(),
            pipos: None,
        }
    }
}

/// The table of the most important roads.
#[derive(Debug, Clone)]
pub struct CriticalState {
    /// The stretch that is chosen.
    pub chosen: Option<u32>,
    pub order: CriticalOrder,
    /// Small roads are left out.
    pub is_large: bool,
}

impl Default for CriticalState {
    fn default() -> Self {
        Self { chosen: None, order: CriticalOrder::default(), is_large: true }
    }
}
