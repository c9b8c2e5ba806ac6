//! `sotplan analyse`: layers in, coverage and candidates out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::arguments::Analyse;
use super::inputs::{CostBy, Given, Inputs};
use super::joins::{LOCALITIES, POPULATION};
use super::notes;
use crate::analysis::{GroupFigures, Spread};
use crate::app::export::Stamp;
use crate::app::load::{self, Wanted};
use crate::app::pipos::{self, Comparison};
use crate::app::results::KindResult;
use crate::app::results::Phases;
use crate::app::roads::Limit;
use crate::app::travel::Travel;
use crate::app::{Results, demo, outputs};
use crate::io::{IoError, LoadOptions, Loaded};
use crate::lang::{Lang, Said, shown_name};
use crate::model::travel::NoCost;
use crate::model::{
    AreaFields, ContextUse, KindRule, Layer, Parameters, Project, Reading, Refusal, Refused, Role,
    ServiceKind, recognise,
};
use crate::progress::Unwatched;
use crate::units::{Cost, Measure};
use crate::{say, say_many};

/// The comparison with Pipos, where one is asked for.
const PIPOS: &str = "pipos.csv";

/// The files that are written, and their folder.
pub fn outputs(said: &Analyse) -> Vec<PathBuf> {
    let files = outputs::files(&said.written.chosen()).into_iter();
    let files = files.chain(said.pipos.as_ref().map(|_| said.written.chosen().style.file_name(PIPOS)));
    files.map(|name| said.out.join(name)).chain([said.out.clone()]).collect()
}

/// Does the analysis; the error is the message for the user.
pub fn run(said: &Analyse, lang: Lang) -> Result<(), String> {
    let started = Instant::now();
    let project = project(&said.given, lang)?;
    let mut phases = Phases::from([("read", started.elapsed().as_secs_f64())]);
    let results = Results::compute(&project, None, &Unwatched).map_err(|error| error.said(lang))?;
    refuse_empty_layers(&results, lang)?;
    refuse_idle_roads(&results, lang)?;
    phases.extend(&results.phases);
    let chosen = said.written.chosen();
    let comparison = match &said.pipos {
        None => None,
        Some(path) => Some(
            pipos::compare_file(path, said.pipos_field.as_deref(), said.pipos_kind, &results, &Unwatched)
                .map_err(|error| error.said(lang))?,
        ),
    };
    let written = outputs::write_all(&said.out, &results, &chosen, &Stamp::today(), phases)
        .map_err(|error| error.said(lang))?;
    super::written::tell(&written.notes, lang);
    let mut text = if said.json { String::new() } else { report(&results, said, lang) };
    if let Some(comparison) = comparison {
        let sources: Vec<PathBuf> = results.project.files().into_iter().chain(said.pipos.clone()).collect();
        crate::app::export::write_pipos(
            &said.out.join(chosen.style.file_name(PIPOS)),
            &comparison,
            chosen.style,
            &sources,
        )
        .map_err(|error| error.said(lang))?;
        let said_of_it = pipos_said(&comparison, lang);
        if said.json {
            super::common::warn(&said_of_it);
        } else {
            text.extend(["\n", &said_of_it]);
        }
    }
    if said.json { super::common::print_json(&written.summary) } else { super::common::print(&text) }
}

/// The project that the arguments name or describe, with people and services.
pub fn project(given: &Given, lang: Lang) -> Result<Project, String> {
    if let Some(path) = &given.project {
        let project = with_people(path, lang)?;
        let serves = |layer: &Arc<Layer>| matches!(layer.role, Role::Services(_) | Role::SotPlaces);
        if !project.layers.iter().any(serves) && project.added.is_empty() {
            let path = path.display();
            return Err(say!(
                lang,
                "{path}: projektet har inget lager med service. Öppna det i fönstret och lägg till ett",
                "{path}: the project has no service layer. Open it in the window and add one"
            ));
        }
        return Ok(project);
    }
    refuse_without_services(&given.inputs, lang)?;
    any_project(given, lang)
}

/// The same, services or not.
pub fn any_project(given: &Given, lang: Lang) -> Result<Project, String> {
    if let Some(path) = &given.project {
        return with_people(path, lang);
    }
    if !given.inputs.demo && given.inputs.population.is_empty() {
        return Err(lang
            .pick(
                "ingen befolkning är angiven. Lägg till --population FIL, eller --demo för exemplet",
                "no population is given. Add --population FILE, or --demo for the example",
            )
            .into());
    }
    as_given(&given.inputs, lang)
}

