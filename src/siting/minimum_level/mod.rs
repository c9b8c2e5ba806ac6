//! Does a store reach the minimum level (*lägstanivå*) of a SOT point? Nine rules, each met, not met or unknown.
//! Unknown is a question to ask, never a no and never a yes. Source: Länsstyrelsen i Jämtlands län and
//! Umeå universitet, 25 May 2023.

mod rule;
mod why;

use std::collections::BTreeMap;

pub use self::rule::{Outcome, Rule, Verdict};
pub use self::why::Why;
use crate::model::{Evidence, EvidenceKind, Fact, FactValue, Parameters};
use crate::units::Metres;

/// One rule's outcome and how we know.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    pub rule: Rule,
    pub outcome: Outcome,
    pub why: Why,
    pub evidence: Evidence,
    /// Met, but with a remark.
    pub has_remark: bool,
}

/// The nearest fuel station as the register knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestFuel {
    pub name: String,
    pub apart: Metres,
    pub file: String,
    pub date: String,
}

/// What M5 is decided by.
#[derive(Debug, Clone, PartialEq)]
pub enum FuelNear {
    NoLayer,
    Nearest(NearestFuel),
}

type Facts = BTreeMap<&'static str, Fact>;

/// The nine rules of a store.
#[must_use]
pub fn rules_of(facts: &Facts, fuel: &FuelNear, parameters: &Parameters) -> [RuleResult; 9] {
    Rule::ALL.map(|rule| {
        let (outcome, why) = match rule {
            Rule::M1 => staffed(facts),
            Rule::M2 => varied(facts, parameters),
            Rule::M3 => year_round(facts, parameters),
            Rule::M4 => match yes_no(facts, "permanent_premises") {
                Some(permanent) => (met(permanent), Why::Premises { permanent }),
                None => (Outcome::Unknown, Why::PremisesUnknown),
            },
            Rule::M5 => fuel_near(fuel, parameters),
            Rule::M6 => match yes_no(facts, "information_point") {
                Some(appointed) => (met(appointed), Why::InformationPoint { appointed }),
                None => (Outcome::Unknown, Why::InformationPointUnknown),
            },
            Rule::M7 => match text(facts, "comms_channel") {
                Some(name) if is_no(name) => (Outcome::NotMet, Why::NoChannel),
                Some(name) => (Outcome::Met, Why::Channel { name: name.into() }),
                None => (Outcome::Unknown, Why::ChannelUnknown),
            },
            Rule::M8 => organised(facts),
            Rule::M9 => match text(facts, "reserve_power") {
                Some(id) => (met(matches!(id, "in_place" | "ordered")), Why::Power { id: id.into() }),
                None => (Outcome::Unknown, Why::PowerUnknown),
            },
        };
        let has_remark = match &why {
            Why::Articles { missing_groups: Some(_), .. } => outcome == Outcome::Met,
            Why::Fuel { apart, near, .. } => outcome == Outcome::Met && !apart.is_within(*near),
            _ => false,
        };
        let evidence = evidence_of(rule, facts, fuel, &why);
        RuleResult { rule, outcome, why, evidence, has_remark }
    })
}

/// The nine rules of a place without a known store: all unknown, and why.
#[must_use]
pub fn rules_without_store(why: &Why) -> [RuleResult; 9] {
    Rule::ALL.map(|rule| RuleResult {
        rule,
        outcome: Outcome::Unknown,
        why: why.clone(),
        evidence: Evidence::none(),
        has_remark: false,
    })
}

/// The verdict that nine rules give.
#[must_use]
pub fn judge(rules: &[RuleResult; 9], has_store: bool) -> Verdict {
    let outcome = |rule: Rule| rules[rule as usize].outcome;
    let any_not_met = |of: &[Rule]| of.iter().any(|rule| outcome(*rule) == Outcome::NotMet);
    let all_met = |of: &[Rule]| of.iter().all(|rule| outcome(*rule) == Outcome::Met);
    if !has_store || any_not_met(&[Rule::M1, Rule::M4]) {
        Verdict::NotPossible
    } else if any_not_met(&[Rule::M2, Rule::M3, Rule::M5]) {
        Verdict::NotYet
    } else if all_met(&Rule::ALL) {
        Verdict::Meets
    } else if all_met(&[Rule::M1, Rule::M2, Rule::M3, Rule::M4, Rule::M5]) {
        Verdict::Potential
    } else {
        Verdict::CannotBeJudged
    }
}

