//! In which encodings are texts written? The ones met in Swedish registers, by the names that programs use.
//! Does not know how bytes are decoded (see `io::encoding`).

/// How the letters of a text are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TextEncoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    #[serde(rename = "Windows-1252")]
    Windows1252,
    #[serde(rename = "ISO-8859-1")]
    Latin1,
    #[serde(rename = "ISO-8859-15")]
    Latin9,
    #[serde(rename = "Macintosh")]
    MacRoman,
    #[serde(rename = "CP850")]
    Cp850,
    #[serde(rename = "CP437")]
    Cp437,
}

impl TextEncoding {
    pub const ALL: [Self; 9] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1252,
        Self::Latin1,
        Self::Latin9,
        Self::MacRoman,
        Self::Cp850,
        Self::Cp437,
    ];

    /// The name, the same in all languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
            Self::Latin1 => "ISO-8859-1",
            Self::Latin9 => "ISO-8859-15",
            Self::MacRoman => "Macintosh",
            Self::Cp850 => "CP850",
            Self::Cp437 => "CP437",
        }
    }

    /// The encoding that a name means: case, hyphens and spaces do not matter. `None` for one that is not read.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_lowercase()).collect();
        Some(match plain.as_str() {
            "utf8" | "utf8bom" | "utf8sig" | "65001" | "cp65001" => Self::Utf8,
            "utf16" | "utf16le" | "unicode" | "ucs2" | "ucs2le" => Self::Utf16Le,
            "utf16be" | "ucs2be" => Self::Utf16Be,
            "windows1252" | "win1252" | "cp1252" | "1252" | "ansi" | "ansi1252" | "windowsansi" => {
                Self::Windows1252
            }
            "iso88591" | "latin1" | "88591" | "l1" => Self::Latin1,
            "iso885915" | "latin9" | "885915" => Self::Latin9,
            "macintosh" | "macroman" | "mac" => Self::MacRoman,
            "cp850" | "850" | "ibm850" | "dos850" => Self::Cp850,
            "cp437" | "437" | "ibm437" | "dos437" => Self::Cp437,
            _ => return None,
        })
    }
}

/// The encoding of a file, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileEncoding {
    pub encoding: TextEncoding,
    /// Neither the file nor the user says it: it was told by the bytes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_guess: bool,
    /// The user says it, for the file does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_said: bool,
}

impl FileEncoding {
    /// As the file itself states it.
    #[must_use]
    pub const fn stated(encoding: TextEncoding) -> Self {
        Self { encoding, is_guess: false, is_said: false }
    }

    /// As its bytes tell.
    #[must_use]
    pub const fn guessed(encoding: TextEncoding) -> Self {
        Self { encoding, is_guess: true, is_said: false }
    }

    /// As the user says.
    #[must_use]
    pub const fn said(encoding: TextEncoding) -> Self {
        Self { encoding, is_guess: false, is_said: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_common_others_are_known() {
        for encoding in TextEncoding::ALL {
            assert_eq!(TextEncoding::named(encoding.name()), Some(encoding));
            let saved = serde_json::to_string(&encoding).expect("JSON");
            assert_eq!(saved, format!("\"{}\"", encoding.name()));
        }
        assert_eq!(TextEncoding::named("latin-1"), Some(TextEncoding::Latin1));
        assert_eq!(TextEncoding::named("ANSI 1252"), Some(TextEncoding::Windows1252));
        assert_eq!(TextEncoding::named("EBCDIC"), None);
    }
}
