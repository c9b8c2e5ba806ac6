//! Which small sound files does breaking begin with? Made by code, by the program's own writers where there are some.

use std::path::Path;

use sotplan::app::load::with_layers;
use sotplan::geometry::Crs;
use sotplan::io::{LoadOptions, Loaded, WriteOptions, load_bytes, project_file, write_layer};
use sotplan::model::{Project, SourcePlace};
use sotplan::progress::Unwatched;

use super::readers::{PART, packed};

#[path = "../src/io/osm/tests/encoder.rs"]
#[allow(dead_code, reason = "the reader's own tests use more of it")]
pub mod encoder;

/// Sound files of the reader called so.
pub fn seeds(reader: &str) -> Vec<Vec<u8>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match reader {
        "geojson" => texts(&[SHAPES, LINES, OLD]),
        "relatives" => texts(&[ESRI, OVERPASS, TOPOLOGY, UMAP]),
        "gpkg" => [POINTS, SHAPES].map(|text| written("a.gpkg", text)).into(),
        "shapefile" => vec![shapefile(), shapefile_of_areas()],
        "flatgeobuf" => [POINTS, SHAPES].map(|text| written("a.fgb", text)).into(),
        "marks" => texts(&[GPX, KML]),
        "zip" => {
            let geojson = format!("{PART}a.geojson\n{POINTS}{PART}b.csv\n{CSV}");
            vec![packed(geojson.as_bytes()), packed(&shapefile())]
        }
        "csv" => texts(&[CSV, WKT, CELLS]),
        "xlsx" => vec![workbook()],
        "osm_xml" => texts(&[OSM]),
        "osm_pbf" => vec![encoder::fixture(false), encoder::fixture(true)],
        "project" => vec![saved()],
        "crs" => texts(&CRS),
        _ => Vec::new(),
    }
}

#[allow(dead_code, reason = "for the fuzz targets alone")]
/// Puts them into the folder that the fuzzer is told first, its corpus.
pub fn sow(reader: &str) {
    let folder = std::env::args().skip(1).map(std::path::PathBuf::from).find(|path| path.is_dir());
    let Some(folder) = folder else { return };
    for (number, seed) in seeds(reader).into_iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number}")), seed).expect("written");
    }
}

fn loaded(text: &str) -> Loaded {
    let place = SourcePlace::File("a.geojson".into());
    load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched).expect("a sound seed")
}

/// What the program writes in the format that a name tells.
fn written(name: &str, text: &str) -> Vec<u8> {
    in_folder(name, |path| {
        let options = WriteOptions { crs: Some(Crs::Sweref99Tm), ..WriteOptions::default() };
        write_layer(path, &loaded(text), &options).expect("written");
    })
}

fn saved() -> Vec<u8> {
    let project = with_layers(&Project::default(), vec![loaded(POINTS)]);
    in_folder("p.gpkg", |path| project_file::save(path, &project).expect("saved"))
}

fn in_folder(name: &str, write: impl FnOnce(&Path)) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    write(&path);
    std::fs::read(path).expect("a file")
}

fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let part = |(name, bytes): &(&str, &[u8])| [PART.as_bytes(), name.as_bytes(), b"\n", bytes].concat();
    parts.iter().flat_map(part).collect()
}

/// The head of shapes and of their index; lengths count words of two bytes.
fn head(bytes: usize, kind: i32) -> Vec<u8> {
    let mut out = 9994i32.to_be_bytes().to_vec();
    out.extend([0; 20]);
    out.extend(u32::try_from(bytes / 2).expect("short").to_be_bytes());
    out.extend(1000i32.to_le_bytes());
    out.extend(kind.to_le_bytes());
    for side in [500_000.0f64, 7_000_000.0, 500_009.0, 7_000_009.0] {
        out.extend(side.to_le_bytes());
    }
    out.extend([0; 32]);
    out
}

