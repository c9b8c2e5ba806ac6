//! What scenario does a file state? Areas, what fails and for how long, what is added, removed or fuelled, and assumptions, as
//! JSON. Each fault is named by its member and value; a member that is not known is a fault too: what is misspelt would
//! change nothing without a word. Places are names here; which they are is found with the data.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::content::file_name;
use super::exact_json;
use super::{IoError, guarded};
use crate::geometry::LonLat;
use crate::model::Message;
use crate::model::outage::{
    Chain, EdgeEdit, Effect, Fault, Limit, OutageArea, OutageAssumptions, OutageScenario, Part, Range,
    Restored, RoadsClosed, Season, Unsaid, Where,
};

/// Where an area lies, as a file says it.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceSaid {
    Known(Where),
    /// Every polygon of a file.
    File(PathBuf),
}

/// Fuel brought to a place of this name.
#[derive(Debug, Clone, PartialEq)]
pub struct RefuelSaid {
    pub place: String,
    pub hour: f64,
    pub litres: f64,
}

/// A scenario as a file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioSaid {
    /// Without what names places, and with areas of files still everywhere.
    pub scenario: OutageScenario,
    /// By area.
    pub places: Vec<PlaceSaid>,
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub refuels: Vec<RefuelSaid>,
    /// What it assumes otherwise.
    pub assumptions: OutageAssumptions,
}

impl ScenarioSaid {
    /// A scenario that names no place.
    #[must_use]
    pub fn of(scenario: OutageScenario, assumptions: OutageAssumptions) -> Self {
        let places = scenario.areas.iter().map(|area| PlaceSaid::Known(area.place.clone())).collect();
        let (added, removed, refuels) = (Vec::new(), Vec::new(), Vec::new());
        Self { scenario, places, added, removed, refuels, assumptions }
    }
}

/// Reads a scenario; what it does not say of assumptions stays as it is in `assumptions`.
///
/// # Errors
/// [`IoError::Open`], or [`IoError::Table`] for what is no scenario.
pub fn read_scenario(path: &Path, assumptions: &OutageAssumptions) -> Result<ScenarioSaid, IoError> {
    guarded(&file_name(path), || {
        let text = std::fs::read(path).map_err(|source| IoError::Open { path: path.to_owned(), source })?;
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let fault = |message: Message| IoError::Table { file: file_name(path), message };
        let text = String::from_utf8_lossy(text);
        let said: Value = exact_json::parse(&text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            fault(Message::new(
                format!("inte giltig JSON på rad {line}, tecken {column}"),
                format!("not valid JSON at line {line}, column {column}"),
            ))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut read = scenario(&Member::root(&said), folder, assumptions).map_err(fault)?;
        if read.scenario.name.is_empty() {
            read.scenario.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        }
        match read.scenario.first_fault() {
            Some([sv, en]) => Err(fault(Message::new(sv, en))),
            None => Ok(read),
        }
    })
}

/// A value and where it stands.
struct Member<'a> {
    at: String,
    value: &'a Value,
}

type Read<T> = Result<T, Message>;

impl<'a> Member<'a> {
    const fn root(value: &'a Value) -> Self {
        Self { at: String::new(), value }
    }

    fn wrong<T>(&self, sv: &str, en: &str) -> Read<T> {
        let text = self.value.to_string();
        let (at, value) = (&self.at, text.chars().take(60).collect::<String>());
        let at = if at.is_empty() { "JSON" } else { at };
        Err(Message::new(
            format!("{at} är {value}; där ska stå {sv}"),
            format!("{at} is {value}; there should be {en}"),
        ))
    }

