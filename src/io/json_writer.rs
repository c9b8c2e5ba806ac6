//! How is a large JSON file written fast and whole? A thin writer over `serde_json`'s escaping and numbers.
//! Does not know what is written.

use std::io::Write as _;
use std::path::Path;

use super::IoError;

/// Writes JSON into memory, commas placed by itself.
#[derive(Debug, Default)]
pub struct JsonWriter {
    out: Vec<u8>,
    needs_comma: bool,
}

impl JsonWriter {
    fn separate(&mut self) {
        if self.needs_comma {
            self.out.push(b',');
        }
        self.needs_comma = true;
    }

    pub fn begin_object(&mut self) {
        self.separate();
        self.out.push(b'{');
        self.needs_comma = false;
    }

    pub fn end_object(&mut self) {
        self.out.push(b'}');
        self.needs_comma = true;
    }

    pub fn begin_array(&mut self) {
        self.separate();
        self.out.push(b'[');
        self.needs_comma = false;
    }

    pub fn end_array(&mut self) {
        self.out.push(b']');
        self.needs_comma = true;
    }

    pub fn key(&mut self, name: &str) {
        self.value(name);
        self.out.push(b':');
        self.needs_comma = false;
    }

    /// A key that is JSON already, quotes and all.
    pub fn raw_key(&mut self, name: &[u8]) {
        self.separate();
        self.out.extend_from_slice(name);
        self.out.push(b':');
        self.needs_comma = false;
    }

    /// Any value that serde can write; a number that is not finite becomes null.
    pub fn value<T: serde::Serialize + ?Sized>(&mut self, value: &T) {
        self.separate();
        // Writing into memory fails for no value of this program's own types.
        if serde_json::to_writer(&mut self.out, value).is_err() {
            self.out.extend_from_slice(b"null");
        }
    }

    /// A number, written as a whole number where it is one.
    #[expect(clippy::cast_possible_truncation, reason = "only whole numbers below 2^53 are cast")]
    pub fn number(&mut self, value: f64) {
        if value.fract() == 0.0 && value.abs() < 9e15 {
            self.value(&(value as i64));
        } else {
            self.value(&value);
        }
    }

    pub fn member<T: serde::Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.key(name);
        self.value(value);
    }

    pub fn number_member(&mut self, name: &str, value: f64) {
        self.key(name);
        self.number(value);
    }

    /// Text that is JSON already.
    pub fn raw(&mut self, json: &[u8]) {
        self.separate();
        self.out.extend_from_slice(json);
    }

    /// A position, six decimals: about 0.1 m.
    pub fn position(&mut self, lon: f64, lat: f64) {
        // Adding zero makes of -0 what it is.
        let round = |v: f64| (v * 1e6).round() / 1e6 + 0.0;
        self.value(&[round(lon), round(lat)]);
    }

    pub fn line_break(&mut self) {
        self.out.push(b'\n');
    }

    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }
}

/// Replaces a file as a whole: a crash leaves the old one or the new one, never a part.
///
/// # Errors
/// [`IoError::Write`] when the folder is missing, read-only or full.
pub fn write_atomically(path: &Path, parts: &[&[u8]]) -> Result<(), IoError> {
    let write = || -> std::io::Result<()> {
        let mut file = atomic_write_file::AtomicWriteFile::options().open(path)?;
        for part in parts {
            file.write_all(part)?;
        }
        file.commit()
    };
    write().map_err(|source| IoError::Write { path: path.to_owned(), source })
}

/// Removes a file that an earlier answer left, if it is there.
///
/// # Errors
/// [`IoError::Write`] when it cannot be removed.
pub fn remove_old(path: &Path) -> Result<(), IoError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(IoError::Write { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_serde_reads() {
        let mut json = JsonWriter::default();
        json.begin_object();
        json.member("a", "å \"b\"");
        json.number_member("n", 13.0);
        json.number_member("x", 0.25);
        json.key("list");
        json.begin_array();
        json.position(14.123_456_78, 63.0);
        json.value(&f64::NAN);
        json.end_array();
        json.end_object();
        let text = String::from_utf8(json.into_bytes()).expect("UTF-8");
        assert_eq!(text, r#"{"a":"å \"b\"","n":13,"x":0.25,"list":[[14.123457,63.0],null]}"#);
    }
}
