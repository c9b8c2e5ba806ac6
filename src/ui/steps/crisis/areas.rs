//! Where is it, what is gone, from when and for how long? The areas of a scenario.

use egui::{CollapsingHeader, Frame, RichText, TextEdit, Ui};

use super::scenario::keep;
use crate::app::outage::outlines_of;
use crate::geometry::Reprojection;
use crate::lang::{Lang, Said};
use crate::model::outage::{Fault, OutageArea, OutageScenario, Outlines, Restored, Where};
use crate::model::{Layer, Role};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::icons;
use crate::ui::state::{MapMode, View};
use crate::ui::theme::Bold as _;
use crate::ui::widgets::{NumberRow, choice, heading, icon_button, muted, sign_button};
use crate::{say, say_many};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(scenario) = shown(cx, view) else { return };
    heading(ui, lang.pick("Vad är borta?", "What is gone?"));
    for at in 0..scenario.areas.len() {
        Frame::group(ui.style()).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.push_id(("outage-area", scenario.id, at), |ui| area(ui, cx, view, scenario, at, actions));
        });
    }
    if icon_button(ui, icons::ADD, lang.pick("Ett område till", "One more area")).clicked() {
        let mut next = scenario.clone();
        let number = next.areas.len() + 1;
        let before = scenario.areas.last();
        next.areas.push(OutageArea {
            name: say!(lang, "Område {number}", "Area {number}"),
            place: Where::Municipalities(Vec::new()),
            start_h: 0.0,
            hours: before.map_or(24.0, |area| area.hours),
            faults: [Fault::Power].into(),
            restored: Vec::new(),
        });
        actions.push(Action::Edit(keep(next)));
    }
}

/// The scenario with one of its areas so.
fn with(scenario: &OutageScenario, at: usize, area: OutageArea) -> OutageScenario {
    let mut next = scenario.clone();
    if let Some(known) = next.areas.get_mut(at) {
        *known = area;
    }
    next
}

fn area(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    scenario: &OutageScenario,
    at: usize,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let area = &scenario.areas[at];
    ui.horizontal(|ui| {
        let mut name = area.name.clone();
        let id = ui.make_persistent_id("name");
        let width = (ui.available_width() - 34.0).max(80.0);
        let field = ui.add(TextEdit::singleline(&mut name).id(id).desired_width(width));
        let label = say!(lang, "Områdets namn: {}", "Name of the area: {}", area.name);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
        if field.changed() {
            let fresh = OutageArea { name, ..area.clone() };
            actions.push(Action::EditBy(id, keep(with(scenario, at, fresh))));
        }
        let remove = say!(lang, "Ta bort området {}", "Remove the area {}", area.name);
        if sign_button(ui, true, icons::DELETE, &remove).clicked() {
            let mut next = scenario.clone();
            next.areas.remove(at);
            actions.push(Action::Edit(keep(next)));
        }
    });
    place(ui, cx, view, scenario, at, actions);
    ui.horizontal_wrapped(|ui| {
        for fault in Fault::ALL {
            let mut is_gone = area.faults.contains(&fault);
            let name = fault.said(lang);
            if ui.checkbox(&mut is_gone, name).changed() {
                let mut fresh = area.clone();
                if is_gone {
                    fresh.faults.insert(fault)
                } else {
                    fresh.faults.remove(&fault)
                };
                actions.push(Action::Edit(keep(with(scenario, at, fresh))));
            }
        }
    });
    let row = |name, hint| NumberRow { name, hint, unit: "h", decimals: 1, range: 0.0..=1000.0, speed: 0.5 };
    let name = lang.pick("Börjar vid timme", "Begins at hour");
    if let Some((id, start_h)) = row(name, "").show(ui, lang, area.start_h) {
        actions.push(Action::EditBy(id, keep(with(scenario, at, OutageArea { start_h, ..area.clone() }))));
    }
    let name = lang.pick("Varar", "Lasts");
    if let Some((id, hours)) = row(name, "").show(ui, lang, area.hours) {
        actions.push(Action::EditBy(id, keep(with(scenario, at, OutageArea { hours, ..area.clone() }))));
    }
    restoration(ui, cx, scenario, at, actions);
}

