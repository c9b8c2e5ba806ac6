//! Which kinds of service are there? One row each; everything else asks this table.

use crate::lang::{Lang, Said};

/// A kind of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    Grocery,
    Fuel,
    Pharmacy,
    Parcel,
    Payment,
    Rescue,
    Sot,
    Other,
}

impl ServiceKind {
    pub const ALL: [Self; 8] = [
        Self::Grocery,
        Self::Fuel,
        Self::Pharmacy,
        Self::Parcel,
        Self::Payment,
        Self::Rescue,
        Self::Sot,
        Self::Other,
    ];

    /// The kinds for which coverage is computed.
    pub const MEASURED: [Self; 7] =
        [Self::Grocery, Self::Fuel, Self::Pharmacy, Self::Parcel, Self::Payment, Self::Rescue, Self::Sot];

    /// The five kinds of *grundläggande kommersiell service*.
    pub const COMMERCIAL: [Self; 5] =
        [Self::Grocery, Self::Fuel, Self::Parcel, Self::Pharmacy, Self::Payment];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Grocery => "grocery",
            Self::Fuel => "fuel",
            Self::Pharmacy => "pharmacy",
            Self::Parcel => "parcel",
            Self::Payment => "payment",
            Self::Rescue => "rescue",
            Self::Sot => "sot",
            Self::Other => "other",
        }
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// One unit of the kind, as in "nearest grocery store".
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::Grocery => lang.pick("livsmedelsbutik", "grocery store"),
            Self::Fuel => lang.pick("drivmedelsanläggning", "fuel station"),
            Self::Pharmacy => lang.pick("apotek eller apoteksombud", "pharmacy or pharmacy agent"),
            Self::Parcel => lang.pick("post- eller paketombud", "parcel agent or locker"),
            Self::Payment => lang.pick("betaltjänst", "payment service"),
            Self::Rescue => lang.pick("räddningsstation", "rescue station"),
            Self::Sot => lang.pick("SOT-punkt på plats", "SOT point in place"),
            Self::Other => lang.pick("annan service", "other service"),
        }
    }
}

impl Said for ServiceKind {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Grocery => lang.pick("Livsmedel", "Grocery"),
            Self::Fuel => lang.pick("Drivmedel", "Fuel"),
            Self::Pharmacy => lang.pick("Apotek", "Pharmacy"),
            Self::Parcel => lang.pick("Post och paket", "Parcel"),
            Self::Payment => lang.pick("Betaltjänster", "Payment"),
            Self::Rescue => lang.pick("Räddningstjänst", "Rescue"),
            Self::Sot => lang.pick("SOT-punkt", "SOT point"),
            Self::Other => lang.pick("Annan service", "Other service"),
        }
        .into()
    }
}

/// A set of kinds: one shop often offers several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct KindSet(u8);

impl KindSet {
    pub const EMPTY: Self = Self(0);

    #[must_use]
    pub const fn with(self, kind: ServiceKind) -> Self {
        Self(self.0 | (1 << kind.index()))
    }

    #[must_use]
    pub const fn without(self, kind: ServiceKind) -> Self {
        Self(self.0 & !(1 << kind.index()))
    }

    #[must_use]
    pub const fn contains(self, kind: ServiceKind) -> bool {
        self.0 & (1 << kind.index()) != 0
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
