//! What fails, where, from when and for how long? A scenario of an outage, and the ready ones.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::horizon::HORIZON_H;
use super::part::Part;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::SiteId;

/// What an area can be without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Power,
    Mobile,
    Fixed,
    Water,
    Deliveries,
}

impl Fault {
    pub const ALL: [Self; 5] = [Self::Power, Self::Mobile, Self::Fixed, Self::Water, Self::Deliveries];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Mobile => "mobile",
            Self::Fixed => "fixed",
            Self::Water => "water",
            Self::Deliveries => "deliveries",
        }
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.id() == id)
    }

    /// The part of the chain that is gone.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::Power => Part::Grid,
            Self::Mobile => Part::MobileNet,
            Self::Fixed => Part::FixedNet,
            Self::Water => Part::WaterMains,
            Self::Deliveries => Part::Deliveries,
        }
    }
}

impl Said for Fault {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Power => lang.pick("el", "power"),
            Self::Mobile => lang.pick("mobilnät", "mobile network"),
            Self::Fixed => lang.pick("fast nät", "fixed network"),
            Self::Water => lang.pick("vatten", "water"),
            Self::Deliveries => lang.pick("varutransporter", "deliveries"),
        }
        .into()
    }
}

/// Polygons, each of rings, the outer first.
pub type Outlines = Vec<Vec<Vec<LonLat>>>;

/// Which area is hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    Everything,
    /// Names or codes.
    Municipalities(Vec<String>),
    /// Drawn, or taken from a layer of areas.
    Outlines(Outlines),
}

/// From an hour on, this share of the people has back what failed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Restored {
    /// Hours after it failed.
    pub after_h: f64,
    /// 0…1
    pub share: f64,
}

/// An area and what fails there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutageArea {
    pub name: String,
    pub place: Where,
    /// Hours from the beginning of the crisis.
    pub start_h: f64,
    /// How long, until everybody has it back.
    pub hours: f64,
    pub faults: BTreeSet<Fault>,
    /// Steps of those who have it back before; none where all have it back at once. Most people in a cell first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored: Vec<Restored>,
}

/// Heat counts in winter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    #[default]
    Winter,
    Summer,
}

impl Season {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Summer => "summer",
        }
    }
}

impl Said for Season {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Winter => lang.pick("vinter", "winter"),
            Self::Summer => lang.pick("sommar", "summer"),
        }
        .into()
    }
}

/// When the closed roads of the project are closed; before and after they are open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RoadsClosed {
    pub start_h: f64,
    pub hours: f64,
}

/// Fuel that is brought to a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refuel {
    pub site: SiteId,
    pub hour: f64,
    pub litres: f64,
}

/// A scenario of an outage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutageScenario {
    pub id: u32,
    pub name: String,
    pub areas: Vec<OutageArea>,
    #[serde(default)]
    pub season: Season,
    /// `None`: the project's closed roads are closed all the time, as in every other figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roads: Option<RoadsClosed>,
    /// Places that get a SOT point.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub added: BTreeSet<SiteId>,
    /// Places that are thought away.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub removed: BTreeSet<SiteId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refuels: Vec<Refuel>,
    /// How much it weighs beside others.
    #[serde(default = "one")]
    pub weight: f64,
}

const fn one() -> f64 {
    1.0
}

/// A ready scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    Storm24,
    Ice72,
    Week168,
}

impl Preset {
    pub const ALL: [Self; 3] = [Self::Storm24, Self::Ice72, Self::Week168];

    /// The stable name on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Storm24 => "storm-24",
            Self::Ice72 => "ice-72",
            Self::Week168 => "week-168",
        }
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.id() == id)
    }

    /// The scenario, everywhere.
    #[must_use]
    pub fn scenario(self, id: u32, lang: Lang) -> OutageScenario {
        let power = BTreeSet::from([Fault::Power]);
        let (hours, faults, restored) = match self {
            Self::Storm24 => (24.0, power, Vec::new()),
            Self::Ice72 => {
                let steps = [(24.0, 0.3), (48.0, 0.7)];
                (72.0, power, steps.map(|(after_h, share)| Restored { after_h, share }).to_vec())
            }
            Self::Week168 => {
                (168.0, BTreeSet::from([Fault::Power, Fault::Water, Fault::Deliveries]), Vec::new())
            }
        };
        let place = Where::Everything;
        let name = lang.pick("Hela området", "The whole area").to_owned();
        let area = OutageArea { name, place, start_h: 0.0, hours, faults, restored };
        OutageScenario { id, name: self.said(lang), areas: vec![area], ..OutageScenario::empty(id) }
    }
}

