//! What does the list of machines of a place come to, in words for window and terminal, and which facts of the place does
//! it give? Does not know how reserve power is sized (see `power`).

use super::Results;
use super::command::{Change, Command};
use crate::lang::{Lang, Said as _};
use crate::model::outage::LoadList;
use crate::model::{
    Evidence, Fact, FactValue, Load, LoadHours, Message, PowerAssumptions, Project, SiteId, Situation,
};
use crate::power::{PowerAssumption, Sizing, size};
use crate::say;
use crate::siting::{Candidate, fact_of, recorded_at};

/// Hours that litres are told for.
pub const TOLD: [u32; 3] = [24, 72, 168];

/// The attributes that a list gives its place.
const POWER: &str = "power_need_kva";
const CONTAINERS: &str = "containers";
const LITRES: &str = "litres_per_hour";
const TANK: &str = "tank_litres";

/// The reserve power that a list takes.
///
/// # Errors
/// What of it no computation could make sense of, and what to do.
pub fn sized(list: &LoadList) -> Result<Sizing, Message> {
    if let Some(fault) = first_fault(list) {
        return Err(fault);
    }
    size(&list.loads, &list.assumed).ok_or_else(|| {
        Message::new(
            "maskinerna tar ingen effekt. Skriv deras märkeffekt i kW",
            "the machines take no power. Write their rated power in kW",
        )
    })
}

fn first_fault(list: &LoadList) -> Option<Message> {
    let of_load = |(at, load): (usize, &Load)| {
        let is_within =
            |value: f64, least: f64, most: f64| value.is_finite() && (least..=most).contains(&value);
        let row = at + 1;
        if !is_within(load.kw, 0.0, Load::MOST_KW) {
            let sv = format!("rad {row}: märkeffekten måste vara 0 kW eller mer");
            return Some(Message::new(sv, format!("row {row}: the rated power must be 0 kW or more")));
        }
        if !is_within(load.start_factor, 1.0, Load::MOST_START) {
            let sv = format!("rad {row}: startfaktorn måste ligga mellan 1 och 20");
            return Some(Message::new(sv, format!("row {row}: the start factor must lie between 1 and 20")));
        }
        let is_many = load.count > Load::MOST_COUNT;
        let of_hours = matches!(load.hours, LoadHours::Between(from, to) if from > 24 || to > 24);
        let said = |sv: &str, en: &str| Message::new(format!("rad {row}: {sv}"), format!("row {row}: {en}"));
        is_many
            .then(|| said("antalet är för stort", "the number is too large"))
            .or(of_hours.then(|| said("timmar går från 0 till 24", "hours go from 0 to 24")))
    };
    let of_assumption = || {
        let wrong = PowerAssumption::ALL.into_iter().find(|one| !one.is_sound(&list.assumed))?;
        let (sv, en) = (wrong.said(Lang::Sv), wrong.said(Lang::En));
        let (least, most) = (*wrong.range().start(), *wrong.range().end());
        let sv = format!("{sv}: måste ligga mellan {least} och {most}");
        Some(Message::new(sv, format!("{en}: must lie between {least} and {most}")))
    };
    list.loads.iter().enumerate().find_map(of_load).or_else(of_assumption)
}

/// A figure with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub value: String,
}

