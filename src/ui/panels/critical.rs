//! Which roads do most depend on? The search, and its table, in which one can be closed.

use crate::ui::theme::Bold as _;
use std::sync::Arc;

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::Results;
use crate::app::exports::Export;
use crate::app::ways::CriticalRoad;
use crate::lang::{Lang, Said, capital};
use crate::model::{ClosureShape, ServiceKind};
use crate::say;
use crate::scene::ways::{CriticalOrder, DrawnCritical};
use crate::ui::action::{Action, FileAction};
use crate::ui::closures::add_named;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{CriticalState, Goal, View};
use crate::ui::table::{ROW, right};
use crate::ui::theme;
use crate::ui::widgets::{icon_button, icon_button_if, muted};
use crate::units::Measure;

/// The drawer of the most important roads.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.session.results.as_ref() else { return };
    if !results.travel.is_by_road() {
        muted(
            ui,
            lang.pick(
                "Läs in vägar och räkna längs väg för att se vilka vägar flest är beroende av.",
                "Load roads and measure along them to see which roads most depend on.",
            ),
        );
        return;
    }
    let asked = &cx.ways.critical;
    ui.horizontal(|ui| {
        buttons(ui, cx, view, actions);
        standing(ui, cx, view.kind, results, actions);
    });
    match asked.answer() {
        Some(drawn) if drawn.roads.is_empty() => {
            muted(ui, lang.pick("Ingen väg som någon är beroende av.", "No road that anybody depends on."));
        }
        Some(drawn) => table(ui, cx, &mut view.reach.critical, drawn, actions),
        None if asked.progress().is_none() => {
            muted(ui, lang.pick(
                "Varje vägsträcka stängs i beräkningen, en i taget: hur många får längre till närmaste, hur mycket längre, och hur många kommer inte fram alls? Den som bor längs sträckan kan köra ut åt båda håll; en avstängd punkt på den berör därför fler.",
                "Each stretch of road is closed in thought, one at a time: how many get farther to the nearest, how much farther, and how many do not get there at all? Who lives along the stretch leaves it at either end; a spot closed on it concerns more.",
            ));
        }
        None => {}
    }
}

/// Search, close, export; small roads or not.
fn buttons(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let (lang, asked) = (cx.lang, &cx.ways.critical);
    let kind = view.kind.unit(lang);
    let text = say!(lang, "Sök viktigaste vägarna till {kind}", "Find critical roads to {kind}");
    if icon_button_if(ui, asked.progress().is_none(), icons::SEARCH, &text).clicked() {
        view.reach.critical.chosen = None;
        actions.push(Action::FindCritical(true));
    }
    let chosen = view
        .reach
        .critical
        .chosen
        .and_then(|stretch| asked.answer()?.roads.iter().find(|road| road.stretch == stretch));
    if let Some(road) = chosen
        && icon_button(ui, icons::CLOSE, lang.pick("Stäng den här", "Close it here")).clicked()
    {
        // In the middle of the stretch, named after its road.
        let at = ClosureShape::Point(road.middle);
        actions.extend(add_named(cx, name_of(road, lang), at));
    }
    let has_roads = asked.answer().is_some_and(|drawn| !drawn.roads.is_empty());
    let text = lang.pick("Exportera…", "Export…");
    if has_roads && icon_button(ui, icons::EXPORT, text).clicked() {
        actions.push(Action::File(FileAction::AskExport(Export::Critical)));
    }
    ui.checkbox(&mut view.reach.critical.is_large, lang.pick("Bara större vägar", "Larger roads only"));
}

/// How far the search is, and what the list is of.
fn standing(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Arc<Results>, actions: &mut Vec<Action>) {
    let (lang, asked) = (cx.lang, &cx.ways.critical);
    if let Some(done) = asked.progress() {
        ui.add(egui::ProgressBar::new(done).desired_width(160.0).show_percentage());
        if ui.button(lang.pick("Avbryt", "Cancel")).clicked() {
            actions.push(Action::FindCritical(false));
        }
    } else if asked.answer().is_some() && !asked.is_of(results) {
        let text =
            lang.pick("Listan gäller före den senaste ändringen.", "The list is of before the last change.");
        ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
    }
    if let Some(other) = asked.question().filter(|other| asked.answer().is_some() && **other != kind) {
        let other = other.unit(lang);
        muted(ui, say!(lang, "Listan gäller vägen till {other}.", "The list is of the way to {other}."));
    }
}

fn name_of(road: &CriticalRoad, lang: Lang) -> String {
    road.name.clone().unwrap_or_else(|| capital(&road.class.said(lang)))
}

fn table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut CriticalState,
    drawn: &DrawnCritical,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let measure = cx.results().map_or_else(Measure::default, crate::app::Results::measure);
    let extra = match measure {
        Measure::Time => lang.pick("Extra person-min", "Extra person-min"),
        Measure::Distance => lang.pick("Extra person-km", "Extra person-km"),
    };
    let headers = [
        ("#", 34.0, None),
        (lang.pick("Väg", "Road"), 170.0, None),
        (extra, 116.0, Some(CriticalOrder::Extra)),
        (lang.pick("Berörda", "Affected"), 80.0, Some(CriticalOrder::People)),
        (lang.pick("Avskurna", "Cut off"), 80.0, Some(CriticalOrder::CutOff)),
        (lang.pick("Kommun", "Municipality"), 110.0, None),
        (lang.pick("Klass", "Class"), 130.0, None),
        (lang.pick("Längd km", "Length km"), 80.0, None),
    ];
    let roads = drawn.shown(state.order, state.is_large, measure);
    let mut table = TableBuilder::new(ui)
        .min_scrolled_height(0.0)
        .striped(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center));
    for (_, width, _) in headers {
        table = table.column(Column::initial(width).resizable(true).clip(true));
    }
    table
        .header(ROW, |mut header| {
            for (name, _, order) in headers {
                header.col(|ui| sorting_header(ui, state, name, order));
            }
        })
        .body(|body| {
            body.rows(ROW, roads.len(), |mut row| {
                let at = row.index();
                let (_, road) = roads[at];
                row.set_selected(state.chosen == Some(road.stretch));
                row.col(|ui| right(ui, lang.count(at + 1)));
                row.col(|ui| {
                    ui.label(name_of(road, lang));
                });
                let sum = if measure == Measure::Time { road.extra_person_min } else { road.extra_person_km };
                row.col(|ui| right(ui, lang.number(sum, 0)));
                row.col(|ui| right(ui, lang.people(road.people)));
                row.col(|ui| right(ui, lang.people(road.people_cut_off)));
                row.col(|ui| {
                    ui.label(road.area.as_deref().unwrap_or("–"));
                });
                row.col(|ui| {
                    ui.label(road.class.said(lang));
                });
                row.col(|ui| right(ui, lang.number(road.length.km(), 1)));
                if row.response().clicked() {
                    state.chosen = Some(road.stretch);
                    actions.push(Action::Go(Goal::at(road.middle, Some(11.0))));
                }
            });
        });
}

/// A header; where the table can be ordered by it, it is a button.
fn sorting_header(ui: &mut Ui, state: &mut CriticalState, name: &str, order: Option<CriticalOrder>) {
    let text = RichText::new(name).small().bold();
    let Some(order) = order else {
        ui.label(text);
        return;
    };
    let sign = if state.order == order { icons::DOWN } else { "" };
    let button = egui::Button::new(RichText::new(format!("{name} {sign}")).small().bold()).frame(false);
    if ui.add(button).clicked() {
        state.order = order;
    }
}
