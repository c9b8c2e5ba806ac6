//! The chosen place in the comparison: its flags, its questions, and its score opened into the parts it is the sum of.

use egui::{RichText, Sense, Ui, vec2};

use crate::app::Results;
use crate::app::telling::comparing::points;
use crate::lang::Said;
use crate::model::MissingRule;
use crate::say;
use crate::siting::Candidate;
use crate::siting::ranking::{Part, Ranked};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::words;
use crate::ui::state::Shown;
use crate::ui::theme;
use crate::ui::widgets::{figure, heading, muted};

/// Drawn while places are compared.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, candidate: &Candidate) {
    let Some(results) = cx.results().filter(|_| cx.shows(Shown::Ranking)) else { return };
    let Some(at) = results.candidates.iter().position(|known| known.site == candidate.site) else { return };
    let lang = cx.lang;
    let Some(found) = cx.ranked.flags.get(at) else { return };
    if let Some(status) = found.status {
        figure(ui, lang.pick("SOT-status", "SOT status"), &status.said(lang));
    }
    heading(ui, lang.pick("Att se upp med", "To look out for"));
    if found.flags.is_empty() {
        muted(ui, lang.pick("Inga flaggor.", "No flags."));
    }
    for flag in &found.flags {
        let text = format!("{} {}", icons::FLAG, flag.say(results.measure(), lang));
        ui.add(egui::Label::new(RichText::new(text).color(theme::warning_colour(cx.theme))).wrap());
    }
    let count = lang.count(found.questions.len());
    egui::CollapsingHeader::new(say!(lang, "Att fråga om ({count})", "To ask about ({count})"))
        .id_salt("questions")
        .show(ui, |ui| {
            for question in &found.questions {
                ui.add(egui::Label::new(format!("{} {}", icons::QUESTION, question.said(lang))).wrap());
            }
        });
    heading(ui, lang.pick("Poängen i sina delar", "The score in its parts"));
    if let Some(place) = cx.ranked.place(at) {
        return score(ui, cx, results, place);
    }
    let left_out = &cx.ranked.ranking.left_out;
    let why = left_out.iter().find(|(known, _)| *known == at).map(|(_, why)| why.said(lang));
    let text = why.map_or_else(
        || lang.pick("Platsen ingår inte i urvalet.", "The place is not in the choice.").into(),
        |why| say!(lang, "Utelämnad: {why}.", "Left out: {why}."),
    );
    muted(ui, text);
}

fn score(ui: &mut Ui, cx: &Cx<'_>, results: &Results, place: &Ranked) {
    let lang = cx.lang;
    let Some(score) = place.score else {
        muted(
            ui,
            lang.pick("Inget som väger är känt: ingen poäng.", "Nothing that weighs is known: no score."),
        );
        return;
    };
    let (rank, of) = (lang.count(place.rank), lang.count(cx.ranked.ranking.places.len()));
    figure(ui, lang.pick("Rang", "Rank"), &say!(lang, "{rank} av {of}", "{rank} of {of}"));
    figure(ui, lang.pick("Enligt TOPSIS", "By TOPSIS"), &lang.count(place.other_rank));
    if let Some(shares) = &cx.ranked.shares
        && let Some((first, three)) = shares.first.get(place.row).zip(shares.among_three.get(place.row))
    {
        let name = lang.pick("Först, topp tre, i alla viktningar", "First, top three, in all weightings");
        figure(ui, name, &format!("{} · {}", lang.percent(*first), lang.percent(*three)));
    }
    let mut parts: Vec<&Part> = place.parts.iter().collect();
    parts.sort_by(|a, b| b.contribution.total_cmp(&a.contribution).then(a.factor.cmp(&b.factor)));
    for part in parts {
        part_ui(ui, cx, results, place.candidate, part);
    }
    ui.separator();
    figure(ui, lang.pick("Summa, av 100", "Sum, of 100"), &points(score, lang));
    let known = lang.percent(place.known);
    muted(ui, say!(lang, "Känt för {known} av vikten.", "Known for {known} of the weight."));
}

/// Value, worth, weight and what they come to.
fn part_ui(ui: &mut Ui, cx: &Cx<'_>, results: &Results, at: usize, part: &Part) {
    let lang = cx.lang;
    let name = part.factor.said(lang);
    let given = match part.worth {
        Some(_) => points(part.contribution, lang),
        None => "–".into(),
    };
    figure(ui, &name, &given).on_hover_text(part.factor.meaning(lang));
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), Sense::hover());
    let weak = ui.visuals().widgets.noninteractive.bg_stroke.color;
    #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
    let [whole, filled] = [part.weight, part.contribution].map(|part| part as f32 * bar.width());
    ui.painter().rect_filled(egui::Rect::from_min_size(bar.min, vec2(whole, 4.0)), 1.0, weak);
    let filled = egui::Rect::from_min_size(bar.min, vec2(filled, 4.0));
    ui.painter().rect_filled(filled, 1.0, theme::factor_colour(part.factor));
    let unit = part.factor.unit().text(results.measure(), lang);
    let weight = lang.percent(part.weight);
    let said = match (part.reading, part.worth) {
        (Ok(reading), Some(worth)) => {
            let (value, worth) = (words(cx, results, at, part.factor, reading), lang.number(worth, 2));
            say!(
                lang,
                "{value} {unit}: värde {worth} × vikt {weight}",
                "{value} {unit}: worth {worth} × weight {weight}"
            )
        }
        (Ok(_), None) => String::new(),
        (Err(missing), worth) => {
            let (why, rule) = (missing.said(lang), cx.session.project().ranking.setting(part.factor).missing);
            let rule_said = rule.said(lang);
            let tail = match worth.filter(|_| rule != MissingRule::LeaveOut) {
                Some(worth) => format!(" {} × {weight}", lang.number(worth, 2)),
                None => String::new(),
            };
            format!("{why}: {rule_said}{tail}")
        }
    };
    muted(ui, said.replace(" :", ":"));
}
