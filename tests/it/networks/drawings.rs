//! Small networks, each with the trips that tell whether it is understood.
//! A minor road's cell takes 9 s (40 km/h), one of `=` 6 s (60 km/h), a private one 9 s.

use sotplan::model::roads::{Access, Direction, RoadClass, Season, Surface};
use sotplan::model::{Mode, MonthDay, Tracks};
use sotplan::network::NONE;
use sotplan::units::Metres;

use super::ascii::{check, check_times, draw};

#[test]
fn roads_lead_both_ways_and_one_way_roads_one() {
    let map = draw(
        "
A---B---C
|       |
D>>>E---F",
    );
    check(&map, "AC 800 CA 800 AF 1000 FA 1000 DE 400 ED 1600 DA 200");
    check_times(&map, "AC 720 FA 900");
}

#[test]
fn the_oneway_against_its_points() {
    check(&draw("A<<<B"), "BA 400 AB -");
    check(
        &draw(
            "
A-B
v ^
C-D",
        ),
        "AC 200 CA 600 DB 200 BD 600",
    );
}

#[test]
fn the_faster_road_is_not_the_shorter_one() {
    let map = draw(
        "
A----------B
!          !
+==========+",
    );
    check(&map, "AB 1100");
    check_times(&map, "AB 900");
}

#[test]
fn a_roundabout_is_left_where_its_direction_leads() {
    let map = draw(
        "
  N
  |
W<B<E
v   ^
+>S>+",
    );
    check(&map, "NB 200 NW 400 NS 800 NE 1200 WN 1200 EN 400 EB 200 BE 1000");
}

#[test]
fn a_dead_end_is_left_by_turning_round() {
    let map = draw(
        "
A-1-B
  |
  C",
    );
    check(&map, "1A 200 1B 200 AB 400");
    check(&draw("A--B--C").way("BC", |way| way.direction = Direction::Forward), "CA 600");
}

#[test]
fn places_between_points() {
    let map = draw(
        "
A--1---2--B
|         |
C---------D",
    );
    check(&map, "12 400 1A 300 2B 300 1B 700 2A 700 12 400 C1 500");
    check_times(&map, "12 360 21 360");
}

#[test]
fn backwards_on_a_oneway_is_around() {
    let map = draw(
        "
A>1>>2>B
|      |
C------D",
    );
    check(&map, "12 300 21 1500 1A 1600 A2 500 2A 1300 B2 1600");
}

#[test]
fn the_ends_of_oneways_are_their_junctions() {
    // B is where one-way roads begin and end: whichever of them it is put on, all others can be used.
    let map = draw(
        "
A>>B>>C
^  v  v
D<<E<<F",
    );
    check(&map, "BE 200 BC 300 AB 300 CB 1300 EB 800 BA 700 BF 500 BB 0");
    let star = draw(
        "
  A
  v
B>C>D
  v
  E",
    );
    check(&star, "AC 200 BC 200 CD 200 CE 200 AE 400 BD 400 BE 400 DC - AB -");
}

#[test]
fn parallel_ways_and_loops() {
    let parallel = draw("A---B").way("AB", |way| way.limit_forward = 1000).way("AB", |_| {});
    check_times(&parallel, "AB 169 BA 360");
    // A loop that begins and ends in B.
    let map = draw(
        "
A-B1-C
  |  |
  +-2+",
    );
    check(&map, "AB 200 12 500 B2 400");
    let closed = draw(
        "
A-B  C

  E  D",
    )
    .way("BCDEB", |way| way.direction = Direction::Forward);
    check(&closed, "AB 200 AC 500 AE 1000 CB 700 CA 900 EA 400");
    let ring = draw(
        "
A  B

D  C",
    )
    .way("ABCDA", |way| way.direction = Direction::Forward);
    check(&ring, "AB 300 BA 700 AD 800 DA 200 CB 800");
    let joints = draw(
        "
A  B

D  C",
    )
    .way("ABC", |_| {})
    .way("CDA", |_| {});
    check(&joints, "AB 300 AC 500 BD 500");
    assert_eq!(joints.net().network.graph.stretches.len(), 1, "a ring of joints is one stretch");
    check(&draw("A-B").way("AA", |_| {}).way("BAB", |_| {}), "AB 200");
}

