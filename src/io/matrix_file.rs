//! What costs, weights and sites do tables of one's own state? CSV files that name every fault by its line.
//! Does not know what is asked of them.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::content::file_name;
use super::{IoError, guarded};
use crate::model::Message;
use crate::model::recognise::may_be_thousands;

/// Names in order of appearance, each with its number.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: Vec<String>,
    numbers: FxHashMap<Box<str>, u32>,
}

impl Names {
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("?", String::as_str)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The number of a name, given one if it is new.
    pub fn add(&mut self, name: &str) -> u32 {
        if let Some(number) = self.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.into(), number);
        number
    }
}

/// A stated number and how many decimals it was written with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stated {
    pub value: f64,
    pub decimals: u32,
}

/// One pair of a table of costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    pub site: u32,
    pub demand: u32,
    pub cost: f64,
    line: u32,
}

/// A table of costs, its pairs in order of site and demand.
#[derive(Debug, Default)]
pub struct PairTable {
    pub file: String,
    pub sites: Names,
    pub demand: Names,
    pub pairs: Vec<Pair>,
    /// The most decimals of a cost.
    pub decimals: u32,
    /// Numbers that may be thousands.
    pub ambiguous: Option<Ambiguous>,
}

/// The weights of the demand.
#[derive(Debug, Default)]
pub struct WeightTable {
    pub file: String,
    pub demand: Names,
    /// In the order of the names.
    pub weights: Vec<Stated>,
    /// Numbers that may be thousands.
    pub ambiguous: Option<Ambiguous>,
}

/// What is stated of the sites.
#[derive(Debug, Default)]
pub struct SiteTable {
    pub file: String,
    pub sites: Names,
    /// Cost and capacity, in the order of the names.
    pub stated: Vec<(Option<Stated>, Option<Stated>)>,
    /// Numbers that may be thousands.
    pub ambiguous: Option<Ambiguous>,
}

/// Reads `site,demand,cost`: the cost of every pair that has one.
///
/// # Errors
/// [`IoError`] for a file that cannot be read, and for the first row that is not right: a question about half a
/// table would be another question.
pub fn read_pairs(path: &Path) -> Result<PairTable, IoError> {
    guarded(&file_name(path), || pairs_of(path))
}

fn pairs_of(path: &Path) -> Result<PairTable, IoError> {
    let mut rows = Rows::open(path, &["site", "demand", "cost"], 3)?;
    let mut table = PairTable { file: rows.file.clone(), ..PairTable::default() };
    let mut last = String::new();
    let mut last_site = 0;
    while rows.next()? {
        let site = rows.id(0)?;
        // Tables are mostly written site by site.
        if site != last || table.sites.is_empty() {
            last_site = table.sites.add(site);
            site.clone_into(&mut last);
        }
        let demand = table.demand.add(rows.id(1)?);
        let cost = rows.number(2)?.ok_or_else(|| {
            rows.fault(
                "cost saknas. Utelämna raden om det inte finns någon väg",
                "cost is empty. Leave out the row if there is no way",
            )
        })?;
        table.decimals = table.decimals.max(cost.decimals);
        table.pairs.push(Pair { site: last_site, demand, cost: cost.value, line: rows.line });
    }
    if table.pairs.is_empty() {
        return Err(rows.empty());
    }
    table.ambiguous = rows.ambiguous.take();
    table.pairs.sort_unstable_by_key(|pair| (pair.site, pair.demand, pair.line));
    let twice =
        table.pairs.windows(2).find(|two| (two[0].site, two[0].demand) == (two[1].site, two[1].demand));
    if let Some([first, second]) = twice {
        let (site, demand) = (table.sites.name(first.site), table.demand.name(first.demand));
        let (line, other) = (second.line, first.line);
        return Err(fault(
            &table.file,
            format!("rad {line}: paret {site}, {demand} står redan på rad {other}. Behåll en av raderna"),
            format!(
                "line {line}: the pair {site}, {demand} stands on line {other} already. Keep one of the rows"
            ),
        ));
    }
    Ok(table)
}

/// Reads `demand,weight`.
///
/// # Errors
/// As [`read_pairs`].
pub fn read_weights(path: &Path) -> Result<WeightTable, IoError> {
    guarded(&file_name(path), || weights_of(path))
}

