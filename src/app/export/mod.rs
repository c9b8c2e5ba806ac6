//! What leaves the program? Cells, candidates, gaps, areas and chosen sites, with the assumptions they rest on.
//! Property names are stable and documented in `docs/formats.md`.

mod about;
mod candidates;
mod columns;
mod compare;
mod demand;
mod features;
mod files;
mod form;
mod geometry;
mod heads;
mod joined;
mod layer;
mod members;
mod origin;
mod shapes;
mod source;
mod tables;

pub(in crate::app) use self::about::About;
pub(in crate::app) use self::candidates::Sites;
pub(in crate::app) use self::columns::RowColumns;
pub use self::compare::{Comparison, ranking_member, write_factor_table, write_ranking_table};
pub(in crate::app) use self::demand::Cells;
pub use self::features::write_features;
pub use self::files::{write_candidates, write_critical, write_demand, write_gaps, write_selected};
pub use self::form::{Chosen, Form, Format};
pub(in crate::app) use self::form::{assumptions_table, write_layer, write_to_folder};
pub use self::geometry::outline_degrees;
pub use self::heads::{HEADS, Heads};
pub(in crate::app) use self::joined::joined_member;
pub(in crate::app) use self::layer::{Place, ResultLayer, Row, origin_of};
pub(in crate::app) use self::members::{area_members, service_id};
pub use self::origin::Stamp;
pub(in crate::app) use self::origin::{assumptions, minutes, origin_members, program_members};
pub(in crate::app) use self::shapes::Gaps;
pub(in crate::app) use self::source::SourceColumns;
pub use self::tables::{
    write_areas, write_candidate_table, write_cell_table, write_county, write_findings, write_follow_up,
    write_pipos, write_process,
};
pub use crate::app::tables::TableStyle;
