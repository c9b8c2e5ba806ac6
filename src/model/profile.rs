//! How fast does who travel? Every speed and assumption of travel by road stands here, in one table.
//! Does not know graphs or files. Figures marked [A] in `docs/travel.md` are assumptions, and all can be changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Message;
use super::month_day::MonthDay;
use super::roads::RoadClass;
use crate::lang::{Lang, Said};
use crate::units::Metres;

/// Who travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Car,
    /// A rescue vehicle: the car's time × a factor, and roads open to emergencies.
    Rescue,
    Walk,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Car, Self::Rescue, Self::Walk];

    /// The stable name in arguments and exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Car => "car",
            Self::Rescue => "rescue",
            Self::Walk => "walk",
        }
    }
}

impl Said for Mode {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Car => lang.pick("bil", "car"),
            Self::Rescue => lang.pick("utryckningsfordon", "rescue vehicle"),
            Self::Walk => lang.pick("gång", "walking"),
        }
        .into()
    }
}

/// Which forest and field tracks are roads for cars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracks {
    /// Those that an access tag opens to cars: what is not said is not taken for a yes.
    #[default]
    Opened,
    /// Those said to be firm, too: paved, gravel, grade 1 or 2.
    Firm,
    All,
}

impl Tracks {
    pub const ALL_CHOICES: [Self; 3] = [Self::Opened, Self::Firm, Self::All];
}

impl Said for Tracks {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Opened => lang.pick("bara skyltade för bil", "only those opened to cars"),
            Self::Firm => lang.pick("även grusade och hårda", "gravelled and firm ones too"),
            Self::All => lang.pick("alla", "all"),
        }
        .into()
    }
}

/// A ready set of assumptions, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeedSet {
    /// How people drive: a share of the limit, slower on gravel and on narrow and private roads.
    #[default]
    Default,
    /// As Pipos counts: posted limits without a factor, the register's lengths, no walk between place and road.
    Pipos,
}

impl SpeedSet {
    pub const ALL: [Self; 2] = [Self::Default, Self::Pipos];

    /// The stable name in arguments and exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pipos => "pipos",
        }
    }

    /// The set of a name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.id() == id)
    }

    /// Its assumptions.
    #[must_use]
    pub fn profile(self) -> TravelProfile {
        match self {
            Self::Default => TravelProfile::default(),
            Self::Pipos => TravelProfile::pipos(),
        }
    }
}

impl Said for SpeedSet {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Default => lang.pick("Sotplans standard", "Sotplan’s defaults"),
            Self::Pipos => lang.pick("som Pipos", "as Pipos"),
        }
        .into()
    }
}

/// Winter roads, ice roads and slower driving, in a window of the year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Winter {
    /// Off: roads are as in summer, winter and ice roads do not exist.
    pub is_on: bool,
    /// The window in which winter and ice roads are open; it may pass the turn of the year.
    pub from: MonthDay,
    pub to: MonthDay,
    /// The day that is computed; `None` = a day inside the window.
    pub day: Option<MonthDay>,
    /// Speeds × this.
    pub speed_factor: f64,
    /// On ice, km/h at most.
    pub ice_kmh: f64,
}

impl Default for Winter {
    fn default() -> Self {
        Self {
            is_on: false,
            from: MonthDay { month: 12, day: 15 },
            to: MonthDay { month: 3, day: 31 },
            day: None,
            speed_factor: 0.9,
            ice_kmh: 30.0,
        }
    }
}

impl Winter {
    /// Is the computed day inside the window of winter?
    #[must_use]
    pub fn applies(&self) -> bool {
        self.is_on && self.day.is_none_or(|day| day.is_within([self.from, self.to]))
    }

    /// The day that is computed: in summer the first of July, in winter the middle of its window unless one is said.
    #[must_use]
    pub fn computed_day(&self) -> MonthDay {
        match (self.is_on, self.day) {
            (false, _) => MonthDay { month: 7, day: 1 },
            (true, Some(day)) => day,
            (true, None) => self.from.middle_of(self.to),
        }
    }
}

