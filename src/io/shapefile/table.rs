//! What does the table beside the shapes (`.dbf`) say? Fields of fixed width; each value is read by itself, so that a
//! bad one costs no row. No claim of the header is believed beyond the bytes there are.

use std::borrow::Cow;

use super::text::Decoder;
use crate::io::features::rows::told_apart;
use crate::model::{Entry, Message};

/// Bytes before the fields, and of each of them.
const STEP: usize = 32;

/// A field of the table.
#[derive(Debug, Clone, PartialEq)]
struct Field {
    kind: u8,
    from: usize,
    to: usize,
}

/// A table, its rows not read yet.
pub(super) struct Table<'a> {
    rows: &'a [u8],
    size: usize,
    fields: Vec<Field>,
    pub names: Vec<String>,
    /// Columns that are not read: texts in a file of their own, pictures.
    pub unread: Vec<String>,
    /// Rows that the header claims.
    pub claimed: usize,
    pub decoder: Decoder,
}

/// A value, read.
pub(super) enum Value<'a> {
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(Cow<'a, str>),
}

impl Value<'_> {
    pub fn entry(&self) -> Entry<'_> {
        match self {
            Self::Integer(number) => Entry::Integer(*number),
            Self::Real(number) => Entry::Real(*number),
            Self::Flag(said) => Entry::Flag(*said),
            Self::Text(text) => Entry::Text(text),
        }
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(|two| usize::from(u16::from_le_bytes(two)))
}

/// The language byte of a table.
pub(super) fn language(dbf: &[u8]) -> u8 {
    dbf.get(29).copied().unwrap_or_default()
}

/// The bytes of a table in which texts stand, for telling their encoding: all of it but the header.
pub(super) fn texts(dbf: &[u8]) -> &[u8] {
    dbf.get(STEP..).unwrap_or_default()
}

impl<'a> Table<'a> {
    /// `None` where the bytes are no table.
    pub fn new(dbf: &'a [u8], decoder: Decoder) -> Option<Self> {
        let claimed = dbf.get(4..8)?.try_into().ok().map(u32::from_le_bytes)?;
        let (begins, size) = (short(dbf, 8)?, short(dbf, 10)?);
        let head = dbf.get(STEP..begins.min(dbf.len()))?;
        if size < 2 || begins > dbf.len() {
            return None;
        }
        let (mut fields, mut names, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        // The first byte of a row says whether it is deleted.
        let mut from = 1;
        for field in head.as_chunks::<STEP>().0.iter().take_while(|field| field[0] != 0x0d) {
            let name = field[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            let name = decoder.text(name).0.trim().to_owned();
            // A long text has its length in two bytes.
            let length = if field[11] == b'C' {
                usize::from(field[16]) + usize::from(field[17]) * 256
            } else {
                usize::from(field[16])
            };
            let kind = field[11].to_ascii_uppercase();
            let to = from + length;
            if matches!(kind, b'C' | b'N' | b'F' | b'D' | b'L' | b'I' | b'+' | b'O' | b'Y') && to <= size {
                fields.push(Field { kind, from, to });
                names.push(name);
            } else {
                unread.push(name);
            }
            from = to;
        }
        if fields.is_empty() && unread.is_empty() {
            return None;
        }
        let claimed = usize::try_from(claimed).unwrap_or(usize::MAX);
        let rows = &dbf[begins..];
        Some(Self { rows, size, fields, names: told_apart(names), unread, claimed, decoder })
    }

    /// Rows there are.
    pub fn len(&self) -> usize {
        (self.rows.len() / self.size).min(self.claimed)
    }

    fn row(&self, row: usize) -> Option<&'a [u8]> {
        let from = row.checked_mul(self.size)?;
        self.rows.get(from..from.checked_add(self.size)?).filter(|_| row < self.claimed)
    }

    /// Is a row marked as deleted?
    pub fn is_deleted(&self, row: usize) -> bool {
        self.row(row).is_some_and(|row| row[0] == b'*')
    }

    /// What a row says, by column; nothing where a value is empty. Counts texts that say nothing in the encoding.
    pub fn values(&self, row: usize, unclear: &mut usize) -> Vec<(usize, Value<'a>)> {
        let Some(row) = self.row(row) else { return Vec::new() };
        let value = |(at, field): (usize, &Field)| {
            Some((at, value(field.kind, &row[field.from..field.to], self.decoder, unclear)?))
        };
        self.fields.iter().enumerate().filter_map(value).collect()
    }
}

fn value<'a>(kind: u8, bytes: &'a [u8], decoder: Decoder, unclear: &mut usize) -> Option<Value<'a>> {
    match kind {
        b'I' | b'+' if bytes.len() == 4 => {
            return bytes.try_into().ok().map(i32::from_le_bytes).map(i64::from).map(Value::Integer);
        }
        b'O' if bytes.len() == 8 => {
            let number = bytes.try_into().ok().map(f64::from_le_bytes)?;
            return number.is_finite().then_some(Value::Real(number));
        }
        b'Y' if bytes.len() == 8 => {
            let tenthousandths = bytes.try_into().ok().map(i64::from_le_bytes)?;
            #[expect(clippy::cast_precision_loss, reason = "sums of money are far below 2^53")]
            return Some(Value::Real(tenthousandths as f64 / 10_000.0));
        }
        _ => {}
    }
    let end = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |last| last + 1);
    let bytes = &bytes[..end];
    let plain = bytes.trim_ascii();
    if plain.is_empty() {
        return None;
    }
    let known = match kind {
        b'N' | b'F' => number(plain),
        b'D' => date(plain),
        b'L' => match plain[0] {
            b'T' | b't' | b'Y' | b'y' | b'J' | b'j' => Some(Value::Flag(true)),
            b'F' | b'f' | b'N' | b'n' => Some(Value::Flag(false)),
            b'?' => return None,
            _ => None,
        },
        _ => None,
    };
    // Stars fill a number that did not fit its field, zeros a date that is none.
    let is_null = (matches!(kind, b'N' | b'F') && plain.iter().all(|byte| *byte == b'*'))
        || (kind == b'D' && plain.iter().all(|byte| *byte == b'0'));
    if is_null {
        return None;
    }
    Some(known.unwrap_or_else(|| {
        let (text, is_unclear) = decoder.text(if kind == b'C' { bytes } else { plain });
        *unclear += usize::from(is_unclear);
        Value::Text(text)
    }))
}

