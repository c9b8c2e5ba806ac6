//! Which notes on the way of a place to a SOT point differ? Status, owner, answers, steps field by field, outcomes; items of
//! lists stand beside each other unless somebody chooses otherwise.

use super::amended::{both, place_name, text};
use super::difference::Difference;
use crate::app::command::Command;
use crate::app::following::{FollowChange, Item, StepChange};
use crate::lang::{Lang, Said};
use crate::model::process::{
    CheckState, Follow, Numbered, OutcomeNote, ProcessStep, QuestionNote, StatusSet, StepNote, StepState,
};
use crate::model::{Message, Project, SiteId};

/// Every note that the other project has otherwise, or alone.
pub fn differences(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let empty = Follow::default();
    let mut out = Vec::new();
    for (site, follow) in theirs.follows.iter() {
        let own = mine.follows.get(site).unwrap_or(&empty);
        let is_mine = |id| mine.trials.iter().any(|trial| trial.id == id);
        let site_first = match site {
            SiteId::Trial(id) if !is_mine(*id) => theirs.trials.iter().find(|trial| trial.id == *id),
            _ => None,
        };
        let site_first = site_first.cloned().map(Command::AddTrial);
        let mut of = Of { site, place: place_name(mine, theirs, site), site_first, out: &mut out };
        of.status(mine, theirs, [own, follow]);
        of.owner(own, follow);
        of.keyed(own, follow);
        for (step, noted) in &follow.steps {
            let empty = StepNote::default();
            of.step(*step, own.steps.get(step).unwrap_or(&empty), noted);
        }
        of.lists(own, follow);
    }
    out
}

struct Of<'a> {
    site: &'a SiteId,
    place: String,
    /// A test site of theirs comes along with what is noted of it.
    site_first: Option<Command>,
    out: &'a mut Vec<Difference>,
}

fn said_status(mine: &Project, theirs: &Project, set: &StatusSet) -> Message {
    both(|lang| {
        let mut text = format!("{}, {}", set.status.said(lang), set.date.said(lang));
        if let Some(site) = &set.in_favour_of {
            let name = place_name(mine, theirs, site);
            text = format!("{text}, {} {name}", lang.pick("till förmån för", "in favour of"));
        }
        let evidence = set.evidence.said(lang);
        if evidence.is_empty() { text } else { format!("{text} ({evidence})") }
    })
}

