//! In which area does a point lie? Polygons of municipalities or counties, indexed by their boxes, and the areas that
//! features name themselves.

use std::collections::BTreeMap;

use geo::{BoundingRect, Contains, Distance, Euclidean};
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Area, AreaIx, refuse};
use crate::geometry::{PlanePoint, Reprojection};
use crate::model::recognise::{self, AreaLevel};
use crate::model::{AreaFields, Layer, LayerReport, Refusal, Remark, RemarkKind};
use crate::units::Metres;

/// Makes the areas of a layer. Features of one code, or without codes of one name, are one area.
pub(super) fn bind(layer: &Layer, fields: &AreaFields, areas: &mut Vec<Area>, report: &mut LayerReport) {
    let Ok(reprojection) = Reprojection::new(layer.source.crs) else { return };
    // An area is all of its parts; no single point stands for it.
    report.remarks.retain(|remark| !matches!(remark.kind, RemarkKind::SeveralParts { .. }));
    if fields.code.is_none() && fields.name.is_none() && !layer.table.features.is_empty() {
        report.remarks.push(Remark { number: None, kind: RemarkKind::AreasUnnamed, place: None });
    }
    let level = level_of(fields);
    let first = areas.len();
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    for (feature_ix, feature) in layer.table.features.iter().enumerate() {
        let shape = match feature.shape.as_deref() {
            Some(geo::Geometry::Polygon(polygon)) => vec![polygon],
            Some(geo::Geometry::MultiPolygon(polygons)) => polygons.iter().collect(),
            Some(_) => {
                refuse(report, layer, feature_ix, Refusal::NotAPolygon { found: "a line or a collection" });
                continue;
            }
            None => {
                refuse(report, layer, feature_ix, Refusal::NotAPolygon { found: "a point" });
                continue;
            }
        };
        let shape: Option<Vec<geo::Polygon>> =
            shape.into_iter().map(|polygon| reprojection.plane_polygon(polygon)).collect();
        let Some(shape) = shape else {
            let (x, y) = (feature.place.lon, feature.place.lat);
            refuse(report, layer, feature_ix, Refusal::OutsideAreaOfUse { x, y });
            continue;
        };
        let properties = layer.table.properties(feature);
        let text = |field: &Option<String>| {
            field
                .as_ref()
                .and_then(|name| properties.get(name))
                .map(recognise::plain_text)
                .unwrap_or_default()
        };
        let code = recognise::area_code(&text(&fields.code), level);
        let name = Some(text(&fields.name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| if code.is_empty() { format!("#{}", feature.number) } else { code.clone() });
        report.features_used += 1;
        let mut remark = |kind| {
            report.remarks.push(Remark { number: Some(feature.number), kind, place: Some(feature.place) });
        };
        let key = if code.is_empty() {
            format!("name {}", recognise::folded(&name))
        } else {
            format!("code {}", recognise::code_key(&code))
        };
        let number_of =
            |area: &Area| layer.table.features.get(area.feature_ix).map_or(0, |feature| feature.number);
        if let Some(at) = by_key.get(&key) {
            let area = &mut areas[*at];
            remark(RemarkKind::SameArea { of_number: number_of(area), area: area.name.clone() });
            area.features.push(feature_ix);
            area.shape.0.extend(shape);
            continue;
        }
        let namesake =
            areas[first..].iter().find(|area| recognise::folded(&area.name) == recognise::folded(&name));
        if let Some(area) = namesake {
            remark(RemarkKind::SameAreaName { of_number: number_of(area), name: name.clone() });
        }
        by_key.insert(key, areas.len());
        let shape = geo::MultiPolygon::new(shape);
        areas.push(Area {
            code,
            name,
            level,
            layer: layer.id,
            feature_ix,
            features: vec![feature_ix],
            shape,
        });
    }
}

/// The level that the columns of a layer of areas tell.
fn level_of(fields: &AreaFields) -> Option<AreaLevel> {
    [&fields.code, &fields.name].into_iter().flatten().find_map(|column| recognise::area_level(column))
}

type AreaBox = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Finds the area of a point.
pub struct AreaIndex<'a> {
    areas: &'a [Area],
    boxes: RTree<AreaBox>,
    /// Areas by level, by the key of their code or name.
    by_key: BTreeMap<Option<u8>, FxHashMap<String, AreaIx>>,
}

impl<'a> AreaIndex<'a> {
    #[must_use]
    pub fn new(areas: &'a [Area]) -> Self {
        let boxes = (0u32..).zip(areas).filter_map(|(ix, area)| {
            let rect = area.shape.bounding_rect()?;
            let corners = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
            Some(GeomWithData::new(Rectangle::from_aabb(corners), ix))
        });
        let mut by_key: BTreeMap<Option<u8>, FxHashMap<String, AreaIx>> = BTreeMap::new();
        for (ix, area) in (0u32..).zip(areas) {
            let keys = by_key.entry(area.level.map(|level| level as u8)).or_default();
            for key in [recognise::code_key(&area.code), recognise::area_key(&area.name)] {
                if !key.is_empty() {
                    keys.entry(key).or_insert(AreaIx(ix));
                }
            }
        }
        Self { areas, boxes: RTree::bulk_load(boxes.collect()), by_key }
    }