/// Shapes of records, with their index.
fn shapes(kind: i32, records: &[Vec<u8>]) -> (Vec<u8>, Vec<u8>) {
    let (mut body, mut index) = (Vec::new(), Vec::new());
    for (number, record) in (1u32..).zip(records) {
        let length = u32::try_from(record.len() / 2).expect("short").to_be_bytes();
        index.extend(u32::try_from(50 + body.len() / 2).expect("short").to_be_bytes());
        index.extend(length);
        body.extend(number.to_be_bytes());
        body.extend(length);
        body.extend(record);
    }
    let with_head = |body: Vec<u8>| [head(100 + body.len(), kind), body].concat();
    (with_head(body), with_head(index))
}

/// A table beside shapes: a text and a number a row.
fn table(rows: &[&str]) -> Vec<u8> {
    let mut out = vec![3, 124, 5, 17];
    out.extend(u32::try_from(rows.len()).expect("few").to_le_bytes());
    out.extend([97, 0, 17, 0]);
    out.extend([0; 20]);
    for (name, kind, length, digits) in [(b"NAMN", b'C', 10u8, 0), (b"TAL\0", b'N', 6, 1)] {
        out.extend(name);
        out.extend([0; 7]);
        out.extend([kind, 0, 0, 0, 0, length, digits]);
        out.extend([0; 14]);
    }
    out.push(0x0d);
    for row in rows {
        out.extend(format!(" {row:10}  12.5").as_bytes());
    }
    out.push(0x1a);
    out
}

fn shapefile() -> Vec<u8> {
    let point = |at: f64| {
        let numbers = [500_000.0 + at, 7_000_000.0 + at];
        [1i32.to_le_bytes().to_vec(), numbers.iter().flat_map(|number| number.to_le_bytes()).collect()]
            .concat()
    };
    let (shp, shx) = shapes(1, &[point(0.0), point(5.0), 0i32.to_le_bytes().to_vec()]);
    let dbf = table(&["Mo", "Vik", "By"]);
    parts(&[("a.shp", &shp), ("a.shx", &shx), ("a.dbf", &dbf), ("a.prj", PRJ.as_bytes()), ("a.cpg", b"1252")])
}

fn shapefile_of_areas() -> Vec<u8> {
    let square = |from: f64, to: f64, is_back: bool| {
        let mut ring = vec![(from, from), (from, to), (to, to), (to, from), (from, from)];
        if is_back {
            ring.reverse();
        }
        ring.into_iter().flat_map(|(x, y)| [500_000.0 + x, 7_000_000.0 + y])
    };
    let mut record = 5i32.to_le_bytes().to_vec();
    for side in [500_000.0f64, 7_000_000.0, 500_009.0, 7_000_009.0] {
        record.extend(side.to_le_bytes());
    }
    for number in [2i32, 10, 0, 5] {
        record.extend(number.to_le_bytes());
    }
    let rings = square(0.0, 9.0, false).chain(square(2.0, 4.0, true));
    rings.for_each(|number| record.extend(number.to_le_bytes()));
    let (shp, shx) = shapes(5, &[record]);
    parts(&[("a.shp", &shp), ("a.shx", &shx), ("a.dbf", &table(&["Sjö"]))])
}

fn workbook() -> Vec<u8> {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D3"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c><c r="C1" t="str"><v>y</v></c><c r="D1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>500000</v></c><c r="C2"><v>7000000</v></c><c r="D2" s="1"><v>45000</v></c></row>
<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="str"><v>500 100,5</v></c><c r="C3"><f>1+1</f><v>7.0001e6</v></c><c r="D3" t="e"><v>#N/A</v></c></row>
</sheetData><mergeCells count="1"><mergeCell ref="A1:A1"/></mergeCells></worksheet>"#;
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>namn</t></si><si><r><t>da</t></r><r><t>g</t></r></si><si><t>Åre</t></si></sst>"#;
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="0"/><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let of_package = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let of_book = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    parts(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", of_package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

const POINTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","properties":{"namn":"Åre","tal":5,"del":0.5,"ja":true},"geometry":{"type":"Point","coordinates":[14.1,63.1]}},
{"type":"Feature","properties":{"namn":null,"tal":-7},"geometry":{"type":"Point","coordinates":[14.2,63.2]}}]}"#;

