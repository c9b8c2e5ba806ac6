//! The inspector: everything known about the chosen thing, and how each figure came about.

use egui::{RichText, Ui};

use crate::analysis::Spread;
use crate::app::command::{Change, Command};
use crate::app::export::missing_report;
use crate::app::telling::words;
use crate::lang::Said;
use crate::model::travel::Traveller;
use crate::model::{
    DemandOrigin, EvidenceKind, KindMap, Layer, LayerId, Service, ServiceKind, ServiceOrigin, SiteId,
    SotPlace,
};
use crate::say;
use crate::siting::{Candidate, NearestUnit, SiteFigures};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{MapMode, Selection, View};
use crate::ui::theme;
use crate::ui::widgets::{figure, heading, icon_button, muted, sign_button, warning};
use crate::units::{Cost, Measure};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(selection) = view.selection.clone() else { return };
    ui.horizontal(|ui| {
        ui.label(RichText::new(title(cx, &selection)).strong().size(17.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            if sign_button(ui, true, icons::CLOSE, lang.pick("Stäng granskaren", "Close inspector")).clicked()
            {
                actions.push(Action::Select(None));
            }
        });
    });
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match &selection {
        Selection::Cell(origin) => cell(ui, cx, view, *origin, actions),
        Selection::Site(SiteId::Trial(_)) => trial(ui, cx, view, &selection, actions),
        Selection::Site(site) => site_ui(ui, cx, view, site, actions),
        Selection::Area(layer, feature_ix) => area(ui, cx, *layer, *feature_ix),
        Selection::Gap(kind, origin) => gap(ui, cx, *kind, *origin),
    });
}

fn title(cx: &Cx<'_>, selection: &Selection) -> String {
    let lang = cx.lang;
    match selection {
        Selection::Cell(_) => lang.pick("Ruta", "Cell").into(),
        Selection::Gap(..) => lang.pick("Lucka", "Gap").into(),
        Selection::Area(layer, feature_ix) => cx
            .results()
            .and_then(|r| r.situation.areas.iter().find(|a| a.layer == *layer && a.feature_ix == *feature_ix))
            .map_or_else(String::new, |area| area.name.clone()),
        Selection::Site(SiteId::Trial(id)) => {
            let trials = &cx.session.project().trials;
            trials.iter().find(|trial| trial.id == *id).map_or_else(String::new, |trial| trial.name.clone())
        }
        Selection::Site(site) => cx
            .sot(site)
            .map(|sot| sot.name.clone())
            .or_else(|| cx.service(site).map(|(_, service)| service.name.clone()))
            .unwrap_or_default(),
    }
}

fn cell(ui: &mut Ui, cx: &Cx<'_>, view: &View, origin: DemandOrigin, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((results, cell)) = cx.results().zip(cx.cell(origin)) else { return };
    let demand = &results.situation.demand;
    figure(ui, lang.pick("Personer", "People"), &lang.people(demand.people[cell]));
    let area = results.situation.area_name(demand.areas[cell]);
    figure(ui, lang.pick("Kommun", "Municipality"), area.unwrap_or(lang.pick("ingen", "none")));
    for kind in &results.kinds {
        heading(ui, &kind.coverage.kind.said(lang));
        for rank in 0..2 {
            let name = if rank == 0 {
                lang.pick("Närmast", "Nearest")
            } else {
                lang.pick("Näst närmast", "Second nearest")
            };
            match kind.coverage.at(cell, rank) {
                Ok((ix, trip)) => {
                    let service = results.situation.service(ix);
                    let who = service.map_or("", |service| service.name.as_str());
                    figure(ui, &format!("{name}: {who}"), &words::trip(lang, trip, results.measure()));
                }
                Err(reason) if rank == 0 => {
                    muted(ui, reason.said(lang));
                }
                Err(_) => {}
            }
        }
        if kind.coverage.kind == view.kind {
            super::ways::route_ui(ui, cx);
        }
    }
    if let Some(layer) = cx.session.project().layer(origin.layer) {
        properties(ui, cx, layer, origin.feature_ix as usize);
    }
    let place = demand.places[cell];
    copy_place(ui, cx, place, actions);
}

