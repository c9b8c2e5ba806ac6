//! Which documents make up a project file, in which versions, and do they hold what they should?
//! What one document looks like is the matter of `forms`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;

use super::SavedProject;
use super::comparison_forms::{ComparisonForm, RankingForm};
use super::edit_forms::{AddedForm, AmendmentForm};
use super::forms::{
    BookmarkForm, ClosureForms, Edits, Form, HeldForm, LogForm, PlanForms, ProcessForms, ProjectForm,
    RoadForm, RoadForms, Selection, SourceForm, Sources, TieForm, TieForms, TrialForm, Trials,
};
use super::outage_forms::OutageForms;
use super::process_forms::{EntryForm, FollowForm};
use crate::io::{IoError, exact_json};
use crate::lang::{Lang, Said};
use crate::model::outage::OutageBook;
use crate::model::{
    Bookmark, ClosureEffect, Kept, LayerId, Message, Parameters, PlanBook, Project, RankingModel,
    RoadClosure, SLOWER_RANGE, SiteId, Unknown,
};

/// A document as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub version: i64,
    pub json: String,
}

/// By name.
pub type Documents = BTreeMap<String, Document>;

/// The documents this program writes, each with the newest version it knows.
/// A change that an older program would misread raises the version; an added member does not.
pub const KNOWN: [(&str, i64); 15] = [
    (ProjectForm::NAME, 1),
    // 2: tables joined to a layer; an older program would read it without.
    (Sources::NAME, 2),
    // 2: what is counted, and whether by road. 3: whether people are counted once, a car's weight. 4: the set of
    // assumptions, whether the walk to the road counts, what a locality is.
    (Parameters::NAME, 4),
    // 2: what is left out and what was reviewed; an older program would count what is merged or dropped.
    // 3: a hand has set the status of a place; an older program would count the file's (see `version_of`).
    (Edits::NAME, 3),
    (Trials::NAME, 1),
    (Selection::NAME, 1),
    (RoadForms::NAME, 1),
    // 2: which roads a closure was made on; one made on others holds nothing.
    (ClosureForms::NAME, 2),
    // A new factor raises it: an older program would refuse its name.
    (RankingForm::NAME, 1),
    (ComparisonForm::NAME, 1),
    // 2: places that wait for a decision. 3: prices said by hand; an older program would plan by the column alone (see
    // `version_of`).
    (PlanForms::NAME, 3),
    (TieForms::NAME, 1),
    (ProcessForms::NAME, 1),
    (LogForm::NAME, 1),
    (OutageForms::NAME, 1),
];

/// The version a document is written as. One that says nothing new stays readable for older programs.
fn version_of(name: &str, project: &Project) -> i64 {
    let is_status_set = project.follows.values().any(|follow| follow.status.is_some());
    if name == Edits::NAME && !is_status_set {
        return 2;
    }
    if name == PlanForms::NAME && !has_prices(&project.plans) {
        return 2;
    }
    KNOWN.iter().find(|(known, _)| *known == name).map_or(1, |(_, version)| *version)
}

/// Does a question of it say prices by hand?
fn has_prices(plans: &PlanBook) -> bool {
    let has = |question: &serde_json::Value| {
        ["prices", "flat_price"].iter().any(|name| question.get(name).is_some_and(|value| !value.is_null()))
    };
    has(&plans.question) || plans.scenarios.iter().any(|plan| has(&plan.question))
}

