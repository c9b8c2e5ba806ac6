//! Does paper say what the exports say, in every form, and does nothing on a page lie over another or stand cut off?

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sotplan::scene::letters::{Weight, width};
use tempfile::TempDir;

fn sotplan(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
    command.args(arguments).env("LC_ALL", "C.UTF-8").output().expect("the program starts")
}

/// Runs a command that must succeed; `OUT` stands for a path in the folder.
fn write(folder: &TempDir, name: &str, line: &str) -> PathBuf {
    let path = folder.path().join(name);
    let mut arguments: Vec<&str> = line.split_whitespace().collect();
    arguments.extend(["--out", path.to_str().expect("UTF-8")]);
    let done = sotplan(&arguments);
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    path
}

fn read(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).expect("a file")).expect("UTF-8")
}

/// The texts of an element's direct content, without marks.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut is_mark = false;
    for letter in html.replace("<br>", "\n").chars() {
        match letter {
            '<' => is_mark = true,
            '>' => is_mark = false,
            letter if !is_mark => out.push(letter),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A table of a web page: its name, and its rows with the head first.
struct Table {
    id: String,
    rows: Vec<Vec<String>>,
}

fn tables(html: &str) -> Vec<Table> {
    let table = |text: &str| {
        let (id, rest) = text.split_once('"').expect("a name");
        let (body, _) = rest.split_once("</table>").expect("an end");
        let row = |row: &str| {
            let cells = row.split("</th>").flat_map(|part| part.split("</td>"));
            let cells = cells.filter(|cell| cell.contains("<t")).map(|cell| {
                let (_, open) = cell.rsplit_once("<t").expect("a cell");
                plain(open.split_once('>').expect("an end").1)
            });
            cells.collect::<Vec<_>>()
        };
        let rows = body.split("<tr>").skip(1).map(|part| row(part.split("</tr>").next().unwrap_or("")));
        Table { id: id.to_owned(), rows: rows.collect() }
    };
    html.split("data-table=\"").skip(1).map(table).collect()
}

/// The first number of a text as English writes it, and how many decimals it has.
fn number(text: &str) -> Option<(f64, usize)> {
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let sign = if text[..start].ends_with(['-', '\u{2212}']) { -1.0 } else { 1.0 };
    let end = |letter: char| !(letter.is_ascii_digit() || letter == '\u{a0}' || letter == '.');
    let digits = text[start..].split(end).next().unwrap_or("").replace('\u{a0}', "");
    let digits = digits.trim_end_matches('.');
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let per_cent = if text.contains('%') { 0.01 } else { 1.0 };
    Some((sign * digits.parse::<f64>().ok()? * per_cent, decimals + if text.contains('%') { 2 } else { 0 }))
}

/// Is a figure in words the value of a file, as far as it is written?
fn is_same(said: &str, value: f64) -> bool {
    let Some((read, decimals)) = number(said) else { return false };
    let half = 0.5 * 10f64.powi(-i32::try_from(decimals).expect("few"));
    (read - value).abs() <= half + 1e-9
}

fn csv(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a table");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

const CHOICE: &str = "report --demo --places Hallen,Ottsjö --date 2026-11-30 --lang en";

#[test]
fn every_figure_of_a_choice_is_that_of_the_comparison() {
    let folder = tempfile::tempdir().expect("a folder");
    let html = read(&write(&folder, "report.html", CHOICE));
    let out = write(&folder, "compared", "compare --demo --places Hallen,Ottsjö --lang en");
    let all: Vec<Vec<String>> =
        tables(&html).into_iter().filter(|table| table.id == "beside").flat_map(|table| table.rows).collect();
    let key = |name: &str| name.trim_start_matches("– ").to_lowercase();
    let mut checked = 0;
    for row in csv(&out.join("comparison.csv")).iter().skip(1) {
        let ours = all.iter().find(|ours| key(&ours[0]) == key(&row[2]));
        let ours = ours.unwrap_or_else(|| panic!("no row {}", row[2]));
        for (said, value) in ours[1..].iter().zip(&row[5..7]) {
            if let Ok(value) = value.parse::<f64>()
                && number(said).is_some()
            {
                assert!(is_same(said, value), "{}: “{said}” for {value}", row[2]);
                checked += 1;
            } else if value.starts_with("unknown") {
                assert!(said.starts_with("unknown"), "{}: “{said}” for {value}", row[2]);
            }
        }
    }
    assert!(checked > 50, "{checked}");
    // The answer tells the same numbers.
    for phrase in ["People within 10.0 km: 473", "People within 10.0 km: 719"] {
        assert!(html.contains(phrase), "no “{phrase}”");
    }
}

#[test]
fn the_three_forms_say_the_same_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    for lang in ["sv", "en"] {
        let line =
            format!("report --demo --places Hallen,Ottsjö --date 2026-11-30 --lang {lang} --reference 1/26");
        let html = read(&write(&folder, &format!("{lang}.html"), &line));
        let cells: Vec<String> = tables(&html).into_iter().flat_map(|table| table.rows).flatten().collect();
        let docx = write(&folder, &format!("{lang}.docx"), &line);
        assert_eq!(word_cells(&docx), cells, "{lang}");
        let words = word_part(&docx, "word/document.xml");
        assert_eq!(words.matches("w:val=\"Heading1\"").count(), html.matches("<h2").count());
        assert_eq!(words.matches("<wp:docPr").count(), html.matches("<figure>").count());
        assert!(!words.contains("descr=\"\""), "every picture says what it shows");
        let pdf = std::fs::read(write(&folder, &format!("{lang}.pdf"), &line)).expect("a file");
        let holds = |text: &str| pdf.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(
            pdf.starts_with(b"%PDF-1.7") && holds("pdfuaid:part") && holds(&format!("({lang})")),
            "{lang}"
        );
        assert!(html.contains(&format!("<html lang=\"{lang}\">")) && !html.contains("<script"));
        assert!(!html.contains("src=\"http") && !html.contains("href="), "nothing from elsewhere");
    }
}

fn word_part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The texts of the cells of all tables of a Word file.
fn word_cells(path: &Path) -> Vec<String> {
    let text = word_part(path, "word/document.xml");
    let cell = |cell: &str| {
        let runs = cell.replace("<w:br/>", "<w:t>\n</w:t>");
        let runs = runs.split("<w:t").skip(1).filter(|run| run.starts_with(['>', ' ']));
        let texts = runs.filter_map(|run| Some(plain(run.split_once('>')?.1.split("</w:t>").next()?)));
        texts.collect::<String>().replace("&apos;", "'").replace("&#13;", "")
    };
    text.split("<w:tc>").skip(1).map(|part| cell(part.split("</w:tc>").next().unwrap_or(""))).collect()
}

#[test]
fn a_municipality_and_an_outage_have_the_figures_of_their_exports() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = write(&folder, "analysis", "analyse --demo --lang en");
    let areas = csv(&out.join("areas.csv"));
    let row = areas.iter().find(|row| row.iter().any(|cell| cell == "Åre")).expect("Åre");
    let value = |name: &str| -> f64 {
        let at = areas[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"));
        row[at].parse().expect("a number")
    };
    let html = read(&write(&folder, "area.html", "report --demo --area Åre --lang en"));
    let rows: Vec<Vec<String>> = tables(&html)
        .into_iter()
        .filter(|table| table.id == "municipality")
        .flat_map(|table| table.rows)
        .collect();
    let people = rows.iter().find(|row| row[0] == "People in the data").expect("people");
    assert!(is_same(&people[1], value("people")), "{people:?}");
    let beyond = value("grocery_people_beyond");
    assert!(html.contains(&format!("Åre: {}", grouped(beyond))), "the answer tells {beyond}");

    let out = write(&folder, "outage", "outage --demo --scenario ice-72 --lang en");
    let hours = csv(&out.join("hours.csv"));
    let at = |name: &str| hours[0].iter().position(|head| head == name).expect("a column");
    let html = read(&write(&folder, "outage.html", "report --demo --outage ice-72 --lang en"));
    let all = tables(&html);
    let table = all.iter().find(|table| table.id == "crisis_hours").expect("the table");
    let mut checked = 0;
    // The last column tells the lowest and its hour.
    let last = table.rows[0].len() - 1;
    for (column, head) in table.rows[0].iter().enumerate().take(last).skip(2) {
        let hour = head.trim_start_matches("Hour ");
        let of_hour: Vec<&Vec<String>> = hours
            .iter()
            .skip(1)
            .filter(|row| row[at("hour")] == hour && row[at("group")] == "everyone")
            .collect();
        assert_eq!(of_hour.len(), table.rows.len() - 1, "a row a need");
        for (row, ours) in of_hour.iter().zip(&table.rows[1..]) {
            let value: f64 = row[at("people_supplied")].parse().expect("a number");
            assert!(is_same(&ours[column], value), "{} {head}: {} for {value}", ours[0], ours[column]);
            checked += 1;
        }
    }
    assert!(checked >= 20, "{checked}");
}

/// A whole number as English writes it.
fn grouped(value: f64) -> String {
    sotplan::lang::Lang::En.number(value, 0)
}

/// A text of a page: where it begins and ends, and what it says.
#[derive(Debug, Clone)]
struct Text {
    min: [f64; 2],
    max: [f64; 2],
    said: String,
}

fn texts(svg: &str) -> Vec<Text> {
    let text = |part: &str| {
        let (marks, rest) = part.split_once('>')?;
        let get = |name: &str| {
            let (_, rest) = marks.split_once(&format!(" {name}=\""))?;
            rest.split('"').next().map(str::to_owned)
        };
        let [x, y, points] =
            ["x", "y", "font-size"].map(|name| get(name).and_then(|n| n.parse::<f64>().ok()));
        let (x, y, points) = (x?, y?, points?);
        let weight = if get("font-weight").is_some() { Weight::Bold } else { Weight::Regular };
        let said = plain(rest.split("</text>").next()?);
        let spacing: f64 = get("letter-spacing").and_then(|n| n.parse().ok()).unwrap_or(0.0);
        let letters = f64::from(u32::try_from(said.chars().count()).expect("few"));
        let wide = width(&said, points, weight) + letters * spacing;
        let left = match get("text-anchor").as_deref() {
            Some("middle") => x - wide / 2.0,
            Some("end") => x - wide,
            _ => x,
        };
        let (min, max) = ([left, y - points * 0.75], [left + wide, y + points * 0.2]);
        Some(Text { min, max, said })
    };
    svg.split("<text").skip(1).filter_map(text).collect()
}

fn overlap(a: &Text, b: &Text) -> bool {
    (0..2).all(|axis| a.min[axis] < b.max[axis] - 0.1 && a.max[axis] > b.min[axis] + 0.1)
}

fn group<'a>(svg: &'a str, id: &str) -> &'a str {
    let (_, rest) = svg.split_once(&format!("<g id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    rest.split("</g>\n").next().unwrap_or(rest)
}

#[test]
fn on_a_page_nothing_is_cut_off_or_lies_over_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut pages = 0;
    for paper in ["a4", "a3"] {
        for how in ["", "--orientation standing", "--orientation lying"] {
            let line = format!("map --demo --area Åre,Krokom,2361 --paper {paper} --gaps --lang sv {how}");
            write(&folder, "map.svg", &line);
            let whole = format!("map --demo --paper {paper} --lang en --title A_title_of_its_own {how}");
            write(&folder, "whole.svg", &whole);
            for file in std::fs::read_dir(folder.path()).expect("a folder") {
                let path = file.expect("a file").path();
                let svg = read(&path);
                page_is_clean(&svg, &path.display().to_string());
                std::fs::remove_file(path).expect("removed");
                pages += 1;
            }
        }
    }
    assert_eq!(pages, 6 * 4);
}

fn page_is_clean(svg: &str, name: &str) {
    let size = |side: &str| -> f64 {
        let (_, rest) = svg.split_once(&format!(" {side}=\"")).expect("a side");
        rest.split('"')
            .next()
            .and_then(|number| number.trim_end_matches("pt").parse().ok())
            .expect("a number")
    };
    let (wide, high) = (size("width"), size("height"));
    let all = texts(svg);
    assert!(all.len() > 25, "{name}: {}", all.len());
    for text in &all {
        let is_on = text.min[0] >= 27.0
            && text.min[1] >= 25.0
            && text.max[0] <= wide - 27.0
            && text.max[1] <= high - 25.0;
        assert!(is_on, "{name}: “{}” leaves the page: {text:?}", text.said);
    }
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            assert!(!overlap(one, other), "{name}: “{}” lies over “{}”", one.said, other.said);
        }
    }
    // A bar of so many kilometres is so long at the scale that stands below it.
    let scale = group(svg, "scale");
    let bar: f64 =
        scale.split("v5h").nth(1).and_then(|rest| rest.split('v').next()?.parse().ok()).expect("a bar");
    let said = texts(scale);
    let [_, length, ratio, ..] = said.as_slice() else { panic!("{name}: scale") };
    let metres =
        number(&length.said).expect("a length").0 * if length.said.contains("km") { 1000.0 } else { 1.0 };
    let ratio = number(ratio.said.trim_start_matches("1:")).expect("a scale").0;
    let points = metres / ratio / 0.0254 * 72.0;
    assert!((bar - points).abs() < 0.6, "{name}: {bar} for {points}");
    assert!(svg.contains("SWEREF 99 TM") && svg.contains("Natural Earth") && svg.contains(">N</text>"));
}

