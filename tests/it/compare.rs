//! Are places compared as promised? On the demo, by whole files: every score is the sum of its parts, the swap is
//! real, missing values are never zero, and the tables hold what the ranking is made of.

use std::collections::BTreeMap;
use std::path::Path;

use sotplan::app::command::Command;
use sotplan::app::export::{self, Comparison, TableStyle};
use sotplan::app::history::History;
use sotplan::app::ranking::RankingChange;
use sotplan::app::{Results, demo};
use sotplan::model::{
    Direction, Exclusion, Factor, Judgement, MissingRule, RankingModel, Scope, ServiceKind, ValueFunction,
};
use sotplan::progress::Unwatched;
use sotplan::siting::ranking::{Ranking, Swap};
use sotplan::siting::{Flag, Missing, Outcome, Reading, Rule};

use crate::board::compute;

fn results() -> Results {
    compute(&demo::project(&Unwatched).expect("the demo"))
}

fn rank(results: &Results, model: &RankingModel) -> Ranking {
    results.rank(model, &results.project.selected)
}

#[test]
fn every_score_is_the_sum_of_its_parts() {
    let results = results();
    let mut model = RankingModel::default();
    for (at, factor) in Factor::weighed().enumerate() {
        let setting = model.setting_mut(factor);
        setting.weight = f64::from(u32::try_from(at * 7 % 11).expect("small"));
        setting.missing = MissingRule::ALL[at % 3];
    }
    for model in [RankingModel::default(), model] {
        let ranking = rank(&results, &model);
        assert!(ranking.places.len() > 60);
        let mut before = f64::INFINITY;
        for place in &ranking.places {
            let Some(score) = place.score else { continue };
            let sum: f64 = place.parts.iter().map(|part| part.contribution).sum();
            assert!((score - sum).abs() < 1e-9);
            // And by the definition: known worths, weighted by what is known.
            let worths: Vec<(f64, f64)> = place
                .parts
                .iter()
                .zip(&ranking.factors)
                .filter_map(|(part, (_, share, _))| Some((*share, part.worth?)))
                .collect();
            let known: f64 = worths.iter().map(|(share, _)| share).sum();
            let defined = worths.iter().map(|(share, worth)| share * worth).sum::<f64>() / known;
            assert!((score - defined).abs() < 1e-9);
            assert!((place.parts.iter().map(|part| part.weight).sum::<f64>() - 1.0).abs() < 1e-9);
            assert!(score <= before && (0.0..=1.0).contains(&score));
            before = score;
        }
    }
}

#[test]
fn a_missing_value_is_never_a_zero() {
    let results = results();
    let bare =
        results.candidates.iter().position(|c| c.name.contains("Sveg")).expect("a store without facts");
    for factor in Factor::ALL.into_iter().filter(|factor| factor.direction() == Direction::MoreIsBetter) {
        if factor.attribute().is_some() && factor != Factor::Town {
            assert_eq!(results.readings[bare][factor.index()], Err(Missing::NotRecorded));
        }
    }
    let score = |rule| {
        let mut model = RankingModel::default();
        for factor in Factor::weighed() {
            model.setting_mut(factor).missing = rule;
        }
        let ranking = rank(&results, &model);
        let place = ranking.places.into_iter().find(|place| place.candidate == bare).expect("ranked");
        (place.score.expect("a score"), place.known)
    };
    let [left_out, worst, neutral] = MissingRule::ALL.map(score);
    assert!(worst.0 < neutral.0, "the rule is seen in the score");
    // Left out, the score is that of the known share alone.
    assert!((left_out.0 * left_out.1 - worst.0).abs() < 1e-9);
    assert!((worst.0 + 0.5 * (1.0 - worst.1) - neutral.0).abs() < 1e-9);
    assert!((left_out.1 - 8.0 / 15.0).abs() < 1e-9, "eight of fifteen are computed");
}

#[test]
fn a_kind_that_is_not_loaded_is_not_known_rather_than_absent() {
    let mut project = demo::project(&Unwatched).expect("the demo");
    let kinds = |project: &sotplan::model::Project| -> Vec<Reading> {
        compute(project).readings.iter().map(|readings| readings[Factor::Kinds.index()]).collect()
    };
    assert!(kinds(&project).iter().all(Result::is_ok));
    project.layers.retain(|layer| layer.name != "Apotek");
    let without = kinds(&project);
    assert!(without.len() > 60);
    assert!(without.iter().all(|reading| *reading == Err(Missing::NoLayer(ServiceKind::Pharmacy))));
}

#[test]
fn fuel_too_far_away_is_told_once_whatever_limit_is_set() {
    let results = results();
    let told = |limit: Option<f64>| -> Vec<(usize, bool, bool)> {
        let mut model = RankingModel::default();
        model.setting_mut(Factor::Fuel).limit = limit;
        let of = |at: usize| {
            let flags = results.flags(at, &model).flags;
            let is_beyond = |flag: &Flag| matches!(flag, Flag::Beyond { factor: Factor::Fuel, .. });
            (at, flags.contains(&Flag::NotMet(Rule::M5)), flags.iter().any(is_beyond))
        };
        (0..results.candidates.len()).map(of).collect()
    };
    let is_not_met = |at: usize| {
        let rules = &results.candidates[at].rules;
        rules.iter().any(|rule| rule.rule == Rule::M5 && rule.outcome == Outcome::NotMet)
    };
    let not_met = (0..results.candidates.len()).filter(|at| is_not_met(*at)).count();
    assert!(not_met > 0, "some place has fuel too far away");
    for (at, rule, factor) in told(None) {
        // Also places that no rule judges have their flag.
        assert!(!rule && (factor || !is_not_met(at)), "the factor's limit is that of the rule");
    }
    for (at, rule, factor) in told(Some(1e6)) {
        assert_eq!((rule, factor), (is_not_met(at), false), "a wider limit does not hide the rule");
    }
}

