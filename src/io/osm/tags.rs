//! What do the tags of an OpenStreetMap way mean for a traveller? Class, direction, surface, season, name.
//! Limits are `speed`'s and permissions `access`'; does not know nodes, files or speeds by class.

use super::access::{self, Permissions};
use super::tag_list::{Cause, Tags};
use super::{seasons, speed};
use crate::model::roads::{Access, Direction, RoadClass, Season, Surface, Way};

/// Names longer than this are cut: no road sign is.
const NAME_CHARS: usize = 200;

/// What a way is.
#[derive(Debug, PartialEq)]
pub(super) enum WayMeaning {
    Road(Box<Road>),
    /// Something that looks like a road and is none.
    Refused(Cause),
    /// A building, a river …
    Other,
}

/// A road without its points.
#[derive(Debug, PartialEq)]
pub(super) struct Road {
    /// Its points and the place of its name are not known yet.
    pub way: Way,
    pub name: Option<Box<str>>,
    /// Values that could not be used though the way is.
    pub remarks: Vec<Cause>,
    pub is_conditional: bool,
}

/// What a way's tags mean.
pub(super) fn way_meaning(id: i64, tags: Tags<'_>) -> WayMeaning {
    let highway = tags.find("highway");
    let is_ferry =
        tags.is("route", "ferry") || (highway.is_none() && tags.find("ferry").is_some_and(|v| v != "no"));
    let class = match highway {
        _ if is_ferry => RoadClass::Ferry,
        None => return WayMeaning::Other,
        Some(value) => match class_of(value) {
            Ok(class) => class,
            Err(reason) => return WayMeaning::Refused((reason, format!("highway={value}"))),
        },
    };
    WayMeaning::Road(Box::new(road(id, class, tags)))
}

/// The class of a `highway` value, or why it is no road.
fn class_of(value: &str) -> Result<RoadClass, &'static str> {
    if let Some(class) = RoadClass::from_id(value) {
        // A ferry is a `route`, never a `highway`.
        return if class == RoadClass::Ferry { Err("other_highway") } else { Ok(class) };
    }
    match value {
        // Roads whose class the surveyor did not know, and older names.
        "road" | "minor" | "unsurfaced" => Ok(RoadClass::Unclassified),
        "byway" => Ok(RoadClass::Track),
        "construction" | "proposed" | "planned" => Err("under_construction"),
        "abandoned" | "disused" | "razed" | "demolished" | "dismantled" | "historic" => Err("abandoned"),
        "raceway" | "bus_guideway" | "busway" | "escape" => Err("not_for_public"),
        _ => Err("other_highway"),
    }
}

fn road(id: i64, class: RoadClass, tags: Tags<'_>) -> Road {
    let mut remarks = Vec::new();
    let mut allowed = access::permissions(tags, &mut remarks);
    by_service(tags, &mut allowed);
    if class == RoadClass::Ferry {
        access::aboard(tags, &mut allowed, &mut remarks);
    }
    let is_roundabout = matches!(tags.find("junction"), Some("roundabout" | "circular"));
    let direction = direction(class, is_roundabout, tags, &mut allowed, &mut remarks);
    if tags.is("area", "yes") {
        // An open place is crossed on foot; its outline is no way to drive.
        allowed.motor = Access::No;
    }
    let limits = speed::limits(tags, &mut remarks);
    let (closed_days, obeyed) = seasons::closed_days(tags);
    let conditions = tags.0.iter().filter(|(key, _)| key.ends_with(":conditional")).count();
    let way = Way {
        limit_forward: limits.forward,
        limit_backward: limits.backward,
        duration_s: ferry_duration(class, tags, &mut remarks),
        max_weight: max_weight(tags, &mut remarks),
        surface: surface(tags, &mut remarks),
        season: season(tags),
        direction,
        foot_direction: foot_direction(tags),
        motor: allowed.motor,
        foot: allowed.foot,
        emergency: allowed.emergency,
        is_roundabout,
        is_motorroad: tags.is("motorroad", "yes"),
        is_tunnel: tags
            .find("tunnel")
            .is_some_and(|value| !matches!(value, "no" | "building_passage" | "culvert")),
        closed_days,
        ..Way::plain(id, 0, class)
    };
    Road { way, name: name(tags), remarks, is_conditional: conditions > obeyed }
}