fn copy_place(ui: &mut Ui, cx: &Cx<'_>, place: crate::geometry::LonLat, actions: &mut Vec<Action>) {
    let text = format!("{:.5}, {:.5}", place.lon, place.lat);
    if ui.small_button(say!(cx.lang, "Kopiera läget {text}", "Copy position {text}")).clicked() {
        actions.push(Action::Copy(text));
    }
}

/// What the file itself says.
fn properties(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, feature_ix: usize) {
    let Some(feature) = layer.table.features.get(feature_ix) else { return };
    let number = feature.number;
    let file = layer.source.name();
    let title = say!(cx.lang, "Ur filen {file}, objekt {number}", "From the file {file}, feature {number}");
    egui::CollapsingHeader::new(title).id_salt("properties").show(ui, |ui| {
        for (name, value) in layer.table.row(feature).entries() {
            figure(ui, name, &value.text());
        }
        let date =
            layer.source.date.clone().unwrap_or_else(|| cx.lang.pick("okänt datum", "unknown date").into());
        muted(ui, say!(cx.lang, "Registrets datum: {date}", "Date of the register: {date}"));
    });
}

fn site_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, site: &SiteId, actions: &mut Vec<Action>) {
    if let Some(sot) = cx.sot(site) {
        sot_ui(ui, cx, sot);
    }
    let service = cx.service(site).filter(|(_, service)| !service.kinds.contains(ServiceKind::Sot));
    if let Some((_, service)) = service {
        service_ui(ui, cx, service, actions);
    }
    super::ways::reach_ui(ui, cx, &mut view.reach);
    if let Some((ix, service)) = service {
        closure_ui(ui, cx, view, ix, service);
    }
    if let Some(candidate) = cx.candidate(site) {
        candidate_ui(ui, cx, view, candidate, actions);
    }
    let origin = cx.service(site).map(|(_, service)| service.origin);
    let origin = origin.or_else(|| {
        cx.sot(site).map(|sot| ServiceOrigin::Feature { layer: sot.layer, feature_ix: sot.feature_ix })
    });
    if let Some(ServiceOrigin::Feature { layer, feature_ix }) = origin
        && let Some(layer) = cx.session.project().layer(layer)
    {
        properties(ui, cx, layer, feature_ix);
    }
}

fn sot_ui(ui: &mut Ui, cx: &Cx<'_>, sot: &SotPlace) {
    let lang = cx.lang;
    figure(ui, lang.pick("SOT-status", "SOT status"), &sot.status.said(lang));
    let date =
        if sot.status_date.is_empty() { lang.pick("okänt datum", "unknown date") } else { &sot.status_date };
    figure(ui, lang.pick("Statusens datum", "Date of the status"), date);
    if let Some(other) = &sot.in_favour_of {
        figure(ui, lang.pick("Till förmån för", "In favour of"), other);
    }
    if let Some(note) = &sot.note {
        muted(ui, note.clone());
    }
    let host = match sot.host {
        Some((ix, apart)) => {
            let name = cx
                .results()
                .and_then(|r| r.situation.service(ix))
                .map_or("", |service| service.name.as_str());
            format!("{name}, {}", lang.distance(apart))
        }
        None => lang.pick("finns inte i data", "not in the data").into(),
    };
    figure(ui, lang.pick("Värdbutik", "Host store"), &host);
}

