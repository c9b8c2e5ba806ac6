//! How long does it take to build a network and to answer from it?
//!
//!     cargo bench --bench roads                                   generated networks, 10⁴ to 2·10⁶ junctions
//!     cargo bench --bench roads -- --roads F [--cells F --sites F] [--k 3] [--matrix 1000] [--json]
//!
//!     cargo bench --bench roads -- --roads F --cells F --sites F --fuel F     one closure of a county, all figures
//!
//! Best of several runs for what is short; one line of JSON with `--json`, seconds.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a bench prints, counts, and stops at its first surprise"
)]

mod county;
mod generator;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use sotplan::app::roads::places_from_file;
use sotplan::app::{load, networks};
use sotplan::geometry::LonLat;
use sotplan::io::{LoadOptions, RoadOptions, beside, load_roads};
use sotplan::model::roads::Roads;
use sotplan::model::{Mode, TravelProfile};
use sotplan::network::{By, Cut, FAR, Graph, Heading, RoadNetwork, Site, Snap, SnapIndex, Terms, Tree};
use sotplan::progress::Unwatched;
use sotplan::units::{Metres, Seconds};

pub type Figures = BTreeMap<&'static str, f64>;

#[derive(Default)]
struct Said {
    roads: Option<PathBuf>,
    cells: Option<PathBuf>,
    sites: Option<PathBuf>,
    k: usize,
    matrix: usize,
    json: bool,
    fuel: Option<PathBuf>,
}

fn main() {
    let said = read_arguments();
    if said.roads.is_none() {
        for junctions in [10_000, 100_000, 500_000, 2_000_000] {
            let started = Instant::now();
            let roads = generator::roads(junctions, 1);
            println!("generated {junctions} junctions in {:.2} s", started.elapsed().as_secs_f64());
            let cells = generator::places(junctions / 3, junctions, 2);
            let sites = generator::places(junctions / 100, junctions, 3);
            let mut figures = measure(roads, &cells, &sites, &said);
            figures.remove("read");
            print(&figures, said.json);
        }
        return;
    }
    let path = said.roads.clone().unwrap_or_default();
    if let (Some(fuel), Some(cells), Some(sites)) = (&said.fuel, &said.cells, &said.sites) {
        return print(&county::measure(&path, cells, sites, fuel), said.json);
    }
    // A fresh copy has nothing kept beside it.
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join(path.file_name().unwrap_or_default());
    std::fs::copy(&path, &fresh).expect("room on the disk");
    let started = Instant::now();
    let file = load_roads(&fresh, &RoadOptions::default(), &Unwatched).expect("roads");
    let read = started.elapsed().as_secs_f64();
    // From a file to a network that can be asked, as the program starts; the second time what was kept is found.
    let starts = ["first_start", "second_start"].map(|name| {
        if name == "first_start" {
            beside::finish();
            std::fs::remove_dir_all(folder.path()).expect("removed");
            std::fs::create_dir(folder.path()).expect("a folder");
            std::fs::copy(&path, &fresh).expect("room on the disk");
        }
        let started = Instant::now();
        let (layer, _) = load::read_roads(&fresh, &RoadOptions::default(), &Unwatched).expect("roads");
        networks::network(&[&layer].into_iter(), &TravelProfile::default(), Mode::Car, &Unwatched)
            .expect("not stopped");
        let seconds = started.elapsed().as_secs_f64();
        beside::finish();
        (name, seconds)
    });
    let places = |path: &Option<PathBuf>| path.as_deref().map(places_of).unwrap_or_default();
    let (cells, sites) = (places(&said.cells), places(&said.sites));
    let mut figures = measure(file.roads, &cells, &sites, &said);
    figures.insert("read", read);
    figures.extend(starts);
    print(&figures, said.json);
}

fn read_arguments() -> Said {
    let mut said = Said { k: 3, matrix: 1000, ..Said::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_default();
        match word.as_str() {
            "--roads" => said.roads = Some(value().into()),
            "--cells" => said.cells = Some(value().into()),
            "--sites" => said.sites = Some(value().into()),
            "--k" => said.k = value().parse().expect("a number"),
            "--matrix" => said.matrix = value().parse().expect("a number"),
            "--fuel" => said.fuel = Some(value().into()),
            "--json" => said.json = true,
            _ => {}
        }
    }
    said
}

