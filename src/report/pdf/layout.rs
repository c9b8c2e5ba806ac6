//! How does a report flow over pages? Lines, tables whose heads are repeated, figures that stay whole.

use super::pages::{Child, Item, Meaning, Part, Thing};
use crate::report::columns;
use crate::report::document::{Block, Document, Figure, Style, Table, logo_points};
use crate::report::error::ReportError;
use crate::report::picture;
use crate::scene::letters::{self, Weight};

/// A4, points.
pub const PAGE: [f64; 2] = [595.28, 841.89];
const MARGIN: f64 = 62.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 62.0;
pub const WIDE: f64 = PAGE[0] - 2.0 * MARGIN;
const FOOT: f64 = PAGE[1] - BOTTOM;

const INK: [u8; 3] = [0x1d, 0x23, 0x26];
const FAINT: [u8; 3] = [0x4a, 0x52, 0x56];
const BLUE: [u8; 3] = [0x0b, 0x3c, 0x70];
const RULE: [u8; 3] = [0xc9, 0xce, 0xd1];
const SHADE: [u8; 3] = [0xee, 0xf2, 0xf5];
const BLANK: [u8; 3] = [0xff, 0xf3, 0xcd];

/// Letters of a kind of text.
#[derive(Clone, Copy)]
struct Type {
    points: f64,
    line: f64,
    weight: Weight,
    colour: [u8; 3],
}

const fn letters_of(points: f64, line: f64, weight: Weight, colour: [u8; 3]) -> Type {
    Type { points, line, weight, colour }
}

const BODY: Type = letters_of(10.0, 14.5, Weight::Regular, INK);
const LEAD: Type = letters_of(10.5, 15.5, Weight::Bold, INK);
const NOTE: Type = letters_of(8.3, 11.5, Weight::Regular, FAINT);
const CAPTION: Type = letters_of(8.8, 12.0, Weight::Bold, INK);
const CELL: Type = letters_of(8.2, 10.8, Weight::Regular, INK);
const HEAD: Type = letters_of(8.2, 10.8, Weight::Bold, INK);
const PADDING: f64 = 4.0;

/// A report laid out.
pub struct Laid {
    pub items: Vec<Item>,
    pub parts: Vec<Part>,
    pub pages: usize,
}

/// Lays out a report.
///
/// # Errors
/// [`ReportError::Picture`] where a figure cannot be drawn.
pub fn lay_out(document: &Document) -> Result<Laid, ReportError> {
    let mut flow = Flow { items: Vec::new(), parts: Vec::new(), page: 0, y: TOP };
    flow.head(document);
    for (at, block) in document.blocks.iter().enumerate() {
        // A heading stays with what follows it, and an introduction with its table.
        let next = document.blocks.get(at + 1);
        flow.block(document, block, next)?;
    }
    let pages = flow.page + 1;
    let mut laid = Laid { items: flow.items, parts: flow.parts, pages };
    foot(document, &mut laid);
    Ok(laid)
}

/// Title and number on every page.
fn foot(document: &Document, laid: &mut Laid) {
    let small = Type { points: 7.8, ..NOTE };
    for page in 0..laid.pages {
        let number = document.page_said(page + 1, laid.pages);
        let right = PAGE[0] - MARGIN - letters::width(&number, small.points, small.weight);
        let title = letters::one_line(&document.foot(), small.points, small.weight, WIDE - 90.0);
        for (x, text) in [(MARGIN, title), (right, number)] {
            let thing = text_of([x, PAGE[1] - 34.0], text, small);
            laid.items.push(Item { page, thing, is_meant: false });
        }
    }
}

fn text_of(at: [f64; 2], text: String, of: Type) -> Thing {
    Thing::Text { at, text, points: of.points, weight: of.weight, colour: of.colour }
}

struct Flow {
    items: Vec<Item>,
    parts: Vec<Part>,
    page: usize,
    y: f64,
}

/// A cell that is laid out.
struct Lines {
    texts: Vec<String>,
    of: Type,
    is_right: bool,
}

impl Flow {
    fn put(&mut self, thing: Thing, is_meant: bool) -> usize {
        self.items.push(Item { page: self.page, thing, is_meant });
        self.items.len() - 1
    }

