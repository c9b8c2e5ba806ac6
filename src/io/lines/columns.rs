//! What do the columns of line features mean? Names that road files use, and their values.
//! Sweden's register is `register`'s matter. Does not know geometries or files.
//!
//! Classes are OpenStreetMap's `highway` values, the functional class of NVDB (see `register`) or Lantmäteriet's
//! `objekttyp`.

use super::register::{Field, Register, Row, functional_class};
use super::values::{Cell, LineValues, number};
use crate::io::{IoError, osm};
use crate::model::roads::{Access, BuiltUp, Direction, RoadClass};
use crate::model::{LineColumns, recognise};

/// Names of columns, lower case, best first.
const CLASS: [&str; 10] = [
    "highway",
    "funktionell vägklass",
    "funktionell_vagklass",
    "funkvagkl",
    "klass_181",
    "functional_class",
    "vagklass",
    "fclass",
    "class",
    "objekttyp",
];
const SPEED: [&str; 7] =
    ["maxspeed", "hastighetsgräns", "hastighetsgrans", "hastighet", "hthast", "speed_limit", "speed"];
const DIRECTION: [&str; 5] = ["oneway", "riktning", "korriktning", "körriktning", "direction"];
const LENGTH: [&str; 7] =
    ["length_m", "langd_m", "langd", "längd", "shape_length", "shape_leng", "st_length(shape)"];
const NAME: [&str; 5] = ["name", "namn", "gatunamn", "vägnamn", "vagnamn"];

/// The columns to read of a table, as positions among its columns.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    names: Vec<String>,
    class: Option<usize>,
    speed: Option<usize>,
    direction: Option<usize>,
    length: Option<usize>,
    name: Option<usize>,
    /// Does somebody say which column the length is?
    is_length_said: bool,
    pub register: Register,
}

impl Chosen {
    /// The columns said, and for the rest those recognised. `all` are the columns of all tables of the file: what is
    /// said has to be among them.
    pub fn new(said: &LineColumns, columns: &[String], all: &[String], file: &str) -> Result<Self, IoError> {
        let register = Register::among(columns);
        let is_register = register.is_there();
        let choose = |said: &Option<String>, known: &[&str], fields: &[Field]| {
            let Some(wanted) = said else {
                // What the register's columns say is read from them.
                if is_register && fields.iter().any(|field| register.column(*field).is_some()) {
                    return Ok(None);
                }
                let named =
                    |name: &&str| columns.iter().position(|column| recognise::folded(column) == **name);
                return Ok(known.iter().find_map(named));
            };
            let found = recognise::column_called(wanted, columns.iter().map(String::as_str));
            if let Some(found) = found {
                return Ok(columns.iter().position(|column| column == found));
            }
            match recognise::column_called(wanted, all.iter().map(String::as_str)) {
                Some(_) => Ok(None),
                None => Err(IoError::MissingColumn {
                    file: file.into(),
                    wanted: wanted.clone(),
                    columns: all.to_vec(),
                }),
            }
        };
        Ok(Self {
            names: columns.to_vec(),
            class: choose(&said.class, &CLASS, &[Field::Class, Field::NetType])?,
            speed: choose(&said.speed, &SPEED, &[Field::SpeedForward, Field::SpeedBackward])?,
            direction: choose(
                &said.direction,
                &DIRECTION,
                &[Field::ForbiddenForward, Field::ForbiddenBackward],
            )?,
            length: choose(&said.length, &LENGTH, &[Field::Length])?,
            name: choose(&said.name, &NAME, &[Field::Street, Field::OtherName, Field::MainNumber])?,
            is_length_said: said.length.is_some(),
            register,
        })
    }

    /// Is anything known of what the lines are?
    pub fn tells_roads(&self) -> bool {
        self.class.is_some() || self.speed.is_some() || self.direction.is_some() || self.register.is_there()
    }

    /// Do lines of this table meet at their ends alone? So the register draws them.
    pub fn meets_at_ends(&self) -> bool {
        self.register.is_there()
    }

    /// Is the length surely in metres and of this line? The register's own is, and what a user chooses.
    pub fn trusts_length(&self) -> bool {
        self.is_length_said || (self.length.is_none() && self.register.column(Field::Length).is_some())
    }

