//! Which places are followed, how far has each come, and what comes next there? One card a place: the SOT places of the
//! data, and every other place of which something is written down, test sites too.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::app::Results;
use crate::geometry::{LonLat, plane_from_place};
use crate::lang::{Lang, Said as _};
use crate::model::process::{Concern, ConcernKind, Follow, Next, concerns, next};
use crate::model::{AreaIndex, Project, SiteId, SotPlace, SotStatus};
use crate::say;

/// A place that is followed.
#[derive(Debug, Clone)]
pub struct Card {
    pub site: SiteId,
    pub name: String,
    pub municipality: Option<String>,
    /// Where it lies; nowhere while it is not in the data.
    pub place: Option<LonLat>,
    pub status: Option<SotStatus>,
    /// As written: of the hand's status, else of the file's.
    pub date: String,
    /// A hand set the status.
    pub is_set: bool,
    pub in_favour_of: Option<String>,
    pub owner: String,
    pub next: Next,
    pub concerns: Vec<Concern>,
}

impl Card {
    /// Is there something of this kind to look at?
    #[must_use]
    pub fn has(&self, kind: ConcernKind) -> bool {
        self.concerns.iter().any(|concern| concern.kind() == kind)
    }

    /// The status with its date; a status never stands without it.
    #[must_use]
    pub fn status_said(&self, lang: Lang) -> String {
        let Some(status) = self.status else { return lang.pick("utan status", "no status").into() };
        let date = if self.date.is_empty() { lang.pick("okänt datum", "unknown date") } else { &self.date };
        let status = status.said(lang);
        match &self.in_favour_of {
            Some(other) => {
                say!(
                    lang,
                    "{status} till förmån för {other}, {date}",
                    "{status} in favour of {other}, {date}"
                )
            }
            None => format!("{status}, {date}"),
        }
    }

    /// Who does what comes next: the step's owner, else the place's.
    #[must_use]
    pub fn next_owner<'a>(&'a self, follow: Option<&'a Follow>) -> &'a str {
        let step = match &self.next {
            Next::Unblock { step, .. } | Next::Begin(step) | Next::Finish(step) => Some(*step),
            Next::Check(check) => Some(check.step()),
            Next::Ask(_) | Next::Decide | Next::Nothing => None,
        };
        let of_step = follow.zip(step).and_then(|(follow, step)| follow.steps.get(&step));
        of_step.map(|noted| noted.owner.as_str()).filter(|owner| !owner.is_empty()).unwrap_or(&self.owner)
    }
}

/// The places of one status.
pub struct Column<'a> {
    pub status: Option<SotStatus>,
    pub cards: Vec<&'a Card>,
}

/// Every place that is followed.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// By municipality, then by name.
    pub cards: Vec<Card>,
}

/// The day that a text names; before all others where it names none, so that nothing is late.
#[must_use]
pub fn day_of(text: &str) -> Date {
    text.parse().unwrap_or(Date::MIN)
}

impl Board {
    /// The places of a result with what is written down of them now, seen on a day.
    #[must_use]
    pub fn new(results: &Results, project: &Project, today: Date) -> Self {
        let situation = &results.situation;
        let known: BTreeSet<&SiteId> = situation.sot_places.iter().map(|sot| &sot.site).collect();
        let mut cards: Vec<Card> =
            situation.sot_places.iter().map(|sot| of_sot(sot, results, project, today)).collect();
        let mut others: BTreeSet<&SiteId> =
            project.follows.keys().filter(|site| !known.contains(site)).collect();
        let mut services = Vec::new();
        if !others.is_empty() {
            services.extend(situation.services.iter().filter(|service| others.contains(&service.site)));
        }
        for service in services {
            let Some(site) = others.take(&service.site) else { continue };
            let area = situation.area_name(service.area).map(str::to_owned);
            cards.push(card(site, service.name.clone(), area, Some(service.place), None, project, today));
        }
        // Made where a test site is followed, for all of them.
        let areas = others.iter().any(|site| matches!(site, SiteId::Trial(_)));
        let areas = areas.then(|| AreaIndex::new(&situation.areas));
        for site in others {
            let name = project.site_name(site).unwrap_or_else(|| site.text());
            let trial = project.trials.iter().find(|trial| SiteId::Trial(trial.id) == *site);
            let place = trial.map(|trial| trial.place);
            let snap = project.parameters.area_snap;
            let point = place.and_then(plane_from_place);
            let area =
                point.zip(areas.as_ref()).and_then(|(point, areas)| situation.area_at(point, areas, snap));
            cards.push(card(site, name, area.map(str::to_owned), place, None, project, today));
        }
        for card in &mut cards {
            card.in_favour_of = favoured(card, results, project);
        }
        cards.sort_by(|a, b| (&a.municipality, &a.name, &a.site).cmp(&(&b.municipality, &b.name, &b.site)));
        Self { cards }
    }

    /// The columns that have a place, in the order of the statuses; those without a status last.
    pub fn columns(&self, wanted: impl Fn(&Card) -> bool) -> Vec<Column<'_>> {
        let statuses = SotStatus::ALL.into_iter().map(Some).chain([None]);
        let column = |status: Option<SotStatus>| {
            let cards: Vec<&Card> =
                self.cards.iter().filter(|card| card.status == status && wanted(card)).collect();
            Column { status, cards }
        };
        statuses.map(column).filter(|column| !column.cards.is_empty()).collect()
    }
}

/// The status of the file stands until a hand sets another, also before the figures are computed anew.
fn of_sot(sot: &SotPlace, results: &Results, project: &Project, today: Date) -> Card {
    let in_file = sot.in_file.as_ref().map(|file| (file.status, file.date.clone()));
    let area = results.situation.area_name(sot.area).map(str::to_owned);
    card(&sot.site, sot.name.clone(), area, Some(sot.place), in_file, project, today)
}

fn card(
    site: &SiteId,
    name: String,
    municipality: Option<String>,
    place: Option<LonLat>,
    in_file: Option<(SotStatus, String)>,
    project: &Project,
    today: Date,
) -> Card {
    let follow = project.follow(site);
    let set = follow.and_then(|follow| follow.status.as_ref());
    let (status, date) = match (set, in_file) {
        (Some(set), _) => (Some(set.status), set.date.text()),
        (None, Some((status, date))) => (Some(status), date),
        (None, None) => (None, String::new()),
    };
    let nothing = Follow::default();
    let noted = follow.unwrap_or(&nothing);
    Card {
        site: site.clone(),
        name,
        municipality,
        place,
        status,
        date,
        is_set: set.is_some(),
        in_favour_of: None,
        owner: noted.owner.clone(),
        next: next(noted, status),
        concerns: concerns(noted, today),
    }
}

/// The name of the place that goes before this one.
fn favoured(card: &Card, results: &Results, project: &Project) -> Option<String> {
    let situation = &results.situation;
    if let Some(set) = project.follow(&card.site).and_then(|follow| follow.status.as_ref()) {
        let site = set.in_favour_of.as_ref()?;
        let sot = situation.sot_places.iter().find(|sot| sot.site == *site).map(|sot| sot.name.clone());
        return Some(sot.or_else(|| project.site_name(site)).unwrap_or_else(|| site.text()));
    }
    let sot = situation.sot_places.iter().find(|sot| sot.site == card.site)?;
    sot.in_file.as_ref()?.in_favour_of.clone()
}
