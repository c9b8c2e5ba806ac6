//! Which formats are read? One row a format: how it is told, what it can hold, who reads it.
//! A new format is a file with its reader and a row here.

use std::path::{Path, PathBuf};

use super::archive::{self, Readers};
use super::content::{first_element, text_start};
use super::input::{Input, LoadOptions, Part, ReadLayer, ReadRoads, ReadsRoads, RoadOptions};
use super::relatives::{self, Relative};
use super::sides::{SHAPES_BEGIN, SIDES};
use super::{
    IoError, delimited, encoding, flatgeobuf, geojson, gpkg, lines, marks, osm, shapefile, workbook,
};
use crate::progress::Progress;

/// Reads what a file holds as a list, without reading it all.
type Inspect = fn(&Input<'_>, &dyn Progress) -> Result<Vec<Part>, IoError>;
type ReadsLayer = fn(&Input<'_>, &LoadOptions, &dyn Progress) -> Result<ReadLayer, IoError>;

/// A format that files are read in.
pub(in crate::io) struct Format {
    pub name: &'static str,
    /// Endings of its files' names, with the dot. They tell where the first bytes do not, so that a damaged file is told
    /// as what it was meant to be.
    pub endings: &'static [&'static str],
    /// By the first bytes, unpacked.
    told: fn(&[u8]) -> bool,
    /// It is read in memory at once.
    pub in_memory: bool,
    pub inspect: Inspect,
    pub layer: ReadsLayer,
    pub roads: Option<ReadsRoads>,
}

/// All of them; the first that its content tells, else the first that its name tells.
pub(in crate::io) const FORMATS: [Format; if cfg!(feature = "parquet") { 16 } else { 15 }] = [
    Format {
        name: "GeoPackage",
        endings: &[".gpkg"],
        told: |start| start.starts_with(b"SQLite format 3\0"),
        in_memory: false,
        inspect: |input, progress| gpkg::parts(input, lines::tells_roads, progress),
        layer: gpkg::layer,
        roads: Some(lines::of_database),
    },
    Format {
        name: "OpenStreetMap PBF",
        endings: &[".osm.pbf", ".pbf"],
        told: is_pbf,
        in_memory: false,
        inspect: |_, _| Ok(vec![Part::Roads]),
        layer: osm::layer_of_pbf,
        roads: Some(osm::roads_of_pbf),
    },
    Format {
        name: "OpenStreetMap XML",
        endings: &[".osm.bz2", ".osm.gz", ".osm"],
        told: |start| {
            text_start(start).first() == Some(&b'<') && first_element(text_start(start)) == Some(b"osm")
        },
        in_memory: false,
        inspect: |_, _| Ok(vec![Part::Roads]),
        layer: osm::layer_of_xml,
        roads: Some(osm::roads_of_xml),
    },
    Format {
        name: "Esri JSON",
        endings: &[".esrijson"],
        told: |start| Relative::of(start) == Some(Relative::Esri),
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: relatives::esri,
        roads: None,
    },
    Format {
        name: "Overpass JSON",
        endings: &[],
        told: |start| Relative::of(start) == Some(Relative::Overpass),
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: relatives::overpass,
        roads: None,
    },
    Format {
        name: "TopoJSON",
        endings: &[".topojson"],
        told: |start| Relative::of(start) == Some(Relative::Topology),
        in_memory: true,
        inspect: relatives::topology_parts,
        layer: relatives::topology,
        roads: None,
    },
    Format {
        name: "uMap",
        endings: &[".umap"],
        told: |start| Relative::of(start) == Some(Relative::Umap),
        in_memory: true,
        inspect: relatives::umap_parts,
        layer: relatives::umap,
        roads: None,
    },
    GEOJSON,
    Format {
        name: "Shapefile",
        endings: &[".shp"],
        told: |start| start.starts_with(SHAPES_BEGIN),
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: shapefile::read,
        roads: None,
    },
    Format {
        name: "FlatGeobuf",
        endings: &[".fgb"],
        told: flatgeobuf::is_it,
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: flatgeobuf::read,
        roads: None,
    },
    #[cfg(feature = "parquet")]
    Format {
        name: "Parquet",
        endings: &[".parquet", ".geoparquet"],
        told: super::geoparquet::is_it,
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: super::geoparquet::read,
        roads: None,
    },
    Format {
        name: "GPX",
        endings: &[".gpx"],
        told: |start| is_xml_of(start, b"gpx"),
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: marks::gpx,
        roads: None,
    },
    Format {
        name: "KML",
        endings: &[".kml", ".kmz"],
        told: |start| is_xml_of(start, b"kml") || is_kmz(start),
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: marks::kml,
        roads: None,
    },
    Format {
        name: "Zip",
        endings: &[".zip"],
        told: is_archive,
        in_memory: false,
        inspect: |input, progress| archive::parts(input, &IN_ARCHIVE, progress),
        layer: |input, options, progress| archive::layer(input, options, &IN_ARCHIVE, progress),
        roads: Some(|input, options, progress| archive::roads(input, options, &IN_ARCHIVE, progress)),
    },
    Format {
        name: "CSV",
        endings: &[".csv", ".tsv", ".tab", ".txt"],
        told: |_| false,
        in_memory: true,
        inspect: |_, _| Ok(vec![Part::Layer(None)]),
        layer: delimited::read,
        roads: None,
    },
    Format {
        name: "Excel",
        endings: &[".xlsx", ".xlsm"],
        told: workbook::tells,
        in_memory: true,
        inspect: workbook::parts,
        layer: workbook::layer,
        roads: None,
    },
];

/// What lies in an archive is read as if it lay beside it; an archive in an archive is not.
const IN_ARCHIVE: Readers = Readers {
    is_opened: |name| {
        let is_text = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
        is_of_a_format(name) && !is_text && !name.to_lowercase().ends_with(".zip")
    },
    is_beside: |name| {
        let name = name.to_lowercase();
        SIDES.iter().any(|side| name.rsplit_once('.').is_some_and(|(_, ending)| ending == *side))
    },
    inspect: |input, progress| (in_archive(input)?.inspect)(input, progress),
    layer: |input, options, progress| (in_archive(input)?.layer)(input, options, progress),
    roads: roads_in_archive,
};

fn in_archive(input: &Input<'_>) -> Result<&'static Format, IoError> {
    let format = Format::of(input)?;
    if format.name == "Zip" {
        return Err(IoError::UnsupportedFormat { file: input.file().into(), extension: "zip".into() });
    }
    Ok(format)
}

fn roads_in_archive(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    let format = in_archive(input)?;
    let none = || IoError::UnsupportedFormat { file: input.file().into(), extension: format.name.into() };
    (format.roads.ok_or_else(none)?)(input, options, progress)
}

/// Has a file an ending of a format that is read?
fn is_of_a_format(name: &str) -> bool {
    let name = name.to_lowercase();
    FORMATS.iter().flat_map(|format| format.endings).any(|ending| name.ends_with(ending))
}

/// The first element of a text, whatever prefix its name has; a text of two bytes a sign is told by the file's name.
fn is_xml_of(start: &[u8], name: &[u8]) -> bool {
    let text = text_start(start);
    let first = if text.first() == Some(&b'<') { first_element(text) } else { None };
    first.is_some_and(|first| first.rsplit(|sign| *sign == b':').next() == Some(name))
}

fn is_kmz(start: &[u8]) -> bool {
    archive::first_name(start).is_some_and(|name| name.to_lowercase().ends_with(".kml"))
}

/// An archive whose first file is none of those that other formats are packed as.
fn is_archive(start: &[u8]) -> bool {
    archive::first_name(start).is_some_and(|name| {
        let name = name.to_lowercase();
        let is_office = name == "[content_types].xml" || name == "mimetype";
        let is_in = |folder: &&str| name.starts_with(*folder);
        !is_office && !["_rels/", "xl/", "docprops/"].iter().any(is_in) && !is_kmz(start)
    })
}

/// What nothing tells is read as this, which says best what is wrong with it.
const GEOJSON: Format = Format {
    name: "GeoJSON",
    endings: &[".geojson", ".json", ".geojsonl", ".geojsonseq", ".ndjson"],
    told: |start| matches!(text_start(start).first(), Some(b'{' | b'[' | 0x1e)),
    in_memory: true,
    inspect: |_, _| Ok(vec![Part::Layer(None)]),
    layer: geojson::read,
    roads: Some(lines::of_geojson),
};

/// Formats that are not read and that users try most: by their first bytes, and by the endings of their names.
const OTHERS: [(&[u8], &str); 4] =
    [(b"PK\x03\x04", "zip"), (b"PAR1", "parquet"), (b"PMTiles", "pmtiles"), (b"%PDF", "pdf")];
const OTHER_ENDINGS: [&str; 10] =
    ["dbf", "shx", "prj", "cpg", "xls", "gml", "tif", "parquet", "geoparquet", "pmtiles"];

impl Format {
    /// Do the first bytes tell it?
    pub fn tells(&self, start: &[u8]) -> bool {
        (self.told)(start)
    }

    /// The format of a file.
    ///
    /// # Errors
    /// [`IoError::UnsupportedFormat`] for one that is known and not read.
    pub fn of(input: &Input<'_>) -> Result<&'static Self, IoError> {
        let name = input.file().to_lowercase();
        let start = &encoding::head(input.head());
        let by_content = FORMATS.iter().find(|format| format.tells(start));
        let unsupported =
            |ending: &str| IoError::UnsupportedFormat { file: input.file().into(), extension: ending.into() };
        let other = || OTHERS.iter().find(|(magic, _)| start.starts_with(magic));
        if by_content.is_none()
            && let Some((_, other)) = other()
        {
            return Err(unsupported(other));
        }
        let unpacked = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".bz2")).unwrap_or(&name);
        let is_called = |ending: &str| name.ends_with(ending) || unpacked.ends_with(ending);
        let by_name = || FORMATS.iter().find(|format| format.endings.iter().any(|ending| is_called(ending)));
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        match by_content.or_else(by_name) {
            Some(format) => Ok(format),
            None if OTHER_ENDINGS.contains(&ending) => Err(unsupported(ending)),
            None if delimited::tells(start) => Ok(named("CSV")),
            None => Ok(named(GEOJSON.name)),
        }
    }
}

fn named(name: &str) -> &'static Format {
    FORMATS.iter().find(|format| format.name == name).unwrap_or(&FORMATS[0])
}

