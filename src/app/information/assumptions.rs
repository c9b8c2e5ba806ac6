//! Which assumptions of a project are not the standard ones, and what would be standard?

use serde_json::Value;

use crate::lang::{Lang, Said as _};
use crate::model::{Message, Parameters, TravelProfile};
use crate::units::{Measure, Metres, Seconds};

/// An assumption that is another in two sets of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Its name in saved projects.
    pub id: &'static str,
    pub name: Message,
    /// In the first and in the second.
    pub values: [Message; 2],
    /// The same as saved.
    pub written: [Value; 2],
}

struct Row {
    id: &'static str,
    name: [&'static str; 2],
    value: fn(&Parameters, Lang) -> String,
}

const fn row(id: &'static str, name: [&'static str; 2], value: fn(&Parameters, Lang) -> String) -> Row {
    Row { id, name, value }
}

/// Every assumption, under its name in saved projects.
const ROWS: &[Row] = &[
    row("detour_factor", ["Omvägsfaktor (fågelvägen)", "Detour factor (straight lines)"], |p, lang| {
        lang.number(p.detour_factor, 2)
    }),
    row("speed_kmh", ["Medelfart (fågelvägen)", "Mean speed (straight lines)"], |p, lang| {
        p.speed_kmh.map_or_else(|| none(lang), |speed| format!("{} km/h", lang.number(speed, 0)))
    }),
    row("measure", ["Vad som räknas", "What is counted"], measure),
    row("threshold", ["Gräns, avstånd", "Threshold, distance"], |p, lang| lang.distance(p.threshold)),
    row("time_threshold", ["Gräns, tid", "Threshold, time"], |p, lang| lang.minutes(p.time_threshold)),
    row("follows_roads", ["Längs väg där vägar finns", "By road where there are roads"], |p, lang| {
        yes(p.follows_roads, lang)
    }),
    row("mode", ["Färdsätt", "Who travels"], |p, lang| p.mode.said(lang)),
    row(
        "profile",
        ["Hastigheter och andra antaganden om vägar", "Speeds and other assumptions about roads"],
        speeds,
    ),
    row("fuel_near", ["Drivmedel nära: inom (M5)", "Fuel near: within (M5)"], |p, lang| {
        lang.distance(p.fuel_near)
    }),
    row(
        "fuel_far",
        ["Drivmedel med anmärkning: inom (M5)", "Fuel with a remark: within (M5)"],
        |p, lang| lang.distance(p.fuel_far),
    ),
    row("articles_min", ["Minsta antal artiklar (M2)", "Fewest articles (M2)"], |p, lang| {
        lang.number(p.articles_min, 0)
    }),
    row("hours_min", ["Minsta öppettid (M3)", "Shortest opening hours (M3)"], |p, lang| {
        hours(p.hours_min, lang)
    }),
    row(
        "hours_min_small",
        ["Minsta öppettid, liten omsättning (M3)", "Shortest opening hours, small turnover (M3)"],
        |p, lang| hours(p.hours_min_small, lang),
    ),
    row("small_turnover_msek", ["Liten omsättning: under (M3)", "Small turnover: below (M3)"], |p, lang| {
        format!("{} {}", lang.number(p.small_turnover_msek, 1), lang.pick("mnkr", "MSEK"))
    }),
    row("host_within", ["SOT-plats hör till butik inom", "A store hosts a SOT place within"], |p, lang| {
        lang.distance(p.host_within)
    }),
    row("duplicate_within", ["Dubbletter: samma slag inom", "Duplicates: of one kind within"], |p, lang| {
        lang.distance(p.duplicate_within)
    }),
    row(
        "same_name_within",
        ["Dubbletter: samma slag och namn inom", "Duplicates: of one kind and name within"],
        |p, lang| lang.distance(p.same_name_within),
    ),
    row("far_from_road", ["Långt från väg: mer än", "Far from any road: more than"], |p, lang| {
        lang.distance(p.far_from_road)
    }),
    row(
        "people_expected",
        ["Invånare enligt annan källa", "People according to another source"],
        |p, lang| p.people_expected.map_or_else(|| none(lang), |people| lang.people(people)),
    ),
    row(
        "area_snap",
        ["Ruta utanför områden hör till närmaste inom", "A cell outside areas belongs to the nearest within"],
        |p, lang| lang.distance(p.area_snap),
    ),
    row("border_near", ["Nära förenklad gräns: inom", "Near a simplified border: within"], |p, lang| {
        lang.distance(p.border_near)
    }),
    row(
        "counts_once",
        ["Invånare i överlappande rutor räknas en gång", "People in overlapping cells count once"],
        |p, lang| yes(p.counts_once, lang),
    ),
    row("town_people", ["Stad: minst", "Town: at least"], |p, lang| {
        format!("{} {}", lang.number(p.town_people, 0), lang.pick("invånare", "people"))
    }),
    row("rural", ["Grupper av landsbygd", "Groups of countryside"], rural),
    row(
        "people_radii",
        ["Invånare räknas inom, avstånd", "People are counted within, distance"],
        |p, lang| p.people_radii.map(|radius: Metres| lang.distance(radius)).join(", "),
    ),
    row("people_times", ["Invånare räknas inom, tid", "People are counted within, time"], |p, lang| {
        p.people_times.map(|time: Seconds| lang.minutes(time)).join(", ")
    }),
];

