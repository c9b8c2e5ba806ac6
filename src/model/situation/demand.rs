//! Who lives where? Population cells and the area each is counted in.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::areas::AreaIndex;
use super::{Area, AreaIx, Demand, DemandOrigin};
use crate::geometry::{GridCell, LonLat};
use crate::model::{Layer, LayerId, LayerReport, Project, Refusal, Refused, Remark, RemarkKind, recognise};
use crate::units::{Metres, People};

/// Sides of published grids, metres, largest first.
const GRID_SIDES_M: [f64; 5] = [1000.0, 500.0, 250.0, 100.0, 5000.0];

/// More people than this in one cell is a slip of the pen, and would drown the sums.
const PEOPLE_MAX: f64 = 1e8;

/// Makes the demand points of a population layer.
pub(super) fn bind(
    layer: &Layer,
    field: &str,
    index: &AreaIndex<'_>,
    project: &Project,
    demand: &mut Demand,
    report: &mut LayerReport,
) {
    let side_m = grid_side(layer);
    let own = OwnArea::choose(layer, index.areas());
    let snap = project.parameters.area_snap;
    let bound: Vec<Result<Bound, Refusal>> = layer
        .table
        .features
        .par_iter()
        .map(|feature| {
            let text = layer.table.text.get(feature.properties.clone()).unwrap_or_default();
            let wanted = [field, own.as_ref().map_or("", |own| own.column.as_str())];
            let [value, own_name] = recognise::pick(text, wanted);
            let people = people(field, value.as_ref())?;
            let (area, remark) = area_of(feature.point, own_name, own.as_ref(), index, snap);
            Ok(Bound { people, area, remark })
        })
        .collect();
    demand.points.reserve(bound.len());
    for ((feature_ix, feature), bound) in (0u32..).zip(&layer.table.features).zip(bound) {
        let mut remark = |kind| {
            report.remarks.push(Remark { number: Some(feature.number), kind, place: Some(feature.place) });
        };
        match bound {
            Err(reason) => {
                report.refused.push(Refused { number: feature.number, reason, place: Some(feature.place) });
            }
            Ok(bound) => {
                if bound.people == People::ZERO {
                    remark(RemarkKind::ZeroPopulation);
                }
                if let Some(kind) = bound.remark {
                    remark(kind);
                }
                demand.points.push(feature.point);
                demand.places.push(feature.place);
                demand.people.push(bound.people);
                demand.origins.push(DemandOrigin { layer: layer.id, feature_ix });
                demand.areas.push(bound.area);
                demand.sides_m.push(side_m);
                report.features_used += 1;
            }
        }
    }
}

struct Bound {
    people: People,
    area: Option<AreaIx>,
    remark: Option<RemarkKind>,
}

/// Reads the number of people.
fn people(field: &str, value: Option<&Value>) -> Result<People, Refusal> {
    let not_a_number =
        |value: &Value| Refusal::NotANumber { field: field.into(), value: recognise::plain_text(value) };
    let number = match value {
        None | Some(Value::Null) => return Err(Refusal::NoValue { field: field.into() }),
        Some(value @ Value::Number(number)) => number.as_f64().ok_or_else(|| not_a_number(value))?,
        Some(value @ Value::String(text)) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            if plain.is_empty() {
                return Err(Refusal::NoValue { field: field.into() });
            }
            plain.replace(',', ".").parse().map_err(|_| not_a_number(value))?
        }
        Some(value) => return Err(not_a_number(value)),
    };
    if number < 0.0 {
        return Err(Refusal::Negative { field: field.into(), value: number });
    }
    if number.is_finite() && number > PEOPLE_MAX {
        return Err(Refusal::TooLarge { field: field.into(), value: number });
    }
    People::try_new(number).map_err(|_| Refusal::NotFinite { field: field.into(), value: number.to_string() })
}

/// The side of the layer's grid, metres; 0 when its points are no grid.
#[expect(clippy::cast_possible_truncation, reason = "a side is a few thousand metres")]
fn grid_side(layer: &Layer) -> f32 {
    let features = &layer.table.features;
    let step = (features.len() / 200).max(1);
    let sample: Vec<_> = features.iter().step_by(step).collect();
    let fits = |side: f64| {
        let hits = sample.iter().filter(|feature| GridCell::around(feature.point, side).is_some()).count();
        hits * 20 >= sample.len() * 19
    };
    if sample.is_empty() {
        return 0.0;
    }
    GRID_SIDES_M.into_iter().find(|side| fits(*side)).unwrap_or(0.0) as f32
}

