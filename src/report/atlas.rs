//! Which maps are asked for, and what does each say? A page for everything, for an area or around a place: its title, the
//! answer in words, and the map.

use std::sync::Arc;

use super::content::common;
use super::pdf::MapPage;
use crate::app::Results;
use crate::app::comparing::{compared_as, name_of};
use crate::app::outage::Place;
use crate::app::settings::Theme;
use crate::app::telling::{planning, reaching};
use crate::app::work::crisis::{Computed, HourOf};
use crate::app::work::planner::{Pick, Shown, ShownSite};
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::travel::TravelModel as _;
use crate::model::{AreaIx, Project, ServiceKind, Side, SiteId};
use crate::outage::{Case, Change, Level};
use crate::progress::Progress;
use crate::say;
use crate::scene::classes::{CellClasses, Colouring};
use crate::scene::crisis::HourDrawn;
use crate::scene::legend::{self, Line};
use crate::scene::paper::{self, POINTS_PER_MM, Paper, PaperSize, Sheet};
use crate::scene::plan::{PlanDrawn, PlanShows};
use crate::scene::signs::Sign;
use crate::scene::svg::{MapOf, Mark};
use crate::scene::{Mercator, Scene, Surface, colours, mercator, metres_around};
use crate::units::{Metres, People};

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Everything,
    Area(AreaIx),
    /// A part of the map, as one sees it.
    Part((Mercator, Mercator)),
    /// A place and what lies so near.
    Around {
        site: Option<SiteId>,
        name: String,
        place: LonLat,
        within: Metres,
    },
}

impl View {
    const fn area(&self) -> Option<AreaIx> {
        match self {
            Self::Area(area) => Some(*area),
            _ => None,
        }
    }
}

/// What the cells and signs of a map are about.
#[derive(Clone, Default)]
pub enum Showing {
    /// The ways to a kind of service, or people.
    #[default]
    Coverage,
    /// A plan, or the difference of two.
    Plan(Arc<Shown>, PlanShows),
    /// An hour of a crisis.
    Hour(Arc<Computed>, HourOf),
}

/// Maps that are asked for.
#[derive(Clone)]
pub struct MapsAsked {
    pub showing: Showing,
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
    found.sort_by_key(|area| results.situation.area_name(Some(*area)).map(crate::lang::alphabetical));
    found
}

/// Something that no page can show.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    #[error("there is nothing to draw")]
    Nothing,
    /// By its name.
    #[error("{0} cannot be shown: it has no outline or place in the data")]
    View(String),
}

impl Said for NotShown {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => lang.pick("det finns inget att rita", "there is nothing to draw").into(),
            Self::View(name) => say!(
                lang,
                "{name} kan inte visas: det finns varken gräns eller plats för det i data",
                "{name} cannot be shown: the data have neither an outline nor a place of it"
            ),
        }
    }
}

/// The pages, one for each view.
///
/// # Errors
/// [`NotShown`] where a view cannot be drawn, or a plan or a crisis is of other results than the picture.
pub fn pages(scene: &Scene, asked: &MapsAsked, progress: &dyn Progress) -> Result<Vec<MapPage>, NotShown> {
    let content = Content::new(scene, asked).ok_or(NotShown::Nothing)?;
    let seen = asked.views.iter().map(|view| match bounds(scene, view) {
        Some(bounds) => Ok((view, bounds)),
        None => Err(NotShown::View(place_name(scene, view))),
    });
    let seen = seen.collect::<Result<Vec<_>, _>>()?;
    let of = seen.len();
    if of == 0 {
        return Err(NotShown::Nothing);
    }
    let mut out = Vec::with_capacity(of);
    for (at, (view, bounds)) in seen.into_iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        let number = (of > 1).then_some([at + 1, of]);
        out.push(content.page(scene, asked, view, bounds, number));
    }
    Ok(out)
}

