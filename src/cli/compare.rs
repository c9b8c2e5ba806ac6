//! `sotplan compare`: two to six places or plans side by side, with what speaks for each and what nobody knows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::Compare;
use super::{analyse, notes};
use crate::app::Results;
use crate::app::comparing::{self, Asked, SentenceKind, Unclear};
use crate::app::export::{self, Stamp};
use crate::lang::{Lang, Said};
use crate::model::{Compared, Project, Side};
use crate::progress::Unwatched;
use crate::say;

/// The files that are written, and their folder.
pub fn outputs(said: &Compare) -> Vec<PathBuf> {
    let files = comparing::files(&said.written.chosen()).into_iter();
    files.map(|name| said.out.join(name)).chain([said.out.clone()]).collect()
}

/// Compares; the error is the message for the user.
pub fn run(said: &Compare, lang: Lang) -> Result<(), String> {
    let project = analyse::project(&said.given, lang)?;
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    analyse::refuse_empty_layers(&results, lang)?;
    analyse::refuse_idle_roads(&results, lang)?;
    let compared = compared(said, &project, &results, lang)?;
    let asked = Asked { compared: Arc::new(compared), ..Asked::of(&project) };
    let ranked = export::Comparison::new(&results, &asked.model, &asked.selected);
    let comparison =
        comparing::compare(&results, &asked, &ranked, &Unwatched).map_err(|error| error.said(lang))?;
    refuse_few(comparison.places.len(), lang)?;
    let written = comparing::write_all(
        &said.out,
        &comparison,
        &results,
        &asked.trials,
        &said.written.chosen(),
        &Stamp::today(),
    )
    .map_err(|error| error.said(lang))?;
    super::written::tell(&written.notes, lang);
    if said.json {
        // Standard output is the answer alone.
        for line in notes::warnings(&results, lang) {
            super::common::warn(&line);
        }
        return super::common::print_json(&written.json);
    }
    super::common::print(&report(&comparison, &results, &said.out, lang))
}

/// The places and plans that are meant.
fn compared(said: &Compare, project: &Project, results: &Results, lang: Lang) -> Result<Compared, String> {
    let place = |option: &str, name: &str| -> Result<Side, String> {
        let found = comparing::find(name, results, &project.trials).map(Side::Place);
        found.map_err(|found| unclear(option, name, &found, lang))
    };
    let plan = |name: &str| comparing::find_plan(name, &project.plans.scenarios).map(Side::Plan);
    let mut compared = Compared::clone(&project.compared);
    let count = said.places.len() + said.plans.len();
    if count > Compared::MOST {
        let most = Compared::MOST;
        return Err(say!(
            lang,
            "--places, --plans: {count} är för många. Ange högst {most} tillsammans",
            "--places, --plans: {count} are too many. Give {most} at most together"
        ));
    }
    if count > 0 {
        compared = Compared::default();
        let places = said.places.iter().map(|name| (name, place("--places", name)));
        let plans = said
            .plans
            .iter()
            .map(|name| (name, plan(name).map_err(|found| unclear_plan("--plans", name, &found, lang))));
        for (name, side) in places.chain(plans) {
            let side = side?;
            if compared.has(&side) {
                return Err(twice(&side, name, lang));
            }
            compared = compared.with(side);
        }
    }
    if let Some(name) = &said.reference {
        // A plan among those compared goes before a place of the same name elsewhere.
        let known = plan(name).ok().filter(|side| compared.has(side));
        let side = known.map_or_else(|| place("--reference", name), Ok)?;
        if !compared.has(&side) {
            return Err(say!(
                lang,
                "--reference: {name} är inte bland dem som jämförs. Lägg till den i --places eller --plans",
                "--reference: {name} is none of those that are compared. Add it to --places or --plans"
            ));
        }
        compared.reference = Some(side);
    }
    refuse_few(compared.len(), lang)?;
    Ok(compared)
}

