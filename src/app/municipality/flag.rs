//! What is there to say of a row of the county table? Where data and print differ, where the print contradicts itself, what
//! cannot be compared; each with the likely reason. Does not know how that is found.

use super::dates::Dates;
use super::printed::{Contradiction, DATE};
use crate::lang::{Lang, Said};
use crate::model::PeopleGroup;
use crate::say;
use crate::units::People;

/// Why the people of data and print may differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The municipalities that are printed do not sum to the county that is printed.
    PrintedMixed {
        summed: People,
        printed: People,
    },
    /// The dates of the data.
    OtherDates(Dates),
    UnknownDate,
    /// More than people usually move, in part of the whole.
    Large(f64),
    /// People whose cells name no municipality and were placed by where they lie.
    ByPlace(People),
    /// People in no municipality that is loaded.
    NoArea(People),
}

impl Said for Reason {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::PrintedMixed { summed, printed } => {
                let (summed, printed) = (lang.people(*summed), lang.people(*printed));
                say!(
                    lang,
                    "tryckta siffror från olika datum (kommunerna summerar till {summed}, länet står som {printed})",
                    "printed figures of different dates (the municipalities sum to {summed}, the county is printed as {printed})"
                )
            }
            Self::OtherDates(dates) => {
                let dates = dates.said(lang);
                say!(
                    lang,
                    "olika datum (data: {dates}; tryckt: {DATE})",
                    "different dates (data: {dates}; printed: {DATE})"
                )
            }
            Self::UnknownDate => say!(
                lang,
                "datumet för data är okänt och kan vara ett annat än det tryckta, {DATE}",
                "the date of the data is unknown and may be another than that of the print, {DATE}"
            ),
            Self::Large(limit) => {
                let limit = lang.number(limit * 100.0, 0);
                say!(
                    lang,
                    "skillnaden är större än {limit} %, så flyttningar räcker knappast: någon av siffrorna kan vara äldre än sitt datum, eller data bara en del av området",
                    "the difference is larger than {limit} %, so moves hardly explain it: one of the figures may be older than its date, or the data a part of the area"
                )
            }
            Self::ByPlace(people) => {
                let people = lang.persons(*people);
                say!(
                    lang,
                    "{people} i data har fått kommun efter läge, och nära en gräns kan det bli grannkommunen",
                    "{people} in the data got their municipality by position, which near a border may be the neighbour"
                )
            }
            Self::NoArea(people) => {
                let people = lang.persons(*people);
                say!(
                    lang,
                    "{people} i data hör inte till någon kommun",
                    "{people} in the data belong to no municipality"
                )
            }
        }
    }
}

/// Something to say of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Flag {
    /// Data and print have other people.
    People { data: People, printed: People, reasons: Vec<Reason> },
    /// Data and print have other land, square kilometres.
    Land { data: f64, printed: f64 },
    /// Data and print have another density, which follows from people and land.
    Density { data: f64, printed: f64, decimals: usize },
    /// Data and print have other full-range stores.
    Stores { data: usize, printed: u32, dates: Dates },
    /// Of some stores nobody has said whether they have the full range.
    StoresUnknown { all: usize, unknown: usize, printed: u32 },
    /// Only some of its municipalities are in the data.
    Part { held: usize, of: usize },
    /// The data count this group, and not everybody.
    OnlyGroup(PeopleGroup),
    /// It is printed and not in the data.
    NotInData,
    /// The print contradicts itself.
    Contradiction(Contradiction),
}

impl Flag {
    /// The stable name in files.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::People { .. } => "people_differ",
            Self::Land { .. } => "land_differs",
            Self::Density { .. } => "density_differs",
            Self::Stores { .. } => "stores_differ",
            Self::StoresUnknown { .. } => "stores_not_comparable",
            Self::Part { .. } => "part_in_data",
            Self::OnlyGroup(_) => "group_counted",
            Self::NotInData => "not_in_data",
            Self::Contradiction(Contradiction::Sum { .. }) => "printed_sum",
            Self::Contradiction(Contradiction::Land { .. }) => "printed_land_sum",
            Self::Contradiction(Contradiction::Density { .. }) => "printed_density",
        }
    }
}

