//! The drawer below the map: places, municipalities, gaps as tables, and the coverage curve; linked with the map.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::common::outcome_line;

use crate::app::Results;
use crate::app::command::Command;
use crate::app::telling::words::short;
use crate::lang::Said;
use crate::model::{RuralGroup, ServiceKind};
use crate::say;
use crate::siting::Candidate;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Drawer, Goal, PlaceColumn, Selection, View};
use crate::ui::table::{ROW, Tab, Tabs, right, wide};
use crate::ui::theme;
use crate::ui::widgets::muted;
use crate::units::{Cost, Measure};

/// The tables of the steps that look at what is.
const TABS: Tabs<Drawer> = Tabs {
    all: &[
        Tab { id: Drawer::Places, names: ["Platser", "Places"], draw: places },
        Tab {
            id: Drawer::Areas,
            names: ["Kommuner", "Municipalities"],
            draw: |ui, cx, view, results, actions| wide(ui, |ui| areas(ui, cx, view, results, actions)),
        },
        Tab {
            id: Drawer::Gaps,
            names: ["Luckor", "Gaps"],
            draw: |ui, cx, view, results, actions| wide(ui, |ui| gaps(ui, cx, view, results, actions)),
        },
        Tab {
            id: Drawer::Curve,
            names: ["Täckningskurva", "Coverage curve"],
            draw: |ui, cx, view, results, _| super::curve::show(ui, cx, view.kind, results),
        },
        Tab {
            id: Drawer::Critical,
            names: ["Viktigaste vägarna", "Critical roads"],
            draw: |ui, cx, view, _, actions| wide(ui, |ui| super::critical::show(ui, cx, view, actions)),
        },
        Tab {
            id: Drawer::Pipos,
            names: ["Mot Pipos", "Against Pipos"],
            draw: |ui, cx, view, _, actions| {
                wide(ui, |ui| super::pipos::show(ui, cx, view.reach.pipos.as_ref(), actions));
            },
        },
    ],
    shown: |view| &mut view.drawer.tab,
    keeps_room: false,
};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}

/// A cost without its unit, which stands in the header.
fn number(cx: &Cx<'_>, measure: Measure, cost: Option<Cost>) -> String {
    cost.map_or_else(|| "–".into(), |cost| cx.lang.number(measure.in_units(cost), 1))
}

/// The candidates shown, in the order chosen.
fn rows<'a>(view: &View, results: &'a Results) -> Vec<&'a Candidate> {
    let wanted = view.places.filter.trim().to_lowercase();
    let mut rows: Vec<&Candidate> = results
        .candidates
        .iter()
        .filter(|candidate| !view.places.hidden_verdicts.contains(&candidate.verdict))
        .filter(|candidate| {
            let area = results.situation.area_name(candidate.area).unwrap_or_default();
            wanted.is_empty()
                || candidate.name.to_lowercase().contains(&wanted)
                || area.to_lowercase().contains(&wanted)
        })
        .collect();
    let (column, is_falling) = view.places.sort;
    let measure = results.measure();
    let far = |candidate: &Candidate, kind| {
        let cost = candidate.nearest(kind).and_then(|unit| unit.trip.cost(measure).ok());
        cost.map_or(f64::INFINITY, Cost::value)
    };
    let number = |candidate: &Candidate| match column {
        PlaceColumn::Gap => candidate.gap_people.map_or(-1.0, crate::units::People::value),
        PlaceColumn::Near => candidate.people_within[0].value(),
        PlaceColumn::Far => candidate.people_within[1].value(),
        PlaceColumn::Nearest => candidate.people_nearest.map_or(-1.0, crate::units::People::value),
        PlaceColumn::Left => left(candidate).unwrap_or(-1.0),
        PlaceColumn::Extra => extra(candidate, measure).unwrap_or(-1.0),
        PlaceColumn::Fuel => far(candidate, ServiceKind::Fuel),
        PlaceColumn::Sot => far(candidate, ServiceKind::Sot),
        PlaceColumn::Rescue => far(candidate, ServiceKind::Rescue),
        PlaceColumn::Name | PlaceColumn::Area | PlaceColumn::Verdict => 0.0,
    };
    rows.sort_by(|a, b| {
        let order = match column {
            PlaceColumn::Name => a.name.cmp(&b.name),
            PlaceColumn::Area => {
                results.situation.area_name(a.area).cmp(&results.situation.area_name(b.area))
            }
            PlaceColumn::Verdict => a.verdict.cmp(&b.verdict),
            // Who is left without has no longer way to sum up: that is more than any sum.
            PlaceColumn::Extra => {
                let left = |candidate| left(candidate).unwrap_or(0.0);
                left(a).total_cmp(&left(b)).then(number(a).total_cmp(&number(b)))
            }
            _ => number(a).total_cmp(&number(b)),
        };
        let order = if is_falling { order.reverse() } else { order };
        order.then_with(|| a.name.cmp(&b.name))
    });
    rows
}

