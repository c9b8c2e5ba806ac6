//! What can be written to a file?

use crate::lang::{Lang, Said};

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
}

impl Export {
    pub const ALL: [Self; 19] = [
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
    ];

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
        )
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
            Self::Pipos => lang.pick("Jämförelse med Pipos (CSV)", "Comparison with Pipos (CSV)"),
            Self::RankingTable => lang.pick("Jämförelse: rangordning (CSV)", "Comparison: ranking (CSV)"),
        }
        .into()
    }
}