#[test]
fn pages_are_vectors_of_a_few_megabytes_and_pictures_as_fine_as_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = write(&folder, "all.pdf", "map --demo --area all --gaps --lang sv");
    let bytes = std::fs::read(&pdf).expect("a file");
    assert!(bytes.len() < 5_000_000, "{}", bytes.len());
    let pages = bytes.windows(11).filter(|part| *part == b"/Type/Page/").count();
    assert_eq!(pages, 8, "a page for each municipality");
    let png = write(&folder, "map.png", "map --demo --dpi 300 --orientation standing --lang sv");
    let bytes = std::fs::read(png).expect("a file");
    let number =
        |at: usize| bytes[at..at + 4].iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
    assert_eq!((number(16), number(20)), (2480, 3508), "A4 at 300 dpi");
}

#[test]
fn what_cannot_be_is_refused_with_its_option() {
    let refused = |line: &str, phrases: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut arguments: Vec<&str> = line.split_whitespace().collect();
        let name = if line.contains("--out ") { "" } else { "x.pdf" };
        let path = folder.path().join(name);
        if !name.is_empty() {
            arguments.extend(["--out", path.to_str().expect("UTF-8")]);
        }
        let done = sotplan(&arguments);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && !path.is_file(), "{line}");
        for phrase in phrases {
            assert!(said.contains(phrase), "{line}: “{said}” does not say “{phrase}”");
        }
    };
    refused("map --demo --area Nirgends --lang en", &["--area", "Nirgends", "Berg"]);
    refused("map --demo --width 900 --lang en", &["--width", "as large as its paper"]);
    refused("map --demo --dpi 300 --lang en", &["--dpi", "PNG only"]);
    refused("map --demo --dpi 30 --lang en", &["--dpi", "72"]);
    refused("map --demo --within 5km --lang en", &["--within", "--place"]);
    refused("report --demo --lang sv", &["--place", "--area"]);
    refused("report --demo --place Kall --area Åre --lang en", &["--place", "--area"]);
    refused("report --demo --places Kall --lang en", &["--places", "--place"]);
    refused("report --demo --place Nowhere --lang en", &["--place", "Nowhere"]);
    refused("report --demo --plan X --lang en", &["--plan", "no saved plans"]);
    refused("report --demo --outage nothing --lang en", &["--outage", "storm-24"]);
    refused("report --demo --place Kall --format docx --lang en", &["--out", ".pdf", "docx"]);
    refused("report --demo --place Kall --date 30/11 --lang en", &["--date", "2026-11-30"]);
    refused("report --demo --place Kall --logo Cargo.toml --lang en", &["Cargo.toml", "PNG"]);
    refused(
        "export --demo --what areas --tables xlsx --swedish-csv --lang en",
        &["--swedish-csv", "--tables"],
    );
}

