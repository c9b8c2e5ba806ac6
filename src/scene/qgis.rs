//! How does QGIS draw the tables of a project file? As the map does: the same classes, colours and signs, in daylight. The
//! words are Swedish, whoever saves: a file looks the same from everywhere.

use super::colours::{self, DISTANCE_BOUNDS, PEOPLE_BOUNDS, Rgb};
use super::legend::{density_names, distance_names};
use super::qml::{Rule, Shapes, Symbol, style};
use super::signs::Sign;
use crate::app::Results;
use crate::app::settings::Theme;
use crate::io::project_file::{StyleUse, TableStyle};
use crate::lang::{Lang, Said};
use crate::model::{RuralGroup, ServiceKind};
use crate::siting::Verdict;
use crate::units::Measure;

const THEME: Theme = Theme::Light;
const LANG: Lang = Lang::Sv;

/// How strongly the squares cover what lies below.
const CELLS_OPACITY: f64 = 0.92;

/// The styles of a table of results, the usual one first.
#[must_use]
pub fn styles(results: &Results, table: &str) -> Vec<TableStyle> {
    let shapes = match table {
        "demand" | "areas" | "gaps" | "closures_areas" => Shapes::Areas,
        "closures_lines" => Shapes::Lines,
        _ => Shapes::Points,
    };
    let mut named = match table {
        "demand" => cells(results),
        "areas" => vec![("Områden".into(), areas())],
        "gaps" => vec![("Luckor".into(), gaps(results))],
        "services" => vec![("Service".into(), services(results))],
        "candidates" => vec![("Lägstanivå".into(), verdicts())],
        "sot_places" => vec![("SOT-platser".into(), sots())],
        "selected_sites" => vec![("Valda platser".into(), chosen())],
        "trial_points" => vec![("Provplatser".into(), trials())],
        "plans" => vec![("Planer".into(), plans())],
        _ => vec![("Avstängningar".into(), closures(shapes))],
    };
    named.push(("Inaktuell".into(), out_of_date(shapes)));
    let last = named.len() - 1;
    let opacity = if table == "demand" { CELLS_OPACITY } else { 1.0 };
    let made = named.into_iter().enumerate().map(|(at, (name, rules))| TableStyle {
        name,
        used: match at {
            0 => StyleUse::Usual,
            at if at == last => StyleUse::OutOfDate,
            _ => StyleUse::Choice,
        },
        qml: style(shapes, &rules, opacity),
    });
    made.collect()
}

/// Figures of a project that has changed since are seen to be so.
fn out_of_date(shapes: Shapes) -> Vec<Rule> {
    let grey = colours::no_value(THEME);
    let symbol = match shapes {
        Shapes::Points => Symbol::Dot { colour: grey },
        Shapes::Lines => Symbol::Line { colour: grey, width: 0.8 },
        Shapes::Areas => Symbol::Outline { colour: grey, width: 0.26 },
    };
    vec![Rule::others("INAKTUELLT: öppna projektet i Sotplan och spara", symbol)]
}

fn fill(colour: Rgb) -> Symbol {
    Symbol::Fill { colour, edge: None }
}

/// Squares by the way to each kind of service, groceries first; by people; by group of countryside.
fn cells(results: &Results) -> Vec<(String, Vec<Rule>)> {
    let mut kinds: Vec<ServiceKind> = results.kinds.iter().map(|kind| kind.coverage.kind).collect();
    kinds.sort_by_key(|kind| *kind != ServiceKind::Grocery);
    let by_kind = kinds.into_iter().map(|kind| (kind.said(LANG), distances(results, kind)));
    let mut all: Vec<(String, Vec<Rule>)> = by_kind.collect();
    all.push(("Invånare per km²".into(), people()));
    if results.rural.is_some() {
        all.push(("Tätort och landsbygd".into(), groups()));
    }
    all
}

fn distances(results: &Results, kind: ServiceKind) -> Vec<Rule> {
    let measure = results.measure();
    let limit = measure.in_units(results.limit());
    let column = match measure {
        Measure::Distance => format!("\"{}_km\"", kind.id()),
        Measure::Time => format!("\"{}_min\"", kind.id()),
    };
    let colours = colours::distance(THEME);
    let names = distance_names(LANG, results);
    let upper = DISTANCE_BOUNDS.map(|part| rounded(limit * part));
    let rule = |(class, (colour, name)): (usize, (Rgb, String))| {
        let above = class.checked_sub(1).map(|below| format!("{column} > {}", upper[below]));
        let within = upper.get(class).map(|bound| format!("{column} <= {bound}"));
        let filter: Vec<String> = above.into_iter().chain(within).collect();
        Rule::new(filter.join(" AND "), name, fill(colour))
    };
    let mut rules: Vec<Rule> = colours.into_iter().zip(names).enumerate().map(rule).collect();
    rules.push(Rule::new(format!("{column} IS NULL"), "inget värde", fill(colours::no_value(THEME))));
    rules
}

/// As many decimals as the columns have, so that a bound does not miss what stands at it.
fn rounded(bound: f64) -> f64 {
    (bound * 1e6).round() / 1e6
}

