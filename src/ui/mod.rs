//! The window: shows the state, returns actions. The thread that draws never waits and never reads a file.

pub mod action;
mod app;
mod beside;
mod closures;
mod context;
mod crisis;
mod escape;
mod files;
mod frame;
mod icons;
mod list;
mod map;
mod panels;
mod papers;
mod perform;
mod simple;
mod start;
pub mod state;
mod steering;
mod steps;
mod systems;
mod table;
mod theme;
mod tiles;
mod widgets;
mod window;

pub use self::app::App;
pub use self::start::{NoWindow, run};
