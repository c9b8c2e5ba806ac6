//! Does the command line speak the language asked for, in help and errors, wherever `--lang` stands?

use super::*;

const COMMANDS: [&str; 9] =
    ["analyse", "travel", "route", "site", "solve", "info", "map", "check", "convert"];

/// Runs in a terminal of a language.
fn in_locale(locale: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
    command.args(arguments).env("LC_ALL", locale).output().expect("the program starts")
}

fn help(done: &Output) -> String {
    assert_eq!((done.status.code(), text(&done.stderr).as_str()), (Some(0), ""), "{done:?}");
    text(&done.stdout)
}

fn is_swedish(help: &str) -> bool {
    let english =
        ["Usage", "Options", "OPTIONS", "Commands", "Arguments", "default:", "possible values", "Print help"];
    help.contains("Användning: sotplan")
        && help.contains("\nFlaggor:\n")
        && !english.iter().any(|word| help.contains(word))
}

fn is_english(help: &str) -> bool {
    let swedish = ["Användning", "Flaggor", "FLAGGOR", "Kommandon", "standard:", "möjliga värden", "Visa"];
    help.contains("Usage: sotplan")
        && help.contains("\nOptions:\n")
        && !swedish.iter().any(|word| help.contains(word))
}

#[test]
fn help_is_in_the_language_asked_for() {
    for command in COMMANDS {
        let asked: [&[&str]; 7] = [
            &["--lang", "sv", command, "--help"],
            &["--lang=sv", command, "-h"],
            &[command, "--lang", "sv", "--help"],
            &[command, "--help", "--lang", "sv"],
            &[command, "-h", "--lang=sv"],
            &["help", command, "--lang", "sv"],
            &["--lang", "sv", "help", command],
        ];
        let said = asked.map(|arguments| help(&sotplan(arguments)));
        assert!(is_swedish(&said[0]), "{}", said[0]);
        for (arguments, said_too) in asked.iter().zip(&said) {
            assert_eq!(*said_too, said[0], "{arguments:?}");
        }
        assert!(is_english(&help(&sotplan(&[command, "--help"]))), "{command}");
    }
    for arguments in [&["--lang", "sv", "--help"][..], &["-h", "--lang=sv"], &["help", "-h", "--lang", "sv"]]
    {
        let said = help(&sotplan(arguments));
        assert!(
            is_swedish(&said) && said.contains("\nKommandon:\n") && said.contains("Hitta, jämför"),
            "{said}"
        );
    }
}

