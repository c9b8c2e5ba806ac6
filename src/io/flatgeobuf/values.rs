//! What does a feature of a `FlatGeobuf` say? The number of a column and its value, one after another.

use flatgeobuf::{ColumnType, Header};

use crate::model::Entry;

/// A column.
pub(super) struct Field {
    pub name: String,
    kind: ColumnType,
}

/// The bytes are not what the columns say.
pub(super) struct Damaged;

/// The columns that the header names.
pub(super) fn fields(header: &Header<'_>) -> Vec<Field> {
    let columns = header.columns().into_iter().flatten();
    columns.map(|column| Field { name: column.name().to_owned(), kind: column.type_() }).collect()
}

/// What a feature says, by column. Pictures and the like are passed
/// over.
pub(super) fn said<'a>(mut bytes: &'a [u8], fields: &[Field]) -> Result<Vec<(usize, Entry<'a>)>, Damaged> {
    let mut out = Vec::with_capacity(fields.len());
    // Some programs leave one byte behind the last value.
    while bytes.len() > 1 {
        let column = usize::from(u16::from_le_bytes(taken(&mut bytes)?));
        if let Some(entry) = value(fields.get(column).ok_or(Damaged)?.kind, &mut bytes)? {
            out.push((column, entry));
        }
    }
    Ok(out)
}

fn taken<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], Damaged> {
    let (value, rest) = bytes.split_first_chunk::<N>().ok_or(Damaged)?;
    *bytes = rest;
    Ok(*value)
}

/// Bytes behind their length.
fn run<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], Damaged> {
    let length = usize::try_from(u32::from_le_bytes(taken(bytes)?)).map_err(|_| Damaged)?;
    let (value, rest) = bytes.split_at_checked(length).ok_or(Damaged)?;
    *bytes = rest;
    Ok(value)
}

/// A value; nothing within where it says nothing that is used.
fn value<'a>(kind: ColumnType, bytes: &mut &'a [u8]) -> Result<Option<Entry<'a>>, Damaged> {
    let real = |number: f64| number.is_finite().then_some(Entry::Real(number));
    let whole = |number: i64| Some(Entry::Integer(number));
    Ok(match kind {
        ColumnType::Byte => whole(i8::from_le_bytes(taken(bytes)?).into()),
        ColumnType::UByte => whole(u8::from_le_bytes(taken(bytes)?).into()),
        ColumnType::Bool => Some(Entry::Flag(taken::<1>(bytes)? != [0])),
        ColumnType::Short => whole(i16::from_le_bytes(taken(bytes)?).into()),
        ColumnType::UShort => whole(u16::from_le_bytes(taken(bytes)?).into()),
        ColumnType::Int => whole(i32::from_le_bytes(taken(bytes)?).into()),
        ColumnType::UInt => whole(u32::from_le_bytes(taken(bytes)?).into()),
        ColumnType::Long => whole(i64::from_le_bytes(taken(bytes)?)),
        ColumnType::ULong => {
            let number = u64::from_le_bytes(taken(bytes)?);
            #[expect(clippy::cast_precision_loss, reason = "beyond the whole numbers that are kept")]
            i64::try_from(number).map_or_else(|_| real(number as f64), whole)
        }
        ColumnType::Float => real(f32::from_le_bytes(taken(bytes)?).into()),
        ColumnType::Double => real(f64::from_le_bytes(taken(bytes)?)),
        ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
            Some(Entry::Text(std::str::from_utf8(run(bytes)?).map_err(|_| Damaged)?))
        }
        ColumnType::Binary => run(bytes).map(|_| None)?,
        _ => return Err(Damaged),
    })
}
