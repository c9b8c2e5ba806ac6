//! A report on an outage: who still has what hour by hour, where it fails first, which fuel is needed, what is assumed.

use std::sync::Arc;

use super::{common, effect, figures, rest};
use crate::app::comparing::name_of;
use crate::app::outage::{Crisis, FuelPlan, NeedCrisis, OutageTables, band, idle, not_known, people};
use crate::lang::{Lang, Said as _};
use crate::model::outage::{OutageAssumptions, OutageScenario};
use crate::model::{Project, ServiceKind, Side, SiteId};
use crate::outage::Case;
use crate::report::asked::{Grounds, NoReport, ReportAsked};
use crate::report::document::{Document, Style, Table};
use crate::say;
use crate::scene::classes::CellClasses;
use crate::scene::signs::Sign;
use crate::scene::svg::Mark;
use crate::units::Cost;

/// The report.
pub fn report(
    from: Grounds<'_>,
    asked: &ReportAsked,
    scenario: &OutageScenario,
    assumptions: &OutageAssumptions,
) -> Result<Document, NoReport> {
    let (results, project, lang) = (&from.scene.results, from.project, asked.lang);
    let tables = Arc::new(OutageTables::new(results));
    let compute = |scenario: &OutageScenario| Crisis::compute(&tables, scenario, assumptions, from.progress);
    let crisis = compute(scenario)?;
    let name = &scenario.name;
    let mut document =
        common::begin(asked, results, &say!(lang, "Samhällsstörning: {name}", "Disturbance: {name}"));
    common::proposal(&mut document);
    summary(&mut document, &crisis, project);
    let question = say!(
        lang,
        "Frågan är vilka som timme för timme har en butik, drivmedel, betalning, information och värme som fungerar, när det här händer: {name}.",
        "The question is who still has a working store, fuel, payment, information and warmth, hour by hour, when this happens: {name}."
    );
    common::background(&mut document, results, &question);
    effect::described(&mut document, scenario, project);
    document.section("Timme för timme", "Hour by hour");
    document.table(effect::by_hour(&crisis, lang));
    document.table(bands(&crisis, lang));
    let stripped = scenario.unchanged();
    if stripped != *scenario {
        document.table(changed(&compute(&stripped)?, &crisis, lang));
    }
    municipalities(&mut document, &crisis);
    document.section("Karta", "Map");
    map(&mut document, from, asked, &crisis);
    fuel(&mut document, &crisis, from)?;
    document.section("Begränsningar", "Limitations");
    let notes = idle(&crisis).into_iter().map(|one| one.said(lang));
    document.list(&notes.chain(not_known(lang).map(str::to_owned)).collect::<Vec<_>>());
    let own = lang.pick("Krisens antaganden", "Assumptions of the crisis").to_owned();
    let appendices: Vec<String> = std::iter::once(own.clone()).chain(rest::names(lang)).collect();
    common::appendices(&mut document, &appendices);
    common::appendix(&mut document, 1, &own);
    rest::of_crisis(&mut document, &crisis);
    rest::write(&mut document, results, project, asked, None, 2);
    Ok(document)
}

fn summary(document: &mut Document, crisis: &Crisis, project: &Project) {
    let lang = document.lang;
    document.section("Sammanfattning", "Summary");
    let said = crisis.needs.iter().map(|need| {
        let everyday = need.hours.everyday.first().map_or(0.0, |all| all.supplied);
        let (hour, sure) = effect::lowest(crisis, need, Case::Worst);
        let (best_hour, best) = effect::lowest(crisis, need, Case::Best);
        let kind = need.need.said(lang);
        let is_kept = sure >= everyday;
        let [sure, best, everyday] = [sure, best, everyday].map(|count| people(count, lang));
        if is_kept {
            return say!(
                lang,
                "{kind}: {everyday} invånare når det säkert inom gränsen hela tiden, som till vardags.",
                "{kind}: {everyday} people reach it for sure within the threshold all the time, as normally."
            );
        }
        say!(
            lang,
            "{kind}: till vardags når {everyday} invånare det inom gränsen; säkert som lägst {sure} (först vid timme {hour}), i bästa fall som lägst {best} (först vid timme {best_hour}).",
            "{kind}: normally {everyday} people reach it within the threshold; for sure {sure} at the lowest (first in hour {hour}), at best {best} at the lowest (first in hour {best_hour})."
        )
    });
    let mut said: Vec<String> = said.collect();
    let first = effect::told_first(crisis);
    let first = first.and_then(|first| crisis.needs.iter().position(|need| need.need == first.need));
    if let Some(first) = first {
        document.write(Style::Lead, said.remove(first));
    }
    document.list(&said);
    let changes = crisis.scenario.sites().count();
    if changes > 0 {
        let names = |sites: &mut dyn Iterator<Item = &SiteId>| {
            let name = |site: &SiteId| name_of(&Side::Place(site.clone()), crisis.results(), project);
            let names: Vec<String> = sites.map(name).collect();
            common::listed(&names, lang)
        };
        let scenario = &crisis.scenario;
        let (added, removed) = (names(&mut scenario.added.iter()), names(&mut scenario.removed.iter()));
        if !added.is_empty() {
            document.body(say!(
                lang,
                "Scenariot räknar med nya SOT-punkter i {added}.",
                "The scenario counts on new SOT points in {added}."
            ));
        }
        if !removed.is_empty() {
            document.body(say!(
                lang,
                "Scenariot räknar utan {removed}.",
                "The scenario does without {removed}."
            ));
        }
    }
    document.note(lang.pick(
        "Skillnaden mellan det som är säkert och det som är möjligt i bästa fall beror mest på att ingen vet vilka platser som har reservkraft.",
        "The difference between what is sure and what is possible at best comes mostly from nobody knowing which places have reserve power.",
    ));
}