/// Where it is: everywhere, municipalities, drawn, or the polygons of a layer.
fn place(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &View,
    scenario: &OutageScenario,
    at: usize,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let area = &scenario.areas[at];
    let mut set = |place: Where| {
        let fresh = OutageArea { place, ..area.clone() };
        actions.push(Action::Edit(keep(with(scenario, at, fresh))));
    };
    let mut draws = false;
    ui.horizontal_wrapped(|ui| {
        let name = |text: &str| say!(lang, "{text}: {}", "{text}: {}", area.name);
        let everything = lang.pick("Överallt", "Everywhere");
        if choice(ui, area.place == Where::Everything, everything, &name(everything)).clicked() {
            set(Where::Everything);
        }
        let some = lang.pick("Kommuner", "Municipalities");
        let is_some = matches!(area.place, Where::Municipalities(_));
        if choice(ui, is_some, some, &name(some)).clicked() && !is_some {
            set(Where::Municipalities(Vec::new()));
        }
        let is_drawn = matches!(area.place, Where::Outlines(_));
        let draw = lang.pick("Rita", "Draw");
        draws = choice(ui, is_drawn || view.mode == MapMode::DrawOutage(scenario.id, at), draw, &name(draw))
            .clicked();
        for layer in layers(cx) {
            let label = name(&layer.name);
            let text = say!(lang, "Ytor ur {}", "Areas of {}", layer.name);
            if choice(ui, false, &text, &label).clicked() {
                set(Where::Outlines(of_layer(layer)));
            }
        }
    });
    match &area.place {
        Where::Municipalities(names) => municipalities(ui, cx, names, &mut set),
        Where::Outlines(outlines) => counted(ui, lang, outlines.len()),
        Where::Everything => {}
    }
    if view.mode == MapMode::DrawOutage(scenario.id, at) {
        muted(
            ui,
            lang.pick(
                "Klicka ut hörnen på kartan. Enter eller dubbelklick avslutar, Esc avbryter.",
                "Click the corners on the map. Enter or a double-click ends, Esc cancels.",
            ),
        );
    }
    if draws {
        actions.push(Action::Mode(MapMode::DrawOutage(scenario.id, at)));
    }
}

/// How many areas are drawn.
fn counted(ui: &mut Ui, lang: Lang, count: usize) {
    let n = lang.count(count);
    muted(
        ui,
        say_many!(
            lang,
            count,
            "{n} yta på kartan" | "{n} ytor på kartan",
            "{n} area on the map" | "{n} areas on the map"
        ),
    );
}

/// Layers of polygons that show areas, such as grid areas; those of municipalities are among them.
fn layers<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a Layer> {
    let project = cx.session.project();
    let is_area = |layer: &&Layer| matches!(layer.role, Role::Areas(_) | Role::Context(_));
    let has_polygons = |layer: &&Layer| {
        let first = layer.table.features.iter().find_map(|feature| feature.shape.as_deref());
        matches!(first, Some(geo::Geometry::Polygon(_) | geo::Geometry::MultiPolygon(_)))
    };
    project.layers.iter().map(AsRef::as_ref).filter(is_area).filter(has_polygons)
}

fn of_layer(layer: &Layer) -> Outlines {
    let reprojection = Reprojection::new(layer.source.crs);
    outlines_of(layer.table.features.iter().filter_map(|feature| feature.shape.as_deref()), &reprojection)
}

/// So many municipalities are ticked without unfolding a list.
const FEW: usize = 12;

