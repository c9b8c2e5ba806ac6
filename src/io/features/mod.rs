//! Which features of a file are used, where do they stand, and what is said of the others?
//! Every reader, whatever its format, puts its features in here. Does not know formats.

mod axes;
mod check;
mod corners;
mod nesting;
mod rings;
pub(in crate::io) mod rows;
pub(in crate::io) mod stated;

use geo::{
    BoundingRect, Centroid, Contains, CoordsIter, InteriorPoint, InterpolatableLine, MapCoordsInPlace,
};
use rustc_hash::FxHashMap;

pub(in crate::io) use self::axes::{Order, order_of, said as said_of_order};
pub(in crate::io) use self::nesting::{area_of_rings, turned};
use super::IoError;
use crate::geometry::{AREA_OF_USE, Crs, LonLat, PlanePoint, Reprojection};
use crate::model::{
    Entry, Feature, FeatureTable, LayerReport, Message, Placeless, PlacelessRow, Refusal, Refused, Remark,
    RemarkKind, TableBuilder,
};

/// Coordinates beyond this are no coordinates in any system.
const HUGE: f64 = 1e9;

/// Brings the shapes of a file into degrees and into the plane.
pub(in crate::io) struct Placing {
    pub crs: Crs,
    /// Its numbers are degrees of WGS 84 as they stand.
    is_wgs84: bool,
    /// Its positions stand north first.
    is_north_first: bool,
    reprojection: Reprojection,
}

/// A shape where it stands.
pub(in crate::io) struct Placed {
    place: LonLat,
    point: PlanePoint,
    /// In degrees; nothing more than the place for a point.
    shape: Option<Box<geo::Geometry>>,
    /// A ring runs the other way than RFC 7946 wants: so common that the file says it once.
    runs_wrong: bool,
}

impl Placing {
    pub fn new(crs: Crs) -> Self {
        let is_wgs84 = crs.is_wgs84_degrees();
        Self { crs, is_wgs84, is_north_first: false, reprojection: Reprojection::new(crs) }
    }

    /// The same for positions that stand in this order.
    pub fn in_order(self, order: Order) -> Self {
        Self { is_north_first: order == Order::NorthFirst, ..self }
    }

    /// Where a shape in the file's system stands, or why it cannot be used; what is worth a remark is added.
    pub fn place(&self, mut shape: geo::Geometry, remarks: &mut Vec<RemarkKind>) -> Result<Placed, Refusal> {
        if shape.coords_iter().next().is_none() {
            return Err(Refusal::EmptyGeometry);
        }
        if self.is_north_first {
            shape.map_coords_in_place(|c| geo::Coord { x: c.y, y: c.x });
        }
        // The plane's coordinates come from the file's own numbers, not by way of degrees.
        let source = (!self.is_wgs84).then(|| shape.clone());
        let is_coarse = self.is_wgs84 && has_few_decimals(&shape);
        self.to_degrees(&mut shape)?;
        let (place, point) = self.representative(&shape, source, remarks)?;
        if is_coarse {
            remarks.push(RemarkKind::FewDecimals);
        }
        let runs_wrong = rings::runs_wrong(&shape);
        if rings::crosses_itself(&shape) {
            remarks.push(RemarkKind::NotSimple);
        }
        let shape = match shape {
            geo::Geometry::Point(_) => None,
            other => Some(Box::new(other)),
        };
        Ok(Placed { place, point, shape, runs_wrong })
    }

