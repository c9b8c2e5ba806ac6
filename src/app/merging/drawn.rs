//! Which things that hands have placed, chosen or saved differ? Added services, test sites, closures of roads, choices,
//! plans, bookmarks, and what waits for a decision.

use super::amended::{Of, both, place_name, said_place, text};
use super::difference::Difference;
use crate::app::command::{Change, Command};
use crate::app::outage::OutageChange;
use crate::app::siting::scenario::PlanChange;
use crate::lang::{Lang, Said};
use crate::model::outage::{LoadList, OutageScenario};
use crate::model::{AddedService, Bookmark, Message, Project, RoadClosure, Scenario, SiteId};
use crate::say;

/// Something that only the other project has.
fn only_theirs(place: String, what: Message, theirs: Message, command: Command) -> Difference {
    Difference { place, what, mine: None, theirs, taken: vec![command], beside: Vec::new() }
}

/// Something that both have, and not alike.
fn otherwise(place: String, what: Message, [mine, theirs]: [Message; 2], command: Command) -> Difference {
    Difference { mine: Some(mine), ..only_theirs(place, what, theirs, command) }
}

/// Services added by hand.
pub fn services(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let mut out = Vec::new();
    for service in theirs.added.iter() {
        let Some(own) = mine.added.iter().find(|own| own.id == service.id) else {
            let what = Message::new("ny service", "new service");
            let said = both(|lang| format!("{}, {}", service.kinds.said(lang), said_place(service.place)));
            out.push(only_theirs(service.name.clone(), what, said, Command::AddService(service.clone())));
            continue;
        };
        of_service(own, service, &mut out);
    }
    out
}

fn of_service(own: &AddedService, service: &AddedService, out: &mut Vec<Difference>) {
    let site = SiteId::Added(own.id);
    let mut push = |what: Message, values: [Message; 2], change: Change| {
        out.push(otherwise(own.name.clone(), what, values, Command::Amend(site.clone(), change)));
    };
    let evidence = || service.evidence.clone();
    if own.name != service.name {
        let values = [text(&own.name), text(&service.name)];
        push(Message::new("namn", "name"), values, Change::Name(service.name.clone(), evidence()));
    }
    if own.place != service.place {
        let values = [own.place, service.place].map(|place| text(&said_place(place)));
        push(Message::new("läge", "position"), values, Change::Place(service.place, evidence()));
    }
    if own.kinds != service.kinds {
        let values = [own.kinds, service.kinds].map(|kinds| both(|lang| kinds.said(lang)));
        push(
            Message::new("slag av service", "kind of service"),
            values,
            Change::Kinds(service.kinds, evidence()),
        );
    }
    Of { site: &site, place: own.name.clone() }.facts(&own.facts, &service.facts, out);
}

/// Test sites.
pub fn trials(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let mut out = Vec::new();
    for trial in theirs.trials.iter() {
        let Some(own) = mine.trials.iter().find(|own| own.id == trial.id) else {
            let what = Message::new("ny testplats", "new test site");
            let said = text(&said_place(trial.place));
            out.push(only_theirs(trial.name.clone(), what, said, Command::AddTrial(trial.clone())));
            continue;
        };
        if own.name != trial.name {
            let values = [text(&own.name), text(&trial.name)];
            let command = Command::RenameTrial(own.id, trial.name.clone());
            out.push(otherwise(own.name.clone(), Message::new("namn", "name"), values, command));
        }
        if own.place != trial.place {
            let values = [own.place, trial.place].map(|place| text(&said_place(place)));
            let command = Command::MoveTrial(own.id, trial.place);
            out.push(otherwise(own.name.clone(), Message::new("läge", "position"), values, command));
        }
    }
    out
}

