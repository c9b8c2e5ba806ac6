//! How is a layer written as an Excel workbook? Numbers as numbers, days as days, texts as texts and never as formulas;
//! the head stays in sight, and rows can be filtered.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::outgoing::{EXACT, Kind, OutRow, Outgoing, as_text};
use super::places::{PlaceFields, wkt};
use super::texts::TextTable;
use crate::model::{Entry, Message};

/// What a sheet can hold.
const ROWS: usize = 1_048_575;
const COLUMNS: usize = 16_384;
const LETTERS: usize = 32_767;

/// The first day that Excel and the calendar agree on.
const FIRST_DAY: &str = "1900-03-01";

/// The workbook: a sheet for each table, and for each table of texts.
///
/// # Errors
/// What a sheet cannot hold.
pub fn workbook(tables: &mut [Outgoing<'_>], texts: &[TextTable]) -> Result<Vec<u8>, Message> {
    let mut book = Workbook::new();
    let failed = |error: &XlsxError| Message::new(error.to_string(), error.to_string());
    for outgoing in tables {
        fill(book.add_worksheet(), outgoing)?;
    }
    for table in texts {
        text_sheet(book.add_worksheet(), table).map_err(|error| failed(&error))?;
    }
    book.save_to_buffer().map_err(|error| failed(&error))
}

/// What stands in a cell of a table of results.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    Nothing,
    /// Never a formula, whatever it begins with.
    Text(String),
    Number {
        value: f64,
        decimals: usize,
    },
    /// A part of a whole, 0…1.
    Share(f64),
}

/// A workbook of one table: numbers with their decimals and thousands as the reader's language writes them, and a second
/// sheet that tells what each column holds and in which unit.
///
/// # Errors
/// What a sheet cannot hold.
pub fn sheet(name: &str, head: &[String], rows: &[Vec<SheetCell>]) -> Result<Vec<u8>, Message> {
    if rows.len() > ROWS || head.len() > COLUMNS {
        return Err(too_large(rows.len(), head.len()));
    }
    let failed = |error: &XlsxError| Message::new(error.to_string(), error.to_string());
    for (line, row) in (1u32..).zip(rows) {
        for (column, cell) in head.iter().zip(row) {
            // Excel counts in units of UTF-16.
            let letters = |text: &String| text.encode_utf16().count();
            if let SheetCell::Text(text) = cell
                && letters(text) > LETTERS
            {
                let letters = letters(text);
                return Err(Message::new(
                    format!(
                        "rad {line}, {column}: texten har {letters} tecken, en cell i Excel högst {LETTERS}. Skriv tabellen som CSV"
                    ),
                    format!(
                        "row {line}, {column}: the text has {letters} letters, a cell in Excel {LETTERS} at most. Write the table as CSV"
                    ),
                ));
            }
        }
    }
    let mut book = Workbook::new();
    let write = |book: &mut Workbook| -> Result<(), XlsxError> {
        let page = book.add_worksheet();
        page.set_name(sheet_name(name))?;
        Sheet::head(page, head, rows.len())?;
        for (line, row) in (1u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(row) {
                put(page, (line, column), cell)?;
            }
        }
        let told = columns_told(head, rows);
        let heads = ["Kolumn / Column", "Innehåll / Holds", "Enhet / Unit"].map(String::from);
        let about = book.add_worksheet();
        about.set_name(if sheet_name(name).eq_ignore_ascii_case("columns") { "about" } else { "columns" })?;
        Sheet::head(about, &heads, told.len())?;
        for (line, row) in (1u32..).zip(&told) {
            for (column, text) in (0u16..).zip(row) {
                about.write_string(line, column, *text)?;
            }
        }
        Ok(())
    };
    write(&mut book).map_err(|error| failed(&error))?;
    book.save_to_buffer().map_err(|error| failed(&error))
}

