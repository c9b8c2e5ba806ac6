use super::*;

#[test]
fn names_lead_to_systems() {
    let wgs84 = Ok(Crs::Wgs84);
    assert_eq!(stated("urn:ogc:def:crs:OGC:1.3:CRS84"), wgs84);
    assert_eq!(stated("EPSG:4326"), wgs84);
    assert_eq!(stated("urn:ogc:def:crs:EPSG::3006"), Ok(Crs::Sweref99Tm));
    assert_eq!(stated("http://www.opengis.net/def/crs/EPSG/0/3014"), Ok(Crs::Sweref99Zone(3014)));
    assert_eq!(stated("EPSG:2400").map(Crs::epsg), Ok(2400));
    assert!(stated("my own grid").is_err());
    for text in ["SWEREF99 13 30", "SWEREF 99 13 30", "sweref99_13_30", "SWEREF99 1330"] {
        assert_eq!(stated(text), Ok(Crs::Sweref99Zone(3008)), "{text}");
    }
    assert_eq!(stated("SWEREF99 TM"), Ok(Crs::Sweref99Tm));
    assert!(stated("SWEREF99 12 30").is_err());
    assert_eq!(stated("WGS 84"), wgs84);
    assert_eq!(stated("WGS 84 / UTM zone 33N").map(Crs::epsg), Ok(32633));
    assert_eq!(stated("RT90 2.5 gon V").map(Crs::epsg), Ok(3021));
}