/// What all pages show.
struct Content {
    cells: CellClasses,
    marks: Vec<Mark>,
    gaps: Option<Vec<Surface>>,
    /// Services and SOT places stand beside what is shown.
    shows_places: bool,
    legend_title: Option<String>,
    legend_lines: Vec<Line>,
    no_value: Option<&'static str>,
    /// What it is about, where that is no coverage.
    about: Option<String>,
}

impl Content {
    /// Nothing where a plan or a crisis is of other results than the picture.
    fn new(scene: &Scene, asked: &MapsAsked) -> Option<Self> {
        match &asked.showing {
            Showing::Coverage => Some(Self {
                cells: CellClasses::new(scene, asked.kind, asked.colouring),
                marks: Vec::new(),
                gaps: None,
                shows_places: true,
                legend_title: None,
                legend_lines: Vec::new(),
                no_value: None,
                about: None,
            }),
            Showing::Plan(shown, shows) => Self::of_plan(scene, asked, shown, *shows),
            Showing::Hour(of, at) => Self::of_hour(scene, asked.lang, of, *at),
        }
    }

    fn of_plan(scene: &Scene, asked: &MapsAsked, shown: &Arc<Shown>, shows: PlanShows) -> Option<Self> {
        let (drawn, lang, sot) = (PlanDrawn::new(shown, scene)?, asked.lang, ServiceKind::Sot);
        let is_before = shows == PlanShows::Before && !matches!(shown.pick, Pick::Difference(..));
        let mark = |(site, at): (&ShownSite, &Option<Mercator>)| {
            let (sign, colour) = if site.exists {
                (Sign::Kind(sot), colours::kind_colour(sot))
            } else {
                (Sign::PlanNew, colours::PLAN_NEW)
            };
            let (name, site) = (site.name.clone(), Some(site.site.clone()));
            Some(Mark { at: (*at)?, sign, colour, is_hollow: false, name, site })
        };
        // Today there are none but those that exist.
        let sites = shown.sites.iter().zip(&drawn.sites).filter(|(site, _)| site.exists || !is_before);
        let marks = sites.filter_map(mark).collect();
        let title = legend::plan_title(&shown.pick, shows, lang);
        let plan = planning::pick(&scene.results.project.plans, &shown.pick, lang);
        let plan = plan.map(|plan| format!(", {plan}")).unwrap_or_default();
        let mut legend_lines = legend::of_plan(&drawn, lang);
        if is_before {
            legend_lines.retain(|line| line.sign == Some(Sign::Kind(sot)));
        }
        let cells = match shows {
            PlanShows::After => drawn.after,
            PlanShows::Before => drawn.before,
            PlanShows::Change => drawn.change,
            PlanShows::People => CellClasses::new(scene, asked.kind, Colouring::People),
        };
        let about = format!("{}{plan}", lower(title));
        Some(Self {
            cells,
            marks,
            gaps: None,
            shows_places: false,
            legend_title: Some(title.to_owned()),
            legend_lines,
            no_value: None,
            about: Some(about),
        })
    }

