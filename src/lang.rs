//! In which language does the program speak, and how does that language write numbers?
//! Both texts stand side by side at their place of use, so that none can be missing and the
//! compiler checks every placeholder in both. Does not know what is said.

use std::borrow::Cow;

use crate::units::{Cost, Measure, Metres, People, Seconds};

/// A language of the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Sv,
    En,
}

/// The text in the language asked for.
///
/// ```
/// use sotplan::{lang::Lang, say};
/// let n = 3;
/// assert_eq!(say!(Lang::Sv, "{n} rutor", "{n} cells"), "3 rutor");
/// ```
#[macro_export]
macro_rules! say {
    ($lang:expr, $sv:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        match $lang {
            $crate::lang::Lang::Sv => format!($sv $(, $arg)*),
            $crate::lang::Lang::En => format!($en $(, $arg)*),
        }
    };
}

/// The text that goes with a count, in the language asked for: of one, and of any other number.
///
/// ```
/// use sotplan::{lang::Lang, say_many};
/// let n = 1;
/// assert_eq!(say_many!(Lang::En, n, "{n} ruta" | "{n} rutor", "{n} cell" | "{n} cells"), "1 cell");
/// ```
#[macro_export]
macro_rules! say_many {
    ($lang:expr, $count:expr, $sv_one:literal | $sv:literal, $en_one:literal | $en:literal $(,)?) => {
        match ($lang, $count == 1) {
            ($crate::lang::Lang::Sv, true) => format!($sv_one),
            ($crate::lang::Lang::Sv, false) => format!($sv),
            ($crate::lang::Lang::En, true) => format!($en_one),
            ($crate::lang::Lang::En, false) => format!($en),
        }
    };
}

/// No-break space, the thousands separator of both languages here. The window's letters have a narrow one; the narrow
/// no-break space itself is one at which its text breaks.
const THOUSANDS: char = '\u{a0}';

/// What stands where a sign is that steers and shows nothing.
const STEERS: char = '□';

/// Signs that nobody sees and that change what is seen: control characters but the line break, marks and overrides of
/// the direction of writing, and what is no character at all.
#[must_use]
pub const fn steers(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// A text of a file as people are shown it: a box for each sign that steers, so that a name can neither hide a part of
/// itself nor turn the direction of what follows. What is written to files keeps its signs.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let letter = |letter: char| match letter {
        '\t' => ' ',
        letter if steers(letter) => STEERS,
        letter => letter,
    };
    Cow::Owned(text.replace("\r\n", "\n").chars().map(letter).collect())
}

/// The same of a name, which stands on one line: what breaks it is seen too.
#[must_use]
pub fn shown_name(name: &str) -> String {
    shown(name).replace('\n', "□")
}

