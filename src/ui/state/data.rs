//! What does the window remember of the data? What is open in the lists, and the system chosen for a waiting file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::geometry::Crs;
use crate::model::LayerId;

/// What is looked at in the step of data.
#[derive(Debug, Clone, Default)]
pub struct DataState {
    pub open_layer: Option<LayerId>,
    /// The road file whose report is open.
    pub open_roads: Option<u32>,
    /// The system chosen for a file that waits for one.
    pub crs_of: BTreeMap<PathBuf, Crs>,
}
