//! Which system does a text name: a code, a URN, a URL, a name, WKT or PROJJSON? A statement that is not understood is
//! never guessed over.

use super::names::{NotUnderstood, named, shown};
use super::system::Crs;
use super::{projjson, wkt};

/// The system that a text states, in any of the ways files have for it: `3006`, `EPSG:3006`, a URN or URL of the OGC,
/// a name, well-known text (1, 2, Esri's `.prj`), PROJJSON.
///
/// ```
/// use sotplan::geometry::{Crs, stated};
/// assert_eq!(stated("urn:ogc:def:crs:EPSG::3006"), Ok(Crs::Sweref99Tm));
/// assert!(stated("our own grid").is_err());
/// ```
///
/// # Errors
/// [`NotUnderstood`] for anything else, for a code that is nobody's, and for a system that cannot be computed.
pub fn stated(text: &str) -> Result<Crs, NotUnderstood> {
    let text = text.trim().trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\n', '\r', '\t']);
    let not_understood = || NotUnderstood(format!("“{}”", shown(text)));
    if text.starts_with('{') {
        let object = serde_json::from_str(text).map_err(|_| not_understood())?;
        return stated_object(&object);
    }
    if wkt::looks_like(text) {
        return wkt::described(text).ok_or_else(not_understood)?.crs();
    }
    named(text)
}

/// The system that an object states: PROJJSON.
///
/// # Errors
/// As of [`stated`].
pub fn stated_object(object: &serde_json::Value) -> Result<Crs, NotUnderstood> {
    let found = projjson::described(object);
    found.ok_or_else(|| NotUnderstood(shown(&object.to_string())))?.crs()
}
