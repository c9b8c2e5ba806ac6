//! Our distances beside a table of Pipos' own: figures, the largest differences with their reasons, an export.

use egui::{RichText, Ui};

use crate::app::exports::Export;
use crate::app::pipos::Comparison;
use crate::app::tables;
use crate::io::IoError;
use crate::lang::{Lang, Said};
use crate::say;
use crate::scene::ways::PiposTable;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::Goal;
use crate::ui::table::{ROW, clickable, names, value};
use crate::ui::theme;
use crate::ui::widgets::{icon_button, muted};

/// The table, or how to get one.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, table: Option<&PiposTable>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let asked = &cx.ways.pipos;
    ui.horizontal(|ui| {
        if icon_button(ui, icons::OPEN, &Simple::ComparePipos.said(lang)).clicked() {
            actions.push(Action::Do(Simple::ComparePipos));
        }
        if asked.answer().is_some_and(Result::is_ok)
            && icon_button(ui, icons::EXPORT, lang.pick("Exportera…", "Export…")).clicked()
        {
            actions.push(Action::File(FileAction::AskExport(Export::Pipos)));
        }
        if let Some(done) = asked.progress() {
            ui.add(egui::ProgressBar::new(done).desired_width(160.0).animate(true));
        }
    });
    let comparison = match asked.answer() {
        None if table.is_none() => {
            muted(ui, lang.pick(
                "Läs in en tabell från Pipos (CSV eller GeoJSON) med id eller koordinater och avstånd. Avstånden ställs bredvid programmets, ruta för ruta. Välj ”Som Pipos” under Antaganden för att räkna på samma sätt.",
                "Load a table of Pipos (CSV or GeoJSON) with an id or coordinates, and distances. They are set beside the program’s own, square by square. Choose “As Pipos” under Assumptions to count in the same way.",
            ));
            return;
        }
        None => return,
        Some(Err(error)) => {
            ui.add(
                egui::Label::new(RichText::new(error.said(lang)).color(theme::error_colour(cx.theme))).wrap(),
            );
            if let (
                Some(table),
                IoError::SeveralColumns { columns, .. } | IoError::MissingColumn { columns, .. },
            ) = (table, error)
            {
                ui.horizontal_wrapped(|ui| {
                    for column in columns.iter().filter(|column| ui.button(*column).clicked()) {
                        let table = PiposTable { column: Some(column.clone()), ..table.clone() };
                        actions.push(Action::File(FileAction::ComparePipos(table)));
                    }
                });
            }
            return;
        }
        Some(Ok(drawn)) => &*drawn.comparison,
    };
    ui.add(egui::Label::new(comparison.said(lang)).wrap());
    rows(ui, lang, comparison, actions);
    if !comparison.refused.is_empty() {
        let (row, why) = &comparison.refused[0];
        let why = why.said(lang);
        muted(ui, say!(lang, "Rad {row} jämförs inte: {why}", "Row {row} is not compared: {why}"));
    }
}

/// A row for each square, the largest difference first; a click goes there.
fn rows(ui: &mut Ui, lang: Lang, comparison: &Comparison, actions: &mut Vec<Action>) {
    let table = tables::pipos(lang);
    let columns = table.on_screen();
    clickable(ui, columns.iter().map(|(_, shown)| shown.width))
        .header(ROW, |mut header| names(&mut header, columns.iter().map(|(_, shown)| shown.title.as_str())))
        .body(|body| {
            body.rows(ROW, comparison.rows.len(), |mut row| {
                let line = &comparison.rows[row.index()];
                for (column, _) in &columns {
                    row.col(|ui| value(ui, lang, &column.value(&line)));
                }
                if row.response().clicked() {
                    actions.push(Action::Go(Goal::at(line.place, Some(11.5))));
                }
            });
        });
}
