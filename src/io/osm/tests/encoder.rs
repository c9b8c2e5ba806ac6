//! How is a tiny PBF written by hand? The fixture of the tests, byte by byte, and blobs that lie.

use std::io::Write as _;

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).expect("seven bits") | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).expect("seven bits"));
}

fn number(field: u64, value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    varint(&mut out, field << 3);
    varint(&mut out, value);
    out
}

fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    varint(&mut out, field << 3 | 2);
    varint(&mut out, value.len() as u64);
    out.extend(value);
    out
}

fn packed(field: u64, values: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let mut all = Vec::new();
    for value in values {
        varint(&mut all, value);
    }
    bytes(field, &all)
}

/// Differences, zigzag.
fn deltas(field: u64, values: &[i64]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(values);
    let differences = values.iter().zip(before).map(|(value, before)| value - before);
    packed(field, differences.map(|d| ((d << 1) ^ (d >> 63)).cast_unsigned()))
}

pub fn blob_header(kind: &str, size: u64) -> Vec<u8> {
    let header = [bytes(1, kind.as_bytes()), number(3, size)].concat();
    let mut out = u32::try_from(header.len()).expect("small").to_be_bytes().to_vec();
    out.extend(header);
    out
}

fn blob(kind: &str, content: &[u8], is_packed: bool) -> Vec<u8> {
    let blob = if is_packed {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(content).expect("memory");
        [number(2, content.len() as u64), bytes(3, &zlib.finish().expect("memory"))].concat()
    } else {
        bytes(1, content)
    };
    [blob_header(kind, blob.len() as u64), blob].concat()
}

pub fn header(features: &[&str]) -> Vec<u8> {
    let content: Vec<u8> = features.iter().flat_map(|name| bytes(4, name.as_bytes())).collect();
    blob("OSMHeader", &content, false)
}

/// A block with a table of strings and one group.
fn block(strings: &[&str], group: &[u8]) -> Vec<u8> {
    let table: Vec<u8> = strings.iter().flat_map(|text| bytes(1, text.as_bytes())).collect();
    [bytes(1, &table), bytes(2, group)].concat()
}

/// A blob of nodes that packs a thousand times.
pub fn many_nodes(count: usize) -> Vec<u8> {
    let zeros = || std::iter::repeat_n(0, count);
    let dense = [packed(1, zeros()), packed(8, zeros()), packed(9, zeros())].concat();
    blob("OSMData", &block(&[""], &bytes(2, &dense)), true)
}

/// Ends of blobs behind the header, where a file may end without being cut off.
pub fn blob_ends(file: &[u8]) -> Vec<usize> {
    let word = b"OSMData";
    // A blob begins with the four bytes of its header's length, a key and a length.
    let starts = file.windows(word.len()).enumerate().filter(|(_, part)| part == word).map(|(at, _)| at - 6);
    starts.collect()
}

const STRINGS: [&str; 32] = [
    "",
    "barrier",
    "bollard",
    "amenity",
    "fuel",
    "name",
    "Macken & \"Co\"",
    "place",
    "village",
    "Byn",
    "highway",
    "service",
    "primary",
    "oneway",
    "yes",
    "maxspeed",
    "SE:rural",
    "Vägen",
    "ref",
    "321",
    "building",
    "shop",
    "general",
    "proposed",
    "type",
    "restriction",
    "no_left_turn",
    "from",
    "via",
    "to",
    "x",
    "y",
];

fn string(text: &str) -> u64 {
    STRINGS.iter().position(|known| *known == text).expect("in the table") as u64
}

fn way(id: u64, nodes: &[i64], tags: &[(&str, &str)]) -> Vec<u8> {
    let way = [
        number(1, id),
        packed(2, tags.iter().map(|(key, _)| string(key))),
        packed(3, tags.iter().map(|(_, value)| string(value))),
        deltas(8, nodes),
    ];
    bytes(3, &way.concat())
}

/// The fixture: nodes, ways and relations in a blob each.
pub fn fixture(is_packed: bool) -> Vec<u8> {
    let nodes: [(i64, i64, i64); 10] = [
        (1, 141_000_000, 631_000_000),
        (2, 142_000_000, 631_000_000),
        (3, 143_000_000, 631_000_000),
        (4, 142_000_000, 630_500_000),
        (5, 142_500_000, 630_500_000),
        (6, 142_600_000, 630_600_000),
        (7, 140_000_000, 630_000_000),
        (8, 140_000_020, 630_000_000),
        (9, 140_000_010, 630_000_020),
        (20, 144_000_000, 631_000_000),
    ];
    let tags = |id: i64| -> &[(&str, &str)] {
        match id {
            4 => &[("barrier", "bollard")],
            6 => &[("amenity", "fuel"), ("name", "Macken & \"Co\"")],
            20 => &[("place", "village"), ("name", "Byn")],
            _ => &[],
        }
    };
    let all_tags = nodes.iter().flat_map(|(id, ..)| {
        let own = tags(*id).iter().flat_map(|(key, value)| [string(key), string(value)]);
        own.chain([0]).collect::<Vec<_>>()
    });
    let ids: Vec<i64> = nodes.iter().map(|node| node.0).collect();
    let lons: Vec<i64> = nodes.iter().map(|node| node.1).collect();
    let lats: Vec<i64> = nodes.iter().map(|node| node.2).collect();
    let dense = [deltas(1, &ids), deltas(8, &lats), deltas(9, &lons), packed(10, all_tags)].concat();
    let ways = [
        way(11, &[2, 4, 4, 5], &[("highway", "service")]),
        way(
            10,
            &[1, 2, 3],
            &[
                ("highway", "primary"),
                ("oneway", "yes"),
                ("maxspeed", "SE:rural"),
                ("name", "Vägen"),
                ("ref", "321"),
            ],
        ),
        way(12, &[7, 8, 9, 7], &[("building", "yes"), ("shop", "general")]),
        way(13, &[1, 5], &[("highway", "proposed")]),
    ];
    let relation = [
        number(1, 30),
        packed(2, [string("type"), string("restriction")]),
        packed(3, [string("restriction"), string("no_left_turn")]),
        packed(8, [string("from"), string("via"), string("to")]),
        deltas(9, &[10, 2, 11]),
        packed(10, [1, 0, 1]),
    ];
    [
        header(&["OsmSchema-V0.6", "DenseNodes"]),
        blob("OSMData", &block(&STRINGS, &bytes(2, &dense)), is_packed),
        blob("OSMData", &block(&STRINGS, &ways.concat()), is_packed),
        blob("OSMData", &block(&STRINGS, &bytes(4, &relation.concat())), is_packed),
    ]
    .concat()
}
