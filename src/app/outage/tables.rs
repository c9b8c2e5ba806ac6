//! With what are scenarios of one result measured? What lies around places, groups of people, and the ways to every set of
//! places that was asked for: kept, so that another hour or another duration costs no search.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::around::Around;
use crate::app::Results;
use crate::app::people_columns::group_columns;
use crate::app::siting::column_values;
use crate::geometry::PlanePoint;
use crate::model::PeopleGroup;
use crate::model::travel::{CostRows, Nearest, Pairs, TravelError, TravelModel, Traveller};
use crate::network::RoadTravel;
use crate::progress::Progress;
use crate::units::Seconds;

/// So many distances are kept of all sets ever asked for.
const MOST: usize = 2_000_000_000 / 32;

/// A set of sites, who travels, and whether closed roads are closed.
type Asked = (bool, bool, Vec<[u64; 3]>);

/// What scenarios of one result are measured with.
pub struct OutageTables {
    pub results: Arc<Results>,
    pub(super) around: Around,
    /// Columns that count a group, with their values by cell; a cell without one counts nobody.
    pub columns: Vec<(String, PeopleGroup, Vec<f64>)>,
    /// Columns that cannot be counted, since a value is no number.
    pub refused_columns: Vec<String>,
    /// The same roads, none closed; `None` where none is.
    open: Option<RoadTravel>,
    kept: Mutex<FxHashMap<Asked, Arc<Nearest>>>,
}

impl OutageTables {
    #[must_use]
    pub fn new(results: &Arc<Results>) -> Self {
        let (mut columns, mut refused_columns) = (Vec::new(), Vec::new());
        for (name, group, _) in group_columns(results) {
            match column_values(results, &name) {
                Ok(values) => {
                    let values =
                        values.into_iter().map(|value| value.map_or(0.0, |(_, number)| number.value));
                    columns.push((name, group, values.collect()));
                }
                Err(_) => refused_columns.push(name),
            }
        }
        Self {
            results: Arc::clone(results),
            around: Around::of(results),
            columns,
            refused_columns,
            open: results.travel.without_closures(),
            kept: Mutex::default(),
        }
    }

    /// Are roads closed that a scenario could close for a time?
    #[must_use]
    pub const fn has_closures(&self) -> bool {
        self.open.is_some()
    }

    /// How far everybody has to the nearest of some sites; with roads closed as the project has it, or all open.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn nearest(
        &self,
        (sites, head_starts): (&[PlanePoint], &[Seconds]),
        traveller: Traveller,
        is_open: bool,
        progress: &dyn Progress,
    ) -> Result<Arc<Nearest>, TravelError> {
        let is_open = is_open && self.open.is_some();
        let start = |at: usize| head_starts.get(at).map_or(0, |start| start.value().to_bits());
        let key: Vec<[u64; 3]> = sites
            .iter()
            .enumerate()
            .map(|(at, site)| [site.e.to_bits(), site.n.to_bits(), start(at)])
            .collect();
        let key = (is_open, traveller == Traveller::Rescue, key);
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Ok(Arc::clone(known));
        }
        progress.check()?;
        let pairs = Pairs { demand: &self.results.situation.demand.points, sites, traveller, head_starts };
        let made = match &self.open {
            Some(open) if is_open => open.nearest(pairs, 1, progress)?,
            _ => self.results.travel.nearest(pairs, 1, progress)?,
        };
        let made = Arc::new(made);
        let mut kept = lock();
        let cells = self.results.situation.demand.len().max(1);
        if kept.len() >= (MOST / cells).max(64) {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&made));
        Ok(made)
    }

    /// How far some places have to the nearest of others, with roads closed as the project has it or all open.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn way(
        &self,
        from: &[PlanePoint],
        to: &[PlanePoint],
        is_open: bool,
        progress: &dyn Progress,
    ) -> Result<Nearest, TravelError> {
        let pairs = Pairs::visitors(from, to);
        match &self.open {
            Some(open) if is_open => open.nearest(pairs, 1, progress),
            _ => self.results.travel.nearest(pairs, 1, progress),
        }
    }

    /// Whom each site reaches within the threshold, by site.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn reached(
        &self,
        sites: &[PlanePoint],
        is_open: bool,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        let results = &self.results;
        let pairs = Pairs::visitors(&results.situation.demand.points, sites);
        let limit = Some(results.limit());
        match &self.open {
            Some(open) if is_open => open.rows(pairs, limit, progress),
            _ => results.travel.rows(pairs, limit, progress),
        }
    }
}
