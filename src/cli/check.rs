//! `sotplan check`: what of the data has somebody to look at? Nothing is changed in any file; `--merge` says how many
//! places would be left if duplicates were merged.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::analyse;
use super::arguments::{Check, MergeBy};
use super::common::{print, print_json, whole_project};
use super::notes;
use crate::app::Results;
use crate::app::deciding::{Verdict, decide_all};
use crate::app::export::{TableStyle, write_findings};
use crate::app::findings::{self, Finding};
use crate::lang::{Lang, Said, shown_name};
use crate::model::{Evidence, FindingKind, Situation};
use crate::progress::Unwatched;
use crate::say;
use crate::units::People;

/// Findings of one kind that are named one by one on the screen.
const NAMED: usize = 10;

/// The file that is written, if one is.
pub fn outputs(said: &Check) -> Vec<PathBuf> {
    said.out.iter().cloned().collect()
}

/// Looks at the data; the error is the message for the user.
pub fn run(said: &Check, lang: Lang) -> Result<(), String> {
    let mut project = match &said.given.project {
        Some(path) => whole_project(path, lang)?,
        None => analyse::as_given(&said.given.inputs, lang)?,
    };
    if project.is_empty() {
        return Err(lang
            .pick(
                "ingen fil är angiven. Ange t.ex. --grocery FIL",
                "no file is given. Give for example --grocery FILE",
            )
            .into());
    }
    if let Some(people) = said.people_expected {
        project.parameters.people_expected = Some(People::new(people));
    }
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    if let Some(out) = &said.out {
        let style = if said.swedish_csv { TableStyle::Swedish } else { TableStyle::Plain };
        write_findings(out, &results, style).map_err(|error| error.said(lang))?;
    }
    let is_merged = |finding: &&Finding| {
        said.merge.iter().any(|by| match by {
            MergeBy::SamePlace => finding.kind == FindingKind::SamePlace,
            MergeBy::SameName => finding.kind == FindingKind::SameName,
        })
    };
    let to_merge = results.findings.found.iter().filter(is_merged);
    let merged = match decide_all(to_merge, Verdict::Merge, &Evidence::default()) {
        Some(command) => {
            let after = Results::compute(&command.apply(&project), Some(&results), &Unwatched);
            Some(after.map_err(|error| error.said(lang))?)
        }
        None => None,
    };
    if said.json {
        return print_json(as_json(&results, merged.as_ref(), lang).to_string().as_bytes());
    }
    let mut lines = notes::of_results(&results, lang);
    lines.push(counted(&results.situation, lang));
    lines.extend(of_findings(&results.findings.found, lang));
    if let Some(merged) = &merged {
        let left = counted(&merged.situation, lang);
        lines.push(say!(lang, "Efter sammanslagning: {left}", "After merging: {left}"));
    } else if !said.merge.is_empty() {
        lines.push(lang.pick("Inget att slå ihop.", "Nothing to merge.").into());
    }
    if let Some(out) = &said.out {
        let out = out.display();
        lines.push(say!(lang, "Skrivet till {out}", "Written to {out}"));
    }
    print(&lines.join("\n"))
}

/// People, services and places, in words.
fn counted(situation: &Situation, lang: Lang) -> String {
    let (services, places, kinds) = findings::counts(situation);
    let kinds: Vec<String> =
        kinds.iter().map(|(kind, count)| format!("{} {}", kind.said(lang), lang.count(*count))).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let (services, places) = (lang.count(services), lang.count(places));
    let cells = lang.count(situation.demand.len());
    let people = lang.people(situation.demand.total());
    say!(
        lang,
        "{cells} befolkningsrutor med {people} invånare; {services} serviceställen på {places} platser{kinds}",
        "{cells} population cells with {people} people; {services} services at {places} places{kinds}"
    )
}

fn of_findings(found: &[Finding], lang: Lang) -> Vec<String> {
    if found.is_empty() {
        return vec![lang.pick("Inget att granska.", "Nothing to look at.").into()];
    }
    let mut lines = Vec::new();
    for kind in FindingKind::ALL {
        let of_kind: Vec<&Finding> = found.iter().filter(|finding| finding.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        lines.push(format!("{}: {}", kind.said(lang), lang.count(of_kind.len())));
        lines.extend(of_kind.iter().take(NAMED).map(|finding| format!("  {}", line(finding, lang))));
        if of_kind.len() > NAMED {
            let more = lang.count(of_kind.len() - NAMED);
            lines.push(say!(
                lang,
                "  … och {more} till; --out FIL skriver alla",
                "  … and {more} more; --out FILE writes all"
            ));
        }
    }
    lines
}

fn line(finding: &Finding, lang: Lang) -> String {
    let told = shown_name(&finding.said(lang));
    let Some(place) = &finding.about else { return told };
    let (name, layer) = (shown_name(&place.name), shown_name(&place.layer_name));
    let number = place.number.unwrap_or(0);
    let people =
        if place.people.value() > 0.0 { format!(", {}", lang.persons(place.people)) } else { String::new() };
    say!(
        lang,
        "{name} (objekt {number} i {layer}{people}): {told}",
        "{name} (feature {number} of {layer}{people}): {told}"
    )
}

fn as_json(results: &Results, merged: Option<&Results>, lang: Lang) -> Value {
    let count = |situation: &Situation| {
        let (services, places, kinds) = findings::counts(situation);
        let kinds: Map<String, Value> =
            kinds.into_iter().map(|(kind, count)| (kind.id().to_owned(), count.into())).collect();
        let people = situation.demand.total().value();
        json!({
            "cells": situation.demand.len(), "people": people, "services": services, "places": places, "kinds": kinds,
        })
    };
    let by_kind: Map<String, Value> = findings::by_kind(&results.findings.found)
        .into_iter()
        .map(|(kind, (open, settled))| (kind.id().to_owned(), json!({ "open": open, "settled": settled })))
        .collect();
    let found: Vec<Value> = results.findings.found.iter().map(|finding| of_finding(finding, lang)).collect();
    let mut out =
        json!({ "counts": count(&results.situation), "findings_by_kind": by_kind, "findings": found });
    if let Some(merged) = merged {
        out["counts_merged"] = count(&merged.situation);
    }
    out
}

fn of_finding(finding: &Finding, lang: Lang) -> Value {
    let place = |place: &findings::Place| {
        json!({
            "site": place.site.text(), "name": place.name, "layer": place.layer_name, "number": place.number,
            "lon": place.place.lon, "lat": place.place.lat, "people": place.people.value(),
        })
    };
    json!({
        "finding": finding.kind.id(),
        "about": finding.about.as_ref().map(place),
        "other": finding.other.as_ref().map(place),
        "metres": finding.by.map(|by| (by.value() * 10.0).round() / 10.0),
        "message": finding.said(lang),
    })
}
