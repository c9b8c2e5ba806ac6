//! What can be known of a store that decides its minimum level, or speaks for or against its place? One row an attribute.
//! Does not know the rules (see `siting::minimum_level`), nor how places are compared.

use super::Evidence;
use crate::lang::{Lang, Said};

/// What values an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AttributeType {
    /// One of these ids, each with its Swedish and English words.
    Choice(&'static [(&'static str, &'static str, &'static str)]),
    YesNo,
    /// A number in this unit.
    Number(&'static str),
    Text,
}

/// One attribute of a store.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AttributeDef {
    /// The stable name in files.
    pub id: &'static str,
    /// Other column names that mean the same, lower case.
    pub aliases: &'static [&'static str],
    sv: &'static str,
    en: &'static str,
    pub values: AttributeType,
}

const fn row(
    id: &'static str,
    aliases: &'static [&'static str],
    sv: &'static str,
    en: &'static str,
    values: AttributeType,
) -> AttributeDef {
    AttributeDef { id, aliases, sv, en, values }
}

/// A grade of 0 to 3, in words.
macro_rules! grade {
    ($($id:literal $sv:literal $en:literal),*) => {
        AttributeType::Choice(&[$(($id, $sv, $en)),*])
    };
}

/// Every attribute that a rule of the minimum level or a site factor reads.
pub const STORE_ATTRIBUTES: &[AttributeDef] = &[
    row(
        "staffing",
        &["bemanning"],
        "Bemanning",
        "Staffing",
        AttributeType::Choice(&[
            ("staffed", "bemannad", "staffed"),
            ("unstaffed", "obemannad", "unstaffed"),
            ("hybrid", "hybrid", "hybrid"),
        ]),
    ),
    row("full_range", &["fullsortiment"], "Fullsortiment", "Full range", AttributeType::YesNo),
    row("articles", &["artiklar", "antal_artiklar"], "Antal artiklar", "Articles", AttributeType::Number("")),
    row(
        "missing_groups",
        &["saknade_varugrupper"],
        "Saknade varugrupper",
        "Missing product groups",
        AttributeType::Text,
    ),
    row(
        "hours_per_week",
        &["oppettimmar_vecka", "öppettimmar_vecka"],
        "Öppettimmar per vecka",
        "Opening hours a week",
        AttributeType::Number("h"),
    ),
    row(
        "turnover_msek",
        &["omsattning_mkr", "omsättning_mkr"],
        "Omsättning",
        "Turnover",
        AttributeType::Number("Mkr"),
    ),
    row("seasonal", &["sasong", "säsong"], "Säsongsöppen", "Seasonal", AttributeType::YesNo),
    row(
        "permanent_premises",
        &["fasta_lokaler"],
        "Fasta lokaler",
        "Permanent premises",
        AttributeType::YesNo,
    ),
    row(
        "information_point",
        &["informationspunkt"],
        "Utsedd informationspunkt",
        "Appointed information point",
        AttributeType::YesNo,
    ),
    row(
        "comms_channel",
        &["samband", "sambandskanal"],
        "Sambandskanal",
        "Communications channel",
        AttributeType::Text,
    ),
    row("operator", &["driftansvarig"], "Driftansvarig", "Operator", AttributeType::Text),
    row("deputy", &["ersattare", "ersättare"], "Ersättare", "Deputy", AttributeType::Text),
    row("agreement", &["avtal"], "Avtal", "Agreement", AttributeType::Text),
    row(
        "reserve_power",
        &["reservkraft"],
        "Reservkraft",
        "Reserve power",
        AttributeType::Choice(&[
            ("in_place", "på plats, stadigvarande", "in place, permanently assigned"),
            ("ordered", "beställd, stadigvarande", "ordered, permanently assigned"),
            ("mobile", "mobil, inte stadigvarande", "mobile, not permanently assigned"),
            ("none", "saknas", "none"),
        ]),
    ),
    row(
        "town_km",
        &["till_stan_km", "mil_till_stan"],
        "Väg till stad eller sjukhus",
        "Way to town or hospital",
        AttributeType::Number("km"),
    ),
    row(
        "other_rooms",
        &["andra_rum"],
        "Andra rum i huset",
        "Other rooms in the building",
        AttributeType::YesNo,
    ),
    row(
        "hard_standing",
        &["hardgjord_yta", "hårdgjord_yta"],
        "Hårdgjord yta",
        "Hard standing",
        AttributeType::YesNo,
    ),
    row(
        "power_need_kva",
        &["effektbehov_kva", "kva"],
        "Effektbehov",
        "Power need",
        AttributeType::Number("kVA"),
    ),
    row(
        "containers",
        &["containrar"],
        "Containrar som behövs",
        "Containers needed",
        AttributeType::Number(""),
    ),
    row(
        "trafficked_road",
        &["trafikerad_vag", "trafikerad_väg"],
        "Trafikerad väg emellan",
        "Busy road between units",
        AttributeType::YesNo,
    ),
    row(
        "host_viability",
        &["butikens_framtid"],
        "Butikens framtid",
        "The store’s future",
        AttributeType::Choice(&[
            ("secure", "trygg", "secure"),
            ("doubtful", "osäker", "doubtful"),
            ("closing", "läggs ner", "closing"),
        ]),
    ),
    row(
        "civil_society",
        &["civilsamhalle", "civilsamhälle"],
        "Civilsamhälle",
        "Civil society",
        grade!(
            "0" "0 ingen" "0 nobody",
            "1" "1 en eldsjäl" "1 one enthusiast",
            "2" "2 några" "2 some",
            "3" "3 många deltar" "3 many take part"
        ),
    ),
    row(
        "municipal_readiness",
        &["kommunens_beredskap"],
        "Kommunens beredskap",
        "Municipal readiness",
        grade!(
            "0" "0 inget intresse" "0 no interest",
            "1" "1 intresserad" "1 interested",
            "2" "2 planerar" "2 planning",
            "3" "3 beslutat och avsatt pengar" "3 decided and funded"
        ),
    ),
    row(
        "tank_litres",
        &["tank_liter", "tankvolym"],
        "Aggregatets tank",
        "Tank of the set",
        AttributeType::Number("l"),
    ),
    row(
        "litres_per_hour",
        &["liter_per_timme", "forbrukning_lh", "förbrukning_lh"],
        "Aggregatets förbrukning",
        "Consumption of the set",
        AttributeType::Number("l/h"),
    ),
    row(
        "start_hours",
        &["start_timmar"],
        "Aggregatet går igång efter",
        "The set runs after",
        AttributeType::Number("h"),
    ),
    row(
        "refuel_hours",
        &["pafyllning_timmar", "påfyllning_timmar"],
        "Påfyllning avtalad från",
        "Refuelling agreed from",
        AttributeType::Number("h"),
    ),
    row(
        "manual_routine",
        &["manuell_rutin"],
        "Rutin för hand (kassalåda, handpump)",
        "Manual routine (cash box, hand pump)",
        AttributeType::YesNo,
    ),
    row(
        "staff_hours",
        &["personal_timmar"],
        "Personalen räcker",
        "Staff hold out",
        AttributeType::Number("h"),
    ),
    row(
        "goods_days",
        &["varor_dygn"],
        "Varorna räcker utan leverans (dygn)",
        "Goods last without delivery (days)",
        AttributeType::Number(""),
    ),
    row(
        "stock_litres",
        &["lager_liter", "cistern_liter"],
        "Bränsle i cisternen",
        "Fuel in the cistern",
        AttributeType::Number("l"),
    ),
    row("warm_room", &["varmestuga", "värmestuga"], "Värmestuga", "Warm room", AttributeType::YesNo),
];

