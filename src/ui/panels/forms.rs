//! Small forms over the map: a path, a fact with its evidence, a new service, questions at start and at the end.

use egui::{Align2, Ui, Window};

use super::facts::{choices, rules_reading};
use crate::app::command::{Change, Command};
use crate::app::session::Export;
use crate::io::is_there;
use crate::lang::{Lang, Said};
use crate::model::{AddedService, Evidence, EvidenceKind, Fact, Factor, SiteId, attribute, is_evidence_date};
use crate::say;
use crate::scene::ways::PiposTable;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{PathField, PathUse, Selection, View};
use crate::ui::theme;
use crate::ui::widgets::muted;

fn window(title: &str) -> Window<'_> {
    Window::new(title).collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, [0.0, -40.0])
}

/// A path to save or export to; the field is always there, whatever the system's dialog does.
pub fn path(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(PathField { purpose, text }) = &mut view.path_field else { return };
    let title = match purpose {
        PathUse::Open => return,
        PathUse::OpenRoads => lang.pick("Öppna vägar", "Open roads").to_owned(),
        PathUse::ComparePipos => lang.pick("Tabell från Pipos", "Pipos table").to_owned(),
        PathUse::SaveProject => lang.pick("Spara projekt som", "Save project as").to_owned(),
        PathUse::Export(export) => export.said(lang),
        PathUse::SaveMap => lang.pick("Spara kartan som bild", "Save the map as a picture").into(),
        PathUse::Relink(_) => lang.pick("Lagrets fil", "The layer's file").into(),
        PathUse::RelinkRoads(_) => lang.pick("Vägarnas fil", "The file of the roads").into(),
    };
    let mut is_done = false;
    window(&title).show(ui.ctx(), |ui| {
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
                ui.checkbox(
                    &mut view.swedish_csv,
                    lang.pick(
                        "Svensk Excel: semikolon och decimalkomma",
                        "Swedish Excel: semicolon and decimal comma",
                    ),
                );
            }
            if *export == Export::Selected {
                let n = lang.count(cx.session.project().selected.len());
                muted(
                    ui,
                    say!(
                        lang,
                        "{n} valda platser exporteras som GeoJSON i WGS 84.",
                        "{n} chosen sites are exported as GeoJSON in WGS 84."
                    ),
                );
            }
        }
        ui.horizontal(|ui| {
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let is_ready = !text.trim().is_empty();
            let path = written_path(*purpose, text.trim());
            let asks = view.asks_to_replace.as_ref() == Some(&path);
            let ok =
                if asks { lang.pick("Ersätt filen", "Replace the file") } else { lang.pick("OK", "OK") };
            let save = ui.add_enabled(is_ready, egui::Button::new(ok)).clicked();
            let is_said = (save || entered) && is_ready;
            // The system's own dialog asks before it replaces a file; so does this field.
            if is_said && purpose.writes() && !asks && is_there(&path) {
                view.asks_to_replace = Some(path);
            } else if is_said {
                actions.push(match purpose {
                    PathUse::Open => Action::OpenPaths(vec![path]),
                    PathUse::OpenRoads => Action::OpenRoads(vec![path]),
                    PathUse::ComparePipos => Action::ComparePipos(PiposTable { path, column: None }),
                    PathUse::SaveProject => Action::SavePath(path),
                    PathUse::Export(export) => Action::ExportTo(*export, path),
                    PathUse::SaveMap => Action::SaveMapTo(path),
                    PathUse::Relink(layer) => Action::Relink(*layer, path),
                    PathUse::RelinkRoads(id) => Action::RelinkRoads(*id, path),
                });
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
        if view.asks_to_replace.as_ref() == Some(&written_path(*purpose, text.trim())) {
            let text =
                lang.pick("Filen finns redan. Ska den ersättas?", "The file exists already. Replace it?");
            ui.colored_label(theme::warning_colour(cx.theme), text);
        }
    });
    if is_done || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        view.path_field = None;
        view.asks_to_replace = None;
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
        _ => None,
    }
}

/// The file that a path in the field stands for.
fn written_path(purpose: PathUse, text: &str) -> std::path::PathBuf {
    let path = std::path::PathBuf::from(text);
    match purpose {
        PathUse::SaveProject => path.with_extension("gpkg"),
        PathUse::SaveMap => path.with_extension("png"),
        _ => path,
    }
}

