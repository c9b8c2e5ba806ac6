//! What lies side by side? Places as columns, figures as rows, each with its words, its unit, which way is better and
//! where it comes from; the best and the worst of what is known. Does not know how a figure is found.

use super::ask::Ask;
use super::unit::Unit;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::{Evidence, LayerId, Message, Side, SiteId};
use crate::siting::Outcome;
use crate::units::{Cost, Measure, People};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    Store,
    /// A SOT place with a store in the data.
    SotWithStore,
    /// A SOT place whose store is not in the data.
    SotWithoutStore,
    Trial,
    /// A saved plan.
    Plan,
}

impl PlaceKind {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::SotWithStore => "sot_place_with_store",
            Self::SotWithoutStore => "sot_place_without_store_in_data",
            Self::Trial => "trial_point",
            Self::Plan => "plan",
        }
    }
}

impl Said for PlaceKind {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Store => lang.pick("butik", "store"),
            Self::SotWithStore => lang.pick("SOT-plats med butik", "SOT place with a store"),
            Self::SotWithoutStore => {
                lang.pick("SOT-plats, butiken finns inte i data", "SOT place, store not in the data")
            }
            Self::Trial => lang.pick("testplats, ingen butik", "test site, no store"),
            Self::Plan => lang.pick("sparad plan", "saved plan"),
        }
        .into()
    }
}

/// A place or plan that is compared: a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub side: Side,
    /// As people call it: the SOT place's name, else the store's; the plan's.
    pub label: String,
    /// As exports of places name it.
    pub name: String,
    pub sot_name: Option<String>,
    pub municipality: Option<String>,
    pub kind: PlaceKind,
    /// The place itself, or those of the plan, and where they lie.
    pub sites: Vec<SiteId>,
    pub places: Vec<LonLat>,
}

impl Place {
    #[must_use]
    pub fn is_plan(&self) -> bool {
        self.kind == PlaceKind::Plan
    }

    /// The name with what tells it from others of the same name.
    #[must_use]
    pub fn full(&self) -> String {
        match &self.municipality {
            Some(municipality) => format!("{} ({municipality})", self.label),
            None => self.label.clone(),
        }
    }
}

/// What rows belong together, in the order of the inspector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Plan,
    Level,
    Services,
    People,
    Closure,
    Factors,
    Rank,
    Status,
    Process,
    Questions,
}

impl Group {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Level => "minimum_level",
            Self::Services => "services",
            Self::People => "people",
            Self::Closure => "closure",
            Self::Factors => "factors",
            Self::Rank => "rank",
            Self::Status => "status",
            Self::Process => "process",
            Self::Questions => "questions",
        }
    }
}

impl Said for Group {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Plan => lang.pick("Planen", "The plan"),
            Self::Level => lang.pick("Lägstanivån, nio regler", "Minimum level, nine rules"),
            Self::Services => lang.pick("Närmaste av varje typ", "Nearest of each kind"),
            Self::People => lang.pick("Invånare", "People"),
            Self::Closure => lang.pick("Om butiken läggs ner", "If the store closes"),
            Self::Factors => lang.pick("Platsens faktorer", "Factors of the place"),
            Self::Rank => lang.pick("I rangordningen", "In the ranking"),
            Self::Status => lang.pick("SOT-status", "SOT status"),
            Self::Process => lang.pick("Arbetet på platsen", "The work on the place"),
            Self::Questions => lang.pick("Frågor att ställa", "Questions to ask"),
        }
        .into()
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
    /// More means that a SOT point is more needed here, not that the place is better off.
    MoreNeeded,
    /// Only shown.
    Neither,
}

impl Better {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::More | Self::MoreNeeded => "more",
            Self::Less => "less",
            Self::Neither => "none",
        }
    }

    /// What the best of a row is called.
    #[must_use]
    pub const fn best(self, lang: Lang) -> &'static str {
        match self {
            Self::More | Self::Less => lang.pick("bäst", "best"),
            Self::MoreNeeded => lang.pick("störst behov", "greatest need"),
            Self::Neither => "",
        }
    }

    #[must_use]
    pub const fn worst(self, lang: Lang) -> &'static str {
        match self {
            Self::More | Self::Less => lang.pick("sämst", "worst"),
            Self::MoreNeeded => lang.pick("minst behov", "least need"),
            Self::Neither => "",
        }
    }
}

