//! Which places are strange by themselves? Where no place is, without staff, in a sum that disagrees.

use rayon::prelude::*;

use super::finder::Finder;
use super::finding::{Finding, Place, Told};
use crate::geometry::{LonLat, PlanePoint};
use crate::model::{
    AreaIndex, FindingKind, KindSet, Layer, LayerId, Row, Service, ServiceKind, SiteId, recognise,
};
use crate::units::Metres;

/// The built-in coast and shores differ from the true ones by up to some kilometres.
const COARSE_MARGIN_M: f64 = 3_000.0;
/// Islands are missing in the built-in lakes: only what is this far from their shores is asked about.
const LAKE_MARGIN_M: f64 = 1_000.0;
/// Where a road is this near, it is no water.
const DRY_M: f64 = 300.0;
/// A road is looked for this far.
const ROAD_REACH_M: f64 = 50_000.0;
/// People may be rounded.
const TOTAL_TOLERANCE: f64 = 0.5;

/// How far the nearest road is.
enum ToRoad {
    /// Nobody follows roads.
    NotFollowed,
    /// None is within reach.
    None,
    Near(Metres),
}

impl Finder<'_> {
    /// Services that lie where none is, each told once: by what is worst.
    pub fn misplaced_services(&self) -> Vec<Finding> {
        let areas = AreaIndex::new(&self.situation.areas);
        let has_areas = self.situation.areas.iter().any(|area| area.layer != LayerId::BUILT_IN);
        let services: Vec<&Service> = self
            .situation
            .services
            .iter()
            // A SOT place is judged with its store.
            .filter(|service| service.kinds != ServiceKind::Sot.into())
            .collect();
        let finding = |service: &&Service| {
            let about = Some(self.place(service));
            let told = |kind, by, told| {
                Some(Finding { kind, about: about.clone(), other: None, by, told, settled: None })
            };
            let outside = self.ground.outside_country(service.point);
            if outside.value() > COARSE_MARGIN_M {
                return told(FindingKind::OutsideCountry, Some(outside), Told::Place);
            }
            let road = self.to_road(service.place);
            let is_dry = matches!(road, ToRoad::Near(by) if by.value() < DRY_M);
            if let Some((by, lake)) = self.in_water(service.point).filter(|_| !is_dry) {
                return told(FindingKind::InWater, Some(by), lake);
            }
            match road {
                ToRoad::None => return told(FindingKind::FarFromRoad, None, Told::Place),
                ToRoad::Near(by) if !by.is_within(self.project.parameters.far_from_road) => {
                    return told(FindingKind::FarFromRoad, Some(by), Told::Place);
                }
                ToRoad::Near(_) | ToRoad::NotFollowed => {}
            }
            let outside = areas.find(service.point).map_or(Metres::ZERO, |(_, by)| by);
            (has_areas && service.area.is_none() && !outside.is_within(self.project.parameters.border_near))
                .then(|| told(FindingKind::OutsideAreas, Some(outside), Told::Place))
                .flatten()
        };
        services.par_iter().filter_map(finding).collect()
    }

    fn to_road(&self, place: LonLat) -> ToRoad {
        let Some(road) = self.travel.road() else { return ToRoad::NotFollowed };
        let snap = road.network().snap_to_any(place, Metres::new(ROAD_REACH_M));
        snap.map_or(ToRoad::None, |snap| ToRoad::Near(Metres::new(f64::from(snap.access_cm) / 100.0)))
    }

    fn in_water(&self, point: PlanePoint) -> Option<(Metres, Told)> {
        if let Some((name, shore)) = self.ground.in_lake(point) {
            return (shore.value() > LAKE_MARGIN_M)
                .then(|| (shore, Told::Lake(name.unwrap_or_default().to_owned())));
        }
        let from_land = self.ground.off_land(point);
        (from_land.value() > COARSE_MARGIN_M).then_some((from_land, Told::Place))
    }

    /// Population cells outside the country that no area claims.
    pub fn cells_abroad(&self) -> Vec<Finding> {
        let demand = &self.situation.demand;
        let cells: Vec<usize> = (0..demand.len()).filter(|cell| demand.areas[*cell].is_none()).collect();
        let finding = |cell: &usize| {
            let outside = self.ground.outside_country(demand.points[*cell]);
            if outside.value() <= COARSE_MARGIN_M {
                return None;
            }
            let origin = demand.origins[*cell];
            let layer = self.project.layer(origin.layer)?;
            let feature = layer.table.features.get(origin.feature_ix as usize)?;
            let about = Place {
                site: SiteId::Feature { layer: layer.id, key: Layer::feature_key(feature) },
                name: format!("#{}", feature.number),
                kinds: KindSet::EMPTY,
                layer: Some(layer.id),
                layer_name: layer.name.clone(),
                number: Some(feature.number),
                place: demand.places[*cell],
                people: demand.people[*cell],
            };
            Some(Finding {
                kind: FindingKind::OutsideCountry,
                about: Some(about),
                other: None,
                by: Some(outside),
                told: Told::Place,
                settled: None,
            })
        };
        cells.par_iter().filter_map(finding).collect()
    }

    /// Stores whose name, form or hours hint at nobody being there, while nothing says that they are staffed or not.
    /// A hint is never taken for knowledge: the minimum level stays unknown until somebody says.
    pub fn unstaffed(&self) -> Vec<Finding> {
        let stores = self.situation.services.iter().filter(|service| {
            service.kinds.contains(ServiceKind::Grocery) && !service.facts.contains_key("staffing")
        });
        stores
            .filter_map(|service| {
                let (field, value) = unstaffed_hint(self.row(service)?)?;
                Some(Finding {
                    kind: FindingKind::Unstaffed,
                    about: Some(self.place(service)),
                    other: None,
                    by: None,
                    told: Told::Word { field, value },
                    settled: None,
                })
            })
            .collect()
    }

    /// People who sum to another number than they should.
    pub fn total(&self) -> Option<Finding> {
        let wanted = self.project.parameters.people_expected?;
        let found = self.situation.demand.total();
        ((found.value() - wanted.value()).abs() > TOTAL_TOLERANCE).then_some(Finding {
            kind: FindingKind::Total,
            about: None,
            other: None,
            by: None,
            told: Told::Sums { wanted, found },
            settled: None,
        })
    }
}

/// The column and the text in it that hint at a store without staff.
fn unstaffed_hint(row: Row<'_>) -> Option<(String, String)> {
    const WORDS: [&str; 6] =
        ["obemannad", "självbetjän", "unmanned", "unstaffed", "self-service", "self service"];
    const ROUND_THE_CLOCK: [&str; 4] = ["24/7", "dygnet runt", "00:00-24:00", "00.00-24.00"];
    row.entries().find_map(|(column, value)| {
        let text = value.text();
        let (plain, name) = (recognise::folded(&text), recognise::folded(column));
        let is_hours = name.contains("hours")
            || name.contains("öppet")
            || name.contains("oppet")
            || name.contains("öppettid");
        let is_hint = WORDS.iter().any(|word| plain.contains(word))
            || (is_hours && ROUND_THE_CLOCK.iter().any(|word| plain.contains(word)));
        is_hint.then(|| (column.to_owned(), text))
    })
}
