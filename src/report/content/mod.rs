//! What does a report say? By what it is about; what every report has in common stands once.

pub mod answer;
pub mod area;
pub mod common;
pub mod crisis;
pub mod effect;
pub mod figures;
pub mod level;
pub mod place_maps;
pub mod places;
pub mod process;
pub mod rest;
