//! What is missing for a place to become a SOT point? As a sentence, and as lines for a letter.

use crate::lang::{Lang, Said};
use crate::model::EvidenceKind;
use crate::say;
use crate::siting::{Candidate, Host, Outcome, Verdict};

/// What is missing to become a SOT point, one line a rule, with how it is known: to be copied into a letter.
#[must_use]
pub fn missing_report(candidate: &Candidate, lang: Lang) -> String {
    let (name, verdict) = (&candidate.name, candidate.verdict.said(lang));
    let mut lines = vec![
        say!(
            lang,
            "{name}: vad saknas för att bli SOT-punkt?",
            "{name}: what is missing to become a SOT point?"
        ),
        say!(lang, "Bedömning: {verdict}", "Verdict: {verdict}"),
    ];
    if candidate.host == Host::NotInData {
        lines.push(lang.pick("Värdbutiken finns inte i data.", "The host store is not in the data.").into());
    }
    if candidate.verdict == Verdict::Meets {
        lines.push(lang.pick("Inget saknas.", "Nothing is missing.").into());
    }
    let groups = [
        (Outcome::NotMet, lang.pick("Ej uppfyllt", "Not met")),
        (Outcome::Unknown, lang.pick("Att fråga om", "To ask about")),
    ];
    for (outcome, title) in groups {
        let mut rules = candidate.missing().filter(|rule| rule.outcome == outcome).peekable();
        if rules.peek().is_some() {
            lines.push(format!("{title}:"));
        }
        lines.extend(rules.map(|rule| {
            let known = match rule.evidence.kind {
                EvidenceKind::None => String::new(),
                _ => format!(" ({})", rule.evidence.said(lang)),
            };
            format!("– {} {}: {}{known}", rule.rule.id(), rule.rule.said(lang), rule.why.said(lang))
        }));
    }
    lines.join("\n")
}

/// What is missing to become a SOT point, as a sentence.
#[must_use]
pub fn missing_text(candidate: &Candidate, lang: Lang) -> String {
    if candidate.host == Host::NotInData {
        return lang.pick("värdbutiken finns inte i data", "host store not in the data").into();
    }
    if candidate.verdict == Verdict::Meets {
        return lang.pick("inget saknas", "nothing is missing").into();
    }
    let parts: Vec<String> = candidate
        .missing()
        .map(|rule| {
            format!("{} {}: {}", rule.rule.id(), rule.rule.said(lang).to_lowercase(), rule.why.said(lang))
        })
        .collect();
    parts.join("; ")
}
