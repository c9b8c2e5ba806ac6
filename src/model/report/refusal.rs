//! Why was a feature not used? Reasons with what was found, their stable names and their words.

use super::message::Message;
use crate::geometry::AREA_OF_USE;
use crate::lang::{Lang, Said};
use crate::say;

/// Why a feature was not used.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Its text is not JSON.
    NotJson { message: Message },
    /// It is JSON, but not a GeoJSON Feature or geometry.
    NotAFeature { found: Message },
    /// `properties` is neither an object nor null.
    BadProperties { found: String },
    /// The file marks it as deleted.
    Deleted,
    /// What its row says cannot be read.
    BadRow { message: Message },
    /// The geometry is null or missing.
    NoGeometry,
    /// The geometry has no coordinates.
    EmptyGeometry,
    /// The geometry breaks the grammar or its own rules.
    BadGeometry { message: Message },
    /// A coordinate is NaN, infinite or absurdly large.
    NotFinite { field: String, value: String },
    /// The feature names another coordinate reference system than its file.
    OtherCrs { found: String, of_file: String },
    /// The coordinates make sense only when exchanged.
    SwappedAxes { x: f64, y: f64 },
    /// The coordinates lie outside the area of use.
    OutsideAreaOfUse { x: f64, y: f64 },
    /// The population column is missing or null.
    NoValue { field: String },
    /// A row of a table that does not say where it stands.
    NoCoordinate { field: String },
    /// The population value is not a number.
    NotANumber { field: String, value: String },
    /// The population value is below zero.
    Negative { field: String, value: f64 },
    /// The population value is beyond all reason.
    TooLarge { field: String, value: f64 },
    /// The people are counted in an earlier cell at the same place.
    CountedBefore { of_number: u32, of_layer: String },
    /// The user says that it is not there.
    Dropped { why: String },
    /// The user says that it is the same place as another.
    Merged { of_number: u32, of_layer: String },
    /// The user does not want it: what its row does not say.
    NotWanted { field: String, condition: Message },
    /// Nothing says which kind of service it is.
    NoKind,
    /// An area needs a polygon.
    NotAPolygon { found: &'static str },
    /// The status of a SOT place is missing or unknown.
    NoStatus { value: String },
    /// A road cannot be slowed by this: the factor is no number above 1.
    NotSlower { field: String, value: String },
}

impl Refusal {
    /// Is nothing wrong but that it stands nowhere?
    #[must_use]
    pub const fn is_placeless(&self) -> bool {
        matches!(self, Self::NoGeometry | Self::EmptyGeometry | Self::NoCoordinate { .. })
    }

    /// The stable name in reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::NotAFeature { .. } => "not_a_feature",
            Self::BadProperties { .. } => "bad_properties",
            Self::Deleted => "deleted",
            Self::BadRow { .. } => "bad_row",
            Self::NoGeometry => "no_geometry",
            Self::EmptyGeometry => "empty_geometry",
            Self::BadGeometry { .. } => "bad_geometry",
            Self::NotFinite { .. } => "not_finite",
            Self::OtherCrs { .. } => "other_crs",
            Self::SwappedAxes { .. } => "swapped_axes",
            Self::OutsideAreaOfUse { .. } => "outside_area_of_use",
            Self::NoValue { .. } | Self::NoCoordinate { .. } => "no_value",
            Self::NotANumber { .. } => "not_a_number",
            Self::Negative { .. } => "negative",
            Self::TooLarge { .. } => "too_large",
            Self::CountedBefore { .. } => "counted_before",
            Self::Dropped { .. } => "dropped",
            Self::Merged { .. } => "merged",
            Self::NotWanted { .. } => "not_wanted",
            Self::NoKind => "no_kind",
            Self::NotAPolygon { .. } => "not_a_polygon",
            Self::NoStatus { .. } => "no_status",
            Self::NotSlower { .. } => "not_slower",
        }
    }

    /// The field that is wrong.
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::NotJson { .. }
            | Self::NotAFeature { .. }
            | Self::Dropped { .. }
            | Self::Merged { .. }
            | Self::Deleted
            | Self::BadRow { .. } => "feature".into(),
            Self::BadProperties { .. } => "properties".into(),
            Self::NoGeometry | Self::EmptyGeometry | Self::BadGeometry { .. } | Self::NotAPolygon { .. } => {
                "geometry".into()
            }
            Self::NotFinite { field, .. }
            | Self::NoValue { field }
            | Self::NoCoordinate { field }
            | Self::NotANumber { field, .. }
            | Self::Negative { field, .. }
            | Self::TooLarge { field, .. }
            | Self::NotWanted { field, .. }
            | Self::NotSlower { field, .. } => field.clone(),
            Self::SwappedAxes { .. } | Self::OutsideAreaOfUse { .. } | Self::CountedBefore { .. } => {
                "geometry.coordinates".into()
            }
            Self::OtherCrs { .. } => "crs".into(),
            Self::NoKind => "service".into(),
            Self::NoStatus { .. } => "status".into(),
        }
    }
}

