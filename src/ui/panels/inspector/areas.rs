//! How far do people have in the chosen municipality, or in the chosen gap?

use egui::Ui;

use super::common::properties;
use crate::analysis::Spread;
use crate::app::telling::words;
use crate::lang::Said;
use crate::model::{DemandOrigin, LayerId, ServiceKind};
use crate::ui::context::Cx;
use crate::ui::widgets::{figure, heading, muted};
use crate::units::{Cost, People};

pub fn area(ui: &mut Ui, cx: &Cx<'_>, layer: LayerId, feature_ix: usize) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let areas = &results.situation.areas;
    let Some(at) = areas.iter().position(|a| a.layer == layer && a.feature_ix == feature_ix) else { return };
    let Some(row) = results.areas.iter().find(|row| row.area.is_some_and(|ix| ix.at() == at)) else { return };
    if !areas[at].code.is_empty() {
        figure(ui, lang.pick("Kod", "Code"), &areas[at].code);
    }
    figure(ui, lang.pick("Personer", "People"), &lang.people(row.people));
    figure(ui, lang.pick("Bebodda rutor", "Populated cells"), &lang.count(row.cells));
    for kind in &row.kinds {
        heading(ui, &kind.kind.said(lang));
        let said = |of: fn(&Spread) -> Option<Cost>| {
            words::of_spreads(lang, &kind.lengths, kind.times.as_ref(), results.measure(), of)
        };
        let share = lang.percent(kind.people_beyond.share_of(row.people));
        let beyond = format!("{} ({share})", lang.people(kind.people_beyond));
        figure(ui, lang.pick("Bortom gränsen", "Beyond the threshold"), &beyond);
        if kind.people_without_value > People::ZERO {
            figure(ui, lang.pick("Utan värde", "Without a value"), &lang.people(kind.people_without_value));
        }
        figure(ui, "P50", &said(|spread| spread.p50));
        figure(ui, "P90", &said(|spread| spread.p90));
        figure(ui, lang.pick("Längst", "Farthest"), &said(|spread| spread.max));
    }
    if let Some(layer) = cx.session.project().layer(layer) {
        properties(ui, cx, layer, feature_ix);
    }
}

pub fn gap(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, origin: DemandOrigin) {
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
    figure(ui, lang.pick("Typ", "Kind"), &kind.said(lang));
    figure(ui, lang.pick("Plats i ordningen", "Rank"), &lang.count(at + 1));
    figure(ui, lang.pick("Personer", "People"), &lang.people(gap.people));
    figure(ui, lang.pick("Rutor", "Cells"), &lang.count(gap.cells.len()));
    figure(ui, lang.pick("Kommun", "Municipality"), results.situation.area_name(gap.area).unwrap_or("–"));
    let said =
        |cost: Option<Cost>| cost.map_or_else(|| "–".into(), |cost| lang.cost(cost, results.measure()));
    figure(ui, lang.pick("Medelavstånd", "Mean distance"), &said(gap.mean));
    figure(ui, lang.pick("Längst", "Farthest"), &said(gap.max));
    muted(
        ui,
        lang.pick(
            "En lucka är rutor bortom gränsen eller utan värde som hänger ihop, även i hörnen.",
            "A gap is cells beyond the threshold or without a value that touch, corners included.",
        ),
    );
}
