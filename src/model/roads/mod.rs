//! Which roads are there, as a file tells it? Points, ways and what their tags mean, before any profile.
//! Does not know speeds, graphs or files: `io` reads roads, `network` makes a graph of them for one profile.

mod append;
mod class;
mod report;
mod told;

use serde::{Deserialize, Serialize};

pub use self::class::RoadClass;
pub use self::report::{EXAMPLES, LISTED_OUTLIERS, LengthOutlier, RoadReport, StatedLengths, UnknownValues};
use super::month_day::MonthDay;
use crate::geometry::LonLat;

/// A vertex of a road in units of 1e-7 degree, WGS 84 (about 1 cm), as OpenStreetMap counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct RoadPoint {
    pub lon_e7: i32,
    pub lat_e7: i32,
}

impl RoadPoint {
    #[must_use]
    pub fn place(self) -> LonLat {
        LonLat::new(f64::from(self.lon_e7) * 1e-7, f64::from(self.lat_e7) * 1e-7)
    }
}

impl From<LonLat> for RoadPoint {
    /// Degrees lie within ±180, so the product fits.
    fn from(place: LonLat) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "±180e7 fits in an i32")]
        let e7 = |degrees: f64| (degrees * 1e7).round() as i32;
        Self { lon_e7: e7(place.lon), lat_e7: e7(place.lat) }
    }
}

/// What a road is paved with, as far as it slows a car.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// Nothing is said.
    #[default]
    Unknown,
    Paved,
    /// Gravel, compacted, `tracktype` grade 1 or 2 and the like.
    Gravel,
    /// Ground, sand, mud, rough cobbles, `tracktype` grade 3 to 5.
    Rough,
}

/// Who may use a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Nothing is said: the profile decides by class.
    #[default]
    Unsaid,
    Yes,
    /// Only to begin or end a trip there: private, destination, customers, delivery.
    Destination,
    No,
}

/// In which direction of its points a road may be driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Both,
    Forward,
    Backward,
}

/// When a road is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    #[default]
    AllYear,
    /// `winter_road=yes`
    WinterRoad,
    /// `ice_road=yes`
    IceRoad,
}

/// Who keeps a road, as far as it tells how it is built and cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// Nothing is said.
    #[default]
    Unsaid,
    State,
    Municipal,
    Private,
}

/// Does a road run through a built-up area (*tättbebyggt område*)?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltUp {
    /// Nothing is said.
    #[default]
    Unsaid,
    Outside,
    Inside,
}

/// No name: stands in [`Way::name`].
pub const NO_NAME: u32 = u32::MAX;

/// A way of the file that somebody may travel on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The id in its file; the feature's number where there is none.
    pub id: i64,
    /// First position of its points in [`Roads::refs`]; they end where the next way's begin.
    pub first_ref: u32,
    /// Position in [`Roads::names`], or [`NO_NAME`]. "Name (ref)", whichever there is.
    pub name: u32,
    /// The limit in tenths of km/h along and against the points; 0 = not said. Never walking pace by accident:
    /// `none` is said as 1300 (130 km/h), `walk` as 70.
    pub limit_forward: u16,
    pub limit_backward: u16,
    /// A ferry's crossing, seconds; 0 = not said.
    pub duration_s: u32,
    /// The greatest weight of a vehicle, in steps of 100 kg; 0 = not said.
    pub max_weight: u16,
    /// The length in metres that the file states; 0 = the geometry tells it.
    pub stated_length_m: f32,
    pub class: RoadClass,
    pub surface: Surface,
    pub season: Season,
    /// For vehicles; roundabouts and motorways are one-way without saying so.
    pub direction: Direction,
    /// For people on foot.
    pub foot_direction: Direction,
    /// For cars: the most special of `motorcar`, `motor_vehicle`, `vehicle`, `access`.
    pub motor: Access,
    /// For people on foot: `foot`, else `access`.
    pub foot: Access,
    /// For rescue vehicles: `emergency`, else as for cars.
    pub emergency: Access,
    pub is_roundabout: bool,
    /// `motorroad=yes`, *motortrafikled*: for motor vehicles alone, and nobody lives along it.
    pub is_motorroad: bool,
    /// In a tunnel: no place above it lies on it.
    pub is_tunnel: bool,
    pub keeper: Keeper,
    pub built_up: BuiltUp,
    /// Width in decimetres; 0 = not said.
    pub width_dm: u8,
    /// What stands across the road, for cars: a locked gate is [`Access::Destination`], a bollard [`Access::No`].
    /// Apart from `motor`, for there are assumptions that do not look at it.
    pub obstacle: Access,
    /// Is traffic with cars banned along and against the points? Rescue vehicles pass.
    pub bans: [bool; 2],
    /// The same for vehicles heavier than this, in steps of 100 kg; 0 = not said.
    pub bans_above: [u16; 2],
    /// The days of the year, both included, on which it is closed to cars and rescue vehicles; may pass the turn of the year.
    pub closed_days: Option<[MonthDay; 2]>,
}

