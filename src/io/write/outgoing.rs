//! What of a layer goes out? Its columns with their types, its rows in the order of the source, its shapes in the system
//! that is asked for. Does not know formats.

use std::collections::BTreeMap;

use geo::MapCoordsInPlace as _;
use rayon::prelude::*;

use crate::geometry::{Crs, LonLat, Reprojection};
use crate::io::content::stem;
use crate::io::open::Loaded;
use crate::model::{Column, Entry, Feature, FeatureTable, Message, free_name};

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    pub rows: usize,
    /// Of these, rows without a place.
    pub without_place: usize,
    /// Rows that are not written, by reason.
    pub refused: BTreeMap<&'static str, usize>,
    pub crs: Crs,
    /// What the file says otherwise than its source, and why.
    pub notes: Vec<Message>,
}

/// The type of a column's values, as a format with types needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Real,
    Boolean,
    /// Days as ISO 8601 writes them, and nothing more.
    Date,
    /// Moments in UTC, as ISO 8601 writes them.
    Moment,
    Text,
    /// Of several types, or lists and objects: written as texts.
    Mixed,
}

/// A column that goes out.
pub struct Field<'a> {
    pub name: String,
    pub kind: Kind,
    values: Values<'a>,
}

/// Where a column's values are.
enum Values<'a> {
    /// Of rows with a place, and of those without.
    Columns(Option<&'a Column>, Option<&'a Column>),
    /// The ids that features have beside their columns.
    Ids,
}

/// A row that goes out.
pub struct OutRow<'a> {
    pub id: Option<&'a str>,
    /// In the system of the file; nothing for a row that stands nowhere.
    pub shape: Option<geo::Geometry>,
    /// The point that stands for it, in the system of the file.
    pub point: Option<(f64, f64)>,
    row: u32,
}

/// A table that was made here and comes from no file: its shapes are in SWEREF 99 TM already, and a row that has none
/// stands nowhere.
#[derive(Debug)]
pub struct PlaneTable {
    /// What its shapes are, as GeoPackage calls them, where no row has one.
    pub kind: &'static str,
    pub columns: Vec<Column>,
    /// By row.
    pub shapes: Vec<Option<geo::Geometry>>,
}

/// A layer on its way out.
pub struct Outgoing<'a> {
    pub name: String,
    pub crs: Crs,
    pub fields: Vec<Field<'a>>,
    pub rows: Vec<OutRow<'a>>,
    pub notes: Vec<Message>,
    /// What the shapes are where no row has one.
    pub kind_of_none: &'static str,
    refused: BTreeMap<&'static str, usize>,
    /// Rows without a place, by the reason for which no analysis uses them.
    nowhere: BTreeMap<&'static str, usize>,
    /// Ids stand in no column.
    has_own_ids: bool,
}

impl<'a> Outgoing<'a> {
    pub fn new(loaded: &'a Loaded, crs: Crs) -> Self {
        let table = &loaded.table;
        let file = loaded.source.name();
        let mut refused = table.report.refused_by_reason();
        // Rows without a place are not used, but written.
        let mut nowhere = BTreeMap::new();
        for kept in table.report.refused.iter().filter(|refused| refused.reason.is_placeless()) {
            *nowhere.entry(kept.reason.code()).or_insert(0) += 1;
            if let Some(count) = refused.get_mut(kept.reason.code()) {
                *count = count.saturating_sub(1);
            }
        }
        let rows = rows(loaded, crs);
        if rows.lost > 0 {
            *refused.entry("outside_area_of_use").or_insert(0) += rows.lost;
        }
        refused.retain(|_, count| *count > 0);
        let mut outgoing = Self {
            name: loaded.source.part.clone().unwrap_or_else(|| stem(&file).to_owned()),
            crs,
            fields: Vec::new(),
            has_own_ids: has_own_ids(table),
            rows: rows.rows,
            notes: Vec::new(),
            kind_of_none: "GEOMETRY",
            refused,
            nowhere,
        };
        outgoing.fields = fields(table);
        outgoing.tell_kinds();
        outgoing
    }