const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kod":"2321"},"geometry":{"type":"Polygon","coordinates":[[[14.1,63.1],[14.3,63.1],[14.3,63.2],[14.1,63.2],[14.1,63.1]],[[14.15,63.12],[14.15,63.15],[14.2,63.15],[14.15,63.12]]]}},
{"type":"Feature","properties":{"kod":1},"geometry":{"type":"MultiPolygon","coordinates":[[[[14.1,63.1],[14.3,63.1],[14.3,63.2],[14.1,63.1]]]]}},
{"type":"Feature","properties":{"kod":{"a":[1]}},"geometry":{"type":"LineString","coordinates":[[14.1,63.1],[14.2,63.1,5]]}},
{"type":"Feature","properties":null,"geometry":{"type":"MultiPoint","coordinates":[[14.1,63.1],[14.2,63.1]]}},
{"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[14.1,63.1]}]}}]}"#;

const LINES: &str = "\u{1e}{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":{\"type\":\"Point\",\"coordinates\":[14.1,63.1]}}\n\u{1e}{\"type\":\"Feature\",\"properties\":{\"a\":\"\\u00e5\"},\"geometry\":null}\n{\"type\":\"Point\",\"coordinates\":[14,63]}\n";

const OLD: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[{"type":"Feature","properties":{"beftotalt":4},"geometry":{"type":"MultiLineString","coordinates":[[[500000,7000000],[500010,7000000]]]}}]}"#;

const ESRI: &str = r#"{"geometryType":"esriGeometryPolygon","objectIdFieldName":"OBJECTID","spatialReference":{"wkid":102100,"latestWkid":3006},"exceededTransferLimit":true,"fields":[{"name":"OBJECTID","type":"esriFieldTypeOID"},{"name":"dag","type":"esriFieldTypeDate"}],"features":[
{"attributes":{"OBJECTID":7,"namn":"Åre","dag":1715904000000},"geometry":{"rings":[[[500000,7000000],[500000,7000010],[500010,7000010],[500010,7000000],[500000,7000000]],[[500002,7000002],[500004,7000002],[500004,7000004],[500002,7000002]]]}},
{"attributes":{"OBJECTID":8},"geometry":{"x":500000,"y":7000000}},{"attributes":{"OBJECTID":9},"geometry":{"paths":[[[500000,7000000,3],[500010,7000000,3]]]}},{"attributes":{},"geometry":{"points":[[500000,7000000]]}}]}"#;

const OVERPASS: &str = r#"{"version":0.6,"generator":"Overpass API","osm3s":{"timestamp_osm_base":"2024-01-01T00:00:00Z"},"elements":[
{"type":"node","id":1,"lat":63.1,"lon":14.1,"tags":{"shop":"supermarket","name":"A"}},{"type":"node","id":2,"lat":63.1,"lon":14.2},{"type":"node","id":3,"lat":63.2,"lon":14.2},
{"type":"way","id":4,"nodes":[1,2,3,1],"tags":{"building":"yes"}},{"type":"way","id":5,"center":{"lat":63.1,"lon":14.1},"tags":{"amenity":"fuel"}},
{"type":"way","id":6,"geometry":[{"lat":63.1,"lon":14.1},{"lat":63.2,"lon":14.2}],"tags":{"highway":"path"}},
{"type":"relation","id":7,"members":[{"type":"way","ref":4,"role":"outer"}],"tags":{"type":"multipolygon"}}]}"#;

const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.001,0.001],"translate":[14,63]},"objects":{"a":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","id":"x","properties":{"namn":"A"},"arcs":[[0,1]]},{"type":"LineString","arcs":[-1],"properties":{"n":1}},{"type":"Point","coordinates":[5,5]}]},"b":{"type":"MultiPolygon","arcs":[[[0,1]]]}},
"arcs":[[[0,0],[100,0],[0,100]],[[100,100],[-100,0],[0,-100]]]}"#;

const UMAP: &str = r##"{"type":"umap","uri":"https://umap.example/map","properties":{"name":"Karta"},"geometry":{"type":"Point","coordinates":[14,63]},"layers":[{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A","_umap_options":{"color":"#fff"}},"geometry":{"type":"Point","coordinates":[14.1,63.1]}}],"_umap_options":{"name":"Lager 1","displayOnLoad":true}},{"type":"FeatureCollection","features":[]}]}"##;

