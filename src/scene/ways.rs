//! Which roads are asked for, and what was answered: routes of the chosen cell, reach of the chosen place,
//! the most important roads. Found and brought into map coordinates by jobs, never while drawing.

use std::path::PathBuf;
use std::sync::Arc;

use super::lines::{LineSet, Source};
use super::{Mercator, mercator};
use crate::app::Results;
use crate::app::jobs::{Slot, Wake};
use crate::app::notice::Notice;
use crate::app::pipos::{Compared, Comparison, compare_file};
use crate::app::ways::{self, Along, CellRoute, CriticalRoad, ReachFrom, RoadReach};
use crate::geometry::LonLat;
use crate::geometry::plane_from_place;
use crate::io::IoError;
use crate::model::travel::TravelError;
use crate::model::{DemandOrigin, Project, ServiceKind, SiteId};
use crate::progress::Progress;
use crate::units::{Measure, Seconds};

/// A question, its answer, and the work between them. The newest question wins.
pub struct Asked<Q, A> {
    question: Option<(Arc<Results>, Q)>,
    answer: Option<A>,
    slot: Slot<Result<A, TravelError>>,
}

impl<Q, A> Default for Asked<Q, A> {
    fn default() -> Self {
        Self { question: None, answer: None, slot: Slot::default() }
    }
}

impl<Q: Clone + PartialEq + Send + 'static, A: Send + 'static> Asked<Q, A> {
    /// Asks, unless just this was asked. The same question of newer results keeps the old answer until the new is there.
    pub fn ask(
        &mut self,
        wake: &Wake,
        results: &Arc<Results>,
        question: Q,
        work: fn(&Results, &Q, &dyn Progress) -> Result<A, TravelError>,
    ) {
        let before = self.question.as_ref();
        let is_same = before.is_some_and(|(_, known)| *known == question);
        if is_same && self.is_of(results) {
            return;
        }
        if !is_same {
            self.answer = None;
        }
        self.question = Some((Arc::clone(results), question.clone()));
        let results = Arc::clone(results);
        self.slot.start(wake, move |progress| work(&results, &question, progress));
    }

    /// Nothing is asked any more.
    pub fn forget(&mut self) {
        if self.question.is_some() {
            *self = Self::default();
        }
    }

    /// Takes in an answer; tells of work that failed.
    fn poll(&mut self) -> Option<Notice> {
        match self.slot.poll()? {
            Ok(Ok(answer)) => self.answer = Some(answer),
            Ok(Err(TravelError::Cancelled(_))) => {}
            Ok(Err(TravelError::NoAnswer(why))) => return Some(Notice::NoWays(why)),
            Err(panic) => return Some(Notice::Panicked(panic.0)),
        }
        None
    }

    #[must_use]
    pub const fn answer(&self) -> Option<&A> {
        self.answer.as_ref()
    }

    /// What was asked last.
    #[must_use]
    pub fn question(&self) -> Option<&Q> {
        self.question.as_ref().map(|(_, question)| question)
    }

    /// Is the question about these results?
    #[must_use]
    pub fn is_of(&self, results: &Arc<Results>) -> bool {
        self.question.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, results))
    }

    #[must_use]
    pub fn progress(&self) -> Option<f32> {
        self.slot.progress()
    }
}

/// A route that can be drawn.
pub struct DrawnRoute {
    pub way: CellRoute,
    pub line: Vec<Mercator>,
    /// From the cell to the road, and from the service to the road.
    pub access: [[Mercator; 2]; 2],
}

/// A reach that can be drawn; `None` where there is no road at the place.
pub struct DrawnReach {
    pub reach: Option<RoadReach>,
    /// Group 0 is reached within the whole threshold, group 1 within half of it.
    pub lines: LineSet,
}

/// The most important roads, and their lines.
pub struct DrawnCritical {
    pub roads: Vec<CriticalRoad>,
    pub lines: Vec<Vec<Mercator>>,
}

/// A comparison with Pipos, and where its places lie.
pub struct DrawnComparison {
    pub comparison: Arc<Comparison>,
    /// Of each row: its place, and the class of its difference.
    pub marks: Vec<(Mercator, u8)>,
    /// How many places each class has.
    pub counts: [usize; DrawnComparison::CLASSES],
}

impl DrawnComparison {
    /// Ours is much shorter, shorter, the same, longer, much longer, or has no value.
    pub const CLASSES: usize = 6;

    /// Differences within these parts are told apart: the same, not much.
    const PARTS: [f64; 2] = [0.01, 0.1];

