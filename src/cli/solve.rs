//! `sotplan solve`: tables of costs, weights and sites in, the best sites and their proof out.

use super::arguments::Solve;
use super::plan_arguments::parted;
use crate::app::matrix::{Amount, Matrix, Question, Tables};
use crate::io::matrix_file::{Ambiguous, Names, SiteTable, read_pairs, read_sites, read_weights};
use crate::lang::{Lang, Said};
use crate::location;
use crate::progress::Unwatched;
use crate::say;

/// Solves a question; the error is the message for the user. That no plan can be is an answer, not an error.
pub fn run(said: &Solve, lang: Lang) -> Result<(), String> {
    let read = |error: crate::io::IoError| error.said(lang);
    let (pairs, weights) = rayon::join(|| read_pairs(&said.costs), || read_weights(&said.demand));
    let (pairs, weights) = (pairs.map_err(read)?, weights.map_err(read)?);
    let sites = said.sites_file.as_deref().map(read_sites).transpose().map_err(read)?;
    let tables = [(&pairs.file, &pairs.ambiguous), (&weights.file, &weights.ambiguous)];
    let of_sites = sites.as_ref().map(|table| (&table.file, &table.ambiguous));
    for (file, ambiguous) in tables.into_iter().chain(of_sites) {
        if let Some(Ambiguous { line, value, read_as, count }) = ambiguous {
            let read_as = lang.number(*read_as, 3);
            let text = say!(
                lang,
                "{file}, rad {line}: ”{value}” kan vara tusental eller decimaler och lästes som {read_as} ({count} sådana tal)",
                "{file}, line {line}: “{value}” may be thousands or decimals and was read as {read_as} ({count} such numbers)"
            );
            super::common::warn(&text);
        }
    }
    let question = question(said, &pairs.sites, sites.as_ref(), lang)?;
    let matrix =
        Matrix::pose(Tables { pairs, weights, sites }, &question).map_err(|error| error.said(lang))?;
    remark(&matrix, lang);
    let effort = said.asked.effort();
    let answer = matrix.solve(&effort, &Unwatched).map_err(|error| error.said(lang))?;
    let alternatives = match said.asked.alternatives {
        Some(count) if answer.plan().is_some() => {
            let (count, loss) = (usize::from(count), said.asked.max_loss);
            let found = location::alternatives(&matrix.problem, &answer, count, loss, &effort, &Unwatched);
            Some(found.map_err(|error| error.said(lang))?)
        }
        _ => None,
    };
    if said.asked.json {
        super::common::print_json(&matrix.json(&answer, alternatives.as_ref()))
    } else {
        super::common::print(&matrix.report(&answer, alternatives.as_ref(), lang))
    }
}

fn question(said: &Solve, sites: &Names, stated: Option<&SiteTable>, lang: Lang) -> Result<Question, String> {
    let asked = &said.asked;
    if asked.objective.needs_cutoff() && said.cutoff.is_none() {
        let objective = asked.objective.id();
        return Err(say!(
            lang,
            "{objective} behöver --cutoff: den kostnad som en plats når till",
            "{objective} needs --cutoff: the cost up to which a site serves"
        ));
    }
    let is_known =
        |name: &str| sites.get(name).is_some() || stated.is_some_and(|table| table.sites.get(name).is_some());
    let mut exclusive = Vec::new();
    for pair in &asked.exclusive {
        let parts = parted(pair, is_known).ok_or_else(|| {
            say!(
                lang,
                "--exclusive {pair}: skriv två platser med komma emellan",
                "--exclusive {pair}: write two sites with a comma between"
            )
        })?;
        exclusive.push(parts.map(str::to_owned));
    }
    Ok(Question {
        objective: asked.objective,
        amount: match (asked.sites, asked.budget) {
            (Some(count), _) => Amount::Sites(count),
            (None, Some(budget)) => Amount::Budget(budget),
            (None, None) => Amount::AsNeeded,
        },
        cutoff: said.cutoff,
        required: said.required.clone(),
        forbidden: said.forbidden.clone(),
        exclusive,
        require_all: asked.require_all,
    })
}

/// What is worth a look; standard output stays clean.
fn remark(matrix: &Matrix, lang: Lang) {
    let zero = matrix.zero_weights();
    if zero > 0 {
        let text = say!(
            lang,
            "{zero} efterfrågepunkter har vikten 0 och räknas inte",
            "{zero} demand points have weight 0 and do not count"
        );
        super::common::warn(&text);
    }
    let idle: Vec<String> = matrix.sites_without_pair().map(str::to_owned).collect();
    if !idle.is_empty() {
        let names = crate::app::siting::listed(idle.into_iter(), lang);
        let text = say!(
            lang,
            "platser utan någon rad i kostnaderna: {names}",
            "sites without a row in the costs: {names}"
        );
        super::common::warn(&text);
    }
    if let Some(unit) = matrix.money_scale.rounded_to() {
        let unit = lang.number(unit, 6);
        let text = say!(
            lang,
            "platsernas kostnader har fler siffror än som räknas exakt och är avrundade uppåt till hela {unit}: en plan som kostar precis budgeten kan falla bort",
            "the sites’ costs have more digits than are counted exactly and are rounded up to whole {unit}: a plan that costs just the budget may be missed"
        );
        super::common::warn(&text);
    }
    if !matrix.cost_scale.is_exact || !matrix.weight_scale.is_exact {
        let tolerance = lang.number(matrix.tolerance(), 6);
        let text = say!(
            lang,
            "talen har fler siffror än som räknas exakt; bevisad betyder inom {tolerance}",
            "the numbers have more digits than are counted exactly; proven means within {tolerance}"
        );
        super::common::warn(&text);
    }
}
