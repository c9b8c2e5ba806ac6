//! Weights by judging factors two at a time (AHP): which means more, and how much? And do the answers agree?

use egui::{RichText, Sense, Ui, vec2};

use super::common::edit;
use super::common::edit_by;
use crate::app::ranking::{RankingChange, judgements, weights};
use crate::app::telling::comparing;
use crate::lang::{Lang, Said};
use crate::model::{Factor, Judgement};
use crate::say;
use crate::siting::ranking::ahp::{CONSISTENT_UP_TO, Solution};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{answer, heading, icon_button_if, muted, sign_button};

pub fn panel(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let model = &cx.session.project().ranking;
    let (factors, judged) = judgements(model);
    let (answered, pairs) = judged.answered();
    let solution = judged.solve().filter(|_| answered > 0);
    let (count, of) = (lang.count(answered), lang.count(pairs));
    answer(ui, &say!(lang, "{count} av {of} par är bedömda.", "{count} of {of} pairs are judged."));
    match &solution {
        Some(solution) => outcome(ui, cx, &factors, solution),
        None if answered > 0 => {
            let loose = judged.first_untied().and_then(|at| factors.get(at));
            let loose = loose.map(|factor| factor.said(lang)).unwrap_or_default();
            let first = factors.first().map(|factor| factor.said(lang)).unwrap_or_default();
            let text = say!(
                lang,
                "Vikter kommer när alla hänger ihop: än knyter ingen kedja av svar {loose} till {first}.",
                "Weights come when all hang together: no chain of answers ties {loose} to {first} yet."
            );
            ui.add(egui::Label::new(text).wrap());
        }
        None => {
            muted(
                ui,
                lang.pick(
                    "Bedöm två faktorer i taget i tabellen under kartan: vilken betyder mest, och hur mycket? Svaren blir vikter (analytisk hierarkisk process, AHP).",
                    "Judge two factors at a time in the table below the map: which means more, and how much? The answers become weights (analytic hierarchy process, AHP).",
                ),
            );
        }
    }
    let use_them = lang.pick("Använd vikterna", "Use these weights");
    if icon_button_if(ui, solution.is_some(), icons::COMPARE, use_them).clicked()
        && let Some(solution) = &solution
    {
        actions.push(edit(RankingChange::Weights(weights(&factors, solution))));
    }
    muted(
        ui,
        lang.pick(
            "Faktorer som inte bedöms får då vikten 0. Ångra tar tillbaka det.",
            "Factors that are not judged then weigh 0. Undo takes it back.",
        ),
    );
    heading(ui, lang.pick("Faktorer att bedöma", "Factors to judge"));
    muted(
        ui,
        lang.pick(
            "Få räcker långt: fem faktorer är tio par, femton är hundrafem.",
            "A few go far: five factors are ten pairs, fifteen are a hundred and five.",
        ),
    );
    for factor in Factor::weighed() {
        let mut is_judged = model.judged.contains(&factor);
        if ui.checkbox(&mut is_judged, factor.said(lang)).on_hover_text(factor.meaning(lang)).changed() {
            actions.push(edit(RankingChange::Judged(factor, is_judged)));
        }
    }
}

/// The weights that come out, and whether the answers agree.
fn outcome(ui: &mut Ui, cx: &Cx<'_>, factors: &[Factor], solution: &Solution) {
    let lang = cx.lang;
    match solution.consistency_ratio {
        None => {
            muted(
                ui,
                lang.pick(
                    "Hur väl svaren stämmer överens visas när alla par är bedömda.",
                    "How well the answers agree is shown when all pairs are judged.",
                ),
            );
        }
        Some(ratio) => {
            let said = lang.number(ratio, 3);
            if ratio <= CONSISTENT_UP_TO {
                let text = say!(
                    lang,
                    "Svaren stämmer överens (konsistenskvot CR {said}, högst 0,10).",
                    "The answers agree (consistency ratio CR {said}, at most 0.10)."
                );
                ui.add(egui::Label::new(text).wrap());
            } else {
                let mut text = say!(
                    lang,
                    "Svaren säger emot varandra (konsistenskvot CR {said}, bör vara högst 0,10).",
                    "The answers contradict each other (consistency ratio CR {said}, should be at most 0.10)."
                );
                if let Some(odd) = &solution.odd {
                    text = format!("{text} {}", comparing::odd(factors, odd, lang));
                }
                ui.add(egui::Label::new(RichText::new(text).color(theme::warning_colour(cx.theme))).wrap());
            }
        }
    }
    heading(ui, lang.pick("Vikter ur svaren", "Weights from the answers"));
    for (factor, weight) in factors.iter().zip(&solution.weights) {
        let (name, share) = (factor.said(lang), lang.percent(*weight));
        let response = crate::ui::widgets::figure(ui, &name, &share);
        let bar = egui::Rect::from_min_size(response.rect.left_bottom() - vec2(0.0, 1.0), vec2(0.0, 3.0));
        #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
        let width = *weight as f32 * response.rect.width();
        ui.painter().rect_filled(
            egui::Rect::from_min_size(bar.min, vec2(width, 3.0)),
            1.0,
            theme::factor_colour(*factor),
        );
        ui.add_space(4.0);
    }
}

