//! Which rows meet, and what does the layer get from them? Nothing is taken from a row that cannot be told from another;
//! numbers of a row that several share are spread over them, never repeated.

use std::collections::BTreeSet;

use super::keys::{ByKey, by_key, found};
use super::rows::{Both, Rows, is_area};
use super::towns::Municipalities;

use crate::lang::{Lang, Said as _};
use crate::model::recognise::{folded, written_number};
use crate::model::{
    Added, Entry, FeatureTable, Gives, Join, Joined, Key, Message, Pair, Refused, Sharing, TableBuilder,
    Unmet, Why, free_name,
};
use crate::progress::{Cancelled, Progress};
use crate::say;

/// Rows that are listed one by one; what is beyond is counted.
const LISTED: usize = 5_000;

/// Two tables, and by what they meet.
pub struct Meeting<'a> {
    /// Its position among the joins of the reading.
    pub nth: usize,
    pub join: &'a Join,
    pub progress: &'a dyn Progress,
    /// What the other table is called, and which it is.
    pub table: String,
    pub sha256: String,
    pub date: Option<String>,
    pub towns: Municipalities<'a>,
    /// The column of the layer that counts its people: what is shared is spread by it.
    pub people: Option<String>,
}

/// Why two tables are not joined.
pub enum JoinFault {
    /// What is to be done about it.
    Unfit(Message),
    Cancelled(Cancelled),
}

impl From<Message> for JoinFault {
    fn from(message: Message) -> Self {
        Self::Unfit(message)
    }
}

