//! `sotplan site`: layers in, the best places for SOT points and their proof out.

use std::path::PathBuf;

use super::analyse;
use super::arguments::Site;
use super::existing::as_sot_places;
use super::notes;
use super::plan_arguments::parted;
use super::values::{self, Decay};
use crate::app::export::Stamp;
use crate::app::load::{self, Wanted};
use crate::app::roads::Limit;
use crate::app::siting::{
    self, Amount, Beside, ByHand, DecaySaid, EffortSaid, Posed, PriceByHand, Question, Solved,
};
use crate::app::telling::planning;
use crate::app::{Results, siting::export};
use crate::lang::{Lang, Said};
use crate::location::{self, Role};
use crate::model::{Project, SiteId};
use crate::progress::Unwatched;
use crate::units::{Cost, Measure, People};
use crate::{say, say_many};

/// The files that are written, and their folder.
pub fn outputs(said: &Site) -> Vec<PathBuf> {
    export::files(&said.written.chosen())
        .iter()
        .map(|name| said.out.join(name))
        .chain([said.out.clone()])
        .collect()
}

/// Answers a question; the error is the message for the user. That no plan can be is an answer, not an error.
pub fn run(said: &Site, lang: Lang) -> Result<(), String> {
    // What the options say of each other comes before any file is read.
    let amount = amount(said, lang)?;
    let inputs = &said.given.inputs;
    let stated = if said.given.project.is_some() { None } else { Some(analyse::measure(inputs, lang)?) };
    let decay_of = |measure: Measure| decay(said, measure, lang);
    let early = stated.map(decay_of).transpose()?;
    let results = results(said, lang)?;
    let decay = early.map_or_else(|| decay_of(results.measure()), Ok)?;
    let question = Question { amount, decay, ..question(said, &results, lang)? };
    let told = |error: siting::Unsolvable| error.said(lang);
    let posed = siting::pose(&question, &results, &Unwatched).map_err(told)?;
    let solved = siting::solve_posed(posed.into(), &results, &Unwatched).map_err(told)?;
    let beside = beside(said, &solved, lang)?;
    let chosen = said.written.chosen();
    let written = export::write_all(&said.out, &solved, &beside, &results, &chosen, &Stamp::today())
        .map_err(|error| error.said(lang))?;
    super::written::tell(&written.notes, lang);
    if said.asked.json {
        // Standard output is the answer alone.
        for line in notes::warnings(&results, lang) {
            super::common::warn(&line);
        }
        return super::common::print_json(&written.summary);
    }
    super::common::print(&report(said, &solved, &results, lang))
}

fn results(said: &Site, lang: Lang) -> Result<Results, String> {
    let mut project: Project = analyse::project(&said.given, lang)?;
    if let Some(within) = said.host_within {
        project.parameters.host_within = within;
    }
    let options = super::common::layer_options(said.given.inputs.crs, said.given.inputs.encoding);
    let wanted: Vec<Wanted> =
        said.existing.iter().map(|path| Wanted { path: path.clone(), options: options.clone() }).collect();
    let mut existing = Vec::new();
    for read in load::read_all(&wanted, &Unwatched) {
        existing.push(as_sot_places(
            read.map_err(|error| error.said(lang))?,
            said.status_field.as_deref(),
            lang,
        )?);
    }
    project = load::with_layers(&project, existing);
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    analyse::refuse_empty_layers(&results, lang)?;
    analyse::refuse_idle_roads(&results, lang)?;
    Ok(results)
}

/// How much may be chosen.
fn amount(said: &Site, lang: Lang) -> Result<Amount, String> {
    match (said.asked.sites, said.asked.budget) {
        (Some(count), _) => Ok(Amount::Sites(count)),
        (None, Some(budget)) => Ok(Amount::Budget(budget)),
        (None, None) if said.asked.objective.counts_sites() => Ok(Amount::AsNeeded),
        (None, None) => Err(lang
            .pick(
                "ange --sites eller --budget: hur mycket som får väljas",
                "give --sites or --budget: how much may be chosen",
            )
            .into()),
    }
}

