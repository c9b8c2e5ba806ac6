//! How do tables and a question become a problem in whole numbers? What does not fit together is named.

use super::{Amount, Matrix, Question, Tables};
use crate::app::siting::{Scale, decimals};
use crate::io::matrix_file::{Names, Pair, PairTable, SiteTable, Stated, WeightTable};
use crate::location::{CostTable, Counted, Decay, Limit, NO_COST, Problem, Role, Site};
use crate::model::Message;

fn message(sv: String, en: String) -> Message {
    Message::new(sv, en)
}

fn most_decimals(list: &[Stated]) -> u32 {
    list.iter().map(|stated| stated.decimals).max().unwrap_or(0)
}

impl Matrix {
    /// Makes a question ready.
    ///
    /// # Errors
    /// A [`Message`] when tables and question do not fit together.
    pub fn pose(tables: Tables, question: &Question) -> Result<Self, Message> {
        let Tables { pairs: PairTable { file, sites, demand, pairs, decimals, .. }, weights, sites: stated } =
            tables;
        let (mut sites, mut demand) = (sites, demand);
        let weight_list = weights_of(&file, &mut demand, &weights)?;
        let (costs, capacities) = stated_of(&file, &mut sites, stated.as_ref(), question)?;
        let roles = roles(&sites, question)?;
        let cost_scale = cost_scale(&pairs, decimals, question);
        let table = table(&pairs, sites.len(), demand.len(), cost_scale, question.cutoff)?;
        let greatest = (0..sites.len()).flat_map(|site| table.row(site).map(|entry| entry.1)).max();
        let weight_scale = weight_scale(&weight_list, &capacities, question, greatest.unwrap_or(0));
        let money_scale = money_scale(&costs, question);
        let exclusive = exclusive(&sites, question)?;
        let site = |((role, cost), capacity): ((Role, Option<Stated>), Option<Stated>)| Site {
            role,
            cost: cost.map_or(0, |cost| money_scale.whole_cost(cost.value)),
            capacity: capacity.map(|capacity| weight_scale.whole_at_most(capacity.value)),
        };
        let limit = match question.amount {
            Amount::Sites(count) => Limit::Sites(count),
            Amount::Budget(budget) => Limit::Budget(money_scale.whole_at_most(budget)),
            Amount::AsNeeded => Limit::None,
        };
        let problem = Problem {
            demand: weight_list.iter().map(|weight| weight_scale.whole(weight.value)).collect(),
            sites: roles.into_iter().zip(costs).zip(capacities).map(site).collect(),
            costs: table,
            objective: question.objective,
            limit,
            cutoff: question.cutoff.map(|cutoff| {
                u32::try_from(cost_scale.whole(cutoff)).unwrap_or(NO_COST - 1).min(NO_COST - 1)
            }),
            exclusive,
            require_all: question.require_all,
            decay: Decay::None,
        };
        problem.check().map_err(|error| {
            use crate::lang::{Lang, Said};
            message(error.said(Lang::Sv), error.said(Lang::En))
        })?;
        let starts = starts(&pairs, sites.len());
        let weights = weight_list.iter().map(|weight| weight.value).collect();
        let cutoff = question.cutoff;
        Ok(Self {
            sites,
            demand,
            problem,
            cost_scale,
            weight_scale,
            money_scale,
            cutoff,
            weights,
            pairs,
            starts,
        })
    }
}

fn cost_scale(pairs: &[Pair], decimals: u32, question: &Question) -> Scale {
    let counts = |cost: &f64| question.cutoff.is_none_or(|cutoff| *cost <= cutoff);
    let greatest = pairs.iter().map(|pair| pair.cost).filter(counts).fold(0.0, f64::max);
    Scale::fitting(decimals, greatest, f64::from(NO_COST - 1))
}

/// The scale by which demand, and the capacity that sites have for it, become whole and their sums stay exact.
fn weight_scale(
    weights: &[Stated],
    capacities: &[Option<Stated>],
    question: &Question,
    greatest: u32,
) -> Scale {
    let each = match question.objective.counted() {
        Counted::WeightedCost => f64::from(greatest.max(1)),
        Counted::GreatestCost | Counted::Sites | Counted::Weight => 1.0,
    };
    // Capacity is counted in the same units as demand: its decimals count where it limits anything.
    let capacities: Vec<Stated> = capacities.iter().flatten().copied().collect();
    let of_capacities = if question.objective.has_capacities() { most_decimals(&capacities) } else { 0 };
    Scale::fitting(
        most_decimals(weights).max(of_capacities),
        weights.iter().map(|weight| weight.value).sum(),
        2f64.powi(61) / each,
    )
}

/// Where each site's pairs begin; one more than there are sites.
fn starts(pairs: &[Pair], sites: usize) -> Vec<usize> {
    let mut starts = vec![0; sites + 1];
    for pair in pairs {
        starts[pair.site as usize + 1] += 1;
    }
    for site in 0..sites {
        starts[site + 1] += starts[site];
    }
    starts
}

fn money_scale(costs: &[Option<Stated>], question: &Question) -> Scale {
    let stated: Vec<Stated> = costs.iter().flatten().copied().collect();
    let budget = match question.amount {
        Amount::Budget(budget) => Some(budget),
        _ => None,
    };
    let decimals = most_decimals(&stated).max(budget.map_or(0, decimals));
    let total: f64 = stated.iter().map(|stated| stated.value).chain(budget).sum();
    Scale::fitting(decimals, total, 1e15)
}

