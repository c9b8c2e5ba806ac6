//! Why can a question not be asked? What is missing or wrong, and what to do about it.

use crate::lang::{Lang, Said};
use crate::location::ProblemError;
use crate::model::travel::TravelError;
use crate::model::{Message, SiteId};
use crate::progress::Cancelled;
use crate::say;
use crate::units::Measure;

/// A question that cannot be asked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unsolvable {
    #[error("cancelled")]
    Cancelled(#[from] Cancelled),
    /// The maker of ways did not answer; why.
    #[error("{}", self.said(Lang::En))]
    NoAnswer(Message),
    #[error("{0}")]
    Problem(ProblemError),
    /// No population, or none with a weight.
    #[error("{}", self.said(Lang::En))]
    NobodyToServe,
    /// Neither a store nor a SOT place.
    #[error("{}", self.said(Lang::En))]
    NoPlaces,
    /// The question counts in kilometres and the results in minutes, or the other way round.
    #[error("{}", self.said(Lang::En))]
    OtherMeasure { asked: Measure, counted: Measure },
    /// No layer has the column.
    #[error("{}", self.said(Lang::En))]
    NoColumn { column: String, known: Vec<String> },
    /// Groups of countryside are asked for, and no locality is in the data.
    #[error("{}", self.said(Lang::En))]
    NoLocality,
    /// A value that is no number, or below zero.
    #[error("{}", self.said(Lang::En))]
    BadValue { place: String, column: String, value: String },
    #[error("{}", self.said(Lang::En))]
    NoCostField,
    #[error("{}", self.said(Lang::En))]
    NoCapacityField,
    /// Locked by hand, not yet there, and nobody says what it costs.
    #[error("{}", self.said(Lang::En))]
    LockedWithoutCost { place: String, column: Option<String> },
    /// A site that is neither a store nor a SOT place of the project.
    #[error("{}", self.said(Lang::En))]
    UnknownSite { site: SiteId },
    /// Two things said of one place that cannot both hold; by what the user wrote.
    #[error("{}", self.said(Lang::En))]
    Contradiction { place: String, first: String, second: String },
    /// A pair of a place and itself.
    #[error("{}", self.said(Lang::En))]
    ExcludesItself { place: String },
    /// A number that cannot be: a budget below zero, a gap above one …
    #[error("{}", self.said(Lang::En))]
    BadNumber { what: &'static str, value: f64 },
}

impl From<TravelError> for Unsolvable {
    fn from(error: TravelError) -> Self {
        match error {
            TravelError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            TravelError::NoAnswer(why) => Self::NoAnswer(why),
        }
    }
}

impl Said for Unsolvable {
    #[expect(clippy::too_many_lines, reason = "one sentence a variant, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Cancelled(_) => lang.pick("avbrutet", "cancelled").into(),
            Self::NoAnswer(why) => TravelError::NoAnswer(why.clone()).said(lang),
            Self::Problem(error) => error.said(lang),
            Self::NoLocality => lang
                .pick(
                    "ingen tätort med tillräckligt många invånare finns i data, så glesbygd och tätortsnära landsbygd kan inte skiljas ut. Läs in rutor som täcker tätorten, eller ett lager med orter och deras folkmängd",
                    "no locality with enough people is in the data, so remote and rural areas cannot be told apart. Load cells that cover the locality, or a layer of places with their population",
                )
                .into(),
            Self::NobodyToServe => lang
                .pick(
                    "ingen befolkning att betjäna: ingen befolkad ruta hör till gruppen. Lägg till ett befolkningslager eller välj en annan grupp; för glesbygd och tätortsnära landsbygd måste en tätort kunna nås på väg",
                    "there is nobody to serve: no populated cell belongs to the group. Add a population layer or choose another group; for rural groups a locality must be reachable by road",
                )
                .into(),
            Self::NoPlaces => lang
                .pick(
                    "inga platser att välja mellan. Lägg till livsmedelsbutiker eller SOT-platser",
                    "there are no places to choose from. Add grocery stores or SOT places",
                )
                .into(),
            Self::OtherMeasure { asked, counted } => {
                let (asked, counted) = (asked.unit(), counted.unit());
                say!(
                    lang,
                    "frågan räknar i {asked} men resultatet i {counted}. Byt mått eller ställ frågan på nytt",
                    "the question counts in {asked} but the results in {counted}. Change the measure or ask again"
                )
            }
            Self::NoColumn { column, known } => {
                let known = known.join(", ");
                say!(
                    lang,
                    "ingen kolumn med tal heter ”{column}”. Kolumner: {known}. Grupper av landsbygd: rural-remote, rural, locality",
                    "no column with numbers is called “{column}”. Columns: {known}. Rural groups: rural-remote, rural, locality"
                )
            }
            Self::BadValue { place, column, value } => say!(
                lang,
                "{place}: {column} är ”{value}”, inte ett tal från noll och uppåt. Rätta värdet",
                "{place}: {column} is “{value}”, not a number of zero or more. Correct the value"
            ),
            Self::NoCostField => lang
                .pick(
                    "en budget behöver veta vad platser kostar: ange kolumnen (--cost-field), ett fast pris (--flat-price) eller pris för enskilda platser (--price)",
                    "a budget needs to know what places cost: name the column (--cost-field), a flat price (--flat-price) or prices of single places (--price)",
                )
                .into(),
            Self::NoCapacityField => lang
                .pick(
                    "målet kräver en uppgift om hur många varje plats räcker till: ange kolumnen (--capacity-field)",
                    "the objective needs to know how many people places have room for: name the column (--capacity-field)",
                )
                .into(),
            Self::LockedWithoutCost { place, column: None } => say!(
                lang,
                "{place}: låst i planen men utan pris. Ange vad platsen kostar",
                "{place}: locked into the plan but without a price. Say what the place costs"
            ),
            Self::LockedWithoutCost { place, column: Some(column) } => say!(
                lang,
                "{place}: låst i planen men utan kostnad ({column}). Ange vad platsen kostar",
                "{place}: locked into the plan but without a cost ({column}). Say what the place costs"
            ),
            Self::UnknownSite { site } => {
                let site = site.text();
                say!(
                    lang,
                    "{site}: finns inte bland butiker och SOT-platser. Ta bort platsen ur frågan",
                    "{site}: is not among the stores and SOT places. Take it out of the question"
                )
            }
            Self::Contradiction { place, first, second } => say!(
                lang,
                "{place} sägs vara både {first} och {second}. Ta bort det ena",
                "{place} is said to be both {first} and {second}. Remove one"
            ),
            Self::ExcludesItself { place } => say!(
                lang,
                "--exclusive {place}: en plats kan inte utesluta sig själv",
                "--exclusive {place}: a place cannot exclude itself"
            ),
            Self::BadNumber { what, value } => {
                say!(lang, "{what}: {value} är inte ett giltigt värde", "{what}: {value} is not a valid value")
            }
        }
    }
}
