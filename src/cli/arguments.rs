//! What can be said on the command line?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::lang::Lang;
use crate::units::Metres;

/// Find, compare and follow up locations for SOT points (Service och trygghet)
#[derive(Debug, Parser)]
#[command(name = "sotplan", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Files to open: GeoJSON layers or a project (.gpkg); the demo without any
    pub files: Vec<PathBuf>,
    /// Language of window and messages
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
    Analyse(Analyse),
}

/// The layers and parameters of an analysis.
#[derive(Debug, Args)]
pub struct Analyse {
    /// Use the embedded demo data
    #[arg(long)]
    pub demo: bool,
    /// Grocery stores
    #[arg(long, value_name = "FILE")]
    pub grocery: Vec<PathBuf>,
    /// Fuel stations
    #[arg(long, value_name = "FILE")]
    pub fuel: Vec<PathBuf>,
    /// Rescue stations
    #[arg(long, value_name = "FILE")]
    pub rescue: Vec<PathBuf>,
    /// Pharmacies and pharmacy agents
    #[arg(long, value_name = "FILE")]
    pub pharmacy: Vec<PathBuf>,
    /// Parcel agents and lockers
    #[arg(long, value_name = "FILE")]
    pub parcel: Vec<PathBuf>,
    /// Payment services
    #[arg(long, value_name = "FILE")]
    pub payment: Vec<PathBuf>,
    /// SOT places with their status
    #[arg(long, value_name = "FILE")]
    pub sot: Vec<PathBuf>,
    /// Population cells or points
    #[arg(long, value_name = "FILE", required_unless_present = "demo")]
    pub population: Vec<PathBuf>,
    /// The column that counts people; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub population_field: Option<String>,
    /// Municipalities or other areas
    #[arg(long, value_name = "FILE")]
    pub areas: Vec<PathBuf>,
    /// The column with the area's code; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_code_field: Option<String>,
    /// The column with the area's name; recognised if not said
    #[arg(long, value_name = "NAME")]
    pub area_name_field: Option<String>,
    /// Coordinate reference system of files that name none, as an EPSG code
    #[arg(long, value_name = "EPSG")]
    pub crs: Option<u16>,
    /// Within means at most this far: 10km or 800m
    #[arg(long, value_name = "LENGTH", default_value = "10km", value_parser = length)]
    pub threshold: Metres,
    /// Straight line × this = estimated road distance
    #[arg(long, value_name = "FACTOR", default_value_t = 1.3, value_parser = detour)]
    pub detour: f64,
    /// Assumed mean speed for minutes, km/h
    #[arg(long, value_name = "KMH", default_value_t = 70.0, value_parser = speed)]
    pub speed: f64,
    /// Folder for the results; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print the summary as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Tables for a Swedish Excel: byte order mark, semicolon, decimal comma
    #[arg(long)]
    pub swedish_csv: bool,
}

/// Reads a length: `10km`, `800m`, `10` (kilometres).
fn length(text: &str) -> Result<Metres, String> {
    let plain = text.trim().to_lowercase().replace(',', ".");
    let (number, factor) = match plain.strip_suffix("km") {
        Some(number) => (number, 1000.0),
        None => plain.strip_suffix('m').map_or((plain.as_str(), 1000.0), |number| (number, 1.0)),
    };
    let value: f64 = number.trim().parse().map_err(|_| "write a length such as 10km or 800m".to_owned())?;
    Metres::try_new(value * factor)
        .ok()
        .filter(|length| *length > Metres::ZERO)
        .ok_or_else(|| "the length must be above zero".into())
}

fn detour(text: &str) -> Result<f64, String> {
    let value: f64 = text.replace(',', ".").parse().map_err(|_| "write a factor such as 1.3".to_owned())?;
    let range = crate::model::Parameters::DETOUR_RANGE;
    if range.contains(&value) {
        Ok(value)
    } else {
        Err(format!("the factor must lie between {} and {}", range.start(), range.end()))
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let value: f64 = text.replace(',', ".").parse().map_err(|_| "write a speed such as 70".to_owned())?;
    if (1.0..=200.0).contains(&value) {
        Ok(value)
    } else {
        Err("the speed must lie between 1 and 200 km/h".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn lengths_are_read_with_their_unit() {
        assert_eq!(length("10km"), Ok(Metres::new(10_000.0)));
        assert_eq!(length("12,5 km"), Ok(Metres::new(12_500.0)));
        assert_eq!(length("800m"), Ok(Metres::new(800.0)));
        assert!(length("-1km").is_err() && length("NaN").is_err() && length("x").is_err());
    }
}