    /// Brings a geometry into degrees, refusing what is out of bounds.
    fn to_degrees(&self, geometry: &mut geo::Geometry) -> Result<(), Refusal> {
        for coord in geometry.coords_iter() {
            for (axis, value) in [("x", coord.x), ("y", coord.y)] {
                if !value.is_finite() || value.abs() > HUGE {
                    let field = format!("geometry.coordinates.{axis}");
                    return Err(Refusal::NotFinite { field, value: format!("{value:e}") });
                }
            }
        }
        if !self.is_wgs84 {
            if let Some(coord) = geometry.coords_iter().find(|c| looks_swapped_in_metres(self.crs, c.x, c.y))
            {
                return Err(Refusal::SwappedAxes { x: coord.x, y: coord.y });
            }
            let bad = std::cell::Cell::new(None);
            geometry.map_coords_in_place(|c| {
                if let Some(place) = corners::lon_lat(&self.reprojection, self.crs, c.x, c.y)
                    && AREA_OF_USE.contains(place)
                {
                    geo::Coord { x: place.lon, y: place.lat }
                } else {
                    bad.set(Some((c.x, c.y)));
                    c
                }
            });
            return match bad.get() {
                Some((x, y)) => Err(Refusal::OutsideAreaOfUse { x, y }),
                None => Ok(()),
            };
        }
        for coord in geometry.coords_iter() {
            let place = LonLat::new(coord.x, coord.y);
            if !AREA_OF_USE.contains(place) {
                return Err(if AREA_OF_USE.contains(LonLat::new(coord.y, coord.x)) {
                    Refusal::SwappedAxes { x: coord.x, y: coord.y }
                } else {
                    Refusal::OutsideAreaOfUse { x: coord.x, y: coord.y }
                });
            }
        }
        Ok(())
    }

    /// The point that stands for the feature: a cell at its centroid in the plane, else a point on it.
    /// `geometry` is in degrees, `source` in the file's system where that is another.
    fn representative(
        &self,
        geometry: &geo::Geometry,
        source: Option<geo::Geometry>,
        remarks: &mut Vec<RemarkKind>,
    ) -> Result<(LonLat, PlanePoint), Refusal> {
        let reprojection = &self.reprojection;
        let unplaceable = |place: LonLat| Refusal::OutsideAreaOfUse { x: place.lon, y: place.lat };
        let first = geometry.coords_iter().next().map(|c| LonLat::new(c.x, c.y)).unwrap_or_default();
        let source = source.unwrap_or_else(|| geometry.clone());
        let plane = reprojection.plane_geometry(source).ok_or_else(|| unplaceable(first))?;
        if let geo::Geometry::Point(point) = plane {
            return Ok((first, PlanePoint::new(point.x(), point.y())));
        }
        let parts = parts_of(&plane);
        if parts > 1 {
            remarks.push(RemarkKind::SeveralParts { parts });
        }
        let inside = match &plane {
            geo::Geometry::Polygon(polygon) => polygon
                .centroid()
                .filter(|centroid| is_small_convex(polygon) || polygon.contains(centroid))
                .or_else(|| polygon.interior_point()),
            geo::Geometry::MultiPolygon(polygons) => polygons
                .centroid()
                .filter(|centroid| polygons.contains(centroid))
                .or_else(|| polygons.interior_point()),
            geo::Geometry::LineString(line) => {
                line.point_at_ratio_from_start(&geo::Euclidean, 0.5).or_else(|| plane.interior_point())
            }
            other => other.interior_point(),
        };
        let inside = inside.filter(|point| point.x().is_finite() && point.y().is_finite());
        let point = inside.map(|point| PlanePoint::new(point.x(), point.y()));
        let point = point.or_else(|| reprojection.plane(first)).ok_or_else(|| unplaceable(first))?;
        let place = reprojection.lon_lat_from_plane(point).ok_or_else(|| unplaceable(first))?;
        Ok((place, point))
    }
}

/// Points, lines and polygons in a geometry, whatever they are nested in.
fn parts_of(geometry: &geo::Geometry) -> usize {
    match geometry {
        geo::Geometry::MultiPoint(points) => points.0.len(),
        geo::Geometry::MultiPolygon(polygons) => polygons.0.len(),
        geo::Geometry::MultiLineString(lines) => lines.0.len(),
        geo::Geometry::GeometryCollection(collection) => collection.iter().map(parts_of).sum(),
        _ => 1,
    }
}

