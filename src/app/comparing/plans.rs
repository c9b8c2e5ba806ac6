//! What is a saved plan, beside places and other plans? Its places, how far people have to the nearest of them, how sure
//! it is; and for rows about one place: how many of its places are so.

use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::sources;
use super::subject::{Plan, Subject};
use super::unit::Unit;
use crate::app::Results;
use crate::app::siting::decimals;
use crate::app::siting::scenario::{inputs, read_question};
use crate::app::telling::planning;
use crate::lang::{Lang, Said};
use crate::model::{Message, SotStatus};
use crate::siting::{Candidate, Outcome, Rule, Verdict};
use crate::units::{Cost, People};
use crate::{say, say_many};

/// The rows of plans; none where no plan is compared.
pub(super) fn rows(subjects: &[Subject<'_>], results: &Results) -> Vec<Row> {
    if !subjects.iter().any(|subject| subject.as_plan().is_some()) {
        return Vec::new();
    }
    let measure = results.measure();
    let row = |id: &str, name: [&str; 2], unit: Unit, better: Better, cell: &dyn Fn(&Plan<'_>) -> Cell| {
        let cell = |subject: &Subject<'_>| subject.as_plan().map_or_else(one_place, cell);
        let name = Message::new(name[0], name[1]);
        Row::new(id, Group::Plan, name, unit, better).with(subjects.iter().map(cell).collect())
    };
    let way = |cost: Option<Cost>| {
        if let Some(cost) = cost {
            return Cell::number(measure.in_units(cost));
        }
        let why =
            Message::new("ingen har en väg till någon av platserna", "nobody has a way to any of the places");
        Cell::does_not_apply("no_way", why)
    };
    let travelled = |row: Row| row.from(sources::of_population(results)).travelled();
    let cut_off: Vec<&Vec<usize>> =
        subjects.iter().filter_map(Subject::as_plan).map(|plan| &plan.cut_off).collect();
    // Whoever has no way has no longer way to count: ways compare only where the same people have one.
    let better =
        if cut_off.iter().all(|cells| *cells == cut_off[0]) { Better::Less } else { Better::Neither };
    let mut rows = vec![
        row("plan.places", ["Antal platser", "Number of places"], Unit::Count, Better::Neither, &places),
        travelled(row("plan.mean", ["Väg i medel", "Mean way"], Unit::of(measure), better, &|plan| {
            way(plan.mean)
        }))
        .telling(
            Message::new("Kortast väg i medel", "Shortest mean way"),
            Message::new("Längst väg i medel", "Longest mean way"),
        ),
        travelled(row("plan.worst", ["Längsta väg", "Longest way"], Unit::of(measure), better, &|plan| {
            way(plan.worst)
        }))
        .telling(
            Message::new("Kortast för den som bor längst bort", "Least far for whoever lives farthest away"),
            Message::new("Längst för den som bor längst bort", "Farthest for whoever lives farthest away"),
        ),
    ];
    if cut_off.iter().any(|cells| !cells.is_empty()) {
        let without = |plan: &Plan<'_>| {
            let people = &results.situation.demand.people;
            Cell::number(plan.cut_off.iter().map(|cell| people[*cell]).sum::<People>().value())
        };
        let name = ["Utan väg till någon av platserna", "Without a way to any of the places"];
        rows.push(travelled(row("plan.without_way", name, Unit::People, Better::Less, &without)));
    }
    if subjects.iter().filter_map(Subject::as_plan).any(|plan| plan.of.figures.money.is_some()) {
        let name = ["Kostnad när den sparades", "Cost when it was saved"];
        rows.push(row("plan.money", name, Unit::Words, Better::Neither, &money));
    }
    rows.push(row("plan.saved", ["Sparad", "Saved"], Unit::Words, Better::Neither, &|plan| {
        saved(plan, results)
    }));
    rows
}

fn one_place() -> Cell {
    let why = Message::new("gäller bara planer", "only plans have it");
    Cell::does_not_apply("one_place", why)
}

/// How many there are, and which; those that are gone are named.
fn places(plan: &Plan<'_>) -> Cell {
    let names = plan.there.join(", ");
    let gone = plan.gone.join(", ");
    let why = if plan.gone.is_empty() {
        Message::new(names.clone(), names)
    } else {
        Message::new(
            format!("{names}; finns inte längre och räknas inte: {gone}"),
            format!("{names}; not there any more and not counted: {gone}"),
        )
    };
    #[expect(clippy::cast_precision_loss, reason = "a count of a few")]
    let count = plan.candidates.len() as f64;
    let mut cell = Cell::new(Value::Number(count), why);
    cell.more = vec![("gone", plan.gone.clone().into())];
    cell
}