fn exclusive(sites: &Names, question: &Question) -> Result<Vec<[u32; 2]>, Message> {
    let mut exclusive = Vec::new();
    for [a, b] in &question.exclusive {
        let pair = [known(sites, a, "--exclusive")?, known(sites, b, "--exclusive")?];
        if pair[0] == pair[1] {
            return Err(message(
                format!("--exclusive {a},{b}: en plats kan inte utesluta sig själv"),
                format!("--exclusive {a},{b}: a site cannot exclude itself"),
            ));
        }
        exclusive.push(pair);
    }
    Ok(exclusive)
}

/// The weight of every demand point of the pairs; demand without a pair is demand all the same.
fn weights_of(file: &str, demand: &mut Names, table: &WeightTable) -> Result<Vec<Stated>, Message> {
    let missing: Vec<&str> = demand.iter().filter(|name| table.demand.get(name).is_none()).collect();
    if let Some(first) = missing.first() {
        let (first, count, weights) = (*first, missing.len(), &table.file);
        return Err(message(
            format!(
                "{weights}: {count} efterfrågepunkter i {file} har ingen vikt, den första är {first}. Lägg till en rad för var och en (0 om ingen finns där)"
            ),
            format!(
                "{weights}: {count} demand points of {file} have no weight, the first is {first}. Add a row for each (0 if nobody is there)"
            ),
        ));
    }
    for name in table.demand.iter() {
        demand.add(name);
    }
    let zero = Stated { value: 0.0, decimals: 0 };
    let mut weights = vec![zero; demand.len()];
    for (name, weight) in table.demand.iter().zip(&table.weights) {
        if let Some(at) = demand.get(name) {
            weights[at as usize] = *weight;
        }
    }
    Ok(weights)
}

type StatedOfSites = (Vec<Option<Stated>>, Vec<Option<Stated>>);

/// Cost and capacity of every site, where the question needs them.
fn stated_of(
    file: &str,
    sites: &mut Names,
    table: Option<&SiteTable>,
    question: &Question,
) -> Result<StatedOfSites, Message> {
    let needs_cost = matches!(question.amount, Amount::Budget(_));
    let Some(table) = table else {
        let needed = if needs_cost { "--budget" } else { question.objective.id() };
        if needs_cost || question.objective.has_capacities() {
            return Err(message(
                format!("{needed} behöver --sites-file med site,cost,capacity"),
                format!("{needed} needs --sites-file with site,cost,capacity"),
            ));
        }
        return Ok((vec![None; sites.len()], vec![None; sites.len()]));
    };
    let name = &table.file;
    let missing = sites.iter().find(|site| table.sites.get(site).is_none());
    if let Some(site) = missing {
        return Err(message(
            format!("{name}: platsen {site} i {file} har ingen rad. Lägg till den"),
            format!("{name}: the site {site} of {file} has no row. Add it"),
        ));
    }
    for site in table.sites.iter() {
        sites.add(site);
    }
    let mut stated = vec![(None, None); sites.len()];
    for (site, numbers) in table.sites.iter().zip(&table.stated) {
        if needs_cost && numbers.0.is_none() {
            return Err(message(
                format!(
                    "{name}: platsen {site} har ingen kostnad (cost), som en budget behöver. Fyll i den, 0 om den redan finns"
                ),
                format!(
                    "{name}: the site {site} has no cost, which a budget needs. Fill it in, 0 if it exists already"
                ),
            ));
        }
        if let Some(at) = sites.get(site) {
            stated[at as usize] = *numbers;
        }
    }
    if question.objective.has_capacities() && stated.iter().all(|(_, capacity)| capacity.is_none()) {
        return Err(message(
            format!("{name}: ingen plats har en kapacitet (capacity). Fyll i kolumnen"),
            format!("{name}: no site has a capacity. Fill in the column"),
        ));
    }
    Ok(stated.into_iter().unzip())
}

fn known(sites: &Names, name: &str, option: &str) -> Result<u32, Message> {
    sites.get(name).ok_or_else(|| {
        message(
            format!("{option}: ingen plats heter ”{name}”. Använd namnen i kolumnen site"),
            format!("{option}: no site is called “{name}”. Use the names of the column site"),
        )
    })
}

fn roles(sites: &Names, question: &Question) -> Result<Vec<Role>, Message> {
    let mut roles = vec![Role::Candidate; sites.len()];
    for name in &question.required {
        roles[known(sites, name, "--required")? as usize] = Role::Required;
    }
    for name in &question.forbidden {
        let role = &mut roles[known(sites, name, "--forbidden")? as usize];
        if *role == Role::Required {
            return Err(message(
                format!("platsen {name} står i både --required och --forbidden. Ta bort den ur ett av dem"),
                format!(
                    "the site {name} stands in both --required and --forbidden. Take it out of one of them"
                ),
            ));
        }
        *role = Role::Forbidden;
    }
    Ok(roles)
}

/// The pairs as a table of whole costs; with a cutoff only those within it, by the numbers as written.
fn table(
    pairs: &[Pair],
    sites: usize,
    demand: usize,
    scale: Scale,
    cutoff: Option<f64>,
) -> Result<CostTable, Message> {
    let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); sites];
    for pair in pairs.iter().filter(|pair| cutoff.is_none_or(|cutoff| pair.cost <= cutoff)) {
        let cost = u32::try_from(scale.whole(pair.cost)).ok().filter(|cost| *cost < NO_COST);
        let cost =
            cost.ok_or_else(|| message("kostnaderna är för stora".into(), "the costs are too large".into()))?;
        rows[pair.site as usize].push((pair.demand, cost));
    }
    Ok(CostTable::from_rows(demand, &rows))
}