/// What is known of a row at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// In the row's unit, as files have it.
    Number(f64),
    Met {
        is_met: bool,
        has_remark: bool,
    },
    /// A stable name and its words; `rank` orders it among others of its kind, where it can be.
    Words {
        id: String,
        said: Message,
        rank: Option<f64>,
    },
    /// More than any number: somebody would reach no other store at all.
    BeyondMeasure,
    /// Not known, and why.
    Unknown {
        id: &'static str,
        ask: Ask,
    },
    /// Nothing to know: the row is about something that the place is not.
    DoesNotApply {
        id: &'static str,
    },
}

impl Value {
    /// What best and worst are found by; `None` where that is not known.
    #[must_use]
    pub fn compared(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            Self::Met { is_met, .. } => Some(f64::from(u8::from(*is_met))),
            Self::Words { rank, .. } => *rank,
            Self::BeyondMeasure => Some(f64::INFINITY),
            Self::Unknown { .. } | Self::DoesNotApply { .. } => None,
        }
    }

    /// The stable name of what is known in files.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self {
            Self::Number(_) | Self::Met { .. } | Self::Words { .. } => "known",
            Self::BeyondMeasure => "beyond_measure",
            Self::Unknown { .. } => "unknown",
            Self::DoesNotApply { .. } => "does_not_apply",
        }
    }

    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }
}

/// A row at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub value: Value,
    /// Why it is what it is: the reason, the unit's name, what was counted.
    pub why: Message,
    pub evidence: Option<Evidence>,
    /// Further figures of the same thing, by their names in files.
    pub more: Vec<(&'static str, serde_json::Value)>,
}

impl Cell {
    #[must_use]
    pub fn new(value: Value, why: Message) -> Self {
        Self { value, why, evidence: None, more: Vec::new() }
    }

    /// A number that needs no reason.
    #[must_use]
    pub fn number(value: f64) -> Self {
        Self::new(Value::Number(value), nothing())
    }

    #[must_use]
    pub fn unknown(id: &'static str, ask: Ask, why: Message) -> Self {
        Self::new(Value::Unknown { id, ask }, why)
    }

    #[must_use]
    pub fn does_not_apply(id: &'static str, why: Message) -> Self {
        Self::new(Value::DoesNotApply { id }, why)
    }

    #[must_use]
    pub fn known_by(mut self, evidence: Evidence) -> Self {
        self.evidence = Some(evidence);
        self
    }

    /// The value in words; what is not known says so and why.
    #[must_use]
    pub fn said(&self, unit: Unit, lang: Lang) -> String {
        match &self.value {
            Value::Number(value) => unit.said(*value, lang),
            Value::Met { is_met, has_remark } => {
                let outcome = if *is_met { Outcome::Met } else { Outcome::NotMet };
                let remark = if *has_remark { lang.pick(", anmärkning", ", remark") } else { "" };
                format!("{}{remark}", outcome.said(lang))
            }
            Value::Words { said, .. } => said.said(lang),
            Value::BeyondMeasure => self.why.said(lang),
            Value::Unknown { .. } => {
                format!("{}: {}", lang.pick("okänt", "unknown"), self.why.said(lang))
            }
            Value::DoesNotApply { .. } => {
                format!("{}: {}", lang.pick("gäller inte", "does not apply"), self.why.said(lang))
            }
        }
    }
}

/// No words.
#[must_use]
pub fn nothing() -> Message {
    Message::new("", "")
}

/// What is said of the place that is best or worst.
#[derive(Debug, Clone, PartialEq)]
pub struct Tell {
    pub best: Message,
    pub worst: Message,
}

/// A figure of every place.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Stable: files and sentences name it by this.
    pub id: String,
    pub group: Group,
    pub name: Message,
    pub unit: Unit,
    pub better: Better,
    /// In the order of the places.
    pub cells: Vec<Cell>,
    /// The places that are best and worst of those known: none without a direction, or where none differs. Several
    /// are a tie.
    pub best: Vec<usize>,
    pub worst: Vec<usize>,
    /// To the reference; `None` where either is no number.
    pub differences: Vec<Option<f64>>,
    /// The layers it was made of.
    pub layers: Vec<LayerId>,
    /// Is it measured by the travel method?
    pub is_travelled: bool,
    /// The row above that shows the same figure.
    pub same_as: Option<String>,
    pub tell: Option<Tell>,
}

