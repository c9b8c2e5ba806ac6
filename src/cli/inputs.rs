//! What do several commands take? Layers, roads, parameters, and how each value is written.

use crate::app::roads::Limit;
use crate::geometry::LonLat;
use crate::model::recognise::may_be_thousands;
use crate::model::{Mode, MonthDay, ServiceKind, SpeedSet};
use crate::units::{Metres, Seconds};
use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches, ValueEnum};
use std::path::PathBuf;

/// Roads, and how they are travelled.
#[derive(Debug, Args)]
pub struct RoadsSaid {
    /// Who travels
    #[arg(long, value_enum, default_value_t = Profile::Car)]
    pub profile: Profile,
    /// What a route minimises [default: time; of an analysis: what the threshold is given in]
    #[arg(long, value_enum)]
    pub cost: Option<CostBy>,
    /// Closed roads: GeoJSON points on them, lines along them, polygons around them
    #[arg(long, value_name = "FILE")]
    pub closed: Vec<PathBuf>,
    /// Farther from a road than this a place cannot be reached
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    pub max_access: Option<Metres>,
    /// Speeds and other assumptions: the name of a ready set (default, pipos: as Pipos counts), or a file like the
    /// JSON member "profile" of an export
    #[arg(long, value_name = "NAME|FILE", value_parser = speeds)]
    pub speeds: Option<SpeedsSaid>,
    /// Lakes, the sea or the coast: a walk from a place to its road does not cross it
    #[arg(long, value_name = "FILE")]
    pub water: Vec<PathBuf>,
    /// Winter: slower driving, winter and ice roads open; with a day MM-DD only if winter has come
    #[arg(long, value_name = "MM-DD", num_args = 0..=1, default_missing_value = "winter", value_parser = winter)]
    pub winter: Option<WinterSaid>,
    /// Columns of line files, if not recognised: road class
    #[arg(long, value_name = "NAME")]
    pub class_field: Option<String>,
    /// … speed limit, km/h
    #[arg(long, value_name = "NAME")]
    pub speed_field: Option<String>,
    /// … direction of travel
    #[arg(long, value_name = "NAME")]
    pub direction_field: Option<String>,
    /// … length, metres
    #[arg(long, value_name = "NAME")]
    pub length_field: Option<String>,
}

impl RoadsSaid {
    /// Is anything said that only roads can follow?
    #[must_use]
    pub fn is_about_roads(&self) -> bool {
        !matches!(self.profile, Profile::Car)
            || self.max_access.is_some()
            || self.speeds.is_some()
            || self.winter.is_some()
    }
}

/// Where assumptions come from.
#[derive(Debug, Clone)]
pub enum SpeedsSaid {
    Set(SpeedSet),
    File(PathBuf),
}

pub fn kind(text: &str) -> Result<ServiceKind, String> {
    ServiceKind::from_id(text).ok_or_else(|| {
        let known: Vec<&str> = ServiceKind::measured().map(ServiceKind::id).collect();
        format!("one of {}", known.join(", "))
    })
}

#[allow(clippy::unnecessary_wraps, reason = "as the parser of arguments asks")]
pub fn speeds(text: &str) -> Result<SpeedsSaid, String> {
    Ok(SpeedSet::from_id(text).map_or_else(|| SpeedsSaid::File(text.into()), SpeedsSaid::Set))
}

/// Who travels.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Profile {
    Car,
    Rescue,
    Walk,
}

impl From<Profile> for Mode {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Car => Self::Car,
            Profile::Rescue => Self::Rescue,
            Profile::Walk => Self::Walk,
        }
    }
}

/// What a route minimises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CostBy {
    Time,
    Distance,
}

/// In winter, or on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WinterSaid {
    Winter,
    Day(MonthDay),
}

/// The files of each kind of service: one flag a kind, from the table of kinds.
#[derive(Debug, Default)]
pub struct ServiceFiles(Vec<(ServiceKind, Vec<PathBuf>)>);

impl ServiceFiles {
    /// Each file with its kind, in the order of the flags.
    pub fn iter(&self) -> impl Iterator<Item = (ServiceKind, &PathBuf)> {
        self.0.iter().flat_map(|(kind, files)| files.iter().map(|file| (*kind, file)))
    }
}

impl Args for ServiceFiles {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.args(ServiceKind::flags().into_iter().map(|(kind, help)| {
            Arg::new(kind.id())
                .long(kind.id())
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .action(ArgAction::Append)
                .help(help)
        }))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ServiceFiles {
    fn from_arg_matches(said: &ArgMatches) -> Result<Self, clap::Error> {
        let files = |kind: ServiceKind| said.get_many(kind.id()).into_iter().flatten().cloned().collect();
        Ok(Self(ServiceKind::flags().into_iter().map(|(kind, _)| (kind, files(kind))).collect()))
    }

    fn update_from_arg_matches(&mut self, said: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(said)?;
        Ok(())
    }
}

/// The layers and parameters of a project.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Use the embedded demo data
    #[arg(long)]
    pub demo: bool,
    #[command(flatten)]
    pub services: ServiceFiles,
    /// Population cells or points
    #[arg(long, value_name = "FILE", required_unless_present = "demo")]
    pub population: Vec<PathBuf>,
    /// Count people in coinciding or overlapping cells only once
    #[arg(long)]
    pub count_once: bool,
    /// The column that counts people; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub population_field: Option<String>,
    /// Municipalities or other areas
    #[arg(long, value_name = "FILE")]
    pub areas: Vec<PathBuf>,
    /// Named places with their people: localities, for the groups of countryside
    #[arg(long, value_name = "FILE")]
    pub places: Vec<PathBuf>,
    /// The column with the area's code; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_code_field: Option<String>,
    /// The column with the area's name; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_name_field: Option<String>,
    /// Coordinate reference system of files that name none, as an EPSG code
    #[arg(long, value_name = "EPSG")]
    pub crs: Option<u16>,
    /// Roads to travel on: OpenStreetMap (.osm.pbf, .osm) or lines (GeoJSON, GeoPackage); straight lines without
    #[arg(long, value_name = "FILE")]
    pub roads: Vec<PathBuf>,
    #[command(flatten)]
    pub roads_said: RoadsSaid,
    /// Within means at most this far: 10km, 800m or 20min [default: 10km, or 20min with --cost time]
    #[arg(long, value_name = "LIMIT", value_parser = threshold)]
    pub threshold: Option<Limit>,
    /// Straight line × this = estimated road distance
    #[arg(long, value_name = "FACTOR", default_value_t = 1.3, value_parser = detour)]
    pub detour: f64,
    /// Assumed mean speed for minutes, km/h
    #[arg(long, value_name = "KMH", default_value_t = 70.0, value_parser = speed)]
    pub speed: f64,
}

