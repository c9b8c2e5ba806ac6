//! How many people have what they need, hour by hour? Places that work in the same hours are one group; cells that reach the
//! same groups are one pattern; hours are bits. Nobody is counted twice, and every hour sums to all.

use rustc_hash::FxHashMap;

use super::clock::Case;
use super::hours::HourSet;
use crate::model::outage::HOURS;
use crate::model::travel::Nearest;
use crate::model::{AreaIx, RuralGroup};
use crate::units::Cost;

/// The hours in which a place works: by case, at all and without limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Served {
    pub works: [HourSet; 2],
    pub fully: [HourSet; 2],
}

impl Served {
    /// Always, whatever happens.
    #[must_use]
    pub fn always() -> Self {
        Self { works: [HourSet::all(); 2], fully: [HourSet::all(); 2] }
    }

    /// The hours in which it serves while others with the same power do: nothing of it is ever less.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let both = |a: [HourSet; 2], b: [HourSet; 2]| [a[0].or(b[0]), a[1].or(b[1])];
        Self { works: both(self.works, other.works), fully: both(self.fully, other.fully) }
    }
}

/// Places that work in the same hours, and how far everybody has to the nearest of them.
pub struct Supply<'a> {
    pub served: Served,
    /// With the roads of everyday.
    pub nearest: &'a Nearest,
    /// With roads closed, where the scenario closes some for a time.
    pub closed: Option<&'a Nearest>,
}

/// Who lives where.
pub struct People<'a> {
    pub everyone: &'a [crate::units::People],
    pub rural: Option<&'a [Option<RuralGroup>]>,
    /// Columns that count a group, such as 65+.
    pub columns: &'a [Vec<f64>],
    pub areas: &'a [Option<AreaIx>],
    pub area_count: usize,
}

impl People<'_> {
    /// Everyone, the groups of countryside and those of whom none can be told, then columns.
    #[must_use]
    pub const fn slots(&self) -> usize {
        Slots::COLUMNS + self.columns.len()
    }
}

/// Where the groups of people stand.
pub struct Slots;

impl Slots {
    pub const EVERYONE: usize = 0;
    pub const COLUMNS: usize = 5;

    /// Of a group of countryside; `None`, of whom nobody can tell, stands last.
    #[must_use]
    pub fn rural(group: Option<RuralGroup>) -> usize {
        let at = group.and_then(|group| RuralGroup::ALL.iter().position(|known| *known == group));
        1 + at.unwrap_or(RuralGroup::ALL.len())
    }
}

/// People by how they have it. `supplied`, `beyond` and `without` sum to all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    pub total: f64,
    /// A working place is within the threshold.
    pub supplied: f64,
    /// Of these: all within the threshold work with limits.
    pub limited: f64,
    /// A working place can be reached, beyond the threshold.
    pub beyond: f64,
    /// No working place can be reached.
    pub without: f64,
}

