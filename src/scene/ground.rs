//! What is drawn under everything else? The map that is built in, brought into map coordinates once.
//! To be drawn in this order: neighbours, municipalities, borders of counties and municipalities, lakes, borders of
//! countries, coast. Does not know colours, or how much of it is shown.

use std::sync::OnceLock;

use geo::{Geometry, LineString, MultiPolygon};
use rayon::prelude::*;

use super::{Mercator, Surface, mercator};
use crate::geometry::LonLat;
use crate::io::ground::{Country, Ground, Region, coarse_ground, ground};

/// The map that is built in.
pub struct GroundScene {
    /// Countries but Sweden, to be filled only: their lines follow the edge of the map; see `borders`.
    pub neighbours: Vec<NeighbourSurface>,
    /// In the order of their codes.
    pub counties: Vec<NamedSurface>,
    /// In the order of their codes; together they are Sweden, lakes included.
    pub municipalities: Vec<NamedSurface>,
    /// Largest first.
    pub lakes: Vec<LakeSurface>,
    pub borders: BorderLines,
}

/// A county or municipality: its land.
pub struct NamedSurface {
    pub code: String,
    pub name: String,
    pub surface: Surface,
    pub label_at: Mercator,
}

/// Another country.
pub struct NeighbourSurface {
    /// Two letters of ISO 3166-1.
    pub iso: String,
    /// In Swedish and in English.
    pub names: [String; 2],
    pub surface: Surface,
    pub label_at: Mercator,
}

/// A lake.
pub struct LakeSurface {
    pub name: Option<String>,
    pub surface: Surface,
}

/// Lines between surfaces, each once, so that what shines through does so evenly.
#[derive(Default)]
pub struct BorderLines {
    /// Between land and sea.
    pub coast: Vec<Vec<Mercator>>,
    pub countries: Vec<Vec<Mercator>>,
    pub counties: Vec<Vec<Mercator>>,
    /// Between municipalities of one county.
    pub municipalities: Vec<Vec<Mercator>>,
}

/// The map as fine as there is. The first call takes its time: make it in a job.
#[must_use]
pub fn ground_scene() -> &'static GroundScene {
    static SCENE: OnceLock<GroundScene> = OnceLock::new();
    SCENE.get_or_init(|| GroundScene::of(ground()))
}

/// The map for scales where a kilometre is not seen, with about a third of the points.
#[must_use]
pub fn coarse_ground_scene() -> &'static GroundScene {
    static SCENE: OnceLock<GroundScene> = OnceLock::new();
    SCENE.get_or_init(|| GroundScene::of(coarse_ground()))
}

impl GroundScene {
    fn of(ground: &Ground) -> Self {
        let abroad: Vec<&Country> = ground.land.iter().filter(|country| country.iso != "SE").collect();
        let borders = &ground.borders;
        Self {
            neighbours: abroad.into_par_iter().map(NeighbourSurface::of).collect(),
            counties: ground.counties.par_iter().map(NamedSurface::of).collect(),
            municipalities: ground.municipalities.par_iter().map(NamedSurface::of).collect(),
            lakes: ground
                .lakes
                .par_iter()
                .map(|lake| LakeSurface { name: lake.name.clone(), surface: surface(&lake.shape) })
                .collect(),
            borders: BorderLines {
                coast: lines(&borders.coast),
                countries: lines(&borders.countries),
                counties: lines(&borders.counties),
                municipalities: lines(&borders.municipalities),
            },
        }
    }
}

impl NamedSurface {
    fn of(region: &Region) -> Self {
        Self {
            code: region.code.clone(),
            name: region.name.clone(),
            surface: surface(&region.shape),
            label_at: mercator(region.label_at),
        }
    }
}

impl NeighbourSurface {
    fn of(country: &Country) -> Self {
        Self {
            iso: country.iso.clone(),
            names: country.names.clone(),
            surface: surface(&country.shape),
            label_at: mercator(country.label_at),
        }
    }
}

fn surface(shape: &MultiPolygon) -> Surface {
    Surface::of(&Geometry::MultiPolygon(shape.clone()))
}

fn lines(lines: &[LineString]) -> Vec<Vec<Mercator>> {
    lines.par_iter().map(|line| line.0.iter().map(|c| mercator(LonLat::new(c.x, c.y))).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the area of a triangle.
    fn doubled([a, b, c]: [Mercator; 3]) -> f64 {
        ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs()
    }

    fn filled(surface: &Surface) -> f64 {
        let triangles = surface.triangles.chunks_exact(3);
        let area = |at: &[u32]| doubled([at[0], at[1], at[2]].map(|ix| surface.vertices[ix as usize]));
        triangles.map(area).sum()
    }

    fn outlined(surface: &Surface) -> f64 {
        let ring = |line: &Vec<Mercator>| {
            let pairs = line.iter().zip(line.iter().skip(1));
            pairs.map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>()
        };
        // Seen from above with y southwards, outer rings run one way, holes the other.
        surface.lines.iter().map(ring).sum::<f64>().abs()
    }

    #[test]
    fn triangles_fill_every_outline() {
        for scene in [ground_scene(), coarse_ground_scene()] {
            for named in scene.municipalities.iter().chain(&scene.counties) {
                let (filled, outlined) = (filled(&named.surface), outlined(&named.surface));
                assert!((filled - outlined).abs() <= 0.002 * outlined, "{}: {filled} {outlined}", named.name);
            }
        }
    }

    #[test]
    fn counties_are_their_municipalities() {
        let scene = ground_scene();
        for county in &scene.counties {
            let own = scene.municipalities.iter().filter(|one| one.code.starts_with(&county.code));
            let sum: f64 = own.map(|one| filled(&one.surface)).sum();
            assert!(
                (sum / filled(&county.surface) - 1.0).abs() < 1e-4,
                "{}: {}",
                county.name,
                sum / filled(&county.surface)
            );
        }
    }

    #[test]
    fn everything_is_there_to_be_drawn_and_coarse_is_lighter() {
        let (fine, coarse) = (ground_scene(), coarse_ground_scene());
        let points = |scene: &GroundScene| {
            let borders = &scene.borders;
            let kinds = [&borders.coast, &borders.countries, &borders.counties, &borders.municipalities];
            kinds
                .iter()
                .inspect(|kind| assert!(!kind.is_empty()))
                .flat_map(|kind| kind.iter())
                .map(Vec::len)
                .sum()
        };
        let (many, few): (usize, usize) = (points(fine), points(coarse));
        assert!(few * 3 < many, "{few} of {many}");
        for scene in [fine, coarse] {
            assert_eq!((scene.counties.len(), scene.municipalities.len()), (21, 290));
            assert!(
                scene.neighbours.iter().all(|country| country.iso != "SE" && !country.names[0].is_empty())
            );
            assert!(scene.neighbours.iter().any(|country| country.iso == "NO"));
            assert!(scene.lakes.iter().any(|lake| lake.name.as_deref() == Some("Vänern")));
        }
    }
}
