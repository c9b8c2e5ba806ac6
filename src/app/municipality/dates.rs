//! Of which days are the layers behind a figure? As far as their files tell.

use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::LayerId;

/// The dates of some layers, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    pub known: Vec<String>,
    /// Some layer does not tell.
    pub has_unknown: bool,
}

impl Dates {
    #[must_use]
    pub fn of(results: &Results, layers: &[LayerId]) -> Self {
        let mut dates = Self::default();
        for layer in layers.iter().filter_map(|id| results.project.layer(*id)) {
            match &layer.source.date {
                Some(date) => dates.known.push(date.clone()),
                None => dates.has_unknown = true,
            }
        }
        dates.known.sort();
        dates.known.dedup();
        dates
    }

    /// The one day that all are of.
    #[must_use]
    pub fn only(&self) -> Option<&str> {
        match self.known.as_slice() {
            [date] if !self.has_unknown => Some(date),
            _ => None,
        }
    }
}

impl Said for Dates {
    fn said(&self, lang: Lang) -> String {
        let unknown = self.has_unknown || self.known.is_empty();
        let unknown = unknown.then(|| lang.pick("okänt datum", "unknown date").to_owned());
        self.known.iter().cloned().chain(unknown).collect::<Vec<_>>().join(", ")
    }
}
