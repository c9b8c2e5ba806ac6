//! Which machines does a place of a kind have? Lists to begin with, all of them assumptions: whoever has been there with the
//! electrician knows better.

use crate::lang::{Lang, Said};
use crate::model::{Load, LoadHours};

/// A kind of place with its usual machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    SmallStore,
    MiddleStore,
    LargeStore,
    FuelStation,
    MeetingRoom,
}

impl Template {
    pub const ALL: [Self; 5] =
        [Self::SmallStore, Self::MiddleStore, Self::LargeStore, Self::FuelStation, Self::MeetingRoom];

    /// The stable name on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SmallStore => "small-store",
            Self::MiddleStore => "store",
            Self::LargeStore => "large-store",
            Self::FuelStation => "fuel-station",
            Self::MeetingRoom => "meeting-room",
        }
    }

    /// Its machines, named in one language.
    #[must_use]
    pub fn loads_in(self, lang: Lang) -> Vec<Load> {
        let named = |load: Load| {
            let (sv, en) = load.name.split_once(" / ").unwrap_or((&load.name, &load.name));
            let mut letters = lang.pick(sv, en).chars();
            let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
            Load { name: name.unwrap_or_default(), ..load }
        };
        self.loads().into_iter().map(named).collect()
    }

    /// Its machines. Motors of cooling start at three times their power, where nothing is said of soft starters.
    #[must_use]
    pub fn loads(self) -> Vec<Load> {
        let always = LoadHours::Always;
        let day = LoadHours::DAY;
        let cold = |name: &str, kw: f64, count: u32| Load {
            name: name.into(),
            kw,
            count,
            start_factor: 3.0,
            is_cold: true,
            hours: always,
        };
        let other = |name: &str, kw: f64, count: u32, hours: LoadHours| Load {
            name: name.into(),
            kw,
            count,
            start_factor: 1.0,
            is_cold: false,
            hours,
        };
        match self {
            Self::SmallStore => vec![
                cold("Kyldiskar / chilled cabinets", 1.5, 4),
                cold("Frysar / freezers", 1.0, 4),
                cold("Kylrum / cold room", 2.0, 1),
                other("Belysning / lighting", 5.0, 1, day),
                other("Ventilation och värme / air and heat", 5.0, 1, always),
                other("Kassor och IT / tills and IT", 1.0, 1, always),
            ],
            Self::MiddleStore => vec![
                cold("Kylaggregat / cooling units", 4.0, 5),
                cold("Frysaggregat / freezing units", 2.5, 3),
                other("Belysning / lighting", 13.0, 1, day),
                other("Ventilation och värme / air and heat", 11.0, 1, always),
                other("Kassor, IT och pumpar / tills, IT and pumps", 3.0, 1, always),
            ],
            Self::LargeStore => vec![
                cold("Kylaggregat / cooling units", 6.0, 7),
                cold("Frysaggregat / freezing units", 4.0, 4),
                other("Belysning / lighting", 27.0, 1, day),
                other("Ventilation och värme / air and heat", 23.0, 1, always),
                other("Kassor, IT och pumpar / tills, IT and pumps", 6.0, 1, always),
            ],
            Self::FuelStation => vec![
                Load { start_factor: 3.0, ..other("Pumpar / pumps", 1.1, 4, always) },
                other("Kortterminal och IT / card terminal and IT", 0.5, 1, always),
                other("Belysning / lighting", 2.0, 1, LoadHours::NIGHT),
            ],
            Self::MeetingRoom => vec![
                other("Värme / heat", 9.0, 1, always),
                other("Belysning / lighting", 1.0, 1, day),
                other("Kök och laddning / kitchen and charging", 4.0, 1, day),
            ],
        }
    }
}

impl Said for Template {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::SmallStore => lang.pick("liten butik", "small store"),
            Self::MiddleStore => lang.pick("butik av mellanstorlek", "store of middle size"),
            Self::LargeStore => lang.pick("stor butik", "large store"),
            Self::FuelStation => lang.pick("drivmedelsstation", "fuel station"),
            Self::MeetingRoom => lang.pick("samlingslokal", "meeting room"),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_has_a_name_in_either_language() {
        for template in Template::ALL {
            for (both, (sv, en)) in template
                .loads()
                .iter()
                .zip(template.loads_in(Lang::Sv).iter().zip(&template.loads_in(Lang::En)))
            {
                assert!(both.name.contains(" / ") && sv.name != en.name, "{}", both.name);
                assert!(!sv.name.contains('/') && en.name.starts_with(char::is_uppercase), "{}", en.name);
                assert_eq!((sv.kw, sv.count), (both.kw, both.count));
            }
        }
    }
}
