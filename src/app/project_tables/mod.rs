//! Which tables of results go into a project file? Everything that was found of the project as it is saved, as layers that
//! QGIS opens; documented in `docs/formats.md`. Does not know how they are drawn: whoever saves brings the styles.

mod areas;
mod cells;
mod closures;
mod plans;
mod rows;
mod services;
mod sots;

use self::areas::Areas;
use self::cells::Squares;
use self::closures::{Closures, Drawn};
use self::plans::Plans;
use self::rows::{Exported, TableRows, digest, table};
use self::services::Services;
use self::sots::Sots;
use super::Results;
use super::export::{About, Gaps, Heads, Sites, Stamp, assumptions, assumptions_table};
use super::siting::scenario;
use crate::io::project_file::{Content, ResultTable, ResultTables, TableDigest, TableStyle};
use crate::io::{IoError, sha256_hex};
use crate::model::{Project, SiteId};

/// Which styles a table has, by its name.
pub type Styling = fn(&Results, &str) -> Vec<TableStyle>;

/// No styles at all: other programs draw the tables as they like.
#[must_use]
pub fn unstyled(_: &Results, _: &str) -> Vec<TableStyle> {
    Vec::new()
}

/// Their names, and what they hold.
const TABLES: [(&str, &str); 13] = [
    (
        "demand",
        "Befolkade rutor med vägen till närmaste service / Populated cells with the way to the nearest service",
    ),
    ("areas", "Kommuner eller andra områden med sina tal / Municipalities or other areas with their figures"),
    ("gaps", "Luckor i täckningen, per service / Gaps in coverage, by service"),
    ("services", "Service, och vad en nedläggning betyder / Services, and what closing one would mean"),
    ("candidates", "Platser med lägstanivån och alla tal / Places with the minimum level and all figures"),
    ("sot_places", "SOT-platser med status / SOT places with their status"),
    ("selected_sites", "Valda platser / Chosen sites"),
    ("trial_points", "Provplatser med vad de skulle ge / Test sites with what they would give"),
    ("plans", "Sparade planer, en rad per plats / Saved plans, a row for each place"),
    ("closures_points", "Avstängda vägar, ritade som punkter / Closed roads, drawn as points"),
    ("closures_lines", "Avstängda vägar, ritade som linjer / Closed roads, drawn as lines"),
    ("closures_areas", "Avstängda vägar, ritade som ytor / Closed roads, drawn as areas"),
    ("assumptions", "Vad talen vilar på / What the figures rest on"),
];

/// The tables of a project whose results are those of now; tables without rows are none. `moment` is when they are saved.
///
/// # Errors
/// [`IoError::Cancelled`].
pub fn result_tables<'a>(
    results: &'a Results,
    project: &'a Project,
    styling: Styling,
    moment: &str,
) -> Result<ResultTables<'a>, IoError> {
    let mut tables = Vec::new();
    for (name, description) in TABLES {
        let described = |digest, content, styles| ResultTable {
            name,
            description: description.to_owned(),
            digest,
            content,
            styles,
        };
        let Some(rows) = rows_of(name, results, project)? else {
            let rows = resting_on(results);
            let said = sha256_hex(&serde_json::to_vec(&rows).unwrap_or_default());
            let digest = TableDigest { frame: said, parts: Vec::new() };
            tables.push(described(digest, Content::Texts(rows), Vec::new()));
            continue;
        };
        let count = rows.count();
        if count > 0 {
            let digest = digest(rows.as_ref());
            let make = move |wanted: &[usize]| table(rows.as_ref(), wanted);
            let content = Content::Features(count, Box::new(make));
            tables.push(described(digest, content, styling(results, name)));
        }
    }
    Ok(ResultTables { tables, moment: in_utc(moment) })
}

/// What a table is made of; nothing for the one of texts.
fn rows_of<'a>(
    name: &str,
    results: &'a Results,
    project: &'a Project,
) -> Result<Option<Box<dyn TableRows + 'a>>, IoError> {
    let rows: Box<dyn TableRows + 'a> = match name {
        "demand" => Box::new(Squares::new(results)),
        "areas" => Box::new(Areas::new(results)),
        "gaps" => Box::new(Exported::new(Gaps::new(results))),
        "services" => Box::new(Services::new(results)),
        "candidates" => Box::new(Exported::new(Sites::all(results))),
        "sot_places" => Box::new(Sots(results)),
        "selected_sites" => {
            let candidates = results.candidates.iter();
            let candidates = candidates.filter(|candidate| project.selected.contains(&candidate.site));
            let trials = project.trials.iter();
            let trials = trials.filter(|trial| project.selected.contains(&SiteId::Trial(trial.id)));
            Box::new(Exported::new(Sites::told("selected_sites", results, candidates.collect(), trials)?))
        }
        "trial_points" => {
            let trials = project.trials.iter();
            Box::new(Exported::new(Sites::told("trial_points", results, Vec::new(), trials)?))
        }
        "plans" => Box::new(Plans::new(results, project)),
        "closures_points" => Box::new(Closures::new(results, project, Drawn::Point)),
        "closures_lines" => Box::new(Closures::new(results, project, Drawn::Line)),
        "closures_areas" => Box::new(Closures::new(results, project, Drawn::Area)),
        _ => return Ok(None),
    };
    Ok(Some(rows))
}

/// What the figures rest on, a row each. The day is left out: when a table was last changed stands in the file's list.
fn resting_on(results: &Results) -> Vec<[String; 2]> {
    let about = About::new(assumptions(results, &Stamp::default()));
    let mut rows = assumptions_table(&about, Heads::En).rows;
    rows.retain(|[name, _]| name != "date");
    rows.push(["snapshot".into(), scenario::inputs(&results.project)]);
    rows
}

/// A moment as GeoPackage wants it: in UTC, to the millisecond. A clock that knows only the day says its beginning.
fn in_utc(moment: &str) -> String {
    let timestamp = moment.parse::<jiff::Timestamp>().or_else(|_| {
        let day = moment.get(..10).unwrap_or(moment);
        format!("{day}T00:00:00Z").parse()
    });
    timestamp.unwrap_or(jiff::Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_in_utc() {
        for (clock, moment) in [
            ("2026-01-02T08:00:00+01:00", "2026-01-02T07:00:00.000Z"),
            ("2026-01-02T08:00:00.5Z", "2026-01-02T08:00:00.500Z"),
            ("2026-01-02", "2026-01-02T00:00:00.000Z"),
            ("", "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(in_utc(clock), moment);
        }
    }
}
