//! What is worth a remark though a feature is used? Kinds of remarks, their stable names, headings and words.

use super::message::Message;
use crate::lang::{Lang, Said};
use crate::model::{TextEncoding, Why};
use crate::say;
use crate::units::{Metres, People};

/// What is worth a remark though the feature is used.
#[derive(Debug, Clone, PartialEq)]
pub enum RemarkKind {
    /// No CRS is named and the numbers look like metres: taken as SWEREF 99 TM.
    AssumedSweref99Tm,
    /// Neither the file nor the user says the encoding: told by the bytes.
    EncodingGuessed {
        encoding: TextEncoding,
    },
    /// Bytes that mean nothing in the encoding.
    EncodingDamaged {
        encoding: TextEncoding,
        places: usize,
    },
    /// How a table was read, where it does not say so itself.
    TableForm {
        message: Message,
    },
    /// A top-level member is not as RFC 7946 wants it.
    FileForm {
        message: Message,
    },
    /// The feature's form is loose, but its meaning is clear.
    LooseForm {
        message: Message,
    },
    /// What is worth knowing of the file as a whole, whatever its format.
    AboutFile {
        message: Message,
    },
    /// What came of a table joined to the layer.
    Joined {
        message: Message,
    },
    /// The feature meets no row of a table joined, or cannot be told.
    NotJoined {
        table: String,
        key: String,
        why: Why,
    },
    /// A row of a table joined that meets no feature, or cannot be told.
    RowLeft {
        table: String,
        row: u32,
        key: String,
        why: Why,
    },
    /// A ring's last position differs from its first: closed.
    RingClosed,
    /// The geometry crosses itself.
    NotSimple,
    /// Several points: one of them is used.
    SeveralParts {
        parts: usize,
    },
    /// At most three decimals of a degree: known to about 100 m.
    FewDecimals,
    /// Two features have the same id; they are told apart by number.
    DuplicateId {
        id: String,
    },
    /// Same kind within a few metres of another feature.
    Duplicate {
        of_number: u32,
        of_layer: String,
        apart: Metres,
    },
    /// Outside every area.
    OutsideAreas {
        by: Metres,
    },
    /// Outside every area, but so little that the simplified border explains it.
    NearSimplifiedBorder {
        by: Metres,
    },
    ZeroPopulation,
    /// The cell's municipality is the nearest polygon.
    NearestArea {
        area: String,
        by: Metres,
    },
    /// The cell has no municipality.
    NoArea,
    /// Cells name an area that is not loaded.
    AreaNotLoaded {
        name: String,
        cells: usize,
        people: People,
    },
    /// The place names an area that is not loaded.
    OtherArea {
        name: String,
    },
    /// Another part of an area that came before.
    SameArea {
        of_number: u32,
        area: String,
    },
    /// The name of an area that came before, with another code.
    SameAreaName {
        of_number: u32,
        name: String,
    },
    /// No column is recognised that names the areas.
    AreasUnnamed,
    /// No layer of areas is loaded: those that are built in stand in for it.
    AreasBuiltIn,
    /// The same people stand in an earlier cell.
    CountedTwice {
        of_number: u32,
        of_layer: String,
        people: People,
    },
    /// Text that can be read as thousands or as decimals.
    AmbiguousNumber {
        field: String,
        value: String,
        read_as: f64,
    },
    /// The server that made the file says that it left features out.
    CutByServer,
    /// What the server that made the file wrote into it.
    ServerSays {
        text: String,
    },
    /// An attribute's value is not one of those known.
    UnknownAttributeValue {
        field: String,
        value: String,
    },
    /// The SOT place has no store near it.
    HostNotInData,
    /// Printed totals disagree.
    TotalsDisagree {
        what: String,
        printed: f64,
        summed: f64,
    },
}

