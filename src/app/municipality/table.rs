//! What is the county table of the data? Each municipality with people, its county, the country, from what is loaded; the
//! printed values beside them where the code is that of a printed row, and what is printed of others alone.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::dates::Dates;
use super::identity::{Identity, identify, municipalities_of};
use super::judge::{Known, flags};
use super::line::{Line, LineKind, Stores};
use super::printed::{self, Printed};
use crate::analysis::AreaRow;
use crate::app::Results;
use crate::app::comparing::sources;
use crate::geometry::{Crs, Reprojection, surface_km2};
use crate::io::ground::{Region, ground};
use crate::lang::Lang;
use crate::model::recognise::population_field;
use crate::model::{
    Area, AreaIx, FactValue, LayerId, Message, PeopleGroup, Role, ServiceKind, polygons_of, recognise,
};
use crate::units::People;

/// The county table.
#[derive(Debug, Clone, PartialEq)]
pub struct CountyTable {
    pub lines: Vec<Line>,
    pub people_dates: Dates,
    pub store_dates: Dates,
}

impl CountyTable {
    /// Are printed values beside those of the data?
    #[must_use]
    pub fn has_printed(&self) -> bool {
        self.lines.iter().any(|line| line.printed.is_some())
    }

    /// Is there something to say of any row?
    #[must_use]
    pub fn has_remarks(&self) -> bool {
        self.lines.iter().any(|line| !line.flags.is_empty())
    }

    /// Is an area shown that has water in it?
    #[must_use]
    pub fn has_polygons(&self) -> bool {
        self.lines.iter().any(|line| line.polygon_km2.is_some())
    }

    /// Is the land area known from the data anywhere?
    #[must_use]
    pub fn has_land(&self) -> bool {
        self.lines.iter().any(|line| line.land_km2.is_some())
    }
}

/// What the data hold of an area.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    people: People,
    cells: usize,
    stores: Stores,
}

/// What lines are made of.
struct Sums<'a> {
    results: &'a Results,
    /// By area.
    of: Vec<Held>,
    /// Who lies in no area, and who names one that is not loaded.
    nowhere: Held,
    elsewhere: Held,
    identities: Vec<Identity>,
    /// The group that is counted, where nobody knows about everybody.
    group: Option<PeopleGroup>,
    has_people: bool,
    has_stores: bool,
}

/// The table of a result.
///
/// # Complexity
/// O(cells + services + corners of the areas with people).
#[must_use]
pub fn county_table(results: &Results) -> CountyTable {
    let sums = Sums::of(results);
    let mut lines = sums.counties();
    lines.extend(sums.others());
    lines.extend(sums.outside());
    let nation = nation(&lines);
    lines.extend(Sums::printed_alone(&lines, nation.is_some()));
    lines.extend(nation);
    let people_dates = Dates::of(results, &sources::of_population(results));
    let store_dates = Dates::of(results, &sources::of_services(results, ServiceKind::Grocery));
    let known = Known {
        people_dates: people_dates.clone(),
        store_dates: store_dates.clone(),
        group: sums.group,
        by_place: by_place(results),
        nowhere: sums.nowhere.people + sums.elsewhere.people,
    };
    for line in &mut lines {
        line.flags = flags(line, &known);
    }
    CountyTable { lines, people_dates, store_dates }
}

/// People whose cells name no area, and who count where they lie.
fn by_place(results: &Results) -> People {
    let ways = results.situation.reports.values().filter_map(|report| report.area_ways.as_ref());
    ways.map(|ways| ways.inside.1 + ways.nearest.1).sum()
}

/// The group that is counted in a layer of people, where no column tells everybody.
fn group_counted(results: &Results) -> Option<PeopleGroup> {
    results.project.layers.iter().find_map(|layer| {
        let Role::Population { field } = &layer.role else { return None };
        let group = PeopleGroup::of_column(field)?;
        let total = population_field(&layer.table.columns);
        total.is_none_or(|total| total == *field).then_some(group)
    })
}

