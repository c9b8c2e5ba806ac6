//! In which area does a point lie? Polygons of municipalities or counties, indexed by their boxes.

use geo::{BoundingRect, Contains, Distance, Euclidean};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Area, AreaIx, refuse};
use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::model::{AreaFields, Layer, LayerReport, Refusal, recognise};
use crate::units::Metres;

/// Makes the areas of a layer.
pub(super) fn bind(layer: &Layer, fields: &AreaFields, areas: &mut Vec<Area>, report: &mut LayerReport) {
    let Ok(reprojection) = Reprojection::new(Crs::Wgs84) else { return };
    for (feature_ix, feature) in layer.table.features.iter().enumerate() {
        let shape = feature.shape.as_deref().and_then(|shape| reprojection.plane_geometry(shape));
        let shape = match shape {
            Some(geo::Geometry::Polygon(polygon)) => geo::MultiPolygon::new(vec![polygon]),
            Some(geo::Geometry::MultiPolygon(polygons)) => polygons,
            Some(_) => {
                refuse(report, layer, feature_ix, Refusal::NotAPolygon { found: "a line or a collection" });
                continue;
            }
            None => {
                refuse(report, layer, feature_ix, Refusal::NotAPolygon { found: "a point" });
                continue;
            }
        };
        let properties = layer.table.properties(feature);
        let text = |field: &Option<String>| {
            field
                .as_ref()
                .and_then(|name| properties.get(name))
                .map(recognise::plain_text)
                .unwrap_or_default()
        };
        let code = text(&fields.code);
        let name = Some(text(&fields.name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| if code.is_empty() { format!("#{}", feature.number) } else { code.clone() });
        areas.push(Area { code, name, layer: layer.id, feature_ix, shape });
        report.features_used += 1;
    }
}

type AreaBox = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Finds the area of a point.
pub struct AreaIndex<'a> {
    areas: &'a [Area],
    boxes: RTree<AreaBox>,
}

impl<'a> AreaIndex<'a> {
    #[must_use]
    pub fn new(areas: &'a [Area]) -> Self {
        let boxes = (0u32..).zip(areas).filter_map(|(ix, area)| {
            let rect = area.shape.bounding_rect()?;
            let corners = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
            Some(GeomWithData::new(Rectangle::from_aabb(corners), ix))
        });
        Self { areas, boxes: RTree::bulk_load(boxes.collect()) }
    }

    #[must_use]
    pub const fn areas(&self) -> &'a [Area] {
        self.areas
    }

    /// The area that holds the point (length zero), else the nearest one and how far outside it is.
    ///
    /// # Complexity
    /// The vertices of the few areas whose boxes hold the point, or are as near as the nearest area.
    #[must_use]
    pub fn find(&self, point: PlanePoint) -> Option<(AreaIx, Metres)> {
        let here = geo::Point::new(point.e, point.n);
        let envelope = AABB::from_point([point.e, point.n]);
        let inside = self
            .boxes
            .locate_in_envelope_intersecting(envelope)
            .filter(|candidate| self.areas[candidate.data as usize].shape.contains(&here))
            .map(|candidate| candidate.data)
            .min();
        if let Some(ix) = inside {
            return Some((AreaIx(ix), Metres::ZERO));
        }
        let mut best: Option<(f64, u32)> = None;
        for (candidate, box_distance2) in self.boxes.nearest_neighbor_iter_with_distance_2([point.e, point.n])
        {
            if best.is_some_and(|(distance, _)| distance * distance < box_distance2) {
                break;
            }
            let distance = Euclidean.distance(&self.areas[candidate.data as usize].shape, &here);
            if best.is_none_or(|(nearest, ix)| (distance, candidate.data) < (nearest, ix)) {
                best = Some((distance, candidate.data));
            }
        }
        // A point on the very border is in no polygon's interior, yet no distance away.
        best.map(|(distance, ix)| (AreaIx(ix), Metres::new(distance)))
    }
}
