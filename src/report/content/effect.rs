//! What does a SOT point at a place change when the power goes? The same scenario with and without it.

use std::sync::Arc;

use super::common::listed;
use crate::app::Results;
use crate::app::outage::{Crisis, OutageTables, people};
use crate::lang::{Lang, Said as _};
use crate::model::outage::{OutageScenario, Preset};
use crate::model::{Project, SiteId};
use crate::outage::Case;
use crate::progress::Progress;
use crate::report::asked::NoReport;
use crate::report::document::{Document, Table};
use crate::say;

/// A place, and whether it is a SOT point in service.
pub struct Place {
    pub name: String,
    pub site: SiteId,
    pub serves: bool,
}

/// The scenario that is told: the project's first, else three days of ice everywhere.
pub fn scenario(project: &Project, lang: Lang) -> OutageScenario {
    let own = project.outages.scenarios.first().map(OutageScenario::unchanged);
    own.unwrap_or_else(|| Preset::Ice72.scenario(1, lang))
}

/// Hours that are told: the first, and the last before everything is restored.
pub fn hours(scenario: &OutageScenario) -> Vec<usize> {
    let last = scenario.last_hour().saturating_sub(1);
    let mut hours: Vec<usize> = [0, 4, 24, 72].into_iter().filter(|hour| *hour < last).collect();
    hours.push(last);
    hours
}

/// A table of who still has what, and of what each place changes.
pub fn write(
    document: &mut Document,
    results: &Arc<Results>,
    project: &Project,
    places: &[Place],
    progress: &dyn Progress,
) -> Result<(), NoReport> {
    let lang = document.lang;
    document.section("Om elen, vägarna eller telefonin faller bort", "When power, roads or telephones fail");
    let scenario = scenario(project, lang);
    let tables = Arc::new(OutageTables::new(results));
    let assumed = &project.outages.assumptions;
    let compute = |scenario: &OutageScenario| Crisis::compute(&tables, scenario, assumed, progress);
    let before = compute(&scenario)?;
    let name = &scenario.name;
    document.body(say!(
        lang,
        "Scenariot: {name}. Tabellen visar hur många som inom gränsen når en plats som säkert fungerar; det som är okänt om reservkraft räknas inte med. Alla tal är antaganden, inget är ett löfte.",
        "The scenario: {name}. The table shows how many reach, within the threshold, a place that works for sure; what is not known of reserve power does not count. All numbers are assumptions, none is a promise."
    ));
    document.table(by_hour(&before, lang));
    let mut changed = Vec::new();
    for place in places {
        let mut other = scenario.clone();
        if place.serves {
            other.removed.insert(place.site.clone());
        } else {
            other.added.insert(place.site.clone());
        }
        changed.push((place, compute(&other)?));
    }
    if !changed.is_empty() {
        document.table(gains(&before, &changed, lang));
        let serving: Vec<String> =
            places.iter().filter(|place| place.serves).map(|place| place.name.clone()).collect();
        if !serving.is_empty() {
            let names = listed(&serving, lang);
            document.note(say!(
                lang,
                "{names} är i drift: för den visas vad som skulle gå förlorat utan den.",
                "{names} in service: shown is what would be lost without it."
            ));
        }
    }
    Ok(())
}

/// People supplied for sure, by need and hour.
pub fn by_hour(crisis: &Crisis, lang: Lang) -> Table {
    let hours = hours(&crisis.scenario);
    let rows = crisis.needs.iter().map(|need| {
        let everyday = need.hours.everyday.first().map_or(0.0, |all| all.supplied);
        let at = |hour: &usize| {
            need.hours.hours[*hour][Case::Worst as usize].first().map_or(0.0, |all| all.supplied)
        };
        let first = [need.need.said(lang), people(everyday, lang)];
        first.into_iter().chain(hours.iter().map(|hour| people(at(hour), lang))).collect()
    });
    let total = crisis.results().situation.demand.total();
    let total = lang.people(total);
    let mut head =
        vec![lang.pick("Behov", "Need").to_owned(), lang.pick("Till vardags", "Every day").to_owned()];
    head.extend(hours.iter().map(|hour| say!(lang, "Timme {hour}", "Hour {hour}")));
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
            let more = own(crisis) - own(before);
            let more = if place.serves { -more } else { more };
            let sign = if more > 0.0 { "+" } else { "" };
            format!("{sign}{}", lang.number(more, 0))
        };
        std::iter::once(need.need.said(lang)).chain(changed.iter().map(gain)).collect()
    });
    let head = std::iter::once(lang.pick("Behov", "Need").to_owned())
        .chain(changed.iter().map(|(place, _)| place.name.clone()));
    let hours = before.scenario.last_hour();
    let caption = say!(
        lang,
        "Vad en SOT-punkt på platsen ger under {hours} timmar, persontimmar med behovet tillgodosett, säkert",
        "What a SOT point at the place gives in {hours} hours, people-hours with the need met, for sure"
    );
    Table::new("crisis_gains", caption, head.collect(), rows.collect()).of_numbers()
}
