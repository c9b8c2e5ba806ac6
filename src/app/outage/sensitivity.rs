//! On which assumption does the answer hang most? Each that is not known for sure is taken at its best, the others at their
//! worst: what that gives in people-hours.

use std::sync::Arc;

use super::compute::{Crisis, OutageError};
use super::places::Place;
use super::tables::OutageTables;
use crate::lang::{Lang, Said};
use crate::model::outage::{Chain, EdgeEdit, Known, OutageAssumptions, OutageScenario, Part, Range};
use crate::model::travel::TravelError;
use crate::outage::{Case, OwnPower};
use crate::progress::Progress;
use crate::say;

/// What is not known for sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unsure {
    /// Whether places have reserve power of which nothing is said; so many places.
    OwnPower(usize),
    /// How long a tank lasts whose size is not said; so many places.
    TankHours(usize),
    /// What a set burns of which nothing is said.
    LitresAnHour(usize),
    /// Whether places lie in a locality.
    Locality(usize),
    /// How long it takes until one part stops another, hours from the least to the most.
    Delay(Part, Part, Range),
}

impl Said for Unsure {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::OwnPower(count) => {
                let count = lang.count(*count);
                say!(lang, "om {count} platser har reservkraft", "whether {count} places have reserve power")
            }
            Self::TankHours(count) => {
                let count = lang.count(*count);
                say!(
                    lang,
                    "hur länge tanken räcker på {count} platser",
                    "how long the tank lasts at {count} places"
                )
            }
            Self::LitresAnHour(count) => {
                let count = lang.count(*count);
                say!(lang, "vad aggregatet drar på {count} platser", "what the set burns at {count} places")
            }
            Self::Locality(count) => {
                let count = lang.count(*count);
                say!(
                    lang,
                    "om {count} platser ligger i en tätort",
                    "whether {count} places lie in a locality"
                )
            }
            Self::Delay(from, to, range) => {
                let (from, to, range) = (from.said(lang), to.said(lang), range.said(lang));
                say!(
                    lang,
                    "hur många timmar det tar från ”{from}” till ”{to}” ({range} h)",
                    "how many hours it takes from “{from}” to “{to}” ({range} h)"
                )
            }
        }
    }
}

/// What comes of it when one of them is at its best.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    pub what: Unsure,
    /// People-hours more than the worst case, over all needs.
    pub people_hours: f64,
}

/// The crisis with one thing otherwise.
struct Asked<'a> {
    tables: &'a Arc<OutageTables>,
    scenario: &'a OutageScenario,
    assumed: &'a OutageAssumptions,
    progress: &'a dyn Progress,
    before: f64,
    found: Vec<Sensitivity>,
}

/// People-hours of all needs during the outage, for sure.
fn sum(crisis: &Crisis) -> f64 {
    let hours = crisis.scenario.last_hour();
    crisis.needs.iter().map(|need| need.hours.people_hours(Case::Worst, hours)).sum()
}

impl Asked<'_> {
    fn tell(
        &mut self,
        what: Unsure,
        assumed: &OutageAssumptions,
        adjust: &dyn Fn(&mut Place),
    ) -> Result<(), OutageError> {
        let crisis = Crisis::adjusted(self.tables, self.scenario, assumed, adjust, self.progress)?;
        let people_hours = sum(&crisis) - self.before;
        if people_hours > 0.5 {
            self.found.push(Sensitivity { what, people_hours });
        }
        Ok(())
    }

    /// What is not known of places and their sets.
    fn places(&mut self, worst: &Crisis) -> Result<(), OutageError> {
        let assumed = self.assumed;
        let count = |is_so: &dyn Fn(&Place) -> bool| worst.places.iter().filter(|place| is_so(place)).count();
        let unknown = count(&|place| place.state.has_own_power == Known::Unknown);
        if unknown > 0 {
            self.tell(Unsure::OwnPower(unknown), assumed, &|place| {
                if place.state.has_own_power == Known::Unknown {
                    place.state.has_own_power = Known::Yes;
                }
            })?;
        }
        let set = |place: &Place, is_so: fn(&OwnPower) -> bool| {
            place.state.has_own_power == Known::Yes && place.state.own_power.as_ref().is_some_and(is_so)
        };
        if !assumed.own_power_h.is_exact() {
            let of = count(&|place| set(place, |set| !set.is_sized()));
            let best = OutageAssumptions { own_power_h: sure(assumed.own_power_h), ..assumed.clone() };
            self.tell(Unsure::TankHours(of), &best, &|_| {})?;
        }
        if !assumed.litres_per_hour.is_exact() {
            let of = count(&|place| set(place, |set| !set.an_hour.is_exact()));
            let least = Range::exactly(assumed.litres_per_hour.0);
            let best = OutageAssumptions { litres_per_hour: least, ..assumed.clone() };
            self.tell(Unsure::LitresAnHour(of), &best, &|_| {})?;
        }
        let nowhere = count(&|place| place.state.is_in_locality == Known::Unknown);
        if nowhere > 0 {
            self.tell(Unsure::Locality(nowhere), assumed, &|place| {
                if place.state.is_in_locality == Known::Unknown {
                    place.state.is_in_locality = Known::No;
                }
            })?;
        }
        Ok(())
    }

    /// How long it takes until a loss is felt.
    fn delays(&mut self) -> Result<(), OutageError> {
        for edge in Chain::with(&self.assumed.edits).edges {
            let Some(delay) = edge.delay else { continue };
            if delay.is_exact() && edge.delay_in_locality.is_none_or(Range::is_exact) {
                continue;
            }
            self.progress.check().map_err(TravelError::from)?;
            let edit = EdgeEdit {
                effect: edge.effect,
                delay: Some(sure(delay)),
                delay_in_locality: edge.delay_in_locality.map(sure),
                recovery_h: edge.recovery_h,
            };
            let mut best = self.assumed.clone();
            best.edits.insert(edge.id(), edit);
            self.tell(Unsure::Delay(edge.from, edge.to, delay), &best, &|_| {})?;
        }
        Ok(())
    }
}

/// The most that it may be.
const fn sure(range: Range) -> Range {
    Range::exactly(range.1)
}

/// All that is not known for sure, what the answer hangs on most first; what changes nothing is left out.
///
/// # Errors
/// [`OutageError`] when the result is no longer wanted, or a way could not be had.
pub fn sensitivity(
    tables: &Arc<OutageTables>,
    scenario: &OutageScenario,
    assumed: &OutageAssumptions,
    progress: &dyn Progress,
) -> Result<Vec<Sensitivity>, OutageError> {
    let worst = Crisis::compute(tables, scenario, assumed, progress)?;
    let before = sum(&worst);
    let mut asked = Asked { tables, scenario, assumed, progress, before, found: Vec::new() };
    asked.places(&worst)?;
    asked.delays()?;
    let mut found = asked.found;
    found.sort_by(|a, b| b.people_hours.total_cmp(&a.people_hours));
    Ok(found)
}
