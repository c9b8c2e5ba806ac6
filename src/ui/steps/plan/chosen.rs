//! Which places does the plan shown have, what does each mean for people, and what would be lost without it?

use crate::ui::theme::Bold as _;
use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::app::siting::decide::ChosenPlace;
use crate::app::telling::planning;
use crate::app::work::planner::Details;
use crate::lang::Said;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::{ROW, right, wide};
use crate::ui::theme;
use crate::ui::widgets::{muted, row_name};
use crate::units::People;

pub fn table(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(shown) = &cx.planner.shown else { return super::common::not_asked(ui, cx) };
    let Some(details) = &shown.details else {
        let names: Vec<&str> = shown.sites.iter().map(|site| site.name.as_str()).collect();
        ui.label(names.join(", "));
        muted(
            ui,
            lang.pick(
                "Siffror per plats finns för planer som svarar på frågan till vänster.",
                "Figures of each place are there for plans that answer the question on the left.",
            ),
        );
        return;
    };
    let unit = details.posed.measure.unit();
    let headers = [
        (lang.pick("Plats", "Place").to_owned(), 190.0),
        (lang.pick("Kommun", "Municipality").to_owned(), 100.0),
        (lang.pick("Betjänar", "Serves").to_owned(), 84.0),
        (say!(lang, "Medel {unit}", "Mean {unit}"), 84.0),
        (say!(lang, "Längst {unit}", "Worst {unit}"), 84.0),
        (lang.pick("Försämring utan den", "Lost without it").to_owned(), 190.0),
        (lang.pick("Skäl", "Reason").to_owned(), 260.0),
    ];
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center));
        for (_, width) in &headers {
            table = table.column(Column::initial(*width).resizable(true).clip(true));
        }
        table
            .header(ROW, |mut header| {
                for (name, _) in &headers {
                    header.col(|ui| {
                        ui.label(RichText::new(name).small().bold());
                    });
                }
            })
            .body(|body| {
                body.rows(ROW, details.places.len(), |mut row| {
                    let chosen = &details.places[row.index()];
                    let Some(place) = details.posed.places.get(chosen.site as usize) else { return };
                    row.set_selected(view.selects(&place.site));
                    let is_entered = place_row(&mut row, cx, details, chosen);
                    if row.response().clicked() || is_entered {
                        let goal = Goal::at(place.place, None);
                        actions.push(Action::SelectAndGo(Selection::Site(place.site.clone()), goal));
                    }
                });
            });
    });
}

/// Was the name pressed?
fn place_row(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, details: &Details, chosen: &ChosenPlace) -> bool {
    let lang = cx.lang;
    let posed = &details.posed;
    let Some(place) = posed.places.get(chosen.site as usize) else { return false };
    let mut is_entered = false;
    row.col(|ui| {
        let (icon, colour) = if place.exists() {
            (
                icons::of_kind(crate::model::ServiceKind::Sot),
                theme::kind_mark(crate::model::ServiceKind::Sot, cx.theme),
            )
        } else {
            (icons::ADD, theme::plan_mark(cx.theme))
        };
        ui.label(RichText::new(icon).color(colour));
        let text = say!(lang, "Vald plats: {}", "Chosen place: {}", place.name);
        is_entered = row_name(ui, &place.name, &text).clicked();
    });
    row.col(|ui| {
        ui.label(details.results.situation.area_name(place.area).unwrap_or("–"));
    });
    let number = |cost: Option<crate::units::Cost>| {
        cost.map_or_else(|| "–".into(), |cost| lang.number(posed.measure.in_units(cost), 1))
    };
    row.col(|ui| right(ui, lang.people(People::new(chosen.people))));
    row.col(|ui| right(ui, number(chosen.mean)));
    row.col(|ui| right(ui, number(chosen.worst)));
    row.col(|ui| right(ui, planning::loss(posed, chosen, lang)));
    row.col(|ui| {
        let said = format!("{}: {}", place.role.said(lang), place.reason.said(lang));
        ui.add(egui::Label::new(&said).truncate()).on_hover_text(said);
    });
    is_entered
}
