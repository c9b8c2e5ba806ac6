//! How does a comparison leave the program? As JSON with everything, as a table with a column a place, as places in a
//! layer, and as text that pastes into a spreadsheet. Names are stable and documented in `docs/comparing.md`.

use std::path::Path;

use super::sheet::{Comparison, Place, PlaceKind, Row, Value};
use super::sources;
use crate::app::Results;
use crate::app::export::{self, About, Chosen, Form, Heads, Sites, Stamp, TableStyle};
use crate::app::tables::{Value as CellValue, write_table};
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::{Message, Side, TrialPoint};

/// The layer and the files of a comparison.
const NAME: &str = "comparison";
const JSON: &str = "comparison.json";
const TABLE: &str = "comparison.csv";

/// The files of a comparison, by name.
#[must_use]
pub fn files(chosen: &Chosen) -> Vec<String> {
    chosen.style.file_names(&[JSON, TABLE]).into_iter().chain(chosen.layer_files(&[NAME])).collect()
}

/// What was written.
pub struct Written {
    /// The text of the JSON file.
    pub json: Vec<u8>,
    /// What the files say otherwise than what was found, and why.
    pub notes: Vec<Message>,
}

/// Writes every file of a comparison into a folder.
///
/// # Errors
/// [`IoError`] when the folder or a file cannot be written, when a place has no coordinates in the system that is asked for,
/// or for what the format cannot hold.
pub fn write_all(
    folder: &Path,
    comparison: &Comparison,
    results: &Results,
    trials: &[TrialPoint],
    chosen: &Chosen,
    stamp: &Stamp,
) -> Result<Written, IoError> {
    crate::app::outputs::make_folder(folder)?;
    let sites = comparison.sites();
    let sites = Sites::listed(NAME, results, &sites, trials)?;
    let about = About::new(export::assumptions(results, stamp));
    let notes = export::write_to_folder(folder, &[&sites], &about, chosen)?;
    write_table_file(
        &folder.join(chosen.style.file_name(TABLE)),
        comparison,
        chosen.style,
        lang_of(chosen.form.heads, chosen.style),
    )?;
    let json = json(comparison, results, stamp);
    write_text(&folder.join(JSON), &json)?;
    Ok(Written { json, notes })
}

/// The comparison as JSON in a file of its own.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_json(
    path: &Path,
    comparison: &Comparison,
    results: &Results,
    stamp: &Stamp,
) -> Result<(), IoError> {
    write_text(path, &json(comparison, results, stamp))
}

fn write_text(path: &Path, json: &[u8]) -> Result<(), IoError> {
    write_atomically(path, &[json, b"\n"])
}

/// The places as a layer in a file of its own.
///
/// # Errors
/// As [`write_all`].
pub fn write_places(
    path: &Path,
    comparison: &Comparison,
    results: &Results,
    trials: &[TrialPoint],
    stamp: &Stamp,
    form: Form,
) -> Result<(), IoError> {
    let sites = comparison.sites();
    let sites = Sites::listed(NAME, results, &sites, trials)?;
    export::write_layer(path, &sites, &About::new(export::assumptions(results, stamp)), form).map(drop)
}

/// The language of a table whose heads are these; one for a Swedish Excel is read by Swedes.
#[must_use]
pub const fn lang_of(heads: Heads, style: TableStyle) -> Lang {
    match (heads, style) {
        (Heads::Sv, _) | (_, TableStyle::Swedish) => Lang::Sv,
        (Heads::En, TableStyle::Plain | TableStyle::Excel) => Lang::En,
    }
}

/// The table: a row a figure, a column a place; what is not known says so in its place.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_table_file(
    path: &Path,
    comparison: &Comparison,
    style: TableStyle,
    lang: Lang,
) -> Result<(), IoError> {
    let mut header: Vec<String> = match lang {
        Lang::En => ["id", "group", "row", "unit", "better"],
        Lang::Sv => ["Id", "Grupp", "Rad", "Enhet", "Bättre"],
    }
    .map(String::from)
    .into();
    header.extend(comparison.places.iter().map(Place::full));
    header.extend([lang.pick("Bäst", "best"), lang.pick("Sämst", "worst")].map(String::from));
    if let Some(reference) = comparison.reference.and_then(|at| comparison.places.get(at)) {
        let to = reference.full();
        let names = comparison.places.iter().map(Place::full);
        header.extend(names.map(|name| crate::say!(lang, "{name} jämfört med {to}", "{name} against {to}")));
    }
    let rows = comparison.rows.iter().map(|row| {
        let mut fields = vec![
            CellValue::text(&row.id),
            match lang {
                Lang::Sv => CellValue::text(row.group.said(lang)),
                Lang::En => CellValue::text(row.group.id()),
            },
            CellValue::text(row.name.said(lang)),
            CellValue::text(row.unit.id()),
            CellValue::text(row.better.id()),
        ];
        fields.extend(row.cells.iter().map(|cell| match &cell.value {
            Value::Number(value) => number(row, *value),
            _ => CellValue::text(cell.said(row.unit, lang)),
        }));
        fields.extend([&row.best, &row.worst].map(|at| CellValue::text(named(comparison, at).join("; "))));
        if comparison.reference.is_some() {
            let difference =
                |value: &Option<f64>| value.map_or(CellValue::Nothing, |value| number(row, value));
            fields.extend(row.differences.iter().map(difference));
        }
        fields
    });
    write_table(path, style, &header, rows)
}

