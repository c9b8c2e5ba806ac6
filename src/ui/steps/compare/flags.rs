//! The flags view, which comes first: every value as it is, its limit, the people it is about, and what is not known.

use crate::ui::theme::Bold as _;
use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::common::{edit_by, in_scope, scope_ui};
use crate::app::Results;
use crate::app::command::Command;
use crate::app::ranking::RankingChange;
use crate::app::telling::comparing;
use crate::app::telling::words::short_number;
use crate::lang::Said;
use crate::model::{Direction, Factor, FactorUnit, Parameters};
use crate::say;
use crate::siting::{is_beyond, limit_of};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::words;
use crate::ui::state::{CompareState, FlagColumn, Goal, Selection, View};
use crate::ui::table::{ROW, right, wide};
use crate::ui::theme;
use crate::ui::widgets::{NumberRow, answer, heading, muted};

const HEAD: f32 = 44.0;

pub fn panel(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let places = in_scope(cx);
    let of = |at: &&usize| cx.ranked.flags.get(**at);
    let flagged = places.iter().filter(|at| of(at).is_some_and(|flags| !flags.flags.is_empty())).count();
    let asked = places.iter().filter(|at| of(at).is_some_and(|flags| !flags.questions.is_empty())).count();
    answer(ui, &comparing::flagged(places.len(), flagged, asked, lang));
    muted(
        ui,
        lang.pick(
            "Först värdena som de är. Ingen poäng döljer dem: rangordningen kommer sedan, och öppnas i sina delar.",
            "First the values as they are. No score hides them: the ranking comes after, and opens into its parts.",
        ),
    );
    scope_ui(ui, cx, results, actions);
    limits(ui, cx, results, actions);
    super::common::exports(ui, cx, actions);
}

/// Limits beyond which a value is flagged.
fn limits(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    heading(ui, cx.lang.pick("Gränser för flaggor", "Flag limits"));
    let (with, without): (Vec<Factor>, Vec<Factor>) = Factor::ALL
        .into_iter()
        .filter(|factor| !matches!(factor.unit(), FactorUnit::YesNo | FactorUnit::Words))
        .partition(|factor| limit(cx, results, *factor).is_some());
    for factor in with {
        limit_row(ui, cx, results, factor, actions);
    }
    add_limit(ui, cx, results, &without, actions);
    reset_limits(ui, cx, actions);
    town_people(ui, cx, actions);
}

/// The limit that a factor has now.
fn limit(cx: &Cx<'_>, results: &Results, factor: Factor) -> Option<f64> {
    let project = cx.session.project();
    limit_of(factor, &project.ranking, &project.parameters, results.measure())
}

fn limit_row(ui: &mut Ui, cx: &Cx<'_>, results: &Results, factor: Factor, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(limit) = limit(cx, results, factor) else { return };
    let name = factor.said(lang);
    let hint = if factor.direction() == Direction::LessIsBetter {
        say!(lang, "{name}: flaggas över gränsen", "{name}: flagged above the limit")
    } else {
        say!(lang, "{name}: flaggas under gränsen", "{name}: flagged below the limit")
    };
    let row = NumberRow {
        name: &name,
        hint: &hint,
        unit: factor.unit().text(results.measure(), lang),
        decimals: factor.unit().decimals(),
        range: 0.0..=1e7,
        speed: if factor.unit() == FactorUnit::People { 10.0 } else { 0.1 },
    };
    if let Some((id, value)) = row.show(ui, lang, limit) {
        actions.push(edit_by(id, RankingChange::Limit(factor, Some(value))));
    }
}

/// A limit for a factor that has none.
fn add_limit(ui: &mut Ui, cx: &Cx<'_>, results: &Results, without: &[Factor], actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let label = ui.label(lang.pick("Flagga också", "Also flag"));
    egui::ComboBox::from_id_salt("add-limit")
        .selected_text(lang.pick("välj en faktor…", "choose a factor…"))
        .width(220.0)
        .show_ui(ui, |ui| {
            for factor in without {
                if ui.selectable_label(false, factor.said(lang)).clicked() {
                    // The middle of what is there: a start that one sees something by.
                    let known = results.readings.iter().filter_map(|readings| readings[factor.index()].ok());
                    let mut known: Vec<f64> = known.collect();
                    known.sort_by(f64::total_cmp);
                    let middle = known.get(known.len() / 2).copied().unwrap_or(1.0);
                    actions.push(super::common::edit(RankingChange::Limit(*factor, Some(middle.round()))));
                }
            }
        })
        .response
        .labelled_by(label.id);
}

