//! What speaks for each place, and what do we not know? Sentences made of rows, each with the rows it rests on. No sum, no
//! points: a place is named best or worst only where the difference matters (see [`Unit::matters`]), and what is not known
//! is a question with whom to ask.

use super::ask::Ask;
use super::sheet::{Better, Cell, Group, Place, PlaceKind, Row, Sentence, SentenceKind, Value};
use super::unit::Unit;
use crate::lang::{Lang, Said};
use crate::model::Message;
use crate::say;

/// Every sentence: what concerns all places first, then place by place: what is hardly known, what speaks for it, what
/// against it, what to ask.
pub(super) fn of(places: &[Place], rows: &[Row]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = shared_questions(places, rows).into_iter().collect();
    for at in 0..places.len() {
        out.extend(hardly_known(places, at));
        let told = rows.iter().filter(|row| row.same_as.is_none());
        out.extend(told.clone().filter_map(|row| best(places, row, at)));
        out.extend(told.filter_map(|row| worst(places, row, at)));
        out.extend(questions(places, rows, at));
    }
    out
}

/// The two languages of a text.
fn both(said: impl Fn(Lang) -> String) -> Message {
    Message::new(said(Lang::Sv), said(Lang::En))
}

/// What it is set against, itself included: places against places, plans against plans.
fn peers(places: &[Place], at: usize) -> Vec<usize> {
    let is_plan = places.get(at).is_some_and(Place::is_plan);
    (0..places.len()).filter(|other| places[*other].is_plan() == is_plan).collect()
}

/// Does it matter how far the places named are from the next?
fn matters(row: &Row, named: &[usize], peers: &[usize], is_best: bool) -> bool {
    let compared = |at: usize| row.cells.get(at).and_then(|cell| cell.value.compared());
    let own = named.iter().find(|at| peers.contains(at)).and_then(|at| compared(*at));
    let Some(own) = own else { return false };
    let others = peers.iter().copied().filter(|at| !named.contains(at)).filter_map(compared);
    let wants_most = (row.better == Better::Less) != is_best;
    let next = if wants_most { others.reduce(f64::max) } else { others.reduce(f64::min) };
    match (row.unit, next) {
        (_, None) => false,
        // More than any number, and steps of a verdict.
        (_, Some(next)) if own.is_infinite() != next.is_infinite() => true,
        (Unit::Words, Some(next)) => (own - next).abs() > 0.5,
        (unit, Some(next)) => unit.matters(own, next),
    }
}

fn best(places: &[Place], row: &Row, at: usize) -> Option<Sentence> {
    let tell = row.tell.as_ref()?;
    if !row.best.contains(&at) || !matters(row, &row.best, &peers(places, at), true) {
        return None;
    }
    Some(told(places, row, at, &tell.best, SentenceKind::For))
}

fn worst(places: &[Place], row: &Row, at: usize) -> Option<Sentence> {
    let tell = row.tell.as_ref()?;
    // That a place is needed least is nothing against it.
    let is_against = row.better != Better::MoreNeeded;
    if !is_against || !row.worst.contains(&at) || !matters(row, &row.worst, &peers(places, at), false) {
        return None;
    }
    Some(told(places, row, at, &tell.worst, SentenceKind::Against))
}

/// A sentence about a row: what is told, the place's own value, and those of the others.
fn told(places: &[Place], row: &Row, at: usize, tell: &Message, kind: SentenceKind) -> Sentence {
    let text = both(|lang| {
        let tell = tell.said(lang);
        let Some(own) = row.cells.get(at) else { return tell };
        let peers = peers(places, at);
        let others = places.iter().zip(&row.cells).enumerate();
        let others = others.filter(|(other, _)| *other != at && peers.contains(other));
        let others: Vec<String> = others
            .map(|(_, (place, cell))| format!("{} {}", place.label, briefly(row, cell, lang)))
            .collect();
        format!("{tell}: {} ({})", value(row, own, lang), others.join(", "))
    });
    Sentence { place: Some(at), kind, text, rows: vec![row.id.clone()] }
}

/// The value with what it is made of.
fn value(row: &Row, cell: &Cell, lang: Lang) -> String {
    match &cell.value {
        Value::Met { .. } => cell.why.said(lang),
        _ => briefly(row, cell, lang),
    }
}

