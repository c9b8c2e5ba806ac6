//! How do maps and reports become files? The same for window and command line; no file that the project reads is written
//! over.

use std::path::{Path, PathBuf};

use super::document::Document;
use super::docx::docx;
use super::error::ReportError;
use super::html::html;
use super::pdf::{Head, MapPage, maps, pdf};
use super::picture::png;
use crate::io::{IoError, refuse_overwriting, write_atomically};
use crate::lang::{Lang, Said};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportFormat {
    #[default]
    Docx,
    Pdf,
    Html,
}

impl ReportFormat {
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Html];

    /// The ending of its files' names, without the point.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Docx => "Word",
            Self::Pdf => "PDF",
            Self::Html => lang.pick("Webbsida", "Web page"),
        }
    }
}

/// How maps are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapFormat {
    #[default]
    Pdf,
    Png,
    Svg,
}

impl MapFormat {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Png, Self::Svg];

    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    #[error(transparent)]
    Io(#[from] IoError),
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl Said for NotWritten {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => error.said(lang),
            Self::Report(error) => error.said(lang),
        }
    }
}

/// Writes a report.
///
/// # Errors
/// [`NotWritten`] where a part of it cannot be drawn, the path is one of the inputs, or the file cannot be written.
pub fn write_report(
    path: &Path,
    document: &Document,
    format: ReportFormat,
    inputs: &[PathBuf],
) -> Result<(), NotWritten> {
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), [path])?;
    let bytes = match format {
        ReportFormat::Docx => docx(document)?,
        ReportFormat::Pdf => pdf(document)?,
        ReportFormat::Html => html(document).into_bytes(),
    };
    Ok(write_atomically(path, &[&bytes])?)
}

/// How pages of maps are written.
#[derive(Debug, Clone, Copy)]
pub struct MapsWritten<'a> {
    pub format: MapFormat,
    /// Points an inch, of a picture of points.
    pub dpi: u32,
    pub head: Head<'a>,
}

/// Writes pages of maps: a PDF of all of them, else a file for each; the files.
///
/// # Errors
/// As [`write_report`].
pub fn write_maps(
    path: &Path,
    pages: &[MapPage],
    written: MapsWritten<'_>,
    inputs: &[PathBuf],
) -> Result<Vec<PathBuf>, NotWritten> {
    let is_one = written.format == MapFormat::Pdf || pages.len() == 1;
    let files = if is_one { vec![path.to_owned()] } else { numbered(path, pages) };
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), files.iter().map(PathBuf::as_path))?;
    if written.format == MapFormat::Pdf {
        write_atomically(path, &[&maps(pages, &written.head)?])?;
        return Ok(files);
    }
    for (page, file) in pages.iter().zip(&files) {
        let bytes = match written.format {
            MapFormat::Png => png(&page.svg, written.dpi)?,
            MapFormat::Svg | MapFormat::Pdf => page.svg.clone().into_bytes(),
        };
        write_atomically(file, &[&bytes])?;
    }
    Ok(files)
}

/// A file for each page: with its number and what it is about.
fn numbered(path: &Path, pages: &[MapPage]) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let digits = pages.len().to_string().len();
    let file = |(at, page): (usize, &MapPage)| {
        let about = page.title.split(':').next().unwrap_or_default();
        let clean: String = about.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        path.with_file_name(format!("{stem}-{:0digits$}-{}{ending}", at + 1, clean.trim_matches('-')))
    };
    pages.iter().enumerate().map(file).collect()
}