/// Speeds and assumptions of travel by road. Saved with the project and written into every export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TravelProfile {
    /// The ready set that it began as.
    pub basis: SpeedSet,
    /// A car's speed where no limit is known, km/h; 0 = cars do not use the class.
    pub speeds_kmh: BTreeMap<RoadClass, f64>,
    /// Mean speed as a part of the limit, where a limit is known.
    pub limit_share: f64,
    /// At most this on gravel and on rough ground, km/h.
    pub gravel_kmh: f64,
    pub rough_kmh: f64,
    /// A road said to be narrower than this, metres, is driven at most at `narrow_kmh`.
    pub narrow_below_m: f64,
    pub narrow_kmh: f64,
    /// At most this on a road that is said to be kept privately, outside built-up areas, km/h.
    pub private_kmh: f64,
    /// Do gates, bollards and bans on traffic that a register states for a road stop cars?
    pub obeys_obstacles: bool,
    /// Does the walk between place and road count in figures of people?
    pub counts_access: bool,
    /// Which forest and field tracks cars use.
    pub tracks: Tracks,
    /// A rescue vehicle's speed = the car's × this.
    pub rescue_factor: f64,
    /// A car's weight, tonnes: it does not pass a road whose greatest weight is below.
    pub car_weight_t: f64,
    /// Walking speed on roads and paths, and off the road, km/h.
    pub walk_kmh: f64,
    /// Ferries without a stated crossing time, km/h.
    pub ferry_kmh: f64,
    /// Waiting for and boarding a ferry, minutes.
    pub ferry_wait_min: f64,
    /// Farther from a road than this a place cannot be reached.
    pub max_access: Metres,
    /// A road on a small unconnected piece is passed over for a connected one at most this much farther away.
    pub prefer_connected_within: Metres,
    /// Pieces of the network with less road than this are small.
    pub small_piece: Metres,
    /// Minutes from alarm to departure, by a station's form: full-time, part-time, volunteer.
    pub turnout_min: [f64; 3],
    pub winter: Winter,
}

impl Default for TravelProfile {
    fn default() -> Self {
        use RoadClass as C;
        let speeds = [
            (C::Motorway, 90.0),
            (C::MotorwayLink, 55.0),
            (C::Trunk, 85.0),
            (C::TrunkLink, 50.0),
            (C::Primary, 65.0),
            (C::PrimaryLink, 40.0),
            (C::Secondary, 55.0),
            (C::SecondaryLink, 30.0),
            (C::Tertiary, 40.0),
            (C::TertiaryLink, 25.0),
            (C::Unclassified, 30.0),
            (C::Residential, 27.0),
            (C::LivingStreet, 10.0),
            (C::Service, 15.0),
            (C::Track, 15.0),
            (C::Pedestrian, 0.0),
            (C::Cycleway, 0.0),
            (C::Footway, 0.0),
            (C::Path, 0.0),
            (C::Bridleway, 0.0),
            (C::Steps, 0.0),
        ];
        Self {
            basis: SpeedSet::Default,
            speeds_kmh: speeds.into_iter().collect(),
            limit_share: 0.85,
            gravel_kmh: 55.0,
            rough_kmh: 25.0,
            narrow_below_m: 3.5,
            narrow_kmh: 40.0,
            private_kmh: 50.0,
            obeys_obstacles: true,
            counts_access: true,
            tracks: Tracks::Opened,
            rescue_factor: 1.1,
            car_weight_t: 2.0,
            walk_kmh: 5.0,
            ferry_kmh: 12.0,
            ferry_wait_min: 5.0,
            max_access: Metres::new(3_000.0),
            prefer_connected_within: Metres::new(500.0),
            small_piece: Metres::new(20_000.0),
            turnout_min: [1.5, 5.0, 10.0],
            winter: Winter::default(),
        }
    }
}

impl TravelProfile {
    /// As Pipos counts on NVDB: see `docs/travel.md`. What its rules leave open (a car on a track of which nothing
    /// is said, walking, rescue) stays as by default.
    #[must_use]
    pub fn pipos() -> Self {
        Self {
            basis: SpeedSet::Pipos,
            limit_share: 1.0,
            gravel_kmh: NO_CAP_KMH,
            rough_kmh: NO_CAP_KMH,
            narrow_kmh: NO_CAP_KMH,
            private_kmh: NO_CAP_KMH,
            obeys_obstacles: false,
            counts_access: false,
            ferry_kmh: 10.0,
            ferry_wait_min: 0.0,
            max_access: Metres::new(5_000.0),
            prefer_connected_within: Metres::ZERO,
            ..Self::default()
        }
    }

    /// The ready set that it began as, in the season that it is. The season is a question, no assumption of a set.
    #[must_use]
    pub fn set_itself(&self) -> Self {
        let set = self.basis.profile();
        let winter = Winter { is_on: self.winter.is_on, day: self.winter.day, ..set.winter.clone() };
        Self { winter, ..set }
    }

    /// Is it the ready set that it began as, unchanged?
    #[must_use]
    pub fn is_as_set(&self) -> bool {
        *self == self.set_itself()
    }

    /// The first value that no traveller could have, in words.
    #[must_use]
    pub fn first_fault(&self) -> Option<Message> {
        self.wrong_speed()
            .or_else(|| self.wrong_factor())
            .or_else(|| self.wrong_vehicle_or_width())
            .or_else(|| self.wrong_wait())
            .or_else(|| self.wrong_day())
            .or_else(|| self.wrong_length())
    }

