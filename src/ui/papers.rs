//! How do map pages and reports leave the window? As jobs over what is shown; the forms say what is wanted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::{App, SaveAs};
use super::state::{MapView, PathUse, ReportAbout};
use super::steps;
use crate::app::comparing;
use crate::app::jobs::Panicked;
use crate::app::notice::Notice;
use crate::app::settings::Theme;
use crate::io::{IoError, read_logo};
use crate::lang::{Lang, Said};
use crate::model::{Message, Project, Side, SiteId};
use crate::report::{
    self, Grounds, Head, Letter, MapsAsked, MapsWritten, NoReport, NotWritten, ReportAsked, Showing, Subject,
    View as Page, write_maps, write_report,
};
use crate::scene::Scene;
use crate::ui::map::Camera;
use crate::ui::state::Shown;

impl App {
    /// The picture of what the project says now; nothing while that is still computed or something is written.
    fn scene_of_now(&self) -> Option<Arc<Scene>> {
        let scene = self.scene.clone()?;
        let results = self.session.results.as_ref()?;
        let is_now = self.session.is_current() && Arc::ptr_eq(results, &scene.results);
        (is_now && !self.writing.is_running()).then_some(scene)
    }

    /// Opens the form of map pages.
    pub(super) fn open_map_form(&mut self) {
        self.view.dialogs.map_form.is_open = true;
    }

    /// Opens the form of a report; what was typed before stands in it.
    pub(super) fn open_report_form(&mut self) {
        let form = &mut self.view.dialogs.report_form;
        let or = |text: &mut String, usual: &str| {
            if text.is_empty() {
                usual.clone_into(text);
            }
        };
        or(&mut form.organisation, &self.settings.organisation);
        or(&mut form.author, &self.settings.user);
        or(&mut form.logo, &self.settings.logo);
        or(&mut form.date, &self.today);
        form.is_open = true;
    }

    /// The logotype of the form.
    pub(super) fn take_logo(&mut self, path: &Path) {
        self.view.dialogs.report_form.logo = path.display().to_string();
    }

    pub(super) fn ask_map_path(&mut self) {
        let format = self.view.dialogs.map_form.written();
        let name = format!("karta.{}", format.ending());
        self.ask_path(PathUse::SaveMap(format), SaveAs::Map(format), &name);
    }

    pub(super) fn ask_report_path(&mut self) {
        let format = self.view.dialogs.report_form.format;
        let name = format!("rapport.{}", format.ending());
        self.ask_path(PathUse::SaveReport(format), SaveAs::Report(format), &name);
    }

    /// Writes the pages of the form; a picture of the screen is taken when it is drawn.
    pub(super) fn save_map(&mut self, path: PathBuf) {
        self.view.dialogs.map_form.is_open = false;
        if self.view.dialogs.map_form.is_screen {
            self.view.map.image = Some(path);
            return;
        }
        let Some(scene) = self.scene_of_now() else { return };
        let asked = self.maps_asked(&scene);
        let form = &self.view.dialogs.map_form;
        let (format, dpi, date) = (form.format, form.dpi, self.today.clone());
        let (inputs, name) = (self.session.project().files(), self.session.project().name.clone());
        let lang = self.settings.lang;
        self.writing.start(&self.wake, move |progress| {
            let pages = report::pages(&scene, &asked, progress).map_err(|why| not_made(&path, both(&why)))?;
            if progress.is_cancelled() {
                return Err(IoError::Cancelled(crate::progress::Cancelled));
            }
            let title = match pages.as_slice() {
                [one] => one.title.clone(),
                _ => name,
            };
            let head = Head { title: &title, author: "", lang, date: &date };
            let files = write_maps(&path, &pages, MapsWritten { format, dpi, head }, &inputs)
                .map_err(|error| of_files(&path, error))?;
            Ok((files.first().cloned().unwrap_or(path), files.len()))
        });
    }