/// A number with a decimal point or comma; one that may as well be thousands is refused.
pub(super) fn decimal(text: &str) -> Option<Result<f64, String>> {
    let text = text.trim();
    if text.contains(',') && may_be_thousands(text) {
        let (plain, point) = (text.replace(',', ""), text.replace(',', "."));
        return Some(Err(format!("“{text}” may be thousands or decimals: write {plain} or {point}")));
    }
    Some(Ok(text.replace(',', ".").parse().ok()?))
}

/// Reads a length: `10km`, `800m`, `10` (kilometres).
pub(super) fn length(text: &str) -> Result<Metres, String> {
    let plain = text.trim().to_lowercase();
    let (number, factor) = match plain.strip_suffix("km") {
        Some(number) => (number, 1000.0),
        None => plain.strip_suffix('m').map_or((plain.as_str(), 1000.0), |number| (number, 1.0)),
    };
    let value = decimal(number).ok_or_else(|| "write a length such as 10km or 800m".to_owned())??;
    Metres::try_new(value * factor)
        .ok()
        .filter(|length| *length > Metres::ZERO)
        .ok_or_else(|| "the length must be above zero".into())
}

/// Reads a length or a time: `10km`, `20min`, `1.5h`.
pub(super) fn threshold(text: &str) -> Result<Limit, String> {
    let plain = text.trim().to_lowercase();
    let time = [("min", 60.0), ("h", 3600.0), ("s", 1.0)]
        .into_iter()
        .find_map(|(unit, seconds)| Some((plain.strip_suffix(unit)?, seconds)));
    let Some((number, seconds)) = time else {
        // 20 could be minutes or kilometres: nobody should have to guess which.
        if plain.trim_end().ends_with(|c: char| c.is_ascii_digit()) || !plain.ends_with('m') {
            return Err("write the limit with its unit, such as 20min or 10km".into());
        }
        return length(text).map(Limit::Length);
    };
    let value = decimal(number).ok_or_else(|| "write a limit such as 20min or 10km".to_owned())??;
    Seconds::try_new(value * seconds)
        .ok()
        .filter(|time| *time > Seconds::ZERO)
        .map(Limit::Time)
        .ok_or_else(|| "the time must be above zero".into())
}

pub fn place(text: &str) -> Result<LonLat, String> {
    let message = || "write longitude,latitude in degrees, such as 14.64,63.18".to_owned();
    let (lon, lat) = text.split_once(',').ok_or_else(message)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| message());
    let place = LonLat::new(number(lon)?, number(lat)?);
    if place.lon.abs() <= 180.0 && place.lat.abs() <= 90.0 {
        Ok(place)
    } else {
        Err("longitude lies within ±180 and latitude within ±90 degrees".into())
    }
}

pub fn winter(text: &str) -> Result<WinterSaid, String> {
    if text == "winter" {
        return Ok(WinterSaid::Winter);
    }
    let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    match parts {
        Some((month, day)) if (MonthDay { month, day }).exists() => {
            Ok(WinterSaid::Day(MonthDay { month, day }))
        }
        _ => Err("write a day as MM-DD, such as 02-15".into()),
    }
}

pub fn detour(text: &str) -> Result<f64, String> {
    let value = decimal(text).ok_or_else(|| "write a factor such as 1.3".to_owned())??;
    let range = crate::model::Parameters::DETOUR_RANGE;
    if range.contains(&value) {
        Ok(value)
    } else {
        Err(format!("the factor must lie between {} and {}", range.start(), range.end()))
    }
}

pub fn speed(text: &str) -> Result<f64, String> {
    let value = decimal(text).ok_or_else(|| "write a speed such as 70".to_owned())??;
    if (1.0..=200.0).contains(&value) {
        Ok(value)
    } else {
        Err("the speed must lie between 1 and 200 km/h".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_their_unit() {
        assert_eq!(length("10km"), Ok(Metres::new(10_000.0)));
        assert_eq!(length("12,5 km"), Ok(Metres::new(12_500.0)));
        assert_eq!(length("800m"), Ok(Metres::new(800.0)));
        assert!(length("1,234km").is_err_and(|message| message.contains("1234 or 1.234")));
        assert!(length("-1km").is_err() && length("NaN").is_err() && length("x").is_err());
    }
}
