//! What can be chosen? The same in map, table, chart and inspector.

use crate::model::{DemandOrigin, LayerId, ServiceKind, SiteId};

/// What is chosen, the same in map, table and inspector.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    Cell(DemandOrigin),
    Site(SiteId),
    Area(LayerId, usize),
    /// A gap, named by its first cell.
    Gap(ServiceKind, DemandOrigin),
}
