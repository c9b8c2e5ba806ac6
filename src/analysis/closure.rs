//! What happens if a service closes? Everyone for whom it is the nearest goes to the second nearest.

use super::Coverage;
use crate::model::{Demand, ServiceIx};
use crate::units::{Cost, People};

/// The effect of closing one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Closure {
    pub service: ServiceIx,
    /// People for whom it is the nearest.
    pub people: People,
    /// Extra length summed over these people, kilometres one way.
    /// A detour in time may be shorter in length; such trips count below zero.
    pub extra_person_km: f64,
    /// The same in minutes, where the travel model knows times.
    pub extra_person_min: Option<f64>,
    /// The same in what is counted: metres or seconds.
    pub extra_cost: f64,
    /// The largest extra cost of an inhabited cell.
    pub max_extra: Cost,
    /// People moved from within the threshold to beyond it.
    pub people_pushed_beyond: People,
    /// People left with no service of the kind at all.
    pub people_left_without: People,
    /// Where they go instead, most people first.
    pub goes_to: Vec<(ServiceIx, People)>,
}

impl Closure {
    /// Extra cost a person, one way, over those who have somewhere else to go.
    #[must_use]
    pub fn mean_extra(&self) -> Option<Cost> {
        let people = (self.people - self.people_left_without).value();
        (people > 0.0).then(|| Cost::new(self.extra_cost / people))
    }
}

/// The effect of closing each service of a kind, one at a time, in their order.
///
/// # Complexity
/// O(cells): the second nearest is known already.
#[must_use]
pub fn closures(coverage: &Coverage, demand: &Demand, threshold: Cost) -> Vec<Closure> {
    let mut out: Vec<Closure> = coverage
        .services
        .iter()
        .map(|service| Closure {
            service: *service,
            people: People::ZERO,
            extra_person_km: 0.0,
            extra_person_min: coverage.nearest.has_times().then_some(0.0),
            extra_cost: 0.0,
            max_extra: Cost::ZERO,
            people_pushed_beyond: People::ZERO,
            people_left_without: People::ZERO,
            goes_to: Vec::new(),
        })
        .collect();
    let measure = coverage.measure();
    // Pairs (closed, taker) are few a service, so a short list each is enough.
    for (cell, people) in demand.people.iter().enumerate() {
        if *people == People::ZERO {
            continue;
        }
        let Some((first, near)) = coverage.nearest.at(cell, 0) else { continue };
        let closure = &mut out[first];
        closure.people += *people;
        match coverage.nearest.at(cell, 1) {
            None => closure.people_left_without += *people,
            Some((second, far)) => {
                let length = far.length.value() - near.length.value();
                closure.extra_person_km += length / 1000.0 * people.value();
                if let (Some(sum), Some(near), Some(far)) =
                    (&mut closure.extra_person_min, near.time, far.time)
                {
                    *sum += (far - near).minutes() * people.value();
                }
                let (Ok(near), Ok(far)) = (near.cost(measure), far.cost(measure)) else { continue };
                closure.extra_cost += (far - near).value() * people.value();
                closure.max_extra = closure.max_extra.max(far - near);
                if near.is_within(threshold) && !far.is_within(threshold) {
                    closure.people_pushed_beyond += *people;
                }
                let taker = coverage.services[second];
                match closure.goes_to.iter_mut().find(|(service, _)| *service == taker) {
                    Some((_, sum)) => *sum += *people,
                    None => closure.goes_to.push((taker, *people)),
                }
            }
        }
    }
    for closure in &mut out {
        closure.goes_to.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    out
}
