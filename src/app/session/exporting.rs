//! How does a running program write results to files? As a job; no file that the project reads is ever overwritten.

use super::Session;
use crate::app::export::{self, Form, TableStyle};
use crate::app::exports::{Export, Of};
use crate::app::notice::Notice;
use crate::app::outage::{
    FuelPlan, ScenarioSide, write_assumptions, write_clocks, write_fuel, write_hour, write_hours,
    write_municipalities, write_scenario, write_scenarios,
};
use crate::app::pipos::Comparison;
use crate::app::siting::plan_export::write_plan;
use crate::app::siting::saved_export::write_saved;
use crate::app::ways::CriticalRoad;
use crate::app::work::crisis::Computed;
use crate::app::work::planner::Exported;
use crate::io::{IoError, refuse_overwriting};
use crate::model::{Layer, ServiceKind};
use std::path::PathBuf;
use std::sync::Arc;

impl Session {
    /// What is said where there is nothing of it to write.
    #[must_use]
    pub fn lacks(&self, what: Export) -> Option<Notice> {
        let results = self.results.as_ref()?;
        Of { project: &self.project, results, stamp: &self.stamp }.lacks(what)
    }

    /// Writes results to a file; they are those shown, with the selection and the weights of now.
    pub fn export(&mut self, what: Export, path: PathBuf, style: TableStyle, form: Form) {
        let Some(results) = self.results.clone() else { return };
        let (project, stamp) = (self.project.clone(), self.stamp.clone());
        let of = Of { project: &project, results: &results, stamp: &stamp };
        if let Some(missing) = of.lacks(what) {
            self.notices.push(missing);
            return;
        }
        let sources = self.sources();
        self.exporting.start(&self.wake, move |progress| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let of = Of { project: &project, results: &results, stamp: &stamp };
            let count = of.write(what, &path, style, form, progress)?;
            Ok(Notice::Exported { path, count })
        });
    }

    /// The files that the project reads: none of them is ever written over.
    fn sources(&self) -> Vec<PathBuf> {
        self.project.files()
    }

    /// Writes the places of a plan with the results they were computed from, or of saved plans.
    pub fn export_plan(&mut self, path: PathBuf, plan: Exported, form: Form) {
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |progress| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let count = match &plan {
                Exported::Plan(plan) => {
                    write_plan(&path, plan, &stamp, form)?;
                    plan.view.plan.sites.len()
                }
                Exported::Saved(plans) => write_saved(&path, plans, &stamp, form, progress)?,
            };
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

    /// Writes what is known of a crisis, in an hour where it is about one.
    pub fn export_crisis(
        &mut self,
        what: Export,
        path: PathBuf,
        (of, hour): (Arc<Computed>, usize),
        style: TableStyle,
        form: Form,
    ) {
        let (stamp, sources) = (self.stamp.clone(), self.sources());
        self.exporting.start(&self.wake, move |progress| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            let crisis = &of.crisis;
            match what {
                Export::CrisisClocks => write_clocks(&path, crisis, style)?,
                Export::CrisisFuel => {
                    let plan = FuelPlan::at(crisis, hour, progress)
                        .map_err(|error| IoError::without_ways(&path, error))?;
                    write_fuel(&path, crisis, &plan, style)?;
                }
                Export::CrisisHour => write_hour(&path, crisis, hour, &stamp, form)?,
                Export::CrisisMunicipalities => write_municipalities(&path, crisis, &[hour], style)?,
                Export::CrisisAssumptions => write_assumptions(&path, crisis, style)?,
                Export::CrisisScenario => write_scenario(&path, crisis)?,
                _ => write_hours(&path, crisis, style)?,
            }
            Ok(Notice::Exported { path, count: None })
        });
    }

    /// Writes scenarios beside each other.
    pub fn export_scenarios(&mut self, path: PathBuf, sides: Arc<Vec<ScenarioSide>>, style: TableStyle) {
        let sources = self.sources();
        self.exporting.start(&self.wake, move |_| {
            refuse_overwriting(sources.iter().map(PathBuf::as_path), [path.as_path()])?;
            write_scenarios(&path, &sides, style)?;
            Ok(Notice::Exported { path, count: None })
        });
    }

    /// Writes a comparison with Pipos' own distances, which come from a table.
    pub fn export_pipos(
        &mut self,
        path: PathBuf,
        table: PathBuf,
        comparison: Arc<Comparison>,
        style: TableStyle,
    ) {
        let mut sources = self.sources();
        sources.push(table);
        self.exporting.start(&self.wake, move |_| {
            export::write_pipos(&path, &comparison, style, &sources)?;
            Ok(Notice::Exported { path, count: Some(comparison.rows.len()) })
        });
    }
}
