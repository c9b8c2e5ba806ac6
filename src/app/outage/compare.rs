//! How do scenarios stand beside each other? For each need: who is supplied when it is hardest, and the people-hours.

use std::path::Path;

use super::compute::Crisis;
use crate::app::tables::{TableStyle, Value, write_table};
use crate::io::IoError;
use crate::model::outage::{HOURS, Need};
use crate::outage::{Case, Counts};

/// A scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioSide {
    pub id: u32,
    pub name: String,
    /// Hours until everything is back, as the scenario has it.
    pub ends_h: f64,
    /// Hours that people-hours are summed over.
    pub hours: usize,
    pub needs: Vec<NeedSide>,
}

/// A need in it.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedSide {
    pub need: Need,
    /// People within the threshold when nothing fails.
    pub everyday: f64,
    /// The first of the hours in which fewest are surely supplied, and how many that is, for sure and at best.
    pub hardest: usize,
    pub least: [f64; 2],
    /// People-hours supplied, for sure and at best.
    pub supplied: [f64; 2],
}

impl NeedSide {
    /// People-hours fewer than if nothing failed, for sure and at best.
    #[must_use]
    pub fn lost(&self, hours: usize) -> [f64; 2] {
        let usual = f64::from(u32::try_from(hours).unwrap_or(u32::MAX)) * self.everyday;
        self.supplied.map(|supplied| usual - supplied)
    }
}

impl ScenarioSide {
    #[must_use]
    pub fn of(crisis: &Crisis) -> Self {
        let scenario = &crisis.scenario;
        let hours = scenario.last_hour();
        let supplied = |counts: &[Counts]| counts.first().map_or(0.0, |all| all.supplied);
        let needs = crisis.needs.iter().map(|need| {
            let at = |hour: usize, case: Case| supplied(&need.hours.hours[hour][case as usize]);
            let by_hour = (0..HOURS).map(|hour| (hour, at(hour, Case::Worst)));
            let hardest = by_hour.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(hour, _)| hour);
            NeedSide {
                need: need.need,
                everyday: supplied(&need.hours.everyday),
                hardest,
                least: Case::BOTH.map(|case| at(hardest, case)),
                supplied: Case::BOTH.map(|case| crisis.people_hours(need.need, case)),
            }
        });
        Self {
            id: scenario.id,
            name: scenario.name.clone(),
            ends_h: scenario.ends_h(),
            hours,
            needs: needs.collect(),
        }
    }

    #[must_use]
    pub fn need(&self, need: Need) -> Option<&NeedSide> {
        self.needs.iter().find(|known| known.need == need)
    }
}

/// A row for each scenario and need.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_scenarios(path: &Path, sides: &[ScenarioSide], style: TableStyle) -> Result<(), IoError> {
    let header = [
        "scenario",
        "kind",
        "ends_hour",
        "people_every_day",
        "hardest_hour",
        "people_least",
        "people_least_upper",
        "people_hours",
        "people_hours_upper",
        "people_hours_lost",
        "people_hours_lost_at_best",
    ];
    let number = |value: f64| Value::Number { value, in_files: 0, on_screen: 0 };
    let rows = sides.iter().flat_map(|side| {
        side.needs.iter().map(move |need| {
            let lost = need.lost(side.hours);
            let counts = [need.everyday, need.least[0], need.least[1]].map(number);
            let [everyday, least, most] = counts;
            let mut row = vec![
                Value::text(side.name.clone()),
                Value::text(need.need.id()),
                Value::Number { value: side.ends_h, in_files: 2, on_screen: 1 },
                everyday,
                Value::count(need.hardest),
                least,
                most,
            ];
            row.extend(need.supplied.into_iter().chain(lost).map(number));
            row
        })
    });
    write_table(path, style, &header.map(str::to_owned), rows)
}