const GPX: &str = r#"<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>x</name></metadata><wpt lat="63.1" lon="14.1"><ele>5</ele><name>Åre &amp; by</name><extensions><a>1</a></extensions></wpt><rte><name>r</name><rtept lat="63.1" lon="14.1"/><rtept lat="63.2" lon="14.2"/></rte><trk><trkseg><trkpt lat="63.1" lon="14.1"><time>2024-01-01T00:00:00Z</time></trkpt><trkpt lat="63.2" lon="14.2"/></trkseg></trk></gpx>"#;

const KML: &str = r##"<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Mapp</name><Placemark id="a"><name><![CDATA[Åre]]></name><ExtendedData><Data name="tal"><value>5</value></Data><SchemaData schemaUrl="#s"><SimpleData name="x">y</SimpleData></SchemaData></ExtendedData><Point><coordinates>14.1,63.1,0</coordinates></Point></Placemark><Placemark><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>14.1,63.1 14.3,63.1 14.3,63.2 14.1,63.1</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>14.2,63.12 14.25,63.12 14.25,63.13 14.2,63.12</coordinates></LinearRing></innerBoundaryIs></Polygon><LineString><coordinates>14.1,63.1 14.2,63.2</coordinates></LineString></MultiGeometry></Placemark></Folder></Document></kml>"##;

const CSV: &str =
    "namn;N;E;antal\n\"Åre; by\";7000000,5;500000;12\n\"a \"\"b\"\"\";7000100;500100;1 250\n;;;\n";

const WKT: &str = "id,geom,tal\n1,POINT (14.1 63.1),0.5\n2,\"POLYGON ((14.1 63.1, 14.3 63.1, 14.3 63.2, 14.1 63.1))\",1e3\n3,\"SRID=3006;LINESTRING (500000 7000000, 500010 7000000)\",\n";

const CELLS: &str = "rutid_scb\tbeftotalt\n5000007000000\t5\n5010007000000\t7\n";

const OSM: &str = "<?xml version='1.0'?><osm version='0.6'><bounds minlat='63' minlon='14' maxlat='64' maxlon='15'/><node id='1' lat='63.0' lon='14.0'><tag k='shop' v='supermarket'/></node><node id='2' lat='63.0' lon='14.02'/><node id='3' lat='63.01' lon='14.02'><tag k='barrier' v='gate'/></node><way id='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='secondary'/><tag k='maxspeed' v='80'/></way><way id='2'><nd ref='2'/><nd ref='3'/><tag k='route' v='ferry'/><tag k='duration' v='00:20'/></way><relation id='1'><member type='way' ref='1' role='from'/><member type='node' ref='2' role='via'/><member type='way' ref='2' role='to'/><tag k='type' v='restriction'/><tag k='restriction' v='no_left_turn'/></relation></osm>";

const PRJ: &str = r#"PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996],UNIT["Meter",1.0]]"#;

const CRS: [&str; 8] = [
    PRJ,
    r#"PROJCRS["SWEREF99 TM",BASEGEOGCRS["SWEREF99",DATUM["SWEREF99",ELLIPSOID["GRS 1980",6378137,298.257222101,LENGTHUNIT["metre",1]]],ID["EPSG",4619]],CONVERSION["UTM",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Longitude of natural origin",15,ANGLEUNIT["degree",0.0174532925199433]]],CS[Cartesian,2],AXIS["northing (N)",north],AXIS["easting (E)",east],ID["EPSG",3006]]"#,
    r#"{"type":"ProjectedCRS","name":"SWEREF99 TM","base_crs":{"name":"SWEREF99"},"conversion":{"name":"UTM","method":{"name":"Transverse Mercator"},"parameters":[{"name":"Longitude of natural origin","value":15,"unit":"degree"}]},"coordinate_system":{"subtype":"Cartesian","axis":[{"name":"Northing","direction":"north"}]},"id":{"authority":"EPSG","code":3006}}"#,
    "urn:ogc:def:crs:EPSG::3021",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "+proj=utm +zone=33 +ellps=GRS80 +units=m",
    "RT 90 2,5 gon V",
    r#"{"type":"name","properties":{"name":"EPSG:3006"}}"#,
];
