//! What is assumed about an outage? Every number with its range, its unit and where it is known from. None of it is a
//! promise; each can be changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::edge::{EdgeEdit, EdgeId};
use super::range::Range;
use crate::units::Metres;

/// Does a place have something?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Known {
    Yes,
    No,
    #[default]
    Unknown,
}

/// What is taken of a place of which nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsaid {
    /// Nobody knows: the best case has it, the worst has not.
    #[default]
    Unknown,
    No,
}

/// Everything assumed that is no dependency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutageAssumptions {
    /// Dependencies that a user has changed; saved as a list, since a JSON key cannot be a pair.
    #[serde(with = "edits")]
    pub edits: BTreeMap<EdgeId, EdgeEdit>,
    /// Reserve power of places of which nothing is said.
    pub own_power_unsaid: Unsaid,
    /// Hours that a tank of unknown size lasts.
    pub own_power_h: Range,
    /// Litres an hour of a set of which nothing is said.
    pub litres_per_hour: Range,
    /// The set of a SOT point also feeds the pumps within this, in a straight line.
    pub feeds_pumps_within: Metres,
    /// Services within this of a store are in its house: they share its power.
    pub same_house_within: Metres,
    /// Litres in a station's cistern of which nothing is said.
    pub stock_litres: Range,
    /// Vehicles for each person.
    pub cars_per_person: f64,
    /// What each of them is driven in a crisis, km a day.
    pub km_a_day: f64,
    pub litres_per_km: f64,
    /// Litres a day for home care, for a thousand people.
    pub home_care_litres: f64,
    /// Litres a day for clearing snow, for a thousand people; counts in winter.
    pub snow_litres: f64,
    /// Litres a day for generators of neighbours, for a thousand people.
    pub neighbours_litres: f64,
    /// Food that a person takes, kg a day.
    pub goods_kg: f64,
}

impl Default for OutageAssumptions {
    fn default() -> Self {
        Self {
            edits: BTreeMap::new(),
            own_power_unsaid: Unsaid::Unknown,
            own_power_h: Range(24.0, 72.0),
            litres_per_hour: Range(5.0, 15.0),
            feeds_pumps_within: Metres::new(200.0),
            same_house_within: Metres::new(50.0),
            stock_litres: Range(2_000.0, 15_000.0),
            cars_per_person: 0.5,
            km_a_day: 20.0,
            litres_per_km: 0.08,
            home_care_litres: 30.0,
            snow_litres: 60.0,
            neighbours_litres: 100.0,
            goods_kg: 1.5,
        }
    }
}

/// One number that can be changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssumptionRow {
    /// The stable name in files.
    pub id: &'static str,
    pub names: [&'static str; 2],
    pub unit: &'static str,
    pub value: Range,
    /// Is it one number, not a range?
    pub is_single: bool,
}

const fn row(
    id: &'static str,
    names: [&'static str; 2],
    unit: &'static str,
    value: Range,
    is_single: bool,
) -> AssumptionRow {
    AssumptionRow { id, names, unit, value, is_single }
}

const fn one(id: &'static str, names: [&'static str; 2], unit: &'static str, value: f64) -> AssumptionRow {
    row(id, names, unit, Range::exactly(value), true)
}

impl OutageAssumptions {
    /// Its numbers, each with its name and unit.
    #[must_use]
    pub fn rows(&self) -> Vec<AssumptionRow> {
        [self.rows_of_places(), self.rows_of_people()].concat()
    }

    fn rows_of_places(&self) -> Vec<AssumptionRow> {
        vec![
            row(
                "own_power_h",
                ["Reservkraft, tank av okänd storlek räcker", "Reserve power, a tank of unknown size lasts"],
                "h",
                self.own_power_h,
                false,
            ),
            row(
                "litres_per_hour",
                ["Reservkraft, okänd förbrukning", "Reserve power, unknown consumption"],
                "l/h",
                self.litres_per_hour,
                false,
            ),
            one(
                "feeds_pumps_within",
                ["SOT-punktens aggregat driver pumpar inom", "The set of a SOT point feeds pumps within"],
                "m",
                self.feeds_pumps_within.value(),
            ),
            one(
                "same_house_within",
                ["Service delar el med butiken inom", "Services share the store’s power within"],
                "m",
                self.same_house_within.value(),
            ),
            row(
                "stock_litres",
                ["Bränsle i en cistern som inget sägs om", "Fuel in a cistern of which nothing is said"],
                "l",
                self.stock_litres,
                false,
            ),
        ]
    }

