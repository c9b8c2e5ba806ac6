//! The tables of the work that is followed: a row for each place, and a row for each place and step.

use jiff::civil::Date;

use super::column::{Column, Table};
use super::value::Value;
use crate::app::Results;
use crate::app::following::{Board, Card};
use crate::lang::{Lang, Said};
use crate::model::process::{
    Check, ConcernKind, Follow, Frequency, OutcomeState, ProcessStep, Question, StepNote, Timing, When,
    timing,
};
use crate::model::{Project, SotPlace};

/// A place with everything that is written down of it.
#[derive(Clone)]
pub struct FollowLine<'a> {
    card: Card,
    noted: Option<&'a Follow>,
    sot: Option<&'a SotPlace>,
    today: Date,
}

/// The places of a result, with what is written down of them now.
#[must_use]
pub fn follow_lines<'a>(results: &'a Results, project: &'a Project, today: Date) -> Vec<FollowLine<'a>> {
    let line = |card: Card| {
        let noted = project.follow(&card.site);
        let sot = results.situation.sot_places.iter().find(|sot| sot.site == card.site);
        FollowLine { card, noted, sot, today }
    };
    Board::new(results, project, today).cards.into_iter().map(line).collect()
}

fn joined(parts: impl Iterator<Item = String>) -> Value {
    Value::text(parts.collect::<Vec<_>>().join("; "))
}

fn when(date: Option<When>) -> Value {
    date.map_or(Value::Nothing, |date| Value::text(date.text()))
}

impl FollowLine<'_> {
    fn concerns(&self, kind: ConcernKind, lang: Lang) -> Value {
        let concerns = self.card.concerns.iter().filter(|concern| concern.kind() == kind);
        joined(concerns.map(|concern| concern.said(lang)))
    }

    /// Whole kronor that come this often.
    fn kronor(&self, often: Frequency) -> Value {
        let costs = self.noted.into_iter().flat_map(|noted| noted.costs.values());
        let of: Vec<u64> = costs.filter(|cost| cost.frequency == often).map(|cost| cost.kronor).collect();
        if of.is_empty() {
            return Value::Nothing;
        }
        // As text, so that no digit of a large sum is lost.
        Value::text(of.into_iter().fold(0u64, u64::saturating_add).to_string())
    }

    fn outcomes(&self, state: OutcomeState) -> Value {
        let outcomes = self.noted.into_iter().flat_map(|noted| &noted.outcomes);
        joined(outcomes.filter(|(_, of)| of.state == state).map(|(outcome, _)| outcome.id().to_owned()))
    }
}

/// What is known of the place itself, in both tables.
fn of_place<'a>() -> Vec<Column<'a, FollowLine<'a>>> {
    type Line<'a> = FollowLine<'a>;
    vec![
        Column::new("site", |line: &Line<'a>| Value::text(line.card.site.text())),
        Column::new("name", |line: &Line<'a>| Value::text(line.card.name.clone())),
        Column::new("municipality", |line: &Line<'a>| {
            Value::text(line.card.municipality.clone().unwrap_or_default())
        }),
        Column::new("status", |line: &Line<'a>| {
            Value::text(line.card.status.map_or("", crate::model::SotStatus::id))
        }),
        Column::new("status_date", |line: &Line<'a>| Value::text(line.card.date.clone())),
    ]
}

/// A row for each place.
#[must_use]
pub fn follow_up<'a>(lang: Lang) -> Table<'a, FollowLine<'a>> {
    type Line<'a> = FollowLine<'a>;
    let mut columns = of_place();
    columns.push(Column::new("status_set_by_hand", |line: &Line<'a>| {
        Value::text(if line.card.is_set { "yes" } else { "no" })
    }));
    columns.push(Column::new("status_source", move |line: &Line<'a>| {
        let set = line.noted.and_then(|noted| noted.status.as_ref());
        Value::text(set.map(|set| set.evidence.said(lang)).unwrap_or_default())
    }));
    columns.push(Column::new("in_favour_of", |line: &Line<'a>| {
        Value::text(line.card.in_favour_of.clone().unwrap_or_default())
    }));
    columns.push(Column::new("file_status", |line: &Line<'a>| {
        let file = line.sot.and_then(|sot| sot.in_file.as_ref());
        Value::text(file.map_or("", |file| file.status.id()))
    }));
    columns.push(Column::new("file_status_date", |line: &Line<'a>| {
        let file = line.sot.and_then(|sot| sot.in_file.as_ref());
        Value::text(file.map(|file| file.date.clone()).unwrap_or_default())
    }));
    columns.push(Column::new("owner", |line: &Line<'a>| Value::text(line.card.owner.clone())));
    columns.push(Column::new("next", move |line: &Line<'a>| Value::text(line.card.next.said(lang))));
    columns.push(Column::new("next_owner", |line: &Line<'a>| {
        Value::text(line.card.next_owner(line.noted).to_owned())
    }));
    for kind in ConcernKind::ALL {
        columns.push(Column::new(kind.id(), move |line: &Line<'a>| line.concerns(kind, lang)));
    }
    for question in Question::ALL {
        let id = format!("{}_interested", question.id());
        columns.push(Column::new(id, move |line: &Line<'a>| {
            let known = line.noted.and_then(|noted| noted.questions.get(&question));
            Value::text(known.map_or("unknown", |known| known.answer.id()))
        }));
    }
    columns.extend(lists());
    Table { columns }
}

/// People, agreements, costs, outcomes, documents and notes, those of a place in one cell.
fn lists<'a>() -> Vec<Column<'a, FollowLine<'a>>> {
    type Line<'a> = FollowLine<'a>;
    fn of<'a>(line: &Line<'a>) -> impl Iterator<Item = &'a Follow> + use<'a> {
        line.noted.into_iter()
    }
    vec![
        Column::new("people", |line: &Line<'a>| {
            joined(of(line).flat_map(|noted| noted.people.values()).map(|person| {
                let contact =
                    if person.contact.is_empty() { String::new() } else { format!(" ({})", person.contact) };
                format!("{}: {}{contact}", person.function.id(), person.name)
            }))
        }),
        Column::new("agreements", |line: &Line<'a>| {
            joined(of(line).flat_map(|noted| noted.agreements.values()).map(|agreement| {
                let until =
                    agreement.until.map(|until| format!(" (until {})", until.text())).unwrap_or_default();
                format!("{}: {}{until}", agreement.with, agreement.about)
            }))
        }),
        Column::new("cost_once_kr", |line: &Line<'a>| line.kronor(Frequency::Once)),
        Column::new("cost_yearly_kr", |line: &Line<'a>| line.kronor(Frequency::Yearly)),
        Column::new("outcomes_promised", |line: &Line<'a>| line.outcomes(OutcomeState::Promised)),
        Column::new("outcomes_shown", |line: &Line<'a>| line.outcomes(OutcomeState::Shown)),
        Column::new("documents", |line: &Line<'a>| {
            joined(
                of(line)
                    .flat_map(|noted| noted.documents.values())
                    .map(|document| format!("{}: {}", document.title, document.link)),
            )
        }),
        Column::new("notes", |line: &Line<'a>| {
            joined(
                of(line)
                    .flat_map(|noted| noted.notes.values())
                    .map(|note| format!("{} {}: {}", note.date.text(), note.who, note.text)),
            )
        }),
    ]
}

/// A place and one of the seven steps.
pub struct StepLine<'a> {
    place: FollowLine<'a>,
    step: ProcessStep,
}

