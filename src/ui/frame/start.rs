//! Where does one begin? The start page over the map: open files, a project, the example, or what was open last.

use egui::{Align2, Area, Frame, Id, Margin, Order, RichText, Ui};

use crate::lang::Said;
use crate::ui::action::{Action, FileAction, Setting, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{icon_button, muted, primary_button, text_button};

/// The page, at the start and whenever nothing is loaded.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let is_empty = cx.session.project().is_empty() && !cx.session.is_busy() && cx.session.unplaced.is_empty();
    // Questions and forms go first.
    let is_asked = !cx.session.left_behind.is_empty() || view.dialogs.is_any_open();
    if is_asked || (!view.dialogs.shows_start && !is_empty) {
        return;
    }
    let middle = view.map.rect.center();
    Area::new(Id::unique("start"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(middle)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::same(24)).corner_radius(12.0).show(ui, |ui| {
                ui.set_width(380.0_f32.min(view.map.rect.width() - 64.0));
                contents(ui, cx, view, actions);
            });
        });
    let is_left = |action: &Action| {
        matches!(action, Action::File(_) | Action::Do(Simple::Open | Simple::OpenDemo | Simple::Tour))
    };
    if actions.iter().any(is_left) {
        view.dialogs.shows_start = false;
    }
}

fn contents(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.label(RichText::new("Sotplan").size(theme::FIGURE).bold());
    ui.label(lang.pick(
        "Hitta, jämför och följ upp platser för SOT-punkter.",
        "Find, compare and follow up places for SOT points.",
    ));
    ui.add_space(8.0);
    let example = lang.pick("Prova exemplet (Jämtland)", "Try the example (Jämtland)");
    if primary_button(ui, true, icons::LAYERS, example).clicked() {
        // The example lies below the page already, unless something else was opened since.
        if cx.session.project().is_demo() {
            view.dialogs.shows_start = false;
        } else {
            actions.push(Action::Do(Simple::OpenDemo));
        }
    }
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::OPEN, &Simple::Open.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Open));
        }
        if icon_button(ui, icons::OPEN, lang.pick("Öppna projekt…", "Open project…")).clicked() {
            actions.push(Action::Do(Simple::Open));
        }
        if icon_button(ui, icons::QUESTION, &Simple::Tour.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Tour));
        }
    });
    muted(ui, lang.pick("Det går också att dra filer hit.", "Files can also be dropped here."));
    if !cx.settings.recent.is_empty() {
        ui.add_space(8.0);
        ui.label(RichText::new(lang.pick("Senast använda", "Recent")).bold());
        recent(ui, cx, 5, actions);
    }
    ui.separator();
    let mut online = cx.settings.online_map == Some(true);
    let text = lang.pick("Bakgrundskarta från OpenStreetMap", "Background map from OpenStreetMap");
    if ui.checkbox(&mut online, text).changed() {
        actions.push(Action::Set(Setting::OnlineMap(online)));
    }
    muted(
        ui,
        lang.pick(
            "Hämtar kartbilder från nätet för det du tittar på. Utan den används den inbyggda kartan.",
            "Fetches map tiles from the network for what you look at. Without it the built-in map is used.",
        ),
    );
    let mut shows = cx.settings.shows_start;
    if ui
        .checkbox(&mut shows, lang.pick("Visa startsidan vid start", "Show this page at the start"))
        .changed()
    {
        actions.push(Action::Set(Setting::Start(shows)));
    }
    if !cx.session.project().is_empty() && text_button(ui, lang.pick("Stäng", "Close")).clicked() {
        view.dialogs.shows_start = false;
    }
}

/// What was open last, with the day.
pub fn recent(ui: &mut Ui, cx: &Cx<'_>, most: usize, actions: &mut Vec<Action>) {
    for path in cx.settings.recent.iter().take(most) {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let day = cx.settings.opened.get(path).map(String::as_str).unwrap_or_default();
        ui.horizontal(|ui| {
            if text_button(ui, &name).on_hover_text(path.display().to_string()).clicked() {
                let paths = vec![path.clone()];
                let is_roads = cx.settings.roads.contains(path);
                let open = if is_roads { FileAction::OpenRoads(paths) } else { FileAction::Open(paths) };
                actions.push(Action::File(open));
                ui.close();
            }
            muted(ui, day);
        });
    }
}
