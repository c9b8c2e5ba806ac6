//! By what are places compared? One row a site factor: its words, which way is better, its unit, where it comes from.
//! Does not know how a value is computed (see `siting::factors`), nor how values become a ranking.

use super::Parameters;
use crate::lang::{Lang, Said};
use crate::units::Measure;

/// A site factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    PeopleWithin,
    GapPeople,
    ExtraTravel,
    Fuel,
    Rescue,
    Town,
    Sot,
    Kinds,
    OtherRooms,
    HardStanding,
    PowerNeed,
    Containers,
    TraffickedRoad,
    CivilSociety,
    Readiness,
    HostViability,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    MoreIsBetter,
    LessIsBetter,
    /// Never weighed: only shown.
    FlagOnly,
}

impl Said for Direction {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::MoreIsBetter => lang.pick("mer är bättre", "more is better"),
            Self::LessIsBetter => lang.pick("mindre är bättre", "less is better"),
            Self::FlagOnly => lang.pick("bara flagga", "flag only"),
        }
        .into()
    }
}

/// Where a factor's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorSource {
    Computed,
    /// By hand or from a register, with evidence: the attribute of this id.
    Recorded(&'static str),
    /// Computed, unless the attribute of this id says otherwise.
    RecordedOrComputed(&'static str),
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorUnit {
    People,
    /// Person-kilometres or person-minutes, whichever is counted.
    PersonTravel,
    /// Kilometres or minutes, whichever is counted.
    Travel,
    Km,
    Count,
    Kva,
    YesNo,
    /// 0 to 3.
    Grade,
    /// An attribute's own words.
    Words,
}

impl Factor {
    pub const COUNT: usize = 16;

    pub const ALL: [Self; Self::COUNT] = [
        Self::PeopleWithin,
        Self::GapPeople,
        Self::ExtraTravel,
        Self::Fuel,
        Self::Rescue,
        Self::Town,
        Self::Sot,
        Self::Kinds,
        Self::OtherRooms,
        Self::HardStanding,
        Self::PowerNeed,
        Self::Containers,
        Self::TraffickedRoad,
        Self::CivilSociety,
        Self::Readiness,
        Self::HostViability,
    ];

    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The factors that can be weighed.
    pub fn weighed() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|factor| factor.direction() != Direction::FlagOnly)
    }

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PeopleWithin => "people_within",
            Self::GapPeople => "gap_people",
            Self::ExtraTravel => "extra_travel",
            Self::Fuel => "fuel",
            Self::Rescue => "rescue",
            Self::Town => "town",
            Self::Sot => "sot",
            Self::Kinds => "kinds",
            Self::OtherRooms => "other_rooms",
            Self::HardStanding => "hard_standing",
            Self::PowerNeed => "power_need",
            Self::Containers => "containers",
            Self::TraffickedRoad => "trafficked_road",
            Self::CivilSociety => "civil_society",
            Self::Readiness => "readiness",
            Self::HostViability => "host_viability",
        }
    }

    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::PeopleWithin
            | Self::GapPeople
            | Self::ExtraTravel
            | Self::Town
            | Self::Sot
            | Self::Kinds
            | Self::OtherRooms
            | Self::HardStanding
            | Self::CivilSociety
            | Self::Readiness => Direction::MoreIsBetter,
            Self::Fuel | Self::Rescue | Self::PowerNeed | Self::Containers | Self::TraffickedRoad => {
                Direction::LessIsBetter
            }
            Self::HostViability => Direction::FlagOnly,
        }
    }

    #[must_use]
    pub const fn source(self) -> FactorSource {
        match self {
            Self::PeopleWithin
            | Self::GapPeople
            | Self::ExtraTravel
            | Self::Fuel
            | Self::Rescue
            | Self::Sot
            | Self::Kinds => FactorSource::Computed,
            Self::Town => FactorSource::RecordedOrComputed("town_km"),
            Self::OtherRooms => FactorSource::Recorded("other_rooms"),
            Self::HardStanding => FactorSource::Recorded("hard_standing"),
            Self::PowerNeed => FactorSource::Recorded("power_need_kva"),
            Self::Containers => FactorSource::Recorded("containers"),
            Self::TraffickedRoad => FactorSource::Recorded("trafficked_road"),
            Self::CivilSociety => FactorSource::Recorded("civil_society"),
            Self::Readiness => FactorSource::Recorded("municipal_readiness"),
            Self::HostViability => FactorSource::Recorded("host_viability"),
        }
    }

    /// The attribute in which it is recorded, if it is.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self.source() {
            FactorSource::Computed => None,
            FactorSource::Recorded(id) | FactorSource::RecordedOrComputed(id) => Some(id),
        }
    }

    #[must_use]
    pub const fn unit(self) -> FactorUnit {
        match self {
            Self::PeopleWithin | Self::GapPeople => FactorUnit::People,
            Self::ExtraTravel => FactorUnit::PersonTravel,
            Self::Fuel | Self::Town => FactorUnit::Km,
            Self::Rescue | Self::Sot => FactorUnit::Travel,
            Self::Kinds | Self::Containers => FactorUnit::Count,
            Self::PowerNeed => FactorUnit::Kva,
            Self::OtherRooms | Self::HardStanding | Self::TraffickedRoad => FactorUnit::YesNo,
            Self::CivilSociety | Self::Readiness => FactorUnit::Grade,
            Self::HostViability => FactorUnit::Words,
        }
    }

    /// A short name, for the head of a column.
    #[must_use]
    pub const fn short(self, lang: Lang) -> &'static str {
        match self {
            Self::PeopleWithin => lang.pick("Inom gränsen", "Within limit"),
            Self::GapPeople => lang.pick("Ur SOT-lucka", "Out of gap"),
            Self::ExtraTravel => lang.pick("Om den stänger", "If it closes"),
            Self::Fuel => lang.pick("Drivmedel", "Fuel"),
            Self::Rescue => lang.pick("Räddning", "Rescue"),
            Self::Town => lang.pick("Till stan", "To town"),
            Self::Sot => lang.pick("Närmaste SOT", "Nearest SOT"),
            Self::Kinds => lang.pick("Typer på platsen", "Kinds here"),
            Self::OtherRooms => lang.pick("Andra rum", "Other rooms"),
            Self::HardStanding => lang.pick("Hårdgjord yta", "Hard standing"),
            Self::PowerNeed => lang.pick("Effektbehov", "Power need"),
            Self::Containers => lang.pick("Containrar", "Containers"),
            Self::TraffickedRoad => lang.pick("Trafikerad väg", "Busy road"),
            Self::CivilSociety => lang.pick("Civilsamhälle", "Civil society"),
            Self::Readiness => lang.pick("Kommunen", "Municipality"),
            Self::HostViability => lang.pick("Butikens framtid", "Store’s future"),
        }
    }

    /// What it means and why this way is better, for a tooltip.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one sentence a factor, in two languages")]
    pub const fn meaning(self, lang: Lang) -> &'static str {
        match self {
            Self::PeopleWithin => lang.pick(
                "Människor som har platsen inom gränsen. Fler är bättre.",
                "People who have the place within the threshold. More is better.",
            ),
            Self::GapPeople => lang.pick(
                "Människor bortom gränsen från varje SOT-punkt på plats, som skulle nå den här. Fler är bättre.",
                "People beyond the threshold from every SOT point in place, who would reach this one. More is better.",
            ),
            Self::ExtraTravel => lang.pick(
                "Så mycket längre väg människor får tillsammans, enkel resa, om butiken stänger. Mer betyder att den behövs mer.",
                "How much farther people get in all, one way, if the store closes. More means that it is more needed.",
            ),
            Self::Fuel => lang.pick(
                "Fågelvägen till närmaste drivmedel, som i regel M5. Närmare är bättre.",
                "Straight line to the nearest fuel, as in rule M5. Nearer is better.",
            ),
            Self::Rescue => lang.pick(
                "Räddningstjänstens väg hit. Närmare är bättre.",
                "The rescue service’s way here. Nearer is better.",
            ),
            Self::Town => lang.pick(
                "Väg till närmaste stad eller sjukhus. Längre betyder att platsen behövs mer. Beräknas ur ortslager och sjukhus i data, eller fylls i för hand.",
                "Way to the nearest town or hospital. Farther means that the place is more needed. Computed from layers of place names and hospitals, or filled in by hand.",
            ),
            Self::Sot => lang.pick(
                "Väg till närmaste SOT-punkt på plats. Längre betyder att platsen behövs mer.",
                "Way to the nearest SOT point in place. Farther means that the place is more needed.",
            ),
            Self::Kinds => lang.pick(
                "Hur många av de fem servicetyperna som finns på platsen. Fler är bättre.",
                "How many of the five kinds of service are at the place. More is better.",
            ),
            Self::OtherRooms => lang.pick(
                "Andra rum i samma hus: samling, vila, samband. Ja är bättre.",
                "Other rooms in the same building: to gather, rest, communicate. Yes is better.",
            ),
            Self::HardStanding => lang.pick(
                "Asfalt eller grus intill butiken för containern. Ja är bättre.",
                "Asphalt or gravel beside the store for the container. Yes is better.",
            ),
            Self::PowerNeed => lang.pick(
                "Reservkraft som maskinparken kräver, kVA. Kylar och frysar kräver större aggregat. Mindre är bättre.",
                "Reserve power that the machine park needs, kVA. Fridges and freezers need larger sets. Less is better.",
            ),
            Self::Containers => lang.pick(
                "Hur många containrar som behövs. Färre är bättre.",
                "How many containers are needed. Fewer is better.",
            ),
            Self::TraffickedRoad => lang.pick(
                "Skiljer en trafikerad väg platsens delar åt? Nej är bättre.",
                "Does a busy road part the units of the place? No is better.",
            ),
            Self::CivilSociety => lang.pick(
                "Hur många i bygden som deltar, 0 till 3; skriv vilka i anteckningen. Mer är bättre.",
                "How many of the village take part, 0 to 3; write who in the note. More is better.",
            ),
            Self::Readiness => lang.pick(
                "Kommunens beredskap att driva punkten, 0 till 3. Mer är bättre.",
                "The municipality’s readiness to run the point, 0 to 3. More is better.",
            ),
            Self::HostViability => lang.pick(
                "Finns butiken kvar om några år? Vägs aldrig, bara flaggas.",
                "Will the store be there in some years? Never weighed, only flagged.",
            ),
        }
    }

    /// The limit beyond which a value is flagged, where the project says none itself.
    /// Only what another rule or assumption of the program says already.
    #[must_use]
    pub fn default_limit(self, parameters: &Parameters, measure: Measure) -> Option<f64> {
        match self {
            Self::Fuel => Some(parameters.fuel_far.km()),
            Self::Sot => Some(measure.in_units(parameters.limit(measure))),
            Self::TraffickedRoad => Some(0.0),
            Self::Containers | Self::CivilSociety | Self::Readiness => Some(1.0),
            _ => None,
        }
    }
}

