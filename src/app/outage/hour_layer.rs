//! What do cells say of an hour of a crisis? Of each need how they have it, and which place that works is nearest.

use super::compute::Crisis;
use crate::app::export::{Place, ResultLayer, Row};
use crate::io::JsonWriter;
use crate::model::outage::Need;
use crate::model::{Feature, Layer, LayerId};
use crate::outage::Case;
use crate::units::{Cost, Measure};

/// The cells in an hour.
pub(super) struct HourCells<'a> {
    crisis: &'a Crisis,
    hour: usize,
    needs: Vec<NeedHour>,
}

/// The nearest that works, by cell: for sure, and at best.
struct NeedHour {
    need: Need,
    worst: Vec<Option<(usize, Cost)>>,
    best: Vec<Option<(usize, Cost)>>,
}

impl<'a> HourCells<'a> {
    pub fn new(crisis: &'a Crisis, hour: usize) -> Self {
        let of = |need: Need| NeedHour {
            need,
            worst: crisis.nearest_at(need, hour, Case::Worst),
            best: crisis.nearest_at(need, hour, Case::Best),
        };
        Self { crisis, hour, needs: crisis.needs.iter().map(|need| of(need.need)).collect() }
    }

    fn feature(&self, cell: usize) -> Option<&'a Feature> {
        let results = self.crisis.results();
        let origin = results.situation.demand.origins[cell];
        results.project.layer(origin.layer)?.table.features.get(origin.feature_ix as usize)
    }

    fn state(&self, nearest: Option<(usize, Cost)>) -> &'static str {
        match nearest {
            Some((_, cost)) if cost.is_within(self.crisis.results().limit()) => "supplied",
            Some(_) => "beyond",
            None => "without_value",
        }
    }

    fn names(need: Need, measure: Measure) -> [String; 6] {
        let id = need.id();
        [
            format!("{id}_state"),
            format!("{id}_state_at_best"),
            format!("{id}_{}", measure.unit()),
            format!("{id}_place"),
            format!("{id}_site"),
            format!("{id}_reason"),
        ]
    }
}

impl ResultLayer for HourCells<'_> {
    fn name(&self) -> &'static str {
        "hour"
    }

    fn count(&self) -> usize {
        self.crisis.results().situation.demand.len()
    }

    fn columns(&self) -> Vec<String> {
        let measure = self.crisis.results().measure();
        let fixed = ["cell", "people", "municipality", "hour"].into_iter().map(str::to_owned);
        fixed.chain(self.needs.iter().flat_map(|need| Self::names(need.need, measure))).collect()
    }

    fn row(&self, cell: usize) -> Row<'_> {
        let demand = &self.crisis.results().situation.demand;
        let origin = demand.origins[cell];
        let point = Place::Point(demand.places[cell], demand.points[cell]);
        let place = self.feature(cell).map_or(point, Place::Of);
        Row { id: None, place, origin: Some((origin.layer, origin.feature_ix)) }
    }

    fn members(&self, cell: usize, json: &mut JsonWriter) {
        let results = self.crisis.results();
        let situation = &results.situation;
        if let Some(feature) = self.feature(cell) {
            json.member("cell", &Layer::feature_key(feature));
        }
        json.member("people", &situation.demand.people[cell].value());
        json.member("municipality", &situation.area_name(situation.demand.areas[cell]));
        json.member("hour", &self.hour);
        for need in &self.needs {
            let [state, at_best, cost, place, site, reason] = Self::names(need.need, results.measure());
            json.member(&state, self.state(need.worst[cell]));
            json.member(&at_best, self.state(need.best[cell]));
            match need.worst[cell] {
                Some((nearest, value)) => {
                    let nearest = &self.crisis.places[nearest];
                    let value = (results.measure().in_units(value) * 1000.0).round() / 1000.0;
                    json.member(&cost, &value);
                    json.member(&place, &nearest.name);
                    json.member(&site, &nearest.site.text());
                }
                None => json.member(&reason, self.crisis.reason(need.need, cell, self.hour).id()),
            }
        }
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.crisis.results().project.layer(id).map(AsRef::as_ref)
    }
}