impl RemarkKind {
    /// The stable name in reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AssumedSweref99Tm => "assumed_sweref99tm",
            Self::EncodingGuessed { .. } => "encoding_guessed",
            Self::EncodingDamaged { .. } => "encoding_damaged",
            Self::TableForm { .. } => "table_form",
            Self::FileForm { .. } => "file_form",
            Self::LooseForm { .. } => "loose_form",
            Self::AboutFile { .. } => "about_file",
            Self::Joined { .. } => "joined",
            Self::NotJoined { .. } => "not_joined",
            Self::RowLeft { .. } => "row_left",
            Self::RingClosed => "ring_closed",
            Self::NotSimple => "not_simple",
            Self::SeveralParts { .. } => "several_parts",
            Self::FewDecimals => "few_decimals",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::Duplicate { apart, .. } if apart.value() == 0.0 => "duplicate_exact",
            Self::Duplicate { .. } => "duplicate_near",
            Self::OutsideAreas { .. } => "outside_areas",
            Self::NearSimplifiedBorder { .. } => "near_simplified_border",
            Self::ZeroPopulation => "zero_population",
            Self::NearestArea { .. } => "nearest_area",
            Self::NoArea => "no_area",
            Self::AreaNotLoaded { .. } => "area_not_loaded",
            Self::OtherArea { .. } => "names_other_area",
            Self::SameArea { .. } => "same_area",
            Self::SameAreaName { .. } => "same_area_name",
            Self::AreasUnnamed => "areas_unnamed",
            Self::AreasBuiltIn => "areas_built_in",
            Self::CountedTwice { .. } => "counted_twice",
            Self::AmbiguousNumber { .. } => "ambiguous_number",
            Self::CutByServer => "cut_by_server",
            Self::ServerSays { .. } => "server_says",
            Self::UnknownAttributeValue { .. } => "unknown_attribute_value",
            Self::HostNotInData => "host_not_in_data",
            Self::TotalsDisagree { .. } => "totals_disagree",
        }
    }

    /// Does it speak of the municipality or the number of a cell, and go when the cell goes?
    #[must_use]
    pub const fn is_about_its_area(&self) -> bool {
        matches!(self, Self::NearestArea { .. } | Self::NoArea | Self::ZeroPopulation)
    }

    /// What kind of remark it is, for a heading.
    #[must_use]
    pub const fn heading(&self, lang: Lang) -> &'static str {
        match self {
            Self::AssumedSweref99Tm => lang.pick("Koordinatsystem antaget", "CRS assumed"),
            Self::EncodingGuessed { .. } => lang.pick("Teckenkodning antagen", "Encoding assumed"),
            Self::EncodingDamaged { .. } => lang.pick("Oläsliga tecken", "Unreadable letters"),
            Self::TableForm { .. } => lang.pick("Så lästes tabellen", "How the table was read"),
            Self::FileForm { .. } | Self::LooseForm { .. } => {
                lang.pick("Avviker från formatet", "Loose form")
            }
            Self::AboutFile { .. } => lang.pick("Om filen", "About the file"),
            Self::Joined { .. } => lang.pick("Kopplad tabell", "Joined table"),
            Self::NotJoined { .. } => {
                lang.pick("Objekt utan rad i kopplad tabell", "No row in the joined table")
            }
            Self::RowLeft { .. } => {
                lang.pick("Rader i kopplad tabell som inte används", "Rows of the joined table not used")
            }
            Self::RingClosed => lang.pick("Öppen ring, sluten", "Open ring, closed"),
            Self::NotSimple => lang.pick("Ytan korsar sig själv", "Shape crosses itself"),
            Self::SeveralParts { .. } => lang.pick("Flera delar", "Several parts"),
            Self::FewDecimals => lang.pick("Få decimaler i läget", "Few decimals in position"),
            Self::DuplicateId { .. } => lang.pick("Samma id", "Same id"),
            Self::Duplicate { .. } => lang.pick("Dubblett", "Duplicate"),
            Self::OutsideAreas { .. } => lang.pick("Utanför områdena", "Outside the areas"),
            Self::NearSimplifiedBorder { .. } => {
                lang.pick("Nära förenklad gräns", "Near the simplified border")
            }
            Self::ZeroPopulation => lang.pick("Noll invånare", "Zero population"),
            Self::NearestArea { .. } => lang.pick("Kommun: närmaste", "Municipality: nearest"),
            Self::NoArea => lang.pick("Ingen kommun", "No municipality"),
            Self::AreaNotLoaded { .. } | Self::OtherArea { .. } => {
                lang.pick("Området är inte inläst", "Area not loaded")
            }
            Self::SameArea { .. } => lang.pick("Område i flera objekt", "Area of several features"),
            Self::SameAreaName { .. } => lang.pick("Samma namn, annan kod", "Same name, another code"),
            Self::AreasUnnamed => lang.pick("Områden utan namn", "Areas without names"),
            Self::AreasBuiltIn => {
                lang.pick("Inbyggda, förenklade gränser", "Built-in, simplified boundaries")
            }
            Self::CountedTwice { .. } => lang.pick("Invånare räknade två gånger", "People counted twice"),
            Self::AmbiguousNumber { .. } => lang.pick("Tusental eller decimaler?", "Thousands or decimals?"),
            Self::CutByServer => lang.pick("Filen är avkortad", "The file is cut short"),
            Self::ServerSays { .. } => lang.pick("Servern meddelar", "Message from the server"),
            Self::UnknownAttributeValue { .. } => lang.pick("Okänt värde", "Unknown value"),
            Self::HostNotInData => lang.pick("Värdbutik saknas i data", "Host store not in the data"),
            Self::TotalsDisagree { .. } => lang.pick("Summor stämmer inte", "Totals disagree"),
        }
    }
}

