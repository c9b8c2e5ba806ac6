//! Of what does it consist, that people have food when the power is gone? The parts of the event chain, from what fails to
//! what people need.

use serde::{Deserialize, Serialize};

use super::need::Need;
use crate::lang::{Lang, Said};
use crate::model::ServiceKind;

macro_rules! parts {
    ($($part:ident: $id:literal $sv:literal $en:literal $layer:literal,)*) => {
        /// A part of the event chain. A part hangs only on parts that stand before it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Part {
            $($part,)*
        }

        impl Part {
            pub const COUNT: usize = [$(Self::$part),*].len();
            pub const ALL: [Self; Self::COUNT] = [$(Self::$part),*];

            const ROWS: [(&'static str, [&'static str; 2], u8); Self::COUNT] = [$(($id, [$sv, $en], $layer)),*];
        }
    };
}

parts! {
    Grid: "grid" "Elnätet" "Power grid" 0,
    MobileNet: "mobile_net" "Mobilnätet" "Mobile network" 0,
    FixedNet: "fixed_net" "Fasta nätet" "Fixed network" 0,
    WaterMains: "water_mains" "Vattenledningen" "Water mains" 0,
    Deliveries: "deliveries" "Varutransporter" "Deliveries" 0,
    Electricity: "electricity" "El på platsen" "Power on site" 1,
    Mobile: "mobile" "Mobiltäckning" "Mobile coverage" 1,
    Fixed: "fixed" "Fast bredband" "Fixed broadband" 1,
    Staff: "staff" "Personal" "Staff" 1,
    Telecom: "telecom" "Telefon och data" "Phone and data" 2,
    Cold: "cold" "Kyla" "Cold" 2,
    Tills: "tills" "Kassor" "Tills" 2,
    Cards: "cards" "Kort och uttag" "Cards and cash" 3,
    Pumps: "pumps" "Pumpar" "Pumps" 2,
    Water: "water" "Vatten" "Water" 2,
    Heat: "heat" "Värme" "Heat" 2,
    Goods: "goods" "Varor" "Goods" 2,
    Stock: "stock" "Bränslelager" "Fuel in store" 2,
    Grocery: "grocery" "Livsmedel" "Food" 4,
    Fuel: "fuel" "Drivmedel" "Fuel" 4,
    Pharmacy: "pharmacy" "Apotek" "Pharmacy" 4,
    Parcel: "parcel" "Post och paket" "Parcel" 4,
    Payment: "payment" "Betaltjänster" "Payment" 4,
    Rescue: "rescue" "Räddningstjänst" "Rescue" 4,
    Sot: "sot" "SOT-punkt" "SOT point" 4,
    Information: "information" "Information" "Information" 4,
    WarmRoom: "warm_room" "Värmestuga" "Warm room" 4,
}

impl Part {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        Self::ROWS[self as usize].0
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.id() == id)
    }

    /// The column of a drawing of the chain, what fails first.
    #[must_use]
    pub const fn column(self) -> u8 {
        Self::ROWS[self as usize].2
    }

    /// What people need of it; `None` of a part that only carries others.
    #[must_use]
    pub const fn need(self) -> Option<Need> {
        Some(match self {
            Self::Grocery => Need::Kind(ServiceKind::Grocery),
            Self::Fuel => Need::Kind(ServiceKind::Fuel),
            Self::Pharmacy => Need::Kind(ServiceKind::Pharmacy),
            Self::Parcel => Need::Kind(ServiceKind::Parcel),
            Self::Payment => Need::Kind(ServiceKind::Payment),
            Self::Rescue => Need::Kind(ServiceKind::Rescue),
            Self::Sot => Need::Kind(ServiceKind::Sot),
            Self::Information => Need::Information,
            Self::WarmRoom => Need::WarmRoom,
            _ => return None,
        })
    }

    /// The part that stands for a need.
    #[must_use]
    pub fn of(need: Need) -> Self {
        let of = |part: &Self| part.need() == Some(need);
        Self::ALL.into_iter().find(of).unwrap_or(Self::Grocery)
    }

    /// Fails only if all that it hangs on fail: one of several ways is enough.
    #[must_use]
    pub const fn takes_any(self) -> bool {
        matches!(self, Self::Telecom)
    }
}

impl Said for Part {
    fn said(&self, lang: Lang) -> String {
        let [sv, en] = Self::ROWS[*self as usize].1;
        lang.pick(sv, en).into()
    }
}

/// What a place that works with limits does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    CashOnly,
    NoCold,
    ByHand,
    NoContact,
    NoWater,
    NoPrescriptions,
}

impl Limit {
    pub const ALL: [Self; 6] =
        [Self::CashOnly, Self::NoCold, Self::ByHand, Self::NoContact, Self::NoWater, Self::NoPrescriptions];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::CashOnly => "cash_only",
            Self::NoCold => "no_cold",
            Self::ByHand => "by_hand",
            Self::NoContact => "no_contact",
            Self::NoWater => "no_water",
            Self::NoPrescriptions => "no_prescriptions",
        }
    }
}

impl Said for Limit {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::CashOnly => lang.pick("bara kontanter", "cash only"),
            Self::NoCold => lang.pick("inga kylvaror", "no chilled goods"),
            Self::ByHand => lang.pick("för hand", "by hand"),
            Self::NoContact => lang.pick("ingen kontakt utåt", "no contact outward"),
            Self::NoWater => lang.pick("inget vatten", "no water"),
            Self::NoPrescriptions => lang.pick("inga e-recept", "no e-prescriptions"),
        }
        .into()
    }
}

/// Several limits at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct LimitSet(u8);

impl LimitSet {
    #[must_use]
    pub const fn with(self, limit: Limit) -> Self {
        Self(self.0 | (1 << limit as u8))
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Limit> {
        Limit::ALL.into_iter().filter(move |limit| self.0 & (1 << *limit as u8) != 0)
    }

    /// The stable names, with plus signs between.
    #[must_use]
    pub fn ids(self) -> String {
        self.iter().map(Limit::id).collect::<Vec<_>>().join("+")
    }
}

impl Said for LimitSet {
    fn said(&self, lang: Lang) -> String {
        self.iter().map(|limit| limit.said(lang)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_has_a_part() {
        for need in Need::ALL {
            assert_eq!(Part::of(need).need(), Some(need));
        }
    }
}
