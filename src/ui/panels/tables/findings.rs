//! The table of what has to be looked at; a click shows the place and what can be decided of it.

use egui::Ui;

use crate::app::Results;
use crate::app::tables::{self, FindingLine};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::list::List;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::widgets::muted;

/// Near enough to see two places beside each other.
const ZOOM: f64 = 15.0;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let table = tables::findings(cx.lang);
    let columns = table.on_screen();
    let selection = |line: &FindingLine<'_>| Some(Selection::Site(line.about()?.site.clone()));
    let rows = tables::finding_lines(results);
    if rows.is_empty() {
        muted(ui, cx.lang.pick("Inget att granska.", "Nothing to review."));
        return;
    }
    let list = List { id: "findings", rows, usual: None, selection: &selection };
    if let Some(line) = list.show(ui, cx, view, &columns, None)
        && let Some((selection, about)) = selection(&line).zip(line.about())
    {
        actions.push(Action::SelectAndGo(selection, Goal::at(about.place, Some(ZOOM))));
    }
}
