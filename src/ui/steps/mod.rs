//! Which steps of the work are there? A folder each, with its row: name, sign and key, its panel and tables, and what it
//! is about.

mod compare;
mod crisis;
pub mod data;
mod follow;
mod places;
mod plan;
mod reach;
mod row;

pub use self::row::Step;
use super::state::StepId;

/// In the order of the work.
pub const STEPS: [&Step; 7] =
    [&data::STEP, &reach::STEP, &places::STEP, &compare::STEP, &plan::STEP, &follow::STEP, &crisis::STEP];

/// Has the step the tables that look at what is?
#[must_use]
pub fn with_tables_of_what_is(id: StepId) -> bool {
    [data::STEP.id, reach::STEP.id, places::STEP.id].contains(&id)
}

/// The row of a step.
#[must_use]
pub fn of(id: StepId) -> &'static Step {
    STEPS.into_iter().find(|step| step.id == id).unwrap_or(STEPS[0])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use egui::Key;

    use super::*;

    #[test]
    fn each_step_has_a_name_and_a_key_of_its_own_and_what_others_lead_to_is_there() {
        let ids: BTreeSet<&str> = STEPS.iter().map(|step| step.id.0).collect();
        let keys: BTreeSet<Key> = STEPS.iter().map(|step| step.key).collect();
        assert_eq!((ids.len(), keys.len()), (STEPS.len(), STEPS.len()));
        for led_to in [StepId::DATA, StepId::REACH, StepId::FOLLOW, StepId::default()] {
            assert!(ids.contains(led_to.0));
        }
    }
}
