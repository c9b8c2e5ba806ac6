//! What do the commands have in common? How files are read, and how a result is printed.

use std::path::Path;

use crate::app::notice::Notice;
use crate::app::session::{Opened, open_project};
use crate::geometry::Crs;
use crate::io::{LoadOptions, OpenBy};
use crate::lang::{Lang, Said as _, shown, steers};
use crate::model::{Project, TextEncoding};
use crate::progress::Unwatched;

/// How files are read; what is said here is for those that do not say it themselves.
pub fn layer_options(crs: Option<Crs>, encoding: Option<TextEncoding>) -> LoadOptions {
    LoadOptions { crs_if_unsaid: crs, encoding, ..LoadOptions::default() }
}

/// A saved project with every file that it names: without one of them the figures would be others, and nothing would say
/// so. What else is told of it goes to standard error.
pub fn whole_project(path: &Path, lang: Lang) -> Result<Project, String> {
    let Opened { project, notices, .. } = open_project(path, &Unwatched).map_err(|error| error.said(lang))?;
    if let Some(missing) = notices.iter().find(|notice| matches!(notice, Notice::SourceMissing { .. })) {
        return Err(missing.said(lang));
    }
    for notice in &notices {
        warn(&notice.said(lang));
    }
    Ok(project)
}

/// Who works here, now.
pub fn here() -> OpenBy {
    OpenBy::here("", jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Writes a text to standard output, as people are shown texts: no name of a file steers the terminal.
pub fn print(text: &str) -> Result<(), String> {
    write(shown(text).as_bytes())
}

/// Writes JSON to standard output. It says what the files say; what would steer a terminal stands as its number.
pub fn print_json(json: &[u8]) -> Result<(), String> {
    // Such signs can only stand inside strings.
    match std::str::from_utf8(json) {
        Ok(text) if text.contains(is_escaped) => write(escaped(text).as_bytes()),
        _ => write(json),
    }
}

/// Says something beside the answer, on standard error.
pub fn warn(text: &str) {
    eprintln!("sotplan: {}", shown(text));
}

fn is_escaped(letter: char) -> bool {
    steers(letter) && letter != '\t'
}

fn escaped(json: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_escaped(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

fn write(text: &[u8]) -> Result<(), String> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough; the files are written.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_without_steering_a_terminal() {
        let name = "Åre\u{202e}\u{9b}31m\u{7f}";
        let json = serde_json::json!({ "name": name }).to_string();
        let printed = escaped(&json);
        assert!(!printed.contains(steers), "{printed}");
        let again: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(again["name"], name);
    }
}