fn evidence_of(rule: Rule, facts: &Facts, fuel: &FuelNear, why: &Why) -> Evidence {
    if rule == Rule::M5 {
        return match fuel {
            FuelNear::NoLayer => Evidence::none(),
            FuelNear::Nearest(nearest) => Evidence {
                kind: EvidenceKind::Calculated,
                who: nearest.file.clone(),
                when: nearest.date.clone(),
                what: String::new(),
            },
        };
    }
    // The fact that decided says how we know; else the first that the rule knows anything by.
    let decisive = match why {
        Why::Seasonal => Some("seasonal"),
        Why::OrganisationLacks { what } => what.first().copied(),
        Why::ArticlesUnknown { full_range: true } => Some("full_range"),
        _ => None,
    };
    let mut ids = decisive.into_iter().chain(rule.reads().iter().copied());
    ids.find_map(|id| facts.get(id)).map_or_else(Evidence::none, |fact| fact.evidence.clone())
}

const fn met(is_met: bool) -> Outcome {
    if is_met { Outcome::Met } else { Outcome::NotMet }
}

fn value<'a>(facts: &'a Facts, id: &str) -> Option<&'a FactValue> {
    facts.get(id).map(|fact| &fact.value)
}

fn yes_no(facts: &Facts, id: &str) -> Option<bool> {
    match value(facts, id) {
        Some(FactValue::YesNo(yes)) => Some(*yes),
        _ => None,
    }
}

fn number(facts: &Facts, id: &str) -> Option<f64> {
    match value(facts, id) {
        Some(FactValue::Number(number)) => Some(*number),
        _ => None,
    }
}

