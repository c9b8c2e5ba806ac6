//! What does the map look like that is built in? Land around Sweden, counties, municipalities and large lakes.
//! Made by `assets/generator`; sources, licences and year stand in `assets/README.md`. Does not know how it is drawn.

mod topology;

use std::io::Read as _;
use std::sync::OnceLock;

use geo::{LineString, MultiPolygon};
use serde::Deserialize;

use self::topology::{Arcs, Collection, Topology};
use crate::geometry::LonLat;
use crate::lang::Lang;

static PACKED: &[u8] = include_bytes!("../../../assets/ground.topojson.gz");

/// How far a coarse line may lie from the fine one, degrees of latitude: 1.1 km, a pixel at zoom 6, where all Sweden is
/// 1 500 pixels high.
const COARSE: f64 = 0.01;

/// The division into municipalities has been as here since this year. Of which year the lines are is not stated.
pub const DIVISION_SINCE: u16 = 2008;

/// Whose the boundaries are and how far they can be trusted.
#[must_use]
pub const fn sources(lang: Lang) -> &'static str {
    lang.pick(
        "Kommuner och län: bearbetade efter SCB:s kraftigt generaliserade gränser; årgången är inte angiven, \
         indelningen är den som gäller sedan 2008. Land och sjöar: Natural Earth 1:10 milj.",
        "Municipalities and counties: made after the strongly generalised boundaries of Statistics Sweden; their year \
         is not stated, the division is the one in force since 2008. Land and lakes: Natural Earth 1:10 million.",
    )
}

/// SHA-256 of the map as it is built in, lower-case hex.
#[must_use]
pub fn sha256() -> String {
    super::sha256_hex(PACKED)
}

/// How large it is.
#[must_use]
pub const fn bytes() -> u64 {
    PACKED.len() as u64
}

/// The map, in WGS 84.
#[derive(Debug, Default)]
pub struct Ground {
    /// Countries, Sweden (`SE`) among them: its land is that of all municipalities.
    pub land: Vec<Country>,
    /// In the order of their codes.
    pub counties: Vec<Region>,
    /// In the order of their codes.
    pub municipalities: Vec<Region>,
    /// Largest first. Land and municipalities do not leave them out.
    pub lakes: Vec<Lake>,
    pub borders: Borders,
}

/// A county or a municipality.
#[derive(Debug)]
pub struct Region {
    /// Two digits or four; a municipality's begins with its county's.
    pub code: String,
    pub name: String,
    /// Its land, to be drawn.
    pub shape: MultiPolygon,
    /// Its land by Statistics Sweden and the waters that are nearest to it, up to 22 km out: to ask whose a place is.
    /// The two coasts differ by up to some kilometres; people live within this one.
    pub area: MultiPolygon,
    /// In the middle of its widest land.
    pub label_at: LonLat,
}

/// A country, as far as it is on the map.
#[derive(Debug)]
pub struct Country {
    /// Two letters of ISO 3166-1.
    pub iso: String,
    /// In Swedish and in English.
    pub names: [String; 2],
    pub shape: MultiPolygon,
    pub label_at: LonLat,
}

impl Country {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.names[0], &self.names[1])
    }
}

/// A lake.
#[derive(Debug)]
pub struct Lake {
    /// As on the spot; of most there is none.
    pub name: Option<String>,
    pub shape: MultiPolygon,
}

/// Lines between shapes, each once.
#[derive(Debug, Default)]
pub struct Borders {
    /// Between land and sea.
    pub coast: Vec<LineString>,
    pub countries: Vec<LineString>,
    pub counties: Vec<LineString>,
    /// Between municipalities of one county.
    pub municipalities: Vec<LineString>,
}

/// The map as fine as there is.
#[must_use]
pub fn ground() -> &'static Ground {
    &both()[0]
}

/// The map for scales where a kilometre is not seen: a fraction of the points, and no tiny islands.
#[must_use]
pub fn coarse_ground() -> &'static Ground {
    &both()[1]
}

fn both() -> &'static [Ground; 2] {
    static GROUND: OnceLock<[Ground; 2]> = OnceLock::new();
    // The tests read the same bytes, so they never fail in a program that was tested.
    GROUND.get_or_init(|| decoded(PACKED).unwrap_or_default())
}

