//! What does a plan say, in plain words? The question in one sentence, the answer, and what is lost without a place.

use super::words::{short, short_number};
use crate::app::Results;
use crate::app::siting::decide::{ChosenPlace, Instead};
use crate::app::siting::scenario::Difference;
use crate::app::siting::{Amount, Figures, Posed, Question, Solved, Unsolvable, places, rural_groups};
use crate::app::work::planner::Pick;
use crate::lang::{Lang, Said};
use crate::location::{Counted, Plan};
use crate::model::{PlanBook, RuralGroup, Scenario};
use crate::units::People;
use crate::{say, say_many};

/// The question in one sentence.
#[must_use]
pub fn question(results: &Results, question: &Question, lang: Lang) -> String {
    let limit = short(lang, question.threshold.unwrap_or_else(|| results.limit()), results.measure());
    let goal = question.objective.goal(&limit, lang);
    let what = match question.amount {
        Amount::Sites(count) => {
            say_many!(
                lang,
                count,
                "Vilken plats" | "Vilka {count} platser",
                "Which place would" | "Which {count} places would"
            )
        }
        Amount::Budget(budget) => {
            let budget = lang.number(budget, 0);
            say!(
                lang,
                "Vilka platser inom budgeten {budget}",
                "Which places within a budget of {budget} would"
            )
        }
        Amount::AsNeeded => lang.pick("Vilka platser", "Which places would").to_owned(),
    };
    let who = question.group.as_ref().map_or_else(String::new, |group| {
        let group = of_group(group, results, lang);
        say!(lang, " Räknat på ”{group}”.", " Counted on “{group}”.")
    });
    say!(lang, "Frågan: {what} {goal}?{who}", "The question: {what} {goal}?{who}")
}

/// Groups of countryside, in their order.
#[must_use]
pub fn of_groups(groups: &[RuralGroup], lang: Lang) -> String {
    let both = lang.pick(" och ", " and ");
    let named = RuralGroup::ALL.iter().filter(|group| groups.contains(group));
    named.map(|group| group.said(lang)).collect::<Vec<_>>().join(both)
}

/// A group of people that a question counts: of the countryside, or a column.
pub fn of_group(group: &str, results: &Results, lang: Lang) -> String {
    rural_groups(results, group).map_or_else(|| group.to_owned(), |groups| of_groups(&groups, lang))
}

/// Why a question cannot be asked, without the command line's options.
#[must_use]
pub fn cannot_be_asked(why: &Unsolvable, lang: Lang) -> String {
    let why = match why {
        Unsolvable::NoCapacityField => lang
            .pick(
                "välj kolumnen som säger hur många platserna räcker till",
                "choose the column that says how many people places have room for",
            )
            .to_owned(),
        Unsolvable::NoCostField => lang
            .pick(
                "välj kolumnen som säger vad platser kostar",
                "choose the column that says what places cost",
            )
            .to_owned(),
        other => other.said(lang),
    };
    say!(lang, "Frågan kan inte ställas: {why}.", "The question cannot be asked: {why}.")
}

/// How many have a chosen place near, with the plan of these figures and before.
#[must_use]
pub fn headline(solved: &Solved, figures: &Figures, lang: Lang) -> String {
    let count = figures.sites;
    let sites = lang.count(count);
    let within = lang.persons(People::new(figures.people_within));
    let share = if figures.people > 0.0 { figures.people_within / figures.people } else { 0.0 };
    let share = lang.percent(share);
    let before = lang.people(People::new(solved.before.people_within));
    let limit = short(lang, figures.threshold, solved.posed.measure);
    let with = say_many!(
        lang,
        count,
        "Med denna plats" | "Med dessa {sites} platser",
        "With this place" | "With these {sites} places"
    );
    say_many!(
        lang,
        u8::from(lang.is_one(People::new(figures.people_within))),
        "{with} har {within}, {share}, högst {limit} till närmaste SOT-punkt. I dag: {before}."
            | "{with} har {within}, {share}, högst {limit} till närmaste SOT-punkt. I dag: {before}.",
        "{with} {within}, {share}, has at most {limit} to the nearest SOT point. Today: {before}."
            | "{with} {within}, {share}, have at most {limit} to the nearest SOT point. Today: {before}."
    )
}

