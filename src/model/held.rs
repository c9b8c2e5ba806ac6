//! For which feature was an edit made, and what is an edit whose place was not surely found again?

use serde::{Deserialize, Serialize};

use super::process::Follow;
use super::{Amendment, Feature, KindRule, KindSet, Layer, Role, ServiceKind, SiteId, recognise};
use crate::geometry::{LonLat, ground_distance};
use crate::lang::{Lang, Said};
use crate::say;
use crate::units::Metres;

/// What a feature is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Its id in the file, where one is given and unique.
    pub id: Option<String>,
    pub name: Option<String>,
    pub kinds: KindSet,
    pub place: LonLat,
    /// Its number in the file, from 1. Says something only while the file is the same.
    pub number: u32,
    /// Features of the file that are like it in name, kind and place, itself counted. Of several that are alike
    /// only an id tells which one was meant.
    #[serde(default = "alone")]
    pub alike: u32,
    /// Features of its kind at its place, itself counted, whatever their names.
    #[serde(default = "alone")]
    pub at_place: u32,
}

const fn alone() -> u32 {
    1
}

impl Identity {
    /// The identity of a feature as its file has it, whatever hands have corrected.
    #[must_use]
    pub fn of(layer: &Layer, feature: &Feature) -> Self {
        let row = layer.table.row(feature);
        let kinds = match &layer.role {
            Role::Services(KindRule::All(kinds)) => *kinds,
            Role::Services(KindRule::EachItsOwn) => recognise::kinds_of_feature(row),
            Role::SotPlaces => ServiceKind::Sot.into(),
            Role::Population { .. } | Role::Areas(_) | Role::Context(_) => KindSet::EMPTY,
        };
        Self {
            id: feature.id.as_deref().map(str::to_owned),
            name: recognise::name_of(row),
            kinds,
            place: feature.place,
            number: feature.number,
            alike: 1,
            at_place: 1,
        }
    }

    pub(super) fn has_name_of(&self, other: &Self) -> bool {
        let folded = |name: &Option<String>| name.as_deref().map(recognise::folded);
        self.name == other.name || folded(&self.name) == folded(&other.name)
    }

    pub(super) fn is_at(&self, other: &Self) -> bool {
        // A thousandth of a degree is many metres everywhere here, and the geodesic is dear.
        let is_near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        is_near(self.place.lon, other.place.lon)
            && is_near(self.place.lat, other.place.lat)
            && ground_distance(self.place, other.place).is_within(SAME_PLACE)
    }

    pub(super) fn stands_with(&self, other: &Self) -> bool {
        self.kinds == other.kinds && self.is_at(other)
    }

    /// Name, kind and place are the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.stands_with(other) && self.has_name_of(other)
    }
}

/// What an edit was made for, and in which file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    pub identity: Identity,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
}

/// Why an edit waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldWhy {
    /// The file has changed, and an older version of the program kept only the row's number.
    OnlyNumber,
    /// What bears the id or the name now stands elsewhere.
    Elsewhere,
    /// The id belongs to something else now.
    OtherThing,
    /// It is of another kind of service now.
    OtherKind,
    /// There are several alike.
    Twice,
    /// Nothing like it is in the file any more.
    Gone,
    /// Its layer was taken out of the project.
    LayerRemoved,
}

impl Said for HeldWhy {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::OnlyNumber => lang.pick(
                "filen har ändrats, och projektet minns bara vilken rad uppgiften gällde",
                "the file has changed, and the project remembers only the row it was made for",
            ),
            Self::Elsewhere => lang.pick("finns nu på ett annat ställe", "is now somewhere else"),
            Self::OtherThing => lang.pick("dess id tillhör nu något annat", "its id now belongs to another"),
            Self::OtherKind => lang.pick("är nu av en annan typ", "is now of another kind"),
            Self::Twice => lang.pick("förekommer nu flera gånger", "now occurs several times"),
            Self::Gone => lang.pick("finns inte längre i filen", "is no longer in the file"),
            Self::LayerRemoved => lang.pick("lagret är borttaget", "the layer was removed"),
        }
        .into()
    }
}

/// Edits of a place that was not surely found again: out of every figure until the user decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its number among those held; stands in plans as [`SiteId::Held`].
    pub id: u32,
    /// What the edits named.
    pub was: SiteId,
    pub layer_name: String,
    pub identity: Option<Identity>,
    pub why: HeldWhy,
    pub amendment: Option<Amendment>,
    pub follow: Option<Follow>,
    pub is_closed: bool,
    pub is_selected: bool,
}

impl Held {
    /// What the place was called.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let named = self.identity.as_ref().and_then(|identity| identity.name.clone());
        named.unwrap_or_else(|| {
            let (layer, was) = (
                &self.layer_name,
                match &self.was {
                    SiteId::Feature { key, .. } => key.clone(),
                    other => other.text(),
                },
            );
            say!(lang, "{layer}, {was}", "{layer}, {was}")
        })
    }
}

/// A place written anew, in another system or with fewer digits, lies at most this far from itself.
const SAME_PLACE: Metres = Metres::ONE;