/// The attribute of this id or alias; case does not matter.
#[must_use]
pub fn attribute(name: &str) -> Option<&'static AttributeDef> {
    let name = name.trim().to_lowercase();
    STORE_ATTRIBUTES.iter().find(|def| def.id == name || def.aliases.contains(&name.as_str()))
}

impl AttributeDef {
    #[must_use]
    pub const fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.sv, self.en)
    }

    /// Reads a value as people write it in files and fields; `None` when it is not one of this attribute's.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<FactValue> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let lower = text.to_lowercase();
        match self.values {
            AttributeType::Choice(choices) => choices
                .iter()
                .find(|(id, sv, en)| lower == *id || lower == *sv || lower == *en)
                .map(|(id, _, _)| FactValue::Choice((*id).into())),
            AttributeType::YesNo => match lower.as_str() {
                "yes" | "ja" | "true" | "sant" | "1" | "j" | "y" => Some(FactValue::YesNo(true)),
                "no" | "nej" | "false" | "falskt" | "0" | "n" => Some(FactValue::YesNo(false)),
                _ => None,
            },
            AttributeType::Number(_) => {
                let plain: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
                let number: f64 = plain.replace(',', ".").parse().ok()?;
                (number.is_finite() && number >= 0.0).then_some(FactValue::Number(number))
            }
            AttributeType::Text => Some(FactValue::Text(text.into())),
        }
    }

    /// A value of this attribute as users read it.
    #[must_use]
    pub fn say(&self, value: &FactValue, lang: Lang) -> String {
        match (value, self.values) {
            (FactValue::Choice(id), AttributeType::Choice(choices)) => choices
                .iter()
                .find(|(known, _, _)| known == id)
                .map_or_else(|| id.clone(), |(_, sv, en)| lang.pick(sv, en).into()),
            (FactValue::Number(number), AttributeType::Number(unit)) => {
                let text = lang.number(*number, usize::from(number.fract().abs() > 1e-9));
                format!("{text} {unit}").trim_end().into()
            }
            (FactValue::YesNo(yes), _) => {
                if *yes { lang.pick("ja", "yes") } else { lang.pick("nej", "no") }.into()
            }
            (FactValue::Number(number), _) => lang.number(*number, 1),
            (FactValue::Choice(text) | FactValue::Text(text), _) => text.clone(),
        }
    }
}

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    Choice(String),
    YesNo(bool),
    Number(f64),
    Text(String),
}

