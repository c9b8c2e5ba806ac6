//! One sign on the map.

use egui::{Color32, Pos2};

use crate::model::{ServiceKind, TrialId};
use crate::ui::icons::{self, Icon};
use crate::ui::state::Selection;
use crate::ui::theme;

pub const RADIUS: f32 = 10.0;

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
    /// Things behind the sign.
    pub count: usize,
    pub title: String,
    /// A place of a plan: square, so that it differs from all others without colour.
    pub is_square: bool,
    /// Higher signs win a place in a cluster.
    pub weight: u8,
}

impl Symbol {
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
            count: 1,
            title,
            is_square: true,
            weight: 8,
        }
    }
}
