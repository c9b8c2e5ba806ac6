//! How does each place stand? Its rank and how stable that is, its SOT status with date and source, and what is left to ask.

use super::ask::Ask;
use super::level::both;
use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::sources;
use super::subject::{Subject, What, not_of_a_plan};
use super::unit::Unit;
use crate::app::Results;
use crate::app::export;
use crate::lang::{Lang, Said};
use crate::model::{Message, RankingModel};
use crate::siting::PlaceFlags;
use crate::siting::ranking::Ranked;

/// Rank by weighted sum and by TOPSIS, score, and how often the place comes first whatever the weights.
pub(super) fn ranks(subjects: &[Subject<'_>], ranked: &export::Comparison) -> Vec<Row> {
    let of = ranked.ranking.places.len();
    let among = |lang: Lang| {
        let of = lang.count(of);
        crate::say!(lang, "av {of} rangordnade", "of {of} ranked")
    };
    let among = Message::new(among(Lang::Sv), among(Lang::En));
    let row =
        |id: &str, name: [&str; 2], unit: Unit, better: Better, value: &dyn Fn(&Ranked) -> Option<f64>| {
            let cell = |subject: &Subject<'_>| match ranked_place(subject, ranked) {
                Err(cell) => *cell,
                Ok(place) => {
                    if let Some(value) = value(place) {
                        Cell::new(Value::Number(value), among.clone())
                    } else {
                        let why = Message::new("inget som väger är känt", "nothing that weighs is known");
                        Cell::unknown("no_score", Ask::Data, why)
                    }
                }
            };
            let name = Message::new(name[0], name[1]);
            Row::new(id, Group::Rank, name, unit, better).with(subjects.iter().map(cell).collect())
        };
    let share = |shares: fn(&crate::siting::ranking::Shares) -> &Vec<f64>| {
        move |place: &Ranked| {
            shares(ranked.shares.as_ref()?).get(place.row).copied().filter(|_| place.score.is_some())
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "ranks")]
    let as_rank = |rank: usize| rank as f64;
    vec![
        row("rank.position", ["Rang", "Rank"], Unit::Count, Better::Less, &|place| {
            place.score.map(|_| as_rank(place.rank))
        }),
        row("rank.score", ["Poäng, av 100", "Score, of 100"], Unit::Points, Better::More, &|place| {
            place.score.map(|score| score * 100.0)
        }),
        row("rank.topsis", ["Rang enligt TOPSIS", "Rank by TOPSIS"], Unit::Count, Better::Less, &|place| {
            place.closeness.map(|_| as_rank(place.other_rank))
        }),
        row(
            "rank.share_first",
            ["Först i så många av alla viktningar", "First in this share of all weightings"],
            Unit::Share,
            Better::More,
            &share(|shares| &shares.first),
        ),
        row(
            "rank.share_three",
            ["Bland de tre första i så många", "Among the first three in this share"],
            Unit::Share,
            Better::More,
            &share(|shares| &shares.among_three),
        ),
    ]
}

/// The place in the ranking, or why it has no rank.
fn ranked_place<'a>(subject: &Subject<'_>, ranked: &'a export::Comparison) -> Result<&'a Ranked, Box<Cell>> {
    if subject.as_plan().is_some() {
        return Err(not_of_a_plan().into());
    }
    let Some((at, _)) = subject.as_candidate() else {
        let why = Message::new("testplatser rangordnas inte", "test sites are not ranked");
        return Err(Cell::does_not_apply("trial_point", why).into());
    };
    let ranking = &ranked.ranking;
    ranking.places.iter().find(|place| place.candidate == at).ok_or_else(|| {
        let left_out = ranking.left_out.iter().find(|(known, _)| *known == at);
        left_out.map_or_else(
            || {
                let why = Message::new("ingår inte i urvalet", "not in the choice of places");
                Cell::does_not_apply("not_in_scope", why).into()
            },
            |(_, why)| {
                let (sv, en) = (why.said(Lang::Sv), why.said(Lang::En));
                let said = Message::new(format!("utelämnad, {sv}"), format!("left out, {en}"));
                Cell::does_not_apply(why.id(), said).into()
            },
        )
    })
}