fn weights_of(path: &Path) -> Result<WeightTable, IoError> {
    let mut rows = Rows::open(path, &["demand", "weight"], 2)?;
    let mut table = WeightTable { file: rows.file.clone(), ..WeightTable::default() };
    let mut seen = Vec::new();
    while rows.next()? {
        once(&mut table.demand, &mut seen, &rows)?;
        let weight = rows.number(1)?.ok_or_else(|| {
            rows.fault(
                "weight saknas. Skriv 0 om ingen finns där",
                "weight is empty. Write 0 if nobody is there",
            )
        })?;
        table.weights.push(weight);
    }
    table.ambiguous = rows.ambiguous.take();
    if table.weights.is_empty() { Err(rows.empty()) } else { Ok(table) }
}

/// Reads `site,cost,capacity`; either number may be empty, and either column missing.
///
/// # Errors
/// As [`read_pairs`].
pub fn read_sites(path: &Path) -> Result<SiteTable, IoError> {
    guarded(&file_name(path), || sites_of(path))
}

fn sites_of(path: &Path) -> Result<SiteTable, IoError> {
    let mut rows = Rows::open(path, &["site", "cost", "capacity"], 1)?;
    let mut table = SiteTable { file: rows.file.clone(), ..SiteTable::default() };
    let mut seen = Vec::new();
    while rows.next()? {
        once(&mut table.sites, &mut seen, &rows)?;
        table.stated.push((rows.number(1)?, rows.number(2)?));
    }
    table.ambiguous = rows.ambiguous.take();
    if table.stated.is_empty() { Err(rows.empty()) } else { Ok(table) }
}

/// Takes the id of a row that must not have come before.
fn once(names: &mut Names, seen: &mut Vec<u32>, rows: &Rows) -> Result<(), IoError> {
    let id = rows.id(0)?;
    if let Some(other) = names.get(id).and_then(|number| seen.get(number as usize)) {
        return Err(rows.fault(
            &format!("{id} står redan på rad {other}. Behåll en av raderna"),
            &format!("{id} stands on line {other} already. Keep one of the rows"),
        ));
    }
    names.add(id);
    seen.push(rows.line);
    Ok(())
}

fn fault(file: &str, sv: String, en: String) -> IoError {
    IoError::Table { file: file.to_owned(), message: Message::new(sv, en) }
}

/// The rows of a file, their wanted columns found by name.
struct Rows {
    file: String,
    reader: csv::Reader<std::io::Cursor<Vec<u8>>>,
    record: csv::ByteRecord,
    wanted: Vec<&'static str>,
    /// Where each wanted column stands; beyond the row where the file has none.
    columns: Vec<usize>,
    /// Columns of the first line.
    width: usize,
    has_decimal_comma: bool,
    line: u32,
    ambiguous: std::cell::RefCell<Option<Ambiguous>>,
}

/// Numbers of a table that may be thousands or decimals; read as decimals, as a table with semicolons has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ambiguous {
    /// Of the first.
    pub line: u32,
    pub value: String,
    pub read_as: f64,
    pub count: usize,
}

