//! Step Reach (Nå): how far do people have to the nearest service, and where are the gaps?

use super::common::colouring_choice;
use egui::Ui;

use crate::analysis::{CoverageSummary, Rural, Spread};
use crate::app::Results;
use crate::app::command::Command;
use crate::app::telling::words::{of_spreads, short};
use crate::lang::{Lang, Said};
use crate::model::ServiceKind;
use crate::model::travel::TravelModel;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Drawer, Goal, Selection, View};
use crate::ui::widgets::{answer, figure, heading, heading_with, muted, toggle};
use crate::units::{Cost, Measure, People};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else {
        crate::ui::panels::common::nothing_yet(ui, cx, actions);
        return;
    };
    if results.situation.demand.is_empty() {
        return no_population(ui, cx, actions);
    }
    let measure = results.measure();
    if let Some(result) = results.kind(view.kind) {
        let summary = &result.summary;
        let beyond = lang.people(summary.people_beyond);
        let share = lang.percent(summary.people_beyond.share_of(summary.people_total));
        let limit = short(lang, results.limit(), measure);
        let unit = view.kind.unit(lang);
        let farther = if measure == Measure::Time { "longer" } else { "farther" };
        answer(
            ui,
            &say!(
                lang,
                "{beyond} personer, {share}, har längre än {limit} till närmaste {unit}.",
                "{beyond} people, {share}, have {farther} than {limit} to the nearest {unit}."
            ),
        );
        // Who has no value is no better off than who has far: as large as the figure above.
        for (reason, people) in &summary.people_without_value {
            let people = lang.people(*people);
            let why = reason.said(lang);
            let text = say!(
                lang,
                "{people} personer till saknar värde: {why}.",
                "{people} people more have no value: {why}."
            );
            answer(ui, &text);
        }
    } else {
        answer(
            ui,
            lang.pick(
                "Slaget finns inte i data. Välj ett annat eller läs in ett lager.",
                "The kind is not in the data. Choose another or load a layer.",
            ),
        );
    }
    over_water(ui, cx, actions);
    closures_cost(ui, cx, view);
    closed_on_trial(ui, cx, actions);
    heading(ui, lang.pick("Slag av service", "Kind of service"));
    ui.horizontal_wrapped(|ui| {
        for kind in ServiceKind::measured() {
            if results.kind(kind).is_some()
                && toggle(ui, view.kind == kind, icons::of_kind(kind), &kind.said(lang)).clicked()
            {
                view.kind = kind;
            }
        }
    });
    super::travel::show(ui, cx, actions);
    super::closures::show(ui, cx, view, actions);
    heading(ui, lang.pick("Visa på kartan", "Show on the map"));
    colouring_choice(ui, cx, &mut view.colouring);
    ui.checkbox(&mut view.reach.shows_gaps, lang.pick("Luckor", "Gaps"));
    if results.travel.road().is_some() {
        ui.checkbox(&mut view.reach.shows_roads, lang.pick("Vägar", "Roads"));
    }
    if let Some(result) = results.kind(view.kind) {
        in_the_whole_area(ui, lang, &result.summary, measure);
        groups_ui(ui, cx, view);
        gaps_ui(ui, cx, view, actions);
    }
    how(ui, cx);
}

/// The figures of everybody.
fn in_the_whole_area(ui: &mut Ui, lang: Lang, summary: &CoverageSummary, measure: Measure) {
    heading(ui, lang.pick("I hela området", "In the whole area"));
    let said = |of: fn(&Spread) -> Option<Cost>| {
        of_spreads(lang, &summary.lengths, summary.times.as_ref(), measure, of)
    };
    figure(ui, lang.pick("Inom gränsen", "Within the threshold"), &lang.people(summary.people_within));
    figure(ui, lang.pick("Bortom gränsen", "Beyond the threshold"), &lang.people(summary.people_beyond));
    let without: People = summary.people_without_value.values().copied().sum();
    if without > People::ZERO {
        figure(ui, lang.pick("Utan värde", "Without a value"), &lang.people(without));
    }
    figure(ui, lang.pick("Medelavstånd", "Mean distance"), &said(|spread| spread.mean));
    figure(ui, lang.pick("Hälften har högst (P50)", "Half have at most (P50)"), &said(|spread| spread.p50));
    figure(
        ui,
        lang.pick("Nio av tio har högst (P90)", "Nine in ten have at most (P90)"),
        &said(|spread| spread.p90),
    );
    figure(ui, lang.pick("Längst", "Farthest"), &said(|spread| spread.max));
}

