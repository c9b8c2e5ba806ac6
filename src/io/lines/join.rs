//! How do line features become roads? GeoJSON lines and the line tables of a GeoPackage, for registers like NVDB.
//! Lines of a register meet at their ends, to a decimetre; other lines wherever they share a vertex, to 1e-7 degree.
//! Does not know what columns mean: see `columns`.

use rustc_hash::FxHashMap;

use super::columns::{BadValue, Chosen, Remarks};
use super::values::{Cell, LineValues};
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection, ground_distance};
use crate::io::input::{Input, LoadOptions, ReadRoads, RoadOptions};
use crate::io::{IoError, geojson};
use crate::model::roads::{
    ENDS_MEET_M, LISTED_OUTLIERS, LengthOutlier, NO_NAME, RoadPoint, Roads, UnknownValues, Way,
};
use crate::model::{Entry, RemarkKind};
use crate::progress::Progress;

/// A stated length that differs from the drawn by more than this part is worth a look.
const OUTLIER: f64 = 0.1;

/// Of lengths of which nobody knows the unit: farther from the drawn than this they are no metres of this line.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// Reads a GeoJSON file.
pub(super) fn geojson(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    let wanted = LoadOptions { crs_if_unsaid: options.crs, ..LoadOptions::default() };
    let read = geojson::read(input, &wanted, progress)?;
    if read.encoding.is_some_and(|found| found.is_guess) {
        // No report of roads could say what was guessed.
        let bytes = input.bytes(progress)?;
        let byte = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        return Err(IoError::NotUtf8 { file: input.file().into(), byte });
    }
    let table = read.table;
    let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let chosen = Chosen::new(&options.columns, &columns, &columns, input.file())?;
    let mut builder = LineBuilder::default();
    // What the server says of its answer is said of the roads, too.
    let said = table.report.remarks.iter().filter_map(|remark| match &remark.kind {
        RemarkKind::ServerSays { text } => Some(text.clone()),
        _ => None,
    });
    builder.roads.report.server_says.extend(said);
    let is_cut = |kind: &RemarkKind| matches!(kind, RemarkKind::CutByServer);
    builder.roads.report.is_cut_by_server = table.report.remarks.iter().any(|remark| is_cut(&remark.kind));
    for refused in &table.report.refused {
        let field = refused.reason.field();
        builder.refuse(refused.number.into(), refused.reason.code(), &field);
    }
    // Degrees already; ends are compared in metres.
    let plane = Reprojection::new(Crs::Wgs84);
    let mut batch = Batch::default();
    for (ix, feature) in table.features.iter().enumerate() {
        if ix.is_multiple_of(1024) {
            progress.check()?;
        }
        let cell = |column: usize| cell_of(table.columns[column].entry(feature.row));
        batch.begin(feature.number.into());
        let mut add = |line: &geo::LineString| {
            let places: Vec<LonLat> = line.0.iter().map(|c| LonLat::new(c.x, c.y)).collect();
            let metres = |place: &LonLat| plane.plane(*place).map(|point| (point.e, point.n));
            let ends = places.first().and_then(metres).zip(places.last().and_then(metres));
            let Some((first, last)) = ends else { return places.is_empty() };
            let drawn = places.windows(2).map(|ends| ground_distance(ends[0], ends[1]).value()).sum();
            batch.line(places.iter().map(|place| RoadPoint::from(*place)), [first, last], drawn);
            true
        };
        let is_inside = match feature.shape.as_deref() {
            Some(geo::Geometry::LineString(one)) => add(one),
            Some(geo::Geometry::MultiLineString(several)) => several.0.iter().all(&mut add),
            _ => true,
        };
        if is_inside {
            batch.finish(&chosen, cell);
        } else {
            batch.refuse(feature.number.into(), "outside_area_of_use", "geometry".into());
        }
    }
    builder.take(batch, 0, &chosen);
    builder.note_columns(std::slice::from_ref(&chosen));
    let (crs, crs_assumed) = (read.crs, read.crs_assumed);
    Ok(ReadRoads { roads: builder.finish(), spots: Vec::new(), crs, crs_assumed })
}

