//! Where is it, and how is it done? Search of places, stores and commands.

use egui::Ui;

use super::commands::{self, Entry};
use super::places_typed;
use crate::app::command::Command;
use crate::app::exports::Export;
use crate::lang::Said;
use crate::say;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::beside;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::widgets::{icon_button, muted};

/// Search of places, stores and commands.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(text) = &mut view.dialogs.search else { return };
    let lang = cx.lang;
    let mut is_open = true;
    let title = Simple::Search.said(lang);
    egui::Window::new(title)
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .anchor(egui::Align2::CENTER_TOP, [0.0, 70.0])
        .fixed_size([420.0, 320.0])
        .show(ui.ctx(), |ui| {
            let label = ui.label(lang.pick(
                "Ort, butik, koordinater, rut-id eller kommando",
                "Place, store, coordinates, cell id or command",
            ));
            let field =
                ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY)).labelled_by(label.id);
            if !field.has_focus() {
                field.request_focus();
            }
            let wanted = text.trim().to_lowercase();
            let is_entered = !wanted.is_empty() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                ui.set_min_width(400.0);
                let first = search_hits(ui, cx, &wanted, actions);
                if is_entered {
                    actions.extend(first);
                }
            });
        });
    let is_chosen = actions.iter().any(|action| {
        matches!(
            action,
            Action::SelectAndGo(..)
                | Action::Go(_)
                | Action::Pin(..)
                | Action::Do(_)
                | Action::Edit(Command::Compare(_))
                | Action::Step(_)
                | Action::ShowBookmark(_)
                | Action::File(_)
                | Action::ShowMunicipality(_)
        )
    });
    if !is_open || is_chosen {
        view.dialogs.search = None;
    }
}

/// The sheets of municipalities that are called so.
fn municipalities<'a>(
    cx: &'a Cx<'_>,
    wanted: &'a str,
) -> impl Iterator<Item = (icons::Icon, String, Action)> + use<'a> {
    let lang = cx.lang;
    let results = cx.results().filter(|_| !wanted.is_empty()).into_iter();
    let names = results
        .flat_map(|results| results.areas.iter().filter_map(|row| results.situation.area_name(row.area)));
    names.filter(move |name| name.to_lowercase().contains(wanted)).map(move |area| {
        let name = say!(lang, "Kommunblad: {area}", "Municipality sheet: {area}");
        (icons::AREA, name, Action::ShowMunicipality(area.to_owned()))
    })
}

/// Lists what fits; returns the first, for the Enter key. Places before stores before commands.
fn search_hits(ui: &mut Ui, cx: &Cx<'_>, wanted: &str, actions: &mut Vec<Action>) -> Option<Action> {
    const MOST: usize = 20;
    let lang = cx.lang;
    let mut hits: Vec<(icons::Icon, String, Action)> = Vec::new();
    for typed in places_typed::read(wanted, lang) {
        let told = &typed.told;
        hits.push((
            icons::MOVE,
            say!(lang, "Gå till {told}", "Go to {told}"),
            Action::Pin(typed.place, told.clone()),
        ));
    }
    for (at, bookmark) in cx.session.project().bookmarks.iter().enumerate() {
        if bookmark.name.to_lowercase().contains(wanted) {
            let name = say!(lang, "Bokmärke: {}", "Bookmark: {}", bookmark.name);
            hits.push((icons::BOOKMARK, name, Action::ShowBookmark(at)));
        }
    }
    if let Some(scene) = cx.scene.filter(|_| !wanted.is_empty()) {
        for label in scene.labels.iter().filter(|label| label.name.to_lowercase().contains(wanted)).take(MOST)
        {
            let goal = Goal::at(crate::scene::lon_lat_of(label.at), Some(11.0));
            hits.push((icons::MOVE, label.name.clone(), Action::Go(goal)));
        }
        let services = scene.results.situation.services.iter();
        for service in services.filter(|service| service.name.to_lowercase().contains(wanted)).take(MOST) {
            let kind = service.kinds.iter().next().unwrap_or(crate::model::ServiceKind::Other);
            let goal = Goal::at(service.place, Some(11.0));
            let action = Action::SelectAndGo(Selection::Site(service.site.clone()), goal);
            hits.push((icons::of_kind(kind), service.name.clone(), action));
        }
    }
    hits.extend(municipalities(cx, wanted).take(MOST));
    for (name, action) in beside::hits(cx, wanted) {
        hits.push((icons::COMPARE, name, action));
    }
    for export in Export::ALL.into_iter().filter(|_| cx.results().is_some() && !wanted.is_empty()) {
        let name = say!(lang, "Exportera: {}", "Export: {}", export.said(lang));
        if name.to_lowercase().contains(wanted) {
            hits.push((icons::EXPORT, name, Action::File(FileAction::AskExport(export))));
        }
    }
    let can = |entry: &Entry| match entry {
        Entry::Do(action) => cx.can(*action) && *action != Simple::Search,
        Entry::Open(_) => true,
    };
    let commands = commands::all().filter(can);
    let fitting = commands.filter(|entry| entry.said(lang).to_lowercase().contains(wanted));
    hits.extend(fitting.map(|entry| (entry.icon(), entry.said(lang), entry.action())));
    for (icon, name, action) in &hits {
        if icon_button(ui, icon, name).clicked() {
            actions.push(action.clone());
        }
    }
    if hits.is_empty() {
        muted(ui, lang.pick("Inga träffar.", "No matches."));
    }
    hits.into_iter().next().map(|(_, _, action)| action)
}
