//! The table of gaps of the kind that is looked at; a click goes there.

use egui::Ui;

use crate::app::Results;
use crate::app::tables::{self, GapLine};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::{ROW, clickable, names, value};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results, actions: &mut Vec<Action>) {
    let Some((result, scene)) = results.kind(view.kind).zip(cx.scene) else { return };
    let table = tables::gaps(results, cx.lang);
    let columns = table.on_screen();
    clickable(ui, columns.iter().map(|(_, shown)| shown.width))
        .header(ROW, |mut header| names(&mut header, columns.iter().map(|(_, shown)| shown.title.as_str())))
        .body(|body| {
            body.rows(ROW, result.gaps.len(), |mut row| {
                let at = row.index();
                let gap = &result.gaps[at].0;
                let first = gap.cells.first().map(|cell| *cell as usize);
                let origin = first.and_then(|cell| results.situation.demand.origins.get(cell));
                let selection = origin.map(|origin| Selection::Gap(view.kind, *origin));
                row.set_selected(selection.is_some() && view.selection == selection);
                let line = GapLine { at, gap };
                for (column, _) in &columns {
                    row.col(|ui| value(ui, cx.lang, &column.value(&line)));
                }
                if row.response().clicked()
                    && let Some(selection) = selection
                    && let Some(place) = scene.reprojection.lon_lat_from_plane(gap.centre)
                {
                    actions.push(Action::SelectAndGo(selection, Goal { place, zoom: Some(9.0) }));
                }
            });
        });
}
