//! What can be drawn of a result, brought into map coordinates once? Made by a job, never while drawing.
//! Does not know colours or the camera.

pub mod beside;
pub mod catchments;
pub mod classes;
pub mod clip;
pub mod colours;
pub mod crisis;
pub mod ground;
pub mod labels;
pub mod legend;
pub mod letters;
pub mod lines;
mod mercator;
pub mod paper;
pub mod plan;
pub mod qgis;
mod qml;
pub mod roads;
pub mod signs;
pub mod svg;
pub mod ways;

use std::sync::Arc;

use geo::TriangulateEarcut;
use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use self::catchments::Catchments;
pub use self::mercator::{Mercator, lon_lat_of, mercator, metres_around};
use self::roads::RoadScene;
use crate::analysis::cell_shape;
use crate::app::Results;
use crate::app::export::outline_degrees;
use crate::geometry::{Crs, LonLat, PlaneBounds, PlanePoint, Reprojection};
use crate::io::ground::ground;
use crate::model::{AreaIx, ContextUse, Entry, Feature, Layer, LayerId, Role, ServiceKind, recognise};

/// The box of points, and of what was there before.
fn box_of(points: impl Iterator<Item = Mercator>, before: (Mercator, Mercator)) -> (Mercator, Mercator) {
    points.fold(before, |(min, max), [x, y]| ([min[0].min(x), min[1].min(y)], [max[0].max(x), max[1].max(y)]))
}

/// The box around points; `None` where there are none.
#[must_use]
pub fn box_around(points: impl IntoIterator<Item = Mercator>) -> Option<(Mercator, Mercator)> {
    let (min, max) = box_of(points.into_iter(), ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]));
    (min[0] <= max[0] && min[1] <= max[1]).then_some((min, max))
}

/// A surface: triangles and outlines.
#[derive(Debug, Default)]
pub struct Surface {
    pub vertices: Vec<Mercator>,
    pub triangles: Vec<u32>,
    pub lines: Vec<Vec<Mercator>>,
    pub min: Mercator,
    pub max: Mercator,
}

impl Surface {
    fn of(geometry: &geo::Geometry) -> Self {
        let mut out = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2], ..Self::default() };
        out.add(geometry);
        let points = out.lines.iter().flatten().copied();
        (out.min, out.max) = box_of(points, (out.min, out.max));
        out
    }

    fn add(&mut self, geometry: &geo::Geometry) {
        match geometry {
            geo::Geometry::Polygon(polygon) => self.add_polygon(polygon),
            geo::Geometry::MultiPolygon(polygons) => {
                polygons.iter().for_each(|polygon| self.add_polygon(polygon));
            }
            geo::Geometry::GeometryCollection(collection) => {
                collection.iter().for_each(|part| self.add(part));
            }
            geo::Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.add_line(line)),
            geo::Geometry::LineString(line) => self.add_line(line),
            _ => {}
        }
    }

    fn add_line(&mut self, line: &geo::LineString) {
        self.lines.push(line.coords().map(|c| mercator(LonLat::new(c.x, c.y))).collect());
    }

    fn add_polygon(&mut self, polygon: &geo::Polygon) {
        self.add_line(polygon.exterior());
        polygon.interiors().iter().for_each(|ring| self.add_line(ring));
        let raw = polygon.earcut_triangles_raw();
        let offset = u32::try_from(self.vertices.len()).unwrap_or(0);
        self.vertices.extend(raw.vertices.iter().map(|c| mercator(LonLat::new(c[0], c[1]))));
        self.triangles.extend(
            raw.triangle_indices.iter().filter_map(|ix| u32::try_from(*ix).ok()).map(|ix| ix + offset),
        );
    }
}

/// An area on the map.
pub struct AreaShape {
    pub layer: LayerId,
    pub feature_ix: usize,
    pub name: String,
    pub surface: Surface,
    pub label_at: Mercator,
}

/// A name on the map.
pub struct Label {
    pub layer: LayerId,
    pub name: String,
    pub at: Mercator,
    /// Larger places are named first.
    pub weight: f64,
}

/// Squares of one size: the cells themselves, or blocks of them when they are too small to see.
pub struct CellLevel {
    /// Side in the plane, metres; 0 for the cells themselves.
    pub side_m: f64,
    /// Four corners each.
    pub corners: Vec<[Mercator; 4]>,
    /// The cells of each square: `members[starts[i]..starts[i + 1]]`.
    pub starts: Vec<u32>,
    pub members: Vec<u32>,
}

