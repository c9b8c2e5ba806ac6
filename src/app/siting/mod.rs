//! Where should SOT points stand? Poses a question of location-allocation about a project and its results,
//! and tells the answer in places, people, kilometres and words. Does not know how a question is solved.

mod answer;
mod costs;
pub mod decide;
pub mod export;
mod fields;
mod infeasible;
mod listed;
pub mod live;
mod places;
pub mod plan_export;
mod pose;
mod posed;
mod preview;
mod question;
pub mod saved_export;
pub mod scenario;
mod solve;
mod unsolvable;
mod value;
mod whole;
mod words;

pub use answer::{Figures, LeftOutCell, LeftOutWhy, PlanView, Served, Solved};
pub(in crate::app) use costs::column_values;
pub use costs::{Ambiguous, group_columns, rural_groups};
pub use export::Beside;
pub use fields::number_columns;
pub(super) use infeasible::{Names, infeasible};
pub use listed::{listed, places};
pub use places::{
    Exclusion, ExclusionReason, Place, Reason, UnknownFavoured, role_from_id, role_id, role_of,
};
pub use pose::pose;
pub use posed::Posed;
pub use preview::{Preview, preview};
pub use question::{Amount, ByHand, DecaySaid, EffortSaid, PriceByHand, Question};
pub use solve::{solve, solve_posed};
pub use unsolvable::Unsolvable;
pub(super) use value::Units;
pub use whole::{Scale, decimals};
pub use words::{cell_id, said_exclusion, said_unknown_favoured};
