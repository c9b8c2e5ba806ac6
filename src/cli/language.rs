//! In which language is the command line answered? It must be known before anything is read: the help and the errors of
//! reading are in it too.

use std::ffi::OsString;

use clap::ValueEnum as _;

use super::arguments::Language;
use crate::lang::Lang;

const OPTION: &str = "--lang";

/// The words of the command line, with what they say of the language.
pub struct Words {
    pub all: Vec<OsString>,
    /// Every language said, in order, known or not.
    pub said: Vec<String>,
}

impl Words {
    /// The program's name stands first.
    pub fn new(all: Vec<OsString>) -> Self {
        let mut said = Vec::new();
        let mut rest = Vec::new();
        let mut words = all.iter().enumerate();
        while let Some((at, word)) = words.next() {
            let text = word.to_string_lossy();
            if text == "--" {
                rest.extend(all.iter().skip(at).cloned());
                break;
            }
            if text == OPTION {
                said.extend(words.next().map(|(_, value)| value.to_string_lossy().into_owned()));
            } else if let Some(value) = text.strip_prefix(OPTION).and_then(|value| value.strip_prefix('=')) {
                said.push(value.to_owned());
            } else {
                rest.push(word.clone());
            }
        }
        // `sotplan help site --lang sv`: clap takes everything after "help" for the name of a command.
        let is_help = rest.get(1).is_some_and(|word| word == "help");
        rest.retain(|word| word != "-h" && word != "--help");
        Self { all: if is_help { rest } else { all }, said }
    }

    /// The language to answer in.
    pub fn lang(&self) -> Lang {
        let said = self.said.iter().rev().find_map(|code| Language::from_str(code, false).ok());
        said.map_or_else(of_environment, Lang::from)
    }
}

/// The language that the terminal speaks.
fn of_environment() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    Lang::from_locale(&locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words::new(text.split(' ').map(OsString::from).collect())
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        for text in [
            "sotplan --lang sv --help",
            "sotplan --lang=sv analyse -h",
            "sotplan analyse --out x --lang sv",
            "sotplan analyse --lang=sv",
            "sotplan --lang en analyse --lang sv",
            "sotplan --lang sv analyse --lang xx",
        ] {
            assert_eq!(words(text).lang(), Lang::Sv, "{text}");
        }
        assert_eq!(words("sotplan --lang en --lang=sv x").said, ["en", "sv"]);
        assert!(words("sotplan -- --lang sv").said.is_empty(), "files");
        assert!(words("sotplan --language=sv --lang").said.is_empty());
    }

    #[test]
    fn only_the_help_command_loses_options() {
        let help = words("sotplan --lang sv help site --lang=sv");
        assert_eq!((help.all.len(), help.said.len()), (3, 2));
        assert_eq!(words("sotplan help site -h --help").all.len(), 3);
        assert_eq!(words("sotplan info help --lang sv -h").all.len(), 6);
        assert_eq!(words("sotplan help -- --lang sv").all.len(), 5);
    }
}
