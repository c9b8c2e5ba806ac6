//! The ranking: weights that are dragged, bars that open into numbers, a second method and the shares beside them.

use crate::ui::theme::Bold as _;
use crate::ui::widgets::strong;
use egui::{Align, Layout, RichText, Sense, Ui, vec2};

use super::common::{edit, edit_by, scope_ui};
use super::functions;
use crate::app::Results;
use crate::app::ranking::RankingChange;
use crate::app::telling::comparing::{self, points};
use crate::lang::{Lang, Said};
use crate::model::{Factor, RankingModel};
use crate::say;
use crate::siting::ranking::{DRAWS, Ranked};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{CompareState, Goal, Selection, View};
use crate::ui::table::{ROW, clickable, right, wide};
use crate::ui::theme;
use crate::ui::widgets::{NumberRow, answer, heading, muted, sign_button};

pub fn panel(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut CompareState,
    results: &Results,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let ranking = &cx.ranked.ranking;
    answer(ui, &comparing::first(results, ranking, lang));
    let shares = cx.ranked.shares.as_ref();
    let said = [
        comparing::stability(results, ranking, shares, lang),
        comparing::swap(results, ranking, lang),
        comparing::cross_check(results, ranking, lang),
    ];
    for sentence in said.into_iter().flatten() {
        ui.add(egui::Label::new(sentence).wrap());
    }
    heading(ui, lang.pick("Vikter", "Weights"));
    muted(
        ui,
        lang.pick(
            "Dra: ordningen följer med. Andelen är av all vikt. Öppna en faktor för att ändra hur den räknas.",
            "Drag: the order follows. The share is of all weight. Open a factor to change how it counts.",
        ),
    );
    let model = &cx.session.project().ranking;
    let all = model.shares();
    for factor in Factor::weighed() {
        let share = all.iter().find(|(known, _)| *known == factor).map_or(0.0, |(_, share)| *share);
        weight(ui, cx, state, factor, share, actions);
        if state.open_factor == Some(factor) {
            ui.indent(factor.id(), |ui| functions::show(ui, cx, results, factor, actions));
        }
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button(lang.pick("Lika vikter", "Equal weights")).clicked() {
            actions.push(edit(RankingChange::EqualWeights));
        }
        if **model != RankingModel::default()
            && ui.button(lang.pick("Återställ jämförelsen", "Reset the comparison")).clicked()
        {
            actions.push(edit(RankingChange::Reset));
        }
    });
    scope_ui(ui, cx, results, actions);
    how(ui, cx, model, actions);
    super::common::exports(ui, cx, actions);
}

fn weight(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut CompareState,
    factor: Factor,
    share: f64,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let name = factor.said(lang);
    let label = ui
        .horizontal(|ui| {
            let (swatch, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            ui.painter().rect_filled(swatch, 2.0, theme::factor_colour(factor));
            let is_open = state.open_factor == Some(factor);
            let label = ui.label(&name).on_hover_text(factor.meaning(lang));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let icon = if is_open { icons::UP } else { icons::DOWN };
                if sign_button(ui, true, icon, &say!(lang, "Hur {name} räknas", "How {name} counts"))
                    .clicked()
                {
                    state.open_factor = if is_open { None } else { Some(factor) };
                }
            });
            label
        })
        .inner;
    ui.horizontal(|ui| {
        let mut value = cx.session.project().ranking.setting(factor).weight;
        ui.spacing_mut().slider_width = (ui.available_width() - 64.0).max(80.0);
        let slider =
            egui::Slider::new(&mut value, 0.0..=RankingModel::WEIGHT_MAX).show_value(false).step_by(1.0);
        let slider = ui.add(slider).labelled_by(label.id);
        if slider.changed() {
            actions.push(edit_by(slider.id, RankingChange::Weight(factor, value)));
        }
        right(ui, lang.percent(share));
    });
}

