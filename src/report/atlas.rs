//! Which maps are asked for, and what does each say? A page for everything, for an area or around a place: its title, the
//! answer in words, and the map.

use std::sync::Arc;

use super::pdf::MapPage;
use crate::app::Results;
use crate::app::comparing::name_of;
use crate::app::settings::Theme;
use crate::app::telling::reaching;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said as _};
use crate::model::travel::TravelModel as _;
use crate::model::{AreaIx, Project, ServiceKind, Side, SiteId};
use crate::say;
use crate::scene::classes::{CellClasses, Colouring};
use crate::scene::paper::{self, POINTS_PER_MM, Paper, PaperSize, Sheet};
use crate::scene::signs::Sign;
use crate::scene::svg::{MapOf, Mark};
use crate::scene::{Mercator, Scene, Surface, colours, mercator};
use crate::units::{Metres, People};

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Everything,
    Area(AreaIx),
    /// A place and what lies so near.
    Around {
        site: Option<SiteId>,
        name: String,
        place: LonLat,
        within: Metres,
    },
}

/// Maps that are asked for.
#[derive(Debug, Clone)]
pub struct MapsAsked {
    pub views: Vec<View>,
    pub kind: ServiceKind,
    pub colouring: Colouring,
    pub shows_gaps: bool,
    pub theme: Theme,
    pub lang: Lang,
    pub paper: PaperSize,
    /// `None`: each as shows it larger.
    pub is_lying: Option<bool>,
    /// A title in the place of the one that is made.
    pub title: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: String,
}

/// The margin of a page, millimetres: what every printer leaves free.
const MARGIN_MM: f64 = 10.0;

/// So far around a place one sees, if not said.
#[must_use]
pub fn usual_around() -> Metres {
    Metres::new(20_000.0)
}

/// Areas with people, in the order of their names.
#[must_use]
pub fn areas(results: &Results) -> Vec<AreaIx> {
    let mut found: Vec<AreaIx> =
        results.areas.iter().filter(|row| row.people > People::ZERO).filter_map(|row| row.area).collect();
    found.sort_by_key(|area| results.situation.area_name(Some(*area)).map(str::to_owned));
    found
}

/// The pages; none where there is nothing to show.
#[must_use]
pub fn pages(scene: &Scene, asked: &MapsAsked) -> Vec<MapPage> {
    let cells = CellClasses::new(scene, asked.kind, asked.colouring);
    let seen: Vec<(&View, (Mercator, Mercator))> =
        asked.views.iter().filter_map(|view| Some((view, bounds(scene, view)?))).collect();
    let of = seen.len();
    let page = |(at, (view, bounds)): (usize, &(&View, (Mercator, Mercator)))| {
        let number = (of > 1).then_some([at + 1, of]);
        page(scene, &cells, asked, view, *bounds, number)
    };
    seen.iter().enumerate().map(page).collect()
}

fn page(
    scene: &Scene,
    cells: &CellClasses,
    asked: &MapsAsked,
    view: &View,
    bounds: (Mercator, Mercator),
    number: Option<[usize; 2]>,
) -> MapPage {
    let title = title(scene, asked, view);
    let subtitle = subtitle(scene, asked, view);
    let paper = match asked.is_lying {
        Some(is_lying) => Paper { size: asked.paper, is_lying },
        None => Paper::fitting(asked.paper, bounds.1[0] - bounds.0[0], bounds.1[1] - bounds.0[1]),
    };
    let marks = marks(view);
    let sheet = Sheet {
        of: MapOf {
            scene,
            cells,
            kind: asked.kind,
            theme: asked.theme,
            lang: asked.lang,
            shows_gaps: asked.shows_gaps,
            gaps: None,
            shows_services: true,
            shows_sots: true,
            marks: &marks,
            focus: focus(scene, view),
        },
        size: paper.points(),
        margin: MARGIN_MM * POINTS_PER_MM,
        bounds,
        title: &title,
        has_title: true,
        subtitle: &subtitle,
        legend_title: None,
        legend_lines: Vec::new(),
        notes: notes(&scene.results, asked.lang),
        date: &asked.date,
        number,
    };
    let svg = paper::draw(&sheet);
    let alt = say!(asked.lang, "Karta. {title}. {subtitle}", "Map. {title}. {subtitle}");
    MapPage { svg, alt, title }
}

