//! The county table: people, land and stores of each municipality and its county, beside what was printed of them, with
//! what differs and why.

use egui::Ui;

use crate::app::Results;
use crate::app::exports::Export;
use crate::app::municipality::{CountyTable, Line, printed};
use crate::app::tables;
use crate::lang::{Lang, Said};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::list::List;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::wide;
use crate::ui::widgets::{icon_button, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(made) = cx.municipal.table().cloned() else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let table = tables::county(&made, lang);
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::COPY, lang.pick("Kopiera som tabell", "Copy as table")).clicked() {
            let rows: Vec<&Line> = made.lines.iter().collect();
            actions.push(Action::CopyRows(table.copied(&rows, lang), rows.len()));
        }
        let text = format!("{}…", Export::CountyTable.said(lang));
        if icon_button(ui, icons::EXPORT, &text).clicked() {
            actions.push(Action::File(FileAction::AskExport(Export::CountyTable)));
        }
        muted(ui, sources(&made, lang));
    });
    let area = |line: &&Line| line.area.and_then(|ix| results.situation.areas.get(ix.at()));
    let selection = |line: &&Line| area(line).map(|area| Selection::Area(area.layer, area.feature_ix));
    let columns = table.on_screen();
    let list = List { id: "county", rows: made.lines.iter().collect(), usual: None, selection: &selection };
    let clicked = wide_list(ui, |ui| list.show(ui, cx, view, &columns, None));
    if let Some((selection, place)) =
        clicked.and_then(|line| selection(&line).zip(area(&line).and_then(|area| cx.place_of_area(area))))
    {
        actions.push(Action::SelectAndGo(selection, Goal::at(place, None)));
    }
}

/// What was clicked in a table that scrolls sideways.
fn wide_list<T>(ui: &mut Ui, show: impl FnOnce(&mut Ui) -> Option<T>) -> Option<T> {
    let mut clicked = None;
    wide(ui, |ui| clicked = show(ui));
    clicked
}

/// Of when the data and the print are, and what is no land area.
fn sources(made: &CountyTable, lang: Lang) -> String {
    let (people, stores) = (made.people_dates.said(lang), made.store_dates.said(lang));
    let mut parts = vec![say!(
        lang,
        "Data: folkmängd ({people}), butiker ({stores}). Register är ofullständiga.",
        "Data: people ({people}), stores ({stores}). Registers are incomplete."
    )];
    if made.has_printed() {
        let source = printed::source(lang);
        parts.push(say!(lang, "Tryckt: {source}.", "Printed: {source}."));
    }
    if made.has_polygons() {
        parts.push(
            lang.pick(
                "Yta med vatten är det som ligger innanför gränserna i data: det är inte landareal.",
                "Area with water is what lies within the boundaries of the data: it is not land area.",
            )
            .into(),
        );
    }
    parts.join(" ")
}
