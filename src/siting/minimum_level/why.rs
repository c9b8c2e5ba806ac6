//! Why does a rule come to what it does? The reasons with the values that decided, and their words.

use crate::lang::{Lang, Said};
use crate::say;
use crate::units::Metres;

/// Why a rule comes to what it does, with the values that decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The store itself is not in the data.
    NoStoreInData,
    /// A point without a store.
    NoStore,
    Staffed,
    Unstaffed,
    Hybrid,
    StaffingUnknown,
    Articles {
        count: f64,
        min: f64,
        missing_groups: Option<String>,
    },
    ArticlesUnknown {
        full_range: bool,
    },
    Seasonal,
    Hours {
        hours: f64,
        min: f64,
        is_small: bool,
    },
    HoursUnknown,
    TurnoverUnknown {
        hours: f64,
    },
    SeasonUnknown {
        hours: f64,
    },
    Premises {
        permanent: bool,
    },
    PremisesUnknown,
    Fuel {
        name: String,
        apart: Metres,
        near: Metres,
        far: Metres,
        file: String,
    },
    NoFuelLayer,
    InformationPoint {
        appointed: bool,
    },
    InformationPointUnknown,
    Channel {
        name: String,
    },
    NoChannel,
    ChannelUnknown,
    Organisation,
    OrganisationLacks {
        what: Vec<&'static str>,
    },
    OrganisationUnknown {
        missing: Vec<&'static str>,
    },
    Power {
        id: String,
    },
    PowerUnknown,
}