    fn rows_of_people(&self) -> Vec<AssumptionRow> {
        vec![
            one("cars_per_person", ["Bilar per person", "Cars for each person"], "", self.cars_per_person),
            one(
                "km_a_day",
                ["Körsträcka per bil i krisen", "Driven for each car in the crisis"],
                "km/d",
                self.km_a_day,
            ),
            one("litres_per_km", ["Bilens förbrukning", "A car’s consumption"], "l/km", self.litres_per_km),
            one(
                "home_care_litres",
                ["Hemtjänst, per 1 000 invånare", "Home care, for 1,000 people"],
                "l/d",
                self.home_care_litres,
            ),
            one(
                "snow_litres",
                ["Snöröjning, per 1 000 invånare (vinter)", "Snow clearing, for 1,000 people (winter)"],
                "l/d",
                self.snow_litres,
            ),
            one(
                "neighbours_litres",
                ["Grannars elverk, per 1 000 invånare", "Neighbours’ generators, for 1,000 people"],
                "l/d",
                self.neighbours_litres,
            ),
            one("goods_kg", ["Livsmedel per person", "Food for each person"], "kg/d", self.goods_kg),
        ]
    }

    /// The assumptions with another value of the number of this name; unchanged where there is none, or the value is no
    /// number that is at least 0.
    #[must_use]
    pub fn with(mut self, id: &str, value: Range) -> Self {
        let is_sound = |number: f64| number.is_finite() && (0.0..=1e9).contains(&number);
        if !is_sound(value.0) || !is_sound(value.1) || value.0 > value.1 {
            return self;
        }
        match id {
            "own_power_h" => self.own_power_h = value,
            "litres_per_hour" => self.litres_per_hour = Range(value.0.max(0.1), value.1.max(0.1)),
            "feeds_pumps_within" => self.feeds_pumps_within = Metres::new(value.0),
            "same_house_within" => self.same_house_within = Metres::new(value.0),
            "stock_litres" => self.stock_litres = value,
            "cars_per_person" => self.cars_per_person = value.0,
            "km_a_day" => self.km_a_day = value.0,
            "litres_per_km" => self.litres_per_km = value.0,
            "home_care_litres" => self.home_care_litres = value.0,
            "snow_litres" => self.snow_litres = value.0,
            "neighbours_litres" => self.neighbours_litres = value.0,
            "goods_kg" => self.goods_kg = value.0,
            _ => {}
        }
        self
    }

    /// Would a computation make sense of all of it? What is wrong, if anything is.
    #[must_use]
    pub fn first_fault(&self) -> Option<&'static str> {
        let fair = |range: Range| {
            range.0.is_finite()
                && range.1.is_finite()
                && range.0 >= 0.0
                && range.0 <= range.1
                && range.1 <= 1e9
        };
        let rows = self.rows().into_iter().find(|row| !fair(row.value)).map(|row| row.id);
        let is_fair = |edit: &EdgeEdit| {
            edit.delay.is_none_or(fair)
                && edit.delay_in_locality.is_none_or(fair)
                && edit.recovery_h.is_finite()
                && (0.0..=1e6).contains(&edit.recovery_h)
        };
        let edits = self.edits.values().any(|edit| !is_fair(edit)).then_some("dependencies");
        rows.or(edits).or((self.litres_per_hour.0 <= 0.0).then_some("litres_per_hour"))
    }
}

/// Edits as a list.
mod edits {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::outage::edge::{EdgeEdit, EdgeId};
    use crate::model::outage::part::Part;

    #[derive(Serialize, Deserialize)]
    struct Row {
        from: Part,
        to: Part,
        #[serde(flatten)]
        edit: EdgeEdit,
    }

    pub fn serialize<S: Serializer>(edits: &BTreeMap<EdgeId, EdgeEdit>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(edits.iter().map(|((from, to), edit)| Row { from: *from, to: *to, edit: *edit }))
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<BTreeMap<EdgeId, EdgeEdit>, D::Error> {
        let rows = Vec::<Row>::deserialize(from)?;
        Ok(rows.into_iter().map(|row| ((row.from, row.to), row.edit)).collect())
    }
}
