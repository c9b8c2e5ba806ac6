//! How far ahead is told? A week, by whole hours.

/// The last hour that is told: a week.
pub const HORIZON_H: u32 = 168;

/// Hours that are told, the first and the last among them.
pub const HOURS: usize = HORIZON_H as usize + 1;
