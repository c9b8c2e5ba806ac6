//! Which colours does a map have? Safe for colour-blind eyes; window, report and pictures draw with the same.

use crate::app::settings::Theme;
use crate::model::ServiceKind;
use crate::outage::Level;
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

/// Distance classes, near to far: the first three are within the threshold, where the hue breaks. On light ground the
/// ends are the darkest, on dark ground the brightest.
#[must_use]
pub const fn distance(theme: Theme) -> [Rgb; 5] {
    match theme {
        Theme::Light => [
            rgb(0x00, 0x52, 0x5c),
            rgb(0x2b, 0x8c, 0x8c),
            rgb(0x84, 0xc6, 0xba),
            rgb(0xf6, 0xa8, 0x3c),
            rgb(0xb8, 0x45, 0x0d),
        ],
        Theme::Dark => [
            rgb(0x9c, 0xf0, 0xe2),
            rgb(0x4f, 0xb3, 0xaa),
            rgb(0x2a, 0x75, 0x73),
            rgb(0xb9, 0x6a, 0x14),
            rgb(0xff, 0xbe, 0x5c),
        ],
    }
}

/// The upper bounds of the distance classes as parts of the threshold; the last has none.
pub const DISTANCE_BOUNDS: [f64; 4] = [0.5, 0.8, 1.0, 2.0];

/// How a way changes, from much shorter to much longer; the middle is the same.
#[must_use]
pub const fn change(theme: Theme) -> [Rgb; 5] {
    match theme {
        Theme::Light => [
            rgb(0x1b, 0x5c, 0xa0),
            rgb(0x7f, 0xb6, 0xd9),
            rgb(0xc9, 0xc6, 0xbb),
            rgb(0xef, 0x9a, 0x76),
            rgb(0xb2, 0x18, 0x2b),
        ],
        Theme::Dark => [
            rgb(0x8f, 0xc8, 0xf5),
            rgb(0x3f, 0x7f, 0xb5),
            rgb(0x54, 0x59, 0x5c),
            rgb(0xb8, 0x5c, 0x42),
            rgb(0xff, 0x9a, 0x86),
        ],
    }
}

/// The most important roads: the first, and towards the last.
pub const CRITICAL: [Rgb; 2] = [rgb(0x8e, 0x01, 0x52), rgb(0xe0, 0x80, 0xb4)];

/// The colour of a class of change; grey where there is none.
#[must_use]
pub fn of_change(class: u8, theme: Theme) -> Rgb {
    change(theme).get(usize::from(class)).copied().unwrap_or(no_value(theme))
}

/// A place that a plan adds to those that exist.
pub const PLAN_NEW: Rgb = rgb(0xb5, 0x17, 0x6e);

/// People classes, one hue: more people stand out more.
#[must_use]
pub const fn people(theme: Theme) -> [Rgb; 5] {
    let light = [
        rgb(0xc3, 0xd9, 0xea),
        rgb(0x93, 0xbd, 0xdd),
        rgb(0x5b, 0x9a, 0xc9),
        rgb(0x2a, 0x6d, 0xa9),
        rgb(0x0b, 0x3c, 0x70),
    ];
    match theme {
        Theme::Light => light,
        Theme::Dark => [
            rgb(0x29, 0x4b, 0x66),
            rgb(0x35, 0x6c, 0x95),
            rgb(0x4f, 0x95, 0xc6),
            rgb(0x8b, 0xc1, 0xe6),
            rgb(0xd9, 0xee, 0xfc),
        ],
    }
}

/// A closure of roads that holds.
pub const CLOSED: Rgb = rgb(0xc2, 0x18, 0x2b);

/// A walk over water.
pub const OVER_WATER: Rgb = rgb(0xd0, 0x1c, 0x8b);

/// Remote rural, rural near a locality, locality: told apart by lightness, too.
#[must_use]
pub const fn groups(theme: Theme) -> [Rgb; 3] {
    match theme {
        Theme::Light => [rgb(0x1b, 0x78, 0x37), rgb(0x93, 0xcd, 0x8c), rgb(0x76, 0x2a, 0x83)],
        Theme::Dark => [rgb(0x3d, 0xa8, 0x5a), rgb(0xb9, 0xe6, 0xb0), rgb(0xc0, 0x84, 0xcf)],
    }
}

/// Lower bounds of the people classes: squares, so that the steps look even.
pub const PEOPLE_BOUNDS: [f64; 5] = [1.0, 9.0, 49.0, 225.0, 900.0];

