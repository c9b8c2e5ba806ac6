//! What is wrong with a command line, in Swedish? clap says by kind and context what it could not read; the English words
//! are its own.

use std::error::Error as _;
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::builder::styling::Styles;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

use crate::lang::{Lang, Said};
use crate::model::Message;

/// Prints what clap has to say, also a help that was asked for, and answers the exit code.
pub fn print(error: Error, lang: Lang) -> ExitCode {
    let code = if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    let printed = match lang {
        Lang::Sv => error.apply::<Swedish>().print(),
        Lang::En => error.print(),
    };
    // Whoever read it has seen enough.
    printed.ok();
    code
}

/// Errors of the command line in Swedish.
struct Swedish;

impl ErrorFormatter for Swedish {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let styles = Styles::styled();
        let (wrong, right, literal) = (styles.get_error(), styles.get_valid(), styles.get_literal());
        let mut text = format!("{wrong}fel:{wrong:#} {}", what(error));
        let tips = tips(error);
        if !tips.is_empty() {
            text.push('\n');
        }
        for tip in tips {
            write!(text, "\n  {right}tips:{right:#} {tip}").ok();
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.ansi().to_string().replacen("Usage:", "Användning:", 1);
            write!(text, "\n\n{}", usage.trim_end()).ok();
        }
        write!(text, "\n\nMer hjälp finns med {literal}--help{literal:#}.\n").ok();
        text.into()
    }
}

