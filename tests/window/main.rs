//! Does the window do by its labels, without a display, what a user asks of it?
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at its first surprise")]

mod bench;
mod compare;
mod crisis;
mod files;
mod follow;
mod map;
mod municipality;
mod officer;
mod papers;
mod plan;
mod roads;
mod room;
mod seen;
mod sizing;
mod start;
mod walk;