impl<'a> Sums<'a> {
    fn of(results: &'a Results) -> Self {
        let situation = &results.situation;
        let mut of = vec![Held::default(); situation.areas.len()];
        let (mut nowhere, mut elsewhere) = (Held::default(), Held::default());
        let demand = &situation.demand;
        for (cell, (area, everyone)) in demand.areas.iter().zip(&demand.everyone).enumerate() {
            let names_other = demand.other_areas.get(cell).is_some_and(Option::is_some);
            let outside = if names_other { &mut elsewhere } else { &mut nowhere };
            let held = area.map_or(outside, |area| &mut of[area.at()]);
            held.people += *everyone;
            held.cells += 1;
        }
        for service in situation.of_kind(ServiceKind::Grocery).iter().filter_map(|ix| situation.service(*ix))
        {
            let held = service.area.map_or(&mut nowhere, |area| &mut of[area.at()]);
            let said = service.facts.get("full_range").map(|fact| &fact.value);
            held.stores.add(match said {
                Some(FactValue::YesNo(yes)) => Some(*yes),
                _ => None,
            });
        }
        let areas = 0..u32::try_from(situation.areas.len()).unwrap_or(u32::MAX);
        Self {
            results,
            of,
            nowhere,
            elsewhere,
            identities: areas.map(|at| identify(results, AreaIx(at))).collect(),
            group: group_counted(results),
            has_people: !demand.is_empty(),
            has_stores: situation.kinds_loaded.contains(ServiceKind::Grocery),
        }
    }

    /// Do the data hold anything of an area? People, or stores where no people are loaded.
    fn is_held(&self, at: usize) -> bool {
        let held = &self.of[at];
        if self.has_people { held.cells > 0 } else { held.stores.all > 0 }
    }

    /// A line of these areas together.
    fn line(&self, kind: LineKind, code: &str, name: Message, areas: &[usize]) -> Line {
        let held = areas.iter().map(|at| self.of[*at]).fold(Held::default(), |sum, of| Held {
            people: sum.people + of.people,
            cells: sum.cells + of.cells,
            stores: sum.stores.plus(of.stores),
        });
        Line {
            // The one that most of it stands in is shown on the map.
            area: areas
                .iter()
                .max_by_key(|at| (self.of[**at].people, std::cmp::Reverse(**at)))
                .map(|at| AreaIx(u32::try_from(*at).unwrap_or(u32::MAX))),
            is_held: areas.iter().any(|at| self.is_held(*at)),
            people: (self.has_people && self.group.is_none()).then_some(held.people),
            stores: self.has_stores.then_some(held.stores),
            printed: (kind != LineKind::Area).then(|| printed::of_code(code)).flatten(),
            ..Line::new(kind, code, name)
        }
    }

    /// The counties that the data hold something of, each after its municipalities.
    fn counties(&self) -> Vec<Line> {
        let mut areas: BTreeMap<&str, (&Region, Vec<usize>)> = BTreeMap::new();
        for (at, identity) in self.identities.iter().enumerate() {
            if let Some(county) = identity.county() {
                areas.entry(&county.code).or_insert_with(|| (county, Vec::new())).1.push(at);
            }
        }
        areas.retain(|_, (_, of)| of.iter().any(|at| self.is_held(*at)));
        let mut lines = Vec::new();
        for (county, of) in areas.values() {
            lines.extend(self.county(county, of));
        }
        lines
    }

