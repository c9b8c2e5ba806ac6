//! The bar above, the steps to the left, the line below: where one is and what can always be done.

use egui::{Align, Button, Layout, RichText, Ui};

use crate::app::notice::{Level, Notice};
use crate::app::session::Export;
use crate::app::settings::{Settings, Theme};
use crate::app::telling::words::short;
use crate::lang::Said;
use crate::model::travel::TravelModel;
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, Step, View};
use crate::ui::theme;
use crate::ui::widgets::{icon_button, icon_button_if, muted, sign_button};

/// Can the action do anything now?
#[must_use]
pub fn is_enabled(cx: &Cx<'_>, action: Simple) -> bool {
    match action {
        Simple::Undo => cx.session.history().undo_command().is_some(),
        Simple::Redo => cx.session.history().redo_command().is_some(),
        Simple::ExportSelected | Simple::Overview | Simple::SaveMap | Simple::ComparePipos => {
            cx.session.results.is_some()
        }
        Simple::Save | Simple::SaveAs => !cx.session.project().is_empty(),
        Simple::CloseRoad | Simple::DrawClosure => !cx.session.project().roads.is_empty(),
        _ => true,
    }
}

/// The bar above.
pub fn bar(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.label(RichText::new("Sotplan").strong().size(17.0).color(ui.visuals().hyperlink_color));
        ui.menu_button(lang.pick("Arkiv", "File"), |ui| file_menu(ui, cx, actions));
        ui.separator();
        let mut name =
            cx.session.path.as_ref().and_then(|path| path.file_name()).map_or_else(
                || cx.session.project().name.clone(),
                |name| name.to_string_lossy().into_owned(),
            );
        if name.is_empty() {
            name = lang.pick("Namnlöst projekt", "Unnamed project").into();
        }
        let dot = if cx.session.has_unsaved_edits() { " •" } else { "" };
        let label = ui.label(format!("{name}{dot}"));
        if !dot.is_empty() {
            label.on_hover_text(lang.pick("Det finns osparade ändringar", "There are unsaved edits"));
        }
        for action in [Simple::Undo, Simple::Redo] {
            let of = match action {
                Simple::Undo => cx.session.history().undo_command(),
                _ => cx.session.history().redo_command(),
            };
            let name = action.said(lang);
            let hint = of.map_or_else(String::new, |command| format!("{name}: {}", command.said(lang)));
            let response = sign_button(ui, is_enabled(cx, action), action.icon(), &name);
            let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
            if response.clicked() {
                actions.push(Action::Do(action));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(6.0);
            if sign_button(ui, true, icons::SETTINGS, &Simple::Settings.said(lang)).clicked() {
                actions.push(Action::Do(Simple::Settings));
            }
            let sign = if cx.theme == Theme::Light { icons::DARK } else { icons::LIGHT };
            if sign_button(ui, true, sign, &Simple::ToggleTheme.said(lang)).clicked() {
                actions.push(Action::Do(Simple::ToggleTheme));
            }
            let other = lang.pick("English", "Svenska");
            if ui.button(other).on_hover_text(Simple::ToggleLanguage.said(lang)).clicked() {
                actions.push(Action::Do(Simple::ToggleLanguage));
            }
            if icon_button(ui, icons::SEARCH, &format!("{}  Ctrl+K", lang.pick("Sök", "Search"))).clicked() {
                view.search = Some(String::new());
            }
        });
    });
}

fn file_menu(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let mut entry = |ui: &mut Ui, action: Simple| {
        let text = format!("{}  {}", action.icon(), action.said(lang));
        let mut button = Button::new(text);
        if let Some(shortcut) = action.shortcut() {
            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
        }
        let enabled = is_enabled(cx, action);
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, action.said(lang)));
        if response.clicked() {
            actions.push(Action::Do(action));
            ui.close();
        }
    };
    for action in [
        Simple::Open,
        Simple::OpenRoads,
        Simple::ComparePipos,
        Simple::OpenDemo,
        Simple::NewProject,
        Simple::Save,
        Simple::SaveAs,
    ] {
        entry(ui, action);
    }
    ui.separator();
    entry(ui, Simple::SaveMap);
    let has_results = cx.session.results.is_some();
    for export in Export::ALL {
        let text = export.said(lang);
        if icon_button_if(ui, has_results, icons::EXPORT, &text).clicked() {
            actions.push(Action::AskExport(export));
            ui.close();
        }
    }
    if !cx.settings.recent.is_empty() {
        ui.separator();
        muted(ui, lang.pick("Senast använda", "Recent"));
        for path in &cx.settings.recent {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                let paths = vec![path.clone()];
                let is_roads = cx.settings.roads.contains(path);
                actions.push(if is_roads { Action::OpenRoads(paths) } else { Action::OpenPaths(paths) });
                ui.close();
            }
        }
    }
    ui.separator();
    let mut quit = |ui: &mut Ui| {
        if icon_button(ui, icons::CLOSE, &Simple::Quit.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Quit));
        }
    };
    quit(ui);
}

