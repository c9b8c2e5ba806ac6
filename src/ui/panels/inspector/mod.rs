//! The inspector: everything known about the chosen thing, and how each figure came about.

mod areas;
mod candidate;
mod cell;
mod common;
pub mod facts;
mod findings;
mod follow;
mod ranked;
mod reserve;
mod site;
mod trial;
mod ways;

use crate::ui::theme::Bold as _;
use egui::{RichText, Ui};

use crate::model::SiteId;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::how;
use crate::ui::state::{Selection, View};
use crate::ui::widgets::sign_button;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(selection) = view.selection.clone() else { return };
    ui.horizontal(|ui| {
        ui.label(RichText::new(title(cx, &selection)).bold().size(17.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            if sign_button(ui, true, icons::CLOSE, lang.pick("Stäng informationspanelen", "Close inspector"))
                .clicked()
            {
                actions.push(Action::Select(None));
            }
        });
    });
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        about(ui, cx, view, &selection, actions);
        how(ui, cx);
    });
}

/// What is known of the chosen thing.
fn about(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, selection: &Selection, actions: &mut Vec<Action>) {
    match selection {
        Selection::Cell(origin) => cell::show(ui, cx, view.kind, *origin, actions),
        Selection::Site(SiteId::Trial(_)) => trial::show(ui, cx, view, selection, actions),
        Selection::Site(site) => site::show(ui, cx, view, site, actions),
        Selection::Area(layer, feature_ix) => areas::area(ui, cx, *layer, *feature_ix, actions),
        Selection::Gap(kind, origin) => areas::gap(ui, cx, *kind, *origin, actions),
    }
}

fn title(cx: &Cx<'_>, selection: &Selection) -> String {
    let lang = cx.lang;
    match selection {
        Selection::Cell(_) => lang.pick("Ruta", "Cell").into(),
        Selection::Gap(..) => lang.pick("Lucka i täckningen", "Gap in coverage").into(),
        Selection::Area(layer, feature_ix) => cx
            .results()
            .and_then(|r| r.situation.areas.iter().find(|a| a.layer == *layer && a.feature_ix == *feature_ix))
            .map_or_else(String::new, |area| area.name.clone()),
        Selection::Site(SiteId::Trial(id)) => {
            let trials = &cx.session.project().trials;
            trials.iter().find(|trial| trial.id == *id).map_or_else(String::new, |trial| trial.name.clone())
        }
        Selection::Site(site) => cx
            .sot(site)
            .map(|sot| sot.name.clone())
            .or_else(|| cx.service(site).map(|(_, service)| service.name.clone()))
            .or_else(|| Some(cx.results()?.findings.left_out(site)?.about.name.clone()))
            .unwrap_or_default(),
    }
}
