//! Roads in words: the legs of a route, how far a limit reaches, the roads that most depend on.

use egui::{Align, CollapsingHeader, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::command::Command;
use crate::app::session::Export;
use crate::app::telling::words;
use crate::app::ways::CriticalRoad;
use crate::lang::{Lang, Said};
use crate::model::{ClosureEffect, ClosureShape, MadeOn, RoadClosure};
use crate::network::Leg;
use crate::say;
use crate::scene::ways::CriticalOrder;
use crate::scene::ways::DrawnCritical;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::map::REACH_STEPS;
use crate::ui::state::{Goal, View};
use crate::ui::theme;
use crate::ui::widgets::{figure, icon_button, icon_button_if, muted, toggle};
use crate::units::{Measure, Metres, Seconds};

const ROW: f32 = 24.0;

/// The legs of the route to the nearest service, in the order of travel.
pub fn route_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(results) = cx.results().filter(|results| results.travel.road().is_some()) else { return };
    let Some(routes) = cx.ways.routes.answer() else { return };
    let Some(first) = routes.iter().find(|route| route.way.rank == 0) else { return };
    let route = &first.way.route;
    let legs = merged(&route.legs, lang);
    let count = lang.count(legs.len());
    let title = if legs.len() == 1 {
        lang.pick("Vägen dit, 1 del", "The way there, 1 part").to_owned()
    } else {
        say!(lang, "Vägen dit, {count} delar", "The way there, {count} parts")
    };
    CollapsingHeader::new(title).id_salt("route").default_open(true).show(ui, |ui| {
        let walk = |ui: &mut Ui, text: &str, metres: Metres| {
            if metres.value() >= 1.0 {
                muted(ui, format!("{text} {}", lang.distance(metres)));
            }
        };
        walk(ui, lang.pick("Till vägen, till fots:", "To the road, on foot:"), route.access_from);
        for (name, length, time) in &legs {
            let way = words::both(lang, Some((*length).into()), Some((*time).into()), results.measure());
            figure(ui, name, &way);
        }
        walk(ui, lang.pick("Från vägen, till fots:", "From the road, on foot:"), route.access_to);
    });
}

/// Legs on roads of one name as one; without a name, of one class.
fn merged(legs: &[Leg], lang: Lang) -> Vec<(String, Metres, Seconds)> {
    let mut out: Vec<(String, Metres, Seconds)> = Vec::new();
    for leg in legs {
        let name = leg.name.clone().unwrap_or_else(|| capital(&leg.class.said(lang)));
        match out.last_mut() {
            Some((known, length, time)) if *known == name => {
                *length += leg.length;
                *time += leg.time;
            }
            _ => out.push((name, leg.length, leg.time)),
        }
    }
    out
}

/// The first letter large, as a line begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The button that shows how far a limit reaches along roads, and what it reaches.
pub fn reach_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let lang = cx.lang;
    let Some(results) = cx.results().filter(|results| results.travel.road().is_some()) else { return };
    ui.add_space(4.0);
    if toggle(ui, view.shows_reach, icons::REACH, lang.pick("Räckvidd längs väg", "Reach along roads"))
        .clicked()
    {
        view.shows_reach = !view.shows_reach;
    }
    if !view.shows_reach {
        return;
    }
    let Some(drawn) = cx.ways.reach.answer() else {
        ui.horizontal(|ui| {
            ui.spinner();
            muted(ui, lang.pick("Letar längs vägarna…", "Looking along the roads…"));
        });
        return;
    };
    let Some(reach) = &drawn.reach else {
        muted(ui, lang.pick("Ingen väg i närheten.", "No road nearby."));
        return;
    };
    for at in 0..2 {
        let limit = words::short(lang, reach.limits[at], results.measure());
        let people = lang.people(reach.people[at]);
        let km = lang.number(reach.road[at].km(), 0);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
            let line = [rect.left_center(), rect.right_center()];
            ui.painter().line_segment(line, (4.0, REACH_STEPS[1 - at]));
            figure(
                ui,
                &say!(lang, "Inom {limit}", "Within {limit}"),
                &say!(lang, "{people} personer, {km} km väg", "{people} people, {km} km of road"),
            );
        });
    }
}

