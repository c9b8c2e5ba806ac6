//! Road files that are none: every message names the file and says what to do, in both languages.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// Asks every command for roads of this file.
fn refused(country: &Country, file: &str, english: &[&str], swedish: &[&str]) {
    for (lang, phrases) in [("en", english), ("sv", swedish)] {
        let all: Vec<&str> = [file].into_iter().chain(phrases.iter().copied()).collect();
        country.refuse_analysis(&["--roads", "roads.osm", "--roads", file, "--lang", lang], &all);
        country.refuse(
            &["route", "--roads", file, "--from", "14,63", "--to", "14.1,63.1", "--lang", lang],
            &all,
        );
        let travel = ["travel", "--roads", file, "--from", "cells.geojson", "--to", "shops.geojson"];
        country
            .refuse(&travel.into_iter().chain(["--out", "t.csv", "--lang", lang]).collect::<Vec<_>>(), &all);
        assert!(!country.path("t.csv").exists(), "{file}");
    }
}

#[test]
fn files_that_are_not_there_or_empty() {
    let country = Country::new();
    refused(
        &country,
        "none.osm.pbf",
        &["no such file", "Check the path"],
        &["filen finns inte", "Kontrollera"],
    );
    refused(&country, "none.geojson", &["no such file"], &["filen finns inte"]);
    std::fs::create_dir(country.path("folder.osm")).expect("a folder");
    refused(&country, "folder.osm", &["is a folder", "Choose a file"], &["är en mapp", "Välj en fil"]);
    for name in ["empty.osm.pbf", "empty.osm", "empty.osm.gz", "empty.osm.bz2", "empty.geojson"] {
        country.write(name, "");
        refused(&country, name, &["is empty", "choose another file"], &["är tom", "välj en annan fil"]);
    }
}

/// A blob of an OSM PBF file, not packed.
fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let field = |number: u8, bytes: &[u8]| {
        let mut out = vec![number << 3 | 2, u8::try_from(bytes.len()).expect("short")];
        out.extend(bytes);
        out
    };
    let data = field(1, content);
    let mut header = field(1, kind.as_bytes());
    header.extend([3 << 3, u8::try_from(data.len()).expect("short")]);
    let mut out = u32::try_from(header.len()).expect("short").to_be_bytes().to_vec();
    out.extend(header);
    out.extend(data);
    out
}

/// The header of a PBF file that requires a feature.
fn pbf_header(feature: &str) -> Vec<u8> {
    let mut content = vec![4 << 3 | 2, u8::try_from(feature.len()).expect("short")];
    content.extend(feature.as_bytes());
    blob("OSMHeader", &content)
}

#[test]
fn pbf_files_that_are_none() {
    let country = Country::new();
    let not_pbf = (&["not an OSM PBF file", "Geofabrik"], &["ingen OSM-PBF-fil", "Geofabrik"]);
    for (name, content) in [
        ("garbage.osm.pbf", (0..4000u32).map(|n| (n * 7919 % 251) as u8).collect::<Vec<u8>>()),
        ("text.osm.pbf", b"This is the text of an error page, not a file of roads.".to_vec()),
        ("three.osm.pbf", vec![0, 0, 0]),
    ] {
        country.write(name, content);
        refused(&country, name, not_pbf.0, not_pbf.1);
    }
    // Content goes before the name.
    country.write("xml.osm.pbf", osm(&ways()));
    country.good(&["route", "--roads", "xml.osm.pbf", "--from", "14,63.01", "--to", "14,63.19"]);
    let good = pbf_header("OsmSchema-V0.6");
    country.write("cut.osm.pbf", [&good[..], &blob("OSMData", &[0; 100])[..40]].concat());
    refused(
        &country,
        "cut.osm.pbf",
        &["breaks off at byte", "Download it again"],
        &["bryts av vid byte", "på nytt"],
    );
    country.write("early.osm.pbf", &good[..good.len() - 3]);
    refused(&country, "early.osm.pbf", &["breaks off at byte"], &["bryts av vid byte"]);
    country.write("damaged.osm.pbf", [&good[..], &blob("OSMData", &[0xff; 100])].concat());
    refused(
        &country,
        "damaged.osm.pbf",
        &["block 2 at byte", "damaged", "Download the file again"],
        &["block 2 vid byte", "skadat"],
    );
    country.write("history.osm.pbf", pbf_header("HistoricalInformation"));
    refused(
        &country,
        "history.osm.pbf",
        &["“HistoricalInformation”", "osmium cat"],
        &["”HistoricalInformation”", "osmium cat"],
    );
    country.write("nothing.osm.pbf", good);
    refused(
        &country,
        "nothing.osm.pbf",
        &["none of 0 lines is a road", "Choose a file with roads"],
        &["ingen av 0 linjer är en väg"],
    );
}

