//! Who lives where? Population cells and the area each is counted in.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::areas::{AreaIndex, OwnArea, Stated};
use super::decided;
use super::parts::{Area, AreaIx, Demand, DemandOrigin};
use crate::geometry::{GridCell, LonLat, PlanePoint};
use crate::model::{
    AreaWays, Column, Entry, Layer, LayerId, LayerReport, Message, Project, Refusal, Refused, Remark,
    RemarkKind, recognise,
};
use crate::units::{Metres, People};

/// Sides of published grids, metres, largest first.
const GRID_SIDES_M: [f64; 5] = [1000.0, 500.0, 250.0, 100.0, 5000.0];

/// More people than this in one cell is a slip of the pen, and would drown the sums.
const PEOPLE_MAX: f64 = 1e8;

/// Makes the demand points of a population layer.
pub(super) fn bind(
    layer: &Layer,
    field: &str,
    index: &AreaIndex<'_>,
    project: &Project,
    out: &mut Bound,
    report: &mut LayerReport,
) {
    let side_m = grid_side(layer);
    let total = total_beside(layer, field, report);
    let cells = cells(layer, (field, total), index, project);
    let mut ways = AreaWays::default();
    let mut others: BTreeMap<u32, (usize, People)> = BTreeMap::new();
    for ((feature_ix, feature), cell) in (0u32..).zip(&layer.table.features).zip(cells) {
        let mut remark = |kind| {
            report.remarks.push(Remark { number: Some(feature.number), kind, place: Some(feature.place) });
        };
        let Cell { people, everyone, way, remark: of_number } = match cell {
            Err(reason) => {
                report.refused.push(Refused { number: feature.number, reason, place: Some(feature.place) });
                continue;
            }
            Ok(cell) => cell,
        };
        of_number.into_iter().for_each(&mut remark);
        if people == People::ZERO {
            remark(RemarkKind::ZeroPopulation);
        }
        ways.count(&way, people);
        let (area, other) = match way {
            Way::Named(area) | Way::Inside(area) => (Some(area), None),
            Way::Nearest(area, by) => {
                let name = index.areas()[area.at()].name.clone();
                remark(RemarkKind::NearestArea { area: name, by });
                (Some(area), None)
            }
            Way::NamesOther(name) => {
                let other = out.number_of(&name);
                let (cells, sum) = others.entry(other).or_default();
                *cells += 1;
                *sum += people;
                (None, Some(other))
            }
            Way::Nowhere => {
                if !index.areas().is_empty() {
                    remark(RemarkKind::NoArea);
                }
                (None, None)
            }
        };
        let demand = &mut out.demand;
        demand.points.push(feature.point);
        demand.places.push(feature.place);
        demand.people.push(people);
        demand.everyone.push(everyone);
        demand.origins.push(DemandOrigin { layer: layer.id, feature_ix });
        demand.areas.push(area);
        demand.other_areas.push(other);
        demand.sides_m.push(side_m);
        report.features_used += 1;
    }
    // One remark a name: a country's cells beside a county's areas name hundreds of thousands of times.
    report.remarks.extend(others.into_iter().map(|(other, (cells, people))| {
        let name = out.other_names.get(other as usize).cloned().unwrap_or_default();
        Remark { number: None, kind: RemarkKind::AreaNotLoaded { name, cells, people }, place: None }
    }));
    if !index.areas().is_empty() {
        report.area_ways = Some(ways);
    }
}

/// The column of all people of a layer of which a group is counted; which is said.
fn total_beside<'a>(layer: &'a Layer, field: &str, report: &mut LayerReport) -> Option<&'a Column> {
    let total = recognise::population_field(&layer.table.columns).filter(|total| total != field)?;
    let message = Message::new(
        format!(
            "personerna är de i kolumnen {field}. Vad som är tätort och landsbygd räknas efter {total}, alla som bor där"
        ),
        format!(
            "the people are those of the column {field}. What is a locality and what is countryside is told by {total}, everyone who lives there"
        ),
    );
    report.remarks.push(Remark { number: None, kind: RemarkKind::AboutFile { message }, place: None });
    layer.table.column(&total)
}

/// By feature: its people and how it comes to its area.
fn cells(
    layer: &Layer,
    (field, total): (&str, Option<&Column>),
    index: &AreaIndex<'_>,
    project: &Project,
) -> Vec<Result<Cell, Refusal>> {
    let snap = project.parameters.area_snap;
    let own = OwnArea::choose(layer, index);
    let people_of = layer.table.column(field);
    let mut cells: Vec<Result<Cell, Refusal>> = layer
        .table
        .features
        .par_iter()
        .map(|feature| {
            let (people, remark) =
                self::people(field, people_of.and_then(|column| column.entry(feature.row)))?;
            let way = if index.areas().is_empty() {
                Way::Nowhere
            } else {
                area_of(feature.point, index.settled(own.stated(feature.row), feature.point), index, snap)
            };
            let everyone = total.and_then(|total| self::people(&total.name, total.entry(feature.row)).ok());
            let everyone = everyone.map_or(people, |(everyone, _)| everyone);
            Ok(Cell { people, everyone, way, remark })
        })
        .collect();
    decided::drop(&mut cells, layer, project);
    cells
}

