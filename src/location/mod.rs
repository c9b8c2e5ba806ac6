//! Which sites are best, and how sure is that? Location-allocation on tables of whole numbers, with proof.
//! Does not know what the sites are, nor how a cost was found.
//!
//! ```
//! use sotplan::location::{CostTable, Decay, Effort, Limit, Objective, Problem, Proof, Site, solve};
//! use sotplan::progress::Unwatched;
//!
//! // Three villages, and one store to be placed in one of them: kilometres from each site (row) to each village.
//! let problem = Problem {
//!     demand: vec![100, 50, 80],
//!     sites: vec![Site::default(); 3],
//!     costs: CostTable::dense(3, 3, vec![0, 4, 9, 4, 0, 5, 9, 5, 0]),
//!     objective: Objective::PMedian,
//!     limit: Limit::Sites(1),
//!     cutoff: None,
//!     exclusive: Vec::new(),
//!     require_all: false,
//!     decay: Decay::None,
//! };
//! let answer = solve(&problem, &Effort::default(), &Unwatched)?;
//! let plan = answer.plan().expect("a plan");
//! assert_eq!((plan.sites.as_slice(), plan.value), (&[1][..], 100 * 4 + 80 * 5));
//! assert_eq!(answer.proof(), Proof::Proven);
//! # Ok::<(), sotplan::location::ProblemError>(())
//! ```

mod answer;
mod assignment;
mod branch;
mod capacity;
mod center;
mod cooling;
mod cover_search;
mod cuts;
mod explore;
mod feasible;
mod form;
mod greedy;
mod levels;
mod local_search;
mod node;
mod objective;
mod perturbation;
mod plan;
mod pool;
mod problem;
mod projection;
mod recombine;
mod reduce;
mod relaxation;
mod root;
mod saddle;
mod selection;
mod series;
mod solve;
mod table;

pub use answer::{Answer, Effort, Infeasible, LeftOut, Outcome, Proof, Served, Watch};
pub use assignment::assignment;
pub use greedy::{Step, greedy_order};
pub use objective::{Counted, Objective};
pub use plan::Plan;
pub use problem::{DECAY_UNIT, Decay, Limit, Problem, ProblemError, Role, Site};
pub use series::{Alternatives, alternatives, curve, solve_instead};
pub use solve::solve;
pub use table::{CostTable, NO_COST};