    /// The members of an object, each of them known.
    fn object(&self, known: &[&str]) -> Read<&'a Map<String, Value>> {
        let Some(object) = self.value.as_object() else {
            return self.wrong("ett objekt {…}", "an object {…}");
        };
        match object.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(object),
            Some(key) => {
                let (key, known) = (self.name_of(key), known.join(", "));
                Err(Message::new(
                    format!("ingenting heter {key}. Känt är: {known}"),
                    format!("nothing is called {key}. Known are: {known}"),
                ))
            }
        }
    }

    fn name_of(&self, key: &str) -> String {
        if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) }
    }

    fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { at: self.name_of(key), value })
    }

    fn list(&self) -> Read<Vec<Self>> {
        let Some(list) = self.value.as_array() else { return self.wrong("en lista […]", "a list […]") };
        let item = |(at, value)| Self { at: format!("{}[{at}]", self.at), value };
        Ok(list.iter().enumerate().map(item).collect())
    }

    fn text(&self) -> Read<String> {
        match self.value.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => self.wrong("en text", "a text"),
        }
    }

    fn texts(&self) -> Read<Vec<String>> {
        self.list()?.iter().map(Self::text).collect()
    }

    fn number(&self) -> Read<f64> {
        match self.value.as_f64().filter(|number| number.is_finite() && *number >= 0.0) {
            Some(number) => Ok(number),
            None => self.wrong("ett tal som inte är under 0", "a number that is not below 0"),
        }
    }

    /// A number, or the least and the most.
    fn range(&self) -> Read<Range> {
        if !self.value.is_array() {
            return self.number().map(Range::exactly);
        }
        match self.list()?.iter().map(Self::number).collect::<Read<Vec<f64>>>()?.as_slice() {
            [least, most] if least <= most => Ok(Range(*least, *most)),
            _ => self.wrong(
                "ett tal eller [minst, mest], det mindre först",
                "a number or [least, most], the smaller first",
            ),
        }
    }

    fn choice<T>(&self, all: &[T], id: impl Fn(&T) -> &'static str) -> Read<T>
    where
        T: Copy,
    {
        let said = self.value.as_str().unwrap_or_default();
        if let Some(one) = all.iter().find(|one| id(one) == said) {
            return Ok(*one);
        }
        let known = all.iter().map(id).collect::<Vec<_>>().join(", ");
        self.wrong(&format!("något av {known}"), &format!("one of {known}"))
    }
}

fn or<'a, T>(member: Option<Member<'a>>, read: impl Fn(&Member<'a>) -> Read<T>, otherwise: T) -> Read<T> {
    member.map_or(Ok(otherwise), |member| read(&member))
}

fn scenario(said: &Member<'_>, folder: &Path, assumptions: &OutageAssumptions) -> Read<ScenarioSaid> {
    said.object(&[
        "name",
        "season",
        "areas",
        "roads",
        "added",
        "removed",
        "refuels",
        "weight",
        "assumptions",
    ])?;
    let Some(areas) = said.get("areas") else {
        return Err(Message::new(
            "”areas” saknas: vad är borta, var och hur länge? T.ex. {\"everything\": true, \"hours\": 24, \"faults\": [\"power\"]}",
            "“areas” is missing: what is gone, where and for how long? For example {\"everything\": true, \"hours\": 24, \"faults\": [\"power\"]}",
        ));
    };
    let areas = areas.list()?.iter().map(|one| area(one, folder)).collect::<Read<Vec<_>>>()?;
    let (areas, places) = areas.into_iter().unzip();
    let roads = said.get("roads").map(|roads| {
        roads.object(&["start_h", "hours"])?;
        let start_h = or(roads.get("start_h"), Member::number, 0.0)?;
        let hours =
            roads.get("hours").map_or_else(|| roads.wrong("hours", "hours"), |hours| hours.number())?;
        Ok(RoadsClosed { start_h, hours })
    });
    let refuel = |one: &Member<'_>| {
        one.object(&["place", "hour", "litres"])?;
        let needed = |key: &str| {
            one.get(key).map_or_else(|| one.wrong("place, hour, litres", "place, hour, litres"), Ok)
        };
        let (hour, litres) = (needed("hour")?.number()?, needed("litres")?.number()?);
        Ok(RefuelSaid { place: needed("place")?.text()?, hour, litres })
    };
    let scenario = OutageScenario {
        name: or(said.get("name"), Member::text, String::new())?,
        areas,
        season: or(
            said.get("season"),
            |one| one.choice(&[Season::Winter, Season::Summer], |s| s.id()),
            Season::Winter,
        )?,
        roads: roads.transpose()?,
        weight: or(said.get("weight"), Member::number, 1.0)?,
        ..OutageScenario::empty(1)
    };
    let refuels = |list: &Member<'_>| list.list()?.iter().map(refuel).collect::<Read<Vec<_>>>();
    Ok(ScenarioSaid {
        scenario,
        places,
        added: or(said.get("added"), Member::texts, Vec::new())?,
        removed: or(said.get("removed"), Member::texts, Vec::new())?,
        refuels: or(said.get("refuels"), refuels, Vec::new())?,
        assumptions: or(said.get("assumptions"), |one| assumed(one, assumptions), assumptions.clone())?,
    })
}

