//! Which text do bytes mean? Decodes what people's programs write, and says which encoding it took and whether anybody
//! had said so.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;

use crate::model::{FileEncoding, Remark, RemarkKind, TextEncoding};

/// å ä ö Å Ä Ö in encodings of one byte a letter.
const SWEDISH_WINDOWS: [u8; 6] = [0xe5, 0xe4, 0xf6, 0xc5, 0xc4, 0xd6];
const SWEDISH_MAC: [u8; 6] = [0x8c, 0x8a, 0x9a, 0x81, 0x80, 0x85];
const SWEDISH_DOS: [u8; 6] = [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99];

/// Bytes looked at to tell UTF-16 without a mark.
const LOOKED_AT: usize = 4096;

/// A text, and how it was written.
#[derive(Debug, PartialEq)]
pub(in crate::io) struct Decoded<'a> {
    /// Without a byte order mark.
    pub text: Cow<'a, str>,
    pub encoding: FileEncoding,
    /// Places whose bytes mean nothing in the encoding; `�` stands there.
    pub damaged: usize,
}

impl Decoded<'_> {
    /// What is to be said of how the file was decoded.
    pub fn remarks(&self) -> impl Iterator<Item = Remark> {
        let FileEncoding { encoding, is_guess, .. } = self.encoding;
        let guess = is_guess.then_some(RemarkKind::EncodingGuessed { encoding });
        let damaged =
            (self.damaged > 0).then_some(RemarkKind::EncodingDamaged { encoding, places: self.damaged });
        guess.into_iter().chain(damaged).map(|kind| Remark { number: None, kind, place: None })
    }
}

/// The text of a file: as its byte order mark says, as the user says, else as its bytes tell.
pub(in crate::io) fn decode(bytes: &[u8], said: Option<TextEncoding>) -> Decoded<'_> {
    use FileEncoding as By;
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        let encoding = match marked {
            _ if marked == UTF_16LE => TextEncoding::Utf16Le,
            _ if marked == UTF_16BE => TextEncoding::Utf16Be,
            _ => TextEncoding::Utf8,
        };
        return decoded(&bytes[length..], By::stated(encoding));
    }
    if let Some(encoding) = said {
        return decoded(bytes, By::said(encoding));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return decoded(bytes, By::guessed(encoding));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let encoding = By::stated(TextEncoding::Utf8);
            Decoded { text: Cow::Borrowed(text), encoding, damaged: 0 }
        }
        // Mostly sound letters of UTF-8: a file that is damaged, not one of another encoding.
        Err(_) if is_mostly_utf8(bytes) => decoded(bytes, By::stated(TextEncoding::Utf8)),
        Err(_) => decoded(bytes, By::guessed(of_one_byte(bytes))),
    }
}

/// The first bytes of a file as a text is told by them: those of UTF-16 without what makes them longer.
pub(in crate::io) fn head(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !is_utf16 && unmarked_utf16(bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(decode(&bytes[..bytes.len() & !1], None).text.into_owned().into_bytes())
}

fn library(encoding: TextEncoding) -> Option<&'static Encoding> {
    Some(match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Utf16Le => UTF_16LE,
        TextEncoding::Utf16Be => UTF_16BE,
        TextEncoding::Windows1252 => WINDOWS_1252,
        TextEncoding::Latin9 => ISO_8859_15,
        TextEncoding::MacRoman => MACINTOSH,
        TextEncoding::Latin1 | TextEncoding::Cp850 | TextEncoding::Cp437 => return None,
    })
}

fn decoded(bytes: &[u8], found: FileEncoding) -> Decoded<'_> {
    let encoding = found.encoding;
    let (text, has_damage) = match (library(encoding), encoding) {
        (Some(library), _) => library.decode_without_bom_handling(bytes),
        (None, TextEncoding::Cp850) => (of_dos(bytes, 850), false),
        (None, TextEncoding::Cp437) => (of_dos(bytes, 437), false),
        // In Latin-1 a byte is the letter of its number.
        (None, _) => (bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into(), false),
    };
    let damaged = if has_damage { text.matches('\u{fffd}').count() } else { 0 };
    Decoded { text, encoding: found, damaged }
}

/// A text in a code page of DOS; both that are asked for are there.
fn of_dos<'a>(bytes: &[u8], page: u16) -> Cow<'a, str> {
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    Cow::Owned(DECODING_TABLE_CP_MAP.get(&page).map_or_else(lossy, |table| table.decode_string_lossy(bytes)))
}

/// Text in UTF-16 without a mark: every second byte is mostly zero, the others never.
fn unmarked_utf16(bytes: &[u8]) -> Option<TextEncoding> {
    let pairs: Vec<&[u8]> = bytes[..bytes.len().min(LOOKED_AT)].chunks_exact(2).collect();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_most = |zeros: usize| zeros * 10 >= pairs.len() * 9 && pairs.len() >= 2;
    match (first, second) {
        (0, zeros) if is_most(zeros) => Some(TextEncoding::Utf16Le),
        (zeros, 0) if is_most(zeros) => Some(TextEncoding::Utf16Be),
        _ => None,
    }
}

/// Are there more sound letters of several bytes than bytes that are none?
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    sound > damaged
}