/// A fact and its evidence.
pub fn fact(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(draft) = &mut view.draft else { return };
    let Some(def) = attribute(draft.attribute) else { return };
    let mut is_done = false;
    window(def.label(lang)).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        for rule in rules_reading(def.id) {
            muted(ui, format!("{} {} – ”{}”", rule.id(), rule.said(lang), rule.source_words()));
        }
        for factor in Factor::ALL.into_iter().filter(|factor| factor.attribute() == Some(def.id)) {
            muted(ui, factor.meaning(lang));
        }
        if let Some(choices) = choices(def.values) {
            ui.horizontal_wrapped(|ui| {
                for (id, sv, en) in choices {
                    if ui.selectable_label(draft.value == *id, lang.pick(sv, en)).clicked() {
                        (*id).clone_into(&mut draft.value);
                    }
                }
            });
        } else {
            let label = ui.label(lang.pick("Värde", "Value"));
            ui.add(egui::TextEdit::singleline(&mut draft.value).desired_width(f32::INFINITY))
                .labelled_by(label.id);
        }
        evidence_fields(ui, cx, &mut draft.kind, &mut draft.who, &mut draft.when, &mut draft.what);
        let label = ui.label(lang.pick("Anteckning", "Note"));
        let note = egui::TextEdit::multiline(&mut draft.note).desired_rows(2).desired_width(f32::INFINITY);
        ui.add(note).labelled_by(label.id);
        let value = def.parse(&draft.value);
        if value.is_none() && !draft.value.trim().is_empty() {
            let text = lang.pick("Värdet går inte att tolka.", "The value cannot be read.");
            ui.colored_label(theme::error_colour(cx.theme), text);
        }
        ui.horizontal(|ui| {
            let ok = ui.add_enabled(
                value.is_some() && is_evidence_date(&draft.when),
                egui::Button::new(lang.pick("Spara uppgiften", "Save the fact")),
            );
            if ok.clicked()
                && let Some(value) = value
            {
                let evidence = evidence(draft.kind, &draft.who, &draft.when, &draft.what);
                let change = Change::Fact(
                    def.id.to_owned(),
                    Some(Fact { value, evidence, note: draft.note.trim().into() }),
                );
                actions.push(Action::Edit(Command::Amend(draft.site.clone(), change)));
                is_done = true;
            }
            if ui.button(lang.pick("Ta bort uppgiften", "Remove the fact")).clicked() {
                let change = Change::Fact(def.id.to_owned(), None);
                actions.push(Action::Edit(Command::Amend(draft.site.clone(), change)));
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        view.draft = None;
    }
}

fn evidence(kind: EvidenceKind, who: &str, when: &str, what: &str) -> Evidence {
    Evidence { kind, who: who.trim().into(), when: when.trim().into(), what: what.trim().into() }
}

fn evidence_fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    kind: &mut EvidenceKind,
    who: &mut String,
    when: &mut String,
    what: &mut String,
) {
    let lang = cx.lang;
    ui.separator();
    ui.label(lang.pick("Hur vet vi det?", "How do we know?"));
    ui.horizontal_wrapped(|ui| {
        for choice in EvidenceKind::BY_HAND {
            if ui.selectable_label(*kind == choice, choice.said(lang)).clicked() {
                *kind = choice;
            }
        }
    });
    // Often somebody else than the user says so: nobody is filled in, oneself is one click away.
    let label = ui.label(lang.pick("Vem säger det?", "Who says so?"));
    ui.horizontal(|ui| {
        let own = cx.settings.user.trim();
        let me = if own.is_empty() { String::new() } else { say!(lang, "Jag ({own})", "I do ({own})") };
        let width = if me.is_empty() { f32::INFINITY } else { ui.available_width() - 130.0 };
        ui.add(egui::TextEdit::singleline(who).desired_width(width)).labelled_by(label.id);
        if !me.is_empty() && ui.add(egui::Button::new(me).truncate()).clicked() {
            own.clone_into(who);
        }
    });
    let label = ui.label(lang.pick("När? (ÅÅÅÅ-MM-DD)", "When? (YYYY-MM-DD)"));
    ui.add(egui::TextEdit::singleline(when).desired_width(f32::INFINITY)).labelled_by(label.id);
    if !is_evidence_date(when) {
        let text = lang.pick(
            "Skriv ett datum: ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ. Annat skrivs i fältet nedanför.",
            "Write a date: YYYY-MM-DD, YYYY-MM or YYYY. Anything else goes into the field below.",
        );
        ui.add(egui::Label::new(egui::RichText::new(text).color(theme::error_colour(cx.theme))).wrap());
    }
    let label = ui.label(lang.pick("Vad bygger det på?", "What does it rest on?"));
    ui.add(egui::TextEdit::singleline(what).desired_width(f32::INFINITY)).labelled_by(label.id);
}

/// A service that a hand adds or moves.
pub fn new_service(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(form) = &mut view.new_service else { return };
    let title = if form.moving.is_some() {
        lang.pick("Flytta hit", "Move here").to_owned()
    } else {
        let unit = form.kind.unit(lang);
        say!(lang, "Lägg till {unit}", "Add {unit}")
    };
    let mut is_done = false;
    window(&title).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        let place = format!("{:.5}, {:.5}", form.place.lon, form.place.lat);
        muted(ui, say!(lang, "Läge: {place}", "Position: {place}"));
        if form.moving.is_none() {
            let label = ui.label(lang.pick("Namn", "Name"));
            let text = egui::TextEdit::singleline(&mut form.name).desired_width(f32::INFINITY);
            let field = ui.add(text).labelled_by(label.id);
            if form.name.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
        }
        evidence_fields(ui, cx, &mut form.evidence_kind, &mut form.who, &mut form.when, &mut form.what);
        ui.horizontal(|ui| {
            let is_ready = form.moving.is_some() || !form.name.trim().is_empty();
            let is_ready = is_ready && is_evidence_date(&form.when);
            let ok = ui.add_enabled(is_ready, egui::Button::new(lang.pick("Spara", "Save")));
            if ok.clicked() {
                let evidence = evidence(form.evidence_kind, &form.who, &form.when, &form.what);
                if let Some(site) = &form.moving {
                    actions.push(Action::Edit(Command::Amend(
                        site.clone(),
                        Change::Place(form.place, evidence),
                    )));
                } else {
                    let id = cx.session.project().next_added_id();
                    actions.push(Action::Edit(Command::AddService(AddedService {
                        id,
                        name: form.name.trim().to_owned(),
                        kinds: form.kind.into(),
                        place: form.place,
                        facts: std::collections::BTreeMap::new(),
                        evidence,
                    })));
                    actions.push(Action::Select(Some(Selection::Site(SiteId::Added(id)))));
                }
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        view.new_service = None;
    }
}

/// Asked at the first start: may the map be fetched from the network?
pub fn welcome(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    if !view.shows_welcome {
        return;
    }
    let lang = cx.lang;
    window(lang.pick("Bakgrundskarta", "Background map")).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        ui.label(lang.pick(
            "Vill du se OpenStreetMap som bakgrund? Då hämtas kartbilder från nätet för det område du tittar på. Dina data lämnar aldrig datorn, och allt fungerar också utan nät.",
            "Do you want OpenStreetMap as background? Map tiles for the area you look at are then fetched from the network. Your data never leave the computer, and everything works without a network too.",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Nej, utan nät", "No, without network")).clicked() {
                actions.push(Action::SetOnlineMap(false));
            }
            if ui.button(lang.pick("Ja, hämta karta", "Yes, fetch the map")).clicked() {
                actions.push(Action::SetOnlineMap(true));
            }
        });
        muted(ui, lang.pick("Kan ändras när som helst under Inställningar.", "Can be changed at any time under Settings."));
    });
}