/// The value alone; of what is not known, that it is not.
fn briefly(row: &Row, cell: &Cell, lang: Lang) -> String {
    match &cell.value {
        Value::Unknown { .. } => lang.pick("okänt", "unknown").into(),
        Value::DoesNotApply { .. } => lang.pick("gäller inte", "does not apply").into(),
        Value::Words { said, .. } => said.said(lang).to_lowercase(),
        _ => cell.said(row.unit, lang),
    }
}

/// A place of which nobody can judge the store.
fn hardly_known(places: &[Place], at: usize) -> Option<Sentence> {
    let text = match places.get(at)?.kind {
        PlaceKind::SotWithoutStore => Message::new(
            "Värdbutiken finns inte i data: vad butiken har och klarar går inte att jämföra. Det är en fråga, inget minus",
            "The host store is not in the data: what it has and manages cannot be compared. That is a question, no mark against it",
        ),
        PlaceKind::Trial => Message::new(
            "En testplats utan butik: bara läget går att jämföra",
            "A test site without a store: only where it lies can be compared",
        ),
        PlaceKind::Store | PlaceKind::SotWithStore | PlaceKind::Plan => return None,
    };
    let rows = vec!["level.verdict".to_owned()];
    Some(Sentence { place: Some(at), kind: SentenceKind::NoData, text, rows })
}

/// Is it asked about? Verdict, ranks and lists of questions repeat what other rows ask; what is noted of the work is no
/// property of the place.
fn is_asked(row: &Row) -> bool {
    row.same_as.is_none()
        && row.id != "level.verdict"
        && !matches!(row.group, Group::Rank | Group::Process | Group::Questions)
}

/// Is it missing in the data for every place that it is about?
fn is_shared(row: &Row) -> bool {
    let mut about = row.cells.iter().filter(|cell| !matches!(cell.value, Value::DoesNotApply { .. }));
    let is_data = |cell: &Cell| matches!(cell.value, Value::Unknown { ask: Ask::Data, .. });
    about.clone().count() > 1 && about.all(is_data)
}

/// What the data lack for all of them, said once.
fn shared_questions(places: &[Place], rows: &[Row]) -> Option<Sentence> {
    let shared: Vec<&Row> = rows.iter().filter(|row| is_asked(row) && is_shared(row)).collect();
    if shared.is_empty() || places.is_empty() {
        return None;
    }
    let text = both(|lang| {
        let parts = shared.iter().filter_map(|row| {
            let unknown = row.cells.iter().find(|cell| cell.value.is_unknown());
            let why = unknown?.why.said(lang);
            Some(format!("{}: {why}", row.name.said(lang)))
        });
        let parts = parts.collect::<Vec<_>>().join("; ");
        say!(lang, "Saknas för alla orterna. {parts}", "Missing for all the places. {parts}")
    });
    let rows = shared.iter().map(|row| row.id.clone()).collect();
    Some(Sentence { place: None, kind: SentenceKind::Question, text, rows })
}

/// What is not known of a place, by whom to ask.
fn questions(places: &[Place], rows: &[Row], at: usize) -> Vec<Sentence> {
    let mut asked: Vec<(Ask, Vec<&Row>)> = Vec::new();
    for row in rows.iter().filter(|row| is_asked(row) && !is_shared(row)) {
        let Some(Value::Unknown { ask, .. }) = row.cells.get(at).map(|cell| &cell.value) else { continue };
        match asked.iter_mut().find(|(known, _)| known == ask) {
            Some((_, rows)) => rows.push(row),
            None => asked.push((*ask, vec![row])),
        }
    }
    asked.sort_by_key(|(ask, _)| *ask);
    let label = |at: usize| places.get(at).map_or("", |place| place.label.as_str());
    let sentence = |(ask, rows): (Ask, Vec<&Row>)| {
        let text = both(|lang| {
            let names = rows.iter().map(|row| row.name.said(lang).trim_start_matches("– ").to_owned());
            let (names, ask) = (names.collect::<Vec<_>>().join(", "), ask.said(lang));
            let label = label(at);
            say!(lang, "{ask} om {label}: {names}", "{ask} about {label}: {names}")
        });
        let rows = rows.iter().map(|row| row.id.clone()).collect();
        Sentence { place: Some(at), kind: SentenceKind::Question, text, rows }
    };
    asked.into_iter().map(sentence).collect()
}
