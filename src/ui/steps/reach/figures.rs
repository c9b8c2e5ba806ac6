//! How far do people have, all of them, by countryside, and in the largest gaps? The figures behind the answer.

use egui::Ui;

use crate::analysis::{CoverageSummary, Spread};
use crate::app::Results;
use crate::app::telling::glossary::Term;
use crate::app::telling::reaching;
use crate::app::telling::words::of_spreads;
use crate::lang::{Lang, Said};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::common::goal_of_gap;
use crate::ui::state::{Selection, TableId, View};
use crate::ui::widgets::{big_figure, figure, heading, heading_with, muted, term_figure};
use crate::units::{Cost, Measure, People};

/// The figures that matter: how many have too far, and how far people have in the middle.
pub fn first(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results) {
    let (lang, measure) = (cx.lang, results.measure());
    let Some(result) = results.kind(view.kind) else { return };
    let row = cx.area_chosen(view);
    let of_kind =
        row.and_then(|row| row.kinds.iter().find(|known| known.kind == view.kind).map(|of| (row, of)));
    let summary = &result.summary;
    let (people, beyond, spread) = match of_kind {
        Some((row, of)) => (row.people, of.people_beyond, of.spread),
        None => (summary.people_total, summary.people_beyond, summary.spread),
    };
    let cost =
        |cost: Option<Cost>| cost.map_or_else(|| "–".into(), |cost| lang.number(measure.in_units(cost), 1));
    ui.columns_const(|[left, right]| {
        let unit = lang.percent(beyond.share_of(people));
        let caption = lang.pick("invånare bortom gränsen", "people beyond the threshold");
        big_figure(left, &lang.people(beyond), &unit, caption).on_hover_text(Term::Beyond.said(lang));
        let caption = lang.pick("hälften bor inom (P50)", "half live within (P50)");
        big_figure(right, &cost(spread.p50), measure.unit(), caption).on_hover_text(Term::Median.said(lang));
    });
}

/// The figures of everybody.
pub fn in_the_whole_area(ui: &mut Ui, lang: Lang, summary: &CoverageSummary, measure: Measure) {
    heading(ui, lang.pick("I hela området", "In the whole area"));
    let said = |of: fn(&Spread) -> Option<Cost>| {
        of_spreads(lang, &summary.lengths, summary.times.as_ref(), measure, of)
    };
    term_figure(
        ui,
        lang,
        Term::Within,
        lang.pick("Inom gränsen", "Within the threshold"),
        &lang.people(summary.people_within),
    );
    term_figure(
        ui,
        lang,
        Term::Beyond,
        lang.pick("Bortom gränsen", "Beyond the threshold"),
        &lang.people(summary.people_beyond),
    );
    let without: People = summary.people_without_value.values().copied().sum();
    if without > People::ZERO {
        term_figure(
            ui,
            lang,
            Term::WithoutValue,
            lang.pick("Utan värde", "Without a value"),
            &lang.people(without),
        );
    }
    term_figure(
        ui,
        lang,
        Term::Mean,
        lang.pick("Medelavstånd", "Mean distance"),
        &said(|spread| spread.mean),
    );
    term_figure(
        ui,
        lang,
        Term::Median,
        lang.pick("Hälften bor inom (P50)", "Half live within (P50)"),
        &said(|spread| spread.p50),
    );
    term_figure(
        ui,
        lang,
        Term::P90,
        lang.pick("Nio av tio bor inom (P90)", "Nine in ten live within (P90)"),
        &said(|spread| spread.p90),
    );
    term_figure(ui, lang, Term::Farthest, lang.pick("Längst", "Farthest"), &said(|spread| spread.max));
}

/// How each group of countryside has it, beside everyone.
pub fn groups(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    let lang = cx.lang;
    let Some((results, rural)) = cx.results().and_then(|results| Some((results, results.rural.as_ref()?)))
    else {
        return;
    };
    let Some(result) = results.kind(view.kind) else { return };
    let title = lang.pick("Bortom gränsen, per områdestyp", "Beyond the threshold, by countryside");
    heading_with(ui, title, &reaching::rural(results, rural, lang));
    for figures in &result.groups {
        let name = figures.group.map_or_else(
            || lang.pick("okänd (ingen väg nära)", "unknown (no road near)").to_owned(),
            |group| group.said(lang),
        );
        let not_within = figures.people - figures.within;
        let (beyond, people) = (lang.people(not_within), lang.people(figures.people));
        let share = lang.percent(not_within.share_of(figures.people));
        figure(ui, &name, &say!(lang, "{beyond} av {people} ({share})", "{beyond} of {people} ({share})"));
    }
}

pub fn gaps(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let Some(result) = results.kind(view.kind) else { return };
    heading_with(ui, lang.pick("Största luckorna", "Largest gaps"), &Term::Gap.said(lang));
    if result.gaps.is_empty() {
        muted(ui, lang.pick("Inga: alla bor inom gränsen.", "None: everybody lives within the threshold."));
    }
    let gaps = result.gaps.iter().enumerate();
    let mine: Vec<_> = gaps.filter(|(_, (gap, _))| cx.is_in_area(view, gap.area)).collect();
    if mine.is_empty() && !result.gaps.is_empty() {
        muted(ui, lang.pick("Inga i den här kommunen.", "None in this municipality."));
    }
    let all = mine.len();
    for (at, (gap, _)) in mine.into_iter().take(5) {
        let text = reaching::gap(results, gap, lang);
        let response = ui.add(egui::Button::new(text).frame(false).wrap());
        let first = gap.cells.first().and_then(|cell| results.situation.demand.origins.get(*cell as usize));
        let Some(selection) = first.map(|first| Selection::Gap(view.kind, *first)) else { continue };
        if response.hovered() {
            view.pointed = Some(selection.clone());
        }
        if let Some(goal) = goal_of_gap(cx, view.kind, at).filter(|_| response.clicked()) {
            actions.push(Action::SelectAndGo(selection, goal));
        }
    }
    if all > 5 {
        let count = lang.count(all);
        if ui.link(say!(lang, "Visa alla {count} i tabellen", "Show all {count} in the table")).clicked() {
            view.open_table(TableId::Gaps);
        }
    }
}
