//! How does QGIS draw the tables of a file? As its own table `layer_styles` says; styles that others made stay, and one of
//! theirs that is the default stays the default. Does not know what a style holds.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::io::write::Listed;

/// When a style is the one that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StyleUse {
    /// While the table is of the project as it is saved.
    Usual,
    /// While it is not.
    OutOfDate,
    /// When somebody chooses it.
    Choice,
}

/// A style of a table, as QGIS keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableStyle {
    /// 30 letters at most; QGIS has no room for more.
    pub name: String,
    pub used: StyleUse,
    /// QGIS' own XML.
    pub qml: String,
}

/// The table as QGIS makes it.
const SCHEMA: &str = r#"
CREATE TABLE layer_styles (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "f_table_catalog" TEXT(256),
    "f_table_schema" TEXT(256),
    "f_table_name" TEXT(256),
    "f_geometry_column" TEXT(256),
    "styleName" TEXT(30),
    "styleQML" TEXT,
    "styleSLD" TEXT,
    "useAsDefault" BOOLEAN,
    "description" TEXT,
    "owner" TEXT(30),
    "ui" TEXT(30),
    "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
"#;

/// The columns that are asked for; a table of this name without them is somebody else's.
const COLUMNS: [&str; 12] = [
    "f_table_catalog",
    "f_table_schema",
    "f_table_name",
    "f_geometry_column",
    "styleName",
    "styleQML",
    "styleSLD",
    "useAsDefault",
    "description",
    "owner",
    "ui",
    "update_time",
];

/// What the program's own rows name as their owner and purpose.
const OWNER: &str = "sotplan";
const USUAL: &str = "Sotplan";
const OUT_OF_DATE: &str = "Sotplan: inaktuell / out of date";
const CHOICE: &str = "Sotplan: att välja / to choose";

impl StyleUse {
    /// What stands in the description of a row: by it the program knows its styles again.
    const fn description(self) -> &'static str {
        match self {
            Self::Usual => USUAL,
            Self::OutOfDate => OUT_OF_DATE,
            Self::Choice => CHOICE,
        }
    }
}

/// Is the table there, and is it QGIS'?
fn is_usable(connection: &Connection) -> rusqlite::Result<Option<bool>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('layer_styles')")?;
    let names = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let has = |wanted: &&str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    Ok((!names.is_empty()).then(|| COLUMNS.iter().all(has)))
}

/// Puts the styles of tables into the file, in place of those that the program put there before.
pub(super) fn put(
    transaction: &Transaction<'_>,
    styled: &[(&str, &[TableStyle])],
    moment: &str,
) -> rusqlite::Result<()> {
    let has_styles = styled.iter().any(|(_, styles)| !styles.is_empty());
    match is_usable(transaction)? {
        Some(false) => return Ok(()),
        None if !has_styles => return Ok(()),
        None => {
            transaction.execute_batch(SCHEMA)?;
            let listed = Listed { description: "", last_change: Some(moment) };
            listed.put(transaction, "layer_styles", "attributes", None, 0)?;
        }
        Some(true) => {}
    }
    let mut changed = take_out_others(transaction, styled)?;
    for (table, styles) in styled {
        for style in *styles {
            changed |= put_one(transaction, table, style, moment)?;
        }
        let fresh = StyleUse::Usual.description();
        changed |= show(transaction, table, fresh)?;
    }
    if changed {
        let sql = "UPDATE gpkg_contents SET last_change = ?1 WHERE table_name = 'layer_styles'";
        transaction.execute(sql, [moment])?;
    }
    Ok(())
}

/// Takes out those of the program's styles that are wanted no more.
fn take_out_others(
    transaction: &Transaction<'_>,
    styled: &[(&str, &[TableStyle])],
) -> rusqlite::Result<bool> {
    let mut statement =
        transaction.prepare("SELECT id, f_table_name, styleName FROM layer_styles WHERE owner = ?1")?;
    let rows = statement.query_map([OWNER], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(i64, String, String)>>>()?;
    let is_wanted = |table: &str, name: &str| {
        let mut styles = styled.iter().filter(|(known, _)| *known == table).flat_map(|(_, styles)| *styles);
        styles.any(|style| style.name == name)
    };
    let gone: Vec<i64> =
        rows.iter().filter(|(_, table, name)| !is_wanted(table, name)).map(|(id, ..)| *id).collect();
    for id in &gone {
        transaction.execute("DELETE FROM layer_styles WHERE id = ?1", [id])?;
    }
    Ok(!gone.is_empty())
}

/// Writes a style where the file has another; was it?
fn put_one(
    transaction: &Transaction<'_>,
    table: &str,
    style: &TableStyle,
    moment: &str,
) -> rusqlite::Result<bool> {
    const KNOWN: &str = "SELECT id FROM layer_styles \
        WHERE owner = ?1 AND f_table_name = ?2 AND styleName = ?3 ORDER BY id LIMIT 1";
    const CHANGE: &str = "UPDATE layer_styles SET styleQML = ?2, description = ?3, update_time = ?4 \
        WHERE id = ?1 AND (styleQML IS NOT ?2 OR description IS NOT ?3)";
    // QGIS looks for the geometry's column by name.
    const ADD: &str = "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, \
        f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
        VALUES ('', '', ?1, coalesce((SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1), ''), \
        ?2, ?3, '', 0, ?4, ?5, NULL, ?6)";
    let description = style.used.description();
    let known =
        transaction.query_row(KNOWN, (OWNER, table, &style.name), |row| row.get::<_, i64>(0)).optional()?;
    let count = match known {
        Some(id) => transaction.execute(CHANGE, (id, &style.qml, description, moment))?,
        None => transaction.execute(ADD, (table, &style.name, &style.qml, description, OWNER, moment))?,
    };
    Ok(count > 0)
}

/// Makes those of the program's styles of a table the default that bear this description; none of them where somebody
/// chose another. Did anything change?
fn show(transaction: &Transaction<'_>, table: &str, description: &str) -> rusqlite::Result<bool> {
    const SHOW: &str = "UPDATE layer_styles SET useAsDefault = (description = ?3 AND NOT EXISTS \
            (SELECT 1 FROM layer_styles WHERE f_table_name = ?1 AND owner IS NOT ?2 AND useAsDefault)) \
        WHERE f_table_name = ?1 AND owner = ?2 AND useAsDefault IS NOT (description = ?3 AND NOT EXISTS \
            (SELECT 1 FROM layer_styles WHERE f_table_name = ?1 AND owner IS NOT ?2 AND useAsDefault))";
    Ok(transaction.execute(SHOW, (table, OWNER, description))? > 0)
}

/// Draws tables as ones that are out of date.
pub(super) fn show_old(transaction: &Transaction<'_>, tables: &[&str]) -> rusqlite::Result<()> {
    if is_usable(transaction)? != Some(true) {
        return Ok(());
    }
    let mut changed = false;
    for table in tables {
        changed |= show(transaction, table, StyleUse::OutOfDate.description())?;
    }
    if changed {
        transaction.execute_batch(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = 'layer_styles'",
        )?;
    }
    Ok(())
}
