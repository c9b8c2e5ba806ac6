//! How is what was found told in words? Sentences and short figures, the same in the window, the terminal and reports.

pub mod comparing;
pub mod glossary;
pub mod missing;
pub mod planning;
pub mod reaching;
pub mod waiting;
pub mod words;
