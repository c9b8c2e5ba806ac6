//! In which unit is a row of a comparison, how is a value of it written, and when does a difference matter?

use crate::lang::Lang;
use crate::model::FactorUnit;
use crate::units::{Measure, Metres, People, Seconds};

/// What the numbers of a row count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    People,
    Km,
    Min,
    PersonKm,
    PersonMin,
    Count,
    Kva,
    /// 0 to 3.
    Grade,
    /// 1 is yes, 0 is no.
    YesNo,
    /// 0…1.
    Share,
    /// 0…100.
    Points,
    /// 1 is met, 0 is not.
    Outcome,
    /// No number.
    Words,
}

impl Unit {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Km => "km",
            Self::Min => "min",
            Self::PersonKm => "person_km",
            Self::PersonMin => "person_min",
            Self::Count => "count",
            Self::Kva => "kva",
            Self::Grade => "grade_0_to_3",
            Self::YesNo => "yes_no",
            Self::Share => "share",
            Self::Points => "points_of_100",
            Self::Outcome => "outcome",
            Self::Words => "text",
        }
    }

    /// Kilometres or minutes, whichever is counted.
    #[must_use]
    pub const fn of(measure: Measure) -> Self {
        match measure {
            Measure::Distance => Self::Km,
            Measure::Time => Self::Min,
        }
    }

    /// The unit of a site factor.
    #[must_use]
    pub const fn of_factor(unit: FactorUnit, measure: Measure) -> Self {
        match (unit, measure) {
            (FactorUnit::People, _) => Self::People,
            (FactorUnit::PersonTravel, Measure::Distance) => Self::PersonKm,
            (FactorUnit::PersonTravel, Measure::Time) => Self::PersonMin,
            (FactorUnit::Travel, _) => Self::of(measure),
            (FactorUnit::Km, _) => Self::Km,
            (FactorUnit::Count, _) => Self::Count,
            (FactorUnit::Kva, _) => Self::Kva,
            (FactorUnit::YesNo, _) => Self::YesNo,
            (FactorUnit::Grade, _) => Self::Grade,
            (FactorUnit::Words, _) => Self::Words,
        }
    }

    /// What stands after a number on screen; empty where a number has none.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::People => lang.pick("invånare", "people"),
            Self::Km => "km",
            Self::Min => "min",
            Self::PersonKm => lang.pick("personkilometer", "person-km"),
            Self::PersonMin => lang.pick("personminuter", "person-min"),
            Self::Kva => "kVA",
            Self::Grade => lang.pick("0–3", "0–3"),
            Self::Points => lang.pick("av 100", "of 100"),
            Self::Count | Self::YesNo | Self::Share | Self::Outcome | Self::Words => "",
        }
    }

    /// Decimals in files, those of every other export; people are not rounded.
    #[must_use]
    pub const fn decimals(self) -> Option<usize> {
        match self {
            Self::People => None,
            Self::Km => Some(3),
            Self::Min => Some(2),
            Self::PersonKm | Self::Kva | Self::Points => Some(1),
            Self::Share => Some(4),
            Self::PersonMin | Self::Count | Self::Grade | Self::YesNo | Self::Outcome | Self::Words => {
                Some(0)
            }
        }
    }

    /// A value as files have it. Values are compared by this, so that who reads a file finds the same best.
    #[must_use]
    pub fn rounded(self, value: f64) -> f64 {
        let Some(decimals) = self.decimals() else { return value };
        let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
        // Adding zero makes of -0 what it is.
        (value * scale).round() / scale + 0.0
    }

    /// A value as users read it, with its unit where the row's name does not say it.
    #[must_use]
    pub fn said(self, value: f64, lang: Lang) -> String {
        match self {
            Self::People => lang.people(People::try_new(value).unwrap_or_default()),
            Self::Km => lang.km(Metres::try_new(value * 1000.0).unwrap_or_default()),
            Self::Min => lang.minutes(Seconds::try_new(value * 60.0).unwrap_or_default()),
            Self::PersonKm | Self::PersonMin | Self::Count | Self::Grade => lang.number(value, 0),
            Self::Kva => {
                format!("{} kVA", lang.number(value, usize::from(value.fract().abs() > 1e-9)))
            }
            Self::YesNo => yes_no(value, lang).into(),
            Self::Share => lang.percent(value),
            Self::Points => lang.number(value, 1),
            Self::Outcome | Self::Words => String::new(),
        }
    }

    /// A difference to the reference, with its sign.
    #[must_use]
    pub fn said_difference(self, difference: f64, lang: Lang) -> String {
        if difference == 0.0 {
            return lang.pick("lika", "the same").into();
        }
        let sign = if difference > 0.0 { "+" } else { "" };
        match self {
            Self::Share => {
                let points = lang.number(difference * 100.0, 1);
                format!("{sign}{points} {}", lang.pick("procentenheter", "points"))
            }
            _ => format!("{sign}{}", self.said(difference, lang)),
        }
    }

    /// Is the better of two values so much better that it is worth a sentence? A rule of ours, told in
    /// `docs/comparing.md`: a tenth of the larger and ten people, a fifth of the larger and one kilometre or minute,
    /// a tenth of the larger of sums; anything else counts and differs when it is another number.
    #[must_use]
    pub fn matters(self, better: f64, other: f64) -> bool {
        let apart = (better - other).abs();
        let larger = better.abs().max(other.abs());
        match self {
            Self::People => apart >= 10.0 && apart >= 0.1 * larger,
            Self::Km | Self::Min => apart >= 1.0 && apart >= 0.2 * larger,
            Self::PersonKm | Self::PersonMin | Self::Kva | Self::Points => {
                apart >= 0.1 * larger && apart > 0.0
            }
            Self::Share => apart >= 0.1,
            Self::Count | Self::Grade | Self::YesNo | Self::Outcome => apart > 0.5,
            Self::Words => false,
        }
    }
}

const fn yes_no(value: f64, lang: Lang) -> &'static str {
    if value > 0.5 { lang.pick("ja", "yes") } else { lang.pick("nej", "no") }
}
