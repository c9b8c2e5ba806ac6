//! Where does a file lie, or where shall it be written? The field for a path, beside the system's own dialog.

use std::path::PathBuf;

use egui::Ui;

use super::{form_window, layer_form};
use crate::app::export::Format;
use crate::app::exports::Export;
use crate::io::is_there;
use crate::lang::{Lang, Said};
use crate::say_many;
use crate::scene::ways::PiposTable;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::state::{JoinWhat, PathField, PathUse, View};
use crate::ui::theme;
use crate::ui::widgets::muted;

/// A path to save or export to; the field is always there, whatever the system's dialog does.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(PathField { purpose, text }) = &mut view.dialogs.path_field else { return };
    let Some(title) = title(*purpose, lang) else { return };
    let mut is_done = false;
    form_window(&title).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        let label = ui.label(lang.pick("Fil (hela sökvägen)", "File (whole path)"));
        let field =
            ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY)).labelled_by(label.id);
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        if let Some(hint) = what_is_read(*purpose, lang) {
            muted(ui, hint);
        }
        if let PathUse::Export(export) = purpose {
            if export.is_table() {
                about_table(ui, lang, &mut view.dialogs.swedish_csv);
            } else {
                layer_form::show(ui, cx, text, actions);
            }
            about_selected(ui, cx, *export);
        }
        ui.horizontal(|ui| {
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let is_ready = !text.trim().is_empty();
            let path = written_path(*purpose, text.trim(), cx.settings.layers_format);
            let asks = view.dialogs.asks_to_replace.as_ref() == Some(&path);
            let ok =
                if asks { lang.pick("Ersätt filen", "Replace the file") } else { lang.pick("OK", "OK") };
            let save = ui.add_enabled(is_ready, egui::Button::new(ok)).clicked();
            let is_said = (save || entered) && is_ready;
            // The system's own dialog asks before it replaces a file; so does this field.
            if is_said && purpose.writes() && !asks && is_there(&path) {
                view.dialogs.asks_to_replace = Some(path);
            } else if is_said {
                actions.push(Action::File(meant(*purpose, path)));
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
        if view.dialogs.asks_to_replace.as_ref()
            == Some(&written_path(*purpose, text.trim(), cx.settings.layers_format))
        {
            let text =
                lang.pick("Filen finns redan. Ska den ersättas?", "The file exists already. Replace it?");
            ui.colored_label(theme::warning_colour(cx.theme), text);
        }
    });
    if is_done {
        view.dialogs.path_field = None;
        view.dialogs.asks_to_replace = None;
    }
}

/// The title of the form; a file to open has its field in the step of data.
fn title(purpose: PathUse, lang: Lang) -> Option<String> {
    Some(match purpose {
        PathUse::Open => return None,
        PathUse::OpenRoads => lang.pick("Öppna vägar", "Open roads").to_owned(),
        PathUse::Import => lang.pick("Granska och läs in", "Check and load").to_owned(),
        PathUse::Join(_, JoinWhat::Columns) => {
            lang.pick("Tabell att hämta kolumner från", "Table to take columns from").to_owned()
        }
        PathUse::Join(_, JoinWhat::Places) => {
            lang.pick("Lager att hämta platser från", "Layer to take places from").to_owned()
        }
        PathUse::ComparePipos => lang.pick("Tabell från Pipos", "Pipos table").to_owned(),
        PathUse::Merge => Simple::Merge.said(lang).trim_end_matches('…').to_owned(),
        PathUse::Loads => lang.pick("Lista över maskiner", "List of machines").to_owned(),
        PathUse::Logo => lang.pick("Logotyp", "Logotype").to_owned(),
        PathUse::SaveProject => lang.pick("Spara projekt som", "Save project as").to_owned(),
        PathUse::Pack => lang.pick("Packa för en kollega", "Pack for a colleague").to_owned(),
        PathUse::Export(export) => export.said(lang),
        PathUse::SaveMap(_) => lang.pick("Spara kartan", "Save the map").into(),
        PathUse::SaveReport(_) => lang.pick("Spara rapporten", "Save the report").into(),
        PathUse::Relink(_) => lang.pick("Lagrets fil", "The layer's file").into(),
        PathUse::RelinkRoads(_) => lang.pick("Vägarnas fil", "The file of the roads").into(),
    })
}

