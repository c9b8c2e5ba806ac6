//! The table of findings: what has to be looked at, what was decided of it, by whom and why.

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::app::Results;
use crate::app::findings::{Decided, Decision, Finding, Place};
use crate::lang::{Lang, Said};
use crate::model::{FindingKind, SiteId};
use crate::units::People;

/// A finding, or a decision that no finding is left of.
pub enum FindingLine<'a> {
    Finding(&'a Finding),
    Decided(&'a Decided),
}

impl FindingLine<'_> {
    #[must_use]
    pub const fn about(&self) -> Option<&Place> {
        match self {
            Self::Finding(finding) => finding.about.as_ref(),
            Self::Decided(decided) => Some(&decided.about),
        }
    }

    fn other(&self) -> Option<&SiteId> {
        match self {
            Self::Finding(finding) => finding.other.as_ref().map(|place| &place.site),
            Self::Decided(Decided { decision: Decision::Merged(other), .. }) => Some(other),
            Self::Decided(Decided { decision: Decision::Kept(_, other), .. }) => other.as_ref(),
            Self::Decided(_) => None,
        }
    }

    const fn kind(&self) -> Option<FindingKind> {
        match self {
            Self::Finding(Finding { kind, .. })
            | Self::Decided(Decided { decision: Decision::Kept(kind, _), .. }) => Some(*kind),
            Self::Decided(_) => None,
        }
    }

    /// What it is, on screen.
    fn heading(&self, lang: Lang) -> String {
        match (self.kind(), self) {
            (Some(kind), _) => kind.said(lang),
            (None, Self::Decided(decided)) => decided.decision.said(lang),
            (None, Self::Finding(_)) => String::new(),
        }
    }

    fn told(&self, lang: Lang) -> String {
        match self {
            Self::Finding(finding) => finding.said(lang),
            Self::Decided(_) => String::new(),
        }
    }

    fn decision(&self, lang: Lang) -> String {
        match self {
            Self::Finding(finding) if finding.is_open() => String::new(),
            Self::Finding(_) => lang.pick("behållen", "kept").into(),
            Self::Decided(decided) => decided.decision.said(lang),
        }
    }

    fn evidence(&self, lang: Lang) -> String {
        match self {
            Self::Finding(finding) => {
                finding.settled.as_ref().map(|said| said.said(lang)).unwrap_or_default()
            }
            Self::Decided(decided) => decided.evidence.said(lang),
        }
    }
}

/// What is still to be decided, then what was.
#[must_use]
pub fn finding_lines(results: &Results) -> Vec<FindingLine<'_>> {
    let findings = &results.findings;
    let (open, settled): (Vec<_>, Vec<_>) = findings.found.iter().partition(|finding| finding.is_open());
    let is_listed = |decided: &&Decided| {
        let Decision::Kept(kind, with) = &decided.decision else { return false };
        settled.iter().any(|finding| {
            finding.kind == *kind
                && finding.about.as_ref().map(|place| &place.site) == Some(&decided.about.site)
                && finding.other.as_ref().map(|place| &place.site) == with.as_ref()
        })
    };
    let gone: Vec<&Decided> = findings.decided.iter().filter(|decided| !is_listed(decided)).collect();
    let found = open.into_iter().chain(settled).map(FindingLine::Finding);
    found.chain(gone.into_iter().map(FindingLine::Decided)).collect()
}

/// The columns.
#[must_use]
pub fn findings<'a>(lang: Lang) -> Table<'a, FindingLine<'a>> {
    let about = |id: &str, text: fn(&Place) -> String| {
        Column::new(id, move |line: &FindingLine<'a>| Value::text(line.about().map(text).unwrap_or_default()))
    };
    let columns: Vec<Column<'a, FindingLine<'a>>> = vec![
        Column::new("finding", |line: &FindingLine<'a>| {
            Value::text(line.kind().map(FindingKind::id).unwrap_or_default())
        }),
        Column::of_screen(
            "kind",
            shown(0, lang.pick("Vad", "What"), 160.0),
            move |line: &FindingLine<'a>| Value::text(line.heading(lang)),
        ),
        about("name", |place| place.name.clone()).shown_as(shown(1, lang.pick("Namn", "Name"), 180.0)),
        Column::new("services", move |line: &FindingLine<'a>| {
            Value::text(line.about().map(|place| place.kinds.said(lang)).unwrap_or_default())
        })
        .shown_as(shown(2, lang.pick("Typ", "Kind"), 110.0)),
        about("layer", |place| place.layer_name.clone()).shown_as(shown(
            3,
            lang.pick("Lager", "Layer"),
            130.0,
        )),
        Column::new("number", |line: &FindingLine<'a>| {
            let number = line.about().and_then(|place| place.number);
            number.map_or(Value::Nothing, |number| Value::count(number as usize))
        })
        .shown_as(shown(4, lang.pick("Objekt", "Feature"), 70.0)),
        Column::new("what", move |line: &FindingLine<'a>| Value::text(line.told(lang))).shown_as(shown(
            5,
            lang.pick("Varför", "Why"),
            420.0,
        )),
        Column::new("people", |line: &FindingLine<'a>| {
            Value::people(line.about().map(|place| place.people).filter(|people| *people > People::ZERO))
        }),
        Column::new("lon", |line: &FindingLine<'a>| {
            line.about().map_or(Value::Nothing, |place| Value::number(place.place.lon, 6))
        }),
        Column::new("lat", |line: &FindingLine<'a>| {
            line.about().map_or(Value::Nothing, |place| Value::number(place.place.lat, 6))
        }),
        about("site", |place| place.site.text()),
        Column::new("other", |line: &FindingLine<'a>| {
            Value::text(line.other().map(SiteId::text).unwrap_or_default())
        }),
        Column::new("decision", move |line: &FindingLine<'a>| Value::text(line.decision(lang)))
            .shown_as(shown(6, lang.pick("Beslut", "Decision"), 110.0)),
        Column::new("evidence", move |line: &FindingLine<'a>| Value::text(line.evidence(lang)))
            .shown_as(shown(7, lang.pick("Grund", "Ground"), 220.0)),
    ];
    Table { columns }
}