/// A property of a feature as a value of a row.
fn cell_of(value: Option<Entry<'_>>) -> Cell<'_> {
    match value {
        None => Cell::Null,
        Some(Entry::Flag(said)) => Cell::Integer(i64::from(said)),
        Some(Entry::Integer(whole)) => Cell::Integer(whole),
        Some(Entry::Real(real)) => Cell::Real(real),
        Some(Entry::Text(text)) => Cell::Text(text.into()),
        Some(other @ Entry::Other(_)) => {
            other.number().map_or_else(|| Cell::Text(other.text().into()), Cell::Real)
        }
    }
}

/// One line of a feature: where its points end in its batch, and its ends in metres of a plane.
struct Part {
    to: u32,
    ends: [(f64, f64); 2],
    drawn_m: f64,
}

/// A feature read: its lines, their length as drawn in metres, and what its columns say.
struct ReadLine {
    number: i64,
    parts: u32,
    drawn_m: f64,
    said: Result<(LineValues, Remarks), BadValue>,
}

/// Features read one after the other, not joined yet. Batches are read side by side.
#[derive(Default)]
pub(super) struct Batch {
    points: Vec<RoadPoint>,
    parts: Vec<Part>,
    lines: Vec<ReadLine>,
    open: Option<(i64, usize, f64)>,
}

impl Batch {
    /// Begins a feature.
    pub fn begin(&mut self, number: i64) {
        self.open = Some((number, self.parts.len(), 0.0));
    }

    /// Adds a line to the feature that is open.
    pub fn line(&mut self, points: impl Iterator<Item = RoadPoint>, ends: [(f64, f64); 2], drawn_m: f64) {
        let from = self.points.len();
        for point in points {
            // The same place twice in a row is one.
            if self.points.len() == from || self.points.last() != Some(&point) {
                self.points.push(point);
            }
        }
        if let Some((_, _, drawn)) = &mut self.open {
            *drawn += drawn_m;
        }
        let to = u32::try_from(self.points.len()).unwrap_or(u32::MAX);
        self.parts.push(Part { to, ends, drawn_m });
    }

    /// Ends the feature that is open with what its columns say.
    pub fn finish<'a>(&mut self, chosen: &Chosen, cell: impl FnMut(usize) -> Cell<'a>) {
        let Some((number, first, drawn_m)) = self.open.take() else { return };
        let parts = u32::try_from(self.parts.len() - first).unwrap_or(0);
        let mut remarks = Remarks::default();
        let said = if parts == 0 {
            Err(("not_a_line", "geometry".to_owned()))
        } else {
            chosen.values(cell, &mut remarks).map(|values| (values, remarks))
        };
        self.lines.push(ReadLine { number, parts, drawn_m, said });
    }

    /// A feature that has no geometry to use; lines of it that were added are taken back.
    pub fn refuse(&mut self, number: i64, reason: &'static str, what: String) {
        if let Some((_, first, _)) = self.open.take() {
            self.parts.truncate(first);
            self.points.truncate(self.parts.last().map_or(0, |part| part.to as usize));
        }
        self.lines.push(ReadLine { number, parts: 0, drawn_m: 0.0, said: Err((reason, what)) });
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }
}

/// Ends of lines in a plane, joined where they lie within [`ENDS_MEET_M`], whatever their order.
#[derive(Default)]
struct Joints {
    /// The last end found in each square of a metre, by its number.
    last: FxHashMap<(i64, i64), u32>,
    /// By end: where it lies, its point of the roads, and the one before it in its square.
    ends: Vec<(PlanePoint, u32, u32)>,
    /// By end: another of those it is joined with, itself where it stands for them (Tarjan 1975).
    above: Vec<u32>,
    is_joined: bool,
}

