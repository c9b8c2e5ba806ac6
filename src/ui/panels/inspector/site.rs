//! What is known of the chosen service or SOT place, and what if it closes?

use crate::app::telling::glossary::Term;
use crate::ui::theme::Bold as _;
use crate::ui::widgets::strong;
use egui::{RichText, Ui};

use super::common::{copy_place, properties};
use super::{candidate, findings, follow, ways};
use crate::app::command::{Change, Command};
use crate::lang::Said;
use crate::model::{Service, ServiceIx, ServiceKind, ServiceOrigin, SiteId, SotPlace};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{MapMode, Shown, View};
use crate::ui::theme;
use crate::ui::widgets::{figure, heading_with, icon_button, muted};
use crate::units::{Cost, People};
use crate::{say, say_many};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, site: &SiteId, actions: &mut Vec<Action>) {
    if let Some(decided) = cx.results().and_then(|results| results.findings.left_out(site)) {
        findings::left_out(ui, cx, decided, actions);
        return;
    }
    let is_followed = cx.shows(Shown::Follow);
    if is_followed {
        follow::show(ui, cx, &mut view.dialogs, site, actions);
    }
    if let Some(sot) = cx.sot(site) {
        sot_ui(ui, cx, sot, is_followed);
    }
    if !is_followed && (cx.sot(site).is_some() || cx.candidate(site).is_some()) {
        follow::in_short(ui, cx, site, actions);
    }
    let service = cx.service(site).filter(|(_, service)| !service.kinds.contains(ServiceKind::Sot));
    if let Some((_, service)) = service {
        service_ui(ui, cx, service, actions);
    }
    findings::show(ui, cx, &mut view.dialogs, site, actions);
    ways::reach_ui(ui, cx, &mut view.reach);
    if let Some((ix, service)) = service {
        closure_ui(ui, cx, view, ix, service);
    }
    if let Some(candidate) = cx.candidate(site) {
        candidate::show(ui, cx, &mut view.dialogs, candidate, actions);
    }
    let origin = cx.service(site).map(|(_, service)| service.origin);
    let origin = origin.or_else(|| cx.sot(site).map(|sot| sot.origin));
    if let Some(ServiceOrigin::Feature { layer, feature_ix }) = origin
        && let Some(layer) = cx.session.project().layer(layer)
    {
        properties(ui, cx, layer, feature_ix);
    }
}

/// The status stands in the form of following up, where that is shown.
fn sot_ui(ui: &mut Ui, cx: &Cx<'_>, sot: &SotPlace, is_followed: bool) {
    let lang = cx.lang;
    if !is_followed {
        status_ui(ui, cx, sot);
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

fn status_ui(ui: &mut Ui, cx: &Cx<'_>, sot: &SotPlace) {
    let lang = cx.lang;
    figure(ui, lang.pick("SOT-status", "SOT status"), &sot.status.said(lang));
    let date =
        if sot.status_date.is_empty() { lang.pick("okänt datum", "unknown date") } else { &sot.status_date };
    figure(ui, lang.pick("Statusens datum", "Date of the status"), date);
    if let Some(evidence) = &sot.status_set {
        let evidence = evidence.said(lang);
        muted(ui, say!(lang, "Status satt för hand: {evidence}", "Status set by hand: {evidence}"));
    }
    if let Some(other) = &sot.in_favour_of {
        figure(ui, lang.pick("Till förmån för", "In favour of"), other);
    }
}

fn service_ui(ui: &mut Ui, cx: &Cx<'_>, service: &Service, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    figure(ui, lang.pick("Typ", "Kind"), &service.kinds.said(lang));
    if cx.session.project().closed_services.contains(&service.site) {
        strong(
            ui,
            lang.pick("Nedlagd i simuleringen: räknas inte", "Closed in the simulation: does not count"),
        );
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
        (icons::UNDO, lang.pick("Ångra nedläggning", "Undo the closure"))
    } else {
        (icons::CLOSED_ROAD, lang.pick("Simulera nedläggning", "Simulate closure"))
    };
    if icon_button(ui, icon, text).clicked() {
        actions.push(Action::Edit(Command::CloseService { site: site.clone(), is_closed: !is_closed }));
    }
}

fn closure_ui(ui: &mut Ui, cx: &Cx<'_>, view: &View, ix: ServiceIx, service: &Service) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let kind = view.kind_shown(service.kinds);
    let Some(result) = kind.and_then(|kind| results.kind(kind)) else { return };
    let Some(closure) = result.closures.iter().find(|closure| closure.service == ix) else { return };
    heading_with(ui, lang.pick("Om den stänger", "If it closes"), &Term::ClosureEffect.said(lang));
    let measure = results.measure();
    let left = closure.people_left_without;
    if left > People::ZERO {
        let people = lang.people(left);
        let text = say_many!(
            lang,
            u8::from(lang.is_one(left)),
            "{people} invånare når ingen annan alls." | "{people} invånare når ingen annan alls.",
            "{people} person reaches no other at all." | "{people} people reach no other at all."
        );
        ui.add(egui::Label::new(RichText::new(text).bold().color(theme::error_colour(cx.theme))).wrap());
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
        let people = lang.persons(*people);
        muted(ui, say!(lang, "För {people} blir {name} närmast", "For {people} {name} becomes the nearest"));
    }
}