/// A saved project, which holds people.
fn with_people(path: &Path, lang: Lang) -> Result<Project, String> {
    let project = super::common::whole_project(path, lang)?;
    if project.layers.iter().any(|layer| matches!(layer.role, Role::Population { .. })) {
        return Ok(project);
    }
    let path = path.display();
    Err(say!(
        lang,
        "{path}: projektet har ingen befolkning. Öppna det i fönstret och lägg till ett lager med den",
        "{path}: the project has no population. Open it in the window and add a layer of it"
    ))
}

/// The project of layers and parameters, whatever is given.
pub fn as_given(said: &Inputs, lang: Lang) -> Result<Project, String> {
    let mut project = if said.demo {
        demo::project(&Unwatched).map_err(|error| error.said(lang))?
    } else {
        Project::default()
    };
    if said.demo {
        project.name = demo::NAME.into();
    }
    let parameters = parameters(said, lang)?;
    let files = files(said);
    said.joins.refuse_idle(|layer| files.iter().any(|(use_as, _)| use_as.option() == layer), lang)?;
    let wanted: Vec<Wanted> = files.iter().map(|(_, wanted)| wanted.clone()).collect();
    let mut loaded = Vec::new();
    let read = load::read_all(&wanted, &Unwatched);
    for ((use_as, _), read) in files.iter().zip(read) {
        let mut file = read.map_err(|error| error.said(lang))?;
        file.role = role(use_as, &file, said, lang)?;
        loaded.push(file);
    }
    project = load::with_layers(&project, loaded);
    project.parameters = parameters;
    // Services of the road file are not used here: the flags say what is a service.
    let (roads, _) = super::roads::read(&said.roads, &said.roads_said, said.crs, lang)?;
    project = load::with_roads(&project, roads);
    project.closures = Arc::new(super::roads::closures(&said.roads_said, said.crs, lang)?);
    Ok(project)
}

/// What is counted: a threshold in minutes counts times, one in kilometres lengths.
pub fn measure(said: &Inputs, lang: Lang) -> Result<Measure, String> {
    let by_unit = said.threshold.map(|limit| match limit {
        Limit::Length(_) => Measure::Distance,
        Limit::Time(_) => Measure::Time,
    });
    let by_cost = said.roads_said.cost.map(|cost| match cost {
        CostBy::Distance => Measure::Distance,
        CostBy::Time => Measure::Time,
    });
    match (by_unit, by_cost) {
        (Some(unit), Some(cost)) if unit != cost => Err(lang
            .pick(
                "--threshold och --cost mäter olika: minuter hör till --cost time, kilometer till --cost distance",
                "--threshold and --cost measure different things: minutes go with --cost time, kilometres with --cost distance",
            )
            .into()),
        _ => Ok(by_cost.or(by_unit).unwrap_or_default()),
    }
}

/// The parameters said.
fn parameters(said: &Inputs, lang: Lang) -> Result<Parameters, String> {
    let defaults = Parameters::default();
    let (mut threshold, mut time_threshold) = (defaults.threshold, defaults.time_threshold);
    match said.threshold {
        Some(Limit::Length(length)) => threshold = length,
        Some(Limit::Time(time)) => time_threshold = time,
        None => {}
    }
    Ok(Parameters {
        detour_factor: said.detour,
        speed_kmh: Some(said.speed),
        measure: measure(said, lang)?,
        threshold,
        time_threshold,
        mode: said.roads_said.profile.into(),
        profile: super::roads::profile(&said.roads_said, lang)?,
        counts_once: said.count_once,
        ..defaults
    })
}

/// What a flag says a file is.
enum UseAs {
    Services(ServiceKind),
    SotPlaces,
    Population,
    Areas,
    Context(ContextUse),
}

impl UseAs {
    /// The role that is looked for; which columns it takes is decided when the file is there.
    fn sought(&self) -> Role {
        match self {
            Self::Services(kind) => Role::Services(KindRule::All((*kind).into())),
            Self::SotPlaces => Role::SotPlaces,
            Self::Population => Role::Population { field: String::new() },
            Self::Areas => Role::Areas(AreaFields::default()),
            Self::Context(what) => Role::Context(*what),
        }
    }
}

impl UseAs {
    /// The option that gives files of it.
    fn option(&self) -> &'static str {
        match self {
            Self::Services(kind) => kind.id(),
            Self::SotPlaces => ServiceKind::Sot.id(),
            Self::Population => POPULATION,
            Self::Areas => "areas",
            Self::Context(ContextUse::Water) => "water",
            Self::Context(_) => LOCALITIES,
        }
    }
}