/// The steps of the work.
pub fn rail(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    ui.add_space(6.0);
    for step in Step::ALL {
        let (icon, name) = match step {
            Step::Data => (icons::DATA, cx.lang.pick("Data", "Data")),
            Step::Reach => (icons::REACH, cx.lang.pick("Nå", "Reach")),
            Step::Places => (icons::PLACES, cx.lang.pick("Platser", "Places")),
            Step::Plan => (icons::PLAN, cx.lang.pick("Planera", "Plan")),
            Step::Compare => (icons::COMPARE, cx.lang.pick("Jämför", "Compare")),
        };
        let is_on = view.step == step;
        let response = ui.add(Button::selectable(is_on, "").min_size(egui::vec2(60.0, 56.0)));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, name));
        let colour = if is_on { ui.visuals().selection.stroke.color } else { ui.visuals().text_color() };
        let middle = response.rect.center();
        let centre = egui::Align2::CENTER_CENTER;
        ui.painter().text(
            middle - egui::vec2(0.0, 10.0),
            centre,
            icon,
            egui::FontId::proportional(22.0),
            colour,
        );
        ui.painter().text(
            middle + egui::vec2(0.0, 14.0),
            centre,
            name,
            egui::FontId::proportional(12.5),
            colour,
        );
        if response.clicked() {
            actions.push(Action::Step(step));
        }
    }
}

/// The line below.
pub fn status(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        let session = cx.session;
        for (is_on, progress, name) in [
            (session.opening.is_running(), session.opening.progress(), lang.pick("Öppnar", "Opening")),
            (
                session.loading.is_running(),
                session.loading.progress(),
                lang.pick("Läser filer", "Reading files"),
            ),
            (
                session.reading_again.is_running(),
                session.reading_again.progress(),
                lang.pick("Läser om", "Reading again"),
            ),
            (session.exporting.is_running(), None, lang.pick("Exporterar", "Exporting")),
            (session.saving.is_running(), None, lang.pick("Sparar", "Saving")),
        ] {
            if is_on {
                let bar = egui::ProgressBar::new(progress.unwrap_or(0.5)).desired_width(120.0).text(name);
                ui.add(bar.animate(progress.is_none()));
            }
        }
        if (session.loading.is_running() || session.opening.is_running())
            && ui.button(lang.pick("Avbryt", "Cancel")).clicked()
        {
            actions.push(Action::CancelLoading);
        }
        match cx.results() {
            None => {
                ui.label(lang.pick("Inga data inlästa", "No data loaded"));
            }
            Some(results) => {
                let demand = &results.situation.demand;
                let (cells, people) = (lang.count(demand.len()), lang.people(demand.total()));
                let method = results.travel.method().said(lang);
                let threshold = short(lang, results.limit(), results.measure());
                ui.label(say!(
                    lang,
                    "{cells} rutor · {people} personer · {method} · gräns {threshold} ·",
                    "{cells} cells · {people} people · {method} · threshold {threshold} ·"
                ));
                let closed = results.project.closed_services.len();
                if closed > 0 {
                    ui.strong(say!(lang, "stängda på prov: {closed} ·", "closed on trial: {closed} ·"));
                }
                if session.is_current() {
                    ui.label(lang.pick("resultat aktuella", "results current"));
                } else {
                    let done = session.computing.progress().map_or_else(String::new, |done| {
                        format!(" {}\u{a0}%", lang.number(f64::from(done) * 100.0, 0))
                    });
                    let text = format!("{}{done}", lang.pick("räknar om…", "computing anew…"));
                    ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
                }
            }
        }
    });
}

/// Messages, newest last; each stays until read.
pub fn notices(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let count = cx.session.notices.len();
    let first = count.saturating_sub(4);
    for (at, notice) in cx.session.notices.iter().enumerate().skip(first) {
        let colour = match notice.level() {
            Level::Info => cx.settings_colour(),
            Level::Warning => theme::warning_colour(cx.theme),
            Level::Error => theme::error_colour(cx.theme),
        };
        egui::Frame::popup(ui.style()).stroke(egui::Stroke::new(1.5, colour)).show(ui, |ui| {
            ui.set_width(400.0);
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if sign_button(ui, true, icons::CLOSE, cx.lang.pick("Stäng meddelandet", "Dismiss message"))
                    .clicked()
                {
                    actions.push(Action::DismissNotice(at));
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add(egui::Label::new(notice.said(cx.lang)).wrap().selectable(true));
                    if matches!(notice, Notice::ServicesFound(_)) {
                        found_buttons(ui, cx, at, actions);
                    }
                });
            });
        });
        ui.add_space(4.0);
    }
    if first > 0 {
        muted(ui, say!(cx.lang, "{first} tidigare meddelanden", "{first} earlier messages"));
    }
}