/// A grid cell: four corners that fill their box, so that its centroid surely lies inside.
fn is_small_convex(polygon: &geo::Polygon) -> bool {
    use geo::Area;
    polygon.interiors().is_empty()
        && polygon.exterior().0.len() == 5
        && polygon
            .bounding_rect()
            .is_some_and(|rect| polygon.unsigned_area() > 0.9 * rect.width() * rect.height())
}

/// At most three decimals of a degree in both axes of a point.
fn has_few_decimals(shape: &geo::Geometry) -> bool {
    let geo::Geometry::Point(point) = shape else { return false };
    let is_coarse = |v: f64| ((v * 1e3).round() / 1e3 - v).abs() < 1e-12;
    is_coarse(point.x()) && is_coarse(point.y())
}

/// Do the numbers lie where SWEREF 99 TM puts Sweden, in either order? The eastings of local zones, around 150 km,
/// do not.
pub(in crate::io) fn looks_like_sweref(x: f64, y: f64) -> bool {
    let is_east = |v: f64| (260_000.0..=920_000.0).contains(&v);
    let is_north = |v: f64| (6_100_000.0..=7_700_000.0).contains(&v);
    (is_east(x) && is_north(y)) || (is_north(x) && is_east(y))
}

/// Are the numbers no degrees, whatever they are?
pub(in crate::io) fn looks_like_metres(x: f64, y: f64) -> bool {
    x.is_finite() && y.is_finite() && (x.abs().max(y.abs()) > 1000.0) && x.abs().max(y.abs()) < HUGE
}

fn looks_swapped_in_metres(crs: Crs, x: f64, y: f64) -> bool {
    matches!(crs.epsg(), 3006..=3024)
        && (5_900_000.0..7_900_000.0).contains(&x)
        && (0.0..1_950_000.0).contains(&y)
}

/// The system of a file that names none, told by the look of the first positions of some of its features: degrees or
/// SWEREF 99 TM. `if_unsaid` is what the user says for such a file. A guess is made only of what fits Sweden.
///
/// # Errors
/// [`IoError::UnnamedCrs`] where the numbers are no degrees and fit nothing that may be guessed.
pub(in crate::io) fn unsaid_crs(
    file: &str,
    seen: Vec<(f64, f64)>,
    if_unsaid: Option<Crs>,
) -> Result<Unsaid, IoError> {
    let count = |is_so: fn(f64, f64) -> bool| seen.iter().filter(|(x, y)| is_so(*x, *y)).count();
    // Numbers that are all degrees are WGS 84 by RFC 7946, unless another system of degrees is said.
    let is_in_question = |crs: &Crs| crs.is_degrees() || count(looks_like_metres) * 2 > seen.len();
    if let Some(crs) = if_unsaid.filter(is_in_question) {
        return Ok(Unsaid::Said(crs));
    }
    if count(looks_like_sweref) * 2 > seen.len() {
        return Ok(Unsaid::LooksLikeSweref);
    }
    if count(looks_like_metres) * 2 > seen.len() {
        let sample = seen.into_iter().filter(|(x, y)| looks_like_metres(*x, *y)).collect();
        return Err(IoError::UnnamedCrs { file: file.into(), sample, fits: Vec::new() });
    }
    Ok(Unsaid::LooksLikeDegrees)
}

/// What a file's system is taken to be.
pub(in crate::io) enum Unsaid {
    Said(Crs),
    LooksLikeSweref,
    LooksLikeDegrees,
}