impl Said for Factor {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::PeopleWithin => lang.pick("Människor inom gränsen", "People within the threshold"),
            Self::GapPeople => lang.pick("Människor som lyfts ur SOT-lucka", "People moved out of a SOT gap"),
            Self::ExtraTravel => {
                lang.pick("Längre väg om butiken stänger", "Extra travel if the store closes")
            }
            Self::Fuel => lang.pick("Avstånd till drivmedel", "Distance to fuel"),
            Self::Rescue => lang.pick("Räddningstjänstens väg hit", "Way from the rescue service"),
            Self::Town => lang.pick("Väg till stad eller sjukhus", "Way to town or hospital"),
            Self::Sot => lang.pick(
                "Avstånd till närmaste SOT-punkt på plats",
                "Distance to the nearest SOT point in place",
            ),
            Self::Kinds => lang.pick("Typer av service på platsen", "Kinds of service at the place"),
            Self::OtherRooms => lang.pick("Andra rum i huset", "Other rooms in the building"),
            Self::HardStanding => lang.pick("Hårdgjord yta", "Hard standing"),
            Self::PowerNeed => lang.pick("Effektbehov", "Power need"),
            Self::Containers => lang.pick("Containrar som behövs", "Containers needed"),
            Self::TraffickedRoad => lang.pick("Trafikerad väg emellan", "Busy road between units"),
            Self::CivilSociety => lang.pick("Civilsamhälle", "Civil society"),
            Self::Readiness => lang.pick("Kommunens beredskap", "Municipal readiness"),
            Self::HostViability => lang.pick("Butikens framtid", "The store’s future"),
        }
        .into()
    }
}

