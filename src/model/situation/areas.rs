//! In which area does a point lie? Polygons of municipalities or counties, indexed by their boxes, and the areas that
//! features name themselves.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::parts::{Area, AreaIx, refuse};
use crate::geometry::{PlanePoint, PolygonIndex, Reprojection};
use crate::model::recognise::{self, AreaLevel};
use crate::model::{AreaFields, Entry, Feature, Layer, LayerReport, Mapped, Refusal, Remark, RemarkKind};
use crate::units::Metres;

/// Makes the areas of a layer. Features of one code, or without codes of one name, are one area.
pub(super) fn bind(layer: &Layer, fields: &AreaFields, areas: &mut Vec<Area>, report: &mut LayerReport) {
    // An area is all of its parts; no single point stands for it.
    report.remarks.retain(|remark| !matches!(remark.kind, RemarkKind::SeveralParts { .. }));
    if fields.code.is_none() && fields.name.is_none() && !layer.table.features.is_empty() {
        report.remarks.push(Remark { number: None, kind: RemarkKind::AreasUnnamed, place: None });
    }
    let named = named(layer, fields, report);
    let level = level_of(fields, &named);
    let shared = shared_codes(&named, level);
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    for Named { feature_ix, code, name, shape } in named {
        let Some(feature) = layer.table.features.get(feature_ix) else { continue };
        report.features_used += 1;
        let mut remark = |kind| {
            report.remarks.push(Remark { number: Some(feature.number), kind, place: Some(feature.place) });
        };
        let code = recognise::area_code(&code, level);
        if name.is_empty() && code.is_empty() && (fields.code.is_some() || fields.name.is_some()) {
            remark(RemarkKind::AreasUnnamed);
        }
        let name = Some(name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| if code.is_empty() { format!("#{}", feature.number) } else { code.clone() });
        let folded = recognise::folded(&name);
        let key = identity(&code, &name, shared);
        let number_of =
            |area: &Area| layer.table.features.get(area.feature_ix).map_or(0, |feature| feature.number);
        if let Some(at) = by_key.get(&key) {
            let area = &mut areas[*at];
            remark(RemarkKind::SameArea { of_number: number_of(area), area: area.name.clone() });
            area.features.push(feature_ix);
            area.shape.0.extend(shape);
            continue;
        }
        if let Some(area) = by_name.get(&folded).map(|at| &areas[*at]) {
            remark(RemarkKind::SameAreaName { of_number: number_of(area), name: name.clone() });
        }
        by_key.insert(key, areas.len());
        by_name.entry(folded).or_insert(areas.len());
        let shape = geo::MultiPolygon::new(shape);
        let features = vec![feature_ix];
        areas.push(Area { code, name, level, layer: layer.id, feature_ix, features, shape });
    }
}

/// The features that are areas, with what their columns name them.
fn named(layer: &Layer, fields: &AreaFields, report: &mut LayerReport) -> Vec<Named> {
    let reprojection = Reprojection::new(layer.source.crs);
    let in_plane = |feature: &Feature| {
        let polygons = polygons_of(feature.shape.as_deref())?;
        Some(polygons.into_iter().map(|polygon| reprojection.plane_polygon(polygon)).collect())
    };
    let shapes: Vec<Option<Option<Vec<geo::Polygon>>>> =
        layer.table.features.par_iter().map(in_plane).collect();
    let mut named: Vec<Named> = Vec::new();
    for ((feature_ix, feature), shape) in layer.table.features.iter().enumerate().zip(shapes) {
        let Some(shape) = shape else {
            let found = if feature.shape.is_some() { "a line or a collection" } else { "a point" };
            refuse(report, layer, feature_ix, Refusal::NotAPolygon { found });
            continue;
        };
        let Some(shape) = shape else {
            let (x, y) = (feature.place.lon, feature.place.lat);
            refuse(report, layer, feature_ix, Refusal::OutsideAreaOfUse { x, y });
            continue;
        };
        let row = layer.table.row(feature);
        let text = |field: &Option<String>| {
            let value = field.as_ref().and_then(|name| row.get(name));
            value.map(Entry::text).unwrap_or_default()
        };
        named.push(Named { feature_ix, code: text(&fields.code), name: text(&fields.name), shape });
    }
    named
}

