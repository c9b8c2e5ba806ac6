//! Are systems understood as they are written, and their places where PROJ has them?

use super::*;
use crate::geometry::{LonLat, ground_distance};

fn epsg(text: &str) -> Option<u16> {
    stated(text).ok().map(Crs::epsg)
}

#[test]
fn codes_urns_urls_and_names_lead_to_systems() {
    for (text, code) in [
        ("3006", 3006),
        (" EPSG:3006\n", 3006),
        ("epsg:3006", 3006),
        ("EPSG::3006", 3006),
        ("urn:ogc:def:crs:EPSG::3006", 3006),
        ("urn:ogc:def:crs:EPSG:9.8.2:3006", 3006),
        ("urn:x-ogc:def:crs:EPSG:4326", 4326),
        ("http://www.opengis.net/def/crs/EPSG/0/3014", 3014),
        ("https://www.opengis.net/def/crs/EPSG/0/3014", 3014),
        ("http://www.opengis.net/gml/srs/epsg.xml#3006", 3006),
        ("SWEREF 99 TM (EPSG:3006)", 3006),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326),
        ("OGC:CRS84", 4326),
        ("WGS 84", 4326),
        ("GCS_WGS_1984", 4326),
        ("SWEREF99 TM", 3006),
        ("sweref_99_tm", 3006),
        ("SWEREF99TM", 3006),
        ("SWEREF_1999_TM", 3006),
        ("SWEREF99 13 30", 3008),
        ("SWEREF 99 13 30", 3008),
        ("sweref99_13_30", 3008),
        ("SWEREF99 1330", 3008),
        ("SWEREF99_18_00", 3011),
        ("SWEREF99", 4619),
        ("RT90 2.5 gon V", 3021),
        ("RT 90 2,5 gon V", 3021),
        ("RT90 2.5 gon V 0:-15", 3021),
        ("RT90_25_gon_W", 3021),
        ("RT90 5 gon O", 3024),
        ("RT90 5 gon Ö", 3024),
        ("WGS 84 / UTM zone 33N", 32633),
        ("WGS_1984_UTM_Zone_33N", 32633),
        ("ETRS89 / UTM zone 32N", 25832),
        ("ETRS_1989_UTM_Zone_32N", 25832),
        ("ETRS89-extended / LAEA Europe", 3035),
        ("ETRS_1989_LAEA", 3035),
        ("EUREF_FIN_TM35FIN", 3067),
        ("EPSG:2400", 2400),
        ("EPSG:5845", 3006),
        ("EPSG:27700", 27700),
        ("EPSG:102100", 3857),
        ("ESRI:102100", 3857),
        ("102113", 3857),
        ("EPSG:900913", 3857),
        ("EPSG:3785", 3857),
        ("WGS 84 / Pseudo-Mercator", 3857),
    ] {
        assert_eq!(epsg(text), Some(code), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_named_and_never_guessed() {
    for (text, shown) in [
        ("", "“”"),
        ("our own grid", "“our own grid”"),
        ("SWEREF99 12 30", "“SWEREF99 12 30”"),
        ("RT90 3 gon V", "“RT90 3 gon V”"),
        ("EPSG:99999", "EPSG:99999"),
        ("EPSG:4294967295999", "“4294967295999”"),
        ("EPSG:3006-something", "“EPSG:3006-something”"),
        // Known, but nobody says how it lies on the Earth.
        ("EPSG:3027", "EPSG:3027 (RT38 2.5 gon V)"),
        ("EPSG:4807", "EPSG:4807 (NTF (Paris))"),
        ("ESRI:102032", "ESRI:102032"),
        ("103000", "ESRI:103000"),
        ("PROJCS[\"a\"", "“PROJCS[\"a\"”"),
        ("{\"type\":\"ProjectedCRS\"}", "{\"type\":\"ProjectedCRS\"}"),
    ] {
        assert_eq!(stated(text).map_err(|error| error.to_string()), Err(shown.to_owned()), "{text}");
    }
}

/// A text of each kind by PROJ, which a test changes.
fn sweref99_tm(of: &str) -> String {
    match of {
        "esri" => r#"PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
        "1" => r#"PROJCS["SWEREF99 TM",GEOGCS["SWEREF99",DATUM["SWEREF99",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6619"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4619"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",15],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","3006"]]"#,
        "2" => r#"PROJCRS["SWEREF99 TM",BASEGEOGCRS["SWEREF99",DATUM["SWEREF99",ELLIPSOID["GRS 1980",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4619]],CONVERSION["SWEREF99 TM",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",15,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1],ID["EPSG",8805]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",0,LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["northing (N)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (E)",east,ORDER[2],LENGTHUNIT["metre",1]],USAGE[SCOPE["Topographic mapping (medium and small scale)."],AREA["Sweden - onshore and offshore."],BBOX[54.96,10.03,69.07,24.17]],ID["EPSG",3006]]"#,
        _ => r#"{"type":"ProjectedCRS","name":"SWEREF99 TM","base_crs":{"name":"SWEREF99","datum":{"type":"GeodeticReferenceFrame","name":"SWEREF99","ellipsoid":{"name":"GRS 1980","semi_major_axis":6378137,"inverse_flattening":298.257222101}},"coordinate_system":{"subtype":"ellipsoidal","axis":[]},"id":{"authority":"EPSG","code":4619}},"conversion":{"name":"SWEREF99 TM","method":{"name":"Transverse Mercator","id":{"authority":"EPSG","code":9807}},"parameters":[{"name":"Latitude of natural origin","value":0,"unit":"degree"},{"name":"Longitude of natural origin","value":15,"unit":"degree"},{"name":"Scale factor at natural origin","value":0.9996,"unit":"unity"},{"name":"False easting","value":500000,"unit":"metre"},{"name":"False northing","value":0,"unit":"metre"}]},"coordinate_system":{"subtype":"Cartesian","axis":[{"name":"Northing","abbreviation":"N","direction":"north","unit":"metre"},{"name":"Easting","abbreviation":"E","direction":"east","unit":"metre"}]},"id":{"authority":"EPSG","code":3006}}"#,
    }
    .to_owned()
}

#[test]
fn well_known_text_and_projjson_are_understood_by_number_name_and_numbers() {
    for of in ["esri", "1", "2", "json"] {
        let text = sweref99_tm(of);
        assert_eq!(epsg(&text), Some(3006), "{of}");
        // Without its number, by the name; without the name too, by its numbers and datum.
        let unnumbered = text
            .replace(",AUTHORITY[\"EPSG\",\"3006\"]", "")
            .replace(",ID[\"EPSG\",3006]", "")
            .replace(",\"id\":{\"authority\":\"EPSG\",\"code\":3006}", "");
        assert_eq!(epsg(&unnumbered), Some(3006), "{of} by name");
        let unnamed = unnumbered
            .replace("PROJCS[\"SWEREF99_TM\"", "PROJCS[\"kartan\"")
            .replace("PROJCS[\"SWEREF99 TM\"", "PROJCS[\"kartan\"")
            .replace("PROJCRS[\"SWEREF99 TM\"", "PROJCRS[\"kartan\"")
            .replace("\"ProjectedCRS\",\"name\":\"SWEREF99 TM\"", "\"ProjectedCRS\",\"name\":\"kartan\"");
        assert!(unnamed.contains("kartan"));
        assert_eq!(epsg(&unnamed), Some(3006), "{of} by numbers");
        // Its numbers are those of no system: nothing is guessed from what is near.
        let moved = unnamed.replace("500000", "500001");
        assert_eq!(epsg(&moved), None, "{of}");
    }
    let geographic = r#"GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    assert_eq!(epsg(geographic), Some(4619));
    let mercator = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0],AUTHORITY["ESRI","102100"]]"#;
    assert_eq!(epsg(mercator), Some(3857));
    let rt90 = r#"PROJCS["RT90_25_gon_V",GEOGCS["GCS_RT_1990",DATUM["D_RT_1990",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",1500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.8082777777778],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    assert_eq!(epsg(rt90), Some(3021));
    let heights = format!(
        r#"COMPD_CS["med höjd",{},VERT_CS["RH2000 height",VERT_DATUM["Rikets hojdsystem 2000",2005],UNIT["metre",1]]]"#,
        sweref99_tm("1")
    );
    assert_eq!(epsg(&heights), Some(3006));
}

