//! Which colours, sizes and spaces does the window have? Safe for colour-blind eyes, equal in light and dark.

use egui::{Color32, Context, FontFamily, FontId, Stroke, TextStyle};

use crate::app::settings::Theme;
use crate::model::{Factor, ServiceKind};
use crate::scene::colours::{self, Rgb};
use crate::siting::{Outcome, Verdict};

/// What the accent means: the thing chosen, the step one is in.
pub const ACCENT: Color32 = Color32::from_rgb(0x1f, 0x5f, 0x8b);

/// A colour of the map, for the window.
#[must_use]
pub const fn colour(of: Rgb) -> Color32 {
    Color32::from_rgba_premultiplied(of.r, of.g, of.b, of.a)
}

pub const SELECTION: Color32 = colour(colours::SELECTION);
/// Roads within the whole threshold, and within half of it.
pub const REACH: [Color32; 2] = [Color32::from_rgb(0x4f, 0xb3, 0xe8), Color32::from_rgb(0x0a, 0x55, 0xc0)];
pub const PLAN_NEW: Color32 = colour(colours::PLAN_NEW);
pub const OVER_WATER: Color32 = colour(colours::OVER_WATER);
pub const NO_VALUE: Color32 = colour(colours::NO_VALUE);
pub const GAP_LINE: Color32 = colour(colours::GAP_LINE);

/// Colours that differ between light and dark.
#[derive(Debug, Clone, Copy)]
pub struct MapColours {
    pub ground: Color32,
    pub area: Color32,
    pub area_line: Color32,
    pub water: Color32,
    pub water_line: Color32,
    pub label: Color32,
    pub label_halo: Color32,
    pub box_fill: Color32,
    pub box_line: Color32,
}

#[must_use]
pub const fn map_colours(theme: Theme) -> MapColours {
    let of = colours::map_colours(theme);
    MapColours {
        ground: colour(of.ground),
        area: colour(of.area),
        area_line: colour(of.area_line),
        water: colour(of.water),
        water_line: colour(of.water_line),
        label: colour(of.label),
        label_halo: colour(of.label_halo),
        box_fill: colour(of.box_fill),
        box_line: colour(of.box_line),
    }
}

#[must_use]
pub const fn kind_colour(kind: ServiceKind) -> Color32 {
    colour(colours::kind_colour(kind))
}

#[must_use]
pub const fn verdict_colour(verdict: Verdict) -> Color32 {
    colour(colours::verdict_colour(verdict))
}

/// A kind's colour on a panel: lighter on dark ground.
#[must_use]
pub fn kind_mark(kind: ServiceKind, theme: Theme) -> Color32 {
    let colour = kind_colour(kind);
    if theme == Theme::Light { colour } else { colour.lerp_to_gamma(Color32::WHITE, 0.45) }
}

/// A verdict's mark on a panel: lighter on dark ground.
#[must_use]
pub fn verdict_mark(verdict: Verdict, theme: Theme) -> Color32 {
    let colour = verdict_colour(verdict);
    if theme == Theme::Light { colour } else { colour.lerp_to_gamma(Color32::WHITE, 0.35) }
}

/// A new place of a plan on a panel: lighter on dark ground.
#[must_use]
pub fn plan_mark(theme: Theme) -> Color32 {
    if theme == Theme::Light { PLAN_NEW } else { PLAN_NEW.lerp_to_gamma(Color32::WHITE, 0.45) }
}

/// A rule's outcome, readable as text on the panel.
#[must_use]
pub fn outcome_colour(outcome: Outcome, theme: Theme) -> Color32 {
    let (light, dark) = match outcome {
        Outcome::Met => (Color32::from_rgb(0x1b, 0x78, 0x37), Color32::from_rgb(0x6c, 0xc9, 0x83)),
        Outcome::NotMet => (Color32::from_rgb(0xb2, 0x18, 0x2b), Color32::from_rgb(0xf0, 0x80, 0x8c)),
        Outcome::Unknown => (Color32::from_rgb(0x5f, 0x5f, 0x5f), Color32::from_rgb(0xb4, 0xb4, 0xb4)),
    };
    if theme == Theme::Light { light } else { dark }
}

#[must_use]
pub fn warning_colour(theme: Theme) -> Color32 {
    if theme == Theme::Light {
        Color32::from_rgb(0x8a, 0x5a, 0x00)
    } else {
        Color32::from_rgb(0xf0, 0xc0, 0x60)
    }
}

#[must_use]
pub fn error_colour(theme: Theme) -> Color32 {
    outcome_colour(Outcome::NotMet, theme)
}

