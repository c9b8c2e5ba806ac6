//! What does a card say of a place? Its name, its status with date, what comes next and who does it, and its marks.

use egui::{RichText, Ui};

use crate::app::following::Card;
use crate::lang::{Lang, Said};
use crate::model::SotStatus;
use crate::model::process::ConcernKind;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{EvidenceDraft, Goal, Selection, StatusDraft, View};
use crate::ui::theme;
use crate::ui::theme::Bold as _;
use crate::ui::widgets::{muted, named_button};

/// Chooses the place, and goes there where it lies anywhere.
pub fn opened(card: &Card) -> Action {
    let selection = Selection::Site(card.site.clone());
    match card.place {
        Some(place) => Action::SelectAndGo(selection, Goal::at(place, None)),
        None => Action::Select(Some(selection)),
    }
}

/// The name, which chooses the place.
fn name(ui: &mut Ui, view: &mut View, card: &Card, lang: Lang, actions: &mut Vec<Action>) {
    let text = RichText::new(&card.name).bold();
    let label = say!(lang, "Öppna {}", "Open {}", card.name);
    let button = named_button(ui, egui::Button::new(text).frame(false).truncate(), &label);
    if button.hovered() {
        view.pointed = Some(Selection::Site(card.site.clone()));
    }
    if button.clicked() {
        actions.push(opened(card));
    }
}

/// Late, blocked, out of order: each with what it is about under the pointer.
fn marks(ui: &mut Ui, cx: &Cx<'_>, card: &Card) {
    for kind in ConcernKind::ALL.into_iter().filter(|kind| card.has(*kind)) {
        let words: Vec<String> = card
            .concerns
            .iter()
            .filter(|concern| concern.kind() == kind)
            .map(|concern| concern.said(cx.lang))
            .collect();
        let text = format!("{} {}", icons::FLAG, kind.said(cx.lang));
        let text = RichText::new(text).small().color(theme::warning_colour(cx.theme));
        ui.label(text).on_hover_text(words.join("\n"));
    }
}

/// What comes next, and who does it.
fn next(ui: &mut Ui, cx: &Cx<'_>, card: &Card) {
    let text = format!("{} {}", icons::RIGHT, card.next.said(cx.lang));
    ui.add(egui::Label::new(text).wrap());
    let owner = card.next_owner(cx.session.project().follow(&card.site));
    if !owner.is_empty() {
        muted(ui, say!(cx.lang, "Ansvarig: {owner}", "Owner: {owner}"));
    }
}

/// In the list of the panel.
pub fn line(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, card: &Card, actions: &mut Vec<Action>) {
    ui.push_id(card.site.text(), |ui| {
        name(ui, view, card, cx.lang, actions);
        let area = card.municipality.clone().into_iter();
        let words: Vec<String> = area.chain([card.status_said(cx.lang)]).collect();
        muted(ui, words.join(" · "));
        next(ui, cx, card);
        if !card.concerns.is_empty() {
            ui.horizontal_wrapped(|ui| marks(ui, cx, card));
        }
        ui.add_space(6.0);
    });
}

/// On the board.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, card: &Card, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let is_chosen = view.selects(&card.site);
    let mut frame = egui::Frame::group(ui.style());
    if is_chosen {
        frame = frame.stroke(egui::Stroke::new(2.0, ui.visuals().hyperlink_color));
    }
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(card.site.text(), |ui| {
            name(ui, view, card, lang, actions);
            let date =
                if card.date.is_empty() { lang.pick("okänt datum", "unknown date") } else { &card.date };
            let of_status = card.status.map(|_| date.to_owned());
            let words: Vec<String> = card.municipality.clone().into_iter().chain(of_status).collect();
            muted(ui, words.join(" · "));
            if let Some(other) = &card.in_favour_of {
                muted(ui, say!(lang, "till förmån för {other}", "in favour of {other}"));
            }
            next(ui, cx, card);
            if !card.concerns.is_empty() {
                ui.horizontal_wrapped(|ui| marks(ui, cx, card));
            }
            move_to(ui, cx, view, card);
        });
    });
}

/// Moves the card to another column: the status is asked with its date and source.
fn move_to(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, card: &Card) {
    let lang = cx.lang;
    let label = say!(lang, "Flytta {}", "Move {}", card.name);
    let menu = ui.menu_button(lang.pick("Flytta till…", "Move to…"), |ui| {
        for status in SotStatus::ALL.into_iter().filter(|status| card.status != Some(*status)) {
            if ui.button(status.said(lang)).clicked() {
                view.dialogs.status = Some(StatusDraft {
                    site: card.site.clone(),
                    name: card.name.clone(),
                    status,
                    date: String::new(),
                    in_favour_of: None,
                    evidence: EvidenceDraft::of(cx.today),
                });
                ui.close();
            }
        }
    });
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label.clone()));
}