    fn new(comparison: Comparison) -> Self {
        let mut counts = [0; Self::CLASSES];
        let class = |row: &Compared| {
            let Some(more) = row.more() else { return 5 };
            let part = more / row.theirs.value().max(100.0);
            match (part.abs() > Self::PARTS[0], part.abs() > Self::PARTS[1], part > 0.0) {
                (false, ..) => 2,
                (true, true, false) => 0,
                (true, false, false) => 1,
                (true, false, true) => 3,
                (true, true, true) => 4,
            }
        };
        let marks = comparison.rows.iter().map(|row| (mercator(row.place), class(row))).collect::<Vec<_>>();
        for (_, class) in &marks {
            counts[usize::from(*class)] += 1;
        }
        Self { comparison: Arc::new(comparison), marks, counts }
    }
}

/// A table of Pipos' own distances, and the column that the user says holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PiposTable {
    pub path: PathBuf,
    pub column: Option<String>,
}

/// What the most important roads are ordered by, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CriticalOrder {
    #[default]
    Extra,
    CutOff,
    People,
}

/// What is asked of the roads at a time.
#[derive(Default)]
pub struct Wanted<'a> {
    /// The routes of a cell to its nearest of a kind.
    pub routes: Option<(DemandOrigin, ServiceKind)>,
    /// The reach of a site; of its kinds this one, if it has it.
    pub reach: Option<(&'a SiteId, ServiceKind)>,
    /// A table to compare with, for a kind, and whether it is looked at.
    pub pipos: Option<(&'a PiposTable, ServiceKind)>,
    pub shows_pipos: bool,
    /// Places between which is measured by road.
    pub measured: &'a [LonLat],
}

/// Everything that is asked about roads.
#[derive(Default)]
pub struct Ways {
    pub routes: Asked<(DemandOrigin, ServiceKind), Vec<DrawnRoute>>,
    pub reach: Asked<ReachFrom, DrawnReach>,
    pub critical: Asked<ServiceKind, DrawnCritical>,
    /// The way by road through what is measured.
    pub measured: Asked<Vec<LonLat>, Option<(Along, Vec<Mercator>)>>,
    /// A table of Pipos' own distances beside ours.
    pub pipos: Asked<(PiposTable, ServiceKind), Result<DrawnComparison, IoError>>,
}

impl DrawnCritical {
    /// The roads shown, in the order chosen, with their positions.
    #[must_use]
    pub fn shown(
        &self,
        order: CriticalOrder,
        is_large: bool,
        measure: Measure,
    ) -> Vec<(usize, &CriticalRoad)> {
        let value = |road: &CriticalRoad| match (order, measure) {
            (CriticalOrder::Extra, Measure::Time) => road.extra_person_min,
            (CriticalOrder::Extra, Measure::Distance) => road.extra_person_km,
            (CriticalOrder::CutOff, _) => road.people_cut_off.value(),
            (CriticalOrder::People, _) => road.people.value(),
        };
        let is_shown = |road: &CriticalRoad| !is_large || ways::is_large(road.class);
        let mut shown: Vec<_> = self.roads.iter().enumerate().filter(|(_, road)| is_shown(road)).collect();
        // Whoever is cut off has no extra way that could be summed: they go first.
        let cut_off = |road: &CriticalRoad| match order {
            CriticalOrder::Extra => road.people_cut_off.value(),
            CriticalOrder::CutOff | CriticalOrder::People => 0.0,
        };
        shown.sort_by(|(_, a), (_, b)| cut_off(b).total_cmp(&cut_off(a)).then(value(b).total_cmp(&value(a))));
        shown.truncate(ways::MOST_CRITICAL);
        shown
    }
}

impl Ways {
    /// Asks what the selection wants to know, and takes in answers.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        project: &Project,
        wanted: &Wanted<'_>,
    ) -> Vec<Notice> {
        let road = results.filter(|results| results.travel.is_by_road());
        match (road, wanted.routes) {
            (Some(results), Some(cell)) => self.routes.ask(wake, results, cell, draw_routes),
            _ => self.routes.forget(),
        }
        let from = road
            .zip(wanted.reach)
            .and_then(|(results, (site, kind))| Some((results, reach_from(results, project, site, kind)?)));
        match from {
            Some((results, from)) => self.reach.ask(wake, results, from, draw_reach),
            None => self.reach.forget(),
        }
        if road.is_none() {
            self.critical.forget();
        }
        match road.filter(|_| wanted.measured.len() > 1) {
            Some(results) => self.measured.ask(wake, results, wanted.measured.to_vec(), draw_along),
            None => self.measured.forget(),
        }
        match results.zip(wanted.pipos) {
            Some((results, (table, kind))) if wanted.shows_pipos => {
                self.pipos.ask(wake, results, (table.clone(), kind), compare);
            }
            // What nobody looks at is not computed anew.
            Some((results, _)) if self.pipos.is_of(results) => {}
            _ => self.pipos.forget(),
        }
        let polled = [
            self.routes.poll(),
            self.reach.poll(),
            self.critical.poll(),
            self.pipos.poll(),
            self.measured.poll(),
        ];
        polled.into_iter().flatten().collect()
    }

    /// Looks for the most important roads on the way to a kind of service; without results, stops looking.
    pub fn find_critical(&mut self, wake: &Wake, results: Option<&Arc<Results>>, kind: ServiceKind) {
        self.critical.forget();
        if let Some(results) = results {
            self.critical.ask(wake, results, kind, |results, kind, progress| {
                let roads = ways::critical(results, *kind, progress)?;
                let lines = roads.iter().map(|road| on_map(&road.line)).collect();
                Ok(DrawnCritical { roads, lines })
            });
        }
    }

    /// Is an answer still to come?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.routes.slot.is_running()
            || self.reach.slot.is_running()
            || self.critical.slot.is_running()
            || self.pipos.slot.is_running()
            || self.measured.slot.is_running()
    }
}

