//! Which sign stands for which thing? By meaning; the window draws them with its font, pictures with lines.

use crate::model::ServiceKind;
use crate::siting::Verdict;

/// What a sign on a map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Kind(ServiceKind),
    Verdict(Verdict),
    /// A place that a plan adds.
    PlanNew,
}

impl Sign {
    /// Strokes in a square of 24 × 24, as SVG writes a path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Kind(kind) => of_kind(kind),
            Self::Verdict(Verdict::Meets) => "M5 13l5 5 9-11",
            Self::Verdict(Verdict::Potential) | Self::PlanNew => "M12 5v14M5 12h14",
            Self::Verdict(Verdict::CannotBeJudged) => {
                "M8 9a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1.1-1.5 2.3M12 18.5v.5"
            }
            Self::Verdict(Verdict::NotYet) => "M12 5v9M12 18v1",
            Self::Verdict(Verdict::NotPossible) => "M6 6l12 12M18 6L6 18",
        }
    }
}

const fn of_kind(kind: ServiceKind) -> &'static str {
    match kind {
        // A basket, a pump, a cross, a box, a card, a shield, a bolt, a house.
        ServiceKind::Grocery => "M4 10h16l-2 9H6zM8 10l3-6M16 10l-3-6",
        ServiceKind::Fuel => "M6 20V5h8v15M5 20h10M8 9h4M14 10h3v7a1.5 1.5 0 0 0 3 0V9l-2-2",
        ServiceKind::Pharmacy => "M10 5h4v5h5v4h-5v5h-4v-5H5v-4h5z",
        ServiceKind::Parcel => "M5 8l7-3 7 3v8l-7 3-7-3zM5 8l7 3 7-3M12 11v8",
        ServiceKind::Payment => "M4 7h16v10H4zM4 10.5h16M7 14h3",
        ServiceKind::Rescue => "M12 4l7 3v5c0 4-3 6.500-7 8-4-1.500-7-4-7-8V7z",
        ServiceKind::Sot => "M13 4l-6 9h5l-1 7 6-9h-5z",
        ServiceKind::Other => "M5 12l7-7 7 7M7 11v8h10v-8",
    }
}
