//! What should one look at before any score? Values beyond their limits, doubts about the store, rules not met,
//! and what is not known, as questions. Does not know weights.

use super::candidates::Candidate;
use super::factors::{Missing, Readings, fact_of};
use super::minimum_level::{Outcome, Rule};
use crate::lang::{Lang, Said};
use crate::model::{
    Direction, Exclusion, FactValue, Factor, FactorUnit, Parameters, RankingModel, Situation, SotStatus,
};
use crate::units::{Measure, People, TOLERANCE};
use crate::{say, say_many};

/// Something that speaks against a place, or that has to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Flag {
    /// People who would reach no store at all if this one closed.
    LeftWithout(People),
    /// A value on the wrong side of its limit.
    Beyond {
        factor: Factor,
        value: f64,
        limit: f64,
    },
    Doubtful,
    Closing,
    NotMet(Rule),
    InFavourOf(String),
}

/// What is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Factor(Factor, Missing),
    Rule(Rule),
}

/// What to look at and what to ask at a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceFlags {
    /// Told where it decides whether the place is ranked; no warning.
    pub status: Option<SotStatus>,
    pub flags: Vec<Flag>,
    pub questions: Vec<Question>,
}

/// The limit of a factor: what the project says, else what the program does.
#[must_use]
pub fn limit_of(
    factor: Factor,
    model: &RankingModel,
    parameters: &Parameters,
    measure: Measure,
) -> Option<f64> {
    model.setting(factor).limit.or_else(|| factor.default_limit(parameters, measure))
}

/// Is the value on the wrong side of the limit? A length or a time that equals it is not.
#[must_use]
pub fn is_beyond(factor: Factor, value: f64, limit: f64, measure: Measure) -> bool {
    // A millimetre of a kilometre, a millisecond of a minute.
    let same = match factor.unit() {
        FactorUnit::Travel if measure == Measure::Time => TOLERANCE / 60.0,
        FactorUnit::Km | FactorUnit::Travel => TOLERANCE / 1000.0,
        _ => 0.0,
    };
    match factor.direction() {
        Direction::MoreIsBetter => value < limit - same,
        Direction::LessIsBetter => value > limit + same,
        Direction::FlagOnly => false,
    }
}

/// The flags and questions of a place.
#[must_use]
pub fn flags(
    candidate: &Candidate,
    readings: &Readings,
    situation: &Situation,
    model: &RankingModel,
    parameters: &Parameters,
    measure: Measure,
) -> PlaceFlags {
    let mut out = PlaceFlags::default();
    // Told first: nothing weighs more.
    let left = candidate.people_left_without.filter(|people| *people > People::ZERO);
    out.flags.extend(left.map(Flag::LeftWithout));
    if let Some(sot) = candidate.sot.and_then(|at| situation.sot_places.get(at)) {
        out.status = Some(sot.status).filter(|status| Exclusion::of_status(*status).is_some());
        out.flags.extend(sot.in_favour_of.clone().map(Flag::InFavourOf));
    }
    let beyond = |factor: Factor, value: f64| {
        let limit = limit_of(factor, model, parameters, measure)?;
        is_beyond(factor, value, limit, measure).then_some(Flag::Beyond { factor, value, limit })
    };
    // M5 is about the way to fuel: told once, by the factor's flag where there is one.
    let fuel = readings[Factor::Fuel.index()].ok().and_then(|value| beyond(Factor::Fuel, value));
    let is_told = |rule: Rule| rule == Rule::M5 && fuel.is_some();
    for rule in &candidate.rules {
        match rule.outcome {
            Outcome::NotMet if !is_told(rule.rule) => out.flags.push(Flag::NotMet(rule.rule)),
            Outcome::Unknown => out.questions.push(Question::Rule(rule.rule)),
            Outcome::Met | Outcome::NotMet => {}
        }
    }
    match fact_of(candidate, situation, "host_viability").map(|fact| &fact.value) {
        Some(FactValue::Choice(id)) if id == "doubtful" => out.flags.push(Flag::Doubtful),
        Some(FactValue::Choice(id)) if id == "closing" => out.flags.push(Flag::Closing),
        _ => {}
    }
    for factor in Factor::ALL {
        match readings[factor.index()] {
            Err(missing) if missing.is_beyond_measure() => {}
            Err(missing) => out.questions.push(Question::Factor(factor, missing)),
            Ok(value) => out.flags.extend(beyond(factor, value)),
        }
    }
    out
}

impl Flag {
    /// In words; lengths and times in what is counted.
    #[must_use]
    pub fn say(&self, measure: Measure, lang: Lang) -> String {
        match self {
            Self::Beyond { factor: Factor::TraffickedRoad, .. } => {
                lang.pick("trafikerad väg mellan platsens delar", "busy road between the units").into()
            }
            Self::Beyond { factor, value, limit } => {
                let unit = factor.unit();
                let (name, word) = (factor.said(lang).to_lowercase(), unit.text(measure, lang));
                let (value, limit) = (unit.say(*value, lang), unit.say(*limit, lang));
                let text = if factor.direction() == Direction::LessIsBetter {
                    say!(
                        lang,
                        "{name}: {value} {word}, gränsen är {limit}",
                        "{name}: {value} {word}, the limit is {limit}"
                    )
                } else {
                    say!(
                        lang,
                        "{name}: {value} {word}, minst {limit} önskas",
                        "{name}: {value} {word}, at least {limit} is wanted"
                    )
                };
                text.replace(" ,", ",")
            }
            Self::LeftWithout(people) => {
                let is_one = u8::from(lang.is_one(*people));
                let people = lang.people(*people);
                say_many!(
                    lang,
                    is_one,
                    "{people} invånare når ingen annan butik om den läggs ner"
                        | "{people} invånare når ingen annan butik om den läggs ner",
                    "{people} person reaches no other store if it closes"
                        | "{people} people reach no other store if it closes"
                )
            }
            Self::Doubtful => {
                lang.pick("butikens framtid är osäker", "the store’s future is doubtful").into()
            }
            Self::Closing => lang.pick("butiken läggs ner", "the store is closing").into(),
            Self::NotMet(rule) => {
                let (id, name) = (rule.id(), rule.said(lang).to_lowercase());
                say!(lang, "{id} ej uppfylld: {name}", "{id} not met: {name}")
            }
            Self::InFavourOf(other) => say!(lang, "till förmån för {other}", "in favour of {other}"),
        }
    }
}

impl Said for Question {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Factor(factor, missing) => {
                format!("{}: {}", factor.said(lang), missing.said(lang))
            }
            Self::Rule(rule) => format!("{} {}?", rule.id(), rule.said(lang)),
        }
    }
}
