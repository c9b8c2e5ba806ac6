//! What can be said on the command line?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::roads::Limit;
use crate::geometry::{Crs, LonLat};
use crate::lang::Lang;
use crate::model::{ServiceKind, TextEncoding};
use crate::power::templates::Template;

use super::inputs::{Given, Inputs, RoadsSaid};
use super::joins::JoinsSaid;
pub use super::paper_arguments::{Map, Report};
pub use super::plan_arguments::{Site, Solve};
use super::values::{amount, kind, place, share, system, text_encoding, threshold, whole};
use super::written::WrittenAs;

/// Find, compare and follow up locations for SOT points (Service och trygghet)
#[derive(Debug, Parser)]
#[command(name = "sotplan", version, subcommand_precedence_over_arg = true)]
pub struct Arguments {
    /// Files to open: layers (GeoJSON, GeoPackage, Shapefile, CSV, Excel …), roads or a project; the example without any
    pub files: Vec<PathBuf>,
    /// Language of window, help and messages
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    #[command(subcommand)]
    pub work: Option<Work>,
}

/// A language by its code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    Sv,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Sv => Self::Sv,
            Language::En => Self::En,
        }
    }
}

/// Work that needs no window.
#[derive(Debug, Subcommand)]
pub enum Work {
    /// Coverage, gaps, closures and candidates of given layers, written to a folder
    #[command(alias = "analyze")]
    Analyse(Box<Analyse>),
    /// What the window's Export writes, one or all of it: chosen sites, places, cells, gaps, comparison, follow-up
    Export(Box<Export>),
    /// Two to six places side by side: what speaks for each, and what nobody knows
    Compare(Box<Compare>),
    /// Travel time and distance by road between the places of two files, as CSV
    Travel(Travel),
    /// The route by road between two places, as GeoJSON
    Route(Route),
    /// Where SOT points should stand: the best places for an objective, with proof
    Site(Box<Site>),
    /// The best sites on any table of costs, with proof
    Solve(Box<Solve>),
    /// Reserve power for a place: which set, how many containers, how many litres its machines take
    Power(PowerWork),
    /// When the power goes: who still has food, fuel, payment, information and warmth, hour by hour
    Outage(Box<OutageWork>),
    /// What files hold: layers, roads, columns, coordinate systems, and what of them is not used
    Info(Info),
    /// A layer in another format or coordinate system, with all its columns and rows
    Convert(Convert),
    /// A project file of layers, roads and parameters, to open in the window or hand on
    New(Box<New>),
    /// A copy of a project with all its files in it, for a computer that has none of them
    Pack(Pack),
    /// Work of another copy of a project taken into one, with what differs side by side
    Merge(Merge),
    /// Open a project in the window
    Open(Open),
    /// A map of the result as a picture or as pages to print, without a window
    Map(Box<Map>),
    /// A report for a decision: of one place, several, a plan, an outage or a municipality, as Word, PDF or web page
    Report(Box<Report>),
    /// What of the data somebody has to look at: duplicates, places in water or far from any road, wrong sums
    Check(Box<Check>),
}

/// A new project.
#[derive(Debug, Args)]
pub struct New {
    /// The project file, which must not exist
    #[arg(value_name = "PROJECT")]
    pub file: PathBuf,
    /// What the project is called; as the file if not said
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Two copies of a project.
#[derive(Debug, Args)]
pub struct Merge {
    /// My project
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The other copy
    #[arg(value_name = "COPY")]
    pub copy: PathBuf,
    /// Where the two say otherwise: whose word goes; what stands in lists stands beside mine
    #[arg(long, value_enum, default_value_t = Prefer::Mine)]
    pub prefer: Prefer,
    /// Merged project, which must not exist; without it what differs is told and nothing is written
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print what differs as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
}

/// Whose word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Prefer {
    Mine,
    Theirs,
}

