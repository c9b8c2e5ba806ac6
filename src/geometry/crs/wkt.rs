//! What does a system written as well-known text say, of the first version, the second or Esri's? A tree of words, then
//! what of it tells a system.

use super::described::{Described, Kind};

/// Deeper than any system is written; beyond it a text is none.
const DEEPEST: usize = 24;

/// A part of a text: `KEYWORD["a text", 1.5, WORD, PART[…]]`.
#[derive(Debug, Clone, PartialEq)]
struct Part<'a> {
    keyword: String,
    /// Texts, numbers and words, in their order.
    values: Vec<&'a str>,
    parts: Vec<Self>,
}

impl Part<'_> {
    fn is(&self, keywords: &[&str]) -> bool {
        keywords.contains(&self.keyword.as_str())
    }

    /// The first part of one of these keywords.
    fn part(&self, keywords: &[&str]) -> Option<&Self> {
        self.parts.iter().find(|part| part.is(keywords))
    }

    /// The same at any depth; the tree is as deep as [`DEEPEST`] at most.
    fn within(&self, keywords: &[&str]) -> Option<&Self> {
        self.part(keywords).or_else(|| self.parts.iter().find_map(|part| part.within(keywords)))
    }

    fn number(&self, at: usize) -> Option<f64> {
        self.values.get(at)?.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

/// Does a text begin as well-known text does?
pub fn looks_like(text: &str) -> bool {
    let keyword: &str = text.split(['[', '(']).next().unwrap_or_default().trim();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_keyword = !keyword.is_empty() && keyword.len() < text.trim().len() && keyword.chars().all(is_word);
    is_keyword
        && (keyword.to_ascii_uppercase().ends_with("CS") || keyword.to_ascii_uppercase().contains("CRS"))
}

/// What a text says of its system; `None` where it is no well-known text of one.
pub fn described(text: &str) -> Option<Described> {
    let mut rest = text.trim();
    let whole = part(&mut rest, 0)?;
    rest.trim().is_empty().then_some(())?;
    of_part(&whole)
}

fn of_part(whole: &Part<'_>) -> Option<Described> {
    // Of a system with heights or with a transformation, the horizontal system itself.
    if whole.is(&["COMPD_CS", "COMPOUNDCRS"]) {
        let first = whole.parts.iter().find(|part| kind_of(part).is_some())?;
        return of_part(first);
    }
    if whole.is(&["BOUNDCRS"]) {
        return of_part(whole.part(&["SOURCECRS"])?.parts.first()?);
    }
    let kind = kind_of(whole)?;
    let ids = whole.parts.iter().filter(|part| part.is(&["AUTHORITY", "ID"]));
    let ids = ids.filter_map(|id| Some(((*id.values.first()?).to_owned(), (*id.values.get(1)?).to_owned())));
    let ellipsoid = whole.within(&["SPHEROID", "ELLIPSOID"]);
    let parameters = whole.part(&["CONVERSION"]).unwrap_or(whole);
    let units: &[&str] = match kind {
        Kind::Projected => &["UNIT", "LENGTHUNIT"],
        _ => &["UNIT", "ANGLEUNIT"],
    };
    let unit = whole.part(units).or_else(|| whole.part(&["CS"])?.part(units));
    let unit = unit.or_else(|| whole.part(&["AXIS"])?.part(units));
    let number_of = |part: &Part<'_>| {
        let value = part.number(1)?;
        let unit = part.part(&["ANGLEUNIT"]).and_then(|unit| unit.number(1));
        // Angles are compared in degrees.
        let by = unit.map_or(1.0, f64::to_degrees);
        Some((part.values.first()?.to_string(), if (by - 1.0).abs() < 1e-9 { value } else { value * by }))
    };
    let said = parameters.parts.iter().filter(|part| part.is(&["PARAMETER"]));
    Some(Described {
        kind,
        name: (*whole.values.first()?).to_owned(),
        ids: ids.collect(),
        datum: whole
            .within(&["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"])
            .and_then(|datum| datum.values.first())
            .map(ToString::to_string),
        ellipsoid: ellipsoid.and_then(|ellipsoid| ellipsoid.number(1).zip(ellipsoid.number(2))),
        meridian: whole.within(&["PRIMEM", "PRIMEMERIDIAN"]).and_then(|meridian| meridian.number(1)),
        method: parameters
            .part(&["PROJECTION", "METHOD"])
            .and_then(|method| method.values.first())
            .map(ToString::to_string),
        // A number that is none is no number left out.
        parameters: said.map(number_of).collect::<Option<_>>()?,
        unit: unit.and_then(|unit| unit.number(1)),
    })
}

fn kind_of(part: &Part<'_>) -> Option<Kind> {
    match part.keyword.as_str() {
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => Some(Kind::Projected),
        "GEOGCS" | "GEOGCRS" | "GEOGRAPHICCRS" | "GEODCRS" | "GEODETICCRS" | "BASEGEOGCRS" => {
            Some(Kind::Geographic)
        }
        "LOCAL_CS" | "ENGCRS" | "ENGINEERINGCRS" | "GEOCCS" => Some(Kind::Other),
        _ => None,
    }
}

/// The part a text begins with; what follows it stays.
fn part<'a>(rest: &mut &'a str, depth: usize) -> Option<Part<'a>> {
    if depth > DEEPEST {
        return None;
    }
    let open = rest.find(['[', '('])?;
    let keyword = rest[..open].trim().to_ascii_uppercase();
    *rest = &rest[open + 1..];
    let mut found = Part { keyword, values: Vec::new(), parts: Vec::new() };
    loop {
        *rest = rest.trim_start();
        if rest.starts_with('"') {
            found.values.push(quoted(rest)?);
        } else {
            let end = rest.find([',', '[', ']', '(', ')', '"'])?;
            if rest[end..].starts_with(['[', '(']) {
                found.parts.push(part(rest, depth + 1)?);
            } else {
                found.values.push(rest[..end].trim());
                *rest = &rest[end..];
            }
        }
        *rest = rest.trim_start();
        let mut letters = rest.chars();
        let next = letters.next()?;
        *rest = letters.as_str();
        match next {
            ',' => {}
            ']' | ')' => return Some(found),
            _ => return None,
        }
    }
}

/// A text in quotation marks; a doubled one within belongs to it.
fn quoted<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let inner = rest.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let end = from + inner.get(from..)?.find('"')?;
        if inner[end + 1..].starts_with('"') {
            from = end + 2;
            continue;
        }
        *rest = &inner[end + 1..];
        return Some(&inner[..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TM: &str = r#"PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",15.0],UNIT["Meter",1.0]]"#;

    #[test]
    fn a_text_becomes_what_it_says() {
        let said = described(TM).expect("well-known text");
        assert_eq!((said.kind, said.name.as_str(), said.unit), (Kind::Projected, "SWEREF99_TM", Some(1.0)));
        assert_eq!(said.datum.as_deref(), Some("D_SWEREF99"));
        assert_eq!(said.parameters[1], ("Central_Meridian".to_owned(), 15.0));
    }

    #[test]
    fn a_text_cut_anywhere_or_nested_without_end_is_none() {
        for end in 0..TM.len() {
            assert_eq!(described(&TM[..end]), None, "{end}");
        }
        assert_eq!(described(&"PROJCS[".repeat(100_000)), None);
        assert_eq!(described(&format!("{TM}]")), None);
    }
}
