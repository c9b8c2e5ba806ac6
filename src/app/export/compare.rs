//! How is a comparison followed by hand? Every factor of every place with its source, and the ranking with its parts.
//! Column names are documented in `docs/formats.md`.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::app::Results;
use crate::app::ranking::judgements;
use crate::app::tables::{TableStyle, Value, write_long_table, write_table};
use crate::io::IoError;
use crate::io::JsonWriter;
use crate::lang::{Lang, Said};
use crate::model::{Exclusion, Factor, FactorUnit, RankingModel, SiteId};
use crate::progress::Unwatched;
use crate::siting::ranking::{DRAWS, Ranked, Ranking, Shares, Swap, Worth, shares};
use crate::siting::{Candidate, evidence_of, fact_of, is_beyond, limit_of};

/// A ranking and how stable it is: what the window shows, and what the tables hold.
pub struct Comparison {
    pub ranking: Ranking,
    pub shares: Option<Shares>,
}

impl Comparison {
    /// Ranks by the model and draws its weightings.
    #[must_use]
    pub fn new(results: &Results, model: &RankingModel, selected: &BTreeSet<SiteId>) -> Self {
        let ranking = results.rank(model, selected);
        let shares = shares(&ranking.grid, DRAWS, model.seed, &Unwatched).ok();
        Self { ranking, shares }
    }
}

fn area<'a>(results: &'a Results, candidate: &Candidate) -> &'a str {
    results.situation.area_name(candidate.area).unwrap_or_default()
}

fn optional(value: Option<f64>, decimals: usize) -> Value {
    value.map_or(Value::Nothing, |value| Value::number(value, decimals))
}

fn text(text: impl Into<String>) -> Value {
    Value::text(text.into())
}

/// The function of a factor in words that hold its numbers.
fn function_text(worth: &Worth) -> String {
    match worth {
        Worth::Linear { worst, best } => format!("linear worst={worst} best={best}"),
        Worth::Step { at, more_is_better: true } => format!("step at>={at}"),
        Worth::Step { at, more_is_better: false } => format!("step at<={at}"),
        Worth::Ideal { at, below, above } => format!("ideal at={at} below={below} above={above}"),
    }
}

/// The columns of the table of factors.
const HEADER: [&str; 23] = [
    "id",
    "name",
    "municipality",
    "factor",
    "value",
    "unit",
    "missing",
    "limit",
    "flagged",
    "source",
    "evidence_kind",
    "evidence_who",
    "evidence_when",
    "evidence_what",
    "note",
    "direction",
    "compared",
    "function",
    "missing_rule",
    "worth",
    "weight",
    "weight_used",
    "contribution",
];

/// One row a place and factor: value, source, flag, and what it gives to the score.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_factor_table(
    path: &Path,
    results: &Results,
    comparison: &Comparison,
    model: &RankingModel,
    style: TableStyle,
) -> Result<(), IoError> {
    let ranked: FxHashMap<usize, &Ranked> =
        comparison.ranking.places.iter().map(|place| (place.candidate, place)).collect();
    let rows_of = |at: usize| {
        let place = ranked.get(&at).copied();
        let row = move |factor| factor_row(results, &comparison.ranking, model, (at, place), factor);
        Factor::ALL.into_iter().map(row)
    };
    write_long_table(path, style, &HEADER.map(String::from), results.candidates.len(), rows_of)
}

/// What is known of a factor at a place, and what it gives.
fn factor_row(
    results: &Results,
    ranking: &Ranking,
    model: &RankingModel,
    (at, place): (usize, Option<&Ranked>),
    factor: Factor,
) -> Vec<Value> {
    let (measure, candidate) = (results.measure(), &results.candidates[at]);
    let reading = results.readings[at][factor.index()];
    let limit = limit_of(factor, model, &results.project.parameters, measure);
    let beyond = |(value, limit)| is_beyond(factor, value, limit, measure);
    let flagged = reading.ok().zip(limit).is_some_and(beyond);
    let fact = factor.attribute().and_then(|id| fact_of(candidate, &results.situation, id));
    let evidence = evidence_of(factor, candidate, &results.situation);
    let source = match (fact, reading) {
        (Some(_), _) => "recorded",
        (None, Ok(_)) => "computed",
        (None, Err(_)) => "",
    };
    // Grades and yes or no stand as numbers, so that a spreadsheet can count them.
    let decimals = match factor.unit() {
        FactorUnit::Km | FactorUnit::Travel => 3,
        _ => usize::from(reading.is_ok_and(|value| value.fract().abs() > 1e-9)),
    };
    let mut row = vec![
        text(candidate.site.text()),
        text(candidate.name.clone()),
        text(area(results, candidate)),
        text(factor.id()),
        optional(reading.ok(), decimals),
        text(factor.unit().text(measure, Lang::En)),
        text(reading.err().map(crate::siting::Missing::id).unwrap_or_default()),
        optional(limit, 3),
        text(if flagged { "yes" } else { "no" }),
        text(source),
        text(evidence.kind.id()),
        text(evidence.who),
        text(evidence.when),
        text(evidence.what),
        text(fact.map(|fact| fact.note.clone()).unwrap_or_default()),
        text(factor.direction().said(Lang::En)),
    ];
    let counted = ranking.factors.iter().find(|(known, _, _)| *known == factor);
    let part = place.and_then(|place| place.parts.iter().find(|part| part.factor == factor));
    row.extend([
        text(if place.is_some() { "yes" } else { "no" }),
        text(counted.map(|(_, _, worth)| function_text(worth)).unwrap_or_default()),
        text(model.setting(factor).missing.id()),
        optional(part.and_then(|part| part.worth), 9),
        optional(counted.map(|(_, share, _)| *share), 9),
        optional(part.map(|part| part.weight), 9),
        optional(part.map(|part| part.contribution), 9),
    ]);
    row
}

