//! How are costs of travel written where there is little room, and where there is room for both units?

use crate::analysis::Spread;
use crate::lang::Lang;
use crate::model::travel::Trip;
use crate::units::{Cost, Measure};

/// A cost with no more decimals than needed: "10 km", "20 min", "7,5 km".
#[must_use]
pub fn short(lang: Lang, cost: Cost, measure: Measure) -> String {
    format!("{} {}", short_number(lang, measure.in_units(cost)), measure.unit())
}

/// A number with no more decimals than needed, two at most.
#[must_use]
pub fn short_number(lang: Lang, value: f64) -> String {
    let decimals = [1.0, 10.0].iter().filter(|f| (value * **f - (value * **f).round()).abs() > 1e-6).count();
    lang.number(value, decimals)
}

/// A trip in what is counted, and in the other unit where that is known.
#[must_use]
pub fn trip(lang: Lang, trip: Trip, measure: Measure) -> String {
    both(lang, Some(trip.length.into()), trip.time.map(Cost::from), measure)
}

/// A figure in what is counted, and in the other unit where that is known.
#[must_use]
pub fn both(lang: Lang, length: Option<Cost>, time: Option<Cost>, measure: Measure) -> String {
    let mut parts: Vec<String> = length.map(|length| lang.km(length.metres())).into_iter().collect();
    parts.extend(time.map(|time| lang.minutes(time.seconds())));
    if measure == Measure::Time {
        parts.reverse();
    }
    if parts.is_empty() { "–".into() } else { parts.join(" · ") }
}

/// The same figure of two spreads.
#[must_use]
pub fn of_spreads(
    lang: Lang,
    lengths: &Spread,
    times: Option<&Spread>,
    measure: Measure,
    of: impl Fn(&Spread) -> Option<Cost>,
) -> String {
    both(lang, of(lengths), times.and_then(of), measure)
}
