//! What is a figure of a municipality's sheet? A number, the same of the county beside it, its unit and where it comes
//! from. Does not know how it is found.

use crate::app::comparing::Unit;
use crate::lang::{Lang, Said};
use crate::model::{LayerId, Message, ServiceKind};

/// What figures belong together, in their order on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    People,
    Services,
    Reach(ServiceKind),
    Sot,
    Candidates,
    FollowUp,
}

impl Said for Part {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::People => lang.pick("Invånare", "People").into(),
            Self::Services => lang.pick("Service, antal", "Services, number").into(),
            Self::Reach(kind) => {
                let unit = kind.unit(lang);
                crate::say!(lang, "Till närmaste {unit}", "To the nearest {unit}")
            }
            Self::Sot => lang.pick("SOT-platser, antal", "SOT places, number").into(),
            Self::Candidates => lang.pick("Möjliga platser, antal", "Possible places, number").into(),
            Self::FollowUp => lang.pick("Uppföljning, antal platser", "Follow-up, number of places").into(),
        }
    }
}

/// A figure of the municipality, and the same of what stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable; where a table of files has the same figure, its column's name.
    pub id: String,
    pub part: Part,
    pub name: Message,
    pub unit: Unit,
    /// In the unit, as files have it; `None` where nobody knows.
    pub own: Option<f64>,
    pub beside: Option<f64>,
    /// Can the municipality's be said as a part of what stands beside it?
    pub is_part: bool,
    /// The layers it is made of.
    pub layers: Vec<LayerId>,
    /// Is it measured by the travel method?
    pub is_travelled: bool,
    /// What it counts, where the name does not say it.
    pub hint: Option<Message>,
}

impl Figure {
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        part: Part,
        name: Message,
        unit: Unit,
        values: [Option<f64>; 2],
    ) -> Self {
        let [own, beside] = values.map(|value| value.map(|value| unit.rounded(value)));
        let id = id.into();
        let (layers, is_travelled, hint) = (Vec::new(), false, None);
        Self { id, part, name, unit, own, beside, is_part: false, layers, is_travelled, hint }
    }

    /// A number of things or people, of which the municipality has a part.
    #[must_use]
    pub fn counted(mut self) -> Self {
        self.is_part = true;
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
    pub fn hinted(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The municipality's part of what stands beside it.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let (own, beside) = (self.own?, self.beside?);
        (self.is_part && beside > 0.0).then_some(own / beside)
    }

    /// A value as people read it; a dash where nobody knows.
    #[must_use]
    pub fn said(&self, value: Option<f64>, lang: Lang) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.unit.said(value, lang))
    }
}