fn service_ui(ui: &mut Ui, cx: &Cx<'_>, service: &Service, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    figure(ui, lang.pick("Slag", "Kind"), &service.kinds.said(lang));
    if cx.session.project().closed_services.contains(&service.site) {
        ui.strong(lang.pick("Stängd på prov: räknas inte", "Closed on trial: does not count"));
    }
    if let Some(form) = &service.form {
        figure(ui, lang.pick("Form", "Form"), form);
    }
    let area = cx.results().and_then(|r| r.situation.area_name(service.area)).unwrap_or("–");
    figure(ui, lang.pick("Kommun", "Municipality"), area);
    if let Some((_, evidence)) = &service.moved_from {
        muted(ui, say!(lang, "Flyttad för hand: {}", "Moved by hand: {}", evidence.said(lang)));
    }
    if let ServiceOrigin::Added(at) = service.origin
        && let Some(added) = cx.session.project().added.get(at)
    {
        muted(ui, say!(lang, "Tillagd för hand: {}", "Added by hand: {}", added.evidence.said(lang)));
    }
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::MOVE, lang.pick("Flytta på kartan", "Move on the map")).clicked() {
            actions.push(Action::Mode(MapMode::Move(service.site.clone())));
        }
        if let SiteId::Added(id) = service.site
            && icon_button(ui, icons::DELETE, lang.pick("Ta bort", "Remove")).clicked()
        {
            actions.push(Action::Edit(Command::RemoveService(id)));
            actions.push(Action::Select(None));
        }
        close_on_trial(ui, cx, &service.site, actions);
        if cx.session.project().amendments.contains_key(&service.site)
            && icon_button(ui, icons::UNDO, lang.pick("Ta tillbaka rättelser", "Take back corrections"))
                .clicked()
        {
            actions.push(Action::Edit(Command::Amend(service.site.clone(), Change::Reset)));
        }
    });
    copy_place(ui, cx, service.place, actions);
}

/// Thinks a service away: everything is computed as if it had closed.
fn close_on_trial(ui: &mut Ui, cx: &Cx<'_>, site: &SiteId, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let is_closed = cx.session.project().closed_services.contains(site);
    let (icon, text) = if is_closed {
        (icons::UNDO, lang.pick("Öppna igen", "Open again"))
    } else {
        (icons::CLOSED_ROAD, lang.pick("Stäng på prov", "Close on trial"))
    };
    if icon_button(ui, icon, text).clicked() {
        actions.push(Action::Edit(Command::CloseService { site: site.clone(), is_closed: !is_closed }));
    }
}

fn closure_ui(ui: &mut Ui, cx: &Cx<'_>, view: &View, ix: crate::model::ServiceIx, service: &Service) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let kind = view.kind_shown(service.kinds);
    let Some(result) = kind.and_then(|kind| results.kind(kind)) else { return };
    let Some(closure) = result.closures.iter().find(|closure| closure.service == ix) else { return };
    heading(ui, lang.pick("Om den stänger", "If it closes"));
    let measure = results.measure();
    let left = closure.people_left_without;
    if left > crate::units::People::ZERO {
        let people = lang.people(left);
        let text =
            say!(lang, "{people} invånare når ingen annan alls.", "{people} people reach no other at all.");
        ui.add(egui::Label::new(RichText::new(text).strong().color(theme::error_colour(cx.theme))).wrap());
    }
    figure(ui, lang.pick("Berörda personer", "People affected"), &lang.people(closure.people));
    // Of those who have another to go to; where nobody has, there is no way that could be longer.
    let extra = closure.mean_extra();
    let said = |cost: Option<Cost>| cost.map_or_else(|| "–".into(), |cost| lang.cost(cost, measure));
    figure(ui, lang.pick("Längre väg, i medel per person", "Farther, on average a person"), &said(extra));
    let most = extra.map(|_| closure.max_extra);
    figure(ui, lang.pick("Längre väg, som mest", "Farther, at most"), &said(most));
    figure(
        ui,
        lang.pick("Hamnar bortom gränsen", "Pushed beyond the threshold"),
        &lang.people(closure.people_pushed_beyond),
    );
    for (other, people) in closure.goes_to.iter().take(4) {
        let name = results.situation.service(*other).map_or("", |service| service.name.as_str());
        let people = lang.people(*people);
        muted(
            ui,
            say!(lang, "{people} personer får {name} som närmast", "{people} people get {name} as nearest"),
        );
    }
}

