//! A PDF while it is made: its pages, its tags, its outline.

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Rect};
use krilla::geom::{Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagTree};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::Tree;

use super::pages::Thing;
use crate::lang::Lang;
use crate::report::error::ReportError;
use crate::report::picture::drawable;
use crate::scene::letters::{BOLD, REGULAR};

/// What a file says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub lang: Lang,
    /// `YYYY-MM-DD`.
    pub date: &'a str,
}

/// A PDF that is made.
pub struct Book {
    document: Document,
    tags: TagTree,
    /// What the outline names: text, level, page and points from above.
    sections: Vec<(String, u8, (usize, f64))>,
    fonts: [Font; 2],
}

/// The size of a picture, points.
#[expect(clippy::cast_possible_truncation, reason = "points of a page")]
pub fn size_of(tree: &Tree) -> [f64; 2] {
    [f64::from(tree.size().width()), f64::from(tree.size().height())].map(|side| f64::from(side as f32))
}

/// What the library says is for who mends the program; the user has its kind.
fn failed(why: impl std::fmt::Debug) -> ReportError {
    let told = format!("{why:?}");
    let kind = told.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    ReportError::Pdf(kind.unwrap_or("krilla").to_owned())
}

impl Book {
    pub fn new(head: &Head<'_>) -> Result<Self, ReportError> {
        let configuration =
            ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
        let settings = SerializeSettings {
            configuration: configuration.map_err(failed)?,
            enable_tagging: true,
            ..SerializeSettings::default()
        };
        let mut document = Document::new_with(settings);
        let mut metadata = Metadata::new()
            .title(head.title.to_owned())
            .language(head.lang.code().to_owned())
            .creator(format!("Sotplan {}", env!("CARGO_PKG_VERSION")))
            .producer(format!("Sotplan {}", env!("CARGO_PKG_VERSION")));
        if !head.author.is_empty() {
            metadata = metadata.authors(vec![head.author.to_owned()]);
        }
        document.set_metadata(metadata.creation_date(day(head.date)));
        let font = |bytes: &'static [u8]| {
            Font::new(bytes.to_vec().into(), 0).ok_or_else(|| ReportError::Pdf("font".into()))
        };
        let tags = TagTree::new().with_lang(Some(head.lang.code().to_owned()));
        let fonts = [font(REGULAR)?, font(BOLD)?];
        Ok(Self { document, tags, sections: Vec::new(), fonts })
    }

    /// A new page of a size in points, drawn by a function.
    pub fn page<T>(
        &mut self,
        [wide, high]: [f64; 2],
        draw: impl FnOnce(&mut Ink<'_, '_>) -> T,
    ) -> Result<T, ReportError> {
        let settings = PageSettings::from_wh(narrow(wide), narrow(high));
        let settings = settings.ok_or_else(|| failed("size"))?;
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        let drawn = draw(&mut Ink { surface: &mut surface, fonts: &self.fonts });
        surface.finish();
        page.finish();
        Ok(drawn)
    }

    /// Takes in what something that was drawn means.
    pub fn add(&mut self, node: impl Into<Node>) {
        self.tags.push(node);
    }

    /// Names a place in the outline.
    pub fn name(&mut self, text: &str, level: u8, at: (usize, f64)) {
        self.sections.push((text.to_owned(), level, at));
    }

    pub fn finish(mut self) -> Result<Vec<u8>, ReportError> {
        self.document.set_tag_tree(self.tags);
        let mut outline = Outline::new();
        let mut sections = self.sections.iter().peekable();
        while let Some(section) = sections.next() {
            let mut node = node(section);
            // Title and sections stand side by side, parts of sections below these.
            while let Some(below) = sections.next_if(|below| below.1 > 2) {
                node.push_child(self::node(below));
            }
            outline.push_child(node);
        }
        self.document.set_outline(outline);
        self.document.finish().map_err(failed)
    }
}

fn node((text, _, (page, top)): &(String, u8, (usize, f64))) -> OutlineNode {
    OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(0.0, narrow(*top))))
}

/// The day of a date, midnight; the first of 1970 where it is none.
fn day(date: &str) -> DateTime {
    let day: jiff::civil::Date = date.parse().unwrap_or(jiff::civil::date(1970, 1, 1));
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    DateTime::new(u16::try_from(day.year()).unwrap_or(1970)).month(part(day.month())).day(part(day.day()))
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page")]
pub const fn narrow(points: f64) -> f32 {
    points as f32
}

/// What draws on a page.
pub struct Ink<'a, 'b> {
    pub surface: &'a mut Surface<'b>,
    pub fonts: &'a [Font; 2],
}

impl Ink<'_, '_> {
    /// Draws a thing; what means something can be named in the tree.
    pub fn thing(&mut self, thing: &Thing, is_meant: bool) -> Result<Option<Identifier>, ReportError> {
        if let (Thing::Svg { at, size, tree }, true) = (thing, is_meant) {
            return Ok(Some(self.svg(tree, *at, *size)?));
        }
        let tag = match thing {
            _ if !is_meant => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
            Thing::Text { .. } => ContentTag::Span(SpanTag::empty()),
            _ => ContentTag::Other,
        };
        let identifier = self.surface.start_tagged(tag);
        let drawn = self.draw(thing);
        self.surface.end_tagged();
        drawn?;
        Ok(is_meant.then_some(identifier))
    }

    fn fill(&mut self, [r, g, b]: [u8; 3]) {
        let paint = rgb::Color::new(r, g, b).into();
        self.surface.set_fill(Some(Fill { paint, ..Fill::default() }));
    }

    fn draw(&mut self, thing: &Thing) -> Result<(), ReportError> {
        match thing {
            Thing::Text { at: [x, y], text, points, weight, colour } => {
                self.fill(*colour);
                let font = self.fonts[*weight as usize].clone();
                let text = drawable(text);
                let at = Point::from_xy(narrow(*x), narrow(*y));
                self.surface.draw_text(at, font, narrow(*points), &text, false, TextDirection::Auto);
            }
            Thing::Box { at: [x, y], size: [wide, high], colour } => {
                self.fill(*colour);
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(narrow(*x), narrow(*y), narrow(*wide), narrow(*high)) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    self.surface.draw_path(&path);
                }
            }
            Thing::Image { at: [x, y], size: [wide, high], bytes, is_jpeg } => {
                let bytes = bytes.clone().into();
                let image =
                    if *is_jpeg { Image::from_jpeg(bytes, true) } else { Image::from_png(bytes, true) };
                let image = image.map_err(ReportError::Picture)?;
                self.surface.push_transform(&Transform::from_translate(narrow(*x), narrow(*y)));
                if let Some(size) = Size::from_wh(narrow(*wide), narrow(*high)) {
                    self.surface.draw_image(image, size);
                }
                self.surface.pop();
            }
            Thing::Svg { .. } => {}
        }
        Ok(())
    }

    /// A picture with its upper left corner at a point.
    ///
    /// # Errors
    /// [`ReportError::Picture`] where it cannot be drawn.
    pub fn svg(
        &mut self,
        tree: &Tree,
        [x, y]: [f64; 2],
        [wide, high]: [f64; 2],
    ) -> Result<Identifier, ReportError> {
        let identifier = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&Transform::from_translate(narrow(x), narrow(y)));
        let drawn = Size::from_wh(narrow(wide), narrow(high))
            .and_then(|size| self.surface.draw_svg(tree, size, SvgSettings::default()));
        self.surface.pop();
        self.surface.end_tagged();
        drawn.map(|()| identifier).ok_or_else(|| ReportError::Picture(format!("{wide:.0} × {high:.0}")))
    }
}