fn reset_limits(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let model = &cx.session.project().ranking;
    let changed = || Factor::ALL.into_iter().filter(|factor| model.setting(*factor).limit.is_some());
    if changed().next().is_some()
        && ui.button(cx.lang.pick("Återställ gränserna", "Reset the limits")).clicked()
    {
        // One step for each that was changed, all of one click.
        let gesture = ui.scope_id().with("reset-limits");
        for factor in changed() {
            actions.push(edit_by(gesture, RankingChange::Limit(factor, None)));
        }
    }
}

/// How large a town is.
fn town_people(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let row = NumberRow {
        name: lang.pick("Minsta folkmängd för en stad", "Smallest population of a town"),
        hint: lang.pick(
            "Antagande: orter med så många invånare räknas som tätort",
            "Assumption: places with so many people count as a town",
        ),
        unit: "",
        decimals: 0,
        range: 1.0..=1e7,
        speed: 100.0,
    };
    if let Some((id, town_people)) = row.show(ui, lang, parameters.town_people) {
        let parameters = Parameters { town_people, ..parameters.clone() };
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
}

/// The places of the table, in the order chosen.
fn rows(cx: &Cx<'_>, sort: (FlagColumn, bool), results: &Results) -> Vec<usize> {
    let (column, is_falling) = sort;
    let mut rows: Vec<usize> = in_scope(cx).into_iter().collect();
    let count = |at: usize| {
        cx.ranked.flags.get(at).map_or((0, 0), |flags| (flags.flags.len(), flags.questions.len()))
    };
    rows.sort_by(|a, b| {
        let (x, y) = (&results.candidates[*a], &results.candidates[*b]);
        let reading = |at: usize, factor: Factor| results.readings[at][factor.index()].ok();
        let order = match column {
            FlagColumn::Name => x.name.cmp(&y.name),
            FlagColumn::Area => results.situation.area_name(x.area).cmp(&results.situation.area_name(y.area)),
            FlagColumn::Verdict => x.verdict.cmp(&y.verdict),
            FlagColumn::Flags => count(*a).0.cmp(&count(*b).0),
            FlagColumn::Questions => count(*a).1.cmp(&count(*b).1),
            FlagColumn::Factor(factor) => {
                let value = |at| reading(at, factor).unwrap_or(f64::NEG_INFINITY);
                value(*a).total_cmp(&value(*b))
            }
        };
        // What is not known stands last, whichever way one sorts.
        if let FlagColumn::Factor(factor) = column {
            match (reading(*a, factor), reading(*b, factor)) {
                (None, Some(_)) => return std::cmp::Ordering::Greater,
                (Some(_), None) => return std::cmp::Ordering::Less,
                _ => {}
            }
        }
        let order = if is_falling { order.reverse() } else { order };
        order.then_with(|| x.verdict.cmp(&y.verdict)).then_with(|| x.name.cmp(&y.name))
    });
    rows
}

pub fn table(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let rows = rows(cx, view.compare.sort, results);
    if rows.is_empty() {
        muted(
            ui,
            lang.pick(
                "Inga platser i urvalet. Välj fler till vänster, eller markera platser i tabellen under Platser.",
                "No places in this choice. Choose more on the left, or tick places in the table under Places.",
            ),
        );
        return;
    }
    let mut headers: Vec<(FlagColumn, String, String, f32)> = vec![
        (FlagColumn::Name, lang.pick("Plats", "Place").into(), String::new(), 170.0),
        (FlagColumn::Flags, lang.pick("Flaggor", "Flags").into(), String::new(), 210.0),
        (FlagColumn::Questions, lang.pick("Frågor", "Questions").into(), String::new(), 70.0),
        (FlagColumn::Verdict, lang.pick("Bedömning", "Verdict").into(), String::new(), 168.0),
    ];
    headers.extend(Factor::ALL.map(|factor| {
        // Person-kilometres with their limit are the longest.
        let width = if factor.unit() == FactorUnit::PersonTravel { 170.0 } else { 98.0 };
        (FlagColumn::Factor(factor), factor.short(lang).to_owned(), second_line(cx, results, factor), width)
    }));
    headers.push((FlagColumn::Area, lang.pick("Kommun", "Municipality").into(), String::new(), 96.0));
    let chosen = rows.iter().position(|at| view.selects(&results.candidates[*at].site));
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center));
        for (_, _, _, width) in &headers {
            table = table.column(Column::initial(*width).resizable(true).clip(true));
        }
        if let Some(row) = chosen.filter(|_| view.sheet.scrolls_to_selection) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        view.sheet.scrolls_to_selection = false;
        table
            .header(HEAD, |mut header| {
                for (column, name, below, _) in &headers {
                    header.col(|ui| head(ui, cx, &mut view.compare, *column, name, below));
                }
            })
            .body(|body| {
                body.rows(ROW, rows.len(), |mut row| {
                    let at = rows[row.index()];
                    row.set_selected(chosen == Some(row.index()));
                    place_row(&mut row, cx, results, at);
                    if row.response().clicked() {
                        let candidate = &results.candidates[at];
                        let goal = Goal::at(candidate.place, None);
                        actions.push(Action::SelectAndGo(Selection::Site(candidate.site.clone()), goal));
                    }
                });
            });
    });
}

