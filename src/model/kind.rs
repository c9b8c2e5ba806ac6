//! Which kinds of service are there? One row each; everything else asks this table.

use crate::lang::{Lang, Said};

/// One kind of service, as the table below has it.
struct Row {
    /// The stable name in files.
    id: &'static str,
    /// Coverage is computed for it.
    is_measured: bool,
    /// One of the five kinds of *grundläggande kommersiell service*.
    is_commercial: bool,
    /// Registers lack it often: the window offers to add one by hand.
    is_added_by_hand: bool,
    names: [&'static str; 2],
    /// One unit, as in "nearest grocery store".
    units: [&'static str; 2],
    /// The flag of the command line for its files: its place among them, in which layers are numbered, and its help.
    flag: Option<(u8, [&'static str; 2])>,
    /// The title of its column in the table of places, and the column's turn there.
    column: Option<(u8, [&'static str; 2])>,
    /// Parts of lower-case names and values that speak of it; of several kinds the one that stands first here.
    turn: u8,
    words: &'static [&'static str],
    /// Whole words that are too short to be looked for inside others.
    whole_words: &'static [&'static str],
}

macro_rules! service_kinds {
    ($($kind:ident: $row:expr,)*) => {
        /// A kind of service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ServiceKind {
            $($kind,)*
        }

        impl ServiceKind {
            pub const COUNT: usize = [$(Self::$kind),*].len();
            pub const ALL: [Self; Self::COUNT] = [$(Self::$kind),*];
        }

        const ROWS: [Row; ServiceKind::COUNT] = [$($row),*];
    };
}

service_kinds! {
    Grocery: Row {
        id: "grocery",
        is_measured: true,
        is_commercial: true,
        is_added_by_hand: true,
        names: ["Livsmedel", "Grocery"],
        units: ["livsmedelsbutik", "grocery store"],
        flag: Some((1, ["Livsmedelsbutiker", "Grocery stores"])),
        column: None,
        turn: 4,
        words: &["livsmedel", "dagligvar", "matbutik", "grocer", "supermarket", "convenience", "lanthandel"],
        whole_words: &["general"],
    },
    Fuel: Row {
        id: "fuel",
        is_measured: true,
        is_commercial: true,
        is_added_by_hand: true,
        names: ["Drivmedel", "Fuel"],
        units: ["drivmedelsanläggning", "fuel station"],
        flag: Some((2, ["Drivmedelsanläggningar", "Fuel stations"])),
        column: Some((1, ["Drivm.", "Fuel"])),
        turn: 3,
        words: &["drivmedel", "bensin", "tankstation", "fuel"],
        whole_words: &[],
    },
    Pharmacy: Row {
        id: "pharmacy",
        is_measured: true,
        is_commercial: true,
        is_added_by_hand: false,
        names: ["Apotek", "Pharmacy"],
        units: ["apotek eller apoteksombud", "pharmacy or pharmacy agent"],
        flag: Some((4, ["Apotek och apoteksombud", "Pharmacies and pharmacy agents"])),
        column: None,
        turn: 1,
        words: &["apotek", "pharmac"],
        whole_words: &[],
    },
    Parcel: Row {
        id: "parcel",
        is_measured: true,
        is_commercial: true,
        is_added_by_hand: false,
        names: ["Post och paket", "Parcel"],
        units: ["post- eller paketombud", "parcel agent or locker"],
        flag: Some((5, ["Post- och paketombud, paketskåp", "Parcel agents and lockers"])),
        column: None,
        turn: 2,
        words: &["paket", "parcel", "postombud", "post_office", "post och paket", "utlämning"],
        whole_words: &["post"],
    },
    Payment: Row {
        id: "payment",
        is_measured: true,
        is_commercial: true,
        is_added_by_hand: false,
        names: ["Betaltjänster", "Payment"],
        units: ["betaltjänst", "payment service"],
        flag: Some((6, ["Betaltjänster", "Payment services"])),
        column: None,
        turn: 5,
        words: &[
            "kontant", "betal", "bankomat", "uttagsautomat", "dagskass", "payment", "cash", "bank och valuta",
        ],
        whole_words: &["atm", "bank"],
    },
    Rescue: Row {
        id: "rescue",
        is_measured: true,
        is_commercial: false,
        is_added_by_hand: true,
        names: ["Räddningstjänst", "Rescue"],
        units: ["räddningsstation", "rescue station"],
        flag: Some((3, ["Räddningsstationer", "Rescue stations"])),
        column: Some((3, ["Räddn.", "Rescue"])),
        turn: 6,
        words: &["räddning", "raddning", "brandstation", "fire_station", "rescue"],
        whole_words: &[],
    },
    Sot: Row {
        id: "sot",
        is_measured: true,
        is_commercial: false,
        is_added_by_hand: false,
        names: ["SOT-punkt", "SOT point"],
        units: ["SOT-punkt på plats", "SOT point in place"],
        flag: Some((7, ["SOT-platser med status", "SOT places with their status"])),
        column: Some((2, ["SOT", "SOT"])),
        turn: 8,
        words: &[],
        whole_words: &["sot"],
    },
    Other: Row {
        id: "other",
        is_measured: false,
        is_commercial: false,
        is_added_by_hand: false,
        names: ["Annan service", "Other service"],
        units: ["annan service", "other service"],
        flag: None,
        column: None,
        turn: 7,
        words: &[
            "polis", "police", "samlingslokal", "folkets hus", "bygdegård", "community_hall", "vårdcentral",
            "skola",
        ],
        whole_words: &[],
    },
}

impl ServiceKind {
    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The kinds for which coverage is computed.
    pub fn measured() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.row().is_measured)
    }

    /// The kinds of *grundläggande kommersiell service*.
    pub fn commercial() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.row().is_commercial)
    }

    /// The kinds that the window offers to add by hand.
    pub fn added_by_hand() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.row().is_added_by_hand)
    }

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The kind that a lower-case name or value speaks of.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Self> {
        let whole = Self::ALL.into_iter().find(|kind| kind.row().whole_words.contains(&text));
        whole.or_else(|| {
            let speaks = |kind: &Self| kind.row().words.iter().any(|word| text.contains(word));
            Self::ALL.into_iter().filter(speaks).min_by_key(|kind| kind.row().turn)
        })
    }

    /// One unit of the kind, as in "nearest grocery store".
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        let [sv, en] = self.row().units;
        lang.pick(sv, en)
    }

    /// The title of its column of the nearest in the table of places, and that column's turn among these; `None` where
    /// the table shows none.
    #[must_use]
    pub const fn column(self, lang: Lang) -> Option<(u8, &'static str)> {
        match self.row().column {
            Some((turn, [sv, en])) => Some((turn, lang.pick(sv, en))),
            None => None,
        }
    }

    /// The kinds whose files the command line takes, in the order of its flags, each with its help in Swedish and
    /// English.
    #[must_use]
    pub fn flags() -> Vec<(Self, [&'static str; 2])> {
        let mut flags: Vec<_> = Self::ALL
            .into_iter()
            .filter_map(|kind| kind.row().flag.map(|flag| (flag.0, kind, flag.1)))
            .collect();
        flags.sort_by_key(|flag| flag.0);
        flags.into_iter().map(|(_, kind, help)| (kind, help)).collect()
    }
}

