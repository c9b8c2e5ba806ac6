//! What belongs to the machine and decides no number? Theme, language, map background, recent files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::export::{Form, Format};
use super::import::Mapping;
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
    /// On which day each of the recent files was last opened, `YYYY-MM-DD`.
    pub opened: BTreeMap<PathBuf, String>,
    /// Width and height of the window, points at 100 %.
    pub window: Option<[f32; 2]>,
    pub is_maximised: bool,
    /// Widths of the panel of the step and of the inspector, points.
    pub panels: [f32; 2],
    /// The start page opens with the program.
    pub shows_start: bool,
    /// Ways of reading files that are kept for the next file of the same columns.
    pub mappings: Vec<Mapping>,
    /// How layers of results are written.
    pub layers_format: Format,
    pub layers_form: Form,
    /// Who corrects data at this machine; stands as "who" in new evidence.
    pub user: String,
    /// Whose reports are made here, and the path of its logotype.
    pub organisation: String,
    pub logo: String,
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
            opened: BTreeMap::new(),
            window: None,
            is_maximised: false,
            panels: [296.0, 320.0],
            shows_start: true,
            mappings: Vec::new(),
            layers_format: Format::default(),
            layers_form: Form::default(),
            user: String::new(),
            organisation: String::new(),
            logo: String::new(),
        }
    }
}

impl Settings {
    const RECENT: usize = 8;

    /// What a file of settings says, as far as it can be true: another program or a broken disk may have written it.
    #[must_use]
    pub fn believed(mut self) -> Self {
        let is_between =
            |value: f32, least: f32, most: f32| value.is_finite() && (least..=most).contains(&value);
        if !is_between(self.scale, 0.5, 3.0) {
            self.scale = 1.0;
        }
        let is_size = |size: &[f32; 2]| size.iter().all(|side| is_between(*side, 400.0, 16_000.0));
        self.window = self.window.filter(is_size);
        let usual = Self::default().panels;
        for (width, usual) in self.panels.iter_mut().zip(usual) {
            if !is_between(*width, 100.0, 2_000.0) {
                *width = usual;
            }
        }
        self
    }

    /// The sizes offered.
    pub const SCALES: [f32; 4] = [1.0, 1.25, 1.5, 2.0];

    /// Puts a file opened on this day first among the recent ones.
    pub fn remember(&mut self, path: PathBuf, today: &str) {
        self.recent.retain(|known| *known != path);
        self.opened.insert(path.clone(), today.to_owned());
        self.recent.insert(0, path);
        self.recent.truncate(Self::RECENT);
        self.roads.retain(|roads| self.recent.contains(roads));
        self.opened.retain(|path, _| self.recent.contains(path));
    }

    /// The same for a file opened as roads, so that it is opened as roads again.
    pub fn remember_roads(&mut self, path: PathBuf, today: &str) {
        self.roads.retain(|known| *known != path);
        self.roads.push(path.clone());
        self.remember(path, today);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_true_is_not_believed() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 0.1, 50.0] {
            let settings =
                Settings { scale, window: Some([scale; 2]), panels: [scale, 320.0], ..Settings::default() };
            let believed = settings.believed();
            assert!((believed.scale - 1.0).abs() < f32::EPSILON, "{scale}");
            assert_eq!((believed.window, believed.panels), (None, Settings::default().panels));
        }
        let good = Settings { scale: 1.5, window: Some([1280.0, 800.0]), ..Settings::default() };
        assert_eq!(good.clone().believed(), good);
    }
}
