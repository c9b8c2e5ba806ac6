//! A report on a municipality: its figures beside its county's, its gaps, its SOT places, the places to look at.

use std::sync::Arc;

use super::{common, effect, figures, process, rest};
use crate::app::following::day_of;
use crate::app::municipality::{self, Asked, Part, Sheet, county_table, source_of};
use crate::app::outage::{Crisis, OutageTables, people};
use crate::app::telling::reaching;
use crate::lang::{Lang, Said as _};
use crate::model::{AreaIx, ServiceKind};
use crate::outage::Case;
use crate::report::asked::{Grounds, NoReport, ReportAsked};
use crate::report::document::{Document, Style, Table};
use crate::say;
use crate::scene::classes::{CellClasses, Colouring};
use crate::scene::{Label, Scene, mercator};

/// The report.
pub fn report(from: Grounds<'_>, asked: &ReportAsked, area: AreaIx) -> Result<Document, NoReport> {
    let (results, project, lang) = (&from.scene.results, from.project, asked.lang);
    let name = results.situation.area_name(Some(area)).ok_or(NoReport::Gone)?.to_owned();
    let today = day_of(&asked.letter.date);
    let sheet = municipality::sheet_of(area, Asked { results, project, today }, &county_table(results));
    let sheet = sheet.ok_or(NoReport::Gone)?;
    let title = say!(lang, "Service och trygghet i {name}", "Service and safety in {name}");
    let mut document = common::begin(asked, results, &title);
    common::proposal(&mut document);
    summary(&mut document, from, asked, &sheet);
    let question = say!(
        lang,
        "Frågan är hur långt invånarna i {name} har till service, var luckorna finns, och hur långt arbetet med SOT-punkter har kommit.",
        "The question is how far the people of {name} have to services, where the gaps are, and how far the work on SOT points has come."
    );
    common::background(&mut document, results, &question);
    map(&mut document, from, asked, area, &name);
    document.section("Kommunen jämförd med länet", "The municipality compared with its county");
    beside(&mut document, &sheet, lang);
    document.list(&sheet.remarks.iter().map(|remark| remark.said(lang)).collect::<Vec<_>>());
    gaps(&mut document, from, &sheet);
    places(&mut document, &sheet);
    let crisis = crisis(&mut document, from, area, &name)?;
    let work: Vec<process::Place> =
        sheet.cards.iter().map(|card| process::Place::of(&card.site, card.name.clone(), results)).collect();
    process::costs(&mut document, project, &work);
    process::write(&mut document, results, project, &work, &asked.letter.date);
    let origin = lang.pick("Varifrån varje uppgift kommer", "Where each figure comes from").to_owned();
    let appendices: Vec<String> = std::iter::once(origin.clone()).chain(rest::names(lang)).collect();
    common::appendices(&mut document, &appendices);
    common::appendix(&mut document, 1, &origin);
    origins(&mut document, from, &sheet);
    rest::write(&mut document, results, project, asked, Some(&crisis), 2);
    Ok(document)
}

fn summary(document: &mut Document, from: Grounds<'_>, asked: &ReportAsked, sheet: &Sheet) {
    let (results, lang) = (&from.scene.results, asked.lang);
    document.section("Sammanfattning", "Summary");
    let row = results.areas.iter().find(|row| row.area == Some(sheet.area));
    let mut said = results.kinds.iter().filter_map(|kind| {
        let kind = kind.coverage.kind;
        row.and_then(|row| reaching::beyond_in(results, row, kind, lang))
    });
    document.write(Style::Lead, said.next().unwrap_or_default());
    let mut items: Vec<String> = said.collect();
    let (places, gaps) = (sheet.cards.len(), sheet.gaps.len());
    let own = sheet.gaps.iter().filter(|gap| gap.kind == asked.kind).count();
    let kind = asked.kind.said(lang).to_lowercase();
    items.push(say!(
        lang,
        "SOT-platser och andra platser som följs upp: {places}. Luckor i täckningen för {kind}: {own}; för alla typer av service tillsammans {gaps}, där samma plats kan räknas flera gånger.",
        "SOT places and other places followed up: {places}. Gaps in coverage of {kind}: {own}; of all kinds of service together {gaps}, in which the same place may count several times."
    ));
    document.list(&items);
}

