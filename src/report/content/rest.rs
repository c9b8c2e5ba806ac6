//! On what does a report rest? All assumptions, all files with date and digest, and how it is made again.

use super::common::appendix;
use crate::app::Results;
use crate::app::information::{Information, listed};
use crate::app::outage::{Crisis, assumed};
use crate::lang::{Lang, Said as _};
use crate::model::{Project, SourcePlace};
use crate::report::asked::ReportAsked;
use crate::report::document::{Document, Table};
use crate::say;

/// Names of the appendices that every report ends with.
pub fn names(lang: Lang) -> [String; 3] {
    [
        lang.pick("Metod och antaganden", "Method and assumptions").into(),
        lang.pick("Källor", "Sources").into(),
        lang.pick("Så görs rapporten om", "How to make the report again").into(),
    ]
}

/// Writes them, the first with a number.
pub fn write(
    document: &mut Document,
    results: &Results,
    project: &Project,
    asked: &ReportAsked,
    crisis: Option<&Crisis>,
    first: usize,
) {
    let [method, sources, again] = names(document.lang);
    appendix(document, first, &method);
    assumptions(document, results);
    weights(document, project);
    if let Some(crisis) = crisis {
        of_crisis(document, crisis);
    }
    appendix(document, first + 1, &sources);
    self::sources(document, results, project);
    let heading = say!(document.lang, "Bilaga {}: {again}", "Appendix {}: {again}", first + 2);
    document.heading(2, &heading);
    self::again(document, asked);
}

fn assumptions(document: &mut Document, results: &Results) {
    let lang = document.lang;
    document.body(super::common::measured(results, lang));
    document.list(&super::common::changed(results, lang));
    document.body(lang.pick(
        "Avrundning: andelar anges med en decimal och längder i kilometer. En percentil är det minsta värde som minst den andelen av invånarna ligger på eller under. Svaret vägs inte ihop till ett index: varje uppgift står för sig, och det som ingen vet är en fråga, varken ett plus eller ett minus. Bara rangordningens poäng är sammanvägda, med vikterna nedan.",
        "Rounding: shares have one decimal, lengths are in kilometres. A percentile is the smallest value that at least this share of the people lies at or below. The answer is not weighed together into an index: each figure stands for itself, and what nobody knows is a question, neither for nor against. Only the points of the ranking are weighed, by the weights below.",
    ));
    let standard = lang.pick("ja", "yes");
    let own = lang.pick("nej, ändrat", "no, changed");
    let rows = listed(&results.project.parameters).into_iter().map(|one| {
        let is_standard = if one.is_standard { standard } else { own };
        vec![one.name.said(lang), one.value.said(lang), is_standard.to_owned()]
    });
    let head = [("Antagande", "Assumption"), ("Värde", "Value"), ("Standard", "Standard")];
    document.table(Table::new(
        "assumptions",
        lang.pick("Alla antaganden", "All assumptions").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows.collect(),
    ));
    if results.project.roads.is_empty() {
        document.note(lang.pick(
            "Inga vägar är inlästa: fågelvägen gånger faktorn används, och det som antas om vägar påverkar inte siffrorna.",
            "No roads are loaded: the straight line times the factor is used, and what is assumed of roads changes no figure.",
        ));
    }
}

/// By what the points of the ranking are weighed.
fn weights(document: &mut Document, project: &Project) {
    let lang = document.lang;
    let rows = project.ranking.shares().into_iter();
    let rows = rows.map(|(factor, share)| vec![factor.said(lang), lang.percent(share)]);
    let head = [("Faktor", "Factor"), ("Vikt", "Weight")];
    let table = Table::new(
        "weights",
        lang.pick("Vikter i rangordningen", "Weights of the ranking").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows.collect(),
    );
    document.table(table.of_numbers());
}