impl Row {
    #[must_use]
    pub fn new(id: impl Into<String>, group: Group, name: Message, unit: Unit, better: Better) -> Self {
        Self {
            id: id.into(),
            group,
            name,
            unit,
            better,
            cells: Vec::new(),
            best: Vec::new(),
            worst: Vec::new(),
            differences: Vec::new(),
            layers: Vec::new(),
            is_travelled: false,
            same_as: None,
            tell: None,
        }
    }

    #[must_use]
    pub fn with(mut self, cells: Vec<Cell>) -> Self {
        self.cells = cells;
        for cell in &mut self.cells {
            if let Value::Number(value) = &mut cell.value {
                *value = self.unit.rounded(*value);
            }
        }
        self
    }

    #[must_use]
    pub fn from(mut self, layers: Vec<LayerId>) -> Self {
        self.layers = layers;
        self
    }

    #[must_use]
    pub fn travelled(mut self) -> Self {
        self.is_travelled = true;
        self
    }

    #[must_use]
    pub fn telling(mut self, best: Message, worst: Message) -> Self {
        self.tell = Some(Tell { best, worst });
        self
    }

    #[must_use]
    pub fn same_as(mut self, id: &str) -> Self {
        self.same_as = Some(id.to_owned());
        self
    }

    /// Finds best, worst and the differences to the reference. Plans are set against plans and places against places: that
    /// nine places reach more people than one says nothing of either.
    pub(super) fn compare(&mut self, reference: Option<usize>, places: &[Place]) {
        for is_plan in [false, true] {
            let peers = (0..self.cells.len())
                .filter(|at| places.get(*at).is_some_and(|place| place.is_plan() == is_plan));
            let known: Vec<(usize, f64)> =
                peers.filter_map(|at| Some((at, self.cells[at].value.compared()?))).collect();
            let (least, most) =
                known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, value)| {
                    (a.min(*value), b.max(*value))
                });
            // Fewer than two known, or all the same, have neither.
            if self.better == Better::Neither || least >= most {
                continue;
            }
            #[expect(clippy::float_cmp, reason = "one of these very numbers")]
            let at = |wanted: f64| known.iter().filter(move |(_, value)| *value == wanted).map(|(at, _)| *at);
            let (best, worst) = if self.better == Better::Less { (least, most) } else { (most, least) };
            self.best.extend(at(best));
            self.worst.extend(at(worst));
        }
        let number = |cell: &Cell| match cell.value {
            Value::Number(value) => Some(value),
            _ => None,
        };
        let to = reference.and_then(|at| self.cells.get(at)).and_then(number);
        let difference = |cell: &Cell| Some(self.unit.rounded(number(cell)? - to?));
        self.differences = self.cells.iter().map(difference).collect();
    }
}

/// People by distance: a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pub points: Vec<(Cost, People)>,
}

/// What a sentence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceKind {
    /// It speaks for the place.
    For,
    /// It speaks against it.
    Against,
    /// It is a question.
    Question,
    /// Hardly anything is known.
    NoData,
}

impl SentenceKind {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Question => "question",
            Self::NoData => "no_data",
        }
    }
}

/// A sentence, and the rows it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// `None`: it is about all of them.
    pub place: Option<usize>,
    pub kind: SentenceKind,
    pub text: Message,
    pub rows: Vec<String>,
}

/// Places side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub places: Vec<Place>,
    /// What was chosen and is not there any more.
    pub gone: Vec<Side>,
    /// The place that differences are told to.
    pub reference: Option<usize>,
    pub rows: Vec<Row>,
    /// One a place.
    pub curves: Vec<Curve>,
    /// The cells within the threshold of each place.
    pub catchments: Vec<Vec<usize>>,
    pub sentences: Vec<Sentence>,
    pub measure: Measure,
    pub limit: Cost,
}

impl Comparison {
    /// The places among what is compared, and those of its plans, each once.
    #[must_use]
    pub fn sites(&self) -> Vec<SiteId> {
        let mut sites: Vec<SiteId> = Vec::new();
        for site in self.places.iter().flat_map(|place| &place.sites) {
            if !sites.contains(site) {
                sites.push(site.clone());
            }
        }
        sites
    }

    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }
}