    fn of_hour(scene: &Scene, lang: Lang, of: &Arc<Computed>, at: HourOf) -> Option<Self> {
        let drawn = HourDrawn::new(of, at, scene)?;
        let kind = at.need.kind().unwrap_or(ServiceKind::Sot);
        let mark = |(place, at, change): (&Place, Mercator, &Change)| Mark {
            at,
            sign: Sign::Kind(kind),
            colour: colours::level(change.level),
            is_hollow: change.level == Level::Stopped,
            name: place.name.clone(),
            site: Some(place.site.clone()),
        };
        let marks: Vec<Mark> = drawn.places().map(mark).collect();
        let (hour, need) = (at.hour, at.need.said(lang).to_lowercase());
        let case = match at.case {
            Case::Worst => lang.pick("säkert", "for sure"),
            Case::Best => lang.pick("i bästa fall", "at best"),
        };
        let scenario = &of.crisis.scenario.name;
        let about = say!(
            lang,
            "{scenario}, timme {hour}: vägen till närmaste plats som fungerar för {need}, {case}",
            "{scenario}, hour {hour}: the way to the nearest place that works for {need}, {case}"
        );
        let line = |level: Level| {
            let count = drawn.levels.values().filter(|change| change.level == level).count();
            let line = Line::swatch(colours::level(level), level.said(lang), lang.count(count));
            Line { sign: Some(Sign::Kind(kind)), ..line }
        };
        let legend_lines = [Level::Works, Level::Limited, Level::Stopped].map(line).into();
        let legend_title = say!(lang, "Timme {hour}: {need}, {case}", "Hour {hour}: {need}, {case}");
        let gaps = Some(Vec::new());
        let (legend_title, about) = (Some(legend_title), Some(about));
        let (cells, no_value) = (drawn.colours, Some(common::nowhere(lang)));
        Some(Self { cells, marks, gaps, shows_places: false, legend_title, legend_lines, no_value, about })
    }

    fn page(
        &self,
        scene: &Scene,
        asked: &MapsAsked,
        view: &View,
        bounds: (Mercator, Mercator),
        number: Option<[usize; 2]>,
    ) -> MapPage {
        let title = title(scene, asked, view, self.about.as_deref());
        let subtitle =
            if self.about.is_some() { measured(scene, asked.lang) } else { subtitle(scene, asked, view) };
        let paper = match asked.is_lying {
            Some(is_lying) => Paper { size: asked.paper, is_lying },
            None => Paper::fitting(asked.paper, bounds.1[0] - bounds.0[0], bounds.1[1] - bounds.0[1]),
        };
        let marks: Vec<Mark> = self.marks.iter().cloned().chain(marks(view)).collect();
        // The legend counts what the page is about.
        let own = view.area().map(|area| self.cells.counted_in(area));
        let sheet = Sheet {
            of: MapOf {
                scene,
                cells: own.as_ref().unwrap_or(&self.cells),
                kind: asked.kind,
                theme: asked.theme,
                lang: asked.lang,
                shows_gaps: asked.shows_gaps && self.shows_places,
                gaps: self.gaps.as_deref(),
                shows_services: self.shows_places,
                shows_sots: self.shows_places,
                marks: &marks,
                no_value: self.no_value,
                area: view.area(),
            },
            size: paper.points(),
            margin: MARGIN_MM * POINTS_PER_MM,
            bounds,
            title: &title,
            has_title: true,
            subtitle: &subtitle,
            legend_title: self.legend_title.clone(),
            legend_lines: self.legend_lines.iter().cloned().chain(line_of(view, asked.lang)).collect(),
            notes: notes(&scene.results, view.area(), asked.lang),
            date: &asked.date,
            number,
        };
        let svg = paper::draw(&sheet);
        let alt = say!(asked.lang, "Karta. {title}. {subtitle}", "Map. {title}. {subtitle}");
        MapPage { svg, alt, title }
    }
}

/// What of the figures on a map one has to know beside them.
#[must_use]
pub fn notes(results: &Results, area: Option<AreaIx>, lang: Lang) -> Vec<String> {
    let mut out = common::changed(results, lang);
    out.push(match results.situation.area_name(area) {
        Some(area) => say!(
            lang,
            "Invånare och antal i teckenförklaringen gäller {area}. Märken som inte ryms är prickar. Register är ofullständiga.",
            "People and numbers of the legend are those of {area}. Signs without room are dots. Registers are incomplete."
        ),
        None => lang
            .pick(
                "Invånare och antal i teckenförklaringen gäller alla data, inte bara kartans utsnitt. Märken som inte ryms är prickar. Register är ofullständiga.",
                "People and numbers of the legend are those of all data, not of the part shown. Signs without room are dots. Registers are incomplete.",
            )
            .into(),
    });
    out
}

