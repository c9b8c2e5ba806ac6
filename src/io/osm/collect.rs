//! What of an OpenStreetMap file matters here? Takes nodes, ways and relations in any order and keeps the
//! roads, barriers, turns and services. Does not know file formats, nor where nodes lie that it only saw named.

use crate::model::KindSet;
use crate::model::roads::{RoadPoint, RoadReport};

use super::barriers::{self, Stops};
use super::services;
use super::tag_list::{Cause, Tags};
use super::tags::{Road, WayMeaning, way_meaning};
use super::turns::{self, Member, MemberKind, Turn};

/// OpenStreetMap allows 2 000 nodes a way; beyond this a way is a mistake or an attack.
const MAX_REFS: usize = 100_000;
/// Tags looked at of one object; OpenStreetMap's own tools write far fewer.
pub(super) const MAX_TAGS: usize = 2000;

/// A node where it lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub id: i64,
    pub point: RoadPoint,
}

/// A road whose nodes are named, not placed.
#[derive(Debug)]
pub(super) struct RawRoad {
    pub road: Road,
    /// Where its nodes stand in [`Collected::refs`].
    pub refs: std::ops::Range<usize>,
}

/// Where a service is.
#[derive(Debug)]
pub(super) enum SpotPlace {
    At(RoadPoint),
    /// Nodes around it, in [`Collected::refs`].
    Around(std::ops::Range<usize>),
}

/// A service or a named place.
#[derive(Debug)]
pub(super) struct Spot {
    pub kinds: KindSet,
    pub is_place: bool,
    pub is_way: bool,
    pub id: i64,
    pub place: SpotPlace,
    /// Its tags.
    pub properties: Vec<(String, String)>,
}

/// What was kept of a file or a part of it.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub keeps_nodes: bool,
    pub nodes: Vec<Node>,
    pub roads: Vec<RawRoad>,
    pub refs: Vec<i64>,
    pub barriers: Vec<(i64, Stops)>,
    pub turns: Vec<Turn>,
    pub spots: Vec<Spot>,
    pub report: RoadReport,
}

impl Collected {
    pub fn new(keeps_nodes: bool) -> Self {
        Self { keeps_nodes, ..Self::default() }
    }

    /// `point` is `None` where the file gives none, or none on Earth.
    pub fn node(&mut self, id: i64, point: Option<RoadPoint>, tags: Tags<'_>) {
        self.report.nodes_in += 1;
        let Some(point) = point else { return };
        if self.keeps_nodes {
            self.nodes.push(Node { id, point });
        }
        if tags.0.is_empty() {
            return;
        }
        let stops = barriers::stops(tags);
        if stops.anybody() {
            self.barriers.push((id, stops));
        }
        let (kinds, is_place) = services::meaning(tags);
        if is_place || !kinds.is_empty() {
            let properties = services::properties(tags);
            let place = SpotPlace::At(point);
            self.spots.push(Spot { kinds, is_place, is_way: false, id, place, properties });
        }
    }

    pub fn way(&mut self, id: i64, tags: Tags<'_>, nodes: impl Iterator<Item = i64>) {
        self.report.ways_in += 1;
        if tags.0.is_empty() {
            self.report.ways_other += 1;
            return;
        }
        let (kinds, _) = services::meaning(tags);
        let meaning = way_meaning(id, tags);
        let first = self.refs.len();
        if !kinds.is_empty() || matches!(meaning, WayMeaning::Road(_)) {
            self.refs.extend(nodes.take(MAX_REFS + 1));
        }
        let refs = first..self.refs.len();
        if !kinds.is_empty() {
            self.area(id, kinds, tags, refs.clone());
        }
        match meaning {
            WayMeaning::Road(_) if refs.len() > MAX_REFS => {
                self.refs.truncate(first);
                self.refuse("too_many_nodes", id, &format!("> {MAX_REFS}"));
            }
            WayMeaning::Road(road) => {
                self.report.conditional += u64::from(road.is_conditional);
                for cause in &road.remarks {
                    self.remark(id, cause);
                }
                self.roads.push(RawRoad { road: *road, refs });
            }
            WayMeaning::Refused((reason, tag)) => self.refuse(reason, id, &tag),
            WayMeaning::Other => self.report.ways_other += 1,
        }
    }

    /// A service mapped as a building or a piece of ground.
    fn area(&mut self, id: i64, kinds: KindSet, tags: Tags<'_>, refs: std::ops::Range<usize>) {
        let nodes = &self.refs[refs.clone()];
        if nodes.len() < 4 || nodes.len() > MAX_REFS || nodes.first() != nodes.last() {
            self.remark(id, &("service_not_closed", String::new()));
            return;
        }
        // The last node is the first again and would count twice.
        let place = SpotPlace::Around(refs.start..refs.end - 1);
        let properties = services::properties(tags);
        self.spots.push(Spot { kinds, is_place: false, is_way: true, id, place, properties });
    }

    pub fn relation(&mut self, id: i64, tags: Tags<'_>, members: &[Member<'_>]) {
        self.report.relations_in += 1;
        if turns::is_restriction(tags) {
            match turns::turns(tags, members) {
                Ok(turns) => self.turns.extend(turns),
                Err(reason) => *self.report.turns_left.entry(reason.into()).or_default() += 1,
            }
            return;
        }
        let has_area = members.iter().any(|member| member.kind == MemberKind::Way);
        if has_area && !services::meaning(tags).0.is_empty() {
            // Whose outline is several ways: rare enough to be told instead of used.
            self.note("service_relation", &format!("relation {id}"));
        }
    }

    pub fn refuse(&mut self, reason: &str, id: i64, detail: &str) {
        self.report.refuse(reason, &format!("way {id}"), detail);
    }

    fn remark(&mut self, id: i64, (reason, tag): &Cause) {
        self.note(reason, &format!("way {id} {tag}"));
    }

    fn note(&mut self, reason: &str, what: &str) {
        self.report.note(reason, what);
    }

    /// Adds what another part of the file held.
    pub fn append(&mut self, other: Self) {
        let shift = self.refs.len();
        let moved = |range: std::ops::Range<usize>| range.start + shift..range.end + shift;
        self.refs.extend(other.refs);
        self.roads.extend(other.roads.into_iter().map(|raw| RawRoad { refs: moved(raw.refs), ..raw }));
        self.spots.extend(other.spots.into_iter().map(|spot| Spot {
            place: match spot.place {
                SpotPlace::Around(range) => SpotPlace::Around(moved(range)),
                at @ SpotPlace::At(_) => at,
            },
            ..spot
        }));
        self.nodes.extend(other.nodes);
        self.barriers.extend(other.barriers);
        self.turns.extend(other.turns);
        self.report.add(other.report);
        self.report.examples.truncate(crate::model::roads::EXAMPLES);
    }
}

/// A point from degrees, in units of 1e-7; `None` outside the Earth's degrees.
pub(super) fn point_of_e7(lon_e7: i64, lat_e7: i64) -> Option<RoadPoint> {
    let lon_e7 = i32::try_from(lon_e7).ok().filter(|lon| lon.abs() <= 1_800_000_000)?;
    let lat_e7 = i32::try_from(lat_e7).ok().filter(|lat| lat.abs() <= 900_000_000)?;
    Some(RoadPoint { lon_e7, lat_e7 })
}