/// What of the figures on a map one has to know beside them.
#[must_use]
pub fn notes(results: &Results, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let closed = results.project.closed_services.len();
    if closed > 0 {
        out.push(say!(
            lang,
            "Simulering: {closed} servicepunkter räknas som nedlagda.",
            "Simulation: {closed} services count as closed."
        ));
    }
    let roads = results.project.closures.len();
    if roads > 0 {
        out.push(say!(
            lang,
            "Simulering: {roads} vägavstängningar gäller.",
            "Simulation: {roads} road closures hold."
        ));
    }
    out.push(
        lang.pick(
            "Invånare och antal i teckenförklaringen gäller alla data, inte bara kartans utsnitt. Register är ofullständiga.",
            "People and numbers of the legend are those of all data, not of the part shown. Registers are incomplete.",
        )
        .into(),
    );
    out
}

/// What must be seen.
fn bounds(scene: &Scene, view: &View) -> Option<(Mercator, Mercator)> {
    match view {
        View::Everything => scene.bounds,
        View::Area(_) => focus(scene, view).map(|surface| (surface.min, surface.max)),
        View::Around { place, within, .. } => Some(around(*place, *within)),
    }
}

/// A square around a place.
#[must_use]
pub fn around(place: LonLat, within: Metres) -> (Mercator, Mercator) {
    /// Metres around the Earth at the equator.
    const EQUATOR_M: f64 = 40_075_016.686;
    let [x, y] = mercator(place);
    let half = within.value() / (EQUATOR_M * place.lat.to_radians().cos());
    ([x - half, y - half], [x + half, y + half])
}

fn focus<'a>(scene: &'a Scene, view: &View) -> Option<&'a Surface> {
    let View::Area(area) = view else { return None };
    let area = scene.results.situation.areas.get(area.at())?;
    let is_it =
        |shape: &&crate::scene::AreaShape| shape.layer == area.layer && shape.feature_ix == area.feature_ix;
    scene.areas.iter().find(is_it).map(|shape| &shape.surface)
}

fn marks(view: &View) -> Vec<Mark> {
    let View::Around { site, name, place, .. } = view else { return Vec::new() };
    vec![Mark {
        at: mercator(*place),
        sign: Sign::Kind(ServiceKind::Sot),
        colour: colours::SELECTION,
        is_hollow: false,
        name: name.clone(),
        site: site.clone(),
    }]
}

/// What the map is about.
fn title(scene: &Scene, asked: &MapsAsked, view: &View) -> String {
    if let Some(title) = &asked.title {
        return title.clone();
    }
    let (lang, results) = (asked.lang, &scene.results);
    let where_ = match view {
        View::Everything => results.project.name.clone(),
        View::Area(area) => results.situation.area_name(Some(*area)).unwrap_or_default().to_owned(),
        View::Around { name, .. } => name.clone(),
    };
    let kind = asked.kind.unit(lang);
    let what = match asked.colouring {
        Colouring::Distance => say!(lang, "vägen till närmaste {kind}", "the way to the nearest {kind}"),
        Colouring::People => lang.pick("invånare per km²", "people per km²").into(),
        Colouring::Groups => lang.pick("tätort och landsbygd", "localities and countryside").into(),
        Colouring::Off => asked.kind.said(lang).to_lowercase(),
    };
    if where_.is_empty() { capital(&what) } else { format!("{where_}: {what}") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The answer, and how it was measured.
fn subtitle(scene: &Scene, asked: &MapsAsked, view: &View) -> String {
    let (results, lang): (&Arc<Results>, Lang) = (&scene.results, asked.lang);
    if asked.colouring != Colouring::Distance {
        return String::new();
    }
    let answer = match view {
        View::Area(area) => {
            let row = results.areas.iter().find(|row| row.area == Some(*area));
            row.and_then(|row| reaching::beyond_in(results, row, asked.kind, lang))
        }
        _ => Some(reaching::beyond(results, asked.kind, lang).join(" ")),
    };
    let method = results.travel.method().said(lang);
    say!(lang, "{} Mått: {method}.", "{} Measure: {method}.", answer.unwrap_or_default()).trim().to_owned()
}

/// What one sees around a place; nothing where it is not there.
#[must_use]
pub fn view_of_place(results: &Results, project: &Project, site: &SiteId, within: Metres) -> Option<View> {
    let candidate = results.candidates.iter().find(|candidate| candidate.site == *site);
    let trial = project.trials.iter().find(|trial| SiteId::Trial(trial.id) == *site);
    let place = candidate.map(|candidate| candidate.place).or_else(|| trial.map(|trial| trial.place))?;
    let side = Side::Place(site.clone());
    Some(View::Around { site: Some(site.clone()), name: name_of(&side, results, project), place, within })
}