/// Who walks over water to the road, and the way there on the map.
fn over_water(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let Some(first) = results.over_water.first() else { return };
    let people: People = results.over_water.iter().map(|place| place.people).sum();
    let (count, people) = (lang.count(results.over_water.len()), lang.people(people));
    let text = say!(
        lang,
        "{count} platser ({people} personer) har vatten mellan sig och närmaste väg: ingen väg ligger på deras sida. Visa den med flest",
        "{count} places ({people} people) have water between them and their road: none lies on their side. Show the one with most"
    );
    if ui.add(egui::Button::new(text).frame(false).wrap()).clicked() {
        actions.push(Action::Go(Goal { place: first.place, zoom: Some(12.0) }));
    }
}

/// How each group of countryside has it, beside everyone.
fn groups_ui(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    let lang = cx.lang;
    let Some((results, rural)) = cx.results().and_then(|results| Some((results, results.rural.as_ref()?)))
    else {
        return;
    };
    let Some(result) = results.kind(view.kind) else { return };
    let title = lang.pick("Bortom gränsen, efter bygd", "Beyond the threshold, by countryside");
    heading_with(ui, title, &groups_hint(lang, results, rural));
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

/// What the groups are, and what was taken for a locality.
#[must_use]
pub fn groups_hint(lang: Lang, results: &Results, rural: &Rural) -> String {
    let terms = &results.project.parameters.rural;
    let (people, near, remote) = (
        lang.number(terms.locality_people, 0),
        lang.number(terms.near_min, 0),
        lang.number(terms.remote_min, 0),
    );
    let count = lang.count(rural.localities.len());
    let from = if rural.is_from_layer {
        lang.pick("ortslagret", "the layer of places").to_owned()
    } else {
        let each = lang.number(terms.cell_people, 0);
        say!(
            lang,
            "rutorna: sammanhängande rutor med minst {each} invånare var",
            "the cells: touching cells of at least {each} people each"
        )
    };
    say!(
        lang,
        "Tillväxtanalys indelning. Glesbygd: mer än {remote} minuter med bil till en tätort med fler än {people} invånare, och öar utan fast förbindelse. Tätortsnära landsbygd: {near}–{remote} minuter. Tätort: resten. {count} tätorter, enligt {from}. Tätorter utanför data räknas inte.",
        "The classes of Tillväxtanalys. Remote rural: more than {remote} minutes by car to a locality of more than {people} people, and islands without a fixed link. Rural near a locality: {near}–{remote} minutes. Locality: the rest. {count} localities, by {from}. Localities outside the data do not count."
    )
}

/// What the closed roads do to the figure above.
fn closures_cost(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let Some(result) = results.kind(view.kind) else { return };
    let Some(open) = &result.open else { return };
    let not_within = |summary: &CoverageSummary| summary.people_total - summary.people_within;
    let (now, before) = (not_within(&result.summary), not_within(open));
    let before_text = lang.people(before);
    let more = lang.people(now - before);
    let measure = results.measure();
    let mean = |summary: &CoverageSummary| {
        summary.spread.mean.map_or_else(|| "–".to_owned(), |mean| lang.cost(mean, measure))
    };
    let (mean_now, mean_before) = (mean(&result.summary), mean(open));
    ui.label(say!(
        lang,
        "Vägavstängningarna: {more} personer fler än de {before_text} utan dem når ingen inom gränsen. Medel {mean_before} utan, {mean_now} med.",
        "The road closures: {more} people more than the {before_text} without them reach none within the threshold. Mean {mean_before} without, {mean_now} with."
    ));
    let Some(farther) = &result.farther else { return };
    if farther.people == People::ZERO && farther.cut_off == People::ZERO {
        muted(ui, lang.pick("Ingen får längre väg.", "Nobody has a longer way."));
        return;
    }
    let people = lang.people(farther.people);
    let (by, most) = (lang.cost(farther.mean, measure), lang.cost(farther.most, measure));
    ui.label(say!(
        lang,
        "{people} personer får längre väg: i medel {by}, som mest {most}.",
        "{people} people have a longer way: by {by} on average, {most} at most."
    ));
    if farther.cut_off > People::ZERO {
        let people = lang.people(farther.cut_off);
        ui.strong(say!(lang, "{people} personer når ingen alls.", "{people} people reach none at all."));
    }
}

/// Services thought away change every figure: say so beside the answer.
fn closed_on_trial(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let closed = &cx.session.project().closed_services;
    if closed.is_empty() {
        return;
    }
    let lang = cx.lang;
    let count = lang.count(closed.len());
    ui.horizontal_wrapped(|ui| {
        ui.strong(say!(lang, "Stängda på prov: {count}.", "Closed on trial: {count}."));
        if ui.link(lang.pick("Öppna alla igen", "Open all again")).clicked() {
            actions.push(Action::Edit(Command::OpenAllServices));
        }
    });
}

/// Without people no figure means anything: say what is missing, and how to get it.
fn no_population(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    answer(ui, lang.pick("Befolkning saknas.", "Population is missing."));
    muted(
        ui,
        lang.pick(
            "Utan befolkning går det inte att säga hur långt människor har. Läs in rutor eller punkter med antal personer, eller välj rollen Befolkning för ett lager under Data.",
            "Without population nobody can say how far people have. Load cells or points with a number of people, or choose the role Population for a layer under Data.",
        ),
    );
    if crate::ui::widgets::icon_button(ui, icons::OPEN, lang.pick("Öppna befolkning…", "Open population…"))
        .clicked()
    {
        actions.push(Action::Do(crate::ui::action::Simple::Open));
    }
}

fn gaps_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((results, scene)) = cx.results().zip(cx.scene) else { return };
    let Some(result) = results.kind(view.kind) else { return };
    heading(ui, lang.pick("Största luckorna", "Largest gaps"));
    if result.gaps.is_empty() {
        muted(ui, lang.pick("Inga: alla bor inom gränsen.", "None: everybody lives within the threshold."));
    }
    for (gap, _) in result.gaps.iter().take(5) {
        let people = lang.people(gap.people);
        let area = results.situation.area_name(gap.area).unwrap_or("–");
        let text = match gap.max.map(|max| lang.cost(max, results.measure())) {
            Some(max) => say!(
                lang,
                "{people} personer, {area}, upp till {max}",
                "{people} people, {area}, up to {max}"
            ),
            None => say!(
                lang,
                "{people} personer, {area}, utan värde",
                "{people} people, {area}, without a value"
            ),
        };
        if ui.add(egui::Button::new(text).frame(false).wrap()).clicked()
            && let Some(first) =
                gap.cells.first().and_then(|cell| results.situation.demand.origins.get(*cell as usize))
            && let Some(place) = scene.reprojection.lon_lat_from_plane(gap.centre)
        {
            let goal = Goal { place, zoom: Some(9.5) };
            actions.push(Action::SelectAndGo(Selection::Gap(view.kind, *first), goal));
        }
    }
    if result.gaps.len() > 5 {
        let count = lang.count(result.gaps.len());
        if ui.link(say!(lang, "Visa alla {count} i tabellen", "Show all {count} in the table")).clicked() {
            view.drawer.open(Drawer::Gaps);
        }
    }
}

