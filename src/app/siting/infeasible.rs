//! Why is there no plan? What stands in the way, by the names of places and of those whom they serve.

use super::listed::{listed, places};
use crate::lang::Lang;
use crate::location::Infeasible;
use crate::{say, say_many};

/// What the numbers of a problem are called.
pub(in crate::app) struct Names<'a> {
    /// The sites that are in every plan.
    pub required: Vec<String>,
    pub place: &'a dyn Fn(u32) -> String,
    pub demand: &'a dyn Fn(u32) -> String,
    /// The rule by which two sites exclude each other, where it has more to say than that.
    pub exclusion: &'a dyn Fn([u32; 2]) -> Option<String>,
    pub money: &'a dyn Fn(u128) -> String,
}

impl Names<'_> {
    fn required(&self, lang: Lang) -> String {
        listed(self.required.iter().cloned(), lang)
    }

    fn demand(&self, demand: impl ExactSizeIterator<Item = u32>, lang: Lang) -> String {
        listed(demand.map(|at| (self.demand)(at)), lang)
    }
}

/// What stands in the way of every plan.
#[expect(clippy::too_many_lines, reason = "one text a reason, in two languages")]
pub(in crate::app) fn infeasible(why: &Infeasible, names: &Names<'_>, lang: Lang) -> String {
    match why {
        Infeasible::TooManyRequired { required: count, limit } => {
            let names = names.required(lang);
            say_many!(
                lang,
                *count,
                "{count} plats ska vara med ({names}) men bara {limit} får väljas"
                    | "{count} platser ska vara med ({names}) men bara {limit} får väljas",
                "{count} place is in every plan ({names}) but only {limit} may be chosen"
                    | "{count} places are in every plan ({names}) but only {limit} may be chosen"
            )
        }
        Infeasible::RequiredOverBudget { cost, budget } => {
            let (cost, budget) = ((names.money)(*cost), (names.money)(u128::from(*budget)));
            let names = names.required(lang);
            say!(
                lang,
                "platserna som ska vara med ({names}) kostar {cost}, mer än budgeten {budget}",
                "the places in every plan ({names}) cost {cost}, more than the budget of {budget}"
            )
        }
        Infeasible::RequiredExclude { sites } => {
            let rule = (names.exclusion)(*sites).map(|rule| format!(" ({rule})")).unwrap_or_default();
            let [a, b] = sites.map(|site| (names.place)(site));
            say!(
                lang,
                "både {a} och {b} ska vara med, men utesluter varandra{rule}",
                "both {a} and {b} are in every plan, but exclude each other{rule}"
            )
        }
        Infeasible::TooFewSites { available, limit } => say_many!(
            lang,
            *limit,
            "{limit} plats ska väljas men bara {available} kan väljas"
                | "{limit} platser ska väljas men bara {available} kan väljas",
            "{limit} place is to be chosen but only {available} can be"
                | "{limit} places are to be chosen but only {available} can be"
        ),
        Infeasible::Unreachable { demand } => {
            let by_forbidden = demand.iter().filter(|cell| cell.by_forbidden).count();
            let cells = names.demand(demand.iter().map(|one| one.demand), lang);
            let mut text = say!(
                lang,
                "alla ska nås, men ingen plats som kan väljas når {cells}",
                "everyone is to be reached, but no place that may be chosen reaches {cells}"
            );
            if by_forbidden > 0 {
                text += &say!(
                    lang,
                    "; platser som inte kan väljas når {by_forbidden} av dem",
                    "; places that may not be chosen reach {by_forbidden} of them"
                );
            }
            text
        }
        Infeasible::NeedsMoreSites { needed, limit, witnesses } => {
            let needed = places(*needed, lang);
            let mut text = say!(
                lang,
                "för att nå alla behövs minst {needed}, men högst {limit} får väljas",
                "reaching everyone takes at least {needed}, but at most {limit} may be chosen"
            );
            if !witnesses.is_empty() {
                let who = names.demand(witnesses.iter().copied(), lang);
                text += &say!(
                    lang,
                    "; ingen plats når två av dessa: {who}",
                    "; no one place reaches two of these: {who}"
                );
            }
            text
        }
        Infeasible::NeedsMoreBudget { needed, budget } => {
            let needed = (names.money)(u128::from(*needed));
            let budget = (names.money)(u128::from(*budget));
            say!(
                lang,
                "att nå alla kostar minst {needed}, budgeten är {budget}",
                "to reach everyone costs at least {needed}, the budget is {budget}"
            )
        }
        Infeasible::ExclusionsForbid { witnesses } => {
            let cells = names.demand(witnesses.iter().copied(), lang);
            say!(
                lang,
                "platserna som behövs för att nå alla utesluter varandra: {cells}",
                "the places needed to reach everyone exclude each other: {cells}"
            )
        }
    }
}
