//! What does a SOT point at a place change when the power goes? The same scenario with and without it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::common::listed;
use crate::app::Results;
use crate::app::outage::{Crisis, NeedCrisis, OutageTables, people};
use crate::lang::{Lang, Said as _};
use crate::model::outage::{HORIZON_H, Need, OutageArea, OutageScenario, Preset, Where};
use crate::model::{Project, ServiceKind, SiteId};
use crate::outage::Case;
use crate::progress::Progress;
use crate::report::asked::NoReport;
use crate::report::document::{Document, Table};
use crate::say;

/// A place that a SOT point stands or would stand at.
pub struct Place {
    pub name: String,
    pub site: SiteId,
    /// The SOT place in service that it is: what would be lost is the point, not its store.
    pub serving: Option<SiteId>,
    /// Without its store nobody knows what a point gives of what stores give.
    pub has_store: bool,
}

/// The scenario that is told: the project's first, else three days of ice everywhere.
pub fn scenario(project: &Project, lang: Lang) -> OutageScenario {
    let own = project.outages.scenarios.first().map(OutageScenario::unchanged);
    own.unwrap_or_else(|| Preset::Ice72.scenario(1, lang))
}

/// Hours that are told: the first ones, the last of each area, and the one in which fewest have the need that is told first.
pub fn hours(crisis: &Crisis) -> Vec<usize> {
    /// More columns would not fit a page.
    const MOST: usize = 6;
    let scenario = &crisis.scenario;
    let last = scenario.last_hour().saturating_sub(1);
    let fixed = [0, 4, 24, 72].into_iter().filter(|hour| *hour < last);
    let mut hours: BTreeSet<usize> = fixed.chain([last, hardest(crisis)]).collect();
    for area in &scenario.areas {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within a week")]
        let end = (area.start_h + area.hours).ceil().clamp(1.0, f64::from(HORIZON_H)) as usize - 1;
        if hours.len() < MOST {
            hours.insert(end);
        }
    }
    hours.into_iter().collect()
}

/// The need that is told first: food where it is counted.
pub fn told_first(crisis: &Crisis) -> Option<&NeedCrisis> {
    crisis.need(Need::Kind(ServiceKind::Grocery)).or_else(|| crisis.needs.first())
}

/// The first hour in which fewest people have a need, and how many.
pub fn lowest(crisis: &Crisis, need: &NeedCrisis, case: Case) -> (usize, f64) {
    let supplied = |hour: usize| {
        let counts = need.hours.hours.get(hour).map(|hour| &hour[case as usize]);
        counts.and_then(|counts| counts.first()).map_or(0.0, |all| all.supplied)
    };
    let all = (0..crisis.scenario.last_hour().max(1)).map(|hour| (hour, supplied(hour)));
    // Of equal ones the first.
    all.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
}

/// The hour in which fewest have the need that is told first.
pub fn hardest(crisis: &Crisis) -> usize {
    told_first(crisis).map_or(0, |need| lowest(crisis, need, Case::Worst).0)
}