/// From sure to at best, by need and hour.
fn bands(crisis: &Crisis, lang: Lang) -> Table {
    let hours = effect::hours(crisis);
    let rows = crisis.needs.iter().map(|need| {
        let at = hours.iter().map(|hour| {
            let [worst, best] = &need.hours.hours[*hour];
            band(worst[0].supplied, best[0].supplied, lang)
        });
        std::iter::once(need.need.said(lang)).chain(at).collect()
    });
    let head = std::iter::once(lang.pick("Behov", "Need").to_owned())
        .chain(hours.iter().map(|hour| say!(lang, "Timme {hour}", "Hour {hour}")));
    let caption = lang.pick(
        "Invånare som har behovet tillgodosett, från säkert till i bästa fall",
        "People who have the need met, from sure to at best",
    );
    Table::new("crisis_bands", caption.into(), head.collect(), rows.collect()).of_numbers()
}

/// What the scenario adds, removes and fuels gives.
fn changed(before: &Crisis, after: &Crisis, lang: Lang) -> Table {
    let rows = after.needs.iter().map(|need| {
        let hours = |crisis: &Crisis| crisis.people_hours(need.need, Case::Worst);
        let (before, after) = (hours(before), hours(after));
        let number = |value: f64| lang.number(value, 0);
        vec![need.need.said(lang), number(before), number(after), number(after - before)]
    });
    let head = [("Behov", "Need"), ("Utan", "Without"), ("Med", "With"), ("Skillnad", "Difference")];
    let caption = lang.pick(
        "Vad det som scenariot lägger till eller tar bort ger, persontimmar under avbrottet, säkert",
        "What the scenario adds or removes gives, people-hours during the outage, for sure",
    );
    let head = head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into();
    Table::new("crisis_changes", caption.into(), head, rows.collect()).of_numbers()
}

/// People with a need met for sure in the hardest hour, by municipality; some needs a table.
fn municipalities(document: &mut Document, crisis: &Crisis) {
    /// More columns would not fit a page.
    const COLUMNS: usize = 5;
    let lang = document.lang;
    let hour = effect::hardest(crisis);
    let areas = &crisis.results().situation.areas;
    // Those without a municipality stand last.
    let names = areas.iter().map(|area| area.name.clone());
    let names: Vec<String> = names.chain([lang.pick("Ingen kommun", "No municipality").into()]).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| (*at == areas.len(), crate::lang::alphabetical(&names[*at])));
    for needs in crisis.needs.chunks(COLUMNS) {
        let rows = order.iter().filter_map(|at| {
            let at = *at;
            let of = |need: &NeedCrisis| need.hours.areas[hour][Case::Worst as usize].get(at).copied();
            let total = needs.first().and_then(of)?.total;
            if total <= 0.0 {
                return None;
            }
            let supplied = needs.iter().map(|need| people(of(need).map_or(0.0, |all| all.supplied), lang));
            Some([names[at].clone(), people(total, lang)].into_iter().chain(supplied).collect())
        });
        let head =
            [lang.pick("Kommun", "Municipality").to_owned(), lang.pick("Invånare", "People").to_owned()];
        let head = head.into_iter().chain(needs.iter().map(|need| need.need.said(lang)));
        let caption = say!(
            lang,
            "Invånare som har behovet tillgodosett vid timme {hour}, säkert, per kommun",
            "People who have the need met at hour {hour}, for sure, by municipality"
        );
        document.table(Table::new("crisis_areas", caption, head.collect(), rows.collect()).of_numbers());
    }
}

