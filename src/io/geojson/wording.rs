//! How do the libraries' messages read for people? The common ones in both languages, the rest as they are.

use crate::model::Message;

/// What the JSON or GeoJSON library says, without its own count of lines: that counts within one feature.
pub(super) fn of_library(said: &str) -> Message {
    let text = said.rsplit_once(" at line ").map_or(said, |(text, _)| text);
    of_geometry(text).or_else(|| of_json(text)).unwrap_or_else(|| Message::new(text, text))
}

/// The part between two backquotes.
fn quoted(text: &str) -> &str {
    text.split('`').nth(1).unwrap_or_default()
}

fn of_geometry(text: &str) -> Option<Message> {
    let name = quoted(text);
    if text.contains("with unexpected coordinates dimensions") {
        return Some(Message::new(
            format!("koordinaterna för en {name} ligger i för många eller för få hakparenteser"),
            format!("the coordinates of a {name} are nested too deep or too shallow"),
        ));
    }
    if text.contains("with no `coordinates` key") {
        return Some(Message::new(
            format!("en {name} saknar ”coordinates”"),
            format!("a {name} has no “coordinates”"),
        ));
    }
    if text.contains("with no `geometries` key") {
        return Some(Message::new(
            "en GeometryCollection saknar ”geometries”",
            "a GeometryCollection has no “geometries”",
        ));
    }
    if text.starts_with("unknown variant") {
        return Some(Message::new(
            format!("geometrins typ ”{name}” finns inte i GeoJSON"),
            format!("the geometry's type “{name}” is unknown in GeoJSON"),
        ));
    }
    if text == "missing field `type`" {
        return Some(Message::new("geometrin saknar ”type”", "the geometry has no “type”"));
    }
    if text.starts_with("A position must contain") {
        return Some(Message::new(
            format!("en position ska ha två eller fler tal, men har {name}"),
            format!("a position needs two or more numbers, but has {name}"),
        ));
    }
    if text == "coordinate nesting too deep" || text == "expected array, got number" {
        return Some(Message::new(
            "koordinaterna ligger i för många eller för få hakparenteser",
            "the coordinates are nested too deep or too shallow",
        ));
    }
    of_wrong_type(text)
}

/// `invalid type: string "f", expected f64`.
fn of_wrong_type(text: &str) -> Option<Message> {
    let (found, expected) = text.strip_prefix("invalid type: ")?.rsplit_once(", expected ")?;
    let found_sv = in_swedish(found);
    if expected.contains("Geometry") {
        return Some(Message::new(
            format!("geometrin ska vara ett objekt, men är {found_sv}"),
            format!("the geometry must be an object, but is {found}"),
        ));
    }
    let is_of_coordinates =
        expected == "f64" || expected.starts_with("a coordinate") || expected == "a sequence";
    let is_number_or_list =
        ["sequence", "integer", "floating point"].iter().any(|kind| found.starts_with(kind));
    match (is_of_coordinates, is_number_or_list) {
        (true, true) => Some(Message::new(
            "koordinaterna ligger olika djupt i hakparenteser",
            "the coordinates are nested to different depths",
        )),
        (true, false) => Some(Message::new(
            format!("en koordinat ska vara ett tal, men är {found_sv}"),
            format!("a coordinate must be a number, but is {found}"),
        )),
        (false, _) => None,
    }
}

fn in_swedish(found: &str) -> String {
    let names = [
        ("string ", "texten "),
        ("boolean ", "sanningsvärdet "),
        ("integer ", "talet "),
        ("floating point ", "talet "),
        ("map", "ett objekt"),
        ("sequence", "en lista"),
    ];
    let name = names.iter().find_map(|(en, sv)| Some((sv, found.strip_prefix(en)?)));
    name.map_or_else(|| found.into(), |(sv, rest)| format!("{sv}{rest}"))
}

fn of_json(text: &str) -> Option<Message> {
    let (sv, en) = match text {
        "EOF while parsing a list"
        | "EOF while parsing an object"
        | "EOF while parsing a string"
        | "EOF while parsing a value" => ("texten tar slut för tidigt", "the text ends too early"),
        "expected `:`" => ("ett kolon saknas", "a colon is missing"),
        "expected `,` or `]`" => ("ett komma eller ”]” saknas", "a comma or “]” is missing"),
        "expected `,` or `}`" => ("ett komma eller ”}” saknas", "a comma or “}” is missing"),
        "expected value" | "expected ident" => ("ett värde saknas", "a value is missing"),
        "key must be a string" => ("ett namn står inte inom citattecken", "a name is not in quotes"),
        "invalid number" => ("ett tal är felskrivet", "a number is ill-formed"),
        "invalid escape" => ("en text har ett okänt \\-tecken", "a text has an unknown escape"),
        "trailing comma" => ("ett komma för mycket", "one comma too many"),
        "trailing characters" => ("något står efter slutet", "something stands after the end"),
        "recursion limit exceeded" => {
            ("för många parenteser i varandra", "too many brackets within each other")
        }
        _ if text.starts_with("control character") => {
            ("en text har ett styrtecken eller ett radbyte", "a text has a control character or a line break")
        }
        _ => return None,
    };
    Some(Message::new(sv, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Said};

    #[test]
    fn the_common_ones_are_in_both_languages() {
        let check = |said: &str, sv: &str, en: &str| {
            let message = of_library(said);
            assert_eq!((message.said(Lang::Sv).as_str(), message.said(Lang::En).as_str()), (sv, en));
        };
        check(
            "invalid type: string \"f\", expected f64 at line 1 column 44",
            "en koordinat ska vara ett tal, men är texten \"f\"",
            "a coordinate must be a number, but is string \"f\"",
        );
        check("expected `:` at line 1 column 8", "ett kolon saknas", "a colon is missing");
        check("something new at line 1 column 8", "something new", "something new");
    }
}
