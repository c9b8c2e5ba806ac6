//! Which roads are there, as a file tells it? Points, ways and what their tags mean, before any profile.
//! Does not know speeds, graphs or files: `io` reads roads, `network` makes a graph of them for one profile.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::month_day::MonthDay;
use crate::geometry::{LonLat, ground_distance};
use crate::lang::{Lang, Said};
use crate::say;

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

macro_rules! road_classes {
    ($($variant:ident $id:literal $sv:literal $en:literal,)*) => {
        /// The class of a road, by OpenStreetMap's `highway` values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RoadClass { $($variant,)* }

        impl RoadClass {
            /// Largest roads first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name: OpenStreetMap's value.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The class of an OpenStreetMap value.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)* _ => None }
            }
        }

        impl Said for RoadClass {
            fn said(&self, lang: Lang) -> String {
                match self { $(Self::$variant => lang.pick($sv, $en),)* }.into()
            }
        }
    };
}

road_classes! {
    Motorway "motorway" "motorväg" "motorway",
    MotorwayLink "motorway_link" "påfart, motorväg" "motorway link",
    Trunk "trunk" "stamväg" "trunk road",
    TrunkLink "trunk_link" "påfart, stamväg" "trunk link",
    Primary "primary" "primär länsväg" "primary road",
    PrimaryLink "primary_link" "påfart, primär länsväg" "primary link",
    Secondary "secondary" "sekundär länsväg" "secondary road",
    SecondaryLink "secondary_link" "påfart, sekundär länsväg" "secondary link",
    Tertiary "tertiary" "tertiär väg" "tertiary road",
    TertiaryLink "tertiary_link" "påfart, tertiär väg" "tertiary link",
    Unclassified "unclassified" "mindre väg" "minor road",
    Residential "residential" "bostadsgata" "residential street",
    LivingStreet "living_street" "gångfartsområde" "living street",
    Service "service" "enskild in- och utfart" "service road",
    Track "track" "skogs- eller jordbruksväg" "track",
    Pedestrian "pedestrian" "gågata" "pedestrian street",
    Cycleway "cycleway" "cykelväg" "cycleway",
    Footway "footway" "gångväg" "footway",
    Path "path" "stig" "path",
    Bridleway "bridleway" "ridväg" "bridleway",
    Steps "steps" "trappa" "steps",
    Ferry "ferry" "färja" "ferry",
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

/// What a road file held, and what became of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RoadReport {
    /// Objects of the file: nodes, ways, relations; or line features.
    pub nodes_in: u64,
    pub ways_in: u64,
    pub relations_in: u64,
    /// Ways that became roads or ferries.
    pub ways_used: u64,
    /// Ways that are no roads: buildings, rivers …
    pub ways_other: u64,
    /// Road ways not used, by reason (a stable name).
    pub ways_refused: BTreeMap<String, u64>,
    /// Columns of a register that are not read, since their names are cut and may mean two things.
    pub unclear_columns: Vec<String>,
    /// The tables of a database that were read.
    pub tables: Vec<String>,
    /// What was not as it should be though the way is used, by a stable name: nodes missing, values unknown.
    pub remarks: BTreeMap<String, u64>,
    /// The first of each reason and remark, with the way's id, at most some twenty.
    pub examples: Vec<String>,
    pub turns_read: u64,
    /// Turn restrictions not obeyed, by reason: via a way, conditional, incomplete, not for cars.
    pub turns_left: BTreeMap<String, u64>,
    pub barriers_read: u64,
    /// Objects that an editor has deleted, or a server hides, and that the file still holds.
    #[serde(default)]
    pub deleted: u64,
    /// Ways with conditions by time or season that are not obeyed (`…:conditional`).
    pub conditional: u64,
    /// Remarks that the server wrote into the file: a query that ran out of time gives what it found so far.
    #[serde(default)]
    pub server_says: Vec<String>,
    /// The server says that it left roads out.
    #[serde(default)]
    pub is_cut_by_server: bool,
    /// Values of columns that nobody knows, by column. The road is used without.
    #[serde(default)]
    pub unknown_values: BTreeMap<String, UnknownValues>,
    /// Stated lengths beside those of the lines.
    #[serde(default)]
    pub lengths: StatedLengths,
    /// What the file's columns were taken for: (what it means, the column's name).
    #[serde(default)]
    pub columns: Vec<(String, String)>,
}