    fn new_page(&mut self) {
        self.page += 1;
        self.y = TOP;
    }

    /// Begins a page where so much does not fit on this one.
    fn need(&mut self, high: f64) {
        if self.y + high > FOOT && self.y > TOP {
            self.new_page();
        }
    }

    /// The head of the letter: the organisation on the left, what it is and of when on the right.
    fn head(&mut self, document: &Document) {
        let letter = &document.letter;
        let mut part = Part::new(Meaning::Paragraph, (self.page, self.y));
        let mut left = self.y;
        if let Some(logo) = &letter.logo {
            let size = logo_points(logo);
            let thing =
                Thing::Image { at: [MARGIN, left], size, bytes: logo.bytes.clone(), is_jpeg: logo.is_jpeg };
            let item = self.put(thing, true);
            let mut figure = Part::new(Meaning::Figure(document.logo_alt()), (self.page, self.y));
            figure.children.push(Child::Item(item));
            self.parts.push(figure);
            left += size[1] + 4.0;
        }
        // Each side has a column, and room between them.
        let column = WIDE * 0.48;
        if !letter.organisation.is_empty() {
            let of = Type { weight: Weight::Bold, ..BODY };
            for line in letters::lines(&letter.organisation, of.points, of.weight, column) {
                let item = self.put(text_of([MARGIN, left + 10.0], format!("{line} "), of), true);
                part.children.push(Child::Item(item));
                left += BODY.line;
            }
        }
        let mut right = self.y;
        let rows = std::iter::once(document.kind().to_owned())
            .chain(document.head().into_iter().map(|(name, value)| format!("{name}: {value}")));
        for (at, row) in rows.enumerate() {
            let weight = if at == 0 { Weight::Bold } else { Weight::Regular };
            let of = Type { weight, ..BODY };
            for line in letters::lines(&row, of.points, of.weight, column) {
                let x = PAGE[0] - MARGIN - letters::width(&line, of.points, of.weight);
                let item = self.put(text_of([x, right + 10.0], format!("{line} "), of), true);
                part.children.push(Child::Item(item));
                right += BODY.line;
            }
        }
        self.parts.push(part);
        self.y = left.max(right) + 6.0;
        self.put(Thing::Box { at: [MARGIN, self.y], size: [WIDE, 1.4], colour: BLUE }, false);
        self.y += 22.0;
        let of = letters_of(18.0, 23.0, Weight::Bold, INK);
        self.paragraph(&document.title, of, Meaning::Title(document.title.clone()), 0.0, 8.0);
    }

    fn block(&mut self, document: &Document, block: &Block, next: Option<&Block>) -> Result<(), ReportError> {
        match block {
            Block::Heading { level, text } => {
                let of = match level {
                    2 => letters_of(13.0, 17.0, Weight::Bold, BLUE),
                    _ => letters_of(10.8, 14.5, Weight::Bold, BLUE),
                };
                let room = match next {
                    Some(Block::Figure(figure)) => Self::figure_size(figure)[1] + 30.0,
                    Some(Block::Table(_)) => 90.0,
                    _ => 44.0,
                };
                self.need(of.line + 14.0 + room.min(FOOT - TOP - 60.0));
                let before = if self.y > TOP { 10.0 } else { 0.0 };
                self.y += before;
                self.paragraph(text, of, Meaning::Heading(*level, text.clone()), 0.0, 4.0);
            }
            Block::Paragraph { text, style } => match style {
                Style::Body => self.paragraph(text, BODY, Meaning::Paragraph, 0.0, 7.0),
                Style::Lead => self.paragraph(text, LEAD, Meaning::Paragraph, 0.0, 7.0),
                Style::Note => self.paragraph(text, NOTE, Meaning::Paragraph, 0.0, 6.0),
                Style::Blank => self.blank(text),
            },
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(document, table),
            Block::Figure(figure) => self.figure(document, figure)?,
            Block::PageBreak if self.y > TOP => self.new_page(),
            Block::PageBreak => {}
        }
        Ok(())
    }

