//! What has a colleague written in their copy of the project, and what of it is taken? Side by side, a row each, with a
//! choice; taken as one step that can be undone.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::merging::{Choice, Difference};
use crate::app::session::Merging;
use crate::lang::{Lang, Said};
use crate::ui::action::{Action, MergeStep, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{choice, muted, primary_button, text_button};
use crate::{say, say_many};

/// The sheet, while there is something to choose.
pub fn show(ui: &Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let Some(merging) = &cx.session.merging else { return };
    let lang = cx.lang;
    let room = ui.ctx().content_rect().size();
    let mut is_open = true;
    egui::Window::new(Simple::Merge.said(lang).trim_end_matches('…'))
        .open(&mut is_open)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([room.x.min(1100.0) - 60.0, room.y.min(800.0) - 150.0])
        .show(ui.ctx(), |ui| {
            head(ui, cx, merging, actions);
            ui.separator();
            let below = 44.0;
            ScrollArea::both().auto_shrink(false).max_height(ui.available_height() - below).show(ui, |ui| {
                differences(ui, lang, merging, actions);
            });
            ui.separator();
            foot(ui, lang, merging, actions);
        });
    if !is_open {
        actions.push(Action::Merge(MergeStep::Drop));
    }
}

/// What is compared, how much differs, and choices for all of it.
fn head(ui: &mut Ui, cx: &Cx<'_>, merging: &Merging, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let merge = &merging.merge;
    let contradictions = merge.differences.iter().filter(|one| one.is_contradiction()).count();
    let new = merge.differences.len() - contradictions;
    let name = &merge.name;
    ui.label(RichText::new(name).bold());
    let (n, both) = (lang.count(new), lang.count(contradictions));
    ui.label(say!(
        lang,
        "Finns bara i kollegans: {n}. Skiljer sig: {both}. Det som bara finns i ditt rörs inte.",
        "Only in theirs: {n}. Different: {both}. What is only in yours is not touched."
    ));
    if !merge.without.is_empty() {
        let layers = merge.without.join(", ");
        let text = say!(
            lang,
            "Lager som inte finns här: {layers}. Uppgifter om deras platser läggs att vänta på beslut.",
            "Layers that are not here: {layers}. What is said of their places waits for a decision."
        );
        ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
    }
    ui.horizontal(|ui| {
        for (text, whose) in [
            (lang.pick("Behåll allt mitt", "Keep all of mine"), Choice::Mine),
            (lang.pick("Ta allt deras", "Take all of theirs"), Choice::Theirs),
        ] {
            if text_button(ui, text).clicked() {
                let all = (0..merge.differences.len()).map(|at| Action::Merge(MergeStep::Choose(at, whose)));
                actions.extend(all);
            }
        }
        if text_button(ui, lang.pick("Som föreslaget", "As proposed")).clicked() {
            let all = merge.standard().into_iter().enumerate();
            actions.extend(all.map(|(at, whose)| Action::Merge(MergeStep::Choose(at, whose))));
        }
    });
}

fn differences(ui: &mut Ui, lang: Lang, merging: &Merging, actions: &mut Vec<Action>) {
    Grid::new("differences").striped(true).num_columns(5).spacing([14.0, 6.0]).show(ui, |ui| {
        for name in match lang {
            Lang::Sv => ["Plats", "Vad", "Här", "Där", "Vad som gäller"],
            Lang::En => ["Place", "What", "Here", "There", "What holds"],
        } {
            ui.label(RichText::new(name).small().bold());
        }
        ui.end_row();
        for (at, difference) in merging.merge.differences.iter().enumerate() {
            let chosen = merging.choices.get(at).copied().unwrap_or_else(|| difference.standard());
            row(ui, lang, at, difference, chosen, actions);
            ui.end_row();
        }
    });
}

/// Text that breaks within its column.
fn cell(ui: &mut Ui, text: String, width: f32) {
    ui.scope(|ui| {
        ui.set_max_width(width);
        ui.add(egui::Label::new(text).wrap());
    });
}

fn row(
    ui: &mut Ui,
    lang: Lang,
    at: usize,
    difference: &Difference,
    chosen: Choice,
    actions: &mut Vec<Action>,
) {
    let place = if difference.place.is_empty() {
        lang.pick("hela projektet", "the whole project").to_owned()
    } else {
        difference.place.clone()
    };
    let what = difference.what.said(lang);
    cell(ui, place.clone(), 150.0);
    cell(ui, what.clone(), 170.0);
    cell(ui, difference.mine.as_ref().map_or_else(|| "–".to_owned(), |mine| mine.said(lang)), 240.0);
    cell(ui, difference.theirs.said(lang), 240.0);
    ui.horizontal(|ui| {
        let mut offer = |ui: &mut Ui, whose: Choice, text: &str| {
            let label = format!("{place}, {what}: {text}");
            if choice(ui, chosen == whose, text, &label).clicked() {
                actions.push(Action::Merge(MergeStep::Choose(at, whose)));
            }
        };
        if difference.is_contradiction() {
            offer(ui, Choice::Mine, lang.pick("Mitt", "Mine"));
            offer(ui, Choice::Theirs, lang.pick("Deras", "Theirs"));
        } else {
            offer(ui, Choice::Theirs, lang.pick("Hämta", "Take"));
            offer(ui, Choice::Mine, lang.pick("Hoppa över", "Leave"));
        }
        if !difference.beside.is_empty() {
            offer(ui, Choice::Both, lang.pick("Båda", "Both"));
        }
    });
}

fn foot(ui: &mut Ui, lang: Lang, merging: &Merging, actions: &mut Vec<Action>) {
    let count = merging.choices.iter().filter(|chosen| **chosen != Choice::Mine).count();
    let n = lang.count(count);
    ui.horizontal(|ui| {
        let text = say_many!(
            lang,
            count,
            "Hämta in {n} skillnad" | "Hämta in {n} skillnader",
            "Take {n} difference" | "Take {n} differences"
        );
        if primary_button(ui, count > 0, icons::DIFFERS, &text).clicked() {
            actions.push(Action::Merge(MergeStep::Take));
        }
        if ui.button(lang.pick("Avbryt", "Cancel")).clicked() {
            actions.push(Action::Merge(MergeStep::Drop));
        }
        muted(
            ui,
            lang.pick("Det blir ett steg, som kan ångras.", "It becomes one step, which can be undone."),
        );
    });
}
