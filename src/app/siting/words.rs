//! How is an answer told? Places, cells, reasons and what stands in the way, in both languages.

use super::answer::Solved;
use super::answer::{LeftOutCell, LeftOutWhy};
use super::infeasible::{Names, infeasible};
use super::listed::{listed, places};
use super::places::{Exclusion, ExclusionReason, Place, Reason, UnknownFavoured};
use super::posed::Posed;
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::location::{Counted, Infeasible, Role};
use crate::model::{Layer, SotStatus};
use crate::units::People;
use crate::{say, say_many};

/// A status with its date.
fn dated(status: SotStatus, date: &str, lang: Lang) -> String {
    let status = status.said(lang);
    if date.is_empty() { status } else { format!("{status} ({date})") }
}

impl Said for Reason {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Store => lang.pick("livsmedelsbutik", "grocery store").into(),
            Self::Status { status, date, in_favour_of } => {
                let mut text = dated(*status, date, lang);
                if let Some(other) = in_favour_of {
                    text += &say!(lang, ", till förmån för {other}", ", in favour of {other}");
                }
                text
            }
            Self::ByHand { why, status } => {
                let mut text = lang.pick("bestämt för hand", "decided by hand").to_owned();
                if !why.is_empty() {
                    text = format!("{text}: {why}");
                }
                if let Some((status, date)) = status {
                    let status = dated(*status, date, lang);
                    text += &say!(lang, "; status: {status}", "; status: {status}");
                }
                text
            }
            Self::ThoughtAway => lang.pick("nedlagd i simuleringen", "closed in the simulation").into(),
            Self::NoCost { column: Some(column) } => {
                say!(lang, "ingen kostnad angiven ({column})", "no cost stated ({column})")
            }
            Self::NoCost { column: None } => lang.pick("inget pris angivet", "no price stated").into(),
        }
    }
}

impl Said for Role {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Required => lang.pick("med i varje plan", "in every plan"),
            Self::Candidate => lang.pick("kan väljas", "may be chosen"),
            Self::Forbidden => lang.pick("kan inte väljas", "may not be chosen"),
        }
        .into()
    }
}

/// Two places that are never both chosen, and why.
#[must_use]
pub fn said_exclusion(places: &[Place], exclusion: &Exclusion, lang: Lang) -> String {
    let [a, b] =
        exclusion.sites.map(|site| places.get(site as usize).map_or("?", |place| place.name.as_str()));
    match &exclusion.reason {
        ExclusionReason::InFavourOf { status, date } => {
            let status = dated(*status, date, lang);
            say!(
                lang,
                "aldrig både {a} och {b}: {a} är {status}, till förmån för {b}",
                "never both {a} and {b}: {a} is {status}, in favour of {b}"
            )
        }
        ExclusionReason::ByHand => {
            say!(lang, "aldrig både {a} och {b}: bestämt för hand", "never both {a} and {b}: decided by hand")
        }
    }
}

/// A rule of the data that could not be followed.
#[must_use]
pub fn said_unknown_favoured(places: &[Place], unknown: &UnknownFavoured, lang: Lang) -> String {
    let name = places.get(unknown.site as usize).map_or("?", |place| place.name.as_str());
    let named = &unknown.named;
    say!(
        lang,
        "{name}: till förmån för ”{named}”, men ingen plats, eller flera, heter så; regeln används inte",
        "{name}: in favour of “{named}”, but no place, or more than one, has that name; the rule is not applied"
    )
}

impl Solved {
    /// The hint that one locality decides a plan for everyone.
    #[must_use]
    pub fn locality_hint(&self, lang: Lang) -> Option<String> {
        let (name, share) = self.heaviest_locality.as_ref()?;
        let share = lang.percent(*share);
        let name =
            name.as_deref().unwrap_or_else(|| lang.pick("Den största tätorten", "The largest locality"));
        Some(say!(
            lang,
            "{name} väger tyngst: {share} av dem som planen når bor där. Planera i stället för glesbygd och tätortsnära landsbygd?",
            "{name} weighs most: {share} of those whom the plan reaches live there. Plan for remote and rural areas instead?"
        ))
    }
}

impl Posed {
    /// A place by name.
    #[must_use]
    pub fn place_name(&self, site: u32) -> &str {
        self.places.get(site as usize).map_or("?", |place| place.name.as_str())
    }

    /// Two places that are never both chosen, and why.
    #[must_use]
    pub fn said_exclusion(&self, exclusion: &Exclusion, lang: Lang) -> String {
        said_exclusion(&self.places, exclusion, lang)
    }

    /// A cell: its id in the file, its municipality, its people.
    #[must_use]
    pub fn cell_name(&self, cell: u32, results: &Results, lang: Lang) -> String {
        let id = cell_id(cell, results);
        let area = results.situation.demand.areas.get(cell as usize).copied().flatten();
        let area = results.situation.area_name(area);
        let people = self.weights.get(cell as usize).copied().unwrap_or_default();
        let people = lang.persons(People::new(people));
        match area {
            Some(area) => {
                say!(lang, "ruta {id} i {area} ({people})", "cell {id} in {area} ({people})")
            }
            None => say!(lang, "ruta {id} ({people})", "cell {id} ({people})"),
        }
    }