impl Flag {
    /// The likely reason alone, where the figures stand beside it.
    #[must_use]
    pub fn brief(&self, lang: Lang) -> String {
        match self {
            Self::People { reasons, .. } if reasons.is_empty() => lang
                .pick("Folkmängd: ingen trolig orsak hittad.", "Population: no likely reason found.")
                .into(),
            Self::People { reasons, .. } => {
                let why = reasons.iter().map(|reason| reason.said(lang)).collect::<Vec<_>>().join("; ");
                say!(lang, "Folkmängd: {why}.", "Population: {why}.")
            }
            Self::Land { .. } => lang
                .pick("Land: olika mätningar eller gränser.", "Land: another survey or other boundaries.")
                .into(),
            Self::Density { .. } => lang
                .pick("Täthet: följer av folkmängd och land.", "Density: follows from people and land.")
                .into(),
            Self::Stores { .. } => lang
                .pick(
                    "Butiker: register är ofullständiga och av olika datum.",
                    "Stores: registers are incomplete and of different dates.",
                )
                .into(),
            Self::StoresUnknown { all, unknown, .. } => {
                let (all, unknown) = (lang.count(*all), lang.count(*unknown));
                say!(
                    lang,
                    "Butiker: fullsortiment okänt för {unknown} av {all}.",
                    "Stores: full range not known of {unknown} of {all}."
                )
            }
            Self::Contradiction(Contradiction::Sum { summed, .. }) => {
                let summed = lang.people(*summed);
                say!(
                    lang,
                    "Tryckt folkmängd: de tryckta kommunerna ger {summed}, troligen från olika datum.",
                    "Printed people: the printed municipalities give {summed}, probably of different dates."
                )
            }
            Self::Contradiction(Contradiction::Density { quotient, decimals, .. }) => {
                let quotient = lang.number(*quotient, *decimals);
                say!(
                    lang,
                    "Tryckt täthet: tryckt folkmängd och land ger {quotient}, troligen ett annat år.",
                    "Printed density: printed people and land give {quotient}, probably another year."
                )
            }
            Self::Contradiction(Contradiction::Land { .. })
            | Self::Part { .. }
            | Self::OnlyGroup(_)
            | Self::NotInData => self.said(lang),
        }
    }
}

/// A difference with its sign.
fn signed(lang: Lang, value: f64, decimals: usize) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", lang.number(value, decimals))
}

impl Said for Flag {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::People { data, printed, reasons } => people_said(*data, *printed, reasons, lang),
            Self::Land { data, printed } => {
                let by = signed(lang, data - printed, 1);
                let (data, printed) = (lang.number(*data, 1), lang.number(*printed, 0));
                say!(
                    lang,
                    "Landareal: {data} km² i data, {printed} km² i tryck ({by}). Trolig orsak: olika mätningar eller gränser.",
                    "Land: {data} km² in the data, {printed} km² printed ({by}). Likely reason: another survey or other boundaries."
                )
            }
            Self::Density { data, printed, decimals } => {
                let (data, printed) = (lang.number(*data, *decimals), lang.number(*printed, *decimals));
                say!(
                    lang,
                    "Täthet: {data} invånare per km² i data, {printed} i tryck. Det följer av folkmängd och landareal.",
                    "Density: {data} people per km² in the data, {printed} printed. It follows from people and land."
                )
            }
            Self::Stores { data, printed, dates } => {
                let by = f64::from(u32::try_from(*data).unwrap_or(u32::MAX)) - f64::from(*printed);
                let (by, data, dates) = (signed(lang, by, 0), lang.count(*data), dates.said(lang));
                say!(
                    lang,
                    "Butiker med fullsortiment: {data} i data, {printed} i tryck ({by}). Trolig orsak: register är ofullständiga och av olika datum (data: {dates}; tryckt: {DATE}).",
                    "Full-range stores: {data} in the data, {printed} printed ({by}). Likely reason: registers are incomplete and of different dates (data: {dates}; printed: {DATE})."
                )
            }
            Self::StoresUnknown { all, unknown, printed } => {
                let (all, unknown) = (lang.count(*all), lang.count(*unknown));
                say!(
                    lang,
                    "Butiker med fullsortiment: {printed} i tryck. Livsmedelsbutiker i data: {all}, varav {unknown} utan uppgift om fullsortiment, så talen går inte att jämföra.",
                    "Full-range stores: {printed} printed. Grocery stores in the data: {all}, of which {unknown} without a statement of the full range, so the numbers cannot be compared."
                )
            }
            Self::Part { held, of } => say!(
                lang,
                "Bara {held} av {of} kommuner har invånare i data: summan gäller dem och inte hela länet.",
                "Only {held} of {of} municipalities have people in the data: the sum is of those and not of the whole county."
            ),
            Self::OnlyGroup(group) => {
                let group = group.said(lang);
                say!(
                    lang,
                    "Data räknar {group}, inte alla invånare: folkmängden jämförs inte.",
                    "The data count people {group}, not everybody: the population is not compared."
                )
            }
            Self::NotInData => lang
                .pick("Bara tryckta siffror: finns inte i data.", "Printed figures alone: not in the data.")
                .into(),
            Self::Contradiction(found) => contradiction_said(found, lang),
        }
    }
}

