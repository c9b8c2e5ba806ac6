//! What is a finding? A place, what is asked of it, what tells it, and whether somebody has answered.

use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::{Evidence, FindingKind, KindSet, LayerId, SiteId};
use crate::say;
use crate::units::{Metres, People};

/// A place of a finding, as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub site: SiteId,
    pub name: String,
    /// Services of these kinds; none at a population cell.
    pub kinds: KindSet,
    pub layer: Option<LayerId>,
    pub layer_name: String,
    /// Its number in the file, from 1.
    pub number: Option<u32>,
    pub place: LonLat,
    /// Who lives there; nobody at a service.
    pub people: People,
}

/// Something that somebody has to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub kind: FindingKind,
    /// What it is about; nothing where it is about a whole layer.
    pub about: Option<Place>,
    /// The place that it may be the same as.
    pub other: Option<Place>,
    /// How far apart, outside, from land or from a road.
    pub by: Option<Metres>,
    /// What tells it: a lake, a word, two sums.
    pub told: Told,
    /// It was looked at, and the file is right.
    pub settled: Option<Evidence>,
}

/// What tells a finding.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Told {
    #[default]
    Place,
    /// The lake's name.
    Lake(String),
    /// The field and the word in it.
    Word { field: String, value: String },
    /// What the people should sum to and what they do.
    Sums { wanted: People, found: People },
}

impl Finding {
    /// Has it still to be decided?
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.settled.is_none()
    }

    /// The name of what it is about.
    #[must_use]
    pub fn name(&self) -> &str {
        self.about.as_ref().map_or("", |place| place.name.as_str())
    }
}

impl Said for Finding {
    #[expect(clippy::too_many_lines, reason = "a line or two a kind, in two languages")]
    fn said(&self, lang: Lang) -> String {
        let by = self.by.map(|by| lang.distance(by)).unwrap_or_default();
        let other = self.other.as_ref().map(|place| {
            let (name, layer) = (&place.name, &place.layer_name);
            match place.number {
                Some(number) => {
                    say!(lang, "{name} (objekt {number} i {layer})", "{name} (feature {number} of {layer})")
                }
                None => name.clone(),
            }
        });
        let other = other.unwrap_or_default();
        match (self.kind, &self.told) {
            (FindingKind::SamePlace, _) => {
                say!(
                    lang,
                    "{by} från {other}, av samma typ men med annat namn: samma plats eller två intill varandra?",
                    "{by} from {other}, of the same kind but another name: one place, or two side by side?"
                )
            }
            (FindingKind::SameName, _) => {
                say!(
                    lang,
                    "{by} från {other}, med samma namn och typ",
                    "{by} from {other}, of the same name and kind"
                )
            }
            (FindingKind::OutsideCountry, _) => say!(
                lang,
                "{by} utanför Sverige, enligt den inbyggda kartan",
                "{by} outside Sweden, by the built-in map"
            ),
            (FindingKind::OutsideAreas, _) => {
                say!(lang, "{by} utanför de inlästa områdena", "{by} outside the loaded areas")
            }
            (FindingKind::InWater, Told::Lake(name)) if !name.is_empty() => say!(
                lang,
                "i {name}, {by} från stranden; den inbyggda kartan är grov och saknar öar",
                "in {name}, {by} from the shore; the built-in map is coarse and lacks islands"
            ),
            (FindingKind::InWater, Told::Lake(_)) => say!(
                lang,
                "i en sjö, {by} från stranden; den inbyggda kartan är grov och saknar öar",
                "in a lake, {by} from the shore; the built-in map is coarse and lacks islands"
            ),
            (FindingKind::InWater, _) => say!(
                lang,
                "i havet, {by} från land; den inbyggda kartan är grov och saknar små öar",
                "in the sea, {by} from land; the built-in map is coarse and lacks small islands"
            ),
            (FindingKind::FarFromRoad, _) if self.by.is_none() => {
                say!(lang, "ingen inläst väg inom 50 km", "no loaded road within 50 km")
            }
            (FindingKind::FarFromRoad, _) => {
                say!(lang, "{by} till närmaste inlästa väg", "{by} to the nearest loaded road")
            }
            (FindingKind::Unstaffed, Told::Word { field, value }) => say!(
                lang,
                "fältet ”{field}” har ”{value}”: är butiken bemannad?",
                "the field “{field}” has “{value}”: is the store staffed?"
            ),
            (_, Told::Sums { wanted, found }) => {
                let (wanted, found) = (lang.people(*wanted), lang.people(*found));
                say!(
                    lang,
                    "befolkningen summerar till {found}, men ska vara {wanted}",
                    "the population sums to {found}, but should be {wanted}"
                )
            }
            _ => self.kind.said(lang),
        }
    }
}
