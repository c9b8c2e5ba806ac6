//! What does the user say of a file? Its system, what it is used as, which column means what, which rows are wanted;
//! and the name under which that is kept for the next file.

use egui::{ComboBox, RichText, TextEdit, Ui};

use super::joins;
use crate::app::import::{self, Chosen, Draft, Import};
use crate::io::IoError;
use crate::lang::{Lang, Said};
use crate::model::{Condition, ContextUse, Gives, KindRule, Layer, Meaning, Role, Test, TextEncoding};
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::role::role_choice;
use crate::ui::state::View;
use crate::ui::systems::{Open, Picked, systems};
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{answer, heading, icon_button, icon_button_if, muted, sign_button, warning};
use crate::{say, say_many};

/// The choices for a draft.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    import: &Import,
    at: usize,
    draft: &Draft,
    actions: &mut Vec<Action>,
) {
    said(ui, cx, draft);
    let lang = cx.lang;
    let mut chosen = draft.chosen.clone();
    if let Some(mapping) = &chosen.mapping {
        muted(ui, say!(lang, "Läses som sparat: {mapping}", "Read as kept: {mapping}"));
    }
    system(ui, lang, draft, &mut chosen);
    encoding(ui, lang, draft, &mut chosen);
    if let Ok(read) = &draft.read {
        ui.push_id(("import-role", at), |ui| {
            if let Some(role) = role_choice(ui, lang, &read.layer) {
                chosen.role = Some(role);
            }
        });
        meanings(ui, lang, &read.layer, &mut chosen);
    }
    joins::show(ui, cx, import, at, draft, &mut chosen, actions);
    conditions(ui, lang, draft, &mut chosen);
    if chosen != draft.chosen {
        chosen.mapping = chosen.mapping.filter(|_| chosen.reading == draft.chosen.reading);
        actions.push(Action::File(FileAction::ChooseDraft(at, Box::new(chosen))));
    }
    if import.replaces.is_none() {
        kept(ui, cx, view, draft, actions);
    }
}

/// Has no row of the file coordinates of its own?
fn is_placeless(draft: &Draft) -> bool {
    let Ok(read) = &draft.read else { return false };
    let table = &read.layer.table;
    let placed: usize = table
        .report
        .joined
        .iter()
        .filter(|joined| joined.gives == Gives::Places)
        .map(|joined| joined.met)
        .sum();
    table.features.len() == placed && (placed > 0 || !table.placeless.rows.is_empty())
}

/// The coordinate system: found, told by the numbers, or asked for.
fn system(ui: &mut Ui, lang: Lang, draft: &Draft, chosen: &mut Chosen) {
    if is_placeless(draft) {
        return;
    }
    let label = ui.label(lang.pick("Koordinatsystem", "Coordinate system"));
    let found = draft.read.as_ref().ok().map(|read| (read.layer.source.crs, read.layer.source.crs_assumed));
    let text = match (chosen.crs, found) {
        (Some(crs), _) | (None, Some((crs, _))) => crs.name(),
        (None, None) => lang.pick("– välj –", "– choose –").to_owned(),
    };
    let own = lang.pick("Som filen anger", "As the file says");
    let open = Open { text: own, is_on: chosen.crs.is_none() };
    let (picked, response) = systems(ui, lang, "import-crs", text, chosen.crs, Some(&open));
    response.labelled_by(label.id);
    match picked {
        Some(Picked::Open) => chosen.crs = None,
        Some(Picked::System(crs)) => chosen.crs = Some(crs),
        None => {}
    }
    let why = match (&draft.read, chosen.crs, found) {
        (Err(IoError::UnnamedCrs { fits, .. }), None, _) if !fits.is_empty() => {
            let names: Vec<String> = fits.iter().map(|crs| crs.name()).collect();
            let names = names.join(", ");
            say!(lang, "Faller inom områdena med: {names}", "Falls into the areas with: {names}")
        }
        (_, Some(_), _) => lang.pick("Valt av dig.", "Chosen by you.").into(),
        (_, None, Some((_, true))) => lang
            .pick(
                "Filen anger inget system. Gissat: talen stämmer med Sverige i detta system.",
                "The file names no system. Guessed: the numbers fit Sweden in this system.",
            )
            .into(),
        (_, None, Some((_, false))) => lang.pick("Står i filen.", "Stated by the file.").into(),
        _ => return,
    };
    muted(ui, why);
}