fn files(said: &Inputs) -> Vec<(UseAs, Wanted)> {
    let options = super::common::layer_options(said.crs, said.encoding);
    let mut files = Vec::new();
    let mut add = |path: &Path, use_as: UseAs| {
        // Of several tables of a database the one that fits is taken.
        let reading = Reading { joins: said.joins.of(Some(use_as.option())), ..Reading::default() };
        let options = LoadOptions { role: Some(use_as.sought()), reading, ..options.clone() };
        files.push((use_as, Wanted { path: path.to_owned(), options }));
    };
    said.areas.iter().for_each(|path| add(path, UseAs::Areas));
    said.population.iter().for_each(|path| add(path, UseAs::Population));
    for (kind, path) in said.services.iter() {
        let is_sot = kind == ServiceKind::Sot;
        add(path, if is_sot { UseAs::SotPlaces } else { UseAs::Services(kind) });
    }
    said.localities.iter().for_each(|path| add(path, UseAs::Context(ContextUse::Places)));
    said.roads_said.water.iter().for_each(|path| add(path, UseAs::Context(ContextUse::Water)));
    files
}

fn refuse_without_services(said: &Inputs, lang: Lang) -> Result<(), String> {
    if said.demo || said.services.iter().next().is_some() {
        return Ok(());
    }
    Err(lang
        .pick(
            "inget lager med service är angivet. Lägg till t.ex. --grocery FIL",
            "no service layer is given. Add for example --grocery FILE",
        )
        .into())
}