/// The documents of a project to be saved under `path`.
///
/// # Errors
/// [`IoError::ProjectNotSaved`] when a document would not read back as it is.
pub fn from_project(path: &Path, project: &Project) -> Result<Documents, IoError> {
    let mut out = Documents::new();
    write(
        path,
        &mut out,
        &ProjectForm {
            name: project.name.clone(),
            bookmarks: project.bookmarks.iter().map(BookmarkForm::from).collect(),
        },
    )?;
    // What is built in is no file of the project.
    let layers = project.layers.iter().filter(|layer| layer.id != LayerId::BUILT_IN);
    let layers = layers.map(|layer| SourceForm::of(path, layer));
    write(path, &mut out, &Sources { layers: layers.collect() })?;
    write(path, &mut out, &project.parameters)?;
    let edits = Edits {
        amendments: project.amendments.iter().map(AmendmentForm::from).collect(),
        added: project.added.iter().map(AddedForm::from).collect(),
    };
    write(path, &mut out, &edits)?;
    write(path, &mut out, &Trials { trials: project.trials.iter().map(TrialForm::from).collect() })?;
    write(path, &mut out, &Selection { sites: project.selected.as_ref().clone() })?;
    let files = project.roads.iter().map(|layer| RoadForm::of(path, layer));
    write(path, &mut out, &RoadForms { files: files.collect() })?;
    let closures = ClosureForms {
        closures: project.closures.as_ref().clone(),
        services: project.closed_services.as_ref().clone(),
    };
    write(path, &mut out, &closures)?;
    write(path, &mut out, &RankingForm::from(project.ranking.as_ref()))?;
    write(path, &mut out, &ComparisonForm::from(project.compared.as_ref()))?;
    let plans = PlanForms::of(project.plans.as_ref());
    write(path, &mut out, &plans.map_err(|error| not_saved(path, PlanForms::NAME, &of_library(&error)))?)?;
    write(path, &mut out, &OutageForms::of(&project.outages))?;
    let ties = project.ties_now().into_iter().map(|(site, tie)| TieForm { site, tie });
    let held = project.held.iter().map(HeldForm::from);
    write(path, &mut out, &TieForms { ties: ties.collect(), held: held.collect() })?;
    let places = project.follows.iter().map(FollowForm::from);
    write(path, &mut out, &ProcessForms { places: places.collect() })?;
    let entries = project.log.iter().map(|entry| EntryForm::from(entry.as_ref()));
    write(path, &mut out, &LogForm { entries: entries.collect() })?;
    for (name, document) in &mut out {
        document.version = version_of(name, project);
    }
    keep(&mut out, &project.kept);
    Ok(out)
}

/// The project of documents read from `path`.
///
/// # Errors
/// [`IoError::NewerProject`], or [`IoError::Project`] when a document is missing or does not hold what it should.
pub fn to_project(path: &Path, documents: &Documents) -> Result<SavedProject, IoError> {
    // A newer version first: its documents may well look damaged to us.
    refuse_newer(path, documents)?;
    let mut known = Understood::default();
    let form: ProjectForm = read(path, documents, &mut known)?;
    let sources: Sources = read(path, documents, &mut known)?;
    let parameters = sound_parameters(path, documents, &mut known)?;
    let edits: Edits = read(path, documents, &mut known)?;
    let trials: Trials = read(path, documents, &mut known)?;
    let selection: Selection = read(path, documents, &mut known)?;
    let roads: RoadForms = read_if_there(path, documents, &mut known)?;
    let closures: ClosureForms = read_if_there(path, documents, &mut known)?;
    let ranking = sound_ranking(path, documents, &mut known)?;
    let compared = read_if_there::<ComparisonForm>(path, documents, &mut known)?.into_model();
    let plans = read_if_there::<PlanForms>(path, documents, &mut known)?.into_model();
    let outages = sound_outages(path, documents, &mut known)?;
    let ties: TieForms = read_if_there(path, documents, &mut known)?;
    let process: ProcessForms = read_if_there(path, documents, &mut known)?;
    let log: LogForm = read_if_there(path, documents, &mut known)?;
    check_slowness(path, &closures.closures)?;
    for (document, ids) in [
        (TieForms::NAME, ties.held.iter().map(|held| held.id).collect::<Vec<_>>()),
        (PlanForms::NAME, plans.scenarios.iter().map(|scenario| scenario.id).collect()),
        (OutageForms::NAME, outages.scenarios.iter().map(|scenario| scenario.id).collect()),
        (Sources::NAME, sources.layers.iter().map(|layer| layer.id.0).collect()),
        (Edits::NAME, edits.added.iter().map(|service| service.id).collect()),
        (RoadForms::NAME, roads.files.iter().map(|file| file.id).collect()),
        (ClosureForms::NAME, closures.closures.iter().map(|closure| closure.id).collect()),
        (Trials::NAME, trials.trials.iter().map(|trial| trial.id.0).collect()),
    ] {
        check_ids(path, document, ids.into_iter())?;
    }
    let twice = Message::new("samma plats har ändrats två gånger", "the same site is changed twice");
    let amendments = edits.amendments.into_iter().map(AmendmentForm::into_model);
    let amendments = one_each(amendments).ok_or_else(|| damaged(path, Edits::NAME, &twice))?;
    let twice = Message::new("samma plats följs två gånger", "the same site is followed twice");
    let follows = process.places.into_iter().map(FollowForm::into_model);
    let follows = one_each(follows).ok_or_else(|| damaged(path, ProcessForms::NAME, &twice))?;
    Ok(SavedProject {
        name: form.name,
        bookmarks: form.bookmarks.into_iter().map(Bookmark::from).collect(),
        sources: sources.layers.into_iter().map(|layer| layer.into_saved(path)).collect(),
        parameters,
        amendments,
        added: edits.added.into_iter().map(AddedForm::into_model).collect(),
        trials: trials.trials.into_iter().map(TrialForm::into_model).collect(),
        selected: selection.sites,
        roads: roads.files.into_iter().map(|file| file.into_saved(path)).collect(),
        closures: closures.closures,
        closed_services: closures.services,
        ranking,
        compared,
        plans,
        outages,
        follows,
        log: log.entries.into_iter().map(EntryForm::into_model).collect(),
        ties: ties.ties.into_iter().map(|TieForm { site, tie }| (site, tie)).collect(),
        version: None,
        held: ties.held.into_iter().map(HeldForm::into_model).collect(),
        kept: kept(documents, &known),
    })
}