/// The encoding of a text: stated, told by its bytes, or chosen.
fn encoding(ui: &mut Ui, lang: Lang, draft: &Draft, chosen: &mut Chosen) {
    let found = draft.read.as_ref().ok().and_then(|read| read.layer.source.encoding);
    if found.is_none() && chosen.encoding.is_none() {
        return;
    }
    let label = ui.label(lang.pick("Teckenkodning", "Encoding"));
    let shown = chosen.encoding.or(found.map(|found| found.encoding));
    ComboBox::from_id_salt("import-encoding")
        .selected_text(shown.map_or("", TextEncoding::name))
        .width(230.0)
        .show_ui(ui, |ui| {
            let own = lang.pick("Som filen anger", "As the file says");
            if ui.selectable_label(chosen.encoding.is_none(), own).clicked() {
                chosen.encoding = None;
            }
            for encoding in TextEncoding::ALL {
                if ui.selectable_label(chosen.encoding == Some(encoding), encoding.name()).clicked() {
                    chosen.encoding = Some(encoding);
                }
            }
        })
        .response
        .labelled_by(label.id);
    let why = match found {
        Some(found) if found.is_said => lang.pick("Vald av dig.", "Chosen by you.").into(),
        Some(found) if found.is_guess => lang
            .pick(
                "Står inte i filen. Gissad efter filens innehåll: kontrollera å, ä och ö.",
                "Not stated by the file. Guessed from its content: check letters such as å, ä and ö.",
            )
            .into(),
        Some(found) if chosen.encoding.is_some_and(|chosen| chosen != found.encoding) => {
            let name = found.encoding.name();
            say!(lang, "Filen anger {name}, och det gäller.", "The file states {name}, which holds.")
        }
        Some(_) => lang.pick("Framgår av filen.", "Told by the file.").into(),
        None => return,
    };
    muted(ui, why);
}

/// Which column means what, where the role asks for it.
fn meanings(ui: &mut Ui, lang: Lang, layer: &Layer, chosen: &mut Chosen) {
    let is_of_places = matches!(layer.role, Role::Services(_) | Role::SotPlaces);
    if !is_of_places {
        return;
    }
    heading(ui, lang.pick("Kolumner", "Columns"));
    let is_open = |meaning: &Meaning| match meaning {
        Meaning::Kind => layer.role == Role::Services(KindRule::EachItsOwn),
        Meaning::Attribute(_) => false,
        _ => true,
    };
    for meaning in Meaning::all().filter(is_open) {
        column(ui, lang, layer, chosen, &meaning);
    }
    let shown = chosen.reading.columns.keys().any(|meaning| matches!(meaning, Meaning::Attribute(_)));
    egui::CollapsingHeader::new(lang.pick("Uppgifter om butiken", "Facts about the store"))
        .default_open(shown)
        .show(ui, |ui| {
            for meaning in Meaning::all().filter(|meaning| matches!(meaning, Meaning::Attribute(_))) {
                column(ui, lang, layer, chosen, &meaning);
            }
        });
}

/// The column that means something: found by its name, or chosen.
fn column(ui: &mut Ui, lang: Lang, layer: &Layer, chosen: &mut Chosen, meaning: &Meaning) {
    let label = muted(ui, meaning.said(lang));
    let said = chosen.reading.columns.get(meaning).cloned();
    let found = lang.pick("Efter kolumnens namn", "By the column's name");
    let text = said.clone().unwrap_or_else(|| found.to_owned());
    ComboBox::from_id_salt(("import-column", meaning.said(Lang::En)))
        .selected_text(text)
        .width(230.0)
        .show_ui(ui, |ui| {
            if ui.selectable_label(said.is_none(), found).clicked() {
                chosen.reading.columns.remove(meaning);
            }
            for column in layer.table.columns.iter().filter(|column| column.filled > 0) {
                let samples = column.samples.iter().take(2).cloned().collect::<Vec<_>>().join(", ");
                let is_on = said.as_deref() == Some(column.name.as_str());
                if ui.selectable_label(is_on, format!("{}   ({samples})", column.name)).clicked() {
                    chosen.reading.columns.insert(meaning.clone(), column.name.clone());
                }
            }
        })
        .response
        .labelled_by(label.id);
}

/// Which rows are wanted: those for which all conditions hold.
fn conditions(ui: &mut Ui, lang: Lang, draft: &Draft, chosen: &mut Chosen) {
    let columns: Vec<String> = match &draft.read {
        Ok(read) => read.layer.table.columns.iter().map(|column| column.name.clone()).collect(),
        Err(_) => chosen.reading.conditions.iter().map(|condition| condition.column.clone()).collect(),
    };
    if columns.is_empty() {
        return;
    }
    heading(ui, lang.pick("Bara rader där", "Only rows where"));
    let mut removed = None;
    for (n, condition) in chosen.reading.conditions.iter_mut().enumerate() {
        ui.push_id(("import-condition", n), |ui| {
            if condition_row(ui, lang, &columns, condition) {
                removed = Some(n);
            }
        });
    }
    if let Some(n) = removed {
        chosen.reading.conditions.remove(n);
    }
    if icon_button(ui, icons::ADD, lang.pick("Lägg till ett villkor", "Add a condition")).clicked() {
        let column = columns.first().cloned().unwrap_or_default();
        chosen.reading.conditions.push(Condition { column, test: Test::Filled, value: String::new() });
    }
}

