//! How does a file come into a session by way of drafts? Looked at, changed, taken or left.

use std::path::PathBuf;
use std::sync::Arc;

use super::opening::held_notice;
use super::{Session, panicked};
use crate::app::command::Command;
use crate::app::import::{self, Chosen, Known};
use crate::app::notice::Notice;
use crate::io::IoError;
use crate::model::{Join, Layer, LayerId};

impl Session {
    fn known(&self) -> Known {
        Known { layers: self.project.layers.clone(), mappings: self.importing.mappings.clone() }
    }

    /// Looks at a file before it is read: as a new layer, or as a new delivery of one.
    pub fn look_at(&mut self, path: PathBuf, replaces: Option<LayerId>) {
        let replaces = replaces.and_then(|id| self.project.layer(id).map(Arc::clone));
        let known = self.known();
        self.importing.close();
        self.importing
            .looking
            .start(&self.wake, move |progress| import::look(&path, replaces, &known, progress));
    }

    /// Reads a draft anew, as it is chosen now.
    pub fn choose_draft(&mut self, at: usize, chosen: Chosen) {
        let known = self.known();
        self.importing.choose(&self.wake, at, chosen, known);
    }

    /// Lets a draft take more from another file.
    pub fn join_draft(&mut self, at: usize, join: Join) {
        let draft = self.importing.shown().and_then(|import| import.drafts.get(at));
        let Some(mut chosen) = draft.map(|draft| draft.chosen.clone()) else { return };
        chosen.reading.joins.push(join);
        self.choose_draft(at, chosen);
    }

    /// Takes in what was looked at and changed.
    pub(super) fn take_drafts(&mut self) {
        match self.importing.looking.poll() {
            None | Some(Ok(Err(IoError::Cancelled(_)))) => {}
            Some(Ok(Ok(import))) => self.importing.shown = Some(import),
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
        match self.importing.redrafting.poll() {
            None | Some(Ok((_, Err(IoError::Cancelled(_))))) => {}
            Some(Ok((at, Ok(fresh)))) => {
                if let Some(draft) =
                    self.importing.shown.as_mut().and_then(|import| import.drafts.get_mut(at))
                {
                    *draft = fresh;
                }
            }
            Some(Ok((_, Err(error)))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }

    /// The drafts that are wanted become layers, or the new content of the one that they are a delivery of.
    pub fn take_import(&mut self) {
        if self.importing.is_redrafting() {
            return;
        }
        let Some(import) = self.importing.shown.take() else { return };
        self.unplaced.retain(|asked| asked.file.path != import.path);
        if let Some(earlier) = &import.replaces {
            let Some(read) = import.taken().next() else { return };
            let Some(now) = self.project.layer(earlier.id) else { return };
            let fresh = Layer {
                name: now.name.clone(),
                is_visible: now.is_visible,
                opacity: now.opacity,
                ..Layer::clone(&read.layer)
            };
            let waited = self.project.held.len();
            if let Some(difference) = &read.difference {
                self.notices.push(Notice::Delivered {
                    layer: fresh.name.clone(),
                    new: difference.new.len(),
                    gone: difference.gone.len(),
                    moved: difference.moved.len(),
                    changed: difference.changed.len(),
                });
            }
            self.edit(Command::ReplaceLayer(Arc::new(fresh)), None);
            self.notices.extend(held_notice(&self.project, waited));
            return;
        }
        let next = self.project.next_layer_id().0;
        let layers = (next..)
            .zip(import.taken())
            .map(|(id, read)| Arc::new(Layer { id: LayerId(id), ..Layer::clone(&read.layer) }));
        let layers: Vec<Arc<Layer>> = layers.collect();
        if import.has_roads {
            self.open_roads(vec![import.path.clone()]);
        }
        self.take_data(layers, Vec::new());
    }
}
