//! How is an answer about tables told? As JSON, and in words, by the names of the tables.

use super::Matrix;
use crate::app::siting::{Names, decimals, infeasible, listed};
use crate::io::JsonWriter;
use crate::lang::{Lang, Said};
use crate::location::{self, Alternatives, Answer, Infeasible, Outcome, Plan, Role};
use crate::say;

impl Matrix {
    fn demand_names(&self, demand: impl ExactSizeIterator<Item = u32>, lang: Lang) -> String {
        listed(demand.map(|at| self.demand.name(at).to_owned()), lang)
    }

    /// What stands in the way of every plan, by the names of the tables.
    #[must_use]
    pub fn said_infeasible(&self, why: &Infeasible, lang: Lang) -> String {
        let sites = self.problem.sites.iter().zip(self.sites.iter());
        let names = Names {
            required: sites
                .filter(|(site, _)| site.role == Role::Required)
                .map(|(_, name)| name.to_owned())
                .collect(),
            place: &|site| self.sites.name(site).to_owned(),
            demand: &|at| self.demand.name(at).to_owned(),
            exclusion: &|_| None,
            money: &|whole| {
                let value = self.money_scale.value(u64::try_from(whole).unwrap_or(u64::MAX));
                lang.number(value, usize::try_from(decimals(value)).unwrap_or(0).min(6))
            },
        };
        infeasible(why, &names, lang)
    }

    /// The verdict in words.
    #[must_use]
    pub fn status(&self, answer: &Answer, lang: Lang) -> String {
        let Outcome::Infeasible(why) = &answer.outcome else {
            let doubt = self.money_scale.doubt(&self.problem, lang).filter(|_| answer.is_proven());
            return doubt.unwrap_or_else(|| answer.proof().said(lang));
        };
        let why: Vec<String> = why.iter().map(|why| self.said_infeasible(why, lang)).collect();
        let why = why.join("; ");
        say!(lang, "omöjligt: {why}", "infeasible: {why}")
    }

    /// The answer as JSON, documented in `docs/formats.md`.
    #[must_use]
    pub fn json(&self, answer: &Answer, alternatives: Option<&Alternatives>) -> Vec<u8> {
        let mut json = JsonWriter::default();
        json.begin_object();
        json.member("objective", answer.objective.id());
        optional(&mut json, "value", answer.plan().map(|plan| self.value(plan)));
        optional(&mut json, "bound", self.bound(answer));
        optional(&mut json, "gap", answer.gap());
        json.member(
            "proven",
            &(answer.is_proven() && self.money_scale.doubt(&self.problem, Lang::En).is_none()),
        );
        json.member("status", &self.status(answer, Lang::En));
        json.key("sites");
        self.site_names(&mut json, answer.plan());
        json.key("assignment");
        self.assignment(&mut json, answer.plan());
        json.number_member("seconds", answer.seconds);
        json.member("seed", &answer.seed);
        json.number_member("tolerance", self.tolerance());
        json.member("costs_rounded_up_to", &self.money_scale.rounded_to());
        json.member("zero_weight", &self.zero_weights());
        json.key("left_out");
        json.begin_array();
        for one in &answer.left_out {
            json.begin_object();
            json.member("demand", self.demand.name(one.demand));
            json.number_member("weight", self.weight(one.demand));
            json.member("only_forbidden_sites", &one.by_forbidden);
            json.end_object();
        }
        json.end_array();
        json.key("infeasible");
        json.begin_array();
        if let Outcome::Infeasible(why) = &answer.outcome {
            for why in why {
                json.value(&self.said_infeasible(why, Lang::En));
            }
        }
        json.end_array();
        if let Some(found) = alternatives {
            json.key("alternatives");
            json.begin_array();
            for plan in &found.plans {
                json.begin_object();
                json.number_member("value", self.value(plan));
                json.key("sites");
                self.site_names(&mut json, Some(plan));
                json.end_object();
            }
            json.end_array();
            json.member("alternatives_proven", &found.is_complete);
        }
        json.end_object();
        json.into_bytes()
    }

    fn site_names(&self, json: &mut JsonWriter, plan: Option<&Plan>) {
        json.begin_array();
        for site in plan.map(|plan| plan.sites.as_slice()).unwrap_or_default() {
            json.value(self.sites.name(*site));
        }
        json.end_array();
    }

    /// By demand: the site; with a backup both; with capacities each with its part of the weight.
    fn assignment(&self, json: &mut JsonWriter, plan: Option<&Plan>) {
        let served = plan.map(|plan| location::assignment(&self.problem, plan)).unwrap_or_default();
        let objective = self.problem.objective;
        json.begin_object();
        for of_one in served.chunk_by(|a, b| a.demand == b.demand) {
            let Some(first) = of_one.first() else { continue };
            json.key(self.demand.name(first.demand));
            if objective.has_capacities() {
                json.begin_object();
                for part in of_one {
                    json.number_member(self.sites.name(part.site), self.weight_scale.value(part.weight));
                }
                json.end_object();
            } else if objective.sites_needed() > 1 {
                json.begin_array();
                for part in of_one {
                    json.value(self.sites.name(part.site));
                }
                json.end_array();
            } else {
                json.value(self.sites.name(first.site));
            }
        }
        json.end_object();
    }

    /// The answer in words, for a terminal.
    #[must_use]
    pub fn report(&self, answer: &Answer, alternatives: Option<&Alternatives>, lang: Lang) -> String {
        use std::fmt::Write as _;
        let mut out = format!("{} ({}): ", answer.objective.said(lang), answer.objective.id());
        let number = |value: f64| lang.number(value, usize::try_from(decimals(value)).unwrap_or(0).min(6));
        let sites =
            |plan: &Plan| plan.sites.iter().map(|site| self.sites.name(*site)).collect::<Vec<_>>().join(", ");
        out += &self.status(answer, lang);
        if let Some(plan) = answer.plan() {
            let (value, bound) =
                (number(self.value(plan)), self.bound(answer).map(number).unwrap_or_default());
            let sites = sites(plan);
            let text = say!(
                lang,
                "\nVärde {value}, gräns {bound}\nPlatser: {sites}",
                "\nValue {value}, bound {bound}\nSites: {sites}"
            );
            out += &text;
        }
        if !answer.left_out.is_empty() {
            let count = answer.left_out.len();
            let names = self.demand_names(answer.left_out.iter().map(|one| one.demand), lang);
            let so = if self.problem.require_all {
                ""
            } else {
                lang.pick(" och räknas inte", " and not counted")
            };
            out += &say!(
                lang,
                "\nNås av ingen plats{so} ({count}): {names}",
                "\nReached by no site{so} ({count}): {names}"
            );
        }
        for plan in alternatives.map(|found| found.plans.as_slice()).unwrap_or_default() {
            let (value, sites) = (number(self.value(plan)), sites(plan));
            let _ = write!(out, "\n  {value}: {sites}");
        }
        out
    }
}

fn optional(json: &mut JsonWriter, name: &str, value: Option<f64>) {
    json.key(name);
    match value {
        Some(value) => json.number(value),
        None => json.value(&()),
    }
}
