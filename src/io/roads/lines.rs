//! How do line features become roads? GeoJSON lines and the line tables of a GeoPackage, for registers like NVDB.
//! Lines meet where their coordinates agree to 1e-7 degree. Does not know what columns mean: see `columns`.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::super::{IoError, LoadOptions, load_file};
use super::collect::{note, point_of_e7, refuse};
use super::columns::{Chosen, LineValues};
use super::{RoadOptions, gpkg};
use crate::geometry::{LonLat, ground_distance};
use crate::model::roads::{Access, NO_NAME, RoadClass, RoadPoint, Roads, Way};
use crate::model::{ContextUse, RemarkKind, Role, SourceFile};
use crate::progress::Progress;

/// Reads a GeoJSON file or a GeoPackage.
pub(super) fn read(
    path: &Path,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<(SourceFile, Roads), IoError> {
    if gpkg::is_gpkg(path)? { gpkg::read(path, options, progress) } else { geojson(path, options, progress) }
}

fn geojson(
    path: &Path,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<(SourceFile, Roads), IoError> {
    // The role is said, so that nothing is guessed of what is no layer.
    let role = Some(Role::Context(ContextUse::Other));
    let loaded = load_file(
        path,
        &LoadOptions { crs_if_unsaid: options.crs, role, ..LoadOptions::default() },
        progress,
    )?;
    let columns: Vec<String> = loaded.table.columns.iter().map(|column| column.name.clone()).collect();
    let chosen = Chosen::new(&options.columns, &columns, &loaded.source.name())?;
    let mut builder = LineBuilder::default();
    // What the server says of its answer is said of the roads, too.
    let said = loaded.table.report.remarks.iter().filter_map(|remark| match &remark.kind {
        RemarkKind::ServerSays { text } => Some(text.clone()),
        _ => None,
    });
    builder.roads.report.server_says.extend(said);
    let is_cut = |kind: &RemarkKind| matches!(kind, RemarkKind::CutByServer);
    builder.roads.report.is_cut_by_server =
        loaded.table.report.remarks.iter().any(|remark| is_cut(&remark.kind));
    for refused in &loaded.table.report.refused {
        let field = refused.reason.field();
        builder.refuse(refused.number.into(), refused.reason.code(), &field);
    }
    for (ix, feature) in loaded.table.features.iter().enumerate() {
        if ix.is_multiple_of(1024) {
            progress.check()?;
        }
        let place = |coord: &geo::Coord| LonLat::new(coord.x, coord.y);
        let line = |line: &geo::LineString| line.0.iter().map(place).collect::<Vec<_>>();
        let lines = match feature.shape.as_deref() {
            Some(geo::Geometry::LineString(one)) => vec![line(one)],
            Some(geo::Geometry::MultiLineString(several)) => several.0.iter().map(line).collect(),
            _ => Vec::new(),
        };
        builder.add(feature.number.into(), &lines, &chosen, &loaded.table.properties(feature));
    }
    Ok((loaded.source, builder.finish()))
}

/// Puts lines together to roads.
#[derive(Default)]
pub(super) struct LineBuilder {
    roads: Roads,
    points: FxHashMap<RoadPoint, u32>,
    names: FxHashMap<String, u32>,
}

impl LineBuilder {
    /// Adds a feature, or counts why not.
    pub fn add(&mut self, number: i64, lines: &[Vec<LonLat>], chosen: &Chosen, row: &Map<String, Value>) {
        if lines.is_empty() {
            return self.refuse(number, "not_a_line", "geometry");
        }
        let values = match chosen.values(row) {
            Ok(values) => values,
            Err((reason, value)) => return self.refuse(number, reason, &value),
        };
        let before = self.roads.ways.len();
        let name = values.name.as_ref().map_or(NO_NAME, |name| self.name(name));
        for line in lines {
            self.add_line(&way(number, name, &values), line);
        }
        if self.roads.ways.len() == before {
            return self.refuse(number, "too_short", "geometry");
        }
        // A stated length is that of the whole feature, and of the same line: degrees or another unit are not.
        let drawn: f64 = lines
            .iter()
            .flat_map(|line| line.windows(2))
            .map(|ends| ground_distance(ends[0], ends[1]).value())
            .sum();
        let is_of_line = (0.5..=2.0).contains(&(f64::from(values.length_m) / drawn.max(0.01)));
        if values.length_m > 0.0 && !is_of_line {
            let what = format!("feature {number}: {} m stated, {drawn:.0} m drawn", values.length_m);
            note(&mut self.roads.report, "length_disagrees", &what);
        }
        if self.roads.ways.len() > before + 1 || !is_of_line {
            self.roads.ways[before..].iter_mut().for_each(|way| way.stated_length_m = 0.0);
        }
        self.roads.report.ways_in += 1;
        self.roads.report.ways_used += 1;
    }

    pub fn refuse(&mut self, number: i64, reason: &str, what: &str) {
        self.roads.report.ways_in += 1;
        refuse(&mut self.roads.report, reason, &format!("feature {number}"), what);
    }

    fn name(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.roads.names.len()).unwrap_or(NO_NAME);
        let ix = *self.names.entry(name.to_owned()).or_insert(next);
        if ix == next {
            self.roads.names.push(name.to_owned());
        }
        ix
    }

    fn add_line(&mut self, way: &Way, line: &[LonLat]) {
        let first = self.roads.refs.len();
        for place in line {
            let point = RoadPoint::from(*place);
            let Some(point) = point_of_e7(point.lon_e7.into(), point.lat_e7.into()) else { continue };
            let next = u32::try_from(self.roads.points.len()).unwrap_or(u32::MAX);
            let ix = *self.points.entry(point).or_insert(next);
            if ix == next {
                self.roads.points.push(point);
            }
            if self.roads.refs.len() == first || self.roads.refs.last() != Some(&ix) {
                self.roads.refs.push(ix);
            }
        }
        match u32::try_from(first) {
            Ok(first_ref) if self.roads.refs.len() - first >= 2 => {
                self.roads.ways.push(Way { first_ref, ..way.clone() });
            }
            _ => self.roads.refs.truncate(first),
        }
    }

    pub fn finish(self) -> Roads {
        self.roads
    }
}

fn way(id: i64, name: u32, values: &LineValues) -> Way {
    Way {
        name,
        limit_forward: values.limit,
        limit_backward: values.limit,
        stated_length_m: values.length_m,
        direction: values.direction,
        // A register of roads holds roads for cars: the least of its classes is no forest track without a sign.
        motor: if values.class == RoadClass::Track { Access::Yes } else { Access::Unsaid },
        ..Way::plain(id, 0, values.class)
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
