//! What does the legend of a picture say, and how much room does it take?

use super::map::MapOf;
use super::pen::{Anchor, Letters, Look, Pen, fill, hex};
use crate::lang::Said as _;
use crate::model::ServiceKind;
use crate::scene::classes::Colouring;
use crate::scene::colours::{self, MapColours};
use crate::scene::legend::{self, Line};
use crate::scene::letters::{self, Weight};
use crate::scene::signs::Sign;

/// Sizes of a legend, points.
const LINE: f64 = 17.0;
const TITLE: f64 = 13.0;
const TEXT: f64 = 12.0;
const NOTE: f64 = 11.0;
/// Where the texts begin, and how far figures keep from them.
const INDENT: f64 = 28.0;
const GAP: f64 = 14.0;
/// The title's base line, from above.
const EDGE: f64 = 16.0;

/// A legend that is laid out.
pub struct LegendOf {
    titles: Vec<String>,
    pub lines: Vec<Line>,
    /// In lines that fit.
    pub notes: Vec<String>,
    /// Points, with the edge of a card around.
    pub width: f64,
    pub height: f64,
    /// 1 is as on the screen.
    scale: f64,
    /// By line: its figure stands below it.
    is_narrow: Vec<bool>,
    colours: MapColours,
}

impl LegendOf {
    /// The legend of what a map shows, as wide as it is.
    #[must_use]
    pub fn new(of: &MapOf<'_>, block_m: f64, colours: MapColours) -> Self {
        let lang = of.lang;
        let (title, mut lines) = if of.shows_cells() {
            let (title, mut lines) = legend::of_cells(of.scene, of.cells, of.theme, lang);
            let has_none = legend::no_value(of.cells, of.theme, lang).is_some();
            if let (Some(text), Some(last)) = (of.no_value, lines.last_mut().filter(|_| has_none)) {
                text.clone_into(&mut last.text);
            }
            (title, lines)
        } else {
            (of.kind.said(lang), Vec::new())
        };
        if !of.gaps().is_empty() {
            let text = lang.pick("Lucka i täckningen", "Gap in coverage");
            lines.push(Line::outline(colours::gap_line(of.theme), text));
        }
        if of.shows_services && of.kind != ServiceKind::Sot {
            let count = lang.count(of.counted_services());
            let line = Line::swatch(colours::kind_colour(of.kind), of.kind.said(lang), count);
            lines.push(Line { sign: Some(Sign::Kind(of.kind)), ..line });
        }
        for (serves, text) in [
            (true, lang.pick("SOT-punkt som finns", "SOT point that exists")),
            (false, lang.pick("SOT-punkt, annan status", "SOT point, other status")),
        ] {
            let (count, sot) = (of.counted_sots(serves), ServiceKind::Sot);
            let line = Line::swatch(colours::kind_colour(sot), text, lang.count(count));
            let line = Line { sign: Some(Sign::Kind(sot)), is_hollow: !serves, ..line };
            lines.extend(Some(line).filter(|_| of.has_sots(serves)));
        }
        let is_measured = of.cells.colouring == Colouring::Distance;
        let note = legend::note(&of.scene.results, is_measured, block_m, lang);
        let (titles, notes) = (vec![title], note.into_iter().collect());
        let mut made = Self {
            titles,
            lines,
            notes,
            width: 0.0,
            height: 0.0,
            scale: 1.0,
            is_narrow: Vec::new(),
            colours,
        };
        made.measure();
        made
    }

    /// The same in smaller letters and no wider than a column; what is too wide for it goes on below.
    #[must_use]
    pub fn for_paper(mut self, scale: f64, wide: f64) -> Self {
        self.scale = scale;
        let broken = |texts: &[String], points: f64, weight: Weight| -> Vec<String> {
            texts.iter().flat_map(|text| letters::lines(text, points * scale, weight, wide)).collect()
        };
        self.titles = broken(&self.titles, TITLE, Weight::Bold);
        self.notes = broken(&self.notes, NOTE, Weight::Regular);
        let of = |text: &str| letters::width(text, TEXT * scale, Weight::Regular);
        let is_wide = |line: &Line| of(&line.text) + of(&line.figure) + (INDENT + GAP) * scale > wide;
        self.is_narrow = self.lines.iter().map(is_wide).collect();
        self.measure();
        self.width = wide + 20.0;
        self
    }

