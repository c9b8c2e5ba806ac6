//! What do several chosen things show alike? Their place, their row in the file, people and services around.

use egui::Ui;

use crate::app::telling::glossary::Term;
use crate::app::telling::words;
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::{KindMap, Layer, ServiceKind};
use crate::say;
use crate::siting::NearestUnit;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{figure, heading, muted, term_figure};
use crate::units::People;

pub fn copy_place(ui: &mut Ui, cx: &Cx<'_>, place: LonLat, actions: &mut Vec<Action>) {
    let text = format!("{:.5}, {:.5}", place.lon, place.lat);
    if ui.small_button(say!(cx.lang, "Kopiera läget {text}", "Copy position {text}")).clicked() {
        actions.push(Action::Copy(text));
    }
}

/// What the file itself says.
pub fn properties(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, feature_ix: usize) {
    let Some(feature) = layer.table.features.get(feature_ix) else { return };
    let number = feature.number;
    let file = layer.source.name();
    let title = say!(cx.lang, "Ur filen {file}, objekt {number}", "From the file {file}, feature {number}");
    egui::CollapsingHeader::new(title).id_salt("properties").show(ui, |ui| {
        for (name, value) in layer.table.row(feature).entries() {
            figure(ui, name, &value.text());
        }
        let date =
            layer.source.date.clone().unwrap_or_else(|| cx.lang.pick("okänt datum", "unknown date").into());
        muted(ui, say!(cx.lang, "Registrets datum: {date}", "Date of the register: {date}"));
    });
}

pub fn people_within(ui: &mut Ui, cx: &Cx<'_>, people: [People; 2]) {
    let Some(results) = cx.results() else { return };
    let measure = results.measure();
    for (people, radius) in people.into_iter().zip(results.project.parameters.radii(measure)) {
        let radius = words::short(cx.lang, radius, measure);
        term_figure(
            ui,
            cx.lang,
            Term::PeopleWithin,
            &say!(cx.lang, "Inom {radius}", "Within {radius}"),
            &cx.lang.people(people),
        );
    }
}

pub fn nearest(ui: &mut Ui, cx: &Cx<'_>, nearest: &KindMap<Option<NearestUnit>>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Närmaste av varje typ", "Nearest of each kind"));
    let measure = cx.results().map_or_else(Default::default, crate::app::Results::measure);
    for kind in ServiceKind::measured() {
        let Some(unit) = &nearest[kind] else { continue };
        let name =
            cx.results().and_then(|r| r.situation.service(unit.service)).map_or("", |s| s.name.as_str());
        let text = format!("{} {}", icons::of_kind(kind), name);
        let hint = say!(
            lang,
            "{}: {} fågelvägen",
            "{}: {} in a straight line",
            kind.said(lang),
            lang.distance(unit.straight)
        );
        figure(ui, &text, &words::trip(lang, unit.trip, measure)).on_hover_text(hint);
    }
}
