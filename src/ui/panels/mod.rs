//! The panels beside and below the map, a folder or file a step. Each draws from the state and pushes actions; none
//! changes a project itself, and none knows the map or the window.

mod common;
pub mod compare;
mod critical;
mod curve;
pub mod data;
pub mod drawer;
pub mod inspector;
mod pipos;
pub mod places;
pub mod plan;
pub mod reach;
