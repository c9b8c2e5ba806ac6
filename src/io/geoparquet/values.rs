//! What do the values of a column mean? Numbers, truths, texts; days and times as ISO 8601 writes them.

use jiff::civil::{Date, Time, date};
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use crate::model::Entry;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As they are stored.
    Plain,
    Unsigned,
    Text,
    /// Geometries, which are read by themselves.
    Bytes,
    Half,
    Uuid,
    /// Whole numbers of tenths, hundredths …
    Decimal(i32),
    Day,
    /// A time of day, in so many to the second.
    Time(i64),
    /// A moment, in so many to the second; with the zone where it has one.
    Moment(i64, bool),
}

impl Kind {
    /// Of a column; `None` for one that is not read.
    pub fn of(column: &ColumnDescriptor) -> Option<Self> {
        let physical = column.physical_type();
        let by_type = match column.logical_type_ref() {
            Some(LogicalType::Integer(kind)) => {
                Some(if kind.is_signed { Self::Plain } else { Self::Unsigned })
            }
            Some(LogicalType::Decimal(kind)) => Some(Self::Decimal(kind.scale)),
            Some(LogicalType::Time(kind)) => Some(Self::Time(in_second(kind.unit))),
            Some(LogicalType::Timestamp(kind)) => {
                Some(Self::Moment(in_second(kind.unit), kind.is_adjusted_to_u_t_c))
            }
            Some(LogicalType::Date) => Some(Self::Day),
            Some(LogicalType::Uuid) => Some(Self::Uuid),
            Some(LogicalType::Float16) => Some(Self::Half),
            Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) => Some(Self::Text),
            Some(LogicalType::Unknown) | None => None,
            Some(_) => return None,
        };
        let kind = by_type.unwrap_or_else(|| older(column));
        let fits = match (kind, physical) {
            (Self::Plain, kind) => {
                !matches!(kind, Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY | Type::INT96)
            }
            (Self::Unsigned | Self::Decimal(_) | Self::Time(_), Type::INT32 | Type::INT64)
            | (Self::Decimal(_) | Self::Text, Type::BYTE_ARRAY)
            | (Self::Decimal(_) | Self::Half | Self::Uuid, Type::FIXED_LEN_BYTE_ARRAY)
            | (Self::Day, Type::INT32)
            | (Self::Moment(..), Type::INT64 | Type::INT96) => true,
            _ => false,
        };
        fits.then_some(kind)
    }
}

/// By what older files say of a column.
fn older(column: &ColumnDescriptor) -> Kind {
    match column.converted_type() {
        ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Kind::Text,
        ConvertedType::DECIMAL => Kind::Decimal(column.type_scale()),
        ConvertedType::DATE => Kind::Day,
        ConvertedType::TIME_MILLIS => Kind::Time(1000),
        ConvertedType::TIME_MICROS => Kind::Time(1_000_000),
        ConvertedType::TIMESTAMP_MILLIS => Kind::Moment(1000, true),
        ConvertedType::TIMESTAMP_MICROS => Kind::Moment(1_000_000, true),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
            Kind::Unsigned
        }
        _ if column.physical_type() == Type::INT96 => Kind::Moment(1_000_000_000, false),
        _ => Kind::Plain,
    }
}

const fn in_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Nothing,
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(String),
    Bytes(ByteArray),
    /// It is not what its column says.
    Bad,
}

impl Said {
    pub fn entry(&self) -> Option<Entry<'_>> {
        Some(match self {
            Self::Nothing | Self::Bad => return None,
            Self::Integer(number) => Entry::Integer(*number),
            Self::Real(number) => Entry::Real(*number),
            Self::Flag(flag) => Entry::Flag(*flag),
            Self::Text(text) => Entry::Text(text),
            Self::Bytes(bytes) => Entry::Text(std::str::from_utf8(bytes.data()).ok()?),
        })
    }

    /// Bytes that it stands for, whether they are shared or not.
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Text(text) => text.len() as u64,
            _ => 0,
        }
    }
}

/// The next rows of a column, no fewer.
pub(super) fn next(reader: &mut ColumnReader, kind: Kind, most_level: i16, rows: usize) -> Result<Vec<Said>> {
    match reader {
        ColumnReader::BoolColumnReader(reader) => taken(reader, most_level, rows, |flag| Said::Flag(*flag)),
        ColumnReader::Int32ColumnReader(reader) => taken(reader, most_level, rows, |number| match kind {
            Kind::Unsigned => Said::Integer(number.cast_unsigned().into()),
            _ => whole((*number).into(), kind),
        }),
        ColumnReader::Int64ColumnReader(reader) => {
            taken(reader, most_level, rows, |number| whole(*number, kind))
        }
        ColumnReader::Int96ColumnReader(reader) => {
            taken(reader, most_level, rows, |number| older_moment(*number))
        }
        ColumnReader::FloatColumnReader(reader) => {
            taken(reader, most_level, rows, |number| real((*number).into()))
        }
        ColumnReader::DoubleColumnReader(reader) => taken(reader, most_level, rows, |number| real(*number)),
        ColumnReader::ByteArrayColumnReader(reader) => {
            taken(reader, most_level, rows, |bytes| of_bytes(bytes, kind))
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            taken(reader, most_level, rows, |bytes: &FixedLenByteArray| of_bytes(bytes, kind))
        }
    }
}