/// What came of it, in the order of what is asked first.
#[must_use]
pub fn lines(sizing: &Sizing, assumed: &PowerAssumptions, lang: Lang) -> Vec<Line> {
    let number = |value: f64| lang.number(value, 1);
    let kw = |value: f64| format!("{} kW", number(value));
    let an_hour = |value: f64| say!(lang, "{} l/h", "{} l/h", number(value));
    let litres = |value: f64| say!(lang, "{} liter", "{} litres", lang.number(value, 0));
    let set = format!("{} kVA ({})", number(sizing.kva), kw(sizing.set_kw));
    let line = |sv: &str, en: &str, value: String| Line { name: lang.pick(sv, en).to_owned(), value };
    let mut out = vec![
        line("Aggregat", "Set", set),
        line("Containrar", "Containers", sizing.containers.to_string()),
        line("Last, som mest på samma gång", "Load, at most at once", kw(sizing.kw)),
        line("Märkeffekt, alla maskiner", "Rated power, all machines", kw(sizing.rated_kw)),
        line("Därav kyla", "Of that, cold", kw(sizing.cold_kw)),
        line(
            "Diesel, i medel över dygnet",
            "Diesel, on average over the day",
            an_hour(sizing.litres_per_hour),
        ),
    ];
    if sizing.heater_litres_per_hour > 0.0 {
        out.push(line("Därav värmaren", "Of that, the heater", an_hour(sizing.heater_litres_per_hour)));
    }
    out.extend(TOLD.map(|hours| Line {
        name: say!(lang, "Diesel, {hours} timmar", "Diesel, {hours} hours"),
        value: litres(sizing.litres(f64::from(hours))),
    }));
    if let Some(hours) = sizing.tank_hours {
        let value = say!(lang, "{} timmar", "{} hours", number(hours));
        out.push(line("Tanken räcker", "The tank lasts", value));
    }
    if let Some(price) = assumed.litre_price {
        let cost = lang.number(price * sizing.litres(24.0), 0);
        out.push(line(
            "Diesel, kostnad per dygn",
            "Diesel, cost a day",
            say!(lang, "{cost} kr", "SEK {cost}"),
        ));
    }
    out
}

/// What is assumed, in a line.
#[must_use]
pub fn assumed_line(assumed: &PowerAssumptions, lang: Lang) -> String {
    let [simultaneity, margin, factor] =
        [assumed.simultaneity, assumed.margin, assumed.power_factor].map(|value| lang.number(value, 2));
    let most = lang.number(assumed.container_kva, 0);
    say!(
        lang,
        "Antaget: samtidighet {simultaneity}, marginal {margin}, effektfaktor {factor}, högst {most} kVA i en container. Inget av det är ett löfte.",
        "Assumed: simultaneity {simultaneity}, margin {margin}, power factor {factor}, {most} kVA in one container at most. None of it is a promise."
    )
}

/// Where the list of a place stands: where its facts do.
#[must_use]
pub fn listed_at(candidate: &Candidate, situation: &Situation) -> SiteId {
    recorded_at(candidate, situation).clone()
}

/// The candidate whose list stands there; a test site is none.
#[must_use]
pub fn candidate_at<'a>(site: &SiteId, results: &'a Results) -> Option<&'a Candidate> {
    let is_it = |candidate: &&Candidate| recorded_at(candidate, &results.situation) == site;
    results.candidates.iter().find(is_it)
}

/// The list of a place; where there is none yet no machines, and the tank that is known of the place.
#[must_use]
pub fn list_at(site: &SiteId, project: &Project, results: Option<&Results>) -> LoadList {
    if let Some(list) = project.outages.loads.get(site) {
        return list.clone();
    }
    let tank = results.and_then(|results| known(candidate_at(site, results)?, &results.situation, TANK));
    let tank_litres = tank.filter(|litres| *litres > 0.0);
    LoadList { loads: Vec::new(), assumed: PowerAssumptions { tank_litres, ..PowerAssumptions::default() } }
}

fn known(candidate: &Candidate, situation: &Situation, id: &str) -> Option<f64> {
    match fact_of(candidate, situation, id)?.value {
        FactValue::Number(number) => Some(number),
        _ => None,
    }
}

/// The facts that a list gives its place, to a tenth: finer than anything assumed.
fn given(sizing: &Sizing, assumed: &PowerAssumptions) -> Vec<(&'static str, f64)> {
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let mut out = vec![
        (POWER, tenth(sizing.kva)),
        (CONTAINERS, f64::from(sizing.containers)),
        (LITRES, tenth(sizing.litres_per_hour)),
    ];
    out.extend(assumed.tank_litres.map(|litres| (TANK, litres)));
    out
}

/// Does the place bear these facts already?
#[must_use]
pub fn is_used(
    candidate: &Candidate,
    situation: &Situation,
    sizing: &Sizing,
    assumed: &PowerAssumptions,
) -> bool {
    given(sizing, assumed)
        .into_iter()
        .all(|(id, value)| known(candidate, situation, id).is_some_and(|known| (known - value).abs() < 1e-9))
}