fn number(row: &Row, value: f64) -> CellValue {
    CellValue::number(value, decimals(row, value))
}

/// Those of the unit; of a unit without, one where the number is not whole.
fn decimals(row: &Row, value: f64) -> usize {
    row.unit.decimals().unwrap_or_else(|| usize::from(value.fract().abs() > 1e-9))
}

fn named(comparison: &Comparison, at: &[usize]) -> Vec<String> {
    at.iter().filter_map(|at| comparison.places.get(*at)).map(Place::full).collect()
}

/// The table as text with tabs, as a spreadsheet takes it from the clipboard: what the sheet shows, with its words.
#[must_use]
pub fn as_text(comparison: &Comparison, lang: Lang) -> String {
    let line = |parts: &mut dyn Iterator<Item = String>| {
        // A tab or a line end inside a text would tear the table.
        let clean = |part: String| part.replace(['\t', '\n', '\r'], " ");
        parts.map(clean).collect::<Vec<_>>().join("\t")
    };
    let places = comparison.places.iter().map(Place::full);
    let ends = [lang.pick("Bäst", "Best").to_owned(), lang.pick("Sämst", "Worst").to_owned()];
    let mut lines = vec![line(&mut std::iter::once(String::new()).chain(places).chain(ends))];
    let mut group = None;
    for row in comparison.rows.iter().filter(|row| row.same_as.is_none()) {
        if group != Some(row.group) {
            group = Some(row.group);
            lines.push(row.group.said(lang));
        }
        let unit = row.unit.text(lang);
        let name = row.name.said(lang);
        let name = if unit.is_empty() || name.contains(unit) { name } else { format!("{name}, {unit}") };
        let cells = row.cells.iter().map(|cell| match &cell.value {
            // A bare number, which a spreadsheet can count with.
            Value::Number(value) => plain(row, *value, lang),
            _ => cell.said(row.unit, lang),
        });
        let ends = [&row.best, &row.worst].map(|at| named(comparison, at).join("; "));
        lines.push(line(&mut std::iter::once(name).chain(cells).chain(ends)));
    }
    lines.join("\n")
}

/// A number without thousands, with the decimal sign of the language.
fn plain(row: &Row, value: f64, lang: Lang) -> String {
    let decimals = decimals(row, value);
    let text = format!("{value:.decimals$}");
    if lang == Lang::Sv { text.replace('.', ",") } else { text }
}