/// Closures of roads.
pub fn closures(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let said = |closure: &RoadClosure| {
        both(|lang| {
            let holds = if closure.is_active {
                lang.pick("gäller", "holds")
            } else {
                lang.pick("gäller inte", "does not hold")
            };
            let parts =
                [closure.name.clone(), closure.effect.said(lang), closure.reason.clone(), holds.to_owned()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        })
    };
    let what = || Message::new("vägavstängning", "road closure");
    let mut out = Vec::new();
    for closure in theirs.closures.iter() {
        let name = closure.name.clone();
        match mine.closures.iter().find(|own| own.id == closure.id) {
            None => out.push(only_theirs(name, what(), said(closure), Command::AddClosure(closure.clone()))),
            Some(own) if own == closure => {}
            Some(own) => {
                let values = [said(own), said(closure)];
                out.push(otherwise(name, what(), values, Command::EditClosure(closure.clone())));
            }
        }
    }
    out
}

/// Chosen sites, and services closed on trial.
pub fn marks(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let place = |site: &SiteId| place_name(mine, theirs, site);
    let selected = theirs.selected.difference(&mine.selected).map(|site| {
        let said = Message::new("vald", "chosen");
        let command = Command::Select { site: site.clone(), is_selected: true };
        only_theirs(place(site), Message::new("valda platser", "chosen sites"), said, command)
    });
    let closed = theirs.closed_services.difference(&mine.closed_services).map(|site| {
        let said = Message::new("nedlagd på prov", "closed on trial");
        let command = Command::CloseService { site: site.clone(), is_closed: true };
        only_theirs(place(site), Message::new("simulerad nedläggning", "simulated closure"), said, command)
    });
    selected.chain(closed).collect()
}

/// Saved plans: one that is not here stands beside mine, under a name of its own.
pub fn plans(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let own = &mine.plans.scenarios;
    let is_same = |a: &Scenario, b: &Scenario| {
        // Only number and name may be others.
        Scenario { id: b.id, name: b.name.clone(), ..a.clone() } == *b
    };
    let highest = own.iter().chain(&theirs.plans.scenarios).map(|plan| plan.id).max().unwrap_or(0);
    let mut names: Vec<String> = own.iter().map(|plan| plan.name.clone()).collect();
    let mut out = Vec::new();
    let fresh = theirs.plans.scenarios.iter().filter(|plan| !own.iter().any(|known| is_same(known, plan)));
    for (id, plan) in (highest.saturating_add(1)..).zip(fresh) {
        let name = free_name(&plan.name, &names);
        names.push(name.clone());
        let plan = Scenario { id, name: name.clone(), ..plan.clone() };
        let said = both(|lang| {
            let (sites, date) = (lang.count(plan.sites.len()), &plan.date);
            say!(lang, "{sites} platser, sparad {date}", "{sites} sites, saved {date}")
        });
        let command = Command::Plan(PlanChange::Keep(Box::new(plan)));
        out.push(only_theirs(name, Message::new("sparad plan", "saved plan"), said, command));
    }
    out
}

/// Scenarios of outages and the machines of places; a scenario that is not here stands beside mine.
pub fn outages(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let own = &mine.outages.scenarios;
    let is_same = |a: &OutageScenario, b: &OutageScenario| {
        OutageScenario { id: b.id, name: b.name.clone(), ..a.clone() } == *b
    };
    let highest = own.iter().chain(&theirs.outages.scenarios).map(|one| one.id).max().unwrap_or(0);
    let mut names: Vec<String> = own.iter().map(|one| one.name.clone()).collect();
    let mut out = Vec::new();
    let fresh = theirs.outages.scenarios.iter().filter(|one| !own.iter().any(|known| is_same(known, one)));
    for (id, scenario) in (highest.saturating_add(1)..).zip(fresh) {
        let name = free_name(&scenario.name, &names);
        names.push(name.clone());
        let scenario = OutageScenario { id, name: name.clone(), ..scenario.clone() };
        let said = both(|lang| {
            let hours = lang.number(scenario.ends_h(), 0);
            say!(lang, "slutar efter {hours} h", "ends after {hours} h")
        });
        let command = Command::Outage(OutageChange::Keep(Box::new(scenario)));
        out.push(only_theirs(name, Message::new("avbrottsscenario", "outage scenario"), said, command));
    }
    let said = |list: &LoadList| both(|lang| say!(lang, "{} rader", "{} rows", list.loads.len()));
    for (site, list) in &theirs.outages.loads {
        let (place, what) = (place_name(mine, theirs, site), Message::new("maskiner", "machines"));
        let command = Command::Outage(OutageChange::Loads(site.clone(), Some(Box::new(list.clone()))));
        match mine.outages.loads.get(site) {
            None => out.push(only_theirs(place, what, said(list), command)),
            Some(own) if own == list => {}
            Some(own) => out.push(otherwise(place, what, [said(own), said(list)], command)),
        }
    }
    if mine.outages.assumptions != theirs.outages.assumptions {
        let what = Message::new("antaganden om avbrott", "assumptions about outages");
        let values = [Message::new("mina", "mine"), Message::new("andra", "others")];
        let command = Command::Outage(OutageChange::Assume(Box::new(theirs.outages.assumptions.clone())));
        out.push(otherwise(String::new(), what, values, command));
    }
    out
}

/// The name, with a number behind it where it is taken.
fn free_name(name: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// Bookmarks of other names, all of them together.
pub fn bookmarks(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let is_new = |mark: &&Bookmark| !mine.bookmarks.contains(mark);
    let fresh: Vec<Bookmark> = theirs.bookmarks.iter().filter(is_new).cloned().collect();
    if fresh.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = fresh.iter().map(|mark| mark.name.as_str()).collect();
    let said = text(&names.join(", "));
    let all = mine.bookmarks.iter().cloned().chain(fresh).collect();
    vec![only_theirs(String::new(), Message::new("bokmärken", "bookmarks"), said, Command::SetBookmarks(all))]
}

/// What waits for a decision there, and not here.
pub fn waiting(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let fresh = theirs.held.iter().filter(|held| !mine.held.contains(held));
    let waiting = fresh.map(|held| {
        let said = both(|lang| held.why.said(lang));
        let what = Message::new("uppgifter som väntar på beslut", "facts that wait for a decision");
        only_theirs(held.name(Lang::Sv), what, said, Command::Hold(Box::new(held.clone())))
    });
    waiting.collect()
}
