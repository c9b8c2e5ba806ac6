//! Which rules of the minimum level does each place meet? As the inspector shows them: verdict, rules, reasons, evidence.

use super::ask::Ask;
use super::plans;
use super::sheet::{Better, Cell, Group, Row, Value};
use super::subject::{Subject, What};
use super::unit::Unit;
use crate::lang::{Lang, Said};
use crate::model::{EvidenceKind, Message, ServiceKind};
use crate::siting::{Outcome, Rule, RuleResult, Verdict, Why};

/// The two languages of what says itself.
pub(super) fn both(said: &impl Said) -> Message {
    Message::new(said.said(Lang::Sv), said.said(Lang::En))
}

pub(super) fn rows(subjects: &[Subject<'_>]) -> Vec<Row> {
    let mut rows = vec![verdicts(subjects)];
    rows.extend(Rule::ALL.map(|rule| of_rule(rule, subjects)));
    rows
}

fn verdicts(subjects: &[Subject<'_>]) -> Row {
    let cell = |subject: &Subject<'_>| match &subject.what {
        What::Candidate { candidate, .. } => verdict(candidate.verdict, &candidate.rules),
        What::Trial(_) => words_of(Verdict::NotPossible, both(&Why::NoStore)),
        What::Plan(plan) => plans::verdicts(plan),
    };
    let name = Message::new("Bedömning", "Verdict");
    Row::new("level.verdict", Group::Level, name, Unit::Words, Better::More)
        .telling(
            Message::new("Kommer längst mot lägstanivån", "Comes farthest towards the minimum level"),
            Message::new("Har längst kvar till lägstanivån", "Has farthest to go to the minimum level"),
        )
        .with(subjects.iter().map(cell).collect())
}

fn verdict(verdict: Verdict, rules: &[RuleResult; 9]) -> Cell {
    let of = |outcome: Outcome| {
        let ids = rules.iter().filter(|rule| rule.outcome == outcome).map(|rule| rule.rule.id());
        ids.collect::<Vec<_>>()
    };
    let (met, not, open) = (of(Outcome::Met).len(), of(Outcome::NotMet), of(Outcome::Unknown));
    let listed = |first: String, words: [&str; 2]| {
        let named = words.into_iter().zip([&not, &open]).filter(|(_, ids)| !ids.is_empty());
        let named = named.map(|(words, ids)| format!("{words}: {}", ids.join(", ")));
        std::iter::once(first).chain(named).collect::<Vec<_>>().join("; ")
    };
    let why = Message::new(
        listed(format!("{met} av 9 uppfyllda"), ["ej uppfyllda", "okända"]),
        listed(format!("{met} of 9 met"), ["not met", "unknown"]),
    );
    if verdict == Verdict::CannotBeJudged {
        let why = Message::new(
            format!("kan inte bedömas än: {}", why.said(Lang::Sv)),
            format!("cannot be judged yet: {}", why.said(Lang::En)),
        );
        return Cell::unknown(verdict.id(), Ask::StoreAndMunicipality, why);
    }
    words_of(verdict, why)
}

fn words_of(verdict: Verdict, why: Message) -> Cell {
    let rank = match verdict {
        Verdict::Meets => Some(3.0),
        Verdict::Potential => Some(2.0),
        Verdict::NotYet => Some(1.0),
        Verdict::NotPossible => Some(0.0),
        Verdict::CannotBeJudged => None,
    };
    Cell::new(Value::Words { id: verdict.id().to_owned(), said: both(&verdict), rank }, why)
}

/// Whom to ask about a rule.
pub(super) const fn ask(rule: Rule) -> Ask {
    match rule {
        Rule::M1 | Rule::M2 | Rule::M3 | Rule::M4 => Ask::Store,
        Rule::M5 => Ask::Data,
        Rule::M6 | Rule::M7 | Rule::M9 => Ask::Municipality,
        Rule::M8 => Ask::StoreAndMunicipality,
    }
}

fn of_rule(rule: Rule, subjects: &[Subject<'_>]) -> Row {
    let cell = |subject: &Subject<'_>| match &subject.what {
        What::Trial(_) => Cell::does_not_apply("no_store", both(&Why::NoStore)),
        What::Plan(plan) => plans::outcomes(rule, plan),
        What::Candidate { candidate, .. } => {
            let Some(found) = candidate.rules.get(rule as usize) else {
                return Cell::unknown("unknown", ask(rule), both(&Why::NoStoreInData));
            };
            let why = both(&found.why);
            let cell = match found.outcome {
                Outcome::Unknown if found.why == Why::NoStoreInData => {
                    Cell::unknown("host_store_not_in_data", Ask::CountyBoard, why)
                }
                Outcome::Unknown => Cell::unknown("unknown", ask(rule), why),
                outcome => {
                    let is_met = outcome == Outcome::Met;
                    Cell::new(Value::Met { is_met, has_remark: found.has_remark }, why)
                }
            };
            if found.evidence.kind == EvidenceKind::None {
                cell
            } else {
                cell.known_by(found.evidence.clone())
            }
        }
    };
    let (id, sv, en) = (rule.id(), rule.said(Lang::Sv), rule.said(Lang::En));
    let layers =
        if rule == Rule::M5 { super::sources::of_kind(subjects, ServiceKind::Fuel) } else { Vec::new() };
    Row::new(
        format!("level.{}", id.to_lowercase()),
        Group::Level,
        Message::new(format!("{id} {sv}"), format!("{id} {en}")),
        Unit::Outcome,
        Better::More,
    )
    .telling(
        Message::new(
            format!("Uppfyller {id} {}", sv.to_lowercase()),
            format!("Meets {id} {}", en.to_lowercase()),
        ),
        Message::new(
            format!("Uppfyller inte {id} {}", sv.to_lowercase()),
            format!("Does not meet {id} {}", en.to_lowercase()),
        ),
    )
    .from(layers)
    .with(subjects.iter().map(cell).collect())
}