impl Lang {
    /// A fixed text.
    #[must_use]
    pub const fn pick<'a>(self, sv: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// The language of a locale name such as `sv_SE.UTF-8`.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("sv") { Self::Sv } else { Self::En }
    }

    #[must_use]
    pub const fn code(self) -> &'static str {
        self.pick("sv", "en")
    }

    const fn decimal_sign(self) -> char {
        match self {
            Self::Sv => ',',
            Self::En => '.',
        }
    }

    /// A number with a fixed number of decimals, thin-space thousands and the language's decimal sign.
    #[must_use]
    pub fn number(self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_zero = text.bytes().all(|b| b == b'0' || b == b'.');
        let mut out = String::with_capacity(text.len() + 4);
        if value < 0.0 && !is_zero {
            out.push('\u{2212}');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(THOUSANDS);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal_sign());
            out.push_str(fraction);
        }
        out
    }

    /// A count of things.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
    pub fn count(self, value: usize) -> String {
        self.number(value as f64, 0)
    }

    /// A whole number from a report.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
    pub fn whole(self, value: u64) -> String {
        self.number(value as f64, 0)
    }

    /// People, whole where they are whole.
    #[must_use]
    pub fn people(self, people: People) -> String {
        let value = people.value();
        self.number(value, usize::from(value.fract().abs() > 1e-9))
    }

    /// People with their word: "1 person", "1 200 people".
    #[must_use]
    pub fn persons(self, people: People) -> String {
        let word = if self.is_one(people) { "person" } else { self.pick("personer", "people") };
        format!("{} {word}", self.people(people))
    }

    /// Are these people written as one?
    #[must_use]
    pub fn is_one(self, people: People) -> bool {
        self.people(people) == "1"
    }

    /// Kilometres, two decimals below ten.
    #[must_use]
    pub fn km(self, length: Metres) -> String {
        let km = length.km();
        format!("{} km", self.number(km, if km.abs() < 9.995 { 2 } else { 1 }))
    }

    /// Metres below one kilometre, else kilometres.
    #[must_use]
    pub fn distance(self, length: Metres) -> String {
        if length.value() < 999.5 { format!("{} m", self.number(length.value(), 0)) } else { self.km(length) }
    }

    #[must_use]
    pub fn minutes(self, time: Seconds) -> String {
        format!("{} min", self.number(time.minutes(), usize::from(time.minutes() < 9.95)))
    }

    /// Kilometres or minutes, whichever is counted.
    #[must_use]
    pub fn cost(self, cost: Cost, measure: Measure) -> String {
        match measure {
            Measure::Distance => self.km(cost.metres()),
            Measure::Time => self.minutes(cost.seconds()),
        }
    }

    /// A share 0…1 as per cent, one decimal.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        format!("{}\u{a0}%", self.number(share * 100.0, 1))
    }
}

/// A thing that says itself in the language of the user.
pub trait Said {
    fn said(&self, lang: Lang) -> String;
}

/// The first letter large, as a line or a sentence begins.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What names are sorted by: the Swedish alphabet, in which å, ä and ö stand last, whatever the case.
#[must_use]
pub fn alphabetical(name: &str) -> String {
    // In ASCII these three follow z.
    let letter = |letter: char| match letter {
        'å' => '{',
        'ä' | 'æ' => '|',
        'ö' | 'ø' => '}',
        'é' | 'è' | 'ê' => 'e',
        'ü' => 'y',
        letter => letter,
    };
    name.to_lowercase().chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_the_alphabet() {
        let mut names = ["Östersund", "Åre", "Berg", "Älvdalen", "älgered", "Zinkgruvan"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["Berg", "Zinkgruvan", "Åre", "älgered", "Älvdalen", "Östersund"]);
    }

    #[test]
    fn signs_that_steer_are_shown() {
        assert_eq!(shown("Åre 😀 \u{a0}km\n1"), "Åre 😀 \u{a0}km\n1");
        assert_eq!(shown("a\tb\u{0}\u{1f}\u{7f}\u{9f}\r\nc\rd"), "a b□□□□\nc□d");
        assert_eq!(shown("\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}"), "□□□□□□");
        assert_eq!(shown_name("ICA\nNära"), "ICA□Nära");
        // Joiners of letters and marks above them are writing, and stay.
        assert_eq!(shown("a\u{308} \u{200d}"), "a\u{308} \u{200d}");
    }

    #[test]
    fn writes_numbers_as_each_language_does() {
        assert_eq!(Lang::Sv.number(132_637.0, 0), "132\u{a0}637");
        assert_eq!(Lang::Sv.number(4.489, 2), "4,49");
        assert_eq!(Lang::En.number(-1234.5, 1), "\u{2212}1\u{a0}234.5");
        assert_eq!(Lang::En.number(-0.001, 1), "0.0");
        assert_eq!(Lang::Sv.km(Metres::new(12_340.0)), "12,3 km");
        assert_eq!(Lang::Sv.distance(Metres::new(180.4)), "180 m");
        assert_eq!(Lang::Sv.people(People::new(2.5)), "2,5");
    }

    #[test]
    fn both_languages_take_the_same_arguments() {
        let n = 3;
        assert_eq!(say!(Lang::Sv, "{n} rutor", "{n} cells"), "3 rutor");
        assert_eq!(say!(Lang::En, "{n} rutor", "{n} cells"), "3 cells");
    }
}