fn area(said: &Member<'_>, folder: &Path) -> Read<(OutageArea, PlaceSaid)> {
    said.object(&[
        "name",
        "everything",
        "municipalities",
        "geometry",
        "file",
        "start_h",
        "hours",
        "faults",
        "restored",
    ])?;
    let places = ["everything", "municipalities", "geometry", "file"];
    let given: Vec<Member<'_>> = places.iter().filter_map(|key| said.get(key)).collect();
    let [given] = given.as_slice() else {
        return said.wrong(
            "var det är: ett av everything, municipalities, geometry eller file",
            "where it is: one of everything, municipalities, geometry or file",
        );
    };
    let place = if given.at.ends_with("everything") {
        if given.value != &Value::Bool(true) {
            return given.wrong("true", "true");
        }
        PlaceSaid::Known(Where::Everything)
    } else if given.at.ends_with("municipalities") {
        PlaceSaid::Known(Where::Municipalities(given.texts()?))
    } else if given.at.ends_with("geometry") {
        PlaceSaid::Known(Where::Outlines(geometry(given)?))
    } else {
        PlaceSaid::File(folder.join(given.text()?))
    };
    let Some(hours) = said.get("hours") else {
        return said.wrong("hours, hur länge det varar", "hours, how long it lasts");
    };
    let faults = |list: &Member<'_>| {
        let one = |one: &Member<'_>| one.choice(&Fault::ALL, |fault| fault.id());
        list.list()?.iter().map(one).collect::<Read<BTreeSet<Fault>>>()
    };
    let step = |one: &Member<'_>| {
        one.object(&["after_h", "share"])?;
        let needed =
            |key: &str| one.get(key).map_or_else(|| one.wrong("after_h, share", "after_h, share"), Ok);
        Ok(Restored { after_h: needed("after_h")?.number()?, share: needed("share")?.number()? })
    };
    let steps = |list: &Member<'_>| list.list()?.iter().map(step).collect::<Read<Vec<_>>>();
    let known = match &place {
        PlaceSaid::Known(known) => known.clone(),
        PlaceSaid::File(_) => Where::Everything,
    };
    let area = OutageArea {
        name: or(said.get("name"), Member::text, String::new())?,
        place: known,
        start_h: or(said.get("start_h"), Member::number, 0.0)?,
        hours: hours.number()?,
        faults: or(said.get("faults"), faults, BTreeSet::from([Fault::Power]))?,
        restored: or(said.get("restored"), steps, Vec::new())?,
    };
    Ok((area, place))
}

/// An outline that encloses nothing.
fn few<T>(said: &Member<'_>) -> Read<T> {
    said.wrong("en yta med minst tre hörn", "an outline with at least three corners")
}

/// A polygon or several, of GeoJSON.
fn geometry(said: &Member<'_>) -> Read<Vec<Vec<Vec<LonLat>>>> {
    let wrong = || {
        said.wrong(
            "en GeoJSON-geometri, Polygon eller MultiPolygon",
            "a GeoJSON geometry, Polygon or MultiPolygon",
        )
    };
    let Some(coordinates) = said.get("coordinates") else { return wrong() };
    let ring = |one: &Member<'_>| {
        let place = |at: &Member<'_>| {
            let numbers: Option<Vec<f64>> =
                at.value.as_array().map(|list| list.iter().filter_map(Value::as_f64).collect());
            match numbers.as_deref() {
                Some([lon, lat, ..]) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => {
                    Ok(LonLat::new(*lon, *lat))
                }
                _ => at.wrong("[longitud, latitud] i grader", "[longitude, latitude] in degrees"),
            }
        };
        let ring = one.list()?.iter().map(place).collect::<Read<Vec<LonLat>>>()?;
        // The last is the first again.
        let is_closed = ring.len() > 1 && ring.first() == ring.last();
        if ring.len() < 3 + usize::from(is_closed) { few(one) } else { Ok(ring) }
    };
    let polygon = |one: &Member<'_>| match one.list()?.as_slice() {
        [] => few(one),
        rings => rings.iter().map(ring).collect::<Read<Vec<_>>>(),
    };
    match said.get("type").and_then(|kind| kind.value.as_str()) {
        Some("Polygon") => Ok(vec![polygon(&coordinates)?]),
        Some("MultiPolygon") => match coordinates.list()?.as_slice() {
            [] => few(&coordinates),
            polygons => polygons.iter().map(polygon).collect(),
        },
        _ => wrong(),
    }
}

