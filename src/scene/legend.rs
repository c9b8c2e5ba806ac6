//! What does a map tell about itself? The lines of its legend, its scale, its sources. Words, figures and colours, and
//! no drawing: the window and pictures lay them out as they like.

use super::Scene;
use super::classes::{CellClasses, Colouring, Scale};
use super::colours::{self, Rgb};
use super::plan::{PlanDrawn, PlanShows};
use super::signs::Sign;
use super::ways::DrawnComparison;
use crate::app::Results;
use crate::app::settings::Theme;
use crate::app::telling::words::short_number;
use crate::app::work::planner::Pick;
use crate::lang::{Lang, Said};
use crate::model::travel::TravelModel;
use crate::model::{Project, RuralGroup, ServiceKind};
use crate::siting::Verdict;
use crate::{say, say_many};

/// One line of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub colour: Rgb,
    /// A sign instead of a swatch.
    pub sign: Option<Sign>,
    /// Drawn as an outline, not filled.
    pub is_outline: bool,
    /// A sign that is drawn as a ring: of what is not there, or does not work.
    pub is_hollow: bool,
    pub text: String,
    pub figure: String,
}

impl Line {
    /// A swatch with a text, and a figure if there is one.
    #[must_use]
    pub fn swatch(colour: Rgb, text: impl Into<String>, figure: String) -> Self {
        Self { colour, sign: None, is_outline: false, is_hollow: false, text: text.into(), figure }
    }

    /// An outline with a text.
    #[must_use]
    pub fn outline(colour: Rgb, text: impl Into<String>) -> Self {
        Self { is_outline: true, ..Self::swatch(colour, text, String::new()) }
    }
}

/// Classes in a row with their limits between them, and how many people each has.
#[derive(Debug, Clone, PartialEq)]
pub struct Ramp {
    pub scale: Scale,
    pub classes: Vec<RampClass>,
    /// Between the classes, the last with its unit.
    pub limits: Vec<String>,
}

/// One class of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RampClass {
    pub colour: Rgb,
    /// Of the people of the class with the most.
    pub part: f32,
    /// What it is, and how many people and cells it has.
    pub told: String,
}

/// People and cells of a class, in words.
fn people_of(cells: &CellClasses, class: usize, lang: Lang) -> String {
    let (people, count) = cells.counts[class];
    let (persons, people, said) = (lang.persons(people), lang.people(people), lang.count(count));
    say_many!(
        lang,
        count,
        "{people} invånare, {said} ruta" | "{people} invånare, {said} rutor",
        "{persons}, {said} cell" | "{persons}, {said} cells"
    )
}

/// The classes of cells in a row; `None` where they are no row, as groups are not.
#[must_use]
pub fn ramp(scene: &Scene, cells: &CellClasses, theme: Theme, lang: Lang) -> Option<Ramp> {
    let measure = scene.results.measure();
    let (names, limits) = match cells.scale {
        Scale::Groups => return None,
        Scale::Distance => {
            let limit = measure.in_units(scene.results.limit());
            let rounded =
                |limit: f64| if limit >= 10.0 { lang.number(limit, 0) } else { short_number(lang, limit) };
            let limits = colours::DISTANCE_BOUNDS.map(|part| rounded(limit * part));
            (distance_names(lang, &scene.results), limits.to_vec())
        }
        Scale::People => {
            let limits = colours::PEOPLE_BOUNDS[1..].iter().map(|bound| lang.number(*bound, 0));
            (density_names(lang), limits.collect())
        }
        Scale::Change => {
            let much = short_number(lang, measure.in_units(scene.results.limit()) * 0.5);
            let limits = vec![format!("−{much}"), "0".into(), "0".into(), format!("+{much}")];
            (change_names(lang, &much, measure.unit()), limits)
        }
    };
    let unit = match cells.scale {
        Scale::People => lang.pick("/km²", "/km²").to_owned(),
        _ => format!(" {}", measure.unit()),
    };
    let mut limits: Vec<String> = limits;
    if let Some(last) = limits.last_mut() {
        last.push_str(&unit);
    }
    let most = cells.counts[..5].iter().map(|(people, _)| people.value()).fold(1.0, f64::max);
    let palette = cells.scale.palette(theme);
    let classes = names.into_iter().enumerate().map(|(class, name)| {
        #[expect(clippy::cast_possible_truncation, reason = "a part between nothing and one")]
        let part = (cells.counts[class].0.value() / most) as f32;
        RampClass { colour: palette[class], part, told: format!("{name}: {}", people_of(cells, class, lang)) }
    });
    Some(Ramp { scale: cells.scale, classes: classes.collect(), limits })
}

/// The classes of density, in words.
pub(super) fn density_names(lang: Lang) -> [String; 5] {
    let bounds = colours::PEOPLE_BOUNDS;
    [0, 1, 2, 3, 4].map(|class| {
        let from = lang.number(bounds[class], 0);
        bounds
            .get(class + 1)
            .map_or_else(|| format!("≥ {from}"), |next| format!("{from} – {}", lang.number(next - 1.0, 0)))
    })
}

