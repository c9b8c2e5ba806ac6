//! How is a PDF made? Tagged for screen readers (PDF/UA-1), its fonts embedded, its text to be searched, maps as vectors.

mod book;
mod layout;
mod pages;

pub use self::book::Head;
use self::book::{Book, size_of};
use self::pages::{Child, Meaning, Part};

use krilla::tagging::{Identifier, Node, Tag, TagGroup};

use super::document::Document;
use super::error::ReportError;
use super::picture;

/// A page with nothing but a map.
pub struct MapPage {
    pub svg: String,
    /// What one sees on it, for who does not.
    pub alt: String,
    pub title: String,
}

/// Pages of maps as one PDF.
///
/// # Errors
/// [`ReportError`] where a page cannot be drawn.
pub fn maps(pages: &[MapPage], head: &Head<'_>) -> Result<Vec<u8>, ReportError> {
    // A document without a title is none that a screen reader can name.
    let titles = std::iter::once(head.title).chain(pages.iter().map(|page| page.title.as_str()));
    let title = titles.map(str::trim).find(|title| !title.is_empty()).unwrap_or("Sotplan");
    let mut book = Book::new(&Head { title, ..*head })?;
    for (at, page) in pages.iter().enumerate() {
        let tree = picture::tree(&page.svg)?;
        let size = size_of(&tree);
        let figure = book.page(size, |ink| ink.svg(&tree, [0.0, 0.0], size))??;
        let mut group = TagGroup::new(Tag::Figure(Some(page.alt.clone())));
        group.push(figure);
        book.add(group);
        book.name(&page.title, 1, (at, 0.0));
    }
    book.finish()
}

/// A report as a PDF.
///
/// # Errors
/// [`ReportError`] where a figure cannot be drawn.
pub fn pdf(document: &Document) -> Result<Vec<u8>, ReportError> {
    let laid = layout::lay_out(document)?;
    let head = Head {
        title: &document.title,
        author: &document.letter.author,
        lang: document.lang,
        date: &document.letter.date,
    };
    let mut book = Book::new(&head)?;
    let mut known: Vec<Option<Identifier>> = laid.items.iter().map(|_| None).collect();
    for page in 0..laid.pages {
        let drawn = book.page(layout::PAGE, |ink| -> Result<(), ReportError> {
            for (item, known) in laid.items.iter().zip(&mut known).filter(|(item, _)| item.page == page) {
                *known = ink.thing(&item.thing, item.is_meant)?;
            }
            Ok(())
        });
        drawn??;
    }
    for part in &laid.parts {
        if let Meaning::Title(text) = &part.meaning {
            book.name(text, 1, part.begins);
        }
        if let Meaning::Heading(level, text) = &part.meaning {
            book.name(text, *level, part.begins);
        }
        book.add(group(part, &mut known));
    }
    book.finish()
}

/// A part of the tree as the file has it; every thing is in it once.
fn group(part: &Part, known: &mut [Option<Identifier>]) -> TagGroup {
    let mut out = TagGroup::new(part.meaning.tag());
    for child in &part.children {
        match child {
            Child::Item(at) => {
                if let Some(identifier) = known.get_mut(*at).and_then(Option::take) {
                    out.push(Node::from(identifier));
                }
            }
            Child::Part(part) => out.push(group(part, known)),
        }
    }
    out
}
