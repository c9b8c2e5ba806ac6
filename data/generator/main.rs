//! Makes the demo data of Jämtland from the hand-made tables in `data/jamtland/facts`.
//!
//! Run from the root of the project: `cargo run --example make-demo`. The same tables give the same
//! bytes, so `cargo run --example make-demo -- --check` can tell whether the files are up to date
//! (it writes nothing and ends with 1 if a file differs).
//!
//! All work is done in SWEREF 99 TM, in metres. Only `+ - * / sqrt` decide where things go and how
//! many people live there: unlike `exp` or `sin` they give the same bits on every system.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use geo::{Area, Contains, Coord, Intersects, LineString, MultiPolygon, Polygon};
use proj4rs::{Proj, transform::transform};
use serde_json::{Value, json};
use sotplan::io::ground;
use sotplan::random::Random;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Point = Coord<f64>;

const FOLDER: &str = "data/jamtland";
/// Side of a population cell in metres.
const SIDE: f64 = 1000.0;

fn main() -> Result<()> {
    let check = std::env::args().skip(1).any(|arg| arg == "--check");
    let files = Facts::read()?.layers()?;
    let mut stale = false;
    for (name, text) in files {
        let path = Path::new(FOLDER).join(name);
        if check {
            if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
                eprintln!("{} differs", path.display());
                stale = true;
            }
        } else {
            std::fs::write(&path, text)?;
        }
    }
    if stale {
        return Err("the demo data is not what the generator makes; run it again".into());
    }
    Ok(())
}

// ---------------------------------------------------------------- chance

/// Each layer has its own stream, so a change in one leaves the others alone.
struct Chance(Random);

impl Chance {
    fn new(stream: u64) -> Self {
        Self(Random::new(20_230_525_u64.wrapping_add(stream.wrapping_mul(0x5851_F42D_4C95_7F2D))))
    }

    fn unit(&mut self) -> f64 {
        self.0.unit()
    }

    fn index(&mut self, len: usize) -> usize {
        self.0.below(len)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

// ---------------------------------------------------------------- numbers

#[expect(clippy::cast_possible_truncation, reason = "metres and people are far below 2^52")]
fn whole(x: f64) -> i64 {
    x.round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "metres and people are far below 2^52")]
fn real(n: i64) -> f64 {
    n as f64
}

fn distance(a: Point, b: Point) -> f64 {
    let d = a - b;
    (d.x * d.x + d.y * d.y).sqrt()
}

// ---------------------------------------------------------------- projection

struct Projection {
    wgs84: Proj,
    sweref: Proj,
}

impl Projection {
    fn new() -> Result<Self> {
        let (wgs84, sweref) = (Proj::from_epsg_code(4326)?, Proj::from_epsg_code(3006)?);
        Ok(Self { wgs84, sweref })
    }

    /// Whole metres: so nothing later depends on the last bits of a sine.
    fn plane(&self, lon: f64, lat: f64) -> Result<Point> {
        let mut p = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(&self.wgs84, &self.sweref, &mut p)?;
        Ok(Coord { x: p.0.round(), y: p.1.round() })
    }

    fn position(&self, at: Point) -> Result<String> {
        let mut p = (at.x, at.y, 0.0);
        transform(&self.sweref, &self.wgs84, &mut p)?;
        let six = |radians: f64| (radians.to_degrees() * 1e6).round() / 1e6;
        Ok(format!("[{},{}]", six(p.0), six(p.1)))
    }

