//! What does the ranking say, in plain words? Who is first, what would turn it, and what the other method says.

use super::words::short_number;
use crate::app::Results;
use crate::app::siting::places;
use crate::lang::{Lang, Said};
use crate::model::Factor;
use crate::say;
use crate::siting::ranking::ahp::Odd;
use crate::siting::ranking::{Ranking, Shares, Swap};

/// A score as users read it: 0 to 100.
#[must_use]
pub fn points(score: f64, lang: Lang) -> String {
    lang.number(score * 100.0, 1)
}

/// Who is first.
#[must_use]
pub fn first(results: &Results, ranking: &Ranking, lang: Lang) -> String {
    let scored: Vec<_> = ranking.places.iter().filter(|place| place.score.is_some()).collect();
    let name = |at: usize| results.candidates[at].name.as_str();
    match scored.as_slice() {
        [] if ranking.factors.is_empty() => {
            lang.pick("Alla vikter är 0: inget jämförs.", "All weights are 0: nothing is compared.").into()
        }
        [] => lang.pick("Inga platser att rangordna.", "No places to rank.").into(),
        [only, ..] if scored.iter().filter(|place| place.rank == 1).count() > 1 => {
            let count = lang.count(scored.iter().filter(|place| place.rank == 1).count());
            let score = points(only.score.unwrap_or_default(), lang);
            say!(
                lang,
                "{count} platser delar första plats med {score} av 100.",
                "{count} places share the first rank with {score} of 100."
            )
        }
        [first, ..] => {
            let (name, score) = (name(first.candidate), points(first.score.unwrap_or_default(), lang));
            let count = lang.count(scored.len());
            if first.known < 0.995 {
                let known = lang.percent(first.known);
                return say!(
                    lang,
                    "Först av {count}: {name}, {score} av 100, räknat på {known} av vikten. För resten saknas uppgift.",
                    "First of {count}: {name}, {score} of 100, based on {known} of the weight; the rest has no data."
                );
            }
            say!(
                lang,
                "Först av {count}: {name}, {score} av 100.",
                "First of {count}: {name}, {score} of 100."
            )
        }
    }
}

/// How often the first comes first, whatever the weights.
#[must_use]
pub fn stability(
    results: &Results,
    ranking: &Ranking,
    shares: Option<&Shares>,
    lang: Lang,
) -> Option<String> {
    let first = ranking.places.first().filter(|place| place.score.is_some())?;
    let Some(shares) = shares else {
        return Some(lang.pick("Drar slumpvikter…", "Drawing random weights…").into());
    };
    let name = &results.candidates[first.candidate].name;
    let share = lang.percent(*shares.first.get(first.row)?);
    let three = lang.percent(*shares.among_three.get(first.row)?);
    Some(say!(
        lang,
        "Med slumpade vikter: {name} är först i {share} av alla viktningar och bland de tre första i {three}.",
        "With quite other weights? {name} is first in {share} of all weightings and among the first three in {three}."
    ))
}

/// What would put the second before the first.
#[must_use]
pub fn swap(results: &Results, ranking: &Ranking, lang: Lang) -> Option<String> {
    let [first, second, ..] = ranking.places.as_slice() else { return None };
    let name = |at: usize| results.candidates[at].name.as_str();
    let (first, second) = (name(first.candidate), name(second.candidate));
    match ranking.swap? {
        Swap::TooFew => None,
        Swap::Equal => Some(say!(
            lang,
            "{first} och {second} har samma poäng.",
            "{first} and {second} have the same score."
        )),
        Swap::Never => Some(say!(
            lang,
            "Ingen ändring av en enda vikt sätter {second} före {first}.",
            "No change of a single weight puts {second} before {first}."
        )),
        Swap::Change { column, from, to } => {
            let factor = ranking.factors[column].0.said(lang).to_lowercase();
            let (from, to) = (lang.percent(from), lang.percent(to));
            Some(say!(
                lang,
                "Minsta ändring som byter plats på de två första: går vikten för {factor} från {from} till {to} går {second} före {first}. De andra vikterna behåller sina proportioner.",
                "Smallest change that swaps the first two: if the weight of {factor} goes from {from} to {to}, {second} goes before {first}. The other weights keep their proportions."
            ))
        }
    }
}

/// What the cross-check says of the first.
#[must_use]
pub fn cross_check(results: &Results, ranking: &Ranking, lang: Lang) -> Option<String> {
    let first = ranking.places.first().filter(|place| place.score.is_some())?;
    let other = ranking.places.iter().find(|place| place.other_rank == 1)?;
    if first.other_rank == 1 {
        return Some(
            lang.pick(
                "En annan räknemetod (TOPSIS) sätter samma plats först.",
                "Another method (TOPSIS) puts the same place first.",
            )
            .into(),
        );
    }
    let (name, rank) = (&results.candidates[other.candidate].name, lang.count(first.other_rank));
    let own = &results.candidates[first.candidate].name;
    Some(say!(
        lang,
        "En annan räknemetod (TOPSIS) sätter {name} först och {own} på plats {rank}: se efter vad som skiljer.",
        "Another method (TOPSIS) puts {name} first and {own} at rank {rank}: look at what differs."
    ))
}

/// How many places have something to look out for, and something to ask about.
#[must_use]
pub fn flagged(all: usize, flagged: usize, asked: usize, lang: Lang) -> String {
    let (all, flagged, asked) = (places(all, lang), lang.count(flagged), lang.count(asked));
    say!(
        lang,
        "Av {all} har {flagged} något att se upp med och {asked} något att fråga om.",
        "Of {all}, {flagged} have something to look out for and {asked} something to ask about."
    )
}

/// The judgement that fits worst, in words.
#[must_use]
pub fn odd(factors: &[Factor], odd: &Odd, lang: Lang) -> String {
    let name = |at: usize| factors.get(at).map(|factor| factor.said(lang)).unwrap_or_default();
    let said = |ratio: f64| {
        let (larger, smaller) = if ratio >= 1.0 { (odd.first, odd.second) } else { (odd.second, odd.first) };
        let times = short_number(lang, (ratio.max(1.0 / ratio) * 10.0).round() / 10.0);
        (name(larger), times, name(smaller))
    };
    let (larger, times, smaller) = said(odd.given);
    let (other_larger, other_times, other_smaller) = said(odd.implied);
    say!(
        lang,
        "Sämst passar: {larger} {times} gånger så viktig som {smaller}. De andra svaren säger: {other_larger} {other_times} gånger {other_smaller}.",
        "Fits worst: {larger} {times} times as important as {smaller}. The other answers say: {other_larger} {other_times} times {other_smaller}."
    )
}
