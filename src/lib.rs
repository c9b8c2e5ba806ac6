//! Sotplan: find, compare and follow up locations for SOT points (*Service och trygghet*).
//! `ARCHITECTURE.md` beside this file says what each module answers and must not know.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod geometry;
pub mod io;
pub mod lang;
pub mod location;
pub mod model;
pub mod network;
pub mod outage;
pub mod power;
pub mod progress;
pub mod random;
pub mod report;
pub mod scene;
pub mod siting;
pub mod travel;
#[cfg(feature = "gui")]
pub mod ui;
pub mod units;