    /// The positions of all columns that are read.
    pub fn columns(&self) -> Vec<usize> {
        let own = [self.class, self.speed, self.direction, self.length, self.name];
        let mut all: Vec<usize> = own.into_iter().flatten().chain(self.register_columns()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn register_columns(&self) -> impl Iterator<Item = usize> {
        let is_there = self.register.is_there();
        self.register.columns().filter(move |_| is_there)
    }

    /// What the columns were taken for, by words that the command line knows, and their names in the file.
    pub fn taken_for(&self) -> Vec<(String, String)> {
        let own = [
            ("class", self.class),
            ("speed", self.speed),
            ("direction", self.direction),
            ("length", self.length),
            ("name", self.name),
        ];
        let own = own.into_iter().filter_map(|(what, at)| Some((what, at?)));
        let register = self.register.taken_for().filter(|_| self.register.is_there());
        own.chain(register).map(|(what, at)| (what.to_owned(), self.names[at].clone())).collect()
    }

    pub fn name_of(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }
}

/// Why a row cannot be used: the reason, and its column and value.
pub(super) type BadValue = (&'static str, String);

/// The base limits of Swedish law where no sign says otherwise, tenths of km/h: Trafikförordningen 3 kap. 17 §.
const BASE_INSIDE: u16 = 500;
const BASE_OUTSIDE: u16 = 700;

/// What is worth a remark of a row that is used.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// (column, value) that nobody knows.
    pub unknown: Vec<(usize, String)>,
    /// Stable names of what was assumed.
    pub assumed: Vec<&'static str>,
}

impl Chosen {
    /// Files of roads cut out of `OpenStreetMap` write F, T and B for the direction, not for true and false.
    fn is_geofabrik(&self) -> bool {
        self.class.is_some_and(|at| self.names[at].eq_ignore_ascii_case("fclass"))
    }

    /// What a row says.
    pub fn values<'a>(
        &self,
        mut cell: impl FnMut(usize) -> Cell<'a>,
        remarks: &mut Remarks,
    ) -> Result<LineValues, BadValue> {
        let mut out = if self.register.is_there() {
            let mut row = Row { register: &self.register, cell: &mut cell, unknown: Vec::new() };
            let values = row.values();
            remarks.unknown = row.unknown;
            values.ok_or_else(|| ("forbidden_both_ways", String::new()))?
        } else {
            LineValues::default()
        };
        if let Some(class) = self.parsed("bad_class", self.class, &mut cell, class)? {
            out.class = class;
            // A register of roads holds roads for cars: the least of its classes is no forest track without a sign.
            out.motor = if class == RoadClass::Track { Access::Yes } else { Access::Unsaid };
        }
        if let Some(limit) = self.parsed("bad_speed", self.speed, &mut cell, speed_limit)? {
            out.limits = [limit; 2];
        }
        let is_geofabrik = self.is_geofabrik();
        let parse_direction = |text: &str| direction(text, is_geofabrik);
        if let Some(found) = self.parsed("bad_direction", self.direction, &mut cell, parse_direction)? {
            out.direction = found;
        }
        if let Some(metres) = self.parsed("bad_length", self.length, &mut cell, length)? {
            out.length_m = metres;
        }
        let name = self.name.map(|at| cell(at).text().trim().to_owned()).filter(|name| !name.is_empty());
        out.name = name.or(out.name).map(|name| osm::short(&name).to_owned());
        if self.register.is_there() {
            complete_limits(&mut out, remarks);
        }
        Ok(out)
    }

    fn parsed<'a, T>(
        &self,
        reason: &'static str,
        column: Option<usize>,
        cell: &mut impl FnMut(usize) -> Cell<'a>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, BadValue> {
        let Some(column) = column else { return Ok(None) };
        let value = cell(column);
        let text = value.text();
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        parse(text).map(Some).ok_or_else(|| (reason, format!("{}={text}", self.names[column])))
    }
}

