//! How do opened files come into a session? Projects, layers and roads; services in a road file are offered, not added.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Session, panicked};
use crate::app::command::Command;
use crate::app::import::{self, Mapping};
use crate::app::load::{self, ReadFile, WantedFile};
use crate::app::notice::Notice;
use crate::geometry::Crs;
use crate::io::{IoError, Loaded, RoadOptions};
use crate::lang::{Lang, Said};
use crate::model::{Layer, LayerId, RoadLayer, Role, SourcePlace};

impl Session {
    /// Opens files, each by its content: a project, layers, roads.
    pub fn open_files(&mut self, paths: Vec<PathBuf>) {
        // Good news of before is out of date; what stays until it is read stays.
        self.notices.retain(Notice::stays);
        self.read(paths.into_iter().map(WantedFile::Any).collect());
    }

    /// Opens files as roads, whatever their names say.
    pub fn open_roads(&mut self, paths: Vec<PathBuf>) {
        self.read(paths.into_iter().map(|path| WantedFile::Roads(path, RoadOptions::default())).collect());
    }

    /// Reads the roads of a layer again, from another place.
    pub fn read_roads_again(&mut self, id: u32, path: PathBuf) {
        let Some(layer) = self.project.roads.iter().find(|layer| layer.id == id) else { return };
        let options = RoadOptions { crs: None, columns: layer.columns.clone() };
        self.read(vec![WantedFile::RoadsAgain(id, path, options)]);
    }

    fn read(&mut self, wanted: Vec<WantedFile>) {
        // Files dropped while others are read wait for their turn.
        if self.loading.is_running() {
            self.waiting.extend(wanted);
        } else if !wanted.is_empty() {
            let known = self.project.layers.clone();
            let mappings = self.importing.mappings.clone();
            self.loading.start(&self.wake, move |progress| {
                let mut read = load::read_files(&wanted, &known, progress);
                import::as_mapped(&mut read, &mappings, progress);
                read
            });
        }
    }

    /// Gives up what is read and what waits to be.
    pub fn cancel_loading(&mut self) {
        self.waiting.clear();
        self.loading.cancel();
    }

    /// Reads what was asked for meanwhile.
    pub(super) fn read_waiting(&mut self) {
        if !self.opening.is_running() {
            self.waiting.append(&mut self.after_opening);
        }
        if !self.loading.is_running() {
            let waiting = std::mem::take(&mut self.waiting);
            self.read(waiting);
        }
    }

    /// Adds layers that were found in a road file, by their positions; each is named after its file and what it is.
    pub fn add_found(&mut self, wanted: &[usize], lang: Lang) {
        let mut layers = Vec::new();
        let mut next = self.project.next_layer_id();
        let mut left = Vec::new();
        for (at, found) in std::mem::take(&mut self.found).into_iter().enumerate() {
            if wanted.contains(&at) {
                let mut layer = found.into_layer(next);
                layer.name = format!("{} – {}", layer.name, layer.role.said(lang).to_lowercase());
                layers.push(Arc::new(layer));
                next = LayerId(next.0 + 1);
            } else {
                left.push(found);
            }
        }
        self.found = left;
        self.forget_offer();
        if !layers.is_empty() {
            self.wants_overview |= self.project.layers.is_empty();
            self.edit(Command::AddLayers(layers), None);
        }
    }

    /// Reads a file that waited for its coordinate system.
    pub fn read_in(&mut self, path: &Path, crs: Crs) {
        let Some(at) = self.unplaced.iter().position(|asked| asked.file.path == path) else { return };
        let mut file = self.unplaced.remove(at).file;
        file.options.crs = Some(crs);
        self.read(vec![WantedFile::Layer(file)]);
    }

    /// A file whose coordinate system nobody knows is not wanted.
    pub fn drop_unplaced(&mut self, path: &Path) {
        self.unplaced.retain(|asked| asked.file.path != path);
    }

    /// The services found are not wanted.
    pub fn drop_found(&mut self) {
        self.found.clear();
        self.forget_offer();
    }

    fn forget_offer(&mut self) {
        if self.found.is_empty() {
            self.notices.retain(|notice| !matches!(notice, Notice::ServicesFound(_)));
        }
    }

    /// The roads of a file read again.
    fn replace_roads(&mut self, fresh: RoadLayer) {
        let Some(known) = self.project.roads.iter().find(|layer| layer.id == fresh.id) else { return };
        let (name, is_visible) = (known.name.clone(), known.is_visible);
        let layer = RoadLayer { name, is_visible, ..fresh };
        let closures = self.closures_made_on();
        self.edit(Command::ReplaceRoads { fresh: Arc::new(layer), closures }, None);
    }

