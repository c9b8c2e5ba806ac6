//! `sotplan report`: a report for a decision, without a window.

use std::sync::Arc;

use super::compare::{unclear, unclear_plan};
use super::paper_arguments::{Report, ReportAs};
use super::{analyse, map, notes, outage};
use crate::app::Results;
use crate::app::comparing;
use crate::app::export::Stamp;
use crate::io::read_logo;
use crate::lang::{Lang, Said as _};
use crate::model::{Compared, Project, Side};
use crate::progress::Unwatched;
use crate::report::{self, Grounds, Letter, ReportAsked, ReportFormat, Subject, write_report};
use crate::say;
use crate::scene::Scene;

/// Writes the report; the error is the message for the user.
pub fn run(said: &Report, lang: Lang) -> Result<(), String> {
    let format = format(said, lang)?;
    let logo = said.logo.as_deref().map(read_logo).transpose().map_err(|error| error.said(lang))?;
    let project = analyse::project(&said.given, lang)?;
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    analyse::refuse_empty_layers(&results, lang)?;
    analyse::refuse_idle_roads(&results, lang)?;
    for line in notes::of_results(&results, lang) {
        super::common::warn(&line);
    }
    let subject = subject(said, &project, &results, lang)?;
    let scene = Scene::new(&Arc::new(results), None);
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let asked = ReportAsked {
        subject,
        letter: Letter {
            organisation: text(&said.organisation),
            reference: text(&said.reference),
            author: text(&said.author),
            date: said.date.clone().unwrap_or_else(|| Stamp::today().date),
            proposal: text(&said.proposal),
            logo,
        },
        lang,
        kind: said.kind,
        command: command(),
    };
    let from = Grounds { scene: &scene, project: &project, progress: &Unwatched };
    let document = report::report(from, &asked).map_err(|error| error.said(lang))?;
    write_report(&said.out, &document, format, &project.files()).map_err(|error| error.said(lang))?;
    let (title, out) = (&document.title, said.out.display());
    let text = say!(lang, "{title}: rapport skriven till {out}", "{title}: report written to {out}");
    super::common::print(&text)
}

/// The command as it was given, words with spaces in quotes.
fn command() -> String {
    let word = |word: String| {
        if word.is_empty()
            || word.contains(|letter: char| letter.is_whitespace() || "\"'$&|;<>()".contains(letter))
        {
            format!("\"{}\"", word.replace('"', "\\\""))
        } else {
            word
        }
    };
    let words = std::env::args_os().skip(1).map(|one| word(one.to_string_lossy().into_owned()));
    std::iter::once("sotplan".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The format that is said, or that of the file's ending.
fn format(said: &Report, lang: Lang) -> Result<ReportFormat, String> {
    let ending = said.out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_ending = match ending.as_deref() {
        Some("docx") => Some(ReportFormat::Docx),
        Some("html" | "htm") => Some(ReportFormat::Html),
        Some("pdf") => Some(ReportFormat::Pdf),
        _ => None,
    };
    let of_option = said.format.map(|said| match said {
        ReportAs::Docx => ReportFormat::Docx,
        ReportAs::Html => ReportFormat::Html,
        ReportAs::Pdf => ReportFormat::Pdf,
    });
    let format = of_option.or(by_ending).unwrap_or_default();
    let wanted = format.ending();
    match ending {
        Some(ending) if by_ending != Some(format) => Err(say!(
            lang,
            "--out: filen slutar på .{ending}, men rapporten skrivs som {wanted}. Kalla den .{wanted}, eller ange --format",
            "--out: the file ends in .{ending}, but the report is written as {wanted}. Call it .{wanted}, or give --format"
        )),
        _ => Ok(format),
    }
}

/// What the report is about.
fn subject(said: &Report, project: &Project, results: &Results, lang: Lang) -> Result<Subject, String> {
    let place = |option: &str, name: &str| {
        comparing::find(name, results, &project.trials)
            .map(Side::Place)
            .map_err(|found| unclear(option, name, &found, lang))
    };
    if let Some(name) = &said.place {
        return Ok(Subject::Sides(vec![place("--place", name)?]));
    }
    if let Some(name) = &said.plan {
        let plan = comparing::find_plan(name, &project.plans.scenarios)
            .map_err(|found| unclear_plan("--plan", name, &found, lang))?;
        return Ok(Subject::Sides(vec![Side::Plan(plan)]));
    }
    if let Some(name) = &said.outage {
        let (scenario, assumed) = outage::scenario("--outage", name, project, results, lang)?;
        return Ok(Subject::Outage(Box::new((scenario, assumed))));
    }
    if let Some(name) = &said.area {
        return Ok(Subject::Area(map::area(name, results, lang)?));
    }
    let mut sides: Vec<Side> = Vec::new();
    for name in &said.places {
        // Plans stand beside places by their number.
        let plan = name.trim().to_lowercase().starts_with("plan:");
        let plan = plan.then(|| comparing::find_plan(name, &project.plans.scenarios));
        let side = match plan {
            Some(plan) => Side::Plan(plan.map_err(|found| unclear_plan("--places", name, &found, lang))?),
            None => place("--places", name)?,
        };
        if sides.contains(&side) {
            return Err(say!(
                lang,
                "--places: {name} är samma plats som en annan i listan. Ta bort den ena",
                "--places: {name} is the same place as another of the list. Leave out one of them"
            ));
        }
        sides.push(side);
    }
    let (fewest, most, count) = (Compared::FEWEST, Compared::MOST, sides.len());
    if !(fewest..=most).contains(&count) {
        return Err(say!(
            lang,
            "--places: ange {fewest} till {most} platser, inte {count}. En ensam plats anges med --place",
            "--places: give {fewest} to {most} places, not {count}. A single place is given with --place"
        ));
    }
    Ok(Subject::Sides(sides))
}
