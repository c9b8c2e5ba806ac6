//! Are figures right at the edges: who is left without, exact limits, borders, people counted twice, files that change?

pub mod bench;
mod cases;
mod exact;
mod exports;
mod mutations;
mod reports;
mod rfc7946;
mod road_reports;
mod systems;
mod ties;
mod turns;
mod twice;