    fn point(&self, at: Point) -> Result<String> {
        Ok(format!(r#"{{"type":"Point","coordinates":{}}}"#, self.position(at)?))
    }

    /// A polygon for one ring, a multipolygon for more; rings are counter-clockwise already.
    fn polygons(&self, rings: &[Vec<Point>]) -> Result<String> {
        let mut parts = Vec::new();
        for ring in rings {
            let mut corners = Vec::new();
            for &corner in ring.iter().chain(ring.first()) {
                corners.push(self.position(corner)?);
            }
            parts.push(format!("[[{}]]", corners.join(",")));
        }
        Ok(match parts.as_slice() {
            [one] => format!(r#"{{"type":"Polygon","coordinates":{one}}}"#),
            many => format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, many.join(",")),
        })
    }
}

// ---------------------------------------------------------------- tables in

/// A CSV table whose cells are found by column name.
struct Table {
    columns: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(name: &str) -> Result<Self> {
        let path = Path::new(FOLDER).join("facts").join(name);
        let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let columns = reader.headers()?.clone();
        let rows = reader.records().collect::<std::result::Result<_, _>>()?;
        Ok(Self { columns, rows })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { columns: &self.columns, cells })
    }
}

#[derive(Clone, Copy)]
struct Row<'a> {
    columns: &'a csv::StringRecord,
    cells: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> Result<&'a str> {
        let at = self.columns.iter().position(|c| c == column);
        at.and_then(|i| self.cells.get(i)).ok_or_else(|| format!("no column {column}").into())
    }

    fn number(&self, column: &str) -> Result<f64> {
        let text = self.text(column)?;
        text.parse().map_err(|_| format!("{column}: {text:?} is not a number").into())
    }

    fn count(&self, column: &str) -> Result<i64> {
        self.number(column).map(whole)
    }

    fn maybe(&self, column: &str) -> Result<Option<f64>> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    /// Text, a number where `numeric`, or null for an empty cell.
    fn value(&self, column: &str, numeric: bool) -> Result<Value> {
        Ok(match self.maybe_text(column)? {
            None => Value::Null,
            Some(_) if numeric => short(self.number(column)?),
            Some(text) => json!(text),
        })
    }

    fn maybe_text(&self, column: &str) -> Result<Option<&'a str>> {
        Ok(Some(self.text(column)?).filter(|t| !t.is_empty()))
    }
}

/// 40 rather than 40.0.
fn short(x: f64) -> Value {
    if x.fract() == 0.0 { json!(whole(x)) } else { json!(x) }
}

struct Municipality {
    code: String,
    name: String,
    population: i64,
    stores: i64,
}

struct Village<'a> {
    name: &'a str,
    /// Index of its municipality.
    owner: usize,
    at: Point,
    weight: f64,
    row: Row<'a>,
}

struct Store {
    village: usize,
    nr: i64,
    at: Point,
    name: String,
}

struct Facts {
    projection: Projection,
    municipalities: Vec<Municipality>,
    villages: Table,
    stores: Table,
    sot: Table,
    roads: Table,
    outline: Polygon<f64>,
    water: Vec<(String, Polygon<f64>)>,
}

impl Facts {
    fn read() -> Result<Self> {
        let projection = Projection::new()?;
        let mut municipalities = Vec::new();
        for row in Table::read("municipalities.csv")?.rows() {
            municipalities.push(Municipality {
                code: row.text("kommun_kod")?.to_owned(),
                name: row.text("kommun")?.to_owned(),
                population: row.count("population")?,
                stores: row.count("stores")?,
            });
        }
        let mut outline = Vec::new();
        for row in Table::read("outline.csv")?.rows() {
            outline.push(projection.plane(row.number("lon")?, row.number("lat")?)?);
        }
        let mut lakes: Vec<(String, Vec<Point>)> = Vec::new();
        for row in Table::read("water.csv")?.rows() {
            let name = row.text("name")?;
            if lakes.last().is_none_or(|lake| lake.0 != name) {
                lakes.push((name.to_owned(), Vec::new()));
            }
            let at = projection.plane(row.number("lon")?, row.number("lat")?)?;
            lakes.last_mut().ok_or("no lake")?.1.push(at);
        }
        Ok(Self {
            projection,
            municipalities,
            villages: Table::read("villages.csv")?,
            stores: Table::read("stores.csv")?,
            sot: Table::read("sot.csv")?,
            roads: Table::read("roads.csv")?,
            outline: counter_clockwise(outline),
            water: lakes.into_iter().map(|(name, ring)| (name, counter_clockwise(ring))).collect(),
        })
    }