impl Said for Why {
    #[expect(clippy::too_many_lines, reason = "one line a reason, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoStoreInData => lang
                .pick(
                    "värdbutiken finns inte i data: fråga vilken butik det är",
                    "host store not in the data: ask which store it is",
                )
                .into(),
            Self::NoStore => lang.pick("ingen butik på platsen", "no store at the place").into(),
            Self::Staffed => lang.pick("butiken är bemannad", "the store is staffed").into(),
            Self::Unstaffed => lang.pick("butiken är obemannad", "the store is unstaffed").into(),
            Self::Hybrid => lang
                .pick(
                    "butiken är bara delvis bemannad (hybrid)",
                    "the store is staffed only part of the time (hybrid)",
                )
                .into(),
            Self::StaffingUnknown => lang
                .pick(
                    "är butiken bemannad? Register blandar in obemannade",
                    "is the store staffed? Registers mix in unstaffed ones",
                )
                .into(),
            Self::Articles { count, min, missing_groups } => {
                let (count, min) = (lang.number(*count, 0), lang.number(*min, 0));
                let mut text =
                    say!(lang, "{count} artiklar, gränsen är {min}", "{count} articles, the limit is {min}");
                if let Some(groups) = missing_groups {
                    text += &say!(lang, "; anmärkning: saknar {groups}", "; remark: lacks {groups}");
                }
                text
            }
            Self::ArticlesUnknown { full_range: true } => lang
                .pick(
                    "fullsortiment enligt register; hur många artiklar?",
                    "full range by the register; how many articles?",
                )
                .into(),
            Self::ArticlesUnknown { full_range: false } => {
                lang.pick("hur många artiklar har butiken?", "how many articles has the store?").into()
            }
            Self::Seasonal => lang.pick("butiken har säsongsöppet", "the store is seasonal").into(),
            Self::Hours { hours, min, is_small } => {
                let (hours, min) = (lang.number(*hours, 0), lang.number(*min, 0));
                let small =
                    if *is_small { lang.pick(" (liten omsättning)", " (small turnover)") } else { "" };
                say!(
                    lang,
                    "{hours} h i veckan, gränsen är {min} h{small}",
                    "{hours} h a week, the limit is {min} h{small}"
                )
            }
            Self::HoursUnknown => lang
                .pick("hur många timmar i veckan är det öppet?", "how many hours a week is it open?")
                .into(),
            Self::TurnoverUnknown { hours } => {
                let hours = lang.number(*hours, 0);
                say!(
                    lang,
                    "{hours} h i veckan räcker bara vid liten omsättning: hur stor är den?",
                    "{hours} h a week are enough only with a small turnover: how large is it?"
                )
            }
            Self::SeasonUnknown { hours } => {
                let hours = lang.number(*hours, 0);
                say!(lang, "{hours} h i veckan; gäller det hela året?", "{hours} h a week; is that all year?")
            }
            Self::Premises { permanent: true } => {
                lang.pick("butiken har fasta lokaler", "the store has permanent premises").into()
            }
            Self::Premises { permanent: false } => lang
                .pick(
                    "butiken saknar fasta lokaler (buss eller flyttas)",
                    "the store has no permanent premises (bus, or moved)",
                )
                .into(),
            Self::PremisesUnknown => {
                lang.pick("har butiken fasta lokaler?", "has the store permanent premises?").into()
            }
            Self::Fuel { name, apart, near, far, file } => {
                let here = lang.distance(*apart);
                if apart.is_within(*near) {
                    say!(lang, "{name}, {here} fågelvägen", "{name}, {here} in a straight line")
                } else if apart.is_within(*far) {
                    let near = lang.distance(*near);
                    say!(
                        lang,
                        "{name}, {here} fågelvägen; anmärkning: längre än {near}",
                        "{name}, {here} in a straight line; remark: farther than {near}"
                    )
                } else {
                    let far = lang.distance(*far);
                    say!(
                        lang,
                        "närmaste anläggning i {file} är {name}, {here} fågelvägen, längre än {far}; register är ofullständiga",
                        "nearest station in {file} is {name}, {here} in a straight line, farther than {far}; registers are incomplete"
                    )
                }
            }
            Self::NoFuelLayer => {
                lang.pick("inget lager med drivmedel är inläst", "no fuel layer is loaded").into()
            }
            Self::InformationPoint { appointed: true } => {
                lang.pick("utsedd av kommunen", "appointed by the municipality").into()
            }
            Self::InformationPoint { appointed: false } => {
                lang.pick("inte utsedd av kommunen", "not appointed by the municipality").into()
            }
            Self::InformationPointUnknown => lang
                .pick(
                    "har kommunen utsett butiken till informationspunkt?",
                    "has the municipality appointed the store?",
                )
                .into(),
            Self::Channel { name } => say!(lang, "samband genom {name}", "contact by {name}"),
            Self::NoChannel => lang.pick("ingen sambandskanal", "no communications channel").into(),
            Self::ChannelUnknown => {
                lang.pick("vilken sambandskanal finns?", "which communications channel is there?").into()
            }
            Self::Organisation => lang
                .pick("driftansvarig, ersättare och avtal finns", "operator, deputy and agreement are there")
                .into(),
            Self::OrganisationLacks { what } => {
                let what = names(what, lang);
                say!(lang, "saknar {what}", "lacks {what}")
            }
            Self::OrganisationUnknown { missing } => {
                let missing = names(missing, lang);
                say!(lang, "finns {missing}?", "is there {missing}?")
            }
            Self::Power { id } => match id.as_str() {
                "in_place" => lang.pick("på plats, stadigvarande", "in place, permanently assigned"),
                "ordered" => lang.pick("beställd, stadigvarande", "ordered, permanently assigned"),
                "mobile" => lang.pick("mobil och inte stadigvarande", "mobile and not permanently assigned"),
                _ => lang.pick("saknas", "none"),
            }
            .into(),
            Self::PowerUnknown => {
                lang.pick("finns reservkraft, stadigvarande?", "is there standing reserve power?").into()
            }
        }
    }
}

fn names(ids: &[&'static str], lang: Lang) -> String {
    let words: Vec<&str> = ids
        .iter()
        .map(|id| match *id {
            "operator" => lang.pick("driftansvarig", "an operator"),
            "deputy" => lang.pick("ersättare", "a deputy"),
            _ => lang.pick("avtal", "an agreement"),
        })
        .collect();
    words.join(", ")
}
