//! How is distance measured? Along roads or in a straight line, by whom, in kilometres or minutes, within which limit.

use crate::app::telling::glossary::Term;
use crate::ui::panels::common::set;
use egui::Ui;

use crate::app::command::Command;
use crate::app::telling::words::short_number;
use crate::lang::{Lang, Said};
use crate::model::{Mode, Parameters};
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{NumberRow, heading, heading_with, icon_button, muted};
use crate::units::{Measure, Metres, Seconds};

/// Does the project follow roads, as it now stands?
#[must_use]
pub fn follows_roads(cx: &Cx<'_>) -> bool {
    let project = cx.session.project();
    project.parameters.follows_roads && !project.roads.is_empty()
}

/// What is counted, as the project now stands; results may still lag behind.
fn measure(cx: &Cx<'_>) -> Measure {
    let parameters = &cx.session.project().parameters;
    let has_times = follows_roads(cx) || parameters.speed_kmh.is_some_and(|speed| speed > 0.0);
    if has_times { parameters.measure } else { Measure::Distance }
}

/// A choice of few: one button each, the chosen one marked.
fn choice<T: PartialEq + Copy>(ui: &mut Ui, current: T, choices: &[(T, &str, &str)]) -> Option<T> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for (value, name, hint) in choices {
            let response = ui.selectable_label(current == *value, *name);
            let response = if hint.is_empty() { response } else { response.on_hover_text(*hint) };
            if response.clicked() && current != *value {
                chosen = Some(*value);
            }
        }
    });
    chosen
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    heading(ui, lang.pick("Hur mäts avståndet?", "How is distance measured?"));
    way_choice(ui, cx, actions);
    if follows_roads(cx) {
        let modes =
            [(Mode::Car, lang.pick("Bil", "Car"), ""), (Mode::Walk, lang.pick("Gång", "Walking"), "")];
        if let Some(mode) = choice(ui, parameters.mode, &modes) {
            actions.push(set(Parameters { mode, ..parameters.clone() }));
        }
    }
    let hint = lang.pick(
        "Snabbaste vägen räknar minuter, kortaste vägen räknar kilometer. Närmast och inom gränsen följer valet.",
        "The fastest route counts minutes, the shortest counts kilometres. Nearest and within follow the choice.",
    );
    let measures = [
        (Measure::Time, lang.pick("Snabbaste (min)", "Fastest (min)"), hint),
        (Measure::Distance, lang.pick("Kortaste (km)", "Shortest (km)"), hint),
    ];
    if let Some(measure) = choice(ui, measure(cx), &measures) {
        let speed_kmh = parameters.speed_kmh.or(Parameters::default().speed_kmh);
        actions.push(set(Parameters { speed_kmh, measure, ..parameters.clone() }));
    }
    if follows_roads(cx) {
        super::speeds::show(ui, cx, actions);
    } else {
        straight_line(ui, cx, actions);
    }
    threshold(ui, cx, actions);
}

/// Roads or the straight line; what stands in the way of roads, and the button that fixes it.
fn way_choice(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let project = cx.session.project();
    let has_roads = !project.roads.is_empty();
    let is_by_road = follows_roads(cx);
    ui.horizontal_wrapped(|ui| {
        let road = egui::Button::selectable(is_by_road, lang.pick("Längs väg", "By road"));
        let road = ui
            .add_enabled(has_roads, road)
            .on_disabled_hover_text(lang.pick("Det finns inga vägar inlästa", "There are no roads loaded"));
        let line = ui
            .selectable_label(!is_by_road, lang.pick("Fågelvägen × faktor", "Straight line × factor"))
            .on_hover_text(lang.pick(
                "En uppskattning: rakt avstånd gånger en omvägsfaktor",
                "An estimate: the straight distance times a detour factor",
            ));
        for (response, follows_roads) in [(road, true), (line, false)] {
            if response.clicked() && is_by_road != follows_roads {
                actions.push(set(Parameters { follows_roads, ..project.parameters.clone() }));
            }
        }
    });
    if !has_roads {
        muted(
            ui,
            lang.pick(
                "Inga vägar är inlästa, så avstånden är en uppskattning.",
                "No roads are loaded, so distances are an estimate.",
            ),
        );
        if icon_button(ui, icons::REACH, &Simple::OpenRoads.said(lang)).clicked() {
            actions.push(Action::Do(Simple::OpenRoads));
        }
    }
}

/// The assumptions behind straight lines.
fn straight_line(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let row = NumberRow {
        name: lang.pick("Omvägsfaktor", "Detour factor"),
        hint: lang.pick(
            "Antagande: vägen är så många gånger längre än fågelvägen",
            "Assumption: the road is this many times longer than the straight line",
        ),
        unit: "",
        decimals: 2,
        range: Parameters::DETOUR_RANGE,
        speed: 0.01,
    };
    if let Some((id, detour_factor)) = row.show(ui, lang, parameters.detour_factor) {
        let parameters = Parameters { detour_factor, ..parameters.clone() };
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
    let row = NumberRow {
        name: lang.pick("Medelhastighet", "Mean speed"),
        hint: lang.pick(
            "Antagande: gör om längd till tid där inga vägar är inlästa",
            "Assumption: turns length into time where no roads are loaded",
        ),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=200.0,
        speed: 1.0,
    };
    if let Some((id, speed)) = row.show(ui, lang, parameters.speed_kmh.unwrap_or(70.0)) {
        let parameters = Parameters { speed_kmh: Some(speed), ..parameters.clone() };
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
}

pub fn with_limit(parameters: &Parameters, measure: Measure, value: f64) -> Parameters {
    match measure {
        Measure::Distance => Parameters { threshold: Metres::from_km(value), ..parameters.clone() },
        Measure::Time => Parameters { time_threshold: Seconds::from_minutes(value), ..parameters.clone() },
    }
}

fn threshold(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang: Lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let measure = measure(cx);
    let now = measure.in_units(parameters.limit(measure));
    let unit = measure.unit();
    let presets: &[f64] = match measure {
        Measure::Distance => &Parameters::THRESHOLD_PRESETS_KM,
        Measure::Time => &Parameters::THRESHOLD_PRESETS_MIN,
    };
    heading_with(ui, lang.pick("Gräns", "Threshold"), &Term::Threshold.said(lang));
    ui.horizontal_wrapped(|ui| {
        for value in presets {
            let is_on = (now - value).abs() < 1e-9;
            let text = format!("{} {unit}", short_number(lang, *value));
            if ui.selectable_label(is_on, text).clicked() {
                actions.push(set(with_limit(parameters, measure, *value)));
            }
        }
    });
    let name = say!(lang, "Egen gräns", "Own threshold");
    let hint = lang.pick("Inom betyder högst så här långt", "Within means at most this far");
    let row = NumberRow { name: &name, hint, unit, decimals: 1, range: 0.1..=400.0, speed: 0.1 };
    if let Some((id, value)) = row.show(ui, lang, now) {
        let parameters = with_limit(parameters, measure, value);
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
}