/// A table of who still has what, and of what each place changes.
pub fn write(
    document: &mut Document,
    results: &Arc<Results>,
    project: &Project,
    places: &[Place],
    progress: &dyn Progress,
) -> Result<Crisis, NoReport> {
    let lang = document.lang;
    document.section("Om elen, vägarna eller telefonin faller bort", "When power, roads or telephones fail");
    let scenario = scenario(project, lang);
    let tables = Arc::new(OutageTables::new(results));
    let assumed = &project.outages.assumptions;
    let compute = |scenario: &OutageScenario| Crisis::compute(&tables, scenario, assumed, progress);
    let before = compute(&scenario)?;
    described(document, &scenario, project);
    document.body(lang.pick(
        "Tabellen visar hur många som inom gränsen når en plats som säkert fungerar; reservkraft som ingen känner till räknas inte med. Alla tal är uppskattningar som bygger på antaganden.",
        "The table shows how many reach, within the threshold, a place that works for sure; reserve power that nobody knows of does not count. All numbers are estimates that rest on assumptions.",
    ));
    document.table(by_hour(&before, lang));
    let mut changed = Vec::new();
    for place in places {
        let mut other = scenario.clone();
        match &place.serving {
            Some(sot) => other.removed.insert(sot.clone()),
            None => other.added.insert(place.site.clone()),
        };
        changed.push((place, compute(&other)?));
    }
    let without: Vec<String> =
        places.iter().filter(|place| !place.has_store).map(|place| place.name.clone()).collect();
    if !changed.is_empty() {
        document.table(gains(&before, &changed, lang));
        let serving: Vec<String> =
            places.iter().filter(|place| place.serving.is_some()).map(|place| place.name.clone()).collect();
        if !serving.is_empty() {
            let names = listed(&serving, lang);
            document.note(say!(
                lang,
                "SOT-punkter som redan är i drift: {names}. Där visas vad som skulle gå förlorat utan punkten; butiken, med den reservkraft som den har, räknas som kvar.",
            "SOT points in service already: {names}. Shown there is what would be lost without the point; the store, with the reserve power that it has, counts as still there."
            ));
        }
        if !without.is_empty() {
            let names = listed(&without, lang);
            document.note(say!(
                lang,
                "Värdbutiken finns inte i data för {names}: vad punkten ger av det som en butik ger är därför okänt, inte noll, och resten gäller bara om det finns en butik.",
                "The host store of {names} is not in the data: what the point gives of what a store gives is therefore unknown, not zero, and the rest holds only if there is a store."
            ));
        }
    }
    Ok(before)
}

/// What fails, where and for how long.
pub fn described(document: &mut Document, scenario: &OutageScenario, project: &Project) {
    let lang = document.lang;
    let (name, season) = (&scenario.name, scenario.season.said(lang));
    document.body(say!(lang, "Scenariot: {name}, {season}.", "The scenario: {name}, {season}."));
    let mut items: Vec<String> = scenario.areas.iter().map(|area| area_said(area, lang)).collect();
    match scenario.roads {
        Some(closed) => {
            let (start, hours, count) =
                (hours_said(closed.start_h, lang), hours_said(closed.hours, lang), project.closures.len());
            items.push(say!(
                lang,
                "Projektets avstängda vägar ({count}) är avstängda från timme {start}, i {hours} timmar.",
                "The closed roads of the project ({count}) are closed from hour {start}, for {hours} hours."
            ));
        }
        None if !project.closures.is_empty() => items.push(
            lang.pick(
                "Projektets avstängda vägar är avstängda hela tiden.",
                "The closed roads of the project are closed all the time.",
            )
            .into(),
        ),
        None => {}
    }
    document.list(&items);
    let own = project.outages.scenario(scenario.id);
    if own.is_some_and(|own| own != scenario && own.unchanged() == *scenario) {
        document.note(lang.pick(
            "Det som scenariot i projektet lägger till, tar bort eller tankar räknas inte med här.",
            "What the scenario of the project adds, takes away or fuels does not count here.",
        ));
    }
}

fn hours_said(hours: f64, lang: Lang) -> String {
    lang.number(hours, usize::from(hours.fract() > 0.0))
}