/// The column in which a layer's cells name their own area.
struct OwnArea {
    column: String,
    by_key: FxHashMap<String, AreaIx>,
}

impl OwnArea {
    /// The column whose values name loaded areas most often, if at least half do.
    fn choose(layer: &Layer, areas: &[Area]) -> Option<Self> {
        let mut by_key = FxHashMap::default();
        for (ix, area) in (0u32..).zip(areas) {
            for key in [area.code.trim().to_lowercase(), recognise::area_key(&area.name)] {
                if !key.is_empty() {
                    by_key.entry(key).or_insert(AreaIx(ix));
                }
            }
        }
        let step = (layer.table.features.len() / 500).max(1);
        let mut best: Option<(usize, String)> = None;
        for column in recognise::own_area_columns(&layer.table.columns) {
            let mut seen = 0;
            let mut hits = 0;
            for feature in layer.table.features.iter().step_by(step) {
                let text = layer.table.text.get(feature.properties.clone()).unwrap_or_default();
                let [value, _] = recognise::pick(text, [column.as_str(), ""]);
                seen += 1;
                hits += usize::from(value.is_some_and(|value| lookup(&by_key, &value).is_some()));
            }
            if hits * 2 >= seen && hits > best.as_ref().map_or(0, |(hits, _)| *hits) {
                best = Some((hits, column));
            }
        }
        best.map(|(_, column)| Self { column, by_key })
    }
}

fn lookup(by_key: &FxHashMap<String, AreaIx>, value: &Value) -> Option<AreaIx> {
    let text = recognise::plain_text(value);
    by_key.get(&text.trim().to_lowercase()).or_else(|| by_key.get(&recognise::area_key(&text))).copied()
}

/// A cell's area: its own name first, then the polygon, then the nearest within the limit.
fn area_of(
    point: crate::geometry::PlanePoint,
    own_name: Option<Value>,
    own: Option<&OwnArea>,
    index: &AreaIndex<'_>,
    snap: Metres,
) -> (Option<AreaIx>, Option<RemarkKind>) {
    if index.areas().is_empty() {
        return (None, None);
    }
    let own_name = own_name.filter(|value| !value.is_null());
    if let (Some(own), Some(value)) = (own, &own_name)
        && let Some(area) = lookup(&own.by_key, value)
    {
        return (Some(area), None);
    }
    let unknown =
        own.and(own_name).map(|value| RemarkKind::AreaNotLoaded { name: recognise::plain_text(&value) });
    match index.find(point) {
        Some((area, by)) if by == Metres::ZERO => (Some(area), unknown),
        Some((area, by)) if by <= snap => {
            let name = index.areas()[area.at()].name.clone();
            (Some(area), Some(RemarkKind::NearestArea { area: name, by }))
        }
        _ => (None, Some(RemarkKind::NoArea)),
    }
}

/// Where an area prints its own population, compares it with the cells; never repairs it.
pub(super) fn compare_printed_totals(
    project: &Project,
    areas: &[Area],
    demand: &Demand,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) {
    if demand.is_empty() {
        return;
    }
    let mut sums = vec![People::ZERO; areas.len()];
    for (area, people) in demand.areas.iter().zip(&demand.people) {
        if let Some(area) = area {
            sums[area.at()] += *people;
        }
    }
    for (area, sum) in areas.iter().zip(sums) {
        let Some(layer) = project.layer(area.layer) else { continue };
        let Some(feature) = layer.table.features.get(area.feature_ix) else { continue };
        let Some(field) = recognise::population_field(&layer.table.columns) else { continue };
        let printed = layer.table.properties(feature).get(&field).and_then(Value::as_f64);
        let Some(printed) = printed.filter(|printed| (printed - sum.value()).abs() > 0.5) else { continue };
        if let Some(report) = reports.get_mut(&area.layer) {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::TotalsDisagree { what: area.name.clone(), printed, summed: sum.value() },
                place: Some(LonLat::new(feature.place.lon, feature.place.lat)),
            });
        }
    }
}
