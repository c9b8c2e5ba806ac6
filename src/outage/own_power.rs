//! How long does a place of its own power run? A set, its tank, and what is brought to it.

use super::spans::{Minute, Spans, minute};
use crate::model::outage::Range;

/// The fuel of a set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fuelled {
    /// Litres in the tank, litres an hour: from the least to the most.
    Litres { tank: f64, an_hour: Range },
    /// Of an unknown tank: how long it lasts.
    Hours(Range),
}

/// A place's own power.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPower {
    /// Minutes from the beginning of an outage until it runs.
    pub starts_after: Minute,
    pub fuel: Fuelled,
    /// Litres an hour, to tell what brought litres are worth.
    pub an_hour: Range,
    /// From this minute of an outage on somebody keeps it fuelled.
    pub kept_from: Option<Minute>,
    /// What is brought: minute of the crisis, litres.
    pub brought: Vec<(Minute, f64)>,
}

impl OwnPower {
    /// A set whose tank is not known.
    #[must_use]
    pub const fn of_hours(hours: Range, an_hour: Range) -> Self {
        Self { starts_after: 0, fuel: Fuelled::Hours(hours), an_hour, kept_from: None, brought: Vec::new() }
    }

    /// Is the size of its tank known?
    #[must_use]
    pub const fn is_sized(&self) -> bool {
        matches!(self.fuel, Fuelled::Litres { .. })
    }

    /// Hours that a full tank lasts.
    #[must_use]
    pub fn tank_h(&self) -> Range {
        match self.fuel {
            Fuelled::Litres { tank, an_hour } => Range(tank / an_hour.1, tank / an_hour.0),
            Fuelled::Hours(hours) => hours,
        }
    }

    /// When it gives power while there is no other at the place. Hours from the beginning of an outage count from when the grid
    /// went. The tank is full at first and not filled again by anybody else.
    #[must_use]
    pub fn runs(&self, gone: &Spans, grid_gone: &Spans, is_best: bool) -> Spans {
        let pick = |range: Range| if is_best { range.1 } else { range.0 };
        // What burns most lasts least.
        let an_hour = if is_best { self.an_hour.0 } else { self.an_hour.1 };
        let mut left = minute(pick(self.tank_h()));
        let mut brought = self.brought.clone();
        brought.sort_by_key(|(at, _)| *at);
        let mut brought = brought.into_iter().peekable();
        let mut out = Spans::NEVER;
        for (from, to) in gone.iter() {
            // It is sent for once: what has come for one outage is there for the next.
            let began = grid_gone.iter().next().map_or(from, |(began, _)| began);
            let mut at = began.saturating_add(self.starts_after).max(from);
            let kept = self.kept_from.map_or(Minute::MAX, |kept| began.saturating_add(kept));
            while at < to {
                while let Some((_, litres)) = brought.next_if(|(when, _)| *when <= at) {
                    left = left.saturating_add(minute(litres / an_hour));
                }
                if at >= kept {
                    out = out.or(&Spans::between(at, to));
                    break;
                }
                // To the next thing that happens: empty, fuelled, kept, over.
                let next = brought.peek().map_or(Minute::MAX, |(when, _)| *when).min(kept).min(to);
                let end = at.saturating_add(left).min(next);
                out = out.or(&Spans::between(at, end));
                left -= end - at;
                at = next;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(hours: f64) -> OwnPower {
        OwnPower::of_hours(Range::exactly(hours), Range::exactly(10.0))
    }

    #[test]
    fn a_tank_lasts_over_outages_and_what_is_brought_adds_to_it() {
        let gone = Spans::between(0, 120).or(&Spans::between(300, 600));
        assert_eq!(set(3.0).runs(&gone, &gone, false), Spans::between(0, 120).or(&Spans::between(300, 360)));
        // Twenty litres are two hours.
        let fuelled = OwnPower { brought: vec![(400, 20.0)], ..set(3.0) };
        let runs = fuelled.runs(&gone, &gone, false);
        assert_eq!(runs, Spans::between(0, 120).or(&Spans::between(300, 360)).or(&Spans::between(400, 520)));
        let early = OwnPower { brought: vec![(200, 20.0)], ..set(3.0) };
        assert_eq!(early.runs(&gone, &gone, false), Spans::between(0, 120).or(&Spans::between(300, 480)));
    }

    #[test]
    fn a_set_that_has_to_be_brought_starts_later_and_one_that_is_kept_goes_on() {
        let gone = Spans::between(60, 1000);
        let late = OwnPower { starts_after: 120, ..set(1.0) };
        assert_eq!(late.runs(&gone, &gone, true), Spans::between(180, 240));
        let kept = OwnPower { kept_from: Some(300), ..set(1.0) };
        assert_eq!(kept.runs(&gone, &gone, true), Spans::between(60, 120).or(&Spans::between(360, 1000)));
    }

    #[test]
    fn a_place_that_goes_dark_later_has_its_set_and_its_fuel_no_later() {
        let (gone, grid) = (Spans::between(180, 1000), Spans::between(60, 1000));
        let late = OwnPower { starts_after: 90, ..set(1.0) };
        assert_eq!(late.runs(&gone, &grid, true), Spans::between(180, 240));
        let kept = OwnPower { kept_from: Some(300), ..set(1.0) };
        assert_eq!(kept.runs(&gone, &grid, true), Spans::between(180, 240).or(&Spans::between(360, 1000)));
    }

    #[test]
    fn litres_are_hours_from_the_least_to_the_most() {
        let fuel = Fuelled::Litres { tank: 100.0, an_hour: Range(5.0, 10.0) };
        let set = OwnPower { fuel, an_hour: Range(5.0, 10.0), ..set(0.0) };
        let gone = Spans::between(0, 10_000);
        assert_eq!(set.runs(&gone, &gone, false), Spans::between(0, 600));
        assert_eq!(set.runs(&gone, &gone, true), Spans::between(0, 1200));
    }
}
