//! What was done, and how does one go back to before it? The list of steps; a click on one undoes all after it.

use egui::Ui;

use crate::lang::Said;
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{choice, muted};

/// The list, while it is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if !view.dialogs.shows_history {
        return;
    }
    let lang = cx.lang;
    let mut is_open = true;
    let corner = egui::pos2(view.map.rect.left() + 12.0, view.map.rect.top() + 140.0);
    egui::Window::new(Simple::History.said(lang))
        .open(&mut is_open)
        .collapsible(false)
        .default_pos(corner)
        .default_size([300.0, 320.0])
        .show(ui.ctx(), |ui| steps(ui, cx, actions));
    view.dialogs.shows_history = is_open;
}

fn steps(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let history = cx.session.history();
    let done: Vec<_> = history.done().collect();
    if done.is_empty() && history.undone().next().is_none() {
        muted(ui, lang.pick("Inget har ändrats ännu.", "Nothing has been changed yet."));
        return;
    }
    muted(ui, lang.pick("Klicka på ett steg för att gå tillbaka dit.", "Click a step to go back to it."));
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let count = done.len();
        let start = lang.pick("Som projektet öppnades", "As the project was opened");
        let mut entry = |ui: &mut Ui, text: &str, is_on: bool, back: usize, is_undone: bool| {
            let label = say!(lang, "Gå till: {text}", "Go to: {text}");
            let text = if is_undone { format!("{} {text}", icons::REDO) } else { text.to_owned() };
            if choice(ui, is_on, &text, &label).clicked() && !is_on {
                let back = isize::try_from(back).unwrap_or(0);
                actions.push(Action::BackTo(if is_undone { -back } else { back }));
            }
        };
        entry(ui, start, count == 0, count, false);
        for (at, command) in done.iter().enumerate() {
            entry(ui, &command.said(lang), at + 1 == count, count - at - 1, false);
        }
        for (at, command) in history.undone().enumerate() {
            entry(ui, &command.said(lang), false, at + 1, true);
        }
    });
}
