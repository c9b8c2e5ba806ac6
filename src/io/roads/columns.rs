//! What do the columns of line features mean? Names that road registers use, and their values.
//! Does not know geometries or files.
//!
//! Classes are OpenStreetMap's `highway` values or the functional class of NVDB, 0 (the largest roads) to 9:
//! 0 trunk, 1 primary, 2 secondary, 3–4 tertiary, 5–6 unclassified, 7 residential, 8 service, 9 track.
//! Class 0 is not taken as motorway, which would make it one-way without the register saying so.

use serde_json::{Map, Value};

use super::super::IoError;
use super::LineColumns;
use super::speed;
use super::tags::short;
use crate::model::recognise;
use crate::model::roads::{Direction, RoadClass};

/// Names of columns, lower case, best first.
const CLASS: [&str; 9] = [
    "highway",
    "funktionell vägklass",
    "funktionell_vagklass",
    "funkvagkl",
    "klass_181",
    "functional_class",
    "vagklass",
    "fclass",
    "class",
];
const SPEED: [&str; 8] = [
    "maxspeed",
    "hastighetsgräns",
    "hastighetsgrans",
    "hastighet",
    "hthast",
    "hogst_36",
    "speed_limit",
    "speed",
];
const DIRECTION: [&str; 5] = ["oneway", "riktning", "korriktning", "körriktning", "direction"];
const LENGTH: [&str; 7] =
    ["length_m", "langd_m", "langd", "längd", "shape_length", "shape_leng", "st_length(shape)"];
const NAME: [&str; 5] = ["name", "namn", "gatunamn", "vägnamn", "vagnamn"];

/// The columns to read, by their names in the file.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    class: Option<String>,
    speed: Option<String>,
    direction: Option<String>,
    length: Option<String>,
    name: Option<String>,
}

impl Chosen {
    /// The columns said, and for the rest those recognised.
    pub fn new(said: &LineColumns, columns: &[String], file: &str) -> Result<Self, IoError> {
        let choose = |said: &Option<String>, known: &[&str]| {
            let Some(wanted) = said else {
                let named = |name: &&str| columns.iter().find(|column| recognise::folded(column) == **name);
                return Ok(known.iter().find_map(named).cloned());
            };
            let found = recognise::column_called(wanted, columns.iter().map(String::as_str));
            found.map(|found| Some(found.to_owned())).ok_or_else(|| IoError::MissingColumn {
                file: file.into(),
                wanted: wanted.clone(),
                columns: columns.to_vec(),
            })
        };
        Ok(Self {
            class: choose(&said.class, &CLASS)?,
            speed: choose(&said.speed, &SPEED)?,
            direction: choose(&said.direction, &DIRECTION)?,
            length: choose(&said.length, &LENGTH)?,
            name: choose(&said.name, &NAME)?,
        })
    }
}

/// What a feature's columns say.
#[derive(Debug, PartialEq)]
pub(super) struct LineValues {
    pub class: RoadClass,
    pub limit: u16,
    pub direction: Direction,
    pub length_m: f32,
    pub name: Option<String>,
}