fn map(document: &mut Document, from: Grounds<'_>, asked: &ReportAsked, area: AreaIx, name: &str) {
    let (scene, lang, kind) = (from.scene, asked.lang, asked.kind);
    let Some(shape) = scene.area_shape(area) else { return };
    document.section("Karta", "Map");
    let cells = CellClasses::new(scene, kind, Colouring::Distance).counted_in(area);
    let shown = figures::Shown {
        scene,
        cells: &cells,
        kind,
        bounds: (shape.surface.min, shape.surface.max),
        marks: &[],
        no_value: None,
        area: Some(area),
        shows_gaps: true,
        gaps: None,
        shows_services: true,
        shows_sots: true,
        legend_title: None,
        legend_lines: Vec::new(),
    };
    let unit = kind.unit(lang);
    let caption = say!(
        lang,
        "{name}: vägen till närmaste {unit}, luckor i täckningen och SOT-platser",
        "{name}: the way to the nearest {unit}, gaps in coverage and SOT places"
    );
    let alt = say!(
        lang,
        "Karta: {caption}. Samma tal står i tabellerna.",
        "Map: {caption}. The tables have the same figures."
    );
    document.figure(figures::figure(asked, shown, caption, alt));
}

/// The figures, a table for each part.
fn beside(document: &mut Document, sheet: &Sheet, lang: Lang) {
    let mut parts: Vec<Part> = Vec::new();
    for figure in &sheet.figures {
        if !parts.contains(&figure.part) {
            parts.push(figure.part);
        }
    }
    let (beside, note) = (sheet.beside.said(lang), sheet.beside_note.said(lang));
    document.body(say!(
        lang,
        "Kommunen jämförs med {beside} ({note}).",
        "It is compared with {beside} ({note})."
    ));
    for part in parts {
        let rows = sheet.of_part(part).map(|figure| {
            let share = figure.share().map_or_else(|| "–".to_owned(), |share| lang.percent(share));
            let [own, beside] = [figure.own, figure.beside].map(|value| figure.said(value, lang));
            vec![figure.name.said(lang), own, beside, share]
        });
        let head = [
            lang.pick("Uppgift", "Figure").to_owned(),
            sheet.name.clone(),
            beside.clone(),
            lang.pick("Kommunens andel", "The municipality’s share").to_owned(),
        ];
        let table = Table::new("municipality", part.said(lang), head.into(), rows.collect());
        document.table(table.of_numbers());
    }
}

/// The largest gaps of each kind.
fn gaps(document: &mut Document, from: Grounds<'_>, sheet: &Sheet) {
    /// So many of a kind are named.
    const MOST: usize = 5;
    let (lang, measure) = (document.lang, from.scene.results.measure());
    document.section("Luckor i täckningen", "Gaps in coverage");
    let (mut rows, mut more) = (Vec::new(), 0);
    for kind in ServiceKind::ALL {
        let all: Vec<_> = sheet.gaps.iter().filter(|gap| gap.kind == kind).collect();
        for gap in all.iter().take(MOST) {
            rows.push(vec![
                format!("{} {}", kind.said(lang), gap.at + 1),
                near(from.scene, gap.first).unwrap_or_else(|| "–".into()),
                lang.people(gap.people_here),
                lang.people(gap.people),
                gap.max.map_or_else(|| "–".to_owned(), |max| lang.cost(max, measure)),
            ]);
        }
        more += all.len().saturating_sub(MOST);
    }
    if more > 0 {
        let more = lang.count(more);
        document.body(say!(
            lang,
            "Tabellen visar de {MOST} luckor av varje typ där flest i kommunen bor. Ytterligare {more} mindre luckor visas inte; de finns på kartan och i exportfilen över luckor.",
            "The table shows the {MOST} gaps of each kind in which most people of the municipality live. Another {more} smaller gaps are not listed; the map and the export of gaps have them."
        ));
    }
    if rows.is_empty() {
        document.body(lang.pick("Det finns inga luckor här.", "There are no gaps here."));
    }
    let head = [
        ("Lucka", "Gap"),
        ("Närmaste ort", "Nearest locality"),
        ("Invånare i kommunen", "People of the municipality"),
        ("Invånare i hela luckan", "People of the whole gap"),
        ("Längst", "Farthest"),
    ];
    let caption = say!(
        lang,
        "De största luckorna, högst {MOST} av varje typ",
        "The largest gaps, {MOST} of a kind at most"
    );
    let head = head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into();
    let mut table = Table::new("gaps", caption, head, rows).of_numbers();
    table.numeric[1] = false;
    document.table(table);
}

/// The named locality that lies nearest a cell.
fn near(scene: &Scene, cell: u32) -> Option<String> {
    let [x, y] = mercator(*scene.results.situation.demand.places.get(cell as usize)?);
    let away = |label: &&Label| (label.at[0] - x).hypot(label.at[1] - y);
    let nearest = scene.labels.iter().min_by(|a, b| away(a).total_cmp(&away(b)))?;
    Some(nearest.name.clone())
}