    /// Lines of a text, over pages where they have to be; how they stand in the tree.
    fn lines(&mut self, text: &str, of: Type, indent: f64, part: &mut Part) {
        for line in letters::lines(text, of.points, of.weight, WIDE - indent) {
            self.need(of.line);
            let at = [MARGIN + indent, self.y + of.points];
            // Words of two lines stay apart for who reads them aloud or copies them.
            let item = self.put(text_of(at, format!("{line} "), of), true);
            part.children.push(Child::Item(item));
            self.y += of.line;
        }
    }

    fn paragraph(&mut self, text: &str, of: Type, meaning: Meaning, indent: f64, after: f64) {
        self.need(of.line * 2.0);
        let mut part = Part::new(meaning, (self.page, self.y));
        self.lines(text, of, indent, &mut part);
        self.parts.push(part);
        self.y += after;
    }

    /// What somebody has to write still, on a ground.
    fn blank(&mut self, text: &str) {
        let count = letters::lines(text, BODY.points, BODY.weight, WIDE - 16.0).len();
        let high = f64::from(u16::try_from(count).unwrap_or(u16::MAX)) * BODY.line + 6.0;
        self.need(high);
        let ground = Thing::Box { at: [MARGIN, self.y - 2.0], size: [WIDE, high], colour: BLANK };
        self.put(ground, false);
        self.paragraph(text, BODY, Meaning::Paragraph, 8.0, 11.0);
    }

    fn list(&mut self, items: &[String]) {
        const INDENT: f64 = 14.0;
        let mut list = Part::new(Meaning::List, (self.page, self.y));
        for text in items {
            self.need(BODY.line);
            let mut item = Part::new(Meaning::ListItem, (self.page, self.y));
            let mut label = Part::new(Meaning::Label, (self.page, self.y));
            let dot = self.put(text_of([MARGIN + 3.0, self.y + BODY.points], "•".into(), BODY), true);
            label.children.push(Child::Item(dot));
            let mut body = Part::new(Meaning::ListBody, (self.page, self.y));
            self.lines(text, BODY, INDENT, &mut body);
            item.children.extend([Child::Part(label), Child::Part(body)]);
            list.children.push(Child::Part(item));
            self.y += 2.5;
        }
        self.parts.push(list);
        self.y += 5.0;
    }

    fn table(&mut self, document: &Document, table: &Table) {
        let widths = columns::widths(table, WIDE, CELL.points, 2.0 * PADDING);
        let head = Self::laid(&table.head, &widths, table, HEAD);
        // A head does not stand at the foot of a page with a single row.
        let first = table.rows.iter().take(3).map(|row| Self::height(&Self::laid(row, &widths, table, CELL)));
        let first = first.sum::<f64>().min(160.0);
        self.need(CAPTION.line * 2.0 + Self::height(&head) + first);
        let mut whole = Part::new(Meaning::Table, (self.page, self.y));
        let said = format!("{} {}. {}", document.table_word(), table.number, table.caption);
        let mut caption = Part::new(Meaning::Caption, (self.page, self.y));
        self.lines(&said, CAPTION, 0.0, &mut caption);
        self.y += 2.0;
        let mut top = Part::new(Meaning::Head, (self.page, self.y));
        top.children.push(Child::Part(self.row(&head, &widths, true, true)));
        let mut body = Part::new(Meaning::Body, (self.page, self.y));
        for row in &table.rows {
            let cells = Self::laid(row, &widths, table, CELL);
            if self.y + Self::height(&cells) > FOOT {
                self.new_page();
                // For the eye alone: who listens knows the head already.
                self.row(&head, &widths, true, false);
            }
            body.children.push(Child::Part(self.row(&cells, &widths, false, true)));
        }
        whole.children.extend([caption, top, body].map(Child::Part));
        self.parts.push(whole);
        self.y += 10.0;
    }

    fn laid(cells: &[String], widths: &[f64], table: &Table, of: Type) -> Vec<Lines> {
        let lay = |(at, wide): (usize, &f64)| {
            let text = cells.get(at).map_or("", String::as_str);
            let texts = letters::lines(text, of.points, of.weight, wide - 2.0 * PADDING);
            Lines { texts, of, is_right: table.numeric.get(at) == Some(&true) }
        };
        widths.iter().enumerate().map(lay).collect()
    }

