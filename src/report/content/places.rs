//! A report on one place or plan, or on several side by side: the answer by the minimum level first, then what speaks for
//! and against, as the sheet of villages side by side has it.

use std::sync::Arc;

use super::common::{self, listed};
use super::{answer, effect, level, place_maps, process, rest};
use crate::app::Results;
use crate::app::comparing::{self, Asked, Comparison, Group, PlaceKind, Row, SentenceKind};
use crate::app::export;
use crate::lang::{Lang, Said as _, capital};
use crate::model::{Compared, Side};
use crate::report::asked::{Grounds, NoReport, ReportAsked};
use crate::report::document::{Document, Table};
use crate::say;

/// The report.
pub fn report(from: Grounds<'_>, asked: &ReportAsked, sides: &[Side]) -> Result<Document, NoReport> {
    let (results, project, lang) = (&from.scene.results, from.project, asked.lang);
    let compared = sides.iter().fold(Compared::default(), |all, side| all.with(side.clone()));
    let question = Asked { compared: Arc::new(compared), ..Asked::of(project) };
    let ranked = export::Comparison::new(results, &question.model, &question.selected);
    let comparison = comparing::compare(results, &question, &ranked, from.progress)?;
    if comparison.places.is_empty() {
        return Err(NoReport::Gone);
    }
    let names: Vec<String> = comparison.places.iter().map(|place| place.label.clone()).collect();
    let mut document = common::begin(asked, results, &title(&comparison, &names, lang));
    common::proposal(&mut document);
    answer::summary(&mut document, from, &comparison);
    common::background(&mut document, results, &asked_about(results, &comparison, &names, lang));
    for_and_against(&mut document, &comparison);
    place_maps::write(&mut document, from, asked, &comparison)?;
    level::write(&mut document, &comparison);
    unknown(&mut document, &comparison);
    let places = places_of(from, &comparison);
    let crisis = effect::write(&mut document, results, project, &places, from.progress)?;
    let work: Vec<process::Place> =
        places.iter().map(|place| process::Place::of(&place.site, place.name.clone(), results)).collect();
    // Of a plan nothing of the kind is noted: its places have reports of their own.
    if !work.is_empty() {
        process::costs(&mut document, project, &work);
        process::write(&mut document, results, project, &work, &asked.letter.date);
    }
    let beside = lang.pick("Alla uppgifter sida vid sida", "All figures side by side").to_owned();
    let appendices: Vec<String> = std::iter::once(beside.clone()).chain(rest::names(lang)).collect();
    common::appendices(&mut document, &appendices);
    common::appendix(&mut document, 1, &beside);
    tables(&mut document, &comparison);
    rest::write(&mut document, results, project, asked, Some(&crisis), 2);
    Ok(document)
}

fn title(comparison: &Comparison, names: &[String], lang: Lang) -> String {
    let are_plans = comparison.places.iter().all(comparing::Place::is_plan);
    let names = match names {
        [one] => one.clone(),
        [first @ .., last] => {
            let first = first.join(", ");
            say!(lang, "{first} eller {last}", "{first} or {last}")
        }
        [] => String::new(),
    };
    if are_plans {
        say!(lang, "Plan för SOT-punkter: {names}", "Plan for SOT points: {names}")
    } else {
        say!(lang, "SOT-punkt i {names}", "SOT point in {names}")
    }
}

fn asked_about(results: &Results, comparison: &Comparison, names: &[String], lang: Lang) -> String {
    let are_plans = comparison.places.iter().all(comparing::Place::is_plan);
    let is_serving = |place: &&comparing::Place| {
        !place.is_plan() && place.sites.first().is_some_and(|site| common::serving(results, site).is_some())
    };
    let serves: Vec<String> =
        comparison.places.iter().filter(is_serving).map(|place| place.label.clone()).collect();
    let others: Vec<String> = names.iter().filter(|name| !serves.contains(name)).cloned().collect();
    let listed_names = listed(names, lang);
    if !serves.is_empty() {
        let serves = listed(&serves, lang);
        return match others.as_slice() {
            [] => say!(
                lang,
                "SOT-punkten är redan i drift: {serves}. Frågan är vad den ger, och vad som återstår att ta reda på.",
                "The SOT point is in service already: {serves}. The question is what it gives, and what is still to be found out."
            ),
            [one] => say!(
                lang,
                "Frågan är om {one} bör bli en SOT-punkt. {serves} är redan i drift och står bredvid som jämförelse.",
                "The question is whether {one} should become a SOT point. {serves} is in service already and stands beside it for comparison."
            ),
            many => {
                let many = listed(many, lang);
                say!(
                    lang,
                    "Frågan är vilken av {many} som bör bli en SOT-punkt. {serves} är redan i drift och står bredvid som jämförelse.",
                    "The question is which of {many} should become a SOT point. {serves} is in service already and stands beside them for comparison."
                )
            }
        };
    }
    let listed = listed_names;
    match (names.len(), are_plans) {
        (1, false) => say!(
            lang,
            "Frågan är om {listed} kan bli en SOT-punkt, vad den i så fall ger och vad som återstår att ta reda på.",
            "The question is whether {listed} can become a SOT point, what it would give, and what is still to be found out."
        ),
        (1, true) => say!(
            lang,
            "Frågan är vad planen {listed} ger och vad som återstår att ta reda på.",
            "The question is what the plan {listed} gives, and what is still to be found out."
        ),
        (_, true) => say!(
            lang,
            "Frågan är vilken av planerna {listed} som ger mest.",
            "The question is which of the plans {listed} gives most."
        ),
        (_, false) => say!(
            lang,
            "Frågan är vilken av {listed} som bör bli en SOT-punkt.",
            "The question is which of {listed} should become a SOT point."
        ),
    }
}

