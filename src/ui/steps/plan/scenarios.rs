//! How do the saved plans compare? Side by side, and the difference of two, also on the map.

use crate::ui::theme::Bold as _;
use crate::ui::widgets::strong;
use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::app::command::Command;
use crate::app::siting::scenario::{PlanChange, only_in};
use crate::app::telling::planning;
use crate::app::telling::words::short_number;
use crate::app::work::planner::{Ask, Pick};
use crate::lang::{Lang, Said};
use crate::location::Objective;
use crate::model::{PlanFigures, Scenario, Side};
use crate::say;
use crate::ui::action::Action;
use crate::ui::beside::tick;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{PlanCells, PlanState};
use crate::ui::table::{ROW, right, wide};
use crate::ui::theme;
use crate::ui::widgets::{icon_button_if, muted, row_name, sign_button};
use crate::units::People;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, actions: &mut Vec<Action>) {
    let book = &cx.session.project().plans;
    if book.scenarios.is_empty() {
        muted(
            ui,
            cx.lang.pick(
                "Inga scenarier än: hitta en plan och spara den under ett namn till vänster.",
                "No scenarios yet: find a plan and save it under a name on the left.",
            ),
        );
        return;
    }
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        wide_table(ui, cx, state, &book.scenarios, actions);
        if book.scenarios.len() > 1 {
            ui.separator();
            difference(ui, cx, state, &book.scenarios, actions);
        }
    });
}

/// How many have it near, and how near that is.
fn within(figures: &PlanFigures, lang: Lang) -> String {
    let people = lang.people(People::new(figures.people_within));
    let limit = short_number(lang, figures.threshold);
    format!("{people} ({limit} {})", figures.unit)
}

fn wide_table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut PlanState,
    scenarios: &[Scenario],
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let headers = [
        ("", 88.0),
        (lang.pick("Scenario", "Scenario"), 150.0),
        (lang.pick("Mål", "Goal"), 150.0),
        (lang.pick("Platser", "Places"), 62.0),
        (lang.pick("Inom gränsen", "Within threshold"), 130.0),
        (lang.pick("Medel", "Mean"), 80.0),
        (lang.pick("Längst", "Worst"), 80.0),
        (lang.pick("Kostar", "Costs"), 90.0),
        (lang.pick("Säkerhet", "How sure"), 150.0),
        (lang.pick("Sparad", "Saved"), 190.0),
    ];
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .id_salt("scenarios")
            .striped(true)
            .vscroll(false)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center));
        for (_, width) in headers {
            table = table.column(Column::initial(width).resizable(true).clip(true));
        }
        table
            .header(ROW, |mut header| {
                for (name, _) in headers {
                    header.col(|ui| {
                        ui.label(RichText::new(name).small().bold());
                    });
                }
            })
            .body(|body| {
                body.rows(ROW + 4.0, scenarios.len(), |mut row| {
                    let scenario = &scenarios[row.index()];
                    let shown = cx.planner.shown.as_ref();
                    row.set_selected(shown.is_some_and(|shown| shown.pick == Pick::Scenario(scenario.id)));
                    let is_entered = edit_cells(&mut row, cx, state, scenario, actions);
                    figure_cells(&mut row, cx, scenario);
                    if row.response().clicked() || is_entered {
                        actions.push(Action::Plan(Ask::Show(Pick::Scenario(scenario.id))));
                    }
                });
            });
    });
}

/// Was the name pressed?
fn edit_cells(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    state: &mut PlanState,
    scenario: &Scenario,
    actions: &mut Vec<Action>,
) -> bool {
    let mut is_entered = false;
    let (lang, id, name) = (cx.lang, scenario.id, &scenario.name);
    row.col(|ui| {
        if sign_button(ui, true, icons::DELETE, &say!(lang, "Ta bort {name}", "Remove {name}")).clicked() {
            actions.push(Action::Edit(Command::Plan(PlanChange::Drop(id))));
        }
        if sign_button(ui, true, icons::EDIT, &say!(lang, "Byt namn på {name}", "Rename {name}")).clicked() {
            state.draft.rename = Some((id, name.clone()));
        }
        tick(ui, cx, &Side::Plan(id), name, actions);
    });
    row.col(|ui| {
        if let Some((_, text)) = state.draft.rename.as_mut().filter(|(known, _)| *known == id) {
            let field = ui.add(egui::TextEdit::singleline(text).desired_width(140.0));
            let label = lang.pick("Nytt namn", "New name");
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
            if field.lost_focus() {
                let text = text.trim().to_owned();
                if !text.is_empty() && text != *name {
                    actions.push(Action::Edit(Command::Plan(PlanChange::Rename(id, text))));
                }
                state.draft.rename = None;
            } else if !field.has_focus() {
                field.request_focus();
            }
            return;
        }
        let text = say!(lang, "Scenario: {name}", "Scenario: {name}");
        is_entered = row_name(ui, name, &text).clicked();
    });
    is_entered
}