/// People who would reach no store any more.
fn left(candidate: &Candidate) -> Option<f64> {
    candidate.people_left_without.map(crate::units::People::value)
}

/// What its closing would add, in person-kilometres or person-minutes, whichever is counted.
fn extra(candidate: &Candidate, measure: Measure) -> Option<f64> {
    match measure {
        Measure::Distance => candidate.extra_person_km,
        Measure::Time => candidate.extra_person_min,
    }
}

fn places(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let rows = rows(view, results);
    if rows.is_empty() {
        muted(
            ui,
            lang.pick(
                "Inga platser: läs in livsmedelsbutiker, eller ändra filtret under Platser.",
                "No places: load grocery stores, or change the filter under Places.",
            ),
        );
        return;
    }
    let measure = results.measure();
    let [near, far] = results.project.parameters.radii(measure).map(|radius| short(lang, radius, measure));
    let unit = measure.unit();
    let headers = [
        (PlaceColumn::Name, lang.pick("Plats", "Place").to_owned(), 180.0),
        (PlaceColumn::Area, lang.pick("Kommun", "Municipality").into(), 92.0),
        (PlaceColumn::Verdict, lang.pick("Bedömning", "Verdict").into(), 178.0),
        (PlaceColumn::Gap, lang.pick("I SOT-lucka", "In SOT gap").into(), 84.0),
        (PlaceColumn::Near, say!(lang, "Inom {near}", "Within {near}"), 92.0),
        (PlaceColumn::Far, say!(lang, "Inom {far}", "Within {far}"), 92.0),
        (PlaceColumn::Nearest, lang.pick("Närmast för", "Nearest for").into(), 88.0),
        (PlaceColumn::Left, lang.pick("Om stängd: utan butik", "If closed: no store").into(), 158.0),
        (PlaceColumn::Extra, say!(lang, "Om stängd: person-{unit}", "If closed: person-{unit}"), 178.0),
        (PlaceColumn::Fuel, say!(lang, "Drivm. {unit}", "Fuel {unit}"), 72.0),
        (PlaceColumn::Sot, format!("SOT {unit}"), 64.0),
        (PlaceColumn::Rescue, say!(lang, "Räddn. {unit}", "Rescue {unit}"), 76.0),
    ];
    let chosen = rows.iter().position(|row| view.selects(&row.site));
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(26.0));
        for (_, _, width) in &headers {
            table = table.column(Column::initial(*width).resizable(true).clip(true));
        }
        if let Some(row) = chosen.filter(|_| view.drawer.scrolls_to_selection) {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        view.drawer.scrolls_to_selection = false;
        table
            .header(ROW, |mut header| {
                header.col(|_| {});
                for (column, name, _) in &headers {
                    header.col(|ui| {
                        let is_on = view.places.sort.0 == *column;
                        let arrow = if !is_on {
                            ""
                        } else if view.places.sort.1 {
                            icons::DOWN
                        } else {
                            icons::UP
                        };
                        let text = RichText::new(format!("{name}{arrow}")).small().strong();
                        if ui.add(egui::Button::new(text).frame(false)).clicked() {
                            view.places.sort = (*column, if is_on { !view.places.sort.1 } else { true });
                        }
                    });
                }
            })
            .body(|body| {
                body.rows(ROW, rows.len(), |mut row| {
                    let candidate = rows[row.index()];
                    row.set_selected(chosen == Some(row.index()));
                    place_row(&mut row, cx, results, candidate, actions);
                    if row.response().clicked() {
                        let goal = Goal { place: candidate.place, zoom: None };
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
    candidate: &Candidate,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    row.col(|ui| {
        let mut is_chosen = cx.session.project().selected.contains(&candidate.site);
        let name = &candidate.name;
        let response = ui.checkbox(&mut is_chosen, "");
        response.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::Role::CheckBox,
                true,
                is_chosen,
                say!(lang, "Välj {name}", "Choose {name}"),
            )
        });
        if response.changed() {
            actions
                .push(Action::Edit(Command::Select { site: candidate.site.clone(), is_selected: is_chosen }));
        }
    });
    row.col(|ui| {
        let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
        let bolt =
            if sot.is_some() { format!("{} ", icons::of_kind(ServiceKind::Sot)) } else { String::new() };
        let response = ui.add(egui::Label::new(format!("{bolt}{}", candidate.name)).truncate());
        if let Some(sot) = sot {
            response.on_hover_text(format!("{}: {} ({})", sot.name, sot.status.said(lang), sot.status_date));
        }
    });
    row.col(|ui| {
        ui.label(results.situation.area_name(candidate.area).unwrap_or("–"));
    });
    row.col(|ui| {
        let colour = theme::verdict_mark(candidate.verdict, cx.theme);
        ui.label(RichText::new(icons::of_verdict(candidate.verdict)).color(colour));
        let hint = say!(lang, "Uppfyllda/ej/okända: {}", "Met/not/unknown: {}", outcome_line(candidate));
        ui.label(candidate.verdict.said(lang)).on_hover_text(hint);
    });
    let measure = results.measure();
    row.col(|ui| right(ui, candidate.gap_people.map_or_else(|| "–".into(), |people| lang.people(people))));
    for people in candidate.people_within {
        row.col(|ui| right(ui, lang.people(people)));
    }
    row.col(|ui| {
        right(ui, candidate.people_nearest.map_or_else(|| "–".into(), |people| lang.people(people)));
    });
    row.col(|ui| {
        right(ui, candidate.people_left_without.map_or_else(|| "–".into(), |people| lang.people(people)));
    });
    row.col(|ui| {
        right(ui, extra(candidate, measure).map_or_else(|| "–".into(), |sum| lang.number(sum, 0)));
    });
    for kind in [ServiceKind::Fuel, ServiceKind::Sot, ServiceKind::Rescue] {
        let cost = candidate.nearest(kind).and_then(|unit| unit.trip.cost(measure).ok());
        row.col(|ui| right(ui, number(cx, measure, cost)));
    }
}

fn areas(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if results.situation.areas.is_empty() {
        muted(
            ui,
            lang.pick(
                "Läs in ett lager med kommuner för att jämföra dem.",
                "Load a layer of municipalities to compare them.",
            ),
        );
        return;
    }
    let measure = results.measure();
    let unit = measure.unit();
    let headers = [
        lang.pick("Kommun", "Municipality"),
        lang.pick("Personer", "People"),
        lang.pick("Bortom gränsen", "Beyond threshold"),
        lang.pick("Andel", "Share"),
        &say!(lang, "Medel {unit}", "Mean {unit}"),
        &format!("P50 {unit}"),
        &format!("P90 {unit}"),
        &say!(lang, "Längst {unit}", "Farthest {unit}"),
    ];
    let groups = RuralGroup::ALL.map(|group| group.said(lang));
    let has_groups = results.rural.is_some();
    let headers: Vec<&str> =
        headers.into_iter().chain(groups.iter().filter(|_| has_groups).map(String::as_str)).collect();
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::initial(170.0).clip(true));
    for _ in 1..headers.len() {
        table = table.column(Column::initial(104.0).resizable(true).clip(true));
    }
    table
        .header(ROW, |mut header| {
            for name in headers {
                header.col(|ui| {
                    ui.label(RichText::new(name).small().strong());
                });
            }
        })
        .body(|body| {
            body.rows(ROW, results.areas.len() + 1, |mut row| {
                let Some(entry) = results.areas.get(row.index()) else {
                    total_row(&mut row, cx, view, results);
                    return;
                };
                let area = entry.area.and_then(|ix| results.situation.areas.get(ix.at()));
                let selection = area.map(|area| Selection::Area(area.layer, area.feature_ix));
                row.set_selected(selection.is_some() && view.selection == selection);
                row.col(|ui| {
                    ui.label(entry.title(&results.situation, lang));
                });
                row.col(|ui| right(ui, lang.people(entry.people)));
                let kind = entry.kinds.iter().find(|kind| kind.kind == view.kind);
                row.col(|ui| {
                    right(ui, kind.map_or_else(|| "–".into(), |kind| lang.people(kind.people_beyond)));
                });
                row.col(|ui| {
                    right(
                        ui,
                        kind.map_or_else(
                            || "–".into(),
                            |kind| lang.percent(kind.people_beyond.share_of(entry.people)),
                        ),
                    );
                });
                let spread = kind.map(|kind| kind.spread).unwrap_or_default();
                for cost in [spread.mean, spread.p50, spread.p90, spread.max] {
                    row.col(|ui| right(ui, number(cx, measure, cost)));
                }
                for people in
                    entry.groups.into_iter().flat_map(|groups| groups.into_iter().take(RuralGroup::ALL.len()))
                {
                    row.col(|ui| right(ui, lang.people(people)));
                }
                if row.response().clicked()
                    && let Some((selection, area)) = selection.zip(area)
                    && let Some(feature) = cx
                        .session
                        .project()
                        .layer(area.layer)
                        .and_then(|layer| layer.table.features.get(area.feature_ix))
                {
                    actions.push(Action::SelectAndGo(selection, Goal { place: feature.place, zoom: None }));
                }
            });
        });
}

fn total_row(row: &mut egui_extras::TableRow<'_, '_>, cx: &Cx<'_>, view: &View, results: &Results) {
    let lang = cx.lang;
    let summary = results.kind(view.kind).map(|kind| &kind.summary);
    row.col(|ui| {
        ui.strong(lang.pick("Alla", "All"));
    });
    row.col(|ui| right(ui, lang.people(results.situation.demand.total())));
    row.col(|ui| right(ui, summary.map_or_else(|| "–".into(), |s| lang.people(s.people_beyond))));
    row.col(|ui| {
        right(
            ui,
            summary.map_or_else(|| "–".into(), |s| lang.percent(s.people_beyond.share_of(s.people_total))),
        );
    });
    let spread = summary.map(|summary| summary.spread).unwrap_or_default();
    for cost in [spread.mean, spread.p50, spread.p90, spread.max] {
        row.col(|ui| right(ui, number(cx, results.measure(), cost)));
    }
    if let Some(rural) = &results.rural {
        let demand = &results.situation.demand;
        let people = rural.people(demand, 0..demand.len());
        for people in people.into_iter().take(RuralGroup::ALL.len()) {
            row.col(|ui| right(ui, lang.people(people)));
        }
    }
}

fn gaps(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((result, scene)) = results.kind(view.kind).zip(cx.scene) else { return };
    let measure = results.measure();
    let unit = measure.unit();
    let headers = [
        "#",
        lang.pick("Personer", "People"),
        lang.pick("Kommun", "Municipality"),
        lang.pick("Rutor", "Cells"),
        &say!(lang, "Medel {unit}", "Mean {unit}"),
        &say!(lang, "Längst {unit}", "Farthest {unit}"),
    ];
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::initial(50.0));
    for _ in 1..headers.len() {
        table = table.column(Column::initial(120.0).resizable(true).clip(true));
    }
    table
        .header(ROW, |mut header| {
            for name in headers {
                header.col(|ui| {
                    ui.label(RichText::new(name).small().strong());
                });
            }
        })
        .body(|body| {
            body.rows(ROW, result.gaps.len(), |mut row| {
                let at = row.index();
                let (gap, _) = &result.gaps[at];
                let origin =
                    gap.cells.first().and_then(|cell| results.situation.demand.origins.get(*cell as usize));
                let selection = origin.map(|origin| Selection::Gap(view.kind, *origin));
                row.set_selected(selection.is_some() && view.selection == selection);
                row.col(|ui| right(ui, lang.count(at + 1)));
                row.col(|ui| right(ui, lang.people(gap.people)));
                row.col(|ui| {
                    ui.label(results.situation.area_name(gap.area).unwrap_or("–"));
                });
                row.col(|ui| right(ui, lang.count(gap.cells.len())));
                row.col(|ui| right(ui, number(cx, measure, gap.mean)));
                row.col(|ui| right(ui, number(cx, measure, gap.max)));
                if row.response().clicked()
                    && let Some(selection) = selection
                    && let Some(place) = scene.reprojection.lon_lat_from_plane(gap.centre)
                {
                    actions.push(Action::SelectAndGo(selection, Goal { place, zoom: Some(9.0) }));
                }
            });
        });
}
