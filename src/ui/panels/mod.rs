//! The panels around the map. Each draws from the state and pushes actions; none changes a project itself.

pub mod closures;
mod common;
pub mod compare;
pub mod critical;
pub mod curve;
pub mod data;
pub mod drawer;
pub mod facts;
pub mod held;
pub mod inspector;
pub mod pipos;
pub mod places;
pub mod plan;
pub mod reach;
pub mod roads;
pub mod speeds;
pub mod travel;
pub mod ways;
