//! What do several steps show alike?

use egui::Ui;

use crate::app::Results;
use crate::app::command::Command;
use crate::lang::Said;
use crate::model::travel::TravelModel;
use crate::model::{Factor, FactorUnit, Parameters, ServiceKind, attribute};
use crate::say;
use crate::scene::box_around;
use crate::scene::classes::Colouring;
use crate::siting::{Candidate, Outcome, fact_of};
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, View};
use crate::ui::widgets::{answer, icon_button, muted};

/// What every step shows before there are results.
pub fn nothing_yet(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if cx.session.is_busy() {
        answer(ui, lang.pick("Räknar…", "Computing…"));
        ui.spinner();
        return;
    }
    answer(ui, lang.pick("Här finns inga data ännu.", "There are no data here yet."));
    muted(
        ui,
        lang.pick(
            "Befolkning och butiker behövs för att se hur långt invånarna har till service.",
            "Population and stores are needed to see how far people have to services.",
        ),
    );
    if icon_button(ui, icons::OPEN, &Simple::Open.said(lang)).clicked() {
        actions.push(Action::Do(Simple::Open));
    }
    if icon_button(ui, icons::LAYERS, &Simple::OpenDemo.said(lang)).clicked() {
        actions.push(Action::Do(Simple::OpenDemo));
    }
}

/// What the cells are coloured by.
pub fn colouring_choice(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Colouring) {
    let lang = cx.lang;
    ui.horizontal_wrapped(|ui| {
        let has_groups = cx.results().is_some_and(|results| results.rural.is_some());
        for (colouring, name) in [
            (Colouring::Distance, lang.pick("Avstånd", "Distance")),
            (Colouring::People, lang.pick("Befolkning", "Population")),
            (Colouring::Groups, lang.pick("Tätort och landsbygd", "Localities and countryside")),
            (Colouring::Off, lang.pick("Inga rutor", "No cells")),
        ] {
            if colouring == Colouring::Groups && !has_groups {
                continue;
            }
            if ui.selectable_label(*chosen == colouring, name).clicked() {
                *chosen = colouring;
            }
        }
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the field holds it in range")]
pub fn whole(value: f64) -> usize {
    value.round().max(0.0) as usize
}

pub fn set(parameters: Parameters) -> Action {
    Action::Edit(Command::SetParameters(Box::new(parameters)))
}

/// Counts outcomes for a short line in tables.
#[must_use]
pub fn outcome_line(candidate: &Candidate) -> String {
    let count = |outcome| candidate.rules.iter().filter(|rule| rule.outcome == outcome).count();
    format!("{}/{}/{}", count(Outcome::Met), count(Outcome::NotMet), count(Outcome::Unknown))
}

/// Which files, and of when.
pub fn sources(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let project = cx.session.project();
    for layer in &project.roads {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    for layer in &project.layers {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    muted(ui, lang.pick("Register är ofullständiga.", "Registers are incomplete."));
}

/// A value in the words of its attribute where it has some.
pub fn words(cx: &Cx<'_>, results: &Results, at: usize, factor: Factor, reading: f64) -> String {
    let recorded = factor.attribute().filter(|_| factor.unit() == FactorUnit::Words).and_then(|id| {
        let fact = fact_of(&results.candidates[at], &results.situation, id)?;
        Some(attribute(id)?.say(&fact.value, cx.lang))
    });
    recorded.unwrap_or_else(|| factor.unit().say(reading, cx.lang))
}

/// Where the map goes to show a gap as a whole, by its number among those of the kind.
#[must_use]
pub fn goal_of_gap(cx: &Cx<'_>, kind: ServiceKind, at: usize) -> Option<Goal> {
    let (scene, results) = cx.scene.zip(cx.results())?;
    // Of older results a number may name another gap.
    if !std::ptr::eq(scene.results.as_ref(), results) {
        return None;
    }
    let (gap, _) = results.kind(kind)?.gaps.get(at)?;
    let place = scene.reprojection.lon_lat_from_plane(gap.centre)?;
    // With the nearest service and land around it, so that one sees where it is.
    let surface = scene.gaps_of(kind).get(at)?;
    let cell = gap.cells.first().map(|cell| *cell as usize);
    let nearest = cell.and_then(|cell| results.kind(kind)?.coverage.at(cell, 0).ok());
    let nearest = nearest.and_then(|(service, _)| scene.services.get(service.at()).copied());
    let (min, max) = box_around([surface.min, surface.max].into_iter().chain(nearest))?;
    // A unit of the square is the equator, longer than the ground by the latitude.
    let least = 30_000.0 / (40_075_016.686 * place.lat.to_radians().cos());
    let by = [0, 1].map(|axis| ((max[axis] - min[axis]) * 0.2).max((least - (max[axis] - min[axis])) * 0.5));
    let bounds = Some(([min[0] - by[0], min[1] - by[1]], [max[0] + by[0], max[1] + by[1]]));
    Some(Goal { bounds, ..Goal::at(place, Some(9.5)) })
}

/// How the figures came about, and the assumptions behind them.
pub fn how(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let method = results.travel.method().said(lang);
    ui.add_space(4.0);
    egui::CollapsingHeader::new(lang.pick("Så räknades detta", "How this was computed")).id_salt("how").show(ui, |ui| {
        ui.label(say!(lang, "Mått: {method}.", "Measure: {method}."));
        muted(ui, if results.travel.is_by_road() {
            lang.pick(
                "Avstånd mäts längs väg från rutans mittpunkt. Sträckan mellan plats och väg räknas som gång, raka vägen. Andra enheten gäller samma resa.",
                "Distances follow the roads from the cell's centre. The way between place and road is walked, straight. The other unit is of the same trip.",
            )
        } else {
            lang.pick(
                "Avstånd mäts från rutans mittpunkt i SWEREF 99 TM, gånger omvägsfaktorn.",
                "Distances are measured from the cell's centre in SWEREF 99 TM, times the detour factor.",
            )
        });
        muted(ui, lang.pick(
            "Inom betyder högst gränsen. En percentil är det minsta värde där de uppsummerade personerna når andelen. Alla tal är vägda med antal personer.",
            "Within means at most the threshold. A percentile is the smallest value at which the cumulated people reach the share. All figures are weighted by people.",
        ));
        sources(ui, cx);
    });
}

/// Says that a step is about the whole area, while one municipality is looked at.
pub fn about_everything(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    if let Some(area) = &view.area {
        let text = say!(
            cx.lang,
            "Det här steget gäller hela området, inte bara {area}.",
            "This step is about the whole area, not {area} alone."
        );
        muted(ui, text);
    }
}
