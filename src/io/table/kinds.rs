//! Of which type is a column of texts? A number only where every value is one, so that codes keep their zeros; what
//! stands for "no value" is told apart.

use std::ops::BitOr;

use super::Cells;
use crate::model::Entry;

/// Words of spreadsheets, in English and Swedish, for a value that could not be computed.
const FAULTS: [&str; 17] = [
    "#N/A",
    "#NA",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#DATA!",
    "#SAKNAS!",
    "#REFERENS!",
    "#VÄRDEFEL!",
    "#DIVISION/0!",
    "#NAMN?",
    "#OGILTIGT!",
    "#SKÄRNING!",
    "#SPILL!",
];

/// Words of registers and programs for "no value", in a column of numbers.
const NOTHING: [&str; 9] = ["NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", ".."];

/// What values of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Looks(u16);

impl Looks {
    const WHOLE: Self = Self(1);
    const POINT: Self = Self(2);
    const COMMA: Self = Self(4);
    /// `1,234`, which may be thousands or decimals.
    const COMMA_OR_THOUSANDS: Self = Self(8);
    /// `1 234 567`
    const GROUPED: Self = Self(16);
    const FLAG: Self = Self(32);
    const TEXT: Self = Self(64);
    /// The cell holds no value but a spreadsheet's fault.
    const FAULT: Self = Self(128);
    /// A word that means "no value" among numbers.
    const NOTHING: Self = Self(256);

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const NUMBERS: Self = Self(1 | 2 | 4 | 8 | 16);

    pub const fn is_number(self) -> bool {
        self.has(Self::NUMBERS)
    }
}

impl BitOr for Looks {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How one value looks; it has no space around it and is not empty.
pub(super) fn look(text: &str) -> Looks {
    let first = text.as_bytes().first().copied().unwrap_or(b' ');
    match first {
        b'0'..=b'9' | b'-' | b'.' => number_look(text),
        b'#' if FAULTS.contains(&text) => Looks::FAULT,
        b't' | b'T' | b'f' | b'F'
            if matches!(text, "true" | "false" | "TRUE" | "FALSE" | "True" | "False") =>
        {
            Looks::FLAG
        }
        b'n' | b'N' if NOTHING.contains(&text) => Looks::NOTHING,
        _ => Looks::TEXT,
    }
}

fn number_look(text: &str) -> Looks {
    if text == ".." {
        return Looks::NOTHING;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    // A number has no zero before its digits; a code has.
    let has_code_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    if has_code_zero {
        return Looks::TEXT;
    }
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return if text.len() <= 18 || text.parse::<i64>().is_ok() { Looks::WHOLE } else { Looks::TEXT };
    }
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((whole, rest)) = digits.split_once('.') {
        let (decimals, exponent) = rest.split_once(['e', 'E']).map_or((rest, None), |(a, b)| (a, Some(b)));
        let is_exponent =
            |text: &str| is_plain(text.strip_prefix(['-', '+']).unwrap_or(text)) && text.len() < 5;
        let is_real = (is_plain(whole) || whole.is_empty()) && is_plain(decimals);
        let is_finite = || text.parse::<f64>().is_ok_and(f64::is_finite);
        let is_real = is_real && exponent.is_none_or(is_exponent) && is_finite();
        return if is_real { Looks::POINT } else { Looks::TEXT };
    }
    match digits.split_once(',') {
        Some((whole, decimals)) if is_plain(decimals) && (is_plain(whole) || is_grouped(whole)) => {
            let is_unclear = whole.len() <= 3 && whole != "0" && decimals.len() == 3;
            if is_unclear { Looks::COMMA_OR_THOUSANDS } else { Looks::COMMA }
        }
        None if is_grouped(digits) => Looks::GROUPED,
        _ => Looks::TEXT,
    }
}

/// Groups of three digits with a space between, as Swedish writes thousands.
fn is_grouped(text: &str) -> bool {
    let mut parts = text.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let mut rest = 0;
    (1..=3).contains(&first.len())
        && is_digits(first)
        && parts.all(|part| {
            rest += 1;
            part.len() == 3 && is_digits(part)
        })
        // More digits than that are an id, which a number of the machine would round.
        && (1..=4).contains(&rest)
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Whole,
    Real,
    Flag,
    Text,
}

/// What is found of a column when all its values have been looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    looks: Looks,
    /// Values, numbers among them.
    pub filled: usize,
    pub numbers: usize,
    /// Cells that hold a spreadsheet's fault: how many, and the rows of the first.
    pub faults: (usize, Vec<u32>),
    /// Words for "no value" that stand among numbers.
    pub nothings: (usize, Vec<u32>),
    /// The first different values, as they stand.
    pub samples: Vec<String>,
}

