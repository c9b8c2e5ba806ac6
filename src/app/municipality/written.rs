//! How does a municipality's sheet leave the window? As text with tabs for a spreadsheet, and the source of each figure in
//! words.

use super::figure::Figure;
use super::sheet::Sheet;
use crate::app::Results;
use crate::app::comparing::sources;
use crate::lang::{Lang, Said};
use crate::model::travel::TravelModel as _;
use crate::say;

/// Where a figure comes from: its layers with their dates, how ways were measured, what is counted.
#[must_use]
pub fn source_of(figure: &Figure, results: &Results, lang: Lang) -> String {
    let layers = figure.layers.iter().map(|layer| sources::said(results, *layer, lang));
    let method = figure.is_travelled.then(|| results.travel.method().said(lang));
    let all = layers.chain(method).collect::<Vec<_>>().join("; ");
    let source = if all.is_empty() { String::new() } else { say!(lang, "Källa: {all}", "Source: {all}") };
    let hint = figure.hint.as_ref().map(|hint| hint.said(lang));
    let parts = [Some(source).filter(|source| !source.is_empty()), hint];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The sheet as a spreadsheet takes it from the clipboard: what is shown, with its words; numbers bare.
#[must_use]
pub fn as_text(sheet: &Sheet, results: &Results, lang: Lang) -> String {
    let beside = format!("{} ({})", sheet.beside.said(lang), sheet.beside_note.said(lang));
    let heads = [
        String::new(),
        sheet.name.clone(),
        beside,
        lang.pick("Andel", "Share").to_owned(),
        lang.pick("Källa", "Source").to_owned(),
    ];
    let mut lines = vec![line(&heads)];
    let mut part = None;
    for figure in &sheet.figures {
        if part != Some(figure.part) {
            part = Some(figure.part);
            lines.push(figure.part.said(lang));
        }
        let unit = figure.unit.text(lang);
        let name = figure.name.said(lang);
        let name = if unit.is_empty() || name.contains(unit) { name } else { format!("{name}, {unit}") };
        let values = [figure.own, figure.beside].map(|value| plain(value, figure.unit.decimals(), lang));
        let [own, beside] = values;
        let share = plain(figure.share(), Some(4), lang);
        lines.push(line(&[name, own, beside, share, source_of(figure, results, lang)]));
    }
    lines.extend(lists(sheet, lang));
    lines.join("\n")
}

/// What is listed beside the figures: places, gaps, the best ranked, remarks.
fn lists(sheet: &Sheet, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !sheet.cards.is_empty() {
        lines.push(lang.pick("SOT-platser och uppföljning", "SOT places and follow-up").to_owned());
        for card in &sheet.cards {
            let concerns =
                card.concerns.iter().map(|concern| concern.said(lang)).collect::<Vec<_>>().join("; ");
            lines.push(line(&[card.name.clone(), card.status_said(lang), card.next.said(lang), concerns]));
        }
    }
    if !sheet.best.is_empty() {
        let of = lang.count(sheet.ranked);
        lines.push(say!(lang, "I rangordningen, av {of}", "In the ranking, of {of}"));
        for best in &sheet.best {
            let score = plain(Some(best.score * 100.0), Some(1), lang);
            lines.push(line(&[best.name.clone(), best.rank.to_string(), score, best.verdict.said(lang)]));
        }
    }
    if !sheet.gaps.is_empty() {
        lines.push(
            lang.pick(
                "Luckor: typ, nr, invånare här, invånare i hela luckan",
                "Gaps: kind, no., people here, people in the whole gap",
            )
            .to_owned(),
        );
        for gap in &sheet.gaps {
            let people = [gap.people_here, gap.people].map(|people| plain(Some(people.value()), None, lang));
            let [here, all] = people;
            lines.push(line(&[gap.kind.said(lang), (gap.at + 1).to_string(), here, all]));
        }
    }
    lines.extend(sheet.remarks.iter().map(|remark| line(&[remark.said(lang)])));
    lines
}

/// A tab or a line end inside a text would tear the table.
fn line(parts: &[String]) -> String {
    parts.iter().map(|part| part.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t")
}

/// A bare number, which a spreadsheet can count with.
fn plain(value: Option<f64>, decimals: Option<usize>, lang: Lang) -> String {
    let Some(value) = value else { return String::new() };
    let decimals = decimals.unwrap_or_else(|| usize::from(value.fract().abs() > 1e-9));
    let text = format!("{value:.decimals$}");
    if lang == Lang::Sv { text.replace('.', ",") } else { text }
}