/// Values of one column that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnknownValues {
    pub count: u64,
    /// The first of them, with its feature's number.
    pub feature: i64,
    pub value: String,
}

/// A line whose stated length is far from the drawn, metres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LengthOutlier {
    pub feature: i64,
    pub stated_m: f64,
    pub drawn_m: f64,
}

/// Outliers that are listed.
pub const LISTED_OUTLIERS: usize = 100;

/// Lengths that a file states beside those drawn, metres.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StatedLengths {
    /// Of the lines that state one.
    pub stated_m: f64,
    pub drawn_m: f64,
    /// Lines whose stated length is more than a tenth longer or shorter than the drawn.
    pub outliers: u64,
    /// The first hundred of them.
    pub listed: Vec<LengthOutlier>,
}

/// Examples kept of one reason, and in all.
const EXAMPLES_EACH: u64 = 3;
pub const EXAMPLES: usize = 20;

impl RoadReport {
    /// Counts a way that is not used, and keeps the first of each reason in words.
    pub fn refuse(&mut self, reason: &str, what: &str, detail: &str) {
        let count = self.ways_refused.entry(reason.into()).or_default();
        *count += 1;
        let is_first = *count <= EXAMPLES_EACH;
        self.example(is_first, reason, &format!("{what} {detail}"));
    }

    /// Counts what is worth a remark though the way is used.
    pub fn note(&mut self, reason: &str, what: &str) {
        let count = self.remarks.entry(reason.into()).or_default();
        *count += 1;
        let is_first = *count <= EXAMPLES_EACH;
        self.example(is_first, reason, what);
    }

    fn example(&mut self, is_first: bool, reason: &str, what: &str) {
        if is_first && self.examples.len() < EXAMPLES {
            let what: String = what.trim_end().chars().take(120).collect();
            self.examples.push(format!("{reason}: {what}"));
        }
    }

    /// What the server that made the file says of it, in words.
    #[must_use]
    pub fn warnings(&self, lang: Lang) -> Vec<String> {
        let cut = self.is_cut_by_server.then(|| super::RemarkKind::CutByServer.said(lang));
        let says = self.server_says.iter().map(|text| {
            say!(
                lang,
                "servern som skrev filen meddelar ”{text}”: vägar kan saknas. Hämta filen på nytt, gärna i mindre delar",
                "the server that wrote the file says “{text}”: roads may be missing. Fetch it again, in smaller parts if need be"
            )
        });
        cut.into_iter().chain(says).collect()
    }

    /// The lengths of a register beside those of its lines, where some differ by more than a tenth.
    #[must_use]
    pub fn lengths_said(&self, lang: Lang) -> Option<String> {
        let is_register = self.columns.iter().any(|(what, _)| what == "extlen");
        let lengths = &self.lengths;
        if !is_register || lengths.outliers == 0 || lengths.drawn_m <= 0.0 {
            return None;
        }
        let (stated, drawn) =
            (lang.number(lengths.stated_m / 1000.0, 1), lang.number(lengths.drawn_m / 1000.0, 1));
        let (ratio, outliers) =
            (lang.number(lengths.stated_m / lengths.drawn_m, 4), lang.whole(lengths.outliers));
        let first = lengths.listed.first().map_or_else(String::new, |first| {
            let number = first.feature;
            let (stated, drawn) = (lang.number(first.stated_m, 1), lang.number(first.drawn_m, 1));
            say!(
                lang,
                ", först objekt {number}: {stated} m mot {drawn} m ritat",
                ", the first feature {number}: {stated} m against {drawn} m drawn"
            )
        });
        Some(say!(
            lang,
            "registrets längder används: {stated} km mot {drawn} km ritat ({ratio}); {outliers} stråk skiljer mer än 10 %{first}",
            "the register’s lengths are used: {stated} km against {drawn} km drawn ({ratio}); {outliers} stretches differ by more than 10 %{first}"
        ))
    }

    /// An example of the report as a language writes it: what it is about stands first, in English, in the report.
    #[must_use]
    pub fn said_example(example: &str, lang: Lang) -> String {
        let words = [
            (": feature ", ": objekt "),
            (": way ", ": väg "),
            (": relation ", ": relation "),
            (": node ", ": nod "),
        ];
        match lang {
            Lang::En => example.to_owned(),
            Lang::Sv => words.iter().fold(example.to_owned(), |text, (en, sv)| text.replacen(en, sv, 1)),
        }
    }

