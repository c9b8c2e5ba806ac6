//! What is a table of features called, and what may it hold?

use super::system::System;
use crate::geometry::Crs;

/// A table of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub geometry: String,
    /// `POINT`, `MULTILINESTRING` …, in capitals.
    pub kind: String,
    /// The system that the file states of it.
    pub system: System,
    /// All columns but the geometry.
    pub columns: Vec<String>,
}

impl Table {
    /// May it hold lines?
    #[must_use]
    pub fn may_hold_lines(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "LINESTRING" | "MULTILINESTRING" | "GEOMETRY" | "GEOMETRYCOLLECTION" | "CURVE" | "MULTICURVE"
        )
    }

    /// May it hold points or areas?
    #[must_use]
    pub fn may_hold_places(&self) -> bool {
        matches!(self.kind.as_str(), "POINT" | "MULTIPOINT" | "POLYGON" | "MULTIPOLYGON" | "GEOMETRY")
    }

    /// Its system, if the program knows it.
    #[must_use]
    pub const fn crs(&self) -> Option<Crs> {
        match self.system {
            System::Known(crs) => Some(crs),
            System::Unknown(_) | System::Unsaid(_) => None,
        }
    }
}