/// The endings of files that are read, without the dot; of two parts only the last.
pub fn endings() -> impl Iterator<Item = &'static str> {
    let all = FORMATS.iter().flat_map(|format| format.endings);
    all.map(|ending| ending.rsplit_once('.').map_or(*ending, |(_, last)| last))
}

/// The length of a blob header, and in it the kind of the first blob.
fn is_pbf(start: &[u8]) -> bool {
    start.len() >= 15 && start[4..].windows(9).take(32).any(|part| part == b"OSMHeader")
}

/// The files of a folder that have an ending of a format that is read, in the order of their names; not those of folders
/// in it. `None` where it is no folder.
#[must_use]
pub fn files_in(folder: &Path) -> Option<Vec<PathBuf>> {
    if !folder.is_dir() {
        return None;
    }
    let is_read = |path: &PathBuf| {
        // Texts that lie beside data are seldom tables.
        path.is_file()
            && path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("txt"))
            && path.file_name().is_some_and(|name| is_of_a_format(&name.to_string_lossy()))
    };
    let entries = std::fs::read_dir(folder).ok()?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_read).collect();
    files.sort();
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourcePlace;

    fn told(name: &str, start: &[u8]) -> String {
        let input = Input::of_bytes(SourcePlace::File(name.into()), start);
        Format::of(&input).map_or_else(|error| error.to_string(), |format| format.name.to_owned())
    }

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let check = |start: &[u8], wanted: &str| {
            assert_eq!(told("a", start), wanted, "{:?}", String::from_utf8_lossy(start));
        };
        check(b"SQLite format 3\0rest", "GeoPackage");
        check(b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x35\x10\x2f", "OpenStreetMap PBF");
        check(b"<?xml version='1.0'?>\n<!-- a > b -->\n<osm version='0.6'>", "OpenStreetMap XML");
        check(b"\xef\xbb\xbf  <osm>", "OpenStreetMap XML");
        check(b"<gml:FeatureCollection>", "GeoJSON");
        check(b"<osmChange version='0.6'>", "GeoJSON");
        check(b"\n {\"type\":\"FeatureCollection\"", "GeoJSON");
        check(b"", "GeoJSON");
        check(b"abc", "GeoJSON");
        assert!(told("a", b"PK\x03\x04").contains("zip"));
        check(b"PK\x03\x04....[Content_Types].xml", "Excel");
        let parquet = if cfg!(feature = "parquet") { "Parquet" } else { "--features parquet" };
        assert!(told("a", b"PAR1").contains(parquet) && told("a.geoparquet", b"").contains(parquet));
        assert!(told("a.docx", b"PK\x03\x04..[Content_Types].xml..word/document.xml").contains("zip"));
    }

    #[test]
    fn a_name_tells_what_the_first_bytes_do_not() {
        assert_eq!(told("a.CSV", b"x;y"), "CSV");
        assert_eq!((told("a.csv.gz", b"x;y"), told("a.tsv.bz2", b"x")), ("CSV".into(), "CSV".into()));
        assert_eq!(told("a.csv", b"{}"), "GeoJSON");
        for name in ["a.osm", "a.osm.xml", "a.xml", "a", "a.geojson"] {
            assert_eq!(
                told(name, b"<?xml version='1.0'?><osm version='0.6'/>"),
                "OpenStreetMap XML",
                "{name}"
            );
        }
        assert_eq!(told("a.xml", b"<gml:FeatureCollection/>"), "GeoJSON");
        // What cannot be told is what it is called, so that it is refused as that.
        assert_eq!(told("a.osm.pbf", b"not a PBF"), "OpenStreetMap PBF");
        assert_eq!(told("a.osm.bz2", b"BZh9 broken"), "OpenStreetMap XML");
        assert_eq!(told("a.txt", b"not a PBF"), "CSV");
        assert_eq!(told("a", b"namn;x;y\nA;1;2\nB;1;2\n"), "CSV");
        assert_eq!(told("a.txt", b"{}"), "GeoJSON");
        assert_eq!(told("a.osm.gz", b"damaged"), "OpenStreetMap XML");
        assert_eq!(told("a.geojson", b"SQLite format 3\0"), "GeoPackage");
        assert_eq!(told("a.shp", b""), "Shapefile");
        assert!(told("a.dbf", b"").contains("dbf"));
    }
}
