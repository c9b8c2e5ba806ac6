//! What can be done to a project? Closed commands; applying one makes the next project.

mod change;

pub use self::change::Change;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::following::FollowChange;
use super::information::with_assumption;
use super::outage::OutageChange;
use super::ranking::RankingChange;
use super::siting::scenario::PlanChange;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::process::{LogEntry, logs_together};
use crate::model::{
    AddedService, Amendment, Bookmark, Compared, Fact, FindingKind, Held, HeldWhy, Layer, LayerId, MadeOn,
    Parameters, Project, RoadClosure, RoadLayer, Role, Side, SiteId, TrialId, TrialPoint,
};
use crate::{say, say_many};

/// Something done to a project.
#[derive(Debug, Clone)]
pub enum Command {
    AddLayers(Vec<Arc<Layer>>),
    RemoveLayer(LayerId),
    /// The layer read again, under its id.
    ReplaceLayer(Arc<Layer>),
    SetRole(LayerId, Role),
    /// One step up (later drawn) or down.
    ShiftLayer {
        layer: LayerId,
        up: bool,
    },
    ShowLayer {
        layer: LayerId,
        is_visible: bool,
    },
    SetOpacity {
        layer: LayerId,
        opacity: f32,
    },
    SetParameters(Box<Parameters>),
    AddRoads {
        layers: Vec<Arc<RoadLayer>>,
        /// With the roads they were made on: one of the new roads may lie nearer.
        closures: Vec<RoadClosure>,
    },
    RemoveRoads {
        id: u32,
        /// With the roads they were made on.
        closures: Vec<RoadClosure>,
    },
    /// The roads read again, under their id. `closures` say which roads they were made on.
    ReplaceRoads {
        fresh: Arc<RoadLayer>,
        closures: Vec<RoadClosure>,
    },
    ShowRoads {
        id: u32,
        is_visible: bool,
    },
    AddClosure(RoadClosure),
    /// The closure as it shall be, by its id.
    EditClosure(RoadClosure),
    RemoveClosure(u32),
    AddService(AddedService),
    RemoveService(u32),
    Amend(SiteId, Change),
    /// Several changes that are one decision.
    AmendAll(Vec<(SiteId, Change)>),
    AddTrial(TrialPoint),
    MoveTrial(TrialId, LonLat),
    RenameTrial(TrialId, String),
    RemoveTrial(TrialId),
    Select {
        site: SiteId,
        is_selected: bool,
    },
    ClearSelection,
    /// The views to come back to, as they shall be.
    SetBookmarks(Vec<Bookmark>),
    /// Thinks a service away, or back.
    CloseService {
        site: SiteId,
        is_closed: bool,
    },
    OpenAllServices,
    /// What was held back belongs to this site.
    PlaceHeld {
        held: u32,
        site: SiteId,
    },
    /// What was held back is given up.
    DropHeld(u32),
    /// Edits whose place is not surely known here wait for a decision.
    Hold(Box<Held>),
    /// One assumption, under its name in saved projects and as it is saved.
    SetAssumption(&'static str, Value),
    /// Work of another copy of the project, as one step; with what was logged there.
    Merge {
        /// What the other project is called.
        name: String,
        commands: Vec<Command>,
        log: Vec<Arc<LogEntry>>,
    },
    /// The places that lie side by side, as they shall be.
    Compare(Compared),
    /// Changes how places are compared.
    Rank(RankingChange),
    /// Changes where SOT points are planned.
    Plan(PlanChange),
    /// What could fail, and what is assumed of it.
    Outage(OutageChange),
    /// Writes down something of the way of a place to a SOT point.
    Follow(SiteId, FollowChange),
}

impl Said for Command {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::AddLayers(_) => lang.pick("lägg till lager", "add layers"),
            Self::RemoveLayer(_) => lang.pick("ta bort lager", "remove layer"),
            Self::ReplaceLayer(_) => lang.pick("läs om lager", "read layer again"),
            Self::SetRole(..) => lang.pick("byt lagrets roll", "change role"),
            Self::ShiftLayer { .. } => lang.pick("ändra lagerordning", "change layer order"),
            Self::ShowLayer { .. } => lang.pick("visa eller dölj lager", "show or hide layer"),
            Self::SetOpacity { .. } => lang.pick("ändra genomskinlighet", "change opacity"),
            Self::SetParameters(_) | Self::SetAssumption(..) => {
                lang.pick("ändra antagande", "change assumption")
            }
            Self::AddRoads { .. } => lang.pick("lägg till vägar", "add roads"),
            Self::ReplaceRoads { .. } => lang.pick("läs om vägar", "read roads again"),
            Self::RemoveRoads { .. } => lang.pick("ta bort vägar", "remove roads"),
            Self::ShowRoads { .. } => lang.pick("visa eller dölj vägar", "show or hide roads"),
            Self::AddClosure(_) => lang.pick("stäng väg", "close road"),
            Self::EditClosure(_) => lang.pick("ändra vägavstängning", "change road closure"),
            Self::RemoveClosure(_) => lang.pick("ta bort vägavstängning", "remove road closure"),
            Self::AddService(_) => lang.pick("lägg till service", "add service"),
            Self::RemoveService(_) => lang.pick("ta bort tillagd service", "remove added service"),
            Self::Amend(_, change) => return change.said(lang),
            Self::AmendAll(changes) => {
                let of = changes.first().map(|(_, change)| change.said(lang)).unwrap_or_default();
                let count = lang.count(changes.len());
                return say!(lang, "{of} ({count})", "{of} ({count})");
            }
            Self::AddTrial(_) => lang.pick("placera testplats", "place test site"),
            Self::MoveTrial(..) => lang.pick("flytta testplats", "move test site"),
            Self::RenameTrial(..) => lang.pick("byt namn på testplats", "rename test site"),
            Self::RemoveTrial(_) => lang.pick("ta bort testplats", "remove test site"),
            Self::CloseService { is_closed: true, .. } => {
                lang.pick("simulera nedläggning", "simulate closure")
            }
            Self::CloseService { .. } | Self::OpenAllServices => {
                lang.pick("ångra nedläggning", "undo the closure")
            }
            Self::PlaceHeld { .. } => {
                lang.pick("knyt uppgifter till plats", "assign waiting facts to a place")
            }
            Self::DropHeld(_) => lang.pick("ta bort uppgifter som väntar", "discard waiting facts"),
            Self::Hold(_) => lang.pick("lägg uppgifter att vänta", "keep facts waiting"),
            Self::Merge { name, commands, .. } => {
                let (count, n) = (commands.len(), lang.count(commands.len()));
                return say_many!(
                    lang,
                    count,
                    "hämta in från {name}: {n} ändring" | "hämta in från {name}: {n} ändringar",
                    "take from {name}: {n} change" | "take from {name}: {n} changes"
                );
            }
            Self::Compare(_) => lang.pick("ändra vilka orter som jämförs", "change the places compared"),
            Self::Rank(change) => return change.said(lang),
            Self::Plan(change) => return change.said(lang),
            Self::Outage(change) => return change.said(lang),
            Self::Follow(_, change) => return change.said(lang),
            Self::SetBookmarks(_) => lang.pick("ändra bokmärken", "change bookmarks"),
            Self::Select { .. } | Self::ClearSelection => lang.pick("välj platser", "choose sites"),
        }
        .into()
    }
}