fn text<'a>(facts: &'a Facts, id: &str) -> Option<&'a str> {
    match value(facts, id) {
        Some(FactValue::Text(text) | FactValue::Choice(text)) => {
            Some(text.as_str()).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// Whether the text in a field says something that is there, rather than that there is none.
#[must_use]
pub fn says_some(facts: &Facts, id: &str) -> bool {
    text(facts, id).is_some_and(|text| !is_no(text))
}

/// A text field in which people write that there is none.
fn is_no(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "no" | "nej" | "none" | "saknas" | "ingen" | "inget" | "-")
}

fn staffed(facts: &Facts) -> (Outcome, Why) {
    match text(facts, "staffing") {
        Some("staffed") => (Outcome::Met, Why::Staffed),
        Some("unstaffed") => (Outcome::NotMet, Why::Unstaffed),
        Some("hybrid") => (Outcome::NotMet, Why::Hybrid),
        _ => (Outcome::Unknown, Why::StaffingUnknown),
    }
}

fn varied(facts: &Facts, parameters: &Parameters) -> (Outcome, Why) {
    if let Some(count) = number(facts, "articles") {
        let missing_groups = text(facts, "missing_groups").filter(|text| !is_no(text)).map(str::to_owned);
        let min = parameters.articles_min;
        (met(count >= min), Why::Articles { count, min, missing_groups })
    } else {
        let full_range = yes_no(facts, "full_range") == Some(true);
        (Outcome::Unknown, Why::ArticlesUnknown { full_range })
    }
}

fn year_round(facts: &Facts, parameters: &Parameters) -> (Outcome, Why) {
    if yes_no(facts, "seasonal") == Some(true) {
        return (Outcome::NotMet, Why::Seasonal);
    }
    let Some(hours) = number(facts, "hours_per_week") else { return (Outcome::Unknown, Why::HoursUnknown) };
    let turnover = number(facts, "turnover_msek");
    let is_small = turnover.is_some_and(|turnover| turnover < parameters.small_turnover_msek);
    let min = if is_small { parameters.hours_min_small } else { parameters.hours_min };
    if hours < parameters.hours_min && hours >= parameters.hours_min_small && turnover.is_none() {
        return (Outcome::Unknown, Why::TurnoverUnknown { hours });
    }
    if hours >= min && yes_no(facts, "seasonal").is_none() {
        return (Outcome::Unknown, Why::SeasonUnknown { hours });
    }
    (met(hours >= min), Why::Hours { hours, min, is_small })
}

fn fuel_near(fuel: &FuelNear, parameters: &Parameters) -> (Outcome, Why) {
    match fuel {
        FuelNear::NoLayer => (Outcome::Unknown, Why::NoFuelLayer),
        FuelNear::Nearest(nearest) => {
            let why = Why::Fuel {
                name: nearest.name.clone(),
                apart: nearest.apart,
                near: parameters.fuel_near,
                far: parameters.fuel_far,
                file: nearest.file.clone(),
            };
            (met(nearest.apart.is_within(parameters.fuel_far)), why)
        }
    }
}

fn organised(facts: &Facts) -> (Outcome, Why) {
    const PARTS: [&str; 3] = ["operator", "deputy", "agreement"];
    let lacks: Vec<_> = PARTS.into_iter().filter(|id| text(facts, id).is_some_and(is_no)).collect();
    if !lacks.is_empty() {
        return (Outcome::NotMet, Why::OrganisationLacks { what: lacks });
    }
    let missing: Vec<_> = PARTS.into_iter().filter(|id| text(facts, id).is_none()).collect();
    if missing.is_empty() {
        (Outcome::Met, Why::Organisation)
    } else {
        (Outcome::Unknown, Why::OrganisationUnknown { missing })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::attribute;

    fn facts(pairs: &[(&str, &str)]) -> Facts {
        pairs
            .iter()
            .map(|(id, text)| {
                let def = attribute(id).expect("a known attribute");
                let value = def.parse(text).expect("a known value");
                (def.id, Fact::new(value, Evidence::register("test", "2024")))
            })
            .collect()
    }

    fn fuel(metres: f64) -> FuelNear {
        FuelNear::Nearest(NearestFuel {
            name: "Mack".into(),
            apart: Metres::new(metres),
            file: "fuel".into(),
            date: String::new(),
        })
    }

    fn outcome(rule: Rule, pairs: &[(&str, &str)]) -> Outcome {
        rules_of(&facts(pairs), &fuel(50.0), &Parameters::default())[rule as usize].outcome
    }

    #[test]
    fn each_rule_is_met_not_met_or_unknown() {
        use Outcome::{Met, NotMet, Unknown};
        for (rule, pairs, expected) in [
            (Rule::M1, &[("staffing", "staffed")][..], Met),
            (Rule::M1, &[("staffing", "unstaffed")], NotMet),
            (Rule::M1, &[("staffing", "hybrid")], NotMet),
            (Rule::M1, &[], Unknown),
            (Rule::M2, &[("articles", "1000")], Met),
            (Rule::M2, &[("articles", "999")], NotMet),
            (Rule::M2, &[("full_range", "ja")], Unknown),
            (Rule::M3, &[("hours_per_week", "40"), ("seasonal", "nej")], Met),
            (Rule::M3, &[("hours_per_week", "40")], Unknown),
            (Rule::M3, &[("hours_per_week", "30"), ("seasonal", "nej")], Unknown),
            (Rule::M3, &[("hours_per_week", "30"), ("seasonal", "nej"), ("turnover_msek", "1,9")], Met),
            (Rule::M3, &[("hours_per_week", "30"), ("turnover_msek", "2")], NotMet),
            (Rule::M3, &[("hours_per_week", "19")], NotMet),
            (Rule::M3, &[("seasonal", "ja")], NotMet),
            (Rule::M4, &[("permanent_premises", "nej")], NotMet),
            (Rule::M6, &[("information_point", "ja")], Met),
            (Rule::M7, &[("comms_channel", "Rakel")], Met),
            (Rule::M7, &[("comms_channel", "saknas")], NotMet),
            (Rule::M8, &[("operator", "A"), ("deputy", "B")], Unknown),
            (Rule::M8, &[("operator", "A"), ("deputy", "B"), ("agreement", "2023-1")], Met),
            (Rule::M8, &[("operator", "A"), ("deputy", "saknas")], NotMet),
            (Rule::M9, &[("reserve_power", "ordered")], Met),
            (Rule::M9, &[("reserve_power", "mobile")], NotMet),
        ] {
            assert_eq!(outcome(rule, pairs), expected, "{rule:?} {pairs:?}");
        }
    }

    #[test]
    fn fuel_is_judged_by_the_straight_line() {
        let rule =
            |metres| rules_of(&facts(&[]), &fuel(metres), &Parameters::default())[Rule::M5 as usize].clone();
        assert_eq!((rule(200.0).outcome, rule(200.0).has_remark), (Outcome::Met, false));
        assert_eq!((rule(200.5).outcome, rule(200.5).has_remark), (Outcome::Met, true));
        assert_eq!((rule(1000.5).outcome, rule(1000.5).has_remark), (Outcome::NotMet, false));
        assert_eq!(rule(5.0).evidence.kind, EvidenceKind::Calculated);
        let none = rules_of(&facts(&[]), &FuelNear::NoLayer, &Parameters::default());
        assert_eq!(none[Rule::M5 as usize].outcome, Outcome::Unknown);
    }

    #[test]
    fn the_first_verdict_that_fits() {
        let basic = [
            ("staffing", "staffed"),
            ("articles", "1500"),
            ("hours_per_week", "50"),
            ("seasonal", "nej"),
            ("permanent_premises", "ja"),
        ];
        let rest = [
            ("information_point", "ja"),
            ("comms_channel", "Rakel"),
            ("operator", "A"),
            ("deputy", "B"),
            ("agreement", "C"),
            ("reserve_power", "in_place"),
        ];
        let verdict = |pairs: &[(&str, &str)], metres| {
            judge(&rules_of(&facts(pairs), &fuel(metres), &Parameters::default()), true)
        };
        let all: Vec<_> = basic.iter().chain(&rest).copied().collect();
        assert_eq!(verdict(&all, 50.0), Verdict::Meets);
        assert_eq!(verdict(&basic, 50.0), Verdict::Potential);
        assert_eq!(verdict(&all, 5000.0), Verdict::NotYet);
        assert_eq!(verdict(&[("staffing", "unstaffed")], 5000.0), Verdict::NotPossible);
        assert_eq!(verdict(&[], 50.0), Verdict::CannotBeJudged);
        assert_eq!(judge(&rules_without_store(&Why::NoStore), false), Verdict::NotPossible);
    }

    /// Some values of an attribute that differ in what they decide.
    fn values(def: &crate::model::AttributeDef) -> Vec<&'static str> {
        use crate::model::AttributeType;
        match def.values {
            AttributeType::Choice(choices) => choices.iter().map(|(id, _, _)| *id).collect(),
            AttributeType::YesNo => vec!["yes", "no"],
            AttributeType::Number(_) => vec!["0", "1.5", "25", "60", "2000"],
            AttributeType::Text => vec!["Rakel", "saknas"],
        }
    }

    #[test]
    fn a_changed_attribute_changes_only_its_rules() {
        let known = [
            ("staffing", "staffed"),
            ("articles", "1500"),
            ("hours_per_week", "50"),
            ("turnover_msek", "1.5"),
            ("seasonal", "no"),
            ("permanent_premises", "yes"),
            ("information_point", "yes"),
            ("comms_channel", "Rakel"),
            ("operator", "A"),
            ("deputy", "B"),
            ("agreement", "C"),
            ("reserve_power", "in_place"),
        ];
        let rules = |facts: &Facts| rules_of(facts, &fuel(50.0), &Parameters::default());
        let mut changed: BTreeMap<Rule, usize> = BTreeMap::new();
        for base in [&known[..], &[]] {
            let base = facts(base);
            for def in crate::model::STORE_ATTRIBUTES {
                let absent = base.iter().filter(|(id, _)| **id != def.id);
                let absent: Facts = absent.map(|(id, fact)| (*id, fact.clone())).collect();
                let mut tried = vec![absent.clone()];
                for value in values(def) {
                    let mut facts = absent.clone();
                    let value = def.parse(value).expect("a known value");
                    facts.insert(def.id, Fact::new(value, Evidence::register("other", "2025")));
                    tried.push(facts);
                }
                for facts in tried {
                    for rule in Rule::ALL {
                        if rules(&base)[rule as usize] != rules(&facts)[rule as usize] {
                            assert!(rule.reads().contains(&def.id), "{rule:?} hangs on {}", def.id);
                            *changed.entry(rule).or_default() += 1;
                        }
                    }
                }
            }
        }
        let untouched = Rule::ALL.into_iter().filter(|rule| !changed.contains_key(rule));
        assert_eq!(untouched.collect::<Vec<_>>(), [Rule::M5], "M5 reads the fuel layer, no attribute");
        for rule in Rule::ALL {
            assert!(rule.reads().iter().all(|id| attribute(id).is_some()), "{rule:?} reads what is known");
        }
    }

    #[test]
    fn the_fact_that_decides_is_the_evidence() {
        let mut facts =
            facts(&[("hours_per_week", "60"), ("seasonal", "yes"), ("operator", "A"), ("deputy", "nej")]);
        for (id, who) in [("seasonal", "Eva"), ("deputy", "Ola")] {
            facts.get_mut(id).expect("there").evidence.who = who.into();
        }
        let rules = rules_of(&facts, &fuel(50.0), &Parameters::default());
        assert_eq!(rules[Rule::M3 as usize].evidence.who, "Eva");
        assert_eq!(rules[Rule::M8 as usize].evidence.who, "Ola");
    }
}
