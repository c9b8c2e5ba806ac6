//! How is a value of the command line written? What is written otherwise is told in both languages: nobody knows yet in
//! which one.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use crate::app::roads::Limit;
use crate::geometry::{Crs, LonLat, stated};
use crate::location::Objective;
use crate::model::recognise::may_be_thousands;
use crate::model::{Message, MonthDay, Pair, Parameters, ServiceKind, SpeedSet, TextEncoding};
use crate::units::{Metres, Seconds};

/// Where assumptions come from.
#[derive(Debug, Clone)]
pub enum SpeedsSaid {
    Set(SpeedSet),
    File(PathBuf),
}

/// In winter, or on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WinterSaid {
    Winter,
    Day(MonthDay),
}

/// How worth falls with the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decay {
    Linear,
    Half(Limit),
}

fn wrong<T>(sv: impl Into<String>, en: impl Into<String>) -> Result<T, Message> {
    Err(Message::new(sv, en))
}

/// A number with a decimal point or comma; one that may as well be thousands is refused. `None` is no number.
fn decimal(text: &str) -> Result<Option<f64>, Message> {
    let text = text.trim();
    if text.contains(',') && may_be_thousands(text) {
        let (plain, point) = (text.replace(',', ""), text.replace(',', "."));
        return wrong(
            format!("”{text}” kan vara tusental eller decimaler: skriv {plain} eller {point}"),
            format!("“{text}” may be thousands or decimals: write {plain} or {point}"),
        );
    }
    Ok(text.replace(',', ".").parse().ok())
}

/// Reads a day.
pub fn day(text: &str) -> Result<String, Message> {
    let day: Result<jiff::civil::Date, _> = text.trim().parse();
    match day {
        Ok(day) if text.trim().len() == 10 => Ok(day.to_string()),
        _ => wrong("skriv ett datum som 2026-11-30", "write a date such as 2026-11-30"),
    }
}

/// Reads how far around a place a map shows.
pub fn surroundings(text: &str) -> Result<Metres, Message> {
    match length(text)? {
        length if (1_000.0..=500_000.0).contains(&length.value()) => Ok(length),
        _ => wrong("ange 1 till 500 km", "give 1 to 500 km"),
    }
}

/// Reads a whole number of a range.
pub fn whole<N>(
    range: RangeInclusive<N>,
) -> impl Fn(&str) -> Result<N, Message> + Clone + Send + Sync + 'static
where
    N: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |text| {
        let (from, to) = (range.start(), range.end());
        text.trim().parse().ok().filter(|value| range.contains(value)).ok_or_else(|| {
            Message::new(
                format!("skriv ett heltal från {from} till {to}"),
                format!("write a whole number from {from} to {to}"),
            )
        })
    }
}

/// Reads a whole number from the least on.
pub fn whole_from<N>(least: N) -> impl Fn(&str) -> Result<N, Message> + Clone + Send + Sync + 'static
where
    N: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |text| {
        text.trim().parse().ok().filter(|value| *value >= least).ok_or_else(|| {
            Message::new(
                format!("skriv ett heltal, minst {least}"),
                format!("write a whole number, {least} or more"),
            )
        })
    }
}

/// Reads a coordinate reference system, in any of the ways files state one.
pub fn system(text: &str) -> Result<Crs, Message> {
    stated(text).map_err(|found| {
        Message::new(
            format!(
                "systemet {found} känns inte igen eller kan inte beräknas. Skriv EPSG-koden eller namnet, till exempel 3006, 3011, ”SWEREF 99 18 00” eller ”RT 90 2.5 gon V”"
            ),
            format!(
                "the system {found} is not understood or cannot be computed. Write its EPSG code or name, such as 3006, 3011, “SWEREF 99 18 00” or “RT 90 2.5 gon V”"
            ),
        )
    })
}

pub fn text_encoding(text: &str) -> Result<TextEncoding, Message> {
    TextEncoding::named(text).ok_or_else(|| {
        let known = TextEncoding::ALL.map(TextEncoding::name).join(", ");
        Message::new(format!("skriv något av {known}"), format!("write one of {known}"))
    })
}

