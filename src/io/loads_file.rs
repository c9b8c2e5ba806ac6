//! Which machines need power at a place? A table of text, a row a machine: its name, rated power, number, start, cold or not,
//! hours. Every fault is named by line, column and value: half a list would be another list.

use std::path::Path;

use super::content::file_name;
use super::delimited::{self, Rows};
use super::input::Input;
use super::{IoError, guarded};
use crate::lang::Lang;
use crate::model::recognise::{WrittenNumber, folded, written_number};
use crate::model::{Load, LoadHours, Message};
use crate::progress::Progress;
use crate::say;

/// What a column says, and its names, folded.
const NAME: &[&str] =
    &["name", "namn", "load", "last", "machine", "maskin", "apparat", "utrustning", "equipment"];
const KW: &[&str] =
    &["kw", "effekt_kw", "power_kw", "rated_kw", "markeffekt_kw", "effekt", "power", "markeffekt", "rated"];
const WATT: &[&str] = &["w", "watt", "effekt_w", "power_w"];
const COUNT: &[&str] = &["count", "antal", "number", "quantity", "st"];
const START: &[&str] = &["start_factor", "startfaktor", "start", "start_times"];
const COLD: &[&str] = &["cold", "is_cold", "kyla", "kall", "kyler"];
const HOURS: &[&str] =
    &["when", "hours", "när", "nar", "tid", "tider", "needed", "behövs", "behovs", "drift"];

/// Reads a list of machines.
///
/// # Errors
/// [`IoError`] when the file cannot be read, has no column of power, or a row is not right.
pub fn read_loads(path: &Path, progress: &dyn Progress) -> Result<Vec<Load>, IoError> {
    guarded(&file_name(path), || {
        let Rows { names, rows } = delimited::rows(&Input::open(path)?, progress)?;
        let table = Columns::of(&file_name(path), &names)?;
        let loads: Result<Vec<Load>, IoError> =
            rows.iter().map(|(line, values)| table.load(*line, values)).collect();
        let loads = loads?;
        if loads.is_empty() {
            let message = Message::new("innehåller inga rader", "holds no rows");
            return Err(IoError::Table { file: table.file, message });
        }
        Ok(loads)
    })
}

/// Where each thing stands.
struct Columns<'a> {
    file: String,
    names: &'a [String],
    name: Option<usize>,
    power: usize,
    /// Kilowatts of one of its units.
    unit: f64,
    count: Option<usize>,
    start: Option<usize>,
    cold: Option<usize>,
    hours: Option<usize>,
}

impl<'a> Columns<'a> {
    fn of(file: &str, names: &'a [String]) -> Result<Self, IoError> {
        let folded: Vec<String> = names.iter().map(|name| folded(name).replace([' ', '-'], "_")).collect();
        let find = |known: &[&str]| known.iter().find_map(|one| folded.iter().position(|name| name == one));
        let kilowatts = find(KW).map(|at| (at, 1.0));
        let Some((power, unit)) = kilowatts.or_else(|| find(WATT).map(|at| (at, 0.001))) else {
            let (file, wanted) = (file.to_owned(), "kw".to_owned());
            return Err(IoError::MissingColumn { file, wanted, columns: names.to_vec() });
        };
        let (count, start, cold, hours) = (find(COUNT), find(START), find(COLD), find(HOURS));
        Ok(Self { file: file.to_owned(), names, name: find(NAME), power, unit, count, start, cold, hours })
    }

    fn load(&self, line: u32, values: &[String]) -> Result<Load, IoError> {
        let text = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |value| value.trim());
        let power = self.number(line, values, self.power, 0.0..=Load::MOST_KW)?;
        let kw = power.ok_or_else(|| {
            let [sv, en] = [
                "saknas. Skriv märkeffekten, till exempel 4,5",
                "is empty. Write the rated power, for example 4.5",
            ];
            self.fault(line, self.power, "", [sv, en])
        })? * self.unit;
        let count = match self.count {
            Some(at) => self.number(line, values, at, 0.0..=f64::from(Load::MOST_COUNT))?.unwrap_or(1.0),
            None => 1.0,
        };
        if count.fract() != 0.0 {
            let at = self.count.unwrap_or_default();
            return Err(self.fault(
                line,
                at,
                text(self.count),
                ["är inget helt antal", "is no whole number"],
            ));
        }
        let start_factor = match self.start {
            Some(at) => self.number(line, values, at, 1.0..=Load::MOST_START)?.unwrap_or(1.0),
            None => 1.0,
        };
        let is_cold = match self.cold {
            Some(at) => yes_no(text(self.cold)).ok_or_else(|| {
                self.fault(line, at, text(self.cold), ["är varken ja eller nej", "is neither yes nor no"])
            })?,
            None => false,
        };
        let hours = match self.hours {
            Some(at) => hours(text(self.hours)).ok_or_else(|| {
                let [sv, en] = [
                    "är ingen tid. Skriv dygnet runt, dag, natt eller timmar som 7-19",
                    "is no time. Write always, day, night or hours as 7-19",
                ];
                self.fault(line, at, text(self.hours), [sv, en])
            })?,
            None => LoadHours::Always,
        };
        let name = text(self.name);
        let name = if name.is_empty() { format!("#{line}") } else { name.to_owned() };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and within its bounds"
        )]
        let count = count as u32;
        Ok(Load { name, kw, count, start_factor, is_cold, hours })
    }

    /// A number within bounds; `None` where the field is empty.
    fn number(
        &self,
        line: u32,
        values: &[String],
        at: usize,
        bounds: std::ops::RangeInclusive<f64>,
    ) -> Result<Option<f64>, IoError> {
        let text = values.get(at).map_or("", |value| value.trim());
        if text.is_empty() {
            return Ok(None);
        }
        match written_number(text) {
            Some(WrittenNumber { value, .. }) if value.is_finite() && bounds.contains(&value) => {
                Ok(Some(value))
            }
            Some(_) => {
                let (least, most) = (bounds.start(), bounds.end());
                let sv = format!("måste ligga mellan {least} och {most}");
                let en = format!("must lie between {least} and {most}");
                Err(self.fault(line, at, text, [&sv, &en]))
            }
            None => Err(self.fault(line, at, text, ["är inget tal", "is no number"])),
        }
    }

    fn fault(&self, line: u32, at: usize, value: &str, why: [&str; 2]) -> IoError {
        let column = self.names.get(at).map_or("", String::as_str);
        let said = |lang: Lang| {
            let why = lang.pick(why[0], why[1]);
            if value.is_empty() {
                return say!(lang, "rad {line}: {column} {why}", "line {line}: {column} {why}");
            }
            say!(lang, "rad {line}: {column} ”{value}” {why}", "line {line}: {column} “{value}” {why}")
        };
        IoError::Table { file: self.file.clone(), message: Message::new(said(Lang::Sv), said(Lang::En)) }
    }
}

