//! Which sign stands for which thing? One place, so that map, table and panel use the same.

use egui_material_icons::icons as i;

use crate::model::ServiceKind;
use crate::model::outage::Need;
use crate::scene::signs::Sign;
use crate::siting::{Outcome, Verdict};

/// A sign of the icon font, which is part of the text font.
pub type Icon = &'static str;

pub const OPEN: Icon = i::ICON_FOLDER_OPEN.codepoint;
pub const SAVE: Icon = i::ICON_SAVE.codepoint;
pub const UNDO: Icon = i::ICON_UNDO.codepoint;
pub const REDO: Icon = i::ICON_REDO.codepoint;
pub const CHECK: Icon = i::ICON_FACT_CHECK.codepoint;
pub const SEARCH: Icon = i::ICON_SEARCH.codepoint;
pub const LIGHT: Icon = i::ICON_LIGHT_MODE.codepoint;
pub const DARK: Icon = i::ICON_DARK_MODE.codepoint;
pub const SETTINGS: Icon = i::ICON_SETTINGS.codepoint;
pub const CLOSE: Icon = i::ICON_CLOSE.codepoint;
pub const VISIBLE: Icon = i::ICON_VISIBILITY.codepoint;
pub const HIDDEN: Icon = i::ICON_VISIBILITY_OFF.codepoint;
pub const UP: Icon = i::ICON_KEYBOARD_ARROW_UP.codepoint;
pub const DOWN: Icon = i::ICON_KEYBOARD_ARROW_DOWN.codepoint;
pub const RIGHT: Icon = i::ICON_KEYBOARD_ARROW_RIGHT.codepoint;
pub const DELETE: Icon = i::ICON_DELETE.codepoint;
pub const EDIT: Icon = i::ICON_EDIT.codepoint;
pub const ADD: Icon = i::ICON_ADD.codepoint;
pub const REMOVE: Icon = i::ICON_REMOVE.codepoint;
pub const EXPORT: Icon = i::ICON_DOWNLOAD.codepoint;
pub const REPORT: Icon = i::ICON_DESCRIPTION.codepoint;
pub const OVERVIEW: Icon = i::ICON_HOME.codepoint;
pub const ONLINE: Icon = i::ICON_PUBLIC.codepoint;
pub const TRIAL: Icon = i::ICON_FLAG.codepoint;
pub const MOVE: Icon = i::ICON_PIN_DROP.codepoint;
pub const LAYERS: Icon = i::ICON_LAYERS.codepoint;
pub const REACH: Icon = i::ICON_ROUTE.codepoint;
pub const PLACES: Icon = i::ICON_STOREFRONT.codepoint;
pub const COMPARE: Icon = i::ICON_BALANCE.codepoint;
pub const DONE: Icon = i::ICON_CHECK_CIRCLE.codepoint;
pub const PLAN: Icon = i::ICON_EMOJI_OBJECTS.codepoint;
pub const FLAG: Icon = i::ICON_WARNING.codepoint;
pub const QUESTION: Icon = i::ICON_HELP.codepoint;
pub const DIFFERS: Icon = i::ICON_SYNC_ALT.codepoint;
pub const COPY: Icon = i::ICON_CONTENT_COPY.codepoint;
pub const CLOSED_ROAD: Icon = i::ICON_BLOCK.codepoint;
pub const AREA: Icon = i::ICON_SELECT_ALL.codepoint;
pub const CELLS: Icon = i::ICON_GRID_ON.codepoint;
pub const MEASURE: Icon = i::ICON_STRAIGHTEN.codepoint;
pub const BOOKMARK: Icon = i::ICON_BOOKMARK.codepoint;
pub const FOLD: Icon = i::ICON_LEFT_PANEL_CLOSE.codepoint;
pub const UNFOLD: Icon = i::ICON_LEFT_PANEL_OPEN.codepoint;
pub const HISTORY: Icon = i::ICON_HISTORY.codepoint;
pub const INFO: Icon = i::ICON_INFO.codepoint;
pub const FOLLOW: Icon = i::ICON_VIEW_KANBAN.codepoint;
pub const POWER: Icon = i::ICON_BOLT.codepoint;
pub const DATA: Icon = i::ICON_DATABASE.codepoint;

pub const CRISIS: Icon = i::ICON_BOLT.codepoint;
pub const PLAY: Icon = i::ICON_PLAY_ARROW.codepoint;
pub const PAUSE: Icon = i::ICON_PAUSE.codepoint;
pub const WARM: Icon = i::ICON_LOCAL_FIRE_DEPARTMENT.codepoint;

/// The sign of what people need.
#[must_use]
pub const fn of_need(need: Need) -> Icon {
    match need {
        Need::Kind(kind) => of_kind(kind),
        Need::Information => INFO,
        Need::WarmRoom => WARM,
    }
}

/// The sign of a kind of service.
#[must_use]
pub const fn of_kind(kind: ServiceKind) -> Icon {
    match kind {
        ServiceKind::Grocery => i::ICON_SHOPPING_BASKET.codepoint,
        ServiceKind::Fuel => i::ICON_LOCAL_GAS_STATION.codepoint,
        ServiceKind::Pharmacy => i::ICON_LOCAL_PHARMACY.codepoint,
        ServiceKind::Parcel => i::ICON_PACKAGE_2.codepoint,
        ServiceKind::Payment => i::ICON_PAYMENTS.codepoint,
        ServiceKind::Rescue => i::ICON_SHIELD.codepoint,
        ServiceKind::Sot => i::ICON_BOLT.codepoint,
        ServiceKind::Other => i::ICON_HOME.codepoint,
    }
}

/// The sign of a verdict.
#[must_use]
pub const fn of_verdict(verdict: Verdict) -> Icon {
    match verdict {
        Verdict::Meets => i::ICON_CHECK_CIRCLE.codepoint,
        Verdict::Potential => i::ICON_ADD.codepoint,
        Verdict::CannotBeJudged => i::ICON_HELP.codepoint,
        Verdict::NotYet => i::ICON_WARNING.codepoint,
        Verdict::NotPossible => i::ICON_CANCEL.codepoint,
    }
}

/// A sign of the map.
#[must_use]
pub const fn of_sign(sign: Sign) -> Icon {
    match sign {
        Sign::Kind(kind) => of_kind(kind),
        Sign::Verdict(verdict) => of_verdict(verdict),
        Sign::PlanNew => ADD,
    }
}

/// The sign of a rule's outcome.
#[must_use]
pub const fn of_outcome(outcome: Outcome) -> Icon {
    match outcome {
        Outcome::Met => i::ICON_CHECK_CIRCLE.codepoint,
        Outcome::NotMet => i::ICON_CANCEL.codepoint,
        Outcome::Unknown => i::ICON_HELP.codepoint,
    }
}
