//! Small texts, and texts that are cut.

use geo::Geometry;

use crate::io::{IoError, LoadOptions, Loaded, guarded, load_bytes};
use crate::lang::{Lang, Said as _};
use crate::model::{Entry, SourcePlace};
use crate::progress::Unwatched;

fn load(name: &str, bytes: &[u8]) -> Result<Loaded, IoError> {
    let place = SourcePlace::File(name.into());
    guarded(name, || load_bytes(place, bytes, &LoadOptions::default(), &Unwatched))
}

fn said(loaded: &Loaded, at: usize, column: &str) -> Option<String> {
    loaded.table.row(&loaded.table.features[at]).get(column).map(Entry::text)
}

fn codes(loaded: &Loaded) -> Vec<(u32, &'static str)> {
    loaded.table.report.refused.iter().map(|refused| (refused.number, refused.reason.code())).collect()
}

const GPX: &str = r#"<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
  <metadata><name>hela</name></metadata>
  <wpt lat="63.1" lon="14.5"><ele>312.5</ele><name>Åre &amp; b&#229;t</name><cmt/></wpt>
  <wpt lat="63.1"><name>b</name></wpt>
  <rte><name>r</name><rtept lat="63" lon="14"/><rtept lat="63" lon="15"/></rte>
  <trk><name>t</name><trkseg><trkpt lat="63" lon="14"/><trkpt lat="63" lon="15"/></trkseg><trkseg><trkpt lat="63" lon="14"/></trkseg></trk>
  <trk><name>tomt</name></trk></gpx>"#;

const KML: &str = r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Karta</name><Style id="x"><IconStyle/></Style>
  <Folder><name>Butiker</name>
    <Placemark id="butik.7"><name>Å</name><description><![CDATA[<b>x</b>]]></description><ExtendedData><Data name="antal"><value>12</value></Data>
      <SchemaData schemaUrl="x"><SimpleData name="kod">0980</SimpleData></SchemaData></ExtendedData><Point><coordinates> 14.5,63.1,0 </coordinates></Point></Placemark></Folder>
  <Placemark><name>yta</name><Polygon><outerBoundaryIs><LinearRing><coordinates>14,63 14,64 15,64 15,63 14,63</coordinates></LinearRing></outerBoundaryIs>
    <innerBoundaryIs><LinearRing><coordinates>14.2,63.2 14.4,63.2 14.4,63.4 14.2,63.2</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>
  <Placemark><MultiGeometry><LineString><coordinates>14,63 15,63</coordinates></LineString><LineString><coordinates>14,63 15,64</coordinates></LineString></MultiGeometry></Placemark>
  <Placemark><name>fel</name><Point><coordinates>14;63</coordinates></Point></Placemark>
  <Placemark><name>ingen</name></Placemark></Document></kml>"#;

#[test]
fn waypoints_routes_and_tracks_are_read() {
    let loaded = load("a.gpx", GPX.as_bytes()).expect("three features");
    assert_eq!(codes(&loaded), [(2, "bad_geometry"), (5, "empty_geometry")]);
    assert_eq!(said(&loaded, 0, "name").as_deref(), Some("Åre & båt"));
    assert_eq!(loaded.table.row(&loaded.table.features[0]).get("ele"), Some(Entry::Real(312.5)));
    assert_eq!(
        (said(&loaded, 1, "gpx").as_deref(), said(&loaded, 2, "name").as_deref()),
        (Some("rte"), Some("t"))
    );
    assert!(matches!(loaded.table.features[2].shape.as_deref(), Some(Geometry::LineString(_))));
}

#[test]
fn placemarks_are_read_whatever_the_encoding_and_packing() {
    let loaded = load("a.kml", KML.as_bytes()).expect("three features");
    assert_eq!(codes(&loaded), [(4, "bad_geometry"), (5, "no_geometry")]);
    let first =
        [("name", "Å"), ("description", "<b>x</b>"), ("antal", "12"), ("kod", "0980"), ("folder", "Butiker")];
    for (column, wanted) in first {
        assert_eq!(said(&loaded, 0, column).as_deref(), Some(wanted), "{column}");
    }
    assert_eq!(said(&loaded, 1, "folder").as_deref(), Some("Karta"));
    assert_eq!(loaded.table.features[0].id.as_deref(), Some("butik.7"));
    assert!(
        matches!(loaded.table.features[1].shape.as_deref(), Some(Geometry::Polygon(area)) if area.interiors().len() == 1)
    );
    assert!(matches!(loaded.table.features[2].shape.as_deref(), Some(Geometry::MultiLineString(_))));
    let latin = KML.replace("\"1.0\"?", "\"1.0\" encoding=\"ISO-8859-1\"?");
    let latin: Vec<u8> = latin.chars().map(|sign| u8::try_from(u32::from(sign)).expect("Latin-1")).collect();
    assert_eq!(said(&load("a.kml", &latin).expect("features"), 0, "name").as_deref(), Some("Å"));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("doc.kml", KML), ("files/x.png", "x")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("written");
    }
    let kmz = zip.finish().expect("finished").into_inner();
    assert_eq!(load("a.kmz", &kmz).expect("features").table.features.len(), 3);
}

#[test]
fn a_text_that_is_cut_is_read_up_to_there() {
    for (name, text) in [("a.gpx", GPX), ("a.kml", KML)] {
        for length in (0..text.len()).filter(|length| text.is_char_boundary(*length)) {
            match load(name, &text.as_bytes()[..length]) {
                Ok(read) => {
                    let remarks = &read.table.report.remarks;
                    assert!(
                        remarks.iter().any(|remark| remark.kind.said(Lang::En).contains("not sound XML")),
                        "{length}"
                    );
                }
                Err(error) => assert!(!matches!(error, IoError::Panicked { .. }), "{length}"),
            }
        }
    }
    let deep = format!("<kml>{}", "<Folder>".repeat(100_000));
    assert!(load("a.kml", deep.as_bytes()).expect_err("deep").to_string().contains("nested"));
    let entities = r#"<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><kml><Placemark><name>&c;</name><Point><coordinates>14,63</coordinates></Point></Placemark></kml>"#;
    assert_eq!(said(&load("a.kml", entities.as_bytes()).expect("a point"), 0, "name"), None);
}
