//! Which tables of results lie in a project file, for QGIS and whoever else opens it, and are they those of the project as
//! it is saved? What is the same is left alone; what others put into the file stays theirs. Does not know what results are.

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};

use super::layer_styles::{self, TableStyle};
use super::meta;
use super::trouble::Trouble;
use crate::io::IoError;
use crate::io::gpkg::quoted;
use crate::io::input::hex;
use crate::io::write::{Listed, Outgoing, PlaneTable, TextTable, put_features, put_texts, update_features};
use crate::progress::Progress;

/// A table of results that is to lie in a project file.
pub struct ResultTable<'a> {
    /// What it is called, unless a table of somebody else is called so.
    pub name: &'static str,
    /// What it holds, for people.
    pub description: String,
    pub digest: TableDigest,
    pub content: Content<'a>,
    pub styles: Vec<TableStyle>,
}

/// Names everything that a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDigest {
    /// Its columns and its shapes.
    pub frame: String,
    /// What its rows say: of each [`PART_ROWS`] of them.
    pub parts: Vec<String>,
}

/// So many rows are written together where others of the table stay.
pub const PART_ROWS: usize = 2048;

/// Makes rows of a table.
pub type Make<'a> = Box<dyn Fn(&[usize]) -> PlaneTable + 'a>;

/// What a table holds: made only where the file has something else.
pub enum Content<'a> {
    /// How many rows, and what makes those of these numbers, ascending from 0.
    Features(usize, Make<'a>),
    /// Without places: a name and what it is.
    Texts(Vec<[String; 2]>),
}

/// The tables of results of a project.
pub struct ResultTables<'a> {
    pub tables: Vec<ResultTable<'a>>,
    /// The moment from which those that are written count as changed, as GeoPackage has it.
    pub moment: String,
}

/// A table of results that lies in a project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTable {
    pub name: String,
    /// What it is called in the file.
    pub table: String,
    pub rows: u64,
    /// Is it of the project as it is saved?
    pub is_current: bool,
}

/// Which tables are the program's own: by name, what each is called, how it was made, what it holds, and when it was
/// last changed. One that another program has built otherwise is that program's.
const SCHEMA: &str = r"
CREATE TABLE IF NOT EXISTS sotplan_tables (
    name TEXT NOT NULL PRIMARY KEY,
    table_name TEXT NOT NULL,
    built TEXT NOT NULL,
    frame TEXT NOT NULL,
    parts TEXT NOT NULL,
    last_change TEXT NOT NULL
);
INSERT INTO gpkg_extensions
    SELECT 'sotplan_tables', NULL, 'sotplan_project', 'Which tables hold results of the program Sotplan', 'write-only'
    WHERE NOT EXISTS (SELECT 1 FROM gpkg_extensions WHERE table_name = 'sotplan_tables');
";

/// The program's own tables that are as it built them, and whether nobody has changed them since.
const OWN: &str = "SELECT t.name, t.table_name, t.frame, t.parts, c.last_change IS t.last_change \
    FROM sotplan_tables t \
    JOIN sqlite_schema s ON s.type = 'table' AND s.name = t.table_name AND s.sql = t.built \
    JOIN gpkg_contents c ON c.table_name = t.table_name ORDER BY t.name";

/// How tables are laid out. Another number writes them anew.
const LAYOUT: u8 = 1;

/// The key of `sotplan_meta` under which stands which documents the results are of.
const RESULTS_OF: &str = "results_of";

/// What stands before the description of a table that is not of the project as it is saved.
const OUT_OF_DATE: &str = "INAKTUELL: projektet har ändrats sedan siffrorna räknades. Öppna det i Sotplan och spara. / OUT OF DATE: the project has changed since the figures were computed. Open it in Sotplan and save. — ";

/// A table of the file that is the program's own.
struct Own {
    name: String,
    table: String,
    frame: String,
    parts: String,
    is_untouched: bool,
}