#[test]
fn a_workbook_has_the_figures_of_the_csv_as_numbers() {
    use calamine::{Data, Reader as _};
    let folder = tempfile::tempdir().expect("a folder");
    let names = "areas,candidates,ranking";
    let plain = write(&folder, "csv", &format!("export --demo --what {names} --lang en"));
    let books = write(&folder, "xlsx", &format!("export --demo --what {names} --tables xlsx --lang en"));
    let mut numbers = 0;
    for name in names.split(',') {
        let rows = csv(&plain.join(format!("{name}.csv")));
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook(books.join(format!("{name}.xlsx"))).expect("a workbook");
        let sheet = book.worksheet_range(name).expect("the sheet");
        assert_eq!(sheet.height(), rows.len(), "{name}");
        for (row, cells) in rows.iter().zip(sheet.rows()) {
            for (text, cell) in row.iter().zip(cells) {
                match cell {
                    Data::Empty => assert_eq!(text, "", "{name}"),
                    Data::String(said) => assert_eq!(said, text, "{name}"),
                    Data::Float(value) => {
                        let read: f64 = text.parse().expect("a number");
                        assert!((read - value).abs() < 1e-4, "{name}: {value} for {text}");
                        numbers += 1;
                    }
                    other => panic!("{name}: {other:?}"),
                }
            }
        }
        assert!(book.sheet_names().contains(&"columns".to_owned()), "{name}");
    }
    assert!(numbers > 500, "{numbers}");
}

