//! What of outages does a project keep? Its scenarios, what is assumed, and the machines of places.

use std::collections::BTreeMap;

use super::assumptions::OutageAssumptions;
use super::scenario::OutageScenario;
use crate::model::{Load, Message, PowerAssumptions, SiteId};

/// The machines of a place, and what is assumed about its set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoadList {
    pub loads: Vec<Load>,
    pub assumed: PowerAssumptions,
}

/// The outages of a project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutageBook {
    /// In the order made.
    pub scenarios: Vec<OutageScenario>,
    pub assumptions: OutageAssumptions,
    pub loads: BTreeMap<SiteId, LoadList>,
}

impl OutageBook {
    /// The scenario that is looked at: the one that is chosen, else the first.
    #[must_use]
    pub fn shown(&self, chosen: Option<u32>) -> Option<&OutageScenario> {
        chosen.and_then(|id| self.scenario(id)).or(self.scenarios.first())
    }

    #[must_use]
    pub fn scenario(&self, id: u32) -> Option<&OutageScenario> {
        self.scenarios.iter().find(|scenario| scenario.id == id)
    }

    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.scenarios.iter().map(|scenario| scenario.id).max().map_or(1, |last| last.saturating_add(1))
    }

    /// Every site that it names.
    pub fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.scenarios.iter().flat_map(OutageScenario::sites).chain(self.loads.keys())
    }

    /// The same with other names for sites.
    #[must_use]
    pub fn renamed(mut self, named: impl Fn(&SiteId) -> SiteId) -> Self {
        for scenario in &mut self.scenarios {
            scenario.added = scenario.added.iter().map(&named).collect();
            scenario.removed = scenario.removed.iter().map(&named).collect();
            for refuel in &mut scenario.refuels {
                refuel.site = named(&refuel.site);
            }
        }
        self.loads = self.loads.into_iter().map(|(site, list)| (named(&site), list)).collect();
        self
    }

    /// The same without a site.
    #[must_use]
    pub fn without(mut self, site: &SiteId) -> Self {
        for scenario in &mut self.scenarios {
            scenario.added.remove(site);
            scenario.removed.remove(site);
            scenario.refuels.retain(|refuel| refuel.site != *site);
        }
        self.loads.remove(site);
        self
    }

    /// What of it no computation could make sense of.
    #[must_use]
    pub fn first_fault(&self) -> Option<Message> {
        let of_scenario = |scenario: &OutageScenario| {
            let [sv, en] = scenario.first_fault()?;
            Some(Message::new(format!("{}: {sv}", scenario.name), format!("{}: {en}", scenario.name)))
        };
        let assumed = self.assumptions.first_fault().map(|id| {
            Message::new(
                format!("antagandet {id} har ett värde som inte går att räkna med"),
                format!("the assumption {id} has a value that cannot be computed with"),
            )
        });
        self.scenarios.iter().find_map(of_scenario).or(assumed)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