#[test]
fn no_length_is_a_length() {
    let map = draw("A--B  C--D").twin('B', 'X').way("BX", |_| {}).way("XC", |_| {});
    check(&map, "AD 900 BC 300 DB 600");
    // Without the way between them the two points do not meet.
    check(&draw("A--B  C--D").twin('B', 'X').way("XC", |_| {}), "CD 300 AD -");
}

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
fn ferries_cross_in_their_time_and_wait_at_landings_only() {
    let map = draw("A--B----C--D");
    let ferry = map.clone().with("BC", |way| {
        way.class = RoadClass::Ferry;
        way.duration_s = 600;
    });
    // 27 s, 5 min waiting, 10 min, 27 s.
    check_times(&ferry, "AD 9540 DA 9540");
    let in_two = draw("A--B--E--C--D").with("BE EC", |way| {
        way.class = RoadClass::Ferry;
        way.duration_s = 300;
    });
    check_times(&in_two, "AD 9540");
    let island = draw(
        "
A--B--E--C--D
      |
      F",
    )
    .with("BE EC", |way| {
        way.class = RoadClass::Ferry;
        way.duration_s = 300;
    });
    check_times(&island, "AF 6450 AD 12540");
    // Without a time: 500 m at 12 km/h.
    let slow = map.clone().with("BC", |way| way.class = RoadClass::Ferry);
    check_times(&slow, "AD 5040");
    // A stated length changes the length, not the timetable.
    let stated = ferry.with("BC", |way| way.stated_length_m = 1000.0);
    check_times(&stated, "AD 9540");
    check(&stated, "AD 1600");
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

#[test]
fn a_limit_counts_with_its_share_and_surfaces_cap() {
    let map = draw("A---------B");
    let limit = map.clone().with("AB", |way| {
        way.limit_forward = 800;
        way.limit_backward = 400;
    });
    // 68 and 34 km/h.
    check_times(&limit, "AB 529 BA 1059");
    check_times(&limit.clone().mode(Mode::Rescue), "AB 481 BA 963");
    check_times(&limit.clone().mode(Mode::Walk), "AB 7200 BA 7200");
    check_times(&limit.clone().with("AB", |way| way.surface = Surface::Gravel), "AB 655 BA 1059");
    check_times(&limit.clone().with("AB", |way| way.surface = Surface::Rough), "AB 1440 BA 1440");
    check_times(&limit.profile(|p| p.limit_share = 1.0), "AB 450 BA 900");
    check_times(&map.profile(|p| p.winter.is_on = true), "AB 1000");
}

#[test]
fn on_foot_both_ways_on_a_oneway() {
    let map = draw("A>>>B").mode(Mode::Walk);
    check(&map, "AB 400 BA 400");
    check(&map.with("AB", |way| way.foot_direction = Direction::Forward), "AB 400 BA -");
    check(&draw("A--B==C").mode(Mode::Walk).with("BC", |way| way.class = RoadClass::Motorway), "AB 300");
}

#[test]
fn one_road_with_several_limits_is_one_stretch() {
    let map = draw("A---B---C---D")
        .with("AB", |way| way.limit_forward = 1000)
        .with("BC", |way| way.limit_backward = 500)
        .with("CD", |way| way.stated_length_m = 800.0);
    let net = map.net();
    let graph = &net.network.graph;
    assert_eq!(graph.stretches.len(), 1);
    assert_eq!(graph.parts.len(), 3);
    check(&map, "AB 400 BC 400 CD 800 AD 1600");
    // 85 km/h; 40; 42.5 back; 40 at twice the length.
    check_times(&map, "AB 169 BA 360 BC 360 CB 339 CD 720 DC 720 AD 1249 DA 1419");
    for (cm, ms) in [(0, (0, 0)), (20_000, (8_471, 18_000)), (60_000, (34_941, 52_941))] {
        let got = graph.ms_along(0, cm);
        assert!(got.0.abs_diff(ms.0) <= 3 && got.1.abs_diff(ms.1) <= 3, "{cm}: {got:?}");
    }
    assert_eq!(graph.way_along(0, 60_000), 1);
    let ways: Vec<u32> = graph.parts.iter().map(|part| part.way).collect();
    assert_eq!(ways, [0, 1, 2]);
}

#[test]
fn another_class_begins_another_stretch() {
    let count = |drawing: &super::ascii::Drawing| drawing.net().network.graph.stretches.len();
    assert_eq!(count(&draw("A--B--C")), 1);
    assert_eq!(count(&draw("A--B==C")), 2);
    assert_eq!(count(&draw("A--B>>C")), 2);
    assert_eq!(count(&draw("A>>B<<C")), 2);
    assert_eq!(count(&draw("A>>B>>C")), 1);
    assert_eq!(count(&draw("A--B--C").barrier('B', &[Mode::Car])), 2);
    assert_eq!(count(&draw("A--B--C").with("BC", |way| way.is_roundabout = true)), 2);
    assert_eq!(count(&draw("A--B--C").with("BC", |way| way.motor = Access::Destination)), 2);
    // Ways drawn against each other.
    assert_eq!(count(&draw("A  B  C").way("AB", |_| {}).way("CB", |_| {})), 1);
}

#[test]
fn a_place_is_put_on_the_nearest_road() {
    let net = draw(
        "
A---------B

    1   2",
    )
    .net();
    let snap = net.snap('1');
    let near = |cm: u32, m: u32| cm.abs_diff(m * 100) <= 2;
    assert!(near(snap.cm, 400) || near(snap.cm, 600), "{snap:?}");
    assert!(near(snap.access_cm, 200));
    assert!(near(net.snap('2').access_cm, 200));
    assert_eq!(net.metres("12"), Some(400));
}

#[test]
fn too_far_from_any_road() {
    let net = draw(&format!("A--B\n{}1\n{}2", "\n".repeat(34), "\n".repeat(60))).net();
    let far = net.try_snap('1').expect_err("beyond 3 km").expect("within 6 km");
    assert!((far.value() - 3_500.0).abs() < 1.0, "{far:?}");
    assert_eq!(net.try_snap('2'), Err(None));
}

#[test]
fn a_connected_road_is_preferred_to_an_island() {
    let map = draw(
        "
A-------B

1
C---D",
    )
    .profile(|p| {
        p.small_piece = Metres::new(700.0);
        p.prefer_connected_within = Metres::new(500.0);
    });
    let net = map.net();
    let class = |at| net.network.graph.stretches[net.snap(at).stretch as usize].cm;
    assert_eq!(class('1') / 1000, 80, "put on the large piece 200 m away");
    let near = map.clone().profile(|p| p.prefer_connected_within = Metres::new(99.0)).net();
    assert_eq!(near.snap('1').access_cm / 1000, 10);
    let large = map.profile(|p| p.small_piece = Metres::new(300.0)).net();
    assert_eq!(large.snap('1').access_cm / 1000, 10, "nothing is small");
    // A road that leads away and never back lies on no piece.
    let sink = draw(
        "
A---B
| C<+
+---+",
    );
    let graph = sink.net().network.graph;
    assert!(graph.stretch_pieces.contains(&NONE) || graph.pieces.len() == 1);
}

#[test]
fn nobody_begins_on_a_motorway_or_a_ferry() {
    let map = draw(
        "
A--B===C
|  1   |
|      |
+------+",
    );
    for class in [RoadClass::Motorway, RoadClass::MotorwayLink, RoadClass::Ferry] {
        let net = map.clone().with("BC", |way| way.class = class).net();
        let snap = net.snap('1');
        assert_ne!(net.network.graph.stretches[snap.stretch as usize].class, class);
        assert!((9_990..10_010).contains(&snap.access_cm), "the corner B is nearest: {snap:?}");
    }
}

#[test]
fn a_cut_leaves_both_halves_to_their_sides() {
    let map = draw(
        "
A-1-x-2-B
|       |
+-------+",
    );
    check(&map, "12 400");
    let cut = map.clone().cut('x', 'x', None);
    check(&cut, "12 1600 1A 200 2B 200 A2 1400 AB 1200 x1 - 1x -");
    // A wider one has taken in a place.
    check(&map.clone().cut('x', '2', None), "12 - 1A 200 A2 - 22 -");
    check(&map.cut('1', '2', None), "AB 1200 A1 - 1A -");
}

#[test]
fn a_cut_on_a_private_road_and_before_a_turn() {
    let map = draw(
        "
A-B~1~x~2~C-D
|           |
+-----------+",
    );
    check(&map.cut('x', 'x', None), "A1 400 12 2400 AD 1600");
    let turn = draw(
        "
     D
     |
A-1x-B--C",
    )
    .turn("AB", 'B', "BC", true);
    check(&turn.clone(), "AD 1300");
    check(&turn.cut('x', 'x', None), "AD - 1A 200 DC 500");
}

#[test]
fn a_slowed_road_takes_longer() {
    let map = draw("A---x---y---B");
    check_times(&map, "AB 1080");
    // A third of it takes three times as long; time is spread evenly over the stretch.
    check_times(&map.clone().cut('x', 'y', Some(3.0)), "AB 1800 Ax 600 xy 600 BA 1800");
    check_times(&map.clone().cut('A', 'B', Some(2.0)), "AB 2160");
    check(&map.cut('A', 'B', Some(2.0)), "AB 1200");
}

#[test]
fn all_closed_is_no_route() {
    let map = draw(
        "
A-x-B
|   |
+-y-+",
    );
    check(&map.cut('x', 'x', None).cut('y', 'y', None), "AB -");
}