impl Said for Refusal {
    #[expect(clippy::too_many_lines, reason = "one line a reason, in two languages")]
    fn said(&self, lang: Lang) -> String {
        let area = AREA_OF_USE;
        match self {
            Self::NotJson { message } => say!(
                lang,
                "texten är inte giltig JSON: {}. Rätta filen eller exportera den på nytt",
                "the text is not valid JSON: {}. Correct the file or export it again",
                message.said(lang)
            ),
            Self::NotAFeature { found } => say!(
                lang,
                "är inget GeoJSON-objekt av typen Feature eller en geometri: {}",
                "is not a GeoJSON Feature or geometry: {}",
                found.said(lang)
            ),
            Self::BadProperties { found } => say!(
                lang,
                "”properties” ska vara ett objekt eller null, men är {found}",
                "“properties” must be an object or null, but is {found}"
            ),
            Self::Deleted => {
                lang.pick("är markerat som borttaget i filen", "is marked as deleted in the file").into()
            }
            Self::BadRow { message } => {
                say!(lang, "raden går inte att tolka: {}", "the row is not readable: {}", message.said(lang))
            }
            Self::NoGeometry => lang.pick("saknar geometri", "has no geometry").into(),
            Self::EmptyGeometry => lang.pick("geometrin är tom", "the geometry is empty").into(),
            Self::BadGeometry { message } => say!(
                lang,
                "geometrin går inte att tolka: {}",
                "the geometry cannot be read: {}",
                message.said(lang)
            ),
            Self::NotFinite { field, value } => say!(
                lang,
                "{field} = {value} är inget ändligt tal",
                "{field} = {value} is not a finite number"
            ),
            Self::OtherCrs { found, of_file } => say!(
                lang,
                "anger koordinatsystemet {found}, men filen läses som {of_file}. Exportera alla objekt i samma system",
                "names the coordinate reference system {found}, but the file is read as {of_file}. Export all features in one system"
            ),
            Self::SwappedAxes { x, y } => say!(
                lang,
                "koordinaterna [{x}, {y}] verkar ha bytt plats: longitud (öst) ska stå först",
                "the coordinates [{x}, {y}] seem swapped: write longitude (east) first"
            ),
            Self::OutsideAreaOfUse { x, y } => say!(
                lang,
                "koordinaterna [{x}, {y}] ligger utanför longitud {}…{}, latitud {}…{}",
                "the coordinates [{x}, {y}] lie outside longitude {}…{}, latitude {}…{}",
                area.lon_min,
                area.lon_max,
                area.lat_min,
                area.lat_max
            ),
            Self::NoCoordinate { field } => say!(
                lang,
                "koordinaten ”{field}” saknas. Fyll i den",
                "the coordinate “{field}” is missing. Fill it in"
            ),
            Self::NoValue { field } => say!(
                lang,
                "fältet ”{field}” saknas eller är tomt. Välj rätt kolumn för befolkning",
                "the field “{field}” is missing or empty. Choose the right population column"
            ),
            Self::NotANumber { field, value } => say!(
                lang,
                "fältet ”{field}” har värdet {value}, som inte är ett tal",
                "the field “{field}” has the value {value}, which is not a number"
            ),
            Self::Negative { field, value } => say!(
                lang,
                "fältet ”{field}” har värdet {value}, mindre än noll",
                "the field “{field}” has the value {value}, below zero"
            ),
            Self::TooLarge { field, value } => say!(
                lang,
                "fältet ”{field}” har värdet {value:e}, fler än någon plats kan ha. Rätta värdet",
                "the field “{field}” has the value {value:e}, more than any place can have. Correct the value"
            ),
            Self::CountedBefore { of_number, of_layer } => say!(
                lang,
                "invånarna räknas redan i objekt {of_number} i {of_layer}",
                "its people are already counted in feature {of_number} of {of_layer}"
            ),
            Self::Dropped { why } => {
                if why.is_empty() {
                    return lang.pick("borttagen för hand", "dropped by hand").into();
                }
                say!(lang, "borttagen för hand: {why}", "dropped by hand: {why}")
            }
            Self::Merged { of_number, of_layer } => say!(
                lang,
                "sammanslagen för hand med objekt {of_number} i {of_layer}: de är samma plats",
                "merged by hand with feature {of_number} of {of_layer}: they are one place"
            ),
            Self::NotWanted { condition, .. } => say!(
                lang,
                "valdes bort vid inläsningen: uppfyller inte villkoret ”{}”",
                "left out when the file was read: does not meet the condition “{}”",
                condition.said(lang)
            ),
            Self::NoKind => lang
                .pick(
                    "inget säger vilken typ av service det är. Välj typ för lagret",
                    "nothing says which kind of service it is. Choose a kind for the layer",
                )
                .into(),
            Self::NotAPolygon { found } => say!(
                lang,
                "ett område behöver en polygon, men detta är {found}",
                "an area needs a polygon, but this is {found}"
            ),
            Self::NotSlower { field, value } => say!(
                lang,
                "{field} = {value}: en väg blir långsammare av ett tal över 1, högst 100. Skriv t.ex. 2, eller ta bort värdet för att stänga vägen",
                "{field} = {value}: a number above 1, at most 100, slows a road. Write for example 2, or leave it out to close the road"
            ),
            Self::NoStatus { value } => say!(
                lang,
                "SOT-statusen ”{value}” är okänd. Använd t.ex. in_place, paused, establishing",
                "the SOT status “{value}” is unknown. Use for example in_place, paused, establishing"
            ),
        }
    }
}
