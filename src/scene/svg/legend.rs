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
    pub title: String,
    pub lines: Vec<Line>,
    /// SOT places of this line and after are drawn hollow.
    hollow_from: usize,
    /// In lines that fit.
    pub notes: Vec<String>,
    /// Points, with the edge of a card around.
    pub width: f64,
    pub height: f64,
    /// 1 is as on the screen.
    scale: f64,
    colours: MapColours,
}

impl LegendOf {
    /// The legend of what a map shows, as wide as it is.
    #[must_use]
    pub fn new(of: &MapOf<'_>, block_m: f64, colours: MapColours) -> Self {
        let lang = of.lang;
        let (title, mut lines) = if of.cells.colouring == Colouring::Off || of.scene.levels.is_empty() {
            (of.kind.said(lang), Vec::new())
        } else {
            legend::of_cells(of.scene, of.cells, of.theme, lang)
        };
        if !of.gaps().is_empty() {
            let text = lang.pick("Lucka i täckningen", "Gap in coverage");
            lines.push(Line::outline(colours::gap_line(of.theme), text));
        }
        let count = of.services().count();
        if of.shows_services && of.kind != ServiceKind::Sot {
            let line = Line::swatch(colours::kind_colour(of.kind), of.kind.said(lang), lang.count(count));
            lines.push(Line { sign: Some(Sign::Kind(of.kind)), ..line });
        }
        let hollow_from = lines.len() + usize::from(of.sots().any(|(_, serves, ..)| serves));
        for (serves, text) in [
            (true, lang.pick("SOT-punkt som finns", "SOT point that exists")),
            (false, lang.pick("SOT-punkt, annan status", "SOT point, other status")),
        ] {
            let count = of.sots().filter(|(_, is, ..)| *is == serves).count();
            let sot = ServiceKind::Sot;
            let line = Line::swatch(colours::kind_colour(sot), text, lang.count(count));
            lines.extend(Some(Line { sign: Some(Sign::Kind(sot)), ..line }).filter(|_| count > 0));
        }
        let is_measured = of.cells.colouring == Colouring::Distance;
        let note = legend::note(&of.scene.results, is_measured, block_m, lang);
        let mut made = Self {
            title,
            lines,
            hollow_from,
            notes: Vec::new(),
            width: 0.0,
            height: 0.0,
            scale: 1.0,
            colours,
        };
        made.notes.extend(note);
        made.measure();
        made
    }

    /// The same in smaller letters and no wider than a column; notes are broken into lines.
    #[must_use]
    pub fn for_paper(mut self, scale: f64, wide: f64) -> Self {
        self.scale = scale;
        let points = NOTE * scale;
        self.notes =
            self.notes.iter().flat_map(|note| letters::lines(note, points, Weight::Regular, wide)).collect();
        self.measure();
        self.width = wide + 20.0;
        self
    }

    /// Lines of its own for what is shown, and another title.
    #[must_use]
    pub fn telling(mut self, title: Option<String>, more: Vec<Line>) -> Self {
        self.title = title.unwrap_or(self.title);
        // They stand before SOT places, which are hollow after a place.
        let at = self.hollow_from.min(self.lines.len());
        self.hollow_from += more.len();
        self.lines.splice(at..at, more);
        self.measure();
        self
    }

    fn measure(&mut self) {
        let wide = |text: &str, points: f64| letters::width(text, points * self.scale, Weight::Regular);
        let widest =
            |of: fn(&Line) -> &str| self.lines.iter().map(|line| wide(of(line), TEXT)).fold(0.0, f64::max);
        let (texts, figures) = (widest(|line| &line.text), widest(|line| &line.figure));
        let notes = self.notes.iter().map(|note| wide(note, NOTE)).fold(0.0, f64::max);
        let title = letters::width(&self.title, TITLE * self.scale, Weight::Bold);
        self.width = ((INDENT + GAP) * self.scale + texts + figures).max(title).max(notes) + 20.0;
        self.height = self.inner() + 20.0 * self.scale;
    }

    /// How high it is without the edge of a card.
    #[must_use]
    pub fn inner(&self) -> f64 {
        let lines = u16::try_from(self.lines.len() + self.notes.len()).unwrap_or(u16::MAX);
        (EDGE + f64::from(lines) * LINE) * self.scale
    }

    /// Draws it from an upper left corner.
    pub fn draw(&self, pen: &mut Pen, [x, y]: [f64; 2]) {
        let (scale, ink, right) = (self.scale, self.colours.label, x + self.width - 20.0);
        let mut below = y + EDGE * scale;
        pen.text([x, below], &self.title, Letters::new(TITLE * scale, ink).bold());
        let letters = Letters::new(TEXT * scale, ink);
        for (at, line) in self.lines.iter().enumerate() {
            below += LINE * scale;
            let middle = below - 4.3 * scale;
            if let Some(sign) = line.sign {
                let is_hollow = at >= self.hollow_from && line.sign == Some(Sign::Kind(ServiceKind::Sot));
                let look = Look { sign, colour: line.colour, is_hollow, name: &line.text };
                pen.sign([x + 9.0 * scale, middle], 7.0 * scale, look);
            } else {
                self.swatch(pen, line, [x, middle]);
            }
            pen.text([x + INDENT * scale, below], &line.text, letters);
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