fn put(page: &mut Worksheet, (line, column): (u32, u16), cell: &SheetCell) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Nothing => {}
        SheetCell::Text(text) => {
            page.write_string(line, column, text)?;
        }
        SheetCell::Number { value, decimals } => {
            // The codes are those of the file format; a program shows them as its language writes numbers.
            let code = match decimals {
                0 => "#,##0".to_owned(),
                many => format!("#,##0.{}", "0".repeat(*many)),
            };
            page.write_number_with_format(line, column, *value, &Format::new().set_num_format(code))?;
        }
        SheetCell::Share(share) => {
            let percent = Format::new().set_num_format("0.0%");
            page.write_number_with_format(line, column, *share, &percent)?;
        }
    }
    Ok(())
}

/// What each column holds, by its values and its name.
fn columns_told<'a>(head: &'a [String], rows: &[Vec<SheetCell>]) -> Vec<[&'a str; 3]> {
    /// What names of columns end with, and the unit.
    const UNITS: [(&str, &str); 12] = [
        ("person_km", "personkilometer / person-kilometres"),
        ("person_min", "personminuter / person-minutes"),
        ("people_hours", "persontimmar / people-hours"),
        ("_km2", "km²"),
        ("_km", "km"),
        ("_min", "min"),
        ("_m", "m"),
        ("_kva", "kVA"),
        ("_hour", "h"),
        ("_hours", "h"),
        ("litres", "liter / litres"),
        ("lon", "grader / degrees (WGS 84)"),
    ];
    let told = |(at, name): (usize, &'a String)| {
        let of_kind = |is: fn(&SheetCell) -> bool| rows.iter().filter_map(|row| row.get(at)).any(is);
        let holds = if of_kind(|cell| matches!(cell, SheetCell::Share(_))) {
            "andel / share"
        } else if of_kind(|cell| matches!(cell, SheetCell::Number { .. })) {
            "tal / number"
        } else {
            "text"
        };
        let unit = match holds {
            "andel / share" => "%",
            "text" => "",
            _ if name == "lat" => "grader / degrees (WGS 84)",
            _ => {
                let known = UNITS.iter().find(|(ending, _)| name.ends_with(ending));
                let people = name.starts_with("people").then_some("invånare / people");
                known.map(|(_, unit)| *unit).or(people).unwrap_or("")
            }
        };
        [name.as_str(), holds, unit]
    };
    head.iter().enumerate().map(told).collect()
}

fn too_large(rows: usize, columns: usize) -> Message {
    Message::new(
        format!(
            "ett Excelblad rymmer {ROWS} rader och {COLUMNS} kolumner, här är {rows} rader och {columns} kolumner. Skriv .csv eller .gpkg"
        ),
        format!(
            "an Excel sheet holds {ROWS} rows and {COLUMNS} columns, here are {rows} rows and {columns} columns. Write .csv or .gpkg"
        ),
    )
}

/// A sheet of two columns of texts.
fn text_sheet(page: &mut Worksheet, table: &TextTable) -> Result<(), XlsxError> {
    page.set_name(sheet_name(&table.name))?;
    Sheet::head(page, &table.head, table.rows.len())?;
    for (line, row) in (1u32..).zip(&table.rows) {
        for (column, text) in (0u16..).zip(row) {
            page.write_string(line, column, text.chars().take(LETTERS / 2).collect::<String>())?;
        }
    }
    Ok(())
}

