//! The table of places: sorted by any column, filtered, chosen here and on the map alike.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::app::Results;
use crate::app::command::Command;
use crate::app::tables;
use crate::lang::Said;
use crate::model::ServiceKind;
use crate::say;
use crate::scene::catchments::BARS;
use crate::scene::classes::{Scale, cost_class};
use crate::siting::{Candidate, Host};
use crate::ui::action::Action;
use crate::ui::beside;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::list::{ordered, titles};
use crate::ui::panels::common::outcome_line;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::{ROW, value, wide};
use crate::ui::theme;
use crate::ui::widgets::muted;
use crate::units::Cost;

/// Rows are sorted by what people lose if the place closes, until another column is chosen.
const USUAL: &str = "extra_person";

/// The candidates shown.
fn rows<'a>(cx: &Cx<'_>, view: &View, results: &'a Results) -> Vec<&'a Candidate> {
    let wanted = view.places.filter.trim().to_lowercase();
    let is_wanted = |candidate: &&Candidate| {
        let area = results.situation.area_name(candidate.area).unwrap_or_default();
        let names = [candidate.name.as_str(), area];
        !view.places.hidden_verdicts.contains(&candidate.verdict)
            && cx.is_in_area(view, candidate.area)
            && names.iter().any(|name| name.to_lowercase().contains(&wanted))
    };
    results.candidates.iter().filter(is_wanted).collect()
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let table = tables::candidates(results, cx.lang);
    let columns = table.on_screen();
    let mut sorting = view.tables.sort("places").clone();
    let usual = columns.iter().map(|(column, _)| column.id.clone()).find(|id| id.starts_with(USUAL));
    let rows = rows(cx, view, results);
    let filter = (view.places.filter.clone(), view.places.hidden_verdicts.clone());
    let order = ordered(cx, view, ("places", filter), &rows, &columns, usual.as_deref());
    let rows: Vec<&Candidate> = order.iter().filter_map(|at| rows.get(*at).copied()).collect();
    if rows.is_empty() {
        return no_places(ui, cx);
    }
    let chosen = rows.iter().position(|row| view.selects(&row.site));
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .columns(Column::exact(26.0), 2)
            .column(Column::exact(SPARK));
        for (_, shown) in &columns {
            table = table.column(Column::initial(shown.width).resizable(true).clip(true));
        }
        if let Some(row) = chosen.filter(|_| view.sheet.scrolls_to_selection) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        view.sheet.scrolls_to_selection = false;
        let header = |mut header: TableRow<'_, '_>| {
            header.col(|_| {});
            header.col(|ui| beside_title(ui, cx));
            header.col(|ui| spark_title(ui, cx));
            titles(&mut header, cx, &columns, &mut sorting, usual.as_deref(), rows.first());
        };
        table.header(ROW, header).body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let candidate = rows[row.index()];
                row.set_selected(chosen == Some(row.index()));
                let selection = Selection::Site(candidate.site.clone());
                row.set_hovered(view.hover.as_ref() == Some(&selection));
                choice(&mut row, cx, candidate, actions);
                row.col(|ui| beside::tick(ui, cx, &candidate.site.clone().into(), &candidate.name, actions));
                row.col(|ui| spark(ui, cx, results, candidate));
                for (column, _) in &columns {
                    row.col(|ui| cell(ui, cx, results, column, candidate));
                }
                let response = row.response();
                if response.hovered() {
                    view.pointed = Some(selection.clone());
                }
                if response.clicked() {
                    actions.push(Action::SelectAndGo(selection, Goal::at(candidate.place, None)));
                }
            });
        });
    });
    *view.tables.sort("places") = sorting;
}

fn no_places(ui: &mut Ui, cx: &Cx<'_>) {
    let text = cx.lang.pick(
        "Inga platser: läs in livsmedelsbutiker, eller ändra filtret under Platser.",
        "No places: load grocery stores, or change the filter under Places.",
    );
    muted(ui, text);
}

fn beside_title(ui: &mut Ui, cx: &Cx<'_>) {
    ui.label(RichText::new(icons::COMPARE).small()).on_hover_text(
        cx.lang.pick("Lägg orten bredvid andra under Jämför", "Lay the village beside others under Compare"),
    );
}

fn spark_title(ui: &mut Ui, cx: &Cx<'_>) {
    let text = RichText::new(cx.lang.pick("Avstånd", "Distance")).small();
    ui.label(theme::Bold::bold(text)).on_hover_text(cx.lang.pick(
        "De som har butiken närmast, efter hur långt de har: korta avstånd till vänster",
        "Those who have the store nearest, by how far they have: short distances on the left",
    ));
}

/// The tick that chooses a place.
fn choice(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, candidate: &Candidate, actions: &mut Vec<Action>) {
    row.col(|ui| {
        let mut is_chosen = cx.session.project().selected.contains(&candidate.site);
        let name = &candidate.name;
        let response = ui.checkbox(&mut is_chosen, "");
        response.widget_info(|| {
            let label = say!(cx.lang, "Välj {name}", "Choose {name}");
            egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_chosen, label)
        });
        if response.changed() {
            let site = candidate.site.clone();
            actions.push(Action::Edit(Command::Select { site, is_selected: is_chosen }));
        }
    });
}

/// A cell; names and verdicts have a sign and a hint.
fn cell<'a>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    results: &Results,
    column: &tables::Column<'a, &'a Candidate>,
    candidate: &'a Candidate,
) {
    let lang = cx.lang;
    match column.id.as_str() {
        "name" => {
            let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
            let sign = sot.map_or_else(String::new, |_| format!("{} ", icons::of_kind(ServiceKind::Sot)));
            let response = ui.add(egui::Label::new(format!("{sign}{}", candidate.name)).truncate());
            if let Some(sot) = sot {
                let status = sot.status.said(lang);
                response.on_hover_text(format!("{}: {status} ({})", sot.name, sot.status_date));
            }
        }
        "verdict" => {
            let colour = theme::verdict_mark(candidate.verdict, cx.theme);
            ui.label(RichText::new(icons::of_verdict(candidate.verdict)).color(colour));
            let hint = say!(lang, "Uppfyllda/ej/okända: {}", "Met/not/unknown: {}", outcome_line(candidate));
            ui.label(candidate.verdict.said(lang)).on_hover_text(hint);
        }
        _ => value(ui, lang, &column.value(&candidate)),
    }
}

/// Width of the small picture of a catchment, points.
const SPARK: f32 = 62.0;

/// The people who have the store nearest, by distance, in the colours of the map.
fn spark(ui: &mut Ui, cx: &Cx<'_>, results: &Results, candidate: &Candidate) {
    let Host::Store(service) = candidate.host else { return };
    let of_kind =
        cx.scene.and_then(|scene| scene.catchments.iter().find(|of| of.kind == ServiceKind::Grocery));
    let Some((of_kind, bars)) = of_kind.and_then(|of| Some((of, of.bars(service)?))) else { return };
    let size = egui::vec2(SPARK - 6.0, ui.available_height() - 6.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let palette = Scale::Distance.palette(cx.theme);
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    let side = rect.width() / BARS as f32;
    for (at, part) in (0u8..).zip(bars) {
        let middle = (f64::from(at) + 0.5) * of_kind.step.value();
        let class = cost_class(Cost::new(middle), results.limit());
        let left = rect.left() + f32::from(at) * side;
        let top = rect.bottom() - rect.height() * part;
        let bar =
            egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(left + side - 1.0, rect.bottom()));
        ui.painter().rect_filled(bar, 0.5, theme::colour(palette[usize::from(class)]));
    }
}
