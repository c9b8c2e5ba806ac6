//! What is the answer of a report on places or plans? By the minimum level alone, then a sentence for each.

use super::common::{listed, sot_of};
use crate::app::Results;
use crate::app::comparing::{Comparison, Group, PlaceKind, Value};
use crate::app::telling::planning;
use crate::lang::{Lang, Said as _};
use crate::model::Side;
use crate::report::asked::Grounds;
use crate::report::document::{Document, Style};
use crate::say;

/// A row's words at a place, as a part of a sentence.
fn words(comparison: &Comparison, id: &str, at: usize, lang: Lang) -> Option<String> {
    let row = comparison.row(id)?;
    row.cells.get(at).map(|cell| cell.said(row.unit, lang))
}

/// The answer, then a sentence for each place, then what is open.
pub fn summary(document: &mut Document, from: Grounds<'_>, comparison: &Comparison) {
    let lang = document.lang;
    document.section("Sammanfattning", "Summary");
    document.write(Style::Lead, answer(comparison, lang));
    let mut items = Vec::new();
    for (at, place) in comparison.places.iter().enumerate() {
        if let Side::Plan(id) = place.side
            && let Some(plan) = from.project.plans.scenario(id)
        {
            items.push(planning::scenario(plan, lang));
        } else {
            items.push(told(&from.scene.results, comparison, at, lang));
        }
    }
    if !comparison.gone.is_empty() {
        let gone: Vec<String> = comparison.gone.iter().map(Side::text).collect();
        let gone = listed(&gone, lang);
        items.push(say!(
            lang,
            "Finns inte längre i data och är därför inte med: {gone}.",
            "Not in the data any more, and therefore left out: {gone}."
        ));
    }
    document.list(&items);
}

/// What a place comes to.
fn told(results: &Results, comparison: &Comparison, at: usize, lang: Lang) -> String {
    let place = &comparison.places[at];
    let get = |id: &str| words(comparison, id, at, lang).unwrap_or_default();
    let name = place.full();
    let limit = lang.cost(comparison.limit, comparison.measure);
    let mut text = format!("{name}.");
    let people = get("people.threshold");
    if !people.is_empty() {
        text += &say!(lang, " Invånare inom {limit}: {people}.", " People within {limit}: {people}.");
    }
    let number = |id: &str| match comparison.row(id).and_then(|row| row.cells.get(at)).map(|cell| &cell.value)
    {
        Some(Value::Number(value)) => Some(*value),
        _ => None,
    };
    if let (Some(all), Some(few)) = (number("people.threshold"), number("people.gap")) {
        let gap = get("people.gap");
        text += &match few {
            _ if all <= 0.0 => String::new(),
            few if few >= all => say!(
                lang,
                " Alla har i dag längre väg än så till närmaste SOT-punkt.",
                " All of them live farther than that from the nearest SOT point today."
            ),
            few if few <= 0.0 => say!(
                lang,
                " Ingen av dem har i dag längre väg än så till närmaste SOT-punkt.",
                " None of them lives farther than that from the nearest SOT point today."
            ),
            _ => say!(
                lang,
                " Av dem har {gap} i dag längre väg än så till närmaste SOT-punkt.",
                " Of these {gap} live farther than that from the nearest SOT point today."
            ),
        };
    }
    if let Some(status) = words(comparison, "status.sot", at, lang).filter(|_| place.sot_name.is_some()) {
        let status = status.to_lowercase();
        let other = place.sites.first().and_then(|site| sot_of(results, site)?.in_favour_of.as_deref());
        let other = other.map_or_else(String::new, |other| {
            say!(lang, ", till förmån för {other}", ", in favour of {other}")
        });
        text += &say!(lang, " Status: {status}{other}.", " Status: {status}{other}.");
    }
    text
}

/// The verdict of the minimum level with how it came about, as a part of a sentence.
fn verdict(comparison: &Comparison, at: usize, lang: Lang) -> String {
    let Some(cell) = comparison.row("level.verdict").and_then(|row| row.cells.get(at)) else {
        return String::new();
    };
    let why = rules(comparison, at, lang);
    match (&cell.value, comparison.places[at].kind) {
        (Value::Unknown { .. }, PlaceKind::SotWithoutStore) => lang
            .pick(
                "kan inte bedömas än: värdbutiken finns inte i data",
                "cannot be judged yet: the host store is not in the data",
            )
            .to_owned(),
        (Value::Words { said, .. }, _) => format!("{} ({why})", said.said(lang).to_lowercase()),
        _ => why,
    }
}

