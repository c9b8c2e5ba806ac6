//! Which coordinate reference system does a `crs` member name?

use serde_json::Value;

use crate::geometry::{Crs, stated, stated_object};

/// What a `crs` member, of a file, a feature or a geometry, says.
pub(super) enum StatedCrs {
    Nothing,
    Known(Crs),
    /// By a name that says east first: CRS84.
    EastFirst(Crs),
    /// As written: not understood, or not supported. Never guessed over.
    Unknown(String),
}

pub(super) fn stated_crs(member: Option<&Value>) -> StatedCrs {
    let Some(member) = member.filter(|member| !member.is_null()) else { return StatedCrs::Nothing };
    let properties = member.get("properties");
    // `name` of 2008, `EPSG` of drafts before it, and a bare text.
    let code = || properties?.get("code").and_then(|code| Some(format!("EPSG:{}", code.as_u64()?)));
    let name =
        properties.and_then(|properties| properties.get("name")).or(Some(member)).and_then(Value::as_str);
    let link = || properties?.get("href")?.as_str().map(str::to_owned);
    let Some(text) = name.map(str::to_owned).or_else(code).or_else(link) else {
        if let Ok(crs) = stated_object(member) {
            return StatedCrs::Known(crs);
        }
        let is_empty = member.as_object().is_some_and(serde_json::Map::is_empty);
        let text: String = member.to_string().chars().take(120).collect();
        return if is_empty { StatedCrs::Nothing } else { StatedCrs::Unknown(text) };
    };
    match stated(&text) {
        Ok(crs) if text.to_ascii_uppercase().ends_with("CRS84") => StatedCrs::EastFirst(crs),
        Ok(crs) => StatedCrs::Known(crs),
        Err(not_understood) => StatedCrs::Unknown(not_understood.to_string()),
    }
}