fn places_of(path: &Path) -> Vec<LonLat> {
    let (places, _) = places_from_file(path, &LoadOptions::default(), &Unwatched).expect("places");
    places.into_iter().map(|place| place.place).collect()
}

/// Seconds of the fastest of some runs.
///
/// # Panics
/// Without a run.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut fastest = f64::INFINITY;
    let mut last = None;
    for _ in 0..runs {
        let started = Instant::now();
        let done = work();
        fastest = fastest.min(started.elapsed().as_secs_f64());
        last = Some(done);
    }
    (fastest, last.expect("at least one run"))
}

fn measure(roads: Roads, cells: &[LonLat], sites: &[LonLat], said: &Said) -> Figures {
    let mut out = Figures::new();
    let roads = Arc::new(roads);
    let profile = TravelProfile::default();
    out.insert("points", roads.points.len() as f64);
    let (build, network) = best(3, || {
        RoadNetwork::build(Arc::clone(&roads), &profile, Mode::Car, &Unwatched).expect("a network")
    });
    out.insert("build", build);
    let (graph, _) = best(3, || Graph::build(&roads, &profile, Mode::Car, &Unwatched).expect("a graph"));
    out.insert("build_graph", graph);
    out.insert("build_snap_index", best(3, || SnapIndex::new(&network.graph)).0);
    out.insert("junctions", network.graph.junctions.len() as f64);
    out.insert("stretches", network.graph.stretches.len() as f64);
    sequential_pass(&network, &mut out);
    if !sites.is_empty() {
        answers(&network, cells, sites, said, &mut out);
    }
    out.insert("peak_mb", peak_mb());
    out
}

/// What reading every arc once costs: nothing that looks at the whole graph can be faster.
fn sequential_pass(network: &RoadNetwork, out: &mut Figures) {
    let (arcs, _) = network.arcs();
    let (seconds, _) = best(20, || {
        let mut sum = 0u64;
        for node in 0..arcs.node_count() as u32 {
            for arc in &arcs.arcs[arcs.range(node)] {
                sum = sum
                    .wrapping_add(u64::from(arc.to))
                    .wrapping_add(u64::from(arc.ms))
                    .wrapping_add(u64::from(arc.cm));
            }
        }
        std::hint::black_box(sum)
    });
    // The same, looking up a label at the far end of every arc: what any search that relaxes each arc once has to
    // read. The difference is what the order of junctions in memory costs.
    let keys = vec![1u64; arcs.node_count()];
    let (gather, _) = best(20, || {
        let mut sum = 0u64;
        for node in 0..arcs.node_count() as u32 {
            for arc in &arcs.arcs[arcs.range(node)] {
                sum = sum.wrapping_add(keys[arc.to as usize]).wrapping_add(u64::from(arc.ms));
            }
        }
        std::hint::black_box(sum)
    });
    out.insert("gathering_pass", gather);
    out.insert("arcs", arcs.arcs.len() as f64);
    out.insert("sequential_pass", seconds);
}