#[derive(Deserialize)]
struct Objects {
    land: Collection<CountrySaid>,
    counties: Collection<RegionSaid>,
    county_areas: Collection<Unsaid>,
    municipalities: Collection<RegionSaid>,
    municipality_areas: Collection<Unsaid>,
    lakes: Collection<LakeSaid>,
}

#[derive(Deserialize)]
struct CountrySaid {
    sv: String,
    en: String,
    at: [f64; 2],
}

#[derive(Deserialize)]
struct RegionSaid {
    name: String,
    at: [f64; 2],
}

/// Of waters nothing is said but their code.
#[derive(Deserialize)]
struct Unsaid {}

#[derive(Deserialize)]
struct LakeSaid {
    name: String,
}

/// The fine map and the coarse one.
fn decoded(packed: &[u8]) -> std::io::Result<[Ground; 2]> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut text)?;
    let topology: Topology<Objects> = serde_json::from_slice(&text)?;
    let fine = topology.degrees();
    let coarse = fine.coarse(COARSE);
    Ok([fine, coarse].map(|arcs| Ground::of(&topology.objects, &arcs)))
}

fn place([lon, lat]: [f64; 2]) -> LonLat {
    LonLat::new(lon, lat)
}

impl Ground {
    fn of(objects: &Objects, arcs: &Arcs) -> Self {
        let land = objects.land.geometries.iter().map(|country| Country {
            iso: country.id.clone(),
            names: [country.properties.sv.clone(), country.properties.en.clone()],
            shape: arcs.shape(country),
            label_at: place(country.properties.at),
        });
        let lakes = objects.lakes.geometries.iter().map(|lake| Lake {
            name: Some(lake.properties.name.clone()).filter(|name| !name.is_empty()),
            shape: arcs.shape(lake),
        });
        Self {
            land: land.collect(),
            counties: regions(&objects.counties, &objects.county_areas, arcs),
            municipalities: regions(&objects.municipalities, &objects.municipality_areas, arcs),
            lakes: lakes.filter(|lake| !lake.shape.0.is_empty()).collect(),
            borders: Borders::of(objects, arcs),
        }
    }
}

/// Both collections have the same order.
fn regions(drawn: &Collection<RegionSaid>, areas: &Collection<Unsaid>, arcs: &Arcs) -> Vec<Region> {
    let both = drawn.geometries.iter().zip(&areas.geometries);
    let regions = both.map(|(drawn, area)| Region {
        code: drawn.id.clone(),
        name: drawn.properties.name.clone(),
        shape: arcs.shape(drawn),
        area: arcs.shape(area),
        label_at: place(drawn.properties.at),
    });
    regions.collect()
}

impl Borders {
    /// An arc of two shapes is their border, one of a single country its coast.
    fn of(objects: &Objects, arcs: &Arcs) -> Self {
        let mut borders = Self::default();
        let (countries, counties) = (uses(&objects.land, arcs), uses(&objects.counties, arcs));
        let municipalities = uses(&objects.municipalities, arcs);
        for arc in 0..arcs.len() {
            let kind = match (countries[arc], counties[arc], municipalities[arc]) {
                (2, _, _) => &mut borders.countries,
                (1, _, _) if !arcs.is_edge(arc) => &mut borders.coast,
                (_, 2, _) => &mut borders.counties,
                (_, _, 2) => &mut borders.municipalities,
                _ => continue,
            };
            // The coast of an island that is too small for the coarse map is but a point or a line.
            kind.extend(arcs.line(arc).filter(|line| !line.is_closed() || topology::is_area(line)).cloned());
        }
        borders
    }
}

/// How many shapes use each arc.
fn uses<Properties>(shapes: &Collection<Properties>, arcs: &Arcs) -> Vec<u8> {
    let mut uses = vec![0; arcs.len()];
    for arc in shapes.geometries.iter().flat_map(topology::Geometry::arcs) {
        if let Some(count) = uses.get_mut(arc) {
            *count += 1;
        }
    }
    uses
}

#[cfg(test)]
mod tests;
