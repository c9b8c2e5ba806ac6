//! What does the user ask? A question about where SOT points should stand, as it is stored with a project.

use serde::{Deserialize, Serialize};

use crate::location::{Effort, Objective, Role};
use crate::model::SiteId;
use crate::units::{Cost, Measure};

/// How much may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Exactly this many places, those that exist included.
    Sites(usize),
    /// Places that cost at most this together.
    Budget(f64),
    /// As many as are needed to reach everyone; for [`Objective::Lscp`] only.
    AsNeeded,
}

/// How the worth of a place falls with the way there.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecaySaid {
    #[default]
    None,
    /// From whole at the place to nothing at the threshold.
    Linear,
    /// Half at this cost.
    Exponential { half: Cost },
}

/// What a hand decides of a place, whatever its status says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ByHand {
    pub site: SiteId,
    #[serde(with = "role_by_id")]
    pub role: Role,
    /// Why, in the user's words; may be empty.
    pub why: String,
}

/// What a place costs, said by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceByHand {
    pub site: SiteId,
    pub price: f64,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EffortSaid {
    /// Stop after this long, seconds; `None` = when it is proven.
    pub seconds: Option<f64>,
    /// Be content with this relative gap.
    pub gap: f64,
    pub seed: u64,
}

impl Default for EffortSaid {
    fn default() -> Self {
        let Effort { seconds, gap, seed } = Effort::default();
        Self { seconds, gap, seed }
    }
}

impl From<EffortSaid> for Effort {
    fn from(said: EffortSaid) -> Self {
        Self { seconds: said.seconds, gap: said.gap, seed: said.seed }
    }
}

/// A question. Serialisable, so that a project keeps it under a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    #[serde(with = "objective_by_id")]
    pub objective: Objective,
    pub amount: Amount,
    /// What the threshold counts in; a question is not asked of results that count in the other.
    pub measure: Measure,
    /// Within means at most this. Without one, an objective that needs one takes the project's.
    pub threshold: Option<Cost>,
    /// The column of the population layers that counts the group; `None` = everyone.
    pub group: Option<String>,
    /// Pairs that never stand in one plan, decided by hand.
    pub exclusive: Vec<[SiteId; 2]>,
    /// Does "in favour of" in the data make such a pair too?
    pub in_favour_excludes: bool,
    pub by_hand: Vec<ByHand>,
    pub decay: DecaySaid,
    /// Is there no plan if somebody cannot be reached? Otherwise they are left out, and named.
    pub require_all: bool,
    /// The column or attribute with what a place costs.
    pub cost_field: Option<String>,
    /// What a new place costs of which neither the column nor a hand says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat_price: Option<f64>,
    /// Goes before the column.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<PriceByHand>,
    /// The column or attribute with how many people a place has room for.
    pub capacity_field: Option<String>,
    pub effort: EffortSaid,
}

impl Question {
    /// Does anything say what places cost?
    #[must_use]
    pub fn has_prices(&self) -> bool {
        self.cost_field.is_some() || self.flat_price.is_some() || !self.prices.is_empty()
    }

    /// The decay, where the objective knows one.
    #[must_use]
    pub fn counted_decay(&self) -> DecaySaid {
        if self.objective.may_decay() { self.decay } else { DecaySaid::None }
    }
}

impl Default for Question {
    fn default() -> Self {
        Self {
            objective: Objective::PMedian,
            amount: Amount::Sites(9),
            measure: Measure::Distance,
            threshold: None,
            group: None,
            exclusive: Vec::new(),
            in_favour_excludes: true,
            by_hand: Vec::new(),
            decay: DecaySaid::None,
            require_all: false,
            cost_field: None,
            flat_price: None,
            prices: Vec::new(),
            capacity_field: None,
            effort: EffortSaid::default(),
        }
    }
}

mod objective_by_id {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::location::Objective;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    pub fn serialize<S: Serializer>(objective: &Objective, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(objective.id())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Objective, D::Error> {
        let id = String::deserialize(from)?;
        Objective::parse(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown objective {id}")))
    }
}

mod role_by_id {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::super::places::{role_from_id, role_id};
    use crate::location::Role;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    pub fn serialize<S: Serializer>(role: &Role, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(role_id(*role))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Role, D::Error> {
        let id = String::deserialize(from)?;
        role_from_id(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown role {id}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_survives_being_stored() {
        let site = |n| SiteId::Added(n);
        let question = Question {
            objective: Objective::Mclp,
            amount: Amount::Budget(2.5e6),
            threshold: Some(Measure::Distance.from_units(20.0)),
            group: Some("80+".into()),
            exclusive: vec![[site(1), site(2)]],
            by_hand: vec![ByHand { site: site(3), role: Role::Forbidden, why: "sold".into() }],
            decay: DecaySaid::Exponential { half: Measure::Distance.from_units(5.0) },
            flat_price: Some(1.5e6),
            prices: vec![PriceByHand { site: site(4), price: 0.1 + 0.2 }],
            ..Question::default()
        };
        let text = serde_json::to_string(&question).expect("JSON");
        assert_eq!(serde_json::from_str::<Question>(&text).expect("read"), question);
        assert_eq!(serde_json::from_str::<Question>("{}").expect("read"), Question::default());
    }
}
