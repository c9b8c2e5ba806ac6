//! What did the users decide about comparing places? Weights, value functions, rules for missing values,
//! limits, pairwise judgements, which places take part. Saved with the project.
//! Does not know any place, nor how a score is computed (see `siting::ranking`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Factor, Message, SotStatus};
use crate::lang::{Lang, Said};

/// How a value becomes a worth between 0 (worst) and 1 (best).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueFunction {
    /// Straight between two ends. An end that is not given is the worst or best value among the places compared.
    Linear { worst: Option<f64>, best: Option<f64> },
    /// All or nothing: at the threshold or on its better side is 1, else 0.
    Step { at: f64 },
    /// Best at a value, falling to nothing at `below` under it and `above` over it.
    Ideal { at: f64, below: f64, above: f64 },
}

impl Default for ValueFunction {
    fn default() -> Self {
        Self::Linear { worst: None, best: None }
    }
}

/// What a missing value counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// Left out: the place is scored by what is known, the other weights share what is left.
    #[default]
    LeaveOut,
    Worst,
    /// Half way between worst and best.
    Neutral,
}

impl MissingRule {
    pub const ALL: [Self; 3] = [Self::LeaveOut, Self::Worst, Self::Neutral];

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::LeaveOut => "leave_out",
            Self::Worst => "worst",
            Self::Neutral => "neutral",
        }
    }
}

impl Said for MissingRule {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::LeaveOut => lang.pick("räknas inte med", "left out"),
            Self::Worst => lang.pick("som sämst", "as the worst"),
            Self::Neutral => lang.pick("mitt emellan", "half way"),
        }
        .into()
    }
}

/// What was decided about one factor.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FactorSetting {
    /// Not negative; only its share of the sum counts. 0 takes the factor out.
    pub weight: f64,
    pub function: ValueFunction,
    pub missing: MissingRule,
    /// A value worse than this is flagged; `None` is the program's own limit, see [`Factor::default_limit`].
    pub limit: Option<f64>,
}

impl Default for FactorSetting {
    fn default() -> Self {
        Self {
            weight: RankingModel::WEIGHT,
            function: ValueFunction::default(),
            missing: MissingRule::default(),
            limit: None,
        }
    }
}

/// How much more one factor means than another, on Saaty's scale: +3 is "the first 3 times as much",
/// −3 "the second 3 times as much", 1 "the same".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Judgement(i8);

impl Judgement {
    pub const EQUAL: Self = Self(1);

    /// `steps` from equal: 0 the same, +1 the first twice as much … +8 nine times, negative for the second.
    #[must_use]
    pub const fn from_steps(steps: i8) -> Self {
        let steps = if steps > 8 {
            8
        } else if steps < -8 {
            -8
        } else {
            steps
        };
        Self(if steps < 0 { steps - 1 } else { steps + 1 })
    }

    #[must_use]
    pub const fn steps(self) -> i8 {
        if self.0 < 0 { self.0 + 1 } else { self.0 - 1 }
    }

    /// How many times as much the first means: 1/9 to 9.
    #[must_use]
    pub fn ratio(self) -> f64 {
        let times = f64::from(self.0.unsigned_abs());
        if self.0 < 0 { 1.0 / times } else { times }
    }

    /// The judgement nearest to a ratio.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "kept within the scale first")]
    pub fn nearest(ratio: f64) -> Self {
        let times = ratio.max(1.0 / ratio).clamp(1.0, 9.0).round() as i8;
        Self(if ratio < 1.0 && times > 1 { -times } else { times })
    }

    const fn is_sound(self) -> bool {
        matches!(self.0, 1..=9 | -9..=-2)
    }
}

/// Which places are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    #[default]
    All,
    /// Those that have a SOT status.
    SotPlaces,
    /// Those ticked for export.
    Chosen,
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::All, Self::SotPlaces, Self::Chosen];

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::SotPlaces => "sot_places",
            Self::Chosen => "chosen",
        }
    }
}

impl Said for Scope {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::All => lang.pick("Alla platser", "All places"),
            Self::SotPlaces => lang.pick("SOT-platser", "SOT places"),
            Self::Chosen => lang.pick("Valda platser", "Chosen places"),
        }
        .into()
    }
}

/// Why a place is not ranked although it lies in the scope; each can be released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// It is a SOT point already: decided.
    InPlace,
    /// Paused or closed: forbidden unless released.
    Paused,
    /// Not possible today by the minimum level.
    NotPossible,
}

impl Exclusion {
    pub const ALL: [Self; 3] = [Self::InPlace, Self::Paused, Self::NotPossible];

    /// The exclusion that a status brings.
    #[must_use]
    pub const fn of_status(status: SotStatus) -> Option<Self> {
        match status {
            SotStatus::Paused | SotStatus::Closed => Some(Self::Paused),
            _ if status.is_serving() => Some(Self::InPlace),
            _ => None,
        }
    }

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::InPlace => "in_place",
            Self::Paused => "paused_or_closed",
            Self::NotPossible => "not_possible_today",
        }
    }
}

impl Said for Exclusion {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::InPlace => lang.pick("SOT-punkt på plats redan", "SOT point in place already"),
            Self::Paused => lang.pick("pausad eller nedlagd", "paused or closed"),
            Self::NotPossible => lang.pick("inte möjlig i dag", "not possible today"),
        }
        .into()
    }
}

