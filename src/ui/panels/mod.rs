//! What several steps show: their tables, the inspector, common pieces. Each draws from the state and pushes actions;
//! none changes a project itself, and none knows the map or the window.

pub mod card;
pub mod common;
mod critical;
mod curve;
pub mod inspector;
pub mod municipality;
mod pipos;
pub mod role;
pub mod tables;