/// The reserve power of a place.
#[derive(Debug, Args)]
pub struct PowerWork {
    /// The machines of the place (CSV): name, kw, and as far as they are known count, start factor, cold, when
    #[arg(long, value_name = "FILE", conflicts_with = "template")]
    pub loads: Option<PathBuf>,
    /// A usual list to begin with; every number of it is an assumption
    #[arg(long, value_enum)]
    pub template: Option<LoadTemplate>,
    /// The share of all rated power that is taken at once [default: 0.8]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub simultaneity: Option<f64>,
    /// Working power to apparent power of the set [default: 0.8]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub power_factor: Option<f64>,
    /// Added to the running load [default: 0.25]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub margin: Option<f64>,
    /// Below this share of its power a set soots [default: 0.3]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub least_load: Option<f64>,
    /// The largest set that one container holds, kVA [default: 100]
    #[arg(long, value_name = "KVA", value_parser = amount)]
    pub container_kva: Option<f64>,
    /// A diesel heater beside the set, kW of heat
    #[arg(long, value_name = "KW", value_parser = amount)]
    pub heater: Option<f64>,
    /// Litres that the tank holds
    #[arg(long, value_name = "LITRES", value_parser = amount)]
    pub tank: Option<f64>,
    /// What a litre costs, SEK
    #[arg(long, value_name = "SEK", value_parser = amount)]
    pub litre_price: Option<f64>,
    /// Print as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
}

/// A kind of place with its usual machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LoadTemplate {
    SmallStore,
    Store,
    LargeStore,
    FuelStation,
    MeetingRoom,
}

impl From<LoadTemplate> for Template {
    fn from(said: LoadTemplate) -> Self {
        match said {
            LoadTemplate::SmallStore => Self::SmallStore,
            LoadTemplate::Store => Self::MiddleStore,
            LoadTemplate::LargeStore => Self::LargeStore,
            LoadTemplate::FuelStation => Self::FuelStation,
            LoadTemplate::MeetingRoom => Self::MeetingRoom,
        }
    }
}

/// An outage.
#[derive(Debug, Args)]
pub struct OutageWork {
    #[command(flatten)]
    pub given: Given,
    /// What fails: a file (docs/outage.md), storm-24, ice-72 or week-168, or the name of a scenario of the project; several for --sot-points
    #[arg(long, value_name = "FILE|NAME", required = true)]
    pub scenario: Vec<String>,
    /// Only these municipalities are hit, names or codes with commas; everywhere if not said
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub hit: Vec<String>,
    /// Hours for which cells and municipalities are written [default: 0, 4, 24 and 72]
    #[arg(long, value_name = "H,H,…", value_delimiter = ',', allow_hyphen_values = true, value_parser = whole(0..=168_u32))]
    pub at: Vec<u32>,
    /// Find the best places for so many more SOT points
    #[arg(long, value_name = "N", value_parser = whole(1..=1_000_u32))]
    pub sot_points: Option<u32>,
    /// … for all scenarios as they weigh, or for the worst of them
    #[arg(long, value_enum, default_value = "expected")]
    pub over: OverSaid,
    /// … for these needs [default: grocery, fuel, information]
    #[arg(long, value_name = "KIND,KIND,…", value_delimiter = ',')]
    pub needs: Vec<String>,
    /// … in at most this long, seconds
    #[arg(long, value_name = "SECONDS", value_parser = amount, default_value = "30")]
    pub time_limit: f64,
    /// Say also which assumptions the answer depends on most
    #[arg(long)]
    pub sensitivity: bool,
    /// Folder for the results; made if missing; with several scenarios a folder each in it
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Tables for a Swedish Excel: byte order mark, semicolon, decimal comma
    #[arg(long)]
    pub swedish_csv: bool,
}

/// Of several scenarios, what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OverSaid {
    Expected,
    Worst,
}

/// A project for the window.
#[derive(Debug, Args)]
pub struct Open {
    /// The project as the window saves it
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
}

/// Results as files, as the window writes them.
#[derive(Debug, Args)]
#[command(mut_arg("format", |arg| arg.help("How layers are written, several with commas: a file each")))]
pub struct Export {
    #[command(flatten)]
    pub given: Given,
    /// What is written, several with commas: the names of files without their ending, such as demand or gaps; everything that there is if not said
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub what: Vec<String>,
    /// Folder for the results; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub written: WrittenAs,
}

/// A project with everything in it.
#[derive(Debug, Args)]
pub struct Pack {
    /// The project as the window saves it
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The packed copy
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Places side by side.
#[derive(Debug, Args)]
// Here --places names the places that are compared.
#[command(mut_arg("localities", |arg| arg.alias(None::<&str>)))]
pub struct Compare {
    #[command(flatten)]
    pub given: Given,
    /// The places, two to six: names, NAME/MUNICIPALITY where several are called so, or ids; those of the project if not said
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub places: Vec<String>,
    /// Plans saved in the project, beside or instead of places: names, or plan:NUMBER
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub plans: Vec<String>,
    /// The place or plan that differences are told to
    #[arg(long, value_name = "NAME")]
    pub reference: Option<String>,
    /// Folder for the results; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print the comparison as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub written: WrittenAs,
}

/// A look at the data.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub given: Given,
    /// What the people of all cells should sum to
    #[arg(long, value_name = "PEOPLE", value_parser = amount)]
    pub people_expected: Option<f64>,
    /// Say also what would be left if these duplicates were merged: of one kind and name within 200 m, or of one kind within 25 m whatever they are called
    #[arg(long, value_enum, value_delimiter = ',')]
    pub merge: Vec<MergeBy>,
    /// Table of all findings, as CSV
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Table for a Swedish Excel: byte order mark, semicolon, decimal comma
    #[arg(long)]
    pub swedish_csv: bool,
    /// Print as JSON
    #[arg(long)]
    pub json: bool,
}

