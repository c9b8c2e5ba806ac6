//! In which form are edits saved? Corrections of features, and services added by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::geometry::LonLat;
use crate::model::{AddedService, Amendment, Evidence, Fact, KindSet, LeftOut, Settled, SiteId};

/// A list item, since a JSON key can only be text.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct AmendmentForm {
    pub site: SiteId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Known<LonLat>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Known<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Known<KindSet>>,
    #[serde(default)]
    pub facts: BTreeMap<String, Fact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<Known<LeftOut>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<Settled>,
}

/// A value and how we know it, in the form of [`Fact`].
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Known<T> {
    pub value: T,
    pub evidence: Evidence,
}

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct AddedForm {
    pub id: u32,
    pub name: String,
    pub kinds: KindSet,
    pub place: LonLat,
    #[serde(default)]
    pub facts: BTreeMap<String, Fact>,
    pub evidence: Evidence,
}

impl<T> Known<T> {
    fn from_pair((value, evidence): (T, Evidence)) -> Self {
        Self { value, evidence }
    }

    fn into_pair(self) -> (T, Evidence) {
        (self.value, self.evidence)
    }
}

impl From<(&SiteId, &Amendment)> for AmendmentForm {
    fn from((site, amendment): (&SiteId, &Amendment)) -> Self {
        let Amendment { place, name, kinds, facts, left_out, settled } = amendment.clone();
        Self {
            site: site.clone(),
            place: place.map(Known::from_pair),
            name: name.map(Known::from_pair),
            kinds: kinds.map(Known::from_pair),
            facts,
            left_out: left_out.map(Known::from_pair),
            settled,
        }
    }
}

impl AmendmentForm {
    pub fn into_model(self) -> (SiteId, Amendment) {
        let amendment = Amendment {
            place: self.place.map(Known::into_pair),
            name: self.name.map(Known::into_pair),
            kinds: self.kinds.map(Known::into_pair),
            facts: self.facts,
            left_out: self.left_out.map(Known::into_pair),
            settled: self.settled,
        };
        (self.site, amendment)
    }
}

impl From<&AddedService> for AddedForm {
    fn from(service: &AddedService) -> Self {
        let AddedService { id, name, kinds, place, facts, evidence } = service.clone();
        Self { id, name, kinds, place, facts, evidence }
    }
}

impl AddedForm {
    pub fn into_model(self) -> AddedService {
        let Self { id, name, kinds, place, facts, evidence } = self;
        AddedService { id, name, kinds, place, facts, evidence }
    }
}