/// Sentences of each place.
fn for_and_against(document: &mut Document, comparison: &Comparison) {
    let lang = document.lang;
    let of = |at: usize, kind: SentenceKind| -> Vec<String> {
        let own = comparison.sentences.iter().filter(|one| one.place == Some(at) && one.kind == kind);
        own.map(|one| one.text.said(lang)).collect()
    };
    let any = (0..comparison.places.len())
        .any(|at| !of(at, SentenceKind::For).is_empty() || !of(at, SentenceKind::Against).is_empty());
    if !any {
        return;
    }
    document.section("Vad som talar för och emot", "What speaks for and against");
    document.body(lang.pick(
        "Varje mening bygger på en uppgift i bilaga 1, med de andras värden inom parentes. Bara skillnader som betyder något tas upp.",
        "Each sentence rests on a figure of appendix 1, with the values of the others in brackets. Only differences that matter are named.",
    ));
    for (at, place) in comparison.places.iter().enumerate() {
        document.heading(3, &place.full());
        document.list(&of(at, SentenceKind::NoData));
        for (kind, sv, en) in [
            (SentenceKind::For, "Talar för", "Speaks for it"),
            (SentenceKind::Against, "Talar emot", "Speaks against it"),
        ] {
            let all = of(at, kind);
            if !all.is_empty() {
                document.body(format!("{}:", lang.pick(sv, en)));
                document.list(&all);
            }
        }
    }
}

/// What nobody knows, and who could.
fn unknown(document: &mut Document, comparison: &Comparison) {
    let lang = document.lang;
    document.section("Vad som är okänt, och vem som kan svara", "What is not known, and whom to ask");
    let questions = comparison.sentences.iter().filter(|one| one.kind == SentenceKind::Question);
    let question = |one: &comparing::Sentence| {
        let place = one.place.map(|at| &comparison.places[at]);
        let is_of_rules = one.rows.iter().any(|row| row.starts_with("level."));
        match place.filter(|place| is_of_rules && place.kind == PlaceKind::SotWithoutStore) {
            // All of it hangs on one question.
            Some(place) => {
                let name = &place.label;
                say!(
                    lang,
                    "Fråga länsstyrelsen om {name}: vilken butik är värdbutik? Först då kan lägstanivån bedömas, liksom vad butiken betyder för dem som bor i närheten",
                    "Ask the county administrative board about {name}: which store is the host store? Only then can the minimum level be judged, and what the store means to those who live near it"
                )
            }
            None => one.text.said(lang),
        }
    };
    let questions: Vec<String> = questions.map(question).collect();
    if questions.is_empty() {
        document
            .body(lang.pick("Inget av det som jämförs är okänt.", "Nothing of what is compared is unknown."));
    }
    document.list(&questions);
}

/// The places that a SOT point would stand at.
fn places_of(from: Grounds<'_>, comparison: &Comparison) -> Vec<effect::Place> {
    let results = &from.scene.results;
    let of_place = |place: &comparing::Place| {
        let site = place.sites.first().filter(|_| !place.is_plan())?;
        let serving = common::serving(results, site).map(|sot| sot.site.clone());
        let has_store = place.kind != PlaceKind::SotWithoutStore;
        Some(effect::Place { name: place.label.clone(), site: site.clone(), serving, has_store })
    };
    comparison.places.iter().filter_map(of_place).collect()
}

/// Every row, a table for each group. Best and worst stand in words.
fn tables(document: &mut Document, comparison: &Comparison) {
    let lang = document.lang;
    let groups = [
        Group::Plan,
        Group::Level,
        Group::Services,
        Group::People,
        Group::Closure,
        Group::Factors,
        Group::Rank,
        Group::Status,
        Group::Process,
        Group::Questions,
    ];
    // So many columns fit a page.
    let count = comparison.places.len();
    let at_once = if count <= 4 { count.max(1) } else { count.div_ceil(2) };
    for group in groups {
        let rows = || comparison.rows.iter().filter(|row| row.group == group);
        for from in (0..count).step_by(at_once) {
            let upto = (from + at_once).min(count);
            let own =
                |row: &Row| cells(row, lang).into_iter().skip(from).take(upto - from).collect::<Vec<_>>();
            let rows = rows().map(|row| std::iter::once(name_of(row, lang)).chain(own(row)).collect());
            let names: Vec<String> =
                comparison.places[from..upto].iter().map(comparing::Place::full).collect();
            let mut caption = group.said(lang);
            if at_once < count {
                caption = format!("{caption}: {}", listed(&names, lang));
            }
            let head = std::iter::once(lang.pick("Uppgift", "Figure").to_owned()).chain(names);
            document.table(Table::new("beside", caption, head.collect(), rows.collect()));
        }
    }
}

fn name_of(row: &Row, lang: Lang) -> String {
    capital(row.name.said(lang).trim_start_matches("– "))
}

fn cells(row: &Row, lang: Lang) -> Vec<String> {
    let cell = |(at, cell): (usize, &comparing::Cell)| {
        let mut said = cell.said(row.unit, lang);
        // Which places a plan has, and which are gone, stands in the reason.
        let why = cell.why.said(lang);
        if row.group == Group::Plan && !why.is_empty() && !said.contains(&why) {
            said = format!("{said}\n{why}");
        }
        if row.best.contains(&at) {
            format!("{said} ({})", row.better.best(lang))
        } else if row.worst.contains(&at) {
            format!("{said} ({})", row.better.worst(lang))
        } else {
            said
        }
    };
    row.cells.iter().enumerate().map(cell).collect()
}