/// Reads pairs of columns that mean the same in two tables: `rutid=cell,kommun`.
pub fn pairs(text: &str) -> Result<Vec<Pair>, Message> {
    let pair = |said: &str| {
        let (own, other) = said.split_once('=').unwrap_or((said, said));
        let (own, other) = (own.trim(), other.trim());
        (!own.is_empty() && !other.is_empty()).then(|| Pair::of_columns(own, other))
    };
    text.split(',').map(pair).collect::<Option<_>>().ok_or_else(|| {
        Message::new(
            "skriv kolumner som rutid=cell eller namn,kommun",
            "write columns such as rutid=cell or name,kommun",
        )
    })
}

pub fn kind(text: &str) -> Result<ServiceKind, Message> {
    ServiceKind::from_id(text).ok_or_else(|| {
        let known: Vec<&str> = ServiceKind::measured().map(ServiceKind::id).collect();
        let known = known.join(", ");
        Message::new(format!("skriv något av {known}"), format!("write one of {known}"))
    })
}

#[allow(clippy::unnecessary_wraps, reason = "as the parser of arguments asks")]
pub fn speeds(text: &str) -> Result<SpeedsSaid, Message> {
    Ok(SpeedSet::from_id(text).map_or_else(|| SpeedsSaid::File(text.into()), SpeedsSaid::Set))
}

/// Reads a length: `10km`, `800m`, `10` (kilometres).
pub fn length(text: &str) -> Result<Metres, Message> {
    let plain = text.trim().to_lowercase();
    let (number, factor) = match plain.strip_suffix("km") {
        Some(number) => (number, 1000.0),
        None => plain.strip_suffix('m').map_or((plain.as_str(), 1000.0), |number| (number, 1.0)),
    };
    let Some(value) = decimal(number)? else {
        return wrong("skriv en längd som 10km eller 800m", "write a length such as 10km or 800m");
    };
    match Metres::try_new(value * factor) {
        Ok(length) if length > Metres::ZERO => Ok(length),
        _ => wrong("längden måste vara över noll", "the length must be above zero"),
    }
}

/// Reads a length or a time: `10km`, `20min`, `1.5h`.
pub fn threshold(text: &str) -> Result<Limit, Message> {
    let plain = text.trim().to_lowercase();
    let time = [("min", 60.0), ("h", 3600.0), ("s", 1.0)]
        .into_iter()
        .find_map(|(unit, seconds)| Some((plain.strip_suffix(unit)?, seconds)));
    let Some((number, seconds)) = time else {
        // 20 could be minutes or kilometres: nobody should have to guess which.
        if plain.trim_end().ends_with(|c: char| c.is_ascii_digit()) || !plain.ends_with('m') {
            return wrong(
                "skriv gränsen med enhet, som 20min eller 10km",
                "write the limit with its unit, such as 20min or 10km",
            );
        }
        return length(text).map(Limit::Length);
    };
    let Some(value) = decimal(number)? else {
        return wrong("skriv en gräns som 20min eller 10km", "write a limit such as 20min or 10km");
    };
    match Seconds::try_new(value * seconds) {
        Ok(time) if time > Seconds::ZERO => Ok(Limit::Time(time)),
        _ => wrong("tiden måste vara över noll", "the time must be above zero"),
    }
}

pub fn place(text: &str) -> Result<LonLat, Message> {
    let numbers = text
        .split_once(',')
        .and_then(|(lon, lat)| Some((lon.trim().parse().ok()?, lat.trim().parse().ok()?)));
    let Some((lon, lat)) = numbers else {
        return wrong(
            "skriv longitud,latitud i grader, som 14.64,63.18",
            "write longitude,latitude in degrees, such as 14.64,63.18",
        );
    };
    let place = LonLat::new(lon, lat);
    if place.lon.abs() <= 180.0 && place.lat.abs() <= 90.0 {
        Ok(place)
    } else {
        wrong(
            "longitud ligger inom ±180 och latitud inom ±90 grader",
            "longitude lies within ±180 and latitude within ±90 degrees",
        )
    }
}