/// Driveways and parking aisles lead to a place, not through it.
fn by_service(tags: Tags<'_>, allowed: &mut Permissions) {
    match tags.find("service") {
        Some("driveway" | "parking_aisle" | "drive-through" | "drive_through")
            if allowed.motor == Access::Unsaid =>
        {
            allowed.motor = Access::Destination;
            if allowed.emergency == Access::Unsaid {
                allowed.emergency = Access::Destination;
            }
        }
        Some("emergency_access") => {
            allowed.motor = Access::No;
            if allowed.emergency != Access::No {
                allowed.emergency = Access::Yes;
            }
        }
        _ => {}
    }
}

fn direction(
    class: RoadClass,
    is_roundabout: bool,
    tags: Tags<'_>,
    allowed: &mut Permissions,
    remarks: &mut Vec<Cause>,
) -> Direction {
    let is_forward_unsaid = is_roundabout || matches!(class, RoadClass::Motorway | RoadClass::MotorwayLink);
    let implied = if is_forward_unsaid { Direction::Forward } else { Direction::Both };
    let keys = ["oneway:motorcar", "oneway:motor_vehicle", "oneway"];
    let said = match keys.iter().find_map(|key| Some((key, tags.find(key)?))) {
        None => implied,
        Some((key, value)) => said_direction(key, value, implied, allowed, remarks),
    };
    match (said, access::one_way(tags)) {
        (said, [true, true]) => said,
        (Direction::Both | Direction::Forward, [true, false]) => Direction::Forward,
        (Direction::Both | Direction::Backward, [false, true]) => Direction::Backward,
        // Neither is left.
        (said, _) => {
            allowed.motor = Access::No;
            said
        }
    }
}

fn said_direction(
    key: &str,
    value: &str,
    implied: Direction,
    allowed: &mut Permissions,
    remarks: &mut Vec<Cause>,
) -> Direction {
    match value {
        "yes" | "true" | "1" => Direction::Forward,
        "-1" | "reverse" => Direction::Backward,
        "no" | "false" | "0" => Direction::Both,
        // Which way is open changes with the hour, which nobody can plan with.
        "reversible" | "alternating" => {
            allowed.motor = Access::No;
            remarks.push(("reversible", format!("{key}={value}")));
            implied
        }
        _ => {
            remarks.push(("unknown_oneway", format!("{key}={value}")));
            implied
        }
    }
}

fn foot_direction(tags: Tags<'_>) -> Direction {
    match tags.find("oneway:foot") {
        Some("yes" | "1" | "true") => Direction::Forward,
        Some("-1" | "reverse") => Direction::Backward,
        _ => Direction::Both,
    }
}

fn season(tags: Tags<'_>) -> Season {
    let is_of_ice = tags.is("surface", "ice") && !tags.is("ice_road", "no");
    if tags.is("ice_road", "yes") || is_of_ice {
        Season::IceRoad
    } else if tags.is("winter_road", "yes") || tags.is("seasonal", "winter") || tags.is("surface", "snow") {
        Season::WinterRoad
    } else {
        Season::AllYear
    }
}

