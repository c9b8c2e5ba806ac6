//! A report on one place or plan, or on several side by side: the answer by the minimum level first, then what speaks for
//! and against, as the sheet of villages side by side has it.

use std::sync::Arc;

use super::common::{self, capital, listed};
use super::{effect, figures, level, process, rest};
use crate::app::Results;
use crate::app::comparing::{self, Asked, Comparison, Group, PlaceKind, Row, SentenceKind, Value};
use crate::app::export;
use crate::app::siting::scenario::nearest_of;
use crate::app::telling::planning;
use crate::lang::{Lang, Said as _};
use crate::model::{Compared, Side, SiteId, SotPlace};
use crate::report::asked::{Grounds, NoReport, ReportAsked};
use crate::report::document::{Document, Style, Table};
use crate::say;
use crate::scene::classes::{CellClasses, Colouring};
use crate::scene::legend::Line;
use crate::scene::signs::Sign;
use crate::scene::svg::Mark;
use crate::scene::{colours, mercator};
use crate::units::Cost;

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
    summary(&mut document, from, &comparison);
    common::background(&mut document, results, &asked_about(results, &comparison, &names, lang));
    for_and_against(&mut document, &comparison);
    maps(&mut document, from, asked, &comparison)?;
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
        !place.is_plan() && place.sites.first().is_some_and(|site| serving(results, site).is_some())
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

/// A row's words at a place, as a part of a sentence.
fn words(comparison: &Comparison, id: &str, at: usize, lang: Lang) -> Option<String> {
    let row = comparison.row(id)?;
    row.cells.get(at).map(|cell| cell.said(row.unit, lang))
}

/// The answer, then a sentence for each place, then what is open.
fn summary(document: &mut Document, from: Grounds<'_>, comparison: &Comparison) {
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
            items.push(told(comparison, at, lang));
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
    document.list(items);
}

/// What a place comes to.
fn told(comparison: &Comparison, at: usize, lang: Lang) -> String {
    let place = &comparison.places[at];
    let get = |id: &str| words(comparison, id, at, lang).unwrap_or_default();
    let (name, verdict) = (place.full(), verdict(comparison, at, lang));
    let limit = lang.cost(comparison.limit, comparison.measure);
    let mut text = format!("{name}: {verdict}.");
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
                " Alla har i dag längre än så till närmaste SOT-punkt.",
                " All of them have farther than that to the nearest SOT point today."
            ),
            few if few <= 0.0 => say!(
                lang,
                " Ingen av dem har i dag längre än så till närmaste SOT-punkt.",
                " None of them has farther than that to the nearest SOT point today."
            ),
            _ => say!(
                lang,
                " Av dem har {gap} i dag längre än så till närmaste SOT-punkt.",
                " Of these {gap} have farther than that to the nearest SOT point today."
            ),
        };
    }
    if let Some(status) = words(comparison, "status.sot", at, lang).filter(|_| place.sot_name.is_some()) {
        let status = status.to_lowercase();
        text += &say!(lang, " Status: {status}.", " Status: {status}.");
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
                    "The minimum level does not decide the choice until what is unknown is found out. {said}."
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
        document.list(of(at, SentenceKind::NoData));
        for (kind, sv, en) in [
            (SentenceKind::For, "Talar för", "Speaks for it"),
            (SentenceKind::Against, "Talar emot", "Speaks against it"),
        ] {
            let all = of(at, kind);
            if !all.is_empty() {
                document.body(format!("{}:", lang.pick(sv, en)));
                document.list(all);
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
    document.list(questions);
}

/// The SOT place in service at a site.
fn serving<'a>(results: &'a Results, site: &SiteId) -> Option<&'a SotPlace> {
    let candidate = results.candidates.iter().find(|candidate| candidate.site == *site)?;
    let sot = results.situation.sot_places.get(candidate.sot?)?;
    Some(sot).filter(|sot| sot.status.is_serving())
}

/// The places that a SOT point would stand at.
fn places_of(from: Grounds<'_>, comparison: &Comparison) -> Vec<effect::Place> {
    let results = &from.scene.results;
    let of_place = |place: &comparing::Place| {
        let site = place.sites.first().filter(|_| !place.is_plan())?;
        let serving = serving(results, site).map(|sot| sot.site.clone());
        let has_store = place.kind != PlaceKind::SotWithoutStore;
        Some(effect::Place { name: place.label.clone(), site: site.clone(), serving, has_store })
    };
    comparison.places.iter().filter_map(of_place).collect()
}

