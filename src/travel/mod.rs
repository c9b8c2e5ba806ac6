//! Makers of travel costs. Each implements [`crate::model::travel::TravelModel`]; nothing else knows them.

mod straight_line;

pub use straight_line::StraightLine;
