//! In which encoding are the texts of a `.dbf`? What the `.cpg` beside it says, else its own language byte, else what
//! the bytes look like, and then that is said.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;

use crate::model::Message;

/// How bytes become text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decoder {
    Known(&'static Encoding),
    /// A code page of DOS.
    Dos(u16),
}

impl Decoder {
    /// What bytes say; also whether some of them say nothing in this encoding.
    pub fn text(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self {
            Self::Known(encoding) => encoding.decode_without_bom_handling(bytes),
            Self::Dos(page) => match DECODING_TABLE_CP_MAP.get(&page) {
                Some(table) => (table.decode_string_lossy(bytes).into(), false),
                None => (String::from_utf8_lossy(bytes), true),
            },
        }
    }

    pub fn name(self) -> String {
        match self {
            Self::Known(encoding) => encoding.name().replace("windows", "Windows").replace("gbk", "GBK"),
            Self::Dos(page) => format!("CP{page}"),
        }
    }

    fn of_page(page: u16) -> Option<Self> {
        let known = |label: &str| Encoding::for_label(label.as_bytes()).map(Self::Known);
        match page {
            65001 => Some(Self::Known(UTF_8)),
            // Latin-1 as programs write it: what only Windows-1252 has is taken for that.
            1252 | 28591 => Some(Self::Known(WINDOWS_1252)),
            1250..=1258 => known(&format!("windows-{page}")),
            28592..=28606 => known(&format!("iso-8859-{}", page - 28590)),
            932 => known("shift_jis"),
            936 => known("gbk"),
            949 => known("euc-kr"),
            950 => known("big5"),
            874 => known("windows-874"),
            _ => DECODING_TABLE_CP_MAP.contains_key(&page).then_some(Self::Dos(page)),
        }
    }

    /// What a `.cpg` names; `None` where it says nothing.
    pub fn of_cpg(text: &str) -> Option<Result<Self, String>> {
        let said = text.trim_start_matches('\u{feff}').trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if said.is_empty() {
            return None;
        }
        let lower = said.to_ascii_lowercase();
        let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
        let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
        // `88591` is how Esri writes ISO 8859-1.
        let latin = digits.strip_prefix("8859").and_then(|part| part.parse::<u16>().ok());
        let page = digits.parse::<u16>().ok();
        let found = match letters.as_str() {
            "utf" if digits == "8" => Some(Self::Known(UTF_8)),
            "latin" if digits == "1" => Some(Self::Known(WINDOWS_1252)),
            "" | "iso" if latin.is_some_and(|part| part < 20) => {
                latin.and_then(|part| Self::of_page(28590 + part))
            }
            "" | "ansi" | "cp" | "oem" | "ibm" | "windows" | "win" => page.and_then(Self::of_page),
            _ => None,
        };
        let labelled = || Encoding::for_label_no_replacement(lower.as_bytes()).map(Self::Known);
        let found = found.or_else(labelled).ok_or_else(|| said.chars().take(40).collect());
        Some(found)
    }

    /// What the language byte of a `.dbf` says; `None` where it says nothing.
    pub fn of_language(byte: u8) -> Option<Result<Self, String>> {
        let page = match byte {
            0 => return None,
            0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
            0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
            0x03 | 0x57 | 0x58 | 0x59 => 1252,
            0x08 | 0x17 | 0x66 => 865,
            0x13 | 0x7b => 932,
            0x1f | 0x22 | 0x23 | 0x40 | 0x64 | 0x87 => 852,
            0x24 => 860,
            0x1c | 0x6c => 863,
            0x26 | 0x65 => 866,
            0x4d | 0x7a => 936,
            0x4e | 0x79 => 949,
            0x4f | 0x78 => 950,
            0x50 | 0x7c => 874,
            0x67 => 861,
            0x6a => 737,
            0x6b => 857,
            0x7d => 1255,
            0x7e => 1256,
            0xc8 => 1250,
            0xc9 => 1251,
            0xca => 1254,
            0xcb => 1253,
            0xcc => 1257,
            0xf0 => 65001,
            _ => return Some(Err(format!("0x{byte:02x}"))),
        };
        Some(Self::of_page(page).ok_or_else(|| format!("0x{byte:02x}")))
    }

    /// What the bytes look like.
    pub fn guessed(bytes: &[u8]) -> Self {
        Self::Known(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
    }
}

/// That an encoding was guessed.
pub(super) fn guessed(decoder: Decoder) -> Message {
    let name = decoder.name();
    Message::new(
        format!(
            "varken en .cpg-fil eller tabellen (.dbf) säger vilken teckenkodning texten har: läst som {name}. Blir å, ä och ö fel, lägg en fil med samma namn och ändelsen .cpg bredvid, med t.ex. UTF-8 eller 1252 i"
        ),
        format!(
            "neither a .cpg file nor the table (.dbf) says which encoding its text has: read as {name}. If å, ä and ö are wrong, put a file of the same name with the ending .cpg beside it that says for example UTF-8 or 1252"
        ),
    )
}

/// That only the language byte says the encoding.
pub(super) fn of_header(decoder: Decoder, looks_like_utf8: bool) -> Message {
    let name = decoder.name();
    let (sv, en) =
        if looks_like_utf8 { (", men den ser ut som UTF-8", ", but it looks like UTF-8") } else { ("", "") };
    Message::new(
        format!(
            "texten är läst som {name}, som tabellen (.dbf) anger{sv}. Blir å, ä och ö fel, lägg en fil med samma namn och ändelsen .cpg bredvid, med rätt kodning i"
        ),
        format!(
            "the text is read as {name}, as the table (.dbf) says{en}. If å, ä and ö are wrong, put a file of the same name with the ending .cpg beside it that says the right encoding"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_every_name_there_is() {
        let read = |decoder: Option<Result<Decoder, String>>, bytes: &[u8]| {
            decoder.expect("says something").expect("is known").text(bytes).0.into_owned()
        };
        for said in ["UTF-8", "utf8", "\u{feff}UTF-8\r\n", "65001", "CP65001"] {
            assert_eq!(read(Decoder::of_cpg(said), "åäö".as_bytes()), "åäö", "{said}");
        }
        for said in [
            "1252",
            "ANSI 1252",
            "CP1252",
            "windows-1252",
            "ISO-8859-1",
            "ISO 8859-1",
            "88591",
            "8859-1",
            "latin1",
        ] {
            assert_eq!(read(Decoder::of_cpg(said), b"\xe5\xe4\xf6"), "åäö", "{said}");
        }
        for said in ["850", "OEM 850", "IBM850", "437", "CP865"] {
            assert_eq!(read(Decoder::of_cpg(said), b"\x86\x84\x94\x8f\x8e\x99"), "åäöÅÄÖ", "{said}");
        }
        assert_eq!(read(Decoder::of_language(0x57), b"\xe5"), "å");
        assert_eq!(read(Decoder::of_language(0x02), b"\x86"), "å");
        assert!(matches!(Decoder::of_cpg("Klingon"), Some(Err(said)) if said == "Klingon"));
        assert!(matches!(Decoder::of_language(0xee), Some(Err(_))));
        assert!(Decoder::of_cpg(" \n").is_none() && Decoder::of_language(0).is_none());
    }
}