/// Everything, as JSON.
#[must_use]
pub fn json(comparison: &Comparison, results: &Results, stamp: &Stamp) -> Vec<u8> {
    let mut json = JsonWriter::default();
    json.begin_object();
    json.key("sotplan");
    json.raw(&export::assumptions(results, stamp));
    json.member("demo", &results.project.is_demo());
    json.number_member(
        match comparison.measure {
            crate::units::Measure::Distance => "threshold_km",
            crate::units::Measure::Time => "threshold_min",
        },
        comparison.measure.in_units(comparison.limit),
    );
    let id = |at: usize| comparison.places.get(at).map(|place| place.side.text());
    json.member("reference", &comparison.reference.and_then(id));
    json.member("gone", &comparison.gone.iter().map(Side::text).collect::<Vec<_>>());
    json.key("places");
    json.begin_array();
    for place in &comparison.places {
        json.line_break();
        place_member(&mut json, place);
    }
    json.end_array();
    json.key("rows");
    json.begin_array();
    for row in &comparison.rows {
        json.line_break();
        row_member(&mut json, comparison, results, row);
    }
    json.end_array();
    curve_member(&mut json, comparison);
    json.key("sentences");
    json.begin_array();
    for sentence in &comparison.sentences {
        json.line_break();
        json.begin_object();
        json.member("place", &sentence.place.and_then(id));
        json.member("kind", sentence.kind.id());
        json.member("text", &sentence.text.said(Lang::En));
        json.member("text_sv", &sentence.text.said(Lang::Sv));
        json.member("rows", &sentence.rows);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    json.into_bytes()
}

fn place_member(json: &mut JsonWriter, place: &Place) {
    json.begin_object();
    json.member("id", &place.side.text());
    json.member("label", &place.label);
    json.member("name", &place.name);
    json.member("sot_name", &place.sot_name);
    json.member("municipality", &place.municipality);
    json.member("kind", place.kind.id());
    json.key("lon_lat");
    match place.places.as_slice() {
        [one] if place.kind != PlaceKind::Plan => json.position(one.lon, one.lat),
        all => {
            json.begin_array();
            for one in all {
                json.position(one.lon, one.lat);
            }
            json.end_array();
        }
    }
    json.end_object();
}

fn row_member(json: &mut JsonWriter, comparison: &Comparison, results: &Results, row: &Row) {
    let ids = |at: &[usize]| -> Vec<String> {
        at.iter().filter_map(|at| comparison.places.get(*at)).map(|place| place.side.text()).collect()
    };
    json.begin_object();
    json.member("id", &row.id);
    json.member("group", row.group.id());
    json.member("name", &row.name.said(Lang::En));
    json.member("name_sv", &row.name.said(Lang::Sv));
    json.member("unit", row.unit.id());
    json.member("direction", row.better.id());
    json.member("best_is_called", row.better.best(Lang::En));
    json.member("same_as", &row.same_as);
    json.key("values");
    json.begin_array();
    for cell in &row.cells {
        match &cell.value {
            Value::Number(value) => json.number(*value),
            Value::Met { is_met: true, .. } => json.value("met"),
            Value::Met { is_met: false, .. } => json.value("not_met"),
            Value::Words { id, .. } => json.value(id),
            Value::BeyondMeasure | Value::Unknown { .. } | Value::DoesNotApply { .. } => json.value(&()),
        }
    }
    json.end_array();
    json.member("states", &row.cells.iter().map(|cell| cell.value.state()).collect::<Vec<_>>());
    // Words of one kind that have an order: what best and worst of a verdict are found by.
    if row.cells.iter().any(|cell| matches!(cell.value, Value::Words { rank: Some(_), .. })) {
        numbers_member(json, "order", row.cells.iter().map(|cell| cell.value.compared()));
    }
    unknowns_member(json, comparison, row);
    details_member(json, row);
    json.member("best", &ids(&row.best));
    json.member("worst", &ids(&row.worst));
    numbers_member(json, "differences", row.differences.iter().copied());
    json.key("sources");
    json.begin_array();
    for layer in &row.layers {
        json.begin_object();
        json.member("layer", &layer.text());
        json.member("said", &sources::said(results, *layer, Lang::En));
        json.end_object();
    }
    json.end_array();
    json.member("by_travel_method", &row.is_travelled);
    json.end_object();
}

/// Numbers, whole where they are whole; null where there is none.
fn numbers_member(json: &mut JsonWriter, name: &str, numbers: impl Iterator<Item = Option<f64>>) {
    json.key(name);
    json.begin_array();
    for number in numbers {
        match number {
            Some(number) => json.number(number),
            None => json.value(&()),
        }
    }
    json.end_array();
}

/// What is not known and why, and whom to ask.
fn unknowns_member(json: &mut JsonWriter, comparison: &Comparison, row: &Row) {
    json.key("unknowns");
    json.begin_array();
    for (place, cell) in comparison.places.iter().zip(&row.cells) {
        let (id, ask) = match cell.value {
            Value::Unknown { id, ask } => (id, Some(ask.id())),
            Value::DoesNotApply { id } => (id, None),
            Value::BeyondMeasure => ("beyond_measure", None),
            Value::Number(_) | Value::Met { .. } | Value::Words { .. } => continue,
        };
        json.begin_object();
        json.member("place", &place.side.text());
        json.member("reason", id);
        json.member("ask", &ask);
        json.member("why", &cell.why.said(Lang::En));
        json.member("why_sv", &cell.why.said(Lang::Sv));
        json.end_object();
    }
    json.end_array();
}

/// Why each value is what it is, and how it is known; one a place.
fn details_member(json: &mut JsonWriter, row: &Row) {
    json.key("details");
    json.begin_array();
    for cell in &row.cells {
        json.begin_object();
        json.member("why", &cell.why.said(Lang::En));
        json.member("why_sv", &cell.why.said(Lang::Sv));
        if let Value::Met { has_remark, .. } = cell.value {
            json.member("remark", &has_remark);
        }
        if let Some(evidence) = &cell.evidence {
            json.member("evidence", evidence);
        }
        for (name, value) in &cell.more {
            json.member(name, value);
        }
        json.end_object();
    }
    json.end_array();
}

/// People by distance: the steps, and a line a place.
fn curve_member(json: &mut JsonWriter, comparison: &Comparison) {
    json.key("curve");
    json.begin_array();
    for (place, curve) in comparison.places.iter().zip(&comparison.curves) {
        json.line_break();
        json.begin_object();
        json.member("place", &place.side.text());
        json.member("unit", comparison.measure.unit());
        json.key("steps");
        json.begin_array();
        curve.points.iter().for_each(|(cost, _)| json.number(comparison.measure.in_units(*cost)));
        json.end_array();
        json.key("people");
        json.begin_array();
        curve.points.iter().for_each(|(_, people)| json.number(people.value()));
        json.end_array();
        json.end_object();
    }
    json.end_array();
}
