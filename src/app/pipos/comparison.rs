//! What did a comparison with another program's distances find? Rows, figures and likely reasons, in words.

use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::travel::NoCost;
use crate::model::{Message, ServiceKind};
use crate::units::{Metres, People};
use crate::{say, say_many};

/// Distances are the same within this part, or this many metres.
const SAME_PART: f64 = 0.01;

const SAME_M: f64 = 25.0;

/// Why a distance differs, as far as can be told from here.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// It is that to another service.
    OtherService(String),
    /// It is ours without the walk between place and road.
    Walk,
    /// Ours is that of the fastest trip; the shortest is theirs.
    Fastest,
    /// Ours is longer or shorter by much of the way to the road: another road was taken for the nearest.
    OtherSnap(Metres),
    /// Nothing else fits: another road, or other data.
    OtherRoad,
    /// We have no value.
    NoWay(NoCost),
}

impl Said for Why {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::OtherService(name) => {
                say!(lang, "till {name}, inte till det närmaste här", "to {name}, not to the nearest here")
            }
            Self::Walk => {
                lang.pick("gångsträckan till vägen räknas här", "the walk to the road is counted here").into()
            }
            Self::Fastest => lang
                .pick("snabbaste vägen här, kortaste där", "the fastest route here, the shortest there")
                .into(),
            Self::OtherSnap(length) => {
                let length = lang.distance(*length);
                say!(
                    lang,
                    "kanske annan närmaste väg: den ligger {length} bort",
                    "perhaps another nearest road: it lies {length} away"
                )
            }
            Self::OtherRoad => lang.pick("annan väg eller andra data", "another road or other data").into(),
            Self::NoWay(reason) => reason.said(lang),
        }
    }
}

/// A place of the table beside ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its id, else its row in the file.
    pub label: String,
    pub place: LonLat,
    /// Who lives in the cell of that id.
    pub people: Option<People>,
    pub theirs: Metres,
    pub ours: Option<Metres>,
    /// The service that is ours.
    pub service: Option<String>,
    /// Of the largest differences.
    pub why: Option<Why>,
}

impl Compared {
    /// How much longer ours is, metres.
    #[must_use]
    pub fn more(&self) -> Option<f64> {
        Some(self.ours?.value() - self.theirs.value())
    }
}

/// The whole comparison, the largest differences first; places without a value of ours before them.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub file: String,
    pub kind: ServiceKind,
    pub column: String,
    pub is_km: bool,
    pub is_unit_guessed: bool,
    pub rows: Vec<Compared>,
    /// Rows of the file that could not be compared: (row, why).
    pub refused: Vec<(u32, Message)>,
    /// Numbers that may be thousands or decimals: (how many, the first).
    pub ambiguous: Option<(usize, String)>,
    /// Ids that stand more than once: (how many, the first).
    pub twice: Option<(usize, String)>,
    pub figures: Figures,
}

/// What the differences come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    pub count: usize,
    pub without_value: usize,
    pub mean_theirs: Metres,
    pub mean_ours: Metres,
    /// Of the size of the difference, as a part of theirs.
    pub median: f64,
    pub p99: f64,
    /// Places that differ by more than a hundredth and 25 m.
    pub apart: usize,
    /// Who has far, where it is a length and the cells tell their people.
    pub beyond: Option<Beyond>,
}

/// People of the cells that were compared who have farther than a length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beyond {
    pub limit: Metres,
    pub theirs: People,
    pub ours: People,
}