fn question(said: &Site, results: &Results, lang: Lang) -> Result<Question, String> {
    let asked = &said.asked;
    let mut by_hand = Vec::new();
    let locked = [
        ("--release", &said.release, Role::Candidate),
        ("--required", &said.required, Role::Required),
        ("--forbidden", &said.forbidden, Role::Forbidden),
    ];
    for (option, names, role) in locked {
        for name in names {
            let site = named(name, results).map_err(|found| unclear(option, name, &found, lang))?;
            by_hand.push(ByHand { site, role, why: option.to_owned() });
        }
    }
    let mut exclusive = Vec::new();
    for pair in &asked.exclusive {
        let parts = parted(pair, |name| named(name, results).is_ok()).ok_or_else(|| {
            say!(
                lang,
                "--exclusive {pair}: skriv två platser med komma emellan",
                "--exclusive {pair}: write two places with a comma between"
            )
        })?;
        let site = |name| named(name, results).map_err(|found| unclear("--exclusive", name, &found, lang));
        exclusive.push([site(parts[0])?, site(parts[1])?]);
    }
    let prices = said.price.iter().map(|said| priced(said, results, lang)).collect::<Result<_, _>>()?;
    Ok(Question {
        flat_price: said.flat_price,
        prices,
        objective: asked.objective,
        measure: results.measure(),
        threshold: said.given.inputs.threshold.map(|_| results.limit()),
        group: said.group.clone(),
        exclusive,
        by_hand,
        require_all: asked.require_all,
        cost_field: said.cost_field.clone(),
        capacity_field: said.capacity_field.clone(),
        effort: EffortSaid { seconds: asked.time, gap: asked.gap, seed: asked.seed },
        ..Question::default()
    })
}

/// The price of one place.
fn priced(said: &str, results: &Results, lang: Lang) -> Result<PriceByHand, String> {
    let wrong = || {
        say!(
            lang,
            "--price {said}: skriv PLATS=PRIS, priset som ett tal, till exempel Hallen=1500000",
            "--price {said}: write PLACE=PRICE, the price as a number, for example Hallen=1500000"
        )
    };
    let (name, price) = said.rsplit_once('=').ok_or_else(wrong)?;
    let price = values::amount(price.trim()).map_err(|_| wrong())?;
    let site = named(name.trim(), results).map_err(|found| unclear("--price", name, &found, lang))?;
    Ok(PriceByHand { site, price })
}

/// How worth falls with the way, in what the threshold is given in.
fn decay(said: &Site, measure: Measure, lang: Lang) -> Result<DecaySaid, String> {
    if said.decay.is_some() && !said.asked.objective.may_decay() {
        let objective = said.asked.objective.id();
        return Err(say!(
            lang,
            "--decay gäller bara --objective mclp, inte {objective}: utelämna den",
            "--decay is for --objective mclp only, not {objective}: leave it out"
        ));
    }
    let half: Cost = match (said.decay, measure) {
        (None, _) => return Ok(DecaySaid::None),
        (Some(Decay::Linear), _) => return Ok(DecaySaid::Linear),
        (Some(Decay::Half(Limit::Length(length))), Measure::Distance) => length.into(),
        (Some(Decay::Half(Limit::Time(time))), Measure::Time) => time.into(),
        (Some(Decay::Half(_)), _) if said.given.project.is_some() => {
            return Err(match measure {
                Measure::Distance => lang.pick(
                    "--decay anges i minuter men projektet mäter avstånd: ange den i km",
                    "--decay is in minutes but the project measures distance: give it in km",
                ),
                Measure::Time => lang.pick(
                    "--decay anges i km men projektet mäter tid: ange den i min",
                    "--decay is in km but the project measures time: give it in min",
                ),
            }
            .into());
        }
        (Some(Decay::Half(_)), _) => {
            let other = if said.given.inputs.threshold.is_some() { "--threshold" } else { "--cost" };
            return Err(say!(
                lang,
                "--decay och {other} mäter olika: ange --decay i km med --threshold i km eller --cost distance, i min med --threshold i min eller --cost time",
                "--decay and {other} measure different things: give --decay in km with --threshold in km or --cost distance, in min with --threshold in min or --cost time"
            ));
        }
    };
    Ok(DecaySaid::Exponential { half })
}

