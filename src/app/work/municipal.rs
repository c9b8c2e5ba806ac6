//! What is known of the municipality that is looked at, and what is the county table now? Found by a job whenever the
//! results, the municipality or what is written down are others; the last stays until then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::Results;
use crate::app::following::day_of;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::municipality::{Asked, CountyTable, Sheet, county_table, sheet};
use crate::model::process::Follow;
use crate::model::{Project, RankingModel, SiteId, TrialPoint};

/// What is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The municipality whose sheet is shown.
    pub municipality: Option<&'a str>,
    /// The county table is shown.
    pub county: bool,
    /// `YYYY-MM-DD`: what is late is so on a day.
    pub today: &'a str,
}

/// What a sheet was made from; compared by address.
struct Of {
    results: Arc<Results>,
    name: String,
    today: String,
    follows: Arc<BTreeMap<SiteId, Follow>>,
    trials: Arc<Vec<TrialPoint>>,
    model: Arc<RankingModel>,
    selected: Arc<BTreeSet<SiteId>>,
}

impl Of {
    fn is_same(&self, results: &Arc<Results>, project: &Project, name: &str, today: &str) -> bool {
        Arc::ptr_eq(&self.results, results)
            && (self.name.as_str(), self.today.as_str()) == (name, today)
            && Arc::ptr_eq(&self.follows, &project.follows)
            && Arc::ptr_eq(&self.trials, &project.trials)
            && Arc::ptr_eq(&self.model, &project.ranking)
            && Arc::ptr_eq(&self.selected, &project.selected)
    }
}

/// The sheet and the table shown.
#[derive(Default)]
pub struct Municipal {
    of: Option<Of>,
    sheet: Option<Arc<Sheet>>,
    making: Slot<Option<Sheet>>,
    table_of: Option<Arc<Results>>,
    table: Option<Arc<CountyTable>>,
    making_table: Slot<CountyTable>,
}

impl Municipal {
    /// Makes anew what changed, while it is looked at; tells of work that failed.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        project: &Project,
        wanted: Wanted<'_>,
    ) -> Option<Panicked> {
        let Some(results) = results else {
            *self = Self::default();
            return None;
        };
        let needs_table = wanted.county || wanted.municipality.is_some();
        let has_table = self.table_of.as_ref().is_some_and(|of| Arc::ptr_eq(of, results));
        if needs_table && !has_table {
            let of = Arc::clone(results);
            self.table_of = Some(Arc::clone(results));
            self.making_table.start(wake, move |_| county_table(&of));
        }
        let mut panicked = None;
        match self.making_table.poll() {
            // The sheet says what the table flags: it is made when the table is there.
            Some(Ok(table)) => (self.table, self.of) = (Some(Arc::new(table)), None),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        let table = self.table.clone().filter(|_| !self.making_table.is_running());
        match (wanted.municipality, table) {
            (Some(name), Some(table)) => self.start(wake, results, project, &table, (name, wanted.today)),
            (None, _) => (self.of, self.sheet) = (None, None),
            (Some(_), None) => {}
        }
        match self.making.poll() {
            Some(Ok(sheet)) => self.sheet = sheet.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        panicked
    }

    fn start(
        &mut self,
        wake: &Wake,
        results: &Arc<Results>,
        project: &Project,
        table: &Arc<CountyTable>,
        (name, today): (&str, &str),
    ) {
        if self.of.as_ref().is_some_and(|of| of.is_same(results, project, name, today)) {
            return;
        }
        self.of = Some(Of {
            results: Arc::clone(results),
            name: name.to_owned(),
            today: today.to_owned(),
            follows: Arc::clone(&project.follows),
            trials: Arc::clone(&project.trials),
            model: Arc::clone(&project.ranking),
            selected: Arc::clone(&project.selected),
        });
        let (results, project, table) = (Arc::clone(results), project.clone(), Arc::clone(table));
        let (name, today) = (name.to_owned(), day_of(today));
        self.making.start(wake, move |_| {
            sheet(&name, Asked { results: &results, project: &project, today }, &table)
        });
    }

    /// The sheet of this municipality, be it of a moment ago.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<&Arc<Sheet>> {
        self.sheet.as_ref().filter(|sheet| sheet.name == name)
    }

    /// The county table, be it of a moment ago.
    #[must_use]
    pub const fn table(&self) -> Option<&Arc<CountyTable>> {
        self.table.as_ref()
    }

    /// Is something being made?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.making.is_running() || self.making_table.is_running()
    }
}
