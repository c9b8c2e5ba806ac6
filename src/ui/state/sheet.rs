//! What does the window remember of the sheet of tables over the lower map? Which steps have it open, and how high.

use std::collections::BTreeMap;

use super::StepId;

/// The sheet of tables; each step has its own, closed at first. Which table is shown in comparing and planning is
/// remembered with those steps.
#[derive(Debug, Clone, Default)]
pub struct SheetState {
    of_step: BTreeMap<StepId, OfStep>,
    /// Of the steps that look at what is.
    pub tab: TableId,
    /// Its height while it is dragged, points.
    pub dragged: Option<f32>,
    /// Scroll the table to the selection.
    pub scrolls_to_selection: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct OfStep {
    is_open: bool,
    height: Height,
}

/// How much of the map the sheet covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Height {
    /// Three rows.
    Peek,
    #[default]
    Half,
    /// All but a strip of the map.
    Full,
}

impl Height {
    pub const ALL: [Self; 3] = [Self::Peek, Self::Half, Self::Full];

    /// In a room of so many points.
    #[must_use]
    pub fn points(self, room: f32) -> f32 {
        const PEEK: f32 = 146.0;
        match self {
            Self::Peek => PEEK.min(room * 0.6),
            Self::Half => (room * 0.5).max(PEEK.min(room * 0.6)),
            Self::Full => (room - 120.0).max(room * 0.6),
        }
    }

    /// The one nearest to so many points.
    #[must_use]
    pub fn nearest(points: f32, room: f32) -> Self {
        let apart = |height: &Self| (height.points(room) - points).abs();
        Self::ALL.into_iter().min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or_default()
    }

    #[must_use]
    pub const fn larger(self) -> Self {
        match self {
            Self::Peek => Self::Half,
            Self::Half | Self::Full => Self::Full,
        }
    }

    #[must_use]
    pub const fn smaller(self) -> Self {
        match self {
            Self::Full => Self::Half,
            Self::Half | Self::Peek => Self::Peek,
        }
    }
}

impl SheetState {
    #[must_use]
    pub fn is_open(&self, step: StepId) -> bool {
        self.of_step.get(&step).is_some_and(|of| of.is_open)
    }

    /// Opens or closes it in a step; its height stays as it was.
    pub fn set_open(&mut self, step: StepId, is_open: bool) {
        self.of_step.entry(step).or_default().is_open = is_open;
    }

    #[must_use]
    pub fn height(&self, step: StepId) -> Height {
        self.of_step.get(&step).map(|of| of.height).unwrap_or_default()
    }

    pub fn set_height(&mut self, step: StepId, height: Height) {
        self.of_step.entry(step).or_default().height = height;
    }
}

/// A table of the steps that look at what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableId {
    #[default]
    Places,
    Areas,
    Gaps,
    Curve,
    Critical,
    /// Our distances beside Pipos' own.
    Pipos,
    /// The features of a layer, as they are in the file.
    Features,
    /// What of the data has to be looked at.
    Findings,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_its_own_sheet_closed_at_first_and_its_height_is_remembered() {
        let mut sheet = SheetState::default();
        assert!(!sheet.is_open(StepId::DATA) && !sheet.is_open(StepId::REACH));
        sheet.set_open(StepId::DATA, true);
        sheet.set_height(StepId::DATA, Height::Peek);
        sheet.set_open(StepId::DATA, false);
        sheet.set_open(StepId::DATA, true);
        assert_eq!((sheet.height(StepId::DATA), sheet.height(StepId::REACH)), (Height::Peek, Height::Half));
        assert!(sheet.is_open(StepId::DATA) && !sheet.is_open(StepId::REACH));
    }

    #[test]
    fn a_sheet_let_go_takes_the_nearest_of_its_heights() {
        for room in [400.0, 640.0, 960.0] {
            for height in Height::ALL {
                assert_eq!(Height::nearest(height.points(room) + 7.0, room), height);
            }
        }
    }
}
