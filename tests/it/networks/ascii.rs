//! What does a road network drawn with characters look like as roads? One character cell is 100 m.
//!
//! Capital letters and `+` are points of roads. `-` `|` are roads, `>` `<` `v` `^` one-way roads, `=` `!` roads of
//! a larger class, `~` `:` private roads. Other small letters and digits lie on a road and are no points of it;
//! letters and digits beside the roads are places all the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use sotplan::geometry::{LocalScale, LonLat};
use sotplan::model::roads::{
    Access, Barrier, Direction, RoadClass, RoadPoint, RoadReport, Roads, TurnRestriction, Way,
};
use sotplan::model::{Mode, TravelProfile};
use sotplan::network::{By, Cut, Heading, Key, Label, RoadNetwork, Site, Snap, Snapped, Terms};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

const ORIGIN: LonLat = LonLat::new(15.0, 63.0);
pub const CELL_M: f64 = 100.0;

/// A place so many metres east and south of the origin.
pub fn place(east: f64, south: f64) -> LonLat {
    let scale = LocalScale::at(ORIGIN.lat);
    LonLat::new(ORIGIN.lon + east / scale.m_per_lon, ORIGIN.lat - south / scale.m_per_lat)
}

/// A minor road that anybody may use both ways.
pub fn plain_way(id: i64) -> Way {
    Way::plain(id, 0, RoadClass::Unclassified)
}

/// Puts ways, each with its points, into roads.
pub fn roads_of(points: Vec<RoadPoint>, ways: &[(Vec<u32>, Way)], turns: Vec<TurnRestriction>) -> Roads {
    let mut roads = Roads { points, turns, report: RoadReport::default(), ..Roads::default() };
    for (refs, way) in ways {
        roads.ways.push(Way { first_ref: u32::try_from(roads.refs.len()).unwrap(), ..way.clone() });
        roads.refs.extend(refs);
    }
    roads
}

#[derive(Clone)]
pub struct Drawing {
    points: Vec<RoadPoint>,
    named: BTreeMap<char, u32>,
    places: BTreeMap<char, LonLat>,
    ways: Vec<(Vec<u32>, Way)>,
    barriers: Vec<Barrier>,
    turns: Vec<TurnRestriction>,
    pub profile: TravelProfile,
    pub mode: Mode,
    cuts: Vec<(char, char, Option<f64>)>,
}

fn is_point(c: char) -> bool {
    c.is_ascii_uppercase() || c == '+'
}

fn is_place(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_lowercase() && c != 'v'
}

/// Reads a drawing.
pub fn draw(text: &str) -> Drawing {
    let rows: Vec<Vec<char>> =
        text.lines().skip_while(|line| line.trim().is_empty()).map(|line| line.chars().collect()).collect();
    let cell = |row: usize, column: usize| {
        rows.get(row).and_then(|row: &Vec<char>| row.get(column)).copied().unwrap_or(' ')
    };
    let mut out = Drawing {
        points: Vec::new(),
        named: BTreeMap::new(),
        places: BTreeMap::new(),
        ways: Vec::new(),
        barriers: Vec::new(),
        turns: Vec::new(),
        // Pieces are of no account unless a test is about them.
        profile: round_speeds(),
        mode: Mode::Car,
        cuts: Vec::new(),
    };
    let mut at: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (row, line) in rows.iter().enumerate() {
        for (column, c) in line.iter().enumerate() {
            let here = place(column as f64 * CELL_M, row as f64 * CELL_M);
            if is_point(*c) {
                at.insert((row, column), out.point(here));
            }
            if c.is_ascii_uppercase() {
                out.named.insert(*c, at[&(row, column)]);
            }
            if c.is_ascii_uppercase() || is_place(*c) {
                out.places.insert(*c, here);
            }
        }
    }
    for (&(row, column), &from) in &at {
        for (down, right, road) in [(0, 1, "->=<~"), (1, 0, "|v!^:")] {
            let cells: Vec<char> = (1..=rows.len().max(200))
                .map(|step| cell(row + down * step, column + right * step))
                .take_while(|c| road.contains(*c) || is_place(*c))
                .collect();
            let end = (row + down * (cells.len() + 1), column + right * (cells.len() + 1));
            let kind = cells.iter().find(|c| road.contains(**c));
            let (Some(kind), Some(to)) = (kind, at.get(&end)) else { continue };
            let mut way = plain_way(i64::try_from(out.ways.len()).unwrap());
            match road.find(*kind).unwrap() {
                1 => way.direction = Direction::Forward,
                2 => way.class = RoadClass::Secondary,
                3 => way.direction = Direction::Backward,
                4 => way.motor = Access::Destination,
                _ => {}
            }
            out.ways.push((vec![from, *to], way));
        }
    }
    out
}