    /// The municipalities of a county in the order of their codes, and the county.
    fn county(&self, county: &Region, of: &[usize]) -> Vec<Line> {
        let mut parts: BTreeMap<&str, (&Region, Vec<usize>)> = BTreeMap::new();
        for at in of {
            if let Identity::Municipality { is, .. } = self.identities[*at] {
                parts.entry(&is.code).or_insert_with(|| (is, Vec::new())).1.push(*at);
            }
        }
        let of_part = |(is, areas): &(&Region, Vec<usize>)| {
            let mut line = self.line(LineKind::Municipality, &is.code, both(&is.name), areas);
            if let Some(area) = line.area.and_then(|ix| self.results.situation.areas.get(ix.at())) {
                line.land_km2 = land_km2(self.results, area);
                line.polygon_km2 = polygon_km2(self.results, area);
            }
            line
        };
        let mut lines: Vec<Line> = parts.values().collect::<Vec<_>>().into_par_iter().map(of_part).collect();
        let mut whole = self.line(LineKind::County, &county.code, both(&county.name), of);
        let own: Vec<&Area> = of
            .iter()
            .filter(|at| matches!(self.identities[**at], Identity::County(_)))
            .filter_map(|at| self.results.situation.areas.get(*at))
            .collect();
        whole.area = None;
        // People who are counted by county alone are there without their municipalities.
        let is_by_county =
            of.iter().any(|at| matches!(self.identities[*at], Identity::County(_)) && self.is_held(*at));
        if !is_by_county {
            let held = lines.iter().filter(|line| line.is_held).count();
            whole.parts = Some((held, municipalities_of(Some(county))));
        }
        let all: Vec<&Line> = lines.iter().collect();
        let has_all = all.len() == municipalities_of(Some(county));
        let of_parts = |value: fn(&Line) -> Option<f64>| summed(&all, value).filter(|_| has_all);
        let own = own.first().copied();
        let land = own.and_then(|area| land_km2(self.results, area));
        whole.land_km2 = land.or_else(|| of_parts(|line| line.land_km2));
        whole.polygon_km2 = of_parts(|line| line.polygon_km2).or_else(|| polygon_km2(self.results, own?));
        lines.push(whole);
        lines
    }

    /// Areas that the division of Sweden does not know.
    fn others(&self) -> Vec<Line> {
        let areas = self.results.situation.areas.iter().enumerate();
        areas
            .filter(|(at, _)| matches!(self.identities[*at], Identity::Other) && self.is_held(*at))
            .map(|(at, area)| {
                let mut line = self.line(LineKind::Area, &area.code, both(&area.name), &[at]);
                line.land_km2 = land_km2(self.results, area);
                line.polygon_km2 = polygon_km2(self.results, area);
                line
            })
            .collect()
    }

    /// Who lies in no area, and who names areas that are not loaded; called as in the table of areas.
    fn outside(&self) -> impl Iterator<Item = Line> {
        let situation = &self.results.situation;
        let named = self.results.areas.iter().find(|row| row.area.is_none() && !row.named.is_empty());
        let name = |row: Option<&AreaRow>| {
            let said = |lang: Lang| match row {
                Some(row) => row.title(situation, lang),
                None => lang.pick("ingen kommun", "no municipality").to_owned(),
            };
            Message::new(said(Lang::Sv), said(Lang::En))
        };
        let both = [(self.nowhere, name(None)), (self.elsewhere, name(named))];
        both.into_iter().filter(|(held, _)| held.cells > 0 || held.stores.all > 0).map(|(held, name)| Line {
            is_held: true,
            people: (self.has_people && self.group.is_none()).then_some(held.people),
            stores: self.has_stores.then_some(held.stores),
            ..Line::new(LineKind::NoArea, "", name)
        })
    }

    /// Printed counties and the country that the data do not hold; only beside an area that is printed too.
    fn printed_alone(lines: &[Line], has_nation: bool) -> Vec<Line> {
        if !lines.iter().any(|line| line.printed.is_some()) {
            return Vec::new();
        }
        let is_there = |code: &str| lines.iter().any(|line| line.printed.is_some_and(|row| row.code == code));
        let alone = printed::regions().filter(|row| !is_there(row.code));
        let alone = alone.filter(|row| !has_nation || !row.code.is_empty());
        let line = |row: &'static Printed| {
            let is_nation = row.code.is_empty();
            let kind = if is_nation { LineKind::Nation } else { LineKind::County };
            let name = if is_nation { sweden() } else { both(row.name) };
            Line { printed: Some(row), ..Line::new(kind, row.code, name) }
        };
        alone.map(line).collect()
    }
}