/// The way to the nearest store that works in the hardest hour.
fn map(document: &mut Document, from: Grounds<'_>, asked: &ReportAsked, crisis: &Crisis) {
    let (scene, lang) = (from.scene, asked.lang);
    let need = effect::told_first(crisis).map(|need| need.need);
    let (Some(need), Some(bounds)) = (need, scene.bounds) else { return };
    let hour = effect::hardest(crisis);
    let costs: Vec<Option<Cost>> =
        crisis.nearest_at(need, hour, Case::Worst).into_iter().map(|one| one.map(|(_, cost)| cost)).collect();
    let cells = CellClasses::of_costs(scene, &costs);
    let sign = Sign::Kind(need.kind().unwrap_or(ServiceKind::Sot));
    let (working, _) = crisis.working(need, hour, Case::Worst);
    let marks: Vec<_> = working
        .iter()
        .filter_map(|at| crisis.places.get(*at))
        .map(|place| Mark { sign, ..figures::mark(place.place, &place.name, Some(place.site.clone())) })
        .collect();
    let said = need.said(lang).to_lowercase();
    let title = say!(lang, "Timme {hour}: {said}, säkert", "Hour {hour}: {said}, for sure");
    let mut line = figures::mark_line(lang, marks.len());
    line.sign = Some(sign);
    line.text = lang.pick("plats som säkert fungerar", "place that works for sure").into();
    let shown = figures::Shown {
        scene,
        cells: &cells,
        kind: need.kind().unwrap_or(ServiceKind::Sot),
        bounds,
        marks: &marks,
        no_value: Some(common::nowhere(lang)),
        area: None,
        shows_gaps: false,
        gaps: None,
        shows_services: false,
        shows_sots: false,
        legend_title: Some(title),
        legend_lines: vec![line],
    };
    let caption = say!(
        lang,
        "Vägen till närmaste plats som säkert fungerar för {said} vid timme {hour}",
        "The way to the nearest place that works for sure for {said} at hour {hour}"
    );
    let alt = say!(
        lang,
        "Karta: {caption}. Samma tal står i tabellerna per kommun.",
        "Map: {caption}. The tables by municipality have the same figures."
    );
    document.figure(figures::figure(asked, shown, caption, alt));
}

/// Litres a day, and which set is refuelled first.
fn fuel(document: &mut Document, crisis: &Crisis, from: Grounds<'_>) -> Result<(), NoReport> {
    let lang = document.lang;
    document.section("Drivmedel", "Fuel");
    let hour = FuelPlan::hardest_hour(crisis);
    let plan = FuelPlan::at(crisis, hour, from.progress)?;
    let rows = plan.uses.iter().map(|(what, litres)| vec![what.said(lang), litres.said(lang)]);
    let head = [("Användning", "Use"), ("Liter per dygn", "Litres a day")];
    document.table(
        Table::new(
            "fuel",
            say!(lang, "Drivmedel som går åt, räknat på timme {hour}", "Fuel needed, counted at hour {hour}"),
            head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
            rows.collect(),
        )
        .of_numbers(),
    );
    let all = plan.first.len();
    let shown = all.min(10);
    let rows = plan.first.iter().take(shown).map(|first| {
        vec![
            first.name.clone(),
            lang.number(first.empty_at_h, 1),
            first.litres.said(lang),
            lang.number(first.people_hours, 0),
        ]
    });
    let head = [
        ("Reservkraft att tanka", "Generator to refuel"),
        ("Tom tidigast vid timme", "Empty at hour, earliest"),
        ("Liter", "Litres"),
        ("Ger persontimmar, alla behov", "Gives people-hours, all needs"),
    ];
    document.table(
        Table::new(
            "refuel",
            if shown < all {
                say!(
                    lang,
                    "Vilka som tankas först: de {shown} första av {all}",
                    "Which are refuelled first: the first {shown} of {all}"
                )
            } else {
                lang.pick("Vilka som tankas först", "Which are refuelled first").into()
            },
            head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
            rows.collect(),
        )
        .of_numbers(),
    );
    Ok(())
}
