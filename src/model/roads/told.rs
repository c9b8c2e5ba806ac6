//! How does the report of a road file read for people? Sentences and stable names, in both languages.

use std::collections::BTreeMap;

use super::report::{RoadReport, UnknownValues};
use crate::lang::{Lang, Said};
use crate::model::RemarkKind;
use crate::say;

impl RoadReport {
    /// What the server that made the file says of it, in words.
    #[must_use]
    pub fn warnings(&self, lang: Lang) -> Vec<String> {
        let cut = self.is_cut_by_server.then(|| RemarkKind::CutByServer.said(lang));
        let says = self.server_says.iter().map(|text| {
            say!(
                lang,
                "servern som skrev filen meddelar ”{text}”: vägar kan saknas. Hämta filen på nytt, gärna i mindre delar",
                "the server that wrote the file says “{text}”: roads may be missing. Fetch it again, in smaller parts if need be"
            )
        });
        cut.into_iter().chain(says).collect()
    }

    /// The lengths of a register beside those of its lines, where some differ by more than a tenth.
    #[must_use]
    pub fn lengths_said(&self, lang: Lang) -> Option<String> {
        let is_register = self.columns.iter().any(|(what, _)| what == "extlen");
        let lengths = &self.lengths;
        if !is_register || lengths.outliers == 0 || lengths.drawn_m <= 0.0 {
            return None;
        }
        let (stated, drawn) =
            (lang.number(lengths.stated_m / 1000.0, 1), lang.number(lengths.drawn_m / 1000.0, 1));
        let (ratio, outliers) =
            (lang.number(lengths.stated_m / lengths.drawn_m, 4), lang.whole(lengths.outliers));
        let first = lengths.listed.first().map_or_else(String::new, |first| {
            let number = first.feature;
            let (stated, drawn) = (lang.number(first.stated_m, 1), lang.number(first.drawn_m, 1));
            say!(
                lang,
                ", först objekt {number}: {stated} m mot {drawn} m ritat",
                ", the first feature {number}: {stated} m against {drawn} m drawn"
            )
        });
        Some(say!(
            lang,
            "registrets längder används: {stated} km mot {drawn} km ritat ({ratio}); {outliers} sträckor skiljer mer än 10 %{first}",
            "the register’s lengths are used: {stated} km against {drawn} km drawn ({ratio}); {outliers} stretches differ by more than 10 %{first}"
        ))
    }

    /// An example of the report as a language writes it: what it is about stands first, in English, in the report.
    #[must_use]
    pub fn said_example(example: &str, lang: Lang) -> String {
        let words = [
            (": feature ", ": objekt "),
            (": way ", ": väg "),
            (": relation ", ": relation "),
            (": node ", ": nod "),
        ];
        match lang {
            Lang::En => example.to_owned(),
            Lang::Sv => words.iter().fold(example.to_owned(), |text, (en, sv)| text.replacen(en, sv, 1)),
        }
    }

    /// What a stable name of the report means.
    #[must_use]
    pub fn said_reason(lang: Lang, reason: &str) -> String {
        let (sv, en) = match reason {
            "under_construction" => ("under byggnad eller planerad", "under construction or planned"),
            "abandoned" => ("övergiven eller riven", "abandoned or removed"),
            "not_for_public" => ("inte för allmän trafik", "not for the public"),
            "other_highway" => ("inte en väg att färdas på", "not a road to travel on"),
            "area" => ("en yta, inte en väg", "an area, not a road"),
            "duplicate_id" => ("samma väg flera gånger", "the same road several times"),
            "missing_nodes" => ("punkter saknas i filen", "points are missing in the file"),
            "too_short" => ("färre än två punkter", "fewer than two points"),
            "too_many_nodes" => ("orimligt många punkter", "unreasonably many points"),
            "not_a_line" => ("inte en linje", "not a line"),
            "bad_class" => ("vägklassen går inte att tolka", "the class cannot be read"),
            "bad_speed" => ("hastigheten går inte att tolka", "the speed cannot be read"),
            "bad_direction" => ("riktningen går inte att tolka", "the direction cannot be read"),
            "bad_length" => ("längden går inte att tolka", "the length cannot be read"),
            "bad_geometry" => ("geometrin går inte att tolka", "the geometry cannot be read"),
            "no_geometry" | "empty_geometry" => ("utan geometri", "without geometry"),
            "outside_area_of_use" => {
                ("utanför koordinatsystemets område", "outside the area of the coordinate system")
            }
            "swapped_axes" => ("koordinaterna står i fel ordning", "coordinates in the wrong order"),
            "not_finite" => ("koordinat som inte är ett tal", "a coordinate that is no number"),
            "not_json" | "not_a_feature" | "bad_properties" => {
                ("objektet går inte att läsa", "the feature cannot be read")
            }
            "service_without_nodes" => ("service utan läge", "a service without a position"),
            "service_not_closed" => {
                ("service vars ring inte är sluten", "a service whose ring is not closed")
            }
            "service_relation" => ("service som relation, inte läst", "a service as a relation, not read"),
            "reversible" => ("växlande körriktning", "changing direction"),
            "unknown_oneway" => ("okänd körriktning", "unknown direction"),
            "unknown_surface" => ("okänt underlag", "unknown surface"),
            "unknown_duration" => ("okänd restid för färja", "unknown crossing time"),
            "unknown_maxspeed" => ("okänd hastighetsgräns", "unknown speed limit"),
            "unknown_access" => ("okänt tillträde", "unknown access"),
            "unknown_value" => ("okänd typ av svängförbud", "unknown kind of turn restriction"),
            "via_way" => ("svängförbud via en väg", "turn restriction via a road"),
            "incomplete" => ("ofullständiga i filen", "incomplete in the file"),
            "not_for_cars" => ("gäller inte bil", "not for cars"),
            "conditional" => ("gäller vissa tider", "at certain times only"),
            "forbidden_both_ways" => ("förbjuden att köra åt båda hållen", "driving forbidden both ways"),
            "limit_of_other_direction" => {
                ("gränsen tagen från andra riktningen", "limit taken from the other direction")
            }
            "base_limit_50" => {
                ("utan gräns: bashastighet 50 (tättbebyggt)", "no limit: base limit 50 (built-up area)")
            }
            "base_limit_70" => ("utan gräns: bashastighet 70", "no limit: base limit 70"),
            "no_limit" => ("utan hastighetsgräns: klassens fart", "no limit: the speed of the class"),
            "unclear_column" => ("avkortat kolumnnamn, används inte", "shortened column name, not used"),
            "no_road_columns" => ("inga kolumner känns igen", "no column recognised"),
            "length_disagrees" => ("längden stämmer inte med linjen", "the length does not fit the line"),
            "ferry_without_cars" => ("färja som inte tar bilar", "a ferry that takes no cars"),
            "in_two_files" => ("finns i två filer", "in two files"),
            "unknown_maxweight" => ("okänd viktgräns", "unknown weight limit"),
            other => return other.replace('_', " "),
        };
        lang.pick(sv, en).to_owned()
    }