/// What demand is bound into.
#[derive(Default)]
pub(super) struct Bound {
    pub demand: Demand,
    /// Areas that cells name and that are not loaded, as first written.
    pub other_names: Vec<String>,
    /// Their numbers, by the name as written and by its key.
    numbers: FxHashMap<String, u32>,
}

impl Bound {
    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let names = &mut self.other_names;
        let number = *self.numbers.entry(recognise::area_key(name)).or_insert_with(|| {
            names.push(name.to_owned());
            u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
        });
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

struct Cell {
    people: People,
    /// All who live there.
    everyone: People,
    way: Way,
    remark: Option<RemarkKind>,
}

/// How a cell came to its area.
enum Way {
    Named(AreaIx),
    Inside(AreaIx),
    Nearest(AreaIx, Metres),
    /// It names an area that is not loaded, and so is in none that is.
    NamesOther(String),
    Nowhere,
}

impl AreaWays {
    fn count(&mut self, way: &Way, people: People) {
        let (cells, sum) = match way {
            Way::Named(_) => &mut self.named,
            Way::Inside(_) => &mut self.inside,
            Way::Nearest(..) => &mut self.nearest,
            Way::NamesOther(_) => &mut self.names_other,
            Way::Nowhere => &mut self.nowhere,
        };
        *cells += 1;
        *sum += people;
    }
}

/// Reads the number of people, and whether its text can be read in another way.
fn people(field: &str, value: Option<Entry<'_>>) -> Result<(People, Option<RemarkKind>), Refusal> {
    let not_a_number = |value: Entry<'_>| Refusal::NotANumber { field: field.into(), value: value.text() };
    let mut remark = None;
    let number = match value {
        None => return Err(Refusal::NoValue { field: field.into() }),
        Some(value @ Entry::Text(text)) => {
            if text.trim().is_empty() {
                return Err(Refusal::NoValue { field: field.into() });
            }
            let number = recognise::written_number(text).ok_or_else(|| not_a_number(value))?;
            remark = number.is_ambiguous.then(|| RemarkKind::AmbiguousNumber {
                field: field.into(),
                value: text.trim().into(),
                read_as: number.value,
            });
            number.value
        }
        Some(value) => value.number().ok_or_else(|| not_a_number(value))?,
    };
    if number < 0.0 {
        return Err(Refusal::Negative { field: field.into(), value: number });
    }
    if number.is_finite() && number > PEOPLE_MAX {
        return Err(Refusal::TooLarge { field: field.into(), value: number });
    }
    People::try_new(number)
        .map(|people| (people, remark))
        .map_err(|_| Refusal::NotFinite { field: field.into(), value: number.to_string() })
}

/// The side of the layer's grid, metres; 0 when its points are no grid.
#[expect(clippy::cast_possible_truncation, reason = "a side is a few thousand metres")]
fn grid_side(layer: &Layer) -> f32 {
    let features = &layer.table.features;
    let step = (features.len() / 200).max(1);
    let sample: Vec<_> = features.iter().step_by(step).collect();
    let fits = |side: f64| {
        let hits = sample.iter().filter(|feature| GridCell::around(feature.point, side).is_some()).count();
        hits * 20 >= sample.len() * 19
    };
    if sample.is_empty() {
        return 0.0;
    }
    GRID_SIDES_M.into_iter().find(|side| fits(*side)).unwrap_or(0.0) as f32
}

/// A cell's area: what it names, then the polygon, then the nearest within the limit.
fn area_of(point: PlanePoint, stated: Stated, index: &AreaIndex<'_>, snap: Metres) -> Way {
    match stated {
        Stated::Loaded(area) => Way::Named(area),
        Stated::Other(name) => Way::NamesOther(name),
        Stated::Nothing | Stated::Among(_) => match index.find(point) {
            Some((area, by)) if by == Metres::ZERO => Way::Inside(area),
            Some((area, by)) if by.is_within(snap) => Way::Nearest(area, by),
            _ => Way::Nowhere,
        },
    }
}

/// Where an area prints its own population, compares it with the cells; never repairs it.
pub(super) fn compare_printed_totals(
    project: &Project,
    areas: &[Area],
    demand: &Demand,
    reports: &mut BTreeMap<LayerId, LayerReport>,
) {
    if demand.is_empty() {
        return;
    }
    let mut sums = vec![People::ZERO; areas.len()];
    for (area, people) in demand.areas.iter().zip(&demand.people) {
        if let Some(area) = area {
            sums[area.at()] += *people;
        }
    }
    for (area, sum) in areas.iter().zip(sums) {
        let Some(layer) = project.layer(area.layer) else { continue };
        let Some(feature) = layer.table.features.get(area.feature_ix) else { continue };
        let Some(field) = recognise::population_field(&layer.table.columns) else { continue };
        // Parts of one area print the same total each, or their own: only one printed once can be compared.
        let printed = (area.features.len() == 1)
            .then(|| layer.table.row(feature).get(&field).and_then(Entry::number))
            .flatten();
        let Some(printed) = printed.filter(|printed| (printed - sum.value()).abs() > 0.5) else { continue };
        if let Some(report) = reports.get_mut(&area.layer) {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::TotalsDisagree { what: area.name.clone(), printed, summed: sum.value() },
                place: Some(LonLat::new(feature.place.lon, feature.place.lat)),
            });
        }
    }
}
