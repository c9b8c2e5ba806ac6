//! How is a report written for Word? As the standard has it (ECMA-376): real headings, lists, captions
//! that count themselves, tables with heads that are repeated, alternative texts. No crate writes the last of these: the
//! parts are put together here, with a library for XML and one for the archive.

mod body;
mod media;
mod parts;
mod words;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::media::Media;
use super::document::{Block, Document};
use super::error::ReportError;
use super::picture;

/// Points an inch of the pictures in a Word file.
const DPI: u32 = 200;

/// The file.
///
/// # Errors
/// [`ReportError`] where a picture cannot be drawn.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut media = Vec::new();
    if let Some(logo) = &document.letter.logo {
        let ending = if logo.is_jpeg { "jpg" } else { "png" };
        media.push(Media { name: format!("logo.{ending}"), bytes: logo.bytes.clone() });
    }
    for block in &document.blocks {
        if let Block::Figure(figure) = block {
            let bytes = picture::png(&figure.svg, DPI)?;
            media.push(Media { name: format!("figure{}.png", figure.number), bytes });
        }
    }
    let failed = |why: &dyn std::fmt::Display| ReportError::Word(why.to_string());
    let body = body::document(document, &media).map_err(|error| failed(&error))?;
    let parts: [(&str, String); 10] = [
        ("[Content_Types].xml", parts::content_types().into()),
        ("_rels/.rels", parts::relations().into()),
        ("docProps/core.xml", parts::core(document)),
        ("docProps/app.xml", parts::app()),
        ("word/_rels/document.xml.rels", parts::document_relations(&media)),
        ("word/document.xml", body),
        ("word/styles.xml", parts::styles(document.lang)),
        ("word/numbering.xml", parts::numbering().into()),
        ("word/settings.xml", parts::settings(document.lang)),
        ("word/footer1.xml", parts::footer(document)),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same report is the same file: no time of the clock stands in it.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), ReportError> {
        archive.start_file(name, options).map_err(|error| failed(&error))?;
        archive.write_all(bytes).map_err(|error| failed(&error))
    };
    for (name, text) in &parts {
        put(name, text.as_bytes())?;
    }
    for one in &media {
        put(&format!("word/media/{}", one.name), &one.bytes)?;
    }
    let whole = archive.finish().map_err(|error| failed(&error))?;
    Ok(whole.into_inner())
}
