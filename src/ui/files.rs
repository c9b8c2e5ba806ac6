//! How do files get in and out of the window? Dialogs, dropped files, exports, the settings, the picture of the map.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::action::FileAction;
use super::frame::layer_form;
use super::state::{ImportState, ImportTab, PathField, PathUse, StepId, TableId};
use crate::app::command::Command;
use crate::app::exports::Export;
use crate::app::import::{self, Mapping, said_encoding};
use crate::app::notice::Notice;
use crate::app::outage::OutageChange;
use crate::app::sizing;
use crate::app::work::listing::Found;
use crate::geometry::Crs;
use crate::io::loads_file::read_loads;
use crate::io::settings_file::{self};
use crate::io::{IoError, LoadOptions, stem, write_atomically};
use crate::lang::{Lang, Said as _};
use crate::model::outage::LoadList;
use crate::model::{LayerId, Message, SourcePlace};
use crate::scene::ways::PiposTable;

use super::app::{App, Dialog, PACKED, SaveAs, settings_of};
use crate::app::settings::Settings;

/// Buttons and messages fade out; the picture of the map is taken when they are gone.
const FADED_S: f64 = 0.4;

/// What the dialogs call the files that are read.
const FILES: &str = "GeoJSON, GeoPackage, Shapefile, CSV, Excel, OpenStreetMap …";

/// Endings that the dialogs offer: of all formats that are read, packed or not.
fn endings() -> Vec<&'static str> {
    crate::io::endings().chain(["gz", "bz2"]).collect()
}

impl App {
    /// Does one thing with files.
    pub(super) fn perform_on_files(&mut self, action: FileAction) {
        match action {
            FileAction::Open(paths) => self.open_paths(paths),
            FileAction::OpenRoads(paths) => self.open_roads(paths),
            FileAction::RelinkRoads(id, path) => self.session.read_roads_again(id, path),
            FileAction::AddFound(wanted) => self.session.add_found(&wanted, self.settings.lang),
            FileAction::DropFound => self.session.drop_found(),
            FileAction::ReadIn(path, crs) => self.session.read_in(&path, crs),
            FileAction::DropUnplaced(path) => self.session.drop_unplaced(&path),
            FileAction::ReadAgain(layer, crs) => self.read_again(layer, crs),
            FileAction::LookAtCopy(path) => self.session.look_at_copy(path),
            FileAction::LookAt(path, layer) => self.look_at(path, layer),
            FileAction::ChooseDraft(at, chosen) => self.session.choose_draft(at, *chosen),
            FileAction::JoinDraft(at, what, path) => {
                self.asked.push(path.clone());
                self.session.join_draft(at, import::join(&path, None, what.gives()));
            }
            FileAction::AskJoin(at, what) => {
                self.ask_to_open(PathUse::Join(at, what), Dialog::Join(at, what));
            }
            FileAction::WantDraft(at, is_wanted) => self.session.importing.want(at, is_wanted),
            FileAction::TakeImport => self.session.take_import(),
            FileAction::DropImport => self.session.importing.close(),
            FileAction::KeepMapping(mapping) => self.keep_mapping(*mapping),
            FileAction::ForgetMapping(name) => self.forget_mapping(&name),
            FileAction::CancelLoading => {
                self.session.cancel_loading();
                self.session.opening.cancel();
            }
            FileAction::AskLoads => self.ask_to_open(PathUse::Loads, Dialog::Loads),
            FileAction::ReadLoads(path) => self.read_loads(path),
            FileAction::AskLogo => self.ask_to_open(PathUse::Logo, Dialog::Logo),
            FileAction::TakeLogo(path) => self.take_logo(&path),
            FileAction::ComparePipos(table) => self.compare_pipos(table),
            FileAction::Save(path) => self.session.save(path),
            FileAction::Pack(path) => self.session.pack(path),
            FileAction::Export(export, path) => self.export(export, path),
            FileAction::SaveMap(path) => self.save_map(path),
            FileAction::SaveReport(path) => self.save_report(path),
            FileAction::AskMap => self.ask_map_path(),
            FileAction::AskReport => self.ask_report_path(),
            FileAction::AskExport(export) => {
                // What is not there is said before a place for it is asked.
                if let Some(missing) = self.lacks(export) {
                    self.session.notices.push(missing);
                    return;
                }
                let name = self.export_name(export);
                self.ask_path(PathUse::Export(export), SaveAs::Export(export), &name);
            }
            FileAction::Restore(path) => self.session.restore(&path),
            FileAction::DiscardRescued(path) => self.session.discard_left_behind(&path),
        }
    }