impl Seen {
    const SAMPLES: usize = 4;
    /// Rows that are named of those with a fault.
    const NAMED: usize = 5;

    fn take(&mut self, text: &str, number: u32) {
        let look = look(text);
        self.looks = self.looks | look;
        let kept = match look {
            Looks::FAULT => &mut self.faults,
            Looks::NOTHING => &mut self.nothings,
            _ => {
                self.filled += 1;
                self.numbers += usize::from(look.is_number());
                if self.samples.len() < Self::SAMPLES && !self.samples.iter().any(|sample| sample == text) {
                    self.samples.push(text.to_owned());
                }
                return;
            }
        };
        kept.0 += 1;
        if kept.1.len() < Self::NAMED {
            kept.1.push(number);
        }
    }

    pub fn append(&mut self, other: Self) {
        self.looks = self.looks | other.looks;
        self.filled += other.filled;
        self.numbers += other.numbers;
        for (own, (count, rows)) in [(&mut self.faults, other.faults), (&mut self.nothings, other.nothings)] {
            own.0 += count;
            let room = Self::NAMED.saturating_sub(own.1.len());
            own.1.extend(rows.into_iter().take(room));
        }
        for sample in other.samples {
            if self.samples.len() < Self::SAMPLES && !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }

    /// Its numbers have a decimal comma, beyond doubt.
    pub const fn has_comma(&self) -> bool {
        self.looks.has(Looks::COMMA)
    }

    /// The type; `has_comma`: somewhere in the table a comma stands for decimals beyond doubt.
    pub const fn kind(&self, has_comma: bool) -> Kind {
        let looks = self.looks;
        // 1,234 beside 1.5, or with nothing that tells: whoever reads the column says what it took it for.
        let is_unclear = looks.has(Looks::COMMA_OR_THOUSANDS) && (!has_comma || looks.has(Looks::POINT));
        if looks.has(Looks::TEXT) || is_unclear {
            Kind::Text
        } else if looks.has(Looks::FLAG) {
            if looks.is_number() { Kind::Text } else { Kind::Flag }
        } else if looks.has(Looks(2 | 4 | 8)) {
            Kind::Real
        } else if looks.is_number() {
            Kind::Whole
        } else {
            Kind::Text
        }
    }
}

/// Looks at all values of some rows, whose first has this number.
pub(super) fn look_at(cells: &Cells, rows: std::ops::Range<usize>, first: u32, width: usize) -> Vec<Seen> {
    let mut seen = vec![Seen::default(); width];
    for (number, row) in (first..).zip(rows) {
        for (column, text) in seen.iter_mut().zip(cells.row(row)) {
            if !text.is_empty() {
                column.take(text, number);
            }
        }
    }
    seen
}

/// A value in the type of its column; nothing where the cell has none.
pub(super) fn entry(text: &str, kind: Kind) -> Option<Entry<'_>> {
    if text.is_empty() || text.starts_with('#') && FAULTS.contains(&text) {
        return None;
    }
    match kind {
        Kind::Text => Some(Entry::Text(text)),
        Kind::Flag if NOTHING.contains(&text) => None,
        Kind::Flag => Some(Entry::Flag(text.starts_with(['t', 'T']))),
        Kind::Whole => match text.parse() {
            Ok(whole) => Some(Entry::Integer(whole)),
            #[expect(clippy::cast_possible_truncation, reason = "at most 15 digits in groups")]
            Err(_) => number(text).map(|number| Entry::Integer(number as i64)),
        },
        Kind::Real => number(text).map(Entry::Real),
    }
}

