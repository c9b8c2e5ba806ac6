//! How is a PDF made? Tagged for screen readers (PDF/UA-1), its fonts embedded, its text to be searched, maps as vectors.

mod book;

pub use self::book::Head;
use self::book::{Book, size_of};

use krilla::tagging::{Node, Tag, TagGroup};

use super::ReportError;
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
    let mut book = Book::new(head)?;
    for page in pages {
        let tree = picture::tree(&page.svg)?;
        let size = size_of(&tree);
        let figure = book.page(size, |page| page.svg(&tree, [0.0, 0.0], size));
        let mut group = TagGroup::new(Tag::Figure(Some(page.alt.clone())));
        group.push(Node::from(figure?));
        book.add(group, &page.title, 0.0);
    }
    book.finish()
}