/// A sheet with a table.
fn fill(page: &mut Worksheet, outgoing: &mut Outgoing<'_>) -> Result<(), Message> {
    outgoing.ids_as_column();
    outgoing.note_mixed();
    let places = PlaceFields::new(outgoing);
    let added = places.pair.iter().flatten().chain(&places.epsg).chain(&places.wkt);
    let names: Vec<String> = outgoing.fields.iter().map(|field| &field.name).chain(added).cloned().collect();
    if outgoing.rows.len() > ROWS || names.len() > COLUMNS {
        return Err(too_large(outgoing.rows.len(), names.len()));
    }
    let mut sheet =
        Sheet { long_shapes: 0, huge_numbers: 0, day: Format::new().set_num_format("yyyy-mm-dd") };
    let failed = |error: &XlsxError| Message::new(error.to_string(), error.to_string());
    page.set_name(sheet_name(&outgoing.name)).map_err(|error| failed(&error))?;
    Sheet::head(page, &names, outgoing.rows.len()).map_err(|error| failed(&error))?;
    for (line, row) in (1u32..).zip(&outgoing.rows) {
        Sheet::too_long(outgoing, row, line)?;
        sheet.row(page, outgoing, &places, row, line).map_err(|error| failed(&error))?;
    }
    if sheet.long_shapes > 0 {
        let count = sheet.long_shapes;
        outgoing.notes.push(Message::new(
            format!("former som är för långa för en cell i Excel är tomma: {count}. Punkten som står för dem finns kvar"),
            format!("shapes that are too long for a cell of Excel are empty: {count}. The point that stands for them is there"),
        ));
    }
    if sheet.huge_numbers > 0 {
        let count = sheet.huge_numbers;
        outgoing.notes.push(Message::new(
            format!("heltal som Excel inte kan hålla exakt skrivs som text: {count}"),
            format!("whole numbers that Excel cannot hold exactly are written as text: {count}"),
        ));
    }
    Ok(())
}

/// A name that a sheet may have.
fn sheet_name(name: &str) -> String {
    let allowed = |sign: char| if "[]:*?/\\".contains(sign) || sign.is_control() { '_' } else { sign };
    // The length is counted as UTF-16 counts it.
    let mut room = 31;
    let fits = |sign: &char| {
        room -= i32::try_from(sign.len_utf16()).unwrap_or(2);
        room >= 0
    };
    let text: String = name.chars().map(allowed).take_while(fits).collect();
    let text = text.trim_matches(['\'', ' ']);
    if text.is_empty() || text.eq_ignore_ascii_case("history") { "data".into() } else { text.into() }
}

struct Sheet {
    long_shapes: usize,
    huge_numbers: usize,
    day: Format,
}