#[test]
fn files_without_a_project_name_make_a_whole_book_of_maps() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |name: &str| format!("{}/data/jamtland/{name}.geojson", env!("CARGO_MANIFEST_DIR"));
    let (cells, stores, areas) = (of("population"), of("grocery"), of("municipalities"));
    let line = format!("map --population {cells} --grocery {stores} --areas {areas} --area all --lang sv");
    let bytes = std::fs::read(write(&folder, "all.pdf", &line)).expect("a file");
    assert_eq!(bytes.windows(11).filter(|part| *part == b"/Type/Page/").count(), 8);
}

#[test]
fn what_is_typed_never_breaks_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for form in ["docx", "html", "pdf"] {
        let path = folder.path().join(format!("odd.{form}"));
        let out = path.to_str().expect("UTF-8");
        let odd = "A\u{1}\u{202e}<b>&\u{ffff}\r\n😀";
        let arguments = ["report", "--demo", "--place", "Kall", "--lang", "en", "--out", out];
        let typed = ["--organisation", odd, "--author", odd, "--reference", odd, "--proposal", odd];
        let done = sotplan(&[&arguments[..], &typed[..]].concat());
        assert!(done.status.success(), "{form}: {}", String::from_utf8_lossy(&done.stderr));
        let text = match form {
            "docx" => word_part(&path, "word/document.xml") + &word_part(&path, "docProps/core.xml"),
            "html" => read(&path),
            _ => continue,
        };
        let steers = |letter: char| matches!(letter, '\u{1}' | '\r' | '\u{202e}' | '\u{ffff}');
        assert!(!text.contains(steers) && !text.contains("<b>"), "{form}");
        assert!(text.contains("&lt;b&gt;&amp;") && text.contains('😀'), "{form}");
    }
}