fn compare(
    results: &Results,
    (table, kind): &(PiposTable, ServiceKind),
    progress: &dyn Progress,
) -> Result<Result<DrawnComparison, IoError>, TravelError> {
    match compare_file(&table.path, table.column.as_deref(), *kind, results, progress) {
        Err(IoError::Cancelled(cancelled)) => Err(cancelled.into()),
        compared => Ok(compared.map(DrawnComparison::new)),
    }
}

/// The place of the site chosen, and who travels there.
fn reach_from(results: &Results, project: &Project, site: &SiteId, kind: ServiceKind) -> Option<ReachFrom> {
    if let SiteId::Trial(id) = site {
        let trial = project.trials.iter().find(|trial| trial.id == *id)?;
        let point = plane_from_place(trial.place)?;
        return Some(ReachFrom { point, kind: ServiceKind::Grocery, head_start: Seconds::ZERO });
    }
    let situation = &results.situation;
    let Some(at) = situation.services.iter().position(|service| service.site == *site) else {
        let sot = situation.sot_places.iter().find(|sot| sot.site == *site)?;
        let point = plane_from_place(sot.place)?;
        return Some(ReachFrom { point, kind: ServiceKind::Sot, head_start: Seconds::ZERO });
    };
    let service = &situation.services[at];
    let kind = if service.kinds.contains(kind) { kind } else { service.kinds.iter().next()? };
    let number = situation.of_kind(kind).iter().position(|ix| ix.at() == at);
    let waits = situation.head_starts(kind, &results.project.parameters.profile);
    let head_start = number.and_then(|number| waits.get(number).copied()).unwrap_or_default();
    Some(ReachFrom { point: service.point, kind, head_start })
}

fn on_map(line: &[LonLat]) -> Vec<Mercator> {
    line.iter().map(|place| mercator(*place)).collect()
}

#[expect(clippy::ptr_arg, reason = "the question as it is asked")]
fn draw_along(
    results: &Results,
    places: &Vec<LonLat>,
    progress: &dyn Progress,
) -> Result<Option<(Along, Vec<Mercator>)>, TravelError> {
    let along = ways::along(results, places, progress)?;
    Ok(along.map(|along| {
        let line = on_map(&along.line);
        (along, line)
    }))
}

fn draw_routes(
    results: &Results,
    (origin, kind): &(DemandOrigin, ServiceKind),
    progress: &dyn Progress,
) -> Result<Vec<DrawnRoute>, TravelError> {
    let ways = ways::routes(results, *origin, *kind, progress)?;
    let drawn = ways.into_iter().map(|way| DrawnRoute {
        line: on_map(&way.route.line()),
        access: [way.cell.map(mercator), way.site.map(mercator)],
        way,
    });
    Ok(drawn.collect())
}

fn draw_reach(
    results: &Results,
    from: &ReachFrom,
    progress: &dyn Progress,
) -> Result<DrawnReach, TravelError> {
    let reach = ways::reach(results, from, progress)?;
    let Some(mut reach) = reach else { return Ok(DrawnReach { reach: None, lines: LineSet::default() }) };
    let [half, whole] = std::mem::take(&mut reach.lines);
    let far = whole.len();
    let all: Vec<Vec<LonLat>> = whole.into_iter().chain(half).collect();
    let sources: Vec<Source> = (0u32..)
        .zip(&all)
        .map(|(tag, _)| {
            let group = u8::from(tag as usize >= far);
            Source { tag, style: group, group }
        })
        .collect();
    let lines = LineSet::new(&sources, &[0.0, 0.0], |tag, out| {
        out.extend(all[tag as usize].iter().map(|place| mercator(*place)));
    });
    Ok(DrawnReach { reach: Some(reach), lines })
}
