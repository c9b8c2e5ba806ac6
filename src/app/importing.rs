//! Which file is looked at before it is read, and what is under way on it?

use super::import::{self, Chosen, Draft, Import, Known, Mapping};
use super::jobs::{Slot, Wake};
use crate::io::IoError;

/// The file whose drafts are looked at, and the work on them.
#[derive(Default)]
pub struct Importing {
    /// Ways of reading that are kept at this machine.
    pub mappings: Vec<Mapping>,
    pub(super) shown: Option<Import>,
    pub(super) looking: Slot<Result<Import, IoError>>,
    pub(super) redrafting: Slot<(usize, Result<Draft, IoError>)>,
}

impl Importing {
    #[must_use]
    pub const fn shown(&self) -> Option<&Import> {
        self.shown.as_ref()
    }

    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.looking.is_running() || self.redrafting.is_running()
    }

    /// Is a draft read anew?
    #[must_use]
    pub fn is_redrafting(&self) -> bool {
        self.redrafting.is_running()
    }

    /// Nothing is looked at any more.
    pub fn close(&mut self) {
        *self = Self { mappings: std::mem::take(&mut self.mappings), ..Self::default() };
    }

    /// A draft is wanted, or not.
    pub fn want(&mut self, at: usize, is_wanted: bool) {
        if let Some(draft) = self.shown.as_mut().and_then(|import| import.drafts.get_mut(at)) {
            draft.is_wanted = is_wanted && draft.read.is_ok() && draft.unjoined.is_none();
        }
    }

    /// Reads a draft anew, as it is chosen now.
    pub fn choose(&mut self, wake: &Wake, at: usize, chosen: Chosen, known: Known) {
        let Some(import) = &mut self.shown else { return };
        let Some(draft) = import.drafts.get_mut(at) else { return };
        draft.chosen = chosen.clone();
        let (path, part, replaces) = (import.path.clone(), draft.part.clone(), import.replaces.clone());
        self.redrafting.start(wake, move |progress| {
            (at, import::again(&path, part, &chosen, replaces.as_deref(), &known, progress))
        });
    }
}