/// What is said of a system that was told by the numbers alone, in a format that has no system of its own.
pub(in crate::io) fn told_by_numbers(unsaid: &Unsaid) -> Option<RemarkKind> {
    match unsaid {
        Unsaid::Said(_) => None,
        Unsaid::LooksLikeSweref => Some(RemarkKind::AssumedSweref99Tm),
        Unsaid::LooksLikeDegrees => Some(RemarkKind::AboutFile {
            message: Message::new(
                "filen anger inget koordinatsystem och talen ser ut som grader: tolkad som WGS 84. Välj ett annat system om det är fel",
                "the file names no coordinate reference system and the numbers look like degrees: taken as WGS 84. Choose another system if this is wrong",
            ),
        }),
    }
}

/// Puts remarks about the file as a whole into a report.
pub(in crate::io) fn remark_file(report: &mut LayerReport, messages: impl IntoIterator<Item = Message>) {
    let remarks = messages.into_iter().map(|message| RemarkKind::AboutFile { message });
    report.remarks.extend(remarks.map(|kind| Remark { number: None, kind, place: None }));
}

/// Features looked at to tell degrees from metres.
pub(in crate::io) const CRS_SAMPLE: usize = 200;

/// Takes in the features of a file, or of a part of it.
#[derive(Default)]
pub(in crate::io) struct Intake {
    features: Vec<Feature>,
    refused: Vec<Refused>,
    remarks: Vec<Remark>,
    pub columns: TableBuilder,
    /// Rows without a geometry, and what they say.
    placeless: Vec<PlacelessRow>,
    said_placeless: TableBuilder,
    is_demo: bool,
    /// Features with a ring that runs the wrong way.
    running_wrong: usize,
}

impl Intake {
    /// Counts what a feature says in a column, whether the feature is used or not.
    pub fn count(&mut self, column: usize, entry: Entry<'_>) {
        self.columns.count(column, entry.number().is_some(), || sample_of(entry));
    }

    /// The file says of itself that it is a demonstration.
    pub fn mark_demo(&mut self) {
        self.is_demo = true;
    }

    /// Takes in a feature: where it stands, or why it cannot be used, what is worth a remark, and what it says by column.
    pub fn take<'a>(
        &mut self,
        number: u32,
        id: Option<Box<str>>,
        placed: Result<Placed, Refusal>,
        remarks: impl IntoIterator<Item = RemarkKind>,
        said: impl IntoIterator<Item = (usize, Entry<'a>)>,
    ) {
        let at = placed.as_ref().ok().map(|placed| placed.place);
        let remarks = remarks.into_iter().map(|kind| Remark { number: Some(number), kind, place: at });
        self.remarks.extend(remarks);
        match placed {
            Ok(Placed { place, point, shape, runs_wrong }) => {
                self.running_wrong += usize::from(runs_wrong);
                let row = u32::try_from(self.features.len()).unwrap_or(u32::MAX);
                for (column, entry) in said {
                    self.columns.put(column, row, entry);
                }
                self.features.push(Feature { number, id, place, point, shape, row });
            }
            Err(reason) => {
                if reason.is_placeless() {
                    self.take_placeless(number, id, said);
                }
                self.refused.push(Refused { number, reason, place: None });
            }
        }
    }

    /// Keeps what a row says that stands nowhere.
    fn take_placeless<'a>(
        &mut self,
        number: u32,
        id: Option<Box<str>>,
        said: impl IntoIterator<Item = (usize, Entry<'a>)>,
    ) {
        let row = u32::try_from(self.placeless.len()).unwrap_or(u32::MAX);
        for (column, entry) in said {
            let column = self.said_placeless.column(self.columns.name(column));
            self.said_placeless.put(column, row, entry);
        }
        self.placeless.push(PlacelessRow { number, id, row });
    }

    /// Numbers its features on from here: they were numbered from 1.
    pub fn count_on(&mut self, from: u32) {
        let features = self.features.iter_mut().map(|feature| &mut feature.number);
        let refused = self.refused.iter_mut().map(|refused| &mut refused.number);
        let placeless = self.placeless.iter_mut().map(|kept| &mut kept.number);
        let remarks = self.remarks.iter_mut().filter_map(|remark| remark.number.as_mut());
        let all = features.chain(refused).chain(placeless).chain(remarks);
        all.for_each(|number| *number = number.saturating_add(from));
    }

