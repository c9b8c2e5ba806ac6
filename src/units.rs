//! Which quantities does the program count in? Newtypes that are finite by construction and ordered.
//! Does not know what is measured, nor how it is written on screen (see `lang`).

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// A quantity was NaN or infinite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a finite number")]
pub struct NotFinite;

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            pub const ZERO: Self = Self(0.0);

            /// # Errors
            /// [`NotFinite`] for NaN and infinities.
            pub fn try_new(value: f64) -> Result<Self, NotFinite> {
                if value.is_finite() { Ok(Self(value)) } else { Err(NotFinite) }
            }

            /// A value known to be finite.
            ///
            /// # Panics
            /// For NaN and infinities: what comes from outside goes through [`Self::try_new`], and a figure that is no
            /// number is better not shown than shown as zero. A job that stops says so.
            #[must_use]
            pub fn new(value: f64) -> Self {
                assert!(value.is_finite(), "{value} is not finite");
                Self(value)
            }

            #[must_use]
            pub const fn value(self) -> f64 {
                self.0
            }
        }

        impl Eq for $name {}
        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.total_cmp(&other.0)
            }
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self::new(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self::new(self.0 - other.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

quantity!(
    /// A length in metres.
    Metres
);
quantity!(
    /// A duration in seconds.
    Seconds
);
quantity!(
    /// What a trip costs: metres or seconds, whichever [`Measure`] an analysis counts in.
    Cost
);
quantity!(
    /// A number of people. Whole in registers; sums of whole numbers below 2^53 are exact.
    People
);

/// Lengths to the millimetre and times to the millisecond are the same: what separates them is arithmetic, since
/// coordinates are written to the millimetre at best. Metres or seconds.
pub const TOLERANCE: f64 = 1e-3;

macro_rules! limited {
    ($($name:ident),*) => {$(
        impl $name {
            /// At most this much, to within [`TOLERANCE`]: equal is within, whatever arithmetic came before.
            /// Every limit of a length or a time is compared by this.
            #[must_use]
            pub fn is_within(self, limit: Self) -> bool {
                self.0 <= limit.0 + TOLERANCE
            }

            /// The largest value within this limit.
            #[must_use]
            pub fn widened(self) -> Self {
                Self::new(self.0 + TOLERANCE)
            }
        }
    )*};
}

limited!(Metres, Seconds, Cost);

impl Metres {
    pub const ONE: Self = Self(1.0);
    pub const HALF_KM: Self = Self(500.0);

    #[must_use]
    pub fn from_km(km: f64) -> Self {
        Self::new(km * 1000.0)
    }

    #[must_use]
    pub fn km(self) -> f64 {
        self.0 / 1000.0
    }
}

impl From<Metres> for Cost {
    fn from(length: Metres) -> Self {
        Self(length.0)
    }
}

impl From<Seconds> for Cost {
    fn from(time: Seconds) -> Self {
        Self(time.0)
    }
}

impl Cost {
    /// The length, where lengths are counted.
    #[must_use]
    pub const fn metres(self) -> Metres {
        Metres(self.0)
    }

    /// The time, where times are counted.
    #[must_use]
    pub const fn seconds(self) -> Seconds {
        Seconds(self.0)
    }
}

/// What an analysis counts in: the length of trips, or the time they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    #[default]
    Distance,
    Time,
}

impl Measure {
    /// The stable name in arguments and exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Time => "time",
        }
    }

    /// Kilometres or minutes: what users read.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Distance => "km",
            Self::Time => "min",
        }
    }

    /// A cost in kilometres or minutes.
    #[must_use]
    pub fn in_units(self, cost: Cost) -> f64 {
        match self {
            Self::Distance => cost.metres().km(),
            Self::Time => cost.seconds().minutes(),
        }
    }

    /// The cost of so many kilometres or minutes.
    #[must_use]
    pub fn from_units(self, value: f64) -> Cost {
        match self {
            Self::Distance => Metres::from_km(value).into(),
            Self::Time => Seconds::from_minutes(value).into(),
        }
    }
}

impl Seconds {
    #[must_use]
    pub fn from_minutes(minutes: f64) -> Self {
        Self::new(minutes * 60.0)
    }

    #[must_use]
    pub fn minutes(self) -> f64 {
        self.0 / 60.0
    }
}

impl People {
    /// The part of `total` that this is, 0…1; zero of nothing is zero.
    #[must_use]
    pub fn share_of(self, total: Self) -> f64 {
        if total.0 > 0.0 { self.0 / total.0 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_finite() {
        assert_eq!(Metres::try_new(f64::NAN), Err(NotFinite));
        assert_eq!(Metres::try_new(f64::INFINITY), Err(NotFinite));
        assert_eq!(Metres::try_new(2.0).map(Metres::value), Ok(2.0));
    }

    #[test]
    fn equal_is_within() {
        let limit = Cost::new(10_000.0);
        assert!(Cost::new(10_000.000_000_4).is_within(limit) && Cost::new(10_000.000_9).is_within(limit));
        assert!(!Cost::new(10_000.01).is_within(limit));
        assert!(Cost::new(10_000.000_9) <= limit.widened());
    }

    #[test]
    fn orders_and_sums() {
        assert!(Metres::new(1.0) < Metres::new(2.0));
        let total: People = [1.0, 2.0, 3.0].map(People::new).into_iter().sum();
        assert_eq!(total, People::new(6.0));
        assert!((People::new(3.0).share_of(total) - 0.5).abs() < f64::EPSILON);
    }
}
