//! How are the results of an answer written? Formats, coordinate system and column heads, as the command line says them.

use clap::{Args, ValueEnum};

use super::values::system;
use crate::app::export::{Chosen, Form, Format, Heads, TableStyle};
use crate::geometry::Crs;
use crate::lang::{Lang, Said as _};
use crate::model::Message;

/// How layers and tables are written.
#[derive(Debug, Args)]
pub struct WrittenAs {
    /// How layers are written: a GeoJSON file each, tables of results.gpkg, sheets of results.xlsx; several with commas
    #[arg(long, value_enum, value_delimiter = ',', default_value = "geojson")]
    pub format: Vec<LayerFormat>,
    /// Coordinate reference system of the layers: its EPSG code or name; if not said, WGS 84
    #[arg(long, value_name = "EPSG", value_parser = system)]
    pub out_crs: Option<Crs>,
    /// What the columns of the layers are called: en is the stable names that scripts use, sv Swedish words
    #[arg(long, value_enum, default_value = "en")]
    pub heads: HeadsSaid,
    /// How tables are written: as CSV, or as workbooks with types, units, frozen heads and filters
    #[arg(long, value_enum, default_value = "csv")]
    pub tables: TableFormat,
    /// Tables for a Swedish Excel: byte order mark, semicolon, decimal comma
    #[arg(long)]
    pub swedish_csv: bool,
}

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Csv,
    Xlsx,
}

/// A format of layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayerFormat {
    Geojson,
    Gpkg,
    Xlsx,
}

/// The heads of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HeadsSaid {
    En,
    Sv,
}

impl WrittenAs {
    /// What is written, and how.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        let format = |said: &LayerFormat| match said {
            LayerFormat::Geojson => Format::GeoJson,
            LayerFormat::Gpkg => Format::GeoPackage,
            LayerFormat::Xlsx => Format::Excel,
        };
        let heads = match self.heads {
            HeadsSaid::En => Heads::En,
            HeadsSaid::Sv => Heads::Sv,
        };
        Chosen {
            style: match self.tables {
                TableFormat::Xlsx => TableStyle::Excel,
                TableFormat::Csv if self.swedish_csv => TableStyle::Swedish,
                TableFormat::Csv => TableStyle::Plain,
            },
            form: Form { crs: self.out_crs.unwrap_or_default(), heads },
            formats: self.format.iter().map(format).collect(),
        }
    }
}

/// Says what the files say otherwise than what was found: beside the answer, not in it.
pub fn tell(notes: &[Message], lang: Lang) {
    for note in notes {
        super::common::warn(&note.said(lang));
    }
}
