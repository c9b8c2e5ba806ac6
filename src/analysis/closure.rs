//! What happens if a service closes? Everyone for whom it is the nearest goes to the second nearest.

use super::Coverage;
use crate::model::{Demand, ServiceIx};
use crate::units::{Metres, People};

/// The effect of closing one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Closure {
    pub service: ServiceIx,
    /// People for whom it is the nearest.
    pub people: People,
    /// Extra length summed over these people, kilometres one way.
    pub extra_person_km: f64,
    /// The largest extra length of an inhabited cell.
    pub max_extra: Metres,
    /// People moved from within the threshold to beyond it.
    pub people_pushed_beyond: People,
    /// People left with no service of the kind at all.
    pub people_left_without: People,
    /// Where they go instead, most people first.
    pub goes_to: Vec<(ServiceIx, People)>,
}

impl Closure {
    /// Extra length a person, one way, over those who have somewhere else to go.
    #[must_use]
    pub fn mean_extra(&self) -> Option<Metres> {
        let people = (self.people - self.people_left_without).value();
        (people > 0.0).then(|| Metres::from_km(self.extra_person_km / people))
    }
}

/// The effect of closing each service of a kind, one at a time, in their order.
///
/// # Complexity
/// O(cells): the second nearest is known already.
#[must_use]
pub fn closures(coverage: &Coverage, demand: &Demand, threshold: Metres) -> Vec<Closure> {
    let mut out: Vec<Closure> = coverage
        .services
        .iter()
        .map(|service| Closure {
            service: *service,
            people: People::ZERO,
            extra_person_km: 0.0,
            max_extra: Metres::ZERO,
            people_pushed_beyond: People::ZERO,
            people_left_without: People::ZERO,
            goes_to: Vec::new(),
        })
        .collect();
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
                let extra = far - near;
                closure.extra_person_km += extra.km() * people.value();
                closure.max_extra = closure.max_extra.max(extra);
                if near <= threshold && far > threshold {
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
