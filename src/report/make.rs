//! How is a report made? By what it is about.

use super::asked::{Grounds, NoReport, ReportAsked, Subject};
use super::content::{area, crisis, places};
use super::document::Document;

/// Makes a report.
///
/// # Errors
/// [`NoReport`] where ways could not be had, a scenario does not fit the data, what it is about is gone, or when it is no
/// longer wanted.
pub fn report(from: Grounds<'_>, asked: &ReportAsked) -> Result<Document, NoReport> {
    match &asked.subject {
        Subject::Sides(sides) => places::report(from, asked, sides),
        Subject::Outage(of) => crisis::report(from, asked, &of.0, &of.1),
        Subject::Area(of) => area::report(from, asked, *of),
    }
}