#[test]
fn xml_files_that_are_none() {
    let country = Country::new();
    let whole = osm(&ways());
    country.write("cut.osm", &whole[..whole.len() / 2]);
    refused(&country, "cut.osm", &["breaks off at byte", "Download it again"], &["bryts av vid byte"]);
    country.write("html.osm", "<html><body>429 Too many requests</body></html>");
    refused(
        &country,
        "html.osm",
        &["begins with <html>, not <osm>", "Choose another file"],
        &["börjar med <html>, inte <osm>"],
    );
    country.write("text.osm", "429 Too many requests");
    refused(
        &country,
        "text.osm",
        &["not an OSM XML file", "Choose another file"],
        &["ingen OSM-XML-fil", "Välj en annan fil"],
    );
    country.write("wrong.osm", whole.replacen("<node", "<node a=\"1\" a=\"2\"", 1));
    refused(&country, "wrong.osm", &["not valid XML at byte"], &["inte giltig XML vid byte"]);
    country.write("crossed.osm", whole.replacen("</way>", "</node>", 1));
    refused(
        &country,
        "crossed.osm",
        &["not valid XML at byte", "again"],
        &["inte giltig XML vid byte", "på nytt"],
    );
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE osm [<!ENTITY a \"aaaaaaaaaa\">{}]><osm><node id=\"1\" lon=\"&z;\"/></osm>",
        (b'b'..=b'z').fold(String::new(), |all, c| {
            all + &format!("<!ENTITY {} \"{}\">", c as char, format!("&{};", (c - 1) as char).repeat(10))
        })
    );
    country.write("bomb.osm", &bomb);
    refused(
        &country,
        "bomb.osm",
        &["document type (DOCTYPE)", "For safety"],
        &["dokumenttyp (DOCTYPE)", "Av säkerhetsskäl"],
    );
    country.write("deep.osm", "<osm>".repeat(100_000));
    refused(&country, "deep.osm", &["nested too deep"], &["inte giltig XML"]);
    let no_roads = osm(&[(vec![A, B], "waterway=river"), (vec![B, C], "highway=proposed")]);
    country.write("rivers.osm", no_roads);
    refused(
        &country,
        "rivers.osm",
        &["none of 2 lines is a road", "highway=proposed"],
        &["ingen av 2 linjer är en väg"],
    );
    // Ways whose nodes are missing are no roads.
    let orphans = whole.lines().filter(|line| !line.starts_with("<node")).collect::<Vec<_>>().join("\n");
    country.write("orphans.osm", orphans);
    refused(&country, "orphans.osm", &["none of 12 lines is a road"], &["ingen av 12"]);
}

fn gz(content: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(content).expect("in memory");
    out.finish().expect("in memory")
}