fn sources(document: &mut Document, results: &Results, project: &Project) {
    let lang = document.lang;
    document.body(lang.pick(
        "Varje fil känns igen på sitt SHA-256. Om det skiljer sig har filen ändrats, och siffrorna kan bli andra. Filerna kan vara från olika datum.",
        "Each file is known by its SHA-256. If it differs, the file has changed and the figures may differ. The files may be of different dates.",
    ));
    let information = Information::of(project, |layer| results.report(layer));
    let unknown = lang.pick("okänt", "unknown");
    let rows = information.sources.iter().map(|source| {
        let file = match &source.file.place {
            SourcePlace::Demo(_) => {
                let name = source.file.name();
                say!(lang, "{name} (exempeldata)", "{name} (example data)")
            }
            _ => source.file.name(),
        };
        let rows = source.rows.as_ref().map_or_else(
            || "–".to_owned(),
            |rows| {
                let (used, all) = (lang.whole(rows.used), lang.whole(rows.all));
                say!(lang, "{used} av {all}", "{used} of {all}")
            },
        );
        let joined = source.joined.iter().map(|(path, sha256)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("\n+ {name}: {sha256}")
        });
        let digest = std::iter::once(source.file.sha256.clone()).chain(joined).collect::<String>();
        let date = source.file.date.clone().unwrap_or_else(|| unknown.to_owned());
        vec![source.name.clone(), file, date, rows, digest]
    });
    let head = [
        ("Lager", "Layer"),
        ("Fil", "File"),
        ("Datum", "Date"),
        ("Rader som används", "Rows used"),
        ("SHA-256", "SHA-256"),
    ];
    let mut rows: Vec<Vec<String>> = rows.collect();
    if project.layers.iter().all(|layer| layer.role.id() != "areas") {
        rows.push(built_in(unknown, lang));
    }
    document.table(Table::new(
        "sources",
        lang.pick("Filer som rapporten bygger på", "Files that the report rests on").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows,
    ));
    let ground = crate::io::ground::sources(lang);
    document.note(say!(lang, "Bakgrundskartan: {ground}", "The background map: {ground}"));
}

/// The areas of the program itself, where no others are loaded.
fn built_in(unknown: &str, lang: Lang) -> Vec<String> {
    vec![
        lang.pick("Kommuner (inbyggda)", "Municipalities (built in)").into(),
        lang.pick("i programmet", "in the program").into(),
        unknown.to_owned(),
        "–".into(),
        crate::io::ground::sha256(),
    ]
}

fn again(document: &mut Document, asked: &ReportAsked) {
    let lang = document.lang;
    let version = env!("CARGO_PKG_VERSION");
    document.body(say!(
        lang,
        "Rapporten gjordes med Sotplan {version} den {}. Samma filer, antaganden och version ger samma siffror:",
        "The report was made with Sotplan {version} on {}. The same files, assumptions and version give the same figures:",
        asked.letter.date
    ));
    document.body(asked.command.clone());
}

/// Everything that a crisis rests on.
pub fn of_crisis(document: &mut Document, crisis: &Crisis) {
    let lang = document.lang;
    let rows = assumed(crisis, lang).into_iter().map(|one| {
        let value = if one.unit.is_empty() { one.value } else { format!("{} {}", one.value, one.unit) };
        let standard =
            if one.is_changed { lang.pick("nej, ändrat", "no, changed") } else { lang.pick("ja", "yes") };
        vec![one.what, value, one.source, standard.to_owned()]
    });
    let head = [
        ("Antagande", "Assumption"),
        ("Värde", "Value"),
        ("Varifrån", "From where"),
        ("Standard", "Standard"),
    ];
    document.table(Table::new(
        "crisis_assumptions",
        lang.pick("Krisens antaganden", "Assumptions of the crisis").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows.collect(),
    ));
    document.note(lang.pick(
        "En tank räcker så många timmar som antas där inget annat är känt om platsen; tankas den inte på nytt stannar platsen.",
        "A tank lasts as many hours as assumed where nothing else is known of the place; if it is not refuelled the place stops.",
    ));
}