fn candidate_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, candidate: &Candidate, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.separator();
    let verdict = candidate.verdict;
    ui.horizontal_wrapped(|ui| {
        let colour = theme::verdict_mark(verdict, cx.theme);
        ui.label(RichText::new(icons::of_verdict(verdict)).size(20.0).color(colour));
        ui.label(RichText::new(verdict.said(lang)).strong().size(15.0));
    });
    let mut is_chosen = cx.session.project().selected.contains(&candidate.site);
    if ui.checkbox(&mut is_chosen, lang.pick("Vald för export", "Chosen for export")).changed() {
        actions.push(Action::Edit(Command::Select { site: candidate.site.clone(), is_selected: is_chosen }));
    }
    egui::CollapsingHeader::new(lang.pick("Vad saknas?", "What is missing?")).id_salt("missing").show(
        ui,
        |ui| {
            let report = missing_report(candidate, lang);
            ui.label(&report);
            if icon_button(ui, icons::COPY, lang.pick("Kopiera vad som saknas", "Copy what is missing"))
                .clicked()
            {
                actions.push(Action::Copy(report));
            }
        },
    );
    super::compare::place::show(ui, cx, candidate);
    heading(ui, lang.pick("Lägstanivån, nio regler", "Minimum level, nine rules"));
    for rule in &candidate.rules {
        ui.horizontal_top(|ui| {
            let colour = theme::outcome_colour(rule.outcome, cx.theme);
            ui.label(RichText::new(icons::of_outcome(rule.outcome)).size(16.0).color(colour));
            ui.vertical(|ui| {
                let remark = if rule.has_remark { lang.pick(", anmärkning", ", remark") } else { "" };
                let text = format!(
                    "{} {}: {}{remark}",
                    rule.rule.id(),
                    rule.rule.said(lang),
                    rule.outcome.said(lang)
                );
                ui.label(text).on_hover_text(rule.rule.source_words());
                muted(ui, rule.why.said(lang));
                if rule.evidence.kind != EvidenceKind::None {
                    muted(ui, format!("({})", rule.evidence.said(lang)));
                }
            });
        });
    }
    super::facts::show(ui, cx, &mut view.dialogs, candidate);
    heading(ui, lang.pick("Människor", "People"));
    people_within(ui, cx, candidate.people_within);
    if let Some(people) = candidate.people_nearest {
        figure(ui, lang.pick("Har butiken som närmast", "Have the store as nearest"), &lang.people(people));
    }
    figure(
        ui,
        lang.pick("I lucka för SOT i dag, nås härifrån", "In a SOT gap today, reached from here"),
        &candidate
            .gap_people
            .map_or_else(|| lang.pick("inget SOT-lager", "no SOT layer").into(), |p| lang.people(p)),
    );
    nearest(ui, cx, &candidate.nearest);
}

fn people_within(ui: &mut Ui, cx: &Cx<'_>, people: [crate::units::People; 2]) {
    let Some(results) = cx.results() else { return };
    let measure = results.measure();
    for (people, radius) in people.into_iter().zip(results.project.parameters.radii(measure)) {
        let radius = words::short(cx.lang, radius, measure);
        figure(ui, &say!(cx.lang, "Inom {radius}", "Within {radius}"), &cx.lang.people(people));
    }
}

fn nearest(ui: &mut Ui, cx: &Cx<'_>, nearest: &KindMap<Option<NearestUnit>>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Närmaste av varje slag", "Nearest of each kind"));
    let measure = cx.results().map_or_else(Default::default, crate::app::Results::measure);
    for kind in ServiceKind::measured() {
        let Some(unit) = &nearest[kind] else { continue };
        let name =
            cx.results().and_then(|r| r.situation.service(unit.service)).map_or("", |s| s.name.as_str());
        let text = format!("{} {}", icons::of_kind(kind), name);
        let hint = say!(
            lang,
            "{}: {} fågelvägen",
            "{}: {} in a straight line",
            kind.said(lang),
            lang.distance(unit.straight)
        );
        figure(ui, &text, &words::trip(lang, unit.trip, measure)).on_hover_text(hint);
    }
}