/// Everything that was decided about comparing places.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingModel {
    settings: [FactorSetting; Factor::COUNT],
    /// By pair, the factor that stands first in [`Factor::ALL`] first.
    pub judgements: BTreeMap<(Factor, Factor), Judgement>,
    /// The factors that are judged pairwise.
    pub judged: BTreeSet<Factor>,
    pub scope: Scope,
    /// Exclusions that are released.
    pub released: BTreeSet<Exclusion>,
    /// Of the random weightings.
    pub seed: u64,
}

impl Default for RankingModel {
    fn default() -> Self {
        let mut settings = [FactorSetting::default(); Factor::COUNT];
        settings[Factor::HostViability.index()].weight = 0.0;
        Self {
            settings,
            judgements: BTreeMap::new(),
            judged: [
                Factor::PeopleWithin,
                Factor::GapPeople,
                Factor::ExtraTravel,
                Factor::Fuel,
                Factor::Town,
            ]
            .into(),
            scope: Scope::default(),
            released: BTreeSet::new(),
            seed: 20_230_525,
        }
    }
}

impl RankingModel {
    /// The weight a factor has from the start: the same for all, since no source says another.
    pub const WEIGHT: f64 = 10.0;
    /// The largest weight that can be given.
    pub const WEIGHT_MAX: f64 = 100.0;

    #[must_use]
    pub const fn setting(&self, factor: Factor) -> &FactorSetting {
        &self.settings[factor.index()]
    }

    pub const fn setting_mut(&mut self, factor: Factor) -> &mut FactorSetting {
        &mut self.settings[factor.index()]
    }

    /// The factors that count, with their shares; the shares sum to 1. None when every weight is 0.
    #[must_use]
    pub fn shares(&self) -> Vec<(Factor, f64)> {
        let counted: Vec<Factor> =
            Factor::weighed().filter(|factor| self.setting(*factor).weight > 0.0).collect();
        let sum: f64 = counted.iter().map(|factor| self.setting(*factor).weight).sum();
        counted.into_iter().map(|factor| (factor, self.setting(factor).weight / sum)).collect()
    }

    /// How the first is judged against the second, in either order.
    #[must_use]
    pub fn ratio(&self, first: Factor, second: Factor) -> Option<f64> {
        if first <= second {
            self.judgements.get(&(first, second)).map(|judgement| judgement.ratio())
        } else {
            self.judgements.get(&(second, first)).map(|judgement| 1.0 / judgement.ratio())
        }
    }

    /// What is wrong with it, if anything: a saved file may hold what no widget lets through.
    #[must_use]
    pub fn first_fault(&self) -> Option<Message> {
        for factor in Factor::ALL {
            let FactorSetting { weight, function, limit, .. } = *self.setting(factor);
            let id = factor.id();
            if !(0.0..=1e9).contains(&weight) {
                return Some(Message::new(
                    format!("{id}: en vikt är 0 eller mer"),
                    format!("{id}: a weight is 0 or more"),
                ));
            }
            let is_sound = match function {
                ValueFunction::Linear { worst, best } => {
                    [worst, best].into_iter().flatten().all(f64::is_finite)
                        && (worst.is_none() || worst != best)
                }
                ValueFunction::Step { at } => at.is_finite(),
                ValueFunction::Ideal { at, below, above } => {
                    at.is_finite() && [below, above].into_iter().all(|side| side.is_finite() && side > 0.0)
                }
            };
            if !is_sound || limit.is_some_and(|limit| !limit.is_finite()) {
                return Some(Message::new(
                    format!("{id}: ändpunkterna måste vara olika, och bredden åt varje håll större än 0"),
                    format!("{id}: the ends of a value function must differ, and its sides must be above 0"),
                ));
            }
        }
        let is_bad =
            |(pair, judgement): (&(Factor, Factor), &Judgement)| pair.0 >= pair.1 || !judgement.is_sound();
        let says =
            || Message::new("en bedömning är 1 till 9 eller −2 till −9", "a judgement is 1 to 9 or −2 to −9");
        self.judgements.iter().any(is_bad).then(says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_follow_saatys_scale() {
        for steps in -8..=8 {
            let judgement = Judgement::from_steps(steps);
            assert!(judgement.is_sound());
            assert_eq!(judgement.steps(), steps);
            assert_eq!(Judgement::nearest(judgement.ratio()), judgement, "{steps}");
            assert!((judgement.ratio() * Judgement::from_steps(-steps).ratio() - 1.0).abs() < 1e-12);
        }
        assert!((Judgement::from_steps(2).ratio() - 3.0).abs() < 1e-12);
        assert!((Judgement::from_steps(-4).ratio() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn shares_sum_to_one_and_leave_out_what_weighs_nothing() {
        let mut model = RankingModel::default();
        assert_eq!(model.shares().len(), 15);
        assert!((model.shares().iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
        for factor in Factor::ALL {
            model.setting_mut(factor).weight = 0.0;
        }
        assert!(model.shares().is_empty());
        model.setting_mut(Factor::Fuel).weight = 3.0;
        model.setting_mut(Factor::Town).weight = 1.0;
        assert_eq!(model.shares(), [(Factor::Fuel, 0.75), (Factor::Town, 0.25)]);
        assert_eq!(model.first_fault(), None);
        model.setting_mut(Factor::Fuel).function = ValueFunction::Ideal { at: 1.0, below: 0.0, above: 1.0 };
        assert!(model.first_fault().is_some());
    }
}
