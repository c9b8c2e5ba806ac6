//! How is a step of the work named? Its row, with all that belongs to it, stands in `ui::steps`.

/// The name of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepId(pub &'static str);

/// The steps that something else leads to.
impl StepId {
    pub const DATA: Self = Self("data");
    pub const REACH: Self = Self("reach");
    pub const COMPARE: Self = Self("compare");
    pub const FOLLOW: Self = Self("follow");
    pub const CRISIS: Self = Self("crisis");
}

impl Default for StepId {
    fn default() -> Self {
        Self::REACH
    }
}

/// What a step is about, for the map, the inspector and the work in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Gaps, walks over water, distances beside Pipos' own.
    Coverage,
    /// Stores stand on the map as candidates, with their verdict.
    Candidates,
    /// What each place has by the factors, and its rank.
    Ranking,
    /// What is written down of the way to a SOT point.
    Follow,
    /// An hour of a crisis colours the cells and says how places work.
    Crisis,
    /// The plan colours the cells and replaces other signs.
    Plan,
}