fn trial(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, selection: &Selection, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Selection::Site(site @ SiteId::Trial(id)) = selection else { return };
    let Some(trial) = cx.session.project().trials.iter().find(|trial| trial.id == *id) else { return };
    let place = view.dragged_to(*id).unwrap_or(trial.place);
    muted(ui, lang.pick("Tänk om en butik med SOT-punkt låg här. Ingen butik finns på platsen: inte möjlig i dag.", "What if a store with a SOT point stood here? There is no store at the place: not possible today."));
    let label = ui.label(lang.pick("Namn", "Name"));
    let mut name = trial.name.clone();
    let field =
        ui.add(egui::TextEdit::singleline(&mut name).desired_width(f32::INFINITY)).labelled_by(label.id);
    if field.changed() {
        actions.push(Action::EditBy(field.id, Command::RenameTrial(*id, name)));
    }
    let mut is_chosen = cx.session.project().selected.contains(site);
    if ui.checkbox(&mut is_chosen, lang.pick("Vald för export", "Chosen for export")).changed() {
        actions.push(Action::Edit(Command::Select { site: site.clone(), is_selected: is_chosen }));
    }
    super::ways::reach_ui(ui, cx, &mut view.reach);
    no_road(ui, cx, place);
    match cx.trial.figures() {
        Some(Ok(figures)) => trial_figures(ui, cx, figures),
        Some(Err(error)) => {
            warning(ui, cx.theme, error.said(lang));
        }
        None => {}
    }
    ui.add_space(6.0);
    if icon_button(ui, icons::DELETE, lang.pick("Ta bort provpunkten", "Remove trial point")).clicked() {
        actions.push(Action::Edit(Command::RemoveTrial(*id)));
        actions.push(Action::Select(None));
    }
    copy_place(ui, cx, place, actions);
}

/// Nobody gets to a place without a road: better said than a row of zeros.
fn no_road(ui: &mut Ui, cx: &Cx<'_>, place: crate::geometry::LonLat) {
    let lang = cx.lang;
    let Some((results, scene)) = cx.results().zip(cx.scene) else { return };
    let Some((road, point)) = results.travel.road().zip(scene.reprojection.plane(place)) else { return };
    if road.snap(point, Traveller::Visitor).is_ok() {
        return;
    }
    let limit = lang.distance(results.project.parameters.profile.max_access);
    let text = say!(
        lang,
        "Ingen väg inom {limit} från punkten: ingen når den.",
        "No road within {limit} of the point: nobody reaches it."
    );
    warning(ui, cx.theme, text);
}

fn trial_figures(ui: &mut Ui, cx: &Cx<'_>, figures: &SiteFigures) {
    let lang = cx.lang;
    heading(ui, lang.pick("Människor", "People"));
    people_within(ui, cx, figures.people_within);
    if figures.people_without_today > crate::units::People::ZERO {
        let people = lang.people(figures.people_without_today);
        figure(ui, lang.pick("Når ingen butik i dag", "Reach no store today"), &people);
    }
    figure(
        ui,
        lang.pick("Får den som närmaste butik", "Get it as nearest store"),
        &lang.people(figures.people_nearest),
    );
    figure(
        ui,
        lang.pick("Lyfts ur lucka för livsmedel", "Moved out of a grocery gap"),
        &lang.people(figures.grocery_gap_people),
    );
    if cx.results().is_some_and(|results| results.kind(ServiceKind::Sot).is_some()) {
        let people = lang.people(figures.sot_gap_people);
        figure(ui, lang.pick("Lyfts ur lucka för SOT", "Moved out of a SOT gap"), &people);
    }
    let mut saved =
        vec![(lang.pick("Kortare väg, person-km", "Shorter way, person-km"), figures.saved_person_km)];
    if let Some(minutes) = figures.saved_person_min {
        saved.push((lang.pick("Kortare tid, person-min", "Shorter time, person-min"), minutes));
    }
    if cx.results().is_some_and(|results| results.measure() == Measure::Time) {
        saved.reverse();
    }
    for (name, sum) in saved {
        figure(ui, name, &lang.number(sum, 0));
    }
    nearest(ui, cx, &figures.nearest);
}

