//! What can be written to a file of its own, and how? One function for window and command line, so that they write the
//! same bytes.

use std::path::Path;

use super::Results;
use super::comparing::{self, Asked};
use super::export::{self, Form, Stamp, TableStyle};
use super::notice::Notice;
use crate::io::IoError;
use crate::lang::{Lang, Said};
use crate::model::{Compared, Project};
use crate::progress::Progress;

/// What can be written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    Selected,
    Candidates,
    CandidateTable,
    Cells,
    CellTable,
    Gaps,
    AreaTable,
    /// The county table beside what was printed.
    CountyTable,
    FactorTable,
    RankingTable,
    /// Places side by side: everything, the table, the places.
    Compared,
    ComparedTable,
    ComparedPlaces,
    /// The places that are followed.
    FollowUp,
    /// Their seven steps.
    Process,
    /// The plan on the map.
    Plan,
    /// The most important roads that were found.
    Critical,
    /// Our distances beside Pipos' own.
    Pipos,
    /// Features of a layer, as they are in its file.
    Features,
    /// The crisis that is shown: its hours, its clocks, its fuel, cells and municipalities in an hour, what it rests on, its
    /// scenario, and all scenarios of the project beside each other.
    CrisisHours,
    CrisisClocks,
    CrisisFuel,
    CrisisHour,
    CrisisMunicipalities,
    CrisisAssumptions,
    CrisisScenario,
    CrisisScenarios,
}

impl Export {
    pub const ALL: [Self; 27] = [
        Self::Selected,
        Self::Candidates,
        Self::CandidateTable,
        Self::Cells,
        Self::CellTable,
        Self::Gaps,
        Self::AreaTable,
        Self::CountyTable,
        Self::FactorTable,
        Self::RankingTable,
        Self::Compared,
        Self::ComparedTable,
        Self::ComparedPlaces,
        Self::FollowUp,
        Self::Process,
        Self::Plan,
        Self::Critical,
        Self::Pipos,
        Self::Features,
        Self::CrisisHours,
        Self::CrisisClocks,
        Self::CrisisFuel,
        Self::CrisisHour,
        Self::CrisisMunicipalities,
        Self::CrisisAssumptions,
        Self::CrisisScenario,
        Self::CrisisScenarios,
    ];

    /// What a project and its results hold whole, in the order of the lists; who has the others writes them.
    pub fn of_project() -> impl Iterator<Item = Self> {
        let is_elsewhere =
            |what: &Self| matches!(what, Self::Plan | Self::Critical | Self::Pipos | Self::Features);
        Self::ALL.into_iter().filter(move |what| !is_elsewhere(what) && !what.is_of_crisis())
    }

    /// Is it of the crisis that is shown?
    #[must_use]
    pub const fn is_of_crisis(self) -> bool {
        matches!(
            self,
            Self::CrisisHours
                | Self::CrisisClocks
                | Self::CrisisFuel
                | Self::CrisisHour
                | Self::CrisisMunicipalities
                | Self::CrisisAssumptions
                | Self::CrisisScenario
                | Self::CrisisScenarios
        )
    }

    /// The file name proposed.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Selected => "selected_sites.geojson",
            Self::Candidates => "candidates.geojson",
            Self::CandidateTable => "candidates.csv",
            Self::Cells => "demand.geojson",
            Self::CellTable => "demand.csv",
            Self::Gaps => "gaps.geojson",
            Self::AreaTable => "areas.csv",
            Self::CountyTable => "county.csv",
            Self::FactorTable => "factors.csv",
            Self::RankingTable => "ranking.csv",
            Self::Compared => "comparison.json",
            Self::ComparedTable => "comparison.csv",
            Self::ComparedPlaces => "comparison.geojson",
            Self::FollowUp => "follow_up.csv",
            Self::Process => "process.csv",
            Self::Plan => "plan.geojson",
            Self::Critical => "critical_roads.geojson",
            Self::Pipos => "pipos.csv",
            Self::Features => "features.geojson",
            Self::CrisisHours => "hours.csv",
            Self::CrisisClocks => "clocks.csv",
            Self::CrisisFuel => "fuel.csv",
            Self::CrisisHour => "hour.geojson",
            Self::CrisisMunicipalities => "municipalities.csv",
            Self::CrisisAssumptions => "assumptions.csv",
            Self::CrisisScenario => "scenario.json",
            Self::CrisisScenarios => "scenarios.csv",
        }
    }

    #[must_use]
    pub const fn is_table(self) -> bool {
        !matches!(
            self,
            Self::Selected
                | Self::Candidates
                | Self::Cells
                | Self::Gaps
                | Self::ComparedPlaces
                | Self::Plan
                | Self::Critical
                | Self::Features
                | Self::CrisisHour
        )
    }
}