fn own(connection: &Connection) -> rusqlite::Result<Vec<Own>> {
    if !has_registry(connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(OWN)?;
    let rows = statement.query_map([], |row| {
        let (name, table) = (row.get(0)?, row.get(1)?);
        Ok(Own { name, table, frame: row.get(2)?, parts: row.get(3)?, is_untouched: row.get(4)? })
    })?;
    rows.collect()
}

fn has_registry(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sotplan_tables'";
    connection.query_row(sql, [], |row| row.get::<_, i64>(0).map(|count| count > 0))
}

/// The tables of results that lie in a file.
pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<KnownTable>> {
    let is_current = is_current(connection)?;
    let known = |own: Own| {
        let sql = format!("SELECT count(*) FROM {}", quoted(&own.table));
        let rows = connection.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
        let Own { name, table, is_untouched, .. } = own;
        Ok(KnownTable {
            name,
            table,
            rows: u64::try_from(rows).unwrap_or(0),
            is_current: is_current && is_untouched,
        })
    };
    own(connection)?.into_iter().map(known).collect()
}

/// Are the results those of the documents that lie beside them?
fn is_current(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(meta::get(connection, RESULTS_OF)? == Some(documents_digest(connection)?))
}

/// Names the documents and the program that saved them: another version may count otherwise.
fn documents_digest(connection: &Connection) -> rusqlite::Result<String> {
    const ALL: &str = "SELECT name, CAST(version AS TEXT), json FROM sotplan_documents \
        UNION ALL SELECT key, '', value FROM sotplan_meta WHERE key = 'program_version' ORDER BY 1";
    let mut statement = connection.prepare(ALL)?;
    let mut rows = statement.query([])?;
    let mut sha256 = Sha256::new();
    while let Some(row) = rows.next()? {
        for at in 0..3 {
            let text = row.get_ref(at)?.as_bytes().map_err(rusqlite::Error::from)?;
            sha256.update((text.len() as u64).to_le_bytes());
            sha256.update(text);
        }
    }
    Ok(hex(&sha256.finalize()))
}

/// Brings the tables into the file: those that are others than the file has are written, those that are no more are taken
/// out, tables of others stay.
pub(super) fn put(
    transaction: &Transaction<'_>,
    wanted: &ResultTables<'_>,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    if wanted.tables.is_empty() && !has_registry(transaction)? {
        return Ok(());
    }
    transaction.execute_batch(SCHEMA)?;
    let own = own(transaction)?;
    let is_wanted = |name: &str| wanted.tables.iter().any(|table| table.name == name);
    for old in own.iter().filter(|old| !is_wanted(&old.name)) {
        take_out(transaction, &old.table)?;
    }
    // What is no more, and what another program has made its own.
    let mut forget = transaction.prepare("DELETE FROM sotplan_tables WHERE name = ?1")?;
    for name in registered(transaction)? {
        if !is_wanted(&name) || !own.iter().any(|old| old.name == name) {
            forget.execute([name])?;
        }
    }
    let mut names = Vec::new();
    for table in &wanted.tables {
        progress.check().map_err(|cancelled| Trouble::Refused(IoError::Cancelled(cancelled)))?;
        let old = own.iter().find(|old| old.name == table.name);
        let name = put_one(transaction, table, old, &wanted.moment)?;
        describe(transaction, &name, &table.description)?;
        names.push(name);
    }
    let styled = names.iter().zip(&wanted.tables).map(|(name, table)| (name.as_str(), &table.styles[..]));
    layer_styles::put(transaction, &styled.collect::<Vec<_>>(), &wanted.moment)?;
    Ok(meta::put(transaction, RESULTS_OF, &documents_digest(transaction)?)?)
}