    /// Lines of its own for what is shown, and another title.
    #[must_use]
    pub fn telling(mut self, title: Option<String>, more: Vec<Line>) -> Self {
        if let Some(title) = title {
            self.titles = vec![title];
        }
        self.lines.extend(more);
        self.measure();
        self
    }

    fn measure(&mut self) {
        let wide = |text: &str, points: f64| letters::width(text, points * self.scale, Weight::Regular);
        let widest =
            |of: fn(&Line) -> &str| self.lines.iter().map(|line| wide(of(line), TEXT)).fold(0.0, f64::max);
        let (texts, figures) = (widest(|line| &line.text), widest(|line| &line.figure));
        let notes = self.notes.iter().map(|note| wide(note, NOTE)).fold(0.0, f64::max);
        let title = |title: &String| letters::width(title, TITLE * self.scale, Weight::Bold);
        let titles = self.titles.iter().map(title).fold(0.0, f64::max);
        self.width = ((INDENT + GAP) * self.scale + texts + figures).max(titles).max(notes) + 20.0;
        self.height = self.inner() + 20.0 * self.scale;
    }

    /// How high it is without the edge of a card.
    #[must_use]
    pub fn inner(&self) -> f64 {
        let below = self.is_narrow.iter().filter(|is_narrow| **is_narrow).count();
        let lines = self.titles.len().saturating_sub(1) + self.lines.len() + self.notes.len() + below;
        (EDGE + f64::from(u16::try_from(lines).unwrap_or(u16::MAX)) * LINE) * self.scale
    }

    /// Draws it from an upper left corner.
    pub fn draw(&self, pen: &mut Pen, [x, y]: [f64; 2]) {
        let (scale, ink, right) = (self.scale, self.colours.label, x + self.width - 20.0);
        let mut below = y + (EDGE - LINE) * scale;
        for title in &self.titles {
            below += LINE * scale;
            pen.text([x, below], title, Letters::new(TITLE * scale, ink).bold());
        }
        let letters = Letters::new(TEXT * scale, ink);
        for (at, line) in self.lines.iter().enumerate() {
            below += LINE * scale;
            let middle = below - 4.3 * scale;
            if let Some(sign) = line.sign {
                let look = Look { sign, colour: line.colour, is_hollow: line.is_hollow, name: &line.text };
                pen.sign([x + 9.0 * scale, middle], 7.0 * scale, look);
            } else {
                self.swatch(pen, line, [x, middle]);
            }
            pen.text([x + INDENT * scale, below], &line.text, letters);
            if self.is_narrow.get(at) == Some(&true) {
                below += LINE * scale;
            }
            pen.text([right, below], &line.figure, letters.at(Anchor::End));
        }
        for note in &self.notes {
            below += LINE * scale;
            pen.text([x, below], note, Letters::new(NOTE * scale, self.colours.faint_label));
        }
    }

    fn swatch(&self, pen: &mut Pen, line: &Line, [x, middle]: [f64; 2]) {
        let (wide, high) = (18.0 * self.scale, 12.0 * self.scale);
        let inside = if line.is_outline { r#"fill="none""#.to_owned() } else { fill(line.colour) };
        let (edge, stroke) = if line.is_outline {
            (hex(line.colour), 1.5 * self.scale)
        } else {
            (hex(self.colours.box_line), 0.8 * self.scale)
        };
        pen.line(&format!(
            r#"<rect x="{x:.1}" y="{:.1}" width="{wide:.1}" height="{high:.1}" rx="1.5" {inside} stroke="{edge}" stroke-width="{stroke:.1}"/>"#,
            middle - high / 2.0
        ));
    }
}