/// The place of an id or a name; otherwise those that it could be.
fn named(name: &str, results: &Results) -> Result<SiteId, Vec<String>> {
    let key = name.trim().to_lowercase();
    // Two layers may use the same key.
    let is_key =
        |site: &SiteId| matches!(site, SiteId::Feature { key: own, .. } if own.to_lowercase() == key);
    let candidates = || {
        results.candidates.iter().map(|candidate| {
            let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
            (candidate, sot)
        })
    };
    let has_id = |is_id: &dyn Fn(&SiteId) -> bool| -> Vec<_> {
        candidates()
            .filter(|(candidate, sot)| is_id(&candidate.site) || sot.is_some_and(|sot| is_id(&sot.site)))
            .collect()
    };
    let whole = has_id(&|site| site.text().to_lowercase() == key);
    let by_id = if whole.is_empty() { has_id(&is_key) } else { whole };
    let is_called = |text: &str| text.trim().to_lowercase() == key;
    let by_sot: Vec<_> =
        candidates().filter(|(_, sot)| sot.is_some_and(|sot| is_called(&sot.name))).collect();
    let by_name: Vec<_> = candidates().filter(|(candidate, _)| is_called(&candidate.name)).collect();
    let found = [by_id, by_sot, by_name].into_iter().find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [(candidate, _)] => Ok(candidate.site.clone()),
        several => Err(several.iter().map(|(candidate, _)| candidate.site.text()).collect()),
    }
}

fn unclear(option: &str, name: &str, found: &[String], lang: Lang) -> String {
    if found.is_empty() {
        return say!(
            lang,
            "{option}: ingen butik eller SOT-plats heter ”{name}”. Använd namn eller id ur candidates.geojson (sotplan analyse)",
            "{option}: no store or SOT place is called “{name}”. Use a name or id of candidates.geojson (sotplan analyse)"
        );
    }
    let ids = found.join(", ");
    say!(
        lang,
        "{option}: flera platser heter eller har id ”{name}”. Ange id: {ids}",
        "{option}: several places are called “{name}”, or have it as id. Give the id: {ids}"
    )
}

fn beside(said: &Site, solved: &Solved, lang: Lang) -> Result<Beside, String> {
    let problem = &solved.posed.problem;
    let effort = said.asked.effort();
    let alternatives = match said.asked.alternatives {
        Some(count) if solved.answer.plan().is_some() => {
            let (count, loss) = (usize::from(count), said.asked.max_loss);
            let found = location::alternatives(problem, &solved.answer, count, loss, &effort, &Unwatched);
            Some(found.map_err(|error| error.said(lang))?)
        }
        _ => None,
    };
    let curve = match said.curve {
        None => None,
        Some(most) => {
            let found = location::curve(problem, 1..=usize::from(most), &effort, &Unwatched);
            Some(found.map_err(|error| error.said(lang))?)
        }
    };
    Ok(Beside { alternatives, curve })
}

/// So many cells are named on the screen.
const NAMED: usize = 5;

/// Whom a plan is for, where it is not everyone.
fn for_whom(posed: &Posed, results: &Results, lang: Lang) -> Option<String> {
    let group = posed.question.group.as_ref()?;
    let people = lang.persons(People::new(posed.weights.iter().sum::<f64>().round()));
    let group = planning::of_group(group, results, lang);
    Some(say!(
        lang,
        "För vilka: {group}, {people}. Talen nedan gäller dem.",
        "For whom: {group}, {people}. The figures below are for them."
    ))
}

/// A chosen place in words.
fn chosen(chosen: &siting::decide::ChosenPlace, posed: &Posed, lang: Lang) -> Option<String> {
    let place = posed.places.get(chosen.site as usize)?;
    let (name, role, reason) = (&place.name, place.role.said(lang), place.reason.said(lang));
    let people = lang.persons(People::new(chosen.people.round()));
    let mut line = format!("  {name}: {people}; {role} ({reason})");
    if chosen.loss.people > 0.0 {
        let left = lang.number(chosen.loss.people, 0);
        line += &say_many!(
            lang,
            u8::from(left == "1"),
            "; utan den når {left} person ingen plats" | "; utan den når {left} personer ingen plats",
            "; without it {left} person is reached by none"
                | "; without it {left} people are reached by none"
        );
    }
    Some(line)
}

/// Whom a set of places reaches within the threshold, and how far people have.
fn within(figures: &siting::Figures, posed: &Posed, lang: Lang) -> String {
    let people = lang.persons(People::new(figures.people_within.round()));
    let cost = |cost: Option<Cost>| cost.map_or("–".to_owned(), |cost| lang.cost(cost, posed.measure));
    let (mean, worst) = (cost(figures.mean), cost(figures.worst));
    let limit = lang.cost(figures.threshold, posed.measure);
    say!(
        lang,
        "{people} inom {limit}, medel {mean}, längst {worst}",
        "{people} within {limit}, mean {mean}, worst {worst}"
    )
}