/// Work that another run left behind.
pub fn rescue(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let Some(left) = cx.session.left_behind.first().filter(|_| !view.shows_welcome) else { return };
    let lang = cx.lang;
    window(lang.pick("Osparat arbete finns kvar", "Unsaved work is left")).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        ui.label(lang.pick(
            "Programmet avslutades förra gången utan att arbetet sparades. Vill du ha tillbaka det?",
            "The program ended last time without the work being saved. Do you want it back?",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Återställ arbetet", "Restore the work")).clicked() {
                actions.push(Action::Restore(left.clone()));
            }
            if ui.button(lang.pick("Släng det", "Discard it")).clicked() {
                actions.push(Action::DiscardRescued);
            }
        });
    });
}

/// Closing with unsaved edits.
pub fn closing(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if !view.asks_to_close {
        return;
    }
    let lang = cx.lang;
    window(lang.pick("Spara ändringarna?", "Save the edits?")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.label(lang.pick(
            "Projektet har ändringar som inte är sparade.",
            "The project has edits that are not saved.",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Spara", "Save")).clicked() {
                actions.push(Action::SaveAndClose);
            }
            if ui.button(lang.pick("Avsluta utan att spara", "Quit without saving")).clicked() {
                actions.push(Action::CloseNow);
            }
            if ui.button(lang.pick("Stanna kvar", "Stay")).clicked() {
                view.asks_to_close = false;
            }
        });
    });
}
