//! Step Follow up (Följ upp): how far has each place come on its way to a SOT point, and what comes next there?

mod board;
mod concerns;
mod log;
mod looked_at;
mod timeline;

use egui::Ui;

use self::looked_at::board_of;
use crate::app::following::Card;
use crate::lang::{Lang, Said};
use crate::model::process::ConcernKind;
use crate::ui::action::{Action, Setting};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::nothing_yet;
use crate::ui::panels::{card, municipality};
use crate::ui::state::{FollowTab, Height, Shown, StepId, View};
use crate::ui::steps::row::Step;
use crate::ui::table::{Tab, Tabs};
use crate::ui::widgets::{answer, choice, heading, icon_button, muted, primary_button};
use crate::{say, say_many};

/// Its row.
pub const STEP: Step = Step {
    id: StepId::FOLLOW,
    names: ["Följ upp", "Follow up"],
    icon: icons::FOLLOW,
    key: egui::Key::Num6,
    shown: &[Shown::Candidates, Shown::Follow],
    panel: show,
    tables,
};

fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if cx.results().is_none() {
        return nothing_yet(ui, cx, actions);
    }
    let board = board_of(cx);
    let area = view.area.clone();
    let mine: Vec<&Card> =
        board.cards.iter().filter(|card| area.is_none() || area == card.municipality).collect();
    answer(ui, &told(&mine, lang));
    if mine.is_empty() {
        muted(ui, lang.pick(
            "Välj en butik på kartan: i panelen till höger sätter du dess status och skriver vad som är gjort.",
            "Choose a store on the map: in the panel on the right you set its status and write what has been done.",
        ));
    }
    if let Some(area) = &area {
        let text = say!(lang, "Kommunbladet för {area}", "The sheet of {area}");
        if icon_button(ui, icons::AREA, &text).clicked() {
            actions.push(Action::ShowMunicipality(area.clone()));
        }
    }
    user(ui, cx, actions);
    if primary_button(ui, true, icons::FOLLOW, lang.pick("Öppna tavlan", "Open the board")).clicked() {
        view.follow.tab = FollowTab::Board;
        view.sheet.set_height(StepId::FOLLOW, Height::Full);
        view.sheet.set_open(StepId::FOLLOW, true);
    }
    only(ui, view, &mine, lang);
    heading(ui, lang.pick("Platser", "Places"));
    let only = view.follow.only;
    for card in mine.into_iter().filter(|card| only.is_none_or(|kind| card.has(kind))) {
        card::line(ui, cx, view, card, actions);
    }
    muted(
        ui,
        lang.pick(
            "Status ur en fil gäller det datum som står där, tills någon sätter en ny.",
            "A status from a file is of the date given there, until somebody sets a new one.",
        ),
    );
}

/// How many places, and how many of them somebody has to look at.
fn told(cards: &[&Card], lang: Lang) -> String {
    let n = cards.len();
    let places = lang.count(n);
    let followed = say_many!(
        lang,
        n,
        "{places} plats följs." | "{places} platser följs.",
        "{places} place is followed." | "{places} places are followed."
    );
    let parts: Vec<String> = ConcernKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let count = cards.iter().filter(|card| card.has(kind)).count();
            (count > 0).then(|| format!("{}: {}", kind.said(lang), lang.count(count)))
        })
        .collect();
    if parts.is_empty() {
        return followed;
    }
    let parts = parts.join(", ");
    say!(lang, "{followed} Att se till: {parts}.", "{followed} To see to: {parts}.")
}

/// The name that stands in the log of changes: asked until it is given, never made up.
fn user(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let id = egui::Id::unique("follow-user");
    let is_typing = ui.memory(|memory| memory.has_focus(id));
    if !cx.settings.user.trim().is_empty() && !is_typing {
        return;
    }
    let label =
        ui.label(lang.pick("Ditt namn (står i ändringsloggen)", "Your name (stands in the change log)"));
    let mut user = cx.settings.user.clone();
    let edit = egui::TextEdit::singleline(&mut user).id(id).desired_width(f32::INFINITY);
    if ui.add(edit).labelled_by(label.id).changed() {
        actions.push(Action::Set(Setting::User(user)));
    }
}

/// What is listed: all places, or those with something to look at.
fn only(ui: &mut Ui, view: &mut View, cards: &[&Card], lang: Lang) {
    heading(ui, lang.pick("Visa", "Show"));
    ui.horizontal_wrapped(|ui| {
        let all = lang.pick("alla", "all");
        let label = say!(lang, "Visa platser: {all}", "Show places: {all}");
        if choice(ui, view.follow.only.is_none(), all, &label).clicked() {
            view.follow.only = None;
        }
        for kind in ConcernKind::ALL {
            let count = cards.iter().filter(|card| card.has(kind)).count();
            let name = format!("{} ({})", kind.said(lang), lang.count(count));
            let label = say!(lang, "Visa platser: {}", "Show places: {}", kind.said(lang));
            if choice(ui, view.follow.only == Some(kind), &name, &label).clicked() {
                view.follow.only = Some(kind);
            }
        }
    });
}

/// The tables below the map.
const TABS: Tabs<FollowTab> = Tabs {
    all: &[
        Tab { id: FollowTab::Board, names: ["Tavla", "Board"], draw: board::show },
        Tab { id: FollowTab::Timeline, names: ["Tidslinje", "Timeline"], draw: timeline::show },
        Tab {
            id: FollowTab::Concerns,
            names: ["Försenat och hindrat", "Late and blocked"],
            draw: concerns::show,
        },
        Tab {
            id: FollowTab::Municipality,
            names: ["Kommunblad", "Municipality sheet"],
            draw: municipality::show,
        },
        Tab { id: FollowTab::Log, names: ["Ändringslogg", "Change log"], draw: log::show },
    ],
    shown: |view| &mut view.follow.tab,
};

fn tables(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