/// The country, where every county is there with all of its municipalities.
fn nation(lines: &[Line]) -> Option<Line> {
    let whole: Vec<&Line> =
        lines.iter().filter(|line| line.kind == LineKind::County && line.is_whole()).collect();
    if whole.len() < ground().counties.len() {
        return None;
    }
    let count = municipalities_of(None);
    let stores = whole.iter().map(|line| line.stores);
    Some(Line {
        is_held: true,
        parts: Some((count, count)),
        people: whole.iter().try_fold(People::ZERO, |sum, line| Some(sum + line.people?)),
        land_km2: summed(&whole, |line| line.land_km2),
        polygon_km2: summed(&whole, |line| line.polygon_km2),
        stores: stores.reduce(|a, b| Some(a?.plus(b?))).flatten(),
        printed: printed::of_code(""),
        ..Line::new(LineKind::Nation, "", sweden())
    })
}

fn sweden() -> Message {
    Message::new("Riket", "Sweden")
}

fn both(name: &str) -> Message {
    Message::new(name, name)
}

/// The sum, where every line has a value.
fn summed(lines: &[&Line], value: impl Fn(&Line) -> Option<f64>) -> Option<f64> {
    lines.iter().map(|line| value(line)).sum::<Option<f64>>().filter(|_| !lines.is_empty())
}

/// The surface within the boundaries as they run in their file, water included. Of those that are built in there is
/// none: they are simplified and reach out to sea.
fn polygon_km2(results: &Results, area: &Area) -> Option<f64> {
    /// How far edges that are straight in the plane may lie from their place in degrees, metres.
    const BEND_M: f64 = 0.1;
    if area.layer == LayerId::BUILT_IN {
        return None;
    }
    let layer = results.project.layer(area.layer)?;
    if layer.source.crs.is_wgs84_degrees() {
        let shapes = area.features.iter().filter_map(|at| layer.table.features.get(*at));
        let polygons = shapes.filter_map(|feature| polygons_of(feature.shape.as_deref())).flatten();
        return Some(polygons.map(surface_km2).sum());
    }
    let to_degrees = Reprojection::new(Crs::Wgs84);
    let surface = |polygon| to_degrees.degrees_polygon(polygon, BEND_M).map(|of| surface_km2(&of));
    area.shape.iter().map(surface).sum()
}

/// The land area, where a column says it with its unit. Parts of an area may each print the whole: of several nobody
/// knows.
fn land_km2(results: &Results, area: &Area) -> Option<f64> {
    let layer = results.project.layer(area.layer)?;
    let [feature] = area.features.as_slice() else { return None };
    let (column, km2) =
        layer.table.columns.iter().find_map(|column| Some((column, square_kilometres(&column.name)?)))?;
    let feature = layer.table.features.get(*feature)?;
    let value = column.entry(feature.row).and_then(crate::model::Entry::number)?;
    (value.is_finite() && value > 0.0).then_some(value * km2)
}

/// Does a column hold land areas, by its name? How many square kilometres one of its unit is.
fn square_kilometres(column: &str) -> Option<f64> {
    let name = recognise::folded(column).replace('²', "2");
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (unit, of) = words.split_last()?;
    let is_land =
        matches!(of, ["landareal" | "land" | "landarea"] | ["land", "area" | "areal"] | ["areal", "land"]);
    let km2 = match *unit {
        "km2" | "kvkm" => 1.0,
        "ha" | "hektar" => 0.01,
        "m2" | "kvm" => 1e-6,
        _ => return None,
    };
    is_land.then_some(km2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_holds_land_only_where_it_says_so_with_its_unit() {
        for (name, km2) in [
            ("landareal_km2", 1.0),
            ("Landareal (km²)", 1.0),
            ("land_km2", 1.0),
            ("land area ha", 0.01),
            ("areal_land_kvm", 1e-6),
        ] {
            assert_eq!(square_kilometres(name), Some(km2), "{name}");
        }
        for name in ["landareal", "areal_km2", "land", "total_km2", "vatten_km2", "landskod", "km2", ""] {
            assert_eq!(square_kilometres(name), None, "{name}");
        }
    }
}