/// The classes of change, in words; `much` is in the unit.
fn change_names(lang: Lang, much: &str, unit: &str) -> [String; 5] {
    [
        say!(lang, "mer än {much} {unit} närmare", "more than {much} {unit} nearer"),
        say!(lang, "upp till {much} {unit} närmare", "up to {much} {unit} nearer"),
        lang.pick("lika långt", "the same").to_owned(),
        say!(lang, "upp till {much} {unit} längre bort", "up to {much} {unit} farther"),
        say!(lang, "mer än {much} {unit} längre bort", "more than {much} {unit} farther"),
    ]
}

/// What the cells are coloured by.
#[must_use]
pub fn title(cells: &CellClasses, lang: Lang) -> String {
    match cells.colouring {
        Colouring::Distance => {
            let kind = cells.kind.unit(lang);
            say!(lang, "Till närmaste {kind}", "To the nearest {kind}")
        }
        Colouring::Groups => lang.pick("Tätort och landsbygd", "Localities and countryside").into(),
        Colouring::People | Colouring::Off => lang.pick("Invånare per km²", "People per km²").into(),
    }
}

/// The title and the lines of what the cells are coloured by, with people and cells of each class.
#[must_use]
pub fn of_cells(scene: &Scene, cells: &CellClasses, theme: Theme, lang: Lang) -> (String, Vec<Line>) {
    let measure = scene.results.measure();
    let names: Vec<String> = match cells.scale {
        Scale::Distance => distance_names(lang, &scene.results).into(),
        Scale::Groups => RuralGroup::ALL.iter().map(|group| group.said(lang)).collect(),
        Scale::People => density_names(lang).into(),
        Scale::Change => {
            let much = short_number(lang, measure.in_units(scene.results.limit()) * 0.5);
            change_names(lang, &much, measure.unit()).into()
        }
    };
    let palette = cells.scale.palette(theme);
    let named = names.into_iter().enumerate();
    let mut lines: Vec<Line> = named
        .map(|(class, text)| Line::swatch(palette[class], text, people_of(cells, class, lang)))
        .collect();
    lines.extend(no_value(cells, theme, lang));
    (title(cells, lang), lines)
}

/// The line of squares without a value, if there are any.
#[must_use]
pub fn no_value(cells: &CellClasses, theme: Theme, lang: Lang) -> Option<Line> {
    let text = lang.pick("inget värde", "no value");
    // The people alone: with the cells it would not stand beside the text.
    let line = || Line::swatch(colours::no_value(theme), text, lang.persons(cells.counts[5].0));
    (cells.counts[5].1 > 0).then(line)
}

/// The classes of costs, in words.
#[must_use]
pub fn distance_names(lang: Lang, results: &Results) -> [String; 5] {
    let measure = results.measure();
    let limit = measure.in_units(results.limit());
    let bounds = colours::DISTANCE_BOUNDS.map(|part| short_number(lang, limit * part));
    let unit = measure.unit();
    [
        format!("≤ {} {unit}", bounds[0]),
        format!("{} – {} {unit}", bounds[0], bounds[1]),
        format!("{} – {} {unit}", bounds[1], bounds[2]),
        format!("{} – {} {unit}", bounds[2], bounds[3]),
        format!("> {} {unit}", bounds[3]),
    ]
}

/// A line for each verdict, with the number of its candidates.
#[must_use]
pub fn of_verdicts(results: &Results, lang: Lang) -> Vec<Line> {
    let line = |verdict: Verdict| {
        let count = results.candidates.iter().filter(|c| c.verdict == verdict).count();
        let line = Line::swatch(colours::verdict_colour(verdict), verdict.said(lang), lang.count(count));
        Line { sign: Some(Sign::Verdict(verdict)), ..line }
    };
    Verdict::ALL.into_iter().map(line).collect()
}

/// What the cells under a plan show, or under the difference of two.
#[must_use]
pub fn plan_title(pick: &Pick, shows: PlanShows, lang: Lang) -> &'static str {
    let is_pair = matches!(pick, Pick::Difference(..));
    match (shows, is_pair) {
        (PlanShows::Change, true) => lang.pick("Skillnad: från A till B", "Difference: from A to B"),
        (PlanShows::Change, false) => lang.pick("Skillnad mot i dag", "Difference from today"),
        (PlanShows::Before, true) => lang.pick("Till närmaste i A", "To the nearest in A"),
        (PlanShows::Before, false) => {
            lang.pick("I dag: till närmaste SOT-punkt", "Today: to the nearest SOT point")
        }
        (PlanShows::People, _) => lang.pick("Invånare per km²", "People per km²"),
        (PlanShows::After, true) => lang.pick("Till närmaste i B", "To the nearest in B"),
        (PlanShows::After, false) => {
            lang.pick("Planen: till närmaste plats", "The plan: to the nearest place")
        }
    }
}