fn municipalities(ui: &mut Ui, cx: &Cx<'_>, names: &[String], set: &mut dyn FnMut(Where)) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    if names.is_empty() {
        muted(ui, lang.pick("Välj minst en kommun.", "Choose at least one municipality."));
    }
    let situation = &results.situation;
    let mut known: Vec<&str> = results
        .areas
        .iter()
        .filter(|row| row.people.value() > 0.0)
        .filter_map(|row| situation.area_name(row.area))
        .collect();
    known.sort_unstable();
    known.dedup();
    let list = |ui: &mut Ui, set: &mut dyn FnMut(Where)| {
        for name in &known {
            let mut is_in = names.iter().any(|one| one == name);
            if ui.checkbox(&mut is_in, *name).changed() {
                let mut next: Vec<String> = names.iter().filter(|one| one != name).cloned().collect();
                if is_in {
                    next.push((*name).to_owned());
                }
                set(Where::Municipalities(next));
            }
        }
    };
    if known.len() <= FEW {
        ui.horizontal_wrapped(|ui| list(ui, set));
        return;
    }
    muted(ui, names.join(", "));
    CollapsingHeader::new(lang.pick("Välj kommuner", "Choose municipalities"))
        .id_salt("municipalities")
        .show(ui, |ui| {
            egui::ScrollArea::vertical()
                .max_height(180.0)
                .auto_shrink([false, true])
                .show(ui, |ui| list(ui, set));
        });
}

/// Who has it back before the others.
fn restoration(ui: &mut Ui, cx: &Cx<'_>, scenario: &OutageScenario, at: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let area = &scenario.areas[at];
    let title = if area.restored.is_empty() {
        lang.pick("Allt återställs samtidigt", "Everything is restored at once")
    } else {
        lang.pick("Återställs i steg", "Restored in steps")
    };
    CollapsingHeader::new(RichText::new(title).small().bold()).id_salt("restored").show(ui, |ui| {
        muted(
            ui,
            lang.pick(
                "Antagande: rutor med flest invånare får tillbaka det först.",
                "Assumption: cells where most people live have it back first.",
            ),
        );
        for (which, step) in area.restored.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                let mut fresh = *step;
                let hours =
                    crate::ui::widgets::number_field(&mut fresh.after_h, lang, 1).range(0.0..=area.hours);
                let after = ui.add(hours.prefix(lang.pick("efter ", "after ")).suffix(" h"));
                let mut percent = fresh.share * 100.0;
                let share = crate::ui::widgets::number_field(&mut percent, lang, 0).range(0.0..=100.0);
                let part = ui.add(share.suffix(" %"));
                for (response, text) in [
                    (&after, lang.pick("Timmar efter att det försvann", "Hours after it went")),
                    (&part, lang.pick("Andel som har det tillbaka", "Share that has it back")),
                ] {
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, text));
                }
                fresh.share = percent / 100.0;
                if after.changed() || part.changed() {
                    let next = with_steps(scenario, at, |steps| steps[which] = fresh);
                    actions
                        .push(Action::EditBy(if after.changed() { after.id } else { part.id }, keep(next)));
                }
                let remove = say!(lang, "Ta bort steg {}", "Remove step {}", which + 1);
                if sign_button(ui, true, icons::DELETE, &remove).clicked() {
                    let next = with_steps(scenario, at, |steps| {
                        steps.remove(which);
                    });
                    actions.push(Action::Edit(keep(next)));
                }
            });
        }
        if icon_button(ui, icons::ADD, lang.pick("Ett steg till", "One more step")).clicked() {
            let next = with_steps(scenario, at, |steps| {
                let (hour, share) = steps.last().map_or((0.0, 0.0), |last| (last.after_h, last.share));
                steps.push(Restored {
                    after_h: f64::midpoint(hour, area.hours),
                    share: f64::midpoint(share, 1.0),
                });
            });
            actions.push(Action::Edit(keep(next)));
        }
    });
}

/// The scenario with other steps: hours and shares rise.
fn with_steps(
    scenario: &OutageScenario,
    at: usize,
    change: impl FnOnce(&mut Vec<Restored>),
) -> OutageScenario {
    let mut next = scenario.clone();
    if let Some(area) = next.areas.get_mut(at) {
        change(&mut area.restored);
        area.restored.sort_by(|a, b| a.after_h.total_cmp(&b.after_h));
        let mut least = 0.0f64;
        for step in &mut area.restored {
            step.share = step.share.max(least);
            least = step.share;
        }
    }
    next
}
