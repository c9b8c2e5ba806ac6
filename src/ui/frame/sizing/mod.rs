//! Which reserve power does a place need? Its machines and what is assumed of them, changed as one types; what they come to
//! beside them; and the figures taken as facts of the place.

mod assumptions;
mod machines;
mod result;

use egui::{Align, Align2, Id, Layout, ScrollArea, Ui, Vec2, Window, vec2};

use crate::app::command::Command;
use crate::app::outage::OutageChange;
use crate::app::sizing::{candidate_at, is_used, list_at, sized, used};
use crate::lang::Said as _;
use crate::model::outage::LoadList;
use crate::model::{Message, SiteId};
use crate::power::Sizing;
use crate::say;
use crate::siting::Candidate;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{SizingForm, View};
use crate::ui::widgets::{muted, primary_button, text_button};

/// The height of the form's last line, with its buttons.
const FOOT: f32 = 60.0;
/// Narrower forms have the result below the machines, points.
const NARROW: f32 = 880.0;
/// The result beside the machines, points wide.
const RESULT: f32 = 310.0;
/// The line between them, points wide.
const GAP: f32 = 8.0;

/// The place that the form is about.
struct Place<'a> {
    site: SiteId,
    name: String,
    /// A test site is none: it bears no facts.
    candidate: Option<&'a Candidate>,
    list: LoadList,
    sizing: Result<Sizing, Message>,
}

impl<'a> Place<'a> {
    /// `None` where there is no such place any more.
    fn of(cx: &Cx<'a>, site: &SiteId) -> Option<Self> {
        let project = cx.session.project();
        let candidate = cx.results().and_then(|results| candidate_at(site, results));
        let name = match site {
            SiteId::Trial(id) => project.trials.iter().find(|trial| trial.id == *id)?.name.clone(),
            _ => candidate?.name.clone(),
        };
        let list = list_at(site, project, cx.results());
        let sizing = sized(&list);
        Some(Self { site: site.clone(), name, candidate, list, sizing })
    }
}

/// A change of the list: by the widget that is typed in or dragged, or at once.
struct Edited {
    by: Option<Id>,
    list: LoadList,
}

impl Edited {
    fn at_once(list: LoadList) -> Self {
        Self { by: None, list }
    }

    fn action(self, site: &SiteId) -> Action {
        let list = Some(self.list).filter(|list| *list != LoadList::default());
        let command = Command::Outage(OutageChange::Loads(site.clone(), list.map(Box::new)));
        match self.by {
            Some(id) => Action::EditBy(id, command),
            None => Action::Edit(command),
        }
    }
}

/// The form, while it is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(form) = &view.dialogs.sizing else { return };
    let Some(place) = Place::of(cx, &form.site) else {
        // What an undo took away has no form; while figures are found the place may only not be known yet.
        if cx.session.is_current() {
            view.dialogs.sizing = None;
        }
        return;
    };
    let screen = ui.ctx().content_rect().size();
    let size = vec2((screen.x - 64.0).min(1080.0), (screen.y - 104.0).min(680.0));
    let mut is_done = false;
    Window::new(say!(lang, "Reservkraft för {}", "Reserve power of {}", place.name))
        .id(Id::unique("sizing"))
        .collapsible(false)
        .resizable(false)
        .fixed_size(size)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ui.ctx(), |ui| {
            // Without the margin that the window adds, its title is as wide as itself.
            let inside = size - ui.spacing().window_margin.sum();
            ui.set_max_size(inside);
            body(ui, cx, form, &place, inside, actions);
            ui.separator();
            is_done = foot(ui, cx, &place, actions);
        });
    if is_done {
        view.dialogs.sizing = None;
    }
}