impl Command {
    /// The project after the command.
    #[must_use]
    pub fn apply(&self, project: &Project) -> Project {
        let mut next = project.clone();
        match self {
            Self::AddLayers(layers) => layers.iter().for_each(|layer| add_layer(&mut next, layer)),
            Self::RemoveLayer(id) => next = without_layer(next, *id),
            Self::ReplaceLayer(fresh) => next = with_layer_anew(next, fresh),
            Self::PlaceHeld { held, site } => next = next.held_placed(*held, site),
            Self::DropHeld(held) => next = next.held_dropped(*held),
            Self::Hold(held) => Arc::make_mut(&mut next.held).push(Held::clone(held)),
            Self::SetAssumption(id, value) => {
                next.parameters = with_assumption(&project.parameters, id, value);
            }
            Self::Merge { commands, log, .. } => next = merged(next, commands, log),
            Self::SetRole(id, role) => edit_layer(&mut next, *id, |layer| layer.role = role.clone()),
            Self::ShiftLayer { layer, up } => shift_layer(&mut next, *layer, *up),
            Self::ShowLayer { layer, is_visible } => {
                edit_layer(&mut next, *layer, |layer| layer.is_visible = *is_visible);
            }
            Self::SetOpacity { layer, opacity } => {
                edit_layer(&mut next, *layer, |layer| layer.opacity = opacity.clamp(0.0, 1.0));
            }
            Self::SetParameters(parameters) => next.parameters = Parameters::clone(parameters),
            Self::AddRoads { layers, closures } => add_roads(&mut next, layers, closures),
            Self::ReplaceRoads { fresh, closures } => replace_roads(&mut next, fresh, closures),
            Self::RemoveRoads { id, closures } => remove_roads(&mut next, *id, closures),
            Self::ShowRoads { id, is_visible } => show_roads(&mut next, *id, *is_visible),
            Self::AddClosure(closure) => {
                edit_closures(&mut next, |closures| closures.push(closure.clone()));
            }
            Self::EditClosure(closure) => edit_closures(&mut next, |closures| {
                if let Some(known) = closures.iter_mut().find(|known| known.id == closure.id) {
                    known.clone_from(closure);
                }
            }),
            Self::RemoveClosure(id) => {
                edit_closures(&mut next, |closures| closures.retain(|closure| closure.id != *id));
            }
            Self::AddService(service) => Arc::make_mut(&mut next.added).push(service.clone()),
            Self::RemoveService(id) => remove_service(&mut next, *id),
            Self::Follow(site, change) => follow(&mut next, site, change),
            Self::Amend(site, change) => amend(&mut next, site, change),
            Self::AmendAll(changes) => amend_all(&mut next, changes),
            Self::AddTrial(trial) => edit_trials(&mut next, |trials| trials.push(trial.clone())),
            Self::MoveTrial(id, place) => edit_trial(&mut next, *id, |trial| trial.place = *place),
            Self::RenameTrial(id, name) => edit_trial(&mut next, *id, |trial| trial.name.clone_from(name)),
            Self::RemoveTrial(id) => remove_trial(&mut next, *id),
            Self::Select { site, is_selected } => mark(&mut next.selected, site, *is_selected),
            Self::ClearSelection => next.selected = Arc::default(),
            Self::SetBookmarks(bookmarks) => next.bookmarks = Arc::new(bookmarks.clone()),
            Self::Compare(compared) => next.compared = Arc::new(compared.clone()),
            Self::Rank(change) => next.ranking = Arc::new(change.apply(&project.ranking)),
            Self::Plan(change) => plan(&mut next, change),
            Self::Outage(change) => next.outages = Arc::new(change.apply(&project.outages)),
            Self::OpenAllServices => next.closed_services = Arc::default(),
            Self::CloseService { site, is_closed } => mark(&mut next.closed_services, site, *is_closed),
        }
        next
    }
}

