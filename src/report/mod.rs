//! How do maps and answers reach people who will never open the program? Pages of maps, and reports for a decision, as PDF,
//! Word, a web page or pictures. Makes bytes; who writes them to a file is asked elsewhere.

mod asked;
mod atlas;
mod columns;
mod content;
mod document;
mod docx;
mod error;
mod html;
mod make;
mod pdf;
mod picture;
mod written;

pub use self::asked::{Grounds, NoReport, ReportAsked, Subject};
pub use self::atlas::{MapsAsked, NotShown, Showing, View, areas, pages, usual_around, view_of_place};
pub use self::document::{Block, Document, Figure, Letter, Style, Table};
pub use self::docx::docx;
pub use self::error::ReportError;
pub use self::html::html;
pub use self::make::report;
pub use self::pdf::{Head, MapPage, maps, pdf};
pub use self::picture::png;
pub use self::written::{MapFormat, MapsWritten, NotWritten, ReportFormat, write_maps, write_report};