fn yes_no(text: &str) -> Option<bool> {
    match folded(text).as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "1" | "x" => Some(true),
        "" | "nej" | "n" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Hours of the day as people write them.
fn hours(text: &str) -> Option<LoadHours> {
    let key = folded(text);
    match key.as_str() {
        "" | "always" | "alltid" | "dygnet runt" | "all day" | "24" | "24h" | "24 h" => {
            return Some(LoadHours::Always);
        }
        "day" | "dag" | "dagtid" | "öppet" | "oppet" | "opening hours" | "öppettid" | "oppettid" => {
            return Some(LoadHours::DAY);
        }
        "night" | "natt" | "nattetid" => return Some(LoadHours::NIGHT),
        _ => {}
    }
    let (from, to) = key.split_once(['-', '–'])?;
    // 7, 07, 07:00, 07.00: whole hours.
    let hour = |text: &str| {
        let text = text.trim();
        let whole =
            text.split_once([':', '.']).map_or(Some(text), |(hour, rest)| (rest == "00").then_some(hour))?;
        whole.parse::<u8>().ok().filter(|hour| *hour <= 24)
    };
    let (from, to) = (hour(from)? % 24, hour(to)?);
    if from == to % 24 { Some(LoadHours::Always) } else { Some(LoadHours::Between(from, to)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Said as _;
    use crate::progress::Unwatched;

    fn read(text: &str) -> Result<Vec<Load>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("laster.csv");
        std::fs::write(&path, text).expect("written");
        read_loads(&path, &Unwatched).map_err(|error| error.said(Lang::En))
    }

    #[test]
    fn a_list_is_read_in_either_language() {
        let wanted = Load {
            name: "Kyl".into(),
            kw: 4.5,
            count: 2,
            start_factor: 3.0,
            is_cold: true,
            hours: LoadHours::Between(7, 19),
        };
        let swedish = "Namn;Effekt kW;Antal;Startfaktor;Kyla;När\nKyl;4,5;2;3;ja;dag\nLampor;0,5;;;nej;\n";
        let english =
            "name,watt,count,start_factor,cold,when\nKyl,4500,2,3,yes,07:00-19:00\nLampor,500,,,,always\n";
        for text in [swedish, english] {
            let loads = read(text).expect("a list");
            assert_eq!(loads[0], wanted);
            assert_eq!((loads[1].kw, loads[1].count, loads[1].hours), (0.5, 1, LoadHours::Always));
        }
        // Power alone is a list.
        assert_eq!(read("kw\n10\n").expect("a list")[0].name, "#2");
        assert_eq!(hours("22-6"), Some(LoadHours::Between(22, 6)));
        assert_eq!(hours("0-24"), Some(LoadHours::Always));
    }

    #[test]
    fn a_fault_is_named_by_line_column_and_value() {
        for (text, phrases) in [
            ("name,kw\nKyl,4\nFrys,mycket\n", &["line 3", "kw “mycket” is no number"][..]),
            ("name,kw\nKyl,-4\n", &["line 2", "kw “-4” must lie between 0"]),
            ("name,kw\nKyl,\n", &["line 2", "kw is empty"]),
            ("name,kw,count\nKyl,4,1.5\n", &["count “1.5” is no whole number"]),
            ("name,kw,cold\nKyl,4,maybe\n", &["cold “maybe” is neither yes nor no"]),
            ("name,kw,when\nKyl,4,sometimes\n", &["when “sometimes” is no time"]),
            ("name,hours\nKyl,4\n", &["kw"]),
        ] {
            let error = read(text).expect_err(text);
            for phrase in phrases {
                assert!(error.contains(phrase), "{error}");
            }
        }
    }
}