fn answers(network: &RoadNetwork, cells: &[LonLat], sites: &[LonLat], said: &Said, out: &mut Figures) {
    let limit = Metres::new(3_000.0);
    let (seconds, demand) = best(3, || snaps(network, cells, limit));
    out.insert("snap_cells", seconds);
    let (seconds, placed) = best(3, || {
        let snaps = snaps(network, sites, limit);
        snaps.into_iter().map(|snap| snap.map(|snap| Site { snap, head_start_ms: 0 })).collect::<Vec<_>>()
    });
    out.insert("snap_sites", seconds);
    out.insert("cells", cells.len() as f64);
    out.insert("cells_on_road", demand.iter().flatten().count() as f64);
    out.insert("sites", sites.len() as f64);
    out.insert("sites_on_road", placed.iter().flatten().count() as f64);
    for (name, by) in [("nearest", By::Time), ("nearest_by_distance", By::Distance)] {
        let terms = Terms { by, heading: Heading::ToSite, counts_access: true };
        let (seconds, _) =
            best(5, || network.nearest(&demand, &placed, said.k, terms, &Unwatched).expect("an answer"));
        out.insert(name, seconds);
    }
    // From places to answers: the cells are put on the network while the search runs.
    let terms = Terms { by: By::Time, heading: Heading::ToSite, counts_access: true };
    let (seconds, _) = best(5, || {
        let sites: Vec<_> = snaps(network, sites, limit)
            .into_iter()
            .map(|snap| snap.map(|snap| Site { snap, head_start_ms: 0 }))
            .collect();
        network.nearest_of_places(cells, limit, &sites, said.k, terms, &Unwatched).expect("an answer")
    });
    out.insert("answer", seconds);
    let terms = Terms { by: By::Time, heading: Heading::ToSite, counts_access: true };
    let (seconds, _) = best(7, || network.labels(&placed, 1, terms, &Unwatched).expect("labels"));
    out.insert("nearest_for_all_junctions", seconds);
    out.insert("times_the_pass", seconds / out["sequential_pass"]);
    closure(network, &demand, &placed, terms, out);
    matrix(network, &demand, &placed, said, out);
}

fn snaps(network: &RoadNetwork, places: &[LonLat], limit: Metres) -> Vec<Option<Snap>> {
    network.snap_all(places, limit).into_iter().map(Result::ok).collect()
}

/// One road closed: arcs laid over, and everything answered again.
fn closure(
    network: &RoadNetwork,
    demand: &[Option<Snap>],
    sites: &[Option<Site>],
    terms: Terms,
    out: &mut Figures,
) {
    let stretch = network.graph.stretches.len() as u32 / 2;
    let cut = Cut { stretch, from_cm: 0, to_cm: network.graph.stretches[stretch as usize].cm, slower: None };
    let (seconds, closed) = best(5, || RoadNetwork::with_cuts(network, &[cut]));
    out.insert("closure_laid_over", seconds);
    let (seconds, _) = best(5, || closed.nearest(demand, sites, 2, terms, &Unwatched).expect("an answer"));
    out.insert("closure_answered_anew", seconds);
}

/// The first sites × all cells within 60 minutes, and a few without a limit.
fn matrix(
    network: &RoadNetwork,
    demand: &[Option<Snap>],
    sites: &[Option<Site>],
    said: &Said,
    out: &mut Figures,
) {
    let terms = Terms { by: By::Time, heading: Heading::ToSite, counts_access: true };
    let some: Vec<Option<Site>> =
        sites.iter().filter(|site| site.is_some()).take(said.matrix).copied().collect();
    let limit = By::limit((Seconds::from_minutes(60.0).value() * 1000.0) as u32);
    let (seconds, rows) = best(2, || network.rows(demand, &some, limit, terms, &Unwatched).expect("rows"));
    out.insert("matrix_sites", some.len() as f64);
    out.insert("matrix_60_min", seconds);
    out.insert("matrix_pairs", rows.iter().map(Vec::len).sum::<usize>() as f64);
    drop(rows);
    let few = &some[..some.len().min(74)];
    let (seconds, _) = best(3, || network.rows(demand, few, FAR - 1, terms, &Unwatched).expect("rows"));
    out.insert("matrix_unlimited_sites", few.len() as f64);
    out.insert("matrix_unlimited", seconds);
    // What is compared with a table service: points put on the network, and every pair asked for.
    let rows = if some.len() > few.len() { out["matrix_60_min"] } else { seconds };
    out.insert("matrix", out["snap_cells"] + out["snap_sites"] + rows);
    // One search over everything, without what is done with the answer.
    let mut tree = Tree::default();
    if let Some(Some(site)) = few.first() {
        let (seconds, ()) = best(5, || {
            network.tree_from(&mut tree, &site.snap, FAR - 1, terms, &Unwatched).expect("a tree");
        });
        out.insert("one_search_everywhere", seconds);
    }
}

/// The largest resident set so far, MB.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|text| text.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1024.0
}

fn print(figures: &Figures, as_json: bool) {
    if as_json {
        println!("{}", serde_json::to_string(figures).expect("JSON"));
        return;
    }
    for (name, value) in figures {
        println!("  {name:28} {value:.6}");
    }
}
