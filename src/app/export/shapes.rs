//! Which shapes leave the program? Gaps, and the most important roads.

use super::layer::{Place, ResultLayer, Row};
use super::members::{area_members, cost_member};
use crate::analysis::Gap;
use crate::app::Results;
use crate::app::ways::CriticalRoad;
use crate::io::JsonWriter;
use crate::model::ServiceKind;
use crate::units::Measure;

/// The gaps of every kind.
pub(in crate::app) struct Gaps<'a> {
    results: &'a Results,
    /// With its rank and its outline in the plane.
    gaps: Vec<(usize, &'a Gap, &'a geo::MultiPolygon)>,
}

impl<'a> Gaps<'a> {
    pub(in crate::app) fn new(results: &'a Results) -> Self {
        let of_kind = |kind: &'a crate::app::results::KindResult| {
            kind.gaps.iter().enumerate().map(|(at, (gap, outline))| (at + 1, gap, outline))
        };
        Self { results, gaps: results.kinds.iter().flat_map(of_kind).collect() }
    }

    fn named(measures: &[Measure]) -> Vec<String> {
        let costs = measures
            .iter()
            .flat_map(|measure| ["mean", "max"].map(|figure| format!("{figure}_{}", measure.unit())));
        let first = ["kind", "rank", "people", "cells"].map(String::from).into_iter();
        first.chain(costs).chain(["municipality", "municipality_code"].map(String::from)).collect()
    }
}

impl ResultLayer for Gaps<'_> {
    fn name(&self) -> &'static str {
        "gaps"
    }

    fn count(&self) -> usize {
        self.gaps.len()
    }

    fn columns(&self) -> Vec<String> {
        Self::named(&[self.results.measure()])
    }

    fn row(&self, at: usize) -> Row<'_> {
        Row { id: None, place: Place::Outline(self.gaps[at].2), origin: None }
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let (rank, gap, _) = self.gaps[at];
        json.member("kind", gap.kind.id());
        json.member("rank", &rank);
        json.number_member("people", gap.people.value());
        json.member("cells", &gap.cells.len());
        cost_member(json, "mean", gap.mean, self.results.measure());
        cost_member(json, "max", gap.max, self.results.measure());
        area_members(json, self.results, gap.area);
    }
}

/// The most important roads of a kind, worst first.
pub(in crate::app) struct Critical<'a> {
    pub kind: ServiceKind,
    pub roads: &'a [CriticalRoad],
}

impl ResultLayer for Critical<'_> {
    fn name(&self) -> &'static str {
        "critical_roads"
    }

    fn count(&self) -> usize {
        self.roads.len()
    }

    fn columns(&self) -> Vec<String> {
        let names = ["kind", "rank", "name", "class", "municipality", "metres", "people"];
        let more = ["people_cut_off", "extra_person_min", "extra_person_km"];
        names.into_iter().chain(more).map(String::from).collect()
    }

    fn row(&self, at: usize) -> Row<'_> {
        let line: geo::LineString = self.roads[at].line.iter().map(|place| (place.lon, place.lat)).collect();
        Row { id: None, place: Place::Shape(line.into()), origin: None }
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let road = &self.roads[at];
        json.member("kind", self.kind.id());
        json.member("rank", &(at + 1));
        json.member("name", &road.name);
        json.member("class", road.class.id());
        json.member("municipality", &road.area);
        json.number_member("metres", road.length.value().round());
        json.number_member("people", road.people.value());
        json.number_member("people_cut_off", road.people_cut_off.value());
        json.number_member("extra_person_min", road.extra_person_min.round());
        json.number_member("extra_person_km", road.extra_person_km.round());
    }
}
