//! What belongs to the machine and decides no number? Theme, language, map background, recent files.

use std::path::PathBuf;

use crate::lang::Lang;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// Settings of this machine.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    pub lang: Lang,
    pub theme: Theme,
    /// Map tiles from OpenStreetMap: `None` until the user was asked.
    pub online_map: Option<bool>,
    /// Size of text and controls, 1 = 100 %.
    pub scale: f32,
    /// Newest first.
    pub recent: Vec<PathBuf>,
    /// Those of the recent files that were opened as roads.
    pub roads: Vec<PathBuf>,
    /// Who corrects data at this machine; stands as "who" in new evidence.
    pub user: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::Sv,
            theme: Theme::Light,
            online_map: None,
            scale: 1.0,
            recent: Vec::new(),
            roads: Vec::new(),
            user: String::new(),
        }
    }
}

impl Settings {
    const RECENT: usize = 8;

    /// The sizes offered.
    pub const SCALES: [f32; 4] = [1.0, 1.25, 1.5, 2.0];

    pub fn remember(&mut self, path: PathBuf) {
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(Self::RECENT);
        self.roads.retain(|roads| self.recent.contains(roads));
    }

    /// The same for a file opened as roads, so that it is opened as roads again.
    pub fn remember_roads(&mut self, path: PathBuf) {
        self.roads.retain(|known| *known != path);
        self.roads.push(path.clone());
        self.remember(path);
    }
}
