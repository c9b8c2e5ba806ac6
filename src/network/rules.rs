//! How fast, and in which direction, may somebody use a way? The profile applied to what a file tells.
//! Does not know junctions.

use crate::model::roads::{Access, Barrier, BuiltUp, Direction, Keeper, RoadClass, Season, Surface, Way};
use crate::model::{Mode, MonthDay, Tracks, TravelProfile};

/// What one way is to one profile.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WayUse {
    /// Metres a second along and against the way's points; 0 = not allowed.
    pub forward: f32,
    pub backward: f32,
    /// Only to begin or end a trip.
    pub is_destination_only: bool,
}

impl WayUse {
    #[must_use]
    pub fn is_none(self) -> bool {
        self.forward <= 0.0 && self.backward <= 0.0
    }
}

/// A profile made ready to be asked for each way.
pub struct Rules<'a> {
    profile: &'a TravelProfile,
    mode: Mode,
    is_winter: bool,
    day: MonthDay,
}

impl<'a> Rules<'a> {
    #[must_use]
    pub fn new(profile: &'a TravelProfile, mode: Mode) -> Self {
        Self { profile, mode, is_winter: profile.winter.applies(), day: profile.winter.computed_day() }
    }

    #[must_use]
    pub fn of(&self, way: &Way, length_m: f64) -> WayUse {
        if way.season != Season::AllYear && !self.is_winter {
            return WayUse::default();
        }
        if self.mode != Mode::Walk && way.closed_days.is_some_and(|days| self.day.is_within(days)) {
            return WayUse::default();
        }
        let access = self.access(way);
        if access == Access::No {
            return WayUse::default();
        }
        let direction = if self.mode == Mode::Walk { way.foot_direction } else { way.direction };
        let speed = |is_forward: bool| {
            let is_against = match direction {
                Direction::Both => false,
                Direction::Forward => !is_forward,
                Direction::Backward => is_forward,
            };
            let side = usize::from(!is_forward);
            let is_banned = self.mode == Mode::Car
                && self.profile.obeys_obstacles
                && (way.bans[side] || self.is_heavier_than(way.bans_above[side]));
            if is_against || is_banned { 0.0 } else { self.speed(way, is_forward, length_m) }
        };
        WayUse {
            forward: speed(true),
            backward: speed(false),
            is_destination_only: access == Access::Destination,
        }
    }

    /// Does the thing at a point stop this traveller?
    #[must_use]
    pub fn is_stopped_by(&self, barrier: Barrier) -> bool {
        match self.mode {
            Mode::Car => barrier.stops_cars,
            Mode::Rescue => barrier.stops_rescue,
            Mode::Walk => barrier.stops_foot,
        }
    }

    /// Does this traveller pass the thing at a point only to begin or end a trip behind it?
    #[must_use]
    pub fn is_kept_private_by(&self, barrier: Barrier) -> bool {
        self.mode == Mode::Car && barrier.is_private
    }

    /// Is the car heavier than a limit in steps of 100 kg? 0 is none.
    fn is_heavier_than(&self, limit: u16) -> bool {
        limit > 0 && f64::from(limit) < self.profile.car_weight_t * 10.0 - 1e-9
    }

    /// Never [`Access::Unsaid`].
    fn access(&self, way: &Way) -> Access {
        let said = match self.mode {
            Mode::Car if self.is_heavier_than(way.max_weight) => Access::No,
            Mode::Rescue if way.emergency != Access::Unsaid => way.emergency,
            Mode::Car | Mode::Rescue => way.motor,
            Mode::Walk => way.foot,
        };
        let access = self.access_of_class(way, said);
        // What stands across a road holds cars back whatever else is said of the road.
        match way.obstacle {
            obstacle if self.mode == Mode::Car && self.profile.obeys_obstacles => access.max(obstacle),
            _ => access,
        }
    }

    /// What is said of the access, else what the class tells.
    fn access_of_class(&self, way: &Way, said: Access) -> Access {
        match (said, self.mode) {
            (Access::Unsaid, Mode::Walk) => match way.class {
                RoadClass::Motorway | RoadClass::MotorwayLink => Access::No,
                _ if way.is_motorroad => Access::No,
                _ => Access::Yes,
            },
            (Access::Unsaid, _) => match way.class {
                RoadClass::Track if self.mode == Mode::Car && !self.is_road(way) => Access::No,
                // Nobody drives through the forest to save a minute, but people live there.
                RoadClass::Track if self.mode == Mode::Car && self.class_kmh(way.class) > 0.0 => {
                    Access::Destination
                }
                RoadClass::Ferry => Access::Yes,
                class if self.class_kmh(class) > 0.0 => Access::Yes,
                _ => Access::No,
            },
            // On foot and with an alarm a private road is a road.
            (Access::Destination, Mode::Walk | Mode::Rescue) => Access::Yes,
            (said, _) => said,
        }
    }

    /// May one drive on a track of which no sign tells?
    fn is_road(&self, track: &Way) -> bool {
        match self.profile.tracks {
            Tracks::Opened => false,
            Tracks::Firm => matches!(track.surface, Surface::Paved | Surface::Gravel),
            Tracks::All => true,
        }
    }

    fn class_kmh(&self, class: RoadClass) -> f64 {
        self.profile.speeds_kmh.get(&class).copied().unwrap_or(0.0)
    }

    /// Metres a second.
    fn speed(&self, way: &Way, is_forward: bool, length_m: f64) -> f32 {
        let p = self.profile;
        let kmh = if way.class == RoadClass::Ferry {
            if way.duration_s > 0 && length_m > 0.0 {
                length_m / f64::from(way.duration_s) * 3.6
            } else {
                p.ferry_kmh
            }
        } else if self.mode == Mode::Walk {
            p.walk_kmh
        } else {
            self.driving_kmh(way, is_forward)
        };
        #[allow(clippy::cast_possible_truncation, reason = "a speed fits in an f32")]
        let speed = (kmh.max(0.5) / 3.6) as f32;
        speed
    }

    fn driving_kmh(&self, way: &Way, is_forward: bool) -> f64 {
        let p = self.profile;
        let limit = f64::from(if is_forward { way.limit_forward } else { way.limit_backward }) / 10.0;
        let mut kmh = if limit > 0.0 {
            limit * p.limit_share
        } else {
            // A class that cars do not use, but this way allows them: at walking pace.
            self.class_kmh(way.class).max(p.walk_kmh)
        };
        match way.surface {
            Surface::Gravel => kmh = kmh.min(p.gravel_kmh),
            Surface::Rough => kmh = kmh.min(p.rough_kmh),
            Surface::Unknown | Surface::Paved => {}
        }
        if way.width_dm > 0 && f64::from(way.width_dm) < p.narrow_below_m * 10.0 - 1e-9 {
            kmh = kmh.min(p.narrow_kmh);
        }
        if way.keeper == Keeper::Private && way.built_up != BuiltUp::Inside {
            kmh = kmh.min(p.private_kmh);
        }
        if self.is_winter {
            kmh *= p.winter.speed_factor;
            if way.season == Season::IceRoad {
                kmh = kmh.min(p.winter.ice_kmh);
            }
        }
        if self.mode == Mode::Rescue { kmh * p.rescue_factor } else { kmh }
    }
}
