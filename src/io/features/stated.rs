//! Which system does a text name, as files carry it beside or in their head: a name, a code, or well-known text (WKT)?
//! The one place of all readers that asks.

use super::{Unsaid, told_by_numbers, unsaid_crs};
use crate::geometry::{Crs, stated as stated_crs};
use crate::io::IoError;
use crate::io::input::LoadOptions;
use crate::model::{LayerReport, Remark};

/// The system of a file, and whether it was told by its numbers alone: what the user says, else what the file states,
/// else what the first positions of some of its features look like, and then that is said.
///
/// # Errors
/// [`IoError::UnsupportedCrs`] for a statement that is not understood, [`IoError::UnnamedCrs`] where nothing tells.
pub(in crate::io) fn system(
    file: &str,
    options: &LoadOptions,
    stated: Option<Result<Crs, String>>,
    seen: Vec<(f64, f64)>,
    report: &mut LayerReport,
) -> Result<(Crs, bool), IoError> {
    if let Some(crs) = options.crs {
        return Ok((crs, false));
    }
    match stated {
        Some(Ok(crs)) => return Ok((crs, false)),
        Some(Err(found)) => {
            let unknown = || IoError::UnsupportedCrs { file: file.into(), found };
            return Ok((options.crs_if_unsaid.ok_or_else(unknown)?, false));
        }
        None => {}
    }
    let unsaid = unsaid_crs(file, seen, options.crs_if_unsaid)?;
    let crs = match unsaid {
        Unsaid::Said(crs) => return Ok((crs, false)),
        Unsaid::LooksLikeSweref => Crs::Sweref99Tm,
        Unsaid::LooksLikeDegrees => Crs::Wgs84,
    };
    let kind = told_by_numbers(&unsaid);
    report.remarks.extend(kind.map(|kind| Remark { number: None, kind, place: None }));
    Ok((crs, true))
}

/// The system that a text names; `None` where it says nothing, an error with what it says where that is not understood.
pub(in crate::io) fn system_of(text: &str) -> Option<Result<Crs, String>> {
    let text =
        text.trim_start_matches('\u{feff}').trim_matches(|sign: char| sign.is_whitespace() || sign == '\0');
    if text.is_empty() {
        return None;
    }
    Some(stated_crs(text).map_err(|not| not.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_text_names_its_system() {
        let tm = Some(Ok(Crs::Sweref99Tm));
        let esri = r#"PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]"#;
        assert_eq!(system_of(esri), tm);
        let ogc = r#"PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4619"]],AUTHORITY["EPSG","3006"]]"#;
        assert_eq!(system_of(ogc), tm);
        assert_eq!(
            system_of("PROJCRS[\"x\",\n BASEGEOGCRS[\"y\",\n ID[\"EPSG\",4619]],\n ID[\"EPSG\",3006]]\0"),
            tm
        );
        assert_eq!(system_of("EPSG:3006"), tm);
        assert_eq!(system_of(" \n\0"), None);
        assert_eq!(system_of("LOCAL_CS[\"eget nät\"]"), Some(Err("“eget nät”".into())));
        // A part that has a code says nothing of the whole.
        assert!(matches!(system_of(r#"PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4326"]]]"#), Some(Err(_))));
    }
}