    /// Puts another part of the file behind this one.
    pub fn append(&mut self, other: Self) {
        let rows = u32::try_from(self.features.len()).unwrap_or(u32::MAX);
        let moved = other.features.into_iter().map(|feature| Feature { row: feature.row + rows, ..feature });
        self.features.extend(moved);
        self.refused.extend(other.refused);
        self.remarks.extend(other.remarks);
        self.columns.merge(other.columns, rows);
        let rows = u32::try_from(self.placeless.len()).unwrap_or(u32::MAX);
        let moved = other.placeless.into_iter().map(|kept| PlacelessRow { row: kept.row + rows, ..kept });
        self.placeless.extend(moved);
        self.said_placeless.merge(other.said_placeless, rows);
        self.is_demo |= other.is_demo;
        self.running_wrong += other.running_wrong;
    }

    /// The table of the file; `report` says what was found before the features.
    ///
    /// # Errors
    /// [`IoError::NoUsableFeature`] when none can be used.
    pub fn finish(mut self, file: &str, mut report: LayerReport) -> Result<FeatureTable, IoError> {
        report.refused.append(&mut self.refused);
        report.remarks.append(&mut self.remarks);
        if self.running_wrong > 0 {
            let kind = RemarkKind::FileForm { message: rings_run_wrong(self.running_wrong) };
            report.remarks.push(Remark { number: None, kind, place: None });
        }
        drop_repeated_ids(&mut self.features, &mut report);
        if self.features.is_empty() {
            return Err(IoError::NoUsableFeature { file: file.into(), report: Box::new(report) });
        }
        Ok(self.table(report))
    }

    /// The table of a file that says of no row where it stands.
    pub fn finish_placeless(mut self, mut report: LayerReport) -> FeatureTable {
        report.refused.append(&mut self.refused);
        report.remarks.append(&mut self.remarks);
        self.table(report)
    }

    fn table(self, report: LayerReport) -> FeatureTable {
        let placeless = Placeless { rows: self.placeless, columns: self.said_placeless.finish() };
        let table = FeatureTable::new(self.features, self.columns.finish(), report, self.is_demo);
        table.with_placeless(placeless)
    }
}

fn rings_run_wrong(features: usize) -> Message {
    Message::new(
        format!(
            "ringar går åt fel håll i {features} objekt (yttre ringar ska gå moturs, hål medurs); objekten används"
        ),
        format!(
            "rings run the wrong way in {features} features (outer rings must run counterclockwise, holes clockwise); the features are used"
        ),
    )
}

/// A value as people see it in the list of a file's columns, and as an id.
#[expect(clippy::cast_precision_loss, reason = "a sample for people to read")]
pub(in crate::io) fn sample_of(entry: Entry<'_>) -> String {
    match entry {
        Entry::Integer(number) => (number as f64).to_string(),
        Entry::Real(number) => number.to_string(),
        Entry::Flag(said) => said.to_string(),
        Entry::Text(text) => text.to_owned(),
        Entry::Other(value) => value.as_f64().map_or_else(|| "…".to_owned(), |number| number.to_string()),
    }
}

/// An id that several features share names none of them.
fn drop_repeated_ids(features: &mut [Feature], report: &mut LayerReport) {
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for id in features.iter().filter_map(|feature| feature.id.as_deref()) {
        *seen.entry(id).or_insert(0) += 1;
    }
    let repeated: Vec<bool> = features
        .iter()
        .map(|feature| feature.id.as_deref().is_some_and(|id| seen.get(id).is_some_and(|n| *n > 1)))
        .collect();
    for (feature, repeated) in features.iter_mut().zip(repeated) {
        if repeated && let Some(id) = feature.id.take() {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::DuplicateId { id: id.into() },
                place: Some(feature.place),
            });
        }
    }
}
