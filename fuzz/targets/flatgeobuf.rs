//! Whatever the bytes, does this reader answer? See `readers`.

#![no_main]

#[path = "../readers.rs"]
mod readers;
#[path = "../seeds.rs"]
mod seeds;

libfuzzer_sys::fuzz_target!(init: { readers::watch(); seeds::sow("flatgeobuf") }, |bytes: &[u8]| readers::flatgeobuf(bytes));