    /// Why a cell is left out.
    #[must_use]
    pub fn said_left_out(&self, cell: &LeftOutCell, results: &Results, lang: Lang) -> String {
        let name = self.cell_name(cell.demand, results, lang);
        let why = self.said_why_left_out(&cell.why, lang);
        format!("{name}: {why}")
    }

    /// Why a cell is left out, without its name.
    #[must_use]
    pub fn said_why_left_out(&self, why: &LeftOutWhy, lang: Lang) -> String {
        match why {
            LeftOutWhy::OnlyForbidden(sites) => {
                let names = listed(sites.iter().map(|site| self.place_name(*site).to_owned()), lang);
                say!(
                    lang,
                    "nås bara från platser som inte kan väljas: {names}",
                    "reached only from places that may not be chosen: {names}"
                )
            }
            LeftOutWhy::BeyondThreshold => {
                lang.pick("ingen plats inom gränsen", "no place within the threshold").into()
            }
            LeftOutWhy::NoWay(reason) => reason.said(lang),
        }
    }

    /// What stands in the way of every plan, by the names of places and cells.
    #[must_use]
    pub fn said_infeasible(&self, why: &Infeasible, results: &Results, lang: Lang) -> String {
        let required = self.places.iter().filter(|place| place.role == Role::Required);
        let names = Names {
            required: required.map(|place| place.name.clone()).collect(),
            place: &|site| self.place_name(site).to_owned(),
            demand: &|cell| self.cell_name(cell, results, lang),
            exclusion: &|sites| {
                let rule = self.exclusions.iter().find(|exclusion| {
                    let [a, b] = exclusion.sites;
                    sites == [a, b] || sites == [b, a]
                });
                rule.map(|rule| self.said_exclusion(rule, lang))
            },
            money: &|whole| self.money(whole, lang),
        };
        infeasible(why, &names, lang)
    }

    #[expect(clippy::cast_precision_loss, reason = "shown to users")]
    fn money(&self, whole: u128, lang: Lang) -> String {
        let value = whole as f64 / self.money_scale.factor();
        lang.number(value, usize::from(value.fract().abs() > 1e-9) * 2)
    }

    /// The value of a plan with its unit.
    #[must_use]
    pub fn said_value(&self, value: f64, lang: Lang) -> String {
        let unit = self.measure.unit();
        let people = |value: f64| lang.number(value, usize::from((value - value.round()).abs() > 1e-6));
        match self.problem.objective.counted() {
            Counted::WeightedCost => {
                // A tenth of a kilometre says nothing beside thousands.
                let value = lang.number(value, usize::from(value.abs() < 1000.0));
                say!(lang, "{value} person{unit}", "{value} person-{unit}")
            }
            Counted::GreatestCost => format!("{} {unit}", lang.number(value, 2)),
            Counted::Sites =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a number of sites"
                )]
                places(value as usize, lang)
            }
            Counted::Weight => {
                let value = people(value);
                say_many!(
                    lang,
                    u8::from(value == "1"),
                    "{value} person" | "{value} personer",
                    "{value} person" | "{value} people"
                )
            }
        }
    }
}

/// The id of a cell: the feature's key in its file, with its layer's where several count people.
#[must_use]
pub fn cell_id(cell: u32, results: &Results) -> String {
    let origin = results.situation.demand.origins.get(cell as usize);
    let counting =
        |layer: &&std::sync::Arc<Layer>| matches!(layer.role, crate::model::Role::Population { .. });
    if let Some(origin) = origin
        && results.project.layers.iter().filter(counting).count() > 1
        && let Some(layer) = results.project.layer(origin.layer)
        && let Some(feature) = layer.table.features.get(origin.feature_ix as usize)
    {
        let key = Layer::feature_key(feature);
        return crate::model::SiteId::Feature { layer: origin.layer, key }.text();
    }
    let feature = origin.and_then(|origin| {
        let layer = results.project.layer(origin.layer)?;
        layer.table.features.get(origin.feature_ix as usize)
    });
    feature.map_or_else(|| format!("#{cell}"), Layer::feature_key)
}

impl Solved {
    /// The verdict in words: how sure the answer is, or why there is none.
    #[must_use]
    pub fn status(&self, results: &Results, lang: Lang) -> String {
        let proof = self.proof().said(lang);
        let why = self.infeasible();
        if why.is_empty() {
            let is_proven = matches!(self.proof(), crate::location::Proof::Proven);
            let doubt = self.posed.money_scale.doubt(&self.posed.problem, lang).filter(|_| is_proven);
            return doubt.unwrap_or(proof);
        }
        let why: Vec<String> = why.iter().map(|why| self.posed.said_infeasible(why, results, lang)).collect();
        let why = why.join("; ");
        say!(lang, "omöjligt: {why}", "infeasible: {why}")
    }
}
