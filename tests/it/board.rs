//! Small boards of cells and services, made straight in the plane so that ties and limits are exact.

use std::sync::Arc;

use proptest::prelude::*;
use sotplan::app::Results;
use sotplan::geometry::{Crs, LonLat, PlanePoint, Reprojection};
use sotplan::model::{
    AreaFields, Entry, Feature, FeatureTable, KindRule, Layer, LayerId, LayerReport, Parameters, Project,
    Role, ServiceKind, SourceFile, SourcePlace, TableBuilder,
};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

/// The lower-left corner of every board, inside Jämtland.
const CORNER: PlanePoint = PlanePoint::new(470_000.0, 6_990_000.0);

/// Columns and rows a board can have.
pub const SIZE: u32 = 24;

/// A cell: column, row, people.
pub type Cell = (u32, u32, u32);
/// A store: column, row. It stands at the centre of its cell, so that ties abound.
pub type Store = (u32, u32);

/// A board before it becomes a project.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub cells: Vec<Cell>,
    pub stores: Vec<Store>,
    pub fuel: Vec<Store>,
    pub threshold_m: f64,
    pub detour: f64,
}

/// Boards with repeated places, empty cells, few stores or none.
pub fn boards() -> impl Strategy<Value = Board> {
    let places = |max| proptest::collection::vec((0..SIZE, 0..SIZE), 0..max);
    let people = prop_oneof![Just(0u32), 1u32..40];
    let cells = proptest::collection::vec((0..SIZE, 0..SIZE, people), 1..60);
    let detour = prop_oneof![Just(1.0), Just(1.3), 1.0f64..2.0];
    // Whole kilometres without a factor are lengths that occur: the limit itself is met often.
    let km = prop_oneof![0.5f64..20.0, (1u32..12).prop_map(f64::from)];
    (cells, places(9), places(4), km, detour).prop_map(|(cells, stores, fuel, km, detour)| Board {
        cells,
        stores,
        fuel,
        threshold_m: km * 1000.0,
        detour,
    })
}

/// The centre of a cell of the board.
pub fn centre(column: u32, row: u32) -> PlanePoint {
    PlanePoint::new(CORNER.e + f64::from(column) * 1000.0 + 500.0, CORNER.n + f64::from(row) * 1000.0 + 500.0)
}

/// Degrees of a point of the plane.
pub fn degrees(point: PlanePoint) -> LonLat {
    let reprojection = Reprojection::new(Crs::Sweref99Tm);
    reprojection.lon_lat_from_plane(point).expect("inside the projection")
}

impl Board {
    pub fn project(&self) -> Project {
        let cells = self.cells.iter().map(|(x, y, people)| {
            (centre(*x, *y), None, format!(r#"{{"people":{people},"source":"test"}}"#))
        });
        let services = |of: &[Store], kind: &str| -> Vec<_> {
            let named = of.iter().enumerate();
            named.map(|(at, (x, y))| (centre(*x, *y), None, format!(r#"{{"name":"{kind} {at}"}}"#))).collect()
        };
        let kind = |kind: ServiceKind| Role::Services(KindRule::All(kind.into()));
        let areas = AreaFields { code: Some("kod".into()), name: Some("namn".into()) };
        let layers = vec![
            layer(1, "areas.geojson", Role::Areas(areas), half_boards()),
            layer(2, "cells.geojson", Role::Population { field: "people".into() }, cells.collect()),
            layer(3, "stores.geojson", kind(ServiceKind::Grocery), services(&self.stores, "store")),
            layer(4, "fuel.geojson", kind(ServiceKind::Fuel), services(&self.fuel, "fuel")),
        ];
        let parameters = Parameters {
            threshold: Metres::new(self.threshold_m),
            detour_factor: self.detour,
            ..Parameters::default()
        };
        Project { name: "board".into(), layers, parameters, ..Project::default() }
    }

    pub fn compute(&self) -> Results {
        compute(&self.project())
    }

    /// The board without one store.
    pub fn without_store(&self, at: usize) -> Self {
        let mut board = self.clone();
        board.stores.remove(at);
        board
    }

    /// The board with one store more, last.
    pub fn with_store(&self, store: Store) -> Self {
        let mut board = self.clone();
        board.stores.push(store);
        board
    }

    /// Length from a cell to a store as the oracle sees it, metres.
    pub fn length(&self, cell: Cell, store: Store) -> f64 {
        let (from, to) = (centre(cell.0, cell.1), centre(store.0, store.1));
        let (de, dn) = (from.e - to.e, from.n - to.n);
        (de * de + dn * dn).sqrt() * self.detour
    }

    pub fn people(&self) -> f64 {
        self.cells.iter().map(|(_, _, people)| f64::from(*people)).sum()
    }
}

/// What a feature says, as in its file.
pub fn properties(table: &FeatureTable, feature: &Feature) -> serde_json::Map<String, serde_json::Value> {
    table.row(feature).entries().map(|(name, entry)| (name.to_owned(), entry.to_value())).collect()
}

pub fn compute(project: &Project) -> Results {
    Results::compute(project, None, &Unwatched).expect("nobody cancels")
}

/// Where it lies, its shape, its properties.
pub type Made = (PlanePoint, Option<geo::Geometry>, String);

/// Two areas that leave the right third of the board to the nearest one or to none.
pub fn half_boards() -> Vec<Made> {
    let area = |from: u32, to: u32, code: &str, name: &str| {
        let corner = |column: u32, row: u32| {
            let point = PlanePoint::new(CORNER.e + f64::from(column) * 1e3, CORNER.n + f64::from(row) * 1e3);
            let place = degrees(point);
            geo::Coord { x: place.lon, y: place.lat }
        };
        let ring =
            vec![corner(from, 0), corner(to, 0), corner(to, SIZE), corner(from, SIZE), corner(from, 0)];
        let shape = geo::Polygon::new(ring.into(), Vec::new());
        let text = format!(r#"{{"kod":"{code}","namn":"{name}"}}"#);
        (centre(from, 0), Some(geo::Geometry::from(shape)), text)
    };
    vec![area(0, SIZE / 3, "01", "Väster"), area(SIZE / 3, SIZE * 2 / 3, "02", "Mitten")]
}

pub fn layer(id: u32, name: &str, role: Role, made: Vec<Made>) -> Arc<Layer> {
    let mut text = String::new();
    let mut features = Vec::new();
    let mut builder = TableBuilder::default();
    for (row, (point, shape, properties)) in (0u32..).zip(made) {
        let said: serde_json::Value = serde_json::from_str(&properties).expect("an object");
        for (name, value) in said.as_object().expect("an object") {
            let column = builder.column(name);
            if let Some(entry) = Entry::of(value) {
                builder.put(column, row, entry);
            }
        }
        let shape = shape.map(Box::new);
        features.push(Feature { number: row + 1, id: None, place: degrees(point), point, shape, row });
        text.push_str(&properties);
    }
    let report = LayerReport { features_in: features.len(), ..LayerReport::default() };
    let source = SourceFile {
        place: SourcePlace::File(name.into()),
        sha256: sotplan::io::sha256_hex(text.as_bytes()),
        bytes: text.len() as u64,
        crs: Crs::Sweref99Tm,
        crs_assumed: false,
        encoding: None,
        date: None,
        part: None,
        reading: sotplan::model::Reading::default(),
    };
    let table = FeatureTable::new(features, builder.finish(), report, false);
    Arc::new(Layer {
        id: LayerId(id),
        name: name.trim_end_matches(".geojson").into(),
        source,
        role,
        table: Arc::new(table),
        is_visible: true,
        opacity: 1.0,
    })
}
