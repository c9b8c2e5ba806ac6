//! What does a project come to? Every figure and every edit under a name that stays the same, whichever version says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use sotplan::analysis::Spread;
use sotplan::app::Results;
use sotplan::app::results::KindResult;
use sotplan::model::LayerId;
use sotplan::model::process::When;
use sotplan::model::{Evidence, Project, ServiceKind, Situation};
use sotplan::progress::Unwatched;
use sotplan::siting::NearestUnit;
use sotplan::units::{Cost, People};

/// By name. Numbers are written so that they read back as they are.
pub type Figures = BTreeMap<String, String>;

/// Figures being written down, under names that begin alike.
struct Book<'a> {
    figures: &'a mut Figures,
    of: String,
}

impl Book<'_> {
    fn of(&mut self, part: impl std::fmt::Display) -> Book<'_> {
        Book { of: format!("{}{part}/", self.of), figures: self.figures }
    }

    fn text(&mut self, name: impl std::fmt::Display, text: impl Into<String>) {
        self.figures.insert(format!("{}{name}", self.of), text.into());
    }

    fn number(&mut self, name: impl std::fmt::Display, number: f64) {
        self.text(name, format!("{number:?}"));
    }

    fn maybe(&mut self, name: impl std::fmt::Display, number: Option<f64>) {
        self.text(name, number.map_or_else(|| "-".to_owned(), |number| format!("{number:?}")));
    }

    fn count(&mut self, name: impl std::fmt::Display, count: usize) {
        self.text(name, count.to_string());
    }
}

/// Every figure of a project, and every edit that it holds.
pub fn figures(results: &Results) -> Figures {
    let mut all = Figures::new();
    let mut book = Book { figures: &mut all, of: String::new() };
    layers(results, &mut book);
    for kind in &results.kinds {
        let id = kind.coverage.kind.id();
        people(kind, &mut book.of("people").of(id));
        closing(results, kind, &mut book.of("closing").of(id));
        ways(results, kind, &mut book.of("cell").of(id));
    }
    areas(results, &mut book.of("area"));
    places(results, &mut book.of("place"));
    trials(results, &mut book.of("trial"));
    ranking(results, &mut book.of("rank"));
    plans(&results.project, &mut book.of("plan"));
    asked(results, &mut book.of("plan answered"));
    outages(results, &mut book);
    edits(&results.project, &mut book.of("edit"));
    all
}

fn layers(results: &Results, book: &mut Book) {
    let own = results.project.layers.iter().filter(|layer| layer.id != LayerId::BUILT_IN);
    for layer in own {
        let report = results.report(layer).expect("a report");
        let mut book = book.of(format_args!("layer/{}", layer.name));
        book.count("features", report.features_in);
        book.count("used", report.features_used);
        for (reason, count) in report.refused_by_reason() {
            book.of("refused").count(reason, count);
        }
    }
    for layer in &results.project.roads {
        book.of("roads").count(&layer.name, layer.roads.ways.len());
    }
}

fn spread(name: &str, spread: &Spread, book: &mut Book) {
    let mut book = book.of(name);
    for (name, cost) in [("mean", spread.mean), ("p50", spread.p50), ("p90", spread.p90), ("max", spread.max)]
    {
        book.maybe(name, cost.map(Cost::value));
    }
}

fn people(kind: &KindResult, book: &mut Book) {
    let summary = &kind.summary;
    book.number("total", summary.people_total.value());
    book.number("within", summary.people_within.value());
    book.number("beyond", summary.people_beyond.value());
    for (why, people) in &summary.people_without_value {
        book.of("without").number(why.id(), people.value());
    }
    spread("length", &summary.lengths, book);
    if let Some(times) = &summary.times {
        spread("time", times, book);
    }
    if let Some(open) = &kind.open {
        book.number("within with all roads open", open.people_within.value());
    }
    for group in &kind.groups {
        let group_id = group.group.map_or("unknown", |group| group.id());
        let mut book = book.of(format_args!("countryside/{group_id}"));
        book.number("people", group.people.value());
        book.number("within", group.within.value());
    }
    book.count("gaps", kind.gaps.len());
    for (at, (gap, _)) in kind.gaps.iter().enumerate() {
        let mut book = book.of(format_args!("gap/{at}"));
        book.number("people", gap.people.value());
        book.count("cells", gap.cells.len());
        book.maybe("mean", gap.mean.map(Cost::value));
        book.maybe("max", gap.max.map(Cost::value));
    }
}

