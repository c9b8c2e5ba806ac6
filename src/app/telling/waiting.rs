//! What waits for somebody to decide, and changes no figure until then? Edits of files that have changed, closures of
//! roads that have, people who are counted twice.

use crate::app::Results;
use crate::app::travel::Travel;
use crate::lang::Lang;

use crate::model::{CountedTwice, MadeOn, Project, RoadClosure};
use crate::units::People;
use crate::{say, say_many};

/// What waits or counts twice, a line each, for whoever looks elsewhere.
#[must_use]
pub fn notes(project: &Project, results: Option<&Results>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let held = project.held.len();
    if held > 0 {
        let count = lang.count(held);
        lines.push(say!(
            lang,
            "Platser som väntar på beslut: {count}, se Data. Uppgifterna om dem räknas inte.",
            "Places waiting for a decision: {count}, see Data. Facts about them are not counted."
        ));
    }
    let Some(results) = results else { return lines };
    let closures = results.project.closures.iter();
    let waiting = closures.filter(|closure| results.travel.is_waiting(closure)).count();
    if waiting > 0 {
        let waiting = lang.count(waiting);
        lines.push(say!(
            lang,
            "Vägavstängningar som väntar på beslut: {waiting}, se Vägavstängningar under Tillgänglighet. De stänger inget.",
            "Road closures waiting for a decision: {waiting}, see Road closures under Reach. They close nothing."
        ));
    }
    let twice = results.situation.counted_twice.iter().filter(|twice| !twice.is_dropped);
    let people: People = twice.map(|twice| twice.people).sum();
    if people > People::ZERO {
        let is_one = u8::from(lang.is_one(people));
        let people = lang.people(people);
        lines.push(say_many!(
            lang,
            is_one,
            "{people} invånare räknas två gånger: se Data." | "{people} invånare räknas två gånger: se Data.",
            "{people} person is counted twice: see Data." | "{people} people are counted twice: see Data."
        ));
    }
    lines
}

/// People who are counted twice, or are not since somebody said so.
#[must_use]
pub fn twice(results: &Results, twice: &CountedTwice, lang: Lang) -> String {
    let name = |id| results.project.layer(id).map(|layer| layer.name.clone()).unwrap_or_default();
    let (layer, other) = (name(twice.layer), name(twice.already_in));
    let is_one = u8::from(lang.is_one(twice.people));
    let (cells, people) = (lang.count(twice.cells), lang.people(twice.people));
    if twice.is_dropped {
        say_many!(
            lang,
            is_one,
            "{people} invånare i {layer} räknas inte en gång till: finns redan i {other} (rutor: {cells})."
                | "{people} invånare i {layer} räknas inte en gång till: finns redan i {other} (rutor: {cells}).",
            "{people} person in {layer} is not counted again: already in {other} (cells: {cells})."
                | "{people} people in {layer} are not counted again: already in {other} (cells: {cells})."
        )
    } else {
        say_many!(
            lang,
            is_one,
            "{people} invånare räknas två gånger: i {layer} och i {other} (rutor: {cells})."
                | "{people} invånare räknas två gånger: i {layer} och i {other} (rutor: {cells}).",
            "{people} person is counted twice: in {layer} and in {other} (cells: {cells})."
                | "{people} people are counted twice: in {layer} and in {other} (cells: {cells})."
        )
    }
}

/// A closure that was made on other roads than it hits now; `None` where it holds.
#[must_use]
pub fn closure(results: &Results, closure: &RoadClosure, lang: Lang) -> Option<String> {
    let Travel::Road(prepared) = &results.travel else { return None };
    if !results.travel.is_waiting(closure) {
        return None;
    }
    let named = |roads: &[String]| {
        if roads.is_empty() { lang.pick("ingen väg", "no road").to_owned() } else { roads.join(", ") }
    };
    let now = named(prepared.roads_hit_by(closure));
    Some(match &closure.made_on {
        MadeOn::Roads(roads) => {
            let before = named(roads);
            say!(
                lang,
                "Vägarna har ändrats. Avstängningen gällde {before} och träffar nu {now}. Den gäller inte förrän du har bekräftat den.",
                "The roads have changed. The closure was made for {before} and now hits {now}. It has no effect until you confirm it."
            )
        }
        _ => say!(
            lang,
            "Vägarna har ändrats, och projektet minns inte vilken väg som stängdes. Avstängningen träffar nu {now}. Den gäller inte förrän du har bekräftat den.",
            "The roads have changed, and the project does not remember which road was closed. The closure now hits {now}. It has no effect until you confirm it."
        ),
    })
}
