//! On what does an answer about an outage rest? Every number and every dependency with its range and where it is known from.

use super::compute::Crisis;
use crate::lang::{Lang, Said};
use crate::model::outage::{Basis, Dependency, NEVER_H, Unsaid};
use crate::say;

/// Something that is assumed, or known from a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumed {
    /// The stable name in files.
    pub id: String,
    pub what: String,
    pub value: String,
    pub unit: &'static str,
    pub basis: Basis,
    pub source: String,
    pub is_changed: bool,
}

/// A dependency in words: "El på platsen → Kyla".
#[must_use]
pub fn edge_said(edge: &Dependency, lang: Lang) -> String {
    format!("{} → {}", edge.from.said(lang), edge.to.said(lang))
}

/// A delay in words, hours; in localities too where the two are told apart.
#[must_use]
pub fn delay_said(edge: &Dependency, lang: Lang) -> String {
    let said = |delay: Option<crate::model::outage::Range>| {
        delay.map_or_else(
            || lang.pick("aldrig", "never").to_owned(),
            |range| if range.0 >= NEVER_H { range.said(lang) } else { format!("{} h", range.said(lang)) },
        )
    };
    match edge.delay_in_locality {
        Some(there) => {
            let (there, outside) = (said(Some(there)), said(edge.delay));
            say!(lang, "{there} i tätort, {outside} utanför", "{there} in a locality, {outside} outside")
        }
        None => said(edge.delay),
    }
}

/// Everything that a crisis rests on, in words.
#[must_use]
pub fn assumed(crisis: &Crisis, lang: Lang) -> Vec<Assumed> {
    let standard = crate::model::outage::OutageAssumptions::default();
    let usual = standard.rows();
    let own = lang.pick("antagande", "assumption");
    let mut out: Vec<Assumed> = crisis
        .assumed
        .rows()
        .into_iter()
        .map(|row| Assumed {
            id: row.id.to_owned(),
            what: lang.pick(row.names[0], row.names[1]).to_owned(),
            value: row.value.said(lang),
            unit: row.unit,
            basis: Basis::Assumed,
            source: own.to_owned(),
            is_changed: usual.iter().any(|known| known.id == row.id && known.value != row.value),
        })
        .collect();
    let unsaid = crisis.assumed.own_power_unsaid;
    out.push(Assumed {
        id: "own_power_unsaid".into(),
        what: lang.pick("Reservkraft där inget är sagt", "Reserve power where nothing is said").into(),
        value: match unsaid {
            Unsaid::Unknown => lang.pick("okänt: kanske", "unknown: perhaps"),
            Unsaid::No => lang.pick("nej", "no"),
        }
        .into(),
        unit: "",
        basis: Basis::Assumed,
        source: own.to_owned(),
        is_changed: unsaid != Unsaid::default(),
    });
    out.extend(crisis.chain.edges.iter().map(|edge| Assumed {
        id: format!("{}-{}", edge.from.id(), edge.to.id()),
        what: format!("{}: {}", edge_said(edge, lang), edge.effect.said(lang)),
        value: delay_said(edge, lang),
        unit: "",
        basis: edge.basis,
        source: lang.pick(edge.source[0], edge.source[1]).to_owned(),
        is_changed: edge.is_changed,
    }));
    out
}

/// What the model does not know, said beside every answer.
#[must_use]
pub fn not_known(lang: Lang) -> [&'static str; 6] {
    [
        lang.pick(
            "Öppettider räknas inte: en plats som fungerar antas öppna när den behövs.",
            "Opening hours are not counted: a place that works is taken to open when it is needed.",
        ),
        lang.pick(
            "Ingen antas ha egen reservkraft hemma; människor antas kunna resa som till vardags.",
            "Nobody is taken to have reserve power at home; people are taken to travel as every day.",
        ),
        lang.pick(
            "Register är ofullständiga: en butik som saknas i data hjälper ingen här.",
            "Registers are incomplete: a store that is not in the data helps nobody here.",
        ),
        lang.pick(
            "Personalen antas räcka hela krisen där inget annat är sagt för platsen, också i det sämsta fallet.",
            "Staff are taken to suffice throughout the crisis unless said for the place, in the worst case too.",
        ),
        lang.pick(
            "Vid en SOT-punkt, och det som den driver, antas någon ta emot kontanter vid pumpen när korten inte fungerar.",
            "At a SOT point, and what it feeds, somebody is taken to accept cash at the pump when cards do not work.",
        ),
        lang.pick("Inget av det är ett löfte.", "None of it is a promise."),
    ]
}
