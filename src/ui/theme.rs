//! Which colours, sizes and spaces does the window have? Safe for colour-blind eyes, equal in light and dark.

use std::sync::Arc;

use egui::epaint::text::{FontPriority, FontTweak, InsertFontFamily, VariationCoords};
use egui::{Color32, Context, FontData, FontDefinitions, FontFamily, FontId, RichText, Stroke, TextStyle};

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

/// The outline of a gap.
#[must_use]
pub const fn gap_line(theme: Theme) -> Color32 {
    colour(colours::gap_line(theme))
}

/// Colours that differ between light and dark.
#[derive(Debug, Clone, Copy)]
pub struct MapColours {
    pub ground: Color32,
    pub abroad: Color32,
    pub home: Color32,
    pub area: Color32,
    pub area_line: Color32,
    pub county_line: Color32,
    pub fine_line: Color32,
    pub water: Color32,
    pub water_line: Color32,
    pub label: Color32,
    pub faint_label: Color32,
    pub label_halo: Color32,
    pub box_fill: Color32,
    pub box_line: Color32,
}

#[must_use]
pub const fn map_colours(theme: Theme) -> MapColours {
    let of = colours::map_colours(theme);
    MapColours {
        ground: colour(of.ground),
        abroad: colour(of.abroad),
        home: colour(of.home),
        area: colour(of.area),
        area_line: colour(of.area_line),
        county_line: colour(of.county_line),
        fine_line: colour(of.fine_line),
        water: colour(of.water),
        water_line: colour(of.water_line),
        label: colour(of.label),
        faint_label: colour(of.faint_label),
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

/// The family of headings, figures and whatever else shall be seen first.
const BOLD: &str = "bold";
/// The figure that matters, and the unit beside it.
pub const FIGURE: f32 = 22.0;
pub const UNIT: f32 = 12.0;

/// The heavier of the two weights.
#[must_use]
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

/// Letters of the heavier weight.
#[must_use]
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, bold_family())
}

/// Text in the heavier of the two weights.
pub trait Bold {
    #[must_use]
    fn bold(self) -> Self;
}

impl Bold for RichText {
    fn bold(self) -> Self {
        self.family(bold_family())
    }
}

/// Fonts, once; sizes and colours, whenever the theme changes.
pub fn install_fonts(ctx: &Context) {
    const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter.ttf");
    let weight =
        |wght: f32| FontTweak { coords: VariationCoords::new([("wght", wght)]), ..FontTweak::default() };
    let inter = |wght| Arc::new(FontData::from_static(INTER).tweak(weight(wght)));
    let mut fonts = FontDefinitions::default();
    fonts.font_data.insert("inter".into(), inter(400.0));
    fonts.font_data.insert("inter-bold".into(), inter(620.0));
    let others = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, first) in [(FontFamily::Proportional, "inter"), (bold_family(), "inter-bold")] {
        let names = std::iter::once(first.to_owned()).chain(others.iter().cloned()).collect();
        fonts.families.insert(family, names);
    }
    ctx.set_fonts(fonts);
    let mut icons = egui_material_icons::font_insert();
    icons.families.push(InsertFontFamily { family: bold_family(), priority: FontPriority::Lowest });
    ctx.add_font(icons);
}

/// Colours of the window's own surfaces.
#[derive(Debug, Clone, Copy)]
pub struct Surfaces {
    pub panel: Color32,
    pub window: Color32,
    pub field: Color32,
    pub faint: Color32,
    pub text: Color32,
    pub weak: Color32,
    /// Links, and what is filled in buttons that come next.
    pub accent: Color32,
    pub on_accent: Color32,
    /// What is chosen, and the text on it.
    pub chosen: Color32,
    pub on_chosen: Color32,
    pub line: Color32,
    pub hovered: Color32,
    pub pressed: Color32,
}