/// The places of a plan: those that exist, and those that it adds.
#[must_use]
pub fn of_plan(drawn: &PlanDrawn, lang: Lang) -> Vec<Line> {
    // Those that are not in the data any more are not drawn.
    let placed = || drawn.shown.sites.iter().zip(&drawn.sites).filter(|(_, at)| at.is_some());
    let exists = placed().filter(|(site, _)| site.exists).count();
    let sot = ServiceKind::Sot;
    let existing = lang.pick("SOT-punkt som finns", "SOT point that exists");
    let new = lang.pick("ny i planen", "new in the plan");
    let lines = [
        (colours::kind_colour(sot), Sign::Kind(sot), existing, exists),
        (colours::PLAN_NEW, Sign::PlanNew, new, placed().count() - exists),
    ];
    let lines = lines.into_iter().filter(|(.., count)| *count > 0);
    lines
        .map(|(colour, sign, text, count)| Line {
            sign: Some(sign),
            ..Line::swatch(colour, text, lang.count(count))
        })
        .collect()
}

/// The classes of a comparison with Pipos.
#[must_use]
pub fn of_pipos(drawn: &DrawnComparison, theme: Theme, lang: Lang) -> Vec<Line> {
    let names: [&str; DrawnComparison::CLASSES] = [
        lang.pick("kortare här, mer än 10 %", "shorter here, more than 10 %"),
        lang.pick("kortare här, 1–10 %", "shorter here, 1–10 %"),
        lang.pick("lika, inom 1 %", "the same, within 1 %"),
        lang.pick("längre här, 1–10 %", "longer here, 1–10 %"),
        lang.pick("längre här, mer än 10 %", "longer here, more than 10 %"),
        lang.pick("inget värde här", "no value here"),
    ];
    let lines = (0u8..).zip(names.into_iter().zip(drawn.counts));
    lines
        .filter(|(class, (_, count))| *count > 0 || usize::from(*class) + 1 < DrawnComparison::CLASSES)
        .map(|(class, (name, count))| Line::swatch(colours::of_change(class, theme), name, lang.count(count)))
        .collect()
}

/// What was measured, and whether blocks of so many metres are drawn.
#[must_use]
pub fn note(results: &Results, is_measured: bool, block_m: f64, lang: Lang) -> Option<String> {
    let mut notes = Vec::new();
    if is_measured {
        notes.push(results.travel.method().said(lang));
    }
    if block_m > 0.0 {
        let side = lang.number(block_m / 1000.0, 0);
        notes.push(say!(lang, "utzoomad karta: rutor om {side} km", "zoomed out: squares of {side} km"));
    }
    (!notes.is_empty()).then(|| notes.join(" · "))
}

/// The length of a scale bar of at most 120 points: metres, points, and how it is written.
#[must_use]
pub fn scale(points_per_metre: f64, lang: Lang) -> (f64, f64, String) {
    let wanted = 120.0 / points_per_metre;
    let power = 10f64.powf(wanted.log10().floor());
    let metres = [5.0, 2.0, 1.0].into_iter().map(|f| f * power).find(|m| *m <= wanted).unwrap_or(power);
    let text = if metres >= 1000.0 {
        format!("{} km", lang.number(metres / 1000.0, 0))
    } else {
        format!("{} m", lang.number(metres, 0))
    };
    (metres, metres * points_per_metre, text)
}

/// The sources of what is seen, and of the background map.
#[must_use]
pub fn sources(project: &Project, has_tiles: bool, lang: Lang) -> String {
    let mut parts = Vec::new();
    if has_tiles {
        parts.push("© OpenStreetMap contributors".to_owned());
    }
    if project.is_demo() {
        parts.push(lang.pick("exempeldata", "example data").into());
    }
    let dates: Vec<&str> = project.layers.iter().filter_map(|layer| layer.source.date.as_deref()).collect();
    if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
        let span = if first == last { (*first).to_owned() } else { format!("{first} – {last}") };
        parts.push(say!(lang, "data {span}", "data {span}"));
    }
    if parts.is_empty() {
        parts.push("Sotplan".into());
    }
    parts.join(" · ")
}

/// The mark of demonstration data.
#[must_use]
pub const fn demo_mark(lang: Lang) -> &'static str {
    lang.pick("Exempeldata – illustrativa", "Example data – illustrative")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_and_fits() {
        for points_per_metre in [1e-4, 0.0037, 0.01, 0.25, 3.0] {
            let (metres, points, _) = scale(points_per_metre, Lang::En);
            assert!((40.0..=120.0).contains(&points), "{points}");
            let first = metres / 10f64.powf(metres.log10().floor());
            assert!([1.0, 2.0, 5.0].iter().any(|round| (round - first).abs() < 1e-9), "{metres}");
        }
        assert_eq!(scale(0.0037, Lang::Sv).2, "20 km");
    }
}