fn people() -> Vec<Rule> {
    const DENSITY: &str = "\"people\" / (area($geometry) / 1000000)";
    let classes = colours::people(THEME).into_iter().zip(density_names(LANG)).enumerate();
    let rule = |(class, (colour, name)): (usize, (Rgb, String))| {
        // The lowest class has what is below it too.
        let from = (class > 0).then(|| format!("{DENSITY} >= {}", PEOPLE_BOUNDS[class]));
        let below = PEOPLE_BOUNDS.get(class + 1).map(|bound| format!("{DENSITY} < {bound}"));
        let filter: Vec<String> = from.into_iter().chain(below).collect();
        Rule::new(filter.join(" AND "), name, fill(colour))
    };
    classes.map(rule).collect()
}

fn groups() -> Vec<Rule> {
    let rule = |(group, colour): (RuralGroup, Rgb)| {
        Rule::new(format!("\"rural_group\" = '{}'", group.id()), group.said(LANG), fill(colour))
    };
    let mut rules: Vec<Rule> = RuralGroup::ALL.into_iter().zip(colours::groups(THEME)).map(rule).collect();
    rules.push(Rule::others("inget värde", fill(colours::no_value(THEME))));
    rules
}

fn areas() -> Vec<Rule> {
    let colours = colours::map_colours(THEME);
    vec![Rule::others("Område", Symbol::Fill { colour: colours.area, edge: Some(colours.area_line) })]
}

/// The gaps of groceries are ticked to begin with, else those of the first kind.
fn gaps(results: &Results) -> Vec<Rule> {
    let kinds: Vec<ServiceKind> = results.kinds.iter().map(|kind| kind.coverage.kind).collect();
    let first = kinds.iter().copied().find(|kind| *kind == ServiceKind::Grocery).or(kinds.first().copied());
    let rule = |kind: ServiceKind| {
        let symbol = Symbol::Outline { colour: colours::gap_line(THEME), width: 0.5 };
        let label = format!("Lucka: {}", kind.said(LANG));
        let rule = Rule::new(format!("\"kind\" = '{}'", kind.id()), label, symbol);
        Rule { is_shown: Some(kind) == first, ..rule }
    };
    kinds.into_iter().map(rule).collect()
}

fn sign_of(kind: ServiceKind, is_hollow: bool) -> Symbol {
    Symbol::Sign { sign: Sign::Kind(kind), colour: colours::kind_colour(kind), is_hollow }
}

/// Of the services that serve: SOT places have a table of their own.
fn services(results: &Results) -> Vec<Rule> {
    let kinds = ServiceKind::ALL.into_iter().filter(|kind| *kind != ServiceKind::Sot);
    let is_there =
        |kind: &ServiceKind| results.situation.services.iter().any(|service| service.kinds.contains(*kind));
    let of_kind = |kind: ServiceKind| {
        let filter = format!("\"kind\" = '{}' AND NOT \"closed_on_trial\"", kind.id());
        Rule::new(filter, kind.said(LANG), sign_of(kind, false))
    };
    let mut rules: Vec<Rule> = kinds.filter(is_there).map(of_kind).collect();
    if !results.project.closed_services.is_empty() {
        let symbol = Symbol::Dot { colour: colours::no_value(THEME) };
        rules.push(Rule::new("\"closed_on_trial\"", "Nedlagd i simuleringen", symbol));
    }
    rules
}

fn verdicts() -> Vec<Rule> {
    let rule = |verdict: Verdict| {
        let (sign, colour) = (Sign::Verdict(verdict), colours::verdict_colour(verdict));
        let symbol = Symbol::Sign { sign, colour, is_hollow: false };
        Rule::new(format!("\"verdict\" = '{}'", verdict.id()), verdict.said(LANG), symbol)
    };
    Verdict::ALL.into_iter().map(rule).collect()
}

fn sots() -> Vec<Rule> {
    let sot = ServiceKind::Sot;
    vec![
        Rule::new("\"serves\"", "SOT-punkt som finns", sign_of(sot, false)),
        Rule::others("SOT-punkt, annan status", sign_of(sot, true)),
    ]
}

fn chosen() -> Vec<Rule> {
    let symbol = Symbol::Sign { sign: Sign::PlanNew, colour: colours::SELECTION, is_hollow: false };
    vec![Rule::others("Vald plats", symbol)]
}

fn trials() -> Vec<Rule> {
    let symbol = Symbol::Sign { sign: Sign::PlanNew, colour: colours::SELECTION, is_hollow: true };
    vec![Rule::others("Provplats", symbol)]
}

fn plans() -> Vec<Rule> {
    let of = |is_hollow| Symbol::Sign { sign: Sign::PlanNew, colour: colours::PLAN_NEW, is_hollow };
    vec![
        Rule::new("\"figures_current\"", "Plats i en plan", of(false)),
        Rule::others("Plats i en plan vars tal är äldre än projektet", of(true)),
    ]
}

fn closures(shapes: Shapes) -> Vec<Rule> {
    let of = |colour| match shapes {
        Shapes::Points => Symbol::Dot { colour },
        Shapes::Lines => Symbol::Line { colour, width: 0.8 },
        Shapes::Areas => Symbol::Outline { colour, width: 0.8 },
    };
    vec![
        Rule::new("\"active\"", "Avstängd eller långsam väg", of(colours::CLOSED)),
        Rule::others("Avstängning som är lagd åt sidan", of(colours::no_value(THEME))),
    ]
}
