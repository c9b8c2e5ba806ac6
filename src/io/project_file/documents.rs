//! What stands in each document of a project file? The saved forms, versioned, and their way to the model and back.
//! They are types of their own, so that the model can change while old files stay readable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{SavedProject, SavedRoads, SavedSource, exact_json, paths};
use crate::geometry::{Crs, LonLat};
use crate::io::{IoError, LoadOptions};
use crate::lang::{Lang, Said};
use crate::model::{
    AddedService, Amendment, ClosureEffect, Evidence, Exclusion, Fact, Factor, FactorSetting, Held, HeldWhy,
    Identity, Judgement, Kept, KindSet, LayerId, LineColumns, Parameters, PlanBook, Project, RankingModel,
    RoadClosure, Role, SLOWER_RANGE, Scenario, Scope, SiteId, SourcePlace, Tie, TrialId, TrialPoint, Unknown,
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
pub const KNOWN: [(&str, i64); 11] = [
    (ProjectForm::NAME, 1),
    (Sources::NAME, 1),
    // 2: what is counted, and whether by road. 3: whether people are counted once, a car's weight. 4: the set of
    // assumptions, whether the walk to the road counts, what a locality is.
    (Parameters::NAME, 4),
    (Edits::NAME, 1),
    (Trials::NAME, 1),
    (Selection::NAME, 1),
    (RoadForms::NAME, 1),
    // 2: which roads a closure was made on; one made on others holds nothing.
    (ClosureForms::NAME, 2),
    // A new factor raises it: an older program would refuse its name.
    (RankingForm::NAME, 1),
    // 2: places that wait for a decision.
    (PlanForms::NAME, 2),
    (TieForms::NAME, 1),
];

/// A saved form and the name it is saved under.
trait Form: Serialize + DeserializeOwned + PartialEq {
    const NAME: &'static str;
}

#[derive(PartialEq, Serialize, Deserialize)]
struct ProjectForm {
    name: String,
}

impl Form for ProjectForm {
    const NAME: &'static str = "project";
}

impl Form for Parameters {
    const NAME: &'static str = "parameters";
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Sources {
    /// Bottom first.
    layers: Vec<SourceForm>,
}

impl Form for Sources {
    const NAME: &'static str = "sources";
}

#[derive(PartialEq, Serialize, Deserialize)]
struct SourceForm {
    id: LayerId,
    name: String,
    place: PlaceForm,
    sha256: String,
    bytes: u64,
    crs: Crs,
    crs_assumed: bool,
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    role: Role,
    is_visible: bool,
    opacity: f32,
}

#[derive(PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PlaceForm {
    /// See [`paths`].
    File(String),
    Demo(String),
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Edits {
    /// In the order of their sites.
    amendments: Vec<AmendmentForm>,
    added: Vec<AddedForm>,
}

impl Form for Edits {
    const NAME: &'static str = "edits";
}

/// A list item, since a JSON key can only be text.
#[derive(PartialEq, Serialize, Deserialize)]
struct AmendmentForm {
    site: SiteId,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Known<LonLat>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Known<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kinds: Option<Known<KindSet>>,
    #[serde(default)]
    facts: BTreeMap<String, Fact>,
}

/// A value and how we know it, in the form of [`Fact`].
#[derive(PartialEq, Serialize, Deserialize)]
struct Known<T> {
    value: T,
    evidence: Evidence,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct AddedForm {
    id: u32,
    name: String,
    kinds: KindSet,
    place: LonLat,
    #[serde(default)]
    facts: BTreeMap<String, Fact>,
    evidence: Evidence,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Trials {
    trials: Vec<TrialForm>,
}

impl Form for Trials {
    const NAME: &'static str = "trials";
}

#[derive(PartialEq, Serialize, Deserialize)]
struct TrialForm {
    id: TrialId,
    name: String,
    place: LonLat,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Selection {
    sites: BTreeSet<SiteId>,
}

impl Form for Selection {
    const NAME: &'static str = "selection";
}

/// Files of roads; a project of an older version has none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct RoadForms {
    files: Vec<RoadForm>,
}

impl Form for RoadForms {
    const NAME: &'static str = "roads";
}

#[derive(PartialEq, Serialize, Deserialize)]
struct RoadForm {
    id: u32,
    name: String,
    place: PlaceForm,
    sha256: String,
    bytes: u64,
    crs: Crs,
    date: Option<String>,
    #[serde(default)]
    columns: LineColumns,
    is_visible: bool,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct ClosureForms {
    closures: Vec<RoadClosure>,
    #[serde(default)]
    services: BTreeSet<SiteId>,
}

impl Form for ClosureForms {
    const NAME: &'static str = "closures";
}

/// How places are compared; a project of an older version is compared by the defaults.
#[derive(PartialEq, Serialize, Deserialize)]
struct RankingForm {
    /// A factor that is not named has its default.
    factors: BTreeMap<Factor, FactorSetting>,
    judged: BTreeSet<Factor>,
    judgements: Vec<JudgementForm>,
    scope: Scope,
    released: BTreeSet<Exclusion>,
    seed: u64,
}

impl Form for RankingForm {
    const NAME: &'static str = "ranking";
}

/// Plans; a project of an older version has none.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct PlanForms {
    #[serde(default)]
    question: serde_json::Value,
    /// Each is read by itself: one of a newer version costs no other.
    scenarios: Vec<serde_json::Value>,
    /// What could not be read, as it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unread: Vec<serde_json::Value>,
}

impl PlanForms {
    fn into_model(self) -> PlanBook {
        let mut book = PlanBook { question: self.question, ..PlanBook::default() };
        for value in self.scenarios.into_iter().chain(self.unread) {
            match serde_json::from_value::<Scenario>(value.clone()) {
                Ok(scenario) => book.scenarios.push(scenario),
                Err(_) => book.unread.push(value),
            }
        }
        book
    }
}

impl Form for PlanForms {
    const NAME: &'static str = "plans";
}

/// What edits were made for, and those that wait for a decision; a project of an older version tells neither.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct TieForms {
    ties: Vec<TieForm>,
    held: Vec<HeldForm>,
}

impl Form for TieForms {
    const NAME: &'static str = "ties";
}

#[derive(PartialEq, Serialize, Deserialize)]
struct TieForm {
    site: SiteId,
    #[serde(flatten)]
    tie: Tie,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct HeldForm {
    id: u32,
    was: SiteId,
    layer_name: String,
    identity: Option<Identity>,
    why: HeldWhy,
    amendment: Option<AmendmentForm>,
    is_closed: bool,
    is_selected: bool,
}

impl From<&Held> for HeldForm {
    fn from(held: &Held) -> Self {
        let Held { id, was, layer_name, identity, why, amendment, is_closed, is_selected } = held.clone();
        let amendment = amendment.as_ref().map(|amendment| AmendmentForm::from((&was, amendment)));
        Self { id, was, layer_name, identity, why, amendment, is_closed, is_selected }
    }
}

impl HeldForm {
    fn into_model(self) -> Held {
        let Self { id, was, layer_name, identity, why, amendment, is_closed, is_selected } = self;
        let amendment = amendment.map(|form| form.into_model().1);
        Held { id, was, layer_name, identity, why, amendment, is_closed, is_selected }
    }
}

/// A list item, since a JSON key cannot be a pair.
#[derive(PartialEq, Serialize, Deserialize)]
struct JudgementForm {
    first: Factor,
    second: Factor,
    times: Judgement,
}

/// The documents of a project to be saved under `path`.
///
/// # Errors
/// [`IoError::Project`] when a document would not read back as it is.
pub fn from_project(path: &Path, project: &Project) -> Result<Documents, IoError> {
    let mut out = Documents::new();
    write(path, &mut out, &ProjectForm { name: project.name.clone() })?;
    let layers = project.layers.iter().map(|layer| SourceForm {
        id: layer.id,
        name: layer.name.clone(),
        place: PlaceForm::of(path, &layer.source.place),
        sha256: layer.source.sha256.clone(),
        bytes: layer.source.bytes,
        crs: layer.source.crs,
        crs_assumed: layer.source.crs_assumed,
        date: layer.source.date.clone(),
        part: layer.source.part.clone(),
        role: layer.role.clone(),
        is_visible: layer.is_visible,
        // What only the drawing needs never hinders a save.
        opacity: opacity(layer.opacity),
    });
    write(path, &mut out, &Sources { layers: layers.collect() })?;
    write(path, &mut out, &project.parameters)?;
    write(
        path,
        &mut out,
        &Edits {
            amendments: project.amendments.iter().map(AmendmentForm::from).collect(),
            added: project.added.iter().map(AddedForm::from).collect(),
        },
    )?;
    let trials = project.trials.iter().map(|trial| TrialForm {
        id: trial.id,
        name: trial.name.clone(),
        place: trial.place,
    });
    write(path, &mut out, &Trials { trials: trials.collect() })?;
    write(path, &mut out, &Selection { sites: project.selected.as_ref().clone() })?;
    let files = project.roads.iter().map(|layer| RoadForm {
        id: layer.id,
        name: layer.name.clone(),
        place: PlaceForm::of(path, &layer.source.place),
        sha256: layer.source.sha256.clone(),
        bytes: layer.source.bytes,
        crs: layer.source.crs,
        date: layer.source.date.clone(),
        columns: layer.columns.clone(),
        is_visible: layer.is_visible,
    });
    write(path, &mut out, &RoadForms { files: files.collect() })?;
    write(
        path,
        &mut out,
        &ClosureForms {
            closures: project.closures.as_ref().clone(),
            services: project.closed_services.as_ref().clone(),
        },
    )?;
    write(path, &mut out, &RankingForm::from(project.ranking.as_ref()))?;
    let PlanBook { question, scenarios, unread } = project.plans.as_ref().clone();
    let as_value = |scenario: &Scenario| serde_json::to_value(scenario);
    let scenarios: Result<Vec<_>, _> = scenarios.iter().map(as_value).collect();
    let scenarios = scenarios.map_err(|error| damaged(path, PlanForms::NAME, &error.to_string()))?;
    write(path, &mut out, &PlanForms { question, scenarios, unread })?;
    let ties = project.ties_now().into_iter().map(|(site, tie)| TieForm { site, tie });
    let held = project.held.iter().map(HeldForm::from);
    write(path, &mut out, &TieForms { ties: ties.collect(), held: held.collect() })?;
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
    let parameters: Parameters = read(path, documents, &mut known)?;
    if let Some(fault) = parameters.profile.first_fault() {
        return Err(damaged(path, Parameters::NAME, &fault.said(Lang::En)));
    }
    let edits: Edits = read(path, documents, &mut known)?;
    let trials: Trials = read(path, documents, &mut known)?;
    let selection: Selection = read(path, documents, &mut known)?;
    let roads: RoadForms = read_if_there(path, documents, &mut known)?;
    let closures: ClosureForms = read_if_there(path, documents, &mut known)?;
    let ranking: RankingForm = read_if_there(path, documents, &mut known)?;
    let ranking = ranking.into_model();
    if let Some(fault) = ranking.first_fault() {
        return Err(damaged(path, RankingForm::NAME, &fault));
    }

    let plans: PlanForms = read_if_there(path, documents, &mut known)?;
    let plans = plans.into_model();
    let ties: TieForms = read_if_there(path, documents, &mut known)?;
    check_ids(path, TieForms::NAME, ties.held.iter().map(|held| held.id))?;
    check_ids(path, PlanForms::NAME, plans.scenarios.iter().map(|scenario| scenario.id))?;
    check_ids(path, Sources::NAME, sources.layers.iter().map(|layer| layer.id.0))?;
    check_ids(path, Edits::NAME, edits.added.iter().map(|service| service.id))?;
    let is_sound = |closure: &RoadClosure| match closure.effect {
        ClosureEffect::Closed => true,
        ClosureEffect::Slower(factor) => SLOWER_RANGE.contains(&factor),
    };
    if let Some(closure) = closures.closures.iter().find(|closure| !is_sound(closure)) {
        let message = format!("closure {}: a road is between 1 and 100 times as slow", closure.id);
        return Err(damaged(path, ClosureForms::NAME, &message));
    }
    check_ids(path, RoadForms::NAME, roads.files.iter().map(|file| file.id))?;
    check_ids(path, ClosureForms::NAME, closures.closures.iter().map(|closure| closure.id))?;
    check_ids(path, Trials::NAME, trials.trials.iter().map(|trial| trial.id.0))?;
    let count = edits.amendments.len();
    let amendments: BTreeMap<_, _> = edits.amendments.into_iter().map(AmendmentForm::into_model).collect();
    if amendments.len() < count {
        return Err(damaged(path, Edits::NAME, "the same site is amended twice"));
    }
    Ok(SavedProject {
        name: form.name,
        sources: sources.layers.into_iter().map(|layer| layer.into_saved(path)).collect(),
        parameters,
        amendments,
        added: edits.added.into_iter().map(AddedForm::into_model).collect(),
        trials: trials
            .trials
            .into_iter()
            .map(|TrialForm { id, name, place }| TrialPoint { id, name, place })
            .collect(),
        selected: selection.sites,
        roads: roads.files.into_iter().map(|file| file.into_saved(path)).collect(),
        closures: closures.closures,
        closed_services: closures.services,
        ranking,
        plans,
        ties: ties.ties.into_iter().map(|TieForm { site, tie }| (site, tie)).collect(),
        held: ties.held.into_iter().map(HeldForm::into_model).collect(),
        kept: kept(documents, &known),
    })
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
    let json = serde_json::to_string(form).map_err(|error| damaged(path, T::NAME, &error.to_string()))?;
    // JSON has no NaN: better a refused save than a file that cannot be opened.
    if parse::<T>(&json).ok().as_ref() != Some(form) {
        return Err(damaged(
            path,
            T::NAME,
            "a number is not finite and cannot be saved. Correct it and save again",
        ));
    }
    let version = KNOWN.iter().find(|(name, _)| *name == T::NAME).map_or(1, |(_, version)| *version);
    out.insert(T::NAME.into(), Document { version, json });
    Ok(())
}

/// What was understood of each document.
type Understood = BTreeMap<&'static str, serde_json::Value>;

fn read<T: Form>(path: &Path, documents: &Documents, known: &mut Understood) -> Result<T, IoError> {
    let document = documents.get(T::NAME).ok_or_else(|| damaged(path, T::NAME, "it is missing"))?;
    // Members that a newer version added have a default.
    if document.version < 1 {
        return Err(damaged(path, T::NAME, &format!("it has the unknown version {}", document.version)));
    }
    let form: T = parse(&document.json).map_err(|error| damaged(path, T::NAME, &error.to_string()))?;
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
            return Err(damaged(path, document, &format!("the id {id} is used twice or is too large")));
        }
    }
    Ok(())
}

fn damaged(path: &Path, document: &str, message: &str) -> IoError {
    IoError::Project { path: path.into(), message: format!("document “{document}”: {message}") }
}

fn opacity(value: f32) -> f32 {
    if value.is_finite() { value.clamp(0.0, 1.0) } else { 1.0 }
}

impl PlaceForm {
    fn of(project_file: &Path, place: &SourcePlace) -> Self {
        match place {
            SourcePlace::File(source) => Self::File(paths::saved_from_path(project_file, source)),
            SourcePlace::Demo(name) => Self::Demo(name.clone()),
        }
    }

    fn into_place(self, project_file: &Path) -> SourcePlace {
        match self {
            Self::File(saved) => SourcePlace::File(paths::path_from_saved(project_file, &saved)),
            Self::Demo(name) => SourcePlace::Demo(name),
        }
    }
}

impl RoadForm {
    fn into_saved(self, project_file: &Path) -> SavedRoads {
        SavedRoads {
            id: self.id,
            name: self.name,
            place: self.place.into_place(project_file),
            sha256: self.sha256,
            bytes: self.bytes,
            crs: self.crs,
            date: self.date,
            columns: self.columns,
            is_visible: self.is_visible,
        }
    }
}

impl SourceForm {
    fn into_saved(self, project_file: &Path) -> SavedSource {
        SavedSource {
            id: self.id,
            name: self.name,
            place: self.place.into_place(project_file),
            // What was used is used again, whether the file, the user or a guess said it.
            options: LoadOptions {
                crs: Some(self.crs),
                crs_if_unsaid: None,
                role: Some(self.role),
                part: self.part,
            },
            sha256: self.sha256,
            bytes: self.bytes,
            crs_assumed: self.crs_assumed,
            date: self.date,
            is_visible: self.is_visible,
            opacity: opacity(self.opacity),
        }
    }
}

impl From<&RankingModel> for RankingForm {
    fn from(model: &RankingModel) -> Self {
        let judgement = |((first, second), times): (&(Factor, Factor), &Judgement)| (*first, *second, *times);
        Self {
            factors: Factor::ALL.into_iter().map(|factor| (factor, *model.setting(factor))).collect(),
            judged: model.judged.clone(),
            judgements: model
                .judgements
                .iter()
                .map(judgement)
                .map(|(first, second, times)| JudgementForm { first, second, times })
                .collect(),
            scope: model.scope,
            released: model.released.clone(),
            seed: model.seed,
        }
    }
}

impl Default for RankingForm {
    fn default() -> Self {
        Self::from(&RankingModel::default())
    }
}

impl RankingForm {
    fn into_model(self) -> RankingModel {
        let mut model = RankingModel::default();
        model.judgements = self.judgements.into_iter().map(|j| ((j.first, j.second), j.times)).collect();
        model.judged = self.judged;
        model.scope = self.scope;
        model.released = self.released;
        model.seed = self.seed;
        for (factor, setting) in self.factors {
            *model.setting_mut(factor) = setting;
        }
        model
    }
}

impl<T> Known<T> {
    fn from_pair((value, evidence): (T, Evidence)) -> Self {
        Self { value, evidence }
    }

    fn into_pair(self) -> (T, Evidence) {
        (self.value, self.evidence)
    }
}

impl From<(&SiteId, &Amendment)> for AmendmentForm {
    fn from((site, amendment): (&SiteId, &Amendment)) -> Self {
        let Amendment { place, name, kinds, facts } = amendment.clone();
        Self {
            site: site.clone(),
            place: place.map(Known::from_pair),
            name: name.map(Known::from_pair),
            kinds: kinds.map(Known::from_pair),
            facts,
        }
    }
}

impl AmendmentForm {
    fn into_model(self) -> (SiteId, Amendment) {
        let amendment = Amendment {
            place: self.place.map(Known::into_pair),
            name: self.name.map(Known::into_pair),
            kinds: self.kinds.map(Known::into_pair),
            facts: self.facts,
        };
        (self.site, amendment)
    }
}

impl From<&AddedService> for AddedForm {
    fn from(service: &AddedService) -> Self {
        let AddedService { id, name, kinds, place, facts, evidence } = service.clone();
        Self { id, name, kinds, place, facts, evidence }
    }
}

impl AddedForm {
    fn into_model(self) -> AddedService {
        let Self { id, name, kinds, place, facts, evidence } = self;
        AddedService { id, name, kinds, place, facts, evidence }
    }
}
