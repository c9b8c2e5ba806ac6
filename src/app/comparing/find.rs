//! Which place or plan does a name mean? An id, a name, a name with its municipality, or a village that one store is named after;
//! what fits none or several is told with all that fits.

use super::subject::candidate_of;
use crate::app::Results;
use crate::model::recognise::{area_key, folded};
use crate::model::{Area, AreaIx, Project, Scenario, Side, SiteId, TrialPoint};

/// So many names are told to whoever named none.
const TOLD: usize = 8;

/// A name that does not tell one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Unclear {
    /// Nothing is called so; what is called nearly so.
    None { like: Vec<String> },
    /// All that it could be, each with its municipality and id.
    Several { found: Vec<String> },
}

/// What places are called.
struct Named {
    site: SiteId,
    sot: Option<SiteId>,
    /// The SOT place's name, the store's: the first is the one it is told by.
    names: Vec<String>,
    municipality: Option<String>,
}

impl Named {
    fn label(&self) -> String {
        let name = self.names.first().map_or("", String::as_str);
        match &self.municipality {
            Some(municipality) => format!("{name} ({municipality})"),
            None => name.to_owned(),
        }
    }

    fn has_id(&self, key: &str) -> bool {
        let is_it = |site: &SiteId| {
            let own = matches!(site, SiteId::Feature { key: own, .. } if own.to_lowercase() == key);
            own || site.text().to_lowercase() == key
        };
        is_it(&self.site) || self.sot.as_ref().is_some_and(is_it)
    }

    fn is_called(&self, key: &str) -> bool {
        self.names.iter().any(|name| folded(name) == key)
    }

    /// Is a whole word, or several, of a name the one looked for? "Lanthandeln i Föllinge".
    fn names_village(&self, key: &str) -> bool {
        let padded = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            format!(" {} ", words.collect::<Vec<_>>().join(" "))
        };
        let wanted = padded(key);
        wanted.len() > 2 && self.names.iter().any(|name| padded(&folded(name)).contains(&wanted))
    }

    fn is_like(&self, key: &str) -> bool {
        let start: String = key.chars().take(4).collect();
        let has = |name: &String| folded(name).split_whitespace().any(|word| word.starts_with(&start));
        !start.is_empty() && self.names.iter().any(has)
    }
}

fn all(results: &Results, trials: &[TrialPoint]) -> Vec<Named> {
    let situation = &results.situation;
    let candidates = results.candidates.iter().map(|candidate| {
        let sot = candidate.sot.and_then(|at| situation.sot_places.get(at));
        let mut names: Vec<String> = sot.map(|sot| sot.name.clone()).into_iter().collect();
        names.push(candidate.name.clone());
        Named {
            site: candidate.site.clone(),
            sot: sot.map(|sot| sot.site.clone()),
            names,
            municipality: situation.area_name(candidate.area).map(str::to_owned),
        }
    });
    let trials = trials.iter().map(|trial| Named {
        site: SiteId::Trial(trial.id),
        sot: None,
        names: vec![trial.name.clone()],
        municipality: None,
    });
    candidates.chain(trials).collect()
}

/// The place that a text means: an id, a name, `NAME/MUNICIPALITY`, or a village.
///
/// # Errors
/// [`Unclear`] where nothing fits, or several do.
pub fn find(text: &str, results: &Results, trials: &[TrialPoint]) -> Result<SiteId, Unclear> {
    let all = all(results, trials);
    let id = text.trim().to_lowercase();
    let by_id: Vec<&Named> = all.iter().filter(|named| named.has_id(&id)).collect();
    if let [one] = by_id.as_slice() {
        return Ok(one.site.clone());
    }
    let (name, municipality) = match text.rsplit_once('/') {
        Some((name, municipality)) => (name, Some(area_key(municipality))),
        None => (text, None),
    };
    let key = folded(name.trim());
    let is_there = |named: &&Named| {
        let own = || named.municipality.as_deref().map(area_key);
        municipality.is_none() || own() == municipality
    };
    let fitting = |fits: &dyn Fn(&Named) -> bool| -> Vec<&Named> {
        all.iter().filter(is_there).filter(|named| fits(named)).collect()
    };
    let found = [by_id, fitting(&|named| named.is_called(&key)), fitting(&|named| named.names_village(&key))];
    match found.into_iter().find(|found| !found.is_empty()).unwrap_or_default().as_slice() {
        [one] => Ok(one.site.clone()),
        [] => {
            let like = all.iter().filter(|named| named.is_like(&key)).take(TOLD);
            Err(Unclear::None { like: like.map(Named::label).collect() })
        }
        several => Err(Unclear::Several {
            found: several.iter().map(|one| format!("{}: {}", one.label(), one.site.text())).collect(),
        }),
    }
}

/// The area that a text means: its name or its code, with or without "kommun" or "län".
///
/// # Errors
/// [`Unclear`] where nothing fits, or several do.
pub fn find_area(text: &str, results: &Results) -> Result<AreaIx, Unclear> {
    let (key, plain) = (area_key(text), folded(text));
    let areas = || (0u32..).zip(&results.situation.areas);
    let fits = |area: &Area| area_key(&area.name) == key || folded(&area.code) == plain;
    let found: Vec<(u32, &Area)> = areas().filter(|(_, area)| fits(area)).collect();
    match found.as_slice() {
        [(ix, _)] => Ok(AreaIx(*ix)),
        [] => {
            let start: String = key.chars().take(3).collect();
            let like =
                areas().filter(|(_, area)| !start.is_empty() && area_key(&area.name).starts_with(&start));
            Err(Unclear::None { like: like.take(TOLD).map(|(_, area)| area.name.clone()).collect() })
        }
        several => {
            let found = several.iter().map(|(_, area)| format!("{} {}", area.code, area.name));
            Err(Unclear::Several { found: found.collect() })
        }
    }
}

/// What a place or plan is called; its id where it is not there.
#[must_use]
pub fn name_of(side: &Side, results: &Results, project: &Project) -> String {
    let site = match side {
        Side::Place(site) => site,
        Side::Plan(id) => {
            return project.plans.scenario(*id).map_or_else(|| side.text(), |plan| plan.name.clone());
        }
    };
    if let SiteId::Trial(id) = site {
        let trial = project.trials.iter().find(|trial| trial.id == *id);
        return trial.map_or_else(|| site.text(), |trial| trial.name.clone());
    }
    let Some((_, candidate)) = candidate_of(site, results) else { return site.text() };
    let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    sot.map_or_else(|| candidate.name.clone(), |sot| sot.name.clone())
}

/// The saved plan that a text means: its number or its name.
///
/// # Errors
/// [`Unclear`] where nothing fits, or several do.
pub fn find_plan(text: &str, plans: &[Scenario]) -> Result<u32, Unclear> {
    let key = folded(text.trim());
    let label = |plan: &Scenario| format!("{}: {}", plan.name, Side::Plan(plan.id).text());
    if let Some(plan) = plans.iter().find(|plan| Side::Plan(plan.id).text() == key) {
        return Ok(plan.id);
    }
    let found: Vec<&Scenario> = plans.iter().filter(|plan| folded(&plan.name) == key).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Unclear::None { like: plans.iter().take(TOLD).map(|plan| plan.name.clone()).collect() }),
        several => Err(Unclear::Several { found: several.iter().copied().map(label).collect() }),
    }
}