#[test]
fn otherwise_help_is_in_the_language_of_the_terminal() {
    for locale in ["sv_SE.UTF-8", "sv"] {
        assert!(is_swedish(&help(&in_locale(locale, &["site", "--help"]))), "{locale}");
        assert!(is_english(&help(&in_locale(locale, &["site", "--help", "--lang", "en"]))), "{locale}");
    }
    for locale in ["C.UTF-8", "de_DE.UTF-8", ""] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
        command.arg("--help").env("LC_ALL", locale).env("LC_MESSAGES", "").env("LANG", "en_GB.UTF-8");
        assert!(is_english(&help(&command.output().expect("the program starts"))), "{locale}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
    command.arg("--help").env("LC_ALL", "").env("LC_MESSAGES", "").env("LANG", "sv_SE.UTF-8");
    assert!(is_swedish(&help(&command.output().expect("the program starts"))));
}

#[test]
fn both_languages_name_the_same_options() {
    let words = |help: &str| -> Vec<String> {
        let options = help.lines().filter(|line| line.starts_with("      --") || line.starts_with("  -"));
        let names = options.filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")));
        names.map(str::to_owned).collect()
    };
    for command in COMMANDS {
        let (sv, en) = (help(&sotplan(&[command, "-h", "--lang", "sv"])), help(&sotplan(&[command, "-h"])));
        assert_eq!(words(&sv), words(&en), "{command}");
        assert!(words(&sv).len() > 2, "{sv}");
        for line in sv.lines().chain(en.lines().filter(|line| !line.starts_with("Usage:"))) {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

/// Refused by the reader of the command line: code 2, nothing printed, and these phrases.
fn refuse(arguments: &[&str], phrases: &[&str]) {
    let done = sotplan(arguments);
    let said = text(&done.stderr);
    assert_eq!((done.status.code(), text(&done.stdout).as_str()), (Some(2), ""), "{arguments:?}: {said}");
    for phrase in phrases {
        assert!(said.contains(phrase), "{arguments:?}: “{said}” does not say “{phrase}”");
    }
}

#[test]
fn what_cannot_be_read_is_told_in_both_languages() {
    let cases: [(&[&str], &[&str], &[&str]); 9] = [
        (
            &["map", "--gap"],
            &["fel: okänd flagga --gap", "tips:", "--gaps"],
            &["error: unexpected argument '--gap'", "tip:"],
        ),
        (&["map", "extra"], &["oväntat argument ”extra”"], &["unexpected argument 'extra'"]),
        (&["map", "--out"], &["--out <FIL> saknar värde"], &["a value is required for '--out <FILE>'"]),
        (
            &["map", "--colour", "x"],
            &["ogiltigt värde ”x” för --colour <FÄRG>", "möjliga värden: distance"],
            &["invalid value 'x' for '--colour <COLOUR>'", "possible values: distance"],
        ),
        (&["map", "--demo"], &["måste också anges", "--out <FIL>"], &["were not provided", "--out <FILE>"]),
        (
            &["map", "--out", "a", "--out", "b"],
            &["får bara anges en gång"],
            &["cannot be used multiple times"],
        ),
        (
            &["site", "--demo", "--out", "a", "--objective", "mclp", "--sites", "1", "--budget", "1"],
            &["--sites <ANTAL> kan inte användas tillsammans med --budget <SUMMA>"],
            &["'--sites <N>' cannot be used with '--budget <SUM>'"],
        ),
        (
            &["travel", "--k", "0"],
            &["ogiltigt värde ”0” för --k <ANTAL>: skriv ett heltal från 1 till"],
            &["invalid value '0' for '--k <N>': write a whole number from 1 to"],
        ),
        (&["help", "karta"], &["okänt kommando ”karta”"], &["unrecognized subcommand 'karta'"]),
    ];
    for (arguments, swedish, english) in cases {
        refuse(
            &[arguments, &["--lang", "sv"]].concat(),
            &[swedish, &["fel: ", "Mer hjälp finns med --help."]].concat(),
        );
        refuse(arguments, &[english, &["error: "]].concat());
    }
}

/// Every value that is not written as it should is explained in Swedish.
#[test]
fn values_are_explained_in_swedish() {
    for (option, value, phrase) in [
        ("--threshold", "20", "skriv gränsen med enhet"),
        ("--threshold", "xkm", "skriv en längd som 10km"),
        ("--threshold", "0min", "tiden måste vara över noll"),
        ("--threshold", "1,234km", "kan vara tusental eller decimaler: skriv 1234 eller 1.234"),
        ("--detour", "9", "faktorn måste ligga mellan 1 och 3"),
        ("--speed", "0", "hastigheten måste ligga mellan 1 och 200 km/h"),
        ("--winter", "13-01", "skriv en dag som MM-DD"),
        ("--crs", "sweref", "Skriv EPSG-koden eller namnet"),
        ("--objective", "best", "skriv något av p-median"),
        ("--sites", "några", "skriv ett heltal, minst 0"),
        ("--max-loss", "2", "andelen måste ligga mellan 0 och 1"),
        ("--budget", "x", "skriv ett tal som 20"),
    ] {
        refuse(&["site", "--lang", "sv", option, value], &["fel: ogiltigt värde", option, phrase]);
    }
    refuse(&["map", "--lang", "sv", "--kind", "kiosk"], &["skriv något av grocery"]);
    refuse(&["route", "--lang", "sv", "--from", "här"], &["skriv longitud,latitud i grader"]);
}

#[test]
fn a_name_of_a_file_does_not_steer_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stores.geojson");
    let store = |nth: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"ICA \u202egpj\u001b[2J\u0007\nSotplan: allt är bra"}},"geometry":{{"type":"Point","coordinates":[14.5{nth},63.2]}}}}"#
        )
    };
    // So near each other that they may be one.
    let stores = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, store(0), store(0));
    std::fs::write(&path, stores).expect("written");
    let file = path.to_str().expect("UTF-8");
    let done = sotplan(&["check", "--grocery", file]);
    let said = text(&done.stdout);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(said.contains("ICA □gpj□[2J□□Sotplan"), "{said}");
    assert!(!said.contains(sotplan::lang::steers), "{said:?}");
    let done = sotplan(&["check", "--json", "--grocery", file]);
    let said = text(&done.stdout);
    assert!(!said.contains(sotplan::lang::steers), "{said:?}");
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(json["findings"][0]["about"]["name"], "ICA \u{202e}gpj\u{1b}[2J\u{7}\nSotplan: allt är bra");
}