pub fn winter(text: &str) -> Result<WinterSaid, Message> {
    if text == "winter" {
        return Ok(WinterSaid::Winter);
    }
    let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    match parts {
        Some((month, day)) if (MonthDay { month, day }).exists() => {
            Ok(WinterSaid::Day(MonthDay { month, day }))
        }
        _ => wrong("skriv en dag som MM-DD, till exempel 02-15", "write a day as MM-DD, such as 02-15"),
    }
}

pub fn detour(text: &str) -> Result<f64, Message> {
    let range = Parameters::DETOUR_RANGE;
    match decimal(text)? {
        None => wrong("skriv en faktor som 1.3", "write a factor such as 1.3"),
        Some(value) if range.contains(&value) => Ok(value),
        Some(_) => {
            let (least, most) = (range.start(), range.end());
            wrong(
                format!("faktorn måste ligga mellan {least} och {most}"),
                format!("the factor must lie between {least} and {most}"),
            )
        }
    }
}

pub fn speed(text: &str) -> Result<f64, Message> {
    match decimal(text)? {
        None => wrong("skriv en hastighet som 70", "write a speed such as 70"),
        Some(value) if (1.0..=200.0).contains(&value) => Ok(value),
        Some(_) => wrong(
            "hastigheten måste ligga mellan 1 och 200 km/h",
            "the speed must lie between 1 and 200 km/h",
        ),
    }
}

pub fn objective(text: &str) -> Result<Objective, Message> {
    Objective::parse(text).ok_or_else(|| {
        let known: Vec<&str> = Objective::ALL.into_iter().map(Objective::id).collect();
        let known = known.join(", ");
        Message::new(format!("skriv något av {known}"), format!("write one of {known}"))
    })
}

pub fn decay(text: &str) -> Result<Decay, Message> {
    if text == "linear" { Ok(Decay::Linear) } else { threshold(text).map(Decay::Half) }
}

pub fn amount(text: &str) -> Result<f64, Message> {
    match decimal(text)? {
        None => wrong("skriv ett tal som 20", "write a number such as 20"),
        Some(value) if value.is_finite() && value >= 0.0 => Ok(value),
        Some(_) => wrong("talet måste vara noll eller mer", "the number must be zero or more"),
    }
}

pub fn share(text: &str) -> Result<f64, Message> {
    match decimal(text)? {
        None => wrong("skriv en andel som 0.01", "write a share such as 0.01"),
        Some(value) if (0.0..=1.0).contains(&value) => Ok(value),
        Some(_) => wrong("andelen måste ligga mellan 0 och 1", "the share must lie between 0 and 1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Said};

    #[test]
    fn lengths_are_read_with_their_unit() {
        assert_eq!(length("10km"), Ok(Metres::new(10_000.0)));
        assert_eq!(length("12,5 km"), Ok(Metres::new(12_500.0)));
        assert_eq!(length("800m"), Ok(Metres::new(800.0)));
        let either = length("1,234km").expect_err("two readings");
        assert!(
            either.said(Lang::En).contains("1234 or 1.234")
                && either.said(Lang::Sv).contains("1234 eller 1.234")
        );
        assert!(length("-1km").is_err() && length("NaN").is_err() && length("x").is_err());
    }

    #[test]
    fn objectives_and_decays_are_read() {
        assert_eq!(objective("p-median"), Ok(Objective::PMedian));
        assert!(objective("best").is_err_and(|message| message.to_string().contains("mclp")));
        assert_eq!(decay("linear"), Ok(Decay::Linear));
        assert!(matches!(decay("5km"), Ok(Decay::Half(Limit::Length(_)))));
        assert!(amount("-1").is_err() && amount("NaN").is_err() && share("2").is_err());
    }

    #[test]
    fn whole_numbers_keep_to_their_range() {
        let read = whole(1..=1000_u16);
        assert_eq!((read("1"), read(" 1000 ")), (Ok(1), Ok(1000)));
        for bad in ["0", "1001", "1.5", "many", "-1", ""] {
            assert!(
                read(bad).is_err_and(|message| message.said(Lang::Sv).contains("från 1 till 1000")),
                "{bad}"
            );
        }
    }
}