fn closing(results: &Results, kind: &KindResult, book: &mut Book) {
    for closure in &kind.closures {
        let service = &results.situation.services[closure.service.at()];
        let mut book = book.of(service.site.text());
        book.number("people", closure.people.value());
        book.number("extra person-km", closure.extra_person_km);
        book.number("most", closure.max_extra.value());
        book.number("pushed beyond", closure.people_pushed_beyond.value());
        book.number("left without", closure.people_left_without.value());
    }
}

/// The nearest service of every cell, and the way there; of some kinds, which is enough to see each way once.
fn ways(results: &Results, kind: &KindResult, book: &mut Book) {
    const KINDS: [ServiceKind; 4] =
        [ServiceKind::Grocery, ServiceKind::Fuel, ServiceKind::Rescue, ServiceKind::Sot];
    if !KINDS.contains(&kind.coverage.kind) {
        return;
    }
    for (cell, origin) in results.situation.demand.origins.iter().enumerate() {
        let mut book = book.of(origin.feature_ix + 1);
        match kind.coverage.at(cell, 0) {
            Ok((service, trip)) => {
                book.text("to", results.situation.services[service.at()].site.text());
                book.number("metres", trip.length.value());
                if let Some(time) = trip.time {
                    book.number("seconds", time.value());
                }
            }
            Err(why) => book.text("to", why.id()),
        }
    }
}

fn areas(results: &Results, book: &mut Book) {
    // Those that a project does not load are another matter.
    let loaded = |area: &sotplan::model::Area| area.layer != LayerId::BUILT_IN;
    for row in &results.areas {
        let area = row.area.and_then(|ix| results.situation.areas.get(ix.at()));
        let Some(area) = area.filter(|area| loaded(area)) else { continue };
        let mut book = book.of(&area.name);
        book.number("people", row.people.value());
        book.count("cells", row.cells);
        for kind in &row.kinds {
            book.of("beyond").number(kind.kind.id(), kind.people_beyond.value());
            book.of("mean").maybe(kind.kind.id(), kind.spread.mean.map(Cost::value));
        }
    }
}

fn nearest(unit: Option<&NearestUnit>, kind: ServiceKind, situation: &Situation, book: &mut Book) {
    let Some(unit) = unit else { return };
    let mut book = book.of(format_args!("nearest/{}", kind.id()));
    book.text("to", situation.services[unit.service.at()].site.text());
    book.number("straight", unit.straight.value());
    book.number("metres", unit.trip.length.value());
    if let Some(time) = unit.trip.time {
        book.number("seconds", time.value());
    }
}

fn places(results: &Results, book: &mut Book) {
    for candidate in &results.candidates {
        let mut book = book.of(candidate.site.text());
        book.text("name", &candidate.name);
        book.text("verdict", candidate.verdict.id());
        for rule in &candidate.rules {
            let remark = if rule.has_remark { ", with a remark" } else { "" };
            let outcome = format!("{}{remark} ({})", rule.outcome.id(), said(&rule.evidence));
            book.of("rule").text(rule.rule.id(), outcome);
        }
        for kind in ServiceKind::ALL {
            nearest(candidate.nearest(kind), kind, &results.situation, &mut book);
        }
        book.number("people in limit", candidate.people_in_limit.value());
        book.number("people within the first radius", candidate.people_within[0].value());
        book.number("people within the second radius", candidate.people_within[1].value());
        book.maybe("people nearest", candidate.people_nearest.map(People::value));
        book.maybe("gap people", candidate.gap_people.map(People::value));
        book.maybe("extra person-km", candidate.extra_person_km);
    }
}