impl Rows {
    /// Opens a file; the first `needed` of the wanted columns must be there.
    fn open(path: &Path, wanted: &[&'static str], needed: usize) -> Result<Self, IoError> {
        let mut bytes =
            std::fs::read(path).map_err(|source| IoError::Open { path: path.to_owned(), source })?;
        let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(IoError::Empty { file });
        }
        let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // A Swedish Excel writes semicolons and decimal commas.
        let has_decimal_comma = header.contains(&b';') && !header.contains(&b',');
        let delimiter = if has_decimal_comma { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(std::io::Cursor::new(bytes));
        let found: Vec<String> = reader
            .byte_headers()
            .map_err(|error| fault(&file, error.to_string(), error.to_string()))?
            .iter()
            .map(|name| String::from_utf8_lossy(name).to_lowercase())
            .collect();
        let mut columns = Vec::new();
        for (at, name) in wanted.iter().enumerate() {
            let column = found.iter().position(|other| other == name);
            if found.iter().filter(|other| *other == name).count() > 1 {
                return Err(fault(
                    &file,
                    format!("rad 1: kolumnen {name} finns flera gånger. Behåll en av dem"),
                    format!("line 1: the column {name} occurs more than once. Keep one of them"),
                ));
            }
            if column.is_none() && at < needed {
                let (header, found) = (wanted[..needed].join(","), found.join(", "));
                return Err(fault(
                    &file,
                    format!(
                        "rad 1: kolumnen {name} saknas. Första raden ska vara {header}, här står: {found}"
                    ),
                    format!(
                        "line 1: there is no column {name}. The first line must be {header}, here it is: {found}"
                    ),
                ));
            }
            columns.push(column.unwrap_or(usize::MAX));
        }
        let record = csv::ByteRecord::new();
        Ok(Self {
            file,
            reader,
            record,
            wanted: wanted.to_vec(),
            columns,
            width: found.len(),
            has_decimal_comma,
            line: 1,
            ambiguous: std::cell::RefCell::default(),
        })
    }

    /// Goes to the next row.
    fn next(&mut self) -> Result<bool, IoError> {
        let more = self.reader.read_byte_record(&mut self.record);
        let more = more.map_err(|error| fault(&self.file, error.to_string(), error.to_string()))?;
        if let Some(position) = self.record.position() {
            self.line = u32::try_from(position.line()).unwrap_or(u32::MAX);
        }
        let (fields, names) = (self.record.len(), self.width);
        if more && fields > names {
            return Err(self.fault(
                &format!("raden har {fields} fält, första raden {names}. Skriv decimaler med punkt eller filen med semikolon, och namn med komma inom citattecken"),
                &format!("the row has {fields} fields, the first line {names}. Write decimals with a point or the file with semicolons, and quote names with commas"),
            ));
        }
        Ok(more)
    }

    fn text(&self, at: usize) -> Result<&str, IoError> {
        let bytes = self.columns.get(at).and_then(|column| self.record.get(*column)).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| {
            self.fault(
                "är inte UTF-8. Spara filen som CSV i UTF-8",
                "is not UTF-8. Save the file as CSV in UTF-8",
            )
        })
    }

    fn id(&self, at: usize) -> Result<&str, IoError> {
        let text = self.text(at)?;
        if text.is_empty() {
            let name = self.wanted[at];
            return Err(self.fault(
                &format!("{name} saknas. Fyll i raden eller ta bort den"),
                &format!("{name} is empty. Fill in the row or take it out"),
            ));
        }
        Ok(text)
    }

    /// A number of zero or more; `None` where nothing is written.
    fn number(&self, at: usize) -> Result<Option<Stated>, IoError> {
        let written = self.text(at)?;
        if written.is_empty() {
            return Ok(None);
        }
        let swedish = self.has_decimal_comma.then(|| written.replace(',', "."));
        let text = swedish.as_deref().unwrap_or(written);
        let value: Option<f64> = text.parse().ok().filter(|value: &f64| value.is_finite());
        let name = self.wanted[at];
        match value {
            Some(value) if value >= 0.0 => {
                if self.has_decimal_comma && may_be_thousands(written) {
                    let mut known = self.ambiguous.borrow_mut();
                    known.get_or_insert_with(|| Ambiguous { line: self.line, value: written.into(), read_as: value, count: 0 }).count += 1;
                }
                Ok(Some(Stated { value, decimals: decimals(text, value) }))
            }
            Some(_) => Err(self.fault(
                &format!("{name} är {written}, under noll. Rätta värdet"),
                &format!("{name} is {written}, below zero. Correct the value"),
            )),
            None => Err(self.fault(
                &format!("{name} är ”{written}”, inte ett tal. Rätta värdet, eller utelämna raden om det inte finns något"),
                &format!("{name} is “{written}”, not a number. Correct the value, or leave out the row if there is none"),
            )),
        }
    }

    fn fault(&self, sv: &str, en: &str) -> IoError {
        let line = self.line;
        fault(&self.file, format!("rad {line}: {sv}"), format!("line {line}: {en}"))
    }

    fn empty(&self) -> IoError {
        fault(
            &self.file,
            "filen har en rubrikrad men inga rader. Exportera tabellen på nytt".into(),
            "the file has a header and no rows. Export the table again".into(),
        )
    }
}

/// Decimals of a number as written, without zeros at the end.
fn decimals(text: &str, value: f64) -> u32 {
    let shortest;
    let plain = if text.contains(['e', 'E']) {
        shortest = value.to_string();
        &shortest
    } else {
        text
    };
    let fraction = plain.split_once('.').map_or("", |(_, fraction)| fraction.trim_end_matches('0'));
    u32::try_from(fraction.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_written() {
        assert_eq!(
            ["1", "1.50", "0.125", "1e3", "2.5e-1"]
                .map(|text| decimals(text, text.parse().expect("a number"))),
            [0, 1, 3, 0, 2]
        );
    }
}
