//! How do rows become a table of the project file? Their members as columns, those of their file behind them, their shapes in
//! SWEREF 99 TM. A digest names all of it, so that a table that is the same need not be made.

use geo::orient::{Direction, Orient as _};
use geozero::{CoordDimensions, ToWkb as _};
use rayon::prelude::*;

use crate::app::export::{Heads, Place, ResultLayer, RowColumns, SourceColumns};
use crate::geometry::{Crs, Reprojection};
use crate::io::project_file::{PART_ROWS, TableDigest};
use crate::io::{JsonWriter, PlaneTable, sha256_hex};
use crate::model::{Layer, LayerId, TableBuilder};

/// What a table of the project file is made of.
pub(super) trait TableRows: Sync {
    fn count(&self) -> usize;

    /// The names of the members that rows have, in their order.
    fn columns(&self) -> Vec<String>;

    /// Every name that a member may have: columns of the source give way to them.
    fn reserved(&self) -> Vec<String> {
        self.columns()
    }

    /// Writes the members of a row into its object.
    fn members(&self, at: usize, json: &mut JsonWriter);

    /// What the shapes are, as GeoPackage calls them, where no row has one.
    fn kind(&self) -> &'static str {
        "POINT"
    }

    /// In SWEREF 99 TM; nothing for a row that stands nowhere.
    fn shape(&self, at: usize) -> Option<geo::Geometry>;

    /// The feature that a row is: its layer, and its position there.
    fn origin(&self, _at: usize) -> Option<(LayerId, u32)> {
        None
    }

    /// A layer that rows are features of.
    fn source(&self, _id: LayerId) -> Option<&Layer> {
        None
    }
}

/// A layer of results as it is exported.
pub(super) struct Exported<L> {
    layer: L,
    reprojection: Reprojection,
}

impl<L: ResultLayer> Exported<L> {
    pub fn new(layer: L) -> Self {
        Self { layer, reprojection: Reprojection::new(Crs::Wgs84) }
    }
}

impl<L: ResultLayer> TableRows for Exported<L> {
    fn count(&self) -> usize {
        self.layer.count()
    }

    fn columns(&self) -> Vec<String> {
        self.layer.columns()
    }

    fn reserved(&self) -> Vec<String> {
        self.layer.reserved()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        self.layer.members(at, json);
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        match self.layer.row(at).place {
            Place::Of(feature) => match &feature.shape {
                Some(shape) => self.reprojection.plane_geometry(shape.as_ref().clone()),
                None => Some(geo::Point::new(feature.point.e, feature.point.n).into()),
            },
            Place::Point(_, point) => point.e.is_finite().then(|| geo::Point::new(point.e, point.n).into()),
            Place::Shape(shape) => self.reprojection.plane_geometry(shape),
            Place::Outline(outline) => Some(outline.clone().into()),
        }
    }

    fn origin(&self, at: usize) -> Option<(LayerId, u32)> {
        self.layer.row(at).origin
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.layer.source(id)
    }
}

fn source_columns<'a>(rows: &'a dyn TableRows, reserved: &[String]) -> SourceColumns<'a> {
    SourceColumns::of((0..rows.count()).map(|at| rows.origin(at)), |id| rows.source(id), reserved)
}

/// Outer rings counter-clockwise and holes clockwise, as other programs want them.
fn turned(shape: geo::Geometry) -> geo::Geometry {
    match shape {
        geo::Geometry::Polygon(polygon) => polygon.orient(Direction::Default).into(),
        geo::Geometry::MultiPolygon(polygons) => polygons.orient(Direction::Default).into(),
        other => other,
    }
}

/// Names everything that the table of these rows holds.
pub(super) fn digest(rows: &dyn TableRows) -> TableDigest {
    let source = source_columns(rows, &rows.reserved());
    let all: Vec<usize> = (0..rows.count()).collect();
    let parts = all.par_chunks(PART_ROWS).map(|part| {
        let mut json = JsonWriter::default();
        let mut shapes = Vec::new();
        for at in part {
            json.begin_object();
            rows.members(*at, &mut json);
            source.members(rows.origin(*at), &mut json);
            json.end_object();
            // A shape that cannot be written is none in the table either.
            let shape = rows.shape(*at).and_then(|shape| shape.to_wkb(CoordDimensions::xy()).ok());
            shapes.extend(shape.as_ref().map_or(0, |shape| shape.len() as u64).to_le_bytes());
            shapes.extend(shape.into_iter().flatten());
        }
        (sha256_hex(&shapes), sha256_hex(&json.into_bytes()))
    });
    let (shapes, parts): (Vec<String>, Vec<String>) = parts.collect::<Vec<_>>().into_iter().unzip();
    let frame = serde_json::to_vec(&(rows.count(), rows.columns(), source.names(), shapes));
    TableDigest { frame: sha256_hex(&frame.unwrap_or_default()), parts }
}

/// Some of the rows as a table.
pub(super) fn table(rows: &dyn TableRows, wanted: &[usize]) -> PlaneTable {
    let (own, reserved) = (rows.columns(), rows.reserved());
    let source = source_columns(rows, &reserved);
    let parts: Vec<(Vec<Option<geo::Geometry>>, TableBuilder)> = wanted
        .par_chunks(PART_ROWS)
        .map(|part| {
            let mut columns = RowColumns::new(&own, &source, Heads::En);
            for (row, at) in (0u32..).zip(part) {
                columns.put(row, rows.origin(*at), |json| rows.members(*at, json));
            }
            let shapes = part.iter().map(|at| rows.shape(*at).map(turned)).collect();
            (shapes, columns.finish())
        })
        .collect();
    let (mut shapes, mut columns) = (Vec::new(), TableBuilder::default());
    for (part, builder) in parts {
        columns.merge(builder, u32::try_from(shapes.len()).unwrap_or(u32::MAX));
        shapes.extend(part);
    }
    PlaneTable { kind: rows.kind(), columns: columns.finish(), shapes }
}
