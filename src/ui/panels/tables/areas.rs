//! The table of municipalities, and of everybody in the last row; beside it the county table and the sheet of one of them.

use egui::Ui;

use super::county;
use crate::app::Results;
use crate::app::tables::{self, AreaLine};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::list::List;
use crate::ui::panels::municipality;
use crate::ui::state::{AreasShown, Goal, Selection, View};
use crate::ui::table::wide;
use crate::ui::widgets::{choice, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if results.situation.areas.is_empty() {
        let text = lang.pick(
            "Läs in ett lager med kommuner för att jämföra dem.",
            "Load a layer of municipalities to compare them.",
        );
        muted(ui, text);
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (shown, name) in [
            (AreasShown::Reach, lang.pick("Avstånd", "Distances")),
            (AreasShown::County, lang.pick("Länstabell", "County table")),
            (AreasShown::Sheet, lang.pick("Kommunblad", "Municipality sheet")),
        ] {
            let label = say!(lang, "Kommuner: {name}", "Municipalities: {name}");
            if choice(ui, view.tables.areas == shown, name, &label).clicked() {
                view.tables.areas = shown;
            }
        }
    });
    match view.tables.areas {
        AreasShown::Reach => wide(ui, |ui| distances(ui, cx, view, results, actions)),
        AreasShown::County => county::show(ui, cx, view, results, actions),
        AreasShown::Sheet => municipality::show(ui, cx, view, results, actions),
    }
}

fn distances(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let table = tables::areas(results, view.kind, cx.lang);
    let columns = table.on_screen();
    let area = |line: &AreaLine<'_>| line.row.area.and_then(|ix| results.situation.areas.get(ix.at()));
    let selection = |line: &AreaLine<'_>| area(line).map(|area| Selection::Area(area.layer, area.feature_ix));
    let rows = results.areas.iter().map(AreaLine::of).collect();
    let list = List { id: "areas", rows, usual: Some("share"), selection: &selection };
    let clicked = list.show(ui, cx, view, &columns, Some(AreaLine::all(results)));
    if let Some((selection, place)) =
        clicked.and_then(|line| selection(&line).zip(area(&line).and_then(|area| cx.place_of_area(area))))
    {
        actions.push(Action::SelectAndGo(selection, Goal::at(place, None)));
    }
}