/// The drawer of the most important roads.
pub fn critical_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.session.results.as_ref() else { return };
    if results.travel.road().is_none() {
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
    let kind = view.kind.unit(lang);
    ui.horizontal(|ui| {
        let text = say!(lang, "Sök viktigaste vägarna till {kind}", "Find critical roads to {kind}");
        if icon_button_if(ui, asked.progress().is_none(), icons::SEARCH, &text).clicked() {
            view.critical = None;
            actions.push(Action::FindCritical(true));
        }
        let chosen = view
            .critical
            .and_then(|stretch| asked.answer()?.roads.iter().find(|road| road.stretch == stretch));
        if let Some(road) = chosen
            && icon_button(ui, icons::CLOSE, lang.pick("Stäng den här", "Close it here")).clicked()
        {
            actions.extend(close(cx, road));
        }
        let has_roads = asked.answer().is_some_and(|drawn| !drawn.roads.is_empty());
        let text = lang.pick("Exportera…", "Export…");
        if has_roads && icon_button(ui, icons::EXPORT, text).clicked() {
            actions.push(Action::AskExport(Export::Critical));
        }
        ui.checkbox(&mut view.critical_is_large, lang.pick("Bara större vägar", "Larger roads only"));
        if let Some(done) = asked.progress() {
            ui.add(egui::ProgressBar::new(done).desired_width(160.0).show_percentage());
            if ui.button(lang.pick("Avbryt", "Cancel")).clicked() {
                actions.push(Action::FindCritical(false));
            }
        } else if asked.answer().is_some() && !asked.is_of(results) {
            let text = lang
                .pick("Listan gäller före den senaste ändringen.", "The list is of before the last change.");
            ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
        }
        if let Some(other) = asked.question().filter(|other| asked.answer().is_some() && **other != view.kind)
        {
            let other = other.unit(lang);
            muted(ui, say!(lang, "Listan gäller vägen till {other}.", "The list is of the way to {other}."));
        }
    });
    match asked.answer() {
        Some(drawn) if drawn.roads.is_empty() => {
            muted(ui, lang.pick("Ingen väg som någon är beroende av.", "No road that anybody depends on."));
        }
        Some(drawn) => table(ui, cx, view, drawn, actions),
        None if asked.progress().is_none() => {
            muted(ui, lang.pick(
                "Varje vägsträcka stängs i tanken, en i taget: hur många får längre till närmaste, hur mycket längre, och hur många kommer inte fram alls? Den som bor längs sträckan kan köra ut åt båda håll; en avstängd punkt på den berör därför fler.",
                "Each stretch of road is closed in thought, one at a time: how many get farther to the nearest, how much farther, and how many do not get there at all? Who lives along the stretch leaves it at either end; a spot closed on it concerns more.",
            ));
        }
        None => {}
    }
}

/// A closure in the middle of a stretch, named after its road.
fn close(cx: &Cx<'_>, road: &CriticalRoad) -> Vec<Action> {
    let id = cx.session.project().next_closure_id();
    let closure = RoadClosure {
        id,
        name: name_of(road, cx.lang),
        reason: String::new(),
        shape: ClosureShape::Point(road.middle),
        effect: ClosureEffect::Closed,
        is_active: true,
        made_on: MadeOn::Unsaid,
    };
    vec![Action::Edit(Command::AddClosure(closure)), Action::ShowClosure(id)]
}

fn name_of(road: &CriticalRoad, lang: Lang) -> String {
    road.name.clone().unwrap_or_else(|| capital(&road.class.said(lang)))
}

fn table(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, drawn: &DrawnCritical, actions: &mut Vec<Action>) {
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
    let roads = drawn.shown(view.critical_order, view.critical_is_large, measure);
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center));
    for (_, width, _) in headers {
        table = table.column(Column::initial(width).resizable(true).clip(true));
    }
    table
        .header(ROW, |mut header| {
            for (name, _, order) in headers {
                header.col(|ui| sorting_header(ui, view, name, order));
            }
        })
        .body(|body| {
            body.rows(ROW, roads.len(), |mut row| {
                let at = row.index();
                let (_, road) = roads[at];
                row.set_selected(view.critical == Some(road.stretch));
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
                    view.critical = Some(road.stretch);
                    actions.push(Action::Go(Goal { place: road.middle, zoom: Some(11.0) }));
                }
            });
        });
}

/// A header; where the table can be ordered by it, it is a button.
fn sorting_header(ui: &mut Ui, view: &mut View, name: &str, order: Option<CriticalOrder>) {
    let text = RichText::new(name).small().strong();
    let Some(order) = order else {
        ui.label(text);
        return;
    };
    let sign = if view.critical_order == order { icons::DOWN } else { "" };
    let button = egui::Button::new(RichText::new(format!("{name} {sign}")).small().strong()).frame(false);
    if ui.add(button).clicked() {
        view.critical_order = order;
    }
}

fn right(ui: &mut Ui, text: String) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
}
