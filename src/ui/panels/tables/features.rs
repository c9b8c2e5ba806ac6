//! The features of a layer as they are in its file: filtered by text and number, sorted, chosen here and on the map.

use std::sync::Arc;

use egui::{Align, ComboBox, Layout, Sense, TextEdit, Ui};
use egui_extras::{Column as Width, TableBuilder, TableRow};

use crate::app::Results;
use crate::app::exports::Export;
use crate::model::{DemandOrigin, Entry, Feature, Layer, Role, SiteId};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::list::title;
use crate::ui::state::{FeaturesState, Goal, Selection, View};
use crate::ui::table::{ROW, right, wide};
use crate::ui::widgets::{icon_button, muted, read_number};

/// Widths of the number of the feature and of each of its values.
const NUMBER: f32 = 56.0;
const VALUE: f32 = 120.0;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let Some(layer) = cx.features_layer(view) else { return };
    let found = cx.listing.found().filter(|found| Arc::ptr_eq(&found.layer, &layer));
    let found = found.map(|found| Arc::clone(&found.features)).unwrap_or_default();
    controls(ui, cx, view, &layer, &found, actions);
    let columns: Vec<&str> = columns(&layer);
    let chosen = view.selection.as_ref().and_then(|selection| feature_of(&layer, selection));
    let chosen = chosen.and_then(|at| found.iter().position(|known| *known as usize == at));
    let scrolls = std::mem::take(&mut view.sheet.scrolls_to_selection);
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Width::exact(NUMBER));
        for _ in &columns {
            table = table.column(Width::initial(VALUE).resizable(true).clip(true));
        }
        if let Some(row) = chosen.filter(|_| scrolls) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        let filter = &mut view.tables.features.filter;
        let mut sort = filter.sort.clone();
        let mut clicked = None;
        let mut pointed = None;
        table.header(ROW, |mut header| heads(&mut header, cx, &columns, &mut sort)).body(|body| {
            body.rows(ROW, found.len(), |mut row| {
                let Some(at) = found.get(row.index()).map(|at| *at as usize) else { return };
                let Some(feature) = layer.table.features.get(at) else { return };
                row.set_selected(chosen == Some(row.index()));
                row.col(|ui| right(ui, cx.lang.whole(u64::from(feature.number))));
                let values = layer.table.row(feature);
                for column in &columns {
                    row.col(|ui| value(ui, values.get(column)));
                }
                let response = row.response();
                if response.hovered() {
                    pointed = selection_of(results, &layer, at, feature);
                }
                if response.clicked() {
                    clicked = Some((at, feature));
                }
            });
        });
        filter.sort = sort;
        view.pointed = pointed.or_else(|| view.pointed.take());
        if let Some((at, feature)) = clicked {
            let goal = Goal::at(feature.place, None);
            actions.push(match selection_of(results, &layer, at, feature) {
                Some(selection) => Action::SelectAndGo(selection, goal),
                None => Action::Go(goal),
            });
        }
    });
}

/// The heads, by which rows are sorted; the number's puts them back as in the file.
fn heads(header: &mut TableRow<'_, '_>, cx: &Cx<'_>, columns: &[&str], sort: &mut Option<(String, bool)>) {
    header.col(|ui| {
        if title(ui, cx, "#", None) {
            *sort = None;
        }
    });
    for column in columns {
        let is_it = sort.as_ref().filter(|(known, _)| known == column).map(|(_, is_down)| *is_down);
        header.col(|ui| {
            if title(ui, cx, column, is_it) {
                *sort = Some(((*column).to_owned(), is_it.is_some_and(|is_down| !is_down)));
            }
        });
    }
}

fn columns(layer: &Layer) -> Vec<&str> {
    layer.table.columns.iter().map(|column| column.name.as_str()).collect()
}

fn value(ui: &mut Ui, entry: Option<Entry<'_>>) {
    match entry {
        Some(entry) if entry.number().is_some() => right(ui, entry.text()),
        Some(entry) => {
            ui.add(egui::Label::new(entry.text()).truncate());
        }
        None => {
            ui.weak("–");
        }
    }
}