/// What features of one area have in common: its code, with its name where areas share codes, or its name alone.
fn identity(code: &str, name: &str, shared: bool) -> String {
    if code.is_empty() {
        format!("name {}", recognise::folded(name))
    } else if shared {
        format!("code {} {}", recognise::code_key(code), recognise::area_key(name))
    } else {
        format!("code {}", recognise::code_key(code))
    }
}

/// A feature of a layer of areas, as its columns and its geometry say.
struct Named {
    feature_ix: usize,
    code: String,
    name: String,
    shape: Vec<geo::Polygon>,
}

/// The polygons of a shape that is nothing else; a collection of polygons is one in many clothes.
#[must_use]
pub fn polygons_of(shape: Option<&geo::Geometry>) -> Option<Vec<&geo::Polygon>> {
    match shape? {
        geo::Geometry::Polygon(polygon) => Some(vec![polygon]),
        geo::Geometry::MultiPolygon(polygons) => Some(polygons.iter().collect()),
        geo::Geometry::GeometryCollection(parts) if !parts.is_empty() => {
            let all: Option<Vec<Vec<&geo::Polygon>>> =
                parts.iter().map(|part| polygons_of(Some(part))).collect();
            all.map(|all| all.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// Is the code that of a larger area, as that of the county among municipalities? Then several names share one.
fn shared_codes(named: &[Named], level: Option<AreaLevel>) -> bool {
    let mut name_of: FxHashMap<String, String> = FxHashMap::default();
    named.iter().filter(|one| !one.code.is_empty() && !one.name.is_empty()).any(|one| {
        let name = recognise::area_key(&one.name);
        let code = recognise::code_key(&recognise::area_code(&one.code, level));
        *name_of.entry(code).or_insert_with(|| name.clone()) != name
    })
}

/// The level that the columns of a layer of areas tell, else its codes.
fn level_of(fields: &AreaFields, named: &[Named]) -> Option<AreaLevel> {
    let of_column =
        [&fields.name, &fields.code].into_iter().flatten().find_map(|column| recognise::area_level(column));
    of_column.or_else(|| {
        let mut codes = named.iter().map(|one| one.code.as_str()).filter(|code| !code.is_empty());
        let first = recognise::level_of_code(codes.next()?)?;
        codes.all(|code| recognise::level_of_code(code) == Some(first)).then_some(first)
    })
}

/// So many areas of one name are measured to one by one; more are looked for by where they are.
const FEW: usize = 8;

/// Finds the area of a point.
pub struct AreaIndex<'a> {
    areas: &'a [Area],
    /// Each under the position of its area: one of ten thousand islands is looked at, not all of them.
    polygons: PolygonIndex<'a>,
    /// Areas by level, by the key of their code or name. Several may have one name.
    by_key: BTreeMap<Option<u8>, FxHashMap<String, Vec<AreaIx>>>,
    has_codes: bool,
    has_names: bool,
}

impl<'a> AreaIndex<'a> {
    #[must_use]
    pub fn new(areas: &'a [Area]) -> Self {
        let parts = (0u32..)
            .zip(areas)
            .flat_map(|(ix, area)| area.shape.iter().map(move |polygon| (ix, Cow::Borrowed(polygon))));
        let polygons = PolygonIndex::new(parts);
        let mut by_key: BTreeMap<Option<u8>, FxHashMap<String, Vec<AreaIx>>> = BTreeMap::new();
        for (ix, area) in (0u32..).zip(areas) {
            let keys = by_key.entry(area.level.map(|level| level as u8)).or_default();
            for key in [recognise::code_key(&area.code), recognise::area_key(&area.name)] {
                let known = keys.entry(key).or_default();
                if known.last() != Some(&AreaIx(ix)) {
                    known.push(AreaIx(ix));
                }
            }
        }
        let has_codes = areas.iter().any(|area| !area.code.is_empty());
        let has_names = areas.iter().any(|area| area.name != area.code && !area.name.starts_with('#'));
        Self { areas, polygons, by_key, has_codes, has_names }
    }

    #[must_use]
    pub const fn areas(&self) -> &'a [Area] {
        self.areas
    }

    /// The areas that a column of this level names, mostly one; areas that tell no level may be of any.
    fn named(&self, level: Option<AreaLevel>, text: &str) -> &[AreaIx] {
        let keys = [recognise::code_key(text), recognise::area_key(text)];
        let level = level.map(|level| level as u8);
        let levels = if level.is_some() { vec![level, None] } else { self.by_key.keys().copied().collect() };
        levels
            .iter()
            .filter_map(|level| self.by_key.get(level))
            .find_map(|known| keys.iter().filter(|key| !key.is_empty()).find_map(|key| known.get(key)))
            .map_or(&[], Vec::as_slice)
    }

    /// What a value of a column of this level says of the areas.
    fn meaning(&self, level: Option<AreaLevel>, value: Entry<'_>) -> Meaning<'_> {
        let text = value.text();
        let areas = if text.is_empty() { &[] } else { self.named(level, &text) };
        let denies = areas.is_empty() && !text.is_empty() && self.can_deny(&text);
        let is_code = is_code(&text);
        Meaning { areas, other: denies.then_some((text, is_code)) }
    }

    /// Could a text contradict the areas? A code cannot where they have only names, nor a name where they have none.
    fn can_deny(&self, text: &str) -> bool {
        if is_code(text) { self.has_codes } else { self.has_names }
    }

    /// Of several areas of one name the one that the point lies in, else the nearest.
    pub(super) fn settled(&self, stated: Stated, point: PlanePoint) -> Stated {
        let Stated::Among(several) = stated else { return stated };
        self.nearest_of(&several, point).map_or(Stated::Nothing, Stated::Loaded)
    }

    /// Of several areas, in the order in which they stand, the nearest; of those as near the first.
    fn nearest_of(&self, several: &[AreaIx], point: PlanePoint) -> Option<AreaIx> {
        if several.len() < 2 {
            return several.first().copied();
        }
        let nearest = if several.len() <= FEW {
            let away = |ix: &AreaIx| Some((self.polygons.distance_m(ix.0, point)?, ix.0));
            several.iter().filter_map(away).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        } else {
            self.nearest(point, |ix| several.binary_search(&AreaIx(*ix)).is_ok())
        };
        nearest.map(|(_, ix)| AreaIx(ix)).or(several.first().copied())
    }

    /// The nearest of the areas that are looked at, and how far it is; of those as near the one that stands first.
    fn nearest(&self, point: PlanePoint, is_looked_at: impl Fn(&u32) -> bool) -> Option<(f64, u32)> {
        let mut best: Option<(f64, u32)> = None;
        for (box_distance2, ix, polygon) in self.polygons.nearest_boxes(point) {
            let reach = best.map_or(f64::INFINITY, |(distance, _)| Metres::new(distance).widened().value());
            if reach * reach < box_distance2 {
                break;
            }
            if is_looked_at(&ix) {
                let this = (polygon.distance_m(point), ix);
                best = Some(best.map_or(this, |best| if this < best { this } else { best }));
            }
        }
        best
    }

    /// Do features lie in the areas that they name, nine of ten? Then it is these areas that they speak of, and not
    /// others of the same names: a village is called as its municipality.
    fn mostly_hold(&self, named: &[(PlanePoint, AreaIx)]) -> bool {
        let holds = |(point, area): &&(PlanePoint, AreaIx)| {
            self.find(*point).is_some_and(|(found, by)| found == *area && by.is_within(Metres::ZERO))
        };
        !named.is_empty() && named.par_iter().filter(holds).count() * 10 >= named.len() * 9
    }

    fn has_level(&self, level: AreaLevel) -> bool {
        self.by_key.contains_key(&Some(level as u8))
    }

    /// The area that holds the point (length zero), else the nearest one and how far outside it is.
    /// On a border, or outside all by less than a millimetre, the area that stands first.
    ///
    /// # Complexity
    /// O(log) of areas and their vertices, and the polygons whose boxes hold the point or are as near as the nearest.
    #[must_use]
    pub fn find(&self, point: PlanePoint) -> Option<(AreaIx, Metres)> {
        if let Some(ix) = self.polygons.holding(point).min() {
            return Some((AreaIx(ix), Metres::ZERO));
        }
        let (distance, ix) = self.nearest(point, |_| true)?;
        // A point on the very border is in no polygon's interior, yet no distance away.
        if !Metres::new(distance).is_within(Metres::ZERO) {
            return Some((AreaIx(ix), Metres::new(distance)));
        }
        let at_hand = self.polygons.nearest_boxes(point);
        let at_hand = at_hand.take_while(|(away2, ..)| away2.sqrt() <= Metres::ZERO.widened().value());
        let on_border =
            at_hand.filter(|(.., polygon)| Metres::new(polygon.distance_m(point)).is_within(Metres::ZERO));
        Some((on_border.map(|(_, ix, _)| AreaIx(ix)).min().unwrap_or(AreaIx(ix)), Metres::ZERO))
    }
}

/// What a feature says of its own area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stated {
    Nothing,
    Loaded(AreaIx),
    /// Several areas of one name; see [`AreaIndex::settled`].
    Among(Vec<AreaIx>),
    /// An area that is not loaded, as written.
    Other(String),
}

/// The columns in which the features of a layer name their own area. A statement is never overruled by a guess.
#[derive(Default)]
pub(super) struct OwnArea<'a> {
    columns: Vec<Mapped<'a, Meaning<'a>>>,
}

/// What a text says of the area that it is in.
struct Meaning<'a> {
    areas: &'a [AreaIx],
    /// An area that is not loaded, as written, and whether that is a code.
    other: Option<(String, bool)>,
}