/// What is written of: a project as it is now, and the results that are shown.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub project: &'a Project,
    pub results: &'a Results,
    pub stamp: &'a Stamp,
}

impl Of<'_> {
    /// What is said where there is nothing of it to write.
    #[must_use]
    pub fn lacks(&self, what: Export) -> Option<Notice> {
        match what {
            Export::Selected => self.project.selected.is_empty().then_some(Notice::NothingSelected),
            Export::Compared | Export::ComparedTable | Export::ComparedPlaces => {
                let is_few = self.project.compared.len() < Compared::FEWEST;
                is_few.then_some(Notice::NothingCompared)
            }
            // Not the project's: whoever has it writes it.
            Export::Critical => Some(Notice::NoCritical),
            Export::Pipos => Some(Notice::NoPipos),
            Export::Features => Some(Notice::NoFeatures),
            Export::Plan => Some(Notice::NoPlan),
            what if what.is_of_crisis() => Some(Notice::NoCrisis),
            _ => None,
        }
    }

    /// Writes one of [`Export::of_project`] that is not [lacking](Self::lacks) into a file; how many places it names, where that is told.
    ///
    /// # Errors
    /// [`IoError`] when it cannot be written, when a row has no coordinates in the system that is asked for, or when
    /// cancelled.
    pub fn write(
        &self,
        what: Export,
        path: &Path,
        style: TableStyle,
        form: Form,
        progress: &dyn Progress,
    ) -> Result<Option<usize>, IoError> {
        let Self { project, results, stamp } = *self;
        let ranked = || export::Comparison::new(results, &project.ranking, &project.selected);
        match what {
            Export::Selected => {
                let (selected, trials) = (&project.selected, &project.trials);
                return export::write_selected(path, results, selected, trials, stamp, form).map(Some);
            }
            Export::Candidates => export::write_candidates(path, results, stamp, form)?,
            Export::CandidateTable => export::write_candidate_table(path, results, style)?,
            Export::Cells => export::write_demand(path, results, stamp, form)?,
            Export::CellTable => export::write_cell_table(path, results, style)?,
            Export::Gaps => export::write_gaps(path, results, stamp, form)?,
            Export::AreaTable => export::write_areas(path, results, style, stamp)?,
            Export::CountyTable => export::write_county(path, results, style)?,
            Export::FactorTable => {
                export::write_factor_table(path, results, &ranked(), &project.ranking, style)?;
            }
            Export::RankingTable => export::write_ranking_table(path, results, &ranked(), style)?,
            Export::FollowUp => export::write_follow_up(path, results, project, style, stamp)?,
            Export::Process => export::write_process(path, results, project, style, stamp)?,
            Export::Compared | Export::ComparedTable | Export::ComparedPlaces => {
                let asked = Asked::of(project);
                let compared = comparing::compare(results, &asked, &ranked(), progress)
                    .map_err(|error| IoError::without_ways(path, error))?;
                match what {
                    Export::ComparedTable => {
                        let lang = comparing::lang_of(form.heads, style);
                        comparing::write_table_file(path, &compared, style, lang)?;
                    }
                    Export::ComparedPlaces => {
                        comparing::write_places(path, &compared, results, &asked.trials, stamp, form)?;
                    }
                    _ => comparing::write_json(path, &compared, results, stamp)?,
                }
                let is_places = what == Export::ComparedPlaces;
                return Ok(Some(if is_places { compared.sites().len() } else { compared.places.len() }));
            }
            Export::Plan
            | Export::Critical
            | Export::Pipos
            | Export::Features
            | Export::CrisisHours
            | Export::CrisisClocks
            | Export::CrisisFuel
            | Export::CrisisHour
            | Export::CrisisMunicipalities
            | Export::CrisisAssumptions
            | Export::CrisisScenario
            | Export::CrisisScenarios => {}
        }
        Ok(None)
    }
}

