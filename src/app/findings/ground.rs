//! Where is land, by the map that is built in? It is coarse: what it says is worth a question, never a verdict.

use std::sync::OnceLock;

use geo::{BoundingRect, Contains, Distance, Euclidean};

use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::io::ground;
use crate::model::{Area, AreaIndex, LayerId};
use crate::units::Metres;

/// The map that is built in, in SWEREF 99 TM.
pub(super) struct Ground {
    /// Sweden's municipalities with the waters nearest to them.
    country: AreaIndex<'static>,
    /// All land around, Sweden's among it.
    land: AreaIndex<'static>,
    lakes: Vec<(Option<String>, geo::MultiPolygon, geo::Rect)>,
}

impl Ground {
    /// Made once, when something is first asked.
    pub(super) fn built_in() -> &'static Self {
        static AREAS: OnceLock<[Vec<Area>; 2]> = OnceLock::new();
        static GROUND: OnceLock<Ground> = OnceLock::new();
        let [country, land] = AREAS.get_or_init(areas);
        GROUND.get_or_init(|| Self {
            country: AreaIndex::new(country),
            land: AreaIndex::new(land),
            lakes: lakes(),
        })
    }

    /// How far outside Sweden a point is; zero within.
    pub(super) fn outside_country(&self, point: PlanePoint) -> Metres {
        self.country.find(point).map_or(Metres::ZERO, |(_, by)| by)
    }

    /// How far from land a point is; zero on it.
    pub(super) fn off_land(&self, point: PlanePoint) -> Metres {
        self.land.find(point).map_or(Metres::ZERO, |(_, by)| by)
    }

    /// The lake that a point lies in, by its name, and how far its shore is.
    pub(super) fn in_lake(&'static self, point: PlanePoint) -> Option<(Option<&'static str>, Metres)> {
        let here = geo::Point::new(point.e, point.n);
        let lakes = self.lakes.iter().filter(|(.., bounds)| bounds.contains(&here));
        let (name, polygon) = lakes
            .flat_map(|(name, shape, _)| shape.iter().map(move |polygon| (name, polygon)))
            .find(|(_, polygon)| polygon.contains(&here))?;
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let shore = rings.map(|ring| Euclidean.distance(&here, ring)).fold(f64::INFINITY, f64::min);
        Some((name.as_deref(), Metres::new(shore)))
    }
}

/// The municipalities, and all land.
fn areas() -> [Vec<Area>; 2] {
    let map = ground::ground();
    let to_plane = Reprojection::new(Crs::Wgs84);
    let area = |code: &str, name: &str, shape: &geo::MultiPolygon| Area {
        code: code.to_owned(),
        name: name.to_owned(),
        level: None,
        layer: LayerId::BUILT_IN,
        feature_ix: 0,
        features: Vec::new(),
        shape: in_plane(shape, &to_plane),
    };
    [
        map.municipalities.iter().map(|one| area(&one.code, &one.name, &one.area)).collect(),
        map.land.iter().map(|one| area(&one.iso, &one.names[0], &one.shape)).collect(),
    ]
}

fn lakes() -> Vec<(Option<String>, geo::MultiPolygon, geo::Rect)> {
    let to_plane = Reprojection::new(Crs::Wgs84);
    let lake = |lake: &ground::Lake| {
        let shape = in_plane(&lake.shape, &to_plane);
        let bounds = shape.bounding_rect()?;
        Some((lake.name.clone(), shape, bounds))
    };
    ground::ground().lakes.iter().filter_map(lake).collect()
}

fn in_plane(shape: &geo::MultiPolygon, to_plane: &Reprojection) -> geo::MultiPolygon {
    geo::MultiPolygon::new(shape.iter().filter_map(|polygon| to_plane.plane_polygon(polygon)).collect())
}