impl Joints {
    /// The point of an end at just this spot, else `fresh`, joined with all that lie near.
    fn point_at(&mut self, (e, n): (f64, f64), fresh: u32) -> u32 {
        const NONE: u32 = u32::MAX;
        #[expect(clippy::cast_possible_truncation, reason = "metres on Earth")]
        let square = |metres: f64| metres.floor() as i64;
        let mut near = Vec::new();
        let (low_e, high_e) = (square(e - ENDS_MEET_M), square(e + ENDS_MEET_M));
        let (low_n, high_n) = (square(n - ENDS_MEET_M), square(n + ENDS_MEET_M));
        for at_e in low_e..=high_e {
            for at_n in low_n..=high_n {
                let mut at = self.last.get(&(at_e, at_n)).copied().unwrap_or(NONE);
                while at != NONE {
                    let (place, point, before) = self.ends[at as usize];
                    let apart = (place.e - e).hypot(place.n - n);
                    if apart <= 0.0 {
                        return point;
                    }
                    if apart <= ENDS_MEET_M {
                        near.push(at);
                    }
                    at = before;
                }
            }
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(NONE);
        let before = self.last.insert((square(e), square(n)), number).unwrap_or(NONE);
        self.ends.push((PlanePoint::new(e, n), fresh, before));
        self.above.push(number);
        for other in near {
            let (one, other) = (self.stands_for(number), self.stands_for(other));
            self.above[one.max(other) as usize] = one.min(other);
            self.is_joined = true;
        }
        fresh
    }

    fn stands_for(&mut self, mut end: u32) -> u32 {
        while self.above[end as usize] != end {
            let higher = self.above[self.above[end as usize] as usize];
            self.above[end as usize] = higher;
            end = higher;
        }
        end
    }

    /// Gives ends that are joined one point: the westernmost, then southernmost, so that their order does not matter.
    fn join(mut self, roads: &mut Roads) {
        if !self.is_joined {
            return;
        }
        let mut chosen: FxHashMap<u32, u32> = FxHashMap::default();
        for end in 0..self.ends.len() {
            let point = self.ends[end].1;
            let group = self.stands_for(u32::try_from(end).unwrap_or(0));
            let known = chosen.entry(group).or_insert(point);
            if roads.points[point as usize] < roads.points[*known as usize] {
                *known = point;
            }
        }
        let mut new: Vec<u32> = (0u32..).take(roads.points.len()).collect();
        for end in 0..self.ends.len() {
            let group = self.stands_for(u32::try_from(end).unwrap_or(0));
            new[self.ends[end].1 as usize] = chosen[&group];
        }
        // What nobody names any more is taken out.
        let mut place = vec![u32::MAX; roads.points.len()];
        let mut kept = Vec::with_capacity(roads.points.len());
        for point in &mut roads.refs {
            let old = new[*point as usize] as usize;
            if place[old] == u32::MAX {
                place[old] = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                kept.push(roads.points[old]);
            }
            *point = place[old];
        }
        roads.points = kept;
    }
}

/// Puts lines together to roads.
#[derive(Default)]
pub(super) struct LineBuilder {
    roads: Roads,
    points: FxHashMap<RoadPoint, u32>,
    joints: Joints,
    names: FxHashMap<String, u32>,
    /// Stated lengths of which the unit is not known are kept until all are seen.
    tells_nothing: bool,
}

impl LineBuilder {
    /// Adds features of one table, numbered on from `before`.
    pub fn take(&mut self, batch: Batch, before: i64, chosen: &Chosen) {
        let Batch { points, parts, lines, .. } = batch;
        let (mut first_part, mut first_point) = (0, 0);
        for read in lines {
            let own = &parts[first_part..first_part + read.parts as usize];
            let from = first_point;
            first_part += own.len();
            first_point = own.last().map_or(first_point, |part| part.to as usize);
            let number = before + read.number;
            match read.said {
                Err((reason, value)) => self.refuse(number, reason, &value),
                Ok((values, remarks)) => {
                    let lines = Lines { points: &points, parts: own, from, drawn_m: read.drawn_m };
                    self.add(number, &lines, &values, remarks, chosen);
                }
            }
        }
    }

    fn add(
        &mut self,
        number: i64,
        lines: &Lines<'_>,
        values: &LineValues,
        remarks: Remarks,
        chosen: &Chosen,
    ) {
        let before = self.roads.ways.len();
        let name = values.name.as_ref().map_or(NO_NAME, |name| self.name(name));
        let mut from = lines.from;
        for part in lines.parts {
            let to = part.to as usize;
            let mut way = values.way(number, name);
            // Several lines share the register's length by their own; another length is not of one of them.
            if lines.parts.len() > 1 {
                let is_shared = chosen.trusts_length() && lines.drawn_m > 0.0;
                let share = if is_shared { part.drawn_m / lines.drawn_m } else { 0.0 };
                #[expect(clippy::cast_possible_truncation, reason = "a part of a length that fits")]
                let metres = (f64::from(way.stated_length_m) * share) as f32;
                way.stated_length_m = metres;
            }
            self.add_line(&way, &lines.points[from..to], part.ends, chosen.meets_at_ends());
            from = to;
        }
        if self.roads.ways.len() == before {
            return self.refuse(number, "too_short", "geometry");
        }
        self.length(number, before, lines.drawn_m, values, chosen);
        let report = &mut self.roads.report;
        for (column, value) in remarks.unknown {
            let entry = report.unknown_values.entry(chosen.name_of(column).to_owned());
            entry.or_insert(UnknownValues { count: 0, feature: number, value }).count += 1;
        }
        for assumed in remarks.assumed {
            report.note(assumed, &format!("feature {number}"));
        }
        report.ways_in += 1;
        report.ways_used += 1;
    }

