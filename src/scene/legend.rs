//! What does a map tell about itself? The lines of its legend, its scale, its sources. Words, figures and colours, and
//! no drawing: the window and pictures lay them out as they like.

use super::Scene;
use super::classes::{CellClasses, Colouring};
use super::colours::{self, Rgb};
use super::plan::PlanDrawn;
use super::signs::Sign;
use super::ways::DrawnComparison;
use crate::app::Results;
use crate::app::telling::words::short_number;
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
    pub text: String,
    pub figure: String,
}

impl Line {
    /// A swatch with a text, and a figure if there is one.
    #[must_use]
    pub fn swatch(colour: Rgb, text: impl Into<String>, figure: String) -> Self {
        Self { colour, sign: None, text: text.into(), figure }
    }
}

/// The title and the lines of what the cells are coloured by; with people and cells of each class unless it is short.
#[must_use]
pub fn of_cells(scene: &Scene, cells: &CellClasses, is_short: bool, lang: Lang) -> (String, Vec<Line>) {
    let figure = |class: usize| {
        if is_short {
            return String::new();
        }
        let (people, count) = cells.counts[class];
        let (persons, people, said) = (lang.persons(people), lang.people(people), lang.count(count));
        say_many!(
            lang,
            count,
            "{people} invånare, {said} ruta" | "{people} invånare, {said} rutor",
            "{persons}, {said} cell" | "{persons}, {said} cells"
        )
    };
    let lines_of = |names: Vec<String>, scale: &[Rgb]| -> Vec<Line> {
        let named = names.into_iter().zip(scale).enumerate();
        named.map(|(class, (text, colour))| Line::swatch(*colour, text, figure(class))).collect()
    };
    let (title, mut lines) = match cells.colouring {
        Colouring::Distance => {
            let kind = cells.kind.unit(lang);
            let names = distance_names(lang, &scene.results).into();
            (say!(lang, "Till närmaste {kind}", "To the nearest {kind}"), lines_of(names, &colours::DISTANCE))
        }
        Colouring::Groups => {
            let names = RuralGroup::ALL.iter().map(|group| group.said(lang)).collect();
            let title = lang.pick("Tätort och landsbygd", "Localities and countryside");
            (title.into(), lines_of(names, &colours::GROUPS))
        }
        Colouring::People | Colouring::Off => {
            let bounds = colours::PEOPLE_BOUNDS;
            let name = |class: usize| {
                let from = lang.number(bounds[class], 0);
                match bounds.get(class + 1) {
                    Some(next) => format!("{from} – {}", lang.number(next - 1.0, 0)),
                    None => format!("≥ {from}"),
                }
            };
            let names = (0..bounds.len()).map(name).collect();
            (lang.pick("Invånare per km²", "People per km²").into(), lines_of(names, &colours::PEOPLE))
        }
    };
    lines.extend(no_value(cells, figure(5), lang));
    (title, lines)
}

/// The line of squares without a value, if there are any.
#[must_use]
pub fn no_value(cells: &CellClasses, figure: String, lang: Lang) -> Option<Line> {
    let text = lang.pick("inget värde", "no value");
    (cells.counts[5].1 > 0).then(|| Line::swatch(colours::NO_VALUE, text, figure))
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
    let line = |verdict: Verdict| Line {
        colour: colours::verdict_colour(verdict),
        sign: Some(Sign::Verdict(verdict)),
        text: verdict.said(lang),
        figure: lang.count(results.candidates.iter().filter(|c| c.verdict == verdict).count()),
    };
    Verdict::ALL.into_iter().map(line).collect()
}

/// The places of a plan: those that exist, and those that it adds.
#[must_use]
pub fn of_plan(drawn: &PlanDrawn, lang: Lang) -> Vec<Line> {
    let exists = drawn.shown.sites.iter().filter(|site| site.exists).count();
    let sot = ServiceKind::Sot;
    let existing = lang.pick("SOT-punkt som finns", "SOT point that exists");
    let new = lang.pick("ny i planen", "new in the plan");
    let lines = [
        (colours::kind_colour(sot), Sign::Kind(sot), existing, exists),
        (colours::PLAN_NEW, Sign::PlanNew, new, drawn.shown.sites.len() - exists),
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
pub fn of_pipos(drawn: &DrawnComparison, lang: Lang) -> Vec<Line> {
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
        .map(|(class, (name, count))| Line::swatch(colours::of_change(class), name, lang.count(count)))
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
        notes.push(say!(lang, "utzoomat: {side} km-block", "zoomed out: {side} km blocks"));
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