/// How the figures came about, and the assumptions behind them.
fn how(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let method = results.travel.method().said(lang);
    ui.add_space(4.0);
    egui::CollapsingHeader::new(lang.pick("Så räknades detta", "How this was computed")).id_salt("how").show(ui, |ui| {
        ui.label(say!(lang, "Mått: {method}.", "Measure: {method}."));
        muted(ui, if results.travel.road().is_some() {
            lang.pick(
                "Avstånd mäts längs väg från rutans mittpunkt. Sträckan mellan plats och väg räknas som gång, raka vägen. Andra enheten gäller samma resa.",
                "Distances follow the roads from the cell's centre. The way between place and road is walked, straight. The other unit is of the same trip.",
            )
        } else {
            lang.pick(
                "Avstånd mäts från rutans mittpunkt i SWEREF 99 TM, gånger omvägsfaktorn.",
                "Distances are measured from the cell's centre in SWEREF 99 TM, times the detour factor.",
            )
        });
        muted(ui, lang.pick(
            "Inom betyder högst gränsen. En percentil är det minsta värde där de uppsummerade personerna når andelen. Alla tal är vägda med antal personer.",
            "Within means at most the threshold. A percentile is the smallest value at which the cumulated people reach the share. All figures are weighted by people.",
        ));
        sources(ui, cx);
    });
}

/// Which files, and of when.
pub fn sources(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let project = cx.session.project();
    for layer in &project.roads {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    for layer in &project.layers {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    muted(ui, lang.pick("Register är ofullständiga.", "Registers are incomplete."));
}
