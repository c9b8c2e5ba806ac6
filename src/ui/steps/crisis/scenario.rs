//! Which scenario is looked at? Ready ones to begin with, those of the project with their names, season and roads.

use egui::{TextEdit, Ui};

use crate::app::command::Command;
use crate::app::outage::OutageChange;
use crate::lang::Said;
use crate::model::outage::{OutageScenario, Preset, RoadsClosed, Season};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{NumberRow, choice, heading, icon_button, muted, sign_button};

/// The edit that makes a scenario so.
pub(super) fn keep(scenario: OutageScenario) -> Command {
    Command::Outage(OutageChange::Keep(Box::new(scenario)))
}

/// Ready scenarios; one that is chosen becomes the project's own.
pub fn ready(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let book = &cx.session.project().outages;
    for preset in Preset::ALL {
        if icon_button(ui, icons::ADD, &preset.said(cx.lang)).clicked() {
            let scenario = preset.scenario(book.next_id(), cx.lang);
            view.crisis.chosen = Some(scenario.id);
            if book.scenarios.is_empty() {
                view.crisis.hour = 0;
            }
            actions.push(Action::Edit(keep(scenario)));
        }
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let book = &cx.session.project().outages;
    let Some(scenario) = shown(cx, view) else { return };
    heading(ui, lang.pick("Scenario", "Scenario"));
    ui.horizontal_wrapped(|ui| {
        for known in &book.scenarios {
            let label = say!(lang, "Scenario: {}", "Scenario: {}", known.name);
            if choice(ui, known.id == scenario.id, &known.name, &label).clicked() {
                view.crisis.chosen = Some(known.id);
            }
        }
    });
    ui.horizontal(|ui| {
        let mut name = scenario.name.clone();
        let id = ui.make_persistent_id(("outage-name", scenario.id));
        let width = (ui.available_width() - 64.0).max(80.0);
        let field = ui.add(TextEdit::singleline(&mut name).id(id).desired_width(width));
        let label = lang.pick("Scenariots namn", "Name of the scenario");
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
        if field.changed() {
            actions.push(Action::EditBy(id, keep(OutageScenario { name, ..scenario.clone() })));
        }
        let copy = lang.pick("Kopiera scenariot", "Copy the scenario");
        if sign_button(ui, true, icons::COPY, copy).clicked() {
            let name = say!(lang, "{} (kopia)", "{} (copy)", scenario.name);
            let fresh = OutageScenario { id: book.next_id(), name, ..scenario.clone() };
            view.crisis.chosen = Some(fresh.id);
            actions.push(Action::Edit(keep(fresh)));
        }
        let remove = lang.pick("Ta bort scenariot", "Remove the scenario");
        if sign_button(ui, true, icons::DELETE, remove).clicked() {
            view.crisis.chosen = None;
            actions.push(Action::Edit(Command::Outage(OutageChange::Drop(scenario.id))));
        }
    });
    ui.collapsing(lang.pick("Fler scenarier", "More scenarios"), |ui| ready(ui, cx, view, actions));
    ui.horizontal_wrapped(|ui| {
        for season in [Season::Winter, Season::Summer] {
            let name = season.said(lang);
            let label = say!(lang, "Årstid: {name}", "Season: {name}");
            if choice(ui, scenario.season == season, &name, &label).clicked() {
                actions.push(Action::Edit(keep(OutageScenario { season, ..scenario.clone() })));
            }
        }
    });
    roads(ui, cx, scenario, actions);
}

/// When the closed roads of the project are closed.
fn roads(ui: &mut Ui, cx: &Cx<'_>, scenario: &OutageScenario, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let count = cx.session.project().closures.iter().filter(|closure| closure.is_active).count();
    if count == 0 {
        muted(
            ui,
            lang.pick(
                "Vägar: inga är stängda. Stäng vägar under Tillgänglighet; de stängs då också här.",
                "Roads: none is closed. Close roads under Reach; they are then closed here too.",
            ),
        );
        return;
    }
    let mut is_timed = scenario.roads.is_some();
    let text = say!(
        lang,
        "Vägavstängningarna ({count}) gäller bara en tid",
        "The road closures ({count}) hold for a time only"
    );
    if ui.checkbox(&mut is_timed, text).changed() {
        let roads = is_timed.then_some(RoadsClosed { start_h: 0.0, hours: 24.0 });
        actions.push(Action::Edit(keep(OutageScenario { roads, ..scenario.clone() })));
    }
    let Some(closed) = scenario.roads else { return };
    let row = |name, hint| NumberRow { name, hint, unit: "h", decimals: 1, range: 0.0..=1000.0, speed: 0.5 };
    let name = lang.pick("Stängs vid timme", "Closed from hour");
    if let Some((id, start_h)) = row(name, "").show(ui, lang, closed.start_h) {
        let roads = Some(RoadsClosed { start_h, ..closed });
        actions.push(Action::EditBy(id, keep(OutageScenario { roads, ..scenario.clone() })));
    }
    let name = lang.pick("Stängda i", "Closed for");
    if let Some((id, hours)) = row(name, "").show(ui, lang, closed.hours) {
        let roads = Some(RoadsClosed { hours, ..closed });
        actions.push(Action::EditBy(id, keep(OutageScenario { roads, ..scenario.clone() })));
    }
}