    /// What the form asks for, over what the step shows now.
    fn maps_asked(&self, scene: &Scene) -> MapsAsked {
        let (form, view, project) = (&self.view.dialogs.map_form, &self.view, self.session.project());
        let results = &scene.results;
        let around = |site| report::view_of_place(results, project, site, report::usual_around());
        let views = match form.view {
            MapView::Shown => vec![Page::Part(Camera::new(view.map.rect, &view.map.memory).visible(0.0))],
            MapView::Everything => vec![Page::Everything],
            MapView::Area => form.area.into_iter().map(Page::Area).collect(),
            MapView::EachArea => report::areas(results).into_iter().map(Page::Area).collect(),
            MapView::Compared => project.compared.places.iter().filter_map(around).collect(),
        };
        let step = steps::of(view.step);
        let showing = if let Some(hour) = self.hour.as_ref().filter(|_| step.shown.contains(&Shown::Crisis)) {
            Showing::Hour(Arc::clone(&hour.of), hour.at)
        } else if let Some(drawn) = self.drawn.as_ref().filter(|_| step.shown.contains(&Shown::Plan)) {
            Showing::Plan(Arc::clone(&drawn.shown), view.plan.cells.shows())
        } else {
            Showing::Coverage
        };
        let title = form.title.trim();
        MapsAsked {
            showing,
            views,
            kind: view.kind,
            colouring: view.colouring,
            shows_gaps: view.reach.shows_gaps,
            theme: Theme::Light,
            lang: self.settings.lang,
            paper: form.paper,
            is_lying: form.is_lying,
            title: (!title.is_empty()).then(|| title.to_owned()),
            date: self.today.clone(),
        }
    }

    /// Writes the report of the form, and keeps whose it is for the next.
    pub(super) fn save_report(&mut self, path: PathBuf) {
        let (Some(scene), Some(about)) = (self.scene_of_now(), self.view.dialogs.report_form.about.clone())
        else {
            return;
        };
        let form = &mut self.view.dialogs.report_form;
        form.is_open = false;
        self.settings.organisation.clone_from(&form.organisation);
        self.settings.logo.clone_from(&form.logo);
        if !form.author.trim().is_empty() {
            self.settings.user = form.author.trim().to_owned();
        }
        let (form, project, lang) = (form.clone(), self.session.project().clone(), self.settings.lang);
        let date = if form.date.trim().is_empty() { self.today.clone() } else { form.date.trim().to_owned() };
        let kind = self.view.kind;
        let command = self.command(&about, &path);
        self.save_settings();
        self.writing.start(&self.wake, move |progress| {
            let logo = Some(form.logo.trim()).filter(|logo| !logo.is_empty());
            let logo = logo.map(|logo| read_logo(Path::new(logo))).transpose()?;
            let text = |text: &str| text.trim().to_owned();
            let letter = Letter {
                organisation: text(&form.organisation),
                reference: text(&form.reference),
                author: text(&form.author),
                date,
                proposal: text(&form.proposal),
                logo,
            };
            let subject = subject(&about, &project, lang);
            let subject = subject.ok_or_else(|| not_made(&path, both(&NoReport::Gone)))?;
            let asked = ReportAsked { subject, letter, lang, kind, command };
            let from = Grounds { scene: &scene, project: &project, progress };
            let document = report::report(from, &asked).map_err(|error| not_made(&path, both(&error)))?;
            write_report(&path, &document, form.format, &project.files())
                .map_err(|error| of_files(&path, error))?;
            Ok((path, 1))
        });
    }