/// A number as it is written: spaces between thousands, a decimal point or comma.
pub(super) fn number(text: &str) -> Option<f64> {
    let finite = |number: f64| number.is_finite().then_some(number);
    let is_number =
        |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '.'));
    if !is_number(text) {
        return None;
    }
    if let Ok(number) = text.parse() {
        return finite(number);
    }
    // As it is written in a few letters more: no allocation.
    let mut plain = [0_u8; 40];
    let mut length = 0;
    for sign in text.chars().filter(|sign| !sign.is_whitespace()) {
        let byte = if sign == ',' { b'.' } else { u8::try_from(sign).ok().filter(u8::is_ascii)? };
        *plain.get_mut(length)? = byte;
        length += 1;
    }
    finite(std::str::from_utf8(&plain[..length]).ok()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(values: &[&str], has_comma: bool) -> Kind {
        let mut seen = Seen::default();
        for value in values {
            seen.take(value, 1);
        }
        seen.kind(has_comma)
    }

    #[test]
    fn a_column_is_of_numbers_only_where_every_value_is_one() {
        for (values, kind) in [
            (["1", "20", "-3"].as_slice(), Kind::Whole),
            (&["1", "2.5"], Kind::Real),
            (&["1", "2,5"], Kind::Real),
            (&["1 200", "2\u{a0}300\u{a0}400", "7"], Kind::Whole),
            (&["1 200,5", "7"], Kind::Real),
            (&["0114", "2326"], Kind::Text),
            (&["372 78", "148 95"], Kind::Text),
            (&["12", "okänd"], Kind::Text),
            (&["12", "#N/A", "NA", ".."], Kind::Whole),
            (&["NA", "Åre"], Kind::Text),
            (&["true", "false"], Kind::Flag),
            (&["true", "1"], Kind::Text),
            (&["4420006891000"], Kind::Whole),
            (&["99999999999999999999"], Kind::Text),
            (&["2024-01-05"], Kind::Text),
            (&["1.5e-05", "2.0"], Kind::Real),
            (&["1.0e999"], Kind::Text),
            (&["1.2.3"], Kind::Text),
            (&["-"], Kind::Text),
            (&["08:30"], Kind::Text),
            (&["+46 70"], Kind::Text),
            (&[], Kind::Text),
        ] {
            assert_eq!(kind_of(values, true), kind, "{values:?}");
        }
        assert_eq!(kind_of(&["1,234", "2"], false), Kind::Text, "thousands or decimals");
        assert_eq!(kind_of(&["1,234", "2"], true), Kind::Real);
        assert_eq!(kind_of(&["1,234", "2.5"], true), Kind::Text);
    }

    #[test]
    fn values_are_read_as_written() {
        assert_eq!(entry("1 200", Kind::Whole), Some(Entry::Integer(1200)));
        assert_eq!(entry("-12,5", Kind::Real), Some(Entry::Real(-12.5)));
        assert_eq!(entry("1\u{a0}200,25", Kind::Real), Some(Entry::Real(1200.25)));
        assert_eq!(entry("#SAKNAS!", Kind::Text), None);
        assert_eq!(entry("NA", Kind::Real), None);
        assert_eq!(entry("NA", Kind::Text), Some(Entry::Text("NA")));
        assert_eq!(number("7 012 000,5"), Some(7_012_000.5));
        for text in ["", "åtta", "inf", "nan", "1e999", "1,2,3", &"9 ".repeat(50)] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
