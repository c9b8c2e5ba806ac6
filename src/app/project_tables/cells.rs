//! Which squares stand in the project file? The cells as they are exported, each as the square that the map draws.

use super::rows::TableRows;
use crate::analysis::cell_shape;
use crate::app::Results;
use crate::app::export::{Cells, ResultLayer as _};
use crate::io::JsonWriter;
use crate::model::{Layer, LayerId};

/// The cells, as squares.
pub(super) struct Squares<'a> {
    cells: Cells<'a>,
    results: &'a Results,
}

impl<'a> Squares<'a> {
    pub fn new(results: &'a Results) -> Self {
        Self { cells: Cells::new(results), results }
    }
}

impl TableRows for Squares<'_> {
    fn count(&self) -> usize {
        self.cells.count()
    }

    fn columns(&self) -> Vec<String> {
        self.cells.columns()
    }

    fn reserved(&self) -> Vec<String> {
        self.cells.reserved()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        self.cells.members(at, json);
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let corners = cell_shape(&self.results.situation.demand, at);
        let ring = corners.map(|point| geo::Coord { x: point.e, y: point.n });
        Some(geo::Polygon::new(ring.to_vec().into(), Vec::new()).into())
    }

    fn origin(&self, at: usize) -> Option<(LayerId, u32)> {
        self.cells.row(at).origin
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.cells.source(id)
    }
}