/// What is done with the path.
fn meant(purpose: PathUse, path: PathBuf) -> FileAction {
    match purpose {
        PathUse::Open => FileAction::Open(vec![path]),
        PathUse::OpenRoads => FileAction::OpenRoads(vec![path]),
        PathUse::Import => FileAction::LookAt(path, None),
        PathUse::Join(at, what) => FileAction::JoinDraft(at, what, path),
        PathUse::ComparePipos => FileAction::ComparePipos(PiposTable { path, column: None }),
        PathUse::Merge => FileAction::LookAtCopy(path),
        PathUse::Loads => FileAction::ReadLoads(path),
        PathUse::Logo => FileAction::TakeLogo(path),
        PathUse::SaveProject => FileAction::Save(path),
        PathUse::Pack => FileAction::Pack(path),
        PathUse::Export(export) => FileAction::Export(export, path),
        PathUse::SaveMap(_) => FileAction::SaveMap(path),
        PathUse::SaveReport(_) => FileAction::SaveReport(path),
        PathUse::Relink(layer) => FileAction::LookAt(path, Some(layer)),
        PathUse::RelinkRoads(id) => FileAction::RelinkRoads(id, path),
    }
}

/// How tables are written.
fn about_table(ui: &mut Ui, lang: Lang, swedish_csv: &mut bool) {
    ui.checkbox(
        swedish_csv,
        lang.pick("Svensk Excel: semikolon och decimalkomma", "Swedish Excel: semicolon and decimal comma"),
    );
    muted(
        ui,
        lang.pick(
            "Ett namn som slutar på .xlsx ger en arbetsbok med typer, enheter och filter i stället för CSV.",
            "A name that ends in .xlsx gives a workbook with types, units and filters in the place of CSV.",
        ),
    );
}

/// How many sites are written.
fn about_selected(ui: &mut Ui, cx: &Cx<'_>, export: Export) {
    let lang = cx.lang;
    if export == Export::Selected {
        let count = cx.session.project().selected.len();
        let n = lang.count(count);
        muted(
            ui,
            say_many!(
                lang,
                count,
                "{n} vald plats exporteras." | "{n} valda platser exporteras.",
                "{n} chosen place is exported." | "{n} chosen places are exported."
            ),
        );
    }
}

/// What a file to open may hold.
const fn what_is_read(purpose: PathUse, lang: Lang) -> Option<&'static str> {
    match purpose {
        PathUse::OpenRoads => Some(lang.pick(
            "OpenStreetMap (.osm.pbf, .osm, .osm.gz, .osm.bz2) eller linjer som GeoJSON eller GeoPackage.",
            "OpenStreetMap (.osm.pbf, .osm, .osm.gz, .osm.bz2), or lines as GeoJSON or GeoPackage.",
        )),
        PathUse::ComparePipos => Some(lang.pick(
            "CSV eller GeoJSON med en rad för varje ruta: id eller x, y och avstånd i m eller km.",
            "CSV or GeoJSON with a row for each square: an id or x, y, and a distance in m or km.",
        )),
        PathUse::Merge => Some(lang.pick(
            "En annan kopia av projektet. Det som skiljer visas, och du väljer vad som hämtas in.",
            "Another copy of the project. What differs is shown, and you choose what is taken.",
        )),
        PathUse::Logo => Some(lang.pick("PNG eller JPEG, högst 5 MB.", "PNG or JPEG, 5 MB at most.")),
        PathUse::Loads => Some(lang.pick(
            "CSV med en rad för varje maskin: namn, kW, antal, startfaktor, kyla (ja eller nej) och när den går. Bara kW måste finnas.",
            "CSV with a row for each machine: name, kW, count, start factor, cold (yes or no) and when it runs. Only kW has to be there.",
        )),
        PathUse::Pack => Some(lang.pick(
            "En kopia av projektet med alla dess filer i. Den kan öppnas på en dator där filerna inte finns.",
            "A copy of the project with all its files in it. It opens on a computer that has none of them.",
        )),
        _ => None,
    }
}

/// The file that a path in the field stands for.
fn written_path(purpose: PathUse, text: &str, format: Format) -> PathBuf {
    let path = PathBuf::from(text);
    match purpose {
        PathUse::SaveProject | PathUse::Pack => path.with_extension("gpkg"),
        PathUse::SaveMap(format) => path.with_extension(format.ending()),
        PathUse::SaveReport(format) => path.with_extension(format.ending()),
        PathUse::Export(export) if !export.is_table() => layer_form::written(path, format),
        _ => path,
    }
}