fn taken<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    most_level: i16,
    rows: usize,
    said: impl Fn(&T::T) -> Said,
) -> Result<Vec<Said>> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (read, ..) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    if read != rows {
        return Err(ParquetError::EOF(format!("{read} values of {rows}")));
    }
    if most_level == 0 {
        return Ok(values.iter().map(said).collect());
    }
    let mut values = values.iter();
    let at = |level: &i16| {
        if *level < most_level { Said::Nothing } else { values.next().map_or(Said::Bad, &said) }
    };
    Ok(levels.iter().map(at).collect())
}

fn real(number: f64) -> Said {
    if number.is_finite() { Said::Real(number) } else { Said::Nothing }
}

#[expect(clippy::cast_precision_loss, reason = "beyond the whole numbers that are kept")]
fn whole(number: i64, kind: Kind) -> Said {
    match kind {
        Kind::Unsigned if number < 0 => Said::Real(number.cast_unsigned() as f64),
        Kind::Decimal(scale) => decimal(number.into(), scale),
        Kind::Day => text(day(number)),
        Kind::Time(in_second) => text(time(number, in_second).map(|time| time.to_string())),
        Kind::Moment(in_second, is_utc) => text(moment(number, in_second, is_utc)),
        _ => Said::Integer(number),
    }
}

fn text(text: Option<String>) -> Said {
    text.map_or(Said::Bad, Said::Text)
}

fn of_bytes(bytes: &ByteArray, kind: Kind) -> Said {
    let data = bytes.data();
    match kind {
        Kind::Bytes => Said::Bytes(bytes.clone()),
        Kind::Text if std::str::from_utf8(data).is_ok() => Said::Bytes(bytes.clone()),
        Kind::Decimal(scale) if (1..=16).contains(&data.len()) => {
            let sign = if data[0] & 0x80 == 0 { 0 } else { -1 };
            decimal(data.iter().fold(sign, |all: i128, byte| (all << 8) | i128::from(*byte)), scale)
        }
        Kind::Half => data.try_into().map_or(Said::Bad, |data| half(u16::from_le_bytes(data))),
        Kind::Uuid if data.len() == 16 => {
            let mut all = crate::io::input::hex(data);
            for at in [20, 16, 12, 8] {
                all.insert(at, '-');
            }
            Said::Text(all)
        }
        _ => Said::Bad,
    }
}

/// A number of so many decimals.
#[expect(clippy::cast_precision_loss, reason = "sixteen digits are kept")]
fn decimal(number: i128, scale: i32) -> Said {
    match (scale, i64::try_from(number)) {
        (0, Ok(number)) => Said::Integer(number),
        (0..=38, _) => real(number as f64 / 10f64.powi(scale)),
        _ => Said::Bad,
    }
}

/// A number of two bytes: a sign, five bits of exponent, ten of the rest.
fn half(bits: u16) -> Said {
    let (exponent, rest) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff) / 1024.0);
    let size = match exponent {
        0 => rest * 2f64.powi(-14),
        31 => return Said::Nothing,
        _ => (1.0 + rest) * 2f64.powi(exponent - 15),
    };
    real(if bits & 0x8000 == 0 { size } else { -size })
}

const FIRST_DAY: Date = date(1970, 1, 1);

fn day(days: i64) -> Option<String> {
    let span = Span::new().try_days(days).ok()?;
    Some(FIRST_DAY.checked_add(span).ok()?.to_string())
}

fn time(number: i64, in_second: i64) -> Option<Time> {
    let since = duration(number, in_second)?;
    Time::midnight().checked_add(since).ok().filter(|_| number >= 0)
}

fn moment(number: i64, in_second: i64, is_utc: bool) -> Option<String> {
    let moment = Timestamp::from_duration(duration(number, in_second)?).ok()?;
    Some(if is_utc { moment.to_string() } else { moment.to_zoned(TimeZone::UTC).datetime().to_string() })
}

fn duration(number: i64, in_second: i64) -> Option<SignedDuration> {
    let rest = number.rem_euclid(in_second) * (1_000_000_000 / in_second);
    Some(SignedDuration::new(number.div_euclid(in_second), i32::try_from(rest).ok()?))
}

/// A moment as the oldest files write it: nanoseconds of a day, and the day's Julian number.
fn older_moment(number: Int96) -> Said {
    const JULIAN_1970: i64 = 2_440_588;
    let &[low, high, day] = number.data() else { return Said::Bad };
    let nanos = i64::try_from(u64::from(high) << 32 | u64::from(low)).ok();
    let since = nanos.and_then(|nanos| {
        let days = SignedDuration::new((i64::from(day) - JULIAN_1970) * 86_400, 0);
        days.checked_add(SignedDuration::from_nanos(nanos))
    });
    let moment = since.and_then(|since| Timestamp::from_duration(since).ok());
    text(moment.map(|moment| moment.to_zoned(TimeZone::UTC).datetime().to_string()))
}