    /// The file name proposed: layers in the format that was chosen last.
    fn export_name(&self, export: Export) -> String {
        if export.is_table() {
            return export.file_name().to_owned();
        }
        format!("{}.{}", stem(export.file_name()), self.settings.layers_format.ending())
    }

    /// What is said where there is nothing of it to write.
    fn lacks(&self, export: Export) -> Option<Notice> {
        match export {
            Export::Plan => self.planner.exported().is_none().then_some(Notice::NoPlan),
            Export::Critical => self.ways.critical.answer().is_none().then_some(Notice::NoCritical),
            Export::Pipos | Export::Features => None,
            of if of.is_of_crisis() => {
                let is_there = self.crisis.shown.is_some() && !self.crisis.is_computing();
                (!is_there).then_some(Notice::NoCrisis)
            }
            _ => self.session.lacks(export),
        }
    }

    pub(super) fn export(&mut self, export: Export, path: PathBuf) {
        match export {
            Export::Plan => self.export_plan(path),
            Export::Critical => self.export_critical(path),
            Export::Pipos => self.export_pipos(path),
            Export::Features => self.export_features(path),
            Export::CrisisScenarios => {
                let book = &self.session.project().outages;
                let results = self.session.results.as_ref();
                let sides = results.and_then(|results| self.crisis.compared(results, book)).cloned();
                if let Some(sides) = sides {
                    self.session.export_scenarios(path, sides, self.csv_style());
                }
            }
            of if of.is_of_crisis() => {
                let (style, form) = (self.csv_style(), self.settings.layers_form);
                let shown = self.crisis.shown.clone().map(|shown| (shown, self.view.crisis.hour));
                if let Some(shown) = shown {
                    self.session.export_crisis(of, path, shown, style, form);
                }
            }
            export => self.session.export(export, path, self.csv_style(), self.settings.layers_form),
        }
    }

    pub(super) fn take_dialog(&mut self) {
        let Some(Ok((dialog, paths))) = self.dialog.poll() else { return };
        let Some(first) = paths.first().cloned() else {
            if !matches!(dialog, Dialog::Save(_)) {
                self.session.notices.push(Notice::DialogMissing);
            }
            return;
        };
        self.view.dialogs.path_field = None;
        match dialog {
            Dialog::Open => self.open_paths(paths),
            Dialog::OpenRoads => self.open_roads(paths),
            Dialog::Import => self.look_at(first, None),
            Dialog::Join(at, what) => self.perform_on_files(FileAction::JoinDraft(at, what, first)),
            Dialog::Merge => self.session.look_at_copy(first),
            Dialog::Loads => self.read_loads(first),
            Dialog::Logo => self.take_logo(&first),
            Dialog::ComparePipos => self.compare_pipos(PiposTable { path: first, column: None }),
            Dialog::Save(SaveAs::Project) => self.session.save(first.with_extension("gpkg")),
            Dialog::Save(SaveAs::Pack) => self.session.pack(first.with_extension("gpkg")),
            Dialog::Save(SaveAs::Export(export)) if export.is_table() => self.export(export, first),
            Dialog::Save(SaveAs::Export(export)) => {
                self.export(export, layer_form::written(first, self.settings.layers_format));
            }
            Dialog::Save(SaveAs::Map(format)) => self.save_map(first.with_extension(format.ending())),
            Dialog::Save(SaveAs::Report(format)) => {
                self.save_report(first.with_extension(format.ending()));
            }
        }
    }

