//! What does the window remember of closed roads? The closure that is marked, and the area being drawn.

use crate::geometry::LonLat;

/// The list of closures, and what is being drawn.
#[derive(Debug, Clone, Default)]
pub struct ClosuresState {
    /// The closure that is marked in list and map.
    pub chosen: Option<u32>,
    /// The corners of an area being drawn.
    pub ring: Vec<LonLat>,
    /// The list opens in the next frame.
    pub opens: bool,
    /// The list scrolls to the chosen closure.
    pub scrolls: bool,
}

impl ClosuresState {
    /// Opens the list at a closure.
    pub fn show(&mut self, id: u32) {
        self.chosen = Some(id);
        self.opens = true;
        self.scrolls = true;
    }
}
