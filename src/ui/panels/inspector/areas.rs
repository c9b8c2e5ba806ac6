//! How far do people have in the chosen municipality, or in the chosen gap?

use std::collections::BTreeMap;

use egui::Ui;

use super::common::properties;
use crate::analysis::Spread;
use crate::app::telling::glossary::Term;
use crate::app::telling::words;
use crate::lang::Said;
use crate::model::travel::Trip;
use crate::model::{DemandOrigin, LayerId, ServiceIx, ServiceKind};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection};
use crate::ui::widgets::{big_figure, figure, heading, icon_button, muted, term_figure, text_button};
use crate::units::{Cost, Measure, People};

pub fn area(ui: &mut Ui, cx: &Cx<'_>, layer: LayerId, feature_ix: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let areas = &results.situation.areas;
    let Some(at) = areas.iter().position(|a| a.layer == layer && a.feature_ix == feature_ix) else { return };
    let Some(row) = results.areas.iter().find(|row| row.area.is_some_and(|ix| ix.at() == at)) else { return };
    if !areas[at].code.is_empty() {
        figure(ui, lang.pick("Kod", "Code"), &areas[at].code);
    }
    big_figure(
        ui,
        &lang.people(row.people),
        lang.pick("invånare", "people"),
        lang.pick("i data", "in the data"),
    );
    figure(ui, lang.pick("Bebodda rutor", "Populated cells"), &lang.count(row.cells));
    let sheet = lang.pick("Visa kommunbladet", "Show the municipality sheet");
    if icon_button(ui, icons::AREA, sheet).clicked() {
        actions.push(Action::ShowMunicipality(areas[at].name.clone()));
    }
    for kind in &row.kinds {
        heading(ui, &kind.kind.said(lang));
        let said = |of: fn(&Spread) -> Option<Cost>| {
            words::of_spreads(lang, &kind.lengths, kind.times.as_ref(), results.measure(), of)
        };
        let share = lang.percent(kind.people_beyond.share_of(row.people));
        let beyond = format!("{} ({share})", lang.people(kind.people_beyond));
        term_figure(ui, lang, Term::Beyond, lang.pick("Bortom gränsen", "Beyond the threshold"), &beyond);
        if kind.people_without_value > People::ZERO {
            term_figure(
                ui,
                lang,
                Term::WithoutValue,
                lang.pick("Utan värde", "Without a value"),
                &lang.people(kind.people_without_value),
            );
        }
        term_figure(ui, lang, Term::Median, "P50", &said(|spread| spread.p50));
        term_figure(ui, lang, Term::P90, "P90", &said(|spread| spread.p90));
        term_figure(ui, lang, Term::Farthest, lang.pick("Längst", "Farthest"), &said(|spread| spread.max));
    }
    if let Some(layer) = results.project.layer(layer) {
        properties(ui, cx, layer, feature_ix);
    }
}

pub fn gap(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, origin: DemandOrigin, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((results, first)) = cx.results().zip(cx.cell(origin)) else { return };
    let Some(result) = results.kind(kind) else { return };
    let found =
        result.gaps.iter().position(|(gap, _)| gap.cells.first().is_some_and(|cell| *cell as usize == first));
    let Some(at) = found else {
        muted(
            ui,
            lang.pick(
                "Luckan finns inte längre med denna gräns.",
                "The gap is no longer there with this threshold.",
            ),
        );
        return;
    };
    let (gap, _) = &result.gaps[at];
    let caption = lang.pick("bor i luckan", "live in the gap");
    big_figure(ui, &lang.people(gap.people), lang.pick("invånare", "people"), caption);
    figure(ui, lang.pick("Typ", "Kind"), &kind.said(lang));
    figure(ui, lang.pick("Rang", "Rank"), &lang.count(at + 1));
    figure(ui, lang.pick("Rutor", "Cells"), &lang.count(gap.cells.len()));
    figure(ui, lang.pick("Kommun", "Municipality"), results.situation.area_name(gap.area).unwrap_or("–"));
    let said =
        |cost: Option<Cost>| cost.map_or_else(|| "–".into(), |cost| lang.cost(cost, results.measure()));
    term_figure(ui, lang, Term::Mean, lang.pick("Medelavstånd", "Mean distance"), &said(gap.mean));
    term_figure(ui, lang, Term::Farthest, lang.pick("Längst", "Farthest"), &said(gap.max));
    nearest_of_gap(ui, cx, kind, &gap.cells, actions);
    muted(
        ui,
        lang.pick(
            "En lucka är rutor bortom gränsen eller utan värde som hänger ihop, även i hörnen.",
            "A gap is cells beyond the threshold or without a value that touch, corners included.",
        ),
    );
}

/// Which services are nearest to those who live in a gap, those of most people first; a click chooses one.
fn nearest_of_gap(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, cells: &[u32], actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((results, result)) = cx.results().and_then(|results| Some((results, results.kind(kind)?)))
    else {
        return;
    };
    let mut nearest: BTreeMap<ServiceIx, (People, Trip)> = BTreeMap::new();
    for cell in cells.iter().map(|cell| *cell as usize) {
        let Ok((service, trip)) = result.coverage.at(cell, 0) else { continue };
        let known = nearest.entry(service).or_insert((People::ZERO, trip));
        known.0 += results.situation.demand.people[cell];
        let is_nearer = match results.measure() {
            Measure::Time => trip.time < known.1.time,
            Measure::Distance => trip.length < known.1.length,
        };
        if is_nearer {
            known.1 = trip;
        }
    }
    let mut nearest: Vec<(ServiceIx, (People, Trip))> = nearest.into_iter().collect();
    nearest.sort_by_key(|(_, (people, _))| std::cmp::Reverse(*people));
    let unit = kind.unit(lang);
    heading(ui, &say!(lang, "Närmaste {unit}", "Nearest {unit}"));
    if nearest.is_empty() {
        muted(ui, lang.pick("Ingen går att nå.", "None can be reached."));
    }
    for (ix, (people, trip)) in nearest.into_iter().take(4) {
        let Some(service) = results.situation.service(ix) else { continue };
        let (name, people) = (&service.name, lang.persons(people));
        let from = words::trip(lang, trip, results.measure());
        if text_button(ui, name).clicked() {
            let selection = Selection::Site(service.site.clone());
            actions.push(Action::SelectAndGo(selection, Goal::at(service.place, None)));
        }
        muted(
            ui,
            say!(
                lang,
                "närmast för {people}, kortaste avstånd {from}",
                "nearest for {people}, shortest {from}"
            ),
        );
    }
}