impl Command {
    /// The one place that it is about.
    #[must_use]
    pub const fn site(&self) -> Option<&SiteId> {
        match self {
            Self::Amend(site, _)
            | Self::Follow(site, _)
            | Self::CloseService { site, .. }
            | Self::Select { site, .. }
            | Self::PlaceHeld { site, .. } => Some(site),
            _ => None,
        }
    }

    /// Does it decide a number or a text? What is drawn how is not logged, nor what is looked at.
    #[must_use]
    pub const fn is_logged(&self) -> bool {
        !matches!(
            self,
            Self::ShiftLayer { .. }
                | Self::ShowLayer { .. }
                | Self::SetOpacity { .. }
                | Self::ShowRoads { .. }
                | Self::SetBookmarks(_)
        )
    }
}

/// The work of another copy, and what was logged of it.
fn merged(project: Project, commands: &[Command], log: &[Arc<LogEntry>]) -> Project {
    let log = Arc::new(logs_together(&project.log, log));
    let next = commands.iter().fold(project, |next, command| match command {
        // It comes along with each of its notes.
        Command::AddTrial(trial) if next.trials.iter().any(|known| known.id == trial.id) => next,
        _ => command.apply(&next),
    });
    Project { log, ..next }
}

fn remove_service(project: &mut Project, id: u32) {
    Arc::make_mut(&mut project.added).retain(|service| service.id != id);
    forget(project, &SiteId::Added(id));
    *project = std::mem::take(project).undecided_of(&SiteId::Added(id));
}

