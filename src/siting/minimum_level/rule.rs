//! Which nine rules make up the minimum level, and what can they and the verdict on a place come to?

use crate::lang::{Lang, Said};

/// A rule of the minimum level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    M1,
    M2,
    M3,
    M4,
    M5,
    M6,
    M7,
    M8,
    M9,
}

impl Rule {
    pub const ALL: [Self; 9] =
        [Self::M1, Self::M2, Self::M3, Self::M4, Self::M5, Self::M6, Self::M7, Self::M8, Self::M9];

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::M1 => "M1",
            Self::M2 => "M2",
            Self::M3 => "M3",
            Self::M4 => "M4",
            Self::M5 => "M5",
            Self::M6 => "M6",
            Self::M7 => "M7",
            Self::M8 => "M8",
            Self::M9 => "M9",
        }
    }

    /// The source's own words, in Swedish.
    #[must_use]
    pub const fn source_words(self) -> &'static str {
        match self {
            Self::M1 => "en bemannad dagligvarubutik",
            Self::M2 => "mångsidigt utbud av varor",
            Self::M3 => "året-runt-öppet",
            Self::M4 => "fasta lokaler",
            Self::M5 => "en drivmedelsanläggning i butikens närhet",
            Self::M6 => "informationspunkt för kommunen till boende, besökare",
            Self::M7 => "sambandspunkt, tillika kommunikationsnav",
            Self::M8 => "en formaliserad organisation som ska trycka på knappen",
            Self::M9 => "må vara mobil, men centralt att den är stadigvarande",
        }
    }

    /// The attributes whose change can change this rule.
    #[must_use]
    pub const fn reads(self) -> &'static [&'static str] {
        match self {
            Self::M1 => &["staffing"],
            Self::M2 => &["articles", "missing_groups", "full_range"],
            Self::M3 => &["hours_per_week", "turnover_msek", "seasonal"],
            Self::M4 => &["permanent_premises"],
            Self::M5 => &[],
            Self::M6 => &["information_point"],
            Self::M7 => &["comms_channel"],
            Self::M8 => &["operator", "deputy", "agreement"],
            Self::M9 => &["reserve_power"],
        }
    }
}

impl Said for Rule {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::M1 => lang.pick("Bemannad butik", "Staffed store"),
            Self::M2 => lang.pick("Mångsidigt utbud", "Varied assortment"),
            Self::M3 => lang.pick("Öppet året runt", "Open year-round"),
            Self::M4 => lang.pick("Fasta lokaler", "Permanent premises"),
            Self::M5 => lang.pick("Drivmedel i närheten", "Fuel near the store"),
            Self::M6 => lang.pick("Informationspunkt", "Information point"),
            Self::M7 => lang.pick("Sambandspunkt", "Contact and comms node"),
            Self::M8 => lang.pick("Formaliserad organisation", "Formal organisation"),
            Self::M9 => lang.pick("Stadigvarande reservkraft", "Standing reserve power"),
        }
        .into()
    }
}

/// What a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Met,
    NotMet,
    Unknown,
}

impl Outcome {
    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
        }
    }
}

impl Said for Outcome {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Met => lang.pick("uppfylld", "met"),
            Self::NotMet => lang.pick("ej uppfylld", "not met"),
            Self::Unknown => lang.pick("okänd", "unknown"),
        }
        .into()
    }
}

/// The verdict on a place, the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Meets,
    Potential,
    CannotBeJudged,
    NotYet,
    NotPossible,
}

impl Verdict {
    pub const ALL: [Self; 5] =
        [Self::Meets, Self::Potential, Self::CannotBeJudged, Self::NotYet, Self::NotPossible];

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Meets => "meets_minimum_level",
            Self::Potential => "potential",
            Self::CannotBeJudged => "cannot_be_judged_yet",
            Self::NotYet => "not_yet",
            Self::NotPossible => "not_possible_today",
        }
    }
}

impl Said for Verdict {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Meets => lang.pick("Når lägstanivån", "Meets the minimum level"),
            Self::Potential => lang.pick("Potentiell", "Potential"),
            Self::CannotBeJudged => lang.pick("Kan inte bedömas än", "Cannot be judged yet"),
            Self::NotYet => lang.pick("Inte än", "Not yet"),
            Self::NotPossible => lang.pick("Inte möjlig i dag", "Not possible today"),
        }
        .into()
    }
}