    /// A table that was made here.
    pub fn in_plane(name: &str, table: &'a mut PlaneTable) -> Self {
        let PlaneTable { kind, columns, shapes } = table;
        let row = |(row, shape)| OutRow { id: None, shape, point: None, row };
        let field = |column: &'a Column| Field {
            name: column.name.clone(),
            kind: Kind::Text,
            values: Values::Columns(Some(column), Some(column)),
        };
        let mut outgoing = Self {
            name: name.to_owned(),
            crs: Crs::Sweref99Tm,
            fields: columns.iter().map(field).collect(),
            has_own_ids: false,
            rows: (0..).zip(shapes.drain(..)).map(row).collect(),
            notes: Vec::new(),
            kind_of_none: kind,
            refused: BTreeMap::new(),
            nowhere: BTreeMap::new(),
        };
        outgoing.tell_kinds();
        outgoing
    }

    fn tell_kinds(&mut self) {
        for at in 0..self.fields.len() {
            self.fields[at].kind = self.kind(at);
        }
    }

    /// The value of a row in a column.
    pub fn value<'r>(&'r self, row: &OutRow<'r>, field: usize) -> Option<Entry<'r>> {
        match self.fields[field].values {
            Values::Columns(placed, placeless) => {
                let column = if row.shape.is_some() { placed } else { placeless };
                column?.entry(row.row)
            }
            Values::Ids => row.id.map(Entry::Text),
        }
    }

    /// The id of a row, where it stands in no column.
    pub fn id<'r>(&self, row: &OutRow<'r>) -> Option<&'r str> {
        row.id.filter(|_| self.has_own_ids)
    }

    /// Writes the ids of features beside their columns too, where they stand in one.
    pub fn with_ids(&mut self) {
        self.has_own_ids = true;
    }

    /// Rows that the system of the file has no coordinates for.
    pub fn lost(&self) -> usize {
        self.refused.values().sum()
    }

    /// Puts ids that stand in no column into one, for formats that know only columns.
    pub fn ids_as_column(&mut self) {
        if !self.has_own_ids {
            return;
        }
        let name = self.free_name("id");
        self.fields.insert(0, Field { name, kind: Kind::Text, values: Values::Ids });
        self.has_own_ids = false;
    }

    /// Leaves out rows without a place, for a format that has no room for them, and says it.
    pub fn only_placed(&mut self) {
        self.rows.retain(|row| row.shape.is_some());
        let left_out: usize = self.nowhere.values().sum();
        if left_out == 0 {
            return;
        }
        for (reason, count) in std::mem::take(&mut self.nowhere) {
            *self.refused.entry(reason).or_insert(0) += count;
        }
        self.notes.push(Message::new(
            "rader utan plats skrivs inte i det här formatet. Skriv .gpkg, .geojson, .csv eller .xlsx för att få med dem",
            "rows without a place are not written in this format. Write .gpkg, .geojson, .csv or .xlsx to keep them",
        ));
    }

    /// A name that no column has, whatever its case: the one wanted, else with a number behind.
    pub fn free_name(&self, wanted: &str) -> String {
        free_name(wanted, |name| self.fields.iter().any(|field| same_name(&field.name, name)))
    }

    /// Says of columns of several types that they are written as texts.
    pub fn note_mixed(&mut self) {
        let mixed = self.fields.iter().filter(|field| field.kind == Kind::Mixed);
        let names = mixed.map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
        if !names.is_empty() {
            self.notes.push(Message::new(
                format!("kolumner med värden av flera typer skrivs som text: {names}"),
                format!("columns with values of several types are written as text: {names}"),
            ));
        }
    }

    /// Gives columns names that differ by more than case, and a name to those without.
    pub fn distinct_names(&mut self) {
        for at in 0..self.fields.len() {
            let name = self.fields[at].name.clone();
            let is_used = self.fields[..at].iter().any(|field| same_name(&field.name, &name));
            if !is_used && !name.is_empty() {
                continue;
            }
            let stem = if name.is_empty() { format!("column_{}", at + 1) } else { name.clone() };
            let new = self.free_name(&stem);
            self.notes.push(Message::new(
                format!("kolumnen ”{name}” heter ”{new}” i filen: formatet skiljer inte på stora och små bokstäver"),
                format!("the column “{name}” is called “{new}” in the file: the format does not tell capitals from small letters"),
            ));
            self.fields[at].name = new;
        }
    }

    /// What became of the rows.
    pub fn written(self) -> Written {
        Written {
            rows: self.rows.len(),
            without_place: self.rows.iter().filter(|row| row.shape.is_none()).count(),
            refused: self.refused,
            crs: self.crs,
            notes: self.notes,
        }
    }

    /// The type of all values of a column together.
    fn kind(&self, field: usize) -> Kind {
        let entries = || self.rows.iter().filter_map(|row| self.value(row, field));
        let mut seen: Option<Kind> = None;
        for entry in entries() {
            let kind = kind_of(entry, seen);
            seen = Some(match seen {
                None => kind,
                Some(seen) => joined(seen, kind),
            });
            if seen == Some(Kind::Mixed) {
                break;
            }
        }
        let has_huge = || entries().any(|entry| matches!(entry, Entry::Integer(n) if n.abs() > EXACT));
        match seen {
            // A whole number that no real number holds exactly stays what it is.
            Some(Kind::Real) if has_huge() => Kind::Mixed,
            seen => seen.unwrap_or(Kind::Text),
        }
    }
}

