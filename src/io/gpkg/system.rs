//! Which coordinate reference system does a `GeoPackage` state of a table? By the authority's number, else by the
//! definition, which is well-known text.

use rusqlite::{Connection, Row};

use crate::geometry::{Crs, NotUnderstood, stated};

/// What a file states of a table's system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum System {
    Known(Crs),
    /// Stated, but not understood: never guessed over.
    Unknown(String),
    /// None: a number of nobody's, as `0` and `-1`.
    Unsaid(i64),
}

/// The numbers that are EPSG's; of another nobody says whose it is.
const EPSG: std::ops::RangeInclusive<i64> = 1024..=32_767;

/// What the row of a system says.
struct Stated {
    organization: String,
    number: i64,
    definition: String,
}

impl System {
    /// The system of a number of the file's own.
    pub(super) fn of(connection: &Connection, number: i64) -> Self {
        let row =
            stated_in(connection, number, "organization, organization_coordsys_id, definition", |row| {
                let text = |at| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
                Ok(Stated { organization: text(0)?, number: row.get(1)?, definition: text(2)? })
            });
        // A file that has less than the standard asks for.
        let short = || {
            stated_in(connection, number, "organization_coordsys_id", |row| {
                Ok(Stated { organization: String::new(), number: row.get(0)?, definition: String::new() })
            })
        };
        let said = row.or_else(short);
        said.map_or_else(|| of_number("EPSG", number).0, |said| said.system())
    }

    /// As a user finds it in the file.
    #[must_use]
    pub fn named(&self) -> String {
        match self {
            Self::Known(crs) => crs.name(),
            Self::Unknown(found) => found.clone(),
            Self::Unsaid(number) => format!("srs_id {number}"),
        }
    }
}

impl Stated {
    fn system(&self) -> System {
        let organization = if self.organization.is_empty() { "EPSG" } else { &self.organization };
        let (by_number, is_number) = of_number(organization, self.number);
        let definition = self.definition.trim();
        match (&by_number, stated(definition)) {
            (System::Known(_), _) => by_number,
            (_, Ok(crs)) => System::Known(crs),
            // `undefined`, as the standard says it, and what GDAL writes of a system that it does not know.
            (_, Err(_)) if is_number || is_undefined(definition) => by_number,
            (_, Err(NotUnderstood(found))) => System::Unknown(found),
        }
    }
}

/// The system of an authority's number; and whether there is such a number.
fn of_number(organization: &str, number: i64) -> (System, bool) {
    let is_epsg = organization.eq_ignore_ascii_case("EPSG") && EPSG.contains(&number);
    let is_esri = organization.eq_ignore_ascii_case("ESRI") || (100_000..=999_999).contains(&number);
    if !is_epsg && !is_esri {
        return (System::Unsaid(number), false);
    }
    let named = if is_epsg { format!("EPSG:{number}") } else { format!("ESRI:{number}") };
    match stated(&named) {
        Ok(crs) => (System::Known(crs), true),
        Err(NotUnderstood(found)) => (System::Unknown(found), is_epsg),
    }
}

fn is_undefined(definition: &str) -> bool {
    let lower = definition.to_lowercase();
    lower.is_empty() || lower == "engcrs[]" || lower.contains("undefined") || lower.contains("unknown")
}

fn stated_in(
    connection: &Connection,
    number: i64,
    columns: &str,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<Stated>,
) -> Option<Stated> {
    let sql = format!("SELECT {columns} FROM gpkg_spatial_ref_sys WHERE srs_id = ?1");
    connection.query_row(&sql, [number], read).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(organization: &str, number: i64, definition: &str) -> System {
        Stated { organization: organization.into(), number, definition: definition.into() }.system()
    }

    #[test]
    fn a_system_is_told_by_number_then_by_definition_and_never_guessed_over() {
        assert_eq!(of("EPSG", 3006, ""), System::Known(Crs::Sweref99Tm));
        assert_eq!(of("epsg", 5850, "undefined"), System::Known(Crs::Sweref99Zone(3011)));
        assert_eq!(of("EPSG", 3027, "undefined"), System::Unknown("EPSG:3027 (RT38 2.5 gon V)".into()));
        assert_eq!(of("ESRI", 102_100, ""), System::Known(Crs::WebMercator));
        assert_eq!(of("NONE", -1, "undefined"), System::Unsaid(-1));
        assert_eq!(of("GDAL", 99_999, "ENGCRS[]"), System::Unsaid(99_999));
        let text = r#"GEOGCS["SWEREF99",DATUM["SWEREF99",SPHEROID["GRS 1980",6378137,298.257222101]]]"#;
        assert_eq!(of("kommunen", 100, text), System::Known(Crs::try_from(4619).expect("a system")));
        let own = r#"LOCAL_CS["Vårt eget",UNIT["metre",1]]"#;
        assert_eq!(of("kommunen", 100, own), System::Unknown("“Vårt eget”".into()));
        assert_eq!(System::Unsaid(0).named(), "srs_id 0");
    }
}
