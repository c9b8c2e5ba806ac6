//! On which road is a place put, and what does a cut leave of it?

use super::*;

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