/// Unit and limit, below a column's name.
fn second_line(cx: &Cx<'_>, results: &Results, factor: Factor) -> String {
    let (lang, measure) = (cx.lang, results.measure());
    let unit = factor.unit().text(measure, lang);
    let limit = limit_of(factor, &cx.session.project().ranking, &results.project.parameters, measure);
    match limit {
        Some(_) if factor.unit() == FactorUnit::YesNo => say!(lang, "ja flaggas", "yes is flagged"),
        Some(limit) => {
            let sign = if factor.direction() == Direction::LessIsBetter { "≤" } else { "≥" };
            format!("{sign} {} {unit}", short_number(lang, limit))
        }
        None => unit.to_owned(),
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, state: &mut CompareState, column: FlagColumn, name: &str, below: &str) {
    let is_on = state.sort.0 == column;
    let arrow = if !is_on {
        ""
    } else if state.sort.1 {
        icons::DOWN
    } else {
        icons::UP
    };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let text = RichText::new(format!("{name}{arrow}")).small().bold();
        let button = egui::Button::new(text).frame(false).min_size(egui::vec2(0.0, 16.0));
        let response = ui.add(button);
        let response = match column {
            FlagColumn::Factor(factor) => response.on_hover_text(factor.meaning(cx.lang)),
            _ => response,
        };
        if response.clicked() {
            state.sort = (column, if is_on { !state.sort.1 } else { true });
        }
        ui.label(RichText::new(below).small().weak());
    });
}

fn place_row(row: &mut egui_extras::TableRow<'_, '_>, cx: &Cx<'_>, results: &Results, at: usize) {
    let (lang, measure) = (cx.lang, results.measure());
    let candidate = &results.candidates[at];
    let Some(found) = cx.ranked.flags.get(at) else { return };
    row.col(|ui| {
        ui.add(egui::Label::new(&candidate.name).truncate());
    });
    row.col(|ui| {
        if let Some(status) = found.status {
            ui.label(status.said(lang));
        }
        let Some(first) = found.flags.first() else {
            if found.status.is_none() {
                ui.weak("–");
            }
            return;
        };
        let colour = theme::warning_colour(cx.theme);
        ui.label(RichText::new(format!("{} {}", icons::FLAG, found.flags.len())).color(colour));
        let all: Vec<String> = found.flags.iter().map(|flag| flag.say(measure, lang)).collect();
        ui.add(egui::Label::new(first.say(measure, lang)).truncate()).on_hover_text(all.join("\n"));
    });
    row.col(|ui| {
        let all: Vec<String> = found.questions.iter().map(|question| question.said(lang)).collect();
        let text = format!("{} {}", icons::QUESTION, found.questions.len());
        ui.label(text).on_hover_text(all.join("\n"));
    });
    row.col(|ui| {
        let colour = theme::verdict_mark(candidate.verdict, cx.theme);
        ui.label(RichText::new(icons::of_verdict(candidate.verdict)).color(colour));
        ui.label(candidate.verdict.said(lang));
    });
    for factor in Factor::ALL {
        row.col(|ui| value(ui, cx, results, at, factor));
    }
    row.col(|ui| {
        ui.label(results.situation.area_name(candidate.area).unwrap_or("–"));
    });
}

/// A value as it is; beyond its limit with a sign, not known as a question.
fn value(ui: &mut Ui, cx: &Cx<'_>, results: &Results, at: usize, factor: Factor) {
    let (lang, measure) = (cx.lang, results.measure());
    let reading = match results.readings[at][factor.index()] {
        Ok(reading) => reading,
        Err(missing) => {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.weak("?").on_hover_text(missing.said(lang));
            });
            return;
        }
    };
    let limit = limit_of(factor, &cx.session.project().ranking, &results.project.parameters, measure);
    let text = words(cx, results, at, factor, reading);
    if limit.is_some_and(|limit| is_beyond(factor, reading, limit, measure)) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(format!("{} {text}", icons::FLAG)).color(theme::warning_colour(cx.theme)));
        });
    } else {
        right(ui, text);
    }
}
