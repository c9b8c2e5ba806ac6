//! What leaves the program? Cells, candidates, gaps, areas and chosen sites, with the assumptions they rest on.
//! Property names are stable and documented in `docs/formats.md`.

mod candidates;
mod compare;
mod demand;
mod features;
mod geometry;
mod members;
mod origin;
mod shapes;
mod tables;

pub use self::candidates::{write_candidates, write_selected};
pub use self::compare::{Comparison, ranking_member, write_factor_table, write_ranking_table};
pub use self::demand::write_demand;
pub use self::features::write_features;
pub use self::geometry::degrees;
pub use self::origin::Stamp;
pub(in crate::app) use self::origin::{assumptions, minutes, origin_members, program_members};
pub use self::shapes::{write_critical, write_gaps};
pub use self::tables::{write_areas, write_candidate_table, write_cell_table, write_findings, write_pipos};
pub use crate::app::tables::CsvStyle;