fn registered(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM sotplan_tables ORDER BY name")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// The name under which a table stands in the file, written where it is another.
fn put_one(
    transaction: &Transaction<'_>,
    table: &ResultTable<'_>,
    old: Option<&Own>,
    moment: &str,
) -> rusqlite::Result<String> {
    let (frame, parts) = (format!("{LAYOUT}:{}", table.digest.frame), table.digest.parts.join(" "));
    let same_frame = old.filter(|old| old.frame == frame && old.is_untouched);
    let name = match (old, same_frame) {
        (_, Some(old)) if old.parts == parts => return Ok(old.table.clone()),
        (_, Some(old)) if change(transaction, table, old, moment)? => old.table.clone(),
        (Some(old), _) => {
            take_out(transaction, &old.table)?;
            write(transaction, table, moment)?
        }
        (None, _) => write(transaction, table, moment)?,
    };
    transaction.execute(
        "INSERT OR REPLACE INTO sotplan_tables \
         SELECT ?1, ?2, sql, ?3, ?4, ?5 FROM sqlite_schema WHERE type = 'table' AND name = ?2",
        (table.name, &name, &frame, &parts, moment),
    )?;
    Ok(name)
}

/// Writes a table as a new one, and says what it is called.
fn write(transaction: &Transaction<'_>, table: &ResultTable<'_>, moment: &str) -> rusqlite::Result<String> {
    let name = free_name(transaction, table.name)?;
    let listed = Listed { description: &table.description, last_change: Some(moment) };
    match &table.content {
        Content::Features(rows, make) => {
            let mut made = make(&(0..*rows).collect::<Vec<_>>());
            put_features(transaction, &mut Outgoing::in_plane(&name, &mut made), &listed)?;
        }
        Content::Texts(rows) => {
            let head = ["name", "value"].map(String::from);
            let texts = TextTable { name: name.clone(), head, rows: rows.clone() };
            put_texts(transaction, &texts, &listed)?;
        }
    }
    Ok(name)
}

/// Writes those rows of a table that say something else, where columns and shapes are the same; whether it could be done.
fn change(
    transaction: &Transaction<'_>,
    table: &ResultTable<'_>,
    old: &Own,
    moment: &str,
) -> rusqlite::Result<bool> {
    let Content::Features(rows, make) = &table.content else { return Ok(false) };
    let before: Vec<&str> = old.parts.split(' ').collect();
    if before.len() != table.digest.parts.len() {
        return Ok(false);
    }
    // They keep the index of places, which stays as it is, and ask for functions that GIS programs have.
    let triggers = triggers(transaction, &old.table)?;
    for (name, _) in &triggers {
        transaction.execute_batch(&format!("DROP TRIGGER {}", quoted(name)))?;
    }
    let parts = before.iter().zip(&table.digest.parts).enumerate();
    let others = parts.filter(|(_, (old, new))| *old != new).map(|(part, _)| part * PART_ROWS);
    let others: Vec<usize> = others.flat_map(|first| first..(first + PART_ROWS).min(*rows)).collect();
    let mut made = make(&others);
    if !update_features(transaction, &mut Outgoing::in_plane(&old.table, &mut made), &others)? {
        return Ok(false);
    }
    for (_, sql) in &triggers {
        transaction.execute_batch(sql)?;
    }
    let sql = "UPDATE gpkg_contents SET last_change = ?2 WHERE table_name = ?1";
    transaction.execute(sql, (&old.table, moment))?;
    Ok(true)
}

/// The triggers of a table: their names, and how they are made.
fn triggers(connection: &Connection, table: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 ORDER BY rowid";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// A name that nothing in the file has: the one wanted, else with the program's before it, else with a number behind.
fn free_name(connection: &Connection, wanted: &str) -> rusqlite::Result<String> {
    const TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_schema \
            WHERE lower(name) IN (lower(?1), 'rtree_' || lower(?1) || '_geom')) \
        OR EXISTS (SELECT 1 FROM gpkg_contents WHERE lower(?1) IN (lower(table_name), lower(identifier)))";
    let numbered = (2..100_000).map(|number| format!("sotplan_{wanted}_{number}"));
    for name in [wanted.to_owned(), format!("sotplan_{wanted}")].into_iter().chain(numbered) {
        if !connection.query_row(TAKEN, [&name], |row| row.get::<_, bool>(0))? {
            return Ok(name);
        }
    }
    Ok(format!("sotplan_{wanted}_more"))
}

/// Takes one of the program's own tables out of the file; styles that others made for it stay.
fn take_out(transaction: &Transaction<'_>, table: &str) -> rusqlite::Result<()> {
    let sql = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1";
    let geometry: Option<String> = transaction.query_row(sql, [table], |row| row.get(0)).optional()?;
    if let Some(geometry) = geometry {
        let index = quoted(&format!("rtree_{table}_{geometry}"));
        transaction.execute_batch(&format!("DROP TABLE IF EXISTS {index}"))?;
    }
    transaction.execute_batch(&format!("DROP TABLE {}", quoted(table)))?;
    // What GDAL keeps of its own, where it has had the file open.
    let lists = ["gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents", "gpkg_ogr_contents"];
    for list in lists {
        let has = "SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        if transaction.query_row(has, [list], |row| row.get(0))? {
            transaction.execute(&format!("DELETE FROM {list} WHERE table_name = ?1"), [table])?;
        }
    }
    Ok(())
}

fn describe(transaction: &Transaction<'_>, table: &str, description: &str) -> rusqlite::Result<()> {
    let sql = "UPDATE gpkg_contents SET description = ?2 WHERE table_name = ?1 AND description IS NOT ?2";
    transaction.execute(sql, (table, description)).map(drop)
}

/// Says of tables that are not of the project as it is saved that they are out of date: in the list of the file, and as
/// they are drawn.
pub(super) fn mark_if_old(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let own = own(transaction)?;
    if own.is_empty() || is_current(transaction)? {
        return Ok(());
    }
    let mark = "UPDATE gpkg_contents SET description = ?2 || description \
        WHERE table_name = ?1 AND substr(description, 1, length(?2)) <> ?2";
    for old in &own {
        transaction.execute(mark, (&old.table, OUT_OF_DATE))?;
    }
    let names: Vec<&str> = own.iter().map(|old| old.table.as_str()).collect();
    layer_styles::show_old(transaction, &names)
}
