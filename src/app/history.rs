//! What was done, and how is it undone? One step a gesture; camera and selection of the window are not steps.

use super::command::Command;
use crate::model::Project;

/// Steps kept; an older one is forgotten.
const DEPTH: usize = 200;

/// Identifies a gesture: a drag, a run of typing. Commands of one gesture are one step.
pub type Gesture = u64;

/// A step done: what, and the project before it.
#[derive(Debug, Clone)]
struct Step {
    command: Command,
    before: Project,
    gesture: Option<Gesture>,
}

/// A step undone: what, and the project after it.
#[derive(Debug, Clone)]
struct Undone {
    command: Command,
    before: Project,
    after: Project,
}

/// The steps of a session.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Undone>,
}

impl History {
    /// Does a command and remembers it.
    pub fn edit(&mut self, project: &Project, command: Command, gesture: Option<Gesture>) -> Project {
        let next = command.apply(project);
        self.undone.clear();
        let continues = gesture.is_some() && self.done.last().is_some_and(|step| step.gesture == gesture);
        if continues {
            if let Some(step) = self.done.last_mut() {
                step.command = command;
            }
        } else {
            if self.done.len() == DEPTH {
                self.done.remove(0);
            }
            self.done.push(Step { command, before: project.clone(), gesture });
        }
        next
    }

    /// The project before the last step; what was logged since is not undone.
    pub fn undo(&mut self, project: &Project) -> Option<Project> {
        let step = self.done.pop()?;
        let before = Project { log: std::sync::Arc::clone(&project.log), ..step.before.clone() };
        self.undone.push(Undone { command: step.command, before: step.before, after: project.clone() });
        Some(before)
    }

    /// The project after the step undone last.
    pub fn redo(&mut self, project: &Project) -> Option<Project> {
        let Undone { command, before, after } = self.undone.pop()?;
        self.done.push(Step { command, before, gesture: None });
        Some(Project { log: std::sync::Arc::clone(&project.log), ..after })
    }

    #[must_use]
    pub fn undo_command(&self) -> Option<&Command> {
        self.done.last().map(|step| &step.command)
    }

    #[must_use]
    pub fn redo_command(&self) -> Option<&Command> {
        self.undone.last().map(|step| &step.command)
    }

    /// What was done, the oldest first.
    pub fn done(&self) -> impl Iterator<Item = &Command> {
        self.done.iter().map(|step| &step.command)
    }

    /// What was undone, the one that is done again first.
    pub fn undone(&self) -> impl Iterator<Item = &Command> {
        self.undone.iter().rev().map(|step| &step.command)
    }

    pub fn forget(&mut self) {
        self.done.clear();
        self.undone.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;
    use crate::model::{TrialId, TrialPoint};

    fn trial(n: u32) -> Command {
        Command::AddTrial(TrialPoint { id: TrialId(n), name: n.to_string(), place: LonLat::new(14.0, 63.0) })
    }

    fn ids(project: &Project) -> Vec<u32> {
        project.trials.iter().map(|trial| trial.id.0).collect()
    }

    #[test]
    fn undo_and_redo_are_each_others_inverse() {
        let mut history = History::default();
        let zero = Project::default();
        let one = history.edit(&zero, trial(1), None);
        let two = history.edit(&one, trial(2), None);
        let back = history.undo(&two).expect("two steps");
        assert_eq!(ids(&back), [1]);
        let start = history.undo(&back).expect("one step");
        assert_eq!(ids(&start), Vec::<u32>::new());
        assert!(history.undo(&start).is_none());
        let again = history.redo(&start).expect("undone");
        let again = history.redo(&again).expect("undone too");
        assert_eq!(ids(&again), [1, 2]);
        assert!(history.redo(&again).is_none());
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut history = History::default();
        let mut project = history.edit(&Project::default(), trial(1), None);
        for step in 0..20 {
            let place = LonLat::new(14.0 + f64::from(step) * 0.01, 63.0);
            project = history.edit(&project, Command::MoveTrial(TrialId(1), place), Some(7));
        }
        let back = history.undo(&project).expect("the drag");
        assert!((back.trials[0].place.lon - 14.0).abs() < 1e-12);
        let forth = history.redo(&back).expect("the drag again");
        assert!((forth.trials[0].place.lon - 14.19).abs() < 1e-9);
    }
}