fn measure(parameters: &Parameters, lang: Lang) -> String {
    match parameters.measure {
        Measure::Distance => lang.pick("avstånd", "distance"),
        Measure::Time => lang.pick("tid", "time"),
    }
    .into()
}

fn none(lang: Lang) -> String {
    lang.pick("ingen", "none").into()
}

fn yes(is_so: bool, lang: Lang) -> String {
    if is_so { lang.pick("ja", "yes") } else { lang.pick("nej", "no") }.into()
}

fn hours(hours: f64, lang: Lang) -> String {
    format!("{} {}", lang.number(hours, 0), lang.pick("tim i veckan", "h a week"))
}

fn rural(parameters: &Parameters, lang: Lang) -> String {
    let terms = &parameters.rural;
    let (people, cell) = (lang.number(terms.locality_people, 0), lang.number(terms.cell_people, 0));
    let (near, remote) = (lang.number(terms.near_min, 0), lang.number(terms.remote_min, 0));
    match lang {
        Lang::Sv => format!(
            "tätort över {people} invånare (rutor med minst {cell}), nära inom {near} min, gles bortom {remote} min"
        ),
        Lang::En => format!(
            "locality above {people} people (cells of at least {cell}), near within {near} min, remote beyond {remote} min"
        ),
    }
}

/// The ready set, and every number that was made another.
fn speeds(parameters: &Parameters, lang: Lang) -> String {
    let profile = &parameters.profile;
    let mut parts = vec![profile.basis.said(lang)];
    let (own, set) = (flat(profile), flat(&profile.set_itself()));
    for (name, value) in own.iter().filter(|(name, value)| set.get(*name) != Some(value)) {
        let standard = set.get(name).map_or_else(String::new, |value| format!(" ({value})"));
        parts.push(format!("{name} {value}{standard}"));
    }
    if profile.winter.is_on {
        parts.push(lang.pick("vinter", "winter").into());
    }
    parts.join("; ")
}

/// Every number of a profile by its path.
fn flat(profile: &TravelProfile) -> std::collections::BTreeMap<String, String> {
    fn into(path: &str, value: &Value, out: &mut std::collections::BTreeMap<String, String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    into(&path, value, out);
                }
            }
            other => {
                out.insert(path.to_owned(), other.to_string());
            }
        }
    }
    let mut out = std::collections::BTreeMap::new();
    into("", &serde_json::to_value(profile).unwrap_or_default(), &mut out);
    out
}

/// The assumptions that are not the standard ones, each with what would be standard.
#[must_use]
pub fn changed(parameters: &Parameters) -> Vec<Apart> {
    apart(parameters, &Parameters::default())
}