    fn villages(&self) -> Result<Vec<Village<'_>>> {
        let mut villages = Vec::new();
        for row in self.villages.rows() {
            villages.push(Village {
                name: row.text("name")?,
                owner: self.owner(row)?,
                at: self.projection.plane(row.number("lon")?, row.number("lat")?)?,
                weight: row.number("weight")?,
                row,
            });
        }
        Ok(villages)
    }

    fn owner(&self, row: Row) -> Result<usize> {
        let code = row.text("kommun_kod")?;
        let owner = self.municipalities.iter().position(|m| m.code == code);
        owner.ok_or_else(|| format!("no municipality {code}").into())
    }

    fn sites(&self, villages: &[Village]) -> Result<Vec<Site>> {
        let mut sites: Vec<_> = villages.iter().map(|v| Site { at: v.at, owner: v.owner }).collect();
        for row in Table::read("borders.csv")?.rows() {
            let at = self.projection.plane(row.number("lon")?, row.number("lat")?)?;
            sites.push(Site { at, owner: self.owner(row)? });
        }
        Ok(sites)
    }
}

fn counter_clockwise(ring: Vec<Point>) -> Polygon<f64> {
    let polygon = Polygon::new(LineString::new(ring), Vec::new());
    if polygon.signed_area() >= 0.0 {
        return polygon;
    }
    let mut ring = polygon.into_inner().0;
    ring.0.reverse();
    Polygon::new(ring, Vec::new())
}

// ---------------------------------------------------------------- who owns a place

struct Ground<'a> {
    facts: &'a Facts,
    villages: &'a [Village<'a>],
    /// What draws the municipalities: each village, and helpers in empty land.
    sites: Vec<Site>,
}

struct Site {
    at: Point,
    owner: usize,
}

impl Ground<'_> {
    fn nearest(&self, at: Point) -> Option<usize> {
        let near = |a: &&Site, b: &&Site| distance(a.at, at).total_cmp(&distance(b.at, at));
        self.sites.iter().min_by(near).map(|site| site.owner)
    }

    /// The municipality at a dry place inside the outline: that of the nearest site, which is
    /// just what the drawn polygons say.
    fn owner(&self, at: Point) -> Option<usize> {
        let dry = !self.facts.water.iter().any(|lake| lake.1.contains(&at));
        (dry && self.facts.outline.contains(&at)).then(|| self.nearest(at)).flatten()
    }

    /// A place on dry land of the same municipality, `low` to `high` metres from `centre`.
    fn near(&self, chance: &mut Chance, v: &Village, centre: Point, low: f64, high: f64) -> Result<Point> {
        for _ in 0..5000 {
            let x = (centre.x + chance.between(-high, high)).round();
            let y = (centre.y + chance.between(-high, high)).round();
            let at = Coord { x, y };
            let far = distance(at, centre);
            if low <= far && far <= high && self.owner(at) == Some(v.owner) {
                return Ok(at);
            }
        }
        Err(format!("{}: no dry place {low} to {high} m away", v.name).into())
    }
}

// ---------------------------------------------------------------- municipality polygons

// ---------------------------------------------------------------- population

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Core,
    Rural,
    Remote,
}

struct Cell {
    owner: usize,
    kind: Kind,
    weight: f64,
    people: i64,
}

/// Cells by northing and easting of the lower-left corner, in kilometres.
type Cells = BTreeMap<(i64, i64), Cell>;

fn key(at: Point) -> (i64, i64) {
    (whole((at.y / SIDE).floor()), whole((at.x / SIDE).floor()))
}

fn centre((north, east): (i64, i64)) -> Point {
    Coord { x: (real(east) + 0.5) * SIDE, y: (real(north) + 0.5) * SIDE }
}

fn add(cells: &mut Cells, ground: &Ground, at: Point, kind: Kind, weight: f64) {
    let key = key(at);
    if let Some(owner) = ground.owner(centre(key)) {
        cells.entry(key).or_insert(Cell { owner, kind, weight, people: 0 });
    }
}

/// People per km² around the villages of one municipality: dense in the middle, with a long tail.
fn density(ground: &Ground, owner: usize, at: Point) -> f64 {
    let around = ground.villages.iter().filter(|v| v.owner == owner).map(|v| {
        let reach = 0.6 + 0.005 * v.weight.sqrt();
        let far = distance(v.at, at) / SIDE / reach;
        let fall = 1.0 + far * far;
        v.weight / (std::f64::consts::PI * reach * reach * fall * fall)
    });
    around.sum()
}