/// Which encoding of one byte a letter? Windows' unless the Swedish letters of another one are certain.
fn of_one_byte(bytes: &[u8]) -> TextEncoding {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let is_certain = |letters: [u8; 6]| {
        let is_letter = |byte: &u8| letters.contains(byte);
        let all = bytes.iter().filter(|byte| is_letter(byte)).count();
        let is_within = |three: &&[u8]| is_letter(&three[1]) && is_of_word(three[0]) && is_of_word(three[2]);
        let within = bytes.windows(3).filter(is_within).count();
        // In Windows' they are quotes and signs, which stand at the ends of words.
        within >= 3 && within * 2 > all && all * 10 >= high * 9
    };
    let has_windows = bytes.iter().any(|byte| SWEDISH_WINDOWS.contains(byte));
    if !has_windows && is_certain(SWEDISH_MAC) {
        TextEncoding::MacRoman
    } else if !has_windows && is_certain(SWEDISH_DOS) {
        TextEncoding::Cp850
    } else if bytes.iter().any(|byte| (0x80..0xa0).contains(byte)) {
        TextEncoding::Windows1252
    } else {
        TextEncoding::Latin1
    }
}

const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "namn;kommun\nÅre skål;Älvdalen\nMörsil;Östersund\nFröå gård;Härjedalen\n";

    fn utf16(text: &str, mark: bool, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes_of).collect()
    }

    fn by(upper: &str) -> Vec<u8> {
        let byte = |sign: char| match upper.chars().position(|known| known == sign) {
            Some(at) => u8::try_from(at + 128).expect("a byte"),
            None => u8::try_from(sign).expect("ASCII"),
        };
        TEXT.chars().map(byte).collect()
    }

    fn dos(page: u16) -> Vec<u8> {
        let table = oem_cp::code_table::ENCODING_TABLE_CP_MAP.get(&page).expect("a page");
        oem_cp::encode_string_checked(TEXT, table).expect("its letters")
    }

    #[test]
    fn a_text_comes_out_of_every_encoding_it_is_written_in() {
        let windows = WINDOWS_1252.encode(&format!("{TEXT}pris 5 €")).0.into_owned();
        let cases: [(Vec<u8>, TextEncoding, bool); 10] = [
            (TEXT.into(), TextEncoding::Utf8, false),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), TextEncoding::Utf8, false),
            (utf16(TEXT, true, u16::to_le_bytes), TextEncoding::Utf16Le, false),
            (utf16(TEXT, true, u16::to_be_bytes), TextEncoding::Utf16Be, false),
            (utf16(TEXT, false, u16::to_le_bytes), TextEncoding::Utf16Le, true),
            (utf16(TEXT, false, u16::to_be_bytes), TextEncoding::Utf16Be, true),
            (windows, TextEncoding::Windows1252, true),
            (WINDOWS_1252.encode(TEXT).0.into_owned(), TextEncoding::Latin1, true),
            (macintosh(), TextEncoding::MacRoman, true),
            (dos(850), TextEncoding::Cp850, true),
        ];
        for (bytes, encoding, is_guess) in cases {
            let decoded = decode(&bytes, None);
            assert!(decoded.text.starts_with(TEXT), "{encoding:?}: {}", decoded.text);
            assert_eq!((decoded.encoding.encoding, decoded.encoding.is_guess), (encoding, is_guess));
            assert_eq!(decoded.damaged, 0);
            assert_eq!(decoded.remarks().count(), usize::from(is_guess));
            // As it is said, it is no guess.
            let said = decode(&bytes, Some(encoding));
            assert_eq!((&said.text, said.encoding.is_guess), (&decoded.text, false));
        }
        assert_eq!(decode(&dos(437), Some(TextEncoding::Cp437)).text, TEXT);
        // A mark wins over what is said.
        let marked = utf16(TEXT, true, u16::to_le_bytes);
        let decoded = decode(&marked, Some(TextEncoding::Latin1));
        assert_eq!((&*decoded.text, decoded.encoding), (TEXT, FileEncoding::stated(TextEncoding::Utf16Le)));
    }

    /// The letters of Macintosh, of which the library writes none.
    fn macintosh() -> Vec<u8> {
        let upper: String =
            MACINTOSH.decode_without_bom_handling(&(128..=255).collect::<Vec<u8>>()).0.into_owned();
        by(&upper)
    }

    #[test]
    fn quotes_of_windows_are_no_letters_of_dos() {
        let bytes = "En \u{84}affär\u{94} heter \u{84}Ica\u{94} och \u{84}Coop\u{94}"
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>();
        assert_eq!(decode(&bytes, None).encoding.encoding, TextEncoding::Windows1252);
        let without = b"\x84Ica\x94 \x84Coop\x94 \x84Willys\x94 \x84Nara\x94";
        assert_eq!(decode(without, None).text, "„Ica” „Coop” „Willys” „Nara”");
    }

    #[test]
    fn a_damaged_file_is_not_one_of_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xc3);
        let decoded = decode(&bytes, None);
        assert!(decoded.text.starts_with(TEXT) && decoded.text.ends_with('\u{fffd}'));
        assert_eq!((decoded.encoding.encoding, decoded.damaged), (TextEncoding::Utf8, 1));
        assert_eq!(decoded.remarks().count(), 1);
    }

    #[test]
    fn the_first_bytes_of_utf16_tell_a_text() {
        for mark in [true, false] {
            assert_eq!(*head(&utf16("{\"a\"", mark, u16::to_le_bytes)), *b"{\"a\"");
            assert_eq!(*head(&utf16("{\"a\"", mark, u16::to_be_bytes)), *b"{\"a\"");
        }
        for other in [b"".as_slice(), b"\0", b"SQLite format 3\0", b"\0\0\0\x0d\x0a\x09OSMHeader", b"{}"] {
            assert_eq!(*head(other), *other);
        }
    }
}