/// A value that cannot be used: the reason, its column and itself.
pub(super) type BadValue = (&'static str, String);

impl Chosen {
    /// Files of roads cut out of `OpenStreetMap` write F, T and B for the direction, not for true and false.
    fn is_geofabrik(&self) -> bool {
        self.class.as_ref().is_some_and(|name| name.eq_ignore_ascii_case("fclass"))
    }

    pub fn values(&self, properties: &Map<String, Value>) -> Result<LineValues, BadValue> {
        let read = |column: &Option<String>| -> Option<(String, String)> {
            let column = column.as_ref()?;
            let text = match properties.get(column)? {
                Value::String(text) => text.trim().to_owned(),
                Value::Null => return None,
                other => other.to_string(),
            };
            (!text.is_empty()).then(|| (column.clone(), text))
        };
        // A register without classes holds roads for cars; the smallest public class promises least.
        let class = parsed("bad_class", read(&self.class), class)?.unwrap_or(RoadClass::Unclassified);
        Ok(LineValues {
            class,
            limit: parsed("bad_speed", read(&self.speed), speed_limit)?.unwrap_or(0),
            direction: parsed("bad_direction", read(&self.direction), |text| {
                direction(text, self.is_geofabrik())
            })?
            .unwrap_or_default(),
            length_m: parsed("bad_length", read(&self.length), length)?.unwrap_or(0.0),
            name: read(&self.name).map(|(_, name)| short(&name).to_owned()),
        })
    }
}

fn parsed<T>(
    reason: &'static str,
    cell: Option<(String, String)>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, BadValue> {
    let Some((column, text)) = cell else { return Ok(None) };
    match parse(&text) {
        Some(value) => Ok(Some(value)),
        None => Err((reason, format!("{column}={text}"))),
    }
}

fn class(text: &str) -> Option<RoadClass> {
    if let Some(number) = number(text) {
        let functional = [
            RoadClass::Trunk,
            RoadClass::Primary,
            RoadClass::Secondary,
            RoadClass::Tertiary,
            RoadClass::Tertiary,
            RoadClass::Unclassified,
            RoadClass::Unclassified,
            RoadClass::Residential,
            RoadClass::Service,
            RoadClass::Track,
        ];
        let known = (0u8..).zip(functional).find(|(ix, _)| f64::from(*ix).to_bits() == number.to_bits());
        return known.map(|(_, class)| class);
    }
    RoadClass::from_id(&text.to_lowercase())
}

/// km/h, or what OpenStreetMap writes; 0 says nothing.
fn speed_limit(text: &str) -> Option<u16> {
    match number(text) {
        Some(zero) if zero.abs() < f64::EPSILON => Some(0),
        _ => speed::limit(&text.replace(',', ".")),
    }
}

/// 0 both, 1 along the line, 2 or -1 against it, and words for them.
fn direction(text: &str, is_geofabrik: bool) -> Option<Direction> {
    let lower = text.to_lowercase();
    if is_geofabrik {
        match lower.as_str() {
            "b" => return Some(Direction::Both),
            "f" => return Some(Direction::Forward),
            "t" => return Some(Direction::Backward),
            _ => {}
        }
    }
    let key = lower.strip_suffix(".0").unwrap_or(&lower);
    Some(match key {
        "0" | "both" | "no" | "false" | "båda" | "bada" | "f" | "dubbelriktad" => Direction::Both,
        "1" | "yes" | "true" | "forward" | "with" | "ft" | "med" | "framåt" => Direction::Forward,
        "-1" | "2" | "backward" | "against" | "reverse" | "tf" | "mot" | "bakåt" => Direction::Backward,
        _ => return None,
    })
}

/// Metres, at most the length of Sweden and back.
fn length(text: &str) -> Option<f32> {
    let metres = number(text).filter(|metres| (0.0..=4_000_000.0).contains(metres))?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked; centimetres are enough")]
    let metres = metres as f32;
    Some(metres)
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_registers() {
        assert_eq!(class("residential"), Some(RoadClass::Residential));
        assert_eq!(class("0"), Some(RoadClass::Trunk));
        assert_eq!(class("9.0"), Some(RoadClass::Track));
        assert_eq!((class("10"), class("-1"), class("3.5"), class("väg")), (None, None, None, None));
        assert_eq!(
            (speed_limit("70"), speed_limit("70,0"), speed_limit("0")),
            (Some(700), Some(700), Some(0))
        );
        assert_eq!(
            (speed_limit("SE:urban"), speed_limit("fort"), speed_limit("-5")),
            (Some(500), None, None)
        );
        assert_eq!(direction("Med", false), Some(Direction::Forward));
        assert_eq!(direction("T", true), Some(Direction::Backward));
        assert_eq!(
            (direction("B", true), direction("F", true)),
            (Some(Direction::Both), Some(Direction::Forward))
        );
        assert_eq!(
            (direction("2", false), direction("-1", false)),
            (Some(Direction::Backward), Some(Direction::Backward))
        );
        assert_eq!((direction("0.0", false), direction("3", false)), (Some(Direction::Both), None));
        assert_eq!((length("12,5"), length("-1"), length("NaN")), (Some(12.5), None, None));
    }

    #[test]
    fn columns_are_recognised_or_said() {
        let columns: Vec<String> = ["FunkVagkl", "HTHAST", "Namn", "Shape_Leng"].map(str::to_owned).to_vec();
        let chosen = Chosen::new(&LineColumns::default(), &columns, "x").expect("known names");
        let row = serde_json::json!({"FunkVagkl": 7, "HTHAST": 50, "Namn": "Storgatan", "Shape_Leng": 12.5});
        let Value::Object(row) = row else { panic!("an object") };
        let values = chosen.values(&row).expect("good values");
        let wanted = LineValues {
            class: RoadClass::Residential,
            limit: 500,
            direction: Direction::Both,
            length_m: 12.5,
            name: Some("Storgatan".into()),
        };
        assert_eq!(values, wanted);
        let said = LineColumns { speed: Some("Fart".into()), ..LineColumns::default() };
        let error = Chosen::new(&said, &columns, "x").expect_err("no such column").to_string();
        assert!(error.contains("“Fart”") && error.contains("HTHAST"), "{error}");
    }
}
