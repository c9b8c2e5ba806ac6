//! What do the columns of a line say? Values of a row, and what they are taken for.

use std::borrow::Cow;

use crate::model::recognise;
use crate::model::roads::{Access, BuiltUp, Direction, Keeper, RoadClass, Surface, Way};

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    /// Null, or text without a letter.
    pub fn is_nothing(&self) -> bool {
        match self {
            Cell::Null => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Integer(_) | Cell::Real(_) => false,
        }
    }

    /// A number, also one written as text.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Null => None,
            #[expect(clippy::cast_precision_loss, reason = "values of registers are small")]
            Cell::Integer(number) => Some(*number as f64),
            Cell::Real(number) => number.is_finite().then_some(*number),
            Cell::Text(text) => number(text.trim()),
        }
    }

    /// A whole number that is not negative, also one written with zeros behind the point.
    pub fn whole(&self) -> Option<u32> {
        let number = self.number()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
        let whole = number as u32;
        ((0.0..=1e9).contains(&number) && number.fract() == 0.0).then_some(whole)
    }

    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Null => Cow::Borrowed(""),
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Real(number) => Cow::Owned(number.to_string()),
            Cell::Text(text) => Cow::Borrowed(text),
        }
    }
}

/// What a feature's columns say.
#[derive(Debug, PartialEq)]
pub(super) struct LineValues {
    pub class: RoadClass,
    /// Tenths of km/h along and against the line; 0 = not said.
    pub limits: [u16; 2],
    pub direction: Direction,
    pub length_m: f32,
    pub name: Option<String>,
    pub motor: Access,
    pub foot: Access,
    pub surface: Surface,
    pub keeper: Keeper,
    pub built_up: BuiltUp,
    pub width_dm: u8,
    pub obstacle: Access,
    /// Is traffic with cars banned along and against the line?
    pub bans: [bool; 2],
    /// The same above a weight, in steps of 100 kg; 0 = not said.
    pub bans_above: [u16; 2],
    pub is_roundabout: bool,
    pub is_motorroad: bool,
}

impl Default for LineValues {
    fn default() -> Self {
        Self {
            class: RoadClass::Unclassified,
            limits: [0; 2],
            direction: Direction::Both,
            length_m: 0.0,
            name: None,
            motor: Access::Unsaid,
            foot: Access::Unsaid,
            surface: Surface::Unknown,
            keeper: Keeper::Unsaid,
            built_up: BuiltUp::Unsaid,
            width_dm: 0,
            obstacle: Access::Unsaid,
            bans: [false; 2],
            bans_above: [0; 2],
            is_roundabout: false,
            is_motorroad: false,
        }
    }
}

impl LineValues {
    /// The way of these values; its points are not known yet.
    pub fn way(&self, id: i64, name: u32) -> Way {
        Way {
            name,
            limit_forward: self.limits[0],
            limit_backward: self.limits[1],
            stated_length_m: self.length_m,
            direction: self.direction,
            motor: self.motor,
            foot: self.foot,
            surface: self.surface,
            keeper: self.keeper,
            built_up: self.built_up,
            width_dm: self.width_dm,
            obstacle: self.obstacle,
            bans: self.bans,
            bans_above: self.bans_above,
            is_roundabout: self.is_roundabout,
            is_motorroad: self.is_motorroad,
            ..Way::plain(id, 0, self.class)
        }
    }
}

pub(super) fn number(text: &str) -> Option<f64> {
    recognise::written_number(text).map(|read| read.value).filter(|number| number.is_finite())
}