fn population(ground: &Ground, stores: &[Store]) -> Result<Cells> {
    let mut cells = Cells::new();
    villages_and_outskirts(&mut cells, ground);
    along_roads(&mut cells, ground)?;
    remote(&mut cells, ground, stores);
    for (owner, municipality) in ground.facts.municipalities.iter().enumerate() {
        count_people(&mut cells, owner, municipality)?;
    }
    Ok(cells)
}

fn villages_and_outskirts(cells: &mut Cells, ground: &Ground) {
    let mut chance = Chance::new(1);
    let mut wanted = BTreeSet::new();
    for village in ground.villages {
        let (north, east) = key(village.at);
        let reach = if village.weight > 5000.0 { 9 } else { 4 };
        for n in -reach..=reach {
            wanted.extend((-reach..=reach).map(|e| (north + n, east + e)));
        }
    }
    for place in wanted {
        let Some(owner) = ground.owner(centre(place)) else {
            continue;
        };
        let people = density(ground, owner, centre(place));
        let luck = chance.unit();
        let home = ground.villages.iter().any(|v| key(v.at) == place);
        if home || people >= 30.0 || (people >= 2.0 && luck < 0.7) {
            add(cells, ground, centre(place), Kind::Core, people.max(2.0));
        }
    }
    for village in ground.villages {
        for _ in 0..3 {
            let x = village.at.x + chance.between(-5000.0, 5000.0);
            let y = village.at.y + chance.between(-5000.0, 5000.0);
            add(cells, ground, Coord { x, y }, Kind::Rural, chance.between(1.0, 5.0));
        }
    }
}

fn along_roads(cells: &mut Cells, ground: &Ground) -> Result<()> {
    let mut chance = Chance::new(2);
    for row in ground.facts.roads.rows() {
        let end = |column| -> Result<Point> {
            let name = row.text(column)?;
            let village = ground.villages.iter().find(|v| v.name == name);
            village.map(|v| v.at).ok_or_else(|| format!("roads: no village {name}").into())
        };
        let (from, to) = (end("from")?, end("to")?);
        let length = distance(from, to);
        let mut along = 0.0;
        while along < length {
            let road = from + (to - from) * (along / length);
            let x = road.x + chance.between(-1300.0, 1300.0);
            let y = road.y + chance.between(-1300.0, 1300.0);
            // Long empty stretches between far villages stay thin.
            let share = if along.min(length - along) < 6000.0 { 0.5 } else { 0.2 };
            let (luck, few) = (chance.unit(), chance.unit());
            if luck < share {
                add(cells, ground, Coord { x, y }, Kind::Rural, 1.0 + 9.0 * few * few);
            }
            along += SIDE;
        }
    }
    Ok(())
}

/// Small groups of houses 8 to 25 km from the nearest store, so that there are gaps to find.
fn remote(cells: &mut Cells, ground: &Ground, stores: &[Store]) {
    let mut chance = Chance::new(3);
    for (owner, _) in ground.facts.municipalities.iter().enumerate() {
        let homes: Vec<_> = ground.villages.iter().filter(|v| v.owner == owner).map(|v| v.at).collect();
        let mut found: Vec<Point> = Vec::new();
        for _ in 0..4000 {
            let home = homes[chance.index(homes.len())];
            let x = home.x + chance.between(-22_000.0, 22_000.0);
            let y = home.y + chance.between(-22_000.0, 22_000.0);
            let at = Coord { x, y };
            let far = |points: &mut dyn Iterator<Item = Point>| {
                points.map(|p| distance(p, at)).fold(f64::INFINITY, f64::min)
            };
            let store = far(&mut stores.iter().map(|s| s.at));
            let lonely = far(&mut homes.iter().copied()) > 5000.0 && far(&mut found.iter().copied()) > 8000.0;
            if found.len() < 4
                && (8000.0..25_000.0).contains(&store)
                && lonely
                && ground.owner(at) == Some(owner)
            {
                found.push(at);
            }
        }
        for spot in found {
            for _ in 0..3 {
                let x = spot.x + chance.between(-1200.0, 1200.0);
                let y = spot.y + chance.between(-1200.0, 1200.0);
                let few = chance.between(1.0, 6.0).floor();
                if ground.owner(centre(key(Coord { x, y }))) == Some(owner) {
                    add(cells, ground, Coord { x, y }, Kind::Remote, few);
                }
            }
        }
    }
}