/// Writes the figures of a list down as facts of its place, in one step.
#[must_use]
pub fn used(
    candidate: &Candidate,
    situation: &Situation,
    sizing: &Sizing,
    assumed: &PowerAssumptions,
    today: &str,
    lang: Lang,
) -> Command {
    let site = recorded_at(candidate, situation);
    let sot = candidate.sot.and_then(|at| situation.sot_places.get(at)).filter(|sot| sot.site != *site);
    let what = lang.pick("platsens lista över maskiner", "the list of machines of the place");
    let evidence = Evidence { when: today.to_owned(), ..Evidence::calculated(what) };
    let mut changes = Vec::new();
    for (id, value) in given(sizing, assumed) {
        let fact = Fact::new(FactValue::Number(value), evidence.clone());
        // In an outage what the SOT place says goes before its store: an older number must not stand there.
        if let Some(sot) = sot.filter(|sot| sot.facts.contains_key(id)) {
            changes.push((sot.site.clone(), Change::Fact(id.to_owned(), Some(fact.clone()))));
        }
        changes.push((site.clone(), Change::Fact(id.to_owned(), Some(fact))));
    }
    Command::AmendAll(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::templates::Template;

    fn list(loads: Vec<Load>) -> LoadList {
        LoadList { loads, assumed: PowerAssumptions::default() }
    }

    #[test]
    fn what_cannot_be_computed_says_what_to_do_and_never_ends_the_program() {
        let sound = Template::MiddleStore.loads().remove(0);
        let odd = |change: fn(&mut Load)| {
            let mut load = sound.clone();
            change(&mut load);
            sized(&list(vec![sound.clone(), load])).expect_err("odd").said(Lang::En)
        };
        assert!(odd(|load| load.kw = f64::NAN).starts_with("row 2: the rated power"));
        assert!(odd(|load| load.kw = -1.0).starts_with("row 2: the rated power"));
        assert!(odd(|load| load.start_factor = 0.0).contains("start factor"));
        assert!(odd(|load| load.count = u32::MAX).contains("number is too large"));
        assert!(odd(|load| load.hours = LoadHours::Between(3, 200)).contains("from 0 to 24"));
        assert!(sized(&list(Vec::new())).expect_err("empty").said(Lang::En).contains("no power"));
        for assumption in PowerAssumption::ALL {
            let mut list = list(vec![sound.clone()]);
            list.assumed = assumption.set(list.assumed, f64::NAN);
            assert!(sized(&list).is_err() || assumption.is_optional(), "{assumption:?}");
        }
        // The most that may be written down is still a number.
        let most =
            Load { kw: Load::MOST_KW, count: Load::MOST_COUNT, start_factor: Load::MOST_START, ..sound };
        let sizing = sized(&list(vec![most])).expect("a set, if a large one");
        assert!(
            lines(&sizing, &PowerAssumptions::default(), Lang::Sv)
                .iter()
                .all(|line| !line.value.contains("inf"))
        );
    }

    #[test]
    fn a_middle_store_is_told_in_figures_that_one_can_check() {
        let mut list = list(Template::MiddleStore.loads_in(Lang::En));
        list.assumed.tank_litres = Some(500.0);
        list.assumed.litre_price = Some(20.0);
        let sizing = sized(&list).expect("a set");
        let told = lines(&sizing, &list.assumed, Lang::En);
        let value = |name: &str| {
            told.iter().find(|line| line.name == name).map(|line| line.value.as_str()).unwrap_or_default()
        };
        assert_eq!((value("Containers"), value("Rated power, all machines")), ("1", "54.5 kW"));
        assert!(value("Set").starts_with("68"), "{told:?}");
        let day = sizing.litres_per_hour * 24.0;
        assert_eq!(value("Diesel, 24 hours"), format!("{day:.0} litres"));
        assert_eq!(value("The tank lasts"), format!("{:.1} hours", 500.0 / sizing.litres_per_hour));
        let ids: Vec<&str> = given(&sizing, &list.assumed).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [POWER, CONTAINERS, LITRES, TANK]);
        list.assumed.tank_litres = None;
        assert_eq!(given(&sizing, &list.assumed).len(), 3, "a tank that is not known is no fact");
    }
}
