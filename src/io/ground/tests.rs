//! Is the map that is built in whole and right? Areas in degrees, longitudes at half their length.

use std::collections::BTreeSet;

use geo::orient::{Direction, Orient as _};
use geo::{Area as _, Contains as _, Point, Validation as _};

use rayon::prelude::*;

use super::*;

/// All shapes but countries: rings of ten thousand points take their time, and the generator looks at those.
fn shapes(ground: &Ground) -> Vec<(&str, &MultiPolygon)> {
    let regions = ground.municipalities.iter().chain(&ground.counties);
    let regions = regions.flat_map(|one| [(one.name.as_str(), &one.shape), (&one.name, &one.area)]);
    let lakes = ground.lakes.iter().map(|lake| (lake.name.as_deref().unwrap_or_default(), &lake.shape));
    regions.chain(lakes).collect()
}

#[test]
fn it_is_small_and_read_whole() {
    assert!(PACKED.len() < 1_500_000, "{} bytes", PACKED.len());
    decoded(PACKED).expect("the asset of this version");
    assert!(decoded(&PACKED[..1_000]).is_err(), "half an asset is none");
}

#[test]
fn regions_are_those_of_sweden() {
    for ground in [ground(), coarse_ground()] {
        let codes: BTreeSet<&str> = ground.municipalities.iter().map(|one| one.code.as_str()).collect();
        let names: BTreeSet<&str> = ground.municipalities.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((ground.municipalities.len(), codes.len(), names.len()), (290, 290, 290));
        assert!(codes.iter().all(|code| code.len() == 4));
        let counties: BTreeSet<&str> = ground.counties.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((ground.counties.len(), counties.len()), (21, 21));
        let of_municipalities: BTreeSet<&str> = codes.iter().map(|code| &code[..2]).collect();
        assert_eq!(of_municipalities, counties);
        assert!(ground.counties.iter().all(|one| one.name.ends_with(" län")));
    }
}

/// Polygon by polygon: that those of one shape lie apart is asked below.
#[test]
fn every_polygon_is_valid_and_outer_rings_run_counter_clockwise() {
    shapes(ground()).into_par_iter().for_each(|(name, shape)| {
        assert!(!shape.0.is_empty(), "{name} is empty");
        for polygon in shape {
            assert!(polygon.is_valid(), "{name}: {:?}", polygon.validation_errors());
            assert_eq!(&polygon.orient(Direction::Default), polygon, "{name}");
        }
    });
}

#[test]
fn coarse_shapes_are_about_as_large() {
    for (fine, coarse) in ground().municipalities.iter().zip(&coarse_ground().municipalities) {
        assert_eq!(fine.code, coarse.code);
        assert!(!coarse.shape.0.is_empty(), "{}", fine.name);
        let area = fine.area.unsigned_area();
        // 0.06 square degrees are some 350 km²; the smallest of all has 9.
        let may_differ = if area < 0.06 { 0.4 } else { 0.1 };
        assert!((coarse.area.unsigned_area() / area - 1.0).abs() < may_differ, "{}", fine.name);
    }
}

/// Shapes of one sort lie side by side: the union of all is as large as all of them together.
fn assert_no_overlap(shapes: &[&MultiPolygon], what: &str) {
    let apart: f64 = shapes.iter().map(|shape| shape.unsigned_area()).sum();
    let together = geo::unary_union(shapes.iter().copied()).unsigned_area();
    assert!((apart / together - 1.0).abs() < 1e-6, "{what}: {apart} {together}");
}

#[test]
fn shapes_of_one_sort_do_not_overlap() {
    let ground = ground();
    let municipalities = &ground.municipalities;
    assert_no_overlap(&municipalities.iter().map(|one| &one.shape).collect::<Vec<_>>(), "municipalities");
    assert_no_overlap(&municipalities.iter().map(|one| &one.area).collect::<Vec<_>>(), "their waters");
    assert_no_overlap(&ground.counties.iter().map(|one| &one.shape).collect::<Vec<_>>(), "counties");
    assert_no_overlap(&ground.land.iter().map(|country| &country.shape).collect::<Vec<_>>(), "countries");
}

#[test]
fn sweden_is_its_municipalities() {
    let ground = ground();
    let sweden = ground.land.iter().find(|country| country.iso == "SE").expect("Sweden");
    let parts: f64 = ground.municipalities.iter().map(|one| one.shape.unsigned_area()).sum();
    assert!((parts / sweden.shape.unsigned_area() - 1.0).abs() < 1e-6);
    let counties: f64 = ground.counties.iter().map(|one| one.shape.unsigned_area()).sum();
    assert!((parts / counties - 1.0).abs() < 1e-6);
}

#[test]
fn places_lie_in_their_municipality() {
    let places = [
        (14.6358, 63.1767, "2380"), // Östersund
        (13.0813, 63.3990, "2321"), // Åre
        (14.1484, 64.5043, "2313"), // Gäddede, Strömsund
        (18.0649, 59.3326, "0180"), // Stockholm
        (17.9719, 59.3610, "0183"), // Sundbyberg
        (11.9668, 57.7072, "1480"), // Göteborg
        (13.0038, 55.6050, "1280"), // Malmö
        (18.2948, 57.6348, "0980"), // Visby
        (19.1480, 57.9130, "0980"), // Fårö
        (20.2253, 67.8558, "2584"), // Kiruna
        (24.1310, 65.8350, "2583"), // Haparanda
        (17.3063, 62.3908, "2281"), // Sundsvall
        (11.6480, 57.7120, "1407"), // Öckerö
        (18.9330, 59.2900, "0120"), // Sandhamn, Värmdö
        (13.0069, 60.1340, "1737"), // Torsby
    ];
    for (lon, lat, code) in places {
        let here = Point::new(lon, lat);
        let found: Vec<&str> = ground()
            .municipalities
            .iter()
            .filter(|one| one.area.contains(&here))
            .map(|one| one.code.as_str())
            .collect();
        assert_eq!(found, [code], "{lon} {lat}");
    }
}

#[test]
fn names_stand_on_their_own_land() {
    let ground = ground();
    for region in ground.municipalities.iter().chain(&ground.counties) {
        let here = Point::new(region.label_at.lon, region.label_at.lat);
        assert!(region.shape.contains(&here), "{}", region.name);
        assert!(!ground.lakes.iter().any(|lake| lake.shape.contains(&here)), "{} is in a lake", region.name);
    }
}

#[test]
fn borders_are_of_four_sorts_and_none_is_the_edge_of_the_map() {
    let borders = &ground().borders;
    for lines in [&borders.coast, &borders.countries, &borders.counties, &borders.municipalities] {
        assert!(lines.len() > 20);
    }
    let is_edge =
        |line: &LineString| line.0.iter().all(|c| (c.y - 50.0).abs() < 1e-6 || (c.x - 48.0).abs() < 1e-6);
    assert!(!borders.coast.iter().any(is_edge));
}

#[test]
fn both_languages_say_the_sources() {
    for lang in [Lang::Sv, Lang::En] {
        assert!(
            sources(lang).contains("Natural Earth") && sources(lang).contains(&DIVISION_SINCE.to_string())
        );
    }
    assert!(ground().land.iter().all(|country| !country.name(Lang::Sv).is_empty()));
}