/// The assumptions that two have otherwise, in the order of this file.
#[must_use]
pub fn apart(one: &Parameters, other: &Parameters) -> Vec<Apart> {
    let saved = [one, other].map(|of| serde_json::to_value(of).unwrap_or_default());
    let value = |of: &Value, id: &str| of.get(id).cloned().unwrap_or_default();
    let said =
        |row: &Row, of: &Parameters| Message::new((row.value)(of, Lang::Sv), (row.value)(of, Lang::En));
    let rows = ROWS.iter().filter(|row| saved[0].get(row.id) != saved[1].get(row.id));
    let apart = |row: &Row| Apart {
        id: row.id,
        name: Message::new(row.name[0], row.name[1]),
        values: [said(row, one), said(row, other)],
        written: [value(&saved[0], row.id), value(&saved[1], row.id)],
    };
    rows.map(apart).collect()
}

/// An assumption as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub name: Message,
    pub value: Message,
    pub is_standard: bool,
}

/// Every assumption, in the order of this file.
#[must_use]
pub fn listed(parameters: &Parameters) -> Vec<Listed> {
    let saved = |of: &Parameters| serde_json::to_value(of).unwrap_or_default();
    let (own, standard) = (saved(parameters), saved(&Parameters::default()));
    let of = |row: &Row| Listed {
        name: Message::new(row.name[0], row.name[1]),
        value: Message::new((row.value)(parameters, Lang::Sv), (row.value)(parameters, Lang::En)),
        is_standard: own.get(row.id) == standard.get(row.id),
    };
    ROWS.iter().map(of).collect()
}

/// The parameters with one of them as another project saved it; the same where it says nothing that can be.
#[must_use]
pub fn with_assumption(parameters: &Parameters, id: &str, value: &Value) -> Parameters {
    let mut saved = serde_json::to_value(parameters).unwrap_or_default();
    if let Some(members) = saved.as_object_mut() {
        members.insert(id.to_owned(), value.clone());
    }
    serde_json::from_value(saved).unwrap_or_else(|_| parameters.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::People;

    #[test]
    fn every_assumption_that_is_saved_has_a_row() {
        let all = Parameters { people_expected: Some(People::new(1.0)), ..Parameters::default() };
        let saved = serde_json::to_value(&all).expect("serialises");
        let saved: Vec<&str> = saved.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut rows: Vec<&str> = ROWS.iter().map(|row| row.id).collect();
        let mut sorted = saved.clone();
        sorted.sort_unstable();
        rows.sort_unstable();
        assert_eq!(rows, sorted);
    }

    #[test]
    fn what_is_standard_is_not_told_and_what_is_not_is_told_with_both_values() {
        assert!(changed(&Parameters::default()).is_empty());
        let mut other = Parameters { detour_factor: 1.45, ..Parameters::default() };
        other.profile.gravel_kmh = 50.0;
        let found = changed(&other);
        let ids: Vec<&str> = found.iter().map(|changed| changed.id).collect();
        assert_eq!(ids, ["detour_factor", "profile"]);
        let [value, standard] = &found[0].values;
        assert_eq!([value.said(Lang::Sv), standard.said(Lang::En)], ["1,45", "1.30"]);
        let speeds = found[1].values[0].said(Lang::En);
        assert!(speeds.contains("gravel_kmh 50.0 (55.0)"), "{speeds}");
    }

    #[test]
    fn assumptions_taken_one_by_one_make_the_other_set() {
        let mut other = Parameters {
            detour_factor: 1.45,
            people_expected: Some(People::new(7.5)),
            ..Parameters::default()
        };
        other.profile.gravel_kmh = 50.0;
        other.rural.remote_min = 30.0;
        let all = apart(&Parameters::default(), &other);
        let taken = all.iter().fold(Parameters::default(), |so_far, apart| {
            with_assumption(&so_far, apart.id, &apart.written[1])
        });
        assert_eq!(taken, other);
        assert_eq!(with_assumption(&other, "detour_factor", &"much".into()), other);
    }
}
