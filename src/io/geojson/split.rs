//! Where does each feature stand in the text? Finds their bounds without parsing them.
//! Knows brackets and strings; the grammar inside a feature is `feature`'s business.

use std::ops::Range;

use serde_json::Value;

use crate::io::IoError;
use crate::lang::{Lang, Said};
use crate::model::Message;
use crate::progress::Progress;

/// The text of one feature.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub range: Range<usize>,
    /// The file ends inside it.
    pub is_cut_off: bool,
}

/// A file, split.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub parts: Vec<Part>,
    pub is_collection: bool,
    pub crs: Option<Value>,
    /// The server says that it left features out, or that there are further pages.
    pub is_cut_by_server: bool,
    /// What else the server wrote into the file to be read.
    pub server_says: Vec<String>,
    /// What is not as RFC 7946 wants it, but clear in meaning.
    pub loose: Vec<Message>,
}

/// Bytes scanned between two looks at "stop?".
const CHECK_EVERY: usize = 4096;

/// Splits a file into its features.
pub(super) fn split(file: &str, bytes: &[u8], progress: &dyn Progress) -> Result<Document, IoError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(IoError::NotUtf8 { file: file.into(), byte: 0 });
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(IoError::NotUtf8 { file: file.into(), byte: error.valid_up_to() });
    }
    let start = if bytes.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    let mut scanner = Scanner { file, bytes, at: start, progress };
    scanner.skip_space();
    if scanner.at == bytes.len() {
        return Err(IoError::Empty { file: file.into() });
    }
    if scanner.peek() != Some(b'{') {
        let found = scanner.excerpt();
        let found = Message::new(
            format!("filen börjar med {}, inte med ett JSON-objekt", found.said(Lang::Sv)),
            format!("the file begins with {}, not with a JSON object", found.said(Lang::En)),
        );
        return Err(scanner.not_geojson(found));
    }
    let first = scanner.object()?;
    scanner.skip_space();
    if scanner.at < bytes.len() {
        return scanner.lines(start, first);
    }
    scanner.document(first)
}

/// The members of a top-level object.
#[derive(Default)]
struct Object {
    range: Range<usize>,
    types: Vec<String>,
    features: Option<Vec<Part>>,
    features_found: Option<String>,
    crs: Option<Value>,
    has_geometry: bool,
    is_cut_by_server: bool,
    /// Features there are on the server, where it says.
    matched: Option<u64>,
    server_says: Vec<String>,
    /// The file ends before the object does.
    is_open: bool,
    repeated: Vec<String>,
}

impl Object {
    /// Members by which servers tell that there is more (Esri `exceededTransferLimit`, WFS and OGC API – Features
    /// `numberMatched` and a link to the next page, `GeoServer` `totalFeatures`), or that something went wrong.
    fn read_warning(&mut self, key: &str, text: &[u8]) {
        let value = || serde_json::from_slice::<Value>(text).unwrap_or_default();
        let exceeds = |value: &Value| value.as_bool() == Some(true) || value.as_str() == Some("true");
        match key {
            "exceededTransferLimit" => self.is_cut_by_server |= exceeds(&value()),
            "properties" => {
                self.is_cut_by_server |= value().get("exceededTransferLimit").is_some_and(exceeds);
            }
            "numberMatched" | "totalFeatures" => {
                let value = value();
                let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
                self.matched = self.matched.max(number);
            }
            "links" => {
                let value = value();
                let mut links = value.as_array().into_iter().flatten();
                self.is_cut_by_server |=
                    links.any(|link| link.get("rel").and_then(Value::as_str) == Some("next"));
            }
            "remark" | "warning" | "error" => {
                let value = value();
                let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if !value.is_null() && !said.trim().is_empty() {
                    self.server_says.push(said.trim().chars().take(300).collect());
                }
            }
            _ => {}
        }
    }

    fn has_parts(&self) -> bool {
        self.features.as_ref().is_some_and(|parts| !parts.is_empty())
    }
}

