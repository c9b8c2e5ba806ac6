//! Who may pass where? Barriers, private roads, bans, forbidden turns, seasons.

use super::*;

#[test]
fn barriers_stop_whom_they_stop() {
    let map = draw(
        "
A1-B-2C
|     |
+-----+",
    );
    let bollard = map.clone().barrier('B', &[Mode::Car, Mode::Rescue]);
    check(&map, "12 400");
    check(&bollard, "12 1200 1A 100");
    check(&bollard.clone().mode(Mode::Rescue), "12 1200");
    check(&bollard.mode(Mode::Walk), "12 400");
    check(&map.barrier('B', &[Mode::Car]).mode(Mode::Rescue), "12 400");
    // In the middle of a way, and at a crossing.
    let inner = draw("A  B  C").way("ABC", |_| {}).barrier('B', &[Mode::Car]);
    check(&inner, "AC -");
    let crossing = draw(
        "
   D
   2
   |
A1-B3-C
   |
   E",
    );
    check(&crossing.barrier('B', &[Mode::Car]), "1A 100 12 - 13 - 23 - 3C 200");
}

#[test]
fn private_roads_are_not_passed_through() {
    let map = draw(
        "
A-B~1~~2~C-D
| :      | |
| 3      | |
| E      | |
+--------+-+",
    );
    // Around: A, down 400, right 900, up 400.
    check(&map, "AD 1900 A1 400 1A 400 2D 400 12 300 1D 700 3A 400 3E 100");
    check(&map.clone().mode(Mode::Walk), "AD 1100");
    check(&map.mode(Mode::Rescue), "AD 1100");
}

#[test]
fn a_private_road_that_alone_connects_is_used() {
    check(&draw("A--B~~C--D"), "AD 900 DA 900");
    // Two private roads side by side between two parts: both are free.
    let map = draw(
        "
A-B~~C-D
  :  :
  +~~+",
    );
    check(&map, "AD 700");
    check(&draw("A~~B~~C"), "AC 600");
}

#[test]
fn from_one_private_road_to_another() {
    let map = draw(
        "
A--B--C--D
:     :
1     2
+~~3~~+",
    );
    check(&map, "12 800 13 400 3B 900 AC 600 BD 600 1D 1100");
}

#[test]
fn a_forest_track_is_for_those_who_live_there() {
    let map = draw(
        "
A-B-1-C-D
  |   |
  |   |
  +---+",
    )
    .with("BC", |way| way.class = RoadClass::Track);
    // No sign opens it to cars, so it is no road for them unless the user says so.
    check(&map, "AD 1400 A1 200");
    let map = map.profile(|p| p.tracks = Tracks::Firm);
    check(&map, "AD 1400 A1 200");
    check(&map.clone().with("BC", |way| way.surface = Surface::Gravel), "AD 1400 A1 400");
    let map = map.profile(|p| p.tracks = Tracks::All);
    check(&map, "AD 1400 A1 400");
    check(&map.clone().with("BC", |way| way.motor = Access::Yes), "AD 800");
    check(&map.clone().mode(Mode::Rescue), "AD 800");
    let without = map.profile(|p| {
        p.speeds_kmh.insert(RoadClass::Track, 0.0);
    });
    assert_eq!(
        without.net().network.graph.stretches.iter().filter(|s| s.class == RoadClass::Track).count(),
        0
    );
}

#[test]
fn forbidden_and_closed_to_cars() {
    let map = draw(
        "
A--B--C
|     |
+-----+",
    );
    let no = map.clone().with("BC", |way| way.motor = Access::No);
    check(&no, "AB 300 BA 300");
    check(&no.clone().mode(Mode::Walk), "BC 300");
    check(&no.with("BC", |way| way.emergency = Access::Yes).mode(Mode::Rescue), "BC 300");
    let cycleway = map.with("BC", |way| way.class = RoadClass::Cycleway);
    check(&cycleway, "AB 300");
    // Allowed by the file: at walking pace, 300 m at 5 km/h.
    let short = draw("A--B--C").with("BC", |way| way.class = RoadClass::Cycleway);
    check_times(&short.with("BC", |way| way.motor = Access::Yes), "BC 2160");
}

#[test]
fn forbidden_turns() {
    let map = draw(
        "
   D
   |
A1-B--C
   |  |
   E--F",
    );
    check(&map, "AD 500 AE 500");
    // The turn may be made after turning round in D.
    check(&map.clone().turn("AB", 'B', "BE", false), "AE 900 AD 500 AC 600 1E 800 DE 400 EA 500");
    check(&map.clone().turn("AB", 'B', "BC", true), "AC 600 AD 1500 1D 1400 AE 1100 DE 400");
    // Two turns that are the only ones: either.
    let either = map.clone().turn("AB", 'B', "BC", true).turn("AB", 'B', "BE", true);
    check(&either, "AC 600 AE 500 AD 1500");
    // A restriction to a way that is not there for cars is no restriction.
    let no_way = map.with("BC", |way| way.motor = Access::No).turn("AB", 'B', "BC", true);
    check(&no_way, "AD 500");
}

#[test]
fn a_forbidden_turn_ends_on_the_forbidden_way() {
    let map = draw(
        "
   D
   |
A1-B2-C
   |  |
   +--+",
    )
    .turn("AB", 'B', "BC", false);
    // Round the block from below, or back and forth in D.
    check(&map, "12 700 1D 400 D2 300 1A 100 AC 1000");
}

#[test]
fn no_turning_round() {
    let map = draw(
        "
A1-B--C
   |
   D",
    )
    .turn("AB", 'B', "AB", false);
    check(&map, "AC 600 AD 500 1A 100");
    // The same where the way goes on through the point: only turning round is forbidden.
    let through = draw(
        "
A1 B  C
   |
   D",
    )
    .way("ABC", |_| {})
    .turn("AC", 'B', "AC", false);
    check(&through, "AC 600 CA 600 AD 500 1A 100");
}

#[test]
fn winter_and_ice_roads_in_their_season() {
    let map = draw(
        "
A-B----C-D
  |    |
  |    |
  +----+",
    );
    for season in [Season::WinterRoad, Season::IceRoad] {
        let map = map.clone().with("BC", |way| way.season = season);
        check(&map, "AD 1500");
        let winter = map.profile(|p| p.winter.is_on = true);
        check(&winter, "AD 900");
        let summer = winter.clone().profile(|p| p.winter.day = Some(MonthDay { month: 7, day: 1 }));
        check(&summer, "AD 1500");
        // 36 km/h on the winter road, 30 on ice.
        let ice = season == Season::IceRoad;
        check_times(&winter, if ice { "BC 600" } else { "BC 500" });
    }
}
