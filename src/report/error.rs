//! Why was a picture, a report or a page not made? None of it is the user's doing.

use crate::lang::{Lang, Said};
use crate::say;

/// Why something was not made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
    #[error("the PDF cannot be made: {0}")]
    Pdf(String),
    #[error("the Word file cannot be made: {0}")]
    Word(String),
}

impl Said for ReportError {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Picture(why) => {
                say!(lang, "bilden kan inte ritas: {why}", "the picture cannot be drawn: {why}")
            }
            Self::Pdf(why) => say!(lang, "PDF-filen kan inte göras: {why}", "the PDF cannot be made: {why}"),
            Self::Word(why) => {
                say!(lang, "Wordfilen kan inte göras: {why}", "the Word file cannot be made: {why}")
            }
        }
    }
}