fn body(
    ui: &mut Ui,
    cx: &Cx<'_>,
    form: &SizingForm,
    place: &Place<'_>,
    size: Vec2,
    actions: &mut Vec<Action>,
) {
    let height = (ui.max_rect().bottom() - ui.cursor().top() - FOOT).max(100.0);
    let scroll = |name: &str| ScrollArea::vertical().id_salt(name.to_owned()).auto_shrink(false);
    let mut edited = None;
    if size.x < NARROW {
        column(ui, vec2(size.x, height), |ui| {
            scroll("sizing-all").show(ui, |ui| {
                ui.set_max_width(size.x - 20.0);
                edited = machines::show(ui, cx, form, place, actions);
                result::show(ui, cx, place);
                edited = edited.take().or(assumptions::show(ui, cx, place));
            });
        });
    } else {
        ui.horizontal_top(|ui| {
            column(ui, vec2(size.x - RESULT - GAP - 2.0 * ui.spacing().item_spacing.x, height), |ui| {
                scroll("sizing-list").show(ui, |ui| {
                    ui.set_max_width(ui.available_width() - 14.0);
                    edited = machines::show(ui, cx, form, place, actions);
                    edited = edited.take().or(assumptions::show(ui, cx, place));
                });
            });
            // As high as the parts: by itself it would take all the room there is.
            column(ui, vec2(GAP, height), |ui| {
                ui.add(egui::Separator::default().vertical());
            });
            column(ui, vec2(RESULT, height), |ui| {
                scroll("sizing-result").show(ui, |ui| {
                    ui.set_max_width(RESULT - 16.0);
                    result::show(ui, cx, place);
                });
            });
        });
    }
    actions.extend(edited.map(|edited| edited.action(&place.site)));
}

/// A part of the form of a size of its own, whatever it holds.
fn column(ui: &mut Ui, size: Vec2, show: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ui.set_max_width(size.x);
        show(ui);
    });
}

/// Takes the figures for the place; true where the form is done.
fn foot(ui: &mut Ui, cx: &Cx<'_>, place: &Place<'_>, actions: &mut Vec<Action>) -> bool {
    let lang = cx.lang;
    let mut is_done = false;
    ui.horizontal(|ui| {
        let known = cx.results().zip(place.candidate).zip(place.sizing.as_ref().ok());
        let assumed = &place.list.assumed;
        let is_same = known.is_some_and(|((results, candidate), sizing)| {
            is_used(candidate, &results.situation, sizing, assumed)
        });
        if place.candidate.is_some() {
            let text = lang.pick("Använd för platsen", "Use for the place");
            if primary_button(ui, known.is_some() && !is_same, icons::DONE, text).clicked()
                && let Some(((results, candidate), sizing)) = known
            {
                let command = used(candidate, &results.situation, sizing, assumed, cx.today, lang);
                actions.push(Action::Edit(command));
            }
        }
        is_done = text_button(ui, lang.pick("Stäng", "Close")).clicked();
        muted(ui, what_use_does(cx, place, is_same));
    });
    is_done
}

fn what_use_does(cx: &Cx<'_>, place: &Place<'_>, is_same: bool) -> &'static str {
    let lang = cx.lang;
    if place.candidate.is_none() {
        return lang.pick(
            "Listan sparas med projektet. En testplats har inga uppgifter att skriva den i.",
            "The list is saved with the project. A test site has no facts to write it to.",
        );
    }
    if is_same {
        return lang.pick(
            "Platsens uppgifter är de som listan ger.",
            "The facts of the place are those that the list gives.",
        );
    }
    lang.pick(
        "Skriver effektbehov, containrar och förbrukning, och tanken om den är känd, som platsens uppgifter.",
        "Writes power need, containers and consumption, and the tank where it is known, as facts of the place.",
    )
}

/// Why nothing can be sized, and what to do.
fn what_is_missing(cx: &Cx<'_>, place: &Place<'_>, fault: &Message) -> String {
    let lang = cx.lang;
    if place.list.loads.is_empty() {
        return lang
            .pick(
                "Inga maskiner ännu: börja med en lista, läs in en eller lägg till dem en i taget.",
                "No machines yet: begin with a list, read one or add them one by one.",
            )
            .into();
    }
    crate::ui::panels::common::capital(&fault.said(lang))
}