/// The places near by, and where they lie in the whole; of a plan, who gets a way to it.
fn maps(
    document: &mut Document,
    from: Grounds<'_>,
    asked: &ReportAsked,
    comparison: &Comparison,
) -> Result<(), NoReport> {
    let (scene, lang) = (from.scene, asked.lang);
    let results = &scene.results;
    let are_plans = comparison.places.iter().all(comparing::Place::is_plan);
    if are_plans {
        if scene.bounds.is_some() {
            document.section("Karta", "Map");
        }
        return comparison.places.iter().try_for_each(|plan| plan_map(document, from, asked, plan));
    }
    let kind = figures::kind_of(results);
    let cells = CellClasses::new(scene, kind, Colouring::Distance);
    let singles = comparison.places.iter().filter(|place| !place.is_plan());
    let marks: Vec<Mark> = singles
        .clone()
        .filter_map(|place| {
            Some(figures::mark(*place.places.first()?, &place.label, place.sites.first().cloned()))
        })
        .collect();
    let at: Vec<_> = singles.filter_map(|place| place.places.first().copied()).collect();
    let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
    let (names, unit) = (listed(&names, lang), kind.unit(lang));
    let views = [figures::around_all(&at, results), scene.bounds];
    let said = [
        say!(
            lang,
            "{names} med omgivningar, och vägen till närmaste {unit} i dag",
            "{names} and surroundings, and the way to the nearest {unit} today"
        ),
        say!(lang, "{names} i hela området", "{names} in the whole area"),
    ];
    if views.iter().any(Option::is_some) {
        document.section("Karta", "Map");
    }
    for (bounds, caption) in views.into_iter().zip(said) {
        let Some(bounds) = bounds else { continue };
        let shown = figures::Shown {
            scene,
            cells: &cells,
            kind,
            bounds,
            marks: &marks,
            area: None,
            shows_gaps: false,
            gaps: None,
            shows_services: true,
            shows_sots: true,
            legend_title: None,
            legend_lines: vec![figures::mark_line(lang, marks.len())],
        };
        let alt = say!(
            lang,
            "Karta: {caption}. Rutorna är färgade efter avståndet; samma tal står i tabellerna.",
            "Map: {caption}. The cells are coloured by distance; the tables have the same figures."
        );
        document.figure(figures::figure(asked, shown, caption, alt));
    }
    Ok(())
}

/// The places of a plan, and the way to the nearest of them.
fn plan_map(
    document: &mut Document,
    from: Grounds<'_>,
    asked: &ReportAsked,
    plan: &comparing::Place,
) -> Result<(), NoReport> {
    let (scene, lang) = (from.scene, asked.lang);
    let results = &scene.results;
    let nearest = nearest_of(&plan.sites, results, from.progress)?;
    let costs: Vec<Option<Cost>> = nearest.into_iter().map(|one| one.map(|(_, cost)| cost)).collect();
    let cells = CellClasses::of_costs(scene, &costs);
    let sot = crate::model::ServiceKind::Sot;
    let mark = |(site, place): (&SiteId, &crate::geometry::LonLat)| {
        let name = comparing::name_of(&Side::Place(site.clone()), results, from.project);
        let (sign, colour) = if serving(results, site).is_some() {
            (Sign::Kind(sot), colours::kind_colour(sot))
        } else {
            (Sign::PlanNew, colours::PLAN_NEW)
        };
        Mark { at: mercator(*place), sign, colour, is_hollow: false, name, site: Some(site.clone()) }
    };
    let marks: Vec<Mark> = plan.sites.iter().zip(&plan.places).map(mark).collect();
    let Some(bounds) = scene.bounds else { return Ok(()) };
    let line = |sign: Sign, colour, sv: &str, en: &str| {
        let count = marks.iter().filter(|mark| mark.sign == sign).count();
        let line = Line::swatch(colour, lang.pick(sv, en), lang.count(count));
        (count > 0).then_some(Line { sign: Some(sign), ..line })
    };
    let lines = [
        line(Sign::Kind(sot), colours::kind_colour(sot), "SOT-punkt som finns", "SOT point that exists"),
        line(Sign::PlanNew, colours::PLAN_NEW, "ny i planen", "new in the plan"),
    ];
    let shown = figures::Shown {
        scene,
        cells: &cells,
        kind: sot,
        bounds,
        marks: &marks,
        area: None,
        shows_gaps: false,
        gaps: None,
        shows_services: false,
        shows_sots: false,
        legend_title: Some(lang.pick("Planen: till närmaste plats", "The plan: to the nearest place").into()),
        legend_lines: lines.into_iter().flatten().collect(),
    };
    let name = &plan.label;
    let caption = say!(
        lang,
        "Planen {name}: vägen till närmaste plats",
        "The plan {name}: the way to the nearest place"
    );
    let names = listed(&marks.iter().map(|mark| mark.name.clone()).collect::<Vec<_>>(), lang);
    let alt =
        say!(lang, "Karta: {caption}. Platserna är {names}.", "Map: {caption}. The places are {names}.");
    document.figure(figures::figure(asked, shown, caption, alt));
    Ok(())
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
