//! What is the project made of? Its files with date, digest and rows, what is not standard, what was written down; whether
//! the figures are of now.

use std::sync::Arc;

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::information::{self, FileState, Information, Source};
use crate::lang::{Lang, Said};
use crate::model::{Layer, SourcePlace};
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{StepId, View};
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{heading, icon_button, icon_button_if, muted, text_button};

/// Characters of a digest that are shown; the whole is in what is copied, and where the pointer rests.
const SHOWN: usize = 12;

/// The sheet, while it is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if !view.dialogs.shows_information {
        return;
    }
    let lang = cx.lang;
    let mut is_open = true;
    let room = ui.ctx().content_rect().size();
    egui::Window::new(Simple::Information.said(lang))
        .open(&mut is_open)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([room.x.min(1000.0) - 80.0, room.y.min(760.0) - 160.0])
        .show(ui.ctx(), |ui| {
            let results = cx.results();
            let report = |layer: &Arc<Layer>| results.and_then(|results| results.report(layer));
            let information = Information::of(cx.session.project(), report);
            let states = cx.session.file_states().unwrap_or_default();
            head(ui, cx, &information, states, actions);
            ui.separator();
            ScrollArea::both().auto_shrink(false).show(ui, |ui| {
                sources(ui, cx, &information, states);
                trouble(ui, cx, states, view, actions);
                assumptions(ui, lang, &information);
                work(ui, lang, &information);
            });
        });
    view.dialogs.shows_information &= is_open;
}

/// Name, place, program, whether figures are of now, and what can be done.
fn head(
    ui: &mut Ui,
    cx: &Cx<'_>,
    information: &Information,
    states: &[FileState],
    actions: &mut Vec<Action>,
) {
    let (lang, session) = (cx.lang, cx.session);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(session.name(lang)).bold());
        let place = session.path.as_ref().map_or_else(
            || lang.pick("inte sparat ännu", "not saved yet").to_owned(),
            |path| path.display().to_string(),
        );
        muted(ui, place);
        let version = env!("CARGO_PKG_VERSION");
        muted(ui, say!(lang, "· Sotplan {version}", "· Sotplan {version}"));
    });
    ui.horizontal_wrapped(|ui| {
        let is_current = session.is_current();
        let text = if is_current {
            lang.pick(
                "Alla siffror gäller projektet som det är nu.",
                "All figures are of the project as it is now.",
            )
        } else {
            lang.pick("Siffrorna räknas om.", "The figures are being computed anew.")
        };
        let colour = if is_current { ui.visuals().text_color() } else { theme::warning_colour(cx.theme) };
        ui.label(RichText::new(text).color(colour));
        if session.has_unsaved_edits() {
            let text = lang.pick("Det finns osparade ändringar.", "There are unsaved edits.");
            ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
        }
    });
    ui.horizontal_wrapped(|ui| {
        let is_idle = !session.looking.is_running();
        let look = lang.pick("Kontrollera filerna igen", "Check the files again");
        if icon_button_if(ui, is_idle, icons::CHECK, look).clicked() {
            actions.push(Action::LookAtFiles);
        }
        let copy = lang.pick("Kopiera som tabell", "Copy as a table");
        if icon_button(ui, icons::COPY, copy).clicked() {
            let text = information::table(information, states, lang);
            actions.push(Action::CopyRows(text, information.sources.len()));
        }
    });
}

/// A row for each file.
fn sources(ui: &mut Ui, cx: &Cx<'_>, information: &Information, states: &[FileState]) {
    let lang = cx.lang;
    heading(ui, lang.pick("Filer", "Files"));
    if information.sources.is_empty() {
        muted(ui, lang.pick("Projektet har inga lager ännu.", "The project has no layers yet."));
        return;
    }
    Grid::new("information-files").striped(true).num_columns(7).spacing([14.0, 4.0]).show(ui, |ui| {
        for name in match lang {
            Lang::Sv => ["Lager", "Används som", "Fil", "Datum", "Använda rader", "Tillstånd", "SHA-256"],
            Lang::En => ["Layer", "Used as", "File", "Date", "Rows used", "State", "SHA-256"],
        } {
            ui.label(RichText::new(name).small().bold());
        }
        ui.end_row();
        for (at, source) in information.sources.iter().enumerate() {
            row(ui, cx, source, states.get(at).copied());
            ui.end_row();
        }
    });
}