/// Status with its date and source.
pub(super) fn status(subjects: &[Subject<'_>], results: &Results) -> Vec<Row> {
    let cell = |subject: &Subject<'_>| {
        if let What::Plan(plan) = &subject.what {
            return super::plans::statuses(plan, results);
        }
        let Some(sot) = subject.sot() else { return no_status(subject, results) };
        let unknown = |lang: Lang| lang.pick("okänt datum", "unknown date").to_owned();
        let said = |lang: Lang| {
            let date = if sot.status_date.is_empty() { unknown(lang) } else { sot.status_date.clone() };
            format!("{}, {date}", sot.status.said(lang))
        };
        let favour = |lang: Lang| {
            let other = sot.in_favour_of.as_ref();
            let favour =
                other.map(|other| crate::say!(lang, "till förmån för {other}", "in favour of {other}"));
            favour.into_iter().chain(sot.note.clone()).collect::<Vec<_>>().join("; ")
        };
        let value = Value::Words {
            id: sot.status.id().to_owned(),
            said: Message::new(said(Lang::Sv), said(Lang::En)),
            rank: None,
        };
        let mut cell = Cell::new(value, Message::new(favour(Lang::Sv), favour(Lang::En)));
        cell.more = vec![
            ("date", sot.status_date.as_str().into()),
            ("in_favour_of", sot.in_favour_of.clone().into()),
        ];
        // A hand's status goes before the file's, and says who set it.
        if let Some(evidence) = &sot.status_set {
            return cell.known_by(evidence.clone());
        }
        match sot.feature().and_then(|(layer, _)| sources::register(results, layer)) {
            Some(evidence) => cell.known_by(evidence),
            None => cell,
        }
    };
    let name = Message::new("Status och datum", "Status and date");
    let row = Row::new("status.sot", Group::Status, name, Unit::Words, Better::Neither);
    vec![row.from(sources::of_sot(results)).with(subjects.iter().map(cell).collect())]
}

fn no_status(subject: &Subject<'_>, results: &Results) -> Cell {
    if subject.as_candidate().is_none() {
        let why = Message::new("testplats", "test site");
        return Cell::does_not_apply("trial_point", why);
    }
    if sources::of_sot(results).is_empty() {
        let missing = crate::siting::Missing::NoLayer(crate::model::ServiceKind::Sot);
        return Cell::unknown(missing.id(), Ask::Data, both(&missing));
    }
    let said = Message::new("ingen SOT-plats i data", "no SOT place in the data");
    Cell::new(Value::Words { id: "no_sot_place".into(), said, rank: None }, nothing())
}

/// What to look out for, and what to ask.
pub(super) fn questions(subjects: &[Subject<'_>], results: &Results, model: &RankingModel) -> Vec<Row> {
    let flags: Vec<Option<PlaceFlags>> =
        subjects.iter().map(|subject| Some(results.flags(subject.as_candidate()?.0, model))).collect();
    let listed = |of: &dyn Fn(&PlaceFlags, Lang) -> Vec<String>| -> Vec<Cell> {
        let cell = |(found, subject): (&Option<PlaceFlags>, &Subject<'_>)| match found {
            None if subject.as_plan().is_some() => not_of_a_plan(),
            None => {
                let why = Message::new("testplats: ingen butik finns där", "test site: there is no store");
                Cell::does_not_apply("trial_point", why)
            }
            Some(found) => {
                let (sv, en) = (of(found, Lang::Sv), of(found, Lang::En));
                #[expect(clippy::cast_precision_loss, reason = "a count of a few dozen")]
                let count = en.len() as f64;
                let why = Message::new(sv.join("; "), en.join("; "));
                let mut cell = Cell::new(Value::Number(count), why);
                cell.more = vec![("items", en.into()), ("items_sv", sv.into())];
                cell
            }
        };
        flags.iter().zip(subjects).map(cell).collect()
    };
    let measure = results.measure();
    let to_see = listed(&|found, lang| found.flags.iter().map(|flag| flag.say(measure, lang)).collect());
    let to_ask = listed(&|found, lang| found.questions.iter().map(|question| question.said(lang)).collect());
    let row = |id: &str, name: Message| Row::new(id, Group::Questions, name, Unit::Count, Better::Neither);
    vec![
        row("questions.flags", Message::new("Att se upp med", "To look out for")).with(to_see),
        row("questions.unknown", Message::new("Att fråga om", "To ask about")).with(to_ask),
    ]
}
