//! `sotplan map`: a map of a result as a picture or as pages of paper, without a window.

use std::path::Path;
use std::sync::Arc;

use super::compare::unclear;
use super::paper_arguments::{ColourBy, Map, Orientation, PaperSaid, PictureFormat};
use super::{analyse, notes};
use crate::app::Results;
use crate::app::comparing::{self, Unclear};
use crate::app::settings::Theme;
use crate::io::write_atomically;
use crate::lang::{Lang, Said};
use crate::model::{AreaIx, Project};
use crate::progress::Unwatched;
use crate::report::{self, Head, MapFormat, MapsAsked, MapsWritten, Showing, View, write_maps};
use crate::scene::Scene;
use crate::scene::classes::Colouring;
use crate::scene::paper::PaperSize;
use crate::scene::svg::{self, Picture};
use crate::{say, say_many};

/// Points an inch of a picture of points, if not said.
const DPI: u32 = 200;

/// Writes the picture; the error is the message for the user.
pub fn run(said: &Map, lang: Lang) -> Result<(), String> {
    let format = format(said, lang)?;
    let is_page = said.paper.is_some() || format != MapFormat::Svg || !views_said(said).is_empty();
    refuse_idle(said, format, is_page, lang)?;
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
        super::common::warn(&line);
    }
    let scene = Scene::new(&Arc::new(results), None);
    if is_page { pages(said, format, &project, &scene, lang) } else { picture(said, &scene, lang) }
}

/// The format that is said, or that of the file's ending.
fn format(said: &Map, lang: Lang) -> Result<MapFormat, String> {
    let ending = said.out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_ending = match ending.as_deref() {
        Some("svg") => Some(MapFormat::Svg),
        Some("png") => Some(MapFormat::Png),
        Some("pdf") => Some(MapFormat::Pdf),
        _ => None,
    };
    let of_option = said.format.map(|said| match said {
        PictureFormat::Svg => MapFormat::Svg,
        PictureFormat::Png => MapFormat::Png,
        PictureFormat::Pdf => MapFormat::Pdf,
    });
    let format = of_option.or(by_ending).unwrap_or(MapFormat::Svg);
    match ending {
        Some(ending) if by_ending != Some(format) => {
            let wanted = format.ending();
            Err(say!(
                lang,
                "--out: filen slutar på .{ending}, men bilden skrivs som {wanted}. Kalla den .{wanted}, eller ange --format",
                "--out: the file ends in .{ending}, but the picture is written as {wanted}. Call it .{wanted}, or give --format"
            ))
        }
        _ => Ok(format),
    }
}

fn views_said(said: &Map) -> Vec<&String> {
    said.area.iter().chain(&said.place).collect()
}

/// Options that nothing would come of.
fn refuse_idle(said: &Map, format: MapFormat, is_page: bool, lang: Lang) -> Result<(), String> {
    let refuse = |option: &str, sv: &str, en: &str| {
        let why = lang.pick(sv, en);
        Err(format!("{option}: {why}"))
    };
    if is_page && (said.width.is_some() || said.height.is_some()) {
        let option = if said.width.is_some() { "--width" } else { "--height" };
        return refuse(
            option,
            "en sida är så stor som sitt papper. Ange --paper, eller ta bort --paper, --area, --place och .pdf eller .png",
            "a page is as large as its paper. Give --paper, or leave out --paper, --area, --place and .pdf or .png",
        );
    }
    if !is_page && said.orientation.is_some() {
        return refuse("--orientation", "gäller en sida: ange --paper", "is about a page: give --paper");
    }
    if !is_page && said.title.is_some() {
        return refuse("--title", "gäller en sida: ange --paper", "is about a page: give --paper");
    }
    if format != MapFormat::Png && said.dpi.is_some() {
        return refuse("--dpi", "gäller bara PNG", "is for PNG only");
    }
    Ok(())
}

fn colouring(said: &Map) -> Colouring {
    match said.colour {
        ColourBy::Distance => Colouring::Distance,
        ColourBy::People => Colouring::People,
        ColourBy::Groups => Colouring::Groups,
        ColourBy::None => Colouring::Off,
    }
}

const fn theme(said: &Map) -> Theme {
    if said.dark { Theme::Dark } else { Theme::Light }
}

