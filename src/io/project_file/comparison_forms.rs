//! In which form is what was chosen about comparing places saved: which lie side by side, and how they are ranked?

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::forms::Form;
use crate::model::{
    Compared, Exclusion, Factor, FactorSetting, Judgement, RankingModel, Scope, Side, SiteId,
};

/// Which places lie side by side; a project of an older version compares none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ComparisonForm {
    pub places: Vec<SiteId>,
    pub reference: Option<SiteId>,
    /// Saved plans; the reference may be one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_plan: Option<u32>,
}

impl Form for ComparisonForm {
    const NAME: &'static str = "comparison";
}

impl From<&Compared> for ComparisonForm {
    fn from(of: &Compared) -> Self {
        let Compared { places, plans, reference } = of.clone();
        let (reference, reference_plan) = match reference {
            None => (None, None),
            Some(Side::Place(site)) => (Some(site), None),
            Some(Side::Plan(id)) => (None, Some(id)),
        };
        Self { places, reference, plans, reference_plan }
    }
}

impl ComparisonForm {
    /// Each place once, and no reference that is not among them.
    pub fn into_model(self) -> Compared {
        let places = self.places.into_iter().map(Side::Place);
        let sides = places.chain(self.plans.into_iter().map(Side::Plan));
        let compared = sides.fold(Compared::default(), Compared::with);
        let reference = self.reference.map(Side::Place).or(self.reference_plan.map(Side::Plan));
        let reference = reference.filter(|side| compared.has(side));
        Compared { reference, ..compared }
    }
}

/// How places are compared; a project of an older version is compared by the defaults.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct RankingForm {
    /// A factor that is not named has its default.
    pub factors: BTreeMap<Factor, FactorSetting>,
    pub judged: BTreeSet<Factor>,
    pub judgements: Vec<JudgementForm>,
    pub scope: Scope,
    pub released: BTreeSet<Exclusion>,
    pub seed: u64,
}

impl Form for RankingForm {
    const NAME: &'static str = "ranking";
}

/// A list item, since a JSON key cannot be a pair.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct JudgementForm {
    pub first: Factor,
    pub second: Factor,
    pub times: Judgement,
}

impl From<&RankingModel> for RankingForm {
    fn from(model: &RankingModel) -> Self {
        let judgement = |((first, second), times): (&(Factor, Factor), &Judgement)| (*first, *second, *times);
        Self {
            factors: Factor::ALL.into_iter().map(|factor| (factor, *model.setting(factor))).collect(),
            judged: model.judged.clone(),
            judgements: model
                .judgements
                .iter()
                .map(judgement)
                .map(|(first, second, times)| JudgementForm { first, second, times })
                .collect(),
            scope: model.scope,
            released: model.released.clone(),
            seed: model.seed,
        }
    }
}

impl Default for RankingForm {
    fn default() -> Self {
        Self::from(&RankingModel::default())
    }
}

impl RankingForm {
    pub fn into_model(self) -> RankingModel {
        let mut model = RankingModel::default();
        model.judgements = self.judgements.into_iter().map(|j| ((j.first, j.second), j.times)).collect();
        model.judged = self.judged;
        model.scope = self.scope;
        model.released = self.released;
        model.seed = self.seed;
        for (factor, setting) in self.factors {
            *model.setting_mut(factor) = setting;
        }
        model
    }
}