/// More columns than this are not looked at.
const COLUMNS_MAX: usize = 3;

impl<'a> OwnArea<'a> {
    /// The columns that speak of the areas loaded: of their level, or whose values name at least half of them.
    pub(super) fn choose(layer: &'a Layer, index: &'a AreaIndex<'_>) -> Self {
        if index.areas().is_empty() {
            return Self::default();
        }
        let mut found: Vec<(usize, Mapped<'a, Meaning<'a>>)> = Vec::new();
        for column in recognise::own_area_columns(&layer.table.columns) {
            let level = recognise::area_level(&column);
            let Some(values) = layer.table.column(&column) else { continue };
            let values = values.mapped(|entry| index.meaning(level, entry));
            let named: Vec<(PlanePoint, AreaIx)> = layer
                .table
                .features
                .par_iter()
                .filter_map(|feature| {
                    let areas = values.get(feature.row)?.areas;
                    Some((feature.point, index.nearest_of(areas, feature.point)?))
                })
                .collect();
            let hits = named.len();
            let areas: FxHashSet<AreaIx> = named.iter().map(|(_, area)| *area).collect();
            let is_of_level = level.is_some_and(|level| index.has_level(level));
            if is_of_level || areas.len() * 2 >= index.areas().len() || index.mostly_hold(&named) {
                found.push((hits, values));
            }
        }
        // The sort keeps the order of equals: codes before names.
        found.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
        found.truncate(COLUMNS_MAX);
        Self { columns: found.into_iter().map(|(_, column)| column).collect() }
    }

    /// What a row says.
    pub(super) fn stated(&self, row: u32) -> Stated {
        let mut other: Option<&(String, bool)> = None;
        let mut among: Option<&[AreaIx]> = None;
        for meaning in self.columns.iter().filter_map(|column| column.get(row)) {
            match meaning.areas {
                [area] => return Stated::Loaded(*area),
                [] => {}
                several => among = among.or(Some(several)),
            }
            // A name says more than a code.
            if let Some(named) = &meaning.other
                && other.is_none_or(|(_, was_code)| *was_code && !named.1)
            {
                other = Some(named);
            }
        }
        if let Some(several) = among {
            return Stated::Among(several.to_vec());
        }
        other.map_or(Stated::Nothing, |(text, _)| Stated::Other(text.clone()))
    }
}

fn is_code(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