/// Which rules are met, by their names.
fn rules(comparison: &Comparison, at: usize, lang: Lang) -> String {
    let (mut met, mut missed, mut unknown) = (0, Vec::new(), Vec::new());
    for row in comparison.rows.iter().filter(|row| row.group == Group::Level && row.id != "level.verdict") {
        let name = || rule_name(&row.name.said(lang));
        match row.cells.get(at).map(|cell| &cell.value) {
            Some(Value::Met { is_met: true, .. }) => met += 1,
            Some(Value::Met { .. }) => missed.push(name()),
            Some(Value::Unknown { .. }) => unknown.push(name()),
            _ => {}
        }
    }
    let all = met + missed.len() + unknown.len();
    let mut parts = vec![say!(lang, "{met} av {all} regler uppfyllda", "{met} of {all} rules met")];
    if !missed.is_empty() {
        let missed = listed(&missed, lang);
        parts.push(say!(lang, "inte uppfyllt: {missed}", "not met: {missed}"));
    }
    if !unknown.is_empty() {
        let unknown = listed(&unknown, lang);
        parts.push(say!(lang, "okänt: {unknown}", "unknown: {unknown}"));
    }
    parts.join("; ")
}

/// "M6 Informationspunkt" in a sentence: "informationspunkt (M6)".
fn rule_name(name: &str) -> String {
    match name.split_once(' ') {
        Some((code, rest)) if code.chars().any(|letter| letter.is_ascii_digit()) => {
            format!("{} ({code})", rest.to_lowercase())
        }
        _ => name.to_lowercase(),
    }
}

/// What the minimum level says of them together. It is the only rule that the program decides by.
fn answer(comparison: &Comparison, lang: Lang) -> String {
    let Some(row) = comparison.row("level.verdict") else { return String::new() };
    let places: Vec<usize> =
        (0..comparison.places.len()).filter(|at| !comparison.places[*at].is_plan()).collect();
    let name = |at: usize| comparison.places[at].label.clone();
    let said = |at: usize| verdict(comparison, at, lang);
    let is_open = row.cells.iter().any(|cell| cell.value.is_unknown());
    let rank = |at: &usize| row.cells[*at].value.compared();
    let most = places.iter().filter_map(rank).fold(f64::NEG_INFINITY, f64::max);
    let first: Vec<usize> =
        places.iter().copied().filter(|at| rank(at).is_some_and(|own| own >= most)).collect();
    match (places.as_slice(), first.as_slice()) {
        ([], _) => answer_of_plans(comparison, lang),
        ([one], _) => {
            let (name, said) = (name(*one), said(*one));
            say!(lang, "{name} enligt lägstanivån: {said}.", "{name} by the minimum level: {said}.")
        }
        // Two and more steps of the verdict are "potential" and "meets".
        // What is not known of another place is no reason to choose this one.
        (all, [one])
            if most >= 2.0 && all.iter().all(|at| at == one || rank(at).is_some_and(|own| own < 2.0)) =>
        {
            let others: Vec<String> = places
                .iter()
                .filter(|at| *at != one)
                .map(|at| format!("{} {}", name(*at), said(*at)))
                .collect();
            let (name, said, others) = (name(*one), said(*one), others.join("; "));
            say!(
                lang,
                "Enligt lägstanivån går det bara att gå vidare med {name}: {said}. {others}.",
                "By the minimum level only {name} can be taken further: {said}. {others}."
            )
        }
        (all, _) => {
            let said: Vec<String> = all.iter().map(|at| format!("{}: {}", name(*at), said(*at))).collect();
            let said = said.join(". ");
            if is_open {
                say!(
                    lang,
                    "Lägstanivån avgör inte valet förrän det okända är utrett. {said}.",
                    "The minimum level cannot settle the choice until the unknowns are resolved. {said}."
                )
            } else {
                say!(
                    lang,
                    "Lägstanivån avgör inte valet. {said}.",
                    "The minimum level does not decide the choice. {said}."
                )
            }
        }
    }
}

/// Plans are told by whom they reach.
fn answer_of_plans(comparison: &Comparison, lang: Lang) -> String {
    let people = |at: usize| words(comparison, "people.threshold", at, lang).unwrap_or_default();
    let limit = lang.cost(comparison.limit, comparison.measure);
    let all = comparison.places.iter().enumerate().map(|(at, place)| {
        let (name, people) = (&place.label, people(at));
        say!(
            lang,
            "{name}: {people} invånare har högst {limit} till en av planens platser",
            "{name}: {people} people have at most {limit} to a place of the plan"
        )
    });
    format!("{}.", all.collect::<Vec<_>>().join("; "))
}
