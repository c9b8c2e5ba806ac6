//! What does a row of the county table hold? What the data have of an area, and what is printed of it; each cell may be
//! unknown. Does not know how rows are found.

use super::flag::Flag;
use super::printed::Printed;
use crate::lang::Lang;
use crate::model::{AreaIx, Message};
use crate::units::People;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Municipality,
    County,
    /// An area that is no municipality or county of Sweden.
    Area,
    /// People and stores in no area that is loaded.
    NoArea,
    Nation,
}

impl LineKind {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::County => "county",
            Self::Area => "area",
            Self::NoArea => "no_area",
            Self::Nation => "nation",
        }
    }
}

/// Grocery stores by what is known of their range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stores {
    pub all: usize,
    pub full_range: usize,
    /// Stores of which nobody has said.
    pub unknown: usize,
}

impl Stores {
    /// Full-range stores, where it is known of every store.
    #[must_use]
    pub const fn known(self) -> Option<usize> {
        if self.unknown == 0 { Some(self.full_range) } else { None }
    }

    pub(super) fn add(&mut self, is_full_range: Option<bool>) {
        self.all += 1;
        match is_full_range {
            Some(true) => self.full_range += 1,
            Some(false) => {}
            None => self.unknown += 1,
        }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            full_range: self.full_range + other.full_range,
            unknown: self.unknown + other.unknown,
        }
    }
}

/// Whose land people are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandBy {
    Data,
    Printed,
}

impl LandBy {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Printed => "printed",
        }
    }
}

/// A row of the county table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub kind: LineKind,
    /// Of the division of Sweden where it is known, else of the file.
    pub code: String,
    pub name: Message,
    /// The area that stands for it on the map.
    pub area: Option<AreaIx>,
    /// Do the data hold something of it?
    pub is_held: bool,
    /// Municipalities with people in the data, of all that there are.
    pub parts: Option<(usize, usize)>,
    /// Everybody, also where the analysis counts a group; `None` where the data do not tell.
    pub people: Option<People>,
    /// As a column of the areas says.
    pub land_km2: Option<f64>,
    /// Within the boundaries that are loaded, lakes and sea included: no land area.
    pub polygon_km2: Option<f64>,
    /// `None` without a layer of groceries, or where the data do not hold the area.
    pub stores: Option<Stores>,
    pub printed: Option<&'static Printed>,
    pub flags: Vec<Flag>,
}

impl Line {
    /// A row of which nothing is known yet.
    #[must_use]
    pub fn new(kind: LineKind, code: impl Into<String>, name: Message) -> Self {
        Self {
            kind,
            code: code.into(),
            name,
            area: None,
            is_held: false,
            parts: None,
            people: None,
            land_km2: None,
            polygon_km2: None,
            stores: None,
            printed: None,
            flags: Vec::new(),
        }
    }

    /// Are all of its municipalities in the data, so that its sums may be compared?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.is_none_or(|(held, of)| held == of)
    }

    /// People for each square kilometre of land, and whose land that is; never of an area with water in it.
    #[must_use]
    pub fn density(&self) -> Option<(f64, LandBy)> {
        let people = self.people.filter(|_| self.is_whole())?;
        let printed = || self.printed.map(|row| (row.land_km2, LandBy::Printed));
        let (land, by) = self.land_km2.map(|land| (land, LandBy::Data)).or_else(printed)?;
        (land > 0.0).then(|| (people.value() / land, by))
    }

    /// More people in the data than printed; less is below zero. Not of a part of an area.
    #[must_use]
    pub fn people_difference(&self) -> Option<f64> {
        Some(self.people.filter(|_| self.is_whole())?.value() - self.printed?.people)
    }

    /// More land in the data than printed.
    #[must_use]
    pub fn land_difference(&self) -> Option<f64> {
        Some(self.land_km2.filter(|_| self.is_whole())? - self.printed?.land_km2)
    }

    /// More people for each square kilometre than printed, with the decimals that were printed.
    #[must_use]
    pub fn density_difference(&self) -> Option<f64> {
        let row = self.printed?;
        let scale = 10f64.powi(i32::try_from(row.decimals).unwrap_or(0));
        // What is rounded alike is the same.
        let shown = (self.density()?.0 * scale).round() / scale;
        Some(((shown - row.density) * scale).round() / scale + 0.0)
    }

    /// More full-range stores in the data than printed, where it is known of every store.
    #[must_use]
    pub fn stores_difference(&self) -> Option<f64> {
        let known = self.stores.filter(|_| self.is_whole())?.known()?;
        #[expect(clippy::cast_precision_loss, reason = "a count of stores")]
        let known = known as f64;
        Some(known - f64::from(self.printed?.stores?))
    }

    /// The likely reasons of its flags as one text.
    #[must_use]
    pub fn reasons(&self, lang: Lang) -> String {
        self.flags.iter().map(|flag| flag.brief(lang)).collect::<Vec<_>>().join(" ")
    }

    /// Its flags as one text.
    #[must_use]
    pub fn remarks(&self, lang: Lang) -> String {
        use crate::lang::Said as _;
        self.flags.iter().map(|flag| flag.said(lang)).collect::<Vec<_>>().join(" ")
    }
}
