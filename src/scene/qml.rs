//! How does a style stand in QGIS' own XML (QML)? Rules with a filter, a label and a symbol each, as QGIS 3 writes them. Does
//! not know what is drawn.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::colours::{Rgb, rgb};
use super::signs::Sign;
use super::svg::{hex, xml};

/// What features of a table are, as QGIS counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shapes {
    Points = 0,
    Lines = 1,
    Areas = 2,
}

/// How the features of a rule are drawn; sizes and widths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Symbol {
    Fill { colour: Rgb, edge: Option<Rgb> },
    Outline { colour: Rgb, width: f64 },
    Line { colour: Rgb, width: f64 },
    Sign { sign: Sign, colour: Rgb, is_hollow: bool },
    Dot { colour: Rgb },
}

/// Which features are drawn how.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    /// An expression of QGIS; without one, all that no other rule fits.
    pub filter: Option<String>,
    pub label: String,
    pub symbol: Symbol,
    /// Ticked to begin with.
    pub is_shown: bool,
}

impl Rule {
    pub fn new(filter: impl Into<String>, label: impl Into<String>, symbol: Symbol) -> Self {
        Self { filter: Some(filter.into()), label: label.into(), symbol, is_shown: true }
    }

    pub fn others(label: impl Into<String>, symbol: Symbol) -> Self {
        Self { filter: None, label: label.into(), symbol, is_shown: true }
    }
}

/// The width of a sign's circle, and of the strokes' square in it.
const SIGN_MM: f64 = 4.4;
const STROKES_MM: f64 = 3.0;

const WHITE: Rgb = rgb(0xff, 0xff, 0xff);

/// A style of such rules; `opacity` 0…1.
pub(super) fn style(shapes: Shapes, rules: &[Rule], opacity: f64) -> String {
    let mut out = String::from(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.28.0-Firenze\" styleCategories=\"Symbology\">\n",
    );
    out.push_str(" <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\" referencescale=\"-1\">\n  <rules key=\"{sotplan}\">\n");
    for (at, rule) in rules.iter().enumerate() {
        let (filter, label) = (xml(rule.filter.as_deref().unwrap_or("ELSE")), xml(&rule.label));
        let hidden = if rule.is_shown { "" } else { " checkstate=\"0\"" };
        let _ = writeln!(
            out,
            "   <rule key=\"{{sotplan-{at}}}\" filter=\"{filter}\" label=\"{label}\" symbol=\"{at}\"{hidden}/>"
        );
    }
    out.push_str("  </rules>\n  <symbols>\n");
    for (at, rule) in rules.iter().enumerate() {
        symbol(&mut out, at, rule.symbol, opacity);
    }
    let _ = write!(
        out,
        "  </symbols>\n </renderer-v2>\n <blendMode>0</blendMode>\n <featureBlendMode>0</featureBlendMode>\n <layerGeometryType>{}</layerGeometryType>\n</qgis>\n",
        shapes as u8
    );
    out
}

fn symbol(out: &mut String, name: usize, symbol: Symbol, opacity: f64) {
    let kind = match symbol {
        Symbol::Fill { .. } | Symbol::Outline { .. } => "fill",
        Symbol::Line { .. } => "line",
        Symbol::Sign { .. } | Symbol::Dot { .. } => "marker",
    };
    let _ = writeln!(
        out,
        "   <symbol type=\"{kind}\" name=\"{name}\" alpha=\"{opacity}\" clip_to_extent=\"1\" force_rhr=\"0\" frame_rate=\"10\" is_animated=\"0\">"
    );
    match symbol {
        Symbol::Fill { colour, edge } => {
            let style = if edge.is_some() { "solid" } else { "no" };
            let edge = rgba(edge.unwrap_or(colour));
            let options = [("color", rgba(colour)), ("style", "solid".into()), ("outline_color", edge)];
            let more = [("outline_style", style.into()), ("outline_width", "0.26".into())];
            layer(out, "SimpleFill", options.into_iter().chain(more).chain(units("outline_width_unit")));
        }
        Symbol::Outline { colour, width } => {
            let options = [("color", rgba(colour)), ("style", "no".into()), ("outline_color", rgba(colour))];
            let more = [("outline_style", "solid".into()), ("outline_width", width.to_string())];
            layer(out, "SimpleFill", options.into_iter().chain(more).chain(units("outline_width_unit")));
        }
        Symbol::Line { colour, width } => {
            let options = [("line_color", rgba(colour)), ("line_style", "solid".into())];
            let more = [("line_width", width.to_string()), ("capstyle", "round".into())];
            layer(out, "SimpleLine", options.into_iter().chain(more).chain(units("line_width_unit")));
        }
        Symbol::Sign { sign, colour, is_hollow } => {
            let (inside, strokes) = if is_hollow { (WHITE, colour) } else { (colour, WHITE) };
            circle(out, inside, if is_hollow { colour } else { WHITE }, SIGN_MM);
            strokes_of(out, sign, strokes);
        }
        Symbol::Dot { colour } => circle(out, colour, WHITE, 2.4),
    }
    out.push_str("   </symbol>\n");
}

fn circle(out: &mut String, inside: Rgb, edge: Rgb, size: f64) {
    let options = [("name", "circle".into()), ("color", rgba(inside)), ("outline_color", rgba(edge))];
    let more = [
        ("outline_style", "solid".into()),
        ("outline_width", "0.35".into()),
        ("size", size.to_string()),
        ("size_unit", "MM".into()),
    ];
    layer(out, "SimpleMarker", options.into_iter().chain(more).chain(units("outline_width_unit")));
}

/// The strokes of a sign, as a picture of lines in the style itself.
fn strokes_of(out: &mut String, sign: Sign, colour: Rgb) {
    let picture = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="{}" fill="none" stroke="{}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>"#,
        sign.path(),
        hex(colour)
    );
    let options = [
        ("name", format!("base64:{}", BASE64_STANDARD.encode(picture))),
        ("color", rgba(colour)),
        ("size", STROKES_MM.to_string()),
        ("size_unit", "MM".into()),
    ];
    layer(out, "SvgMarker", options.into_iter());
}

fn units(name: &'static str) -> [(&'static str, String); 1] {
    [(name, "MM".into())]
}

fn layer(out: &mut String, class: &str, options: impl Iterator<Item = (&'static str, String)>) {
    let _ = writeln!(
        out,
        "    <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n     <Option type=\"Map\">"
    );
    for (name, value) in options {
        let _ = writeln!(out, "      <Option type=\"QString\" name=\"{name}\" value=\"{}\"/>", xml(&value));
    }
    out.push_str("     </Option>\n    </layer>\n");
}

fn rgba(colour: Rgb) -> String {
    let Rgb { r, g, b, a } = colour;
    format!("{r},{g},{b},{a}")
}
