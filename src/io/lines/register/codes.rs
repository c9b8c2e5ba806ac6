//! What do the register's codes and words stand for? Kinds of nets, classes, vehicles, obstacles, counties.

use super::names::key;
use crate::io::lines::values::Cell;
use crate::model::roads::{BuiltUp, RoadClass};

/// Stairs among the kinds of cycle and foot ways.
pub(super) const STAIRS: u32 = 17;
pub(super) const LOCKED_GATE: u32 = 4;
pub(super) const OTHER_OBSTACLE: u32 = 99;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NetType {
    Car,
    Cycle,
    Ferry,
    Foot,
}

pub(super) fn net_type(value: &Cell<'_>) -> Option<NetType> {
    match (value.whole(), key(&value.text()).as_str()) {
        (Some(1), _) | (_, "bilnat" | "bil") => Some(NetType::Car),
        (Some(2), _) | (_, "cykelnat" | "cykel") => Some(NetType::Cycle),
        (Some(3), _) | (_, "farja" | "farjenat" | "farjeled") => Some(NetType::Ferry),
        (Some(4), _) | (_, "gangnat" | "gang") => Some(NetType::Foot),
        _ => None,
    }
}

/// The class of a functional class, 0 (the largest) to 9.
pub(in crate::io::lines) fn functional_class(functional: u32, built_up: BuiltUp) -> RoadClass {
    match functional {
        0 => RoadClass::Trunk,
        1 => RoadClass::Primary,
        2 => RoadClass::Secondary,
        3 | 4 => RoadClass::Tertiary,
        5 | 6 => RoadClass::Unclassified,
        7 if built_up == BuiltUp::Outside => RoadClass::Unclassified,
        7 => RoadClass::Residential,
        8 if built_up == BuiltUp::Inside => RoadClass::Residential,
        8 => RoadClass::Service,
        _ => RoadClass::Track,
    }
}

/// Tonnes, also "3,5 ton".
pub(super) fn tonnes(value: &Cell<'_>) -> Option<f64> {
    value.number().or_else(|| {
        let text = value.text().to_lowercase();
        let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = key(text.get(number.len()..)?);
        let number = Cell::Text(number.into()).number()?;
        matches!(unit.as_str(), "t" | "ton" | "tons").then_some(number)
    })
}

/// What stands across the road, by the register's numbers or words.
pub(super) fn obstacle(value: &Cell<'_>) -> Option<u32> {
    match value.whole() {
        Some(number) => Some(number).filter(|number| *number < 100),
        None => match key(&value.text()).as_str() {
            "pollare" => Some(1),
            "eftergivliggrind" => Some(2),
            "ejoppningsbargrindellercykelfalla" | "cykelfalla" => Some(3),
            "lastgrindellerbom" | "lastgrind" => Some(LOCKED_GATE),
            "betonghinder" => Some(5),
            "sparviddshinder" => Some(6),
            "ovrigt" => Some(OTHER_OBSTACLE),
            _ => None,
        },
    }
}

/// Is a ban meant for cars, by the register's kinds of vehicle, of which several may be said? `None` for a kind that is
/// not known.
pub(super) fn is_for_cars(value: &Cell<'_>) -> Option<bool> {
    let text = value.text();
    if value.number().is_none() && text.contains([';', ',', '/', '|']) {
        let each = text.split([';', ',', '/', '|']).filter(|part| !part.trim().is_empty());
        let each: Vec<Option<bool>> =
            each.map(|part| is_one_for_cars(&Cell::Text(part.trim().into()))).collect();
        return if each.contains(&Some(true)) {
            Some(true)
        } else if each.contains(&None) {
            None
        } else {
            Some(false)
        };
    }
    is_one_for_cars(value)
}

pub(super) fn is_one_for_cars(value: &Cell<'_>) -> Option<bool> {
    match value.whole() {
        // Car, any vehicle, motor vehicles, passenger car.
        Some(10 | 40 | 170 | 210) => Some(true),
        // Bus, cycle, lorry, light lorry, mopeds, motorcycle, motor equipment, all-terrain vehicle, tractor, heavy lorry.
        Some(20 | 30 | 90 | 100 | 120 | 130 | 140 | 150 | 180 | 230 | 270 | 280) => Some(false),
        Some(_) => None,
        None => match key(&value.text()).as_str() {
            "bil" | "fordon" | "motordrivnafordon" | "motordrivetfordon" | "personbil" => Some(true),
            "buss" | "cykel" | "lastbil" | "lattlastbil" | "tunglastbil" | "moped" | "mopedklassi"
            | "mopedklassii" | "motorcykel" | "motorredskap" | "terrangmotorfordon" | "traktor" => {
                Some(false)
            }
            _ => None,
        },
    }
}

pub(super) fn is_no(text: &str) -> bool {
    matches!(key(text).as_str(), "" | "0" | "nej" | "no" | "n" | "false" | "falskt" | "f")
}

/// Yes or no as registers write it: 1/0, -1, words, or the name of the thing itself where it is there.
pub(super) fn yes_or_no(value: &Cell<'_>, name: &str) -> Option<bool> {
    match value.number() {
        Some(number) if number.abs() < f64::EPSILON => Some(false),
        Some(number) if (number.abs() - 1.0).abs() < f64::EPSILON => Some(true),
        Some(_) => None,
        None => {
            let text = value.text();
            if is_no(&text) {
                return Some(false);
            }
            let said = key(&text);
            let is_named = !said.is_empty() && key(name).ends_with(&said) && said.len() > 3;
            (matches!(said.as_str(), "ja" | "yes" | "j" | "y" | "true" | "sant" | "t" | "x") || is_named)
                .then_some(true)
        }
    }
}

/// Metres, at most the length of Sweden and back.
pub(super) fn length(value: &Cell<'_>) -> Option<f32> {
    let metres = value.number().filter(|metres| (0.0..=4_000_000.0).contains(metres))?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked; centimetres are enough")]
    let metres = metres as f32;
    Some(metres)
}

/// The letter of a county, also of one told by its number.
pub(super) fn county_letter(said: &str) -> String {
    const LETTERS: [&str; 26] = [
        "", "AB", "", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M", "N", "O", "P", "R", "S", "T", "U",
        "W", "X", "Y", "Z", "AC", "BD",
    ];
    let said = said.trim();
    match said.parse::<f64>() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a county")]
        Ok(number) if (0.0..26.0).contains(&number) => LETTERS[number as usize].to_owned(),
        Ok(_) => String::new(),
        Err(_) => said.chars().take(4).collect(),
    }
}
