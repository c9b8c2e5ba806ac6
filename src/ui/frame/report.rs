//! What is a report about, and what stands in its head? Everything but the question is optional.

use egui::{TextEdit, Ui};

use super::form_window;
use crate::lang::{Lang, Said as _};
use crate::model::outage::Preset;
use crate::model::{AreaIx, Compared};
use crate::report::{self, ReportFormat};
use crate::say;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{ReportAbout, ReportForm, Selection, View};
use crate::ui::widgets::{muted, primary_button};

pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !view.dialogs.report_form.is_open {
        return;
    }
    let all = abouts(cx, view);
    let form = &mut view.dialogs.report_form;
    if !form.about.as_ref().is_some_and(|about| all.iter().any(|(known, _)| known == about)) {
        form.about = all.first().map(|(about, _)| about.clone());
    }
    let title = Simple::Report.said(lang);
    form_window(title.trim_end_matches('…')).show(ui.ctx(), |ui| {
        ui.set_width(470.0);
        about(ui, lang, form, &all);
        ui.horizontal(|ui| {
            ui.label(lang.pick("Format", "Format"));
            for format in ReportFormat::ALL {
                if ui.selectable_label(form.format == format, format.name(lang)).clicked() {
                    form.format = format;
                }
            }
        });
        head(ui, cx, form, actions);
        let label = ui.label(lang.pick("Förslag till beslut", "Proposed decision"));
        let hint = lang.pick("lämnas tomt för att skrivas i rapporten", "left empty to be written in the report");
        let edit = TextEdit::multiline(&mut form.proposal).desired_rows(3).hint_text(hint);
        ui.add(edit.desired_width(f32::INFINITY)).labelled_by(label.id);
        muted(
            ui,
            lang.pick(
                "Rapporten svarar först, med skäl och karta, och redovisar belägg, det som är okänt, antaganden och källor. Den föreslår inget beslut.",
                "The report answers first, with reasons and a map, and states evidence, what is unknown, assumptions and sources. It proposes no decision.",
            ),
        );
        ui.horizontal(|ui| {
            let is_ready = cx.is_drawn_now() && form.about.is_some() && is_date(&form.date);
            let save = lang.pick("Spara rapporten…", "Save the report…");
            if primary_button(ui, is_ready, icons::EXPORT, save).clicked() {
                actions.push(Action::File(FileAction::AskReport));
            }
            if ui.button(lang.pick("Stäng", "Close")).clicked() {
                form.is_open = false;
            }
        });
    });
}

/// Nothing stands for today.
fn is_date(text: &str) -> bool {
    text.trim().is_empty() || text.trim().parse::<jiff::civil::Date>().is_ok()
}

/// Everything that a report can be about now, what one looks at first.
fn abouts(cx: &Cx<'_>, view: &View) -> Vec<(ReportAbout, String)> {
    let (lang, project) = (cx.lang, cx.session.project());
    let mut all = Vec::new();
    if let (Some(Selection::Site(site)), Some(results)) = (&view.selection, cx.results())
        && let Some(place) = crate::app::comparing::compared_as(site, results)
    {
        let name = crate::app::comparing::name_of(&place.clone().into(), results, project);
        let text = say!(lang, "Vald plats: {name}", "The chosen place: {name}");
        all.push((ReportAbout::Place(place), text));
    }
    if project.compared.len() >= Compared::FEWEST {
        let count = project.compared.len();
        let text = say!(lang, "De {count} som ligger sida vid sida", "The {count} that lie side by side");
        all.push((ReportAbout::Compared, text));
    }
    for plan in &project.plans.scenarios {
        let name = &plan.name;
        all.push((ReportAbout::Plan(plan.id), say!(lang, "Plan: {name}", "Plan: {name}")));
    }
    for scenario in &project.outages.scenarios {
        let name = &scenario.name;
        all.push((ReportAbout::Outage(scenario.id), say!(lang, "Kris: {name}", "Crisis: {name}")));
    }
    if let Some(results) = cx.results() {
        for area in report::areas(results) {
            let name = results.situation.area_name(Some(area)).unwrap_or_default();
            let text = say!(lang, "Kommun: {name}", "Municipality: {name}");
            all.push((ReportAbout::Area(area), text));
        }
        for preset in Preset::ALL {
            let name = preset.scenario(1, lang).name;
            all.push((ReportAbout::Preset(preset), say!(lang, "Kris: {name}", "Crisis: {name}")));
        }
    }
    // The municipality that everything is filtered to stands first.
    if let Some(wanted) = &view.area {
        let name = |area: AreaIx| cx.results().and_then(|results| results.situation.area_name(Some(area)));
        all.sort_by_key(
            |(about, _)| !matches!(about, ReportAbout::Area(area) if name(*area) == Some(wanted.as_str())),
        );
    }
    all
}

fn about(ui: &mut Ui, lang: Lang, form: &mut ReportForm, all: &[(ReportAbout, String)]) {
    ui.horizontal(|ui| {
        let label = ui.label(lang.pick("Rapport om", "A report on"));
        let shown = all.iter().find(|(about, _)| form.about.as_ref() == Some(about));
        let none = lang.pick("läs in data först", "load data first").to_owned();
        let shown = shown.map_or(none, |(_, text)| text.clone());
        egui::ComboBox::from_id_salt("report-about")
            .selected_text(shown)
            .width(330.0)
            .show_ui(ui, |ui| {
                for (about, text) in all {
                    if ui.selectable_label(form.about.as_ref() == Some(about), text).clicked() {
                        form.about = Some(about.clone());
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
    muted(
        ui,
        lang.pick(
            "Välj en plats på kartan, eller lägg orter sida vid sida, för en rapport om dem.",
            "Choose a place on the map, or lay villages side by side, for a report on them.",
        ),
    );
}

/// The head of the letter.
fn head(ui: &mut Ui, cx: &Cx<'_>, form: &mut ReportForm, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let fields: [(&str, &mut String, &str); 4] = [
        (
            lang.pick("Organisation", "Organisation"),
            &mut form.organisation,
            lang.pick("Åre kommun", "Åre municipality"),
        ),
        (lang.pick("Diarienummer", "Reference number"), &mut form.reference, "KS 2026/123"),
        (lang.pick("Handläggare", "Author"), &mut form.author, ""),
        (lang.pick("Datum", "Date"), &mut form.date, cx.today),
    ];
    egui::Grid::new("report-head").num_columns(2).show(ui, |ui| {
        for (name, text, hint) in fields {
            let label = ui.label(name);
            ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(270.0)).labelled_by(label.id);
            ui.end_row();
        }
        let label = ui.label(lang.pick("Logotyp (PNG eller JPEG)", "Logotype (PNG or JPEG)"));
        ui.horizontal(|ui| {
            let hint = lang.pick("hela sökvägen", "the whole path");
            let edit = TextEdit::singleline(&mut form.logo).hint_text(hint).desired_width(205.0);
            ui.add(edit).labelled_by(label.id);
            if ui.button(lang.pick("Välj…", "Choose…")).clicked() {
                actions.push(Action::File(FileAction::AskLogo));
            }
        });
        ui.end_row();
    });
    if !is_date(&form.date) {
        let text = lang.pick("Skriv datumet som 2026-11-30.", "Write the date as 2026-11-30.");
        ui.colored_label(crate::ui::theme::warning_colour(cx.theme), text);
    }
}