impl Figures {
    /// `beyond` is a length from which on people have far.
    pub(super) fn of(rows: &[Compared], beyond: Option<Metres>) -> Self {
        let pairs: Vec<(f64, f64)> =
            rows.iter().filter_map(|row| Some((row.theirs.value(), row.ours?.value()))).collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let count = pairs.len().max(1) as f64;
        let mut parts: Vec<f64> =
            pairs.iter().map(|(theirs, ours)| (ours - theirs).abs() / theirs.max(1.0)).collect();
        parts.sort_by(f64::total_cmp);
        let at = |share: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a place in a list"
            )]
            let place = ((parts.len() as f64 * share).ceil() as usize).saturating_sub(1);
            parts.get(place).copied().unwrap_or(0.0)
        };
        let is_peopled = rows.iter().any(|row| row.people.is_some());
        let beyond = beyond.filter(|_| is_peopled).map(|limit| {
            let people = |length: &dyn Fn(&Compared) -> Option<Metres>| {
                let both = rows.iter().filter(|row| row.ours.is_some());
                let far = both.filter(|row| length(row).is_some_and(|length| length > limit));
                far.filter_map(|row| row.people).sum()
            };
            Beyond { limit, theirs: people(&|row| Some(row.theirs)), ours: people(&|row| row.ours) }
        });
        Self {
            count: pairs.len(),
            without_value: rows.len() - pairs.len(),
            mean_theirs: Metres::new(pairs.iter().map(|pair| pair.0).sum::<f64>() / count),
            mean_ours: Metres::new(pairs.iter().map(|pair| pair.1).sum::<f64>() / count),
            median: at(0.5),
            p99: at(0.99),
            apart: pairs.iter().filter(|(theirs, ours)| !is_same(*theirs, *ours)).count(),
            beyond,
        }
    }
}

impl Comparison {
    /// The figures in words.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let figures = &self.figures;
        let (file, count, without) =
            (&self.file, lang.count(figures.count), lang.count(figures.without_value));
        let (theirs, ours) = (lang.km(figures.mean_theirs), lang.km(figures.mean_ours));
        let (median, p99) = (lang.number(figures.median * 100.0, 2), lang.number(figures.p99 * 100.0, 2));
        let apart = lang.count(figures.apart);
        let unit = if self.is_km { "km" } else { "m" };
        let column = &self.column;
        let guessed = if self.is_unit_guessed {
            say!(lang, " ({column} antas vara i {unit})", " ({column} is taken to be in {unit})")
        } else {
            String::new()
        };
        let refused = self.said_refused(lang);
        let beyond = figures.beyond.map_or_else(String::new, |Beyond { limit, theirs, ours }| {
            let (limit, theirs, ours) = (lang.km(limit), lang.people(theirs), lang.people(ours));
            say!(
                lang,
                " Längre än {limit}: {theirs} personer hos Pipos, {ours} här.",
                " Farther than {limit}: {theirs} people by Pipos, {ours} here."
            )
        });
        say!(
            lang,
            "{file}{guessed}: {count} rutor jämförda, {without} utan värde här. Rutornas medel {theirs} hos Pipos, {ours} här.{beyond} Skillnad: median {median} %, 99 % högst {p99} %; {apart} skiljer mer än 1 % och 25 m.{refused}",
            "{file}{guessed}: {count} squares compared, {without} without a value here. Mean of the squares {theirs} by Pipos, {ours} here.{beyond} Difference: median {median} %, 99 % at most {p99} %; {apart} differ by more than 1 % and 25 m.{refused}"
        )
    }

    /// What could not be compared, and what was read with a doubt.
    fn said_refused(&self, lang: Lang) -> String {
        let (rows, said) = (self.refused.len(), lang.count(self.refused.len()));
        let mut refused = say_many!(
            lang,
            rows,
            " {said} rad kunde inte jämföras." | " {said} rader kunde inte jämföras.",
            " {said} row could not be compared." | " {said} rows could not be compared."
        );
        if rows == 0 {
            refused.clear();
        }
        if let Some((count, first)) = &self.ambiguous {
            let count = lang.count(*count);
            refused += &say!(
                lang,
                " Tal som ”{first}” ({count}) läses som decimaler, inte tusental.",
                " Numbers such as “{first}” ({count}) are read as decimals, not thousands."
            );
        }
        if let Some((count, first)) = &self.twice {
            let count = lang.count(*count);
            refused += &say!(
                lang,
                " {count} id står flera gånger, först {first}: varje rad räknas.",
                " {count} ids stand more than once, first {first}: each row counts."
            );
        }
        refused
    }
}

pub(super) fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_M.max(a.max(b) * SAME_PART)
}