/// Which duplicates are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MergeBy {
    SameName,
    SamePlace,
}

/// Files to look into.
#[derive(Debug, Args)]
pub struct Info {
    /// Files: GeoJSON, GeoPackage, Shapefile, CSV, Excel, OpenStreetMap …
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    pub json: bool,
}

/// A layer to write anew.
#[derive(Debug, Args)]
pub struct Convert {
    /// The layer: a file, or a file, a colon and its table
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
    /// The new file; its ending says the format: .geojson, .geojsonl, .csv, .tsv, .gpkg, .xlsx or .fgb
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// Which table of a file with several
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,
    /// Coordinate reference system to write: its EPSG code or name; if not said, WGS 84 in GeoJSON and the source's own in all other formats
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub to_crs: Option<Crs>,
    /// Coordinate reference system of a file that names none: its EPSG code or name
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub crs: Option<Crs>,
    /// Encoding of a text file that does not state it, whatever its bytes tell: windows-1252, iso-8859-1, utf-16le …
    #[arg(long, value_name = "NAME", value_parser = text_encoding)]
    pub encoding: Option<TextEncoding>,
    #[command(flatten)]
    pub joins: JoinsSaid,
    /// Tables for a Swedish Excel: byte order mark, semicolon, decimal comma
    #[arg(long)]
    pub swedish_csv: bool,
}

/// A table of travel costs.
#[derive(Debug, Args)]
pub struct Travel {
    /// Roads: OpenStreetMap (.osm.pbf, .osm) or lines (GeoJSON, GeoPackage); several are joined
    #[arg(long, value_name = "FILE", required = true)]
    pub roads: Vec<PathBuf>,
    /// Where trips begin
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Where trips end
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Only the k nearest of each beginning
    #[arg(long, value_name = "N", value_parser = whole(1..=u16::MAX))]
    pub k: Option<u16>,
    /// Nothing farther than this on the road: 60min or 10km
    #[arg(long, value_name = "LIMIT", value_parser = threshold)]
    pub max: Option<Limit>,
    #[command(flatten)]
    pub said: RoadsSaid,
    /// Coordinate reference system of files that name none: its EPSG code or name
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub crs: Option<Crs>,
    /// The table
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// A route.
#[derive(Debug, Args)]
pub struct Route {
    /// Roads: OpenStreetMap (.osm.pbf, .osm) or lines (GeoJSON, GeoPackage); several are joined
    #[arg(long, value_name = "FILE", required = true)]
    pub roads: Vec<PathBuf>,
    /// Where the route begins: longitude and latitude in degrees
    #[arg(long, value_name = "LON,LAT", value_parser = place, allow_hyphen_values = true)]
    pub from: LonLat,
    /// Where the route ends: longitude and latitude in degrees
    #[arg(long, value_name = "LON,LAT", value_parser = place, allow_hyphen_values = true)]
    pub to: LonLat,
    #[command(flatten)]
    pub said: RoadsSaid,
    /// Coordinate reference system of files that name none: its EPSG code or name
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub crs: Option<Crs>,
    /// The route; standard output if not said
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// An analysis.
#[derive(Debug, Args)]
pub struct Analyse {
    #[command(flatten)]
    pub given: Given,
    /// Folder for the results; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    /// A table of Pipos' own distances (CSV or GeoJSON) to set beside ours, square by square: pipos.csv
    #[arg(long, value_name = "FILE")]
    pub pipos: Option<PathBuf>,
    /// … its column with the distance, if not recognised
    #[arg(long, value_name = "NAME")]
    pub pipos_field: Option<String>,
    /// … the kind of service that it is about
    #[arg(long, value_name = "KIND", default_value = "grocery", value_parser = kind)]
    pub pipos_kind: ServiceKind,
    #[command(flatten)]
    pub written: WrittenAs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