/// The text of a context; empty where there is none.
fn text(error: &Error<Swedish>, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The texts of a context that may hold one or several.
fn texts(error: &Error<Swedish>, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// What is wrong.
fn what(error: &Error<Swedish>) -> String {
    let (arg, value) = (text(error, ContextKind::InvalidArg), text(error, ContextKind::InvalidValue));
    let number = |kind| text(error, kind);
    match error.kind() {
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::NoEquals => format!("{arg} skrivs med likhetstecken före värdet"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} saknar värde{}", possible(error)),
        ErrorKind::InvalidValue => format!("ogiltigt värde ”{value}” för {arg}{}", possible(error)),
        ErrorKind::ValueValidation => {
            let why = error.source().map(|source| match source.downcast_ref::<Message>() {
                Some(message) => message.said(Lang::Sv),
                None => source.to_string(),
            });
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            format!("ogiltigt värde ”{value}” för {arg}{why}")
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("okänd flagga {arg}"),
        ErrorKind::UnknownArgument => format!("oväntat argument ”{arg}”"),
        ErrorKind::InvalidSubcommand => {
            format!("okänt kommando ”{}”", text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            format!("{} behöver ett kommando", text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg);
            format!("det här måste också anges:{}", lines(&missing))
        }
        ErrorKind::TooManyValues => format!("värdet ”{value}” är ett för mycket för {arg}"),
        ErrorKind::TooFewValues => {
            let (least, given) = (number(ContextKind::MinValues), number(ContextKind::ActualNumValues));
            format!("{arg} behöver minst {least} värden men fick {given}")
        }
        ErrorKind::WrongNumberOfValues => {
            let (wanted, given) =
                (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
            format!("{arg} behöver {wanted} värden men fick {given}")
        }
        ErrorKind::InvalidUtf8 => "ett argument är inte giltig UTF-8".into(),
        _ => "kommandoraden kan inte läsas".into(),
    }
}

/// What cannot stand together.
fn conflict(error: &Error<Swedish>) -> String {
    let command = text(error, ContextKind::InvalidSubcommand);
    let arg = if command.is_empty() { text(error, ContextKind::InvalidArg) } else { command };
    match texts(error, ContextKind::PriorArg).as_slice() {
        [] => format!("{arg} kan inte användas tillsammans med det övriga"),
        [other] if *other == arg => format!("{arg} får bara anges en gång"),
        [other] => format!("{arg} kan inte användas tillsammans med {other}"),
        others => format!("{arg} kan inte användas tillsammans med:{}", lines(others)),
    }
}

fn lines(texts: &[String]) -> String {
    ["", &texts.join("\n")].join("\n").replace('\n', "\n  ")
}

fn possible(error: &Error<Swedish>) -> String {
    let values = texts(error, ContextKind::ValidValue);
    if values.is_empty() { String::new() } else { format!("\n  [möjliga värden: {}]", values.join(", ")) }
}

/// What was probably meant.
fn tips(error: &Error<Swedish>) -> Vec<String> {
    let similar = [
        (ContextKind::SuggestedSubcommand, ["ett liknande kommando är", "liknande kommandon är"]),
        (ContextKind::SuggestedArg, ["en liknande flagga är", "liknande flaggor är"]),
        (ContextKind::SuggestedValue, ["ett liknande värde är", "liknande värden är"]),
    ];
    let similar = similar.into_iter().filter_map(|(kind, [one, several])| {
        let found = texts(error, kind);
        let words = if found.len() == 1 { one } else { several };
        (!found.is_empty()).then(|| format!("{words} {}", found.join(", ")))
    });
    let mut tips: Vec<String> = similar.collect();
    if let Some(ContextValue::StyledStrs(said)) = error.get(ContextKind::Suggested) {
        tips.extend(said.iter().filter_map(|said| tip(&said.to_string())));
    }
    tips
}

/// A tip that clap has only as an English sentence; one that is not known is left out.
fn tip(said: &str) -> Option<String> {
    let mut quoted = said.split('\'').skip(1).step_by(2);
    let first = quoted.next()?;
    if said.starts_with("to pass ") {
        return Some(format!("skriv {} om ”{first}” är ett värde", quoted.next()?));
    }
    if said.starts_with("subcommand ") {
        return Some(format!("kommandot {first} finns; ta bort -- framför det"));
    }
    said.ends_with(" exists").then(|| format!("{first} finns"))
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::super::layout;
    use super::*;

    /// What is said of a command line that clap refuses for this reason.
    fn said(line: &str, kind: ErrorKind) -> String {
        let words = line.split(' ').map(|word| if word == "''" { "" } else { word });
        let error = layout::command(Lang::Sv).try_get_matches_from(words).expect_err(line);
        assert_eq!(error.kind(), kind, "{line}: {error}");
        let said = error.apply::<Swedish>().render().to_string();
        for english in [
            "error:",
            "Usage",
            "OPTIONS",
            "tip:",
            "argument '",
            "value",
            "possible",
            "required",
            "exist",
            "try",
            "subcommand",
            "similar",
            "cannot",
            "found",
            "information",
        ] {
            assert!(!said.contains(english), "{line}: {english} in {said}");
        }
        assert!(said.starts_with("fel: ") && said.ends_with("Mer hjälp finns med --help.\n"), "{said}");
        said
    }

    #[test]
    fn each_kind_has_its_words() {
        use ErrorKind as Kind;
        let site = "sotplan site --objective mclp --out x --demo";
        let both = format!("{site} --sites 1 --budget 2");
        let cases: &[(&str, ErrorKind, &[&str])] = &[
            ("sotplan solve --frobb", Kind::UnknownArgument, &["okänd flagga --frobb"]),
            (
                "sotplan map --gap",
                Kind::UnknownArgument,
                &["--gap", "\n  tips: en liknande flagga är --gaps"],
            ),
            ("sotplan --xx", Kind::UnknownArgument, &["\n  tips: skriv -- --xx om ”--xx” är ett värde"]),
            (
                "sotplan map extra",
                Kind::UnknownArgument,
                &["oväntat argument ”extra”", "sotplan map [FLAGGOR]"],
            ),
            ("sotplan map --out", Kind::InvalidValue, &["--out <FIL> saknar värde"]),
            ("sotplan map --out ''", Kind::InvalidValue, &["--out <FIL> saknar värde"]),
            (
                "sotplan --lang xx",
                Kind::InvalidValue,
                &["”xx” för --lang <SPRÅK>", "[möjliga värden: sv, en]"],
            ),
            (
                "sotplan map --colour peple",
                Kind::InvalidValue,
                &["”peple”", "tips: ett liknande värde är people"],
            ),
            (
                "sotplan map --demo",
                Kind::MissingRequiredArgument,
                &["det här måste också anges:\n  --out <FIL>"],
            ),
            ("sotplan map --out x --out y", Kind::ArgumentConflict, &["--out <FIL> får bara anges en gång"]),
            (
                &both,
                Kind::ArgumentConflict,
                &["--sites <ANTAL> kan inte användas tillsammans med --budget <SUMMA>"],
            ),
            ("sotplan map --gaps=yes", Kind::TooManyValues, &["”yes” är ett för mycket för --gaps"]),
            (
                "sotplan map --width wide",
                Kind::ValueValidation,
                &["”wide” för --width <BREDD>: skriv ett heltal från 500"],
            ),
            ("sotplan map --max-access 0km", Kind::ValueValidation, &["längden måste vara över noll"]),
            ("sotplan help mapp", Kind::InvalidSubcommand, &["okänt kommando ”mapp”", "Användning: sotplan"]),
        ];
        for (line, kind, phrases) in cases {
            let said = said(line, *kind);
            for phrase in *phrases {
                assert!(said.contains(phrase), "{line}: “{phrase}” not in {said}");
            }
        }
    }

    /// Every parser of values says what is wrong in Swedish too: none of clap's own is left that would not.
    #[test]
    fn no_parser_of_values_is_english() {
        for below in layout::command(Lang::Sv).get_subcommands().filter(|below| below.get_name() != "help") {
            for arg in below.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let Some(name) = arg.get_long() else { continue };
                let words = ["sotplan", below.get_name(), &format!("--{name}=?!")].map(str::to_owned);
                // A path can be anything.
                let Err(error) = layout::command(Lang::Sv).try_get_matches_from(words) else { continue };
                if error.kind() == ErrorKind::ValueValidation {
                    let source = error.source().expect("a reason");
                    assert!(source.is::<Message>(), "--{name}: {source}");
                }
            }
        }
    }

    /// What no option of today can bring about.
    #[test]
    fn rare_kinds_have_words_too() {
        let with = |kind, context: &[(ContextKind, ContextValue)]| {
            let mut error: Error<Swedish> = Error::new(kind);
            for (kind, value) in context {
                error.insert(*kind, value.clone());
            }
            error.render().to_string()
        };
        let arg = (ContextKind::InvalidArg, ContextValue::String("--a <A>".into()));
        let number = |kind, number| (kind, ContextValue::Number(number));
        let few = [arg.clone(), number(ContextKind::MinValues, 2), number(ContextKind::ActualNumValues, 1)];
        assert!(with(ErrorKind::TooFewValues, &few).contains("--a <A> behöver minst 2 värden men fick 1"));
        let other =
            [arg.clone(), number(ContextKind::ExpectedNumValues, 3), number(ContextKind::ActualNumValues, 1)];
        assert!(with(ErrorKind::WrongNumberOfValues, &other).contains("--a <A> behöver 3 värden men fick 1"));
        assert!(
            with(ErrorKind::NoEquals, std::slice::from_ref(&arg))
                .contains("--a <A> skrivs med likhetstecken")
        );
        let several = ContextValue::Strings(vec!["--b".into(), "--c".into()]);
        let conflict = with(ErrorKind::ArgumentConflict, &[arg, (ContextKind::PriorArg, several)]);
        assert!(conflict.contains("--a <A> kan inte användas tillsammans med:\n  --b\n  --c"), "{conflict}");
        let program = (ContextKind::InvalidSubcommand, ContextValue::String("sotplan".into()));
        assert!(with(ErrorKind::MissingSubcommand, &[program]).contains("sotplan behöver ett kommando"));
        assert!(with(ErrorKind::InvalidUtf8, &[]).contains("inte giltig UTF-8"));
        assert!(with(ErrorKind::Io, &[]).contains("kommandoraden kan inte läsas"));
    }

    #[test]
    fn tips_of_clap_are_told_anew() {
        let known = [
            ("'map --gaps' exists", "map --gaps finns"),
            (
                "subcommand 'map' exists; to use it, remove the '--' before it",
                "kommandot map finns; ta bort -- framför det",
            ),
        ];
        for (english, swedish) in known {
            assert_eq!(tip(english).as_deref(), Some(swedish));
        }
        assert_eq!(tip("something 'new'"), None);
    }
}