/// A condition; `true` when it shall go.
fn condition_row(ui: &mut Ui, lang: Lang, columns: &[String], condition: &mut Condition) -> bool {
    let mut is_gone = false;
    ui.horizontal_wrapped(|ui| {
        let name = lang.pick("Kolumn", "Column");
        ComboBox::from_id_salt("column")
            .selected_text(&condition.column)
            .width(110.0)
            .show_ui(ui, |ui| {
                for column in columns {
                    ui.selectable_value(&mut condition.column, column.clone(), column);
                }
            })
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        let name = lang.pick("Villkor", "Condition");
        ComboBox::from_id_salt("test")
            .selected_text(condition.test.said(lang))
            .width(100.0)
            .show_ui(ui, |ui| {
                for test in Test::ALL {
                    ui.selectable_value(&mut condition.test, test, test.said(lang));
                }
            })
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        if condition.test.has_value() {
            let name = lang.pick("Värde", "Value");
            let field =
                ui.add(TextEdit::singleline(&mut condition.value).desired_width(110.0).hint_text(name));
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
        }
        is_gone =
            sign_button(ui, true, icons::DELETE, lang.pick("Ta bort villkoret", "Remove the condition"))
                .clicked();
    });
    is_gone
}

/// Keeps the choices for the next file of the same columns.
fn kept(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, draft: &Draft, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Till nästa gång", "For the next time"));
    let text = "Spara valen under ett namn. Nästa fil med samma kolumner läses in på samma sätt.";
    let label = muted(
        ui,
        lang.pick(
            text,
            "Keep the choices under a name. The next file with the same columns is read in the same way.",
        ),
    );
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 96.0).max(80.0);
        ui.add(TextEdit::singleline(&mut view.import.name).desired_width(width)).labelled_by(label.id);
        let mapping = import::mapping(&view.import.name, draft).filter(|mapping| !mapping.name.is_empty());
        let save = icon_button_if(ui, mapping.is_some(), icons::SAVE, lang.pick("Spara", "Keep"));
        if save.clicked()
            && let Some(mapping) = mapping
        {
            actions.push(Action::File(FileAction::KeepMapping(Box::new(mapping))));
        }
    });
    let mut gone = None;
    for mapping in &cx.session.importing.mappings {
        ui.horizontal(|ui| {
            let name = &mapping.name;
            let remove = say!(lang, "Glöm ”{name}”", "Forget “{name}”");
            if sign_button(ui, true, icons::DELETE, &remove).clicked() {
                gone = Some(name.clone());
            }
            muted(ui, name.as_str());
        });
    }
    if let Some(name) = gone {
        actions.push(Action::File(FileAction::ForgetMapping(name)));
    }
}

/// What a draft comes to, in words.
fn outcome(draft: &Draft, lang: Lang) -> String {
    match &draft.read {
        Ok(read) => {
            let (used, all) = (read.report.features_used, read.report.features_in);
            let role = read.layer.role.said(lang);
            let (used_text, all_text) = (lang.count(used), lang.count(all));
            say_many!(
                lang,
                used,
                "{role}: {used_text} objekt av {all_text} används."
                    | "{role}: {used_text} objekt av {all_text} används.",
                "{role}: {used_text} feature of {all_text} is used."
                    | "{role}: {used_text} features of {all_text} are used."
            )
        }
        Err(error) => error.said(lang),
    }
}

/// The answer first, as everywhere.
fn said(ui: &mut Ui, cx: &Cx<'_>, draft: &Draft) {
    let text = outcome(draft, cx.lang);
    match &draft.read {
        Ok(read) if read.layer.table.features.is_empty() && !read.layer.table.placeless.rows.is_empty() => {
            let rows = cx.lang.count(read.layer.table.placeless.rows.len());
            answer(
                ui,
                &say!(
                    cx.lang,
                    "En tabell med {rows} rader, utan koordinater.",
                    "A table of {rows} rows, without coordinates."
                ),
            );
            let text = "Hämta platserna från ett annat lager nedan, eller läs in tabellen så som den är: andra lager kan sedan hämta kolumner från den.";
            muted(
                ui,
                cx.lang.pick(
                    text,
                    "Take the places from another layer below, or load the table as it is: other layers can then take columns from it.",
                ),
            );
        }
        Ok(read) if read.layer.role == Role::Context(ContextUse::Other) => {
            answer(ui, &text);
            let unknown = "Filens namn och kolumner säger inte vad den är. Välj nedan vad den används som.";
            warning(
                ui,
                cx.theme,
                cx.lang.pick(
                    unknown,
                    "Name and columns do not say what the file is. Choose below what it is used as.",
                ),
            );
        }
        Ok(read) if read.report.features_used > 0 => answer(ui, &text),
        Ok(_) => {
            warning(ui, cx.theme, text);
        }
        Err(_) => {
            ui.label(RichText::new(text).bold().color(theme::error_colour(cx.theme)));
        }
    }
}