/// A square without a value.
#[must_use]
pub const fn no_value(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => rgb(0x8b, 0x8b, 0x90),
        Theme::Dark => rgb(0x7c, 0x80, 0x86),
    }
}

/// The outline of a gap: ink, so that no class of cells resembles it.
#[must_use]
pub const fn gap_line(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => rgb(0x2a, 0x16, 0x0c),
        Theme::Dark => rgb(0xff, 0xf3, 0xe0),
    }
}

/// Colours that differ between light and dark.
#[derive(Debug, Clone, Copy)]
pub struct MapColours {
    /// The sea.
    pub ground: Rgb,
    /// Land of neighbours.
    pub abroad: Rgb,
    /// Sweden, where no layer covers it.
    pub home: Rgb,
    pub area: Rgb,
    pub area_line: Rgb,
    pub county_line: Rgb,
    /// Borders of municipalities that no layer shows.
    pub fine_line: Rgb,
    pub water: Rgb,
    pub water_line: Rgb,
    pub label: Rgb,
    pub faint_label: Rgb,
    pub label_halo: Rgb,
    pub box_fill: Rgb,
    pub box_line: Rgb,
}

/// The colours of a theme.
#[must_use]
pub const fn map_colours(theme: Theme) -> MapColours {
    match theme {
        Theme::Light => MapColours {
            ground: rgb(0xd3, 0xe1, 0xe9),
            abroad: rgb(0xe6, 0xe7, 0xe3),
            home: rgb(0xf3, 0xf2, 0xec),
            area: rgb(0xfb, 0xfa, 0xf5),
            area_line: rgb(0x8f, 0x8c, 0x82),
            county_line: rgb(0xb3, 0xaf, 0xa4),
            fine_line: rgb(0xd5, 0xd2, 0xc8),
            water: rgb(0xd3, 0xe1, 0xe9),
            water_line: rgb(0xa9, 0xc6, 0xd8),
            label: rgb(0x33, 0x36, 0x38),
            faint_label: rgb(0x63, 0x68, 0x6b),
            label_halo: rgb(0xfb, 0xfa, 0xf7),
            box_fill: Rgb { r: 0xf5, g: 0xf5, b: 0xf5, a: 0xf5 },
            box_line: rgb(0xcf, 0xd1, 0xce),
        },
        Theme::Dark => MapColours {
            ground: rgb(0x0d, 0x19, 0x24),
            abroad: rgb(0x20, 0x24, 0x27),
            home: rgb(0x27, 0x2b, 0x2e),
            area: rgb(0x30, 0x34, 0x37),
            area_line: rgb(0x6f, 0x76, 0x7a),
            county_line: rgb(0x4b, 0x51, 0x55),
            fine_line: rgb(0x36, 0x3b, 0x3f),
            water: rgb(0x0d, 0x19, 0x24),
            water_line: rgb(0x2c, 0x50, 0x66),
            label: rgb(0xe6, 0xe6, 0xe2),
            faint_label: rgb(0xa3, 0xa9, 0xac),
            label_halo: rgb(0x14, 0x18, 0x1a),
            box_fill: Rgb { r: 0x1f, g: 0x23, b: 0x26, a: 0xf5 },
            box_line: rgb(0x43, 0x49, 0x4d),
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

/// The colour of a road by its rank (see `roads`): greys that neither stand out from the cells nor vanish in them.
#[must_use]
pub const fn road(rank: u8, theme: Theme) -> Rgb {
    let [large, middle, small, ferry] = match theme {
        Theme::Light => {
            [rgb(0x82, 0x7c, 0x70), rgb(0x9d, 0x98, 0x8c), rgb(0xb0, 0xab, 0xa0), rgb(0x6f, 0x96, 0xb0)]
        }
        Theme::Dark => {
            [rgb(0x90, 0x97, 0x9b), rgb(0x74, 0x7b, 0x7f), rgb(0x5c, 0x63, 0x67), rgb(0x5a, 0x86, 0xa2)]
        }
    };
    match rank {
        0..=2 => large,
        3 | 4 => middle,
        super::roads::FERRY => ferry,
        _ => small,
    }
}

/// The colour of a place by how it works in a crisis.
#[must_use]
pub const fn level(level: Level) -> Rgb {
    match level {
        Level::Works => rgb(0x1b, 0x7f, 0x4d),
        Level::Limited => rgb(0x8f, 0x5f, 0x00),
        Level::Stopped => rgb(0x6b, 0x6f, 0x73),
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
