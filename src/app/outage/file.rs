//! How does a scenario of a file become one of the data, and how is one written to be read again?

use serde_json::{Value, json};

use super::hits::Unfit;
use crate::app::Results;
use crate::app::comparing::{self, Unclear};
use crate::app::load::{self, Wanted};
use crate::geometry::{LonLat, Reprojection};
use crate::io::outage_file::{PlaceSaid, ScenarioSaid};
use crate::io::{IoError, LoadOptions, Loaded};
use crate::lang::{Lang, Said};
use crate::model::outage::{
    Delay, Effect, NEVER_H, OutageAssumptions, OutageScenario, Outlines, Range, Refuel, Unsaid, Where,
};
use crate::model::recognise::folded;
use crate::model::{AreaFields, Message, Role, SiteId};
use crate::progress::Progress;
use crate::say;

/// Why a scenario of a file does not fit the data.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Io(#[from] IoError),
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A name that is no place, or several.
    #[error("{}", self.said(Lang::En))]
    Place { member: &'static str, name: String, found: Unclear },
}

impl Said for FileError {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => error.said(lang),
            Self::Unfit(error) => error.said(lang),
            Self::Place { member, name, found: Unclear::None { like } } => {
                let like = if like.is_empty() { String::new() } else { format!(" ({})", like.join(", ")) };
                say!(
                    lang,
                    "{member}: ingen plats heter ”{name}”{like}. Använd namn eller id ur clocks.csv",
                    "{member}: no place is called “{name}”{like}. Use a name or id of clocks.csv"
                )
            }
            Self::Place { member, name, found: Unclear::Several { found } } => {
                let found = found.join("; ");
                say!(
                    lang,
                    "{member}: ”{name}” passar flera platser. Skriv id: {found}",
                    "{member}: “{name}” fits several places. Write an id: {found}"
                )
            }
        }
    }
}

/// The scenario of a file, with the places and areas that it names.
///
/// # Errors
/// [`FileError`] where a place or a file of areas is not there.
pub fn resolved(
    said: ScenarioSaid,
    results: &Results,
    progress: &dyn Progress,
) -> Result<(OutageScenario, OutageAssumptions), FileError> {
    let ScenarioSaid { mut scenario, places, added, removed, refuels, assumptions } = said;
    for (area, place) in scenario.areas.iter_mut().zip(places) {
        if let PlaceSaid::File(path) = place {
            let options =
                LoadOptions { role: Some(Role::Areas(AreaFields::default())), ..LoadOptions::default() };
            let wanted = Wanted { path: path.clone(), options };
            let read = load::read_all(&[wanted], progress).into_iter().next();
            let Some(loaded) = read.transpose()? else { continue };
            let outlines = outlines(&loaded);
            if outlines.is_empty() {
                let file = loaded.source.name();
                let message = Message::new("inga ytor i filen", "no polygons in the file");
                return Err(IoError::Table { file, message }.into());
            }
            area.place = Where::Outlines(outlines);
            if area.name.is_empty() {
                area.name = loaded.source.name();
            }
        }
    }
    for (number, area) in (1..).zip(&mut scenario.areas) {
        if area.name.is_empty() {
            area.name = match &area.place {
                Where::Municipalities(names) => names.join(", "),
                Where::Everything | Where::Outlines(_) => format!("#{number}"),
            };
        }
    }
    let candidate = |member: &'static str, name: &String| {
        comparing::find(name, results, &results.project.trials).map_err(|found| FileError::Place {
            member,
            name: name.clone(),
            found,
        })
    };
    scenario.added = added.iter().map(|name| candidate("added", name)).collect::<Result<_, _>>()?;
    let any = |member: &'static str, name: &String| match serving(name, results) {
        Some(Ok(site)) => Ok(site),
        Some(Err(found)) => {
            Err(FileError::Place { member, name: name.clone(), found: Unclear::Several { found } })
        }
        None => candidate(member, name),
    };
    scenario.removed = removed.iter().map(|name| any("removed", name)).collect::<Result<_, _>>()?;
    for refuel in refuels {
        let site = any("refuels", &refuel.place)?;
        scenario.refuels.push(Refuel { site, hour: refuel.hour, litres: refuel.litres });
    }
    Ok((scenario, assumptions))
}

/// A service by its id or its whole name; all ids where several bear the name.
fn serving(name: &str, results: &Results) -> Option<Result<SiteId, Vec<String>>> {
    let services = &results.situation.services;
    let is_id = |site: &SiteId| {
        site.text() == name.trim() || matches!(site, SiteId::Feature { key, .. } if key == name.trim())
    };
    if let Some(service) = services.iter().find(|service| is_id(&service.site)) {
        return Some(Ok(service.site.clone()));
    }
    let key = folded(name.trim());
    let found: Vec<&SiteId> =
        services.iter().filter(|service| folded(&service.name) == key).map(|service| &service.site).collect();
    match found.as_slice() {
        [] => None,
        [one] => Some(Ok((*one).clone())),
        several => Some(Err(several.iter().map(|site| site.text()).collect())),
    }
}

