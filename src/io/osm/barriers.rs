//! Whom does a barrier on a road stop, by its tags? Does not know whether it lies on a road.

use super::access::permissions;
use super::tag_list::Tags;
use crate::model::roads::Access;

/// Whom a point stops.
#[allow(clippy::struct_excessive_bools, reason = "an answer for each who asks")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stops {
    pub cars: bool,
    pub foot: bool,
    pub rescue: bool,
    /// Cars pass only to begin or end a trip behind it.
    pub is_private: bool,
}

impl Stops {
    pub const fn anybody(self) -> bool {
        self.cars || self.foot || self.rescue || self.is_private
    }
}

/// What kind of thing stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// Nobody moves it: no vehicle passes.
    Fixed,
    /// Cars do not pass, those with a key or a wide axle do.
    Opened,
    /// Made to be passed.
    Passed,
}

/// Whom the barrier of these tags stops; nobody where there is none.
///
/// A gate that is `private` stops whoever is on the way to somewhere else: a trip may end behind it. `access=no`
/// stops everybody.
pub(super) fn stops(tags: Tags<'_>) -> Stops {
    let Some(barrier) = tags.find("barrier") else { return Stops::default() };
    let allowed = permissions(tags, &mut Vec::new());
    let obstacle = obstacle(barrier, tags);
    let is_locked = tags.is("locked", "yes");
    let cars = match allowed.motor {
        Access::No => true,
        Access::Yes | Access::Destination => is_locked && allowed.motor != Access::Yes,
        Access::Unsaid => is_locked || obstacle != Obstacle::Passed,
    };
    let rescue = match tags.find("emergency") {
        Some("yes" | "designated" | "official") => false,
        Some("no") => true,
        // Where cars may pass, the obstacle leaves room. A gate the brigade opens.
        _ => obstacle == Obstacle::Fixed && allowed.motor != Access::Yes,
    };
    let foot = match allowed.foot {
        Access::No => true,
        Access::Yes => false,
        Access::Destination | Access::Unsaid => is_locked && obstacle == Obstacle::Passed,
    };
    Stops { cars, foot, rescue, is_private: !cars && allowed.motor == Access::Destination }
}

fn obstacle(barrier: &str, tags: Tags<'_>) -> Obstacle {
    match barrier {
        "bollard" => {
            let is_opened =
                matches!(tags.find("bollard"), Some("removable" | "rising" | "foldable" | "flexible"));
            if is_opened { Obstacle::Opened } else { Obstacle::Fixed }
        }
        "block"
        | "jersey_barrier"
        | "log"
        | "debris"
        | "rock"
        | "boulder"
        | "concrete_block"
        | "planter"
        | "ditch"
        | "guard_rail"
        | "tank_trap"
        | "stile"
        | "horse_stile"
        | "turnstile"
        | "full-height_turnstile"
        | "kissing_gate" => Obstacle::Fixed,
        "cycle_barrier" | "motorcycle_barrier" | "chain" | "rope" | "bus_trap" | "sump_buster" | "wedge"
        | "bar" => Obstacle::Opened,
        _ => Obstacle::Passed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_barriers_stop() {
        let check = |text: &str, wanted: &str| {
            let tags: Vec<(&str, &str)> =
                text.split_whitespace().filter_map(|tag| tag.split_once('=')).collect();
            let stops = stops(Tags(&tags));
            let mut got = String::new();
            let letters =
                [(stops.cars, 'c'), (stops.foot, 'f'), (stops.rescue, 'r'), (stops.is_private, 'p')];
            for (stopped, letter) in letters {
                got.extend(stopped.then_some(letter));
            }
            assert_eq!(got, wanted, "{text}");
        };
        check("highway=crossing", "");
        check("barrier=bollard", "cr");
        check("barrier=bollard bollard=removable", "c");
        check("barrier=bollard motor_vehicle=yes", "");
        check("barrier=bollard emergency=yes", "c");
        check("barrier=block", "cr");
        check("barrier=jersey_barrier", "cr");
        check("barrier=log", "cr");
        check("barrier=debris", "cr");
        check("barrier=chain", "c");
        check("barrier=cycle_barrier", "c");
        check("barrier=bus_trap", "c");
        check("barrier=gate", "");
        check("barrier=gate access=private", "p");
        check("barrier=lift_gate motor_vehicle=private", "p");
        check("barrier=gate locked=yes motor_vehicle=private", "cf");
        check("barrier=gate access=no", "cf");
        check("barrier=gate access=no foot=yes", "c");
        check("barrier=gate locked=yes", "cf");
        check("barrier=gate locked=yes foot=yes", "c");
        check("barrier=lift_gate motor_vehicle=no", "c");
        check("barrier=gate emergency=no", "r");
        for passed in
            ["cattle_grid", "toll_booth", "border_control", "height_restrictor", "entrance", "bump_gate"]
        {
            check(&format!("barrier={passed}"), "");
        }
    }
}
