//! How far has the work on each place come, what comes next, and what does it cost? As far as somebody wrote it down.

use std::collections::BTreeSet;

use crate::app::Results;
use crate::app::following::{Board, day_of};
use crate::app::sizing;
use crate::lang::{Lang, Said as _};
use crate::model::process::{Follow, ProcessStep};
use crate::model::{Project, SiteId};
use crate::report::document::{Document, Table};
use crate::say;

/// A place that is told of: what it is called, and the ids that its work may stand under.
pub struct Place {
    pub name: String,
    pub sites: Vec<SiteId>,
}

impl Place {
    /// A site with its SOT place.
    pub fn of(site: &SiteId, name: String, results: &Results) -> Self {
        let mut sites = vec![site.clone()];
        for candidate in &results.candidates {
            let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
            let own = [Some(&candidate.site), sot.map(|sot| &sot.site)];
            if own.into_iter().flatten().any(|known| known == site) {
                sites.extend(sot.map(|sot| sot.site.clone()));
                sites.push(candidate.site.clone());
            }
        }
        let known: BTreeSet<SiteId> = sites.into_iter().collect();
        Self { name, sites: known.into_iter().collect() }
    }

    fn follow<'a>(&self, project: &'a Project) -> Option<&'a Follow> {
        self.sites.iter().find_map(|site| project.follows.get(site))
    }
}

/// What it costs.
pub fn costs(document: &mut Document, project: &Project, places: &[Place]) {
    let lang = document.lang;
    if places.is_empty() {
        return;
    }
    document.section("Kostnader", "Costs");
    let mut rows = Vec::new();
    let mut without = Vec::new();
    for place in places {
        let costs = place.follow(project).map(|follow| &follow.costs).filter(|costs| !costs.is_empty());
        let Some(costs) = costs else {
            without.push(place.name.clone());
            continue;
        };
        for cost in costs.values() {
            let year = cost.year.map_or_else(String::new, |year| year.to_string());
            let kronor = lang.whole(cost.kronor);
            rows.push(vec![
                place.name.clone(),
                cost.what.clone(),
                say!(lang, "{kronor} kr", "SEK {kronor}"),
                cost.frequency.said(lang),
                year,
            ]);
        }
    }
    let head = [
        ("Plats", "Place"),
        ("Vad", "What"),
        ("Belopp", "Amount"),
        ("Hur ofta", "How often"),
        ("År", "Year"),
    ];
    document.table(Table::new(
        "costs",
        lang.pick("Noterade kostnader", "Costs noted").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows,
    ));
    if !without.is_empty() {
        let names = super::common::listed(&without, lang);
        document.body(say!(
            lang,
            "Kostnader är inte antecknade för {names} och behöver tas fram före beslut.",
            "No costs are noted for {names}; they are needed before the decision."
        ));
    }
    for place in places {
        power(document, project, place, lang);
    }
}

/// The reserve power that the list of machines of a place takes.
fn power(document: &mut Document, project: &Project, place: &Place, lang: Lang) {
    let list = place.sites.iter().find_map(|site| project.outages.loads.get(site));
    let Some(list) = list.filter(|list| !list.loads.is_empty()) else { return };
    let name = &place.name;
    match sizing::sized(list) {
        Ok(sized) => {
            let rows = sizing::lines(&sized, &list.assumed, lang);
            let rows = rows.into_iter().map(|line| vec![line.name, line.value]).collect();
            document.table(Table::new(
                "power",
                say!(lang, "Reservkraft: {name}", "Reserve power: {name}"),
                vec![lang.pick("Vad", "What").into(), lang.pick("Värde", "Value").into()],
                rows,
            ));
            document.note(sizing::assumed_line(&list.assumed, lang));
        }
        Err(why) => {
            let why = why.said(lang);
            document.body(say!(lang, "Reservkraft, {name}: {why}.", "Reserve power, {name}: {why}."));
        }
    }
}

/// How far the work has come, and what comes next.
pub fn write(document: &mut Document, results: &Results, project: &Project, places: &[Place], date: &str) {
    let lang = document.lang;
    document.section("Process och nästa steg", "Process and next steps");
    if places.is_empty() {
        document.body(lang.pick("Ingen plats följs upp här än.", "No place is followed up here yet."));
        return;
    }
    let board = Board::new(results, project, day_of(date));
    for place in places {
        let Some(card) = board.cards.iter().find(|card| place.sites.contains(&card.site)) else {
            let name = &place.name;
            document.body(say!(
                lang,
                "{name}: inget är antecknat om arbetet. Börja med frågorna: är kommunen, butiken och bygden intresserade?",
                "{name}: nothing is noted of the work. Begin with the questions: are the municipality, the store and the village interested?"
            ));
            continue;
        };
        let (name, status, next) = (&place.name, card.status_said(lang), card.next.said(lang));
        let owner = card.next_owner(place.follow(project));
        let owner = if owner.is_empty() {
            lang.pick("ansvarig: ingen antecknad", "owner: nobody noted").to_owned()
        } else {
            say!(lang, "ansvarig: {owner}", "owner: {owner}")
        };
        document.body(say!(
            lang,
            "{name}: {status}. Nästa steg: {next} ({owner}).",
            "{name}: {status}. Next step: {next} ({owner})."
        ));
        document.list(&card.concerns.iter().map(|concern| concern.said(lang)).collect::<Vec<_>>());
        if let Some(follow) = place.follow(project).filter(|follow| !follow.steps.is_empty()) {
            steps(document, name, follow);
        }
    }
    let steps: Vec<String> = ProcessStep::ALL.iter().map(|step| step.said(lang).to_lowercase()).collect();
    let steps = super::common::listed(&steps, lang);
    document.note(say!(
        lang,
        "De sju stegen: {steps}. Tidplan och budget behöver en marginal.",
        "The seven steps: {steps}. Schedule and budget need a margin."
    ));
}

fn steps(document: &mut Document, name: &str, follow: &Follow) {
    let lang = document.lang;
    let rows = ProcessStep::ALL.into_iter().map(|step| {
        let note = follow.steps.get(&step);
        let text = |of: Option<String>| of.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".into());
        let when = |of: Option<crate::model::process::When>| of.map(crate::model::process::When::text);
        vec![
            step.said(lang),
            follow.state(step).said(lang),
            text(note.map(|note| note.owner.clone())),
            text(note.and_then(|note| when(note.planned))),
            text(note.and_then(|note| when(note.done))),
            text(note.map(|note| note.note.clone())),
        ]
    });
    let head = [
        ("Steg", "Step"),
        ("Läge", "State"),
        ("Ansvarig", "Owner"),
        ("Planerat", "Planned"),
        ("Klart", "Done"),
        ("Anteckning", "Note"),
    ];
    document.table(Table::new(
        "steps",
        say!(lang, "De sju stegen: {name}", "The seven steps: {name}"),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows.collect(),
    ));
}