    fn wrong_speed(&self) -> Option<Message> {
        let named = [
            ("gravel_kmh", self.gravel_kmh),
            ("rough_kmh", self.rough_kmh),
            ("narrow_kmh", self.narrow_kmh),
            ("private_kmh", self.private_kmh),
            ("walk_kmh", self.walk_kmh),
            ("ferry_kmh", self.ferry_kmh),
            ("winter.ice_kmh", self.winter.ice_kmh),
        ];
        let classes = self.speeds_kmh.iter().map(|(class, speed)| (class.id(), *speed));
        // A class may be closed to cars: 0.
        let classes = classes.filter(|(_, speed)| *speed != 0.0);
        let (name, speed) =
            named.into_iter().chain(classes).find(|(_, speed)| !SPEED_RANGE_KMH.contains(speed))?;
        Some(Message::new(
            format!("{name} = {speed}: en hastighet ligger mellan 1 och 200 km/h"),
            format!("{name} = {speed}: a speed lies between 1 and 200 km/h"),
        ))
    }

    fn wrong_factor(&self) -> Option<Message> {
        let factors = [
            ("limit_share", self.limit_share),
            ("rescue_factor", self.rescue_factor),
            ("winter.speed_factor", self.winter.speed_factor),
        ];
        let (name, factor) = factors.into_iter().find(|(_, factor)| !FACTOR_RANGE.contains(factor))?;
        Some(Message::new(
            format!("{name} = {factor}: en faktor ligger mellan 0,1 och 3"),
            format!("{name} = {factor}: a factor lies between 0.1 and 3"),
        ))
    }

    fn wrong_vehicle_or_width(&self) -> Option<Message> {
        if !CAR_WEIGHT_RANGE_T.contains(&self.car_weight_t) {
            let weight = self.car_weight_t;
            return Some(Message::new(
                format!("car_weight_t = {weight}: en bil väger mellan 0,3 och 60 ton"),
                format!("car_weight_t = {weight}: a car weighs between 0.3 and 60 tonnes"),
            ));
        }
        if !(0.0..=20.0).contains(&self.narrow_below_m) {
            let width = self.narrow_below_m;
            return Some(Message::new(
                format!("narrow_below_m = {width}: en vägbredd ligger mellan 0 och 20 m"),
                format!("narrow_below_m = {width}: the width of a road lies between 0 and 20 m"),
            ));
        }
        None
    }

    fn wrong_wait(&self) -> Option<Message> {
        let turnouts = self.turnout_min.iter().map(|minutes| ("turnout_min", *minutes));
        let mut minutes = turnouts.chain([("ferry_wait_min", self.ferry_wait_min)]);
        let (name, wrong) = minutes.find(|(_, minutes)| !(0.0..=600.0).contains(minutes))?;
        Some(Message::new(
            format!("{name}: {wrong} minuter: en väntan ligger mellan 0 och 600 minuter"),
            format!("{name}: {wrong} minutes: a wait lies between 0 and 600 minutes"),
        ))
    }

    fn wrong_day(&self) -> Option<Message> {
        let days = [Some(self.winter.from), Some(self.winter.to), self.winter.day];
        let MonthDay { month, day } = days.into_iter().flatten().find(|day| !day.exists())?;
        Some(Message::new(
            format!("winter: månad {month}, dag {day} finns inte"),
            format!("winter: there is no month {month}, day {day}"),
        ))
    }

    fn wrong_length(&self) -> Option<Message> {
        let lengths = [
            ("max_access", self.max_access, LENGTH_MAX_M),
            ("prefer_connected_within", self.prefer_connected_within, LENGTH_MAX_M),
            ("small_piece", self.small_piece, 1e9),
        ];
        let (name, length, most) =
            lengths.into_iter().find(|(_, length, most)| !(0.0..=*most).contains(&length.value()))?;
        let length = length.value();
        Some(Message::new(
            format!("{name} = {length}: en längd ligger mellan 0 och {most} m"),
            format!("{name} = {length}: a length lies between 0 and {most} m"),
        ))
    }
}

/// The longest walk to a road that can be meant, metres.
const LENGTH_MAX_M: f64 = 100_000.0;

/// What a factor of speed may be.
const FACTOR_RANGE: std::ops::RangeInclusive<f64> = 0.1..=3.0;

/// What a car may weigh, tonnes.
pub const CAR_WEIGHT_RANGE_T: std::ops::RangeInclusive<f64> = 0.3..=60.0;

/// A cap that holds nobody back, km/h: the greatest speed there may be.
pub const NO_CAP_KMH: f64 = 200.0;

/// What a speed may be, km/h.
pub const SPEED_RANGE_KMH: std::ops::RangeInclusive<f64> = 1.0..=200.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winter_passes_the_turn_of_the_year() {
        let day = |month, day| Some(MonthDay { month, day });
        let on = |day| Winter { is_on: true, day, ..Winter::default() }.applies();
        assert!(on(None) && on(day(12, 15)) && on(day(1, 1)) && on(day(3, 31)));
        assert_eq!(Winter { is_on: true, ..Winter::default() }.computed_day(), MonthDay { month: 2, day: 7 });
        assert_eq!(Winter::default().computed_day(), MonthDay { month: 7, day: 1 });
        assert!(!on(day(4, 1)) && !on(day(12, 14)) && !Winter::default().applies());
    }
}
