//! Whatever the bytes, does this reader answer? See `readers`.

#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::gpkg(bytes));
