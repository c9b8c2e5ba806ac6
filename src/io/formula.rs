//! What would a spreadsheet take for a formula? A text that begins as one gets an apostrophe before it in a table of text,
//! and loses it when such a table is read.

use std::borrow::Cow;

/// Signs that a formula begins with: also a tab and a return, behind which some programs look for one.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Does it begin as a formula, behind any number of apostrophes?
fn begins(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTS)
}

/// A number as people write it is none: `-5`, `+1,5`, `-1e-3`.
fn is_number(text: &str) -> bool {
    let plain = text.trim().replace(',', ".").replace(['\u{a0}', '\u{202f}'], "");
    plain.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A text as a table of text holds it, so that no program computes it.
#[must_use]
pub fn shielded(text: &str) -> Cow<'_, str> {
    if begins(text) && !is_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was shielded.
#[must_use]
pub fn unshielded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_texts_and_numbers_stay_numbers() {
        for formula in
            ["=1+1", "=HYPERLINK(\"x\")", "+46 70-123", "-SUM(A1)", "@A1", "\t=1", "\r=1", "'=1", "-"]
        {
            let written = shielded(formula);
            assert!(written.starts_with('\''), "{formula}");
            assert_eq!(unshielded(&written), formula);
        }
        for plain in ["-5", "+1,5", "-1e-3", "-1\u{a0}000", "Åre", "", "'quoted'", "a=b", "’=", " =1"] {
            assert_eq!((shielded(plain).as_ref(), unshielded(plain)), (plain, plain));
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@\\-\t\r0-9a, ]{0,8}") {
            let written = shielded(&text);
            prop_assert_eq!(unshielded(&written), text.as_str());
            let is_safe = !written.starts_with(STARTS) || is_number(&written);
            prop_assert!(is_safe, "{:?}", written);
        }
    }
}
