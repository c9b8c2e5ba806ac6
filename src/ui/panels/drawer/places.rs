//! The table of places: sorted by any column, filtered, chosen here and on the map alike.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::app::Results;
use crate::app::command::Command;
use crate::app::tables::{self, Shown};
use crate::lang::Said;
use crate::model::ServiceKind;
use crate::say;
use crate::siting::Candidate;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::outcome_line;
use crate::ui::state::{Goal, PlacesState, Selection, View};
use crate::ui::table::{ROW, value, wide};
use crate::ui::theme;
use crate::ui::widgets::muted;

/// The columns on screen.
type OnScreen<'t, 'a> = [(&'t tables::Column<'a, &'a Candidate>, &'t Shown)];

/// The column that rows are sorted by: the one chosen, else what people lose if the place closes.
fn sorted_by(state: &PlacesState, columns: &OnScreen<'_, '_>) -> usize {
    let at = |is_it: &dyn Fn(&str) -> bool| columns.iter().position(|(column, _)| is_it(&column.id));
    let chosen = at(&|id| state.sort.0.as_deref() == Some(id));
    chosen.or_else(|| at(&|id| id.starts_with("extra_person"))).unwrap_or(0)
}

/// The candidates shown, in the order chosen.
fn rows<'a>(state: &PlacesState, results: &'a Results, columns: &OnScreen<'_, 'a>) -> Vec<&'a Candidate> {
    let wanted = state.filter.trim().to_lowercase();
    let is_wanted = |candidate: &&Candidate| {
        let area = results.situation.area_name(candidate.area).unwrap_or_default();
        let names = [candidate.name.as_str(), area];
        !state.hidden_verdicts.contains(&candidate.verdict)
            && names.iter().any(|name| name.to_lowercase().contains(&wanted))
    };
    let mut rows: Vec<&Candidate> = results.candidates.iter().filter(is_wanted).collect();
    let column = columns.get(sorted_by(state, columns)).map(|(column, _)| *column);
    rows.sort_by(|a, b| {
        let order = column.map_or(std::cmp::Ordering::Equal, |column| column.order(a, b));
        let order = if state.sort.1 { order.reverse() } else { order };
        order.then_with(|| a.name.cmp(&b.name))
    });
    rows
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let table = tables::candidates(results, cx.lang);
    let columns = table.on_screen();
    let rows = rows(&view.places, results, &columns);
    if rows.is_empty() {
        muted(
            ui,
            cx.lang.pick(
                "Inga platser: läs in livsmedelsbutiker, eller ändra filtret under Platser.",
                "No places: load grocery stores, or change the filter under Places.",
            ),
        );
        return;
    }
    let chosen = rows.iter().position(|row| view.selects(&row.site));
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(26.0));
        for (_, shown) in &columns {
            table = table.column(Column::initial(shown.width).resizable(true).clip(true));
        }
        if let Some(row) = chosen.filter(|_| view.drawer.scrolls_to_selection) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        view.drawer.scrolls_to_selection = false;
        table.header(ROW, |mut header| titles(&mut header, &mut view.places, &columns)).body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let candidate = rows[row.index()];
                row.set_selected(chosen == Some(row.index()));
                choice(&mut row, cx, candidate, actions);
                for (column, _) in &columns {
                    row.col(|ui| cell(ui, cx, results, column, candidate));
                }
                if row.response().clicked() {
                    let goal = Goal { place: candidate.place, zoom: None };
                    actions.push(Action::SelectAndGo(Selection::Site(candidate.site.clone()), goal));
                }
            });
        });
    });
}

/// The titles, by which rows are sorted.
fn titles(header: &mut TableRow<'_, '_>, state: &mut PlacesState, columns: &OnScreen<'_, '_>) {
    header.col(|_| {});
    let sorted = sorted_by(state, columns);
    for (at, (column, shown)) in columns.iter().enumerate() {
        header.col(|ui| {
            let arrow = match (at == sorted, state.sort.1) {
                (false, _) => "",
                (true, true) => icons::DOWN,
                (true, false) => icons::UP,
            };
            let text = RichText::new(format!("{}{arrow}", shown.title)).small().strong();
            if ui.add(egui::Button::new(text).frame(false)).clicked() {
                state.sort = (Some(column.id.clone()), at != sorted || !state.sort.1);
            }
        });
    }
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