fn trials(results: &Results, book: &mut Book) {
    for trial in results.project.trials.iter() {
        let point = sotplan::geometry::plane_from_place(trial.place).expect("inside the projection");
        let figures = results.figures_at(point).expect("ways");
        let mut book = book.of(&trial.name);
        book.number("people within the first radius", figures.people_within[0].value());
        book.number("people within the second radius", figures.people_within[1].value());
        book.number("people nearest", figures.people_nearest.value());
        book.number("grocery gap people", figures.grocery_gap_people.value());
        book.number("sot gap people", figures.sot_gap_people.value());
        book.number("saved person-km", figures.saved_person_km);
    }
}

fn ranking(results: &Results, book: &mut Book) {
    let project = &results.project;
    let ranking = results.rank(&project.ranking, &project.selected);
    for place in &ranking.places {
        let mut book = book.of(results.candidates[place.candidate].site.text());
        book.maybe("score", place.score);
        book.count("rank", place.rank);
        book.maybe("closeness", place.closeness);
        book.count("rank by TOPSIS", place.other_rank);
        book.number("known", place.known);
        for part in &place.parts {
            book.of("worth").maybe(part.factor.id(), part.worth);
        }
    }
    for (candidate, why) in &ranking.left_out {
        book.of(results.candidates[*candidate].site.text()).text("left out", why.id());
    }
}

fn plans(project: &Project, book: &mut Book) {
    for scenario in &project.plans.scenarios {
        let mut book = book.of(&scenario.name);
        book.text("objective", &scenario.objective);
        book.text("question", scenario.question["amount"].to_string());
        for (at, place) in scenario.sites.iter().enumerate() {
            book.of("place").text(at, format!("{} {}", place.site.text(), place.name));
        }
        book.number("value", scenario.value);
        book.number("people", scenario.figures.people);
        book.number("people within", scenario.figures.people_within);
        book.maybe("mean", scenario.figures.mean);
    }
}

/// The question that stands in the project, answered anew.
fn asked(results: &Results, book: &mut Book) {
    use sotplan::app::siting::{scenario, solve};
    let Some(question) = scenario::read_question(&results.project.plans.question) else { return };
    let solved = solve(&question, results, &sotplan::progress::Unwatched);
    let solved = solved.unwrap_or_else(|_| panic!("the question cannot be asked"));
    let plan = solved.plan.as_ref().expect("a plan");
    book.number("value", plan.value);
    book.number("people within", plan.figures.people_within);
    for (at, site) in plan.plan.sites.iter().enumerate() {
        book.of("place").text(at, solved.posed.places[*site as usize].site.text());
    }
}

/// Each outage that is kept: what is said, and whom it leaves without, in some hours.
fn outages(results: &Results, book: &mut Book) {
    use sotplan::app::outage::{Crisis, OutageTables, written};
    let kept = &results.project.outages;
    if kept.scenarios.is_empty() {
        return;
    }
    let again = Results::compute(&results.project, None, &Unwatched).expect("nobody cancels");
    let tables = Arc::new(OutageTables::new(&Arc::new(again)));
    for scenario in &kept.scenarios {
        let mut book = book.of(format_args!("outage/{}", scenario.id));
        book.text("said", written(scenario, &kept.assumptions).to_string());
        let crisis = Crisis::compute(&tables, scenario, &kept.assumptions, &Unwatched).expect("it fits");
        for need in &crisis.needs {
            let mut book = book.of(need.need.id());
            for hour in [0, 1, 6, 24, 48, 168] {
                for (case, counts) in ["worst", "best"].into_iter().zip(&need.hours.hours[hour]) {
                    let mut book = book.of(format_args!("{hour} h/{case}"));
                    book.number("supplied", counts[0].supplied);
                    book.number("beyond", counts[0].beyond);
                    book.number("without", counts[0].without);
                }
            }
        }
    }
    for (site, list) in &kept.loads {
        let mut book = book.of(format_args!("machines/{}", site.text()));
        book.text("assumed", format!("{:?}", list.assumed));
        for (at, load) in list.loads.iter().enumerate() {
            book.text(at, format!("{load:?}"));
        }
    }
}