fn twice(side: &Side, name: &str, lang: Lang) -> String {
    match side {
        Side::Place(_) => say!(
            lang,
            "--places: {name} är samma plats som en annan i listan. Ta bort den ena",
            "--places: {name} is the same place as another of the list. Leave out one of them"
        ),
        Side::Plan(_) => say!(
            lang,
            "--plans: {name} är samma plan som en annan i listan. Ta bort den ena",
            "--plans: {name} is the same plan as another of the list. Leave out one of them"
        ),
    }
}

pub fn unclear_plan(option: &str, name: &str, found: &Unclear, lang: Lang) -> String {
    match found {
        Unclear::None { like } if like.is_empty() => say!(
            lang,
            "{option}: projektet har inga sparade planer. Spara en under Planera",
            "{option}: the project has no saved plans. Save one under Plan"
        ),
        Unclear::None { like } => {
            let like = like.join(", ");
            say!(
                lang,
                "{option}: ingen sparad plan heter ”{name}”. I projektet finns: {like}",
                "{option}: no saved plan is called “{name}”. The project has: {like}"
            )
        }
        Unclear::Several { found } => {
            let found = found.join("; ");
            say!(
                lang,
                "{option}: ”{name}” passar flera planer. Skriv numret: {found}",
                "{option}: “{name}” fits several plans. Write the number: {found}"
            )
        }
    }
}

fn refuse_few(count: usize, lang: Lang) -> Result<(), String> {
    if count >= Compared::FEWEST {
        return Ok(());
    }
    Err(lang
        .pick(
            "det behövs minst två platser eller planer att jämföra. Ange --places NAMN,NAMN",
            "two places or plans at least are needed for a comparison. Give --places NAME,NAME",
        )
        .into())
}

pub fn unclear(option: &str, name: &str, found: &Unclear, lang: Lang) -> String {
    match found {
        Unclear::None { like } if like.is_empty() => say!(
            lang,
            "{option}: ingen butik, SOT-plats eller testplats heter ”{name}”. Använd namn eller id ur candidates.geojson (sotplan analyse)",
            "{option}: no store, SOT place or test site is called “{name}”. Use a name or id of candidates.geojson (sotplan analyse)"
        ),
        Unclear::None { like } => {
            let like = like.join(", ");
            say!(
                lang,
                "{option}: ingen butik, SOT-plats eller testplats heter ”{name}”. Menar du någon av dessa? {like}",
                "{option}: no store, SOT place or test site is called “{name}”. Do you mean one of these? {like}"
            )
        }
        Unclear::Several { found } => {
            let found = found.join("; ");
            say!(
                lang,
                "{option}: ”{name}” passar flera platser. Skriv NAMN/KOMMUN eller id: {found}",
                "{option}: “{name}” fits several places. Write NAME/MUNICIPALITY or an id: {found}"
            )
        }
    }
}

/// The comparison in words, for a terminal.
fn report(comparison: &comparing::Comparison, results: &Results, out: &Path, lang: Lang) -> String {
    use crate::model::travel::TravelModel;
    let method = results.travel.method().said(lang);
    let threshold = lang.cost(results.limit(), results.measure());
    let mut lines =
        vec![say!(lang, "Mått: {method}. Gräns: {threshold}.", "Measure: {method}. Threshold: {threshold}.")];
    let of = |at: Option<usize>| {
        comparison.sentences.iter().filter(move |sentence| sentence.place == at).map(move |sentence| {
            let sign = match sentence.kind {
                SentenceKind::For => "+",
                SentenceKind::Against => "−",
                SentenceKind::Question | SentenceKind::NoData => "?",
            };
            format!("  {sign} {}", sentence.text.said(lang))
        })
    };
    for (at, place) in comparison.places.iter().enumerate() {
        lines.push(format!("{}, {}", place.full(), place.kind.said(lang)));
        lines.extend(of(Some(at)));
    }
    lines.extend(of(None));
    lines.extend(notes::of_results(results, lang));
    let folder = out.display();
    lines.push(say!(
        lang,
        "Register är ofullständiga. Skrivet till {folder}",
        "Registers are incomplete. Written to {folder}"
    ));
    lines.join("\n")
}