/// One row a place: rank, score and its parts, TOPSIS, shares; places left out last, with the reason.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
#[expect(clippy::cast_precision_loss, reason = "ranks")]
pub fn write_ranking_table(
    path: &Path,
    results: &Results,
    comparison: &Comparison,
    style: TableStyle,
) -> Result<(), IoError> {
    let Comparison { ranking, shares } = comparison;
    let mut header: Vec<String> = [
        "rank",
        "id",
        "name",
        "municipality",
        "verdict",
        "left_out",
        "score",
        "known_weight",
        "topsis",
        "topsis_rank",
        "share_first",
        "share_among_three",
    ]
    .map(String::from)
    .into();
    header.extend(ranking.factors.iter().map(|(factor, _, _)| format!("{}_contribution", factor.id())));
    let names = |candidate: &Candidate| {
        [
            text(candidate.site.text()),
            text(candidate.name.clone()),
            text(area(results, candidate)),
            text(candidate.verdict.id()),
        ]
    };
    let ranked = ranking.places.iter().map(|place| {
        let mut fields = vec![optional(place.score.map(|_| place.rank as f64), 0)];
        fields.extend(names(&results.candidates[place.candidate]));
        fields.extend([
            text(""),
            optional(place.score, 9),
            Value::number(place.known, 6),
            optional(place.closeness, 9),
            optional(place.closeness.map(|_| place.other_rank as f64), 0),
            optional(shares.as_ref().map(|shares| shares.first[place.row]), 4),
            optional(shares.as_ref().map(|shares| shares.among_three[place.row]), 4),
        ]);
        fields.extend(place.parts.iter().map(|part| Value::number(part.contribution, 9)));
        fields
    });
    let left_out = ranking.left_out.iter().map(|(at, why)| {
        let mut fields = vec![Value::Nothing];
        fields.extend(names(&results.candidates[*at]));
        fields.push(text(why.id()));
        fields.resize_with(header.len(), || Value::Nothing);
        fields
    });
    write_table(path, style, &header, ranked.chain(left_out))
}

/// Who stands first, and the smallest change of a weight that would turn it.
fn first_members(json: &mut JsonWriter, results: &Results, comparison: &Comparison) {
    let Comparison { ranking, shares } = comparison;
    let name = |candidate: usize| results.candidates[candidate].name.as_str();
    json.key("first");
    json.begin_array();
    for place in ranking.places.iter().filter(|place| place.score.is_some() && place.rank <= 3) {
        json.begin_object();
        json.member("rank", &place.rank);
        json.member("id", &results.candidates[place.candidate].site.text());
        json.member("name", name(place.candidate));
        json.member("score", &place.score);
        json.member("topsis_rank", &place.other_rank);
        json.member("share_first", &shares.as_ref().map(|shares| shares.first[place.row]));
        json.end_object();
    }
    json.end_array();
    json.key("smallest_swap");
    match ranking.swap {
        Some(Swap::Change { column, from, to }) => {
            json.begin_object();
            json.member("factor", ranking.factors[column].0.id());
            json.number_member("weight_from", from);
            json.number_member("weight_to", to);
            json.end_object();
        }
        Some(Swap::Equal) => json.value("equal_scores"),
        Some(Swap::Never) => json.value("no_single_weight"),
        Some(Swap::TooFew) | None => json.value(&()),
    }
}

/// The comparison in the summary: what was weighed and how, and what would turn it.
pub fn ranking_member(
    json: &mut JsonWriter,
    results: &Results,
    comparison: &Comparison,
    model: &RankingModel,
) {
    let Comparison { ranking, shares } = comparison;
    json.key("ranking");
    json.begin_object();
    json.member("scope", model.scope.id());
    json.member("compared", &ranking.places.len());
    json.key("left_out");
    json.begin_object();
    for why in Exclusion::ALL {
        json.member(why.id(), &ranking.left_out.iter().filter(|(_, known)| *known == why).count());
    }
    json.end_object();
    json.key("factors");
    json.begin_array();
    for (factor, share, worth) in &ranking.factors {
        json.begin_object();
        json.member("factor", factor.id());
        json.number_member("weight", *share);
        json.member("function", &function_text(worth));
        json.member("missing", model.setting(*factor).missing.id());
        json.end_object();
    }
    json.end_array();
    first_members(json, results, comparison);
    json.member("weightings_drawn", &shares.as_ref().map(|shares| shares.draws));
    json.member("seed", &model.seed);
    let (judged, judgements) = judgements(model);
    let (answered, pairs) = judgements.answered();
    json.key("ahp");
    json.begin_object();
    json.member("judged", &judged.iter().map(|factor| factor.id()).collect::<Vec<_>>());
    json.member("answered", &answered);
    json.member("pairs", &pairs);
    let ratio = judgements.solve().filter(|_| answered > 0).and_then(|solution| solution.consistency_ratio);
    json.member("consistency_ratio", &ratio);
    json.end_object();
    json.end_object();
}