impl Said for RemarkKind {
    #[expect(clippy::too_many_lines, reason = "one line a remark, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::AssumedSweref99Tm => lang
                .pick(
                    "filen anger inget koordinatsystem och talen ser ut som meter: tolkad som SWEREF 99 TM. Välj ett annat system om det är fel",
                    "the file names no coordinate reference system and the numbers look like metres: taken as SWEREF 99 TM. Choose another system if this is wrong",
                )
                .into(),
            Self::EncodingGuessed { encoding } => {
                let name = encoding.name();
                say!(
                    lang,
                    "filen säger inte hur dess bokstäver är skrivna: läst som {name}, av innehållet att döma. Ange en annan teckenkodning om å, ä eller ö är fel",
                    "the file does not say how its letters are written: read as {name}, judging by its content. Say another encoding if letters such as å, ä and ö are wrong"
                )
            }
            Self::EncodingDamaged { encoding, places } => {
                let (name, places) = (encoding.name(), lang.count(*places));
                say!(
                    lang,
                    "på {places} ställen står något som inte är {name}: tecknet � står där i stället",
                    "in {places} places stands something that is not {name}: the sign � stands there instead"
                )
            }
            Self::FileForm { message } | Self::LooseForm { message } => {
                let message = message.said(lang);
                say!(lang, "avviker från RFC 7946: {message}", "differs from RFC 7946: {message}")
            }
            Self::TableForm { message } | Self::AboutFile { message } | Self::Joined { message } => {
                message.said(lang)
            }
            Self::NotJoined { table, key, why } => {
                let why = why.said(lang);
                let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
                say!(lang, "{key}{why} i {table}", "{key}{why} in {table}")
            }
            Self::RowLeft { table, row, key, why } => {
                let why = why.said(lang);
                say!(lang, "{table}, datarad {row}, {key}: {why}", "{table}, data row {row}, {key}: {why}")
            }
            Self::RingClosed => lang
                .pick(
                    "ringens sista punkt är inte den första: ringen slöts",
                    "the ring's last position is not its first: the ring was closed",
                )
                .into(),
            Self::NotSimple => lang
                .pick("ytan korsar sig själv; dess yta kan bli fel", "the shape crosses itself; its area may be wrong")
                .into(),
            Self::SeveralParts { parts } => say!(
                lang,
                "har {parts} delar: en punkt på den som ligger mest centralt används",
                "has {parts} parts: a point on the most central one is used"
            ),
            Self::FewDecimals => lang
                .pick(
                    "läget har högst tre decimaler: känt på omkring 100 m när",
                    "the position has at most three decimals: known to about 100 m",
                )
                .into(),
            Self::DuplicateId { id } => say!(
                lang,
                "id ”{id}” finns flera gånger: objekten skiljs åt med sitt nummer",
                "the id “{id}” occurs several times: the features are told apart by number"
            ),
            Self::Duplicate { of_number, of_layer, apart } => say!(
                lang,
                "{} från objekt {of_number} i {of_layer}, samma typ: kan vara samma ställe två gånger",
                "{} from feature {of_number} of {of_layer}, same kind: may be one place twice",
                lang.distance(*apart)
            ),
            Self::OutsideAreas { by } => say!(
                lang,
                "ligger {} utanför de inlästa områdena. Den används: service över gränsen räknas",
                "lies {} outside the loaded areas. It is used: services across the border count",
                lang.km(*by)
            ),
            Self::NearSimplifiedBorder { by } => say!(
                lang,
                "ligger {} utanför områdena, nära den förenklade gränsen. Den används",
                "lies {} outside the areas, near the simplified border. It is used",
                lang.km(*by)
            ),
            Self::ZeroPopulation => lang.pick("har noll invånare", "has zero people").into(),
            Self::NearestArea { area, by } => say!(
                lang,
                "ligger i ingen polygon: räknas till närmaste, {area}, {} bort",
                "lies in no polygon: counted to the nearest, {area}, {} away",
                lang.km(*by)
            ),
            Self::NoArea => lang
                .pick("räknas på raden ”ingen kommun”", "is counted in the row “no municipality”")
                .into(),
            Self::AreaNotLoaded { name, cells, people } => {
                let (cells, persons, people) = (lang.count(*cells), lang.persons(*people), lang.people(*people));
                say!(
                    lang,
                    "rutor som anger ”{name}”, som inte finns bland områdena: {cells} med {people} invånare, räknade på raden ”ingen kommun”",
                    "cells that name “{name}”, which is not among the areas: {cells} with {persons}, counted in the row “no municipality”"
                )
            }
            Self::OtherArea { name } => say!(
                lang,
                "anger ”{name}”, som inte finns bland områdena: platsen hör till inget av dem",
                "names “{name}”, which is not among the areas: the place belongs to none of them"
            ),
            Self::SameArea { of_number, area } => say!(
                lang,
                "är en del av samma område som objekt {of_number}, {area}: de räknas på en rad",
                "is a part of the same area as feature {of_number}, {area}: they are counted in one row"
            ),
            Self::SameAreaName { of_number, name } => say!(
                lang,
                "heter {name} som objekt {of_number} men har en annan kod: räknas som ett eget område",
                "is called {name} like feature {of_number} but has another code: counted as an area of its own"
            ),
            Self::AreasBuiltIn => lang
                .pick(
                    "inget lager med kommuner är inläst: de inbyggda, förenklade gränserna används. Nära en gräns kan en ruta räknas till grannkommunen; läs in kommunernas gränser för exakta siffror",
                    "no layer of municipalities is loaded: the built-in, simplified boundaries are used. Near a boundary a cell may be counted with the neighbour; load the municipalities' boundaries for exact figures",
                )
                .into(),
            Self::AreasUnnamed => lang
                .pick(
                    "ingen kolumn känns igen som namn eller kod: områdena heter #1, #2 … Välj kolumnen under lagret (kommandoraden: --area-name-field)",
                    "no column is recognised as name or code: the areas are called #1, #2 … Choose the column under the layer (command line: --area-name-field)",
                )
                .into(),
            Self::CountedTwice { of_number, of_layer, people } => {
                let (persons, people) = (lang.persons(*people), lang.people(*people));
                say!(
                    lang,
                    "{people} invånare räknas också i objekt {of_number} i {of_layer}: samma invånare räknas två gånger",
                    "{persons} also counted in feature {of_number} of {of_layer}: the same people are counted twice"
                )
            }
            Self::AmbiguousNumber { field, value, read_as } => {
                let read_as = lang.number(*read_as, 3);
                say!(
                    lang,
                    "fältet ”{field}” har värdet ”{value}”, som kan vara tusental eller decimaler: läst som {read_as}",
                    "the field “{field}” has the value “{value}”, which may be thousands or decimals: read as {read_as}"
                )
            }
            Self::CutByServer => lang
                .pick(
                    "servern som skrev filen säger att den kortade av svaret: objekt saknas. Hämta resten (sida för sida) och läs in allt",
                    "the server that wrote the file says that it cut the answer short: features are missing. Fetch the rest (page by page) and load all of it",
                )
                .into(),
            Self::ServerSays { text } => say!(
                lang,
                "servern som skrev filen meddelar: ”{text}”",
                "the server that wrote the file says: “{text}”"
            ),
            Self::UnknownAttributeValue { field, value } => say!(
                lang,
                "fältet ”{field}” har det okända värdet ”{value}”: räknas som okänt",
                "the field “{field}” has the unknown value “{value}”: counted as unknown"
            ),
            Self::HostNotInData => lang
                .pick(
                    "ingen livsmedelsbutik inom gränsen: värdbutiken finns inte i data",
                    "no grocery store within the limit: host store not in the data",
                )
                .into(),
            Self::TotalsDisagree { what, printed, summed } => say!(
                lang,
                "{what}: angivet {}, summan av rutorna är {}; troligen siffror från olika datum. Inget har ändrats",
                "{what}: printed {}, the cells sum to {}; probably figures of different dates. Nothing was changed",
                lang.number(*printed, 0),
                lang.number(*summed, 0)
            ),
        }
    }
}
