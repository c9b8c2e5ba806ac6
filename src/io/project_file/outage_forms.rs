//! How do outages stand in a project file? Scenarios, what is assumed of them, and the machines of places.

use serde::{Deserialize, Serialize};

use super::forms::Form;
use crate::model::outage::{LoadList, OutageAssumptions, OutageBook, OutageScenario};
use crate::model::{Load, PowerAssumptions, SiteId};

#[derive(PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OutageForms {
    pub scenarios: Vec<OutageScenario>,
    pub assumptions: OutageAssumptions,
    pub loads: Vec<LoadListForm>,
}

impl Form for OutageForms {
    const NAME: &'static str = "outages";
}

/// A list item, since a JSON key cannot be a site.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct LoadListForm {
    pub site: SiteId,
    pub loads: Vec<Load>,
    pub assumed: PowerAssumptions,
}

impl OutageForms {
    pub fn of(book: &OutageBook) -> Self {
        let list = |(site, list): (&SiteId, &LoadList)| LoadListForm {
            site: site.clone(),
            loads: list.loads.clone(),
            assumed: list.assumed,
        };
        Self {
            scenarios: book.scenarios.clone(),
            assumptions: book.assumptions.clone(),
            loads: book.loads.iter().map(list).collect(),
        }
    }

    pub fn into_model(self) -> OutageBook {
        let list = |form: LoadListForm| (form.site, LoadList { loads: form.loads, assumed: form.assumed });
        OutageBook {
            scenarios: self.scenarios,
            assumptions: self.assumptions,
            loads: self.loads.into_iter().map(list).collect(),
        }
    }
}
