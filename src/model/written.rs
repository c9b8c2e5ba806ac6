//! Which number is meant, as people write it?

/// A number as people write it: spaces between thousands, a decimal comma or point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WrittenNumber {
    pub value: f64,
    /// `1,234` and `1.234` as text may be thousands or decimals; they are read as decimals.
    pub is_ambiguous: bool,
}

/// Reads a number as people write it.
#[must_use]
pub fn written_number(text: &str) -> Option<WrittenNumber> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let value: f64 = plain.replace(',', ".").parse().ok()?;
    Some(WrittenNumber { value, is_ambiguous: may_be_thousands(&plain) })
}

/// One to three digits, a comma or point, and three digits: `1,234`.
#[must_use]
pub fn may_be_thousands(text: &str) -> bool {
    let Some((whole, rest)) = text.trim().split_once([',', '.']) else { return false };
    let whole = whole.trim_start_matches(['-', '+']);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // 0,125 is no number of thousands.
    is_digits(whole) && whole.len() <= 3 && !whole.starts_with('0') && rest.len() == 3 && is_digits(rest)
}
