//! How many have far, what do closed roads change, and which places could host a SOT point? The answers in plain words.

use super::words::short;
use crate::analysis::{AreaRow, CoverageSummary, Gap, Rural};
use crate::app::Results;
use crate::app::results::KindResult;
use crate::lang::{Lang, Said};
use crate::model::ServiceKind;
use crate::siting::Verdict;
use crate::units::{Measure, People};
use crate::{say, say_many};

/// How many have farther than the threshold to the nearest of a kind, and how many have no value and why: a sentence
/// each. Who has no value is no better off than who has far.
#[must_use]
pub fn beyond(results: &Results, kind: ServiceKind, lang: Lang) -> Vec<String> {
    let Some(result) = results.kind(kind) else {
        let none = lang.pick(
            "Den typen finns inte i data. Välj en annan eller läs in ett lager.",
            "The kind is not in the data. Choose another or load a layer.",
        );
        return vec![none.into()];
    };
    let measure = results.measure();
    let summary = &result.summary;
    let beyond = lang.people(summary.people_beyond);
    let share = lang.percent(summary.people_beyond.share_of(summary.people_total));
    let limit = short(lang, results.limit(), measure);
    let unit = kind.unit(lang);
    let farther = if measure == Measure::Time { "longer" } else { "farther" };
    let first = say_many!(
        lang,
        u8::from(lang.is_one(summary.people_beyond)),
        "{beyond} person, {share}, har längre än {limit} till närmaste {unit}."
            | "{beyond} personer, {share}, har längre än {limit} till närmaste {unit}.",
        "{beyond} person, {share}, has {farther} than {limit} to the nearest {unit}."
            | "{beyond} people, {share}, have {farther} than {limit} to the nearest {unit}."
    );
    let without = summary.people_without_value.iter().map(|(reason, people)| {
        let is_one = u8::from(lang.is_one(*people));
        let (people, why) = (lang.people(*people), reason.said(lang));
        say_many!(
            lang,
            is_one,
            "Ytterligare {people} person saknar värde: {why}."
                | "Ytterligare {people} personer saknar värde: {why}.",
            "Another {people} person has no value: {why}." | "Another {people} people have no value: {why}."
        )
    });
    std::iter::once(first).chain(without).collect()
}

/// How many of a municipality have farther than the threshold, with the whole beside it; `None` where the kind is not in
/// the data.
#[must_use]
pub fn beyond_in(results: &Results, row: &AreaRow, kind: ServiceKind, lang: Lang) -> Option<String> {
    let of_kind = row.kinds.iter().find(|known| known.kind == kind)?;
    let summary = &results.kind(kind)?.summary;
    let name = row.title(&results.situation, lang);
    let beyond = lang.people(of_kind.people_beyond);
    let share = lang.percent(of_kind.people_beyond.share_of(row.people));
    let whole = lang.percent(summary.people_beyond.share_of(summary.people_total));
    let limit = short(lang, results.limit(), results.measure());
    let unit = kind.unit(lang);
    let farther = if results.measure() == Measure::Time { "longer" } else { "farther" };
    let first = say_many!(
        lang,
        u8::from(lang.is_one(of_kind.people_beyond)),
        "{name}: {beyond} person, {share}, har längre än {limit} till närmaste {unit}. I hela området {whole}."
            | "{name}: {beyond} personer, {share}, har längre än {limit} till närmaste {unit}. I hela området {whole}.",
        "{name}: {beyond} person, {share}, has {farther} than {limit} to the nearest {unit}. In the whole area {whole}."
            | "{name}: {beyond} people, {share}, have {farther} than {limit} to the nearest {unit}. In the whole area {whole}."
    );
    if of_kind.people_without_value == People::ZERO {
        return Some(first);
    }
    let without = lang.persons(of_kind.people_without_value);
    Some(say!(lang, "{first} Utan värde: {without}.", "{first} Without a value: {without}."))
}

/// How many have water between them and their road.
#[must_use]
pub fn over_water(results: &Results, lang: Lang) -> Option<String> {
    let people: People = results.over_water.iter().map(|place| place.people).sum();
    let (places, people) = (results.over_water.len(), lang.persons(people));
    let count = lang.count(places);
    (places > 0).then(|| {
        say_many!(
            lang,
            places,
            "{count} plats ({people}) har vatten mellan sig och närmaste väg: ingen väg ligger på dess sida."
                | "{count} platser ({people}) har vatten mellan sig och närmaste väg: ingen väg ligger på deras sida.",
            "{count} place ({people}) has water between it and its road: none lies on its side."
                | "{count} places ({people}) have water between them and their road: none lies on their side."
        )
    })
}

/// What closed roads do to the figures of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closures {
    /// With the closures beside without them, and who has a longer way.
    pub figures: String,
    pub farther: Option<String>,
    /// Who reaches none at all.
    pub cut_off: Option<String>,
}