/// The worst that surface, track type and smoothness say.
fn surface(tags: Tags<'_>, remarks: &mut Vec<Cause>) -> Surface {
    let by_surface = tags.find("surface").map_or(Surface::Unknown, |value| {
        let first = value.split(';').next().unwrap_or_default().trim();
        surface_of(first).unwrap_or_else(|| {
            remarks.push(("unknown_surface", format!("surface={value}")));
            Surface::Unknown
        })
    });
    let by_track = match tags.find("tracktype") {
        Some("grade1" | "grade2") => Surface::Gravel,
        Some("grade3" | "grade4" | "grade5") => Surface::Rough,
        _ => Surface::Unknown,
    };
    let by_smoothness = match tags.find("smoothness") {
        Some("bad") => Surface::Gravel,
        Some("very_bad" | "horrible" | "very_horrible" | "impassable") => Surface::Rough,
        _ => Surface::Unknown,
    };
    // A track type tells how firm a track is; what it is paved with is told by `surface`. A soft one is rough
    // whatever lies on it.
    let base = match (by_surface, by_track) {
        (Surface::Unknown, by_track) | (_, by_track @ Surface::Rough) => by_track,
        (by_surface, _) => by_surface,
    };
    base.max(by_smoothness)
}

fn surface_of(value: &str) -> Option<Surface> {
    Some(match value {
        "paved"
        | "asphalt"
        | "concrete"
        | "concrete:plates"
        | "concrete:lanes"
        | "paving_stones"
        | "paving_stones:lanes"
        | "sett"
        | "chipseal"
        | "bricks"
        | "brick"
        | "metal"
        | "metal_grid"
        | "wood"
        | "tartan"
        | "rubber"
        | "acrylic"
        | "tiles"
        | "plastic" => Surface::Paved,
        "unpaved" | "gravel" | "fine_gravel" | "compacted" | "pebblestone" | "grass_paver" | "shells" => {
            Surface::Gravel
        }
        "ground" | "dirt" | "earth" | "soil" | "sand" | "mud" | "grass" | "rock" | "rocks" | "stone"
        | "stones" | "cobblestone" | "unhewn_cobblestone" | "woodchips" | "clay" | "ice" | "snow"
        | "stepping_stones" => Surface::Rough,
        _ => return None,
    })
}

/// The greatest weight of a vehicle in whole steps of 100 kg, rounded down; 0 where nothing is said.
/// Tonnes without a unit, as `OpenStreetMap`'s documentation of `maxweight` has it.
fn max_weight(tags: Tags<'_>, remarks: &mut Vec<Cause>) -> u16 {
    let Some(value) = tags.find("maxweight") else { return 0 };
    if let Some(kg) = weight_kg(value) {
        return weight_steps(kg);
    }
    if !matches!(value, "none" | "default" | "no" | "unsigned" | "implicit") {
        remarks.push(("unknown_maxweight", format!("maxweight={value}")));
    }
    0
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range")]
fn weight_steps(kg: f64) -> u16 {
    (kg / 100.0 + 1e-6).floor().clamp(1.0, f64::from(u16::MAX)) as u16
}

/// Kilograms: `3.5`, `3.5 t`, `2000 kg`; short tons `st`, pounds `lbs`.
fn weight_kg(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase().replace(',', ".");
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let number: f64 = number.parse().ok()?;
    let kg = match unit.trim() {
        "" | "t" | "ton" | "tons" | "tonnes" => 1000.0,
        "kg" => 1.0,
        "st" => 907.184_74,
        "lb" | "lbs" => 0.453_592_37,
        "lt" => 1_016.046_908_8,
        _ => return None,
    };
    (number > 0.0 && number.is_finite()).then_some(number * kg)
}

fn ferry_duration(class: RoadClass, tags: Tags<'_>, remarks: &mut Vec<Cause>) -> u32 {
    let Some(value) = tags.find("duration").filter(|_| class == RoadClass::Ferry) else { return 0 };
    duration_s(value).unwrap_or_else(|| {
        remarks.push(("unknown_duration", format!("duration={value}")));
        0
    })
}

/// `15` (minutes), `hh:mm`, `hh:mm:ss` or ISO 8601 (`PT1H15M`), at most a week.
fn duration_s(text: &str) -> Option<u32> {
    const WEEK: u32 = 7 * 24 * 3600;
    let number = |part: &str| part.trim().parse::<u32>().ok().filter(|n| *n <= WEEK);
    let seconds = if let Some(rest) = text.strip_prefix("PT").or_else(|| text.strip_prefix("pt")) {
        iso_seconds(rest)?
    } else {
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            [minutes] => number(minutes)? * 60,
            [hours, minutes] => number(hours)? * 3600 + number(minutes)? * 60,
            [hours, minutes, seconds] => number(hours)? * 3600 + number(minutes)? * 60 + number(seconds)?,
            _ => return None,
        }
    };
    (1..=WEEK).contains(&seconds).then_some(seconds)
}