fn role(use_as: &UseAs, file: &Loaded, said: &Inputs, lang: Lang) -> Result<Role, String> {
    let column = |said: Option<&String>| {
        said.map(|said| load::column(file, said)).transpose().map_err(|error| error.said(lang))
    };
    match use_as {
        UseAs::Services(kind) => Ok(Role::Services(KindRule::All((*kind).into()))),
        UseAs::SotPlaces => Ok(Role::SotPlaces),
        UseAs::Context(what) => Ok(Role::Context(*what)),
        UseAs::Areas => {
            let code = column(said.area_code_field.as_ref())?;
            let name = column(said.area_name_field.as_ref())?;
            Ok(load::area_role(file, code.as_deref(), name.as_deref()))
        }
        UseAs::Population => {
            let numbers = || {
                let columns = file.table.columns.iter().filter(|column| recognise::has_numbers(column));
                columns.map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let name = file.source.name();
            let field = match said.population_field.as_ref() {
                None => None,
                Some(said) => Some(load::column(file, said).map_err(|_| {
                    say!(
                        lang,
                        "{name}: kolumnen ”{said}” finns inte. Välj rätt kolumn för befolkning med --population-field; kolumner med tal: {}",
                        "{name}: there is no column “{said}”. Choose the right population column with --population-field; columns with numbers: {}",
                        numbers()
                    )
                })?),
            };
            load::population_role(file, field.as_deref()).ok_or_else(|| {
                say!(
                    lang,
                    "{name}: ingen kolumn känns igen som befolkning. Ange --population-field; kolumner med tal: {}",
                    "{name}: no column is recognised as population. Give --population-field; columns with numbers: {}",
                    numbers()
                )
            })
        }
    }
}

/// A population or service layer without a usable feature would be a silent zero.
pub fn refuse_empty_layers(results: &Results, lang: Lang) -> Result<(), String> {
    for layer in &results.project.layers {
        let Some(report) = results.report(layer) else { continue };
        // Somebody asked for that: all of its people are counted in another layer.
        let is_counted = |refused: &Refused| matches!(refused.reason, Refusal::CountedBefore { .. });
        if report.features_used == 0 && !report.refused.iter().all(is_counted) {
            let error =
                IoError::NoUsableFeature { file: layer.source.name(), report: Box::new(report.clone()) };
            return Err(error.said(lang));
        }
    }
    Ok(())
}

/// Roads near nobody, and closures on no road, would be silent nothings.
pub fn refuse_idle_roads(results: &Results, lang: Lang) -> Result<(), String> {
    let Travel::Road(prepared) = &results.travel else { return Ok(()) };
    super::roads::refuse_idle_closures(&results.project.closures, &prepared.cut_counts, lang)?;
    let is_far = |cell: usize| {
        results.kinds.first().is_some_and(|kind| kind.coverage.nearest.reason(cell) == NoCost::NoRoad)
    };
    let demand = results.situation.demand.len();
    if demand > 0 && (0..demand).all(is_far) {
        let file = results.project.roads.first().map(|layer| layer.source.name()).unwrap_or_default();
        return Err(IoError::RoadsElsewhere { file }.said(lang));
    }
    Ok(())
}

/// A comparison with Pipos in words, with the largest differences.
fn pipos_said(comparison: &Comparison, lang: Lang) -> String {
    const LARGEST: usize = 5;
    let mut lines = vec![comparison.said(lang)];
    let apart = comparison.rows.iter().filter(|row| row.ours.is_some() && row.why.is_some()).take(LARGEST);
    let without = comparison.rows.iter().filter(|row| row.ours.is_none()).take(LARGEST);
    for row in apart.chain(without) {
        let (label, theirs) = (shown_name(&row.label), lang.km(row.theirs));
        let ours = row.ours.map_or_else(|| "–".to_owned(), |ours| lang.km(ours));
        let why = row.why.as_ref().map(|why| why.said(lang)).unwrap_or_default();
        lines.push(say!(
            lang,
            "  {label}: Pipos {theirs}, här {ours}: {why}",
            "  {label}: Pipos {theirs}, here {ours}: {why}"
        ));
    }
    lines.extend(comparison.refused.first().map(|(row, why)| {
        let why = why.said(lang);
        say!(lang, "  rad {row} jämförs inte: {why}", "  row {row} is not compared: {why}")
    }));
    lines.join("\n")
}

/// How each group of countryside has it.
fn groups_said(groups: &[GroupFigures], lang: Lang) -> String {
    let parts = groups.iter().map(|figures| {
        let name = figures
            .group
            .map_or_else(|| lang.pick("okänd grupp", "group unknown").to_owned(), |group| group.said(lang));
        let (beyond, people) = (lang.people(figures.people - figures.within), lang.people(figures.people));
        say!(lang, "{name} {beyond} av {people}", "{name} {beyond} of {people}")
    });
    let parts = parts.collect::<Vec<_>>().join("; ");
    say!(lang, "når ingen inom gränsen: {parts}", "reach none within the threshold: {parts}")
}

/// What was found about one kind of service.
fn kind_said(kind: &KindResult, results: &Results, lang: Lang) -> Vec<String> {
    let summary = &kind.summary;
    let (name, persons) = (kind.coverage.kind.said(lang), lang.persons(summary.people_total));
    let beyond = lang.people(summary.people_beyond);
    let share = lang.percent(summary.people_beyond.share_of(summary.people_total));
    let both = |pick: fn(Spread) -> Option<Cost>| {
        let length = pick(summary.lengths).map(|length| lang.km(length.metres()));
        let time = summary.times.and_then(pick).map(|time| lang.minutes(time.seconds()));
        let both = length.into_iter().chain(time).collect::<Vec<_>>().join(" / ");
        if both.is_empty() { "–".to_owned() } else { both }
    };
    let (mean, p90) = (both(|spread| spread.mean), both(|spread| spread.p90));
    let mut lines = vec![say!(
        lang,
        "{name}: {beyond} av {persons} ({share}) bortom gränsen; medel {mean}, P90 {p90}",
        "{name}: {beyond} of {persons} ({share}) beyond the threshold; mean {mean}, P90 {p90}"
    )];
    if !kind.groups.is_empty() {
        lines.push(format!("  {}", groups_said(&kind.groups, lang)));
    }
    lines.extend(kind.only_services().into_iter().take(3).map(|closure| {
        let service = shown_name(results.situation.service_name(closure.service));
        let people = lang.people(closure.people_left_without);
        say_many!(
            lang,
            u8::from(lang.is_one(closure.people_left_without)),
            "  {people} invånare når ingen annan om {service} läggs ner"
                | "  {people} invånare når ingen annan om {service} läggs ner",
            "  {people} person reaches no other if {service} closes"
                | "  {people} people reach no other if {service} closes"
        )
    }));
    let without = summary.people_without_value.iter();
    lines
        .extend(without.map(|(reason, people)| format!("  {}: {}", reason.said(lang), lang.people(*people))));
    lines
}

/// The result in words, for a terminal.
fn report(results: &Results, said: &Analyse, lang: Lang) -> String {
    use crate::model::travel::TravelModel;
    let method = results.travel.method().said(lang);
    let threshold = lang.cost(results.limit(), results.measure());
    let folder = said.out.display();
    let mut lines =
        vec![say!(lang, "Mått: {method}. Gräns: {threshold}.", "Measure: {method}. Threshold: {threshold}.")];
    lines.extend(results.kinds.iter().flat_map(|kind| kind_said(kind, results, lang)));
    lines.extend(notes::of_results(results, lang));
    lines.push(say!(
        lang,
        "Register är ofullständiga; se quality.json. Skrivet till {folder}",
        "Registers are incomplete; see quality.json. Written to {folder}"
    ));
    lines.join("\n")
}
