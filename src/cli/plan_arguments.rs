//! What can be said of a question about where things should stand?

use std::path::PathBuf;

use clap::Args;

use super::inputs::Given;
use super::values::{Decay, amount, decay, length, objective, share, whole, whole_from};
use super::written::WrittenAs;
use crate::location::{Effort, Objective};
use crate::units::Metres;

/// What is asked, of a project or of a table.
#[derive(Debug, Args)]
pub struct Asked {
    /// What a plan is good for: p-median (least total travel), mclp (most people within the threshold), lscp (fewest sites that reach everyone), p-center (least worst travel), backup (most people with two sites within), capacitated (most people whom the sites have capacity for)
    #[arg(long, value_name = "NAME", value_parser = objective)]
    pub objective: Objective,
    /// So many sites, required ones included; for lscp at most so many
    #[arg(long, value_name = "N", value_parser = whole_from(0_usize), conflicts_with = "budget")]
    pub sites: Option<usize>,
    /// Sites that cost at most this together
    #[arg(long, value_name = "SUM", value_parser = amount)]
    pub budget: Option<f64>,
    /// Two sites that are never both chosen; may be given several times
    #[arg(long, value_name = "A,B")]
    pub exclusive: Vec<String>,
    /// No plan if anybody cannot be reached; otherwise they are left out, and named
    #[arg(long)]
    pub require_all: bool,
    /// So many of the best plans, the best first
    #[arg(long, value_name = "K", value_parser = whole(1..=1000_u16))]
    pub alternatives: Option<u16>,
    /// Alternatives are at most this share worse than the best: 0.05
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = share)]
    pub max_loss: f64,
    /// Stop after so many seconds with the best so far; otherwise when it is proven
    #[arg(long, value_name = "SECONDS", value_parser = amount)]
    pub time: Option<f64>,
    /// Be content when proven to be within this share of the best: 0.01
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub gap: f64,
    /// Where the search begins; the same seed gives the same answer
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = whole_from(0_u64))]
    pub seed: u64,
    /// Print the answer as JSON, and nothing else
    #[arg(long)]
    pub json: bool,
}

impl Asked {
    #[must_use]
    pub const fn effort(&self) -> Effort {
        Effort { seconds: self.time, gap: self.gap, seed: self.seed }
    }
}

/// A question about a table of costs.
#[derive(Debug, Args)]
pub struct Solve {
    /// CSV: site,demand,cost; a pair that is missing cannot be travelled
    #[arg(long, value_name = "FILE")]
    pub costs: PathBuf,
    /// CSV: demand,weight
    #[arg(long, value_name = "FILE")]
    pub demand: PathBuf,
    /// CSV: site,cost,capacity; for a budget or capacities
    #[arg(long, value_name = "FILE")]
    pub sites_file: Option<PathBuf>,
    /// A site serves up to this cost
    #[arg(long, value_name = "COST", value_parser = amount)]
    pub cutoff: Option<f64>,
    /// Sites in every plan
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub required: Vec<String>,
    /// Sites in no plan
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub forbidden: Vec<String>,
    #[command(flatten)]
    pub asked: Asked,
}

/// A question about where SOT points should stand.
#[derive(Debug, Args)]
pub struct Site {
    #[command(flatten)]
    pub given: Given,
    #[command(flatten)]
    pub asked: Asked,
    /// The column with what a place costs; with a budget a place without a cost is not chosen, one that exists costs 0
    #[arg(long, value_name = "NAME")]
    pub cost_field: Option<String>,
    /// What a new place costs of which neither the column nor --price says it
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub flat_price: Option<f64>,
    /// What one place costs, by id or name; goes before the column
    #[arg(long, value_name = "PLACE=AMOUNT")]
    pub price: Vec<String>,
    /// The column with how many people a place has room for; without a number there is no limit
    #[arg(long, value_name = "NAME")]
    pub capacity_field: Option<String>,
    /// Points that exist: the store there, or else a place of its own, is in every plan unless its status says otherwise
    #[arg(long, value_name = "FILE")]
    pub existing: Vec<PathBuf>,
    /// The column of --existing with the status [default: status, if there is one]; in place without one
    #[arg(long, value_name = "NAME")]
    pub status_field: Option<String>,
    /// A store this near an existing point or a SOT place hosts it, in a straight line [default: 500m]
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    pub host_within: Option<Metres>,
    /// Free a place that its status forbids (paused, closed), by id or name
    #[arg(long, value_name = "PLACE")]
    pub release: Vec<String>,
    /// A place in every plan, by id or name
    #[arg(long, value_name = "PLACE")]
    pub required: Vec<String>,
    /// A place in no plan, by id or name
    #[arg(long, value_name = "PLACE")]
    pub forbidden: Vec<String>,
    /// Whom it is for instead of everyone: a column that counts them, or groups of countryside by car to a locality:
    /// rural-remote, rural, locality, several with commas
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// How worth falls with the way (mclp): linear down to the threshold, or a limit such as 5km at which it is half
    #[arg(long, value_name = "linear|LIMIT", value_parser = decay)]
    pub decay: Option<Decay>,
    /// Also the best plan for each number of sites up to this, as curve.csv
    #[arg(long, value_name = "N", value_parser = whole(1..=u16::MAX))]
    pub curve: Option<u16>,
    /// Folder for the results; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub written: WrittenAs,
}

/// Parts a pair at the comma that leaves two known names; names may hold commas themselves.
pub fn parted(pair: &str, is_known: impl Fn(&str) -> bool) -> Option<[&str; 2]> {
    let parts = || pair.match_indices(',').map(|(at, _)| [pair[..at].trim(), pair[at + 1..].trim()]);
    parts().find(|[a, b]| is_known(a) && is_known(b)).or_else(|| parts().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_parted_where_both_names_are_known() {
        assert_eq!(parted("a,b", |_| true), Some(["a", "b"]));
        assert_eq!(parted("a,b,c", |name| name == "a,b" || name == "c"), Some(["a,b", "c"]));
        assert_eq!(parted("a, x", |name| name == "a"), Some(["a", "x"]));
        assert_eq!(parted("a", |_| true), None);
    }
}