/// How a thing is known, in one line.
fn said(evidence: &Evidence) -> String {
    let Evidence { kind, who, when, what } = evidence;
    [kind.id(), who, when, what].join(" | ")
}

fn edits(project: &Project, book: &mut Book) {
    for (site, amendment) in project.amendments.iter() {
        let mut book = book.of(site.text());
        if let Some((place, evidence)) = &amendment.place {
            book.text("place", format!("{:?} {:?} ({})", place.lon, place.lat, said(evidence)));
        }
        if let Some((name, evidence)) = &amendment.name {
            book.text("name", format!("{name} ({})", said(evidence)));
        }
        if let Some((kinds, evidence)) = &amendment.kinds {
            let kinds: Vec<&str> = kinds.iter().map(ServiceKind::id).collect();
            book.text("kinds", format!("{} ({})", kinds.join(" "), said(evidence)));
        }
        for (id, fact) in &amendment.facts {
            let said = format!("{} ({}) {}", fact.value.to_text(), said(&fact.evidence), fact.note);
            book.of("fact").text(id, said.trim_end());
        }
        if let Some((_, evidence)) = &amendment.left_out {
            book.text("left out", said(evidence));
        }
        for settled in &amendment.settled {
            book.of("settled").text(settled.finding.id(), said(&settled.evidence));
        }
    }
    for service in project.added.iter() {
        let said = format!("{} ({})", service.name, said(&service.evidence));
        book.of("added").text(service.id, said);
    }
    for site in project.selected.iter() {
        book.of("selected").text(site.text(), "yes");
    }
    for closure in project.closures.iter() {
        let said =
            format!("{}, {}, {:?}, {}", closure.name, closure.reason, closure.effect, closure.is_active);
        book.of("road closed").text(closure.id, said);
    }
    for site in project.closed_services.iter() {
        book.of("closed").text(site.text(), "yes");
    }
    for held in project.held.iter() {
        let name = held.identity.as_ref().and_then(|identity| identity.name.clone());
        book.of("waits").text(held.id, format!("{} {}", held.was.text(), name.unwrap_or_default()));
    }
    for bookmark in project.bookmarks.iter() {
        book.of("view").number(&bookmark.name, bookmark.zoom);
    }
    for (at, side) in project.compared.sides().enumerate() {
        book.of("side by side").text(at, side.text());
    }
    followed(project, book);
}

fn followed(project: &Project, book: &mut Book) {
    for (site, follow) in project.follows.iter() {
        let mut book = book.of(format_args!("followed/{}", site.text()));
        book.text("owner", &follow.owner);
        if let Some(set) = &follow.status {
            let said = format!("{} {} ({})", set.status.id(), set.date.text(), said(&set.evidence));
            book.text("status", said);
        }
        for (question, noted) in &follow.questions {
            book.of("question").text(question.id(), noted.answer.id());
        }
        for (step, noted) in &follow.steps {
            let planned = noted.planned.map(When::text).unwrap_or_default();
            book.of("step").text(step.id(), format!("{} {planned} {}", noted.state.id(), noted.note));
        }
        let written = [
            ("people", follow.people.len()),
            ("notes", follow.notes.len()),
            ("documents", follow.documents.len()),
            ("agreements", follow.agreements.len()),
            ("outcomes", follow.outcomes.len()),
        ];
        for (name, count) in written {
            book.count(name, count);
        }
        for (number, cost) in &follow.costs {
            book.of("cost").text(number, format!("{} {} kr", cost.what, cost.kronor));
        }
    }
    for (at, entry) in project.log.iter().enumerate() {
        let [what, _] = &entry.what;
        book.of("log").text(at, format!("{} {} {what} {}", entry.at, entry.who, entry.place));
    }
}
