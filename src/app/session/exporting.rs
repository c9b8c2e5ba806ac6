//! How does a running program write results to files? As a job; no file that the project reads is ever overwritten.

use super::Session;
use super::exports::Export;
use crate::app::comparing::{self, Asked};
use crate::app::export::{self, CsvStyle, Form};
use crate::app::notice::Notice;
use crate::app::pipos::Comparison;
use crate::app::siting::plan_export::{ExportedPlan, write_plan};
use crate::app::ways::CriticalRoad;
use crate::io::{IoError, refuse_overwriting};
use crate::model::travel::TravelError;
use crate::model::{Compared, Layer, ServiceKind, SourcePlace};
use std::path::PathBuf;
use std::sync::Arc;

/// What is said where something is asked for that is no part of the results, and is not there: a plan, the roads that
/// were looked for, what the table of a layer lists. Where it is there, its own export writes it.
const fn elsewhere(what: Export) -> Option<Notice> {
    match what {
        Export::Critical => Some(Notice::NoCritical),
        Export::Pipos => Some(Notice::NoPipos),
        Export::Features => Some(Notice::NoFeatures),
        Export::Plan => Some(Notice::NoPlan),
        _ => None,
    }
}

impl Session {
    /// Writes results to a file; they are those shown, with the selection and the weights of now.
    pub fn export(&mut self, what: Export, path: PathBuf, style: CsvStyle, form: Form) {
        let Some(results) = self.results.clone() else { return };
        let selected = Arc::clone(&self.project.selected);
        let project = self.project.clone();
        let trials = Arc::clone(&self.project.trials);
        let model = Arc::clone(&self.project.ranking);
        if what == Export::Selected && selected.is_empty() {
            self.notices.push(Notice::NothingSelected);
            return;
        }
        if let Some(missing) = elsewhere(what) {
            self.notices.push(missing);
            return;
        }
        if matches!(what, Export::Compared | Export::ComparedTable | Export::ComparedPlaces) {
            return self.export_comparison(what, path, style, form);
        }
        let stamp = self.stamp.clone();
        let sources = self.sources();
        self.exporting.start(&self.wake, move |_| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let mut count = None;
            match what {
                Export::Selected => {
                    count = Some(export::write_selected(&path, &results, &selected, &trials, &stamp, form)?);
                }
                Export::Candidates => export::write_candidates(&path, &results, &stamp, form)?,
                Export::CandidateTable => export::write_candidate_table(&path, &results, style)?,
                Export::Cells => export::write_demand(&path, &results, &stamp, form)?,
                Export::CellTable => export::write_cell_table(&path, &results, style)?,
                Export::Gaps => export::write_gaps(&path, &results, &stamp, form)?,
                Export::AreaTable => export::write_areas(&path, &results, style, &stamp)?,
                Export::CountyTable => export::write_county(&path, &results, style)?,
                Export::FactorTable => {
                    let comparison = export::Comparison::new(&results, &model, &selected);
                    export::write_factor_table(&path, &results, &comparison, &model, style)?;
                }
                Export::RankingTable => {
                    let comparison = export::Comparison::new(&results, &model, &selected);
                    export::write_ranking_table(&path, &results, &comparison, style)?;
                }
                Export::FollowUp => export::write_follow_up(&path, &results, &project, style, &stamp)?,
                Export::Process => export::write_process(&path, &results, &project, style, &stamp)?,
                Export::Compared
                | Export::ComparedTable
                | Export::ComparedPlaces
                | Export::Plan
                | Export::Critical
                | Export::Pipos
                | Export::Features => {}
            }
            Ok(Notice::Exported { path, count })
        });
    }

    /// Writes what lies side by side: everything, the table, or the places.
    fn export_comparison(&mut self, what: Export, path: PathBuf, style: CsvStyle, form: Form) {
        let Some(results) = self.results.clone() else { return };
        let asked = Asked::of(&self.project);
        if asked.compared.places.len() < Compared::FEWEST {
            self.notices.push(Notice::NothingCompared);
            return;
        }
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |progress| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let ranked = export::Comparison::new(&results, &asked.model, &asked.selected);
            let failed = |error: TravelError| match error {
                TravelError::Cancelled(cancelled) => IoError::Cancelled(cancelled),
                TravelError::NoAnswer(message) => IoError::File { file: path.display().to_string(), message },
            };
            let comparison = comparing::compare(&results, &asked, &ranked, progress).map_err(failed)?;
            match what {
                Export::ComparedTable => {
                    let lang = comparing::lang_of(form.heads);
                    comparing::write_table_file(&path, &comparison, style, lang)?;
                }
                Export::ComparedPlaces => {
                    comparing::write_places(&path, &comparison, &results, &asked.trials, &stamp, form)?;
                }
                _ => comparing::write_json(&path, &comparison, &results, &stamp)?,
            }
            let count = Some(comparison.places.len());
            Ok(Notice::Exported { path, count })
        });
    }

    /// The files that the project reads: none of them is ever written over.
    fn sources(&self) -> Vec<PathBuf> {
        let layers = self.project.layers.iter().map(|layer| &layer.source);
        let all = layers.chain(self.project.roads.iter().map(|layer| &layer.source));
        let joined = self.project.layers.iter().flat_map(|layer| &layer.source.reading.joins);
        let joined = joined.map(|join| join.file.clone());
        all.filter_map(|source| match &source.place {
            SourcePlace::File(path) => Some(path.clone()),
            SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
        })
        .chain(joined)
        .collect()
    }

    /// Writes the places of a plan with the results they were computed from.
    pub fn export_plan(&mut self, path: PathBuf, plan: Arc<ExportedPlan>, form: Form) {
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |_| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let count = plan.view.plan.sites.len();
            write_plan(&path, &plan, &stamp, form)?;
            Ok(Notice::Exported { path, count: Some(count) })
        });
    }

    /// Writes these features of a layer, in this order.
    pub fn export_features(&mut self, path: PathBuf, layer: Arc<Layer>, features: Arc<Vec<u32>>, form: Form) {
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |_| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let count = export::write_features(&path, &layer, &features, &stamp, form)?;
            Ok(Notice::Exported { path, count: Some(count) })
        });
    }

    /// Writes the most important roads of a kind.
    pub fn export_critical(
        &mut self,
        path: PathBuf,
        kind: ServiceKind,
        roads: Vec<CriticalRoad>,
        form: Form,
    ) {
        let Some(results) = self.results.clone() else { return };
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |_| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            export::write_critical(&path, &results, kind, &roads, &stamp, form)?;
            Ok(Notice::Exported { path, count: Some(roads.len()) })
        });
    }

    /// Writes a comparison with Pipos' own distances, which come from a table.
    pub fn export_pipos(
        &mut self,
        path: PathBuf,
        table: PathBuf,
        comparison: Arc<Comparison>,
        style: CsvStyle,
    ) {
        let mut sources = self.sources();
        sources.push(table);
        self.exporting.start(&self.wake, move |_| {
            export::write_pipos(&path, &comparison, style, &sources)?;
            Ok(Notice::Exported { path, count: Some(comparison.rows.len()) })
        });
    }
}