impl From<Cancelled> for JoinFault {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// The columns of a table, whether its rows stand somewhere or not.
#[must_use]
pub fn columns_of_both(table: &FeatureTable) -> Vec<String> {
    Rows::all(table).names().map(str::to_owned).collect()
}

/// Adds to a layer what another table says of its rows.
///
/// # Errors
/// [`JoinFault`] when a column is missing, no columns are found by which the tables meet, or when cancelled.
pub fn joined(
    own: &mut FeatureTable,
    other: &FeatureTable,
    meeting: &Meeting<'_>,
) -> Result<Joined, JoinFault> {
    let join = meeting.join;
    let gives_places = join.gives == Gives::Places;
    let met = {
        let asking = Rows { table: own, has_placed: !gives_places, has_placeless: gives_places };
        let giving = Rows { table: other, has_placed: true, has_placeless: !gives_places };
        meet(&asking, &giving, meeting)?
    };
    let columns = match &join.gives {
        Gives::Places => {
            place(own, other, &met);
            Vec::new()
        }
        Gives::Columns(wanted) => add(own, other, &met, wanted, meeting)?,
    };
    let is_unread = |refused: &&Refused| !refused.reason.is_placeless();
    Ok(Joined {
        nth: meeting.nth,
        table_columns: columns_of_both(other),
        repeated: met.repeated,
        refused: other.report.refused.iter().filter(is_unread).count(),
        table: meeting.table.clone(),
        sha256: meeting.sha256.clone(),
        date: meeting.date.clone(),
        by: met.by,
        gives: join.gives.clone(),
        asked: met.other_of.len(),
        met: met.other_of.iter().flatten().count(),
        rows: met.rows,
        rows_met: met.other_of.iter().flatten().collect::<BTreeSet<_>>().len(),
        without: met.without,
        left: met.left,
        columns,
    })
}

/// Which row of the other table each of the layer's meets.
struct Met {
    by: Vec<Pair>,
    other_of: Vec<Option<usize>>,
    /// Does no row of the other table say the same?
    has_none: Vec<bool>,
    /// Rows of the other table.
    rows: usize,
    /// Of them, those that say the same as another that is met.
    repeated: usize,
    without: Vec<Unmet>,
    left: Vec<Unmet>,
}

fn meet(own: &Rows<'_>, other: &Rows<'_>, meeting: &Meeting<'_>) -> Result<Met, JoinFault> {
    let by = if meeting.join.by.is_empty() {
        found(own, other, &meeting.join.gives, &meeting.towns, meeting.progress)?
            .map_err(|tried| nothing_in_common(own, other, &tried))?
    } else {
        has_columns(own, other, &meeting.join.by)?;
        meeting.join.by.clone()
    };
    let areas: Vec<bool> = by.iter().map(|pair| is_area(&pair.own) || is_area(&pair.other)).collect();
    let of_own: Vec<&Key> = by.iter().map(|pair| &pair.own).collect();
    let of_other: Vec<&Key> = by.iter().map(|pair| &pair.other).collect();
    let own_keys = own.keys(&of_own, &areas, &meeting.towns);
    let other_keys = other.keys(&of_other, &areas, &meeting.towns);
    let others = by_key(&other_keys);
    let is_place = meeting.join.gives == Gives::Places;
    let told_apart = |(key, rows): (String, Vec<usize>)| {
        let is_one = if is_place { one_place(other, &rows) } else { same_values(other, &rows, &of_other) };
        (key, if is_one { vec![rows[0]] } else { rows })
    };
    let told: ByKey = others.into_iter().map(told_apart).collect();
    let mut asked: rustc_hash::FxHashSet<&str> = rustc_hash::FxHashSet::default();
    let mut other_of = Vec::with_capacity(own_keys.len());
    let mut has_none = Vec::with_capacity(own_keys.len());
    let mut without = Vec::new();
    for (row, key) in own_keys.iter().enumerate() {
        let rows = key.as_deref().and_then(|key| told.get(key));
        asked.extend(key.as_deref());
        other_of.push(rows.filter(|rows| rows.len() == 1).map(|rows| rows[0]));
        has_none.push(key.is_some() && rows.is_none());
        let why = match (key, rows) {
            (None, _) => Why::NoKey,
            (Some(_), None) => Why::NoneSuch,
            (Some(_), Some(rows)) if rows.len() > 1 => Why::Several(rows.len()),
            _ => continue,
        };
        list(&mut without, own, row, &of_own, why);
    }
    let (mut left, mut repeated) = (Vec::new(), 0);
    for (row, key) in other_keys.iter().enumerate() {
        let why = match key.as_deref() {
            None => Why::NoKey,
            Some(key) if !asked.contains(key) => Why::NoneSuch,
            Some(key) => match told.get(key).map(Vec::as_slice).unwrap_or_default() {
                [first] => {
                    repeated += usize::from(*first != row);
                    continue;
                }
                rows => Why::Several(rows.len()),
            },
        };
        list(&mut left, other, row, &of_other, why);
    }
    Ok(Met { rows: other.len(), repeated, by, other_of, has_none, without, left })
}

fn list(all: &mut Vec<Unmet>, rows: &Rows<'_>, row: usize, by: &[&Key], why: Why) {
    if all.len() >= LISTED {
        return;
    }
    let shown = |key: &&Key| match key {
        Key::Column(name) => rows.entry(&rows.column(name), row).map(Entry::text).unwrap_or_default(),
        Key::MunicipalityOfPlace => String::new(),
    };
    let key = by.iter().map(shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    all.push(Unmet { number: rows.number(row), key, why, place: rows.place(row) });
}

/// Do rows of one key stand within a kilometre of each other? They are one place then.
fn one_place(rows: &Rows<'_>, all: &[usize]) -> bool {
    const ONE_PLACE_M: f64 = 1_000.0;
    let points: Vec<_> = all.iter().filter_map(|row| rows.point(*row)).collect();
    let Some(first) = points.first() else { return false };
    points.iter().all(|point| (point.e - first.e).hypot(point.n - first.n) <= ONE_PLACE_M)
}

/// Do rows of one key say the same in all columns?
fn same_values(rows: &Rows<'_>, all: &[usize], by: &[&Key]) -> bool {
    let [first, others @ ..] = all else { return false };
    let is_key = |name: &str| by.iter().any(|key| matches!(key, Key::Column(own) if own == name));
    others.is_empty()
        || rows.names().filter(|name| !is_key(name)).all(|name| {
            let column = rows.column(name);
            let value = rows.entry(&column, *first);
            others.iter().all(|row| rows.entry(&column, *row) == value)
        })
}

fn has_columns(own: &Rows<'_>, other: &Rows<'_>, by: &[Pair]) -> Result<(), Message> {
    for (rows, key) in by.iter().flat_map(|pair| [(own, &pair.own), (other, &pair.other)]) {
        let Key::Column(name) = key else { continue };
        if !rows.names().any(|known| known == name) {
            return Err(no_column(name, rows));
        }
    }
    Ok(())
}

fn no_column(name: &str, rows: &Rows<'_>) -> Message {
    let names = rows.names().collect::<Vec<_>>().join(", ");
    Message::new(
        format!("kolumnen ”{name}” finns inte. Kolumnerna är: {names}"),
        format!("there is no column “{name}”. The columns are: {names}"),
    )
}

fn nothing_in_common(own: &Rows<'_>, other: &Rows<'_>, tried: &[Vec<Pair>]) -> Message {
    let why = |lang: Lang| {
        let said = |pairs: &Vec<Pair>| {
            let pairs = pairs.iter().map(|pair| pair.said(lang)).collect::<Vec<_>>();
            pairs.join(lang.pick(" och ", " and "))
        };
        let tried = tried.iter().map(said).collect::<Vec<_>>().join("; ");
        if tried.is_empty() {
            return lang
                .pick("ingen kolumn känns igen som gemensam", "no column is recognised as common to both")
                .into();
        }
        say!(
            lang,
            "inga rader möts entydigt (prövat: {tried})",
            "no rows meet without doubt (tried: {tried})"
        )
    };
    let [own, other] = [own, other].map(|rows| rows.names().collect::<Vec<_>>().join(", "));
    let (sv, en) = (why(Lang::Sv), why(Lang::En));
    Message::new(
        format!(
            "{sv}. Ange vilka två som säger samma sak (--join-by, --places-by). Lagrets kolumner: {own}. Tabellens: {other}"
        ),
        format!(
            "{en}. Say which two mean the same (--join-by, --places-by). Columns of the layer: {own}. Of the table: {other}"
        ),
    )
}

/// Gives rows that stand nowhere the places of the rows they meet.
fn place(own: &mut FeatureTable, other: &FeatureTable, met: &Met) {
    let placed = met.other_of.iter().enumerate().filter_map(|(row, of)| {
        let at = other.features.get((*of)?)?;
        Some((row, at.place, at.point))
    });
    let placed: Vec<_> = placed.collect();
    own.give_places(&placed);
}

/// Adds columns, and tells what their numbers add up to.
fn add(
    own: &mut FeatureTable,
    other: &FeatureTable,
    met: &Met,
    wanted: &[String],
    meeting: &Meeting<'_>,
) -> Result<Vec<Added>, JoinFault> {
    let giving = Rows::all(other);
    let is_key =
        |name: &str| met.by.iter().any(|pair| matches!(&pair.other, Key::Column(key) if key == name));
    let names: Vec<&str> = if wanted.is_empty() {
        giving.names().filter(|name| !is_key(name)).collect()
    } else {
        let known = |name: &String| {
            giving.names().find(|known| known == name).ok_or_else(|| no_column(name, &giving))
        };
        wanted.iter().map(known).collect::<Result<_, _>>()?
    };
    if let Some(by) = meeting.join.spread_by.as_ref().filter(|by| own.column(by).is_none()) {
        return Err(no_column(by, &Rows::all(own)).into());
    }
    let by = meeting.join.spread_by.as_ref().or(meeting.people.as_ref());
    let shares = Shares::new(own, met, giving.len(), by.map(String::as_str));
    let mut builder = TableBuilder::default();
    let mut added = Vec::new();
    for name in names {
        meeting.progress.check()?;
        let column = giving.column(name);
        let numbers = numbers_of(&giving, &column).filter(|_| is_count(name));
        let sharing = match (&shares.by, &numbers) {
            _ if !shares.is_shared || is_name(name) => Sharing::No,
            (Some(by), Some(_)) => Sharing::SpreadBy(by.clone()),
            // Numbers among words, or that can be read in two ways, are not divided.
            (_, None) if !has_numbers(&giving, &column) => Sharing::No,
            _ => Sharing::Repeated,
        };
        let called = own_name(own, name, &meeting.table);
        let at = builder.column(&called);
        let mut here = 0.0;
        for ((feature, of), has_none) in own.features.iter().zip(&met.other_of).zip(&met.has_none) {
            let entry = of.and_then(|row| giving.entry(&column, row));
            let number = of.and_then(|row| *numbers.as_ref()?.get(row)?);
            let entry = match (entry, number) {
                (Some(_), Some(number)) if matches!(sharing, Sharing::SpreadBy(_)) => {
                    Some(Entry::Real(number * shares.of(feature.row)))
                }
                (None, _) if *has_none && meeting.join.absent_is_zero && numbers.is_some() => {
                    Some(Entry::Integer(0))
                }
                (entry, _) => entry,
            };
            let Some(entry) = entry else { continue };
            here += entry.number().or(number).unwrap_or(0.0);
            builder.count(at, entry.number().is_some(), || entry.text());
            builder.put(at, feature.row, entry);
        }
        let sums = numbers.map(|all| (all.iter().flatten().sum(), here));
        added.push(Added { name: called, sums, sharing });
    }
    own.add_columns(builder.finish());
    Ok(added)
}

/// The numbers of a column by row, if every value of it is one that is clear.
fn numbers_of(rows: &Rows<'_>, column: &Both<'_>) -> Option<Vec<Option<f64>>> {
    let mut numbers = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        numbers.push(match rows.entry(column, row) {
            None => None,
            Some(Entry::Text(text)) if text.trim().is_empty() => None,
            Some(entry) => Some(number_of(entry)?),
        });
    }
    numbers.iter().any(Option::is_some).then_some(numbers)
}

fn number_of(entry: Entry<'_>) -> Option<f64> {
    let number = match entry {
        Entry::Text(text) => written_number(text).filter(|number| !number.is_ambiguous)?.value,
        entry => entry.number()?,
    };
    number.is_finite().then_some(number)
}

fn has_numbers(rows: &Rows<'_>, column: &Both<'_>) -> bool {
    (0..rows.len()).any(|row| match rows.entry(column, row) {
        Some(Entry::Text(text)) => written_number(text).is_some(),
        entry => entry.and_then(Entry::number).is_some(),
    })
}

/// Does a column count something that can be divided? Not by its name a code, a rate, a mean, a time, a length or a place.
/// A number of years beside other words is an age: `65 år och äldre` counts people.
fn is_count(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "år", "ar", "year", "x", "y", "e", "n", "m", "km", "min", "max", "lat", "lon", "rank", "rang",
        "grad", "minuter", "month",
    ];
    const WORDS: [&str; 17] = [
        "kod", "code", "id", "nr", "nummer", "number", "procent", "percent", "pct", "rate", "mean",
        "average", "median", "density", "index", "per", "share",
    ];
    const PARTS: [&str; 16] = [
        "medel", "median", "snitt", "andel", "kvot", "procent", "täthet", "tathet", "avstånd", "avstand",
        "restid", "index", "distance", "average", "percent", "%",
    ];
    const ENDINGS: [&str; 9] = ["kod", "nummer", "sats", "grad", "ålder", "datum", "date", "_km", "_min"];
    let name = folded(name);
    let is_word = |word: &str| WORDS.contains(&word);
    !NAMES.contains(&name.as_str())
        && !PARTS.iter().any(|part| name.contains(part))
        && !name.split(|sign: char| !sign.is_alphanumeric()).any(is_word)
        && !ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Does a column name something by a number: a code, a year?
fn is_name(name: &str) -> bool {
    const WORDS: [&str; 6] = ["kod", "code", "id", "nr", "nummer", "number"];
    let name = folded(name);
    let last = name.rsplit(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    name.ends_with("kod") || WORDS.contains(&last) || ["år", "year"].contains(&name.as_str())
}

/// How rows of the layer that meet the same row share its numbers.
struct Shares {
    /// Some do.
    is_shared: bool,
    /// The column by which they do; none where nothing tells how.
    by: Option<String>,
    /// By row of the layer.
    by_row: rustc_hash::FxHashMap<u32, f64>,
}

impl Shares {
    fn new(own: &FeatureTable, met: &Met, rows: usize, by: Option<&str>) -> Self {
        let mut count = vec![0_u32; rows];
        met.other_of.iter().flatten().for_each(|row| count[*row] += 1);
        let is_shared = count.iter().any(|count| *count > 1);
        let Some(column) = by.and_then(|name| own.column(name)).filter(|_| is_shared) else {
            return Self { is_shared, by: None, by_row: rustc_hash::FxHashMap::default() };
        };
        let weight = |row: u32| {
            let number = match column.entry(row) {
                Some(Entry::Text(text)) => written_number(text).map(|number| number.value),
                entry => entry.and_then(Entry::number),
            };
            number.filter(|number| number.is_finite() && *number > 0.0).unwrap_or(0.0)
        };
        let mut sums = vec![0.0; rows];
        let pairs =
            || own.features.iter().zip(&met.other_of).filter_map(|(feature, of)| Some((feature.row, (*of)?)));
        pairs().for_each(|(row, of)| sums[of] += weight(row));
        let share = |(row, of): (u32, usize)| {
            // Where nobody lives it is divided evenly rather than lost.
            let share = if sums[of] > 0.0 { weight(row) / sums[of] } else { 1.0 / f64::from(count[of]) };
            (row, share)
        };
        Self { is_shared, by: by.map(str::to_owned), by_row: pairs().map(share).collect() }
    }

    fn of(&self, row: u32) -> f64 {
        self.by_row.get(&row).copied().unwrap_or(1.0)
    }
}

/// A name that no column of the layer bears: where it is borne, with the table's behind.
fn own_name(own: &FeatureTable, name: &str, table: &str) -> String {
    let is_taken = |name: &str| own.columns.iter().any(|column| folded(&column.name) == folded(name));
    if is_taken(name) { free_name(&format!("{name} ({table})"), is_taken) } else { name.to_owned() }
}
