//! What became of the files, in words for a terminal: what was refused, guessed or counted twice is said on the
//! screen, with what it changes, and not only counted in a file.

use crate::app::Results;
use crate::lang::{Lang, Said, shown_name};
use crate::model::{ContextUse, FeatureTable, Layer, LayerReport, RemarkKind, RoadLayer, Role, recognise};
use crate::{say, say_many};

/// Remarks about a whole file that are named one by one.
const NAMED: usize = 5;

/// The lines of one layer's report, below its name.
pub fn of_report(report: &LayerReport, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (reason, count) in report.refused_by_reason() {
        let Some(first) = report.refused.iter().find(|refused| refused.reason.code() == reason) else {
            continue;
        };
        let (number, field, why) = (first.number, first.reason.field(), first.reason.said(lang));
        lines.push(say!(
            lang,
            "avvisade: {count}, först objekt {number}, {field}: {why}",
            "{count} refused, first feature {number}, {field}: {why}"
        ));
    }
    lines.extend(of_remarks(report, lang));
    lines
}

/// What was guessed or is not clear, without what was refused.
pub fn of_remarks(report: &LayerReport, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let whole: Vec<&RemarkKind> =
        report.remarks.iter().filter(|remark| remark.number.is_none()).map(|remark| &remark.kind).collect();
    lines.extend(whole.iter().take(NAMED).map(|kind| kind.said(lang)));
    if whole.len() > NAMED {
        let more = whole.len() - NAMED;
        lines.push(say!(lang, "… och {more} till", "… and {more} more"));
    }
    let of_features =
        ["ambiguous_number", "duplicate_id", "unknown_attribute_value", "names_other_area", "not_joined"];
    for code in of_features {
        let of_code = || report.remarks.iter().filter(|remark| remark.kind.code() == code);
        if let Some(first) = of_code().next() {
            let (number, count) = (first.number.unwrap_or(0), of_code().count());
            let text = first.kind.said(lang);
            lines.push(say!(lang, "objekt {number}: {text} ({count})", "feature {number}: {text} ({count})"));
        }
    }
    lines
}

/// Only what changes figures, each line with its file: for commands whose output is for machines.
pub fn warnings(results: &Results, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for layer in &results.project.layers {
        let Some(report) = results.report(layer) else { continue };
        lines.extend(
            of_report(report, lang).into_iter().map(|line| format!("{}: {line}", layer.called(lang))),
        );
    }
    lines.extend(results.situation.counted_twice.iter().map(|twice| counted_twice(twice, results, lang)));
    for layer in &results.project.roads {
        let says = layer.roads.report.warnings(lang).into_iter();
        lines.extend(says.map(|text| format!("{}: {text}", layer.name)));
    }
    lines
}

/// The lines of every layer and road file of a result.
pub fn of_results(results: &Results, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !results.over_water.is_empty() {
        lines.push(over_water(results.over_water.iter().map(|place| place.name.as_str()), lang));
    }
    lines.extend(results.project.layers.iter().filter_map(|layer| of_context(layer, lang)));
    for layer in &results.project.layers {
        let Some(report) = results.report(layer) else { continue };
        let (name, used, read) = (shown_name(layer.called(lang)), report.features_used, report.features_in);
        let (refused, remarks) = (report.refused.len(), report.remarks.len());
        lines.push(say_many!(
            lang,
            remarks,
            "{name}: {used} av {read} objekt används, avvisade: {refused}, {remarks} anmärkning"
                | "{name}: {used} av {read} objekt används, avvisade: {refused}, {remarks} anmärkningar",
            "{name}: {used} of {read} features used, {refused} refused, {remarks} remark"
                | "{name}: {used} of {read} features used, {refused} refused, {remarks} remarks"
        ));
        let ways = report.area_ways.map(|ways| ways.said(lang));
        lines.extend(of_report(report, lang).into_iter().chain(ways).map(|line| format!("  {line}")));
    }
    for twice in &results.situation.counted_twice {
        lines.push(counted_twice(twice, results, lang));
    }
    for layer in &results.project.roads {
        let (name, report) = (&layer.name, &layer.roads.report);
        let used = lang.count(usize::try_from(report.ways_used).unwrap_or(usize::MAX));
        let refused =
            lang.count(usize::try_from(report.ways_refused.values().sum::<u64>()).unwrap_or(usize::MAX));
        lines.push(say_many!(
            lang,
            report.ways_used,
            "{name}: {used} väg används, avvisade vägar: {refused}"
                | "{name}: {used} vägar används, avvisade vägar: {refused}",
            "{name}: {used} road used, {refused} roads refused"
                | "{name}: {used} roads used, {refused} roads refused"
        ));
        let assumed = assumed_crs(layer, lang);
        let said = assumed.into_iter().chain(report.warnings(lang)).chain(report.left_out(lang));
        lines.extend(said.map(|text| format!("  {text}")));
    }
    lines
}