#[test]
fn a_text_whose_number_or_name_contradicts_its_numbers_is_not_believed() {
    for of in ["1", "2", "json", "esri"] {
        let text = sweref99_tm(of);
        let meridian = text
            .replace("entral_meridian\",15", "entral_meridian\",16.5")
            .replace("entral_Meridian\",15.0", "entral_Meridian\",16.5")
            .replace("natural origin\",15", "natural origin\",16.5")
            .replace("natural origin\",\"value\":15", "natural origin\",\"value\":16.5");
        let error = stated(&meridian).expect_err("another meridian").to_string();
        assert!(error.contains("SWEREF") && error.contains("16.5"), "{error}");
    }
    let feet = sweref99_tm("1").replace("UNIT[\"metre\",1,", "UNIT[\"foot\",0.3048,");
    assert!(stated(&feet).is_err());
    let bessel = sweref99_tm("esri").replace("6378137.0,298.257222101", "6377397.155,299.1528128");
    assert!(stated(&bessel).is_err());
    assert!(stated(r#"LOCAL_CS["SWEREF99 TM",UNIT["Meter",1.0]]"#).is_err());
}

#[test]
fn every_system_agrees_with_proj_both_ways() {
    let rows = include_str!("reference.txt").lines().filter(|line| !line.starts_with('#'));
    let mut systems = std::collections::BTreeSet::new();
    for row in rows {
        let (code, row) = row.split_once(' ').expect("a code first");
        let numbers: Vec<f64> = row.split_whitespace().map(|word| word.parse().expect("a number")).collect();
        let [lon, lat, x, y, near] = numbers[..] else { panic!("{row}") };
        let code: u16 = code.parse().expect("a code");
        let crs = Crs::try_from(code).expect("a system");
        let place = LonLat::new(lon, lat);
        let (e, n) = crs.from_wgs84(place).expect("inside the projection");
        let apart = if crs.is_degrees() {
            ground_distance(LonLat::new(e, n), LonLat::new(x, y)).value()
        } else {
            (e - x).hypot(n - y)
        };
        assert!(apart <= near, "{row}: {e} {n} is {apart} m off");
        let back = Reprojection::new(crs).lon_lat(x, y).expect("inside the projection");
        let apart = ground_distance(back, place).value();
        assert!(apart <= near, "{row}: {back:?} is {apart} m off");
        let plane = Reprojection::new(crs).plane_from_source(x, y).expect("inside the projection");
        let there = Reprojection::new(Crs::Wgs84).plane(place).expect("inside the projection");
        assert!(plane.distance(there).value() <= near * 1.1, "{row}: in the plane");
        systems.insert(code);
    }
    let all: Vec<u16> = Crs::all().into_iter().map(Crs::epsg).filter(|code| *code != 4326).collect();
    assert!(all.iter().all(|code| systems.contains(code)), "{all:?}");
}

#[test]
fn every_system_that_is_computed_has_a_definition_and_comes_back() {
    let computed: Vec<Crs> = known::all().iter().filter_map(|known| Crs::try_from(known.code).ok()).collect();
    assert!(computed.len() > 900, "{}", computed.len());
    for crs in computed {
        let place = LonLat::new(16.0, 58.0);
        let there = Reprojection::new(crs);
        // Far zones have no answer here, or one that is far off; but never a wrong one within a kilometre.
        let back = there.source_from_wgs84(place).and_then(|(x, y)| there.lon_lat(x, y));
        let apart = back.map_or(0.0, |back| ground_distance(back, place).value());
        assert!(!(1.0..=1000.0).contains(&apart), "{}: {apart} m", crs.name());
        assert_eq!(Crs::try_from(u16::from(crs)), Ok(crs));
    }
}

#[test]
fn a_transformation_says_how_good_it_is() {
    let of = |code| Crs::try_from(code).expect("a system").accuracy_m();
    assert_eq!((of(3006), of(25833), of(4326), of(3857)), (None, None, None, None));
    assert_eq!((of(3021), of(4124), of(23033)), (Some(0.1), Some(0.1), Some(10.0)));
}
