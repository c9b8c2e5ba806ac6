//! What does a place need power for? Its machines with rated power, start and hours of the day, and what is assumed about
//! reserve power. Does not know what set that takes (see `power`).

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};

/// When a machine runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadHours {
    #[default]
    Always,
    /// From an hour of the day to another; over midnight where the second is not after the first.
    Between(u8, u8),
}

impl LoadHours {
    /// While people are there: an assumption, 7 to 19.
    pub const DAY: Self = Self::Between(7, 19);
    pub const NIGHT: Self = Self::Between(19, 7);

    /// Does it run in the hour that begins now? `hour` is 0…23.
    #[must_use]
    pub const fn runs_in(self, hour: u8) -> bool {
        match self {
            Self::Always => true,
            Self::Between(from, to) if from < to => from <= hour && hour < to,
            Self::Between(from, to) => from <= hour || hour < to,
        }
    }
}

impl Said for LoadHours {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Always => lang.pick("dygnet runt", "all day and night").into(),
            Self::Between(from, to) => format!("{from:02}–{to:02}"),
        }
    }
}

/// A machine, or several of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Load {
    pub name: String,
    /// Rated power of one, kW.
    pub kw: f64,
    pub count: u32,
    /// How many times its rated power it takes to start; 1 where it starts softly.
    pub start_factor: f64,
    /// Keeps goods cold.
    pub is_cold: bool,
    pub hours: LoadHours,
}

impl Load {
    /// Nobody has a machine of more, kW.
    pub const MOST_KW: f64 = 1e6;
    /// Of more machines of one kind nobody speaks.
    pub const MOST_COUNT: u32 = 10_000;
    /// No motor takes more times its power to start.
    pub const MOST_START: f64 = 20.0;

    /// Of all of them, kW.
    #[must_use]
    pub fn total_kw(&self) -> f64 {
        self.kw * f64::from(self.count)
    }
}

/// What is assumed about reserve power. None of it is a promise; each can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PowerAssumptions {
    /// The share of all rated power that is taken at once, 0…1.
    pub simultaneity: f64,
    /// Working power to apparent power of the set, 0…1.
    pub power_factor: f64,
    /// Added to the running load, 0.25 is a quarter.
    pub margin: f64,
    /// Below this share of its power a set soots, 0…1.
    pub least_load: f64,
    /// The largest set that one container holds, kVA.
    pub container_kva: f64,
    /// A diesel heater beside the set, kW of heat.
    pub heater_kw: f64,
    /// Litres that the tank holds.
    pub tank_litres: Option<f64>,
    /// What a litre costs, SEK.
    pub litre_price: Option<f64>,
}

impl Default for PowerAssumptions {
    fn default() -> Self {
        Self {
            simultaneity: 0.8,
            power_factor: 0.8,
            margin: 0.25,
            least_load: 0.3,
            container_kva: 100.0,
            heater_kw: 0.0,
            tank_litres: None,
            litre_price: None,
        }
    }
}
