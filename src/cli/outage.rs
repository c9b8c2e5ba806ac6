//! `sotplan outage`: who still has what when the power is gone, hour by hour, and what one SOT point more changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{OutageWork, OverSaid};
use super::common::{print, print_json};
use super::{analyse, notes};
use crate::app::Results;
use crate::app::export::{Stamp, TableStyle};
use crate::app::outage::{
    Best, BestAsked, Crisis, FuelPlan, NeedCrisis, OutageTables, Over, ScenarioSide, Sensitivity, Told,
    as_json, band, best, best_json, files, idle, not_known, people, resolved, sensitivity, span, working,
    write_all, write_scenarios,
};
use crate::app::outputs::make_folder;
use crate::io::outage_file::{ScenarioSaid, read_scenario};
use crate::lang::{Lang, Said};
use crate::model::Project;
use crate::model::outage::{Need, OutageAssumptions, OutageScenario, Preset, Where};
use crate::model::travel::TravelModel as _;
use crate::outage::Case;
use crate::progress::Unwatched;
use crate::say;

/// The scenarios beside each other.
const BESIDE: &str = "scenarios.csv";

/// Hours that are told where none are asked for.
const TOLD: [usize; 4] = [0, 4, 24, 72];

fn hours(said: &OutageWork) -> Vec<usize> {
    if said.at.is_empty() {
        return TOLD.to_vec();
    }
    let mut hours: Vec<usize> = said.at.iter().map(|hour| *hour as usize).collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

/// The folder of each scenario.
fn folders(said: &OutageWork) -> Vec<PathBuf> {
    if let [_] = said.scenario.as_slice() {
        return vec![said.out.clone()];
    }
    let folder = |(number, name): (usize, &String)| {
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let clean: String =
            stem.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect();
        said.out.join(format!("{}-{clean}", number + 1))
    };
    said.scenario.iter().enumerate().map(folder).collect()
}

/// The files that are written, and their folders.
pub fn outputs(said: &OutageWork) -> Vec<PathBuf> {
    let names = files(&hours(said));
    let of = |folder: PathBuf| names.iter().map(|name| folder.join(name)).collect::<Vec<_>>();
    let beside = (said.scenario.len() > 1).then(|| said.out.join(BESIDE));
    folders(said).into_iter().flat_map(of).chain(beside).chain([said.out.clone()]).collect()
}

/// Computes; the error is the message for the user.
pub fn run(said: &OutageWork, lang: Lang) -> Result<(), String> {
    let project = analyse::project(&said.given, lang)?;
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    analyse::refuse_empty_layers(&results, lang)?;
    analyse::refuse_idle_roads(&results, lang)?;
    let tables = Arc::new(OutageTables::new(&Arc::new(results)));
    let one = |name: &String| computed(name, said, &project, &tables, lang);
    let crises = said.scenario.iter().map(one).collect::<Result<Vec<_>, String>>()?;
    let best = found_best(said, &crises, lang)?;
    let style = if said.swedish_csv { TableStyle::Swedish } else { TableStyle::Plain };
    let (stamp, hours) = (Stamp::today(), hours(said));
    let (mut told_json, mut lines) = (Vec::new(), Vec::new());
    for ((crisis, before), folder) in crises.iter().zip(folders(said)) {
        make_folder(&folder).map_err(|error| error.said(lang))?;
        let hour = FuelPlan::hardest_hour(crisis);
        let fuel = FuelPlan::at(crisis, hour, &Unwatched).map_err(|error| error.said(lang))?;
        let sensitivity: Vec<Sensitivity> = if said.sensitivity {
            sensitivity(&tables, &crisis.scenario, &crisis.assumed, &Unwatched)
                .map_err(|error| error.said(lang))?
        } else {
            Vec::new()
        };
        let alone = best.as_ref().filter(|_| crises.len() == 1);
        let told =
            Told { crisis, before: before.as_ref(), fuel: &fuel, sensitivity: &sensitivity, best: alone };
        write_all(&folder, &told, &hours, style, &stamp).map_err(|error| error.said(lang))?;
        if said.json {
            told_json.push(as_json(&told, &stamp));
        } else {
            lines.extend(report(&told, &hours, &folder, lang));
        }
    }
    if crises.len() > 1 {
        let sides: Vec<ScenarioSide> = crises.iter().map(|(crisis, _)| ScenarioSide::of(crisis)).collect();
        write_scenarios(&said.out.join(BESIDE), &sides, style).map_err(|error| error.said(lang))?;
    }
    if said.json {
        for line in notes::warnings(&tables.results, lang) {
            super::common::warn(&line);
        }
        return print_json(&joined(&told_json, best.as_ref()));
    }
    lines.extend(best.iter().flat_map(|best| best_said(best, lang)));
    lines.extend(notes::of_results(&tables.results, lang));
    print(&lines.join("\n"))
}

/// A scenario as it is, and without what it adds, removes and fuels, where it does.
fn computed(
    name: &str,
    said: &OutageWork,
    project: &Project,
    tables: &Arc<OutageTables>,
    lang: Lang,
) -> Result<(Crisis, Option<Crisis>), String> {
    let (mut scenario, assumed) = scenario("--scenario", name, project, &tables.results, lang)?;
    hit(&mut scenario, &said.hit, lang)?;
    let of = |scenario: &OutageScenario| {
        Crisis::compute(tables, scenario, &assumed, &Unwatched).map_err(|error| error.said(lang))
    };
    let stripped = scenario.unchanged();
    let before = if stripped == scenario { None } else { Some(of(&stripped)?) };
    Ok((of(&scenario)?, before))
}

/// One scenario as it is; several as a list, with what was found over all of them.
fn joined(told: &[Vec<u8>], best: Option<&Best>) -> Vec<u8> {
    if let [one] = told {
        return one.clone();
    }
    let mut all = b"{\"scenarios\":[".to_vec();
    all.extend(told.join(&b','));
    all.push(b']');
    if let Some(best) = best {
        all.extend(format!(",\"best\":{}", best_json(best)).into_bytes());
    }
    all.push(b'}');
    all
}

/// The scenario of a name: a ready one, one of the project, or a file.
pub fn scenario(
    option: &str,
    name: &str,
    project: &Project,
    results: &Results,
    lang: Lang,
) -> Result<(OutageScenario, OutageAssumptions), String> {
    let assumed = project.outages.assumptions.clone();
    if let Some(preset) = Preset::from_id(name) {
        return Ok((preset.scenario(1, lang), assumed));
    }
    if let Some(known) = project.outages.scenarios.iter().find(|known| known.name == name) {
        return Ok((known.clone(), assumed));
    }
    let path = Path::new(name);
    if !crate::io::is_there(path) {
        let ready = Preset::ALL.map(Preset::id).join(", ");
        let own =
            project.outages.scenarios.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        let own = if own.is_empty() {
            String::new()
        } else {
            say!(lang, "; i projektet: {own}", "; in the project: {own}")
        };
        return Err(say!(
            lang,
            "{option}: ”{name}” är ingen fil och inget känt scenario. Färdiga: {ready}{own}",
            "{option}: “{name}” is no file and no known scenario. Ready ones: {ready}{own}"
        ));
    }
    let said: ScenarioSaid = read_scenario(path, &assumed).map_err(|error| error.said(lang))?;
    resolved(said, results, &Unwatched).map_err(|error| format!("{name}: {}", error.said(lang)))
}

/// Lets only some municipalities be hit.
fn hit(scenario: &mut OutageScenario, names: &[String], lang: Lang) -> Result<(), String> {
    if names.is_empty() {
        return Ok(());
    }
    for area in &mut scenario.areas {
        if area.place != Where::Everything {
            return Err(say!(
                lang,
                "--hit: scenariot säger redan var det är ({})",
                "--hit: the scenario says already where it is ({})",
                area.name
            ));
        }
        area.place = Where::Municipalities(names.to_vec());
        area.name = names.join(", ");
    }
    Ok(())
}

fn found_best(
    said: &OutageWork,
    crises: &[(Crisis, Option<Crisis>)],
    lang: Lang,
) -> Result<Option<Best>, String> {
    let Some(count) = said.sot_points else { return Ok(None) };
    let mut needs = Vec::new();
    for name in &said.needs {
        let Some(need) = Need::from_id(name.trim()) else {
            let known = Need::ALL.map(Need::id).join(", ");
            return Err(say!(
                lang,
                "--needs: ”{name}” är inget av {known}",
                "--needs: “{name}” is none of {known}"
            ));
        };
        needs.push(need);
    }
    let asked = BestAsked {
        count: count as usize,
        needs: if needs.is_empty() { BestAsked::needs_usual() } else { needs },
        over: match said.over {
            OverSaid::Expected => Over::Expected,
            OverSaid::Worst => Over::Worst,
        },
        seconds: Some(said.time_limit),
    };
    let crises: Vec<&Crisis> = crises.iter().map(|(crisis, _)| crisis).collect();
    best(&crises, &asked, &Unwatched).map_err(|error| error.said(lang))
}

/// Who is supplied in an hour, and how many places work.
fn at_hour(crisis: &Crisis, need: &NeedCrisis, hour: usize, lang: Lang) -> String {
    let [worst, best] = &need.hours.hours[hour];
    let supplied = band(worst[0].supplied, best[0].supplied, lang);
    let places = match working(crisis, need.need, hour) {
        [1, 1] => return say!(lang, "{hour} h {supplied} (1 plats)", "{hour} h {supplied} (1 place)"),
        [least, most] => span(&lang.count(least), &lang.count(most)),
    };
    say!(lang, "{hour} h {supplied} ({places} platser)", "{hour} h {supplied} ({places} places)")
}

/// The crisis in words, for a terminal.
fn report(told: &Told<'_>, hours: &[usize], folder: &Path, lang: Lang) -> Vec<String> {
    let crisis = told.crisis;
    let results = crisis.results();
    let (name, method) = (&crisis.scenario.name, results.travel.method().said(lang));
    let threshold = lang.cost(results.limit(), results.measure());
    let mut lines = vec![say!(
        lang,
        "{name}. Mått: {method}. Gräns: {threshold}. Säkert–i bästa fall:",
        "{name}. Measure: {method}. Threshold: {threshold}. For sure–at best:"
    )];
    lines.extend(idle(crisis).iter().map(|one| one.said(lang)));
    for need in &crisis.needs {
        let everyday = need.hours.everyday.first().map_or(0.0, |all| all.supplied);
        let total = need.hours.everyday.first().map_or(0.0, |all| all.total);
        let at = hours.iter().map(|hour| at_hour(crisis, need, *hour, lang));
        let at = at.collect::<Vec<_>>().join("; ");
        let (kind, everyday, total) = (need.need.said(lang), people(everyday, lang), people(total, lang));
        lines.push(say!(
            lang,
            "{kind}: till vardags {everyday} av {total} inom gränsen; {at}",
            "{kind}: every day {everyday} of {total} within the threshold; {at}"
        ));
        if let Some(before) = told.before {
            let hours = |crisis: &Crisis| crisis.people_hours(need.need, Case::Worst);
            let gained = lang.number(hours(crisis) - hours(before), 0);
            lines.push(say!(
                lang,
                "  det som scenariot lägger till eller tar bort ger {gained} persontimmar under avbrottet",
                "  what the scenario adds or removes gives {gained} people-hours during the outage"
            ));
        }
    }
    lines.extend(fuel_said(told.fuel, crisis, lang));
    for (at, one) in told.sensitivity.iter().take(5).enumerate() {
        let (what, hours) = (one.what.said(lang), lang.number(one.people_hours, 0));
        if at == 0 {
            lines.push(lang.pick("Svaret beror mest på:", "The answer depends most on:").into());
        }
        lines.push(say!(
            lang,
            "  {what}: upp till {hours} persontimmar",
            "  {what}: up to {hours} people-hours"
        ));
    }
    lines.extend(not_known(lang).map(str::to_owned));
    let folder = folder.display();
    lines.push(say!(lang, "Skrivet till {folder}", "Written to {folder}"));
    lines
}

fn fuel_said(fuel: &FuelPlan, crisis: &Crisis, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let sum = |pick: fn(&crate::model::outage::Range) -> f64| -> f64 {
        fuel.uses.iter().map(|(_, litres)| pick(litres)).sum()
    };
    let litres = {
        let (least, most) = (sum(|range| range.0), sum(|range| range.1));
        let (a, b) = (lang.number(least, 0), lang.number(most, 0));
        if a == b { a } else { format!("{a}–{b}") }
    };
    let hour = fuel.hour;
    lines.push(say!(
        lang,
        "Drivmedel vid timme {hour}: {litres} liter per dygn går åt",
        "Fuel at hour {hour}: {litres} litres a day are needed"
    ));
    for first in fuel.first.iter().take(5) {
        let (name, hours) = (&first.name, lang.number(first.empty_at_h, 1));
        let (litres, gain) = (first.litres.said(lang), lang.number(first.people_hours, 0));
        let from = first.from.map_or_else(
            || lang.pick("ingen station pumpar säkert", "no station pumps for sure").to_owned(),
            |(station, trip)| format!("{} {}", crisis.places[station].name, lang.km(trip.length)),
        );
        lines.push(say!(
            lang,
            "  tanka {name} (tom vid timme {hours}): {litres} l ger {gain} persontimmar; närmaste pump: {from}",
            "  refuel {name} (empty at hour {hours}): {litres} l give {gain} people-hours; nearest pump: {from}"
        ));
    }
    lines
}

fn best_said(best: &Best, lang: Lang) -> Vec<String> {
    let names: Vec<String> = best
        .chosen
        .iter()
        .map(|one| match &one.municipality {
            Some(municipality) => format!("{} ({municipality})", one.name),
            None => one.name.clone(),
        })
        .collect();
    let (names, proof, count) = (names.join(", "), best.proof.said(lang), best.chosen.len());
    let mut lines = vec![say!(
        lang,
        "Bästa {count} nya SOT-punkter: {names}. {proof}",
        "Best {count} new SOT points: {names}. {proof}"
    )];
    for of in &best.scenarios {
        let (name, gained) = (&of.name, lang.number(of.after - of.before, 0));
        let (after, everyone) = (lang.number(of.after, 0), lang.number(of.everyone, 0));
        lines.push(say!(
            lang,
            "  {name}: {gained} fler persontimmar, {after} av {everyone} om alla hade allt",
            "  {name}: {gained} people-hours more, {after} of {everyone} if everybody had everything"
        ));
    }
    lines
}
