//! `sotplan map`: a map of a result as a picture, without a window.

use std::sync::Arc;

use super::analyse;
use super::arguments::{ColourBy, Map, PictureFormat};
use super::notes;
use crate::app::Results;
use crate::app::settings::Theme;
use crate::io::write_atomically;
use crate::lang::{Lang, Said};
use crate::progress::Unwatched;
use crate::say;
use crate::scene::Scene;
use crate::scene::classes::Colouring;
use crate::scene::svg::{self, Picture};

/// Writes the picture; the error is the message for the user.
pub fn run(said: &Map, lang: Lang) -> Result<(), String> {
    let PictureFormat::Svg = said.format;
    let ending = said.out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if let Some(ending) = ending.filter(|ending| ending != "svg") {
        return Err(say!(
            lang,
            "--out: filen slutar på .{ending}, men bilden skrivs som SVG (--format svg). Kalla den .svg",
            "--out: the file ends in .{ending}, but the picture is written as SVG (--format svg). Call it .svg"
        ));
    }
    let project = match said.colour {
        ColourBy::Distance => analyse::project(&said.given, lang)?,
        _ => analyse::any_project(&said.given, lang)?,
    };
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    if results.situation.of_kind(said.kind).is_empty() && matches!(said.colour, ColourBy::Distance) {
        let kind = said.kind.id();
        return Err(say!(
            lang,
            "--kind {kind}: inget lager har den sortens service. Ange ett, eller --colour people",
            "--kind {kind}: no layer has services of this kind. Give one, or --colour people"
        ));
    }
    for line in notes::of_results(&results, lang) {
        eprintln!("sotplan: {line}");
    }
    let scene = Scene::new(&Arc::new(results), None);
    let picture = Picture {
        width: f64::from(said.width),
        height: f64::from(said.height),
        kind: said.kind,
        colouring: match said.colour {
            ColourBy::Distance => Colouring::Distance,
            ColourBy::People => Colouring::People,
            ColourBy::Groups => Colouring::Groups,
            ColourBy::None => Colouring::Off,
        },
        shows_gaps: said.gaps,
        theme: if said.dark { Theme::Dark } else { Theme::Light },
        lang,
    };
    let text = svg::write(&scene, &picture);
    let text = text.ok_or_else(|| lang.pick("det finns inget att rita", "there is nothing to draw"))?;
    write_atomically(&said.out, &[text.as_bytes()]).map_err(|error| error.said(lang))
}
