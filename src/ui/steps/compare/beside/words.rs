//! What stands in each cell of the sheet? The value first, best and worst by sign and word, the reason below; what is not
//! known as a question.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Ui};

use crate::app::Results;
use crate::app::comparing::{Cell, Comparison, Place, Row, SentenceKind, Value, sources};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelModel as _;
use crate::say;
use crate::siting::Outcome;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::theme;

/// The text of a cell: as it is drawn, as it is read aloud, and what is told under the pointer.
pub struct Text {
    pub job: LayoutJob,
    pub label: String,
    pub hint: String,
}

/// Letters and colours of a sheet.
pub struct Pens {
    body: FontId,
    bold: FontId,
    small: FontId,
    text: Color32,
    weak: Color32,
    good: Color32,
    bad: Color32,
    unknown: Color32,
}

impl Pens {
    pub fn of(ui: &Ui, cx: &Cx<'_>) -> Self {
        Self {
            body: FontId::proportional(14.0),
            bold: theme::bold_font(14.0),
            small: FontId::proportional(12.0),
            text: ui.visuals().text_color(),
            weak: ui.visuals().weak_text_color(),
            good: theme::outcome_colour(Outcome::Met, cx.theme),
            bad: theme::outcome_colour(Outcome::NotMet, cx.theme),
            unknown: theme::warning_colour(cx.theme),
        }
    }

    fn add(job: &mut LayoutJob, text: &str, font: &FontId, colour: Color32) {
        job.append(text, 0.0, TextFormat::simple(font.clone(), colour));
    }

    /// A text of one kind.
    pub fn plain(&self, text: &str, is_bold: bool) -> LayoutJob {
        let mut job = LayoutJob::default();
        Self::add(&mut job, text, if is_bold { &self.bold } else { &self.body }, self.text);
        job
    }

    /// A name with its unit, paler.
    pub fn with_unit(&self, name: &str, unit: &str) -> LayoutJob {
        let mut job = self.plain(name, false);
        Self::add(&mut job, &format!(" {unit}"), &self.small, self.weak);
        job
    }

    /// A title with a paler line below.
    pub fn titled(&self, title: &str, below: &str) -> LayoutJob {
        let mut job = self.plain(title, true);
        Self::add(&mut job, &format!("\n{below}"), &self.small, self.weak);
        job
    }
}

/// What a cell says.
pub fn of_cell(pens: &Pens, comparison: &Comparison, row: &Row, at: usize, cx: &Cx<'_>) -> Text {
    let lang = cx.lang;
    let Some(cell) = row.cells.get(at) else {
        return Text { job: LayoutJob::default(), label: String::new(), hint: String::new() };
    };
    let mut job = LayoutJob::default();
    let value = value_of(row, cell, lang);
    let (is_best, is_worst) = (row.best.contains(&at), row.worst.contains(&at));
    match &cell.value {
        Value::Unknown { .. } => {
            Pens::add(&mut job, &format!("{} ", icons::QUESTION), &pens.body, pens.unknown);
            Pens::add(&mut job, &cell.said(row.unit, lang), &pens.body, pens.unknown);
        }
        Value::DoesNotApply { .. } => Pens::add(&mut job, &cell.said(row.unit, lang), &pens.small, pens.weak),
        _ => Pens::add(&mut job, &value, if is_best { &pens.bold } else { &pens.body }, pens.text),
    }
    let is_plan = |at: usize| comparison.places.get(at).is_some_and(Place::is_plan);
    let ties = |named: &[usize]| named.iter().filter(|other| is_plan(**other) == is_plan(at)).count();
    let mark = mark(row, is_best, is_worst, ties(if is_best { &row.best } else { &row.worst }), lang);
    if let Some((icon, word)) = &mark {
        let colour = if is_best { pens.good } else { pens.bad };
        Pens::add(&mut job, &format!("  {icon} {word}"), &pens.small, colour);
    }
    let difference = difference(comparison, row, at, lang);
    if let Some(difference) = &difference {
        Pens::add(&mut job, &format!("\n{difference}"), &pens.small, pens.weak);
    }
    let below = below(cell, lang);
    if !below.is_empty() {
        Pens::add(&mut job, &format!("\n{below}"), &pens.small, pens.weak);
    }
    let place = comparison.places.get(at).map_or("", |place| place.label.as_str());
    let said = match &cell.value {
        Value::Unknown { .. } | Value::DoesNotApply { .. } => cell.said(row.unit, lang),
        _ => value,
    };
    let marked = mark.map(|(_, word)| format!(", {word}")).unwrap_or_default();
    let label = format!("{place}, {}: {said}{marked}", row.name.said(lang));
    let evidence = cell.evidence.as_ref().map(|evidence| evidence.said(lang)).unwrap_or_default();
    Text { job, label, hint: evidence }
}