    /// What a stated length is worth. It is that of the whole feature.
    fn length(&mut self, number: i64, first: usize, drawn_m: f64, values: &LineValues, chosen: &Chosen) {
        let stated_m = f64::from(values.length_m);
        if stated_m <= 0.0 {
            return;
        }
        let ways = &mut self.roads.ways[first..];
        let report = &mut self.roads.report;
        let ratio = stated_m / drawn_m.max(0.01);
        let is_of_line = chosen.trusts_length() || PLAUSIBLE.contains(&ratio);
        if !is_of_line {
            let what = format!("feature {number}: {stated_m} m stated, {drawn_m:.0} m drawn");
            report.note("length_disagrees", &what);
            for way in ways {
                way.stated_length_m = 0.0;
            }
            return;
        }
        report.lengths.stated_m += stated_m;
        report.lengths.drawn_m += drawn_m;
        if (ratio - 1.0).abs() > OUTLIER {
            report.lengths.outliers += 1;
            if report.lengths.listed.len() < LISTED_OUTLIERS {
                report.lengths.listed.push(LengthOutlier { feature: number, stated_m, drawn_m });
            }
        }
    }

    pub fn refuse(&mut self, number: i64, reason: &str, what: &str) {
        self.roads.report.ways_in += 1;
        self.roads.report.refuse(reason, &format!("feature {number}"), what);
    }

    /// Keeps what the columns of the tables were taken for.
    pub fn note_columns(&mut self, tables: &[Chosen]) {
        let report = &mut self.roads.report;
        report.columns = tables.iter().flat_map(Chosen::taken_for).collect();
        report.columns.sort();
        report.columns.dedup();
        for unclear in
            tables.iter().filter(|table| table.register.is_there()).flat_map(|table| &table.register.unclear)
        {
            report.note("unclear_column", unclear);
            if !report.unclear_columns.contains(unclear) {
                report.unclear_columns.push(unclear.clone());
            }
        }
        self.tells_nothing = !tables.iter().any(Chosen::tells_roads);
        self.roads.meets_at_ends = !tables.is_empty() && tables.iter().all(Chosen::meets_at_ends);
    }

    /// The tables that are read.
    pub fn note_tables(&mut self, tables: Vec<String>) {
        self.roads.report.tables = tables;
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(ix) = self.names.get(name) {
            return *ix;
        }
        let next = u32::try_from(self.roads.names.len()).unwrap_or(NO_NAME);
        self.names.insert(name.to_owned(), next);
        self.roads.names.push(name.to_owned());
        next
    }

    fn add_line(&mut self, way: &Way, line: &[RoadPoint], ends: [(f64, f64); 2], meets_at_ends: bool) {
        let [first, .., last] = line else { return };
        let Ok(first_ref) = u32::try_from(self.roads.refs.len()) else { return };
        if meets_at_ends {
            let head = self.end(*first, ends[0]);
            self.roads.refs.push(head);
            for point in &line[1..line.len() - 1] {
                let ix = self.fresh(*point);
                self.roads.refs.push(ix);
            }
            let tail = self.end(*last, ends[1]);
            // A stretch shorter than what joins ends is none.
            let apart = (ends[0].0 - ends[1].0).hypot(ends[0].1 - ends[1].1);
            if apart <= ENDS_MEET_M && line.len() == 2 {
                self.roads.refs.truncate(first_ref as usize);
                return;
            }
            self.roads.refs.push(tail);
        } else {
            for point in line {
                let next = u32::try_from(self.roads.points.len()).unwrap_or(u32::MAX);
                let ix = *self.points.entry(*point).or_insert(next);
                if ix == next {
                    self.roads.points.push(*point);
                }
                self.roads.refs.push(ix);
            }
        }
        self.roads.ways.push(Way { first_ref, ..way.clone() });
    }

    fn fresh(&mut self, point: RoadPoint) -> u32 {
        let ix = u32::try_from(self.roads.points.len()).unwrap_or(u32::MAX);
        self.roads.points.push(point);
        ix
    }

    /// The point of an end: that of another end at the same spot, or a new one.
    fn end(&mut self, point: RoadPoint, at: (f64, f64)) -> u32 {
        let next = u32::try_from(self.roads.points.len()).unwrap_or(u32::MAX);
        let ix = self.joints.point_at(at, next);
        if ix == next { self.fresh(point) } else { ix }
    }

    pub fn finish(mut self) -> Roads {
        std::mem::take(&mut self.joints).join(&mut self.roads);
        if self.tells_nothing && !self.roads.ways.is_empty() {
            self.roads.report.remarks.insert("no_road_columns".into(), self.roads.report.ways_used);
        }
        self.roads
    }
}

/// The lines of one feature.
struct Lines<'a> {
    points: &'a [RoadPoint],
    parts: &'a [Part],
    /// Where the first begins among the points.
    from: usize,
    drawn_m: f64,
}