fn sound_outages(path: &Path, documents: &Documents, known: &mut Understood) -> Result<OutageBook, IoError> {
    let outages = read_if_there::<OutageForms>(path, documents, known)?.into_model();
    match outages.first_fault() {
        None => Ok(outages),
        Some(fault) => Err(damaged(path, OutageForms::NAME, &fault)),
    }
}

fn sound_ranking(
    path: &Path,
    documents: &Documents,
    known: &mut Understood,
) -> Result<RankingModel, IoError> {
    let ranking = read_if_there::<RankingForm>(path, documents, known)?.into_model();
    match ranking.first_fault() {
        None => Ok(ranking),
        Some(fault) => Err(damaged(path, RankingForm::NAME, &fault)),
    }
}

fn sound_parameters(
    path: &Path,
    documents: &Documents,
    known: &mut Understood,
) -> Result<Parameters, IoError> {
    let parameters: Parameters = read(path, documents, known)?;
    match parameters.profile.first_fault() {
        None => Ok(parameters),
        Some(fault) => {
            let message = Message::new(fault.said(Lang::Sv), fault.said(Lang::En));
            Err(damaged(path, Parameters::NAME, &message))
        }
    }
}

/// By site; nothing where one of them is there twice.
fn one_each<T>(all: impl ExactSizeIterator<Item = (SiteId, T)>) -> Option<BTreeMap<SiteId, T>> {
    let count = all.len();
    let by_site: BTreeMap<SiteId, T> = all.collect();
    (by_site.len() == count).then_some(by_site)
}

/// Puts back what this version does not understand.
fn keep(out: &mut Documents, kept: &Kept) {
    for (name, unknown) in &kept.members {
        let Some(document) = out.get_mut(name) else { continue };
        if let Ok(mut value) = exact_json::parse(&document.json) {
            unknown.put_back(&mut value);
            document.json = value.to_string();
        }
    }
    for (name, (version, json)) in &kept.documents {
        out.entry(name.clone()).or_insert_with(|| Document { version: *version, json: json.clone() });
    }
}

/// What of the documents this version does not understand.
fn kept(documents: &Documents, understood: &Understood) -> Kept {
    let is_known = |name: &str| KNOWN.iter().any(|(known, _)| *known == name);
    let others = documents.iter().filter(|(name, _)| !is_known(name));
    let documents_kept =
        others.map(|(name, document)| (name.clone(), (document.version, document.json.clone())));
    let unknown = |(name, understood): (&&'static str, &serde_json::Value)| {
        let written = exact_json::parse(&documents.get(*name)?.json).ok()?;
        Some(((*name).to_owned(), Unknown::between(&written, understood)?))
    };
    Kept { documents: documents_kept.collect(), members: understood.iter().filter_map(unknown).collect() }
}

