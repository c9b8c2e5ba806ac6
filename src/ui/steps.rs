//! Which steps of the work are there? One row each: name, sign and key, its panel and tables, and what it is about.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::action::Action;
use super::context::Cx;
use super::icons::{self, Icon};
use super::panels::{compare, data, drawer, places, plan, reach};
use super::state::{Shown, StepId, View};
use crate::lang::Lang;

/// Draws a part of the window.
pub type Draw = fn(&mut Ui, &Cx<'_>, &mut View, &mut Vec<Action>);

/// A step of the work.
pub struct Step {
    pub id: StepId,
    names: [&'static str; 2],
    pub icon: Icon,
    key: Key,
    /// What map, inspector and work in the background show with it.
    pub shown: &'static [Shown],
    /// The panel on the left.
    pub panel: Draw,
    /// The tables below the map.
    pub drawer: Draw,
    /// The work is done in the table: it has a height of its own.
    pub works_in_tables: bool,
}

/// In the order of the work.
pub const STEPS: [Step; 5] = [
    Step {
        id: StepId::DATA,
        names: ["Data", "Data"],
        icon: icons::DATA,
        key: Key::Num1,
        shown: &[],
        panel: data::show,
        drawer: drawer::show,
        works_in_tables: false,
    },
    Step {
        id: StepId::REACH,
        names: ["Tillgänglighet", "Reach"],
        icon: icons::REACH,
        key: Key::Num2,
        shown: &[Shown::Coverage],
        panel: reach::show,
        drawer: drawer::show,
        works_in_tables: false,
    },
    Step {
        id: StepId("places"),
        names: ["Platser", "Places"],
        icon: icons::PLACES,
        key: Key::Num3,
        shown: &[Shown::Candidates],
        panel: places::show,
        drawer: drawer::show,
        works_in_tables: false,
    },
    Step {
        id: StepId("compare"),
        names: ["Jämför", "Compare"],
        icon: icons::COMPARE,
        key: Key::Num4,
        shown: &[Shown::Candidates, Shown::Ranking],
        panel: compare::show,
        drawer: compare::drawer,
        works_in_tables: true,
    },
    Step {
        id: StepId("plan"),
        names: ["Planera", "Plan"],
        icon: icons::PLAN,
        key: Key::Num5,
        shown: &[Shown::Plan],
        panel: plan::show,
        drawer: plan::drawer,
        works_in_tables: false,
    },
];

/// The row of a step.
#[must_use]
pub fn of(id: StepId) -> &'static Step {
    STEPS.iter().find(|step| step.id == id).unwrap_or(&STEPS[0])
}

impl Step {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.names[0], self.names[1])
    }

    #[must_use]
    pub const fn shortcut(&self) -> KeyboardShortcut {
        KeyboardShortcut::new(Modifiers::COMMAND, self.key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_step_has_a_name_and_a_key_of_its_own_and_what_others_lead_to_is_there() {
        let ids: BTreeSet<&str> = STEPS.iter().map(|step| step.id.0).collect();
        let keys: BTreeSet<Key> = STEPS.iter().map(|step| step.key).collect();
        assert_eq!((ids.len(), keys.len()), (STEPS.len(), STEPS.len()));
        for led_to in [StepId::DATA, StepId::REACH, StepId::default()] {
            assert!(ids.contains(led_to.0));
        }
    }
}