fn figure_cells(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, scenario: &Scenario) {
    let (lang, figures) = (cx.lang, &scenario.figures);
    row.col(|ui| {
        let objective = Objective::parse(&scenario.objective);
        let said = objective.map_or_else(|| scenario.objective.clone(), |objective| objective.said(lang));
        ui.add(egui::Label::new(&said).truncate()).on_hover_text(format!("{said} ({})", scenario.objective));
    });
    row.col(|ui| {
        let names: Vec<&str> = scenario.sites.iter().map(|site| site.name.as_str()).collect();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(lang.count(scenario.sites.len())).on_hover_text(names.join(", "));
        });
    });
    let unit = &figures.unit;
    row.col(|ui| {
        right(ui, within(figures, lang));
    });
    for cost in [figures.mean, figures.worst] {
        let said = cost.map_or_else(|| "–".into(), |cost| format!("{} {unit}", lang.number(cost, 1)));
        row.col(|ui| right(ui, said));
    }
    row.col(|ui| right(ui, figures.money.map_or_else(|| "–".into(), |money| lang.number(money, 0))));
    row.col(|ui| {
        let said = scenario.proof.said(lang);
        ui.add(egui::Label::new(&said).truncate()).on_hover_text(said);
    });
    row.col(|ui| {
        if scenario.inputs == cx.planner.inputs {
            ui.label(&scenario.date);
        } else {
            let text = lang.pick("inaktuellt", "out of date");
            let text = RichText::new(format!("{} {text} · {}", icons::FLAG, scenario.date));
            let hint = lang.pick(
                "Underlaget har ändrats sedan scenariot sparades: siffrorna är från då",
                "The inputs have changed since the scenario was saved: its figures are of then",
            );
            ui.label(text.color(theme::warning_colour(cx.theme))).on_hover_text(hint);
        }
    });
}

/// From one scenario to another: for whom does it become nearer?
fn difference(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut PlanState,
    scenarios: &[Scenario],
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let chosen = ui.horizontal_wrapped(|ui| {
        strong(ui, lang.pick("Skillnad mellan två", "Difference of two"));
        for (at, name) in ["A", "B"].into_iter().enumerate() {
            let known = state.draft.compared[at].filter(|id| scenarios.iter().any(|one| one.id == *id));
            let default = scenarios.get(scenarios.len() - 2 + at).map(|one| one.id);
            state.draft.compared[at] = known.or(default);
            let label = ui.label(name);
            let of = |id: Option<u32>| scenarios.iter().find(|one| Some(one.id) == id);
            egui::ComboBox::from_id_salt(("compared", at))
                .selected_text(of(state.draft.compared[at]).map_or("–", |one| one.name.as_str()))
                .width(170.0)
                .show_ui(ui, |ui| {
                    for one in scenarios {
                        if ui.selectable_label(state.draft.compared[at] == Some(one.id), &one.name).clicked()
                        {
                            state.draft.compared[at] = Some(one.id);
                        }
                    }
                })
                .response
                .labelled_by(label.id);
        }
        let of = |at: usize| scenarios.iter().find(|one| Some(one.id) == state.draft.compared[at]);
        let pair = of(0).zip(of(1)).filter(|(a, b)| a.id != b.id);
        let text = lang.pick("Visa skillnaden", "Show the difference");
        if icon_button_if(ui, pair.is_some(), icons::DIFFERS, text).clicked()
            && let Some((a, b)) = pair
        {
            state.cells = PlanCells::Change;
            actions.push(Action::Plan(Ask::Show(Pick::Difference(a.id, b.id))));
        }
        pair
    });
    let Some((a, b)) = chosen.inner else { return };
    let list = |names: Vec<String>| if names.is_empty() { "–".to_owned() } else { names.join(", ") };
    let (only_a, only_b) = (list(only_in(a, b)), list(only_in(b, a)));
    ui.label(say!(lang, "Bara i A: {only_a}", "Only in A: {only_a}"));
    ui.label(say!(lang, "Bara i B: {only_b}", "Only in B: {only_b}"));
    let shown = cx.planner.shown.as_ref().filter(|shown| shown.pick == Pick::Difference(a.id, b.id));
    let Some(shown) = shown else { return };
    for text in planning::difference(&shown.difference, cx.results(), lang) {
        ui.label(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_of_a_scenario_is_not_rounded_away() {
        let figures = |threshold| PlanFigures {
            unit: "km".into(),
            threshold,
            people: 100.0,
            people_within: 80.0,
            people_without_way: 0.0,
            mean: None,
            worst: None,
            money: None,
        };
        assert_eq!(within(&figures(7.5), Lang::Sv), "80 (7,5 km)");
        assert_eq!(within(&figures(20.0), Lang::En), "80 (20 km)");
    }
}