/// The value of the best plan and how sure it is, where another plan is looked at.
#[must_use]
pub fn the_answer_itself(solved: &Solved, lang: Lang) -> Option<String> {
    let plan = solved.plan.as_ref()?;
    let value = solved.posed.said_value(plan.value, lang);
    let (count, said) = (plan.plan.sites.len(), solved.proof().said(lang));
    let sites = places(count, lang);
    Some(say!(
        lang,
        "Svaret på frågan: {sites}, {value}, {said}.",
        "The answer to the question: {sites}, {value}, {said}."
    ))
}

/// What a saved scenario came to when it was saved.
#[must_use]
pub fn scenario(scenario: &Scenario, lang: Lang) -> String {
    let (name, figures) = (&scenario.name, &scenario.figures);
    let sites = places(scenario.sites.len(), lang);
    let within = lang.persons(People::new(figures.people_within));
    let (limit, unit, date) = (short_number(lang, figures.threshold), &figures.unit, &scenario.date);
    say!(
        lang,
        "”{name}”, sparat {date}: med {sites} hade {within} högst {limit} {unit} till närmaste SOT-punkt.",
        "“{name}”, saved {date}: with {sites} {within} had at most {limit} {unit} to the nearest SOT point."
    )
}

/// Which plan it is, where it is not the best one.
#[must_use]
pub fn pick(plans: &PlanBook, pick: &Pick, lang: Lang) -> Option<String> {
    let name = |id: u32| plans.scenario(id).map_or_else(String::new, |scenario| scenario.name.clone());
    Some(match pick {
        Pick::Best | Pick::Alternative(0) => return None,
        Pick::Alternative(at) => {
            let rank = at + 1;
            say!(lang, "plan nr {rank} i ordningen", "plan number {rank} in order")
        }
        Pick::Point(objective, count) => format!("{}, {}", places(*count, lang), objective.said(lang)),
        Pick::Steps(count) => say_many!(
            lang,
            *count,
            "den första" | "de {count} första, en i taget",
            "the first one" | "the first {count}, one at a time"
        ),
        Pick::Instead => lang.pick("planen med bytet", "the plan with the exchange").into(),
        Pick::Scenario(id) => format!("”{}”", name(*id)),
        Pick::Difference(a, b) => {
            let (a, b) = (name(*a), name(*b));
            say!(lang, "från A ({a}) till B ({b})", "from A ({a}) to B ({b})")
        }
    })
}

/// How many people no plan reaches.
#[must_use]
pub fn left_out(solved: &Solved, lang: Lang) -> String {
    let people = lang.persons(People::new(solved.people_left_out()));
    let count = solved.left_out.len();
    let cells = lang.count(count);
    say_many!(
        lang,
        count,
        "Utanför varje plan: {people} i {cells} ruta" | "Utanför varje plan: {people} i {cells} rutor",
        "Outside every plan: {people} in {cells} cell" | "Outside every plan: {people} in {cells} cells"
    )
}

/// What is lost without a place: of what the goal counts, and the people nobody serves then.
#[must_use]
pub fn loss(posed: &Posed, chosen: &ChosenPlace, lang: Lang) -> String {
    let lost = People::new(chosen.loss.people);
    match posed.problem.objective.counted() {
        Counted::Sites => lang.persons(lost),
        Counted::Weight => posed.said_value(chosen.loss.value, lang),
        Counted::WeightedCost | Counted::GreatestCost if lost > People::ZERO => {
            let people = lang.people(lost);
            say!(lang, "{people} utan plats", "{people} without a place")
        }
        Counted::WeightedCost | Counted::GreatestCost => {
            format!("+{}", posed.said_value(chosen.loss.value, lang))
        }
    }
}

