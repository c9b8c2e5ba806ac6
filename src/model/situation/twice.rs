//! Are the same people counted twice? Population cells that coincide or overlap: a grid loaded as squares and as
//! centroids, a file loaded twice, two grids over the same ground.
//! Tells, and leaves out one of the two only where the project says so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::parts::{Demand, number_of};
use crate::geometry::{GridCell, PlanePoint, PolygonIndex, Reprojection};
use crate::model::{LayerId, LayerReport, Project, Refusal, Refused, Remark, RemarkKind};
use crate::units::People;

/// People of a layer who are counted in other cells too.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedTwice {
    /// Whose cells would be dropped.
    pub layer: LayerId,
    /// In whose cells the people are counted as well; may be the same layer.
    pub already_in: LayerId,
    pub cells: usize,
    pub people: People,
    /// Both layers are the same file.
    pub is_same_file: bool,
    /// The cells are left out, as the project says.
    pub is_dropped: bool,
}

/// Points nearer than this are the same point, metres: what rounding to six decimals of a degree does to a grid.
const SAME_POINT_M: f64 = 0.5;

/// Finds people counted twice; drops one of the two where the project counts people once.
pub(super) fn find(
    demand: &mut Demand,
    project: &Project,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) -> Vec<CountedTwice> {
    let kept_in = kept_in(demand, project);
    let is_dropped = project.parameters.counts_once;
    let sha = |layer: LayerId| project.layer(layer).map(|layer| layer.source.sha256.as_str());
    let mut found: BTreeMap<(LayerId, LayerId), CountedTwice> = BTreeMap::new();
    let mut dropped: BTreeMap<LayerId, FxHashSet<u32>> = BTreeMap::new();
    for (cell, other) in kept_in.iter().enumerate() {
        let Some(other) = other.map(|other| other as usize) else { continue };
        let (layer, already_in) = (demand.origins[cell].layer, demand.origins[other].layer);
        let people = demand.people[cell];
        let entry = found.entry((layer, already_in)).or_insert_with(|| CountedTwice {
            layer,
            already_in,
            cells: 0,
            people: People::ZERO,
            is_same_file: layer != already_in && sha(layer).is_some() && sha(layer) == sha(already_in),
            is_dropped,
        });
        entry.cells += 1;
        entry.people += people;
        let Some(report) = reports.get_mut(&layer) else { continue };
        let number = number_of(project, layer, demand.origins[cell].feature_ix as usize);
        let of_number =
            number_of(project, already_in, demand.origins[other].feature_ix as usize).unwrap_or(0);
        let of_layer = project.layer(already_in).map(|layer| layer.name.clone()).unwrap_or_default();
        let place = Some(demand.places[cell]);
        if is_dropped {
            let reason = Refusal::CountedBefore { of_number, of_layer };
            report.features_used -= 1;
            report.refused.push(Refused { number: number.unwrap_or(0), reason, place });
            dropped.entry(layer).or_default().extend(number);
        } else {
            let kind = RemarkKind::CountedTwice { of_number, of_layer, people };
            report.remarks.push(Remark { number, kind, place });
        }
    }
    for (layer, numbers) in dropped {
        let Some(report) = reports.get_mut(&layer) else { continue };
        let is_out = |remark: &Remark| remark.number.is_some_and(|number| numbers.contains(&number));
        report.remarks.retain(|remark| !is_out(remark) || !remark.kind.is_about_its_area());
    }
    if is_dropped && !found.is_empty() {
        let keep: Vec<bool> = kept_in.iter().map(Option::is_none).collect();
        demand.retain(&keep);
    }
    found.into_values().collect()
}

/// For each cell whose people stand in another, that other; what it names is kept itself, so nobody is lost.
///
/// Of cells at one place the first is kept. Of a larger cell and the smaller ones within it, those with more people:
/// smaller ones may be a part of it only, as where another county's grid begins. As many: those that stand first.
fn kept_in(demand: &Demand, project: &Project) -> Vec<Option<u32>> {
    let mut kept_in: Vec<Option<u32>> = vec![None; demand.len()];
    for (later, first) in coinciding(demand) {
        if first as usize != later {
            kept_in[later] = Some(first);
        }
    }
    let mut contents: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let within = overlapping_grids(demand).into_iter().chain(within_polygons(demand, project));
    for (inner, outer) in within {
        contents.entry(outer).or_default().push(index(inner));
    }
    // The smallest first, so that what is inside is decided before what it is inside of.
    let mut larger: Vec<(Vec<u32>, u32)> =
        contents.into_iter().map(|(outer, inner)| (inner, outer)).collect();
    larger.sort_by_key(|(inner, outer)| (inner.len(), *outer));
    for (inner, outer) in larger {
        if kept_in[outer as usize].is_some() {
            continue;
        }
        let inner: Vec<u32> = inner.into_iter().filter(|cell| kept_in[*cell as usize].is_none()).collect();
        let Some(first) = inner.iter().min().copied() else { continue };
        let inside: People = inner.iter().map(|cell| demand.people[*cell as usize]).sum();
        let whole = demand.people[outer as usize];
        if inside > whole || inside == whole && first < outer {
            kept_in[outer as usize] = Some(first);
        } else {
            for cell in inner {
                kept_in[cell as usize] = Some(outer);
            }
        }
    }
    // What was the reason may have been left out later, for another: the end of the chain holds the people.
    for cell in 0..kept_in.len() {
        while let Some(other) = kept_in[cell] {
            match kept_in[other as usize] {
                Some(next) if next as usize != cell => kept_in[cell] = Some(next),
                _ => break,
            }
        }
    }
    kept_in
}