/// Whom no place reaches.
fn left_out(solved: &Solved, results: &Results, lang: Lang) -> Vec<String> {
    let posed: &Posed = &solved.posed;
    if solved.left_out.is_empty() {
        return Vec::new();
    }
    let (count, people) =
        (solved.left_out.len(), lang.persons(People::new(solved.people_left_out().round())));
    let mut lines = vec![if posed.problem.require_all {
        say_many!(
            lang,
            count,
            "{count} ruta med {people} nås av ingen plats:"
                | "{count} rutor med {people} nås av ingen plats:",
            "{count} cell with {people} is reached by no place:"
                | "{count} cells with {people} are reached by no place:"
        )
    } else {
        say_many!(
            lang,
            count,
            "{count} ruta med {people} nås av ingen plats och räknas inte:"
                | "{count} rutor med {people} nås av ingen plats och räknas inte:",
            "{count} cell with {people} is reached by no place and does not count:"
                | "{count} cells with {people} are reached by no place and do not count:"
        )
    }];
    let some = solved.left_out.iter().take(NAMED);
    lines.extend(some.map(|cell| format!("  {}", posed.said_left_out(cell, results, lang))));
    if count > NAMED {
        let more = count - NAMED;
        lines.push(say!(
            lang,
            "  … och {more} till, alla i summary.json",
            "  … and {more} more, all in summary.json"
        ));
    }
    lines
}

/// The answer in words, for a terminal.
fn report(said: &Site, solved: &Solved, results: &Results, lang: Lang) -> String {
    use crate::model::travel::TravelModel;
    let posed: &Posed = &solved.posed;
    let method = results.travel.method().said(lang);
    let mut objective = solved.answer.objective.said(lang);
    if posed.question.group.is_some() {
        // Whom it is for stands by itself.
        objective = objective.replace(lang.pick(" för alla", " for everyone"), "");
    }
    let objective = format!("{objective} ({})", solved.answer.objective.id());
    let mut lines =
        vec![say!(lang, "Mått: {method}. Mål: {objective}.", "Measure: {method}. Objective: {objective}.")];
    lines.extend(for_whom(posed, results, lang));
    lines.push(solved.status(results, lang));
    lines.extend(solved.locality_hint(lang).map(|hint| format!("{hint} (--group rural-remote,rural)")));
    if let Some(view) = &solved.plan {
        let value = posed.said_value(view.value, lang);
        let bound = solved.bound.map(|bound| posed.said_value(bound, lang)).unwrap_or_default();
        lines.push(say!(lang, "Värde: {value}; gräns: {bound}", "Value: {value}; bound: {bound}"));
        lines.extend(
            siting::decide::chosen_places(posed, view).iter().filter_map(|one| chosen(one, posed, lang)),
        );
        let (before, after) = (within(&solved.before, posed, lang), within(&view.figures, posed, lang));
        lines.push(say!(lang, "Idag: {before}", "Today: {before}"));
        lines.push(say!(lang, "Med planen: {after}", "With the plan: {after}"));
        if let Some(money) = view.money {
            let money = lang.number(money, siting::decimals(money).min(2) as usize);
            lines.push(say!(
                lang,
                "Platserna kostar tillsammans {money}, i prisernas enhet",
                "The places cost {money} together, in the unit of the prices"
            ));
        }
    }
    for place in posed.places.iter().filter(|place| place.role == Role::Forbidden) {
        let (name, reason) = (&place.name, place.reason.said(lang));
        lines.push(say!(lang, "{name} kan inte väljas: {reason}", "{name} may not be chosen: {reason}"));
    }
    lines.extend(posed.exclusions.iter().map(|exclusion| posed.said_exclusion(exclusion, lang)));
    lines.extend(
        posed.unknown_favoured.iter().map(|one| siting::said_unknown_favoured(&posed.places, one, lang)),
    );
    lines.extend(posed.ambiguous.iter().map(|one| one.said(lang)));
    lines.extend(notes::of_results(results, lang));
    lines.extend(left_out(solved, results, lang));
    let folder = said.out.display();
    lines.push(say!(lang, "Skrivet till {folder}", "Written to {folder}"));
    lines.join("\n")
}