#[test]
fn packed_files_unpack_to_what_they_hold_and_not_without_end() {
    let country = Country::new();
    let whole = osm(&ways());
    let packed = gz(whole.as_bytes());
    country.write("packed.osm.gz", &packed);
    let (plain, unpacked) = (country.analyse(&[]), {
        let all = [
            "analyse",
            "--json",
            "--out",
            "out",
            "--population",
            "cells.geojson",
            "--grocery",
            "shops.geojson",
        ];
        let all: Vec<&str> = all.into_iter().chain(["--roads", "packed.osm.gz"]).collect();
        serde_json::from_slice::<Value>(&country.good(&all)).expect("JSON")
    });
    assert_eq!(plain["kinds"], unpacked["kinds"]);
    country.write("cut.osm.gz", &packed[..packed.len() / 2]);
    refused(&country, "cut.osm.gz", &["breaks off at byte"], &["bryts av vid byte"]);
    // What is not packed is read as it is, whatever its name says; what only begins like a pack is refused.
    country.write("plain.osm.gz", &whole);
    country.good(&["route", "--roads", "plain.osm.gz", "--from", "14,63.01", "--to", "14,63.19"]);
    country.write("broken.osm.bz2", [&b"BZh91AY&SY"[..], &[7; 50]].concat());
    refused(&country, "broken.osm.bz2", &["again"], &["på nytt"]);
    let many = "<node id=\"1\" lon=\"14\" lat=\"63\"/>\n".repeat(3_000_000);
    country.write("bomb.osm.gz", gz(format!("<osm>{many}</osm>").as_bytes()));
    refused(
        &country,
        "bomb.osm.gz",
        &["unreasonably much data", "a source you trust"],
        &["orimligt mycket data"],
    );
    country.write("blank.osm.gz", gz(&vec![b' '; 64 << 20]));
    refused(&country, "blank.osm.gz", &["unreasonably much data"], &["orimligt mycket data"]);
}

#[test]
fn other_files_that_hold_no_roads() {
    let country = Country::new();
    refused(
        &country,
        "shops.geojson",
        &["the only feature of the file is no road", "not_a_line", "feature 1"],
        &["filens enda objekt är ingen väg"],
    );
    let empty = country.write("none.geojson", collection(&[]));
    refused(&country, &empty, &["“features” is empty", "Export"], &["none.geojson", "Exportera"]);
    let short = country.write("short.geojson", collection(&[shape("LineString", "[[14,63],[14,63]]", "")]));
    refused(&country, &short, &["the only feature", "feature 1"], &["filens enda objekt"]);
    country.write("text.geojson", "vägar");
    refused(&country, "text.geojson", &["text.geojson"], &["text.geojson"]);
    country.write("cut.geojson", &collection(&[shape("LineString", "[[14,63],[14,63.1]]", "")])[..60]);
    refused(&country, "cut.geojson", &["cut.geojson"], &["cut.geojson"]);
    country.write("roads.shp", [0, 0, 0x27, 0x0a, 0, 0]);
    refused(
        &country,
        "roads.shp",
        &["holds no roads", "Choose OpenStreetMap"],
        &["har inga vägar", "Välj OpenStreetMap"],
    );
    country.write("broken.gpkg", [&b"SQLite format 3\0"[..], &[7; 3000]].concat());
    refused(
        &country,
        "broken.gpkg",
        &["GeoPackage cannot be read", "Export it again"],
        &["kan inte läsas", "Exportera den på nytt"],
    );
    let class = country.write(
        "lines.geojson",
        collection(&[shape("LineString", "[[14,63],[14,63.1]]", r#""klass":"primary","fart":70"#)]),
    );
    for option in ["--class-field", "--speed-field", "--direction-field", "--length-field"] {
        country.refuse_analysis(
            &["--roads", &class, option, "Vägtyp"],
            &["lines.geojson", "“Vägtyp”", "klass, fart"],
        );
        let swedish = ["--roads", &class, option, "Vägtyp", "--lang", "sv"];
        country.refuse_analysis(
            &swedish,
            &["lines.geojson", "kolumnen ”Vägtyp” finns inte", "Välj en av filens kolumner"],
        );
    }
}