/// What can be done about services found in a road file.
fn found_buttons(ui: &mut Ui, cx: &Cx<'_>, at: usize, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        if ui.button(cx.lang.pick("Visa under Data", "Show under Data")).clicked() {
            actions.push(Action::Step(Step::Data));
            actions.push(Action::DismissNotice(at));
        }
    });
}

/// Search of places, stores and commands.
pub fn search(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(text) = &mut view.search else { return };
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
            let label = ui.label(lang.pick("Skriv en del av namnet", "Write part of the name"));
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
    let is_chosen = actions
        .iter()
        .any(|action| matches!(action, Action::SelectAndGo(..) | Action::Go(_) | Action::Do(_)));
    if !is_open || is_chosen || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        view.search = None;
    }
}

/// Lists what fits; returns the first, for the Enter key. Places before stores before commands.
fn search_hits(ui: &mut Ui, cx: &Cx<'_>, wanted: &str, actions: &mut Vec<Action>) -> Option<Action> {
    const MOST: usize = 20;
    let lang = cx.lang;
    let mut hits: Vec<(icons::Icon, String, Action)> = Vec::new();
    if let Some(scene) = cx.scene.filter(|_| !wanted.is_empty()) {
        for label in scene.labels.iter().filter(|label| label.name.to_lowercase().contains(wanted)).take(MOST)
        {
            let goal = Goal { place: crate::scene::lon_lat_of(label.at), zoom: Some(11.0) };
            hits.push((icons::MOVE, label.name.clone(), Action::Go(goal)));
        }
        let services = scene.results.situation.services.iter();
        for service in services.filter(|service| service.name.to_lowercase().contains(wanted)).take(MOST) {
            let kind = service.kinds.iter().next().unwrap_or(crate::model::ServiceKind::Other);
            let goal = Goal { place: service.place, zoom: Some(11.0) };
            let action = Action::SelectAndGo(Selection::Site(service.site.clone()), goal);
            hits.push((icons::of_kind(kind), service.name.clone(), action));
        }
    }
    let commands =
        Simple::ALL.into_iter().filter(|action| is_enabled(cx, *action) && *action != Simple::Search);
    let fitting = commands.filter(|action| action.said(lang).to_lowercase().contains(wanted));
    hits.extend(fitting.map(|action| (action.icon(), action.said(lang), Action::Do(action))));
    for (icon, name, action) in &hits {
        if icon_button(ui, icon, name).clicked() {
            actions.push(action.clone());
        }
    }
    if hits.is_empty() {
        muted(ui, lang.pick("Inget heter så.", "Nothing has that name."));
    }
    hits.into_iter().next().map(|(_, _, action)| action)
}

/// Settings of this machine.
pub fn settings(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !view.shows_settings {
        return;
    }
    let mut is_open = true;
    egui::Window::new(Simple::Settings.said(lang))
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ui.ctx(), |ui| {
            ui.set_width(360.0);
            let mut online = cx.settings.online_map == Some(true);
            let text = lang.pick("Bakgrundskarta från OpenStreetMap (nätet)", "Background map from OpenStreetMap (network)");
            if ui.checkbox(&mut online, text).changed() {
                actions.push(Action::SetOnlineMap(online));
            }
            muted(ui, lang.pick("Då hämtas kartbilder för det område du ser. Dina data lämnar aldrig datorn.", "Map tiles for the area you look at are then fetched. Your data never leave the computer."));
            ui.separator();
            ui.label(lang.pick("Storlek på text och knappar", "Size of text and controls"));
            ui.horizontal(|ui| {
                for scale in Settings::SCALES {
                    let is_on = (cx.settings.scale - scale).abs() < 0.01;
                    let text = format!("{} %", lang.number(f64::from(scale) * 100.0, 0));
                    if ui.selectable_label(is_on, text).clicked() {
                        actions.push(Action::SetScale(scale));
                    }
                }
            });
            ui.separator();
            let label = ui.label(lang.pick("Ditt namn (står vid uppgifter du fyller i)", "Your name (stands beside facts you fill in)"));
            let mut user = cx.settings.user.clone();
            if ui.text_edit_singleline(&mut user).labelled_by(label.id).changed() {
                actions.push(Action::SetUser(user));
            }
        });
    view.shows_settings = is_open && !ui.input(|input| input.key_pressed(egui::Key::Escape));
}

impl Cx<'_> {
    fn settings_colour(&self) -> egui::Color32 {
        if self.theme == Theme::Light { theme::ACCENT } else { egui::Color32::from_rgb(0x7d, 0xb8, 0xe0) }
    }
}
