//! What is under way, and what do the figures shown rest on? The line below.

use crate::ui::widgets::strong;
use egui::{RichText, Ui};

use crate::app::telling::words::short;
use crate::lang::Said;
use crate::model::travel::TravelModel;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::theme;
use crate::{say, say_many};

/// The line below.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        let session = cx.session;
        running(ui, cx);
        if (session.loading.is_running() || session.opening.is_running())
            && ui.button(lang.pick("Avbryt", "Cancel")).clicked()
        {
            actions.push(Action::File(FileAction::CancelLoading));
        }
        match cx.results() {
            None => {
                ui.label(lang.pick("Inga data inlästa", "No data loaded"));
            }
            Some(results) => {
                let demand = &results.situation.demand;
                let (cells, people) = (lang.count(demand.len()), lang.persons(demand.total()));
                let method = results.travel.method().said(lang);
                let threshold = short(lang, results.limit(), results.measure());
                ui.label(say_many!(
                    lang,
                    demand.len(),
                    "{cells} ruta · {people} · {method} · gräns {threshold} ·"
                        | "{cells} rutor · {people} · {method} · gräns {threshold} ·",
                    "{cells} cell · {people} · {method} · threshold {threshold} ·"
                        | "{cells} cells · {people} · {method} · threshold {threshold} ·"
                ));
                let closed = results.project.closed_services.len();
                if closed > 0 {
                    strong(
                        ui,
                        say!(
                            lang,
                            "nedlagda i simuleringen: {closed} ·",
                            "closed in the simulation: {closed} ·"
                        ),
                    );
                }
                if session.is_current() {
                    ui.label(lang.pick("resultaten är aktuella", "results current"));
                } else {
                    let done = session.computing.progress().map_or_else(String::new, |done| {
                        format!(" {}\u{a0}%", lang.number(f64::from(done) * 100.0, 0))
                    });
                    let text = format!("{}{done}", lang.pick("räknar om…", "recalculating…"));
                    ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
                }
            }
        }
    });
}

/// A bar for each piece of work that runs.
fn running(ui: &mut Ui, cx: &Cx<'_>) {
    let (lang, session) = (cx.lang, cx.session);
    for (is_on, progress, name) in [
        (session.opening.is_running(), session.opening.progress(), lang.pick("Öppnar", "Opening")),
        (session.loading.is_running(), session.loading.progress(), lang.pick("Läser filer", "Reading files")),
        (
            session.reading_again.is_running(),
            session.reading_again.progress(),
            lang.pick("Läser om", "Reading again"),
        ),
        (session.exporting.is_running(), None, lang.pick("Exporterar", "Exporting")),
        (session.saving.is_running(), None, lang.pick("Sparar", "Saving")),
        (cx.is_writing, None, lang.pick("Skriver rapport eller karta", "Writing a report or map")),
    ] {
        if is_on {
            let bar = egui::ProgressBar::new(progress.unwrap_or(0.5)).desired_width(120.0).text(name);
            ui.add(bar.animate(progress.is_none()));
        }
    }
}