    /// How a terminal makes the same report.
    fn command(&self, about: &ReportAbout, path: &Path) -> String {
        let state = self.session.project();
        let project = match &self.session.path {
            Some(path) => format!("--project {}", quoted(&path.display().to_string())),
            None if state.is_demo() => "--demo".to_owned(),
            None => "--project …".to_owned(),
        };
        let results = self.session.results.as_deref();
        // A name where it is clear, the id where it is not.
        let place = |site: &SiteId| {
            let named = results.map(|results| comparing::name_of(&site.clone().into(), results, state));
            let is_clear = |name: &String| {
                let found = results.map(|results| comparing::find(name, results, &state.trials));
                !name.contains(',') && matches!(found, Some(Ok(found)) if found == *site)
            };
            named.filter(is_clear).unwrap_or_else(|| site.text())
        };
        let about = match about {
            ReportAbout::Place(site) => format!("--place {}", quoted(&place(site))),
            ReportAbout::Compared => {
                let sides = state.compared.sides().map(|side| match side {
                    Side::Place(site) => place(&site),
                    Side::Plan(id) => format!("plan:{id}"),
                });
                format!("--places {}", quoted(&sides.collect::<Vec<_>>().join(",")))
            }
            ReportAbout::Plan(id) => format!("--plan plan:{id}"),
            ReportAbout::Outage(id) => {
                let name = state.outages.scenario(*id).map_or("", |scenario| scenario.name.as_str());
                format!("--outage {}", quoted(name))
            }
            ReportAbout::Preset(preset) => format!("--outage {}", preset.id()),
            ReportAbout::Area(area) => {
                let area = results.and_then(|results| results.situation.areas.get(area.at()));
                let code = area.map_or("", |area| if area.code.is_empty() { &area.name } else { &area.code });
                format!("--area {} --kind {}", quoted(code), self.view.kind.id())
            }
        };
        let form = &self.view.dialogs.report_form;
        let of_letter = [
            ("--organisation", &form.organisation),
            ("--reference", &form.reference),
            ("--author", &form.author),
            ("--date", &form.date),
            ("--proposal", &form.proposal),
            ("--logo", &form.logo),
        ];
        let said = of_letter.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let letter: Vec<String> =
            said.map(|(name, text)| format!(" {name} {}", quoted(text.trim()))).collect();
        let letter = letter.concat();
        let (lang, out) = (self.settings.lang.code(), path.file_name().unwrap_or_default().to_string_lossy());
        let unsaved = if self.session.has_unsaved_edits() && self.session.path.is_some() {
            self.settings.lang.pick(
                "\n(Projektet hade ändringar som inte var sparade. Spara det först.)",
                "\n(The project had changes that were not saved. Save it first.)",
            )
        } else {
            ""
        };
        let out = quoted(&out);
        format!("sotplan report {project} {about} --lang {lang}{letter} --out {out}{unsaved}")
    }

    /// Tells what came of it.
    pub(super) fn follow_writing(&mut self) -> Option<Panicked> {
        match self.writing.poll()? {
            Ok(Ok((path, count))) => {
                let count = (count > 1).then_some(count);
                self.session.notices.push(match count {
                    None => Notice::Saved(path),
                    Some(count) => Notice::PapersSaved(path, count),
                });
                None
            }
            Ok(Err(IoError::Cancelled(_))) => None,
            Ok(Err(error)) => {
                self.session.notices.push(Notice::Io(error));
                None
            }
            Err(panic) => Some(panic),
        }
    }
}

fn subject(about: &ReportAbout, project: &Project, lang: Lang) -> Option<Subject> {
    let assumed = || project.outages.assumptions.clone();
    Some(match about {
        ReportAbout::Place(site) => Subject::Sides(vec![Side::Place(site.clone())]),
        ReportAbout::Compared => Subject::Sides(project.compared.sides().collect()),
        ReportAbout::Plan(id) => Subject::Sides(vec![Side::Plan(*id)]),
        ReportAbout::Outage(id) => {
            Subject::Outage(Box::new((project.outages.scenario(*id)?.clone(), assumed())))
        }
        ReportAbout::Preset(preset) => Subject::Outage(Box::new((preset.scenario(1, lang), assumed()))),
        ReportAbout::Area(area) => Subject::Area(*area),
    })
}

/// A word for a terminal.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn both(said: &impl Said) -> Message {
    Message::new(said.said(Lang::Sv), said.said(Lang::En))
}

fn not_made(path: &Path, message: Message) -> IoError {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    IoError::File { file, message }
}

fn of_files(path: &Path, error: NotWritten) -> IoError {
    match error {
        NotWritten::Io(error) => error,
        NotWritten::Report(error) => not_made(path, both(&error)),
    }
}
