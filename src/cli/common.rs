//! What do the commands have in common? How files are read, and how a result is printed.

use crate::geometry::Crs;
use crate::io::LoadOptions;

/// How files are read; `crs` is for those that name no system of their own.
pub fn layer_options(crs: Option<Crs>) -> LoadOptions {
    LoadOptions { crs_if_unsaid: crs, ..LoadOptions::default() }
}

/// Writes a result to standard output.
pub fn print(text: &[u8]) -> Result<(), String> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough; the files are written.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| error.to_string()),
    }
}