/// What a judgement says.
fn words(steps: i8, first: &str, second: &str, lang: Lang) -> String {
    let times = lang.count(usize::from(steps.unsigned_abs()) + 1);
    match steps {
        0 => lang.pick("lika viktiga", "equally important").into(),
        1.. => say!(lang, "{first}: {times} gånger så viktig", "{first}: {times} times as important"),
        _ => say!(lang, "{second}: {times} gånger så viktig", "{second}: {times} times as important"),
    }
}

/// One line a pair: slide towards the one that means more.
pub fn table(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let model = &cx.session.project().ranking;
    let factors: Vec<Factor> = model.judged.iter().copied().collect();
    if factors.len() < 2 {
        muted(
            ui,
            lang.pick("Välj minst två faktorer till vänster.", "Choose at least two factors on the left."),
        );
        return;
    }
    muted(
        ui,
        lang.pick(
            "Dra mot den faktor som betyder mest. Mitten är lika viktiga; ytterst är nio gånger så viktig.",
            "Slide towards the factor that means more. The middle is equally important; the end is nine times as important.",
        ),
    );
    egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        egui::Grid::new("pairs").num_columns(5).spacing(vec2(10.0, 6.0)).striped(true).show(ui, |ui| {
            for (at, first) in factors.iter().enumerate() {
                for second in &factors[at + 1..] {
                    pair(ui, cx, *first, *second, actions);
                    ui.end_row();
                }
            }
        });
    });
}

fn pair(ui: &mut Ui, cx: &Cx<'_>, first: Factor, second: Factor, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let known = cx.session.project().ranking.judgements.get(&(first, second)).copied();
    let (left, right) = (first.said(lang), second.said(lang));
    swatch(ui, first, &left);
    // To the left means the first: the slider runs the other way than the scale.
    let mut slid = -known.map_or(0, Judgement::steps);
    ui.spacing_mut().slider_width = 170.0;
    let slider = ui.add(egui::Slider::new(&mut slid, -8..=8).show_value(false));
    let name = say!(lang, "{left} mot {right}", "{left} against {right}");
    slider.widget_info(|| egui::WidgetInfo::slider(true, f64::from(slid), name.clone()));
    // A click on the middle is an answer too.
    if slider.changed() || (known.is_none() && slider.clicked()) {
        let judgement = Some(Judgement::from_steps(-slid));
        actions.push(edit_by(slider.id, RankingChange::Judge(first, second, judgement)));
    }
    swatch(ui, second, &right);
    if let Some(judgement) = known {
        ui.label(words(judgement.steps(), first.short(lang), second.short(lang), lang));
        let text = say!(lang, "Ta bort svaret: {name}", "Remove the answer: {name}");
        if sign_button(ui, true, icons::CLOSE, &text).clicked() {
            actions.push(edit(RankingChange::Judge(first, second, None)));
        }
    } else {
        ui.weak(lang.pick("inte bedömt", "not judged"));
        let text = say!(lang, "Lika viktiga: {name}", "Equally important: {name}");
        let button = ui.small_button(lang.pick("lika viktiga", "equal"));
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
        if button.clicked() {
            actions.push(edit(RankingChange::Judge(first, second, Some(Judgement::EQUAL))));
        }
    }
}

fn swatch(ui: &mut Ui, factor: Factor, name: &str) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
        ui.painter().rect_filled(rect, 2.0, theme::factor_colour(factor));
        ui.label(name);
    });
}