    /// What a stable name of the report means.
    #[must_use]
    pub fn said_reason(lang: Lang, reason: &str) -> String {
        let (sv, en) = match reason {
            "under_construction" => ("under byggnad eller planerad", "under construction or planned"),
            "abandoned" => ("övergiven eller riven", "abandoned or removed"),
            "not_for_public" => ("inte för allmän trafik", "not for the public"),
            "other_highway" => ("inte en väg att färdas på", "not a road to travel on"),
            "area" => ("en yta, inte en väg", "an area, not a road"),
            "duplicate_id" => ("samma väg flera gånger", "the same road several times"),
            "missing_nodes" => ("punkter saknas i filen", "points are missing in the file"),
            "too_short" => ("färre än två punkter", "fewer than two points"),
            "too_many_nodes" => ("orimligt många punkter", "unreasonably many points"),
            "not_a_line" => ("inte en linje", "not a line"),
            "bad_class" => ("vägklassen går inte att tolka", "the class cannot be read"),
            "bad_speed" => ("hastigheten går inte att tolka", "the speed cannot be read"),
            "bad_direction" => ("riktningen går inte att tolka", "the direction cannot be read"),
            "bad_length" => ("längden går inte att tolka", "the length cannot be read"),
            "bad_geometry" => ("geometrin går inte att tolka", "the geometry cannot be read"),
            "no_geometry" | "empty_geometry" => ("utan geometri", "without geometry"),
            "outside_area_of_use" => {
                ("utanför koordinatsystemets område", "outside the area of the coordinate system")
            }
            "swapped_axes" => ("koordinaterna står i fel ordning", "coordinates in the wrong order"),
            "not_finite" => ("koordinat som inte är ett tal", "a coordinate that is no number"),
            "not_json" | "not_a_feature" | "bad_properties" => {
                ("objektet går inte att läsa", "the feature cannot be read")
            }
            "service_without_nodes" => ("service utan läge", "a service without a position"),
            "service_not_closed" => {
                ("service vars ring inte är sluten", "a service whose ring is not closed")
            }
            "service_relation" => ("service som relation, inte läst", "a service as a relation, not read"),
            "reversible" => ("växlande körriktning", "changing direction"),
            "unknown_oneway" => ("okänd körriktning", "unknown direction"),
            "unknown_surface" => ("okänt underlag", "unknown surface"),
            "unknown_duration" => ("okänd restid för färja", "unknown crossing time"),
            "unknown_maxspeed" => ("okänd hastighetsgräns", "unknown speed limit"),
            "unknown_access" => ("okänt tillträde", "unknown access"),
            "unknown_value" => ("okänt slag av svängförbud", "unknown kind of turn restriction"),
            "via_way" => ("svängförbud via en väg", "turn restriction via a road"),
            "incomplete" => ("ofullständiga i filen", "incomplete in the file"),
            "not_for_cars" => ("gäller inte bil", "not for cars"),
            "conditional" => ("gäller vissa tider", "at certain times only"),
            "forbidden_both_ways" => ("förbjuden att köra åt båda hållen", "driving forbidden both ways"),
            "limit_of_other_direction" => {
                ("gränsen tagen från andra riktningen", "limit taken from the other direction")
            }
            "base_limit_50" => {
                ("utan gräns: bashastighet 50 (tättbebyggt)", "no limit: base limit 50 (built-up area)")
            }
            "base_limit_70" => ("utan gräns: bashastighet 70", "no limit: base limit 70"),
            "no_limit" => ("utan hastighetsgräns: klassens fart", "no limit: the speed of the class"),
            "unclear_column" => ("avkortat kolumnnamn, används inte", "shortened column name, not used"),
            "no_road_columns" => ("inga kolumner känns igen", "no column recognised"),
            "length_disagrees" => ("längden stämmer inte med linjen", "the length does not fit the line"),
            "ferry_without_cars" => ("färja som inte tar bilar", "a ferry that takes no cars"),
            "in_two_files" => ("finns i två filer", "in two files"),
            "unknown_maxweight" => ("okänd viktgräns", "unknown weight limit"),
            other => return other.replace('_', " "),
        };
        lang.pick(sv, en).to_owned()
    }