impl Way {
    /// Does nobody begin or end a trip along it, though it may be the nearest road?
    #[must_use]
    pub fn is_shut_off(&self) -> bool {
        use RoadClass::{Ferry, Motorway, MotorwayLink};
        matches!(self.class, Ferry | Motorway | MotorwayLink) || self.is_motorroad || self.is_tunnel
    }

    /// A way of which nothing more is said.
    #[must_use]
    pub const fn plain(id: i64, first_ref: u32, class: RoadClass) -> Self {
        Self {
            id,
            first_ref,
            name: NO_NAME,
            limit_forward: 0,
            limit_backward: 0,
            duration_s: 0,
            max_weight: 0,
            stated_length_m: 0.0,
            class,
            surface: Surface::Unknown,
            season: Season::AllYear,
            direction: Direction::Both,
            foot_direction: Direction::Both,
            motor: Access::Unsaid,
            foot: Access::Unsaid,
            emergency: Access::Unsaid,
            is_roundabout: false,
            is_motorroad: false,
            is_tunnel: false,
            keeper: Keeper::Unsaid,
            built_up: BuiltUp::Unsaid,
            width_dm: 0,
            obstacle: Access::Unsaid,
            bans: [false; 2],
            bans_above: [0; 2],
            closed_days: None,
        }
    }
}

/// Something at a point of a road that may stop a traveller.
#[allow(clippy::struct_excessive_bools, reason = "an answer for each who asks")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barrier {
    /// Position in [`Roads::points`].
    pub point: u32,
    /// May cars pass? Bollards and blocks stop them, gates do not unless locked or forbidden.
    pub stops_cars: bool,
    pub stops_foot: bool,
    /// `emergency=yes`, or nothing that a rescue vehicle cannot pass or open.
    pub stops_rescue: bool,
    /// Cars pass only to begin or end a trip behind it.
    pub is_private: bool,
}

/// A turn that may not be made, or the only one that may, at one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnRestriction {
    /// Positions in [`Roads::ways`].
    pub from_way: u32,
    pub to_way: u32,
    /// Position in [`Roads::points`].
    pub via: u32,
    /// `only_…`: every turn but this one is forbidden.
    pub is_only: bool,
}

/// Roads as read, independent of who travels.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Roads {
    /// Each vertex once; two ways that share a position here meet.
    pub points: Vec<RoadPoint>,
    pub ways: Vec<Way>,
    /// The points of the ways, one after the other.
    pub refs: Vec<u32>,
    pub barriers: Vec<Barrier>,
    pub turns: Vec<TurnRestriction>,
    pub names: Vec<String>,
    pub report: RoadReport,
    /// Ways meet at their ends alone, and a vertex inside one is nobody else's: so a register draws its bridges.
    pub meets_at_ends: bool,
}

/// Ends of a register's ways at most this far apart meet, metres.
pub const ENDS_MEET_M: f64 = 0.1;

impl Roads {
    /// The points of a way, at least two.
    #[must_use]
    pub fn refs_of(&self, way: usize) -> &[u32] {
        let start = self.ways.get(way).map_or(self.refs.len(), |way| way.first_ref as usize);
        let end = self.ways.get(way + 1).map_or(self.refs.len(), |way| way.first_ref as usize);
        self.refs.get(start..end).unwrap_or_default()
    }

    #[must_use]
    pub fn name_of(&self, way: usize) -> Option<&str> {
        self.names.get(self.ways.get(way)?.name as usize).map(String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ways.is_empty()
    }

    /// Does every number stand for something that is there? Bytes that were kept may come from anywhere.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_point = |point: u32| (point as usize) < self.points.len();
        let is_way = |way: u32| (way as usize) < self.ways.len();
        let mut last = 0;
        self.refs.iter().all(|point| is_point(*point))
            && self.ways.iter().all(|way| {
                let first = way.first_ref as usize;
                std::mem::replace(&mut last, first) <= first && first <= self.refs.len()
            })
            && (0..self.ways.len()).all(|way| self.refs_of(way).len() >= 2)
            && self.barriers.iter().all(|barrier| is_point(barrier.point))
            && self
                .turns
                .iter()
                .all(|turn| is_way(turn.from_way) && is_way(turn.to_way) && is_point(turn.via))
    }
}