/// How the score comes about, and the seed of the weightings.
fn how(ui: &mut Ui, cx: &Cx<'_>, model: &RankingModel, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let title = lang.pick("Så räknades detta", "How this was computed");
    egui::CollapsingHeader::new(title).id_salt("how-ranked").show(ui, |ui| {
        for text in [
            lang.pick(
                "Poäng: varje värde blir ett tal mellan 0 (sämst) och 1 (bäst), gånger vikten; delarna läggs ihop (viktad linjär kombination, WLC).",
                "Score: each value becomes a number between 0 (worst) and 1 (best), times its weight; the parts are added (weighted linear combination, WLC).",
            ),
            lang.pick(
                "Saknas ett värde räknas platsen på det som är känt, om inte faktorn säger annat. ”Känt” visar hur stor del av vikten det är: två platser med olika mycket känt är svåra att jämföra.",
                "Where a value is missing the place is scored by what is known, unless the factor says otherwise. “Known” shows how much of the weight that is: two places with different parts known are hard to compare.",
            ),
            lang.pick(
                "TOPSIS mäter på de råa värdena hur nära platsen är det bästa och hur långt från det sämsta av varje faktor.",
                "TOPSIS measures on the raw values how near a place is to the best and how far from the worst of each factor.",
            ),
        ] {
            muted(ui, text);
        }
        let draws = lang.whole(u64::from(DRAWS));
        muted(
            ui,
            say!(
                lang,
                "Andelarna kommer ur {draws} slumpvisa viktningar av de faktorer som har vikt, alla lika sannolika. Samma slumpfrö ger samma andelar.",
                "The shares come from {draws} random weightings of the factors that have weight, all equally likely. The same seed gives the same shares."
            ),
        );
        let row = NumberRow {
            name: lang.pick("Slumpfrö", "Seed"),
            hint: lang.pick("Samma tal ger samma slump; ändra det för att se att andelarna håller", "The same number gives the same draws; change it to see that the shares hold"),
            unit: "",
            decimals: 0,
            range: 0.0..=999_999_999.0,
            speed: 1.0,
        };
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within nine digits")]
        if let Some((id, seed)) = row.show(ui, lang, model.seed.min(999_999_999) as f64) {
            actions.push(edit_by(id, RankingChange::Seed(seed as u64)));
        }
    });
}

/// The columns: name, what it means, width.
fn headers(lang: Lang) -> [(&'static str, &'static str, f32); 10] {
    [
        ("#", "", 42.0),
        (lang.pick("Plats", "Place"), "", 170.0),
        (lang.pick("Poäng", "Score"), lang.pick("0 till 100", "0 to 100"), 56.0),
        (
            lang.pick("Känt", "Known"),
            lang.pick("Andel av vikten som har ett värde", "Share of the weight that has a value"),
            64.0,
        ),
        (
            lang.pick("Delarna", "Its parts"),
            lang.pick("Peka på en stapel för talen", "Point at a bar for its numbers"),
            220.0,
        ),
        ("TOPSIS", lang.pick("Rang enligt en annan metod", "Rank by another method"), 76.0),
        (
            lang.pick("Först i", "First in"),
            lang.pick("Andel av alla viktningar", "Share of all weightings"),
            76.0,
        ),
        (
            lang.pick("Topp tre i", "Top three in"),
            lang.pick("Andel av alla viktningar", "Share of all weightings"),
            84.0,
        ),
        (lang.pick("Flaggor", "Flags"), "", 64.0),
        (lang.pick("Kommun", "Municipality"), "", 96.0),
    ]
}

