//! What is a report, whatever it becomes? Headings, paragraphs, lists, tables and figures in their order, and the head of a
//! letter of an authority. Does not know Word, the web or paper.

use crate::io::Logo;
use crate::lang::{Lang, shown};
use crate::say;

/// Whose report it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letter {
    pub organisation: String,
    /// The number of the case (*diarienummer*).
    pub reference: String,
    pub author: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What is proposed to be decided (*förslag till beslut*); empty: still to be written.
    pub proposal: String,
    pub logo: Option<Logo>,
}

/// Points of a logotype, as large as it may be: 45 by 16 mm.
#[must_use]
pub fn logo_points(logo: &Logo) -> [f64; 2] {
    let [wide, high] = logo.size.map(|side| f64::from(side.max(1)));
    let scale = (127.0 / wide).min(45.0 / high);
    [wide * scale, high * scale]
}

/// A report.
#[derive(Debug, Clone)]
pub struct Document {
    pub lang: Lang,
    pub title: String,
    pub letter: Letter,
    pub blocks: Vec<Block>,
    tables: usize,
    figures: usize,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Level 2 is a section, 3 a part of one; the title is level 1.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        text: String,
        style: Style,
    },
    List(Vec<String>),
    Table(Table),
    Figure(Figure),
    /// What follows begins on a new page.
    PageBreak,
}

/// How a paragraph is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Body,
    /// The answer.
    Lead,
    /// Small print.
    Note,
    /// Somebody has to write it still.
    Blank,
}

/// A table: a head, rows, and in each row a name first.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stable, for who looks for its figures.
    pub id: &'static str,
    pub number: usize,
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Columns of numbers, which stand to the right.
    pub numeric: Vec<bool>,
}

impl Table {
    /// A table of words.
    #[must_use]
    pub fn new(id: &'static str, caption: String, head: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let numeric = vec![false; head.len()];
        Self { id, number: 0, caption, head, rows, numeric }
    }

    /// All columns but the first hold numbers.
    #[must_use]
    pub fn of_numbers(mut self) -> Self {
        self.numeric = (0..self.head.len()).map(|at| at > 0).collect();
        self
    }
}

/// A picture with words.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub number: usize,
    pub caption: String,
    /// What one sees in it, for who does not.
    pub alt: String,
    pub svg: String,
    /// Points of print.
    pub size: [f64; 2],
}

/// A text that every form can hold: line breaks of one sort, and no signs that steer.
#[must_use]
pub fn clean(text: &str) -> String {
    shown(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned()
}

impl Letter {
    fn cleaned(self) -> Self {
        // Each of these stands on lines of its own.
        let line = |text: &str| clean(text).replace('\n', " ").trim().to_owned();
        Self {
            organisation: line(&self.organisation),
            reference: line(&self.reference),
            author: line(&self.author),
            date: line(&self.date),
            proposal: clean(&self.proposal),
            logo: self.logo,
        }
    }
}

impl Document {
    #[must_use]
    pub fn new(lang: Lang, title: &str, letter: Letter) -> Self {
        let (title, letter) = (clean(title), letter.cleaned());
        Self { lang, title, letter, blocks: Vec::new(), tables: 0, figures: 0 }
    }

    pub fn section(&mut self, sv: &str, en: &str) {
        self.heading(2, self.lang.pick(sv, en));
    }

    pub fn heading(&mut self, level: u8, text: &str) {
        self.blocks.push(Block::Heading { level, text: clean(text) });
    }

    /// A paragraph; nothing where the text is empty.
    pub fn write(&mut self, style: Style, text: impl Into<String>) {
        let text = clean(&text.into());
        if !text.trim().is_empty() {
            self.blocks.push(Block::Paragraph { text, style });
        }
    }

    pub fn body(&mut self, text: impl Into<String>) {
        self.write(Style::Body, text);
    }

    pub fn note(&mut self, text: impl Into<String>) {
        self.write(Style::Note, text);
    }

    /// A list; nothing where it is empty.
    pub fn list(&mut self, items: &[String]) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items.iter().map(|item| clean(item)).collect()));
        }
    }

    /// A table; nothing where it has no rows.
    pub fn table(&mut self, mut table: Table) {
        if !table.rows.is_empty() {
            self.tables += 1;
            table.number = self.tables;
            let texts = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
            texts.chain([&mut table.caption]).for_each(|text| *text = clean(text));
            self.blocks.push(Block::Table(table));
        }
    }

    pub fn figure(&mut self, mut figure: Figure) {
        self.figures += 1;
        figure.number = self.figures;
        (figure.caption, figure.alt) = (clean(&figure.caption), clean(&figure.alt));
        self.blocks.push(Block::Figure(figure));
    }

    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }

    /// What kind of document it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.lang.pick("Tjänsteskrivelse", "Decision memorandum")
    }

    /// The words and values of the head, those that are there.
    #[must_use]
    pub fn head(&self) -> Vec<(&'static str, &str)> {
        let letter = &self.letter;
        let all = [
            (self.lang.pick("Diarienummer", "Reference number"), letter.reference.as_str()),
            (self.lang.pick("Datum", "Date"), letter.date.as_str()),
            (self.lang.pick("Handläggare", "Author"), letter.author.as_str()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// What stands at the foot of every page, beside its number.
    #[must_use]
    pub fn foot(&self) -> String {
        let reference = &self.letter.reference;
        if reference.is_empty() { self.title.clone() } else { format!("{reference} · {}", self.title) }
    }

    /// What the logotype shows, for who does not see it.
    #[must_use]
    pub fn logo_alt(&self) -> String {
        let logotype = self.lang.pick("Logotyp", "Logotype");
        match self.letter.organisation.as_str() {
            "" => logotype.to_owned(),
            name => format!("{logotype}: {name}"),
        }
    }

    /// "Table 1"; the word and the number.
    #[must_use]
    pub const fn table_word(&self) -> &'static str {
        self.lang.pick("Tabell", "Table")
    }

    #[must_use]
    pub const fn figure_word(&self) -> &'static str {
        self.lang.pick("Figur", "Figure")
    }

    #[must_use]
    pub fn page_said(&self, page: usize, of: usize) -> String {
        say!(self.lang, "Sida {page} av {of}", "Page {page} of {of}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_of_letters_that_every_form_can_hold() {
        assert_eq!(clean("a\r\nb\rc\td\u{1}e\u{202e}f\u{ffff}"), "a\nb\nc d□e□f□");
        assert_eq!(clean("Åre 😀 \u{a0}km"), "Åre 😀 \u{a0}km");
        let letter = Letter { author: "A\nB ".into(), ..Letter::default() };
        assert_eq!(Document::new(Lang::En, "T\u{0}", letter).letter.author, "A B");
    }
}
