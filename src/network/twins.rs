//! Which stretches lie where another lies too? Two extracts of one country hold the same road twice, drawn with other
//! points: closing one and driving on the other would be a way round that the land does not have.

use super::graph::NONE;
use super::roadnet::RoadNetwork;

/// Roads at most this far apart along their course are one road on the ground, metres. Lanes of a dual carriageway
/// lie farther apart.
const TWIN_M: f64 = 2.0;

/// The course is compared this far to either side of a spot, centimetres.
const ASIDE_CM: u32 = 500;

/// Spots of a stretch that are compared, at most, and how far apart they lie at least.
const SPOTS: u32 = 24;
const SPOT_STEP_CM: u32 = 2_000;

impl RoadNetwork {
    /// The other stretches that run along a stretch at a spot, with the spot on each: (stretch, centimetres).
    ///
    /// Roads that only meet it there, or cross it, do not run along it.
    #[must_use]
    pub fn twins_at(&self, stretch: u32, cm: u32) -> Vec<(u32, u32)> {
        let near = |cm: u32| self.index().within(&self.graph, self.graph.place_along(stretch, cm), TWIN_M);
        let mut here = near(cm);
        here.retain(|(other, _)| *other != stretch);
        if here.is_empty() {
            return here;
        }
        let whole = self.graph.stretches[stretch as usize].cm;
        for aside in [cm.saturating_sub(ASIDE_CM), (cm + ASIDE_CM).min(whole)] {
            // At its end a stretch is compared to one side only.
            if aside != cm {
                let there = near(aside);
                here.retain(|(other, _)| there.iter().any(|(known, _)| known == other));
            }
        }
        here
    }

    /// The other stretches that run along any part of a stretch.
    #[must_use]
    pub fn twins(&self, stretch: u32) -> Vec<u32> {
        // All the roads that meet at a gate lie there.
        if self.graph.is_gate(stretch) {
            return Vec::new();
        }
        let whole = self.graph.stretches[stretch as usize].cm;
        let spots = (whole / SPOT_STEP_CM).clamp(1, SPOTS);
        let mut found: Vec<u32> = (0..spots)
            .flat_map(|spot| {
                let cm = u64::from(whole) * u64::from(2 * spot + 1) / u64::from(2 * spots);
                self.twins_at(stretch, u32::try_from(cm).unwrap_or(NONE))
            })
            .map(|(other, _)| other)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
