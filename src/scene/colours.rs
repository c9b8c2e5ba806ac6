//! Which colours does a map have? Safe for colour-blind eyes; window, report and pictures draw with the same.

use crate::app::settings::Theme;
use crate::model::ServiceKind;
use crate::siting::Verdict;

/// A colour: red, green and blue already multiplied by the opacity, all of 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: u8,
}

/// A colour that hides what is below.
#[must_use]
pub const fn rgb(r: u8, g: u8, b: u8) -> Rgb {
    Rgb { r, g, b, a: 255 }
}

pub const SELECTION: Rgb = rgb(0x00, 0x7a, 0xd9);

/// Distance classes, near to far: the first three are within the threshold.
pub const DISTANCE: [Rgb; 5] = [
    rgb(0x5e, 0x3c, 0x99),
    rgb(0xb2, 0xab, 0xd2),
    rgb(0xf7, 0xf7, 0xf7),
    rgb(0xfd, 0xb8, 0x63),
    rgb(0xe6, 0x61, 0x01),
];

/// The upper bounds of the distance classes as parts of the threshold; the last has none.
pub const DISTANCE_BOUNDS: [f64; 4] = [0.5, 0.8, 1.0, 2.0];

/// How a way changes, from much shorter to much longer; the middle is the same.
pub const CHANGE: [Rgb; 5] = [
    rgb(0x21, 0x66, 0xac),
    rgb(0x92, 0xc5, 0xde),
    rgb(0xf0, 0xf0, 0xee),
    rgb(0xf4, 0xa5, 0x82),
    rgb(0xb2, 0x18, 0x2b),
];

/// The most important roads: the first, and towards the last.
pub const CRITICAL: [Rgb; 2] = [rgb(0x8e, 0x01, 0x52), rgb(0xe0, 0x80, 0xb4)];

/// The colour of a class of change; grey where there is none.
#[must_use]
pub fn of_change(class: u8) -> Rgb {
    CHANGE.get(usize::from(class)).copied().unwrap_or(NO_VALUE)
}

/// A place that a plan adds to those that exist.
pub const PLAN_NEW: Rgb = rgb(0xb5, 0x17, 0x6e);

/// People classes, one hue.
pub const PEOPLE: [Rgb; 5] = [
    rgb(0xd6, 0xe6, 0xf2),
    rgb(0xa6, 0xc9, 0xe2),
    rgb(0x68, 0xa3, 0xcd),
    rgb(0x2f, 0x74, 0xb0),
    rgb(0x0b, 0x3c, 0x70),
];

/// A walk over water.
pub const OVER_WATER: Rgb = rgb(0xd0, 0x1c, 0x8b);

/// Remote rural, rural near a locality, locality: told apart by lightness, too.
pub const GROUPS: [Rgb; 3] = [rgb(0x1b, 0x78, 0x37), rgb(0xa6, 0xdb, 0xa0), rgb(0x76, 0x2a, 0x83)];

/// Lower bounds of the people classes: squares, so that the steps look even.
pub const PEOPLE_BOUNDS: [f64; 5] = [1.0, 9.0, 49.0, 225.0, 900.0];

pub const NO_VALUE: Rgb = rgb(0x9a, 0x9a, 0x9a);

pub const GAP_LINE: Rgb = rgb(0x9e, 0x2a, 0x00);

/// Colours that differ between light and dark.
#[derive(Debug, Clone, Copy)]
pub struct MapColours {
    pub ground: Rgb,
    pub area: Rgb,
    pub area_line: Rgb,
    pub water: Rgb,
    pub water_line: Rgb,
    pub label: Rgb,
    pub label_halo: Rgb,
    pub box_fill: Rgb,
    pub box_line: Rgb,
}

/// The colours of a theme.
#[must_use]
pub const fn map_colours(theme: Theme) -> MapColours {
    match theme {
        Theme::Light => MapColours {
            ground: rgb(0xdf, 0xe4, 0xe6),
            area: rgb(0xe9, 0xe6, 0xdc),
            area_line: rgb(0x96, 0x92, 0x86),
            water: rgb(0xc9, 0xdd, 0xea),
            water_line: rgb(0xa9, 0xc6, 0xd8),
            label: rgb(0x3a, 0x3a, 0x38),
            label_halo: Rgb { r: 0xdc, g: 0xdc, b: 0xd9, a: 0xdc },
            box_fill: Rgb { r: 0xf2, g: 0xf2, b: 0xf2, a: 0xf2 },
            box_line: rgb(0xc8, 0xc8, 0xc4),
        },
        Theme::Dark => MapColours {
            ground: rgb(0x16, 0x1a, 0x1d),
            area: rgb(0x22, 0x27, 0x2a),
            area_line: rgb(0x5f, 0x66, 0x6a),
            water: rgb(0x1b, 0x3a, 0x4d),
            water_line: rgb(0x2c, 0x50, 0x66),
            label: rgb(0xe6, 0xe6, 0xe2),
            label_halo: Rgb { r: 0x14, g: 0x17, b: 0x19, a: 0xd0 },
            box_fill: Rgb { r: 0x1e, g: 0x22, b: 0x25, a: 0xf2 },
            box_line: rgb(0x4a, 0x50, 0x54),
        },
    }
}

/// The colour of a kind's sign.
#[must_use]
pub const fn kind_colour(kind: ServiceKind) -> Rgb {
    match kind {
        ServiceKind::Grocery => rgb(0x1f, 0x6f, 0x54),
        ServiceKind::Fuel => rgb(0x6b, 0x4c, 0x1e),
        ServiceKind::Pharmacy => rgb(0x0f, 0x7c, 0x7c),
        ServiceKind::Parcel => rgb(0x7a, 0x4e, 0x8a),
        ServiceKind::Payment => rgb(0x8a, 0x6d, 0x00),
        ServiceKind::Rescue => rgb(0xb0, 0x1e, 0x2e),
        ServiceKind::Sot => rgb(0x0b, 0x3c, 0x70),
        ServiceKind::Other => rgb(0x5a, 0x5a, 0x5a),
    }
}

/// The colour of a verdict's sign.
#[must_use]
pub const fn verdict_colour(verdict: Verdict) -> Rgb {
    match verdict {
        Verdict::Meets => rgb(0x1b, 0x78, 0x37),
        Verdict::Potential => rgb(0x3f, 0x98, 0x47),
        Verdict::NotYet => rgb(0xb0, 0x83, 0x00),
        Verdict::NotPossible => rgb(0xb2, 0x18, 0x2b),
        Verdict::CannotBeJudged => rgb(0x6b, 0x6b, 0x6b),
    }
}