impl Sheet {
    fn head(page: &mut Worksheet, names: &[String], rows: usize) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        for (column, name) in (0u16..).zip(names) {
            let head: String = name.chars().take(LETTERS / 2).collect();
            page.write_string_with_format(0, column, head, &bold)?;
            let width = u8::try_from(name.chars().count().clamp(9, 40)).unwrap_or(40);
            page.set_column_width(column, f64::from(width) + 3.0)?;
        }
        page.set_freeze_panes(1, 0)?;
        if let Some(last) = names.len().checked_sub(1) {
            let (last_row, last) = (u32::try_from(rows).unwrap_or(0), u16::try_from(last).unwrap_or(0));
            page.autofilter(0, 0, last_row, last)?;
        }
        Ok(())
    }

    /// A text that no cell holds is an error: cut off, it would be another one.
    fn too_long(outgoing: &Outgoing<'_>, row: &OutRow<'_>, line: u32) -> Result<(), Message> {
        for (at, field) in outgoing.fields.iter().enumerate() {
            let is_long = |text: &str| text.len() > LETTERS && text.encode_utf16().count() > LETTERS;
            let text =
                outgoing.value(row, at).filter(|entry| matches!(entry, Entry::Text(_) | Entry::Other(_)));
            if text.is_some_and(|entry| is_long(&as_text(entry))) {
                let name = &field.name;
                return Err(Message::new(
                    format!(
                        "rad {line}, ”{name}”: texten är längre än de {LETTERS} tecken som en cell i Excel rymmer. Skriv .csv eller .gpkg"
                    ),
                    format!(
                        "row {line}, “{name}”: the text is longer than the {LETTERS} characters that a cell of Excel holds. Write .csv or .gpkg"
                    ),
                ));
            }
        }
        Ok(())
    }

    fn row(
        &mut self,
        page: &mut Worksheet,
        outgoing: &Outgoing<'_>,
        places: &PlaceFields,
        row: &OutRow<'_>,
        line: u32,
    ) -> Result<(), XlsxError> {
        let mut column = 0u16;
        for (at, field) in outgoing.fields.iter().enumerate() {
            if let Some(entry) = outgoing.value(row, at) {
                self.cell(page, (line, column), field.kind, entry)?;
            }
            column += 1;
        }
        if places.pair.is_some() {
            if let Some((x, y)) = row.point {
                page.write_number(line, column, x)?;
                page.write_number(line, column + 1, y)?;
            }
            column += 2;
        }
        if places.epsg.is_some() {
            if row.point.is_some() {
                page.write_number(line, column, f64::from(outgoing.crs.epsg()))?;
            }
            column += 1;
        }
        if places.wkt.is_some()
            && let Some(text) = wkt(row)
        {
            if text.len() > LETTERS {
                self.long_shapes += 1;
            } else {
                page.write_string(line, column, text)?;
            }
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "only whole numbers that are exact are cast")]
    fn cell(
        &mut self,
        page: &mut Worksheet,
        (line, column): (u32, u16),
        kind: Kind,
        entry: Entry<'_>,
    ) -> Result<(), XlsxError> {
        match (kind, entry) {
            (Kind::Date, Entry::Text(day)) if (FIRST_DAY..="9999-12-31").contains(&day) => {
                let day = ExcelDateTime::parse_from_str(day)?;
                page.write_datetime_with_format(line, column, &day, &self.day)?;
            }
            (Kind::Mixed, entry) => {
                page.write_string(line, column, as_text(entry))?;
            }
            (_, Entry::Integer(number)) if number.abs() <= EXACT => {
                page.write_number(line, column, number as f64)?;
            }
            (_, Entry::Integer(number)) => {
                self.huge_numbers += 1;
                page.write_string(line, column, number.to_string())?;
            }
            (_, Entry::Real(number)) => {
                page.write_number(line, column, number)?;
            }
            (_, Entry::Flag(said)) => {
                page.write_boolean(line, column, said)?;
            }
            (_, entry) => {
                page.write_string(line, column, as_text(entry))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What begins as a formula would is a text, and numbers keep their type.
    #[test]
    fn texts_stay_texts_and_numbers_numbers() {
        let texts = ["=1+1", "+46 640", "-", "@SUM(A1)", "\t=cmd", "Åre"];
        let cell = |text: &str| SheetCell::Text(text.into());
        let number = |value| SheetCell::Number { value, decimals: 3 };
        let rows: Vec<Vec<SheetCell>> = texts
            .iter()
            .map(|text| vec![cell(text), number(12.345), SheetCell::Share(0.25), SheetCell::Nothing])
            .collect();
        let head = ["name", "mean_km", "share", "none"].map(String::from);
        let bytes = sheet("areas", &head, &rows).expect("a workbook");
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("opens");
        let range = calamine::Reader::worksheet_range(&mut book, "areas").expect("the sheet");
        for (at, text) in texts.iter().enumerate() {
            let row = &range.rows().collect::<Vec<_>>()[at + 1];
            assert_eq!(row[0], calamine::Data::String((*text).to_owned()));
            assert_eq!(row[1], calamine::Data::Float(12.345));
        }
        let formulas = calamine::Reader::worksheet_formula(&mut book, "areas").expect("the sheet");
        assert!(formulas.is_empty(), "no cell is a formula");
        let told = calamine::Reader::worksheet_range(&mut book, "columns").expect("what columns hold");
        let units: Vec<String> = told.rows().skip(1).map(|row| row[2].to_string()).collect();
        assert_eq!(units, ["", "km", "%", ""]);
    }
}