#[test]
fn the_swap_that_is_said_swaps_the_first_two() {
    let results = results();
    let model = RankingModel::default();
    let ranking = rank(&results, &model);
    let Some(Swap::Change { column, from, to }) = ranking.swap else { panic!("{:?}", ranking.swap) };
    let factor = ranking.factors[column].0;
    assert!((from - 1.0 / 15.0).abs() < 1e-12);
    let (first, second) = (ranking.places[0].candidate, ranking.places[1].candidate);
    // As weights: the others keep theirs, and this one gets its share of the whole.
    let rank_at = |share: f64| {
        let weight = 140.0 * share / (1.0 - share);
        let mut changed = model.clone();
        changed.setting_mut(factor).weight = weight;
        let ranking = rank(&results, &changed);
        let of =
            |candidate| ranking.places.iter().find(|place| place.candidate == candidate).expect("there").rank;
        (of(first), of(second))
    };
    let step = (to - from).signum() * 1e-6;
    let (before, after) = (rank_at(to - step), rank_at(to + step));
    assert!(before.0 < before.1, "{before:?}");
    assert!(after.1 < after.0, "{after:?}");
}

#[test]
fn exclusions_are_told_and_can_be_released() {
    let results = results();
    let mut model = RankingModel::default();
    model.scope = Scope::SotPlaces;
    let ranking = rank(&results, &model);
    let count = |ranking: &Ranking, why| ranking.left_out.iter().filter(|(_, known)| *known == why).count();
    assert_eq!(ranking.places.len() + ranking.left_out.len(), 9);
    assert_eq!((count(&ranking, Exclusion::InPlace), count(&ranking, Exclusion::Paused)), (3, 2));
    model.released.insert(Exclusion::InPlace);
    assert_eq!(rank(&results, &model).places.len(), ranking.places.len() + 3);
    model.scope = Scope::Chosen;
    assert!(rank(&results, &model).places.is_empty(), "nothing is chosen");
}

#[test]
fn each_change_is_undone_and_computes_no_travel() {
    let results = results();
    let project = results.project.clone();
    let mut history = History::default();
    for change in [
        RankingChange::Weight(Factor::Fuel, 33.0),
        RankingChange::Function(Factor::Fuel, ValueFunction::Step { at: 2.0 }),
        RankingChange::Missing(Factor::Fuel, MissingRule::Worst),
        RankingChange::Limit(Factor::Rescue, Some(20.0)),
        RankingChange::Judge(Factor::Fuel, Factor::Town, Some(Judgement::from_steps(3))),
        RankingChange::Scope(Scope::SotPlaces),
        RankingChange::Release(Exclusion::Paused, true),
        RankingChange::Seed(1),
    ] {
        let next = history.edit(&project, Command::Rank(change.clone()), None);
        assert_ne!(next.ranking, project.ranking, "{change:?}");
        assert!(results.is_current(&next), "{change:?}");
        let back = history.undo(&next).expect("a step");
        assert_eq!(back.ranking, project.ranking, "{change:?}");
        assert_eq!(history.redo(&back).expect("a step").ranking, next.ranking);
        history.forget();
    }
}

fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    reader.deserialize().collect::<Result<_, _>>().expect("rows")
}

#[test]
fn an_analyst_can_follow_every_figure_in_the_tables() {
    let results = results();
    let model = RankingModel::default();
    let comparison = Comparison::new(&results, &model, &results.project.selected);
    let folder = tempfile::tempdir().expect("a folder");
    let (factors, ranks) = (folder.path().join("factors.csv"), folder.path().join("ranking.csv"));
    export::write_factor_table(&factors, &results, &comparison, &model, TableStyle::Plain).expect("written");
    export::write_ranking_table(&ranks, &results, &comparison, TableStyle::Plain).expect("written");
    let rows = table(&factors);
    assert_eq!(rows.len(), results.candidates.len() * Factor::COUNT);
    let number = |text: &str| text.parse::<f64>().ok();
    for ranked in table(&ranks).iter().filter(|row| row["left_out"].is_empty()) {
        let own: Vec<_> = rows.iter().filter(|row| row["id"] == ranked["id"]).collect();
        let sum: f64 =
            own.iter().filter_map(|row| Some(number(&row["worth"])? * number(&row["weight_used"])?)).sum();
        let score = number(&ranked["score"]).expect("a score");
        assert!((sum - score).abs() < 1e-7, "{}: {sum} {score}", ranked["name"]);
        let parts: f64 = Factor::weighed()
            .filter_map(|factor| number(&ranked[&format!("{}_contribution", factor.id())]))
            .sum();
        assert!((parts - score).abs() < 1e-7);
    }
    // What is recorded has its evidence, what is missing its reason.
    for row in &rows {
        assert_eq!(row["value"].is_empty(), !row["missing"].is_empty(), "{row:?}");
        assert!(row["source"] != "recorded" || row["evidence_kind"] == "register", "{row:?}");
    }
    let hallen = rows.iter().find(|row| row["name"].contains("Hallen") && row["factor"] == "containers");
    assert_eq!(hallen.map(|row| (row["value"].as_str(), row["flagged"].as_str())), Some(("2", "yes")));
    let left_out = table(&ranks).iter().filter(|row| !row["left_out"].is_empty()).count();
    assert_eq!(left_out, comparison.ranking.left_out.len());
}
