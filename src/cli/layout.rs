//! How does the help look: in which language, and in which lines? clap writes it in English and breaks no line;
//! here each text is put in the language asked for and broken for a terminal of 80 columns.

use clap::{Arg, Command, CommandFactory as _};

use super::arguments::Arguments;
use super::swedish;
use crate::lang::Lang;

/// Columns of the terminal that is reckoned with.
const WIDTH: usize = 80;
/// What stands before a usage line in Swedish.
const HEADING: &str = "Användning:";
/// What clap puts before and behind the names of options and commands.
const TAB: usize = 2;
/// Room for "-h, ", which options without a letter leave empty.
const LETTER: usize = 4;

/// The whole command line, with its help in a language.
pub fn command(lang: Lang) -> Command {
    let mut command = Arguments::command();
    // From here each command has its --help, its --lang and its name in usage lines.
    command.build();
    let command = match lang {
        Lang::Sv => translated(command, ""),
        Lang::En => command,
    };
    laid_out(command, lang, "")
}

/// A command and those below it in Swedish. The name of the program itself is empty.
fn translated(command: Command, name: &str) -> Command {
    let mut command = command
        .mut_args(|arg| match swedish::row(name, arg.get_id().as_str()) {
            None => arg,
            Some(row) => {
                let heading = if arg.is_positional() { "Argument" } else { "Flaggor" };
                let arg = arg.help(row.help).help_heading(heading);
                if row.value.is_empty() { arg } else { arg.value_name(row.value) }
            }
        })
        .mut_subcommands(|below| {
            let name = below.get_name().to_owned();
            translated(below, &name)
        })
        .subcommand_help_heading("Kommandon")
        .subcommand_value_name("KOMMANDO");
    if let Some(about) = swedish::about(name) {
        command = command.about(about);
    }
    let usage = command.render_usage().to_string();
    let usage = usage.trim().trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[FLAGGOR]");
    let indent = HEADING.chars().count() + 1;
    // An option and its value stay together.
    // A choice of options may go over lines.
    let usage = usage.replace("|--", "| --");
    let usage = wrapped(&usage.replace(" <", "\u{a0}<"), WIDTH - indent).replace('\u{a0}', " ");
    let usage = usage.replace('\n', &format!("\n{:indent$}", ""));
    command.override_usage(usage)
}

/// Breaks the lines of the help of a command and those below it.
fn laid_out(command: Command, lang: Lang, name: &str) -> Command {
    let width = |arg: &Arg| {
        let letter = if arg.is_positional() { 0 } else { LETTER };
        arg.to_string().chars().count() + letter + 2 * TAB
    };
    let widest = |is_positional: bool| {
        let args = command.get_arguments().filter(|arg| arg.is_positional() == is_positional);
        args.map(width).max().unwrap_or(0)
    };
    let (of_positionals, of_options) = (widest(true), widest(false));
    let of_commands =
        command.get_subcommands().map(|below| below.get_name().len() + 2 * TAB).max().unwrap_or(0);
    // Where commands are listed there is less room than above their own help.
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let style = command.get_styles().get_usage();
    let heading = lang.pick(HEADING, "Usage:");
    let template = format!(
        "{{before-help}}{}\n\n{style}{heading}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        wrapped(&about, WIDTH)
    );
    command
        .help_template(template)
        .mut_args(|arg| {
            let before = if arg.is_positional() { of_positionals } else { of_options };
            let help = help_of(&arg, lang, name);
            arg.help(wrapped(&help, WIDTH.saturating_sub(before)))
                .hide_default_value(true)
                .hide_possible_values(true)
        })
        .mut_subcommands(|below| {
            let name = below.get_name().to_owned();
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            laid_out(below, lang, &name).about(wrapped(&about, WIDTH.saturating_sub(of_commands)))
        })
}

/// The help of an argument with its default and its possible values, which clap can only name in English.
fn help_of(arg: &Arg, lang: Lang, command: &str) -> String {
    let mut parts = vec![arg.get_help().map(ToString::to_string).unwrap_or_default()];
    if !arg.get_action().takes_values() {
        return parts.concat();
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        parts.push(format!("[{}: {}]", lang.pick("standard", "default"), defaults.join(" ")));
    }
    let meanings = match lang {
        Lang::Sv => swedish::row(command, arg.get_id().as_str()).map_or(&[][..], |row| row.values),
        Lang::En => &[],
    };
    let said = |name: &str| match meanings.iter().find(|(value, _)| *value == name) {
        Some((_, meaning)) => format!("{name} ({meaning})"),
        None => name.to_owned(),
    };
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| said(value.get_name())).collect();
    if !values.is_empty() {
        parts.push(format!("[{}: {}]", lang.pick("möjliga värden", "possible values"), values.join(", ")));
    }
    parts.join(" ")
}