    /// What of the file is not used though it may be a road, and why: one line for each sort, with its stable names.
    #[must_use]
    pub fn left_out(&self, lang: Lang) -> Vec<String> {
        // No roads, and what is told in words of its own.
        let is_no_road = |reason: &str| {
            matches!(
                reason,
                "under_construction"
                    | "abandoned"
                    | "not_for_public"
                    | "other_highway"
                    | "no_road_columns"
                    | "unclear_column"
                    | "several_tables"
            )
        };
        let sorts = [
            (lang.pick("vägar som inte används", "roads not used"), &self.ways_refused),
            (lang.pick("svängförbud som inte följs", "turn restrictions not obeyed"), &self.turns_left),
            (lang.pick("anmärkningar", "remarks"), &self.remarks),
        ];
        let mut lines = Vec::new();
        let said = |counts: &BTreeMap<String, u64>| {
            let counts = counts.iter().filter(|(reason, count)| **count > 0 && !is_no_road(reason));
            counts
                .map(|(reason, count)| {
                    format!("{reason} {} ({})", lang.whole(*count), Self::said_reason(lang, reason))
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (sort, counts) in sorts {
            let counts = said(counts);
            if !counts.is_empty() {
                lines.push(format!("{sort}: {counts}"));
            }
        }
        if self.deleted > 0 {
            let deleted = lang.whole(self.deleted);
            lines.push(say!(
                lang,
                "raderade objekt i filen som inte används: {deleted}",
                "deleted objects in the file that are not used: {deleted}"
            ));
        }
        for (column, UnknownValues { count, feature, value }) in &self.unknown_values {
            let count = lang.whole(*count);
            lines.push(say!(
                lang,
                "okända värden i kolumnen {column}: {count}, först objekt {feature}: {value}. Vägarna används, men utan de värdena",
                "unknown values in the column {column}: {count}, the first feature {feature}: {value}. The roads are used without those values"
            ));
        }
        if !self.unclear_columns.is_empty() {
            let columns = self.unclear_columns.join(", ");
            lines.push(say!(
                lang,
                "kolumner vars namn är avkortade så att de kan betyda två saker läses inte: {columns}. Hastighet eller riktning kan saknas. Byt namn på dem eller välj GeoPackage",
                "columns whose names are cut so that they may mean two things are not read: {columns}. Limits or directions may be missing. Rename them, or choose GeoPackage"
            ));
        }
        if self.tables.len() > 1 {
            let (count, tables) = (lang.count(self.tables.len()), self.tables.join(", "));
            lines.push(say!(
                lang,
                "{count} tabeller läses som ett vägnät: {tables}. Är de samma vägar ur flera år, välj en: FIL|layername=TABELL",
                "{count} tables are read as one network: {tables}. If they are the same roads of several years, choose one: FILE|layername=TABLE"
            ));
        }
        if let Some(said) = self.lengths_said(lang) {
            lines.push(said);
        }
        if self.remarks.contains_key("no_road_columns") {
            lines.push(
                lang.pick(
                    "ingen kolumn med vägklass, hastighet eller riktning känns igen: varje linje körs som mindre väg åt båda hållen. Välj kolumner med --class-field, --speed-field och --direction-field eller i vägfilens inställningar",
                    "no column of road class, speed limit or direction is recognised: every line is driven as a minor road, both ways. Choose columns with --class-field, --speed-field and --direction-field or in the settings of the road file",
                )
                .into(),
            );
        }
        lines
    }
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

/// Points of which a way of another file may be one, by place.
#[derive(Default)]
struct Meeting {
    exact: FxHashMap<RoadPoint, u32>,
    /// Ends of a register by squares of 1e-5 degree.
    ends: FxHashMap<(i32, i32), Vec<u32>>,
}

impl Meeting {
    /// Units of 1e-7 degree of a square, and how far a tenth of a metre reaches, in Sweden's north too.
    const SQUARE: i32 = 100;
    const REACH: i32 = 30;

    fn add(&mut self, ix: u32, point: RoadPoint, is_end: bool) {
        self.exact.entry(point).or_insert(ix);
        if is_end {
            let square = (point.lon_e7.div_euclid(Self::SQUARE), point.lat_e7.div_euclid(Self::SQUARE));
            self.ends.entry(square).or_default().push(ix);
        }
    }

    /// The point that stands for this one; one of a register also within a tenth of a metre of its ends.
    fn find(&self, point: RoadPoint, is_end: bool, points: &[RoadPoint]) -> Option<u32> {
        if let Some(ix) = self.exact.get(&point) {
            return Some(*ix);
        }
        if !is_end {
            return None;
        }
        let squares = |at: i32| {
            at.saturating_sub(Self::REACH).div_euclid(Self::SQUARE)
                ..=at.saturating_add(Self::REACH).div_euclid(Self::SQUARE)
        };
        let near = squares(point.lon_e7).flat_map(|lon| squares(point.lat_e7).map(move |lat| (lon, lat)));
        near.filter_map(|square| self.ends.get(&square))
            .flatten()
            .map(|ix| (ground_distance(points[*ix as usize].place(), point.place()).value(), *ix))
            .filter(|(apart, _)| *apart <= ENDS_MEET_M)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, ix)| ix)
    }
}

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

    /// By way of another file: the way here that it is, if any.
    ///
    /// Neighbouring extracts both hold the ways across their border: twice in the network they could not be closed, and
    /// a ban on one would not hold on the other. Lines of a register have no ids that hold in two files: those are the
    /// same that lie and say the same.
    fn same_ways(&self, other: &Self) -> Vec<Option<u32>> {
        let by_id = !other.meets_at_ends;
        let key = |roads: &Self, ix: usize| {
            let points = roads.refs_of(ix).iter().map(|point| roads.points[*point as usize]);
            (if by_id { roads.ways[ix].id } else { 0 }, points.collect::<Vec<_>>())
        };
        let known: FxHashMap<_, u32> =
            (0u32..).take(self.ways.len()).map(|ix| (key(self, ix as usize), ix)).collect();
        let plain =
            |roads: &Self, ix: usize| Way { id: 0, first_ref: 0, name: NO_NAME, ..roads.ways[ix].clone() };
        (0..other.ways.len())
            .map(|ix| {
                let found = *known.get(&key(other, ix))?;
                let is_same = by_id
                    || plain(self, found as usize) == plain(other, ix)
                        && self.name_of(found as usize) == other.name_of(ix);
                is_same.then_some(found)
            })
            .collect()
    }

    /// By point: is it of a way that is not one of those that are known elsewhere, or does something stand at it?
    fn is_used_beside(&self, known: &[Option<u32>]) -> Vec<bool> {
        let mut is_used = vec![false; self.points.len()];
        for (ix, _) in known.iter().enumerate().filter(|(_, known)| known.is_none()) {
            for point in self.refs_of(ix) {
                is_used[*point as usize] = true;
            }
        }
        let stands = self.barriers.iter().map(|b| b.point).chain(self.turns.iter().map(|turn| turn.via));
        for point in stands {
            is_used[point as usize] = true;
        }
        is_used
    }

    /// By point: does a way begin or end there?
    fn is_end(&self) -> Vec<bool> {
        let mut is_end = vec![false; self.points.len()];
        for way in 0..self.ways.len() {
            if let [first, .., last] = self.refs_of(way) {
                is_end[*first as usize] = true;
                is_end[*last as usize] = true;
            }
        }
        is_end
    }

    /// Adds the roads of another file. Points at exactly the same place become one, and a way that is there already
    /// is counted and not added.
    pub fn append(&mut self, other: Self) {
        let same = self.same_ways(&other);
        // A vertex inside a way of a register is nobody else's.
        let (mine, theirs) = (self.is_end(), other.is_end());
        let mut meeting = Meeting::default();
        for (ix, point) in (0u32..).zip(&self.points) {
            let is_end = self.meets_at_ends && mine[ix as usize];
            if is_end || !self.meets_at_ends {
                meeting.add(ix, *point, is_end);
            }
        }
        let is_used = other.is_used_beside(&same);
        let mut places = Vec::with_capacity(other.points.len());
        for (at, point) in other.points.iter().enumerate() {
            let may_meet = !other.meets_at_ends || theirs[at];
            let known = if may_meet { meeting.find(*point, other.meets_at_ends, &self.points) } else { None };
            let next = u32::try_from(self.points.len()).unwrap_or(u32::MAX);
            if known.is_none() && is_used[at] {
                self.points.push(*point);
            }
            places.push(known.unwrap_or(next));
        }
        // Of files of both sorts the vertices that may meet are joined by now; what comes next meets at any.
        self.meets_at_ends = if self.ways.is_empty() {
            other.meets_at_ends
        } else {
            self.meets_at_ends && other.meets_at_ends
        };
        let shift = |n: u32, by: usize| n + u32::try_from(by).unwrap_or(0);
        let names = self.names.len();
        let mut numbers = Vec::with_capacity(other.ways.len());
        for (ix, (way, same)) in other.ways.iter().zip(&same).enumerate() {
            if let Some(same) = same {
                numbers.push(*same);
                continue;
            }
            numbers.push(u32::try_from(self.ways.len()).unwrap_or(u32::MAX));
            let first_ref = u32::try_from(self.refs.len()).unwrap_or(u32::MAX);
            self.refs.extend(other.refs_of(ix).iter().map(|at| places[*at as usize]));
            let name = if way.name == NO_NAME { NO_NAME } else { shift(way.name, names) };
            self.ways.push(Way { first_ref, name, ..way.clone() });
        }
        self.names.extend(other.names);
        let place = |ix: u32| places[ix as usize];
        self.barriers.extend(other.barriers.into_iter().map(|b| Barrier { point: place(b.point), ..b }));
        self.turns.extend(other.turns.into_iter().map(|turn| TurnRestriction {
            from_way: numbers[turn.from_way as usize],
            to_way: numbers[turn.to_way as usize],
            via: place(turn.via),
            is_only: turn.is_only,
        }));
        let duplicates = same.iter().flatten().count() as u64;
        if duplicates > 0 {
            *self.report.remarks.entry("in_two_files".into()).or_default() += duplicates;
        }
        self.report.add(other.report);
    }
}

impl RoadReport {
    pub(crate) fn add(&mut self, other: Self) {
        self.nodes_in += other.nodes_in;
        self.ways_in += other.ways_in;
        self.relations_in += other.relations_in;
        self.ways_used += other.ways_used;
        self.ways_other += other.ways_other;
        self.turns_read += other.turns_read;
        self.barriers_read += other.barriers_read;
        self.conditional += other.conditional;
        self.deleted += other.deleted;
        self.lengths.stated_m += other.lengths.stated_m;
        self.lengths.drawn_m += other.lengths.drawn_m;
        self.lengths.outliers += other.lengths.outliers;
        self.lengths.listed.extend(other.lengths.listed);
        self.lengths.listed.truncate(LISTED_OUTLIERS);
        self.server_says.extend(other.server_says);
        self.is_cut_by_server |= other.is_cut_by_server;
        self.columns.extend(other.columns);
        self.columns.dedup();
        for (column, values) in other.unknown_values {
            let count = values.count;
            self.unknown_values.entry(column).or_insert(UnknownValues { count: 0, ..values }).count += count;
        }
        self.examples.extend(other.examples);
        for (mine, others) in [
            (&mut self.ways_refused, other.ways_refused),
            (&mut self.turns_left, other.turns_left),
            (&mut self.remarks, other.remarks),
        ] {
            for (reason, count) in others {
                *mine.entry(reason).or_default() += count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roads(places: &[i32], ways: &[(i64, &[u32])]) -> Roads {
        let points = places.iter().map(|at| RoadPoint { lon_e7: *at, lat_e7: 630_000_000 }).collect();
        let mut out = Roads { points, ..Roads::default() };
        for (id, refs) in ways {
            let first_ref = u32::try_from(out.refs.len()).expect("few");
            out.ways.push(Way::plain(*id, first_ref, RoadClass::Secondary));
            out.refs.extend(*refs);
        }
        out
    }

    // The first file ends where the second begins, and both hold the way across the border.
    #[test]
    fn a_way_in_two_files_is_one_way() {
        let mut all = roads(&[1, 2, 3], &[(7, &[0, 1]), (8, &[1, 2])]);
        let mut other = roads(&[2, 3, 4], &[(8, &[0, 1]), (9, &[1, 2])]);
        other.turns.push(TurnRestriction { from_way: 0, to_way: 1, via: 1, is_only: false });
        all.append(other);
        assert_eq!(all.points.len(), 4);
        assert_eq!(all.ways.iter().map(|way| way.id).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!((all.refs_of(1), all.refs_of(2)), (&[1, 2][..], &[2, 3][..]));
        let turn = TurnRestriction { from_way: 1, to_way: 2, via: 2, is_only: false };
        assert_eq!(all.turns, [turn]);
        assert_eq!(all.report.remarks.get("in_two_files"), Some(&1));
    }
}