fn number<'a>(plain: &[u8]) -> Option<Value<'a>> {
    let text = std::str::from_utf8(plain).ok()?;
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Integer(whole));
    }
    // Some programs write the decimal comma of their country.
    let real: f64 = text.replace(',', ".").parse().ok()?;
    real.is_finite().then_some(Value::Real(real))
}

fn date<'a>(plain: &[u8]) -> Option<Value<'a>> {
    let text = std::str::from_utf8(plain).ok().filter(|_| plain.len() == 8)?;
    let is_date = plain.iter().all(u8::is_ascii_digit) && text != "00000000";
    is_date.then(|| Value::Text(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).into()))
}

/// What is worth a remark about rows and shapes that are not as many.
pub(super) fn counted(table: &Table<'_>, shapes: usize) -> Vec<Message> {
    let (rows, claimed) = (table.len(), table.claimed);
    let mut notes = Vec::new();
    if rows < claimed {
        notes.push(Message::new(
            format!(
                "tabellen (.dbf) bryts av: den uppger {claimed} rader men har {rows}. Hämta filerna på nytt"
            ),
            format!(
                "the table (.dbf) breaks off: it claims {claimed} rows but has {rows}. Fetch the files again"
            ),
        ));
    }
    if rows < shapes {
        notes.push(Message::new(
            format!("{shapes} former men bara {rows} rader i tabellen (.dbf): de sista formerna har inga värden. Kontrollera att filerna hör ihop"),
            format!("{shapes} shapes but only {rows} rows in the table (.dbf): the last shapes have no values. Check that the files belong together"),
        ));
    }
    if rows > shapes {
        notes.push(Message::new(
            format!("{rows} rader i tabellen (.dbf) men bara {shapes} former: de sista raderna används inte. Kontrollera att filerna hör ihop"),
            format!("{rows} rows in the table (.dbf) but only {shapes} shapes: the last rows are not used. Check that the files belong together"),
        ));
    }
    if !table.unread.is_empty() {
        let names = table.unread.join(", ");
        notes.push(Message::new(
            format!("kolumner som inte läses (långa texter i en egen fil, bilder eller okända typer): {names}"),
            format!("columns that are not read (long texts in a file of their own, pictures or unknown types): {names}"),
        ));
    }
    notes
}
