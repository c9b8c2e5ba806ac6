//! What can be changed about comparing places? Closed changes of a ranking model; each makes the next one.
//! Also the weights that pairwise judgements come to. Does not know the window.

use std::collections::BTreeMap;

use crate::lang::{Lang, Said};
use crate::model::{
    Exclusion, Factor, FactorSetting, Judgement, MissingRule, RankingModel, Scope, ValueFunction,
};
use crate::siting::ranking::ahp::{Judgements, Solution};

/// A change of how places are compared.
#[derive(Debug, Clone, PartialEq)]
pub enum RankingChange {
    Weight(Factor, f64),
    /// Each weight as given; factors that are not named weigh nothing.
    Weights(BTreeMap<Factor, f64>),
    /// The same weight for all.
    EqualWeights,
    Function(Factor, ValueFunction),
    Missing(Factor, MissingRule),
    /// `None` is the program's own limit again.
    Limit(Factor, Option<f64>),
    /// How much more the first means than the second; `None` takes the answer back.
    Judge(Factor, Factor, Option<Judgement>),
    /// Whether a factor is judged pairwise.
    Judged(Factor, bool),
    Scope(Scope),
    /// Whether an exclusion is released.
    Release(Exclusion, bool),
    Seed(u64),
    /// Everything as somebody else has it.
    Set(Box<RankingModel>),
    /// Everything as it is from the start.
    Reset,
}

impl RankingChange {
    /// The model after the change.
    #[must_use]
    pub fn apply(&self, model: &RankingModel) -> RankingModel {
        let mut next = model.clone();
        match self {
            Self::Weight(factor, weight) => next.setting_mut(*factor).weight = bounded(*weight),
            Self::Weights(weights) => {
                for factor in Factor::ALL {
                    next.setting_mut(factor).weight = bounded(weights.get(&factor).copied().unwrap_or(0.0));
                }
            }
            Self::EqualWeights => {
                for factor in Factor::weighed() {
                    next.setting_mut(factor).weight = FactorSetting::default().weight;
                }
            }
            Self::Function(factor, function) => next.setting_mut(*factor).function = *function,
            Self::Missing(factor, rule) => next.setting_mut(*factor).missing = *rule,
            Self::Limit(factor, limit) => next.setting_mut(*factor).limit = *limit,
            Self::Judge(first, second, judgement) => {
                let (pair, judgement) = if first <= second {
                    ((*first, *second), *judgement)
                } else {
                    let turned = |judgement: Judgement| Judgement::from_steps(-judgement.steps());
                    ((*second, *first), judgement.map(turned))
                };
                match judgement {
                    Some(judgement) => next.judgements.insert(pair, judgement),
                    None => next.judgements.remove(&pair),
                };
            }
            Self::Judged(factor, true) => drop(next.judged.insert(*factor)),
            Self::Judged(factor, false) => drop(next.judged.remove(factor)),
            Self::Scope(scope) => next.scope = *scope,
            Self::Release(exclusion, true) => drop(next.released.insert(*exclusion)),
            Self::Release(exclusion, false) => drop(next.released.remove(exclusion)),
            Self::Seed(seed) => next.seed = *seed,
            Self::Set(model) => next = RankingModel::clone(model),
            Self::Reset => next = RankingModel::default(),
        }
        next
    }
}

fn bounded(weight: f64) -> f64 {
    if weight.is_finite() { weight.clamp(0.0, RankingModel::WEIGHT_MAX) } else { 0.0 }
}

impl Said for RankingChange {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Weight(..) | Self::Weights(_) | Self::EqualWeights => {
                lang.pick("ändra vikt", "change weight")
            }
            Self::Function(..) => lang.pick("ändra värdefunktion", "change value function"),
            Self::Missing(..) => {
                lang.pick("ändra regel för saknade värden", "change rule for missing values")
            }
            Self::Limit(..) => lang.pick("ändra gräns för flagga", "change limit of a flag"),
            Self::Judge(..) | Self::Judged(..) => {
                lang.pick("ändra parvis bedömning", "change pairwise judgement")
            }
            Self::Scope(_) | Self::Release(..) => {
                lang.pick("ändra vad som jämförs", "change what is compared")
            }
            Self::Seed(_) => lang.pick("ändra slumpfrö", "change seed"),
            Self::Set(_) => lang.pick("hämta in hur platser jämförs", "take how places are compared"),
            Self::Reset => lang.pick("återställ jämförelsen", "reset the comparison"),
        }
        .into()
    }
}

/// The judgements of a model, in the order of its judged factors.
#[must_use]
pub fn judgements(model: &RankingModel) -> (Vec<Factor>, Judgements) {
    let factors: Vec<Factor> = model.judged.iter().copied().collect();
    let judgements = Judgements::new(factors.len(), |i, j| model.ratio(factors[i], factors[j]));
    (factors, judgements)
}

/// The weights of a solution, the largest 100, as [`RankingChange::Weights`] takes them.
#[must_use]
pub fn weights(factors: &[Factor], solution: &Solution) -> BTreeMap<Factor, f64> {
    let largest = solution.weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let scaled = solution.weights.iter().map(|weight| RankingModel::WEIGHT_MAX * weight / largest);
    factors.iter().copied().zip(scaled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_reads_the_same_from_both_sides() {
        let model = RankingModel::default();
        let three = Judgement::from_steps(2);
        let next = RankingChange::Judge(Factor::Town, Factor::Fuel, Some(three)).apply(&model);
        assert_eq!(next.ratio(Factor::Town, Factor::Fuel), Some(3.0));
        assert_eq!(next.ratio(Factor::Fuel, Factor::Town).map(|ratio| (ratio * 3.0).round()), Some(1.0));
        assert_eq!(next.first_fault(), None);
        let back = RankingChange::Judge(Factor::Fuel, Factor::Town, None).apply(&next);
        assert_eq!(back, model);
    }

    #[test]
    fn judgements_become_weights_in_their_proportions() {
        let mut model = RankingModel::default();
        model.judged = [Factor::GapPeople, Factor::Fuel].into();
        model = RankingChange::Judge(Factor::GapPeople, Factor::Fuel, Some(Judgement::from_steps(3)))
            .apply(&model);
        let (factors, judgements) = judgements(&model);
        let solution = judgements.solve().expect("one pair, answered");
        let next = RankingChange::Weights(weights(&factors, &solution)).apply(&model);
        let shares = next.shares();
        assert_eq!(shares.len(), 2, "the others weigh nothing");
        assert!((shares[0].1 - 0.8).abs() < 1e-9 && (shares[1].1 - 0.2).abs() < 1e-9);
    }
}