/// What its places cost together by the prices of then.
fn money(plan: &Plan<'_>) -> Cell {
    let Some(money) = plan.of.figures.money else {
        return Cell::does_not_apply("no_price", Message::new("inga priser angavs", "no prices were stated"));
    };
    let said = |lang: Lang| lang.number(money, decimals(money).min(2) as usize);
    let value = Value::Words {
        id: money.to_string(),
        said: Message::new(said(Lang::Sv), said(Lang::En)),
        rank: None,
    };
    Cell::new(value, nothing())
}

/// When, how sure it was, and whether what it was made of has changed since.
fn saved(plan: &Plan<'_>, results: &Results) -> Cell {
    let date = plan.of.date.clone();
    let is_current = plan.of.inputs == inputs(&results.project);
    let group = read_question(&plan.of.question).and_then(|question| question.group);
    let why = |lang: Lang| {
        let mut said = plan.of.proof.said(lang);
        // The rows count everybody, whomever the plan was chosen for.
        if let Some(group) = &group {
            let group = planning::of_group(group, results, lang);
            said += &say!(
                lang,
                "; valdes för {group}, raderna här räknar alla",
                "; chosen for {group}, the rows here count everyone"
            );
        }
        if !is_current {
            said += lang.pick(
                "; underlaget har ändrats sedan dess, raderna här är räknade på dagens",
                "; the inputs have changed since, the rows here are counted on those of today",
            );
        }
        said
    };
    let value = Value::Words { id: date.clone(), said: Message::new(date.clone(), date), rank: None };
    let mut cell = Cell::new(value, Message::new(why(Lang::Sv), why(Lang::En)));
    cell.more = vec![("is_current", is_current.into())];
    cell
}

/// What of how many there are, as words that no order holds for.
fn counted(id: &str, parts: impl Fn(Lang) -> Vec<String>) -> Cell {
    let said = |lang: Lang| parts(lang).join(", ");
    let said = Message::new(said(Lang::Sv), said(Lang::En));
    Cell::new(Value::Words { id: id.to_owned(), said, rank: None }, nothing())
}

/// The verdicts of its places.
pub(super) fn verdicts(plan: &Plan<'_>) -> Cell {
    const ALL: [Verdict; 5] =
        [Verdict::Meets, Verdict::Potential, Verdict::CannotBeJudged, Verdict::NotYet, Verdict::NotPossible];
    let of = |verdict: Verdict| plan.candidates.iter().filter(|one| one.verdict == verdict).count();
    counted("verdicts_of_places", |lang| {
        let known = ALL.into_iter().filter(|verdict| of(*verdict) > 0);
        known.map(|verdict| format!("{}: {}", verdict.said(lang), lang.count(of(verdict)))).collect()
    })
}

/// At how many of its places a rule is met.
pub(super) fn outcomes(rule: Rule, plan: &Plan<'_>) -> Cell {
    let is = |outcome: Outcome| {
        move |one: &&&Candidate| one.rules.get(rule as usize).is_some_and(|found| found.outcome == outcome)
    };
    let of = |outcome: Outcome| plan.candidates.iter().filter(is(outcome)).count();
    let all = plan.candidates.len();
    counted("outcomes_of_places", |lang| {
        let (met, all) = (lang.count(of(Outcome::Met)), lang.count(all));
        let mut parts = vec![say!(lang, "uppfylld på {met} av {all}", "met at {met} of {all}")];
        let others = [Outcome::NotMet, Outcome::Unknown].into_iter().filter(|outcome| of(*outcome) > 0);
        parts.extend(others.map(|outcome| format!("{} {}", outcome.said(lang), lang.count(of(outcome)))));
        parts
    })
}

/// The statuses of its places.
pub(super) fn statuses(plan: &Plan<'_>, results: &Results) -> Cell {
    let sot = |one: &&Candidate| Some(results.situation.sot_places.get(one.sot?)?.status);
    let of = |status: SotStatus| plan.candidates.iter().filter_map(sot).filter(|own| *own == status).count();
    let without = plan.candidates.iter().filter(|one| sot(one).is_none()).count();
    counted("statuses_of_places", |lang| {
        let known = SotStatus::ALL.into_iter().filter(|status| of(*status) > 0);
        let mut parts: Vec<String> =
            known.map(|status| format!("{} {}", status.said(lang), lang.count(of(status)))).collect();
        if without > 0 {
            parts.push(say_many!(
                lang,
                without,
                "{without} plats utan status" | "{without} platser utan status",
                "{without} place without status" | "{without} places without status"
            ));
        }
        parts
    })
}
