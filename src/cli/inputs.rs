//! What do several commands take? Layers, roads and parameters.

use super::joins::JoinsSaid;
use super::values::{
    SpeedsSaid, WinterSaid, detour, length, speed, speeds, system, text_encoding, threshold, winter,
};
use crate::app::roads::Limit;
use crate::geometry::Crs;
use crate::model::{Mode, ServiceKind, TextEncoding};
use crate::units::Metres;
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
    /// Farther from a road than this a place cannot be reached; goes before --speeds
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    pub max_access: Option<Metres>,
    /// Speeds and other assumptions: the name of a ready set (default, pipos: as Pipos counts), or a file like the
    /// JSON member "profile" of an export
    #[arg(long, value_name = "NAME|FILE", value_parser = speeds)]
    pub speeds: Option<SpeedsSaid>,
    /// Lakes, the sea or the coast: a walk from a place to its road does not cross it
    #[arg(long, value_name = "FILE")]
    pub water: Vec<PathBuf>,
    /// Winter: slower driving, winter and ice roads open; with a day MM-DD only if winter has come; goes before --speeds
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
        command.args(ServiceKind::flags().into_iter().map(|(kind, [_, help])| {
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

/// A saved project, or the layers and parameters of one.
#[derive(Debug, Args)]
pub struct Given {
    /// A project as the window saves it, in place of layers and parameters
    #[arg(long, value_name = "FILE")]
    pub project: Option<PathBuf>,
    #[command(flatten)]
    pub inputs: Inputs,
}

impl Given {
    /// The options that a project stands in place of, by their ids.
    pub fn replaced() -> Vec<String> {
        let all = Inputs::augment_args(clap::Command::new(""));
        all.get_arguments().map(|arg| arg.get_id().as_str().to_owned()).collect()
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
    #[arg(long, value_name = "FILE")]
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
    #[arg(long, value_name = "FILE", alias = "places")]
    pub localities: Vec<PathBuf>,
    /// The column with the area's code; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_code_field: Option<String>,
    /// The column with the area's name; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_name_field: Option<String>,
    /// Coordinate reference system of files that name none: its EPSG code or name
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub crs: Option<Crs>,
    /// Encoding of text files that do not state it, whatever their bytes tell: windows-1252, iso-8859-1, utf-16le …
    #[arg(long, value_name = "NAME", value_parser = text_encoding)]
    pub encoding: Option<TextEncoding>,
    #[command(flatten)]
    pub joins: JoinsSaid,
    /// Roads to travel on: OpenStreetMap (.osm.pbf, .osm) or lines (GeoJSON, GeoPackage); straight lines without
    #[arg(long, value_name = "FILE")]
    pub roads: Vec<PathBuf>,
    #[command(flatten)]
    pub roads_said: RoadsSaid,
    /// Within means at most this far: 10km, 800m or 20min [default: 10km, or 20min with --cost time]
    #[arg(long, value_name = "LIMIT", value_parser = threshold)]
    pub threshold: Option<Limit>,
    /// Without roads: straight line × this = estimated road distance
    #[arg(long, value_name = "FACTOR", default_value_t = 1.3, value_parser = detour)]
    pub detour: f64,
    /// Without roads: assumed mean speed for minutes, km/h
    #[arg(long, value_name = "KMH", default_value_t = 70.0, value_parser = speed)]
    pub speed: f64,
}
