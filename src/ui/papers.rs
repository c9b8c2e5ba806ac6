//! How do map pages and reports leave the window? As jobs over what is shown; the forms say what is wanted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::{App, SaveAs};
use super::state::{MapView, PathUse, PlanCells, ReportAbout};
use super::steps;
use crate::app::jobs::Panicked;
use crate::app::notice::Notice;
use crate::app::settings::Theme;
use crate::io::{IoError, read_logo};
use crate::lang::{Lang, Said};
use crate::model::{Message, Project, Side};
use crate::report::{
    self, From, Head, Letter, MapsAsked, MapsWritten, NoReport, NotWritten, PlanShows, ReportAsked, Showing,
    Subject, View as Page, write_maps, write_report,
};
use crate::scene::Scene;
use crate::ui::map::Camera;
use crate::ui::state::Shown;

impl App {
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
        let Some(scene) = self.scene.clone() else { return };
        let asked = self.maps_asked(&scene);
        let form = &self.view.dialogs.map_form;
        let (format, dpi, date) = (form.format, form.dpi, self.today.clone());
        let (inputs, name) = (self.session.project().files(), self.session.project().name.clone());
        let lang = self.settings.lang;
        self.writing.start(&self.wake, move |_| {
            let pages = report::pages(&scene, &asked);
            let Some(first) = pages.first() else { return Err(not_made(&path, nothing_to_draw())) };
            let title = if pages.len() == 1 { first.title.clone() } else { name };
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
        let named = |name: &String| crate::app::comparing::find_area(name, results).ok().map(Page::Area);
        let around = |site| report::view_of_place(results, project, site, report::usual_around());
        let views = match form.view {
            MapView::Shown => vec![Page::Part(Camera::new(view.map.rect, &view.map.memory).visible(0.0))],
            MapView::Everything => vec![Page::Everything],
            MapView::Area => view.area.as_ref().and_then(named).into_iter().collect(),
            MapView::EachArea => report::areas(results).into_iter().map(Page::Area).collect(),
            MapView::Compared => project.compared.places.iter().filter_map(around).collect(),
        };
        let step = steps::of(view.step);
        let showing = if let Some(hour) = self.hour.as_ref().filter(|_| step.shown.contains(&Shown::Crisis)) {
            Showing::Hour(Arc::clone(&hour.of), hour.at)
        } else if let Some(drawn) = self.drawn.as_ref().filter(|_| step.shown.contains(&Shown::Plan)) {
            match view.plan.cells {
                PlanCells::After => Showing::Plan(Arc::clone(&drawn.shown), PlanShows::After),
                PlanCells::Before => Showing::Plan(Arc::clone(&drawn.shown), PlanShows::Before),
                PlanCells::Change => Showing::Plan(Arc::clone(&drawn.shown), PlanShows::Change),
                PlanCells::People => Showing::Coverage,
            }
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
        let (Some(scene), Some(about)) = (self.scene.clone(), self.view.dialogs.report_form.about.clone())
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
            let subject = subject(&about, &scene, &project, lang);
            let subject = subject.ok_or_else(|| not_made(&path, both(&NoReport::Gone)))?;
            let asked = ReportAsked { subject, letter, lang, kind, command };
            let from = From { scene: &scene, project: &project, progress };
            let document = report::report(from, &asked).map_err(|error| not_made(&path, both(&error)))?;
            write_report(&path, &document, form.format, &project.files())
                .map_err(|error| of_files(&path, error))?;
            Ok((path, 1))
        });
    }

    /// How a terminal makes the same report.
    fn command(&self, about: &ReportAbout, path: &Path) -> String {
        let project = match &self.session.path {
            Some(path) => format!("--project \"{}\"", path.display()),
            None if self.session.project().is_demo() => "--demo".to_owned(),
            None => "--project …".to_owned(),
        };
        let results = self.session.results.as_deref();
        let state = self.session.project();
        let place = |site: &crate::model::SiteId| {
            let named =
                results.map(|results| crate::app::comparing::name_of(&site.clone().into(), results, state));
            named.unwrap_or_else(|| site.text())
        };
        let about = match about {
            ReportAbout::Place(site) => format!("--place \"{}\"", place(site)),
            ReportAbout::Compared => {
                let names: Vec<String> = state.compared.places.iter().map(place).collect();
                format!("--places \"{}\"", names.join(","))
            }
            ReportAbout::Plan(id) => format!("--plan plan:{id}"),
            ReportAbout::Outage(id) => {
                let name = state.outages.scenario(*id).map_or("", |scenario| scenario.name.as_str());
                format!("--outage \"{name}\"")
            }
            ReportAbout::Preset(preset) => format!("--outage {}", preset.id()),
            ReportAbout::Area(name) => format!("--area \"{name}\""),
        };
        let (lang, out) = (self.settings.lang.code(), path.file_name().unwrap_or_default().to_string_lossy());
        format!("sotplan report {project} {about} --lang {lang} --out \"{out}\"")
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

fn subject(about: &ReportAbout, scene: &Scene, project: &Project, lang: Lang) -> Option<Subject> {
    let assumed = || project.outages.assumptions.clone();
    Some(match about {
        ReportAbout::Place(site) => Subject::Sides(vec![Side::Place(site.clone())]),
        ReportAbout::Compared => Subject::Sides(project.compared.sides().collect()),
        ReportAbout::Plan(id) => Subject::Sides(vec![Side::Plan(*id)]),
        ReportAbout::Outage(id) => {
            Subject::Outage(Box::new((project.outages.scenario(*id)?.clone(), assumed())))
        }
        ReportAbout::Preset(preset) => Subject::Outage(Box::new((preset.scenario(1, lang), assumed()))),
        ReportAbout::Area(name) => {
            Subject::Area(crate::app::comparing::find_area(name, &scene.results).ok()?)
        }
    })
}

fn both(said: &impl Said) -> Message {
    Message::new(said.said(Lang::Sv), said.said(Lang::En))
}

fn nothing_to_draw() -> Message {
    Message::new("det finns inget att rita", "there is nothing to draw")
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
