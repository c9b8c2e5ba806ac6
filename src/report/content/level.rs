//! Which rules of the minimum level does each place meet, why, and how do we know?

use crate::app::comparing::{Comparison, Group, PlaceKind, Value};
use crate::lang::{Lang, Said as _, capital};
use crate::report::document::{Document, Table};
use crate::say;

/// A table for each place: rule, outcome, reason, evidence.
pub fn write(document: &mut Document, comparison: &Comparison) {
    let lang = document.lang;
    let places: Vec<usize> =
        (0..comparison.places.len()).filter(|at| !comparison.places[*at].is_plan()).collect();
    if places.is_empty() {
        return;
    }
    document.section("Lägstanivån med belägg", "The minimum level with evidence");
    document.body(lang.pick(
        "Lägstanivån har nio regler. Var och en är uppfylld, ej uppfylld eller okänd; okänd är en fråga att ställa, varken ja eller nej.",
        "The minimum level has nine rules. Each is met, not met or unknown; unknown is a question to ask, neither a yes nor a no.",
    ));
    for at in places {
        let name = comparison.places[at].full();
        if comparison.places[at].kind == PlaceKind::SotWithoutStore {
            document.body(say!(
                lang,
                "{name}: värdbutiken finns inte i data, så ingen av reglerna kan bedömas. Frågan att ställa är vilken butik som är värdbutik.",
                "{name}: the host store is not in the data, so none of the rules can be judged. The question to ask is which store is the host store."
            ));
            continue;
        }
        let rows = comparison.rows.iter().filter(|row| row.group == Group::Level);
        let rows = rows.filter_map(|row| {
            let cell = row.cells.get(at)?;
            let outcome = match &cell.value {
                Value::Unknown { .. } => lang.pick("okänt", "unknown").to_owned(),
                Value::DoesNotApply { .. } => lang.pick("gäller inte", "does not apply").to_owned(),
                _ => cell.said(row.unit, lang),
            };
            let evidence = cell.evidence.as_ref();
            let evidence = evidence.map_or_else(|| none(lang), |evidence| evidence.said(lang));
            let evidence = if row.id == "level.verdict" { String::new() } else { evidence };
            Some(vec![row.name.said(lang), capital(&outcome), capital(&cell.why.said(lang)), evidence])
        });
        let head = [("Regel", "Rule"), ("Utfall", "Outcome"), ("Varför", "Why"), ("Belägg", "Evidence")];
        document.table(Table::new(
            "level",
            say!(lang, "Lägstanivån: {name}", "The minimum level: {name}"),
            head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
            rows.collect(),
        ));
    }
}

fn none(lang: Lang) -> String {
    lang.pick("ingen uppgift", "no evidence").into()
}
