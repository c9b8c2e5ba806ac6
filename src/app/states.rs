//! What are the figures while other services are closed? Hundreds of serving states over one binding and one network:
//! the nearest few of every cell are known once, and a state only takes out those that are closed.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::Coverage;
use crate::model::travel::{NO_SITE, Nearest, Pairs, TravelError, TravelModel, Traveller};
use crate::model::{KindMap, KindSet, ServiceIx, ServiceKind, SiteId, Situation, TravelProfile};
use crate::progress::Progress;
use crate::units::Seconds;

/// Nearest services that are known of every cell: the two that figures need, and those that may be closed.
const KNOWN: usize = 8;

/// The nearest few of a kind, whoever is closed.
struct KindTable {
    /// In the order that the table numbers them.
    services: Vec<ServiceIx>,
    table: Nearest,
}

/// All that serving states are measured with.
pub struct States {
    /// Nobody closed.
    open: Situation,
    profile: TravelProfile,
    tables: KindMap<Option<KindTable>>,
}

impl States {
    /// Measures the nearest few services of each kind, nobody closed.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn new(
        situation: &Situation,
        profile: &TravelProfile,
        travel: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let open = Situation::serving(Arc::clone(situation.bound()), &BTreeSet::new());
        let mut tables = KindMap::default();
        for kind in measured(open.kinds_loaded) {
            progress.check()?;
            let services = open.of_kind(kind).to_vec();
            let table = nearest(&open, kind, (profile, travel), KNOWN.min(services.len().max(1)), progress)?;
            tables[kind] = Some(KindTable { services, table });
        }
        Ok(Self { open, profile: profile.clone(), tables })
    }

    /// Who serves while these are closed.
    #[must_use]
    pub fn serving(&self, closed: &BTreeSet<SiteId>) -> Situation {
        Situation::serving(Arc::clone(self.open.bound()), closed)
    }

    /// The coverage of each kind in a state; kinds of which nobody is closed are those of `before`, where it has them.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    ///
    /// # Complexity
    /// O(cells) for each kind of which somebody is closed; a search where all that is known of a cell are closed.
    pub fn coverages(
        &self,
        state: &Situation,
        before: &[Coverage],
        travel: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Vec<Coverage>, TravelError> {
        let measured = measured(state.kinds_loaded);
        let of = |kind: ServiceKind| {
            let known = before.iter().find(|coverage| coverage.kind == kind);
            if let Some(same) = known.filter(|coverage| *coverage.services == state.of_kind(kind)) {
                return Ok(same.clone());
            }
            progress.check()?;
            let nearest = self.nearest(kind, state, travel, progress)?;
            Ok(Coverage::of(state, kind, travel.method(), state.of_kind(kind).to_vec(), nearest))
        };
        measured.map(of).collect()
    }

    /// The two nearest of a kind in a state.
    fn nearest(
        &self,
        kind: ServiceKind,
        state: &Situation,
        travel: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Nearest, TravelError> {
        const WANTED: usize = 2;
        let serving = state.of_kind(kind);
        let again = || nearest(state, kind, (&self.profile, travel), WANTED, progress);
        let Some(KindTable { services, table }) = self.tables[kind].as_ref().filter(|_| !serving.is_empty())
        else {
            return again();
        };
        // The number of each in this state.
        let places: FxHashMap<ServiceIx, u32> = serving.iter().copied().zip(0..).collect();
        let number: Vec<u32> =
            services.iter().map(|service| places.get(service).copied().unwrap_or(NO_SITE)).collect();
        table.keeping(&number, WANTED, services.len() <= KNOWN).map_or_else(again, Ok)
    }
}

/// The kinds of which figures are made.
fn measured(loaded: KindSet) -> impl Iterator<Item = ServiceKind> {
    ServiceKind::measured().filter(move |kind| loaded.contains(*kind))
}

fn nearest(
    state: &Situation,
    kind: ServiceKind,
    (profile, travel): (&TravelProfile, &dyn TravelModel),
    k: usize,
    progress: &dyn Progress,
) -> Result<Nearest, TravelError> {
    let (sites, head_starts): (_, Vec<Seconds>) = (state.points_of(kind), state.head_starts(kind, profile));
    let pairs = Pairs {
        demand: &state.demand.points,
        sites: &sites,
        traveller: Traveller::of(kind),
        head_starts: &head_starts,
    };
    travel.nearest(pairs, k, progress)
}
