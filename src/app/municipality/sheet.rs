//! How does it stand in one municipality? Its people, services, ways, gaps, SOT places, candidates and follow-up, with the
//! same figures of its county beside each. No figure is computed in another way than where it is shown alone.

use jiff::civil::Date;

use super::figure::{Figure, Part};
use super::figures;
use super::identity::{Identity, identify, municipalities_of};
use super::line::LineKind;
use super::table::CountyTable;
use crate::analysis::{AreaRow, Coverage, summed};
use crate::app::Results;
use crate::app::following::{Board, Card};
use crate::geometry::LonLat;
use crate::lang::{Lang, Said as _};
use crate::model::{AreaIx, Message, Project, ServiceKind, SiteId};
use crate::say;
use crate::siting::Verdict;
use crate::siting::ranking::Ranking;
use crate::units::{Cost, People};

/// A gap that people of the municipality live in.
#[derive(Debug, Clone, PartialEq)]
pub struct GapHere {
    pub kind: ServiceKind,
    /// Its number among those of the kind, from 0.
    pub at: usize,
    /// A cell of it, by its position in the demand.
    pub first: u32,
    /// Of the municipality, and all of it.
    pub people_here: People,
    pub people: People,
    pub max: Option<Cost>,
}

/// A candidate with its rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    pub site: SiteId,
    pub name: String,
    pub place: LonLat,
    /// Among all that are ranked, not those of the municipality alone.
    pub rank: usize,
    /// 0 to 1.
    pub score: f64,
    pub verdict: Verdict,
}

/// What a sheet is asked of: the results, and what the project says now.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub results: &'a Results,
    pub project: &'a Project,
    pub today: Date,
}

/// The sheet of a municipality.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub area: AreaIx,
    pub name: String,
    pub code: String,
    /// What stands beside it: the county, or everything.
    pub beside: Message,
    /// How much of the county the data hold.
    pub beside_note: Message,
    pub figures: Vec<Figure>,
    /// By kind, most people of the municipality first.
    pub gaps: Vec<GapHere>,
    /// Its places that are followed.
    pub cards: Vec<Card>,
    /// Best first.
    pub best: Vec<Best>,
    /// How many places are ranked in all.
    pub ranked: usize,
    /// Where the data and the printed county table differ.
    pub remarks: Vec<Message>,
}

/// The sheet of the area of this name; `None` where there is none.
///
/// # Complexity
/// O(cells + services), and sorting the ways of its county's cells.
#[must_use]
pub fn sheet(name: &str, asked: Asked<'_>, table: &CountyTable) -> Option<Sheet> {
    let situation = &asked.results.situation;
    let rows = asked.results.areas.iter();
    let area = rows.filter_map(|row| row.area).find(|area| situation.area_name(Some(*area)) == Some(name))?;
    sheet_of(area, asked, table)
}

/// The sheet of an area, also where another is called the same; nothing where nobody lives in it.
#[must_use]
pub fn sheet_of(area: AreaIx, asked: Asked<'_>, table: &CountyTable) -> Option<Sheet> {
    let Asked { results, project, today } = asked;
    let situation = &results.situation;
    let own = results.areas.iter().find(|row| row.area == Some(area))?;
    let name = situation.area_name(Some(area))?;
    let around = Around::of(results, area);
    let beside = around.row(results);
    let board = Board::new(results, project, today);
    let ranking = results.rank(&project.ranking, &project.selected);
    let is_own = |ix: Option<AreaIx>| ix == Some(area);
    let is_beside = |ix: Option<AreaIx>| around.holds(ix);
    let sides = figures::Sides { own, beside: &beside, is_own: &is_own, is_beside: &is_beside };
    let places = figures::Places { board: &board, name, is_beside: &|name| around.is_named(results, name) };
    let mut all = figures::people(results, &sides);
    all.extend(figures::services(results, &sides));
    all.extend(figures::reach(results, &sides));
    all.extend(figures::sot(results, &sides));
    all.extend(figures::candidates(results, &sides));
    all.extend(figures::follow_up(results, &places));
    let cards = board.cards.iter().filter(|card| card.municipality.as_deref() == Some(name)).cloned();
    Some(Sheet {
        area,
        name: name.to_owned(),
        code: situation.areas.get(area.at()).map(|area| area.code.clone()).unwrap_or_default(),
        beside: around.title(),
        beside_note: around.note(results),
        figures: all,
        gaps: gaps(results, area),
        cards: cards.collect(),
        best: best(results, &ranking, area),
        ranked: ranking.places.iter().filter(|place| place.score.is_some()).count(),
        remarks: remarks(table, area),
    })
}

/// What stands beside a municipality.
struct Around {
    county: Option<&'static crate::io::ground::Region>,
    /// By area; empty where everything stands beside it.
    areas: Vec<bool>,
}

