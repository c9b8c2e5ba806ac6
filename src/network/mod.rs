//! How does one travel by road? Roads become a graph for one profile, and the graph answers questions.
//! Does not know files, people or kinds of service.

mod build;
mod chains;
mod closures;
mod criticality;
mod cuts;
mod expand;
mod graph;
mod kept;
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
mod words;

pub use closures::{Cut, Overlay};
pub use criticality::{Critical, Resident};
pub use cuts::POINT_REACH_M;
pub use graph::{Adjacency, CLOSED, Edge, Graph, NONE, Part, Piece, Stretch};
pub use road_travel::{RoadTravel, milliseconds};
pub use roadnet::{Heading, RoadNetwork, Site, Snapped, Terms};
pub use route::{Leg, Route, Step};
pub use rows::RowEntry;
pub use search::{ArcRange, By, FAR, Key, Label, Labels, Seed, Tree};
pub use snap::{Snap, SnapIndex};
pub use water::Water;