fn assumed(said: &Member<'_>, otherwise: &OutageAssumptions) -> Read<OutageAssumptions> {
    let mut out = otherwise.clone();
    let rows = otherwise.rows();
    let known: Vec<&str> =
        rows.iter().map(|row| row.id).chain(["own_power_unsaid", "dependencies"]).collect();
    said.object(&known)?;
    for row in &rows {
        let Some(one) = said.get(row.id) else { continue };
        let value = one.range()?;
        if row.is_single && !value.is_exact() {
            return one.wrong("ett tal", "a number");
        }
        out = out.with(row.id, value);
        if out.rows().iter().any(|now| now.id == row.id && now.value != value) {
            return one.wrong("ett tal som går att räkna med", "a number that can be computed with");
        }
    }
    if let Some(one) = said.get("own_power_unsaid") {
        out.own_power_unsaid = one.choice(&[Unsaid::Unknown, Unsaid::No], |unsaid| match unsaid {
            Unsaid::Unknown => "unknown",
            Unsaid::No => "no",
        })?;
    }
    if let Some(list) = said.get("dependencies") {
        for one in list.list()? {
            let (id, edit) = dependency(&one)?;
            out.edits.insert(id, edit);
        }
    }
    match out.first_fault() {
        Some(id) => said.wrong(&format!("rimliga tal; se {id}"), &format!("fair numbers; see {id}")),
        None => Ok(out),
    }
}

fn dependency(said: &Member<'_>) -> Read<((Part, Part), EdgeEdit)> {
    said.object(&["from", "to", "effect", "delay_h", "delay_in_locality_h", "recovery_h"])?;
    let part = |key: &str| match said.get(key) {
        Some(one) => one.choice(&Part::ALL, |part| part.id()),
        None => said.wrong("from, to", "from, to"),
    };
    let id = (part("from")?, part("to")?);
    let Some(row) =
        Chain::with(&std::collections::BTreeMap::new()).edges.into_iter().find(|edge| edge.id() == id)
    else {
        return said.wrong(
            "ett beroende som finns (se docs/outage.md)",
            "a dependency that there is (see docs/outage.md)",
        );
    };
    let effect = |one: &Member<'_>| {
        let limits = Limit::ALL.into_iter().map(Effect::Limits);
        let all: Vec<Effect> = [Effect::Stops, Effect::Nothing].into_iter().chain(limits).collect();
        one.choice(&all, |effect| match effect {
            Effect::Stops => "stops",
            Effect::Nothing => "nothing",
            Effect::Limits(limit) => limit.id(),
        })
    };
    let delay = |one: &Member<'_>| {
        if one.value.as_str() == Some("never") { Ok(None) } else { one.range().map(Some) }
    };
    let there = |one: &Member<'_>| {
        if row.delay_in_locality.is_none() {
            return one
                .wrong("inget: beroendet skiljer inte på tätort", "nothing: localities are no matter of it");
        }
        let is_never = one.value.as_str() == Some("never");
        if is_never { Ok(Some(Range::NEVER)) } else { one.range().map(Some) }
    };
    // Said once, it holds everywhere.
    let in_locality = row.delay_in_locality.filter(|_| said.get("delay_h").is_none());
    let edit = EdgeEdit {
        effect: or(said.get("effect"), effect, row.effect)?,
        delay: or(said.get("delay_h"), delay, row.delay)?,
        delay_in_locality: or(said.get("delay_in_locality_h"), there, in_locality)?,
        recovery_h: or(said.get("recovery_h"), Member::number, row.recovery_h)?,
    };
    Ok((id, edit))
}
