//! How are lines, texts and signs written as SVG? The words of the format, and no map.

use std::fmt::Write as _;

use crate::scene::colours::{MapColours, Rgb};
use crate::scene::letters::{self, Weight};
use crate::scene::signs::Sign;

/// A picture being written.
pub struct Pen {
    pub out: String,
    pub colours: MapColours,
}

/// Where a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub struct Letters {
    pub points: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    pub colour: Rgb,
    /// What is drawn around it, so that it is read on anything.
    pub halo: Option<Rgb>,
    /// Between letters, points.
    pub spacing: f64,
}

impl Letters {
    #[must_use]
    pub const fn new(points: f64, colour: Rgb) -> Self {
        Self { points, weight: Weight::Regular, anchor: Anchor::Start, colour, halo: None, spacing: 0.0 }
    }

    #[must_use]
    pub const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    #[must_use]
    pub const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    #[must_use]
    pub const fn with_halo(self, halo: Rgb) -> Self {
        Self { halo: Some(halo), ..self }
    }

    /// How wide a text is, points.
    #[must_use]
    pub fn width(&self, text: &str) -> f64 {
        let letters = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
        letters::width(text, self.points, self.weight) + letters * self.spacing
    }
}

impl Pen {
    #[must_use]
    pub const fn new(colours: MapColours) -> Self {
        Self { out: String::new(), colours }
    }

    pub fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Begins a picture of so many points; `unit` is written after its width and height.
    pub fn begin(&mut self, [width, height]: [f64; 2], unit: &str, title: &str) {
        let (family, title) = (letters::FAMILY, xml(title));
        self.line(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}{unit}" height="{height}{unit}" viewBox="0 0 {width} {height}" font-family="{family}, Noto Sans, Segoe UI, Helvetica, Arial, sans-serif" role="img"><title>{title}</title>"#
        ));
    }

    #[must_use]
    pub fn end(mut self) -> String {
        self.line("</svg>");
        self.out
    }

    pub fn text(&mut self, [x, y]: [f64; 2], text: &str, letters: Letters) {
        let (colour, text, anchor, points) =
            (hex(letters.colour), xml(text), letters.anchor.id(), letters.points);
        let mut weight = if letters.weight == Weight::Bold { r#" font-weight="700""# } else { "" }.to_owned();
        if letters.spacing > 0.0 {
            let _ = write!(weight, r#" letter-spacing="{}""#, letters.spacing);
        }
        if let Some(halo) = letters.halo {
            let (halo, wide) = (hex(halo), points * 0.24);
            let (size, round) = (format!(r#"font-size="{points}" text-anchor="{anchor}""#), "round");
            self.line(&format!(
                r#"<text x="{x:.1}" y="{y:.1}" {size}{weight} fill="{colour}" paint-order="stroke" stroke="{halo}" stroke-width="{wide:.1}" stroke-opacity="0.85" stroke-linejoin="{round}">{text}</text>"#
            ));
            return;
        }
        self.line(&format!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{points}" text-anchor="{anchor}" fill="{colour}"{weight}>{text}</text>"#
        ));
    }

    /// A card with a thin edge.
    pub fn card(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2]) {
        let (inside, edge) = (fill(Rgb { a: 255, ..self.colours.box_fill }), hex(self.colours.box_line));
        self.line(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="6" {inside} fill-opacity="0.95" stroke="{edge}"/>"#
        ));
    }

    /// A round sign of a radius; hollow ones stand for what is not there yet.
    pub fn sign(&mut self, [x, y]: [f64; 2], radius: f64, look: Look<'_>) {
        let (colour, name) = (hex(look.colour), xml(look.name));
        let ring = radius * 1.16;
        let (inner, stroke) =
            if look.is_hollow { ("#ffffff", colour.as_str()) } else { (colour.as_str(), "#ffffff") };
        let scale = radius * 1.35 / 24.0;
        let (left, top) = (x - 12.0 * scale, y - 12.0 * scale);
        let edge = radius / 7.5;
        self.line(&format!(
            r##"<g><title>{name}</title><circle cx="{x:.1}" cy="{y:.1}" r="{ring:.1}" fill="#ffffff"/><circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{inner}" stroke="{colour}" stroke-width="{edge:.2}"/><path d="{}" transform="translate({left:.2} {top:.2}) scale({scale:.3})" fill="none" stroke="{stroke}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></g>"##,
            look.sign.path()
        ));
    }

    /// A dot where there is no room for a sign.
    pub fn dot(&mut self, [x, y]: [f64; 2], radius: f64, colour: Rgb, name: &str) {
        let (colour, name) = (hex(colour), xml(name));
        self.line(&format!(
            r##"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{colour}" stroke="#ffffff" stroke-width="0.5"><title>{name}</title></circle>"##
        ));
    }

    /// A path with a style of its own; nothing where there is none.
    pub fn path(&mut self, path: &str, style: &str) {
        if !path.is_empty() {
            self.line(&format!(r#"<path d="{path}" {style}/>"#));
        }
    }
}

/// How a sign looks.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub sign: Sign,
    pub colour: Rgb,
    pub is_hollow: bool,
    pub name: &'a str,
}

/// Adds points to a path; those that fall on one point are one.
pub fn add_points(path: &mut String, points: impl Iterator<Item = [f64; 2]>, is_closed: bool) {
    /// Points of a picture nearer than this are one.
    const NEAR: f64 = 0.35;
    let mut last = [f64::NAN; 2];
    let mut count = 0;
    for at in points {
        if (at[0] - last[0]).abs() + (at[1] - last[1]).abs() < NEAR {
            continue;
        }
        let _ = write!(path, "{}{:.1} {:.1}", if count == 0 { 'M' } else { 'L' }, at[0], at[1]);
        (last, count) = (at, count + 1);
    }
    if is_closed && count > 0 {
        path.push('Z');
    }
}

#[must_use]
pub fn hex(colour: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

#[must_use]
pub fn fill(colour: Rgb) -> String {
    format!(r#"fill="{}""#, hex(colour))
}

/// A text as XML has it; what XML cannot hold is left out.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign < ' ' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