/// The value with its unit.
fn value_of(row: &Row, cell: &Cell, lang: Lang) -> String {
    cell.said(row.unit, lang)
}

/// The sign and the word of the best and the worst; several are said to be alike.
fn mark(
    row: &Row,
    is_best: bool,
    is_worst: bool,
    count: usize,
    lang: Lang,
) -> Option<(&'static str, String)> {
    let (icon, word) = if is_best {
        (icons::UP, row.better.best(lang))
    } else if is_worst {
        (icons::DOWN, row.better.worst(lang))
    } else {
        return None;
    };
    let tie = if count > 1 { lang.pick(", delat", ", shared") } else { "" };
    Some((icon, format!("{word}{tie}")))
}

/// How far from the reference, and in which direction.
fn difference(comparison: &Comparison, row: &Row, at: usize, lang: Lang) -> Option<String> {
    let reference = comparison.reference.filter(|reference| *reference != at)?;
    let to = &comparison.places.get(reference)?.label;
    let difference = row.unit.said_difference((*row.differences.get(at)?)?, lang);
    Some(say!(lang, "{difference} mot {to}", "{difference} to {to}"))
}

/// The reason of what is known; of what is not, it stands in the value.
fn below(cell: &Cell, lang: Lang) -> String {
    match cell.value {
        Value::Number(_) | Value::Met { .. } | Value::Words { .. } => cell.why.said(lang),
        Value::BeyondMeasure | Value::Unknown { .. } | Value::DoesNotApply { .. } => String::new(),
    }
}

/// Which layers a row is made of, and how its ways were measured.
pub fn sources_of(row: &Row, results: &Results, lang: Lang) -> String {
    let layers = row.layers.iter().map(|layer| sources::said(results, *layer, lang));
    let method = row.is_travelled.then(|| results.travel.method().said(lang));
    let all: Vec<String> = layers.chain(method).collect();
    if all.is_empty() {
        return String::new();
    }
    let all = all.join("; ");
    say!(lang, "Källa: {all}", "Source: {all}")
}

/// What sentences of a kind say of a place, a line each.
pub fn sentences(
    pens: &Pens,
    comparison: &Comparison,
    at: Option<usize>,
    kinds: &[SentenceKind],
    lang: Lang,
) -> Text {
    let mut job = LayoutJob::default();
    let of = comparison.sentences.iter().filter(|one| one.place == at && kinds.contains(&one.kind));
    let mut lines = Vec::new();
    for sentence in of {
        let (sign, colour) = match sentence.kind {
            SentenceKind::For => (icons::UP, pens.good),
            SentenceKind::Against => (icons::DOWN, pens.bad),
            SentenceKind::Question | SentenceKind::NoData => (icons::QUESTION, pens.unknown),
        };
        let text = sentence.text.said(lang);
        let start = if lines.is_empty() { "" } else { "\n" };
        Pens::add(&mut job, &format!("{start}{sign} "), &pens.body, colour);
        Pens::add(&mut job, &text, &pens.body, pens.text);
        lines.push(text);
    }
    if lines.is_empty() {
        Pens::add(&mut job, "–", &pens.body, pens.weak);
    }
    Text { job, label: lines.join("; "), hint: String::new() }
}