/// Shares out exactly the municipality's people, at least one to a cell: the villages as they are,
/// what is left to the countryside; the largest fractions take the odd ones.
fn count_people(cells: &mut Cells, owner: usize, municipality: &Municipality) -> Result<()> {
    let sum = |kind: Kind| -> f64 {
        cells.values().filter(|c| c.owner == owner && c.kind == kind).map(|c| c.weight).sum()
    };
    let (core, rural) = (sum(Kind::Core), sum(Kind::Rural));
    let free = real(municipality.population) - sum(Kind::Remote);
    let countryside = (free - core).max(0.05 * free);
    let (villages, countryside) = ((free - countryside) / core, countryside / rural);

    let mut mine: Vec<_> = cells.iter_mut().filter(|(_, c)| c.owner == owner).collect();
    for (_, cell) in &mut mine {
        cell.weight *= match cell.kind {
            Kind::Core => villages,
            Kind::Rural => countryside,
            Kind::Remote => 1.0,
        };
    }
    let cells_here = i64::try_from(mine.len())?;
    let spare: f64 = mine.iter().map(|(_, c)| (c.weight - 1.0).max(0.0)).sum();
    let scale = real(municipality.population - cells_here) / spare;
    let mut given = 0;
    let mut rest = Vec::new();
    for (i, (_, cell)) in mine.iter_mut().enumerate() {
        let part = (cell.weight - 1.0).max(0.0) * scale;
        cell.people = 1 + whole(part.floor());
        given += cell.people;
        rest.push((part.fract(), i));
    }
    rest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let odd = usize::try_from(municipality.population - given)?;
    for &(_, i) in rest.iter().take(odd) {
        mine[i].1.people += 1;
    }
    let total: i64 = mine.iter().map(|(_, c)| c.people).sum();
    if total != municipality.population {
        return Err(format!("{}: {total} people", municipality.name).into());
    }
    Ok(())
}

// ---------------------------------------------------------------- services

/// One map layer under way.
struct Layer {
    kind: &'static str,
    lines: Vec<String>,
}

/// A geometry of GeoJSON, to a decimetre.
fn in_degrees(shape: &MultiPolygon) -> String {
    let ring = |ring: &LineString| {
        let corners: Vec<String> = ring.coords().map(|c| format!("[{:.6},{:.6}]", c.x, c.y)).collect();
        format!("[{}]", corners.join(","))
    };
    let polygon = |polygon: &Polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring);
        format!("[{}]", rings.collect::<Vec<_>>().join(","))
    };
    match shape.0.as_slice() {
        [one] => format!(r#"{{"type":"Polygon","coordinates":{}}}"#, polygon(one)),
        many => {
            let many: Vec<String> = many.iter().map(polygon).collect();
            format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, many.join(","))
        }
    }
}

impl Layer {
    fn new(kind: &'static str) -> Self {
        Self { kind, lines: Vec::new() }
    }

