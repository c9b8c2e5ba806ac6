//! `sotplan merge`: what two people have written in two copies of a project, side by side, and as one project.

use serde_json::{Value, json as object};

use super::arguments::{Merge as MergeWork, Prefer};
use super::common::{here, print, print_json, whole_project};
use crate::app::merging::{Choice, Difference, Merge};
use crate::app::session::compare_file;
use crate::io::project_file::Beside;
use crate::io::{is_there, project_file};
use crate::lang::{Lang, Said as _};
use crate::progress::Unwatched;
use crate::{say, say_many};

/// Merges; the error is the message for the user.
pub fn run(said: &MergeWork, lang: Lang) -> Result<(), String> {
    if let Some(out) = said.out.as_ref().filter(|out| is_there(out)) {
        let out = out.display();
        return Err(say!(
            lang,
            "{out} finns redan. Ange ett annat namn för --out",
            "{out} exists already. Choose another name for --out"
        ));
    }
    let mine = whole_project(&said.project, lang)?;
    let (merge, notices, _) =
        compare_file(&mine, &said.copy, &Unwatched).map_err(|error| error.said(lang))?;
    for notice in &notices {
        super::common::warn(&notice.said(lang));
    }
    let choices: Vec<Choice> = merge.differences.iter().map(|one| choice(one, said.prefer)).collect();
    if let Some(out) = &said.out {
        let by = here();
        let beside = Beside { by: Some(&by), ..Beside::packed_in(Some(&said.project)) };
        let merged = merge.command(&choices).map_or_else(|| mine.clone(), |command| command.apply(&mine));
        project_file::save_as(out, &merged, &beside, &Unwatched).map_err(|error| error.said(lang))?;
    }
    if said.json {
        return print_json(json(&merge, &choices, lang).to_string().as_bytes());
    }
    let mut lines = vec![counted(&merge, lang)];
    lines.extend(merge.differences.iter().zip(&choices).map(|(one, chosen)| line(one, *chosen, lang)));
    lines.extend(merge.without.iter().map(|layer| {
        say!(
            lang,
            "  lagret {layer} finns inte i projektet: uppgifter om dess platser läggs att vänta på beslut",
            "  the layer {layer} is not in the project: what is said of its places waits for a decision"
        )
    }));
    if let Some(out) = &said.out {
        let out = out.display();
        lines.push(say!(lang, "Skrivet till {out}", "Written to {out}"));
    }
    print(&lines.join("\n"))
}

/// Whose word goes: what only one says stays, items of lists stand beside each other.
fn choice(difference: &Difference, prefer: Prefer) -> Choice {
    match (difference.standard(), prefer) {
        (Choice::Mine, Prefer::Theirs) => Choice::Theirs,
        (standard, _) => standard,
    }
}

fn counted(merge: &Merge, lang: Lang) -> String {
    let (name, count) = (&merge.name, merge.differences.len());
    let n = lang.count(count);
    say_many!(
        lang,
        count,
        "{name}: {n} skillnad" | "{name}: {n} skillnader",
        "{name}: {n} difference" | "{name}: {n} differences"
    )
}

fn line(difference: &Difference, chosen: Choice, lang: Lang) -> String {
    let (what, theirs) = (difference.what.said(lang), difference.theirs.said(lang));
    let mine = difference.mine.as_ref().map_or_else(|| "–".to_owned(), |mine| mine.said(lang));
    let place = if difference.place.is_empty() { String::new() } else { format!("{}, ", difference.place) };
    let goes = match chosen {
        Choice::Mine => lang.pick("mitt gäller", "mine goes"),
        Choice::Theirs => lang.pick("deras gäller", "theirs goes"),
        Choice::Both => lang.pick("båda står kvar", "both stand"),
    };
    say!(
        lang,
        "  {place}{what}: här {mine}; där {theirs}: {goes}",
        "  {place}{what}: here {mine}; there {theirs}: {goes}"
    )
}

fn json(merge: &Merge, choices: &[Choice], lang: Lang) -> Value {
    let of_one = |(one, chosen): (&Difference, &Choice)| {
        object!({
            "place": one.place,
            "what": one.what.said(lang),
            "mine": one.mine.as_ref().map(|mine| mine.said(lang)),
            "theirs": one.theirs.said(lang),
            "holds": match chosen {
                Choice::Mine => "mine",
                Choice::Theirs => "theirs",
                Choice::Both => "both",
            },
        })
    };
    let differences: Vec<Value> = merge.differences.iter().zip(choices).map(of_one).collect();
    object!({ "copy": merge.name, "differences": differences, "layers_not_here": merge.without })
}
