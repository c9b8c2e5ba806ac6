//! The table of municipalities, and of everybody in the last row.

use egui::Ui;

use crate::app::Results;
use crate::app::tables::{self, AreaLine};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::{ROW, clickable, names, value};
use crate::ui::widgets::muted;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if results.situation.areas.is_empty() {
        let text = lang.pick(
            "Läs in ett lager med kommuner för att jämföra dem.",
            "Load a layer of municipalities to compare them.",
        );
        muted(ui, text);
        return;
    }
    let table = tables::areas(results, view.kind, lang);
    let columns = table.on_screen();
    clickable(ui, columns.iter().map(|(_, shown)| shown.width))
        .header(ROW, |mut header| names(&mut header, columns.iter().map(|(_, shown)| shown.title.as_str())))
        .body(|body| {
            body.rows(ROW, results.areas.len() + 1, |mut row| {
                let entry = results.areas.get(row.index());
                let line = entry.map_or_else(|| AreaLine::all(results), AreaLine::of);
                let area = entry.and_then(|row| row.area).and_then(|ix| results.situation.areas.get(ix.at()));
                let selection = area.map(|area| Selection::Area(area.layer, area.feature_ix));
                row.set_selected(selection.is_some() && view.selection == selection);
                for (column, _) in &columns {
                    row.col(|ui| value(ui, lang, &column.value(&line)));
                }
                if row.response().clicked()
                    && let Some((selection, area)) = selection.zip(area)
                    && let Some(layer) = cx.session.project().layer(area.layer)
                    && let Some(feature) = layer.table.features.get(area.feature_ix)
                {
                    actions.push(Action::SelectAndGo(selection, Goal { place: feature.place, zoom: None }));
                }
            });
        });
}