/// The same words in lines of at most so many characters, where no word is longer.
fn wrapped(text: &str, width: usize) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every command with its name; the program itself has none.
    fn commands(lang: Lang) -> Vec<(String, Command)> {
        let program = command(lang);
        let below = program.get_subcommands().map(|below| (below.get_name().to_owned(), below.clone()));
        below.chain([(String::new(), program.clone())]).collect()
    }

    fn rendered(command: &Command) -> String {
        command.clone().render_help().to_string()
    }

    #[test]
    fn everything_is_said_in_swedish() {
        let mut seen = BTreeSet::new();
        for (name, below) in commands(Lang::En) {
            assert!(swedish::about(&name).is_some(), "{name} has no Swedish row");
            assert!(below.get_after_help().is_none() && below.get_before_help().is_none(), "{name}");
            for arg in below.get_arguments() {
                let id = arg.get_id().as_str();
                let row = swedish::row(&name, id).unwrap_or_else(|| panic!("{name} {id} has no Swedish row"));
                assert!(!row.help.is_empty(), "{name} {id}");
                assert_eq!(row.value.is_empty(), !arg.get_action().takes_values(), "{name} {id}: its value");
                let values = if row.value.is_empty() { Vec::new() } else { arg.get_possible_values() };
                let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
                let meant: Vec<&str> = row.values.iter().map(|(value, _)| *value).collect();
                assert_eq!(values, meant, "{name} {id}: possible values");
                seen.insert((name.clone(), id.to_owned()));
            }
        }
        for row in swedish::ROWS {
            for name in row.of {
                assert!(
                    seen.contains(&((*name).to_owned(), row.id.to_owned())),
                    "{name} {} is stale",
                    row.id
                );
                let rows = swedish::ROWS.iter().filter(|other| other.id == row.id && other.of.contains(name));
                assert_eq!(rows.count(), 1, "{name} {} stands twice", row.id);
            }
        }
        let names: BTreeSet<String> = commands(Lang::En).into_iter().map(|(name, _)| name).collect();
        for (name, _) in super::super::swedish_commands::COMMANDS {
            assert!(names.contains(*name), "the command {name} is stale");
        }
    }

    #[test]
    fn nothing_of_the_swedish_help_is_english() {
        for (name, below) in commands(Lang::Sv) {
            let help = rendered(&below);
            for english in [
                "Usage",
                "Options",
                "OPTIONS",
                "Commands",
                "COMMAND",
                "Arguments",
                "[default",
                "possible values",
                "Print",
                "<FILE>",
                "<NAME>",
                "<DIR>",
                "<LANG>",
                "<LIMIT>",
            ] {
                assert!(!help.contains(english), "{name}: {english} in\n{help}");
            }
            let english =
                commands(Lang::En).into_iter().find(|(other, _)| *other == name).expect("the same").1;
            for (arg, other) in below.get_arguments().zip(english.get_arguments()) {
                assert_eq!(arg.get_id(), other.get_id());
                assert_eq!(arg.get_long(), other.get_long());
                assert_ne!(
                    arg.get_help().map(ToString::to_string),
                    other.get_help().map(ToString::to_string),
                    "{arg}"
                );
            }
            if name != "help" {
                assert!(
                    help.contains("Användning: sotplan") && help.contains("\nFlaggor:\n"),
                    "{name}\n{help}"
                );
            }
        }
        let program = rendered(&command(Lang::Sv));
        assert!(program.contains("\nKommandon:\n") && program.contains("\nArgument:\n"), "{program}");
    }

    #[test]
    fn help_fits_a_terminal() {
        for lang in [Lang::Sv, Lang::En] {
            for (name, below) in commands(lang) {
                // The usage of English is clap's own, in one line.
                for line in rendered(&below).lines().filter(|line| !line.starts_with("Usage:")) {
                    assert!(line.chars().count() <= WIDTH, "{name}: {line}");
                }
            }
        }
    }

    /// Lines broken, and nothing else.
    #[test]
    fn english_help_is_what_clap_says() {
        let mut claps = Arguments::command();
        claps.build();
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (name, below) in commands(Lang::En) {
            let own = claps.find_subcommand(&name).unwrap_or(&claps);
            assert_eq!(words(&rendered(&below)), words(&rendered(own)), "{name}");
        }
    }

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrapped("ett två tre", 7), "ett två\ntre");
        assert_eq!(wrapped("ettlångtord två", 4), "ettlångtord\ntvå");
        assert_eq!(wrapped("", 4), "");
    }
}
