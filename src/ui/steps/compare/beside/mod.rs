//! Villages side by side: which are chosen, and the sheet with a column for each.

mod curves;
mod grid;
mod maps;
mod words;

use egui::Ui;

use crate::app::Results;
use crate::app::comparing::name_of;
use crate::app::exports::Export;
use crate::lang::Said;
use crate::model::{Compared, Side};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::beside::{edit, hits};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Height, StepId, View};
use crate::ui::widgets::{answer, heading, icon_button, muted, primary_button, sign_button, warning};

/// Which places lie side by side, and what can be done with them.
pub fn panel(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let compared = &cx.session.project().compared;
    answer(ui, &summary(cx, results));
    if compared.is_empty() {
        muted(
            ui,
            lang.pick(
                "Välj två till sex orter eller sparade planer: sök här, kryssa i tabellerna Platser och Scenarier, eller högerklicka på kartan.",
                "Choose two to six villages or saved plans: search here, tick them in the tables Places and Scenarios, or right-click on the map.",
            ),
        );
    }
    chosen(ui, cx, results, actions);
    search(ui, cx, view, actions);
    if compared.len() < Compared::FEWEST {
        return;
    }
    ui.add_space(8.0);
    let step = StepId::COMPARE;
    let is_shown = view.sheet.is_open(step) && view.sheet.height(step) == Height::Full;
    let show = lang.pick("Visa sida vid sida", "Show side by side");
    if !is_shown && primary_button(ui, true, icons::COMPARE, show).clicked() {
        actions.push(Action::ShowBeside);
    }
    heading(ui, lang.pick("Spara eller kopiera", "Save or copy"));
    if icon_button(ui, icons::COPY, lang.pick("Kopiera som tabell", "Copy as table")).clicked() {
        actions.push(Action::CopyBeside);
    }
    for export in [Export::ComparedTable, Export::ComparedPlaces, Export::Compared] {
        let text = format!("{}…", export.said(lang));
        if icon_button(ui, icons::EXPORT, &text).clicked() {
            actions.push(Action::File(FileAction::AskExport(export)));
        }
    }
}

/// How many, and compared with which.
fn summary(cx: &Cx<'_>, results: &Results) -> String {
    let (lang, project) = (cx.lang, cx.session.project());
    let compared = &project.compared;
    let count = lang.count(compared.len());
    let (sv, en) = if compared.plans.is_empty() {
        ("orter", "villages")
    } else {
        ("orter och planer", "villages and plans")
    };
    let what = lang.pick(sv, en);
    match (compared.len(), &compared.reference) {
        (0, _) => lang.pick("Inga orter är valda.", "No villages are chosen.").into(),
        (1, _) => {
            lang.pick("En är vald. Välj minst en till.", "One is chosen. Choose at least one more.").into()
        }
        (_, None) => say!(lang, "{count} {what} sida vid sida.", "{count} {what} side by side."),
        (_, Some(side)) => {
            let name = name_of(side, results, project);
            say!(
                lang,
                "{count} {what} sida vid sida, med skillnader mot {name}.",
                "{count} {what} side by side, with differences to {name}."
            )
        }
    }
}

/// The places that are chosen: the one that others are compared with, and a button to take each away.
fn chosen(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    let (lang, project) = (cx.lang, cx.session.project());
    let compared = &project.compared;
    if compared.is_empty() {
        return;
    }
    let title = if compared.plans.is_empty() {
        lang.pick("Orter, och vilken de jämförs med", "Villages, and which they are compared with")
    } else {
        lang.pick(
            "Orter och planer, och vilken de jämförs med",
            "Villages and plans, and which they are compared with",
        )
    };
    heading(ui, title);
    for side in compared.sides() {
        let name = name_of(&side, results, project);
        ui.horizontal(|ui| {
            let is_reference = compared.reference.as_ref() == Some(&side);
            let response = ui.radio(is_reference, &name);
            let label = say!(lang, "Skillnader mot {name}", "Differences to {name}");
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_reference, label.clone())
            });
            if response.clicked() {
                actions.push(edit(with_reference(compared, Some(side.clone()))));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = say!(lang, "Jämför inte {name}", "Do not compare {name}");
                if sign_button(ui, true, icons::CLOSE, &text).clicked() {
                    actions.push(edit(Compared::clone(compared).without(&side)));
                }
            });
        });
    }
    let none = lang.pick("Visa inga skillnader", "Show no differences");
    if ui.radio(compared.reference.is_none(), none).clicked() {
        actions.push(edit(with_reference(compared, None)));
    }
    let gone = cx.beside.made().map_or(&[][..], |made| made.comparison.gone.as_slice());
    if !gone.is_empty() {
        let count = lang.count(gone.len());
        warning(
            ui,
            cx.theme,
            say!(
                lang,
                "{count} av de valda finns inte i data längre och visas inte.",
                "{count} of those chosen are no longer in the data and are not shown."
            ),
        );
    }
    if icon_button(ui, icons::DELETE, lang.pick("Töm jämförelsen", "Clear the comparison")).clicked() {
        actions.push(edit(Compared::default()));
    }
}

fn with_reference(compared: &Compared, reference: Option<Side>) -> Compared {
    Compared { reference, ..compared.clone() }
}

/// Finds a place or plan to lay beside the others.
fn search(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if cx.session.project().compared.is_full() {
        let most = Compared::MOST;
        muted(ui, say!(lang, "Fler än {most} får inte plats.", "There is no room for more than {most}."));
        return;
    }
    let label = ui.label(lang.pick("Lägg till en ort eller plan", "Add a village or plan"));
    let field = egui::TextEdit::singleline(&mut view.compare.wanted).desired_width(f32::INFINITY);
    ui.add(field).labelled_by(label.id);
    let found = hits(cx, &view.compare.wanted);
    if found.is_empty() && !view.compare.wanted.trim().is_empty() {
        muted(
            ui,
            lang.pick(
                "Ingen butik, SOT-plats, testplats eller sparad plan heter så.",
                "No store, SOT place, test site or saved plan is called so.",
            ),
        );
    }
    for (name, action) in found {
        if icon_button(ui, icons::ADD, &name).clicked() {
            actions.push(action);
            view.compare.wanted.clear();
        }
    }
}

/// The sheet: a column a place.
pub fn sheet(ui: &mut Ui, cx: &Cx<'_>, _: &mut View, _: &Results, _: &mut Vec<Action>) {
    let lang = cx.lang;
    if let Some(failed) = cx.beside.failed() {
        warning(ui, cx.theme, failed.said(lang));
        return;
    }
    let Some(made) = cx.beside.made().filter(|made| !made.comparison.places.is_empty()) else {
        let text = if cx.beside.is_busy() {
            lang.pick("Jämför…", "Comparing…")
        } else {
            lang.pick(
                "Välj två till sex orter eller planer till vänster, i tabellen Platser eller på kartan.",
                "Choose two to six villages or plans on the left, in the table Places or on the map.",
            )
        };
        muted(ui, text);
        return;
    };
    grid::show(ui, cx, made);
}
