//! How are roads made ready for a profile? Built, or found where an earlier start has left them.

use std::path::Path;
use std::time::Instant;

use super::load;
use crate::io::beside::{Beside, WORTH_S};
use crate::model::{Mode, RoadLayer, SourcePlace, SpeedSet, TravelProfile};
use crate::network::RoadNetwork;
use crate::progress::{Cancelled, Progress};

/// The prepared network of one file of roads. Each ready set of assumptions has its own, as have rescue vehicles and
/// people on foot.
const fn beside(mode: Mode, basis: SpeedSet) -> Beside {
    let ending = match (mode, basis) {
        (Mode::Car, SpeedSet::Default) => ".sotplan-network",
        (Mode::Car, SpeedSet::Pipos) => ".sotplan-network-pipos",
        (Mode::Rescue, SpeedSet::Default) => ".sotplan-network-rescue",
        (Mode::Rescue, SpeedSet::Pipos) => ".sotplan-network-rescue-pipos",
        (Mode::Walk, SpeedSet::Default) => ".sotplan-network-walk",
        (Mode::Walk, SpeedSet::Pipos) => ".sotplan-network-walk-pipos",
    };
    Beside { ending, magic: b"Sotplan network\n" }
}

/// The roads of some layers for one profile.
///
/// # Errors
/// [`Cancelled`] when the result is no longer wanted.
pub fn network<'a>(
    layers: &(impl ExactSizeIterator<Item = &'a RoadLayer> + Clone),
    profile: &TravelProfile,
    mode: Mode,
    progress: &dyn Progress,
) -> Result<RoadNetwork, Cancelled> {
    let roads = load::joined(layers.clone().map(|layer| &layer.roads));
    let one = layers.clone().next().filter(|_| layers.len() == 1);
    let Some((path, of)) = one.and_then(told_by) else {
        return RoadNetwork::build(roads, profile, mode, progress);
    };
    let beside = beside(mode, profile.basis);
    let known = beside.read(path);
    if let Some(known) =
        known.and_then(|found| RoadNetwork::from_kept(found.body(), &of, &roads, profile, mode))
    {
        return Ok(known);
    }
    let started = Instant::now();
    let network = RoadNetwork::build(roads, profile, mode, progress)?;
    // Only what took a while, and only what nobody is trying out: each would replace the one before.
    if started.elapsed().as_secs_f64() >= WORTH_S / 2.0 && profile.is_as_set() {
        let kept = network.clone();
        beside.write_later(path, move || kept.to_kept(&of));
    }
    Ok(network)
}

/// The file behind a layer, and what tells its roads from those of another reading.
fn told_by(layer: &RoadLayer) -> Option<(&Path, String)> {
    let SourcePlace::File(path) = &layer.source.place else { return None };
    let columns = serde_json::to_string(&(layer.source.crs, &layer.columns)).ok()?;
    Some((path, format!("{} {} {columns}", layer.source.sha256, env!("CARGO_PKG_VERSION"))))
}