fn remove_trial(project: &mut Project, id: TrialId) {
    let site = SiteId::Trial(id);
    edit_trials(project, |trials| trials.retain(|trial| trial.id != id));
    forget(project, &site);
    mark(&mut project.selected, &site, false);
    *project = std::mem::take(project).undecided_of(&site);
    project.compared = Arc::new(Compared::clone(&project.compared).without(&site.into()));
}

/// A plan that is dropped leaves the comparison too.
fn plan(project: &mut Project, change: &PlanChange) {
    project.plans = Arc::new(change.apply(&project.plans));
    if let PlanChange::Drop(id) = change {
        project.compared = Arc::new(Compared::clone(&project.compared).without(&Side::Plan(*id)));
    }
}

/// What was written down of a place that is removed goes too: its number may come to another.
fn forget(project: &mut Project, site: &SiteId) {
    if project.follows.contains_key(site) {
        Arc::make_mut(&mut project.follows).remove(site);
    }
}

fn follow(project: &mut Project, site: &SiteId, change: &FollowChange) {
    let follows = Arc::make_mut(&mut project.follows);
    let noted = follows.entry(site.clone()).or_default();
    change.apply(noted);
    if noted.is_empty() {
        follows.remove(site);
    }
}

fn without_layer(project: Project, id: LayerId) -> Project {
    let mut next = without_ties_to(project, id);
    next.layers.retain(|layer| layer.id != id);
    next
}

fn add_roads(project: &mut Project, layers: &[Arc<RoadLayer>], closures: &[RoadClosure]) {
    project.roads.extend(layers.iter().cloned());
    project.closures = Arc::new(closures.to_vec());
}

fn remove_roads(project: &mut Project, id: u32, closures: &[RoadClosure]) {
    project.roads.retain(|layer| layer.id != id);
    project.closures = Arc::new(to_prove(closures));
}

fn add_layer(project: &mut Project, layer: &Arc<Layer>) {
    let at = super::load::insert_at(project, layer);
    project.layers.insert(at, Arc::clone(layer));
}

fn show_roads(project: &mut Project, id: u32, is_visible: bool) {
    if let Some(layer) = project.roads.iter_mut().find(|layer| layer.id == id) {
        Arc::make_mut(layer).is_visible = is_visible;
    }
}

fn shift_layer(project: &mut Project, layer: LayerId, up: bool) {
    let Some(at) = project.layers.iter().position(|other| other.id == layer) else { return };
    let to = if up { at + 1 } else { at.wrapping_sub(1) };
    if to < project.layers.len() {
        project.layers.swap(at, to);
    }
}

/// A layer read again, and what was said of its features.
fn with_layer_anew(mut project: Project, fresh: &Arc<Layer>) -> Project {
    let ties = project.ties_now();
    let sha256 = project.layer(fresh.id).map(|layer| layer.source.sha256.clone()).unwrap_or_default();
    edit_layer(&mut project, fresh.id, |layer| *layer = Layer::clone(fresh));
    project.tied_again(fresh, &ties, &sha256)
}

/// Closures that have to hit what they were made on, since the roads are others now.
fn to_prove(closures: &[RoadClosure]) -> Vec<RoadClosure> {
    let told = closures.iter().map(|closure| match closure.made_on {
        MadeOn::Unsaid => RoadClosure { made_on: MadeOn::Unknown, ..closure.clone() },
        MadeOn::Roads(_) | MadeOn::Unknown => closure.clone(),
    });
    told.collect()
}

/// Roads read again. `closures` tell which roads they hit before; in another file they have to hit the same.
fn replace_roads(project: &mut Project, fresh: &Arc<RoadLayer>, closures: &[RoadClosure]) {
    let Some(layer) = project.roads.iter_mut().find(|layer| layer.id == fresh.id) else { return };
    if layer.source.sha256 != fresh.source.sha256 {
        project.closures = Arc::new(to_prove(closures));
    }
    *layer = Arc::clone(fresh);
}

/// What edits say of a layer that goes is kept, out of every figure, in case the layer comes back under another id.
fn without_ties_to(mut project: Project, id: LayerId) -> Project {
    let ties = project.ties_now();
    let name = project.layer(id).map(|layer| layer.name.clone()).unwrap_or_default();
    let of_layer = |site: &SiteId| matches!(site, SiteId::Feature { layer, .. } if *layer == id);
    for site in project.sites_named().into_iter().filter(of_layer) {
        let identity = ties.get(&site).map(|tie| tie.identity.clone());
        project = project.held_back(&site, &name, identity, HeldWhy::LayerRemoved);
    }
    project
}