fn area(ui: &mut Ui, cx: &Cx<'_>, layer: LayerId, feature_ix: usize) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let areas = &results.situation.areas;
    let Some(at) = areas.iter().position(|a| a.layer == layer && a.feature_ix == feature_ix) else { return };
    let Some(row) = results.areas.iter().find(|row| row.area.is_some_and(|ix| ix.at() == at)) else { return };
    if !areas[at].code.is_empty() {
        figure(ui, lang.pick("Kod", "Code"), &areas[at].code);
    }
    figure(ui, lang.pick("Personer", "People"), &lang.people(row.people));
    figure(ui, lang.pick("Bebodda rutor", "Populated cells"), &lang.count(row.cells));
    for kind in &row.kinds {
        heading(ui, &kind.kind.said(lang));
        let said = |of: fn(&Spread) -> Option<Cost>| {
            words::of_spreads(lang, &kind.lengths, kind.times.as_ref(), results.measure(), of)
        };
        let share = lang.percent(kind.people_beyond.share_of(row.people));
        let beyond = format!("{} ({share})", lang.people(kind.people_beyond));
        figure(ui, lang.pick("Bortom gränsen", "Beyond the threshold"), &beyond);
        if kind.people_without_value > crate::units::People::ZERO {
            figure(ui, lang.pick("Utan värde", "Without a value"), &lang.people(kind.people_without_value));
        }
        figure(ui, "P50", &said(|spread| spread.p50));
        figure(ui, "P90", &said(|spread| spread.p90));
        figure(ui, lang.pick("Längst", "Farthest"), &said(|spread| spread.max));
    }
    if let Some(layer) = cx.session.project().layer(layer) {
        properties(ui, cx, layer, feature_ix);
    }
}

fn gap(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, origin: DemandOrigin) {
    let lang = cx.lang;
    let Some((results, first)) = cx.results().zip(cx.cell(origin)) else { return };
    let Some(result) = results.kind(kind) else { return };
    let found =
        result.gaps.iter().position(|(gap, _)| gap.cells.first().is_some_and(|cell| *cell as usize == first));
    let Some(at) = found else {
        muted(
            ui,
            lang.pick(
                "Luckan finns inte längre med denna gräns.",
                "The gap is no longer there with this threshold.",
            ),
        );
        return;
    };
    let (gap, _) = &result.gaps[at];
    figure(ui, lang.pick("Slag", "Kind"), &kind.said(lang));
    figure(ui, lang.pick("Plats i ordningen", "Rank"), &lang.count(at + 1));
    figure(ui, lang.pick("Personer", "People"), &lang.people(gap.people));
    figure(ui, lang.pick("Rutor", "Cells"), &lang.count(gap.cells.len()));
    figure(ui, lang.pick("Kommun", "Municipality"), results.situation.area_name(gap.area).unwrap_or("–"));
    let said =
        |cost: Option<Cost>| cost.map_or_else(|| "–".into(), |cost| lang.cost(cost, results.measure()));
    figure(ui, lang.pick("Medelavstånd", "Mean distance"), &said(gap.mean));
    figure(ui, lang.pick("Längst", "Farthest"), &said(gap.max));
    muted(
        ui,
        lang.pick(
            "En lucka är rutor bortom gränsen eller utan värde som hänger ihop, även i hörnen.",
            "A gap is cells beyond the threshold or without a value that touch, corners included.",
        ),
    );
}
