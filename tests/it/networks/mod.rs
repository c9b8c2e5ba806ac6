//! The road network against drawings whose answers a reader can count, and against slow oracles.

mod ascii;
mod drawings;
mod oracle;
mod random;
mod reach;
