//! What do all reports have in common? The proposal, what a SOT point is, how it was measured, and the list of appendices.

use crate::app::Results;
use crate::lang::{Lang, Said as _};
use crate::model::travel::TravelModel as _;
use crate::report::asked::ReportAsked;
use crate::report::document::{Document, Style};
use crate::say;

/// A report with its head.
pub fn begin(asked: &ReportAsked, title: String) -> Document {
    Document::new(asked.lang, title, asked.letter.clone())
}

/// What is proposed to be decided. Nobody but the author knows.
pub fn proposal(document: &mut Document) {
    let lang = document.lang;
    document.section("Förslag till beslut", "Proposed decision");
    let proposal = document.letter.proposal.clone();
    if proposal.trim().is_empty() {
        let blank = lang.pick(
            "[Skriv förslaget till beslut här. Programmet föreslår inget beslut: det redovisar underlaget.]",
            "[Write the proposed decision here. The program proposes none: it presents the grounds.]",
        );
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
        "Så är det mätt: {method}. Gränsen är {limit}; högst så långt räknas som inom. Underlaget är {people} invånare i {cells} befolkade rutor, och varje ruta räknas i sin mittpunkt. Register är ofullständiga: en butik som saknas i filen saknas också här.",
        "How it is measured: {method}. The threshold is {limit}; at most so far counts as within. The grounds are {people} people in {cells} populated cells, each of which counts at its centre. Registers are incomplete: a store that is not in the file is not here either."
    )
}

/// What else belongs to the report.
pub fn appendices(document: &mut Document, names: &[String]) {
    document.section("Bilagor", "Appendices");
    let lang = document.lang;
    let name = |(at, name): (usize, &String)| {
        let number = at + 1;
        say!(lang, "Bilaga {number}: {name}", "Appendix {number}: {name}")
    };
    document.list(names.iter().enumerate().map(name).collect());
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

/// A text that begins a sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