/// A picture as the screen shows it.
fn picture(said: &Map, scene: &Scene, lang: Lang) -> Result<(), String> {
    let picture = Picture {
        width: f64::from(said.width.unwrap_or(1200)),
        height: f64::from(said.height.unwrap_or(1000)),
        kind: said.kind,
        colouring: colouring(said),
        shows_gaps: said.gaps,
        theme: theme(said),
        lang,
    };
    let text = svg::write(scene, &picture).ok_or_else(|| nothing(lang))?;
    write_atomically(&said.out, &[text.as_bytes()]).map_err(|error| error.said(lang))
}

fn nothing(lang: Lang) -> String {
    lang.pick("det finns inget att rita", "there is nothing to draw").into()
}

/// Pages of paper.
fn pages(said: &Map, format: MapFormat, project: &Project, scene: &Scene, lang: Lang) -> Result<(), String> {
    let date = crate::app::export::Stamp::today().date;
    let asked = MapsAsked {
        showing: Showing::Coverage,
        views: views(said, project, &scene.results, lang)?,
        kind: said.kind,
        colouring: colouring(said),
        shows_gaps: said.gaps,
        theme: theme(said),
        lang,
        paper: match said.paper {
            Some(PaperSaid::A3) => PaperSize::A3,
            _ => PaperSize::A4,
        },
        is_lying: said.orientation.map(|orientation| orientation == Orientation::Lying),
        title: said.title.clone().filter(|title| !title.trim().is_empty()),
        date: date.clone(),
    };
    let pages = report::pages(scene, &asked, &Unwatched).map_err(|why| why.said(lang))?;
    let title = match pages.as_slice() {
        [one] => &one.title,
        _ => &project.name,
    };
    let written = MapsWritten {
        format,
        dpi: said.dpi.unwrap_or(DPI),
        head: Head { title, author: "", lang, date: &date },
    };
    let files = write_maps(&said.out, &pages, written, &project.files()).map_err(|error| error.said(lang))?;
    told(pages.len(), files.len(), files.first().unwrap_or(&said.out), lang)
}

fn told(pages: usize, files: usize, first: &Path, lang: Lang) -> Result<(), String> {
    let first = first.display();
    let text = if files > 1 {
        say!(
            lang,
            "{files} sidor skrivna, den första till {first}",
            "{files} pages written, the first to {first}"
        )
    } else {
        say_many!(
            lang,
            pages,
            "{pages} sida skriven till {first}" | "{pages} sidor skrivna till {first}",
            "{pages} page written to {first}" | "{pages} pages written to {first}"
        )
    };
    super::common::print(&text)
}

/// What each page shows.
fn views(said: &Map, project: &Project, results: &Results, lang: Lang) -> Result<Vec<View>, String> {
    let mut views = Vec::new();
    for name in &said.area {
        if name.trim().eq_ignore_ascii_case("all") {
            views.extend(report::areas(results).into_iter().map(View::Area));
        } else {
            views.push(View::Area(area(name, results, lang)?));
        }
    }
    let within = said.within.unwrap_or_else(report::usual_around);
    for name in &said.place {
        let site = comparing::find(name, results, &project.trials)
            .map_err(|found| unclear("--place", name, &found, lang))?;
        views.extend(report::view_of_place(results, project, &site, within));
    }
    if views.is_empty() {
        views.push(View::Everything);
    }
    Ok(views)
}

/// The area that is meant.
pub fn area(name: &str, results: &Results, lang: Lang) -> Result<AreaIx, String> {
    comparing::find_area(name, results).map_err(|found| match found {
        Unclear::None { like } => {
            let known: Vec<String> = if like.is_empty() {
                let areas = report::areas(results).into_iter();
                let named =
                    areas.filter_map(|area| results.situation.area_name(Some(area)).map(str::to_owned));
                named.take(12).collect()
            } else {
                like
            };
            let known = known.join(", ");
            say!(
                lang,
                "--area: inget område heter ”{name}”. I data finns bland andra {known}",
                "--area: no area is called “{name}”. The data have, among others, {known}"
            )
        }
        Unclear::Several { found } => {
            let found = found.join("; ");
            say!(
                lang,
                "--area: ”{name}” passar flera områden. Skriv koden: {found}",
                "--area: “{name}” fits several areas. Write the code: {found}"
            )
        }
    })
}