/// What a column of the source wants to be called where its name is needed for another.
#[must_use]
pub fn source_name(name: &str) -> String {
    format!("{name}_source")
}

/// Whole numbers to here are exact as real numbers.
pub const EXACT: i64 = 1 << 53;

/// Are two names one where case does not matter?
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// What an entry is, beside what was seen: texts are looked at as days only while all were.
fn kind_of(entry: Entry<'_>, seen: Option<Kind>) -> Kind {
    match entry {
        Entry::Integer(_) => Kind::Integer,
        Entry::Real(_) => Kind::Real,
        Entry::Flag(_) => Kind::Boolean,
        Entry::Text(_) if seen == Some(Kind::Text) => Kind::Text,
        Entry::Text(text) if is_date(text) => Kind::Date,
        Entry::Text(text) if is_moment(text) => Kind::Moment,
        Entry::Text(_) => Kind::Text,
        Entry::Other(_) => Kind::Mixed,
    }
}

fn joined(a: Kind, b: Kind) -> Kind {
    let is_number = |kind| matches!(kind, Kind::Integer | Kind::Real);
    let is_text = |kind| matches!(kind, Kind::Text | Kind::Date | Kind::Moment);
    if a == b {
        a
    } else if is_number(a) && is_number(b) {
        Kind::Real
    } else if is_text(a) && is_text(b) {
        Kind::Text
    } else {
        Kind::Mixed
    }
}

/// `YYYY-MM-DD`, a day that there is.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.parse::<jiff::civil::Date>().is_ok()
}

/// `YYYY-MM-DDTHH:MM:SS[.mmm]Z`, a moment that there is.
fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    let is_time = matches!(time.len(), 9 | 13) && time.as_bytes()[2] == b':' && time.ends_with('Z');
    is_date(day) && is_time && text.parse::<jiff::Timestamp>().is_ok()
}

/// A value as a text, for columns of several types and files of text.
pub fn as_text(entry: Entry<'_>) -> std::borrow::Cow<'_, str> {
    match entry {
        Entry::Text(text) => text.into(),
        other => other.to_value().to_string().into(),
    }
}

/// The columns of rows with and without a place, in the order of the file.
fn fields(table: &FeatureTable) -> Vec<Field<'_>> {
    let of_placeless = |name: &str| table.placeless.columns.iter().find(|column| column.name == name);
    let field = |column: &str, placed, placeless| Field {
        name: column.to_owned(),
        kind: Kind::Text,
        values: Values::Columns(placed, placeless),
    };
    let placed =
        table.columns.iter().map(|column| field(&column.name, Some(column), of_placeless(&column.name)));
    let only_placeless = table.placeless.columns.iter().filter(|column| table.column(&column.name).is_none());
    placed.chain(only_placeless.map(|column| field(&column.name, None, Some(column)))).collect()
}

