//! Who may use a way or pass a point, by OpenStreetMap's access tags?
//! The most special tag wins. Does not know classes: what nobody says, the profile decides.

use super::tag_list::{Cause, Tags};
use crate::model::roads::Access;

/// Keys that speak of a car, the most special first.
const MOTOR: [&str; 4] = ["motorcar", "motor_vehicle", "vehicle", "access"];
const FOOT: [&str; 2] = ["foot", "access"];

/// What is said of cars, people on foot and rescue vehicles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Permissions {
    pub motor: Access,
    pub foot: Access,
    pub emergency: Access,
}

pub(super) fn permissions(tags: Tags<'_>, remarks: &mut Vec<Cause>) -> Permissions {
    let (motor, is_for_rescue) = most_special(&MOTOR, tags, remarks);
    let before = remarks.len();
    let (foot, _) = most_special(&FOOT, tags, remarks);
    // `access` was remarked on once already.
    remarks.truncate(if foot == motor { before } else { remarks.len() });
    let emergency = match tags.find("emergency") {
        Some("yes" | "designated" | "official" | "permissive" | "destination" | "private") => Access::Yes,
        Some("no") => Access::No,
        _ if is_for_rescue => Access::Yes,
        _ => motor,
    };
    Permissions { motor, foot, emergency }
}

/// May cars drive along and against the line, by the tags for one direction? Only a plain no closes one.
pub(super) fn one_way(tags: Tags<'_>) -> [bool; 2] {
    ["forward", "backward"].map(|side| {
        let keys = MOTOR.iter().filter_map(|key| tags.find(&format!("{key}:{side}")));
        keys.map(access_of).next().flatten() != Some(Access::No)
    })
}

/// Tags that name who may come aboard a ferry.
const ABOARD: [&str; 5] = ["motorcar", "motor_vehicle", "vehicle", "access", "hgv"];

/// Who may use a ferry: who boards is a customer, and where only people on foot or with cycles are named, cars stay.
pub(super) fn aboard(tags: Tags<'_>, allowed: &mut Permissions, remarks: &mut Vec<Cause>) {
    for access in [&mut allowed.motor, &mut allowed.foot, &mut allowed.emergency] {
        if *access == Access::Destination {
            *access = Access::Yes;
        }
    }
    let named = ["foot", "bicycle"].into_iter().find(|key| {
        tags.find(key).is_some_and(|value| access_of(value).is_some_and(|access| access < Access::No))
    });
    let is_said_of_cars = ABOARD.iter().any(|key| tags.find(key).is_some());
    if let Some(key) = named.filter(|_| !is_said_of_cars) {
        allowed.motor = Access::No;
        let value = tags.find(key).unwrap_or_default();
        remarks.push(("ferry_without_cars", format!("{key}={value}")));
    }
}

/// The value of the most special key that is there, and whether it names rescue vehicles.
fn most_special(keys: &[&str], tags: Tags<'_>, remarks: &mut Vec<Cause>) -> (Access, bool) {
    let Some((key, value)) = keys.iter().find_map(|key| Some((key, tags.find(key)?))) else {
        return (Access::Unsaid, false);
    };
    let is_for_rescue = value.split(';').any(|part| part.trim() == "emergency");
    let access = access_of(value).unwrap_or_else(|| {
        remarks.push(("unknown_access", format!("{key}={value}")));
        Access::Unsaid
    });
    (access, is_for_rescue)
}

/// What a value means; of several values the one that allows most.
fn access_of(value: &str) -> Option<Access> {
    value.split(';').filter_map(|part| one_access(part.trim())).min_by_key(|access| match access {
        Access::Yes => 0,
        Access::Destination => 1,
        Access::Unsaid => 2,
        Access::No => 3,
    })
}

fn one_access(value: &str) -> Option<Access> {
    Some(match value {
        "yes" | "permissive" | "designated" | "official" | "public" | "allowed" | "true" | "1"
        | "discouraged" => Access::Yes,
        "private" | "destination" | "customers" | "customer" | "delivery" | "residents" | "resident"
        | "permit" | "employees" | "employee" | "staff" | "visitors" | "visitor" | "tenants" | "members" => {
            Access::Destination
        }
        "no" | "none" | "false" | "0" | "agricultural" | "forestry" | "emergency" | "psv" | "bus"
        | "taxi" | "tourist_bus" | "hgv" | "military" | "use_sidepath" | "dismount" | "restricted"
        | "bicycle" | "foot" | "hov" | "school" => Access::No,
        "unknown" => Access::Unsaid,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Access::{Destination, No, Unsaid, Yes};

    fn check(text: &str, motor: Access, foot: Access, emergency: Access) {
        let tags: Vec<(&str, &str)> = text.split_whitespace().filter_map(|tag| tag.split_once('=')).collect();
        let got = permissions(Tags(&tags), &mut Vec::new());
        assert_eq!(got, Permissions { motor, foot, emergency }, "{text}");
    }

    #[test]
    fn the_most_special_tag_wins() {
        check("", Unsaid, Unsaid, Unsaid);
        check("access=no", No, No, No);
        check("access=no foot=yes", No, Yes, No);
        check("access=private motor_vehicle=yes", Yes, Destination, Yes);
        check("motor_vehicle=no motorcar=designated", Yes, Unsaid, Yes);
        check("vehicle=destination", Destination, Unsaid, Destination);
        check("access=customers", Destination, Destination, Destination);
        check("motor_vehicle=agricultural;forestry", No, Unsaid, No);
        check("motor_vehicle=forestry;destination", Destination, Unsaid, Destination);
        check("access=no emergency=yes", No, No, Yes);
        check("motor_vehicle=emergency", No, Unsaid, Yes);
        check("access=yes emergency=no", Yes, Yes, No);
        check("access=unknown", Unsaid, Unsaid, Unsaid);
        check("motor_vehicle=psv", No, Unsaid, No);
    }

    #[test]
    fn unknown_values_are_told_once() {
        let mut remarks = Vec::new();
        let got = permissions(Tags(&[("access", "perhaps")]), &mut remarks);
        assert_eq!((got.motor, got.foot), (Unsaid, Unsaid));
        assert_eq!(remarks, [("unknown_access", "access=perhaps".to_owned())]);
    }
}
