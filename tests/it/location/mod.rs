//! Are the best sites found, and is what is called proven true? Against every set of sites tried one by one,
//! and against instances whose answers are known.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of instances are small, whole and not below zero"
)]

mod cases;
mod known;
mod oracle;
mod random;
mod series;
mod towns;
