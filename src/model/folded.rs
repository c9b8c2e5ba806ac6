//! How are texts compared that people and programs write in many ways?

/// A text as it is compared: without space around it, in lower case, letters composed (NFC). Files from some systems
/// write å as a and a ring.
#[must_use]
pub fn folded(text: &str) -> String {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
    let text = text.trim();
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.to_lowercase();
    }
    text.nfc().collect::<String>().to_lowercase()
}