#[must_use]
pub const fn surfaces(theme: Theme) -> Surfaces {
    match theme {
        Theme::Light => Surfaces {
            panel: Color32::from_rgb(0xfd, 0xfd, 0xfc),
            window: Color32::WHITE,
            field: Color32::WHITE,
            faint: Color32::from_rgb(0xf3, 0xf4, 0xf2),
            text: Color32::from_rgb(0x1d, 0x20, 0x22),
            weak: Color32::from_rgb(0x5a, 0x60, 0x63),
            accent: ACCENT,
            on_accent: Color32::WHITE,
            chosen: Color32::from_rgb(0xd6, 0xe7, 0xf4),
            on_chosen: Color32::from_rgb(0x0b, 0x3c, 0x62),
            line: Color32::from_rgb(0xd9, 0xdb, 0xd8),
            hovered: Color32::from_rgb(0xee, 0xf2, 0xf4),
            pressed: Color32::from_rgb(0xdf, 0xe7, 0xec),
        },
        Theme::Dark => Surfaces {
            panel: Color32::from_rgb(0x1b, 0x1e, 0x21),
            window: Color32::from_rgb(0x24, 0x28, 0x2b),
            field: Color32::from_rgb(0x12, 0x15, 0x17),
            faint: Color32::from_rgb(0x25, 0x29, 0x2c),
            text: Color32::from_rgb(0xe8, 0xe8, 0xe5),
            weak: Color32::from_rgb(0xa6, 0xac, 0xaf),
            accent: Color32::from_rgb(0x8c, 0xc4, 0xea),
            on_accent: Color32::from_rgb(0x0c, 0x1c, 0x28),
            chosen: Color32::from_rgb(0x1f, 0x4a, 0x69),
            on_chosen: Color32::from_rgb(0xe3, 0xf0, 0xf9),
            line: Color32::from_rgb(0x3c, 0x41, 0x45),
            hovered: Color32::from_rgb(0x2d, 0x33, 0x37),
            pressed: Color32::from_rgb(0x36, 0x3d, 0x42),
        },
    }
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
            (TextStyle::Heading, bold_font(17.0)),
            (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(8.0, 8.0);
        style.spacing.button_padding = egui::vec2(8.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.spacing.scroll.bar_width = 8.0;
        style.interaction.selectable_labels = false;
    });
    ctx.style_mut_of(egui::Theme::Light, |style| paint(&mut style.visuals, Theme::Light));
    ctx.style_mut_of(egui::Theme::Dark, |style| paint(&mut style.visuals, Theme::Dark));
}

/// The colours of a theme. Buttons are outlined: the filled one is the one that comes next.
fn paint(visuals: &mut egui::Visuals, theme: Theme) {
    let of = surfaces(theme);
    visuals.panel_fill = of.panel;
    visuals.window_fill = of.window;
    visuals.extreme_bg_color = of.field;
    visuals.faint_bg_color = of.faint;
    visuals.override_text_color = Some(of.text);
    visuals.weak_text_color = Some(of.weak);
    visuals.hyperlink_color = of.accent;
    visuals.selection.bg_fill = of.chosen;
    visuals.selection.stroke = Stroke::new(1.0, of.on_chosen);
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, of.line);
    visuals.window_stroke = Stroke::new(1.0, of.line);
    visuals.window_corner_radius = egui::CornerRadius::same(8);
    let widgets = &mut visuals.widgets;
    for (widget, fill) in [
        (&mut widgets.inactive, of.window),
        (&mut widgets.hovered, of.hovered),
        (&mut widgets.active, of.pressed),
        (&mut widgets.open, of.hovered),
    ] {
        widget.weak_bg_fill = fill;
        widget.bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, of.line);
        widget.corner_radius = egui::CornerRadius::same(6);
    }
    // The box of a tick must be seen before it is ticked.
    widgets.inactive.bg_fill = of.pressed;
    widgets.hovered.bg_stroke = Stroke::new(1.0, of.weak);
    // The focus of the keyboard is seen.
    widgets.active.bg_stroke = Stroke::new(1.5, of.accent);
}

/// A place among those side by side: hues that differ for everybody (after Okabe and Ito), dark on light and light on dark.
#[must_use]
pub fn place_colour(at: usize, theme: Theme) -> Color32 {
    const HUES: [[u8; 3]; 6] = [
        [0x00, 0x5f, 0x9e],
        [0xb8, 0x4e, 0x00],
        [0x00, 0x7a, 0x59],
        [0xa0, 0x4a, 0x80],
        [0x7a, 0x62, 0x00],
        [0x33, 0x33, 0x33],
    ];
    let [r, g, b] = HUES[at % HUES.len()];
    let colour = Color32::from_rgb(r, g, b);
    if theme == Theme::Light { colour } else { colour.lerp_to_gamma(Color32::WHITE, 0.45) }
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
        Factor::HostViability => Color32::from_rgb(0x8b, 0x8b, 0x90),
    }
}
