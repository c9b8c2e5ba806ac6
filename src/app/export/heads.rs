//! What are the columns of results called? Their stable names, or Swedish heads: one list, which `docs/formats.md` repeats.

use crate::lang::{Lang, Said};
use crate::model::ServiceKind;

/// How columns are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heads {
    /// The stable names.
    #[default]
    En,
    /// As a Swedish reader writes them.
    Sv,
}

/// Names and Swedish heads. `{kind}` is a kind of service, `{n}` a number, `{unit}` km or min.
pub const HEADS: &[(&str, &str)] = &[
    ("id", "Id"),
    ("name", "Namn"),
    ("type", "Typ"),
    ("cell", "Ruta nr"),
    ("people", "Personer"),
    ("municipality", "Kommun"),
    ("municipality_code", "Kommunkod"),
    ("municipality_named", "Kommun som rutan anger"),
    ("rural_group", "Landsbygdsgrupp"),
    ("locality_min", "Tätort min"),
    ("{kind}_km", "{kind} km"),
    ("{kind}_min", "{kind} min"),
    ("{kind}_id", "{kind} id"),
    ("{kind}_name", "{kind} namn"),
    ("{kind}_2_km", "{kind} nr 2 km"),
    ("{kind}_2_min", "{kind} nr 2 min"),
    ("{kind}_2_id", "{kind} nr 2 id"),
    ("{kind}_reason", "{kind} saknar värde"),
    ("status", "Status"),
    ("status_date", "Statusdatum"),
    ("in_favour_of", "Till förmån för"),
    ("host_store", "Butik i data"),
    ("verdict", "Bedömning"),
    ("rules", "Krav"),
    ("missing", "Saknas"),
    ("not_met", "Uppfylls inte"),
    ("unknown", "Okänt"),
    ("missing_text", "Saknas, på engelska"),
    ("missing_text_sv", "Saknas, i ord"),
    ("nearest_{kind}_km", "Närmast {kind} km"),
    ("nearest_{kind}_min", "Närmast {kind} min"),
    ("nearest_{kind}_straight_km", "Närmast {kind} fågelvägen km"),
    ("nearest_{kind}_name", "Närmast {kind} namn"),
    ("nearest_{kind}_id", "Närmast {kind} id"),
    ("people_within_{n}_{unit}", "Personer inom {n} {unit}"),
    ("people_nearest", "Personer med platsen närmast"),
    ("people_left_without_if_closed", "Personer utan butik om den stänger"),
    ("extra_person_km_if_closed", "Extra personkm om den stänger"),
    ("extra_person_min_if_closed", "Extra personmin om den stänger"),
    ("sot_gap_people", "Personer utan SOT inom gränsen"),
    ("people_without_store_today", "Personer utan butik idag"),
    ("grocery_gap_people", "Personer utan livsmedel inom gränsen"),
    ("saved_person_km", "Sparade personkm"),
    ("saved_person_min", "Sparade personmin"),
    ("kind", "Service"),
    ("rank", "Ordning"),
    ("cells", "Rutor"),
    ("mean_{unit}", "Medel {unit}"),
    ("max_{unit}", "Längst {unit}"),
    ("class", "Vägklass"),
    ("metres", "Längd m"),
    ("people_cut_off", "Personer som blir avskurna"),
    ("extra_person_min", "Extra personmin"),
    ("extra_person_km", "Extra personkm"),
    ("store", "Butik"),
    ("area", "Kommun"),
    ("role", "Roll"),
    ("reason", "Skäl"),
    ("cost", "Kostnad"),
    ("capacity", "Kapacitet"),
    ("people_served", "Personer som betjänas"),
    ("people_nearest", "Personer som har platsen närmast"),
    ("people_nearest_a", "Personer som har platsen närmast i A"),
    ("people_nearest_b", "Personer som har platsen närmast i B"),
    ("plans", "Planer"),
    ("people_reached_by_none_without_it", "Personer som ingen annan plats når"),
];

impl Heads {
    /// What a column is called.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::En => name.to_owned(),
            Self::Sv => swedish(name).unwrap_or_else(|| name.to_owned()),
        }
    }
}

/// The Swedish head of a name of this program's own.
fn swedish(name: &str) -> Option<String> {
    let plain = HEADS.iter().find(|(known, _)| *known == name);
    plain.map(|(_, head)| (*head).to_owned()).or_else(|| HEADS.iter().find_map(|row| filled(name, *row)))
}

/// The head of a name that is a row's with its braces filled.
fn filled(name: &str, (known, head): (&str, &str)) -> Option<String> {
    if known.contains("{kind}") {
        let kind = ServiceKind::ALL.into_iter().find(|kind| known.replace("{kind}", kind.id()) == name)?;
        return Some(head.replace("{kind}", &kind.said(Lang::Sv)));
    }
    let (before, _) = known.split_once('{')?;
    let rest = name.strip_prefix(before)?;
    let (number, unit) = rest.rsplit_once('_').map_or((None, rest), |(number, unit)| (Some(number), unit));
    let is_number = number.is_none_or(|number| number.parse::<f64>().is_ok());
    let fits = known.contains("{n}") == number.is_some() && is_number && matches!(unit, "km" | "min");
    fits.then(|| head.replace("{n}", number.unwrap_or_default()).replace("{unit}", unit))
}

/// The names of rows for every kind of service; those without a kind as they are.
pub(super) fn of_kinds(patterns: &[&str], kinds: &[ServiceKind]) -> Vec<String> {
    kinds.iter().flat_map(|kind| patterns.iter().map(|name| name.replace("{kind}", kind.id()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_in_swedish() {
        for (name, head) in [
            ("people", "Personer"),
            ("grocery_km", "Livsmedel km"),
            ("grocery_2_id", "Livsmedel nr 2 id"),
            ("nearest_fuel_straight_km", "Närmast Drivmedel fågelvägen km"),
            ("people_within_7.5_km", "Personer inom 7.5 km"),
            ("mean_min", "Medel min"),
        ] {
            assert_eq!(Heads::Sv.of(name), head);
            assert_eq!(Heads::En.of(name), name);
        }
        for unknown in ["mean_of_min", "people_within_many_km", "grocery", "people_within_km"] {
            assert_eq!(swedish(unknown), None, "{unknown}");
        }
    }

    /// The list of the documents is this one, row by row.
    #[test]
    fn the_documents_hold_the_same_list() {
        let text = include_str!("../../../docs/formats.md");
        let (_, after) = text.split_once("\n## Swedish heads\n").expect("the chapter");
        let rows: Vec<(String, String)> = after
            .lines()
            .skip_while(|line| !line.starts_with("|---"))
            .skip(1)
            .map_while(|line| line.strip_prefix("| `")?.strip_suffix(" |"))
            .map(|row| row.split_once("` | ").expect("two columns"))
            .map(|(name, head)| (name.to_owned(), head.to_owned()))
            .collect();
        let known: Vec<(String, String)> =
            HEADS.iter().map(|(name, head)| ((*name).to_owned(), (*head).to_owned())).collect();
        assert_eq!(rows, known);
    }
}