pub fn table(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let places = &cx.ranked.ranking.places;
    if places.is_empty() {
        let text = lang.pick(
            "Inga platser att rangordna: se urvalet till vänster.",
            "No places to rank: see the choice on the left.",
        );
        muted(ui, text);
        return;
    }
    let headers = headers(lang);
    let largest = places.iter().filter_map(|place| place.score).fold(1e-9, f64::max);
    let chosen = places.iter().position(|place| view.selects(&results.candidates[place.candidate].site));
    wide(ui, |ui| {
        let mut table = clickable(ui, headers.map(|(_, _, width)| width));
        if let Some(row) = chosen.filter(|_| view.sheet.scrolls_to_selection) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        view.sheet.scrolls_to_selection = false;
        table
            .header(ROW, |mut header| {
                for (name, hint, _) in headers {
                    header.col(|ui| {
                        let label = ui.label(RichText::new(name).small().bold());
                        if !hint.is_empty() {
                            label.on_hover_text(hint);
                        }
                    });
                }
            })
            .body(|body| {
                body.rows(ROW, places.len(), |mut row| {
                    let place = &places[row.index()];
                    row.set_selected(chosen == Some(row.index()));
                    place_row(&mut row, cx, results, place, largest);
                    if row.response().clicked() {
                        let candidate = &results.candidates[place.candidate];
                        let goal = Goal::at(candidate.place, None);
                        actions.push(Action::SelectAndGo(Selection::Site(candidate.site.clone()), goal));
                    }
                });
            });
    });
}

fn place_row(
    row: &mut egui_extras::TableRow<'_, '_>,
    cx: &Cx<'_>,
    results: &Results,
    place: &Ranked,
    largest: f64,
) {
    let lang = cx.lang;
    let candidate = &results.candidates[place.candidate];
    row.col(|ui| right(ui, place.score.map_or_else(|| "–".into(), |_| lang.count(place.rank))));
    row.col(|ui| {
        let response = ui.add(egui::Label::new(&candidate.name).truncate());
        // The order can be heard, and found by tests.
        let rank = lang.count(place.rank);
        let text = say!(lang, "Plats {rank}: {}", "Rank {rank}: {}", candidate.name);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text.clone()));
    });
    row.col(|ui| right(ui, place.score.map_or_else(|| "–".into(), |score| points(score, lang))));
    row.col(|ui| right(ui, lang.percent(place.known)));
    row.col(|ui| bar(ui, place, largest, lang));
    row.col(|ui| {
        let Some(_) = place.closeness else { return right(ui, "–".into()) };
        let rank = lang.count(place.other_rank);
        if place.other_rank == place.rank {
            return right(ui, rank);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text =
                RichText::new(format!("{} {rank}", icons::DIFFERS)).color(theme::warning_colour(cx.theme));
            let hint = lang.pick(
                "Den andra metoden ger en annan plats i ordningen",
                "The other method gives another rank",
            );
            ui.label(text).on_hover_text(hint);
        });
    });
    let shares = cx.ranked.shares.as_ref();
    let share = |of: fn(&crate::siting::ranking::Shares) -> &Vec<f64>| {
        shares
            .and_then(|shares| of(shares).get(place.row))
            .map_or_else(|| "…".into(), |share| lang.percent(*share))
    };
    row.col(|ui| right(ui, share(|shares| &shares.first)));
    row.col(|ui| right(ui, share(|shares| &shares.among_three)));
    row.col(|ui| {
        let count = cx.ranked.flags.get(place.candidate).map_or(0, |flags| flags.flags.len());
        if count > 0 {
            let text = format!("{} {}", icons::FLAG, lang.count(count));
            ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
        }
    });
    row.col(|ui| {
        ui.label(results.situation.area_name(candidate.area).unwrap_or("–"));
    });
}

/// The parts of a score beside each other, as long as they contribute.
fn bar(ui: &mut Ui, place: &Ranked, largest: f64, lang: Lang) {
    let size = vec2((ui.available_width() - 6.0).max(40.0), 14.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let mut left = rect.left();
    for part in place.parts.iter().filter(|part| part.contribution > 0.0) {
        #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
        let width = (part.contribution / largest) as f32 * rect.width();
        let piece = egui::Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
        ui.painter().rect_filled(piece, 0.0, theme::factor_colour(part.factor));
        left += width;
    }
    response.on_hover_ui(|ui| {
        for part in place.parts.iter().filter(|part| part.contribution > 0.0) {
            ui.label(format!("{}: {}", part.factor.said(lang), points(part.contribution, lang)));
        }
        if let Some(score) = place.score {
            strong(ui, say!(lang, "Summa: {}", "Sum: {}", points(score, lang)));
        }
    });
}
