//! Which other tables does a table take columns or places from, and by what do their rows meet?

use egui::{Checkbox, ComboBox, Ui};

use crate::app::import::{self, Chosen, Draft, Import};
use crate::lang::{Lang, Said};
use crate::model::{ContextUse, FeatureTable, Gives, Join, Joined, Key, Layer, Pair, Role, Unmet};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::JoinWhat;
use crate::ui::widgets::{heading, icon_button, muted, sign_button, warning};

/// Rows without a partner that are named.
const NAMED: usize = 8;

/// The tables joined, each with what came of it, and the ways to join one more.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    import: &Import,
    at: usize,
    draft: &Draft,
    chosen: &mut Chosen,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    heading(ui, lang.pick("Kopplade tabeller", "Joined tables"));
    let table = draft.read.as_ref().ok().map(|read| &*read.layer.table);
    let mut gone = None;
    for n in 0..chosen.reading.joins.len() {
        ui.push_id(("import-join", n), |ui| {
            if one(ui, cx, draft, table, n, &mut chosen.reading.joins[n]) {
                gone = Some(n);
            }
        });
    }
    if let Some(n) = gone {
        chosen.reading.joins.remove(n);
    }
    if let Some(error) = &draft.unjoined {
        warning(ui, cx.theme, error.said(lang));
    }
    let is_placeless = table.is_some_and(|table| !table.placeless.rows.is_empty());
    if is_placeless {
        more(ui, cx, import, at, JoinWhat::Places, chosen, actions);
    }
    more(ui, cx, import, at, JoinWhat::Columns, chosen, actions);
}

/// A table to be joined: one that is loaded, or another file.
fn more(
    ui: &mut Ui,
    cx: &Cx<'_>,
    import: &Import,
    at: usize,
    what: JoinWhat,
    chosen: &mut Chosen,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let text = match what {
        JoinWhat::Columns => lang.pick("Hämta kolumner från…", "Take columns from…"),
        JoinWhat::Places => lang.pick("Hämta platser från…", "Take places from…"),
    };
    ui.menu_button(text, |ui| {
        for layer in cx.session.project().layers.iter().rev().filter(|layer| fits(layer, what)) {
            let Some(file) = import::file_of(layer).filter(|file| *file != import.path) else { continue };
            if ui.button(&layer.name).clicked() {
                chosen.reading.joins.push(import::join(file, layer.source.part.clone(), what.gives()));
                ui.close();
            }
        }
        if ui.button(lang.pick("En fil…", "A file…")).clicked() {
            actions.push(Action::File(FileAction::AskJoin(at, what)));
            ui.close();
        }
    });
}

/// Can a layer give that?
fn fits(layer: &Layer, what: JoinWhat) -> bool {
    let is_placeless = layer.table.features.is_empty();
    match what {
        JoinWhat::Columns => is_placeless || !matches!(layer.role, Role::Context(ContextUse::Water)),
        JoinWhat::Places => !is_placeless && !matches!(layer.role, Role::Population { .. }),
    }
}

/// A join, its columns and what came of it; `true` when it shall go.
fn one(
    ui: &mut Ui,
    cx: &Cx<'_>,
    draft: &Draft,
    table: Option<&FeatureTable>,
    n: usize,
    join: &mut Join,
) -> bool {
    let lang = cx.lang;
    let joined = table
        .filter(|_| draft.unjoined.is_none())
        .and_then(|table| table.report.joined.iter().find(|joined| joined.nth == n));
    let file = join.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = join.part.as_ref().map_or_else(|| file.clone(), |part| format!("{file}, {part}"));
    let mut is_gone = false;
    ui.horizontal(|ui| {
        is_gone = sign_button(ui, true, icons::DELETE, &say!(lang, "Koppla bort {name}", "Unjoin {name}"))
            .clicked();
        ui.add(egui::Label::new(&name).truncate());
    });
    let columns = match draft.joins.get(n) {
        Some(Ok(columns)) => columns.as_slice(),
        Some(Err(error)) => {
            warning(ui, cx.theme, error.said(lang));
            return is_gone;
        }
        None => &[],
    };
    let own = table.map(import::columns_of).unwrap_or_default();
    pairs(ui, lang, &own, columns, joined, join);
    if matches!(join.gives, Gives::Columns(_)) {
        let text = lang.pick("Objekt utan rad räknas som 0", "Features without a row count as 0");
        ui.add(Checkbox::new(&mut join.absent_is_zero, text));
        let has_numbers = |name: &&String| {
            table.and_then(|table| table.column(name)).is_some_and(|column| column.numbers > 0)
        };
        spread(ui, lang, own.iter().filter(has_numbers), join);
    }
    if let Some(joined) = joined {
        ui.label(joined.outcome(lang));
        let without = match join.gives {
            Gives::Columns(_) => lang.pick("Objekt utan rad", "Features without a row"),
            Gives::Places => lang.pick("Rader utan plats", "Rows without a place"),
        };
        unmet(ui, lang, without, &joined.without);
        if matches!(join.gives, Gives::Columns(_)) {
            unmet(ui, lang, lang.pick("Rader som inte används", "Rows not used"), &joined.left);
        }
    }
    is_gone
}

