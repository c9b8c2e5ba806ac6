//! What can be said of maps and reports on the command line?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::inputs::Given;
use super::values::{day, kind, surroundings, whole};
use crate::model::ServiceKind;
use crate::units::Metres;

/// A report for a decision.
#[derive(Debug, Args)]
// Here --place and --places name what the report is about.
#[command(mut_arg("localities", |arg| arg.alias(None::<&str>)))]
#[command(group = clap::ArgGroup::new("subject").required(true).args(["place", "places", "plan", "outage", "area"]))]
pub struct Report {
    #[command(flatten)]
    pub given: Given,
    /// One place: its name, NAME/MUNICIPALITY where several are called so, or its id
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Two to six places side by side; plan:NUMBER is a saved plan
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub places: Vec<String>,
    /// A plan saved in the project: its name, or plan:NUMBER
    #[arg(long, value_name = "NAME")]
    pub plan: Option<String>,
    /// An outage: a scenario of the project, storm-24, ice-72 or week-168, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub outage: Option<String>,
    /// A municipality: its name or code
    #[arg(long, value_name = "NAME")]
    pub area: Option<String>,
    /// How the report is written [default: as the file's ending says, else docx]
    #[arg(long, value_enum)]
    pub format: Option<ReportAs>,
    /// The report's file
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The kind of service on the map of a municipality
    #[arg(long, value_name = "KIND", default_value = "grocery", value_parser = kind)]
    pub kind: ServiceKind,
    /// Who makes the decision, or whose report it is
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// The number of the case (diarienummer)
    #[arg(long, value_name = "NUMBER")]
    pub reference: Option<String>,
    /// Who wrote the report
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The report's date, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<String>,
    /// What is proposed to be decided; without it the report has a place to write it
    #[arg(long, value_name = "TEXT")]
    pub proposal: Option<String>,
    /// The organisation's logotype: PNG or JPEG
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportAs {
    Docx,
    Html,
    Pdf,
}

/// A map as a picture, or as pages of paper.
#[derive(Debug, Args)]
pub struct Map {
    #[command(flatten)]
    pub given: Given,
    /// The picture's file; of several pages, all but a PDF get a file each, with number and name
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// How the picture is written [default: as the file's ending says, else svg]
    #[arg(long, value_enum)]
    pub format: Option<PictureFormat>,
    /// A page composed for paper: title, legend, scale, north, sources and date around the map; PDF and PNG are pages, A4 if not said
    #[arg(long, value_enum)]
    pub paper: Option<PaperSaid>,
    /// How the page lies [default: as shows the map larger]
    #[arg(long, value_enum)]
    pub orientation: Option<Orientation>,
    /// Points an inch of a PNG, from 72 to 600 [default: 200]
    #[arg(long, value_parser = whole(72..=600_u32))]
    pub dpi: Option<u32>,
    /// A page for each of these municipalities, names or codes; all: for every one with people
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub area: Vec<String>,
    /// A page for each of these places
    #[arg(long, value_name = "NAME,NAME,…", value_delimiter = ',')]
    pub place: Vec<String>,
    /// So far around a place is seen, 1 to 500 km [default: 20km]
    #[arg(long, value_name = "LENGTH", value_parser = surroundings)]
    pub within: Option<Metres>,
    /// Title in the place of the one that is made
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The kind of service that is shown: grocery, fuel, pharmacy, parcel, payment, rescue or sot
    #[arg(long, value_name = "KIND", default_value = "grocery", value_parser = kind)]
    pub kind: ServiceKind,
    /// What the cells are coloured by
    #[arg(long, value_enum, default_value_t = ColourBy::Distance)]
    pub colour: ColourBy,
    /// Outlines of the gaps
    #[arg(long)]
    pub gaps: bool,
    /// Light on dark
    #[arg(long)]
    pub dark: bool,
    /// Width in points of a picture that is no page [default: 1200]
    #[arg(long, value_parser = whole(500..=20_000_u32))]
    pub width: Option<u32>,
    /// Height in points of a picture that is no page [default: 1000]
    #[arg(long, value_parser = whole(400..=20_000_u32))]
    pub height: Option<u32>,
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PictureFormat {
    Svg,
    Png,
    Pdf,
}

/// A format of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSaid {
    A4,
    A3,
}

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Orientation {
    Standing,
    Lying,
}

/// What cells are coloured by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ColourBy {
    Distance,
    People,
    Groups,
    None,
}