impl Drawing {
    fn point(&mut self, here: LonLat) -> u32 {
        self.points.push(here.into());
        u32::try_from(self.points.len() - 1).unwrap()
    }

    /// The position of the way that was drawn or added between the two points, first and last.
    fn way_ix(&self, ends: &str) -> usize {
        let (a, b) = (self.named[&ends.chars().next().unwrap()], self.named[&ends.chars().last().unwrap()]);
        let is_it = |refs: &[u32]| {
            let (first, last) = (refs[0], refs[refs.len() - 1]);
            (first, last) == (a, b) || (first, last) == (b, a)
        };
        self.ways.iter().position(|(refs, _)| is_it(refs)).expect(ends)
    }

    /// Changes drawn ways: "AB CD".
    pub fn with(mut self, ways: &str, change: impl Fn(&mut Way)) -> Self {
        for ends in ways.split(' ') {
            let at = self.way_ix(ends);
            change(&mut self.ways[at].1);
        }
        self
    }

    /// A further way through named points.
    pub fn way(mut self, through: &str, change: impl Fn(&mut Way)) -> Self {
        let refs = through.chars().map(|c| self.named[&c]).collect();
        let mut way = plain_way(i64::try_from(self.ways.len()).unwrap());
        change(&mut way);
        self.ways.push((refs, way));
        self
    }

    /// A second point at the place of a point.
    pub fn twin(mut self, of: char, name: char) -> Self {
        let (here, at) = (self.places[&of], self.named[&of]);
        let twin = self.point(here);
        self.points[twin as usize] = self.points[at as usize];
        self.named.insert(name, twin);
        self
    }

    pub fn barrier(mut self, at: char, stops: &[Mode]) -> Self {
        self.barriers.push(Barrier {
            point: self.named[&at],
            stops_cars: stops.contains(&Mode::Car),
            stops_foot: stops.contains(&Mode::Walk),
            stops_rescue: stops.contains(&Mode::Rescue),
            is_private: false,
        });
        self
    }

    /// No (or only) turn from one way over a point to another.
    pub fn turn(mut self, from: &str, via: char, to: &str, is_only: bool) -> Self {
        let ix = |ends| u32::try_from(self.way_ix(ends)).unwrap();
        self.turns.push(TurnRestriction {
            from_way: ix(from),
            to_way: ix(to),
            via: self.named[&via],
            is_only,
        });
        self
    }

    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    pub fn profile(mut self, change: impl Fn(&mut TravelProfile)) -> Self {
        change(&mut self.profile);
        self
    }

    /// Closed (or slowed) between two places on one stretch.
    pub fn cut(mut self, from: char, to: char, slower: Option<f64>) -> Self {
        self.cuts.push((from, to, slower));
        self
    }

    pub fn net(&self) -> Net {
        let mut roads = roads_of(self.points.clone(), &self.ways, self.turns.clone());
        roads.barriers.clone_from(&self.barriers);
        let base = RoadNetwork::build(Arc::new(roads), &self.profile, self.mode, &Unwatched).unwrap();
        let net = Net { network: base, places: self.places.clone() };
        let cuts: Vec<Cut> = self
            .cuts
            .iter()
            .map(|(from, to, slower)| {
                let (a, b) = (net.snap(*from), net.snap(*to));
                assert_eq!(a.stretch, b.stretch, "a cut lies on one stretch");
                let (from_cm, to_cm) = (a.cm.min(b.cm), a.cm.max(b.cm));
                Cut { stretch: a.stretch, from_cm, to_cm, slower: *slower }
            })
            .collect();
        if cuts.is_empty() {
            return net;
        }
        Net { network: RoadNetwork::with_cuts(&net.network, &cuts), places: net.places }
    }
}