/// What must be seen.
fn bounds(scene: &Scene, view: &View) -> Option<(Mercator, Mercator)> {
    match view {
        View::Everything => scene.bounds,
        View::Part(bounds) => Some(*bounds),
        View::Area(area) => scene.area_shape(*area).map(|shape| (shape.surface.min, shape.surface.max)),
        View::Around { place, within, .. } => Some(around(*place, *within)),
    }
}

/// A square around a place.
#[must_use]
pub fn around(place: LonLat, within: Metres) -> (Mercator, Mercator) {
    let [x, y] = mercator(place);
    let half = within.value() / metres_around(place.lat);
    ([x - half, y - half], [x + half, y + half])
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

/// The sign of the place that a page is about.
fn line_of(view: &View, lang: Lang) -> Option<Line> {
    let View::Around { .. } = view else { return None };
    let text = lang.pick("platsen som sidan gäller", "the place of the page");
    let line = Line::swatch(colours::SELECTION, text, String::new());
    Some(Line { sign: Some(Sign::Kind(ServiceKind::Sot)), ..line })
}

/// A text that goes on in a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What a view is called.
fn place_name(scene: &Scene, view: &View) -> String {
    let results = &scene.results;
    match view {
        View::Everything | View::Part(_) => results.project.name.clone(),
        View::Area(area) => results.situation.area_name(Some(*area)).unwrap_or_default().to_owned(),
        View::Around { name, .. } => name.clone(),
    }
}

/// What the map is about.
fn title(scene: &Scene, asked: &MapsAsked, view: &View, about: Option<&str>) -> String {
    if let Some(title) = &asked.title {
        return title.clone();
    }
    let lang = asked.lang;
    let where_ = place_name(scene, view);
    let kind = asked.kind.unit(lang);
    let what = match asked.colouring {
        _ if about.is_some() => about.unwrap_or_default().to_owned(),
        Colouring::Distance => say!(lang, "vägen till närmaste {kind}", "the way to the nearest {kind}"),
        Colouring::People => lang.pick("invånare per km²", "people per km²").into(),
        Colouring::Groups => lang.pick("tätort och landsbygd", "localities and countryside").into(),
        Colouring::Off => asked.kind.said(lang).to_lowercase(),
    };
    if where_.is_empty() { crate::lang::capital(&what) } else { format!("{where_}: {what}") }
}

/// How ways were measured.
fn measured(scene: &Scene, lang: Lang) -> String {
    let (results, method) = (&scene.results, scene.results.travel.method().said(lang));
    let limit = lang.cost(results.limit(), results.measure());
    say!(lang, "Mått: {method}. Gräns: {limit}.", "Measure: {method}. Threshold: {limit}.")
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
        View::Everything => Some(reaching::beyond(results, asked.kind, lang).join(" ")),
        View::Part(_) | View::Around { .. } => {
            let answer = reaching::beyond(results, asked.kind, lang).join(" ");
            Some(say!(lang, "I hela området: {answer}", "In the whole area: {answer}"))
        }
    };
    let method = results.travel.method().said(lang);
    say!(lang, "{} Mått: {method}.", "{} Measure: {method}.", answer.unwrap_or_default()).trim().to_owned()
}

/// What one sees around a place; nothing where it is not there.
#[must_use]
pub fn view_of_place(results: &Results, project: &Project, site: &SiteId, within: Metres) -> Option<View> {
    let site = compared_as(site, results)?;
    let candidate = results.candidates.iter().find(|candidate| candidate.site == site);
    let trial = project.trials.iter().find(|trial| SiteId::Trial(trial.id) == site);
    let place = candidate.map(|candidate| candidate.place).or_else(|| trial.map(|trial| trial.place))?;
    let name = name_of(&Side::Place(site.clone()), results, project);
    Some(View::Around { site: Some(site), name, place, within })
}