fn index(cell: usize) -> u32 {
    u32::try_from(cell).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "metres of the plane fit an i64")]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

fn corner_key(point: PlanePoint, side_m: f64) -> (i64, i64) {
    (rounded((point.e / side_m).floor()), rounded((point.n / side_m).floor()))
}

/// Cells of one side around one centre, and points at one place; each with the first of them.
fn coinciding(demand: &Demand) -> Vec<(usize, u32)> {
    let mut out = Vec::new();
    let mut grid: FxHashMap<(u32, i64, i64), u32> = FxHashMap::default();
    let mut points: FxHashMap<(i64, i64), Vec<u32>> = FxHashMap::default();
    for (cell, point) in demand.points.iter().enumerate() {
        let side = demand.sides_m[cell];
        if side > 0.0 && GridCell::around(*point, f64::from(side)).is_some() {
            let (e, n) = corner_key(*point, f64::from(side));
            let first = *grid.entry((side.to_bits(), e, n)).or_insert_with(|| index(cell));
            out.push((cell, first));
            continue;
        }
        let (e, n) = (rounded(point.e / SAME_POINT_M), rounded(point.n / SAME_POINT_M));
        let near = (-1..=1).flat_map(|de| (-1..=1).map(move |dn| (e + de, n + dn)));
        let first = near
            .filter_map(|key| points.get(&key))
            .flatten()
            .filter(|other| demand.points[**other as usize].distance(*point).value() <= SAME_POINT_M)
            .min()
            .copied();
        match first {
            Some(first) => out.push((cell, first)),
            None => points.entry((e, n)).or_default().push(index(cell)),
        }
    }
    out
}

/// Small cells, and points, in larger cells of another grid.
fn overlapping_grids(demand: &Demand) -> Vec<(usize, u32)> {
    let mut sides: Vec<f32> = demand.sides_m.iter().copied().filter(|side| *side > 0.0).collect();
    sides.sort_unstable_by(f32::total_cmp);
    sides.dedup();
    let layers: std::collections::BTreeSet<LayerId> =
        demand.origins.iter().map(|origin| origin.layer).collect();
    // One layer is one grid or none, so it takes two to overlap.
    if layers.len() < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for large in sides {
        let mut cells: FxHashMap<(i64, i64), u32> = FxHashMap::default();
        for (cell, point) in demand.points.iter().enumerate() {
            if demand.sides_m[cell].to_bits() == large.to_bits() {
                cells.entry(corner_key(*point, f64::from(large))).or_insert_with(|| index(cell));
            }
        }
        for (cell, point) in demand.points.iter().enumerate() {
            if demand.sides_m[cell] < large
                && let Some(other) = cells.get(&corner_key(*point, f64::from(large)))
                && demand.origins[*other as usize].layer != demand.origins[cell].layer
            {
                out.push((cell, *other));
            }
        }
    }
    out
}

/// Cells and points inside polygons that are no grid cells, be it of their own layer.
fn within_polygons(demand: &Demand, project: &Project) -> Vec<(usize, u32)> {
    let mut shapes: Vec<(u32, Cow<geo::Polygon>)> = Vec::new();
    for layer in &project.layers {
        let reprojection = Reprojection::new(layer.source.crs);
        for (cell, origin) in demand.origins.iter().enumerate().filter(|(_, origin)| origin.layer == layer.id)
        {
            if demand.sides_m[cell] > 0.0 {
                continue;
            }
            let feature = layer.table.features.get(origin.feature_ix as usize);
            let polygons: Vec<&geo::Polygon> = match feature.and_then(|feature| feature.shape.as_deref()) {
                Some(geo::Geometry::Polygon(polygon)) => vec![polygon],
                Some(geo::Geometry::MultiPolygon(polygons)) => polygons.iter().collect(),
                _ => continue,
            };
            let plane = polygons.into_iter().filter_map(|polygon| reprojection.plane_polygon(polygon));
            shapes.extend(plane.map(|polygon| (index(cell), Cow::Owned(polygon))));
        }
    }
    if shapes.is_empty() {
        return Vec::new();
    }
    let shapes = PolygonIndex::new(shapes);
    demand
        .points
        .par_iter()
        .enumerate()
        .flat_map_iter(|(cell, point)| {
            let mut others: Vec<u32> =
                shapes.holding(*point).filter(|other| *other as usize != cell).collect();
            // Parts of one shape may lie over each other.
            others.sort_unstable();
            others.dedup();
            others.into_iter().map(move |other| (cell, other))
        })
        .collect()
}