/// A drawing that can be travelled.
pub struct Net {
    pub network: RoadNetwork,
    pub places: BTreeMap<char, LonLat>,
}

pub const TERMS: Terms = Terms { by: By::Time, heading: Heading::ToSite, counts_access: false };

impl Net {
    pub fn try_snap(&self, at: char) -> Snapped {
        self.network.snap(self.places[&at], Metres::new(3_000.0))
    }

    pub fn snap(&self, at: char) -> Snap {
        self.try_snap(at).unwrap_or_else(|far| panic!("{at}: {far:?}"))
    }

    fn key(&self, from: char, to: char, by: By) -> Option<Key> {
        let (a, b) = (self.snap(from), self.snap(to));
        let mut found = Vec::new();
        for (demand, site, heading) in [(a, b, Heading::ToSite), (b, a, Heading::FromSite)] {
            let sites = [Some(Site { snap: site, head_start_ms: 0 })];
            let terms = Terms { by, heading, counts_access: false };
            let labels = self.network.nearest(&[Some(demand)], &sites, 1, terms, &Unwatched).unwrap();
            let rows =
                self.network.rows(&[Some(demand)], &sites, By::limit(1 << 30), terms, &Unwatched).unwrap();
            let row = rows[0].first().map(|entry| by.key(entry.ms, entry.cm));
            let label = (labels[0] != Label::NONE).then_some(labels[0].key);
            assert_eq!(row, label, "{from}{to}: the nearest and the row differ");
            found.push(label);
        }
        assert_eq!(found[0], found[1], "{from}{to}: towards and from the site differ");
        found[0]
    }

    /// Metres of the shortest trip; "A F" and the like.
    pub fn metres(&self, trip: &str) -> Option<u32> {
        let (from, to) = ends(trip);
        let cm = By::Distance.parts(self.key(from, to, By::Distance)?).1;
        Some((cm + 50) / 100)
    }

    /// Tenths of seconds of the fastest trip.
    pub fn tenths(&self, trip: &str) -> Option<u32> {
        let (from, to) = ends(trip);
        let ms = By::Time.parts(self.key(from, to, By::Time)?).0;
        Some((ms + 50) / 100)
    }
}

fn ends(trip: &str) -> (char, char) {
    (trip.chars().next().unwrap(), trip.chars().last().unwrap())
}

/// Compares the metres of trips: "AF 600" a trip; `-` where there is none.
pub fn check(drawing: &Drawing, trips: &str) {
    let net = drawing.net();
    said(trips, |trip| net.metres(trip));
}

/// Compares the times of trips, tenths of seconds.
pub fn check_times(drawing: &Drawing, trips: &str) {
    let net = drawing.net();
    said(trips, |trip| net.tenths(trip));
}

fn said(trips: &str, cost: impl Fn(&str) -> Option<u32>) {
    let words: Vec<&str> = trips.split_whitespace().collect();
    let got: Vec<String> = words
        .chunks(2)
        .map(|pair| {
            format!("{} {}", pair[0], cost(pair[0]).map_or_else(|| "-".to_owned(), |cost| cost.to_string()))
        })
        .collect();
    assert_eq!(got.join("  "), words.chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join("  "));
}

/// Speeds that give round numbers, whatever the defaults are.
fn round_speeds() -> TravelProfile {
    let mut profile = TravelProfile { prefer_connected_within: Metres::new(0.0), ..TravelProfile::default() };
    for (class, kmh) in [
        (RoadClass::Motorway, 100.0),
        (RoadClass::Trunk, 80.0),
        (RoadClass::Primary, 70.0),
        (RoadClass::Secondary, 60.0),
        (RoadClass::Tertiary, 50.0),
        (RoadClass::Unclassified, 40.0),
        (RoadClass::Residential, 27.0),
    ] {
        profile.speeds_kmh.insert(class, kmh);
    }
    profile
}
