//! Does the command line say two things that cannot both hold, or one that nothing would come of? Then it is refused with
//! both options named, before a file is read: no option silently wins over another.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory as _};

use super::arguments::{Arguments, Site, Solve, Work};
use super::inputs::Given;
use crate::io::overwritten;
use crate::lang::Lang;
use crate::model::SpeedSet;
use crate::say;

/// An option that means nothing without another.
struct Need {
    option: &'static str,
    needs: &'static str,
    /// What it needs, behind its name.
    text: [&'static str; 2],
}

const fn need(option: &'static str, needs: &'static str, text: [&'static str; 2]) -> Need {
    Need { option, needs, text }
}

const ROADS: [&str; 2] = ["behöver vägar: ange --roads FIL", "needs roads: give --roads FILE"];
const AREAS: [&str; 2] =
    ["gäller filen i --areas: ange --areas FIL", "is about the file of --areas: give --areas FILE"];
const PIPOS: [&str; 2] =
    ["gäller filen i --pipos: ange --pipos FIL", "is about the file of --pipos: give --pipos FILE"];

const BEST: [&str; 2] =
    ["gäller de bästa platserna: ange --sot-points ANTAL", "is about the best places: give --sot-points N"];

const NEEDS: &[Need] = &[
    need("closed", "roads", ROADS),
    need("profile", "roads", ROADS),
    need("speeds", "roads", ROADS),
    need("winter", "roads", ROADS),
    need("max_access", "roads", ROADS),
    need("class_field", "roads", ROADS),
    need("speed_field", "roads", ROADS),
    need("direction_field", "roads", ROADS),
    need("length_field", "roads", ROADS),
    need(
        "population_field",
        "population",
        [
            "gäller filen i --population: ange --population FIL",
            "is about the file of --population: give --population FILE",
        ],
    ),
    need("area_code_field", "areas", AREAS),
    need("area_name_field", "areas", AREAS),
    need("pipos_field", "pipos", PIPOS),
    need("pipos_kind", "pipos", PIPOS),
    need(
        "within",
        "place",
        ["gäller runt en plats: ange --place NAMN", "is around a place: give --place NAME"],
    ),
    need(
        "status_field",
        "existing",
        [
            "gäller filen i --existing: ange --existing FIL",
            "is about the file of --existing: give --existing FILE",
        ],
    ),
    need(
        "max_loss",
        "alternatives",
        [
            "gäller alternativa planer: ange --alternatives ANTAL",
            "is about alternative plans: give --alternatives K",
        ],
    ),
    need(
        "flat_price",
        "budget",
        ["gäller bara med en budget: ange --budget BELOPP", "is for a budget only: give --budget AMOUNT"],
    ),
    need("needs", "sot_points", BEST),
    need("over", "sot_points", BEST),
    need(
        "budget",
        "sites_file",
        [
            "behöver veta vad platser kostar: ange --sites-file FIL med site,cost,capacity",
            "needs to know what sites cost: give --sites-file FILE with site,cost,capacity",
        ],
    ),
];

/// Two options of which one would be lost.
struct Against {
    options: [&'static str; 2],
    why: [&'static str; 2],
}

const AGAINST: &[Against] = &[
    Against {
        options: ["detour", "roads"],
        why: [
            "omvägsfaktorn gäller fågelvägen, med vägar mäts längs väg",
            "the factor is for straight lines, with roads distances follow them",
        ],
    },
    Against {
        options: ["speed", "roads"],
        why: [
            "medelfarten gäller fågelvägen, med vägar ger --speeds hastigheterna",
            "the mean speed is for straight lines, with roads --speeds gives the speeds",
        ],
    },
    Against {
        options: ["demo", "population"],
        why: [
            "exemplet har egen befolkning, och alla skulle räknas två gånger",
            "the example has people of its own, and everybody would be counted twice",
        ],
    },
    Against {
        options: ["swedish_csv", "tables"],
        why: [
            "en arbetsbok är ingen CSV, och visar tal på läsarens språk",
            "a workbook is no CSV, and shows numbers in the reader’s language",
        ],
    },
    Against {
        options: ["curve", "budget"],
        why: [
            "kurvan räknar antal platser och tar inte hänsyn till vad de kostar",
            "the curve counts places, whatever they cost",
        ],
    },
];

/// Refuses what contradicts itself; the error is the message for the user.
pub fn refuse(
    arguments: &Arguments,
    matches: &ArgMatches,
    languages: &[String],
    lang: Lang,
) -> Result<(), String> {
    if let [first, .., last] = languages {
        return Err(say!(
            lang,
            "språket anges två gånger, --lang {first} och --lang {last}. Ta bort det ena",
            "the language is given twice, --lang {first} and --lang {last}. Leave out one of them"
        ));
    }
    let Some((name, said)) = matches.subcommand() else { return Ok(()) };
    if let Some(file) = arguments.files.first() {
        let file = file.display();
        return Err(say!(
            lang,
            "{file} står före kommandot {name} och skulle inte användas. Ange filen efter kommandot, på det sätt som sotplan {name} --help visar",
            "{file} stands before the command {name} and would not be used. Give the file after the command, as sotplan {name} --help shows"
        ));
    }
    let command = Arguments::command();
    let Some(command) = command.find_subcommand(name) else { return Ok(()) };
    let line = Line { command, said };
    if !matches!(arguments.work, Some(Work::Pack(_) | Work::Open(_) | Work::Merge(_))) {
        line.has_project_alone(lang)?;
    }
    NEEDS.iter().try_for_each(|need| line.has_needed(need, lang))?;
    AGAINST.iter().try_for_each(|against| line.has_one_of(against, lang))?;
    match &arguments.work {
        Some(Work::Site(said)) => of_site(said, lang),
        Some(Work::Solve(said)) => of_solve(said, lang),
        _ => Ok(()),
    }
}

/// The files that a command line names, each with the option that names it.
pub fn files(matches: &ArgMatches) -> Vec<(String, PathBuf)> {
    let command = Arguments::command();
    let of_command =
        matches.subcommand().and_then(|(name, said)| Some((command.find_subcommand(name)?, said)));
    of_command.map_or_else(Vec::new, |(command, said)| Line { command, said }.files())
}

/// Refuses to write over a file that is read.
pub fn refuse_overwriting(
    files: &[(String, PathBuf)],
    outputs: &[PathBuf],
    lang: Lang,
) -> Result<(), String> {
    let inputs: Vec<&Path> = files.iter().map(|(_, file)| file.as_path()).collect();
    let Some((input, output)) = overwritten(&inputs, outputs.iter().map(PathBuf::as_path)) else {
        return Ok(());
    };
    let (option, path) = (files.get(input).map_or("", |(option, _)| option.as_str()), output.display());
    Err(say!(
        lang,
        "{path}: är en indatafil ({option}) och skrivs inte över av --out. Inget har skrivits. Välj en annan plats för --out",
        "{path}: is an input file ({option}) and will not be overwritten by --out. Nothing was written. Choose another place for --out"
    ))
}

/// What is said to a command.
struct Line<'a> {
    command: &'a Command,
    said: &'a ArgMatches,
}

impl Line<'_> {
    fn is_said(&self, id: &str) -> bool {
        // Asking clap for an argument that the command does not have ends the program.
        self.said.ids().any(|known| known == id)
            && self.said.value_source(id) == Some(ValueSource::CommandLine)
    }

    fn raw(&self, id: &str) -> impl Iterator<Item = &OsStr> {
        let raw = if self.is_said(id) { self.said.get_raw(id) } else { None };
        raw.into_iter().flatten()
    }

    /// Who says what holds anyway says nothing.
    fn is_said_otherwise(&self, id: &str) -> bool {
        let arg = self.command.get_arguments().find(|arg| arg.get_id() == id);
        self.is_said(id)
            && arg.is_some_and(|arg| {
                !self.raw(id).eq(arg.get_default_values().iter().map(clap::builder::OsStr::as_os_str))
            })
    }

    fn has_needed(&self, need: &Need, lang: Lang) -> Result<(), String> {
        let knows = self.command.get_arguments().any(|arg| arg.get_id() == need.needs);
        if !knows || !self.is_said_otherwise(need.option) || self.is_said(need.needs) {
            return Ok(());
        }
        let (option, [sv, en]) = (written(need.option), need.text);
        Err(say!(lang, "{option} {sv}, eller ta bort {option}", "{option} {en}, or leave out {option}"))
    }

    fn has_one_of(&self, against: &Against, lang: Lang) -> Result<(), String> {
        if !against.options.iter().all(|id| self.is_said(id)) {
            return Ok(());
        }
        let ([first, second], [sv, en]) = (against.options.map(written), against.why);
        Err(say!(
            lang,
            "{first} och {second} kan inte användas tillsammans: {sv}. Ta bort det ena",
            "{first} and {second} cannot be used together: {en}. Leave out one of them"
        ))
    }

    /// A project says itself what is read and assumed.
    fn has_project_alone(&self, lang: Lang) -> Result<(), String> {
        if !self.is_said("project") {
            return Ok(());
        }
        let other = Given::replaced().into_iter().find(|id| self.is_said(id));
        other.map_or(Ok(()), |id| {
            let option = written(&id);
            Err(say!(
                lang,
                "--project och {option} kan inte användas tillsammans: projektet anger själv lager och antaganden. Ta bort det ena",
                "--project and {option} cannot be used together: the project says itself which layers and assumptions hold. Leave out one of them"
            ))
        })
    }

    fn files(&self) -> Vec<(String, PathBuf)> {
        let takes_file = |names: &[clap::builder::Str]| names.iter().any(|name| name.contains("FILE"));
        let args = self
            .command
            .get_arguments()
            .filter(|arg| arg.get_id() != "out" && arg.get_value_names().is_some_and(takes_file));
        let mut files = Vec::new();
        for arg in args {
            let id = arg.get_id().as_str();
            // A ready set of speeds is no file.
            let is_set = |file: &OsStr| {
                id == "speeds" && file.to_str().is_some_and(|name| SpeedSet::from_id(name).is_some())
            };
            // What is joined may say to which layer.
            let file_of = |said: &OsStr| match said.to_str() {
                Some(text) if id == "join" => super::joins::split(text).1.into(),
                _ => said.into(),
            };
            files.extend(self.raw(id).filter(|file| !is_set(file)).map(|file| (written(id), file_of(file))));
        }
        files
    }
}

/// An option as it is written.
fn written(id: &str) -> String {
    format!("--{}", id.replace('_', "-"))
}

fn of_site(said: &Site, lang: Lang) -> Result<(), String> {
    if said.asked.budget.is_some()
        && said.cost_field.is_none()
        && said.flat_price.is_none()
        && said.price.is_empty()
    {
        return Err(lang
            .pick(
                "--budget behöver veta vad platser kostar: ange kolumnen med --cost-field NAMN, ett fast pris med --flat-price BELOPP eller pris för enskilda platser med --price PLATS=BELOPP, eller ta bort --budget",
                "--budget needs to know what places cost: name the column with --cost-field NAME, a flat price with --flat-price AMOUNT or prices of single places with --price PLACE=AMOUNT, or leave out --budget",
            )
            .into());
    }
    // Names of places are found whatever their case.
    let key = |name: &str| name.trim().to_lowercase();
    in_one_list_only([("--required", &said.required), ("--forbidden", &said.forbidden)], key, lang)?;
    in_one_list_only([("--release", &said.release), ("--forbidden", &said.forbidden)], key, lang)?;
    of_two_places(&said.asked.exclusive, key, lang)
}

fn of_solve(said: &Solve, lang: Lang) -> Result<(), String> {
    let key = |name: &str| name.trim().to_owned();
    in_one_list_only([("--required", &said.required), ("--forbidden", &said.forbidden)], key, lang)?;
    of_two_places(&said.asked.exclusive, key, lang)
}

/// No name stands in both lists.
fn in_one_list_only(
    [(option, names), (other, others)]: [(&str, &Vec<String>); 2],
    key: impl Fn(&str) -> String,
    lang: Lang,
) -> Result<(), String> {
    let both = names.iter().find(|name| others.iter().any(|other| key(other) == key(name)));
    both.map_or(Ok(()), |name| {
        Err(say!(
            lang,
            "{name} står i både {option} och {other}. Ta bort platsen ur den ena",
            "{name} stands in both {option} and {other}. Take the place out of one of them"
        ))
    })
}

/// No pair is a place and itself, wherever its comma stands.
fn of_two_places(pairs: &[String], key: impl Fn(&str) -> String, lang: Lang) -> Result<(), String> {
    let is_itself =
        |pair: &&String| pair.match_indices(',').any(|(at, _)| key(&pair[..at]) == key(&pair[at + 1..]));
    pairs.iter().find(is_itself).map_or(Ok(()), |pair| {
        Err(say!(
            lang,
            "--exclusive {pair}: en plats kan inte utesluta sig själv. Skriv två olika platser",
            "--exclusive {pair}: a place cannot exclude itself. Write two different places"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_about_options_that_there_are() {
        let command = Arguments::command();
        let is_known = |ids: &[&str]| {
            command
                .get_subcommands()
                .any(|below| ids.iter().all(|id| below.get_arguments().any(|arg| arg.get_id() == id)))
        };
        for need in NEEDS {
            assert!(is_known(&[need.option, need.needs]), "{} and {}", need.option, need.needs);
        }
        for against in AGAINST {
            assert!(is_known(&against.options), "{:?}", against.options);
        }
    }

    #[test]
    fn names_of_options_are_made_from_their_ids() {
        for below in Arguments::command().get_subcommands() {
            for arg in below.get_arguments().filter(|arg| !arg.is_positional()) {
                assert_eq!(written(arg.get_id().as_str()), format!("--{}", arg.get_long().expect("a name")));
            }
        }
    }

    #[test]
    fn a_pair_is_parted_at_any_comma() {
        let key = |name: &str| name.trim().to_lowercase();
        for (pair, is_good) in
            [("A,A", false), ("a, A", false), ("x,y,x,y", false), ("A,B", true), ("A", true), ("x,x,y", true)]
        {
            assert_eq!(of_two_places(&[pair.to_owned()], key, Lang::En).is_ok(), is_good, "{pair}");
        }
    }
}