impl FactValue {
    /// As the value stands in files and text fields.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Choice(text) | Self::Text(text) => text.clone(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.into(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// A value and how we know it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Fact {
    pub value: FactValue,
    pub evidence: Evidence,
    /// In one's own words, where the value does not say all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Fact {
    #[must_use]
    pub const fn new(value: FactValue, evidence: Evidence) -> Self {
        Self { value, evidence, note: String::new() }
    }
}

impl Said for Fact {
    fn said(&self, lang: Lang) -> String {
        format!("{} ({})", self.value.to_text(), self.evidence.said(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let staffing = attribute("Bemanning").expect("a known attribute");
        assert_eq!(staffing.parse("Obemannad"), Some(FactValue::Choice("unstaffed".into())));
        assert_eq!(staffing.parse("kanske"), None);
        let turnover = attribute("omsättning_mkr").expect("a known attribute");
        assert_eq!(turnover.parse("1,9"), Some(FactValue::Number(1.9)));
        assert_eq!(turnover.parse("-2"), None);
        let seasonal = attribute("seasonal").expect("a known attribute");
        assert_eq!(seasonal.parse("Nej"), Some(FactValue::YesNo(false)));
    }

    #[test]
    fn every_value_reads_back_from_its_own_words() {
        for def in STORE_ATTRIBUTES {
            if let AttributeType::Choice(choices) = def.values {
                for (id, _, _) in choices {
                    let value = FactValue::Choice((*id).into());
                    for lang in [Lang::Sv, Lang::En] {
                        assert_eq!(def.parse(&def.say(&value, lang)), Some(value.clone()));
                    }
                }
            }
        }
    }
}