fn edit_layer(project: &mut Project, id: LayerId, edit: impl FnOnce(&mut Layer)) {
    if let Some(layer) = project.layers.iter_mut().find(|layer| layer.id == id) {
        edit(Arc::make_mut(layer));
    }
}

fn edit_closures(project: &mut Project, edit: impl FnOnce(&mut Vec<RoadClosure>)) {
    let mut closures = Vec::clone(&project.closures);
    edit(&mut closures);
    project.closures = Arc::new(closures);
}

fn edit_trials(project: &mut Project, edit: impl FnOnce(&mut Vec<TrialPoint>)) {
    let mut trials = Vec::clone(&project.trials);
    edit(&mut trials);
    project.trials = Arc::new(trials);
}

fn edit_trial(project: &mut Project, id: TrialId, edit: impl FnOnce(&mut TrialPoint)) {
    edit_trials(project, |trials| {
        if let Some(trial) = trials.iter_mut().find(|trial| trial.id == id) {
            edit(trial);
        }
    });
}

/// Puts a site into a set, or takes it out.
fn mark(set: &mut Arc<BTreeSet<SiteId>>, site: &SiteId, is_in: bool) {
    let set = Arc::make_mut(set);
    if is_in {
        set.insert(site.clone());
    } else {
        set.remove(site);
    }
}

fn amend_all(project: &mut Project, changes: &[(SiteId, Change)]) {
    for (site, change) in changes {
        amend(project, site, change);
    }
}

/// A hand's word on a feature of a file, or on a service that a hand added.
fn amend(project: &mut Project, site: &SiteId, change: &Change) {
    if let SiteId::Added(id) = site {
        let mut added = Vec::clone(&project.added);
        if let Some(service) = added.iter_mut().find(|service| service.id == *id) {
            match change {
                Change::Place(place, _) => service.place = *place,
                Change::Name(name, _) => service.name.clone_from(name),
                Change::Kinds(kinds, _) => service.kinds = *kinds,
                Change::Fact(id, fact) => set_fact(&mut service.facts, id, fact.as_ref()),
                Change::Reset => service.facts.clear(),
                // Who added it can take it away.
                Change::LeaveOut(..) | Change::CountAgain | Change::Settle(_) | Change::Unsettle(..) => {}
            }
        }
        project.added = Arc::new(added);
        return;
    }
    // Of several changes only the first copies what other projects share.
    let amendments = Arc::make_mut(&mut project.amendments);
    let amendment: &mut Amendment = amendments.entry(site.clone()).or_default();
    match change {
        Change::Place(place, evidence) => amendment.place = Some((*place, evidence.clone())),
        Change::Name(name, evidence) => amendment.name = Some((name.clone(), evidence.clone())),
        Change::Kinds(kinds, evidence) => amendment.kinds = Some((*kinds, evidence.clone())),
        Change::Fact(id, fact) => set_fact(&mut amendment.facts, id, fact.as_ref()),
        Change::Reset => *amendment = Amendment::default(),
        Change::LeaveOut(how, evidence) => amendment.left_out = Some((how.clone(), evidence.clone())),
        Change::CountAgain => amendment.left_out = None,
        Change::Settle(settled) => {
            unsettle(amendment, settled.finding, settled.other.as_ref());
            amendment.settled.push(settled.clone());
        }
        Change::Unsettle(finding, other) => unsettle(amendment, *finding, other.as_ref()),
    }
    if amendment.is_empty() {
        amendments.remove(site);
    }
}

fn unsettle(amendment: &mut Amendment, finding: FindingKind, other: Option<&SiteId>) {
    amendment.settled.retain(|known| known.finding != finding || known.other.as_ref() != other);
}

fn set_fact(facts: &mut BTreeMap<String, Fact>, id: &str, fact: Option<&Fact>) {
    match fact {
        Some(fact) => {
            facts.insert(id.to_owned(), fact.clone());
        }
        None => {
            facts.remove(id);
        }
    }
}