    /// What of the file is not used though it may be a road, and why: one line for each sort, with its stable names.
    #[must_use]
    pub fn left_out(&self, lang: Lang) -> Vec<String> {
        let mut lines = self.counts_said(lang);
        lines.extend(self.columns_said(lang));
        if self.tables.len() > 1 {
            let (count, tables) = (lang.count(self.tables.len()), self.tables.join(", "));
            lines.push(say!(
                lang,
                "{count} tabeller läses som ett vägnät: {tables}. Är de samma vägar ur flera år, välj en: FIL:TABELL",
                "{count} tables are read as one network: {tables}. If they are the same roads of several years, choose one: FILE:TABLE"
            ));
        }
        if let Some(said) = self.lengths_said(lang) {
            lines.push(said);
        }
        if self.remarks.contains_key("no_road_columns") {
            lines.push(
                lang.pick(
                    "ingen kolumn med vägklass, hastighet eller riktning känns igen: varje linje körs som mindre väg åt båda hållen. Välj kolumner med --class-field, --speed-field och --direction-field eller i vägfilens inställningar",
                    "no column of road class, speed limit or direction is recognised: every line is driven as a minor road, both ways. Choose columns with --class-field, --speed-field and --direction-field or in the settings of the road file",
                )
                .into(),
            );
        }
        lines
    }

    /// What is counted, one line for each sort.
    fn counts_said(&self, lang: Lang) -> Vec<String> {
        // No roads, and what is told in words of its own.
        let is_no_road = |reason: &str| {
            matches!(
                reason,
                "under_construction"
                    | "abandoned"
                    | "not_for_public"
                    | "other_highway"
                    | "no_road_columns"
                    | "unclear_column"
                    | "several_tables"
            )
        };
        let sorts = [
            (lang.pick("vägar som inte används", "roads not used"), &self.ways_refused),
            (lang.pick("svängförbud som inte följs", "turn restrictions not obeyed"), &self.turns_left),
            (lang.pick("anmärkningar", "remarks"), &self.remarks),
        ];
        let mut lines = Vec::new();
        let said = |counts: &BTreeMap<String, u64>| {
            let counts = counts.iter().filter(|(reason, count)| **count > 0 && !is_no_road(reason));
            counts
                .map(|(reason, count)| {
                    format!("{reason} {} ({})", lang.whole(*count), Self::said_reason(lang, reason))
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (sort, counts) in sorts {
            let counts = said(counts);
            if !counts.is_empty() {
                lines.push(format!("{sort}: {counts}"));
            }
        }
        if self.deleted > 0 {
            let deleted = lang.whole(self.deleted);
            lines.push(say!(
                lang,
                "raderade objekt i filen som inte används: {deleted}",
                "deleted objects in the file that are not used: {deleted}"
            ));
        }
        lines
    }

    /// Which values and columns nobody knows.
    fn columns_said(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        for (column, UnknownValues { count, feature, value }) in &self.unknown_values {
            let count = lang.whole(*count);
            lines.push(say!(
                lang,
                "okända värden i kolumnen {column}: {count}, först objekt {feature}: {value}. Vägarna används, men utan de värdena",
                "unknown values in the column {column}: {count}, the first feature {feature}: {value}. The roads are used without those values"
            ));
        }
        if !self.unclear_columns.is_empty() {
            let columns = self.unclear_columns.join(", ");
            lines.push(say!(
                lang,
                "kolumner vars namn är avkortade så att de kan betyda två saker läses inte: {columns}. Hastighet eller riktning kan saknas. Byt namn på dem eller välj GeoPackage",
                "columns whose names are cut so that they may mean two things are not read: {columns}. Limits or directions may be missing. Rename them, or choose GeoPackage"
            ));
        }
        lines
    }
}