/// Do features have ids that stand in no column?
#[must_use]
pub fn has_own_ids(table: &FeatureTable) -> bool {
    let says = |column: &Column, feature: &Feature| {
        column.entry(feature.row).map(as_text).as_deref() == feature.id.as_deref()
    };
    let with_id = || table.features.iter().filter(|feature| feature.id.is_some());
    with_id().next().is_some()
        && !table.columns.iter().any(|column| with_id().all(|feature| says(column, feature)))
}

struct Rows<'a> {
    rows: Vec<OutRow<'a>>,
    /// Rows that the system of the file has no coordinates for.
    lost: usize,
}

/// All rows in the order of the source.
fn rows(loaded: &Loaded, crs: Crs) -> Rows<'_> {
    let table = &loaded.table;
    let placed: Vec<(u32, Option<OutRow<'_>>)> = table
        .features
        .par_iter()
        .map_init(
            || Taking::new(loaded.source.crs, crs),
            |taking, feature| (feature.number, taking.row(feature)),
        )
        .collect();
    let lost = placed.iter().filter(|(_, row)| row.is_none()).count();
    let placed = placed.into_iter().filter_map(|(number, row)| Some((number, row?)));
    let placeless =
        table.placeless.rows.iter().map(|row| {
            (row.number, OutRow { id: row.id.as_deref(), shape: None, point: None, row: row.row })
        });
    let mut all: Vec<(u32, OutRow<'_>)> = placed.chain(placeless).collect();
    all.sort_by_key(|(number, _)| *number);
    Rows { rows: all.into_iter().map(|(_, row)| row).collect(), lost }
}

/// Takes shapes into the system of the file.
struct Taking {
    from: Crs,
    to: Crs,
    reprojection: Reprojection,
}

impl Taking {
    fn new(from: Crs, to: Crs) -> Self {
        Self { from, to, reprojection: Reprojection::new(to) }
    }

    fn row<'a>(&self, feature: &'a Feature) -> Option<OutRow<'a>> {
        let point = self.point(feature)?;
        let shape = match &feature.shape {
            None => geo::Point::new(point.0, point.1).into(),
            Some(shape) => {
                let (mut shape, complete) = (shape.as_ref().clone(), std::cell::Cell::new(true));
                shape.map_coords_in_place(|c| {
                    let taken = self.taken(LonLat::new(c.x, c.y));
                    complete.set(complete.get() && taken.is_some());
                    taken.map_or(c, |(x, y)| geo::Coord { x, y })
                });
                complete.get().then_some(shape)?
            }
        };
        Some(OutRow { id: feature.id.as_deref(), shape: Some(shape), point: Some(point), row: feature.row })
    }

    fn point(&self, feature: &Feature) -> Option<(f64, f64)> {
        // The plane's numbers are the file's own.
        if self.from == self.to && self.to == Crs::Sweref99Tm && feature.shape.is_none() {
            return Some((feature.point.e, feature.point.n));
        }
        self.taken(feature.place)
    }

    fn taken(&self, place: LonLat) -> Option<(f64, f64)> {
        let (x, y) = self.reprojection.source_from_wgs84(place)?;
        Some((self.rounded(x), self.rounded(y)))
    }

    /// What the way through degrees and the projection add is not written: 1 µm where the system is the source's, so that
    /// whole metres stay whole; a millimetre, or a centimetre in degrees, where it is another.
    fn rounded(&self, value: f64) -> f64 {
        let is_same = self.from == self.to || (self.from.is_wgs84_degrees() && self.to.is_wgs84_degrees());
        let scale = match (self.to.is_degrees(), is_same) {
            (true, true) => return value,
            (true, false) => 1e7,
            (false, true) => 1e6,
            (false, false) => 1e3,
        };
        // Adding zero makes of -0 what it is.
        (value * scale).round() / scale + 0.0
    }
}