fn iso_seconds(text: &str) -> Option<u32> {
    let (mut total, mut number) = (0u32, String::new());
    for c in text.chars() {
        if c.is_ascii_digit() && number.len() < 5 {
            number.push(c);
            continue;
        }
        let unit = match c.to_ascii_uppercase() {
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    number.is_empty().then_some(total)
}

/// "Name (ref)", or whichever there is.
fn name(tags: Tags<'_>) -> Option<Box<str>> {
    let name = match (tags.find("name"), tags.find("ref")) {
        (Some(name), Some(number)) => format!("{name} ({number})"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => return None,
    };
    Some(short(&name).into())
}

/// A name, cut where nobody reads on.
pub(in crate::io) fn short(name: &str) -> &str {
    name.char_indices().nth(NAME_CHARS).map_or(name, |(at, _)| &name[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> WayMeaning {
        let tags: Vec<(&str, &str)> = text.split_whitespace().filter_map(|tag| tag.split_once('=')).collect();
        way_meaning(1, Tags(&tags))
    }

    fn road_of(text: &str) -> Road {
        match read(text) {
            WayMeaning::Road(road) => *road,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn classes_and_what_is_no_road() {
        let check = |text: &str, class: RoadClass| assert_eq!(road_of(text).way.class, class, "{text}");
        check("highway=motorway", RoadClass::Motorway);
        check("highway=living_street", RoadClass::LivingStreet);
        check("highway=road", RoadClass::Unclassified);
        check("route=ferry", RoadClass::Ferry);
        check("ferry=yes", RoadClass::Ferry);
        check("highway=path", RoadClass::Path);
        let refused = |text: &str, reason: &str| match read(text) {
            WayMeaning::Refused((why, tag)) => assert_eq!((why, tag.as_str()), (reason, text)),
            other => panic!("{text}: {other:?}"),
        };
        refused("highway=construction", "under_construction");
        refused("highway=proposed", "under_construction");
        refused("highway=abandoned", "abandoned");
        refused("highway=raceway", "not_for_public");
        refused("highway=platform", "other_highway");
        refused("highway=ferry", "other_highway");
        assert_eq!(read("building=yes"), WayMeaning::Other);
        assert_eq!(read("ferry=no"), WayMeaning::Other);
    }

    #[test]
    fn directions() {
        use Direction::{Backward, Both, Forward};
        let check = |text: &str, wanted: Direction| {
            assert_eq!(road_of(&format!("highway={text}")).way.direction, wanted, "{text}");
        };
        check("primary", Both);
        check("primary oneway=yes", Forward);
        check("primary oneway=true", Forward);
        check("primary oneway=1", Forward);
        check("primary oneway=-1", Backward);
        check("primary oneway=reverse", Backward);
        check("motorway", Forward);
        check("motorway_link", Forward);
        check("motorway oneway=no", Both);
        check("motorway oneway=-1", Backward);
        check("tertiary junction=roundabout", Forward);
        check("tertiary junction=circular", Forward);
        check("primary oneway=yes oneway:motor_vehicle=no", Both);
        let reversible = road_of("highway=primary oneway=reversible").way;
        assert_eq!((reversible.direction, reversible.motor), (Both, Access::No));
        let sideways = road_of("highway=primary oneway=sideways");
        assert_eq!(sideways.remarks, [("unknown_oneway", "oneway=sideways".to_owned())]);
        assert_eq!(road_of("highway=steps oneway:foot=-1").way.foot_direction, Backward);
        assert!(road_of("highway=tertiary junction=roundabout").way.is_roundabout);
    }

    #[test]
    fn surfaces() {
        let check = |text: &str, wanted: Surface| {
            assert_eq!(road_of(&format!("highway=track {text}")).way.surface, wanted, "{text}");
        };
        check("", Surface::Unknown);
        check("surface=asphalt", Surface::Paved);
        check("surface=asphalt smoothness=horrible", Surface::Rough);
        check("surface=asphalt tracktype=grade2", Surface::Paved);
        check("surface=gravel tracktype=grade4", Surface::Rough);
        check("surface=compacted", Surface::Gravel);
        check("surface=sand", Surface::Rough);
        check("tracktype=grade1", Surface::Gravel);
        check("tracktype=grade5", Surface::Rough);
        check("smoothness=bad", Surface::Gravel);
        check("surface=asphalt;gravel", Surface::Paved);
        assert_eq!(road_of("highway=track surface=cheese").remarks.len(), 1);
    }

    #[test]
    fn weight_limits_are_tonnes_unless_they_say_otherwise() {
        // 1.99 t is below 2 t: steps are rounded down.
        for (text, wanted) in [
            ("1.5", 15),
            ("1.99", 19),
            ("2", 20),
            ("3,5 t", 35),
            ("900 kg", 9),
            ("2 st", 18),
            ("4400 lbs", 19),
        ] {
            assert_eq!(weight_kg(text).map(weight_steps), Some(wanted), "{text}");
        }
        for (text, wanted, remarks) in [("2.3", 23, 0), ("3.5t", 35, 0), ("none", 0, 0), ("abc", 0, 1)] {
            let road = road_of(&format!("highway=residential maxweight={text}"));
            assert_eq!((road.way.max_weight, road.remarks.len()), (wanted, remarks), "{text}");
        }
    }

    #[test]
    fn ferries_take_the_time_they_state() {
        let check = |text: &str, wanted: Option<u32>| assert_eq!(duration_s(text), wanted, "{text}");
        check("00:15", Some(900));
        check("15", Some(900));
        check("1:20:00", Some(4800));
        check("PT15M", Some(900));
        check("PT1H5M10S", Some(3910));
        check("0", None);
        check("soon", None);
        check("PT5", None);
        check("1:2:3:4", None);
        check("99999999999", None);
        check("999999:00", None);
        assert_eq!(road_of("route=ferry duration=00:15").way.duration_s, 900);
        assert_eq!(road_of("highway=primary duration=00:15").way.duration_s, 0, "only a ferry has one");
    }

    #[test]
    fn services_seasons_and_areas() {
        let access = |text: &str| road_of(text).way.motor;
        assert_eq!(access("highway=service"), Access::Unsaid);
        assert_eq!(access("highway=service service=driveway"), Access::Destination);
        assert_eq!(access("highway=service service=parking_aisle access=yes"), Access::Yes);
        let rescue = road_of("highway=service service=emergency_access").way;
        assert_eq!((rescue.motor, rescue.emergency), (Access::No, Access::Yes));
        let square = road_of("highway=pedestrian area=yes").way;
        assert_eq!((square.motor, square.foot), (Access::No, Access::Unsaid));
        assert_eq!(road_of("highway=track winter_road=yes").way.season, Season::WinterRoad);
        assert_eq!(road_of("highway=track winter_road=yes ice_road=yes").way.season, Season::IceRoad);
        assert!(road_of("highway=track access:conditional=no@winter").is_conditional);
    }

    #[test]
    fn names() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(road_of(&format!("highway=primary {text}")).name.as_deref(), wanted, "{text}");
        };
        check("name=Storgatan ref=E14", Some("Storgatan (E14)"));
        check("name=Storgatan", Some("Storgatan"));
        check("ref=E14", Some("E14"));
        check("", None);
        assert_eq!(short(&"å".repeat(500)).chars().count(), NAME_CHARS);
    }
}