/// What it costs to choose one place instead of another.
#[must_use]
pub fn exchange(found: &Instead, posed: &Posed, best: &Plan, lang: Lang) -> String {
    let (wanted, given_up) = (posed.place_name(found.wanted), posed.place_name(found.given_up));
    let proof = found.answer.proof().said(lang);
    match found.loss(posed, best) {
        None => say!(
            lang,
            "{wanted} i stället för {given_up}: det finns ingen sådan plan ({proof}).",
            "{wanted} instead of {given_up}: there is no such plan ({proof})."
        ),
        Some(loss) if loss.abs() < 1e-9 => say!(
            lang,
            "{wanted} i stället för {given_up} kostar ingenting ({proof}).",
            "{wanted} instead of {given_up} costs nothing ({proof})."
        ),
        Some(loss) => {
            let value = posed.said_value(loss.abs(), lang);
            let how = how_much_worse(posed, loss, lang);
            say!(
                lang,
                "{wanted} i stället för {given_up}: {value} {how} ({proof}).",
                "{wanted} instead of {given_up}: {value} {how} ({proof})."
            )
        }
    }
}

/// "more" or "fewer", as the objective counts.
fn how_much_worse(posed: &Posed, loss: f64, lang: Lang) -> &'static str {
    match (posed.problem.objective.is_maximised(), loss > 0.0) {
        (true, true) => lang.pick("färre", "fewer"),
        (true, false) | (false, true) => lang.pick("mer", "more"),
        (false, false) => lang.pick("mindre", "less"),
    }
}

/// Who gets nearer and farther from one scenario to another, and what the mean way becomes.
#[must_use]
pub fn difference(of: &Difference, results: Option<&Results>, lang: Lang) -> Vec<String> {
    let people = |people: f64| lang.people(People::new(people));
    let [gain, lose, same] = [of.people_gain, of.people_lose, of.people_same].map(people);
    let mut lines = vec![say!(
        lang,
        "Invånare från A till B: {gain} får närmare, {lose} längre och {same} lika långt.",
        "People from A to B: {gain} nearer, {lose} farther and {same} the same."
    )];
    if let (Some(before), Some(after), Some(results)) = (of.mean_before, of.mean_after, results) {
        let measure = results.measure();
        let [before, after] = [before, after].map(|cost| lang.number(measure.in_units(cost), 2));
        let unit = measure.unit();
        lines.push(say!(
            lang,
            "Medelavstånden går från {before} till {after} {unit}, räknat på alla och på dagens underlag.",
            "The mean way goes from {before} to {after} {unit}, over everyone and with the inputs of now."
        ));
    }
    lines
}

/// A point of a curve by what the goal counts, and what the last place gained.
#[must_use]
pub fn point_by_value(posed: &Posed, count: usize, value: f64, gain: Option<f64>, lang: Lang) -> String {
    let mut text = format!("{}: {}", places(count, lang), posed.said_value(value, lang));
    if let Some(gain) = gain {
        let gain = posed.said_value(gain, lang);
        text += &say!(lang, " (den sista ger {gain})", " (the last gains {gain})");
    }
    text
}

/// A point of a curve by the people within the threshold and the worst way.
#[must_use]
pub fn point_by_people(posed: &Posed, count: usize, figures: &Figures, lang: Lang) -> String {
    let (places, people) = (places(count, lang), lang.number(figures.people_within, 0));
    let worst =
        figures.worst.map_or_else(|| "–".to_owned(), |worst| lang.number(posed.measure.in_units(worst), 1));
    let unit = posed.measure.unit();
    say!(
        lang,
        "{places}: {people} inom, längst {worst} {unit}",
        "{places}: {people} within, worst {worst} {unit}"
    )
}