    pub(super) fn take_loaded(&mut self) {
        let loaded = match self.loading.poll() {
            None => return,
            Some(Ok(loaded)) => loaded,
            Some(Err(panic)) => return self.notices.push(panicked(panic)),
        };
        let (mut layers, mut roads) = (Vec::new(), Vec::new());
        let mut next = self.project.next_layer_id();
        let mut next_road = self.project.next_road_id();
        // A project takes the place of everything: what was opened beside it is read after it.
        let mut project = None;
        for result in loaded {
            match result {
                Ok(ReadFile::Project(path, others)) if project.is_none() => {
                    if !others.is_empty() {
                        self.notices.push(Notice::BesideProject { file: path.clone(), tables: others });
                    }
                    project = Some(path);
                }
                Ok(ReadFile::Project(path, _)) => self.notices.push(Notice::OneProject { file: path }),
                Ok(ReadFile::Unread { file, tables }) => {
                    self.notices.push(Notice::Unread { file, tables });
                }
                Ok(ReadFile::Layer(file)) => {
                    if let Some(mapping) = Mapping::of(&self.importing.mappings, &file.table)
                        .filter(|mapping| mapping.reading == file.source.reading && mapping.role == file.role)
                    {
                        let mapping = mapping.name.clone();
                        self.notices.push(Notice::Mapped { file: file.source.name(), mapping });
                    }
                    layers.push(Arc::new(file.into_layer(next)));
                    next = LayerId(next.0 + 1);
                }
                Ok(ReadFile::Roads(layer, found)) => {
                    roads.push(Arc::new(RoadLayer { id: next_road, ..*layer }));
                    next_road += 1;
                    self.offer(found);
                }
                Ok(ReadFile::RoadsAgain(fresh)) => self.replace_roads(*fresh),
                Ok(ReadFile::NeedsCrs(asked)) => {
                    self.unplaced.retain(|known| known.file.path != asked.file.path);
                    self.notices.push(Notice::NeedsCrs { file: asked.file.path.clone() });
                    self.unplaced.push(*asked);
                }
                Err(IoError::Cancelled(_)) => {}
                Err(error) => self.notices.push(Notice::Io(error)),
            }
        }
        match project {
            Some(path) => self.take_project(path, &layers, &roads),
            None => self.take_data(layers, roads),
        }
    }

    /// A project takes the place of everything: what was opened beside it is read after it.
    fn take_project(&mut self, path: PathBuf, layers: &[Arc<Layer>], roads: &[Arc<RoadLayer>]) {
        let again = layers.iter().map(|layer| &layer.source).chain(roads.iter().map(|roads| &roads.source));
        let files = again.filter_map(|source| match &source.place {
            SourcePlace::File(file) => Some(file.clone()),
            SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
        });
        // A file of several layers is read once.
        let files: std::collections::BTreeSet<PathBuf> = files.collect();
        self.after_opening = files.into_iter().map(WantedFile::Any).collect();
        if self.has_unsaved_edits() {
            self.waiting_project = Some(path);
        } else {
            self.open_project(path, false);
        }
    }

    pub(super) fn take_data(&mut self, layers: Vec<Arc<Layer>>, roads: Vec<Arc<RoadLayer>>) {
        let has_people = layers.iter().any(|layer| matches!(layer.role, Role::Population { .. }));
        if has_people && self.project.is_demo() && !self.has_unsaved_edits() {
            self.leave_example();
        }
        self.take_layers(layers);
        self.take_roads(roads);
    }

    fn take_layers(&mut self, layers: Vec<Arc<Layer>>) {
        if layers.is_empty() {
            return;
        }
        self.wants_overview |= self.project.layers.is_empty();
        for layer in &layers {
            self.notices.push(Notice::Loaded {
                layer: layer.name.clone(),
                used: layer.table.features.len(),
                refused: layer.table.report.refused.len(),
            });
        }
        self.edit(Command::AddLayers(layers), None);
    }

    fn take_roads(&mut self, roads: Vec<Arc<RoadLayer>>) {
        if roads.is_empty() {
            return;
        }
        for layer in &roads {
            let report = &layer.roads.report;
            let refused = report.ways_refused.values().sum();
            let file = layer.name.clone();
            self.notices.push(Notice::RoadsLoaded { file, used: report.ways_used, refused });
        }
        let closures = self.closures_made_on();
        self.edit(Command::AddRoads { layers: roads, closures }, None);
    }

    /// Services of the kinds that are no layer from the same file yet.
    fn offer(&mut self, found: Vec<Loaded>) {
        let is_known = |file: &Loaded| {
            let is_same = |sha256: &str, role: &Role| *sha256 == file.source.sha256 && *role == file.role;
            self.project.layers.iter().any(|layer| is_same(&layer.source.sha256, &layer.role))
                || self.found.iter().any(|other| is_same(&other.source.sha256, &other.role))
        };
        let fresh: Vec<Loaded> = found.into_iter().filter(|file| !is_known(file)).collect();
        if !fresh.is_empty() {
            let counts = fresh.iter().map(|file| (file.role.clone(), file.table.features.len()));
            self.notices.push(Notice::ServicesFound(counts.collect()));
        }
        self.found.extend(fresh);
    }
}