/// By which column numbers are spread that several features share.
fn spread<'a>(ui: &mut Ui, lang: Lang, columns: impl Iterator<Item = &'a String>, join: &mut Join) {
    let label = lang.pick("Delade tal fördelas efter", "Shared numbers are spread by");
    let people = lang.pick("invånarna", "the people");
    ui.horizontal_wrapped(|ui| {
        muted(ui, label);
        ComboBox::from_id_salt(label)
            .selected_text(join.spread_by.as_deref().unwrap_or(people))
            .width(120.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut join.spread_by, None, people);
                for column in columns {
                    ui.selectable_value(&mut join.spread_by, Some(column.clone()), column);
                }
            })
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label));
    });
}

/// By which columns the rows meet: found, or chosen.
fn pairs(
    ui: &mut Ui,
    lang: Lang,
    own: &[String],
    other: &[String],
    joined: Option<&Joined>,
    join: &mut Join,
) {
    let found = joined.map(|joined| joined.by.clone()).unwrap_or_default();
    let mut by = if join.by.is_empty() { found.clone() } else { join.by.clone() };
    if by.is_empty()
        && let (Some(own), Some(other)) = (own.first(), other.first())
    {
        by.push(Pair::of_columns(own, other));
    }
    let before = by.clone();
    let mut gone = None;
    let count = by.len();
    for (n, pair) in by.iter_mut().enumerate() {
        ui.push_id(("pair", n), |ui| {
            ui.horizontal_wrapped(|ui| {
                key(ui, lang, lang.pick("Lagrets kolumn", "Column of the layer"), own, &mut pair.own);
                ui.label("=");
                key(ui, lang, lang.pick("Tabellens kolumn", "Column of the table"), other, &mut pair.other);
                if count > 1
                    && sign_button(
                        ui,
                        true,
                        icons::DELETE,
                        lang.pick("Ta bort kolumnparet", "Remove the pair of columns"),
                    )
                    .clicked()
                {
                    gone = Some(n);
                }
            });
        });
    }
    if let Some(n) = gone {
        by.remove(n);
    }
    if by != before || joined.is_none() && join.by.is_empty() && by_is_chosen(ui, lang, &by) {
        join.by.clone_from(&by);
    }
    let add = lang.pick("Också lika i…", "Also alike in…");
    if let (Some(own), Some(other)) = (own.first(), other.first())
        && icon_button(ui, icons::ADD, add).clicked()
    {
        by.push(Pair::of_columns(own, other));
        join.by = by;
    }
}

/// Nothing was found: what stands there is taken once it is said so.
fn by_is_chosen(ui: &mut Ui, lang: Lang, by: &[Pair]) -> bool {
    !by.is_empty() && ui.button(lang.pick("Koppla efter dessa", "Join by these")).clicked()
}

fn key(ui: &mut Ui, lang: Lang, label: &str, columns: &[String], key: &mut Key) {
    ComboBox::from_id_salt(label)
        .selected_text(key.said(lang))
        .width(104.0)
        .show_ui(ui, |ui| {
            for column in columns {
                ui.selectable_value(key, Key::Column(column.clone()), column);
            }
            let town = Key::MunicipalityOfPlace;
            let text = town.said(lang);
            ui.selectable_value(key, town, text);
        })
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label));
}

/// Rows without a partner: how many, and the first of them.
fn unmet(ui: &mut Ui, lang: Lang, heading: &str, rows: &[Unmet]) {
    if rows.is_empty() {
        return;
    }
    let count = lang.count(rows.len());
    egui::CollapsingHeader::new(format!("{heading}: {count}")).id_salt(heading).show(ui, |ui| {
        for row in rows.iter().take(NAMED) {
            let (number, key, why) = (row.number, &row.key, row.why.said(lang));
            muted(ui, say!(lang, "{number} {key}: {why}", "{number} {key}: {why}"));
        }
        if rows.len() > NAMED {
            let more = lang.count(rows.len() - NAMED);
            muted(ui, say!(lang, "… och {more} till, under Avvisas", "… and {more} more, under Refused"));
        }
    });
}