fn row(ui: &mut Ui, cx: &Cx<'_>, source: &Source, state: Option<FileState>) {
    let lang = cx.lang;
    ui.label(&source.name);
    ui.label(source.used_as.said(lang));
    let file = ui.label(source.file.name());
    if let SourcePlace::File(path) = &source.file.place {
        let mut text = path.display().to_string();
        for (joined, _) in &source.joined {
            text = format!("{text}\n+ {}", joined.display());
        }
        file.on_hover_text(text);
    }
    ui.label(source.file.date.as_deref().unwrap_or(lang.pick("okänt", "unknown")));
    match &source.rows {
        None => ui.label("–"),
        Some(rows) => {
            let (used, all) = (lang.whole(rows.used), lang.whole(rows.all));
            let text = say!(lang, "{used} av {all}", "{used} of {all}");
            let reasons: Vec<String> =
                rows.refused.iter().map(|(why, count)| format!("{why}: {}", lang.whole(*count))).collect();
            let label = ui.label(text);
            if reasons.is_empty() { label } else { label.on_hover_text(reasons.join("\n")) }
        }
    };
    match state {
        None if cx.session.looking.is_running() => ui.spinner(),
        None => ui.label("–"),
        Some(state) => {
            let is_bad = matches!(state, FileState::Changed | FileState::Missing);
            let colour = if is_bad { theme::warning_colour(cx.theme) } else { ui.visuals().text_color() };
            ui.label(RichText::new(state.said(lang)).color(colour))
        }
    };
    let digest = &source.file.sha256;
    let shown: String = digest.chars().take(SHOWN).collect();
    let label =
        ui.label(RichText::new(if shown.is_empty() { "–".into() } else { format!("{shown}…") }).monospace());
    label.on_hover_text(digest);
}

/// Where files have changed or are gone: what to do.
fn trouble(ui: &mut Ui, cx: &Cx<'_>, states: &[FileState], view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !states.iter().any(|state| matches!(state, FileState::Changed | FileState::Missing)) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let text = lang.pick(
            "Filer har ändrats eller hittas inte. Siffrorna gäller det som lästes in. Läs om lagret, eller ange var filen finns, under Data.",
            "Files have changed or are not found. The figures are of what was read. Read the layer again, or say where the file is, under Data.",
        );
        ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
        if text_button(ui, lang.pick("Till Data", "Go to Data")).clicked() {
            view.dialogs.shows_information = false;
            actions.push(Action::Step(StepId::DATA));
        }
    });
}

/// What is not standard.
fn assumptions(ui: &mut Ui, lang: Lang, information: &Information) {
    ui.add_space(8.0);
    heading(ui, lang.pick("Antaganden som inte är standard", "Assumptions that are not standard"));
    if information.changed.is_empty() {
        muted(ui, lang.pick("Alla antaganden är standard.", "All assumptions are standard."));
        return;
    }
    Grid::new("information-assumptions").striped(true).num_columns(3).spacing([14.0, 4.0]).show(ui, |ui| {
        for name in match lang {
            Lang::Sv => ["Antagande", "Värde", "Standard"],
            Lang::En => ["Assumption", "Value", "Standard"],
        } {
            ui.label(RichText::new(name).small().bold());
        }
        ui.end_row();
        for changed in &information.changed {
            ui.label(changed.name.said(lang));
            changed.values.iter().for_each(|value| {
                ui.label(value.said(lang));
            });
            ui.end_row();
        }
    });
}

/// What was written down by hand.
fn work(ui: &mut Ui, lang: Lang, information: &Information) {
    ui.add_space(8.0);
    heading(ui, lang.pick("Eget arbete", "Your own work"));
    if information.work.is_empty() {
        muted(
            ui,
            lang.pick("Inget har ändrats eller skrivits in.", "Nothing has been changed or written down."),
        );
        return;
    }
    let said: Vec<String> = information.work.iter().map(|work| work.said(lang)).collect();
    ui.label(said.join(" · "));
}
