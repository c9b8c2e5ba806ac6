//! What is a project made of? Its files, what of them is used, what is not standard, what was written down.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::assumptions::{Apart, changed};
use crate::lang::{Lang, Said as _};
use crate::model::{Layer, LayerReport, Message, Project, RoadLayer, SourceFile};

/// What a project is made of.
#[derive(Debug, Clone)]
pub struct Information {
    /// Layers, bottom first, then roads: the order of [`super::states`].
    pub sources: Vec<Source>,
    /// The assumptions that are not standard.
    pub changed: Vec<Apart>,
    /// What was written down by hand, by kind; kinds without any are not there.
    pub work: Vec<Work>,
}

/// A file that a project reads.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the layer is called.
    pub name: String,
    /// A role's id, or `roads`.
    pub id: &'static str,
    pub used_as: Message,
    pub file: SourceFile,
    /// The tables joined to it, each with its digest.
    pub joined: Vec<(PathBuf, String)>,
    /// `None` where it could not be read.
    pub rows: Option<Rows>,
}

/// What of a file is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    pub all: u64,
    pub used: u64,
    /// By reason.
    pub refused: BTreeMap<String, u64>,
}

/// So many of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub id: &'static str,
    pub count: usize,
}

impl Information {
    /// What a project is made of; `report` is what of a layer is used.
    pub fn of<'a>(project: &Project, report: impl Fn(&Arc<Layer>) -> Option<&'a LayerReport>) -> Self {
        let layers = project.layers.iter().map(|layer| of_layer(layer, report(layer)));
        let sources = layers.chain(project.roads.iter().map(of_roads)).collect();
        Self { sources, changed: changed(&project.parameters), work: work(project) }
    }
}

fn of_layer(layer: &Arc<Layer>, report: Option<&LayerReport>) -> Source {
    let joins = &layer.source.reading.joins;
    let joined = layer.table.report.joined.iter();
    let joined = joined.filter_map(|told| Some((joins.get(told.nth)?.file.clone(), told.sha256.clone())));
    let rows = report.map(|report| Rows {
        all: report.features_in as u64,
        used: report.features_used as u64,
        refused: report
            .refused_by_reason()
            .into_iter()
            .map(|(why, count)| (why.to_owned(), count as u64))
            .collect(),
    });
    Source {
        name: layer.name.clone(),
        id: layer.role.id(),
        used_as: Message::new(layer.role.said(Lang::Sv), layer.role.said(Lang::En)),
        file: layer.source.clone(),
        joined: joined.collect(),
        rows: rows.filter(|rows| rows.all > 0),
    }
}

fn of_roads(layer: &Arc<RoadLayer>) -> Source {
    let report = &layer.roads.report;
    let refused = report.ways_refused.iter().map(|(why, count)| (why.clone(), *count));
    let rows = Rows { all: report.ways_in, used: report.ways_used, refused: refused.collect() };
    Source {
        name: layer.name.clone(),
        id: "roads",
        used_as: Message::new("Vägar", "Roads"),
        file: layer.source.clone(),
        joined: Vec::new(),
        rows: (rows.all > 0).then_some(rows),
    }
}

fn work(project: &Project) -> Vec<Work> {
    let all = [
        ("facts", project.amendments.len()),
        ("added", project.added.len()),
        ("trials", project.trials.len()),
        ("selected", project.selected.len()),
        ("closures", project.closures.len()),
        ("closed_services", project.closed_services.len()),
        ("compared", project.compared.len()),
        ("plans", project.plans.scenarios.len()),
        ("followed", project.follows.len()),
        ("waiting", project.held.len()),
        ("log", project.log.len()),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).map(|(id, count)| Work { id, count }).collect()
}

/// What each kind is called: Swedish and English, of one and of several.
const NAMES: [(&str, [&str; 4]); 11] = [
    ("facts", ["rättad plats", "rättade platser", "corrected place", "corrected places"]),
    ("added", ["tillagd service", "tillagda servicepunkter", "added service", "added services"]),
    ("trials", ["testplats", "testplatser", "test site", "test sites"]),
    ("selected", ["vald plats", "valda platser", "chosen site", "chosen sites"]),
    ("closures", ["vägavstängning", "vägavstängningar", "road closure", "road closures"]),
    (
        "closed_services",
        ["simulerad nedläggning", "simulerade nedläggningar", "simulated closure", "simulated closures"],
    ),
    (
        "compared",
        [
            "ort eller plan som jämförs",
            "orter och planer som jämförs",
            "village or plan compared",
            "villages and plans compared",
        ],
    ),
    ("plans", ["sparad plan", "sparade planer", "saved plan", "saved plans"]),
    ("followed", ["plats som följs upp", "platser som följs upp", "place followed up", "places followed up"]),
    (
        "waiting",
        [
            "uppgift som väntar på beslut",
            "uppgifter som väntar på beslut",
            "edit that waits for a decision",
            "edits that wait for a decision",
        ],
    ),
    ("log", ["ändring i loggen", "ändringar i loggen", "change in the log", "changes in the log"]),
];

impl Work {
    /// In words, with the number.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let names = NAMES.iter().find(|(id, _)| *id == self.id).map_or([self.id; 4], |(_, names)| *names);
        let [one, several] = match lang {
            Lang::Sv => [names[0], names[1]],
            Lang::En => [names[2], names[3]],
        };
        format!("{} {}", lang.count(self.count), if self.count == 1 { one } else { several })
    }
}
