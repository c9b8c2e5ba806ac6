//! Which sites are best, and how sure is that? Location-allocation on tables of whole numbers, with proof.
//! Does not know what the sites are, nor how a cost was found.

mod answer;
mod assignment;
mod branch;
mod capacity;
mod center;
mod feasible;
mod form;
mod greedy;
mod local_search;
mod plan;
mod pool;
mod problem;
mod reduce;
mod relaxation;
mod selection;
mod series;
mod shake;
mod solve;
mod table;

pub use answer::{Answer, Effort, Infeasible, LeftOut, Outcome, Proof, Served, Watch};
pub use assignment::assignment;
pub use greedy::{Step, greedy_order};
pub use plan::Plan;
pub use problem::{DECAY_UNIT, Decay, Limit, Objective, Problem, ProblemError, Role, Site};
pub use series::{Alternatives, alternatives, curve, solve_instead};
pub use solve::solve;
pub use table::{CostTable, NO_COST};