    #[must_use]
    pub const fn areas(&self) -> &'a [Area] {
        self.areas
    }

    /// The area that a column of this level names; areas that tell no level may be of any.
    fn named(&self, level: Option<AreaLevel>, text: &str) -> Option<AreaIx> {
        let keys = [recognise::code_key(text), recognise::area_key(text)];
        let level = level.map(|level| level as u8);
        let levels = if level.is_some() { vec![level, None] } else { self.by_key.keys().copied().collect() };
        levels
            .iter()
            .filter_map(|level| self.by_key.get(level))
            .find_map(|known| keys.iter().find_map(|key| known.get(key)).copied())
    }

    fn has_level(&self, level: AreaLevel) -> bool {
        self.by_key.contains_key(&Some(level as u8))
    }

    /// The area that holds the point (length zero), else the nearest one and how far outside it is.
    /// On a border, to the millimetre, the area that stands first.
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
        let mut on_border: Option<u32> = None;
        for (candidate, box_distance2) in self.boxes.nearest_neighbor_iter_with_distance_2([point.e, point.n])
        {
            let reach = best.map_or(f64::INFINITY, |(distance, _)| Metres::new(distance).widened().value());
            if reach * reach < box_distance2 {
                break;
            }
            let distance = Euclidean.distance(&self.areas[candidate.data as usize].shape, &here);
            if best.is_none_or(|(nearest, ix)| (distance, candidate.data) < (nearest, ix)) {
                best = Some((distance, candidate.data));
            }
            if Metres::new(distance).is_within(Metres::ZERO) {
                on_border = Some(on_border.map_or(candidate.data, |known| known.min(candidate.data)));
            }
        }
        // A point on the very border is in no polygon's interior, yet no distance away.
        let border = on_border.map(|ix| (AreaIx(ix), Metres::ZERO));
        border.or_else(|| best.map(|(distance, ix)| (AreaIx(ix), Metres::new(distance))))
    }
}

/// What a feature says of its own area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stated {
    Nothing,
    Loaded(AreaIx),
    /// An area that is not loaded, as written.
    Other(String),
}

/// The columns in which the features of a layer name their own area. A statement is never overruled by a guess.
#[derive(Default)]
pub(super) struct OwnArea {
    columns: Vec<(String, Option<AreaLevel>)>,
}

/// More columns than this are not looked at.
const COLUMNS_MAX: usize = 3;

impl OwnArea {
    /// The columns that speak of the areas loaded: of their level, or whose values name at least half of them.
    pub(super) fn choose(layer: &Layer, index: &AreaIndex<'_>) -> Self {
        if index.areas().is_empty() {
            return Self::default();
        }
        let mut found: Vec<(usize, String, Option<AreaLevel>)> = Vec::new();
        for column in recognise::own_area_columns(&layer.table.columns) {
            let level = recognise::area_level(&column);
            let named: Vec<AreaIx> = layer
                .table
                .features
                .par_iter()
                .filter_map(|feature| {
                    let text = layer.table.text.get(feature.properties.clone()).unwrap_or_default();
                    let [value] = recognise::pick(text, [column.as_str()]);
                    index.named(level, &recognise::plain_text(&value?))
                })
                .collect();
            let hits = named.len();
            let areas: FxHashSet<AreaIx> = named.into_iter().collect();
            let is_of_level = level.is_some_and(|level| index.has_level(level));
            if is_of_level || areas.len() * 2 >= index.areas().len() {
                found.push((hits, column, level));
            }
        }
        // The sort keeps the order of equals: codes before names.
        found.sort_by_key(|(hits, ..)| std::cmp::Reverse(*hits));
        found.truncate(COLUMNS_MAX);
        Self { columns: found.into_iter().map(|(_, column, level)| (column, level)).collect() }
    }

    /// The names of the columns, for [`recognise::pick`].
    pub(super) fn wanted(&self) -> [&str; COLUMNS_MAX] {
        std::array::from_fn(|at| self.columns.get(at).map_or("", |(column, _)| column.as_str()))
    }

    /// What a feature's values in [`Self::wanted`] say.
    pub(super) fn stated(&self, values: &[Option<serde_json::Value>], index: &AreaIndex<'_>) -> Stated {
        let mut other = None;
        for ((_, level), value) in self.columns.iter().zip(values) {
            let text = value.as_ref().map(recognise::plain_text).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            if let Some(area) = index.named(*level, &text) {
                return Stated::Loaded(area);
            }
            // A name says more than a code.
            let is_code = text.bytes().all(|b| b.is_ascii_digit());
            if other.as_ref().is_none_or(|(_, was_code)| *was_code && !is_code) {
                other = Some((text, is_code));
            }
        }
        other.map_or(Stated::Nothing, |(text, _)| Stated::Other(text))
    }

    /// What a feature of the layer says.
    pub(super) fn of_feature(&self, layer: &Layer, feature_ix: usize, index: &AreaIndex<'_>) -> Stated {
        let Some(feature) = layer.table.features.get(feature_ix).filter(|_| !self.columns.is_empty()) else {
            return Stated::Nothing;
        };
        let text = layer.table.text.get(feature.properties.clone()).unwrap_or_default();
        self.stated(&recognise::pick(text, self.wanted()), index)
    }
}