fn people_said(data: People, printed: People, reasons: &[Reason], lang: Lang) -> String {
    let by = data.value() - printed.value();
    let part = if printed > People::ZERO {
        format!(", {}\u{a0}%", signed(lang, by / printed.value() * 100.0, 1))
    } else {
        String::new()
    };
    let by = signed(lang, by, usize::from(by.fract().abs() > 1e-9));
    let (data, printed) = (lang.people(data), lang.people(printed));
    let differ = say!(
        lang,
        "Folkmängd: {data} i data, {printed} i tryck ({by}{part}).",
        "Population: {data} in the data, {printed} printed ({by}{part})."
    );
    if reasons.is_empty() {
        return say!(lang, "{differ} Ingen trolig orsak hittad.", "{differ} No likely reason was found.");
    }
    let why = reasons.iter().map(|reason| reason.said(lang)).collect::<Vec<_>>().join("; ");
    say!(lang, "{differ} Trolig orsak: {why}.", "{differ} Likely reason: {why}.")
}

fn contradiction_said(found: &Contradiction, lang: Lang) -> String {
    match *found {
        Contradiction::Sum { summed, printed } => {
            let by = lang.people(People::new((printed.value() - summed.value()).abs()));
            let (summed, printed) = (lang.people(summed), lang.people(printed));
            say!(
                lang,
                "Det tryckta stämmer inte med sig självt: kommunerna summerar till {summed} invånare, länet står som {printed}, {by} ifrån. Trolig orsak: siffror från olika datum. Inget är rättat.",
                "The print disagrees with itself: the municipalities sum to {summed} people, the county is printed as {printed}, {by} apart. Likely reason: figures of different dates. Nothing is corrected."
            )
        }
        Contradiction::Land { summed, printed } => {
            let (summed, printed) = (lang.number(summed, 0), lang.number(printed, 0));
            say!(
                lang,
                "Det tryckta stämmer inte med sig självt: kommunernas landareal summerar till {summed} km², länet står som {printed} km², mer än avrundning ger. Inget är rättat.",
                "The print disagrees with itself: the land of the municipalities sums to {summed} km², the county is printed as {printed} km², more than rounding gives. Nothing is corrected."
            )
        }
        Contradiction::Density { quotient, printed, decimals, would_be } => {
            let (quotient, printed) = (lang.number(quotient, decimals), lang.number(printed, decimals));
            // As exact as the density is: three digits.
            let millions = lang.number(would_be.value() / 1e6, 1);
            let would_be = if would_be.value() >= 1e6 {
                say!(lang, "{millions} miljoner", "{millions} million")
            } else {
                lang.people(would_be)
            };
            say!(
                lang,
                "Det tryckta stämmer inte med sig självt: folkmängden delad med landarealen är {quotient} invånare per km², {printed} är tryckt. Det svarar mot ungefär {would_be} invånare; trolig orsak: tätheten är räknad på en folkmängd från ett annat år. Inget är rättat.",
                "The print disagrees with itself: people by land are {quotient} per km², {printed} is printed. That would be about {would_be} people; likely reason: the density is of the population of another year. Nothing is corrected."
            )
        }
    }
}
