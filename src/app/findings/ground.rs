//! Where is land, by the map that is built in? It is coarse: what it says is worth a question, never a verdict.

use std::sync::OnceLock;

use geo::{BoundingRect, Contains, Distance, Euclidean};

use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::io::ground;
use crate::model::{Area, AreaIndex, LayerId};
use crate::units::Metres;

/// Sweden, its neighbours' land and the large lakes, in SWEREF 99 TM.
pub(super) struct BuiltIn {
    /// Sweden's municipalities with the waters nearest to them.
    country: Vec<Area>,
    /// All land around, Sweden's among it.
    land: Vec<Area>,
    lakes: Vec<(Option<String>, geo::MultiPolygon, geo::Rect)>,
}

/// The indices of the map that is built in.
pub(super) struct Ground {
    country: AreaIndex<'static>,
    land: AreaIndex<'static>,
    lakes: &'static [(Option<String>, geo::MultiPolygon, geo::Rect)],
}

impl Ground {
    pub(super) fn built_in() -> Self {
        static PARTS: OnceLock<BuiltIn> = OnceLock::new();
        let parts = PARTS.get_or_init(made);
        Self {
            country: AreaIndex::new(&parts.country),
            land: AreaIndex::new(&parts.land),
            lakes: &parts.lakes,
        }
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
    pub(super) fn in_lake(&self, point: PlanePoint) -> Option<(Option<&'static str>, Metres)> {
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

fn made() -> BuiltIn {
    let map = ground::ground();
    let to_plane = Reprojection::new(Crs::Wgs84);
    let in_plane = |shape: &geo::MultiPolygon| {
        geo::MultiPolygon::new(shape.iter().filter_map(|polygon| to_plane.plane_polygon(polygon)).collect())
    };
    let area = |code: &str, name: &str, shape: &geo::MultiPolygon| Area {
        code: code.to_owned(),
        name: name.to_owned(),
        level: None,
        layer: LayerId::BUILT_IN,
        feature_ix: 0,
        features: Vec::new(),
        shape: in_plane(shape),
    };
    let lakes = map.lakes.iter().filter_map(|lake| {
        let shape = in_plane(&lake.shape);
        let bounds = shape.bounding_rect()?;
        Some((lake.name.clone(), shape, bounds))
    });
    BuiltIn {
        country: map.municipalities.iter().map(|one| area(&one.code, &one.name, &one.area)).collect(),
        land: map.land.iter().map(|one| area(&one.iso, &one.names[0], &one.shape)).collect(),
        lakes: lakes.collect(),
    }
}