impl Said for ServiceKind {
    fn said(&self, lang: Lang) -> String {
        let [sv, en] = self.row().names;
        lang.pick(sv, en).into()
    }
}

/// A value for each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindMap<T>([T; ServiceKind::COUNT]);

impl<T> KindMap<T> {
    /// What a function gives for each kind.
    pub fn new(of: impl FnMut(ServiceKind) -> T) -> Self {
        Self(ServiceKind::ALL.map(of))
    }

    pub fn iter(&self) -> impl Iterator<Item = (ServiceKind, &T)> {
        ServiceKind::ALL.into_iter().zip(&self.0)
    }
}

impl<T: Default> Default for KindMap<T> {
    fn default() -> Self {
        Self::new(|_| T::default())
    }
}

impl<T> std::ops::Index<ServiceKind> for KindMap<T> {
    type Output = T;

    fn index(&self, kind: ServiceKind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> std::ops::IndexMut<ServiceKind> for KindMap<T> {
    fn index_mut(&mut self, kind: ServiceKind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

/// A set of kinds: one shop often offers several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct KindSet(u32);

/// Every kind has a bit of its own.
const _: () = assert!(ServiceKind::COUNT <= 32);

impl KindSet {
    pub const EMPTY: Self = Self(0);

    #[must_use]
    pub const fn with(self, kind: ServiceKind) -> Self {
        Self(self.0 | (1 << kind as u32))
    }

    #[must_use]
    pub const fn without(self, kind: ServiceKind) -> Self {
        Self(self.0 & !(1 << kind as u32))
    }

    #[must_use]
    pub const fn contains(self, kind: ServiceKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = ServiceKind> {
        ServiceKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<ServiceKind> for KindSet {
    fn from_iter<I: IntoIterator<Item = ServiceKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<ServiceKind> for KindSet {
    fn from(kind: ServiceKind) -> Self {
        Self::EMPTY.with(kind)
    }
}

impl serde::Serialize for KindSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> serde::Deserialize<'de> for KindSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<ServiceKind>::deserialize(deserializer)?.into_iter().collect())
    }
}

impl Said for KindSet {
    fn said(&self, lang: Lang) -> String {
        let names: Vec<_> = self.iter().map(|kind| kind.said(lang)).collect();
        names.join(" + ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_an_id_a_turn_and_a_bit_of_its_own() {
        let all: KindSet = ServiceKind::ALL.into_iter().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), ServiceKind::ALL);
        for kind in ServiceKind::ALL {
            assert_eq!(ServiceKind::from_id(kind.id()), Some(kind));
            assert_eq!(KindSet::from(kind).iter().collect::<Vec<_>>(), [kind]);
            let same = ServiceKind::ALL.into_iter().filter(|other| other.row().turn == kind.row().turn);
            assert_eq!(same.count(), 1, "{kind:?}");
            assert_eq!(all.without(kind).iter().count(), ServiceKind::COUNT - 1);
        }
        assert!(
            !ServiceKind::measured().any(|kind| kind == ServiceKind::Other),
            "what is unknown is not measured"
        );
    }
}