    pub(super) fn open_paths(&mut self, paths: Vec<PathBuf>) {
        self.asked.extend(paths.iter().cloned());
        self.session.open_files(paths);
    }

    pub(super) fn open_roads(&mut self, paths: Vec<PathBuf>) {
        self.asked.extend(paths.iter().cloned());
        self.session.open_roads(paths);
    }

    /// Asks the system for a path, beside the window; the field in the window stays as the other way.
    pub(super) fn ask(&mut self, dialog: Dialog) {
        if !self.has_dialogs {
            return;
        }
        let name = match dialog {
            Dialog::Open
            | Dialog::OpenRoads
            | Dialog::Import
            | Dialog::Join(..)
            | Dialog::ComparePipos
            | Dialog::Merge
            | Dialog::Loads
            | Dialog::Logo => String::new(),
            Dialog::Save(SaveAs::Project) => "projekt.gpkg".into(),
            Dialog::Save(SaveAs::Pack) => PACKED.into(),
            Dialog::Save(SaveAs::Export(export)) => self.export_name(export),
            Dialog::Save(SaveAs::Map(format)) => format!("karta.{}", format.ending()),
            Dialog::Save(SaveAs::Report(format)) => format!("rapport.{}", format.ending()),
        };
        self.dialog.start(&self.wake, move |_| {
            let files = rfd::FileDialog::new();
            let paths = match dialog {
                Dialog::Open | Dialog::OpenRoads => {
                    files.add_filter(FILES, &endings()).pick_files().unwrap_or_default()
                }
                Dialog::Import | Dialog::Join(..) => files.pick_file().into_iter().collect(),
                Dialog::Merge => files.add_filter("GeoPackage", &["gpkg"]).pick_file().into_iter().collect(),
                Dialog::Logo => {
                    files.add_filter("PNG, JPEG", &["png", "jpg", "jpeg"]).pick_file().into_iter().collect()
                }
                Dialog::Loads => {
                    files.add_filter("CSV", &["csv", "tsv", "txt"]).pick_file().into_iter().collect()
                }
                Dialog::ComparePipos => files
                    .add_filter("CSV, GeoJSON", &["csv", "tsv", "txt", "geojson", "json"])
                    .pick_file()
                    .into_iter()
                    .collect(),
                Dialog::Save(_) => files.set_file_name(name).save_file().into_iter().collect(),
            };
            (dialog, paths)
        });
    }

    /// Asks for a file to open, with the field beside the dialog.
    pub(super) fn ask_to_open(&mut self, purpose: PathUse, dialog: Dialog) {
        self.view.dialogs.path_field = Some(PathField { purpose, text: String::new() });
        self.ask(dialog);
    }

    pub(super) fn ask_path(&mut self, purpose: PathUse, dialog: SaveAs, name: &str) {
        let folder = self.session.path.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
        let text = folder.map_or_else(|| name.to_owned(), |folder| folder.join(name).display().to_string());
        self.view.dialogs.path_field = Some(PathField { purpose, text });
        self.ask(Dialog::Save(dialog));
    }

    /// Reads a layer's file again, in another coordinate system.
    fn read_again(&mut self, layer: LayerId, crs: Crs) {
        let Some(layer) = self.session.project().layer(layer) else { return };
        let options = LoadOptions {
            crs: Some(crs),
            role: Some(layer.role.clone()),
            part: layer.source.part.clone(),
            encoding: said_encoding(layer),
            reading: layer.source.reading.clone(),
            ..LoadOptions::default()
        };
        let layer = Arc::clone(layer);
        self.session.read_again(layer, options);
    }

    /// Looks at a file before it is loaded.
    fn look_at(&mut self, path: PathBuf, layer: Option<LayerId>) {
        let tab = if layer.is_some() { ImportTab::Difference } else { ImportTab::Rows };
        self.view.import = ImportState { tab, ..ImportState::default() };
        self.asked.push(path.clone());
        self.session.look_at(path, layer);
    }