/// The polygons of a file, in degrees.
fn outlines(loaded: &Loaded) -> Outlines {
    let reprojection = Reprojection::new(loaded.source.crs);
    let shapes = loaded.table.features.iter().filter_map(|feature| feature.shape.as_deref());
    outlines_of(shapes, &reprojection)
}

/// The polygons among shapes of a layer, in degrees.
pub fn outlines_of<'a>(
    shapes: impl Iterator<Item = &'a geo::Geometry>,
    reprojection: &Reprojection,
) -> Outlines {
    let ring = |line: &geo::LineString| -> Vec<LonLat> {
        line.coords().filter_map(|at| reprojection.lon_lat(at.x, at.y)).collect()
    };
    let rings = |polygon: &geo::Polygon| -> Vec<Vec<LonLat>> {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    let of = |shape: &geo::Geometry| -> Vec<Vec<Vec<LonLat>>> {
        match shape {
            geo::Geometry::Polygon(polygon) => vec![rings(polygon)],
            geo::Geometry::MultiPolygon(several) => several.iter().map(rings).collect(),
            _ => Vec::new(),
        }
    };
    shapes.flat_map(of).filter(|rings| rings.first().is_some_and(|ring| ring.len() > 3)).collect()
}

fn range(range: Range) -> Value {
    if range.0 >= NEVER_H {
        json!("never")
    } else if range.is_exact() {
        json!(range.0)
    } else {
        json!([range.0, range.1])
    }
}

fn delay(delay: Delay) -> Value {
    delay.map_or_else(|| json!("never"), range)
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Stops => "stops",
        Effect::Nothing => "nothing",
        Effect::Limits(limit) => limit.id(),
    }
}

/// A scenario and what it assumes, as its file: read again it is the same.
#[must_use]
pub fn written(scenario: &OutageScenario, assumed: &OutageAssumptions) -> Value {
    let area = |area: &crate::model::outage::OutageArea| {
        let mut out = json!({
            "name": area.name,
            "start_h": area.start_h,
            "hours": area.hours,
            "faults": area.faults.iter().map(|fault| fault.id()).collect::<Vec<_>>(),
        });
        match &area.place {
            Where::Everything => out["everything"] = json!(true),
            Where::Municipalities(names) => out["municipalities"] = json!(names),
            Where::Outlines(outlines) => {
                let polygon = |rings: &Vec<Vec<LonLat>>| -> Vec<Vec<[f64; 2]>> {
                    rings.iter().map(|ring| ring.iter().map(|at| [at.lon, at.lat]).collect()).collect()
                };
                let coordinates: Vec<_> = outlines.iter().map(polygon).collect();
                out["geometry"] = json!({"type": "MultiPolygon", "coordinates": coordinates});
            }
        }
        if !area.restored.is_empty() {
            let steps =
                area.restored.iter().map(|step| json!({"after_h": step.after_h, "share": step.share}));
            out["restored"] = steps.collect();
        }
        out
    };
    let sites =
        |sites: &std::collections::BTreeSet<SiteId>| sites.iter().map(SiteId::text).collect::<Vec<_>>();
    let refuel =
        |refuel: &Refuel| json!({"place": refuel.site.text(), "hour": refuel.hour, "litres": refuel.litres});
    let mut assumptions: serde_json::Map<String, Value> =
        assumed.rows().into_iter().map(|row| (row.id.to_owned(), range(row.value))).collect();
    let unsaid = if assumed.own_power_unsaid == Unsaid::No { "no" } else { "unknown" };
    assumptions.insert("own_power_unsaid".into(), json!(unsaid));
    let edits = assumed.edits.iter().map(|((from, to), edit)| {
        let mut out = json!({
            "from": from.id(), "to": to.id(), "effect": effect(edit.effect), "delay_h": delay(edit.delay),
            "recovery_h": edit.recovery_h,
        });
        if let Some(there) = edit.delay_in_locality {
            out["delay_in_locality_h"] = range(there);
        }
        out
    });
    assumptions.insert("dependencies".into(), edits.collect());
    let mut out = json!({
        "name": scenario.name,
        "season": scenario.season.id(),
        "areas": scenario.areas.iter().map(area).collect::<Vec<_>>(),
        "added": sites(&scenario.added),
        "removed": sites(&scenario.removed),
        "refuels": scenario.refuels.iter().map(refuel).collect::<Vec<_>>(),
        "weight": scenario.weight,
        "assumptions": assumptions,
    });
    if let Some(roads) = scenario.roads {
        out["roads"] = json!({"start_h": roads.start_h, "hours": roads.hours});
    }
    out
}