struct Scanner<'a> {
    file: &'a str,
    bytes: &'a [u8],
    at: usize,
    progress: &'a dyn Progress,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// White space, and the record separator of GeoJSON text sequences (RFC 8142).
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | 0x1e) = self.peek() {
            self.at += 1;
        }
    }

    fn excerpt(&self) -> Message {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let text = String::from_utf8_lossy(&rest[..rest.len().min(60)]);
        let text: String = text.chars().take(20).take_while(|c| !c.is_control()).collect();
        if text.is_empty() {
            Message::new("slutet av filen", "the end of the file")
        } else {
            Message::new(format!("”{text}”"), format!("“{text}”"))
        }
    }

    fn not_geojson(&self, found: Message) -> IoError {
        IoError::NotGeoJson { file: self.file.into(), found }
    }

    /// What was expected, in both languages.
    fn syntax(&self, sv: &str, en: &str) -> IoError {
        let before = &self.bytes[..self.at.min(self.bytes.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let column = before.len() - memchr::memrchr(b'\n', before).map_or(0, |at| at + 1) + 1;
        let found = self.excerpt();
        let message = Message::new(
            format!("väntade {sv}, fann {}", found.said(Lang::Sv)),
            format!("expected {en}, found {}", found.said(Lang::En)),
        );
        IoError::Syntax { file: self.file.into(), line, column, message }
    }

    /// Moves past a value; `false` when the text ends inside it.
    fn skip_value(&mut self) -> bool {
        let mut depth = 0usize;
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else { return false };
            match byte {
                b'"' => {
                    if !self.skip_string() {
                        return false;
                    }
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        return true;
                    }
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' => {
                    if depth == 0 {
                        return true;
                    }
                    self.at += 1;
                    continue;
                }
                _ => {
                    // A number or literal, or something that is neither: its reader will say so.
                    while let Some(byte) = self.peek() {
                        if matches!(
                            byte,
                            b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[' | b' ' | b'\n' | b'\r' | b'\t'
                        ) {
                            break;
                        }
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return true;
            }
        }
    }

    fn skip_string(&mut self) -> bool {
        self.at += 1;
        while let Some(offset) = memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..).unwrap_or_default()) {
            self.at += offset;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return true;
            }
            self.at += 2;
        }
        self.at = self.bytes.len();
        false
    }

    /// A top-level object, its features split.
    fn object(&mut self) -> Result<Object, IoError> {
        let start = self.at;
        let mut out = Object::default();
        let mut keys: Vec<String> = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
        } else {
            loop {
                self.skip_space();
                if self.peek().is_none() && out.has_parts() {
                    out.is_open = true;
                    break;
                }
                if self.peek() != Some(b'"') {
                    return Err(self.syntax("ett namn inom citattecken", "a member name in quotes"));
                }
                let key_start = self.at;
                if !self.skip_string() {
                    return Err(self.syntax("slutet av ett namn", "the end of a member name"));
                }
                let key: String = serde_json::from_slice(&self.bytes[key_start..self.at]).unwrap_or_default();
                self.skip_space();
                if self.peek() != Some(b':') {
                    return Err(self.syntax("ett kolon", "a colon"));
                }
                self.at += 1;
                self.skip_space();
                if keys.contains(&key) {
                    out.repeated.push(key.clone());
                }
                self.member(&key, &mut out)?;
                keys.push(key);
                self.skip_space();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => {
                        self.at += 1;
                        break;
                    }
                    None if out.has_parts() => {
                        out.is_open = true;
                        break;
                    }
                    _ => return Err(self.syntax("ett komma eller ”}”", "a comma or a closing brace")),
                }
            }
        }
        out.range = start..self.at;
        Ok(out)
    }

    fn member(&mut self, key: &str, out: &mut Object) -> Result<(), IoError> {
        if key == "features" && self.peek() == Some(b'[') {
            out.features = Some(self.elements()?);
            return Ok(());
        }
        let start = self.at;
        if !self.skip_value() {
            return Err(self.syntax("slutet av ett värde", "the end of a value"));
        }
        if start == self.at {
            return Err(self.syntax("ett värde", "a value"));
        }
        let text = &self.bytes[start..self.at];
        match key {
            "type" => match serde_json::from_slice(text) {
                Ok(Value::String(name)) => out.types.push(name),
                _ => out.types.push(String::from_utf8_lossy(text).into()),
            },
            "crs" => out.crs = serde_json::from_slice(text).ok(),
            "features" => out.features_found = Some(String::from_utf8_lossy(text).chars().take(20).collect()),
            "geometry" | "coordinates" | "geometries" => out.has_geometry = true,
            _ => out.read_warning(key, text),
        }
        Ok(())
    }

    /// Splitting is the second tenth of the bar.
    fn watch(&self) -> Result<(), IoError> {
        self.progress.check()?;
        self.progress.report((self.at + self.bytes.len()) as u64, self.bytes.len() as u64 * 10);
        Ok(())
    }

    /// The elements of the array `features`.
    fn elements(&mut self) -> Result<Vec<Part>, IoError> {
        let mut parts = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(parts);
        }
        loop {
            self.skip_space();
            if parts.len().is_multiple_of(CHECK_EVERY) {
                self.watch()?;
            }
            let start = self.at;
            let is_whole = self.skip_value();
            if start == self.at && is_whole {
                return Err(self.syntax("ett objekt", "a feature"));
            }
            if start < self.at {
                parts.push(Part { range: start..self.at, is_cut_off: !is_whole });
            }
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(parts);
                }
                // The file breaks off: what came before is still good.
                None => return Ok(parts),
                Some(_) => {
                    return Err(self.syntax(
                        "ett komma eller ”]” mellan objekten",
                        "a comma or a closing bracket between features",
                    ));
                }
            }
        }
    }

    /// One object is the whole file.
    fn document(&self, mut object: Object) -> Result<Document, IoError> {
        let mut document = Document { crs: std::mem::take(&mut object.crs), ..Document::default() };
        let Some(kind) = object.types.first() else {
            return Err(self.not_geojson(Message::new("objektet saknar ”type”", "the object has no “type”")));
        };
        match kind.as_str() {
            "FeatureCollection" => {
                self.collection(object, &mut document)?;
            }
            kind if is_feature_or_geometry(kind) => {
                document.parts.push(Part { range: object.range, is_cut_off: false });
            }
            other => {
                return Err(self.not_geojson(unknown_type(other)));
            }
        }
        if document.parts.is_empty() {
            let also = |lang: Lang| {
                document.loose.iter().fold(String::new(), |text, message| text + "; " + &message.said(lang))
            };
            return Err(self.not_geojson(Message::new(
                format!("”features” är tom: det finns inget att använda{}", also(Lang::Sv)),
                format!("“features” is empty: there is nothing to use{}", also(Lang::En)),
            )));
        }
        Ok(document)
    }

    /// What a collection holds.
    fn collection(&self, object: Object, document: &mut Document) -> Result<(), IoError> {
        // What is loose about a single feature or geometry, its own reader says.
        document.loose.extend(object.repeated.iter().map(|key| repeated(key)));
        let Some(parts) = object.features else {
            return Err(self.not_geojson(match object.features_found {
                Some(found) => Message::new(
                    format!("”features” ska vara en lista, men är {found}"),
                    format!("“features” must be an array, but is {found}"),
                ),
                None => Message::new(
                    "FeatureCollection saknar ”features”",
                    "the FeatureCollection has no “features”",
                ),
            }));
        };
        if object.has_geometry {
            document.loose.push(Message::new(
                "en FeatureCollection har ingen egen ”geometry” eller ”coordinates”",
                "a FeatureCollection has no “geometry” or “coordinates” of its own",
            ));
        }
        if parts.last().is_some_and(|part| part.is_cut_off) || object.is_open {
            document.loose.push(Message::new(
                "filen bryts av före sitt slut, så objekt kan saknas. Hämta eller exportera den på nytt",
                "the file breaks off before its end, so features may be missing. Fetch or export it again",
            ));
        }
        document.is_collection = true;
        let has_more = object.matched.is_some_and(|matched| matched > parts.len() as u64);
        document.is_cut_by_server = object.is_cut_by_server || has_more;
        document.server_says = object.server_says;
        document.parts = parts;
        Ok(())
    }

    /// Collections one after another, as answers to several questions are put behind each other.
    fn collections(&mut self, first: Object) -> Result<Document, IoError> {
        let mut all = Document { crs: first.crs.clone(), ..Document::default() };
        let mut next = Some(first);
        let mut count = 0;
        while let Some(object) = next.take() {
            let crs = object.crs.clone().filter(|crs| !crs.is_null());
            if crs.as_ref().is_some_and(|crs| all.crs.as_ref() != Some(crs)) {
                return Err(self.not_geojson(Message::new(
                    "filens samlingar anger olika koordinatsystem. Dela filen i en för varje samling",
                    "the collections of the file name different coordinate reference systems. Split the file into one for each",
                )));
            }
            match object.types.first().map(String::as_str) {
                Some("FeatureCollection") => {
                    let mut document = Document::default();
                    self.collection(object, &mut document)?;
                    all.parts.append(&mut document.parts);
                    all.loose.append(&mut document.loose);
                    all.server_says.append(&mut document.server_says);
                    all.is_cut_by_server |= document.is_cut_by_server;
                    count += 1;
                }
                Some(kind) if is_feature_or_geometry(kind) => {
                    all.parts.push(Part { range: object.range, is_cut_off: false });
                }
                other => return Err(self.not_geojson(unknown_type(other.unwrap_or_default()))),
            }
            self.skip_space();
            if self.peek() == Some(b'{') {
                next = Some(self.object()?);
            } else if self.at < self.bytes.len() {
                return Err(self.syntax(
                    "nästa samling eller slutet av filen",
                    "another collection or the end of the file",
                ));
            }
        }
        all.is_collection = true;
        if count > 1 {
            all.loose.push(Message::new(
                format!("filen har {count} samlingar efter varandra; alla läses"),
                format!("the file holds {count} collections one after another; all are read"),
            ));
        }
        all.loose.dedup();
        Ok(all)
    }

    /// One object a line, or one after another.
    fn lines(&mut self, start: usize, first: Object) -> Result<Document, IoError> {
        if first.types.first().is_some_and(|kind| kind == "FeatureCollection") {
            return self.collections(first);
        }
        if first.types.first().is_none_or(|kind| !is_feature_or_geometry(kind)) {
            return Err(self.syntax("slutet av filen", "the end of the file"));
        }
        let mut document = Document { crs: first.crs, ..Document::default() };
        self.at = start;
        loop {
            self.skip_space();
            if self.at >= self.bytes.len() {
                return Ok(document);
            }
            if document.parts.len().is_multiple_of(CHECK_EVERY) {
                self.watch()?;
            }
            let from = self.at;
            let is_whole = self.skip_value();
            if from == self.at {
                return Err(self.syntax("ett objekt", "a feature"));
            }
            document.parts.push(Part { range: from..self.at, is_cut_off: !is_whole });
            self.skip_space();
            if self.peek() == Some(b',') {
                return Err(self.syntax("en ny rad mellan objekten", "a new line between features"));
            }
        }
    }
}

/// A member that stands there twice.
pub(super) fn repeated(key: &str) -> Message {
    Message::new(
        format!("”{key}” förekommer mer än en gång"),
        format!("the member “{key}” occurs more than once"),
    )
}

const KINDS: [&str; 8] = [
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

fn is_feature_or_geometry(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// What is said of a type that GeoJSON does not have.
fn unknown_type(kind: &str) -> Message {
    let (hint_sv, hint_en) = if is_feature_or_geometry_loosely(kind) {
        ("; stora och små bokstäver skiljs åt i GeoJSON", "; upper and lower case matter in GeoJSON")
    } else {
        ("", "")
    };
    Message::new(
        format!("”type” är ”{kind}”, som inte finns i GeoJSON{hint_sv}"),
        format!("“type” is “{kind}”, which GeoJSON does not know{hint_en}"),
    )
}

fn is_feature_or_geometry_loosely(kind: &str) -> bool {
    KINDS.iter().chain(&["FeatureCollection"]).any(|known| known.eq_ignore_ascii_case(kind))
}