/// Where the register has no limit: that of the other direction, else the law's, told apart by built-up or not.
fn complete_limits(values: &mut LineValues, remarks: &mut Remarks) {
    if values.class == RoadClass::Ferry || values.motor == Access::No {
        return;
    }
    let is_open = match values.direction {
        Direction::Both => [true, true],
        Direction::Forward => [true, false],
        Direction::Backward => [false, true],
    };
    let is_missing = [0, 1].map(|side: usize| is_open[side] && values.limits[side] == 0);
    if !is_missing.contains(&true) {
        return;
    }
    let other = values.limits[0].max(values.limits[1]);
    let (limit, reason) = match values.built_up {
        _ if other > 0 => (other, "limit_of_other_direction"),
        // The base limits are not those of motorways.
        _ if values.class == RoadClass::Motorway => (0, "no_limit"),
        BuiltUp::Inside => (BASE_INSIDE, "base_limit_50"),
        BuiltUp::Outside => (BASE_OUTSIDE, "base_limit_70"),
        BuiltUp::Unsaid => (0, "no_limit"),
    };
    remarks.assumed.push(reason);
    for (slot, is_missing) in values.limits.iter_mut().zip(is_missing) {
        if is_missing {
            *slot = limit;
        }
    }
}

fn class(text: &str) -> Option<RoadClass> {
    if let Some(number) = number(text) {
        let known = (0u32..10).find(|known| f64::from(*known).to_bits() == number.to_bits());
        return known.map(|known| functional_class(known, BuiltUp::Unsaid));
    }
    let text = text.to_lowercase();
    RoadClass::from_id(&text).or_else(|| class_of_map(&recognise::folded(&text)))
}

/// The class of Lantmäteriet's `objekttyp` of a road (Topografi, layer `vaglinje`).
fn class_of_map(word: &str) -> Option<RoadClass> {
    Some(match word {
        "motorväg" => RoadClass::Motorway,
        "motortrafikled" | "mötesfri väg" => RoadClass::Trunk,
        "landsväg" => RoadClass::Secondary,
        "övergripande länk" => RoadClass::Primary,
        "landsväg liten" | "huvudgata" => RoadClass::Tertiary,
        "småväg" | "småväg enkel standard" => RoadClass::Unclassified,
        "lokalgata stor" | "lokalgata" | "lokalgata liten" | "gata" => RoadClass::Residential,
        "färjeled" => RoadClass::Ferry,
        "cykelväg" => RoadClass::Cycleway,
        "parkväg" => RoadClass::Footway,
        "gångstig" | "vandringsled" => RoadClass::Path,
        _ => return None,
    })
}

/// km/h, or what OpenStreetMap writes; 0 says nothing.
fn speed_limit(text: &str) -> Option<u16> {
    match number(text) {
        Some(zero) if zero.abs() < f64::EPSILON => Some(0),
        _ => osm::limit(&text.replace(',', ".")),
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
        let chosen = Chosen::new(&LineColumns::default(), &columns, &columns, "x").expect("known names");
        let row = [Cell::Integer(7), Cell::Integer(50), Cell::Text("Storgatan".into()), Cell::Real(12.5)];
        let values = chosen.values(|at| row[at].clone(), &mut Remarks::default()).expect("good values");
        let wanted = LineValues {
            class: RoadClass::Residential,
            limits: [500; 2],
            length_m: 12.5,
            name: Some("Storgatan".into()),
            ..LineValues::default()
        };
        assert_eq!(values, wanted);
        assert!(chosen.tells_roads() && !chosen.meets_at_ends() && !chosen.trusts_length());
        let said = LineColumns { speed: Some("Fart".into()), ..LineColumns::default() };
        let error = Chosen::new(&said, &columns, &columns, "x").expect_err("no such column").to_string();
        assert!(error.contains("“Fart”") && error.contains("HTHAST"), "{error}");
    }

    // The greatest width of a vehicle was once taken for a speed.
    #[test]
    fn measures_of_vehicles_are_no_speeds() {
        let columns: Vec<String> = ["Hogst_36", "Hogst_46", "Hogst_55_30"].map(str::to_owned).to_vec();
        let chosen = Chosen::new(&LineColumns::default(), &columns, &columns, "x").expect("known names");
        assert!(!chosen.tells_roads() && chosen.columns().is_empty());
    }
}
