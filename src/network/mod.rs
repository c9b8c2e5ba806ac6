//! How does one travel by road? Roads become a graph for one profile, and the graph answers questions.
//! Does not know files, people or kinds of service.

mod build;
mod chains;
mod closures;
mod expand;
mod graph;
mod pieces;
mod roadnet;
mod rules;
mod search;
mod snap;

pub use closures::{Cut, Overlay};
pub use graph::{Adjacency, CLOSED, Edge, Graph, NONE, Part, Piece, Stretch};
pub use roadnet::{Heading, RoadNetwork, RowEntry, Site, Snapped, Terms};
pub use search::{ArcRange, By, FAR, Key, Label, Labels, Seed, Tree};
pub use snap::{Snap, SnapIndex};