impl FactorUnit {
    /// The unit as it stands after a number; empty where a number has none.
    #[must_use]
    pub const fn text(self, measure: Measure, lang: Lang) -> &'static str {
        match (self, measure) {
            (Self::People, _) => lang.pick("invånare", "people"),
            (Self::PersonTravel, Measure::Distance) => lang.pick("personkilometer", "person-km"),
            (Self::PersonTravel, Measure::Time) => lang.pick("personminuter", "person-min"),
            (Self::Travel, Measure::Distance) | (Self::Km, _) => "km",
            (Self::Travel, Measure::Time) => "min",
            (Self::Kva, _) => "kVA",
            (Self::Count | Self::YesNo | Self::Grade | Self::Words, _) => "",
        }
    }

    /// Decimals that say something.
    #[must_use]
    pub const fn decimals(self) -> usize {
        match self {
            Self::Km => 2,
            Self::Travel => 1,
            _ => 0,
        }
    }

    /// A value as users read it, without its unit.
    #[must_use]
    pub fn say(self, value: f64, lang: Lang) -> String {
        match self {
            Self::YesNo if value > 0.5 => lang.pick("ja", "yes").into(),
            Self::YesNo => lang.pick("nej", "no").into(),
            Self::People => lang.people(crate::units::People::new(value)),
            Self::Km => lang.number(value, if value < 9.995 { 2 } else { 1 }),
            _ => lang.number(
                value,
                self.decimals().max(usize::from(value.fract().abs() > 1e-9 && self == Self::Kva)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::attribute;

    #[test]
    fn the_table_is_whole() {
        for (at, factor) in Factor::ALL.into_iter().enumerate() {
            assert_eq!(factor.index(), at);
            let json = serde_json::to_string(&factor).expect("a name");
            assert_eq!(json, format!("\"{}\"", factor.id()), "saved as it is exported");
            if let Some(id) = factor.attribute() {
                assert_eq!(attribute(id).map(|def| def.id), Some(id), "{id} can be recorded");
            }
            for lang in [Lang::Sv, Lang::En] {
                assert!(!factor.said(lang).is_empty() && !factor.meaning(lang).is_empty());
            }
        }
        assert_eq!(Factor::weighed().count(), 15, "the host's future is never weighed");
    }
}
