//! Small networks, each with the trips that tell whether it is understood.
//! A minor road's cell takes 9 s (40 km/h), one of `=` 6 s (60 km/h), a private one 9 s.

mod permissions;
mod places;

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
