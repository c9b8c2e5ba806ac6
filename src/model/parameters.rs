//! Which numbers can the user change that decide a result? Every assumption stands here, with its default.

use super::{Mode, RuralTerms, TravelProfile};
use crate::units::{Cost, Measure, Metres, People, Seconds};

/// The assumptions of a project. Saved with it and written into every export.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Straight line × this = estimated road distance.
    pub detour_factor: f64,
    /// Assumed mean speed, km/h, for minutes; `None` gives no minutes.
    pub speed_kmh: Option<f64>,
    /// What is counted: lengths or times.
    pub measure: Measure,
    /// Where lengths are counted, within means at most this far; straight lines after the detour factor.
    pub threshold: Metres,
    /// Where times are counted, within means at most this long.
    pub time_threshold: Seconds,
    /// Follow roads where roads are loaded; otherwise straight lines × the detour factor.
    pub follows_roads: bool,
    /// Who travels by road.
    pub mode: Mode,
    /// Speeds and assumptions of travel by road.
    pub profile: TravelProfile,
    /// M5: a fuel station this near, in a straight line, is near.
    pub fuel_near: Metres,
    /// M5: up to here it is near with a remark, beyond it is not.
    pub fuel_far: Metres,
    /// M2: articles of a varied assortment.
    pub articles_min: f64,
    /// M3: mean opening hours a week.
    pub hours_min: f64,
    /// M3: the same for a store with a small turnover.
    pub hours_min_small: f64,
    /// M3: a turnover below this, MSEK, is small.
    pub small_turnover_msek: f64,
    /// A SOT place is hosted by a store at most this far away, in a straight line.
    pub host_within: Metres,
    /// Two services of the same kind nearer than this are listed as duplicates.
    pub duplicate_within: Metres,
    /// Two services of the same kind and name nearer than this are listed as duplicates.
    pub same_name_within: Metres,
    /// A service farther than this from every road is listed.
    pub far_from_road: Metres,
    /// What the people of all cells should sum to; nothing is compared where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_expected: Option<People>,
    /// A cell outside every area is given to the nearest one within this.
    pub area_snap: Metres,
    /// A point outside every area by at most this is called near the simplified border.
    pub border_near: Metres,
    /// People who live in cells that coincide or overlap are counted in the cell that stands first, and only there.
    pub counts_once: bool,
    /// A named place with at least so many people is a town.
    pub town_people: f64,
    /// What makes a locality, and how far from it the groups of countryside begin.
    pub rural: RuralTerms,
    /// People are counted within these distances of a candidate.
    pub people_radii: [Metres; 2],
    /// The same where times are counted.
    pub people_times: [Seconds; 2],
}

/// What of the parameters each stage of a result reads: while it is equal, what the stage made is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stages<'a> {
    /// What layers mean: limits of hosts, duplicates, areas and borders; whether people are counted once.
    pub binding: (Metres, Metres, Metres, Metres, bool),
    /// How one travels.
    pub ways: (f64, Option<f64>, bool, Mode, &'a TravelProfile),
    /// What is counted.
    pub measure: Measure,
    pub groups: &'a RuralTerms,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            detour_factor: 1.3,
            speed_kmh: Some(70.0),
            measure: Measure::Distance,
            threshold: Metres::new(10_000.0),
            time_threshold: Seconds::new(1_200.0),
            follows_roads: true,
            mode: Mode::Car,
            profile: TravelProfile::default(),
            fuel_near: Metres::new(200.0),
            fuel_far: Metres::new(1_000.0),
            articles_min: 1_000.0,
            hours_min: 40.0,
            hours_min_small: 20.0,
            small_turnover_msek: 2.0,
            host_within: Metres::new(500.0),
            duplicate_within: Metres::new(25.0),
            same_name_within: Metres::new(200.0),
            far_from_road: Metres::new(1_000.0),
            people_expected: None,
            area_snap: Metres::new(5_000.0),
            border_near: Metres::new(2_000.0),
            counts_once: false,
            town_people: 10_000.0,
            rural: RuralTerms::default(),
            people_radii: [Metres::new(10_000.0), Metres::new(20_000.0)],
            people_times: [Seconds::new(600.0), Seconds::new(1_200.0)],
        }
    }
}

impl Parameters {
    /// The presets of the threshold, metres.
    pub const THRESHOLD_PRESETS_KM: [f64; 4] = [5.0, 10.0, 20.0, 30.0];
    /// The presets of the time threshold, minutes.
    pub const THRESHOLD_PRESETS_MIN: [f64; 3] = [10.0, 20.0, 30.0];

    /// The threshold in what a travel model counts.
    #[must_use]
    pub fn limit(&self, measure: Measure) -> Cost {
        match measure {
            Measure::Distance => self.threshold.into(),
            Measure::Time => self.time_threshold.into(),
        }
    }

    /// The radii within which people are counted, in what a travel model counts.
    #[must_use]
    pub fn radii(&self, measure: Measure) -> [Cost; 2] {
        match measure {
            Measure::Distance => self.people_radii.map(Cost::from),
            Measure::Time => self.people_times.map(Cost::from),
        }
    }

    /// The parameters by the stage that reads them. A new one has to be put somewhere here: the compiler asks for it.
    #[must_use]
    pub const fn stages(&self) -> Stages<'_> {
        let Self {
            // Binding.
            host_within,
            duplicate_within,
            area_snap,
            border_near,
            counts_once,
            // Ways.
            detour_factor,
            speed_kmh,
            measure,
            follows_roads,
            mode,
            profile,
            // Groups of countryside, by ways in time.
            rural,
            // Judging, which is done anew for every result.
            threshold: _,
            time_threshold: _,
            same_name_within: _,
            far_from_road: _,
            people_expected: _,
            fuel_near: _,
            fuel_far: _,
            articles_min: _,
            hours_min: _,
            hours_min_small: _,
            small_turnover_msek: _,
            town_people: _,
            people_radii: _,
            people_times: _,
        } = self;
        Stages {
            binding: (*host_within, *duplicate_within, *area_snap, *border_near, *counts_once),
            ways: (*detour_factor, *speed_kmh, *follows_roads, *mode, profile),
            measure: *measure,
            groups: rural,
        }
    }

    /// Bounds of the detour factor: below 1 a road would be shorter than the straight line.
    pub const DETOUR_RANGE: std::ops::RangeInclusive<f64> = 1.0..=3.0;
}
