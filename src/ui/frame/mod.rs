//! What stands around steps and map, and over them? Bar, rail, line, messages, search, forms. It knows the table of
//! steps, not what is in them.

pub mod about;
pub mod bar;
pub mod bookmarks;
pub mod commands;
pub mod deciding;
pub mod history;
pub mod import;
pub mod information;
pub mod layer_form;
pub mod map_page;
pub mod merging;
pub mod notices;
pub mod path;
mod places_typed;
pub mod questions;
pub mod rail;
pub mod records;
pub mod report;
pub mod search;
pub mod settings;
pub mod sizing;
pub mod start;
pub mod status;
pub mod status_form;
pub mod tour;

use egui::{Align2, Window};

/// A form over the map.
fn form_window(title: &str) -> Window<'_> {
    Window::new(title).collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, [0.0, -40.0])
}