/// The seven steps of each place; of those that nothing is noted of, that is said.
#[must_use]
pub fn step_lines(lines: Vec<FollowLine<'_>>) -> Vec<StepLine<'_>> {
    let mut all = Vec::with_capacity(lines.len() * ProcessStep::ALL.len());
    for place in lines {
        for step in ProcessStep::ALL {
            all.push(StepLine { place: place.clone(), step });
        }
    }
    all
}

impl<'a> StepLine<'a> {
    fn noted(&self) -> Option<&'a StepNote> {
        self.place.noted?.steps.get(&self.step)
    }

    fn text(&self, text: impl Fn(&StepNote) -> String) -> Value {
        Value::text(self.noted().map(text).unwrap_or_default())
    }
}

/// A row for each place and step.
#[must_use]
pub fn process<'a>(lang: Lang) -> Table<'a, StepLine<'a>> {
    type Line<'a> = StepLine<'a>;
    let mut columns: Vec<Column<'a, Line<'a>>> = Vec::new();
    for of in of_place() {
        columns.push(Column::new(of.id.clone(), move |line: &Line<'a>| of.value(&line.place)));
    }
    let fresh: Vec<Column<'a, Line<'a>>> = vec![
        Column::new("number", |line: &Line<'a>| {
            let at = ProcessStep::ALL.into_iter().position(|step| step == line.step);
            Value::count(at.map_or(0, |at| at + 1))
        }),
        Column::new("step", |line: &Line<'a>| Value::text(line.step.id())),
        Column::new("state", |line: &Line<'a>| {
            Value::text(line.noted().map_or("unknown", |noted| noted.state.id()))
        }),
        Column::new("step_owner", |line: &Line<'a>| line.text(|noted| noted.owner.clone())),
        Column::new("planned", |line: &Line<'a>| when(line.noted().and_then(|noted| noted.planned))),
        Column::new("margin_weeks", |line: &Line<'a>| {
            let weeks = line.noted().and_then(|noted| noted.margin_weeks);
            weeks.map_or(Value::Nothing, |weeks| Value::count(usize::from(weeks)))
        }),
        Column::new("late_after", |line: &Line<'a>| {
            let noted = line.noted();
            let planned = noted.and_then(|noted| Some((noted.planned?, noted.margin_weeks.unwrap_or(0))));
            Value::text(planned.map_or(String::new(), |(date, weeks)| date.last_day_with(weeks).to_string()))
        }),
        Column::new("days_late", |line: &Line<'a>| {
            match line.noted().and_then(|noted| timing(noted, line.place.today)) {
                Some(Timing::Late(days)) => Value::number(f64::from(days), 0),
                _ => Value::Nothing,
            }
        }),
        Column::new("done", |line: &Line<'a>| when(line.noted().and_then(|noted| noted.done))),
        Column::new("blocked_by", |line: &Line<'a>| line.text(|noted| noted.blocked_by.clone())),
        Column::new("waits_for", |line: &Line<'a>| {
            line.text(|noted| noted.waits_for.map(|step| step.id().to_owned()).unwrap_or_default())
        }),
        Column::new("checks", |line: &Line<'a>| {
            let known = |check: Check| line.noted().and_then(|noted| noted.checks.get(&check));
            joined(Check::of(line.step).map(|check| {
                let state = known(check).map_or("open", |noted| noted.state.id());
                let date = known(check).and_then(|noted| noted.date).map(|date| format!(" {}", date.text()));
                format!("{}={state}{}", check.id(), date.unwrap_or_default())
            }))
        }),
        Column::new("concerns", move |line: &Line<'a>| {
            let concerns = line.place.card.concerns.iter();
            let mine = concerns.filter(|concern| concern.step() == Some(line.step));
            joined(mine.map(|concern| concern.said(lang)))
        }),
        Column::new("note", |line: &Line<'a>| line.text(|noted| noted.note.clone())),
    ];
    columns.extend(fresh);
    Table { columns }
}
