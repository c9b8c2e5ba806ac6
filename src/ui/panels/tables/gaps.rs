//! The table of gaps of the kind that is looked at; a click shows the whole gap.

use egui::Ui;

use crate::app::Results;
use crate::app::tables::{self, GapLine};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::list::List;
use crate::ui::panels::common::goal_of_gap;
use crate::ui::state::{Selection, View};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let kind = view.kind;
    let Some(result) = results.kind(kind) else { return };
    let table = tables::gaps(results, cx.lang);
    let columns = table.on_screen();
    let selection = |line: &GapLine<'_>| {
        let first = line.gap.cells.first().map(|cell| *cell as usize);
        let origin = first.and_then(|cell| results.situation.demand.origins.get(cell));
        origin.map(|origin| Selection::Gap(kind, *origin))
    };
    let gaps = result.gaps.iter().enumerate().map(|(at, (gap, _))| GapLine { at, gap });
    let rows = gaps.filter(|line| cx.is_in_area(view, line.gap.area)).collect();
    let list = List { id: "gaps", rows, usual: None, selection: &selection };
    let clicked = list.show(ui, cx, view, &columns, None);
    if let Some(line) = clicked
        && let Some((selection, goal)) = selection(&line).zip(goal_of_gap(cx, kind, line.at))
    {
        actions.push(Action::SelectAndGo(selection, goal));
    }
}