    fn height(row: &[Lines]) -> f64 {
        let most = row.iter().map(|cell| cell.texts.len()).max().unwrap_or(1);
        f64::from(u16::try_from(most).unwrap_or(u16::MAX)) * CELL.line + 2.0 * 2.6
    }

    /// Draws a row. One that is higher than a page goes on on the next.
    fn row(&mut self, row: &[Lines], widths: &[f64], is_head: bool, is_meant: bool) -> Part {
        let mut part = Part::new(Meaning::Row, (self.page, self.y));
        let mut cells: Vec<Part> = (0..row.len())
            .map(|at| {
                let meaning = match (is_head, at) {
                    (true, _) => Meaning::ColumnHead,
                    (false, 0) => Meaning::RowHead,
                    _ => Meaning::Cell,
                };
                Part::new(meaning, (self.page, self.y))
            })
            .collect();
        let most = row.iter().map(|cell| cell.texts.len()).max().unwrap_or(1);
        let mut from = 0;
        while from < most {
            let mut upto = most;
            let room = FOOT - self.y - 5.2;
            while upto > from + 1
                && f64::from(u16::try_from(upto - from).unwrap_or(u16::MAX)) * CELL.line > room
            {
                upto -= 1;
            }
            self.stretch(row, widths, [from, upto], is_head, is_meant, &mut cells);
            from = upto;
            if from < most {
                self.new_page();
            }
        }
        part.children.extend(cells.into_iter().map(Child::Part));
        part
    }

    /// Draws some lines of a row.
    fn stretch(
        &mut self,
        row: &[Lines],
        widths: &[f64],
        [from, upto]: [usize; 2],
        is_head: bool,
        is_meant: bool,
        cells: &mut [Part],
    ) {
        let high = f64::from(u16::try_from(upto - from).unwrap_or(u16::MAX)) * CELL.line + 2.0 * 2.6;
        if is_head {
            self.put(Thing::Box { at: [MARGIN, self.y], size: [WIDE, high], colour: SHADE }, false);
        }
        let mut x = MARGIN;
        for ((cell, wide), part) in row.iter().zip(widths).zip(cells) {
            for (at, line) in cell.texts.iter().skip(from).take(upto - from).enumerate() {
                let of = cell.of;
                let own = letters::width(line, of.points, of.weight);
                let left = if cell.is_right { x + wide - PADDING - own } else { x + PADDING };
                let down = f64::from(u16::try_from(at).unwrap_or(u16::MAX)) * CELL.line;
                let place = [left, self.y + 2.6 + of.points + down];
                let item = self.put(text_of(place, format!("{line} "), of), is_meant);
                if is_meant {
                    part.children.push(Child::Item(item));
                }
            }
            x += wide;
        }
        self.y += high;
        let (thick, colour) = if is_head { (0.9, FAINT) } else { (0.5, RULE) };
        self.put(Thing::Box { at: [MARGIN, self.y - thick / 2.0], size: [WIDE, thick], colour }, false);
    }

    /// As large as the text is wide, and no higher than a page.
    fn figure_size(figure: &Figure) -> [f64; 2] {
        let scale = (WIDE / figure.size[0]).min((FOOT - TOP - 60.0) / figure.size[1]).min(1.0);
        figure.size.map(|side| side * scale)
    }

    fn figure(&mut self, document: &Document, figure: &Figure) -> Result<(), ReportError> {
        let tree = picture::tree(&figure.svg)?;
        let size = Self::figure_size(figure);
        self.need(size[1] + 2.0 * CAPTION.line + 6.0);
        let mut part = Part::new(Meaning::Figure(figure.alt.clone()), (self.page, self.y));
        let thing = Thing::Svg { at: [MARGIN, self.y], size, tree: Box::new(tree) };
        let item = self.put(thing, true);
        part.children.push(Child::Item(item));
        self.y += size[1] + 5.0;
        let mut caption = Part::new(Meaning::Caption, (self.page, self.y));
        let said = format!("{} {}. {}", document.figure_word(), figure.number, figure.caption);
        self.lines(&said, CAPTION, 0.0, &mut caption);
        part.children.push(Child::Part(caption));
        self.parts.push(part);
        self.y += 10.0;
        Ok(())
    }
}