impl Of<'_> {
    fn push(&mut self, what: Message, mine: Option<Message>, theirs: Message, change: FollowChange) {
        self.out.push(Difference {
            place: self.place.clone(),
            what,
            mine,
            theirs,
            taken: self
                .site_first
                .clone()
                .into_iter()
                .chain([Command::Follow(self.site.clone(), change)])
                .collect(),
            beside: Vec::new(),
        });
    }

    fn status(&mut self, mine: &Project, theirs: &Project, [own, follow]: [&Follow; 2]) {
        let Some(set) = follow.status.as_ref().filter(|_| follow.status != own.status) else { return };
        let said = |set: &StatusSet| said_status(mine, theirs, set);
        let values = (own.status.as_ref().map(said), said(set));
        self.push(
            Message::new("status", "status"),
            values.0,
            values.1,
            FollowChange::Status(Some(set.clone())),
        );
    }

    fn owner(&mut self, own: &Follow, follow: &Follow) {
        if follow.owner.is_empty() || follow.owner == own.owner {
            return;
        }
        let change = FollowChange::Owner(follow.owner.clone());
        let what = Message::new("ansvarig för platsen", "owner of the place");
        self.push(what, plain(&own.owner), text(&follow.owner), change);
    }

    /// Answers and outcomes.
    fn keyed(&mut self, own: &Follow, follow: &Follow) {
        let answer = |noted: &QuestionNote| {
            both(|lang| match noted.evidence.said(lang) {
                evidence if evidence.is_empty() => noted.answer.said(lang),
                evidence => format!("{} ({evidence})", noted.answer.said(lang)),
            })
        };
        for (question, noted) in
            follow.questions.iter().filter(|(key, noted)| own.questions.get(key) != Some(noted))
        {
            let mine = own.questions.get(question).map(answer);
            let change = FollowChange::Question(*question, noted.clone());
            self.push(both(|lang| question.said(lang)), mine, answer(noted), change);
        }
        let outcome_said = |noted: &OutcomeNote| {
            both(|lang| match noted.text.as_str() {
                "" => noted.state.said(lang),
                text => format!("{}: {text}", noted.state.said(lang)),
            })
        };
        for (outcome, noted) in
            follow.outcomes.iter().filter(|(key, noted)| own.outcomes.get(key) != Some(noted))
        {
            let mine = own.outcomes.get(outcome).map(outcome_said);
            let change = FollowChange::Outcome(*outcome, noted.clone());
            self.push(both(|lang| outcome.said(lang)), mine, outcome_said(noted), change);
        }
    }

    /// A step, field by field: what is not noted there changes nothing here.
    fn step(&mut self, step: ProcessStep, own: &StepNote, noted: &StepNote) {
        let changes = |note: &StepNote| {
            let text = |text: &String| (!text.is_empty()).then(|| text.clone());
            let mut all = vec![
                (0, (note.state != StepState::Unknown).then_some(StepChange::State(note.state))),
                (1, text(&note.owner).map(StepChange::Owner)),
                (2, note.planned.map(|when| StepChange::Planned(Some(when)))),
                (3, note.margin_weeks.map(|weeks| StepChange::Margin(Some(weeks)))),
                (4, note.done.map(|when| StepChange::Done(Some(when)))),
                (5, text(&note.note).map(StepChange::Note)),
                (6, text(&note.blocked_by).map(StepChange::BlockedBy)),
                (7, note.waits_for.map(|other| StepChange::WaitsFor(Some(other)))),
            ];
            all.extend(note.checks.iter().map(|(check, noted)| {
                let says = noted.state != CheckState::Open || noted.date.is_some() || !noted.note.is_empty();
                (8, says.then(|| StepChange::Check(*check, noted.clone())))
            }));
            all
        };
        let (mine, theirs) = (changes(own), changes(noted));
        for (field, change) in theirs.iter().filter_map(|(field, change)| Some((field, change.as_ref()?))) {
            let is_field = |(other, known): &&(usize, Option<StepChange>)| {
                other == field
                    && match (known, change) {
                        (Some(StepChange::Check(a, _)), StepChange::Check(b, _)) => a == b,
                        (Some(StepChange::Check(..)), _) | (_, StepChange::Check(..)) => false,
                        _ => true,
                    }
            };
            let known = mine.iter().find(is_field).and_then(|(_, known)| known.as_ref());
            if known == Some(change) {
                continue;
            }
            let said = |change: &StepChange| both(|lang| words(change, lang));
            let what = both(|lang| step.said(lang));
            self.push(what, known.map(said), said(change), FollowChange::Step(step, change.clone()));
        }
    }

    fn lists(&mut self, own: &Follow, follow: &Follow) {
        self.list(
            ["person", "person"],
            [&own.people, &follow.people],
            |person| {
                both(|lang| {
                    let contact = if person.contact.is_empty() {
                        String::new()
                    } else {
                        format!(", {}", person.contact)
                    };
                    format!("{}: {}{contact}", person.function.said(lang), person.name)
                })
            },
            FollowChange::Person,
        );
        self.list(
            ["anteckning", "note"],
            [&own.notes, &follow.notes],
            |note| both(|lang| format!("{} {}: {}", note.date.said(lang), note.who, note.text)),
            FollowChange::Note,
        );
        self.list(
            ["dokument", "document"],
            [&own.documents, &follow.documents],
            |link| text(&format!("{}: {}", link.title, link.link)),
            FollowChange::Document,
        );
        self.list(
            ["avtal", "agreement"],
            [&own.agreements, &follow.agreements],
            |agreement| {
                both(|lang| {
                    let until = agreement.until.map_or_else(String::new, |when| {
                        format!(", {} {}", lang.pick("till", "until"), when.said(lang))
                    });
                    format!("{}: {}{until}", agreement.with, agreement.about)
                })
            },
            FollowChange::Agreement,
        );
        self.list(
            ["kostnad", "cost"],
            [&own.costs, &follow.costs],
            |cost| {
                both(|lang| {
                    let year = cost.year.map_or_else(String::new, |year| format!(" ({year})"));
                    let kronor = lang.whole(cost.kronor);
                    format!("{}: {kronor} kr, {}{year}", cost.what, cost.frequency.said(lang))
                })
            },
            FollowChange::Cost,
        );
    }

    /// Items that are not here. Where another stands under the number, both can stand, or one.
    fn list<T: Clone + PartialEq>(
        &mut self,
        what: [&str; 2],
        [own, theirs]: [&Numbered<T>; 2],
        said: impl Fn(&T) -> Message,
        change: fn(Item<T>) -> FollowChange,
    ) {
        let highest = own.keys().chain(theirs.keys()).copied().max().unwrap_or(0);
        let mut next = highest.saturating_add(1);
        for (number, item) in theirs {
            if own.values().any(|known| known == item) {
                continue;
            }
            let set =
                |number| vec![Command::Follow(self.site.clone(), change(Item::Set(number, item.clone())))];
            let known = own.get(number);
            let beside = if known.is_some() { set(next) } else { Vec::new() };
            next = next.saturating_add(u32::from(known.is_some()));
            self.out.push(Difference {
                place: self.place.clone(),
                what: Message::new(what[0], what[1]),
                mine: known.map(&said),
                theirs: said(item),
                taken: set(*number),
                beside,
            });
        }
    }
}

/// What stands in a field, if anything does.
fn plain(said: &str) -> Option<Message> {
    (!said.is_empty()).then(|| text(said))
}

/// A field of a step with its text in full.
fn words(change: &StepChange, lang: Lang) -> String {
    match change {
        StepChange::Note(note) => format!("{}: {note}", change.said(lang)),
        StepChange::Check(_, noted) => {
            let mut out = change.said(lang);
            if let Some(date) = noted.date {
                out = format!("{out}, {}", date.said(lang));
            }
            if noted.note.is_empty() { out } else { format!("{out}: {}", noted.note) }
        }
        other => other.said(lang),
    }
}
