//! What is a map made of, in full? Every layer that is seen, with its file and date, and the built-in map.

use crate::app::Results;
use crate::io::ground;
use crate::lang::Lang;
use crate::model::{KindRule, LayerId, Role, ServiceKind, SourceFile};
use crate::say;

/// The sources, one a line.
#[must_use]
pub fn sources(results: &Results, kind: ServiceKind, lang: Lang) -> Vec<String> {
    let project = &results.project;
    let is_seen = |role: &Role| match role {
        Role::Services(KindRule::All(kinds)) => kinds.contains(kind),
        _ => true,
    };
    let layers = project.layers.iter().filter(|layer| layer.id != LayerId::BUILT_IN && is_seen(&layer.role));
    // What is hidden still counts in the figures.
    let hidden = |text: String, is_visible: bool| {
        if is_visible { text } else { say!(lang, "{text}, visas inte", "{text}, not shown") }
    };
    let layers = layers.map(|layer| hidden(of(&layer.name, &layer.source, lang), layer.is_visible));
    let roads =
        project.roads.iter().map(|layer| hidden(of(&layer.name, &layer.source, lang), layer.is_visible));
    let mut out: Vec<String> = layers.chain(roads).collect();
    out.push(ground::sources(lang).to_owned());
    out
}

fn of(name: &str, source: &SourceFile, lang: Lang) -> String {
    let file = source.name();
    match &source.date {
        Some(date) => format!("{name} ({file}, {date})"),
        None => say!(lang, "{name} ({file}, okänt datum)", "{name} ({file}, unknown date)"),
    }
}