impl Said for Export {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Selected => lang.pick("Valda platser (lager)", "Chosen sites (layer)"),
            Self::Candidates => lang.pick("Alla platser (lager)", "All places (layer)"),
            Self::CandidateTable => lang.pick("Alla platser (tabell, CSV)", "All places (table, CSV)"),
            Self::Cells => lang.pick("Rutor med avstånd (lager)", "Cells with distances (layer)"),
            Self::CellTable => {
                lang.pick("Rutor med avstånd (tabell, CSV)", "Cells with distances (table, CSV)")
            }
            Self::Gaps => lang.pick("Luckor (lager)", "Gaps (layer)"),
            Self::AreaTable => lang.pick("Kommuntabell (CSV)", "Table of municipalities (CSV)"),
            Self::CountyTable => lang.pick("Länstabell (CSV)", "County table (CSV)"),
            Self::FactorTable => {
                lang.pick("Jämförelse: alla faktorer (CSV)", "Comparison: all factors (CSV)")
            }
            Self::Compared => lang.pick("Orter sida vid sida (JSON)", "Villages side by side (JSON)"),
            Self::ComparedTable => {
                lang.pick("Orter sida vid sida (tabell, CSV)", "Villages side by side (table, CSV)")
            }
            Self::ComparedPlaces => lang.pick("Orter sida vid sida (lager)", "Villages side by side (layer)"),
            Self::FollowUp => lang.pick("Uppföljning: platser (CSV)", "Follow-up: places (CSV)"),
            Self::Process => lang.pick("Uppföljning: steg (CSV)", "Follow-up: steps (CSV)"),
            Self::Plan => lang.pick("Planens platser (lager)", "Places of the plan (layer)"),
            Self::Critical => lang.pick("Viktigaste vägarna (lager)", "Critical roads (layer)"),
            Self::Features => {
                lang.pick("Objekten i attributtabellen (lager)", "Features of the attribute table (layer)")
            }
            Self::CrisisHours => lang.pick("Kris: timmar (CSV)", "Crisis: hours (CSV)"),
            Self::CrisisMunicipalities => {
                lang.pick("Kris: kommuner den här timmen (CSV)", "Crisis: municipalities in this hour (CSV)")
            }
            Self::CrisisAssumptions => lang.pick("Kris: antaganden (CSV)", "Crisis: assumptions (CSV)"),
            Self::CrisisScenario => lang.pick("Kris: scenariot (JSON)", "Crisis: the scenario (JSON)"),
            Self::CrisisScenarios => {
                lang.pick("Kris: scenarier sida vid sida (CSV)", "Crisis: scenarios side by side (CSV)")
            }
            Self::CrisisClocks => {
                lang.pick("Kris: platsernas klockor (CSV)", "Crisis: clocks of places (CSV)")
            }
            Self::CrisisFuel => lang.pick("Kris: drivmedel (CSV)", "Crisis: fuel (CSV)"),
            Self::CrisisHour => {
                lang.pick("Kris: rutorna den här timmen (lager)", "Crisis: cells in this hour (layer)")
            }
            Self::Pipos => lang.pick("Jämförelse med Pipos (CSV)", "Comparison with Pipos (CSV)"),
            Self::RankingTable => lang.pick("Jämförelse: rangordning (CSV)", "Comparison: ranking (CSV)"),
        }
        .into()
    }
}
