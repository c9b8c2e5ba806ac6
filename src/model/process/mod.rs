//! How is the way to a SOT point followed, over years and by many hands? What is written down of a place, what of it is
//! late, blocked or out of order, and who changed what. Does not know the clock: a day is an argument.

mod follow;
mod judged;
mod log;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub use self::follow::{
    Agreement, CheckNote, Cost, DatedNote, DocumentLink, Follow, Numbered, OutcomeNote, Person, QuestionNote,
    StatusSet, StepNote, next_number,
};
pub use self::judged::{Concern, ConcernKind, Next, Timing, concerns, next, timing};
pub use self::log::{LogEntry, Logged, logs_together};
pub use self::when::{When, days_between};
pub use self::words::{
    Answer, Check, CheckState, Frequency, Function, Outcome, OutcomeState, ProcessStep, Question, StepState,
};
