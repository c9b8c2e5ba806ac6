//! What is where? Five cards that point at the parts of the window, one after the other.

use egui::{Area, Frame, Id, Order, Rect, RichText, Stroke, Ui, pos2};

use crate::lang::Lang;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{StepId, View};
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{icon_button, primary_button, text_button};

/// A card: its heading, its text.
const CARDS: [([&str; 2], [&str; 2]); 5] = [
    (
        ["Stegen", "The steps"],
        [
            "Arbeta uppifrån och ned: läs in data, se hur långt invånarna har, granska platser, jämför dem, planera. Du kan hoppa mellan stegen när du vill.",
            "The work goes from top to bottom: load data, see how far people have, look at places, compare them, plan. You can move between the steps as you like.",
        ],
    ),
    (
        ["Svaret först", "The answer first"],
        [
            "Panelen börjar med svaret i klartext. Därunder står siffrorna bakom, vad de bygger på och vad du kan ändra.",
            "The panel begins with the answer in plain words. Below are the figures behind it, what they rest on, and what you can change.",
        ],
    ),
    (
        ["Kartan", "The map"],
        [
            "Färgen visar avståndet till närmaste butik eller annan service. Klicka på en ruta, en butik eller en lucka för att få veta allt om den. Högerklicka för fler val.",
            "The colour shows how far it is to the nearest. Click a cell, a store or a gap to learn all about it. Right-click for more.",
        ],
    ),
    (
        ["Tabellerna", "The tables"],
        [
            "Klicka på ett namn för att öppna en tabell över kartans nedre del. En rad du väljer visas på kartan, och tvärtom.",
            "Click a name to open a table over the lower map. A row you choose is shown on the map, and the other way round.",
        ],
    ),
    (
        ["Sök allt", "Search everything"],
        [
            "Ctrl+K hittar orter, butiker, koordinater och allt som programmet kan göra. Det mesta går att ångra med Ctrl+Z.",
            "Ctrl+K finds places, stores, coordinates and everything the program can do. Most things can be undone with Ctrl+Z.",
        ],
    ),
];

/// The card that is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(at) = view.dialogs.tour else { return };
    let Some((heading, text)) = CARDS.get(at) else {
        view.dialogs.tour = None;
        return;
    };
    let lang: Lang = cx.lang;
    let part = part_of(at, ui.ctx().content_rect(), view);
    let screen = ui.ctx().content_rect();
    // Clicks beside the card do nothing: the same click must never meet a figure.
    Area::new(Id::unique("tour-veil")).fixed_pos(screen.min).order(Order::Foreground).show(ui.ctx(), |ui| {
        ui.allocate_response(screen.size(), egui::Sense::CLICK | egui::Sense::DRAG);
        ui.painter().rect_stroke(part, 8.0, Stroke::new(3.0, theme::SELECTION), egui::StrokeKind::Inside);
    });
    // Always in the same place, so that the buttons are.
    let corner = view.map.rect.center() - egui::vec2(176.0, 100.0);
    Area::new(Id::unique("tour")).fixed_pos(corner).order(Order::Tooltip).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(16.0).stroke(Stroke::new(1.5, theme::SELECTION)).show(
            ui,
            |ui| {
                ui.set_width(320.0);
                ui.label(RichText::new(lang.pick(heading[0], heading[1])).size(17.0).bold());
                ui.label(lang.pick(text[0], text[1]));
                ui.horizontal(|ui| {
                    let (n, of) = (at + 1, CARDS.len());
                    let next = if n < of {
                        primary_button(ui, true, icons::RIGHT, lang.pick("Nästa", "Next"))
                    } else {
                        primary_button(ui, true, icons::DONE, lang.pick("Börja", "Begin"))
                    };
                    // Enter goes on at once; whoever tabs to another button presses that one.
                    if ui.memory(|memory| memory.focused().is_none()) {
                        next.request_focus();
                    }
                    if next.clicked() && n < of {
                        view.dialogs.tour = Some(n);
                    } else if next.clicked() {
                        view.dialogs.tour = None;
                        if view.step != StepId::REACH {
                            actions.push(Action::Step(StepId::REACH));
                        }
                    }
                    if at > 0 && icon_button(ui, icons::UNDO, lang.pick("Tillbaka", "Back")).clicked() {
                        view.dialogs.tour = Some(at - 1);
                    }
                    if n < of && text_button(ui, lang.pick("Hoppa över", "Skip")).clicked() {
                        view.dialogs.tour = None;
                    }
                    ui.weak(say!(lang, "{n} av {of}", "{n} of {of}"));
                });
            },
        );
    });
}

/// The part of the window that a card is about.
fn part_of(at: usize, screen: Rect, view: &View) -> Rect {
    const BAR: f32 = 40.0;
    const RAIL: f32 = 92.0;
    let map = view.map.rect;
    match at {
        0 => Rect::from_min_max(pos2(0.0, BAR), pos2(RAIL, BAR + 330.0)),
        1 => Rect::from_min_max(pos2(RAIL, BAR), pos2(map.left().max(RAIL + 40.0), screen.bottom() - 26.0)),
        2 => map,
        3 => Rect::from_min_max(map.left_bottom(), pos2(map.right(), screen.bottom() - 26.0)),
        _ => Rect::from_min_max(pos2(screen.right() - 260.0, 0.0), pos2(screen.right(), BAR)),
    }
}