impl Around {
    fn of(results: &Results, area: AreaIx) -> Self {
        let county = match identify(results, area) {
            Identity::Municipality { county, .. } => Some(county),
            // A county has no county around it.
            Identity::County(_) | Identity::Other => None,
        };
        let Some(wanted) = county else { return Self { county: None, areas: Vec::new() } };
        let all = 0..u32::try_from(results.situation.areas.len()).unwrap_or(u32::MAX);
        let is_in = |at: u32| identify(results, AreaIx(at)).county().is_some_and(|of| of.code == wanted.code);
        Self { county, areas: all.map(is_in).collect() }
    }

    /// Is what lies in this area counted? Where everything is, also what lies in none.
    fn holds(&self, area: Option<AreaIx>) -> bool {
        self.county.is_none() || area.is_some_and(|ix| self.areas.get(ix.at()) == Some(&true))
    }

    fn is_named(&self, results: &Results, name: Option<&str>) -> bool {
        let areas = &results.situation.areas;
        let is_it = |(at, area): (usize, &crate::model::Area)| {
            self.areas.get(at) == Some(&true) && Some(area.name.as_str()) == name
        };
        self.county.is_none() || areas.iter().enumerate().any(is_it)
    }

    /// Everybody in it together.
    fn row(&self, results: &Results) -> AreaRow {
        let demand = &results.situation.demand;
        let cells: Vec<usize> = (0..demand.len()).filter(|cell| self.holds(demand.areas[*cell])).collect();
        let coverages: Vec<&Coverage> = results.kinds.iter().map(|kind| &kind.coverage).collect();
        summed(&cells, demand, coverages.into_iter(), results.rural.as_deref(), results.limit())
    }

    fn title(&self) -> Message {
        let name = |county: &crate::io::ground::Region| Message::new(&county.name, &county.name);
        self.county.map_or_else(|| Message::new("Hela området", "The whole area"), name)
    }

    /// Of how many municipalities the sums are.
    fn note(&self, results: &Results) -> Message {
        let Some(county) = self.county else {
            return Message::new("allt som är inläst", "everything that is loaded");
        };
        let held = held_of(results, county);
        let of = municipalities_of(Some(county));
        let said = |lang: Lang| {
            say!(lang, "{held} av {of} kommuner i data", "{held} of {of} municipalities in the data")
        };
        Message::new(said(Lang::Sv), said(Lang::En))
    }
}

/// Municipalities of a county with people in the data.
fn held_of(results: &Results, county: &crate::io::ground::Region) -> usize {
    let mut held: Vec<&str> = results
        .areas
        .iter()
        .filter(|row| row.cells > 0)
        .filter_map(|row| match identify(results, row.area?) {
            Identity::Municipality { is, county: of } if of.code == county.code => Some(is.code.as_str()),
            _ => None,
        })
        .collect();
    held.sort_unstable();
    held.dedup();
    held.len()
}

/// The gaps that people of the area live in.
fn gaps(results: &Results, area: AreaIx) -> Vec<GapHere> {
    let demand = &results.situation.demand;
    let mut found = Vec::new();
    for kind in &results.kinds {
        let mut of_kind: Vec<GapHere> = Vec::new();
        for (at, (gap, _)) in kind.gaps.iter().enumerate() {
            let mine = || gap.cells.iter().copied().filter(|cell| demand.areas[*cell as usize] == Some(area));
            let Some(first) = gap.cells.first().copied().filter(|_| mine().next().is_some()) else {
                continue;
            };
            let people_here: People = mine().map(|cell| demand.people[cell as usize]).sum();
            let (kind, people, max) = (gap.kind, gap.people, gap.max);
            of_kind.push(GapHere { kind, at, first, people_here, people, max });
        }
        of_kind.sort_by_key(|gap| (std::cmp::Reverse(gap.people_here), gap.at));
        found.extend(of_kind);
    }
    found
}

/// The candidates of the area that have a score, the best ranked first.
fn best(results: &Results, ranking: &Ranking, area: AreaIx) -> Vec<Best> {
    let of_place = |place: &crate::siting::ranking::Ranked| {
        let candidate = results.candidates.get(place.candidate).filter(|one| one.area == Some(area))?;
        let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
        Some(Best {
            site: candidate.site.clone(),
            name: sot.map_or_else(|| candidate.name.clone(), |sot| sot.name.clone()),
            place: candidate.place,
            rank: place.rank,
            score: place.score?,
            verdict: candidate.verdict,
        })
    };
    ranking.places.iter().filter_map(of_place).collect()
}

/// What the county table flags of the area.
fn remarks(table: &CountyTable, area: AreaIx) -> Vec<Message> {
    let line = table.lines.iter().find(|line| line.area == Some(area) && line.kind != LineKind::County);
    let flags = line.map_or(&[][..], |line| line.flags.as_slice());
    flags.iter().map(|flag| Message::new(flag.said(Lang::Sv), flag.said(Lang::En))).collect()
}

impl Sheet {
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The figures of a part.
    pub fn of_part(&self, part: Part) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |figure| figure.part == part)
    }
}
