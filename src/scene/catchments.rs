//! How far do the people of each service have to it? A few bars each, for small pictures in tables.

use crate::app::Results;
use crate::model::{ServiceIx, ServiceKind};
use crate::units::Cost;

pub const BARS: usize = 12;

/// The people of a service by distance, as parts of the highest bar; the last is everything farther.
pub type Bars = [f32; BARS];

/// The bars of all services of a kind.
pub struct Catchments {
    pub kind: ServiceKind,
    /// What a bar is wide, in what is counted.
    pub step: Cost,
    bars: Vec<(ServiceIx, Bars)>,
}

impl Catchments {
    /// For each kind of the result; the threshold is at two thirds of the width.
    #[must_use]
    pub fn of(results: &Results) -> Vec<Self> {
        let step = Cost::new(results.limit().value() / 8.0);
        results.kinds.iter().map(|kind| Self::of_kind(results, kind.coverage.kind, step)).collect()
    }

    fn of_kind(results: &Results, kind: ServiceKind, step: Cost) -> Self {
        let Some(result) = results.kind(kind) else { return Self { kind, step, bars: Vec::new() } };
        let (coverage, demand) = (&result.coverage, &results.situation.demand);
        let mut people = vec![[0.0_f64; BARS]; coverage.services.len()];
        for cell in 0..demand.len() {
            let Some((number, cost)) = coverage.nearest.cost(cell, 0) else { continue };
            let Some(bars) = people.get_mut(number) else { continue };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few bars")]
            let at = ((cost.value() / step.value().max(1e-9)) as usize).min(BARS - 1);
            bars[at] += demand.people[cell].value();
        }
        let scaled = people.into_iter().map(|bars| {
            let most = bars.iter().copied().fold(1e-9, f64::max);
            #[expect(clippy::cast_possible_truncation, reason = "a part between nothing and one")]
            bars.map(|people| (people / most) as f32)
        });
        Self { kind, step, bars: coverage.services.iter().copied().zip(scaled).collect() }
    }

    /// The bars of a service, all nothing where it serves nobody; `None` where it is not of the kind.
    #[must_use]
    pub fn bars(&self, service: ServiceIx) -> Option<&Bars> {
        self.bars.iter().find(|(known, _)| *known == service).map(|(_, bars)| bars)
    }
}
