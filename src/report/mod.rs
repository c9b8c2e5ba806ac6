//! How do maps and answers reach people who will never open the program? Pages of maps, and reports for a decision, as PDF,
//! Word, a web page or pictures. Makes bytes; who writes them to a file is asked elsewhere.

mod asked;
mod atlas;
mod columns;
mod content;
mod document;
mod docx;
mod html;
mod pdf;
mod picture;
mod written;

pub use self::asked::{From, NoReport, ReportAsked, Subject, report};
pub use self::atlas::{
    MapsAsked, PlanShows, Showing, View, areas, around, notes, pages, usual_around, view_of_place,
};
pub use self::document::{Block, Document, Figure, Letter, Style, Table};
pub use self::docx::docx;
pub use self::html::html;
pub use self::pdf::{Head, MapPage, maps, pdf};
pub use self::picture::{DPI, png};
pub use self::written::{MapFormat, MapsWritten, NotWritten, ReportFormat, write_maps, write_report};

use crate::lang::{Lang, Said};
use crate::say;

/// Why something was not made. None of it is the user's doing.
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