fn area_said(area: &OutageArea, lang: Lang) -> String {
    let faults: Vec<String> = area.faults.iter().map(|fault| fault.said(lang)).collect();
    let faults =
        if faults.is_empty() { lang.pick("ingenting", "nothing").into() } else { listed(&faults, lang) };
    let where_ = match &area.place {
        Where::Municipalities(names) => format!("{} ({})", area.name, listed(names, lang)),
        Where::Everything | Where::Outlines(_) => area.name.clone(),
    };
    let (start, hours) = (hours_said(area.start_h, lang), hours_said(area.hours, lang));
    let mut text = say!(
        lang,
        "{where_}: bortfall av {faults} från timme {start}, åter för alla efter {hours} timmar.",
        "{where_}: no {faults} from hour {start}, back for everyone after {hours} hours."
    );
    let steps = area.restored.iter().map(|step| {
        let (after, share) = (hours_said(step.after_h, lang), lang.percent(step.share));
        say!(lang, "{share} efter {after} timmar", "{share} after {after} hours")
    });
    let steps: Vec<String> = steps.collect();
    if !steps.is_empty() {
        let steps = listed(&steps, lang);
        text += &say!(
            lang,
            " För en del av invånarna tidigare: {steps}, där flest bor först.",
            " Earlier for part of the people: {steps}, the most populated places first."
        );
    }
    text
}

/// People supplied for sure, by need and hour.
pub fn by_hour(crisis: &Crisis, lang: Lang) -> Table {
    let hours = hours(crisis);
    let rows = crisis.needs.iter().map(|need| {
        let everyday = need.hours.everyday.first().map_or(0.0, |all| all.supplied);
        let at = |hour: &usize| {
            need.hours.hours[*hour][Case::Worst as usize].first().map_or(0.0, |all| all.supplied)
        };
        let first = [need.need.said(lang), people(everyday, lang)];
        let (hour, fewest) = lowest(crisis, need, Case::Worst);
        let fewest = people(fewest, lang);
        let fewest = say!(lang, "{fewest} (timme\u{a0}{hour})", "{fewest} (hour\u{a0}{hour})");
        first.into_iter().chain(hours.iter().map(|hour| people(at(hour), lang))).chain([fewest]).collect()
    });
    let total = crisis.results().situation.demand.total();
    let total = lang.people(total);
    let mut head =
        vec![lang.pick("Behov", "Need").to_owned(), lang.pick("Till vardags", "Normally").to_owned()];
    head.extend(hours.iter().map(|hour| say!(lang, "Timme {hour}", "Hour {hour}")));
    head.push(lang.pick("Som lägst", "Lowest").into());
    let caption = say!(
        lang,
        "Invånare av {total} som har behovet tillgodosett inom gränsen, säkert",
        "People of {total} who have the need met within the threshold, for sure"
    );
    Table::new("crisis_hours", caption, head, rows.collect()).of_numbers()
}

/// People-hours more, by need and place.
fn gains(before: &Crisis, changed: &[(&Place, Crisis)], lang: Lang) -> Table {
    let rows = before.needs.iter().map(|need| {
        let own = |crisis: &Crisis| crisis.people_hours(need.need, Case::Worst);
        let gain = |(place, crisis): &(&Place, Crisis)| {
            let of_store = |kind| !matches!(kind, ServiceKind::Sot | ServiceKind::Rescue);
            if !place.has_store && matches!(need.need, Need::Kind(kind) if of_store(kind)) {
                return lang.pick("okänt", "unknown").to_owned();
            }
            let more = own(crisis) - own(before);
            let more = if place.serving.is_some() { -more } else { more };
            let sign = if more > 0.0 { "+" } else { "" };
            format!("{sign}{}", lang.number(more, 0))
        };
        std::iter::once(need.need.said(lang)).chain(changed.iter().map(gain)).collect()
    });
    let head = std::iter::once(lang.pick("Behov", "Need").to_owned())
        .chain(changed.iter().map(|(place, _)| place.name.clone()));
    let (hours, name) = (before.scenario.last_hour(), &before.scenario.name);
    let caption = say!(
        lang,
        "Vad en SOT-punkt på platsen ger under scenariots {hours} timmar ({name}): persontimmar med behovet tillgodosett, säkert",
        "What a SOT point at the place gives in the {hours} hours of the scenario ({name}): people-hours with the need met, for sure"
    );
    Table::new("crisis_gains", caption, head.collect(), rows.collect()).of_numbers()
}