impl Counts {
    fn add(&mut self, people: f64, way: Way) {
        self.total += people;
        match way {
            Way::Within => self.supplied += people,
            Way::Limited => {
                self.supplied += people;
                self.limited += people;
            }
            Way::Beyond => self.beyond += people,
            Way::None => self.without += people,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Within,
    Limited,
    Beyond,
    None,
}

/// A need over the hours.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NeedHours {
    /// By slot, when nothing fails.
    pub everyday: Vec<Counts>,
    /// By hour and case, by slot.
    pub hours: Vec<[Vec<Counts>; 2]>,
    /// By area, those without one last: when nothing fails.
    pub areas_everyday: Vec<Counts>,
    /// By hour and case, by area.
    pub areas: Vec<[Vec<Counts>; 2]>,
}

impl NeedHours {
    /// People-hours supplied from hour 0 to before the end, of everyone.
    #[must_use]
    pub fn people_hours(&self, case: Case, hours: usize) -> f64 {
        let of = |hour: &[Vec<Counts>; 2]| hour[case as usize].first().map_or(0.0, |all| all.supplied);
        self.hours.iter().take(hours).map(of).sum()
    }
}

/// The hours in which cells of one pattern have it how.
struct Pattern {
    works: [HourSet; 2],
    fully: [HourSet; 2],
    reaches: [HourSet; 2],
    everyday: Way,
    slots: Vec<f64>,
    areas: FxHashMap<usize, f64>,
}

/// Counts people for every hour. `closed_hours` are those with roads closed.
///
/// # Complexity
/// O(cells × groups) + O(patterns × hours × (slots + areas)).
#[must_use]
pub fn supply(
    groups: &[Supply<'_>],
    people: &People<'_>,
    threshold: Cost,
    closed_hours: HourSet,
) -> NeedHours {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut known: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    let words = (groups.len() * 4).div_ceil(64);
    let mut key = vec![0u64; words];
    for (cell, everyone) in people.everyone.iter().enumerate() {
        key.fill(0);
        for (at, group) in groups.iter().enumerate() {
            let mut mark = |nearest: &Nearest, offset: usize| {
                let Some((_, cost)) = nearest.cost(cell, 0) else { return };
                let bits = if cost.is_within(threshold) { 0b11 } else { 0b01 };
                // Four bits a group never lie over two words.
                key[at * 4 / 64] |= bits << (at * 4 % 64 + offset);
            };
            mark(group.nearest, 0);
            if let Some(closed) = group.closed {
                mark(closed, 2);
            }
        }
        let at = known.get(key.as_slice()).copied().unwrap_or_else(|| {
            patterns.push(Pattern::of(&key, groups, closed_hours, people.slots()));
            known.insert(key.clone(), patterns.len() - 1);
            patterns.len() - 1
        });
        patterns[at].add(cell, everyone.value(), people);
    }
    told(&patterns, people)
}

impl Pattern {
    fn of(key: &[u64], groups: &[Supply<'_>], closed_hours: HourSet, slots: usize) -> Self {
        let mut out = Self {
            works: [HourSet::NONE; 2],
            fully: [HourSet::NONE; 2],
            reaches: [HourSet::NONE; 2],
            everyday: Way::None,
            slots: vec![0.0; slots],
            areas: FxHashMap::default(),
        };
        for (at, group) in groups.iter().enumerate() {
            let bits = key[at * 4 / 64] >> (at * 4 % 64);
            let open = bits & 0b11;
            let closed = if group.closed.is_some() { bits >> 2 & 0b11 } else { open };
            let hours = |bit: u64| {
                let by_open =
                    if open & bit != 0 { HourSet::all().without(closed_hours) } else { HourSet::NONE };
                let by_closed = if closed & bit != 0 { closed_hours } else { HourSet::NONE };
                by_open.or(by_closed)
            };
            let (reach, within) = (hours(0b01), hours(0b10));
            for case in 0..2 {
                out.works[case] = out.works[case].or(group.served.works[case].and(within));
                out.fully[case] = out.fully[case].or(group.served.fully[case].and(within));
                out.reaches[case] = out.reaches[case].or(group.served.works[case].and(reach));
            }
            let everyday = match open {
                0b11 => Way::Within,
                0b01 => Way::Beyond,
                _ => Way::None,
            };
            if everyday == Way::Within || out.everyday == Way::None {
                out.everyday = everyday;
            }
        }
        out
    }

    fn add(&mut self, cell: usize, everyone: f64, people: &People<'_>) {
        self.slots[Slots::EVERYONE] += everyone;
        if let Some(rural) = people.rural {
            self.slots[Slots::rural(rural.get(cell).copied().flatten())] += everyone;
        }
        for (at, column) in people.columns.iter().enumerate() {
            self.slots[Slots::COLUMNS + at] += column.get(cell).copied().unwrap_or(0.0);
        }
        let area = people.areas.get(cell).copied().flatten().map_or(people.area_count, AreaIx::at);
        *self.areas.entry(area).or_default() += everyone;
    }

    fn way(&self, case: usize, hour: usize) -> Way {
        if self.fully[case].contains(hour) {
            Way::Within
        } else if self.works[case].contains(hour) {
            Way::Limited
        } else if self.reaches[case].contains(hour) {
            Way::Beyond
        } else {
            Way::None
        }
    }
}

fn told(patterns: &[Pattern], people: &People<'_>) -> NeedHours {
    let (slots, areas) = (people.slots(), people.area_count + 1);
    let count = |way: &dyn Fn(&Pattern) -> Way| {
        let (mut by_slot, mut by_area) = (vec![Counts::default(); slots], vec![Counts::default(); areas]);
        for pattern in patterns {
            let way = way(pattern);
            for (counts, people) in by_slot.iter_mut().zip(&pattern.slots) {
                counts.add(*people, way);
            }
        }
        for (pattern, area, people) in ordered(patterns) {
            by_area[area].add(people, way(pattern));
        }
        (by_slot, by_area)
    };
    let (everyday, areas_everyday) = count(&|pattern| pattern.everyday);
    let mut out = NeedHours { everyday, areas_everyday, hours: Vec::new(), areas: Vec::new() };
    for hour in 0..HOURS {
        // Most hours are as the one before.
        let same = hour > 0
            && patterns
                .iter()
                .all(|pattern| (0..2).all(|case| pattern.way(case, hour) == pattern.way(case, hour - 1)));
        if same {
            out.hours.push(out.hours[hour - 1].clone());
            out.areas.push(out.areas[hour - 1].clone());
            continue;
        }
        let (worst, worst_areas) = count(&|pattern| pattern.way(0, hour));
        let (best, best_areas) = count(&|pattern| pattern.way(1, hour));
        out.hours.push([worst, best]);
        out.areas.push([worst_areas, best_areas]);
    }
    out
}

/// People by pattern and area, in an order that is always the same.
fn ordered(patterns: &[Pattern]) -> impl Iterator<Item = (&Pattern, usize, f64)> {
    patterns.iter().flat_map(|pattern| {
        let mut areas: Vec<(usize, f64)> =
            pattern.areas.iter().map(|(area, people)| (*area, *people)).collect();
        areas.sort_by_key(|(area, _)| *area);
        areas.into_iter().map(move |(area, people)| (pattern, area, people))
    })
}