    /// Reads the machines of the place whose reserve power is sized.
    fn read_loads(&mut self, path: PathBuf) {
        let Some(form) = &mut self.view.dialogs.sizing else { return };
        form.refused = None;
        let site = form.site.clone();
        self.reading_loads.start(&self.wake, move |progress| (site, read_loads(&path, progress)));
    }

    /// A list of machines takes the place of the one that the place had; a fault is told in the form.
    pub(super) fn take_loads(&mut self) {
        let (site, read) = match self.reading_loads.poll() {
            Some(Ok(read)) => read,
            Some(Err(panic)) => return self.session.notices.push(Notice::Panicked(panic.0)),
            None => return,
        };
        let Some(form) = self.view.dialogs.sizing.as_mut().filter(|form| form.site == site) else { return };
        match read {
            Ok(loads) => {
                let results = self.session.results.as_deref();
                let list = LoadList { loads, ..sizing::list_at(&site, self.session.project(), results) };
                let change = OutageChange::Loads(site, Some(Box::new(list)));
                self.session.edit(Command::Outage(change), None);
            }
            Err(error) => {
                form.refused = Some(Message::new(error.said(Lang::Sv), error.said(Lang::En)));
            }
        }
    }

    /// Keeps a way of reading at this machine, in place of one of the same name.
    fn keep_mapping(&mut self, mapping: Mapping) {
        let known = &mut self.session.importing.mappings;
        known.retain(|other| other.name != mapping.name);
        known.push(mapping);
        self.settings.mappings.clone_from(known);
        self.save_settings();
    }

    fn forget_mapping(&mut self, name: &str) {
        let known = &mut self.session.importing.mappings;
        known.retain(|other| other.name != name);
        self.settings.mappings.clone_from(known);
        self.save_settings();
    }

    /// Writes the plan on the map.
    pub(super) fn export_plan(&mut self, path: PathBuf) {
        match self.planner.exported() {
            Some(plan) => self.session.export_plan(path, plan, self.settings.layers_form),
            None => self.session.notices.push(Notice::NoPlan),
        }
    }

    /// Writes the most important roads in the order of the table.
    pub(super) fn export_critical(&mut self, path: PathBuf) {
        let measure = self.session.results.as_ref().map(|results| results.measure()).unwrap_or_default();
        match self.ways.critical.answer() {
            Some(drawn) => {
                let roads = drawn
                    .shown(self.view.reach.critical.order, self.view.reach.critical.is_large, measure)
                    .into_iter()
                    .map(|(_, road)| road.clone());
                let roads = roads.collect();
                self.session.export_critical(path, self.view.kind, roads, self.settings.layers_form);
            }
            None => self.session.notices.push(Notice::NoCritical),
        }
    }

    /// Writes the features that the table of a layer lists, in its order.
    fn export_features(&mut self, path: PathBuf) {
        match self.listing.found().cloned() {
            Some(Found { layer, features }) => {
                self.session.export_features(path, layer, features, self.settings.layers_form);
            }
            None => self.session.notices.push(Notice::NoFeatures),
        }
    }

    pub(super) fn export_pipos(&mut self, path: PathBuf) {
        match (self.ways.pipos.answer(), &self.view.reach.pipos) {
            (Some(Ok(drawn)), Some(table)) => {
                let (comparison, style) = (Arc::clone(&drawn.comparison), self.csv_style());
                self.session.export_pipos(path, table.path.clone(), comparison, style);
            }
            _ => self.session.notices.push(Notice::NoPipos),
        }
    }

    /// Sets a table of Pipos' own distances beside ours.
    pub(super) fn compare_pipos(&mut self, table: PiposTable) {
        // The same file may be another by now.
        self.ways.pipos.forget();
        self.view.reach.pipos = Some(table);
        self.view.step = StepId::REACH;
        self.view.open_table(TableId::Pipos);
    }