impl CellLevel {
    #[must_use]
    pub fn members(&self, at: usize) -> &[u32] {
        &self.members[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

type CellPoint = GeomWithData<[f64; 2], u32>;

/// Everything that can be drawn.
pub struct Scene {
    pub areas: Vec<AreaShape>,
    pub water: Vec<(LayerId, Surface)>,
    /// Other context shapes: drawn as thin lines.
    pub context: Vec<(LayerId, Surface)>,
    pub labels: Vec<Label>,
    /// Finest first.
    pub levels: Vec<CellLevel>,
    /// In the order of `Situation::services`.
    pub services: Vec<Mercator>,
    /// In the order of `Situation::sot_places`.
    pub sots: Vec<Mercator>,
    /// In the order of `Results::candidates`.
    pub candidates: Vec<Mercator>,
    /// In the order of each kind's gaps.
    pub gaps: Vec<(ServiceKind, Vec<Surface>)>,
    pub catchments: Vec<Catchments>,
    /// How far apart services of a kind typically lie, in parts of the Mercator square.
    pub spacing: FxHashMap<ServiceKind, f64>,
    pub roads: Option<Arc<RoadScene>>,
    pub bounds: Option<(Mercator, Mercator)>,
    cells: RTree<CellPoint>,
    pub reprojection: Reprojection,
    /// What was drawn from.
    pub results: Arc<Results>,
}

/// Sides of the blocks, metres.
const BLOCKS_M: [f64; 4] = [2_000.0, 4_000.0, 8_000.0, 16_000.0];

impl Scene {
    /// Brings a result into map coordinates; roads already brought are not brought again.
    #[must_use]
    pub fn new(results: &Arc<Results>, roads: Option<&Arc<RoadScene>>) -> Self {
        let reprojection = Reprojection::new(Crs::Wgs84);
        let situation = &results.situation;
        let (levels, (gaps, cells)) = rayon::join(
            || levels(results, &reprojection),
            || {
                rayon::join(
                    || gap_shapes(results, &reprojection),
                    || {
                        let points = (0u32..).zip(&situation.demand.points);
                        RTree::bulk_load(points.map(|(ix, p)| CellPoint::new([p.e, p.n], ix)).collect())
                    },
                )
            },
        );
        let mut scene = Self {
            areas: Vec::new(),
            water: Vec::new(),
            context: Vec::new(),
            labels: Vec::new(),
            levels,
            services: situation.services.iter().map(|service| mercator(service.place)).collect(),
            sots: situation.sot_places.iter().map(|sot| mercator(sot.place)).collect(),
            candidates: results.candidates.iter().map(|candidate| mercator(candidate.place)).collect(),
            gaps,
            catchments: Catchments::of(results),
            spacing: spacing(results),
            roads: RoadScene::of(results, roads),
            bounds: None,
            cells,
            reprojection,
            results: Arc::clone(results),
        };
        for layer in &results.project.layers {
            scene.add_context(layer);
        }
        scene.labels.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
        scene.bounds = scene.bounds_of();
        scene
    }

    fn add_context(&mut self, layer: &Layer) {
        match &layer.role {
            Role::Areas(_) => self.add_areas(layer),
            Role::Context(ContextUse::Places) => {
                for feature in &layer.table.features {
                    self.add_label(layer, feature);
                }
            }
            Role::Context(ContextUse::Water) => {
                let shapes = layer.table.features.iter().filter_map(|feature| feature.shape.as_deref());
                self.water.extend(shapes.map(|shape| (layer.id, Surface::of(shape))));
            }
            Role::Context(ContextUse::Other) => {
                let shapes = layer.table.features.iter().filter_map(|feature| feature.shape.as_deref());
                self.context.extend(shapes.map(|shape| (layer.id, Surface::of(shape))));
            }
            Role::Population { .. } | Role::Services(_) | Role::SotPlaces => {}
        }
    }

    fn add_areas(&mut self, layer: &Layer) {
        for area in self.results.situation.areas.iter().filter(|area| area.layer == layer.id) {
            let Some(feature) = layer.table.features.get(area.feature_ix) else { continue };
            let parts = area.features.iter().filter_map(|at| layer.table.features.get(*at)?.shape.as_deref());
            let mut polygons: Vec<geo::Polygon> = Vec::new();
            for part in parts {
                match part {
                    geo::Geometry::Polygon(polygon) => polygons.push(polygon.clone()),
                    geo::Geometry::MultiPolygon(more) => polygons.extend(more.iter().cloned()),
                    _ => {}
                }
            }
            let shape = geo::MultiPolygon::new(polygons);
            // Of what is built in the land is drawn; the area reaches out into the sea.
            let land = || ground().municipalities.get(area.feature_ix).map(|region| region.shape.clone());
            let is_built_in = layer.id == LayerId::BUILT_IN;
            let shape = geo::Geometry::MultiPolygon(land().filter(|_| is_built_in).unwrap_or(shape));
            self.areas.push(AreaShape {
                layer: layer.id,
                feature_ix: area.feature_ix,
                name: area.name.clone(),
                surface: Surface::of(&shape),
                label_at: mercator(feature.place),
            });
        }
    }

    fn add_label(&mut self, layer: &Layer, feature: &Feature) {
        let row = layer.table.row(feature);
        let Some(name) = recognise::name_of(row) else { return };
        let people = recognise::population_field(&layer.table.columns)
            .and_then(|field| row.get(&field).and_then(Entry::number));
        self.labels.push(Label {
            layer: layer.id,
            name,
            at: mercator(feature.place),
            weight: people.unwrap_or(0.0),
        });
    }

    /// What a picture of everything shows: where people live; without people the services; else the areas; else what
    /// there is. Never the widest layer: all municipalities of a country would shrink one island's data to a dot.
    fn bounds_of(&self) -> Option<(Mercator, Mercator)> {
        let corners =
            self.levels.first().into_iter().flat_map(|level| level.corners.iter().flatten().copied());
        let services = || box_around(self.services.iter().chain(&self.sots).copied());
        let areas = self.areas.iter().filter(|area| area.layer != LayerId::BUILT_IN);
        let areas = areas.flat_map(|area| [area.surface.min, area.surface.max]);
        let others = self.water.iter().chain(&self.context);
        let others = others.flat_map(|(_, surface)| [surface.min, surface.max]);
        box_around(corners)
            .or_else(services)
            .or_else(|| box_around(areas))
            .or_else(|| box_around(others))
            .or_else(|| self.roads.as_ref().and_then(|roads| roads.lines.bounds()))
    }

    /// The cell that covers a place.
    #[must_use]
    pub fn cell_at(&self, place: LonLat) -> Option<usize> {
        let point = self.reprojection.plane(place)?;
        let nearest = self.cells.nearest_neighbor([point.e, point.n])?;
        let cell = nearest.data as usize;
        let demand = &self.results.situation.demand;
        let corners = cell_shape(demand, cell);
        let bounds: PlaneBounds = corners.into_iter().collect();
        bounds.contains(point).then_some(cell)
    }

    /// The shape of an area.
    #[must_use]
    pub fn area_shape(&self, area: AreaIx) -> Option<&AreaShape> {
        let area = self.results.situation.areas.get(area.at())?;
        self.areas.iter().find(|shape| shape.layer == area.layer && shape.feature_ix == area.feature_ix)
    }

    /// The area that covers a place.
    #[must_use]
    pub fn area_at(&self, place: LonLat) -> Option<&AreaShape> {
        use geo::Contains;
        let point = self.reprojection.plane(place)?;
        let here = geo::Point::new(point.e, point.n);
        let situation = &self.results.situation;
        let area = situation.areas.iter().find(|area| area.shape.contains(&here))?;
        self.areas.iter().find(|shape| shape.layer == area.layer && shape.feature_ix == area.feature_ix)
    }

    #[must_use]
    pub fn gaps_of(&self, kind: ServiceKind) -> &[Surface] {
        self.gaps.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, shapes)| shapes)
    }
}

/// The median distance from a service to the nearest other of its kind; one that stands alone has none.
fn spacing(results: &Results) -> FxHashMap<ServiceKind, f64> {
    let of_kind = |kind: ServiceKind| {
        let services = &results.situation.services;
        let points: Vec<Mercator> = services
            .iter()
            .filter(|service| service.kinds.contains(kind))
            .map(|service| mercator(service.place))
            .collect();
        median_apart(&points).map(|median| (kind, median))
    };
    let mut spacing: FxHashMap<ServiceKind, f64> =
        results.kinds.iter().filter_map(|of| of_kind(of.coverage.kind)).collect();
    // Planned ones stand on the map too.
    let sots: Vec<Mercator> = results.situation.sot_places.iter().map(|sot| mercator(sot.place)).collect();
    spacing.extend(median_apart(&sots).map(|median| (ServiceKind::Sot, median)));
    spacing
}

/// The median distance of points to their nearest other.
fn median_apart(points: &[Mercator]) -> Option<f64> {
    let mut counts: FxHashMap<[u64; 2], usize> = FxHashMap::default();
    for point in points {
        *counts.entry(point.map(f64::to_bits)).or_default() += 1;
    }
    // Those that share a position are no way apart; the others are looked for among positions.
    let (shared, alone): (Vec<&Mercator>, Vec<&Mercator>) =
        points.iter().partition(|point| counts[&point.map(f64::to_bits)] > 1);
    let places: Vec<Mercator> = counts.keys().map(|point| point.map(f64::from_bits)).collect();
    let tree = RTree::bulk_load(places);
    let nearest = alone.iter().filter_map(|point| tree.nearest_neighbor_iter_with_distance_2(**point).nth(1));
    let mut apart: Vec<f64> =
        nearest.map(|(_, squared)| squared.sqrt()).chain(shared.iter().map(|_| 0.0)).collect();
    apart.sort_by(f64::total_cmp);
    apart.get(apart.len() / 2).copied()
}

fn levels(results: &Results, reprojection: &Reprojection) -> Vec<CellLevel> {
    let demand = &results.situation.demand;
    let count = u32::try_from(demand.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Vec::new();
    }
    // Beyond the projection a corner falls on its cell.
    let corner = |point: PlanePoint, cell: usize| {
        mercator(reprojection.lon_lat_from_plane(point).unwrap_or(demand.places[cell]))
    };
    let cells = CellLevel {
        side_m: 0.0,
        corners: (0..demand.len())
            .into_par_iter()
            .map(|cell| cell_shape(demand, cell).map(|point| corner(point, cell)))
            .collect(),
        starts: (0..=count).collect(),
        members: (0..count).collect(),
    };
    let mut levels = vec![cells];
    for side in BLOCKS_M {
        let mut blocks: FxHashMap<(i64, i64), Vec<u32>> = FxHashMap::default();
        for (cell, point) in (0u32..).zip(&demand.points) {
            #[expect(clippy::cast_possible_truncation, reason = "metres over kilometres")]
            let key = ((point.e / side).floor() as i64, (point.n / side).floor() as i64);
            blocks.entry(key).or_default().push(cell);
        }
        let mut blocks: Vec<((i64, i64), Vec<u32>)> = blocks.into_iter().collect();
        blocks.sort_unstable_by_key(|(key, _)| *key);
        let mut level = CellLevel { side_m: side, corners: Vec::new(), starts: vec![0], members: Vec::new() };
        for ((e, n), members) in blocks {
            #[expect(clippy::cast_precision_loss, reason = "block numbers are small")]
            let (e, n) = (e as f64 * side, n as f64 * side);
            let square = [(e, n), (e + side, n), (e + side, n + side), (e, n + side)];
            let first = members.first().map_or(0, |cell| *cell as usize);
            level.corners.push(square.map(|(e, n)| corner(PlanePoint::new(e, n), first)));
            level.members.extend(members);
            level.starts.push(u32::try_from(level.members.len()).unwrap_or(u32::MAX));
        }
        levels.push(level);
    }
    levels
}

fn gap_shapes(results: &Results, reprojection: &Reprojection) -> Vec<(ServiceKind, Vec<Surface>)> {
    results
        .kinds
        .iter()
        .map(|kind| {
            let shapes = kind.gaps.iter().map(|(_, outline)| {
                let mut surface =
                    Surface::of(&geo::Geometry::MultiPolygon(outline_degrees(outline, reprojection)));
                // Gaps are outlined, not filled: the cells below tell the distance.
                surface.vertices.clear();
                surface.triangles.clear();
                surface
            });
            (kind.coverage.kind, shapes.collect())
        })
        .collect()
}