/// Layer, filter, and what can be done with what fits.
fn controls(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    layer: &Arc<Layer>,
    found: &Arc<Vec<u32>>,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let state = &mut view.tables.features;
    ui.horizontal_wrapped(|ui| {
        let chosen = ComboBox::from_id_salt("features-layer")
            .selected_text(&layer.name)
            .width(170.0)
            .show_ui(ui, |ui| {
                for other in &cx.session.project().layers {
                    if ui.selectable_label(other.id == layer.id, &other.name).clicked() {
                        *state = FeaturesState { layer: Some(other.id), ..FeaturesState::default() };
                    }
                }
            });
        let label = say!(lang, "Lager: {}", "Layer: {}", layer.name);
        chosen.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label.clone()));
        let hint = lang.pick("Filtrera på text", "Filter by text");
        let field = ui.add(TextEdit::singleline(&mut state.filter.text).hint_text(hint).desired_width(140.0));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, hint));
        number_filter(ui, cx, state, layer);
        let (n, of) = (lang.count(found.len()), lang.count(layer.table.features.len()));
        muted(ui, say!(lang, "{n} av {of}", "{n} of {of}"));
        if icon_button(ui, icons::COPY, lang.pick("Kopiera rader", "Copy rows")).clicked() {
            actions.push(Action::CopyFeatures);
        }
        if icon_button(ui, icons::EXPORT, lang.pick("Exportera urvalet…", "Export these…")).clicked() {
            actions.push(Action::File(FileAction::AskExport(Export::Features)));
        }
    });
}

/// A column of numbers, and between what they shall lie.
fn number_filter(ui: &mut Ui, cx: &Cx<'_>, state: &mut FeaturesState, layer: &Layer) {
    let lang = cx.lang;
    let (column, ends) = &mut state.number;
    let none = lang.pick("Filtrera på tal", "Filter by number");
    let shown = if column.is_empty() { none } else { column.as_str() };
    let numeric = |name: &&str| {
        let first = layer.table.features.iter().take(50);
        first.filter_map(|feature| layer.table.row(feature).get(name)).any(|entry| entry.number().is_some())
    };
    let shown = shown.to_owned();
    let numbers: Vec<&str> = columns(layer).into_iter().filter(numeric).collect();
    if numbers.is_empty() {
        ui.weak(lang.pick("Lagret har inga kolumner med tal", "The layer has no columns of numbers"));
        return;
    }
    ComboBox::from_id_salt("features-number").selected_text(shown).width(140.0).show_ui(ui, |ui| {
        if ui.selectable_label(column.is_empty(), none).clicked() {
            column.clear();
        }
        for name in numbers {
            if ui.selectable_label(column == name, name).clicked() {
                name.clone_into(column);
            }
        }
    });
    if column.is_empty() {
        state.filter.between = None;
        return;
    }
    for (end, hint) in ends.iter_mut().zip([lang.pick("minst", "at least"), lang.pick("högst", "at most")]) {
        let field = ui.add(TextEdit::singleline(end).hint_text(hint).desired_width(64.0));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, hint));
    }
    state.filter.between = Some((column.clone(), read_number(&ends[0]), read_number(&ends[1])));
}

/// What a feature is on the map.
fn selection_of(results: &Results, layer: &Layer, at: usize, feature: &Feature) -> Option<Selection> {
    match &layer.role {
        Role::Services(_) | Role::SotPlaces => {
            Some(Selection::Site(SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) }))
        }
        Role::Population { .. } => {
            let feature_ix = u32::try_from(at).ok()?;
            Some(Selection::Cell(DemandOrigin { layer: layer.id, feature_ix }))
        }
        // Of several features of one area the first stands for it.
        Role::Areas(_) => {
            let areas = &results.situation.areas;
            let area = areas.iter().find(|area| area.layer == layer.id && area.features.contains(&at))?;
            Some(Selection::Area(layer.id, area.feature_ix))
        }
        Role::Context(_) => None,
    }
}

/// The feature of a layer that is chosen.
fn feature_of(layer: &Layer, selection: &Selection) -> Option<usize> {
    match selection {
        Selection::Site(SiteId::Feature { layer: id, key }) if *id == layer.id => {
            layer.table.features.iter().position(|feature| Layer::feature_key(feature) == *key)
        }
        Selection::Cell(origin) if origin.layer == layer.id => Some(origin.feature_ix as usize),
        Selection::Area(id, at) if *id == layer.id => Some(*at),
        _ => None,
    }
}
