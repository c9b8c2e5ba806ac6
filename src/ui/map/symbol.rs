//! One sign on the map.

use egui::{Color32, Pos2};

use crate::model::{ServiceKind, TrialId};
use crate::ui::icons::{self, Icon};
use crate::ui::state::{Member, Selection};
use crate::ui::theme;

/// The largest.
pub const RADIUS: f32 = 10.0;

/// How large signs are drawn: the more of them there are for each point of the screen, the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// A dot in the colour of the kind.
    Dot,
    /// A small sign.
    Small,
    /// A sign with its name.
    Large,
}

impl Size {
    /// For things that typically lie so many points apart.
    #[must_use]
    pub fn of_spacing(points: f64) -> Self {
        if points >= 56.0 {
            Self::Large
        } else if points >= 24.0 {
            Self::Small
        } else {
            Self::Dot
        }
    }

    #[must_use]
    pub const fn radius(self) -> f32 {
        match self {
            Self::Dot => 2.0,
            Self::Small => 6.0,
            Self::Large => RADIUS,
        }
    }

    /// Signs nearer than this are drawn as one: so that together they hide at most a seventh of what lies below.
    #[must_use]
    pub const fn apart(self) -> f64 {
        match self {
            Self::Dot => 20.0,
            Self::Small => 33.0,
            Self::Large => 53.0,
        }
    }
}

/// One sign on the map.
#[derive(Debug, Clone)]
pub struct Symbol {
    pub at: Pos2,
    pub icon: Icon,
    pub fill: Color32,
    /// Drawn as a ring: it is planned, not there.
    pub is_hollow: bool,
    pub selection: Selection,
    pub trial: Option<TrialId>,
    /// The other things behind the sign.
    pub others: Vec<Member>,
    pub size: Size,
    /// What it is called on the map.
    pub name: String,
    /// The same, with what is known of it in few words.
    pub title: String,
    /// A place of a plan: square, so that it differs from all others without colour.
    pub is_square: bool,
    /// Higher signs win a place in a cluster.
    pub weight: u8,
}

impl Symbol {
    #[must_use]
    pub const fn radius(&self) -> f32 {
        self.size.radius()
    }

    /// How many things stand behind it.
    #[must_use]
    pub const fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// The sign of a place of a plan.
    #[must_use]
    pub fn of_plan(at: Pos2, exists: bool, selection: Selection, title: String) -> Self {
        let (icon, fill) = if exists {
            (icons::of_kind(ServiceKind::Sot), theme::kind_colour(ServiceKind::Sot))
        } else {
            (icons::ADD, theme::PLAN_NEW)
        };
        Self {
            at,
            icon,
            fill,
            is_hollow: false,
            selection,
            trial: None,
            others: Vec::new(),
            size: Size::Large,
            name: title.clone(),
            title,
            is_square: true,
            weight: 8,
        }
    }
}
