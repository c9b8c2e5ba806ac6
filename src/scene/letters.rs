//! How wide is a text, and where do its lines break? By the letters that maps and pages are written with, which are built
//! in. The window has letters of its own.

use std::sync::OnceLock;

use ttf_parser::Face;

/// What the family is called in a picture of lines.
pub const FAMILY: &str = "Inter";

/// The letters of paper; `assets/README.md` says where they are from.
pub static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
pub static BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-Bold.ttf");

/// How thick letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    fn face(self) -> Option<&'static Face<'static>> {
        static FACES: OnceLock<[Option<Face<'static>>; 2]> = OnceLock::new();
        FACES.get_or_init(|| [REGULAR, BOLD].map(|font| Face::parse(font, 0).ok()))[self as usize].as_ref()
    }

    /// Has the font a letter for it?
    #[must_use]
    pub fn has(self, letter: char) -> bool {
        self.face().is_some_and(|face| face.glyph_index(letter).is_some())
    }
}

/// How wide a text is at a size, both in points. Kerning is left out: it narrows by less than a hundredth.
#[must_use]
pub fn width(text: &str, points: f64, weight: Weight) -> f64 {
    /// A letter that the font lacks is drawn by another, about so wide.
    const OTHER: f64 = 0.7;
    let Some(face) = weight.face() else { return 0.0 };
    let unit = f64::from(face.units_per_em());
    let advance = |letter: char| {
        let glyph = face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph));
        glyph.map_or(OTHER, |advance| f64::from(advance) / unit)
    };
    text.chars().map(advance).sum::<f64>() * points
}

/// A word with its measures, for whoever breaks lines.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    width: f64,
    space: f64,
}

impl textwrap::core::Fragment for Word<'_> {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The lines of a text in a column of a width, points. A word that is wider than the column is broken.
///
/// # Complexity
/// O(letters).
#[must_use]
pub fn lines(text: &str, points: f64, weight: Weight, wide: f64) -> Vec<String> {
    let space = width(" ", points, weight);
    let mut out = Vec::new();
    for paragraph in text.split('\n') {
        let words = paragraph.split(' ').filter(|word| !word.is_empty());
        let words: Vec<Word<'_>> = words
            .flat_map(|word| broken(word, points, weight, wide))
            .map(|(text, is_last)| Word {
                text,
                width: width(text, points, weight),
                space: if is_last { space } else { 0.0 },
            })
            .collect();
        let wrapped = textwrap::wrap_algorithms::wrap_first_fit(&words, &[wide]);
        out.extend(wrapped.into_iter().map(|line| {
            let mut text = String::new();
            for (at, word) in line.iter().enumerate() {
                text.push_str(word.text);
                if word.space > 0.0 && at + 1 < line.len() {
                    text.push(' ');
                }
            }
            text
        }));
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// At most so many lines of a text; what is left out is told by three points at the end.
#[must_use]
pub fn some_lines(text: &str, points: f64, weight: Weight, wide: f64, most: usize) -> Vec<String> {
    let mut lines = lines(text, points, weight, wide);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = one_line(&format!("{last} …"), points, weight, wide);
        }
    }
    lines
}

/// A text on one line; what does not fit is told by three points.
#[must_use]
pub fn one_line(text: &str, points: f64, weight: Weight, wide: f64) -> String {
    if width(text, points, weight) <= wide {
        return text.to_owned();
    }
    let mut cut = text.to_owned();
    while !cut.is_empty() && width(&format!("{cut}…"), points, weight) > wide {
        cut.pop();
    }
    format!("{}…", cut.trim_end())
}

/// A word in parts that fit, each with whether it ends the word. It may also break after a hyphen or a slash.
fn broken(word: &str, points: f64, weight: Weight, wide: f64) -> Vec<(&str, bool)> {
    if width(word, points, weight) <= wide {
        return vec![(word, true)];
    }
    let (mut parts, mut start, mut last_good) = (Vec::new(), 0, None);
    for (at, letter) in word.char_indices() {
        let end = at + letter.len_utf8();
        if at > start && width(&word[start..end], points, weight) > wide {
            let cut = last_good.filter(|good| *good > start).unwrap_or(at);
            parts.push((&word[start..cut], false));
            start = cut;
            last_good = None;
        }
        if matches!(letter, '-' | '/' | '_' | '.' | '–') {
            last_good = Some(end);
        }
    }
    parts.push((&word[start..], true));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_the_country_and_of_figures_are_there() {
        for letter in "åäöÅÄÖéčđŋšŧž–—“”…²³×≤≥−→≈%§ kr\u{a0}".chars() {
            assert!(Weight::Regular.has(letter) && Weight::Bold.has(letter), "{letter}");
        }
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Hallen ligger vid Storsjön; en-mycket-lång-sammansättning-utan-slut och 0123456789abcdef0123456789";
        for wide in [40.0, 80.0, 300.0] {
            let lines = lines(text, 10.0, Weight::Regular, wide);
            assert!(lines.iter().all(|line| width(line, 10.0, Weight::Regular) <= wide + 1e-9), "{lines:?}");
            let joined = |texts: &[String]| texts.concat().replace(' ', "");
            assert_eq!(joined(&lines), text.replace(' ', ""));
        }
        assert_eq!(super::lines("", 10.0, Weight::Regular, 50.0), [""]);
        assert_eq!(super::lines("a\nb", 10.0, Weight::Bold, 50.0), ["a", "b"]);
    }
}