/// Its SOT places, and the places that are ranked first.
fn places(document: &mut Document, sheet: &Sheet) {
    let lang = document.lang;
    document.section("Platser", "Places");
    let rows =
        sheet.cards.iter().map(|card| vec![card.name.clone(), card.status_said(lang), card.next.said(lang)]);
    let head = [("Plats", "Place"), ("Status och datum", "Status and date"), ("Nästa steg", "Next step")];
    document.table(Table::new(
        "cards",
        lang.pick("SOT-platser och platser som följs upp", "SOT places and places followed up").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows.collect(),
    ));
    let shown = sheet.best.len().min(10);
    let rows = sheet.best.iter().take(shown).map(|best| {
        let score = crate::app::telling::comparing::points(best.score, lang);
        vec![best.name.clone(), best.verdict.said(lang), lang.count(best.rank), score]
    });
    let of = lang.count(sheet.ranked);
    let head = [
        lang.pick("Plats", "Place").to_owned(),
        lang.pick("Bedömning", "Verdict").to_owned(),
        say!(lang, "Rang av {of}", "Rank of {of}"),
        lang.pick("Poäng", "Score").to_owned(),
    ];
    let all = sheet.best.len();
    let caption = if shown < all {
        say!(
            lang,
            "Möjliga platser i kommunen: de {shown} högst rankade av {all} (med vikterna i projektet)",
            "Possible places of the municipality: the first {shown} of {all} in the ranking (by the weights of the project)"
        )
    } else {
        lang.pick(
            "Möjliga platser i kommunen, de högst rankade först (med vikterna i projektet)",
            "Possible places of the municipality, the first in the ranking first (by the weights of the project)",
        )
        .into()
    };
    document.table(Table::new("best", caption, head.into(), rows.collect()));
}

/// Who of the municipality still has what.
fn crisis(document: &mut Document, from: Grounds<'_>, area: AreaIx, name: &str) -> Result<Crisis, NoReport> {
    let lang = document.lang;
    document.section("Om elen, vägarna eller telefonin faller bort", "When power, roads or telephones fail");
    let scenario = effect::scenario(from.project, lang);
    let tables = Arc::new(OutageTables::new(&from.scene.results));
    let crisis = Crisis::compute(&tables, &scenario, &from.project.outages.assumptions, from.progress)?;
    effect::described(document, &scenario, from.project);
    document.body(say!(
        lang,
        "Tabellen visar hur många i {name} som inom gränsen når en plats som säkert fungerar. Alla tal är uppskattningar som bygger på antaganden.",
        "The table shows how many of {name} reach, within the threshold, a place that works for sure. All numbers are estimates that rest on assumptions."
    ));
    let hours = effect::hours(&crisis);
    let rows = crisis.needs.iter().map(|need| {
        let everyday = need.hours.areas_everyday.get(area.at()).map_or(0.0, |all| all.supplied);
        let at = |hour: &usize| {
            let counts = &need.hours.areas[*hour][Case::Worst as usize];
            counts.get(area.at()).map_or(0.0, |all| all.supplied)
        };
        let first = [need.need.said(lang), people(everyday, lang)];
        first.into_iter().chain(hours.iter().map(|hour| people(at(hour), lang))).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let mut head =
        vec![lang.pick("Behov", "Need").to_owned(), lang.pick("Till vardags", "Normally").to_owned()];
    head.extend(hours.iter().map(|hour| say!(lang, "Timme {hour}", "Hour {hour}")));
    let caption = say!(
        lang,
        "Invånare i {name} som har behovet tillgodosett inom gränsen, säkert",
        "People of {name} who have the need met within the threshold, for sure"
    );
    document.table(Table::new("crisis_hours", caption, head, rows).of_numbers());
    Ok(crisis)
}

/// The source of each figure, those of one source together.
fn origins(document: &mut Document, from: Grounds<'_>, sheet: &Sheet) {
    let lang = document.lang;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for figure in &sheet.figures {
        let (part, name) = (figure.part.said(lang), figure.name.said(lang));
        let source = source_of(figure, &from.scene.results, lang);
        match rows.last_mut() {
            Some(last) if last[0] == part && last[2] == source => last[1] = format!("{}, {name}", last[1]),
            _ => rows.push(vec![part, name, source]),
        }
    }
    let head = [("Del", "Part"), ("Uppgifter", "Figures"), ("Varifrån", "From where")];
    document.table(Table::new(
        "origins",
        lang.pick("Källa för varje uppgift", "The source of each figure").into(),
        head.map(|(sv, en)| lang.pick(sv, en).to_owned()).into(),
        rows,
    ));
}
