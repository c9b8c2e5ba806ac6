//! What does the window remember of the tables below the map?

/// The tables below the map; those of comparing and planning are remembered with their steps.
#[derive(Debug, Clone)]
pub struct DrawerState {
    pub is_open: bool,
    pub tab: Drawer,
    /// Scroll the table to the selection.
    pub scrolls_to_selection: bool,
}

impl Default for DrawerState {
    fn default() -> Self {
        Self { is_open: true, tab: Drawer::default(), scrolls_to_selection: false }
    }
}

impl DrawerState {
    /// Is this table seen?
    #[must_use]
    pub fn shows(&self, tab: Drawer) -> bool {
        self.is_open && self.tab == tab
    }

    /// Opens a table.
    pub fn open(&mut self, tab: Drawer) {
        self.tab = tab;
        self.is_open = true;
    }
}

/// A table below the map.
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