    /// Adds a feature; properties keep their order and null ones are left out: unknown is unknown.
    fn add(&mut self, id: Option<String>, geometry: &str, properties: &[(&str, Value)]) -> Result<()> {
        let id = id.unwrap_or_else(|| format!("{:03}", self.lines.len() + 1));
        let mut line = format!(r#"{{"type":"Feature","id":"demo-{}-{id}","properties":{{"#, self.kind);
        for (name, value) in properties.iter().filter(|p| !p.1.is_null()) {
            write!(line, "{}:{value},", json!(name))?;
        }
        write!(line, r#""source":"demo"}},"geometry":{geometry}}}"#)?;
        self.lines.push(line);
        Ok(())
    }

    fn file(self) -> (String, String) {
        let text =
            format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", self.lines.join(",\n"));
        (format!("{}.geojson", self.kind), text)
    }
}

/// The attributes a store can have, and whether they are numbers.
const ATTRIBUTES: [(&str, bool); 21] = [
    ("staffing", false),
    ("articles", true),
    ("missing_groups", false),
    ("hours_per_week", true),
    ("turnover_msek", true),
    ("seasonal", false),
    ("permanent_premises", false),
    ("information_point", false),
    ("comms_channel", false),
    ("operator", false),
    ("deputy", false),
    ("agreement", false),
    ("reserve_power", false),
    ("other_rooms", false),
    ("hard_standing", false),
    ("power_need_kva", true),
    ("containers", true),
    ("trafficked_road", false),
    ("civil_society", false),
    ("municipal_readiness", false),
    ("host_viability", false),
];

/// Services counted in `villages.csv`: service, form, column, word, and whether it is in the store.
const OFFERS: [(&str, &str, &str, &str, bool); 7] = [
    ("parcel", "agent", "parcel", "Paketombud", true),
    ("parcel", "locker", "locker", "Paketbox", false),
    ("pharmacy", "pharmacy", "pharmacy", "Apotek", false),
    ("pharmacy", "agent", "pharmacy_agent", "Apoteksombud", true),
    ("payment", "cash", "cash", "Kontantuttag", true),
    ("payment", "bill", "bill", "Betalningsförmedling", true),
    ("payment", "takings", "takings", "Dagskassehantering", true),
];

impl Facts {
    fn layers(&self) -> Result<Vec<(String, String)>> {
        let villages = self.villages()?;
        let ground = Ground { facts: self, villages: &villages, sites: self.sites(&villages)? };
        let stores = self.place_stores(&ground)?;
        Ok(vec![
            self.population_layer(&ground, &stores)?,
            self.municipality_layer()?,
            self.place_layer(&villages)?,
            self.water_layer()?,
            self.grocery_layer(&villages, &stores)?,
            self.fuel_layer(&ground, &stores)?,
            self.service_layer(&ground, &stores, "parcel")?,
            self.service_layer(&ground, &stores, "pharmacy")?,
            self.service_layer(&ground, &stores, "payment")?,
            self.rescue_layer(&ground, &stores)?,
            self.sot_layer(&ground, &stores)?,
        ])
    }

    fn population_layer(&self, ground: &Ground, stores: &[Store]) -> Result<(String, String)> {
        let mut layer = Layer::new("population");
        for ((north, east), cell) in population(ground, stores)? {
            let (x, y) = (real(east) * SIDE, real(north) * SIDE);
            let square = [(0.0, 0.0), (SIDE, 0.0), (SIDE, SIDE), (0.0, SIDE)];
            let square = square.iter().map(|d| Coord { x: x + d.0, y: y + d.1 }).collect();
            let rutid = format!("{:06}{:07}", whole(x), whole(y));
            let municipality = &self.municipalities[cell.owner];
            layer.add(
                Some(rutid.clone()),
                &self.projection.polygons(&[square])?,
                &[
                    ("rutid", json!(rutid)),
                    ("population", json!(cell.people)),
                    ("kommun_kod", json!(municipality.code)),
                    ("kommun", json!(municipality.name)),
                ],
            )?;
        }
        Ok(layer.file())
    }

    /// Drawn as they are on the map that is built in; whose a cell is says the cell.
    fn municipality_layer(&self) -> Result<(String, String)> {
        let mut layer = Layer::new("municipalities");
        for municipality in &self.municipalities {
            let known =
                ground::ground().municipalities.iter().find(|region| region.code == municipality.code);
            layer.add(
                Some(municipality.code.clone()),
                &in_degrees(&known.ok_or("no such municipality")?.shape),
                &[("kommun_kod", json!(municipality.code)), ("kommun", json!(municipality.name))],
            )?;
        }
        Ok(layer.file())
    }

    fn place_layer(&self, villages: &[Village]) -> Result<(String, String)> {
        let mut layer = Layer::new("places");
        for v in villages {
            layer.add(
                None,
                &self.projection.point(v.at)?,
                &[
                    ("name", json!(v.name)),
                    ("kommun", json!(self.municipalities[v.owner].name)),
                    ("population", short(v.weight)),
                ],
            )?;
        }
        Ok(layer.file())
    }

    fn water_layer(&self) -> Result<(String, String)> {
        let mut layer = Layer::new("water");
        let land: Vec<&MultiPolygon> = ground::ground()
            .municipalities
            .iter()
            .filter(|region| self.municipalities.iter().any(|ours| ours.code == region.code))
            .map(|region| &region.shape)
            .collect();
        for lake in &ground::ground().lakes {
            if land.iter().any(|shape| shape.intersects(&lake.shape)) {
                layer.add(None, &in_degrees(&lake.shape), &[("name", json!(lake.name))])?;
            }
        }
        Ok(layer.file())
    }

    /// What the table says of a store, if anything.
    fn known(&self, village: &str, nr: i64) -> Result<Option<Row<'_>>> {
        for row in self.stores.rows() {
            if row.text("village")? == village && row.count("nr")? == nr {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn place_stores(&self, ground: &Ground) -> Result<Vec<Store>> {
        const NAMES: [&str; 12] = [
            "Lanthandeln i",
            "Kvartersbutiken i",
            "Matboden i",
            "Livsmedelshallen i",
            "Torghandeln i",
            "Stationshandeln i",
            "Hörnbutiken i",
            "Saluhallen i",
            "Parkhandeln i",
            "Backens livs i",
            "Norra matboden i",
            "Södra matboden i",
        ];
        let mut chance = Chance::new(4);
        let mut stores = Vec::new();
        for (village, v) in ground.villages.iter().enumerate() {
            for (nr, generic) in (1..=v.row.count("grocery")?).zip(NAMES) {
                let known = self.known(v.name, nr)?;
                let off = known.map_or(Ok(None), |row| row.maybe("from_centre_m"))?;
                let (low, high) = match off {
                    Some(off) => (off - 20.0, off),
                    None if nr == 1 => (0.0, 150.0),
                    None => (200.0, 350.0 + 16.0 * v.weight.sqrt()),
                };
                let name = known.map_or(Ok(None), |row| row.maybe_text("name"))?;
                stores.push(Store {
                    village,
                    nr,
                    at: ground.near(&mut chance, v, v.at, low, high)?,
                    name: name.map_or_else(|| format!("{generic} {}", v.name), str::to_owned),
                });
            }
        }
        for (owner, m) in self.municipalities.iter().enumerate() {
            let here = stores.iter().filter(|s| ground.villages[s.village].owner == owner).count();
            if i64::try_from(here)? != m.stores {
                return Err(format!("{}: {here} stores, not {}", m.name, m.stores).into());
            }
        }
        Ok(stores)
    }

    fn grocery_layer(&self, villages: &[Village], stores: &[Store]) -> Result<(String, String)> {
        let mut layer = Layer::new("grocery");
        for store in stores {
            let v = &villages[store.village];
            let mut properties = self.common("grocery", None, &store.name, v);
            properties.push(("full_range", json!("yes")));
            if let Some(row) = self.known(v.name, store.nr)? {
                for (name, numeric) in ATTRIBUTES {
                    properties.push((name, row.value(name, numeric)?));
                }
            }
            layer.add(None, &self.projection.point(store.at)?, &properties)?;
        }
        Ok(layer.file())
    }

    fn common<'p>(
        &self,
        service: &str,
        form: Option<&str>,
        name: &str,
        v: &Village,
    ) -> Vec<(&'p str, Value)> {
        vec![
            ("service", json!(service)),
            ("form", json!(form)),
            ("name", json!(name)),
            ("village", json!(v.name)),
            ("kommun", json!(self.municipalities[v.owner].name)),
        ]
    }

    fn fuel_layer(&self, ground: &Ground, stores: &[Store]) -> Result<(String, String)> {
        let mut chance = Chance::new(5);
        let mut layer = Layer::new("fuel");
        for (village, v) in ground.villages.iter().enumerate() {
            for nr in 1..=v.row.count("fuel")? {
                let store = stores.iter().find(|s| s.village == village && s.nr == nr);
                let known = self.known(v.name, nr)?.map_or(Ok(None), |row| row.maybe("fuel_m"))?;
                // At the store, in the village, or out by the main road.
                let (low, high) = match (known, chance.unit()) {
                    (Some(far), _) => (far - 20.0, far),
                    (None, luck) if luck < 0.45 => (30.0, 190.0),
                    (None, luck) if luck < 0.85 => (230.0, 950.0),
                    (None, _) => (1200.0, 2800.0),
                };
                let at = ground.near(&mut chance, v, store.map_or(v.at, |s| s.at), low, high)?;
                let name = format!("Drivmedel i {}", numbered(v.name, nr));
                let properties = self.common("fuel", None, &name, v);
                layer.add(None, &self.projection.point(at)?, &properties)?;
            }
        }
        Ok(layer.file())
    }

    /// The services that a store has at its counter, or that stand by themselves in the village.
    fn service_layer(
        &self,
        ground: &Ground,
        stores: &[Store],
        service: &'static str,
    ) -> Result<(String, String)> {
        let offers = OFFERS.iter().filter(|offer| offer.0 == service);
        let mut chance = Chance::new(6);
        let mut layer = Layer::new(service);
        for (village, v) in ground.villages.iter().enumerate() {
            for &(_, form, column, word, in_store) in offers.clone() {
                for nr in 1..=v.row.count(column)? {
                    let at = if in_store {
                        host(stores, village, nr).unwrap_or(v.at)
                    } else {
                        ground.near(&mut chance, v, v.at, 50.0, 300.0 + 10.0 * v.weight.sqrt())?
                    };
                    let name = format!("{} i {}", word, numbered(v.name, nr));
                    let properties = self.common(service, Some(form), &name, v);
                    layer.add(None, &self.projection.point(at)?, &properties)?;
                }
            }
        }
        Ok(layer.file())
    }

    fn rescue_layer(&self, ground: &Ground, stores: &[Store]) -> Result<(String, String)> {
        let mut chance = Chance::new(8);
        let mut layer = Layer::new("rescue");
        for (village, v) in ground.villages.iter().enumerate() {
            let Some(form) = v.row.maybe_text("rescue")? else {
                continue;
            };
            let from = host(stores, village, 1).unwrap_or(v.at);
            let (low, high) = v.row.maybe("rescue_m")?.map_or((150.0, 900.0), |far| (far - 10.0, far));
            let at = ground.near(&mut chance, v, from, low, high)?;
            let words = if form == "volunteer" { "Räddningsvärnet" } else { "Räddningsstationen" };
            let name = format!("{words} i {}", v.name);
            let properties = self.common("rescue", Some(form), &name, v);
            layer.add(None, &self.projection.point(at)?, &properties)?;
        }
        Ok(layer.file())
    }

    fn sot_layer(&self, ground: &Ground, stores: &[Store]) -> Result<(String, String)> {
        let mut chance = Chance::new(9);
        let mut layer = Layer::new("sot");
        for row in self.sot.rows() {
            let name = row.text("name")?;
            let found = ground.villages.iter().enumerate().find(|(_, v)| v.name == name);
            let (village, v) = found.ok_or_else(|| format!("sot: no village {name}"))?;
            // The container stands by the store; without one the village itself is the place.
            let store = host(stores, village, 1).filter(|&at| distance(at, v.at) < 300.0);
            let at = match store {
                Some(store) => ground.near(&mut chance, v, store, 15.0, 40.0)?,
                None => v.at,
            };
            layer.add(
                Some(row.text("number")?.to_owned()),
                &self.projection.point(at)?,
                &[
                    ("service", json!("sot")),
                    ("number", row.value("number", true)?),
                    ("name", json!(name)),
                    ("kommun", json!(self.municipalities[v.owner].name)),
                    ("status", row.value("status", false)?),
                    ("status_date", row.value("status_date", false)?),
                    ("quarter", row.value("quarter", false)?),
                    ("in_favour_of", row.value("in_favour_of", false)?),
                    ("host", row.value("host", false)?),
                    ("note", row.value("note", false)?),
                ],
            )?;
        }
        Ok(layer.file())
    }
}

/// Where a village's store of that number stands.
fn host(stores: &[Store], village: usize, nr: i64) -> Option<Point> {
    stores.iter().find(|s| s.village == village && s.nr == nr).map(|s| s.at)
}

/// "Sveg", "Sveg 2", "Sveg 3".
fn numbered(name: &str, nr: i64) -> String {
    if nr == 1 { name.to_owned() } else { format!("{name} {nr}") }
}