#[test]
fn a_point_in_service_is_told_by_what_would_be_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let html = read(&write(&folder, "kall.html", "report --demo --place Kall --lang en"));
    assert!(html.contains("in service already: Kall") && html.contains("not a basis for a decision"));
    let all = tables(&html);
    let gains = all.iter().find(|table| table.id == "crisis_gains").expect("the table");
    let of = |need: &str| gains.rows.iter().find(|row| row[0] == need).expect("a need")[1].clone();
    assert!(of("Warm room").starts_with('+') && gains.rows.iter().all(|row| !row[1].starts_with(['-', '−'])));
    // Where the store is not known, what it gives is not known either, and no reason against the place.
    let html = read(&write(&folder, "two.html", CHOICE));
    let all = tables(&html);
    let gains = all.iter().find(|table| table.id == "crisis_gains").expect("the table");
    let of = |need: &str| gains.rows.iter().find(|row| row[0] == need).expect("a need").clone();
    assert_eq!(of("Grocery")[2], "unknown");
    assert!(of("Grocery")[1].starts_with('+') && of("Warm room")[2].starts_with('+'));
    assert!(html.contains("cannot settle the choice until the unknowns are resolved"));
}

#[test]
fn a_page_of_a_municipality_counts_its_own_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = write(&folder, "analysis", "analyse --demo --lang en");
    let areas = csv(&out.join("areas.csv"));
    let at = areas[0].iter().position(|head| head == "people").expect("a column");
    let row = areas.iter().find(|row| row.iter().any(|cell| cell == "Åre")).expect("Åre");
    let svg = read(&write(&folder, "page.svg", "map --demo --area Åre --paper a4 --lang en"));
    let counted: f64 = texts(group(&svg, "legend"))
        .iter()
        .filter(|text| text.said.contains(" people, "))
        .filter_map(|text| Some(number(&text.said)?.0))
        .sum();
    let all: f64 = row[at].parse().expect("a number");
    assert!((counted - all).abs() <= 3.0, "{counted} of {all}");
    let dark = read(&write(&folder, "dark.svg", "map --demo --area Åre --paper a4 --dark --lang en"));
    let ground = |svg: &str| svg.split("<rect").nth(1).expect("a ground").to_owned();
    assert_ne!(ground(&svg), ground(&dark), "a dark page is dark to its edge");
}