/// What the closed roads do to the figures of a kind; `None` where no road is closed.
#[must_use]
pub fn closures(result: &KindResult, measure: Measure, lang: Lang) -> Option<Closures> {
    let open = result.open.as_ref()?;
    let not_within = |summary: &CoverageSummary| summary.people_total - summary.people_within;
    let (now, before) = (not_within(&result.summary), not_within(open));
    let (now_text, more, before_text) = (lang.persons(now), lang.people(now - before), lang.people(before));
    let mean = |summary: &CoverageSummary| {
        summary.spread.mean.map_or_else(|| "–".to_owned(), |mean| lang.cost(mean, measure))
    };
    let (mean_now, mean_before) = (mean(&result.summary), mean(open));
    let figures = say!(
        lang,
        "Med vägavstängningarna har {now_text} ingen inom gränsen, {more} fler än utan dem ({before_text}). Medel {mean_now}, utan dem {mean_before}.",
        "With the road closures {now_text} have none within the threshold, {more} more than without them ({before_text}). Mean {mean_now}, without them {mean_before}."
    );
    let farther = result.farther.as_ref().map(|farther| {
        if farther.people == People::ZERO && farther.cut_off == People::ZERO {
            return lang.pick("Ingen får längre väg.", "Nobody has farther to go.").to_owned();
        }
        let people = lang.people(farther.people);
        let (by, most) = (lang.cost(farther.mean, measure), lang.cost(farther.most, measure));
        say_many!(
            lang,
            u8::from(lang.is_one(farther.people)),
            "{people} person får längre väg: i medel {by}, som mest {most}."
                | "{people} personer får längre väg: i medel {by}, som mest {most}.",
            "{people} person has farther to go: by {by} on average, {most} at most."
                | "{people} people have farther to go: by {by} on average, {most} at most."
        )
    });
    let cut_off = result.farther.as_ref().filter(|farther| farther.cut_off > People::ZERO).map(|farther| {
        let people = lang.people(farther.cut_off);
        say_many!(
            lang,
            u8::from(lang.is_one(farther.cut_off)),
            "{people} person når ingen alls." | "{people} personer når ingen alls.",
            "{people} person reaches none at all." | "{people} people reach none at all."
        )
    });
    Some(Closures { figures, farther, cut_off })
}

/// The people of a gap, where it is, and how far they have at most.
#[must_use]
pub fn gap(results: &Results, gap: &Gap, lang: Lang) -> String {
    let people = lang.persons(gap.people);
    let area = results.situation.area_name(gap.area).unwrap_or("–");
    match gap.max.map(|max| lang.cost(max, results.measure())) {
        Some(max) => {
            say!(lang, "{people}, {area}, upp till {max}", "{people}, {area}, up to {max}")
        }
        None => say!(lang, "{people}, {area}, utan värde", "{people}, {area}, without a value"),
    }
}

/// What the groups of countryside are, and what was taken for a locality.
#[must_use]
pub fn rural(results: &Results, rural: &Rural, lang: Lang) -> String {
    let terms = &results.project.parameters.rural;
    let (people, near, remote) = (
        lang.number(terms.locality_people, 0),
        lang.number(terms.near_min, 0),
        lang.number(terms.remote_min, 0),
    );
    let found = rural.localities.len();
    let count = lang.count(found);
    let localities = say_many!(
        lang,
        found,
        "{count} tätort" | "{count} tätorter",
        "{count} locality" | "{count} localities"
    );
    let from = if rural.is_from_layer {
        lang.pick("ortslagret", "the layer of places").to_owned()
    } else {
        let each = lang.number(terms.cell_people, 0);
        say!(
            lang,
            "rutorna: sammanhängande rutor med minst {each} invånare var",
            "the cells: touching cells of at least {each} people each"
        )
    };
    say!(
        lang,
        "Tillväxtanalys indelning. Glesbygd: mer än {remote} minuter med bil till en tätort med fler än {people} invånare, och öar utan fast förbindelse. Tätortsnära landsbygd: {near}–{remote} minuter. Tätort: resten. {localities}, enligt {from}. Tätorter utanför data räknas inte.",
        "The classes of Tillväxtanalys. Remote rural: more than {remote} minutes by car to a locality of more than {people} people, and islands without a fixed link. Rural near a locality: {near}–{remote} minutes. Locality: the rest. {localities}, by {from}. Localities outside the data do not count."
    )
}

/// How many places meet the minimum level, could, and cannot be judged.
#[must_use]
pub fn minimum_level(results: &Results, lang: Lang) -> String {
    let count = |verdict| {
        lang.count(results.candidates.iter().filter(|candidate| candidate.verdict == verdict).count())
    };
    let all = results.candidates.len();
    let [meets, potential, open] = [Verdict::Meets, Verdict::Potential, Verdict::CannotBeJudged].map(count);
    let said = lang.count(all);
    say_many!(
        lang,
        all,
        "Av {said} plats når {meets} lägstanivån, {potential} är potentiell och {open} kan inte bedömas än."
            | "Av {said} platser når {meets} lägstanivån, {potential} är potentiella och {open} kan inte bedömas än.",
        "Of {said} place {meets} meets the minimum level, {potential} is potential and {open} cannot be judged yet."
            | "Of {said} places {meets} meet the minimum level, {potential} are potential and {open} cannot be judged yet."
    )
}
