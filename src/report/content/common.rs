//! What do all reports have in common? The proposal, what a SOT point is, how it was measured, and the list of appendices.

use crate::app::Results;
use crate::lang::{Lang, Said as _};
use crate::model::travel::TravelModel as _;
use crate::model::{SiteId, SotPlace};
use crate::report::asked::ReportAsked;
use crate::report::document::{Document, Style};
use crate::say;

/// A report with its head.
pub fn begin(asked: &ReportAsked, results: &Results, title: &str) -> Document {
    let mut document = Document::new(asked.lang, title, asked.letter.clone());
    if results.project.is_demo() {
        document.write(
            Style::Blank,
            asked.lang.pick(
                "Exempeldata. Platser och siffror är illustrativa och duger inte som beslutsunderlag.",
                "Example data. Places and figures are illustrative and not a basis for a decision.",
            ),
        );
    }
    document
}

/// What is proposed to be decided. Nobody but the author knows.
pub fn proposal(document: &mut Document) {
    let lang = document.lang;
    document.section("Förslag till beslut", "Proposed decision");
    let proposal = document.letter.proposal.clone();
    if proposal.trim().is_empty() {
        let blank = lang.pick("[Skriv förslaget till beslut här.]", "[Write the proposed decision here.]");
        document.write(Style::Blank, blank);
    } else {
        document.body(proposal);
    }
}

/// What is asked, and what it is about.
pub fn background(document: &mut Document, results: &Results, question: &str) {
    let lang = document.lang;
    document.section("Ärendebeskrivning", "Background");
    document.body(question);
    document.body(lang.pick(
        "En SOT-punkt (service och trygghet) är en befintlig dagligvarubutik som fortsätter att fungera vid störningar. Butiken kompletteras med reservkraft, som kommunen äger, och med en organisation som driver punkten. En SOT-punkt är inte en trygghetspunkt.",
        "A SOT point (service and safety) is an existing grocery store that keeps working in a disturbance. The store gets reserve power, owned by the municipality, and an organisation that runs the point. A SOT point is not a shelter for people in need (trygghetspunkt).",
    ));
    document.body(measured(results, lang));
}

/// How ways were measured, from what to what, and what the figures cannot tell.
pub fn measured(results: &Results, lang: Lang) -> String {
    let (method, limit) = (results.travel.method().said(lang), lang.cost(results.limit(), results.measure()));
    let people = lang.people(results.situation.demand.total());
    let cells = lang.count(results.situation.demand.len());
    say!(
        lang,
        "Mätmetod: {method}. Gränsen är {limit}; avstånd upp till och med gränsen räknas som inom. Analysen omfattar {people} invånare i {cells} befolkade rutor, och varje ruta räknas från sin mittpunkt. Register är ofullständiga: en butik som saknas i filen saknas också här.",
        "Method: {method}. The threshold is {limit}; distances up to and including it count as within. The analysis covers {people} people in {cells} populated cells, each measured from its centre. Registers are incomplete: a store missing from the file is missing here too."
    )
}

/// Who gets the decision, and what else belongs to the report.
pub fn appendices(document: &mut Document, names: &[String]) {
    document.section("Beslutet skickas till", "The decision is sent to");
    let blank = document.lang.pick("[Skriv mottagarna här.]", "[Write the recipients here.]");
    document.write(Style::Blank, blank);
    document.section("Bilagor", "Appendices");
    let lang = document.lang;
    let name = |(at, name): (usize, &String)| {
        let number = at + 1;
        say!(lang, "Bilaga {number}: {name}", "Appendix {number}: {name}")
    };
    document.list(&names.iter().enumerate().map(name).collect::<Vec<_>>());
}

/// Begins an appendix on a page of its own.
pub fn appendix(document: &mut Document, number: usize, name: &str) {
    document.page_break();
    let heading = say!(document.lang, "Bilaga {number}: {name}", "Appendix {number}: {name}");
    document.heading(2, &heading);
}

/// Names in a row: "a, b and c".
pub fn listed(names: &[String], lang: Lang) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            let first = first.join(", ");
            say!(lang, "{first} och {last}", "{first} and {last}")
        }
    }
}

/// What in the project is thought or corrected, and therefore not as the files have it; nothing where nothing is.
pub fn changed(results: &Results, lang: Lang) -> Vec<String> {
    let project = &results.project;
    let all = [
        (
            project.closed_services.len(),
            "Simulering: servicepunkter som räknas som nedlagda",
            "Simulation: services counted as closed",
        ),
        (project.closures.len(), "Simulering: vägavstängningar", "Simulation: road closures"),
        (
            project.added.len(),
            "Tillagt för hand i projektet, utöver filerna",
            "Added by hand in the project, beyond the files",
        ),
        (
            project.amendments.len(),
            "Platser med uppgifter som är rättade för hand i projektet",
            "Places with values corrected by hand in the project",
        ),
    ];
    let some = all.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, sv, en)| format!("{}: {}.", lang.pick(sv, en), lang.count(count))).collect()
}

/// The SOT place of a site, in service or not.
pub fn sot_of<'a>(results: &'a Results, site: &SiteId) -> Option<&'a SotPlace> {
    let candidate = results.candidates.iter().find(|candidate| candidate.site == *site)?;
    results.situation.sot_places.get(candidate.sot?)
}

/// The SOT place in service at a site.
pub fn serving<'a>(results: &'a Results, site: &SiteId) -> Option<&'a SotPlace> {
    sot_of(results, site).filter(|sot| sot.status.is_serving())
}

/// What it means in a crisis that a cell has no value.
pub const fn nowhere(lang: Lang) -> &'static str {
    lang.pick("ingen plats som fungerar", "no place that works")
}