/// What a layer of places or of water cannot tell, though it is there for that.
fn of_context(layer: &Layer, lang: Lang) -> Option<String> {
    let name = &layer.name;
    match layer.role {
        Role::Context(ContextUse::Places)
            if recognise::place_population_field(&layer.table.columns).is_none() =>
        {
            Some(say!(
                lang,
                "{name}: ingen kolumn med folkmängd känns igen. Tätorter tas från befolkningsrutorna. Döp kolumnen till population",
                "{name}: no column of people is recognised. Localities are taken from the cells of population. Call the column population"
            ))
        }
        Role::Context(ContextUse::Water) => without_shores(&layer.table).then(|| no_shores(name, lang)),
        _ => None,
    }
}

/// That a file of roads names no coordinate reference system, and which one was taken.
pub fn assumed_crs(layer: &RoadLayer, lang: Lang) -> Option<String> {
    let crs = layer.source.crs.name();
    layer.source.crs_assumed.then(|| {
        say!(
            lang,
            "filen anger inget känt koordinatsystem; koordinaterna läses som {crs}",
            "the file names no coordinate reference system that is known; its coordinates are read as {crs}"
        )
    })
}

/// Has a table of water neither areas nor lines?
pub fn without_shores(table: &FeatureTable) -> bool {
    table.features.iter().all(|feature| feature.shape.is_none())
}

pub fn no_shores(name: &str, lang: Lang) -> String {
    say!(
        lang,
        "{name}: inga ytor eller linjer. Lagret hindrar därför ingen från att gå över vatten",
        "{name}: no areas or lines, so the layer stops no walk across water"
    )
}

fn counted_twice(twice: &crate::model::CountedTwice, results: &Results, lang: Lang) -> String {
    let name = |id| results.project.layer(id).map(|layer| layer.name.clone()).unwrap_or_default();
    let (layer, other) = (name(twice.layer), name(twice.already_in));
    let (people, persons) = (lang.people(twice.people), lang.persons(twice.people));
    let cells = match (twice.cells, lang) {
        (1, Lang::Sv) => "1 ruta".to_owned(),
        (1, Lang::En) => "1 cell".to_owned(),
        (many, _) => format!("{} {}", lang.count(many), lang.pick("rutor", "cells")),
    };
    if twice.is_dropped {
        return say!(
            lang,
            "{layer}: {cells} med {people} invånare räknades inte, finns redan i {other}",
            "{layer}: {cells} with {persons} left out, already in {other}"
        );
    }
    let same = if twice.is_same_file { lang.pick(" (samma fil)", " (the same file)") } else { "" };
    let are = if lang.is_one(twice.people) { "is" } else { "are" };
    say!(
        lang,
        "{people} invånare räknas två gånger: {cells} i {layer} finns redan i {other}{same}. Ta bort den ena filen, eller ange --count-once",
        "{persons} {are} counted twice: {cells} in {layer} already present in {other}{same}. Leave out one of them, or give --count-once"
    )
}

/// Places whose walk to the road crosses water, in words.
pub fn over_water<'a>(names: impl ExactSizeIterator<Item = &'a str>, lang: Lang) -> String {
    const NAMED: usize = 5;
    let count = names.len();
    let shown = names.take(NAMED).map(shown_name).collect::<Vec<_>>().join(", ");
    let more = if count > NAMED { ", …" } else { "" };
    say_many!(
        lang,
        count,
        "{count} plats har vatten mellan sig och närmaste väg, för ingen väg ligger på dess sida inom gränsen: {shown}. Kontrollera den"
            | "{count} platser har vatten mellan sig och närmaste väg, för ingen väg ligger på deras sida inom gränsen: {shown}{more}. Kontrollera dem",
        "{count} place has water between it and its road, since no road lies on its side within the limit: {shown}. Check it"
            | "{count} places have water between them and their road, since no road lies on their side within the limit: {shown}{more}. Check them"
    )
}
