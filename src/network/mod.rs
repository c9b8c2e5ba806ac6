//! How does one travel by road? Roads become a graph for one profile, and the graph answers questions.
//! Does not know files, people or kinds of service.
//!
//! ```
//! use std::sync::Arc;
//!
//! use sotplan::geometry::LonLat;
//! use sotplan::model::roads::{RoadClass, Roads, Way};
//! use sotplan::model::{Mode, TravelProfile};
//! use sotplan::network::{By, RoadNetwork};
//! use sotplan::progress::Unwatched;
//! use sotplan::units::Metres;
//!
//! // One road of a kilometre, as a file would tell it.
//! let ends = [LonLat::new(14.0, 63.0), LonLat::new(14.0, 63.008_97)];
//! let roads = Roads {
//!     points: ends.map(Into::into).to_vec(),
//!     ways: vec![Way::plain(1, 0, RoadClass::Secondary)],
//!     refs: vec![0, 1],
//!     ..Roads::default()
//! };
//! let network = RoadNetwork::build(Arc::new(roads), &TravelProfile::default(), Mode::Car, &Unwatched)?;
//! let [from, to] = ends.map(|place| network.snap(place, Metres::new(50.0)).expect("near a road"));
//! let route = network.route(&from, &to, By::Time, &Unwatched)?.expect("a way");
//! assert!((route.length.value() - 1_000.0).abs() < 1.0);
//! # Ok::<(), sotplan::progress::Cancelled>(())
//! ```

mod build;
mod chains;
mod closures;
mod criticality;
mod cuts;
mod expand;
mod graph;
mod kept;
mod labels;
mod legs;
mod nearest;
mod pieces;
mod private;
mod reach;
mod road_travel;
mod roadnet;
mod route;
mod rows;
mod rules;
mod search;
mod snap;
mod twins;
mod water;
mod window;
mod words;

pub use closures::{Cut, Overlay};
pub use criticality::{Critical, Resident};
pub use cuts::POINT_REACH_M;
pub use graph::{Adjacency, CLOSED, Edge, Graph, NONE, Part, Piece, Stretch};
pub use labels::Labels;
pub use road_travel::{RoadTravel, milliseconds};
pub use roadnet::{Heading, RoadNetwork, Site, Snapped, Terms};
pub use route::{Leg, Route, Step};
pub use rows::RowEntry;
pub use search::{ArcRange, By, FAR, Key, Label, Seed, Tree};
pub use snap::{Snap, SnapIndex};
pub use water::Water;