/// Fonts, once; sizes and colours, whenever the theme changes.
pub fn install_fonts(ctx: &Context) {
    ctx.add_font(egui_material_icons::font_insert());
}

/// Applies theme and text size.
pub fn apply(ctx: &Context, theme: Theme, scale: f32) {
    ctx.set_theme(match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    });
    ctx.set_zoom_factor(scale);
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, FontId::new(12.0, FontFamily::Proportional)),
            (TextStyle::Body, FontId::new(14.0, FontFamily::Proportional)),
            (TextStyle::Button, FontId::new(14.0, FontFamily::Proportional)),
            (TextStyle::Heading, FontId::new(17.0, FontFamily::Proportional)),
            (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(8.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.spacing.scroll.bar_width = 8.0;
        style.interaction.selectable_labels = false;
    });
    ctx.style_mut_of(egui::Theme::Light, |style| {
        let visuals = &mut style.visuals;
        visuals.panel_fill = Color32::from_rgb(0xfb, 0xfb, 0xf9);
        visuals.window_fill = Color32::WHITE;
        visuals.extreme_bg_color = Color32::WHITE;
        visuals.faint_bg_color = Color32::from_rgb(0xf1, 0xf2, 0xf0);
        visuals.override_text_color = Some(Color32::from_rgb(0x22, 0x24, 0x26));
        visuals.selection.bg_fill = Color32::from_rgb(0xc9, 0xe0, 0xf2);
        visuals.selection.stroke = Stroke::new(1.0, Color32::from_rgb(0x0b, 0x3c, 0x70));
        visuals.hyperlink_color = ACCENT;
        visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, Color32::from_rgb(0xcf, 0xd0, 0xcc));
        visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, Color32::from_rgb(0xdc, 0xdd, 0xd9));
    });
    ctx.style_mut_of(egui::Theme::Dark, |style| {
        let visuals = &mut style.visuals;
        visuals.panel_fill = Color32::from_rgb(0x1c, 0x1f, 0x22);
        visuals.window_fill = Color32::from_rgb(0x24, 0x28, 0x2b);
        visuals.extreme_bg_color = Color32::from_rgb(0x14, 0x16, 0x18);
        visuals.faint_bg_color = Color32::from_rgb(0x26, 0x2a, 0x2d);
        visuals.override_text_color = Some(Color32::from_rgb(0xe4, 0xe4, 0xe0));
        visuals.selection.bg_fill = Color32::from_rgb(0x1f, 0x4e, 0x72);
        visuals.selection.stroke = Stroke::new(1.0, Color32::from_rgb(0xd6, 0xe6, 0xf2));
        visuals.hyperlink_color = Color32::from_rgb(0x7d, 0xb8, 0xe0);
    });
}

/// A factor in the bars of a ranking: hues by group (people, access, the site, those who run it),
/// light and dark by turns so that neighbours differ for everybody.
#[must_use]
pub const fn factor_colour(factor: Factor) -> Color32 {
    match factor {
        Factor::PeopleWithin => Color32::from_rgb(0x0b, 0x3c, 0x70),
        Factor::GapPeople => Color32::from_rgb(0x68, 0xa3, 0xcd),
        Factor::ExtraTravel => Color32::from_rgb(0x2f, 0x74, 0xb0),
        Factor::Fuel => Color32::from_rgb(0xb3, 0x58, 0x06),
        Factor::Rescue => Color32::from_rgb(0xfd, 0xb8, 0x63),
        Factor::Town => Color32::from_rgb(0xe0, 0x82, 0x14),
        Factor::Sot => Color32::from_rgb(0x7f, 0x3b, 0x08),
        Factor::Kinds => Color32::from_rgb(0x1b, 0x78, 0x37),
        Factor::OtherRooms => Color32::from_rgb(0x9a, 0xcf, 0x93),
        Factor::HardStanding => Color32::from_rgb(0x4d, 0x9c, 0x53),
        Factor::PowerNeed => Color32::from_rgb(0x00, 0x5a, 0x32),
        Factor::Containers => Color32::from_rgb(0xb8, 0xde, 0xb0),
        Factor::TraffickedRoad => Color32::from_rgb(0x6f, 0xb5, 0x78),
        Factor::CivilSociety => Color32::from_rgb(0x5e, 0x3c, 0x99),
        Factor::Readiness => Color32::from_rgb(0xb2, 0xab, 0xd2),
        Factor::HostViability => NO_VALUE,
    }
}