    /// What was opened stands among the recent files; what could not be read does not.
    pub(super) fn remember_opened(&mut self) {
        if self.asked.is_empty() || self.session.loading.is_running() || self.session.opening.is_running() {
            return;
        }
        let project = self.session.project();
        let is_at =
            |place: &SourcePlace, path: &PathBuf| matches!(place, SourcePlace::File(known) if known == path);
        for path in std::mem::take(&mut self.asked) {
            let is_roads = project.roads.iter().any(|layer| is_at(&layer.source.place, &path));
            let is_layer = project.layers.iter().any(|layer| is_at(&layer.source.place, &path));
            if is_layer || self.session.path.as_ref() == Some(&path) {
                self.settings.remember(path, &self.today);
            } else if is_roads {
                self.settings.remember_roads(path, &self.today);
            }
        }
        self.save_settings();
    }

    /// Keeps the sizes of window and panels for the next start; what else another window has saved stays as it is.
    pub(super) fn save_sizes(&mut self) {
        let saved = settings_of(self.folders.as_ref());
        let Settings { window, is_maximised, panels, .. } = self.settings;
        let wanted = Settings { window, is_maximised, panels, ..saved.clone() };
        if wanted != saved {
            self.settings = wanted;
            self.save_settings();
        }
    }

    pub(super) fn save_settings(&mut self) {
        let Some(folders) = &self.folders else { return };
        // A few hundred bytes; settings are comfort, so a failure is told and nothing more.
        if let Err(error) =
            settings_file::write_settings(&folders.settings.join("settings.json"), &self.settings)
        {
            self.session.notices.push(Notice::Io(error));
        }
    }

    /// The map as a picture: the part of the window that shows it, with legend, scale and sources.
    pub(super) fn take_map_image(&mut self, ctx: &Context) {
        if let Some(done) = self.saving_map.poll() {
            self.session.notices.push(match done {
                Ok(Ok(path)) => Notice::MapSaved(path),
                Ok(Err(error)) => Notice::Io(error),
                Err(panic) => Notice::Panicked(panic.0),
            });
        }
        let now = ctx.input(|input| input.time);
        self.view.map.is_pictured = self.view.map.image.is_some() || self.screenshot.is_some();
        if self.view.map.image.is_some() && now - *self.pictured_since.get_or_insert(now) < FADED_S {
            ctx.request_repaint();
            return;
        }
        if let Some(path) = self.view.map.image.take() {
            self.pictured_since = None;
            let (sender, receiver) = std::sync::mpsc::sync_channel(1);
            let wake = Arc::clone(&self.wake);
            let callback = egui::ScreenshotCallback::new(move |image| {
                let _ = sender.send(image);
                wake();
            });
            ctx.send_viewport_cmd(egui::ViewportCommand::Screenshot(callback));
            ctx.request_repaint();
            self.screenshot = Some((path, receiver));
        }
        if let Some((path, receiver)) = self.screenshot.take() {
            match receiver.try_recv() {
                Ok(image) => {
                    let region = image.region(&self.view.map.rect, Some(ctx.pixels_per_point()));
                    self.saving_map.start(&self.wake, move |_| write_png(&path, &region).map(|()| path));
                }
                Err(std::sync::mpsc::TryRecvError::Empty) => self.screenshot = Some((path, receiver)),
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    let message = "the window gave no picture";
                    let source = std::io::Error::other(message);
                    self.session.notices.push(Notice::Io(IoError::Write { path, source }));
                }
            }
        }
    }

    pub(super) fn dropped_files(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !paths.is_empty() {
            self.open_paths(paths);
        }
    }
}

fn write_png(path: &std::path::Path, picture: &egui::ColorImage) -> Result<(), IoError> {
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(0));
    let bytes: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
    let mut png = std::io::Cursor::new(Vec::new());
    let failed =
        |message: String| IoError::Write { path: path.to_owned(), source: std::io::Error::other(message) };
    image::write_buffer_with_format(
        &mut png,
        &bytes,
        width,
        height,
        image::ExtendedColorType::Rgba8,
        image::ImageFormat::Png,
    )
    .map_err(|error| failed(error.to_string()))?;
    write_atomically(path, &[png.get_ref()])
}
