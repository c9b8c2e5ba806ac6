//! Who lives in the chosen cell, and how far is it from there to each service?

use egui::Ui;

use super::common::{copy_place, properties};
use super::ways;
use crate::app::telling::words;
use crate::lang::Said;
use crate::model::{DemandOrigin, ServiceKind};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::{figure, heading, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: ServiceKind, origin: DemandOrigin, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((results, cell)) = cx.results().zip(cx.cell(origin)) else { return };
    let demand = &results.situation.demand;
    figure(ui, lang.pick("Personer", "People"), &lang.people(demand.people[cell]));
    let area = results.situation.area_name(demand.areas[cell]);
    figure(ui, lang.pick("Kommun", "Municipality"), area.unwrap_or(lang.pick("ingen", "none")));
    for kind in &results.kinds {
        heading(ui, &kind.coverage.kind.said(lang));
        for rank in 0..2 {
            let name = if rank == 0 {
                lang.pick("Närmast", "Nearest")
            } else {
                lang.pick("Näst närmast", "Second nearest")
            };
            match kind.coverage.at(cell, rank) {
                Ok((ix, trip)) => {
                    let service = results.situation.service(ix);
                    let who = service.map_or("", |service| service.name.as_str());
                    figure(ui, &format!("{name}: {who}"), &words::trip(lang, trip, results.measure()));
                }
                Err(reason) if rank == 0 => {
                    muted(ui, reason.said(lang));
                }
                Err(_) => {}
            }
        }
        if kind.coverage.kind == shown {
            ways::route_ui(ui, cx);
        }
    }
    if let Some(layer) = cx.session.project().layer(origin.layer) {
        properties(ui, cx, layer, origin.feature_ix as usize);
    }
    let place = demand.places[cell];
    copy_place(ui, cx, place, actions);
}
