//! How is a table of rows drawn? Titles that sort, rows that are chosen and pointed at, on screen as in files.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use egui::{Align, Layout, RichText, Sense, Ui};
use egui_extras::{Column as Width, TableBuilder, TableRow};

use super::context::Cx;
use super::icons;
use super::state::{Selection, Sort, View};
use super::table::{ROW, value};
use super::theme::Bold as _;
use super::widgets::named_button;
use crate::app::tables::{Column, Shown};
use crate::say;

/// Columns on screen.
pub type OnScreen<'t, 'a, R> = [(&'t Column<'a, R>, &'t Shown)];

/// The rows in the order chosen; in that of `usual` where none is, the largest first. Found anew only when the results,
/// the order or the rows are others: `of` names what else decides which rows there are.
pub fn ordered<R>(
    cx: &Cx<'_>,
    view: &mut View,
    (id, of): (&'static str, impl Hash),
    rows: &[R],
    columns: &OnScreen<'_, '_, R>,
    usual: Option<&str>,
) -> Arc<Vec<usize>> {
    let sort = view.tables.sort(id).clone();
    let mut hasher = rustc_hash::FxHasher::default();
    let results = cx.results().map_or(0, |results| std::ptr::from_ref(results).addr());
    (results, &sort, usual, rows.len(), view.kind, &view.area, cx.lang == crate::lang::Lang::Sv, of)
        .hash(&mut hasher);
    view.tables.order(id, hasher.finish(), || {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let (wanted, is_down) = match (&sort.column, usual) {
            (Some(id), _) => (id.as_str(), sort.is_down),
            (None, Some(usual)) => (usual, true),
            (None, None) => return order,
        };
        if let Some((column, _)) = columns.iter().find(|(column, _)| column.id == wanted) {
            order.sort_by(|a, b| {
                let order = column.order(&rows[*a], &rows[*b]);
                if is_down { order.reverse() } else { order }
            });
        }
        order
    })
}

/// The titles, by which rows are sorted.
pub fn titles<R>(
    header: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    columns: &OnScreen<'_, '_, R>,
    sort: &mut Sort,
    usual: Option<&str>,
    first: Option<&R>,
) {
    let sorted = sort.column.clone().or_else(|| usual.map(str::to_owned));
    let is_down = sort.column.is_none() || sort.is_down;
    for (column, shown) in columns {
        // Heads of numbers stand over them.
        let is_number = first.is_some_and(|row| column.value(row).is_number());
        let layout = if is_number {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        header.col(|ui| {
            let is_it = sorted.as_deref() == Some(&column.id);
            let clicked =
                ui.with_layout(layout, |ui| title(ui, cx, &shown.title, is_it.then_some(is_down))).inner;
            if clicked {
                if sort.column.is_none() && is_it {
                    // The usual order counts as chosen: the first click turns it round.
                    *sort = Sort { column: Some(column.id.clone()), is_down: false };
                } else {
                    sort.by(&column.id);
                }
            }
        });
    }
}

/// A title that sorts when it is clicked; with an arrow where the table is sorted by it.
pub fn title(ui: &mut Ui, cx: &Cx<'_>, name: &str, is_down: Option<bool>) -> bool {
    let arrow = match is_down {
        None => "",
        Some(true) => icons::DOWN,
        Some(false) => icons::UP,
    };
    let text = RichText::new(format!("{name}{arrow}")).small().bold();
    let label = say!(cx.lang, "Sortera efter {name}", "Sort by {name}");
    named_button(ui, egui::Button::new(text).frame(false), &label).clicked()
}

/// A table of rows: sorted by its titles, a click chooses, what is pointed at is marked on the map too.
pub struct List<'a, R> {
    pub id: &'static str,
    pub rows: Vec<R>,
    /// The column that it is sorted by at first.
    pub usual: Option<&'static str>,
    /// What a row is about.
    pub selection: &'a dyn Fn(&R) -> Option<Selection>,
}

impl<R> List<'_, R> {
    /// Draws it; the row clicked, if one was. A last row that is no part of the order stands below the others.
    pub fn show(
        mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        view: &mut View,
        columns: &OnScreen<'_, '_, R>,
        last: Option<R>,
    ) -> Option<R> {
        let mut order = ordered(cx, view, (self.id, ()), &self.rows, columns, self.usual).as_ref().clone();
        let mut sort_of = view.tables.sort(self.id).clone();
        order.extend(last.is_some().then_some(self.rows.len()));
        self.rows.extend(last);
        let table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center));
        let widths = columns.iter().map(|(_, shown)| shown.width);
        let table =
            widths.fold(table, |table, width| table.column(Width::initial(width).resizable(true).clip(true)));
        let chosen = order.iter().position(|at| {
            let selection = self.rows.get(*at).and_then(|row| (self.selection)(row));
            selection.is_some() && selection == view.selection
        });
        let scrolls = std::mem::take(&mut view.sheet.scrolls_to_selection);
        let table = match chosen.filter(|_| scrolls) {
            Some(row) => table.scroll_to_row(row, Some(Align::Center)),
            None => table,
        };
        let mut clicked = None;
        let rows = &self.rows;
        table
            .header(ROW, |mut header| {
                titles(&mut header, cx, columns, &mut sort_of, self.usual, rows.first());
            })
            .body(|body| {
                body.rows(ROW, rows.len(), |mut row| {
                    let at = order[row.index()];
                    let of = &rows[at];
                    let selection = (self.selection)(of);
                    row.set_selected(selection.is_some() && view.selection == selection);
                    row.set_hovered(selection.is_some() && view.hover == selection);
                    for (column, _) in columns {
                        row.col(|ui| value(ui, cx.lang, &column.value(of)));
                    }
                    let response = row.response();
                    if response.hovered() && selection.is_some() {
                        view.pointed = selection;
                    }
                    if response.clicked() {
                        clicked = Some(at);
                    }
                });
            });
        *view.tables.sort(self.id) = sort_of;
        clicked.map(|at| self.rows.swap_remove(at))
    }
}