/// Refuses what a newer version of the program has saved.
///
/// # Errors
/// [`IoError::NewerProject`].
pub fn refuse_newer(path: &Path, documents: &Documents) -> Result<(), IoError> {
    for (name, known) in KNOWN {
        if let Some(version) = documents.get(name).map(|document| document.version).filter(|v| *v > known) {
            return Err(IoError::NewerProject { path: path.into(), version, known });
        }
    }
    Ok(())
}

fn write<T: Form>(path: &Path, out: &mut Documents, form: &T) -> Result<(), IoError> {
    let json = serde_json::to_string(form).map_err(|error| not_saved(path, T::NAME, &of_library(&error)))?;
    // JSON has no NaN: better a refused save than a file that cannot be opened.
    if parse::<T>(&json).ok().as_ref() != Some(form) {
        let message = Message::new(
            "ett tal är oändligt eller ogiltigt och kan inte sparas. Rätta det och spara igen",
            "a number is infinite or invalid and cannot be saved. Correct it and save again",
        );
        return Err(not_saved(path, T::NAME, &message));
    }
    out.insert(T::NAME.into(), Document { version: 1, json });
    Ok(())
}

/// What was understood of each document.
type Understood = BTreeMap<&'static str, serde_json::Value>;

fn read<T: Form>(path: &Path, documents: &Documents, known: &mut Understood) -> Result<T, IoError> {
    let document = documents
        .get(T::NAME)
        .ok_or_else(|| damaged(path, T::NAME, &Message::new("det saknas", "it is missing")))?;
    // Members that a newer version added have a default.
    if document.version < 1 {
        let version = document.version;
        let message = Message::new(
            format!("det har den okända versionen {version}"),
            format!("it has the unknown version {version}"),
        );
        return Err(damaged(path, T::NAME, &message));
    }
    let form: T = parse(&document.json).map_err(|error| damaged(path, T::NAME, &of_library(&error)))?;
    known.extend(serde_json::to_value(&form).ok().map(|value| (T::NAME, value)));
    Ok(form)
}

/// A document that older versions did not write.
fn read_if_there<T: Form + Default>(
    path: &Path,
    documents: &Documents,
    known: &mut Understood,
) -> Result<T, IoError> {
    if documents.contains_key(T::NAME) { read(path, documents, known) } else { Ok(T::default()) }
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(exact_json::parse(json)?)
}

fn check_ids(path: &Path, document: &str, ids: impl Iterator<Item = u32>) -> Result<(), IoError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        // The next id is one more than the largest.
        if id == u32::MAX || !seen.insert(id) {
            let message = Message::new(
                format!("id {id} används två gånger eller är för stort"),
                format!("the id {id} is used twice or is too large"),
            );
            return Err(damaged(path, document, &message));
        }
    }
    Ok(())
}

fn check_slowness(path: &Path, closures: &[RoadClosure]) -> Result<(), IoError> {
    let is_sound = |closure: &&RoadClosure| match closure.effect {
        ClosureEffect::Closed => true,
        ClosureEffect::Slower(factor) => SLOWER_RANGE.contains(&factor),
    };
    match closures.iter().find(|closure| !is_sound(closure)) {
        None => Ok(()),
        Some(closure) => {
            let id = closure.id;
            let message = Message::new(
                format!("avstängning {id}: en väg kan göras 1–100 gånger långsammare"),
                format!("closure {id}: a road can be made 1 to 100 times slower"),
            );
            Err(damaged(path, ClosureForms::NAME, &message))
        }
    }
}

fn damaged(path: &Path, document: &str, message: &Message) -> IoError {
    IoError::Project { path: path.into(), message: in_document(document, message) }
}

fn not_saved(path: &Path, document: &str, message: &Message) -> IoError {
    IoError::ProjectNotSaved { path: path.into(), message: in_document(document, message) }
}

fn in_document(document: &str, message: &Message) -> Message {
    Message::new(
        format!("dokumentet ”{document}”: {}", message.said(Lang::Sv)),
        format!("document “{document}”: {}", message.said(Lang::En)),
    )
}

/// What the JSON library says is for those who look into the file.
fn of_library(error: &serde_json::Error) -> Message {
    Message::new(error.to_string(), error.to_string())
}