impl Said for Preset {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Storm24 => lang.pick("Storm, 24 timmar", "Storm, 24 hours"),
            Self::Ice72 => lang.pick("Isstorm, 72 timmar", "Ice storm, 72 hours"),
            Self::Week168 => lang.pick("Krisvecka, 168 timmar", "Crisis week, 168 hours"),
        }
        .into()
    }
}

impl OutageScenario {
    /// Nothing fails.
    #[must_use]
    pub const fn empty(id: u32) -> Self {
        Self {
            id,
            name: String::new(),
            areas: Vec::new(),
            season: Season::Winter,
            roads: None,
            added: BTreeSet::new(),
            removed: BTreeSet::new(),
            refuels: Vec::new(),
            weight: 1.0,
        }
    }

    /// The same with nothing added, removed or fuelled.
    #[must_use]
    pub fn unchanged(&self) -> Self {
        Self { added: BTreeSet::new(), removed: BTreeSet::new(), refuels: Vec::new(), ..self.clone() }
    }

    /// The hour at which the last area has everything back.
    #[must_use]
    pub fn ends_h(&self) -> f64 {
        self.areas.iter().map(|area| area.start_h + area.hours).fold(0.0, f64::max)
    }

    /// The first whole hour at which everybody has everything back, a week at most: hours before it are counted.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within a week")]
    pub fn last_hour(&self) -> usize {
        self.ends_h().ceil().clamp(0.0, f64::from(HORIZON_H)) as usize
    }

    /// Every site that it names.
    pub fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.added.iter().chain(&self.removed).chain(self.refuels.iter().map(|refuel| &refuel.site))
    }

    /// What of it no computation could make sense of, in both languages.
    #[must_use]
    pub fn first_fault(&self) -> Option<[String; 2]> {
        let of_roads = |roads: RoadsClosed| {
            wrong_hours("start_h", roads.start_h).or_else(|| wrong_hours("hours", roads.hours))
        };
        let of_refuel = |refuel: &Refuel| {
            let is_amount = refuel.litres.is_finite() && (0.0..=1e9).contains(&refuel.litres);
            wrong_hours("hour", refuel.hour).or_else(|| {
                (!is_amount).then(|| {
                    [
                        format!("litres: {} är inget antal liter", refuel.litres),
                        format!("litres: {} is no number of litres", refuel.litres),
                    ]
                })
            })
        };
        let is_weight = self.weight.is_finite() && (0.0..=1e6).contains(&self.weight);
        let weight = || {
            (!is_weight).then(|| {
                [
                    format!("weight: {} är ingen vikt", self.weight),
                    format!("weight: {} is no weight", self.weight),
                ]
            })
        };
        self.areas
            .iter()
            .find_map(OutageArea::first_fault)
            .or_else(|| self.roads.and_then(of_roads))
            .or_else(|| self.refuels.iter().find_map(of_refuel))
            .or_else(weight)
    }
}

/// Later than this nothing is said.
const MOST_H: f64 = 100_000.0;

fn is_hour(hour: f64) -> bool {
    hour.is_finite() && (0.0..=MOST_H).contains(&hour)
}

fn wrong_hours(what: &str, value: f64) -> Option<[String; 2]> {
    (!is_hour(value)).then(|| {
        [
            format!("{what}: {value} är inget antal timmar mellan 0 och {MOST_H}"),
            format!("{what}: {value} is no number of hours from 0 to {MOST_H}"),
        ]
    })
}

impl OutageArea {
    fn first_fault(&self) -> Option<[String; 2]> {
        wrong_hours("start_h", self.start_h)
            .or_else(|| wrong_hours("hours", self.hours))
            .or_else(|| self.wrong_step())
            .or_else(|| self.wrong_outline())
    }

    fn wrong_step(&self) -> Option<[String; 2]> {
        let mut before = (0.0, 0.0);
        for step in &self.restored {
            let is_share = step.share.is_finite() && (0.0..=1.0).contains(&step.share);
            if !is_hour(step.after_h) {
                return wrong_hours("after_h", step.after_h);
            }
            if !is_share || step.after_h < before.0 || step.share < before.1 {
                let (share, hours) = (step.share, step.after_h);
                return Some([
                    format!(
                        "restored: andelen {share} efter {hours} h. Andelar går från 0 till 1 och stiger med timmarna"
                    ),
                    format!(
                        "restored: the share {share} after {hours} h. Shares run from 0 to 1 and rise with the hours"
                    ),
                ]);
            }
            before = (step.after_h, step.share);
        }
        None
    }

    fn wrong_outline(&self) -> Option<[String; 2]> {
        let Where::Outlines(outlines) = &self.place else { return None };
        let is_small = outlines.iter().flatten().any(|ring| ring.len() < 3);
        (is_small || outlines.is_empty()).then(|| {
            [
                format!("området {}: en yta behöver minst tre hörn", self.name),
                format!("the area {}: an outline needs at least three corners", self.name),
            ]
        })
    }
}
