//! The table of the services of the kind that is looked at: whom each serves, and what if it closes.

use egui::Ui;

use crate::app::Results;
use crate::app::tables::{self, ServiceLine};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::list::List;
use crate::ui::state::{Goal, Selection, View};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let table = tables::services(results, cx.lang);
    let columns = table.on_screen();
    let selection = |line: &ServiceLine<'_>| Some(Selection::Site(line.service.site.clone()));
    let lines = tables::service_lines(results, view.kind);
    let rows = lines.filter(|line| cx.is_in_area(view, line.service.area)).collect();
    let list = List { id: "services", rows, usual: Some("extra_person"), selection: &selection };
    if let Some(line) = list.show(ui, cx, view, &columns, None)
        && let Some(selection) = selection(&line)
    {
        actions.push(Action::SelectAndGo(selection, Goal::at(line.service.place, None)));
    }
}
